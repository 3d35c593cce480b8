//! One workspace: its document, its file, and the way a change takes through both.
//!
//! Invariants. What the document holds beyond the log is never more than the transaction under way: when a transaction
//! fails, the document is dropped and read again. A change is in the read model exactly when its row says `applied`.
//! Nothing here starts a thread, opens a socket or reads a clock of its own.

mod defaults;
mod identity;
mod load;
mod mend;
mod outbox;
mod rebuild;
mod receive;
mod restored;
mod verify;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use tandem_context::{Author, Change, CustomField, Document, Edit, Group, Note, Remark, Schema, Stage, Stamp};
use tandem_revops::World;
use tandem_store::{Store, Touched, Tx};

pub(crate) use identity::empty_fingerprint;
pub(crate) use load::WrittenCheckpoint;
pub use receive::Received;

use crate::api::{ApiError, Changed};
use crate::environment::Environment;
use crate::keys::KeyFile;
use crate::world::Worlds;

/// More edits than this make several changes of one group: a change travels as a whole and must stay within a message.
const EDITS_PER_CHANGE: usize = 2_000;
/// Ids that a [`Changed`] names; more are not named.
const IDS_NAMED: usize = 500;

/// A new workspace, or one that was joined.
#[derive(Debug, Clone)]
pub struct WorkspaceSetup {
    /// Its name; for a joined one, what the invite called it.
    pub name: String,
    /// Where it meets.
    pub relay: Option<String>,
    /// It is the sample.
    pub sample: bool,
}

/// One workspace, open for writing.
#[derive(Debug)]
pub struct Engine {
    pub(crate) store: Store,
    /// The document, once it was needed. `None` also after a failed transaction.
    document: Option<Document>,
    /// Up to which place of the log the document has been brought.
    seen: i64,
    pub(crate) environment: Environment,
    pub(crate) keys: Option<KeyFile>,
    /// The member who writes here; empty until one was made or found.
    me: String,
    /// How this device calls itself in what it writes.
    device: String,
    via: &'static str,
    schema: Arc<Schema>,
    /// The facts that the rules are computed from.
    pub(crate) worlds: Worlds,
    /// Somebody is listening: what is written is sealed in the same transaction, so that it can be sent at once.
    seal_at_once: bool,
    /// What was noticed while loading or receiving, for the person.
    notices: Vec<Remark>,
}

/// An action of the past, as a story tells it.
#[derive(Debug, Clone)]
pub(crate) struct PastAction {
    pub(crate) at_ms: i64,
    pub(crate) note: Note,
    pub(crate) edits: Vec<Edit>,
    /// Done without knowledge of the action before it.
    pub(crate) apart: bool,
}

/// An action that was written.
#[derive(Debug, Clone, Default)]
pub struct Committed {
    /// The change's hash (hex), of several the first; `None` where nothing changed.
    pub change: Option<String>,
    /// How many records were written.
    pub records: u32,
    /// Which.
    pub changed: Option<Changed>,
}

impl Engine {
    /// Makes a new file for a workspace. It has no member yet.
    ///
    /// # Errors
    /// What the disk says; `exists`.
    pub fn create(
        path: &Path,
        setup: &WorkspaceSetup,
        keys: KeyFile,
        via: &'static str,
        environment: Environment,
    ) -> Result<Self, ApiError> {
        let mut store = Store::create(path)?;
        keys.save(path)?;
        let tx = store.begin()?;
        tx.set_setting("workspace", Some(&keys.workspace_id().to_string()))?;
        tx.set_setting("name", Some(&setup.name))?;
        tx.set_setting("relay", setup.relay.as_deref())?;
        tx.set_setting("sample", setup.sample.then_some("1"))?;
        tx.commit()?;
        Self::over(store, via, environment)
    }

    /// Opens a workspace. The document is read when it is first needed.
    ///
    /// # Errors
    /// What the file says: `no_workspace`, `not_a_workspace`, `newer_version`, `locked`, `damaged`.
    pub fn open(path: &Path, via: &'static str, environment: Environment) -> Result<Self, ApiError> {
        Self::over(Store::open(path)?, via, environment)
    }

    fn over(store: Store, via: &'static str, environment: Environment) -> Result<Self, ApiError> {
        let keys = KeyFile::load(store.path())?;
        let me = Store::setting(store.reader(), "me")?.unwrap_or_default();
        let schema = stored_schema(&store)?;
        let device = identity::device_name(keys.as_ref());
        let mut engine = Self {
            store,
            document: None,
            seen: 0,
            environment,
            keys,
            me,
            device,
            via,
            schema: Arc::new(schema),
            worlds: Worlds::default(),
            seal_at_once: false,
            notices: Vec::new(),
        };
        engine.settle_identity()?;
        engine.settle_defaults()?;
        Ok(engine)
    }

    /// The schema, the workspace's own fields included.
    pub fn schema(&self) -> &Arc<Schema> {
        &self.schema
    }

    /// The facts that the rules are computed from, as the file has them now.
    pub(crate) fn world(&self) -> Result<Arc<World>, ApiError> {
        Ok(self.worlds.present(self.store.reader(), &self.schema)?)
    }

    /// The member who writes here; empty until one was made or found.
    pub fn me(&self) -> &str {
        &self.me
    }

    /// Whether the document is in memory.
    pub fn is_loaded(&self) -> bool {
        self.document.is_some()
    }

    /// A setting of this file.
    ///
    /// # Errors
    /// What the file says.
    pub fn setting(&self, key: &str) -> Result<Option<String>, ApiError> {
        Ok(Store::setting(self.store.reader(), key)?)
    }

    /// Keeps a setting of this file.
    ///
    /// # Errors
    /// What the disk says.
    pub fn set_setting(&mut self, key: &str, value: Option<&str>) -> Result<(), ApiError> {
        let tx = self.store.begin()?;
        tx.set_setting(key, value)?;
        Ok(tx.commit()?)
    }

    /// From now on this member writes here.
    ///
    /// # Errors
    /// What the disk says.
    pub fn become_member(&mut self, id: &str) -> Result<(), ApiError> {
        self.set_setting("me", Some(id))?;
        id.clone_into(&mut self.me);
        Ok(())
    }

    /// From now on, what is written is sealed at once, or in batches when somebody asks for it.
    pub fn seal_at_once(&mut self, at_once: bool) {
        self.seal_at_once = at_once;
    }

    /// What was noticed since the last call.
    pub fn take_notices(&mut self) -> Vec<Remark> {
        std::mem::take(&mut self.notices)
    }

    /// What an action of this name, done here, says of itself.
    pub fn note(&self, action: &str, reason: Option<&str>) -> Note {
        Note {
            action: action.to_owned(),
            by: self.me.clone(),
            device: self.device.clone(),
            via: self.via.to_owned(),
            reason: reason.map(str::trim).filter(|reason| !reason.is_empty()).map(str::to_owned),
            group: None,
            linked: BTreeMap::new(),
            undoes: None,
        }
    }

    /// Does an action: all of its edits, in one transaction, or nothing.
    ///
    /// # Errors
    /// The first edit that cannot be done; what the disk says. Nothing was written then.
    pub fn act(&mut self, edits: &[Edit], note: Note) -> Result<Committed, ApiError> {
        self.act_watched(edits, note, &mut |_| Ok(()))
    }

    /// As [`Engine::act`]; `watch` is told how many edits are done and may stop the action.
    ///
    /// # Errors
    /// As [`Engine::act`], and what `watch` says.
    pub fn act_watched(
        &mut self,
        edits: &[Edit],
        note: Note,
        watch: &mut dyn FnMut(usize) -> Result<(), ApiError>,
    ) -> Result<Committed, ApiError> {
        let at_ms = self.environment.now_ms();
        // Fields are declared by a change of their own: what follows is written by the schema that has them.
        let (declared, rest) = edits.split_at(edits.iter().take_while(|edit| matches!(edit, Edit::Define(_))).count());
        let parts: Vec<&[Edit]> = declared.chunks(EDITS_PER_CHANGE).chain(rest.chunks(EDITS_PER_CHANGE)).collect();
        let group = (parts.len() > 1).then(|| tandem_sync::hex::hex(&self.environment.random::<8>()));
        self.transaction(|document, tx| {
            let mut written = Written::default();
            let (mut part, mut done) = (1, 0);
            for edits in parts {
                let mut note = note.clone();
                note.group = group.as_ref().map(|id| Group { id: id.clone(), part });
                if let Some(change) = document.commit(edits, &Author { note, at_ms })? {
                    if matches!(edits.first(), Some(Edit::Define(_))) {
                        tx.ensure_tables(document.schema())?;
                    }
                    written.add(write_down(document, tx, &change)?);
                    part += 1;
                }
                done += edits.len();
                watch(done)?;
            }
            Ok(written.committed())
        })
    }

    /// Writes actions of the past, oldest first, in one transaction: a history that is told, not lived.
    ///
    /// # Errors
    /// As [`Engine::act`].
    pub(crate) fn recount(&mut self, past: &[PastAction]) -> Result<(), ApiError> {
        self.transaction(|document, tx| {
            let mut before = document.heads();
            for action in past {
                let author = Author { note: action.note.clone(), at_ms: action.at_ms };
                let present = document.heads();
                let on = if action.apart { before.as_slice() } else { &[] };
                if let Some(change) = document.commit_on(&action.edits, &author, on)? {
                    write_down(document, tx, &change)?;
                }
                before = present;
            }
            Ok(())
        })
    }

    /// Writes a text against the version it was read at; what others wrote since is merged in by character.
    ///
    /// # Errors
    /// `not_found`, `unknown_field`, `stale_version` when the version is not known here; what the disk says.
    pub fn edit_text(
        &mut self,
        (kind, id, field): (&str, &str, &str),
        text: &str,
        version: &[tandem_context::ChangeHash],
    ) -> Result<Committed, ApiError> {
        let note = self.note("text", None);
        let at_ms = self.environment.now_ms();
        let edit =
            Edit::Text { kind: kind.to_owned(), id: id.to_owned(), field: field.to_owned(), text: text.to_owned() };
        self.transaction(|document, tx| {
            if !version.iter().all(|hash| document.has(hash)) {
                return Err(ApiError::new(
                    "stale_version",
                    "this text was opened in another state; copy your text, reload and paste it",
                ));
            }
            let mut written = Written::default();
            if let Some(change) = document.commit_on(&[edit], &Author { note, at_ms }, version)? {
                written.add(write_down(document, tx, &change)?);
            }
            Ok(written.committed())
        })
    }

    /// A text as it is now, with its version.
    ///
    /// # Errors
    /// `not_found`, `unknown_field`.
    pub fn text(&mut self, kind: &str, id: &str, field: &str) -> Result<(String, Vec<String>), ApiError> {
        self.load()?;
        self.catch_up_alone()?;
        let document = self.document.as_ref().ok_or_else(not_loaded)?;
        let text = document.text(kind, id, field, &[])?;
        Ok((text, document.heads().iter().map(ToString::to_string).collect()))
    }

    /// The edits that take back what a change wrote about the workspace itself; none for what was written since.
    pub(crate) fn reversed_meta(&self, hash: &str) -> Vec<Edit> {
        let Some(document) = &self.document else { return Vec::new() };
        let change = hash.parse().ok().and_then(|hash| document.change(&hash));
        change.map(|change| document.reversed_meta(&change)).unwrap_or_default().into_iter().flatten().collect()
    }

    /// Runs `write` on the document, brought up to date with the file, inside one transaction. When anything fails, the
    /// document is dropped: it may hold what the file does not.
    pub(crate) fn transaction<T>(
        &mut self,
        write: impl FnOnce(&mut Document, &Tx<'_>) -> Result<T, ApiError>,
    ) -> Result<T, ApiError> {
        self.load()?;
        if !self.writes_as_before()? {
            // Another process has set changes aside: what is in memory may hold them.
            self.document = None;
            self.load()?;
        }
        let document = self.document.as_mut().ok_or_else(not_loaded)?;
        let tx = self.store.begin()?;
        let before = (document.heads(), document.missing());
        let done = load::catch_up(document, &tx, self.seen).and_then(|_| {
            let answer = write(document, &tx)?;
            keep_state(document, &tx)?;
            if self.seal_at_once
                && let Some(keys) = &self.keys
            {
                outbox::seal_some(&tx, keys, &mut self.environment)?;
            }
            let seen = Store::last_change(tx.reader())?;
            tx.commit()?;
            Ok((answer, seen))
        });
        match done {
            Ok((answer, seen)) => {
                self.seen = seen;
                self.schema = Arc::clone(document.schema());
                Ok(answer)
            }
            Err(error) => {
                if (document.heads(), document.missing()) != before {
                    self.document = None;
                }
                Err(error)
            }
        }
    }
}

fn not_loaded() -> ApiError {
    ApiError::new("damaged", "the workspace's document could not be read")
}

/// The schema as the file remembers it, so that reading need not wait for the document.
fn stored_schema(store: &Store) -> Result<Schema, ApiError> {
    let stored = Store::setting(store.reader(), "custom_fields")?;
    let custom: Vec<CustomField> = stored.and_then(|json| serde_json::from_str(&json).ok()).unwrap_or_default();
    let stored = Store::setting(store.reader(), "stages")?;
    let stages: Vec<Stage> = stored.and_then(|json| serde_json::from_str(&json).ok()).unwrap_or_default();
    Ok(Schema::with_custom(&custom).with_stages(&stages))
}

/// What the file remembers of the document: its fingerprint, the workspace's own fields, stages and name.
fn keep_state(document: &Document, tx: &Tx<'_>) -> Result<(), ApiError> {
    tx.set_setting("fingerprint", Some(&identity::fingerprint(&document.heads())))?;
    let custom = document.schema().custom_fields();
    if !custom.is_empty() {
        tx.set_setting("custom_fields", serde_json::to_string(&custom).ok().as_deref())?;
    }
    let stages = serde_json::to_string(document.schema().stages()).ok();
    if stages != Store::setting(tx.reader(), "stages")? {
        tx.set_setting("stages", stages.as_deref())?;
    }
    if let Some(name) = document.meta("name") {
        tx.set_setting("name", Some(&name))?;
    }
    Ok(())
}

/// Appends a change of our own and projects what it touched.
fn write_down(document: &Document, tx: &Tx<'_>, change: &Change) -> Result<Written, ApiError> {
    let stamp = Stamp::of(change);
    let mut written = Written { first: Some(stamp.hash.to_string()), ..Written::default() };
    let Some(n) = tx.append(&stamp, change.raw_bytes(), true)? else { return Ok(written) };
    written.note(document, tx, n, change)?;
    written.project(document, tx)?;
    Ok(written)
}

/// What a transaction touched.
#[derive(Debug, Default)]
pub(crate) struct Written {
    /// The first change's hash.
    first: Option<String>,
    /// Record → its kind, and when it was touched.
    touched: BTreeMap<String, (String, Touched)>,
}

impl Written {
    pub(crate) fn touch(&mut self, kind: &str, id: &str, at_ms: i64) {
        match self.touched.get_mut(id) {
            Some((_, touched)) => *touched = touched.and(at_ms),
            None => {
                self.touched.insert(id.to_owned(), (kind.to_owned(), Touched::at(at_ms)));
            }
        }
    }

    /// Notes what a change at a place of the log wrote, now that the document has it.
    fn note(&mut self, document: &Document, tx: &Tx<'_>, n: i64, change: &Change) -> Result<(), ApiError> {
        let wrote = document.wrote(change);
        tx.remember(n, &wrote)?;
        tx.mark_applied(n, &wrote)?;
        let at_ms = Stamp::of(change).at_ms;
        for wrote in &wrote {
            if let (Some(kind), Some(id)) = (wrote.place.kind(), wrote.place.record()) {
                self.touch(kind, id, at_ms);
            }
        }
        Ok(())
    }

    fn add(&mut self, other: Self) {
        self.first = self.first.take().or(other.first);
        self.touched.extend(other.touched);
    }

    /// Writes every touched record into the read model as the document now has it.
    pub(crate) fn project(&self, document: &Document, tx: &Tx<'_>) -> Result<(), ApiError> {
        for (id, (kind, touched)) in &self.touched {
            if let Some(state) = document.record(kind, id)? {
                tx.project(document.schema(), kind, id, &state, *touched)?;
            }
        }
        Ok(())
    }

    pub(crate) fn changed(&self, remote: bool) -> Option<Changed> {
        if self.touched.is_empty() {
            return None;
        }
        let mut kinds: Vec<String> = self.touched.values().map(|(kind, _)| kind.clone()).collect();
        kinds.sort_unstable();
        kinds.dedup();
        let ids = (self.touched.len() <= IDS_NAMED).then(|| self.touched.keys().cloned().collect());
        Some(Changed { kinds, ids, remote })
    }

    fn committed(self) -> Committed {
        Committed { records: self.touched.len() as u32, changed: self.changed(false), change: self.first }
    }
}
