// The golden vectors that depend on signatures, in Node and in pages: each uses another Ed25519 library.
import type { isWindlassError } from "windlass";
import type { ExpectedChallenge, Report, inspectChallenge, verifyCallback } from "windlass/server";
import type { Json } from "./canonical.js";

/** The functions of the package that they test. */
export interface Judge {
  inspectChallenge: typeof inspectChallenge;
  verifyCallback: typeof verifyCallback;
  isWindlassError: typeof isWindlassError;
}

/** A result, and that of the core natively. */
export interface Judged {
  name: string;
  found: unknown;
  expected: Json | undefined;
}

export interface Vector {
  name: string;
  server: string;
  network: string;
  home_domain: string;
  web_auth_domain: string;
  now: number;
  subject: string;
  challenge?: string;
  signed: string;
  client_domain?: { domain: string; key: string };
}

export interface Refusal extends Partial<Omit<Vector, "name">> {
  name: string;
  of: string;
  xdr?: string;
  account?: string;
  anchor?: boolean;
  no_client_domain?: boolean;
}

interface Verification {
  name: string;
  header: string;
  host: string;
  body: string;
  now: number;
  key?: string;
}

type Results<T> = Record<string, T>;

/** The report on a challenge, to the wallet that has asked for it. */
export function inspect(judge: Pick<Judge, "inspectChallenge">, xdr: string, vector: Vector): Promise<Report> {
  const [account = "", memo] = vector.subject.split(":");
  const named = vector.client_domain;
  const expectation: ExpectedChallenge = {
    signingKey: vector.server,
    networkPassphrase: vector.network,
    homeDomain: vector.home_domain,
    webAuthDomain: vector.web_auth_domain,
    account,
    now: vector.now,
    ...(memo !== undefined && { memo }),
    ...(named && { clientDomain: { domain: named.domain, signingKey: named.key } }),
  };
  return judge.inspectChallenge(xdr, expectation);
}

/** Every check of every challenge. */
export function challengesBy(judge: Judge, challenges: Vector[], results: Results<{ report: Json }>): Promise<Judged[]> {
  return Promise.all(
    challenges.map(async (vector) => {
      const found = await inspect(judge, vector.challenge ?? vector.signed, vector);
      return { name: vector.name, found, expected: results[vector.name]?.report };
    }),
  );
}

/** What fails of challenges that are not what was expected. */
export function refusalsBy(judge: Judge, challenges: Vector[], refusals: Refusal[], results: Results<{ failed: Json }>): Promise<Judged[]> {
  // The package has no functions for checks that only an anchor makes.
  const wallet = refusals.filter((refusal) => !refusal.anchor && Number.isSafeInteger(refusal.now ?? 0));
  return Promise.all(
    wallet.map(async ({ name, of, xdr, account, no_client_domain, ...other }) => {
      const vector = challenges.find((challenge) => challenge.name === of);
      if (!vector) throw new Error(`there is no challenge ${of}`);
      const merged = { ...vector, ...other, name, subject: account ?? vector.subject };
      if (no_client_domain) delete merged.client_domain;
      const report = await inspect(judge, xdr ?? vector.challenge ?? vector.signed, merged);
      const failed = report.checks.filter(({ outcome }) => outcome === "failed");
      return { name, found: failed.map(({ check, code }) => ({ check, code })), expected: results[name]?.failed };
    }),
  );
}

/** Callbacks, accepted or refused. */
export function callbacksBy(
  judge: Judge,
  { public: signingKey, verifications }: { public: string; verifications: Verification[] },
  { verified }: { verified: Results<{ result: Json }> },
): Promise<Judged[]> {
  const told = verifications.filter(({ now }) => Number.isSafeInteger(now));
  const bodies = told.flatMap(({ body, ...rest }) => [body, new TextEncoder().encode(body)].map((body) => ({ ...rest, body })));
  return Promise.all(
    bodies.map(async ({ name, key, header, host, body, now }) => {
      const received = { signingKey: key ?? signingKey, header, host, body, now };
      const found = await outcomeWithCode(judge, () => judge.verifyCallback(received));
      return { name, found, expected: verified[name]?.result };
    }),
  );
}

/** The result of a call, or the message and the code of its refusal. */
export async function outcomeWithCode(
  { isWindlassError }: Pick<Judge, "isWindlassError">,
  call: () => unknown,
): Promise<{ accepted?: Json; refused?: string; code?: string }> {
  try {
    return { accepted: ((await call()) ?? null) as Json };
  } catch (error) {
    if (!isWindlassError(error)) throw error;
    return { refused: error.message, code: error.code };
  }
}
