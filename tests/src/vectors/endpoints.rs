//! The endpoint of every request: method, path, encoding and authentication.

use serde_json::{Value, json};
use windlass_core::{
    endpoint::Endpoint,
    sep10::{GetChallenge, PostChallenge},
    sep12::{
        DeleteCustomer, GetCustomer, GetFiles, PostFile, PutCallback, PutCustomer, PutVerification,
    },
};

pub(super) fn run() -> Value {
    json!({
        "GetChallenge": endpoint::<GetChallenge>(),
        "PostChallenge": endpoint::<PostChallenge>(),
        "GetCustomer": endpoint::<GetCustomer>(),
        "PutCustomer": endpoint::<PutCustomer>(),
        "PutVerification": endpoint::<PutVerification>(),
        "DeleteCustomer": endpoint::<DeleteCustomer>(),
        "PutCallback": endpoint::<PutCallback>(),
        "PostFile": endpoint::<PostFile>(),
        "GetFiles": endpoint::<GetFiles>(),
    })
}

fn endpoint<E: Endpoint>() -> Value {
    json!({
        "method": E::METHOD.as_str(),
        "path": E::PATH,
        "auth": format!("{:?}", E::AUTH),
        "encoding": format!("{:?}", E::ENCODING),
    })
}
