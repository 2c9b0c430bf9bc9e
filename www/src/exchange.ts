import { HIDDEN, mask, maskHeaders, shorten, withoutValues } from "./redact";

/** A request or an answer, without personal values. */
export interface Side {
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** The masked body. Absent if there is none, or it cannot be read. */
  readonly body?: string;
  /** The claims of the token in it, masked, without the signature. */
  readonly claims?: string;
}

/** A request, read before it is sent. */
export interface Sent {
  readonly side: Side;
  readonly kind: "none" | "json" | "form" | "multipart" | "other";
  /** The names of the fields, and whether each is a file. */
  readonly parts: readonly (readonly [name: string, isFile: boolean])[];
  /** The values that are sent, to be masked in the answer. Not kept after that. */
  readonly values: readonly string[];
}

/** Reads and masks a request. Pass a copy: the body is consumed. */
export async function lookAtRequest(request: Request): Promise<Sent> {
  const headers = maskHeaders(request.headers);
  const values = [...new URL(request.url).searchParams.values()];
  const type = request.headers.get("content-type") ?? "";
  if (request.method === "GET" || request.method === "HEAD" || request.body === null) {
    return { side: { headers }, kind: "none", parts: [], values };
  }
  if (type.includes("json")) {
    const value: unknown = await request.json();
    const parts = Object.keys(value ?? {}).map((name) => [name, false] as const);
    return { side: { headers, body: pretty(mask(value, new Set())) }, kind: "json", parts, values: [...values, ...leaves(value)] };
  }
  if (!/form-data|urlencoded/.test(type)) return { side: { headers, body: HIDDEN }, kind: "other", parts: [], values };
  const entries = [...(await request.formData())];
  const lines = entries.map(([name, value]) => `${name} = ${typeof value === "string" ? HIDDEN : `file, ${value.type || "unknown type"}`}`);
  const texts = entries.flatMap(([, value]) => (typeof value === "string" ? [value] : [value.name]));
  return {
    side: { headers, body: lines.join("\n") },
    kind: type.includes("form-data") ? "multipart" : "form",
    parts: entries.map(([name, value]) => [name, typeof value !== "string"]),
    values: [...values, ...texts],
  };
}

/** Reads and masks an answer. Pass a copy: the body is consumed. */
export async function lookAtAnswer(answer: Response, url: URL, sent: readonly string[]): Promise<Side> {
  const headers = maskHeaders(answer.headers);
  const type = answer.headers.get("content-type") ?? "";
  const length = Number(answer.headers.get("content-length") ?? 0);
  if (length > MOST) return { headers, body: HIDDEN };
  const text = await answer.text();
  if (text === "") return { headers };
  // A stellar.toml is public.
  if (url.pathname === "/.well-known/stellar.toml") return { headers, body: text.trim() };
  if (!type.includes("json")) return { headers, body: HIDDEN };
  const value: unknown = JSON.parse(text);
  const token = member(value, "token");
  const claims = token === undefined ? undefined : claimsOf(token);
  const error = member(value, "error");
  const shape = mask(value);
  if (error !== undefined) (shape as Record<string, unknown>)["error"] = withoutValues(error, sent);
  return { headers, body: pretty(shape), ...(claims !== undefined && { claims }) };
}

/** The longest body that is shown, in bytes. */
const MOST = 100_000;

function member(value: unknown, name: string): string | undefined {
  const found = typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;
  return typeof found === "string" ? found : undefined;
}

/** The claims of a token: the account shortened, times as dates, other values left out. */
function claimsOf(token: string): string | undefined {
  try {
    const part = (token.split(".")[1] ?? "").replaceAll("-", "+").replaceAll("_", "/");
    const claims = JSON.parse(atob(part)) as Record<string, unknown>;
    const shown = Object.entries(claims).map(([name, value]) => {
      if (typeof value === "number" && TIMES.has(name)) return [name, `${value} (${new Date(value * 1000).toISOString()})`];
      if (name === "sub" && typeof value === "string") return [name, value.split(":").map(shorten).join(":")];
      return [name, name === "iss" ? value : HIDDEN];
    });
    return pretty(Object.fromEntries(shown));
  } catch {
    return undefined;
  }
}

const TIMES: ReadonlySet<string> = new Set(["iat", "exp", "nbf"]);

function leaves(value: unknown): string[] {
  if (typeof value === "object" && value !== null) return Object.values(value).flatMap(leaves);
  return value === null || value === undefined ? [] : [String(value)];
}

function pretty(value: unknown): string {
  // Short lists, such as choices, stay on one line.
  return JSON.stringify(value, undefined, 2).replace(/\[\s+([^[\]{}]{0,200}?)\s+\]/g, (_, list: string) => `[${list.replace(/\s*\n\s*/g, " ")}]`);
}
