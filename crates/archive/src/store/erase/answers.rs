//! The lists of versions and of unfinished uploads, as S3 writes them.
//!
//! Strict where a mistake would look like an empty bucket: a list that is another one, or lacks what is needed to go on, is
//! an error.

use jiff::Timestamp;
use serde::Deserialize;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum List {
    Versions,
    Uploads,
}

/// After what a page begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Marker {
    name: String,
    id: String,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) struct Page {
    pub(super) things: Vec<Thing>,
    pub(super) next: Option<Marker>,
}

/// Something to delete.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Thing {
    /// With all that the store's names begin with.
    pub(super) name: String,
    pub(super) id: Option<String>,
    pub(super) kind: Kind,
    /// An upload's, if the store says it.
    pub(super) begun: Option<Timestamp>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// What is to be seen.
    Object,
    /// What is hidden, or hides.
    Version,
    Upload,
}

/// Why an answer is not such a list.
#[derive(Debug, thiserror::Error)]
pub(super) enum AnswerError {
    #[error("it is not a {0}")]
    Other(&'static str),
    #[error("it is not whole: {0}")]
    Broken(#[from] quick_xml::DeError),
    #[error("it goes on and does not say where")]
    NoMarker,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Versions {
    is_truncated: bool,
    next_key_marker: Option<String>,
    next_version_id_marker: Option<String>,
    #[serde(default)]
    version: Vec<Version>,
    #[serde(default)]
    delete_marker: Vec<Version>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Version {
    key: String,
    #[serde(rename = "VersionId")]
    id: String,
    is_latest: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Uploads {
    is_truncated: bool,
    next_key_marker: Option<String>,
    next_upload_id_marker: Option<String>,
    #[serde(default)]
    upload: Vec<UnfinishedUpload>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct UnfinishedUpload {
    key: String,
    upload_id: String,
    initiated: Option<Timestamp>,
}

impl List {
    /// The names of its parameters, and of what it answers.
    fn names(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Versions => ("versions", "version-id-marker", "ListVersionsResult"),
            Self::Uploads => ("uploads", "upload-id-marker", "ListMultipartUploadsResult"),
        }
    }

    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Versions => "the list of versions",
            Self::Uploads => "the list of unfinished uploads",
        }
    }

    pub(super) fn query<'a>(
        self,
        prefix: &'a str,
        marker: Option<&'a Marker>,
    ) -> Vec<(&'static str, &'a str)> {
        let (list, id_marker, _) = self.names();
        let mut query = vec![(list, ""), ("prefix", prefix)];
        if let Some(marker) = marker {
            query.extend([("key-marker", &*marker.name), (id_marker, &*marker.id)]);
        }
        query
    }

    pub(super) fn read(self, answer: &[u8]) -> Result<Page, AnswerError> {
        let (_, _, root) = self.names();
        let text = String::from_utf8_lossy(answer);
        // The reader does not look at the name of what it reads.
        if !text.contains(&format!("<{root}")) {
            return Err(AnswerError::Other(root));
        }
        match self {
            Self::Versions => {
                let list: Versions = quick_xml::de::from_str(&text)?;
                let seen = |it: &Version| if it.is_latest { Kind::Object } else { Kind::Version };
                let versions = list.version.into_iter().map(|it| (seen(&it), it));
                let markers = list.delete_marker.into_iter().map(|it| (Kind::Version, it));
                let things = versions.chain(markers).map(|(kind, it)| Thing {
                    name: it.key,
                    id: Some(it.id),
                    kind,
                    begun: None,
                });
                let things = things.collect();
                let next = (list.next_key_marker, list.next_version_id_marker);
                Ok(Page { things, next: next_page(list.is_truncated, next)? })
            }
            Self::Uploads => {
                let list: Uploads = quick_xml::de::from_str(&text)?;
                let things = list.upload.into_iter().map(|it| Thing {
                    name: it.key,
                    id: Some(it.upload_id),
                    kind: Kind::Upload,
                    begun: it.initiated,
                });
                let things = things.collect();
                let next = (list.next_key_marker, list.next_upload_id_marker);
                Ok(Page { things, next: next_page(list.is_truncated, next)? })
            }
        }
    }
}

impl Kind {
    /// The parameter that says which of them.
    pub(super) fn id_name(self) -> &'static str {
        match self {
            Self::Object | Self::Version => "versionId",
            Self::Upload => "uploadId",
        }
    }
}

fn next_page(
    is_truncated: bool,
    (name, id): (Option<String>, Option<String>),
) -> Result<Option<Marker>, AnswerError> {
    if !is_truncated {
        return Ok(None);
    }
    let name = name.filter(|it| !it.is_empty()).ok_or(AnswerError::NoMarker)?;
    Ok(Some(Marker { name, id: id.unwrap_or_default() }))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `kind name id`, one after the other, and where the next page begins.
    fn check(list: List, inside: &str) -> String {
        let (_, _, root) = list.names();
        let text = format!("<?xml version=\"1.0\"?><{root} xmlns=\"x\">{inside}</{root}>");
        match list.read(text.as_bytes()) {
            Ok(page) => {
                let shown = |it: &Thing| format!("{:?} {} {:?}", it.kind, it.name, it.id);
                let shown: Vec<_> = page.things.iter().map(shown).collect();
                format!("{} -> {:?}", shown.join(", "), page.next.map(|it| (it.name, it.id)))
            }
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn versions_and_markers_in_any_order() {
        let version = |name: &str, key: &str, id: &str, is_latest: bool| {
            format!(
                "<{name}><Key>{key}</Key><VersionId>{id}</VersionId><IsLatest>{is_latest}</IsLatest><Size>1</Size></{name}>"
            )
        };
        let inside = [
            "<IsTruncated>false</IsTruncated>".to_owned(),
            version("Version", "a", "2", false),
            version("DeleteMarker", "a", "3", true),
            version("Version", "b&amp;c", "null", true),
        ];
        assert_eq!(
            check(List::Versions, &inside.concat()),
            "Version a Some(\"2\"), Object b&c Some(\"null\"), Version a Some(\"3\") -> None"
        );
    }

    #[test]
    fn a_list_goes_on_or_says_why_not() {
        let more = "<IsTruncated>true</IsTruncated>";
        assert_eq!(check(List::Versions, more), "it goes on and does not say where");
        assert_eq!(
            check(
                List::Uploads,
                &format!(
                    "{more}<NextKeyMarker>a</NextKeyMarker><NextUploadIdMarker>7</NextUploadIdMarker><Upload><Key>a</Key><UploadId>7</UploadId></Upload>"
                )
            ),
            "Upload a Some(\"7\") -> Some((\"a\", \"7\"))"
        );
    }

    #[test]
    fn another_list_is_no_empty_one() {
        let plain = "<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>";
        let error = List::Versions.read(plain.as_bytes()).unwrap_err();
        assert_eq!(error.to_string(), "it is not a ListVersionsResult");
        assert!(check(List::Versions, "").starts_with("it is not whole"));
        assert!(check(List::Versions, "<IsTruncated>false").starts_with("it is not whole"));
    }
}
