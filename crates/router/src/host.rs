//! Which host a request is for. Read here and nowhere else: two readings of one request are how what
//! is meant for one tenant ends at another.

use cloison_model::{HostError, Hostname};
use http::{Request, header};

/// The host that the request is for: of an absolute request target (RFC 9112, section 3.2.2; HTTP/2
/// has no other), else of the one `Host` header.
///
/// What a proxy in front writes into other headers is not looked at: have it pass the host on.
pub fn host_of<B>(request: &Request<B>) -> Result<Hostname, HostError> {
    if let Some(authority) = request.uri().authority() {
        return Hostname::from_header(authority.as_str().as_bytes());
    }
    let mut values = request.headers().get_all(header::HOST).iter();
    match (values.next(), values.next()) {
        (None, _) => Err(HostError::Absent),
        (Some(only), None) => Hostname::from_header(only.as_bytes()),
        (Some(_), Some(_)) => Err(HostError::Several),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A target, then any hosts.
    fn check(text: &str) -> String {
        let mut words = text.split_whitespace();
        let mut request = Request::builder().uri(words.next().unwrap());
        for host in words {
            request = request.header(header::HOST, host);
        }
        match host_of(&request.body(()).unwrap()) {
            Ok(host) => host.to_string(),
            Err(error) => format!("{error:?}"),
        }
    }

    #[test]
    fn one_host_or_none() {
        assert_eq!(check("/ Blue.example.com:8080"), "blue.example.com");
        assert_eq!(check("/"), "Absent");
        assert_eq!(check("/ blue.example.com green.example.com"), "Several");
        assert_eq!(check("/ blue_example"), "Malformed");
        assert_eq!(check("http://blue.example.com/ green.example.com"), "blue.example.com");
        assert_eq!(check("http://me@blue.example.com/"), "Malformed");
    }
}
