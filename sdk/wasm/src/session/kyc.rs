//! KYC (SEP-12) in a session.

use js_sys::{Array, Promise};
use tsify::{Ts, Tsify};
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};
use windlass_client::{self as client, Http, Pace, Prepared, Response, SystemTimer};
use windlass_core::{
    endpoint::{Endpoint, Uploads},
    sep12::{
        Customer, GetCustomer, GetFiles, NextStep, PostFile, PutCallback, PutCustomer,
        PutVerification,
    },
};

use crate::{
    Error, Session,
    input::{Files, Input},
    output::{list, output},
    promise::{failed, promise, start},
    session::Renewal,
    types::{
        CallbackOptions, CustomerOptions, FileSource, GetCustomerOptions, GetFilesOptions,
        MemoOptions, PutOptions, SignalOptions, VerificationOptions, WaitOptions, WatchOptions,
    },
    watch::{Watch, iterate},
};

type Client = client::Session<Http, Renewal>;

#[wasm_bindgen]
impl Session {
    /// What the anchor holds about the customer, and what it still needs. A new customer is no error.
    ///
    /// @throws `token_expired` if the session has ended, `unknown_customer_type`, `customer_not_found` if the `id` is not of
    /// this account, `network`.
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
    ///         console.log(Object.keys(customer.fields ?? {}).join()); // birth_date,first_name
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
        self.send(
            request.into(),
            answer::<GetCustomer>,
            Box::new(|input| Ok(Prepared::new(&get_customer(input)?)?.into())),
        )
    }

    /// Waits until the anchor has done its part, or until the status is one of those named. A rejection ends it in any case.
    ///
    /// It asks again and again, ever more rarely, and heeds `Retry-After`. No connection and a server in trouble do not end it; a
    /// `timeout` does, and so does the `signal`.
    ///
    /// @throws `timed_out` if it takes longer than `timeout`, `aborted` if the `signal` ends it, and what `customer` throws
    /// and does not pass by itself.
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
    pub fn wait_for_status(&self, request: Option<WaitOptions>) -> Promise {
        let session = self.0.clone();
        promise(request, |input| async move {
            let (request, how) = (get_customer(&input)?, wait_options(&input)?);
            let until = input.list("until");
            let done = |customer: &Customer| match &until {
                Some(until) => until.iter().any(|status| status == customer.status.as_str()),
                None => client::is_settled(customer),
            };
            Ok(output(&session.wait_for(request, SystemTimer, how, done).await?)?.into())
        })
    }

    /// What the anchor says of the customer now, and then whenever it says something else, for `for await`. It ends after a
    /// rejection; otherwise by `break`, by the `signal`, or by the `timeout`.
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
        let input = Input::new(request)?;
        let watch = self.0.watch(get_customer(&input)?, SystemTimer, wait_options(&input)?);
        Ok(iterate(Watch::new(input, watch)))
    }

    /// Registers the customer, or adds to what the anchor holds.
    ///
    /// Values and files are checked by the rules of SEP-9 first: if one is wrong, `invalid_field` is thrown and nothing is
    /// sent. With the `customer` that was asked for before, values are also checked against the choices that it names.
    ///
    /// @throws `invalid_field` with `field` if a value is wrong, `invalid_code` and `code_expired` for confirmation codes,
    /// `customer_rejected`, `too_large`, `token_expired`.
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
    pub fn put_customer(&self, request: CustomerOptions, options: Option<PutOptions>) -> Promise {
        self.send(
            options.into(),
            answer::<PutCustomer>,
            Box::new(|options| {
                let input = Input::new(request)?;
                let known = options.member("customer").map(|known| customer(&known)).transpose()?;
                let (fields, files) = match input.object("fields")? {
                    Some(fields) => fields.fields(),
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
                    uploads: Uploads::new(),
                };
                Ok(Ask::with(files, move |session, uploads| {
                    session.prepare_customer(PutCustomer { uploads, ..request }, known.as_ref())
                }))
            }),
        )
    }

    /// Returns confirmation codes the way it was done before SEP-12 1.12. Today they are fields of `putCustomer`.
    ///
    /// @throws `invalid_code`, `code_expired`, `nothing_to_verify`; `not_implemented` or `not_found` if the anchor does not
    /// do that.
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
        self.send(
            request.into(),
            answer::<PutVerification>,
            Box::new(|input| {
                let codes = input.object("codes")?.map(|codes| codes.values()).unwrap_or_default();
                Ok(Prepared::new(&PutVerification { id: input.required("id")?, codes })?.into())
            }),
        )
    }

    /// Deletes all that the anchor holds about the customer.
    ///
    /// @throws `customer_not_found` if there is nothing to delete.
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
        self.send(
            options.into(),
            nothing,
            Box::new(|input| {
                Ok(self.0.prepare_deletion(input.memo()?, input.text("memo_type")?)?.into())
            }),
        )
    }

    /// Uploads a file, to be named by `<field>_file_id` in a later `putCustomer`.
    ///
    /// @throws `too_large`; `not_implemented` or `not_found` if the anchor takes no files apart.
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
        name: Option<String>,
        options: Option<SignalOptions>,
    ) -> Promise {
        self.send(
            options.into(),
            answer::<PostFile>,
            Box::new(|_| {
                let mut files = Files::default();
                if !files.add(PostFile::PART, &file) {
                    return Err(Error::request("the file must be a Blob, File or Uint8Array"));
                }
                Ok(Ask::with(files, move |_, mut uploads| {
                    let mut upload = uploads.shift_remove(PostFile::PART).unwrap_or_default();
                    upload.file_name = name.unwrap_or(upload.file_name);
                    Client::prepare_file(upload)
                }))
            }),
        )
    }

    /// Tells about files that were uploaded: one by `file_id`, or all of a customer by `customer_id`.
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
        let files = |answer: &Response| Ok(list(&answer.read::<GetFiles>()?.files)?.into());
        self.send(
            request.into(),
            files,
            Box::new(|input| {
                let (file_id, customer_id) = (input.text("file_id")?, input.text("customer_id")?);
                Ok(Client::prepare_files(&GetFiles { file_id, customer_id })?.into())
            }),
        )
    }

    /// Registers the URL of the wallet's server to which the anchor tells every change of status. `Callbacks` receives them there.
    ///
    /// @throws `invalid_request` if the anchor does not take the URL.
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
    pub fn set_callback(&self, url: String, request: Option<CallbackOptions>) -> Promise {
        self.send(
            request.into(),
            nothing,
            Box::new(|input| {
                Ok(Client::prepare_callback(PutCallback {
                    url,
                    id: input.text("id")?,
                    account: input.text("account")?,
                    memo: input.memo()?,
                    memo_type: input.text("memo_type")?,
                })?
                .into())
            }),
        )
    }
}

/// A request, as soon as its files are read.
enum Ask {
    Now(Prepared),
    After(Files, Box<Prepare>),
}

/// What makes a request with the files that were read.
type Prepare = dyn FnOnce(&Client, Uploads) -> Result<Prepared, client::Error>;

impl Ask {
    fn with(
        files: Files,
        prepare: impl FnOnce(&Client, Uploads) -> Result<Prepared, client::Error> + 'static,
    ) -> Self {
        Self::After(files, Box::new(prepare))
    }
}

impl From<Prepared> for Ask {
    fn from(request: Prepared) -> Self {
        Self::Now(request)
    }
}

/// What reads the options of a call.
type Asking<'a> = dyn FnOnce(&Input) -> Result<Ask, Error> + 'a;

/// What crosses of an answer.
type Answer = fn(&Response) -> Result<JsValue, Error>;

fn answer<E: Endpoint<Response: Tsify>>(answer: &Response) -> Result<JsValue, Error> {
    Ok(output(&answer.read::<E>()?)?.into())
}

fn nothing(_: &Response) -> Result<JsValue, Error> {
    Ok(JsValue::UNDEFINED)
}

impl Session {
    /// One way for every request: a browser downloads it once.
    fn send(&self, options: JsValue, answer: Answer, ask: Box<Asking<'_>>) -> Promise {
        let input = Input::new(options);
        match input.and_then(|input| Ok((input.signal(), ask(&input)?))) {
            Ok((signal, ask)) => start(signal, exchange(self.0.clone(), ask, answer)),
            Err(error) => failed(error),
        }
    }
}

async fn exchange(session: Client, ask: Ask, answer: Answer) -> Result<JsValue, Error> {
    let request = match ask {
        Ask::Now(request) => request,
        Ask::After(files, prepare) => prepare(&session, files.read().await?)?,
    };
    answer(&session.send_prepared(&request).await?)
}

/// What is still to be submitted: fields wanted, fields rejected that may be sent again, codes to return.
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
/// console.log(words.join(", ")); // birth_date, the code sent to mobile_number, another photo_id_front
/// ```
#[wasm_bindgen(unchecked_return_type = "Todo[]")]
pub fn todo(
    #[wasm_bindgen(unchecked_param_type = "Customer")] customer: Ts<Customer>,
) -> Result<Array, Error> {
    list(&self::customer(&customer.into())?.todo())
}

/// What to do next: submit something, wait, or nothing more; with what is still to be submitted, what the anchor is looking at,
/// and what was rejected and why.
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

/// A customer as an earlier answer gave it.
fn customer(value: &JsValue) -> Result<Customer, Error> {
    serde_wasm_bindgen::from_value(value.clone())
        .map_err(|error| Error::request(format!("not a customer: {error}")))
}
