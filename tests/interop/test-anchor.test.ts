// The test anchor against the server: the same requests, valid or not, get the same answers.
import { Keypair, Transaction } from "@stellar/stellar-sdk";
import { afterAll, beforeAll, expect, test } from "vitest";
import { testAnchor } from "windlass/testing";
import { png } from "../support/png.js";
import { Server } from "../support/server.js";

const FIELDS = ["first_name", "birth_date", "id_type", "photo_id_front"];
const CONFIG = `
[kyc]
default = "person"
[kyc.types.person]
required = ${JSON.stringify(FIELDS)}
[kyc.fields.id_type]
choices = ["passport"]
`;

/** One of the two. */
interface World {
  fetch: typeof fetch;
  /** What its URLs begin with. */
  base: string;
  passphrase: string;
  domain: string;
}

/** A client that has signed in at one of the two. */
interface Caller {
  world: World;
  key: Keypair;
  token: string;
  /** What earlier requests have answered. */
  id?: string;
  file?: string;
}

interface Sent {
  method?: string;
  path: string;
  /** The token is left out, or is another. */
  token?: string | null;
  json?: unknown;
  form?: Record<string, string | Blob>;
  body?: string;
  type?: string;
}

/** A request of one client. */
type Request_ = (caller: Caller) => Sent | Promise<Sent>;

const PNG = new Blob([png() as Uint8Array<ArrayBuffer>], { type: "image/png" });
const OTHER_ACCOUNT = Keypair.random().publicKey();
const UNKNOWN_ID = "3b241101-e2bb-4255-8caf-4136c566a962";

let worlds: World[];
let server: Server;

beforeAll(async () => {
  server = await Server.start({ config: CONFIG });
  const steps = [
    { status: "NEEDS_INFO" as const, fields: { first_name: {}, birth_date: {}, id_type: { choices: ["passport"] }, photo_id_front: {} } },
    { status: "ACCEPTED" as const },
  ];
  const test = await testAnchor({ domain: "anchor.test", types: ["person"], default: steps });
  const passphrase = /NETWORK_PASSPHRASE = "([^"]+)"/;
  const real = await (await fetch(`${server.url}/.well-known/stellar.toml`)).text();
  worlds = [
    { fetch, base: server.url, domain: server.homeDomain, passphrase: passphrase.exec(real)?.[1] ?? "" },
    { fetch: test.fetch, base: "https://anchor.test", domain: "anchor.test", passphrase: test.networkPassphrase },
  ];
});

afterAll(() => server?.stop());

async function challenge({ fetch, base, passphrase }: World, key: Keypair): Promise<Transaction> {
  const response = await fetch(`${base}/auth?account=${key.publicKey()}`);
  const { transaction } = (await response.json()) as { transaction: string };
  return new Transaction(transaction, passphrase);
}

async function signIn(world: World): Promise<Caller> {
  const key = Keypair.random();
  const signed = await challenge(world, key);
  signed.sign(key);
  const body = new URLSearchParams({ transaction: signed.toXdr() });
  const response = await world.fetch(`${world.base}/auth`, { method: "POST", body });
  const { token } = (await response.json()) as { token: string };
  return { world, key, token };
}

async function send(caller: Caller, request: Request_): Promise<Response> {
  const { method = "GET", path, token = caller.token, json, form, body, type } = await request(caller);
  const headers = new Headers(token === null ? {} : { Authorization: `Bearer ${token}` });
  let content: BodyInit | null = body ?? null;
  if (json !== undefined) {
    content = JSON.stringify(json);
    headers.set("Content-Type", "application/json");
  }
  if (form !== undefined) {
    const parts = new FormData();
    for (const [name, value] of Object.entries(form)) parts.append(name, value);
    content = parts;
  }
  if (type !== undefined) headers.set("Content-Type", type);
  return caller.world.fetch(caller.world.base + path, { method, headers, body: content });
}

/** The part of an answer that must be the same: no ids, times and texts. */
async function told(response: Response, caller: Caller): Promise<unknown> {
  const text = await response.text();
  const type = response.headers.get("Content-Type");
  const body: unknown = type === "application/json" && text !== "" ? JSON.parse(text) : text.length > 0;
  if (response.ok && typeof body === "object" && body !== null) {
    const { id, file_id: file } = body as { id?: string; file_id?: string };
    if (id !== undefined) caller.id = id;
    if (file !== undefined) caller.file = file;
  }
  const headers = ["Access-Control-Allow-Origin", "Cache-Control", "Allow"].map((name) => response.headers.get(name));
  return { status: response.status, type, headers, body: shape(body) };
}

/** Names and types of members, with the values of enumerations. */
function shape(value: unknown, name = ""): unknown {
  if (["code", "field", "status", "optional", "type", "content_type", "size", "choices"].includes(name)) return value;
  if (Array.isArray(value)) return value.map((item) => shape(item));
  if (typeof value !== "object" || value === null) return typeof value;
  const members = Object.entries(value).sort(([a], [b]) => a.localeCompare(b));
  return Object.fromEntries(members.map(([name, member]) => [name, shape(member, name)]));
}

const put = (json: unknown): Request_ => () => ({ method: "PUT", path: "/kyc/customer", json });
const GET: Request_ = () => ({ path: "/kyc/customer" });

/** Each line is the story of one caller. */
const STORIES: Record<string, Request_[]> = {
  "a customer from nothing to accepted": [
    GET,
    put({ first_name: "Ada" }),
    GET,
    put({ birth_date: "1990-12-10", id_type: "passport" }),
    () => ({ method: "PUT", path: "/kyc/customer", form: { photo_id_front: PNG } }),
    GET,
    ({ id }) => ({ path: `/kyc/customer?id=${id}` }),
    ({ id }) => ({ path: `/kyc/customer/files?customer_id=${id}` }),
    put({ mobile_number: "+15551234567" }),
    GET,
    ({ key }) => ({ method: "DELETE", path: `/kyc/customer/${key.publicKey()}` }),
    GET,
  ],
  "values that are wrong": [
    put({ birth_date: "10.12.1990" }),
    put({ birth_date: "2990-12-10" }),
    put({ id_type: "id_card" }),
    put({ first_name: 7 }),
    put({ first_name: { a: 1 } }),
    put({ birth_date: "1990-12-10", email_address: "nobody" }),
    put({ photo_id_front: "base64" }),
    put({ shoe_size: 44 }),
    put({ type: "whale" }),
    put({ id: UNKNOWN_ID, first_name: "Ada" }),
    put({ first_name_verification: 1 }),
  ],
  "bodies that are wrong": [
    () => ({ method: "PUT", path: "/kyc/customer", body: "{", type: "application/json" }),
    () => ({ method: "PUT", path: "/kyc/customer", body: "[]", type: "application/json" }),
    () => ({ method: "PUT", path: "/kyc/customer", body: '{"id":"1","id":"2"}', type: "application/json" }),
    () => ({ method: "PUT", path: "/kyc/customer", body: "a=b", type: "text/plain" }),
    () => ({ method: "PUT", path: "/kyc/customer", body: "x", type: "multipart/form-data" }),
    () => ({ method: "PUT", path: "/kyc/customer", form: { photo_id_front: new Blob(["text"]) } }),
    () => ({ method: "PUT", path: "/kyc/customer", form: { first_name: PNG } }),
    () => ({ method: "PUT", path: "/kyc/customer", body: "first_name=Ada&first_name=Eva", type: "application/x-www-form-urlencoded" }),
  ],
  files: [
    () => ({ method: "POST", path: "/kyc/customer/files", form: { file: PNG } }),
    ({ file }) => ({ path: `/kyc/customer/files?file_id=${file}` }),
    ({ file }) => ({ method: "PUT", path: "/kyc/customer", json: { photo_id_front_file_id: file } }),
    ({ file }) => ({ path: `/kyc/customer/files?file_id=${file}` }),
    put({ photo_id_front_file_id: UNKNOWN_ID }),
    () => ({ path: `/kyc/customer/files?file_id=${UNKNOWN_ID}` }),
    () => ({ path: "/kyc/customer/files" }),
    () => ({ method: "POST", path: "/kyc/customer/files", form: { other: PNG } }),
    () => ({ method: "POST", path: "/kyc/customer/files", form: { file: new Blob(["text"]) } }),
    () => ({ method: "POST", path: "/kyc/customer/files", json: {} }),
  ],
  "codes that nothing waits for": [
    put({ first_name: "Ada" }),
    put({ mobile_number_verification: "123456" }),
    ({ id }) => ({ method: "PUT", path: "/kyc/customer/verification", json: { id, mobile_number_verification: "1" } }),
    ({ id }) => ({ method: "PUT", path: "/kyc/customer/verification", json: { id } }),
    ({ id }) => ({ method: "PUT", path: "/kyc/customer/verification", json: { id, first_name: "Eva" } }),
    () => ({ method: "PUT", path: "/kyc/customer/verification", json: { mobile_number_verification: "1" } }),
  ],
  "whose customer it is": [
    () => ({ path: `/kyc/customer?account=${OTHER_ACCOUNT}` }),
    () => ({ path: "/kyc/customer?memo=x" }),
    () => ({ path: "/kyc/customer?memo=7" }),
    () => ({ path: `/kyc/customer?id=${UNKNOWN_ID}` }),
    () => ({ path: "/kyc/customer?lang=english" }),
    () => ({ path: "/kyc/customer?transaction_id=1" }),
    () => ({ path: "/kyc/customer?type=whale" }),
    () => ({ path: "/kyc/customer?memo=7&memo=8" }),
    ({ key }) => ({ method: "DELETE", path: `/kyc/customer/${key.publicKey()}` }),
    () => ({ method: "DELETE", path: `/kyc/customer/${OTHER_ACCOUNT}` }),
    () => ({ method: "DELETE", path: "/kyc/customer/nobody" }),
  ],
  "tokens that are none": [
    () => ({ path: "/kyc/customer", token: null }),
    () => ({ path: "/kyc/customer", token: "" }),
    () => ({ path: "/kyc/customer", token: "a.b.c" }),
    ({ token }) => ({ path: "/kyc/customer", token: token.slice(0, -4) }),
    ({ token }) => ({ path: "/kyc/customer", token: `${token} x` }),
    () => ({ method: "PUT", path: "/kyc/customer", token: null, json: {} }),
  ],
  callbacks: [
    () => ({ method: "PUT", path: "/kyc/customer/callback", json: { url: "ftp://wallet.example/" } }),
    () => ({ method: "PUT", path: "/kyc/customer/callback", json: {} }),
    () => ({ method: "PUT", path: "/kyc/customer/callback", json: { url: "https://wallet.example/", id: UNKNOWN_ID } }),
    put({ first_name: "Ada" }),
    () => ({ method: "PUT", path: "/kyc/customer/callback", json: { url: "ftp://wallet.example/" } }),
    () => ({ method: "PUT", path: "/kyc/customer/callback", json: { url: "nobody" } }),
  ],
  "paths that are none": [
    () => ({ path: "/kyc/nothing" }),
    () => ({ path: "/nothing" }),
    () => ({ method: "POST", path: "/kyc/customer" }),
    () => ({ method: "DELETE", path: "/auth" }),
    () => ({ method: "POST", path: "/.well-known/stellar.toml" }),
    () => ({ path: "/.well-known/stellar.toml" }),
  ],
  "asking for a challenge": ([
    ({ key }) => ({ path: `/auth?account=${key.publicKey()}` }),
    ({ key, world }) => ({ path: `/auth?account=${key.publicKey()}&memo=7&home_domain=${world.domain}` }),
    () => ({ path: "/auth" }),
    () => ({ path: "/auth?account=nobody" }),
    ({ key }) => ({ path: `/auth?account=${key.publicKey()}&memo=x` }),
    ({ key }) => ({ path: `/auth?account=${key.publicKey()}&home_domain=elsewhere.test` }),
    ({ key }) => ({ path: `/auth?account=${key.publicKey()}&client_domain=https://x` }),
    ({ key }) => ({ path: `/auth?account=${key.publicKey()}&client_domain=unknown.invalid` }),
  ] satisfies Request_[]).map((request): Request_ => async (caller) => ({ token: null, ...(await request(caller)) })),
  "returning a challenge": ([
    async ({ world, key }) => ({ json: { transaction: (await challenge(world, key)).toXdr() } }),
    async ({ world, key }) => {
      const signed = await challenge(world, key);
      signed.sign(Keypair.random());
      return { json: { transaction: signed.toXdr() } };
    },
    async ({ world, key }) => {
      const signed = await challenge(world, key);
      signed.sign(key, Keypair.random());
      return { json: { transaction: signed.toXdr() } };
    },
    async ({ world, key }) => {
      const signed = await challenge(world, key);
      signed.sign(key);
      return { json: { transaction: signed.toXdr() } };
    },
    async ({ world, key }) => {
      const signed = await challenge(world, key);
      signed.sign(key);
      const body = JSON.stringify({ transaction: signed.toXdr() });
      await world.fetch(`${world.base}/auth`, { method: "POST", body, headers: { "Content-Type": "application/json" } });
      return { json: { transaction: signed.toXdr() } };
    },
    () => ({ json: { transaction: "AAAA" } }),
    () => ({ json: {} }),
    () => ({ body: "{", type: "application/json" }),
    () => ({ body: "x".repeat(1_000_000), type: "application/json" }),
  ] satisfies ((caller: Caller) => object | Promise<object>)[]).map(
    (request): Request_ =>
      async (caller) => ({ method: "POST", path: "/auth", token: null, ...(await request(caller)) }),
  ),
};

test.each(Object.entries(STORIES))("%s", async (_, requests) => {
  const [real, testing] = (await Promise.all(worlds.map(signIn))) as [Caller, Caller];
  for (const [at, request] of requests.entries()) {
    const answers = [];
    for (const caller of [real, testing]) answers.push(await told(await send(caller, request), caller));
    const [theirs, ours] = answers;
    expect(ours, `request ${at + 1}: ${request}`).toEqual(theirs);
  }
});

test("there are enough cases", () => {
  expect(Object.values(STORIES).flat().length).toBeGreaterThanOrEqual(80);
});
