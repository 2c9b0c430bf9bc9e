// Every state of the wallet, in both themes, on a phone and on a desktop, without violations that axe-core finds.
import type { Route } from "playwright-core";
import { describe, expect, test } from "vitest";
import type { Tab } from "../support/chromium.js";
import { look, withAxe } from "./look.js";
import { PERSON, PHOTO, developer, enter, fill, number, signIn, stage, status } from "./wallet.js";

const scene = stage();

const json = (body: object, status = 200, headers: Record<string, string> = {}) => ({
  status,
  headers: { "Content-Type": "application/json", ...headers },
  body: JSON.stringify(body),
});

describe.each([390, 1280])("%i pixels wide", (width) => {
  const open = async (): Promise<Tab> => {
    const tab = await scene.open(width);
    await withAxe(tab);
    return tab;
  };

  test("choosing a key", async () => {
    const tab = await open();
    await tab.page.goto(scene.server.url);
    await tab.get("new-key").waitFor();
    await look(tab, "20-no-key");
    await tab.page.getByText("Use a secret key").click();
    await tab.get("secret-input").fill("SECRET");
    await tab.get("use-secret").click();
    await tab.page.getByText("changed characters").waitFor();
    await look(tab, "21-key-refused");
    await tab.get("new-key").click();
    await developer(tab);
    await tab.page.getByText("Show the secret key").click();
    await look(tab, "22-key");
  });

  test("looking for an anchor", async () => {
    const tab = await open();
    await tab.page.goto(scene.server.url);
    await tab.get("new-key").click();
    const toml = async (says: (route: Route) => Promise<void>, words: RegExp, name: string): Promise<void> => {
      await tab.page.unrouteAll();
      await tab.page.route("**/.well-known/stellar.toml", says);
      await tab.get("discover").click();
      await tab.page.getByText(words).first().waitFor();
      await look(tab, name);
      tab.faults.length = 0;
    };
    await toml((route) => route.abort("connectionrefused"), /could not reach/i, "23-anchor-not-found");
    await toml((route) => route.fulfill({ status: 500, body: "" }), /on the anchor's side/i, "24-anchor-down");
    await toml((route) => route.fulfill({ status: 429, body: "", headers: { "Retry-After": "30" } }), /wait 30 s/i, "25-anchor-rate-limited");
    await toml((route) => route.fulfill({ status: 200, body: "no toml at all" }), /no anchor at/i, "26-anchor-unreadable");
    const published = await (await fetch(`${scene.server.url}/.well-known/stellar.toml`)).text();
    const elsewhere = published.replace(/(NETWORK_PASSPHRASE *= *)".*"/, '$1"Public Global Stellar Network ; September 2015"');
    await toml((route) => route.fulfill({ status: 200, body: elsewhere }), /real money/, "27-anchor-with-real-money");
  });

  test("signing in", async () => {
    const tab = await open();
    const { page } = tab;
    await page.goto(scene.server.url);
    await tab.get("new-key").click();
    await tab.get("discover").click();
    await tab.get("anchor-name").waitFor();
    await look(tab, "30-ready");

    await tab.get("sign-in").click();
    await tab.get("agree").waitFor();
    await look(tab, "31-asked");
    await tab.get("refuse").click();
    await tab.get("not-signed").waitFor();
    await look(tab, "32-refused-by-the-person");

    // A challenge for another account, as an attacker in between would forward it.
    const asked = (url: URL): boolean => url.pathname === "/auth" && url.searchParams.has("account");
    await page.route(asked, async (route) => {
      const url = new URL(route.request().url());
      url.searchParams.set("account", "GA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJVSGZ");
      await route.fulfill({ response: await route.fetch({ url: url.href }) });
    });
    await tab.get("sign-in").click();
    await tab.get("see-report").click();
    expect(await page.evaluate(() => document.activeElement?.closest("details")?.id)).toBe("report");
    expect(await tab.get("check-account").getAttribute("class")).toBe("failed");
    await look(tab, "33-challenge-refused");

    await page.unrouteAll();
    await page.route(asked, async (route) => {
      const answer = (await (await route.fetch()).json()) as object;
      await route.fulfill(json({ ...answer, network_passphrase: "Test SDF Network ; September 2015" }));
    });
    await tab.get("sign-in").click();
    await page.getByText("different networks").first().waitFor();
    await look(tab, "34-wrong-network");

    await page.unrouteAll();
    await page.route(asked, (route) => route.fulfill(json({ error: "too many requests" }, 429, { "Retry-After": "75" })));
    await tab.get("sign-in").click();
    await page.getByText("Wait 1 min 15 s").waitFor();
    await look(tab, "35-sign-in-rate-limited");

    await page.unrouteAll();
    await signIn(tab);
    await tab.get("kyc-form").waitFor();
    for (const panel of ["report", "log"]) {
      if (!(await tab.get(panel).evaluate((fold: HTMLDetailsElement) => fold.open))) await tab.get(panel).locator("summary").first().click();
    }
    await page.getByText("What it says, decoded").click();
    await tab.get("decoded").getByText("the anchor's signing key").first().waitFor();
    expect(await tab.get("decoded").locator("li").count()).toBe(2);
    await look(tab, "36-report-decoded");
    await tab.get("report").locator("summary").first().click();
    await tab.get("log-row").filter({ hasText: "POST" }).locator("summary").click();
    await page.getByText("What the token says").waitFor();
    await look(tab, "37-request");
  });

  test("giving details", async () => {
    const tab = await open();
    await enter(tab, scene.server);
    await status(tab, "NEEDS_INFO");
    await look(tab, "40-form");
    await tab.get("submit-kyc").click();
    await tab.page.getByText("Please fill this in").first().waitFor();
    await look(tab, "41-form-refused");
    const mobile_number = number();
    await fill(tab, { ...PERSON, mobile_number });
    await tab.get("field-photo_id_front").setInputFiles(PHOTO);
    await tab.page.getByAltText(`Preview of ${PHOTO.name}`).waitFor();
    await look(tab, "42-form-filled-in");
    await tab.get("submit-kyc").click();
    const code = tab.get("field-mobile_number_verification");
    await code.waitFor();
    const sent = (await tab.get("inbox-code").first().textContent()) ?? "";
    await look(tab, "43-code");
    await code.fill(sent === "000000" ? "000001" : "000000");
    await tab.get("submit-kyc").click();
    await tab.page.locator("#error-mobile_number_verification:not(:empty)").waitFor();
    await look(tab, "44-code-refused");
    await code.fill(sent);
    await tab.get("submit-kyc").click();
    await status(tab, "ACCEPTED");
    await look(tab, "45-accepted");
    await tab.get("delete-customer").click();
    await look(tab, "46-delete");
  });

  test("errors of the anchor", async () => {
    const tab = await open();
    await enter(tab, scene.server);
    const provided = { first_name: { type: "string", status: "ACCEPTED" }, last_name: { type: "string", status: "ACCEPTED" } };
    const says = async (answer: ReturnType<typeof json>, name: string, words: string): Promise<void> => {
      await tab.page.unrouteAll();
      await tab.page.route(/\/kyc\/customer(\?|$)/, (route) => route.fulfill(answer));
      await tab.page.reload();
      await tab.page.getByText(words).first().waitFor();
      await look(tab, name);
    };
    await says(json({ id: "1", status: "PROCESSING", provided_fields: provided }), "50-processing", "Stop waiting");
    await says(json({ id: "1", status: "REJECTED", message: "This person is on a sanctions list." }), "51-rejected", "sanctions list");
    const photo = { type: "binary", status: "REJECTED", error: "the photo is too dark to be read", description: "Front of the document" };
    await says(
      json({ id: "1", status: "NEEDS_INFO", provided_fields: { ...provided, photo_id_front: photo } }),
      "52-field-rejected",
      "too dark",
    );
    await says(json({ error: "the database is away" }, 503), "53-kyc-down", "Try again later");
    await says(json({ error: "too many requests" }, 429, { "Retry-After": "12" }), "54-kyc-rate-limited", "Wait 12 s");
    await says(json({ error: "the token is not one of ours" }, 401), "55-session-ended", "The session has ended");
  });

  test("any challenge", async () => {
    const tab = await open();
    await tab.page.goto(`${scene.server.url}/challenge.html`);
    await tab.get("check").waitFor();
    await look(tab, "60-report-empty");
    await enter(tab, scene.server);
    await tab.page.goto(`${scene.server.url}/challenge.html`);
    await tab.get("decoded").waitFor();
    await look(tab, "61-report-good");
    await tab.get("account").fill("GA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJVSGZ");
    await tab.get("check").click();
    await tab.get("verdict").getByText("The challenge breaks 1 of 14 rules").waitFor();
    await look(tab, "62-report-broken");
  });
});
