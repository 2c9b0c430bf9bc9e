import type { Todo } from "windlass";
import { field as sep9Field } from "windlass/sep9";

import { fill, h, icon } from "../dom";
import { sentence } from "../errors";
import { fileInput } from "./file";
import type { Given, Input } from "./input";
import { todoHelp, todoLabel } from "./wording";

/** One field of the form. */
export interface Control {
  readonly todo: Todo;
  readonly label: string;
  readonly root: HTMLElement;
  /** The element that takes the focus. */
  readonly target: HTMLElement;
  given(): Given;
  /** Why the input itself is invalid: half a date, or a file that the field does not accept. */
  flaw(): string | undefined;
  /** Shows an error, worded to follow the label: `must be …`. */
  refuse(text: string | undefined): void;
  /** The error that is shown. */
  refusal(): string | undefined;
}

/** Makes the form field for one item that is to be submitted. */
export function control(todo: Todo): Control {
  const id = `field-${todo.name}`;
  const [label, help] = [todoLabel(todo), todoHelp(todo)];
  const error = h("p", { id: `error-${todo.name}`, class: "error", "data-testid": `error-${todo.name}` });
  const attributes = {
    id,
    name: todo.name,
    "data-testid": id,
    "aria-describedby": help === undefined ? error.id : `help-${todo.name} ${error.id}`,
    "aria-required": todo.optional ? undefined : "true",
  };
  const input = inputFor(todo, attributes);
  let shown: string | undefined;
  const refuse = (text: string | undefined): void => {
    if (text === shown) return;
    shown = text;
    fill(error, ...(text === undefined ? [] : [icon("alert"), sentence(text)]));
    root.classList.toggle("refused", text !== undefined);
    if (text === undefined) input.target.removeAttribute("aria-invalid");
    else input.target.setAttribute("aria-invalid", "true");
  };
  const root = h(
    "div",
    { class: "field" },
    h("label", { for: id }, label, todo.optional && " ", todo.optional && h("span", { class: "optional" }, "optional")),
    help !== undefined && h("p", { id: `help-${todo.name}`, class: "hint" }, help),
    todo.verifies !== undefined && h("p", { class: "hint" }, h("a", { href: "#inbox" }, "Look for it in the sandbox inbox")),
    input.shown,
    error,
  );
  return { todo, label, root, target: input.target, given: input.given, flaw: input.flaw, refuse, refusal: () => shown };
}

type Attributes = Record<string, string | undefined>;

function inputFor(todo: Todo, attributes: Attributes): Input {
  const known = sep9Field(todo.name);
  const kind = todo.type ?? "string";
  const choices = todo.choices ?? [];
  if (kind === "binary") return fileInput(attributes, known);
  if (choices.length > 0) return select(choices, attributes);
  if (known?.format === "multiline") return text(h("textarea", { ...attributes, rows: 3, autocomplete: "street-address" }));
  return text(h("input", { ...attributes, ...typing(todo, kind) }));
}

function select(choices: readonly string[], attributes: Attributes): Input {
  const options = choices.map((choice) => h("option", { value: choice }, choice.replaceAll("_", " ")));
  return text(h("select", attributes, h("option", { value: "" }, "Choose …"), ...options));
}

function text(target: HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement): Input {
  return {
    target,
    shown: target,
    // Blanks around a single line are never intended; in several lines they may be.
    given: () => (target instanceof HTMLTextAreaElement ? target.value : target.value.trim()) || undefined,
    flaw: () => (target.validity.badInput ? "must be complete" : undefined),
  };
}

/** Keyboard, picker and autocompletion for a kind of value. Validation is left to the package. */
function typing({ name, verifies }: Todo, kind: string): Attributes {
  const exact = { type: "text", autocapitalize: "off", spellcheck: "false" };
  if (verifies !== undefined) {
    return { ...exact, inputmode: "numeric", autocomplete: "one-time-code", class: "code" };
  }
  const autocomplete = COMPLETION[name] ?? "off";
  switch (sep9Field(name)?.format) {
    case "yy_mm":
      return { ...exact, inputmode: "numeric", autocomplete, placeholder: "YY-MM" };
    case "e164":
    case "phone":
      return { ...exact, type: "tel", autocomplete, placeholder: "+14155552671" };
    case "email":
      return { ...exact, type: "email", autocomplete };
    case "iso3166_alpha3":
    case "iso3166_alpha2":
    case "iso3166_2":
      return { ...exact, autocapitalize: "characters", autocomplete };
    case "iso8601_date":
      return { type: "date", autocomplete };
    case "card_number":
      return { ...exact, inputmode: "numeric", autocomplete };
    default:
  }
  if (kind === "date") return { type: "date", autocomplete };
  if (kind === "number") return { ...exact, inputmode: "numeric", autocomplete };
  return { type: "text", autocomplete };
}

/** SEP-9's fields by the names of the `autocomplete` attribute. */
const COMPLETION: Readonly<Record<string, string>> = {
  given_name: "given-name",
  first_name: "given-name",
  additional_name: "additional-name",
  family_name: "family-name",
  last_name: "family-name",
  birth_date: "bday",
  city: "address-level2",
  state_or_province: "address-level1",
  postal_code: "postal-code",
  mobile_number: "tel",
  email_address: "email",
  sex: "sex",
  language_code: "language",
  "organization.name": "organization",
};
