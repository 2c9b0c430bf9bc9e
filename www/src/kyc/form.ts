import { checkFields, isWindlassError, type Todo } from "windlass";

import { busy, fill, h, notice } from "../dom";
import { aboutField } from "../errors";
import { control, type Control } from "./control";
import { inOrder } from "./wording";

/** The values that a form sends: text and files by field name. */
export type Values = Record<string, string | File>;

/** A form for the items that are still to be submitted. */
export interface KycForm {
  readonly root: HTMLFormElement;
  /** Shows why sending failed: at the field that the error names, or else as `box` above the form. */
  refuse(error: Error, box: Node): void;
}

/** Makes the form. `send` is called with values that passed every check of the package. */
export function kycForm(todos: readonly Todo[], send: (values: Values) => Promise<void>): KycForm {
  const controls = inOrder(todos).map(control);
  const summary = h("div", { class: "summary" });
  const button = h("button", { type: "submit", class: "primary", "data-testid": "submit-kyc" }, buttonText(todos));
  /** Fields that the user has left at least once. Only those show errors before the first attempt to send. */
  const left = new Set<string>();
  /** The anchor's errors by field, until the field is changed. */
  const said = new Map<string, string>();
  let tried = false;
  let listed = "";

  /** Lists the errors above the form. Drawn again only if other fields are concerned, because screen readers read it out. */
  const list = (wrong: readonly Control[]): void => {
    const names = wrong.map(({ todo }) => todo.name).join();
    if (names !== listed) fill(summary, wrong.length > 0 && links(wrong));
    listed = names;
  };
  const refresh = (): Control[] => {
    const found = problems(controls);
    return controls.filter((each) => {
      const { name, optional } = each.todo;
      const missing = tried && !optional && each.given() === undefined ? "must be given" : undefined;
      const text = said.get(name) ?? (left.has(name) || tried ? found.get(name) : undefined) ?? missing;
      each.refuse(text);
      return text !== undefined;
    });
  };

  for (const each of controls) {
    const { name, error } = each.todo;
    if (error !== undefined) said.set(name, `was refused by the anchor: ${error}`);
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
    const at = isWindlassError(error) && controls.find(({ todo }) => todo.name === error.field);
    if (at) {
      said.set(at.todo.name, aboutField(at.todo.name, error));
      list(refresh());
      reveal(at.target);
    } else {
      listed = "";
      fill(summary, box);
    }
  };

  const root = h("form", { class: "stack fields", novalidate: true, "data-testid": "kyc-form" }, summary, ...layout(controls, button));
  root.addEventListener("submit", (event) => {
    event.preventDefault();
    void busy(button, "Sending …", submit);
  });
  refresh();
  return { root, refuse };
}

/** The errors by field: those of SEP-9's rules, and those of the inputs themselves. */
function problems(controls: readonly Control[]): Map<string, string> {
  const found = new Map<string, string>();
  const values: Record<string, string> = {};
  const choices: Record<string, string[]> = {};
  for (const each of controls) {
    const { name } = each.todo;
    const given = each.given();
    const flaw = each.flaw();
    if (flaw !== undefined) found.set(name, flaw);
    if (typeof given !== "string") continue;
    values[name] = given;
    if (each.todo.choices) choices[name] = each.todo.choices;
  }
  for (const { field, message } of checkFields(values, { choices })) found.set(field, message);
  return found;
}

function valuesOf(controls: readonly Control[]): Values {
  const values: Values = {};
  for (const each of controls) {
    const given = each.given();
    if (given !== undefined) values[each.todo.name] = given;
  }
  return values;
}

/** Optional fields are apart if there are required ones, and below the button if only codes are required. */
function layout(controls: readonly Control[], button: HTMLElement): HTMLElement[] {
  const needed = controls.filter(({ todo }) => !todo.optional);
  const optional = controls.filter(({ todo }) => todo.optional);
  const roots = (some: readonly Control[]): HTMLElement[] => some.map(({ root }) => root);
  const end = h("div", {}, button);
  if (needed.length === 0 || optional.length === 0) return [...roots(controls), end];
  const title = "Optional details";
  const rest = h("div", { class: "stack" }, ...roots(optional));
  if (needed.every(({ todo }) => todo.verifies !== undefined)) {
    return [...roots(needed), end, h("details", {}, h("summary", {}, title), rest)];
  }
  return [...roots(needed), h("fieldset", {}, h("legend", {}, title), rest), end];
}

function buttonText(todos: readonly Todo[]): string {
  return todos.some(({ verifies }) => verifies !== undefined) ? "Confirm" : "Send to the anchor";
}

/** The list above the form. Each entry is a link to its field. */
function links(wrong: readonly Control[]): HTMLElement {
  const entry = ({ target, label, refusal }: Control): HTMLElement => {
    const link = h("a", { href: `#${target.id}` }, `${label}: ${refusal() ?? ""}`);
    link.addEventListener("click", (event) => {
      event.preventDefault();
      reveal(target);
    });
    return h("li", {}, link);
  };
  const title = wrong.length === 1 ? "One field needs a correction" : `${wrong.length} fields need a correction`;
  return notice("bad", h("strong", {}, title), h("ul", {}, ...wrong.map(entry)));
}

/** Moves the focus to a field, and unfolds whatever hides it. */
function reveal(target: HTMLElement): void {
  for (let fold = target.closest("details"); fold; fold = fold.parentElement?.closest("details") ?? null) fold.open = true;
  target.focus();
}
