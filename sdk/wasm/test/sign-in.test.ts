import { Account, Keypair as TheirKeypair, MuxedAccount, type Transaction, TransactionBuilder } from "@stellar/stellar-sdk";
import { expect, test } from "vitest";
import { Keypair } from "windlass";
import { NETWORK, challenge, clientDomain, fakeAnchor, json } from "./anchor.js";
import { caught } from "./caught.js";
import { sign, wallet } from "./wallets.js";

const fake = fakeAnchor();

const signatures = () => (TransactionBuilder.fromXDR(fake.signed ?? "", NETWORK) as Transaction).signatures.length;

test("a key signs in and may be used again", async () => {
    const [anchor, key] = [await fake.anchor(), await Keypair.random()];
    for (let i = 0; i < 2; i++) {
        const session = await anchor.signIn(key);
        expect([session.account, session.expiresAt]).toEqual([key.address, 4_000_000_000]);
        expect(signatures()).toBe(2);
        expect(anchor.resume(session.token).account).toBe(key.address);
    }
    expect(key.address).toMatch(/^G/);
});

test("the members of the stellar.toml are available", async () => {
    const anchor = await fake.anchor();
    expect(anchor.homeDomain).toBe("anchor.example.com");
    expect(anchor.networkPassphrase).toBe(NETWORK);
    expect(anchor.info).toMatchObject({
        webAuthEndpoint: "https://anchor.example.com/auth",
        kycServer: "https://anchor.example.com/kyc",
        organization: { name: "Example Anchor" },
    });
});

test("a wallet signs in", async () => {
    const key = TheirKeypair.random();
    const session = await (await fake.anchor()).signIn(wallet(key));
    expect([session.account, signatures()]).toEqual([key.publicKey(), 2]);
});

test("a wallet from before 2024 signs in: it returns bare text and has no getNetwork", async () => {
    const key = TheirKeypair.random();
    const old = wallet(key, { signTransaction: (async (xdr: string) => sign(xdr, key)) as never });
    delete old.getNetwork;
    await (await fake.anchor()).signIn(old);
    expect(signatures()).toBe(2);
});

test("memos and muxed accounts reach the challenge, above 2^53 too", async () => {
    const key = await Keypair.random();
    const anchor = await fake.anchor();
    for (const memo of ["18446744073709551615", 18446744073709551615n, 0n]) {
        const session = await anchor.signIn(key, { memo });
        expect(session.account).toBe(`${key.address}:${memo}`);
    }
    const muxed = new MuxedAccount(new Account(key.address, "0"), "7").accountId();
    expect((await anchor.signIn(key, { account: muxed })).account).toBe(muxed);
});

test("a malformed account or memo is refused before any request", async () => {
    const [anchor, key] = [await fake.anchor(), await Keypair.random()];
    const muxed = new MuxedAccount(new Account(key.address, "0"), "7").accountId();
    expect((await caught(() => anchor.signIn(key, { account: "x" }))).code).toBe("invalid_account");
    expect((await caught(() => anchor.signIn(key, { memo: "-1" }))).code).toBe("invalid_memo");
    expect((await caught(() => anchor.signIn(key, { memo: 2n ** 64n }))).code).toBe("invalid_memo");
    expect((await caught(() => anchor.signIn(key, { account: muxed, memo: 7n }))).code).toBe("invalid_memo");
    expect((await caught(() => anchor.signIn({} as never))).code).toBe("signer_failed");
    expect(fake.asked).toHaveLength(1);
});

// S23-26
test("a muxed contract cannot sign in", async () => {
    const [anchor, key] = [await fake.anchor(), await Keypair.random()];
    const account = "WA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJUAAAAAAAAAAAAAWWC";
    const error = await caught(() => anchor.signIn(key, { account }));
    expect([error.code, error.message]).toEqual([
        "invalid_account",
        "expected an account (G...), got a muxed contract (W...), which can only receive payments",
    ]);
    expect(fake.asked).toHaveLength(1);
});

test("the client domain signs before the account", async () => {
    const seen: unknown[] = [];
    const session = await (await fake.anchor()).signIn(await Keypair.random(), {
        clientDomain: {
            domain: "wallet.example.org",
            signingKey: clientDomain.publicKey(),
            sign: async (xdr, options) => {
                seen.push(options);
                return sign(xdr, clientDomain);
            },
        },
    });
    expect(session.account).toMatch(/^G/);
    expect(seen).toEqual([{ networkPassphrase: NETWORK, address: clientDomain.publicKey() }]);
    expect(signatures()).toBe(3);
});

test("a challenge that breaks a rule is not shown to the wallet", async () => {
    const signer = wallet(TheirKeypair.random());
    const anchor = await fake.anchor();
    fake.challenge = ({ url }) => json({ transaction: challenge(url, TheirKeypair.random()) });
    expect((await caught(() => anchor.signIn(signer))).code).toBe("challenge_source");
    fake.challenge = ({ url }) => json({ transaction: challenge(url), network_passphrase: "Other" });
    expect((await caught(() => anchor.signIn(signer))).code).toBe("wrong_network");
    fake.challenge = ({ url }) => {
        url.searchParams.set("account", TheirKeypair.random().publicKey());
        return json({ transaction: challenge(url) });
    };
    expect((await caught(() => anchor.signIn(signer))).code).toBe("challenge_account");
    expect([signer.asked, fake.signed]).toEqual([0, undefined]);
});
