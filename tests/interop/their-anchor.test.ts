// Our client at an anchor built with the other SDK: it signs valid challenges only.
import { Account, Keypair as TheirKeypair, MuxedAccount, Transaction, WebAuth } from "@stellar/stellar-sdk";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Anchor, Keypair, type Wallet43 } from "windlass";
import { refusal } from "../support/refusal.js";
import { PASSPHRASE, TheirAnchor } from "./their-anchor.js";

let theirs: TheirAnchor;
let anchor: Anchor;

beforeEach(async () => {
  theirs = await TheirAnchor.start();
  anchor = await Anchor.discover(theirs.homeDomain, { allowHttp: true, networkPassphrase: PASSPHRASE });
});

afterEach(() => theirs.stop());

describe("our client signs in", () => {
  test("with a key of its own", async () => {
    const key = await Keypair.random();
    const session = await anchor.signIn(key);
    expect(session.account).toBe(key.address);
    expect(theirs.posted).toHaveLength(1);
  });

  test("as one of the users of an account", async () => {
    const key = await Keypair.random();
    for (const memo of ["7", 18446744073709551615n]) {
      expect((await anchor.signIn(key, { memo })).account).toBe(`${key.address}:${memo}`);
    }
  });

  test("as a muxed account", async () => {
    const key = await Keypair.random();
    const account = new MuxedAccount(new Account(key.address, "0"), "18446744073709551615").accountId();
    expect((await anchor.signIn(key, { account })).account).toBe(account);
  });

  test("to an account that has the key as a signer", async () => {
    const [key, account] = [await Keypair.random(), (await Keypair.random()).address];
    const signer = (address: string, weight: number) => ({ key: address, weight, type: "ed25519_public_key" });
    theirs.ledger.set(account, { signers: [signer(account, 1), signer(key.address, 2)], threshold: 2 });
    expect((await anchor.signIn(key, { account })).account).toBe(account);

    theirs.ledger.set(account, { signers: [signer(account, 1), signer(key.address, 1)], threshold: 2 });
    const error = await anchor.signIn(key, { account }).catch((error: unknown) => error);
    expect(error).toMatchObject({ code: "refused", status: 400 });
    expect(String(error)).toContain("signers with weight 1 do not meet threshold 2");
  });

  test("with a client domain, whose key the other SDK holds", async () => {
    const [key, domain] = [await Keypair.random(), TheirKeypair.random()];
    theirs.clientDomains.set("wallet.example.org", domain.publicKey());
    const session = await anchor.signIn(key, {
      clientDomain: {
        domain: "wallet.example.org",
        signingKey: domain.publicKey(),
        sign: (xdr, { networkPassphrase }) => signedBy(domain, xdr, networkPassphrase),
      },
    });
    expect(session.account).toBe(key.address);
    const sent = new Transaction(theirs.posted[0] ?? "", PASSPHRASE);
    expect(sent.signatures).toHaveLength(3);
  });

  test("with a SEP-43 wallet made of the other SDK", async () => {
    const key = TheirKeypair.random();
    const session = await anchor.signIn(wallet(key));
    expect(session.account).toBe(key.publicKey());
  });
});

describe("our client signs nothing", () => {
  /** The challenge of another anchor or for another account, in place of the requested one. */
  const instead = async (other: (account: string) => string) => {
    const key = await Keypair.random();
    theirs.spoil = () => other(key.address);
    return refusal(anchor.signIn(key));
  };

  test("of another anchor that is being relayed", async () => {
    const home = theirs.homeDomain;
    const build = (server: TheirKeypair, account: string, network = PASSPHRASE, host = home, domain = home) =>
      WebAuth.buildChallengeTx(server, account, domain, 300, network, host);
    const other = (await Keypair.random()).address;
    expect(await instead((account) => build(TheirKeypair.random(), account))).toBe("challenge_source");
    expect(await instead(() => build(theirs.key, other))).toBe("challenge_account");
    expect(await instead((account) => build(theirs.key, account, PASSPHRASE, "bank.example"))).toBe("challenge_web_auth_domain");
    expect(await instead((account) => build(theirs.key, account, PASSPHRASE, home, "bank.example"))).toBe("challenge_home_domain");
    const network = "Public Global Stellar Network ; September 2015";
    expect(await instead((account) => build(theirs.key, account, network))).toBe("challenge_server_signature");
    expect(theirs.posted).toEqual([]);
  });

  test("with a memo that was not requested", async () => {
    const key = await Keypair.random();
    theirs.spoil = () =>
      WebAuth.buildChallengeTx(theirs.key, key.address, theirs.homeDomain, 300, PASSPHRASE, theirs.homeDomain, "8");
    expect(await refusal(anchor.signIn(key))).toBe("challenge_memo");
    expect(await refusal(anchor.signIn(key, { memo: "7" }))).toBe("challenge_memo");
    expect(theirs.posted).toEqual([]);
  });

  test("for another network", async () => {
    theirs.passphrase = "Public Global Stellar Network ; September 2015";
    expect(await refusal(anchor.signIn(await Keypair.random()))).toBe("wrong_network");
    theirs.passphrase = undefined;
    expect(await refusal(anchor.signIn(await Keypair.random()))).toBeUndefined();
    expect(theirs.posted).toHaveLength(1);
  });

  test("that is not a challenge", async () => {
    for (const [xdr, code] of [
      ["", "challenge_not_readable"],
      ["AAAA", "challenge_not_readable"],
      ["<html>", "challenge_not_readable"],
    ] as const) {
      theirs.spoil = () => xdr;
      expect(await refusal(anchor.signIn(await Keypair.random())), xdr).toBe(code);
    }
    expect(theirs.posted).toEqual([]);
  });
});

describe("a signer that changes the transaction is detected", () => {
  const key = TheirKeypair.random();
  const cases: [name: string, wallet: Wallet43, code: string][] = [
    ["another transaction", wallet(key, (xdr) => signedBy(key, tampered(xdr), PASSPHRASE)), "signer_changed_transaction"],
    ["no signature", wallet(key, (xdr) => xdr), "signer_changed_transaction"],
    ["another key's signature", wallet(key, (xdr) => signedBy(TheirKeypair.random(), xdr, PASSPHRASE)), "signer_changed_transaction"],
    ["a signature for another network", wallet(key, (xdr) => signedBy(key, xdr, "x")), "signer_changed_transaction"],
    ["no transaction", wallet(key, () => "signed!"), "signer_changed_transaction"],
  ];
  test.each(cases)("%s", async (_, signer, code) => {
    expect(await refusal(anchor.signIn(signer))).toBe(code);
    expect(theirs.posted).toEqual([]);
  });

  test("a refusal of the user and a failure of the wallet have different codes", async () => {
    const failing = (code: number): Wallet43 => ({
      ...wallet(key),
      signTransaction: () => Promise.resolve({ signedTxXdr: "", error: { code, message: "no" } }),
    });
    expect(await refusal(anchor.signIn(failing(-4)))).toBe("signer_refused");
    expect(await refusal(anchor.signIn(failing(-1)))).toBe("signer_failed");
    expect(theirs.posted).toEqual([]);
  });
});

function signedBy(key: TheirKeypair, xdr: string, network: string): string {
  const transaction = new Transaction(xdr, network);
  transaction.sign(key);
  return transaction.toXdr();
}

/** Changes the fee, which invalidates the anchor's signature, and signs the result. */
function tampered(xdr: string): string {
  const bytes = Buffer.from(xdr, "base64");
  bytes[43] = (bytes[43] ?? 0) ^ 1;
  return bytes.toString("base64");
}

/** A wallet as SEP-43 describes it. */
function wallet(key: TheirKeypair, sign = (xdr: string) => signedBy(key, xdr, PASSPHRASE)): Wallet43 {
  return {
    getAddress: () => Promise.resolve({ address: key.publicKey() }),
    getNetwork: () => Promise.resolve({ network: "TESTNET", networkPassphrase: PASSPHRASE }),
    signTransaction: (xdr) => Promise.resolve({ signedTxXdr: sign(xdr), signerAddress: key.publicKey() }),
  };
}
