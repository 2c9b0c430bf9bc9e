use proptest::prelude::*;

use super::*;
use crate::account::SecretKey;

const SAMPLE: &str = include_str!("../../../../tests/vectors/sep1/sample.toml");
const KEY: &str = "GA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJVSGZ";
const CONTRACT: &str = "CA3D5KRYM6CB7OWQ6TWYRR3Z4T7GNZLKERYNZGGA5SOAOPIFY6YQGAXE";

fn parse(text: &str) -> StellarToml {
    StellarToml::parse(text).unwrap()
}

fn currency(text: &str) -> Currency {
    parse(&format!("[[CURRENCIES]]\n{text}")).currencies.ok().unwrap()[0].clone()
}

fn reasons(problems: Vec<KeyError>) -> Vec<String> {
    problems.iter().map(KeyError::to_string).collect()
}

// The cases of SEP-1's examples: V3 to V11 are valid, I3 to I8 are invalid.

#[test]
fn file_with_two_keys_is_read() {
    let file =
        parse(&format!("SIGNING_KEY = \"{KEY}\"\nWEB_AUTH_ENDPOINT = \"https://a.example/auth\""));
    let expected = StellarToml {
        signing_key: KEY.parse::<PublicKey>().unwrap().into(),
        web_auth_endpoint: "https://a.example/auth".parse::<Link>().unwrap().into(),
        ..StellarToml::default()
    };
    assert_eq!(file, expected);
    assert_eq!(file.kyc_server(false), Ok(None));
}

#[test]
fn unknown_keys_tables_and_comments_are_ignored() {
    let file = parse(&format!(
        "# a comment\nNEW_KEY = [1, {{ a = 2.5 }}]\nAUTH_SERVER = 5\nsigning_key = 'x'\nACCOUNTS = [ # one\n  '{KEY}',\n]\n\
         [[VALIDATORS]]\nALIAS = 'a'\n[UNKNOWN.TABLE]\nx = 2026-01-02T03:04:05Z\n"
    ));
    assert_eq!(
        file,
        StellarToml {
            accounts: vec![KEY.parse::<PublicKey>().unwrap()].into(),
            ..StellarToml::default()
        }
    );
    assert!(file.problems(false).is_empty());
}

#[test]
fn kyc_server_falls_back_to_transfer_server_only_when_absent() {
    let transfer = "TRANSFER_SERVER = 'https://a.example/sep6'\n";
    assert_eq!(
        parse(transfer).kyc_server(false).unwrap().unwrap().as_str(),
        "https://a.example/sep6"
    );
    let both = format!("{transfer}KYC_SERVER = 'https://a.example/kyc'");
    assert_eq!(parse(&both).kyc_server(false).unwrap().unwrap().as_str(), "https://a.example/kyc");
    for bad in
        ["KYC_SERVER = 5", "KYC_SERVER = 'a.example/kyc'", "KYC_SERVER = 'http://a.example/kyc'"]
    {
        let error = parse(&format!("{transfer}{bad}")).kyc_server(false).unwrap_err();
        assert_eq!(error.key, "KYC_SERVER", "{bad}");
    }
}

#[test]
fn sample_of_every_key_is_read_and_written_back() {
    let file = parse(SAMPLE);
    assert_eq!(reasons(file.problems(false)), Vec::<String>::new());
    assert_eq!(file.version.ok().map(String::as_str), Some("2.0.0"));
    assert_eq!(
        file.documentation.ok().unwrap().org_license_number.ok().map(String::as_str),
        Some("EX-0042")
    );
    assert_eq!(file.principals.ok().unwrap().len(), 2);
    let currencies = file.currencies.ok().unwrap();
    assert_eq!(currencies.len(), 6);
    assert_eq!(currencies[0].status.ok(), Some(&CurrencyStatus::Live));
    assert_eq!(currencies[0].anchor_asset_type.ok(), Some(&AnchorAssetType::Fiat));
    assert_eq!(parse(&file.print(false).unwrap()), file);
}

#[test]
fn linked_currency_is_valid() {
    let linked = currency("toml = 'https://a.example/.well-known/GOAT.toml'");
    assert_eq!(linked.link().map(Link::as_str), Some("https://a.example/.well-known/GOAT.toml"));
    assert_eq!(linked.problems(), []);
    assert_eq!(
        Currency::parse(&format!("code = 'GOAT'\nissuer = '{KEY}'")).unwrap().problems(),
        []
    );
    for (bad, reason) in [
        (
            "toml = 'https://a.example/.well-known/X.toml'\ncode = 'X'",
            "toml must be the only key of its entry",
        ),
        ("toml = 'https://a.example/.well-known/X.toml'\ncode = 5", "code must be a string"),
        (
            "toml = 'https://a.example/x/X.toml'",
            "toml must be https://DOMAIN/.well-known/CURRENCY.toml",
        ),
        (
            "toml = 'http://a.example/.well-known/X.toml'",
            "toml must be https://DOMAIN/.well-known/CURRENCY.toml",
        ),
        (
            "toml = 'https://a.example/.well-known/a/X.toml'",
            "toml must be https://DOMAIN/.well-known/CURRENCY.toml",
        ),
        ("toml = 'X.toml'", "toml must be a URL beginning with https://"),
    ] {
        assert_eq!(reasons(currency(bad).problems())[0], reason);
    }
}

#[test]
fn largest_file_is_read_and_a_larger_one_is_not() {
    let text = |bytes: usize| format!("VERSION = '2.7.0'\n#{}", "x".repeat(bytes - 19));
    assert_eq!(parse(&text(100_000)).version.ok().map(String::as_str), Some("2.7.0"));
    assert!(StellarToml::parse(&text(102_400)).is_ok());
    assert_eq!(StellarToml::parse(&text(102_401)), Err(TomlError::TooLong(102_401)));
}

#[test]
fn root_keys_are_written_before_tables() {
    let service = |path: &str| format!("https://a.example{path}").parse::<Link>().unwrap();
    let file = StellarToml {
        version: VERSION.into(),
        signing_key: KEY.parse::<PublicKey>().unwrap().into(),
        web_auth_endpoint: service("/auth").into(),
        documentation: Documentation {
            org_name: "A \"B\" \\ C\nD\t\u{1}\u{7f}é".into(),
            ..Documentation::default()
        }
        .into(),
        currencies: vec![Currency { code: "native".into(), ..Currency::default() }].into(),
        ..StellarToml::default()
    };
    let text = file.print(false).unwrap();
    assert!(text.starts_with("VERSION = \"2.7.0\"\n"), "{text}");
    assert!(text.contains("ORG_NAME = \"A \\\"B\\\" \\\\ C\\nD\\t\\u0001\\u007Fé\"\n"), "{text}");
    assert_eq!(parse(&text), file);
}

#[test]
fn signing_key_must_be_a_public_key() {
    let muxed = "MA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJUAAAAAAAAAAAACJUQ";
    let secret = SecretKey::from_seed(&[7; 32]).reveal();
    let checksum = KEY.replace("VSGZ", "VSGY");
    for bad in [
        &checksum,
        muxed,
        &**secret,
        &KEY[..55],
        &KEY.to_lowercase(),
        CONTRACT,
        "",
        &format!(" {KEY}"),
        "GA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJVSG0",
    ] {
        let error = parse(&format!("SIGNING_KEY = \"{bad}\"")).signing_key.get().unwrap_err();
        assert!(matches!(error.reason, Reason::Address(_)), "{bad}");
        assert!(bad.is_empty() || !error.to_string().contains(bad), "the value may be a secret");
    }
}

#[test]
fn value_of_the_wrong_type_affects_only_its_key() {
    let file = parse(&format!(
        "SIGNING_KEY = 5\nVERSION = true\nACCOUNTS = '{KEY}'\nNETWORK_PASSPHRASE = 'x'\nDOCUMENTATION = 1\nPRINCIPALS = [1]\nCURRENCIES = {{ code = 'X' }}"
    ));
    assert_eq!(
        reasons(file.problems(false)),
        [
            "VERSION must be a string",
            "SIGNING_KEY must be a string",
            "ACCOUNTS must be a list",
            "DOCUMENTATION must be a table",
            "PRINCIPALS must be a table",
            "CURRENCIES must be a list"
        ]
    );
    assert_eq!(file.network_passphrase.get().unwrap().map(String::as_str), Some("x"));
    assert!(file.signing_key.is_present() && !file.horizon_url.is_present());
}

#[test]
fn plain_http_is_refused_outside_development() {
    let endpoint = |url: &str, dev| {
        parse(&format!("WEB_AUTH_ENDPOINT = \"{url}\""))
            .web_auth_endpoint(dev)
            .map(|link| link.cloned())
    };
    let refusal = KeyError { key: "WEB_AUTH_ENDPOINT".into(), reason: Reason::NotHttps };
    assert_eq!(endpoint("http://a.example/auth", false), Err(refusal.clone()));
    assert_eq!(endpoint("http://a.example/auth", true), Err(refusal.clone()));
    assert_eq!(endpoint("http://localhost:8000/auth", false), Err(refusal));
    assert!(endpoint("http://localhost:8000/auth", true).unwrap().is_some());
    assert!(endpoint("https://a.example/auth?x=1", false).unwrap().is_some());
}

#[test]
fn key_after_a_table_belongs_to_the_table() {
    let file =
        parse("[DOCUMENTATION]\nORG_NAME = 'A'\nWEB_AUTH_ENDPOINT = 'https://a.example/auth'");
    assert_eq!(file.web_auth_endpoint(false), Ok(None));
}

#[test]
fn syntax_errors_name_the_line() {
    let twice = StellarToml::parse("VERSION = '1'\n\nVERSION = '2'\n").unwrap_err();
    assert!(matches!(&twice, TomlError::Syntax { line: 3, .. }), "{twice}");
    for bad in ["A = ", "= 1", "A = \"", "[x", "A = 1 B = 2", "a.b = 1\na = 2", "A = 'x\0'"] {
        assert!(
            matches!(StellarToml::parse(bad), Err(TomlError::Syntax { line: 1..=2, .. })),
            "{bad:?}"
        );
    }
}

#[test]
fn web_page_in_place_of_the_file_is_called_that() {
    for page in ["<!DOCTYPE html>\n<html></html>", "\u{feff}\r\n <html>", "<?xml version='1.0'?>"] {
        assert_eq!(StellarToml::parse(page), Err(TomlError::WebPage), "{page:?}");
    }
    assert!(matches!(StellarToml::parse("A = 1\n<html>"), Err(TomlError::Syntax { line: 2, .. })));
}

#[test]
fn byte_order_mark_is_ignored() {
    assert_eq!(parse("\u{feff}VERSION = '2.7.0'").version, VERSION.into());
}

#[test]
fn deep_nesting_is_refused() {
    for open in ["[", "{a=", "a."] {
        let depth = (MAX_READ_BYTES - 4) / open.len();
        assert!(StellarToml::parse(&format!("A = {}", open.repeat(depth))).is_err());
    }
    let dotted = format!("{}a", "a.".repeat(MAX_READ_BYTES / 2 - 4));
    assert!(StellarToml::parse(&format!("[{dotted}]")).is_err());
    assert!(StellarToml::parse(&format!("{dotted}=1")).is_err());
}

#[test]
fn bad_currency_is_reported_and_the_rest_is_usable() {
    let good = format!("code = 'SRT'\nissuer = '{KEY}'\n");
    assert_eq!(currency(&good).problems(), []);
    for (bad, reason) in [
        (format!("{good}display_decimals = 8"), "display_decimals must be at most 7"),
        (
            format!("{good}display_decimals = -1"),
            "display_decimals must be a whole number of 0 or more",
        ),
        (
            format!("{good}display_decimals = 2.0"),
            "display_decimals must be a whole number of 0 or more",
        ),
        (format!("{good}name = 'A name of more than 20'"), "name must have 1 to 20 characters"),
        (format!("code = 'THIRTEENCHARS'\nissuer = '{KEY}'"), "code must have 1 to 12 characters"),
        (format!("code = ''\nissuer = '{KEY}'"), "code must have 1 to 12 characters"),
        (
            format!("code_template = 'CORN?????????'\nissuer = '{KEY}'"),
            "code_template must have 1 to 12 characters",
        ),
        (format!("{good}contract = '{CONTRACT}'"), "issuer must not be set together with contract"),
        (format!("issuer = '{KEY}'"), "code or code_template must be set"),
        ("code = 'SRT'".into(), "issuer or contract must be set"),
        (
            format!("code = 'SRT'\ncontract = '{KEY}'"),
            "contract must be a Stellar address of the right kind: expected a contract (C...), got an account (G...)",
        ),
        (
            format!("{good}fixed_number = 1\nmax_number = 2"),
            "fixed_number must not be set together with max_number",
        ),
        (
            format!("{good}fixed_number = 1\nis_unlimited = true"),
            "fixed_number must not be set together with is_unlimited",
        ),
        (
            format!("{good}max_number = 1\nis_unlimited = false"),
            "max_number must not be set together with is_unlimited",
        ),
        (
            format!("{good}fixed_number = 9223372036854775808"),
            "fixed_number must be at most 9223372036854775807",
        ),
        (format!("{good}regulated = 'yes'"), "regulated must be true or false"),
        (format!("{good}status = 5"), "status must be a string"),
        (format!("{good}image = 'logo.png'"), "image must be a URL beginning with https://"),
        (
            format!(
                "{good}collateral_addresses = ['a', 'b']\ncollateral_address_messages = ['m', 'n']\ncollateral_address_signatures = ['s']"
            ),
            "collateral_address_signatures must have as many items as collateral_addresses",
        ),
    ] {
        assert_eq!(reasons(currency(&bad).problems()), [reason], "{bad}");
    }
    let file = parse(&format!(
        "VERSION = '2.7.0'\n[[CURRENCIES]]\n{good}[[CURRENCIES]]\n{good}display_decimals = 8"
    ));
    assert_eq!(file.version.ok().map(String::as_str), Some("2.7.0"));
    assert_eq!(reasons(file.problems(false)), ["CURRENCIES[1].display_decimals must be at most 7"]);
}

#[test]
fn words_of_a_newer_sep_are_ignored() {
    let newer = currency(&format!(
        "code = 'SRT'\nissuer = '{KEY}'\nstatus = 'frozen'\nanchor_asset_type = 'time'"
    ));
    assert_eq!(
        (newer.problems().len(), newer.status, newer.anchor_asset_type),
        (0, Entry::Absent, Entry::Absent)
    );
}

#[test]
fn template_covers_the_codes_it_matches() {
    let corn = currency(&format!("code_template = 'CORN????????'\nissuer = '{KEY}'"));
    assert!(
        corn.covers("CORN20180604") && !corn.covers("CORN2018") && !corn.covers("BEAN20180604")
    );
    assert!(
        currency("code = 'native'").covers("native") && !currency("code = 'native'").covers("XLM")
    );
}

#[test]
fn invalid_file_is_not_printed() {
    let with = |url: &str| StellarToml {
        kyc_server: url.parse::<Link>().unwrap().into(),
        ..StellarToml::default()
    };
    assert_eq!(
        with("http://a.example").print(true).unwrap_err().to_string(),
        "KYC_SERVER must be a URL with https"
    );
    assert_eq!(
        with("http://localhost:8000/kyc").print(false).unwrap_err().to_string(),
        "KYC_SERVER must be a URL with https"
    );
    assert!(with("http://localhost:8000/kyc").print(true).is_ok());
    assert_eq!(
        with("https://a.example/kyc/").print(false).unwrap_err().to_string(),
        "KYC_SERVER must not end in a slash"
    );
    let long = StellarToml {
        version: "x".repeat(MAX_PUBLISHED_BYTES).as_str().into(),
        ..StellarToml::default()
    };
    assert!(matches!(long.print(false), Err(PrintError::TooLong(100_013))));
    assert!(matches!(parse("VERSION = 1").print(false), Err(PrintError::Invalid(_))));
}

#[test]
fn each_domain_has_one_stellar_toml_url() {
    let place = |domain: &str, dev| well_known(&domain.parse().unwrap(), dev);
    assert_eq!(place("a.example", false), "https://a.example/.well-known/stellar.toml");
    assert_eq!(place("a.example", true), "https://a.example/.well-known/stellar.toml");
    assert_eq!(place("localhost:8000", false), "https://localhost:8000/.well-known/stellar.toml");
    assert_eq!(place("localhost:8000", true), "http://localhost:8000/.well-known/stellar.toml");
}

#[test]
fn only_valid_values_are_serialised() {
    let file = parse(&format!(
        "VERSION = 1\nSIGNING_KEY = '{KEY}'\n[[CURRENCIES]]\ncode = 'native'\nstatus = 'live'\nis_unlimited = true"
    ));
    let json = format!(
        r#"{{"SIGNING_KEY":"{KEY}","CURRENCIES":[{{"code":"native","status":"live","is_unlimited":true}}]}}"#
    );
    assert_eq!(serde_json::to_string(&file).unwrap(), json);
}

fn link() -> impl Strategy<Value = Link> {
    "https://[a-z]{1,8}\\.example(:[1-9][0-9]{0,3})?(/[a-z0-9%=&?]{1,8})?"
        .prop_map(|url| url.parse().unwrap())
}

fn maybe<T: core::fmt::Debug + Clone>(
    value: impl Strategy<Value = T>,
) -> impl Strategy<Value = Entry<T>> {
    proptest::option::of(value).prop_map(Entry::from)
}

fn listed() -> impl Strategy<Value = Currency> {
    let supply = prop_oneof![
        (0..=i64::MAX as u64)
            .prop_map(|n| Currency { fixed_number: n.into(), ..Currency::default() }),
        (0..=i64::MAX as u64)
            .prop_map(|n| Currency { max_number: n.into(), ..Currency::default() }),
        any::<bool>().prop_map(|b| Currency { is_unlimited: b.into(), ..Currency::default() }),
    ];
    let texts = (maybe(any::<String>()), maybe(".{1,20}"), maybe(0_u64..=7), maybe(link()));
    (supply, "[A-Z?]{1,12}", any::<[u8; 32]>(), texts, vec![any::<String>(); 2]).prop_map(
        |(supply, code, issuer, (desc, name, display_decimals, image), list)| Currency {
            code: code.into(),
            issuer: PublicKey::from_bytes(issuer).into(),
            collateral_addresses: list.clone().into(),
            collateral_address_messages: list.clone().into(),
            collateral_address_signatures: list.into(),
            status: CurrencyStatus::Test.into(),
            anchor_asset_type: AnchorAssetType::RealEstate.into(),
            desc,
            name,
            display_decimals,
            image,
            ..supply
        },
    )
}

proptest! {
    #[test]
    fn printed_file_is_read_back(
        passphrase in maybe(any::<String>()),
        accounts in proptest::collection::vec(any::<[u8; 32]>(), 0..4),
        links in (maybe(link()), maybe(link()), maybe(link())),
        organization in (maybe(any::<String>()), maybe(any::<String>()), maybe(link())),
        principals in proptest::collection::vec((maybe(any::<String>()), maybe(any::<String>())), 1..3),
        currencies in proptest::collection::vec(listed(), 1..4),
    ) {
        let file = StellarToml {
            network_passphrase: passphrase,
            accounts: accounts.into_iter().map(PublicKey::from_bytes).collect::<Vec<_>>().into(),
            web_auth_endpoint: links.0,
            kyc_server: links.1,
            horizon_url: links.2,
            documentation: Documentation { org_name: organization.0, org_description: organization.1, org_url: organization.2, ..Documentation::default() }.into(),
            principals: principals.into_iter().map(|(name, email)| Principal { name, email, ..Principal::default() }).collect::<Vec<_>>().into(),
            currencies: currencies.into(),
            ..StellarToml::default()
        };
        prop_assert_eq!(StellarToml::parse(&file.print(false).unwrap()), Ok(file));
    }

    #[test]
    fn any_stellar_toml_is_read_or_refused_without_panic(text in any::<String>(), key in "[A-Z_]{1,20}", value in "[-0-9a-z\"'\\[\\]{}.,:#= \n]{0,40}") {
        for text in [text, format!("{key} = {value}")] {
            if let Ok(file) = StellarToml::parse(&text) {
                let _ = file.print(false);
            }
        }
    }
}
