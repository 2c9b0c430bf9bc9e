// SEP-12 with plain fetch, as an independent client uses it, in all three encodings.
import { Keypair, MuxedAccount, Account, Transaction } from "@stellar/stellar-sdk";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { code } from "../support/inbox.js";
import { png } from "../support/png.js";
import { until } from "../support/poll.js";
import { Server } from "../support/server.js";
import { PASSPHRASE } from "./ledger.js";

let server: Server;

beforeAll(async () => {
  server = await Server.start();
});

afterAll(() => server?.stop());

/** A client that has signed in. */
class Client {
  private constructor(
    readonly account: string,
    readonly token: string,
  ) {}

  /** Signs in: a new key, or one that is given, or one of its users. */
  static async signIn(key = Keypair.random(), parameters: Record<string, string> = {}): Promise<Client> {
    const query = new URLSearchParams({ account: key.publicKey(), ...parameters });
    const challenge = await fetch(`${server.url}/auth?${query}`);
    const { transaction } = (await challenge.json()) as { transaction: string };
    const signed = new Transaction(transaction, PASSPHRASE);
    signed.sign(key);
    const body = new URLSearchParams({ transaction: signed.toXdr() });
    const answer = await fetch(`${server.url}/auth`, { method: "POST", body });
    const { token } = (await answer.json()) as { token: string };
    return new Client(query.get("account") ?? "", token);
  }

  send(method: string, path: string, body?: BodyInit, headers: Record<string, string> = {}): Promise<Response> {
    const authorization = { Authorization: `Bearer ${this.token}` };
    return fetch(`${server.url}/kyc${path}`, { method, headers: { ...authorization, ...headers }, body: body ?? null });
  }

  put(parameters: Parameters_, encoding: Encoding): Promise<Response> {
    return this.send("PUT", "/customer", ...encode(parameters, encoding));
  }

  async customer(query: Record<string, string> = {}): Promise<Customer> {
    const response = await this.send("GET", `/customer?${new URLSearchParams(query)}`);
    expect(response.status).toBe(200);
    return (await response.json()) as Customer;
  }
}

interface Customer {
  id?: string;
  status: string;
  fields?: Record<string, object>;
  provided_fields?: Record<string, { status?: string }>;
}

const ENCODINGS = ["json", "form", "multipart"] as const;
type Encoding = (typeof ENCODINGS)[number];
type Parameters_ = Record<string, string | Blob>;

function encode(parameters: Parameters_, encoding: Encoding): [body: BodyInit, headers: Record<string, string>] {
  switch (encoding) {
    case "json":
      return [JSON.stringify(parameters), { "Content-Type": "application/json" }];
    case "form":
      return [new URLSearchParams(parameters as Record<string, string>), {}];
    case "multipart": {
      const form = new FormData();
      for (const [name, value] of Object.entries(parameters)) form.append(name, value);
      return [form, {}];
    }
  }
}

async function created(response: Response): Promise<string> {
  const { id, error } = (await response.json()) as { id: string; error?: string };
  expect([response.status, error]).toEqual([202, undefined]);
  expect(id).not.toBe("");
  return id;
}

async function refusal(response: Response): Promise<unknown[]> {
  const { error, code, field } = (await response.json()) as { error: string; code: string; field?: string };
  expect(error).not.toBe("");
  expect(response.headers.get("Content-Type")).toMatch(/^application\/json/);
  expect(response.headers.get("Access-Control-Allow-Origin")).toBe("*");
  return field === undefined ? [response.status, code] : [response.status, code, field];
}

let numbers = 5550100;
/** A telephone number that no other test uses. */
const number = () => `+1415${(numbers += 1)}`;

const PERSON = {
  first_name: "Ana Ōe & Söhne = 100% + 1",
  last_name: "O'Neill \"李\"",
  email_address: "ana+kyc@mail.example",
  birth_date: "1990-04-21",
  address_country_code: "jpn",
  address: "Bahnhofstraße 1\n8001 Zürich\n",
  id_type: "passport",
};

function padded(bytes: Uint8Array, by: number): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(bytes.length + by);
  all.set(bytes);
  return all;
}

const photo = (bytes: Uint8Array<ArrayBuffer> = png()) => new Blob([bytes], { type: "image/png" });

describe.each(ENCODINGS)("by %s", (encoding) => {
  test("a customer is registered, told what is missing, and found again", async () => {
    const client = await Client.signIn();
    const before = await client.customer();
    expect([before.id, before.status]).toEqual([undefined, "NEEDS_INFO"]);
    expect(Object.keys(before.fields ?? {})).toContain("photo_id_front");

    const id = await created(await client.put(PERSON, encoding));
    expect(await created(await client.put(PERSON, encoding))).toBe(id);
    const after = await client.customer({ id });
    expect([after.id, after.status]).toEqual([id, "NEEDS_INFO"]);
    expect(Object.keys(after.fields ?? {}).sort()).toEqual(["mobile_number", "photo_id_back", "photo_id_front"]);
    expect(Object.keys(after.provided_fields ?? {}).sort()).toEqual(Object.keys(PERSON).sort());
    expect(JSON.stringify(after)).not.toContain("Neill");
  });

  test("a code is requested, refused and accepted", async () => {
    const client = await Client.signIn();
    const mobile_number = number();
    const id = await created(await client.put({ ...PERSON, mobile_number }, encoding));
    expect((await client.customer()).provided_fields?.["mobile_number"]?.status).toBe("VERIFICATION_REQUIRED");
    const right = await code(server, mobile_number);
    const wrong = right === "000000" ? "000001" : "000000";
    const refused = await client.put({ id, mobile_number_verification: wrong }, encoding);
    expect((await refusal(refused)).slice(0, 2)).toEqual([400, "invalid_code"]);
    expect(await created(await client.put({ id, mobile_number_verification: right }, encoding))).toBe(id);
    expect((await client.customer()).provided_fields?.["mobile_number"]?.status).toBe("ACCEPTED");
    const idle = await client.put({ id, email_address_verification: "1" }, encoding);
    expect((await refusal(idle)).slice(0, 2)).toEqual([400, "nothing_to_verify"]);
  });

  test("nothing is stored of a request with one bad value", async () => {
    const client = await Client.signIn();
    for (const [name, value] of [
      ["birth_date", "21.4.1990"],
      ["birth_date", "2999-01-01"],
      ["address_country_code", "Japan"],
      ["mobile_number", "4155550100"],
      ["email_address", "ana"],
      ["first_name", ""],
    ] as const) {
      const response = await client.put({ ...PERSON, [name]: value }, encoding);
      expect(await refusal(response), `${name}: ${value}`).toEqual([400, "invalid_field", name]);
    }
    expect((await client.customer()).id).toBeUndefined();
  });

  test("names with dots are flat, unknown ones are ignored", async () => {
    const client = await Client.signIn();
    const id = await created(
      await client.put({ "organization.name": "Harbour", "organization.VAT_number": "1", favourite_colour: "red" }, encoding),
    );
    expect((await client.customer()).id).toBe(id);
  });

  test("a memo names a user of the account, and is deleted with it", async () => {
    const client = await Client.signIn();
    const own = await created(await client.put({}, encoding));
    const first = await created(await client.put({ memo: "1", first_name: "Ana" }, encoding));
    const second = await created(await client.put({ memo: "2", memo_type: "id", first_name: "Ben" }, encoding));
    expect(new Set([own, first, second]).size).toBe(3);
    expect((await client.customer({ memo: "2" })).id).toBe(second);

    const remove = (memo: string) => client.send("DELETE", `/customer/${client.account}`, ...encode({ memo }, encoding));
    expect((await remove("1")).status).toBe(200);
    expect(await refusal(await remove("1"))).toEqual([404, "customer_not_found"]);
    expect((await client.customer({ memo: "1" })).id).toBeUndefined();
    expect((await client.customer({ memo: "2" })).id).toBe(second);
    expect((await client.customer()).id).toBe(own);
    expect((await refusal(await client.put({ memo: "x" }, encoding))).slice(0, 2)).toEqual([400, "invalid_memo"]);
  });

  test("the old way of returning a code still works", async () => {
    const client = await Client.signIn();
    const mobile_number = number();
    const id = await created(await client.put({ mobile_number }, encoding));
    const [body, headers] = encode({ id, mobile_number_verification: await code(server, mobile_number) }, encoding);
    const response = await client.send("PUT", "/customer/verification", body, headers);
    expect(response.status).toBe(200);
    const customer = (await response.json()) as Customer;
    expect(customer.provided_fields?.["mobile_number"]?.status).toBe("ACCEPTED");
  });
});

describe("a photo", () => {
  test("makes the customer accepted, first or last in the form", async () => {
    for (const order of ["first", "last"] as const) {
      const client = await Client.signIn();
      const mobile_number = number();
      const text = { ...PERSON, mobile_number };
      const file = { photo_id_front: photo() };
      const id = await created(await client.put(order === "first" ? { ...file, ...text } : { ...text, ...file }, "multipart"));
      await created(await client.put({ id, mobile_number_verification: await code(server, mobile_number) }, "json"));
      expect((await client.customer()).status, order).toBe("ACCEPTED");
    }
  });

  test("is checked by its bytes", async () => {
    const client = await Client.signIn();
    const named = new File([png()], "photo.jpg", { type: "image/jpeg" });
    await created(await client.put({ photo_id_front: named }, "multipart"));
    for (const bad of [photo(Uint8Array.from(Buffer.from("not a photo"))), photo(new Uint8Array()), new Blob(["%PDF-1.7"])]) {
      const response = await client.put({ photo_id_back: bad }, "multipart");
      expect(await refusal(response)).toEqual([400, "invalid_field", "photo_id_back"]);
    }
    for (const encoding of ["json", "form"] as const) {
      const text = Buffer.from(png()).toString("base64");
      const response = await client.put({ photo_id_back: text }, encoding);
      expect(await refusal(response)).toEqual([400, "invalid_field", "photo_id_back"]);
    }
    const text = await client.put({ first_name: new File(["Ana"], "name.txt") }, "multipart");
    expect(await refusal(text)).toEqual([400, "invalid_field", "first_name"]);
  });

  test("of eight megabytes is accepted, of eleven refused", async () => {
    const client = await Client.signIn();
    const of = (megabytes: number) => photo(padded(png(), megabytes << 20));
    await created(await client.put({ photo_id_front: of(8) }, "multipart"));
    const response = await client.put({ photo_id_back: of(11) }, "multipart");
    expect((await refusal(response)).slice(0, 2)).toEqual([413, "too_large"]);
  });

  test("can be uploaded first and named later", async () => {
    const client = await Client.signIn();
    const form = new FormData();
    form.append("file", photo());
    const uploaded = await client.send("POST", "/customer/files", form);
    expect(uploaded.status).toBe(200);
    const file = (await uploaded.json()) as { file_id: string; content_type: string; size: number; customer_id?: string };
    expect(file).toMatchObject({ content_type: "image/png", size: png().length });
    expect(file.customer_id ?? null).toBeNull();

    const id = await created(await client.put({ photo_id_front_file_id: file.file_id }, "json"));
    const listed = await client.send("GET", `/customer/files?customer_id=${id}`);
    const { files } = (await listed.json()) as { files: { file_id: string; customer_id: string; expires_at?: string }[] };
    expect(files).toEqual([expect.objectContaining({ file_id: file.file_id, customer_id: id })]);
    expect(files[0]?.expires_at).toBeUndefined();

    const stranger = await Client.signIn();
    const foreign = await stranger.put({ photo_id_front_file_id: file.file_id }, "json");
    expect((await refusal(foreign)).slice(0, 2)).toEqual([400, "file_not_found"]);
    const seen = await stranger.send("GET", `/customer/files?file_id=${file.file_id}`);
    expect(await seen.json()).toEqual({ files: [] });
  });
});

describe("one customer", () => {
  test("is named by a memo in the token, by the muxed account and by the plain account's memo", async () => {
    const key = Keypair.random();
    const muxed = new MuxedAccount(new Account(key.publicKey(), "0"), "7").accountId();
    const [plain, shared, asMuxed] = [
      await Client.signIn(key),
      await Client.signIn(key, { memo: "7" }),
      await Client.signIn(key, { account: muxed }),
    ];
    const id = await created(await shared.put({ first_name: "Ana" }, "json"));
    expect(await created(await asMuxed.put({ last_name: "Ōe" }, "form"))).toBe(id);
    expect(await created(await plain.put({ memo: "7", birth_date: "1990-04-21" }, "multipart"))).toBe(id);
    const { provided_fields } = await asMuxed.customer({ id });
    expect(Object.keys(provided_fields ?? {}).sort()).toEqual(["birth_date", "first_name", "last_name"]);

    // Other accounts do not see it: it looks as if it did not exist.
    const others = [await Client.signIn(), await Client.signIn(key, { memo: "8" })];
    for (const other of others) {
      const [foreign, unknown] = [
        await other.send("GET", `/customer?id=${id}`),
        await other.send("GET", `/customer?id=${id.replace(/.$/, id.endsWith("0") ? "1" : "0")}`),
      ];
      expect(foreign.status).toBe(404);
      const tell = async (response: Response) => (await response.text()).replace(/[0-9a-f-]{36}/g, "<id>");
      expect(await tell(foreign)).toBe(await tell(unknown));
    }
  });

  test("is made by ten concurrent requests", async () => {
    const client = await Client.signIn();
    const all = await Promise.all(
      Array.from({ length: 10 }, (_, i) => client.put({ first_name: "Ana" }, ENCODINGS[i % 3] ?? "json")),
    );
    const ids = await Promise.all(all.map(created));
    expect(new Set(ids).size).toBe(1);
  });
});

describe("what cannot be read is refused, and the server goes on", () => {
  const bodies: [name: string, type: string | undefined, body: string, refusal: unknown[]][] = [
    ["no JSON", "application/json", "{", [400, "invalid_request"]],
    ["a JSON list", "application/json", "[]", [400, "invalid_request"]],
    ["JSON twice", "application/json", "{}{}", [400, "invalid_request"]],
    ["a name twice in JSON", "application/json", '{"first_name":"A","first_name":"B"}', [400, "invalid_request", "first_name"]],
    ["a nested object", "application/json", '{"first_name":{"x":1}}', [400, "invalid_field", "first_name"]],
    ["null", "application/json", '{"first_name":null}', [400, "invalid_field", "first_name"]],
    ["a number for text", "application/json", '{"first_name":5}', [400, "invalid_field", "first_name"]],
    ["an unfinished escape", "application/x-www-form-urlencoded", "first_name=%4", [400, "invalid_request"]],
    ["no UTF-8", "application/x-www-form-urlencoded", "first_name=%ff", [400, "invalid_request"]],
    ["a name twice in a form", "application/x-www-form-urlencoded", "first_name=A&first_name=B", [400, "invalid_request", "first_name"]],
    ["a raw plus sign", "application/x-www-form-urlencoded", "mobile_number=+14155550100", [400, "invalid_field", "mobile_number"]],
    ["no boundary", "multipart/form-data", "x", [400, "invalid_request"]],
    ["a cut part", "multipart/form-data; boundary=b", '--b\r\nContent-Disposition: form-data; name="first_name"\r\n\r\nAna', [400, "invalid_request"]],
    ["a part without a name", "multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data\r\n\r\nAna\r\n--b--\r\n", [400, "invalid_request"]],
    ["plain text", "text/plain", "first_name=Ana", [415, "unsupported_media_type"]],
    ["XML", "application/xml", "<x/>", [415, "unsupported_media_type"]],
    ["two megabytes of JSON", "application/json", JSON.stringify({ x: "x".repeat(2 << 20) }), [413, "too_large"]],
  ];

  test.each(bodies)("%s", async (_, type, body, expected) => {
    const client = await Client.signIn();
    const headers: Record<string, string> = type === undefined ? {} : { "Content-Type": type };
    const response = await client.send("PUT", "/customer", Buffer.from(body), headers);
    expect(await refusal(response)).toEqual(expected);
    expect((await client.customer()).id).toBeUndefined();
  });

  test("invalid tokens", async () => {
    const { token, account } = await Client.signIn();
    const [head, payload, signature] = token.split(".") as [string, string, string];
    const none = Buffer.from('{"alg":"none","typ":"JWT"}').toString("base64url");
    const other = Buffer.from(Buffer.from(payload, "base64url").toString().replace(account, Keypair.random().publicKey()));
    const foreign = { Authorization: "Basic eDp5" };
    const bad: [string, Record<string, string>, string][] = [
      ["none", {}, "token_missing"],
      ["another scheme", foreign, "token_missing"],
      ["garbage", { Authorization: "Bearer x" }, "token_invalid"],
      ["unsigned", { Authorization: `Bearer ${none}.${payload}.` }, "token_invalid"],
      ["another subject", { Authorization: `Bearer ${head}.${other.toString("base64url")}.${signature}` }, "token_invalid"],
      ["signature cut", { Authorization: `Bearer ${head}.${payload}.${signature.slice(0, -4)}` }, "token_invalid"],
    ];
    const endpoints = [
      ["GET", "/customer"],
      ["PUT", "/customer"],
      ["PUT", "/customer/verification"],
      ["PUT", "/customer/callback"],
      ["DELETE", `/customer/${account}`],
      ["POST", "/customer/files"],
      ["GET", "/customer/files?file_id=1"],
    ] as const;
    for (const [method, path] of endpoints) {
      for (const [name, headers, code] of bad) {
        const response = await fetch(`${server.url}/kyc${path}`, { method, headers });
        expect(await refusal(response), `${method} ${path}: ${name}`).toEqual([401, code]);
      }
    }
  });

  test("an upload without a valid token is refused, and the client sees the refusal", async () => {
    for (const Authorization of ["Bearer x", "Basic eDp5"]) {
      for (const bytes of [new Uint8Array(10), new Uint8Array(8 << 20), new Uint8Array(40 << 20)]) {
        const form = new FormData();
        form.append("photo_id_front", new Blob([bytes]));
        const response = await fetch(`${server.url}/kyc/customer`, { method: "PUT", headers: { Authorization }, body: form });
        expect((await refusal(response))[0]).toBe(401);
      }
    }
  });

  test("every origin is allowed", async () => {
    const headers = {
      Origin: "https://wallet.example.org",
      "Access-Control-Request-Method": "PUT",
      "Access-Control-Request-Headers": "authorization,content-type",
    };
    for (const path of ["/auth", "/kyc/customer", "/kyc/customer/verification", "/kyc/customer/files", "/kyc/customer/callback"]) {
      const response = await fetch(`${server.url}${path}`, { method: "OPTIONS", headers });
      expect(response.status, path).toBeLessThan(300);
      expect(response.headers.get("Access-Control-Allow-Origin"), path).toBe("*");
      expect(response.headers.get("Access-Control-Allow-Headers")?.toLowerCase(), path).toContain("authorization");
      expect(response.headers.get("Access-Control-Allow-Credentials"), path).toBeNull();
    }
  });

  test("the server works afterwards", async () => {
    const healthy = await until("health", async () => ((await fetch(`${server.url}/health`)).ok ? true : undefined));
    expect(healthy).toBe(true);
  });
});
