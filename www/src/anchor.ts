import { Anchor } from "windlass";

import { announce, busy, fill, h, notice, type Child } from "./dom";
import { explain, failure, isLoopback, patience } from "./errors";
import { leave, saved, update, watch } from "./state";
import { goTo, step, type Step } from "./step";

const PUBLIC = "Public Global Stellar Network ; September 2015";

/** Names for the passphrases of the well-known networks. */
const NETWORKS: Readonly<Record<string, string>> = {
  [PUBLIC]: "Main network",
  "Test SDF Network ; September 2015": "Test network",
  "Test SDF Future Network ; October 2022": "Future network",
  "Standalone Network ; February 2017": "Sandbox network",
};

/** The name of a network. */
export function networkName(passphrase: string): string {
  return NETWORKS[passphrase] ?? "A network of its own";
}

/** What the anchor calls itself. */
export function anchorName({ info, homeDomain }: Anchor): string {
  return info.organization.dba ?? info.organization.name ?? homeDomain;
}

/** The domain in what was typed or pasted: `https://anchor.example.com/about` is taken as well. */
export function domainIn(text: string): string {
  const [, host = text] = /^(?:https?:)?\/\/([^/?#]+)/i.exec(text.trim()) ?? [];
  return host.trim().replace(/\/+$/, "");
}

/** The second step, which can be restored after a reload. */
export interface AnchorStep extends Step {
  restore(): Promise<void>;
}

/** The second step: the anchor, found by its home domain. */
export function anchorStep(): AnchorStep {
  const card = step(2, "anchor", "Your anchor");
  let search = searchForm();
  watch(["anchor", "holder"], ({ anchor, holder }) => {
    if (anchor && isForTests(anchor)) card.show("done", { line: name(anchor), undo: changeButton() });
    else card.show(holder ? "open" : "waiting");
  });
  watch(["anchor"], ({ anchor }) => {
    if (!anchor) search = searchForm();
    fill(card.body, anchor ? found(anchor) : search.root);
  });
  const restore = async (): Promise<void> => {
    if (saved.read("home-domain") !== undefined) await search.run(false);
  };
  return { ...card, restore };
}

/** Whether this demo signs in at the anchor: on any network except for the public one. */
export function isForTests(anchor: Anchor): boolean {
  return anchor.networkPassphrase !== PUBLIC;
}

interface Search {
  readonly root: HTMLElement;
  /** Discovers the anchor. `byHand` moves the focus to the next step. */
  run(byHand: boolean): Promise<void>;
}

function searchForm(): Search {
  const input = h("input", {
    id: "home-domain",
    type: "text",
    inputmode: "url",
    autocomplete: "off",
    autocapitalize: "off",
    spellcheck: "false",
    "aria-describedby": "home-domain-help home-domain-error",
    "data-testid": "home-domain",
  });
  input.value = saved.read("home-domain") ?? ownDomain();
  const error = h("p", { id: "home-domain-error", class: "error", "data-testid": "error-home-domain" });
  const outcome = h("div");
  const button = h("button", { type: "submit", class: "primary", "data-testid": "discover" }, "Continue");

  const run = (byHand: boolean): Promise<void> =>
    busy(button, "Looking it up …", async () => {
      const domain = domainIn(input.value);
      fill(outcome);
      error.textContent = "";
      input.removeAttribute("aria-invalid");
      try {
        const allowHttp = isLoopback(location.host) && isLoopback(domain);
        const anchor = await Anchor.discover(domain, { allowHttp, signal: patience() });
        saved.write("home-domain", domain);
        update({ anchor });
        announce("Anchor found.");
        if (byHand && isForTests(anchor)) goTo("sign-in");
      } catch (cause) {
        if (explain(cause, domain).code === "invalid_home_domain") {
          error.textContent = explain(cause, domain).text;
          input.setAttribute("aria-invalid", "true");
          if (byHand) input.focus();
        } else {
          fill(outcome, failure(cause, domain));
        }
      }
    });

  const root = h(
    "form",
    { class: "stack", novalidate: true },
    h(
      "div",
      { class: "field" },
      h("label", { for: "home-domain" }, "Website of the anchor"),
      h("p", { id: "home-domain-help", class: "hint" }, "An anchor moves money between Stellar and banks, and has to know who you are. This demo brings one."),
      h("div", { class: "joined" }, input, button),
      error,
    ),
    outcome,
  );
  root.addEventListener("submit", (event) => {
    event.preventDefault();
    void run(true);
  });
  return { root, run };
}

/** The demo serves the wallet and the anchor from one address; in development the anchor has its own. */
function ownDomain(): string {
  return import.meta.env.DEV ? "localhost:8000" : location.host;
}

function changeButton(words?: string): HTMLButtonElement {
  const look = words === undefined ? "quiet" : "primary";
  const button = h("button", { type: "button", class: look, "data-testid": "change-anchor" }, words ?? "Change");
  button.addEventListener("click", () => {
    saved.forget("home-domain");
    leave({ anchor: undefined });
    announce("Anchor removed.");
    goTo("anchor");
  });
  return button;
}

function name(anchor: Anchor): HTMLElement {
  return h(
    "span",
    { class: "row" },
    h("span", { "data-testid": "anchor-name" }, anchorName(anchor)),
    h("span", { class: `chip ${isForTests(anchor) ? "info" : "warn"}` }, networkName(anchor.networkPassphrase)),
  );
}

function found(anchor: Anchor): HTMLElement {
  const { info, networkPassphrase: network } = anchor;
  const real = notice("warn", "This anchor works on the main network, with real money. This demo does not sign in there.");
  return h(
    "div",
    { class: "stack" },
    !isForTests(anchor) && name(anchor),
    !isForTests(anchor) && real,
    !isForTests(anchor) && h("div", {}, changeButton("Choose another")),
    h(
      "details",
      { class: "developer" },
      h("summary", {}, "What its stellar.toml says"),
      h(
        "dl",
        { class: "facts" },
        ...fact("Home domain", code(anchor.homeDomain)),
        ...fact("Network", code(network)),
        ...fact("Signing key", code(info.signingKey)),
        ...fact("Sign-in", code(info.webAuthEndpoint)),
        ...fact("KYC", code(info.kycServer)),
      ),
    ),
  );
}

function fact(term: string, ...values: Child[]): Child[] {
  return [h("dt", {}, term), h("dd", {}, ...values)];
}

function code(text: string | undefined): HTMLElement {
  return text === undefined ? h("span", { class: "hint" }, "not offered") : h("code", {}, text);
}
