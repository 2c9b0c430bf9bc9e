import type { Customer, Status } from "windlass";

import { fill, h, icon, type Drawing, type Tone } from "../dom";

interface Look {
  readonly tone: Tone;
  readonly drawing: Drawing;
  readonly title: string;
  readonly text: string;
}

/** The banner with the customer's status. */
export interface Banner {
  readonly root: HTMLElement;
  show(customer: Customer): void;
  /** A line about what the wallet does by itself. */
  note(text: string | undefined, action?: HTMLButtonElement): void;
}

/** Makes the banner. */
export function statusBanner(): Banner {
  const main = h("div", { role: "status" });
  const line = h("p", { class: "banner-note" });
  const root = h("div", { class: "banner", "data-testid": "status-banner" }, main, line);
  const show = (customer: Customer): void => {
    const { tone, drawing, title, text } = look(customer);
    root.className = `banner ${tone}`;
    root.dataset["status"] = customer.status;
    fill(
      main,
      h("p", { class: "banner-title" }, icon(drawing), h("span", {}, title), chip(customer.status, tone)),
      h("p", {}, customer.message ?? text),
    );
    note(undefined);
  };
  const note: Banner["note"] = (text, action) => {
    line.hidden = text === undefined;
    fill(line, text && h("span", {}, text), action);
  };
  return { root, show, note };
}

function chip(status: Status, tone: Tone): HTMLElement {
  return h("span", { class: `chip ${tone}`, "data-testid": "status" }, status);
}

function look(customer: Customer): Look {
  switch (customer.status) {
    case "ACCEPTED":
      return { tone: "ok", drawing: "check", title: "You are accepted", text: "The anchor has everything that it needs." };
    case "PROCESSING":
      return { tone: "info", drawing: "clock", title: "Being checked", text: "The anchor has what it asked for and is checking it." };
    case "REJECTED":
      return { tone: "bad", drawing: "cross", title: "Rejected", text: "The anchor has rejected this customer for good." };
    case "NEEDS_INFO":
      return customer.id === undefined
        ? { tone: "warn", drawing: "info", title: "You are new here", text: "The anchor asks for the details below." }
        : { tone: "warn", drawing: "info", title: "Something is missing", text: "The anchor asks for more. What it has already is listed at the end." };
    default:
      return { tone: "info", drawing: "info", title: "Another status", text: "This wallet does not know this status. Ask the anchor about it." };
  }
}
