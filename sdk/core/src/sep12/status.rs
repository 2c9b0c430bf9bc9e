//! Computes a customer's status from its fields.

use super::{FieldStatus, Status};

/// The state of one field that a customer type asks for.
#[derive(Clone, Copy, Debug)]
pub struct Progress<'a> {
    /// Whether the customer must provide it.
    pub required: bool,
    /// The status; `None` if the field was not provided.
    pub status: Option<&'a FieldStatus>,
}

/// The status for one customer type, by the first rule that matches:
///
/// 1. the customer was rejected: `REJECTED`;
/// 2. a required field is missing, was rejected, or waits for its code: `NEEDS_INFO`;
/// 3. a required field is under review, or a review is open: `PROCESSING`;
/// 4. otherwise `ACCEPTED`.
pub fn derive_status<'a>(
    fields: impl IntoIterator<Item = Progress<'a>>,
    under_review: bool,
    rejected: bool,
) -> Status {
    if rejected {
        return Status::Rejected;
    }
    let mut processing = under_review;
    for Progress { status, .. } in fields.into_iter().filter(|field| field.required) {
        match status {
            None | Some(FieldStatus::Rejected | FieldStatus::VerificationRequired) => {
                return Status::NeedsInfo;
            }
            Some(FieldStatus::Accepted) => {}
            Some(FieldStatus::Processing | FieldStatus::Other(_)) => processing = true,
        }
    }
    if processing { Status::Processing } else { Status::Accepted }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_matching_rule_decides() {
        use FieldStatus::{Accepted, Processing, Rejected, VerificationRequired};
        let on = |fields: &[(bool, Option<FieldStatus>)], review, rejected| {
            derive_status(
                fields.iter().map(|(required, status)| Progress {
                    required: *required,
                    status: status.as_ref(),
                }),
                review,
                rejected,
            )
        };
        assert_eq!(on(&[], false, false), Status::Accepted);
        assert_eq!(on(&[(true, None)], false, true), Status::Rejected);
        assert_eq!(on(&[(true, None)], true, false), Status::NeedsInfo);
        assert_eq!(on(&[(false, None), (true, Some(Accepted))], false, false), Status::Accepted);
        assert_eq!(on(&[(true, Some(Accepted))], true, false), Status::Processing);
        assert_eq!(
            on(&[(true, Some(Processing)), (true, Some(Rejected))], false, false),
            Status::NeedsInfo
        );
        assert_eq!(on(&[(true, Some(VerificationRequired))], false, false), Status::NeedsInfo);
        assert_eq!(on(&[(true, Some(Processing))], false, false), Status::Processing);
        assert_eq!(
            on(&[(false, Some(Rejected)), (true, Some(Accepted))], false, false),
            Status::Accepted
        );
    }
}
