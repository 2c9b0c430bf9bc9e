//! `multipart/form-data`: text and files.

use axum::{
    extract::{
        DefaultBodyLimit, FromRequest as _, Multipart, Request,
        multipart::{Field, MultipartError},
    },
    http::StatusCode,
};
use serde_json::Value;
use windlass_core::{
    endpoint::{Endpoint, Upload, Uploads},
    sep9::Name,
};

use super::{
    BodyError,
    members::{MAX_PARTS, Members, check_name, form_text},
};
use crate::config::Limits;

/// The longest text part, in bytes: beyond what any field takes, so that the field's own rule is what refuses.
const MAX_TEXT: usize = 16 << 10;

/// Reads the parts in whatever order they come (S12-78): text into `members`, files into the result.
pub(super) async fn read<E: Endpoint>(
    mut request: Request,
    limits: Limits,
    members: &mut Members,
) -> Result<Uploads, BodyError> {
    DefaultBodyLimit::max(limits.body_bytes).apply(&mut request);
    let boundary = |_| BodyError::Malformed("content type names no boundary");
    let mut parts = Multipart::from_request(request, &()).await.map_err(boundary)?;
    let mut uploads = Uploads::new();
    let mut count = 0;
    while let Some(part) = parts.next_field().await.map_err(broken)? {
        count += 1;
        if count > MAX_PARTS {
            return Err(BodyError::TooManyParts(MAX_PARTS));
        }
        let name =
            part.name().ok_or(BodyError::Malformed("body has a part without a name"))?.to_owned();
        check_name(&name)?;
        if members.contains(&name) || uploads.contains_key(&name) {
            return Err(BodyError::Repeated(name));
        }
        match Content::of::<E>(&name, part.file_name().is_some())? {
            Content::File => {
                let upload = Upload {
                    file_name: part.file_name().unwrap_or_default().to_owned(),
                    content_type: part
                        .content_type()
                        .unwrap_or("application/octet-stream")
                        .to_owned(),
                    bytes: bytes(part, &name, limits.file_bytes).await?,
                };
                uploads.insert(name, upload);
            }
            Content::Text => {
                let text = String::from_utf8(bytes(part, &name, MAX_TEXT).await?)
                    .map_err(|_| BodyError::Malformed("body has text that is not UTF-8"))?;
                members.insert(name, form_text(text))?;
            }
            Content::NotText => {
                bytes(part, &name, limits.file_bytes).await?;
                members.insert(name, Value::Bool(false))?;
            }
        }
    }
    Ok(uploads)
}

/// What a part holds: by its name, and not by whether it has a file name (S12-80).
enum Content {
    Text,
    File,
    /// A file under a name that is no field's: nothing to an endpoint that ignores the name, an error to one that has
    /// a parameter of that name.
    NotText,
}

impl Content {
    fn of<E: Endpoint>(name: &str, has_file_name: bool) -> Result<Self, BodyError> {
        match Name::parse(name) {
            Name::Field(field) if field.is_binary() => Ok(Self::File),
            // The endpoint itself knows which files it takes.
            _ if E::MULTIPART => Ok(Self::File),
            Name::Unknown if has_file_name => Ok(Self::NotText),
            _ if has_file_name => Err(BodyError::NotAFileField(name.to_owned())),
            _ => Ok(Self::Text),
        }
    }
}

async fn bytes(mut part: Field<'_>, name: &str, limit: usize) -> Result<Vec<u8>, BodyError> {
    let mut bytes = Vec::new();
    while let Some(chunk) = part.chunk().await.map_err(broken)? {
        if bytes.len() + chunk.len() > limit {
            return Err(BodyError::PartTooLarge { name: name.to_owned(), limit });
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

fn broken(error: MultipartError) -> BodyError {
    match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => BodyError::TooLarge,
        _ => BodyError::Malformed("body is not multipart/form-data, or is cut off"),
    }
}
