//! The one command.

use serde_json::Value as Json;
use tandem_workspace::App as Engine;
use tandem_workspace::api::{ApiError, Request};
use tauri::State;

/// Answers a [`Request`]. Runs on a worker thread: the window never waits.
#[tauri::command]
pub(crate) async fn rpc(engine: State<'_, Engine>, request: Json) -> Result<Json, ApiError> {
    let request = read(request)?;
    let engine = engine.inner().clone();
    tauri::async_runtime::spawn_blocking(move || engine.rpc(request))
        .await
        .map_err(|error| ApiError::new("internal", format!("the request was not finished: {error}")))?
}

/// Read here and not by Tauri, so that what was not understood is refused with a code too.
fn read(request: Json) -> Result<Request, ApiError> {
    serde_json::from_value(request)
        .map_err(|error| ApiError::new("bad_request", format!("the request was not understood: {error}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_request_is_read_with_and_without_payload() {
        assert!(matches!(read(json!({"command": "status"})), Ok(Request::Status)));
        let record = read(json!({"command": "record", "payload": {"id": "1"}}));
        assert!(matches!(record, Ok(Request::Record(record)) if record.id == "1"));
    }

    #[test]
    fn what_is_no_request_is_refused_with_a_code() {
        for request in [json!({"command": "nonsense"}), json!({"command": "record"}), json!(null), json!([1])] {
            let refused = read(request.clone()).err();
            assert_eq!(refused.map(|error| error.code), Some("bad_request".to_owned()), "{request}");
        }
    }
}
