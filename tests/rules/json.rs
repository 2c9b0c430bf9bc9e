//! The core's JSON against the general library, on damaged messages.

use proptest::{collection::vec, prelude::*};
use windlass_tests::vectors::DOCUMENTS;

/// Replacements for a byte: mostly characters of JSON's syntax.
fn byte() -> impl Strategy<Value = u8> {
    prop_oneof![4 => prop::sample::select(b"{}:,\"\\nulltrue0123456789.-+eE \n".as_slice()), 1 => any::<u8>()]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4000))]

    #[test]
    fn damaged_messages_are_read_alike(
        document in prop::sample::select(DOCUMENTS),
        damage in vec((any::<prop::sample::Index>(), byte(), 0..4_u8), 0..4),
    ) {
        let mut text = document.text.as_bytes().to_vec();
        for (at, byte, how) in damage {
            match (how, text.len()) {
                (_, 0) => {}
                (0, length) => text[at.index(length)] = byte,
                (1, length) => text.insert(at.index(length), byte),
                (2, length) => drop(text.remove(at.index(length))),
                (_, length) => text.truncate(at.index(length)),
            }
        }
        // Bytes that are not UTF-8 are not JSON. The general library does not check them in members
        // that it skips.
        let Ok(text) = String::from_utf8(text) else { return Ok(()) };
        prop_assert!((document.is_alike)(&text), "{} {:?}", document.path, text);
    }

    #[test]
    fn one_message_is_read_as_another_alike(document in prop::sample::select(DOCUMENTS), other in prop::sample::select(DOCUMENTS)) {
        prop_assert!((document.is_alike)(other.text), "{} as {}", other.path, document.path);
    }
}
