import { Keypair } from "windlass";

import { announce, copyButton, fill, h, notice, unseen } from "./dom";
import { explain } from "./errors";
import { leave, saved, state, update, watch } from "./state";
import { goTo, step, type Step } from "./step";

/** The first step: a key of one's own. */
export function keyStep(): Step {
  const card = step(1, "key", "Your key");
  watch(["keypair"], ({ keypair }) => {
    card.show(keypair ? "done" : "open", keypair && resetButton());
    fill(card.body, keypair ? chosen(keypair) : choice());
  });
  return card;
}

/** Takes up the key of before a reload. */
export function restoreKey(): void {
  const secret = saved.read("secret");
  if (secret === undefined) return;
  try {
    update({ keypair: Keypair.fromSecret(secret) });
  } catch {
    saved.forget("secret");
  }
}

function choice(): HTMLElement {
  const create = h("button", { type: "button", class: "primary", "data-testid": "new-key" }, "Create a new key");
  create.addEventListener("click", () => take(Keypair.random()));
  return h(
    "div",
    { class: "stack" },
    notice(
      "warn",
      "This is a demo for test networks. The secret key stays in this browser tab until you close it. ",
      "Never paste a key that holds real money.",
    ),
    create,
    h("p", { class: "or" }, "or"),
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
    "aria-describedby": "secret-error",
    "data-testid": "secret-input",
  });
  const error = h("p", { id: "secret-error", class: "error", "data-testid": "error-secret" });
  const shown = h("button", { type: "button", class: "quiet", "aria-pressed": "false", "aria-controls": "secret" }, "Show");
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
    h("div", { class: "joined" }, input, shown),
    error,
    h("button", { type: "submit", "data-testid": "use-secret" }, "Use this key"),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const secret = input.value.trim();
    if (secret === "") return refuse("Paste a secret key first. It begins with S and has 56 characters.");
    try {
      take(Keypair.fromSecret(secret));
    } catch (cause) {
      refuse(explain(cause, "").text);
    }
  });
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
  // It stands in the page only while somebody looks at it.
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
