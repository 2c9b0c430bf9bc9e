/** Replaces a value that is left out. */
export const HIDDEN = "•••";

/** A URL without personal data: values of the query are left out, addresses and ids shortened. */
export function redact(url: URL, origin: string): string {
  const path = url.pathname.split("/").map(shorten).join("/");
  const names = [...new Set(url.searchParams.keys())];
  const query = names.length > 0 ? `?${names.map((name) => `${name}=…`).join("&")}` : "";
  return (url.origin === origin ? "" : url.origin) + path + query;
}

/** Shortens account addresses and customer ids. Names of endpoints and files are shorter or have a dot. */
export function shorten(part: string): string {
  return isOwn(part) ? `${part.slice(0, 4)}…${part.slice(-4)}` : part;
}

/** Whether a part of a path looks like an address or an id. */
export function isOwn(part: string): boolean {
  return /^[A-Za-z0-9-]{25,}$/.test(part);
}

/** Members of answers with values that are the same for every customer. */
const PUBLIC: ReadonlySet<string> = new Set(["status", "type", "optional", "choices", "description", "network_passphrase"]);

/** The shape of a JSON value: names and lists are kept, and only the values of the members in `shown`. */
export function mask(value: unknown, shown = PUBLIC, name = ""): unknown {
  if (Array.isArray(value)) return value.map((each) => mask(each, shown, name));
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, mask(each, shown, key)]));
  }
  return value === null || shown.has(name) ? value : HIDDEN;
}

/** A text that an anchor wrote for its reader, without what was sent to it and what looks like somebody's own. */
export function withoutValues(text: string, sent: readonly string[]): string {
  const known = sent.filter((value) => value.length > 1).toSorted((a, b) => b.length - a.length);
  const cleared = known.reduce((rest, value) => rest.replaceAll(value, HIDDEN), text);
  return cleared.replace(/\S+@\S+\.\w+|\+?\d[\d -]{5,}\d|[A-Za-z0-9+/=_-]{32,}/g, HIDDEN);
}

/** Headers whose values are never personal. */
const PLAIN: ReadonlySet<string> = new Set([
  "accept",
  "cache-control",
  "content-length",
  "content-type",
  "date",
  "retry-after",
  "vary",
  "x-content-type-options",
]);

/** The names of headers, and the values of those that are never personal. */
export function maskHeaders(headers: Headers): [name: string, value: string][] {
  return [...headers].map(([name, value]) => {
    if (name === "authorization") return [name, `${/^\w+/.exec(value)?.[0] ?? ""} ${HIDDEN}`.trim()];
    return [name, PLAIN.has(name) || name.startsWith("access-control-") ? value.replace(/boundary=.*$/, "boundary=…") : HIDDEN];
  });
}
