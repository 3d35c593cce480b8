//! What happens in a world, as data: histories are lists of actions, so they can be made up, shortened and printed.
//!
//! Numbers choose among what is there when an action is done (`record: 7` is the seventh record the device knows, counted
//! round), so every list of actions is a possible history, also after parts of it were left out.

use proptest::prelude::*;

/// Something that happens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// A device does something to the context.
    Do {
        /// Which device.
        device: u8,
        /// What.
        deed: Deed,
    },
    /// So many messages arrive, or devices get to work, in an order the seed decides.
    Deliver(u8),
    /// Time passes, in milliseconds.
    Pass(u16),
    /// A device no longer reaches the relay.
    Part(u8),
    /// It does again.
    Mend(u8),
    /// A connection breaks; what was under way on it is lost.
    Drop(u8),
    /// A device's process ends and its file is opened again.
    Restart(u8),
    /// A device's process dies after it has carried out so many more effects: between a commit and its acknowledgement, say.
    Crash {
        /// Which device.
        device: u8,
        /// How many effects it still carries out.
        effects: u8,
    },
    /// Somebody makes a backup of a device's files.
    BackUp(u8),
    /// A device's files become what they were at an earlier time, in place; its process starts again on them.
    Restore {
        /// Which device.
        device: u8,
        /// Which of its backups.
        backup: u8,
        /// Its key as well, as with the snapshot of a virtual machine.
        key_too: bool,
    },
    /// The relay's process ends and starts again.
    RelayRestart,
    /// The relay starts again on an empty disk.
    RelayLosesDisk,
    /// From now on messages are repeated and overtake each other, in percent.
    Weather {
        /// How often a message comes twice.
        repeat: u8,
        /// How often a message overtakes others.
        overtake: u8,
    },
    /// A device makes its read model anew; it has to be what it was.
    Rebuild(u8),
}

/// Something a member does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deed {
    /// One action of one or more steps.
    Edit(Vec<Step>),
    /// Opens a text, so that it may later be written against this version.
    Read {
        /// Which text.
        text: u8,
    },
    /// Writes a text: against the version that was last opened, or the present one.
    Write {
        /// Which text.
        text: u8,
        /// Where in it.
        at: u8,
        /// What.
        word: u8,
        /// Against the version last opened.
        stale: bool,
    },
    /// Takes back the last action, or one of the last.
    Undo {
        /// How many actions ago; 0 leaves the choice to the engine.
        ago: u8,
    },
    /// Takes the undo back.
    Redo,
    /// Settles a conflict.
    Settle {
        /// Which conflict.
        conflict: u8,
        /// Which of its values.
        value: u8,
    },
    /// Declares a field of the workspace's own.
    Define {
        /// Which name.
        field: u8,
        /// Which type.
        ty: u8,
    },
    /// Keeps the document as a whole.
    Checkpoint,
}

/// A step of an action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// A record is made.
    Create {
        /// Of which kind.
        kind: u8,
        /// From which values.
        value: u8,
    },
    /// A field takes a value.
    Set {
        /// Which record.
        record: u8,
        /// Which of its fields.
        field: u8,
        /// Which value.
        value: u8,
    },
    /// A field is cleared.
    Clear {
        /// Which record.
        record: u8,
        /// Which of its fields.
        field: u8,
    },
    /// A set gains an element.
    Add {
        /// Which record.
        record: u8,
        /// Which of its sets.
        field: u8,
        /// Which element.
        element: u8,
    },
    /// A set loses an element.
    Remove {
        /// Which record.
        record: u8,
        /// Which of its sets.
        field: u8,
        /// Which element.
        element: u8,
    },
    /// A record is set aside or taken back.
    Archive {
        /// Which record.
        record: u8,
        /// Set aside.
        archived: bool,
    },
}

/// Any step. Small numbers, so that devices meet on the same fields and values.
pub fn any_step() -> impl Strategy<Value = Step> {
    let (record, field, value) = (0..12u8, 0..40u8, 0..5u8);
    prop_oneof![
        2 => (any::<u8>(), value.clone()).prop_map(|(kind, value)| Step::Create { kind, value }),
        8 => (record.clone(), field.clone(), value.clone()).prop_map(|(record, field, value)| Step::Set { record, field, value }),
        2 => (record.clone(), field.clone()).prop_map(|(record, field)| Step::Clear { record, field }),
        3 => (record.clone(), field.clone(), value.clone())
            .prop_map(|(record, field, element)| Step::Add { record, field, element }),
        3 => (record.clone(), field, value).prop_map(|(record, field, element)| Step::Remove { record, field, element }),
        1 => (record, any::<bool>()).prop_map(|(record, archived)| Step::Archive { record, archived }),
    ]
}

/// Any deed.
pub fn any_deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        12 => prop::collection::vec(any_step(), 1..5).prop_map(Deed::Edit),
        1 => (0..3u8).prop_map(|text| Deed::Read { text }),
        3 => (0..3u8, any::<u8>(), 0..5u8, any::<bool>())
            .prop_map(|(text, at, word, stale)| Deed::Write { text, at, word, stale }),
        3 => (0..4u8).prop_map(|ago| Deed::Undo { ago }),
        2 => Just(Deed::Redo),
        3 => (any::<u8>(), 0..3u8).prop_map(|(conflict, value)| Deed::Settle { conflict, value }),
        1 => (0..3u8, 0..4u8).prop_map(|(field, ty)| Deed::Define { field, ty }),
        1 => Just(Deed::Checkpoint),
    ]
}

/// Anything that happens among some devices, the loss of the relay's disk only if `losses` says so.
pub fn any_action(losses: bool) -> impl Strategy<Value = Action> {
    let device = 0..5u8;
    prop_oneof![
        20 => (device.clone(), any_deed()).prop_map(|(device, deed)| Action::Do { device, deed }),
        12 => (1..30u8).prop_map(Action::Deliver),
        2 => any::<u16>().prop_map(Action::Pass),
        2 => device.clone().prop_map(Action::Part),
        2 => device.clone().prop_map(Action::Mend),
        1 => device.clone().prop_map(Action::Drop),
        1 => device.clone().prop_map(Action::Restart),
        1 => (device.clone(), 0..12u8).prop_map(|(device, effects)| Action::Crash { device, effects }),
        1 => Just(Action::RelayRestart),
        1 => Just(if losses { Action::RelayLosesDisk } else { Action::RelayRestart }),
        1 => (0..60u8, 0..60u8).prop_map(|(repeat, overtake)| Action::Weather { repeat, overtake }),
        1 => device.prop_map(Action::Rebuild),
    ]
}

/// Anything that happens among some devices, their files restored from backups included.
pub fn any_action_with_restores() -> impl Strategy<Value = Action> {
    let device = 0..5u8;
    prop_oneof![
        24 => any_action(false),
        2 => device.clone().prop_map(Action::BackUp),
        1 => (device, any::<u8>(), any::<bool>())
            .prop_map(|(device, backup, key_too)| Action::Restore { device, backup, key_too }),
    ]
}
