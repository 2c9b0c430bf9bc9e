// A user confirms a signature, waits for the anchor, and inspects a challenge.
import type { Route } from "playwright-core";
import { Keypair, TransactionBuilder } from "@stellar/stellar-sdk";
import { expect, test } from "vitest";
import type { Tab } from "../support/chromium.js";
import { developer, enter, isWell, stage, status } from "./wallet.js";

const scene = stage();
const { open } = scene;
const json = (body: object, status = 200) => ({ status, contentType: "application/json", body: JSON.stringify(body) });

// S43-03: a refusal is not a failure, and the wallet does not ask again by itself.
test.each([390, 1280])("a person refuses to sign, and then agrees, %i pixels wide", async (width) => {
  const tab = await open(width);
  const posts: string[] = [];
  tab.page.on("request", (request) => void (request.method() === "POST" && posts.push(request.url())));
  await tab.page.goto(scene.server.url);
  await tab.get("new-key").click();
  await tab.get("discover").click();
  await tab.get("sign-in").click();
  await tab.get("agree").waitFor();
  expect(await tab.page.evaluate(() => document.activeElement?.textContent)).toBe("Sign");
  // Who asks, on which network, for which account
  const sheet = (await tab.get("confirmation").textContent()) ?? "";
  expect(sheet).toContain((await tab.get("address").textContent()) ?? "?");
  for (const words of ["Sign in to Windlass Sandbox Anchor?", scene.server.homeDomain, "Sandbox network", "moves no money"]) expect(sheet).toContain(words);
  await isWell(tab);
  await tab.picture("13-ask");
  await tab.get("refuse").click();
  await tab.get("not-signed").waitFor();
  expect(await tab.get("not-signed").textContent()).toContain("You refused to sign");
  expect(await tab.get("agree").count()).toBe(0);
  expect(posts).toEqual([]);
  await isWell(tab);
  await tab.picture("14-refused");

  // The user can cancel while the anchor has not answered.
  const asked = (url: URL) => url.pathname === "/auth" && url.searchParams.has("account");
  await tab.page.route(asked, () => undefined);
  await tab.get("sign-in").click();
  await tab.get("cancel-sign-in").click();
  await tab.page.getByText("You cancelled the sign-in").first().waitFor();
  expect([await tab.get("agree").count(), posts.length]).toEqual([0, 0]);
  await tab.page.unrouteAll({ behavior: "ignoreErrors" });

  await tab.get("sign-in").click();
  await tab.get("agree").click();
  await tab.get("sign-out").waitFor();
  expect(posts).toHaveLength(1);
  await isWell(tab);
});

// S43-05: through the module interface of stellar-wallets-kit
test("a wallet's extension is connected, signs in, and is still there after a reload", async () => {
  const tab = await open();
  await tab.page.goto(scene.server.url);
  await tab.get("connect").click();
  await tab.page.getByText("Freighter is not installed").waitFor();
  await isWell(tab);

  const key = Keypair.random();
  await withFreighter(tab, key, "Standalone Network ; February 2017");
  await tab.page.reload();
  await tab.get("connect").click();
  expect(await tab.get("address").textContent()).toBe(key.publicKey());
  await tab.get("discover").click();
  await tab.get("sign-in").click();
  await tab.get("kyc-form").waitFor();
  // The extension asks, and this page does not ask as well.
  expect(await tab.get("agree").count()).toBe(0);
  expect(await tab.get("session-account").textContent()).toBe(key.publicKey());
  await tab.page.reload();
  await tab.get("kyc-form").waitFor();
  expect(await tab.get("address").textContent()).toBe(key.publicKey());
  await isWell(tab);
  await tab.picture("19-connected");
});

/** Freighter's extension, as far as its module speaks with it, in every page that the tab opens from now on. */
async function withFreighter(tab: Tab, key: Keypair, networkPassphrase: string): Promise<void> {
  await tab.page.exposeFunction("signInExtension", (xdr: string) => {
    const transaction = TransactionBuilder.fromXDR(xdr, networkPassphrase);
    transaction.sign(key);
    return transaction.toXDR();
  });
  await tab.page.addInitScript(
    ([publicKey, networkPassphrase]) => {
      const { signInExtension } = window as unknown as { signInExtension(xdr: string): Promise<string> };
      addEventListener("message", async ({ data }: MessageEvent<{ source?: string; messageId: number; type: string; transactionXdr?: string }>) => {
        if (data.source !== "FREIGHTER_EXTERNAL_MSG_REQUEST") return;
        const signed = data.type === "SUBMIT_TRANSACTION" && { signedTransaction: await signInExtension(data.transactionXdr ?? ""), signerAddress: publicKey };
        const networkDetails = { network: "STANDALONE", networkPassphrase };
        postMessage({ source: "FREIGHTER_EXTERNAL_MSG_RESPONSE", messagedId: data.messageId, isConnected: true, isAllowed: true, publicKey, networkDetails, ...signed });
      });
    },
    [key.publicKey(), networkPassphrase],
  );
}

// S12-45
test.each([390, 1280])("a page waits for the anchor until it is stopped, %i pixels wide", async (width) => {
  const tab = await open(width);
  await enter(tab, scene.server);
  let asked = 0;
  let says: (route: Route) => Promise<void> = (route) =>
    route.fulfill(json({ id: "1", status: "PROCESSING", provided_fields: { first_name: { type: "string", status: "PROCESSING" } } }));
  await tab.page.route(/\/kyc\/customer(\?|$)/, (route) => {
    asked += 1;
    return says(route);
  });
  await tab.page.reload();
  await status(tab, "PROCESSING");
  await tab.get("stop-waiting").waitFor();
  await isWell(tab);
  await tab.picture("15-waiting");
  await tab.get("stop-waiting").click();
  await tab.get("ask-now").waitFor();
  await tab.picture("16-stopped");
  const before = asked;

  // A temporary failure does not end the wait.
  let trouble = 0;
  says = (route) => {
    trouble += 1;
    if (trouble === 1) return route.fulfill(json({ id: "1", status: "PROCESSING", message: "Nearly there" }));
    if (trouble === 2) return route.abort("failed");
    if (trouble === 3) return route.fulfill({ ...json({ error: "later" }, 503), headers: { "Retry-After": "1" } });
    return route.fulfill(json({ id: "1", status: "ACCEPTED" }));
  };
  await tab.get("ask-now").click();
  await status(tab, "ACCEPTED");
  expect(trouble).toBe(4);
  expect(asked).toBe(before + 4);
  expect(await tab.get("stop-waiting").count()).toBe(0);
  // Chromium itself notes the request that was cut off.
  tab.faults.length = 0;
  await isWell(tab);
});

test.each([390, 1280])("a challenge is inspected, %i pixels wide", async (width) => {
  const tab = await open(width);
  const { page } = tab;
  await enter(tab, scene.server);
  await developer(tab);
  // The report on the signed challenge is still there after a reload.
  await page.reload();
  await tab.get("report").getByText("14 of 14").waitFor();
  await tab.get("report").locator("summary").first().click();
  await tab.get("open-report").click();
  await tab.get("verdict").getByText("The challenge follows all 14 rules").waitFor();
  expect(await tab.get("verdict").locator("li.passed").count()).toBe(14);
  expect(await tab.get("homeDomain").inputValue()).toBe(scene.server.homeDomain);
  await isWell(tab);
  await tab.picture("17-report");

  // For another account, time and domain it is not valid, and each reason is shown.
  await tab.get("account").fill("GA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJVSGZ");
  await tab.get("webAuthDomain").fill("other.example");
  await tab.get("networkPassphrase").fill("Public Global Stellar Network ; September 2015");
  await tab.get("check").click();
  await tab.get("verdict").getByText("The challenge breaks 3 of 14 rules").waitFor();
  for (const [name, code] of [["account", "challenge_account"], ["web_auth_domain", "challenge_web_auth_domain"], ["server_signature", "challenge_server_signature"]]) {
    expect(await tab.get(`check-${name}`).getAttribute("class")).toBe("failed");
    expect(await tab.get(`check-${name}`).textContent()).toContain(code ?? "");
  }
  await isWell(tab);
  await tab.picture("18-report-broken");

  // The anchor's published values are looked up, and a whole answer can be pasted or opened as a file.
  await tab.get("look-up").click();
  await page.waitForFunction((host) => (document.getElementById("webAuthDomain") as HTMLInputElement).value === host, scene.server.homeDomain);
  await tab.get("challenge").fill('{"transaction":"AAAA","network_passphrase":"x"}');
  await tab.get("check").click();
  await tab.get("verdict").getByText("The challenge breaks 1 of 14 rules").waitFor();
  expect(await tab.get("check-nonce").getAttribute("class")).toBe("skipped");
  await tab.get("challenge-file").setInputFiles({ name: "c.txt", mimeType: "text/plain", buffer: Buffer.from("nothing\n") });
  await page.waitForFunction(() => (document.getElementById("challenge") as HTMLTextAreaElement).value === "nothing");
  await tab.get("account").fill("somebody");
  await tab.get("check").click();
  await tab.get("verdict").getByText("invalid_account").waitFor();
  await isWell(tab);
});
