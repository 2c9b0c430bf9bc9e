//! Watching a customer, as an async iterator.

use std::{cell::RefCell, rc::Rc};

use js_sys::Promise;
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};
use windlass_client::{Http, SystemTimer, Watch as Client};

use crate::{
    output::output,
    session::Renewal,
    signal::{Signal, promise},
};

#[wasm_bindgen(raw_module = "../js/watch.js")]
extern "C" {
    /// The async iterator of a watch.
    pub(crate) fn iterate(watch: Watch) -> JsValue;
}

/// The object behind the iterator; not part of the package.
#[wasm_bindgen(js_name = CustomerWatch, skip_typescript)]
pub struct Watch {
    signal: Signal,
    /// Absent during `next`, and permanently after a `next` that failed or was aborted.
    watch: Rc<RefCell<Option<Client<Http, Renewal, SystemTimer>>>>,
}

#[wasm_bindgen(js_class = CustomerWatch)]
impl Watch {
    /// The next change of the customer; `undefined` at the end.
    #[wasm_bindgen(skip_typescript)]
    pub fn next(&self) -> Promise {
        let (signal, slot) = (self.signal.clone(), Rc::clone(&self.watch));
        let work = async move {
            let Some(mut watch) = slot.take() else { return Ok(JsValue::UNDEFINED) };
            let customer = watch.next().await?;
            slot.replace(Some(watch));
            match customer {
                Some(customer) => Ok(output(&customer)?.into()),
                None => Ok(JsValue::UNDEFINED),
            }
        };
        promise(|| Ok((signal, work)))
    }
}

impl Watch {
    pub(crate) fn new(signal: Signal, watch: Client<Http, Renewal, SystemTimer>) -> Self {
        Self { signal, watch: Rc::new(RefCell::new(Some(watch))) }
    }
}
