//! The relay: carries sealed records between the devices of a workspace and cannot read them.
//!
//! It checks who wrote a record and where it belongs, gives it the next number in its workspace's log, acknowledges it once
//! it is on disk, and hands it to everybody else. It knows `tandem-sync`, never the document.
//!
//! | module | what it is about |
//! | --- | --- |
//! | [`log`] | what a relay needs of its storage, as a trait |
//! | [`sqlite`] | that storage in one SQLite file |
//! | `members` | who may write to a workspace's log |
//! | `writer` | one thread that commits many devices' writes at once |
//! | `hub` | who is connected to which workspace |
//! | `handshake`, `connection` | one device's connection, from its challenge to its end |
//! | `accept` | sockets before they are a device's: counted, and not for long |
//! | `server` | configuration, limits, start and end |

mod accept;
mod connection;
pub mod error;
mod handshake;
mod hub;
pub mod log;
mod members;
mod rate;
mod server;
pub mod sqlite;
mod writer;

pub use error::{Error, StorageError};
pub use server::{Config, Handle, Limits, serve};
