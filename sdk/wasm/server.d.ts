// Derived from the Rust types by `cargo xtask generate`: do not edit.
/// <reference lib="esnext.disposable" />

/**
 * For a wallet's server, and for inspecting challenges. In Node and in edge runtimes its classes are those of `windlass`.
 *
 * @module server
 */

import type { Anchor, ClientDomainName, Customer, ErrorCode, Keypair, MemoValue } from "./windlass.js";

export { Keypair } from "./windlass.js";

/**
 * A ManageData operation. Challenges contain no other operations.
 */
export interface ChallengeOperation {
    /**
     * The account that has the data entry, `G…` or `M…`; the transaction's source if absent.
     */
    source?: string;
    /**
     * The name of the entry.
     */
    name: string;
    /**
     * The value of the entry; absent if the operation removes the entry.
     */
    value?: string;
}

/**
 * A received callback.
 */
export interface ReceivedCallback {
    /**
     * The anchor's `SIGNING_KEY`.
     */
    signingKey: string;
    /**
     * The receiver's own host, with its port if the callback's URL contains one. Take it from the
     * configuration, not from the request.
     */
    host: string;
    /**
     * The value of the `Signature` header.
     */
    header: string;
    /**
     * The exact body.
     */
    body: Uint8Array | string;
    /**
     * The time in Unix seconds. By default the system clock's.
     */
    now?: number | undefined;
}

/**
 * A received request.
 */
export interface CallbackRequest {
    /**
     * All its headers: those of `fetch`, of Node's `http`, or pairs.
     */
    headers: Iterable<readonly [string, string]> | { readonly [name: string]: string | readonly string[] | undefined };
    /**
     * The exact body, before it is parsed.
     */
    body: Uint8Array | string;
    /**
     * The time in Unix seconds. By default the system clock's.
     */
    now?: number | undefined;
}

/**
 * A rule of SEP-10 for challenges. They are checked in this order, the cheap ones first.
 */
export type Check = "readable" | "source" | "sequence" | "time_bounds" | "clock" | "account" | "home_domain" | "nonce" | "memo" | "operations" | "web_auth_domain" | "client_domain" | "server_signature" | "other_signatures";

/**
 * An anchor, with values from its stellar.toml. A discovered `Anchor` also has these members.
 */
export interface TrustedAnchor {
    /**
     * The domain that serves the stellar.toml.
     */
    homeDomain: string;
    /**
     * The passphrase of the anchor's network.
     */
    networkPassphrase: string;
    /**
     * The anchor's `SIGNING_KEY`.
     */
    signingKey: string;
    /**
     * The anchor's complete `WEB_AUTH_ENDPOINT` URL.
     */
    webAuthEndpoint: string;
}

/**
 * The anchor whose callbacks are received, and the host that receives them.
 */
export interface CallbacksOptions {
    /**
     * The anchor's `SIGNING_KEY`: `anchor.info.signingKey`.
     */
    signingKey: string;
    /**
     * The host of the registered URL, with its port if the URL contains one. Take it from your
     * configuration, not from a request.
     */
    host: string;
    /**
     * The largest accepted age in seconds: 120 by default, which is also the maximum.
     */
    maxAge?: number | undefined;
    /**
     * The number of callbacks to remember, to detect replays: 10,000 by default. Further callbacks
     * are refused until older ones expire.
     */
    capacity?: number | undefined;
}

/**
 * The contents of a transaction that was received as a challenge, unverified.
 *
 * Bytes are shown as text if they are printable ASCII, and otherwise as `0x` and hexadecimal
 * digits, so that nothing is misleading.
 */
export interface ChallengeContents {
    /**
     * The source account: `G…` or `M…`.
     */
    source: string;
    /**
     * The sequence number, in decimal digits.
     */
    sequence: string;
    /**
     * The time bounds; if absent, it never expires.
     */
    bounds?: ChallengeBounds;
    /**
     * The memo, if there is one.
     */
    memo?: ChallengeMemo;
    /**
     * The operations, in order.
     */
    operations: ChallengeOperation[];
    /**
     * The hint of each signature: the last four bytes of the alleged key, in hexadecimal digits.
     */
    hints: string[];
}

/**
 * The expected values of a challenge.
 */
export interface ExpectedChallenge {
    /**
     * The anchor's `SIGNING_KEY`.
     */
    signingKey: string;
    /**
     * The passphrase of the network: the wallet's own, never the one that came with the challenge.
     */
    networkPassphrase: string;
    /**
     * The anchor's home domain.
     */
    homeDomain: string;
    /**
     * The host of the anchor's `WEB_AUTH_ENDPOINT`, with its port if the URL contains one.
     */
    webAuthDomain: string;
    /**
     * The account that requested the challenge: `G...` or `M...`. Without it, the checks are those
     * of the wallet's server, which need `clientDomain`.
     */
    account?: string | undefined;
    /**
     * The requested memo of a user of a shared account.
     */
    memo?: MemoValue | undefined;
    /**
     * The wallet's own domain, if it was requested.
     */
    clientDomain?: ClientDomainName | undefined;
    /**
     * The time in Unix seconds. By default the system clock's.
     */
    now?: number | undefined;
}

/**
 * The memo of a transaction.
 */
export interface ChallengeMemo {
    /**
     * The type.
     */
    type: ChallengeMemoType;
    /**
     * The number in decimal digits, the text, or the hash in hexadecimal digits.
     */
    value: string;
}

/**
 * The outcome of a check.
 */
export type Outcome = "passed" | "failed" | "skipped";

/**
 * The result of one check.
 */
export interface AnyCheckResult {
    /**
     * The check.
     */
    check: Check;
    /**
     * The rule in words.
     */
    description: string;
    /**
     * The outcome.
     */
    outcome: Outcome;
    /**
     * The reason for a failure.
     */
    reason?: string;
    /**
     * The stable code of the failure.
     */
    code?: ErrorCode;
}

/**
 * The results of all checks of a challenge, and its contents.
 */
export interface Report {
    /**
     * Every check, in order.
     */
    checks: CheckResult[];
    /**
     * The contents, if the challenge can be decoded. They are not verified: only the checks tell
     * whether they are right.
     */
    contents?: ChallengeContents;
}

/**
 * The time bounds of a transaction, in Unix seconds.
 */
export interface ChallengeBounds {
    /**
     * The first second.
     */
    min: number;
    /**
     * The last second; 0 means no end.
     */
    max: number;
}

/**
 * The type of a memo. A valid challenge has no memo, or one of type id.
 */
export type ChallengeMemoType = "text" | "id" | "hash" | "return";


/** An HTTP handler as in Hono, Next.js route handlers, Deno, Bun and service workers. */
export type Handler = (request: Request) => Promise<Response>;

/** Anchors, each as a domain that is discovered, as a discovered `Anchor`, or by its values. */
export type AnchorList = readonly (string | Anchor | TrustedAnchor)[];

/**
 * The anchors of a wallet's server: a list, or a function that returns one, such as from a database. Domains are discovered, and the
 * function called, when the first request comes: not when the server is built or started. When a signature is from none of them they are
 * read again, at most once a minute, because anchors change their keys. A discovered `Anchor` in a list keeps its key.
 */
export type KnownAnchors = AnchorList | (() => AnchorList | Promise<AnchorList>);

/** The wallet's key and domain, and the requests that the signing service accepts. */
export interface SigningServiceOptions {
    /** The key whose address is the `SIGNING_KEY` in the stellar.toml of `domain`. It signs nothing else and holds no money. */
    keypair: Keypair;
    /** The wallet's domain: a bare host name. */
    domain: string;
    /** The anchors whose challenges are signed. */
    anchors: KnownAnchors;
    /**
     * Whether the request comes from a user of the wallet, judged by its headers: do not read the body. Every client that is let in can
     * pass for the wallet.
     */
    authorize: (request: Request) => boolean | Promise<boolean>;
    /** The present time in Unix seconds, for tests; the system clock's, if absent. */
    clock?: (() => number) | undefined;
}

/**
 * The signing service of a wallet's own server: it holds the key of the wallet's domain, which proves to an anchor that a user signs in
 * with this wallet (`client_domain` of SEP-10). It signs only challenges of its `anchors` that name its domain and key.
 *
 * It answers `{transaction, network_passphrase}` with the same, signed, and `{message}`, the argument of a client domain's `vouch`, with
 * `{signature}` in base64. A refusal is `{error, code}`.
 *
 * @example
 * ```ts
 * import { Keypair } from "windlass";
 * import { signingService } from "windlass/server";
 *
 * const sign = signingService({
 *     keypair: await Keypair.random(), // yours: Keypair.fromSecret(process.env.CLIENT_DOMAIN_SEED)
 *     domain: "wallet.example.org",
 *     anchors: ["anchor.example.com"],
 *     authorize: (request) => request.headers.get("Authorization") === "Bearer a user's token",
 * });
 *
 * const response = await sign(new Request("https://wallet.example.org/sign", { method: "POST", body: "{}" }));
 * console.log(response.status, (await response.json()).code); // 401 token_invalid
 * ```
 */
export function signingService(options: SigningServiceOptions): Handler;

/** The anchors whose callbacks are handled, and the function that handles them. */
export interface CallbackHandlerOptions extends Omit<CallbacksOptions, "signingKey"> {
    /** The anchors that send callbacks. Either this or `signingKey` is needed. */
    anchors?: KnownAnchors | undefined;
    /** The `SIGNING_KEY` of the only anchor, in place of `anchors`. */
    signingKey?: string | undefined;
    /**
     * Called with each customer whose status changed. Ids of customers are the anchor's: `homeDomain` tells which one it is, and is
     * undefined if the options have a `signingKey`. If the function throws, the anchor sends the callback again.
     */
    onCustomer: (customer: Customer, from: { homeDomain: string | undefined }) => void | Promise<void>;
}

/**
 * A handler for the URL of `session.setCallback`. It answers 204 to a valid callback and 401 to any other request; 503 if the callback may
 * be from an anchor whose stellar.toml cannot be read. Exceptions of `onCustomer` reach the server that called the handler, which answers
 * 500.
 *
 * @example
 * ```ts
 * import { callbackHandler } from "windlass/server";
 *
 * const receive = callbackHandler({
 *     anchors: ["anchor.example.com"],
 *     host: "wallet.example.org",
 *     onCustomer: ({ id, status }, { homeDomain }) => console.log(homeDomain, id, status),
 * });
 *
 * const response = await receive(new Request("https://wallet.example.org/callback", { method: "POST", body: "{}" }));
 * console.log(response.status, (await response.json()).code); // 401 invalid_callback
 * ```
 */
export function callbackHandler(options: CallbackHandlerOptions): Handler;

/** The part of a request of Node's `http` or of Express that `forNode` needs. */
export interface NodeRequest extends AsyncIterable<Uint8Array> {
    /** Such as `POST`. */
    method?: string | undefined;
    /** By lower-case names. */
    headers: { readonly [name: string]: string | readonly string[] | undefined };
    /** Whether the whole request has been received. */
    complete: boolean;
}

/** The part of a response of Node's `http` or of Express that `forNode` needs. */
export interface NodeResponse {
    /** Whether an answer has begun. */
    readonly headersSent: boolean;
    /** Begins an answer. */
    writeHead(status: number, headers?: { [name: string]: string }): void;
    /** Ends it. */
    end(body?: Uint8Array): void;
}

/**
 * A handler in the form of Node's `http` and of Express. In Express it comes before `express.json()`: it reads the body itself.
 *
 * @example
 * ```ts
 * import { forNode } from "windlass/server";
 *
 * const listen = forNode(async () => Response.json({ hello: "world" }));
 * // For `createServer(listen)` of node:http, and `app.post("/sign", listen)` of Express.
 * console.log(typeof listen); // function
 * ```
 */
export function forNode(handler: Handler): (request: NodeRequest, response: NodeResponse, next?: (error: Error) => void) => Promise<void>;


/** The result of one check: a union over `outcome`. */
export type CheckResult = PassedCheck | FailedCheck | SkippedCheck;

/** The challenge follows the rule. */
export interface PassedCheck extends AnyCheckResult {
    /** Discriminates the union. */
    outcome: "passed";
    /** Absent in this case. */
    reason?: never;
    /** Absent in this case. */
    code?: never;
}

/** The challenge breaks the rule: never sign it. */
export interface FailedCheck extends AnyCheckResult {
    /** Discriminates the union. */
    outcome: "failed";
    /** What is wrong, with the values found. */
    reason: string;
    /** The stable code: the one that signing in would throw. */
    code: ErrorCode;
}

/** The rule could not be checked: nothing can be read. */
export interface SkippedCheck extends AnyCheckResult {
    /** Discriminates the union. */
    outcome: "skipped";
    /** Absent in this case. */
    reason?: never;
    /** Absent in this case. */
    code?: never;
}

/**
 * Receives the callbacks that an anchor sends to the URL of `session.setCallback`. Use one object
 * for all requests of a server.
 *
 * @example
 * ```ts
 * import { Anchor } from "windlass";
 * import { Callbacks } from "windlass/server";
 *
 * const { info } = await Anchor.discover("anchor.example.com");
 * const callbacks = new Callbacks({ signingKey: info.signingKey ?? "", host: "wallet.example.com" });
 * console.log(callbacks instanceof Callbacks); // true
 * ```
 */
export class Callbacks {
    /** Frees the memory now instead of at garbage collection. The object cannot be used afterwards. */
    free(): void;
    /** The same as `free`, for `using`. */
    [Symbol.dispose](): void;
    /**
     * Forgets a callback that was accepted but could not be processed, given its headers, so that
     * it is accepted when the anchor sends it again: answer 5xx.
     *
     * @example
     * ```ts
     * import { Keypair } from "windlass";
     * import { Callbacks } from "windlass/server";
     *
     * const signingKey = (await Keypair.random()).address; // of an anchor: `anchor.info.signingKey`
     * const callbacks = new Callbacks({ signingKey, host: "wallet.example.com" });
     * const headers = new Headers({ Signature: "t=1767312000, s=AAAA" });
     * console.log(callbacks.forget(headers)); // undefined
     * ```
     */
    forget(headers: CallbackRequest["headers"]): void;
    /**
     * Throws `invalid_account` if `signingKey` is malformed.
     *
     * @example
     * ```ts
     * import { Keypair } from "windlass";
     * import { Callbacks } from "windlass/server";
     *
     * const signingKey = (await Keypair.random()).address; // of an anchor: `anchor.info.signingKey`
     * const callbacks = new Callbacks({ signingKey, host: "wallet.example.com", maxAge: 60 });
     * console.log(callbacks instanceof Callbacks); // true
     * ```
     */
    constructor(options: CallbacksOptions);
    /**
     * Checks a callback and returns the customer: answer 2xx. Throws if the callback is not from
     * the anchor, too old, modified, or a replay: answer 401.
     *
     * @example
     * ```ts
     * import { Anchor, isWindlassError } from "windlass";
     * import { Callbacks } from "windlass/server";
     *
     * const { info } = await Anchor.discover("anchor.example.com");
     * const callbacks = new Callbacks({ signingKey: info.signingKey ?? "", host: "wallet.example.com" });
     *
     * async function onCallback(request: Request): Promise<Response> {
     *     try {
     *         const customer = await callbacks.receive({ headers: request.headers, body: await request.text() });
     *         console.log(customer.id, customer.status);
     *         return new Response();
     *     } catch (error) {
     *         if (!isWindlassError(error)) throw error;
     *         return new Response(error.code, { status: 401 });
     *     }
     * }
     *
     * const forged = new Request("https://wallet.example.com/kyc", { method: "POST", body: '{"status":"ACCEPTED"}' });
     * console.log((await onCallback(forged)).status); // 401
     * ```
     */
    receive(request: CallbackRequest): Promise<Customer>;
}

/**
 * Runs every check that a wallet makes before it signs a challenge, and reports the result of
 * each. Without `account` the checks are those of the wallet's server, which signs with the key of
 * `clientDomain` for any account.
 *
 * @example
 * ```ts
 * import { Keypair } from "windlass";
 * import { inspectChallenge } from "windlass/server";
 *
 * const { checks } = await inspectChallenge("AAAA", {
 *     signingKey: (await Keypair.random()).address, // of an anchor: `anchor.info.signingKey`
 *     networkPassphrase: "Test SDF Network ; September 2015",
 *     homeDomain: "anchor.example.com",
 *     webAuthDomain: "anchor.example.com",
 *     account: (await Keypair.random()).address,
 * });
 * for (const result of checks) {
 *     if (result.outcome === "failed") console.log(result.check, result.code); // readable challenge_not_readable
 * }
 * ```
 */
export function inspectChallenge(xdr: string, expect: ExpectedChallenge): Promise<Report>;

/**
 * Checks the `Signature` header of an anchor's callback. Throws if the anchor did not sign it:
 * answer 401.
 *
 * Call it before the body is parsed, with the exact bytes. It does not detect replays; `Callbacks`
 * does.
 *
 * @example
 * ```ts
 * import { Keypair, isWindlassError } from "windlass";
 * import { verifyCallback } from "windlass/server";
 *
 * try {
 *     await verifyCallback({
 *         signingKey: (await Keypair.random()).address, // of an anchor: `anchor.info.signingKey`
 *         host: "wallet.example.com",
 *         header: "t=1767312000, s=AAAA",
 *         body: new TextEncoder().encode('{"status":"ACCEPTED"}'),
 *     });
 * } catch (error) {
 *     console.log(isWindlassError(error)); // true
 * }
 * ```
 */
export function verifyCallback(received: ReceivedCallback): Promise<void>;
