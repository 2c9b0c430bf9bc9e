/** The value of a field: text, a file, or nothing. */
export type Given = string | File | undefined;

/** An input element, with what its field needs to know of it. */
export interface Input {
  /** The element that takes the focus. */
  readonly target: HTMLElement;
  /** The element that is shown: the target, or one around it. */
  readonly shown: HTMLElement;
  given(): Given;
  /** Why the input itself is invalid, such as half a date. */
  flaw(): string | undefined;
}
