import { createHash, createPrivateKey, sign } from "node:crypto";
import { expect, test } from "vitest";
import { Keypair } from "windlass";
import { Callbacks, type CallbackRequest, type CallbacksOptions } from "windlass/server";
import { caught } from "./caught.js";

// S12-132: signed here by Node's own ed25519, so that the two have nothing in common but the words of the SEP.
const seed = createHash("sha256").update("sep10-test-server").digest();
const der = Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), seed]);
const anchor = createPrivateKey({ key: der, format: "der", type: "pkcs8" });
const signingKey = "GBNMMEXCAFUZYQXDHTTX3JVWGOXVJMNTXKLOHKBJ44KXCPKPMVDQHNEQ";
const host = "wallet.example.org:8443";
const now = 1_700_000_000;
const body = JSON.stringify({ id: "c1", status: "NEEDS_INFO", fields: { city: { type: "string" } }, provided_fields: {} });

function signature(over: { body?: string; host?: string; at?: number } = {}): string {
    const at = over.at ?? now;
    const signed = sign(null, Buffer.from(`${at}.${over.host ?? host}.${over.body ?? body}`), anchor);
    return `t=${at}, s=${signed.toString("base64")}`;
}

const receiver = (options: Partial<CallbacksOptions> = {}) => new Callbacks({ signingKey, host, ...options });
const request = (over: Partial<CallbackRequest> = {}): CallbackRequest => ({
    headers: { signature: signature() },
    body,
    now,
    ...over,
});
const code = (callbacks: Callbacks, over: Partial<CallbackRequest>) =>
    caught(() => callbacks.receive(request(over))).then(({ code }) => code);

// S12-134, S12-138
test("a callback is accepted from every form of headers", async () => {
    const value = signature();
    const all: CallbackRequest["headers"][] = [
        { signature: value },
        { host: "evil.example.com", "x-stellar-signature": value, "set-cookie": ["a", "b"], te: undefined },
        { signature: [value] },
        new Headers({ Signature: value, "X-Stellar-Signature": "t=1, s=AAAA" }),
        new Map([["X-STELLAR-SIGNATURE", value]]),
        [
            ["Content-Type", "application/json"],
            ["SIGNATURE", value],
        ],
    ];
    for (const headers of all) {
        expect(await receiver().receive(request({ headers }))).toEqual(JSON.parse(body));
    }
    expect(await receiver().receive(request({ body: new TextEncoder().encode(body) }))).toEqual(JSON.parse(body));
    expect(await receiver({ host: host.toUpperCase() }).receive(request())).toEqual(JSON.parse(body));
});

// S12-135, S12-136, S12-137, S12-138, S12-139
test("replayed, stale and changed callbacks are refused, each with its code", async () => {
    const callbacks = receiver({ maxAge: 60 });
    expect(await code(callbacks, { body: body.replace("c1", "c2") })).toBe("callback_signature");
    expect(await code(callbacks, { headers: { signature: signature({ host: "wallet.example.org" }) } })).toBe("callback_signature");
    expect(await code(receiver({ signingKey: (await Keypair.random()).address }), {})).toBe("callback_signature");
    expect(await code(callbacks, { now: now + 61 })).toBe("callback_stale");
    expect(await code(callbacks, { now: now - 61 })).toBe("callback_stale");
    for (const headers of [
        {},
        { signature: "" },
        { signature: "sig1=:abc:" },
        { signature: [signature(), signature()] },
        { signature: `${signature()}, t=${now}` },
    ]) {
        expect(await code(callbacks, { headers }), JSON.stringify(headers)).toBe("invalid_callback");
    }
    await callbacks.receive(request({ now: now + 60 }));
    expect(await code(callbacks, { now: now + 60 })).toBe("callback_replayed");
    const turned = signature().split(", ").reverse().join(",");
    expect(await code(callbacks, { headers: { signature: turned } })).toBe("callback_replayed");
    const again = { headers: { signature: signature({ at: now + 61 }) }, now: now + 61 };
    expect((await callbacks.receive(request(again))).id).toBe("c1");
});

test("callbacks beyond the capacity and malformed requests are refused", async () => {
    const callbacks = receiver({ capacity: 1 });
    await callbacks.receive(request());
    const next = { headers: { signature: signature({ at: now + 1 }) } };
    expect(await code(callbacks, next)).toBe("too_many_requests");
    const list = "[]";
    expect(await code(receiver(), { body: list, headers: { signature: signature({ body: list }) } })).toBe("unexpected_response");
    for (const wrong of [{ headers: "signature" }, { headers: undefined }, { headers: [1] }, { body: 1 }, { now: "now" }]) {
        expect(await code(receiver(), wrong as never), JSON.stringify(wrong)).toBe("invalid_request");
    }
    const options = { signingKey: "GABC", host };
    expect((await caught(() => new Callbacks(options))).code).toBe("invalid_account");
});

test("without a time the clock is used", async () => {
    const at = Math.floor(Date.now() / 1000);
    const headers = { signature: signature({ at }) };
    expect((await receiver().receive({ headers, body })).status).toBe("NEEDS_INFO");
});
