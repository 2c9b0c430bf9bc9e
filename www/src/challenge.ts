import { Anchor } from "windlass";
import { inspectChallenge, type ExpectedChallenge, type Report } from "windlass/server";

import { checkList, passed } from "./checks";
import { decoded, type Seen } from "./decoded";
import { announce, busy, fill, h, notice } from "./dom";
import { explain, failure, isLoopback, patience } from "./errors";
import { saved } from "./state";

/** The inputs, by their names in the package: label, help and placeholder. */
const FIELDS = {
  homeDomain: ["Home domain", "The domain of the anchor that should have sent it.", "anchor.example.com"],
  signingKey: ["Signing key", "SIGNING_KEY of the anchor's stellar.toml.", "G…"],
  webAuthDomain: ["Web auth domain", "The host of the anchor's WEB_AUTH_ENDPOINT.", "anchor.example.com"],
  networkPassphrase: ["Network passphrase", "The network that the signature is for.", "Test SDF Network ; September 2015"],
  account: ["Account", "The account that signs in.", "G… or M…"],
  memo: ["Memo", "Only if several users share the account.", ""],
  clientDomain: ["Client domain", "Only if the wallet asked for one.", ""],
  clientKey: ["Client domain's key", "SIGNING_KEY of that domain's stellar.toml.", ""],
} as const;

type Name = keyof typeof FIELDS;

const OPTIONAL: readonly Name[] = ["memo", "clientDomain", "clientKey"];

/** The page: a challenge, the values it should have, and the result of each check. */
export function challengePage(root: HTMLElement): void {
  const challenge = h("textarea", {
    id: "challenge",
    rows: 6,
    class: "mono",
    spellcheck: "false",
    autocomplete: "off",
    "aria-describedby": "challenge-help",
    "data-testid": "challenge",
  });
  const inputs = Object.fromEntries(
    Object.keys(FIELDS).map((name) => [name, h("input", { id: name, type: "text", spellcheck: "false", autocomplete: "off", autocapitalize: "off", "aria-describedby": `${name}-help`, "data-testid": name })]),
  ) as Record<Name, HTMLInputElement>;
  const outcome = h("div", { class: "stack" }, h("p", { class: "hint" }, "Paste a challenge and check it: every rule is listed here, with the reason if it is broken."));
  const contents = h("section", { class: "card panel stack", "aria-labelledby": "contents", hidden: true });
  const found = h("h2", { id: "found", tabindex: -1 }, "The checks");
  const value = (name: Name): string => inputs[name].value.trim();

  const check = async (): Promise<void> => {
    try {
      const seen = { transaction: transaction(challenge.value), expected: expected(value) };
      const report = await inspectChallenge(seen.transaction, seen.expected);
      fill(outcome, verdict(report), checkList(report, true));
      fill(contents, h("h2", { id: "contents" }, "Contents"), decoded(report, seen.expected));
      contents.hidden = false;
      announce(`${passed(report)} of ${report.checks.length} checks passed.`);
    } catch (error) {
      fill(outcome, failure(error, value("homeDomain")));
    }
  };

  const lookUp = h("button", { type: "button", "data-testid": "look-up" }, "Look up");
  const looked = h("p", { class: "error", id: "homeDomain-error" });
  lookUp.addEventListener("click", () => void busy(lookUp, "Looking …", async () => {
    const domain = value("homeDomain");
    looked.textContent = "";
    try {
      const anchor = await Anchor.discover(domain, { allowHttp: isLoopback(location.host) && isLoopback(domain), signal: patience() });
      const { signingKey, webAuthEndpoint } = anchor.info;
      inputs.signingKey.value = signingKey ?? "";
      inputs.webAuthDomain.value = webAuthEndpoint === undefined ? "" : new URL(webAuthEndpoint).host;
      inputs.networkPassphrase.value = anchor.networkPassphrase;
      announce("The values from the anchor's stellar.toml are filled in.");
    } catch (error) {
      looked.textContent = explain(error, domain).text;
    }
  }));

  const open = h("input", { id: "challenge-file", type: "file", class: "unseen", accept: ".txt,.xdr,.json,text/plain,application/json", "data-testid": "challenge-file" });
  open.addEventListener("change", () => void open.files?.[0]?.text().then((text) => (challenge.value = text.trim())));

  const field = (name: Name, ...more: (Node | string)[]): HTMLElement => {
    const [label, help, placeholder] = FIELDS[name];
    inputs[name].placeholder = placeholder;
    const optional = OPTIONAL.includes(name) && h("span", { class: "optional" }, "optional");
    return h(
      "div",
      { class: "field" },
      h("label", { for: name }, `${label} `, optional),
      h("p", { id: `${name}-help`, class: "hint" }, help),
      more.length > 0 ? h("div", { class: "joined" }, inputs[name], ...more) : inputs[name],
    );
  };
  const form = h(
    "form",
    { class: "stack", novalidate: true },
    h(
      "div",
      { class: "field" },
      h("label", { for: "challenge" }, "Transaction"),
      h("p", { id: "challenge-help", class: "hint" }, "In base64, or the whole JSON that the anchor answered with."),
      challenge,
      h("div", {}, open, h("label", { for: open.id, class: "file-button" }, "Open a file")),
    ),
    h("h3", {}, "Expected values"),
    field("homeDomain", lookUp),
    looked,
    field("signingKey"),
    h("div", { class: "pair" }, field("webAuthDomain"), field("networkPassphrase")),
    field("account"),
    h("details", {}, h("summary", {}, "Memo and client domain"), h("div", { class: "stack" }, field("memo"), h("div", { class: "pair" }, field("clientDomain"), field("clientKey")))),
    h("div", {}, h("button", { type: "submit", class: "primary", "data-testid": "check" }, "Check the challenge")),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    // On a phone the result is below the form: scroll to it.
    void check().then(() => {
      found.focus({ preventScroll: true });
      if (found.getBoundingClientRect().top > innerHeight / 2) found.scrollIntoView({ block: "start" });
    });
  });

  fill(
    root,
    h("main", {}, h("section", { class: "card panel stack", "aria-labelledby": "what" }, h("h2", { id: "what" }, "The challenge"), form)),
    h("div", { class: "stack" }, h("section", { class: "card panel stack", "aria-labelledby": found.id, "data-testid": "verdict" }, found, outcome), contents),
  );
  const last = lastChallenge();
  if (!last) {
    inputs.homeDomain.value = location.host;
    return;
  }
  challenge.value = last.transaction;
  for (const name of ["homeDomain", "signingKey", "webAuthDomain", "networkPassphrase", "account"] as const) {
    inputs[name].value = last.expected[name] ?? "";
  }
  inputs.memo.value = String(last.expected.memo ?? "");
  void check();
}

function expected(value: (name: Name) => string): ExpectedChallenge {
  const [memo, domain] = [value("memo"), value("clientDomain")];
  return {
    homeDomain: value("homeDomain"),
    signingKey: value("signingKey"),
    webAuthDomain: value("webAuthDomain"),
    networkPassphrase: value("networkPassphrase"),
    account: value("account"),
    ...(memo !== "" && { memo }),
    ...(domain !== "" && { clientDomain: { domain, signingKey: value("clientKey") } }),
  };
}

/** The transaction in the pasted text: alone, or in the anchor's JSON answer. */
function transaction(text: string): string {
  const trimmed = text.trim();
  if (!trimmed.startsWith("{")) return trimmed.replaceAll(/\s/g, "");
  try {
    const { transaction } = JSON.parse(trimmed) as { transaction?: unknown };
    return String(transaction ?? "");
  } catch {
    return trimmed;
  }
}

function verdict(report: Report): HTMLElement {
  const [good, all] = [passed(report), report.checks.length];
  if (good === all) return notice("ok", `The challenge follows all ${all} rules. A wallet may sign it.`);
  const broken = report.checks.filter(({ outcome }) => outcome === "failed").length;
  return notice("bad", `The challenge breaks ${broken} of ${all} rules. Windlass does not sign it.`);
}

/** The challenge of the wallet's last sign-in, which it stores for this page. */
function lastChallenge(): Seen | undefined {
  try {
    return JSON.parse(saved.read("challenge") ?? "") as Seen;
  } catch {
    return undefined;
  }
}
