import { afterEach, expect, test, vi } from "vitest";
import { Anchor, type Abortable, Keypair, type Session } from "windlass";
import { DOMAIN, type Asked, fakeAnchor, json } from "./anchor.js";
import { caught } from "./caught.js";
import { declared, entries } from "./declarations.js";

const fake = fakeAnchor();
const never = () => new Promise<Response>(() => {});

afterEach(() => {
    vi.useRealTimers();
});

test("no request is sent when the signal is already aborted", async () => {
    const error = await caught(() => Anchor.discover(DOMAIN, { signal: AbortSignal.abort() }));
    expect([error.code, error.message, fake.asked.length]).toEqual(["aborted", "aborted", 0]);
});

test("an abort ends the pending request", async () => {
    const anchor = await fake.anchor();
    const controller = new AbortController();
    let asked: Asked | undefined;
    fake.challenge = (request) => {
        asked = request;
        queueMicrotask(() => controller.abort());
        return never();
    };
    expect((await caught(async () => anchor.signIn(await Keypair.random(), { signal: controller.signal }))).code).toBe("aborted");
    expect(asked?.signal.aborted).toBe(true);
});

test.each([
    [() => AbortSignal.timeout(1), "timed_out", "TimeoutError"],
    [() => AbortSignal.any([AbortSignal.timeout(1), new AbortController().signal]), "timed_out", "TimeoutError"],
    [() => AbortSignal.abort(), "aborted", "AbortError"],
    [() => AbortSignal.abort(new TypeError("left the page")), "aborted", "TypeError"],
] as const)("the reason of an abort is the error's cause", async (signal, code, name) => {
    const anchor = await fake.anchor();
    fake.challenge = never;
    const error = await caught(async () => anchor.signIn(await Keypair.random(), { signal: signal() }));
    expect([error.code, (error.cause as Error).name]).toEqual([code, name]);
});

test("a request is ended after its time limit, and not earlier", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const anchor = await fake.anchor();
    fake.challenge = ({ signal }) =>
        new Promise((_, reject) => {
            signal.onabort = () => reject(signal.reason as Error);
            vi.advanceTimersByTime(29_999);
            expect(signal.aborted).toBe(false);
            vi.advanceTimersByTime(1);
        });
    const error = await caught(async () => anchor.signIn(await Keypair.random()));
    expect(error.code).toBe("network");
    expect(error.message).toContain("no complete answer within 30 seconds");
    expect(vi.getTimerCount()).toBe(0);
});

test("an abort gives up a wallet that never answers", async () => {
    const anchor = await fake.anchor();
    const controller = new AbortController();
    const error = await caught(() =>
        anchor.signIn(
            {
                getAddress: async () => ({ address: (await Keypair.random()).address }),
                signTransaction: () => {
                    controller.abort();
                    return new Promise(() => {});
                },
            },
            { signal: controller.signal },
        ),
    );
    expect([error.code, fake.signed]).toEqual(["aborted", undefined]);
});

test("a signal may serve many calls and be aborted after them", async () => {
    const controller = new AbortController();
    const session = await fake.session(await Keypair.random());
    for (let i = 0; i < 3; i++) {
        fake.kyc.push(() => json({ status: "ACCEPTED" }));
        expect(await session.customer({ signal: controller.signal })).toEqual({ status: "ACCEPTED" });
    }
    controller.abort();
    expect((await caught(() => session.customer({ signal: controller.signal }))).code).toBe("aborted");
    expect((await caught(() => session.putCustomer({}, { signal: controller.signal }))).code).toBe("aborted");
    expect((await caught(() => session.deleteCustomer({ signal: controller.signal }))).code).toBe("aborted");
    expect(fake.asked).toHaveLength(4);
});

/** Every call that waits for an anchor, apart from `discover` and `signIn`. */
const CALLS: Record<string, (session: Session, options: Abortable) => Promise<unknown>> = {
    customer: (session, options) => session.customer(options),
    putCustomer: (session, options) => session.putCustomer({ fields: { first_name: "Ada" } }, options),
    deleteCustomer: (session, options) => session.deleteCustomer(options),
    putVerification: (session, options) => session.putVerification({ id: "c1", codes: {}, ...options }),
    setCallback: (session, options) => session.setCallback("https://wallet.example.com/kyc", options),
    uploadFile: (session, options) => session.uploadFile(new Uint8Array(8), "a.png", options),
    files: (session, options) => session.files({ file_id: "f1", ...options }),
    waitForStatus: (session, options) => session.waitForStatus(options),
    watch: (session, options) => session.watch(options).next(),
};

test("every method of a session is in the list of calls to abort", () => {
    const session = declared(entries.get("windlass") ?? "").filter(({ name }) => name.startsWith("Session."));
    const methods = session.filter(({ kind, name }) => kind === "method" && !/free|Symbol/.test(name)).map(({ name }) => name.slice(8));
    expect(methods.sort()).toEqual(Object.keys(CALLS).sort());
});

test.each(Object.entries(CALLS))("%s is ended by its signal, and so is its request", async (_, call) => {
    const session = await fake.session(await Keypair.random());
    const controller = new AbortController();
    let asked: Asked | undefined;
    fake.kyc.push((request) => {
        asked = request;
        queueMicrotask(() => controller.abort());
        return never();
    });
    expect((await caught(() => call(session, { signal: controller.signal }))).code).toBe("aborted");
    expect(asked?.signal.aborted).toBe(true);
});
