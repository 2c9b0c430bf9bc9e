//! `multipart/form-data`: text and files.

use axum::{
    body::Body,
    extract::{
        DefaultBodyLimit, FromRequest as _, Multipart, Request,
        multipart::{Field, MultipartError},
    },
};
use serde_json::Value;
use windlass_core::{
    endpoint::{Encoding, Endpoint},
    sep9::{MediaType, Name, sniff},
};

use super::{
    BodyError, Limits, MAX_PLAIN, ReadError,
    pace::Paced,
    parameters::{MAX_PARTS, Parameters, check_name, form_text},
};
use crate::files::{Files, Receiver, Upload, Uploads};

/// The longest text part, in bytes. It is longer than any field accepts, so that the field's own
/// rule refuses the value.
const MAX_TEXT: usize = 16 << 10;
/// The number of bytes at the start of a file that identify its media type.
const HEAD: usize = 64;
/// The media types accepted from `POST /customer/files`, where the field is not known yet.
const ANY: &[MediaType] = &[
    MediaType::Jpeg,
    MediaType::Png,
    MediaType::Pdf,
    MediaType::Mp4,
    MediaType::WebM,
    MediaType::QuickTime,
];

/// Reads the parts in any order (S12-78): text into `members`, files into `storage` and `uploads`.
pub(super) async fn read<E: Endpoint>(
    request: Request,
    limits: Limits,
    storage: Option<&dyn Files>,
    members: &mut Parameters,
    uploads: &mut Uploads,
) -> Result<(), ReadError> {
    let (parts, body) = request.into_parts();
    let (body, allowance) = Paced::new(body);
    let mut request = Request::from_parts(parts, Body::new(body));
    DefaultBodyLimit::max(limits.body_bytes).apply(&mut request);
    let boundary = |_| BodyError::Malformed("content type has no boundary");
    let mut parts = Multipart::from_request(request, &()).await.map_err(boundary)?;
    let (mut count, mut text_bytes) = (0, 0);
    loop {
        allowance.head();
        let Some(part) = parts.next_field().await.map_err(broken)? else { return Ok(()) };
        allowance.content();
        count += 1;
        if count > MAX_PARTS {
            return Err(BodyError::TooManyParts(MAX_PARTS).into());
        }
        let name =
            part.name().ok_or(BodyError::Malformed("body has a part without a name"))?.to_owned();
        check_name(&name)?;
        if members.contains(&name) || uploads.contains_key(&name) {
            return Err(BodyError::Repeated(name).into());
        }
        match Content::of::<E>(&name, part.file_name().is_some())? {
            Content::File => {
                let upload = match storage {
                    Some(storage) if E::takes_file(&name) => {
                        receive(part, &name, limits.file_bytes, storage).await?
                    }
                    _ => return Err(BodyError::Unexpected(name).into()),
                };
                uploads.insert(name, upload);
            }
            Content::Text => {
                let text = String::from_utf8(text(part, &name).await?)
                    .map_err(|_| BodyError::Malformed("body has text that is not UTF-8"))?;
                text_bytes += text.len();
                if text_bytes > MAX_PLAIN {
                    return Err(BodyError::TooLarge.into());
                }
                members.insert(name, form_text(text))?;
            }
            Content::NotText => {
                skip(part, &name, limits.file_bytes).await?;
                members.insert(name, Value::Bool(false))?;
            }
        }
    }
}

/// The kind of a part. Its name decides, not whether it has a file name (S12-80).
enum Content {
    Text,
    File,
    /// A file whose name is not a field: ignored, unless the endpoint has a parameter of that name.
    NotText,
}

impl Content {
    fn of<E: Endpoint>(name: &str, has_file_name: bool) -> Result<Self, BodyError> {
        match Name::parse(name) {
            Name::Field(field) if field.is_binary() => Ok(Self::File),
            // The endpoint decides which files it takes.
            _ if E::ENCODING == Encoding::Multipart => Ok(Self::File),
            Name::Unknown if has_file_name => Ok(Self::NotText),
            _ if has_file_name => Err(BodyError::NotAFileField(name.to_owned())),
            _ => Ok(Self::Text),
        }
    }
}

/// Streams a file to the storage. Refuses a media type that is not accepted, and files that are too
/// large.
async fn receive(
    mut part: Field<'_>,
    name: &str,
    limit: usize,
    storage: &dyn Files,
) -> Result<Upload, ReadError> {
    let mut head = Vec::new();
    while head.len() < HEAD
        && let Some(chunk) = part.chunk().await.map_err(broken)?
    {
        check_size(head.len() + chunk.len(), name, limit)?;
        head.extend_from_slice(&chunk);
    }
    let takes = match Name::parse(name) {
        Name::Field(field) => field.media,
        _ => ANY,
    };
    let media = sniff(&head)
        .filter(|media| takes.contains(media))
        .ok_or_else(|| BodyError::WrongFile { name: name.to_owned(), takes })?;
    let mut receiver = Receiver::begin(storage).await?;
    match write(&mut receiver, &head, &mut part, name, limit).await {
        Ok(()) => Ok(receiver.finish(media).await?),
        Err(error) => {
            receiver.abort().await;
            Err(error)
        }
    }
}

async fn write(
    receiver: &mut Receiver,
    head: &[u8],
    part: &mut Field<'_>,
    name: &str,
    limit: usize,
) -> Result<(), ReadError> {
    receiver.write(head).await?;
    while let Some(chunk) = part.chunk().await.map_err(broken)? {
        let size = usize::try_from(receiver.size()).unwrap_or(usize::MAX);
        check_size(size.saturating_add(chunk.len()), name, limit)?;
        if receiver.is_overdue() {
            return Err(BodyError::TooSlow.into());
        }
        receiver.write(&chunk).await?;
    }
    Ok(())
}

async fn text(mut part: Field<'_>, name: &str) -> Result<Vec<u8>, BodyError> {
    let mut bytes = Vec::new();
    while let Some(chunk) = part.chunk().await.map_err(broken)? {
        check_size(bytes.len() + chunk.len(), name, MAX_TEXT)?;
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

async fn skip(mut part: Field<'_>, name: &str, limit: usize) -> Result<(), BodyError> {
    let mut skipped = 0;
    while let Some(chunk) = part.chunk().await.map_err(broken)? {
        skipped += chunk.len();
        check_size(skipped, name, limit)?;
    }
    Ok(())
}

fn check_size(size: usize, name: &str, limit: usize) -> Result<(), BodyError> {
    if size > limit {
        return Err(BodyError::PartTooLarge { name: name.to_owned(), limit });
    }
    Ok(())
}

fn broken(error: MultipartError) -> BodyError {
    let malformed = BodyError::Malformed("body is not multipart/form-data, or is cut off");
    BodyError::of_transport(error.status(), &error, malformed)
}

#[cfg(test)]
mod tests;
