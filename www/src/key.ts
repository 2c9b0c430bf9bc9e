import { Keypair } from "windlass";

import { announce, busy, copyButton, fill, h, icon, notice, shortened } from "./dom";
import { explain } from "./errors";
import { NotConnected, connectFreighter, connectedFreighter, demoWallet, keyOf, type Holder } from "./holder";
import { leave, saved, state, update, watch } from "./state";
import { goTo, step, type Step } from "./step";

/** The first step: the wallet that holds the user's account. */
export function keyStep(): Step {
  const card = step(1, "key", "Your wallet");
  watch(["holder"], ({ holder }) => {
    card.show(holder ? "done" : "open", holder && { line: chosen(holder), undo: resetButton() });
    const keypair = holder && keyOf(holder);
    fill(card.body, !holder ? choice() : keypair && secretOf(keypair));
  });
  return card;
}

/** Restores the wallet from before a reload. */
export async function restoreKey(): Promise<void> {
  const [secret, address] = [saved.read("secret"), saved.read("connected")];
  try {
    if (address !== undefined) update({ holder: await connectedFreighter(address) });
    else if (secret !== undefined) update({ holder: demoWallet(await Keypair.fromSecret(secret)) });
  } catch {
    saved.forget("secret", "connected");
  }
}

function choice(): HTMLElement {
  const create = h("button", { type: "button", class: "primary", "data-testid": "new-key" }, "Create a demo wallet");
  create.addEventListener("click", () => void busy(create, "Creating …", async () => takeKey(await Keypair.random())));
  const connect = h("button", { type: "button", "data-testid": "connect" }, icon("wallet"), "Connect Freighter");
  const outcome = h("div");
  connect.addEventListener("click", () => {
    fill(outcome);
    void busy(connect, "Connecting …", async () => {
      try {
        const holder = await connectFreighter();
        saved.write("connected", holder.address);
        take(holder);
      } catch (error) {
        fill(outcome, notice("warn", error instanceof NotConnected ? error.message : explain(error, "Freighter").text, " ", install()));
      }
    });
  });
  return h(
    "div",
    { class: "stack" },
    h("p", {}, "You sign in with a Stellar account. Try it with a new one, which lives in this tab only, or connect a wallet that you have."),
    h("div", { class: "row choice" }, create, connect),
    outcome,
    h("details", {}, h("summary", {}, "Use a secret key"), paste()),
  );
}

function install(): HTMLElement {
  return h("a", { href: "https://freighter.app", target: "_blank", rel: "noopener" }, "Get Freighter");
}

function paste(): HTMLFormElement {
  const input = h("input", {
    id: "secret",
    type: "password",
    autocomplete: "off",
    autocapitalize: "off",
    spellcheck: "false",
    placeholder: "S…",
    class: "mono",
    "aria-describedby": "secret-help secret-error",
    "data-testid": "secret-input",
  });
  const error = h("p", { id: "secret-error", class: "error", "data-testid": "error-secret" });
  const shown = h("button", { type: "button", class: "quiet small", "aria-pressed": "false", "aria-controls": "secret" }, "Show");
  shown.addEventListener("click", () => {
    const show = input.type === "password";
    input.type = show ? "text" : "password";
    shown.textContent = show ? "Hide" : "Show";
    shown.setAttribute("aria-pressed", String(show));
  });
  const refuse = (text: string): void => {
    error.textContent = text;
    input.setAttribute("aria-invalid", "true");
    input.focus();
  };
  input.addEventListener("input", () => {
    error.textContent = "";
    input.removeAttribute("aria-invalid");
  });
  const form = h(
    "form",
    { class: "field", novalidate: true },
    h("label", { for: "secret" }, "Secret key"),
    h("p", { id: "secret-help", class: "hint" }, "Only from a test network. Never paste a key that holds real money."),
    h("div", { class: "joined" }, h("div", { class: "inside" }, input, shown), h("button", { type: "submit", "data-testid": "use-secret" }, "Use this key")),
    error,
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void use(input.value.trim());
  });
  const use = async (secret: string): Promise<void> => {
    if (secret === "") return refuse("Paste a secret key first. It begins with S and has 56 characters.");
    try {
      takeKey(await Keypair.fromSecret(secret));
    } catch (cause) {
      refuse(explain(cause, "").text);
    }
  };
  return form;
}

function chosen({ name, address }: Holder): HTMLElement {
  return h("span", { class: "row" }, h("span", {}, name), shortened(address, "address"), copyButton("address", () => address));
}

function secretOf(keypair: Keypair): HTMLElement {
  const secret = h("code");
  const details = h(
    "details",
    {},
    h("summary", {}, "Show the secret key"),
    h("div", { class: "key" }, secret, copyButton("secret key", () => keypair.secret())),
  );
  // The secret is in the page only while the details are open.
  details.addEventListener("toggle", () => (secret.textContent = details.open ? keypair.secret() : ""));
  return details;
}

function resetButton(): HTMLButtonElement {
  const button = h("button", { type: "button", class: "quiet", "data-testid": "reset-key" }, "Change");
  button.addEventListener("click", () => {
    forget();
    announce("Wallet removed.");
    goTo("key");
  });
  return button;
}

/** Removes the wallet and everything that belongs to its session. */
export function forget(): void {
  saved.forget("secret", "connected");
  leave({ holder: undefined });
}

function takeKey(keypair: Keypair): void {
  saved.write("secret", keypair.secret());
  take(demoWallet(keypair));
}

function take(holder: Holder): void {
  update({ holder });
  announce(`${holder.name} ready. The address begins with ${holder.address.slice(0, 4)}.`);
  goTo(state().anchor ? "sign-in" : "anchor");
}
