use std::{
    cell::Cell,
    future::{Future, poll_fn},
    pin::pin,
    task::Poll,
};

use windlass_core::{account::Account, problem::Code, sep12::Status};

use super::*;
use crate::{
    Anchor, Credentials, ErrorKind, SignRequest, Signed, Signer, SignerError, TransportError,
    testing::{
        DOMAIN, NOW, Scripted, Time, challenge, challenge_answer, client, token, token_answer, toml,
    },
};

const PROCESSING: &str = r#"{"id":"1","status":"PROCESSING"}"#;
const ACCEPTED: &str = r#"{"id":"1","status":"ACCEPTED"}"#;
const REJECTED: &str = r#"{"id":"1","status":"REJECTED","message":"no"}"#;
const NEEDS_INFO: &str = r#"{"id":"1","status":"NEEDS_INFO","fields":{"city":{}}}"#;
/// The body of a server that sends no codes.
const NO_TOKEN: &str = r#"{"error":"forbidden"}"#;

fn account() -> Account {
    client().public().into()
}

/// A session whose token is valid for so many seconds.
async fn session_for(seconds: u64, scripted: &Scripted, time: &Time) -> Session<Scripted> {
    scripted.push(200, toml());
    let anchor = Anchor::discover(scripted.clone(), DOMAIN, time.options()).await.unwrap();
    anchor.resume(&token(&account().to_string(), NOW + seconds)).unwrap()
}

async fn session(scripted: &Scripted, time: &Time) -> Session<Scripted> {
    session_for(100_000, scripted, time).await
}

/// The result of waiting through these responses, and the pauses between them in seconds.
async fn settled(answers: &[&str]) -> (Customer, Vec<u64>) {
    let (scripted, time) = (Scripted::default(), Time::default());
    let session = session(&scripted, &time).await;
    for answer in answers {
        scripted.push(200, *answer);
    }
    let request = GetCustomer::new();
    let customer = session.settled(request, time.clone(), WatchOptions::default()).await.unwrap();
    assert_eq!(scripted.count(), 1 + answers.len(), "all were asked for, and no more");
    (customer, time.slept())
}

fn limit(seconds: u64) -> WatchOptions {
    WatchOptions { limit: Some(seconds), ..WatchOptions::default() }
}

/// Scripts a second sign-in, with a token that is valid until so many seconds after the start.
fn push_sign_in(scripted: &Scripted, seconds: u64) -> String {
    let token = token(&account().to_string(), NOW + seconds);
    scripted.push(200, challenge_answer(&challenge(&account(), None)));
    scripted.push(200, token_answer(&token));
    token
}

/// Signs with the client's key, or refuses. Counts its calls.
#[derive(Default)]
struct Person {
    asked: Cell<usize>,
    refuses: bool,
}

impl Signer for &Person {
    fn public_key(&self) -> windlass_core::account::PublicKey {
        client().public()
    }

    async fn sign(&self, request: &SignRequest) -> Result<Signed, SignerError> {
        self.asked.set(self.asked.get() + 1);
        if self.refuses {
            Err(SignerError::Refused)
        } else {
            Signer::sign(&client(), request).await
        }
    }
}

// S12-45
#[tokio::test]
async fn waiting_ends_when_the_wallet_has_something_to_do() {
    for (last, status) in [
        (ACCEPTED, Status::Accepted),
        (NEEDS_INFO, Status::NeedsInfo),
        (REJECTED, Status::Rejected),
    ] {
        let (customer, slept) = settled(&[PROCESSING, PROCESSING, PROCESSING, last]).await;
        assert_eq!(customer.status, status);
        assert_eq!(slept, [2, 4, 8], "pauses double");
    }
    assert!(settled(&[ACCEPTED]).await.1.is_empty(), "a settled customer needs no pause");
}

// S12-45
#[tokio::test]
async fn change_resets_the_pause() {
    let other = r#"{"id":"1","status":"PROCESSING","message":"second review"}"#;
    let (_, slept) = settled(&[PROCESSING, PROCESSING, PROCESSING, other, other, ACCEPTED]).await;
    assert_eq!(slept, [2, 4, 8, 2, 4]);
}

#[tokio::test]
async fn watch_reports_every_change_once_and_ends_with_a_rejection() {
    let (scripted, time) = (Scripted::default(), Time::default());
    let session = session(&scripted, &time).await;
    for answer in [NEEDS_INFO, NEEDS_INFO, PROCESSING, ACCEPTED, ACCEPTED, REJECTED] {
        scripted.push(200, answer);
    }
    let mut watch = session.watch(GetCustomer::new(), time, WatchOptions::default());
    let mut seen = Vec::new();
    while let Some(customer) = watch.next().await.unwrap() {
        seen.push(customer.status);
    }
    assert_eq!(seen, [Status::NeedsInfo, Status::Processing, Status::Accepted, Status::Rejected]);
    assert_eq!(watch.next().await.unwrap(), None);
    assert_eq!(scripted.count(), 7);
}

#[tokio::test]
async fn wait_for_ends_with_its_condition_or_a_rejection() {
    let (scripted, time) = (Scripted::default(), Time::default());
    let session = session(&scripted, &time).await;
    for answer in [NEEDS_INFO, PROCESSING, ACCEPTED, PROCESSING, REJECTED] {
        scripted.push(200, answer);
    }
    let accepted = |customer: &Customer| customer.status == Status::Accepted;
    let wait =
        || session.wait_for(GetCustomer::new(), time.clone(), WatchOptions::default(), accepted);
    assert_eq!(wait().await.unwrap().status, Status::Accepted);
    assert_eq!(wait().await.unwrap().status, Status::Rejected);
}

// S12-45: a lost connection and server errors are temporary, and `Retry-After` is respected.
#[tokio::test]
async fn temporary_errors_do_not_end_a_watch() {
    let (scripted, time) = (Scripted::default(), Time::default());
    let session = session(&scripted, &time).await;
    scripted.push(200, PROCESSING);
    let scripted = scripted
        .fail(TransportError::Failed("no route".to_owned().into()))
        .fail(TransportError::TimedOut(30))
        .then(502, "<html>")
        .then(408, "");
    scripted.push_later(429, 100);
    scripted.push_later(503, 1);
    scripted.push(200, ACCEPTED);
    let mut watch = session.watch(GetCustomer::new(), time.clone(), WatchOptions::default());
    assert_eq!(watch.next().await.unwrap().unwrap().status, Status::Processing);
    assert!(watch.trouble().is_none());
    assert_eq!(watch.next().await.unwrap().unwrap().status, Status::Accepted);
    assert_eq!(time.slept(), [2, 4, 8, 16, 32, 130, 60]);
}

#[tokio::test]
async fn permanent_errors_end_a_watch() {
    for (status, body, code) in [
        (404, r#"{"error":"gone","code":"customer_not_found"}"#, Code::CustomerNotFound),
        (400, r#"{"error":"bad","code":"unknown_customer_type"}"#, Code::UnknownCustomerType),
        (403, r#"{"error":"no"}"#, Code::Refused),
        (501, "", Code::NotImplemented),
        (200, "[]", Code::UnexpectedResponse),
        (302, "", Code::UnexpectedResponse),
    ] {
        let (scripted, time) = (Scripted::default(), Time::default());
        let session = session(&scripted, &time).await;
        scripted.push(200, PROCESSING);
        scripted.push(status, body);
        let request = GetCustomer::new();
        let error =
            session.settled(request, time.clone(), WatchOptions::default()).await.unwrap_err();
        assert_eq!((error.code(), time.slept()), (code, vec![2]), "{error}");
    }
}

#[tokio::test]
async fn waiting_ends_exactly_at_its_limit() {
    let (scripted, time) = (Scripted::default(), Time::default());
    let session = session(&scripted, &time).await;
    for _ in 0..9 {
        scripted.push(200, PROCESSING);
    }
    let begun = session.shared.clock.now();
    let error = session.settled(GetCustomer::new(), time.clone(), limit(20)).await.unwrap_err();
    assert_eq!(
        (error.code(), error.to_string().as_str()),
        (Code::TimedOut, "not settled within 20 seconds")
    );
    assert_eq!(time.slept(), [2, 4, 8, 6]);
    assert_eq!(session.shared.clock.now() - begun, 20);

    let silent = Scripted::default();
    let session = self::session(&silent, &time).await;
    let error = session.settled(GetCustomer::new(), time, limit(5)).await.unwrap_err();
    let ErrorKind::NotInTime { trouble: Some(trouble), .. } = error.kind() else {
        panic!("{error}")
    };
    assert_eq!(trouble.code(), Code::Network);
    assert!(error.to_string().ends_with("no response is left"), "{error}");
}

#[tokio::test]
async fn dropped_future_stops_waiting_and_the_next_continues() {
    let (scripted, time) = (Scripted::default(), Time::default());
    let session = session(&scripted, &time).await;
    scripted.push(200, PROCESSING);
    scripted.push(200, ACCEPTED);
    let mut watch = session.watch(GetCustomer::new(), time.clone(), WatchOptions::default());
    watch.next().await.unwrap();
    {
        let mut next = pin!(watch.next());
        let pending =
            poll_fn(|context| Poll::Ready(next.as_mut().poll(context).is_pending())).await;
        assert!(pending, "it sleeps");
    }
    assert_eq!(scripted.count(), 2, "a dropped future sends no request");
    assert_eq!(watch.next().await.unwrap().unwrap().status, Status::Accepted);
    assert_eq!(time.slept(), [2, 2]);
}

// S10-73
#[tokio::test]
async fn token_that_expires_while_waiting_is_renewed() {
    let (scripted, time) = (Scripted::default(), Time::default());
    let person = Person::default();
    let session = session_for(15, &scripted, &time).await.renewed_by(Credentials::new(&person));
    scripted.push(200, PROCESSING);
    scripted.push(200, PROCESSING);
    // After 2 and 4 seconds the margin is reached, before the anchor has refused anything.
    let fresh = push_sign_in(&scripted, 10_000);
    scripted.push(200, ACCEPTED);
    let customer =
        session.settled(GetCustomer::new(), time.clone(), WatchOptions::default()).await.unwrap();
    assert_eq!((customer.status, person.asked.get()), (Status::Accepted, 1));
    assert_eq!(scripted.last_header("Authorization"), Some(format!("Bearer {fresh}")));
    assert_eq!((session.token().as_str(), session.expires_at()), (fresh.as_str(), NOW + 10_000));
}

// S10-73: only once after a 401.
#[tokio::test]
async fn refused_token_is_renewed_once() {
    let (scripted, time) = (Scripted::default(), Time::default());
    let person = Person::default();
    let session = session(&scripted, &time).await.renewed_by(Credentials::new(&person));
    scripted.push(401, NO_TOKEN);
    push_sign_in(&scripted, 1000);
    scripted.push(200, ACCEPTED);
    assert_eq!(session.customer(&GetCustomer::new()).await.unwrap().status, Status::Accepted);
    assert_eq!(person.asked.get(), 1);

    scripted.push(401, NO_TOKEN);
    push_sign_in(&scripted, 2000);
    scripted.push(401, NO_TOKEN);
    let error = session.customer(&GetCustomer::new()).await.unwrap_err();
    assert_eq!((error.code(), person.asked.get()), (Code::TokenInvalid, 2));
    assert_eq!(scripted.count(), 9);
}

// S10-73
#[tokio::test]
async fn concurrent_calls_sign_in_once() {
    let (scripted, time) = (Scripted::default(), Time::default());
    let person = Person::default();
    let session = session_for(5, &scripted, &time).await.renewed_by(Credentials::new(&person));
    push_sign_in(&scripted, 1000);
    for _ in 0..3 {
        scripted.push(200, ACCEPTED);
    }
    let request = GetCustomer::new();
    let answers = tokio::join!(
        session.customer(&request),
        session.customer(&request),
        session.customer(&request)
    );
    assert!(answers.0.is_ok() && answers.1.is_ok() && answers.2.is_ok());
    assert_eq!((person.asked.get(), scripted.count()), (1, 6));
}

// S10-73
#[tokio::test]
async fn session_ends_without_a_renewing_signer() {
    let (scripted, time) = (Scripted::default(), Time::default());
    let session = session_for(5, &scripted, &time).await;
    scripted.push(200, PROCESSING);
    scripted.push(200, PROCESSING);
    scripted.push(401, NO_TOKEN);
    let error = session
        .settled(GetCustomer::new(), time.clone(), WatchOptions::default())
        .await
        .unwrap_err();
    assert_eq!((error.code(), session.is_expired()), (Code::TokenExpired, true));
    assert_eq!(time.slept(), [2, 4]);
}

// A user who has refused is not asked again.
#[tokio::test]
async fn refusal_to_sign_in_again_is_final() {
    let (scripted, time) = (Scripted::default(), Time::default());
    let person = Person { refuses: true, ..Person::default() };
    let session = session(&scripted, &time).await.renewed_by(Credentials::new(&person));
    for (code, asked) in [(Code::SignerRefused, 1), (Code::TokenInvalid, 1)] {
        scripted.push(401, NO_TOKEN);
        if asked > person.asked.get() {
            scripted.push(200, challenge_answer(&challenge(&account(), None)));
        }
        let error = session.customer(&GetCustomer::new()).await.unwrap_err();
        assert_eq!((error.code(), person.asked.get()), (code, asked));
    }
}

#[tokio::test]
async fn new_token_must_be_for_the_same_account() {
    let (scripted, time) = (Scripted::default(), Time::default());
    struct Other;
    impl Renew<Scripted> for Other {
        async fn renew(
            &self,
            anchor: &Anchor<Scripted>,
            _: &Account,
        ) -> Result<Option<Session<Scripted>>, Error> {
            let other = Account::Shared { key: client().public(), memo: 7 }.to_string();
            anchor.resume(&token(&other, NOW + 1000)).map(Some)
        }
    }
    let session = session_for(5, &scripted, &time).await.renewed_by(Other);
    scripted.push(200, ACCEPTED);
    assert!(session.customer(&GetCustomer::new()).await.is_ok(), "the old token is still valid");
    time.pass(10);
    let error = session.customer(&GetCustomer::new()).await.unwrap_err();
    assert_eq!((error.code(), scripted.count()), (Code::TokenInvalid, 2));
}
