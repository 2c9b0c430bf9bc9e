// Ed25519 by Node, by WebCrypto and by the package's own module: all sign alike, and accept and refuse the same signatures.
import { createHash } from "node:crypto";
import { Keypair } from "@stellar/stellar-sdk";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

interface Arithmetic {
    verify(key: Uint8Array, message: Uint8Array, signature: Uint8Array): Promise<boolean>;
    open(seed: Uint8Array): Promise<{ publicKey: Uint8Array; sign(message: Uint8Array): Promise<Uint8Array> }>;
    portable: { load?: (() => Promise<unknown>) | undefined };
}

const bytes = (hex: string) => new Uint8Array(Buffer.from(hex, "hex"));
const seed = new Uint8Array(createHash("sha256").update("a seed").digest());
const message = new TextEncoder().encode("a message");
const theirs = Keypair.fromRawEd25519Seed(Buffer.from(seed));

beforeEach(() => void vi.resetModules());
afterEach(() => void vi.unstubAllGlobals());

/** Hides Node's modules. The process stays, because vitest sets members of it at any time. */
const withoutNode = () => void vi.stubGlobal("process", Object.create(process, { getBuiltinModule: { value: undefined } }));

/** `ed25519.js` as an entry imports it: with a way to load the package's own module. */
async function fresh(): Promise<Arithmetic> {
    const arithmetic = (await import("../js/ed25519.js" as string)) as Arithmetic;
    arithmetic.portable.load = loadOwn;
    return arithmetic;
}

const loadOwn = async () => ((await import("../portable-inline.js" as string)) as { start(): unknown }).start();

const backends: Record<string, () => Promise<Arithmetic>> = {
    async Node() {
        vi.stubGlobal("crypto", undefined);
        const arithmetic = await fresh();
        delete arithmetic.portable.load;
        return arithmetic;
    },
    async WebCrypto() {
        withoutNode();
        const arithmetic = await fresh();
        delete arithmetic.portable.load;
        return arithmetic;
    },
    async "WebCrypto that exports no key"() {
        withoutNode();
        vi.stubGlobal("crypto", { subtle: replacing(subtle, "exportKey", FAILURES.rejects).replaced });
        return fresh();
    },
    async "the package's own module"() {
        // Older browsers have WebCrypto without Ed25519.
        withoutNode();
        vi.stubGlobal("crypto", { subtle: { importKey: () => Promise.reject(new DOMException("", "NotSupportedError")) } });
        return fresh();
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

type Crypto = Record<string, (...args: unknown[]) => unknown>;

const { subtle } = globalThis.crypto;
const nodeCrypto = process.getBuiltinModule("node:crypto") as unknown as Crypto;

/** An object with the functions of `target`, of which one is replaced and all that are called are recorded. */
function replacing(target: object, name: string | undefined, replacement: (...args: unknown[]) => unknown = () => {}) {
    const called = new Set<string>();
    const get = (_: object, member: string) => {
        called.add(member);
        if (member === name) return replacement;
        return (...args: unknown[]) => Reflect.apply(Reflect.get(target, member), target, args);
    };
    return { called, replaced: new Proxy({}, { get }) };
}

const failure = () => new DOMException("The operation failed for an operation-specific reason", "OperationError");
const FAILURES: Record<string, (...args: unknown[]) => unknown> = {
    throws: () => {
        throw failure();
    },
    "gives undefined": () => undefined,
    rejects: () => Promise.reject(failure()),
    "resolves to undefined": async () => undefined,
};

async function signsAndVerifies(arithmetic: Arithmetic): Promise<void> {
    const key = await arithmetic.open(seed);
    expect(new Uint8Array(key.publicKey)).toEqual(new Uint8Array(theirs.rawPublicKey()));
    const signature = new Uint8Array(await key.sign(message));
    expect(signature).toEqual(new Uint8Array(theirs.sign(Buffer.from(message))));
    expect(await arithmetic.verify(key.publicKey, message, signature)).toBe(true);
    expect(await arithmetic.verify(key.publicKey, seed, signature)).toBe(false);
}

// The functions that ed25519.js uses. The two tests after this one go through them.
const OF_WEBCRYPTO = ["exportKey", "importKey", "sign", "verify"];
const OF_NODE = ["createPrivateKey", "createPublicKey", "sign", "verify"];

test("only the listed functions of the platform are used", async () => {
    const ofNode = replacing(nodeCrypto, undefined);
    vi.stubGlobal("process", Object.create(process, { getBuiltinModule: { value: () => ofNode.replaced } }));
    // What a resolved promise is asked for, and vitest's own use of random numbers, are not Ed25519.
    const used = (called: Set<string>) => [...called].filter((name) => name !== "then").sort();
    await signsAndVerifies(await fresh());
    expect(used(ofNode.called)).toEqual(OF_NODE);

    vi.resetModules();
    withoutNode();
    const ofBrowser = replacing(subtle, undefined);
    vi.stubGlobal("crypto", { subtle: ofBrowser.replaced });
    await signsAndVerifies(await fresh());
    expect(used(ofBrowser.called)).toEqual(OF_WEBCRYPTO);
});

const each = (names: string[], failures = FAILURES) =>
    names.flatMap((name) => Object.entries(failures).map(([how, fail]) => [name, how, fail] as const));

test.each(each(OF_WEBCRYPTO))("signs and verifies where crypto.subtle.%s %s", async (name, _, fail) => {
    withoutNode();
    vi.stubGlobal("crypto", { subtle: replacing(subtle, name, fail).replaced });
    await signsAndVerifies(await fresh());
});

// These functions return no promises.
const SYNCHRONOUS = Object.fromEntries(Object.entries(FAILURES).slice(0, 2));

test.each(each(OF_NODE, SYNCHRONOUS))("signs and verifies where %s of node:crypto %s", async (name, _, fail) => {
    const { replaced } = replacing(nodeCrypto, name, fail);
    vi.stubGlobal("process", Object.create(process, { getBuiltinModule: { value: () => replaced } }));
    await signsAndVerifies(await fresh());
});

test("a verification that accepts everything, a wrong signature or a wrong key is not relied on", async () => {
    withoutNode();
    const wrongs = [
        ["verify", async () => true],
        ["sign", async () => new ArrayBuffer(64)],
        ["exportKey", async () => ({ x: "A".repeat(43) })],
        ["exportKey", async () => ({ x: "" })],
        ["exportKey", async () => ({ x: "?" })],
        ["exportKey", async () => ({})],
    ] as const;
    for (const [name, wrong] of wrongs) {
        vi.resetModules();
        vi.stubGlobal("crypto", { subtle: replacing(subtle, name, wrong).replaced });
        await signsAndVerifies(await fresh());
    }
});

test("loading is retried after a failure", async () => {
    withoutNode();
    vi.stubGlobal("crypto", {});
    const arithmetic = await fresh();
    arithmetic.portable.load = () => Promise.reject(new Error("no connection"));
    await expect(arithmetic.open(seed)).rejects.toThrow("no connection");
    arithmetic.portable.load = loadOwn;
    await signsAndVerifies(arithmetic);
});

test("a browser's key that signs cannot be exported", async () => {
    withoutNode();
    const signing = new Set<CryptoKey>();
    const sign = (...args: unknown[]) => {
        signing.add(args[1] as CryptoKey);
        return Reflect.apply(subtle.sign, subtle, args);
    };
    vi.stubGlobal("crypto", { subtle: replacing(subtle, "sign", sign).replaced });
    await signsAndVerifies(await fresh());
    expect([...signing].map(({ extractable }) => extractable)).toEqual([false, false]);
});

test("a seed is not left behind, nor taken from its owner", async () => {
    const arithmetic = await backends.Node!();
    const mine = seed.slice();
    await arithmetic.open(mine);
    expect(mine).toEqual(seed);
});
