//! The list of commands and queries.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::journey::*;
use super::types::*;

/// One command or query. The doc line of each variant names its answer.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(tag = "command", content = "payload", rename_all = "snake_case")]
#[ts(export, export_to = "types.ts")]
pub enum Request {
    // --- without an open workspace -------------------------------------------------------------------------------
    /// → [`AppState`]: which workspace is open, which were open before, the local preferences.
    App,
    /// → [`AppState`]. Start a workspace of one's own.
    Start(StartWorkspace),
    /// → [`AppState`]. Join somebody's workspace with an invite link.
    Join(JoinWorkspace),
    /// → [`AppState`]. Open the sample workspace, made on first use.
    OpenSample,
    /// → [`AppState`]. Open a workspace that is on this machine.
    Open(OpenWorkspace),
    /// → [`AppState`]. Back to the first screen.
    Close,
    /// → [`AppState`]. Remove the sample workspace from this machine.
    RemoveSample,
    /// → [`AppState`]. Keep preferences of this machine (language, theme, density…); they never leave it.
    SetPreferences(Preferences),

    // --- queries -------------------------------------------------------------------------------------------------
    /// → [`SchemaInfo`]: kinds, fields, stages; forms, tables and mapping derive from it.
    Schema,
    /// → [`Status`]: sync state, waiting changes, people here, sameness.
    Status,
    /// → [`RecordPage`].
    List(ListQuery),
    /// → [`Board`]: the pipeline by stage with counts, sums and each column's first cards.
    Board(BoardQuery),
    /// → [`RecordInfo`].
    Record(RecordRef),
    /// → [`RecordRef`]: the id that begins so, where only one does (at least 4 characters), or it is whole.
    FindId(RecordRef),
    /// → [`ChangeRef`]: the change whose hash begins so, where only one does.
    FindChange(ChangeRef),
    /// → `Related`: what links to this record (people, opportunities, …), by kind and field.
    Related(RecordRef),
    /// → [`Timeline`]: activities and changes of a record in one stream, newest first.
    Timeline(TimelineQuery),
    /// → `Vec<FieldChange>`: every value a field ever had: who, when, from, to, why. Newest first.
    FieldHistory(FieldRef),
    /// → [`ChangePage`]: all changes of the workspace, newest first.
    History(HistoryQuery),
    /// → [`ChangeDetail`]: one change and every field it wrote.
    Change(ChangeRef),
    /// → `Vec<ConflictInfo>`.
    Conflicts,
    /// → `Vec<SearchHit>`: prefix search over everything, best first.
    Search(SearchQuery),
    /// → [`TextState`]: a page's body with the version to write against.
    Text(FieldRef),
    /// → `Vec<Counted>`: the distinct values of a field with their counts, for filter menus.
    Values(ValuesQuery),

    // --- commands ------------------------------------------------------------------------------------------------
    /// → [`RecordInfo`].
    Create(CreateRecord),
    /// → [`Done`]. Set fields on one or many records, as one action.
    Set(SetFields),
    /// → [`Done`]. Archive records (nothing is ever deleted), or take them back with `archived: false`.
    Archive(ArchiveRecords),
    /// → [`Undone`]. Undo a change, by default one's own last.
    Undo(UndoChange),
    /// → [`Undone`]. Redo what was undone last.
    Redo,
    /// → [`Done`]. Settle a conflict on a value: one of the two, or a third.
    Settle(SettleConflict),
    /// → [`TextState`]. Write a page's body against the version it was read at; merges by character.
    EditText(EditText),
    /// → [`SchemaInfo`]. Add a custom field to a kind.
    DefineField(DefineField),
    /// → [`SchemaInfo`]. Call a custom field otherwise.
    RenameField(RenameField),
    /// → [`SchemaInfo`]. Set a custom field aside, or take it back; its values are kept.
    RetireField(RetireField),
    /// → [`AppState`]. Call the workspace otherwise, for everybody.
    RenameWorkspace(RenameWorkspace),

    // --- the revenue journey -------------------------------------------------------------------------------------
    /// → [`Today`]: a member's queue, most urgent first.
    Today(TodayQuery),
    /// → [`GateInfo`]: whether a lead is ready for sales, and why.
    Gate(LeadQuery),
    /// → [`RouteInfo`]: who should get a lead, and why.
    Route(LeadQuery),
    /// → [`Brief`]: what to know before the next contact.
    Brief(LeadQuery),
    /// → `Option<Settlement>`: what is proposed where two members have a lead.
    Settlement(LeadQuery),
    /// → `Vec<Marks>`: what calls for attention on opportunities, for their cards.
    Marks(MarksQuery),
    /// → [`ForgottenList`]: what nobody looks after.
    Forgotten(ForgottenQuery),
    /// → [`Violations`]: what speaks against moving opportunities to a stage.
    CheckMove(MoveCheck),
    /// → `Vec<ContactWarning>`: what to know before contacting somebody.
    Warnings(ContactQuery),
    /// → [`Metrics`]: goals, funnel, velocity, speed, the break meter.
    Metrics(MetricsQuery),
    /// → [`Feedback`]: what became of marketing's leads.
    Feedback(MetricsQuery),
    /// → [`ReturnedPage`]: the leads that sales gave back, with the words of the reps.
    Returned(ReturnedQuery),
    /// → [`NumberRecords`]: the records that a number counts.
    Number(NumberQuery),
    /// → [`Backtest`]: what rules would have done to the leads of the past.
    Backtest(BacktestQuery),
    /// → [`TriedPage`]: the leads behind a number of a back-test.
    Tried(TriedQuery),
    /// → [`Done`]. Write rules that were drafted, all as one action.
    SwitchOn(SwitchOn),
    /// → [`Answered`]. Answer a question of the gate.
    Answer(AnswerCriterion),
    /// → [`Done`]. Offer a lead to sales; where routing assigns, it is theirs at once.
    Offer(OfferLead),
    /// → [`Done`]. Take an offered lead.
    Accept(AcceptLead),
    /// → [`Done`]. Give a lead back to marketing.
    Return(ReturnLead),
    /// → [`Done`]. Take a lead that was not offered.
    Claim(TakeLead),
    /// → [`Done`]. Take an offer back.
    Withdraw(TakeLead),
    /// → [`Done`]. Start the onboarding of a won customer: its steps become tasks.
    Onboard(TakeLead),
    /// → [`Done`]. Write down a contact together with the next step and the promise that follow from it, as one action.
    Log(LogContact),
    /// → [`Renewed`]. Begin the renewal of a customer: an opportunity that points to it.
    Renew(TakeLead),

    // --- files ---------------------------------------------------------------------------------------------------
    /// → [`ImportPreview`]: detected format, proposed mapping, first rows, what would happen (a dry run).
    ImportPreview(ImportRequest),
    /// → [`ImportReport`]. Progress arrives as [`Event::Import`].
    ImportRun(ImportRequest),
    /// → [`Done`]. Stop the import under way; nothing of it stays.
    ImportCancel,
    /// → [`Exported`]: the records of a kind as CSV or JSON text.
    Export(ExportRequest),

    // --- sharing -------------------------------------------------------------------------------------------------
    /// → [`Invite`].
    Invite(InviteRequest),
    /// → [`Status`]. Name the relay this workspace meets through.
    SetRelay(SetRelay),
    /// → [`Status`]. Try to reach the relay now.
    SyncNow,
    /// → [`VerifyReport`]: the log, the document and the read model, checked against each other.
    Verify,
}
