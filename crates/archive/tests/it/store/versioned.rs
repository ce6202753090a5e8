//! A stand-in for a bucket that keeps versions, as far as erasing one needs it: it lists versions and uploads, three at a
//! time, and deletes them. Signatures are asked for, but not looked at.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard};

use axum::Router;
use axum::extract::{Query, Request, State};
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse as _, Response};
use cloison_archive::Store;
use tokio_util::sync::DropGuard;
use tokio_util::task::TaskTracker;

use super::bucket::{refusal, serve};
use super::world::settings;

/// Of a list, so that a few things take several pages.
const PAGE: usize = 3;

pub(crate) struct Versioned {
    pub(crate) store: Store,
    state: Arc<Mutex<Bucket>>,
    _stop: DropGuard,
}

#[derive(Default)]
pub(crate) struct Bucket {
    /// In the order in which they are listed.
    pub(crate) versions: Vec<Version>,
    pub(crate) uploads: Vec<(String, String)>,
    /// What is answered to so many deletions to come.
    pub(crate) failures: Vec<(u16, &'static str)>,
    /// Deletions are said to be done, and are not.
    pub(crate) lies: bool,
    /// What a question for versions is answered with instead.
    pub(crate) instead: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Version {
    pub(crate) name: String,
    pub(crate) id: String,
    pub(crate) is_marker: bool,
    pub(crate) is_latest: bool,
    pub(crate) is_locked: bool,
}

impl Versioned {
    /// `versions` is one word each: `name:id`, a delete marker's with `!` after it, a locked one's with `#`. The first of a name
    /// is the latest.
    pub(crate) async fn with(versions: &str, uploads: &[(&str, &str)]) -> Self {
        let mut bucket = Bucket::default();
        for word in versions.split_whitespace() {
            let (name, id) = word.split_once(':').unwrap();
            let version = Version {
                name: name.to_owned(),
                id: id.trim_end_matches(['!', '#']).to_owned(),
                is_marker: id.ends_with('!'),
                is_latest: bucket.versions.last().is_none_or(|it| it.name != name),
                is_locked: id.ends_with('#'),
            };
            bucket.versions.push(version);
        }
        bucket.uploads = uploads.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
        let state = Arc::new(Mutex::new(bucket));
        let app = Router::new().fallback(answer).with_state(Arc::clone(&state));
        let (port, stop) = serve(app).await;
        let settings = settings("s3://archives".parse().unwrap(), port);
        let store = Store::open(&settings, &TaskTracker::new()).unwrap();
        Self { store, state, _stop: stop }
    }

    pub(crate) fn bucket(&self) -> MutexGuard<'_, Bucket> {
        self.state.lock().unwrap()
    }

    /// What is left, `name:id` each.
    pub(crate) fn left(&self) -> String {
        let bucket = self.bucket();
        let versions = bucket.versions.iter().map(|it| format!("{}:{}", it.name, it.id));
        let uploads = bucket.uploads.iter().map(|(name, id)| format!("{name}:{id}"));
        versions.chain(uploads).collect::<Vec<_>>().join(" ")
    }
}

async fn answer(
    State(state): State<Arc<Mutex<Bucket>>>,
    Query(query): Query<HashMap<String, String>>,
    request: Request,
) -> Response {
    let signature = request.headers().get("authorization").map(|it| it.to_str().unwrap());
    if !signature.is_some_and(|it| it.starts_with("AWS4-HMAC-SHA256 Credential=AKIAEXAMPLE/")) {
        return refusal(403, "AccessDenied");
    }
    let mut bucket = state.lock().unwrap();
    let given = |name: &str| query.get(name).map_or("", String::as_str);
    let prefix = given("prefix");
    let path = request.uri().path().trim_start_matches("/archives").trim_start_matches('/');
    if request.method() == Method::DELETE {
        return bucket.delete(path, given("versionId"), given("uploadId"));
    }
    let after = |id_name: &str| (given("key-marker").to_owned(), given(id_name).to_owned());
    if query.contains_key("versions") {
        if let Some(instead) = &bucket.instead {
            return instead.clone().into_response();
        }
        let all = bucket.versions.iter().filter(|it| it.name.starts_with(prefix));
        let all = all.map(|it| ((it.name.clone(), it.id.clone()), it.xml()));
        return page("ListVersionsResult", "NextVersionIdMarker", all, &after("version-id-marker"));
    }
    if query.contains_key("uploads") {
        let all = bucket.uploads.iter().filter(|it| it.0.starts_with(prefix));
        let all = all.map(|it| {
            // The id is the second in which it was begun.
            let xml = format!(
                "<Upload><Key>{}</Key><UploadId>{}</UploadId><Initiated>2026-11-28T00:00:{}.000Z</Initiated></Upload>",
                it.0, it.1, it.1
            );
            (it.clone(), xml)
        });
        let root = "ListMultipartUploadsResult";
        return page(root, "NextUploadIdMarker", all, &after("upload-id-marker"));
    }
    let seen = bucket.versions.iter().filter(|it| it.is_latest && !it.is_marker);
    let seen = seen.filter(|it| it.name.starts_with(prefix)).map(|it| {
        format!(
            "<Contents><Key>{}</Key><Size>1</Size><LastModified>2026-11-28T00:00:00Z</LastModified></Contents>",
            it.name
        )
    });
    format!("<ListBucketResult>{}</ListBucketResult>", seen.collect::<String>()).into_response()
}

/// Those after a name and an id, both empty at the beginning.
fn page(
    root: &str,
    next_id: &str,
    all: impl Iterator<Item = ((String, String), String)>,
    after: &(String, String),
) -> Response {
    let all: Vec<_> = all.collect();
    // What is named may have been deleted since: whatever is behind it by name comes, as with S3.
    let begin = all
        .iter()
        .position(|it| it.0 == *after)
        .map_or_else(|| all.iter().take_while(|it| it.0.0 <= after.0).count(), |place| place + 1);
    let rest = &all[begin..];
    let (shown, is_truncated) = (&rest[..rest.len().min(PAGE)], rest.len() > PAGE);
    let mut inside = format!("<IsTruncated>{is_truncated}</IsTruncated>");
    if let Some(((name, id), _)) = shown.last().filter(|_| is_truncated) {
        inside.extend(["<NextKeyMarker>", name, "</NextKeyMarker>"]);
        inside.extend(["<", next_id, ">", id, "</", next_id, ">"]);
    }
    inside.extend(shown.iter().map(|it| &*it.1));
    format!("<{root}>{inside}</{root}>").into_response()
}

impl Bucket {
    fn delete(&mut self, name: &str, version: &str, upload: &str) -> Response {
        if let Some((status, code)) = self.failures.pop() {
            return refusal(status, code);
        }
        if self.lies {
            return StatusCode::NO_CONTENT.into_response();
        }
        if !upload.is_empty() {
            self.uploads.retain(|it| (&*it.0, &*it.1) != (name, upload));
            return StatusCode::NO_CONTENT.into_response();
        }
        let place = self.versions.iter().position(|it| it.name == name && it.id == version);
        match place {
            Some(place) if self.versions[place].is_locked => refusal(403, "AccessDenied"),
            Some(place) => {
                self.versions.remove(place);
                StatusCode::NO_CONTENT.into_response()
            }
            None => refusal(404, "NoSuchVersion"),
        }
    }
}

impl Version {
    fn xml(&self) -> String {
        let Self { name, id, is_latest, .. } = self;
        let tag = if self.is_marker { "DeleteMarker" } else { "Version" };
        format!(
            "<{tag}><Key>{name}</Key><VersionId>{id}</VersionId><IsLatest>{is_latest}</IsLatest></{tag}>"
        )
    }
}
