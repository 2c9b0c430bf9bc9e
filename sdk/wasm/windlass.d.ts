// Derived from the Rust types by `cargo xtask generate`: do not edit.
/// <reference lib="esnext.disposable" />
/* tslint:disable */
/* eslint-disable */

/** What is thrown. `code` is stable, `message` is for people and may change. */
export class WindlassError extends Error {
    constructor(code: ErrorCode, message: string, field?: string, status?: number, retryAfter?: number);
    readonly name: "WindlassError";
    readonly code: ErrorCode;
    /** The field or parameter at fault, where there is one; the first, if there are several. */
    readonly field?: string;
    /** The HTTP status of the anchor's answer, where there is one. */
    readonly status?: number;
    /** In how many seconds to try again, where the anchor says so. */
    readonly retryAfter?: number;
}

/** Whether something that was caught is an error of windlass. */
export function isWindlassError(error: unknown): error is WindlassError;

/** A call that can be given up: it then throws `aborted`. */
export interface Abortable {
    signal?: AbortSignal;
}

export interface DiscoverOptions extends Abortable {
    /** The wallet's network. If absent, the network that the stellar.toml names is trusted, or else the public one. */
    networkPassphrase?: string;
    /** Whether plain http is good enough for an anchor on this machine. For development only. */
    allowHttp?: boolean;
}

export interface SignInOptions extends Abortable {
    /** The account to sign in to: `G...` or `M...`. The signer's own, if absent. */
    account?: string;
    /** Which user of a shared account, as an unsigned 64-bit number. */
    memo?: string | bigint;
    /** The wallet's own domain, to be proved to the anchor. */
    clientDomain?: ClientDomain;
    /**
     * Whether the session keeps the signers and signs in again by itself when its token ends. A wallet then asks its user again;
     * who says no is not asked a second time.
     */
    renew?: boolean;
}

/** A wallet's own domain and whoever signs for it, most often the wallet's server: a function, or a service at a URL. */
export type ClientDomain = {
    domain: string;
    /** The `SIGNING_KEY` of the domain's stellar.toml. */
    signingKey: string;
} & (ClientDomainSigner | SigningService);

/** Whoever signs for a client domain. */
export interface ClientDomainSigner {
    /** Returns the transaction with the signature of `signingKey` added. */
    sign(xdr: string, options: { networkPassphrase: string; address: string }): string | Promise<string>;
    /**
     * Returns the ed25519 signature of `signingKey` over the text in UTF-8: a token that vouches for the application, for anchors
     * that answer no others. Without it, such an anchor throws `proof_required`.
     */
    vouch?(text: string): Uint8Array | Promise<Uint8Array>;
}

/** A service that is sent `{transaction, network_passphrase}` by POST, and answers with the transaction signed. */
export interface SigningService {
    url: string;
    /** Its `Authorization` header, such as `Bearer …`. */
    authorization?: string;
}

/** A wallet as SEP-43 describes it: a browser extension, or anything that signs. */
export interface Wallet43 {
    getAddress(): Promise<{ address: string; error?: Error43 }>;
    getNetwork?(): Promise<{ network: string; networkPassphrase: string; error?: Error43 }>;
    signTransaction(
    xdr: string,
    options?: { networkPassphrase?: string; address?: string; submit?: boolean; submitUrl?: string },
    ): Promise<{ signedTxXdr: string; signerAddress?: string; error?: Error43 }>;
}

/**
 * Whether something can sign as SEP-43 describes it: an extension that is not installed cannot. It has the methods that signing in
 * needs; wallets of before mid-2024 lack others.
 */
export function isWallet43(value: unknown): value is Wallet43;

/** The error of a SEP-43 wallet: -1 internal, -2 external, -3 invalid request, -4 refused by the user. */
export interface Error43 {
    code: number;
    message: string;
    ext?: string[];
}

/** How to wait for a customer's status. */
export interface WaitOptions extends Abortable {
    /** How long to wait in all, in seconds; then `timed_out` is thrown. For ever, if absent. */
    timeout?: number;
    /** The first pause between two requests in seconds, 2 if absent. It doubles with every answer that says nothing new. */
    interval?: number;
    /** The longest pause in seconds, 60 if absent. */
    longestInterval?: number;
}

/** For `waitForStatus`. */
export interface WaitForStatus extends GetCustomer, WaitOptions {
    /** What to wait for. If absent: that it is the wallet's turn, or that nothing is left to wait for. */
    until?: readonly Status[];
}

/** For `watch`. */
export interface WatchCustomer extends GetCustomer, WaitOptions {}

/** `PUT /customer/verification`, as it was before SEP-12 1.12. */
export interface PutVerification extends Abortable {
    /** The customer's id. */
    id: string;
    /** Codes by `<field>_verification`. */
    codes: { readonly [name: string]: string };
}

/** A value of a customer's field: text, a whole number, or a file. `undefined` is left out. */
export type FieldValue = string | number | bigint | Blob | Uint8Array | undefined;

/** `PUT /customer`: creates the customer, or adds to what the anchor holds. */
export interface PutCustomer {
    /** Id returned by an earlier `putCustomer`. */
    id?: string;
    /** What the customer wants to do; decides which fields are needed. */
    type?: string;
    /** Which user of a shared account, when the session does not say it. */
    memo?: string | bigint;
    /** Deprecated: `id` (the default), `text` or `hash`. */
    memo_type?: string;
    /** Deprecated: the session says it. */
    account?: string;
    /** The transaction that the information is for; needs `type` as well. */
    transaction_id?: string;
    /** Fields, `<field>_verification` codes and `<field>_file_id` references, by name. */
    fields?: { readonly [name: string]: FieldValue };
}

export interface PutOptions extends Abortable {
    /** What `customer()` answered before: values are then checked against the choices that it names. */
    customer?: Customer;
}

export interface MemoOptions extends Abortable {
    /** Which user of a shared account, when the session does not say it. */
    memo?: string | bigint;
    /** Deprecated: `id` (the default), `text` or `hash`. */
    memo_type?: string;
}

export interface CallbackOptions extends MemoOptions {
    /** Id returned by an earlier `putCustomer`. */
    id?: string;
    /** Deprecated: the session says it. */
    account?: string;
}

/** Either of the two. */
export interface GetFiles extends Abortable {
    file_id?: string;
    customer_id?: string;
}

export interface CheckOptions {
    /** The present day as `YYYY-MM-DD`; that of the clock in UTC, if absent. */
    today?: string;
    /** The values that the anchor offers, by the name of the field. */
    choices?: { readonly [name: string]: readonly string[] };
}

/** What a challenge must be. */
export interface ExpectedChallenge {
    /** The anchor's `SIGNING_KEY`. */
    signingKey: string;
    networkPassphrase: string;
    homeDomain: string;
    /** The host of the anchor's `WEB_AUTH_ENDPOINT`, with its port if it names one. */
    webAuthDomain: string;
    /** Who asked for it: `G...` or `M...`. */
    account: string;
    memo?: string | bigint;
    clientDomain?: { domain: string; signingKey: string };
    /** Unix seconds; the clock's, if absent. */
    now?: number;
}

/** Whose callbacks are received, and where. */
export interface CallbacksOptions {
    /** The anchor's `SIGNING_KEY`: `anchor.info.signingKey`. */
    signingKey: string;
    /** The host of the URL that was registered, with its port if the URL names one. From your configuration, not from a request. */
    host: string;
    /** Nothing older is taken, in seconds: 120 if absent, and at most. */
    maxAge?: number;
    /** How many callbacks are remembered at a time, to refuse replays: 10,000 if absent. Those beyond are refused. */
    capacity?: number;
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
    now?: number;
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
    now?: number;
}


/**
 * A customer as the anchor sees it: the answer to `GET /customer`, and the body of its callbacks (S12-50 to S12-54).
 *
 * It never holds a value that was submitted (S12-61).
 */
export interface Customer {
    /**
     * The customer's id; absent until one was created.
     */
    id?: string;
    /**
     * Where the customer stands for the `type` that was asked about.
     */
    status: Status;
    /**
     * What the anchor has not received yet, by field name.
     */
    fields?: Record<string, Field>;
    /**
     * What it has received, by field name.
     */
    provided_fields?: Record<string, ProvidedField>;
    /**
     * The state in words; always there when rejected.
     */
    message?: string;
}

/**
 * A field of the catalogue, under one of its names.
 */
export interface Sep9Field {
    /**
     * The name on the wire, dots and case included.
     */
    name: string;
    /**
     * The name to store under. Differs from `name` for an alias such as `last_name`.
     */
    canonical: string;
    /**
     * Whom or what it describes.
     */
    group: Sep9Group;
    /**
     * The type that SEP-12 announces.
     */
    kind: FieldKind;
    /**
     * How a value is written.
     */
    format: Sep9Format;
    /**
     * What to call it in a form, in English.
     */
    label: string;
    /**
     * One sentence on what to enter, in English.
     */
    description: string;
    /**
     * The listed values. Closed for [`Format::Enum`], suggestions for [`Format::OpenEnum`], else empty.
     */
    choices?: string[];
    /**
     * The fewest and the most digits, where a value is digits and nothing else.
     */
    digits?: [number, number];
    /**
     * The kinds of file that it takes. Empty unless it is binary.
     */
    media?: MediaType[];
    /**
     * Understood, but not to be asked for any more.
     */
    deprecated: boolean;
}

/**
 * A field that the anchor has received (S12-55 to S12-60).
 */
export interface ProvidedField extends Field {
    /**
     * Where it stands, if the anchor wants to tell.
     */
    status?: FieldStatus;
    /**
     * Why it was rejected.
     */
    error?: string;
}

/**
 * A field that the anchor wants (S12-55 to S12-58).
 */
export interface Field {
    /**
     * The type of its value.
     */
    type?: FieldKind;
    /**
     * What it is, in the language asked for.
     */
    description?: string;
    /**
     * The values that are allowed, if not any.
     */
    choices?: string[];
    /**
     * Whether it may be left out; absent means it may not.
     */
    optional?: boolean;
}

/**
 * A field whose value was not good.
 */
export interface RejectedField {
    /**
     * Its name.
     */
    name: string;
    /**
     * Why, in the anchor's words.
     */
    error?: string;
}

/**
 * A kind of file that some field takes.
 */
export type MediaType = "image/jpeg" | "image/png" | "application/pdf" | "video/mp4" | "video/webm" | "video/quicktime";

/**
 * A rule of SEP-10 over a challenge. In this order they are checked, the cheap ones first.
 */
export type Check = "readable" | "source" | "sequence" | "time_bounds" | "clock" | "account" | "home_domain" | "nonce" | "memo" | "operations" | "web_auth_domain" | "client_domain" | "server_signature" | "other_signatures";

/**
 * A value that is wrong.
 */
export interface FieldError {
    /**
     * The field, as it was named.
     */
    field: string;
    /**
     * The stable code of what is wrong, such as `not_a_date`.
     */
    code: string;
    /**
     * What the value must be, in English: it continues the field's name or label.
     */
    message: string;
}

/**
 * How a check went.
 */
export type Outcome = "passed" | "failed" | "skipped";

/**
 * How a value is written.
 */
export type Sep9Format = "text" | "multiline" | "iso639_1" | "iso3166_alpha3" | "iso3166_alpha2" | "iso3166_2" | "iso8601_date" | "yy_mm" | "e164" | "phone" | "phone_format" | "email" | "isco08_3" | "integer" | "ip" | "enum" | "open_enum" | "card_number" | "image" | "image_or_video";

/**
 * Something to be submitted next.
 */
export interface Todo extends Field {
    /**
     * The name to submit it under: a field's, or `<field>_verification`.
     */
    name: string;
    /**
     * Why the value that was sent before is not good.
     */
    error?: string;
    /**
     * The field that a code is for, when this is a confirmation.
     */
    verifies?: string;
    /**
     * Whether a value was sent before and rejected.
     */
    again?: boolean;
}

/**
 * The answer to [`PutCustomer`]. It says nothing of the result: `GET /customer` does (S12-73).
 */
export interface CustomerCreated {
    /**
     * The customer's id, for every later request.
     */
    id: string;
}

/**
 * The body of every refusal: `{"error": "…"}`, as the SEPs want it, with a stable code beside the text.
 *
 * Other servers send only `error`, or something else: a client takes what is there (S10-09).
 */
export interface Problem {
    /**
     * What went wrong and what to do, for a person.
     */
    error: string;
    /**
     * The stable code, for a program.
     */
    code?: string;
    /**
     * The field or parameter at fault, where there is one.
     */
    field?: string;
}

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
 * The stable codes of errors: the same on the wire, in Rust and in TypeScript. The doc of each says what to do.
 */
export type ErrorCode = "invalid_home_domain" | "invalid_toml" | "not_offered" | "invalid_toml_value" | "wrong_network" | "invalid_account" | "invalid_memo" | "unknown_home_domain" | "invalid_client_domain" | "client_domain_unavailable" | "client_domain_required" | "client_not_allowed" | "proof_required" | "proof_invalid" | "challenge_not_readable" | "challenge_source" | "challenge_sequence" | "challenge_time_bounds" | "challenge_expired" | "challenge_not_yet_valid" | "challenge_account" | "challenge_home_domain" | "challenge_nonce" | "challenge_memo" | "challenge_operation" | "challenge_web_auth_domain" | "challenge_client_domain" | "challenge_server_signature" | "challenge_signature" | "challenge_not_authorized" | "challenge_used" | "ledger_unavailable" | "signer_changed_transaction" | "signer_refused" | "signer_failed" | "invalid_secret_key" | "token_missing" | "token_invalid" | "token_expired" | "invalid_callback" | "callback_stale" | "callback_signature" | "callback_replayed" | "customer_not_found" | "identity_mismatch" | "unknown_customer_type" | "invalid_transaction_id" | "invalid_language" | "invalid_field" | "invalid_code" | "code_expired" | "nothing_to_verify" | "file_not_found" | "customer_rejected" | "invalid_request" | "unsupported_media_type" | "too_large" | "not_found" | "method_not_allowed" | "too_many_requests" | "not_implemented" | "internal" | "network" | "unexpected_response" | "timed_out" | "aborted" | "refused";

/**
 * The type of a value, as SEP-12 announces it (S09-13).
 */
export type FieldKind = "string" | "number" | "date" | "binary";

/**
 * What a wallet does next about a customer.
 */
export interface NextStep {
    /**
     * What to do.
     */
    action: Action;
    /**
     * What is still to be submitted; optional fields are among them, marked so.
     */
    todo: Todo[];
    /**
     * Fields that the anchor is looking at, by name.
     */
    waiting: string[];
    /**
     * Fields that were rejected, whether or not they may be sent again.
     */
    rejected: RejectedField[];
}

/**
 * What an anchor publishes about itself in its stellar.toml.
 */
export interface AnchorInfo {
    /**
     * The key that signs challenges and callbacks.
     */
    signingKey?: string;
    /**
     * Where accounts sign in (SEP-10).
     */
    webAuthEndpoint?: string;
    /**
     * Where customers are registered (SEP-12).
     */
    kycServer?: string;
    /**
     * The organization behind the anchor.
     */
    organization: Organization;
}

/**
 * What an anchor says of a file; never its contents (S12-111).
 */
export interface CustomerFile {
    /**
     * The id to use as `<field>_file_id`.
     */
    file_id: string;
    /**
     * The media type that its bytes show.
     */
    content_type: string;
    /**
     * In bytes.
     */
    size: number;
    /**
     * When it is thrown away if no customer refers to it, such as `2026-01-02T03:04:05Z`.
     */
    expires_at?: string;
    /**
     * The customer that refers to it.
     */
    customer_id?: string;
}

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
export interface CheckResult {
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

/**
 * What to do about a customer.
 */
export type Action = "submit" | "wait" | "done" | "stop";

/**
 * Where a customer stands.
 */
export type Status = "ACCEPTED" | "PROCESSING" | "NEEDS_INFO" | "REJECTED" | (string & {});

/**
 * Where a provided field stands.
 */
export type FieldStatus = "ACCEPTED" | "PROCESSING" | "REJECTED" | "VERIFICATION_REQUIRED" | (string & {});

/**
 * Whom or what a field describes.
 */
export type Sep9Group = "natural_person" | "financial_account" | "organization" | "organization_financial_account" | "card";

/**
 * `GET /customer`: what the anchor holds and what it still needs.
 */
export interface GetCustomer {
    /**
     * Id returned by an earlier `PUT /customer`.
     */
    id?: string;
    /**
     * Deprecated: the token says it.
     */
    account?: string;
    /**
     * Which user of a shared account, when the token does not say it.
     */
    memo?: string | bigint;
    /**
     * Deprecated: `id` (the default), `text` or `hash`.
     */
    memo_type?: string;
    /**
     * What the customer wants to do, such as `sep31-sender`; decides which fields are needed.
     */
    type?: string;
    /**
     * The transaction that the information is for; needs `type` as well.
     */
    transaction_id?: string;
    /**
     * ISO 639-1 code of the language for descriptions and messages; `en` if absent.
     */
    lang?: string;
}


/**
 * An anchor whose stellar.toml was read.
 */
export class Anchor {
    private constructor();
    free(): void;
    [Symbol.dispose](): void;
    /**
     * Reads the stellar.toml of a home domain, a bare host name such as `anchor.example.com`.
     */
    static discover(homeDomain: string, options?: DiscoverOptions | null): Promise<Anchor>;
    /**
     * Takes up a session by its `token`. Throws `token_expired` or `token_invalid` if that cannot be.
     */
    resume(token: string): Session;
    /**
     * Signs in with a key or a SEP-43 wallet. The challenge is checked by every rule of SEP-10 before it is signed.
     */
    signIn(signer: Keypair | Wallet43, options?: SignInOptions | null): Promise<Session>;
    /**
     * The domain that it was found by.
     */
    readonly homeDomain: string;
    /**
     * What the anchor publishes about itself.
     */
    readonly info: AnchorInfo;
    /**
     * The passphrase of the network that is signed for.
     */
    readonly networkPassphrase: string;
}

/**
 * Receives the callbacks that an anchor sends to the URL of `session.setCallback`. Keep one for all requests of a server.
 */
export class Callbacks {
    free(): void;
    [Symbol.dispose](): void;
    constructor(options: CallbacksOptions);
    /**
     * Takes a callback: answer 2xx. Throws if it is not the anchor's, too old, changed, or came before: answer 401.
     */
    receive(request: CallbackRequest): Customer;
}

/**
 * A Stellar key in memory. It never leaves it by itself: signing happens here.
 */
export class Keypair {
    private constructor();
    free(): void;
    [Symbol.dispose](): void;
    /**
     * The key of an `S...` seed. Throws `invalid_secret_key`, without the text, if it is none.
     */
    static fromSecret(secret: string): Keypair;
    /**
     * A new key, from the random source of the browser or of Node.
     */
    static random(): Keypair;
    /**
     * The `S...` seed, for showing it to its owner. Whoever has it owns the account.
     */
    secret(): string;
    /**
     * Adds the key's signature to a challenge, and returns it: what a client domain's `sign` does, or a wallet's `signTransaction`.
     *
     * Only a transaction of ManageData operations is signed; anything else is refused with `signer_failed`. Whether the challenge is a
     * good one is not asked here: `inspectChallenge` tells.
     */
    sign(xdr: string, options: { networkPassphrase: string }): string;
    /**
     * The `G...` address of the account that belongs to the key.
     */
    readonly address: string;
}

/**
 * An account that has signed in at an anchor.
 */
export class Session {
    private constructor();
    free(): void;
    [Symbol.dispose](): void;
    /**
     * What the anchor holds about the customer, and what it still needs. A new customer is no error.
     */
    customer(request?: GetCustomer & Abortable | null): Promise<Customer>;
    /**
     * Deletes all that the anchor holds about the customer.
     */
    deleteCustomer(options?: MemoOptions | null): Promise<void>;
    /**
     * Tells about files that were uploaded: one by `file_id`, or all of a customer by `customer_id`.
     */
    files(request: GetFiles): Promise<CustomerFile[]>;
    /**
     * Registers the customer, or adds to what the anchor holds.
     *
     * Values and files are checked by the rules of SEP-9 first: if one is wrong, `invalid_field` is thrown and nothing is
     * sent. With the `customer` that was asked for before, values are also checked against the choices that it names.
     */
    putCustomer(request: PutCustomer, options?: PutOptions | null): Promise<CustomerCreated>;
    /**
     * Returns confirmation codes the way it was done before SEP-12 1.12. Today they are fields of `putCustomer`.
     */
    putVerification(request: PutVerification): Promise<Customer>;
    /**
     * Registers the URL of the wallet's server to which the anchor tells every change of status.
     */
    setCallback(url: string, request?: CallbackOptions | null): Promise<void>;
    /**
     * Uploads a file, to be named by `<field>_file_id` in a later `putCustomer`.
     */
    uploadFile(file: Blob | Uint8Array, name?: string | null, options?: Abortable | null): Promise<CustomerFile>;
    /**
     * Waits until the anchor has done its part, or until the status is one of those named. A rejection ends it in any case.
     *
     * It asks again and again, ever more rarely, and heeds `Retry-After`. No connection and a server in trouble do not end it; a
     * `timeout` does, and so does the `signal`.
     */
    waitForStatus(request?: WaitForStatus | null): Promise<Customer>;
    /**
     * What the anchor says of the customer now, and then whenever it says something else, for `for await`. It ends after a
     * rejection; otherwise by `break`, by the `signal`, or by the `timeout`.
     */
    watch(request?: WatchCustomer | null): AsyncGenerator<Customer, void, undefined>;
    /**
     * Who signed in: `G...`, `G...:<memo>` or `M...`.
     */
    readonly account: string;
    /**
     * When the session ends, in Unix seconds.
     */
    readonly expiresAt: number;
    /**
     * The token, to keep it for `Anchor.resume`. Whoever has it is the account, until it expires.
     */
    readonly token: string;
}

/**
 * Everything that is wrong with the values of a form; nothing, if all are good. Names that are not of SEP-9 are passed over.
 */
export function checkFields(values: { readonly [name: string]: string | number | bigint | undefined }, options?: CheckOptions | null): FieldError[];

/**
 * What is wrong with the bytes of a file for a binary field; nothing, if it is good.
 */
export function checkFile(name: string, bytes: Uint8Array | number[]): FieldError | undefined;

/**
 * Goes through every check that a wallet makes before it signs a challenge, and tells how each one went.
 */
export function inspectChallenge(xdr: string, expect: ExpectedChallenge): Report;

/**
 * What to do next: submit something, wait, or nothing more; with what is still to be submitted, what the anchor is looking at,
 * and what was rejected and why.
 */
export function nextStep(customer: Customer): NextStep;

/**
 * The field of this name, if SEP-9 has it.
 */
export function sep9Field(name: string): Sep9Field | undefined;

/**
 * Every field of SEP-9, under each of its names.
 */
export function sep9Fields(): Sep9Field[];

/**
 * What is still to be submitted: fields wanted, fields rejected that may be sent again, codes to return.
 */
export function todo(customer: Customer): Todo[];

/**
 * Checks the `Signature` header of an anchor's callback. Throws if it is not the anchor's: answer 401.
 *
 * Call it before the body is parsed, with the very bytes that came. It does not know a replay: `Callbacks` does.
 */
export function verifyCallback(received: ReceivedCallback): void;
