// Derived from the Rust types by `cargo xtask generate`: do not edit.
/// <reference lib="esnext.disposable" />

/**
 * Stellar anchors for wallets: find an anchor, sign in (SEP-10), complete KYC (SEP-12, SEP-9).
 *
 * @module windlass
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
 * A customer as the anchor sees it: a union over `status`, so that `switch` over it is exhaustive.
 *
 * It never holds a submitted value. `nextStep` says what to do next, also for a status that is not in SEP-12.
 */
export type Customer = AcceptedCustomer | ProcessingCustomer | NeedyCustomer | RejectedCustomer;

/** The anchor has accepted everything that it requires. */
export interface AcceptedCustomer extends AnyCustomer {
    /** Discriminates the union. */
    status: "ACCEPTED";
}

/** The anchor is reviewing: ask again later, or wait with `waitForStatus`. */
export interface ProcessingCustomer extends AnyCustomer {
    /** Discriminates the union. */
    status: "PROCESSING";
}

/** The anchor needs more: see `todo`. */
export interface NeedyCustomer extends AnyCustomer {
    /** Discriminates the union. */
    status: "NEEDS_INFO";
}

/** Finally rejected; `message` says why, if the anchor follows SEP-12. */
export interface RejectedCustomer extends AnyCustomer {
    /** Discriminates the union. */
    status: "REJECTED";
}

/** A field that the anchor has received: a union over `status`, which is absent if the anchor does not send it. */
export type ProvidedField = AcceptedField | ProcessingField | RefusedField | UnverifiedField | UntoldField;

/** The value was accepted. */
export interface AcceptedField extends AnyProvidedField {
    /** Discriminates the union. */
    status: "ACCEPTED";
    /** Absent in this case. */
    error?: never;
}

/** The value is in review. */
export interface ProcessingField extends AnyProvidedField {
    /** Discriminates the union. */
    status: "PROCESSING";
    /** Absent in this case. */
    error?: never;
}

/** The value was rejected: send another while the customer's status is `NEEDS_INFO`. */
export interface RefusedField extends AnyProvidedField {
    /** Discriminates the union. */
    status: "REJECTED";
}

/** The anchor has sent a code to the value; it must be returned as `<field>_verification`. */
export interface UnverifiedField extends AnyProvidedField {
    /** Discriminates the union. */
    status: "VERIFICATION_REQUIRED";
}

/** The anchor did not send a status. */
export interface UntoldField extends AnyProvidedField {
    /** Discriminates the union. */
    status?: never;
    /** Absent in this case. */
    error?: never;
}

/** What a wallet does next about a customer: a union over `action`, so that `switch` over it is exhaustive. */
export type NextStep = SubmitStep | WaitStep | DoneStep | StopStep;

/** Submit the fields in `todo`: the anchor waits for them. */
export interface SubmitStep extends AnyNextStep {
    /** Discriminates the union. */
    action: "submit";
    /** The fields to submit, at least one. Optional fields are among them, with `optional`. */
    todo: [Todo, ...Todo[]];
}

/** Wait: the anchor is reviewing. Everything in `todo` is optional. */
export interface WaitStep extends AnyNextStep {
    /** Discriminates the union. */
    action: "wait";
}

/** Nothing to do: the customer is accepted. */
export interface DoneStep extends AnyNextStep {
    /** Discriminates the union. */
    action: "done";
}

/** Give up: the customer was finally rejected. */
export interface StopStep extends AnyNextStep {
    /** Discriminates the union. */
    action: "stop";
    /** Empty in this case. */
    todo: [];
}

/** Something to submit: a new value, a replacement for a rejected one, or a code. */
export type Todo = NewTodo | AgainTodo | CodeTodo;

/** A value that was not sent before. */
export interface NewTodo extends AnyTodo {
    /** Absent in this case. */
    again?: never;
    /** Absent in this case. */
    verifies?: never;
    /** Absent in this case. */
    error?: never;
}

/** A value in place of one that was rejected; `error` says why, in the anchor's words. */
export interface AgainTodo extends AnyTodo {
    /** Discriminates the union. */
    again: true;
    /** Absent in this case. */
    verifies?: never;
}

/** A code that was sent to the customer, for example to a phone. */
export interface CodeTodo extends AnyTodo {
    /** The field that was sent the code. */
    verifies: string;
    /** A code is text: it may begin with 0. */
    type: "string";
    /** Absent in this case. */
    again?: never;
    /** Absent in this case. */
    choices?: never;
    /** Absent in this case. */
    optional?: never;
}


/**
 * A customer at an anchor: the answer to `GET /customer`, and the body of callbacks (S12-50 to
 * S12-54).
 *
 * It never contains a submitted value.
 */
export interface AnyCustomer {
    /**
     * The customer's id; absent until one was created.
     */
    id?: string;
    /**
     * The status for the requested `type`.
     */
    status: Status;
    /**
     * The fields that the anchor has not received yet, by name.
     */
    fields?: Record<string, Field>;
    /**
     * The fields that the anchor has received, by name.
     */
    provided_fields?: Record<string, ProvidedField>;
    /**
     * The status in words; always present for rejected customers.
     */
    message?: string;
    /**
     * Members of the answer that were left out because the anchor sent a value of the wrong type, such as
     * `fields.birth_date.choices`. What this package reads, never what an anchor sends.
     */
    odd?: string[];
}

/**
 * A field or code to submit.
 */
export interface AnyTodo extends Field {
    /**
     * The name to submit it under: a field's, or `<field>_verification`.
     */
    name: string;
    /**
     * Why the earlier value was rejected.
     */
    error?: string;
    /**
     * The field that the code confirms, if this is a confirmation.
     */
    verifies?: string;
    /**
     * Whether a value was sent before and rejected.
     */
    again?: boolean;
}

/**
 * A field that the anchor asks for.
 */
export interface Field {
    /**
     * The type of its value.
     */
    type?: FieldKind;
    /**
     * The description, in the requested language.
     */
    description?: string;
    /**
     * The allowed values; absent if any value is allowed.
     */
    choices?: string[];
    /**
     * Whether the field is optional; absent means required.
     */
    optional?: boolean;
}

/**
 * A field that the anchor has received.
 */
export interface AnyProvidedField extends Field {
    /**
     * The status, if the anchor reports one.
     */
    status?: FieldStatus;
    /**
     * The reason for a rejection.
     */
    error?: string;
}

/**
 * A field whose value was rejected.
 */
export interface RejectedField {
    /**
     * The name of the field.
     */
    name: string;
    /**
     * The anchor's reason.
     */
    error?: string;
}

/**
 * A problem of a value.
 */
export interface FieldError {
    /**
     * The name of the field in the values.
     */
    field: string;
    /**
     * The stable code of the error, such as `not_a_date`.
     */
    code: FieldErrorCode;
    /**
     * `error` if SEP-9 or the anchor demands it: `putCustomer` refuses the value. `warning` if
     * anchors may accept the value all the same.
     */
    severity: Severity;
    /**
     * What the value must be, in English. The text follows the field's name or label.
     */
    message: string;
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
 * A wallet's next step for a customer.
 */
export interface AnyNextStep {
    /**
     * What to do.
     */
    action: Action;
    /**
     * The fields and codes to submit, including optional ones, which are marked.
     */
    todo: Todo[];
    /**
     * Fields that the anchor is reviewing, by name.
     */
    waiting: string[];
    /**
     * Rejected fields, whether or not another value may be sent.
     */
    rejected: RejectedField[];
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
 * For `anchor.resume`.
 */
export interface ResumeOptions {
    /**
     * Signs in again when the token ends. Without it the session ends then.
     */
    signer?: Keypair | Wallet43 | undefined;
    /**
     * Further signers, for an account that needs several: each signs in turn.
     */
    signers?: (Keypair | Wallet43)[] | undefined;
    /**
     * The wallet's own domain, to be proved to the anchor.
     */
    clientDomain?: ClientDomain | undefined;
}

/**
 * How the memo of a shared account is written.
 */
export type MemoType = "id" | "text" | "hash";

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
 * Options of `checkFields`.
 */
export interface CheckOptions {
    /**
     * The current day as `YYYY-MM-DD`. By default that of the system clock in UTC.
     */
    today?: string | undefined;
    /**
     * The anchor's choices, by the name of the field.
     */
    choices?: { readonly [name: string]: readonly string[] } | undefined;
    /**
     * An answer of `customer()`, in place of `choices`: its choices and types.
     */
    customer?: Customer | undefined;
    /**
     * With `"strict"` every severity is `error`. By default `"sep9"`.
     */
    checks?: Checks | undefined;
}

/**
 * Options of `checkFile`.
 */
export interface CheckFileOptions {
    /**
     * With `"strict"` every severity is `error`. By default `"sep9"`.
     */
    checks?: Checks | undefined;
}

/**
 * Options of `putCustomer`.
 */
export interface PutOptions {
    /**
     * An earlier answer of `customer()`: values are then checked against its choices and types.
     */
    customer?: Customer | undefined;
    /**
     * What prevents sending: `"sep9"`, the default, only what SEP-9 and the anchor demand;
     * `"strict"` also what is a warning of `checkFields`.
     */
    checks?: Checks | undefined;
    /**
     * Ends the call and the request under way.
     */
    signal?: AbortSignal | undefined;
}

/**
 * Options of a call that can be aborted; it then throws `aborted`.
 */
export interface Abortable {
    /**
     * Ends the call, the request under way, and the wait for a signer.
     */
    signal?: AbortSignal | undefined;
}

/**
 * Options of waiting for a customer's status.
 */
export interface WaitOptions {
    /**
     * The total time to wait, in seconds; after it `timed_out` is thrown. By default unlimited.
     */
    timeout?: number | undefined;
    /**
     * The first pause between two requests in seconds, by default 2. It doubles after each
     * response without a change.
     */
    interval?: number | undefined;
    /**
     * The longest pause in seconds, by default 60.
     */
    longestInterval?: number | undefined;
    /**
     * Ends the wait and the request under way.
     */
    signal?: AbortSignal | undefined;
}

/**
 * The action for a customer: submit fields, wait, nothing more (done), or give up (stop).
 */
export type Action = "submit" | "wait" | "done" | "stop";

/**
 * The answer to `PutCustomer`. It does not contain the result: `GET /customer` does.
 */
export interface CustomerCreated {
    /**
     * The customer's id, for every later request.
     */
    id: string;
}

/**
 * The description of a file, without its content.
 */
export interface CustomerFile {
    /**
     * The id to use as `<field>_file_id`.
     */
    file_id: string;
    /**
     * The media type, determined from the content.
     */
    content_type: string;
    /**
     * The size in bytes.
     */
    size: number;
    /**
     * The time at which the file is deleted unless a customer refers to it, such as
     * `2026-01-02T03:04:05Z`.
     */
    expires_at?: string;
    /**
     * The customer that refers to the file.
     */
    customer_id?: string;
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

/**
 * The status of a customer. A word that SEP-12 does not have is kept as received.
 */
export type Status = "ACCEPTED" | "PROCESSING" | "NEEDS_INFO" | "REJECTED";

/**
 * The status of a provided field. A word that SEP-12 does not have is kept as received.
 */
export type FieldStatus = "ACCEPTED" | "PROCESSING" | "REJECTED" | "VERIFICATION_REQUIRED";

/**
 * The type of a value in SEP-12 messages.
 */
export type FieldKind = "string" | "number" | "date" | "binary";

/**
 * Whether a wallet may send a value in spite of a problem.
 */
export type Severity = "error" | "warning";

/**
 * Which problems prevent a wallet from sending a value.
 */
export type Checks = "sep9" | "strict";

/**
 * `DELETE /customer/{account}`: deletes all data that the anchor has about the customer.
 */
export interface DeleteCustomer {
    /**
     * The memo of a user of a shared account, if the token does not contain it. In
     * the body.
     */
    memo?: MemoValue | undefined;
    /**
     * Deprecated: `id` (the default), `text` or `hash`. In the body.
     */
    memo_type?: MemoType | undefined;
}

/**
 * `GET /customer/files`: uploaded files, by exactly one of file id and customer id.
 */
export interface AnyGetFiles {
    /**
     * The id of a file.
     */
    file_id?: string | undefined;
    /**
     * The id of a customer, for all its files.
     */
    customer_id?: string | undefined;
}

/**
 * `GET /customer`: the status of a customer, and the fields that the anchor has and needs.
 */
export interface GetCustomer {
    /**
     * Id returned by an earlier `PUT /customer`.
     */
    id?: string | undefined;
    /**
     * Deprecated: the account of the token.
     */
    account?: string | undefined;
    /**
     * The memo of a user of a shared account, if the token does not contain it.
     */
    memo?: MemoValue | undefined;
    /**
     * Deprecated: `id` (the default), `text` or `hash`.
     */
    memo_type?: MemoType | undefined;
    /**
     * What the customer wants to do, such as `sep31-sender`; decides which fields are needed.
     */
    type?: string | undefined;
    /**
     * The transaction that the information is for; requires `type` as well.
     */
    transaction_id?: string | undefined;
    /**
     * ISO 639-1 code of the language for descriptions and messages; `en` if absent.
     */
    lang?: string | undefined;
}

/**
 * `PUT /customer/callback`: registers a URL to which the anchor reports every change of status
 *.
 */
export interface PutCallback {
    /**
     * An https URL of the wallet's server, with its host in lower case and without the default
     * port.
     */
    url: string;
    /**
     * Id returned by an earlier `PUT /customer`.
     */
    id?: string | undefined;
    /**
     * Deprecated: the account of the token.
     */
    account?: string | undefined;
    /**
     * The memo of a user of a shared account, if the token does not contain it.
     */
    memo?: MemoValue | undefined;
    /**
     * Deprecated: `id` (the default), `text` or `hash`.
     */
    memo_type?: MemoType | undefined;
}

/**
 * `PUT /customer/verification`: returns confirmation codes, in the way of SEP-12 before 1.12
 *.
 */
export interface PutVerification extends VerificationCodes {
    /**
     * The customer's id.
     */
    id: string;
}

/**
 * `PUT /customer`: creates a customer, or adds fields to it.
 *
 * Only the sent fields change. Binary values are multipart, after all other values.
 */
export interface PutCustomer extends CustomerFields {
    /**
     * Id returned by an earlier `PUT /customer`. With it, the other identifying members are not
     * needed.
     */
    id?: string | undefined;
    /**
     * Deprecated: the account of the token.
     */
    account?: string | undefined;
    /**
     * The memo of a user of a shared account, if the token does not contain it.
     */
    memo?: MemoValue | undefined;
    /**
     * Deprecated: `id` (the default), `text` or `hash`.
     */
    memo_type?: MemoType | undefined;
    /**
     * What the customer wants to do; decides which fields are needed.
     */
    type?: string | undefined;
    /**
     * The transaction that the information is for; requires `type` as well.
     */
    transaction_id?: string | undefined;
}

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


/** For `waitForStatus`. */
export interface WaitForStatus extends GetCustomer, WaitOptions {
    /** The statuses to wait for. If absent, it waits until it is the wallet's turn, or nothing is left to wait for. */
    until?: readonly Status[] | undefined;
}

/** For `watch`. */
export interface WatchCustomer extends GetCustomer, WaitOptions {}

/** A value of a customer's field: text, a whole number, or a file. `undefined` is left out. */
export type FieldValue = string | number | bigint | Blob | Uint8Array | undefined;

/** Values by the name of their field: those of SEP-9, and whatever else the anchor asks for. */
export type FieldValues = { readonly [name in Sep9Name]?: FieldValue } & { readonly [name: string]: FieldValue };

/** The fields of a customer. */
export interface CustomerFields {
    /** Fields, `<field>_verification` codes and `<field>_file_id` references, by name. */
    fields?: FieldValues | undefined;
}

/** Confirmation codes. */
export interface VerificationCodes {
    /** Codes by `<field>_verification`. */
    codes: { readonly [name: string]: string };
}

/** For `deleteCustomer`. */
export interface MemoOptions extends DeleteCustomer, Abortable {}

/** For `setCallback`. */
export interface CallbackOptions extends Omit<PutCallback, "url">, Abortable {}

/** For `files`: one of the two. */
export type GetFiles = FileById | FilesOfCustomer;

/** One file. */
export interface FileById extends AnyGetFiles, Abortable {
    /** The id that `uploadFile` has answered. */
    file_id: string;
    /** Not beside the other. */
    customer_id?: undefined;
}

/** All files of a customer. */
export interface FilesOfCustomer extends AnyGetFiles, Abortable {
    /** The customer's id. */
    customer_id: string;
    /** Not beside the other. */
    file_id?: undefined;
}

/** A value of a form, files apart. `undefined` is left out. */
export type FormValue = string | number | bigint | undefined;

/** Values of a form by the name of their field. */
export type FormValues = { readonly [name in Sep9Name]?: FormValue } & { readonly [name: string]: FormValue };

/**
 * The problem of one value of a form; `undefined` if it is good. `checkFields` also checks rules over several fields.
 *
 * @example
 * ```ts
 * import { checkField } from "windlass";
 *
 * console.log(checkField("birth_date", "1815-12-10")); // undefined
 * console.log(checkField("email_address", "ada")?.message); // must be complete, for example ana@mail.example
 * ```
 */
export function checkField(name: Sep9Name | (string & {}), value: FormValue, options?: CheckOptions): FieldError | undefined;



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
     * Resumes a session from its `token`. With a signer, it signs in again by itself when the token ends.
     *
     * @throws `token_expired` if it has ended: sign in again; `token_invalid` if it is no token.
     *
     * @example
     * ```ts
     * import { Anchor, Keypair } from "windlass";
     *
     * const anchor = await Anchor.discover("anchor.example.com");
     * const signer = await Keypair.random(); // or the object of a wallet's extension
     * const { token } = await anchor.signIn(signer);
     * // Later, with the stored token:
     * const session = anchor.resume(token, { signer });
     * console.log(session.expiresAt > Date.now() / 1000); // true
     * ```
     */
    resume(token: string, options?: ResumeOptions | null): Session;
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
     * The customer's status, the fields that the anchor has, and those that it needs. A new
     * customer is not an error: it needs all fields.
     *
     * @throws `token_expired` if the session has ended; `unknown_customer_type`;
     * `customer_not_found` if the `id` is not of this account; `network`.
     *
     * @example
     * ```ts
     * import { Anchor, Keypair } from "windlass";
     *
     * const anchor = await Anchor.discover("anchor.example.com");
     * const session = await anchor.signIn(await Keypair.random());
     *
     * const customer = await session.customer({ type: "sep6", lang: "en" });
     * switch (customer.status) {
     *     case "ACCEPTED":
     *     case "PROCESSING":
     *         break;
     *     case "NEEDS_INFO":
     *         console.log(Object.keys(customer.fields ?? {}).join()); // first_name,birth_date
     *         break;
     *     case "REJECTED":
     *         console.log(customer.message);
     *         break;
     *     default:
     *         customer satisfies never; // all cases are there
     * }
     * ```
     */
    customer(request?: GetCustomer & Abortable | null): Promise<Customer>;
    /**
     * Deletes all data that the anchor has about the customer.
     *
     * @throws `customer_not_found` if the anchor has nothing to delete.
     *
     * @example
     * ```ts
     * import { Anchor, Keypair } from "windlass";
     *
     * const anchor = await Anchor.discover("anchor.example.com");
     * const session = await anchor.signIn(await Keypair.random());
     * await session.deleteCustomer();
     * console.log((await session.customer()).id); // undefined
     * ```
     */
    deleteCustomer(options?: MemoOptions | null): Promise<void>;
    /**
     * Lists uploaded files, without their contents: one by `file_id`, or all of a customer by
     * `customer_id`.
     *
     * @throws `file_not_found`, `customer_not_found`.
     *
     * @example
     * ```ts
     * import { Anchor, Keypair } from "windlass";
     *
     * const anchor = await Anchor.discover("anchor.example.com");
     * const session = await anchor.signIn(await Keypair.random());
     * const { file_id } = await session.uploadFile(new Blob(["%PDF-1.7"]), "proof.pdf");
     * for (const file of await session.files({ file_id })) console.log(file.content_type, file.size); // application/pdf 8
     * ```
     */
    files(request: GetFiles): Promise<CustomerFile[]>;
    /**
     * Registers the customer, or adds to the data that the anchor has.
     *
     * Values and files are checked by the rules of SEP-9 first: if one is invalid, `invalid_field`
     * is thrown and nothing is sent. With the `customer` of an earlier answer, values are also
     * checked against its choices and types. What SEP-9 does not demand, such as a PDF as a photo
     * or a phone number without country code, is sent unless `checks` is `"strict"`.
     *
     * @throws `invalid_field` with `field` if a value is invalid; `invalid_code` and
     * `code_expired` for confirmation codes; `customer_rejected`, `too_large`, `token_expired`.
     *
     * @example
     * ```ts
     * import { Anchor, Keypair } from "windlass";
     *
     * const anchor = await Anchor.discover("anchor.example.com");
     * const session = await anchor.signIn(await Keypair.random());
     * const customer = await session.customer();
     * const fields = { first_name: "Ada", birth_date: "1815-12-10" };
     * const { id } = await session.putCustomer({ fields }, { customer });
     * console.log(id); // c1
     * ```
     */
    putCustomer(request: PutCustomer, options?: PutOptions | null): Promise<CustomerCreated>;
    /**
     * Returns confirmation codes in the way of SEP-12 before 1.12. Since then they are fields of
     * `putCustomer`.
     *
     * @throws `invalid_code`, `code_expired`, `nothing_to_verify`; `not_implemented` or
     * `not_found` if the anchor does not support this endpoint.
     *
     * @example
     * ```ts
     * import { Anchor, Keypair } from "windlass";
     *
     * const anchor = await Anchor.discover("anchor.example.com");
     * const session = await anchor.signIn(await Keypair.random());
     * const { id } = await session.putCustomer({ fields: { mobile_number: "+14155552671" } });
     * const customer = await session.putVerification({ id, codes: { mobile_number_verification: "0042" } });
     * console.log(customer.id === id); // true
     * ```
     */
    putVerification(request: PutVerification & Abortable): Promise<Customer>;
    /**
     * Registers the URL of the wallet's server to which the anchor sends every change of status.
     * `Callbacks` receives them there.
     *
     * @throws `invalid_request` if the anchor does not accept the URL.
     *
     * @example
     * ```ts
     * import { Anchor, Keypair } from "windlass";
     *
     * const anchor = await Anchor.discover("anchor.example.com");
     * const session = await anchor.signIn(await Keypair.random());
     * await session.setCallback("https://wallet.example.com/kyc");
     * ```
     */
    setCallback(url: string, request?: CallbackOptions | null): Promise<void>;
    /**
     * Uploads a file. A later `putCustomer` refers to it by `<field>_file_id`.
     *
     * @throws `too_large`; `not_implemented` or `not_found` if the anchor accepts files in
     * `putCustomer` only.
     *
     * @example
     * ```ts
     * import { Anchor, Keypair } from "windlass";
     *
     * const anchor = await Anchor.discover("anchor.example.com");
     * const session = await anchor.signIn(await Keypair.random());
     * const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]); // or a File of a form
     * const { file_id } = await session.uploadFile(png, "passport.png");
     * await session.putCustomer({ fields: { photo_id_front_file_id: file_id } });
     * console.log(file_id); // f1
     * ```
     */
    uploadFile(file: Blob | Uint8Array, name?: string | null, options?: Abortable | null): Promise<CustomerFile>;
    /**
     * Waits until the anchor has decided or needs something, or until the status is one of
     * `until`. A rejection always ends the wait.
     *
     * It polls with growing pauses and respects `Retry-After`. It continues after connection
     * failures, 429 and 5xx, and ends with the `timeout` or the `signal`.
     *
     * @throws `timed_out` if it takes longer than `timeout`, `aborted` if the `signal` ends it,
     * and the permanent errors of `customer`.
     *
     * @example
     * ```ts
     * import { Anchor, Keypair } from "windlass";
     *
     * const anchor = await Anchor.discover("anchor.example.com");
     * const session = await anchor.signIn(await Keypair.random());
     * await session.putCustomer({ fields: { first_name: "Ada", birth_date: "1815-12-10" } });
     * const customer = await session.waitForStatus({ until: ["ACCEPTED"], timeout: 600, interval: 0.01 });
     * console.log(customer.status); // ACCEPTED
     * ```
     */
    waitForStatus(request?: WaitForStatus | null): Promise<Customer>;
    /**
     * Yields the customer now, and again after each change, for `for await`. It ends after a
     * rejection, with `break`, the `signal` or the `timeout`.
     *
     * @example
     * ```ts
     * import { Anchor, Keypair } from "windlass";
     *
     * const anchor = await Anchor.discover("anchor.example.com");
     * const session = await anchor.signIn(await Keypair.random());
     * await session.putCustomer({ fields: { first_name: "Ada", birth_date: "1815-12-10" } });
     * for await (const { status } of session.watch({ signal: AbortSignal.timeout(60_000), interval: 0.01 })) {
     *     if (status === "ACCEPTED") break;
     * }
     * console.log("accepted"); // accepted
     * ```
     */
    watch(request?: WatchCustomer | null): AsyncGenerator<Customer, void, undefined>;
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

/**
 * All problems of the values of a form; empty if there are none. Names outside SEP-9 are checked
 * only by what the anchor says of them.
 *
 * @example
 * ```ts
 * import { checkFields } from "windlass";
 *
 * for (const { field, code } of checkFields({ first_name: "Ada", birth_date: "1990-04-31" })) {
 *     console.log(field, code); // birth_date not_a_date
 * }
 * ```
 */
export function checkFields(values: FormValues, options?: CheckOptions | null): FieldError[];

/**
 * The problem of a file for a binary field, determined from its content; `undefined` if it is valid.
 *
 * @example
 * ```ts
 * import { checkFile } from "windlass";
 *
 * const text = new TextEncoder().encode("not a photo");
 * console.log(checkFile("photo_id_front", text)?.message); // must be a file of type image/jpeg or image/png
 * ```
 */
export function checkFile(name: string, bytes: Uint8Array, options?: CheckFileOptions | null): FieldError | undefined;

/**
 * The next step: submit something, wait, or nothing more; with the fields to submit, in review,
 * and rejected.
 *
 * @example
 * ```ts
 * import { type Customer, nextStep } from "windlass";
 *
 * function tell(customer: Customer): string {
 *     const step = nextStep(customer);
 *     switch (step.action) {
 *         case "submit":
 *             return `Please fill in ${step.todo[0].name}.`;
 *         case "wait":
 *             return "The anchor is looking at it.";
 *         case "done":
 *             return "You are accepted.";
 *         case "stop":
 *             return customer.message ?? "You are rejected.";
 *     }
 * }
 *
 * console.log(tell({ status: "NEEDS_INFO", fields: { city: {} } })); // Please fill in city.
 * ```
 */
export function nextStep(customer: Customer): NextStep;

/**
 * The fields and codes to submit: missing fields, rejected fields that may be sent again, and
 * confirmation codes.
 *
 * @example
 * ```ts
 * import { type Customer, todo } from "windlass";
 *
 * const customer: Customer = {
 *     status: "NEEDS_INFO",
 *     fields: { birth_date: { type: "date" } },
 *     provided_fields: {
 *         photo_id_front: { type: "binary", status: "REJECTED", error: "blurred" },
 *         mobile_number: { status: "VERIFICATION_REQUIRED" },
 *     },
 * };
 * const words = todo(customer).map((todo) => {
 *     if (todo.verifies !== undefined) return `the code sent to ${todo.verifies}`;
 *     return todo.again ? `another ${todo.name}` : todo.name;
 * });
 * console.log(words.join(", ")); // the code sent to mobile_number, birth_date, another photo_id_front
 * ```
 */
export function todo(customer: Customer): Todo[];

/** The name of a field of SEP-9, as it is on the wire. */
export type Sep9Name =
    | "family_name"
    | "last_name"
    | "given_name"
    | "first_name"
    | "additional_name"
    | "address_country_code"
    | "state_or_province"
    | "city"
    | "postal_code"
    | "address"
    | "mobile_number"
    | "mobile_number_format"
    | "email_address"
    | "birth_date"
    | "birth_place"
    | "birth_country_code"
    | "tax_id"
    | "tax_id_name"
    | "occupation"
    | "employer_name"
    | "employer_address"
    | "language_code"
    | "id_type"
    | "id_country_code"
    | "id_issue_date"
    | "id_expiration_date"
    | "id_number"
    | "photo_id_front"
    | "photo_id_back"
    | "notary_approval_of_photo_id"
    | "ip_address"
    | "photo_proof_residence"
    | "sex"
    | "proof_of_income"
    | "proof_of_liveness"
    | "referral_id"
    | "bank_name"
    | "bank_account_type"
    | "bank_account_number"
    | "bank_number"
    | "bank_phone_number"
    | "bank_branch_number"
    | "external_transfer_memo"
    | "clabe_number"
    | "cbu_number"
    | "cbu_alias"
    | "mobile_money_number"
    | "mobile_money_provider"
    | "crypto_address"
    | "crypto_memo"
    | "organization.name"
    | "organization.VAT_number"
    | "organization.registration_number"
    | "organization.registration_date"
    | "organization.registered_address"
    | "organization.number_of_shareholders"
    | "organization.shareholder_name"
    | "organization.photo_incorporation_doc"
    | "organization.photo_proof_address"
    | "organization.address_country_code"
    | "organization.state_or_province"
    | "organization.city"
    | "organization.postal_code"
    | "organization.director_name"
    | "organization.website"
    | "organization.email"
    | "organization.phone"
    | "card.number"
    | "card.expiration_date"
    | "card.cvc"
    | "card.holder_name"
    | "card.network"
    | "card.postal_code"
    | "card.country_code"
    | "card.state_or_province"
    | "card.city"
    | "card.address"
    | "card.token"
    | "organization.bank_name"
    | "organization.bank_account_type"
    | "organization.bank_account_number"
    | "organization.bank_number"
    | "organization.bank_phone_number"
    | "organization.bank_branch_number"
    | "organization.external_transfer_memo"
    | "organization.clabe_number"
    | "organization.cbu_number"
    | "organization.cbu_alias"
    | "organization.mobile_money_number"
    | "organization.mobile_money_provider"
    | "organization.crypto_address"
    | "organization.crypto_memo";
