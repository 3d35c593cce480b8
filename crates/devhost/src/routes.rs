//! `POST /rpc`, `GET /events`, and the interface's files.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::path::PathBuf;

use axum::extract::{DefaultBodyLimit, State};
use axum::http::StatusCode;
use axum::middleware;
use axum::response::sse::{Event as Sent, KeepAlive, Sse};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use futures_util::stream::{self, Stream};
use serde_json::Value;
use tandem_workspace::App;
use tandem_workspace::api::{ApiError, Changed, Event, Request};
use tokio::sync::broadcast::error::RecvError;
use tower_http::services::{ServeDir, ServeFile};

use crate::guard;

/// A file of 64 MiB in base64, and the request around it.
const MAX_BODY_BYTES: usize = 96 * 1024 * 1024;

/// All routes. Requests that other sites send are refused.
pub(crate) fn router(engine: App, address: SocketAddr, ui: Option<PathBuf>) -> Router {
    let api = Router::new()
        .route("/rpc", post(rpc).layer(DefaultBodyLimit::max(MAX_BODY_BYTES)))
        .route("/events", get(events))
        .with_state(engine);
    let all = match ui {
        // A path that is no file is a place within the interface.
        Some(folder) => {
            api.fallback_service(ServeDir::new(&folder).fallback(ServeFile::new(folder.join("index.html"))))
        }
        None => api,
    };
    all.layer(middleware::from_fn_with_state(address, guard::own_pages_only))
}

/// Answers a request; a failure is status 422 with the [`ApiError`].
async fn rpc(State(engine): State<App>, Json(body): Json<Value>) -> Response {
    match answer(engine, body).await {
        Ok(answer) => Json(answer).into_response(),
        Err(error) => (StatusCode::UNPROCESSABLE_ENTITY, Json(error)).into_response(),
    }
}

async fn answer(engine: App, mut body: Value) -> Result<Value, ApiError> {
    // A command without a payload may be sent with an empty one.
    if body.get("payload").is_some_and(Value::is_null)
        && let Some(body) = body.as_object_mut()
    {
        body.remove("payload");
    }
    let request: Request = serde_json::from_value(body)
        .map_err(|error| ApiError::new("bad_request", format!("the request was not understood: {error}")))?;
    tokio::task::spawn_blocking(move || engine.rpc(request))
        .await
        .map_err(|error| ApiError::new("internal", format!("the request was not finished: {error}")))?
}

/// Every [`Event`] from now on, as JSON in `data`.
async fn events(State(engine): State<App>) -> Sse<impl Stream<Item = Result<Sent, Infallible>>> {
    let stream = stream::unfold(engine.subscribe(), |mut receiver| async move {
        let event = match receiver.recv().await {
            Ok(event) => event,
            // Some were missed: look at everything again.
            Err(RecvError::Lagged(_)) => Event::Changed(Changed { kinds: Vec::new(), ids: None, remote: true }),
            Err(RecvError::Closed) => return None,
        };
        let sent = Sent::default().json_data(&event).unwrap_or_default();
        Some((Ok(sent), receiver))
    });
    Sse::new(stream).keep_alive(KeepAlive::default())
}
