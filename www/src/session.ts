import type { Anchor, Session } from "windlass";
import type { ExpectedChallenge, Report } from "windlass/server";

import { anchorName, isForTests, networkName } from "./anchor";
import { confirmation, type Confirmation } from "./confirm";
import type { Seen } from "./decoded";
import { setDeveloper } from "./developer";
import { announce, busy, fill, h, notice, shortened } from "./dom";
import { explain, failure } from "./errors";
import { keyOf, type Holder } from "./holder";
import { tapAnswers } from "./requests";
import { leave, saved, state, update, watch, type State } from "./state";
import { goTo, step, type Progress, type Step } from "./step";
import { remaining } from "./time";

/** The third step: signing in, and the session. */
export function sessionStep(): Step {
  const card = step(3, "sign-in", "Sign in");
  watch(["holder", "anchor", "session", "expired"], (now) => {
    const progress = progressOf(now);
    const { holder, anchor, session, expired } = now;
    card.show(progress, progress === "done" && session ? { line: signedIn(session), undo: signOutButton() } : undefined);
    fill(card.body, progress === "open" && holder && anchor && signIn(anchor, holder, expired, session));
  });
  return card;
}

function progressOf({ holder, anchor, session, expired }: State): Progress {
  if (!holder || !anchor || !isForTests(anchor)) return "waiting";
  return session && !expired ? "done" : "open";
}

/** Restores the session from before a reload. */
export function restoreSession(): void {
  const { anchor, holder } = state();
  const token = saved.read("token");
  if (!anchor || !holder || token === undefined) return;
  try {
    update({ session: anchor.resume(token), expired: false });
    restoreReport();
  } catch (error) {
    saved.forget("token");
    update({ expired: explain(error, anchor.homeDomain).code === "token_expired" });
  }
}

/** Restores the report on that session's challenge. It cannot be made again: the challenge has expired. */
function restoreReport(): void {
  try {
    const { report, ...challenge } = JSON.parse(saved.read("challenge") ?? "") as Seen & { report: Report };
    update({ report, challenge });
  } catch {
    // No report was stored.
  }
}

/** Marks the session as ended: it has expired, or the anchor has refused its token. */
export function endSession(): void {
  saved.forget("token");
  update({ expired: true });
}

/** The form. Its memo is that of the session that has expired, if there is one. */
function signIn(anchor: Anchor, holder: Holder, expired: boolean, last: Session | undefined): HTMLElement {
  const memo = h("input", {
    id: "memo",
    type: "text",
    inputmode: "numeric",
    autocomplete: "off",
    "aria-describedby": "memo-help memo-error",
    "data-testid": "memo-input",
  });
  memo.value = last?.account.split(":")[1] ?? "";
  const error = h("p", { id: "memo-error", class: "error", "data-testid": "error-memo" });
  const outcome = h("div", { class: "stack" });
  const person = confirmation();
  const button = h("button", { type: "submit", class: "primary", "data-testid": "sign-in" }, expired ? "Sign in again" : "Sign in");
  const cancel = h("button", { type: "button", class: "quiet", hidden: true, "data-testid": "cancel-sign-in" }, "Cancel");
  const run = async (): Promise<void> => {
    const controller = new AbortController();
    cancel.onclick = () => controller.abort();
    cancel.hidden = false;
    fill(outcome);
    error.textContent = "";
    memo.removeAttribute("aria-invalid");
    try {
      await enter(anchor, holder, memo.value.trim(), person, controller.signal);
      announce("Signed in.");
      goTo("kyc");
    } catch (cause) {
      const { code } = explain(cause, "");
      if (code === "aborted" || code === "signer_refused") {
        const what = code === "aborted" ? "You cancelled the sign-in." : "You refused to sign.";
        fill(outcome, h("div", { "data-testid": "not-signed" }, notice("info", `${what} Nothing was sent to ${anchorName(anchor)}.`)));
        announce(what);
        button.focus();
      } else if (code === "invalid_memo") {
        error.textContent = explain(cause, "").text;
        memo.setAttribute("aria-invalid", "true");
        memo.focus();
      } else {
        // A challenge that breaks a rule has a report with the details.
        fill(outcome, failure(cause, anchor.homeDomain), code?.startsWith("challenge_") && state().report && reportLink());
      }
    } finally {
      person.close();
      cancel.hidden = true;
    }
  };
  const form = h(
    "form",
    { class: "stack", novalidate: true },
    expired && notice("info", "The session has ended. Sign in again to go on; what you have entered is kept."),
    h("p", {}, `${anchorName(anchor)} wants to know that the account is yours. You sign a message for that; nothing is paid or moved.`),
    h(
      "div",
      { class: "field developer" },
      h("label", { for: "memo" }, "Memo ", h("span", { class: "optional" }, "optional")),
      h("p", { id: "memo-help", class: "hint" }, "Only if several users share the account: your number."),
      memo,
      error,
    ),
    h("div", { class: "row choice" }, button, cancel),
    person.root,
    outcome,
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void busy(button, "Signing in …", run);
  });
  return form;
}

/** A button that opens the report and scrolls to it. */
function reportLink(): HTMLElement {
  const show = (): void => {
    const panel = document.querySelector<HTMLDetailsElement>("#report");
    if (!panel) return;
    setDeveloper(true);
    panel.open = true;
    panel.querySelector("summary")?.focus();
    panel.scrollIntoView({ block: "start" });
  };
  return h("div", {}, h("button", { type: "button", "data-testid": "see-report", onclick: show }, "See which rules it breaks"));
}

/** Signs in, and inspects the challenge as it arrives, so that the report is about the one that was signed or refused. */
async function enter(
  anchor: Anchor,
  holder: Holder,
  memo: string,
  person: Confirmation,
  signal: AbortSignal,
): Promise<void> {
  update({ report: undefined, challenge: undefined });
  const stop = tapAnswers(async (method, url, answer) => {
    if (method === "GET" && url.searchParams.has("account")) await inspect(anchor, holder, memo, answer);
  });
  try {
    const { networkPassphrase } = anchor;
    const asker = { name: anchorName(anchor), domain: anchor.homeDomain, network: networkName(networkPassphrase) };
    const keypair = keyOf(holder);
    // A connected wallet asks by itself.
    const signer = keypair ? person.wallet(keypair, networkPassphrase, asker, (xdr) => look(expectation(anchor, holder, memo), xdr)) : holder.signer;
    const session = await anchor.signIn(signer, { ...(memo !== "" && { memo }), signal });
    // The user may have changed wallet or anchor meanwhile.
    if (state().holder !== holder || state().anchor !== anchor) return;
    saved.write("token", session.token);
    update({ session, expired: false });
  } finally {
    stop();
  }
}

async function inspect(anchor: Anchor, holder: Holder, memo: string, answer: Response): Promise<void> {
  try {
    const { transaction } = (await answer.json()) as { transaction?: unknown };
    if (typeof transaction !== "string") return;
    const challenge = { transaction, expected: expectation(anchor, holder, memo) };
    const report = await look(challenge.expected, transaction);
    saved.write("challenge", JSON.stringify({ ...challenge, report }));
    update({ report, challenge });
  } catch {
    // The answer has no challenge, for example because it is a refusal. Sign-in reports that.
  }
}

/** The report on a challenge: its checks and its contents. The module is loaded when it is first needed. */
async function look(expected: ExpectedChallenge, transaction: string): Promise<Report> {
  const { inspectChallenge } = await import("windlass/server");
  return inspectChallenge(transaction, expected);
}

/** The values that a challenge of this anchor must have. */
function expectation(anchor: Anchor, { address }: Holder, memo: string): ExpectedChallenge {
  const { signingKey = "", webAuthEndpoint = "" } = anchor.info;
  return {
    signingKey,
    networkPassphrase: anchor.networkPassphrase,
    homeDomain: anchor.homeDomain,
    webAuthDomain: new URL(webAuthEndpoint).host,
    account: address,
    ...(memo !== "" && { memo }),
  };
}

function signedIn(session: Session): HTMLElement {
  const clock = h("span", { role: "timer" });
  const draw = (): void => {
    const left = session.expiresAt - Date.now() / 1000;
    clock.textContent = remaining(left);
    if (left <= 0) endSession();
  };
  const timer = setInterval(() => (clock.isConnected ? draw() : clearInterval(timer)), 1000);
  // Draw after the element is in the page, because an ended session replaces it.
  queueMicrotask(draw);
  // The account is that of the wallet above, unless several users share it.
  const account = h("span", { class: session.account.includes(":") ? "" : "developer" }, shortened(session.account, "session-account"));
  return h("span", { class: "row" }, h("span", {}, "Signed in for ", clock), account);
}

function signOutButton(): HTMLButtonElement {
  const button = h("button", { type: "button", class: "quiet", "data-testid": "sign-out" }, "Sign out");
  button.addEventListener("click", () => {
    leave();
    announce("Signed out.");
    goTo("sign-in");
  });
  return button;
}
