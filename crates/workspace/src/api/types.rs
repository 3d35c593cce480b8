//! What goes in and comes out of the [`Request`](super::Request)s.
//!
//! Field values are plain JSON: text, dates (`2027-03-31`), instants (RFC 3339, UTC), e-mail addresses and the like are
//! strings; whole numbers and money are numbers (money in major units, at most two decimals); a link is
//! `{id, title}`; a set is a list of strings; people with roles are a list of `{id, title, role}`. Absent means empty.
//! When writing, a link is the id alone (or `{id}`), `null` clears a field.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use ts_rs::TS;

use super::Said;

api! {
    /// What the window needs before anything else.
    pub struct AppState {
        /// The open workspace, if one is.
        pub workspace: Option<WorkspaceInfo>,
        /// Workspaces on this machine, last opened first.
        pub recent: Vec<RecentWorkspace>,
        /// Preferences of this machine.
        pub preferences: Preferences,
        /// Tandem's version.
        pub version: String,
    }

    /// The open workspace.
    pub struct WorkspaceInfo {
        /// The workspace's id (UUID).
        pub id: String,
        /// Its name.
        pub name: String,
        /// The file that holds it.
        pub path: String,
        /// The member who writes here.
        pub me: Linked,
        /// The member's team: `marketing`, `sales`, `service`, `revenue`.
        pub team: String,
        /// This is the sample workspace, removable in one click.
        pub sample: bool,
        /// False while the document is still loading; reading works from the start.
        pub loaded: bool,
    }

    /// A workspace on this machine.
    pub struct RecentWorkspace {
        /// Its name.
        pub name: String,
        /// The file that holds it.
        pub path: String,
    }

    /// Preferences of this machine; absent means the default. Unknown keys are kept.
    #[derive(Default)]
    pub struct Preferences {
        /// `en`, `de`; absent follows the system.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        pub language: Option<String>,
        /// `light`, `dark`; absent follows the system.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        pub theme: Option<String>,
        /// Anything else the interface keeps for this machine: column widths, panel size, last view…
        #[serde(default)]
        pub interface: BTreeMap<String, Json>,
    }

    /// A new workspace.
    pub struct StartWorkspace {
        /// The workspace's name.
        pub name: String,
        /// The member's name.
        pub member_name: String,
        /// The member's e-mail address.
        pub member_email: String,
        /// `marketing`, `sales`, `service`, `revenue`.
        pub team: String,
        /// `ws://` or `wss://` address of the relay, when there is one already.
        #[serde(default)]
        pub relay: Option<String>,
        /// The file to make; absent: a new one in the application's data folder.
        #[serde(default)]
        pub path: Option<String>,
    }

    /// Joining with an invite.
    pub struct JoinWorkspace {
        /// The invite link.
        pub link: String,
        /// The member's name.
        pub member_name: String,
        /// The member's e-mail address.
        pub member_email: String,
        /// `marketing`, `sales`, `service`, `revenue`.
        pub team: String,
        /// The file to make; absent: a new one in the application's data folder.
        #[serde(default)]
        pub path: Option<String>,
    }

    /// A workspace file to open.
    pub struct OpenWorkspace {
        /// Its path.
        pub path: String,
    }

    /// A linked record.
    pub struct Linked {
        /// The record's id.
        pub id: String,
        /// What to call it.
        pub title: String,
    }

    /// The schema as the interface needs it.
    pub struct SchemaInfo {
        /// Every kind, in the order to show them.
        pub kinds: Vec<KindInfo>,
        /// The stages of an opportunity, in order, exits last.
        pub stages: Vec<StageInfo>,
    }

    /// A kind of record.
    pub struct KindInfo {
        /// `account`, `person`, `opportunity`, …
        pub name: String,
        /// Its fields, in the order to show them.
        pub fields: Vec<FieldInfo>,
        /// Fields of the workspace's own that were set aside.
        pub retired: Vec<FieldInfo>,
    }

    /// A field of a kind. Its label is the message `field_<kind>_<name>`, a custom field brings its own.
    pub struct FieldInfo {
        /// Its name in the document, in SQL and in scripts.
        pub name: String,
        /// `line`, `prose` (several lines), `text` (merges by character), `integer`, `money`, `boolean`, `date`,
        /// `instant`, `email`, `phone`, `domain`, `url`, `country`, `currency`, `language`, `time_zone`, `choice`, `link`,
        /// `tags`, `emails`, `phones`, `roles`.
        pub r#type: String,
        /// For `choice`: the options, in order. The label is the message `option_<kind>_<field>_<option>`.
        pub options: Vec<String>,
        /// For `choice`: other values than the options are allowed.
        pub open: bool,
        /// For `link` and `roles`: the kind it points to.
        pub target: Option<String>,
        /// A record cannot be made without it.
        pub required: bool,
        /// Shown as a column unless the user chose otherwise.
        pub listed: bool,
        /// A field of this workspace's own.
        pub custom: bool,
        /// A custom field's label.
        pub label: Option<String>,
        /// Not for people to edit (external ids, devices).
        pub internal: bool,
        /// Written by what is done, such as an offer; by hand it can only be cleared.
        pub by_doing: bool,
    }

    /// A stage of the process.
    pub struct StageInfo {
        /// The record that says how it is run.
        pub id: String,
        /// What opportunities hold in their `stage`: `new`, `engaged`, `qualified`, `accepted`, …, `x_pilot`.
        pub name: String,
        /// What it is called. A default's name in each language is the message `stage_<name>`, as long as nobody changed the
        /// English one.
        pub label: String,
        /// `marketing`, `sales`, `service`, or `exit`.
        pub phase: String,
        /// The process counts on it: it is neither set aside nor given to another phase.
        pub fixed: bool,
        /// It was set aside: nothing comes there any more, what stands there is kept.
        pub set_aside: bool,
    }

    /// Where the truth stands.
    pub struct Status {
        /// `local` (no relay named), `offline`, `connecting`, `syncing`, `synced`, `refused`.
        pub sync: String,
        /// The relay's address.
        pub relay: Option<String>,
        /// In words, when something needs saying (the relay refused us, is gone since…).
        pub detail: Option<String>,
        /// How far the relay's log has been read; absent when there is nothing to catch up with.
        pub fetched: Option<Fetched>,
        /// Changes written here that the relay has not acknowledged; none where there is no relay.
        pub waiting: u32,
        /// A word for the state of the document: equal words mean equal truth.
        pub fingerprint: String,
        /// `same` (every device heard of holds this truth), `different`, `unknown` (no other device heard of).
        pub sameness: String,
        /// The other devices heard of.
        pub peers: Vec<Peer>,
        /// Records with an unsettled conflict.
        pub conflicts: u32,
        /// When the relay was last reached (RFC 3339).
        pub last_synced_at: Option<String>,
        /// What can be undone with Ctrl/Cmd-Z, as its action (`set`, `import`, …); absent: nothing.
        pub undo: Option<String>,
        /// What can be redone.
        pub redo: Option<String>,
        /// False while the document is still loading.
        pub loaded: bool,
    }

    /// How many of the relay's sealed records were read.
    pub struct Fetched {
        /// So many were read.
        pub at: u32,
        /// So many there are.
        pub of: u32,
    }

    /// Another device of the workspace.
    pub struct Peer {
        /// The device's short id.
        pub device: String,
        /// Its member.
        pub member: Linked,
        /// Its fingerprint when last heard.
        pub fingerprint: String,
        /// It is connected now.
        pub online: bool,
        /// When it was last heard of (RFC 3339).
        pub seen_at: String,
    }

    /// A record with all that is shown of it.
    pub struct RecordInfo {
        /// UUIDv7.
        pub id: String,
        /// Its kind.
        pub kind: String,
        /// What to call it.
        pub title: String,
        /// Set aside; not in lists.
        pub archived: bool,
        /// When it was made (RFC 3339).
        pub created_at: String,
        /// When it was last changed (RFC 3339).
        pub updated_at: String,
        /// Field name → value; empty fields are absent.
        pub fields: BTreeMap<String, Json>,
        /// Field name → the values that stand against each other, the one shown first.
        pub conflicts: BTreeMap<String, Vec<ConflictValue>>,
    }

    /// One of several values written without knowledge of each other.
    pub struct ConflictValue {
        /// The value, as in `fields`.
        pub value: Json,
        /// Who wrote it.
        pub by: Linked,
        /// When (RFC 3339).
        pub at: String,
        /// On which device.
        pub device: String,
        /// Why, where it was said.
        pub reason: Option<String>,
        /// The change that wrote it.
        pub change: String,
    }

    /// A conflict and where it is.
    pub struct ConflictInfo {
        /// The record.
        pub record: Linked,
        /// The record's kind.
        pub kind: String,
        /// The field.
        pub field: String,
        /// The values, the one shown first.
        pub values: Vec<ConflictValue>,
    }

    /// A condition; several must all hold.
    pub struct Filter {
        /// A field's name, or `archived`, `created_at`, `updated_at`, `title`, `conflict` (`is` true).
        pub field: String,
        /// `is`, `is_not`, `any_of`, `none_of`, `contains`, `starts_with`, `over`, `under`, `at_least`, `at_most`, `empty`, `not_empty`.
        pub op: String,
        /// What to compare with; a list for `any_of` and `none_of`; ignored for `empty`, `not_empty`.
        #[serde(default)]
        pub value: Json,
    }

    /// An order.
    pub struct Sort {
        /// A field's name, or `title`, `created_at`, `updated_at`.
        pub field: String,
        /// Largest first.
        #[serde(default)]
        pub descending: bool,
    }

    /// A page of a list.
    pub struct ListQuery {
        /// The kind.
        pub kind: String,
        /// All must hold.
        #[serde(default)]
        pub filters: Vec<Filter>,
        /// First one leads; default: title.
        #[serde(default)]
        pub sort: Vec<Sort>,
        /// Words to be found in the record's text.
        #[serde(default)]
        pub text: Option<String>,
        /// How many to skip.
        #[serde(default)]
        pub offset: u32,
        /// How many to give, at most 1,000; default 100.
        #[serde(default)]
        pub limit: Option<u32>,
        /// Also give sums over the whole selection for these number fields.
        #[serde(default)]
        pub sums: Vec<String>,
    }

    /// A page of records.
    pub struct RecordPage {
        /// How many there are in all.
        pub total: u32,
        /// This page.
        pub records: Vec<RecordInfo>,
        /// Field → what it adds up to over all that match, by currency (key empty where there is none).
        pub sums: BTreeMap<String, BTreeMap<String, f64>>,
    }

    /// Which opportunities the board shows.
    pub struct BoardQuery {
        /// All must hold.
        #[serde(default)]
        pub filters: Vec<Filter>,
        /// Words to be found in the record's text.
        #[serde(default)]
        pub text: Option<String>,
        /// How many cards of each column come with the answer; the rest is paged with `list` filtered by stage,
        /// same sort (`next_step_date`, then `updated_at` descending).
        pub cards: u32,
    }

    /// The pipeline.
    pub struct Board {
        /// One for every stage, in order.
        pub columns: Vec<BoardColumn>,
    }

    /// A stage on the board.
    pub struct BoardColumn {
        /// The stage.
        pub stage: String,
        /// Its phase.
        pub phase: String,
        /// How many opportunities.
        pub count: u32,
        /// Their value by currency.
        pub sums: BTreeMap<String, f64>,
        /// The first cards.
        pub records: Vec<RecordInfo>,
    }

    /// A record.
    pub struct RecordRef {
        /// Its id.
        pub id: String,
    }

    /// A field of a record.
    pub struct FieldRef {
        /// The record's id.
        pub id: String,
        /// The field.
        pub field: String,
    }

    /// What links to a record.
    pub struct Related {
        /// One group for every kind and field that links here.
        pub groups: Vec<RelatedGroup>,
    }

    /// Records of one kind that link through one field.
    pub struct RelatedGroup {
        /// The kind of the linking records.
        pub kind: String,
        /// The field they link through.
        pub field: String,
        /// How many.
        pub total: u32,
        /// The first fifty.
        pub records: Vec<RecordInfo>,
    }

    /// A stretch of a record's timeline.
    pub struct TimelineQuery {
        /// The record.
        pub id: String,
        /// Only what is older than this entry's `at` (RFC 3339).
        #[serde(default)]
        pub before: Option<String>,
        /// At most 200; default 50.
        #[serde(default)]
        pub limit: Option<u32>,
    }

    /// Activities and changes in one stream, newest first.
    pub struct Timeline {
        /// The entries.
        pub entries: Vec<TimelineEntry>,
        /// There is more.
        pub more: bool,
    }

    /// Something that happened to, or was changed about, a record: one of the two is set.
    pub struct TimelineEntry {
        /// When (RFC 3339).
        pub at: String,
        /// The activity.
        pub activity: Option<RecordInfo>,
        /// The change.
        pub change: Option<ChangeInfo>,
        /// The fields that the change wrote on this record, and of an opportunity on what was decided, answered and promised
        /// about it: `decision`, `answer`, `task`.
        pub fields: Vec<FieldChange>,
    }

    /// One action by one member for one reason.
    pub struct ChangeInfo {
        /// Its hash (hex).
        pub change: String,
        /// What was done: `create`, `set`, `import`, `undo`, `redo`, `settle`, `archive`, `restore`, `text`, `join`, `start`,
        /// `field`, `rename_field`, `retire_field`, `restore_field`, `rename_workspace`.
        pub action: String,
        /// Who.
        pub by: Linked,
        /// On which device.
        pub device: String,
        /// Through what: `desktop`, `cli`, `agent`.
        pub via: String,
        /// When (RFC 3339), by that device's clock.
        pub at: String,
        /// Why, where it was said.
        pub reason: Option<String>,
        /// How many records it wrote, without those in `linked`.
        pub records: u32,
        /// Of an import, how many records were made along the way because others point to them, by kind.
        #[serde(default)]
        pub linked: BTreeMap<String, u32>,
        /// The first record it wrote.
        pub first: Option<Linked>,
        /// The first record's kind.
        pub kind: Option<String>,
        /// It has been undone by that change.
        pub undone_by: Option<String>,
        /// There is a relay, and it has not acknowledged it yet.
        pub waiting: bool,
    }

    /// A field's passage from one value to another.
    pub struct FieldChange {
        /// The record.
        pub record: Linked,
        /// The record's kind.
        pub kind: String,
        /// The field; `archived` and, for a record's making, `created` are among them.
        pub field: String,
        /// The value before, as in `fields`; null where there was none.
        pub from: Json,
        /// The value after.
        pub to: Json,
        /// The action it was part of.
        pub change: ChangeInfo,
    }

    /// A stretch of the workspace's history.
    pub struct HistoryQuery {
        /// Only changes by this member.
        #[serde(default)]
        pub member: Option<String>,
        /// How many to skip.
        #[serde(default)]
        pub offset: u32,
        /// At most 1,000; default 100.
        #[serde(default)]
        pub limit: Option<u32>,
    }

    /// A page of changes, newest first.
    pub struct ChangePage {
        /// How many there are in all.
        pub total: u32,
        /// This page.
        pub changes: Vec<ChangeInfo>,
    }

    /// A change.
    pub struct ChangeRef {
        /// Its hash.
        pub change: String,
    }

    /// A change and what it wrote.
    pub struct ChangeDetail {
        /// The change.
        pub change: ChangeInfo,
        /// What it wrote, at most 500 fields.
        pub fields: Vec<FieldChange>,
        /// It wrote more than is listed.
        pub more: bool,
    }

    /// A search.
    pub struct SearchQuery {
        /// What was typed.
        pub text: String,
        /// Only this kind.
        #[serde(default)]
        pub kind: Option<String>,
        /// At most 100; default 20.
        #[serde(default)]
        pub limit: Option<u32>,
    }

    /// Something found.
    pub struct SearchHit {
        /// The record's id.
        pub id: String,
        /// Its kind.
        pub kind: String,
        /// What to call it.
        pub title: String,
        /// A second line that tells it apart: account, stage, e-mail… as it stands in the document.
        pub subtitle: String,
        /// The same in parts, so that options can be put into words.
        pub hints: Vec<SearchHint>,
    }

    /// A part of the second line of something found.
    pub struct SearchHint {
        /// The field it comes from.
        pub field: String,
        /// The value; of a link the title.
        pub text: String,
    }

    /// A text and the version it is.
    pub struct TextState {
        /// Markdown.
        pub text: String,
        /// The version: give it back with the edit.
        pub version: Vec<String>,
    }

    /// A text as the editor now has it, against the version it started from.
    pub struct EditText {
        /// The record.
        pub id: String,
        /// The field.
        pub field: String,
        /// The version it was read at.
        pub version: Vec<String>,
        /// The whole text as it is in the editor.
        pub text: String,
    }

    /// The values of a field.
    pub struct ValuesQuery {
        /// The kind.
        pub kind: String,
        /// The field.
        pub field: String,
        /// At most 1,000; default 100.
        #[serde(default)]
        pub limit: Option<u32>,
    }

    /// A value and how many records have it.
    pub struct Counted {
        /// The value, as in `fields`.
        pub value: Json,
        /// How many.
        pub count: u32,
    }

    /// A record to make.
    pub struct CreateRecord {
        /// Its kind.
        pub kind: String,
        /// Field → value.
        pub fields: BTreeMap<String, Json>,
        /// Why.
        #[serde(default)]
        pub reason: Option<String>,
        /// Why an opportunity begins in a stage that a rule holds it back from; counted. Without it that fails with
        /// `rule_violated`.
        #[serde(default)]
        pub override_reason: Option<String>,
    }

    /// A record that was made.
    pub struct Made {
        /// The change that made it.
        pub change: Option<String>,
        /// It.
        #[serde(flatten)]
        pub record: RecordInfo,
    }

    /// Fields to set on one or many records.
    pub struct SetFields {
        /// The records, at most 100,000.
        pub ids: Vec<String>,
        /// Field → value; `null` clears. A list replaces a set; `{add: […], remove: […]}` changes it.
        pub fields: BTreeMap<String, Json>,
        /// Why, although a rule holds an opportunity back from its new stage. Counted. Without it such a move fails with
        /// `rule_violated`.
        #[serde(default)]
        pub override_reason: Option<String>,
        /// The rules that the reason was given for: opportunity → names, as `check_move` gave them. Where another one holds an
        /// opportunity back by now, nothing is written and the move fails with `rule_violated`. Absent: whatever holds it back.
        #[serde(default)]
        pub overrides: Option<BTreeMap<String, Vec<String>>>,
        /// Why.
        #[serde(default)]
        pub reason: Option<String>,
    }

    /// Records to set aside or take back.
    pub struct ArchiveRecords {
        /// The records.
        pub ids: Vec<String>,
        /// Set aside (true) or take back (false).
        pub archived: bool,
        /// Why.
        #[serde(default)]
        pub reason: Option<String>,
    }

    /// An action was written.
    pub struct Done {
        /// The change that was written; absent where there was nothing to change.
        pub change: Option<String>,
        /// How many records it wrote.
        pub records: u32,
    }

    /// A change to undo.
    pub struct UndoChange {
        /// Its hash; absent: one's own last.
        #[serde(default)]
        pub change: Option<String>,
    }

    /// What an undo did.
    pub struct Undone {
        /// The change that restored; absent where nothing was left to restore.
        pub change: Option<String>,
        /// The change that was undone; of a redo, the change that stands again.
        pub undid: ChangeInfo,
        /// How many fields were restored.
        pub restored: u32,
        /// Fields left alone because somebody has written them since.
        pub kept: Vec<FieldChange>,
    }

    /// How to settle a conflict.
    pub struct SettleConflict {
        /// The record.
        pub id: String,
        /// The field.
        pub field: String,
        /// The value that shall stand.
        pub value: Json,
        /// Why.
        #[serde(default)]
        pub reason: Option<String>,
    }

    /// A field of the workspace's own.
    pub struct DefineField {
        /// The kind.
        pub kind: String,
        /// Its name (`a-z`, `0-9`, `_`); absent: made from the label.
        #[serde(default)]
        pub name: Option<String>,
        /// What people call it.
        pub label: String,
        /// A field type, see [`FieldInfo`].
        pub r#type: String,
        /// For a choice.
        #[serde(default)]
        pub options: Vec<String>,
    }

    /// A name for a field of the workspace's own.
    pub struct RenameField {
        /// The kind.
        pub kind: String,
        /// The field's name in the document; it stays.
        pub field: String,
        /// What people call it from now on.
        pub label: String,
    }

    /// A field of the workspace's own to set aside or take back.
    pub struct RetireField {
        /// The kind.
        pub kind: String,
        /// The field's name in the document.
        pub field: String,
        /// Set aside (true) or take back (false).
        pub retired: bool,
    }

    /// A name for the workspace.
    pub struct RenameWorkspace {
        /// The name.
        pub name: String,
    }

    /// A file to import, and how.
    pub struct ImportRequest {
        /// Where it is; or
        #[serde(default)]
        pub path: Option<String>,
        /// its bytes in base64 (a file dropped in a browser), at most 64 MiB.
        #[serde(default)]
        pub data: Option<String>,
        /// The file's name, shown in history.
        #[serde(default)]
        pub name: Option<String>,
        /// The kind of record; absent: guessed from the columns.
        #[serde(default)]
        pub kind: Option<String>,
        /// Column → field (`null`: leave out); columns not named are mapped by their aliases. `new:<label>` makes a custom field.
        #[serde(default)]
        pub mapping: BTreeMap<String, Option<String>>,
        /// `dmy`, `mdy`, `ymd`; absent: detected.
        #[serde(default)]
        pub date_order: Option<String>,
        /// `.` or `,`; absent: detected.
        #[serde(default)]
        pub decimal: Option<String>,
        /// Currency for amounts that come without one.
        #[serde(default)]
        pub currency: Option<String>,
        /// Country (code or name) of phone numbers without a prefix, for rows that name none themselves.
        #[serde(default)]
        pub country: Option<String>,
        /// For a preview: only how the file is read, without the dry run (its report is empty).
        #[serde(default)]
        pub only_read: bool,
    }

    /// What a file is and what importing it would do.
    pub struct ImportPreview {
        /// The kind the columns fit best, or that was asked for.
        pub kind: String,
        /// `utf-8`, `utf-16le`, `utf-16be`, `windows-1252`.
        pub encoding: String,
        /// `,`, `;`, tab or `|`.
        pub delimiter: String,
        /// `dmy`, `mdy`, `ymd`, or absent where there are no dates.
        pub date_order: Option<String>,
        /// `.` or `,`.
        pub decimal: String,
        /// The columns, in order.
        pub columns: Vec<ImportColumn>,
        /// Rows in the file.
        pub rows: u32,
        /// The first rows as they are, at most 20.
        pub sample: Vec<Vec<String>>,
        /// The dry run.
        pub report: ImportReport,
    }

    /// A column of the file.
    pub struct ImportColumn {
        /// Its heading.
        pub name: String,
        /// The field it goes to; absent: left out.
        pub field: Option<String>,
        /// `alias` (by its heading), `asked`, `content` (by what is in it), `none`.
        pub because: String,
    }

    /// What an import did, or would do.
    pub struct ImportReport {
        /// Records made.
        pub created: u32,
        /// Records brought up to date.
        pub updated: u32,
        /// Rows that say nothing new.
        pub unchanged: u32,
        /// Linked records made along the way, by kind.
        pub linked: BTreeMap<String, u32>,
        /// Rows that could not be taken.
        pub skipped: Vec<SkippedRow>,
        /// What was noticed, with how often and the first row.
        pub warnings: Vec<ImportWarning>,
        /// The one change that holds it all; absent for a dry run, or when there was nothing to write.
        pub change: Option<String>,
    }

    /// A row that could not be taken.
    pub struct SkippedRow {
        /// Its number in the file; the heading is row 1.
        pub row: u32,
        /// Why, in English.
        pub reason: String,
        /// The column that is the reason, where it is one.
        pub column: Option<String>,
        /// Why, to be said in the reader's language.
        pub remark: Said,
    }

    /// Something to look at; the import went on.
    pub struct ImportWarning {
        /// In English.
        pub message: String,
        /// To be said in the reader's language.
        pub remark: Said,
        /// The rows went without this value.
        pub left_out: bool,
        /// Others of the same sort are counted with it.
        pub others: bool,
        /// The column.
        pub column: Option<String>,
        /// The first row it was seen in.
        pub row: u32,
        /// How many rows.
        pub count: u32,
    }

    /// What to export.
    pub struct ExportRequest {
        /// The kind.
        pub kind: String,
        /// `csv` or `json`.
        pub format: String,
        /// All must hold.
        #[serde(default)]
        pub filters: Vec<Filter>,
        /// Only these records, at most 100,000; absent: all of the kind.
        #[serde(default)]
        pub ids: Option<Vec<String>>,
        /// Where to write it; absent: the text comes back.
        #[serde(default)]
        pub path: Option<String>,
    }

    /// An export.
    pub struct Exported {
        /// The text, unless it was written to a file.
        pub text: Option<String>,
        /// How many records.
        pub records: u32,
    }

    /// How an invite shall be.
    #[derive(Default)]
    pub struct InviteRequest {
        /// Days it stays good; default 7.
        #[serde(default)]
        pub days: Option<u32>,
    }

    /// An invite for one device.
    pub struct Invite {
        /// Send it to one person: it opens the workspace once.
        pub link: String,
        /// Until when (RFC 3339).
        pub expires_at: String,
    }

    /// The relay to meet through.
    pub struct SetRelay {
        /// `ws://` or `wss://`; absent: none, stay on this machine.
        pub relay: Option<String>,
    }

    /// What `verify` found.
    pub struct VerifyReport {
        /// Everything agrees.
        pub clean: bool,
        /// What does not, in words.
        pub problems: Vec<String>,
        /// Damaged changes of the log that were put right first.
        pub mended: u32,
        /// What was noticed of the file's health on the way.
        pub noticed: Vec<Notice>,
        /// Changes in the log.
        pub changes: u32,
        /// Records in the document.
        pub records: u32,
        /// The document's fingerprint.
        pub fingerprint: String,
    }

    /// How far an import is.
    pub struct ImportProgress {
        /// `reading`, `matching`, `writing`, `done`.
        pub step: String,
        /// Rows done.
        pub done: u32,
        /// Rows in all.
        pub total: u32,
    }

    /// Something the interface should know at once. Sent by the desktop as the Tauri event `tandem`, by the development
    /// host as server-sent events.
    #[serde(tag = "event", content = "payload", rename_all = "snake_case")]
    pub enum Event {
        /// Records changed, here or elsewhere.
        Changed(Changed),
        /// The sync state, the waiting count or the peers changed.
        Status(Status),
        /// An import goes on.
        Import(ImportProgress),
        /// Another workspace was opened, it finished loading, or it is called otherwise.
        App(AppState),
        /// The workspace's own fields changed, here or elsewhere.
        Schema(SchemaInfo),
        /// Something the user must know (a damaged row was set aside, the disk is full…).
        Notice(Notice),
    }

    /// Which records changed.
    pub struct Changed {
        /// Their kinds.
        pub kinds: Vec<String>,
        /// Their ids; absent when there are more than 500.
        pub ids: Option<Vec<String>>,
        /// Another device, or another program on this machine, made the change.
        pub remote: bool,
    }

    /// Something to tell.
    pub struct Notice {
        /// Stable.
        pub code: String,
        /// In English.
        pub message: String,
        /// The same, to be said in the reader's language; absent where it is an error, whose code says it all.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        pub remark: Option<Said>,
    }
}
