//! XDR's primitives: big-endian numbers, and bytes padded with zeros to a multiple of four.

use alloc::vec::Vec;

use super::XdrError;

/// Reads from the front. Lengths are compared with what is there before anything is allocated.
///
/// After the first fault all that is read is zero, and [`Self::end`] tells the fault: that is less code than to stop in
/// each place.
pub(super) struct Reader<'a> {
    bytes: &'a [u8],
    fault: Option<XdrError>,
}

impl<'a> Reader<'a> {
    pub(super) const fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, fault: None }
    }

    /// Only the first fault counts: what follows is not what was written.
    #[inline(never)]
    pub(super) fn fail(&mut self, fault: XdrError) {
        self.fault.get_or_insert(fault);
        self.bytes = &[];
    }

    #[inline(never)]
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        if let Some((head, tail)) = self.bytes.split_at_checked(count) {
            self.bytes = tail;
            return Some(head);
        }
        self.fail(XdrError::Truncated);
        None
    }

    #[inline(never)]
    pub(super) fn array<const N: usize>(&mut self) -> [u8; N] {
        self.take(N).and_then(|bytes| bytes.try_into().ok()).unwrap_or([0; N])
    }

    #[inline(never)]
    pub(super) fn u32(&mut self) -> u32 {
        u32::from_be_bytes(self.array())
    }

    #[inline(never)]
    pub(super) fn u64(&mut self) -> u64 {
        u64::from_be_bytes(self.array())
    }

    /// At most `max` bytes behind their length; padding must be zero.
    #[inline(never)]
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
        while items.len() < length && self.fault.is_none() {
            items.push(read(self));
        }
        items
    }

    /// How many bytes were not read yet.
    pub(super) const fn left(&self) -> usize {
        self.bytes.len()
    }

    /// Whether all was good, to the last byte.
    pub(super) fn end(self) -> Result<(), XdrError> {
        match (self.fault, self.bytes.len()) {
            (Some(fault), _) => Err(fault),
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

    pub(super) fn opaque(&mut self, bytes: &[u8]) {
        self.u32(bytes.len() as u32);
        self.bytes(bytes);
        self.bytes(&[0; 3][..padding(bytes.len())]);
    }

    pub(super) fn finish(self) -> Vec<u8> {
        self.0
    }
}

/// How many zeros follow `length` bytes.
const fn padding(length: usize) -> usize {
    (4 - length % 4) % 4
}
