//! What can be typed.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use crate::commands::{conflicts, field, files, handover, history, leads, numbers, records, share, sync};

/// A Tandem workspace from the command line: one go-to-market context for marketing, sales, service and their agents.
///
/// Reads and writes the same file as the desktop application, also while that has it open. Nothing needs the network
/// but `sync` and `join`.
#[derive(Parser)]
#[command(name = "tandem", version, max_term_width = 100, subcommand_required = true, arg_required_else_help = false)]
#[command(after_help = "\
Examples:
  tandem init deals.tandem --name \"ACME GTM\" --as \"Mia Berg <mia@acme.example>\" --team marketing
  export TANDEM_WORKSPACE=deals.tandem
  tandem import account accounts.csv --dry-run
  tandem list opportunity --filter stage=proposal --filter 'value>10000' --sort close_date
  tandem set ID stage=negotiation next_step=\"Send the contract\" --reason \"They said yes\"
  tandem undo")]
pub(crate) struct Cli {
    /// The workspace's file
    #[arg(long, short, global = true, env = "TANDEM_WORKSPACE", value_name = "PATH")]
    pub(crate) workspace: Option<PathBuf>,
    /// Answer in JSON, for machines; failures too (on standard error)
    #[arg(long, global = true)]
    pub(crate) json: bool,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Start a workspace
    Init(share::Init),
    /// Open the sample workspace, made on first use, and say where it is
    Sample(share::Sample),
    /// Join a workspace with an invite link, into the file named by --workspace
    Join(share::Join),
    /// Make a link that brings one device into the workspace
    Invite(share::Invite),
    /// Show, name or leave the relay this workspace meets through
    Relay(share::Relay),

    /// Bring in a CSV file
    Import(files::Import),
    /// Write out the records of a kind
    Export(files::Export),

    /// List records of a kind
    List(records::List),
    /// Show a record
    Show(records::Show),
    /// Make a record
    Create(records::Create),
    /// Set fields of one or more records, as one change
    Set(records::Set),
    /// Search everything
    Search(records::Search),

    /// Show a member's queue, most urgent first
    Today(leads::Today),
    /// Say whether a lead is ready for sales, and what is missing
    Gate(leads::Gate),
    /// Rank who should get a lead, with reasons
    Route(leads::Route),
    /// Prepare the next contact: who they are, what happened, what was promised, what worked on similar customers
    Brief(leads::Brief),
    /// List what nobody looks after
    Forgotten(leads::Forgotten),
    /// Answer a question of the gate
    Answer(handover::Answer),
    /// Offer a lead to sales
    Offer(handover::Offer),
    /// Take a lead that is offered to you
    Accept(handover::Accept),
    /// Give a lead back to marketing
    Return(handover::Return),
    /// Take a lead that was not offered
    Claim(handover::Claim),
    /// Start the onboarding of a customer that was won
    Onboard(handover::Onboard),
    /// Begin the renewal of a customer
    Renew(handover::Renew),
    /// Print goals, funnel, velocity and the break meter
    Metrics(numbers::Metrics),
    /// Print what became of marketing's leads
    Feedback(numbers::Feedback),
    /// Try rules on the leads of the past before they are switched on
    Backtest(numbers::Backtest),

    /// Show every value a record's fields ever had: who, when, from, to, why
    History(history::History),
    /// Undo a change, by default your own last
    Undo(history::Undo),

    /// List fields that hold two values, written without knowledge of each other
    Conflicts(conflicts::Conflicts),
    /// Settle a conflict on a value
    Settle(conflicts::Settle),

    /// List, add, rename, remove and bring back fields of your own
    Field(field::Field),
    /// Call the workspace otherwise, for everybody
    Rename(share::Rename),

    /// Send and fetch changes through the relay
    Sync(sync::Sync),
    /// Say where this copy stands: sync, waiting changes, other devices
    Status(sync::StatusArgs),
    /// Print one word for the state of the document: equal words mean equal truth
    Fingerprint(sync::Fingerprint),
    /// Check the log, the document and the read model against each other
    Verify(sync::Verify),
}

/// Why something is done, kept in the history.
#[derive(Args)]
pub(crate) struct Why {
    /// Why, kept in the history
    #[arg(long, value_name = "TEXT")]
    pub(crate) reason: Option<String>,
}
