// The server of a wallet, on this machine: its stellar.toml, and the given handlers.
import { once } from "node:events";
import { type Server as HttpServer, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type Handler, forNode } from "windlass/server";

export class WalletsServer {
  /** By path. */
  readonly handlers = new Map<string, Handler>();

  private constructor(private readonly server: HttpServer) {}

  /** A server on a free port whose stellar.toml names `signingKey`. */
  static async start(signingKey: string): Promise<WalletsServer> {
    const server = createServer((request, response) => {
      const handle = wallet.handlers.get(request.url ?? "");
      if (request.url === "/.well-known/stellar.toml") response.end(`SIGNING_KEY = "${signingKey}"\n`);
      else if (handle) void forNode(handle)(request, response);
      else response.writeHead(404).end();
    });
    const wallet = new WalletsServer(server);
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return wallet;
  }

  get domain(): string {
    return `localhost:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, "close");
  }
}
