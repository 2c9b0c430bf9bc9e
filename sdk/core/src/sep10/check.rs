//! The rules of a challenge, in one list: the wallet checks them before it signs, the anchor when
//! the signed challenge comes back.

use serde::Serialize;
use serde_with::skip_serializing_none;

use super::{ChallengeContents, ChallengeError, ClientDomain};
use crate::{
    account::{Account, PublicKey},
    ed25519::Verified,
    host,
    memo::Memo,
    network::Network,
    problem::Code,
    wire,
    xdr::{DecoratedSignature, Envelope, MuxedAccount, Operation},
};

/// The expected values that a challenge is checked against.
#[derive(Clone, Copy, Debug)]
pub struct Expect<'a> {
    /// The anchor's `SIGNING_KEY`.
    pub server: PublicKey,
    /// The network. Never take it from the server's response (S10-55).
    pub network: &'a Network,
    /// The accepted home domains: a wallet knows one, a server may serve several (S10-84).
    pub home_domains: &'a [String],
    /// The accepted values of `web_auth_domain`: the endpoint's host, or host and port (S10-61).
    pub web_auth_domains: &'a [String],
    /// The current time, in Unix seconds.
    pub now: u64,
    /// The tolerated error of the clock.
    pub tolerance: Tolerance,
    /// The role of the checker. Some rules apply to one role only.
    pub role: Role<'a>,
}

/// The tolerated error of the clock, in seconds.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Tolerance {
    /// The tolerance before the start of the challenge.
    pub early: u64,
    /// The tolerance after its end.
    pub late: u64,
}

impl Tolerance {
    /// For wallets: a device's clock is often wrong, and the server decides in the end (S10-65).
    pub const WALLET: Self = Self { early: 300, late: 300 };
    /// For anchors: the clocks of replicas differ little, and an expired challenge stays expired
    /// (S10-82).
    pub const ANCHOR: Self = Self { early: 5, late: 0 };
}

/// The role of the one who opens the challenge.
#[derive(Clone, Copy, Debug)]
pub enum Role<'a> {
    /// A wallet, before it signs.
    Wallet {
        /// The account in the wallet's request.
        account: &'a Account,
        /// The client domain and key in the wallet's request.
        client_domain: Option<ClientDomain<'a>>,
    },
    /// The wallet's server, before it signs with the client domain's key. Any account is allowed,
    /// if the challenge names this domain and key.
    ClientDomain(ClientDomain<'a>),
    /// The anchor, when the signed challenge comes back.
    Anchor,
}

/// A rule of SEP-10 for challenges. They are checked in this order, the cheap ones first.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Check {
    /// It decodes, to the last byte, as a version 1 transaction of ManageData operations.
    Readable,
    /// The transaction's source is the anchor's signing key.
    Source,
    /// The sequence number is 0, so that it can never be submitted.
    Sequence,
    /// The time bounds have an end after their beginning.
    TimeBounds,
    /// The current time is within the time bounds.
    Clock,
    /// The first operation's source is the account.
    Account,
    /// The first operation's name is the home domain and ` auth`.
    HomeDomain,
    /// The first operation's value is 48 random bytes in base64.
    Nonce,
    /// The memo is the requested one, of type id, and absent for a muxed account.
    Memo,
    /// Every further operation has the server as its source, or names the client domain.
    Operations,
    /// `web_auth_domain`, if present, is the endpoint's host.
    WebAuthDomain,
    /// `client_domain`, if present, is the requested one, occurs once, and has a key of its own.
    ClientDomain,
    /// The anchor has signed it, once.
    ServerSignature,
    /// There is no other signature yet. At the anchor: the client domain has signed.
    OtherSignatures,
}

pub(super) type Rule = fn(&Envelope, &Seals<'_>, &Expect<'_>) -> Result<(), ChallengeError>;

impl Check {
    /// Every check with its rule. [`Check::Readable`] comes before: without it there is no
    /// envelope.
    pub(super) const RULES: &[(Self, Rule)] = &[
        (Self::Source, source),
        (Self::Sequence, sequence),
        (Self::TimeBounds, time_bounds),
        (Self::Clock, clock),
        (Self::Account, account),
        (Self::HomeDomain, home_domain),
        (Self::Nonce, nonce),
        (Self::Memo, memo),
        (Self::Operations, operations),
        (Self::WebAuthDomain, web_auth_domain),
        (Self::ClientDomain, client_domain),
        (Self::ServerSignature, server_signature),
        (Self::OtherSignatures, other_signatures),
    ];

    /// The number of rules at the start of the list that verify no signature.
    pub(super) const CHEAP: usize = Self::RULES.len() - 2;

    /// The rule in words.
    pub const fn description(self) -> &'static str {
        match self {
            Self::Readable => "a version 1 transaction of ManageData operations",
            Self::Source => "source is the anchor's signing key",
            Self::Sequence => "sequence number is 0, so it can never be submitted",
            Self::TimeBounds => "has a beginning and an end",
            Self::Clock => "valid now",
            Self::Account => "first operation is for the account",
            Self::HomeDomain => "first operation names the home domain",
            Self::Nonce => "first operation carries a nonce of 48 bytes",
            Self::Memo => "memo is the requested one",
            Self::Operations => "further operations are the anchor's own",
            Self::WebAuthDomain => "made for this web auth domain",
            Self::ClientDomain => "client domain is the requested one",
            Self::ServerSignature => "signed once by the anchor",
            Self::OtherSignatures => "no signature missing or unexpected",
        }
    }
}

/// The results of all checks of a challenge, and its contents.
#[skip_serializing_none]
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct Report {
    /// Every check, in order.
    pub checks: Vec<CheckResult>,
    /// The contents, if the challenge can be decoded. They are not verified: only the checks tell
    /// whether they are right.
    pub contents: Option<ChallengeContents>,
}

/// The result of one check.
#[skip_serializing_none]
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(rename = "AnyCheckResult"))]
pub struct CheckResult {
    /// The check.
    pub check: Check,
    /// The rule in words.
    pub description: String,
    /// The outcome.
    pub outcome: Outcome,
    /// The reason for a failure.
    pub reason: Option<String>,
    /// The stable code of the failure.
    #[cfg_attr(feature = "wasm", tsify(optional, type = "ErrorCode"))]
    pub code: Option<Code>,
}

/// The outcome of a check.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The rule holds.
    Passed,
    /// The rule is violated.
    Failed,
    /// The challenge could not be decoded, so the rule was not checked.
    Skipped,
}

impl Report {
    /// The report on a challenge that cannot be read.
    pub fn unreadable(error: ChallengeError) -> Self {
        Self::new(Err(error), None, |_| None)
    }

    /// The outcome of every check; a check without an envelope is skipped.
    pub(super) fn new(
        readable: Result<(), ChallengeError>,
        contents: Option<ChallengeContents>,
        check: impl Fn(Rule) -> Option<Result<(), ChallengeError>>,
    ) -> Self {
        let mut checks = Vec::from([CheckResult::new(Check::Readable, Some(readable))]);
        for (name, rule) in Check::RULES {
            checks.push(CheckResult::new(*name, check(*rule)));
        }
        Self { checks, contents }
    }

    /// Whether every check passed.
    pub fn passed(&self) -> bool {
        self.checks.iter().all(|check| check.outcome == Outcome::Passed)
    }
}

impl CheckResult {
    fn new(check: Check, result: Option<Result<(), ChallengeError>>) -> Self {
        let outcome = match result {
            None => Outcome::Skipped,
            Some(Ok(())) => Outcome::Passed,
            Some(Err(_)) => Outcome::Failed,
        };
        let error = result.and_then(Result::err);
        Self {
            check,
            description: check.description().into(),
            outcome,
            code: error.as_ref().map(ChallengeError::code),
            reason: error.map(|error| error.to_string()),
        }
    }
}

/// The challenge's hash, and which signatures over it are verified.
#[derive(Clone, Copy)]
pub(super) struct Seals<'a> {
    pub(super) hash: &'a [u8; 32],
    pub(super) verified: &'a Verified,
}

impl Seals<'_> {
    fn has(&self, key: &PublicKey, signature: &DecoratedSignature) -> bool {
        signature.hint == key.hint() && self.verified.has(key, self.hash, &signature.signature)
    }
}

fn source(envelope: &Envelope, _: &Seals<'_>, expect: &Expect<'_>) -> Result<(), ChallengeError> {
    let source = envelope.transaction.source;
    if source == expect.server.into() {
        Ok(())
    } else {
        Err(ChallengeError::Source { found: source.into(), expected: expect.server })
    }
}

fn sequence(envelope: &Envelope, _: &Seals<'_>, _: &Expect<'_>) -> Result<(), ChallengeError> {
    match envelope.transaction.sequence {
        0 => Ok(()),
        other => Err(ChallengeError::SequenceNotZero(other)),
    }
}

fn time_bounds(envelope: &Envelope, _: &Seals<'_>, _: &Expect<'_>) -> Result<(), ChallengeError> {
    match envelope.transaction.time_bounds {
        Some(bounds) if bounds.max != 0 && bounds.min <= bounds.max => Ok(()),
        _ => Err(ChallengeError::NoEnd),
    }
}

fn clock(envelope: &Envelope, _: &Seals<'_>, expect: &Expect<'_>) -> Result<(), ChallengeError> {
    let bounds = envelope.transaction.time_bounds.ok_or(ChallengeError::NoEnd)?;
    let now = expect.now;
    if now > bounds.max.saturating_add(expect.tolerance.late) {
        return Err(ChallengeError::Expired { at: bounds.max, now });
    }
    if now.saturating_add(expect.tolerance.early) < bounds.min {
        return Err(ChallengeError::NotYetValid { from: bounds.min, now });
    }
    Ok(())
}

fn first(envelope: &Envelope) -> Result<&Operation, ChallengeError> {
    envelope.transaction.operations.first().ok_or(ChallengeError::NoOperation)
}

impl Account {
    /// The account as the source of an operation: with a muxed id, without a memo.
    pub(super) const fn source(&self) -> MuxedAccount {
        let id = match self {
            Self::Muxed { id, .. } => Some(*id),
            Self::Key(_) | Self::Shared { .. } => None,
        };
        MuxedAccount { key: self.key(), id }
    }
}

fn account(envelope: &Envelope, _: &Seals<'_>, expect: &Expect<'_>) -> Result<(), ChallengeError> {
    let source = first(envelope)?.source().ok_or(ChallengeError::NoSource)?;
    match expect.role {
        Role::Wallet { account, .. } if source != account.source() => {
            Err(ChallengeError::OtherAccount)
        }
        // The anchor signs every challenge that it builds, so a challenge for its own key would be
        // fully signed at once.
        Role::Anchor | Role::ClientDomain(_) if source.key == expect.server => {
            Err(ChallengeError::OtherAccount)
        }
        _ => Ok(()),
    }
}

/// The home domain of the first operation: its whole name must match, not a part of it (S10-84,
/// trap 16).
pub(super) fn matching_home_domain<'a>(
    envelope: &Envelope,
    home_domains: &'a [String],
) -> Option<&'a String> {
    let found = home_domain_of(envelope)?;
    home_domains.iter().find(|domain| domain.as_bytes() == found)
}

/// The home domain that the first operation names, right or wrong.
pub(super) fn home_domain_of(envelope: &Envelope) -> Option<&[u8]> {
    envelope.transaction.operations.first()?.data()?.name.strip_suffix(b" auth")
}

fn home_domain(
    envelope: &Envelope,
    _: &Seals<'_>,
    expect: &Expect<'_>,
) -> Result<(), ChallengeError> {
    match matching_home_domain(envelope, expect.home_domains) {
        Some(_) => Ok(()),
        None => Err(ChallengeError::OtherHomeDomain { expected: expect.home_domains.join(" or ") }),
    }
}

fn nonce(envelope: &Envelope, _: &Seals<'_>, _: &Expect<'_>) -> Result<(), ChallengeError> {
    let data = first(envelope)?.data();
    let value = data.and_then(|data| data.value.as_deref()).unwrap_or_default();
    let bytes = core::str::from_utf8(value).ok().and_then(wire::from_base64);
    if value.len() == 64 && bytes.is_some_and(|bytes| bytes.len() == 48) {
        Ok(())
    } else {
        Err(ChallengeError::Nonce)
    }
}

fn memo(envelope: &Envelope, _: &Seals<'_>, expect: &Expect<'_>) -> Result<(), ChallengeError> {
    let found = match envelope.transaction.memo {
        Memo::None => None,
        Memo::Id(id) => Some(id),
        Memo::Text(_) | Memo::Hash(_) | Memo::Return(_) => return Err(ChallengeError::MemoType),
    };
    let muxed = first(envelope)?.source().is_some_and(|source| source.id.is_some());
    if muxed && found.is_some() {
        return Err(ChallengeError::MemoWithMuxed);
    }
    match expect.role {
        Role::Wallet { account, .. } if account.memo() != found => Err(ChallengeError::OtherMemo),
        _ => Ok(()),
    }
}

const CLIENT_DOMAIN: &[u8] = b"client_domain";

fn further(envelope: &Envelope) -> impl Iterator<Item = &Operation> {
    envelope.transaction.operations.iter().skip(1)
}

/// The values of the further operations that have this name, with the sources of the operations.
fn named<'a>(
    envelope: &'a Envelope,
    name: &[u8],
) -> impl Iterator<Item = (Option<MuxedAccount>, &'a [u8])> {
    further(envelope)
        .filter_map(Operation::data)
        .filter(move |data| data.name == name)
        .map(|data| (data.source, data.value.as_deref().unwrap_or_default()))
}

fn operations(
    envelope: &Envelope,
    _: &Seals<'_>,
    expect: &Expect<'_>,
) -> Result<(), ChallengeError> {
    for operation in further(envelope) {
        // A missing source would default to the transaction's source, but here it must be explicit
        // (trap 14).
        let own = operation.source() == Some(expect.server.into());
        let name = operation.data().map_or(&[][..], |data| &data.name);
        if !own && name != CLIENT_DOMAIN {
            let name = String::from_utf8_lossy(name).into();
            return Err(ChallengeError::ForeignOperation { name });
        }
    }
    Ok(())
}

fn web_auth_domain(
    envelope: &Envelope,
    _: &Seals<'_>,
    expect: &Expect<'_>,
) -> Result<(), ChallengeError> {
    for (_, value) in named(envelope, b"web_auth_domain") {
        if !expect.web_auth_domains.iter().any(|domain| is_web_auth_domain(domain, value, expect)) {
            let found = String::from_utf8_lossy(value).into();
            return Err(ChallengeError::OtherWebAuthDomain {
                found,
                expected: expect.web_auth_domains.join(" or "),
            });
        }
    }
    Ok(())
}

/// Whether the value is the domain. Anchors disagree on whether it includes the port: a wallet
/// accepts both (S10-61), an anchor only its own value (S10-87).
fn is_web_auth_domain(domain: &str, value: &[u8], expect: &Expect<'_>) -> bool {
    let host = match expect.role {
        Role::Anchor => None,
        Role::Wallet { .. } | Role::ClientDomain(_) => host::of(domain),
    };
    domain.as_bytes() == value || host.is_some_and(|host| host.as_bytes() == value)
}

/// Key and value of the operation that names the client domain.
pub(super) fn client_domain_of(
    envelope: &Envelope,
) -> Result<Option<ClientDomain<'_>>, ChallengeError> {
    let mut domains = named(envelope, CLIENT_DOMAIN);
    let Some((source, value)) = domains.next() else { return Ok(None) };
    if domains.next().is_some() {
        return Err(ChallengeError::ClientDomain("it occurs twice"));
    }
    let Some(MuxedAccount { key, id: None }) = source else {
        return Err(ChallengeError::ClientDomain("its operation has no plain source account"));
    };
    if value.is_empty() {
        return Err(ChallengeError::ClientDomain("its operation has no value"));
    }
    let domain = str::from_utf8(value);
    let domain = domain.map_err(|_| ChallengeError::ClientDomain("it is not text"))?;
    Ok(Some(ClientDomain { domain, key }))
}

fn client_domain(
    envelope: &Envelope,
    _: &Seals<'_>,
    expect: &Expect<'_>,
) -> Result<(), ChallengeError> {
    let Some(found) = client_domain_of(envelope)? else {
        return match expect.role {
            // An anchor may ignore the wallet's client domain; then there is nothing for the
            // wallet's server to sign.
            Role::ClientDomain(_) => Err(ChallengeError::ClientDomain("it is missing")),
            _ => Ok(()),
        };
    };
    let account = first(envelope)?.source().map(|source| source.key);
    if found.key == expect.server || Some(found.key) == account {
        return Err(ChallengeError::ClientDomain(
            "its key must differ from the anchor's and from the account's",
        ));
    }
    match expect.role {
        Role::Wallet { client_domain: None, .. } => {
            Err(ChallengeError::ClientDomain("none was requested"))
        }
        Role::Wallet { client_domain: Some(asked), .. } if asked != found => {
            Err(ChallengeError::ClientDomain("domain or key are not the requested ones"))
        }
        Role::ClientDomain(own) if own.key != found.key => {
            Err(ChallengeError::ClientDomain("its key is another one"))
        }
        Role::ClientDomain(own) if own.domain != found.domain => {
            Err(ChallengeError::ClientDomain("the domain is another one"))
        }
        _ => Ok(()),
    }
}

fn server_signature(
    envelope: &Envelope,
    seals: &Seals<'_>,
    expect: &Expect<'_>,
) -> Result<(), ChallengeError> {
    match envelope
        .signatures
        .iter()
        .filter(|signature| seals.has(&expect.server, signature))
        .count()
    {
        0 => Err(ChallengeError::NoServerSignature),
        1 => Ok(()),
        _ => Err(ChallengeError::ServerSignatureTwice),
    }
}

fn other_signatures(
    envelope: &Envelope,
    seals: &Seals<'_>,
    expect: &Expect<'_>,
) -> Result<(), ChallengeError> {
    if matches!(expect.role, Role::Wallet { .. }) {
        return if envelope.signatures.len() == 1 {
            Ok(())
        } else {
            Err(ChallengeError::ForeignSignature)
        };
    }
    match client_domain_of(envelope)? {
        // The wallet may have signed before or after its server; the anchor counts the signatures.
        _ if matches!(expect.role, Role::ClientDomain(_)) => Ok(()),
        Some(ClientDomain { key, .. })
            if !envelope.signatures.iter().any(|signature| seals.has(&key, signature)) =>
        {
            Err(ChallengeError::NoClientDomainSignature)
        }
        _ => Ok(()),
    }
}
