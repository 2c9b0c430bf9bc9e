// The golden documents through a session: requests and answers are the documents.
import { expect, test } from "vitest";
import { Anchor, type PutCustomer, isWindlassError, todo } from "windlass";
import { HOME_DOMAIN, answerWith, discovered, json, sessionOf, setClock } from "../support/answers.js";
import { type Json, canonical } from "../support/canonical.js";
import { expected, read, text } from "../support/vectors.js";

const ACCOUNT = "GA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJVSGZ";

interface Result {
  wire: string;
  more: { todo?: Json; path?: string } | null;
}

const { documents, tolerated, refused } = expected<{
  documents: Record<string, Result>;
  tolerated: Record<string, Result>;
  refused: Record<string, Json>;
}>("messages");

/** The documents of a message, by name. */
function of(message: string): [name: string, result: Result][] {
  const found = Object.entries(documents).filter(([path]) => path.includes(`/messages/${message}.`));
  if (found.length === 0) throw new Error(`there is no document of ${message}`);
  return found;
}

interface Oddity {
  name: string;
  like: string;
  text: string;
}
const oddities = read<{ tolerated: Oddity[]; refused: Oddity[] }>("oddities.json");

test("customers are read unchanged, and the next action is derived", async () => {
  const session = await sessionOf(ACCOUNT);
  for (const [path, { wire, more }] of of("customer")) {
    answerWith(() => json(text(path)));
    const customer = await session.customer();
    expect(JSON.stringify(customer), path).toBe(wire);
    expect(canonical(todo(customer)), path).toBe(canonical(more?.todo));
  }
});

test("customers from other anchors are accepted", async () => {
  const session = await sessionOf(ACCOUNT);
  const customers = oddities.tolerated.filter(({ like }) => like.startsWith("customer."));
  for (const { name, text } of customers) {
    answerWith(() => json(text));
    const customer = await session.customer();
    expect(JSON.stringify(customer), name).toBe(tolerated[name]?.wire);
    expect(canonical(todo(customer)), name).toBe(canonical(tolerated[name]?.more?.todo));
  }
  expect(customers.length).toBeGreaterThan(5);
});

test("answers that are not customers are refused", async () => {
  const session = await sessionOf(ACCOUNT);
  const customers = oddities.refused.filter(({ like }) => like.startsWith("customer."));
  for (const { name, text } of customers) {
    answerWith(() => json(text));
    if (name === "customer: member twice") {
      // JSON.parse keeps the last of two members; nothing after it can tell that there was another.
      expect((await session.customer()).status).toBe("ACCEPTED");
      continue;
    }
    const error = await session.customer().catch((error: unknown) => error);
    expect(isWindlassError(error) && error.code, name).toBe("unexpected_response");
    expect(refused[name]).toEqual({ refused: true });
  }
  expect(customers.length).toBeGreaterThan(5);
});

test("parameters are in the query", async () => {
  const session = await sessionOf(ACCOUNT);
  for (const [path, { wire }] of of("get_customer")) {
    const [sent] = await sending(() => session.customer(JSON.parse(wire)), '{"status":"NEEDS_INFO"}');
    expect(sent?.method, path).toBe("GET");
    expect(canonical(query(sent?.url)), path).toBe(canonical(JSON.parse(wire)));
    expect(sent?.url.split("?")[0]).toBe("https://anchor.example.com/kyc/customer");
    expect(sent?.headers.get("Authorization")).toBe(`Bearer ${session.token}`);
  }
});

test("a customer in a callback is the body, byte by byte", async () => {
  setClock(1_767_312_000);
  const session = await sessionOf(ACCOUNT);
  for (const [path, { wire }] of of("put_customer")) {
    const { id, type, memo, memo_type, account, transaction_id, ...fields } = JSON.parse(wire) as Record<string, string>;
    const named = { id, type, memo, memo_type, account, transaction_id };
    const request = { ...defined(named), fields } as PutCustomer;
    const created = await sending(() => session.putCustomer(request), documents["sep12/messages/customer_created.id.json"]?.wire);
    const sent = created[0];
    expect([sent?.method, sent?.url], path).toEqual(["PUT", "https://anchor.example.com/kyc/customer"]);
    expect(sent?.headers.get("Content-Type"), path).toBe("application/json");
    expect(sent?.body, path).toBe(wire);
  }
});

test("the account to delete is in the path, its memo in the body", async () => {
  const session = await sessionOf(ACCOUNT);
  for (const [path, { wire, more }] of of("delete_customer")) {
    const [sent] = await sending(() => session.deleteCustomer(JSON.parse(wire)), "{}");
    expect([sent?.method, sent?.url], path).toEqual(["DELETE", `https://anchor.example.com/kyc${more?.path}`]);
    expect(sent?.body || "{}", path).toBe(wire);
  }
});

test("callback URLs are the body", async () => {
  const session = await sessionOf(ACCOUNT);
  for (const [path, { wire }] of of("put_callback")) {
    const { url, ...rest } = JSON.parse(wire) as { url: string };
    const [sent] = await sending(() => session.setCallback(url, rest), "{}");
    expect([sent?.method, sent?.url], path).toEqual(["PUT", "https://anchor.example.com/kyc/customer/callback"]);
    expect(sent?.body, path).toBe(wire);
  }
});

test("files are requested by query and returned unchanged", async () => {
  const session = await sessionOf(ACCOUNT);
  for (const [path, { wire }] of of("get_files")) {
    const [sent] = await sending(() => session.files(JSON.parse(wire)), '{"files":[]}');
    expect(canonical(query(sent?.url)), path).toBe(canonical(JSON.parse(wire)));
  }
  for (const [path, { wire }] of of("files")) {
    answerWith(() => json(wire));
    expect(JSON.stringify({ files: await session.files({ file_id: "1" }) }), path).toBe(wire);
  }
  for (const [path, { wire }] of of("file")) {
    answerWith(() => json(wire));
    expect(JSON.stringify(await session.uploadFile(new Uint8Array([0xff, 0xd8, 0xff]))), path).toBe(wire);
  }
});

test("refusals have the anchor's text, code and field", async () => {
  const session = await sessionOf(ACCOUNT);
  for (const [path, { wire }] of of("problem")) {
    const problem = JSON.parse(wire) as { error: string; code?: string; field?: string };
    answerWith(() => json(wire, 400));
    const error = await session.customer().catch((error: unknown) => error);
    if (!isWindlassError(error)) throw error;
    expect([error.code, error.field, error.status], path).toEqual([problem.code ?? "refused", problem.field, 400]);
    expect(error.message, path).toContain(problem.error);
  }
});

test("tokens are resumed for their account, and refused without one", async () => {
  setClock(1_700_000_450);
  const anchor = await discovered();
  const { tokens } = read<{ tokens: { name: string; token: string }[] }>("sep10/tokens.json");
  const results = expected<Record<string, { accepted?: { sub: string; exp: number } }>>("sep10/tokens.json");
  for (const { name, token } of tokens) {
    const { accepted } = results[name] ?? {};
    if (accepted) {
      const session = anchor.resume(token);
      expect([session.account, session.expiresAt, session.token], name).toEqual([accepted.sub, accepted.exp, token]);
    } else {
      expect(() => anchor.resume(token), name).toThrow(expect.objectContaining({ code: "token_invalid" }));
    }
  }
  const account = tokens.find(({ name }) => name === "account")?.token ?? "";
  setClock(1_700_086_849);
  expect(anchor.resume(account).account).toBe(ACCOUNT);
  setClock(1_700_086_850);
  expect(() => anchor.resume(account)).toThrow(expect.objectContaining({ code: "token_expired" }));
});

test("stellar.toml files are parsed as in Rust", async () => {
  interface File {
    name: string;
    toml: string[];
    dev?: boolean;
  }
  interface About {
    code?: string;
    accepted?: {
      values: { SIGNING_KEY?: string; NETWORK_PASSPHRASE?: string; DOCUMENTATION?: { ORG_NAME?: string } };
      web_auth_endpoint: { accepted?: string | null };
      kyc_server: { accepted?: string | null };
    };
  }
  const { files } = read<{ files: File[] }>("sep1/files.json");
  const results = expected<Record<string, About>>("sep1/files.json");
  const sample = { name: "sample", toml: [text("sep1/sample.toml")] };
  const all: Record<string, About> = { ...results, sample: expected<About>("sep1/sample.toml") };
  for (const { name, toml, dev } of [...files, sample] as File[]) {
    answerWith(() => new Response(toml.join("\n"), { headers: { "Content-Type": "text/plain" } }));
    const result = all[name];
    const anchor = await Anchor.discover(HOME_DOMAIN, { allowHttp: dev ?? false }).catch((error: unknown) => error);
    if (!(anchor instanceof Anchor)) {
      expect(isWindlassError(anchor) && anchor.code, name).toBe(result?.code);
      continue;
    }
    const { values, web_auth_endpoint, kyc_server } = result?.accepted ?? {};
    expect(anchor.info.signingKey, name).toBe(values?.SIGNING_KEY);
    expect(anchor.info.webAuthEndpoint, name).toBe(web_auth_endpoint?.accepted ?? undefined);
    expect(anchor.info.kycServer, name).toBe(kyc_server?.accepted ?? undefined);
    expect(anchor.info.organization.name, name).toBe(values?.DOCUMENTATION?.ORG_NAME);
    expect(anchor.networkPassphrase, name).toBe(
      values?.NETWORK_PASSPHRASE ?? "Public Global Stellar Network ; September 2015",
    );
  }
});

/** What is sent while `call` runs. */
async function sending(call: () => Promise<unknown>, answer = "{}") {
  const sent = answerWith(() => json(answer));
  await call();
  return sent;
}

function query(url = ""): Record<string, string> {
  return Object.fromEntries(new URL(url).searchParams);
}

function defined(members: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(Object.entries(members).filter((member): member is [string, string] => member[1] !== undefined));
}
