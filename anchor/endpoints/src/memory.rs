//! The traits of this crate implemented in memory: for tests, and for an anchor inside a web page.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Mutex, PoisonError},
};

use async_trait::async_trait;
use url::Url;
use zeroize::Zeroizing;

use crate::{
    Error,
    challenges::Challenges,
    fetch::{Fetch, FetchError},
    files::{FileError, FileReader, FileWriter, Files, StoredFile},
};

/// Used challenges, in a set that only grows.
#[derive(Debug, Default)]
pub struct UsedChallenges(Mutex<BTreeSet<String>>);

#[async_trait]
impl Challenges for UsedChallenges {
    async fn use_once(&self, hash: &str, _: u64) -> Result<bool, Error> {
        let mut used = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(used.insert(hash.to_owned()))
    }
}

/// Files in memory, dropped with their request.
#[derive(Clone, Copy, Debug, Default)]
pub struct MemoryFiles;

#[async_trait]
impl Files for MemoryFiles {
    async fn begin(&self) -> Result<Box<dyn FileWriter>, FileError> {
        Ok(Box::new(Bytes(Vec::new())))
    }
}

struct Bytes(Vec<u8>);

#[async_trait]
impl FileWriter for Bytes {
    fn is_overdue(&self) -> bool {
        false
    }

    async fn write(&mut self, content: &[u8]) -> Result<(), FileError> {
        self.0.extend_from_slice(content);
        Ok(())
    }

    async fn finish(self: Box<Self>) -> Result<Box<dyn StoredFile>, FileError> {
        Ok(self)
    }

    async fn abort(self: Box<Self>) {}
}

#[async_trait]
impl StoredFile for Bytes {
    async fn reader(&self) -> Result<Box<dyn FileReader>, FileError> {
        Ok(Box::new(Once(Some(Zeroizing::new(self.0.clone())))))
    }

    async fn discard(self: Box<Self>) {}
}

/// A reader that returns the whole file as one chunk.
struct Once(Option<Zeroizing<Vec<u8>>>);

#[async_trait]
impl FileReader for Once {
    async fn chunk(&mut self) -> Result<Option<Zeroizing<Vec<u8>>>, FileError> {
        Ok(self.0.take().filter(|bytes| !bytes.is_empty()))
    }
}

/// Fixed responses by URL, set by [`insert`](Self::insert).
#[derive(Debug, Default)]
pub struct Pages(Mutex<BTreeMap<String, Vec<u8>>>);

impl Pages {
    /// Sets the response body for a URL.
    pub fn insert(&self, url: &Url, body: Vec<u8>) {
        let mut pages = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        pages.insert(url.as_str().to_owned(), body);
    }
}

#[async_trait]
impl Fetch for Pages {
    async fn get(&self, url: &Url, max: usize) -> Result<Vec<u8>, FetchError> {
        let pages = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let body = pages.get(url.as_str()).ok_or_else(|| FetchError::new("not found"))?;
        if body.len() > max {
            return Err(FetchError::new(format!("longer than {max} bytes")));
        }
        Ok(body.clone())
    }
}
