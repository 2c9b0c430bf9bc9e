import { isWindlassError, type ErrorCode } from "windlass";

import { h, notice, type Child } from "./dom";
import { remaining } from "./time";

/** An error in words: what happened, and what to do about it if the wallet knows. */
export interface Explained {
  readonly text: string;
  readonly advice?: readonly Child[];
  readonly code?: ErrorCode;
  /** What the package says, for developers, if `text` says less. */
  readonly detail?: string;
}

/** What the package's errors mean for the person, where they are not about what was typed. */
const WORDS: { readonly [code in ErrorCode]?: (domain: string) => string } = {
  invalid_home_domain: () => "That is not the address of a website. It looks like anchor.example.com.",
  invalid_toml: (domain) => `There is no anchor at ${domain} that this wallet understands.`,
  invalid_toml_value: (domain) => `There is no anchor at ${domain} that this wallet understands.`,
  not_offered: (domain) => `${domain} does not offer this.`,
  wrong_network: (domain) => `Your wallet and ${domain} are on different networks.`,
  signer_not_connected: () => "Your wallet is not connected. Unlock it, and allow this site.",
  signer_failed: () => "Your wallet could not sign.",
  client_domain_required: (domain) => `${domain} accepts only wallets that it knows.`,
  client_not_allowed: (domain) => `${domain} does not accept this wallet.`,
};

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
  const words = error.code.startsWith("challenge_") ? UNSAFE : WORDS[error.code];
  if (words) return { text: words(domain), code: error.code, detail: sentence(error.message) };
  return { text: sentence(error.message), code: error.code };
}

const UNSAFE = (domain: string): string => `What ${domain} asked you to sign is not safe, so nothing was signed.`;

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
  const { text, advice, code, detail } = explain(error, domain);
  const more = code !== undefined && h("span", { class: "developer" }, detail !== undefined && `${detail} `, h("code", { class: "error-code" }, code));
  return notice("bad", `${text} `, ...(advice ?? []), " ", more);
}

/** Whether the error means that the anchor does not accept the session any more. */
export function endsSession(error: unknown): boolean {
  return isWindlassError(error) && ["token_expired", "token_invalid", "token_missing"].includes(error.code);
}

/** Whether a domain is this machine, the only one that is called without https. */
export function isLoopback(domain: string): boolean {
  return /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(domain);
}

/** A message of the package as a sentence: with a capital letter and a full stop. */
export function sentence(text: string): string {
  return /[.!?]$/.test(text) ? capital(text) : `${capital(text)}.`;
}

/** The same without the full stop. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
