// A folder served over HTTP, as plain as a web server can be.
import { readFile } from "node:fs/promises";
import { type Server, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";

const TYPES: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".wasm": "application/wasm",
};

export class Site {
  private constructor(private readonly server: Server) {}

  /** Serves `folder`; `headers` go with every answer. */
  static async serve(folder: string, headers: Record<string, string> = {}): Promise<Site> {
    const server = createServer((request, response) => {
      const path = normalize(new URL(request.url ?? "/", "http://localhost").pathname);
      const file = join(folder, path.endsWith("/") ? `${path}index.html` : path);
      readFile(file).then(
        (bytes) => response.writeHead(200, { "Content-Type": TYPES[extname(file)] ?? "text/plain", ...headers }).end(bytes),
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
