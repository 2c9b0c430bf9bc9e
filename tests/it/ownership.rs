//! Calls every endpoint without the required permission. A test compares the table with the router,
//! so that it is complete.

use axum::{
    body::{Body, to_bytes},
    http::{HeaderMap, Method, Request, StatusCode},
};
use data_encoding::BASE64URL_NOPAD;
use serde_json::{Value, json};
use tower::ServiceExt as _;
use windlass_anchor::route::Access;
use windlass_core::{
    account::{Account, SecretKey},
    endpoint::Upload,
    sep12::{GetCustomer, GetFiles},
};

use crate::{
    kyc::{PNG, ada, fields},
    world::{World, key},
};

/// The account, customer or file that a request names.
struct Target {
    account: Account,
    customer: String,
    file: String,
}

/// How to call an endpoint for one of them.
type Calls = fn(&Target) -> Vec<Call>;

/// The path with its query, and the body.
struct Call(String, Content);

enum Content {
    None,
    Json(Value),
    Parts(Vec<(&'static str, String)>),
}

/// Every endpoint of the anchor, who may call it, and how it names a customer. Add new endpoints
/// here.
const TABLE: &[(Method, &str, Access, Calls)] = &[
    (Method::GET, "/health", Access::Public, nobody),
    (Method::GET, "/.well-known/stellar.toml", Access::Public, nobody),
    (Method::GET, "/auth", Access::Public, nobody),
    (Method::POST, "/auth", Access::Public, nobody),
    // The link itself is the proof: it was sent to the address that it confirms.
    (Method::GET, "/confirm/{secret}", Access::Public, nobody),
    (Method::POST, "/confirm/{secret}", Access::Public, nobody),
    (Method::GET, "/kyc/customer", Access::Session, |target| {
        let customer = "/kyc/customer";
        let mut calls = vec![Call(format!("{customer}?id={}", target.customer), Content::None)];
        calls.push(Call(format!("{customer}?{}", named(target)), Content::None));
        let transaction = format!("{customer}?type=person&transaction_id={}", target.file);
        calls.push(Call(transaction, Content::None));
        calls
    }),
    (Method::PUT, "/kyc/customer", Access::Session, |target| {
        let path = || "/kyc/customer".to_owned();
        let Target { customer, file, .. } = target;
        vec![
            Call(path(), Content::Json(json!({"id": customer, "first_name": "Eve"}))),
            Call(path(), Content::Json(with_name(json!({"first_name": "Eve"}), target))),
            Call(path(), Content::Json(json!({"photo_id_front_file_id": file}))),
            Call(
                path(),
                Content::Parts(vec![("id", customer.clone()), ("first_name", "Eve".into())]),
            ),
        ]
    }),
    (Method::PUT, "/kyc/customer/verification", Access::Session, |target| {
        let body = json!({"id": target.customer, "mobile_number_verification": "000000"});
        vec![Call("/kyc/customer/verification".into(), Content::Json(body))]
    }),
    (Method::PUT, "/kyc/customer/callback", Access::Session, |target| {
        let url = "https://wallet.example/callback";
        let path = || "/kyc/customer/callback".to_owned();
        vec![
            Call(path(), Content::Json(json!({"id": target.customer, "url": url}))),
            Call(path(), Content::Json(with_name(json!({ "url": url }), target))),
        ]
    }),
    (Method::GET, "/kyc/customer/files", Access::Session, |target| {
        let files = "/kyc/customer/files";
        vec![
            Call(format!("{files}?file_id={}", target.file), Content::None),
            Call(format!("{files}?customer_id={}", target.customer), Content::None),
        ]
    }),
    // An upload names no customer: it belongs to the caller.
    (Method::POST, "/kyc/customer/files", Access::Session, nobody),
    (Method::DELETE, "/kyc/customer/{account}", Access::Session, |target| {
        let (account, memo) = text_of(&target.account);
        let path = format!("/kyc/customer/{account}");
        match memo {
            // Without a memo it would name the caller.
            Some(memo) => vec![
                Call(format!("{path}?memo={memo}"), Content::None),
                Call(path, Content::Json(json!({"memo": memo, "memo_type": "id"}))),
            ],
            None => vec![Call(path, Content::None)],
        }
    }),
];

const fn nobody(_: &Target) -> Vec<Call> {
    Vec::new()
}

/// The account as requests name it.
fn text_of(account: &Account) -> (String, Option<String>) {
    let key = account.key();
    match *account {
        Account::Shared { memo, .. } => (key.to_string(), Some(memo.to_string())),
        other => (other.to_string(), None),
    }
}

fn named(target: &Target) -> String {
    match text_of(&target.account) {
        (account, Some(memo)) => format!("account={account}&memo={memo}&memo_type=id"),
        (account, None) => format!("account={account}"),
    }
}

fn with_name(mut body: Value, target: &Target) -> Value {
    let (account, memo) = text_of(&target.account);
    body["account"] = account.into();
    if let Some(memo) = memo {
        body["memo"] = memo.into();
        body["memo_type"] = "id".into();
    }
    body
}

impl Call {
    /// Whether it names the account only.
    fn names(&self, account: &Account) -> bool {
        let (account, memo) = text_of(account);
        let named = match &self.1 {
            Content::Json(body) => body["account"] == account.as_str(),
            Content::None | Content::Parts(_) => false,
        };
        memo.is_none() && (named || self.0.contains(&account))
    }

    fn request(self, method: &Method, token: Option<&str>) -> Request<Body> {
        let mut request = Request::builder()
            .method(method)
            .uri(self.0)
            .header("Origin", "https://wallet.example");
        if let Some(token) = token {
            request = request.header("Authorization", format!("Bearer {token}"));
        }
        match self.1 {
            Content::None => request.body(Body::empty()),
            Content::Json(body) => {
                request.header("Content-Type", "application/json").body(body.to_string().into())
            }
            Content::Parts(parts) => {
                let mut body = String::new();
                for (name, text) in parts {
                    let head = format!("Content-Disposition: form-data; name=\"{name}\"");
                    body += &format!("--X\r\n{head}\r\n\r\n{text}\r\n");
                }
                body += "--X--\r\n";
                let media_type = "multipart/form-data; boundary=X";
                request.header("Content-Type", media_type).body(body.into())
            }
        }
        .unwrap()
    }
}

type Answer = (StatusCode, HeaderMap, Vec<u8>);

async fn ask(world: &World, request: Request<Body>) -> Answer {
    let (parts, body) = world.anchor.router().oneshot(request).await.unwrap().into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap().to_vec();
    (parts.status, parts.headers, body)
}

fn code(answer: &Answer) -> (u16, String) {
    let body: Value = serde_json::from_slice(&answer.2).unwrap();
    (answer.0.as_u16(), body["code"].as_str().unwrap_or_default().to_owned())
}

#[tokio::test]
async fn ownership_table_contains_every_endpoint() {
    let world = World::new().await;
    let mut served: Vec<_> = world
        .anchor
        .routes()
        .list()
        .iter()
        .map(|route| (route.method.to_string(), route.path.clone(), route.access))
        .collect();
    let mut known: Vec<_> = TABLE
        .iter()
        .map(|(method, path, access, _)| (method.to_string(), (*path).to_owned(), *access))
        .collect();
    served.sort_by(|a, b| (&a.1, &a.0).cmp(&(&b.1, &b.0)));
    known.sort_by(|a, b| (&a.1, &a.0).cmp(&(&b.1, &b.0)));
    assert_eq!(served, known, "put the new endpoint into the table of this file");
}

/// An endpoint that is added without `Routes` would be missing in the list.
#[test]
fn endpoints_are_added_in_one_place() {
    fn sources(folder: &std::path::Path, found: &mut Vec<std::path::PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                sources(&path, found);
            } else if !path.ends_with("tests.rs") {
                found.push(path);
            }
        }
    }
    let mut files = Vec::new();
    sources(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../anchor/src"), &mut files);
    for file in files {
        let source = std::fs::read_to_string(&file).unwrap();
        let product = source.split("#[cfg(test)]").next().unwrap();
        let free = product.contains(".route(") || product.contains(".route_service(");
        assert_eq!(free, file.ends_with("route.rs"), "{}", file.display());
    }
}

// S12-05, S10-121 to S10-123
#[tokio::test]
async fn every_endpoint_requires_a_valid_token() {
    let world = World::new().await;
    let other_anchor = World::new().await;
    let (ada_key, wallet) = (key("ada"), world.wallet().await);
    let session = wallet.sign_in(&ada_key.public().into(), &ada_key).await.unwrap();
    let id = session.put_customer(ada(), None).await.unwrap().id;
    let file = upload(&session).await;
    let target = Target { account: ada_key.public().into(), customer: id, file };
    let expired = session.token().as_str().to_owned();
    world.pass(90_000);

    let foreign = other_anchor.wallet().await;
    let foreign = foreign.sign_in(&ada_key.public().into(), &ada_key).await.unwrap();
    let unsigned = {
        let payload = expired.split('.').nth(1).unwrap();
        format!("{}.{payload}.", BASE64URL_NOPAD.encode(br#"{"alg":"none","typ":"JWT"}"#))
    };
    let tokens = [
        ("none", None, "token_missing"),
        ("expired", Some(expired.clone()), "token_expired"),
        ("of another anchor", Some(foreign.token().as_str().to_owned()), "token_invalid"),
        ("unsigned", Some(unsigned), "token_invalid"),
        ("of another kind", Some(challenge_token(&world, &ada_key)), "token_invalid"),
        ("none at all", Some("x".to_owned()), "token_invalid"),
    ];
    for (method, path, access, calls) in TABLE {
        if *access == Access::Public {
            continue;
        }
        let mut calls: Vec<_> = calls(&target);
        calls.push(Call(path.replace("{account}", &ada_key.public().to_string()), Content::None));
        for Call(path, _) in calls {
            for (what, token, expected) in &tokens {
                let call = Call(path.clone(), Content::Json(json!({"first_name": "Eve"})));
                let answer = ask(&world, call.request(method, token.as_deref())).await;
                let expected = (401, (*expected).to_owned());
                assert_eq!(code(&answer), expected, "{method} {path}, token {what}");
            }
        }
    }
}

// S12-25, S12-36, S12-101
#[tokio::test]
async fn foreign_and_unknown_resources_get_identical_answers() {
    let world = World::new().await;
    let wallet = world.wallet().await;
    let exchange = key("exchange");
    let of = |memo| Account::Shared { key: exchange.public(), memo };
    let muxed = |id| Account::Muxed { key: exchange.public(), id };

    for (victim, intruders, stranger) in [
        // A user of an exchange: by another memo of the same account, by another account, by a
        // muxed one.
        (
            of(1),
            vec![(of(2), "exchange"), (key("eve").public().into(), "eve"), (muxed(3), "exchange")],
            of(99),
        ),
        // A user with an own account: by another account, by a memo of the same account.
        (
            key("bob").public().into(),
            vec![
                (key("eve").public().into(), "eve"),
                (Account::Shared { key: key("bob").public(), memo: 5 }, "bob"),
            ],
            key("nobody").public().into(),
        ),
    ] {
        let secret = if victim.key() == exchange.public() { key("exchange") } else { key("bob") };
        let session = wallet.sign_in(&victim, &secret).await.unwrap();
        let id = session.put_customer(ada(), None).await.unwrap().id;
        let file = upload(&session).await;
        let before = (
            session.customer(&GetCustomer::new()).await.unwrap(),
            session.files(&GetFiles::of_customer(id.clone())).await.unwrap(),
        );
        let known = Target { account: victim, customer: id, file };
        let unknown = Target {
            account: stranger,
            customer: "b3f5ff4c-0c2a-4c39-9a8e-3c1bd6bd2b1c".to_owned(),
            file: "5b0c9f5e-3a53-4ac5-8b2c-61d8b1a1d0c7".to_owned(),
        };
        for (intruder, name) in intruders {
            let session = wallet.sign_in(&intruder, &key(name)).await.unwrap();
            session.put_customer(fields(&[("first_name", "Eve")]), None).await.unwrap();
            for (method, path, access, calls) in TABLE {
                if *access == Access::Public {
                    continue;
                }
                for (number, (foreign, unknown)) in
                    calls(&known).into_iter().zip(calls(&unknown)).enumerate()
                {
                    // If a user with a memo names the account without one, the user is meant.
                    if intruder.key() == victim.key() && foreign.names(&victim) {
                        continue;
                    }
                    let what = format!("{method} {path}, call {number}, {intruder} about {victim}");
                    let foreign =
                        ask(&world, foreign.request(method, Some(&session.token()))).await;
                    let unknown =
                        ask(&world, unknown.request(method, Some(&session.token()))).await;
                    assert_eq!(foreign, unknown, "{what}");
                    assert_ne!(foreign.0, StatusCode::INTERNAL_SERVER_ERROR, "{what}");
                    let told = String::from_utf8(foreign.2).unwrap();
                    assert!(!told.contains(&known.customer) && !told.contains("Ada"), "{told}");
                }
            }
        }
        let files = GetFiles::of_customer(known.customer.clone());
        let after = (
            session.customer(&GetCustomer::new()).await.unwrap(),
            session.files(&files).await.unwrap(),
        );
        assert_eq!(before, after, "nothing of {victim} has changed");
    }
}

async fn upload<T: windlass_client::Transport>(session: &windlass_client::Session<T>) -> String {
    let photo = Upload {
        file_name: "photo.png".to_owned(),
        content_type: "image/png".to_owned(),
        bytes: PNG.to_vec(),
    };
    session.upload_file(photo).await.unwrap().file_id
}

/// An `Authorization` token as a wallet's key signs it for `GET /auth`. It is never a session.
fn challenge_token(world: &World, secret: &SecretKey) -> String {
    let now = world.now.load(std::sync::atomic::Ordering::SeqCst);
    let header = BASE64URL_NOPAD.encode(br#"{"alg":"EdDSA","typ":"JWT"}"#);
    let claims = json!({
        "iss": world.config.endpoint("/auth"),
        "sub": secret.public().to_string(),
        "account": secret.public().to_string(),
        "web_auth_endpoint": world.config.endpoint("/auth"),
        "iat": now,
        "exp": now + 900,
    });
    let message = format!("{header}.{}", BASE64URL_NOPAD.encode(claims.to_string().as_bytes()));
    let signature = secret.sign(message.as_bytes());
    format!("{message}.{}", BASE64URL_NOPAD.encode(&signature))
}
