import { fill, h, icon, unseen } from "./dom";

/** The progress of a step. */
export type Progress = "waiting" | "open" | "done";

/** The names of the steps. */
export type StepId = "key" | "anchor" | "sign-in" | "kyc";

/** One step of the flow: a numbered card. */
export interface Step {
  readonly root: HTMLElement;
  /** The element for the step's content. */
  readonly body: HTMLElement;
  /** Shows the progress, and beside the title the button that undoes the step. */
  show(progress: Progress, undo?: HTMLButtonElement): void;
}

/** Makes the card. */
export function step(number: number, id: StepId, title: string): Step {
  const badge = h("span", { class: "step-badge" });
  const heading = h("h2", { id: `${id}-title`, tabindex: -1 }, badge, title);
  const action = h("div", { class: "step-action" });
  const head = h("div", { class: "step-head" }, heading, action);
  const body = h("div", { class: "step-body" });
  const root = h("li", { class: "step", id }, h("section", { class: "card", "aria-labelledby": heading.id }, head, body));
  const show = (progress: Progress, undo?: HTMLButtonElement): void => {
    root.dataset["progress"] = progress;
    const words = { waiting: `Step ${number}, not yet: `, open: `Step ${number}: `, done: `Step ${number}, done: ` };
    const sign = progress === "done" ? icon("check") : h("span", { "aria-hidden": "true" }, String(number));
    fill(badge, sign, unseen(words[progress]));
    fill(action, undo);
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
