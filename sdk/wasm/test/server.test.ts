// The handlers of a wallet's server: what is signed, and all that is not, as anchor/src/signer/tests.rs has it.
import { createHash, createPrivateKey, sign as signBytes } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Account, Keypair as TheirKeypair, Networks, Operation, Transaction, TransactionBuilder, WebAuth } from "@stellar/stellar-sdk";
import { expect, test } from "vitest";
import { Keypair } from "windlass";
import { type Handler, type SigningServiceOptions, callbackHandler, forNode, signingService } from "windlass/server";

const NETWORK: string = Networks.TESTNET;
const [server, domainKey, ada] = [TheirKeypair.random(), TheirKeypair.random(), TheirKeypair.random()];
const keypair = await Keypair.fromSecret(domainKey.secret());
const anchor = {
    homeDomain: "anchor.example",
    networkPassphrase: NETWORK,
    signingKey: server.publicKey(),
    webAuthEndpoint: "https://auth.anchor.example/sep10",
};
const other = { ...anchor, homeDomain: "other.example", signingKey: TheirKeypair.random().publicKey() };
const options: SigningServiceOptions = { keypair, domain: "wallet.example", anchors: [other, anchor], authorize: () => true };

/** A challenge of the anchor for Ada, of the wallet's domain; or one that is changed. */
function challenge(over: Partial<Record<"home" | "auth" | "network" | "domain" | "key", string>> & { by?: TheirKeypair } = {}): string {
    const domain = over.domain === "" ? null : (over.domain ?? "wallet.example");
    const key = domain === null ? null : (over.key ?? domainKey.publicKey());
    const { by = server, home = anchor.homeDomain, auth = "auth.anchor.example", network = NETWORK } = over;
    return WebAuth.buildChallengeTx(by, ada.publicKey(), home, 300, network, auth, null, domain, key);
}

async function post(handle: Handler, body: unknown, headers: Record<string, string> = { "Content-Type": "application/json" }) {
    const text = typeof body === "string" ? body : JSON.stringify(body);
    const response = await handle(new Request("https://wallet.example/sign", { method: "POST", headers, body: text }));
    expect(response.headers.get("Cache-Control")).toBe("no-store");
    const answer = await response.text();
    return { status: response.status, body: (answer === "" ? {} : JSON.parse(answer)) as Record<string, string> };
}

const service = signingService(options);

// S10-68, S10-70
test("a challenge of a trusted anchor gets one more signature and is otherwise unchanged", async () => {
    const transaction = challenge();
    for (const asked of [
        { transaction, network_passphrase: NETWORK },
        { transaction },
        { transactionXDR: transaction, networkPassphrase: NETWORK },
    ]) {
        const { status, body } = await post(service, asked);
        expect([status, body["network_passphrase"], body["error"]]).toEqual([200, NETWORK, undefined]);
        const [before, after] = [transaction, body["transaction"] ?? ""].map((xdr) => new Transaction(xdr, NETWORK));
        expect(after!.hash()).toEqual(before!.hash());
        expect(after!.signatures).toHaveLength(2);
        expect(WebAuth.verifyTxSignedBy(after!, server.publicKey()) && WebAuth.verifyTxSignedBy(after!, domainKey.publicKey())).toBe(true);
    }
});

// S10-61: the port that goes without saying is not in the domain, and capitals are no difference.
test("the web auth domain is the host of the endpoint's URL", async () => {
    const spelt = signingService({ ...options, anchors: [{ ...anchor, webAuthEndpoint: "https://Auth.anchor.example:443/sep10" }] });
    expect((await post(spelt, { transaction: challenge() })).status).toBe(200);
    const { status, body } = await post(spelt, { transaction: challenge({ auth: "auth.anchor.example:8443" }) });
    expect([status, body["code"]]).toEqual([400, "challenge_web_auth_domain"]);
});

// S10-68: whoever signs first, the other may follow.
test("a challenge that the wallet has signed is signed as well", async () => {
    const signed = TransactionBuilder.fromXDR(challenge(), NETWORK);
    signed.sign(ada);
    expect((await post(service, { transaction: signed.toXDR() })).status).toBe(200);
});

const payment = () =>
    new TransactionBuilder(new Account(server.publicKey(), "1"), { fee: "100", networkPassphrase: NETWORK })
        .addOperation(Operation.manageData({ name: "anchor.example auth", value: "x", source: ada.publicKey() }))
        .setTimeout(60)
        .build()
        .toXDR();

test.each<[string, string, () => string]>([
    ["of another anchor", "unknown_home_domain", () => challenge({ by: TheirKeypair.random() })],
    ["for another home domain", "challenge_home_domain", () => challenge({ home: "evil.example" })],
    ["for another server", "challenge_web_auth_domain", () => challenge({ auth: "evil.example" })],
    ["for another network", "challenge_server_signature", () => challenge({ network: Networks.PUBLIC })],
    ["without a client domain", "challenge_client_domain", () => challenge({ domain: "" })],
    ["for another client domain with this key", "challenge_client_domain", () => challenge({ domain: "rival.example" })],
    ["for this client domain with another key", "challenge_client_domain", () => challenge({ key: TheirKeypair.random().publicKey() })],
    ["that could be submitted", "challenge_sequence", payment],
    ["that is none", "challenge_not_readable", () => "AAAA"],
    ["that is empty", "challenge_not_readable", () => ""],
])("what is %s is refused", async (_, code, transaction) => {
    const { status, body } = await post(service, { transaction: transaction() });
    expect([status, body["code"], body["transaction"]]).toEqual([400, code, undefined]);
    expect(body["error"]).not.toBe("");
});

test("an expired challenge is refused by the clock of the server", async () => {
    const late = signingService({ ...options, clock: () => Math.floor(Date.now() / 1000) + 302 });
    expect((await post(late, { transaction: challenge() })).body["code"]).toBe("challenge_expired");
});

test("the error names a network that no trusted anchor is on", async () => {
    const { status, body } = await post(service, { transaction: challenge(), network_passphrase: Networks.PUBLIC });
    expect([status, body["code"]]).toEqual([400, "invalid_request"]);
});

test("a request that authorize rejects gets no signature", async () => {
    const asked: string[] = [];
    const authorize = async ({ headers }: Request) => {
        asked.push(headers.get("Authorization") ?? "");
        return headers.get("Authorization") === "Bearer me";
    };
    const guarded = signingService({ ...options, authorize });
    const json = { "Content-Type": "application/json" };
    const { status, body } = await post(guarded, { transaction: challenge() }, { ...json, Authorization: "Bearer you" });
    expect([status, body["code"]]).toEqual([401, "token_invalid"]);
    expect((await post(guarded, { transaction: challenge() }, { ...json, Authorization: "Bearer me" })).status).toBe(200);
    expect(asked).toEqual(["Bearer you", "Bearer me"]);
    const broken = signingService({ ...options, authorize: () => Promise.reject(new Error("no database")) });
    await expect(post(broken, { transaction: challenge() })).rejects.toThrow("no database");
});

test("malformed bodies are refused with the reason", async () => {
    const json = { "Content-Type": "application/json; charset=utf-8" };
    for (const [body, headers, status, code] of [
        ["{", json, 400, "invalid_request"],
        ["[]", json, 400, "invalid_request"],
        ["null", json, 400, "invalid_request"],
        ['{"transaction": 7}', json, 400, "invalid_request"],
        ['{"transaction": "AAAA", "network_passphrase": 7}', json, 400, "invalid_request"],
        ["transaction=AAAA", { "Content-Type": "application/x-www-form-urlencoded" }, 415, "unsupported_media_type"],
        [`{"transaction": "${"A".repeat(150_000)}"}`, json, 413, "too_large"],
    ] as const) {
        const answer = await post(service, body, headers);
        expect([answer.status, answer.body["code"]], body.slice(0, 40)).toEqual([status, code]);
    }
    const got = await service(new Request("https://wallet.example/sign"));
    expect([got.status, got.headers.get("Allow")]).toEqual([405, "POST"]);
});

test("the constructor of the service refuses invalid options", () => {
    for (const [over, told] of [
        [{ authorize: undefined }, "authorize"],
        [{ domain: "https://wallet.example" }, "domain"],
        [{ anchors: [] }, "anchors"],
        [{ anchors: [{ ...anchor, signingKey: "G" }] }, "each anchor"],
        [{ anchors: [{ ...anchor, webAuthEndpoint: "auth" }] }, "each anchor"],
        [{ anchors: [{ ...anchor, webAuthEndpoint: "ftp://auth.anchor.example" }] }, "webAuthEndpoint"],
        [{ anchors: [{ ...anchor, signingKey: keypair.address }] }, "keypair"],
    ] as const) {
        expect(() => signingService({ ...options, ...over } as never), told).toThrow(told);
    }
});

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
const now = 1_700_000_000;
const CLAIMS = {
    iat: now,
    exp: now + 900,
    account: ada.publicKey(),
    home_domain: anchor.homeDomain,
    client_domain: "wallet.example",
    web_auth_endpoint: anchor.webAuthEndpoint,
};

// S10-26, S10-27, S10-28
test("the service vouches only for tokens to its anchors", async () => {
    const vouching = signingService({ ...options, clock: () => now });
    const message = (claims: object, header: object = { alg: "EdDSA" }) => `${part(header)}.${part({ ...CLAIMS, ...claims })}`;
    for (const good of [message({}), message({ memo: "7" }), message({ home_domain: undefined, iat: now - 899, exp: now + 1 })]) {
        const { status, body } = await post(vouching, { message: good });
        expect([status, body["error"]]).toEqual([200, undefined]);
        expect(domainKey.verify(Buffer.from(good), Buffer.from(body["signature"] ?? "", "base64"))).toBe(true);
    }
    for (const bad of [
        message({ client_domain: "rival.example" }),
        message({ client_domain: undefined }),
        message({ web_auth_endpoint: "https://auth.anchor.example/other" }),
        message({ home_domain: "evil.example" }),
        message({ account: "x" }),
        message({ memo: "text" }),
        message({ iat: now - 1 }),
        message({ iat: now + 61 }),
        message({ exp: now + 901 }),
        message({ exp: now }),
        message({ exp: undefined }),
        message({}, { alg: "none" }),
        message({}, { alg: "EdDSA", crit: ["b64"] }),
        `${message({})}.${part({})}`,
        part(CLAIMS),
        "text.text",
        `${part({ alg: "EdDSA" })}.${part({ ...CLAIMS, pad: "x".repeat(5000) })}`,
    ]) {
        const { status, body } = await post(vouching, { message: bad });
        expect([status, body["code"], body["signature"]], bad).toEqual([400, "proof_invalid", undefined]);
    }
});

const seed = createHash("sha256").update("sep10-test-server").digest();
const anchorKey = createPrivateKey({
    key: Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), seed]),
    format: "der",
    type: "pkcs8",
});
const signingKey = "GBNMMEXCAFUZYQXDHTTX3JVWGOXVJMNTXKLOHKBJ44KXCPKPMVDQHNEQ";

/** The headers of a callback with this body, signed by the anchor now. */
function headers(body: string): Record<string, string> {
    const at = Math.floor(Date.now() / 1000);
    const signature = signBytes(null, Buffer.from(`${at}.wallet.example.${body}`), anchorKey).toString("base64");
    return { Signature: `t=${at}, s=${signature}` };
}

// S12-134 to S12-139
test("callbacks of the anchor are accepted once, others never", async () => {
    const told: string[] = [];
    const receive = callbackHandler({ signingKey, host: "wallet.example", onCustomer: ({ status }) => void told.push(status) });
    const body = JSON.stringify({ id: "c1", status: "ACCEPTED" });
    const signed = headers(body);
    expect((await post(receive, body, signed)).status).toBe(204);
    for (const [text, over, status, code] of [
        [body, signed, 401, "callback_replayed"],
        [body.replace("ACC", "REJ"), signed, 401, "callback_signature"],
        [body, {}, 401, "invalid_callback"],
        ["[]", headers("[]"), 400, "unexpected_response"],
        ["x".repeat(1_000_001), signed, 413, "too_large"],
    ] as const) {
        const answer = await post(receive, text, over);
        expect([answer.status, answer.body["code"]]).toEqual([status, code]);
    }
    expect(told).toEqual(["ACCEPTED"]);
    const full = callbackHandler({ signingKey, host: "wallet.example", capacity: 0, onCustomer: () => {} });
    expect((await post(full, body, headers(body))).status).toBe(429);
    const failing = callbackHandler({ signingKey, host: "wallet.example", onCustomer: () => Promise.reject(new Error("no database")) });
    await expect(post(failing, body, headers(body))).rejects.toThrow("no database");
});

test("Node's http calls them as well", async () => {
    const failed: string[] = [];
    const listening = createServer((request, response) => {
        const handle = request.url === "/fail" ? async () => Promise.reject(new Error("no database")) : service;
        void forNode(handle)(request, response, (error) => {
            failed.push(error.message);
            response.writeHead(500).end();
        });
    }).listen(0, "127.0.0.1");
    await once(listening, "listening");
    const url = `http://127.0.0.1:${(listening.address() as AddressInfo).port}`;
    try {
        const send = (path: string, body: string) =>
            fetch(url + path, { method: "POST", headers: { "Content-Type": "application/json" }, body });
        const good = await send("/", JSON.stringify({ transaction: challenge() }));
        expect([good.status, good.headers.get("Content-Type")]).toEqual([200, "application/json"]);
        expect(Object.keys((await good.json()) as object)).toEqual(["transaction", "network_passphrase"]);
        expect((await fetch(url)).status).toBe(405);
        expect((await send("/", "x".repeat(101_000))).status).toBe(413);
        expect([(await send("/fail", "{}")).status, failed]).toEqual([500, ["no database"]]);
    } finally {
        listening.closeAllConnections();
        listening.close();
    }
});
