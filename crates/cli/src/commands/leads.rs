//! `today`, `gate`, `route`, `brief`, `forgotten`.

use clap::Args;
use tandem_workspace::api::{
    Brief as BriefInfo, ForgottenList, ForgottenQuery, Frequency, GateInfo, LeadQuery, Lessons, QueueItem, RecordInfo,
    Request, RouteInfo, Said, Today as Queue, TodayQuery,
};

use crate::failure::Done;
use crate::output::{Output, count_of, minute, printable};
use crate::session::Session;

/// As of a past day.
#[derive(Args)]
pub(crate) struct AsOf {
    /// As it stood at the end of this day, e.g. 2027-03-31 [default: now]
    #[arg(long, value_name = "DATE")]
    pub(crate) as_of: Option<String>,
}

/// Reasons as one text.
pub(crate) fn why(reasons: &[Said]) -> String {
    printable(&reasons.iter().map(Said::english).collect::<Vec<_>>().join("; "))
}

/// Show a member's queue, most urgent first
#[derive(Args)]
pub(crate) struct Today {
    /// Whose: an id, its beginning, or a name [default: yours]
    #[arg(long, value_name = "MEMBER")]
    member: Option<String>,
    /// How many lines
    #[arg(long, short = 'n', value_name = "N", default_value_t = 50)]
    limit: u32,
    #[command(flatten)]
    when: AsOf,
}

impl Today {
    pub(crate) fn run(self, session: &Session, output: &Output) -> Done {
        let member = self.member.map(|typed| session.member(&typed)).transpose()?;
        let query = TodayQuery { member, as_of: self.when.as_of, offset: 0, limit: Some(self.limit) };
        let queue: Queue = session.ask(Request::Today(query))?;
        if output.json {
            return output.document(&queue);
        }
        output.line(format!(
            "{}: {} overdue, {} due today, {} in all",
            output.bold(&printable(&queue.member.title)),
            queue.overdue,
            queue.due,
            queue.total
        ))?;
        let row = |item: &QueueItem| {
            let due = item.clock.as_ref().map(|clock| minute(&clock.due_at)).unwrap_or_default();
            vec![item.when.clone(), item.what.clone(), printable(&item.title), why(&item.why), due, item.id.clone()]
        };
        output.table(&["when", "what", "record", "why", "due (UTC)", "id"], queue.items.iter().map(row).collect())
    }
}

/// A lead
#[derive(Args)]
pub(crate) struct Lead {
    /// The lead's id, or its beginning
    id: String,
    #[command(flatten)]
    when: AsOf,
}

impl Lead {
    fn query(self, session: &Session) -> Result<LeadQuery, crate::failure::Failure> {
        Ok(LeadQuery { id: session.id(&self.id)?, as_of: self.when.as_of })
    }
}

/// Say whether a lead is ready for sales, and what is missing
#[derive(Args)]
pub(crate) struct Gate {
    #[command(flatten)]
    lead: Lead,
}

impl Gate {
    pub(crate) fn run(self, session: &Session, output: &Output) -> Done {
        let gate: GateInfo = session.ask(Request::Gate(self.lead.query(session)?))?;
        if output.json {
            return output.document(&gate);
        }
        let passes = if gate.passes { "passes" } else { "does not pass" };
        output.line(format!(
            "{} {passes}: score {} (from {}), {} % known (from {})",
            output.bold(&printable(&gate.opportunity.title)),
            gate.score,
            gate.score_min,
            gate.confidence,
            gate.confidence_min
        ))?;
        for missing in &gate.missing {
            output.line(format!("  {}", printable(&missing.english())))?;
        }
        if let Some(next) = &gate.next {
            output.line(format!("Ask next (+{}): {}", next.gain, printable(&next.question)))?;
        }
        let rows = gate.criteria.iter().map(|one| {
            let told = if one.evidence.is_empty() { why(&one.why) } else { printable(&one.evidence) };
            let required = if one.required { "required" } else { "" };
            let by = one.member.as_ref().map_or_else(|| one.by.clone(), |member| printable(&member.title));
            vec![
                printable(&one.criterion.name),
                one.verdict.clone(),
                one.weight.to_string(),
                required.to_owned(),
                told,
                by,
            ]
        });
        output.table(&["criterion", "answer", "weight", "", "why", "by"], rows.collect())
    }
}

/// Rank who should get a lead, with reasons
#[derive(Args)]
pub(crate) struct Route {
    #[command(flatten)]
    lead: Lead,
}

impl Route {
    pub(crate) fn run(self, session: &Session, output: &Output) -> Done {
        let route: RouteInfo = session.ask(Request::Route(self.lead.query(session)?))?;
        if output.json {
            return output.document(&route);
        }
        let chosen = route.chosen.as_ref().map_or("nobody", |member| &member.title);
        let rule = route.rule.as_ref().map_or("no rule holds: all of sales", |rule| &rule.name);
        output.line(format!(
            "{} → {} ({})",
            printable(&route.opportunity.title),
            output.bold(chosen),
            printable(rule)
        ))?;
        let rows = route.candidates.iter().map(|one| {
            vec![
                one.rank.to_string(),
                printable(&one.member.title),
                if one.eligible { "yes" } else { "no" }.to_owned(),
                format!("{:.1} %", one.rate * 100.0),
                format!("{}/{}", one.won, one.closed),
                one.open.to_string(),
                why(&one.reasons),
            ]
        });
        output.table(&["#", "member", "may", "rate", "won", "open", "why"], rows.collect())
    }
}

/// Prepare the next contact
#[derive(Args)]
pub(crate) struct Brief {
    #[command(flatten)]
    lead: Lead,
}

impl Brief {
    pub(crate) fn run(self, session: &Session, output: &Output) -> Done {
        let brief: BriefInfo = session.ask(Request::Brief(self.lead.query(session)?))?;
        if output.json {
            return output.document(&brief);
        }
        let account = brief.account.as_ref().map(|account| format!(" · {}", account.title)).unwrap_or_default();
        output.line(output.bold(&printable(&format!("{}{account}", brief.opportunity.title))))?;
        for warning in &brief.warnings {
            output.line(format!("! {}", printable(&warning.why.english())))?;
        }
        let titles = |records: &[RecordInfo]| records.iter().map(|record| record.title.clone()).collect::<Vec<_>>();
        let people = brief.people.iter().map(|one| {
            let about = [one.role.as_str(), one.job_title.as_str()].into_iter().filter(|text| !text.is_empty());
            format!("{} ({})", one.person.title, about.collect::<Vec<_>>().join(", "))
        });
        section(output, "Who they are", people.collect())?;
        section(output, "What happened", titles(&brief.happened))?;
        section(output, "What was promised", titles(&brief.promises))?;
        section(output, "Risks", titles(&brief.risks))?;
        section(output, "To do", titles(&brief.tasks))?;
        section(output, "What is not known", brief.unknown.iter().map(|one| one.question.clone()).collect())?;
        let similar = brief.similar.iter().map(|one| {
            let owner = one.owner.as_ref().map_or("", |owner| &owner.title);
            format!("{} ({owner}; same {})", one.opportunity.title, one.same.join(", "))
        });
        section(output, "What worked on similar customers", similar.chain(lessons(&brief.lessons)).collect())?;
        let lost = brief.lost_because.iter().map(|(reason, times)| format!("{reason}: {times}"));
        section(output, "Why similar ones were lost", lost.collect())
    }
}

/// How it went with those that were won, in words.
fn lessons(lessons: &Lessons) -> impl Iterator<Item = String> {
    let took = lessons.days.map(|days| format!("won after {days} days (median of {})", lessons.won));
    let touches = lessons.touches.map(|touches| format!("with {touches} touches (median)"));
    let counted = |what: &str, all: &[Frequency]| {
        let name = |one: &Frequency| if one.title.is_empty() { one.key.clone() } else { one.title.clone() };
        let each = all.iter().map(|one| format!("{} {}", name(one), one.count)).collect::<Vec<_>>();
        (!each.is_empty()).then(|| format!("{what}: {}", each.join(", ")))
    };
    let through = [
        counted("touched by", &lessons.channels),
        counted("came from", &lessons.sources),
        counted("campaigns", &lessons.campaigns),
    ];
    [took, touches].into_iter().chain(through).flatten()
}

fn section(output: &Output, title: &str, lines: Vec<String>) -> Done {
    if lines.is_empty() {
        return Ok(());
    }
    output.line("")?;
    output.line(output.bold(title))?;
    lines.iter().try_for_each(|line| output.line(format!("  {}", printable(line))))
}

/// List what nobody looks after
#[derive(Args)]
pub(crate) struct Forgotten {
    /// Only what this member owns: an id, its beginning, or a name
    #[arg(long, value_name = "MEMBER")]
    member: Option<String>,
    /// How many lines
    #[arg(long, short = 'n', value_name = "N", default_value_t = 100)]
    limit: u32,
    #[command(flatten)]
    when: AsOf,
}

impl Forgotten {
    pub(crate) fn run(self, session: &Session, output: &Output) -> Done {
        let member = self.member.map(|typed| session.member(&typed)).transpose()?;
        let query = ForgottenQuery { member, as_of: self.when.as_of, offset: 0, limit: Some(self.limit) };
        let list: ForgottenList = session.ask(Request::Forgotten(query))?;
        if output.json {
            return output.document(&list);
        }
        let rows = list.items.iter().map(|one| {
            let owner = one.owner.as_ref().map(|owner| printable(&owner.title)).unwrap_or_default();
            vec![printable(&one.title), one.stage.clone(), owner, why(&one.why), minute(&one.since), one.id.clone()]
        });
        output.table(&["opportunity", "stage", "owner", "why", "since (UTC)", "id"], rows.collect())?;
        output.line(format!("{} of {} open.", count_of(list.total, "forgotten opportunity"), list.open))
    }
}
