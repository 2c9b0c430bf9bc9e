//! Customers.

use assign::assign;
use windlass_client::{Http, Session, Transport};
use windlass_core::{
    account::Account,
    endpoint::Upload,
    map::Map,
    problem::Code,
    sep9::Value,
    sep12::{Customer, DeleteCustomer, FieldStatus, GetCustomer, PutCustomer, Status},
};

use crate::world::{InProcess, World, key};

/// The smallest valid PNG.
pub(crate) const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\0\0\0\nIDATx\x9cc\0\x01\0\0\x05\0\x01\r\n-\xb4\0\0\0\0IEND\xaeB`\x82";

/// A valid value for every field of the default customer type.
pub(crate) fn ada() -> PutCustomer {
    let text = [
        ("first_name", "Ada"),
        ("last_name", "Lovelace"),
        ("email_address", "ada@example.com"),
        ("mobile_number", "+14155552671"),
        ("birth_date", "1990-04-21"),
        ("address_country_code", "GBR"),
        ("id_type", "passport"),
    ];
    let photo = Upload {
        file_name: "passport.png".to_owned(),
        content_type: "image/png".to_owned(),
        bytes: PNG.to_vec(),
    };
    assign!(PutCustomer::new(), {
        fields: text.map(|(name, value)| (name.to_owned(), Value::from(value))).into(),
        uploads: Map::from([("photo_id_front".to_owned(), photo)]),
    })
}

pub(crate) fn fields(values: &[(&str, &str)]) -> PutCustomer {
    let fields =
        values.iter().map(|(name, value)| ((*name).to_owned(), Value::from(*value))).collect();
    assign!(PutCustomer::new(), { fields })
}

async fn becomes_accepted<T: Transport>(world: &World, session: &Session<T>) -> String {
    let stranger = session.customer(&GetCustomer::new()).await.unwrap();
    assert_eq!((&stranger.id, &stranger.status), (&None, &Status::NeedsInfo));
    assert!(stranger.todo().iter().any(|todo| todo.name == "photo_id_front"));

    let id = session.put_customer(ada(), Some(&stranger)).await.unwrap().id;
    let waiting = session.customer(&GetCustomer::new()).await.unwrap();
    assert_eq!((waiting.id.as_deref(), &waiting.status), (Some(id.as_str()), &Status::NeedsInfo));
    let todo: Vec<_> = waiting
        .todo()
        .into_iter()
        .filter(|todo| !todo.field.optional)
        .map(|todo| todo.name)
        .collect();
    assert_eq!(todo, ["mobile_number_verification"]);

    let code = world.code_for("+14155552671").await;
    session
        .put_customer(fields(&[("mobile_number_verification", &code)]), Some(&waiting))
        .await
        .unwrap();
    assert_eq!(session.customer(&GetCustomer::new()).await.unwrap().status, Status::Accepted);
    id
}

#[tokio::test]
async fn new_wallet_becomes_an_accepted_customer() {
    let world = World::new().await;
    let session =
        world.wallet().await.sign_in(&key("ada").public().into(), &key("ada")).await.unwrap();
    becomes_accepted(&world, &session).await;
}

#[tokio::test]
async fn story_works_over_http() {
    let world = World::new().await;
    let wallet = world.wallet_over(Http::new().unwrap()).await;
    let session = wallet.sign_in(&key("ada").public().into(), &key("ada")).await.unwrap();
    let id = becomes_accepted(&world, &session).await;

    session.delete_customer(DeleteCustomer::default()).await.unwrap();
    let gone = session.customer(&GetCustomer::new()).await.unwrap();
    assert_eq!((gone.id, gone.status), (None, Status::NeedsInfo));
    let error = session.customer(&assign!(GetCustomer::new(), { id: Some(id) })).await.unwrap_err();
    assert_eq!((error.code(), error.status()), (Code::CustomerNotFound, Some(404)));
    assert_eq!(
        session.delete_customer(DeleteCustomer::default()).await.unwrap_err().status(),
        Some(404)
    );
}

#[tokio::test]
async fn a_customer_survives_a_restart() {
    let mut world = World::new().await;
    let token = {
        let session =
            world.wallet().await.sign_in(&key("ada").public().into(), &key("ada")).await.unwrap();
        becomes_accepted(&world, &session).await;
        session.token()
    };
    world.restart().await;
    let session = world.wallet().await.resume(&token).unwrap();
    assert_eq!(session.customer(&GetCustomer::new()).await.unwrap().status, Status::Accepted);
}

#[tokio::test]
async fn undelivered_code_survives_a_restart() {
    let mut world = World::new().await;
    let token = {
        let session =
            world.wallet().await.sign_in(&key("ada").public().into(), &key("ada")).await.unwrap();
        session.put_customer(ada(), None).await.unwrap();
        session.token()
    };
    world.restart().await;
    let code = world.code_for("+14155552671").await;
    let session = world.wallet().await.resume(&token).unwrap();
    session.put_customer(fields(&[("mobile_number_verification", &code)]), None).await.unwrap();
    assert_eq!(session.customer(&GetCustomer::new()).await.unwrap().status, Status::Accepted);
}

#[tokio::test]
async fn values_that_the_rules_refuse_are_not_sent() {
    let world = World::new().await;
    let session =
        world.wallet().await.sign_in(&key("ada").public().into(), &key("ada")).await.unwrap();
    let error = session
        .put_customer(
            fields(&[("birth_date", "1990-04-31"), ("mobile_number", "4155552671")]),
            None,
        )
        .await
        .unwrap_err();
    assert_eq!((error.code(), error.status()), (Code::InvalidField, None));
    assert_eq!(session.customer(&GetCustomer::new()).await.unwrap().id, None);
}

#[tokio::test]
async fn a_wrong_code_keeps_the_state_and_the_right_one_may_be_repeated() {
    let world = World::new().await;
    let session =
        world.wallet().await.sign_in(&key("ada").public().into(), &key("ada")).await.unwrap();
    session.put_customer(ada(), None).await.unwrap();
    let code = world.code_for("+14155552671").await;
    let wrong = if code == "000000" { "111111" } else { "000000" };

    let error = session
        .put_customer(fields(&[("mobile_number_verification", wrong)]), None)
        .await
        .unwrap_err();
    assert_eq!((error.code(), error.status()), (Code::InvalidCode, Some(400)));
    assert_eq!(mobile_status(&session).await, Some(FieldStatus::VerificationRequired));
    for _ in 0..2 {
        session.put_customer(fields(&[("mobile_number_verification", &code)]), None).await.unwrap();
        assert_eq!(mobile_status(&session).await, Some(FieldStatus::Accepted));
    }
    // The same number needs no new code; another one does.
    session.put_customer(fields(&[("mobile_number", "+14155552671")]), None).await.unwrap();
    assert_eq!(mobile_status(&session).await, Some(FieldStatus::Accepted));
    session.put_customer(fields(&[("mobile_number", "+14155552672")]), None).await.unwrap();
    assert_eq!(mobile_status(&session).await, Some(FieldStatus::VerificationRequired));
}

async fn mobile_status(session: &Session<InProcess>) -> Option<FieldStatus> {
    let Customer { provided_fields, .. } = session.customer(&GetCustomer::new()).await.unwrap();
    provided_fields.unwrap().shift_remove("mobile_number").unwrap().status
}

#[tokio::test]
async fn users_of_one_account_do_not_see_each_other() {
    let world = World::new().await;
    let wallet = world.wallet().await;
    let secret = key("exchange");
    let of = |memo| Account::Shared { key: secret.public(), memo };
    let one = wallet.sign_in(&of(1), &secret).await.unwrap();
    let two = wallet.sign_in(&of(2), &secret).await.unwrap();
    let first = one.put_customer(fields(&[("first_name", "Ada")]), None).await.unwrap().id;
    let second = two.put_customer(fields(&[("first_name", "Bo")]), None).await.unwrap().id;
    assert_ne!(first, second);

    let by_id = |id: &str| assign!(GetCustomer::new(), { id: Some(id.to_owned()) });
    let foreign = two.customer(&by_id(&first)).await.unwrap_err();
    let unknown = two.customer(&by_id("b3f5ff4c-0c2a-4c39-9a8e-3c1bd6bd2b1c")).await.unwrap_err();
    assert_eq!((foreign.status(), foreign.to_string()), (Some(404), unknown.to_string()));
    let put = two
        .put_customer(assign!(fields(&[("first_name", "Eve")]), { id: Some(first.clone()) }), None)
        .await;
    assert_eq!(put.unwrap_err().status(), Some(404));

    // The muxed account with the same id is the same customer, and the plain account sees them all.
    let muxed =
        wallet.sign_in(&Account::Muxed { key: secret.public(), id: 1 }, &secret).await.unwrap();
    assert_eq!(
        muxed.customer(&GetCustomer::new()).await.unwrap().id.as_deref(),
        Some(first.as_str())
    );
    let plain = wallet.sign_in(&secret.public().into(), &secret).await.unwrap();
    assert_eq!(plain.customer(&by_id(&second)).await.unwrap().id.as_deref(), Some(second.as_str()));
    assert_eq!(plain.customer(&GetCustomer::new()).await.unwrap().id, None);
}

#[tokio::test]
async fn uploaded_file_is_used_in_a_later_put() {
    let world = World::new().await;
    let session =
        world.wallet().await.sign_in(&key("ada").public().into(), &key("ada")).await.unwrap();
    let mut request = ada();
    let photo = request.uploads.shift_remove("photo_id_front").unwrap();
    let file = session.upload_file(photo).await.unwrap();
    assert_eq!(
        (file.content_type.as_str(), file.size, file.customer_id.as_deref()),
        ("image/png", PNG.len() as u64, None)
    );

    request.fields.insert("photo_id_front_file_id".to_owned(), Value::from(file.file_id.clone()));
    let id = session.put_customer(request, None).await.unwrap().id;
    let files =
        session.files(&windlass_core::sep12::GetFiles::of_customer(id.clone())).await.unwrap();
    assert_eq!(
        (files.len(), files[0].file_id.as_str(), files[0].customer_id.as_deref()),
        (1, file.file_id.as_str(), Some(id.as_str()))
    );
}
