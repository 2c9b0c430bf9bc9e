#![doc = include_str!("../README.md")]

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use async_trait::async_trait;
use windlass_anchor::{
    clock::{Clock, Random},
    hooks::{
        Caller, Channel, Customers, Given, HookError, Message, Notifier, SubmittedFields, Upload,
        Uploads,
    },
};
use windlass_core::{
    map::Map,
    problem::Code,
    sep9::{self, Name, Rules},
    sep12::{
        Customer, DeleteCustomer, File, Files, GetCustomer, GetFiles, PutCustomer, PutVerification,
    },
    time::Date,
};

mod files;
mod kinds;
mod record;

use files::Stored;
use kinds::{Kind, VERIFIED};
use record::{Record, answer};

/// The number of attempts at a code.
const ATTEMPTS: u32 = 5;

/// Customers in memory, lost when the server ends.
pub struct InMemory {
    state: Mutex<State>,
    notifier: Arc<dyn Notifier>,
    clock: Clock,
    random: Random,
}

#[derive(Default)]
struct State {
    /// The key is the id.
    customers: BTreeMap<String, Record>,
    /// The key is the id.
    files: BTreeMap<String, Stored>,
}

impl InMemory {
    /// An empty store. Codes are sent through `notifier`.
    pub fn new(notifier: Arc<dyn Notifier>, clock: Clock, random: Random) -> Self {
        Self { state: Mutex::default(), notifier, clock, random }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Stores a request if all its values are valid. Returns the customer's id, and the message to
    /// send.
    fn store(
        &self,
        who: &Caller,
        id: Option<&str>,
        intake: SubmittedFields,
        uploads: Vec<(String, Stored)>,
    ) -> Result<(String, Option<Message>), HookError> {
        let mut state = self.state();
        let known = state.find(who, id)?;
        let stored = known.as_ref().map(|id| &state.customers[id]);

        // All values are checked before anything is changed.
        let none = Map::new();
        let values =
            judge(&intake, stored.map_or(&none, |record| &record.values), self.clock.now())?;
        for (field, given) in &intake.file_ids {
            state.check_file(who, known.as_deref(), field, &given.text)?;
        }
        if let Some(name) = state.wrong_code(known.as_deref(), &intake.codes) {
            return Err(HookError::Invalid {
                message: format!("{name} is not the code that was sent").into(),
                code: Code::InvalidCode,
                field: Some(name),
            });
        }

        let id = known.unwrap_or_else(|| self.random.id());
        let State { customers, files } = &mut *state;
        let new = || Record::new(id.clone(), who.customer.clone());
        let record = customers.entry(id.clone()).or_insert_with(new);
        for field in intake.codes.keys() {
            record.codes.remove(*field);
        }
        let mut message = None;
        for (field, value) in values {
            if record.values.get(&field) == Some(&value) {
                continue;
            }
            if field == VERIFIED {
                let code = self.random.code(6);
                let sent = record::Code { text: code.clone(), attempts_left: ATTEMPTS };
                record.codes.insert(field.clone(), sent);
                message = Some(letter(&value, code));
            }
            record.values.insert(field, value);
        }
        let references = intake
            .file_ids
            .into_iter()
            .map(|(field, given)| (field.to_owned(), given.text.to_string()));
        let uploads = uploads.into_iter().map(|(field, upload)| {
            let file_id = self.random.id();
            files.insert(file_id.clone(), upload);
            (field, file_id)
        });
        for (field, file_id) in references.chain(uploads.collect::<Vec<_>>()) {
            if let Some(file) = files.get_mut(&file_id) {
                file.customer_id = Some(id.clone());
            }
            if let Some(old) =
                record.files.insert(field, file_id.clone()).filter(|old| *old != file_id)
            {
                files.remove(&old);
            }
        }
        Ok((id, message))
    }

    async fn put_all(
        &self,
        who: &Caller,
        id: Option<&str>,
        intake: SubmittedFields,
        uploads: Vec<(String, Stored)>,
    ) -> Result<String, HookError> {
        let (id, message) = self.store(who, id, intake, uploads)?;
        if let Some(message) = message {
            let sent = self.notifier.deliver(&message).await;
            sent.map_err(|cause| HookError::Internal(cause.into()))?;
        }
        Ok(id)
    }
}

#[async_trait]
impl Customers for InMemory {
    async fn get(&self, who: &Caller, request: GetCustomer) -> Result<Customer, HookError> {
        let kind = kind(request.kind.as_deref())?;
        let state = self.state();
        let id = state.find(who, request.id.as_deref())?;
        Ok(answer(kind, id.map(|id| &state.customers[&id])))
    }

    async fn put(
        &self,
        who: &Caller,
        request: PutCustomer,
        uploads: &Uploads,
    ) -> Result<String, HookError> {
        kind(request.kind.as_deref())?;
        let intake = SubmittedFields::sort(request.fields)?;
        let mut files = Vec::new();
        for (name, upload) in uploads {
            // Files whose name is not a SEP-9 field are ignored.
            if let Name::Field(field) = Name::parse(name)
                && kinds::is_asked(field.canonical)
            {
                files.push((field.canonical.to_owned(), Stored::read(who, upload).await?));
            }
        }
        self.put_all(who, request.id.as_deref(), intake, files).await
    }

    async fn delete(&self, who: &Caller, _: DeleteCustomer) -> Result<(), HookError> {
        let mut state = self.state();
        let before = state.customers.len() + state.files.len();
        state.customers.retain(|_, record| record.owner != who.customer);
        state.files.retain(|_, file| file.owner != who.customer);
        let after = state.customers.len() + state.files.len();
        if after < before { Ok(()) } else { Err(HookError::no_customer()) }
    }

    async fn put_verification(
        &self,
        who: &Caller,
        request: PutVerification,
    ) -> Result<Customer, HookError> {
        let id = self
            .put_all(who, Some(&request.id), SubmittedFields::sort(request.codes)?, Vec::new())
            .await?;
        Ok(answer(kind(None)?, self.state().customers.get(&id)))
    }

    async fn post_file(&self, who: &Caller, upload: &Upload) -> Result<File, HookError> {
        let (id, file) = (self.random.id(), Stored::read(who, upload).await?);
        let told = file.told(&id);
        self.state().files.insert(id, file);
        Ok(told)
    }

    async fn files(&self, who: &Caller, request: GetFiles) -> Result<Files, HookError> {
        let state = self.state();
        let asked = |(id, file): &(&String, &Stored)| {
            who.sees(&file.owner)
                && request.file_id.as_ref().is_none_or(|asked| asked == *id)
                && request
                    .customer_id
                    .as_ref()
                    .is_none_or(|asked| file.customer_id.as_ref() == Some(asked))
        };
        let files = state.files.iter().filter(asked);
        Ok(Files::new(files.map(|(id, file)| file.told(id)).collect()))
    }
}

impl State {
    /// The customer that a request is about; `None` if none is registered. An id of another account
    /// is refused like an unknown one.
    fn find(&self, who: &Caller, id: Option<&str>) -> Result<Option<String>, HookError> {
        match id {
            Some(id) => {
                let found = self.customers.get(id).filter(|record| who.sees(&record.owner));
                found.map(|record| Some(record.id.clone())).ok_or_else(HookError::no_customer)
            }
            None => {
                let mut all = self.customers.values();
                Ok(all.find(|record| record.owner == who.customer).map(|record| record.id.clone()))
            }
        }
    }

    /// The name of the first wrong code. The attempts count even if the request is refused.
    fn wrong_code(&mut self, id: Option<&str>, codes: &BTreeMap<&str, Given>) -> Option<String> {
        let mut record = id.and_then(|id| self.customers.get_mut(id));
        codes.iter().find_map(|(field, Given { name, text })| {
            let code = record.as_mut().and_then(|record| record.codes.get_mut(*field));
            let right = code.is_some_and(|code| {
                let tries = code.attempts_left;
                code.attempts_left = tries.saturating_sub(1);
                tries > 0 && code.text == **text
            });
            (!right).then(|| name.clone())
        })
    }
}

/// The values in canonical form under canonical names, or all errors in them.
fn judge(
    intake: &SubmittedFields,
    known: &Map<String>,
    now: u64,
) -> Result<Vec<(String, String)>, HookError> {
    let rules = Rules { known, ..Rules::on(Date::from_unix(now)) };
    let accepted = rules.check(&intake.values)?;
    let kept = accepted.into_iter().filter(|value| kinds::is_asked(value.field.canonical));
    Ok(kept.map(|value| (value.field.canonical.to_owned(), value.value)).collect())
}

fn kind(name: Option<&str>) -> Result<&'static Kind, HookError> {
    Kind::find(name).ok_or_else(|| HookError::Invalid {
        message: "this anchor does not know that type of customer".into(),
        code: Code::UnknownCustomerType,
        field: Some("type".to_owned()),
    })
}

fn letter(to: &str, code: String) -> Message {
    let text = format!("Your confirmation code is {code}.");
    Message { channel: Channel::Sms, to: to.to_owned(), text, code, link: None }
}

/// Whether the field with this canonical name accepts files of this media type.
fn takes(field: &str, media: sep9::MediaType) -> bool {
    sep9::field(field).is_some_and(|field| field.accepts(media))
}
