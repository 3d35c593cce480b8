//! The commands, a file for each group of them.

pub(crate) mod conflicts;
pub(crate) mod field;
pub(crate) mod files;
pub(crate) mod handover;
pub(crate) mod history;
pub(crate) mod leads;
pub(crate) mod numbers;
pub(crate) mod records;
pub(crate) mod share;
pub(crate) mod sync;

use crate::args::{Cli, Command};
use crate::failure::Done;
use crate::output::Output;
use crate::session::Session;

/// Does what was typed.
pub(crate) fn run(cli: Cli, output: &Output) -> Done {
    let open = || Session::open(cli.workspace.clone());
    match cli.command {
        Command::Init(args) => args.run(output),
        Command::Sample(args) => args.run(output),
        Command::Join(args) => args.run(cli.workspace, output),
        Command::Invite(args) => args.run(&open()?, output),
        Command::Relay(args) => args.run(&open()?, output),
        Command::Import(args) => args.run(&open()?, output),
        Command::Export(args) => args.run(&open()?, output),
        Command::List(args) => args.run(&open()?, output),
        Command::Show(args) => args.run(&open()?, output),
        Command::Create(args) => args.run(&open()?, output),
        Command::Set(args) => args.run(&open()?, output),
        Command::Search(args) => args.run(&open()?, output),
        Command::Today(args) => args.run(&open()?, output),
        Command::Gate(args) => args.run(&open()?, output),
        Command::Route(args) => args.run(&open()?, output),
        Command::Brief(args) => args.run(&open()?, output),
        Command::Forgotten(args) => args.run(&open()?, output),
        Command::Answer(args) => args.run(&open()?, output),
        Command::Offer(args) => args.run(&open()?, output),
        Command::Accept(args) => args.run(&open()?, output),
        Command::Return(args) => args.run(&open()?, output),
        Command::Claim(args) => args.run(&open()?, output),
        Command::Onboard(args) => args.run(&open()?, output),
        Command::Renew(args) => args.run(&open()?, output),
        Command::Metrics(args) => args.run(&open()?, output),
        Command::Feedback(args) => args.run(&open()?, output),
        Command::Backtest(args) => args.run(&open()?, output),
        Command::History(args) => args.run(&open()?, output),
        Command::Undo(args) => args.run(&open()?, output),
        Command::Conflicts(args) => args.run(&open()?, output),
        Command::Settle(args) => args.run(&open()?, output),
        Command::Field(args) => args.run(&open()?, output),
        Command::Rename(args) => args.run(&open()?, output),
        Command::Sync(args) => args.run(&open()?, output),
        Command::Status(args) => args.run(&open()?, output),
        Command::Fingerprint(args) => args.run(&open()?, output),
        Command::Verify(args) => args.run(&open()?, output),
    }
}
