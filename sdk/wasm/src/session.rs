//! A session, and KYC.

use tsify::Ts;
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};
use windlass_client::{Http, Session as Client};
use windlass_core::{
    endpoint::Upload,
    sep12::{
        Customer, CustomerCreated, File, GetCustomer, GetFiles, PutCallback, PutCustomer, Todo,
    },
};

use crate::{
    Error,
    abort::abortable,
    input::{self, Input},
    output::output,
    types::{
        CallbackOptions, CustomerOptions, FileSource, GetCustomerOptions, GetFilesOptions,
        MemoOptions, PutOptions, SignalOptions,
    },
};

/// An account that has signed in at an anchor.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Session(pub(crate) Client<Http>);

#[wasm_bindgen]
impl Session {
    /// Who signed in: `G...`, `G...:<memo>` or `M...`.
    #[wasm_bindgen(getter)]
    pub fn account(&self) -> String {
        self.0.account().to_string()
    }

    /// The token, to keep it for `Anchor.resume`. Whoever has it is the account, until it expires.
    #[wasm_bindgen(getter)]
    pub fn token(&self) -> String {
        self.0.token().to_owned()
    }

    /// When the session ends, in Unix seconds.
    #[wasm_bindgen(getter, js_name = expiresAt)]
    pub fn expires_at(&self) -> f64 {
        self.0.expires_at() as f64
    }

    /// What the anchor holds about the customer, and what it still needs. A new customer is no error.
    pub async fn customer(
        &self,
        request: Option<GetCustomerOptions>,
    ) -> Result<Ts<Customer>, Error> {
        let input = Input::new(request)?;
        let request = GetCustomer {
            id: input.text("id")?,
            account: input.text("account")?,
            memo: input.memo()?,
            memo_type: input.text("memo_type")?,
            kind: input.text("type")?,
            transaction_id: input.text("transaction_id")?,
            lang: input.text("lang")?,
        };
        let session = self.0.clone();
        abortable(input.signal(), async move { output(&session.customer(&request).await?) }).await
    }

    /// Registers the customer, or adds to what the anchor holds.
    ///
    /// Values and files are checked by the rules of SEP-9 first: if one is wrong, `invalid_field` is thrown and nothing is
    /// sent. With the `customer` that was asked for before, values are also checked against the choices that it names.
    #[wasm_bindgen(js_name = putCustomer)]
    pub async fn put_customer(
        &self,
        request: CustomerOptions,
        options: Option<PutOptions>,
    ) -> Result<Ts<CustomerCreated>, Error> {
        let (input, options) = (Input::new(request)?, Input::new(options)?);
        let known = options.member("customer").map(customer).transpose()?;
        let session = self.0.clone();
        abortable(options.signal(), async move {
            let (fields, uploads) = match input.object("fields")? {
                Some(fields) => fields.fields().await?,
                None => Default::default(),
            };
            let request = PutCustomer {
                id: input.text("id")?,
                account: input.text("account")?,
                memo: input.memo()?,
                memo_type: input.text("memo_type")?,
                kind: input.text("type")?,
                transaction_id: input.text("transaction_id")?,
                fields,
                uploads,
            };
            output(&session.put_customer(request, known.as_ref()).await?)
        })
        .await
    }

    /// Deletes all that the anchor holds about the customer.
    #[wasm_bindgen(js_name = deleteCustomer)]
    pub async fn delete_customer(&self, options: Option<MemoOptions>) -> Result<(), Error> {
        let input = Input::new(options)?;
        let (memo, memo_type) = (input.memo()?, input.text("memo_type")?);
        let session = self.0.clone();
        abortable(
            input.signal(),
            async move { Ok(session.delete_customer(memo, memo_type).await?) },
        )
        .await
    }

    /// Uploads a file, to be named by `<field>_file_id` in a later `putCustomer`.
    #[wasm_bindgen(js_name = uploadFile)]
    pub async fn upload_file(
        &self,
        file: FileSource,
        name: Option<String>,
        options: Option<SignalOptions>,
    ) -> Result<Ts<File>, Error> {
        let session = self.0.clone();
        abortable(Input::new(options)?.signal(), async move {
            let upload = input::upload(&file)
                .await?
                .ok_or_else(|| Error::request("the file must be a Blob, File or Uint8Array"))?;
            let file_name = name.unwrap_or(upload.file_name);
            output(&session.upload_file(Upload { file_name, ..upload }).await?)
        })
        .await
    }

    /// Tells about files that were uploaded: one by `file_id`, or all of a customer by `customer_id`.
    pub async fn files(&self, request: GetFilesOptions) -> Result<Vec<Ts<File>>, Error> {
        let input = Input::new(request)?;
        let request =
            GetFiles { file_id: input.text("file_id")?, customer_id: input.text("customer_id")? };
        let session = self.0.clone();
        abortable(input.signal(), async move {
            session.files(&request).await?.iter().map(output).collect()
        })
        .await
    }

    /// Registers the URL of the wallet's server to which the anchor tells every change of status.
    #[wasm_bindgen(js_name = setCallback)]
    pub async fn set_callback(
        &self,
        url: String,
        request: Option<CallbackOptions>,
    ) -> Result<(), Error> {
        let input = Input::new(request)?;
        let request = PutCallback {
            url,
            id: input.text("id")?,
            account: input.text("account")?,
            memo: input.memo()?,
            memo_type: input.text("memo_type")?,
        };
        let session = self.0.clone();
        abortable(input.signal(), async move { Ok(session.put_callback(&request).await?) }).await
    }
}

/// What is still to be submitted: fields wanted, fields rejected that may be sent again, codes to return.
#[wasm_bindgen]
pub fn todo(customer: Ts<Customer>) -> Result<Vec<Ts<Todo>>, Error> {
    self::customer(customer.into())?.todo().iter().map(output).collect()
}

fn customer(value: JsValue) -> Result<Customer, Error> {
    serde_wasm_bindgen::from_value(value)
        .map_err(|error| Error::request(format!("not a customer: {error}")))
}
