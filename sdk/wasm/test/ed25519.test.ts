// Whoever does the arithmetic of signatures: each gives the same, and takes and refuses the same.
import { createHash } from "node:crypto";
import { Keypair } from "@stellar/stellar-sdk";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

interface Arithmetic {
    verify(key: Uint8Array, message: Uint8Array, signature: Uint8Array): Promise<boolean>;
    open(seed: Uint8Array): Promise<{ publicKey: Uint8Array; sign(message: Uint8Array): Promise<Uint8Array> }>;
    portable: { load?: () => Promise<unknown> };
}

const bytes = (hex: string) => new Uint8Array(Buffer.from(hex, "hex"));
const seed = new Uint8Array(createHash("sha256").update("a seed").digest());
const message = new TextEncoder().encode("a message");
const theirs = Keypair.fromRawEd25519Seed(Buffer.from(seed));

beforeEach(() => void vi.resetModules());
afterEach(() => void vi.unstubAllGlobals());

/** A process that has none of Node's modules. It stays: whoever runs the tests sets members of it at any time. */
const withoutNode = () => void vi.stubGlobal("process", Object.create(process, { getBuiltinModule: { value: undefined } }));

const fresh = () => import("../js/ed25519.js" as string) as Promise<Arithmetic>;

const backends: Record<string, () => Promise<Arithmetic>> = {
    async Node() {
        vi.stubGlobal("crypto", undefined);
        return fresh();
    },
    async WebCrypto() {
        withoutNode();
        return fresh();
    },
    async "the package's own module"() {
        // Older browsers have WebCrypto without Ed25519.
        withoutNode();
        vi.stubGlobal("crypto", { subtle: { importKey: () => Promise.reject(new DOMException("", "NotSupportedError")) } });
        const arithmetic = await fresh();
        arithmetic.portable.load = async () => ((await import("../portable-inline.js" as string)) as { start(): unknown }).start();
        return arithmetic;
    },
};

test.each(Object.entries(backends))("%s signs and verifies as others do", async (_, backend) => {
    const arithmetic = await backend();
    const key = await arithmetic.open(seed);
    expect(new Uint8Array(key.publicKey)).toEqual(new Uint8Array(theirs.rawPublicKey()));
    const signature = new Uint8Array(await key.sign(message));
    expect(signature).toEqual(new Uint8Array(theirs.sign(Buffer.from(message))));
    expect(await arithmetic.verify(key.publicKey, message, signature)).toBe(true);
    expect(await arithmetic.verify(key.publicKey, message, signature)).toBe(true);
});

// RFC 8032, section 7.1, tests 1 and 2.
test.each(Object.entries(backends))("%s keeps the vectors of RFC 8032", async (_, backend) => {
    const arithmetic = await backend();
    for (const [secret, key, text, signed] of [
        [
            "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
            "",
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
        ],
        [
            "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
            "72",
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
        ],
    ] as const) {
        const opened = await arithmetic.open(bytes(secret));
        expect(Buffer.from(opened.publicKey).toString("hex")).toBe(key);
        expect(Buffer.from(await opened.sign(bytes(text))).toString("hex")).toBe(signed);
        expect(await arithmetic.verify(bytes(key), bytes(text), bytes(signed))).toBe(true);
    }
});

test.each(Object.entries(backends))("%s refuses what is wrong, and throws nothing", async (_, backend) => {
    const arithmetic = await backend();
    const key = new Uint8Array(theirs.rawPublicKey());
    const signature = new Uint8Array(theirs.sign(Buffer.from(message)));
    const flipped = (of: Uint8Array, at: number) => of.map((byte, i) => (i === at ? byte ^ 1 : byte));
    expect(await arithmetic.verify(key, message, flipped(signature, 0))).toBe(false);
    expect(await arithmetic.verify(key, message, flipped(signature, 63))).toBe(false);
    expect(await arithmetic.verify(key, flipped(message, 0), signature)).toBe(false);
    expect(await arithmetic.verify(flipped(key, 0), message, signature)).toBe(false);
    // Not on the curve, and too large: neither is a key.
    expect(await arithmetic.verify(bytes("02".padEnd(64, "0")), message, signature)).toBe(false);
    expect(await arithmetic.verify(new Uint8Array(32).fill(255), message, signature)).toBe(false);
    // S larger than the order: another spelling of the same signature.
    expect(await arithmetic.verify(key, message, signature.map((byte, i) => (i === 63 ? byte | 0xe0 : byte)))).toBe(false);
    expect(await arithmetic.verify(key, message, signature)).toBe(true);
});

test("what cannot be loaded is asked for again", async () => {
    withoutNode();
    vi.stubGlobal("crypto", {});
    const arithmetic = await fresh();
    arithmetic.portable.load = () => Promise.reject(new Error("no connection"));
    await expect(arithmetic.open(seed)).rejects.toThrow("no connection");
    arithmetic.portable.load = async () => ((await import("../portable-inline.js" as string)) as { start(): unknown }).start();
    expect((await arithmetic.open(seed)).publicKey).toEqual(new Uint8Array(theirs.rawPublicKey()));
});

test("a seed is not left behind, nor taken from its owner", async () => {
    const arithmetic = await backends.Node!();
    const mine = seed.slice();
    await arithmetic.open(mine);
    expect(mine).toEqual(seed);
});
