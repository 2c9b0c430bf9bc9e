import type { ChallengeContents, ChallengeOperation, ExpectedChallenge, Report } from "windlass/server";

import { h, notice, type Child } from "./dom";

/** The challenge that was inspected last, and the values it should have. */
export interface Seen {
  readonly transaction: string;
  readonly expected: ExpectedChallenge;
}

/** The contents of a challenge, operation by operation, in readable form. */
export function decoded({ contents, checks }: Report, expected: ExpectedChallenge): HTMLElement {
  if (!contents) return notice("warn", `The transaction cannot be shown: ${checks.find(({ reason }) => reason)?.reason ?? "sign in again"}.`);
  const who = (address: string): Child[] => {
    const name = address === expected.signingKey ? "the anchor's signing key" : address === expected.account ? "the account" : undefined;
    return [h("code", {}, address), name !== undefined && " ", name !== undefined && h("span", { class: "chip plain" }, name)];
  };
  return h(
    "div",
    { class: "decoded", "data-testid": "decoded" },
    h(
      "dl",
      { class: "facts" },
      ...fact("Source", ...who(contents.source)),
      ...fact("Sequence", h("code", {}, contents.sequence)),
      ...fact("Valid", ...validity(contents)),
      ...fact("Memo", contents.memo ? h("code", {}, contents.memo.value) : h("span", { class: "hint" }, "none")),
      ...fact("Signed by", ...signers(contents)),
    ),
    h("h3", {}, `Operations (${contents.operations.length})`),
    h("ol", { class: "operations" }, ...contents.operations.map((each) => operation(each, who))),
  );
}

function operation({ source, name, value }: ChallengeOperation, who: (address: string) => Child[]): HTMLElement {
  return h(
    "li",
    {},
    h("p", { class: "operation-name" }, h("span", { class: "hint" }, "ManageData "), h("code", {}, name)),
    h("p", {}, value === undefined ? h("span", { class: "hint" }, "removes the entry") : h("code", {}, value)),
    source !== undefined && h("p", { class: "hint" }, "for ", ...who(source)),
  );
}

function validity({ bounds }: ChallengeContents): Child[] {
  if (!bounds) return [h("span", { class: "hint" }, "for ever")];
  const [from, to] = [bounds.min, bounds.max].map((seconds) => new Date(seconds * 1000));
  const words = (date: Date | undefined): string => (date && !Number.isNaN(date.valueOf()) ? date.toLocaleString() : "?");
  return [`${words(from)} to ${words(to)}`];
}

/** The signers. A signature names only the last four bytes of its key. */
function signers({ hints }: ChallengeContents): Child[] {
  if (hints.length === 0) return [h("span", { class: "hint" }, "no one")];
  return [`${hints.length === 1 ? "One signature" : `${hints.length} signatures`}, key ending in bytes `, h("code", { class: "whole" }, hints.join(", "))];
}

function fact(term: string, ...values: Child[]): Child[] {
  return [h("dt", {}, term), h("dd", {}, ...values)];
}
