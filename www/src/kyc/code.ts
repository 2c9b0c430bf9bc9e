import { maskDestination, resendCode, type FormCode } from "windlass/forms";
import { field } from "windlass/sep9";

import { busy, fill, h, notice, type Child } from "../dom";
import { kycForm, type KycForm, type Values } from "./form";

/** How long an anchor of Windlass waits before it sends another code to the same number or address, in seconds. */
const PAUSE = 60;

/** One calm question: the code, where it went, and how to get another. */
export interface CodeStep {
  readonly root: HTMLElement;
  readonly form: KycForm;
}

/**
 * Makes it. `sent` is where the code went, if this page knows; `inbox` shows the code in the sandbox. What became of a
 * new code is shown in `outcome`, which stays when the step is drawn again.
 */
export function codeStep(
  code: FormCode,
  sent: Sent | undefined,
  inbox: HTMLElement,
  outcome: HTMLElement,
  send: (values: Values) => Promise<void>,
  again: (values: Values) => Promise<void>,
  explain: (error: unknown) => string,
): CodeStep {
  const form = kycForm([code], "Confirm", send);
  const request = async (value: string): Promise<void> => {
    fill(outcome);
    try {
      await again(resendCode(code, value).fields);
      fill(outcome, notice("ok", value === sent?.to ? code.resent : `A new code is on its way to ${maskDestination(value)}.`));
    } catch (error) {
      fill(outcome, notice("bad", explain(error)));
    }
  };
  const resend = h("button", { type: "button", class: "quiet", "data-testid": "resend" }, code.resend);
  resend.addEventListener("click", () => void busy(resend, "Sending …", () => request(sent?.to ?? "")));
  hold(resend, code.resend, sent?.at ?? 0);
  const root = h(
    "div",
    { class: "stack code-step" },
    form.root,
    outcome,
    inbox,
    h("div", { class: "code-other" }, sent !== undefined && resend, correction(code, sent?.to, request)),
  );
  return { root, form };
}

/** Where a code was sent, and when in milliseconds since 1970. */
export interface Sent {
  readonly to: string;
  readonly at: number;
}

/** Disables the button for as long as another code would not be sent, and counts down. */
function hold(button: HTMLButtonElement, text: string, at: number): void {
  const tick = (): void => {
    const left = Math.ceil(PAUSE - (Date.now() - at) / 1000);
    button.disabled = left > 0;
    button.textContent = left > 0 ? `${text} in ${left} s` : text;
    if (left > 0) setTimeout(() => button.isConnected && tick(), 1000);
  };
  tick();
}

/** A fold to correct the number or address. */
function correction(code: FormCode, sent: string | undefined, request: (value: string) => Promise<void>): Child {
  const id = `resend-${code.verifies}`;
  const what = field(code.verifies)?.format === "email" ? "e-mail address" : "number";
  const input = h("input", { id, type: what === "number" ? "tel" : "email", autocomplete: "off", dir: "ltr", "data-testid": id });
  input.value = sent ?? "";
  const button = h("button", { type: "submit" }, "Send a code there");
  const form = h("form", { class: "field", novalidate: true }, h("label", { for: id }, `The right ${what}`), h("div", { class: "joined" }, input, button));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void busy(button, "Sending …", () => request(input.value.trim()));
  });
  return h("details", {}, h("summary", {}, `Wrong ${what}?`), form);
}
