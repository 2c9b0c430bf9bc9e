import { Keypair } from "windlass";

import { announce, busy, copyButton, fill, h, unseen } from "./dom";
import { explain } from "./errors";
import { leave, saved, state, update, watch } from "./state";
import { goTo, step, type Step } from "./step";

/** The first step: the user's key. */
export function keyStep(): Step {
  const card = step(1, "key", "Your key");
  watch(["keypair"], ({ keypair }) => {
    card.show(keypair ? "done" : "open", keypair && resetButton());
    fill(card.body, keypair ? chosen(keypair) : choice());
  });
  return card;
}

/** Restores the key from before a reload. */
export async function restoreKey(): Promise<void> {
  const secret = saved.read("secret");
  if (secret === undefined) return;
  try {
    update({ keypair: await Keypair.fromSecret(secret) });
  } catch {
    saved.forget("secret");
  }
}

function choice(): HTMLElement {
  const create = h("button", { type: "button", class: "primary", "data-testid": "new-key" }, "Create a new key");
  create.addEventListener("click", () => void busy(create, "Creating …", async () => take(await Keypair.random())));
  return h(
    "div",
    { class: "stack" },
    h("p", {}, "You sign in with a key of your own. It stays in this browser tab until you close it."),
    h("div", {}, create),
    h("p", { class: "or" }, "or use one that you have"),
    paste(),
  );
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
    h("p", { id: "secret-help", class: "hint" }, "Never paste a key that holds real money: this is a demo for test networks."),
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
      take(await Keypair.fromSecret(secret));
    } catch (cause) {
      refuse(explain(cause, "").text);
    }
  };
  return form;
}

function chosen(keypair: Keypair): HTMLElement {
  const secret = h("code");
  const details = h(
    "details",
    {},
    h("summary", {}, "Show the secret key"),
    h("div", { class: "key" }, secret, copyButton("secret key", () => keypair.secret())),
  );
  // The secret is in the page only while the details are open.
  details.addEventListener("toggle", () => (secret.textContent = details.open ? keypair.secret() : ""));
  const address = h("code", { "data-testid": "address" }, keypair.address);
  return h("div", {}, h("div", { class: "key" }, unseen("Address: "), address, copyButton("address", () => keypair.address)), details);
}

function resetButton(): HTMLButtonElement {
  const button = h("button", { type: "button", class: "quiet", "data-testid": "reset-key" }, "Use another key");
  button.addEventListener("click", () => {
    saved.forget("secret");
    leave({ keypair: undefined });
    announce("Key removed.");
    goTo("key");
  });
  return button;
}

function take(keypair: Keypair): void {
  saved.write("secret", keypair.secret());
  update({ keypair });
  announce(`Key ready. The address begins with ${keypair.address.slice(0, 4)}.`);
  goTo(state().anchor ? "sign-in" : "anchor");
}
