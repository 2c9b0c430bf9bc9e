//! A [`Customers`] hook that records its calls and returns scripted results.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

use async_trait::async_trait;
use axum::Router;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use windlass_anchor::{
    Sessions,
    hooks::{Caller, Customers, HookError, Upload, Uploads},
};
use windlass_core::sep12::{
    Customer, DeleteCustomer, File, Files, GetCustomer, GetFiles, PutCallback, PutCustomer,
    PutVerification,
};

use super::{Wallet, fronted, token};

/// The results of the hook.
#[derive(Clone)]
pub(crate) struct Reply {
    pub(crate) customer: Value,
    pub(crate) id: String,
    pub(crate) file: Value,
}

type Script = Box<dyn Fn() -> Result<Reply, HookError> + Send + Sync>;

/// A call of the hook: the method, the caller and the request.
pub(crate) type Asked = (&'static str, Caller, Value);

pub(crate) struct Spy {
    asked: Mutex<Vec<Asked>>,
    script: Script,
}

impl Spy {
    /// The calls since the last time.
    pub(crate) fn take(&self) -> Vec<Asked> {
        std::mem::take(&mut self.asked.lock().unwrap())
    }

    fn answer(
        &self,
        method: &'static str,
        who: &Caller,
        request: Value,
    ) -> Result<Reply, HookError> {
        self.asked.lock().unwrap().push((method, who.clone(), request));
        (self.script)()
    }
}

/// An anchor over a spy.
pub(crate) struct Spied {
    pub(crate) spy: Arc<Spy>,
    router: Router,
    sessions: Sessions,
}

impl Spied {
    pub(crate) async fn answering(reply: Reply) -> Self {
        Self::with(Box::new(move || Ok(reply.clone()))).await
    }

    pub(crate) async fn refusing(error: fn() -> HookError) -> Self {
        Self::with(Box::new(move || Err(error()))).await
    }

    /// An anchor whose hook implements only the required methods.
    pub(crate) async fn bare() -> Self {
        let spied = Self::refusing(|| HookError::NotImplemented("anything")).await;
        let (router, sessions) = fronted(Arc::new(Bare)).await;
        Self { router, sessions, ..spied }
    }

    async fn with(script: Script) -> Self {
        let spy = Arc::new(Spy { asked: Mutex::default(), script });
        let (router, sessions) = fronted(Arc::clone(&spy) as Arc<dyn Customers>).await;
        Self { spy, router, sessions }
    }

    pub(crate) fn wallet(&self, subject: &str) -> Wallet<'_> {
        Wallet { router: &self.router, token: token(&self.sessions, subject) }
    }
}

#[async_trait]
impl Customers for Spy {
    async fn get(&self, who: &Caller, request: GetCustomer) -> Result<Customer, HookError> {
        Ok(read(self.answer("get", who, json!(request))?.customer))
    }

    async fn put(
        &self,
        who: &Caller,
        request: PutCustomer,
        uploads: &Uploads,
    ) -> Result<String, HookError> {
        let mut json = json!(request);
        let mut files = BTreeMap::new();
        for (name, upload) in uploads {
            files.insert(name, seen(upload).await);
        }
        if !files.is_empty() {
            json["uploads"] = json!(files);
        }
        Ok(self.answer("put", who, json)?.id)
    }

    async fn delete(&self, who: &Caller, request: DeleteCustomer) -> Result<(), HookError> {
        let mut json = json!(request);
        json["account"] = json!(request.account);
        self.answer("delete", who, json).map(drop)
    }

    async fn put_verification(
        &self,
        who: &Caller,
        request: PutVerification,
    ) -> Result<Customer, HookError> {
        Ok(read(self.answer("put_verification", who, json!(request))?.customer))
    }

    async fn callback(&self, who: &Caller, request: PutCallback) -> Result<(), HookError> {
        self.answer("callback", who, json!(request)).map(drop)
    }

    async fn post_file(&self, who: &Caller, upload: &Upload) -> Result<File, HookError> {
        Ok(read(self.answer("post_file", who, seen(upload).await)?.file))
    }

    async fn files(&self, who: &Caller, request: GetFiles) -> Result<Files, HookError> {
        Ok(read(json!({"files": [self.answer("files", who, json!(request))?.file]})))
    }
}

fn read<T: DeserializeOwned>(json: Value) -> T {
    serde_json::from_value(json).unwrap()
}

async fn seen(upload: &Upload) -> Value {
    json!({"media": upload.media().as_str(), "bytes": upload.bytes().await.unwrap()})
}

/// A hook without the optional methods.
struct Bare;

#[async_trait]
impl Customers for Bare {
    async fn get(&self, _: &Caller, _: GetCustomer) -> Result<Customer, HookError> {
        Err(HookError::no_customer())
    }

    async fn put(&self, _: &Caller, _: PutCustomer, _: &Uploads) -> Result<String, HookError> {
        Err(HookError::no_customer())
    }

    async fn delete(&self, _: &Caller, _: DeleteCustomer) -> Result<(), HookError> {
        Err(HookError::no_customer())
    }
}
