// The real module of Freighter, in a page with and without the extension.
import { Keypair as TheirKeypair } from "@stellar/stellar-sdk";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { NETWORK, fakeAnchor } from "./anchor.js";
import { caught } from "./caught.js";
import { sign } from "./wallets.js";

interface Message {
    source: string;
    messageId: number;
    type: string;
    transactionXdr?: string;
}

/** The extension: answers the messages of its module. Without it they stay unanswered. */
const extension = { installed: true, allowed: true, asked: [] as string[] };
const key = TheirKeypair.random();
const listeners = new Set<(event: unknown) => void>();

function answer({ type, transactionXdr = "" }: Message): object {
    if (type === "REQUEST_ACCESS") extension.allowed = true;
    const publicKey = extension.allowed ? key.publicKey() : "";
    const signed = type === "SUBMIT_TRANSACTION" && { signedTransaction: sign(transactionXdr, key), signerAddress: publicKey };
    return { isConnected: true, publicKey, networkDetails: { network: "TESTNET", networkPassphrase: NETWORK }, ...signed };
}

const page = {
    location: { origin: "https://wallet.example.org" },
    addEventListener: (_: string, listener: (event: unknown) => void) => listeners.add(listener),
    removeEventListener: (_: string, listener: (event: unknown) => void) => listeners.delete(listener),
    postMessage(message: Message): void {
        extension.asked.push(message.type);
        if (!extension.installed) return;
        const data = { source: "FREIGHTER_EXTERNAL_MSG_RESPONSE", messagedId: message.messageId, ...answer(message) };
        queueMicrotask(() => listeners.forEach((listener) => listener({ source: page, data })));
    },
};

const fake = fakeAnchor();
let freighter: typeof import("@stellar/freighter-api");

beforeAll(async () => {
    // Its module looks once for a page, when it is loaded.
    Object.assign(globalThis, { window: page });
    freighter = await import("@stellar/freighter-api");
});

afterAll(() => {
    Reflect.deleteProperty(globalThis, "window");
});

beforeEach(() => {
    Object.assign(extension, { installed: true, allowed: true, asked: [] });
});

// S43-05
test("Freighter signs in", async () => {
    const session = await (await fake.anchor()).signIn(freighter);
    expect(session.account).toBe(key.publicKey());
    expect(extension.asked).not.toContain("REQUEST_ACCESS");
});

// S43-05
test("Freighter is asked for access to a site that it does not allow yet", async () => {
    extension.allowed = false;
    const session = await (await fake.anchor()).signIn(freighter);
    expect(session.account).toBe(key.publicKey());
    expect(extension.asked).toContain("REQUEST_ACCESS");
});

// S43-05: it gives an empty address, and never answers a request for access.
test("Freighter that is not installed is named as not connected", async () => {
    extension.installed = false;
    const anchor = await fake.anchor();
    vi.useFakeTimers({ toFake: ["setTimeout"] });
    const error = caught(() => anchor.signIn(freighter)).finally(() => vi.useRealTimers());
    while (vi.isFakeTimers()) await vi.advanceTimersByTimeAsync(1000);
    expect((await error).code).toBe("signer_not_connected");
    expect(extension.asked).not.toContain("REQUEST_ACCESS");
});
