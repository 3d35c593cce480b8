//! Keeps websites out: a page somewhere could otherwise send requests to this machine in its visitor's name.

use std::net::SocketAddr;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

/// Lets through what was addressed to us by our own name and, where a page sent it, by our own page.
pub(crate) async fn own_pages_only(State(address): State<SocketAddr>, request: Request, next: Next) -> Response {
    if is_own(request.headers(), address) {
        next.run(request).await
    } else {
        (StatusCode::FORBIDDEN, "requests from other sites are refused").into_response()
    }
}

fn is_own(headers: &HeaderMap, address: SocketAddr) -> bool {
    let text = |name| headers.get(name).map(|value| value.to_str().unwrap_or(""));
    let names = [address.to_string(), format!("localhost:{}", address.port())];
    let own_host = text(header::HOST).is_some_and(|host| names.iter().any(|name| name == host));
    let own_origin = text(header::ORIGIN)
        .is_none_or(|origin| origin.strip_prefix("http://").is_some_and(|host| names.iter().any(|name| name == host)));
    own_host && own_origin
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(host: &str, origin: Option<&str>) -> bool {
        let mut headers = HeaderMap::new();
        headers.insert(header::HOST, host.parse().expect("a header value"));
        if let Some(origin) = origin {
            headers.insert(header::ORIGIN, origin.parse().expect("a header value"));
        }
        is_own(&headers, "127.0.0.1:4000".parse().expect("an address"))
    }

    #[test]
    fn our_own_page_and_programs_are_let_in() {
        assert!(check("127.0.0.1:4000", None));
        assert!(check("127.0.0.1:4000", Some("http://127.0.0.1:4000")));
        assert!(check("localhost:4000", Some("http://localhost:4000")));
    }

    #[test]
    fn another_site_is_kept_out_also_by_a_name_that_resolves_to_us() {
        assert!(!check("127.0.0.1:4000", Some("https://example.com")));
        assert!(!check("127.0.0.1:4000", Some("null")));
        assert!(!check("127.0.0.1:4000", Some("http://127.0.0.1:4001")));
        assert!(!check("rebound.example.com:4000", None), "DNS rebinding must not get in");
    }
}
