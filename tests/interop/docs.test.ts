// The programs of the documentation: they compile in strict mode, run against the real server, and print what their comments say.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { Keypair } from "windlass";
import { compiles, printed, promised } from "../../sdk/wasm/test/programs.js";
import { code } from "../support/inbox.js";
import { until } from "../support/poll.js";
import { ROOT, Server } from "../support/server.js";
import { WalletsServer } from "./wallets-server.js";

const PAGES = ["wallet", "signing-service", "migrating"];
const PHONE = "+14155550199";
const folder = fileURLToPath(new URL("programs", import.meta.url));

/** The programs of a page. Those that are a server go on running, and come first. */
const programs = PAGES.flatMap((page) => {
  const text = readFileSync(join(ROOT, "docs", `${page}.md`), "utf8");
  const blocks = [...text.matchAll(/^```ts( server)?\n([^]*?)^```$/gm)];
  return blocks.map(([, server, code = ""], i) => ({
    name: `${page} ${i + 1}`,
    file: `${page}-${i + 1}.ts`,
    server: server !== undefined,
    code,
  }));
}).sort((one, other) => Number(other.server) - Number(one.server));

let server: Server;
let site: WalletsServer;

/** The module `./app.js` that the programs import. */
const app = (inbox: string, key: string) => `
import { png } from "../../support/png.js";
import { until } from "../../support/poll.js";

const PHONE = "+1415" + String(Math.floor(Math.random() * 9_000_000) + 1_000_000);
const ANSWERS: Record<string, string> = {
  first_name: "Ada", last_name: "Lovelace", email_address: "ada@example.com", mobile_number: PHONE,
  birth_date: "1990-04-21", address_country_code: "GBR", id_type: "passport",
};
export const domainKey = ${JSON.stringify(key)};
export const photo = new File([png()], "passport.png", { type: "image/png" });

export async function ask(_label: string, name: string): Promise<string> {
  if (!name.endsWith("_verification")) return ANSWERS[name] ?? "";
  return until("a code", async () => {
    const answer = await fetch(${JSON.stringify(inbox)} + encodeURIComponent(PHONE));
    const [message] = (await answer.json()) as { code?: string }[];
    return message?.code;
  });
}

const statuses = new Map<string, string>();
export const saveStatus = (anchor: string | undefined, id: string | undefined, status: string): void =>
  void statuses.set(anchor + "/" + id, status);
export const statusOf = (anchor: string, id: string): string | undefined => statuses.get(anchor + "/" + id);
`;

/** A free port, for the server of the documentation. */
async function free(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => probe.once("listening", resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

beforeAll(async () => {
  server = await Server.start();
  const key = await Keypair.random();
  vi.stubEnv("CLIENT_DOMAIN_SEED", key.secret());
  site = await WalletsServer.start(key.address);
  const port = await free();
  // A proxy: the stellar.toml and the documentation's server are on the wallet's domain.
  for (const path of ["/sign", "/callback"]) {
    site.handlers.set(path, async ({ method, headers, body }) =>
      fetch(`http://127.0.0.1:${port}${path}`, { method, headers, body, duplex: "half" } as RequestInit),
    );
  }
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  writeFileSync(join(folder, "app.ts"), app(`${server.url}/inbox?to=`, key.address));
  for (const { file, code } of programs) {
    const here = code
      .replaceAll(`Anchor.discover("anchor.example.com"`, `Anchor.discover("${server.homeDomain}", { allowHttp: true }`)
      .replaceAll(
        `const anchors = ["anchor.example.com"]`,
        `const anchors = async () => [await (await import("windlass")).Anchor.discover("${server.homeDomain}", { allowHttp: true })]`,
      )
      .replaceAll("https://wallet.example.org/", `http://${site.domain}/`)
      .replaceAll("wallet.example.org", site.domain)
      .replaceAll("8443", String(port));
    writeFileSync(join(folder, file), here);
  }
  const compilerOptions = { noEmit: true, strict: true, exactOptionalPropertyTypes: true, skipLibCheck: true, target: "es2022" };
  const platform = { module: "nodenext", lib: ["es2023", "dom", "dom.iterable", "esnext.disposable"], types: ["node"] };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions: { ...compilerOptions, ...platform } }));
}, 60_000);

afterAll(async () => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
  await site?.stop();
  await server?.stop();
});

test("every page has programs", () => {
  for (const page of PAGES) expect(programs.filter(({ name }) => name.startsWith(page)).length).toBeGreaterThan(2);
});

test("the programs are strictly typed", () => {
  compiles(folder);
}, 60_000);

describe("the program", () => {
  test.each(programs)("of $name prints what it says", async ({ file, code }) => {
    const lines = await printed(join(folder, file));
    for (const line of promised(code).filter((line) => !line.startsWith("beside"))) expect(lines).toContain(line);
  });
});

test("a callback reaches the server of the documentation", async () => {
  const { Anchor } = await import("windlass");
  const { photo, ask, statusOf } = (await import(/* @vite-ignore */ join(folder, "app.ts"))) as {
    photo: File;
    ask(label: string, name: string): Promise<string>;
    statusOf(anchor: string, id: string): string | undefined;
  };
  const anchor = await Anchor.discover(server.homeDomain, { allowHttp: true });
  const session = await anchor.signIn(await Keypair.random());
  const fields: Record<string, string | File> = { photo_id_front: photo };
  for (const name of ["first_name", "last_name", "email_address", "birth_date", "address_country_code", "id_type"]) {
    fields[name] = await ask("", name);
  }
  fields["mobile_number"] = PHONE;
  const { id } = await session.putCustomer({ fields });
  await session.setCallback(`http://${site.domain}/callback`);
  await session.putCustomer({ id, fields: { mobile_number_verification: await code(server, PHONE) } });
  expect(await until("a callback", async () => statusOf(server.homeDomain, id))).toBe("ACCEPTED");
});
