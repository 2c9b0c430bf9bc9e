// Wallets that misbehave, in every way that SEP-43 and those who use them tell of.
import { Account, Keypair as TheirKeypair, Operation, type Transaction, TransactionBuilder, WebAuth } from "@stellar/stellar-sdk";
import { expect, test } from "vitest";
import { Keypair, type Wallet43, type WindlassError, isWallet43 } from "windlass";
import { NETWORK, challenge, clientDomain, fakeAnchor, json, server } from "./anchor.js";
import { caught } from "./caught.js";
import { sign, wallet } from "./wallets.js";

const fake = fakeAnchor();
const key = TheirKeypair.random();

/** What comes of a sign-in with such a wallet. Nothing may have been sent. */
async function refused(signer: unknown): Promise<WindlassError> {
    const anchor = await fake.anchor();
    const error = await caught(() => anchor.signIn(signer as Wallet43));
    expect(fake.signed, error.message).toBeUndefined();
    return error;
}

/** A wallet whose `signTransaction` does this. */
const signing = (signTransaction: (xdr: string) => unknown) => wallet(key, { signTransaction: signTransaction as never });
const returning = (signed: (xdr: string) => string) =>
    signing(async (xdr) => ({ signedTxXdr: signed(xdr), signerAddress: key.publicKey() }));
const failing = (error: unknown) => signing(async () => ({ signedTxXdr: "", signerAddress: "", error }));

// S43-02, S43-03: the codes of SEP-43, as results and thrown; -4 is the user's no, and an error of its own.
test.each([
    [{ code: -4, message: "No" }, "signer_refused", "the user refused to sign"],
    [{ code: "-4", message: "No" }, "signer_refused", "the user refused to sign"],
    [{ code: -1, message: "Locked", ext: ["x"] }, "signer_failed", "the signer failed: Locked"],
    [{ code: -2, message: "Horizon is down" }, "signer_failed", "the signer failed: Horizon is down"],
    [{ code: -3, message: "Bad XDR" }, "signer_failed", "the signer failed: Bad XDR"],
    [{ code: -3 }, "signer_failed", "the signer failed: it does not say why"],
    [{ code: -4 }, "signer_refused", "the user refused to sign"],
    [{}, "signer_failed", "the signer failed: it does not say why"],
    ["User declined access", "signer_failed", "the signer failed: User declined access"],
    [new Error("Boom"), "signer_failed", "the signer failed: Boom"],
    [Object.assign(new Error("No"), { code: -4 }), "signer_refused", "the user refused to sign"],
    [42, "signer_failed", "the signer failed: it does not say why"],
] as const)("a wallet that fails with %o", async (error, code, message) => {
    const ways = [
        failing(error),
        signing(() => Promise.reject(error)),
        signing(() => {
            throw error;
        }),
        wallet(key, { getAddress: async () => ({ address: "", error: error as never }) }),
    ];
    // A text is its own reason, and a refusal is an answer of the user.
    const cause = code === "signer_refused" || typeof error === "string" ? undefined : error;
    for (const signer of ways) {
        const thrown = await refused(signer);
        expect(thrown).toMatchObject({ code, message });
        expect(thrown.cause).toBe(cause);
    }
});

test("an error has as its cause what a client domain's signer has thrown", async () => {
    const anchor = await fake.anchor();
    const reason = new TypeError("Boom");
    const fails = () => Promise.reject(reason);
    for (const own of [{ sign: fails }, { url: "https://signer.wallet.example/sign" }]) {
        fake.service = fails;
        const domain = { domain: "wallet.example", signingKey: clientDomain.publicKey(), ...own };
        const error = await caught(async () => anchor.signIn(await Keypair.random(), { clientDomain: domain }));
        expect([error.code, error.cause]).toEqual(["signer_failed", reason]);
        expect(error.cause).toBe(reason);
    }
});

// S43-18: not every wallet can tell its network. The user's refusal stays one.
test("a wallet that fails to tell its network signs for the anchor's", async () => {
    const failures: (() => unknown)[] = [
        () => Promise.reject({ code: -3, message: "xBull does not support the getNetwork function" }),
        () => Promise.reject(new Error("Boom")),
        () => Promise.reject(undefined),
        () => {
            throw new Error("Boom");
        },
        async () => ({ network: "", networkPassphrase: "", error: { code: -1, message: "Locked" } }),
        async () => undefined,
    ];
    for (const getNetwork of failures) {
        fake.signed = undefined;
        await (await fake.anchor()).signIn(wallet(key, { getNetwork: getNetwork as never }));
        expect(fake.signed).toBeDefined();
    }
    const refusing = wallet(key, { getNetwork: () => Promise.reject({ code: -4, message: "No" }) });
    fake.signed = undefined;
    expect((await refused(refusing)).code).toBe("signer_refused");
});

// S43-01: nothing of these is an answer.
const NO_ANSWERS = [undefined, null, "", 0, true, [], {}, { signedTxXdr: "" }, { signedTxXdr: 7 }, { signedTxXdr: null, error: null }];
test.each(NO_ANSWERS.map((answer) => [answer]))(
    "a wallet that answers %o",
    async (answer) => {
        expect(await refused(signing(async () => answer))).toMatchObject({
            code: "signer_failed",
            message: "the signer failed: it returned no transaction",
        });
        expect(await refused(signing(() => answer))).toMatchObject({ code: "signer_failed" });
    },
);

test.each([undefined, null, "", 0])("a wallet that throws %o", async (thrown) => {
    const message = "the signer failed: it does not say why";
    expect(await refused(signing(() => Promise.reject(thrown)))).toMatchObject({ code: "signer_failed", message });
    const getAddress = () => {
        throw thrown;
    };
    expect(await refused(wallet(key, { getAddress }))).toMatchObject({ code: "signer_failed", message });
});

test("an answer with members that throw is refused", async () => {
    const trap = new Proxy({}, {
        get: (_, name) => {
            // Promises ask whatever they are given whether it is one.
            if (name === "then") return undefined;
            throw new Error("no");
        },
    });
    expect((await refused(signing(async () => trap))).code).toBe("signer_failed");
    expect((await refused(signing(() => Promise.reject(trap)))).code).toBe("signer_failed");
    expect((await refused(trap)).code).toBe("signer_failed");
});

// S43-22
test.each([undefined, null, {}, "GA", 7, { signTransaction: 7 }, { getAddress: async () => ({ address: key.publicKey() }) }])(
    "what is no wallet: %o",
    async (signer) => {
        expect(isWallet43(signer)).toBe(false);
        expect(await refused(signer)).toMatchObject({
            code: "signer_failed",
            message: expect.stringContaining("is the wallet's extension installed?") as string,
        });
    },
);

// S43-22
test("isWallet43 looks at the methods", async () => {
    expect(isWallet43(wallet(key))).toBe(true);
    expect(isWallet43(await Keypair.random())).toBe(false);
    const throwing = { get getAddress(): never { throw new Error("Boom"); } };
    expect(isWallet43(throwing)).toBe(false);
});

// S43-05
test.each([{}, { address: "" }, { address: 7 }, null, undefined])("a wallet whose address is %o", async (answer) => {
    const getAddress = async () => answer as never;
    const message = "the wallet gives no address: install and unlock it, and allow it to connect to this site";
    expect(await refused(wallet(key, { getAddress }))).toMatchObject({ code: "signer_not_connected", message });
    // Freighter, when it is not installed.
    const [missing, requestAccess] = [async () => ({ isConnected: false }), async () => expect.unreachable() as never];
    expect(await refused(wallet(key, { getAddress, isConnected: missing, requestAccess } as never))).toMatchObject({ code: "signer_not_connected" });
});

// S43-05: Freighter gives no address until the user allows the site.
test("a wallet that is not connected is asked for access", async () => {
    const getAddress = async () => ({ address: "" });
    const asking = (requestAccess: () => unknown, isConnected?: () => unknown) =>
        wallet(key, { getAddress, requestAccess, ...(isConnected && { isConnected }) } as never);
    const allowed = async () => ({ address: key.publicKey() });
    for (const signer of [asking(allowed), asking(allowed, async () => ({ isConnected: true })), asking(allowed, async () => true)]) {
        fake.signed = undefined;
        await (await fake.anchor()).signIn(signer);
        expect(fake.signed).toBeDefined();
    }
    fake.signed = undefined;
    expect((await refused(asking(async () => ({ address: "" })))).code).toBe("signer_not_connected");
    expect((await refused(asking(async () => ({ address: "", error: { code: -4, message: "No" } })))).code).toBe("signer_refused");
});

test("what is passed by mistake in place of a signer is named", async () => {
    const secret = TheirKeypair.random().secret();
    for (const [signer, message] of [
        [Keypair.random(), /await it/],
        [TheirKeypair.random(), /Keypair of @stellar\/stellar-sdk: pass await Keypair.fromSecret\(keypair.secret\(\)\)/],
        [secret, /secret key: pass await Keypair.fromSecret/],
    ] as const) {
        const error = await refused(signer);
        expect(error).toMatchObject({ code: "invalid_request", message: expect.stringMatching(message) as string });
        expect(error.message).not.toContain(secret);
    }
});

// S10-69
test("several signers sign one after the other", async () => {
    const [second, third] = [TheirKeypair.random(), await Keypair.random()];
    await (await fake.anchor()).signIn(wallet(key), {
        signers: [{ ...wallet(second), signTransaction: async (xdr: string) => ({ signedTxXdr: sign(xdr, second) }) }, third],
    });
    const sent = TransactionBuilder.fromXDR(fake.signed ?? "", NETWORK) as Transaction;
    for (const signer of [key.publicKey(), second.publicKey(), third.address]) expect(WebAuth.verifyTxSignedBy(sent, signer)).toBe(true);
    expect(sent.signatures).toHaveLength(4);
    expect((await caught(async () => (await fake.anchor()).signIn(wallet(key), { signers: third as never }))).code).toBe("invalid_request");
});

test("a wallet whose address is not an account is refused", async () => {
    for (const address of ["G", "CA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJUWDA", TheirKeypair.random().secret()]) {
        expect((await refused(wallet(key, { getAddress: async () => ({ address }) }))).code).toBe("invalid_account");
    }
});

// S43-18
test("a wallet on another network is not asked to sign", async () => {
    const signer = wallet(key, { getNetwork: async () => ({ network: "PUBLIC", networkPassphrase: "Public" }) });
    expect((await refused(signer)).code).toBe("wrong_network");
    expect([signer.asked, fake.asked.length]).toEqual([0, 1]);
});

// S43-17: the passphrase decides. A wallet without getNetwork is assumed to be on the anchor's network.
test("a wallet without getNetwork signs for the anchor's network", async () => {
    for (const getNetwork of [async () => ({ network: "PUBLIC", networkPassphrase: "" }), async () => "TESTNET" as never]) {
        fake.signed = undefined;
        await (await fake.anchor()).signIn(wallet(key, { getNetwork }));
        expect(fake.signed).toBeDefined();
    }
});

const other = () =>
    challenge(new URL(`https://anchor.example.com/?account=${key.publicKey()}&home_domain=anchor.example.com`));

function feeBump(xdr: string): string {
    const inner = TransactionBuilder.fromXDR(sign(xdr, key), NETWORK) as Transaction;
    const bump = TransactionBuilder.buildFeeBumpTransaction(key, "1000", inner, NETWORK);
    bump.sign(key);
    return bump.toXDR();
}

/** The same transaction in the envelope of before protocol 13: other bytes, the same hash. */
const version0 = (xdr: string) => Buffer.concat([Buffer.alloc(4), Buffer.from(sign(xdr, key), "base64").subarray(8)]).toString("base64");

// S43-06, S43-08, S43-11, S43-19, S10-68
test.each<[string, (xdr: string) => string]>([
    ["does not sign", (xdr) => xdr],
    ["signs with another key", (xdr) => sign(xdr, TheirKeypair.random())],
    ["signs another challenge", () => sign(other(), key)],
    ["signs for another network", (xdr) => {
        const transaction = TransactionBuilder.fromXDR(xdr, "Public Global Stellar Network ; September 2015");
        transaction.sign(key);
        return transaction.toXDR();
    }],
    ["drops every signature", (xdr) => {
        const transaction = TransactionBuilder.fromXDR(xdr, NETWORK) as Transaction;
        transaction.signatures.length = 0;
        return transaction.toXDR();
    }],
    ["spoils its signature", (xdr) => {
        const transaction = TransactionBuilder.fromXDR(sign(xdr, key), NETWORK) as Transaction;
        const bytes = Buffer.from(transaction.toXDR(), "base64");
        bytes[bytes.length - 1]! ^= 1;
        return bytes.toString("base64");
    }],
    ["wraps it in a fee bump", feeBump],
    ["adds bytes", (xdr) => Buffer.concat([Buffer.from(sign(xdr, key), "base64"), Buffer.alloc(4)]).toString("base64")],
    ["cuts bytes off", (xdr) => Buffer.from(sign(xdr, key), "base64").subarray(0, -4).toString("base64")],
    ["answers hex", (xdr) => Buffer.from(sign(xdr, key), "base64").toString("hex")],
    ["answers base64url", (xdr) => Buffer.from(sign(xdr, key), "base64").toString("base64url")],
    ["answers with XDR of nothing", () => "AAAA"],
    ["answers with a text", () => "signed!"],
])("a wallet that %s is refused", async (_, signed) => {
    expect((await refused(returning(signed))).code).toBe("signer_changed_transaction");
    // The same as bare text, which wallets from before mid-2024 return.
    expect((await refused(signing(async (xdr) => signed(xdr)))).code).toBe("signer_changed_transaction");
});

// S10-69, S43-19: signatures that the wallet adds are kept, and existing ones stay.
test.each<[string, (xdr: string) => string, number?]>([
    ["adds signatures of others", (xdr) => sign(sign(sign(xdr, TheirKeypair.random()), key), TheirKeypair.random()), 4],
    ["signs twice", (xdr) => sign(sign(xdr, key), key)],
    ["changes the envelope's type to that of before protocol 13", version0],
    ["drops the signature of the anchor", (xdr) => {
        const transaction = TransactionBuilder.fromXDR(sign(xdr, key), NETWORK) as Transaction;
        transaction.signatures.shift();
        return transaction.toXDR();
    }],
    ["turns the signatures round", (xdr) => {
        const transaction = TransactionBuilder.fromXDR(sign(xdr, key), NETWORK) as Transaction;
        transaction.signatures.reverse();
        return transaction.toXDR();
    }],
])("all signatures are taken from a wallet that %s", async (_, signed, count = 2) => {
    for (const signer of [returning(signed), signing((xdr) => signed(xdr))]) {
        await (await fake.anchor()).signIn(signer);
        const sent = TransactionBuilder.fromXDR(fake.signed ?? "", NETWORK) as Transaction;
        expect(sent.signatures).toHaveLength(count);
        expect(WebAuth.verifyTxSignedBy(sent, key.publicKey())).toBe(true);
        expect(WebAuth.verifyTxSignedBy(sent, server.publicKey())).toBe(true);
    }
});

// S43-09: whatever the wallet says of who signed, the signature decides.
test("a missing or wrong signerAddress of a wallet is ignored", async () => {
    for (const signerAddress of [undefined, "", TheirKeypair.random().publicKey()]) {
        await (await fake.anchor()).signIn(signing(async (xdr) => ({ signedTxXdr: sign(xdr, key), signerAddress })));
        expect(fake.signed).toBeDefined();
    }
});

// S43: an error makes the whole response invalid, even if it contains a transaction.
test("an error beside a signed transaction is an error", async () => {
    const error = { code: -2, message: "submission failed" };
    expect(await refused(signing(async (xdr) => ({ signedTxXdr: sign(xdr, key), error })))).toMatchObject({
        code: "signer_failed",
        message: "the signer failed: submission failed",
    });
});

test("an empty error of a wallet is ignored", async () => {
    for (const error of [undefined, null, "", 0]) {
        await (await fake.anchor()).signIn(signing(async (xdr) => ({ signedTxXdr: sign(xdr, key), error })));
    }
    expect(fake.signed).toBeDefined();
});

// S43-20
test("a wallet gets one request at a time, also from several sign-ins, and after a failure", async () => {
    const [seen, running]: [string[], Set<string>] = [[], new Set()];
    const settle: (() => void)[] = [];
    const once = async <T>(name: string, work: () => T): Promise<T> => {
        expect([...running]).toEqual([]);
        running.add(name);
        await new Promise<void>((resolve) => settle.push(resolve));
        running.delete(name);
        seen.push(name);
        return work();
    };
    let times = 0;
    const signer = wallet(key, {
        getAddress: () => once("address", () => ({ address: key.publicKey() })),
        getNetwork: () => once("network", () => ({ network: "", networkPassphrase: NETWORK })),
        signTransaction: (xdr) =>
            once("sign", () => {
                times += 1;
                if (times === 1) throw new Error("Boom");
                return { signedTxXdr: sign(xdr, key) };
            }),
    });
    const anchor = await fake.anchor();
    const all = Promise.allSettled([anchor.signIn(signer), anchor.signIn(signer), anchor.signIn(signer)]);
    let done = false;
    void all.then(() => (done = true));
    while (!done) {
        settle.shift()?.();
        await new Promise((resolve) => setImmediate(resolve));
    }
    const results = await all;
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "fulfilled", "rejected"]);
    expect(seen).toHaveLength(9);
});

// S43-20
test("a wallet that never answers can be given up, and used again", async () => {
    const anchor = await fake.anchor();
    let stuck = true;
    const signer = signing((xdr) => (stuck ? new Promise(() => {}) : { signedTxXdr: sign(xdr, key) }));
    const [first, second] = [new AbortController(), new AbortController()];
    const one = caught(() => anchor.signIn(signer, { signal: first.signal }));
    const two = caught(() => anchor.signIn(signer, { signal: second.signal }));
    while (signer.asked === 0) await new Promise((resolve) => setImmediate(resolve));
    // The one who waits goes first, then the one who is waited for.
    second.abort();
    expect((await two).code).toBe("aborted");
    first.abort();
    expect((await one).code).toBe("aborted");
    stuck = false;
    await anchor.signIn(signer);
    expect([signer.asked, fake.signed !== undefined]).toEqual([2, true]);
});

const signTransaction = sign;
const domain = { domain: "wallet.example.org", signingKey: clientDomain.publicKey() };

// S10-67, S10-68
test("a service of the wallet signs for its domain", async () => {
    let body: unknown;
    let header: string | null = null;
    fake.service = ({ body: bytes, headers }) => {
        const { transaction, network_passphrase } = JSON.parse(new TextDecoder().decode(bytes)) as Record<string, string>;
        [body, header] = [{ network_passphrase }, headers.get("Authorization")];
        return json({ transaction: sign(transaction!, clientDomain), network_passphrase });
    };
    const url = "https://wallet.example.org/sign";
    await (await fake.anchor()).signIn(await Keypair.random(), { clientDomain: { ...domain, url, authorization: "Bearer me" } });
    expect([body, header]).toEqual([{ network_passphrase: NETWORK }, "Bearer me"]);
    expect((TransactionBuilder.fromXDR(fake.signed ?? "", NETWORK) as Transaction).signatures).toHaveLength(3);
});

// S10-24, S10-27, S10-32: the anchor requires the identity of the application.
test("a request for a challenge is signed if the anchor requires it", async () => {
    const seen: string[] = [];
    const good = fake.challenge;
    fake.challenge = (asked) => {
        const token = asked.headers.get("Authorization")?.replace(/^Bearer /, "");
        if (token === undefined) return json({ error: "who asks?", code: "proof_required" }, 401);
        seen.push(token);
        return good(asked);
    };
    const anchor = await fake.anchor();
    const mine = await Keypair.random();
    await anchor.signIn(mine, { memo: 7n });
    const sign = (xdr: string) => signTransaction(xdr, clientDomain);
    const vouch = async (text: string) => new Uint8Array(clientDomain.sign(Buffer.from(text)));
    await anchor.signIn(mine, { clientDomain: { ...domain, sign, vouch } });
    // The wallet's server vouches as it signs.
    fake.service = ({ body }) => {
        const { message, transaction } = JSON.parse(new TextDecoder().decode(body)) as Record<string, string>;
        if (transaction) return json({ transaction: sign(transaction) });
        return json({ signature: Buffer.from(clientDomain.sign(Buffer.from(message!))).toString("base64") });
    };
    await anchor.signIn(mine, { clientDomain: { ...domain, url: "https://wallet.example.org/sign" } });
    const keys = [TheirKeypair.fromPublicKey(mine.address), clientDomain, clientDomain];
    for (const [i, token] of seen.entries()) {
        const [header = "", payload = "", signature = ""] = token.split(".");
        expect(Buffer.from(header, "base64url").toString()).toBe('{"alg":"EdDSA"}');
        expect(JSON.parse(Buffer.from(payload, "base64url").toString())).toMatchObject({
            account: mine.address,
            home_domain: "anchor.example.com",
            web_auth_endpoint: "https://anchor.example.com/auth",
            ...(i === 0 ? { memo: "7" } : { client_domain: domain.domain }),
        });
        expect(keys[i]!.verify(Buffer.from(`${header}.${payload}`), Buffer.from(signature, "base64url"))).toBe(true);
    }
    expect(seen).toHaveLength(3);

    const code = async (whoever: object) =>
        (await caught(() => anchor.signIn(mine, { clientDomain: { ...domain, ...whoever } as never }))).code;
    expect(await code({ sign })).toBe("proof_required");
    expect(await code({ sign, vouch: () => "signature" })).toBe("signer_failed");
    expect(await code({ sign, vouch: () => new Uint8Array(63) })).toBe("signer_failed");
    expect(await code({ sign, vouch: () => Promise.reject({ code: -4 }) })).toBe("signer_refused");
    expect((await caught(() => anchor.signIn(wallet(key)))).code).toBe("proof_required");
    expect(seen).toHaveLength(3);
});

// S43: a key in memory signs as a wallet does.
test("a key signs challenges, and nothing else", async () => {
    const mine = await Keypair.random();
    const signTransaction = async (xdr: string) => ({ signedTxXdr: await mine.sign(xdr, { networkPassphrase: NETWORK }) });
    await (await fake.anchor()).signIn({ getAddress: async () => ({ address: mine.address }), signTransaction });
    expect(fake.signed).toBeDefined();
    const payment = new TransactionBuilder(new Account(mine.address, "1"), { fee: "100", networkPassphrase: NETWORK })
        .addOperation(Operation.bumpSequence({ bumpTo: "9" }))
        .setTimeout(60)
        .build()
        .toXDR();
    expect((await caught(() => mine.sign(payment, { networkPassphrase: NETWORK }))).code).toBe("signer_failed");
    expect((await caught(() => mine.sign("AAAA", { networkPassphrase: NETWORK }))).code).toBe("signer_failed");
    expect((await caught(() => mine.sign("AAAA", {} as never))).code).toBe("invalid_request");
});

// S10-68
test("what a client-domain signer returns is checked like a wallet's answer", async () => {
    const anchor = await fake.anchor();
    const signer = wallet(key);
    const attempt = (whoever: object) =>
        caught(() => anchor.signIn(signer, { clientDomain: { ...domain, ...whoever } as never }));
    expect((await attempt({ sign: () => sign(other(), clientDomain) })).code).toBe("signer_changed_transaction");
    expect((await attempt({ sign: (xdr: string) => sign(xdr, key) })).code).toBe("signer_changed_transaction");
    expect((await attempt({ sign: (xdr: string) => xdr })).code).toBe("signer_changed_transaction");
    expect((await attempt({ sign: () => Promise.reject(new Error("Boom")) })).message).toBe("the signer failed: Boom");
    expect((await attempt({ sign: () => ({ error: { code: -4 } }) })).code).toBe("signer_refused");
    expect((await attempt({ sign: () => undefined })).code).toBe("signer_failed");
    expect((await attempt({ sign: "https://wallet.example.org" })).code).toBe("invalid_request");
    expect((await attempt({})).code).toBe("invalid_request");
    expect((await attempt({ url: "http://wallet.example.org" })).code).toBe("invalid_request");
    fake.service = () => json({ error: "no challenge of an anchor that we know" }, 403);
    const error = await attempt({ url: "https://wallet.example.org/sign" });
    expect([error.code, error.message]).toEqual([
        "signer_failed",
        "the signer failed: signing service: no challenge of an anchor that we know",
    ]);
    // The account's own wallet was shown nothing of it.
    expect([signer.asked, fake.signed]).toEqual([0, undefined]);
});

// S10-68: wallets are asked one thing at a time, servers need not be.
test("a client-domain signer that does not answer blocks no other sign-in", async () => {
    const anchor = await fake.anchor();
    const mine = await Keypair.random();
    let asked = 0;
    const shared = {
        ...domain,
        sign: (xdr: string) => {
            asked += 1;
            return asked === 1 ? new Promise<string>(() => {}) : sign(xdr, clientDomain);
        },
    };
    const stuck = new AbortController();
    const first = caught(() => anchor.signIn(mine, { clientDomain: shared, signal: stuck.signal }));
    while (asked === 0) await new Promise((resolve) => setImmediate(resolve));
    await anchor.signIn(mine, { clientDomain: shared });
    stuck.abort();
    expect([asked, (await first).code]).toEqual([2, "aborted"]);
});
