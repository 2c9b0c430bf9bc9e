// Waiting for a status, on a clock that the tests turn.
import { Keypair as TheirKeypair } from "@stellar/stellar-sdk";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type Customer, Keypair, type Session, nextStep } from "windlass";
import { type Answer, fakeAnchor, json, token } from "./anchor.js";
import { caught } from "./caught.js";
import { sign, wallet } from "./wallets.js";

const fake = fakeAnchor();
const key = await Keypair.random();
const PROCESSING = { id: "1", status: "PROCESSING" };
const ACCEPTED: Customer = { id: "1", status: "ACCEPTED" };
const NEEDS_INFO: Customer = { id: "1", status: "NEEDS_INFO", fields: { city: { type: "string" } } };
const REJECTED: Customer = { id: "1", status: "REJECTED", message: "no" };

beforeEach(() => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
    // The longest pauses: nothing is taken off them.
    vi.spyOn(Math, "random").mockReturnValue(1);
});
afterEach(() => {
    expect(vi.getTimerCount(), "no timer is left").toBe(0);
    vi.useRealTimers();
    vi.restoreAllMocks();
});

/** A session, and what the anchor will say of its customer. */
async function session(...says: (object | Answer)[]): Promise<Session> {
    const session = await fake.session(key);
    fake.kyc.push(...says.map((it) => (typeof it === "function" ? (it as Answer) : () => json(it))));
    return session;
}

/** Lets time pass until the promise has settled; tells how many seconds that were. */
async function passing<T>(promise: Promise<T>): Promise<[T, number]> {
    let done = false;
    const settled = promise.finally(() => (done = true));
    settled.catch(() => {});
    const begun = Date.now();
    for (let steps = 0; !done && steps < 10_000; steps += 1) await vi.advanceTimersByTimeAsync(vi.getTimerCount() > 0 ? 1000 : 0);
    return [await settled, Math.round((Date.now() - begun) / 1000)];
}

// S12-45
test("waitForStatus polls with growing pauses", async () => {
    const waiting = await session(PROCESSING, PROCESSING, PROCESSING, ACCEPTED);
    expect(await passing(waiting.waitForStatus({ type: "sep6" }))).toEqual([ACCEPTED, 2 + 4 + 8]);
    expect(fake.asked.slice(1).map(({ url }) => url.search)).toEqual(Array(4).fill("?type=sep6"));
});

test("waitForStatus ends when the wallet has to act and after a rejection", async () => {
    for (const end of [NEEDS_INFO, REJECTED, ACCEPTED]) {
        expect(await passing((await session(end)).waitForStatus())).toEqual([end, 0]);
    }
    const until = ["ACCEPTED"] as const;
    expect((await passing((await session(NEEDS_INFO, PROCESSING, ACCEPTED)).waitForStatus({ until })))[0]).toEqual(ACCEPTED);
    expect((await passing((await session(PROCESSING, REJECTED)).waitForStatus({ until })))[0]).toEqual(REJECTED);
});

// S12-45: what passes does not end it, and `Retry-After` is heeded, as seconds and as a date.
test("waitForStatus continues after temporary errors", async () => {
    const later = (status: number, header: string) => () =>
        new Response("{}", { status, headers: { "Retry-After": header } });
    const waiting = await session(
        () => Promise.reject(new TypeError("Failed to fetch")),
        () => json({ error: "ledger" }, 503),
        later(429, "100"),
        () => later(503, new Date(Date.now() + 50_000).toUTCString())(),
        later(429, "soon"),
        ACCEPTED,
    );
    const [customer, seconds] = await passing(waiting.waitForStatus());
    expect(customer).toEqual(ACCEPTED);
    expect(seconds).toBeGreaterThanOrEqual(4 + 8 + 108 + 50 + 60 - 1);
    expect(seconds).toBeLessThanOrEqual(4 + 8 + 108 + 66 + 60 + 1);
});

test("an error says after how many seconds to retry", async () => {
    const asked = await session(() => new Response('{"error":"slowly"}', { status: 429, headers: { "Retry-After": "7" } }));
    expect(await caught(() => asked.customer())).toMatchObject({ code: "too_many_requests", status: 429, retryAfter: 7 });
});

test("a permanent error ends waitForStatus", async () => {
    const waiting = await session(PROCESSING, () => json({ error: "gone", code: "customer_not_found" }, 404));
    const error = caught(() => waiting.waitForStatus());
    expect((await passing(error))[0].code).toBe("customer_not_found");
});

test("the time is limited", async () => {
    const waiting = await session(...Array.from({ length: 9 }, () => PROCESSING));
    const [error, seconds] = await passing(caught(() => waiting.waitForStatus({ timeout: 20, interval: 1, longestInterval: 4 })));
    expect([error.code, error.message, seconds]).toEqual(["timed_out", "not settled within 20 seconds", 20]);
    // After 1, 2, 4, 4, 4 and 4 seconds, and no more: the last second is only waited for.
    expect(fake.asked).toHaveLength(1 + 7);
    for (const wrong of [{ timeout: -1 }, { interval: NaN }, { longestInterval: "1" }]) {
        expect((await caught(() => waiting.waitForStatus(wrong as never))).code).toBe("invalid_request");
        expect((await caught(() => waiting.watch(wrong as never))).code).toBe("invalid_request");
    }
});

test("an abort ends the waiting, before and during it", async () => {
    const waiting = await session(PROCESSING);
    expect((await caught(() => waiting.waitForStatus({ signal: AbortSignal.abort() }))).code).toBe("aborted");
    const controller = new AbortController();
    const error = caught(() => waiting.waitForStatus({ signal: controller.signal }));
    await vi.advanceTimersByTimeAsync(1000);
    controller.abort();
    expect((await error).code).toBe("aborted");
    await vi.advanceTimersByTimeAsync(100_000);
    expect(fake.asked).toHaveLength(2);
});

test("a watch yields each change once, and ends after a rejection", async () => {
    const watched = await session(NEEDS_INFO, NEEDS_INFO, PROCESSING, ACCEPTED, ACCEPTED, REJECTED);
    const seen: Customer[] = [];
    const all = (async () => {
        for await (const customer of watched.watch()) seen.push(customer);
    })();
    await passing(all);
    expect(seen).toEqual([NEEDS_INFO, PROCESSING, ACCEPTED, REJECTED]);
});

test("a watch sends no more requests after its loop is left", async () => {
    const watched = await session(PROCESSING, ACCEPTED);
    for await (const customer of watched.watch()) {
        expect(customer).toEqual(PROCESSING);
        break;
    }
    await vi.advanceTimersByTimeAsync(100_000);
    expect(fake.asked).toHaveLength(2);
});

test("an abort ends a watch during its pause", async () => {
    const controller = new AbortController();
    const watch = (await session(PROCESSING, PROCESSING)).watch({ signal: controller.signal });
    expect((await watch.next()).value).toEqual(PROCESSING);
    const error = caught(() => watch.next());
    await vi.advanceTimersByTimeAsync(500);
    controller.abort();
    expect((await error).code).toBe("aborted");
    expect(await watch.next()).toEqual({ done: true, value: undefined });
    expect(await (await session()).watch().return()).toEqual({ done: true, value: undefined });
});

test("a watch throws permanent errors", async () => {
    const watch = (await session(PROCESSING, () => json({ error: "no" }, 400))).watch();
    await watch.next();
    const [error] = await passing(caught(() => watch.next()));
    expect(error.code).toBe("refused");
    expect((await watch.next()).done).toBe(true);
});

const unauthorized = () => json({ error: "forbidden" }, 401);

// S10-73
test("a token that expires while waiting is renewed if the session renews itself", async () => {
    const anchor = await fake.anchor();
    const seconds = Math.floor(Date.now() / 1000);
    fake.exp = seconds + 60;
    const renewing = await anchor.signIn(key, { renew: true });
    expect(renewing.expiresAt).toBe(seconds + 60);
    fake.exp = seconds + 3600;
    fake.kyc.push(...Array.from({ length: 6 }, () => () => json(PROCESSING)), () => json(ACCEPTED));
    expect(await passing(renewing.waitForStatus())).toEqual([ACCEPTED, 2 + 4 + 8 + 16 + 32 + 60]);
    expect([renewing.expiresAt, renewing.account]).toEqual([seconds + 3600, key.address]);
    expect(fake.asked.at(-1)?.headers.get("Authorization")).toBe(`Bearer ${renewing.token}`);
    expect(fake.asked.filter(({ method }) => method === "POST")).toHaveLength(2);
});

// S10-73: once after a 401, whatever the clock says.
test("a token that the anchor refuses is renewed once", async () => {
    const renewing = await (await fake.anchor()).signIn(key, { renew: true });
    fake.kyc.push(unauthorized, () => json(ACCEPTED), unauthorized, unauthorized);
    expect(await renewing.customer()).toEqual(ACCEPTED);
    expect((await caught(() => renewing.customer())).code).toBe("token_invalid");
    expect(fake.asked.filter(({ method }) => method === "POST")).toHaveLength(3);
});

// S10-73, S43: who says no is not asked again.
test("concurrent calls renew the token once, and a refusal is final", async () => {
    const theirs = TheirKeypair.random();
    let refuses = false;
    const signer = wallet(theirs, {
        signTransaction: async (xdr) =>
            refuses ? { signedTxXdr: "", error: { code: -4, message: "No" } } : { signedTxXdr: sign(xdr, theirs) },
    });
    const renewing = await (await fake.anchor()).signIn(signer, { renew: true });
    fake.kyc.push(unauthorized, unauthorized, unauthorized, ...Array.from({ length: 3 }, () => () => json(ACCEPTED)));
    await Promise.all([renewing.customer(), renewing.customer(), renewing.customer()]);
    expect(signer.asked).toBe(2);
    refuses = true;
    fake.kyc.push(unauthorized, unauthorized);
    expect((await caught(() => renewing.customer())).code).toBe("signer_refused");
    expect((await caught(() => renewing.customer())).code).toBe("token_invalid");
    expect(signer.asked).toBe(3);
});

// S10-73: after a reload the page has the token, and asks its wallet only when the token has ended.
test("a resumed session renews itself with a signer", async () => {
    const theirs = TheirKeypair.random();
    const signer = wallet(theirs, { signTransaction: async (xdr) => ({ signedTxXdr: sign(xdr, theirs) }) });
    const anchor = await fake.anchor();
    const resumed = anchor.resume(token(theirs.publicKey()), { signer });
    fake.kyc.push(() => json(ACCEPTED), unauthorized, () => json(ACCEPTED));
    expect(await resumed.customer()).toEqual(ACCEPTED);
    expect(signer.asked).toBe(0);
    expect(await resumed.customer()).toEqual(ACCEPTED);
    expect(signer.asked).toBe(1);
    // A mistake is told when the signer is needed, as what it is.
    const wrong = anchor.resume(token(theirs.publicKey()), { signer: theirs as never });
    fake.kyc.push(unauthorized);
    expect((await caught(() => wrong.customer())).code).toBe("invalid_request");
});

// S10-73
test("a session without a signer expires", async () => {
    const anchor = await fake.anchor();
    const resumed = anchor.resume(token(key.address, Math.floor(Date.now() / 1000) + 5));
    fake.kyc.push(() => json(PROCESSING), () => json(PROCESSING), unauthorized);
    const [error, seconds] = await passing(caught(() => resumed.waitForStatus()));
    expect([error.code, seconds]).toEqual(["token_expired", 6]);
});

// S12-65
test("what to do next follows from the customer", () => {
    expect(nextStep(NEEDS_INFO)).toEqual({
        action: "submit",
        todo: [{ name: "city", type: "string" }],
        waiting: [],
        rejected: [],
    });
    expect(nextStep(ACCEPTED).action).toBe("done");
    expect(nextStep(REJECTED).action).toBe("stop");
    const busy: Customer = {
        status: "NEEDS_INFO",
        fields: { sex: {}, tax_id: { optional: true } },
        provided_fields: {
            city: { status: "PROCESSING" },
            photo_id_front: { type: "binary", status: "REJECTED", error: "blurred" },
            mobile_number: { type: "string", status: "VERIFICATION_REQUIRED" },
        },
    };
    expect(nextStep(busy)).toEqual({
        action: "submit",
        todo: [
            { name: "mobile_number_verification", type: "string", verifies: "mobile_number" },
            { name: "sex", type: "string", choices: ["male", "female", "other"] },
            { name: "photo_id_front", type: "binary", error: "blurred", again: true },
            { name: "tax_id", type: "string", optional: true },
        ],
        waiting: ["city"],
        rejected: [{ name: "photo_id_front", error: "blurred" }],
    });
});

// S12-96, S12-98
test("codes are returned by putVerification", async () => {
    const old = await session({ id: "1", status: "ACCEPTED" });
    expect(await old.putVerification({ id: "1", codes: { mobile_number_verification: "0042" } })).toEqual(ACCEPTED);
    const { method, url, body } = fake.asked.at(-1)!;
    expect(`${method} ${url}`).toBe("PUT https://anchor.example.com/kyc/customer/verification");
    expect(JSON.parse(new TextDecoder().decode(body))).toEqual({ id: "1", mobile_number_verification: "0042" });
    expect((await caught(() => old.putVerification({} as never))).code).toBe("invalid_request");
});
