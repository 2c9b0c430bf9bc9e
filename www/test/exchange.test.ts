import { execFileSync } from "node:child_process";

import { expect, test } from "vitest";

import { curl } from "../src/curl";
import { lookAtAnswer, lookAtRequest } from "../src/exchange";
import { maskHeaders, withoutValues } from "../src/redact";

const URL_OF = new URL("https://anchor.example/kyc/customer?account=GBNMMEXCAFUZYQXDHTTX3JVWGOXVJMNTXKLOHKBJ44KXCPKPMVDQHNEQ");
const ADDRESS = "GBNMMEXCAFUZYQXDHTTX3JVWGOXVJMNTXKLOHKBJ44KXCPKPMVDQHNEQ";
const answered = (body: object, init?: ResponseInit) => lookAtAnswer(Response.json(body, init), URL_OF, ["Ana Oe", "passport.png"]);

test("a form keeps field names and file types only", async () => {
  const body = new FormData();
  body.set("first_name", "Ana");
  body.set("photo_id_front", new File(["photo"], "ana.png", { type: "image/png" }));
  const sent = await lookAtRequest(new Request(URL_OF, { method: "PUT", body, headers: { Authorization: "Bearer ey.secret.x" } }));
  expect(sent.side.body).toBe("first_name = •••\nphoto_id_front = file, image/png");
  expect(sent.side.headers).toContainEqual(["authorization", "Bearer •••"]);
  expect(JSON.stringify(sent.side)).not.toMatch(/Ana|ana|secret/);
  expect(sent.values).toEqual([ADDRESS, "Ana", "ana.png"]);
  expect(curl("PUT", URL_OF, sent)).toBe(
    [
      'curl -X PUT "https://anchor.example/kyc/customer?account=$ACCOUNT"',
      '-H "Authorization: Bearer $TOKEN"',
      '-F "first_name=$FIRST_NAME"',
      '-F "photo_id_front=@$PHOTO_ID_FRONT"',
    ].join(" \\\n  "),
  );
});

test("JSON in a request keeps names only", async () => {
  const body = JSON.stringify({ transaction: "AAAA", status: "mine", list: [1, { deep: true }] });
  const sent = await lookAtRequest(new Request(URL_OF, { method: "POST", body, headers: { "Content-Type": "application/json" } }));
  expect(JSON.parse(sent.side.body ?? "")).toEqual({ transaction: "•••", status: "•••", list: ["•••", { deep: "•••" }] });
  expect(curl("POST", URL_OF, sent)).toContain('-d "{\\"transaction\\":\\"$TRANSACTION\\",');
});

test("an answer keeps only values that are the same for every customer", async () => {
  const side = await answered({
    id: "d1ce2f48",
    status: "NEEDS_INFO",
    fields: { id_type: { type: "string", description: "Kind of document", choices: ["passport", "id_card"] } },
  });
  expect(JSON.parse(side.body ?? "")).toEqual({
    id: "•••",
    status: "NEEDS_INFO",
    fields: { id_type: { type: "string", description: "Kind of document", choices: ["passport", "id_card"] } },
  });
});

test("an error text loses the values that were sent, and what looks personal", async () => {
  const side = await answered({ error: `passport.png of Ana Oe (${ADDRESS}) is refused; ask ana@mail.example or +1 415 555 2671` }, { status: 400 });
  expect(JSON.parse(side.body ?? "")).toEqual({ error: "••• of ••• (•••) is refused; ask ••• or •••" });
  expect(withoutValues("first_name is too short", ["a"])).toBe("first_name is too short");
});

test("a token is not kept, but its times and issuer are", async () => {
  const claims = { iss: "https://anchor.example/auth", sub: `${ADDRESS}:7`, exp: 1_700_000_000, jti: "id" };
  const token = `x.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.signature`;
  const side = await answered({ token });
  expect(JSON.parse(side.body ?? "")).toEqual({ token: "•••" });
  expect(JSON.parse(side.claims ?? "")).toEqual({
    iss: "https://anchor.example/auth",
    sub: "GBNM…HNEQ:7",
    exp: "1700000000 (2023-11-14T22:13:20.000Z)",
    jti: "•••",
  });
  expect((await answered({ token: "opaque" })).claims).toBeUndefined();
});

test("a stellar.toml is shown, other text is not", async () => {
  const toml = new URL("https://anchor.example/.well-known/stellar.toml");
  expect((await lookAtAnswer(new Response("VERSION = 1\n"), toml, [])).body).toBe("VERSION = 1");
  expect((await lookAtAnswer(new Response("Ana"), URL_OF, [])).body).toBe("•••");
  expect((await lookAtAnswer(new Response(null, { status: 204 }), URL_OF, [])).body).toBeUndefined();
});

test("headers keep their names, and only values that are never personal", () => {
  const headers = new Headers({ "Retry-After": "3", "X-Customer": "Ana", Authorization: "Bearer a.b.c" });
  expect(maskHeaders(headers)).toEqual([
    ["authorization", "Bearer •••"],
    ["retry-after", "3"],
    ["x-customer", "•••"],
  ]);
});

test("a field name cannot leave its quotes in the shell command", async () => {
  const body = JSON.stringify({ 'a"; $(echo b) `echo c` \\': "x" });
  const url = new URL("https://anchor.example/a$(echo d)?q`=1");
  const sent = await lookAtRequest(new Request(url, { method: "POST", body, headers: { "Content-Type": "application/json" } }));
  const shell = `curl() { printf '%s\\n' "$@"; }\n${curl("POST", url, sent)}`;
  expect(execFileSync("sh", ["-c", shell], { encoding: "utf8", env: {} }).split("\n")).toEqual([
    "-X",
    "POST",
    "https://anchor.example/a$(echo%20d)?q%60=",
    "-H",
    "content-type: application/json",
    "-d",
    '{"a\\"; $(echo b) `echo c` \\\\":""}',
    "",
  ]);
});
