//! One record after another, from cells to facts: the columns of each kind, and what is made of them.
//!
//! A record's columns are read in the order in which they are listed; so each list and the function below it stand together.

use std::collections::{BTreeMap, HashSet};

use chrono::NaiveDate;
use serde_json::Value as Json;
use tandem_context::FieldType;
use tandem_revops::Verdict;
use tandem_revops::facts::{
    Absence, Account, Activity, Answer, Campaign, Decision, DecisionKind, Goal, Ids, Key, Member, MemberFacts,
    Opportunity, OwnValue, Person, Product, Task, Text,
};

/// The values of a record, in the order of its columns.
pub(crate) trait Cells {
    fn id(&self) -> &str;
    fn created_ms(&self) -> i64;
    fn text(&self, at: usize) -> Option<&str>;
    fn integer(&self, at: usize) -> Option<i64>;
    fn set(&self, at: usize) -> BTreeMap<String, String>;
    fn json(&self, at: usize) -> Option<Json>;
}

impl Cells for tandem_store::Cells<'_> {
    fn id(&self) -> &str {
        self.id()
    }
    fn created_ms(&self) -> i64 {
        self.created_ms()
    }
    fn text(&self, at: usize) -> Option<&str> {
        self.text(at)
    }
    fn integer(&self, at: usize) -> Option<i64> {
        self.integer(at)
    }
    fn set(&self, at: usize) -> BTreeMap<String, String> {
        self.set(at)
    }
    fn json(&self, at: usize) -> Option<Json> {
        self.json(at)
    }
}

/// The keys of ids.
pub(crate) enum Keys<'a> {
    /// An id that has none is given one.
    Given(&'a mut Ids),
    /// Only those that a world has: for what it shall not learn of.
    Known(&'a Ids),
}

impl Keys<'_> {
    pub(crate) fn key(&mut self, id: &str) -> Key {
        match self {
            Self::Given(ids) => ids.key(id),
            Self::Known(ids) => ids.find(id).unwrap_or(Key::UNKNOWN),
        }
    }
}

/// A workspace's own field.
#[derive(Debug, Clone)]
pub(crate) struct OwnField {
    pub(crate) name: Text,
    pub(crate) ty: FieldType,
}

/// Values by name, as history and drafts have them.
pub(crate) struct ByName<'a> {
    pub(crate) id: &'a str,
    pub(crate) created_ms: i64,
    pub(crate) values: BTreeMap<String, Json>,
    pub(crate) columns: &'a [&'a str],
    /// The workspace's own fields, whose columns come last.
    pub(crate) own: &'a [OwnField],
}

impl ByName<'_> {
    fn value(&self, at: usize) -> Option<&Json> {
        let name = match self.columns.get(at) {
            Some(name) => name,
            None => &*self.own.get(at.checked_sub(self.columns.len())?)?.name,
        };
        self.values.get(name)
    }
}

impl Cells for ByName<'_> {
    fn id(&self) -> &str {
        self.id
    }

    fn created_ms(&self) -> i64 {
        self.created_ms
    }

    fn text(&self, at: usize) -> Option<&str> {
        self.value(at)?.as_str()
    }

    fn integer(&self, at: usize) -> Option<i64> {
        match self.value(at)? {
            Json::Bool(yes) => Some(i64::from(*yes)),
            value => value.as_i64(),
        }
    }

    fn set(&self, at: usize) -> BTreeMap<String, String> {
        let Some(Json::Object(set)) = self.value(at) else { return BTreeMap::new() };
        // `true` where an element has no role.
        set.iter().map(|(element, role)| (element.clone(), role.as_str().unwrap_or_default().to_owned())).collect()
    }

    fn json(&self, at: usize) -> Option<Json> {
        self.value(at).cloned()
    }
}

/// Texts that many records share, each kept once.
#[derive(Debug, Clone, Default)]
pub(crate) struct Texts(HashSet<Text>);

impl Texts {
    /// The one text that says this.
    pub(crate) fn shared(&mut self, text: &str) -> Text {
        if let Some(known) = self.0.get(text) {
            return known.clone();
        }
        let text: Text = text.into();
        self.0.insert(text.clone());
        text
    }
}

/// Reads the cells of one record one after another.
pub(crate) struct Reader<'a> {
    cells: &'a dyn Cells,
    at: usize,
    ids: Keys<'a>,
    texts: &'a mut Texts,
    /// The workspace's own fields, whose columns come last.
    own: &'a [OwnField],
}

impl<'a> Reader<'a> {
    pub(crate) fn new(cells: &'a dyn Cells, ids: Keys<'a>, texts: &'a mut Texts, own: &'a [OwnField]) -> Self {
        Self { cells, at: 0, ids, texts, own }
    }

    fn next(&mut self) -> usize {
        self.at += 1;
        self.at - 1
    }

    pub(crate) fn key(&mut self) -> Key {
        self.ids.key(self.cells.id())
    }

    pub(crate) fn text(&mut self) -> Text {
        let at = self.next();
        self.cells.text(at).unwrap_or_default().into()
    }

    /// A text that other records have too.
    pub(crate) fn shared(&mut self) -> Text {
        let at = self.next();
        self.texts.shared(self.cells.text(at).unwrap_or_default())
    }

    pub(crate) fn integer(&mut self) -> Option<i64> {
        let at = self.next();
        self.cells.integer(at)
    }

    fn link(&mut self) -> Option<Key> {
        let at = self.next();
        self.cells.text(at).map(|id| self.ids.key(id))
    }

    fn day(&mut self) -> Option<NaiveDate> {
        let at = self.next();
        self.cells.text(at).and_then(day)
    }

    fn instant(&mut self) -> Option<i64> {
        let at = self.next();
        self.cells.text(at).and_then(instant_ms)
    }

    fn roles(&mut self) -> Vec<(Key, Text)> {
        let at = self.next();
        if self.cells.text(at).is_none() && self.cells.json(at).is_none() {
            return Vec::new();
        }
        self.cells.set(at).into_iter().map(|(id, role)| (self.ids.key(&id), self.texts.shared(&role))).collect()
    }

    fn elements(&mut self) -> Vec<Text> {
        let at = self.next();
        self.cells.set(at).into_keys().map(|element| self.texts.shared(&element)).collect()
    }

    fn own_fields(&mut self) -> Vec<(Text, OwnValue)> {
        let (own, first) = (self.own, self.at);
        let read = |(n, field): (usize, &OwnField)| Some((field.name.clone(), self.own_value(first + n, &field.ty)?));
        own.iter().enumerate().filter_map(read).collect()
    }

    /// What an own field holds. Two devices may have declared it with different types: what is not of the one that holds stays
    /// what it is, so that it is not taken for empty.
    fn own_value(&mut self, at: usize, ty: &FieldType) -> Option<OwnValue> {
        let (cells, text) = (self.cells, self.cells.text(at));
        let of_its_type = match ty {
            FieldType::Integer => cells.integer(at).map(OwnValue::Number),
            FieldType::Money => cells.integer(at).map(OwnValue::Money),
            FieldType::Boolean => cells.integer(at).map(|yes| OwnValue::Truth(yes == 1)),
            FieldType::Date => text.and_then(day).map(OwnValue::Day),
            FieldType::Instant => text.and_then(instant_ms).map(OwnValue::Moment),
            FieldType::Tags | FieldType::Emails | FieldType::Phones | FieldType::Roles(_) => {
                let elements: Vec<Text> = cells.set(at).into_keys().map(|one| self.texts.shared(&one)).collect();
                (!elements.is_empty()).then_some(OwnValue::Set(elements))
            }
            _ => None,
        };
        let as_text = || text.map(|text| OwnValue::Text(self.texts.shared(text)));
        of_its_type.or_else(as_text).or_else(|| cells.integer(at).map(OwnValue::Number))
    }
}

/// A day as the document holds it.
pub(crate) fn day(text: &str) -> Option<NaiveDate> {
    let mut parts = text.splitn(3, '-');
    let year = parts.next()?.parse().ok()?;
    NaiveDate::from_ymd_opt(year, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?)
}

/// A moment as the document holds it, in milliseconds since 1970.
fn instant_ms(text: &str) -> Option<i64> {
    chrono::DateTime::parse_from_rfc3339(text).ok().map(|at| at.timestamp_millis())
}

pub(crate) const OPPORTUNITY: &[&str] = &[
    "name",
    "account",
    "stage",
    "value",
    "currency",
    "close_date",
    "owner",
    "next_step",
    "next_step_date",
    "type",
    "product",
    "people",
    "source",
    "campaign",
    "opened_on",
    "exit_reason",
    "return_on",
    "offered_to",
    "offered_at",
    "renewal_on",
    "parent",
];

pub(crate) fn opportunity(r: &mut Reader<'_>) -> Opportunity {
    Opportunity {
        key: r.key(),
        name: r.text(),
        account: r.link(),
        stage: r.shared(),
        value: r.integer(),
        currency: r.shared(),
        close_date: r.day(),
        owner: r.link(),
        next_step: r.text(),
        next_step_date: r.day(),
        purchase: r.shared(),
        product: r.link(),
        people: r.roles(),
        source: r.shared(),
        campaign: r.link(),
        opened_on: r.day(),
        exit_reason: r.shared(),
        return_on: r.day(),
        offered_to: r.link(),
        offered_ms: r.instant(),
        renewal_on: r.day(),
        parent: r.link(),
        created_ms: r.cells.created_ms(),
        moves: Vec::new(),
        claims: Vec::new(),
        own_fields: r.own_fields(),
    }
}

pub(crate) const ACCOUNT: &[&str] = &["name", "industry", "country", "employees", "annual_revenue", "type", "owner"];

pub(crate) fn account(r: &mut Reader<'_>) -> Account {
    Account {
        key: r.key(),
        name: r.text(),
        industry: r.shared(),
        country: r.shared(),
        employees: r.integer(),
        annual_revenue: r.integer(),
        relation: r.shared(),
        owner: r.link(),
        own_fields: r.own_fields(),
    }
}

pub(crate) const PERSON: &[&str] =
    &["first_name", "last_name", "account", "job_title", "seniority", "language", "do_not_contact"];

pub(crate) fn person(r: &mut Reader<'_>) -> Person {
    let key = r.key();
    let (first, last) = (r.text(), r.text());
    Person {
        key,
        name: format!("{first} {last}").trim().into(),
        account: r.link(),
        job_title: r.shared(),
        seniority: r.shared(),
        language: r.shared(),
        do_not_contact: r.integer() == Some(1),
        own_fields: r.own_fields(),
    }
}

pub(crate) const ACTIVITY: &[&str] =
    &["type", "at", "direction", "subject", "account", "person", "opportunity", "campaign", "owner"];

pub(crate) fn activity(r: &mut Reader<'_>) -> Activity {
    Activity {
        key: r.key(),
        kind: r.shared(),
        at_ms: r.instant().unwrap_or(r.cells.created_ms()),
        direction: r.shared(),
        subject: r.shared(),
        account: r.link(),
        person: r.link(),
        opportunity: r.link(),
        campaign: r.link(),
        owner: r.link(),
    }
}

pub(crate) const CAMPAIGN: &[&str] = &["name", "type", "cost", "currency", "owner"];

pub(crate) fn campaign(r: &mut Reader<'_>) -> Campaign {
    Campaign {
        key: r.key(),
        name: r.text(),
        kind: r.shared(),
        cost: r.integer(),
        currency: r.shared(),
        owner: r.link(),
    }
}

pub(crate) const PRODUCT: &[&str] = &["name", "family"];

pub(crate) fn product(r: &mut Reader<'_>) -> Product {
    Product { key: r.key(), name: r.text(), family: r.shared() }
}

pub(crate) const MEMBER: &[&str] = &[
    "name",
    "type",
    "team",
    "region",
    "languages",
    "territories",
    "capacity",
    "time_zone",
    "work_days",
    "working_hours",
    "holiday_region",
    "active",
];

pub(crate) fn member(r: &mut Reader<'_>) -> Member {
    let key = r.key();
    let facts = MemberFacts {
        name: r.text(),
        kind: r.shared(),
        team: r.shared(),
        region: r.shared(),
        languages: r.elements(),
        territories: r.elements(),
        capacity: r.integer(),
        time_zone: r.shared(),
        work_days: r.elements(),
        working_hours: r.shared(),
        holiday_region: r.shared(),
        active: r.integer() != Some(0),
    };
    Member { key, facts }
}

pub(crate) const TASK: &[&str] =
    &["name", "type", "opportunity", "account", "person", "owner", "due_on", "done_on", "step"];

pub(crate) fn task(r: &mut Reader<'_>) -> Task {
    Task {
        key: r.key(),
        name: r.text(),
        kind: r.shared(),
        opportunity: r.link(),
        account: r.link(),
        person: r.link(),
        owner: r.link(),
        due_on: r.day(),
        done_on: r.day(),
        step: r.link(),
    }
}

pub(crate) const GOAL: &[&str] = &["name", "from", "to", "amount", "currency"];

pub(crate) fn goal(r: &mut Reader<'_>) -> Option<Goal> {
    let (key, name) = (r.key(), r.text());
    let (from, to) = (r.day()?, r.day()?);
    Some(Goal { key, name, from, to, amount: r.integer()?, currency: r.shared() })
}

pub(crate) const ABSENCE: &[&str] = &["member", "from", "to"];

pub(crate) fn absence(r: &mut Reader<'_>) -> Option<Absence> {
    Some(Absence { key: r.key(), member: r.link()?, from: r.day()?, to: r.day()? })
}

pub(crate) const ANSWER: &[&str] = &["opportunity", "criterion", "verdict", "evidence", "at", "owner"];

pub(crate) fn answer(r: &mut Reader<'_>) -> Option<Answer> {
    Some(Answer {
        key: r.key(),
        opportunity: r.link()?,
        criterion: r.link()?,
        verdict: Verdict::of(&r.shared()),
        evidence: r.text(),
        at_ms: r.instant().unwrap_or(r.cells.created_ms()),
        by: r.link(),
    })
}

pub(crate) const DECISION: &[&str] =
    &["type", "opportunity", "member", "stage", "reason", "criterion", "rules", "evidence", "score", "at", "owner"];

pub(crate) fn decision(r: &mut Reader<'_>) -> Option<Decision> {
    let key = r.key();
    Some(Decision {
        key,
        kind: DecisionKind::of(&r.shared())?,
        opportunity: r.link()?,
        member: r.link(),
        stage: r.shared(),
        reason: r.link(),
        criterion: r.link(),
        rules: r.elements(),
        evidence: r.text(),
        score: r.integer(),
        at_ms: r.instant().unwrap_or(r.cells.created_ms()),
        by: r.link(),
    })
}
