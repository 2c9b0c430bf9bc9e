//! Confirmation codes: sent to a value, and returned by the customer who can read what is sent there.

use subtle::ConstantTimeEq as _;
use windlass_core::{language::Language, problem::Code};

use super::{
    Kyc,
    intake::{Intake, Text},
    record::Record,
    store::{self, code::CodeState},
};
use crate::{
    database::Tx,
    hooks::{Channel, Given, HookError, Message},
    locale::{LocalizedText, MessageId},
    outbox::NewMessage,
};

mod topic;

pub(super) use topic::CodeTopic;

/// How many digits a code has.
const DIGITS: u32 = 6;
/// How long it may be used, in seconds.
const LIFETIME: u64 = 600;
/// How often it may be tried.
const MAX_ATTEMPTS: u32 = 5;
/// How many are sent in an hour to a customer, and to an address or number, whichever customers name it.
const MAX_PER_HOUR: i64 = 5;
/// Within so many seconds the same value sent again brings no other code: a repeated request changes nothing.
const RESEND_AFTER: u64 = 60;

impl Kyc {
    /// Sends a code to a value that was just stored.
    pub(super) async fn send_code(
        &self,
        tx: &mut Tx,
        record: &mut Record,
        value: &Text,
        channel: Channel,
        language: Language,
    ) -> Result<(), HookError> {
        let now = self.clock.now();
        self.limit_codes(tx, record, value, now).await?;
        let (id, code) = (self.random.id(), self.random.code(DIGITS));
        let sealed = record.key.seal(code.as_bytes(), &context(record, &id), &self.random)?;
        let link = (channel == Channel::Email).then(|| self.new_link());
        let new = store::code::New {
            id: &id,
            field: value.canonical,
            sealed: &sealed,
            created_at: now,
            expires_at: now + LIFETIME,
            link: link.as_ref().map(|link| link.hash.as_str()),
        };
        if let Some(void) = record.put_code(tx, &new).await? {
            self.outbox.cancel(tx, &void).await?;
        }

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
        let message = NewMessage {
            topic: topic::TOPIC,
            id: &id,
            owner: Some(record.owner()),
            line: "",
            content: &topic::encode(&message)?,
            expires_at: now + LIFETIME,
        };
        Ok(self.outbox.push(tx, &message).await?)
    }

    /// Counts a code that is sent to this value, and refuses it if there were too many.
    async fn limit_codes(
        &self,
        tx: &mut Tx,
        record: &Record,
        value: &Text,
        now: u64,
    ) -> Result<(), HookError> {
        let hour_ago = now.saturating_sub(3600);
        let address = self.vault.fingerprint(&value.value.to_lowercase())?;
        if store::code::count_since(&mut **tx, &record.id, hour_ago).await? >= MAX_PER_HOUR
            || store::sent_code::count_since(&mut **tx, &address, hour_ago).await? >= MAX_PER_HOUR
        {
            return Err(HookError::TooManyRequests {
                message: LocalizedText::from(MessageId::CodeLimit).with("field", value.canonical),
                retry_after: 3600,
            });
        }
        Ok(store::sent_code::insert(&mut **tx, &address, now).await?)
    }

    /// Sends another code to a value that waits for one, unless the last one is new and can still be used.
    pub(super) async fn send_code_again(
        &self,
        tx: &mut Tx,
        record: &mut Record,
        value: &Text,
        channel: Channel,
        language: Language,
    ) -> Result<(), HookError> {
        let now = self.clock.now();
        let last = record.code(value.canonical);
        if last.is_some_and(|code| code.is_open(MAX_ATTEMPTS, now) && code.age(now) < RESEND_AFTER)
        {
            return Ok(());
        }
        self.send_code(tx, record, value, channel, language).await
    }

    /// Tries all codes of a request and, if all are right (P-34), accepts their fields. Otherwise returns a refusal, with
    /// which `tx` must be committed, so that the attempts stay counted.
    ///
    /// # Errors
    ///
    /// A refusal before anything was tried.
    pub(super) async fn try_codes(
        &self,
        tx: &mut Tx,
        record: &mut Record,
        intake: &Intake<'_>,
    ) -> Result<Option<HookError>, HookError> {
        let (mut used, mut refusal, mut tried) = (Vec::new(), None, false);
        for (field, given) in &intake.codes {
            let attempt = match check_code(record, field, given) {
                Ok(attempt) => attempt,
                Err(error) if tried => return Ok(Some(error)),
                Err(error) => return Err(error),
            };
            if let Attempt::Counted { code_id, .. } = &attempt {
                let now = self.clock.now();
                if !store::code::attempt(&mut **tx, code_id, MAX_ATTEMPTS, now).await? {
                    let error = expired(&given.name);
                    return if tried { Ok(Some(error)) } else { Err(error) };
                }
                tried = true;
            }
            match attempt {
                Attempt::Counted { right: true, .. } => used.push(*field),
                // The same request again, because its answer got lost (S12-94).
                Attempt::Repeated => {}
                Attempt::Counted { right: false, .. } => refusal = Some(wrong(&given.name)),
            }
        }
        if refusal.is_some() {
            return Ok(refusal);
        }
        for field in used {
            record.use_code(tx, field).await?;
        }
        Ok(None)
    }
}

/// A code that was given for a field.
enum Attempt {
    /// The field waits for this code: the attempt counts.
    Counted { code_id: String, right: bool },
    /// The field was accepted with this code before.
    Repeated,
}

/// Compares a given code with the one of its field.
fn check_code(record: &Record, field: &str, given: &Given) -> Result<Attempt, HookError> {
    let nothing_to_verify = || nothing_to_verify(&given.name);
    let code = record.code(field);
    let is_right = |code: &store::code::Row| -> Result<bool, HookError> {
        let right = record.key.open(&code.sealed, &context(record, &code.id))?;
        Ok(right.ct_eq(given.text.as_bytes()).into())
    };
    if record.is_unverified(field) {
        let code = code.filter(|code| code.state == CodeState::Live);
        let code = code.ok_or_else(|| expired(&given.name))?;
        return Ok(Attempt::Counted { code_id: code.id.clone(), right: is_right(code)? });
    }
    let code = code.filter(|code| code.state == CodeState::Used && record.is_accepted(field));
    match is_right(code.ok_or_else(nothing_to_verify)?)? {
        true => Ok(Attempt::Repeated),
        false => Err(nothing_to_verify()),
    }
}

fn context<'a>(record: &'a Record, code_id: &'a str) -> [&'a str; 3] {
    ["code", &record.id, code_id]
}

fn wrong(name: &str) -> HookError {
    HookError::Invalid {
        message: MessageId::CodeWrong.into(),
        code: Code::InvalidCode,
        field: Some(name.to_owned()),
    }
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
