//! Files in a bucket: the real client against an S3-compatible test server.

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use axum::{
    body::{Body, Bytes},
    http::Method,
};
use serde_json::json;
use windlass_anchor::{
    clock::{Clock, system_random},
    config::{Limits, Secret, StorageConfig},
    database::Database,
    hooks::{Caller, Customers, HookError, Uploads},
    storage::Storage,
};
use windlass_core::sep12::{Customer, DeleteCustomer, GetCustomer, PutCustomer};

use crate::support::{
    Files, FreshDatabase, JPEG, MULTIPART, NOW, PNG, Part, SMALL, Service, Wallet, fresh_database,
    fronted_with, g, multipart, token,
};

mod service;

use service::Shared;

const LIMITS: Limits = Limits { file_bytes: 7 << 20, body_bytes: 15 << 20 };

fn config(endpoint: &url::Url) -> StorageConfig {
    StorageConfig {
        url: Some("s3://photos/kyc/files".parse().unwrap()),
        endpoint: Some(endpoint.clone()),
        region: Some("eu-central-1".to_owned()),
        access_key_id: Some("ours".to_owned()),
        secret_access_key: Some(Secret("secret".to_owned().into())),
        ..StorageConfig::default()
    }
}

async fn in_bucket() -> (Service, Shared, FreshDatabase) {
    let (bucket, endpoint) = service::start().await;
    let fresh = fresh_database().await;
    let files = Files::Configured(Box::new(config(&endpoint)));
    (Service::with(&fresh.url, SMALL, files, LIMITS).await, bucket, fresh)
}

/// A photo of this many bytes.
fn photo(len: usize) -> Vec<u8> {
    PNG.iter().copied().chain((0_u8..=255).cycle()).take(len).collect()
}

fn requests(bucket: &Shared) -> Vec<String> {
    std::mem::take(&mut bucket.lock().unwrap().requests)
}

// S12-110: small files take one request, large ones several parts; both are deleted with the
// customer.
#[tokio::test]
async fn files_are_objects_of_the_bucket_until_they_are_deleted() {
    let (service, bucket, _fresh) = in_bucket().await;
    let wallet = service.wallet(&g(1));
    let small = wallet.upload(PNG).await.ok()["file_id"].as_str().unwrap().to_owned();
    assert_eq!(requests(&bucket), ["PUT"]);
    assert_eq!(
        bucket.lock().unwrap().objects.keys().collect::<Vec<_>>(),
        [&format!("kyc/files/{small}")]
    );
    wallet.put(json!({"photo_id_front_file_id": small})).await.id();
    assert!(requests(&bucket).is_empty(), "referring to a file does not touch it");

    wallet.put_parts(&[Part::File("photo_id_back", &photo(6 << 20))]).await.id();
    let mut parts = requests(&bucket);
    parts.sort();
    let put = "PUT partNumber&uploadId";
    assert_eq!(parts, ["POST uploadId", "POST uploads", put, put]);
    {
        let bucket = bucket.lock().unwrap();
        assert_eq!((bucket.objects.len(), bucket.uploads.len()), (2, 0));
        for sealed in bucket.objects.values() {
            assert!(!sealed.windows(4).any(|four| four == b"IHDR"));
        }
    }
    wallet.delete(&g(1)).await.ok();
    assert_eq!(requests(&bucket), ["DELETE", "DELETE"]);
    assert!(bucket.lock().unwrap().objects.is_empty() && service.everything().await.is_empty());
    service.database.close().await;
}

#[tokio::test]
async fn refused_uploads_leave_no_objects_or_parts() {
    let (service, bucket, _fresh) = in_bucket().await;
    let wallet = service.wallet(&g(1));
    let (whole, too_large) = (photo(6 << 20), photo(8 << 20));
    let parts = [Part::File("photo_id_back", &whole), Part::Text("birth_date", "yesterday")];
    assert_eq!(wallet.put_parts(&parts).await.refusal(), (400, "invalid_field"));
    // In pieces, as from a network.
    let body: Vec<_> = multipart(&[Part::File("photo_id_back", &too_large)])
        .chunks(100_000)
        .map(|piece| Ok::<_, std::io::Error>(Bytes::copy_from_slice(piece)))
        .collect();
    let body = Body::from_stream(futures_util::stream::iter(body));
    let answer = wallet.send(Method::PUT, "/customer", MULTIPART, body).await;
    assert_eq!((answer.refusal(), answer.field()), ((413, "too_large"), "photo_id_back"));
    let requests = requests(&bucket);
    assert!(requests.contains(&"DELETE uploadId".to_owned()), "{requests:?}");
    {
        let bucket = bucket.lock().unwrap();
        assert_eq!((bucket.objects.len(), bucket.uploads.len()), (0, 0));
    }
    assert!(service.everything().await.is_empty());
    service.database.close().await;
}

#[tokio::test]
async fn objects_are_removed_later_if_the_bucket_fails() {
    let (service, bucket, _fresh) = in_bucket().await;
    let wallet = service.wallet(&g(1));
    wallet.put_parts(&[Part::File("photo_id_front", JPEG)]).await.id();
    bucket.lock().unwrap().broken = true;
    assert_eq!(wallet.upload(PNG).await.refusal(), (503, "unavailable"));
    wallet.delete(&g(1)).await.ok();
    bucket.lock().unwrap().broken = false;
    assert_eq!(bucket.lock().unwrap().objects.len(), 1);
    service.wait(3600);
    service.housekeep().await;
    assert!(bucket.lock().unwrap().objects.is_empty() && service.everything().await.is_empty());
    service.database.close().await;
}

/// A `Customers` hook that copies the photos.
#[derive(Default)]
struct Album(Mutex<Vec<Vec<u8>>>);

#[async_trait]
impl Customers for Album {
    async fn get(&self, _: &Caller, _: GetCustomer) -> Result<Customer, HookError> {
        Err(HookError::no_customer())
    }

    async fn put(
        &self,
        _: &Caller,
        _: PutCustomer,
        uploads: &Uploads,
    ) -> Result<String, HookError> {
        let front = &uploads["photo_id_front"];
        assert_eq!((front.media().as_str(), front.size()), ("image/png", 6 << 20));
        let (mut reader, mut photo) = (front.reader().await?, Vec::new());
        while let Some(chunk) = reader.chunk().await? {
            assert!(chunk.len() < 1 << 20, "piece by piece");
            photo.extend_from_slice(&chunk);
        }
        let back = uploads["photo_id_back"].bytes().await?;
        self.0.lock().unwrap().extend([photo, back]);
        Ok("1".to_owned())
    }

    async fn delete(&self, _: &Caller, _: DeleteCustomer) -> Result<(), HookError> {
        Err(HookError::no_customer())
    }
}

#[tokio::test]
async fn hook_can_read_files_and_the_bucket_is_empty_afterwards() {
    let (bucket, endpoint) = service::start().await;
    let database = Database::connect("sqlite::memory:").await.unwrap();
    let (clock, random) = (Clock::new(|| NOW), system_random());
    let folder = std::path::Path::new("");
    let storage = Storage::open(&config(&endpoint), folder, database, clock, random);
    storage.unwrap().probe().await.unwrap();
    let album = Arc::new(Album::default());
    let customers = Arc::clone(&album) as Arc<dyn Customers>;
    let (router, sessions) = fronted_with(customers, config(&endpoint), LIMITS).await;
    let wallet = Wallet { router: &router, token: token(&sessions, &g(1)) };
    let front = photo(6 << 20);
    let body =
        multipart(&[Part::File("photo_id_front", &front), Part::File("photo_id_back", JPEG)]);
    let answer = wallet.send(Method::PUT, "/customer", MULTIPART, Body::from(body)).await;
    assert_eq!(answer.id(), "1");
    assert!(*album.0.lock().unwrap() == [front, JPEG.to_vec()]);
    assert!(bucket.lock().unwrap().objects.is_empty());
}
