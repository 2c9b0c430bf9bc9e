//! The identity of customers: accounts, memos and ids.

use super::*;
use crate::support::hosts::Host;

// P-06, P-16, P-17
pub(super) async fn customer_id_never_changes(host: &Host) {
    let wallet = host.wallet(&g(1));
    let id = wallet.put(json!({"first_name": "Ada"})).await.id();
    for body in
        [json!({"first_name": "Ada"}), json!({"id": id, "type": "photo"}), json!({"type": "phone"})]
    {
        assert_eq!(wallet.put(body).await.id(), id);
    }
    for query in
        [String::new(), format!("id={id}"), format!("account={}", g(1)), "type=phone".to_owned()]
    {
        assert_eq!(wallet.get(&query).await.ok()["id"], json!(id), "{query}");
    }
}

// P-05, P-07, S12-23
pub(super) async fn users_of_one_account_are_different_customers(host: &Host) {
    let plain = host.wallet(&g(1));
    let (five, six) = (host.wallet(&format!("{}:5", g(1))), host.wallet(&m(1, 6)));
    let ids = [
        plain.put(json!({"first_name": "Ada"})).await.id(),
        five.put(json!({"first_name": "Eve"})).await.id(),
        six.put(json!({"first_name": "Bob"})).await.id(),
        plain.put(json!({"memo": "five", "memo_type": "text", "first_name": "Cy"})).await.id(),
        host.wallet(&g(2)).put(json!({"first_name": "Dee"})).await.id(),
    ];
    let different: std::collections::BTreeSet<_> = ids.iter().collect();
    assert_eq!(different.len(), ids.len(), "{ids:?}");

    // The same user, identified in another way.
    assert_eq!(host.wallet(&m(1, 5)).put(json!({})).await.id(), ids[1]);
    assert_eq!(plain.put(json!({"memo": "6"})).await.id(), ids[2]);
    assert_eq!(plain.get("memo=five&memo_type=text").await.ok()["id"], json!(ids[3]));

    // The users share no data.
    five.put(json!({"city": "Roma"})).await.id();
    let status = async |query: &str| plain.get(query).await.ok()["status"].clone();
    assert_eq!(status("memo=5").await, "ACCEPTED");
    for other in ["", "memo=6", "memo=five&memo_type=text"] {
        assert_eq!(status(other).await, "NEEDS_INFO", "{other}");
    }
}

// P-12, P-15, P-35, S12-26: the responses are equal byte by byte.
pub(super) async fn unknown_and_foreign_ids_get_the_same_answer(host: &Host) {
    let foreign = host
        .wallet(&g(2))
        .put(json!({"first_name": "Eve", "mobile_number": "+441632960001"}))
        .await
        .id();
    let wallet = host.wallet(&g(1));
    let before = host.wallet(&g(2)).get("").await.ok();
    let unknown = foreign.chars().rev().collect::<String>();
    let mut answers = Vec::new();
    for id in [&foreign, &unknown] {
        let code = json!({"id": id, "mobile_number_verification": "123456"});
        answers.push([
            wallet.get(&format!("id={id}")).await,
            wallet.get(&format!("id={id}&type=photo")).await,
            wallet.put(json!({"id": id, "city": "Roma"})).await,
            wallet.put(code.clone()).await,
            wallet.verify(code).await,
        ]);
    }
    let [foreign, unknown] = &answers[..] else { unreachable!("two") };
    for (foreign, unknown) in foreign.iter().zip(unknown) {
        assert_eq!(unknown.refusal(), (404, "customer_not_found"));
        assert_eq!((foreign.status, &foreign.body), (unknown.status, &unknown.body));
        assert_eq!(foreign.headers, unknown.headers);
    }
    assert_eq!(host.wallet(&g(2)).get("").await.ok(), before);
    assert!(wallet.get("").await.ok().get("id").is_none(), "no customer was registered");
}

// S12-26
pub(super) async fn account_sees_its_users_and_they_do_not_see_each_other(host: &Host) {
    let (plain, five) = (host.wallet(&g(1)), host.wallet(&m(1, 5)));
    let above = plain.put(json!({"first_name": "Ada"})).await.id();
    let user = five.put(json!({"first_name": "Eve"})).await.id();
    assert_eq!(plain.get(&format!("id={user}")).await.ok()["id"], json!(user));
    assert_eq!(plain.put(json!({"id": user, "city": "Roma"})).await.id(), user);
    assert_eq!(five.get("").await.ok()["status"], "ACCEPTED");
    for (wallet, id) in [(&five, &above), (&host.wallet(&m(1, 6)), &user)] {
        assert_eq!(wallet.get(&format!("id={id}")).await.refusal(), (404, "customer_not_found"));
    }
}

// P-22, P-23, P-24
pub(super) async fn delete_removes_only_the_named_customer_and_works_once(host: &Host) {
    let (plain, five) = (host.wallet(&g(1)), host.wallet(&m(1, 5)));
    assert_eq!(plain.delete(&g(1)).await.refusal(), (404, "customer_not_found"));
    let id = plain.put(json!({"first_name": "Ada"})).await.id();
    let user = five.put(json!({"first_name": "Eve"})).await.id();
    assert_eq!(plain.delete(&g(1)).await.ok(), json!({}));
    assert_eq!(plain.delete(&g(1)).await.refusal(), (404, "customer_not_found"));
    assert_eq!(plain.get(&format!("id={id}")).await.refusal(), (404, "customer_not_found"));
    assert!(plain.get("").await.ok().get("id").is_none());
    assert_eq!(five.get("").await.ok()["id"], json!(user), "the account's user is still there");

    assert_ne!(plain.put(json!({})).await.id(), id, "a new customer is another one");
    assert_eq!(five.delete(&m(1, 5)).await.ok(), json!({}));
    assert!(plain.get("").await.ok()["id"].is_string());
}
