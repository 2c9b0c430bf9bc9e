// Derived from the Rust types by `cargo xtask generate`: do not edit.
/* tslint:disable */
/* eslint-disable */

/** What is thrown. `code` is stable, `message` is for people and may change. */
export class WindlassError extends Error {
    constructor(code: ErrorCode, message: string, field?: string, status?: number);
    readonly name: "WindlassError";
    readonly code: ErrorCode;
    /** The field or parameter at fault, where there is one; the first, if there are several. */
    readonly field?: string;
    /** The HTTP status of the anchor's answer, where there is one. */
    readonly status?: number;
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
    clientDomain?: ClientDomainSigner;
}

/** A wallet's own domain and whoever signs for it, most often the wallet's server. */
export interface ClientDomainSigner {
    domain: string;
    /** The `SIGNING_KEY` of the domain's stellar.toml. */
    signingKey: string;
    /** Returns the transaction with the signature of `signingKey` added. */
    sign(xdr: string, options: { networkPassphrase: string; address: string }): string | Promise<string>;
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

/** The error of a SEP-43 wallet: -1 internal, -2 external, -3 invalid request, -4 refused by the user. */
export interface Error43 {
    code: number;
    message: string;
    ext?: string[];
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
 * A kind of file that some field takes.
 */
export type MediaType = "image/jpeg" | "image/png" | "application/pdf" | "video/mp4" | "video/webm" | "video/quicktime";

/**
 * A person behind the organization.
 */
export interface Principal {
    /**
     * Full legal name.
     */
    name?: Entry<string>;
    /**
     * Business e-mail address.
     */
    email?: Entry<string>;
    /**
     * Account at Keybase.
     */
    keybase?: Entry<string>;
    /**
     * Account at Telegram.
     */
    telegram?: Entry<string>;
    /**
     * Account at Twitter.
     */
    twitter?: Entry<string>;
    /**
     * Account at GitHub.
     */
    github?: Entry<string>;
    /**
     * SHA-256 of a photo of the person's identity document.
     */
    id_photo_hash?: Entry<string>;
    /**
     * SHA-256 of a photo of the person with that document and a signed note.
     */
    verification_photo_hash?: Entry<string>;
}

/**
 * A rule of SEP-10 over a challenge. In this order they are checked, the cheap ones first.
 */
export type Check = "readable" | "source" | "sequence" | "time_bounds" | "clock" | "account" | "home_domain" | "nonce" | "memo" | "operations" | "web_auth_domain" | "client_domain" | "server_signature" | "other_signatures";

/**
 * A stellar.toml. Keys that it does not have are [`Entry::Absent`]; keys that are not of SEP-1 are ignored.
 *
 * `AUTH_SERVER` is deprecated and neither read nor written (S01-23).
 */
export interface StellarToml {
    /**
     * The version of SEP-1 that the file follows.
     */
    VERSION?: Entry<string>;
    /**
     * The passphrase of the network that all this runs on.
     */
    NETWORK_PASSPHRASE?: Entry<string>;
    /**
     * Where names are resolved (SEP-2).
     */
    FEDERATION_SERVER?: Entry<Link>;
    /**
     * Where deposits and withdrawals are made by API (SEP-6).
     */
    TRANSFER_SERVER?: Entry<Link>;
    /**
     * Where deposits and withdrawals are made interactively (SEP-24).
     */
    TRANSFER_SERVER_SEP0024?: Entry<Link>;
    /**
     * Where customers are registered (SEP-12). Ask [`StellarToml::kyc_server`], which knows the fallback.
     */
    KYC_SERVER?: Entry<Link>;
    /**
     * Where accounts sign in (SEP-10).
     */
    WEB_AUTH_ENDPOINT?: Entry<Link>;
    /**
     * Where contract accounts sign in (SEP-45).
     */
    WEB_AUTH_FOR_CONTRACTS_ENDPOINT?: Entry<Link>;
    /**
     * The contract that signing in by SEP-45 calls.
     */
    WEB_AUTH_CONTRACT_ID?: Entry<ContractId>;
    /**
     * The key that signs challenges and callbacks. Not the issuer of anything.
     */
    SIGNING_KEY?: Entry<PublicKey>;
    /**
     * A public Horizon, if one is offered.
     */
    HORIZON_URL?: Entry<Link>;
    /**
     * The accounts that the domain controls.
     */
    ACCOUNTS?: Entry<PublicKey[]>;
    /**
     * The key that signs payment links (SEP-7). No fallback for the signing key.
     */
    URI_REQUEST_SIGNING_KEY?: Entry<PublicKey>;
    /**
     * Where payments to others are made (SEP-31).
     */
    DIRECT_PAYMENT_SERVER?: Entry<Link>;
    /**
     * Where quotes are given (SEP-38).
     */
    ANCHOR_QUOTE_SERVER?: Entry<Link>;
    /**
     * The organization behind the domain.
     */
    DOCUMENTATION?: Entry<Documentation>;
    /**
     * The people behind the organization.
     */
    PRINCIPALS?: Entry<Principal[]>;
    /**
     * The assets that the domain issues or serves.
     */
    CURRENCIES?: Entry<Currency[]>;
}

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
 * An asset, or the place of a file that describes one: see [`Currency::link`].
 */
export interface Currency {
    /**
     * The asset's code, at most 12 characters.
     */
    code?: Entry<string>;
    /**
     * A pattern of codes, in which `?` stands for one character.
     */
    code_template?: Entry<string>;
    /**
     * The account that issues it, for assets of Stellar.
     */
    issuer?: Entry<PublicKey>;
    /**
     * The contract that keeps it, for other tokens.
     */
    contract?: Entry<ContractId>;
    /**
     * Whether it can be used.
     */
    status?: Entry<CurrencyStatus>;
    /**
     * How many decimals to show, at most 7.
     */
    display_decimals?: Entry<number>;
    /**
     * A short name, at most 20 characters.
     */
    name?: Entry<string>;
    /**
     * What it is.
     */
    desc?: Entry<string>;
    /**
     * Conditions on it.
     */
    conditions?: Entry<string>;
    /**
     * An image as PNG with a transparent background.
     */
    image?: Entry<Link>;
    /**
     * How many there are, when there will never be more.
     */
    fixed_number?: Entry<number>;
    /**
     * How many there can be at most.
     */
    max_number?: Entry<number>;
    /**
     * Whether any number can be issued.
     */
    is_unlimited?: Entry<boolean>;
    /**
     * Whether it stands for something that can be had for it.
     */
    is_asset_anchored?: Entry<boolean>;
    /**
     * What kind of thing that is.
     */
    anchor_asset_type?: Entry<AnchorAssetType>;
    /**
     * What thing that is: `USD`, `BTC`, an address.
     */
    anchor_asset?: Entry<string>;
    /**
     * Who vouches for the reserve.
     */
    attestation_of_reserve?: Entry<Link>;
    /**
     * How to get the thing for it.
     */
    redemption_instructions?: Entry<string>;
    /**
     * Addresses that hold the collateral.
     */
    collateral_addresses?: Entry<string[]>;
    /**
     * A statement per address.
     */
    collateral_address_messages?: Entry<string[]>;
    /**
     * A signature per statement, in base64.
     */
    collateral_address_signatures?: Entry<string[]>;
    /**
     * Whether every payment needs approval (SEP-8). Absent means it does not.
     */
    regulated?: Entry<boolean>;
    /**
     * Who approves (SEP-8).
     */
    approval_server?: Entry<Link>;
    /**
     * What is approved, in words.
     */
    approval_criteria?: Entry<string>;
    /**
     * The file that describes the asset; then nothing else is given here.
     */
    toml?: Entry<Link>;
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
 * The organization behind the domain.
 */
export interface Documentation {
    /**
     * The legal name.
     */
    ORG_NAME?: Entry<string>;
    /**
     * The trading name, if there is one.
     */
    ORG_DBA?: Entry<string>;
    /**
     * The official website, at the domain that serves the stellar.toml.
     */
    ORG_URL?: Entry<Link>;
    /**
     * A logo as PNG with a transparent background.
     */
    ORG_LOGO?: Entry<Link>;
    /**
     * What the organization does.
     */
    ORG_DESCRIPTION?: Entry<string>;
    /**
     * Where it is.
     */
    ORG_PHYSICAL_ADDRESS?: Entry<string>;
    /**
     * A document of somebody else that shows name and address.
     */
    ORG_PHYSICAL_ADDRESS_ATTESTATION?: Entry<Link>;
    /**
     * A phone number in E.164 form.
     */
    ORG_PHONE_NUMBER?: Entry<string>;
    /**
     * A phone bill that shows number and name.
     */
    ORG_PHONE_NUMBER_ATTESTATION?: Entry<Link>;
    /**
     * Account at Keybase.
     */
    ORG_KEYBASE?: Entry<string>;
    /**
     * Account at Twitter.
     */
    ORG_TWITTER?: Entry<string>;
    /**
     * Account at GitHub.
     */
    ORG_GITHUB?: Entry<string>;
    /**
     * E-mail address for business partners.
     */
    ORG_OFFICIAL_EMAIL?: Entry<string>;
    /**
     * E-mail address for users.
     */
    ORG_SUPPORT_EMAIL?: Entry<string>;
    /**
     * The authority that gave the licence.
     */
    ORG_LICENSING_AUTHORITY?: Entry<string>;
    /**
     * What the licence is for.
     */
    ORG_LICENSE_TYPE?: Entry<string>;
    /**
     * The number of the licence.
     */
    ORG_LICENSE_NUMBER?: Entry<string>;
}

/**
 * The stable codes of errors: the same on the wire, in Rust and in TypeScript. The doc of each says what to do.
 */
export type ErrorCode = "invalid_home_domain" | "invalid_toml" | "not_offered" | "invalid_toml_value" | "wrong_network" | "invalid_account" | "invalid_memo" | "unknown_home_domain" | "invalid_client_domain" | "challenge_not_readable" | "challenge_source" | "challenge_sequence" | "challenge_time_bounds" | "challenge_expired" | "challenge_not_yet_valid" | "challenge_account" | "challenge_home_domain" | "challenge_nonce" | "challenge_memo" | "challenge_operation" | "challenge_web_auth_domain" | "challenge_client_domain" | "challenge_server_signature" | "challenge_signature" | "challenge_not_authorized" | "challenge_used" | "ledger_unavailable" | "signer_changed_transaction" | "signer_refused" | "signer_failed" | "invalid_secret_key" | "token_missing" | "token_invalid" | "token_expired" | "invalid_callback" | "customer_not_found" | "identity_mismatch" | "unknown_customer_type" | "invalid_transaction_id" | "invalid_language" | "invalid_field" | "invalid_code" | "code_expired" | "nothing_to_verify" | "file_not_found" | "customer_rejected" | "invalid_request" | "unsupported_media_type" | "too_large" | "not_found" | "method_not_allowed" | "too_many_requests" | "not_implemented" | "internal" | "network" | "unexpected_response" | "aborted" | "refused";

/**
 * The type of a value, as SEP-12 announces it (S09-13).
 */
export type FieldKind = "string" | "number" | "date" | "binary";

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
 * What kind of thing an asset stands for (S01-61).
 */
export type AnchorAssetType = "fiat" | "crypto" | "nft" | "stock" | "bond" | "commodity" | "realestate" | "other";

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
 * What the file has under a key. "Bad" is not "absent": what is absent has a fallback, what is bad an error (S01-16).
 */
export type Entry<T> = T;

/**
 * Where a customer stands.
 */
export type Status = "ACCEPTED" | "PROCESSING" | "NEEDS_INFO" | "REJECTED" | (string & {});

/**
 * Where a provided field stands.
 */
export type FieldStatus = "ACCEPTED" | "PROCESSING" | "REJECTED" | "VERIFICATION_REQUIRED" | (string & {});

/**
 * Whether an asset can be used (S01-54).
 */
export type CurrencyStatus = "live" | "dead" | "test" | "private";

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
     * Registers the URL of the wallet's server to which the anchor tells every change of status.
     */
    setCallback(url: string, request?: CallbackOptions | null): Promise<void>;
    /**
     * Uploads a file, to be named by `<field>_file_id` in a later `putCustomer`.
     */
    uploadFile(file: Blob | Uint8Array, name?: string | null, options?: Abortable | null): Promise<CustomerFile>;
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
 * Checks the `Signature` header of an anchor's callback. Throws `invalid_callback` if it is not the anchor's: answer 401.
 *
 * Call it before the body is parsed, with the very bytes that came.
 */
export function verifyCallback(received: ReceivedCallback): void;
