import type { Anchor, Customer, Session } from "windlass";
import type { Report } from "windlass/server";

import type { Seen } from "./decoded";
import type { Holder } from "./holder";

/** The state that cards and panels share. */
export interface State {
  /** The wallet in use. */
  readonly holder: Holder | undefined;
  /** The anchor that was discovered. */
  readonly anchor: Anchor | undefined;
  /** The session at that anchor for that key. */
  readonly session: Session | undefined;
  /** Whether the session has expired, or the anchor has refused its token. */
  readonly expired: boolean;
  /** The report on the last challenge. */
  readonly report: Report | undefined;
  /** The last challenge. */
  readonly challenge: Seen | undefined;
  /** The anchor's latest answer about the customer. */
  readonly customer: Customer | undefined;
  /** Phone numbers and e-mail addresses that were sent to the anchor, by field name. */
  readonly contacts: Readonly<Record<string, string>>;
}

type Listener = (now: State, before: State) => void;

const NOTHING: State = {
  holder: undefined,
  anchor: undefined,
  session: undefined,
  expired: false,
  report: undefined,
  challenge: undefined,
  customer: undefined,
  contacts: {},
};

let current = NOTHING;
const listeners = new Set<Listener>();

/** The current state. */
export function state(): State {
  return current;
}

/** Changes parts of the state, and calls the listeners. */
export function update(change: Partial<State>): void {
  const before = current;
  current = { ...before, ...change };
  for (const listener of listeners) listener(current, before);
}

/** Removes the session and everything that belongs to it, and applies `change`. */
export function leave(change: Partial<State> = {}): void {
  saved.forget("token", "type", "contacts", "sent", "challenge");
  update({ session: undefined, expired: false, report: undefined, challenge: undefined, customer: undefined, contacts: {}, ...change });
}

/** Calls the listener now, and whenever one of these parts has changed. */
export function watch(parts: readonly (keyof State)[], listener: Listener): void {
  listeners.add((now, before) => {
    if (parts.some((part) => now[part] !== before[part])) listener(now, before);
  });
  listener(current, current);
}

/** Values that survive a reload: in this tab's `sessionStorage`, until the tab is closed. */
export const saved = {
  read: (name: Saved): string | undefined => quietly(() => sessionStorage.getItem(PREFIX + name)) ?? undefined,
  write: (name: Saved, value: string): void => quietly(() => sessionStorage.setItem(PREFIX + name, value)),
  forget: (...names: Saved[]): void => names.forEach((name) => quietly(() => sessionStorage.removeItem(PREFIX + name))),
};

/** The names under which things are saved. */
export type Saved = "secret" | "connected" | "home-domain" | "token" | "type" | "contacts" | "sent" | "challenge";

const PREFIX = "windlass-demo.";

/** Ignores errors, because a browser may forbid storage. The wallet then works until it is reloaded. */
function quietly<T>(use: () => T): T | undefined {
  try {
    return use();
  } catch {
    return undefined;
  }
}
