//! TypeScript of what comes in. What goes out is derived from the Rust types.

use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
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
"#;

macro_rules! typed {
    ($($name:ident = $ts:literal,)+) => {
        #[wasm_bindgen]
        extern "C" {
            $(
                #[doc = concat!("`", $ts, "`")]
                #[wasm_bindgen(typescript_type = $ts)]
                pub type $name;
            )+
        }
    };
}

typed! {
    CallbackOptions = "CallbackOptions",
    CallbackRequest = "CallbackRequest",
    CallbacksOptions = "CallbacksOptions",
    CheckOptions = "CheckOptions",
    CustomerOptions = "PutCustomer",
    DiscoverOptions = "DiscoverOptions",
    ExpectedChallenge = "ExpectedChallenge",
    FieldTexts = "{ readonly [name: string]: string | number | bigint | undefined }",
    FileSource = "Blob | Uint8Array",
    GetCustomerOptions = "GetCustomer & Abortable",
    GetFilesOptions = "GetFiles",
    MemoOptions = "MemoOptions",
    PutOptions = "PutOptions",
    ReceivedCallback = "ReceivedCallback",
    SignInOptions = "SignInOptions",
    SignalOptions = "Abortable",
    SigningOptions = "{ networkPassphrase: string }",
    VerificationOptions = "PutVerification",
    WaitOptions = "WaitForStatus",
    WatchOptions = "WatchCustomer",
}
