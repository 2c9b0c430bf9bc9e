import { checkFields, isWindlassError, type Todo } from "windlass";

import { busy, fill, h, notice } from "../dom";
import { aboutField } from "../errors";
import { control, type Control } from "./control";
import { inOrder } from "./wording";

/** What a form sends: text and files by the names they go under. */
export type Values = Record<string, string | File>;

/** A form over what is still to be submitted. */
export interface KycForm {
  readonly root: HTMLFormElement;
  /** Shows why sending failed: at the field if the error is about one of the form's, otherwise by a box on top. */
  refuse(error: Error, box: Node): void;
}

/** Makes the form. `send` is called with values that passed every check that can be made here. */
export function kycForm(todos: readonly Todo[], send: (values: Values) => Promise<void>): KycForm {
  const controls = inOrder(todos).map(control);
  const summary = h("div", { class: "summary" });
  const button = h("button", { type: "submit", class: "primary", "data-testid": "submit-kyc" }, buttonText(todos));
  /** Fields that a person has left at least once: only those are told that they are wrong. */
  const left = new Set<string>();
  /** What the anchor said, until the field is changed. */
  const said = new Map<string, string>();
  let tried = false;
  let listed = "";

  /** Lists what is wrong over the form, anew only when it is about other fields: each time it is read out. */
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

/** What the rules of SEP-9 say, and the inputs themselves, by field. */
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

/** Optional fields stand apart when there are others, and behind the button when only a code is wanted. */
function layout(controls: readonly Control[], button: HTMLElement): HTMLElement[] {
  const needed = controls.filter(({ todo }) => !todo.optional);
  const optional = controls.filter(({ todo }) => todo.optional);
  const roots = (some: readonly Control[]): HTMLElement[] => some.map(({ root }) => root);
  const end = h("div", {}, button);
  if (needed.length === 0 || optional.length === 0) return [...roots(controls), end];
  const title = "You may also tell";
  const rest = h("div", { class: "stack" }, ...roots(optional));
  if (needed.every(({ todo }) => todo.verifies !== undefined)) {
    return [...roots(needed), end, h("details", {}, h("summary", {}, title), rest)];
  }
  return [...roots(needed), h("fieldset", {}, h("legend", {}, title), rest), end];
}

function buttonText(todos: readonly Todo[]): string {
  return todos.some(({ verifies }) => verifies !== undefined) ? "Confirm" : "Send to the anchor";
}

/** The list over the form: each entry leads to its field. */
function links(wrong: readonly Control[]): HTMLElement {
  const entry = ({ target, label, refusal }: Control): HTMLElement => {
    const link = h("a", { href: `#${target.id}` }, `${label}: ${refusal() ?? ""}`);
    link.addEventListener("click", (event) => {
      event.preventDefault();
      reveal(target);
    });
    return h("li", {}, link);
  };
  const title = wrong.length === 1 ? "One thing is not right yet" : `${wrong.length} things are not right yet`;
  return notice("bad", h("strong", {}, title), h("ul", {}, ...wrong.map(entry)));
}

/** Moves to a field, wherever it is folded away. */
function reveal(target: HTMLElement): void {
  for (let fold = target.closest("details"); fold; fold = fold.parentElement?.closest("details") ?? null) fold.open = true;
  target.focus();
}
