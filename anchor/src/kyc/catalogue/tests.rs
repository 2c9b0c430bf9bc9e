//! The built-in requirements, and the validation of others.

use windlass_core::language::Language;

use super::super::requirements::Requirements;
use crate::hooks::Channel;

fn read(text: &str) -> Result<Requirements, String> {
    toml::from_str(text).map_err(|error| error.to_string())
}

#[test]
fn built_in_types_are_valid() {
    let requirements = Requirements::default();
    let catalogue = requirements.compile().unwrap();
    assert!(requirements.verifies());
    let person = catalogue.kind(None).unwrap();
    assert_eq!(person.asked("given_name").unwrap().field.name, "first_name");
    assert_eq!(person.asked("mobile_number").unwrap().verify, Some(Channel::Sms));
    assert_eq!(person.asked("email_address").unwrap().verify, None);
    assert_eq!(
        person.asked("id_type").unwrap().choices,
        ["passport", "drivers_license", "id_card"]
    );
    for kind in ["sep6", "sep24", "sep31-sender", "sep31-receiver"] {
        assert!(catalogue.kind(Some(kind)).is_some(), "{kind}");
    }
    assert!(catalogue.kind(Some("sep38")).is_none());
}

#[test]
fn empty_section_means_the_built_in_requirements() {
    assert_eq!(read("").unwrap(), Requirements::default());
    let settings = read("[fields.email_address]\nverify = true").unwrap();
    assert_eq!(settings.types, Requirements::default().types);
    let text = toml::to_string(&settings).unwrap();
    assert_eq!(read(&text).unwrap(), settings);
}

#[test]
fn codes_are_needed_only_if_a_type_asks_for_a_verified_field() {
    assert!(!read("[fields.mobile_number]\nverify = false").unwrap().verifies());
    assert!(
        !read("default = \"a\"\n[types.a]\nrequired = [\"email_address\"]").unwrap().verifies()
    );
    assert!(read("[fields.mobile_number]\ndescription = \"Call me\"").unwrap().verifies());
}

#[test]
fn settings_apply_under_each_name_of_a_field() {
    let text = "default = \"a\"\n[types.a]\nrequired = [\"first_name\"]\n[fields.given_name]\ndescription = \"X\"";
    let catalogue = read(text).unwrap().compile().unwrap();
    assert_eq!(catalogue.asked("given_name").unwrap().description(Language::FR), "X");
}

// W-11, W-12
#[test]
fn errors_in_requirements_name_the_key() {
    let when = |text: &str| {
        let kind = "[types.person]\nrequired = [\"first_name\", \"address_country_code\"]";
        format!("{kind}\n[[types.person.when]]\n{text}")
    };
    for (text, message) in [
        (
            "[types.person]\nrequired = [\"frist_name\"]",
            "kyc.types.person.required: \"frist_name\" is not a field of SEP-9",
        ),
        (
            "[types.person]\noptional = [\"crypto_memo\"]",
            "\"crypto_memo\" is deprecated, ask for external_transfer_memo",
        ),
        ("[types.person]\nrequired = [\"card.cvc\"]", "may never be stored"),
        (
            "[types.person]\nrequired = [\"first_name\"]\noptional = [\"given_name\"]",
            "kyc.types.person: \"given_name\" and \"first_name\" are the same field",
        ),
        (
            "[types.person]\nrequired = [\"city\", \"city\"]",
            "\"city\" and \"city\" are the same field",
        ),
        (
            "[types.other]\nrequired = [\"city\"]",
            "kyc.default is \"person\", which is not one of the types: other",
        ),
        ("[fields.city]\nverify = true", "kyc.fields.city.verify: only mobile_number"),
        ("[fields.town]\nverify = false", "kyc.fields.town: \"town\" is not a field"),
        ("[fields.id_type]\nchoices = []", "kyc.fields.id_type.choices"),
        ("[fields.city]\ndescription = \"\"", "kyc.fields.city.description"),
        ("[fields.city]\ndescription = {}", "kyc.fields.city.description"),
        ("[fields.city]\ndescription = { english = \"City\" }", "kyc.fields.city.description"),
        ("[fields.city]\ndescription = 5", "must be a text, or a table of texts by language"),
        ("[fields.photo_id_front]\nchoices = [\"a\"]", "kyc.fields.photo_id_front.choices"),
        (
            "[fields.first_name]\n[fields.given_name]",
            "kyc.fields: \"first_name\" and \"given_name\" are the same field",
        ),
        ("[types.person]\nrequires = []", "unknown field `requires`"),
        (
            &when("required = [\"tax_id\"]"),
            "kyc.types.person.when[0]: needs country or amount_over",
        ),
        (&when("country = [\"BRA\"]"), "kyc.types.person.when[0]: must ask for something"),
        (
            &when("country = [\"BR\"]\nrequired = [\"tax_id\"]"),
            "kyc.types.person.when[0].country: \"BR\" is not a three-letter country code",
        ),
        (
            &when("country = [\"BRA\"]\ncountry_field = \"city\"\nrequired = [\"tax_id\"]"),
            "kyc.types.person.when[0].country_field: \"city\" is not a country field",
        ),
        (
            &when(
                "country = [\"BRA\"]\ncountry_field = \"id_country_code\"\nrequired = [\"tax_id\"]",
            ),
            "kyc.types.person.when[0].country: the type must also ask for id_country_code",
        ),
        (
            &when("country_field = \"id_country_code\"\nrequired = [\"tax_id\"]"),
            "kyc.types.person.when[0].country_field: needs country as well",
        ),
        (
            &when("amount_over = \"1000\"\nrequired = [\"tax_id\"]"),
            "kyc.types.person.when[0].amount_over: needs asset as well",
        ),
        (
            &when("asset = \"iso4217:USD\"\nrequired = [\"tax_id\"]"),
            "kyc.types.person.when[0].asset: needs amount_over as well",
        ),
        (
            &when("amount_over = \"1e3\"\nasset = \"iso4217:USD\"\nrequired = [\"tax_id\"]"),
            "kyc.types.person.when[0].amount_over: \"1e3\": must be a decimal",
        ),
        (
            &when("amount_over = \"1\"\nasset = \"USD\"\nrequired = [\"tax_id\"]"),
            "kyc.types.person.when[0].asset: \"USD\" must be an asset",
        ),
        (
            &when("country = [\"BRA\"]\nrequired = [\"cpf\"]"),
            "kyc.types.person.when[0].required: \"cpf\" is not a field of SEP-9",
        ),
        (
            &when("country = [\"BRA\"]\nrequired = [\"given_name\"]"),
            "kyc.types.person.when[0]: \"given_name\" and \"first_name\" are the same field",
        ),
        (
            &when("country = [\"BRA\"]\nrequired = [\"first_name\"]"),
            "kyc.types.person.when[0]: \"first_name\" and \"first_name\" are the same field",
        ),
        (
            &when("country = [\"BRA\"]\namount = \"1\"\nrequired = [\"tax_id\"]"),
            "unknown field `amount`",
        ),
        ("[types.person]\nreview = \"never\"", "unknown variant `never`"),
        ("colour = 1", "unknown field `colour`"),
    ] {
        let error = read(text).unwrap_err();
        assert!(error.contains(message), "{text}: {error}");
    }
}
