//! Erasing from a bucket that keeps versions, against a stand-in ([`super::versioned`]): the S3 server of the other tests
//! keeps none.

use cloison_archive::{Deleted, History, StoreError};

use super::versioned::Versioned;
use super::world::key;

const VERSIONS: &str =
    "t/1/a:3 t/1/a:2 t/1/a:1 t/1/b:2! t/1/b:1 t/1/c:null t/1/d/e:7 t/12/a:1 t/2/a:1";

#[tokio::test]
async fn every_version_marker_and_upload_goes_and_nothing_else() {
    let bucket =
        Versioned::with(VERSIONS, &[("t/1/a", "01"), ("t/1/z", "02"), ("t/2/a", "03")]).await;
    let deleted = bucket.store.delete_prefix(&key("t/1")).await.unwrap();
    let history = History::Listed;
    assert_eq!(deleted, Deleted { objects: 3, versions: 4, unfinished: 2, history });
    assert_eq!(bucket.left(), "t/12/a:1 t/2/a:1 t/2/a:03");
    let again = bucket.store.delete_prefix(&key("t/1")).await.unwrap();
    assert_eq!(again, Deleted { history, ..Deleted::default() });
}

fn left(error: &StoreError) -> u64 {
    let StoreError::Left { left, .. } = error else { panic!("{error}") };
    *left
}

#[tokio::test]
async fn what_is_locked_is_told_and_keeps_nothing_else() {
    let bucket = Versioned::with("a/1:1# a/2:1 a/3:2 a/3:1# a/4:1 a/5:1", &[]).await;
    let error = bucket.store.delete_prefix(&key("a")).await.unwrap_err();
    assert_eq!(left(&error), 2);
    assert!(error.to_string().contains("AccessDenied") && !error.is_passing(), "{error}");
    assert_eq!(bucket.left(), "a/1:1 a/3:1");
    bucket.bucket().versions.iter_mut().for_each(|it| it.is_locked = false);
    let deleted = bucket.store.delete_prefix(&key("a")).await.unwrap();
    assert_eq!(deleted.objects + deleted.versions, 2);
    assert_eq!(bucket.left(), "");
}

#[tokio::test]
async fn a_failure_that_passes_is_tried_again() {
    let bucket = Versioned::with("a/1:1 a/2:1 a/3:1 a/4:1", &[("a/1", "01")]).await;
    bucket.bucket().failures = vec![(503, "SlowDown"), (500, "InternalError")];
    let deleted = bucket.store.delete_prefix(&key("a")).await.unwrap();
    assert_eq!((deleted.objects, deleted.unfinished), (4, 1));
}

#[tokio::test]
async fn a_failure_that_stays_is_told_and_passes_later() {
    let bucket = Versioned::with("a/1:1 a/2:1 a/3:1 a/4:1 a/5:1", &[]).await;
    // One version's four tries; the others may share them out.
    bucket.bucket().failures = vec![(500, "InternalError"); 20];
    let error = bucket.store.delete_prefix(&key("a")).await.unwrap_err();
    assert_eq!(left(&error), 5);
    assert!(error.is_passing(), "{error}");
    assert_eq!(bucket.store.delete_prefix(&key("a")).await.unwrap().objects, 5);
}

#[tokio::test]
async fn what_is_said_to_be_deleted_is_looked_for() {
    let bucket = Versioned::with("a/1:1 a/2:2! a/2:1", &[]).await;
    bucket.bucket().lies = true;
    let error = bucket.store.delete_prefix(&key("a")).await.unwrap_err();
    assert_eq!(left(&error), 3);
}

#[tokio::test]
async fn an_answer_that_is_no_list_of_versions_is_an_error() {
    for instead in [
        "<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>",
        "<ListVersionsResult><IsTruncated>true</IsTruncated></ListVersionsResult>",
        "<ListVersionsResult><IsTruncated>true</IsTruncated><NextKeyMarker>a</NextKeyMarker></ListVersionsResult>",
        "<ListVersionsResult><IsTruncated>false",
        "",
    ] {
        let bucket = Versioned::with("a/1:1", &[]).await;
        bucket.bucket().instead = Some(instead.to_owned());
        let error = bucket.store.delete_prefix(&key("a")).await.unwrap_err();
        assert!(error.to_string().contains("the list of versions"), "{instead}: {error}");
        assert_eq!(bucket.left(), "a/1:1");
    }
}

#[tokio::test]
async fn a_list_of_something_else_is_not_deleted() {
    let bucket = Versioned::with("a/1:1 b/1:1", &[]).await;
    let other =
        "<Version><Key>b/1</Key><VersionId>1</VersionId><IsLatest>true</IsLatest></Version>";
    let list =
        format!("<ListVersionsResult><IsTruncated>false</IsTruncated>{other}</ListVersionsResult>");
    bucket.bucket().instead = Some(list);
    // It does not show what there is; the ordinary list does.
    assert_eq!(left(&bucket.store.delete_prefix(&key("a")).await.unwrap_err()), 1);
    assert_eq!(bucket.left(), "a/1:1 b/1:1");
}

#[tokio::test]
async fn uploads_go_once_they_are_old() {
    let uploads = ["a", "b", "c", "d"].map(|name| (name, "10"));
    let bucket = Versioned::with("a:1", &[&uploads[..], &[("e", "30")]].concat()).await;
    let before = "2026-11-28T00:00:20Z".parse().unwrap();
    assert_eq!(bucket.store.delete_unfinished(before).await.unwrap(), 4);
    assert_eq!(bucket.left(), "a:1 e:30");
    assert_eq!(bucket.store.delete_unfinished(before).await.unwrap(), 0);
}
