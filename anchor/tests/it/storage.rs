//! The storage of files: encrypted while they arrive, removed when nothing refers to them.

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use axum::{
    body::{Body, Bytes},
    http::Method,
};
use futures_util::{StreamExt as _, stream};
use object_store::{ObjectStore, ObjectStoreExt as _};
use serde_json::json;
use tempfile::TempDir;
use tokio::task::JoinSet;
use windlass_anchor::{
    clock::{system_clock, system_random},
    config::{Limits, StorageConfig},
    database::Database,
    storage::Storage,
};

use crate::support::{
    Files, FreshDatabase, JPEG, LIMITS, MULTIPART, PDF, PNG, Part, SMALL, Service, Wallet,
    fresh_database, g, multipart, service,
};

const MIB: u64 = 1 << 20;

/// The names and contents of all objects.
async fn objects(service: &Service) -> Vec<(String, Bytes)> {
    let listed: Vec<_> = service.files.list(None).collect().await;
    let mut objects = Vec::new();
    for object in listed {
        let path = object.unwrap().location;
        let bytes = service.files.get(&path).await.unwrap().bytes().await.unwrap();
        objects.push((path.to_string(), bytes));
    }
    objects
}

async fn count(service: &Service) -> usize {
    objects(service).await.len()
}

/// A server that keeps its files in a folder.
async fn in_folder(limits: Limits) -> (Service, TempDir, FreshDatabase) {
    let (fresh, folder) = (fresh_database().await, tempfile::tempdir().unwrap());
    let files = Files::Folder(folder.path().to_owned());
    (Service::with(&fresh.url, SMALL, files, limits).await, folder, fresh)
}

/// The total size of the files in a folder, complete and incomplete ones, in bytes.
fn stored(folder: &Path) -> u64 {
    let files = std::fs::read_dir(folder).unwrap().map(Result::unwrap);
    // A file that is being renamed is counted the next time.
    files.filter_map(|file| Some(file.metadata().ok()?.len())).sum()
}

fn names(folder: &Path) -> Vec<String> {
    let files = std::fs::read_dir(folder).unwrap().map(Result::unwrap);
    files.map(|file| file.file_name().into_string().unwrap()).collect()
}

/// A multipart body with one file of this size, generated while it is read.
fn large(size: u64, made: Arc<AtomicU64>, mut look: impl FnMut() + Send + 'static) -> Body {
    let head = "--XX\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x\"\r\n\r\n";
    let first = Bytes::from([head.as_bytes(), PNG].concat());
    let pieces = (0..size / 16_384).map(move |_| {
        look();
        made.fetch_add(16_384, Ordering::SeqCst);
        Bytes::from_static(&[b'x'; 16_384])
    });
    let pieces = std::iter::once(first).chain(pieces);
    let pieces = pieces.chain([Bytes::from_static(b"\r\n--XX--\r\n")]);
    Body::from_stream(stream::iter(pieces.map(Ok::<_, std::io::Error>)))
}

// S12-110, S12-112: only a few chunks of a file are in memory, even with a fast client.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn large_files_are_streamed_to_the_storage() {
    let limits = Limits { file_bytes: 11 << 20, body_bytes: 12 << 20 };
    let (service, folder, _fresh) = in_folder(limits).await;
    let (made, most) = (Arc::new(AtomicU64::new(0)), Arc::new(AtomicU64::new(0)));
    let kept = Arc::new(AtomicU64::new(0));
    let mut uploads = JoinSet::new();
    for n in 1..=3 {
        let (made, most, path) = (Arc::clone(&made), Arc::clone(&most), folder.path().to_owned());
        let (held, kept) = (Arc::clone(&made), Arc::clone(&kept));
        let look = move || {
            let made = held.load(Ordering::SeqCst);
            // The test removes no files, so the size never shrinks, except while a complete file is
            // being renamed and is not listed.
            let seen = stored(&path);
            let kept = kept.fetch_max(seen, Ordering::SeqCst).max(seen);
            most.fetch_max(made.saturating_sub(kept), Ordering::SeqCst);
        };
        let (router, token) = (service.router.clone(), service.wallet(&g(n)).token);
        uploads.spawn(async move {
            let wallet = Wallet { router: &router, token };
            let body = large(10 * MIB, made, look);
            wallet.send(Method::POST, "/customer/files", MULTIPART, body).await
        });
    }
    for answer in uploads.join_all().await {
        assert_eq!(answer.ok()["size"], 10 * MIB + PNG.len() as u64);
    }
    assert_eq!(made.load(Ordering::SeqCst), 30 * MIB);
    let most = most.load(Ordering::SeqCst);
    assert!(most < 5 * MIB, "{most} bytes were on their way at once");
    assert!(stored(folder.path()) > 30 * MIB);
    service.database.close().await;
}

// S12-112: the server stops reading a file that is too large.
#[tokio::test]
async fn file_over_the_limit_is_refused_during_the_upload() {
    let limits = Limits { file_bytes: 1 << 20, body_bytes: 30 << 20 };
    let (service, folder, _fresh) = in_folder(limits).await;
    let body = large(20 * MIB, Arc::default(), || {});
    let wallet = service.wallet(&g(1));
    let answer = wallet.send(Method::POST, "/customer/files", MULTIPART, body).await;
    assert_eq!(answer.refusal(), (413, "too_large"));
    assert!(names(folder.path()).is_empty(), "{:?}", names(folder.path()));
    assert!(service.everything().await.is_empty());
    service.database.close().await;
}

// S12-75, S12-115: a refused request leaves no objects.
#[tokio::test]
async fn files_of_a_refused_request_are_removed() {
    let service = service().await;
    let wallet = service.wallet(&g(1));
    let (photo, back) = (Part::File("photo_id_front", PNG), Part::File("photo_id_back", JPEG));
    let large: Vec<u8> =
        PNG.iter().copied().chain(std::iter::repeat_n(0, LIMITS.file_bytes)).collect();
    let whole = multipart(&[photo, back]);
    let cut = whole[..whole.len() - 30].to_vec();
    for (body, status) in [
        (multipart(&[photo, Part::Text("birth_date", "yesterday")]), 400),
        (multipart(&[photo, Part::Text("type", "unheard-of")]), 400),
        (multipart(&[photo, Part::Text("id", "unknown")]), 404),
        (multipart(&[photo, Part::Text("account", &g(2))]), 400),
        (multipart(&[photo, Part::Text("transaction_id", "1")]), 400),
        (multipart(&[photo, Part::Text("photo_id_back_file_id", "unknown")]), 400),
        (multipart(&[photo, Part::Text("photo_id_front_file_id", "unknown")]), 400),
        (multipart(&[photo, photo]), 400),
        (multipart(&[photo, Part::File("photo_id_back", PDF)]), 400),
        (multipart(&[photo, Part::File("photo_id_back", &large)]), 413),
        (multipart(&[photo, Part::File("first_name", PNG)]), 400),
        (cut, 400),
    ] {
        let answer = wallet.send(Method::PUT, "/customer", MULTIPART, body).await;
        assert_eq!(answer.status.as_u16(), status, "{answer:?}");
        assert_eq!((count(&service).await, service.everything().await.len()), (0, 0), "{answer:?}");
    }
    // A file that no type asks for is read and removed.
    wallet.put_parts(&[Part::Text("type", "small"), photo]).await.id();
    assert_eq!(count(&service).await, 0);
}

#[tokio::test]
async fn files_of_a_cancelled_request_are_removed_later() {
    let limits = Limits { file_bytes: 11 << 20, body_bytes: 12 << 20 };
    let (service, folder, _fresh) = in_folder(limits).await;
    let wallet = service.wallet(&g(1));
    let (path, seen) = (folder.path().to_owned(), Arc::new(tokio::sync::Notify::new()));
    let notify = Arc::clone(&seen);
    let body = large(10 * MIB, Arc::default(), move || {
        if stored(&path) > MIB {
            notify.notify_one();
        }
    });
    tokio::select! {
        biased;
        () = seen.notified() => {}
        answer = wallet.send(Method::POST, "/customer/files", MULTIPART, body) => panic!("{answer:?}"),
    }
    let rows = service.everything().await;
    assert!(rows.len() == 1 && rows[0].starts_with("unclaimed_object: "), "{rows:?}");
    service.wait(3599);
    service.housekeep().await;
    assert_eq!(service.everything().await.len(), 1, "the upload may still be in progress");
    service.wait(1);
    service.housekeep().await;
    assert!(service.everything().await.is_empty());
    service.database.close().await;
}

#[tokio::test]
async fn upload_that_takes_too_long_is_refused() {
    let limits = Limits { file_bytes: 11 << 20, body_bytes: 12 << 20 };
    let (service, folder, _fresh) = in_folder(limits).await;
    let service = Arc::new(service);
    let (clock, path) = (Arc::downgrade(&service), folder.path().to_owned());
    let body = large(MIB, Arc::default(), move || {
        if !names(&path).is_empty() {
            clock.upgrade().unwrap().wait(100);
        }
    });
    let answer = service.wallet(&g(1)).send(Method::POST, "/customer/files", MULTIPART, body).await;
    assert_eq!(answer.refusal(), (408, "invalid_request"));
    assert!(names(folder.path()).is_empty() && service.everything().await.is_empty());
    service.database.close().await;
}

#[tokio::test]
async fn objects_left_by_a_crash_are_removed() {
    let (service, folder, _fresh) = in_folder(LIMITS).await;
    let kept = service.wallet(&g(1)).upload(PNG).await.ok()["file_id"].as_str().unwrap().to_owned();
    // Crashes between object and row, in the middle of the object, and before the object.
    for (id, files) in
        [("a", &["a"][..]), ("b", &["b#1"][..]), ("c", &[][..]), ("d", &["d", "d#1"][..])]
    {
        let note = sqlx::query("insert into unclaimed_object (id, due_at) values ($1, $2)");
        let due_at = i64::try_from(crate::support::NOW + 60).unwrap();
        note.bind(id).bind(due_at).execute(service.database.writes()).await.unwrap();
        for file in files {
            std::fs::write(folder.path().join(file), b"sealed").unwrap();
        }
    }
    service.housekeep().await;
    assert_eq!(names(folder.path()).len(), 5, "not before its time");
    service.wait(60);
    service.housekeep().await;
    assert_eq!(names(folder.path()), [kept]);
    assert_eq!(service.everything().await.len(), 1);
    service.database.close().await;
}

// S12-103, S12-111: an object is removed together with the row that refers to it.
#[tokio::test]
async fn files_that_are_replaced_deleted_or_expired_leave_no_object() {
    let service = service().await;
    let wallet = service.wallet(&g(1));
    wallet.put_parts(&[Part::File("photo_id_front", PNG)]).await.id();
    let first = objects(&service).await;
    assert_eq!(first.len(), 1);
    wallet.put_parts(&[Part::File("photo_id_front", PNG)]).await.id();
    assert_eq!(objects(&service).await, first, "the same file again is no change");
    wallet.put_parts(&[Part::File("photo_id_front", JPEG)]).await.id();
    let second = objects(&service).await;
    assert!(second.len() == 1 && second != first);
    let upload = wallet.upload(PNG).await.ok()["file_id"].as_str().unwrap().to_owned();
    wallet.put(json!({"photo_id_front_file_id": upload})).await.id();
    assert_eq!(objects(&service).await.remove(0).0, upload);
    wallet.upload(JPEG).await.ok();
    let other = service.wallet(&g(2)).upload(JPEG).await.ok()["file_id"].clone();
    assert_eq!(count(&service).await, 3);
    wallet.delete(&g(1)).await.ok();
    assert_eq!(objects(&service).await.remove(0).0, other.as_str().unwrap());
    service.wait(86_400);
    service.housekeep().await;
    assert_eq!(count(&service).await, 0);
    assert!(service.everything().await.is_empty());
}

#[tokio::test]
async fn storage_failure_is_answered_with_503_and_loses_nothing() {
    let (service, folder, _fresh) = in_folder(LIMITS).await;
    let wallet = service.wallet(&g(1));
    wallet.put_parts(&[Part::File("photo_id_front", PNG)]).await.id();
    // A file in place of the folder makes the storage fail.
    std::fs::rename(folder.path(), folder.path().with_extension("away")).unwrap();
    std::fs::write(folder.path(), b"").unwrap();
    assert_eq!(wallet.upload(PNG).await.refusal(), (503, "unavailable"));
    let answer = wallet.put_parts(&[Part::File("photo_id_front", JPEG)]).await;
    assert_eq!(answer.refusal(), (503, "unavailable"));
    // `DELETE` succeeds without the storage: the remaining object cannot be decrypted, and is
    // removed when the storage works again.
    wallet.delete(&g(1)).await.ok();
    std::fs::remove_file(folder.path()).unwrap();
    std::fs::rename(folder.path().with_extension("away"), folder.path()).unwrap();
    assert_eq!(names(folder.path()).len(), 1);
    service.wait(3600);
    service.housekeep().await;
    assert!(names(folder.path()).is_empty());
    assert!(service.everything().await.is_empty());
    service.database.close().await;
}

#[tokio::test]
async fn invalid_storage_urls_are_refused() {
    let (fresh, folder) = (fresh_database().await, tempfile::tempdir().unwrap());
    let database = Database::connect(&fresh.url).await.unwrap();
    let open = |url: &str| {
        let config = StorageConfig { url: Some(url.parse().unwrap()), ..StorageConfig::default() };
        let (clock, random) = (system_clock(), system_random());
        Storage::open(&config, folder.path(), database.clone(), clock, random)
    };
    for url in ["ftp://host/folder", "s3:///prefix", "file://host/folder", "https://host/bucket"] {
        let error = open(url).unwrap_err().to_string();
        assert!(error.contains("storage.url"), "{url}: {error}");
    }
    let there = folder.path().join("there");
    let storage = open(&format!("file://{}", there.display())).unwrap();
    storage.probe().await.unwrap();
    assert!(names(&there).is_empty());
    database.close().await;
}
