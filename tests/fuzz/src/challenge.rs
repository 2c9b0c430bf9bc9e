//! A changed challenge: what the core opens must follow every rule, as checked by code that is not
//! the core's.

use stellar_xdr::{self as whole, Limits, ReadXdr as _};
use windlass_core::{
    network::Network,
    sep10::{Challenge, Expect, Report, Role},
    wire,
    xdr::{DecoratedSignature, Envelope},
};
use windlass_tests::challenges::{Vector, key, vectors};

/// First byte: the valid challenge to start from. Second byte: who opens it (bit 0), who signs the
/// result (bits 1, 2 and 3), and whether the rest is an envelope (bit 4) or a list of changes, four
/// bytes each.
pub fn run(input: &[u8]) {
    let [which, how, rest @ ..] = input else { return };
    let all = &vectors().challenges;
    let vector = &all[usize::from(*which) % all.len()];
    let flag = |bit: u8| how & (1 << bit) != 0;

    let start = vector.challenge.as_ref().filter(|_| !flag(0)).unwrap_or(&vector.signed);
    let mut bytes = wire::from_base64(start).unwrap_or_else(|| panic!("{} is base64", vector.name));
    if flag(4) {
        bytes = rest.to_vec();
    } else {
        rest.chunks_exact(4).for_each(|change| apply(&mut bytes, change));
    }
    let signers = [(1, "server"), (2, "client"), (3, "client_domain")];
    let signers = signers.iter().filter(|(bit, _)| flag(*bit)).map(|(_, role)| *role);
    bytes = sign(bytes, signers.collect(), vector);

    let xdr = wire::base64(&bytes);
    let role = if flag(0) { Role::Anchor } else { vector.wallet() };
    vector.expecting(role, |expect| {
        let opened = Challenge::open(&xdr, expect);
        assert_eq!(opened.is_ok(), Report::on(&xdr, expect).passed(), "report and rule disagree");
        match opened {
            Ok(challenge) => keeps_every_rule(&bytes, &challenge, expect),
            Err(error) => assert!(!error.to_string().is_empty()),
        }
    });
}

/// Where (two bytes), what, and how.
fn apply(bytes: &mut Vec<u8>, change: &[u8]) {
    let &[high, low, byte, how] = change else { return };
    let at = usize::from(u16::from_be_bytes([high, low]));
    if bytes.is_empty() || bytes.len() > 10_000 {
        return;
    }
    let at = at % bytes.len();
    match how % 5 {
        0 => bytes[at] ^= byte,
        1 => bytes[at] = byte,
        2 => bytes.insert(at, byte),
        3 => drop(bytes.remove(at)),
        // A run is repeated, such as a whole operation.
        _ => {
            let end = (at + 4 * usize::from(byte)).min(bytes.len());
            let run = bytes[at..end].to_vec();
            bytes.splice(at..at, run);
        }
    }
}

/// Replaces the signatures by valid ones, so that a change is not refused for its signature alone.
fn sign(bytes: Vec<u8>, signers: Vec<&str>, vector: &Vector) -> Vec<u8> {
    if signers.is_empty() {
        return bytes;
    }
    let Ok(mut envelope) = Envelope::from_bytes(&bytes) else { return bytes };
    let hash = envelope.transaction.hash(&Network::new(vector.network.as_str()));
    envelope.signatures =
        signers.into_iter().map(|role| DecoratedSignature::by(&key(role), &hash)).collect();
    envelope.to_bytes()
}

/// The rules of SEP-10, written a second time over another library's types.
fn keeps_every_rule(bytes: &[u8], challenge: &Challenge, expect: &Expect<'_>) {
    let limits = Limits { depth: 100, len: bytes.len() };
    let Ok(whole::TransactionEnvelope::Tx(envelope)) =
        whole::TransactionEnvelope::from_xdr(bytes, limits)
    else {
        panic!("it is no version 1 transaction")
    };
    let tx = &envelope.tx;
    let hash = super::xdr::hash(tx, expect.network.passphrase());
    assert_eq!(challenge.hash(), &hash);
    let server = *expect.server.as_bytes();
    assert_eq!(plain(&tx.source_account), Some(server), "the source is the anchor");
    assert_eq!(tx.seq_num.0, 0, "it can never be submitted");

    let whole::Preconditions::Time(bounds) = &tx.cond else { panic!("it has no end") };
    let (min, max) = (bounds.min_time.0, bounds.max_time.0);
    assert!(max != 0 && min <= expect.now + expect.tolerance.early, "it has begun");
    assert!(expect.now <= max.saturating_add(expect.tolerance.late), "it has not ended");

    let by_server = envelope.signatures.iter().filter(|it| is_by(it, &server, &hash)).count();
    assert_eq!(by_server, 1, "the anchor has signed it, once");

    let data = |at: usize| match &tx.operations[at].body {
        whole::OperationBody::ManageData(data) => {
            let value = data.data_value.as_ref().map(|value| value.0.to_vec());
            (data.data_name.to_vec(), value.unwrap_or_default())
        }
        other => panic!("{} is no ManageData", other.name()),
    };
    let (name, nonce) = data(0);
    let home_domain = challenge.home_domain();
    assert_eq!(name, format!("{home_domain} auth").into_bytes());
    assert!(expect.home_domains.iter().any(|domain| domain == home_domain));
    assert_eq!(nonce.len(), 64);
    assert_eq!(data_encoding::BASE64.decode(&nonce).map(|bytes| bytes.len()), Ok(48));

    let source = tx.operations[0].source_account.clone();
    let source = source.unwrap_or_else(|| panic!("the first operation has no source"));
    assert_eq!(*challenge.account().key().as_bytes(), key_of(&source));
    let memo = match (&tx.memo, &source) {
        (whole::Memo::None, _) => None,
        (whole::Memo::Id(id), whole::MuxedAccount::Ed25519(_)) => Some(*id),
        other => panic!("{other:?} may not be there"),
    };
    if let Role::Wallet { account, .. } = expect.role {
        assert_eq!(challenge.account(), account, "it is for the account that asked");
        assert_eq!(account.memo(), memo);
        assert_eq!(envelope.signatures.len(), 1, "only the server has signed");
    }
    let mut client_domains = Vec::new();
    for (at, operation) in tx.operations.iter().enumerate().skip(1) {
        let (name, value) = data(at);
        let source = operation.source_account.as_ref().and_then(plain);
        if name == b"client_domain" {
            client_domains.push((source.unwrap_or_else(|| panic!("no plain source")), value));
            continue;
        }
        assert_eq!(source, Some(server), "further operations are the anchor's own");
        if name == b"web_auth_domain" {
            assert!(expect.web_auth_domains.iter().any(|domain| domain.as_bytes() == value));
        }
    }
    match (client_domains.as_slice(), challenge.client_domain()) {
        ([], None) => {}
        ([(key, domain)], Some(ours)) => {
            assert_eq!((ours.domain.as_bytes(), ours.key.as_bytes()), (domain.as_slice(), key));
            if matches!(expect.role, Role::Anchor) {
                assert!(envelope.signatures.iter().any(|it| is_by(it, key, &hash)));
            }
        }
        other => panic!("client domain: {other:?}"),
    }
}

fn plain(account: &whole::MuxedAccount) -> Option<[u8; 32]> {
    match account {
        whole::MuxedAccount::Ed25519(key) => Some(key.0),
        whole::MuxedAccount::MuxedEd25519(_) => None,
    }
}

fn key_of(account: &whole::MuxedAccount) -> [u8; 32] {
    match account {
        whole::MuxedAccount::Ed25519(key) => key.0,
        whole::MuxedAccount::MuxedEd25519(muxed) => muxed.ed25519.0,
    }
}

fn is_by(signature: &whole::DecoratedSignature, key: &[u8; 32], hash: &[u8; 32]) -> bool {
    let (Ok(key), Ok(bytes)) = (
        ed25519_dalek::VerifyingKey::from_bytes(key),
        <[u8; 64]>::try_from(signature.signature.0.as_slice()),
    ) else {
        return false;
    };
    signature.hint.0 == key.as_bytes()[28..]
        && key.verify_strict(hash, &ed25519_dalek::Signature::from_bytes(&bytes)).is_ok()
}
