import type { ExpectedChallenge } from "windlass/server";

import { h, notice, type Child } from "./dom";
import { readTransaction, type Operation, type Transaction } from "./xdr";

/** The challenge that was looked at last, and what it should have been. */
export interface Seen {
  readonly transaction: string;
  readonly expected: ExpectedChallenge;
}

/** What a challenge says, operation by operation, for people to read. */
export function decoded({ transaction, expected }: Seen): HTMLElement {
  const read = reading(transaction);
  if (typeof read === "string") return notice("warn", `The transaction cannot be shown: ${read}.`);
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
      ...fact("Source", ...who(read.source)),
      ...fact("Sequence", h("code", {}, String(read.sequence))),
      ...fact("Valid", ...validity(read)),
      ...fact("Memo", read.memo === undefined ? h("span", { class: "hint" }, "none") : h("code", {}, read.memo)),
      ...fact("Signed by", ...signers(read)),
    ),
    h("h3", {}, `Operations (${read.operations.length})`),
    h("ol", { class: "operations" }, ...read.operations.map((each) => operation(each, who))),
  );
}

function reading(transaction: string): Transaction | string {
  try {
    return readTransaction(transaction);
  } catch (error) {
    return error instanceof DOMException ? "it is no base64" : error instanceof Error ? error.message : String(error);
  }
}

function operation({ source, name, value }: Operation, who: (address: string) => Child[]): HTMLElement {
  return h(
    "li",
    {},
    h("p", { class: "operation-name" }, h("span", { class: "hint" }, "ManageData "), h("code", {}, name)),
    h("p", {}, value === undefined ? h("span", { class: "hint" }, "removes the entry") : h("code", {}, value)),
    source !== undefined && h("p", { class: "hint" }, "for ", ...who(source)),
  );
}

function validity({ bounds }: Transaction): Child[] {
  if (!bounds) return [h("span", { class: "hint" }, "for ever")];
  const [from, to] = bounds.map((seconds) => new Date(Number(seconds) * 1000));
  const words = (date: Date | undefined): string => (date && !Number.isNaN(date.valueOf()) ? date.toLocaleString() : "?");
  return [`${words(from)} to ${words(to)}`];
}

/** A signature names its key by the last four bytes of it only. */
function signers({ signers }: Transaction): Child[] {
  if (signers.length === 0) return [h("span", { class: "hint" }, "nobody")];
  return [`${signers.length === 1 ? "One signature" : `${signers.length} signatures`}, key ending in bytes `, h("code", { class: "whole" }, signers.join(", "))];
}

function fact(term: string, ...values: Child[]): Child[] {
  return [h("dt", {}, term), h("dd", {}, ...values)];
}
