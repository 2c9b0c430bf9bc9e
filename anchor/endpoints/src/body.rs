//! Reads query, JSON, form and multipart bodies into the request type of an endpoint.

use std::sync::Arc;

use axum::{
    body::Bytes,
    extract::{DefaultBodyLimit, FromRef, FromRequest, Request},
    http::{Extensions, header::CONTENT_TYPE},
};
use windlass_core::endpoint::{Encoding, Endpoint};

use crate::{
    Error,
    files::{FileError, Files, Uploads, discard},
};

mod error;
mod form;
mod json;
mod limits;
mod multipart;
mod pace;
mod parameters;

pub use error::BodyError;
pub use limits::Limits;

use parameters::Parameters;

/// The longest JSON or form body of an endpoint that accepts files, in bytes: more than all text
/// fields at their longest together.
const MAX_PLAIN: usize = 1 << 20;

/// An extractor for a request of type `E` without files, in any encoding.
///
/// The request's [`Encoding`] says where the parameters are. The handler fills in parameters of the
/// path.
///
/// [`DefaultBodyLimit`] in the router limits the length. Multipart bodies need [`Limits`] in the
/// request's extensions; otherwise they are refused like any unknown media type.
#[derive(Clone, Copy, Debug)]
pub struct Input<E>(pub E);

impl<E: Endpoint + Send, S: Sync> FromRequest<S> for Input<E> {
    type Rejection = Error;

    async fn from_request(request: Request, _: &S) -> Result<Self, Error> {
        let (request, _) = read(request, None).await?;
        Ok(Self(request))
    }
}

/// An extractor for a request of type `E` and its files.
///
/// Files are streamed to the [`Files`] in the router's state; none is held in memory as a whole.
/// The first bytes must show a media type that the field accepts. If any part of the request is
/// refused, all its files are removed.
#[derive(Debug)]
pub struct WithFiles<E>(pub E, pub Uploads);

impl<E: Endpoint + Send, S: Sync> FromRequest<S> for WithFiles<E>
where
    Arc<dyn Files>: FromRef<S>,
{
    type Rejection = Error;

    async fn from_request(request: Request, state: &S) -> Result<Self, Error> {
        let storage = <Arc<dyn Files>>::from_ref(state);
        let (request, uploads) = read(request, Some(&*storage)).await?;
        Ok(Self(request, uploads))
    }
}

/// The error when a request cannot be read.
#[derive(Debug, thiserror::Error)]
enum ReadError {
    /// The client sent an invalid request.
    #[error(transparent)]
    Body(#[from] BodyError),
    /// The server cannot store a file.
    #[error(transparent)]
    Storage(#[from] FileError),
}

impl From<ReadError> for Error {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::Body(error) => error.into(),
            ReadError::Storage(error) => error.into(),
        }
    }
}

async fn read<E: Endpoint>(
    request: Request,
    storage: Option<&dyn Files>,
) -> Result<(E, Uploads), ReadError> {
    let mut members = Parameters::default();
    let mut uploads = Uploads::new();
    let read = async {
        read_into::<E>(request, storage, &mut members, &mut uploads).await?;
        Ok(members.into_request()?)
    };
    match read.await {
        Ok(request) => Ok((request, uploads)),
        Err(error) => {
            discard(uploads).await;
            Err(error)
        }
    }
}

async fn read_into<E: Endpoint>(
    request: Request,
    storage: Option<&dyn Files>,
    members: &mut Parameters,
    uploads: &mut Uploads,
) -> Result<(), ReadError> {
    if matches!(E::ENCODING, Encoding::Query | Encoding::JsonOrQuery)
        && let Some(query) = request.uri().query()
    {
        form::read_query(query.as_bytes(), members)?;
    }
    if E::ENCODING == Encoding::Query {
        return Ok(());
    }
    match body_format::<E>(&request)? {
        Some(BodyFormat::Multipart(limits)) => {
            multipart::read::<E>(request, limits, storage, members, uploads).await
        }
        format => {
            let body = buffer(request).await?;
            match format {
                Some(BodyFormat::Json) => json::read(&body, members)?,
                Some(BodyFormat::Form) => form::read(&body, members)?,
                // An empty body needs no media type.
                _ if body.is_empty() => {}
                _ => return Err(BodyError::UnsupportedMediaType.into()),
            }
            Ok(())
        }
    }
}

/// What a wallet has sent, which may be a form where the [`Encoding`] says JSON.
enum BodyFormat {
    Json,
    Form,
    Multipart(Limits),
}

/// The format of the body by its media type without parameters; `None` without a `Content-Type`.
fn body_format<E: Endpoint>(request: &Request) -> Result<Option<BodyFormat>, BodyError> {
    let media_type = match request.headers().get(CONTENT_TYPE) {
        None => None,
        Some(value) => {
            let text = value.to_str().map_err(|_| BodyError::UnsupportedMediaType)?;
            Some(text.split(';').next().unwrap_or_default().trim().to_ascii_lowercase())
        }
    };
    let limits = multipart_limits(request.extensions());
    match (media_type.as_deref(), limits) {
        (Some("multipart/form-data"), Some(limits)) => Ok(Some(BodyFormat::Multipart(limits))),
        _ if E::ENCODING == Encoding::Multipart => Err(BodyError::MultipartExpected),
        (None, _) => Ok(None),
        (Some("application/json"), _) => Ok(Some(BodyFormat::Json)),
        (Some("application/x-www-form-urlencoded"), _) => Ok(Some(BodyFormat::Form)),
        (Some(_), _) => Err(BodyError::UnsupportedMediaType),
    }
}

fn multipart_limits(extensions: &Extensions) -> Option<Limits> {
    extensions.get().copied()
}

/// Reads a body without files into memory.
async fn buffer(mut request: Request) -> Result<Bytes, BodyError> {
    if let Some(limits) = multipart_limits(request.extensions()) {
        DefaultBodyLimit::max(limits.body_bytes.min(MAX_PLAIN)).apply(&mut request);
    }
    let incomplete = BodyError::Malformed("body is incomplete");
    Bytes::from_request(request, &())
        .await
        .map_err(|error| BodyError::of_transport(error.status(), &error, incomplete))
}

#[cfg(test)]
mod tests {
    use axum::{Extension, Router, body::Body, http::StatusCode, routing};
    use tower::ServiceExt as _;
    use windlass_core::{
        sep9::Value,
        sep10::GetChallenge,
        sep12::{DeleteCustomer, GetCustomer, PostFile, PutCustomer, PutVerification},
    };

    use super::*;
    use crate::memory::MemoryFiles;

    const FORM: &str = "application/x-www-form-urlencoded";
    const JSON: &str = "application/json";
    const MULTIPART: &str = "multipart/form-data; boundary=X";
    /// The first bytes of a PDF. Unlike those of images they are text, so they fit into `&str`
    /// bodies.
    const PDF: &str = "%PDF-";
    const LIMITS: Limits = Limits { file_bytes: 1000, body_bytes: 2000 };

    /// Extracts a request as a router does.
    async fn read_as<E: Endpoint + Send>(
        uri: &str,
        media_type: &str,
        body: &[u8],
    ) -> Result<E, BodyError> {
        read_with_files(uri, media_type, body).await.map(|(request, _)| request)
    }

    async fn read_with_files<E: Endpoint + Send>(
        uri: &str,
        media_type: &str,
        body: &[u8],
    ) -> Result<(E, Uploads), BodyError> {
        let mut request = Request::builder().uri(uri).extension(LIMITS);
        if !media_type.is_empty() {
            request = request.header(CONTENT_TYPE, media_type);
        }
        let request = request.body(Body::from(body.to_vec())).unwrap();
        read(request, Some(&MemoryFiles)).await.map_err(|error| match error {
            ReadError::Body(error) => error,
            ReadError::Storage(error) => panic!("{error}"),
        })
    }

    async fn put(media_type: &str, body: &str) -> Result<PutCustomer, BodyError> {
        read_as("/", media_type, body.as_bytes()).await
    }

    fn parts(parts: &[(&str, Option<&str>, &str)]) -> String {
        let part = |(name, file_name, value): &(&str, Option<&str>, &str)| {
            let file_name =
                file_name.map(|name| format!("; filename=\"{name}\"")).unwrap_or_default();
            format!(
                "--X\r\nContent-Disposition: form-data; name=\"{name}\"{file_name}\r\n\r\n{value}\r\n"
            )
        };
        parts.iter().map(part).collect::<String>() + "--X--\r\n"
    }

    fn status(result: Result<PutCustomer, BodyError>) -> u16 {
        result.map_or_else(|error| error.status().as_u16(), |_| 200)
    }

    #[tokio::test]
    async fn three_encodings_give_one_request() {
        let json = put(
            "Application/JSON; charset=utf-8",
            r#"{"type":"sep6","organization.name":"Ä","memo":"7"}"#,
        )
        .await
        .unwrap();
        let form =
            put(&format!("{FORM}; charset=UTF-8"), "type=sep6&organization.name=%C3%84&memo=7")
                .await
                .unwrap();
        let body =
            parts(&[("type", None, "sep6"), ("organization.name", None, "Ä"), ("memo", None, "7")]);
        let multipart = put(MULTIPART, &body).await.unwrap();
        assert_eq!((&json, json.memo.as_deref()), (&form, Some("7")));
        assert_eq!(form, multipart);
    }

    #[tokio::test]
    async fn nothing_is_an_empty_request() {
        assert_eq!(put("", "").await.unwrap(), PutCustomer::new());
        assert_eq!(put(FORM, "").await.unwrap(), PutCustomer::new());
        assert_eq!(status(put("", "{}").await), 415);
    }

    #[tokio::test]
    async fn form_keeps_plus_signs_only_when_encoded() {
        let value = async |body| put(FORM, body).await.unwrap().fields["mobile_number"].clone();
        assert_eq!(value("mobile_number=%2B491711234567").await, "+491711234567".into());
        assert_eq!(value("mobile_number=+491711234567").await, " 491711234567".into());
    }

    #[tokio::test]
    async fn lines_that_a_browser_has_ended_its_own_way_are_lines() {
        let value = async |media_type, body: String| {
            put(media_type, &body).await.unwrap().fields["address"].clone()
        };
        let lines = "1 Main St\r\n\r\nSpringfield\r\n";
        let multipart = parts(&[("address", None, lines)]);
        assert_eq!(value(MULTIPART, multipart).await, "1 Main St\n\nSpringfield\n".into());
        assert_eq!(value(FORM, "address=a%0D%0Ab%0Ac".to_owned()).await, "a\nb\nc".into());
        // A carriage return without a line feed stays, and JSON is not changed at all.
        assert_eq!(value(FORM, "address=a%0Db".to_owned()).await, "a\rb".into());
        assert_eq!(value(JSON, r#"{"address":"a\r\nb"}"#.to_owned()).await, "a\r\nb".into());
    }

    #[tokio::test]
    async fn malformed_bodies_are_refused() {
        for body in
            ["", "{", "[]", "null", "7", r#"{"a":1}x"#, r#"{"a":"\ud800"}"#, "{\"a\":\"\u{0}\"}"]
        {
            assert_eq!(status(put(JSON, body).await), 400, "{body}");
        }
        assert_eq!(
            read_as::<PutCustomer>("/", JSON, b"{\"city\":\"\xff\"}").await.unwrap_err().status(),
            400
        );
        for body in ["a=%", "a=%4", "a=%zz", "a=%ff", "%ff=a", "=a"] {
            assert_eq!(status(put(FORM, body).await), 400, "{body}");
        }
        let whole = parts(&[("city", None, "Roma"), ("photo_proof_residence", Some("a.png"), PDF)]);
        for end in 0..whole.len() - 4 {
            assert_eq!(status(put(MULTIPART, &whole[..end]).await), 400, "{}", &whole[..end]);
        }
        assert_eq!(status(put("multipart/form-data", &whole).await), 400);
        assert_eq!(
            status(
                put(MULTIPART, "--X\r\nContent-Disposition: form-data\r\n\r\na\r\n--X--\r\n").await
            ),
            400
        );
    }

    #[tokio::test]
    async fn other_types_are_refused() {
        for media_type in [
            "text/plain",
            "application/xml",
            "multipart/mixed; boundary=X",
            "application/json5",
            "json",
            ";",
        ] {
            assert_eq!(status(put(media_type, "{}").await), 415, "{media_type}");
        }
    }

    #[tokio::test]
    async fn repeated_names_are_refused() {
        let file = ("photo_proof_residence", Some("a"), PDF);
        let multipart = parts(&[("city", None, "A"), ("city", None, "A")]);
        let files = parts(&[file, file]);
        let both = parts(&[("unheard_of", None, "1"), ("unheard_of", Some("a"), "x")]);
        for (media_type, body) in [
            (JSON, r#"{"city":"A","city":"A"}"#),
            (JSON, r#"{"id":null,"id":"1"}"#),
            (FORM, "city=A&city=A"),
            (FORM, "city=A&cit%79=A"),
            (MULTIPART, &multipart),
            (MULTIPART, &files),
            (MULTIPART, &both),
        ] {
            let error = put(media_type, body).await.unwrap_err();
            assert!(matches!(error, BodyError::Repeated(_)), "{body}: {error}");
        }
        let error = read_as::<GetCustomer>("/?memo=1&memo=2", "", b"").await.unwrap_err();
        assert_eq!(
            (error.to_string().as_str(), error.field()),
            ("memo is given twice", Some("memo"))
        );
        let error = read_as::<DeleteCustomer>("/?memo=1", FORM, b"memo=2").await.unwrap_err();
        assert_eq!(error.field(), Some("memo"));
    }

    #[tokio::test]
    async fn query_is_read_for_get_and_delete_only() {
        let get = read_as::<GetCustomer>("/?type=sep6&memo=%37", "", b"").await.unwrap();
        assert_eq!((get.kind.as_deref(), get.memo.as_deref()), (Some("sep6"), Some("7")));
        assert_eq!(
            read_as::<DeleteCustomer>("/?memo=1", "", b"").await.unwrap().memo.as_deref(),
            Some("1")
        );
        assert_eq!(
            read_as::<DeleteCustomer>("/", JSON, br#"{"memo":1}"#).await.unwrap().memo.as_deref(),
            Some("1")
        );
        assert_eq!(read_as::<PutCustomer>("/?id=1", "", b"").await.unwrap().id, None);
        assert_eq!(
            read_as::<GetCustomer>("/", "text/plain", b"x").await.unwrap(),
            GetCustomer::new()
        );
    }

    #[tokio::test]
    async fn empty_parameters_of_a_query_and_null_are_absent() {
        let empty = "/?id=&account=&memo=&memo_type=&type=&transaction_id=&lang=&x=";
        assert_eq!(read_as::<GetCustomer>(empty, "", b"").await.unwrap(), GetCustomer::new());
        assert_eq!(read_as::<GetCustomer>("/?id&lang", "", b"").await.unwrap(), GetCustomer::new());
        let once = read_as::<GetCustomer>("/?memo=&memo=7", "", b"").await.unwrap();
        assert_eq!(once.memo.as_deref(), Some("7"));
        let delete = read_as::<DeleteCustomer>("/?memo=&memo_type=", "", b"").await.unwrap();
        assert_eq!(delete, DeleteCustomer::default());
        let empty = "/?account=G&memo=&home_domain=&client_domain=";
        let challenge = read_as::<GetChallenge>(empty, "", b"").await.unwrap();
        assert_eq!(challenge, GetChallenge::new("G"));

        let null = br#"{"id":null,"account":null,"memo":null,"memo_type":null,"type":null,"transaction_id":null}"#;
        assert_eq!(read_as::<PutCustomer>("/", JSON, null).await.unwrap(), PutCustomer::new());
        let null = br#"{"memo":null,"memo_type":null}"#;
        let delete = read_as::<DeleteCustomer>("/", JSON, null).await.unwrap();
        assert_eq!(delete, DeleteCustomer::default());
        // A field of the customer is not a parameter: sending it says that there is a value.
        let field = put(JSON, r#"{"city":null}"#).await.unwrap();
        assert_eq!(field.fields["city"], Value::Other);
        assert_eq!(put(FORM, "city=").await.unwrap().fields["city"], Value::from(""));
    }

    #[tokio::test]
    async fn name_of_the_part_decides_what_is_a_file() {
        let pdf = format!("{PDF} of a bill");
        let body = parts(&[
            ("photo_proof_residence", None, &pdf),
            ("proof_of_income", Some(""), PDF),
            ("city", None, "Roma"),
        ]);
        let (request, uploads): (PutCustomer, _) =
            read_with_files("/", MULTIPART, body.as_bytes()).await.unwrap();
        assert_eq!(uploads["photo_proof_residence"].bytes().await.unwrap(), pdf.as_bytes());
        assert_eq!(uploads["proof_of_income"].bytes().await.unwrap(), PDF.as_bytes());
        assert_eq!(request.fields.len(), 1);

        for name in ["city", "mobile_number_verification", "photo_id_front_file_id"] {
            let error =
                put(MULTIPART, &parts(&[(name, Some("a.txt"), "secret")])).await.unwrap_err();
            assert_eq!((error.status(), error.field()), (StatusCode::BAD_REQUEST, Some(name)));
        }
        // A parameter that arrives as a file must not be ignored.
        assert_eq!(status(put(MULTIPART, &parts(&[("memo", Some("a"), "7")])).await), 400);
        assert_eq!(status(put(MULTIPART, &parts(&[("id", Some("a"), "7")])).await), 400);
        let colour = parts(&[("favourite_colour", Some("a"), "red")]);
        let (_, ignored): (PutCustomer, _) =
            read_with_files("/", MULTIPART, colour.as_bytes()).await.unwrap();
        assert!(ignored.is_empty());
    }

    #[tokio::test]
    async fn sizes_are_limited() {
        let big = |len| "x".repeat(len);
        assert_eq!(status(put(JSON, &format!(r#"{{"city":"{}"}}"#, big(3000))).await), 413);
        assert_eq!(status(put(FORM, &format!("city={}", big(3000))).await), 413);
        let pdf = |len: usize| format!("{PDF}{}", big(len - PDF.len()));
        let file = |len: usize| parts(&[("photo_proof_residence", Some("a"), &pdf(len))]);
        assert_eq!(status(put(MULTIPART, &file(1000)).await), 200);
        let error = put(MULTIPART, &file(1001)).await.unwrap_err();
        assert_eq!((error.status().as_u16(), error.field()), (413, Some("photo_proof_residence")));
        let two = parts(&[
            ("photo_proof_residence", Some("a"), &pdf(950)),
            ("proof_of_income", Some("a"), &pdf(950)),
        ]);
        assert_eq!(status(put(MULTIPART, &two).await), 413);
        assert_eq!(status(put(FORM, &format!("{}=1", big(200))).await), 400);
        assert_eq!(
            status(put(FORM, &(0..300).map(|n| format!("&a{n}=")).collect::<String>()).await),
            413
        );
    }

    #[tokio::test]
    async fn parameters_of_the_wrong_type_are_named_and_their_values_are_not() {
        for (body, field) in [
            (r#"{"id":12345}"#, "id"),
            (r#"{"memo":1.5}"#, "memo"),
            (r#"{"type":["secret"]}"#, "type"),
            (r#"{"account":{"secret":"secret"}}"#, "account"),
        ] {
            let error = put(JSON, body).await.unwrap_err();
            assert_eq!((error.status(), error.field()), (StatusCode::BAD_REQUEST, Some(field)));
            let text = error.to_string();
            assert!(!text.contains("12345") && !text.contains("secret"), "{text}");
        }
        let error = read_as::<PutVerification>("/", JSON, b"{}").await.unwrap_err();
        assert_eq!((error.to_string().as_str(), error.field()), ("id is missing", Some("id")));
        // An unknown name may be a value in the wrong place, so the text does not show it.
        let error = put(FORM, "ada@mail.example=&ada@mail.example=").await.unwrap_err();
        assert_eq!(error.to_string(), "a name is given twice");
    }

    #[tokio::test]
    async fn file_endpoint_takes_multipart_alone() {
        let error = read_as::<PostFile>("/", JSON, b"{}").await.unwrap_err();
        assert_eq!(error.status(), 400);
        let body = parts(&[("file", Some("a"), PDF)]);
        let (_, uploads): (PostFile, _) =
            read_with_files("/", MULTIPART, body.as_bytes()).await.unwrap();
        assert_eq!(uploads["file"].bytes().await.unwrap(), PDF.as_bytes());
        let other = parts(&[("file", Some("a"), PDF), ("photo_proof_residence", Some("a"), PDF)]);
        let error = read_as::<PostFile>("/", MULTIPART, other.as_bytes()).await.unwrap_err();
        assert_eq!((error.status().as_u16(), error.field()), (400, Some("photo_proof_residence")));
    }

    #[tokio::test]
    async fn router_without_file_limits_takes_no_multipart_and_sets_its_own_limit() {
        let echo = async |Input(request): Input<PutCustomer>| request.fields.len().to_string();
        let router = Router::new().route("/", routing::put(echo)).layer(DefaultBodyLimit::max(100));
        let send = async |router: Router, media_type: &str, body: String| {
            let request =
                Request::put("/").header(CONTENT_TYPE, media_type).body(Body::from(body)).unwrap();
            router.oneshot(request).await.unwrap().status().as_u16()
        };
        let multipart = parts(&[("city", None, "Roma")]);
        assert_eq!(send(router.clone(), MULTIPART, multipart.clone()).await, 415);
        assert_eq!(send(router.clone(), FORM, format!("city={}", "x".repeat(95))).await, 200);
        assert_eq!(send(router.clone(), FORM, format!("city={}", "x".repeat(96))).await, 413);
        assert_eq!(send(router.layer(Extension(LIMITS)), MULTIPART, multipart).await, 200);
    }
}
