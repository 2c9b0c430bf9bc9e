// The React example in a project of its own: type-checked, built by Vite, and used in Chromium with a real anchor.
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { build, preview } from "vite";
import { Tab, launch } from "../support/chromium.js";
import { png } from "../support/png.js";
import { Server } from "../support/server.js";
import { Project, pack, scratch } from "./project.js";

let browser: Browser;
let server: Server;
let folder: Awaited<ReturnType<typeof scratch>>;
let app: Project;

beforeAll(async () => {
  [browser, server, folder] = await Promise.all([launch(), Server.start(), scratch()]);
  app = await Project.from("sdk/wasm/examples/react", join(folder.path, "react"), await pack());
});

afterAll(async () => {
  await Promise.all([browser?.close(), server?.stop()]);
  await folder?.remove();
});

test("it is strictly typed", async () => {
  const options = { module: "ESNext", moduleResolution: "bundler", jsx: "react-jsx", exactOptionalPropertyTypes: true };
  expect(await app.typeCheck(options, "main.tsx", "app.tsx", "anchor.ts")).toBe("");
});

test("a user signs in, sees what is wrong, and is asked for the codes", async () => {
  await build({ root: app.folder, configFile: false, logLevel: "error", build: { target: "es2022" } });
  const served = await preview({ root: app.folder, configFile: false, logLevel: "error", preview: { port: 0, host: "localhost" } });
  const tab = await Tab.open(browser);
  try {
    await tab.page.goto(`${served.resolvedUrls?.local[0]}?anchor=${server.homeDomain}`);
    await tab.page.getByRole("button", { name: /^Sign in at / }).click();
    const given = { first_name: "Ada", last_name: "Lovelace", email_address: "ada@mail.example", mobile_number: "+14155552671" };
    for (const [name, value] of Object.entries(given)) await tab.page.locator(`[name="${name}"]`).fill(value);
    await tab.page.getByLabel("Country").selectOption("United Kingdom");
    await tab.page.locator('[name="birth_date"]').fill("2999-12-10");
    await tab.page.locator('[name="photo_id_front"]').setInputFiles({ name: "id.png", mimeType: "image/png", buffer: Buffer.from(png()) });
    await tab.page.getByRole("button", { name: "Submit" }).click();
    await tab.page.getByText("Please choose one.").waitFor();
    await tab.page.locator('[name="id_type"]').selectOption("Passport");
    await tab.page.getByRole("button", { name: "Submit" }).click();
    await tab.page.getByText("Date of birth must not be a day in the future").waitFor();
    await tab.page.locator('[name="birth_date"]').fill("1985-12-10");
    await tab.page.getByRole("button", { name: "Submit" }).click();
    await tab.page.getByLabel("Code sent to your phone").waitFor();
    expect(tab.faults).toEqual([]);
  } finally {
    await tab.context.close();
    await served.close();
  }
});
