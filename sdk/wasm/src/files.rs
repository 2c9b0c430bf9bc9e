//! The fields of a form. JavaScript passes values and files in the same object.

use js_sys::{Array, ArrayBuffer, Object, Uint8Array};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;
use windlass_core::{
    endpoint::{Upload, Uploads},
    map::Map,
    sep9::Value,
};

use crate::{
    Error,
    options::{self, member},
};

/// Values, and files that are not read yet.
#[derive(Default)]
pub(crate) struct Fields {
    pub(crate) values: Map<Value>,
    files: Vec<(String, JsValue)>,
}

impl Fields {
    /// Separates the values and files of an object. Leaves out members that are `undefined`.
    pub(crate) fn of(fields: &JsValue) -> Result<Self, Error> {
        let mut this = Self::default();
        if !fields.is_object() {
            return if fields.is_null() || fields.is_undefined() {
                Ok(this)
            } else {
                Err(Error::request("options must be an object"))
            };
        }
        for entry in Object::entries(fields.unchecked_ref()) {
            let entry = Array::from(&entry);
            let (name, value) = (entry.get(0).as_string().unwrap_or_default(), entry.get(1));
            if is_file(&value) {
                this.files.push((name, value));
            } else if !value.is_undefined() {
                // No field accepts a value that is neither text nor a number.
                this.values.insert(name, options::value(value).unwrap_or(Value::Other));
            }
        }
        Ok(this)
    }

    /// Reads the files.
    pub(crate) async fn uploads(&self) -> Result<Uploads, Error> {
        let mut uploads = Uploads::new();
        for (name, file) in &self.files {
            uploads.insert(name.clone(), read(file).await?);
        }
        Ok(uploads)
    }
}

fn is_file(value: &JsValue) -> bool {
    blob(value).is_some() || array(value).is_some()
}

/// A `Blob` or `File`, told by its shape: pages under test (jsdom) have classes of their own.
fn blob(value: &JsValue) -> Option<&Blob> {
    member(value, "arrayBuffer")?.is_function().then(|| value.unchecked_ref())
}

/// Reads a `Blob`, `File`, `Uint8Array` or `ArrayBuffer`.
pub(crate) async fn read(value: &JsValue) -> Result<Upload, Error> {
    if let Some(bytes) = bytes(value) {
        return Ok(Upload { bytes, ..Upload::default() });
    }
    let Some(blob) = blob(value) else {
        return Err(Error::request("the file must be a Blob, File or Uint8Array"));
    };
    let buffer = JsFuture::from(blob.array_buffer())
        .await
        .map_err(|_| Error::request("the file cannot be read"))?;
    Ok(Upload {
        file_name: member(value, "name").and_then(|name| name.as_string()).unwrap_or_default(),
        content_type: blob.type_(),
        bytes: Uint8Array::new(&buffer).to_vec(),
    })
}

/// The bytes of a `Uint8Array` or `ArrayBuffer`, also of those of another page.
pub(crate) fn bytes(value: &JsValue) -> Option<Vec<u8>> {
    array(value).map(|array| array.to_vec())
}

/// The same bytes, not copied.
fn array(value: &JsValue) -> Option<Uint8Array> {
    if ArrayBuffer::is_view(value) {
        let view: &Uint8Array = value.unchecked_ref();
        let (from, length) = (view.byte_offset(), view.byte_length());
        return Some(Uint8Array::new_with_byte_offset_and_length(&view.buffer(), from, length));
    }
    let is_buffer =
        value.is_object() && value.unchecked_ref::<Object>().to_string() == "[object ArrayBuffer]";
    is_buffer.then(|| Uint8Array::new(value))
}
