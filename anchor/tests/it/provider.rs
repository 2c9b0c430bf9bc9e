//! Customers that the review provider decides about (W-11).

use std::{
    collections::{BTreeMap, VecDeque},
    sync::{Arc, Mutex},
};

use assign::assign;
use async_trait::async_trait;
use axum::{
    Json, Router,
    body::Body,
    extract::State,
    http::{HeaderMap, Request, StatusCode},
    response::{IntoResponse as _, Response},
    routing::post,
};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::net::TcpListener;
use windlass_anchor::{
    Anchor, Config,
    clock::{Clock, system_random},
    config::HooksConfig,
    hooks::{
        Caller, Customers as _, HookError, ReviewDecision, ReviewProvider, ReviewRequest, Uploads,
    },
    kyc::{Decision, access::Actor},
    remote::{
        HttpCustomers, HttpHook, HttpReviewProvider,
        signature::{HEADER, IDEMPOTENCY_KEY, SharedKey},
    },
    sandbox::Sandbox,
};
use windlass_core::sep12::{GetCustomer, PutCustomer, Status};

use crate::support::{
    Extras, Files, FreshDatabase, JPEG, NOW, PNG, Part, Service, fresh_database, g,
    hosts::{SHARED, hook},
    send,
};

const KINDS: &str = r#"
    default = "person"
    [types.person]
    required = ["first_name", "photo_id_front"]
    optional = ["city"]
    review = "provider"
    [types.small]
    required = ["first_name"]
"#;

/// A request as the provider received it.
#[derive(Clone, Debug)]
struct Asked {
    id: String,
    customer_id: String,
    kind: String,
    fields: BTreeMap<String, String>,
    files: BTreeMap<String, Vec<u8>>,
}

/// A review provider that makes the scripted decisions and then fails.
#[derive(Default)]
struct Provider {
    asked: Mutex<Vec<Asked>>,
    script: Mutex<VecDeque<ReviewDecision>>,
}

impl Provider {
    fn answers(&self, decision: ReviewDecision) {
        self.script.lock().unwrap().push_back(decision);
    }

    fn asked(&self) -> Vec<Asked> {
        std::mem::take(&mut self.asked.lock().unwrap())
    }
}

#[async_trait]
impl ReviewProvider for Provider {
    fn name(&self) -> &str {
        "provider"
    }

    async fn review(&self, request: &ReviewRequest) -> Result<ReviewDecision, HookError> {
        let fields = request.fields.iter().map(|(name, text)| (name.clone(), text.to_string()));
        let files = request.files.iter().map(|(name, file)| (name.clone(), file.content.to_vec()));
        let ReviewRequest { id, customer_id, kind, .. } = request;
        self.asked.lock().unwrap().push(Asked {
            id: id.clone(),
            customer_id: customer_id.clone(),
            kind: kind.clone(),
            fields: fields.collect(),
            files: files.collect(),
        });
        let decision = self.script.lock().unwrap().pop_front();
        decision.ok_or_else(|| HookError::Unavailable("the provider is down".into()))
    }
}

struct World {
    service: Service,
    provider: Arc<Provider>,
    database: FreshDatabase,
    folder: TempDir,
}

impl World {
    async fn new() -> Self {
        let (provider, database) = (Arc::new(Provider::default()), fresh_database().await);
        let folder = tempfile::tempdir().unwrap();
        let service = Self::serve(&database, &folder, &provider).await;
        Self { service, provider, database, folder }
    }

    async fn serve(
        database: &FreshDatabase,
        folder: &TempDir,
        provider: &Arc<Provider>,
    ) -> Service {
        let review_provider = Some(Arc::clone(provider) as Arc<dyn ReviewProvider>);
        let files = Files::Folder(folder.path().to_owned());
        Service::with_extras(
            &database.url,
            KINDS,
            Extras { review_provider, files, ..Extras::default() },
        )
        .await
    }

    /// Creates a customer that has provided all required fields.
    async fn complete(&self) -> String {
        let parts = [Part::Text("first_name", "Ada"), Part::File("photo_id_front", PNG)];
        self.service.wallet(&g(1)).put_parts(&parts).await.id()
    }

    async fn customer(&self) -> Value {
        self.service.wallet(&g(1)).get("").await.ok()
    }

    async fn status(&self) -> String {
        self.customer().await["status"].as_str().unwrap().to_owned()
    }

    /// Runs the worker and returns the requests that the provider received.
    async fn work(&self) -> Vec<Asked> {
        self.service.worker.run_once().await.unwrap();
        self.provider.asked()
    }
}

fn needs(fields: &[(&str, &str)]) -> ReviewDecision {
    let fields = fields.iter().map(|(name, error)| ((*name).to_owned(), (*error).to_owned()));
    ReviewDecision::NeedsInfo { fields: fields.collect() }
}

#[tokio::test]
async fn provider_is_asked_once_about_a_complete_customer() {
    let world = World::new().await;
    world.service.wallet(&g(1)).put(json!({"first_name": "Ada"})).await.id();
    assert!(world.work().await.is_empty(), "something is missing still");
    let id = world.complete().await;
    let customer = world.customer().await;
    assert_eq!(customer["status"], "PROCESSING");
    assert_eq!(customer["provided_fields"]["photo_id_front"]["status"], "PROCESSING");

    world.provider.answers(ReviewDecision::Accepted);
    let asked = world.work().await;
    assert_eq!(asked.len(), 1);
    assert_eq!((&asked[0].customer_id, asked[0].kind.as_str()), (&id, "person"));
    assert_eq!(asked[0].fields, BTreeMap::from([("first_name".to_owned(), "Ada".to_owned())]));
    assert_eq!(asked[0].files, BTreeMap::from([("photo_id_front".to_owned(), PNG.to_vec())]));
    let customer = world.customer().await;
    assert_eq!(customer["status"], "ACCEPTED");
    assert_eq!(customer["provided_fields"]["photo_id_front"]["status"], "ACCEPTED");
    let log = world.service.kyc.access_log().of_customer(&id).await.unwrap();
    assert!(
        log.iter().any(|entry| entry.access.actor == Actor::ReviewProvider("provider".to_owned()))
    );

    // Without a change there is no question.
    world.complete().await;
    assert!(world.work().await.is_empty());
}

#[tokio::test]
async fn requests_are_repeated_while_the_provider_is_down() {
    let world = World::new().await;
    world.complete().await;
    let first = world.work().await;
    assert_eq!((first.len(), world.status().await.as_str()), (1, "PROCESSING"));
    assert!(world.work().await.is_empty(), "not again at once");
    for _ in 0..20 {
        world.service.wait(1_800);
        let again = world.work().await;
        assert_eq!((again.len(), &again[0].id), (1, &first[0].id), "the same request");
    }
    // A second server with the same database and files.
    let World { service, provider, database, folder } = world;
    drop(service);
    let restarted = World::serve(&database, &folder, &provider).await;
    restarted.wait(100_000);
    provider.answers(ReviewDecision::Accepted);
    restarted.worker.run_once().await.unwrap();
    let asked = provider.asked();
    assert_eq!((asked.len(), &asked[0].id), (1, &first[0].id));
    assert_eq!(asked[0].files["photo_id_front"], PNG);
    assert_eq!(restarted.wallet(&g(1)).get("").await.ok()["status"], "ACCEPTED");
}

#[tokio::test]
async fn later_decision_counts_once() {
    let world = World::new().await;
    world.complete().await;
    world.provider.answers(ReviewDecision::Processing);
    let request_id = world.work().await.remove(0).id;
    world.service.wait(100_000);
    assert!(world.work().await.is_empty(), "it was asked");
    assert_eq!(world.status().await, "PROCESSING");
    assert!(world.service.kyc.decide_review(&request_id, &ReviewDecision::Accepted).await.unwrap());
    assert_eq!(world.status().await, "ACCEPTED");
    let before = world.service.everything().await;
    for decision in
        [ReviewDecision::Accepted, ReviewDecision::Rejected { message: "no".to_owned() }]
    {
        assert!(!world.service.kyc.decide_review(&request_id, &decision).await.unwrap());
    }
    assert_eq!(world.service.everything().await, before);
    let unknown = world.service.kyc.decide_review("unknown", &ReviewDecision::Accepted).await;
    assert!(matches!(unknown, Err(HookError::NotFound { .. })));
}

#[tokio::test]
async fn customer_may_replace_values_that_the_provider_rejects() {
    let world = World::new().await;
    world.complete().await;
    world.provider.answers(needs(&[("photo_id_front", "Unscharf.")]));
    let first = world.work().await.remove(0).id;
    let customer = world.customer().await;
    assert_eq!(customer["status"], "NEEDS_INFO");
    let photo = &customer["provided_fields"]["photo_id_front"];
    assert_eq!((&photo["status"], &photo["error"]), (&json!("REJECTED"), &json!("Unscharf.")));

    world.provider.answers(ReviewDecision::Processing);
    world.service.wallet(&g(1)).put_parts(&[Part::File("photo_id_front", JPEG)]).await.id();
    let second = world.work().await.remove(0);
    assert_eq!(
        (world.status().await.as_str(), second.files["photo_id_front"].as_slice()),
        ("PROCESSING", JPEG)
    );
    assert!(
        !world.service.kyc.decide_review(&first, &ReviewDecision::Accepted).await.unwrap(),
        "about another photo"
    );

    // The customer changes while the provider reviews, so the decision is outdated.
    world.service.wallet(&g(1)).put(json!({"first_name": "Eve"})).await.id();
    assert!(!world.service.kyc.decide_review(&second.id, &ReviewDecision::Accepted).await.unwrap());
    assert_eq!(world.status().await, "PROCESSING");
    world.provider.answers(ReviewDecision::Accepted);
    assert_eq!(world.work().await[0].fields["first_name"], "Eve");
    assert_eq!(world.status().await, "ACCEPTED");
}

#[tokio::test]
async fn rejected_optional_values_do_not_block_acceptance() {
    let world = World::new().await;
    world.service.wallet(&g(1)).put(json!({"city": "Atlantis"})).await.id();
    world.complete().await;
    world.provider.answers(needs(&[("city", "There is no such city.")]));
    assert_eq!(world.work().await.len(), 1);
    let customer = world.customer().await;
    assert_eq!(customer["status"], "ACCEPTED");
    assert_eq!(customer["provided_fields"]["city"]["status"], "REJECTED");
    assert!(world.work().await.is_empty());
}

#[tokio::test]
async fn customer_rejected_by_the_provider_stays_rejected() {
    let world = World::new().await;
    world.complete().await;
    world.provider.answers(ReviewDecision::Rejected { message: "We cannot serve you.".to_owned() });
    assert_eq!(world.work().await.len(), 1);
    let customer = world.customer().await;
    assert_eq!(
        (&customer["status"], &customer["message"]),
        (&json!("REJECTED"), &json!("We cannot serve you."))
    );
    let again =
        world.service.wallet(&g(1)).put(json!({"type": "person", "first_name": "Eve"})).await;
    assert_eq!(again.refusal(), (400, "customer_rejected"));
}

#[tokio::test]
async fn invalid_decisions_change_nothing_and_the_request_stays_open() {
    let world = World::new().await;
    world.complete().await;
    world.provider.answers(needs(&[("birth_date", "nobody asked")]));
    let request_id = world.work().await.remove(0).id;
    assert_eq!(world.status().await, "PROCESSING");
    for decision in [needs(&[]), needs(&[("photo_id_front", "bad"), ("nonsense", "x")])] {
        let refused = world.service.kyc.decide_review(&request_id, &decision).await;
        assert!(matches!(refused, Err(HookError::Invalid { .. })));
        assert_eq!(world.status().await, "PROCESSING");
    }
    assert!(world.service.kyc.decide_review(&request_id, &ReviewDecision::Accepted).await.unwrap());
}

#[tokio::test]
async fn operator_may_decide_before_the_provider() {
    let world = World::new().await;
    let id = world.complete().await;
    world.provider.answers(ReviewDecision::Processing);
    let request_id = world.work().await.remove(0).id;
    world.service.kyc.decide(&id, "person", Decision::Accept).await.unwrap();
    let late = ReviewDecision::Rejected { message: "too late".to_owned() };
    assert!(!world.service.kyc.decide_review(&request_id, &late).await.unwrap());
    assert_eq!(world.status().await, "ACCEPTED");
}

#[tokio::test]
async fn no_review_is_requested_for_a_deleted_customer() {
    let world = World::new().await;
    world.complete().await;
    world.service.wallet(&g(1)).delete(&g(1)).await.ok();
    assert!(world.work().await.is_empty());
}

/// A provider's server that records requests and decides later.
async fn provider_server() -> (String, Arc<Mutex<Vec<Value>>>) {
    type Seen = Arc<Mutex<Vec<Value>>>;
    async fn review(State(seen): State<Seen>, headers: HeaderMap, body: String) -> Response {
        let key = SharedKey::new("main", SHARED).unwrap();
        let header = |name| headers[name].to_str().unwrap();
        let idempotency = header(IDEMPOTENCY_KEY);
        if key.verify(header(HEADER), "reviews", idempotency, body.as_bytes(), NOW).is_err() {
            return StatusCode::UNAUTHORIZED.into_response();
        }
        seen.lock().unwrap().push(serde_json::from_str(&body).unwrap());
        let answer = json!({"status": "PROCESSING"});
        let signature = key.sign("200", idempotency, answer.to_string().as_bytes(), NOW);
        ([(HEADER, signature)], Json(answer)).into_response()
    }
    let seen = Seen::default();
    let router = Router::new().route("/reviews", post(review)).with_state(Arc::clone(&seen));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await });
    (url, seen)
}

async fn anchor(
    folder: &std::path::Path,
    review_provider: Option<HttpHook>,
) -> Result<Anchor, String> {
    let kyc = "default = \"a\"\n[types.a]\nrequired = [\"first_name\"]\nreview = \"provider\"";
    let config = Config {
        data_dir: folder.to_owned(),
        kyc: toml::from_str(kyc).unwrap(),
        hooks: HooksConfig { review_provider, ..HooksConfig::default() },
        ..Config::default()
    };
    let sandbox = Sandbox::new(&config).unwrap();
    let builder =
        Anchor::builder(config).ledger(sandbox.ledger().unwrap()).clock(Clock::new(|| NOW));
    builder.open().await.map_err(|error| error.to_string())
}

#[tokio::test]
async fn builder_refuses_what_other_customers_would_not_use() {
    let folder = tempfile::tempdir().unwrap();
    let (url, _) = provider_server().await;
    let config = Config { data_dir: folder.path().to_owned(), ..Config::default() };
    let sandbox = Sandbox::new(&config).unwrap();
    let hook = hook(&url);
    let customers = HttpCustomers::new(&hook, Clock::new(|| NOW), system_random()).unwrap();
    let provider = HttpReviewProvider::new(&hook, Clock::new(|| NOW), system_random()).unwrap();
    let error = Anchor::builder(config)
        .ledger(sandbox.ledger().unwrap())
        .customers(Arc::new(customers))
        .review_provider(Arc::new(provider))
        .open()
        .await
        .err()
        .unwrap()
        .to_string();
    assert!(error.contains("a review provider"), "{error}");
}

#[tokio::test]
async fn later_decision_over_http_must_be_signed() {
    let (url, seen) = provider_server().await;
    let folder = tempfile::tempdir().unwrap();
    let anchor = anchor(folder.path(), Some(hook(&url))).await.unwrap();
    let who = Caller::itself(g(1).parse().unwrap());
    let request = assign!(PutCustomer::new(), {
        fields: [("first_name".to_owned(), "Zoë".into())].into(),
    });
    let id = anchor.kyc().unwrap().put(&who, request, &Uploads::new()).await.unwrap();
    anchor.worker().run_once().await.unwrap();
    let asked = seen.lock().unwrap().remove(0);
    let request_id = asked["id"].as_str().unwrap().to_owned();
    let expected = json!({"id": request_id, "customer_id": id, "type": "a", "fields": {"first_name": "Zoë"}, "files": {}});
    assert_eq!(asked, expected);

    let router = anchor.router();
    let post = async |request_id: &str, signature: Option<&str>, body: &str| {
        let path = format!("/reviews/{request_id}");
        let mut request = Request::post(path).header(IDEMPOTENCY_KEY, "k");
        if let Some(signature) = signature {
            request = request.header(HEADER, signature);
        }
        send(&router, request.body(Body::from(body.to_owned())).unwrap()).await
    };
    let sign = |request_id: &str, body: &str, at| {
        let key = SharedKey::new("main", SHARED).unwrap();
        key.sign(&format!("reviews/{request_id}"), "k", body.as_bytes(), at)
    };
    let status = async || {
        let customer = anchor.kyc().unwrap().get(&who, GetCustomer::new()).await.unwrap();
        customer.status
    };
    let good = r#"{"status":"ACCEPTED"}"#;
    let other = SharedKey::new("main", b"another secret of thirty-two bytes!").unwrap();
    for signature in [
        None,
        Some("nonsense".to_owned()),
        Some(sign(&request_id, good, NOW - 301)),
        Some(sign("another", good, NOW)),
        Some(sign(&request_id, r#"{"status":"PROCESSING"}"#, NOW)),
        Some(other.sign(&format!("reviews/{request_id}"), "k", good.as_bytes(), NOW)),
    ] {
        let answer = post(&request_id, signature.as_deref(), good).await;
        assert_eq!(answer.refusal(), (401, "invalid_callback"), "{signature:?}");
    }
    for bad in [
        "",
        "{}",
        r#"{"status":"FINE"}"#,
        r#"{"status":"REJECTED"}"#,
        r#"{"status":"NEEDS_INFO","fields":{}}"#,
    ] {
        let answer = post(&request_id, Some(&sign(&request_id, bad, NOW)), bad).await;
        assert_eq!(answer.refusal(), (400, "invalid_request"), "{bad}");
    }
    let unknown = post("unknown", Some(&sign("unknown", good, NOW)), good).await;
    assert_eq!(unknown.status.as_u16(), 404);
    assert_eq!(status().await, Status::Processing, "nothing of that counted");

    post(&request_id, Some(&sign(&request_id, good, NOW)), good).await.ok();
    assert_eq!(status().await, Status::Accepted);
    // The provider missed the response, so it repeats the decision and then sends another one.
    post(&request_id, Some(&sign(&request_id, good, NOW)), good).await.ok();
    let no = r#"{"status":"REJECTED","message":"no"}"#;
    post(&request_id, Some(&sign(&request_id, no, NOW)), no).await.ok();
    assert_eq!(status().await, Status::Accepted);
}

#[tokio::test]
async fn type_reviewed_by_a_provider_needs_a_configured_provider() {
    let folder = tempfile::tempdir().unwrap();
    let error = anchor(folder.path(), None).await.err().unwrap();
    assert!(error.contains("hooks.review_provider"), "{error}");
    let bad = HttpHook { timeout: 0, ..hook("https://kyc.example.com") };
    let error = anchor(folder.path(), Some(bad)).await.err().unwrap();
    assert!(error.starts_with("hooks.review_provider.timeout"), "{error}");
}
