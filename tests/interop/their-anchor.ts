// An anchor built with the other SDK: it builds the challenge, and verifies it when it returns.
import { createHmac, randomBytes } from "node:crypto";
import { type IncomingMessage, type Server as HttpServer, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Keypair, MuxedAccount, WebAuth } from "@stellar/stellar-sdk";

export const PASSPHRASE = "Test SDF Network ; September 2015";

/** The accounts on the ledger. Others do not exist. */
export interface OnLedger {
  signers: { key: string; weight: number; type: string }[];
  threshold: number;
}

export class TheirAnchor {
  readonly key = Keypair.random();
  readonly ledger = new Map<string, OnLedger>();
  /** The keys of client domains. */
  readonly clientDomains = new Map<string, string>();
  /** Changes the challenge before it is sent. */
  spoil: (xdr: string) => string = (xdr) => xdr;
  /** Changes the answer to a challenge request. */
  passphrase: string | undefined = PASSPHRASE;
  /** What was posted. */
  readonly posted: string[] = [];

  private constructor(private readonly server: HttpServer) {
    server.on("request", (request, response) => {
      this.answer(request).then(
        ([status, type, body]) => response.writeHead(status, { "Content-Type": type }).end(body),
        (error: Error) => {
          const status = error instanceof WebAuth.InvalidChallengeError ? 400 : 500;
          response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify({ error: error.message }));
        },
      );
    });
  }

  static async start(): Promise<TheirAnchor> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return new TheirAnchor(server);
  }

  stop(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }

  get homeDomain(): string {
    return `localhost:${(this.server.address() as AddressInfo).port}`;
  }

  private async answer(request: IncomingMessage): Promise<[status: number, type: string, body: string]> {
    const url = new URL(request.url ?? "/", `http://${this.homeDomain}`);
    switch (`${request.method} ${url.pathname}`) {
      case "GET /.well-known/stellar.toml":
        return [200, "text/plain", this.toml()];
      case "GET /auth":
        return [200, "application/json", JSON.stringify(this.challenge(url.searchParams))];
      case "POST /auth":
        return [200, "application/json", JSON.stringify({ token: this.token(await read(request)) })];
      default:
        return [404, "application/json", '{"error":"not found"}'];
    }
  }

  private toml(): string {
    return [
      `NETWORK_PASSPHRASE = "${PASSPHRASE}"`,
      `SIGNING_KEY = "${this.key.publicKey()}"`,
      `WEB_AUTH_ENDPOINT = "http://${this.homeDomain}/auth"`,
    ].join("\n");
  }

  private challenge(query: URLSearchParams): object {
    const domain = query.get("client_domain");
    const transaction = WebAuth.buildChallengeTx(
      this.key,
      query.get("account") ?? "",
      query.get("home_domain") ?? this.homeDomain,
      300,
      PASSPHRASE,
      this.homeDomain,
      query.get("memo"),
      domain,
      domain && (this.clientDomains.get(domain) ?? null),
    );
    return { transaction: this.spoil(transaction), network_passphrase: this.passphrase };
  }

  private token(body: string): string {
    const { transaction } = JSON.parse(body) as { transaction: string };
    this.posted.push(transaction);
    const known = [transaction, this.key.publicKey(), PASSPHRASE] as const;
    const { clientAccountID, memo } = WebAuth.readChallengeTx(...known, this.homeDomain, this.homeDomain);
    const account = this.ledger.get(clientAccountID);
    if (account) {
      WebAuth.verifyChallengeTxThreshold(...known, account.threshold, account.signers, this.homeDomain, this.homeDomain);
    } else {
      const own = clientAccountID.startsWith("M") ? underlying(clientAccountID) : clientAccountID;
      WebAuth.verifyChallengeTxSigners(...known, [own], this.homeDomain, this.homeDomain);
    }
    return jwt(memo === null ? clientAccountID : `${clientAccountID}:${memo}`, this.homeDomain);
  }
}

function underlying(muxed: string): string {
  return MuxedAccount.fromAddress(muxed, "0").baseAccount().accountId();
}

function jwt(sub: string, host: string): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const iat = Math.floor(Date.now() / 1000);
  const signed = `${part({ alg: "HS256", typ: "JWT" })}.${part({ iss: `http://${host}`, sub, iat, exp: iat + 600 })}`;
  return `${signed}.${createHmac("sha256", randomBytes(32)).update(signed).digest("base64url")}`;
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
