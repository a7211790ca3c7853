//! The pages: the three apps, their parts, and the list of open shops.

use super::cache;
use super::refusal::Refusal;
use crate::app::App;
use crate::assets::{Encoding, File, Page};
use axum::body::Body;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use bytes::Bytes;
use presso_core::id::ShopId;
use std::borrow::Cow;

pub(super) async fn customer(
    State(app): State<App>,
    shop: Result<Path<String>, PathRejection>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let Ok(Path(shop)) = shop else {
        return Refusal::nothing_here().into_response();
    };
    // A shop that is not there (yet) is the page's to tell, in words; what is no name is nothing.
    let Ok(id) = ShopId::parse(&shop.to_ascii_lowercase()) else {
        return Refusal::nothing_here().into_response();
    };
    let address = format!("/s/{id}");
    if uri.path() != address {
        return moved(&address, &uri);
    }
    page(&app, Page::Customer, &headers)
}

/// An address that somebody typed with a slash at its end.
pub(super) async fn without_slash(uri: Uri) -> Response {
    moved(uri.path().trim_end_matches('/'), &uri)
}

/// On to the address as it is written everywhere else; browsers keep the fragment by themselves.
fn moved(address: &str, uri: &Uri) -> Response {
    match uri.query() {
        Some(query) => Redirect::permanent(&format!("{address}?{query}")).into_response(),
        None => Redirect::permanent(address).into_response(),
    }
}

pub(super) async fn barista(State(app): State<App>, headers: HeaderMap) -> Response {
    page(&app, Page::Barista, &headers)
}

/// A journey that somebody shared; which one stands in the fragment.
pub(super) async fn shared(State(app): State<App>, headers: HeaderMap) -> Response {
    page(&app, Page::Customer, &headers)
}

pub(super) async fn display(State(app): State<App>, headers: HeaderMap) -> Response {
    page(&app, Page::Display, &headers)
}

fn page(app: &App, page: Page, headers: &HeaderMap) -> Response {
    match app.assets.page(page, takes_brotli(headers)) {
        Some(file) => served(file, headers, "no-cache"),
        None => (StatusCode::NOT_FOUND, Html(NOT_BUILT)).into_response(),
    }
}

/// Below `/s/`, which is how far it may act.
pub(super) async fn worker(State(app): State<App>, headers: HeaderMap) -> Response {
    match app.assets.worker(takes_brotli(&headers)) {
        Some(file) => served(file, &headers, "no-cache"),
        None => Refusal::nothing_here().into_response(),
    }
}

pub(super) async fn asset(
    State(app): State<App>,
    name: Result<Path<String>, PathRejection>,
    headers: HeaderMap,
) -> Response {
    let Ok(Path(name)) = name else {
        return Refusal::nothing_here().into_response();
    };
    // The name carries a hash of the content.
    match app.assets.asset(&name, takes_brotli(&headers)) {
        Some(file) => served(file, &headers, "public, max-age=31536000, immutable"),
        None => Refusal::nothing_here().into_response(),
    }
}

fn served(file: File, headers: &HeaderMap, keep: &'static str) -> Response {
    let etag = file.etag;
    let fresh = cache::has(headers, &etag);
    let head = [
        (header::CONTENT_TYPE, file.kind),
        (header::CACHE_CONTROL, keep),
        (header::VARY, "accept-encoding"),
    ];
    let etag = [(header::ETAG, etag)];
    if fresh {
        return (StatusCode::NOT_MODIFIED, head, etag).into_response();
    }
    let body = Body::from(match file.bytes {
        Cow::Borrowed(bytes) => Bytes::from_static(bytes),
        Cow::Owned(bytes) => Bytes::from(bytes),
    });
    match file.encoding {
        Encoding::Plain => (head, etag, body).into_response(),
        Encoding::Brotli => {
            let encoding = [(header::CONTENT_ENCODING, "br")];
            (head, etag, encoding, body).into_response()
        }
    }
}

fn takes_brotli(headers: &HeaderMap) -> bool {
    let values = headers.get_all(header::ACCEPT_ENCODING).iter();
    let texts = values.filter_map(|v| v.to_str().ok());
    texts.flat_map(|text| text.split(',')).any(|coding| {
        let (name, quality) = coding.split_once(';').unwrap_or((coding, ""));
        let refused = quality.replace(' ', "").trim_end_matches(['0', '.']) == "q=";
        name.trim().eq_ignore_ascii_case("br") && !refused
    })
}

/// Said by a binary that was built before its pages.
const NOT_BUILT: &str = include_str!("pages/not_built.html");
/// The list, with a place for its lines.
const SHOPS: &str = include_str!("pages/shops.html");
const NO_SHOP: &str = include_str!("pages/no_shop.html");

pub(super) async fn shops(State(app): State<App>) -> Response {
    let line = |shop: presso_core::board::ShopFacts| {
        let name = escaped(&shop.name);
        format!("<li><a href=\"/s/{}\">{name}</a></li>", shop.shop)
    };
    let lines: String = app.hub.open_shops().into_iter().map(line).collect();
    let list = if lines.is_empty() {
        NO_SHOP.to_owned()
    } else {
        format!("<ul>{lines}</ul>")
    };
    let head = [(header::CACHE_CONTROL, "no-cache")];
    (head, Html(SHOPS.replace("<!-- shops -->", &list))).into_response()
}

pub(super) fn escaped(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '&' => "&amp;".into(),
            '<' => "&lt;".into(),
            '>' => "&gt;".into(),
            '"' => "&quot;".into(),
            '\'' => "&#39;".into(),
            c => c.to_string(),
        })
        .collect()
}
