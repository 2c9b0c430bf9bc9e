import { expect, test } from "vitest";
import { Anchor, Keypair, WindlassError, checkFields, isWindlassError, nextStep } from "windlass";
import { DOMAIN, fakeAnchor, json, token } from "./anchor.js";
import { caught } from "./caught.js";

const fake = fakeAnchor();

test("exceptions are Error objects with a name, a code and a message", async () => {
    const error = await caught(() => Keypair.fromSecret("S"));
    expect(error).toBeInstanceOf(WindlassError);
    expect(error).toBeInstanceOf(Error);
    expect([error.name, error.code]).toEqual(["WindlassError", "invalid_secret_key"]);
    expect(error.message).toMatch(/^invalid secret key: /);
    expect(Object.keys(error).sort()).toEqual(["code", "name"]);
    expect(error.stack).toContain("errors.test.ts");
});

test("isWindlassError accepts only errors of windlass", () => {
    expect(isWindlassError(new WindlassError("network", "x"))).toBe(true);
    for (const other of [new Error("x"), { name: "WindlassError", code: "network" }, "network", null, undefined]) {
        expect(isWindlassError(other)).toBe(false);
    }
});

test("an error keeps the anchor's message, code, field and status", async () => {
    const session = await fake.session(await Keypair.random());
    fake.kyc.push(() => json({ error: "birth_date must be a date", code: "invalid_field", field: "birth_date" }, 400));
    const error = await caught(() => session.customer());
    expect([error.code, error.field, error.status]).toEqual(["invalid_field", "birth_date", 400]);
    expect(error.message).toBe("birth_date must be a date");
});

test("the error for a web page in place of an answer says so", async () => {
    const session = await fake.session(await Keypair.random());
    fake.kyc.push(() => new Response("<html>Bad gateway</html>", { status: 502 }));
    const error = await caught(() => session.customer());
    expect([error.code, error.status]).toEqual(["internal", 502]);
    expect(error.message).toBe("the anchor answered 502 with a web page (HTML)");
});

test("an unreachable server is a network error", async () => {
    const reason = new TypeError("fetch failed");
    fake.challenge = () => Promise.reject(reason);
    const anchor = await fake.anchor();
    const error = await caught(async () => anchor.signIn(await Keypair.random()));
    expect(error.code).toBe("network");
    expect(error.cause).toBe(reason);
    expect(error.message).toBe(`cannot reach https://${DOMAIN}/auth: TypeError: fetch failed`);
});

test("an endless answer is cut off", async () => {
    let sent = 0;
    const endless = new ReadableStream({
        pull: (controller) => {
            sent += 65_536;
            controller.enqueue(new Uint8Array(65_536));
        },
    });
    const session = await fake.session(await Keypair.random());
    fake.kyc.push(() => new Response(endless));
    const error = await caught(() => session.customer());
    expect(error.code).toBe("unexpected_response");
    expect(sent).toBeLessThan(3_000_000);
});

test("redirects are not followed, and the error names them", async () => {
    const session = await fake.session(await Keypair.random());
    fake.kyc.push(() => new Response(null, { status: 302, headers: { Location: "https://elsewhere.example" } }));
    expect((await caught(() => session.customer())).code).toBe("unexpected_response");
});

test("each failure of discovery has its code", async () => {
    expect((await caught(() => Anchor.discover("https://x"))).code).toBe("invalid_home_domain");
    expect((await caught(() => Anchor.discover(DOMAIN, { networkPassphrase: "Other" }))).code).toBe("wrong_network");
    fake.toml = "<html>";
    expect((await caught(() => Anchor.discover(DOMAIN))).code).toBe("invalid_toml");
    fake.toml = "x = 1";
    const anchor = await fake.anchor();
    expect((await caught(async () => anchor.signIn(await Keypair.random()))).code).toBe("not_offered");
});

test("each malformed or expired token has its code", async () => {
    const anchor = await fake.anchor();
    const { address } = await Keypair.random();
    expect((await caught(() => anchor.resume("x"))).code).toBe("token_invalid");
    expect((await caught(() => anchor.resume(token(address, 5)))).code).toBe("token_expired");
});

test("arguments of the wrong type are refused and not guessed", async () => {
    const session = await fake.session(await Keypair.random());
    const wrong: [() => unknown, RegExp][] = [
        [() => session.customer("c1" as never), /options must be an object/],
        [() => session.customer({ id: 7 as never }), /id must be a string/],
        [() => session.customer({ memo: 7 as never }), /memo must be a string or a bigint/],
        [() => session.putCustomer({ fields: "x" as never }), /options must be an object/],
        [() => session.uploadFile("x" as never), /Blob, File or Uint8Array/],
        [() => session.files({} as never), /either file_id or customer_id/],
    ];
    for (const [act, message] of wrong) {
        const error = await caught(act);
        expect([error.code, error.message]).toEqual(["invalid_request", expect.stringMatching(message)]);
    }
    expect(fake.asked).toHaveLength(1);
});

test("the error for an answer of another shape says which member is wrong", async () => {
    const session = await fake.session(await Keypair.random());
    const wrong: [unknown, string][] = [
        ["secret", "must be an object"],
        [[], "must be an object"],
        [{}, "missing field `status`"],
        [{ status: 7 }, "status must be a string"],
    ];
    for (const [answer, message] of wrong) {
        fake.kyc.push(() => json(answer));
        const error = await caught(() => session.customer());
        expect([error.code, error.message]).toEqual(["unexpected_response", `unexpected answer: ${message}`]);
    }
});

// Other anchors' habits: PHP prints an empty map as a list, some print numbers and booleans as text.
test("a value of the wrong type costs only its own member, which is named", async () => {
    const session = await fake.session(await Keypair.random());
    const odd: [object, string[], object?][] = [
        [{ fields: [], provided_fields: [] }, [], { fields: {}, provided_fields: {} }],
        [{ fields: ["x"] }, ["fields"]],
        [{ id: 7, message: {} }, ["id", "message"]],
        [{ fields: { "a.b": 7, z: {}, y: {} } }, ["fields.a.b"], { fields: { z: {}, y: {} } }],
        [{ fields: { city: { choices: [1, 2, 3], type: "string" } } }, ["fields.city.choices"], { fields: { city: { type: "string" } } }],
        [{ fields: { city: { optional: "true" } } }, ["fields.city.optional"], { fields: { city: {} } }],
        [
            { provided_fields: { city: { error: false, choices: "x", optional: 1, status: "REJECTED" } } },
            ["provided_fields.city.error", "provided_fields.city.choices", "provided_fields.city.optional"],
            { provided_fields: { city: { status: "REJECTED" } } },
        ],
    ];
    for (const [answer, names, rest = {}] of odd) {
        fake.kyc.push(() => json({ status: "NEEDS_INFO", ...answer }));
        const customer = await session.customer();
        expect(customer).toEqual({ status: "NEEDS_INFO", ...rest, ...(names.length > 0 && { odd: expect.arrayContaining(names) as string[] }) });
        expect(customer.odd ?? []).toHaveLength(names.length);
        expect(nextStep(customer)).toBeDefined();
    }
});

test("options that do not exist are refused by name", async () => {
    const anchor = await fake.anchor();
    const session = await fake.session(await Keypair.random());
    const wrong: [() => unknown, string][] = [
        [() => Anchor.discover("anchor.example.com", { allowHTTP: true } as never), "allowHTTP"],
        [async () => anchor.signIn(await Keypair.random(), { Memo: "7" } as never), "Memo"],
        [() => session.customer({ kind: "sep6" } as never), "kind"],
        [() => session.waitForStatus({ until: ["ACCEPTED"], intervall: 1 } as never), "intervall"],
        [() => session.watch({ until: ["ACCEPTED"] } as never), "until"],
        [() => session.putCustomer({ first_name: "Ada" } as never), "first_name"],
        [() => session.putCustomer({}, { known: undefined } as never), "known"],
        [() => session.putVerification({ id: "1", codes: {}, code: "1" } as never), "code"],
        [() => session.deleteCustomer({ account: "G" } as never), "account"],
        [() => session.files({ file_id: "1", id: "1" } as never), "id"],
        [() => session.setCallback("https://wallet.example.com", { kind: "1" } as never), "kind"],
        [() => checkFields({}, { day: "2030-01-01" } as never), "day"],
    ];
    for (const [act, name] of wrong) {
        const error = await caught(act);
        expect([error.code, error.message]).toEqual(["invalid_request", expect.stringMatching(`^unknown option ${name};`)]);
    }
});
