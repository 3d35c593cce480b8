//! The one command.

use serde_json::{Value as Json, json};
use tandem_workspace::App as Engine;
use tandem_workspace::api::{ApiError, Request};
use tauri::State;

/// Answers `{command, payload}`, see [`Request`]. Runs on a worker thread: the window never waits.
#[tauri::command]
pub(crate) async fn rpc(engine: State<'_, Engine>, command: String, payload: Option<Json>) -> Result<Json, ApiError> {
    let request = read(command, payload)?;
    let engine = engine.inner().clone();
    tauri::async_runtime::spawn_blocking(move || engine.rpc(request))
        .await
        .map_err(|error| ApiError::new("internal", format!("the request was not finished: {error}")))?
}

fn read(command: String, payload: Option<Json>) -> Result<Request, ApiError> {
    let request = match payload {
        None | Some(Json::Null) => json!({ "command": command }),
        Some(payload) => json!({ "command": command, "payload": payload }),
    };
    serde_json::from_value(request)
        .map_err(|error| ApiError::new("bad_request", format!("`{command}` was not understood: {error}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_read_with_and_without_payload() {
        assert!(matches!(read("status".to_owned(), None), Ok(Request::Status)));
        let record = read("record".to_owned(), Some(json!({"id": "1"})));
        assert!(matches!(record, Ok(Request::Record(record)) if record.id == "1"));
    }

    #[test]
    fn what_is_no_request_is_refused_with_a_code() {
        for (command, payload) in [("nonsense", None), ("record", None), ("record", Some(json!({"id": 1})))] {
            let refused = read(command.to_owned(), payload).err();
            assert_eq!(refused.map(|error| error.code), Some("bad_request".to_owned()), "{command}");
        }
    }
}
