//! Kills the server at every step of a story: answered requests are kept, and unanswered ones are
//! either complete or have no effect.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use windlass_core::account::SecretKey;

use crate::support::{
    PNG,
    server::{Server, kyc, post_challenge, upload},
};

/// The texts of the customer. The photo follows later as a file.
const FIELDS: [(&str, &str); 6] = [
    ("first_name", "Ada"),
    ("last_name", "Lovelace"),
    ("email_address", "ada@example.com"),
    ("birth_date", "1990-04-21"),
    ("address_country_code", "GBR"),
    ("id_type", "passport"),
];

/// The state of one customer's story.
struct Story {
    key: SecretKey,
    number: String,
    token: String,
    file: String,
    code: String,
}

/// The steps of the story, in order.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Step {
    SignIn,
    Register,
    Upload,
    Attach,
    Verify,
    Delete,
}

const STEPS: [Step; 6] =
    [Step::SignIn, Step::Register, Step::Upload, Step::Attach, Step::Verify, Step::Delete];

impl Story {
    fn new(number: u8) -> Self {
        Self {
            key: SecretKey::from_seed(&[number; 32]),
            number: format!("+1415555{:04}", 1000 + u16::from(number)),
            token: String::new(),
            file: String::new(),
            code: String::new(),
        }
    }

    /// The request of a step. All earlier steps must be done.
    async fn request(&self, server: &Server, step: Step) -> Vec<u8> {
        let token = &self.token;
        match step {
            Step::SignIn => post_challenge(&server.signed_challenge(&self.key).await),
            Step::Register => {
                let mut fields: serde_json::Map<_, _> = FIELDS
                    .map(|(name, value)| (name.to_owned(), Value::from(value)))
                    .into_iter()
                    .collect();
                fields.insert("mobile_number".to_owned(), self.number.clone().into());
                kyc("PUT", "/customer", token, &fields.into())
            }
            Step::Upload => upload(token, PNG),
            Step::Attach => {
                kyc("PUT", "/customer", token, &json!({"photo_id_front_file_id": self.file}))
            }
            Step::Verify => {
                kyc("PUT", "/customer", token, &json!({"mobile_number_verification": self.code}))
            }
            Step::Delete => {
                kyc("DELETE", &format!("/customer/{}", self.key.public()), token, &Value::Null)
            }
        }
    }

    /// Sends the request of a step and stores the answer.
    async fn take(&mut self, server: &Server, step: Step) {
        let request = self.request(server, step).await;
        let reply = server.ask(&request).await.unwrap();
        assert!(matches!(reply.status, 200 | 202), "{step:?}: {}", reply.text());
        self.learn(step, &reply.json());
        if step == Step::Register {
            // Waits for the code, because the sandbox's inbox is in memory and would be lost with
            // the server.
            self.code = server.code_for(&self.number).await;
        }
    }

    fn learn(&mut self, step: Step, answer: &Value) {
        match step {
            Step::SignIn => answer["token"].as_str().unwrap().clone_into(&mut self.token),
            Step::Upload => answer["file_id"].as_str().unwrap().clone_into(&mut self.file),
            _ => {}
        }
    }

    async fn customer(&self, server: &Server) -> Value {
        let reply = server.ask(&kyc("GET", "/customer", &self.token, &Value::Null)).await.unwrap();
        assert_eq!(reply.status, 200, "{}", reply.text());
        reply.json()
    }

    /// Whether the server has the effect of a step. Fails if the effect is partial.
    async fn is_done(&self, server: &Server, step: Step) -> bool {
        if step == Step::SignIn {
            return !self.token.is_empty();
        }
        let customer = self.customer(server).await;
        let provided = customer["provided_fields"].as_object().cloned().unwrap_or_default();
        match step {
            Step::SignIn => unreachable!("above"),
            Step::Register => {
                let there = FIELDS.iter().filter(|(name, _)| provided.contains_key(*name)).count();
                let all = there == FIELDS.len() && provided.contains_key("mobile_number");
                assert!(all || provided.is_empty(), "a part of a customer: {customer}");
                assert_eq!(customer["id"].is_string(), all, "{customer}");
                all
            }
            Step::Upload => {
                let path = format!("/customer/files?file_id={}", self.file);
                let files =
                    server.ask(&kyc("GET", &path, &self.token, &Value::Null)).await.unwrap();
                let files = files.json()["files"].as_array().cloned().unwrap_or_default();
                assert!(files.iter().all(|file| file["size"] == PNG.len()), "{files:?}");
                !files.is_empty()
            }
            Step::Attach => provided.contains_key("photo_id_front"),
            Step::Verify => match provided["mobile_number"]["status"].as_str() {
                Some("ACCEPTED") => {
                    assert_eq!(customer["status"], "ACCEPTED", "{customer}");
                    true
                }
                other => {
                    assert_eq!(other, Some("VERIFICATION_REQUIRED"), "{customer}");
                    false
                }
            },
            Step::Delete => {
                let gone = customer["id"].is_null();
                assert_eq!(provided.is_empty(), gone, "a part of a customer: {customer}");
                assert!(
                    !gone || !Box::pin(self.is_done(server, Step::Upload)).await,
                    "a file stayed"
                );
                gone
            }
        }
    }
}

// P-17, R-11
#[tokio::test]
async fn answered_requests_survive_a_crash() {
    let mut server = Server::start(&[]).await;
    let mut story = Story::new(1);
    let mut done: Vec<Step> = Vec::new();
    for step in STEPS {
        story.take(&server, step).await;
        server.crash();
        if step == Step::Delete {
            done.clear();
        }
        done.push(step);
        for step in &done {
            assert!(story.is_done(&server, *step).await, "{step:?} was answered and is lost");
        }
    }
    // The account can sign in again.
    story.take(&server, Step::SignIn).await;
}

#[tokio::test]
async fn challenge_survives_a_crash_and_yields_one_token() {
    let mut server = Server::start(&[]).await;
    let post = post_challenge(&server.signed_challenge(&SecretKey::from_seed(&[1; 32])).await);
    server.crash();
    assert_eq!(server.ask(&post).await.unwrap().status, 200);
    server.crash();
    let again = server.ask(&post).await.unwrap();
    assert_eq!((again.status, &again.json()["code"]), (400, &"challenge_used".into()));
}

#[tokio::test]
async fn unanswered_requests_have_their_whole_effect_or_none_after_a_crash() {
    let mut server = Server::start(&[]).await;
    let mut number = 10;
    let (mut answered, mut unanswered) = (0, 0);
    for step in STEPS {
        let mut usual = Duration::ZERO;
        // The first request completes, to measure its duration. The others are interrupted after a
        // fraction of that, in tenths.
        for tenths in [None, Some(1), Some(3), Some(5), Some(7), Some(9), Some(11)] {
            number += 1;
            let mut story = Story::new(number);
            for before in STEPS.into_iter().take_while(|before| *before != step) {
                story.take(&server, before).await;
            }
            let request = story.request(&server, step).await;
            let mut connection = server.connect().await;
            #[expect(
                clippy::disallowed_methods,
                reason = "how long a request takes is what is asked"
            )]
            let started = Instant::now();
            let Some(tenths) = tenths else {
                assert!(connection.ask(&request).await.unwrap().status < 300);
                usual = started.elapsed();
                continue;
            };
            let reply = tokio::time::timeout(usual * tenths / 10, connection.ask(&request)).await;
            server.crash();
            match reply {
                Ok(reply) => {
                    let reply = reply.unwrap();
                    answered += 1;
                    assert!(reply.status < 300, "{step:?}: {}", reply.text());
                    story.learn(step, &reply.json());
                    assert!(
                        story.is_done(&server, step).await,
                        "{step:?} was answered and is lost"
                    );
                }
                Err(_) => {
                    unanswered += 1;
                    goes_on(&server, &mut story, step, &request).await;
                }
            }
        }
    }
    assert!(
        unanswered >= STEPS.len(),
        "{answered} answered, {unanswered} not: nothing was cut off"
    );
}

/// After an interrupted step: the step is done or not, and can be repeated.
async fn goes_on(server: &Server, story: &mut Story, step: Step, request: &[u8]) {
    match step {
        Step::SignIn => {
            let reply = server.ask(request).await.unwrap();
            // Either nothing has happened, or the challenge is used up and a new one works.
            assert!(
                reply.status == 200 || reply.json()["code"] == "challenge_used",
                "{}",
                reply.text()
            );
            story.take(server, step).await;
        }
        // The answer with the id was lost, so the file cannot be found.
        Step::Upload => {}
        _ => {
            story.is_done(server, step).await;
        }
    }
    if step == Step::Delete && story.is_done(server, step).await {
        return;
    }
    let reply = server.ask(request).await.unwrap();
    let again = step == Step::SignIn && reply.status == 400;
    assert!(again || reply.status < 300, "{step:?} again: {} {}", reply.status, reply.text());
    if step != Step::SignIn {
        story.learn(step, &reply.json());
        assert!(story.is_done(server, step).await, "{step:?} was repeated and is not done");
    }
}
