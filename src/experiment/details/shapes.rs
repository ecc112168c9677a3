//! Tables of shapes: how many a customer brings, how large cascades are, how far people come, how many friends they have.

use super::super::Estimate;
use super::{Gathered, Measured, band, column, columns_of, ratios};
use crate::graph::SocialGraph;
use crate::projection::detail::{Brought, CascadeTally, Steps};
use crate::table::{Table, Values};
use crate::units::PersonId;
use std::collections::BTreeMap;

/// Buyers of so many days are taken together, where R is told by day: a week, so that single days do not show \[days\].
const WINDOW: usize = 7;

/// A step that people take: its name, whether the scenario has it, and how many took it in a run.
type Stage = (&'static str, bool, fn(&Steps) -> i64);

impl Gathered<'_> {
    /// R by generation: how many customers each customer of a generation brought by her word, up to the last generation
    /// that there was in any run, which brought nobody.
    pub fn virality_by_generation(&self) -> Table {
        let last = self.runs.iter().map(|(_, run)| run.brought.generations.len()).max().unwrap_or(0);
        let people = |run: usize, generation: usize| -> i64 {
            self.runs[run].1.brought.generations.get(generation).copied().unwrap_or(0)
        };
        let runs = 0..self.runs.len();
        let mean = |generation| runs.clone().map(|run| people(run, generation)).sum::<i64>() as f64 / runs.len() as f64;
        let row =
            |generation| ratios(runs.clone().map(move |run| (people(run, generation + 1), people(run, generation))));
        let r = Measured {
            name: "r",
            unit: "",
            meaning: "customers of the next generation for each customer of this one, in runs that have one: whom her word \
                      or review brought up to the end of the run",
        };
        let mut columns = vec![
            column(
                "generation",
                "generations",
                "tellings between a customer and one whom no word brought, who is of generation 0",
                Values::Count((0..last as i64).collect()),
            ),
            column(
                "customers_mean",
                "people",
                "mean over these runs: customers of the generation",
                Values::Real((0..last).map(mean).collect()),
            ),
        ];
        columns.extend(columns_of(r, "all of these runs together", &(0..last).map(row).collect::<Vec<_>>()));
        Table { columns }
    }

    /// R by day: how many customers those who first bought in the week up to a day went on to bring.
    ///
    /// Buyers of the last days had no time to bring all whom they will bring, so there R is too low; the column `censored`
    /// says where. How much time it takes is read off the buyers of the first half of the run, of whom nineteen in twenty
    /// brought customers bought within it. A run that was stopped at the limit of customers is cut off earlier than that.
    pub fn virality_by_day(&self) -> Table {
        let days = self.days();
        let sums = |of: fn(&Brought) -> &[i64]| -> Vec<i64> {
            (0..days).map(|day| self.runs.iter().map(|(_, run)| of(&run.brought)[day]).sum()).collect()
        };
        let [buyers, won, lags] =
            [sums(|brought| &brought.buyers), sums(|brought| &brought.won), sums(|brought| &brought.lags)];
        let takes = time_to_nineteen_in_twenty(&lags);
        let week = |of: &[i64], day: usize| of[(day + 1).saturating_sub(WINDOW)..=day].iter().sum::<i64>();
        let r = |day| match week(&buyers, day) {
            0 => f64::NAN,
            buyers => week(&won, day) as f64 / buyers as f64,
        };
        let runs = self.runs.len() as f64;
        let columns = vec![
            column(
                "day",
                "days",
                "days since the start; a row holds those who first bought on the day or the six before it",
                Values::Count((0..days as i64).collect()),
            ),
            column(
                "buyers_mean",
                "people",
                "mean over these runs: customers who first bought on these days",
                Values::Real((0..days).map(|day| week(&buyers, day) as f64 / runs).collect()),
            ),
            column(
                "r_mean",
                "",
                "all of these runs together: customers for each of these buyers whom her word or review brought up to the end of the \
                 run; NaN without buyers",
                Values::Real((0..days).map(r).collect()),
            ),
            column(
                "censored",
                "",
                "1 if the run ends before these buyers have brought nineteen in twenty of those whom they would bring, as \
                 the buyers of the first half did, so that R is too low; else 0",
                Values::Count((0..days).map(|day| i64::from(day + takes >= days)).collect()),
            ),
        ];
        Table { columns }
    }

    /// How large cascades are: for each size that occurs, how many of all runs have it, and which share is as large at least.
    /// A cascade is a customer whom no word brought with all who descend from her, so sizes add up to customers.
    pub fn cascade_sizes(&self) -> Table {
        let [value, counts, share] = [
            ["size", "people", "customers of a cascade, the one included with whom it began"],
            ["cascades", "", "cascades of that size, all of these runs together"],
            ["share", "", "share of all cascades that have at least so many customers: 0 to 1"],
        ];
        distribution([value, counts, share], &self.tally(|tally| &tally.sizes))
    }

    /// How deep cascades are: the same of their generations.
    pub fn cascade_depths(&self) -> Table {
        let [value, counts, share] = [
            ["depth", "generations", "the greatest generation of a cascade; 0 if the one it began with brought nobody"],
            ["cascades", "", "cascades of that depth, all of these runs together"],
            ["share", "", "share of all cascades that are at least so deep: 0 to 1"],
        ];
        distribution([value, counts, share], &self.tally(|tally| &tally.depths))
    }

    fn tally(&self, of: fn(&CascadeTally) -> &BTreeMap<u32, i64>) -> BTreeMap<u32, i64> {
        let mut sums = BTreeMap::new();
        for (&value, &count) in self.runs.iter().flat_map(|(_, run)| of(&run.cascades)) {
            *sums.entry(value).or_default() += count;
        }
        sums
    }

    /// How far people came, a row a step, only those that the scenario has.
    ///
    /// A step is not always part of the one before: first customers are reached by nobody and sign up nowhere.
    pub fn funnel(&self) -> Table {
        let has_funnel = self.worlds().any(|world| world.funnel.is_some());
        let has_programme = self.has_programme();
        let stages: [Stage; 6] = [
            ("reached", true, |steps| steps.reached),
            ("landed", has_funnel, |steps| steps.landed),
            ("signed_up", has_funnel, |steps| steps.signed_up),
            ("customers", true, |steps| steps.customers),
            ("participants", has_programme, |steps| steps.participants),
            ("advocates", has_programme, |steps| steps.advocates),
        ];
        let stages = || stages.iter().filter(|(_, is_there, _)| *is_there);
        let values = |of: fn(&Steps) -> i64| -> Vec<i64> { self.runs.iter().map(|(_, run)| of(&run.steps)).collect() };
        let estimates: Vec<Estimate> = stages().map(|(.., of)| Estimate::of(&values(*of))).collect();
        let bands = stages().map(|(.., of)| band(values(*of)));
        let rows: Vec<[f64; 3]> =
            estimates.iter().zip(bands).map(|(estimate, [low, high])| [estimate.mean, low, high]).collect();
        let half_widths = estimates.iter().map(|estimate| estimate.half_width.unwrap_or(f64::NAN)).collect();
        let people =
            Measured { name: "people", unit: "people", meaning: "people who took the step by the end of the run" };
        let mut columns = vec![column(
            "stage",
            "",
            "reached: heard at least one word; landed: followed one to the company's door; signed_up: was persuaded, by a \
             word or by the company; customers: bought, first customers included; participants: put a code into their words; \
             advocates: whose word with a code brought a customer",
            Values::Name(stages().map(|(name, ..)| (*name).to_owned()).collect()),
        )];
        columns.extend(columns_of(people, "mean over these runs", &rows));
        columns.push(column(
            "people_half_width",
            "people",
            "half-width of the 95 % interval of the mean; NaN for a single run",
            Values::Real(half_widths),
        ));
        Table { columns }
    }

    /// How many friends people have: for each number that occurs, how many people have it, and which share has as many at
    /// least. All people are counted, however many: it takes a small part of what growing the graph took. Where each run has
    /// a graph of its own, that of the first one. Nothing without a graph.
    pub fn degrees(&self) -> Option<Table> {
        self.with_graph(|graph| {
            let mut counts = BTreeMap::new();
            for person in 0..graph.people() {
                *counts.entry(graph.degree(PersonId(person))).or_default() += 1;
            }
            let degree = if graph.is_directed() { "people whom a person can tell" } else { "friends of a person" };
            let people = ["people", "people", "people who have so many"];
            distribution(
                [
                    ["degree", "people", degree],
                    people,
                    ["share", "", "share of all people who have at least so many: 0 to 1"],
                ],
                &counts,
            )
        })
    }

    /// What is to be found out about the graph of the first run, if it has one.
    pub(super) fn with_graph<T>(&self, find: impl FnOnce(&SocialGraph) -> T) -> Option<T> {
        let world = self.world();
        let (run, _) = self.runs.first()?;
        world.ground(world.dice.of_run(*run)).graph().map(find)
    }
}

/// A row for each value that occurs: the value, how many have it, and the share of those who have at least it, the
/// complementary cumulative distribution. Columns are given by name, unit and meaning.
fn distribution([value, count, share]: [[&str; 3]; 3], counts: &BTreeMap<u32, i64>) -> Table {
    let all: i64 = counts.values().sum();
    let at_least = counts.values().scan(all, |left, count| {
        let share = *left as f64 / all as f64;
        *left -= count;
        Some(share)
    });
    let of = |[name, unit, meaning]: [&str; 3], values| column(name, unit, meaning, values);
    let columns = vec![
        of(value, Values::Count(counts.keys().map(|&value| i64::from(value)).collect())),
        of(count, Values::Count(counts.values().copied().collect())),
        of(share, Values::Real(at_least.collect())),
    ];
    Table { columns }
}

/// Within how many days nineteen in twenty of those came whom others brought, by how many came after 0, 1, 2, … days.
fn time_to_nineteen_in_twenty(lags: &[i64]) -> usize {
    let all: i64 = lags.iter().sum();
    let mut came = 0;
    let is_enough = |&count: &i64| {
        came += count;
        20 * came >= 19 * all
    };
    lags.iter().position(is_enough).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_complementary_distribution_begins_with_all() {
        let counts = BTreeMap::from([(1, 6), (2, 3), (9, 1)]);
        let table = distribution([["size", "", ""], ["cascades", "", ""], ["share", "", ""]], &counts);
        assert_eq!(table.column("share").map(|column| column.values.reals()), Some(vec![1.0, 0.4, 0.1]));
        assert_eq!(table.column("size").map(|column| column.values.reals()), Some(vec![1.0, 2.0, 9.0]));
    }

    #[test]
    fn nineteen_in_twenty_is_not_eighteen() {
        assert_eq!(time_to_nineteen_in_twenty(&[10, 8, 1, 0, 1]), 2);
        assert_eq!(time_to_nineteen_in_twenty(&[10, 8, 0, 0, 2]), 4);
        assert_eq!(time_to_nineteen_in_twenty(&[0, 0]), 0);
    }
}
