//! Confirmation codes: sent to a value, returned by whoever can read what is sent there.

use sqlx::{Any, Transaction};
use subtle::ConstantTimeEq as _;
use windlass_core::{
    problem::Code,
    sep12::{FieldStatus, Language},
};

use super::{
    Kyc,
    intake::{Intake, Text},
    record::Record,
};
use crate::{
    hooks::{Channel, Given, HookError, Message},
    locale::{LocalizedText, MessageId},
    store,
};

/// How many digits a code has.
const DIGITS: u32 = 6;
/// How long it may be used, in seconds.
const LIFETIME: u64 = 600;
/// How often it may be tried.
const MAX_ATTEMPTS: u32 = 5;
/// How many are sent in an hour to a customer, and to an address or number, whichever customers name it.
const MAX_PER_HOUR: i64 = 5;
/// Sooner than this, in seconds, the same value sent again brings no other code: a repeated request changes nothing.
const RESEND_AFTER: u64 = 60;

/// A code that was right.
pub(super) struct Confirmed {
    /// The canonical name of its field.
    pub(super) field: &'static str,
    code_id: String,
    name: String,
    /// It was used before, and this is the same request again.
    repeated: bool,
}

impl Kyc {
    /// Sends a code to a value that was just stored.
    pub(super) async fn send_code(
        &self,
        tx: &mut Transaction<'static, Any>,
        record: &Record,
        value: &Text,
        channel: Channel,
        language: Language,
    ) -> Result<(), HookError> {
        let now = self.clock.now();
        let hour_ago = now.saturating_sub(3600);
        let address = self.vault.fingerprint(&value.value.to_lowercase())?;
        if store::code::count_since(&mut **tx, &record.id, hour_ago).await? >= MAX_PER_HOUR
            || store::sent::count_since(&mut **tx, &address, hour_ago).await? >= MAX_PER_HOUR
        {
            return Err(HookError::TooManyRequests {
                message: LocalizedText::from(MessageId::CodeLimit).with("field", value.canonical),
                retry_after: 3600,
            });
        }
        if let Some(old) = record.codes.get(value.canonical) {
            store::code::void(&mut **tx, &record.id, value.canonical).await?;
            store::outbox::delete(&mut **tx, &old.id).await?;
        }
        let (id, code) = (self.random.id(), self.random.code(DIGITS));
        let sealed = record.key.seal(code.as_bytes(), &context(record, &id), &self.random)?;
        let expires_at = now + LIFETIME;
        let (customer_id, field) = (record.id.as_str(), value.canonical);
        let link = (channel == Channel::Email).then(|| self.new_link()).flatten();
        let new = store::code::New {
            id: &id,
            customer_id,
            field,
            sealed: &sealed,
            created_at: now,
            expires_at,
            link: link.as_ref().map(|link| link.hash.as_str()),
        };
        store::code::insert(&mut **tx, &new).await?;
        store::sent::insert(&mut **tx, &address, now).await?;

        let minutes = LIFETIME / 60;
        let text =
            LocalizedText::from(MessageId::CodeText).with("code", &code).with("minutes", minutes);
        let mut text = text.in_language(language);
        let link = link.map(|link| link.url);
        if let Some(link) = &link {
            let line = LocalizedText::from(MessageId::CodeLink).with("link", link);
            text = format!("{text}\n\n{}", line.in_language(language));
        }
        let message = Message { channel, to: value.value.to_string(), text, code, link };
        let pushed =
            self.outbox.push_code(tx, &id, (&record.id, &record.key), &message, expires_at).await;
        pushed.map_err(|error| HookError::Internal(error.into()))
    }

    /// Sends a code again to a value that waits for one, if the last one may have got lost or is of no use any more.
    pub(super) async fn send_code_again(
        &self,
        tx: &mut Transaction<'static, Any>,
        record: &Record,
        value: &Text,
        channel: Channel,
        language: Language,
    ) -> Result<(), HookError> {
        let now = self.clock.now();
        let last = record.codes.get(value.canonical);
        if last.is_some_and(|code| code.is_open(MAX_ATTEMPTS, now) && code.age(now) < RESEND_AFTER)
        {
            return Ok(());
        }
        self.send_code(tx, record, value, channel, language).await
    }

    /// Tries all codes of a request. Each attempt is counted and stays counted, however the request ends.
    ///
    /// # Errors
    ///
    /// One of them is wrong: then none counts as right (P-34).
    pub(super) async fn try_codes(
        &self,
        record: Option<&Record>,
        intake: &Intake<'_>,
    ) -> Result<Vec<Confirmed>, HookError> {
        let mut confirmed = Vec::new();
        let mut wrong = None;
        for (field, code) in &intake.codes {
            let record = record.ok_or_else(|| nothing_to_verify(&code.name))?;
            match self.try_code(record, field, code).await? {
                Some(right) => confirmed.push(right),
                None => wrong = Some(&code.name),
            }
        }
        match wrong {
            Some(name) => Err(HookError::Invalid {
                message: MessageId::CodeWrong.into(),
                code: Code::InvalidCode,
                field: Some(name.clone()),
            }),
            None => Ok(confirmed),
        }
    }

    /// Tries one code; `None` if it is wrong.
    async fn try_code(
        &self,
        record: &Record,
        field: &'static str,
        given: &Given,
    ) -> Result<Option<Confirmed>, HookError> {
        let code = record.codes.get(field);
        let is_right = |code: &store::code::Row| -> Result<bool, HookError> {
            let right = record.key.open(&code.sealed, &context(record, &code.id))?;
            Ok(right.ct_eq(given.text.as_bytes()).into())
        };
        let confirmed = |code: &store::code::Row, repeated| {
            let (code_id, name) = (code.id.clone(), given.name.clone());
            Some(Confirmed { field, code_id, name, repeated })
        };
        match (record.status(field), code) {
            (Some(FieldStatus::VerificationRequired), Some(code)) if code.state == "live" => {
                if !store::code::attempt(
                    self.database.pool(),
                    &code.id,
                    MAX_ATTEMPTS,
                    self.clock.now(),
                )
                .await?
                {
                    return Err(expired(&given.name));
                }
                Ok(is_right(code)?.then(|| confirmed(code, false)).flatten())
            }
            (Some(FieldStatus::VerificationRequired), _) => Err(expired(&given.name)),
            // The same request again, because its answer got lost (S12-94).
            (Some(FieldStatus::Accepted), Some(code))
                if code.state == "used" && is_right(code)? =>
            {
                Ok(confirmed(code, true))
            }
            _ => Err(nothing_to_verify(&given.name)),
        }
    }

    /// Uses a right code up and accepts the value, as part of `tx`, which holds the customer.
    pub(super) async fn confirm(
        &self,
        tx: &mut Transaction<'static, Any>,
        record: &Record,
        code: &Confirmed,
    ) -> Result<(), HookError> {
        let current = record.codes.get(code.field).filter(|current| current.id == code.code_id);
        match current {
            Some(current) if code.repeated || current.state == "used" => Ok(()),
            Some(_) => {
                store::code::consume(&mut **tx, &code.code_id).await?;
                store::field::confirm(&mut **tx, &record.id, code.field).await?;
                Ok(())
            }
            // Another value was sent meanwhile, or the customer was deleted and came back.
            None => Err(expired(&code.name)),
        }
    }
}

fn context<'a>(record: &'a Record, code_id: &'a str) -> [&'a str; 3] {
    ["code", &record.id, code_id]
}

fn expired(name: &str) -> HookError {
    HookError::Invalid {
        message: LocalizedText::from(MessageId::CodeExpired).with("field", name),
        code: Code::CodeExpired,
        field: Some(name.to_owned()),
    }
}

fn nothing_to_verify(name: &str) -> HookError {
    HookError::Invalid {
        message: LocalizedText::from(MessageId::CodeNothing).with("field", name),
        code: Code::NothingToVerify,
        field: Some(name.to_owned()),
    }
}
