// The anchors of a wallet's server: read when they are needed, and again when they change their keys.
import { Keypair as TheirKeypair, Networks, WebAuth } from "@stellar/stellar-sdk";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Anchor, Keypair } from "windlass";
import { type Handler, callbackHandler, signingService } from "windlass/server";

const HOST = "wallet.example";
const BODY = JSON.stringify({ id: "c1", status: "ACCEPTED" });
const MINUTE = 60_001;

/** The keys that the anchors publish now. An anchor without a key cannot be reached. */
let keys: Record<string, TheirKeypair | undefined>;
/** The domains whose stellar.toml was read. */
let read: string[];

beforeEach(() => {
    keys = { "one.example": TheirKeypair.random(), "two.example": TheirKeypair.random() };
    read = [];
    vi.useFakeTimers({ toFake: ["performance"] });
    vi.stubGlobal("fetch", async ({ url }: Request) => {
        const { host } = new URL(url);
        read.push(host);
        const key = keys[host];
        if (!key) throw new TypeError("fetch failed");
        return new Response(
            `NETWORK_PASSPHRASE = "${Networks.TESTNET}"\nSIGNING_KEY = "${key.publicKey()}"\nWEB_AUTH_ENDPOINT = "https://${host}/auth"`,
        );
    });
});

afterEach(() => {
    vi.unstubAllGlobals();
    vi.useRealTimers();
});

function signature(key: TheirKeypair): string {
    const at = Math.floor(Date.now() / 1000);
    return `t=${at}, s=${Buffer.from(key.sign(Buffer.from(`${at}.${HOST}.${BODY}`))).toString("base64")}`;
}

async function send(handle: Handler, key: TheirKeypair, Signature = signature(key)): Promise<string> {
    const response = await handle(new Request(`https://${HOST}/callback`, { method: "POST", headers: { Signature }, body: BODY }));
    return response.status === 204 ? "204" : `${response.status} ${((await response.json()) as { code: string }).code}`;
}

/** A handler for both anchors, and the domains whose callbacks it passed on. */
function handler(anchors: Parameters<typeof callbackHandler>[0]["anchors"] = ["one.example", "two.example"]): [Handler, unknown[]] {
    const told: unknown[] = [];
    return [callbackHandler({ anchors, host: HOST, onCustomer: (_, { homeDomain }) => void told.push(homeDomain) }), told];
}

// S12-135
test("anchors are discovered by the first callback, and each callback is the anchor's that signed it", async () => {
    const [handle, told] = handler();
    expect(read).toEqual([]);
    expect(await send(handle, keys["two.example"]!)).toBe("204");
    expect(await send(handle, keys["one.example"]!)).toBe("204");
    expect(told).toEqual(["two.example", "one.example"]);
    expect(read).toEqual(["one.example", "two.example"]);
});

// S01-18, S12-135
test("a new key of an anchor is read when a callback fits no other, at most once a minute", async () => {
    const [handle, told] = handler();
    const old = keys["one.example"]!;
    expect(await send(handle, old)).toBe("204");
    keys["one.example"] = TheirKeypair.random();
    expect(await send(handle, keys["one.example"])).toBe("401 callback_signature");
    expect(read).toHaveLength(2);
    vi.advanceTimersByTime(MINUTE);
    const both = await Promise.all([send(handle, TheirKeypair.random()), send(handle, keys["one.example"])]);
    expect(both).toEqual(["401 callback_signature", "204"]);
    expect(read).toHaveLength(4);
    expect(await send(handle, old)).toBe("401 callback_signature");
    for (let i = 0; i < 20; i++) expect(await send(handle, TheirKeypair.random())).toBe("401 callback_signature");
    expect(read).toHaveLength(4);
    expect(told).toEqual(["one.example", "one.example"]);
});

test("while an anchor cannot be read, a callback that may be its own is refused for now", async () => {
    const [handle, told] = handler();
    const two = keys["two.example"]!;
    delete keys["two.example"];
    expect(await send(handle, two)).toMatch(/^503 /);
    expect(await send(handle, keys["one.example"]!)).toBe("204");
    keys["two.example"] = two;
    vi.advanceTimersByTime(MINUTE);
    expect(await send(handle, two)).toBe("204");
    // It keeps its key while it cannot be read again.
    delete keys["two.example"];
    vi.advanceTimersByTime(MINUTE);
    expect(await send(handle, TheirKeypair.random())).toMatch(/^503 /);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    expect(await send(handle, two)).toBe("204");
    expect(told).toEqual(["one.example", "two.example", "two.example"]);
});

test("a function gives the anchors, and its failure goes to the server", async () => {
    let list = ["one.example"];
    const [handle, told] = handler(async () => (list.length ? list : Promise.reject(new Error("no database"))));
    expect(await send(handle, keys["two.example"]!)).toBe("401 callback_signature");
    list = ["two.example"];
    vi.advanceTimersByTime(MINUTE);
    expect(await send(handle, keys["two.example"]!)).toBe("204");
    list = [];
    vi.advanceTimersByTime(MINUTE);
    await expect(send(handle, keys["one.example"]!)).rejects.toThrow("no database");
    expect(told).toEqual(["two.example"]);
    const discovered = await Anchor.discover("one.example");
    const [objects] = handler(() => [discovered]);
    expect(await send(objects, keys["one.example"]!)).toBe("204");
});

// S12-138
test("a callback is remembered only after it was processed", async () => {
    let working = false;
    const onCustomer = async () => {
        if (!working) throw new Error("no database");
    };
    const handle = callbackHandler({ anchors: ["one.example"], host: HOST, onCustomer });
    const header = signature(keys["one.example"]!);
    await expect(send(handle, keys["one.example"]!, header)).rejects.toThrow("no database");
    working = true;
    expect(await send(handle, keys["one.example"]!, header)).toBe("204");
    expect(await send(handle, keys["one.example"]!, header)).toBe("401 callback_replayed");
});

test("callbacks need an anchor", () => {
    for (const anchors of [[], null, "one.example", {}]) expect(() => handler(anchors as never), JSON.stringify(anchors)).toThrow();
});

// S01-18, S10-68
test("the signing service discovers its anchors with the first challenge, and reads new keys", async () => {
    const keypair = await Keypair.random();
    const handle = signingService({ keypair, domain: HOST, anchors: ["one.example"], authorize: () => true });
    expect(read).toEqual([]);
    const sign = async (): Promise<number> => {
        const [by, client] = [keys["one.example"]!, TheirKeypair.random().publicKey()];
        const transaction = WebAuth.buildChallengeTx(by, client, "one.example", 300, Networks.TESTNET, "one.example", null, HOST, keypair.address);
        const headers = { "Content-Type": "application/json" };
        const request = new Request(`https://${HOST}/sign`, { method: "POST", headers, body: JSON.stringify({ transaction }) });
        return (await handle(request)).status;
    };
    expect(await sign()).toBe(200);
    keys["one.example"] = TheirKeypair.random();
    expect(await sign()).toBe(400);
    vi.advanceTimersByTime(MINUTE);
    expect(await sign()).toBe(200);
    expect(read).toHaveLength(2);
});
