//! Encryption of files in chunks, so that no file is in memory as a whole.
//!
//! It uses the STREAM construction over XChaCha20-Poly1305: each chunk is authenticated together
//! with its position and whether it is the last one, so that chunks cannot be removed, reordered or
//! truncated. An encrypted file consists of a version byte, a random nonce of 19 bytes, and the
//! chunks. Each chunk has 64 KiB of content (the last one at most that) and a tag of 16 bytes.

use aead_stream::{DecryptorBE32, EncryptorBE32};
use chacha20poly1305::{XChaCha20Poly1305, aead::Payload};
use zeroize::Zeroizing;

use super::{DataKey, VaultError, bind};
use crate::clock::Random;

/// The content of a chunk, in bytes.
const CHUNK: usize = 64 << 10;
const TAG: usize = 16;
const SEALED_CHUNK: usize = CHUNK + TAG;
/// The length of the random nonce: the cipher's 24 bytes, minus 4 for the number of the chunk and 1
/// for whether it is the last one.
const PREFIX: usize = 19;
const VERSION: u8 = 1;
const HEAD: usize = 1 + PREFIX;

/// Encrypts a file while it arrives.
pub(crate) struct Sealer {
    cipher: EncryptorBE32<XChaCha20Poly1305>,
    bound: Vec<u8>,
    plain: Zeroizing<Vec<u8>>,
}

impl Sealer {
    /// A sealer for a file that is bound to `context`, and the first bytes of the encrypted file.
    pub(crate) fn new(key: &DataKey, context: &[&str], random: &Random) -> (Self, Vec<u8>) {
        let prefix: [u8; PREFIX] = random.bytes();
        let sealer = Self {
            cipher: EncryptorBE32::from_aead(key.cipher(), &prefix.into()),
            bound: bind(context),
            plain: Zeroizing::new(Vec::with_capacity(CHUNK)),
        };
        (sealer, [&[VERSION][..], &prefix].concat())
    }

    /// Adds content, and returns the chunks that are complete; often none.
    ///
    /// # Errors
    ///
    /// Only an internal error: the file has more than 2^32 chunks.
    pub(crate) fn push(&mut self, mut content: &[u8]) -> Result<Vec<u8>, VaultError> {
        let mut sealed = Vec::new();
        while !content.is_empty() {
            // A full chunk may be the last one, so it waits for more content.
            if self.plain.len() == CHUNK {
                let payload = Payload { msg: &self.plain, aad: &self.bound };
                let chunk =
                    self.cipher.encrypt_next(payload).map_err(|_| VaultError::Unreadable)?;
                sealed.extend_from_slice(&chunk);
                self.plain.clear();
            }
            let (taken, rest) = content.split_at(content.len().min(CHUNK - self.plain.len()));
            self.plain.extend_from_slice(taken);
            content = rest;
        }
        Ok(sealed)
    }

    /// Encrypts the last chunk.
    ///
    /// # Errors
    ///
    /// Only internal errors.
    pub(crate) fn finish(self) -> Result<Vec<u8>, VaultError> {
        let payload = Payload { msg: &self.plain, aad: &self.bound };
        self.cipher.encrypt_last(payload).map_err(|_| VaultError::Unreadable)
    }
}

/// Decrypts a file while it is read.
pub(crate) struct Opener {
    key: DataKey,
    cipher: Option<DecryptorBE32<XChaCha20Poly1305>>,
    bound: Vec<u8>,
    sealed: Vec<u8>,
}

impl Opener {
    /// An opener for a file that was encrypted for the same `context`.
    pub(crate) fn new(key: DataKey, context: &[&str]) -> Self {
        Self { key, cipher: None, bound: bind(context), sealed: Vec::new() }
    }

    /// Adds encrypted bytes, and returns the content of the chunks that are complete; perhaps none.
    /// Only [`Self::finish`] tells whether the file is complete.
    ///
    /// # Errors
    ///
    /// The file was encrypted with another key or for another context, or was modified.
    pub(crate) fn push(&mut self, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, VaultError> {
        self.sealed.extend_from_slice(sealed);
        self.begin()?;
        let mut content = Zeroizing::new(Vec::new());
        let Some(cipher) = &mut self.cipher else { return Ok(content) };
        let mut opened = 0;
        // The chunk that may be the last one waits for more bytes or the end.
        while self.sealed.len() - opened > SEALED_CHUNK {
            let chunk = &self.sealed[opened..opened + SEALED_CHUNK];
            let chunk = cipher.decrypt_next(Payload { msg: chunk, aad: &self.bound });
            content.extend_from_slice(&Zeroizing::new(chunk.map_err(|_| VaultError::Unreadable)?));
            opened += SEALED_CHUNK;
        }
        self.sealed.drain(..opened);
        Ok(content)
    }

    /// Decrypts the last chunk.
    ///
    /// # Errors
    ///
    /// As [`Self::push`], or the file is truncated.
    pub(crate) fn finish(self) -> Result<Zeroizing<Vec<u8>>, VaultError> {
        let payload = Payload { msg: &self.sealed, aad: &self.bound };
        let content = self.cipher.ok_or(VaultError::Unreadable)?.decrypt_last(payload);
        content.map(Zeroizing::new).map_err(|_| VaultError::Unreadable)
    }

    fn begin(&mut self) -> Result<(), VaultError> {
        if self.cipher.is_some() || self.sealed.len() < HEAD {
            return Ok(());
        }
        let prefix = match self.sealed.first_chunk::<HEAD>() {
            Some([VERSION, prefix @ ..]) => *prefix,
            _ => return Err(VaultError::Unreadable),
        };
        self.cipher = Some(DecryptorBE32::from_aead(self.key.cipher(), &prefix.into()));
        self.sealed.drain(..HEAD);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::system_random;

    const PLACE: &[&str] = &["content", "f1"];

    fn content(len: usize) -> Vec<u8> {
        (0..len).map(|n| u8::try_from(n % 251).unwrap()).collect()
    }

    fn key() -> DataKey {
        DataKey(Zeroizing::new([7; 32]))
    }

    fn seal(content: &[u8], piece: usize) -> Vec<u8> {
        let (mut sealer, mut sealed) = Sealer::new(&key(), PLACE, &system_random());
        for piece in content.chunks(piece) {
            sealed.extend(sealer.push(piece).unwrap());
        }
        sealed.extend(sealer.finish().unwrap());
        sealed
    }

    fn open(
        key: DataKey,
        sealed: &[u8],
        piece: usize,
        context: &[&str],
    ) -> Result<Vec<u8>, VaultError> {
        let mut opener = Opener::new(key, context);
        let mut content = Vec::new();
        for piece in sealed.chunks(piece) {
            content.extend_from_slice(&opener.push(piece)?);
        }
        content.extend_from_slice(&opener.finish()?);
        Ok(content)
    }

    #[test]
    fn files_of_every_length_survive_encryption_in_any_pieces() {
        for len in [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK + 77] {
            let content = content(len);
            for piece in [len.max(1), CHUNK, 10_007] {
                let sealed = seal(&content, piece);
                assert_eq!(sealed.len(), HEAD + len + TAG * len.div_ceil(CHUNK).max(1));
                assert_eq!(open(key(), &sealed, 33_333, PLACE).unwrap(), content, "{len} {piece}");
            }
        }
    }

    #[test]
    fn modified_reordered_or_truncated_files_do_not_open() {
        let sealed = seal(&content(2 * CHUNK + 9), 5000);
        let refused = |sealed: &[u8]| {
            assert_eq!(open(key(), sealed, 10_000, PLACE), Err(VaultError::Unreadable));
        };
        for at in [0, 1, HEAD, HEAD + 1, HEAD + SEALED_CHUNK, sealed.len() - 1] {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            refused(&changed);
        }
        for end in [0, 1, HEAD, HEAD + 5, HEAD + SEALED_CHUNK, HEAD + 2 * SEALED_CHUNK] {
            refused(&sealed[..end]);
        }
        let (head, chunks) = sealed.split_at(HEAD);
        let (first, rest) = chunks.split_at(SEALED_CHUNK);
        let (second, last) = rest.split_at(SEALED_CHUNK);
        refused(&[head, second, first, last].concat());
        refused(&[head, first, last].concat());
        refused(&[head, first, second, last, last].concat());
        let other = DataKey(Zeroizing::new([8; 32]));
        assert!(open(other, &sealed, 10_000, PLACE).is_err());
        assert!(open(key(), &sealed, 10_000, &["content", "f2"]).is_err());
    }
}
