import { fill, h, icon } from "./dom";
import { state, watch, type State } from "./state";
import { backOff } from "./time";

/** A message that the sandbox stores instead of sending it. */
interface Message {
  readonly to: string;
  readonly channel: string;
  readonly text: string;
  readonly code?: string;
  /** Unix seconds. */
  readonly at: number;
}

/** The messages that would go to the customer's phone and mailbox in production. */
export function inbox(): HTMLElement {
  const refresh = h("button", { type: "button", class: "quiet small" }, "Refresh");
  const line = h("p", { class: "hint" });
  const list = h("ol", { class: "messages", "aria-live": "polite" });
  const root = h(
    "section",
    { class: "inbox", "aria-labelledby": "inbox-title" },
    h("div", { class: "panel-head" }, h("h3", { id: "inbox-title" }, icon("message"), "In this demo, your messages arrive here"), refresh),
    list,
    line,
  );
  let shown = "";
  let timer: ReturnType<typeof setTimeout> | undefined;

  const load = async (attempt: number): Promise<void> => {
    clearTimeout(timer);
    const addresses = Object.values(state().contacts);
    if (addresses.length === 0) return;
    try {
      const messages = (await Promise.all(addresses.map(messagesTo))).flat().toSorted((a, b) => b.at - a.at);
      const awaited = isAwaited(state());
      const shape = JSON.stringify([messages, awaited]);
      if (shape !== shown) fill(list, ...messages.map((message) => entry(message, awaited)));
      shown = shape;
      line.textContent = messages.length > 0 ? "" : `No message for ${addresses.join(" or ")} yet.`;
    } catch (error) {
      line.textContent = error instanceof Error ? error.message : String(error);
    }
    if (isAwaited(state())) timer = setTimeout(() => void load(attempt + 1), 1000 * backOff(attempt));
  };

  refresh.addEventListener("click", () => void load(0));
  watch(["contacts", "customer", "session", "expired"], (now, before) => {
    const news = now === before || now.contacts !== before.contacts || isAwaited(now) !== isAwaited(before);
    if (!news) return;
    clearTimeout(timer);
    const known = Object.keys(now.contacts).length > 0;
    refresh.hidden = !known;
    if (known) return void load(0);
    fill(list);
    shown = "";
    line.textContent = "";
  });
  return root;
}

const CHANNELS: Readonly<Record<string, string>> = { sms: "SMS", email: "E-mail" };

function isAwaited({ customer, session, expired }: State): boolean {
  const fields = Object.values(customer?.provided_fields ?? {});
  return session !== undefined && !expired && fields.some(({ status }) => status === "VERIFICATION_REQUIRED");
}

async function messagesTo(address: string): Promise<Message[]> {
  const answer = await fetch(`/inbox?to=${encodeURIComponent(address)}`).catch(() => undefined);
  if (!answer) throw new Error("The inbox could not be reached.");
  // A server without a sandbox may answer with its start page.
  if (answer.status === 404 || !answer.headers.get("content-type")?.includes("json")) {
    throw new Error("There is no inbox here: this anchor really sends its codes.");
  }
  const messages: unknown = answer.ok ? await answer.json().catch(() => undefined) : undefined;
  if (!Array.isArray(messages)) throw new Error(`The inbox cannot be read (status ${answer.status}).`);
  return messages as Message[];
}

function entry(message: Message, awaited: boolean): HTMLElement {
  const time = new Date(message.at * 1000).toLocaleTimeString();
  return h(
    "li",
    { class: "message", "data-testid": "inbox-message" },
    h("p", { class: "hint" }, `${CHANNELS[message.channel] ?? message.channel} to ${message.to} · ${time}`),
    h("p", {}, message.text),
    message.code ? code(message.code, awaited) : undefined,
  );
}

/** The code, with a button that puts it into the form. */
function code(text: string, awaited: boolean): HTMLElement {
  const use = h("button", { type: "button" }, "Fill it in");
  use.addEventListener("click", () => {
    const input = document.querySelector<HTMLInputElement>("#kyc input[autocomplete=one-time-code]");
    if (!input) return;
    input.value = text;
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.focus();
  });
  return h("div", { class: "row" }, h("code", { class: "code", "data-testid": "inbox-code" }, text), awaited && use);
}
