import { redact } from "./redact";

/** A request that was made: what anybody may know of it. No value, no header and no body is kept. */
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
    const began = performance.now();
    listener(entry);
    try {
      const answer = await original(input, init);
      entry.status = answer.status;
      entry.outcome = "answered";
      // Whoever asked may end the request once the answer is read, and with it every copy.
      await Promise.all([...taps].map((tap) => tap(method, url, answer.clone())));
      return answer;
    } catch (error) {
      const signal = init?.signal ?? request?.signal;
      entry.outcome = signal?.aborted ? "aborted" : "failed";
      throw error;
    } finally {
      entry.took = performance.now() - began;
      listener(entry);
    }
  };
}

/** Lets somebody look at answers before they are handed on, until the function returned is called. */
export function tapAnswers(tap: Tap): () => void {
  taps.add(tap);
  return () => taps.delete(tap);
}
