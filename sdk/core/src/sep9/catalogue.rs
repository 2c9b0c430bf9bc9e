//! The catalogue itself (S09-F01 to S09-F76, SEP-9 version 1.18.0).

use super::{Field, Format, Group, Kind, MediaType};

/// Every name of SEP-9: persons, their accounts, organizations, cards, accounts of organizations.
pub static FIELDS: [Field; 92] = catalogue();

/// The field of this name. Names are exact, case and dots included (S09-01).
pub fn field(name: &str) -> Option<&'static Field> {
    FIELDS.iter().find(|field| field.name == name)
}

const PHOTO: &[MediaType] = &[MediaType::Jpeg, MediaType::Png];
const DOCUMENT: &[MediaType] = &[MediaType::Jpeg, MediaType::Png, MediaType::Pdf];
const PHOTO_OR_VIDEO: &[MediaType] =
    &[MediaType::Jpeg, MediaType::Png, MediaType::Mp4, MediaType::WebM, MediaType::QuickTime];

/// Names, format, label and description; the type is that of the format.
const fn row(
    name: &'static str,
    format: Format,
    label: &'static str,
    description: &'static str,
) -> Field {
    let kind = match format {
        Format::Date | Format::YearMonth => Kind::Date,
        Format::Isco08 | Format::Integer => Kind::Number,
        Format::Image | Format::ImageOrVideo => Kind::Binary,
        _ => Kind::String,
    };
    let media = match format {
        Format::Image => PHOTO,
        Format::ImageOrVideo => PHOTO_OR_VIDEO,
        _ => &[],
    };
    let group = Group::NaturalPerson;
    #[cfg(not(feature = "texts"))]
    let _ = (label, description);
    Field {
        name,
        canonical: name,
        group,
        kind,
        format,
        #[cfg(feature = "texts")]
        label,
        #[cfg(feature = "texts")]
        description,
        choices: &[],
        digits: None,
        media,
        deprecated: false,
    }
}

impl Field {
    const fn also_called(self, name: &'static str) -> Self {
        Self { name, ..self }
    }

    const fn one_of(self, choices: &'static [&'static str]) -> Self {
        Self { choices, ..self }
    }

    const fn digits(self, min: u8, max: u8) -> Self {
        Self { digits: Some((min, max)), ..self }
    }

    const fn document(self) -> Self {
        Self { media: DOCUMENT, ..self }
    }

    const fn kind(self, kind: Kind) -> Self {
        Self { kind, ..self }
    }

    const fn deprecated_for(self, canonical: &'static str) -> Self {
        Self { canonical, deprecated: true, ..self }
    }
}

const fn catalogue() -> [Field; 92] {
    let mut all = [FAMILY_NAME; 92];
    let mut next = 0;
    copy(&PERSON, Group::NaturalPerson, &mut all, &mut next);
    copy(&ACCOUNT, Group::FinancialAccount, &mut all, &mut next);
    copy(&ORGANIZATION, Group::Organization, &mut all, &mut next);
    copy(&CARD, Group::Card, &mut all, &mut next);
    copy(&ORGANIZATION_ACCOUNT, Group::OrganizationFinancialAccount, &mut all, &mut next);
    assert!(next == 92);
    all
}

const fn copy(rows: &[Field], group: Group, all: &mut [Field; 92], next: &mut usize) {
    let mut i = 0;
    while i < rows.len() {
        all[*next] = Field { group, ..rows[i] };
        *next += 1;
        i += 1;
    }
}

const FAMILY_NAME: Field =
    row("family_name", Format::Text, "Family name", "Family name or surname, as in the passport.");
const GIVEN_NAME: Field =
    row("given_name", Format::Text, "Given name", "Given name or first name, as in the passport.");

const PERSON: [Field; 36] = [
    FAMILY_NAME,
    FAMILY_NAME.also_called("last_name"),
    GIVEN_NAME,
    GIVEN_NAME.also_called("first_name"),
    row(
        "additional_name",
        Format::Text,
        "Additional name",
        "Middle name or other additional names.",
    ),
    row(
        "address_country_code",
        Format::CountryAlpha3,
        "Country",
        "Country of the current address, in three letters.",
    ),
    row(
        "state_or_province",
        Format::Text,
        "State or province",
        "State, province, region or prefecture of the address.",
    ),
    row("city", Format::Text, "City", "City or town of the address."),
    row("postal_code", Format::Text, "Postal code", "Postal code of the address."),
    row("address", Format::Multiline, "Address", "The whole current address, as on an envelope."),
    row("mobile_number", Format::Phone, "Mobile number", "Mobile phone number with country code."),
    row(
        "mobile_number_format",
        Format::PhoneFormat,
        "Mobile number format",
        "How the mobile number is written: E.164 or hash.",
    ),
    row(
        "email_address",
        Format::Email,
        "E-mail address",
        "E-mail address at which the person can be reached.",
    ),
    row("birth_date", Format::Date, "Date of birth", "Day of birth."),
    row(
        "birth_place",
        Format::Text,
        "Place of birth",
        "City, state and country of birth, as in the passport.",
    ),
    row(
        "birth_country_code",
        Format::CountryAlpha3,
        "Country of birth",
        "Country of birth, in three letters.",
    ),
    row(
        "tax_id",
        Format::Text,
        "Tax number",
        "Number by which the tax office of the country knows the person.",
    ),
    row(
        "tax_id_name",
        Format::Text,
        "Kind of tax number",
        "Which number the tax number is, such as SSN or ITIN.",
    ),
    row("occupation", Format::Isco08, "Occupation", "Occupation, in three digits of ISCO-08."),
    row("employer_name", Format::Text, "Employer", "Name of the employer."),
    row(
        "employer_address",
        Format::Multiline,
        "Employer's address",
        "The whole address of the employer.",
    ),
    row("language_code", Format::Language, "Language", "Main language, in two letters."),
    row("id_type", Format::OpenEnum, "Kind of ID", "Kind of identity document.").one_of(&[
        "passport",
        "drivers_license",
        "id_card",
    ]),
    row(
        "id_country_code",
        Format::CountryAlpha3,
        "Country of the ID",
        "Country that issued the identity document, in three letters.",
    ),
    row(
        "id_issue_date",
        Format::Date,
        "ID issued on",
        "Day on which the identity document was issued.",
    ),
    row(
        "id_expiration_date",
        Format::Date,
        "ID expires on",
        "Day on which the identity document expires.",
    ),
    row("id_number", Format::Text, "ID number", "Number of the identity document."),
    row(
        "photo_id_front",
        Format::Image,
        "Photo of the ID, front",
        "Photo of the front of the identity document or passport.",
    ),
    row(
        "photo_id_back",
        Format::Image,
        "Photo of the ID, back",
        "Photo of the back of the identity document or passport.",
    ),
    row(
        "notary_approval_of_photo_id",
        Format::Image,
        "Notary's approval",
        "A notary's approval of the identity document.",
    )
    .document(),
    row("ip_address", Format::Ip, "IP address", "IP address of the customer's device."),
    row(
        "photo_proof_residence",
        Format::Image,
        "Proof of residence",
        "Utility bill, bank statement or the like with name and address.",
    )
    .document(),
    row("sex", Format::Enum, "Sex", "Sex, as in the passport.")
        .one_of(&["male", "female", "other"]),
    row("proof_of_income", Format::Image, "Proof of income", "Document that shows the income.")
        .document(),
    row(
        "proof_of_liveness",
        Format::ImageOrVideo,
        "Proof of liveness",
        "Video or photo of the person, taken now.",
    ),
    row(
        "referral_id",
        Format::Text,
        "Referral",
        "Where the customer came from: an id in another application, or a referral code.",
    ),
];

/// The fields of an account; with a prefix those of an organization's account (S09-05).
macro_rules! account {
    ($prefix:literal) => {
        [
            row(concat!($prefix, "bank_name"), Format::Text, "Bank", "Name of the bank."),
            row(
                concat!($prefix, "bank_account_type"),
                Format::Enum,
                "Kind of account",
                "Kind of bank account.",
            )
            .one_of(&["checking", "savings"]),
            row(
                concat!($prefix, "bank_account_number"),
                Format::Text,
                "Account number",
                "Number of the bank account.",
            ),
            row(
                concat!($prefix, "bank_number"),
                Format::Text,
                "Bank number",
                "Number of the bank in its country, such as the routing number in the US.",
            ),
            row(
                concat!($prefix, "bank_phone_number"),
                Format::E164,
                "Bank's phone number",
                "Phone number of the bank, with country code.",
            ),
            row(
                concat!($prefix, "bank_branch_number"),
                Format::Text,
                "Branch number",
                "Number of the branch of the bank.",
            ),
            row(
                concat!($prefix, "external_transfer_memo"),
                Format::Text,
                "Transfer memo",
                "Memo or destination tag that the transfer must carry.",
            ),
            row(
                concat!($prefix, "clabe_number"),
                Format::Text,
                "CLABE",
                "Number of a bank account in Mexico, 18 digits.",
            )
            .digits(18, 18),
            row(
                concat!($prefix, "cbu_number"),
                Format::Text,
                "CBU or CVU",
                "Number of an account in Argentina, 22 digits.",
            )
            .digits(22, 22),
            row(
                concat!($prefix, "cbu_alias"),
                Format::Text,
                "CBU or CVU alias",
                "Alias of an account in Argentina.",
            ),
            row(
                concat!($prefix, "mobile_money_number"),
                Format::E164,
                "Mobile money number",
                "Phone number of the mobile money account, with country code.",
            ),
            row(
                concat!($prefix, "mobile_money_provider"),
                Format::Text,
                "Mobile money provider",
                "Name of the mobile money provider.",
            ),
            row(
                concat!($prefix, "crypto_address"),
                Format::Text,
                "Crypto address",
                "Address of an account on another ledger.",
            ),
            row(
                concat!($prefix, "crypto_memo"),
                Format::Text,
                "Transfer memo",
                "Memo or destination tag that the transfer must carry.",
            )
            .deprecated_for(concat!($prefix, "external_transfer_memo")),
        ]
    };
}

const ACCOUNT: [Field; 14] = account!("");
const ORGANIZATION_ACCOUNT: [Field; 14] = account!("organization.");

const ORGANIZATION: [Field; 17] = [
    row(
        "organization.name",
        Format::Text,
        "Organization",
        "Full name of the organization, as incorporated.",
    ),
    row("organization.VAT_number", Format::Text, "VAT number", "VAT number of the organization."),
    row(
        "organization.registration_number",
        Format::Text,
        "Registration number",
        "Number of the organization in its register.",
    ),
    // A date that SEP-9 announces as text.
    row(
        "organization.registration_date",
        Format::Date,
        "Registered on",
        "Day on which the organization was registered.",
    )
    .kind(Kind::String),
    row(
        "organization.registered_address",
        Format::Multiline,
        "Registered address",
        "The whole registered address of the organization.",
    ),
    row(
        "organization.number_of_shareholders",
        Format::Integer,
        "Number of shareholders",
        "How many shareholders the organization has.",
    ),
    row(
        "organization.shareholder_name",
        Format::Text,
        "Shareholder",
        "Name of a shareholder: a person or an organization.",
    ),
    row(
        "organization.photo_incorporation_doc",
        Format::Image,
        "Incorporation document",
        "Scan of the incorporation documents.",
    )
    .document(),
    row(
        "organization.photo_proof_address",
        Format::Image,
        "Proof of address",
        "Utility bill or bank statement with the organization's name and address.",
    )
    .document(),
    row(
        "organization.address_country_code",
        Format::CountryAlpha3,
        "Country",
        "Country of the organization's address, in three letters.",
    ),
    row(
        "organization.state_or_province",
        Format::Text,
        "State or province",
        "State, province, region or prefecture of the organization.",
    ),
    row("organization.city", Format::Text, "City", "City or town of the organization."),
    row(
        "organization.postal_code",
        Format::Text,
        "Postal code",
        "Postal code of the organization.",
    ),
    row(
        "organization.director_name",
        Format::Text,
        "Managing director",
        "Name of the registered managing director.",
    ),
    row("organization.website", Format::Text, "Website", "Website of the organization."),
    row(
        "organization.email",
        Format::Email,
        "Contact e-mail",
        "E-mail address at which the organization can be reached.",
    ),
    row(
        "organization.phone",
        Format::E164,
        "Contact phone",
        "Phone number of the organization, with country code.",
    ),
];

const CARD: [Field; 11] = [
    row("card.number", Format::CardNumber, "Card number", "Number of the card, digits only.")
        .digits(12, 19),
    row(
        "card.expiration_date",
        Format::YearMonth,
        "Card expires",
        "Month in which the card expires, year first: 29-11 is November 2029.",
    ),
    row("card.cvc", Format::Text, "Security code", "Security code of the card.").digits(3, 4),
    row(
        "card.holder_name",
        Format::Text,
        "Card holder",
        "Name of the card holder, as on the card.",
    ),
    row(
        "card.network",
        Format::Text,
        "Card brand",
        "Brand of the card, such as Visa or Mastercard.",
    ),
    row("card.postal_code", Format::Text, "Postal code", "Postal code of the billing address."),
    row(
        "card.country_code",
        Format::CountryAlpha2,
        "Country",
        "Country of the billing address, in two letters.",
    ),
    row(
        "card.state_or_province",
        Format::Subdivision,
        "State or province",
        "State or province of the billing address, such as US-CA.",
    ),
    row("card.city", Format::Text, "City", "City or town of the billing address."),
    row("card.address", Format::Multiline, "Billing address", "The whole billing address."),
    row(
        "card.token",
        Format::Text,
        "Card token",
        "Token that stands for the card in a payment system.",
    ),
];
