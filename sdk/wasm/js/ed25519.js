// Ed25519 by whatever does it here: Node, a browser's WebCrypto, or, where that has none, a module of the package.
// What may be signed and what is accepted is decided elsewhere; this is arithmetic. The bytes given are views into the module's
// memory: they are copied before anything is waited for.
import { decode } from "./text.js";

/** Whether the signature is the key's over the message. */
export async function verify(key, message, signature) {
    [key, message, signature] = [key, message, signature].map((bytes) => bytes.slice());
    return (await curve()).verify(key, message, signature);
}

/** The public key of a seed, and how to sign with it. */
export async function open(seed) {
    seed = seed.slice();
    try {
        return await (await curve()).open(seed);
    } finally {
        seed.fill(0);
    }
}

/** How to get the package's own module, if there is nothing else: an entry says so. */
export const portable = {};

let chosen;
const curve = () => (chosen ??= choose().catch((error) => ((chosen = undefined), Promise.reject(error))));

async function choose() {
    const node = globalThis.process?.getBuiltinModule?.("node:crypto");
    if (node) return ofNode(node);
    const subtle = globalThis.crypto?.subtle;
    // Pages without https have no WebCrypto, and older browsers no Ed25519 in it.
    if (subtle && (await has(subtle))) return ofBrowser(subtle);
    return ofModule(await portable.load());
}

const PRIVATE = [0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20];
const PUBLIC = [0x30, 0x2a, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 3, 0x21, 0];

/** A key of so many bytes as DER (RFC 8410). */
const der = (prefix, key) => Uint8Array.of(...prefix, ...key);

const has = (subtle) =>
    subtle.importKey("raw", new Uint8Array(32).fill(0x66).fill(0x58, 0, 1), "Ed25519", false, ["verify"]).then(
        () => true,
        () => false,
    );

/** The same key is asked for again and again: the anchor's. */
function last(read) {
    let bytes, key;
    return (wanted) => {
        const text = wanted.join();
        if (text !== bytes) [bytes, key] = [text, read(wanted)];
        return key;
    };
}

function ofBrowser(subtle) {
    const read = last((key) => subtle.importKey("raw", key, "Ed25519", false, ["verify"]));
    return {
        verify: (key, message, signature) =>
            read(key).then(
                (key) => subtle.verify("Ed25519", key, signature, message),
                () => false, // bytes that are no point are no key
            ),
        async open(seed) {
            const pkcs8 = der(PRIVATE, seed);
            const read = (extractable) => subtle.importKey("pkcs8", pkcs8, "Ed25519", extractable, ["sign"]);
            const [key, { x }] = await Promise.all([read(false), read(true).then((key) => subtle.exportKey("jwk", key))]);
            pkcs8.fill(0);
            const publicKey = decode(x.replaceAll("-", "+").replaceAll("_", "/"));
            return { publicKey, sign: async (message) => new Uint8Array(await subtle.sign("Ed25519", key, message.slice())) };
        },
    };
}

function ofNode(crypto) {
    const read = last((key) => crypto.createPublicKey({ key: der(PUBLIC, key), format: "der", type: "spki" }));
    return {
        verify(key, message, signature) {
            try {
                return crypto.verify(null, message, read(key), signature);
            } catch {
                return false; // bytes that are no point are no key
            }
        },
        open(seed) {
            const pkcs8 = der(PRIVATE, seed);
            const key = crypto.createPrivateKey({ key: pkcs8, format: "der", type: "pkcs8" });
            pkcs8.fill(0);
            const publicKey = crypto.createPublicKey(key).export({ format: "der", type: "spki" }).subarray(PUBLIC.length);
            return { publicKey, sign: async (message) => crypto.sign(null, message, key) };
        },
    };
}

const ofModule = ({ publicKey, sign, verify }) => ({
    verify,
    open(seed) {
        const own = seed.slice();
        return { publicKey: publicKey(own), sign: async (message) => sign(own, message.slice()) };
    },
});
