//! Customers that follow a script, behind the same rules as the server's.

use std::{
    collections::BTreeMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use async_trait::async_trait;
use windlass_core::{
    problem::Code,
    sep9::{self, Name, Rules},
    sep12::{
        Customer, CustomerKey, DeleteCustomer, File, Files, GetCustomer, GetFiles, PutCallback,
        PutCustomer, PutVerification,
    },
    time::Date,
};
use windlass_endpoints::{
    clock::{Clock, Random},
    hooks::{Caller, Customers, Given, HookError, SubmittedFields, Upload, Uploads},
};

use crate::{
    record::{Record, Stored},
    script::Step,
};

/// How long a file is kept without a customer that refers to it, in seconds.
const KEPT: u64 = 86_400;

/// A `Customers` hook that follows scripts.
pub(crate) struct Scripted {
    state: Mutex<State>,
    /// The accepted customer types; empty accepts all.
    types: Vec<String>,
    clock: Clock,
    random: Random,
}

struct State {
    /// The steps of customers without a script of their own.
    default: Vec<Step>,
    customers: BTreeMap<CustomerKey, Record>,
    /// Uploaded files by id.
    files: BTreeMap<String, Stored>,
}

impl Scripted {
    pub(crate) fn new(
        default: Vec<Step>,
        types: Vec<String>,
        clock: Clock,
        random: Random,
    ) -> Self {
        let (customers, files) = Default::default();
        Self { state: Mutex::new(State { default, customers, files }), types, clock, random }
    }

    /// Sets the script of a customer, or the default one, and starts it from the beginning.
    pub(crate) fn script(&self, who: Option<CustomerKey>, steps: Vec<Step>) {
        let mut state = self.state();
        match who {
            None => state.default = steps,
            Some(who) => {
                let mut record = Record::new(steps);
                if let Some(old) = state.customers.get_mut(&who) {
                    (record.id, record.callback) = (old.id.take(), old.callback.take());
                }
                state.customers.insert(who, record);
            }
        }
    }

    /// The current answer about a customer, and its callback URL.
    pub(crate) fn told(&self, who: &CustomerKey) -> Option<(Customer, Option<String>)> {
        let mut state = self.state();
        let record = state.customers.get_mut(who)?;
        record.id.get_or_insert_with(|| self.random.id());
        Some((record.told(), record.callback.clone()))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn check_kind(&self, kind: Option<&str>) -> Result<(), HookError> {
        match kind {
            Some(kind)
                if !self.types.is_empty() && !self.types.iter().any(|known| known == kind) =>
            {
                Err(HookError::Invalid {
                    message: "this anchor does not know that type of customer".into(),
                    code: Code::UnknownCustomerType,
                    field: Some("type".to_owned()),
                })
            }
            _ => Ok(()),
        }
    }

    /// Stores a request if all of it is valid. Returns its customer.
    fn take(
        &self,
        who: &Caller,
        id: Option<&str>,
        intake: SubmittedFields,
        uploads: &Uploads,
    ) -> Result<CustomerKey, HookError> {
        let mut state = self.state();
        let key = state.find(who, id)?;
        let now = self.clock.now();

        // Everything is checked before anything is changed.
        let values = {
            let record = state.open(&key);
            if record.is_rejected() {
                return Err(HookError::Invalid {
                    message: "this anchor has rejected you for good".into(),
                    code: Code::CustomerRejected,
                    field: None,
                });
            }
            let values = check_values(&intake, record, now)?;
            check_codes(&intake, record)?;
            values
        };
        for (canonical, Given { name, text }) in &intake.file_ids {
            state.check_file(who, &key, canonical, name, text)?;
        }

        let record = state.open(&key);
        let id = record.id.get_or_insert_with(|| self.random.id()).clone();
        let mut sent: Vec<_> = values.iter().map(|(canonical, _)| *canonical).collect();
        sent.extend(intake.codes.keys());
        sent.extend(intake.file_ids.keys());
        record.values.extend(values);
        let mut files = Vec::new();
        for (name, upload) in uploads {
            if let Name::Field(field) = Name::parse(name) {
                sent.push(field.canonical);
                files.push(stored(who, upload, now));
            }
        }
        // Sending a value again does not confirm it.
        let step = record.step().clone();
        sent.retain(|canonical| !step.verifies(canonical) || intake.codes.contains_key(canonical));
        record.note(sent);
        for Given { text, .. } in intake.file_ids.values() {
            if let Some(file) = state.files.get_mut(text.as_str()) {
                file.customer_id = Some(id.clone());
            }
        }
        for file in files {
            let customer_id = Some(id.clone());
            state.files.insert(self.random.id(), Stored { customer_id, ..file });
        }
        Ok(key)
    }
}

#[async_trait]
impl Customers for Scripted {
    async fn get(&self, who: &Caller, request: GetCustomer) -> Result<Customer, HookError> {
        self.check_kind(request.kind.as_deref())?;
        let mut state = self.state();
        let key = state.find(who, request.id.as_deref())?;
        let record = state.open(&key);
        if record.step().is_known() {
            record.id.get_or_insert_with(|| self.random.id());
        }
        Ok(record.say())
    }

    async fn put(
        &self,
        who: &Caller,
        request: PutCustomer,
        uploads: &Uploads,
    ) -> Result<String, HookError> {
        self.check_kind(request.kind.as_deref())?;
        let intake = SubmittedFields::sort(request.fields)?;
        let key = self.take(who, request.id.as_deref(), intake, uploads)?;
        Ok(self.state().open(&key).id.clone().unwrap_or_default())
    }

    async fn delete(&self, who: &Caller, _: DeleteCustomer) -> Result<(), HookError> {
        let mut state = self.state();
        let files = state.files.len();
        state.files.retain(|_, file| file.owner != who.customer);
        let record = state.customers.remove(&who.customer);
        let known = record.is_some_and(|record| record.id.is_some());
        if known || state.files.len() < files { Ok(()) } else { Err(HookError::no_customer()) }
    }

    async fn put_verification(
        &self,
        who: &Caller,
        request: PutVerification,
    ) -> Result<Customer, HookError> {
        let intake = SubmittedFields::sort(request.codes)?;
        let key = self.take(who, Some(&request.id), intake, &Uploads::new())?;
        Ok(self.state().open(&key).told())
    }

    async fn callback(&self, who: &Caller, request: PutCallback) -> Result<(), HookError> {
        let mut state = self.state();
        let key = state.find(who, request.id.as_deref())?;
        let record = state.customers.get_mut(&key).filter(|record| record.id.is_some());
        let record = record.ok_or_else(HookError::no_customer)?;
        let url = url::Url::parse(&request.url).ok().filter(|url| url.scheme() == "https");
        if url.is_none() {
            return Err(HookError::Invalid {
                message: "url must be https".into(),
                code: Code::InvalidRequest,
                field: Some("url".to_owned()),
            });
        }
        record.callback = Some(request.url);
        Ok(())
    }

    async fn post_file(&self, who: &Caller, upload: &Upload) -> Result<File, HookError> {
        let (id, file) = (self.random.id(), stored(who, upload, self.clock.now()));
        let told = file.told(&id);
        self.state().files.insert(id, file);
        Ok(told)
    }

    async fn files(&self, who: &Caller, request: GetFiles) -> Result<Files, HookError> {
        let (state, now) = (self.state(), self.clock.now());
        let asked = |(id, file): &(&String, &Stored)| {
            let kept = file.customer_id.is_some() || now < file.expires_at;
            let named = |asked: &Option<String>, is: Option<&String>| {
                asked.as_ref().is_none_or(|asked| is == Some(asked))
            };
            who.sees(&file.owner)
                && kept
                && named(&request.file_id, Some(id))
                && named(&request.customer_id, file.customer_id.as_ref())
        };
        let files = state.files.iter().filter(asked);
        Ok(Files::new(files.map(|(id, file)| file.told(id)).collect()))
    }
}

impl State {
    /// The customer that a request is about. Unknown ids and those of other accounts get the same
    /// answer.
    fn find(&self, who: &Caller, id: Option<&str>) -> Result<CustomerKey, HookError> {
        let Some(id) = id else { return Ok(who.customer.clone()) };
        let mut all = self.customers.iter();
        let found = all.find(|(key, record)| record.id.as_deref() == Some(id) && who.sees(key));
        found.map(|(key, _)| key.clone()).ok_or_else(HookError::no_customer)
    }

    fn open(&mut self, key: &CustomerKey) -> &mut Record {
        let default = &self.default;
        self.customers.entry(key.clone()).or_insert_with(|| Record::new(default.clone()))
    }

    /// Refuses the id of a file that does not exist, belongs to another account or is used already,
    /// all with the same text.
    fn check_file(
        &self,
        who: &Caller,
        customer: &CustomerKey,
        canonical: &str,
        name: &str,
        file_id: &str,
    ) -> Result<(), HookError> {
        let own = self.customers.get(customer).and_then(|record| record.id.as_ref());
        let usable = |file: &&Stored| {
            file.owner == who.customer
                && file.customer_id.as_ref().is_none_or(|used_by| own == Some(used_by))
        };
        let refuse = |message: &str, code| HookError::Invalid {
            message: format!("{name} {message}").into(),
            code,
            field: Some(name.to_owned()),
        };
        let file = self.files.get(file_id).filter(usable);
        let file = file.ok_or_else(|| refuse("is no file of yours", Code::FileNotFound))?;
        if sep9::field(canonical).is_some_and(|field| field.accepts(file.media)) {
            Ok(())
        } else {
            Err(refuse("is a file of another kind", Code::InvalidField))
        }
    }
}

/// The values in canonical form under canonical names, or all errors in them.
fn check_values(
    intake: &SubmittedFields,
    record: &Record,
    now: u64,
) -> Result<Vec<(&'static str, String)>, HookError> {
    let choices = record.step().choices();
    let known = record.values.iter().map(|(name, value)| ((*name).to_owned(), value.clone()));
    let known = known.collect();
    let rules = Rules { choices: &choices, known: &known, ..Rules::on(Date::from_unix(now)) };
    let accepted = rules.check(&intake.values)?;
    Ok(accepted.into_iter().map(|value| (value.field.canonical, value.value)).collect())
}

/// Refuses a wrong code, and a code for a field that waits for none.
fn check_codes(intake: &SubmittedFields, record: &Record) -> Result<(), HookError> {
    for (canonical, Given { name, text }) in &intake.codes {
        let refuse = |message: String, code| {
            Err(HookError::Invalid { message: message.into(), code, field: Some(name.clone()) })
        };
        if !record.step().verifies(canonical) {
            return refuse(format!("{name}: nothing waits for a code"), Code::NothingToVerify);
        }
        if **text != record.step().code {
            return refuse(format!("{name} is not the code that was sent"), Code::InvalidCode);
        }
    }
    Ok(())
}

fn stored(who: &Caller, upload: &Upload, now: u64) -> Stored {
    Stored {
        owner: who.customer.clone(),
        customer_id: None,
        media: upload.media(),
        size: upload.size(),
        expires_at: now + KEPT,
    }
}
