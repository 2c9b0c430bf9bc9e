// A wallet's signing service. Its secret is in the request, for the test.
import { Anchor, Keypair } from "windlass";
import { signingService, Keypair as ServerKeypair } from "windlass/server";

async function answer(request) {
  const { secret, domain, anchors, transaction } = await request.json();
  const keypair = await ServerKeypair.fromSecret(secret);
  const service = signingService({ keypair, domain, anchors, authorize: () => true });
  const headers = { "Content-Type": "application/json" };
  const signed = await service(new Request(request.url, { method: "POST", headers, body: JSON.stringify({ transaction }) }));
  // There is nothing at this address.
  const discovered = await Anchor.discover("nowhere.invalid").catch(({ code }) => code);
  return Response.json({ same: Keypair === ServerKeypair, discovered, status: signed.status, ...(await signed.json()) });
}

globalThis.EdgeRuntime ? addEventListener("fetch", (event) => event.respondWith(answer(event.request))) : undefined;
export default { fetch: answer };
