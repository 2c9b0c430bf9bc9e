import { curl } from "./curl";
import { lookAtAnswer, lookAtRequest, type Sent, type Side } from "./exchange";
import { redact } from "./redact";

/** A request and its answer, without any value or token. */
export interface Entry {
  readonly method: string;
  readonly url: string;
  /** The answer's status. Absent until there is an answer. */
  status?: number;
  outcome: "open" | "answered" | "failed" | "aborted";
  /** Milliseconds until the answer began. */
  took?: number;
  /** When it was made, in milliseconds since 1970. */
  readonly at: number;
  /** The request's headers and body, masked. */
  request?: Side;
  /** The answer's headers and body, masked. */
  answer?: Side;
  /** The request as a cURL command, with variables in place of values. */
  curl?: string;
}

type Listener = (entry: Entry) => void;
type Tap = (method: string, url: URL, answer: Response) => Promise<void>;

const taps = new Set<Tap>();

/** Records every `fetch` of this page. The listener is called when a request is made, and when it has ended. */
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
      // Copies must be read before the answer is returned: its reader may abort the request, which ends all copies.
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

/** Calls `tap` with each answer before its reader gets it, until the returned function is called. */
export function tapAnswers(tap: Tap): () => void {
  taps.add(tap);
  return () => taps.delete(tap);
}

/** Describes the request before it is sent. A body that cannot be read twice is not touched. */
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
    // The answer was cut off or is not what its type says. Only the status is shown.
  }
}
