// Everything that the package throws is a WindlassError, also for arguments that no types let through; and its objects show what they are.
import { readFileSync } from "node:fs";
import { inspect } from "node:util";
import { runInNewContext } from "node:vm";
import { describe, expect, test, vi } from "vitest";
import * as windlass from "windlass";
import * as sep9 from "windlass/sep9";
import * as server from "windlass/server";
import { DOMAIN, challenge, fakeAnchor, token } from "./anchor.js";
import { caught } from "./caught.js";
import { declared, entries } from "./declarations.js";

const { Anchor, Keypair } = windlass;
const fake = fakeAnchor();

// Both entries of browsers, too, each with classes of its own. `windlass/sign-in` fetches its module, which is not served here.
const inline = await import("../inline.js" as string);
const warn = vi.spyOn(console, "warn").mockReturnValue();
const signIn = await import("../sign-in.js" as string);
const { init } = await import("windlass/init");
warn.mockRestore();
type Windlass = typeof windlass;

type Call = (...values: never[]) => unknown;
const key = await Keypair.random();
const callbacks = new server.Callbacks({ signingKey: key.address, host: "wallet.example" });
const anchor = () => fake.anchor();
const session = () => fake.session(key);
const method = async (made: unknown, name: string, ...values: unknown[]) => {
    const object = (await made) as Record<string, Call>;
    return object[name]!(...(values as never[]));
};

/** A call with one wrong argument, beside right ones, and what is wrong there. */
interface Row {
    call: (wrong: never) => unknown;
    wrongs: unknown[];
}
const needed = (call: Row["call"]): Row => ({ call, wrongs: [undefined, null, {}, 1, "", true, Symbol("x"), [1]] });
/** For an argument that may be left out. */
const optional = (call: Row["call"]): Row => ({ call, wrongs: [1, "x", true, Symbol("x"), { nonsense: 1 }] });
/** For an argument that may be left out, or be any object. */
const object = (call: Row["call"]): Row => ({ call, wrongs: [1, "x", true, Symbol("x")] });

/** For the name of something. */
const text = (call: Row["call"]): Row => ({ call, wrongs: [1, true, Symbol("x"), {}, [1]] });
/** For a value of a form: what is wrong with it is the answer. */
const value: Row = { call: () => undefined, wrongs: [] };

/** For every function of the entry, a row for each of its parameters. */
function rowsOf({ Anchor, Keypair, ...entry }: Windlass): Record<string, Row[]> {
    const anchor = () => Anchor.discover(DOMAIN);
    const session = async () => (await anchor()).resume(token(key.address));
    const made = () => Keypair.random();
    return {
        Anchor: [],
        "Anchor.discover": [needed((it) => Anchor.discover(it)), optional((it) => Anchor.discover(DOMAIN, it))],
        "Anchor.prototype.signIn": [
            needed((it) => method(anchor(), "signIn", it)),
            optional(async (it) => method(anchor(), "signIn", await made(), it)),
        ],
        "Anchor.prototype.resume": [
            needed((it) => method(anchor(), "resume", it)),
            optional((it) => method(anchor(), "resume", token(key.address), it)),
        ],
        Keypair: [],
        "Keypair.random": [],
        "Keypair.fromSecret": [needed((it) => Keypair.fromSecret(it))],
        "Keypair.prototype.secret": [],
        "Keypair.prototype.sign": [
            needed((it) => method(made(), "sign", it, { networkPassphrase: "x" })),
            needed((it) => method(made(), "sign", challenge(new URL(`https://${DOMAIN}/auth?account=${key.address}&home_domain=${DOMAIN}`)), it)),
        ],
        Session: [],
        "Session.prototype.putVerification": [needed((it) => method(session(), "putVerification", it))],
        "Session.prototype.uploadFile": [
            needed((it) => method(session(), "uploadFile", it)),
            text((it) => method(session(), "uploadFile", new Uint8Array([1]), it)),
            optional((it) => method(session(), "uploadFile", new Uint8Array([1]), "a.png", it)),
        ],
        "Session.prototype.files": [needed((it) => method(session(), "files", it))],
        "Session.prototype.setCallback": [
            needed((it) => method(session(), "setCallback", it)),
            optional((it) => method(session(), "setCallback", "https://wallet.example/callback", it)),
        ],
        "Session.prototype.customer": [optional((it) => method(session(), "customer", it))],
        "Session.prototype.deleteCustomer": [optional((it) => method(session(), "deleteCustomer", it))],
        "Session.prototype.putCustomer": [
            optional((it) => method(session(), "putCustomer", it)),
            optional((it) => method(session(), "putCustomer", { fields: { first_name: "Ada" } }, it)),
        ],
        "Session.prototype.waitForStatus": [optional((it) => method(session(), "waitForStatus", it))],
        "Session.prototype.watch": [optional((it) => method(session(), "watch", it))],
        checkField: [
            text((it) => entry.checkField(it, "Ada")),
            value,
            optional((it) => entry.checkField("first_name", "Ada", it)),
        ],
        checkFields: [object((it) => entry.checkFields(it)), optional((it) => entry.checkFields({ first_name: "Ada" }, it))],
        checkFile: [
            text((it) => entry.checkFile(it, new Uint8Array([1]))),
            needed((it) => entry.checkFile("photo_id_front", it)),
            optional((it) => entry.checkFile("photo_id_front", new Uint8Array([1]), it)),
        ],
        nextStep: [needed((it) => entry.nextStep(it))],
        todo: [needed((it) => entry.todo(it))],
    };
}

const SERVER: Record<string, Row[]> = {
    "Callbacks.prototype.receive": [needed((it) => callbacks.receive(it))],
    "Callbacks.prototype.forget": [object((it) => callbacks.forget(it))],
    Callbacks: [needed((it) => new server.Callbacks(it))],
    callbackHandler: [needed((it) => server.callbackHandler(it))],
    forNode: [needed((it) => server.forNode(it))],
    inspectChallenge: [
        needed((it) => server.inspectChallenge(it, {} as never)),
        needed((it) => server.inspectChallenge(challenge(new URL(`https://${DOMAIN}/auth?account=${key.address}&home_domain=${DOMAIN}`)), it)),
    ],
    signingService: [needed((it) => server.signingService(it))],
    verifyCallback: [needed((it) => server.verifyCallback(it))],
};
/** These take any value, and throw nothing. */
const any = ["WindlassError", "isWallet43", "isWindlassError", "field", "isSep9Name"];
/** What the bindings and `handles.js` add to each class. */
const internal = /prototype\.(free|toJSON|__\w+)$|\.__\w+$/;

const { "Anchor.prototype.resume": resumed = [], ...ofSignIn } = rowsOf(signIn as Windlass);
const ofKeypair = Object.entries(rowsOf(windlass)).filter(([name]) => name.startsWith("Keypair"));

const tables: [string, object, Record<string, Row[]>][] = [
    ["windlass", windlass, rowsOf(windlass)],
    ["windlass/inline", inline as object, rowsOf(inline as Windlass)],
    ["windlass/sign-in", signIn as object, { ...ofSignIn, "Anchor.prototype.resume": resumed.slice(0, 1) }],
    ["windlass/server", server, { ...SERVER, ...Object.fromEntries(ofKeypair) }],
    ["windlass/sep9", sep9, {}],
    ["windlass/init", { init }, { init: [needed((it) => init(it))] }],
];

// What is wrong with a form's item is a mistake of the program; `windlass/testing` has tests of its own.
const apart = ["windlass/forms", "windlass/testing"];

test("every entry has a table", () => {
    expect([...tables.map(([entry]) => entry), ...apart].sort()).toEqual([...entries.keys(), "windlass/inline"].sort());
});

test("init takes the module, its bytes and its address, and tries again after a failure", async () => {
    const bytes = readFileSync(new URL("../pkg/windlass_wasm_bg.wasm", import.meta.url));
    const served = vi.fn(async () => new Response(bytes, { headers: { "Content-Type": "application/wasm" } }));
    for (const source of [bytes, new Uint8Array(bytes).buffer, new WebAssembly.Module(bytes), "https://wallet.example/windlass.wasm"]) {
        vi.resetModules();
        const { init } = await import("windlass/init");
        expect((await caught(() => init(new Uint8Array([1])))).code).toBe("invalid_request");
        const reason = new TypeError("fetch failed");
        vi.stubGlobal("fetch", () => Promise.reject(reason));
        const unreached = await caught(() => init("https://wallet.example/windlass.wasm"));
        expect([unreached.code, unreached.cause]).toEqual(["network", reason]);
        vi.stubGlobal("fetch", served);
        const [first, second] = await Promise.all([init(source), init(source)]);
        expect((await first.Keypair.random()).address).toMatch(/^G[A-Z2-7]{55}$/);
        expect(second).toBe(first);
    }
    expect(served).toHaveBeenCalledTimes(1);
});

describe.each(tables)("%s", (entry, exports, table) => {
    const named = functions(exports);
    const rows = named.flatMap((name) => (table[name] ?? []).map((row, i) => ({ name, argument: i + 1, ...row })));

    test("every function is in the table, with each parameter that is declared", () => {
        expect(named.filter((name) => !table[name] && !any.includes(name))).toEqual([]);
        const all = declared(entries.get(entry.replace("/inline", "")) ?? "");
        for (const { name, kind, parameters } of all) {
            const key = kind === "method" ? name.replace(/\.(?!discover|random|fromSecret)/, ".prototype.").replace(/\.prototype\.constructor$/, "") : name;
            if (!/function|method/.test(kind) || any.includes(key) || internal.test(key) || name.includes("Symbol")) continue;
            expect([key, table[key]?.length]).toEqual([key, parameters.length]);
        }
    });

    test.runIf(rows.length > 0).each(rows)("argument $argument of $name", async ({ call, wrongs }) => {
        for (const wrong of wrongs) {
            expect((await caught(() => call(wrong as never))).code, inspect(wrong)).toMatch(/^[a-z_0-9]+$/);
        }
    });
});

test("classes that the package alone makes objects of say by which call", async () => {
    for (const { Anchor, Keypair, Session } of [windlass, inline, signIn] as Windlass[]) {
        for (const [Class, call] of [[Anchor, "Anchor.discover"], [Keypair, "Keypair.random"], [Session, "anchor.signIn"]] as const) {
            const error = await caught(() => new (Class as unknown as new () => object)());
            expect([error.code, error.message.includes(call)]).toEqual(["invalid_request", true]);
        }
    }
});

test("a wallet whose members throw is none", () => {
    const thrower = new Proxy({}, { get: () => { throw new TypeError("Boom"); } });
    for (const { isWallet43, isWindlassError } of [windlass, inline, signIn] as Windlass[]) {
        expect([isWallet43(thrower), isWindlassError(thrower)]).toEqual([false, false]);
    }
});

/** Every function that an entry exports, and those of its classes. */
function functions(exports: object): string[] {
    const named: string[] = [];
    for (const [name, value] of Object.entries(exports)) {
        if (typeof value !== "function") continue;
        named.push(name);
        if (!/^class /.test(String(value)) || name === "WindlassError") continue;
        const made = value as { prototype: object };
        named.push(...own(made).map((member) => `${name}.${member}`), ...own(made.prototype).map((member) => `${name}.prototype.${member}`));
    }
    return named.filter((name) => !internal.test(name));
}

function own(object: object): string[] {
    const members = Object.entries(Object.getOwnPropertyDescriptors(object));
    return members.filter(([name, { value }]) => typeof value === "function" && name !== "constructor").map(([name]) => name);
}

test("an object that was freed, or made by hand, is named", async () => {
    for (const made of [await anchor(), await session(), await Keypair.random()]) {
        made.free();
        made.free();
        for (const name of Object.keys(Object.getOwnPropertyDescriptors(Object.getPrototypeOf(made)))) {
            if (/^(constructor|free|toJSON|__\w+)$/.test(name)) continue;
            const read = () => (made as unknown as Record<string, unknown>)[name];
            const use = async () => (typeof read() === "function" ? (read() as Call).call(made) : read());
            expect((await caught(use)).message, name).toContain("was freed");
        }
        expect(inspect(made)).toMatch(/^(Anchor|Session|Keypair) \{\}$/);
    }
    const { secret } = await Keypair.random();
    expect((await caught(secret)).message).toContain("was freed, or was not made by the package");
    const freed = await Keypair.random();
    freed.free();
    expect((await caught(async () => (await anchor()).signIn(freed))).message).toContain("this Keypair was freed");
});

test("objects print what they are, and no secret", async () => {
    const expected = { homeDomain: "anchor.example.com", account: key.address, expiresAt: 4_000_000_000 };
    const open = await session();
    expect(JSON.parse(JSON.stringify(open))).toEqual(expected);
    expect(inspect({ open })).toContain("Session {");
    for (const made of [open, await anchor(), key]) {
        const shown = inspect(made, { depth: 9, showHidden: true }) + JSON.stringify(made);
        expect(shown).toMatch(/anchor\.example\.com|G[A-Z2-7]{55}/);
        for (const secret of ["__wbg_ptr", key.secret(), open.token]) expect(shown).not.toContain(secret);
    }
});

test("values beside `fields`, misspelt names and nested values are not passed over", async () => {
    const open = await session();
    const put = (request: unknown) => caught(() => open.putCustomer(request as windlass.PutCustomer));
    const beside = await put({ first_name: "Ada" });
    expect([beside.code, beside.message]).toEqual(["invalid_request", "unknown option first_name; is it one of the fields?"]);
    const misspelt = await put({ fields: { firstname: "Ada" } });
    expect([misspelt.code, misspelt.field]).toEqual(["invalid_field", "firstname"]);
    expect(misspelt.message).toContain("did you mean first_name?");
    for (const nested of [{ name: "Ada" }, ["Ada"], true, 1.5]) {
        for (const name of ["first_name", "favourite_colour"]) {
            expect((await put({ fields: { [name]: nested } })).field, name).toBe(name);
        }
    }
    expect(fake.asked.filter(({ method }) => method === "PUT")).toEqual([]);
});

test("an anchor of this machine that cannot be reached is told from one that has no https", async () => {
    fake.service = () => Promise.reject(new TypeError("fetch failed"));
    const error = await caught(() => Anchor.discover("localhost:9400"));
    expect([error.code, error.message.includes("allowHttp")]).toEqual(["network", true]);
    expect((await caught(() => Anchor.discover("localhost:9400", { allowHttp: true }))).message).not.toContain("allowHttp");
    expect((await caught(() => Anchor.discover("other.example"))).message).not.toContain("allowHttp");
});

// As in jsdom, whose classes are not those of Node.
test.each([
    ["Uint8Array", "new Uint8Array(bytes)"],
    ["part of a Uint8Array", "new Uint8Array([0, ...bytes, 0]).subarray(1, 1 + bytes.length)"],
    ["ArrayBuffer", "new Uint8Array(bytes).buffer"],
    ["Blob", "({ type: 'image/png', arrayBuffer: async () => new Uint8Array(bytes).buffer })"],
    ["File", "({ name: 'a.png', type: 'image/png', arrayBuffer: async () => new Uint8Array(bytes).buffer })"],
])("a %s of another page is a file", async (_, code) => {
    const bytes = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3];
    const photo = runInNewContext(code, { bytes }) as Uint8Array;
    fake.kyc = [() => new Response('{"id":"c1"}', { status: 202 })];
    await (await session()).putCustomer({ fields: { photo_id_front: photo } });
    const sent = Buffer.from(fake.asked.at(-1)!.body).toString("latin1");
    expect(sent).toContain("Content-Type: image/png\r\n\r\n" + Buffer.from(bytes).toString("latin1") + "\r\n");
});
