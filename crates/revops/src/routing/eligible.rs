//! Who may get a lead at all.

use tandem_context::Remark;

use super::language::Spoken;
use super::sentences::*;
use crate::World;
use crate::calendar::Calendars;
use crate::clocks::{ClockKind, clocks, is_overdue};
use crate::facts::{Account, Key, Member, Opportunity};
use crate::returns::gave_back;

/// What a lead asks of whoever gets it.
pub(super) struct Eligibility<'a> {
    world: &'a World,
    account: Option<&'a Account>,
    owner: Option<Key>,
    spoken: Option<Spoken>,
    calendars: Calendars<'a>,
    now_ms: i64,
    /// Who gave it back since it was last qualified.
    gave_back: Vec<Key>,
    /// Who let an offer lie.
    let_lie: Option<Key>,
}

impl<'a> Eligibility<'a> {
    pub(super) fn of(world: &'a World, lead: &Opportunity, pool: &[&Member], now_ms: i64) -> Self {
        let account = lead.account.and_then(|key| world.accounts.get(key));
        let calendars = Calendars::new(world);
        let clocks = clocks(world, &calendars, lead, now_ms);
        let lies = is_overdue(&clocks, ClockKind::Accept);
        Self {
            world,
            account,
            owner: account_owner(world, lead),
            spoken: Spoken::of(world, lead, account).and_then(|spoken| spoken.for_pool(pool)),
            now_ms,
            gave_back: gave_back(world, lead, now_ms),
            calendars,
            let_lie: world.offered_to(lead).filter(|_| lies),
        }
    }

    /// Whoever of sales has the account now.
    pub(super) fn account_owner(&self) -> Option<Key> {
        self.owner
    }

    pub(super) fn account_name(&self) -> &str {
        self.account.map_or("", |account| &account.name)
    }

    /// What speaks against a member; nothing: they may get it.
    pub(super) fn against(&self, member: &Member, open: u32, capacity: Option<u32>) -> Vec<Remark> {
        let facts = &member.facts;
        let mut against = Vec::new();
        if !facts.active {
            against.push(INACTIVE.say());
        }
        // Holidays and evenings bar nobody: the clocks stand still on them, so who is asked has their time all the same.
        let today = self.calendars.of(Some(member.key)).local_day(self.now_ms);
        let absences = self.world.absences.of(member.key);
        let until = absences.filter(|one| (one.from..=one.to).contains(&today)).map(|one| one.to).max();
        against.extend(until.map(|day| ABSENT.say().text("day", &day.to_string())));
        against.extend(self.language_against(member));
        if let Some(country) = self.account.map(|one| &one.country).filter(|country| !country.is_empty())
            && !facts.territories.is_empty()
            && !facts.territories.iter().any(|one| one.eq_ignore_ascii_case(country))
        {
            against.push(TERRITORY.say().text("country", country));
        }
        if let Some(most) = capacity.filter(|most| open >= *most) {
            against.push(FULL.say().number("count", open as usize).number("most", most as usize));
        }
        if self.gave_back.contains(&member.key) {
            against.push(RETURNED_IT.say());
        }
        if self.let_lie == Some(member.key) {
            against.push(LET_IT_LIE.say());
        }
        against
    }

    fn language_against(&self, member: &Member) -> Option<Remark> {
        let spoken = self.spoken.as_ref().filter(|spoken| !spoken.by(member))?;
        let country = self.account.map_or("", |account| &account.country);
        Some(match spoken {
            Spoken::Known(language) => LANGUAGE.say().text("language", language),
            Spoken::Guessed(languages) => {
                LANGUAGE_OF_COUNTRY.say().list("language", languages.iter().copied()).text("country", country)
            }
        })
    }
}

/// Whoever of sales owns the account, or has an open or won opportunity of it: of several the newest.
fn account_owner(world: &World, lead: &Opportunity) -> Option<Key> {
    let is_sales = |key: &Key| crate::clocks::is_of(world, *key, "sales");
    let key = lead.account?;
    if let Some(owner) = world.accounts.get(key)?.owner.filter(is_sales) {
        return Some(owner);
    }
    let others = world
        .opportunities
        .of(key)
        .filter(|one| one.key != lead.key && (world.rules.is_open(&one.stage) || world.rules.is_won(&one.stage)));
    let owned = others.filter(|one| one.owner.as_ref().is_some_and(is_sales));
    owned.max_by_key(|one| (one.created_ms, world.id(one.key))).and_then(|one| one.owner)
}
