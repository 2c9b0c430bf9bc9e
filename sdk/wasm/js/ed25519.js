// Ed25519 by the platform: Node's crypto module or a browser's WebCrypto. A platform whose functions are missing or broken is replaced
// by the package's own module with ed25519-dalek.
//
// This file is arithmetic. windlass-core decides which keys and signatures are acceptable. Arguments are views into the memory of a
// WebAssembly module, which may move while a promise is pending: they are copied before the first `await`.
import { decode } from "./text.js";

/** Whether the signature over the message was made with this public key. */
export async function verify(key, message, signature) {
    [key, message, signature] = [key, message, signature].map((bytes) => bytes.slice());
    return (await platform()).verify(key, message, signature);
}

/** The public key that belongs to a seed, and a function that signs with it. */
export async function open(seed) {
    seed = seed.slice();
    try {
        const { signer, derive = (await ownModule()).derive } = await platform();
        const [sign, publicKey] = await Promise.all([signer(seed), derive(seed)]);
        return { publicKey, sign: async (message) => sign(message.slice()) };
    } finally {
        seed.fill(0);
    }
}

/** How to load the package's own module: every entry of the package sets `load`. */
export const portable = {};

/** The result of `start`, which runs again only after it failed: a lost connection is no reason to give up for good. */
function once(start) {
    let result;
    return () => (result ??= start().catch((error) => ((result = undefined), Promise.reject(error))));
}

const ownModule = once(async () => {
    const { publicKey: derive, sign, verify } = await portable.load();
    const signer = (seed) => {
        const own = seed.slice();
        return (message) => sign(own, message);
    };
    return { verify, signer, derive };
});

const platform = async () => (await found()) ?? ownModule();

const found = once(async () => (await node().catch(() => undefined)) ?? browser().catch(() => undefined));

/** Tests the platform's functions now, and not only when they are first needed: while an entry fetches its module. */
export const prepare = () => void found();

async function node() {
    const crypto = globalThis.process?.getBuiltinModule?.("node:crypto");
    return crypto && tested(byNode(crypto));
}

// Pages without https have no WebCrypto, and older browsers no Ed25519 in it.
async function browser() {
    const subtle = globalThis.crypto?.subtle;
    return subtle && tested(byWebCrypto(subtle));
}

// RFC 8032, section 7.1, test 2.
const SEED = hex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");
const KEY = hex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
const MESSAGE = hex("72");
const SIGNATURE = hex(
    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
);

/**
 * The implementation, if it signs and verifies a known example correctly. Throws what its functions throw. It is without `derive` if that
 * fails or derives another key.
 */
async function tested({ verify, signer, derive }) {
    const sign = await signer(SEED);
    // One after the other: if one threw while another was pending, the rejection of that one would be left unhandled.
    const correct =
        equal(await sign(MESSAGE), SIGNATURE) &&
        (await verify(KEY, MESSAGE, SIGNATURE)) === true &&
        (await verify(KEY, SEED, SIGNATURE)) === false;
    if (!correct) return undefined;
    const derived = await Promise.resolve(SEED).then(derive).catch(() => []);
    return equal(derived, KEY) ? { verify, signer, derive } : { verify, signer };
}

function byWebCrypto(subtle) {
    const privateKey = async (seed, extractable) => {
        const pkcs8 = der(PRIVATE, seed);
        try {
            return await subtle.importKey("pkcs8", pkcs8, "Ed25519", extractable, ["sign"]);
        } finally {
            pkcs8.fill(0);
        }
    };
    const read = cached((key) => subtle.importKey("raw", key, "Ed25519", false, ["verify"]));
    return {
        verify: (key, message, signature) =>
            read(key).then(
                (key) => subtle.verify("Ed25519", key, signature, message),
                () => false, // not a point on the curve
            ),
        // WebCrypto tells the public key only when it exports the private key: from one that is extractable, used for this alone, and
        // dropped. Firefox 140 throws an OperationError here.
        async derive(seed) {
            const { x } = await subtle.exportKey("jwk", await privateKey(seed, true));
            return decode(x.replaceAll("-", "+").replaceAll("_", "/"));
        },
        async signer(seed) {
            const key = await privateKey(seed, false);
            return async (message) => new Uint8Array(await subtle.sign("Ed25519", key, message));
        },
    };
}

function byNode(crypto) {
    const read = cached((key) => crypto.createPublicKey({ key: der(PUBLIC, key), format: "der", type: "spki" }));
    const privateKey = (seed) => {
        const pkcs8 = der(PRIVATE, seed);
        const key = crypto.createPrivateKey({ key: pkcs8, format: "der", type: "pkcs8" });
        pkcs8.fill(0);
        return key;
    };
    return {
        verify(key, message, signature) {
            try {
                return crypto.verify(null, message, read(key), signature);
            } catch {
                return false; // not a point on the curve
            }
        },
        derive: (seed) =>
            crypto.createPublicKey(privateKey(seed)).export({ format: "der", type: "spki" }).subarray(PUBLIC.length),
        signer(seed) {
            const key = privateKey(seed);
            return (message) => crypto.sign(null, message, key);
        },
    };
}

// What precedes the 32 bytes of a key in its DER encoding (RFC 8410).
const PRIVATE = [0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20];
const PUBLIC = [0x30, 0x2a, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 3, 0x21, 0];

const equal = (some, others) => some.join() === others.join();

const der = (prefix, key) => Uint8Array.of(...prefix, ...key);

/** Keeps the key that was read last: most calls verify signatures of the same anchor. */
function cached(read) {
    let bytes, key;
    return (wanted) => {
        const text = wanted.join();
        if (text !== bytes) [bytes, key] = [text, read(wanted)];
        return key;
    };
}

function hex(text) {
    return Uint8Array.from(text.match(/../g), (byte) => parseInt(byte, 16));
}
