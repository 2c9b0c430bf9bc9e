// A folder served over HTTP, without any special headers.
import { readFile } from "node:fs/promises";
import { type Server, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";
import { text } from "node:stream/consumers";
import type { Talk } from "./prints.js";

const TYPES: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".wasm": "application/wasm",
};

/** A script with which a page reports its output and errors to its server. */
const TELL = `{
  const own = globalThis.fetch;
  const tell = (told) => own("/told", { method: "POST", body: JSON.stringify(told) });
  console.log = (...printed) => tell({ printed: printed.join(" ") });
  console.error = (...fault) => tell({ fault: fault.join(" ") });
  addEventListener("error", ({ message }) => tell({ fault: message ?? "something does not load" }), true);
  addEventListener("unhandledrejection", ({ reason }) => tell({ fault: String(reason) }));
  addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => {
    // WebKit asks for an icon by itself.
    if (!blockedURI.endsWith("/favicon.ico")) tell({ fault: violatedDirective + " " + blockedURI });
  });
}
`;

export class Site {
  private constructor(private readonly server: Server) {}

  /** Serves `folder`; `headers` go with every answer. With a `talk`, its pages tell there what they print. */
  static async serve(folder: string, headers: Record<string, string> = {}, talk?: Talk): Promise<Site> {
    const server = createServer((request, response) => {
      const path = normalize(new URL(request.url ?? "/", "http://localhost").pathname);
      if (talk && request.method === "POST") {
        text(request).then((body) => {
          const { printed, fault } = JSON.parse(body) as { printed?: string; fault?: string };
          if (printed !== undefined) talk.printed.push(printed);
          if (fault !== undefined) talk.faults.push(fault);
          response.writeHead(204).end();
        });
        return;
      }
      if (talk && path === "/tell.js") {
        response.writeHead(200, { "Content-Type": "text/javascript" }).end(TELL);
        return;
      }
      const file = join(folder, path.endsWith("/") ? `${path}index.html` : path);
      readFile(file).then(
        (bytes) => {
          response.writeHead(200, { "Content-Type": TYPES[extname(file)] ?? "text/plain", ...headers });
          response.end(talk && extname(file) === ".html" ? bytes.toString().replace("</title>", '</title><script src="/tell.js"></script>') : bytes);
        },
        () => response.writeHead(404).end(),
      );
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return new Site(server);
  }

  get url(): string {
    return `http://localhost:${(this.server.address() as AddressInfo).port}/`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
