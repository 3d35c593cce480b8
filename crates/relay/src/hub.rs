//! Who is connected to which workspace: tells everybody there that the log has grown, and passes presence on.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use tandem_sync::WorkspaceId;
use tokio::sync::{broadcast, watch};

/// Presence messages kept for a slow reader; older ones are skipped.
const PRESENCE_QUEUE: usize = 32;

/// A presence record and the connection it came from.
#[derive(Clone, Debug)]
pub(crate) struct PresenceFrom {
    pub(crate) connection: u64,
    pub(crate) record: Arc<[u8]>,
}

/// Everybody connected to one workspace.
#[derive(Debug)]
pub(crate) struct Room {
    /// The last number in the log since somebody is here. The log itself is the queue: whoever is slow reads it later.
    pub(crate) head: watch::Sender<u64>,
    pub(crate) presence: broadcast::Sender<PresenceFrom>,
}

/// The rooms somebody is in.
#[derive(Debug, Default)]
pub(crate) struct Hub {
    rooms: Mutex<HashMap<WorkspaceId, Weak<Room>>>,
}

impl Hub {
    /// Enters a workspace's room; it lasts as long as somebody holds it.
    pub(crate) fn enter(&self, workspace: WorkspaceId) -> Arc<Room> {
        let mut rooms = self.rooms.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(room) = rooms.get(&workspace).and_then(Weak::upgrade) {
            return room;
        }
        rooms.retain(|_, room| room.strong_count() > 0);
        let room = Arc::new(Room { head: watch::Sender::new(0), presence: broadcast::Sender::new(PRESENCE_QUEUE) });
        rooms.insert(workspace, Arc::downgrade(&room));
        room
    }

    /// Tells everybody there that the log has grown to `head`.
    pub(crate) fn grown(&self, workspace: WorkspaceId, head: u64) {
        let room = {
            let rooms = self.rooms.lock().unwrap_or_else(PoisonError::into_inner);
            rooms.get(&workspace).and_then(Weak::upgrade)
        };
        if let Some(room) = room {
            room.head.send_if_modified(|known| {
                let grown = head > *known;
                *known = head.max(*known);
                grown
            });
        }
    }
}
