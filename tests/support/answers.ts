// A fake anchor: the test gives the answers, and the requests are recorded.
import { afterEach, vi } from "vitest";
import { Anchor, type Session } from "windlass";

/** A request that was sent. */
export interface Sent {
  method: string;
  url: string;
  headers: Headers;
  body: string;
}

/** Answers every request from now on, until the test ends. */
export function answerWith(answer: (sent: Sent) => Response | Promise<Response>): Sent[] {
  const all: Sent[] = [];
  vi.stubGlobal("fetch", async (input: RequestInfo | URL, init?: RequestInit) => {
    const request = new Request(input, init);
    const body = await request.text();
    const sent = { method: request.method, url: request.url, headers: request.headers, body };
    all.push(sent);
    return answer(sent);
  });
  return all;
}

/** Sets the clock, in Unix seconds. */
export function setClock(seconds: number): void {
  vi.useFakeTimers({ now: seconds * 1000, toFake: ["Date"] });
}

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

export function json(body: unknown, status = 200): Response {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return new Response(text, { status, headers: { "Content-Type": "application/json" } });
}

export const HOME_DOMAIN = "anchor.example.com";

/** The stellar.toml of the fake anchor. */
export const TOML = `
NETWORK_PASSPHRASE = "Test SDF Network ; September 2015"
SIGNING_KEY = "GBNMMEXCAFUZYQXDHTTX3JVWGOXVJMNTXKLOHKBJ44KXCPKPMVDQHNEQ"
WEB_AUTH_ENDPOINT = "https://anchor.example.com/auth"
KYC_SERVER = "https://anchor.example.com/kyc"
`;

/** The anchor, discovered. */
export async function discovered(toml: string = TOML): Promise<Anchor> {
  answerWith(() => new Response(toml));
  return Anchor.discover(HOME_DOMAIN);
}

/** A token for this subject, valid for an hour from now, without a valid signature. */
export function tokenFor(sub: string): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const iat = Math.floor(Date.now() / 1000);
  return `${part({ alg: "HS256" })}.${part({ iss: "https://anchor.example.com", sub, iat, exp: iat + 3600 })}.c2ln`;
}

/** A session of this subject. */
export async function sessionOf(sub: string): Promise<Session> {
  return (await discovered()).resume(tokenFor(sub));
}
