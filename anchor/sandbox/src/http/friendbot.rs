//! `GET` and `POST /friendbot`.

use axum::{
    Extension,
    extract::{Request, State},
    response::Response,
};

use super::{Problem, base::Base, form, hal, transactions::view};
use crate::{error::SandboxError, friendbot::fund, sandbox::Sandbox};

/// Some clients search for the first text, some for the second.
const FUNDED: &str = "account already funded to starting balance, \
    createAccountAlreadyExist (AAAAAAAAAGT/////AAAAAQAAAAAAAAAA/////AAAAAA=)";

/// `GET` or `POST /friendbot?addr=…`
pub(super) async fn friendbot(
    State(sandbox): State<Sandbox>,
    Extension(base): Extension<Base>,
    request: Request,
) -> Result<Response, Problem> {
    let address = form::field(request, "addr").await?;
    let id = address.parse().map_err(|_| Problem::friendbot_address())?;
    match fund(&sandbox, &id) {
        Ok(included) => Ok(hal(&view(&included, &included.submission.hash, &base))),
        Err(SandboxError::AlreadyFunded(_)) => Err(Problem::friendbot(FUNDED)),
        Err(error) => Err(Problem::friendbot(&error.to_string())),
    }
}
