// A wallet signs in, reads the customer, sends and deletes it, at anchors with the habits of other people's software.
import { afterEach, expect, test } from "vitest";
import { Anchor, type Customer, Keypair, type Session, todo } from "windlass";
import { caught } from "./caught.js";
import { type Habits, type OtherAnchor, otherAnchor } from "./other-anchors.js";

interface Row extends Habits {
    /** The names that `todo` gives, in its order. */
    todo: string[];
    /** The members that the wallet could not read. */
    odd: string[];
    choices: string[] | undefined;
}

const rows: Record<string, Row> = {
    Polaris: {
        claims: { iss: "http://localhost/auth", iat: 1700000000.512345, exp: 4000000000.512345, jti: "a1", client_domain: null },
        // Python: fields in the order of the form, null for what is not set, no `type` for some.
        customer: `{"id":"7f3a","status":"NEEDS_INFO","message":null,"fields":{
            "last_name":{"type":"string","description":"Family name","choices":null,"optional":null},
            "bank_account_number":{"type":"string","description":null,"optional":true},
            "first_name":{"type":"string","description":"Given name"}},
            "provided_fields":{"email_address":{"type":"string","description":"E-mail","status":"VERIFICATION_REQUIRED","error":null}}}`,
        created: '{"id":"7f3a"}',
        deleted: [200, ""],
        deadToken: [403, '{"error":"jwt has expired"}'],
        demandsMemoType: true,
        passphrase: undefined,
        todo: ["email_address_verification", "last_name", "first_name", "bank_account_number"],
        odd: [],
        choices: undefined,
    },
    PHP: {
        claims: { iss: "https://localhost", iat: 1700000000, exp: 4000000000 },
        // An empty array is a list, and numbers and booleans come from a database as text.
        customer: `{"id":"42","status":"NEEDS_INFO","fields":{
            "occupation":{"type":"number","description":"Job","optional":"true"},
            "id_type":{"type":"string","description":"Document","choices":[1,2,3]},
            "favourite_colour":{"type":"string","choices":["red","blue"],"optional":false}},
            "provided_fields":[]}`,
        created: '{"id":"42","status":"NEEDS_INFO"}',
        deleted: [200, "[]"],
        deadToken: [403, '{"error":"Invalid token"}'],
        redirectsToml: true,
        failsOnce: true,
        passphrase: null,
        todo: ["occupation", "id_type", "favourite_colour"],
        odd: ["fields.occupation.optional", "fields.id_type.choices"],
        choices: ["red", "blue"],
    },
    "Anchor Platform": {
        claims: { iss: "http://localhost:8080/auth", iat: 1700000000, exp: 4000000000, jti: "b2", client_domain: null, home_domain: "localhost" },
        // Java: every member of the class, the unset ones as null.
        customer: `{"id":"c5d1","status":"NEEDS_INFO","fields":{
            "mobile_number":{"type":"string","description":"Phone","choices":null,"optional":false},
            "birth_date":{"type":"date","description":"Birth","choices":null,"optional":false}},
            "provided_fields":null,"message":null}`,
        created: '{"id":"c5d1","status":null}',
        deleted: [200, '{"message":"deleted"}'],
        deadToken: [403, "<html><head><title>403 Forbidden</title></head><body>invalid token</body></html>"],
        passphrase: "Test SDF Network ; September 2015",
        todo: ["mobile_number", "birth_date"],
        odd: [],
        choices: undefined,
    },
};

let anchor: OtherAnchor;
afterEach(() => anchor.stop());

async function signIn(habits: Habits, renew: boolean): Promise<Session> {
    anchor = await otherAnchor(habits);
    return (await Anchor.discover(anchor.domain, { allowHttp: true })).signIn(await Keypair.random(), { renew });
}

test.each(Object.entries(rows))("a wallet signs in, reads, sends and deletes a customer at an anchor like %s", async (_, row) => {
    const session = await signIn(row, true);
    if (row.failsOnce) {
        const error = await caught(() => session.customer());
        expect([error.status, error.message]).toEqual([503, "the anchor answered 503 with a web page (HTML)"]);
    }

    const customer: Customer = await session.customer({ memo: 7n });
    expect(todo(customer).map(({ name }) => name)).toEqual(row.todo);
    expect(customer.odd ?? []).toEqual(row.odd);
    expect(customer.fields?.["favourite_colour"]?.choices).toEqual(row.choices);
    expect(customer.provided_fields ?? {}).toEqual(row.customer.includes("email_address") ? { email_address: expect.objectContaining({ status: "VERIFICATION_REQUIRED" }) } : {});

    const fields = { last_name: "Lovelace", mobile_number: "0171 1234567", occupation: "painter" };
    const { id } = await session.putCustomer({ fields, memo: 7n }, { customer: { ...customer, fields: {} } });
    expect(id).toBe(customer.id);
    expect(anchor.asked.at(-1)).toContain('"last_name":"Lovelace"');
    expect(anchor.asked.at(-1)?.includes('"memo_type":"id"')).toBe(row.demandsMemoType === true);

    anchor.endTokens();
    expect(await session.deleteCustomer({ memo: 7n })).toBeUndefined();
    expect(anchor.asked.at(-1)).toMatch(new RegExp(`^DELETE /kyc/customer/${session.account} `));
});

test.each(Object.entries(rows))("a token that has ended is named at an anchor like %s", async (_, row) => {
    const session = await signIn({ ...row, failsOnce: false }, false);
    await session.customer();
    anchor.endTokens();
    const error = await caught(() => session.customer());
    expect([error.code, error.status, error.message.includes("<")]).toEqual(["token_invalid", 403, false]);
});
