import { fill, h, icon, unseen, type Child } from "./dom";

/** The progress of a step. */
export type Progress = "waiting" | "open" | "done";

/** The names of the steps. */
export type StepId = "key" | "anchor" | "sign-in" | "kyc";

/** What is left of a finished step: one line. */
export interface Folded {
  readonly line: Child;
  /** What undoes the step. */
  readonly undo: HTMLButtonElement;
}

/** One step of the flow: a numbered card. */
export interface Step {
  readonly root: HTMLElement;
  /** The element for the step's content. Of a folded step only developers see it. */
  readonly body: HTMLElement;
  /** Shows the progress. With `folded` only one line of the step stays. */
  show(progress: Progress, folded?: Folded): void;
}

/** Makes the card. */
export function step(number: number, id: StepId, title: string): Step {
  const badge = h("span", { class: "step-badge" });
  const heading = h("h2", { id: `${id}-title`, tabindex: -1 }, badge, title);
  const line = h("div", { class: "step-line" });
  const action = h("div", { class: "step-action" });
  const head = h("div", { class: "step-head" }, heading, line, action);
  const body = h("div", { class: "step-body" });
  const root = h("li", { class: "step", id }, h("section", { class: "card", "aria-labelledby": heading.id }, head, body));
  const show = (progress: Progress, folded?: Folded): void => {
    root.dataset["progress"] = progress;
    root.classList.toggle("folded", folded !== undefined);
    body.classList.toggle("developer", folded !== undefined);
    const words = { waiting: `Step ${number}, not yet: `, open: `Step ${number}: `, done: `Step ${number}, done: ` };
    const sign = progress === "done" ? icon("check") : h("span", { "aria-hidden": "true" }, String(number));
    fill(badge, sign, unseen(words[progress]));
    fill(line, folded?.line);
    fill(action, folded?.undo);
  };
  show("open");
  return { root, body, show };
}

/** Moves the focus to a step, when the element that had it has gone. */
export function goTo(id: StepId): void {
  document.getElementById(`${id}-title`)?.focus({ preventScroll: true });
  const card = document.getElementById(id);
  const top = card?.getBoundingClientRect().top ?? 0;
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  if (top < 0 || top > innerHeight / 2) card?.scrollIntoView({ block: "start", behavior: still ? "instant" : "smooth" });
}
