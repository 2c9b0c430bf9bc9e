//! The signatures of accepted callbacks, to detect replays.

/// The signatures of accepted callbacks, kept as long as they could be accepted again (S12-138).
///
/// At its capacity it refuses new signatures instead of forgetting older ones.
#[derive(Clone, Debug)]
pub struct Seen {
    capacity: usize,
    /// Each signature, with the last Unix second in which it could be accepted again.
    signatures: Vec<(u64, Vec<u8>)>,
}

/// Whether a signature is new.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum First {
    /// The signature is new. It is remembered now.
    Yes,
    /// The signature was accepted before.
    No,
    /// There is no capacity for another signature.
    Full,
}

impl Seen {
    /// An empty memory for `capacity` signatures.
    pub const fn new(capacity: usize) -> Self {
        Self { capacity, signatures: Vec::new() }
    }

    /// Whether `signature` is new, and remembers it. It could be accepted until `until`; that and
    /// `now` are in Unix seconds.
    pub fn first(&mut self, signature: &[u8], until: u64, now: u64) -> First {
        self.signatures.retain(|(until, _)| *until >= now);
        if self.signatures.iter().any(|(_, seen)| seen == signature) {
            return First::No;
        }
        if self.signatures.len() >= self.capacity {
            return First::Full;
        }
        self.signatures.push((until, signature.to_vec()));
        First::Yes
    }

    /// Forgets a signature, so that it is new again.
    pub fn forget(&mut self, signature: &[u8]) {
        self.signatures.retain(|(_, seen)| seen != signature);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // S12-138
    #[test]
    fn signatures_are_remembered_while_they_are_valid() {
        let mut seen = Seen::new(2);
        assert_eq!(seen.first(b"a", 110, 100), First::Yes);
        assert_eq!(seen.first(b"a", 110, 110), First::No);
        assert_eq!(seen.first(b"b", 120, 110), First::Yes);
        assert_eq!(seen.first(b"c", 120, 110), First::Full);
        assert_eq!(
            seen.first(b"c", 120, 110),
            First::Full,
            "refused signatures are not remembered"
        );
        assert_eq!(seen.first(b"c", 120, 111), First::Yes, "the first one has expired");
        assert_eq!(seen.first(b"b", 120, 111), First::No);
        assert_eq!(seen.signatures.len(), 2);
        seen.forget(b"b");
        assert_eq!(seen.first(b"b", 120, 111), First::Yes);
    }
}
