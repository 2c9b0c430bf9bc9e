use axum::Extension;
use axum::extract::{Request, State};
use axum::response::Response;

use super::base::Base;
use super::transactions::view;
use super::{Problem, form, hal};
use crate::error::SandboxError;
use crate::friendbot::fund;
use crate::sandbox::Sandbox;

/// Some clients look for the one text, some for the other.
const FUNDED: &str = "account already funded to starting balance, \
    createAccountAlreadyExist (AAAAAAAAAGT/////AAAAAQAAAAAAAAAA/////AAAAAA=)";

/// `GET` or `POST /friendbot?addr=…` (section 7.9)
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
