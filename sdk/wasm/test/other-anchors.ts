// Anchors with the habits of other people's software, as HTTP servers: what they answer differs from the SEPs' examples.
import { type IncomingMessage, type ServerResponse, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Keypair, Networks, WebAuth } from "@stellar/stellar-sdk";

/** What a kind of software does its own way. */
export interface Habits {
    /** The claims of a token, beside `sub`. */
    claims: object;
    /** The customer as its JSON text, so that the order of members and the notation of numbers are kept. */
    customer: string;
    /** The answer to `PUT /customer`. */
    created: string;
    /** The answer to `DELETE /customer/…`. */
    deleted: [status: number, body: string];
    /** The answer to a token that has ended. */
    deadToken: [status: number, body: string];
    /** Whether a `memo` needs a `memo_type`. */
    demandsMemoType?: boolean;
    /** Whether the stellar.toml is behind a redirect. */
    redirectsToml?: boolean;
    /** Whether the first request to the KYC server is answered with a page in HTML. */
    failsOnce?: boolean;
    /** The network passphrase beside the challenge; absent if undefined. */
    passphrase?: string | null;
}

export interface OtherAnchor {
    domain: string;
    /** `METHOD path?query` of each request to the KYC server, with the body. */
    asked: string[];
    /** Makes every token that was given out so far dead. */
    endTokens(): void;
    stop(): Promise<void>;
}

export async function otherAnchor(habits: Habits): Promise<OtherAnchor> {
    const key = Keypair.random();
    const asked: string[] = [];
    let generation = 0;
    let hasFailed = false;
    const server = createServer((request, response) => {
        void answer(request).then(([status, body, headers]) => send(response, status, body, headers));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const domain = `localhost:${(server.address() as AddressInfo).port}`;

    async function answer(request: IncomingMessage): Promise<[status: number, body: string, headers?: Record<string, string>]> {
        const url = new URL(request.url ?? "/", `http://${domain}`);
        const body = await text(request);
        if (url.pathname === "/.well-known/stellar.toml" && habits.redirectsToml) return [302, "", { Location: "/files/stellar.toml" }];
        if (url.pathname.endsWith("/stellar.toml")) return [200, toml(), { "Content-Type": "application/octet-stream" }];
        if (url.pathname === "/auth") return [200, JSON.stringify(request.method === "GET" ? challenge(url) : { token: token(body) })];
        asked.push(`${request.method} ${url.pathname}${url.search} ${body}`);
        if (habits.failsOnce && !hasFailed) {
            hasFailed = true;
            return [503, "<!DOCTYPE html>\n<html><body><h1>Service Unavailable</h1></body></html>", { "Content-Type": "text/html" }];
        }
        if (!request.headers.authorization?.endsWith(`.${generation}`)) return habits.deadToken;
        const named = `${url.search}${body}`;
        if (habits.demandsMemoType && named.includes("memo") && !named.includes("memo_type")) {
            return [400, '{"error":"`memo_type` is required when `memo` is given"}'];
        }
        switch (request.method) {
            case "GET":
                return [200, habits.customer];
            case "PUT":
                return [202, habits.created];
            default:
                return habits.deleted;
        }
    }

    function toml(): string {
        return [
            `NETWORK_PASSPHRASE = "${Networks.TESTNET}"`,
            `SIGNING_KEY = "${key.publicKey()}"`,
            `WEB_AUTH_ENDPOINT = "http://${domain}/auth"`,
            `KYC_SERVER = "http://${domain}/kyc/"`,
        ].join("\r\n");
    }

    function challenge(url: URL): object {
        const transaction = WebAuth.buildChallengeTx(key, url.searchParams.get("account") ?? "", domain, 900, Networks.TESTNET, domain);
        return { transaction, network_passphrase: habits.passphrase };
    }

    /** Ends with the generation in place of a signature, which only the anchor reads. */
    function token(body: string): string {
        const transaction = JSON.parse(body).transaction as string;
        const { clientAccountID } = WebAuth.readChallengeTx(transaction, key.publicKey(), Networks.TESTNET, domain, domain);
        const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
        return `${part({ alg: "HS256" })}.${part({ sub: clientAccountID, ...habits.claims })}.${generation}`;
    }

    return {
        domain,
        asked,
        endTokens: () => (generation += 1),
        stop: () =>
            new Promise((resolve) => {
                server.closeAllConnections();
                server.close(() => resolve());
            }),
    };
}

function send(response: ServerResponse, status: number, body: string, headers: Record<string, string> = {}): void {
    response.writeHead(status, { "Content-Type": "application/json", ...headers }).end(body);
}

async function text(request: IncomingMessage): Promise<string> {
    let body = "";
    for await (const chunk of request) body += String(chunk);
    return body;
}
