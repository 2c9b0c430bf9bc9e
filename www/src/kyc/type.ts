import { busy, h } from "../dom";
import { explain } from "../errors";
import { saved } from "../state";

/** The customer types that SEPs name; an anchor may have others. */
const NAMED = ["sep6", "sep24", "sep31-sender", "sep31-receiver"];

/** A form for the customer type, which decides what the anchor asks for. */
export function typeForm(domain: string, use: (type: string) => Promise<void>): HTMLElement {
  const input = h("input", {
    id: "customer-type",
    type: "text",
    list: "customer-types",
    autocomplete: "off",
    autocapitalize: "off",
    spellcheck: "false",
    "aria-describedby": "customer-type-help customer-type-error",
    "data-testid": "customer-type",
  });
  const current = saved.read("type") ?? "";
  input.value = current;
  const error = h("p", { id: "customer-type-error", class: "error", "data-testid": "error-customer-type" });
  const button = h("button", { type: "submit", "data-testid": "use-type" }, "Use this type");
  const form = h(
    "form",
    { class: "field", novalidate: true },
    h("label", { for: "customer-type" }, "Customer type ", h("span", { class: "optional" }, "optional")),
    h("p", { id: "customer-type-help", class: "hint" }, "What you want to do. It decides what the anchor asks for."),
    input,
    h("datalist", { id: "customer-types" }, ...NAMED.map((value) => h("option", { value }))),
    error,
    h("div", {}, button),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void busy(button, "Asking …", async () => {
      error.textContent = "";
      input.removeAttribute("aria-invalid");
      try {
        await use(input.value.trim());
      } catch (cause) {
        error.textContent = explain(cause, domain).text;
        input.setAttribute("aria-invalid", "true");
        input.focus();
      }
    });
  });
  return h("details", {}, h("summary", {}, `Customer type: ${current || "none"}`), form);
}
