//! What passes between the teams: `answer`, `offer`, `accept`, `return`, `claim`, `onboard`, `renew`.

use clap::Args;
use tandem_workspace::api::{
    AcceptLead, AnswerCriterion, Answered, Done as Written, OfferLead, Renewed, Request, ReturnLead, TakeLead,
};

use crate::args::Why;
use crate::failure::Done;
use crate::output::{Output, printable};
use crate::session::Session;

/// Says that something was done, or gives the change.
fn done(output: &Output, written: &Written, words: &str) -> Done {
    if output.json {
        return output.document(written);
    }
    output.line(words)
}

/// Answer a question of the gate
#[derive(Args)]
pub(crate) struct Answer {
    /// The lead's id, or its beginning
    id: String,
    /// The criterion: its id, key or name
    criterion: String,
    /// yes, no or unknown
    verdict: String,
    /// How that is known
    #[arg(long, value_name = "TEXT")]
    evidence: Option<String>,
}

impl Answer {
    pub(crate) fn run(self, session: &Session, output: &Output) -> Done {
        let id = session.id(&self.id)?;
        let answer = AnswerCriterion { id, criterion: self.criterion, verdict: self.verdict, evidence: self.evidence };
        let Answered { gate, .. } = session.ask(Request::Answer(answer))?;
        if output.json {
            return output.document(&gate);
        }
        let passes = if gate.passes { "passes the gate" } else { "does not pass the gate yet" };
        output.line(format!("{} {passes}: score {}.", printable(&gate.opportunity.title), gate.score))
    }
}

/// Offer a lead to sales
#[derive(Args)]
pub(crate) struct Offer {
    /// The lead's id, or its beginning
    id: String,
    /// To whom: an id, its beginning, or a name [default: as routed]
    #[arg(long, value_name = "MEMBER")]
    member: Option<String>,
    /// Why, although the gate holds it back; counted
    #[arg(long = "override", value_name = "TEXT")]
    override_reason: Option<String>,
}

impl Offer {
    pub(crate) fn run(self, session: &Session, output: &Output) -> Done {
        let id = session.id(&self.id)?;
        let member = self.member.map(|typed| session.member(&typed)).transpose()?;
        let offer = OfferLead { id, member, override_reason: self.override_reason };
        done(output, &session.ask(Request::Offer(offer))?, "Offered.")
    }
}

/// Take a lead that is offered to you
#[derive(Args)]
pub(crate) struct Accept {
    /// The record's id, or its beginning
    id: String,
    /// Why, although a rule holds it back; counted
    #[arg(long = "override", value_name = "TEXT")]
    override_reason: Option<String>,
    #[command(flatten)]
    why: Why,
}

impl Accept {
    pub(crate) fn run(self, session: &Session, output: &Output) -> Done {
        let Self { override_reason, why, .. } = self;
        let lead = AcceptLead { id: session.id(&self.id)?, reason: why.reason, override_reason };
        done(output, &session.ask(Request::Accept(lead))?, "Accepted: it is yours.")
    }
}

/// Commands that name a lead and perhaps say why.
macro_rules! lead_commands {
    ($($(#[$doc:meta])* $name:ident => $words:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Args)]
        pub(crate) struct $name {
            /// The record's id, or its beginning
            id: String,
            #[command(flatten)]
            why: Why,
        }

        impl $name {
            pub(crate) fn run(self, session: &Session, output: &Output) -> Done {
                let lead = TakeLead { id: session.id(&self.id)?, reason: self.why.reason };
                done(output, &session.ask(Request::$name(lead))?, $words)
            }
        }
    )*};
}

lead_commands! {
    /// Take a lead that was not offered
    Claim => "Claimed: it is yours.";
    /// Start the onboarding of a customer that was won
    Onboard => "The onboarding has begun.";
}

/// Begin the renewal of a customer
#[derive(Args)]
pub(crate) struct Renew {
    /// The customer's id, or its beginning
    id: String,
    #[command(flatten)]
    why: Why,
}

impl Renew {
    pub(crate) fn run(self, session: &Session, output: &Output) -> Done {
        let lead = TakeLead { id: session.id(&self.id)?, reason: self.why.reason };
        let Renewed { record: made, .. } = session.ask(Request::Renew(lead))?;
        if output.json {
            return output.document(&made);
        }
        output.line(format!("{} {}", made.id, printable(&made.title)))
    }
}

/// Give a lead back to marketing
#[derive(Args)]
pub(crate) struct Return {
    /// The lead's id, or its beginning
    id: String,
    /// Why: a reason's id, key or name (`tandem list reason` lists them)
    #[arg(long, value_name = "REASON")]
    reason: String,
    /// What happened, in your own words
    #[arg(long, value_name = "TEXT")]
    evidence: String,
    /// The criterion it contradicts (id, key or name) [default: the reason's own]
    #[arg(long, value_name = "CRITERION")]
    criterion: Option<String>,
    /// Take it up again on this day
    #[arg(long, value_name = "DATE")]
    until: Option<String>,
}

impl Return {
    pub(crate) fn run(self, session: &Session, output: &Output) -> Done {
        let lead = ReturnLead {
            id: session.id(&self.id)?,
            reason: self.reason,
            evidence: self.evidence,
            criterion: self.criterion,
            return_on: self.until,
        };
        done(output, &session.ask(Request::Return(lead))?, "Given back to marketing.")
    }
}
