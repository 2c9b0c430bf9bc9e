//! Watching a customer, as an async iterator.

use std::{cell::RefCell, rc::Rc};

use js_sys::Promise;
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};
use windlass_client::{Http, SystemTimer, Watch as Client};

use crate::{input::Input, output::output, promise::start, session::Renewal};

#[wasm_bindgen(raw_module = "../js/watch.js")]
extern "C" {
    /// The async iterator of a watch.
    pub(crate) fn iterate(watch: Watch) -> JsValue;
}

/// What the iterator asks; it is not part of the package.
#[wasm_bindgen(js_name = CustomerWatch, skip_typescript)]
pub struct Watch {
    input: Input,
    /// Absent while somebody asks, and for good after that was given up.
    watch: Rc<RefCell<Option<Client<Http, Renewal, SystemTimer>>>>,
}

#[wasm_bindgen(js_class = CustomerWatch)]
impl Watch {
    /// The next that there is to be told; `undefined` at the end.
    #[wasm_bindgen(skip_typescript)]
    pub fn next(&self) -> Promise {
        let slot = Rc::clone(&self.watch);
        start(self.input.signal(), async move {
            let Some(mut watch) = slot.take() else { return Ok(JsValue::UNDEFINED) };
            let customer = watch.next().await?;
            slot.replace(Some(watch));
            match customer {
                Some(customer) => Ok(output(&customer)?.into()),
                None => Ok(JsValue::UNDEFINED),
            }
        })
    }
}

impl Watch {
    pub(crate) fn new(input: Input, watch: Client<Http, Renewal, SystemTimer>) -> Self {
        Self { input, watch: Rc::new(RefCell::new(Some(watch))) }
    }
}
