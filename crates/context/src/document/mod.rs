//! The document: one Automerge document holds one workspace.
//!
//! Shape. The root has one map per kind, keyed by record id, and `meta`. A record is a flat map:
//!
//! - a register field is one key with a scalar; `null` once it was cleared;
//! - each element of a set is a key of its own, `field/element`, holding `true` or its role. Flat, because two devices that
//!   each made a nested map at the same key would hide one another's; flat keys always merge;
//! - a text is an Automerge Text, made together with the record for the same reason;
//! - `archived` is `true` once the record was set aside. Nothing is deleted from a map of records.
//!
//! Keys and kinds this version does not know are left where they are.

mod decode;
mod defaults;
mod genesis;
mod meta;
mod read;
mod remake;
mod stages;
mod warm;
mod write;

use std::sync::Arc;

use automerge::{ActorId, Automerge, Change, ChangeHash, ObjId, ROOT, ReadDoc};

pub use decode::{Op, Place, Stamp, Wrote};
pub(crate) use defaults::default_id;
pub use genesis::DEFAULTS_ACTION;
pub use read::{RecordState, Stated};
pub use write::Author;

use crate::{ContextError, CustomField, Schema, Stage};

/// Separates a set's field from its element in a key of a record.
pub(crate) const ELEMENT: char = '/';
/// The key that says a record was set aside.
pub const ARCHIVED: &str = "archived";
/// The root map of what is about the workspace itself.
const META: &str = "meta";
/// Prefix of the keys in `meta` that declare custom fields.
const META_FIELD: &str = "field/";
/// Keys of `meta` under which an own field's later name stands, `<kind>.<name>` after it. Apart from the declaration, so
/// that a name and a retirement given at once both stand.
const META_LABEL: &str = "label/";
/// Keys of `meta` that say whether an own field is set aside.
const META_RETIRED: &str = "retired/";

/// A workspace's document, with the schema that its own fields extend.
#[derive(Debug, Clone)]
pub struct Document {
    doc: Automerge,
    schema: Arc<Schema>,
    /// The declarations that the schema was made from.
    custom: Vec<CustomField>,
    /// The stages that it was made from, in the order of their ids.
    stages: Vec<Stage>,
}

/// The field and element that a key of a record stands for.
pub fn split_key(key: &str) -> (&str, Option<&str>) {
    match key.split_once(ELEMENT) {
        Some((field, element)) => (field, Some(element)),
        None => (key, None),
    }
}

impl Document {
    /// A document with the maps of every kind and nothing in them: the same bytes on every device.
    pub fn new() -> Self {
        Self::over(genesis::document())
    }

    fn over(doc: Automerge) -> Self {
        Self { doc, schema: Arc::new(Schema::standard()), custom: Vec::new(), stages: Vec::new() }
    }

    /// Reads what [`Document::save`] made. Adds the maps of kinds that this version knows and the document does not.
    ///
    /// # Errors
    /// [`ContextError::Damaged`] when the bytes are not a document.
    pub fn load(bytes: &[u8]) -> Result<Self, ContextError> {
        let doc = Automerge::load(bytes).map_err(|error| ContextError::Damaged(error.to_string()))?;
        let mut document = Self::over(doc);
        genesis::extend(&mut document.doc)?;
        document.refresh_schema();
        Ok(document)
    }

    /// The change that made the rules every workspace begins with: in every document, and the same everywhere.
    pub fn defaults_change() -> Option<Change> {
        genesis::defaults_change()
    }

    /// The hash of [`Self::defaults_change`], for whoever only asks whether it is there: to make it takes milliseconds.
    pub fn defaults_hash() -> &'static str {
        genesis::DEFAULTS_HASH
    }

    /// The id of the record that says how the process is run.
    pub fn policy_id() -> String {
        defaults::id("policy", 0).unwrap_or_default()
    }

    /// The id of the rule of a kind that every workspace begins with under this key.
    pub fn default_id(kind: &str, key: &str) -> Option<String> {
        defaults::id_of(kind, key)
    }

    /// The whole document, compact.
    pub fn save(&self) -> Vec<u8> {
        self.doc.save()
    }

    /// The schema, the workspace's own fields included.
    pub fn schema(&self) -> &Arc<Schema> {
        &self.schema
    }

    /// Hashes of the changes that no other change follows, sorted: equal heads are equal documents.
    pub fn heads(&self) -> Vec<ChangeHash> {
        self.doc.get_heads()
    }

    /// Whether this change has been applied.
    pub fn has(&self, hash: &ChangeHash) -> bool {
        self.doc.get_change_meta_by_hash(hash).is_some()
    }

    /// Changes that others build on and that are not here yet.
    pub fn missing(&self) -> Vec<ChangeHash> {
        self.doc.get_missing_deps(&[])
    }

    /// Every change that is not among the ancestors of `have`, in an order in which they can be applied.
    pub fn changes_since(&self, have: &[ChangeHash]) -> Vec<Change> {
        self.doc.get_changes(have)
    }

    /// The change of this hash.
    pub fn change(&self, hash: &ChangeHash) -> Option<Change> {
        self.doc.get_change_by_hash(hash)
    }

    /// Writes go under this actor from now on. One actor per data file and member; never two writers under one.
    pub fn set_actor(&mut self, actor: &[u8]) {
        self.doc.set_actor(ActorId::from(actor));
    }

    /// Under which actor writes go.
    pub fn actor(&self) -> &[u8] {
        self.doc.get_actor().to_bytes()
    }

    /// Applies changes made elsewhere. A change whose dependencies are missing waits inside the document. Changes already
    /// here are passed over.
    ///
    /// # Errors
    /// [`ContextError::Refused`] when a change contradicts what is here (two changes of one number by one actor).
    pub fn apply(&mut self, changes: Vec<Change>) -> Result<(), ContextError> {
        self.doc.apply_changes(changes)?;
        self.refresh_schema();
        Ok(())
    }

    /// A value about the workspace itself: `name`, `id`.
    pub fn meta(&self, key: &str) -> Option<String> {
        let meta = self.meta_map()?;
        let (value, _) = self.doc.get(&meta, key).ok()??;
        value.into_string().ok()
    }

    fn meta_map(&self) -> Option<ObjId> {
        Some(self.doc.get(ROOT, META).ok()??.1)
    }

    fn kind_map(&self, kind: &str) -> Result<ObjId, ContextError> {
        match self.doc.get(ROOT, kind)? {
            Some((value, map)) if value.is_object() && kind != META => Ok(map),
            _ => Err(ContextError::UnknownKind(kind.to_owned())),
        }
    }

    /// The names of the kinds in the document, those of newer versions included.
    pub fn kinds(&self) -> Vec<String> {
        self.doc.keys(ROOT).filter(|key| key != META).collect()
    }

    /// Reads the workspace's own fields and stages into the schema.
    fn refresh_schema(&mut self) {
        let Some(meta) = self.meta_map() else { return };
        let custom: Vec<CustomField> = self
            .doc
            .map_range(&meta, META_FIELD.to_owned()..)
            .take_while(|item| item.key.starts_with(META_FIELD))
            .filter_map(|item| serde_json::from_str(read::text_of(&item.value)?).ok())
            .map(|field| self.as_it_stands(&meta, field))
            .collect();
        let stages = self.read_stages();
        if custom != self.custom || stages != self.stages {
            let schema = Schema::with_custom(&custom).with_stages(&stages);
            if !schema.declares_same(&self.schema) {
                self.schema = Arc::new(schema);
            }
            (self.custom, self.stages) = (custom, stages);
        }
    }
}

impl Default for Document {
    fn default() -> Self {
        Self::new()
    }
}
