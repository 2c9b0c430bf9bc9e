// A wallet's half of SEP-10 by hand, with the ed25519 of the browser or of Node; each key is imported once.
import { expected, open, payload, signatureOf, signed } from "./challenge.js";
import { decode } from "./strkey.js";

/** PKCS#8 of an ed25519 seed, up to the seed itself. */
const PKCS8 = [0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20];
const { subtle } = globalThis.crypto;

/** Opens and signs the challenges of one anchor for one key. */
export async function wallet(anchor) {
    const expect = expected(anchor);
    const id = new Uint8Array(await subtle.digest("SHA-256", expect.network));
    const seed = new Uint8Array([...PKCS8, ...decode("S", anchor.secret)]);
    const [own, server] = await Promise.all([
        subtle.importKey("pkcs8", seed, "Ed25519", false, ["sign"]),
        subtle.importKey("raw", expect.server, "Ed25519", false, ["verify"]),
    ]);
    return {
        /** The challenge, if it keeps every rule. */
        async open(base64) {
            const tx = open(base64, expect);
            tx.hash = await subtle.digest("SHA-256", payload(tx, id));
            const good = await subtle.verify("Ed25519", server, signatureOf(tx, expect.server), tx.hash);
            if (!good) throw new Error("challenge: the signature is wrong");
            return tx;
        },
        sign: async (tx) => signed(tx, expect.account, new Uint8Array(await subtle.sign("Ed25519", own, tx.hash))),
    };
}
