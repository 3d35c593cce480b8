//! The real program: what it acknowledged survives its being killed.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

use crate::client::{Device, contents};

struct Process {
    child: Child,
    url: String,
}

impl Process {
    fn start(dir: &std::path::Path) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_tandem-relay"))
            .args(["serve", "--listen", "127.0.0.1:0", "--data"])
            .arg(dir)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let url = line.trim().strip_prefix("listening on ").expect("the line that says it is ready").to_owned();
        assert!(url.starts_with("ws://127.0.0.1:") && !url.ends_with(":0"), "{url}");
        Self { child, url }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[tokio::test]
async fn what_was_acknowledged_survives_kill_9() {
    let dir = tempfile::tempdir().unwrap();
    let mut founder = Device::founder();
    let mut expected: Vec<Vec<u8>> = Vec::new();
    for round in 0..8u8 {
        let mut process = Process::start(dir.path());
        let mut client = founder.connect(&process.url).await;
        let welcome = client.welcome.clone().unwrap();
        assert_eq!(welcome.device_seq, founder.seq, "round {round}: acknowledged and gone");
        let (records, ..) = client.pull(0, u32::MAX).await;
        assert_eq!(contents(&records), expected, "round {round}");
        for n in 0..5u8 {
            let content = vec![round, n];
            let record = founder.seal(&content);
            client.push(&[record]).await.unwrap();
            expected.push(content);
            // The writer's own connection hears of the new head; that is not what is tested here.
            client.receive().await.unwrap();
        }
        process.child.kill().unwrap(); // SIGKILL
        process.child.wait().unwrap();
    }
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn sigterm_ends_it_cleanly() {
    let dir = tempfile::tempdir().unwrap();
    let mut process = Process::start(dir.path());
    let mut client = Device::founder().connect(&process.url).await;
    let id = process.child.id().to_string();
    assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
    assert_eq!(client.last_word().await.code.as_str(), "shutting_down");
    let child = &mut process.child;
    let status = tokio::task::block_in_place(|| child.wait());
    assert!(status.unwrap().success());
}

#[test]
fn a_directory_that_cannot_be_used_is_one_clear_line() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("file");
    std::fs::write(&file, "").unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_tandem-relay"))
        .args(["serve", "--listen", "127.0.0.1:0", "--data"])
        .arg(&file)
        .output()
        .unwrap();
    assert!(!output.status.success());
    let message = String::from_utf8_lossy(&output.stderr);
    assert!(message.contains("the data directory") && message.contains("cannot be used"), "{message}");
}
