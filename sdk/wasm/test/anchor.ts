// An anchor behind `fetch`: its challenges are made by an independent SDK, so that both have to agree.
import { Keypair as TheirKeypair, Networks, WebAuth } from "@stellar/stellar-sdk";
import { afterEach, beforeEach, vi } from "vitest";
import { Anchor, type Keypair, type Session } from "windlass";

export const DOMAIN = "anchor.example.com";
export const NETWORK: string = Networks.TESTNET;
export const server = TheirKeypair.random();

/** What was asked, with the body as bytes. */
export interface Asked {
    method: string;
    url: URL;
    headers: Headers;
    body: Uint8Array;
    signal: AbortSignal;
}

export type Answer = (asked: Asked) => Response | Promise<Response>;

export const json = (body: unknown, status = 200): Response =>
    new Response(JSON.stringify(body), { status, headers: { "Content-Type": "application/json" } });

/** A token as an anchor makes it; nobody checks its signature here. */
export function token(subject: string, exp = 4_000_000_000): string {
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
    return `${part({ alg: "HS256" })}.${part({ iss: "https://i", sub: subject, iat: 1, exp })}.c2ln`;
}

const TOML = `
NETWORK_PASSPHRASE = "${NETWORK}"
SIGNING_KEY = "${server.publicKey()}"
WEB_AUTH_ENDPOINT = "https://${DOMAIN}/auth"
KYC_SERVER = "https://${DOMAIN}/kyc"
[DOCUMENTATION]
ORG_NAME = "Example Anchor"
ORG_URL = "https://${DOMAIN}"
`;

export interface Fake {
    /** Every request so far. */
    asked: Asked[];
    /** What answers under `/kyc`, in order. */
    kyc: Answer[];
    toml: string;
    challenge: Answer;
    /** What answers anywhere else. */
    service: Answer;
    /** What the next token says. */
    exp: number | undefined;
    /** The signed challenge that came back. */
    signed: string | undefined;
    anchor(): Promise<Anchor>;
    session(key: Keypair): Promise<Session>;
}

/** Answers `fetch` during the tests of a file. */
export function fakeAnchor(): Fake {
    const fake = {} as Fake;
    beforeEach(() => {
        Object.assign(fake, {
            asked: [],
            kyc: [],
            toml: TOML,
            signed: undefined,
            challenge: ({ url }: Asked) => json({ transaction: challenge(url), network_passphrase: NETWORK }),
            service: () => json({ error: "not here" }, 404),
            exp: undefined,
            anchor: () => Anchor.discover(DOMAIN),
            session: async (key: Keypair) => (await Anchor.discover(DOMAIN)).resume(token(key.address)),
        } satisfies Fake);
        vi.stubGlobal("fetch", (request: Request) => answer(fake, request));
    });
    afterEach(() => {
        vi.unstubAllGlobals();
    });
    return fake;
}

/** The challenge that an independent SDK makes for a request. */
export function challenge(url: URL, by = server): string {
    const get = (name: string) => url.searchParams.get(name);
    const domain = get("client_domain");
    return WebAuth.buildChallengeTx(
        by,
        get("account") ?? "",
        get("home_domain") ?? "",
        300,
        NETWORK,
        url.host,
        get("memo"),
        domain,
        domain === null ? null : clientDomain.publicKey(),
    );
}

export const clientDomain = TheirKeypair.random();

async function answer(fake: Fake, request: Request): Promise<Response> {
    const body = new Uint8Array(await request.arrayBuffer());
    const { method, headers, signal } = request;
    const asked: Asked = { method, url: new URL(request.url), headers, body, signal };
    fake.asked.push(asked);
    if (asked.url.host !== DOMAIN) return fake.service(asked);
    const path = asked.url.pathname;
    if (path === "/.well-known/stellar.toml") return new Response(fake.toml);
    if (path === "/auth" && method === "GET") return fake.challenge(asked);
    if (path === "/auth") {
        const { transaction } = JSON.parse(new TextDecoder().decode(body)) as { transaction: string };
        fake.signed = transaction;
        const first = WebAuth.readChallengeTx(transaction, server.publicKey(), NETWORK, DOMAIN, DOMAIN);
        const subject = first.memo === null ? first.clientAccountID : `${first.clientAccountID}:${first.memo}`;
        return json({ token: token(subject, fake.exp) });
    }
    const next = fake.kyc.shift();
    return next ? next(asked) : json({ error: "nothing is prepared" }, 500);
}
