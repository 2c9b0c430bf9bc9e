//! The body of a refusal, and the stable codes of all errors of Windlass.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

/// The body of every refusal: `{"error": "…"}`, as the SEPs require, with a stable code in addition
/// to the text.
///
/// Other servers send only `error`, or something else. A client uses the members that exist
/// (S10-09).
#[skip_serializing_none]
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Problem {
    /// The error and how to correct it, for a person.
    pub error: String,
    /// The stable code, for a program.
    pub code: Option<String>,
    /// The invalid field or parameter, if there is one.
    pub field: Option<String>,
}

impl Problem {
    /// A refusal with this text, which is for a person.
    pub fn new(error: impl Into<String>) -> Self {
        Self { error: error.into(), code: None, field: None }
    }
}

macro_rules! codes {
    ($($(#[doc = $help:literal])+ $variant:ident = $text:literal,)+) => {
        /// The stable codes of errors: the same on the wire, in Rust and in TypeScript. The doc of
        /// each code says what to do.
        #[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
        #[non_exhaustive]
        pub enum Code {
            $($(#[doc = $help])+ #[serde(rename = $text)] $variant,)+
        }

        impl Code {
            /// Every code.
            pub const ALL: &[Self] = &[$(Self::$variant,)+];

            /// The code as it is written.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $text,)+
                }
            }

            /// The declaration of the codes in TypeScript, each with its doc, which tsify would leave out.
            #[cfg(feature = "wasm")]
            pub const TYPESCRIPT: &str = concat!(
                "/**\n * The stable codes of errors: the same on the wire, in Rust and in TypeScript. ",
                "The doc of each says what to do.\n */\n",
                "export type ErrorCode =",
                $("\n    /**", $($help,)+ " */\n    | \"", $text, "\"",)+
                ";",
            );
        }
    };
}

codes! {
    // Discovery (SEP-1)
    /// The home domain is not a bare host name such as `anchor.example.com`: remove scheme, path
    /// and query.
    InvalidHomeDomain = "invalid_home_domain",
    /// The stellar.toml is not TOML, or longer than 100 KB: tell the anchor.
    InvalidToml = "invalid_toml",
    /// The stellar.toml does not name this service: the anchor does not offer it.
    NotOffered = "not_offered",
    /// A value of the stellar.toml is invalid, such as a malformed key or a URL without https.
    InvalidTomlValue = "invalid_toml_value",
    /// The anchor works on another Stellar network than the wallet: check the passphrase.
    WrongNetwork = "wrong_network",

    // Signing in (SEP-10)
    /// The account is not a valid `G...` or `M...` address.
    InvalidAccount = "invalid_account",
    /// The memo is not an unsigned 64-bit number, or was given together with an `M...` address.
    InvalidMemo = "invalid_memo",
    /// The anchor does not serve this home domain.
    UnknownHomeDomain = "unknown_home_domain",
    /// The client domain is not a valid host name.
    InvalidClientDomain = "invalid_client_domain",
    /// The stellar.toml of the client domain could not be read, or names no usable `SIGNING_KEY`.
    ClientDomainUnavailable = "client_domain_unavailable",
    /// The anchor accepts only wallets that prove their domain: send `client_domain`.
    ClientDomainRequired = "client_domain_required",
    /// The anchor does not accept this application.
    ClientNotAllowed = "client_not_allowed",
    /// The anchor accepts only signed requests for challenges: send the `Authorization` header.
    ProofRequired = "proof_required",
    /// The signed token in the `Authorization` header is not valid for this request.
    ProofInvalid = "proof_invalid",
    /// The challenge is not a version 1 transaction of ManageData operations in base64.
    ChallengeNotReadable = "challenge_not_readable",
    /// The challenge is not from the anchor's signing key.
    ChallengeSource = "challenge_source",
    /// The sequence number is not 0: the transaction could be submitted. Never sign it.
    ChallengeSequence = "challenge_sequence",
    /// The challenge has no end, or its time bounds are the wrong way round.
    ChallengeTimeBounds = "challenge_time_bounds",
    /// The challenge has expired: ask for a new one; check the clock if that does not help.
    ChallengeExpired = "challenge_expired",
    /// The challenge begins in the future: check the clock.
    ChallengeNotYetValid = "challenge_not_yet_valid",
    /// The first operation is missing or not for the requested account.
    ChallengeAccount = "challenge_account",
    /// The challenge is for another home domain.
    ChallengeHomeDomain = "challenge_home_domain",
    /// The first operation's value is not a nonce of 48 bytes in base64.
    ChallengeNonce = "challenge_nonce",
    /// The memo is not the requested one, or not of type id.
    ChallengeMemo = "challenge_memo",
    /// An operation is not the server's own.
    ChallengeOperation = "challenge_operation",
    /// The challenge is for another server, so an attacker may be relaying it. Do not sign.
    ChallengeWebAuthDomain = "challenge_web_auth_domain",
    /// The client domain or its key is not the requested one.
    ChallengeClientDomain = "challenge_client_domain",
    /// The anchor's signature is missing, wrong or duplicated: wrong network, or a modified
    /// challenge.
    ChallengeServerSignature = "challenge_server_signature",
    /// The challenge has a signature of a key that must not sign it.
    ChallengeSignature = "challenge_signature",
    /// The account has not signed, or the signers' weights do not reach its threshold.
    ChallengeNotAuthorized = "challenge_not_authorized",
    /// The challenge was used before: each gives one token. Ask for a new one.
    ChallengeUsed = "challenge_used",
    /// The ledger does not answer the request for the account's signers: try again later.
    LedgerUnavailable = "ledger_unavailable",
    /// A signer returned another transaction, or a signature that is not the expected key's.
    SignerChangedTransaction = "signer_changed_transaction",
    /// The user refused to sign. Do not ask again by yourself.
    SignerRefused = "signer_refused",
    /// The wallet gives no address: it is not installed, locked, or not allowed to connect to this site.
    SignerNotConnected = "signer_not_connected",
    /// The signer failed: its own message says why.
    SignerFailed = "signer_failed",
    /// The secret key is not a valid `S...` seed.
    InvalidSecretKey = "invalid_secret_key",

    // Sessions
    /// The request came without a token: sign in first.
    TokenMissing = "token_missing",
    /// The token is not from this anchor, or was modified.
    TokenInvalid = "token_invalid",
    /// The token has expired: sign in again.
    TokenExpired = "token_expired",

    // Callbacks (SEP-12)
    /// A callback has no readable signature: answer 401.
    InvalidCallback = "invalid_callback",
    /// A callback was signed too long ago, or in the future: answer 401. If it is from the anchor,
    /// compare the clocks.
    CallbackStale = "callback_stale",
    /// A callback is not from the anchor, is for another host, or was modified: answer 401.
    CallbackSignature = "callback_signature",
    /// A callback was received before: answer 401.
    CallbackReplayed = "callback_replayed",

    // KYC (SEP-9, SEP-12)
    /// No customer of this account has that id.
    CustomerNotFound = "customer_not_found",
    /// Account or memo are not those of the token, or of the customer.
    IdentityMismatch = "identity_mismatch",
    /// The anchor has no such customer type.
    UnknownCustomerType = "unknown_customer_type",
    /// The transaction is unknown, or `type` is missing.
    InvalidTransactionId = "invalid_transaction_id",
    /// The language is not a two-letter code.
    InvalidLanguage = "invalid_language",
    /// A value is not valid for its field; the text names the field.
    InvalidField = "invalid_field",
    /// The confirmation code is wrong: read it again, or send the value again for a new one.
    InvalidCode = "invalid_code",
    /// The code has expired or was tried too often: send the value again for a new one.
    CodeExpired = "code_expired",
    /// The field does not wait for a code.
    NothingToVerify = "nothing_to_verify",
    /// The file does not exist, has expired, or is not yours.
    FileNotFound = "file_not_found",
    /// The anchor has rejected this customer. A rejection is final.
    CustomerRejected = "customer_rejected",

    // Any request
    /// A parameter is missing, malformed or given twice; the text names it.
    InvalidRequest = "invalid_request",
    /// The endpoint does not accept the content type of the body.
    UnsupportedMediaType = "unsupported_media_type",
    /// The body or a file in it is too large.
    TooLarge = "too_large",
    /// No endpoint has this path.
    NotFound = "not_found",
    /// The endpoint does not accept this method.
    MethodNotAllowed = "method_not_allowed",
    /// Too many requests: wait as long as `Retry-After` says.
    TooManyRequests = "too_many_requests",
    /// This anchor does not offer this operation.
    NotImplemented = "not_implemented",
    /// The server failed; its log says why.
    Internal = "internal",
    /// The server, or one behind it, cannot answer at the moment: try again after `Retry-After`.
    Unavailable = "unavailable",

    // Client only
    /// The server is unreachable: no connection, no DNS name, or a browser that CORS has stopped.
    Network = "network",
    /// The response does not follow the protocol.
    UnexpectedResponse = "unexpected_response",
    /// The awaited event did not happen within the given time, of `waitForStatus` or of an
    /// `AbortSignal.timeout`: continue waiting, or check again later.
    TimedOut = "timed_out",
    /// The request was aborted by its caller.
    Aborted = "aborted",
    /// The server refused without a code, or with one that this version does not know; see status
    /// and text.
    Refused = "refused",
}

impl Code {
    /// The HTTP status of a refusal with this code, unless the endpoint's protocol requires another
    /// one.
    ///
    /// Codes that only clients use are never sent; they count as 400.
    pub const fn status(self) -> u16 {
        match self {
            Self::ProofRequired
            | Self::TokenMissing
            | Self::TokenInvalid
            | Self::TokenExpired
            | Self::InvalidCallback
            | Self::CallbackStale
            | Self::CallbackSignature
            | Self::CallbackReplayed => 401,
            Self::ClientNotAllowed => 403,
            Self::CustomerNotFound | Self::FileNotFound | Self::NotFound => 404,
            Self::MethodNotAllowed => 405,
            Self::TooLarge => 413,
            Self::UnsupportedMediaType => 415,
            Self::TooManyRequests => 429,
            Self::Internal => 500,
            Self::NotImplemented => 501,
            Self::LedgerUnavailable | Self::Unavailable => 503,
            _ => 400,
        }
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// An unknown text is an error: a newer server may have newer codes.
impl FromStr for Code {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.iter().copied().find(|code| code.as_str() == text).ok_or(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_read_back() {
        for code in Code::ALL {
            assert_eq!(code.as_str().parse(), Ok(*code));
        }
    }
}
