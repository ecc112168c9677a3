//! Prizes: tickets are drawn, or a leaderboard is closed, when a rule ends.
//!
//! Tickets are rewards of the kind "ticket", whichever rule granted them, as long as they were not taken back. A drawing takes
//! them out one after the other, and whoever has won puts hers aside: nobody wins twice. A leaderboard counts the friends whom
//! the company credited while the rule held; among equals comes first who got there first. A prize is granted like any other
//! reward: within caps and budget, and with its own date of release, redemption and expiry.

use super::due::{Act, Due};
use super::rewarding::Answer;
use super::{Play, Sink};
use crate::dice::Purpose;
use crate::event::{Fact, RewardKind};
use crate::policy::{Occasion, Referral, Rule, Trigger};
use crate::state::{GrantStatus, State};
use crate::units::{EventId, PersonId, Tick};
use std::cmp::Reverse;
use std::collections::HashSet;

impl<S: Sink, const PLAIN: bool> Play<'_, S, PLAIN> {
    /// Plans every award of prizes from `at` on.
    pub(super) fn open_prizes(&mut self, at: Tick) {
        for (ordinal, rule) in (0..).zip(self.world.policy.rules()) {
            // A rule holds up to and including its last moment, so what that still brings comes first.
            if let Some(end) = rule.ends.filter(|&end| rule.trigger.is_prize() && at <= end && end < self.world.horizon)
            {
                let due = Due::Act { who: PersonId::NOBODY, act: Act::AwardPrizes, ordinal };
                self.run.agenda.plan(end + Tick(1), due.pack());
            }
        }
    }

    /// Awards the prizes that end with what is played, when nothing else is to come.
    pub(super) fn close_prizes(&mut self) {
        let horizon = self.world.horizon;
        for (place, rule) in (0..).zip(self.world.policy.rules()) {
            if rule.trigger.is_prize() && rule.ends == Some(horizon) {
                self.award_prizes(horizon, place);
            }
        }
    }

    /// Awards the prizes of a rule, as things stood at its last moment.
    pub(super) fn award_prizes(&mut self, at: Tick, place: u32) {
        let rule = &self.world.policy.rules()[place as usize];
        let state = &self.run.state;
        let Some(end) = rule.ends else { return };
        let concerned = |who: &PersonId| rule.segment.is_none_or(|segment| self.is_of_segment(*who, segment.into()));
        let (mut winners, most) = match rule.trigger {
            Trigger::Drawing(most) => (tickets(state, rule, end), most),
            Trigger::Leaderboard(most) => (ranking(state, rule, end), most),
            _ => return,
        };
        winners.retain(concerned);
        if let Trigger::Drawing(_) = rule.trigger {
            winners = self.draw(winners, most, place);
        }
        self.run.answers.clear();
        for (number, &who) in (1..=most).zip(&winners) {
            let referral = Referral { told_at: end, tracked: true, number };
            if let Some(verdict) = rule.verdict(end, Occasion::Prize, referral, &self.run.state.account(who)) {
                self.run.answers.push(Answer { rule: place as u8, who, verdict });
            }
        }
        if !self.run.answers.is_empty() {
            let awarded = Fact::PrizesAwarded { rule: place as u8 };
            let cause = self.record(at, PersonId::NOBODY, awarded, EventId::ROOT);
            self.carry_out(at, cause);
        }
    }

    /// Who wins, in the order of being drawn.
    fn draw(&self, mut tickets: Vec<PersonId>, most: u32, place: u32) -> Vec<PersonId> {
        let mut draws = self.luck.of(Purpose::Drawing).stream(place.into());
        let (mut winners, mut won) = (vec![], HashSet::new());
        while (winners.len() as u32) < most && !tickets.is_empty() {
            let winner = tickets.swap_remove(draws.below(tickets.len() as u32) as usize);
            if won.insert(winner) {
                winners.push(winner);
            }
        }
        winners
    }
}

/// Whose tickets are in the drum, in the order in which they were earned; those still held back are.
fn tickets(state: &State, rule: &Rule, end: Tick) -> Vec<PersonId> {
    let counts = |earned: Tick| (rule.starts..=end).contains(&earned);
    let tickets = state.grants().iter().filter(|grant| grant.kind == RewardKind::Ticket && counts(grant.at));
    tickets.filter(|grant| grant.status != GrantStatus::TakenBack).map(|grant| grant.who).collect()
}

/// Advocates by the friends credited to them while the rule held, most first; among equals who got there first.
fn ranking(state: &State, rule: &Rule, end: Tick) -> Vec<PersonId> {
    let credits = state.credits().iter().enumerate().filter(|(_, (when, _))| (rule.starts..=end).contains(when));
    let mut each: Vec<(PersonId, usize)> = credits.map(|(place, &(_, who))| (who, place)).collect();
    each.sort_unstable();
    let chunks = each.chunk_by(|one, other| one.0 == other.0);
    let mut ranks: Vec<(Reverse<usize>, usize, PersonId)> =
        chunks.filter_map(|credits| credits.last().map(|&(who, place)| (Reverse(credits.len()), place, who))).collect();
    ranks.sort_unstable();
    ranks.into_iter().map(|(.., who)| who).collect()
}
