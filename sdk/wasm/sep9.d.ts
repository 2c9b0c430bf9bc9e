// Derived from the Rust types by `cargo xtask generate`: do not edit.

/**
 * The catalogue of SEP-9 as constants, to build forms from: without WebAssembly, and a bundler takes only what is used.
 *
 * `checkField` and `checkFields` of `windlass` judge the values.
 *
 * @module windlass/sep9
 */

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

/** Whom or what a field describes. */
export type Sep9Group = "natural_person" | "financial_account" | "organization" | "organization_financial_account" | "card";

/** The type of a value, as SEP-12 announces it. */
export type Sep9Kind = "string" | "number" | "date" | "binary";

/** How a value is written: what a form chooses its input by. */
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

/** A kind of file: what the `accept` of a file input takes. */
export type Sep9Media = "image/jpeg" | "image/png" | "application/pdf" | "video/mp4" | "video/webm" | "video/quicktime";

/** A field of SEP-9, under one of its names. `kind` tells files from the rest. */
export type Sep9Field = Sep9TextField | Sep9FileField;

/** What is known of every field. */
export interface Sep9Base {
    /** The name on the wire, dots and case included. */
    readonly name: Sep9Name;
    /** The name to store under. Differs from `name` for an alias such as `last_name`. */
    readonly canonical: Sep9Name;
    /** Whom or what it describes. */
    readonly group: Sep9Group;
    /** How a value is written. */
    readonly format: Sep9Format;
    /** What to call it in a form, in English. */
    readonly label: string;
    /** One sentence on what to enter, in English. */
    readonly description: string;
    /** A value to show in an empty input, where the format is a narrow one. */
    readonly example?: string;
    /** The listed values: the only ones if the format is `enum`, suggestions if it is `open_enum`. Those that an anchor names count more. */
    readonly choices?: readonly string[];
    /** The fewest and the most digits, where a value is digits and nothing else. */
    readonly digits?: readonly [number, number];
    /** Understood, but not to be asked for any more. */
    readonly deprecated: boolean;
}

/** A field whose value is text or a number. */
export interface Sep9TextField extends Sep9Base {
    /** The type of its value. */
    readonly kind: "string" | "number" | "date";
    /** Not in this case. */
    readonly media?: never;
}

/** A field whose value is a file. */
export interface Sep9FileField extends Sep9Base {
    /** Which case it is. */
    readonly kind: "binary";
    /** The kinds of file that it takes. */
    readonly media: readonly Sep9Media[];
}

/** What the compiler knows of every constant. */
export interface Sep9Known<Name extends Sep9Name, Kind extends Sep9Kind, Format extends Sep9Format> {
    /** Its name on the wire. */
    readonly name: Name;
    /** The type of its value. */
    readonly kind: Kind;
    /** How its value is written. */
    readonly format: Format;
}

/** A constant that lists values. */
export interface Sep9Choices<Choices extends readonly string[]> {
    /** The listed values. */
    readonly choices: Choices;
}

/** A constant whose value is digits. */
export interface Sep9Digits<Fewest extends number, Most extends number> {
    /** The fewest and the most. */
    readonly digits: readonly [Fewest, Most];
}

/** A constant whose value is a file. */
export interface Sep9Files<Media extends readonly Sep9Media[]> {
    /** The kinds of file that it takes. */
    readonly media: Media;
}

/** The type of a constant: a field of which the compiler knows more. */
export type Sep9Constant<Name extends Sep9Name, Kind extends Sep9Kind, Format extends Sep9Format> = (Kind extends "binary"
    ? Sep9FileField
    : Sep9TextField) &
    Sep9Known<Name, Kind, Format>;

/**
 * Every field, under each of its names, in the order of SEP-9.
 *
 * @example
 * ```ts
 * import { fields } from "windlass/sep9";
 *
 * const files = fields.filter(({ kind }) => kind === "binary").map(({ name }) => name);
 * console.log(files[0]); // photo_id_front
 * ```
 */
export const fields: readonly Sep9Field[];

/**
 * The field of this name; nothing, if SEP-9 does not have it.
 *
 * @example
 * ```ts
 * import { field } from "windlass/sep9";
 *
 * console.log(field("birth_date").label); // Date of birth
 * console.log(field("shoe_size" as string)?.label ?? "unknown"); // unknown
 * ```
 */
export function field(name: Sep9Name): Sep9Field;
/** The field of a name that is not known to be one of SEP-9, such as an anchor's. */
export function field(name: string): Sep9Field | undefined;

/**
 * Whether SEP-9 has a field of this name.
 *
 * @example
 * ```ts
 * import { isSep9Name } from "windlass/sep9";
 *
 * console.log(isSep9Name("organization.name"), isSep9Name("shoe_size")); // true false
 * ```
 */
export function isSep9Name(name: string): name is Sep9Name;

/**
 * `family_name`, in a form "Family name": Family name or surname, as in the passport.
 */
export const family_name: Sep9Constant<"family_name", "string", "text">;

/**
 * `last_name`, in a form "Family name": Family name or surname, as in the passport.
 */
export const last_name: Sep9Constant<"last_name", "string", "text">;

/**
 * `given_name`, in a form "Given name": Given name or first name, as in the passport.
 */
export const given_name: Sep9Constant<"given_name", "string", "text">;

/**
 * `first_name`, in a form "Given name": Given name or first name, as in the passport.
 */
export const first_name: Sep9Constant<"first_name", "string", "text">;

/**
 * `additional_name`, in a form "Additional name": Middle name or other additional names.
 */
export const additional_name: Sep9Constant<"additional_name", "string", "text">;

/**
 * `address_country_code`, in a form "Country": Country of the current address, in three letters.
 */
export const address_country_code: Sep9Constant<"address_country_code", "string", "iso3166_alpha3">;

/**
 * `state_or_province`, in a form "State or province": State, province, region or prefecture of the address.
 */
export const state_or_province: Sep9Constant<"state_or_province", "string", "text">;

/**
 * `city`, in a form "City": City or town of the address.
 */
export const city: Sep9Constant<"city", "string", "text">;

/**
 * `postal_code`, in a form "Postal code": Postal code of the address.
 */
export const postal_code: Sep9Constant<"postal_code", "string", "text">;

/**
 * `address`, in a form "Address": The whole current address, as on an envelope.
 */
export const address: Sep9Constant<"address", "string", "multiline">;

/**
 * `mobile_number`, in a form "Mobile number": Mobile phone number with country code.
 */
export const mobile_number: Sep9Constant<"mobile_number", "string", "phone">;

/**
 * `mobile_number_format`, in a form "Mobile number format": How the mobile number is written: E.164 or hash.
 */
export const mobile_number_format: Sep9Constant<"mobile_number_format", "string", "phone_format">;

/**
 * `email_address`, in a form "E-mail address": E-mail address at which the person can be reached.
 */
export const email_address: Sep9Constant<"email_address", "string", "email">;

/**
 * `birth_date`, in a form "Date of birth": Day of birth.
 */
export const birth_date: Sep9Constant<"birth_date", "date", "iso8601_date">;

/**
 * `birth_place`, in a form "Place of birth": City, state and country of birth, as in the passport.
 */
export const birth_place: Sep9Constant<"birth_place", "string", "text">;

/**
 * `birth_country_code`, in a form "Country of birth": Country of birth, in three letters.
 */
export const birth_country_code: Sep9Constant<"birth_country_code", "string", "iso3166_alpha3">;

/**
 * `tax_id`, in a form "Tax number": Number by which the tax office of the country knows the person.
 */
export const tax_id: Sep9Constant<"tax_id", "string", "text">;

/**
 * `tax_id_name`, in a form "Kind of tax number": Which number the tax number is, such as SSN or ITIN.
 */
export const tax_id_name: Sep9Constant<"tax_id_name", "string", "text">;

/**
 * `occupation`, in a form "Occupation": Occupation, in three digits of ISCO-08.
 */
export const occupation: Sep9Constant<"occupation", "number", "isco08_3">;

/**
 * `employer_name`, in a form "Employer": Name of the employer.
 */
export const employer_name: Sep9Constant<"employer_name", "string", "text">;

/**
 * `employer_address`, in a form "Employer's address": The whole address of the employer.
 */
export const employer_address: Sep9Constant<"employer_address", "string", "multiline">;

/**
 * `language_code`, in a form "Language": Main language, in two letters.
 */
export const language_code: Sep9Constant<"language_code", "string", "iso639_1">;

/**
 * `id_type`, in a form "Kind of ID": Kind of identity document.
 */
export const id_type: Sep9Constant<"id_type", "string", "open_enum"> & Sep9Choices<readonly ["passport", "drivers_license", "id_card"]>;

/**
 * `id_country_code`, in a form "Country of the ID": Country that issued the identity document, in three letters.
 */
export const id_country_code: Sep9Constant<"id_country_code", "string", "iso3166_alpha3">;

/**
 * `id_issue_date`, in a form "ID issued on": Day on which the identity document was issued.
 */
export const id_issue_date: Sep9Constant<"id_issue_date", "date", "iso8601_date">;

/**
 * `id_expiration_date`, in a form "ID expires on": Day on which the identity document expires.
 */
export const id_expiration_date: Sep9Constant<"id_expiration_date", "date", "iso8601_date">;

/**
 * `id_number`, in a form "ID number": Number of the identity document.
 */
export const id_number: Sep9Constant<"id_number", "string", "text">;

/**
 * `photo_id_front`, in a form "Photo of the ID, front": Photo of the front of the identity document or passport.
 */
export const photo_id_front: Sep9Constant<"photo_id_front", "binary", "image"> & Sep9Files<readonly ["image/jpeg", "image/png"]>;

/**
 * `photo_id_back`, in a form "Photo of the ID, back": Photo of the back of the identity document or passport.
 */
export const photo_id_back: Sep9Constant<"photo_id_back", "binary", "image"> & Sep9Files<readonly ["image/jpeg", "image/png"]>;

/**
 * `notary_approval_of_photo_id`, in a form "Notary's approval": A notary's approval of the identity document.
 */
export const notary_approval_of_photo_id: Sep9Constant<"notary_approval_of_photo_id", "binary", "image"> & Sep9Files<readonly ["image/jpeg", "image/png", "application/pdf"]>;

/**
 * `ip_address`, in a form "IP address": IP address of the customer's device.
 */
export const ip_address: Sep9Constant<"ip_address", "string", "ip">;

/**
 * `photo_proof_residence`, in a form "Proof of residence": Utility bill, bank statement or the like with name and address.
 */
export const photo_proof_residence: Sep9Constant<"photo_proof_residence", "binary", "image"> & Sep9Files<readonly ["image/jpeg", "image/png", "application/pdf"]>;

/**
 * `sex`, in a form "Sex": Sex, as in the passport.
 */
export const sex: Sep9Constant<"sex", "string", "enum"> & Sep9Choices<readonly ["male", "female", "other"]>;

/**
 * `proof_of_income`, in a form "Proof of income": Document that shows the income.
 */
export const proof_of_income: Sep9Constant<"proof_of_income", "binary", "image"> & Sep9Files<readonly ["image/jpeg", "image/png", "application/pdf"]>;

/**
 * `proof_of_liveness`, in a form "Proof of liveness": Video or photo of the person, taken now.
 */
export const proof_of_liveness: Sep9Constant<"proof_of_liveness", "binary", "image_or_video"> & Sep9Files<readonly ["image/jpeg", "image/png", "video/mp4", "video/webm", "video/quicktime"]>;

/**
 * `referral_id`, in a form "Referral": Where the customer came from: an id in another application, or a referral code.
 */
export const referral_id: Sep9Constant<"referral_id", "string", "text">;

/**
 * `bank_name`, in a form "Bank": Name of the bank.
 */
export const bank_name: Sep9Constant<"bank_name", "string", "text">;

/**
 * `bank_account_type`, in a form "Kind of account": Kind of bank account.
 */
export const bank_account_type: Sep9Constant<"bank_account_type", "string", "enum"> & Sep9Choices<readonly ["checking", "savings"]>;

/**
 * `bank_account_number`, in a form "Account number": Number of the bank account.
 */
export const bank_account_number: Sep9Constant<"bank_account_number", "string", "text">;

/**
 * `bank_number`, in a form "Bank number": Number of the bank in its country, such as the routing number in the US.
 */
export const bank_number: Sep9Constant<"bank_number", "string", "text">;

/**
 * `bank_phone_number`, in a form "Bank's phone number": Phone number of the bank, with country code.
 */
export const bank_phone_number: Sep9Constant<"bank_phone_number", "string", "e164">;

/**
 * `bank_branch_number`, in a form "Branch number": Number of the branch of the bank.
 */
export const bank_branch_number: Sep9Constant<"bank_branch_number", "string", "text">;

/**
 * `external_transfer_memo`, in a form "Transfer memo": Memo or destination tag that the transfer must carry.
 */
export const external_transfer_memo: Sep9Constant<"external_transfer_memo", "string", "text">;

/**
 * `clabe_number`, in a form "CLABE": Number of a bank account in Mexico, 18 digits.
 */
export const clabe_number: Sep9Constant<"clabe_number", "string", "text"> & Sep9Digits<18, 18>;

/**
 * `cbu_number`, in a form "CBU or CVU": Number of an account in Argentina, 22 digits.
 */
export const cbu_number: Sep9Constant<"cbu_number", "string", "text"> & Sep9Digits<22, 22>;

/**
 * `cbu_alias`, in a form "CBU or CVU alias": Alias of an account in Argentina.
 */
export const cbu_alias: Sep9Constant<"cbu_alias", "string", "text">;

/**
 * `mobile_money_number`, in a form "Mobile money number": Phone number of the mobile money account, with country code.
 */
export const mobile_money_number: Sep9Constant<"mobile_money_number", "string", "e164">;

/**
 * `mobile_money_provider`, in a form "Mobile money provider": Name of the mobile money provider.
 */
export const mobile_money_provider: Sep9Constant<"mobile_money_provider", "string", "text">;

/**
 * `crypto_address`, in a form "Crypto address": Address of an account on another ledger.
 */
export const crypto_address: Sep9Constant<"crypto_address", "string", "text">;

/**
 * `crypto_memo`, in a form "Transfer memo": Memo or destination tag that the transfer must carry.
 *
 * @deprecated Understood, but not to be asked for any more.
 */
export const crypto_memo: Sep9Constant<"crypto_memo", "string", "text">;

/**
 * `organization.name`, in a form "Organization": Full name of the organization, as incorporated.
 */
export const organization_name: Sep9Constant<"organization.name", "string", "text">;

/**
 * `organization.VAT_number`, in a form "VAT number": VAT number of the organization.
 */
export const organization_VAT_number: Sep9Constant<"organization.VAT_number", "string", "text">;

/**
 * `organization.registration_number`, in a form "Registration number": Number of the organization in its register.
 */
export const organization_registration_number: Sep9Constant<"organization.registration_number", "string", "text">;

/**
 * `organization.registration_date`, in a form "Registered on": Day on which the organization was registered.
 */
export const organization_registration_date: Sep9Constant<"organization.registration_date", "string", "iso8601_date">;

/**
 * `organization.registered_address`, in a form "Registered address": The whole registered address of the organization.
 */
export const organization_registered_address: Sep9Constant<"organization.registered_address", "string", "multiline">;

/**
 * `organization.number_of_shareholders`, in a form "Number of shareholders": How many shareholders the organization has.
 */
export const organization_number_of_shareholders: Sep9Constant<"organization.number_of_shareholders", "number", "integer">;

/**
 * `organization.shareholder_name`, in a form "Shareholder": Name of a shareholder: a person or an organization.
 */
export const organization_shareholder_name: Sep9Constant<"organization.shareholder_name", "string", "text">;

/**
 * `organization.photo_incorporation_doc`, in a form "Incorporation document": Scan of the incorporation documents.
 */
export const organization_photo_incorporation_doc: Sep9Constant<"organization.photo_incorporation_doc", "binary", "image"> & Sep9Files<readonly ["image/jpeg", "image/png", "application/pdf"]>;

/**
 * `organization.photo_proof_address`, in a form "Proof of address": Utility bill or bank statement with the organization's name and address.
 */
export const organization_photo_proof_address: Sep9Constant<"organization.photo_proof_address", "binary", "image"> & Sep9Files<readonly ["image/jpeg", "image/png", "application/pdf"]>;

/**
 * `organization.address_country_code`, in a form "Country": Country of the organization's address, in three letters.
 */
export const organization_address_country_code: Sep9Constant<"organization.address_country_code", "string", "iso3166_alpha3">;

/**
 * `organization.state_or_province`, in a form "State or province": State, province, region or prefecture of the organization.
 */
export const organization_state_or_province: Sep9Constant<"organization.state_or_province", "string", "text">;

/**
 * `organization.city`, in a form "City": City or town of the organization.
 */
export const organization_city: Sep9Constant<"organization.city", "string", "text">;

/**
 * `organization.postal_code`, in a form "Postal code": Postal code of the organization.
 */
export const organization_postal_code: Sep9Constant<"organization.postal_code", "string", "text">;

/**
 * `organization.director_name`, in a form "Managing director": Name of the registered managing director.
 */
export const organization_director_name: Sep9Constant<"organization.director_name", "string", "text">;

/**
 * `organization.website`, in a form "Website": Website of the organization.
 */
export const organization_website: Sep9Constant<"organization.website", "string", "text">;

/**
 * `organization.email`, in a form "Contact e-mail": E-mail address at which the organization can be reached.
 */
export const organization_email: Sep9Constant<"organization.email", "string", "email">;

/**
 * `organization.phone`, in a form "Contact phone": Phone number of the organization, with country code.
 */
export const organization_phone: Sep9Constant<"organization.phone", "string", "e164">;

/**
 * `card.number`, in a form "Card number": Number of the card, digits only.
 */
export const card_number: Sep9Constant<"card.number", "string", "card_number"> & Sep9Digits<12, 19>;

/**
 * `card.expiration_date`, in a form "Card expires": Month in which the card expires, year first: 29-11 is November 2029.
 */
export const card_expiration_date: Sep9Constant<"card.expiration_date", "date", "yy_mm">;

/**
 * `card.cvc`, in a form "Security code": Security code of the card.
 */
export const card_cvc: Sep9Constant<"card.cvc", "string", "text"> & Sep9Digits<3, 4>;

/**
 * `card.holder_name`, in a form "Card holder": Name of the card holder, as on the card.
 */
export const card_holder_name: Sep9Constant<"card.holder_name", "string", "text">;

/**
 * `card.network`, in a form "Card brand": Brand of the card, such as Visa or Mastercard.
 */
export const card_network: Sep9Constant<"card.network", "string", "text">;

/**
 * `card.postal_code`, in a form "Postal code": Postal code of the billing address.
 */
export const card_postal_code: Sep9Constant<"card.postal_code", "string", "text">;

/**
 * `card.country_code`, in a form "Country": Country of the billing address, in two letters.
 */
export const card_country_code: Sep9Constant<"card.country_code", "string", "iso3166_alpha2">;

/**
 * `card.state_or_province`, in a form "State or province": State or province of the billing address, such as US-CA.
 */
export const card_state_or_province: Sep9Constant<"card.state_or_province", "string", "iso3166_2">;

/**
 * `card.city`, in a form "City": City or town of the billing address.
 */
export const card_city: Sep9Constant<"card.city", "string", "text">;

/**
 * `card.address`, in a form "Billing address": The whole billing address.
 */
export const card_address: Sep9Constant<"card.address", "string", "multiline">;

/**
 * `card.token`, in a form "Card token": Token that stands for the card in a payment system.
 */
export const card_token: Sep9Constant<"card.token", "string", "text">;

/**
 * `organization.bank_name`, in a form "Bank": Name of the bank.
 */
export const organization_bank_name: Sep9Constant<"organization.bank_name", "string", "text">;

/**
 * `organization.bank_account_type`, in a form "Kind of account": Kind of bank account.
 */
export const organization_bank_account_type: Sep9Constant<"organization.bank_account_type", "string", "enum"> & Sep9Choices<readonly ["checking", "savings"]>;

/**
 * `organization.bank_account_number`, in a form "Account number": Number of the bank account.
 */
export const organization_bank_account_number: Sep9Constant<"organization.bank_account_number", "string", "text">;

/**
 * `organization.bank_number`, in a form "Bank number": Number of the bank in its country, such as the routing number in the US.
 */
export const organization_bank_number: Sep9Constant<"organization.bank_number", "string", "text">;

/**
 * `organization.bank_phone_number`, in a form "Bank's phone number": Phone number of the bank, with country code.
 */
export const organization_bank_phone_number: Sep9Constant<"organization.bank_phone_number", "string", "e164">;

/**
 * `organization.bank_branch_number`, in a form "Branch number": Number of the branch of the bank.
 */
export const organization_bank_branch_number: Sep9Constant<"organization.bank_branch_number", "string", "text">;

/**
 * `organization.external_transfer_memo`, in a form "Transfer memo": Memo or destination tag that the transfer must carry.
 */
export const organization_external_transfer_memo: Sep9Constant<"organization.external_transfer_memo", "string", "text">;

/**
 * `organization.clabe_number`, in a form "CLABE": Number of a bank account in Mexico, 18 digits.
 */
export const organization_clabe_number: Sep9Constant<"organization.clabe_number", "string", "text"> & Sep9Digits<18, 18>;

/**
 * `organization.cbu_number`, in a form "CBU or CVU": Number of an account in Argentina, 22 digits.
 */
export const organization_cbu_number: Sep9Constant<"organization.cbu_number", "string", "text"> & Sep9Digits<22, 22>;

/**
 * `organization.cbu_alias`, in a form "CBU or CVU alias": Alias of an account in Argentina.
 */
export const organization_cbu_alias: Sep9Constant<"organization.cbu_alias", "string", "text">;

/**
 * `organization.mobile_money_number`, in a form "Mobile money number": Phone number of the mobile money account, with country code.
 */
export const organization_mobile_money_number: Sep9Constant<"organization.mobile_money_number", "string", "e164">;

/**
 * `organization.mobile_money_provider`, in a form "Mobile money provider": Name of the mobile money provider.
 */
export const organization_mobile_money_provider: Sep9Constant<"organization.mobile_money_provider", "string", "text">;

/**
 * `organization.crypto_address`, in a form "Crypto address": Address of an account on another ledger.
 */
export const organization_crypto_address: Sep9Constant<"organization.crypto_address", "string", "text">;

/**
 * `organization.crypto_memo`, in a form "Transfer memo": Memo or destination tag that the transfer must carry.
 *
 * @deprecated Understood, but not to be asked for any more.
 */
export const organization_crypto_memo: Sep9Constant<"organization.crypto_memo", "string", "text">;
