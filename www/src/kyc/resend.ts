import { busy, fill, h, notice } from "../dom";
import { aboutField, sentence } from "../errors";
import { state } from "../state";
import { label, lower } from "./wording";

/** A form to have a new code sent, or to correct the number or address that it goes to. */
export function resend(field: string, send: (value: string) => Promise<void>): HTMLElement {
  const id = `resend-${field}`;
  const what = lower(label(field));
  const input = h("input", { id, type: "text", autocomplete: "off", "data-testid": id });
  input.value = state().contacts[field] ?? "";
  const outcome = h("div", { role: "status" });
  const button = h("button", { type: "submit" }, "Send a new code");
  const form = h("form", { class: "field", novalidate: true }, h("label", { for: id }, label(field)), input, outcome, h("div", {}, button));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void busy(button, "Sending …", async () => {
      fill(outcome);
      try {
        await send(input.value.trim());
        fill(outcome, notice("ok", "A new code is on its way."));
      } catch (error) {
        fill(outcome, error instanceof Error && notice("bad", sentence(aboutField(field, error))));
      }
    });
  });
  return h("details", {}, h("summary", {}, `No code, or another ${what}?`), form);
}
