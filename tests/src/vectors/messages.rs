//! Golden documents, one for each message: read into its type and written back, byte by byte.

use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::{Value, json};
use windlass_core::{
    endpoint::Empty,
    json::{self, JsonError},
    problem::Problem,
    sep10::{ChallengeResponse, Claims, GetChallenge, PostChallenge, TokenResponse},
    sep12::{
        Customer, CustomerCreated, DeleteCustomer, File, Files, GetCustomer, GetFiles, PostFile,
        PutCallback, PutCustomer, PutVerification,
    },
};

use super::by_name;

/// A committed document: `<message>.<case>.json`.
#[derive(Clone, Copy, Debug)]
pub struct Document {
    /// Its path under `tests/vectors`.
    pub path: &'static str,
    /// Its text.
    pub text: &'static str,
    /// Reads it into the type of its message.
    read: fn(&str) -> Option<Read>,
}

/// A document that was read into its type.
struct Read {
    /// As the document is committed: indented.
    pretty: String,
    /// As it goes over the wire.
    wire: String,
    /// What else is derived from it.
    more: Option<Value>,
    /// Whether a general JSON library reads and writes the same.
    same_in_general: bool,
}

macro_rules! documents {
    ($($folder:literal { $($name:literal: $message:ty,)+ })+) => {
        /// Every document.
        pub const DOCUMENTS: &[Document] = &[$($(Document {
            path: concat!($folder, "/", $name, ".json"),
            text: include_str!(concat!("../../vectors/", $folder, "/", $name, ".json")),
            read: read::<$message>,
        },)+)+];

        /// The type of a message by its name.
        fn reader(message: &str) -> fn(&str) -> Option<Read> {
            match message {
                $($($name => read::<$message>,)+)+
                _ => panic!("no document is called {message}"),
            }
        }
    };
}

documents! {
    "sep10/messages" {
        "get_challenge.account": GetChallenge,
        "get_challenge.memo": GetChallenge,
        "get_challenge.muxed": GetChallenge,
        "get_challenge.client_domain": GetChallenge,
        "challenge_response.plain": ChallengeResponse,
        "challenge_response.network": ChallengeResponse,
        "post_challenge.signed": PostChallenge,
        "token_response.token": TokenResponse,
        "claims.account": Claims,
        "claims.memo": Claims,
        "claims.muxed_client_domain": Claims,
    }
    "sep12/messages" {
        "get_customer.empty": GetCustomer,
        "get_customer.kind": GetCustomer,
        "get_customer.full": GetCustomer,
        "put_customer.empty": PutCustomer,
        "put_customer.person": PutCustomer,
        "put_customer.full": PutCustomer,
        "put_customer.organization": PutCustomer,
        "put_customer.references": PutCustomer,
        "put_verification.code": PutVerification,
        "put_verification.codes": PutVerification,
        "delete_customer.token": DeleteCustomer,
        "delete_customer.memo": DeleteCustomer,
        "put_callback.url": PutCallback,
        "put_callback.full": PutCallback,
        "get_files.file": GetFiles,
        "get_files.customer": GetFiles,
        "post_file.parameters": PostFile,
        "customer.unknown": Customer,
        "customer.accepted": Customer,
        "customer.accepted_optional": Customer,
        "customer.processing": Customer,
        "customer.rejected": Customer,
        "customer.again": Customer,
        "customer.verification": Customer,
        "customer.other_words": Customer,
        "customer_created.id": CustomerCreated,
        "file.fresh": File,
        "file.attached": File,
        "files.none": Files,
        "files.two": Files,
        "empty.nothing": Empty,
        "problem.text": Problem,
        "problem.code": Problem,
        "problem.field": Problem,
    }
}

#[derive(Deserialize)]
struct Oddities {
    /// Texts that are read, and what is written for them.
    tolerated: Vec<Oddity>,
    /// Texts that are refused.
    refused: Vec<Oddity>,
}

#[derive(Deserialize)]
struct Oddity {
    name: String,
    /// A document of the message that it is read as.
    like: String,
    text: String,
}

/// The result of each document, by path. Its first member says whether writing it gives the same
/// document.
pub(super) fn run() -> Value {
    let documents = DOCUMENTS.iter().map(|document| {
        let result = match (document.read)(document.text) {
            Some(Read { pretty, wire, more, same_in_general }) => {
                let same = pretty + "\n" == document.text && same_in_general;
                json!({ "same": same, "wire": wire, "more": more })
            }
            None => json!({ "refused": true }),
        };
        (document.path.to_owned(), result)
    });
    let Oddities { tolerated, refused } = super::read(include_str!("../../vectors/oddities.json"));
    let oddity = |Oddity { name, like, text }| {
        let result = match reader(&like)(&text) {
            Some(Read { wire, more, same_in_general, .. }) => {
                json!({ "same_in_general": same_in_general, "wire": wire, "more": more })
            }
            // The texts of errors may differ.
            None => json!({ "refused": true }),
        };
        (name, result)
    };
    json!({
        "documents": by_name(documents),
        "tolerated": by_name(tolerated.into_iter().map(oddity)),
        "refused": by_name(refused.into_iter().map(oddity)),
    })
}

fn read<T: DeserializeOwned + Message>(text: &str) -> Option<Read> {
    let general = serde_json::from_str::<T>(text);
    let message = match T::by_wallet(text) {
        Some(Ok(message)) => message,
        Some(Err(_)) => {
            // The anchor uses the general library, which must refuse what the wallet refuses.
            assert!(general.is_err(), "read by one and refused by the other: {text}");
            return None;
        }
        // A request: the wallet writes it, and only the anchor reads it.
        None => serde_json::from_str::<T>(text).ok()?,
    };
    let (wire, pretty) = (json::to_string(&message), serde_json::to_string_pretty(&message).ok()?);
    let same_in_general = serde_json::to_string(&message).is_ok_and(|theirs| theirs == wire)
        && general.is_ok_and(|theirs| theirs == message);
    Some(Read { pretty, wire, more: message.more(), same_in_general })
}

/// A message on the side of the wallet.
trait Message: PartialEq + Serialize + Sized {
    /// As the wallet reads it; `None` if it never does.
    fn by_wallet(_text: &str) -> Option<Result<Self, JsonError>> {
        None
    }

    /// What else is derived from it.
    fn more(&self) -> Option<Value> {
        None
    }
}

macro_rules! requests {
    ($($message:ty),+ $(,)?) => { $(impl Message for $message {})+ };
}
requests!(
    GetChallenge,
    GetCustomer,
    GetFiles,
    PostChallenge,
    PostFile,
    PutCallback,
    PutCustomer,
    PutVerification,
);

macro_rules! answers {
    ($($message:ty),+ $(,)?) => {
        $(impl Message for $message {
            fn by_wallet(text: &str) -> Option<Result<Self, JsonError>> {
                Some(json::from_slice(text.as_bytes()))
            }
        })+
    };
}
answers!(ChallengeResponse, Claims, CustomerCreated, Empty, File, Files, Problem, TokenResponse,);

impl Message for Customer {
    fn by_wallet(text: &str) -> Option<Result<Self, JsonError>> {
        Some(json::from_slice(text.as_bytes()))
    }

    fn more(&self) -> Option<Value> {
        Some(json!({ "todo": self.todo() }))
    }
}

impl Message for DeleteCustomer {
    fn more(&self) -> Option<Value> {
        use windlass_core::endpoint::Endpoint as _;

        let account = "GA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJVSGZ";
        Some(json!({ "path": Self::new(account).path() }))
    }
}
