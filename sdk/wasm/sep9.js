// Derived from the Rust types by `cargo xtask generate`: do not edit.

export const family_name = {
    name: "family_name",
    canonical: "family_name",
    group: "natural_person",
    kind: "string",
    format: "text",
    label: "Family name",
    description: "Family name or surname, as in the passport.",
    deprecated: false,
};

export const last_name = {
    name: "last_name",
    canonical: "family_name",
    group: "natural_person",
    kind: "string",
    format: "text",
    label: "Family name",
    description: "Family name or surname, as in the passport.",
    deprecated: false,
};

export const given_name = {
    name: "given_name",
    canonical: "given_name",
    group: "natural_person",
    kind: "string",
    format: "text",
    label: "Given name",
    description: "Given name or first name, as in the passport.",
    deprecated: false,
};

export const first_name = {
    name: "first_name",
    canonical: "given_name",
    group: "natural_person",
    kind: "string",
    format: "text",
    label: "Given name",
    description: "Given name or first name, as in the passport.",
    deprecated: false,
};

export const additional_name = {
    name: "additional_name",
    canonical: "additional_name",
    group: "natural_person",
    kind: "string",
    format: "text",
    label: "Additional name",
    description: "Middle name or other additional names.",
    deprecated: false,
};

export const address_country_code = {
    name: "address_country_code",
    canonical: "address_country_code",
    group: "natural_person",
    kind: "string",
    format: "iso3166_alpha3",
    label: "Country",
    description: "Country of the current address, in three letters.",
    example: "DEU",
    deprecated: false,
};

export const state_or_province = {
    name: "state_or_province",
    canonical: "state_or_province",
    group: "natural_person",
    kind: "string",
    format: "text",
    label: "State or province",
    description: "State, province, region or prefecture of the address.",
    deprecated: false,
};

export const city = {
    name: "city",
    canonical: "city",
    group: "natural_person",
    kind: "string",
    format: "text",
    label: "City",
    description: "City or town of the address.",
    deprecated: false,
};

export const postal_code = {
    name: "postal_code",
    canonical: "postal_code",
    group: "natural_person",
    kind: "string",
    format: "text",
    label: "Postal code",
    description: "Postal code of the address.",
    deprecated: false,
};

export const address = {
    name: "address",
    canonical: "address",
    group: "natural_person",
    kind: "string",
    format: "multiline",
    label: "Address",
    description: "The whole current address, as on an envelope.",
    deprecated: false,
};

export const mobile_number = {
    name: "mobile_number",
    canonical: "mobile_number",
    group: "natural_person",
    kind: "string",
    format: "phone",
    label: "Mobile number",
    description: "Mobile phone number with country code.",
    example: "+14155552671",
    deprecated: false,
};

export const mobile_number_format = {
    name: "mobile_number_format",
    canonical: "mobile_number_format",
    group: "natural_person",
    kind: "string",
    format: "phone_format",
    label: "Mobile number format",
    description: "How the mobile number is written: E.164 or hash.",
    deprecated: false,
};

export const email_address = {
    name: "email_address",
    canonical: "email_address",
    group: "natural_person",
    kind: "string",
    format: "email",
    label: "E-mail address",
    description: "E-mail address at which the person can be reached.",
    example: "ana@mail.example",
    deprecated: false,
};

export const birth_date = {
    name: "birth_date",
    canonical: "birth_date",
    group: "natural_person",
    kind: "date",
    format: "iso8601_date",
    label: "Date of birth",
    description: "Day of birth.",
    example: "1990-04-21",
    deprecated: false,
};

export const birth_place = {
    name: "birth_place",
    canonical: "birth_place",
    group: "natural_person",
    kind: "string",
    format: "text",
    label: "Place of birth",
    description: "City, state and country of birth, as in the passport.",
    deprecated: false,
};

export const birth_country_code = {
    name: "birth_country_code",
    canonical: "birth_country_code",
    group: "natural_person",
    kind: "string",
    format: "iso3166_alpha3",
    label: "Country of birth",
    description: "Country of birth, in three letters.",
    example: "DEU",
    deprecated: false,
};

export const tax_id = {
    name: "tax_id",
    canonical: "tax_id",
    group: "natural_person",
    kind: "string",
    format: "text",
    label: "Tax number",
    description: "Number by which the tax office of the country knows the person.",
    deprecated: false,
};

export const tax_id_name = {
    name: "tax_id_name",
    canonical: "tax_id_name",
    group: "natural_person",
    kind: "string",
    format: "text",
    label: "Kind of tax number",
    description: "Which number the tax number is, such as SSN or ITIN.",
    deprecated: false,
};

export const occupation = {
    name: "occupation",
    canonical: "occupation",
    group: "natural_person",
    kind: "number",
    format: "isco08_3",
    label: "Occupation",
    description: "Occupation, in three digits of ISCO-08.",
    example: "251",
    deprecated: false,
};

export const employer_name = {
    name: "employer_name",
    canonical: "employer_name",
    group: "natural_person",
    kind: "string",
    format: "text",
    label: "Employer",
    description: "Name of the employer.",
    deprecated: false,
};

export const employer_address = {
    name: "employer_address",
    canonical: "employer_address",
    group: "natural_person",
    kind: "string",
    format: "multiline",
    label: "Employer's address",
    description: "The whole address of the employer.",
    deprecated: false,
};

export const language_code = {
    name: "language_code",
    canonical: "language_code",
    group: "natural_person",
    kind: "string",
    format: "iso639_1",
    label: "Language",
    description: "Main language, in two letters.",
    example: "en",
    deprecated: false,
};

export const id_type = {
    name: "id_type",
    canonical: "id_type",
    group: "natural_person",
    kind: "string",
    format: "open_enum",
    label: "Kind of ID",
    description: "Kind of identity document.",
    choices: ["passport", "drivers_license", "id_card"],
    deprecated: false,
};

export const id_country_code = {
    name: "id_country_code",
    canonical: "id_country_code",
    group: "natural_person",
    kind: "string",
    format: "iso3166_alpha3",
    label: "Country of the ID",
    description: "Country that issued the identity document, in three letters.",
    example: "DEU",
    deprecated: false,
};

export const id_issue_date = {
    name: "id_issue_date",
    canonical: "id_issue_date",
    group: "natural_person",
    kind: "date",
    format: "iso8601_date",
    label: "ID issued on",
    description: "Day on which the identity document was issued.",
    example: "1990-04-21",
    deprecated: false,
};

export const id_expiration_date = {
    name: "id_expiration_date",
    canonical: "id_expiration_date",
    group: "natural_person",
    kind: "date",
    format: "iso8601_date",
    label: "ID expires on",
    description: "Day on which the identity document expires.",
    example: "1990-04-21",
    deprecated: false,
};

export const id_number = {
    name: "id_number",
    canonical: "id_number",
    group: "natural_person",
    kind: "string",
    format: "text",
    label: "ID number",
    description: "Number of the identity document.",
    deprecated: false,
};

export const photo_id_front = {
    name: "photo_id_front",
    canonical: "photo_id_front",
    group: "natural_person",
    kind: "binary",
    format: "image",
    label: "Photo of the ID, front",
    description: "Photo of the front of the identity document or passport.",
    media: ["image/jpeg", "image/png"],
    deprecated: false,
};

export const photo_id_back = {
    name: "photo_id_back",
    canonical: "photo_id_back",
    group: "natural_person",
    kind: "binary",
    format: "image",
    label: "Photo of the ID, back",
    description: "Photo of the back of the identity document or passport.",
    media: ["image/jpeg", "image/png"],
    deprecated: false,
};

export const notary_approval_of_photo_id = {
    name: "notary_approval_of_photo_id",
    canonical: "notary_approval_of_photo_id",
    group: "natural_person",
    kind: "binary",
    format: "image",
    label: "Notary's approval",
    description: "A notary's approval of the identity document.",
    media: ["image/jpeg", "image/png", "application/pdf"],
    deprecated: false,
};

export const ip_address = {
    name: "ip_address",
    canonical: "ip_address",
    group: "natural_person",
    kind: "string",
    format: "ip",
    label: "IP address",
    description: "IP address of the customer's device.",
    example: "203.0.113.9",
    deprecated: false,
};

export const photo_proof_residence = {
    name: "photo_proof_residence",
    canonical: "photo_proof_residence",
    group: "natural_person",
    kind: "binary",
    format: "image",
    label: "Proof of residence",
    description: "Utility bill, bank statement or the like with name and address.",
    media: ["image/jpeg", "image/png", "application/pdf"],
    deprecated: false,
};

export const sex = {
    name: "sex",
    canonical: "sex",
    group: "natural_person",
    kind: "string",
    format: "enum",
    label: "Sex",
    description: "Sex, as in the passport.",
    choices: ["male", "female", "other"],
    deprecated: false,
};

export const proof_of_income = {
    name: "proof_of_income",
    canonical: "proof_of_income",
    group: "natural_person",
    kind: "binary",
    format: "image",
    label: "Proof of income",
    description: "Document that shows the income.",
    media: ["image/jpeg", "image/png", "application/pdf"],
    deprecated: false,
};

export const proof_of_liveness = {
    name: "proof_of_liveness",
    canonical: "proof_of_liveness",
    group: "natural_person",
    kind: "binary",
    format: "image_or_video",
    label: "Proof of liveness",
    description: "Video or photo of the person, taken now.",
    media: ["image/jpeg", "image/png", "video/mp4", "video/webm", "video/quicktime"],
    deprecated: false,
};

export const referral_id = {
    name: "referral_id",
    canonical: "referral_id",
    group: "natural_person",
    kind: "string",
    format: "text",
    label: "Referral",
    description: "Where the customer came from: an id in another application, or a referral code.",
    deprecated: false,
};

export const bank_name = {
    name: "bank_name",
    canonical: "bank_name",
    group: "financial_account",
    kind: "string",
    format: "text",
    label: "Bank",
    description: "Name of the bank.",
    deprecated: false,
};

export const bank_account_type = {
    name: "bank_account_type",
    canonical: "bank_account_type",
    group: "financial_account",
    kind: "string",
    format: "enum",
    label: "Kind of account",
    description: "Kind of bank account.",
    choices: ["checking", "savings"],
    deprecated: false,
};

export const bank_account_number = {
    name: "bank_account_number",
    canonical: "bank_account_number",
    group: "financial_account",
    kind: "string",
    format: "text",
    label: "Account number",
    description: "Number of the bank account.",
    deprecated: false,
};

export const bank_number = {
    name: "bank_number",
    canonical: "bank_number",
    group: "financial_account",
    kind: "string",
    format: "text",
    label: "Bank number",
    description: "Number of the bank in its country, such as the routing number in the US.",
    deprecated: false,
};

export const bank_phone_number = {
    name: "bank_phone_number",
    canonical: "bank_phone_number",
    group: "financial_account",
    kind: "string",
    format: "e164",
    label: "Bank's phone number",
    description: "Phone number of the bank, with country code.",
    example: "+14155552671",
    deprecated: false,
};

export const bank_branch_number = {
    name: "bank_branch_number",
    canonical: "bank_branch_number",
    group: "financial_account",
    kind: "string",
    format: "text",
    label: "Branch number",
    description: "Number of the branch of the bank.",
    deprecated: false,
};

export const external_transfer_memo = {
    name: "external_transfer_memo",
    canonical: "external_transfer_memo",
    group: "financial_account",
    kind: "string",
    format: "text",
    label: "Transfer memo",
    description: "Memo or destination tag that the transfer must carry.",
    deprecated: false,
};

export const clabe_number = {
    name: "clabe_number",
    canonical: "clabe_number",
    group: "financial_account",
    kind: "string",
    format: "text",
    label: "CLABE",
    description: "Number of a bank account in Mexico, 18 digits.",
    digits: [18, 18],
    deprecated: false,
};

export const cbu_number = {
    name: "cbu_number",
    canonical: "cbu_number",
    group: "financial_account",
    kind: "string",
    format: "text",
    label: "CBU or CVU",
    description: "Number of an account in Argentina, 22 digits.",
    digits: [22, 22],
    deprecated: false,
};

export const cbu_alias = {
    name: "cbu_alias",
    canonical: "cbu_alias",
    group: "financial_account",
    kind: "string",
    format: "text",
    label: "CBU or CVU alias",
    description: "Alias of an account in Argentina.",
    deprecated: false,
};

export const mobile_money_number = {
    name: "mobile_money_number",
    canonical: "mobile_money_number",
    group: "financial_account",
    kind: "string",
    format: "e164",
    label: "Mobile money number",
    description: "Phone number of the mobile money account, with country code.",
    example: "+14155552671",
    deprecated: false,
};

export const mobile_money_provider = {
    name: "mobile_money_provider",
    canonical: "mobile_money_provider",
    group: "financial_account",
    kind: "string",
    format: "text",
    label: "Mobile money provider",
    description: "Name of the mobile money provider.",
    deprecated: false,
};

export const crypto_address = {
    name: "crypto_address",
    canonical: "crypto_address",
    group: "financial_account",
    kind: "string",
    format: "text",
    label: "Crypto address",
    description: "Address of an account on another ledger.",
    deprecated: false,
};

export const crypto_memo = {
    name: "crypto_memo",
    canonical: "external_transfer_memo",
    group: "financial_account",
    kind: "string",
    format: "text",
    label: "Transfer memo",
    description: "Memo or destination tag that the transfer must carry.",
    deprecated: true,
};

export const organization_name = {
    name: "organization.name",
    canonical: "organization.name",
    group: "organization",
    kind: "string",
    format: "text",
    label: "Organization",
    description: "Full name of the organization, as incorporated.",
    deprecated: false,
};

export const organization_VAT_number = {
    name: "organization.VAT_number",
    canonical: "organization.VAT_number",
    group: "organization",
    kind: "string",
    format: "text",
    label: "VAT number",
    description: "VAT number of the organization.",
    deprecated: false,
};

export const organization_registration_number = {
    name: "organization.registration_number",
    canonical: "organization.registration_number",
    group: "organization",
    kind: "string",
    format: "text",
    label: "Registration number",
    description: "Number of the organization in its register.",
    deprecated: false,
};

export const organization_registration_date = {
    name: "organization.registration_date",
    canonical: "organization.registration_date",
    group: "organization",
    kind: "string",
    format: "iso8601_date",
    label: "Registered on",
    description: "Day on which the organization was registered.",
    example: "1990-04-21",
    deprecated: false,
};

export const organization_registered_address = {
    name: "organization.registered_address",
    canonical: "organization.registered_address",
    group: "organization",
    kind: "string",
    format: "multiline",
    label: "Registered address",
    description: "The whole registered address of the organization.",
    deprecated: false,
};

export const organization_number_of_shareholders = {
    name: "organization.number_of_shareholders",
    canonical: "organization.number_of_shareholders",
    group: "organization",
    kind: "number",
    format: "integer",
    label: "Number of shareholders",
    description: "How many shareholders the organization has.",
    example: "7",
    deprecated: false,
};

export const organization_shareholder_name = {
    name: "organization.shareholder_name",
    canonical: "organization.shareholder_name",
    group: "organization",
    kind: "string",
    format: "text",
    label: "Shareholder",
    description: "Name of a shareholder: a person or an organization.",
    deprecated: false,
};

export const organization_photo_incorporation_doc = {
    name: "organization.photo_incorporation_doc",
    canonical: "organization.photo_incorporation_doc",
    group: "organization",
    kind: "binary",
    format: "image",
    label: "Incorporation document",
    description: "Scan of the incorporation documents.",
    media: ["image/jpeg", "image/png", "application/pdf"],
    deprecated: false,
};

export const organization_photo_proof_address = {
    name: "organization.photo_proof_address",
    canonical: "organization.photo_proof_address",
    group: "organization",
    kind: "binary",
    format: "image",
    label: "Proof of address",
    description: "Utility bill or bank statement with the organization's name and address.",
    media: ["image/jpeg", "image/png", "application/pdf"],
    deprecated: false,
};

export const organization_address_country_code = {
    name: "organization.address_country_code",
    canonical: "organization.address_country_code",
    group: "organization",
    kind: "string",
    format: "iso3166_alpha3",
    label: "Country",
    description: "Country of the organization's address, in three letters.",
    example: "DEU",
    deprecated: false,
};

export const organization_state_or_province = {
    name: "organization.state_or_province",
    canonical: "organization.state_or_province",
    group: "organization",
    kind: "string",
    format: "text",
    label: "State or province",
    description: "State, province, region or prefecture of the organization.",
    deprecated: false,
};

export const organization_city = {
    name: "organization.city",
    canonical: "organization.city",
    group: "organization",
    kind: "string",
    format: "text",
    label: "City",
    description: "City or town of the organization.",
    deprecated: false,
};

export const organization_postal_code = {
    name: "organization.postal_code",
    canonical: "organization.postal_code",
    group: "organization",
    kind: "string",
    format: "text",
    label: "Postal code",
    description: "Postal code of the organization.",
    deprecated: false,
};

export const organization_director_name = {
    name: "organization.director_name",
    canonical: "organization.director_name",
    group: "organization",
    kind: "string",
    format: "text",
    label: "Managing director",
    description: "Name of the registered managing director.",
    deprecated: false,
};

export const organization_website = {
    name: "organization.website",
    canonical: "organization.website",
    group: "organization",
    kind: "string",
    format: "text",
    label: "Website",
    description: "Website of the organization.",
    deprecated: false,
};

export const organization_email = {
    name: "organization.email",
    canonical: "organization.email",
    group: "organization",
    kind: "string",
    format: "email",
    label: "Contact e-mail",
    description: "E-mail address at which the organization can be reached.",
    example: "ana@mail.example",
    deprecated: false,
};

export const organization_phone = {
    name: "organization.phone",
    canonical: "organization.phone",
    group: "organization",
    kind: "string",
    format: "e164",
    label: "Contact phone",
    description: "Phone number of the organization, with country code.",
    example: "+14155552671",
    deprecated: false,
};

export const card_number = {
    name: "card.number",
    canonical: "card.number",
    group: "card",
    kind: "string",
    format: "card_number",
    label: "Card number",
    description: "Number of the card, digits only.",
    digits: [12, 19],
    deprecated: false,
};

export const card_expiration_date = {
    name: "card.expiration_date",
    canonical: "card.expiration_date",
    group: "card",
    kind: "date",
    format: "yy_mm",
    label: "Card expires",
    description: "Month in which the card expires, year first: 29-11 is November 2029.",
    example: "29-11",
    deprecated: false,
};

export const card_cvc = {
    name: "card.cvc",
    canonical: "card.cvc",
    group: "card",
    kind: "string",
    format: "text",
    label: "Security code",
    description: "Security code of the card.",
    digits: [3, 4],
    deprecated: false,
};

export const card_holder_name = {
    name: "card.holder_name",
    canonical: "card.holder_name",
    group: "card",
    kind: "string",
    format: "text",
    label: "Card holder",
    description: "Name of the card holder, as on the card.",
    deprecated: false,
};

export const card_network = {
    name: "card.network",
    canonical: "card.network",
    group: "card",
    kind: "string",
    format: "text",
    label: "Card brand",
    description: "Brand of the card, such as Visa or Mastercard.",
    deprecated: false,
};

export const card_postal_code = {
    name: "card.postal_code",
    canonical: "card.postal_code",
    group: "card",
    kind: "string",
    format: "text",
    label: "Postal code",
    description: "Postal code of the billing address.",
    deprecated: false,
};

export const card_country_code = {
    name: "card.country_code",
    canonical: "card.country_code",
    group: "card",
    kind: "string",
    format: "iso3166_alpha2",
    label: "Country",
    description: "Country of the billing address, in two letters.",
    example: "DE",
    deprecated: false,
};

export const card_state_or_province = {
    name: "card.state_or_province",
    canonical: "card.state_or_province",
    group: "card",
    kind: "string",
    format: "iso3166_2",
    label: "State or province",
    description: "State or province of the billing address, such as US-CA.",
    example: "US-CA",
    deprecated: false,
};

export const card_city = {
    name: "card.city",
    canonical: "card.city",
    group: "card",
    kind: "string",
    format: "text",
    label: "City",
    description: "City or town of the billing address.",
    deprecated: false,
};

export const card_address = {
    name: "card.address",
    canonical: "card.address",
    group: "card",
    kind: "string",
    format: "multiline",
    label: "Billing address",
    description: "The whole billing address.",
    deprecated: false,
};

export const card_token = {
    name: "card.token",
    canonical: "card.token",
    group: "card",
    kind: "string",
    format: "text",
    label: "Card token",
    description: "Token that stands for the card in a payment system.",
    deprecated: false,
};

export const organization_bank_name = {
    name: "organization.bank_name",
    canonical: "organization.bank_name",
    group: "organization_financial_account",
    kind: "string",
    format: "text",
    label: "Bank",
    description: "Name of the bank.",
    deprecated: false,
};

export const organization_bank_account_type = {
    name: "organization.bank_account_type",
    canonical: "organization.bank_account_type",
    group: "organization_financial_account",
    kind: "string",
    format: "enum",
    label: "Kind of account",
    description: "Kind of bank account.",
    choices: ["checking", "savings"],
    deprecated: false,
};

export const organization_bank_account_number = {
    name: "organization.bank_account_number",
    canonical: "organization.bank_account_number",
    group: "organization_financial_account",
    kind: "string",
    format: "text",
    label: "Account number",
    description: "Number of the bank account.",
    deprecated: false,
};

export const organization_bank_number = {
    name: "organization.bank_number",
    canonical: "organization.bank_number",
    group: "organization_financial_account",
    kind: "string",
    format: "text",
    label: "Bank number",
    description: "Number of the bank in its country, such as the routing number in the US.",
    deprecated: false,
};

export const organization_bank_phone_number = {
    name: "organization.bank_phone_number",
    canonical: "organization.bank_phone_number",
    group: "organization_financial_account",
    kind: "string",
    format: "e164",
    label: "Bank's phone number",
    description: "Phone number of the bank, with country code.",
    example: "+14155552671",
    deprecated: false,
};

export const organization_bank_branch_number = {
    name: "organization.bank_branch_number",
    canonical: "organization.bank_branch_number",
    group: "organization_financial_account",
    kind: "string",
    format: "text",
    label: "Branch number",
    description: "Number of the branch of the bank.",
    deprecated: false,
};

export const organization_external_transfer_memo = {
    name: "organization.external_transfer_memo",
    canonical: "organization.external_transfer_memo",
    group: "organization_financial_account",
    kind: "string",
    format: "text",
    label: "Transfer memo",
    description: "Memo or destination tag that the transfer must carry.",
    deprecated: false,
};

export const organization_clabe_number = {
    name: "organization.clabe_number",
    canonical: "organization.clabe_number",
    group: "organization_financial_account",
    kind: "string",
    format: "text",
    label: "CLABE",
    description: "Number of a bank account in Mexico, 18 digits.",
    digits: [18, 18],
    deprecated: false,
};

export const organization_cbu_number = {
    name: "organization.cbu_number",
    canonical: "organization.cbu_number",
    group: "organization_financial_account",
    kind: "string",
    format: "text",
    label: "CBU or CVU",
    description: "Number of an account in Argentina, 22 digits.",
    digits: [22, 22],
    deprecated: false,
};

export const organization_cbu_alias = {
    name: "organization.cbu_alias",
    canonical: "organization.cbu_alias",
    group: "organization_financial_account",
    kind: "string",
    format: "text",
    label: "CBU or CVU alias",
    description: "Alias of an account in Argentina.",
    deprecated: false,
};

export const organization_mobile_money_number = {
    name: "organization.mobile_money_number",
    canonical: "organization.mobile_money_number",
    group: "organization_financial_account",
    kind: "string",
    format: "e164",
    label: "Mobile money number",
    description: "Phone number of the mobile money account, with country code.",
    example: "+14155552671",
    deprecated: false,
};

export const organization_mobile_money_provider = {
    name: "organization.mobile_money_provider",
    canonical: "organization.mobile_money_provider",
    group: "organization_financial_account",
    kind: "string",
    format: "text",
    label: "Mobile money provider",
    description: "Name of the mobile money provider.",
    deprecated: false,
};

export const organization_crypto_address = {
    name: "organization.crypto_address",
    canonical: "organization.crypto_address",
    group: "organization_financial_account",
    kind: "string",
    format: "text",
    label: "Crypto address",
    description: "Address of an account on another ledger.",
    deprecated: false,
};

export const organization_crypto_memo = {
    name: "organization.crypto_memo",
    canonical: "organization.external_transfer_memo",
    group: "organization_financial_account",
    kind: "string",
    format: "text",
    label: "Transfer memo",
    description: "Memo or destination tag that the transfer must carry.",
    deprecated: true,
};

export const fields = [
    family_name,
    last_name,
    given_name,
    first_name,
    additional_name,
    address_country_code,
    state_or_province,
    city,
    postal_code,
    address,
    mobile_number,
    mobile_number_format,
    email_address,
    birth_date,
    birth_place,
    birth_country_code,
    tax_id,
    tax_id_name,
    occupation,
    employer_name,
    employer_address,
    language_code,
    id_type,
    id_country_code,
    id_issue_date,
    id_expiration_date,
    id_number,
    photo_id_front,
    photo_id_back,
    notary_approval_of_photo_id,
    ip_address,
    photo_proof_residence,
    sex,
    proof_of_income,
    proof_of_liveness,
    referral_id,
    bank_name,
    bank_account_type,
    bank_account_number,
    bank_number,
    bank_phone_number,
    bank_branch_number,
    external_transfer_memo,
    clabe_number,
    cbu_number,
    cbu_alias,
    mobile_money_number,
    mobile_money_provider,
    crypto_address,
    crypto_memo,
    organization_name,
    organization_VAT_number,
    organization_registration_number,
    organization_registration_date,
    organization_registered_address,
    organization_number_of_shareholders,
    organization_shareholder_name,
    organization_photo_incorporation_doc,
    organization_photo_proof_address,
    organization_address_country_code,
    organization_state_or_province,
    organization_city,
    organization_postal_code,
    organization_director_name,
    organization_website,
    organization_email,
    organization_phone,
    card_number,
    card_expiration_date,
    card_cvc,
    card_holder_name,
    card_network,
    card_postal_code,
    card_country_code,
    card_state_or_province,
    card_city,
    card_address,
    card_token,
    organization_bank_name,
    organization_bank_account_type,
    organization_bank_account_number,
    organization_bank_number,
    organization_bank_phone_number,
    organization_bank_branch_number,
    organization_external_transfer_memo,
    organization_clabe_number,
    organization_cbu_number,
    organization_cbu_alias,
    organization_mobile_money_number,
    organization_mobile_money_provider,
    organization_crypto_address,
    organization_crypto_memo,
];

export function field(name) {
    return fields.find((field) => field.name === name);
}

export function isSep9Name(name) {
    return field(name) !== undefined;
}
