//! Media types, determined from the first bytes of a file.

use serde::{Deserialize, Serialize};

/// A media type that some field accepts. Its word is its name in a `Content-Type` header, and in
/// the `accept` attribute of a file input.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub enum MediaType {
    /// A JPEG image.
    #[serde(rename = "image/jpeg")]
    Jpeg,
    /// A PNG image.
    #[serde(rename = "image/png")]
    Png,
    /// A PDF document.
    #[serde(rename = "application/pdf")]
    Pdf,
    /// An MP4 video.
    #[serde(rename = "video/mp4")]
    Mp4,
    /// A WebM video.
    #[serde(rename = "video/webm")]
    WebM,
    /// A QuickTime video.
    #[serde(rename = "video/quicktime")]
    QuickTime,
}

impl MediaType {
    /// The name in a `Content-Type` header, which is also the word of its JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Pdf => "application/pdf",
            Self::Mp4 => "video/mp4",
            Self::WebM => "video/webm",
            Self::QuickTime => "video/quicktime",
        }
    }
}

/// Determines the media type from the first bytes; 64 bytes suffice. File names and declared types
/// are ignored (S09-17).
pub fn sniff(bytes: &[u8]) -> Option<MediaType> {
    match bytes {
        [0xff, 0xd8, 0xff, ..] => Some(MediaType::Jpeg),
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Some(MediaType::Png),
        [b'%', b'P', b'D', b'F', b'-', ..] => Some(MediaType::Pdf),
        [0x1a, 0x45, 0xdf, 0xa3, ..] => {
            // EBML is the container of several formats. The document type is element 0x4282, here
            // with a length of 4.
            let head = &bytes[..bytes.len().min(64)];
            head.windows(7).any(|w| w == b"\x42\x82\x84webm").then_some(MediaType::WebM)
        }
        [_, _, _, _, b'f', b't', b'y', b'p', a, b, c, d, ..] => brand(&[*a, *b, *c, *d]),
        _ => None,
    }
}

/// The media type for an ISO brand. Still images (HEIC, AVIF) and sound files begin with the same
/// box, so only the brands of videos count.
fn brand(brand: &[u8; 4]) -> Option<MediaType> {
    match brand {
        b"qt  " => Some(MediaType::QuickTime),
        b"isom" | b"mp41" | b"mp42" | b"avc1" | b"dash" | b"MSNV" | b"M4V " | b"M4VH" | b"M4VP" => {
            Some(MediaType::Mp4)
        }
        [b'i', b's', b'o', b'2'..=b'9'] => Some(MediaType::Mp4),
        _ => None,
    }
}

/// The first bytes of files.
#[cfg(test)]
pub(super) mod samples {
    pub(crate) const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
    pub(crate) const JPEG: &[u8] = b"\xff\xd8\xff\xe0\0\x10JFIF";
    pub(crate) const PDF: &[u8] = b"%PDF-1.7\n";
    pub(crate) const MP4: &[u8] = b"\0\0\0\x20ftypisom\0\0\x02\0isomiso2avc1mp41";
    pub(crate) const MOV: &[u8] = b"\0\0\0\x14ftypqt  \0\0\x02\0qt  ";
    pub(crate) const WEBM: &[u8] = b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\xf7\x81\x01\x42\xf2\x81\x04\x42\xf3\x81\x08\x42\x82\x84webm\x42\x87";
}

#[cfg(test)]
mod tests {
    use super::{samples::*, *};

    #[test]
    fn media_type_follows_from_the_first_bytes() {
        let known = [
            (JPEG, MediaType::Jpeg),
            (PNG, MediaType::Png),
            (PDF, MediaType::Pdf),
            (MP4, MediaType::Mp4),
            (b"\0\0\0\x18ftypiso5\0\0", MediaType::Mp4),
            (MOV, MediaType::QuickTime),
            (WEBM, MediaType::WebM),
        ];
        for (bytes, media) in known {
            assert_eq!(sniff(bytes), Some(media));
            for end in 0..bytes.len() {
                assert!(sniff(&bytes[..end]).is_none_or(|cut| cut == media));
            }
        }
    }

    #[test]
    fn media_type_names_equal_their_json() {
        let all = [
            MediaType::Jpeg,
            MediaType::Png,
            MediaType::Pdf,
            MediaType::Mp4,
            MediaType::WebM,
            MediaType::QuickTime,
        ];
        for media in all {
            assert_eq!(serde_json::to_value(media).unwrap(), media.as_str());
        }
    }

    #[test]
    fn other_formats_have_no_media_type() {
        let heic = b"\0\0\0\x24ftypheic\0\0\0\0mif1";
        let matroska = b"\x1a\x45\xdf\xa3\x9f\x42\x82\x88matroska";
        let others: [&[u8]; 8] = [
            b"",
            b"hello",
            b"GIF89a",
            b"RIFF\0\0\0\0WEBP",
            heic,
            matroska,
            b"<svg",
            b"\0\0\0\x20ftypM4A ",
        ];
        for bytes in others {
            assert_eq!(sniff(bytes), None, "{bytes:?}");
        }
    }
}
