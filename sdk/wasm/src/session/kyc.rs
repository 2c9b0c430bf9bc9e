//! KYC (SEP-12) in a session.

use js_sys::{Array, Object, Promise, Reflect};
use serde::{Deserialize, de::DeserializeOwned};
use tsify::{Ts, Tsify};
use wasm_bindgen::{JsCast as _, JsValue, prelude::wasm_bindgen};
use windlass_client::{self as client, Pace, SystemTimer};
use windlass_core::{
    map::Map,
    sep9::{Checks, Value},
    sep12::{
        Customer, GetCustomer, GetFiles, NextStep, PutCallback, PutCustomer, PutVerification,
        Status,
    },
};

use crate::{
    Error, Session, files,
    files::Fields,
    options::{self, Abortable, Seconds, member, read, read_parts, string},
    output::{list, output},
    signal::{Signal, promise},
    types::{
        CallbackOptions, CustomerOptions, FileName, FileSource, GetCustomerOptions,
        GetFilesOptions, MemoOptions, VerificationOptions, WaitOptions as WaitForStatusOptions,
        WatchOptions,
    },
    watch::{Watch, iterate},
};

/// Options of waiting for a customer's status.
#[derive(Debug, Default, Deserialize, Tsify)]
#[serde(default, rename_all = "camelCase")]
pub struct WaitOptions {
    /// The total time to wait, in seconds; after it `timed_out` is thrown. By default unlimited.
    #[tsify(type = "number")]
    pub timeout: Option<Seconds>,
    /// The first pause between two requests in seconds, by default 2. It doubles after each
    /// response without a change.
    #[tsify(type = "number")]
    pub interval: Option<Seconds>,
    /// The longest pause in seconds, by default 60.
    #[tsify(type = "number")]
    pub longest_interval: Option<Seconds>,
    /// Ends the wait and the request under way.
    #[tsify(type = "AbortSignal")]
    pub signal: Signal,
}

/// Options of `putCustomer`.
#[derive(Debug, Default, Deserialize, Tsify)]
#[serde(default)]
pub struct PutOptions {
    /// An earlier answer of `customer()`: values are then checked against its choices and types.
    pub customer: Option<Customer>,
    /// What prevents sending: `"sep9"`, the default, only what SEP-9 and the anchor demand;
    /// `"strict"` also what is a warning of `checkFields`.
    pub checks: Checks,
    /// Ends the call and the request under way.
    #[tsify(type = "AbortSignal")]
    pub signal: Signal,
}

#[wasm_bindgen]
impl Session {
    /// The customer's status, the fields that the anchor has, and those that it needs. A new
    /// customer is not an error: it needs all fields.
    ///
    /// @throws `token_expired` if the session has ended; `unknown_customer_type`;
    /// `customer_not_found` if the `id` is not of this account; `network`.
    ///
    /// @example
    /// ```ts
    /// import { Anchor, Keypair } from "windlass";
    ///
    /// const anchor = await Anchor.discover("anchor.example.com");
    /// const session = await anchor.signIn(await Keypair.random());
    ///
    /// const customer = await session.customer({ type: "sep6", lang: "en" });
    /// switch (customer.status) {
    ///     case "ACCEPTED":
    ///     case "PROCESSING":
    ///         break;
    ///     case "NEEDS_INFO":
    ///         console.log(Object.keys(customer.fields ?? {}).join()); // first_name,birth_date
    ///         break;
    ///     case "REJECTED":
    ///         console.log(customer.message);
    ///         break;
    ///     default:
    ///         customer satisfies never; // all cases are there
    /// }
    /// ```
    #[wasm_bindgen(unchecked_return_type = "Promise<Customer>")]
    pub fn customer(&self, request: Option<GetCustomerOptions>) -> Promise {
        let session = self.0.clone();
        promise(|| {
            let (request, Abortable { signal }) = read_parts(request)?;
            Ok((signal, async move { output(&session.customer(&request).await?) }))
        })
    }

    /// Waits until the anchor has decided or needs something, or until the status is one of
    /// `until`. A rejection always ends the wait.
    ///
    /// It polls with growing pauses and respects `Retry-After`. It continues after connection
    /// failures, 429 and 5xx, and ends with the `timeout` or the `signal`.
    ///
    /// @throws `timed_out` if it takes longer than `timeout`, `aborted` if the `signal` ends it,
    /// and the permanent errors of `customer`.
    ///
    /// @example
    /// ```ts
    /// import { Anchor, Keypair } from "windlass";
    ///
    /// const anchor = await Anchor.discover("anchor.example.com");
    /// const session = await anchor.signIn(await Keypair.random());
    /// await session.putCustomer({ fields: { first_name: "Ada", birth_date: "1815-12-10" } });
    /// const customer = await session.waitForStatus({ until: ["ACCEPTED"], timeout: 600, interval: 0.01 });
    /// console.log(customer.status); // ACCEPTED
    /// ```
    #[wasm_bindgen(js_name = waitForStatus, unchecked_return_type = "Promise<Customer>")]
    pub fn wait_for_status(&self, request: Option<WaitForStatusOptions>) -> Promise {
        let session = self.0.clone();
        promise(|| {
            let (request, wait, Until { until }): (_, WaitOptions, _) = read_parts(request)?;
            let options = wait.for_client();
            let done = move |customer: &Customer| match &until {
                Some(until) => until.contains(&customer.status),
                None => client::is_settled(customer),
            };
            let work = async move {
                output(&session.wait_for(request, SystemTimer, options, done).await?)
            };
            Ok((wait.signal, work))
        })
    }

    /// Yields the customer now, and again after each change, for `for await`. It ends after a
    /// rejection, with `break`, the `signal` or the `timeout`.
    ///
    /// @example
    /// ```ts
    /// import { Anchor, Keypair } from "windlass";
    ///
    /// const anchor = await Anchor.discover("anchor.example.com");
    /// const session = await anchor.signIn(await Keypair.random());
    /// await session.putCustomer({ fields: { first_name: "Ada", birth_date: "1815-12-10" } });
    /// for await (const { status } of session.watch({ signal: AbortSignal.timeout(60_000), interval: 0.01 })) {
    ///     if (status === "ACCEPTED") break;
    /// }
    /// console.log("accepted"); // accepted
    /// ```
    #[wasm_bindgen(unchecked_return_type = "AsyncGenerator<Customer, void, undefined>")]
    pub fn watch(&self, request: Option<WatchOptions>) -> Result<JsValue, Error> {
        let (request, wait): (GetCustomer, WaitOptions) = read_parts(request)?;
        let watch = self.0.watch(request, SystemTimer, wait.for_client());
        Ok(iterate(Watch::new(wait.signal, watch)))
    }

    /// Registers the customer, or adds to the data that the anchor has.
    ///
    /// Values and files are checked by the rules of SEP-9 first: if one is invalid, `invalid_field`
    /// is thrown and nothing is sent. With the `customer` of an earlier answer, values are also
    /// checked against its choices and types. What SEP-9 does not demand, such as a PDF as a photo
    /// or a phone number without country code, is sent unless `checks` is `"strict"`.
    ///
    /// @throws `invalid_field` with `field` if a value is invalid; `invalid_code` and
    /// `code_expired` for confirmation codes; `customer_rejected`, `too_large`, `token_expired`.
    ///
    /// @example
    /// ```ts
    /// import { Anchor, Keypair } from "windlass";
    ///
    /// const anchor = await Anchor.discover("anchor.example.com");
    /// const session = await anchor.signIn(await Keypair.random());
    /// const customer = await session.customer();
    /// const fields = { first_name: "Ada", birth_date: "1815-12-10" };
    /// const { id } = await session.putCustomer({ fields }, { customer });
    /// console.log(id); // c1
    /// ```
    #[wasm_bindgen(js_name = putCustomer, unchecked_return_type = "Promise<CustomerCreated>")]
    pub fn put_customer(
        &self,
        request: CustomerOptions,
        options: Option<Ts<PutOptions>>,
    ) -> Promise {
        let session = self.0.clone();
        promise(|| {
            let PutOptions { customer, checks, signal } = read(options)?;
            let fields = |request: &mut PutCustomer| std::mem::take(&mut request.fields);
            let (mut request, fields) = read_flattened(request, "fields", &[], fields)?;
            let work = async move {
                request.uploads = fields.uploads().await?;
                request.fields = fields.values;
                let options = client::PutOptions { known: customer.as_ref(), checks };
                output(&session.put_customer(request, options).await?)
            };
            Ok((signal, work))
        })
    }

    /// Returns confirmation codes in the way of SEP-12 before 1.12. Since then they are fields of
    /// `putCustomer`.
    ///
    /// @throws `invalid_code`, `code_expired`, `nothing_to_verify`; `not_implemented` or
    /// `not_found` if the anchor does not support this endpoint.
    ///
    /// @example
    /// ```ts
    /// import { Anchor, Keypair } from "windlass";
    ///
    /// const anchor = await Anchor.discover("anchor.example.com");
    /// const session = await anchor.signIn(await Keypair.random());
    /// const { id } = await session.putCustomer({ fields: { mobile_number: "+14155552671" } });
    /// const customer = await session.putVerification({ id, codes: { mobile_number_verification: "0042" } });
    /// console.log(customer.id === id); // true
    /// ```
    #[wasm_bindgen(js_name = putVerification, unchecked_return_type = "Promise<Customer>")]
    pub fn put_verification(&self, request: VerificationOptions) -> Promise {
        let session = self.0.clone();
        promise(|| {
            let Abortable { signal } = options::value(request.clone())?;
            let codes = |request: &mut PutVerification| std::mem::take(&mut request.codes);
            let (mut request, codes) = read_flattened(request, "codes", &["signal"], codes)?;
            request.codes = codes.values;
            Ok((signal, async move { output(&session.put_verification(&request).await?) }))
        })
    }

    /// Deletes all data that the anchor has about the customer.
    ///
    /// @throws `customer_not_found` if the anchor has nothing to delete.
    ///
    /// @example
    /// ```ts
    /// import { Anchor, Keypair } from "windlass";
    ///
    /// const anchor = await Anchor.discover("anchor.example.com");
    /// const session = await anchor.signIn(await Keypair.random());
    /// await session.deleteCustomer();
    /// console.log((await session.customer()).id); // undefined
    /// ```
    #[wasm_bindgen(js_name = deleteCustomer, unchecked_return_type = "Promise<void>")]
    pub fn delete_customer(&self, options: Option<MemoOptions>) -> Promise {
        let session = self.0.clone();
        promise(|| {
            let (request, Abortable { signal }) = read_parts(options)?;
            let work = async move {
                session.delete_customer(request).await?;
                Ok(JsValue::UNDEFINED)
            };
            Ok((signal, work))
        })
    }

    /// Uploads a file. A later `putCustomer` refers to it by `<field>_file_id`.
    ///
    /// @throws `too_large`; `not_implemented` or `not_found` if the anchor accepts files in
    /// `putCustomer` only.
    ///
    /// @example
    /// ```ts
    /// import { Anchor, Keypair } from "windlass";
    ///
    /// const anchor = await Anchor.discover("anchor.example.com");
    /// const session = await anchor.signIn(await Keypair.random());
    /// const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]); // or a File of a form
    /// const { file_id } = await session.uploadFile(png, "passport.png");
    /// await session.putCustomer({ fields: { photo_id_front_file_id: file_id } });
    /// console.log(file_id); // f1
    /// ```
    #[wasm_bindgen(js_name = uploadFile, unchecked_return_type = "Promise<CustomerFile>")]
    pub fn upload_file(
        &self,
        file: FileSource,
        name: Option<FileName>,
        options: Option<Ts<Abortable>>,
    ) -> Promise {
        let session = self.0.clone();
        promise(|| {
            let name = name.map(|name| string(&name, "name")).transpose()?;
            let Abortable { signal } = read(options)?;
            let work = async move {
                let mut upload = files::read(&file).await?;
                upload.file_name = name.unwrap_or(upload.file_name);
                output(&session.upload_file(upload).await?)
            };
            Ok((signal, work))
        })
    }

    /// Lists uploaded files, without their contents: one by `file_id`, or all of a customer by
    /// `customer_id`.
    ///
    /// @throws `file_not_found`, `customer_not_found`.
    ///
    /// @example
    /// ```ts
    /// import { Anchor, Keypair } from "windlass";
    ///
    /// const anchor = await Anchor.discover("anchor.example.com");
    /// const session = await anchor.signIn(await Keypair.random());
    /// const { file_id } = await session.uploadFile(new Blob(["%PDF-1.7"]), "proof.pdf");
    /// for (const file of await session.files({ file_id })) console.log(file.content_type, file.size); // application/pdf 8
    /// ```
    #[wasm_bindgen(unchecked_return_type = "Promise<CustomerFile[]>")]
    pub fn files(&self, request: GetFilesOptions) -> Promise {
        let session = self.0.clone();
        promise(|| {
            let (request, Abortable { signal }): (GetFiles, _) = read_parts(request)?;
            Ok((signal, async move { list(&session.files(&request).await?) }))
        })
    }

    /// Registers the URL of the wallet's server to which the anchor sends every change of status.
    /// `Callbacks` receives them there.
    ///
    /// @throws `invalid_request` if the anchor does not accept the URL.
    ///
    /// @example
    /// ```ts
    /// import { Anchor, Keypair } from "windlass";
    ///
    /// const anchor = await Anchor.discover("anchor.example.com");
    /// const session = await anchor.signIn(await Keypair.random());
    /// await session.setCallback("https://wallet.example.com/kyc");
    /// ```
    #[wasm_bindgen(js_name = setCallback, unchecked_return_type = "Promise<void>")]
    pub fn set_callback(
        &self,
        #[wasm_bindgen(unchecked_param_type = "string")] url: JsValue,
        request: Option<CallbackOptions>,
    ) -> Promise {
        let session = self.0.clone();
        promise(|| {
            let url = string(&url, "url")?;
            let options = Object::assign(&Object::new(), &JsValue::from(request).into());
            Reflect::set(&options, &"url".into(), &url.into()).map_err(Error::Thrown)?;
            let (request, Abortable { signal }): (PutCallback, _) = read_parts(options)?;
            let work = async move {
                session.put_callback(&request).await?;
                Ok(JsValue::UNDEFINED)
            };
            Ok((signal, work))
        })
    }
}

/// Reads a message and its `values`, which the protocol puts beside the parameters. In JavaScript
/// they are in an object of their own, and any other member that is neither a parameter nor an
/// option of the call is a mistake.
fn read_flattened<T: DeserializeOwned>(
    message: impl Into<JsValue>,
    values: &str,
    options: &[&str],
    take: fn(&mut T) -> Map<Value>,
) -> Result<(T, Fields), Error> {
    let message = message.into();
    let fields = Fields::of(&member(&message, values).unwrap_or_default())?;
    let parameters: JsValue = if message.is_object() {
        // Without the values: files are objects, whose members are none of the message's.
        let parameters = Object::assign(&Object::new(), message.unchecked_ref());
        Reflect::delete_property(&parameters, &values.into()).map_err(Error::Thrown)?;
        parameters.into()
    } else {
        message
    };
    let mut request: T = read(parameters)?;
    let rest = take(&mut request);
    match rest.keys().find(|name| !options.contains(&name.as_str())) {
        Some(unknown) => {
            Err(Error::request(format!("unknown option {unknown}; is it one of the {values}?")))
        }
        None => Ok((request, fields)),
    }
}

/// The options of `waitForStatus` in addition to those of `watch`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Until {
    until: Option<Vec<Status>>,
}

impl WaitOptions {
    fn for_client(&self) -> client::WatchOptions {
        let Pace { first, longest } = Pace::default();
        client::WatchOptions {
            pace: Pace {
                first: self.interval.map_or(first, Seconds::duration),
                longest: self.longest_interval.map_or(longest, Seconds::duration),
            },
            limit: self.timeout.map(|limit| limit.duration().as_secs()),
        }
    }
}

/// The fields and codes to submit: missing fields, rejected fields that may be sent again, and
/// confirmation codes.
///
/// @example
/// ```ts
/// import { type Customer, todo } from "windlass";
///
/// const customer: Customer = {
///     status: "NEEDS_INFO",
///     fields: { birth_date: { type: "date" } },
///     provided_fields: {
///         photo_id_front: { type: "binary", status: "REJECTED", error: "blurred" },
///         mobile_number: { status: "VERIFICATION_REQUIRED" },
///     },
/// };
/// const words = todo(customer).map((todo) => {
///     if (todo.verifies !== undefined) return `the code sent to ${todo.verifies}`;
///     return todo.again ? `another ${todo.name}` : todo.name;
/// });
/// console.log(words.join(", ")); // the code sent to mobile_number, birth_date, another photo_id_front
/// ```
#[wasm_bindgen(unchecked_return_type = "Todo[]")]
pub fn todo(
    #[wasm_bindgen(unchecked_param_type = "Customer")] customer: Ts<Customer>,
) -> Result<Array, Error> {
    list(&options::value::<Customer>(customer.into())?.todo())
}

/// The next step: submit something, wait, or nothing more; with the fields to submit, in review,
/// and rejected.
///
/// @example
/// ```ts
/// import { type Customer, nextStep } from "windlass";
///
/// function tell(customer: Customer): string {
///     const step = nextStep(customer);
///     switch (step.action) {
///         case "submit":
///             return `Please fill in ${step.todo[0].name}.`;
///         case "wait":
///             return "The anchor is looking at it.";
///         case "done":
///             return "You are accepted.";
///         case "stop":
///             return customer.message ?? "You are rejected.";
///     }
/// }
///
/// console.log(tell({ status: "NEEDS_INFO", fields: { city: {} } })); // Please fill in city.
/// ```
#[wasm_bindgen(js_name = nextStep, unchecked_return_type = "NextStep")]
pub fn next_step(
    #[wasm_bindgen(unchecked_param_type = "Customer")] customer: Ts<Customer>,
) -> Result<Ts<NextStep>, Error> {
    output(&options::value::<Customer>(customer.into())?.next_step())
}
