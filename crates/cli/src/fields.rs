//! What people type about fields: `FIELD=VALUE`, filters, orders, as the API has them.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};
use tandem_workspace::api::{FieldInfo, Filter, KindInfo, ListQuery, RecordPage, Request, Sort};

use crate::failure::Failure;
use crate::session::Session;

/// A UUID as it is written: 36 characters with hyphens.
const UUID_CHARS: usize = 36;

/// Reads `FIELD=VALUE`, `FIELD=` (clear), `FIELD+=ITEM` and `FIELD-=ITEM` (sets) into the API's fields.
pub(crate) fn assignments(
    session: &Session,
    kind: &KindInfo,
    typed: &[String],
) -> Result<BTreeMap<String, Json>, Failure> {
    let mut fields = BTreeMap::new();
    for assignment in typed {
        let Some((left, right)) = assignment.split_once('=') else {
            return Err(Failure::new("usage", format!("`{assignment}` is not FIELD=VALUE")));
        };
        let (name, edit) = match left.strip_suffix(['+', '-']) {
            Some(name) if left.ends_with('+') => (name, Some("add")),
            Some(name) => (name, Some("remove")),
            None => (left, None),
        };
        let field = field(kind, name)?;
        match edit {
            None => {
                fields.insert(name.to_owned(), value(session, field, right)?);
            }
            Some(edit) if is_set(field) => {
                let items = value(session, field, right)?;
                let entry = fields.entry(name.to_owned()).or_insert_with(|| json!({"add": [], "remove": []}));
                let list = entry.get_mut(edit).and_then(Json::as_array_mut).ok_or_else(|| {
                    Failure::new(
                        "usage",
                        format!("`{name}` is both replaced and changed; use either `=` or `+=` and `-=`"),
                    )
                })?;
                list.extend(items.as_array().cloned().unwrap_or_default());
            }
            Some(_) => {
                return Err(Failure::new("usage", format!("`{name}` holds one value; set it with {name}=VALUE")));
            }
        }
    }
    Ok(fields)
}

/// A value as typed, as JSON of the field's type. What does not read as that type goes on as text: the engine says why.
pub(crate) fn value(session: &Session, field: &FieldInfo, typed: &str) -> Result<Json, Failure> {
    if typed.is_empty() {
        return Ok(Json::Null);
    }
    Ok(match field.r#type.as_str() {
        "integer" => typed.parse::<i64>().map_or_else(|_| json!(typed), |number| json!(number)),
        "money" => typed
            .parse::<f64>()
            .ok()
            .filter(|number| number.is_finite())
            .map_or_else(|| json!(typed), |number| json!(number)),
        "boolean" => match typed.to_lowercase().as_str() {
            "yes" | "true" | "1" | "ja" => json!(true),
            "no" | "false" | "0" | "nein" => json!(false),
            _ => json!(typed),
        },
        "link" => json!(link(session, field, typed)?),
        "tags" | "emails" | "phones" => json!(items(typed)),
        "roles" => {
            Json::Array(items(typed).into_iter().map(|item| role(session, field, item)).collect::<Result<_, _>>()?)
        }
        _ => json!(typed),
    })
}

/// Reads `FIELD=VALUE`, `!=`, `~` (contains), `>`, `<`, `>=`, `<=`; an empty value means the field is empty.
pub(crate) fn filter(session: &Session, kind: &KindInfo, typed: &str) -> Result<Filter, Failure> {
    const OPERATORS: [(&str, &str); 7] = [
        ("!=", "is_not"),
        (">=", "at_least"),
        ("<=", "at_most"),
        ("=", "is"),
        ("~", "contains"),
        (">", "over"),
        ("<", "under"),
    ];
    let end = typed.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(typed.len());
    let (name, rest) = typed.split_at(end);
    let Some((sign, op)) = OPERATORS.into_iter().find(|(sign, _)| rest.starts_with(sign)) else {
        return Err(Failure::new(
            "usage",
            format!("`{typed}` is not a filter such as stage=proposal, stage!=won, name~bank or value>1000"),
        ));
    };
    let right = rest.get(sign.len()..).unwrap_or_default();
    let op = match (op, right) {
        ("is", "") => "empty",
        ("is_not", "") => "not_empty",
        _ => op,
    };
    let value = match (kind.fields.iter().find(|field| field.name == name), name) {
        (Some(_), _) if op == "contains" => json!(right),
        (Some(field), _) if is_set(field) && field.r#type != "roles" => json!(right),
        (Some(field), _) => value(session, field, right)?,
        (None, "archived" | "conflict") => json!(matches!(right.to_lowercase().as_str(), "yes" | "true" | "1")),
        (None, "title" | "created_at" | "updated_at") => json!(right),
        (None, _) => return Err(unknown_field(kind, name)),
    };
    Ok(Filter { field: name.to_owned(), op: op.to_owned(), value })
}

/// Reads `FIELD`, `-FIELD`, `FIELD:desc`, `FIELD:asc`.
pub(crate) fn sort(kind: &KindInfo, typed: &str) -> Result<Sort, Failure> {
    let (name, descending) = match (typed.strip_prefix('-'), typed.split_once(':')) {
        (Some(name), _) => (name, true),
        (None, Some((name, "desc"))) => (name, true),
        (None, Some((name, "asc"))) => (name, false),
        _ => (typed, false),
    };
    if !matches!(name, "title" | "created_at" | "updated_at") {
        field(kind, name)?;
    }
    Ok(Sort { field: name.to_owned(), descending })
}

/// The field of that name.
pub(crate) fn field<'a>(kind: &'a KindInfo, name: &str) -> Result<&'a FieldInfo, Failure> {
    kind.fields.iter().find(|field| field.name == name).ok_or_else(|| unknown_field(kind, name))
}

fn unknown_field(kind: &KindInfo, name: &str) -> Failure {
    let known = kind.fields.iter().map(|field| field.name.as_str()).collect::<Vec<_>>().join(", ");
    Failure::new("unknown_field", format!("{} has no field called `{name}`; its fields are {known}", kind.name))
}

fn is_set(field: &FieldInfo) -> bool {
    matches!(field.r#type.as_str(), "tags" | "emails" | "phones" | "roles")
}

fn items(typed: &str) -> Vec<&str> {
    typed.split(',').map(str::trim).filter(|item| !item.is_empty()).collect()
}

/// `PERSON` or `PERSON:ROLE`.
fn role(session: &Session, field: &FieldInfo, typed: &str) -> Result<Json, Failure> {
    let (who, role) = typed.rsplit_once(':').unwrap_or((typed, ""));
    Ok(json!({"id": link(session, field, who)?, "role": role}))
}

/// The id of a linked record: typed as such, found by its exact title when only one has it, or by the id's beginning.
fn link(session: &Session, field: &FieldInfo, typed: &str) -> Result<String, Failure> {
    if typed.len() == UUID_CHARS && typed.chars().all(|c| c.is_ascii_hexdigit() || c == '-') {
        return Ok(typed.to_owned());
    }
    // The beginning of an id will do where nothing is called so.
    titled(session, field, typed).or_else(|untitled| session.id(typed).map_err(|_| untitled))
}

/// The id of the one record that is called so.
fn titled(session: &Session, field: &FieldInfo, typed: &str) -> Result<String, Failure> {
    let kind = field.target.clone().unwrap_or_default();
    let found: RecordPage = session.ask(Request::List(ListQuery {
        kind: kind.clone(),
        filters: vec![Filter { field: "title".to_owned(), op: "is".to_owned(), value: json!(typed) }],
        sort: Vec::new(),
        text: None,
        offset: 0,
        limit: Some(2),
        sums: Vec::new(),
    }))?;
    match found.records.as_slice() {
        [record] => Ok(record.id.clone()),
        [] => Err(Failure::new("not_found", format!("there is no {kind} called `{typed}` (for {})", field.name))),
        _ => Err(Failure::new(
            "ambiguous",
            format!("{} records of kind {kind} are called `{typed}`; give the id for {}", found.total, field.name),
        )),
    }
}
