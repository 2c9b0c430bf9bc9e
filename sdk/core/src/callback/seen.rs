//! What was accepted before.

/// The signatures of a receiver that were accepted, for as long as they would be accepted again (S12-138).
///
/// It grows to a limit and no further: a signature that finds no place is refused, and not an older one forgotten.
#[derive(Clone, Debug)]
pub struct Seen {
    capacity: usize,
    /// Each with the last second in which it would be accepted again.
    signatures: Vec<(u64, Vec<u8>)>,
}

/// How a signature was found.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum First {
    /// For the first time. It is remembered now.
    Yes,
    /// Again.
    No,
    /// There is no place for it.
    Full,
}

impl Seen {
    /// Remembers so many signatures at a time.
    pub const fn new(capacity: usize) -> Self {
        Self { capacity, signatures: Vec::new() }
    }

    /// Whether `signature` comes for the first time. It would be accepted until `until`, in Unix seconds, as is `now`.
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
}

#[cfg(test)]
mod tests {
    use super::*;

    // S12-138
    #[test]
    fn signatures_are_remembered_while_they_are_good_and_no_longer() {
        let mut seen = Seen::new(2);
        assert_eq!(seen.first(b"a", 110, 100), First::Yes);
        assert_eq!(seen.first(b"a", 110, 110), First::No);
        assert_eq!(seen.first(b"b", 120, 110), First::Yes);
        assert_eq!(seen.first(b"c", 120, 110), First::Full);
        assert_eq!(seen.first(b"c", 120, 110), First::Full, "what was refused is not remembered");
        assert_eq!(seen.first(b"c", 120, 111), First::Yes, "the first one has ended");
        assert_eq!(seen.first(b"b", 120, 111), First::No);
        assert_eq!(seen.signatures.len(), 2);
    }
}
