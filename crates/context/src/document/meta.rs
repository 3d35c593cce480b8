//! What stands about the workspace itself: its name, and what became of its own fields.

use automerge::{ActorId, Change, ObjId, ReadDoc};

use super::{Document, META_FIELD, META_LABEL, META_RETIRED, Op, Place, read};
use crate::CustomField;
use crate::edit::Edit;

impl Document {
    /// A declared field under its later name, and set aside where it was.
    pub(super) fn as_it_stands(&self, meta: &ObjId, mut field: CustomField) -> CustomField {
        let later = |prefix: &str| {
            let (value, _) = self.doc.get(meta, format!("{prefix}{}.{}", field.kind, field.name)).ok()??;
            value.into_scalar().ok().and_then(|scalar| read::scalar(&scalar))
        };
        let label = later(META_LABEL).and_then(|value| value.as_text().map(str::to_owned));
        let retired = later(META_RETIRED) == Some(crate::Value::Boolean(true));
        field.label = label.unwrap_or(field.label);
        field.retired = retired;
        field
    }

    /// What a change wrote about the workspace itself, as edits that restore what stood there before; nothing for what
    /// somebody has written since. `None` where a key is not one that can be restored (a field's declaration).
    pub fn reversed_meta(&self, change: &Change) -> Vec<Option<Edit>> {
        let Some(meta) = self.meta_map() else { return Vec::new() };
        let mut edits = Vec::new();
        for wrote in self.wrote(change) {
            let Place::Meta { key } = &wrote.place else { continue };
            let own = self.doc.get(&meta, key.as_str()).ok().flatten().and_then(|(_, op)| self.doc.hash_for_opid(&op));
            if own != Some(change.hash()) {
                continue;
            }
            edits.push(self.meta_edit(&meta, key, self.meta_before(key, &wrote.replaced)));
        }
        edits
    }

    /// The value that the replaced operations gave a key; of several the largest, which was shown.
    fn meta_before(&self, key: &str, replaced: &[Op]) -> Option<crate::Value> {
        let before = replaced.iter().max()?;
        let op = self.doc.import_obj(&format!("{}@{}", before.counter, ActorId::from(before.actor.as_slice()))).ok()?;
        let change = self.doc.get_change_by_hash(&self.doc.hash_for_opid(&op)?)?;
        let is_key = |wrote: &super::Wrote| matches!(&wrote.place, Place::Meta { key: other } if other == key);
        self.wrote(&change).into_iter().rfind(is_key)?.value
    }

    fn meta_edit(&self, meta: &ObjId, key: &str, before: Option<crate::Value>) -> Option<Edit> {
        let own = |prefix: &str| {
            let (kind, field) = key.strip_prefix(prefix)?.split_once('.')?;
            Some((kind.to_owned(), field.to_owned()))
        };
        if let Some((kind, field)) = own(META_RETIRED) {
            return Some(Edit::Retire { kind, field, retired: before == Some(crate::Value::Boolean(true)) });
        }
        let before = before.and_then(|value| value.as_text().map(str::to_owned));
        if let Some((kind, field)) = own(META_LABEL) {
            // Before its first other name it had the one it was declared with.
            let declared = || {
                let (json, _) = self.doc.get(meta, format!("{META_FIELD}{kind}.{field}")).ok()??;
                serde_json::from_str::<CustomField>(&json.into_string().ok()?).ok().map(|field| field.label)
            };
            let label = before.or_else(declared)?;
            return Some(Edit::Label { kind, field, label });
        }
        (key == "name").then(|| before.map(|value| Edit::Meta { key: key.to_owned(), value }))?
    }
}
