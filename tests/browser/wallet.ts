// The steps of a user of the demo wallet, which its tests share.
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import { Tab, launch } from "../support/chromium.js";
import { png } from "../support/png.js";
import { ROOT, Server } from "../support/server.js";

/** The wallet on a server of its own, and a browser to open it with. */
export interface Stage {
  readonly server: Server;
  /** A tab that is closed when the test is over, with a picture of it if the test has failed. */
  open(width?: number): Promise<Tab>;
}

/** Starts the server and the browser for the tests of a file. */
export function stage(): Stage {
  let server: Server;
  let browser: Browser;
  let tab: Tab | undefined;

  beforeAll(async () => {
    [server, browser] = await Promise.all([Server.start({ www: join(ROOT, "www/dist") }), launch()]);
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === "fail") await tab?.picture(`failed-${task.name.replaceAll(/\W+/g, "-").slice(0, 40)}`);
    await tab?.context.close();
    tab = undefined;
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  const open = async (width?: number): Promise<Tab> => (tab = await Tab.open(browser, width));
  return {
    get server() {
      return server;
    },
    open,
  };
}

export const PERSON = {
  first_name: "Ana",
  last_name: "Ōe",
  email_address: "ana@mail.example",
  birth_date: "1990-04-21",
  address_country_code: "JPN",
} as const;

let numbers = 5550200;
/** A telephone number that no other test uses. */
export const number = () => `+1415${(numbers += 1)}`;

export const PHOTO = { name: "passport.png", mimeType: "image/png", buffer: Buffer.from(png(320, 200)) };

/** Opens the wallet, makes a key, finds the anchor and signs in. */
export async function enter(tab: Tab, server: Server): Promise<void> {
  await tab.page.goto(server.url);
  await tab.get("new-key").click();
  await tab.get("discover").click();
  await signIn(tab);
  await tab.get("kyc-form").waitFor();
}

/** Signs in, and agrees in the sheet. */
export async function signIn(tab: Tab): Promise<void> {
  await tab.get("sign-in").click();
  await tab.get("agree").click();
  await tab.get("sign-out").waitFor();
}

/** Fills in the form, except for the photo. */
export async function fill(tab: Tab, values: Record<string, string>): Promise<void> {
  for (const [name, value] of Object.entries(values)) {
    const field = tab.get(`field-${name}`);
    if (name === "address_country_code") await field.selectOption(value);
    else await field.fill(value);
  }
  // The anchor defines the types of documents. Any will do.
  await tab.get("field-id_type").selectOption({ index: 1 });
}

/** The banner, when it is about this status. */
export async function status(tab: Tab, expected: string): Promise<void> {
  await tab.page.locator(`[data-testid=status-banner][data-status=${expected}]`).waitFor();
}

/** Shows what developers want to see. */
export async function developer(tab: Tab): Promise<void> {
  if ((await tab.get("developer").getAttribute("aria-checked")) !== "true") await tab.get("developer").click();
}

/** The error shown at a field. */
export async function error(tab: Tab, name: string): Promise<string> {
  return (await tab.get(`error-${name}`).textContent()) ?? "";
}

/** Checks that the page has logged no error and does not overflow. */
export async function isWell(tab: Tab): Promise<void> {
  expect(tab.faults).toEqual([]);
  expect(await tab.overflow()).toBe(0);
}
