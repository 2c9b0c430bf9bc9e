// Keyboard use, screen readers, themes and motion.
import { expect, test } from "vitest";
import type { Tab } from "../support/chromium.js";
import { look, withAxe } from "./look.js";
import { developer, enter, fill, isWell, number, PERSON, PHOTO, signIn, stage } from "./wallet.js";

const scene = stage();
const { open } = scene;

const focused = (tab: Tab) => tab.page.evaluate(() => document.activeElement?.id ?? "");
const background = (tab: Tab) => tab.page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
const LIGHT = "rgb(246, 247, 248)";
const DARK = "rgb(12, 19, 24)";

test("the theme is the system's until one is chosen, which is stored and applied before the first paint", async () => {
  const tab = await open();
  await withAxe(tab);
  await tab.page.emulateMedia({ colorScheme: "dark" });
  await tab.page.goto(scene.server.url);
  await tab.get("new-key").waitFor();
  expect(await background(tab)).toBe(DARK);
  await tab.page.emulateMedia({ colorScheme: "light" });
  expect(await background(tab)).toBe(LIGHT);
  await tab.page.getByRole("button", { name: "Switch to the dark theme" }).click();
  expect(await background(tab)).toBe(DARK);
  expect(await tab.page.locator("meta[name=theme-color]").first().getAttribute("content")).toBe(DARK);
  await look(tab, "70-theme-chosen");

  // The theme is set before the program has loaded.
  await tab.page.route("**/assets/*.js", (route) => route.abort());
  await tab.page.reload();
  expect(await background(tab)).toBe(DARK);
  await tab.page.unrouteAll();
  await tab.page.goto(`${scene.server.url}/challenge.html`);
  await tab.page.getByRole("button", { name: "Switch to the light theme" }).click();
  await tab.page.emulateMedia({ colorScheme: "dark" });
  expect(await background(tab)).toBe(LIGHT);
});

test("the first Tab stop skips the header", async () => {
  const tab = await open();
  await tab.page.goto(scene.server.url);
  await tab.get("new-key").waitFor();
  await tab.page.keyboard.press("Tab");
  expect(await tab.page.evaluate(() => document.activeElement?.textContent)).toBe("Skip to the steps");
  expect(await tab.page.evaluate(() => (document.activeElement?.getBoundingClientRect().top ?? -1) >= 0)).toBe(true);
  await tab.page.keyboard.press("Enter");
  await tab.page.keyboard.press("Tab");
  expect(await tab.page.evaluate(() => document.activeElement?.getAttribute("data-testid"))).toBe("new-key");
});

test("a finished step moves the focus to the next heading, and announces it", async () => {
  const tab = await open();
  const said = () => tab.page.locator("#announcer").textContent();
  await tab.page.goto(scene.server.url);
  await tab.get("new-key").click();
  await tab.get("address").waitFor();
  expect([await focused(tab), await said()]).toEqual(["anchor-title", expect.stringContaining("Demo wallet ready")]);
  await tab.get("discover").click();
  await tab.get("anchor-name").waitFor();
  expect([await focused(tab), await said()]).toEqual(["sign-in-title", "Anchor found."]);
  await signIn(tab);
  expect(await focused(tab)).toBe("kyc-title");
  await tab.get("kyc-form").waitFor();
  expect(await said()).toContain("Verify your identity");
});

test("a dialog keeps the focus, and Escape closes it without signing or deleting", async () => {
  const tab = await open();
  const { page } = tab;
  const changes: string[] = [];
  page.on("request", (request) => void (request.method() !== "GET" && changes.push(request.method())));
  await page.goto(scene.server.url);
  await tab.get("new-key").click();
  await tab.get("discover").click();
  await tab.get("sign-in").click();
  await tab.get("agree").waitFor();
  await holdsFocus(tab);
  await page.keyboard.press("Escape");
  await tab.get("not-signed").waitFor();
  expect([await tab.get("agree").count(), changes]).toEqual([0, []]);
  expect(await page.evaluate(() => document.activeElement?.getAttribute("data-testid"))).toBe("sign-in");

  await signIn(tab);
  await tab.get("kyc-form").waitFor();
  await fill(tab, { ...PERSON, mobile_number: number() });
  await tab.get("field-photo_id_front").setInputFiles(PHOTO);
  await tab.get("submit-kyc").click();
  await tab.get("delete-customer").waitFor();
  await tab.get("delete-customer").focus();
  await page.keyboard.press("Enter");
  await tab.get("confirm-delete").waitFor();
  await holdsFocus(tab);
  await page.keyboard.press("Escape");
  await tab.get("confirm-delete").waitFor({ state: "hidden" });
  expect(await page.evaluate(() => document.activeElement?.getAttribute("data-testid"))).toBe("delete-customer");
  expect(changes).not.toContain("DELETE");
});

test("the panel of requests is read by keyboard, copies commands, and keeps no value", async () => {
  const tab = await open();
  const { page } = tab;
  await tab.context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: scene.server.url });
  await enter(tab, scene.server);
  expect(await tab.get("log").isVisible()).toBe(false);
  await developer(tab);
  const mobile_number = number();
  await fill(tab, { ...PERSON, mobile_number });
  await tab.get("field-photo_id_front").setInputFiles(PHOTO);
  await tab.get("submit-kyc").click();
  await tab.get("field-mobile_number_verification").waitFor();
  const put = tab.get("log-row").filter({ hasText: "PUT" });
  await put.locator("summary").focus();
  await page.keyboard.press("Enter");
  expect(await put.locator("pre").first().textContent()).toContain("first_name = •••");
  expect(await put.locator("pre").first().textContent()).toContain("photo_id_front = file, image/png");
  await put.getByRole("button", { name: "Copy as cURL" }).click();
  await put.getByText("Copied").waitFor();
  const command = await page.evaluate(() => navigator.clipboard.readText());
  expect(command).toContain(`curl -X PUT "${scene.server.url}/kyc/customer`);
  expect(command).toContain('-H "Authorization: Bearer $TOKEN"');
  expect(command).toContain('-F "photo_id_front=@$PHOTO_ID_FRONT"');

  // With every line open, including those of the inbox
  await tab.get("log-all").check();
  // At once: the next request to the inbox moves every line by one.
  await tab.get("log").evaluate((log: HTMLElement) => log.querySelectorAll("details").forEach((fold) => (fold.open = true)));
  await tab.get("log").getByText("What the token says").first().waitFor();
  const shown = `${await tab.get("log").textContent()}${command}`;
  const token = await page.evaluate(() => sessionStorage.getItem("windlass-demo.token") ?? "");
  const [address, code] = [await tab.get("address").textContent(), await tab.get("inbox-code").first().textContent()];
  expect(token.split(".")).toHaveLength(3);
  for (const secret of [...Object.values(PERSON), mobile_number, PHOTO.name, address, code, token, ...token.split(".").slice(1)]) {
    expect(shown).not.toContain(secret);
  }
  await isWell(tab);
});

test("reduced motion turns animations off", async () => {
  const tab = await open();
  await tab.page.goto(scene.server.url);
  await tab.page.route("**/.well-known/stellar.toml", () => undefined);
  await tab.get("new-key").click();
  await tab.get("discover").click();
  const motion = () =>
    tab.get("discover").evaluate((button) => [getComputedStyle(button, "::before").animationName, getComputedStyle(button).transitionProperty]);
  expect(await motion()).toEqual(["none", "none"]);
  await tab.page.emulateMedia({ reducedMotion: "no-preference" });
  expect(await motion()).toEqual(["turn", "background-color, border-color"]);
});

test("nothing jumps while the page starts and the first steps are done", async () => {
  const tab = await open(390);
  await tab.page.addInitScript(() => {
    const shifts: number[] = [];
    Object.assign(window, { shifts });
    new PerformanceObserver((list) => {
      // Shifts within half a second of a click are expected, and browsers do not count them.
      for (const each of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[]) {
        if (!each.hadRecentInput) shifts.push(each.value);
      }
    }).observe({ type: "layout-shift", buffered: true });
  });
  await tab.page.goto(scene.server.url);
  await tab.get("new-key").click();
  await tab.get("discover").click();
  await signIn(tab);
  await tab.get("kyc-form").waitFor();
  const sum = await tab.page.evaluate(() => (window as unknown as { shifts: number[] }).shifts.reduce((all, one) => all + one, 0));
  // The limit for a good value: https://web.dev/articles/cls
  expect(sum).toBeLessThan(0.1);
});

/** The Tab key stays inside the open dialog; the browser's own controls may come between. */
async function holdsFocus(tab: Tab): Promise<void> {
  for (let presses = 0; presses < 6; presses += 1) {
    await tab.page.keyboard.press("Tab");
    const outside = await tab.page.evaluate(() => {
      const active = document.activeElement;
      return active !== null && active !== document.body && active.closest("dialog[open]") === null;
    });
    expect(outside).toBe(false);
  }
}
