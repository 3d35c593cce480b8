//! What an import asks of the workspace.

use std::collections::BTreeMap;

use tandem_context::Value;

/// A record's id, a UUID in its usual form.
pub type RecordId = String;

/// What a workspace holds, as far as an import has to know. Archived records are not in it.
pub trait Directory {
    /// The record of this kind with this id.
    fn by_id(&self, kind: &str, id: &str) -> Option<RecordId>;
    /// The records whose identifying field (see `Field::identifies`) holds exactly this normalised value.
    fn by_field(&self, kind: &str, field: &str, value: &str) -> Vec<RecordId>;
    /// The records of which one of a set's elements, such as another e-mail address, is exactly this.
    fn by_element(&self, kind: &str, field: &str, element: &str) -> Vec<RecordId>;
    /// The records whose title, folded (`tandem_context::fold`), is this.
    fn by_title_folded(&self, kind: &str, folded: &str) -> Vec<RecordId>;
    /// What a record is called; empty where there is none. Cheaper than its values.
    fn title(&self, kind: &str, id: &str) -> String;
    /// The values of a record; empty where there is none.
    fn values(&self, kind: &str, id: &RecordId) -> BTreeMap<String, Value>;
}
