//! `metrics`, `feedback`, `backtest`.

use std::collections::BTreeMap;

use clap::Args;
use serde::Serialize;
use tandem_workspace::api::{
    Attribution, Backtest as Tried, BacktestQuery, BacktestSide, DraftRule, Feedback as Fed, FeedbackRow,
    Metrics as Numbers, MetricsQuery, Request, ReturnedLead, ReturnedPage, ReturnedQuery, Share,
};

use super::leads::AsOf;
use crate::failure::{Done, Failure};
use crate::output::{Output, minute, printable};
use crate::session::Session;

/// Returned leads that are asked for at once.
const RETURNED: u32 = 1_000;

/// A stretch of time.
#[derive(Args)]
pub(crate) struct Stretch {
    /// First day
    #[arg(long, value_name = "DATE", default_value = "1970-01-01")]
    from: String,
    /// Last day
    #[arg(long, value_name = "DATE", default_value = "2999-12-31")]
    to: String,
    #[command(flatten)]
    when: AsOf,
}

fn amounts(amounts: &BTreeMap<String, f64>) -> String {
    let each = amounts.iter().map(|(currency, amount)| format!("{amount:.2} {currency}").trim().to_owned());
    each.collect::<Vec<_>>().join(" + ")
}

fn number(number: Option<f64>) -> String {
    number.map_or_else(|| "–".to_owned(), |number| format!("{number:.1}"))
}

/// Print goals, attribution, funnel, velocity, speed to lead and the break meter
#[derive(Args)]
pub(crate) struct Metrics {
    #[command(flatten)]
    stretch: Stretch,
    /// With the break meter, month by month (always with --json)
    #[arg(long)]
    meter: bool,
}

impl Metrics {
    pub(crate) fn run(self, session: &Session, output: &Output) -> Done {
        let Stretch { from, to, when } = self.stretch;
        // Machines get all of it.
        let without_meter = !self.meter && !output.json;
        let query = MetricsQuery { from, to, as_of: when.as_of, without_meter };
        let numbers: Numbers = session.ask(Request::Metrics(query))?;
        if output.json {
            return output.document(&numbers);
        }
        output.line(format!("Won: {} for {}", numbers.won.count, amounts(&numbers.revenue)))?;
        for goal in &numbers.goals {
            let title = printable(&goal.goal.title);
            output.line(format!("{title}: {:.2} of {:.2} {}", goal.won, goal.amount, goal.currency))?;
        }
        let velocity = &numbers.velocity;
        output.line(format!(
            "Open {}, win rate {} %, cycle {} days, per day {}",
            velocity.open.count,
            number(velocity.win_rate.map(|rate| rate * 100.0)),
            number(velocity.cycle_days),
            amounts(&velocity.per_day)
        ))?;
        let rows = numbers.funnel.iter().map(|one| {
            let (entered, on) = (one.entered.count.to_string(), one.converted.count.to_string());
            vec![one.stage.clone(), entered, on, number(one.median_days), one.resting.count.to_string()]
        });
        output.table(&["stage", "entered", "went on", "median days", "there now"], rows.collect())?;
        let attributed: Vec<Vec<String>> = numbers.attribution.iter().flat_map(shares).collect();
        output.table(&["attribution", "of", "share", "amount"], attributed)?;
        let rows = numbers.speed.buckets.iter().map(|one| {
            let within = match (one.upto_minutes, one.untouched) {
                (Some(minutes), _) => format!("{minutes} min"),
                (None, true) => "not yet".to_owned(),
                (None, false) => "longer".to_owned(),
            };
            vec![within, one.leads.count.to_string()]
        });
        let median = number(numbers.speed.median_minutes);
        output.line(format!("First contact after an offer: median {median} working minutes"))?;
        output.table(&["within", "leads"], rows.collect())?;
        if !self.meter {
            return output.line("The break meter, month by month: --meter");
        }
        let rows = numbers.meter.iter().map(|one| {
            let forgotten = one.forgotten.as_ref().map_or_else(|| "–".to_owned(), |figure| figure.count.to_string());
            vec![
                one.month.clone(),
                number(one.gap_hours),
                one.handed.count.to_string(),
                one.returned.count.to_string(),
                one.overridden.count.to_string(),
                one.double.count.to_string(),
                forgotten,
            ]
        });
        output.table(&["month", "gap hours", "handed", "returned", "overridden", "double", "forgotten"], rows.collect())
    }
}

/// Print what became of marketing's leads
#[derive(Args)]
pub(crate) struct Feedback {
    #[command(flatten)]
    stretch: Stretch,
}

impl Feedback {
    pub(crate) fn run(self, session: &Session, output: &Output) -> Done {
        let Stretch { from, to, when } = self.stretch;
        let query = MetricsQuery { from, to, as_of: when.as_of, without_meter: true };
        let fed: Fed = session.ask(Request::Feedback(query.clone()))?;
        let returned = all_returned(session, &query)?;
        if output.json {
            return output.document(&Told { fed, returned });
        }
        let row = |one: &FeedbackRow| {
            let name = if one.title.is_empty() { &one.key } else { &one.title };
            vec![
                printable(if name.is_empty() { "(none)" } else { name }),
                one.leads.count.to_string(),
                one.passed.count.to_string(),
                one.accepted.count.to_string(),
                one.returned.count.to_string(),
                one.won.count.to_string(),
                amounts(&one.revenue),
                one.cost.map(|cost| format!("{cost:.2} {}", one.cost_currency)).unwrap_or_default(),
            ]
        };
        let heads = |first| [first, "leads", "passed", "accepted", "returned", "won", "revenue", "cost"];
        output.table(&heads("campaign"), fed.campaigns.iter().map(row).collect())?;
        output.table(&heads("source"), fed.sources.iter().map(row).collect())?;
        let rows = fed.criteria.iter().map(|one| {
            let counts = [&one.said_yes, &one.wrong, &one.contradicted].map(|figure| figure.count.to_string());
            [printable(&one.criterion.name)].into_iter().chain(counts).collect()
        });
        output.table(&["criterion", "said yes", "of those wrong", "contradicted"], rows.collect())?;
        let rows = returned.iter().map(|one| {
            let by = one.by.as_ref().map(|by| printable(&by.title)).unwrap_or_default();
            let reason = one.reason.as_ref().map(|reason| printable(&reason.name)).unwrap_or_default();
            vec![minute(&one.at), printable(&one.opportunity.title), by, reason, printable(&one.evidence)]
        });
        output.table(&["returned (UTC)", "lead", "by", "reason", "in their words"], rows.collect())
    }
}

/// The shares of one attribution: of teams, campaigns and sources.
fn shares(one: &Attribution) -> Vec<Vec<String>> {
    let of = [("team", &one.teams), ("campaign", &one.campaigns), ("source", &one.sources)];
    let row = |(what, share): (&str, &Share)| {
        let name = if share.title.is_empty() { &share.key } else { &share.title };
        let name = printable(if name.is_empty() { "(none)" } else { name });
        vec![one.model.clone(), what.to_owned(), name, format!("{:.2} {}", share.amount, one.currency)]
    };
    of.into_iter().flat_map(|(what, shares)| shares.iter().map(move |share| (what, share))).map(row).collect()
}

/// What `feedback --json` prints.
#[derive(Serialize)]
struct Told {
    #[serde(flatten)]
    fed: Fed,
    /// Every return with the words of the rep, newest first.
    returned: Vec<ReturnedLead>,
}

fn all_returned(session: &Session, query: &MetricsQuery) -> Result<Vec<ReturnedLead>, Failure> {
    let mut all: Vec<ReturnedLead> = Vec::new();
    loop {
        let MetricsQuery { from, to, as_of, .. } = query.clone();
        let offset = u32::try_from(all.len()).unwrap_or(u32::MAX);
        let page = ReturnedQuery { from, to, as_of, text: None, rules: Vec::new(), offset, limit: Some(RETURNED) };
        let page: ReturnedPage = session.ask(Request::Returned(page))?;
        all.extend(page.leads);
        // Somebody may give one back meanwhile.
        if all.len() >= page.total as usize || offset as usize == all.len() {
            return Ok(all);
        }
    }
}

/// Try rules on the leads of the past before they are switched on
#[derive(Args)]
pub(crate) struct Backtest {
    /// On the leads of the last so many months
    #[arg(long, value_name = "N", default_value_t = 12, value_parser = clap::value_parser!(u32).range(1..=120))]
    months: u32,
    /// A field of the policy as it would be, e.g. score_min=70
    #[arg(long, value_name = "FIELD=VALUE")]
    policy: Vec<String>,
    /// A criterion as it would be: KEY:FIELD=VALUE, e.g. budget_known:weight=30
    #[arg(long, value_name = "KEY:FIELD=VALUE")]
    criterion: Vec<String>,
    #[command(flatten)]
    when: AsOf,
}

impl Backtest {
    pub(crate) fn run(self, session: &Session, output: &Output) -> Done {
        let mut drafts = Vec::new();
        for typed in &self.policy {
            drafts.push(draft("policy", session.rule("policy", "")?, typed)?);
        }
        for typed in &self.criterion {
            let (key, assignment) = typed
                .split_once(':')
                .ok_or_else(|| Failure::new("invalid_value", format!("“{typed}” is not KEY:FIELD=VALUE")))?;
            drafts.push(draft("criterion", session.rule("criterion", key)?, assignment)?);
        }
        let query = BacktestQuery { months: self.months, drafts, as_of: self.when.as_of };
        let tried: Tried = session.ask(Request::Backtest(query))?;
        if output.json {
            return output.document(&tried);
        }
        output.line(format!("{} leads of the last {} months", tried.leads, self.months))?;
        let row = |name: &str, one: &BacktestSide| {
            let counts = [&one.offered, &one.held].map(|group| [&group.all, &group.won, &group.lost]);
            let counts = counts.into_iter().flatten().map(|leads| leads.count.to_string());
            [name.to_owned()].into_iter().chain(counts).collect()
        };
        output.table(
            &["rules", "offered", "won", "lost", "held", "won all the same", "lost"],
            vec![row("as they are", &tried.present), row("as drafted", &tried.draft)],
        )
    }
}

fn draft(kind: &str, id: String, typed: &str) -> Result<DraftRule, Failure> {
    let wrong = || Failure::new("invalid_value", format!("“{typed}” is not FIELD=VALUE"));
    let (field, value) = typed.split_once('=').ok_or_else(wrong)?;
    Ok(DraftRule {
        kind: kind.to_owned(),
        id: Some(id),
        draft: None,
        fields: [(field.to_owned(), value.into())].into(),
        archived: false,
    })
}
