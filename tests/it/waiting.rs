//! A wallet that waits for its anchor.

use std::{cell::Cell, time::Duration};

use windlass_client::{Credentials, Session, Timer, WatchOptions};
use windlass_core::{
    problem::Code,
    sep12::{Action, GetCustomer, Status},
};

use crate::{
    kyc::{ada, fields},
    world::{InProcess, World, key},
};

/// A timer that moves the world's clock, and lets the customer return the code before the wallet's
/// `on`-th request.
struct Days<'a> {
    world: &'a World,
    elsewhere: &'a Session<InProcess>,
    slept: Cell<u32>,
    on: u32,
    seconds: u64,
}

impl Timer for Days<'_> {
    async fn sleep(&self, _: Duration) {
        self.world.pass(self.seconds);
        self.slept.set(self.slept.get() + 1);
        if self.slept.get() == self.on {
            let code = self.world.code_for("+14155552671").await;
            let code = fields(&[("mobile_number_verification", &code)]);
            self.elsewhere.put_customer(code, None).await.unwrap();
        }
    }

    fn jitter(&self) -> f64 {
        0.5
    }
}

async fn session(world: &World) -> Session<InProcess> {
    world.wallet().await.sign_in(&key("ada").public().into(), &key("ada")).await.unwrap()
}

// S12-45, S12-65
#[tokio::test]
async fn wallet_waits_for_a_status_that_changes_elsewhere() {
    let world = World::new().await;
    let (here, elsewhere) = (session(&world).await, session(&world).await);
    elsewhere.put_customer(ada(), None).await.unwrap();
    let timer =
        Days { world: &world, elsewhere: &elsewhere, slept: Cell::new(0), on: 3, seconds: 10 };

    let before = here.settled(GetCustomer::new(), &timer, WatchOptions::default()).await.unwrap();
    assert_eq!((before.next_step().action, timer.slept.get()), (Action::Submit, 0));
    let accepted = here
        .wait_for(GetCustomer::new(), &timer, WatchOptions::default(), |customer| {
            customer.status == Status::Accepted
        })
        .await
        .unwrap();
    assert_eq!((accepted.next_step().action, timer.slept.get()), (Action::Done, 3));
}

// S10-73
#[tokio::test]
async fn session_that_expires_while_waiting_is_renewed_by_its_signer() {
    let world = World::with(|config| config.sep10.session_lifetime = 3600).await;
    let here = session(&world).await.renewed_by(Credentials::new(key("ada")));
    let first = here.token();
    here.put_customer(ada(), None).await.unwrap();
    // Others sign in again: only the waiting session lives for hours.
    let elsewhere = session(&world).await.renewed_by(Credentials::new(key("ada")));
    let mut customer = here.customer(&GetCustomer::new()).await.unwrap();
    for _ in 0..3 {
        world.pass(3600);
        customer = here.customer(&GetCustomer::new()).await.unwrap();
    }
    assert_eq!(customer.status, Status::NeedsInfo);
    assert!(!here.is_expired() && *here.token() != *first);
    assert_eq!(elsewhere.customer(&GetCustomer::new()).await.unwrap(), customer);
}

// S10-73
#[tokio::test]
async fn session_without_a_signer_expires() {
    let world = World::with(|config| config.sep10.session_lifetime = 3600).await;
    let here = session(&world).await;
    let elsewhere = session(&world).await;
    here.put_customer(ada(), None).await.unwrap();
    let timer =
        Days { world: &world, elsewhere: &elsewhere, slept: Cell::new(0), on: 9, seconds: 1801 };
    let error = here
        .wait_for(GetCustomer::new(), &timer, WatchOptions::default(), |_| false)
        .await
        .unwrap_err();
    assert_eq!((error.code(), timer.slept.get()), (Code::TokenExpired, 2));
}
