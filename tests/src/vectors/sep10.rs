//! Challenges: built, opened, signed, authorised, and refused.

use serde::Deserialize;
use serde_json::{Value, json};
use windlass_core::{
    account::{Account, PublicKey},
    network::Network,
    sep10::{
        BuildError, Challenge, ChallengeError, Claims, Level, NewChallenge, OnLedger, Outcome,
        Report, Role,
    },
    wire,
    xdr::Envelope,
};

use super::{by_name, outcome, outcome_with_code};
use crate::challenges::{self, Vector, vectors};

/// The results of all operations on each challenge.
pub(super) fn challenges() -> Value {
    by_name(vectors().challenges.iter().map(|vector| (vector.name.clone(), all_of(vector))))
}

fn all_of(vector: &Vector) -> Value {
    let network = Network::new(vector.network.as_str());
    let hash = |xdr: &str| {
        let envelope = Envelope::from_base64(xdr);
        outcome(envelope.map(|envelope| wire::hex(&envelope.transaction.hash(&network))))
    };
    let received = vector.challenge.as_ref().unwrap_or(&vector.signed);
    json!({
        "hash": hash(&vector.signed),
        "built": built(vector),
        "opened": opened(vector, received, vector.wallet()),
        "report": vector.expecting(vector.wallet(), |expect| Report::on(received, expect)),
        "signed": signed(vector),
        "returned": opened(vector, &vector.signed, Role::Anchor),
        "authorized": authorized(vector),
    })
}

/// Builds the challenge again. This is only possible for our own, whose nonce is known.
fn built(vector: &Vector) -> Value {
    let Some(xdr) = vector.challenge.as_ref().filter(|_| is_ours(vector)) else {
        return Value::Null;
    };
    let new = NewChallenge {
        account: &vector.subject,
        home_domain: &vector.home_domain,
        web_auth_domain: &vector.web_auth_domain,
        client_domain: vector.client_domain(),
        nonce: &challenges::nonce(),
        now: 1_700_000_000,
    };
    let network = Network::new(vector.network.as_str());
    let made = new.build(&challenges::key("server"), &network);
    json!({
        "same": made.as_ref().map(Envelope::to_base64).as_ref() == Ok(xdr),
        "xdr": outcome(made.as_ref().map(Envelope::to_base64)),
    })
}

fn is_ours(vector: &Vector) -> bool {
    vector.server == challenges::key("server").public()
}

fn opened(vector: &Vector, xdr: &str, role: Role<'_>) -> Value {
    let challenge = vector.expecting(role, |expect| Challenge::open(xdr, expect));
    outcome_with_code(challenge.map(|challenge| about(&challenge)), ChallengeError::code)
}

fn about(challenge: &Challenge) -> Value {
    json!({
        "account": challenge.account(),
        "home_domain": challenge.home_domain(),
        "client_domain": challenge
            .client_domain()
            .map(|named| json!({ "domain": named.domain, "key": named.key })),
        "expires_at": challenge.expires_at(),
        "hash": wire::hex(challenge.hash()),
        "xdr": challenge.to_base64(),
    })
}

/// The challenge with the signatures of the client domain, if there is one, and of the client.
fn signed(vector: &Vector) -> Value {
    let Some(xdr) = vector.challenge.as_ref().filter(|_| is_ours(vector)) else {
        return Value::Null;
    };
    let opened = vector.expecting(vector.wallet(), |expect| Challenge::open(xdr, expect));
    let signed = opened.map(|mut challenge| {
        if vector.client_domain.is_some() {
            challenge.sign(&challenges::key("client_domain"));
        }
        challenge.sign(&challenges::key("client"));
        challenge.to_base64()
    });
    json!({ "same": signed.as_ref() == Ok(&vector.signed), "xdr": outcome(signed) })
}

/// Whether the returned challenge has enough signatures for an account that is not on the ledger.
fn authorized(vector: &Vector) -> Value {
    let returned = vector.expecting(Role::Anchor, |expect| Challenge::open(&vector.signed, expect));
    let decided = returned.and_then(|it| it.authorize(&OnLedger::Missing, Level::Medium));
    outcome_with_code(decided, ChallengeError::code)
}

#[derive(Deserialize)]
struct Refusals {
    refusals: Vec<Refusal>,
}

/// A challenge of the vectors, opened with other expected values.
#[derive(Deserialize)]
struct Refusal {
    name: String,
    /// The challenge that it begins with.
    of: String,
    /// Another text in its place.
    xdr: Option<String>,
    #[serde(default)]
    anchor: bool,
    server: Option<PublicKey>,
    network: Option<String>,
    home_domain: Option<String>,
    web_auth_domain: Option<String>,
    now: Option<u64>,
    account: Option<Account>,
    client_domain: Option<challenges::ClientDomain>,
    #[serde(default)]
    no_client_domain: bool,
    /// The code; absent if the challenge is still valid.
    refused: Option<String>,
}

/// The verdict of each reader of a challenge, compared with the stated one.
pub(super) fn refusals() -> Value {
    let Refusals { refusals } = super::read(include_str!("../../vectors/sep10/refusals.json"));
    by_name(refusals.into_iter().map(|refusal| (refusal.name.clone(), refuse(refusal))))
}

fn refuse(refusal: Refusal) -> Value {
    let of = challenges::vector(&refusal.of);
    let vector = Vector {
        name: refusal.name,
        server: refusal.server.unwrap_or(of.server),
        network: refusal.network.unwrap_or_else(|| of.network.clone()),
        home_domain: refusal.home_domain.unwrap_or_else(|| of.home_domain.clone()),
        web_auth_domain: refusal.web_auth_domain.unwrap_or_else(|| of.web_auth_domain.clone()),
        now: refusal.now.unwrap_or(of.now),
        subject: refusal.account.unwrap_or(of.subject),
        hash: None,
        challenge: None,
        signed: refusal.xdr.unwrap_or_else(|| match (&of.challenge, refusal.anchor) {
            (Some(xdr), false) => xdr.clone(),
            _ => of.signed.clone(),
        }),
        client_domain: refusal.client_domain.or_else(|| {
            let named = of.client_domain.as_ref().filter(|_| !refusal.no_client_domain)?;
            Some(challenges::ClientDomain { domain: named.domain.clone(), key: named.key })
        }),
        refused: refusal.refused,
    };
    let role = if refusal.anchor { Role::Anchor } else { vector.wallet() };
    let opened = vector.expecting(role, |expect| Challenge::open(&vector.signed, expect));
    let code = opened.as_ref().err().map(|error| error.code().as_str());
    json!({
        "as_said": code == vector.refused.as_deref(),
        "opened": outcome_with_code(opened.map(|it| *it.account()), ChallengeError::code),
        "failed": vector.expecting(role, |expect| failed(&Report::on(&vector.signed, expect))),
    })
}

/// The checks that failed, with their codes.
fn failed(report: &Report) -> Value {
    let failed = report.checks.iter().filter(|check| check.outcome == Outcome::Failed);
    failed.map(|check| json!({ "check": check.check, "code": check.code })).collect()
}

#[derive(Deserialize)]
struct Requests {
    requests: Vec<Request>,
    limits: Vec<Limit>,
}

#[derive(Deserialize)]
struct Request {
    account: String,
    memo: Option<String>,
    /// Whether it is good.
    good: bool,
}

/// A request at the limit of what can be built.
#[derive(Deserialize)]
struct Limit {
    name: String,
    home_domain: Option<String>,
    web_auth_domain: Option<String>,
    client_domain: Option<challenges::ClientDomain>,
}

/// The subject of each request for a challenge, and which challenges can be built.
pub(super) fn requests() -> Value {
    let Requests { requests, limits } =
        super::read(include_str!("../../vectors/sep10/requests.json"));
    let requests: Value = requests
        .into_iter()
        .map(|Request { account, memo, good }| {
            let subject = Account::from_request(&account, memo.as_deref());
            json!({
                "account": account,
                "memo": memo,
                "as_said": subject.is_ok() == good,
                "subject": outcome(subject),
            })
        })
        .collect();
    let limits = limits.into_iter().map(|new| (new.name.clone(), build_anyway(&new)));
    json!({ "requests": requests, "limits": by_name(limits) })
}

fn build_anyway(new: &Limit) -> Value {
    let c1 = challenges::vector("C1");
    let made = NewChallenge {
        account: &c1.subject,
        home_domain: new.home_domain.as_ref().unwrap_or(&c1.home_domain),
        web_auth_domain: new.web_auth_domain.as_ref().unwrap_or(&c1.web_auth_domain),
        client_domain: new.client_domain.as_ref().map(|named| windlass_core::sep10::ClientDomain {
            domain: &named.domain,
            key: named.key,
        }),
        nonce: &challenges::nonce(),
        now: 1_700_000_000,
    }
    .build(&challenges::key("server"), &Network::new(c1.network.as_str()));
    outcome::<_, BuildError>(made.map(|envelope| envelope.to_base64()))
}

#[derive(Deserialize)]
struct Tokens {
    tokens: Vec<Token>,
}

#[derive(Deserialize)]
struct Token {
    name: String,
    token: String,
}

/// The claims of each token, as a wallet reads them.
pub(super) fn tokens() -> Value {
    let Tokens { tokens } = super::read(include_str!("../../vectors/sep10/tokens.json"));
    by_name(tokens.into_iter().map(|Token { name, token }| (name, outcome(Claims::peek(&token)))))
}
