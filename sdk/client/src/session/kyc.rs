//! KYC (SEP-12), with values checked by the rules of SEP-9 before they are sent.

use assign::assign;
use windlass_core::{
    endpoint::Upload,
    language::Language,
    link::Link,
    map::Map,
    sep9::{self, Accepted, FieldError, MediaType, Name, Rules, Value},
    sep12::{
        Customer, CustomerCreated, DeleteCustomer, File, GetCustomer, GetFiles, PostFile,
        PutCallback, PutCustomer, PutVerification,
    },
    time::Date,
};

use super::Session;
use crate::{Error, ErrorKind, Renew, Transport};

mod custom;

impl<T: Transport, R: Renew<T>> Session<T, R> {
    /// The customer's status, the fields that the anchor has, and the fields that it needs. An
    /// unknown customer is no error (S12-41).
    ///
    /// Of a language with a region, such as `en-US`, only the language is sent: `lang` is an ISO
    /// 639-1 code.
    ///
    /// # Errors
    ///
    /// No customer has the id, the type is unknown, or the anchor cannot be reached.
    pub async fn customer(&self, request: &GetCustomer) -> Result<Customer, Error> {
        let lang = request.lang.as_deref().and_then(Language::parse);
        match lang.map(|lang| lang.as_str().to_owned()) {
            Some(lang) => self.call(&assign!(request.clone(), { lang: Some(lang) })).await,
            None => self.call(request).await,
        }
    }

    /// Registers the customer, or adds to what the anchor has.
    ///
    /// Values and files are checked and normalised by the rules of SEP-9 first. Names that are not
    /// in SEP-9 are sent unchanged. With the `known` response of [`customer`](Self::customer),
    /// values are also checked against the choices that the anchor offers.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Fields`] with every wrong value, and nothing was sent; or the anchor refused.
    pub async fn put_customer(
        &self,
        request: PutCustomer,
        known: Option<&Customer>,
    ) -> Result<CustomerCreated, Error> {
        let today = Date::from_unix(self.shared.clock.now());
        self.call(&checked(request, known, today)?).await
    }

    /// Returns confirmation codes to anchors of SEP-12 before 1.12. Since then they are fields of
    /// [`put_customer`](Self::put_customer), named `<field>_verification`.
    ///
    /// # Errors
    ///
    /// A code is wrong, or no customer has the id.
    pub async fn put_verification(&self, request: &PutVerification) -> Result<Customer, Error> {
        self.call(request).await
    }

    /// Deletes everything that the anchor has about the customer.
    ///
    /// The request's `account` is replaced by that of the session.
    ///
    /// # Errors
    ///
    /// The anchor does not know the customer, or cannot be reached.
    pub async fn delete_customer(&self, request: DeleteCustomer) -> Result<(), Error> {
        let account = self.account().without_memo().to_string();
        self.call(&assign!(request, { account })).await.map(drop)
    }

    /// Uploads a file, to be named as `<field>_file_id` in a later
    /// [`put_customer`](Self::put_customer).
    ///
    /// # Errors
    ///
    /// The anchor does not take separate files, or not this one.
    pub async fn upload_file(&self, file: Upload) -> Result<File, Error> {
        self.call(&PostFile::new(with_content_type(file, None))).await
    }

    /// Lists uploaded files, without their contents.
    ///
    /// # Errors
    ///
    /// The anchor does not take separate files, or the request does not name exactly one of file
    /// and customer.
    pub async fn files(&self, request: &GetFiles) -> Result<Vec<File>, Error> {
        request.target().map_err(|error| ErrorKind::InvalidRequest(error.to_string()))?;
        Ok(self.call(request).await?.files)
    }

    /// Registers the URL of the wallet's server to which the anchor reports every change of status
    /// until a final one.
    ///
    /// Changes before the registration are not reported: request the [`customer`](Self::customer)
    /// once more afterwards. The server receives the callbacks with
    /// [`Callbacks`](crate::Callbacks).
    ///
    /// # Errors
    ///
    /// The anchor does not know the customer, or does not accept the URL.
    pub async fn put_callback(&self, request: &PutCallback) -> Result<(), Error> {
        let request = assign!(request.clone(), { url: with_plain_host(&request.url) });
        self.call(&request).await.map(drop)
    }
}

/// The URL with its host in lower case and without a default port, which is the host that the
/// receiver expects in the signature (S12-124): the anchor signs the host as it stands in the URL.
/// Text that is not a URL is returned unchanged, for the anchor to refuse.
fn with_plain_host(url: &str) -> String {
    let Ok(link) = url.parse::<Link>() else { return url.to_owned() };
    let (scheme, port) = if link.is_https() { ("https://", ":443") } else { ("http://", ":80") };
    let named = link.authority();
    let host = named.strip_suffix(port).unwrap_or(named);
    format!("{scheme}{host}{}", link.as_str().get(scheme.len() + named.len()..).unwrap_or_default())
}

/// Checks the values of a form like [`Session::put_customer`].
///
/// `choices` are the values that the anchor offers, by field name. Names that are not in SEP-9,
/// confirmation codes and file ids are not checked.
///
/// # Errors
///
/// Every wrong value.
pub fn check_fields(
    values: &Map<Value>,
    choices: &Map<Vec<String>>,
    today: Date,
) -> Result<Vec<Accepted>, Vec<FieldError>> {
    Rules { choices, ..Rules::on(today) }.check_fields(values)
}

/// The request with every value normalised, or all errors.
fn checked(
    mut request: PutCustomer,
    known: Option<&Customer>,
    today: Date,
) -> Result<PutCustomer, Error> {
    let choices = known.map(choices).unwrap_or_default();
    let (accepted, mut errors) = match check_fields(&request.fields, &choices, today) {
        Ok(accepted) => (accepted, Vec::new()),
        Err(errors) => (Vec::new(), errors),
    };
    for accepted in accepted {
        // Numbers are left alone: only text has several spellings.
        if let Some(Value::Text(text)) = request.fields.get_mut(accepted.field.name) {
            *text = accepted.value;
        }
    }

    errors.extend(request.fields.iter().filter_map(|(name, value)| {
        let error = custom::error(name, value, known)?;
        Some(FieldError { field: name.clone(), error })
    }));

    for (name, upload) in std::mem::take(&mut request.uploads) {
        let media = match Name::parse(&name) {
            Name::Field(field) => match sep9::check_file(field, &upload.bytes) {
                Ok(media) => Some(media),
                Err(error) => {
                    errors.push(FieldError { field: name, error });
                    continue;
                }
            },
            _ => None,
        };
        request.uploads.insert(name, with_content_type(upload, media));
    }
    if errors.is_empty() { Ok(request) } else { Err(ErrorKind::Fields(errors).into()) }
}

/// The values that the anchor offers, by field name.
fn choices(customer: &Customer) -> Map<Vec<String>> {
    let wanted = customer.fields.iter().flatten();
    let provided = customer.provided_fields.iter().flatten();
    wanted
        .chain(provided.map(|(name, provided)| (name, &provided.field)))
        .filter_map(|(name, field)| Some((name.clone(), field.choices.clone()?)))
        .collect()
}

/// Sets the media type that the bytes show. If they show none, the declared type stays (S09-17).
fn with_content_type(upload: Upload, media: Option<MediaType>) -> Upload {
    let media = media.or_else(|| sep9::sniff(&upload.bytes));
    Upload {
        content_type: media.map_or(upload.content_type, |media| media.as_str().to_owned()),
        ..upload
    }
}

#[cfg(test)]
mod tests;
