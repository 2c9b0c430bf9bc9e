import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Anchor, Keypair, type Session, todo } from "windlass";
import { Callbacks } from "windlass/server";
import { type Step, type TestAnchor, testAnchor } from "windlass/testing";
import { caught } from "./caught.js";

const PNG = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3]);

let anchor: TestAnchor;

beforeEach(async () => {
    anchor = (await testAnchor({ domain: "anchor.test" })).install();
});

afterEach(() => {
    anchor.restore();
    vi.useRealTimers();
    vi.unstubAllGlobals();
});

async function signIn(key?: Keypair): Promise<Session> {
    return (await Anchor.discover("anchor.test")).signIn(key ?? (await Keypair.random()));
}

const seen = () => anchor.requests.map(({ method, path, status }) => `${method} ${path.split("?")[0]} ${status}`);

test("a wallet discovers it and signs in, and its requests can be looked at", async () => {
    const key = await Keypair.random();
    const session = await signIn(key);
    expect(session.account).toBe(key.address);
    expect(seen()).toEqual(["GET /.well-known/stellar.toml 200", "GET /auth 200", "POST /auth 200"]);
    const found = await Anchor.discover("anchor.test");
    expect([found.networkPassphrase, found.homeDomain]).toEqual([anchor.networkPassphrase, "anchor.test"]);
    expect(found.info.organization).toMatchObject({ name: "Test Anchor" });
    const shared = await found.signIn(key, { memo: 7n });
    expect(shared.account).toBe(`${key.address}:7`);
});

test("optional members of options may be undefined", async () => {
    const key = await Keypair.random();
    const field = { type: undefined, description: undefined, choices: undefined, optional: undefined };
    const fields = { first_name: field };
    const provided_fields = { last_name: { ...field, status: undefined, error: undefined } };
    anchor.customers.script(key.address, [{ status: "NEEDS_INFO", fields, provided_fields, message: undefined, code: undefined, says: undefined }]);
    anchor.customers.default([{ status: "ACCEPTED", fields: undefined, provided_fields: undefined }]);
    anchor.ledger.set(key.address, { signers: [{ key: key.address, weight: 1 }], thresholds: { low: undefined, medium: 1, high: undefined } });
    const session = await signIn(key);
    expect(todo(await session.customer()).map(({ name }) => name)).toEqual(["first_name"]);
    anchor.ledger.set(key.address, { signers: [], thresholds: undefined });
    expect((await caught(() => signIn(key))).code).toBe("challenge_signature");
});

test("a customer goes through its script", async () => {
    const key = await Keypair.random();
    const asked = { first_name: {}, id_type: { choices: ["passport"] }, photo_id_front: {}, tax_id: { optional: true } };
    anchor.customers.script(key.address, [
        { status: "NEEDS_INFO", fields: asked },
        { status: "PROCESSING", message: "Looking", says: 2 },
        { status: "REJECTED", message: "Not you" },
    ]);
    const session = await signIn(key);
    const first = await session.customer();
    expect(first).toMatchObject({ status: "NEEDS_INFO", fields: { first_name: { type: "string" }, photo_id_front: { type: "binary" } } });
    expect(first.id).toBeUndefined();

    const { id } = await session.putCustomer({ fields: { first_name: "Ada" } });
    const partly = await session.customer();
    expect(partly).toMatchObject({ id, status: "NEEDS_INFO", provided_fields: { first_name: { status: "ACCEPTED" } } });
    expect(todo(partly).map(({ name }) => name)).toEqual(["id_type", "photo_id_front", "tax_id"]);
    const refused = await caught(() => session.putCustomer({ fields: { id_type: "id_card" } }));
    expect([refused.code, refused.status, refused.field]).toEqual(["invalid_field", 400, "id_type"]);

    await session.putCustomer({ fields: { id_type: "passport", photo_id_front: PNG } });
    const rest = [await session.customer(), await session.customer(), await session.customer(), await session.customer()];
    expect(rest.map(({ status }) => status)).toEqual(["PROCESSING", "PROCESSING", "REJECTED", "REJECTED"]);
    expect(rest[0]).toMatchObject({ id, message: "Looking", provided_fields: { photo_id_front: { status: "ACCEPTED" } } });
    expect((await caught(() => session.putCustomer({ fields: { tax_id: "1" } }))).code).toBe("customer_rejected");

    await session.deleteCustomer();
    expect((await session.customer()).id).toBeUndefined();
});

test("a customer without a script gets the default script", async () => {
    const session = await signIn();
    expect(todo(await session.customer()).map(({ name }) => name)).toEqual(["email_address", "first_name", "last_name"]);
    await session.putCustomer({ fields: { first_name: "Ada", last_name: "Lovelace", email_address: "ada@example.com" } });
    expect((await session.customer()).status).toBe("ACCEPTED");
    anchor.customers.default([{ status: "ACCEPTED" }]);
    expect((await (await signIn()).customer()).status).toBe("ACCEPTED");
});

test("a field waits for its code", async () => {
    const key = await Keypair.random();
    const steps: Step[] = [
        { status: "NEEDS_INFO", fields: [], provided_fields: { mobile_number: { status: "VERIFICATION_REQUIRED" } }, code: "4711" },
        { status: "ACCEPTED" },
    ];
    anchor.customers.script(key.address, steps);
    const session = await signIn(key);
    expect(todo(await session.customer())).toMatchObject([{ name: "mobile_number_verification", verifies: "mobile_number" }]);
    const wrong = await caught(() => session.putCustomer({ fields: { mobile_number_verification: "1234" } }));
    expect([wrong.code, wrong.field]).toEqual(["invalid_code", "mobile_number_verification"]);
    await session.putCustomer({ fields: { mobile_number_verification: "4711" } });
    expect((await session.customer()).status).toBe("ACCEPTED");
    const late = await caught(() => session.putCustomer({ fields: { mobile_number_verification: "4711" } }));
    expect(late.code).toBe("nothing_to_verify");
});

test("a rejected field is submitted again", async () => {
    const key = await Keypair.random();
    anchor.customers.script(key.address, [
        { status: "NEEDS_INFO", fields: [], provided_fields: { photo_id_front: { status: "REJECTED", error: "blurred" } } },
        { status: "ACCEPTED" },
    ]);
    const session = await signIn(key);
    expect(await session.customer()).toMatchObject({ provided_fields: { photo_id_front: { status: "REJECTED", error: "blurred" } } });
    const file = await session.uploadFile(new File([PNG], "a.png"));
    expect(file).toMatchObject({ content_type: "image/png", size: PNG.length });
    await session.putCustomer({ fields: { photo_id_front_file_id: file.file_id } });
    const customer = await session.customer();
    expect(customer).toMatchObject({ status: "ACCEPTED", provided_fields: { photo_id_front: { status: "ACCEPTED" } } });
    expect(await session.files({ file_id: file.file_id })).toMatchObject([{ customer_id: customer.id }]);
});

test("injected failures happen when and as often as requested", async () => {
    const session = await signIn();
    anchor.fail({ path: "/customer", status: 503, retryAfter: 2, code: "internal" });
    const busy = await caught(() => session.customer());
    expect([busy.code, busy.status, busy.retryAfter]).toEqual(["internal", 503, 2]);
    anchor.fail({ path: "/kyc/customer", method: "GET", network: true, times: 2 });
    expect((await caught(() => session.customer())).code).toBe("network");
    expect((await caught(() => session.customer())).code).toBe("network");
    anchor.fail({ body: "<html>" });
    expect((await caught(() => session.customer())).code).toBe("unexpected_response");
    anchor.fail({ token: "expired" });
    expect((await caught(() => session.customer())).code).toBe("token_expired");
    anchor.fail({ token: "invalid" });
    expect((await caught(() => session.customer())).code).toBe("token_invalid");
    anchor.fail({ hang: true });
    const stop = new AbortController();
    const hanging = caught(() => session.customer({ signal: stop.signal }));
    const asked = anchor.requests.length;
    await vi.waitFor(() => expect(anchor.requests.length).toBe(asked + 1));
    stop.abort();
    expect((await hanging).code).toBe("aborted");
    anchor.fail({ status: 500 })();
    expect((await session.customer()).status).toBe("NEEDS_INFO");
});

test.each([
    ["signature", "challenge_server_signature"],
    ["signer", "challenge_source"],
    ["expired", "challenge_expired"],
    ["sequence", "challenge_sequence"],
    ["home_domain", "challenge_home_domain"],
    ["account", "challenge_account"],
    ["network", "challenge_server_signature"],
] as const)("a challenge with a wrong %s is not signed", async (challenge, code) => {
    anchor.fail({ path: "/auth", challenge });
    expect((await caught(() => signIn())).code).toBe(code);
    expect(seen()).toContain("GET /auth 200");
    expect(seen()).not.toContain("POST /auth 200");
});

test("time passes at the anchor: sessions end", async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: 1_767_225_600_000 });
    const session = await signIn();
    expect([anchor.clock.now, session.expiresAt]).toEqual([1_767_225_600, 1_767_225_600 + 86_400]);
    anchor.clock.advance(86_400);
    expect((await caught(() => session.customer())).code).toBe("token_expired");
    expect((await caught(() => signIn())).code).toMatch(/^challenge_/);
    vi.setSystemTime(anchor.clock.now * 1000);
    anchor.clock.set(anchor.clock.now);
});

test("the same seed and time give the same answers", async () => {
    const now = 1_767_225_600;
    vi.useFakeTimers({ toFake: ["Date"], now: now * 1000 });
    const key = await Keypair.random();
    const tokens = [];
    for (const seed of [5, 5, 6]) {
        const own = await testAnchor({ domain: "seeded.test", seed, now });
        vi.stubGlobal("fetch", own.fetch);
        tokens.push(`${own.signingKey} ${(await (await Anchor.discover("seeded.test")).signIn(key)).token}`);
    }
    expect(tokens[0]).toBe(tokens[1]);
    expect(tokens[2]).not.toBe(tokens[0]);
});

test("a wallet waits with fake timers", async () => {
    const key = await Keypair.random();
    anchor.customers.script(key.address, [{ status: "PROCESSING", says: 3 }, { status: "ACCEPTED" }]);
    const session = await signIn(key);
    vi.useFakeTimers();
    const accepted = session.waitForStatus();
    await vi.runAllTimersAsync();
    expect((await accepted).status).toBe("ACCEPTED");
    expect(seen().filter((request) => request.startsWith("GET /kyc"))).toHaveLength(4);
});

test("a callback is the anchor's own", async () => {
    const key = await Keypair.random();
    const session = await signIn(key);
    const { id } = await session.putCustomer({ fields: { first_name: "Ada" } });
    await session.setCallback("https://wallet.example/kyc");
    const { url, headers, body } = anchor.callback(key.address);
    expect([url, JSON.parse(body)]).toMatchObject(["https://wallet.example/kyc", { id, status: "NEEDS_INFO" }]);
    const callbacks = new Callbacks({ signingKey: anchor.signingKey, host: "wallet.example" });
    expect(await callbacks.receive({ headers, body })).toMatchObject({ id });
    expect(() => anchor.callback("GA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJVSGZ")).toThrow("no customer and no script");
});

test("an account with other signers needs theirs", async () => {
    const [key, other] = [await Keypair.random(), await Keypair.random()];
    anchor.ledger.set(key.address, { signers: [{ key: other.address, weight: 1 }], thresholds: { medium: 1 } });
    expect((await caught(() => signIn(key))).status).toBe(400);
    anchor.ledger.set(key.address, null);
    expect((await signIn(key)).account).toBe(key.address);
});

test("a test can get a token without signing in", async () => {
    const { address } = await Keypair.random();
    const found = await Anchor.discover("anchor.test");
    expect((await found.resume(anchor.token(address)).customer()).status).toBe("NEEDS_INFO");
});

test("requests to other hosts go to the real fetch, which restore() brings back", async () => {
    anchor.restore();
    const real = vi.fn(async () => new Response("real"));
    vi.stubGlobal("fetch", real);
    anchor.install();
    expect(await (await fetch("https://other.test/")).text()).toBe("real");
    expect(await (await fetch("relative")).text()).toBe("real");
    expect((await fetch("https://anchor.test/nothing")).status).toBe(404);
    anchor.restore();
    await fetch("https://anchor.test/");
    expect(real).toHaveBeenCalledTimes(3);
});

test("an invalid script is refused", async () => {
    const { address } = await Keypair.random();
    expect(() => anchor.customers.script(address, [])).toThrow("at least one step");
    expect(() => anchor.customers.script(address, [{ status: "NEEDS_INFO", fields: ["shoe_size"] }])).toThrow("shoe_size is not a field of SEP-9");
    expect(() => anchor.customers.script("nobody", [{ status: "ACCEPTED" }])).toThrow('account "nobody"');
    expect(() => anchor.customers.script(address, [{ status: "FINE" as never }])).toThrow("FINE is not a status of SEP-12");
});
