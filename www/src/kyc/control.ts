import { formValue, type FormField } from "windlass/forms";

import { fill, h, icon } from "../dom";
import { sentence } from "../errors";
import { fileInput } from "./file";
import type { Flaw, Given, Input } from "./input";
import { texts } from "./texts";

/** One field of the form. */
export interface Control {
  readonly field: FormField;
  readonly root: HTMLElement;
  /** The element that takes the focus. */
  readonly target: HTMLElement;
  given(): Given;
  /** Why the input itself is invalid: half a date, or a file that the field does not accept. */
  flaw(): Flaw | undefined;
  /** Shows what is wrong, or that nothing is. */
  refuse(flaw: Flaw | undefined): void;
  /** What is shown. */
  refusal(): Flaw | undefined;
}

/** Makes the input for one thing that is to be submitted. */
export function control(field: FormField): Control {
  const { name, label, hint, description, required } = field;
  const id = `field-${name}`;
  const help = [hint, description].filter((text) => text !== undefined).join(" ");
  const error = h("p", { id: `error-${name}`, class: "error", "data-testid": `error-${name}` });
  const input = inputFor(field, {
    id,
    name,
    dir: field.dir,
    autocomplete: field.autocomplete,
    "data-testid": id,
    "aria-describedby": help === "" ? error.id : `help-${name} ${error.id}`,
    "aria-required": required ? "true" : undefined,
  });
  let shown: Flaw | undefined;
  const refuse = (flaw: Flaw | undefined): void => {
    if (flaw?.text === shown?.text && flaw?.severity === shown?.severity) return;
    shown = flaw;
    const isError = flaw?.severity === "error";
    fill(error, flaw && icon(isError ? "alert" : "info"), flaw && h("span", {}, sentence(flaw.text)));
    error.classList.toggle("doubt", flaw?.severity === "warning");
    root.classList.toggle("refused", isError);
    if (isError) input.target.setAttribute("aria-invalid", "true");
    else input.target.removeAttribute("aria-invalid");
  };
  const root = h(
    "div",
    { class: "field" },
    h("label", { for: id }, label, !required && " ", !required && h("span", { class: "optional" }, texts.words.optional)),
    help !== "" && h("p", { id: `help-${name}`, class: "hint" }, help),
    input.shown,
    error,
  );
  return { field, root, target: input.target, given: input.given, flaw: input.flaw, refuse, refusal: () => shown };
}

type Attributes = Record<string, string | undefined>;

function inputFor(field: FormField, attributes: Attributes): Input {
  if (field.type === "file") return fileInput(attributes, field);
  if (field.type === "select") {
    const options = field.choices.map(({ value, label }) => h("option", { value }, label));
    return text(field, h("select", attributes, h("option", { value: "" }, texts.words.choose), ...options));
  }
  if (field.verifies !== undefined) {
    return text(field, h("input", { ...attributes, type: field.type, inputmode: field.inputmode, class: "code", spellcheck: "false", autocapitalize: "off" }));
  }
  const more = { ...attributes, maxlength: field.maxlength };
  if (field.type === "textarea") return text(field, h("textarea", { ...more, rows: 3 }));
  const exact = field.dir === "ltr" && { spellcheck: "false", autocapitalize: "off" };
  return text(field, h("input", { ...more, ...exact, type: field.type, inputmode: field.inputmode, placeholder: field.example }));
}

function text(field: FormField, target: HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement): Input {
  return {
    target,
    shown: target,
    given: () => formValue(field, target.value),
    flaw: () => (target.validity.badInput ? { text: "Please enter the whole date.", severity: "error" } : undefined),
  };
}
