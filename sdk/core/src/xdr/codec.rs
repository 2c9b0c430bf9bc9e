//! XDR's primitives: big-endian numbers, and bytes padded with zeros to a multiple of four.

use super::XdrError;
use crate::account::PublicKey;

/// Reads XDR values one after the other. Lengths are checked before anything is allocated.
///
/// After the first error all reads return zero, and [`Self::end`] returns the error.
pub(super) struct Reader<'a> {
    bytes: &'a [u8],
    error: Option<XdrError>,
}

impl<'a> Reader<'a> {
    pub(super) const fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, error: None }
    }

    /// Records an error, unless there is one already: reads after the first error are meaningless.
    pub(super) fn fail(&mut self, error: XdrError) {
        self.error.get_or_insert(error);
        self.bytes = &[];
    }

    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        if let Some((head, tail)) = self.bytes.split_at_checked(count) {
            self.bytes = tail;
            return Some(head);
        }
        self.fail(XdrError::Truncated);
        None
    }

    pub(super) fn array<const N: usize>(&mut self) -> [u8; N] {
        self.take(N).and_then(|bytes| bytes.try_into().ok()).unwrap_or([0; N])
    }

    pub(super) fn u32(&mut self) -> u32 {
        u32::from_be_bytes(self.array())
    }

    pub(super) fn u64(&mut self) -> u64 {
        u64::from_be_bytes(self.array())
    }

    /// A public key as an account id: its type, then its bytes.
    pub(super) fn account(&mut self) -> PublicKey {
        if self.u32() != 0 {
            self.fail(XdrError::Malformed);
        }
        PublicKey::from_bytes(self.array())
    }

    /// Reads a length and that many bytes, at most `max`. The padding must be zero.
    pub(super) fn opaque(&mut self, max: usize) -> Vec<u8> {
        let length = self.u32() as usize;
        if length > max {
            self.fail(XdrError::Malformed);
            return Vec::new();
        }
        let bytes = self.take(length).unwrap_or_default();
        if self.take(padding(length)).unwrap_or_default().iter().any(|byte| *byte != 0) {
            self.fail(XdrError::Malformed);
        }
        bytes.into()
    }

    pub(super) fn option<T>(&mut self, read: impl FnOnce(&mut Self) -> T) -> Option<T> {
        match self.u32() {
            0 => None,
            1 => Some(read(self)),
            _ => {
                self.fail(XdrError::Malformed);
                None
            }
        }
    }

    pub(super) fn list<T>(&mut self, max: usize, read: impl Fn(&mut Self) -> T) -> Vec<T> {
        let length = self.u32() as usize;
        if length > max {
            self.fail(XdrError::Malformed);
        }
        let mut items = Vec::new();
        while items.len() < length && self.error.is_none() {
            items.push(read(self));
        }
        items
    }

    /// The number of unread bytes.
    pub(super) const fn left(&self) -> usize {
        self.bytes.len()
    }

    /// Returns the first error, or an error if bytes are left over.
    pub(super) fn end(self) -> Result<(), XdrError> {
        match (self.error, self.bytes.len()) {
            (Some(error), _) => Err(error),
            (None, 0) => Ok(()),
            (None, left) => Err(XdrError::TrailingBytes(left)),
        }
    }
}

#[derive(Default)]
pub(super) struct Writer(Vec<u8>);

impl Writer {
    pub(super) fn u32(&mut self, number: u32) {
        self.bytes(&number.to_be_bytes());
    }

    pub(super) fn u64(&mut self, number: u64) {
        self.bytes(&number.to_be_bytes());
    }

    pub(super) fn bytes(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    pub(super) fn option<T>(&mut self, value: Option<T>, write: impl FnOnce(&mut Self, T)) {
        self.u32(value.is_some().into());
        if let Some(value) = value {
            write(self, value);
        }
    }

    /// A public key as an account id: its type, then its bytes.
    pub(super) fn account(&mut self, key: &PublicKey) {
        self.u32(0);
        self.bytes(key.as_bytes());
    }

    pub(super) fn opaque(&mut self, bytes: &[u8]) {
        self.u32(bytes.len() as u32);
        self.bytes(bytes);
        self.bytes(&[0; 3][..padding(bytes.len())]);
    }

    pub(super) fn finish(self) -> Vec<u8> {
        self.0
    }
}

/// The number of padding zeros after `length` bytes.
const fn padding(length: usize) -> usize {
    (4 - length % 4) % 4
}
