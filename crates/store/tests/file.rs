//! Files that are not to be opened: refused in words, and left as they are.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::path::{Path, PathBuf};

use rusqlite::Connection;
use tandem_store::{FORMAT, Store};

fn at(folder: &tempfile::TempDir, name: &str) -> PathBuf {
    folder.path().join(name)
}

fn refused(path: &Path) -> &'static str {
    Store::open(path).unwrap_err().code()
}

#[test]
fn a_file_of_a_newer_version_is_refused_and_not_touched() {
    for journal in ["wal", "delete"] {
        let folder = tempfile::tempdir().unwrap();
        let path = at(&folder, "newer.tandem");
        drop(Store::create(&path).unwrap());
        let connection = Connection::open(&path).unwrap();
        connection.pragma_update(None, "user_version", FORMAT as i64 + 1).unwrap();
        connection.execute_batch("CREATE TABLE of_the_future (n INTEGER PRIMARY KEY)").unwrap();
        connection.pragma_update(None, "journal_mode", journal).unwrap();
        drop(connection);
        let before = std::fs::read(&path).unwrap();
        assert_eq!(refused(&path), "newer_version");
        assert!(before == std::fs::read(&path).unwrap(), "the file is the same as before ({journal})");
        let files: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().file_name()).collect();
        assert_eq!(files, ["newer.tandem"], "and nothing lies beside it");
    }
}

#[test]
fn what_is_not_a_workspace_is_refused_and_not_touched() {
    let folder = tempfile::tempdir().unwrap();
    let database = at(&folder, "other.db");
    Connection::open(&database).unwrap().execute_batch("CREATE TABLE song (title TEXT)").unwrap();
    let text = at(&folder, "letter.txt");
    std::fs::write(&text, "Dear Sir or Madam, ".repeat(1_000)).unwrap();
    let empty = at(&folder, "empty");
    std::fs::write(&empty, "").unwrap();
    for path in [database, text, empty] {
        let before = std::fs::read(&path).unwrap();
        assert_eq!(refused(&path), "not_a_workspace", "{}", path.display());
        assert!(before == std::fs::read(&path).unwrap(), "{} is the same as before", path.display());
    }
    assert_eq!(refused(&at(&folder, "nowhere")), "no_workspace");
}

#[test]
fn a_new_workspace_does_not_replace_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = at(&folder, "letter.txt");
    std::fs::write(&path, "Dear Sir or Madam").unwrap();
    assert_eq!(Store::create(&path).unwrap_err().code(), "exists");
    assert_eq!(std::fs::read(&path).unwrap(), b"Dear Sir or Madam");
}
