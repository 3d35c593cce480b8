//! Every command and query, declared once.
//!
//! The desktop's `rpc`, the development host and the command line all call [`Request`]s; nothing else crosses the
//! boundary. On the wire a request is `{"command": "list", "payload": {…}}`, the answer is the type named beside the
//! variant, and a failure is an [`ApiError`] whose `code` callers branch on (never the text).
//! The TypeScript beside the interface (`ui/src/api/types.ts`) is generated from these types.

/// Declares an API type: serialisable both ways, exported to TypeScript.
macro_rules! api {
    ($($(#[$meta:meta])* pub $what:ident $name:ident { $($body:tt)* })*) => {$(
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
        $(#[$meta])*
        #[ts(export, export_to = "types.ts")]
        pub $what $name { $($body)* }
    )*};
}

mod error;
mod journey;
mod request;
mod types;

pub use error::{ApiError, Said};
pub use journey::*;
pub use request::Request;
pub use types::*;
