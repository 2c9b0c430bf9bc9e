import { isWindlassError, type ErrorCode } from "windlass";

import { h, notice, type Child } from "./dom";
import { remaining } from "./time";

/** An error for people: what happened, and what to do about it where the wallet knows. */
export interface Explained {
  readonly text: string;
  readonly advice?: readonly Child[];
  readonly code?: ErrorCode;
}

/** Puts an error in words. `domain` is the anchor that was spoken to. */
export function explain(error: unknown, domain: string): Explained {
  if (!isWindlassError(error)) {
    return { text: error instanceof Error ? error.message : String(error) };
  }
  if (error.code === "network") {
    return { text: `Could not reach ${domain}.`, advice: whereIsIt(domain), code: error.code };
  }
  if (error.code === "aborted" || error.code === "timed_out") {
    return { text: `${domain} did not answer in time.`, advice: ["Try again."], code: error.code };
  }
  if (error.code === "too_many_requests") {
    const wait = error.retryAfter === undefined ? "a while" : remaining(error.retryAfter);
    return { text: `${domain} was asked too often.`, advice: [`Wait ${wait}, then try again.`], code: error.code };
  }
  if ((error.status ?? 0) >= 500) {
    return { text: sentence(error.message), advice: ["The trouble is the anchor's own. Try again later; what you entered is kept."], code: error.code };
  }
  return { text: sentence(error.message), code: error.code };
}

/** Ends a request that takes too long: nobody watches a button for longer. */
export function patience(seconds = 20): AbortSignal {
  return AbortSignal.timeout(seconds * 1000);
}

function whereIsIt(domain: string): Child[] {
  if (!isLoopback(domain)) return ["Is the name right, and is the anchor online?"];
  return ["Is the anchor running? Start it with ", h("code", {}, "cargo xtask demo"), "."];
}

/** Shows an error as a box of its own. */
export function failure(error: unknown, domain: string): HTMLElement {
  const { text, advice, code } = explain(error, domain);
  const tag = code !== undefined && h("code", { class: "error-code" }, code);
  return notice("bad", `${text} `, ...(advice ?? []), " ", tag);
}

/** Whether the session is over as far as the anchor is concerned. */
export function endsSession(error: unknown): boolean {
  return isWindlassError(error) && ["token_expired", "token_invalid", "token_missing"].includes(error.code);
}

/** Whether a domain is this machine, the only one that is spoken to without https. */
export function isLoopback(domain: string): boolean {
  return /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(domain);
}

/** What is wrong with a field, without its name in front: that stands in the label. */
export function aboutField(field: string, error: Error): string {
  const text = error.message;
  return text.startsWith(field) ? text.slice(field.length).replace(/^:? /, "") : text;
}

/** Messages of the package begin in lower case, to be put behind a name. */
export function sentence(text: string): string {
  return /[.!?]$/.test(text) ? capital(text) : `${capital(text)}.`;
}

/** The same without the full stop. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
