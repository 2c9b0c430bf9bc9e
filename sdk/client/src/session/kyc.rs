//! KYC (SEP-12), with the values checked before they leave (SEP-9).

use windlass_core::{
    callback::signed_host,
    endpoint::Upload,
    map::Map,
    sep1::Link,
    sep9::{self, Accepted, FieldError, MediaType, Name, Rules, Value},
    sep12::{
        Customer, CustomerCreated, DeleteCustomer, File, GetCustomer, GetFiles, PostFile,
        PutCallback, PutCustomer, PutVerification,
    },
    text::Say,
    time::Date,
};

use super::Session;
use crate::{Error, ErrorKind, Prepared, Renew, Transport};

impl<T: Transport, R: Renew<T>> Session<T, R> {
    /// What the anchor holds about the customer, and what it still needs. An unknown customer is no error (S12-41).
    ///
    /// # Errors
    ///
    /// No customer has the id, the type is unknown, or the anchor cannot be reached.
    pub async fn customer(&self, request: &GetCustomer) -> Result<Customer, Error> {
        self.call(request).await
    }

    /// Registers the customer, or adds to what the anchor holds.
    ///
    /// Values and files are checked by the rules of SEP-9 first, and put in their proper form; names that are not of
    /// SEP-9 pass as they are. With the `known` answer to [`customer`](Self::customer), also against the choices that the
    /// anchor offers.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Fields`] with everything that is wrong, and nothing was sent; or the anchor refused.
    pub async fn put_customer(
        &self,
        request: PutCustomer,
        known: Option<&Customer>,
    ) -> Result<CustomerCreated, Error> {
        self.send(&self.prepare_customer(request, known)?).await?.read::<PutCustomer>()
    }

    /// What [`put_customer`](Self::put_customer) sends.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Fields`] with everything that is wrong.
    pub fn prepare_customer(
        &self,
        request: PutCustomer,
        known: Option<&Customer>,
    ) -> Result<Prepared, Error> {
        Prepared::new(&checked(request, known, Date::from_unix(self.shared.clock.now()))?)
    }

    /// Returns confirmation codes the way it was done before SEP-12 1.12. Today they are fields of
    /// [`put_customer`](Self::put_customer), named `<field>_verification`.
    ///
    /// # Errors
    ///
    /// A code is wrong, or no customer has the id.
    pub async fn put_verification(&self, request: &PutVerification) -> Result<Customer, Error> {
        self.call(request).await
    }

    /// Deletes all that the anchor holds about the customer.
    ///
    /// `memo` and `memo_type` are for an account whose token does not tell its users apart.
    ///
    /// # Errors
    ///
    /// The anchor has nothing about the customer, or cannot be reached.
    pub async fn delete_customer(
        &self,
        memo: Option<String>,
        memo_type: Option<String>,
    ) -> Result<(), Error> {
        self.send(&self.prepare_deletion(memo, memo_type)?).await.map(drop)
    }

    /// What [`delete_customer`](Self::delete_customer) sends.
    ///
    /// # Errors
    ///
    /// None today.
    pub fn prepare_deletion(
        &self,
        memo: Option<String>,
        memo_type: Option<String>,
    ) -> Result<Prepared, Error> {
        let account = self.account().without_memo().text();
        Prepared::new(&DeleteCustomer { account, memo, memo_type })
    }

    /// Uploads a file, to be named by `<field>_file_id` in a later [`put_customer`](Self::put_customer).
    ///
    /// # Errors
    ///
    /// The anchor takes no files apart, or not this one.
    pub async fn upload_file(&self, file: Upload) -> Result<File, Error> {
        self.send(&Self::prepare_file(file)?).await?.read::<PostFile>()
    }

    /// What [`upload_file`](Self::upload_file) sends.
    ///
    /// # Errors
    ///
    /// None today.
    pub fn prepare_file(file: Upload) -> Result<Prepared, Error> {
        let file = with_content_type(file, None);
        let mut request = PostFile::default();
        request.uploads.insert(PostFile::PART.to_owned(), file);
        Prepared::new(&request)
    }

    /// Tells about files that were uploaded; never their contents.
    ///
    /// # Errors
    ///
    /// The anchor takes no files apart, or the request names neither or both of file and customer.
    pub async fn files(&self, request: &GetFiles) -> Result<Vec<File>, Error> {
        Ok(self.send(&Self::prepare_files(request)?).await?.read::<GetFiles>()?.files)
    }

    /// What [`files`](Self::files) sends.
    ///
    /// # Errors
    ///
    /// The request names neither or both of file and customer.
    pub fn prepare_files(request: &GetFiles) -> Result<Prepared, Error> {
        request.target().map_err(|error| ErrorKind::InvalidRequest(error.to_string()))?;
        Prepared::new(request)
    }

    /// Registers the URL of the wallet's server to which the anchor tells every change of status, until one is final.
    ///
    /// Ask for the [`customer`](Self::customer) once more afterwards: what changed before is not told. The server takes what
    /// comes with [`Callbacks`](crate::Callbacks).
    ///
    /// # Errors
    ///
    /// The anchor has nothing about the customer, or does not take the URL.
    pub async fn put_callback(&self, request: &PutCallback) -> Result<(), Error> {
        self.send(&Self::prepare_callback(request.clone())?).await.map(drop)
    }

    /// What [`put_callback`](Self::put_callback) sends.
    ///
    /// # Errors
    ///
    /// None today.
    pub fn prepare_callback(request: PutCallback) -> Result<Prepared, Error> {
        Prepared::new(&PutCallback { url: registered(&request.url), ..request })
    }
}

/// The URL with its host in lower case and without a default port, as the receiver knows itself (S12-124): the anchor signs the
/// host as the URL names it. What is no URL stays, and the anchor says why not.
fn registered(url: &str) -> String {
    let Ok(link) = url.parse::<Link>() else { return url.to_owned() };
    let (scheme, rest) = link.as_str().split_at(link.as_str().find("//").map_or(0, |at| at + 2));
    let after = rest.get(link.authority().len()..).unwrap_or_default();
    format!("{scheme}{}{after}", signed_host(link.as_str()))
}

/// Judges the values of a form, as [`Session::put_customer`] does before it sends them.
///
/// `choices` are the values that the anchor offers, by the name of the field. Names that are not of SEP-9, codes and ids of
/// files are passed over.
///
/// # Errors
///
/// Everything that is wrong, not only the first thing.
pub fn check_fields(
    values: &Map<Value>,
    choices: &Map<Vec<String>>,
    today: Date,
) -> Result<Vec<Accepted>, Vec<FieldError>> {
    Rules { choices, ..Rules::on(today) }.check_fields(values)
}

/// The request with every value in its proper form, or everything that is wrong with it.
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
        // A number stays a number: only text has more than one form.
        if let Some(Value::Text(text)) = request.fields.get_mut(accepted.field.name) {
            *text = accepted.value;
        }
    }

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

/// The values that the anchor offers, by the name of the field.
fn choices(customer: &Customer) -> Map<Vec<String>> {
    let wanted = customer.fields.iter().flatten();
    let provided = customer.provided_fields.iter().flatten();
    // Not collected: that would sort first, which is much code to download.
    let mut offered = Map::new();
    for (name, field) in wanted.chain(provided.map(|(name, provided)| (name, &provided.field))) {
        if let Some(choices) = &field.choices {
            offered.insert(name.clone(), choices.clone());
        }
    }
    offered
}

/// The bytes decide what a file is; where they do not tell, what it is called stays (S09-17).
fn with_content_type(upload: Upload, media: Option<MediaType>) -> Upload {
    let media = media.or_else(|| sep9::sniff(&upload.bytes));
    Upload {
        content_type: media.map_or(upload.content_type, |media| media.as_str().to_owned()),
        ..upload
    }
}

#[cfg(test)]
mod tests;
