//! A field: its type, how it merges, how a file's heading names it.

use super::CustomField;

/// A field of a kind.
#[derive(Debug, Clone)]
pub struct Field {
    /// Its name in the document, in SQL and in scripts.
    pub name: String,
    /// What it holds.
    pub ty: FieldType,
    /// Headings that mean this field, folded (see [`super::fold`]); HubSpot's and Salesforce's, English and German.
    pub aliases: &'static [&'static str],
    /// A record cannot be made without it.
    pub required: bool,
    /// Shown as a column unless the user chose otherwise.
    pub listed: bool,
    /// Lists sort and filter by it, so that the read model keeps an index.
    pub indexed: bool,
    /// Found by search.
    pub searched: bool,
    /// Not for people to edit by hand.
    pub internal: bool,
    /// Written by what is done (an offer), and cleared by it; by hand it can only be cleared.
    pub by_doing: bool,
    /// Tells records apart when a file is imported: a row that has the same value updates the record.
    pub identifies: bool,
    /// An own field that was set aside: not offered any more, its values are kept.
    pub retired: bool,
    /// A custom field's label; the standard ones have theirs in the message catalogue.
    pub label: Option<String>,
}

/// What a field holds. In the document, texts are strings, numbers integers; [`crate::Value`] is the typed form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldType {
    /// One line.
    Line,
    /// Several lines, written as a whole.
    Prose,
    /// A text that merges by character.
    Text,
    /// A whole number.
    Integer,
    /// An amount with at most two decimals; hundredths in the document.
    Money,
    /// Yes or no.
    Boolean,
    /// A day, `2027-03-31`.
    Date,
    /// A moment, RFC 3339 in UTC.
    Instant,
    /// An e-mail address.
    Email,
    /// A phone number, E.164 with an extension where there is one.
    Phone,
    /// An internet domain without `www.`.
    Domain,
    /// A web address.
    Url,
    /// A country, ISO 3166-1 alpha-2.
    Country,
    /// A currency, ISO 4217.
    Currency,
    /// A language, ISO 639-1.
    Language,
    /// A time zone, IANA.
    TimeZone,
    /// One of some options.
    Choice(Choice),
    /// A record of that kind.
    Link(&'static str),
    /// A set of words.
    Tags,
    /// A set of e-mail addresses.
    Emails,
    /// A set of phone numbers.
    Phones,
    /// Records of that kind, each with a role (which may be empty).
    Roles(&'static str),
}

/// The options of a choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// In the order to show them.
    pub options: Vec<Opt>,
    /// Other values are allowed too.
    pub open: bool,
}

/// An option of a choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opt {
    /// As it stands in the document.
    pub name: String,
    /// What a workspace calls it, where that is its own.
    pub label: Option<String>,
    /// What it is called elsewhere, folded.
    pub aliases: &'static [&'static str],
    /// Not offered any more; what holds it keeps it.
    pub retired: bool,
}

impl Opt {
    /// An option with what it is called elsewhere.
    pub fn new(name: impl Into<String>, aliases: &'static [&'static str]) -> Self {
        Self { name: name.into(), label: None, aliases, retired: false }
    }
}

/// How concurrent writes to a field come together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Merge {
    /// The last writer wins; what was written concurrently is kept as a conflict until somebody settles it.
    Register,
    /// By character.
    Text,
    /// By element: what anybody added is there, unless it was seen and removed.
    Set,
}

impl FieldType {
    /// The name that the interface, scripts and custom fields use.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Line => "line",
            Self::Prose => "prose",
            Self::Text => "text",
            Self::Integer => "integer",
            Self::Money => "money",
            Self::Boolean => "boolean",
            Self::Date => "date",
            Self::Instant => "instant",
            Self::Email => "email",
            Self::Phone => "phone",
            Self::Domain => "domain",
            Self::Url => "url",
            Self::Country => "country",
            Self::Currency => "currency",
            Self::Language => "language",
            Self::TimeZone => "time_zone",
            Self::Choice(_) => "choice",
            Self::Link(_) => "link",
            Self::Tags => "tags",
            Self::Emails => "emails",
            Self::Phones => "phones",
            Self::Roles(_) => "roles",
        }
    }

    /// How it merges.
    pub fn merge(&self) -> Merge {
        match self {
            Self::Text => Merge::Text,
            Self::Tags | Self::Emails | Self::Phones | Self::Roles(_) => Merge::Set,
            _ => Merge::Register,
        }
    }

    /// Whether it is kept as an integer (in the document and in SQL).
    pub fn is_number(&self) -> bool {
        matches!(self, Self::Integer | Self::Money | Self::Boolean)
    }

    /// The kind it points to.
    pub fn target(&self) -> Option<&'static str> {
        match self {
            Self::Link(kind) | Self::Roles(kind) => Some(kind),
            _ => None,
        }
    }
}

impl Choice {
    /// The option with this name.
    pub fn option(&self, name: &str) -> Option<&Opt> {
        self.options.iter().find(|option| option.name == name)
    }
}

/// A field to which the declaration adds what is special about it.
pub(super) fn field(name: &'static str, ty: FieldType) -> Field {
    Field {
        name: name.to_owned(),
        ty,
        aliases: &[],
        required: false,
        listed: false,
        indexed: false,
        searched: false,
        internal: false,
        by_doing: false,
        retired: false,
        identifies: false,
        label: None,
    }
}

impl Field {
    pub(super) fn alias(mut self, aliases: &'static [&'static str]) -> Self {
        self.aliases = aliases;
        self
    }

    pub(super) fn required(mut self) -> Self {
        self.required = true;
        self
    }

    pub(super) fn listed(mut self) -> Self {
        self.listed = true;
        self
    }

    pub(super) fn indexed(mut self) -> Self {
        self.indexed = true;
        self
    }

    pub(super) fn searched(mut self) -> Self {
        self.searched = true;
        self
    }

    pub(super) fn internal(mut self) -> Self {
        self.internal = true;
        self
    }

    pub(super) fn by_doing(mut self) -> Self {
        self.by_doing = true;
        self
    }

    pub(super) fn identifies(mut self) -> Self {
        self.identifies = true;
        self.indexed = true;
        self
    }

    /// A workspace's own field is marked by its label.
    pub fn is_custom(&self) -> bool {
        self.label.is_some()
    }

    /// The field a workspace declared, if its type is one that a workspace may use.
    pub(super) fn custom(declared: &CustomField) -> Option<Self> {
        let ty = match declared.type_name.as_str() {
            "line" => FieldType::Line,
            "prose" => FieldType::Prose,
            "integer" => FieldType::Integer,
            "money" => FieldType::Money,
            "boolean" => FieldType::Boolean,
            "date" => FieldType::Date,
            "instant" => FieldType::Instant,
            "email" => FieldType::Email,
            "phone" => FieldType::Phone,
            "domain" => FieldType::Domain,
            "url" => FieldType::Url,
            "country" => FieldType::Country,
            "currency" => FieldType::Currency,
            "tags" => FieldType::Tags,
            "choice" => FieldType::Choice(Choice {
                options: declared.options.iter().map(|name| Opt::new(name.as_str(), &[])).collect(),
                open: false,
            }),
            _ => return None,
        };
        let mut made = field("", ty);
        made.name = declared.name.clone();
        made.label = Some(declared.label.clone());
        made.retired = declared.retired;
        Some(made)
    }
}
