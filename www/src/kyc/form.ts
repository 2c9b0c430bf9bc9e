import { checkFields, isWindlassError, type WindlassError } from "windlass";
import { errorText, missingText, problemText, type FormField } from "windlass/forms";

import { busy, fill, h, notice } from "../dom";
import { control, type Control } from "./control";
import type { Flaw } from "./input";
import { texts } from "./texts";

/** The values that a form sends: text and files by field name. */
export type Values = Record<string, string | File>;

/** A form for what is still to be submitted. */
export interface KycForm {
  readonly root: HTMLFormElement;
  /** Shows why sending failed: at the field that the error names, or else as `box` above the form. */
  refuse(error: Error, box: Node): void;
}

/** Makes the form. `send` is called with values in which the package has found no error; warnings are sent. */
export function kycForm(fields: readonly FormField[], button: string, send: (values: Values) => Promise<void>): KycForm {
  const controls = fields.map(control);
  const summary = h("div", { class: "summary" });
  const submitter = h("button", { type: "submit", class: "primary", "data-testid": "submit-kyc" }, button);
  /** Fields that the user has left at least once. Only those show problems before the first attempt to send. */
  const left = new Set<string>();
  /** The anchor's refusals by field, until the field is changed. */
  const said = new Map<string, string>();
  let tried = false;
  let listed = "";

  /** Lists the errors above the form. Drawn again only if other fields are concerned, because screen readers read it out. */
  const list = (wrong: readonly Control[]): void => {
    const names = wrong.map(({ field }) => field.name).join();
    if (names !== listed) fill(summary, wrong.length > 1 && links(wrong));
    listed = names;
  };
  /** Shows what is wrong, and returns the fields that cannot be sent. */
  const refresh = (): Control[] => {
    const found = flaws(controls);
    return controls.filter((each) => {
      const { name, required } = each.field;
      const refused = said.get(name);
      const missing = tried && required && each.given() === undefined;
      const own = left.has(name) || tried ? found.get(name) : undefined;
      const flaw = refused !== undefined ? error(refused) : (own ?? (missing ? error(missingText(each.field, texts)) : undefined));
      each.refuse(flaw);
      return flaw?.severity === "error";
    });
  };

  for (const each of controls) {
    const { name } = each.field;
    if (each.field.error !== undefined) said.set(name, each.field.error);
    const changed = (): void => {
      said.delete(name);
      const wrong = refresh();
      if (listed !== "") list(wrong);
    };
    each.target.addEventListener("input", changed);
    each.target.addEventListener("checked", changed);
    each.target.addEventListener("change", () => left.add(name));
    each.target.addEventListener("blur", () => {
      if (each.given() !== undefined || each.flaw() !== undefined) left.add(name);
      refresh();
    });
  }

  const submit = async (): Promise<void> => {
    tried = true;
    const wrong = refresh();
    listed = "";
    fill(summary);
    list(wrong);
    if (wrong[0]) return reveal(wrong[0].target);
    await send(valuesOf(controls));
  };
  const refuse = (error: Error, box: Node): void => {
    const found = isWindlassError(error) ? refusals(error, fields) : new Map<string, string>();
    const at = controls.find(({ field }) => found.has(field.name));
    if (at) {
      // What the package knows as well is said in the language of the page; the anchor answers in the browser's.
      const known = flaws(controls);
      for (const [name, text] of found) said.set(name, known.get(name)?.text ?? text);
      list(refresh());
      reveal(at.target);
    } else {
      listed = "";
      fill(summary, box);
    }
  };

  const root = h("form", { class: "stack fields", novalidate: true, "data-testid": "kyc-form" }, summary, ...layout(controls), h("div", { class: "form-end" }, submitter));
  root.addEventListener("submit", (event) => {
    event.preventDefault();
    void busy(submitter, "Sending …", submit);
  });
  refresh();
  return { root, refuse };
}

function error(text: string): Flaw {
  return { text, severity: "error" };
}

/** What an error says, by field. An anchor of Windlass names each of several fields in one text. */
function refusals(error: WindlassError, fields: readonly FormField[]): Map<string, string> {
  const found = new Map<string, string>();
  const { code, status, field, message } = error;
  for (const part of status === undefined ? [] : message.split("; ")) {
    const at = fields.find(({ name }) => part.startsWith(`${name} `));
    if (at) found.set(at.name, errorText({ code, status, field: at.name, message: part }, texts, fields));
  }
  if (field !== undefined && fields.some(({ name }) => name === field) && !found.has(field)) found.set(field, errorText(error, texts, fields));
  return found;
}

/** What is wrong by field: by SEP-9's rules and the anchor's, and by the inputs themselves. */
function flaws(controls: readonly Control[]): Map<string, Flaw> {
  const found = new Map<string, Flaw>();
  const values: Record<string, string> = {};
  const choices: Record<string, string[]> = {};
  const fields = controls.map(({ field }) => field);
  for (const each of controls) {
    const { field } = each;
    const given = each.given();
    const flaw = each.flaw();
    if (flaw !== undefined) found.set(field.name, flaw);
    if (typeof given !== "string") continue;
    values[field.name] = given;
    if (field.type === "select") choices[field.name] = field.choices.map(({ value }) => value);
  }
  for (const problem of checkFields(values, { choices })) {
    found.set(problem.field, { text: problemText(problem, texts, fields), severity: problem.severity });
  }
  return found;
}

function valuesOf(controls: readonly Control[]): Values {
  const values: Values = {};
  for (const each of controls) {
    const given = each.given();
    if (given !== undefined) values[each.field.name] = given;
  }
  return values;
}

/** Optional fields are folded if there are required ones. */
function layout(controls: readonly Control[]): HTMLElement[] {
  const needed = controls.filter(({ field }) => field.required);
  const optional = controls.filter(({ field }) => !field.required);
  const roots = (some: readonly Control[]): HTMLElement[] => some.map(({ root }) => root);
  if (needed.length === 0 || optional.length === 0) return roots(controls);
  const more = h("details", { "data-testid": "optional" }, h("summary", {}, "Add optional details"), h("div", { class: "stack fields" }, ...roots(optional)));
  return [...roots(needed), more];
}

/** The line above the form. Each field in it is a link. */
function links(wrong: readonly Control[]): HTMLElement {
  const entry = ({ target, field }: Control): HTMLElement => {
    const link = h("a", { href: `#${target.id}` }, field.label);
    link.addEventListener("click", (event) => {
      event.preventDefault();
      reveal(target);
    });
    return h("li", {}, link);
  };
  return notice("bad", h("span", {}, "Please look at this again: "), h("ul", { class: "inline" }, ...wrong.map(entry)));
}

/** Moves the focus to a field, and unfolds whatever hides it. */
function reveal(target: HTMLElement): void {
  for (let fold = target.closest("details"); fold; fold = fold.parentElement?.closest("details") ?? null) fold.open = true;
  target.focus();
}
