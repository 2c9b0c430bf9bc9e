//! What KYC takes beyond signing in: fields, files, lists and spans of time.

use std::time::Duration;

use js_sys::{Array, ArrayBuffer, Object, Reflect, Uint8Array};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;
use windlass_core::{
    endpoint::{Upload, Uploads},
    map::Map,
    sep9::Value,
    text, wire,
};

use super::{Input, decimal};
use crate::Error;

impl Input {
    /// A span of time.
    pub(crate) fn duration(&self, name: &str) -> Result<Option<Duration>, Error> {
        let duration = |value: JsValue| {
            let seconds = value.as_f64().filter(|seconds| *seconds >= 0.0);
            seconds
                .map(|seconds| Duration::from_millis((seconds * 1000.0) as u64))
                .ok_or_else(|| Error::request(text!(name, " must be a number of seconds")))
        };
        self.member(name).map(duration).transpose()
    }

    /// A list of texts.
    pub(crate) fn list(&self, name: &str) -> Option<Vec<String>> {
        self.member(name).map(|list| texts(&list))
    }

    #[cfg(feature = "server")]
    pub(crate) fn seconds(&self, name: &str) -> Result<Option<u64>, Error> {
        let seconds = |value: JsValue| {
            let seconds = value.as_f64().filter(|seconds| *seconds >= 0.0);
            seconds
                .map(|seconds| seconds as u64)
                .ok_or_else(|| Error::request(text!(name, " must be a Unix time in seconds")))
        };
        self.member(name).map(seconds).transpose()
    }

    /// Names and values of all members, those that are `undefined` left out.
    fn entries(&self) -> Vec<(String, JsValue)> {
        let entries =
            if self.0.is_object() { Object::entries(self.0.unchecked_ref()) } else { Array::new() };
        let pair = |entry: JsValue| {
            let entry: Array = entry.unchecked_into();
            (entry.get(0).as_string().unwrap_or_default(), entry.get(1))
        };
        entries.iter().map(pair).filter(|(_, value)| !value.is_undefined()).collect()
    }

    /// Values without files.
    pub(crate) fn values(&self) -> Map<Value> {
        let mut values = Map::new();
        for (name, value) in self.entries() {
            values.insert(name, scalar(value));
        }
        values
    }

    /// Lists of texts.
    pub(crate) fn lists(&self) -> Map<Vec<String>> {
        let mut lists = Map::new();
        for (name, list) in self.entries() {
            lists.insert(name, texts(&list));
        }
        lists
    }

    /// Values and files, told apart.
    pub(crate) fn fields(&self) -> (Map<Value>, Files) {
        let (mut fields, mut files) = (Map::new(), Files::default());
        for (name, value) in self.entries() {
            if !files.add(&name, &value) {
                fields.insert(name, scalar(value));
            }
        }
        (fields, files)
    }
}

/// Files: bytes as they were given, and those that are still to be read.
#[derive(Default)]
pub(crate) struct Files {
    uploads: Uploads,
    blobs: Vec<(String, Blob)>,
}

impl Files {
    /// Adds a `Blob`, `File`, `Uint8Array` or `ArrayBuffer`; anything else is none.
    pub(crate) fn add(&mut self, name: &str, value: &JsValue) -> bool {
        let name = name.to_owned();
        if let Some(bytes) = bytes(value) {
            self.uploads.insert(name, Upload { bytes, ..Upload::default() });
        } else if let Some(blob) = value.dyn_ref::<Blob>() {
            self.blobs.push((name, blob.clone()));
        } else {
            return false;
        }
        true
    }

    /// Reads them all.
    pub(crate) async fn read(self) -> Result<Uploads, Error> {
        let Self { mut uploads, blobs } = self;
        for (name, blob) in blobs {
            let buffer = JsFuture::from(blob.array_buffer())
                .await
                .map_err(|_| Error::request("the file cannot be read"))?;
            uploads.insert(name, read(&blob, &buffer));
        }
        Ok(uploads)
    }
}

fn read(blob: &Blob, buffer: &JsValue) -> Upload {
    let file_name = Reflect::get(blob, &"name".into()).ok().and_then(|name| name.as_string());
    Upload {
        file_name: file_name.unwrap_or_default(),
        content_type: blob.type_(),
        bytes: Uint8Array::new(buffer).to_vec(),
    }
}

fn texts(list: &JsValue) -> Vec<String> {
    Array::from(list).iter().filter_map(|text| text.as_string()).collect()
}

/// The bytes of a `Uint8Array` or `ArrayBuffer`.
pub(crate) fn bytes(value: &JsValue) -> Option<Vec<u8>> {
    if let Some(array) = value.dyn_ref::<Uint8Array>() {
        return Some(array.to_vec());
    }
    value.dyn_ref::<ArrayBuffer>().map(|buffer| Uint8Array::new(buffer).to_vec())
}

/// What is neither text nor a whole number is [`Value::Other`], which no field takes.
fn scalar(value: JsValue) -> Value {
    /// Above it, numbers of JavaScript are no longer exact.
    const MAX_SAFE: f64 = 9_007_199_254_740_991.0;
    if value.is_bigint() {
        return wire::number(decimal(value).as_bytes(), 10).map_or(Value::Other, Value::Number);
    }
    match value.as_f64() {
        Some(number) if (0.0..=MAX_SAFE).contains(&number) && number.fract() == 0.0 => {
            Value::Number(number as u64)
        }
        _ => value.as_string().map_or(Value::Other, Value::Text),
    }
}
