import { curl } from "./curl";
import { lookAtAnswer, lookAtRequest, type Sent, type Side } from "./exchange";
import { redact } from "./redact";

/** A request that was made: what anybody may know of it. No value is kept, and no token. */
export interface Entry {
  readonly method: string;
  readonly url: string;
  /** The answer's status; absent while there is none, and for good if there was no answer. */
  status?: number;
  outcome: "open" | "answered" | "failed" | "aborted";
  /** Milliseconds until the answer began. */
  took?: number;
  /** When it was made, in milliseconds since 1970. */
  readonly at: number;
  /** What was sent. */
  request?: Side;
  /** What came back. */
  answer?: Side;
  /** The request as a command, with variables for what is left out. */
  curl?: string;
}

type Listener = (entry: Entry) => void;
type Tap = (method: string, url: URL, answer: Response) => Promise<void>;

const taps = new Set<Tap>();

/** Has every `fetch` of this page noted. The listener hears of a request when it is made, and when it is over. */
export function recordFetch(listener: Listener): void {
  const original = window.fetch.bind(window);
  window.fetch = async (input, init) => {
    const request = input instanceof Request ? input : undefined;
    const method = (init?.method ?? request?.method ?? "GET").toUpperCase();
    const url = new URL(request?.url ?? String(input), location.href);
    const entry: Entry = { method, url: redact(url, location.origin), outcome: "open", at: Date.now() };
    const sent = copyOf(input, init);
    listener(entry);
    const began = performance.now();
    try {
      const answer = await original(input, init);
      entry.took = performance.now() - began;
      entry.status = answer.status;
      entry.outcome = "answered";
      // Whoever asked may end the request once the answer is read, and with it every copy.
      await Promise.all([...[...taps].map((tap) => tap(method, url, answer.clone())), describe(entry, url, sent, answer.clone())]);
      return answer;
    } catch (error) {
      entry.took ??= performance.now() - began;
      const signal = init?.signal ?? request?.signal;
      entry.outcome = signal?.aborted ? "aborted" : "failed";
      await describe(entry, url, sent);
      throw error;
    } finally {
      listener(entry);
    }
  };
}

/** Lets somebody look at answers before they are handed on, until the function returned is called. */
export function tapAnswers(tap: Tap): () => void {
  taps.add(tap);
  return () => taps.delete(tap);
}

/** What is about to be sent. A body that cannot be read twice is left alone. */
async function copyOf(input: RequestInfo | URL, init: RequestInit | undefined): Promise<Sent | undefined> {
  try {
    return await lookAtRequest(new Request(input instanceof Request ? input.clone() : input, { ...init, signal: null }));
  } catch {
    return undefined;
  }
}

async function describe(entry: Entry, url: URL, sent: Promise<Sent | undefined>, answer?: Response): Promise<void> {
  const known = await sent;
  if (known) {
    entry.request = known.side;
    entry.curl = curl(entry.method, url, known);
  }
  try {
    if (answer) entry.answer = await lookAtAnswer(answer, url, known?.values ?? []);
  } catch {
    // Cut off, or not what it says it is: its status is all there is to tell.
  }
}
