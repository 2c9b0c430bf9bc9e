// A wallet's server in Node, built on the package, and the real anchor, which requires the wallet's identity.
import { afterAll, beforeAll, expect, test } from "vitest";
import { Anchor, type ClientDomain, Keypair } from "windlass";
import { signingService } from "windlass/server";
import { refusal } from "../support/refusal.js";
import { Server } from "../support/server.js";
import { WalletsServer } from "./wallets-server.js";

const AUTHORIZATION = "Bearer a user";

let server: Server;
let wallet: WalletsServer;
let anchor: Anchor;
let clientDomain: ClientDomain;

beforeAll(async () => {
  server = await Server.start({ config: "[sep10]\nclient_domain_required = true\nauthorization_required = true\n" });
  anchor = await Anchor.discover(server.homeDomain, { allowHttp: true });
  const keypair = await Keypair.random();
  wallet = await WalletsServer.start(keypair.address);
  const authorize = (request: Request) => request.headers.get("Authorization") === AUTHORIZATION;
  wallet.handlers.set("/sign", signingService({ keypair, domain: wallet.domain, anchors: [anchor], authorize }));
  clientDomain = {
    domain: wallet.domain,
    signingKey: keypair.address,
    sign: async (transaction, { networkPassphrase }) =>
      (await post({ transaction, network_passphrase: networkPassphrase }))["transaction"] ?? "",
    vouch: async (message) => Buffer.from((await post({ message }))["signature"] ?? "", "base64"),
  };
});

afterAll(async () => {
  await wallet?.stop();
  await server?.stop();
});

async function post(body: object, authorization = AUTHORIZATION): Promise<Record<string, string>> {
  const headers = { "Content-Type": "application/json", Authorization: authorization };
  const response = await fetch(`http://${wallet.domain}/sign`, { method: "POST", headers, body: JSON.stringify(body) });
  return (await response.json()) as Record<string, string>;
}

/** The claims of the resulting token. */
async function claims(options: Parameters<Anchor["signIn"]>[1]): Promise<Record<string, unknown>> {
  const { token } = await anchor.signIn(await Keypair.random(), options);
  return JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString()) as Record<string, unknown>;
}

// S10-24, S10-67, S10-68, S10-118
test("the anchor knows the wallet by its domain", async () => {
  expect((await claims({ clientDomain }))["client_domain"]).toBe(wallet.domain);
  expect((await claims({ clientDomain, memo: 7n }))["client_domain"]).toBe(wallet.domain);
});

test("without the authorization the service refuses", async () => {
  expect(await refusal(anchor.signIn(await Keypair.random()))).toBe("client_domain_required");
  expect((await post({ transaction: "AAAA" }, "Bearer nobody"))["code"]).toBe("token_invalid");
});

// S10-68: the service is called by its URL, and refuses callers that are not users.
test("the client asks the service by its URL", async () => {
  const open = await Server.start();
  try {
    const theirs = await Anchor.discover(open.homeDomain, { allowHttp: true });
    const { domain, signingKey } = clientDomain;
    const keypair = await Keypair.random();
    const url = `http://${wallet.domain}/other`;
    const authorize = (request: Request) => request.headers.get("Authorization") === AUTHORIZATION;
    const named = {
      homeDomain: theirs.homeDomain,
      networkPassphrase: theirs.networkPassphrase,
      signingKey: theirs.info.signingKey ?? "",
      webAuthEndpoint: theirs.info.webAuthEndpoint ?? "",
    };
    // The key of another wallet: the challenge names the one in the stellar.toml.
    wallet.handlers.set("/other", signingService({ keypair, domain, anchors: [named], authorize }));
    const attempt = async (authorization: string) =>
      refusal(theirs.signIn(await Keypair.random(), { clientDomain: { domain, signingKey, url, authorization } }));
    expect(await attempt("Bearer nobody")).toBe("signer_failed");
    expect(await attempt(AUTHORIZATION)).toBe("signer_failed");
    expect((await post({ transaction: "AAAA" }))["code"]).toBe("challenge_not_readable");
  } finally {
    await open.stop();
  }
});
