//! Hashes and results that come from the network.

use data_encoding::HEXLOWER;
use stellar_xdr::{
    Limits, OperationResult, OperationResultTr, PaymentResult, TransactionResultResult,
    WriteXdr as _,
};

use crate::{network::Network, submission::Submission, testing::Key};

const PAYMENT: &str = "AAAAAgAAAADhWclDW/4UsG9Vdh6bEL8QGaGXb4NjkBL+96gmPuQ0gQAAAGQAADA5AAAAAQAAAAEAAAAAAAAAAAAAAABw29iAAAAAAQAAAAdvcmRlci0xAAAAAAEAAAAAAAAAAQAAAAAKDN8gYXT3NWgUNSGQhxCa9nK4CbEU9BZv1W/W12kPZwAAAAFVU0RDAAAAAALKeIRrg4HWv987MO88yo23gRdU0R9qE0q4aLW8mW2LAAAAAAdzWUAAAAAAAAAAAT7kNIEAAABAdSqD1BV1lRwhfJGXlZd4H7u4gVWKG0Ms2ol+tI9IUWxTo+ZE5IpeahoHy/0rUYIym+m6YokOKKxMFmpk0wvJDg==";
const BUMP: &str = "AAAABQAAAAAKDN8gYXT3NWgUNSGQhxCa9nK4CbEU9BZv1W/W12kPZwAAAAAAAAGQAAAAAgAAAADhWclDW/4UsG9Vdh6bEL8QGaGXb4NjkBL+96gmPuQ0gQAAAGQAADA5AAAAAQAAAAEAAAAAAAAAAAAAAABw29iAAAAAAQAAAAdvcmRlci0xAAAAAAEAAAAAAAAAAQAAAAAKDN8gYXT3NWgUNSGQhxCa9nK4CbEU9BZv1W/W12kPZwAAAAFVU0RDAAAAAALKeIRrg4HWv987MO88yo23gRdU0R9qE0q4aLW8mW2LAAAAAAdzWUAAAAAAAAAAAT7kNIEAAABAdSqD1BV1lRwhfJGXlZd4H7u4gVWKG0Ms2ol+tI9IUWxTo+ZE5IpeahoHy/0rUYIym+m6YokOKKxMFmpk0wvJDgAAAAAAAAAB12kPZwAAAEAcPG1frgMdpMxXjb4Czs8BbUQ6+sU3/DQt+uyDpzQXyIDQcqmq+cebV8dMrwLnh9r3zxMiWspNWD16TIbxJTkF";
const PAYMENT_HASH: &str = "6d96f48dd100dc14968d8efc6b7b15985ab390f3a67464d953c17a647cca735f";
const BUMP_HASH: &str = "7f9db5f4ed6b08c4b65fa87d0a97fa7419913c5ce6515bb2d71ec0335689e71b";

fn read(envelope: &str) -> Submission {
    let testnet = Network::new("Test SDF Network ; September 2015".to_owned()).unwrap();
    Submission::read(envelope, &testnet).unwrap()
}

#[test]
fn transaction_hashes_equal_the_networks() {
    let (payment, bump) = (read(PAYMENT), read(BUMP));
    assert_eq!(HEXLOWER.encode(&payment.hash), PAYMENT_HASH);
    assert_eq!(HEXLOWER.encode(&payment.inner.hash), PAYMENT_HASH);
    assert_eq!(HEXLOWER.encode(&bump.hash), BUMP_HASH);
    assert_eq!(HEXLOWER.encode(&bump.inner.hash), PAYMENT_HASH);
}

#[test]
fn payers_and_bids_equal_the_envelopes() {
    let (payment, bump) = (read(PAYMENT), read(BUMP));
    let [a, b] = ["anchor-test-a", "anchor-test-b"].map(|name| Key::named(name).id());
    assert_eq!((payment.fee_account(), payment.bid(), payment.charge()), (a.clone(), 100, 100));
    assert_eq!((bump.fee_account(), bump.bid(), bump.charge()), (b, 400, 200));
    assert_eq!((bump.inner.source(), bump.inner.sequence()), (a, 53_021_371_269_121));
}

#[test]
fn transaction_results_equal_the_networks() {
    let paid = |result| {
        let result = OperationResult::OpInner(OperationResultTr::Payment(result));
        TransactionResultResult::TxSuccess(vec![result].try_into().unwrap())
    };
    let (payment, bump) = (read(PAYMENT), read(BUMP));
    for (result, xdr) in [
        (
            payment.result(100, paid(PaymentResult::Success)),
            "AAAAAAAAAGQAAAAAAAAAAQAAAAAAAAABAAAAAAAAAAA=",
        ),
        (bump.result(200, paid(PaymentResult::Success)), {
            "AAAAAAAAAMgAAAABbZb0jdEA3BSWjY78a3sVmFqzkPOmdGTZU8F6ZHzKc18AAAAAAAAAAAAAAAAAAAABAAAAAAAAAAEAAAAAAAAAAAAAAAA="
        }),
    ] {
        assert_eq!(result.to_xdr_base64(Limits::none()).unwrap(), xdr);
    }
}

#[test]
fn text_that_is_not_an_envelope_is_not_read() {
    let testnet = Network::new("Test SDF Network ; September 2015".to_owned()).unwrap();
    let more = format!("{}AAAA", PAYMENT.trim_end_matches('='));
    for text in ["", "AAAA", "not base64!", &PAYMENT[..200], &more, "AAAAAAAAAGT////6AAAAAA=="] {
        assert!(Submission::read(text, &testnet).is_none(), "{text}");
    }
}

#[test]
fn deeply_nested_envelope_is_refused() {
    // A claimable balance whose predicate says "not" ten thousand times.
    let mut bytes = data_encoding::BASE64.decode(PAYMENT.as_bytes()).unwrap();
    bytes.truncate(4 + 4 + 32 + 4 + 8); // envelope type, source, fee, sequence
    bytes.extend([0; 8]); // no bounds, no memo
    bytes.extend([0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 14]); // one operation: create_claimable_balance
    bytes.extend([0; 4 + 8]); // native, 0
    bytes.extend([0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0]); // one claimant
    bytes.extend([0; 32]);
    for _ in 0..10_000 {
        bytes.extend([0, 0, 0, 3, 0, 0, 0, 1]); // not, present
    }
    let testnet = Network::new("Test SDF Network ; September 2015".to_owned()).unwrap();
    assert!(Submission::read(&data_encoding::BASE64.encode(&bytes), &testnet).is_none());
}
