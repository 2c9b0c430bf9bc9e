//! Watching a customer, as an async iterator.

use std::cell::RefCell;

use wasm_bindgen::{JsValue, prelude::wasm_bindgen};
use windlass_client::{Http, SystemTimer, Watch as Client};

use crate::{Error, output::output, session::Renewal, signal::Signal};

#[wasm_bindgen(raw_module = "../js/watch.js")]
extern "C" {
    /// The async iterator of a watch.
    pub(crate) fn iterate(watch: Watch) -> JsValue;
}

/// What the iterator calls; it is not part of the package.
#[wasm_bindgen(js_name = CustomerWatch, skip_typescript)]
pub struct Watch {
    signal: Signal,
    /// Absent during `next`, and for good after a `next` that failed or was aborted.
    watch: RefCell<Option<Client<Http, Renewal, SystemTimer>>>,
}

#[wasm_bindgen(js_class = CustomerWatch)]
impl Watch {
    /// The next news of the customer; `undefined` at the end.
    #[wasm_bindgen(skip_typescript)]
    pub async fn next(&self) -> Result<JsValue, Error> {
        let work = async {
            let Some(mut watch) = self.watch.take() else { return Ok(JsValue::UNDEFINED) };
            let customer = watch.next().await?;
            self.watch.replace(Some(watch));
            match customer {
                Some(customer) => Ok(output(&customer)?.into()),
                None => Ok(JsValue::UNDEFINED),
            }
        };
        self.signal.ends(work).await
    }
}

impl Watch {
    pub(crate) const fn new(signal: Signal, watch: Client<Http, Renewal, SystemTimer>) -> Self {
        Self { signal, watch: RefCell::new(Some(watch)) }
    }
}
