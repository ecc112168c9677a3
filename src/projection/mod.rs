//! Projections: what is counted while a run is played. Every number in a table, chart or report is one of these.
//!
//! A projection hears each event once and keeps running sums; folding a stored log gives the same sums. To add one:
//! a file here, and its line in [`Standard`].

mod asking;
mod customers;
#[doc(hidden)]
pub mod detail;
mod fraud;
mod leads;
pub mod ledger;
mod opinions;
mod reach;
mod renewals;
mod retention;
mod revenue;
mod reviews;
mod rewards;
mod worth;

#[doc(hidden)]
pub use asking::Asking;
#[doc(hidden)]
pub use customers::Customers;
#[doc(hidden)]
pub use fraud::Fraud;
#[doc(hidden)]
pub use leads::Leads;
pub use ledger::{Account, Ledger};
#[doc(hidden)]
pub use opinions::Opinions;
#[doc(hidden)]
pub use reach::Reach;
#[doc(hidden)]
pub use renewals::Renewals;
#[doc(hidden)]
pub use retention::Retention;
#[doc(hidden)]
pub use revenue::Revenue;
#[doc(hidden)]
pub use reviews::Reviews;
#[doc(hidden)]
pub use rewards::Rewards;
#[doc(hidden)]
pub use worth::Worth;

use crate::engine::{Sink, World};
use crate::event::Event;
use crate::language::Language;
use crate::state::State;
use crate::units::Tick;

/// Something that is measured: what the numbers of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measure {
    /// Snake-case name, unique.
    pub name: &'static str,
    /// What people call it.
    pub label: &'static str,
    /// What it is counted in.
    pub unit: Unit,
    /// A sentence that says what it is.
    pub meaning: &'static str,
}

/// Of these, less is better; of all others more is, or neither.
const BETTER_LOW: [&str; 40] = [
    "blocked",
    "words_bad",
    "unhappy",
    "detractors",
    "survey_detractors",
    "complaints_filed",
    "lapsed",
    "lost_customers",
    "delayed_customers",
    "leads_lost",
    "refunds",
    "purchases_refunded",
    "discounts",
    "cost_of_goods",
    "other_cost",
    "asking_cost",
    "community_cost",
    "influencer_cost",
    "advertising_cost",
    "platform_cost",
    "fraud_check_cost",
    "reward_cost",
    "reward_cost_anyway",
    "reward_cost_faked",
    "reward_expense",
    "reward_liability",
    "rewards_denied",
    "denied_by_budget",
    "denied_by_cap",
    "denied_by_end",
    "denied_by_hold",
    "denied_by_minimum",
    "denied_by_window",
    "denied_for_fraud",
    "denied_untracked",
    "fake_accounts",
    "self_referrals",
    "ring_referrals",
    "coupon_referrals",
    "honest_caught",
];

impl Measure {
    /// Whether less of it is better, as of costs and bad words.
    pub fn is_better_low(&self) -> bool {
        BETTER_LOW.contains(&self.name)
    }

    /// What people call it in a language.
    pub fn label_in(&self, language: Language) -> String {
        language.named(&format!("measure-{}", self.name), None, self.label)
    }

    /// What it is, in a sentence of a language.
    pub fn meaning_in(&self, language: Language) -> String {
        language.named(&format!("measure-{}", self.name), Some("meaning"), self.meaning)
    }
}

/// What a measure is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Persons.
    People,
    /// Words told.
    Words,
    /// Minor units of the scenario's currency.
    Money,
    /// Purchases.
    Purchases,
    /// Rewards.
    Rewards,
    /// How often something was done.
    Times,
    /// Tellings between a customer and a first customer.
    Generations,
    /// Minutes, of which a tick is one.
    Minutes,
}

/// A fold over the events of a run.
pub trait Projection: Sink {
    /// What [`Projection::daily`] gives; nothing, unless a projection says otherwise.
    fn daily_measures() -> Vec<Measure> {
        vec![]
    }
    /// What [`Projection::totals`] gives.
    fn total_measures() -> Vec<Measure>;
    /// Forgets the run, keeping the memory.
    fn rewind(&mut self);
    /// For each daily measure, appends what had come about by the end of day 0, 1, 2, … (cumulative).
    fn daily(&self, _out: &mut Vec<i64>) {}
    /// For each total measure, appends its value at the end of the run.
    fn totals(&self, out: &mut Vec<i64>);
}

/// The projections that every run carries.
#[derive(Debug, Clone)]
pub struct Standard {
    reach: Reach,
    customers: Customers,
    leads: Leads,
    reviews: Reviews,
    renewals: Renewals,
    retention: Retention,
    revenue: Revenue,
    ledger: Ledger,
    opinions: Opinions,
    asking: Asking,
    rewards: Rewards,
    worth: Worth,
    fraud: Fraud,
}

impl Standard {
    /// Projections of the runs of a world; `discount` is what money loses in a year, as a share from 0 to 1.
    pub fn new(world: &World, discount: f64) -> Standard {
        let (horizon, period) = (world.horizon, world.commerce.period);
        let days = horizon.day_closing() as usize + 1;
        Standard {
            reach: Reach::new(days),
            customers: Customers::new(days),
            leads: Leads::default(),
            reviews: Reviews::default(),
            renewals: Renewals::default(),
            retention: Retention::new(horizon, period, world.stop_at_customers),
            revenue: Revenue::new(days),
            ledger: Ledger::default(),
            opinions: Opinions::default(),
            asking: Asking::default(),
            rewards: Rewards::default(),
            worth: Worth::new(horizon, period, discount),
            fraud: Fraud::default(),
        }
    }
}

impl Sink for Standard {
    #[inline(always)]
    fn hear(&mut self, event: &Event, state: &State) {
        self.reach.hear(event, state);
        self.customers.hear(event, state);
        self.leads.hear(event, state);
        self.reviews.hear(event, state);
        self.renewals.hear(event, state);
        self.retention.hear(event, state);
        self.revenue.hear(event, state);
        self.ledger.hear(event, state);
        self.opinions.hear(event, state);
        self.asking.hear(event, state);
        self.rewards.hear(event, state);
        self.worth.hear(event, state);
        self.fraud.hear(event, state);
    }
}

impl Projection for Standard {
    fn daily_measures() -> Vec<Measure> {
        let customers = [Customers::daily_measures(), Renewals::daily_measures()].concat();
        [Reach::daily_measures(), customers, Revenue::daily_measures()].concat()
    }

    fn total_measures() -> Vec<Measure> {
        [
            Reach::total_measures(),
            Customers::total_measures(),
            Leads::total_measures(),
            Reviews::total_measures(),
            Renewals::total_measures(),
            Retention::total_measures(),
            Revenue::total_measures(),
            Ledger::total_measures(),
            Opinions::total_measures(),
            Asking::total_measures(),
            Rewards::total_measures(),
            Worth::total_measures(),
            Fraud::total_measures(),
        ]
        .concat()
    }

    fn rewind(&mut self) {
        self.reach.rewind();
        self.customers.rewind();
        self.leads.rewind();
        self.reviews.rewind();
        self.renewals.rewind();
        self.retention.rewind();
        self.revenue.rewind();
        self.ledger.rewind();
        self.opinions.rewind();
        self.asking.rewind();
        self.rewards.rewind();
        self.worth.rewind();
        self.fraud.rewind();
    }

    fn daily(&self, out: &mut Vec<i64>) {
        self.reach.daily(out);
        self.customers.daily(out);
        self.renewals.daily(out);
        self.revenue.daily(out);
    }

    fn totals(&self, out: &mut Vec<i64>) {
        self.reach.totals(out);
        self.customers.totals(out);
        self.leads.totals(out);
        self.reviews.totals(out);
        self.renewals.totals(out);
        self.retention.totals(out);
        self.revenue.totals(out);
        self.ledger.totals(out);
        self.opinions.totals(out);
        self.asking.totals(out);
        self.rewards.totals(out);
        self.worth.totals(out);
        self.fraud.totals(out);
    }
}

/// A count for each day: what a daily measure is summed up in.
#[derive(Debug, Clone)]
struct Days(Vec<i64>);

impl Days {
    fn new(days: usize) -> Days {
        Days(vec![0; days])
    }

    /// Counts `amount` on the day in which `at` lies.
    #[inline]
    fn add(&mut self, at: Tick, amount: i64) {
        self.0[at.day_closing() as usize] += amount;
    }

    fn rewind(&mut self) {
        self.0.fill(0);
    }

    fn total(&self) -> i64 {
        self.0.iter().sum()
    }

    /// Appends the sums up to each day.
    fn cumulate(&self, out: &mut Vec<i64>) {
        cumulate(self.0.iter().copied(), out);
    }
}

/// Appends the sums of the counts so far.
fn cumulate(counts: impl Iterator<Item = i64>, out: &mut Vec<i64>) {
    out.extend(counts.scan(0, |sum, count| {
        *sum += count;
        Some(*sum)
    }));
}
