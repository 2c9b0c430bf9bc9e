// Proves and measures contenders, in Node and in a page alike.

/** Answers `fetch` as the anchor of a scene, at once; everything else goes where it went. */
export class Stub {
    #before = globalThis.fetch;
    /** The last challenge that came back signed. */
    signed;
    /** Milliseconds from giving a challenge until it came back, all in all. */
    between = 0;
    #gave;

    constructor(scene) {
        this.challenge = scene.challenge;
        const json = (body) => new Response(body, { headers: { "Content-Type": "application/json" } });
        globalThis.fetch = async (input, init) => {
            const request = input instanceof Request ? input : undefined;
            const url = request?.url ?? String(input);
            if (url.endsWith("/.well-known/stellar.toml")) return new Response(scene.toml);
            if (!url.startsWith(scene.webAuthEndpoint)) return this.#before.call(globalThis, input, init);
            if ((request ?? init)?.method !== "POST") {
                const answer = json(JSON.stringify({ transaction: this.challenge, network_passphrase: scene.network }));
                this.#gave = performance.now();
                return answer;
            }
            this.between += performance.now() - this.#gave;
            this.signed = JSON.parse(request ? await request.text() : init.body).transaction;
            return json(JSON.stringify({ token: scene.token }));
        };
    }
}

/**
 * Tries every step of a contender: it must take the challenge and refuse the one that is spoilt. Gives what it has signed, for
 * somebody else to judge.
 */
export async function prove(name, steps, scene, stub) {
    const signed = {};
    for (const step of Object.keys(steps)) {
        const result = await steps[step](scene.challenge);
        if (step !== "open") signed[step] = step === "signIn" ? stub.signed : result;
        if (step === "sign") continue;
        stub.challenge = scene.spoilt;
        const refused = await Promise.resolve(scene.spoilt).then(steps[step]).then(() => false, () => true);
        stub.challenge = scene.challenge;
        if (!refused) throw new Error(`${name} takes a challenge whose signature is wrong (${step})`);
    }
    return signed;
}

/** From nothing to the first challenge that is signed, in milliseconds; `load` imports a contender. */
export async function first(load, scene, stub) {
    const started = performance.now();
    const { steps } = await load();
    const imported = performance.now() - started;
    await (await steps(scene)).signIn();
    return { imported, signed: performance.now() - started, transaction: stub.signed };
}

/** Does a thousand times what a wallet does between its two requests, or the nearest to it that there is. */
export async function work({ openAndSign, signIn }, scene) {
    const call = openAndSign ?? signIn;
    for (let done = 0; done < 1000; done++) await call(scene.challenge);
}

/**
 * Warms every step up, then gives each its turn in every run, in an order that changes; gives calls per second. Signing in is told
 * twice: as a whole, and as `between`, from the challenge's arrival to the request that answers it.
 */
export async function measure(contenders, { challenge }, stub, { warmUp, runs, length }) {
    const turns = contenders.flatMap(({ id, steps }) => Object.keys(steps).map((step) => ({ id, step, call: steps[step], bursts: [] })));
    for (const { call } of turns) await burst(call, challenge, stub, warmUp);
    for (let run = 0; run < runs; run++) {
        for (const { call, bursts } of shuffled(turns)) bursts.push(await burst(call, challenge, stub, length));
    }
    return turns.flatMap(({ id, step, bursts }) => {
        const rates = bursts.map(({ whole }) => whole);
        return step === "signIn" ? [{ id, step: "between", rates: bursts.map(({ between }) => between) }, { id, step, rates }] : [{ id, step, rates }];
    });
}

/** The same in an order by chance (Fisher-Yates). */
export function shuffled(list) {
    const all = [...list];
    for (let last = all.length - 1; last > 0; last--) {
        const other = Math.floor(Math.random() * (last + 1));
        [all[last], all[other]] = [all[other], all[last]];
    }
    return all;
}

async function burst(call, challenge, stub, milliseconds) {
    stub.between = 0;
    const started = performance.now();
    let calls = 0;
    let elapsed;
    do {
        const result = call(challenge);
        if (result instanceof Promise) await result;
        calls++;
        elapsed = performance.now() - started;
    } while (elapsed < milliseconds);
    return { whole: (calls / elapsed) * 1000, between: (calls / stub.between) * 1000 };
}

/** The memories of the WebAssembly modules that are started from now on. */
export function memories() {
    const seen = new Set();
    const keep = (instance) => {
        for (const value of Object.values(instance.exports)) if (value instanceof WebAssembly.Memory) seen.add(value);
        return instance;
    };
    const { Instance, instantiate, instantiateStreaming } = WebAssembly;
    WebAssembly.Instance = new Proxy(Instance, { construct: (target, given) => keep(new target(...given)) });
    const kept = (before) => async (...given) => {
        const result = await before.apply(WebAssembly, given);
        keep(result instanceof Instance ? result : result.instance);
        return result;
    };
    WebAssembly.instantiate = kept(instantiate);
    WebAssembly.instantiateStreaming = kept(instantiateStreaming);
    return { bytes: () => [...seen].reduce((sum, { buffer }) => sum + buffer.byteLength, 0) };
}
