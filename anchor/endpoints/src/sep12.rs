//! SEP-12: the endpoints for customers' data.
//!
//! Each handler reads the request, determines which customer it is about, and calls the
//! [`Customers`] hook.

use std::sync::Arc;

use assign::assign;
use axum::{
    Extension, Json, Router,
    extract::{FromRef, Path, State, rejection::PathRejection},
    http::StatusCode,
    middleware::from_fn_with_state,
};
use windlass_core::{
    account::Strkey,
    endpoint::Empty,
    language::Language,
    problem::Code,
    sep9::{Name, Value},
    sep12::{
        Customer, CustomerCreated, DeleteCustomer, File, Files, GetCustomer, GetFiles,
        IdentityError, PostFile, PutCallback, PutCustomer, PutVerification,
    },
};

use crate::{
    Error, Subject,
    body::{Input, Limits, WithFiles},
    files::{self, Files as Storage},
    hooks::{Caller, Customers},
    locale::{LanguagePolicy, Localized, LocalizedText, MessageId, RequestLanguage, localize},
    route::{self, Routes},
    sessions::Tokens,
    throttle::{ClientAddress, Throttle},
};

mod hook_contract;

/// The path at which `windlass-anchor` mounts the endpoints.
pub const MOUNT: &str = "/kyc";

/// The endpoints' state.
#[derive(Clone)]
pub struct CustomerApi {
    customers: Arc<dyn Customers>,
    tokens: Arc<dyn Tokens>,
    limits: Limits,
    storage: Arc<dyn Storage>,
    language: Language,
}

impl CustomerApi {
    /// Endpoints that call `customers`, accept session tokens of `tokens`, and stream files up to
    /// `limits` to `storage`.
    pub fn new(
        customers: Arc<dyn Customers>,
        tokens: Arc<dyn Tokens>,
        limits: Limits,
        storage: Arc<dyn Storage>,
    ) -> Self {
        Self { customers, tokens, limits, storage, language: Language::EN }
    }

    /// Sets the language of answers to requests that ask for none.
    #[must_use]
    pub fn default_language(self, language: Language) -> Self {
        Self { language, ..self }
    }
}

impl FromRef<CustomerApi> for Arc<dyn Storage> {
    fn from_ref(api: &CustomerApi) -> Self {
        Self::clone(&api.storage)
    }
}

impl FromRef<CustomerApi> for Arc<dyn Tokens> {
    fn from_ref(api: &CustomerApi) -> Self {
        Self::clone(&api.tokens)
    }
}

/// A router with the seven endpoints. Nest it at the path of the stellar.toml's `KYC_SERVER`.
pub fn router(api: CustomerApi, throttle: Throttle) -> Router {
    routes(api, throttle).into()
}

/// Like [`router`], with the list of endpoints.
pub fn routes(api: CustomerApi, throttle: Throttle) -> Routes {
    let limits = Extension(api.limits);
    let languages = api.customers.languages().to_vec();
    let policy = LanguagePolicy { languages, default: api.language };
    let routes = Routes::new()
        .endpoint::<GetCustomer, _, _>(get_customer)
        .endpoint::<PutCustomer, _, _>(put_customer)
        .endpoint::<PutVerification, _, _>(put_verification)
        .endpoint::<PutCallback, _, _>(put_callback)
        .endpoint::<GetFiles, _, _>(get_files)
        .endpoint::<PostFile, _, _>(post_file)
        .endpoint::<DeleteCustomer, _, _>(delete_customer);
    route::api(routes, api, throttle, |router| {
        router.layer(limits).layer(from_fn_with_state(policy, localize))
    })
}

/// `GET /customer`
async fn get_customer(
    State(api): State<CustomerApi>,
    Subject(subject): Subject,
    RequestLanguage(language): RequestLanguage,
    Input(request): Input<GetCustomer>,
) -> Result<Localized<Json<Customer>>, Error> {
    if request.lang.as_deref().is_some_and(|lang| Language::parse(lang).is_none()) {
        return Err(invalid(
            "lang",
            Code::InvalidLanguage,
            LocalizedText::from(MessageId::LangMalformed).with("example", "en"),
        ));
    }
    check_transaction(request.transaction_id.as_deref(), request.kind.as_deref())?;
    let who = Caller::of(subject, &request)?.in_language(language);
    let id = request.id.clone();
    let customer = hook_contract::customer(id.as_deref(), api.customers.get(&who, request).await?)?;
    Ok(Localized(None, customer))
}

/// `PUT /customer`: answers 202, because the body contains no result (S12-72).
async fn put_customer(
    State(api): State<CustomerApi>,
    Subject(subject): Subject,
    RequestLanguage(language): RequestLanguage,
    ClientAddress(address): ClientAddress,
    WithFiles(request, uploads): WithFiles<PutCustomer>,
) -> Localized<Result<(StatusCode, Json<CustomerCreated>), Error>> {
    let lang = lang(&request).filter(|lang| api.customers.languages().contains(lang));
    let asked = request.id.clone();
    let put = async {
        check_transaction(request.transaction_id.as_deref(), request.kind.as_deref())?;
        let who = Caller::of(subject, &request)?.in_language(lang.unwrap_or(language));
        let who = who.at(address);
        Ok(api.customers.put(&who, request, &uploads).await?)
    };
    let put: Result<_, Error> = put.await;
    files::discard(uploads).await;
    let id = put.and_then(|id| hook_contract::id(asked.as_deref(), id));
    Localized(lang, id.map(|id| (StatusCode::ACCEPTED, Json(CustomerCreated::new(id)))))
}

/// The `lang` of a `PUT`. SEP-12 defines it for `GET` only, but a `PUT` also causes texts, such as
/// a code's e-mail.
fn lang(request: &PutCustomer) -> Option<Language> {
    match request.fields.get("lang") {
        Some(Value::Text(lang)) => Language::parse(lang),
        _ => None,
    }
}

/// `PUT /customer/verification`
async fn put_verification(
    State(api): State<CustomerApi>,
    Subject(subject): Subject,
    RequestLanguage(language): RequestLanguage,
    Input(request): Input<PutVerification>,
) -> Result<Localized<Json<Customer>>, Error> {
    let refuse = |saying| {
        let phrase = LocalizedText::from(saying).with("codes", "<field>_verification");
        Err(invalid("id", Code::InvalidRequest, phrase))
    };
    if request.codes.is_empty() {
        return refuse(MessageId::CodesMissing);
    }
    for (name, code) in &request.codes {
        if !matches!((Name::parse(name), code), (Name::Verification(_), Value::Text(_))) {
            return refuse(MessageId::CodesAlone);
        }
    }
    let (who, id) = (Caller::itself(subject).in_language(language), request.id.clone());
    let customer = api.customers.put_verification(&who, request).await?;
    Ok(Localized(None, hook_contract::customer(Some(&id), customer)?))
}

/// `DELETE /customer/{account}`
async fn delete_customer(
    State(api): State<CustomerApi>,
    Subject(subject): Subject,
    RequestLanguage(language): RequestLanguage,
    account: Result<Path<String>, PathRejection>,
    Input(request): Input<DeleteCustomer>,
) -> Result<Json<Empty>, Error> {
    let Path(account) = account.map_err(|_| not_yours())?;
    let request = assign!(request, { account });
    let who = Caller::of(subject, &request).map_err(|error| match error {
        // Malformed: 400. Of another account: 401 (S12-101, S12-25).
        IdentityError::Memo(_) => error.into(),
        IdentityError::Account(_) if Strkey::parse(&request.account).is_err() => error.into(),
        _ => not_yours(),
    })?;
    api.customers.delete(&who.in_language(language), request).await?;
    Ok(Json(Empty {}))
}

/// `PUT /customer/callback`
async fn put_callback(
    State(api): State<CustomerApi>,
    Subject(subject): Subject,
    RequestLanguage(language): RequestLanguage,
    Input(request): Input<PutCallback>,
) -> Result<Json<Empty>, Error> {
    let who = Caller::of(subject, &request)?.in_language(language);
    api.customers.callback(&who, request).await?;
    Ok(Json(Empty {}))
}

/// `POST /customer/files`
async fn post_file(
    State(api): State<CustomerApi>,
    Subject(subject): Subject,
    RequestLanguage(language): RequestLanguage,
    WithFiles(_, uploads): WithFiles<PostFile>,
) -> Result<Json<File>, Error> {
    let Some(upload) = uploads.get(PostFile::PART) else {
        return Err(invalid(
            PostFile::PART,
            Code::InvalidRequest,
            LocalizedText::from(MessageId::FileMissing).with("part", PostFile::PART),
        ));
    };
    let who = Caller::itself(subject).in_language(language);
    let file = api.customers.post_file(&who, upload).await;
    let file = file.map_err(Error::from).and_then(|file| hook_contract::file(upload, file));
    files::discard(uploads).await;
    file
}

/// `GET /customer/files`
async fn get_files(
    State(api): State<CustomerApi>,
    Subject(subject): Subject,
    RequestLanguage(language): RequestLanguage,
    Input(request): Input<GetFiles>,
) -> Result<Json<Files>, Error> {
    if request.target().is_err() {
        return Err(invalid("file_id", Code::InvalidRequest, MessageId::FilesOneName.into()));
    }
    let who = Caller::itself(subject).in_language(language);
    hook_contract::files(&request, api.customers.files(&who, request.clone()).await?)
}

/// A `transaction_id` requires a `type` (S12-34). The hook checks whether the transaction exists.
fn check_transaction(id: Option<&str>, kind: Option<&str>) -> Result<(), Error> {
    if id.is_some() && kind.is_none() {
        return Err(invalid(
            "type",
            Code::InvalidTransactionId,
            MessageId::TransactionNeedsType.into(),
        ));
    }
    Ok(())
}

fn invalid(field: &str, code: Code, text: LocalizedText) -> Error {
    Error::new(code, text).with_field(field)
}

/// 401: the path of a `DELETE` names an account that is not the caller's (S12-101).
fn not_yours() -> Error {
    Error::new(Code::IdentityMismatch, MessageId::NotYours).with_status(StatusCode::UNAUTHORIZED)
}

impl From<IdentityError> for Error {
    fn from(error: IdentityError) -> Self {
        Self::new(error.code(), &error)
    }
}
