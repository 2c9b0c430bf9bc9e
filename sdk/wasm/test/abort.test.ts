import { expect, test } from "vitest";
import { Anchor, Keypair } from "windlass";
import { DOMAIN, type Asked, fakeAnchor, json } from "./anchor.js";
import { caught } from "./caught.js";

const fake = fakeAnchor();
const never = () => new Promise<Response>(() => {});

test("nothing is asked when the signal is aborted already", async () => {
    const error = await caught(() => Anchor.discover(DOMAIN, { signal: AbortSignal.abort() }));
    expect([error.code, error.message, fake.asked.length]).toEqual(["aborted", "aborted", 0]);
});

test("a request under way is ended", async () => {
    const anchor = await fake.anchor();
    const controller = new AbortController();
    let asked: Asked | undefined;
    fake.challenge = (request) => {
        asked = request;
        queueMicrotask(() => controller.abort());
        return never();
    };
    expect((await caught(() => anchor.signIn(Keypair.random(), { signal: controller.signal }))).code).toBe("aborted");
    expect(asked?.signal.aborted).toBe(true);
});

test("a wallet that never answers can be given up", async () => {
    const anchor = await fake.anchor();
    const controller = new AbortController();
    const error = await caught(() =>
        anchor.signIn(
            {
                getAddress: async () => ({ address: Keypair.random().address }),
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
    const session = await fake.session(Keypair.random());
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
