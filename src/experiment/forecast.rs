//! A forecast of how much happens in a run, day by day and on average, before anything is played: what memory is reckoned
//! from (`scenario::memory`). It is no result, and none is made of it.
//!
//! Everybody meets everybody, and numbers are their means (the deterministic epidemic of Kermack & McKendrick 1927, with the
//! delays of the model): customers tell, words arrive after their delay, prospects are persuaded, damped by the bad words
//! heard so far, and buy after theirs. Left out: the graph but for its mean degree, the programme's offers, segments, and
//! what brings people otherwise.

use crate::alias::AliasTable;
use crate::engine::{CountTable, World};
use crate::units::{Probability, Tick};

/// What a run will come to, on average.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Forecast {
    /// Customers in the end \[people\].
    pub customers: f64,
    /// The most words that wait to be told at the same time \[words\].
    pub words_waiting: f64,
    /// The most words that are told in a day \[words\].
    pub words_a_day: f64,
}

impl Forecast {
    /// For so many people, of whom so many are customers from the beginning, with so many friends each on average.
    pub fn of(world: &World, people: f64, seeds: f64, friends: f64) -> Forecast {
        let days = world.horizon.day_closing() as usize + 1;
        let chance = |chance: Probability| chance.value();
        let at_least = world.experience.own.at_least;
        let (satisfied, unhappy) = (chance(at_least[9]), 1.0 - chance(at_least[7]));
        let rate = |law: &CountTable, talks: f64| match world.telling.talking {
            Some(_) => talks,
            None => mean_tells(law, friends),
        };
        // In rate mode a customer has one word on its way at a time.
        let good = satisfied * chance(world.telling.advocacy) * rate(&world.telling.good, 1.0);
        let bad = unhappy * rate(&world.telling.bad, 1.0);
        let persuasion = chance(world.conversion.persuasion).max(chance(world.policy.best_invitation()));
        let damping = 1.0 - world.conversion.damping.get(1).map_or(1.0, |&once| chance(once));
        let (told_after, bought_after) =
            (by_day(&world.telling.delay, days), by_day(&world.conversion.decision_delay, days));
        let (mut buyers, mut words) = (vec![0.0; days], vec![0.0; days]);
        buyers[0] = seeds.min(people);
        let mut forecast = Forecast::default();
        let (mut prospects, mut heard_bad, mut waiting) = (people - buyers[0], 0.0, 0.0);
        let limit = world.stop_at_customers.map_or(f64::INFINITY, f64::from);
        for day in 0..days {
            // Whoever buys today has been spread over the days of telling by now, but for those of today.
            let mut told = buyers[day];
            spread(told, &told_after, &mut words[day..]);
            let heard_share = |words: f64| words * good / people.max(1.0);
            let damped = (-damping * heard_bad / people.max(1.0)).exp();
            let persuaded = prospects * (1.0 - (-heard_share(words[day]) * persuasion * damped).exp());
            prospects -= persuaded;
            let before = buyers[day];
            spread(persuaded, &bought_after, &mut buyers[day..]);
            // Some buy on the day on which they are persuaded.
            let at_once = buyers[day] - before;
            spread(at_once, &told_after, &mut words[day..]);
            told += at_once;
            heard_bad += words[day] * bad;
            // The run is over as soon as it has so many customers, and nobody but they tells anybody.
            let left = limit - forecast.customers;
            let is_last = told >= left;
            let told_words = if is_last { words[day].min(limit) } else { words[day] };
            waiting += if is_last { left } else { told - words[day] };
            forecast.customers += told.min(left);
            forecast.words_waiting = forecast.words_waiting.max(waiting * (good + bad));
            forecast.words_a_day = forecast.words_a_day.max(told_words * (good + bad));
            if is_last {
                break;
            }
        }
        forecast
    }
}

/// Adds an amount to the days, as a law of delays spreads it.
fn spread(amount: f64, delays: &[f64], days: &mut [f64]) {
    if amount > 0.0 {
        days.iter_mut().zip(delays).for_each(|(day, share)| *day += amount * share);
    }
}

/// The shares of a law of delays that fall 0, 1, 2, … days later.
fn by_day(delay: &AliasTable, days: usize) -> Vec<f64> {
    let mut shares = vec![0.0; days];
    for (tick, share) in (delay.first()..).zip(delay.probabilities()) {
        // A day later is half a day's rounding either way.
        if let Some(day) = shares.get_mut(((tick + Tick::PER_DAY / 2) / Tick::PER_DAY) as usize) {
            *day += share;
        }
    }
    // Nothing is told so late that it is worth a step of the sum.
    while shares.len() > 1 && shares.last().is_some_and(|&share| share < 1e-6) {
        shares.pop();
    }
    shares
}

fn mean_tells(law: &CountTable, friends: f64) -> f64 {
    match law {
        CountTable::All => friends,
        CountTable::Drawn(table) => (table.first()..)
            .zip(table.probabilities())
            .map(|(tells, share)| f64::from(tells).min(friends) * share)
            .sum(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_law_of_delays_is_shared_out_by_days() {
        let shares = by_day(&AliasTable::constant(Tick::PER_DAY * 2), 10);
        assert_eq!(shares, [0.0, 0.0, 1.0]);
        let mut days = [1.0; 4];
        spread(8.0, &[0.5, 0.25], &mut days[2..]);
        assert_eq!(days, [1.0, 1.0, 5.0, 3.0]);
    }
}
