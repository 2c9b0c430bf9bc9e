import { isWindlassError, type ErrorCode } from "windlass";

import { h, notice, type Child } from "./dom";
import { remaining } from "./time";

/** An error in words: what happened, and what to do about it if the wallet knows. */
export interface Explained {
  readonly text: string;
  readonly advice?: readonly Child[];
  readonly code?: ErrorCode;
}

/** Puts an error in words. `domain` is the anchor that was called. */
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
    return { text: `${domain} received too many requests.`, advice: [`Wait ${wait}, then try again.`], code: error.code };
  }
  if ((error.status ?? 0) >= 500) {
    return { text: sentence(error.message), advice: ["The fault is on the anchor's side. Try again later; what you entered is kept."], code: error.code };
  }
  return { text: sentence(error.message), code: error.code };
}

/** Aborts a request that takes too long. */
export function patience(seconds = 20): AbortSignal {
  return AbortSignal.timeout(seconds * 1000);
}

function whereIsIt(domain: string): Child[] {
  if (!isLoopback(domain)) return ["Is the name right, and is the anchor online?"];
  return ["Is the anchor running? Start it with ", h("code", {}, "cargo xtask demo"), "."];
}

/** An error as a notice. */
export function failure(error: unknown, domain: string): HTMLElement {
  const { text, advice, code } = explain(error, domain);
  const tag = code !== undefined && h("code", { class: "error-code" }, code);
  return notice("bad", `${text} `, ...(advice ?? []), " ", tag);
}

/** Whether the error means that the anchor does not accept the session any more. */
export function endsSession(error: unknown): boolean {
  return isWindlassError(error) && ["token_expired", "token_invalid", "token_missing"].includes(error.code);
}

/** Whether a domain is this machine, the only one that is called without https. */
export function isLoopback(domain: string): boolean {
  return /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(domain);
}

/** An error about a field, without the field's name in front, because the label has it. */
export function aboutField(field: string, error: Error): string {
  const text = error.message;
  return text.startsWith(field) ? text.slice(field.length).replace(/^:? /, "") : text;
}

/** A message of the package as a sentence: with a capital letter and a full stop. */
export function sentence(text: string): string {
  return /[.!?]$/.test(text) ? capital(text) : `${capital(text)}.`;
}

/** The same without the full stop. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
