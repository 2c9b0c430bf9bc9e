// Derived from the Rust types by `cargo xtask generate`: do not edit.
/// <reference lib="esnext.disposable" />

/**
 * What a wallet's server needs, and whoever looks into challenges. In Node its classes are those of `windlass`.
 *
 * @module server
 */

import type { ClientDomainName, Customer, ErrorCode } from "./windlass.js";

/* tslint:disable */
/* eslint-disable */

/** What a challenge must be. */
export interface ExpectedChallenge {
    /** The anchor's `SIGNING_KEY`. */
    signingKey: string;
    /** The passphrase of the network that it must be for: the wallet's own, never what came with the challenge. */
    networkPassphrase: string;
    /** The anchor's home domain. */
    homeDomain: string;
    /** The host of the anchor's `WEB_AUTH_ENDPOINT`, with its port if it names one. */
    webAuthDomain: string;
    /** Who asked for it: `G...` or `M...`. If absent, the checks are those of the wallet's server, and `clientDomain` is needed. */
    account?: string;
    /** Which user of a shared account, if one was asked for. */
    memo?: string | bigint | undefined;
    /** The wallet's own domain, if it was asked for. */
    clientDomain?: ClientDomainName | undefined;
    /** Unix seconds; the clock's, if absent. */
    now?: number | undefined;
}

/** What one check found. `outcome` tells the cases apart. */
export type CheckResult = PassedCheck | FailedCheck | SkippedCheck;

/** The challenge keeps the rule. */
export interface PassedCheck extends AnyCheckResult {
    /** Which case it is. */
    outcome: "passed";
    /** Not in this case. */
    reason?: never;
    /** Not in this case. */
    code?: never;
}

/** The challenge breaks the rule: never sign it. */
export interface FailedCheck extends AnyCheckResult {
    /** Which case it is. */
    outcome: "failed";
    /** What is wrong, with the values. */
    reason: string;
    /** The stable code: the one that signing in would throw. */
    code: ErrorCode;
}

/** The rule could not be checked: nothing can be read. */
export interface SkippedCheck extends AnyCheckResult {
    /** Which case it is. */
    outcome: "skipped";
    /** Not in this case. */
    reason?: never;
    /** Not in this case. */
    code?: never;
}

/**
 * A rule of SEP-10 over a challenge. In this order they are checked, the cheap ones first.
 */
export type Check = "readable" | "source" | "sequence" | "time_bounds" | "clock" | "account" | "home_domain" | "nonce" | "memo" | "operations" | "web_auth_domain" | "client_domain" | "server_signature" | "other_signatures";

/**
 * How a check went.
 */
export type Outcome = "passed" | "failed" | "skipped";

/**
 * What every check of a challenge found.
 */
export interface Report {
    /**
     * Every check, in order.
     */
    checks: CheckResult[];
}


/**
 * What one check found.
 */
export interface AnyCheckResult {
    /**
     * Which check.
     */
    check: Check;
    /**
     * What it wants.
     */
    description: string;
    /**
     * How it went.
     */
    outcome: Outcome;
    /**
     * Why it failed.
     */
    reason?: string;
    /**
     * The stable code of the failure.
     */
    code?: ErrorCode;
}


/** Whose callbacks are received, and where. */
export interface CallbacksOptions {
    /** The anchor's `SIGNING_KEY`: `anchor.info.signingKey`. */
    signingKey: string;
    /** The host of the URL that was registered, with its port if the URL names one. From your configuration, not from a request. */
    host: string;
    /** Nothing older is taken, in seconds: 120 if absent, and at most. */
    maxAge?: number | undefined;
    /** How many callbacks are remembered at a time, to refuse replays: 10,000 if absent. Those beyond are refused. */
    capacity?: number | undefined;
}

/** A request as it came. */
export interface CallbackRequest {
    /** All its headers: those of `fetch`, of Node's `http`, or pairs. */
    headers:
        | Iterable<readonly [string, string]>
        | { readonly [name: string]: string | readonly string[] | undefined };
    /** The body, exactly as it came: before anything has parsed it. */
    body: Uint8Array | string;
    /** Unix seconds; the clock's, if absent. */
    now?: number | undefined;
}

/** A callback as it was received. */
export interface ReceivedCallback {
    /** The anchor's `SIGNING_KEY`. */
    signingKey: string;
    /** The receiver's own host, with its port if the callback's URL names one. From its configuration, not from the request. */
    host: string;
    /** The value of the `Signature` header. */
    header: string;
    /** The body, exactly as it came. */
    body: Uint8Array | string;
    /** Unix seconds; the clock's, if absent. */
    now?: number | undefined;
}

/**
 * Receives the callbacks that an anchor sends to the URL of `session.setCallback`. Keep one for all requests of a server.
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
    /** Gives its memory back now; it happens by itself as well. It cannot be used afterwards. */
    free(): void;
    /** The same as `free`, for `using`. */
    [Symbol.dispose](): void;
    /**
     * Receives what the holder of this key sends to this host. Throws `invalid_account` if the key is none.
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
     * Takes a callback: answer 2xx. Throws if it is not the anchor's, too old, changed, or came before: answer 401.
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
 * Goes through every check that a wallet makes before it signs a challenge, and tells how each one went. Without `account` the
 * checks are those of the wallet's server, which signs with the key of `clientDomain` for any account.
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
 * Checks the `Signature` header of an anchor's callback. Throws if it is not the anchor's: answer 401.
 *
 * Call it before the body is parsed, with the very bytes that came. It does not know a replay: `Callbacks` does.
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
