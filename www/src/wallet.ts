import { anchorStep } from "./anchor";
import { fill, h } from "./dom";
import { keyStep, restoreKey } from "./key";
import { kycStep, restoreContacts } from "./kyc";
import { logPanel } from "./log";
import { reportPanel } from "./report";
import { recordFetch } from "./requests";
import { restoreSession, sessionStep } from "./session";

/** Puts the wallet into the page, and restores the state from before a reload. */
export async function wallet(root: HTMLElement): Promise<void> {
  const log = logPanel();
  recordFetch(log.note);
  await restoreKey();
  restoreContacts();
  const anchor = anchorStep();
  fill(
    root,
    h("main", {}, h("ol", { class: "steps" }, keyStep().root, anchor.root, sessionStep().root, kycStep().root)),
    h("aside", { class: "developer", "aria-label": "For developers" }, reportPanel(), log.root),
  );
  await anchor.restore();
  restoreSession();
}
