// Cloudflare's runtime, and the one of Vercel and Next.js: neither compiles WebAssembly from bytes.
import { Keypair, Networks, TransactionBuilder, WebAuth } from "@stellar/stellar-sdk";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Project, pack, scratch } from "./project.js";

let folder: Awaited<ReturnType<typeof scratch>>;
let app: Project;

beforeAll(async () => {
  folder = await scratch();
  app = await Project.of("edge", join(folder.path, "app"), await pack());
});

afterAll(() => folder?.remove());

const [anchor, wallet, account] = [Keypair.random(), Keypair.random(), Keypair.random()];
const [home, domain] = ["anchor.example", "wallet.example"];

test.each([
  ["Cloudflare Workers", "workerd", "not_found"],
  ["Vercel and Next.js, edge runtime", "edge-light", "network"],
])("%s: a signing service signs a challenge", async (_, condition, discovered) => {
  const transaction = WebAuth.buildChallengeTx(anchor, account.publicKey(), home, 300, Networks.TESTNET, home, null, domain, wallet.publicKey());
  const known = { homeDomain: home, signingKey: anchor.publicKey(), webAuthEndpoint: `https://${home}/auth`, networkPassphrase: Networks.TESTNET };
  const body = JSON.stringify({ secret: wallet.secret(), domain, anchors: [known], transaction });
  const answer = JSON.parse(await app.node("run.js", condition, body)) as { transaction: string };
  expect(answer).toMatchObject({ same: true, discovered, status: 200 });
  const signed = TransactionBuilder.fromXDR(answer.transaction, Networks.TESTNET);
  expect(signed.signatures.map((it) => wallet.verify(signed.hash(), it.signature))).toEqual([false, true]);
});
