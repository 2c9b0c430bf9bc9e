//! Confirmation links in e-mails, which confirm an address without a code and without a wallet.

use axum::{
    body::{Body, to_bytes},
    http::{HeaderMap, Method, Request},
};
use serde_json::json;
use tower::ServiceExt as _;

use crate::support::{LINKS, Receiver, Service, Wallet, g, send, service_with, spy::Spied};

const MAIL: &str = r#"
    default = "mail"
    [types.mail]
    required = ["email_address"]
    [fields.email_address]
    verify = true
"#;

/// A page: its status, its headers and its text.
async fn page(service: &Service, method: Method, link: &str) -> (u16, HeaderMap, String) {
    let path = link.strip_prefix("https://anchor.example.com").unwrap();
    let request = Request::builder().method(method).uri(path).body(Body::empty()).unwrap();
    let response = service.router.clone().oneshot(request).await.unwrap();
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    let body = to_bytes(response.into_body(), 1 << 20).await.unwrap();
    (status, headers, String::from_utf8(body.to_vec()).unwrap())
}

/// Provides an e-mail address, and returns the link that was sent to it.
async fn link_for(service: &Service, wallet: &Wallet<'_>, address: &str) -> String {
    wallet.put(json!({"email_address": address})).await.id();
    let mail = service.mail().await.remove(0);
    let link = mail.link.unwrap();
    assert!(mail.text.contains(&link) && mail.text.contains(&mail.code), "either will do");
    link
}

async fn status(wallet: &Wallet<'_>) -> String {
    wallet.get("").await.ok()["status"].as_str().unwrap().to_owned()
}

// P-20
#[tokio::test]
async fn only_the_button_on_the_page_confirms() {
    let (service, receiver) = (service_with(MAIL).await, Receiver::start().await);
    let wallet = service.wallet(&g(1));
    let link = link_for(&service, &wallet, "ada@mail.example").await;
    wallet.callback(json!({"url": receiver.url()})).await.ok();

    // Mail programs and scanners open links.
    let before = service.everything().await;
    for method in [Method::GET, Method::HEAD, Method::GET] {
        assert_eq!(page(&service, method, &link).await.0, 200);
    }
    assert_eq!(service.everything().await, before);
    let (_, headers, text) = page(&service, Method::GET, &link).await;
    assert!(text.contains("<form method=\"post\"><button>Confirm</button></form>"), "{text}");
    assert!(!text.contains("ada@mail.example"));
    for (name, value) in [
        ("content-type", "text/html; charset=utf-8"),
        ("cache-control", "no-store"),
        ("referrer-policy", "no-referrer"),
        ("x-content-type-options", "nosniff"),
    ] {
        assert_eq!(headers[name], value);
    }
    assert!(headers["content-security-policy"].to_str().unwrap().contains("default-src 'none'"));

    let (status_code, _, text) = page(&service, Method::POST, &link).await;
    assert!(status_code == 200 && text.contains("is confirmed") && !text.contains("<form"));
    let customer = wallet.get("").await.ok();
    assert_eq!(customer["provided_fields"]["email_address"]["status"], "ACCEPTED");
    service.worker.run_once().await.unwrap();
    assert_eq!(receiver.verified(service.now()), [customer]);
}

// P-20: the link works once, and the page after a second press is the same.
#[tokio::test]
async fn a_link_works_once() {
    let service = service_with(MAIL).await;
    let wallet = service.wallet(&g(1));
    let link = link_for(&service, &wallet, "ada@mail.example").await;
    assert_eq!(page(&service, Method::POST, &link).await.0, 200);
    let after = service.everything().await;
    for method in [Method::POST, Method::GET] {
        let (status, _, text) = page(&service, method, &link).await;
        assert!(status == 200 && text.contains("is confirmed"), "{text}");
    }
    assert_eq!(service.everything().await, after);
    // The link to the former address does not confirm a new one.
    let next = link_for(&service, &wallet, "bo@mail.example").await;
    assert_eq!(page(&service, Method::POST, &link).await.0, 404);
    assert_eq!(status(&wallet).await, "NEEDS_INFO");
    assert_eq!(page(&service, Method::POST, &next).await.0, 200);
    assert_eq!(status(&wallet).await, "ACCEPTED");
}

#[tokio::test]
async fn using_the_link_or_the_code_uses_up_both() {
    let service = service_with(MAIL).await;
    let wallet = service.wallet(&g(1));
    wallet.put(json!({"email_address": "ada@mail.example"})).await.id();
    let mail = service.mail().await.remove(0);
    wallet.put(json!({"email_address_verification": mail.code})).await.id();
    let after = service.everything().await;
    let (_, _, text) = page(&service, Method::POST, &mail.link.unwrap()).await;
    assert!(text.contains("is confirmed"));
    assert_eq!(service.everything().await, after);
}

#[tokio::test]
async fn unknown_and_expired_links_confirm_nothing() {
    let service = service_with(MAIL).await;
    let wallet = service.wallet(&g(1));
    let link = link_for(&service, &wallet, "ada@mail.example").await;
    let rows = service.everything().await;
    assert!(!rows.join("\n").contains(link.rsplit('/').next().unwrap()), "only a hash is kept");
    let gone = page(&service, Method::GET, &format!("{LINKS}/nothing")).await.2;
    for method in [Method::GET, Method::POST] {
        for secret in ["x", "%00", "%ff", "a%2Fb", "a/b", "'%20or%201=1", &"x".repeat(5_000)] {
            let (status, _, text) =
                page(&service, method.clone(), &format!("{LINKS}/{secret}")).await;
            assert_eq!((status, text), (404, gone.clone()), "{secret}");
        }
    }
    service.wait(600);
    for method in [Method::GET, Method::POST] {
        let (status, _, text) = page(&service, method, &link).await;
        assert_eq!((status, text), (404, gone.clone()));
    }
    assert_eq!(service.everything().await, rows);
    // Sending the address again causes a new link.
    let link = link_for(&service, &wallet, "ada@mail.example").await;
    assert_eq!(page(&service, Method::PUT, &link).await.0, 405);
    assert_eq!(page(&service, Method::POST, &link).await.0, 200);
    // Deleting the customer also deletes the link.
    wallet.delete(&g(1)).await.ok();
    assert_eq!(page(&service, Method::POST, &link).await.0, 404);
}

#[tokio::test]
async fn text_messages_contain_no_link() {
    let service = service_with(crate::support::SMALL).await;
    service.wallet(&g(1)).put(json!({"mobile_number": "+441632960001"})).await.id();
    assert_eq!(service.mail().await.remove(0).link, None);
}

// W-33
#[tokio::test]
async fn confirmation_page_is_in_the_browsers_language() {
    let service = service_with(MAIL).await;
    let link = link_for(&service, &service.wallet(&g(1)), "ada@mail.example").await;
    let path = link.strip_prefix("https://anchor.example.com").unwrap();
    for (asked, language, button) in
        [("pt-BR,pt;q=0.9", "pt", "Confirmar"), ("ar", "ar", "تأكيد"), ("de", "en", "Confirm")]
    {
        let request = Request::get(path).header("Accept-Language", asked).body(Body::empty());
        let response = service.router.clone().oneshot(request.unwrap()).await.unwrap();
        assert_eq!(response.headers()["content-language"], language);
        assert_eq!(response.headers()["vary"], "accept-language");
        let body = to_bytes(response.into_body(), 1 << 20).await.unwrap();
        let text = std::str::from_utf8(&body).unwrap();
        assert!(text.contains(&format!("<html lang=\"{language}\"")), "{text}");
        assert!(text.contains(&format!("<button>{button}</button>")), "{text}");
    }
}

#[tokio::test]
async fn anchor_with_a_customers_hook_has_no_confirmation_pages() {
    let spied = Spied::bare().await;
    let request = Request::get("/confirm/x").body(Body::empty()).unwrap();
    let answer = send(spied.wallet(&g(1)).router, request).await;
    assert_eq!(answer.refusal(), (404, "not_found"));
}
