//! How a command fails: one clear line on standard error, and an exit code.

use std::io::Write as _;
use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue};
use serde_json::json;
use tandem_workspace::api::ApiError;

/// Wrong use of the command line, as opposed to a command that could not be done (1).
const EXIT_USAGE: u8 = 2;

/// Why a command was not done.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The engine, or the command itself, says why.
    Said(ApiError),
    /// Whoever read our output went away: nothing to say, nobody to say it to.
    OutputClosed,
}

/// What a command's function gives.
pub(crate) type Done = Result<(), Failure>;

impl Failure {
    /// The command line could not be understood.
    pub(crate) fn usage(error: &clap::Error) -> Self {
        if error.kind() == clap::error::ErrorKind::MissingSubcommand {
            let how = "say what to do, for example `tandem list account`; `tandem --help` names every command";
            return Self::new("usage", how);
        }
        let rendered = error.render().to_string();
        // clap writes the error, then tips and the usage as paragraphs of their own: the first says what is wrong.
        let paragraph = rendered.split("\n\n").next().unwrap_or(&rendered);
        let line = paragraph.split_whitespace().collect::<Vec<_>>().join(" ");
        let line = line.strip_prefix("error: ").unwrap_or(&line);
        let hint = match error.get(ContextKind::SuggestedSubcommand).or_else(|| error.get(ContextKind::SuggestedArg)) {
            Some(ContextValue::Strings(names)) if !names.is_empty() => format!(" (did you mean {}?)", names.join(", ")),
            Some(ContextValue::String(name)) => format!(" (did you mean {name}?)"),
            _ => String::new(),
        };
        Self::new("usage", format!("{line}{hint}"))
    }

    /// A failure with its stable code.
    pub(crate) fn new(code: &str, message: impl Into<String>) -> Self {
        Self::Said(ApiError::new(code, message))
    }

    /// Says it on standard error and gives the exit code.
    pub(crate) fn report(&self, json: bool) -> ExitCode {
        let Self::Said(error) = self else { return ExitCode::SUCCESS };
        let mut stderr = std::io::stderr().lock();
        let _ = if json {
            writeln!(stderr, "{}", json!(error))
        } else {
            let line = error.message.split_whitespace().collect::<Vec<_>>().join(" ");
            writeln!(stderr, "error: {line}")
        };
        if error.code == "usage" { ExitCode::from(EXIT_USAGE) } else { ExitCode::FAILURE }
    }
}

impl From<ApiError> for Failure {
    fn from(error: ApiError) -> Self {
        Self::Said(error)
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::BrokenPipe => Self::OutputClosed,
            _ => Self::new("output", format!("cannot write the answer: {error}")),
        }
    }
}
