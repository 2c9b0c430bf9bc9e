// A wallet's half of SEP-10 by hand, with noble's ed25519.
import { hashes, getPublicKey, sign, verify } from "@noble/ed25519";
import { sha256, sha512 } from "@noble/hashes/sha2.js";
import { expected, open, payload, signatureOf, signed } from "./challenge.js";
import { decode } from "./strkey.js";

hashes.sha512 = sha512;

/** Opens and signs the challenges of one anchor for one key. */
export function wallet(anchor) {
    const expect = expected(anchor);
    const id = sha256(expect.network);
    const seed = decode("S", anchor.secret);
    const key = getPublicKey(seed);
    return {
        /** The challenge, if it keeps every rule. */
        open(base64) {
            const tx = open(base64, expect);
            tx.hash = sha256(payload(tx, id));
            if (!verify(signatureOf(tx, expect.server), tx.hash, expect.server)) throw new Error("challenge: the signature is wrong");
            return tx;
        },
        sign: (tx) => signed(tx, key, sign(tx.hash, seed)),
    };
}
