//! A real relay process.

use std::path::Path;
use std::process::{Command, Stdio};

use super::{Running, program};

/// A relay on this machine; killed when dropped.
pub(crate) struct Relay {
    running: Running,
    folder: tempfile::TempDir,
    address: String,
}

impl Relay {
    /// A new one on a free port.
    pub(crate) fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (running, url) = serve(folder.path(), "127.0.0.1:0");
        let address = url.strip_prefix("ws://").unwrap().to_owned();
        Self { running, folder, address }
    }

    /// `ws://…`
    pub(crate) fn url(&self) -> String {
        format!("ws://{}", self.address)
    }

    /// Ends it by `kill -9`; what is left can be started again.
    pub(crate) fn kill(self) -> Gone {
        self.running.kill();
        Gone { folder: self.folder, address: self.address }
    }
}

/// A relay that has vanished.
pub(crate) struct Gone {
    folder: tempfile::TempDir,
    address: String,
}

impl Gone {
    /// Its disk is gone, too.
    pub(crate) fn without_data(self) -> Self {
        for entry in std::fs::read_dir(self.folder.path()).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { std::fs::remove_dir_all(path).unwrap() } else { std::fs::remove_file(path).unwrap() }
        }
        self
    }

    /// Comes back with its data at its address.
    pub(crate) fn start(self) -> Relay {
        let (running, _) = serve(self.folder.path(), &self.address);
        Relay { running, folder: self.folder, address: self.address }
    }
}

fn serve(data: &Path, listen: &str) -> (Running, String) {
    let mut command = Command::new(program("tandem-relay"));
    command.args(["serve", "--listen", listen, "--data"]).arg(data).stderr(Stdio::null());
    let (running, line) = Running::start_and_read_line(&mut command);
    let url = line.strip_prefix("listening on ").unwrap_or_else(|| panic!("the relay said {line:?}"));
    (running, url.to_owned())
}
