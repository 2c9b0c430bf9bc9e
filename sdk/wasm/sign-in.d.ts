// Derived from the Rust types by `cargo xtask generate`: do not edit.
/// <reference lib="esnext.disposable" />

/**
 * For pages that only sign in (SEP-10): half the size of `windlass`. Its classes differ from those of `windlass`: use only one of the two.
 *
 * @module sign-in
 */

/**
 * A client domain and its key.
 */
export interface ClientDomainName {
    /**
     * The domain, a bare host name such as `wallet.example.com`.
     */
    domain: string;
    /**
     * The `SIGNING_KEY` of the domain's stellar.toml.
     */
    signingKey: string;
}

/**
 * A service that signs for a client domain, such as `signingService`. It receives `{transaction,
 * network_passphrase}` by POST and returns them with the signed transaction. For anchors that
 * require the application's identity, it receives `{message}` and returns `{signature}`.
 */
export interface SigningService {
    /**
     * The URL of the service.
     */
    url: string;
    /**
     * The `Authorization` header for the service, such as `Bearer …`.
     */
    authorization?: string | undefined;
}

/**
 * Every exception of the package. `code` is stable, `message` is for people and may change.
 *
 * @example
 * ```ts
 * import { Keypair, WindlassError } from "windlass";
 *
 * try {
 *     await Keypair.fromSecret("not a seed");
 * } catch (error) {
 *     if (error instanceof WindlassError) console.log(error.code); // invalid_secret_key
 * }
 * ```
 */
export class WindlassError extends Error {
    /**
     * For tests, and for a signer's own errors: an anchor's are made by the package.
     *
     * @example
     * ```ts
     * import { WindlassError } from "windlass";
     *
     * const error = new WindlassError("too_many_requests", "ask later", undefined, 429, 30);
     * console.log(error.code, error.status, error.retryAfter); // too_many_requests 429 30
     * ```
     */
    constructor(code: ErrorCode, message: string, field?: string, status?: number, retryAfter?: number, cause?: unknown, problems?: readonly FieldProblem[]);
    /** Always `WindlassError`. */
    readonly name: "WindlassError";
    /** The stable code of the failure; the anchor's own, if it sent one. */
    readonly code: ErrorCode;
    /** The field or parameter at fault; the first of several. */
    readonly field?: string;
    /** The HTTP status of the anchor's answer, where there is one. */
    readonly status?: number;
    /** Seconds to wait before retrying, if the anchor sent them. */
    readonly retryAfter?: number;
    /** What is wrong with the values, if the package has refused to send them: `code` is `invalid_field`, and there is no `status`. */
    readonly problems?: readonly FieldProblem[];
}

/**
 * Whether a caught value is an error of windlass.
 *
 * @example
 * ```ts
 * import { Anchor, isWindlassError } from "windlass";
 *
 * function explain(error: unknown): string {
 *     if (!isWindlassError(error)) throw error;
 *     switch (error.code) {
 *         case "signer_refused":
 *             return "You refused to sign.";
 *         case "network":
 *         case "timed_out":
 *             return "The anchor does not answer: try again.";
 *         default:
 *             return error.message;
 *     }
 * }
 *
 * try {
 *     await Anchor.discover("nobody.example");
 * } catch (error) {
 *     console.log(explain(error)); // The anchor does not answer: try again.
 * }
 * ```
 */
export function isWindlassError(error: unknown): error is WindlassError;

/** What is wrong with a value. */
export interface FieldProblem {
    /** The name of the field. */
    readonly field: string;
    /** The stable code. */
    readonly code: FieldErrorCode;
}

/** The stable codes of values that are wrong. */
export type FieldErrorCode =
    | "unknown_field"
    | "not_text"
    | "empty"
    | "too_long"
    | "control_character"
    | "not_an_integer"
    | "not_a_date"
    | "not_a_number"
    | "in_the_future"
    | "expires_before_issue"
    | "not_a_year_month"
    | "unknown_country"
    | "unknown_country_alpha2"
    | "not_a_subdivision"
    | "unknown_language"
    | "not_e164"
    | "not_an_email"
    | "unknown_occupation"
    | "not_an_ip_address"
    | "not_digits"
    | "not_a_card_number"
    | "not_a_choice"
    | "file_expected"
    | "not_a_file_field"
    | "wrong_file"
    | "conflict";

/**
 * Options for signing.
 */
export interface SigningOptions {
    /**
     * The passphrase of the network. A signature is valid on this network only.
     */
    networkPassphrase: string;
}

/**
 * Options of `Anchor.discover`.
 */
export interface DiscoverOptions {
    /**
     * The wallet's network. By default the network that the stellar.toml names, or else the public
     * network.
     */
    networkPassphrase?: string | undefined;
    /**
     * Whether plain http is allowed for an anchor on this machine. For development only.
     */
    allowHttp?: boolean | undefined;
    /**
     * Ends the call and the request under way.
     */
    signal?: AbortSignal | undefined;
}

/**
 * Options of `anchor.signIn`.
 */
export interface SignInOptions {
    /**
     * The account to sign in to: `G...` or `M...`. The signer's own, if absent.
     */
    account?: string | undefined;
    /**
     * Which user of a shared account, as an unsigned 64-bit number.
     */
    memo?: MemoValue | undefined;
    /**
     * Further signers, for an account that needs several: each signs in turn.
     */
    signers?: (Keypair | Wallet43)[] | undefined;
    /**
     * The wallet's own domain, to be proved to the anchor.
     */
    clientDomain?: ClientDomain | undefined;
    /**
     * Whether the session keeps the signers and signs in again when its token expires. A wallet
     * then asks its user again; after a refusal it does not ask a second time.
     */
    renew?: boolean | undefined;
    /**
     * Ends the call, the request under way, and the wait for a signer.
     */
    signal?: AbortSignal | undefined;
}

/**
 * The memo in a request, as text. A whole number in JSON is read as its text; nothing else is.
 */
export type MemoValue = string | bigint;

/**
 * The organization behind an anchor, as it describes itself.
 */
export interface Organization {
    /**
     * The legal name.
     */
    name?: string;
    /**
     * The trading name.
     */
    dba?: string;
    /**
     * The official website.
     */
    url?: string;
    /**
     * A logo.
     */
    logo?: string;
    /**
     * What the organization does.
     */
    description?: string;
    /**
     * E-mail address for users.
     */
    supportEmail?: string;
}

/**
 * The parts of an anchor's stellar.toml that wallets use or show.
 */
export interface AnchorInfo {
    /**
     * The key that signs challenges and callbacks.
     */
    signingKey?: string;
    /**
     * The URL for signing in (SEP-10).
     */
    webAuthEndpoint?: string;
    /**
     * The base URL of the KYC API (SEP-12).
     */
    kycServer?: string;
    /**
     * The organization behind the anchor.
     */
    organization: Organization;
}

/**
 * The stable codes of errors: the same on the wire, in Rust and in TypeScript. The doc of each says what to do.
 */
export type ErrorCode =
    /** The home domain is not a bare host name such as `anchor.example.com`: remove scheme, path and query. */
    | "invalid_home_domain"
    /** The stellar.toml is not TOML, or longer than 100 KB: tell the anchor. */
    | "invalid_toml"
    /** The stellar.toml does not name this service: the anchor does not offer it. */
    | "not_offered"
    /** A value of the stellar.toml is invalid, such as a malformed key or a URL without https. */
    | "invalid_toml_value"
    /** The anchor works on another Stellar network than the wallet: check the passphrase. */
    | "wrong_network"
    /** The account is not a valid `G...` or `M...` address. */
    | "invalid_account"
    /** The memo is not an unsigned 64-bit number, or was given together with an `M...` address. */
    | "invalid_memo"
    /** The anchor does not serve this home domain. */
    | "unknown_home_domain"
    /** The client domain is not a valid host name. */
    | "invalid_client_domain"
    /** The stellar.toml of the client domain could not be read, or names no usable `SIGNING_KEY`. */
    | "client_domain_unavailable"
    /** The anchor accepts only wallets that prove their domain: send `client_domain`. */
    | "client_domain_required"
    /** The anchor does not accept this application. */
    | "client_not_allowed"
    /** The anchor accepts only signed requests for challenges: send the `Authorization` header. */
    | "proof_required"
    /** The signed token in the `Authorization` header is not valid for this request. */
    | "proof_invalid"
    /** The challenge is not a version 1 transaction of ManageData operations in base64. */
    | "challenge_not_readable"
    /** The challenge is not from the anchor's signing key. */
    | "challenge_source"
    /** The sequence number is not 0: the transaction could be submitted. Never sign it. */
    | "challenge_sequence"
    /** The challenge has no end, or its time bounds are the wrong way round. */
    | "challenge_time_bounds"
    /** The challenge has expired: ask for a new one; check the clock if that does not help. */
    | "challenge_expired"
    /** The challenge begins in the future: check the clock. */
    | "challenge_not_yet_valid"
    /** The first operation is missing or not for the requested account. */
    | "challenge_account"
    /** The challenge is for another home domain. */
    | "challenge_home_domain"
    /** The first operation's value is not a nonce of 48 bytes in base64. */
    | "challenge_nonce"
    /** The memo is not the requested one, or not of type id. */
    | "challenge_memo"
    /** An operation is not the server's own. */
    | "challenge_operation"
    /** The challenge is for another server, so an attacker may be relaying it. Do not sign. */
    | "challenge_web_auth_domain"
    /** The client domain or its key is not the requested one. */
    | "challenge_client_domain"
    /** The anchor's signature is missing, wrong or duplicated: wrong network, or a modified challenge. */
    | "challenge_server_signature"
    /** The challenge has a signature of a key that must not sign it. */
    | "challenge_signature"
    /** The account has not signed, or the signers' weights do not reach its threshold. */
    | "challenge_not_authorized"
    /** The challenge was used before: each gives one token. Ask for a new one. */
    | "challenge_used"
    /** The ledger does not answer the request for the account's signers: try again later. */
    | "ledger_unavailable"
    /** A signer returned another transaction, or a signature that is not the expected key's. */
    | "signer_changed_transaction"
    /** The user refused to sign. Do not ask again by yourself. */
    | "signer_refused"
    /** The wallet gives no address: it is not installed, locked, or not allowed to connect to this site. */
    | "signer_not_connected"
    /** The signer failed: its own message says why. */
    | "signer_failed"
    /** The secret key is not a valid `S...` seed. */
    | "invalid_secret_key"
    /** The request came without a token: sign in first. */
    | "token_missing"
    /** The token is not from this anchor, or was modified. */
    | "token_invalid"
    /** The token has expired: sign in again. */
    | "token_expired"
    /** A callback has no readable signature: answer 401. */
    | "invalid_callback"
    /** A callback was signed too long ago, or in the future: answer 401. If it is from the anchor, compare the clocks. */
    | "callback_stale"
    /** A callback is not from the anchor, is for another host, or was modified: answer 401. */
    | "callback_signature"
    /** A callback was received before: answer 401. */
    | "callback_replayed"
    /** No customer of this account has that id. */
    | "customer_not_found"
    /** Account or memo are not those of the token, or of the customer. */
    | "identity_mismatch"
    /** The anchor has no such customer type. */
    | "unknown_customer_type"
    /** The transaction is unknown, or `type` is missing. */
    | "invalid_transaction_id"
    /** The language is not a two-letter code. */
    | "invalid_language"
    /** A value is not valid for its field; the text names the field. */
    | "invalid_field"
    /** The confirmation code is wrong: read it again, or send the value again for a new one. */
    | "invalid_code"
    /** The code has expired or was tried too often: send the value again for a new one. */
    | "code_expired"
    /** The field does not wait for a code. */
    | "nothing_to_verify"
    /** The file does not exist, has expired, or is not yours. */
    | "file_not_found"
    /** The anchor has rejected this customer. A rejection is final. */
    | "customer_rejected"
    /** A parameter is missing, malformed or given twice; the text names it. */
    | "invalid_request"
    /** The endpoint does not accept the content type of the body. */
    | "unsupported_media_type"
    /** The body or a file in it is too large. */
    | "too_large"
    /** No endpoint has this path. */
    | "not_found"
    /** The endpoint does not accept this method. */
    | "method_not_allowed"
    /** Too many requests: wait as long as `Retry-After` says. */
    | "too_many_requests"
    /** This anchor does not offer this operation. */
    | "not_implemented"
    /** The server failed; its log says why. */
    | "internal"
    /** The server, or one behind it, cannot answer at the moment: try again after `Retry-After`. */
    | "unavailable"
    /** The server is unreachable: no connection, no DNS name, or a browser that CORS has stopped. */
    | "network"
    /** The response does not follow the protocol. */
    | "unexpected_response"
    /** The awaited event did not happen within the given time, of `waitForStatus` or of an `AbortSignal.timeout`: continue waiting, or check again later. */
    | "timed_out"
    /** The request was aborted by its caller. */
    | "aborted"
    /** The server refused without a code, or with one that this version does not know; see status and text. */
    | "refused";

/** A wallet's own domain and its signer, most often the wallet's server: a function, or a service at a URL. */
export type ClientDomain = ClientDomainName & (ClientDomainSigner | SigningService);

/** A signer of a client domain, in the same program. */
export interface ClientDomainSigner {
    /** Returns the transaction with the signature of `signingKey` added. */
    sign(xdr: string, options: DomainSignOptions): string | Promise<string>;
    /**
     * Returns the ed25519 signature of `signingKey` over the text in UTF-8: a token that vouches for the application, for anchors
     * that answer no others. Without it, such an anchor throws `proof_required`.
     */
    vouch?: ((text: string) => Uint8Array | Promise<Uint8Array>) | undefined;
}

/** The options that the signer of a client domain is called with. */
export interface DomainSignOptions extends SigningOptions {
    /** The address of `signingKey`. */
    address: string;
}

/** A wallet as SEP-43 describes it: a browser extension, or anything that signs. */
export interface Wallet43 {
    /** The address of the account that the user has chosen. It is called without options. */
    getAddress(options?: object): Promise<Address43>;
    /** The network that the wallet is set to: signing in is refused if it is another one. */
    getNetwork?: (() => Promise<Network43>) | undefined;
    /** Asks the user, and answers with the transaction signed. */
    signTransaction(xdr: string, options?: SignOptions43): Promise<Signed43>;
}

/**
 * Whether a value has the methods of SEP-43 that signing in needs. The object of an extension that is not installed has not. Wallets from
 * before mid-2024 lack other methods.
 *
 * @example
 * ```ts
 * import { isWallet43 } from "windlass";
 *
 * const extension: unknown = (globalThis as { someWallet?: unknown }).someWallet;
 * console.log(isWallet43(extension)); // false
 * ```
 */
export function isWallet43(value: unknown): value is Wallet43;

/** The address of a SEP-43 wallet. */
export interface Address43 {
    /** The account: `G...`. */
    address: string;
    /** The reason, if there is none. */
    error?: Error43 | undefined;
}

/** The network of a SEP-43 wallet. */
export interface Network43 {
    /** Its name, such as `TESTNET`. */
    network: string;
    /** Its passphrase. */
    networkPassphrase: string;
    /** The reason, if there is none. */
    error?: Error43 | undefined;
}

/** A transaction that a SEP-43 wallet has signed. */
export interface Signed43 {
    /** The transaction with its signatures, in base64. */
    signedTxXdr: string;
    /** The account that signed; it must be the requested one. */
    signerAddress?: string | undefined;
    /** The reason, if it is not signed. */
    error?: Error43 | undefined;
}

/** The options that a wallet's `signTransaction` is called with. */
export interface SignOptions43 {
    /** The network that it is for: always given here. */
    networkPassphrase?: string;
    /** The account that is to sign: always given here. */
    address?: string;
    /** Whether the wallet sends it to the network: never asked for here. */
    submit?: boolean;
    /** Where to. */
    submitUrl?: string;
}

/** The error of a SEP-43 wallet: -1 internal, -2 external, -3 invalid request, -4 refused by the user. */
export interface Error43 {
    /** Its number in SEP-43. */
    code: number;
    /** What went wrong, for a person. */
    message: string;
    /** More about it, such as a stack. */
    ext?: string[] | undefined;
}



/**
 * An anchor whose stellar.toml was read.
 *
 * @example
 * ```ts
 * import { Anchor, Keypair } from "windlass";
 *
 * const anchor = await Anchor.discover("anchor.example.com");
 * const session = await anchor.signIn(await Keypair.random());
 * console.log(session.account.length); // 56
 * ```
 */
export class Anchor {
    private constructor();
    /** Frees the memory now instead of at garbage collection. The object cannot be used afterwards. */
    free(): void;
    /** The same as `free`, for `using`. */
    [Symbol.dispose](): void;
    /**
     * Reads the stellar.toml of a home domain, a bare host name such as `anchor.example.com`.
     *
     * A missing entry of the stellar.toml is an error only when it is used: `signIn`, for example,
     * then throws `not_offered`.
     *
     * @throws `invalid_home_domain`, `invalid_toml`, `wrong_network` if the stellar.toml names
     * another network than the options, `network`, `aborted`.
     *
     * @example
     * ```ts
     * import { Anchor } from "windlass";
     *
     * const anchor = await Anchor.discover("anchor.example.com", {
     *     networkPassphrase: "Test SDF Network ; September 2015",
     *     signal: AbortSignal.timeout(10_000),
     * });
     * console.log(anchor.info.organization.name); // Example Anchor
     * ```
     */
    static discover(homeDomain: string, options?: DiscoverOptions | null): Promise<Anchor>;
    /**
     * Resumes a session from its `token`.
     *
     * @throws `token_expired` if the token has expired: sign in again; `token_invalid` if it is
     * not a token.
     *
     * @example
     * ```ts
     * import { Anchor, Keypair } from "windlass";
     *
     * const anchor = await Anchor.discover("anchor.example.com");
     * const { token } = await anchor.signIn(await Keypair.random());
     * // Later, with the stored token:
     * const session = anchor.resume(token);
     * console.log(session.expiresAt > Date.now() / 1000); // true
     * ```
     */
    resume(token: string): Session;
    /**
     * Signs in with a key or a SEP-43 wallet. Before signing, the challenge is checked by every
     * rule of SEP-10.
     *
     * @throws `not_offered` if the anchor has no SEP-10; `signer_refused` if the user refuses;
     * `signer_failed` and `signer_changed_transaction` for errors of the wallet;
     * `client_domain_required` and `proof_required` if the anchor requires proof of the wallet's
     * domain. If the challenge violates a rule, nothing is signed, and the code is that of the
     * rule, such as `challenge_expired` or `challenge_web_auth_domain`.
     *
     * @example
     * ```ts
     * import { Anchor, Keypair } from "windlass";
     *
     * const anchor = await Anchor.discover("anchor.example.com");
     * const key = await Keypair.random(); // or the object of a wallet's extension
     * const session = await anchor.signIn(key, { memo: 7n, renew: true });
     * console.log(session.account === `${key.address}:7`); // true
     * ```
     */
    signIn(signer: Keypair | Wallet43, options?: SignInOptions | null): Promise<Session>;
    /**
     * The home domain of the anchor.
     */
    readonly homeDomain: string;
    /**
     * Information about the anchor from its stellar.toml.
     */
    readonly info: AnchorInfo;
    /**
     * The passphrase of the network that challenges are signed for.
     */
    readonly networkPassphrase: string;
}

/**
 * A Stellar key in memory. Only `secret()` reveals it.
 *
 * @example
 * ```ts
 * import { Keypair } from "windlass";
 *
 * const key = await Keypair.random();
 * console.log(key.address.length); // 56
 * ```
 */
export class Keypair {
    private constructor();
    /** Frees the memory now instead of at garbage collection. The object cannot be used afterwards. */
    free(): void;
    /** The same as `free`, for `using`. */
    [Symbol.dispose](): void;
    /**
     * The key of an `S...` seed. Throws `invalid_secret_key`, without the text, if it is
     * malformed.
     *
     * @example
     * ```ts
     * import { Keypair } from "windlass";
     *
     * const key = await Keypair.random();
     * console.log((await Keypair.fromSecret(key.secret())).address === key.address); // true
     * ```
     */
    static fromSecret(secret: string): Promise<Keypair>;
    /**
     * A new key, from the random source of the browser or of Node.
     *
     * @example
     * ```ts
     * import { Keypair } from "windlass";
     *
     * const [one, other] = await Promise.all([Keypair.random(), Keypair.random()]);
     * console.log(one.address !== other.address); // true
     * ```
     */
    static random(): Promise<Keypair>;
    /**
     * The `S...` seed, to show it to its owner. It gives full control of the account.
     *
     * @example
     * ```ts
     * import { Keypair } from "windlass";
     *
     * console.log((await Keypair.random()).secret().length); // 56
     * ```
     */
    secret(): string;
    /**
     * Adds the key's signature to a challenge and returns it: for a client domain's `sign`, or a
     * wallet's `signTransaction`.
     *
     * Signs only transactions of ManageData operations; others are refused with `signer_failed`.
     * Does not check the rules of SEP-10: `inspectChallenge` does.
     *
     * @example
     * ```ts
     * import { Anchor, Keypair, type Wallet43 } from "windlass";
     *
     * // A wallet for tests:
     * const key = await Keypair.random();
     * const wallet: Wallet43 = {
     *     getAddress: async () => ({ address: key.address }),
     *     signTransaction: async (xdr, { networkPassphrase = "" } = {}) => ({ signedTxXdr: await key.sign(xdr, { networkPassphrase }) }),
     * };
     * const anchor = await Anchor.discover("anchor.example.com");
     * const session = await anchor.signIn(wallet);
     * console.log(session.account === key.address); // true
     * ```
     */
    sign(xdr: string, options: SigningOptions): Promise<string>;
    /**
     * The `G...` address of the account that belongs to the key.
     */
    readonly address: string;
}

/**
 * An account that has signed in at an anchor.
 *
 * Every call throws `not_offered` if the anchor has no SEP-12, `token_expired` or `token_invalid`
 * if the session has ended, `network` if the anchor is unreachable, and `aborted` if its `signal`
 * aborts it. For an anchor that sends no codes, the code follows from the HTTP status: `not_found`
 * instead of `customer_not_found`, for example, and `refused` if no code fits.
 *
 * @example
 * ```ts
 * import { Anchor, Keypair, nextStep } from "windlass";
 *
 * const anchor = await Anchor.discover("anchor.example.com");
 * const session = await anchor.signIn(await Keypair.random());
 * console.log(nextStep(await session.customer()).action); // submit
 * ```
 */
export class Session {
    private constructor();
    /** Frees the memory now instead of at garbage collection. The object cannot be used afterwards. */
    free(): void;
    /** The same as `free`, for `using`. */
    [Symbol.dispose](): void;
    /**
     * The account that signed in: `G...`, `G...:<memo>` or `M...`.
     */
    readonly account: string;
    /**
     * When the session ends, in Unix seconds.
     */
    readonly expiresAt: number;
    /**
     * The domain of the anchor that it belongs to.
     */
    readonly homeDomain: string;
    /**
     * The token, to store for `Anchor.resume`. Until it expires, it gives access to the account at
     * the anchor.
     */
    readonly token: string;
}
