//! The few pages that are ours and not the tenant application's: plain, in two languages, without
//! script, and naming no tenant.

use std::fmt::Write;
use std::sync::LazyLock;

use axum::response::{Html, IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use sha2::{Digest, Sha256};

const STYLE: &str = "\
:root{color-scheme:light dark;font:15px/1.45 system-ui,sans-serif;color:#1b1f24;background:#f5f6f8}\
body{margin:0;min-height:100vh;display:grid;place-items:center}\
main{max-width:32rem;margin:24px;padding:32px;background:#fff;border:1px solid #dfe3e8;border-radius:8px}\
h1{font-size:24px;font-weight:600;margin:0 0 8px}p{margin:8px 0 0;color:#5a6472}code{font-size:13px}\
@media(prefers-color-scheme:dark){:root{color:#e7eaee;background:#0e1013}main{background:#14161a;border-color:#2a2f37}p{color:#9aa4b2}}";

/// Lets in this one style sheet and nothing else.
static POLICY: LazyLock<HeaderValue> = LazyLock::new(|| {
    let hash = STANDARD.encode(Sha256::digest(STYLE));
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    );
    HeaderValue::try_from(policy).expect("ASCII")
});

/// A title and a paragraph, in French and in English.
#[derive(Clone, Copy)]
pub(crate) struct Words {
    pub(crate) french: (&'static str, &'static str),
    pub(crate) english: (&'static str, &'static str),
}

pub(crate) const BAD_HOST: Words = Words {
    french: ("Adresse illisible", "L’adresse demandée n’est pas un nom de domaine. Vérifiez-la."),
    english: ("Unreadable address", "The address asked for is not a domain name. Please check it."),
};
pub(crate) const UNKNOWN_HOST: Words = Words {
    french: (
        "Aucun studio ici",
        "Rien ne répond à cette adresse. Vérifiez l’orthographe du lien qui vous a été donné.",
    ),
    english: (
        "No studio here",
        "Nothing answers at this address. Check the spelling of the link you were given.",
    ),
};
pub(crate) const UNKNOWN_PAGE: Words = Words {
    french: ("Page introuvable", "Il n’y a rien à cette adresse. Repartez de l’accueil."),
    english: (
        "Page not found",
        "There is nothing at this address. Start again from the first page.",
    ),
};
pub(crate) const SUSPENDED: Words = Words {
    french: (
        "Studio suspendu",
        "L’accès à ce studio est suspendu. Ses données sont intactes ; sa direction peut le rouvrir.",
    ),
    english: (
        "Studio suspended",
        "Access to this studio is suspended. Its data is intact; its management can reopen it.",
    ),
};
pub(crate) const LEFT: Words = Words {
    french: (
        "Studio arrêté",
        "Ce studio n’est plus en service. Sa direction peut encore emporter ses données : l’adresse du studio, sans rien derrière, y mène.",
    ),
    english: (
        "Studio shut down",
        "This studio is not in use any more. Its owner can still take its data away: the studio’s address, with nothing behind it, leads there.",
    ),
};
pub(crate) const UNAVAILABLE: Words = Words {
    french: (
        "Un instant",
        "Ce studio n’est pas disponible pour l’instant. Réessayez dans quelques secondes ; rien n’est perdu.",
    ),
    english: (
        "One moment",
        "This studio is not available just now. Try again in a few seconds; nothing is lost.",
    ),
};
pub(crate) const SERVED_ELSEWHERE: Words = Words {
    french: (
        "Rien à voir ici",
        "Les pages de cette adresse sont servies par un autre programme. Demandez la bonne adresse à qui vous l’a donnée.",
    ),
    english: (
        "Nothing to see here",
        "This tenant is served by another program. Ask whoever gave you the address for the right one.",
    ),
};
pub(crate) const NO_EXPORT: Words = Words {
    french: (
        "Lien inconnu",
        "Ce lien ne mène à aucun export. Vérifiez qu’il est complet, ou demandez-en un autre à qui vous l’a donné.",
    ),
    english: (
        "Unknown link",
        "This link leads to no export. Check that it is complete, or ask whoever gave it to you for another.",
    ),
};
pub(crate) const EXPORT_EXPIRED: Words = Words {
    french: (
        "Lien expiré",
        "Cet export a été supprimé : il n’est gardé que sept jours. Demandez-en un autre à qui vous a donné le lien.",
    ),
    english: (
        "The link has expired",
        "This export was deleted, as it is kept for seven days only. Ask whoever gave you the link for another.",
    ),
};
pub(crate) const EXPORT_UNAVAILABLE: Words = Words {
    french: (
        "Un instant",
        "L’export ne peut pas être lu pour l’instant. Réessayez dans quelques minutes ; le lien reste bon.",
    ),
    english: (
        "One moment",
        "The export cannot be read just now. Try again in a few minutes; the link is still good.",
    ),
};
pub(crate) const PUBLIC: Words = Words {
    french: (
        "Cloison",
        "Chaque studio a sa propre base de données et sa propre adresse. Ouvrez celle de votre studio.",
    ),
    english: (
        "Cloison",
        "Every studio has its own database and its own address. Open your studio’s.",
    ),
};
/// Renders one of them in the reader's language.
pub(crate) fn page(status: StatusCode, words: Words, request: &HeaderMap) -> Response {
    let (language, (title, text)) =
        if prefers_french(request) { ("fr", words.french) } else { ("en", words.english) };
    let mut html = String::with_capacity(2_048);
    write!(
        html,
        "<!doctype html><html lang=\"{language}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\
         <title>{title}</title><style>{STYLE}</style></head>\
         <body><main><h1>{title}</h1><p>{text}</p></main></body></html>"
    )
    .expect("writing to a string does not fail");
    let mut response = (status, Html(html)).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, POLICY.clone());
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::VARY, HeaderValue::from_static("accept-language"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(
        HeaderName::from_static("referrer-policy"),
        HeaderValue::from_static("no-referrer"),
    );
    response
}

/// French comes before English in the list, or English is not in it.
fn prefers_french(request: &HeaderMap) -> bool {
    let accepted =
        request.get(header::ACCEPT_LANGUAGE).and_then(|it| it.to_str().ok()).unwrap_or_default();
    let first = accepted
        .split(',')
        .map(|it| it.trim().to_ascii_lowercase())
        .find(|it| it.starts_with("fr") || it.starts_with("en"));
    first.is_some_and(|it| it.starts_with("fr"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_language_we_speak_wins() {
        let check = |accepted: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_LANGUAGE, HeaderValue::from_static(accepted));
            prefers_french(&headers)
        };
        assert!(check("fr-FR,fr;q=0.9,en;q=0.8"));
        assert!(check("de,fr;q=0.5"));
        assert!(!check("en-GB,fr;q=0.9"));
        assert!(!check("de"));
    }

    #[test]
    fn no_words_need_escaping() {
        for words in [
            BAD_HOST,
            UNKNOWN_HOST,
            UNKNOWN_PAGE,
            SUSPENDED,
            LEFT,
            UNAVAILABLE,
            SERVED_ELSEWHERE,
            NO_EXPORT,
            EXPORT_EXPIRED,
            EXPORT_UNAVAILABLE,
            PUBLIC,
        ] {
            for (title, text) in [words.french, words.english] {
                assert!(!format!("{title}{text}").contains(['<', '>', '&', '"']));
            }
        }
    }
}
