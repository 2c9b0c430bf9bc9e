// Our refusals against those of the other SDK, on challenges that it built: every difference has a reason.
import { WebAuth } from "@stellar/stellar-sdk";
import { expect, test } from "vitest";
import { inspectChallenge } from "windlass/server";
import { setClock } from "../support/answers.js";
import {
  type Asked,
  CLIENT,
  CLIENT_DOMAIN,
  DOMAIN,
  HOME_DOMAIN,
  MUTATIONS,
  NOW,
  PASSPHRASE,
  SERVER,
  WEB_AUTH_DOMAIN,
} from "./mutations.js";

/** The codes of the checks that fail. */
async function ours(xdr: string, { account = CLIENT.publicKey(), memo, clientDomain }: Asked = {}): Promise<string[]> {
  const { checks } = await inspectChallenge(xdr, {
    signingKey: SERVER.publicKey(),
    networkPassphrase: PASSPHRASE,
    homeDomain: HOME_DOMAIN,
    webAuthDomain: WEB_AUTH_DOMAIN,
    account,
    now: NOW,
    ...(memo !== undefined && { memo }),
    ...(clientDomain && { clientDomain: { domain: CLIENT_DOMAIN, signingKey: DOMAIN.publicKey() } }),
  });
  const codes = checks.filter(({ outcome }) => outcome === "failed").map(({ code }) => String(code));
  return [...new Set(codes)];
}

/** The text of their refusal, if they refuse. */
function theirs(xdr: string): string | undefined {
  try {
    WebAuth.readChallengeTx(xdr, SERVER.publicKey(), PASSPHRASE, HOME_DOMAIN, WEB_AUTH_DOMAIN);
    return undefined;
  } catch (error) {
    if (error instanceof WebAuth.InvalidChallengeError) return error.message;
    throw error;
  }
}

test.each(MUTATIONS)("$name", async (mutation) => {
  setClock(NOW);
  const [we, they] = [await ours(mutation.xdr, mutation.asked), theirs(mutation.xdr)];
  expect(we).toEqual(mutation.ours);
  if (mutation.theirs) expect(they).toMatch(mutation.theirs);
  else expect(they).toBeUndefined();

  const differ = we.length > 0 !== (they !== undefined);
  expect(mutation.because !== undefined, "a difference is explained, and only a difference").toBe(differ);
  // We may be stricter, never more lenient.
  expect(they === undefined || we.length > 0).toBe(true);
});

test("the table is long enough, and its names are unique", () => {
  const mutated = MUTATIONS.filter(({ ours }) => ours.length > 0);
  expect(mutated.length).toBeGreaterThanOrEqual(30);
  expect(new Set(MUTATIONS.map(({ name }) => name)).size).toBe(MUTATIONS.length);
});
