//! One thread that commits many devices' writes at once: whoever waits while the disk works is part of the next commit.

use std::sync::Arc;
use std::thread::JoinHandle;

use tandem_sync::MemberCertificate;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc, oneshot};

use crate::error::{Error, StorageError};
use crate::hub::Hub;
use crate::log::{Append, Log, Outcome, Refill, Write};

/// Writes that may wait for the disk.
const MAX_QUEUED_WRITES: usize = 1024;
/// What these writes may carry altogether, in KiB.
const MAX_QUEUED_KIB: u32 = 16 * 1024;
/// Writes in one commit.
const MAX_COMMIT_WRITES: usize = 512;

/// What became of a write.
pub(crate) type Answer = Result<Outcome, StorageError>;

struct Job {
    write: Write,
    answer: oneshot::Sender<Answer>,
    /// Gives the job's share of the queue's memory back when the job is done.
    _room: OwnedSemaphorePermit,
}

/// Hands writes to the thread.
#[derive(Clone)]
pub(crate) struct Writer {
    jobs: mpsc::Sender<Job>,
    room: Arc<Semaphore>,
}

impl Writer {
    /// Starts the thread; it ends when the last [`Writer`] is gone and everything is written.
    pub(crate) fn start(log: Arc<dyn Log>, hub: Arc<Hub>) -> Result<(Self, JoinHandle<()>), Error> {
        let (jobs, queue) = mpsc::channel(MAX_QUEUED_WRITES);
        let thread = std::thread::Builder::new()
            .name("relay-writer".to_owned())
            .spawn(move || run(queue, log.as_ref(), &hub))
            .map_err(Error::Thread)?;
        Ok((Self { jobs, room: Arc::new(Semaphore::new(MAX_QUEUED_KIB as usize)) }, thread))
    }

    /// Queues a write, waiting for room first; the receiver gets the answer once it is on disk.
    pub(crate) async fn submit(&self, write: Write) -> oneshot::Receiver<Answer> {
        let (answer, receiver) = oneshot::channel();
        let size_kib = u32::try_from(size_bytes(&write) / 1024 + 1).unwrap_or(MAX_QUEUED_KIB);
        let room = Arc::clone(&self.room).acquire_many_owned(size_kib.min(MAX_QUEUED_KIB)).await;
        if let Ok(room) = room {
            // When the thread is gone, the receiver learns it by the sender's end.
            let _ = self.jobs.send(Job { write, answer, _room: room }).await;
        }
        receiver
    }
}

fn size_bytes(write: &Write) -> usize {
    match write {
        Write::Admit(_) => 0,
        Write::Vouch(vouch) => vouch.certificates.len() * size_of::<MemberCertificate>(),
        Write::Refill(refill) => refill.records.iter().map(|r| r.as_bytes().len()).sum(),
        Write::Append(append) => append.records.iter().map(|r| r.as_bytes().len()).sum(),
    }
}

fn run(mut queue: mpsc::Receiver<Job>, log: &dyn Log, hub: &Hub) {
    while let Some(first) = queue.blocking_recv() {
        let mut jobs = vec![first];
        while jobs.len() < MAX_COMMIT_WRITES
            && let Ok(job) = queue.try_recv()
        {
            jobs.push(job);
        }
        commit(jobs, log, hub);
    }
}

fn commit(jobs: Vec<Job>, log: &dyn Log, hub: &Hub) {
    let (writes, waiting): (Vec<_>, Vec<_>) = jobs.into_iter().map(|job| (job.write, (job.answer, job._room))).unzip();
    match log.commit(&writes) {
        Ok(outcomes) => {
            for ((write, outcome), (answer, _room)) in writes.iter().zip(outcomes).zip(waiting) {
                match (write, &outcome) {
                    (Write::Append(Append { workspace, .. }), Outcome::Appended { head, .. })
                    | (Write::Refill(Refill { workspace, .. }), Outcome::Refilled { head, .. }) => {
                        hub.grown(*workspace, *head);
                    }
                    _ => {}
                }
                let _ = answer.send(Ok(outcome)); // nobody waits any more: the device will ask again
            }
        }
        Err(error) => {
            tracing::error!(%error, writes = writes.len(), "nothing was written");
            for (answer, _room) in waiting {
                let _ = answer.send(Err(error.clone()));
            }
        }
    }
}
