/** A URL without what is anybody's own: values of the query are left out, addresses and ids shortened. */
export function redact(url: URL, origin: string): string {
  const path = url.pathname.split("/").map(shorten).join("/");
  const names = [...new Set(url.searchParams.keys())];
  const query = names.length > 0 ? `?${names.map((name) => `${name}=…`).join("&")}` : "";
  return (url.origin === origin ? "" : url.origin) + path + query;
}

/** Account addresses and customer ids are long; names of endpoints and files are not, or have a dot. */
function shorten(part: string): string {
  return /^[A-Za-z0-9-]{25,}$/.test(part) ? `${part.slice(0, 4)}…${part.slice(-4)}` : part;
}
