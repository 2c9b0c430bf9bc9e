/**
 * An anchor for the tests of a wallet: the endpoints of the Windlass server, compiled to WebAssembly, with customers that say
 * what they are told to say. No network, no process; in Node and in a browser.
 *
 * @packageDocumentation
 */

import type { AnyProvidedField, Field } from "../windlass.js";

/**
 * Starts an anchor in memory.
 *
 * @example
 * ```ts
 * import { testAnchor } from "windlass/testing";
 * import { Anchor, Keypair } from "windlass";
 *
 * const anchor = (await testAnchor({ domain: "anchor.test" })).install();
 * const key = await Keypair.random();
 * anchor.customers.script(key.address, [
 *     { status: "NEEDS_INFO", fields: ["first_name", "birth_date"] },
 *     { status: "PROCESSING" },
 *     { status: "ACCEPTED" },
 * ]);
 * const session = await (await Anchor.discover("anchor.test")).signIn(key);
 * await session.putCustomer({ fields: { first_name: "Ada", birth_date: "1990-12-10" } });
 * console.log((await session.customer()).status); // PROCESSING
 * anchor.restore();
 * ```
 */
export declare function testAnchor(options?: TestAnchorOptions): Promise<TestAnchor>;

/** What an anchor is made of. Everything may be left out. */
export interface TestAnchorOptions {
    /** The home domain, which is the host of all endpoints; `anchor.test` if absent. Requests to it never leave the page. */
    domain?: string | undefined;
    /**
     * A time at which the anchor's clock stands still, in Unix seconds. Without it the clock goes with `Date`, also where
     * `vi.useFakeTimers()` has replaced that. The wallet reads `Date`: with a fixed time, set that as well
     * (`vi.setSystemTime(anchor.clock.now * 1000)`), or the wallet refuses challenges as too old or too new.
     */
    now?: number | undefined;
    /** Keys, nonces, ids and tokens follow from it: a whole number, 1 if absent. */
    seed?: number | undefined;
    /** The passphrase of the network; Stellar's test network if absent. */
    network?: string | undefined;
    /** How long a session lasts, in seconds; a day if absent. */
    sessionLifetime?: number | undefined;
    /** The name of the organization in the stellar.toml. */
    organization?: string | undefined;
    /** The types of customers that the anchor knows; any other is refused with `unknown_customer_type`. All if absent. */
    types?: string[] | undefined;
    /** Whether wallets must prove a client domain: see {@link TestAnchor.clientDomain}. */
    clientDomainRequired?: boolean | undefined;
    /** The script of customers who have none of their own: name and e-mail address, and accepted. */
    default?: Step[] | undefined;
}

/** An anchor in memory. */
export interface TestAnchor {
    /** Its home domain. */
    readonly domain: string;
    /** The address of the key that signs challenges and callbacks. */
    readonly signingKey: string;
    /** The passphrase of its network. */
    readonly networkPassphrase: string;
    /** Its clock. */
    readonly clock: TestClock;
    /** What it says of its customers. */
    readonly customers: TestCustomers;
    /** What its ledger says of accounts. */
    readonly ledger: TestLedger;
    /** Every request that came, the oldest first. Empty it as you like. */
    readonly requests: TestRequest[];

    /** A `fetch` that asks this anchor; requests for other hosts go on to the real one. */
    fetch(this: void, input: RequestInfo | URL, init?: RequestInit): Promise<Response>;
    /** Puts {@link fetch} in the place of `globalThis.fetch`, where `windlass` finds it. */
    install(): this;
    /** Puts the real `fetch` back. */
    restore(): void;
    /** The same, at the end of a block: `using anchor = (await testAnchor()).install()`. */
    [Symbol.dispose](): void;

    /**
     * Orders a failure for the next request that matches. Several are taken in the order in which they were ordered. Returns
     * what takes the order back.
     *
     * @example
     * ```ts
     * import { Anchor, Keypair, isWindlassError } from "windlass";
     * import { testAnchor } from "windlass/testing";
     *
     * const anchor = (await testAnchor({ domain: "anchor.test" })).install();
     * anchor.fail({ path: "/auth", challenge: "signature" }); // or { status: 503, retryAfter: 2 }, { network: true, times: 3 }, …
     * try {
     *     await (await Anchor.discover("anchor.test")).signIn(await Keypair.random());
     * } catch (error) {
     *     console.log(isWindlassError(error) && error.code); // challenge_server_signature
     * }
     * anchor.restore();
     * ```
     */
    fail(failure: Failure): () => void;

    /** A token as signing in gives it, for `anchor.resume(token)`; with a negative `expiresIn` it has expired already. */
    token(account: string, options?: { expiresIn?: number | undefined }): string;

    /**
     * The callback that tells of a customer as it is now, signed by the anchor, for the tests of a wallet's server. Nothing is
     * sent. It goes where the wallet has registered, unless a `url` is given.
     *
     * @param account As in {@link TestCustomers.script}.
     */
    callback(account: string, options?: { url?: string | undefined }): TestCallback;

    /** Lets a domain have this key, as if its stellar.toml said so: for wallets that prove a client domain. */
    clientDomain(domain: string, address: string): void;
}

/** The anchor's clock. */
export interface TestClock {
    /** Unix seconds. */
    readonly now: number;
    /** Goes forward by so many seconds, or backward. */
    advance(seconds: number): void;
    /** Stands still at this time, in Unix seconds. */
    set(now: number): void;
}

/** What an anchor says of its customers. */
export interface TestCustomers {
    /**
     * Gives a customer these steps and begins with the first. A step with `NEEDS_INFO` lasts until everything that it asks for
     * was sent, and was good; any other is said once, or as often as `says` tells. The last one lasts.
     *
     * @param account `G…`, `M…`, or `G…:7` for the user of a shared account, as the session says it.
     */
    script(account: string, steps: Step[]): void;
    /** Gives these to every customer who asks for the first time from now on, and has no script. */
    default(steps: Step[]): void;
}

/** One state of a customer. */
export interface Step {
    /** What `GET /customer` says. */
    status: "ACCEPTED" | "PROCESSING" | "NEEDS_INFO" | "REJECTED";
    /** What is wanted: names of SEP-9, with what is to be said of them. Type and description come from the catalogue. */
    fields?: string[] | Record<string, StepField> | undefined;
    /** What was provided, where that is not just what was sent. */
    provided_fields?: Record<string, StepProvidedField> | undefined;
    /** The state in words. */
    message?: string | undefined;
    /** The code for fields with `VERIFICATION_REQUIRED`; `123456` if absent. */
    code?: string | undefined;
    /** After how many `GET`s the next step begins. */
    says?: number | undefined;
}

/**
 * A field that a step asks for. Type and description are the catalogue's, if absent. With `choices`, any other value is refused
 * with `invalid_field`.
 */
export type StepField = { [name in keyof Field]: Field[name] | undefined };

/** A field that was provided. Until `REJECTED` was sent again, and `VERIFICATION_REQUIRED` confirmed, `NEEDS_INFO` lasts. */
export type StepProvidedField = { [name in keyof AnyProvidedField]: AnyProvidedField[name] | undefined };

/** A failure that is ordered: which requests, how often, and one way to fail. */
export type Failure = FailureFor & (FailedStatus | FailedNetwork | FailedHang | FailedBody | FailedToken | FailedChallenge);

/** Which requests fail. */
export interface FailureFor {
    /** A path and all below it: whole (`/kyc/customer`), or as the SEP writes it (`/customer`). Any if absent. */
    path?: string | undefined;
    /** A method, such as `GET`. Any if absent. */
    method?: string | undefined;
    /** How often; once if absent. */
    times?: number | undefined;
}

/** An error of the anchor. */
export interface FailedStatus {
    /** The HTTP status. */
    status: number;
    /** The stable code in the body. */
    code?: string | undefined;
    /** The text in the body. */
    error?: string | undefined;
    /** The header `Retry-After`, in seconds. */
    retryAfter?: number | undefined;
}

/** No connection. */
export interface FailedNetwork {
    /** What a browser says of it: a `TypeError`. */
    network: true;
}

/** No answer. */
export interface FailedHang {
    /** Until the request is aborted. */
    hang: true;
}

/** Something else than what the protocol says. */
export interface FailedBody {
    /** The body, such as a proxy's page. */
    body: string;
    /** `application/json` if absent. */
    contentType?: string | undefined;
    /** 200 if absent. */
    status?: number | undefined;
}

/** The request is judged as if it came with another token. */
export interface FailedToken {
    /** One that has expired, or one that is not the anchor's. */
    token: "expired" | "invalid";
}

/** A challenge that is wrong in one way, which no wallet may sign. */
export interface FailedChallenge {
    /**
     * The anchor's signature is broken, another key has signed, it has expired, it could be submitted, it is for another
     * domain, another account or another network.
     */
    challenge: "signature" | "signer" | "expired" | "sequence" | "home_domain" | "account" | "network";
}

/** What the ledger says of accounts. */
export interface TestLedger {
    /** Lets an account exist with these signers, or with `null` not exist: then it signs in with its own key, as all do at first. */
    set(account: string, known: LedgerAccount | null): void;
}

/** An account of the ledger. */
export interface LedgerAccount {
    /** Its signers; its own key is one only if it is here. */
    signers: LedgerSigner[];
    /** The weights that it demands; signing in needs the medium one. */
    thresholds?: LedgerThresholds | undefined;
}

/** A signer of an account. */
export interface LedgerSigner {
    /** Its address, `G...`. */
    key: string;
    /** How much its signature counts, 0 to 255. */
    weight: number;
}

/** The weights that an account demands, 0 to 255 each; 0, if absent. */
export interface LedgerThresholds {
    /** For little. */
    low?: number | undefined;
    /** For moving money. */
    medium?: number | undefined;
    /** For changing who may sign. */
    high?: number | undefined;
}

/** A request that came. */
export interface TestRequest {
    /** Its method. */
    readonly method: string;
    /** The whole URL. */
    readonly url: string;
    /** Path and query. */
    readonly path: string;
    /** Its headers. */
    readonly headers: Headers;
    /** Its body. */
    readonly body: Uint8Array<ArrayBuffer>;
    /** The status of the answer; absent if there was none. */
    readonly status?: number;
}

/** A callback as the anchor would send it. */
export interface TestCallback {
    /** Where to. */
    readonly url: string;
    /** `Content-Type` and `Signature`. */
    readonly headers: Record<string, string>;
    /** The customer, as JSON: exactly what was signed. */
    readonly body: string;
}
