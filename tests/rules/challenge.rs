//! The rows of the register about bad challenges. Each is signed again after the change, so that
//! only the rule in question can refuse it.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;
use windlass_core::{
    account::SecretKey,
    memo::Memo,
    network::Network,
    sep10::{Challenge, ChallengeError, Role},
    xdr::{
        Asset, DecoratedSignature, Envelope, ManageData, MuxedAccount, Operation, Payment,
        TimeBounds, Transaction,
    },
};
use windlass_tests::challenges::{Vector, key, vector};

/// The change to the transaction, before it is signed again.
type Change = fn(&mut Transaction);

/// The transaction of a vector, changed and signed by these.
pub(crate) fn signed_anew(of: &Vector, change: Change, signers: &[&SecretKey]) -> String {
    let mut envelope = Envelope::from_base64(&of.signed).unwrap();
    change(&mut envelope.transaction);
    let hash = envelope.transaction.hash(&Network::new(of.network.as_str()));
    envelope.signatures =
        signers.iter().copied().map(|key| DecoratedSignature::by(key, &hash)).collect();
    envelope.to_base64()
}

/// Opens it as the wallet that requested it, signed by the anchor.
fn in_wallet(of: &Vector, change: Change) -> Result<Challenge, ChallengeError> {
    let xdr = signed_anew(of, change, &[&key("server")]);
    of.expecting(of.wallet(), |expect| Challenge::open(&xdr, expect))
}

/// Opens it as the anchor when it returns, with all required signatures.
fn in_anchor(of: &Vector, change: Change) -> Result<Challenge, ChallengeError> {
    let keys = [key("server"), key("client"), key("client_domain")];
    let signers = if of.client_domain.is_some() { &keys[..] } else { &keys[..2] };
    let xdr = signed_anew(of, change, &signers.iter().collect::<Vec<_>>());
    of.expecting(Role::Anchor, |expect| Challenge::open(&xdr, expect))
}

fn code(result: Result<Challenge, ChallengeError>) -> Option<&'static str> {
    result.err().map(|error| error.code().as_str())
}

/// Refused by both sides for the same reason, or by neither.
#[test]
fn bad_challenges_are_refused_by_both_sides() {
    let rows: &[(&str, Change, Option<&str>)] = &[
        ("unchanged", |_| {}, None),
        ("P13 another source", |t| t.source = of("second_client_signer"), SOURCE),
        ("P13 the source muxed", |t| t.source.id = Some(0), SOURCE),
        ("P14 sequence 1", |t| t.sequence = 1, SEQUENCE),
        ("P14 sequence below zero", |t| t.sequence = -1, SEQUENCE),
        ("P14 largest sequence", |t| t.sequence = i64::MAX, SEQUENCE),
        ("P15 no time bounds", |t| t.time_bounds = None, TIME_BOUNDS),
        ("P15 no end", |t| bounds(t, 1_700_000_000, 0), TIME_BOUNDS),
        ("P15 no beginning and no end", |t| bounds(t, 0, 0), TIME_BOUNDS),
        ("P15 ends before it begins", |t| bounds(t, 1_700_000_451, 1_700_000_450), TIME_BOUNDS),
        ("P15 expired", |t| bounds(t, 1_600_000_000, 1_600_000_900), EXPIRED),
        ("P15 not yet valid", |t| bounds(t, 1_800_000_000, 1_800_000_900), NOT_YET),
        ("valid in this second only", |t| bounds(t, 1_700_000_450, 1_700_000_450), None),
        ("valid until the end of time", |t| bounds(t, 0, u64::MAX), None),
        ("no operation", |t| t.operations.clear(), ACCOUNT),
        ("P16 no source", |t| first(t).source = None, ACCOUNT),
        ("P16 the anchor's source", |t| first(t).source = Some(of("server")), ACCOUNT),
        ("P16 other home domain", |t| first(t).name = b"example.org auth".into(), HOME_DOMAIN),
        ("P16 home domain alone", |t| first(t).name = b"example.com".into(), HOME_DOMAIN),
        ("P16 no home domain", |t| first(t).name = b" auth".into(), HOME_DOMAIN),
        ("P16 no name", |t| first(t).name.clear(), HOME_DOMAIN),
        ("P16 more after it", |t| first(t).name = b"example.com auth ".into(), HOME_DOMAIN),
        ("P16 more before it", |t| first(t).name = b"an example.com auth".into(), HOME_DOMAIN),
        ("P16 more within", |t| first(t).name = b"example.com.evil auth".into(), HOME_DOMAIN),
        ("P16 two blanks", |t| first(t).name = b"example.com  auth".into(), HOME_DOMAIN),
        ("P16 capitals", |t| first(t).name = b"Example.com auth".into(), HOME_DOMAIN),
        ("P16 value of 63 bytes", |t| value(first(t)).truncate(63), NONCE),
        ("P16 value of 65 bytes", |t| value(first(t)).push(b'A'), NOT_READABLE),
        ("P16 value of 48 raw bytes", |t| first(t).value = Some(vec![7; 48]), NONCE),
        ("P16 value not base64", |t| value(first(t))[0] = b'!', NONCE),
        ("P16 value in url-safe base64", |t| value(first(t))[0] = b'_', NONCE),
        ("P16 value of 47 bytes in base64", |t| value(first(t))[63] = b'=', NONCE),
        ("P16 value not text", |t| first(t).value = Some(vec![0xff; 64]), NONCE),
        ("P16 empty value", |t| value(first(t)).clear(), NONCE),
        ("P16 no value", |t| first(t).value = None, NONCE),
        ("P17 second: the client's", |t| second(t).source = Some(of("client")), OPERATION),
        ("P17 second: a stranger's", |t| second(t).source = Some(of("client_domain")), OPERATION),
        ("P17 second: no source", |t| second(t).source = None, OPERATION),
        ("P17 second: no value", |t| second(t).value = None, WEB_AUTH),
        ("P17 second: empty value", |t| value(second(t)).clear(), WEB_AUTH),
        ("P17 second: other domain", |t| *value(second(t)) = b"evil.example".into(), WEB_AUTH),
        ("P17 second: capitals", |t| *value(second(t)) = b"AUTH.example.com".into(), WEB_AUTH),
        ("P17 second: a port", |t| *value(second(t)) = b"auth.example.com:443".into(), WEB_AUTH),
        ("P17 second muxed", |t| second(t).source = Some(muxed(of("server"))), OPERATION),
        ("web auth domain twice", |t| again(t, 1), None),
        (
            "web auth domain twice, once wrong",
            |t| {
                again(t, 1);
                value(last(t)).push(b'x');
            },
            WEB_AUTH,
        ),
        ("no web auth domain, as old servers have it", |t| drop(t.operations.remove(1)), None),
        (
            "another operation of the anchor's",
            |t| {
                again(t, 1);
                last(t).name = b"reserved".into();
            },
            None,
        ),
        (
            "another operation of the anchor's, without a value",
            |t| {
                again(t, 1);
                *last(t) = ManageData { name: b"reserved".into(), value: None, ..last(t).clone() };
            },
            None,
        ),
        (
            "another operation of the client's",
            |t| {
                again(t, 0);
                last(t).name = b"config".into();
            },
            OPERATION,
        ),
        ("the first operation twice", |t| again(t, 0), OPERATION),
        ("P19 text memo", |t| t.memo = Memo::Text(b"7".into()), MEMO),
        ("P19 empty text memo", |t| t.memo = Memo::Text(Vec::new()), MEMO),
        ("P19 hash memo", |t| t.memo = Memo::Hash([7; 32]), MEMO),
        ("P19 return memo", |t| t.memo = Memo::Return([7; 32]), MEMO),
        ("no fee", |t| t.fee = 0, None),
        ("101 operations", |t| (0..99).for_each(|_| again(t, 1)), NOT_READABLE),
        ("100 operations", |t| (0..98).for_each(|_| again(t, 1)), None),
        ("a payment in front", |t| t.operations.insert(0, payment()), NOT_READABLE),
        ("a payment at the end", |t| t.operations.push(payment()), NOT_READABLE),
    ];
    for (name, change, refused) in rows {
        let c1 = vector("C1");
        assert_eq!(code(in_wallet(c1, *change)), *refused, "wallet: {name}");
        assert_eq!(code(in_anchor(c1, *change)), *refused, "anchor: {name}");
    }
}

#[test]
fn rows_about_client_domains_hold_on_both_sides() {
    let rows: &[(&str, Change, Option<&str>)] = &[
        ("unchanged", |_| {}, None),
        ("P18 named twice", |t| again(t, 2), CLIENT_DOMAIN),
        ("no source", |t| last(t).source = None, CLIENT_DOMAIN),
        ("muxed source", |t| last(t).source = Some(muxed(of("client_domain"))), CLIENT_DOMAIN),
        ("the anchor's key", |t| last(t).source = Some(of("server")), CLIENT_DOMAIN),
        ("the account's key", |t| last(t).source = Some(of("client")), CLIENT_DOMAIN),
        ("not text", |t| *value(last(t)) = vec![0xff; 8], CLIENT_DOMAIN),
        ("no value", |t| last(t).value = None, CLIENT_DOMAIN),
        ("empty value", |t| value(last(t)).clear(), CLIENT_DOMAIN),
        ("before the web auth domain", |t| t.operations.swap(1, 2), None),
        ("first", |t| t.operations.swap(0, 2), ACCOUNT),
    ];
    for (name, change, refused) in rows {
        let c4 = vector("C4");
        let wallet = code(in_wallet(c4, *change));
        assert_eq!(wallet, *refused, "wallet: {name}");
        // The anchor keeps no record of the request: the name in the challenge decides.
        let anchor = if *name == "first" { HOME_DOMAIN } else { *refused };
        assert_eq!(code(in_anchor(c4, *change)), anchor, "anchor: {name}");
    }
}

#[test]
fn memo_and_muxed_account_exclude_each_other() {
    let change: Change = |t| t.memo = Memo::Id(5);
    assert_eq!(in_wallet(vector("C3"), change).unwrap_err(), ChallengeError::MemoWithMuxed);
    assert_eq!(in_anchor(vector("C3"), change).unwrap_err(), ChallengeError::MemoWithMuxed);
    // Without the muxed id it names another user. The anchor cannot know; the wallet does.
    let plain: Change = |t| {
        t.memo = Memo::Id(5);
        first(t).source = Some(of("client"));
    };
    assert_eq!(in_wallet(vector("C3"), plain).unwrap_err(), ChallengeError::OtherAccount);
    assert_eq!(in_anchor(vector("C3"), plain).unwrap().account().memo(), Some(5));
}

#[test]
fn wallet_refuses_challenges_with_foreign_signatures() {
    let c1 = vector("C1");
    let (server, client, other) = (key("server"), key("client"), key("second_client_signer"));
    let rows: &[(&str, &[&SecretKey], Option<&str>)] = &[
        ("the anchor", &[&server], None),
        ("nobody", &[], Some("challenge_server_signature")),
        ("a stranger", &[&other], Some("challenge_server_signature")),
        ("the client", &[&client], Some("challenge_server_signature")),
        ("the anchor twice", &[&server, &server], Some("challenge_server_signature")),
        ("the anchor and a stranger", &[&server, &other], Some("challenge_signature")),
        ("the anchor and the client", &[&server, &client], Some("challenge_signature")),
    ];
    for (name, signers, refused) in rows {
        let xdr = signed_anew(c1, |_| {}, signers);
        let opened = c1.expecting(c1.wallet(), |expect| Challenge::open(&xdr, expect));
        assert_eq!(code(opened), *refused, "{name}");
    }
}

#[test]
fn more_signatures_than_a_transaction_holds_are_not_read() {
    let (server, client) = (key("server"), key("client"));
    let with = |count| {
        let mut signers = vec![&client; count];
        signers[0] = &server;
        let xdr = signed_anew(vector("C1"), |_| {}, &signers);
        vector("C1").expecting(Role::Anchor, |expect| code(Challenge::open(&xdr, expect)))
    };
    assert_eq!(with(20), None);
    assert_eq!(with(21), NOT_READABLE);
}

const SOURCE: Option<&str> = Some("challenge_source");
const SEQUENCE: Option<&str> = Some("challenge_sequence");
const TIME_BOUNDS: Option<&str> = Some("challenge_time_bounds");
const EXPIRED: Option<&str> = Some("challenge_expired");
const NOT_YET: Option<&str> = Some("challenge_not_yet_valid");
const ACCOUNT: Option<&str> = Some("challenge_account");
const HOME_DOMAIN: Option<&str> = Some("challenge_home_domain");
const NONCE: Option<&str> = Some("challenge_nonce");
const MEMO: Option<&str> = Some("challenge_memo");
const OPERATION: Option<&str> = Some("challenge_operation");
const WEB_AUTH: Option<&str> = Some("challenge_web_auth_domain");
const CLIENT_DOMAIN: Option<&str> = Some("challenge_client_domain");
const NOT_READABLE: Option<&str> = Some("challenge_not_readable");

fn of(role: &str) -> MuxedAccount {
    key(role).public().into()
}

fn muxed(account: MuxedAccount) -> MuxedAccount {
    MuxedAccount { id: Some(1), ..account }
}

fn bounds(transaction: &mut Transaction, min: u64, max: u64) {
    transaction.time_bounds = Some(TimeBounds { min, max });
}

fn payment() -> Operation {
    Operation::Payment(Payment {
        source: None,
        destination: of("client"),
        asset: Asset::Native,
        amount: 1,
    })
}

fn first(transaction: &mut Transaction) -> &mut ManageData {
    transaction.operations[0].data_mut().unwrap()
}

fn second(transaction: &mut Transaction) -> &mut ManageData {
    transaction.operations[1].data_mut().unwrap()
}

fn last(transaction: &mut Transaction) -> &mut ManageData {
    transaction.operations.last_mut().and_then(Operation::data_mut).unwrap()
}

fn value(operation: &mut ManageData) -> &mut Vec<u8> {
    operation.value.as_mut().unwrap()
}

/// The operation at this place once more, at the end.
fn again(transaction: &mut Transaction, at: usize) {
    let operation = transaction.operations[at].clone();
    transaction.operations.push(operation);
}
