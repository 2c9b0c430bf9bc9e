// The other SDK as a wallet: it opens and signs our challenge, and gets a token from our anchor.
import { Account, Keypair, MuxedAccount, StellarToml, type Transaction, WebAuth } from "@stellar/stellar-sdk";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Server } from "../support/server.js";
import { PASSPHRASE, funded, horizon, setOptions } from "./ledger.js";

let server: Server;
let anchor: { signingKey: string; webAuthEndpoint: string };

beforeAll(async () => {
  server = await Server.start();
  const toml = await StellarToml.Resolver.resolve(server.homeDomain, { allowHttp: true });
  if (!toml.SIGNING_KEY || !toml.WEB_AUTH_ENDPOINT) throw new Error("the stellar.toml names no sign-in");
  anchor = { signingKey: toml.SIGNING_KEY, webAuthEndpoint: toml.WEB_AUTH_ENDPOINT };
});

afterAll(() => server?.stop());

interface Challenge {
  transaction: string;
  network_passphrase: string;
}

async function ask(parameters: Record<string, string>): Promise<Challenge> {
  const response = await fetch(`${anchor.webAuthEndpoint}?${new URLSearchParams(parameters)}`);
  expect(response.status).toBe(200);
  return (await response.json()) as Challenge;
}

/** The challenge as their reader opens it. */
function open({ transaction, network_passphrase }: Challenge) {
  expect(network_passphrase).toBe(PASSPHRASE);
  return WebAuth.readChallengeTx(
    transaction,
    anchor.signingKey,
    network_passphrase,
    server.homeDomain,
    new URL(anchor.webAuthEndpoint).hostname,
  );
}

type Encoding = "json" | "form";

function post(transaction: Transaction | string, encoding: Encoding = "json"): Promise<Response> {
  const xdr = typeof transaction === "string" ? transaction : transaction.toXdr();
  const body = encoding === "json" ? JSON.stringify({ transaction: xdr }) : new URLSearchParams({ transaction: xdr });
  const headers = encoding === "json" ? { "Content-Type": "application/json" } : {};
  return fetch(anchor.webAuthEndpoint, { method: "POST", headers, body });
}

/** The sign-in of their wallet: request, open, sign, send. */
async function signIn(parameters: Record<string, string>, keys: Keypair[], encoding?: Encoding): Promise<Response> {
  const { tx } = open(await ask(parameters));
  tx.sign(...keys);
  return post(tx, encoding);
}

async function claims(response: Response): Promise<Record<string, unknown>> {
  const answer = (await response.json()) as { token?: string; error?: string };
  expect([response.status, answer.error]).toEqual([200, undefined]);
  const payload = answer.token?.split(".")[1] ?? "";
  return JSON.parse(Buffer.from(payload, "base64url").toString()) as Record<string, unknown>;
}

async function refusal(response: Response): Promise<unknown[]> {
  const { code, error } = (await response.json()) as { code: string; error: string };
  expect(error).not.toBe("");
  return [response.status, code];
}

describe("an account that is not on the ledger", () => {
  test.each<Encoding>(["json", "form"])("signs in with its own key, by %s", async (encoding) => {
    const key = Keypair.random();
    const token = await claims(await signIn({ account: key.publicKey() }, [key], encoding));
    expect(token).toMatchObject({ sub: key.publicKey(), home_domain: server.homeDomain });
    expect(new URL(token["iss"] as string).host).toBe(server.homeDomain);
    expect(token["exp"]).toBeGreaterThan(token["iat"] as number);
  });

  test.each<Encoding>(["json", "form"])("signs in as one of its users, by %s", async (encoding) => {
    const key = Keypair.random();
    for (const memo of ["0", "7", "18446744073709551615"]) {
      const challenge = await ask({ account: key.publicKey(), memo });
      expect(open(challenge).memo).toBe(memo);
      const { tx } = open(challenge);
      tx.sign(key);
      expect((await claims(await post(tx, encoding)))["sub"]).toBe(`${key.publicKey()}:${memo}`);
    }
  });

  test.each<Encoding>(["json", "form"])("signs in as a muxed account, by %s", async (encoding) => {
    const key = Keypair.random();
    const muxed = new MuxedAccount(new Account(key.publicKey(), "0"), "18446744073709551615").accountId();
    const challenge = await ask({ account: muxed });
    expect(open(challenge).clientAccountID).toBe(muxed);
    expect((await claims(await signIn({ account: muxed }, [key], encoding)))["sub"]).toBe(muxed);
  });

  test("is refused with a key that is not its own, with none and with one too many", async () => {
    const [key, other] = [Keypair.random(), Keypair.random()];
    const account = key.publicKey();
    expect(await refusal(await signIn({ account }, [other]))).toEqual([400, "challenge_signature"]);
    expect(await refusal(await signIn({ account }, []))).toEqual([400, "challenge_not_authorized"]);
    expect(await refusal(await signIn({ account }, [key, other]))).toEqual([400, "challenge_signature"]);
    expect(await refusal(await signIn({ account }, [key, key]))).toEqual([400, "challenge_signature"]);
  });
});

describe("an account on the ledger", () => {
  test("signs in with its master key", async () => {
    const key = await funded(server);
    const account = await horizon(server).loadAccount(key.publicKey());
    expect(account.signers).toEqual([{ key: key.publicKey(), weight: 1, type: "ed25519_public_key" }]);
    expect((await claims(await signIn({ account: key.publicKey() }, [key])))["sub"]).toBe(key.publicKey());
  });

  test("signs in with enough signers, and not with fewer", async () => {
    const [key, a, b] = [await funded(server), Keypair.random(), Keypair.random()];
    await setOptions(
      server,
      key,
      { signer: { ed25519PublicKey: a.publicKey(), weight: 1 } },
      { signer: { ed25519PublicKey: b.publicKey(), weight: 1 }, lowThreshold: 1, medThreshold: 2, highThreshold: 3 },
    );
    const account = key.publicKey();
    const { thresholds } = await horizon(server).loadAccount(account);
    expect(thresholds).toEqual({ low_threshold: 1, med_threshold: 2, high_threshold: 3 });

    for (const keys of [[key], [a], [b]]) {
      expect(await refusal(await signIn({ account }, keys))).toEqual([400, "challenge_not_authorized"]);
    }
    for (const keys of [[key, a], [a, b], [b, key], [a, b, key]]) {
      expect((await claims(await signIn({ account }, keys)))["sub"]).toBe(account);
    }
    // Their verifier decides the same, with the signers that their client reads from our ledger.
    const { tx } = open(await ask({ account }));
    tx.sign(a, b);
    const summary = (await horizon(server).loadAccount(account)).signers;
    const host = new URL(anchor.webAuthEndpoint).hostname;
    const found = WebAuth.verifyChallengeTxThreshold(
      tx.toXdr(), anchor.signingKey, PASSPHRASE, thresholds.med_threshold, summary, server.homeDomain, host,
    );
    expect(found.sort()).toEqual([a.publicKey(), b.publicKey()].sort());

    expect(await refusal(await signIn({ account }, [a, a]))).toEqual([400, "challenge_signature"]);
    expect(await refusal(await signIn({ account }, [a, b, Keypair.random()]))).toEqual([400, "challenge_signature"]);
  });

  test("whose master key has no weight does not sign in with it", async () => {
    const [key, other] = [await funded(server), Keypair.random()];
    await setOptions(server, key, {
      signer: { ed25519PublicKey: other.publicKey(), weight: 1 },
      masterWeight: 0,
    });
    const account = key.publicKey();
    const { signers } = await horizon(server).loadAccount(account);
    expect(signers.find((signer) => signer.key === account)?.weight).toBe(0);
    expect(await refusal(await signIn({ account }, [key]))).toEqual([400, "challenge_signature"]);
    expect(await refusal(await signIn({ account }, [key, other]))).toEqual([400, "challenge_signature"]);
    expect((await claims(await signIn({ account }, [other])))["sub"]).toBe(account);
  });

  test("gains nothing from the anchor as its signer", async () => {
    const key = await funded(server);
    await setOptions(server, key, {
      signer: { ed25519PublicKey: anchor.signingKey, weight: 5 },
      medThreshold: 2,
    });
    expect(await refusal(await signIn({ account: key.publicKey() }, [key]))).toEqual([400, "challenge_not_authorized"]);
    expect(await refusal(await signIn({ account: key.publicKey() }, []))).toEqual([400, "challenge_not_authorized"]);
  });
});

describe("a challenge", () => {
  test("gives one token", async () => {
    const key = Keypair.random();
    const { tx } = open(await ask({ account: key.publicKey() }));
    tx.sign(key);
    await claims(await post(tx));
    for (const encoding of ["json", "form"] as const) {
      expect(await refusal(await post(tx, encoding))).toEqual([400, "challenge_used"]);
    }
  });

  test("gives one token for concurrent requests", async () => {
    for (let round = 0; round < 5; round += 1) {
      const key = Keypair.random();
      const { tx } = open(await ask({ account: key.publicKey() }));
      tx.sign(key);
      const responses = await Promise.all(Array.from({ length: 8 }, () => post(tx)));
      const statuses = responses.map(({ status }) => status).sort();
      expect(statuses).toEqual([200, ...Array<number>(7).fill(400)]);
    }
  });

  test("that was refused can be signed properly and returned", async () => {
    const key = Keypair.random();
    const challenge = await ask({ account: key.publicKey() });
    expect(await refusal(await post(challenge.transaction))).toEqual([400, "challenge_not_authorized"]);
    const { tx } = open(challenge);
    tx.sign(key);
    expect((await claims(await post(tx)))["sub"]).toBe(key.publicKey());
  });

  test("of another anchor is refused", async () => {
    const [key, other] = [Keypair.random(), Keypair.random()];
    const host = new URL(anchor.webAuthEndpoint).hostname;
    const foreign = WebAuth.buildChallengeTx(other, key.publicKey(), server.homeDomain, 300, PASSPHRASE, host);
    expect(await refusal(await post(foreign))).toEqual([400, "challenge_source"]);
  });
});
