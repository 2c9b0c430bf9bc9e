//! Confirmation codes: sent to a phone number or e-mail address, to prove that the customer can
//! read messages there.

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
    hooks::{Caller, Channel, Given, HookError, Message},
    locale::{LocalizedText, MessageId},
    outbox::NewMessage,
};

mod canonical;
mod limits;
mod topic;

pub use limits::CodeLimits;
pub(super) use topic::CodeTopic;

use limits::For;

/// The number of digits of a code.
const DIGITS: u32 = 6;
/// How long a code is valid, in seconds.
const LIFETIME: u64 = 600;
/// The number of attempts at a code.
const MAX_ATTEMPTS: u32 = 5;
/// How long a message waits for a limit before it is given up, in seconds.
const KEEP_WAITING: u64 = 86_400;
/// A repeated request with the same value sends another code only after this time, in seconds.
const RESEND_AFTER: u64 = 60;

/// The limits of a code that is asked for.
struct Room {
    /// What counts it when it is sent.
    subjects: Vec<String>,
    /// When it may be sent, in Unix seconds; `None` if at once. Only for the answer to the customer:
    /// the limits count when the code is sent.
    delayed_until: Option<u64>,
}

impl Kyc {
    /// Queues a code for a value that was just stored.
    pub(super) async fn send_code(
        &self,
        tx: &mut Tx,
        record: &mut Record,
        value: &Text,
        channel: Channel,
        who: &Caller,
    ) -> Result<(), HookError> {
        let room = self.room(tx, record, value, who).await?;
        self.queue_code(tx, record, value, channel, who.language, room).await
    }

    async fn queue_code(
        &self,
        tx: &mut Tx,
        record: &mut Record,
        value: &Text,
        channel: Channel,
        language: Language,
        Room { subjects, delayed_until }: Room,
    ) -> Result<(), HookError> {
        let now = self.clock.now();
        let (id, code) = (self.random.id(), self.random.code(DIGITS));
        let sealed = record.key.seal(code.as_bytes(), &context(record, &id), &self.random)?;
        let link = (channel == Channel::Email).then(|| self.new_link());
        let new = store::code::New {
            id: &id,
            field: value.canonical,
            sealed: &sealed,
            created_at: now,
            expires_at: delayed_until.unwrap_or(now) + LIFETIME,
            link: link.as_ref().map(|link| link.hash.as_str()),
            delayed_until,
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
            content: &topic::encode(&message, subjects)?,
            expires_at: now + KEEP_WAITING,
        };
        Ok(self.outbox.push(tx, &message).await?)
    }

    /// What the limits say about a code for this value now.
    async fn room(
        &self,
        tx: &mut Tx,
        record: &Record,
        value: &Text,
        who: &Caller,
    ) -> Result<Room, HookError> {
        let account = who.customer.account.to_string();
        let subjects = For {
            customer: &record.id,
            destination: &value.value,
            account: &account,
            address: who.address,
        };
        let subjects = subjects.subjects(&self.vault)?;
        let delayed_until = self.code_limits.free_at(tx, &subjects, self.clock.now()).await?;
        Ok(Room { subjects, delayed_until })
    }

    /// Queues another code for a value that is not confirmed yet, unless the last code is recent
    /// and still valid, or waits for a limit. While a limit holds, a valid code stays valid.
    pub(super) async fn send_code_again(
        &self,
        tx: &mut Tx,
        record: &mut Record,
        value: &Text,
        channel: Channel,
        who: &Caller,
    ) -> Result<(), HookError> {
        let now = self.clock.now();
        let last = record.code(value.canonical).filter(|code| code.is_open(MAX_ATTEMPTS, now));
        let is_recent = |code: &store::code::Row| {
            code.delayed_until().is_some() || code.age(now) < RESEND_AFTER
        };
        if last.is_some_and(is_recent) {
            return Ok(());
        }
        let has_valid = last.is_some();
        let room = self.room(tx, record, value, who).await?;
        if has_valid && room.delayed_until.is_some() {
            return Ok(());
        }
        self.queue_code(tx, record, value, channel, who.language, room).await
    }

    /// Checks all codes of a request and, if all are right (P-34), accepts their fields. Otherwise
    /// returns the refusal as a value: the caller must still commit `tx`, so that the attempts are
    /// counted.
    ///
    /// # Errors
    ///
    /// The request is refused before an attempt was counted; `tx` can be rolled back.
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
                // The wallet repeats the request because the answer was lost (S12-94).
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

/// The result of comparing a code with the stored one.
enum Attempt {
    /// The field is not confirmed yet: the attempt counts.
    Counted { code_id: String, right: bool },
    /// The field was accepted with the same code before.
    Repeated,
}

/// Compares a code from the request with the stored code of its field.
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
