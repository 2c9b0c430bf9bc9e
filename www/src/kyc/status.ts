import { nextStep, type Anchor, type Customer } from "windlass";
import { field } from "windlass/sep9";

import { anchorName } from "../anchor";
import { fill, h, icon, type Child, type Drawing, type Tone } from "../dom";

interface Look {
  readonly tone: Tone;
  readonly drawing: Drawing;
  readonly title: string;
  readonly text: string;
}

/** What the customer's status means for the person. */
export interface Banner {
  readonly root: HTMLElement;
  show(customer: Customer, anchor: Anchor | undefined): void;
  /** A line about what the wallet does by itself. */
  note(text: string | undefined, action?: HTMLButtonElement): void;
}

/** Makes the banner. */
export function statusBanner(): Banner {
  const main = h("div", { role: "status" });
  const line = h("p", { class: "banner-note" });
  const root = h("div", { class: "banner", "data-testid": "status-banner" }, main, line);
  const show = (customer: Customer, anchor: Anchor | undefined): void => {
    const asks = customer.status === "NEEDS_INFO";
    const { tone, drawing, title, text } = look(customer, anchor);
    root.className = asks ? "banner asks" : `banner big ${tone}`;
    root.dataset["status"] = customer.status;
    fill(
      main,
      h("p", { class: "banner-title" }, !asks && h("span", { class: "banner-sign" }, icon(drawing)), h("strong", {}, title), chip(customer.status, tone)),
      text !== "" && h("p", {}, customer.message ?? text),
      anchor && help(customer, anchor),
    );
    note(undefined);
  };
  const note: Banner["note"] = (text, action) => {
    line.hidden = text === undefined;
    fill(line, text && h("span", {}, text), action);
  };
  return { root, show, note };
}

/** The status as SEP-12 has it, for developers. */
function chip(status: string, tone: Tone): HTMLElement {
  return h("span", { class: `chip developer ${tone}`, "data-testid": "status" }, status);
}

/** Whom to ask about a rejection. */
function help({ status }: Customer, { info: { organization } }: Anchor): Child {
  const { supportEmail } = organization;
  if (status !== "REJECTED" || supportEmail === undefined) return undefined;
  return h("p", {}, "Do you think this is a mistake? Write to ", h("a", { href: `mailto:${supportEmail}` }, supportEmail), ".");
}

function look(customer: Customer, anchor: Anchor | undefined): Look {
  const name = anchor ? anchorName(anchor) : "The anchor";
  const asks = (title: string, text: string): Look => ({ tone: "info", drawing: "info", title, text });
  switch (customer.status) {
    case "ACCEPTED":
      return { tone: "ok", drawing: "check", title: "You're verified", text: `${name} has accepted your details. You can use it with this account now.` };
    case "PROCESSING":
      return { tone: "info", drawing: "clock", title: "Your details are being checked", text: `${name} has everything it asked for. You can close this page and come back later.` };
    case "REJECTED":
      return { tone: "bad", drawing: "cross", title: "You were not accepted", text: `${name} has turned you down, and gives no reason.` };
    case "NEEDS_INFO":
      return needs(customer, name, asks);
    default:
      return { tone: "info", drawing: "info", title: "This takes a little longer", text: `Ask ${name} about it.` };
  }
}

function needs(customer: Customer, name: string, asks: (title: string, text: string) => Look): Look {
  const { todo, rejected } = nextStep(customer);
  const code = todo.find(({ verifies }) => verifies !== undefined);
  if (code) return asks(isEmail(code.verifies) ? "Confirm your e-mail address" : "Confirm your phone number", "");
  if (rejected.length > 0) return asks("Something needs another look", "Please send what is marked once more.");
  if (customer.id === undefined) return asks("Verify your identity", `${name} asks every customer for this, once. It goes to ${name} and to nobody else.`);
  return asks("A little more is needed", `${name} has a few more questions.`);
}

function isEmail(verifies: string | undefined): boolean {
  return verifies !== undefined && field(verifies)?.format === "email";
}
