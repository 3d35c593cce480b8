//! `field`: a workspace's own fields.

use clap::{Args, Subcommand};
use serde_json::json;
use tandem_workspace::api::{DefineField, FieldInfo, KindInfo, RenameField, Request, RetireField, SchemaInfo};

use crate::failure::{Done, Failure};
use crate::output::{Output, printable};
use crate::session::Session;

/// List, add, rename, remove and bring back fields of your own
#[derive(Args)]
pub(crate) struct Field {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    /// List the workspace's own fields
    List,
    /// Add a field to a kind
    Add {
        /// account, person, opportunity, activity, campaign, product, page
        kind: String,
        /// What people call it
        label: String,
        /// What it holds
        #[arg(long = "type", value_name = "TYPE", default_value = "line", value_parser = [
            "line", "prose", "integer", "money", "boolean", "date", "instant", "email", "phone", "domain", "url",
            "country", "currency", "tags", "choice",
        ])]
        type_name: String,
        /// For a choice: an option; several may be named
        #[arg(long, value_name = "OPTION")]
        option: Vec<String>,
    },
    /// Call a field otherwise; its name for scripts stays
    Rename {
        /// The kind
        kind: String,
        /// Its name or what people call it
        field: String,
        /// What people call it from now on
        label: String,
    },
    /// Set a field aside: it is no longer offered, its values are kept
    Remove {
        /// The kind
        kind: String,
        /// Its name or what people call it
        field: String,
    },
    /// Bring a field back with its values
    Restore {
        /// The kind
        kind: String,
        /// Its name or what people call it
        field: String,
    },
}

impl Field {
    pub(crate) fn run(self, session: &Session, output: &Output) -> Done {
        match self.action {
            Action::List => list(&session.ask(Request::Schema)?, output),
            Action::Add { kind, label, type_name, option } => {
                session.kind(&kind)?;
                let asked = DefineField { kind: kind.clone(), name: None, label, r#type: type_name, options: option };
                let label = asked.label.trim().to_owned();
                let schema = session.ask(Request::DefineField(asked))?;
                tell(&schema, output, &kind, &label, |field| field.label.as_deref() == Some(&label), "Added")
            }
            Action::Rename { kind, field, label } => {
                let field = named(&session.kind(&kind)?, &field)?.name;
                let asked = RenameField { kind: kind.clone(), field: field.clone(), label };
                tell(
                    &session.ask(Request::RenameField(asked))?,
                    output,
                    &kind,
                    &field,
                    |it| it.name == field,
                    "Renamed",
                )
            }
            Action::Remove { kind, field } => retire(session, output, kind, &field, true),
            Action::Restore { kind, field } => retire(session, output, kind, &field, false),
        }
    }
}

fn retire(session: &Session, output: &Output, kind: String, typed: &str, retired: bool) -> Done {
    let field = named(&session.kind(&kind)?, typed)?.name;
    let asked = RetireField { kind: kind.clone(), field: field.clone(), retired };
    let schema = session.ask(Request::RetireField(asked))?;
    let done = if retired { "Removed" } else { "Brought back" };
    tell(&schema, output, &kind, &field, |it| it.name == field, done)
}

/// Every own field of a kind, those that were set aside last.
fn own(kind: &KindInfo) -> impl Iterator<Item = (&FieldInfo, bool)> {
    let used = kind.fields.iter().filter(|field| field.custom).map(|field| (field, false));
    used.chain(kind.retired.iter().map(|field| (field, true)))
}

/// The own field of this name, or that people call so.
fn named(kind: &KindInfo, typed: &str) -> Result<FieldInfo, Failure> {
    let called = |field: &FieldInfo| field.label.as_ref().is_some_and(|label| label.eq_ignore_ascii_case(typed));
    let found = own(kind).find(|(field, _)| field.name == typed).or_else(|| own(kind).find(|(field, _)| called(field)));
    found.map(|(field, _)| field.clone()).ok_or_else(|| {
        let known = own(kind).map(|(field, _)| field.name.as_str()).collect::<Vec<_>>().join(", ");
        let known = if known.is_empty() { "it has none".to_owned() } else { format!("it has {known}") };
        Failure::new("unknown_field", format!("{} has no field of your own called `{typed}`; {known}", kind.name))
    })
}

fn list(schema: &SchemaInfo, output: &Output) -> Done {
    if output.json {
        let fields = schema.kinds.iter().flat_map(|kind| {
            own(kind).map(|(field, retired)| {
                json!({
                    "kind": kind.name, "name": field.name, "label": field.label, "type": field.r#type,
                    "options": field.options, "removed": retired,
                })
            })
        });
        return output.document(&fields.collect::<Vec<_>>());
    }
    let rows: Vec<Vec<String>> = schema
        .kinds
        .iter()
        .flat_map(|kind| {
            own(kind).map(|(field, retired)| {
                let removed = if retired { "removed" } else { "" };
                let label = printable(field.label.as_deref().unwrap_or_default());
                vec![kind.name.clone(), field.name.clone(), label, field.r#type.clone(), removed.to_owned()]
            })
        })
        .collect();
    if rows.is_empty() {
        return output.line("No fields of your own. `tandem field add KIND LABEL` makes one.");
    }
    output.table(&["kind", "name", "label", "type", ""], rows)
}

/// Says what was done to the field.
fn tell(
    schema: &SchemaInfo,
    output: &Output,
    kind: &str,
    typed: &str,
    is: impl Fn(&FieldInfo) -> bool,
    done: &str,
) -> Done {
    let found = schema.kinds.iter().filter(|known| known.name == kind).flat_map(own).find(|(field, _)| is(field));
    let Some((field, retired)) = found else { return output.line(format!("{done} {typed}.")) };
    if output.json {
        return output.document(&json!({
            "kind": kind, "name": field.name, "label": field.label, "type": field.r#type, "removed": retired,
        }));
    }
    let label = printable(field.label.as_deref().unwrap_or_default());
    output.line(format!("{done} {label} ({} of {kind}).", field.name))
}
