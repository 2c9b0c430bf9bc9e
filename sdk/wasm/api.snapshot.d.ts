// The public API of the npm package, without its documentation and by name. Derived by `cargo xtask generate`: do not edit.
//
// A change of this file needs a version. To remove or rename something, to take less than before or to answer with more cases than before
// is a breaking change: a new major version (before 1.0.0, a minor one) and an entry under "Breaking" in CHANGELOG.md. To add something is
// a new minor version. Codes, statuses and names of fields are API as well.

declare module "windlass" {
    export interface Abortable {
        signal?: AbortSignal | undefined;
    }
    export interface AcceptedCustomer extends AnyCustomer {
        status: "ACCEPTED";
    }
    export interface AcceptedField extends AnyProvidedField {
        status: "ACCEPTED";
        error?: never;
    }
    export type Action = "submit" | "wait" | "done" | "stop";
    export interface Address43 {
        address: string;
        error?: Error43 | undefined;
    }
    export interface AgainTodo extends AnyTodo {
        again: true;
        verifies?: never;
    }
    export class Anchor {
        private constructor();
        free(): void;
        [Symbol.dispose](): void;
        static discover(homeDomain: string, options?: DiscoverOptions | null): Promise<Anchor>;
        resume(token: string): Session;
        signIn(signer: Keypair | Wallet43, options?: SignInOptions | null): Promise<Session>;
        readonly homeDomain: string;
        readonly info: AnchorInfo;
        readonly networkPassphrase: string;
    }
    export interface AnchorInfo {
        signingKey?: string;
        webAuthEndpoint?: string;
        kycServer?: string;
        organization: Organization;
    }
    export interface AnyCustomer {
        id?: string;
        status: Status;
        fields?: Record<string, Field>;
        provided_fields?: Record<string, ProvidedField>;
        message?: string;
    }
    export interface AnyNextStep {
        action: Action;
        todo: Todo[];
        waiting: string[];
        rejected: RejectedField[];
    }
    export interface AnyProvidedField extends Field {
        status?: FieldStatus;
        error?: string;
    }
    export interface AnyTodo extends Field {
        name: string;
        error?: string;
        verifies?: string;
        again?: boolean;
    }
    export interface CallbackOptions extends MemoOptions {
        id?: string | undefined;
        account?: string | undefined;
    }
    export interface CheckOptions {
        today?: string | undefined;
        choices?: { readonly [name: string]: readonly string[] } | undefined;
    }
    export type ClientDomain = ClientDomainName & (ClientDomainSigner | SigningService);
    export interface ClientDomainName {
        domain: string;
        signingKey: string;
    }
    export interface ClientDomainSigner {
        sign(xdr: string, options: DomainSignOptions): string | Promise<string>;
        vouch?: ((text: string) => Uint8Array | Promise<Uint8Array>) | undefined;
    }
    export interface CodeTodo extends AnyTodo {
        verifies: string;
        type: "string";
        again?: never;
        choices?: never;
        optional?: never;
    }
    export type Customer = AcceptedCustomer | ProcessingCustomer | NeedyCustomer | RejectedCustomer;
    export interface CustomerCreated {
        id: string;
    }
    export interface CustomerFile {
        file_id: string;
        content_type: string;
        size: number;
        expires_at?: string;
        customer_id?: string;
    }
    export interface DiscoverOptions extends Abortable {
        networkPassphrase?: string | undefined;
        allowHttp?: boolean | undefined;
    }
    export interface DomainSignOptions extends SigningOptions {
        address: string;
    }
    export interface DoneStep extends AnyNextStep {
        action: "done";
    }
    export interface Error43 {
        code: number;
        message: string;
        ext?: string[] | undefined;
    }
    export type ErrorCode =
        | "invalid_home_domain"
        | "invalid_toml"
        | "not_offered"
        | "invalid_toml_value"
        | "wrong_network"
        | "invalid_account"
        | "invalid_memo"
        | "unknown_home_domain"
        | "invalid_client_domain"
        | "client_domain_unavailable"
        | "client_domain_required"
        | "client_not_allowed"
        | "proof_required"
        | "proof_invalid"
        | "challenge_not_readable"
        | "challenge_source"
        | "challenge_sequence"
        | "challenge_time_bounds"
        | "challenge_expired"
        | "challenge_not_yet_valid"
        | "challenge_account"
        | "challenge_home_domain"
        | "challenge_nonce"
        | "challenge_memo"
        | "challenge_operation"
        | "challenge_web_auth_domain"
        | "challenge_client_domain"
        | "challenge_server_signature"
        | "challenge_signature"
        | "challenge_not_authorized"
        | "challenge_used"
        | "ledger_unavailable"
        | "signer_changed_transaction"
        | "signer_refused"
        | "signer_failed"
        | "invalid_secret_key"
        | "token_missing"
        | "token_invalid"
        | "token_expired"
        | "invalid_callback"
        | "callback_stale"
        | "callback_signature"
        | "callback_replayed"
        | "customer_not_found"
        | "identity_mismatch"
        | "unknown_customer_type"
        | "invalid_transaction_id"
        | "invalid_language"
        | "invalid_field"
        | "invalid_code"
        | "code_expired"
        | "nothing_to_verify"
        | "file_not_found"
        | "customer_rejected"
        | "invalid_request"
        | "unsupported_media_type"
        | "too_large"
        | "not_found"
        | "method_not_allowed"
        | "too_many_requests"
        | "not_implemented"
        | "internal"
        | "network"
        | "unexpected_response"
        | "timed_out"
        | "aborted"
        | "refused";
    export interface Field {
        type?: FieldKind;
        description?: string;
        choices?: string[];
        optional?: boolean;
    }
    export interface FieldError {
        field: string;
        code: FieldErrorCode;
        message: string;
    }
    export type FieldErrorCode =
        | "unknown_field"
        | "not_text"
        | "empty"
        | "too_long"
        | "control_character"
        | "not_an_integer"
        | "not_a_date"
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
    export type FieldKind = "string" | "number" | "date" | "binary";
    export type FieldStatus = "ACCEPTED" | "PROCESSING" | "REJECTED" | "VERIFICATION_REQUIRED";
    export type FieldValue = string | number | bigint | Blob | Uint8Array | undefined;
    export type FieldValues = { readonly [name in Sep9Name]?: FieldValue } & { readonly [name: string]: FieldValue };
    export interface FileById extends Abortable {
        file_id: string;
        customer_id?: undefined;
    }
    export interface FilesOfCustomer extends Abortable {
        customer_id: string;
        file_id?: undefined;
    }
    export type FormValue = string | number | bigint | undefined;
    export type FormValues = { readonly [name in Sep9Name]?: FormValue } & { readonly [name: string]: FormValue };
    export interface GetCustomer {
        id?: string | undefined;
        account?: string | undefined;
        memo?: string | bigint | undefined;
        memo_type?: MemoType | undefined;
        type?: string | undefined;
        transaction_id?: string | undefined;
        lang?: string | undefined;
    }
    export type GetFiles = FileById | FilesOfCustomer;
    export class Keypair {
        private constructor();
        free(): void;
        [Symbol.dispose](): void;
        static fromSecret(secret: string): Promise<Keypair>;
        static random(): Promise<Keypair>;
        secret(): string;
        sign(xdr: string, options: SigningOptions): Promise<string>;
        readonly address: string;
    }
    export interface MemoOptions extends Abortable {
        memo?: string | bigint | undefined;
        memo_type?: MemoType | undefined;
    }
    export type MemoType = "id" | "text" | "hash";
    export interface NeedyCustomer extends AnyCustomer {
        status: "NEEDS_INFO";
    }
    export interface Network43 {
        network: string;
        networkPassphrase: string;
        error?: Error43 | undefined;
    }
    export interface NewTodo extends AnyTodo {
        again?: never;
        verifies?: never;
        error?: never;
    }
    export type NextStep = SubmitStep | WaitStep | DoneStep | StopStep;
    export interface Organization {
        name?: string;
        dba?: string;
        url?: string;
        logo?: string;
        description?: string;
        supportEmail?: string;
    }
    export interface ProcessingCustomer extends AnyCustomer {
        status: "PROCESSING";
    }
    export interface ProcessingField extends AnyProvidedField {
        status: "PROCESSING";
        error?: never;
    }
    export type ProvidedField = AcceptedField | ProcessingField | RefusedField | UnverifiedField | UntoldField;
    export interface PutCustomer {
        id?: string | undefined;
        type?: string | undefined;
        memo?: string | bigint | undefined;
        memo_type?: MemoType | undefined;
        account?: string | undefined;
        transaction_id?: string | undefined;
        fields?: FieldValues | undefined;
    }
    export interface PutOptions extends Abortable {
        customer?: Customer | undefined;
    }
    export interface PutVerification extends Abortable {
        id: string;
        codes: { readonly [name: string]: string };
    }
    export interface RefusedField extends AnyProvidedField {
        status: "REJECTED";
    }
    export interface RejectedCustomer extends AnyCustomer {
        status: "REJECTED";
    }
    export interface RejectedField {
        name: string;
        error?: string;
    }
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
    export class Session {
        private constructor();
        free(): void;
        [Symbol.dispose](): void;
        customer(request?: GetCustomer & Abortable | null): Promise<Customer>;
        deleteCustomer(options?: MemoOptions | null): Promise<void>;
        files(request: GetFiles): Promise<CustomerFile[]>;
        putCustomer(request: PutCustomer, options?: PutOptions | null): Promise<CustomerCreated>;
        putVerification(request: PutVerification): Promise<Customer>;
        setCallback(url: string, request?: CallbackOptions | null): Promise<void>;
        uploadFile(file: Blob | Uint8Array, name?: string | null, options?: Abortable | null): Promise<CustomerFile>;
        waitForStatus(request?: WaitForStatus | null): Promise<Customer>;
        watch(request?: WatchCustomer | null): AsyncGenerator<Customer, void, undefined>;
        readonly account: string;
        readonly expiresAt: number;
        readonly token: string;
    }
    export interface SignInOptions extends Abortable {
        account?: string | undefined;
        memo?: string | bigint | undefined;
        clientDomain?: ClientDomain | undefined;
        renew?: boolean | undefined;
    }
    export interface SignOptions43 {
        networkPassphrase?: string;
        address?: string;
        submit?: boolean;
        submitUrl?: string;
    }
    export interface Signed43 {
        signedTxXdr: string;
        signerAddress?: string | undefined;
        error?: Error43 | undefined;
    }
    export interface SigningOptions {
        networkPassphrase: string;
    }
    export interface SigningService {
        url: string;
        authorization?: string | undefined;
    }
    export type Status = "ACCEPTED" | "PROCESSING" | "NEEDS_INFO" | "REJECTED";
    export interface StopStep extends AnyNextStep {
        action: "stop";
        todo: [];
    }
    export interface SubmitStep extends AnyNextStep {
        action: "submit";
        todo: [Todo, ...Todo[]];
    }
    export type Todo = NewTodo | AgainTodo | CodeTodo;
    export interface UntoldField extends AnyProvidedField {
        status?: never;
        error?: never;
    }
    export interface UnverifiedField extends AnyProvidedField {
        status: "VERIFICATION_REQUIRED";
    }
    export interface WaitForStatus extends GetCustomer, WaitOptions {
        until?: readonly Status[] | undefined;
    }
    export interface WaitOptions extends Abortable {
        timeout?: number | undefined;
        interval?: number | undefined;
        longestInterval?: number | undefined;
    }
    export interface WaitStep extends AnyNextStep {
        action: "wait";
    }
    export interface Wallet43 {
        getAddress(): Promise<Address43>;
        getNetwork?: (() => Promise<Network43>) | undefined;
        signTransaction(xdr: string, options?: SignOptions43): Promise<Signed43>;
    }
    export interface WatchCustomer extends GetCustomer, WaitOptions {}
    export class WindlassError extends Error {
        constructor(code: ErrorCode, message: string, field?: string, status?: number, retryAfter?: number);
        readonly name: "WindlassError";
        readonly code: ErrorCode;
        readonly field?: string;
        readonly status?: number;
        readonly retryAfter?: number;
    }
    export function checkField(name: Sep9Name | (string & {}), value: FormValue, options?: CheckOptions): FieldError | undefined;
    export function checkFields(values: FormValues, options?: CheckOptions | null): FieldError[];
    export function checkFile(name: string, bytes: Uint8Array | number[]): FieldError | undefined;
    export function isWallet43(value: unknown): value is Wallet43;
    export function isWindlassError(error: unknown): error is WindlassError;
    export function nextStep(customer: Customer): NextStep;
    export function todo(customer: Customer): Todo[];
}

declare module "windlass/sep9" {
    export interface Sep9Base {
        readonly name: Sep9Name;
        readonly canonical: Sep9Name;
        readonly group: Sep9Group;
        readonly format: Sep9Format;
        readonly label: string;
        readonly description: string;
        readonly example?: string;
        readonly choices?: readonly string[];
        readonly digits?: readonly [number, number];
        readonly deprecated: boolean;
    }
    export interface Sep9Choices<Choices extends readonly string[]> {
        readonly choices: Choices;
    }
    export type Sep9Constant<Name extends Sep9Name, Kind extends Sep9Kind, Format extends Sep9Format> = (Kind extends "binary"
        ? Sep9FileField
        : Sep9TextField) &
        Sep9Known<Name, Kind, Format>;
    export interface Sep9Digits<Fewest extends number, Most extends number> {
        readonly digits: readonly [Fewest, Most];
    }
    export type Sep9Field = Sep9TextField | Sep9FileField;
    export interface Sep9FileField extends Sep9Base {
        readonly kind: "binary";
        readonly media: readonly Sep9Media[];
    }
    export interface Sep9Files<Media extends readonly Sep9Media[]> {
        readonly media: Media;
    }
    export type Sep9Format =
        | "text"
        | "multiline"
        | "iso639_1"
        | "iso3166_alpha3"
        | "iso3166_alpha2"
        | "iso3166_2"
        | "iso8601_date"
        | "yy_mm"
        | "e164"
        | "phone"
        | "phone_format"
        | "email"
        | "isco08_3"
        | "integer"
        | "ip"
        | "enum"
        | "open_enum"
        | "card_number"
        | "image"
        | "image_or_video";
    export type Sep9Group = "natural_person" | "financial_account" | "organization" | "organization_financial_account" | "card";
    export type Sep9Kind = "string" | "number" | "date" | "binary";
    export interface Sep9Known<Name extends Sep9Name, Kind extends Sep9Kind, Format extends Sep9Format> {
        readonly name: Name;
        readonly kind: Kind;
        readonly format: Format;
    }
    export type Sep9Media = "image/jpeg" | "image/png" | "application/pdf" | "video/mp4" | "video/webm" | "video/quicktime";
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
    export interface Sep9TextField extends Sep9Base {
        readonly kind: "string" | "number" | "date";
        readonly media?: never;
    }
    export const additional_name: Sep9Constant<"additional_name", "string", "text">;
    export const address: Sep9Constant<"address", "string", "multiline">;
    export const address_country_code: Sep9Constant<"address_country_code", "string", "iso3166_alpha3">;
    export const bank_account_number: Sep9Constant<"bank_account_number", "string", "text">;
    export const bank_account_type: Sep9Constant<"bank_account_type", "string", "enum"> & Sep9Choices<readonly ["checking", "savings"]>;
    export const bank_branch_number: Sep9Constant<"bank_branch_number", "string", "text">;
    export const bank_name: Sep9Constant<"bank_name", "string", "text">;
    export const bank_number: Sep9Constant<"bank_number", "string", "text">;
    export const bank_phone_number: Sep9Constant<"bank_phone_number", "string", "e164">;
    export const birth_country_code: Sep9Constant<"birth_country_code", "string", "iso3166_alpha3">;
    export const birth_date: Sep9Constant<"birth_date", "date", "iso8601_date">;
    export const birth_place: Sep9Constant<"birth_place", "string", "text">;
    export const card_address: Sep9Constant<"card.address", "string", "multiline">;
    export const card_city: Sep9Constant<"card.city", "string", "text">;
    export const card_country_code: Sep9Constant<"card.country_code", "string", "iso3166_alpha2">;
    export const card_cvc: Sep9Constant<"card.cvc", "string", "text"> & Sep9Digits<3, 4>;
    export const card_expiration_date: Sep9Constant<"card.expiration_date", "date", "yy_mm">;
    export const card_holder_name: Sep9Constant<"card.holder_name", "string", "text">;
    export const card_network: Sep9Constant<"card.network", "string", "text">;
    export const card_number: Sep9Constant<"card.number", "string", "card_number"> & Sep9Digits<12, 19>;
    export const card_postal_code: Sep9Constant<"card.postal_code", "string", "text">;
    export const card_state_or_province: Sep9Constant<"card.state_or_province", "string", "iso3166_2">;
    export const card_token: Sep9Constant<"card.token", "string", "text">;
    export const cbu_alias: Sep9Constant<"cbu_alias", "string", "text">;
    export const cbu_number: Sep9Constant<"cbu_number", "string", "text"> & Sep9Digits<22, 22>;
    export const city: Sep9Constant<"city", "string", "text">;
    export const clabe_number: Sep9Constant<"clabe_number", "string", "text"> & Sep9Digits<18, 18>;
    export const crypto_address: Sep9Constant<"crypto_address", "string", "text">;
    export const crypto_memo: Sep9Constant<"crypto_memo", "string", "text">;
    export const email_address: Sep9Constant<"email_address", "string", "email">;
    export const employer_address: Sep9Constant<"employer_address", "string", "multiline">;
    export const employer_name: Sep9Constant<"employer_name", "string", "text">;
    export const external_transfer_memo: Sep9Constant<"external_transfer_memo", "string", "text">;
    export const family_name: Sep9Constant<"family_name", "string", "text">;
    export function field(name: Sep9Name): Sep9Field;
    export function field(name: string): Sep9Field | undefined;
    export const fields: readonly Sep9Field[];
    export const first_name: Sep9Constant<"first_name", "string", "text">;
    export const given_name: Sep9Constant<"given_name", "string", "text">;
    export const id_country_code: Sep9Constant<"id_country_code", "string", "iso3166_alpha3">;
    export const id_expiration_date: Sep9Constant<"id_expiration_date", "date", "iso8601_date">;
    export const id_issue_date: Sep9Constant<"id_issue_date", "date", "iso8601_date">;
    export const id_number: Sep9Constant<"id_number", "string", "text">;
    export const id_type: Sep9Constant<"id_type", "string", "open_enum"> & Sep9Choices<readonly ["passport", "drivers_license", "id_card"]>;
    export const ip_address: Sep9Constant<"ip_address", "string", "ip">;
    export function isSep9Name(name: string): name is Sep9Name;
    export const language_code: Sep9Constant<"language_code", "string", "iso639_1">;
    export const last_name: Sep9Constant<"last_name", "string", "text">;
    export const mobile_money_number: Sep9Constant<"mobile_money_number", "string", "e164">;
    export const mobile_money_provider: Sep9Constant<"mobile_money_provider", "string", "text">;
    export const mobile_number: Sep9Constant<"mobile_number", "string", "phone">;
    export const mobile_number_format: Sep9Constant<"mobile_number_format", "string", "phone_format">;
    export const notary_approval_of_photo_id: Sep9Constant<"notary_approval_of_photo_id", "binary", "image"> & Sep9Files<readonly ["image/jpeg", "image/png", "application/pdf"]>;
    export const occupation: Sep9Constant<"occupation", "number", "isco08_3">;
    export const organization_VAT_number: Sep9Constant<"organization.VAT_number", "string", "text">;
    export const organization_address_country_code: Sep9Constant<"organization.address_country_code", "string", "iso3166_alpha3">;
    export const organization_bank_account_number: Sep9Constant<"organization.bank_account_number", "string", "text">;
    export const organization_bank_account_type: Sep9Constant<"organization.bank_account_type", "string", "enum"> & Sep9Choices<readonly ["checking", "savings"]>;
    export const organization_bank_branch_number: Sep9Constant<"organization.bank_branch_number", "string", "text">;
    export const organization_bank_name: Sep9Constant<"organization.bank_name", "string", "text">;
    export const organization_bank_number: Sep9Constant<"organization.bank_number", "string", "text">;
    export const organization_bank_phone_number: Sep9Constant<"organization.bank_phone_number", "string", "e164">;
    export const organization_cbu_alias: Sep9Constant<"organization.cbu_alias", "string", "text">;
    export const organization_cbu_number: Sep9Constant<"organization.cbu_number", "string", "text"> & Sep9Digits<22, 22>;
    export const organization_city: Sep9Constant<"organization.city", "string", "text">;
    export const organization_clabe_number: Sep9Constant<"organization.clabe_number", "string", "text"> & Sep9Digits<18, 18>;
    export const organization_crypto_address: Sep9Constant<"organization.crypto_address", "string", "text">;
    export const organization_crypto_memo: Sep9Constant<"organization.crypto_memo", "string", "text">;
    export const organization_director_name: Sep9Constant<"organization.director_name", "string", "text">;
    export const organization_email: Sep9Constant<"organization.email", "string", "email">;
    export const organization_external_transfer_memo: Sep9Constant<"organization.external_transfer_memo", "string", "text">;
    export const organization_mobile_money_number: Sep9Constant<"organization.mobile_money_number", "string", "e164">;
    export const organization_mobile_money_provider: Sep9Constant<"organization.mobile_money_provider", "string", "text">;
    export const organization_name: Sep9Constant<"organization.name", "string", "text">;
    export const organization_number_of_shareholders: Sep9Constant<"organization.number_of_shareholders", "number", "integer">;
    export const organization_phone: Sep9Constant<"organization.phone", "string", "e164">;
    export const organization_photo_incorporation_doc: Sep9Constant<"organization.photo_incorporation_doc", "binary", "image"> & Sep9Files<readonly ["image/jpeg", "image/png", "application/pdf"]>;
    export const organization_photo_proof_address: Sep9Constant<"organization.photo_proof_address", "binary", "image"> & Sep9Files<readonly ["image/jpeg", "image/png", "application/pdf"]>;
    export const organization_postal_code: Sep9Constant<"organization.postal_code", "string", "text">;
    export const organization_registered_address: Sep9Constant<"organization.registered_address", "string", "multiline">;
    export const organization_registration_date: Sep9Constant<"organization.registration_date", "string", "iso8601_date">;
    export const organization_registration_number: Sep9Constant<"organization.registration_number", "string", "text">;
    export const organization_shareholder_name: Sep9Constant<"organization.shareholder_name", "string", "text">;
    export const organization_state_or_province: Sep9Constant<"organization.state_or_province", "string", "text">;
    export const organization_website: Sep9Constant<"organization.website", "string", "text">;
    export const photo_id_back: Sep9Constant<"photo_id_back", "binary", "image"> & Sep9Files<readonly ["image/jpeg", "image/png"]>;
    export const photo_id_front: Sep9Constant<"photo_id_front", "binary", "image"> & Sep9Files<readonly ["image/jpeg", "image/png"]>;
    export const photo_proof_residence: Sep9Constant<"photo_proof_residence", "binary", "image"> & Sep9Files<readonly ["image/jpeg", "image/png", "application/pdf"]>;
    export const postal_code: Sep9Constant<"postal_code", "string", "text">;
    export const proof_of_income: Sep9Constant<"proof_of_income", "binary", "image"> & Sep9Files<readonly ["image/jpeg", "image/png", "application/pdf"]>;
    export const proof_of_liveness: Sep9Constant<"proof_of_liveness", "binary", "image_or_video"> & Sep9Files<readonly ["image/jpeg", "image/png", "video/mp4", "video/webm", "video/quicktime"]>;
    export const referral_id: Sep9Constant<"referral_id", "string", "text">;
    export const sex: Sep9Constant<"sex", "string", "enum"> & Sep9Choices<readonly ["male", "female", "other"]>;
    export const state_or_province: Sep9Constant<"state_or_province", "string", "text">;
    export const tax_id: Sep9Constant<"tax_id", "string", "text">;
    export const tax_id_name: Sep9Constant<"tax_id_name", "string", "text">;
}

declare module "windlass/server" {
    import type { Anchor, ClientDomainName, Customer, ErrorCode, Keypair } from "./windlass.js";
    export interface AnyCheckResult {
        check: Check;
        description: string;
        outcome: Outcome;
        reason?: string;
        code?: ErrorCode;
    }
    export interface CallbackHandlerOptions extends CallbacksOptions {
        onCustomer: (customer: Customer) => void | Promise<void>;
    }
    export interface CallbackRequest {
        headers:
            | Iterable<readonly [string, string]>
            | { readonly [name: string]: string | readonly string[] | undefined };
        body: Uint8Array | string;
        now?: number | undefined;
    }
    export class Callbacks {
        free(): void;
        [Symbol.dispose](): void;
        constructor(options: CallbacksOptions);
        receive(request: CallbackRequest): Promise<Customer>;
    }
    export interface CallbacksOptions {
        signingKey: string;
        host: string;
        maxAge?: number | undefined;
        capacity?: number | undefined;
    }
    export interface ChallengeBounds {
        min: number;
        max: number;
    }
    export interface ChallengeContents {
        source: string;
        sequence: string;
        bounds?: ChallengeBounds;
        memo?: ChallengeMemo;
        operations: ChallengeOperation[];
        hints: string[];
    }
    export interface ChallengeMemo {
        type: ChallengeMemoType;
        value: string;
    }
    export type ChallengeMemoType = "text" | "id" | "hash" | "return";
    export interface ChallengeOperation {
        source?: string;
        name: string;
        value?: string;
    }
    export type Check = "readable" | "source" | "sequence" | "time_bounds" | "clock" | "account" | "home_domain" | "nonce" | "memo" | "operations" | "web_auth_domain" | "client_domain" | "server_signature" | "other_signatures";
    export type CheckResult = PassedCheck | FailedCheck | SkippedCheck;
    export interface ExpectedChallenge {
        signingKey: string;
        networkPassphrase: string;
        homeDomain: string;
        webAuthDomain: string;
        account?: string | undefined;
        memo?: string | bigint | undefined;
        clientDomain?: ClientDomainName | undefined;
        now?: number | undefined;
    }
    export interface FailedCheck extends AnyCheckResult {
        outcome: "failed";
        reason: string;
        code: ErrorCode;
    }
    export type Handler = (request: Request) => Promise<Response>;
    export interface NodeRequest extends AsyncIterable<Uint8Array> {
        method?: string | undefined;
        headers: { readonly [name: string]: string | readonly string[] | undefined };
        complete: boolean;
    }
    export interface NodeResponse {
        readonly headersSent: boolean;
        writeHead(status: number, headers?: { [name: string]: string }): void;
        end(body?: Uint8Array): void;
    }
    export type Outcome = "passed" | "failed" | "skipped";
    export interface PassedCheck extends AnyCheckResult {
        outcome: "passed";
        reason?: never;
        code?: never;
    }
    export interface ReceivedCallback {
        signingKey: string;
        host: string;
        header: string;
        body: Uint8Array | string;
        now?: number | undefined;
    }
    export interface Report {
        checks: CheckResult[];
        contents?: ChallengeContents;
    }
    export interface SigningServiceOptions {
        keypair: Keypair;
        domain: string;
        anchors: readonly (Anchor | TrustedAnchor)[];
        authorize: (request: Request) => boolean | Promise<boolean>;
        clock?: (() => number) | undefined;
    }
    export interface SkippedCheck extends AnyCheckResult {
        outcome: "skipped";
        reason?: never;
        code?: never;
    }
    export interface TrustedAnchor {
        homeDomain: string;
        networkPassphrase: string;
        signingKey: string;
        webAuthEndpoint: string;
    }
    export function callbackHandler(options: CallbackHandlerOptions): Handler;
    export function forNode(handler: Handler): (request: NodeRequest, response: NodeResponse, next?: (error: Error) => void) => Promise<void>;
    export function inspectChallenge(xdr: string, expect: ExpectedChallenge): Promise<Report>;
    export function signingService(options: SigningServiceOptions): Handler;
    export function verifyCallback(received: ReceivedCallback): Promise<void>;
}

declare module "windlass/sign-in" {
    export interface Abortable {
        signal?: AbortSignal | undefined;
    }
    export interface Address43 {
        address: string;
        error?: Error43 | undefined;
    }
    export class Anchor {
        private constructor();
        free(): void;
        [Symbol.dispose](): void;
        static discover(homeDomain: string, options?: DiscoverOptions | null): Promise<Anchor>;
        resume(token: string): Session;
        signIn(signer: Keypair | Wallet43, options?: SignInOptions | null): Promise<Session>;
        readonly homeDomain: string;
        readonly info: AnchorInfo;
        readonly networkPassphrase: string;
    }
    export interface AnchorInfo {
        signingKey?: string;
        webAuthEndpoint?: string;
        kycServer?: string;
        organization: Organization;
    }
    export type ClientDomain = ClientDomainName & (ClientDomainSigner | SigningService);
    export interface ClientDomainName {
        domain: string;
        signingKey: string;
    }
    export interface ClientDomainSigner {
        sign(xdr: string, options: DomainSignOptions): string | Promise<string>;
        vouch?: ((text: string) => Uint8Array | Promise<Uint8Array>) | undefined;
    }
    export interface DiscoverOptions extends Abortable {
        networkPassphrase?: string | undefined;
        allowHttp?: boolean | undefined;
    }
    export interface DomainSignOptions extends SigningOptions {
        address: string;
    }
    export interface Error43 {
        code: number;
        message: string;
        ext?: string[] | undefined;
    }
    export type ErrorCode =
        | "invalid_home_domain"
        | "invalid_toml"
        | "not_offered"
        | "invalid_toml_value"
        | "wrong_network"
        | "invalid_account"
        | "invalid_memo"
        | "unknown_home_domain"
        | "invalid_client_domain"
        | "client_domain_unavailable"
        | "client_domain_required"
        | "client_not_allowed"
        | "proof_required"
        | "proof_invalid"
        | "challenge_not_readable"
        | "challenge_source"
        | "challenge_sequence"
        | "challenge_time_bounds"
        | "challenge_expired"
        | "challenge_not_yet_valid"
        | "challenge_account"
        | "challenge_home_domain"
        | "challenge_nonce"
        | "challenge_memo"
        | "challenge_operation"
        | "challenge_web_auth_domain"
        | "challenge_client_domain"
        | "challenge_server_signature"
        | "challenge_signature"
        | "challenge_not_authorized"
        | "challenge_used"
        | "ledger_unavailable"
        | "signer_changed_transaction"
        | "signer_refused"
        | "signer_failed"
        | "invalid_secret_key"
        | "token_missing"
        | "token_invalid"
        | "token_expired"
        | "invalid_callback"
        | "callback_stale"
        | "callback_signature"
        | "callback_replayed"
        | "customer_not_found"
        | "identity_mismatch"
        | "unknown_customer_type"
        | "invalid_transaction_id"
        | "invalid_language"
        | "invalid_field"
        | "invalid_code"
        | "code_expired"
        | "nothing_to_verify"
        | "file_not_found"
        | "customer_rejected"
        | "invalid_request"
        | "unsupported_media_type"
        | "too_large"
        | "not_found"
        | "method_not_allowed"
        | "too_many_requests"
        | "not_implemented"
        | "internal"
        | "network"
        | "unexpected_response"
        | "timed_out"
        | "aborted"
        | "refused";
    export class Keypair {
        private constructor();
        free(): void;
        [Symbol.dispose](): void;
        static fromSecret(secret: string): Promise<Keypair>;
        static random(): Promise<Keypair>;
        secret(): string;
        sign(xdr: string, options: SigningOptions): Promise<string>;
        readonly address: string;
    }
    export interface Network43 {
        network: string;
        networkPassphrase: string;
        error?: Error43 | undefined;
    }
    export interface Organization {
        name?: string;
        dba?: string;
        url?: string;
        logo?: string;
        description?: string;
        supportEmail?: string;
    }
    export class Session {
        private constructor();
        free(): void;
        [Symbol.dispose](): void;
        readonly account: string;
        readonly expiresAt: number;
        readonly token: string;
    }
    export interface SignInOptions extends Abortable {
        account?: string | undefined;
        memo?: string | bigint | undefined;
        clientDomain?: ClientDomain | undefined;
        renew?: boolean | undefined;
    }
    export interface SignOptions43 {
        networkPassphrase?: string;
        address?: string;
        submit?: boolean;
        submitUrl?: string;
    }
    export interface Signed43 {
        signedTxXdr: string;
        signerAddress?: string | undefined;
        error?: Error43 | undefined;
    }
    export interface SigningOptions {
        networkPassphrase: string;
    }
    export interface SigningService {
        url: string;
        authorization?: string | undefined;
    }
    export interface Wallet43 {
        getAddress(): Promise<Address43>;
        getNetwork?: (() => Promise<Network43>) | undefined;
        signTransaction(xdr: string, options?: SignOptions43): Promise<Signed43>;
    }
    export class WindlassError extends Error {
        constructor(code: ErrorCode, message: string, field?: string, status?: number, retryAfter?: number);
        readonly name: "WindlassError";
        readonly code: ErrorCode;
        readonly field?: string;
        readonly status?: number;
        readonly retryAfter?: number;
    }
    export function isWallet43(value: unknown): value is Wallet43;
    export function isWindlassError(error: unknown): error is WindlassError;
}

declare module "windlass/testing" {
    export interface FailedBody {
        body: string;
        contentType?: string | undefined;
        status?: number | undefined;
    }
    export interface FailedChallenge {
        challenge: "signature" | "signer" | "expired" | "sequence" | "home_domain" | "account" | "network";
    }
    export interface FailedHang {
        hang: true;
    }
    export interface FailedNetwork {
        network: true;
    }
    export interface FailedStatus {
        status: number;
        code?: string | undefined;
        error?: string | undefined;
        retryAfter?: number | undefined;
    }
    export interface FailedToken {
        token: "expired" | "invalid";
    }
    export type Failure = FailureFor & (FailedStatus | FailedNetwork | FailedHang | FailedBody | FailedToken | FailedChallenge);
    export interface FailureFor {
        path?: string | undefined;
        method?: string | undefined;
        times?: number | undefined;
    }
    export interface LedgerAccount {
        signers: LedgerSigner[];
        thresholds?: LedgerThresholds | undefined;
    }
    export interface LedgerSigner {
        key: string;
        weight: number;
    }
    export interface LedgerThresholds {
        low?: number | undefined;
        medium?: number | undefined;
        high?: number | undefined;
    }
    export interface Step {
        status: "ACCEPTED" | "PROCESSING" | "NEEDS_INFO" | "REJECTED";
        fields?: string[] | Record<string, StepField> | undefined;
        provided_fields?: Record<string, StepProvidedField> | undefined;
        message?: string | undefined;
        code?: string | undefined;
        says?: number | undefined;
    }
    export interface StepField {
        type?: "string" | "binary" | "number" | "date" | undefined;
        description?: string | undefined;
        choices?: string[] | undefined;
        optional?: boolean | undefined;
    }
    export interface StepProvidedField extends StepField {
        status?: "ACCEPTED" | "PROCESSING" | "REJECTED" | "VERIFICATION_REQUIRED" | undefined;
        error?: string | undefined;
    }
    export interface TestAnchor {
        readonly domain: string;
        readonly signingKey: string;
        readonly networkPassphrase: string;
        readonly clock: TestClock;
        readonly customers: TestCustomers;
        readonly ledger: TestLedger;
        readonly requests: TestRequest[];
        fetch(this: void, input: RequestInfo | URL, init?: RequestInit): Promise<Response>;
        install(): this;
        restore(): void;
        [Symbol.dispose](): void;
        fail(failure: Failure): () => void;
        token(account: string, options?: { expiresIn?: number | undefined }): string;
        callback(account: string, options?: { url?: string | undefined }): TestCallback;
        clientDomain(domain: string, address: string): void;
    }
    export interface TestAnchorOptions {
        domain?: string | undefined;
        now?: number | undefined;
        seed?: number | undefined;
        network?: string | undefined;
        sessionLifetime?: number | undefined;
        organization?: string | undefined;
        types?: string[] | undefined;
        clientDomainRequired?: boolean | undefined;
        default?: Step[] | undefined;
    }
    export interface TestCallback {
        readonly url: string;
        readonly headers: Record<string, string>;
        readonly body: string;
    }
    export interface TestClock {
        readonly now: number;
        advance(seconds: number): void;
        set(now: number): void;
    }
    export interface TestCustomers {
        script(account: string, steps: Step[]): void;
        default(steps: Step[]): void;
    }
    export interface TestLedger {
        set(account: string, known: LedgerAccount | null): void;
    }
    export interface TestRequest {
        readonly method: string;
        readonly url: string;
        readonly path: string;
        readonly headers: Headers;
        readonly body: Uint8Array<ArrayBuffer>;
        readonly status?: number;
    }
    export declare function testAnchor(options?: TestAnchorOptions): Promise<TestAnchor>;
}
