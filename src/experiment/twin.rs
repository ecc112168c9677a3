//! The twin: each run played again without the programme, on the same luck, and compared person by person.
//!
//! Why: what a programme adds is what would not have been there without it, and only the simulator can play both (common
//! random numbers: Glasserman & Yao 1992; docs/model.md, "The twin"). Every draw belongs to a
//! person or a pair, so whoever is not touched by the programme does the same in both worlds, and the two differ by the
//! programme alone.
//!
//! Where runs are forked, the twin is the run under the terms that it began with, compared in the same way.
//!
//! Deliberately absent: statistics (`programme`, `forked`), and what the twin's events were: its logs are not kept.

use super::Row;
use crate::engine::{Counterpart, Run, Sink, World};
use crate::event::{Event, Fact};
use crate::projection::{Measure, Projection, Standard, Unit};
use crate::state::State;
use crate::units::{Cents, EventId, PersonId, RunId, Tick};
use std::cmp::Ordering;
use std::sync::atomic::{self, AtomicBool};

/// The runs of an experiment without the programme; of forked runs, the same runs as they were.
#[derive(Debug, Clone, PartialEq)]
pub struct Twin {
    /// What the twins are.
    pub of: Counterpart,
    /// One row a run, in the order of runs.
    pub rows: Vec<Row>,
    /// For each run, the value of each of [`comparison_measures`].
    pub comparisons: Vec<Vec<i64>>,
}

impl Twin {
    /// The twins of all runs, in their order.
    pub(super) fn of(of: Counterpart, runs: impl Iterator<Item = (Row, Vec<i64>)>) -> Twin {
        let (rows, comparisons) = runs.unzip();
        Twin { of, rows, comparisons }
    }

    /// One of [`comparison_measures`] of every run, by its name; money in minor units. Nothing if there is no such measure.
    pub fn comparison(&self, name: &str) -> Option<Vec<i64>> {
        let place = comparison_measures(self.of).iter().position(|measure| measure.name == name)?;
        Some(self.comparisons.iter().map(|values| values[place]).collect())
    }
}

/// The totals of which the difference is taken: the run's less its twin's. They are the first of [`comparison_measures`].
const DIFFERENCES: [&str; 4] = ["customers", "customers_by_word", "revenue", "profit"];

const fn measure(name: &'static str, label: &'static str, unit: Unit, meaning: &'static str) -> Measure {
    Measure { name, label, unit, meaning }
}

/// The differences, then what is found person by person, in the order of [`Tally::values`].
macro_rules! comparison {
    ($with:literal, $without:literal) => {
        [
                measure("incremental_customers", "Incremental customers", Unit::People, concat!("customers ", $with, " less those ", $without)),
                measure("incremental_customers_by_word", "Incremental customers by word", Unit::People, concat!("customers whom somebody's word or review persuaded, ", $with, " less ", $without)),
                measure("incremental_revenue", "Incremental revenue", Unit::Money, concat!("revenue ", $with, " less that ", $without)),
                measure("incremental_profit", "Incremental profit", Unit::Money, concat!("profit ", $with, ", rewards paid, less that ", $without)),
                measure("attributed_customers", "Attributed customers", Unit::People, "customers whom the company credits to the programme by their codes: the one that persuaded, or the first or last it could track, and fakes that it did not catch"),
                measure("expansion", "Expansion", Unit::People, concat!("customers who do not buy ", $without)),
                measure("lost_customers", "Lost customers", Unit::People, concat!("people who buy ", $without, " only")),
                measure("accelerated_customers", "Accelerated customers", Unit::People, concat!("customers in both worlds who buy earlier ", $with)),
                measure("acceleration", "Acceleration", Unit::Minutes, "by how much the accelerated customers buy earlier, all of them together"),
                measure("delayed_customers", "Delayed customers", Unit::People, concat!("customers in both worlds who buy later ", $with)),
                measure("reward_cost_anyway", "Rewards for who comes anyway", Unit::Money, concat!("reward cost, on both sides, for people who buy ", $without, " too; prizes are for nobody in particular")),
                measure("reward_cost_by_friend", "Rewards for a friend each", Unit::Money, "reward cost that a friend's sign-up or purchase earned: all but prizes"),
        ]
    };
}

const WITH_PROGRAMME: [Measure; 12] = comparison!("with the programme", "without it");
const UNDER_NEW_TERMS: [Measure; 12] = comparison!("under the new terms", "under the old ones");

/// How a run compares to its twin: what [`Twin::comparisons`] holds.
pub fn comparison_measures(of: Counterpart) -> &'static [Measure] {
    match of {
        Counterpart::WithoutProgramme => &WITH_PROGRAMME,
        Counterpart::WithoutFork => &UNDER_NEW_TERMS,
    }
}

/// What is remembered of one run while it is played.
#[derive(Debug, Default)]
struct Trail {
    /// First purchases: who, when.
    purchases: Vec<(PersonId, Tick)>,
    /// How many of them a coded word brought about.
    attributed: i64,
    /// What can earn a reward, in the order of events: which event, whose.
    causes: Vec<(EventId, PersonId)>,
    /// Rewards granted or held back, and what of them expired or was taken back: for whom the company has them paid, whichever side gets them; how much.
    rewards: Vec<(PersonId, Cents)>,
}

impl Trail {
    fn clear(&mut self) {
        self.purchases.clear();
        self.causes.clear();
        self.rewards.clear();
        self.attributed = 0;
    }
}

impl Trail {
    /// For whom an event was that can earn a reward, or is one.
    fn whose(&self, event: EventId) -> Option<PersonId> {
        let place = self.causes.binary_search_by_key(&event, |&(id, _)| id).ok()?;
        Some(self.causes[place].1)
    }
}

impl Sink for Trail {
    #[inline(always)]
    fn hear(&mut self, event: &Event, state: &State) {
        // The state has counted this event already.
        let id = || EventId(state.next_event().0 - 1);
        match event.what {
            // A fake account is opened, and a self-referral signed up, by somebody who buys or does not without it.
            Fact::SignedUp { .. } | Fact::PurchaseRepeated { .. } | Fact::ReferralFaked { .. } => {
                self.causes.push((id(), event.who));
            }
            Fact::FirstPurchaseMade { .. } => {
                self.causes.push((id(), event.who));
                self.purchases.push((event.who, event.at));
            }
            Fact::ReferralCredited { .. } => self.attributed += 1,
            Fact::RewardGranted { cost, .. } | Fact::RewardHeld { cost, .. } => {
                if let Some(friend) = self.whose(event.cause) {
                    self.rewards.push((friend, cost.money()));
                    // What becomes of the reward is caused by its granting, or being held back.
                    self.causes.push((id(), friend));
                }
            }
            Fact::RewardExpired { cost, .. }
            | Fact::RewardForfeited { cost, .. }
            | Fact::RewardClawedBack { cost, .. } => {
                if let Some(friend) = self.whose(event.cause) {
                    self.rewards.push((friend, Cents::ZERO - cost.money()));
                }
            }
            _ => {}
        }
    }
}

/// The people of a run, by whose draws are theirs, so that they are known again in another run.
#[derive(Debug, Default)]
struct People {
    /// Customers in the order of their subjects, each with the first purchase.
    customers: Vec<(u64, Tick)>,
    /// For whom rewards were paid, and how much.
    rewards: Vec<(u64, Cents)>,
    attributed: i64,
}

impl People {
    fn take(&mut self, trail: &Trail, run: &Run) {
        self.customers.clear();
        self.customers.extend(trail.purchases.iter().map(|&(who, at)| (run.subject(who), at)));
        self.customers.sort_unstable();
        self.rewards.clear();
        self.rewards.extend(trail.rewards.iter().map(|&(who, amount)| (run.subject(who), amount)));
        self.attributed = trail.attributed;
    }

    fn buys(&self, subject: u64) -> bool {
        self.customers.binary_search_by_key(&subject, |&(subject, _)| subject).is_ok()
    }
}

/// Memory for playing runs, one after the other.
#[derive(Debug)]
pub(super) struct Player {
    pub run: Run,
    pub projections: Standard,
    trail: Trail,
}

impl Player {
    pub fn new(run: Run, projections: Standard) -> Player {
        Player { run, projections, trail: Trail::default() }
    }

    /// Plays the run of that number in a world; `also` hears it too.
    pub fn play(&mut self, world: &World, number: RunId, also: impl Sink) -> Row {
        self.projections.rewind();
        let ending = self.run.play(world, number, (&mut self.projections, also));
        Row::of(&self.projections, ending)
    }

    /// The same, for a pair: remembers what is compared of its people.
    fn play_half(&mut self, world: &World, number: RunId, people: &mut People, also: impl Sink) -> Row {
        let Player { run, projections, trail } = self;
        projections.rewind();
        trail.clear();
        let ending = run.play(world, number, (&mut *projections, (&mut *trail, also)));
        people.take(trail, run);
        Row::of(projections, ending)
    }
}

/// Memory for comparing runs and their twins, one pair after the other.
#[derive(Debug, Default)]
pub(super) struct Pair {
    with: People,
    without: People,
}

impl Pair {
    /// Plays a run of a world and its twin, and compares them; `also` hears the run. Where `second` says how to make
    /// another player, an idle thread of the pool plays the twin at the same time.
    pub fn play(
        &mut self,
        (world, twin): (&World, &World),
        number: RunId,
        player: &mut Player,
        also: impl Sink,
        second: Option<impl FnOnce() -> Player + Send>,
    ) -> (Row, Row, Vec<i64>) {
        let Pair { with, without } = self;
        let (with_row, without_row) = match second {
            None => {
                let row = player.play_half(world, number, with, also);
                (row, player.play_half(twin, number, without, ()))
            }
            Some(second) => {
                // Whoever comes first plays the twin: another thread, or this one when it is done with the run. So there is
                // no more memory than there are threads playing.
                let taken = AtomicBool::new(false);
                let (mut early, mut twin_people) = (None, People::default());
                let row = rayon::in_place_scope(|scope| {
                    let (early, people, taken) = (&mut early, &mut twin_people, &taken);
                    scope.spawn(move |_| {
                        if !taken.swap(true, atomic::Ordering::Relaxed) {
                            *early = Some(second().play_half(twin, number, people, ()));
                        }
                    });
                    let row = player.play_half(world, number, with, also);
                    let late = !taken.swap(true, atomic::Ordering::Relaxed);
                    (row, late.then(|| player.play_half(twin, number, without, ())))
                });
                match (row, early) {
                    ((row, Some(late)), _) => (row, late),
                    ((row, None), early) => {
                        *without = twin_people;
                        (row, early.expect("whoever takes the twin plays it"))
                    }
                }
            }
        };
        let comparison = self.compare(&with_row, &without_row);
        (with_row, without_row, comparison)
    }

    /// How the pair that was played last compares.
    fn compare(&self, with: &Row, without: &Row) -> Vec<i64> {
        let total = |row: &Row, name| row.total_of(name).expect("a measure of every run");
        let differences = DIFFERENCES.iter().map(|name| total(with, name) - total(without, name));
        differences.chain(Tally::of(&self.with, &self.without).values()).collect()
    }
}

/// What is found person by person.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
struct Tally {
    attributed: i64,
    expansion: i64,
    lost: i64,
    accelerated: i64,
    earlier: i64,
    delayed: i64,
    anyway: i64,
    by_friend: i64,
}

impl Tally {
    fn of(with: &People, without: &People) -> Tally {
        let mut tally = Tally { attributed: with.attributed, ..Tally::default() };
        let (mut ours, mut theirs) = (with.customers.iter().peekable(), without.customers.iter().peekable());
        // Both are in the order of subjects, so that one walk meets everybody.
        loop {
            let order = match (ours.peek(), theirs.peek()) {
                (None, None) => break,
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (Some((ours, _)), Some((theirs, _))) => ours.cmp(theirs),
            };
            let here = if order.is_le() { ours.next() } else { None };
            let there = if order.is_ge() { theirs.next() } else { None };
            tally.meet(here.map(|&(_, at)| at), there.map(|&(_, at)| at));
        }
        tally.anyway =
            with.rewards.iter().filter(|(whose, _)| without.buys(*whose)).map(|(_, amount)| amount.minor()).sum();
        tally.by_friend = with.rewards.iter().map(|(_, amount)| amount.minor()).sum();
        tally
    }

    /// Counts somebody who buys at these moments, or never, with the programme and without it.
    fn meet(&mut self, with: Option<Tick>, without: Option<Tick>) {
        match (with, without) {
            (Some(_), None) => self.expansion += 1,
            (None, Some(_)) => self.lost += 1,
            (Some(with), Some(without)) if with < without => {
                self.accelerated += 1;
                self.earlier += i64::from(without.0 - with.0);
            }
            (Some(with), Some(without)) if with > without => self.delayed += 1,
            _ => {}
        }
    }

    /// In the order of [`comparison_measures`], behind the differences.
    fn values(self) -> [i64; 8] {
        let Tally { attributed, expansion, lost, accelerated, earlier, delayed, anyway, by_friend } = self;
        [attributed, expansion, lost, accelerated, earlier, delayed, anyway, by_friend]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANN: u64 = 3;
    const BOB: u64 = 7;
    const CYD: u64 = 9;

    fn people(customers: &[(u64, u32)], rewards: &[(u64, i64)]) -> People {
        People {
            customers: customers.iter().map(|&(who, at)| (who, Tick(at))).collect(),
            rewards: rewards.iter().map(|&(who, amount)| (who, Cents(amount))).collect(),
            attributed: 0,
        }
    }

    #[test]
    fn everybody_is_counted_once() {
        let with = people(&[(ANN, 0), (BOB, 10)], &[]);
        let without = people(&[(ANN, 0), (CYD, 5)], &[]);
        let tally = Tally::of(&with, &without);
        assert_eq!(tally, Tally { expansion: 1, lost: 1, ..Tally::default() });
        assert_eq!(Tally::of(&with, &with), Tally::default());
    }

    #[test]
    fn who_buys_in_both_is_early_late_or_neither() {
        let with = people(&[(ANN, 100), (BOB, 300), (CYD, 5)], &[]);
        let without = people(&[(ANN, 160), (BOB, 200), (CYD, 5)], &[]);
        let tally = Tally::of(&with, &without);
        assert_eq!(tally, Tally { accelerated: 1, earlier: 60, delayed: 1, ..Tally::default() });
    }

    #[test]
    fn a_reward_is_for_who_bought_and_not_for_who_got_it() {
        let with = people(&[(ANN, 0), (BOB, 10), (CYD, 20)], &[(BOB, 1_000), (BOB, 500), (CYD, 1_000)]);
        assert_eq!(Tally::of(&with, &people(&[(ANN, 0), (CYD, 90)], &[])).anyway, 1_000);
        assert_eq!(Tally::of(&with, &people(&[(ANN, 0), (BOB, 90)], &[])).anyway, 1_500);
    }
}
