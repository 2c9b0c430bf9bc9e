//! Which keys can sign in for an account on the ledger: tests set its signers by transactions, and
//! the anchor reads them over HTTP.

use axum::{body::Body, http::Request};
use stellar_xdr::{
    DecoratedSignature, Limits, Memo, MuxedAccount, Operation, OperationBody, Preconditions,
    SequenceNumber, SetOptionsOp, Signature, SignatureHint, Signer, SignerKey, String32,
    Transaction, TransactionEnvelope, TransactionExt, TransactionV1Envelope, Uint256,
    WriteXdr as _,
};
use tower::ServiceExt as _;
use windlass_core::{account::SecretKey, sep10::Level};

use super::{network, refused, sign_in};
use crate::world::{World, key};

/// A change to an account.
#[derive(Clone, Copy)]
pub(crate) enum Change<'a> {
    /// The weight of the master key.
    Master(u32),
    /// Low, medium and high threshold.
    Thresholds(u32, u32, u32),
    /// The weight of another key.
    Signer(&'a SecretKey, u32),
    /// A signer that is not a key: the hash of a secret.
    HashSigner([u8; 32], u32),
    /// The domain that the account belongs to.
    HomeDomain(&'a str),
}

/// Has the owner of a new account change it, by a transaction.
pub(crate) async fn account(world: &World, owner: &SecretKey, changes: &[Change<'_>]) {
    let id = owner.public().to_string();
    world.ledger.fund(&id).unwrap();
    let sequence = world.ledger.account_json(&id).unwrap()["sequence"].as_str().unwrap().to_owned();
    let operations = changes.iter().map(|change| {
        let mut options = SetOptionsOp::default();
        let signer = |key, weight| Some(Signer { key, weight });
        match *change {
            Change::Master(weight) => options.master_weight = Some(weight),
            Change::Thresholds(low, medium, high) => {
                (options.low_threshold, options.med_threshold, options.high_threshold) =
                    (Some(low), Some(medium), Some(high));
            }
            Change::Signer(key, weight) => {
                options.signer =
                    signer(SignerKey::Ed25519(Uint256(*key.public().as_bytes())), weight);
            }
            Change::HashSigner(hash, weight) => {
                options.signer = signer(SignerKey::HashX(Uint256(hash)), weight);
            }
            Change::HomeDomain(domain) => {
                options.home_domain =
                    Some(String32(domain.as_bytes().to_vec().try_into().unwrap()));
            }
        }
        Operation { source_account: None, body: OperationBody::SetOptions(options) }
    });
    let operations: Vec<_> = operations.collect();
    let tx = Transaction {
        source_account: MuxedAccount::Ed25519(Uint256(*owner.public().as_bytes())),
        fee: 100 * operations.len() as u32,
        seq_num: SequenceNumber(sequence.parse::<i64>().unwrap() + 1),
        cond: Preconditions::None,
        memo: Memo::None,
        operations: operations.try_into().unwrap(),
        ext: TransactionExt::V0,
    };
    let hash = tx.hash(network().id()).unwrap();
    let signature = DecoratedSignature {
        hint: SignatureHint(owner.public().as_bytes()[28..].try_into().unwrap()),
        signature: Signature(owner.sign(&hash).to_vec().try_into().unwrap()),
    };
    let envelope = TransactionEnvelope::Tx(TransactionV1Envelope {
        tx,
        signatures: vec![signature].try_into().unwrap(),
    });
    let xdr = envelope.to_xdr_base64(Limits::none()).unwrap();
    let form: String =
        url::form_urlencoded::Serializer::new(String::new()).append_pair("tx", &xdr).finish();
    let request = Request::post("/transactions")
        .header("Content-Type", "application/x-www-form-urlencoded")
        .body(Body::from(form))
        .unwrap();
    let response = world.ledger.ledger_router().oneshot(request).await.unwrap();
    assert_eq!(response.status(), 200, "the ledger took the change");
}

fn query(owner: &SecretKey) -> String {
    format!("account={}", owner.public())
}

// S10-89 to S10-91, S10-93, S10-102 to S10-105 (P7, P10)
#[tokio::test]
async fn medium_threshold_decides_for_any_signers() {
    let world = World::new().await;
    let [owner, bob, eve, strong, stranger] =
        ["owner", "bob", "eve", "strong", "stranger"].map(key);
    let changes = [
        Change::Signer(&bob, 1),
        Change::Signer(&eve, 1),
        Change::Signer(&strong, 2),
        Change::Thresholds(1, 2, 3),
    ];
    account(&world, &owner, &changes).await;
    for (signers, expected) in [
        (&[&owner][..], Some("challenge_not_authorized")),
        (&[&bob], Some("challenge_not_authorized")),
        (&[&bob, &eve], None),
        (&[&owner, &eve], None),
        (&[&strong], None),
        (&[&strong, &owner, &bob, &eve], None),
        // One signer twice does not count twice, and a signature of another key adds nothing.
        (&[&bob, &bob], Some("challenge_signature")),
        (&[&strong, &strong], Some("challenge_signature")),
        (&[&strong, &stranger], Some("challenge_signature")),
        (&[&stranger], Some("challenge_signature")),
        (&[], Some("challenge_not_authorized")),
    ] {
        let outcome = sign_in(&world, &query(&owner), signers).await;
        match expected {
            None => assert_eq!(outcome.unwrap().sub, owner.public().into()),
            Some(code) => assert_eq!(outcome, refused(code)),
        }
    }
}

// S10-102, S10-104
#[tokio::test]
async fn operator_chooses_the_threshold() {
    for (level, weights) in [(Level::Low, 1..=3), (Level::Medium, 2..=3), (Level::High, 3..=3)] {
        let world = World::with(|config| config.sep10.threshold = level).await;
        let [owner, one, two, three] = ["owner", "one", "two", "three"].map(key);
        let changes = [
            Change::Signer(&one, 1),
            Change::Signer(&two, 2),
            Change::Signer(&three, 3),
            Change::Master(3),
            Change::Thresholds(1, 2, 3),
        ];
        account(&world, &owner, &changes).await;
        for (weight, signer) in [(1, &one), (2, &two), (3, &three)] {
            let outcome = sign_in(&world, &query(&owner), &[signer]).await;
            assert_eq!(outcome.is_ok(), weights.contains(&weight), "{level:?} {weight}");
        }
    }
}

// S10-94, S10-104 (P8): a weight of 0 is not enough for a threshold of 0.
#[tokio::test]
async fn key_without_weight_cannot_sign_in() {
    let world = World::new().await;
    let (owner, bob) = (key("owner"), key("bob"));
    account(&world, &owner, &[Change::Signer(&bob, 1), Change::Master(0)]).await;
    assert_eq!(sign_in(&world, &query(&owner), &[&owner]).await, refused("challenge_signature"));
    assert_eq!(
        sign_in(&world, &query(&owner), &[&owner, &bob]).await,
        refused("challenge_signature")
    );
    assert!(sign_in(&world, &query(&owner), &[&bob]).await.is_ok());
}

// S10-104: default thresholds are 0, and one signature is still required.
#[tokio::test]
async fn threshold_of_zero_still_needs_a_signature() {
    let world = World::new().await;
    let owner = key("owner");
    world.ledger.fund(&owner.public().to_string()).unwrap();
    assert_eq!(sign_in(&world, &query(&owner), &[]).await, refused("challenge_not_authorized"));
    assert!(sign_in(&world, &query(&owner), &[&owner]).await.is_ok());
}

// S10-92 (P9): the anchor's key may be a signer of the account, as at a custodian; it has signed
// the challenge anyway.
#[tokio::test]
async fn anchors_own_signature_never_counts() {
    let anchor = key("anchor");
    let world = World::with(|config| config.secrets = Some(crate::world::secrets(&anchor))).await;
    let (owner, bob) = (key("owner"), key("bob"));
    let changes =
        [Change::Signer(&anchor, 5), Change::Signer(&bob, 2), Change::Thresholds(1, 2, 3)];
    account(&world, &owner, &changes).await;
    assert_eq!(sign_in(&world, &query(&owner), &[]).await, refused("challenge_not_authorized"));
    assert_eq!(
        sign_in(&world, &query(&owner), &[&owner]).await,
        refused("challenge_not_authorized")
    );
    // A second signature of the anchor does not help.
    assert_eq!(
        sign_in(&world, &query(&owner), &[&anchor]).await,
        refused("challenge_server_signature")
    );
    assert!(sign_in(&world, &query(&owner), &[&bob]).await.is_ok());
}

// S10-95, S10-96 (P11)
#[tokio::test]
async fn missing_account_signs_in_with_its_own_key_only() {
    let world = World::new().await;
    let (owner, stranger) = (key("owner"), key("stranger"));
    let sign_in = async |signers: &[&SecretKey]| sign_in(&world, &query(&owner), signers).await;
    assert!(sign_in(&[&owner]).await.is_ok());
    assert_eq!(sign_in(&[&stranger]).await, refused("challenge_signature"));
    assert_eq!(sign_in(&[&owner, &stranger]).await, refused("challenge_signature"));
    assert_eq!(sign_in(&[&owner, &owner]).await, refused("challenge_signature"));
    assert_eq!(sign_in(&[]).await, refused("challenge_not_authorized"));
}

// S10-94: a signer that is not an Ed25519 key never matches, and is ignored.
#[tokio::test]
async fn signers_that_are_not_keys_are_ignored() {
    let world = World::new().await;
    let owner = key("owner");
    account(&world, &owner, &[Change::HashSigner([7; 32], 5), Change::Thresholds(1, 1, 1)]).await;
    assert!(sign_in(&world, &query(&owner), &[&owner]).await.is_ok());
}
