//! Callbacks from the anchor to a wallet's server that is built on the client.

use std::sync::{Arc, Mutex};

use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode},
};
use tokio::net::TcpListener;
use windlass_anchor::kyc::FieldSettings;
use windlass_client::{Callbacks, Http};
use windlass_core::{
    problem::Code,
    sep12::{Customer, GetCustomer, PutCallback, Status},
};

use crate::{
    kyc::{ada, fields},
    world::{World, key},
};

/// A wallet's server: the callbacks that it accepted, and the requests that it got.
#[derive(Clone)]
struct WalletServer {
    callbacks: Arc<Callbacks>,
    told: Arc<Mutex<Vec<Customer>>>,
    sent: Arc<Mutex<Vec<(HeaderMap, Bytes)>>>,
    /// The code of each refusal.
    refused: Arc<Mutex<Vec<Code>>>,
    host: String,
}

impl WalletServer {
    async fn start(anchor: &windlass_client::Anchor<Http>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let host = listener.local_addr().unwrap().to_string();
        let callbacks = Arc::new(anchor.callbacks(&host).unwrap());
        let (told, sent, refused) = (Arc::default(), Arc::default(), Arc::default());
        let server = Self { callbacks, told, sent, refused, host };
        let router = Router::new().fallback(receive).with_state(server.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        server
    }

    fn url(&self) -> PutCallback {
        PutCallback::new(format!("http://{}/kyc", self.host))
    }

    fn take(&self) -> Vec<Customer> {
        std::mem::take(&mut self.told.lock().unwrap())
    }

    /// Sends a request to it, as anyone who knows its URL can.
    async fn post(&self, headers: HeaderMap, body: impl Into<reqwest::Body>) -> u16 {
        let post = reqwest::Client::new().post(self.url().url).headers(headers).body(body);
        post.send().await.unwrap().status().as_u16()
    }
}

async fn receive(
    State(server): State<WalletServer>,
    headers: HeaderMap,
    body: Bytes,
) -> StatusCode {
    server.sent.lock().unwrap().push((headers.clone(), body.clone()));
    let headers =
        headers.iter().filter_map(|(name, value)| Some((name.as_str(), value.to_str().ok()?)));
    match server.callbacks.receive(headers, &body).await {
        Ok(customer) => {
            server.told.lock().unwrap().push(customer);
            StatusCode::NO_CONTENT
        }
        Err(error) => {
            server.refused.lock().unwrap().push(error.code());
            StatusCode::UNAUTHORIZED
        }
    }
}

// P-26, P-27, S12-125 to S12-138: the wallet learns of the change without a token, and accepts only
// the anchor's callbacks.
#[tokio::test]
async fn wallet_server_receives_every_change_and_refuses_forged_callbacks() {
    let mut world = World::new().await;
    let anchor = world.wallet_over(Http::new().unwrap()).await;
    let server = WalletServer::start(&anchor).await;
    let ada_key = key("ada");
    let session = anchor.sign_in(&ada_key.public().into(), &ada_key).await.unwrap();
    let early = session.put_callback(&server.url()).await.unwrap_err();
    assert_eq!((early.status(), early.code()), (Some(404), Code::CustomerNotFound));
    session.put_customer(ada(), None).await.unwrap();
    session.put_callback(&server.url()).await.unwrap();

    // The server is restarted between the change and its delivery.
    let code = world.code_for("+14155552671").await;
    let confirm = fields(&[("mobile_number_verification", &code)]);
    session.put_customer(confirm, None).await.unwrap();
    assert!(server.take().is_empty(), "nothing is sent from a handler");
    world.restart().await;
    world.anchor.worker().run_once().await.unwrap();
    let accepted = session.customer(&GetCustomer::new()).await.unwrap();
    assert_eq!(accepted.status, Status::Accepted);
    assert_eq!(server.take(), [accepted]);
    world.anchor.worker().run_once().await.unwrap();

    // An attacker who has seen the callback replays it.
    let (headers, body) = server.sent.lock().unwrap().pop().unwrap();
    assert!(server.sent.lock().unwrap().is_empty(), "sent once");
    assert_eq!(server.post(headers.clone(), body.clone()).await, 401);
    let changed = String::from_utf8(body.to_vec()).unwrap().replace("ACCEPTED", "REJECTED");
    assert_eq!(server.post(headers.clone(), changed).await, 401);
    assert_eq!(server.post(HeaderMap::new(), body.clone()).await, 401);
    world.pass(121);
    assert_eq!(server.post(headers, body).await, 401);
    assert_eq!(
        *server.refused.lock().unwrap(),
        [
            Code::CallbackReplayed,
            Code::CallbackSignature,
            Code::InvalidCallback,
            Code::CallbackStale
        ]
    );
    assert!(server.take().is_empty());
}

// P-20, P-26: from the e-mail to the wallet's server, without a call of the wallet.
#[tokio::test]
async fn confirmation_link_causes_a_callback_to_the_wallet() {
    let world = World::with(|config| {
        let verified = |verify| FieldSettings { verify: Some(verify), ..FieldSettings::default() };
        let fields = &mut config.kyc.fields;
        fields.insert("mobile_number".to_owned(), verified(false));
        fields.insert("email_address".to_owned(), verified(true));
    })
    .await;
    let anchor = world.wallet_over(Http::new().unwrap()).await;
    let server = WalletServer::start(&anchor).await;
    let ada_key = key("ada");
    let session = anchor.sign_in(&ada_key.public().into(), &ada_key).await.unwrap();
    session.put_customer(ada(), None).await.unwrap();
    session.put_callback(&server.url()).await.unwrap();
    world.anchor.worker().run_once().await.unwrap();
    let link = world.sent.0.lock().unwrap().pop().unwrap().link.unwrap();
    assert!(link.starts_with(&world.config.endpoint("/confirm/")), "{link}");

    let browser = reqwest::Client::new();
    let page = browser.get(&link).send().await.unwrap();
    assert_eq!(page.status().as_u16(), 200);
    assert_eq!(
        session.customer(&GetCustomer::new()).await.unwrap().status,
        Status::NeedsInfo,
        "opening the page confirms nothing"
    );
    browser.post(&link).send().await.unwrap().error_for_status().unwrap();
    world.anchor.worker().run_once().await.unwrap();
    let accepted = session.customer(&GetCustomer::new()).await.unwrap();
    assert_eq!(accepted.status, Status::Accepted);
    assert_eq!(server.take(), [accepted]);
}
