import type { Sent } from "./exchange";
import { isOwn } from "./redact";

/** The request as a shell command, with a variable in place of each value. */
export function curl(method: string, url: URL, { side, kind, parts }: Sent): string {
  const lines = [`curl ${method === "GET" ? "" : `-X ${method} `}"${address(url)}"`];
  for (const [name, value] of side.headers) {
    if (name === "authorization") lines.push(`-H "Authorization: Bearer $TOKEN"`);
    // curl writes the boundary itself.
    else if (name === "accept" || (name === "content-type" && kind !== "multipart")) lines.push(`-H "${quoted(`${name}: ${value}`)}"`);
  }
  if (kind === "json") lines.push(`-d "${parts.map(([name], i) => `${i > 0 ? "," : "{"}${quoted(JSON.stringify(name))}:\\"${variable(name)}\\"`).join("")}}"`);
  if (kind === "form") lines.push(...parts.map(([name]) => `--data-urlencode "${quoted(name)}=${variable(name)}"`));
  if (kind === "multipart") lines.push(...parts.map(([name, isFile]) => `-F "${quoted(name)}=${isFile ? "@" : ""}${variable(name)}"`));
  return lines.join(" \\\n  ");
}

function address(url: URL): string {
  const path = url.pathname.split("/").map((part) => (isOwn(part) ? "$ID" : quoted(part)));
  const query = [...new Set(url.searchParams.keys())].map((name) => `${quoted(encodeURIComponent(name))}=${variable(name)}`);
  return quoted(url.origin) + path.join("/") + (query.length > 0 ? `?${query.join("&")}` : "");
}

/** Names come from the anchor: none of them may end the quotes or start a command. */
function quoted(text: string): string {
  return text.replace(/[\\"$`]/g, "\\$&").replace(/[\0-\x1f]/g, " ");
}

function variable(name: string): string {
  const letters = name.toUpperCase().replace(/[^A-Z0-9]+/g, "_");
  return `$${/^[A-Z]/.test(letters) ? letters : `V_${letters}`}`;
}
