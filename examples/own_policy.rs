//! A policy of one's own: the sooner a friend buys, the more her advocate gets. No scenario can say that, so a formula does.
//!
//! `cargo run --release --example own_policy`

use std::error::Error;
use std::path::Path;
use tellwave::event::{RewardKind, Side};
use tellwave::experiment::{Experiment, Programme};
use tellwave::policy::{Amount, Case, Clauses, Own, OwnRule, Rule};
use tellwave::scenario::{Overrides, Scenario};
use tellwave::units::Payment;

/// Ten dollars for a friend who buys at once, and half a dollar less with every day that passes since the word.
#[derive(Debug)]
struct TheSoonerTheMore;

impl OwnRule for TheSoonerTheMore {
    fn worth(&self, case: &Case) -> Payment {
        let days = case.at.days() - case.referral.told_at.days();
        Payment(1_000_u32.saturating_sub((50.0 * days) as u32))
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    print!("{}", compared()?);
    Ok(())
}

/// What is printed: what the same market makes of ten dollars, and of the formula.
pub fn compared() -> Result<String, Box<dyn Error>> {
    let market = "runs = 200\ngraph.watts_strogatz.people = 5_000\nseeds.count = 100\nconversion.invitation = '20 %'";
    let experiment = Scenario::parse("market.toml", market, Path::new(""), Overrides::default())?.into_experiment();
    let fixed = Rule::plain(Side::Advocate, RewardKind::Cash, Payment(1_000));
    // What people have in mind when they refer is the amount: here a friend who takes a week.
    let amount = Amount::Fixed(Payment(650));
    let sooner = Rule { amount, own: Some(Own::new(TheSoonerTheMore)), ..fixed.clone() };
    let mut told = String::new();
    for (name, rule) in [("ten dollars", fixed), ("the sooner the more", sooner)] {
        told += &line(name, &experiment.clone().with_programme(&[rule], Clauses::NONE)?);
    }
    Ok(told)
}

/// What a programme adds, and what a referred customer costs.
fn line(name: &str, experiment: &Experiment) -> String {
    let outcome = experiment.run(|| ());
    let added = Programme::of(&outcome).and_then(|it| it.comparison_of("incremental_customers").copied());
    let [cost, credited] = ["reward_cost", "referrals_credited"].map(|name| outcome.totals(name).unwrap_or_default());
    let [cost, credited] = [cost, credited].map(|runs| runs.iter().sum::<i64>() as f64);
    let added = added.map_or(0.0, |summary| summary.estimate.mean);
    format!("{name}: {added:.1} customers more; {:.2} dollars for each friend\n", cost / credited / 100.0)
}
