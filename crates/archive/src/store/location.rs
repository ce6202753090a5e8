//! Where a store is, and how it is reached: parsed, and refused early where it cannot be meant so.
//!
//! Not here: whether it answers. That is asked by [`super::Store::check`].

use std::fmt;
use std::net::IpAddr;
use std::path::{Component, PathBuf};
use std::str::FromStr;

use cloison_model::Secret;
use reqwest::Url;

use super::key::ObjectKey;

/// A folder on this machine, or a bucket of S3 or of something that speaks as S3 does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StoreLocation {
    /// Invariant: absolute, without `..`.
    Folder(PathBuf),
    Bucket {
        bucket: BucketName,
        /// What all names begin with, before a slash.
        prefix: Option<ObjectKey>,
    },
}

/// Invariant: 3 to 63 letters, digits, `-`, `_` and `.`, a letter or digit first and last, no two dots in a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BucketName(String);

/// How S3 is reached; without an endpoint it is Amazon's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct S3Options {
    pub endpoint: Option<String>,
    pub region: Option<String>,
    /// The bucket is the first part of the path, not of the host's name.
    pub path_style: bool,
    /// Plain HTTP also to other machines. Archives are encrypted, but their names and the requests are not.
    pub allow_http: bool,
}

/// Who asks. Nothing of it is shown.
#[derive(Clone, Debug)]
pub struct S3Credentials {
    pub access_key_id: String,
    pub secret_access_key: Secret,
    pub session_token: Option<Secret>,
}

/// Why there can be no such store, and what to write.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LocationError {
    #[error(
        "'{0}' is not an object store: write file:///folder, an absolute path, or s3://bucket/prefix"
    )]
    Address(String),
    #[error("'{0}' is not the name of a bucket: 3 to 63 letters, digits, '-', '_' and '.'")]
    Bucket(String),
    #[error("the endpoint '{0}' is not an address: write one like https://s3.example.com:9000")]
    Endpoint(String),
    #[error(
        "the endpoint {0} is neither encrypted nor on this machine: write https://, or allow plain HTTP if the network is your own"
    )]
    PlainHttp(String),
    #[error("the endpoint {0} cannot have a bucket's name put before it: write path_style = true")]
    PathStyle(String),
    #[error("the region of the bucket {0} is not known: write its region, or an endpoint")]
    Region(String),
    #[error("'{0}' is not a region: write one like eu-west-3")]
    RegionName(String),
    #[error("{0}: write it without spaces and line breaks, as it was given to you")]
    Credentials(&'static str),
    #[error("the HTTP client for the object store cannot be made: {0}")]
    Client(String),
}

/// What S3 itself falls back on, and what those who speak as it does rarely look at.
const REGION_OF_OTHERS: &str = "us-east-1";

impl FromStr for StoreLocation {
    type Err = LocationError;

    fn from_str(text: &str) -> Result<Self, LocationError> {
        let not_one = || LocationError::Address(text.chars().take(120).collect());
        if let Some(rest) = text.strip_prefix("s3://") {
            let rest = rest.strip_suffix('/').unwrap_or(rest);
            let (bucket, prefix) = match rest.split_once('/') {
                Some((bucket, prefix)) => (bucket, Some(prefix)),
                None => (rest, None),
            };
            let prefix = prefix.map(str::parse).transpose();
            return Ok(Self::Bucket {
                bucket: bucket.parse()?,
                prefix: prefix.map_err(|_error| not_one())?,
            });
        }
        let path = PathBuf::from(text.strip_prefix("file://").unwrap_or(text));
        let leads_on = |it: Component<'_>| matches!(it, Component::RootDir | Component::Normal(_));
        if path.is_absolute() && path.components().all(leads_on) && !text.contains('\0') {
            Ok(Self::Folder(path))
        } else {
            Err(not_one())
        }
    }
}

impl fmt::Display for StoreLocation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Folder(path) => write!(f, "file://{}", path.display()),
            Self::Bucket { bucket, prefix: None } => write!(f, "s3://{bucket}"),
            Self::Bucket { bucket, prefix: Some(prefix) } => write!(f, "s3://{bucket}/{prefix}"),
        }
    }
}

impl FromStr for BucketName {
    type Err = LocationError;

    fn from_str(text: &str) -> Result<Self, LocationError> {
        let is_edge = |it: Option<char>| it.is_some_and(|it| it.is_ascii_alphanumeric());
        let valid = (3..=63).contains(&text.len())
            && text.bytes().all(|it| it.is_ascii_alphanumeric() || b"-_.".contains(&it))
            && is_edge(text.chars().next())
            && is_edge(text.chars().next_back())
            && !text.contains("..");
        if valid {
            Ok(Self(text.to_owned()))
        } else {
            Err(LocationError::Bucket(text.chars().take(80).collect()))
        }
    }
}

impl fmt::Display for BucketName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Where the requests for a bucket go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct BucketAddress {
    /// Without a slash at its end; an object's name follows after one.
    pub(super) url: String,
    pub(super) region: String,
    pub(super) is_plain_http: bool,
    /// It is on this machine, so that no proxy leads there.
    pub(super) is_loopback: bool,
}

impl BucketAddress {
    pub(super) fn of(bucket: &BucketName, options: &S3Options) -> Result<Self, LocationError> {
        let region = options.region.as_deref();
        let is_odd = |it: u8| !it.is_ascii_alphanumeric() && !b"-_".contains(&it);
        if let Some(region) = region
            && (region.is_empty() || region.bytes().any(is_odd))
        {
            return Err(LocationError::RegionName(region.chars().take(80).collect()));
        }
        let Some(text) = &options.endpoint else {
            let region =
                region.ok_or_else(|| LocationError::Region(bucket.to_string()))?.to_owned();
            // A certificate holds for one name before the dot.
            let url = if options.path_style || bucket.0.contains(['.', '_']) {
                format!("https://s3.{region}.amazonaws.com/{bucket}")
            } else {
                format!("https://{bucket}.s3.{region}.amazonaws.com")
            };
            return Ok(Self { url, region, is_plain_http: false, is_loopback: false });
        };
        let endpoint = endpoint(text)?;
        let host = endpoint.host_str().unwrap_or_default();
        let address = host.trim_matches(['[', ']']).parse::<IpAddr>().ok();
        let is_loopback = host == "localhost" || address.is_some_and(|it| it.is_loopback());
        let is_plain_http = endpoint.scheme() == "http";
        if is_plain_http && !is_loopback && !options.allow_http {
            return Err(LocationError::PlainHttp(endpoint.to_string()));
        }
        let rest = endpoint.as_str().trim_end_matches('/');
        let url = if options.path_style {
            format!("{rest}/{bucket}")
        } else if address.is_some() || host == "localhost" || bucket.0.contains(['.', '_']) {
            return Err(LocationError::PathStyle(rest.to_owned()));
        } else {
            rest.replacen("://", &format!("://{bucket}."), 1)
        };
        let region = region.unwrap_or(REGION_OF_OTHERS).to_owned();
        Ok(Self { url, region, is_plain_http, is_loopback })
    }
}

fn endpoint(text: &str) -> Result<Url, LocationError> {
    // A password in it would be shown with it, so that not even the error says it.
    let shown = || match text.rsplit_once('@') {
        Some((_, rest)) => format!("..@{rest}"),
        None => text.chars().take(120).collect(),
    };
    let url = Url::parse(text).ok().filter(|url| {
        matches!(url.scheme(), "http" | "https")
            && url.host_str().is_some_and(|it| !it.is_empty())
            && url.username().is_empty()
            && url.password().is_none()
            && url.query().is_none()
            && url.fragment().is_none()
    });
    url.ok_or_else(|| LocationError::Endpoint(shown()))
}

impl S3Credentials {
    /// They travel in headers, where a stray line break would be another header.
    pub(super) fn check(&self) -> Result<(), LocationError> {
        let is_fit = |text: &str| !text.is_empty() && text.bytes().all(|it| it.is_ascii_graphic());
        if !is_fit(&self.access_key_id) {
            return Err(LocationError::Credentials("the access key id is not one"));
        }
        if !is_fit(self.secret_access_key.expose()) {
            return Err(LocationError::Credentials("the secret access key is not one"));
        }
        if self.session_token.as_ref().is_some_and(|it| !is_fit(it.expose())) {
            return Err(LocationError::Credentials("the session token is not one"));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
