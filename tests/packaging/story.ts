// A wallet's test with `windlass/testing`, in Node and in a page.

/** A wallet's test of its own, at the test anchor. */
export const TYPED = `
import { Anchor, Keypair } from "windlass";
import { testAnchor } from "windlass/testing";

const anchor = (await testAnchor({ domain: "anchor.test" })).install();
const key = await Keypair.random();
anchor.customers.script(key.address, [
    { status: "NEEDS_INFO", fields: ["first_name", "photo_id_front"] },
    { status: "PROCESSING" },
    { status: "ACCEPTED" },
]);
const session = await (await Anchor.discover("anchor.test")).signIn(key);
const said: string[] = [(await session.customer()).status];
const photo = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1]);
await session.putCustomer({ fields: { first_name: "Ada", photo_id_front: photo } });
said.push((await session.customer()).status, (await session.customer()).status);
anchor.restore();
console.log(said.join(" "), anchor.requests.length);
`;

/** What it prints. */
export const SAID = "NEEDS_INFO PROCESSING ACCEPTED 7";

/** JavaScript of what is typed in one place only. */
export function untyped(code: string): string {
  return code.replace("said: string[]", "said");
}

export const STORY = untyped(TYPED);
