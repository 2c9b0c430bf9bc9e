//! KYC (SEP-12), with values checked by the rules of SEP-9 before they are sent.

use assign::assign;
use windlass_core::{
    endpoint::Upload,
    language::Language,
    link::Link,
    map::Map,
    sep9::{self, Accepted, Checks, FieldError, Kind, Name, Rules, Value, ValueError},
    sep12::{
        Customer, CustomerCreated, DeleteCustomer, File, GetCustomer, GetFiles, PostFile,
        PutCallback, PutCustomer, PutVerification,
    },
    time::Date,
};

use super::Session;
use crate::{Error, ErrorKind, Renew, Transport};

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
    /// Values and files are checked and normalised by the rules of SEP-9 first. With the known
    /// response of [`customer`](Self::customer), values are also checked against the choices and
    /// types that the anchor states, under names outside SEP-9 as well. [`Checks`] says what
    /// prevents sending; by default that is what SEP-9 and the anchor demand.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Fields`] with every wrong value, and nothing was sent; or the anchor refused.
    pub async fn put_customer(
        &self,
        request: PutCustomer,
        options: impl Into<PutOptions<'_>>,
    ) -> Result<CustomerCreated, Error> {
        let today = Date::from_unix(self.shared.clock.now());
        self.call(&checked(request, options.into(), today)?).await
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
        self.call(&PostFile::new(with_content_type(file))).await
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

/// How [`Session::put_customer`] checks values.
#[derive(Clone, Copy, Debug, Default)]
pub struct PutOptions<'a> {
    /// An earlier answer of [`Session::customer`], with the anchor's choices and types.
    pub known: Option<&'a Customer>,
    /// Which problems prevent sending.
    pub checks: Checks,
}

impl<'a> From<Option<&'a Customer>> for PutOptions<'a> {
    fn from(known: Option<&'a Customer>) -> Self {
        Self { known, checks: Checks::default() }
    }
}

/// What the anchor says of its fields, by name.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// The values that it accepts.
    pub choices: Map<Vec<String>>,
    /// The types.
    pub kinds: Map<Kind>,
}

impl Asked {
    /// The choices and types of all fields of a customer.
    pub fn by(customer: &Customer) -> Self {
        let mut asked = Self::default();
        let wanted = customer.fields.iter().flatten();
        let provided = customer.provided_fields.iter().flatten();
        for (name, field) in wanted.chain(provided.map(|(name, it)| (name, &it.field))) {
            if let Some(choices) = &field.choices {
                asked.choices.insert(name.clone(), choices.clone());
            }
            if let Some(kind) = field.kind {
                asked.kinds.insert(name.clone(), kind);
            }
        }
        asked
    }
}

/// Checks the values of a form like [`Session::put_customer`]: the valid ones in canonical form,
/// and the problems of the others. [`Checks::severity`] tells errors from warnings.
///
/// Of names that are not in SEP-9, only what the anchor says of them is checked.
pub fn check_fields(
    values: &Map<Value>,
    Asked { choices, kinds }: &Asked,
    today: Date,
) -> (Vec<Accepted>, Vec<FieldError>) {
    Rules { choices, kinds, ..Rules::on(today) }.check_fields(values)
}

/// The request with every valid value normalised, or all errors.
fn checked(
    mut request: PutCustomer,
    PutOptions { known, checks }: PutOptions<'_>,
    today: Date,
) -> Result<PutCustomer, Error> {
    let asked = known.map(Asked::by).unwrap_or_default();
    let (accepted, mut errors) = check_fields(&request.fields, &asked, today);
    for accepted in accepted {
        // Numbers are left alone: only text has several spellings.
        if let Some(Value::Text(text)) = request.fields.get_mut(accepted.field.name) {
            *text = accepted.value;
        }
    }

    errors.extend(request.fields.keys().filter_map(|name| {
        let error = ValueError::Misspelt(Name::meant_by(name)?.name);
        (!known.is_some_and(|it| asks_for(it, name)))
            .then(|| FieldError { field: name.clone(), error })
    }));

    for (name, upload) in std::mem::take(&mut request.uploads) {
        let problem = match Name::parse(&name) {
            Name::Field(field) => sep9::check_file(field, &upload.bytes).err(),
            _ => match asked.kinds.get(&name) {
                None | Some(Kind::Binary) => None,
                Some(_) => Some(ValueError::NotAFileField),
            },
        };
        errors.extend(problem.map(|error| FieldError { field: name.clone(), error }));
        request.uploads.insert(name, with_content_type(upload));
    }
    errors.retain(|problem| checks.prevents(&problem.error));
    if errors.is_empty() { Ok(request) } else { Err(ErrorKind::Fields(errors).into()) }
}

/// Whether the anchor names the field, which is then no misspelt one of SEP-9.
fn asks_for(customer: &Customer, name: &str) -> bool {
    customer.fields.as_ref().is_some_and(|fields| fields.contains_key(name))
        || customer.provided_fields.as_ref().is_some_and(|fields| fields.contains_key(name))
}

/// Sets the media type that the bytes show. If they show none, the declared type stays (S09-17).
fn with_content_type(upload: Upload) -> Upload {
    let media = sep9::sniff(&upload.bytes);
    Upload {
        content_type: media.map_or(upload.content_type, |media| media.as_str().to_owned()),
        ..upload
    }
}

#[cfg(test)]
mod tests;
