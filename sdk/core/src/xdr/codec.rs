//! XDR's primitives: big-endian numbers, and bytes padded with zeros to a multiple of four.

use alloc::vec::Vec;

use super::XdrError;

/// Reads from the front. Lengths are compared with what is there before anything is allocated.
pub(super) struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    pub(super) const fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    fn take(&mut self, count: usize) -> Result<&'a [u8], XdrError> {
        let (head, tail) = self.0.split_at_checked(count).ok_or(XdrError::Truncated)?;
        self.0 = tail;
        Ok(head)
    }

    pub(super) fn array<const N: usize>(&mut self) -> Result<[u8; N], XdrError> {
        self.take(N)?.try_into().map_err(|_| XdrError::Truncated)
    }

    pub(super) fn u32(&mut self) -> Result<u32, XdrError> {
        self.array().map(u32::from_be_bytes)
    }

    pub(super) fn u64(&mut self) -> Result<u64, XdrError> {
        self.array().map(u64::from_be_bytes)
    }

    /// At most `max` bytes behind their length; padding must be zero.
    pub(super) fn opaque(&mut self, max: usize) -> Result<&'a [u8], XdrError> {
        let length = self.u32()? as usize;
        if length > max {
            return Err(XdrError::Malformed);
        }
        let bytes = self.take(length)?;
        if self.take(padding(length))?.iter().any(|byte| *byte != 0) {
            return Err(XdrError::Malformed);
        }
        Ok(bytes)
    }

    pub(super) fn option<T>(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<T, XdrError>,
    ) -> Result<Option<T>, XdrError> {
        match self.u32()? {
            0 => Ok(None),
            1 => read(self).map(Some),
            _ => Err(XdrError::Malformed),
        }
    }

    pub(super) fn list<T>(
        &mut self,
        max: usize,
        read: impl Fn(&mut Self) -> Result<T, XdrError>,
    ) -> Result<Vec<T>, XdrError> {
        let length = self.u32()? as usize;
        if length > max {
            return Err(XdrError::Malformed);
        }
        (0..length).map(|_| read(self)).collect()
    }

    pub(super) const fn end(&self) -> Result<(), XdrError> {
        match self.0.len() {
            0 => Ok(()),
            left => Err(XdrError::TrailingBytes(left)),
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
