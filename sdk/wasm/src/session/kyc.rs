//! KYC (SEP-12) in a session.

use js_sys::{Array, JSON, Promise};
use tsify::Ts;
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};
use windlass_client::{self as client, Pace, SystemTimer};
use windlass_core::{
    endpoint::Upload,
    json,
    sep12::{Customer, GetCustomer, GetFiles, NextStep, PutCallback, PutCustomer, PutVerification},
};

use crate::{
    Error, Session,
    input::{self, Input},
    output::{list, output},
    promise::promise,
    types::{
        CallbackOptions, CustomerOptions, FileSource, GetCustomerOptions, GetFilesOptions,
        MemoOptions, PutOptions, SignalOptions, VerificationOptions, WaitOptions, WatchOptions,
    },
    watch::{Watch, iterate},
};

#[wasm_bindgen]
impl Session {
    /// What the anchor holds about the customer, and what it still needs. A new customer is no error.
    #[wasm_bindgen(unchecked_return_type = "Promise<Customer>")]
    pub fn customer(&self, request: Option<GetCustomerOptions>) -> Promise {
        let session = self.0.clone();
        promise(request, |input| async move {
            Ok(output(&session.customer(&get_customer(&input)?).await?)?.into())
        })
    }

    /// Waits until the anchor has done its part, or until the status is one of those named. A rejection ends it in any case.
    ///
    /// It asks again and again, ever more rarely, and heeds `Retry-After`. No connection and a server in trouble do not end it; a
    /// `timeout` does, and so does the `signal`.
    #[wasm_bindgen(js_name = waitForStatus, unchecked_return_type = "Promise<Customer>")]
    pub fn wait_for_status(&self, request: Option<WaitOptions>) -> Promise {
        let session = self.0.clone();
        promise(request, |input| async move {
            let (request, how) = (get_customer(&input)?, wait_options(&input)?);
            let customer = match input.list("until") {
                Some(until) => {
                    let done = |customer: &Customer| {
                        until.iter().any(|status| status == customer.status.as_str())
                    };
                    session.wait_for(request, SystemTimer, how, done).await?
                }
                None => session.settled(request, SystemTimer, how).await?,
            };
            Ok(output(&customer)?.into())
        })
    }

    /// What the anchor says of the customer now, and then whenever it says something else, for `for await`. It ends after a
    /// rejection; otherwise by `break`, by the `signal`, or by the `timeout`.
    #[wasm_bindgen(unchecked_return_type = "AsyncGenerator<Customer, void, undefined>")]
    pub fn watch(&self, request: Option<WatchOptions>) -> Result<JsValue, Error> {
        let input = Input::new(request)?;
        let watch = self.0.watch(get_customer(&input)?, SystemTimer, wait_options(&input)?);
        Ok(iterate(Watch::new(input, watch)))
    }

    /// Registers the customer, or adds to what the anchor holds.
    ///
    /// Values and files are checked by the rules of SEP-9 first: if one is wrong, `invalid_field` is thrown and nothing is
    /// sent. With the `customer` that was asked for before, values are also checked against the choices that it names.
    #[wasm_bindgen(js_name = putCustomer, unchecked_return_type = "Promise<CustomerCreated>")]
    pub fn put_customer(&self, request: CustomerOptions, options: Option<PutOptions>) -> Promise {
        let session = self.0.clone();
        promise(options, |options| async move {
            let input = Input::new(request)?;
            let known = options.member("customer").map(|known| customer(&known)).transpose()?;
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
            Ok(output(&session.put_customer(request, known.as_ref()).await?)?.into())
        })
    }

    /// Returns confirmation codes the way it was done before SEP-12 1.12. Today they are fields of `putCustomer`.
    #[wasm_bindgen(js_name = putVerification, unchecked_return_type = "Promise<Customer>")]
    pub fn put_verification(&self, request: VerificationOptions) -> Promise {
        let session = self.0.clone();
        promise(request, |input| async move {
            let codes = input.object("codes")?.map(|codes| codes.values()).unwrap_or_default();
            let request = PutVerification { id: input.required("id")?, codes };
            Ok(output(&session.put_verification(&request).await?)?.into())
        })
    }

    /// Deletes all that the anchor holds about the customer.
    #[wasm_bindgen(js_name = deleteCustomer, unchecked_return_type = "Promise<void>")]
    pub fn delete_customer(&self, options: Option<MemoOptions>) -> Promise {
        let session = self.0.clone();
        promise(options, |input| async move {
            session.delete_customer(input.memo()?, input.text("memo_type")?).await?;
            Ok(JsValue::UNDEFINED)
        })
    }

    /// Uploads a file, to be named by `<field>_file_id` in a later `putCustomer`.
    #[wasm_bindgen(js_name = uploadFile, unchecked_return_type = "Promise<CustomerFile>")]
    pub fn upload_file(
        &self,
        file: FileSource,
        name: Option<String>,
        options: Option<SignalOptions>,
    ) -> Promise {
        let session = self.0.clone();
        promise(options, |_| async move {
            let upload = input::upload(&file).await?;
            let upload = upload
                .ok_or_else(|| Error::request("the file must be a Blob, File or Uint8Array"))?;
            let file_name = name.unwrap_or(upload.file_name);
            Ok(output(&session.upload_file(Upload { file_name, ..upload }).await?)?.into())
        })
    }

    /// Tells about files that were uploaded: one by `file_id`, or all of a customer by `customer_id`.
    #[wasm_bindgen(unchecked_return_type = "Promise<CustomerFile[]>")]
    pub fn files(&self, request: GetFilesOptions) -> Promise {
        let session = self.0.clone();
        promise(request, |input| async move {
            let request = GetFiles {
                file_id: input.text("file_id")?,
                customer_id: input.text("customer_id")?,
            };
            Ok(list(&session.files(&request).await?)?.into())
        })
    }

    /// Registers the URL of the wallet's server to which the anchor tells every change of status.
    #[wasm_bindgen(js_name = setCallback, unchecked_return_type = "Promise<void>")]
    pub fn set_callback(&self, url: String, request: Option<CallbackOptions>) -> Promise {
        let session = self.0.clone();
        promise(request, |input| async move {
            let request = PutCallback {
                url,
                id: input.text("id")?,
                account: input.text("account")?,
                memo: input.memo()?,
                memo_type: input.text("memo_type")?,
            };
            session.put_callback(&request).await?;
            Ok(JsValue::UNDEFINED)
        })
    }
}

/// What is still to be submitted: fields wanted, fields rejected that may be sent again, codes to return.
#[wasm_bindgen(unchecked_return_type = "Todo[]")]
pub fn todo(customer: Ts<Customer>) -> Result<Array, Error> {
    list(&self::customer(&customer.into())?.todo())
}

/// What to do next: submit something, wait, or nothing more; with what is still to be submitted, what the anchor is looking at,
/// and what was rejected and why.
#[wasm_bindgen(js_name = nextStep)]
pub fn next_step(customer: Ts<Customer>) -> Result<Ts<NextStep>, Error> {
    output(&self::customer(&customer.into())?.next_step())
}

fn get_customer(input: &Input) -> Result<GetCustomer, Error> {
    Ok(GetCustomer {
        id: input.text("id")?,
        account: input.text("account")?,
        memo: input.memo()?,
        memo_type: input.text("memo_type")?,
        kind: input.text("type")?,
        transaction_id: input.text("transaction_id")?,
        lang: input.text("lang")?,
    })
}

fn wait_options(input: &Input) -> Result<client::WatchOptions, Error> {
    let Pace { first, longest } = Pace::default();
    Ok(client::WatchOptions {
        pace: Pace {
            first: input.duration("interval")?.unwrap_or(first),
            longest: input.duration("longestInterval")?.unwrap_or(longest),
        },
        limit: input.duration("timeout")?.map(|limit| limit.as_secs()),
    })
}

/// A customer as an earlier answer gave it. Read as JSON: that code is there for answers already.
fn customer(value: &JsValue) -> Result<Customer, Error> {
    let json = JSON::stringify(value).ok().and_then(|json| json.as_string()).unwrap_or_default();
    json::from_slice(json.as_bytes())
        .map_err(|error| Error::request(format!("not a customer: {error}")))
}
