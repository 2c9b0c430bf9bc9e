// The real module of Freighter, in a page with and without the extension.
import { Keypair as TheirKeypair } from "@stellar/stellar-sdk";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { fakeAnchor } from "./anchor.js";
import { caught } from "./caught.js";
import { pageWith } from "./extension.js";

const key = TheirKeypair.random();
const { page, extension } = pageWith(key);
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
