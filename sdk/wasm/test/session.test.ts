import { expect, test } from "vitest";
import { Keypair, type Customer, todo } from "windlass";
import { fakeAnchor, json, token } from "./anchor.js";
import { caught } from "./caught.js";

const fake = fakeAnchor();
const key = await Keypair.random();
const PNG = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3]);

const last = () => {
    const { method, url, headers, body } = fake.asked.at(-1)!;
    return { to: `${method} ${url}`, type: headers.get("Content-Type"), token: headers.get("Authorization"), body };
};
const text = (bytes: Uint8Array) => new TextDecoder("latin1").decode(bytes);

test("customer() sends query and token, and returns plain objects", async () => {
    const session = await fake.session(key);
    const customer = {
        id: "c1",
        status: "NEEDS_INFO",
        fields: { birth_date: { type: "date", description: "Day of birth" }, tax_id: { type: "string", optional: true } },
        provided_fields: { mobile_number: { type: "string", status: "VERIFICATION_REQUIRED" } },
        message: "More, please",
    };
    fake.kyc.push(() => json({ ...customer, unknown: 1 }));
    const answer = await session.customer({ type: "sep6", memo: 18446744073709551615n, lang: "de" });
    expect(answer).toEqual(customer);
    expect(last()).toMatchObject({
        to: "GET https://anchor.example.com/kyc/customer?memo=18446744073709551615&type=sep6&lang=de",
        token: `Bearer ${token(key.address)}`,
        type: null,
    });
    expect(todo(answer)).toEqual([
        { name: "mobile_number_verification", type: "string", verifies: "mobile_number" },
        { name: "birth_date", type: "date", description: "Day of birth" },
        { name: "tax_id", type: "string", optional: true },
    ]);
});

test("requests are made without cookies, cache and redirects", async () => {
    const session = await fake.session(key);
    let init: Request | undefined;
    const inner = globalThis.fetch;
    globalThis.fetch = ((request: Request) => ((init = request), inner(request))) as typeof fetch;
    fake.kyc.push(() => json({ status: "ACCEPTED" }));
    await session.customer();
    expect([init?.credentials, init?.cache, init?.redirect]).toEqual(["omit", "no-store", "manual"]);
});

test("values are sent as JSON, in canonical form", async () => {
    const session = await fake.session(key);
    fake.kyc.push(() => json({ id: "c1" }, 202));
    const created = await session.putCustomer({
        type: "sep6",
        memo: 7n,
        fields: { last_name: "Ōe", address_country_code: "jpn", occupation: 251, city: undefined, mobile_number_verification: "0042" },
    });
    expect(created).toEqual({ id: "c1" });
    expect(last()).toMatchObject({ to: "PUT https://anchor.example.com/kyc/customer", type: "application/json" });
    expect(JSON.parse(new TextDecoder().decode(last().body))).toEqual({
        type: "sep6",
        memo: "7",
        last_name: "Ōe",
        address_country_code: "JPN",
        occupation: 251,
        mobile_number_verification: "0042",
    });
});

test("files of every kind are sent as multipart, after the values", async () => {
    const session = await fake.session(key);
    const kinds = [PNG, new Blob([PNG]), new File([PNG], "me.jpg", { type: "image/jpeg" }), PNG.buffer as never];
    for (const photo of kinds) {
        fake.kyc.push(() => json({ id: "c1" }, 202));
        await session.putCustomer({ fields: { photo_id_front: photo, city: "Roma" } });
        const { type, body } = last();
        expect(type).toMatch(/^multipart\/form-data; boundary=/);
        const form = await new Response(new Blob([body as Uint8Array<ArrayBuffer>]), { headers: { "Content-Type": type ?? "" } }).formData();
        expect([...form.keys()]).toEqual(["city", "photo_id_front"]);
        const file = form.get("photo_id_front") as File;
        expect([file.type, file.name]).toEqual(["image/png", photo instanceof File ? "me.jpg" : "photo_id_front"]);
        expect(new Uint8Array(await file.arrayBuffer())).toEqual(PNG);
        expect(text(body)).not.toMatch(/name="city"; filename/);
    }
});

test("invalid values are not sent", async () => {
    const session = await fake.session(key);
    const fields: Record<string, never>[] = [
        { birth_date: "1.1.2000" as never },
        { birth_date: 20000101 as never },
        { city: true as never },
        { city: null as never },
        { occupation: 25.1 as never },
        { photo_id_front: new Blob(["text"]) as never },
        { photo_id_front: "base64" as never },
        { family_name: PNG as never },
    ];
    for (const wrong of fields) {
        const error = await caught(() => session.putCustomer({ fields: wrong }, { checks: "strict" }));
        expect([error.code, error.field]).toEqual(["invalid_field", Object.keys(wrong)[0]]);
    }
    expect(fake.asked).toHaveLength(1);
});

test("what SEP-9 does not demand is sent unless checks are strict", async () => {
    const session = await fake.session(key);
    const doubtful = {
        mobile_number: "0171 1234567",
        occupation: "painter",
        address_country_code: "DE",
        photo_id_front: new File(["RIFF\0\0\0\0WEBP"], "id.webp", { type: "image/webp" }),
        photo_id_back: new File(["\0\0\0\x24ftypheic"], "id.heic", { type: "image/heic" }),
    };
    for (const [name, value] of Object.entries(doubtful)) {
        const error = await caught(() => session.putCustomer({ fields: { [name]: value } }, { checks: "strict" }));
        expect([error.code, error.field]).toEqual(["invalid_field", name]);
    }
    fake.kyc.push(() => json({ id: "c1" }, 202));
    await session.putCustomer({ fields: doubtful });
    const body = text(last().body);
    for (const part of ["0171 1234567", "painter", "Content-Type: image/webp", "Content-Type: image/heic"]) {
        expect(body).toContain(part);
    }
});

test("memo_type is sent to an anchor that demands it", async () => {
    const session = await fake.session(key);
    const demand = () => json({ error: "'memo_type' is required with 'memo'" }, 400);
    fake.kyc.push(demand, () => json({ status: "ACCEPTED" }), demand, () => json({}));
    expect((await session.customer({ memo: 7n })).status).toBe("ACCEPTED");
    expect(last().to).toBe("GET https://anchor.example.com/kyc/customer?memo=7&memo_type=id");
    await session.deleteCustomer({ memo: 7n });
    expect(text(last().body)).toBe('{"memo":"7","memo_type":"id"}');
});

test("values are checked against the choices of the given customer", async () => {
    const session = await fake.session(key);
    const customer: Customer = { status: "NEEDS_INFO", fields: { id_type: { type: "string", choices: ["passport"] } } };
    const error = await caught(() => session.putCustomer({ fields: { id_type: "id_card" } }, { customer }));
    expect([error.code, error.field]).toEqual(["invalid_field", "id_type"]);
    fake.kyc.push(() => json({ id: "c1" }, 202));
    await session.putCustomer({ fields: { id_type: "passport" } }, { customer });
});

test("the customer is deleted, by memo where the token names no user", async () => {
    const session = await fake.session(key);
    fake.kyc.push(() => new Response(null), () => json({}));
    expect(await session.deleteCustomer()).toBeUndefined();
    expect(last()).toMatchObject({ to: `DELETE https://anchor.example.com/kyc/customer/${key.address}`, type: null });
    await session.deleteCustomer({ memo: 7n });
    expect(text(last().body)).toBe('{"memo":"7"}');
    fake.kyc.push(() => json({ error: "nothing", code: "customer_not_found" }, 404));
    expect((await caught(() => session.deleteCustomer())).code).toBe("customer_not_found");
});

test("files are uploaded and listed separately", async () => {
    const session = await fake.session(key);
    const file = { file_id: "f1", content_type: "image/png", size: 11, expires_at: "2026-01-02T03:04:05Z" };
    fake.kyc.push(() => json({ ...file, customer_id: null }), () => json({ files: [file] }));
    expect(await session.uploadFile(new File([PNG], "a.png"), "b.png")).toEqual(file);
    expect(text(last().body)).toContain('name="file"; filename="b.png"\r\nContent-Type: image/png');
    expect(await session.files({ file_id: "f1" })).toEqual([file]);
    expect(last().to).toBe("GET https://anchor.example.com/kyc/customer/files?file_id=f1");
});

test("a callback is registered", async () => {
    const session = await fake.session(key);
    fake.kyc.push(() => json({}));
    expect(await session.setCallback("https://wallet.example/kyc", { id: "c1" })).toBeUndefined();
    expect(JSON.parse(text(last().body))).toEqual({ url: "https://wallet.example/kyc", id: "c1" });
});

test("calls of one session may run at once", async () => {
    const session = await fake.session(key);
    fake.kyc.push(...Array.from({ length: 5 }, () => () => json({ status: "PROCESSING" })));
    const customers = await Promise.all(Array.from({ length: 5 }, () => session.customer()));
    expect(customers).toEqual(Array(5).fill({ status: "PROCESSING" }));
});
