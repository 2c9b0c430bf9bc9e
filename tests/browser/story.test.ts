// A user's story in a real browser, on a phone and on a desktop.
import { expect, test } from "vitest";
import type { Tab } from "../support/chromium.js";
import { PERSON, PHOTO, developer, enter, error, fill, isWell, number, signIn, stage, status } from "./wallet.js";

const scene = stage();
const { open } = scene;

test.each([390, 1280])("a person signs in, completes KYC and deletes it all, %i pixels wide", async (width) => {
  const tab = await open(width);
  const { page } = tab;
  await page.goto(scene.server.url);
  expect(await page.title()).not.toBe("");
  await tab.get("new-key").waitFor();
  expect(await tab.get("home-domain").inputValue()).toBe(scene.server.homeDomain);
  // One thing at a time: what comes later waits.
  expect(await page.locator("main button.primary:visible").count()).toBe(1);
  await tab.picture("1-start");

  // A key, an anchor, a session
  await tab.get("new-key").click();
  const address = (await tab.get("address").textContent()) ?? "";
  expect(address).toMatch(/^G[A-Z2-7]{55}$/);
  await tab.get("discover").click();
  expect(await tab.get("anchor-name").textContent()).toBe("Windlass Sandbox Anchor");
  await tab.picture("2-anchor");
  await tab.get("sign-in").click();
  await tab.get("agree").click();
  expect(await tab.get("session-account").textContent()).toBe(address);

  // The form is what the anchor asks for
  await tab.get("kyc-form").waitFor();
  await status(tab, "NEEDS_INFO");
  const asked = await page.evaluate(async (token) => {
    const response = await fetch("/kyc/customer", { headers: { Authorization: `Bearer ${token}` } });
    return Object.keys(((await response.json()) as { fields: object }).fields);
  }, await tokenOf(tab));
  const shown = await tab.get("kyc-form").locator("[data-testid^=field-]").evaluateAll((all) => all.map(({ id }) => id));
  expect(shown.map((id) => id.replace("field-", "")).sort()).toEqual(asked.sort());
  expect(await page.locator("main button.primary:visible").count()).toBe(1);
  expect(await tab.get("field-address_country_code").locator("option", { hasText: "Japan" }).getAttribute("value")).toBe("JPN");
  await tab.picture("3-form");
  await isWell(tab);

  // What is missing is asked for before anything is sent
  const requests: string[] = [];
  page.on("request", (request) => {
    const url = new URL(request.url());
    // A preview is a blob of the page's own.
    if (url.protocol === "http:") requests.push(`${request.method()} ${url.pathname}`);
  });
  const mobile_number = number();
  await tab.get("submit-kyc").click();
  expect([await error(tab, "first_name"), await error(tab, "address_country_code"), await error(tab, "photo_id_front")]).toEqual([
    "Please fill this in.",
    "Please choose one.",
    "Please add a file.",
  ]);
  // The first invalid field has the focus, and screen readers learn of each.
  const focused = () => page.evaluate(() => document.activeElement?.id);
  expect([await focused(), await tab.get("field-first_name").getAttribute("aria-invalid")]).toEqual(["field-first_name", "true"]);
  expect(requests).toEqual([]);

  // What looks odd is said, and does not keep the user from sending it: the anchor decides
  await fill(tab, { ...PERSON, mobile_number: "4155550100", email_address: "ana", birth_date: "2999-01-01" });
  await tab.get("field-photo_id_front").setInputFiles({ name: "photo.png", mimeType: "image/png", buffer: Buffer.from("no photo") });
  await tab.get("error-photo_id_front").getByText("JPEG, PNG").waitFor();
  const doubts = { mobile_number: "with + and country code", email_address: "ana@mail.example", birth_date: "future", photo_id_front: "JPEG, PNG" };
  for (const [name, words] of Object.entries(doubts)) {
    expect(await error(tab, name)).toContain(words);
    expect(await tab.get(`error-${name}`).getAttribute("class")).toContain("doubt");
    expect(await tab.get(`field-${name}`).getAttribute("aria-invalid")).toBeNull();
  }
  const refused = (name: string) => tab.get(`error-${name}`).and(page.locator(":not(.doubt)")).waitFor();
  await tab.get("submit-kyc").click();
  await refused("photo_id_front");
  expect(requests).toContain("PUT /kyc/customer");
  await tab.get("field-photo_id_front").setInputFiles(PHOTO);
  await tab.page.getByAltText(`Preview of ${PHOTO.name}`).waitFor();
  await tab.get("submit-kyc").click();
  for (const name of ["mobile_number", "email_address", "birth_date"]) await refused(name);
  expect(await error(tab, "mobile_number")).toMatch(/^Mobile number /);
  expect(await error(tab, "first_name")).toBe("");
  expect(await page.evaluate(() => document.activeElement?.getAttribute("aria-invalid"))).toBe("true");
  await tab.picture("4-errors");
  await isWell(tab);
  requests.length = 0;
  // The smallest phone there is
  await page.setViewportSize({ width: 320, height: 568 });
  expect(await tab.overflow()).toBe(0);
  await page.setViewportSize({ width, height: 844 });

  // Good ones are sent; a code is asked for, with the masked number, and shown in the inbox
  await fill(tab, { ...PERSON, mobile_number });
  await tab.get("field-photo_id_front").setInputFiles(PHOTO);
  await tab.page.getByAltText(`Preview of ${PHOTO.name}`).waitFor();
  await tab.picture("5-filled-in");
  await tab.get("submit-kyc").click();
  await tab.get("field-mobile_number_verification").waitFor();
  expect(requests.filter((request) => request.startsWith("PUT"))).toEqual(["PUT /kyc/customer"]);
  const code = (await tab.get("inbox-code").first().textContent()) ?? "";
  expect(code).toMatch(/^\d+$/);
  expect(await page.locator("#help-mobile_number_verification").textContent()).toBe(`Enter the code that was sent to •••• ${mobile_number.slice(-2)}.`);
  expect(await page.locator("main button.primary:visible").count()).toBe(1);
  expect(await tab.get("resend").textContent()).toMatch(/^Send a new code in \d+ s$/);
  await tab.picture("6-code");

  // A wrong code is refused and the right one accepted
  await tab.get("field-mobile_number_verification").fill(code === "000000" ? "000001" : "000000");
  await tab.get("submit-kyc").click();
  await page.waitForFunction(() => document.getElementById("error-mobile_number_verification")?.textContent !== "");
  expect((await error(tab, "mobile_number_verification")).toLowerCase()).toContain("code");
  await tab.picture("7-wrong-code");
  await tab.get("field-mobile_number_verification").fill(code);
  await tab.get("submit-kyc").click();
  await status(tab, "ACCEPTED");
  expect(await tab.get("status-banner").textContent()).toContain("You're verified");
  expect(await tab.get("next").getByRole("button").first().isVisible()).toBe(true);
  // No word of the protocol is shown to who is no developer.
  expect(await page.locator("body").innerText()).not.toMatch(/NEEDS_INFO|ACCEPTED|SEP-|stellar\.toml|[Cc]hallenge/);
  await tab.picture("8-accepted");
  await isWell(tab);

  // It is still there after a reload
  await page.reload();
  await status(tab, "ACCEPTED");
  expect(await tab.get("session-account").textContent()).toBe(address);
  await tab.picture("9-reloaded");

  // And gone when it is deleted
  await tab.get("delete-customer").click();
  await tab.picture("10-delete");
  await tab.get("confirm-delete").click();
  await status(tab, "NEEDS_INFO");
  await tab.get("field-first_name").waitFor();
  expect(await tab.get("field-first_name").inputValue()).toBe("");
  await page.reload();
  await status(tab, "NEEDS_INFO");
  await tab.get("field-first_name").waitFor();
  await tab.picture("11-deleted");

  await tab.get("sign-out").click();
  await tab.get("sign-in").waitFor();
  expect(await tab.get("session-account").count()).toBe(0);
  await isWell(tab);
});

test("a code is sent again, and to a corrected number", async () => {
  const tab = await open(390);
  const { page } = tab;
  await enter(tab, scene.server);
  const [first, second] = [number(), number()];
  await fill(tab, { ...PERSON, mobile_number: first });
  await tab.get("field-photo_id_front").setInputFiles(PHOTO);
  await tab.get("submit-kyc").click();
  await tab.get("field-mobile_number_verification").waitFor();
  expect(await tab.get("resend").isDisabled()).toBe(true);
  // A minute later
  await page.evaluate(() => sessionStorage.setItem("windlass-demo.sent", JSON.stringify({ mobile_number: Date.now() - 61_000 })));
  await page.reload();
  await tab.get("resend").click();
  await page.getByText(`A new code is on its way to •••• ${first.slice(-2)}.`).waitFor();

  await page.getByText("Wrong number?").click();
  await tab.get("resend-mobile_number").fill(second);
  await page.getByRole("button", { name: "Send a code there" }).click();
  await page.getByText(`Enter the code that was sent to •••• ${second.slice(-2)}.`).waitFor();
  const message = tab.get("inbox-message").filter({ hasText: second });
  await tab.get("field-mobile_number_verification").fill((await message.getByTestId("inbox-code").textContent()) ?? "");
  await tab.get("submit-kyc").click();
  await status(tab, "ACCEPTED");
  await isWell(tab);
  await tab.get("start-over").click();
  await tab.get("new-key").waitFor();
});

test("a pasted key is used, and an invalid one is refused", async () => {
  const tab = await open();
  await tab.page.goto(scene.server.url);
  await tab.page.getByText("Use a secret key").click();
  const use = async (secret: string) => {
    await tab.get("secret-input").fill(secret);
    await tab.get("use-secret").click();
  };
  for (const [bad, words] of [
    ["", "secret key"],
    ["SECRET", "changed characters"],
    ["GA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJVSGZ", "got an account"],
  ] as const) {
    await use(bad);
    expect(await error(tab, "secret"), bad).toContain(words);
    expect(await tab.get("secret-input").getAttribute("aria-invalid")).toBe("true");
  }
  const secret = "SA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJUWVG";
  expect(await tab.get("secret-input").getAttribute("type")).toBe("password");
  await use(`  ${secret} `);
  expect(await tab.get("address").textContent()).toBe("GDZPP7YRK65H5XY5ZVZSXAIN56RZWERNN75TN6NRLWXQMPR5EU4XIWGF");
  expect(await tab.page.content()).not.toContain(secret);
  await tab.page.reload();
  expect(await tab.get("address").textContent()).toBe("GDZPP7YRK65H5XY5ZVZSXAIN56RZWERNN75TN6NRLWXQMPR5EU4XIWGF");
  await isWell(tab);
});

test("a user of a shared account signs in by memo, and another one is another customer", async () => {
  const tab = await open();
  await tab.page.goto(scene.server.url);
  await tab.get("new-key").click();
  await tab.get("discover").click();
  await developer(tab);
  await tab.get("memo-input").fill("-1");
  await tab.get("sign-in").click();
  await tab.page.waitForFunction(() => document.getElementById("memo-error")?.textContent !== "");
  expect(await error(tab, "memo")).toContain("18446744073709551615");
  await tab.get("memo-input").fill("18446744073709551615");
  await signIn(tab);
  expect(await tab.get("session-account").textContent()).toMatch(/^G[A-Z2-7]{55}:18446744073709551615$/);
  await isWell(tab);
});

test("an anchor's address is taken as it is pasted, and one that cannot be reached is reported", async () => {
  const tab = await open();
  await tab.page.goto(scene.server.url);
  await tab.get("new-key").click();
  await tab.get("home-domain").fill("anchor example");
  await tab.get("discover").click();
  await tab.page.waitForFunction(() => document.getElementById("home-domain-error")?.textContent !== "");
  expect(await error(tab, "home-domain")).toContain("not the address of a website");
  await tab.get("home-domain").fill(`https://${scene.server.homeDomain}/about?from=a#friend`);
  await tab.get("discover").click();
  expect(await tab.get("anchor-name").textContent()).toBe("Windlass Sandbox Anchor");
  await tab.get("change-anchor").click();
  // No server listens on port 9.
  await tab.get("home-domain").fill("localhost:9");
  await tab.get("discover").click();
  await tab.page.getByText(/could not reach/i).first().waitFor();
  await tab.picture("12-unreachable");
});

test("the whole story works with the keyboard alone", async () => {
  const tab = await open();
  const { page } = tab;
  page.on("filechooser", (chooser) => void chooser.setFiles(PHOTO));
  await page.goto(scene.server.url);
  await tab.get("new-key").waitFor();
  await press(tab, "new-key", "Enter");
  await tab.get("address").waitFor();
  await press(tab, "discover", "Enter");
  await tab.get("anchor-name").waitFor();
  await press(tab, "sign-in", "Space");
  await tab.get("agree").waitFor();
  await page.keyboard.press("Enter");
  await tab.get("kyc-form").waitFor();

  const mobile_number = number();
  const values: Record<string, string> = { ...PERSON, mobile_number };
  for (const name of ["first_name", "last_name", "email_address", "mobile_number"]) {
    await reach(tab, `field-${name}`);
    await page.keyboard.type(values[name] ?? "");
  }
  await reach(tab, "field-address_country_code");
  await page.keyboard.type("Japan");
  await reach(tab, "field-birth_date");
  // The browser decides whether day or month comes first.
  await page.keyboard.type("04041990");
  await reach(tab, "field-id_type");
  await page.keyboard.press("ArrowDown");
  await reach(tab, "field-photo_id_front");
  await page.keyboard.press("Enter");
  await page.getByAltText(`Preview of ${PHOTO.name}`).waitFor();
  // Enter in a field sends the form.
  await reach(tab, "field-first_name");
  await page.keyboard.press("Enter");

  await tab.get("field-mobile_number_verification").waitFor();
  const code = (await tab.get("inbox-code").first().textContent()) ?? "";
  await reach(tab, "field-mobile_number_verification");
  await page.keyboard.type(code);
  await page.keyboard.press("Enter");
  await status(tab, "ACCEPTED");

  await press(tab, "delete-customer", "Enter");
  await press(tab, "confirm-delete", "Enter");
  await status(tab, "NEEDS_INFO");
  await isWell(tab);
});

test("after the anchor has refused the session, the user signs in again", async () => {
  const tab = await open();
  await enter(tab, scene.server);
  const token = await tokenOf(tab);
  // The same claims with an invalid signature, as after a restart with other keys.
  const forged = token.replace(/.{10}$/, "AAAAAAAAAA");
  await tab.page.evaluate(([from, to]) => {
    for (const [key, value] of Object.entries(sessionStorage)) {
      if (String(value).includes(from ?? "")) sessionStorage.setItem(key, String(value).replace(from ?? "", to ?? ""));
    }
  }, [token, forged]);
  await tab.page.reload();
  await tab.get("sign-in").waitFor();
  await signIn(tab);
  await tab.get("kyc-form").waitFor();
  await status(tab, "NEEDS_INFO");
});

/** Moves the focus with the Tab key until it is there. */
async function reach(tab: Tab, id: string): Promise<void> {
  const { page } = tab;
  for (let presses = 0; presses < 120; presses += 1) {
    const there = await page.evaluate((id) => document.activeElement?.getAttribute("data-testid") === id, id);
    if (there) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`the Tab key does not reach ${id}`);
}

async function press(tab: Tab, id: string, key: "Enter" | "Space"): Promise<void> {
  await reach(tab, id);
  await tab.page.keyboard.press(key);
}

/** The session's token, as the tab keeps it. */
async function tokenOf(tab: Tab): Promise<string> {
  const kept = await tab.page.evaluate(() => Object.values({ ...sessionStorage }).map(String));
  const token = kept.flatMap((value) => /ey[\w-]+\.[\w-]+\.[\w-]+/.exec(value) ?? []);
  if (token[0] === undefined) throw new Error("the tab keeps no token");
  return token[0];
}
