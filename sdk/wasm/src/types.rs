//! TypeScript types without a Rust type: classes, functions and wallets of JavaScript, unions, and
//! values next to files. Messages and options are derived from their Rust types.

use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen(typescript_custom_section)]
const CODES: &str = windlass_core::problem::Code::TYPESCRIPT;

#[wasm_bindgen(typescript_custom_section)]
const ERRORS: &str = include_str!("types/errors.d.ts");

#[wasm_bindgen(typescript_custom_section)]
const SIGN_IN: &str = include_str!("types/sign-in.d.ts");

#[cfg(feature = "kyc")]
#[wasm_bindgen(typescript_custom_section)]
const CUSTOMER: &str = include_str!("types/customer.d.ts");

#[cfg(feature = "server")]
#[wasm_bindgen(typescript_custom_section)]
const CHALLENGE: &str = include_str!("types/challenge.d.ts");

#[cfg(feature = "kyc")]
#[wasm_bindgen(typescript_custom_section)]
const STATES: &str = include_str!("types/states.d.ts");

#[cfg(feature = "server")]
#[wasm_bindgen(typescript_custom_section)]
const SERVER: &str = include_str!("types/server.d.ts");

macro_rules! typed {
    ($($name:ident = $ts:literal,)+) => {
        #[wasm_bindgen]
        extern "C" {
            $(
                #[doc = concat!("`", $ts, "`")]
                #[wasm_bindgen(typescript_type = $ts)]
                pub type $name;
            )+
        }
    };
}

typed! {
    CallbackOptions = "CallbackOptions",
    CustomerOptions = "PutCustomer",
    FieldTexts = "FormValues",
    FileName = "string",
    FileSource = "Blob | Uint8Array",
    GetCustomerOptions = "GetCustomer & Abortable",
    GetFilesOptions = "GetFiles",
    MemoOptions = "MemoOptions",
    VerificationOptions = "PutVerification & Abortable",
    WaitOptions = "WaitForStatus",
    WatchOptions = "WatchCustomer",
}
