import type { Severity } from "windlass";

/** The value of a field: text, a file, or nothing. */
export type Given = string | File | undefined;

/** What is wrong with a value, in words. Warnings are shown, and the value is sent all the same. */
export interface Flaw {
  readonly text: string;
  readonly severity: Severity;
}

/** An input element, with what its field needs to know of it. */
export interface Input {
  /** The element that takes the focus. */
  readonly target: HTMLElement;
  /** The element that is shown: the target, or one around it. */
  readonly shown: HTMLElement;
  given(): Given;
  /** Why the input itself is invalid, such as half a date. */
  flaw(): Flaw | undefined;
}
