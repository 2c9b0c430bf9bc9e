// A folder served on loopback, and beside it the anchor of a scene, as plain as an anchor can be.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { scene } from "./scene.js";

const TYPES = { ".js": "text/javascript", ".wasm": "application/wasm" };

/** Without these two, a page is given a clock of 100 microseconds. */
const ISOLATED = { "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Embedder-Policy": "require-corp" };

/** Never kept, or kept for good. */
export const COLD = "no-store";
export const WARM = "public, max-age=31536000, immutable";

export class Site {
    /** Challenges that came back signed. */
    signed = [];
    /** Customers that were registered. */
    customers = [];
    /** Files that were asked for, where they are. */
    files = new Set();
    #server;

    /** Serves `folder`, which the client is to keep as `cacheControl` says. */
    static async start(folder, cacheControl = COLD) {
        const site = new Site();
        site.#server = createServer((request, response) => {
            site.#answer(request, folder).then(
                ({ body, type = "application/json", status = 200, keep = COLD }) => {
                    response.writeHead(status, { "Content-Type": type, "Cache-Control": keep === true ? cacheControl : keep, ...ISOLATED });
                    response.end(body);
                },
                () => response.writeHead(404).end(),
            );
        });
        await new Promise((resolve) => site.#server.listen(0, "127.0.0.1", resolve));
        const host = `localhost:${site.#server.address().port}`;
        site.url = `http://${host}/`;
        site.scene = scene(host, `http://${host}`);
        return site;
    }

    async stop() {
        this.#server.closeAllConnections();
        await new Promise((resolve) => this.#server.close(resolve));
    }

    async #answer(request, folder) {
        const { pathname } = new URL(request.url, this.url);
        const asked = `${request.method} ${pathname}`;
        if (asked === "GET /") return { type: "text/html", body: "<!doctype html><title>Bench</title><link rel=icon href=data:,>" };
        if (asked === "GET /.well-known/stellar.toml") return { type: "text/plain", body: this.scene.toml };
        if (asked === "GET /auth") {
            return { body: JSON.stringify({ transaction: this.scene.challenge, network_passphrase: this.scene.network }) };
        }
        if (asked === "POST /auth") {
            this.signed.push(JSON.parse(await text(request)).transaction);
            return { body: JSON.stringify({ token: this.scene.token }) };
        }
        if (asked === "PUT /kyc/customer") {
            this.customers.push(await text(request));
            return { status: 202, body: JSON.stringify({ id: "1" }) };
        }
        if (asked === "GET /kyc/customer") return { body: JSON.stringify({ id: "1", status: "ACCEPTED" }) };
        const file = join(folder, normalize(pathname));
        this.files.add(file);
        return { body: await readFile(file), type: TYPES[extname(pathname)] ?? "text/plain", keep: true };
    }
}

async function text(request) {
    let body = "";
    for await (const chunk of request) body += chunk;
    return body;
}
