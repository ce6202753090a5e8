//! Deletes all that a bucket keeps below a name: objects, their versions, delete markers, and parts of uploads that never
//! ended.
//!
//! `object_store` knows no versions, so the requests are our own. Nothing is believed: at the end the bucket is asked once
//! more, and what is still there is an error.

mod answers;

use futures_util::stream::{self, Stream};
use futures_util::{StreamExt as _, TryStreamExt as _};
use http::Method;
use jiff::Timestamp;

use super::bucket::Bucket;
use super::error::StoreError;
use super::key::ObjectKey;
use super::object::{Deleted, History};
use super::verdict::Verdict;
use answers::{Kind, List, Marker, Page, Thing};

/// Deletions on their way at the same time.
const DELETIONS_MAX: usize = 8;

/// A page begins behind the last of the page before, which has been deleted by then; what a store leaves out for that is found
/// by going through the list again. One that claims to delete and does not is not asked for ever.
const WALKS_MAX: usize = 8;

/// After so many failures of a store that is away, each of them tried again and again, the others need not be tried.
const UNREACHABLE_MAX: u64 = 16;

/// What of a list is meant.
#[derive(Clone, Copy)]
struct Wanted<'a> {
    list: List,
    /// What the whole names begin with.
    name: &'a str,
    /// Only what was begun before this.
    before: Option<Timestamp>,
}

/// What is deleted, and what could not be.
#[derive(Debug, Default)]
struct Tally {
    deleted: Deleted,
    /// All of them together.
    gone: u64,
    left: u64,
    unreachable: u64,
    first: Option<StoreError>,
}

impl Bucket {
    pub(super) async fn delete_prefix(&self, prefix: &ObjectKey) -> Result<Deleted, StoreError> {
        let name = format!("{}/", self.name(prefix));
        let wanted = |list| Wanted { list, name: &name, before: None };
        let mut tally = Tally::default();
        // An upload that ended now would add an object behind our back.
        self.delete_listed(wanted(List::Uploads), &mut tally).await?;
        if self.delete_listed(wanted(List::Versions), &mut tally).await? {
            tally.deleted.history = History::Listed;
        } else {
            self.delete_all(self.objects(prefix), &mut tally).await;
        }
        if tally.left == 0 {
            tally.left = self.still_there(prefix, &name, tally.deleted.history).await?;
        }
        self.told(tally, prefix.as_str())
    }

    /// Uploads that were begun before this, in all of the store.
    pub(super) async fn delete_unfinished(&self, before: Timestamp) -> Result<u64, StoreError> {
        let name = self.prefix().map_or_else(String::new, |it| format!("{it}/"));
        let wanted = Wanted { list: List::Uploads, name: &name, before: Some(before) };
        let mut tally = Tally::default();
        self.delete_listed(wanted, &mut tally).await?;
        self.told(tally, &name).map(|it| it.unfinished)
    }

    fn told(&self, tally: Tally, prefix: &str) -> Result<Deleted, StoreError> {
        if tally.left == 0 {
            return Ok(tally.deleted);
        }
        Err(StoreError::Left {
            store: self.store.to_string(),
            prefix: prefix.to_owned(),
            left: tally.left,
            passing: tally.first.as_ref().is_none_or(StoreError::is_passing),
            first: tally.first.map_or_else(
                || "it was there again after it had been deleted".to_owned(),
                |it| it.to_string(),
            ),
        })
    }

    /// Deletes what is in a list, until going through it brings nothing more. False if the store has no such list.
    async fn delete_listed(
        &self,
        wanted: Wanted<'_>,
        tally: &mut Tally,
    ) -> Result<bool, StoreError> {
        let left_before = tally.left;
        for _ in 0..WALKS_MAX {
            let gone = tally.gone;
            // What could not be deleted is met again.
            tally.left = left_before;
            if !self.walk(wanted, tally).await? {
                return Ok(false);
            }
            if tally.gone == gone || tally.unreachable >= UNREACHABLE_MAX {
                break;
            }
        }
        Ok(true)
    }

    /// Once, page by page.
    async fn walk(&self, wanted: Wanted<'_>, tally: &mut Tally) -> Result<bool, StoreError> {
        let mut marker = None;
        loop {
            let Some(page) = self.page(wanted, marker.as_ref()).await? else {
                return Ok(false);
            };
            self.delete_all(stream::iter(page.things).map(Ok), tally).await;
            if page.next.is_none() || tally.unreachable >= UNREACHABLE_MAX {
                return Ok(true);
            }
            if page.next == marker {
                return Err(self.not_understood(wanted.list, "its next page is the same"));
            }
            marker = page.next;
        }
    }

    async fn delete_all(
        &self,
        things: impl Stream<Item = Result<Thing, StoreError>>,
        tally: &mut Tally,
    ) {
        let deletions = things.map(async |thing| {
            let thing = thing?;
            let query = thing.id.as_ref().map(|id| (thing.kind.id_name(), &**id));
            self.delete_one(&thing.name, query.as_slice()).await.map(|()| thing.kind)
        });
        let mut deletions = std::pin::pin!(deletions.buffer_unordered(DELETIONS_MAX));
        while let Some(deleted) = deletions.next().await {
            tally.note(deleted);
            if tally.unreachable >= UNREACHABLE_MAX {
                return;
            }
        }
    }

    /// An object by its whole name, or what `query` says of it. That it is gone already is as well.
    pub(super) async fn delete_one(
        &self,
        name: &str,
        query: &[(&str, &str)],
    ) -> Result<(), StoreError> {
        match self.signed.send(Method::DELETE, name, query).await {
            Ok(_) | Err(Verdict::Absent) => Ok(()),
            Err(other) => Err(other.unexpected(&self.store, name)),
        }
    }

    /// How much a first look finds.
    async fn still_there(
        &self,
        prefix: &ObjectKey,
        name: &str,
        history: History,
    ) -> Result<u64, StoreError> {
        let mut left = 0;
        let lists: &[List] = match history {
            History::Listed => &[List::Uploads, List::Versions],
            History::NotKept => &[List::Uploads],
        };
        for list in lists {
            let page = self.page(Wanted { list: *list, name, before: None }, None).await?;
            left += page.map_or(0, |it| it.things.len() as u64);
        }
        // Asked in any case: it is what everybody else sees.
        let seen: Vec<Thing> = self.objects(prefix).take(1).try_collect().await?;
        Ok(left.max(seen.len() as u64))
    }

    /// What an ordinary list shows, whoever has put it there.
    fn objects(&self, prefix: &ObjectKey) -> impl Stream<Item = Result<Thing, StoreError>> {
        self.list_all(Some(prefix)).map(|listed| {
            let name = listed?.location.to_string();
            Ok(Thing { name, id: None, kind: Kind::Object, begun: None })
        })
    }

    async fn page(
        &self,
        wanted: Wanted<'_>,
        marker: Option<&Marker>,
    ) -> Result<Option<Page>, StoreError> {
        let Wanted { list, name, before } = wanted;
        let query = list.query(name, marker);
        let answer = match self.signed.send(Method::GET, "", &query).await {
            Ok(answer) => answer,
            Err(Verdict::Unknown) => return Ok(None),
            Err(other) => return Err(other.unexpected(&self.store, list.words())),
        };
        let mut page =
            list.read(&answer).map_err(|why| self.not_understood(list, &why.to_string()))?;
        // Nothing else is touched, whatever the answer holds.
        page.things.retain(|it| it.name.starts_with(name));
        if let Some(before) = before {
            page.things.retain(|it| it.begun.is_some_and(|it| it < before));
        }
        Ok(Some(page))
    }

    fn not_understood(&self, list: List, why: &str) -> StoreError {
        StoreError::Other {
            store: self.store.to_string(),
            why: format!("{} cannot be read: {why}", list.words()),
            source: None,
        }
    }
}

impl Tally {
    fn note(&mut self, deleted: Result<Kind, StoreError>) {
        let kind = match deleted {
            Ok(kind) => kind,
            Err(error) => {
                self.left += 1;
                self.unreachable += u64::from(matches!(error, StoreError::Unreachable { .. }));
                self.first.get_or_insert(error);
                return;
            }
        };
        self.gone += 1;
        match kind {
            Kind::Object => self.deleted.objects += 1,
            Kind::Version => self.deleted.versions += 1,
            Kind::Upload => self.deleted.unfinished += 1,
        }
    }
}
