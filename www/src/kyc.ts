import { isWindlassError, nextStep, todo, type Customer, type Session } from "windlass";
import { errorText, formFields, type FormCode, type FormField } from "windlass/forms";

import { announce, busy, fill, h, notice, type Child } from "./dom";
import { endsSession, explain, failure, patience } from "./errors";
import { inbox } from "./inbox";
import { codeStep, type Sent } from "./kyc/code";
import { kycForm, type KycForm, type Values } from "./kyc/form";
import { elsewhereStep, nextSteps } from "./kyc/next";
import { providedList } from "./kyc/provided";
import { deleteButton } from "./kyc/remove";
import { statusBanner } from "./kyc/status";
import { texts } from "./kyc/texts";
import { typeForm } from "./kyc/type";
import { endSession } from "./session";
import { saved, state, update, watch } from "./state";
import { goTo, step, type Step } from "./step";

/** The fourth step: the fields that the anchor asks for, and the customer's status. */
export function kycStep(): Step {
  const card = step(4, "kyc", "Your details");
  let page: Page | undefined;
  watch(["session", "customer"], ({ session, customer }) => {
    card.show(!session ? "waiting" : customer?.status === "ACCEPTED" ? "done" : "open");
  });
  watch(["session"], ({ session }, before) => {
    // After signing in again with the same account, the page stays as it was.
    if (page && session && session.account === before.session?.account) return page.load();
    page?.close();
    page = session && open(card);
    if (!page) fill(card.body);
  });
  return card;
}

/** The part of the card that shows the session's customer. */
interface Page {
  /** Loads the customer from the anchor. */
  load(): void;
  close(): void;
}

function open(card: Step): Page {
  const banner = statusBanner();
  const messages = inbox();
  const told = h("div", { role: "status" });
  const outcome = h("div", { class: "stack" });
  const content = h("div", { class: "stack" });
  const page = h("div", { class: "stack" }, h("p", { class: "loading", role: "status" }, "Asking the anchor …"));
  let form: KycForm | undefined;
  let shape = "";
  /** Aborts the wait for another status. */
  let waiting = new AbortController();
  let asked = 0;
  let live = true;

  const domain = (): string => state().anchor?.homeDomain ?? "the anchor";
  const session = (): Session => {
    const { session } = state();
    if (!session) throw new Error("Sign in first.");
    return session;
  };
  const about = (): { type?: string; id?: string } => {
    const [type, id] = [saved.read("type"), state().customer?.id];
    return { ...(type !== undefined && { type }), ...(id !== undefined && { id }) };
  };

  /** Calls the anchor, and ends the session here if the anchor says that it has ended. */
  const speak = async <T>(work: (session: Session) => Promise<T>): Promise<T> => {
    try {
      return await work(session());
    } catch (error) {
      if (live && endsSession(error)) endSession();
      throw error;
    }
  };

  const ask = (): Promise<Customer> =>
    speak(async (session) => {
      try {
        return await session.customer({ ...about(), lang: texts.lang, signal: patience() });
      } catch (error) {
        // The customer was deleted meanwhile, in another tab or by the anchor: ask again as a new one.
        if (!isWindlassError(error) || error.code !== "customer_not_found" || !state().customer?.id) throw error;
        update({ customer: undefined });
        return await session.customer({ ...about(), lang: texts.lang, signal: patience() });
      }
    });

  const load = async (): Promise<void> => {
    waiting.abort();
    const turn = ++asked;
    const customer = await ask();
    // Only the latest request counts: the answer to an earlier one may come later.
    if (!live || turn !== asked) return;
    fill(outcome);
    show(customer);
    if (nextStep(customer).action === "wait") void tryTo(follow);
  };

  const show = (customer: Customer): void => {
    const news = state().customer?.status !== customer.status;
    update({ customer });
    draw(customer);
    if (news) announce(banner.root.querySelector(".banner-title strong")?.textContent ?? "");
  };

  /** Shows every change of status until there is nothing to wait for. */
  const follow = async (): Promise<void> => {
    const { signal } = (waiting = new AbortController());
    const stop = h("button", { type: "button", class: "quiet", "data-testid": "stop-waiting" }, "Stop waiting");
    stop.addEventListener("click", () => {
      waiting.abort();
      banner.note("Not waiting any more.", again("Look now", "ask-now"));
    });
    const note = (): void => banner.note("This page shows when there is news.", stop);
    try {
      note();
      await speak(async (session) => {
        for await (const customer of session.watch({ ...about(), lang: texts.lang, signal })) {
          show(customer);
          if (nextStep(customer).action !== "wait") return;
          note();
        }
      });
    } catch (error) {
      // An abort comes from this page: there is nothing to report.
      if (!signal.aborted) throw error;
    }
  };

  const again = (text: string, id: string, look = "quiet"): HTMLButtonElement => {
    const button = h("button", { type: "button", class: look, "data-testid": id }, text);
    button.addEventListener("click", () => void busy(button, "Asking …", () => tryTo(load)));
    return button;
  };

  /** Runs `work`, and shows an error above the form if it fails. */
  const tryTo = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      if (!live) return;
      fill(page, outcome, banner.root, content);
      banner.root.hidden = state().customer === undefined;
      if (endsSession(error)) return fill(outcome, notice("info", "Sign in again above to go on."));
      fill(outcome, failure(error, domain()), h("div", { class: "row" }, again("Try again", "try-again", "")));
    }
  };

  const put = async (fields: Values): Promise<void> => {
    const { customer } = state();
    const options = { ...(customer && { customer }), signal: patience(120) };
    await speak((session) => session.putCustomer({ ...about(), fields }, options));
    if (!live) return;
    remember(fields);
    // A code that was sent anew belongs to another value: its hint changes.
    if (Object.keys(fields).some((name) => name in state().contacts)) shape = "";
    await load();
  };

  const send = async (fields: Values): Promise<void> => {
    fill(told);
    try {
      await put(fields);
      goTo("kyc");
    } catch (error) {
      if (!live) return;
      form?.refuse(error instanceof Error ? error : new Error(String(error)), failure(error, domain()));
    }
  };

  const remove = (): Promise<void> => speak((session) => session.deleteCustomer({ signal: patience() }));
  const removed = (): void => {
    saved.forget("contacts");
    update({ customer: undefined, contacts: {} });
    goTo("kyc");
    void tryTo(load);
  };

  const useType = async (type: string): Promise<void> => {
    const before = saved.read("type");
    const take = (value: string | undefined): void => (value ? saved.write("type", value) : saved.forget("type"));
    take(type);
    try {
      await load();
    } catch (error) {
      take(before);
      throw error;
    }
    goTo("kyc");
  };

  const draw = (customer: Customer): void => {
    banner.root.hidden = false;
    banner.show(customer, state().anchor);
    const todos = todo(customer);
    const { contacts } = state();
    const parts = JSON.stringify([todos, customer.provided_fields, customer.id, customer.status]);
    fill(page, outcome, banner.root, content);
    // The form is drawn again only if the answer has changed, so that input in progress is not lost.
    if (parts === shape) return;
    shape = parts;
    const fields = formFields(todos, texts, { sent: contacts });
    const { anchor } = state();
    fill(
      content,
      question(fields),
      customer.status === "ACCEPTED" && anchor && nextSteps(anchor),
      customer.status === "REJECTED" && elsewhereStep(),
      h(
        "div",
        { class: "about" },
        providedList(customer),
        h("div", { class: "developer" }, typeForm(domain(), useType)),
        customer.id !== undefined && deleteButton(domain(), remove, removed),
      ),
    );
  };

  /** One question at a time: a code, or else the form. */
  const question = (fields: readonly FormField[]): Child => {
    const code = fields.find((field): field is FormCode => field.verifies !== undefined);
    if (code) {
      const words = (error: unknown): string => (isWindlassError(error) ? errorText(error, texts, fields) : explain(error, domain()).text);
      const asked = codeStep(code, sentTo(code.verifies), messages, told, send, put, words);
      form = asked.form;
      return asked.root;
    }
    form = fields.length > 0 ? kycForm(fields, "Send my details", send) : undefined;
    const extra = fields.length > 0 && fields.every(({ required }) => !required);
    return extra ? h("details", {}, h("summary", {}, "Add optional details"), form?.root) : form?.root;
  };

  const close = (): void => {
    live = false;
    waiting.abort();
  };
  fill(card.body, page);
  void tryTo(load);
  return { load: () => void tryTo(load), close };
}

/** Restores the contacts that were stored before a reload. */
export function restoreContacts(): void {
  try {
    update({ contacts: JSON.parse(saved.read("contacts") ?? "{}") as Record<string, string> });
  } catch {
    saved.forget("contacts");
  }
}

/** Where the code for a field was sent, if this tab has sent the value. */
function sentTo(field: string): Sent | undefined {
  const to = state().contacts[field];
  return to === undefined ? undefined : { to, at: sentAt()[field] ?? 0 };
}

/** When values were sent that codes are sent to, by the name of the field, in milliseconds since 1970. */
function sentAt(): Readonly<Record<string, number>> {
  try {
    return JSON.parse(saved.read("sent") ?? "{}") as Record<string, number>;
  } catch {
    return {};
  }
}

/** Stores the addresses that codes may be sent to, for the inbox panel. */
function remember(fields: Values): void {
  const contacts = { ...state().contacts };
  for (const [name, value] of Object.entries(fields)) {
    if (typeof value !== "string" || !/(mobile_number|email_address|\.email|\.phone)$/.test(name)) continue;
    contacts[name] = value;
    saved.write("sent", JSON.stringify({ ...sentAt(), [name]: Date.now() }));
  }
  update({ contacts });
  saved.write("contacts", JSON.stringify(contacts));
}
