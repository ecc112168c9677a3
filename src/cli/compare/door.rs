//! How a program compares scenarios that it has in memory, and what it finds: the numbers, words and charts of the command.

use super::super::output::{dress, fonts_of};
use super::super::{Failure, drawn};
use super::entries::{self, Entry, Origin};
use super::options::Options;
use super::refusal::Refusal;
use super::watch::Watch;
use super::what_if::{self, WhatIf};
use super::{Comparison, Curve, answer, budget, figures, report, words};
use crate::draw::{Fonts, Look};
use crate::experiment::{Compared, MoneyUnit, Programme, compared_curves, compared_runs};
use crate::figure::Drawing;
use crate::scenario::{Overrides, ReportLook, Scenario};
use crate::store::untagged;
use crate::table::Table;
use rayon::prelude::*;

/// What is to be compared.
#[derive(Debug)]
pub struct Asked {
    /// Each scenario with what it is called, one or more. All are played with the seed and the runs of the first one.
    pub scenarios: Vec<(String, Scenario)>,
    /// What goes before that seed and those runs.
    pub overrides: Overrides,
    /// The place of the baseline among them; nothing where it is the first one without its programme.
    pub baseline: Option<usize>,
    /// The budget of every programme: an amount, or "least".
    pub equal_budget: Option<String>,
}

/// Compares scenarios on the threads of the current rayon pool.
///
/// # Errors
/// What is wrong with what is asked, or that it was stopped.
///
/// # Panics
/// If there is no scenario, no baseline in that place, or nothing to compare the only one with.
pub fn compare(asked: Asked, options: &Options, watch: &dyn Watch) -> Result<Comparison, Refusal> {
    let Asked { scenarios, overrides, baseline, equal_budget } = asked;
    let mut overrides = Overrides { people: None, ..overrides };
    let mut entries: Vec<Entry> = vec![];
    for (name, scenario) in scenarios {
        let scenario = scenario.with_overrides(overrides).map_err(Refusal::Scenario)?;
        overrides = Overrides { runs: Some(scenario.runs), seed: Some(scenario.seed.0), people: None };
        entries.push(Entry { scenario, origin: Origin::Caller { name } });
    }
    // What is wrong with one of several is said with a name that no other has.
    let names = entries::names(&entries);
    entries.iter_mut().zip(names).for_each(|(entry, name)| entry.origin = Origin::Caller { name });
    if baseline.is_none() {
        entries::may_be_without(&entries[0])?;
    }
    entries::same_market(&entries)?;
    let (entries, budget) = match &equal_budget {
        Some(asked) => budget::equal(entries, asked, watch).map(|(entries, budget)| (entries, Some(budget)))?,
        None => (entries, None),
    };
    Comparison::play(options, entries, baseline, (budget, None), watch)
}

impl Comparison {
    /// What each contender is called, the first scenario without its programme before all others where that is the baseline.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The place of the baseline among them.
    pub fn baseline(&self) -> usize {
        self.baseline
    }

    /// How many runs of each were played.
    pub fn runs(&self) -> u32 {
        self.results.runs
    }

    /// How its money is written.
    pub fn money(&self) -> &MoneyUnit {
        &self.money
    }

    /// How its charts look.
    pub fn look(&self) -> &ReportLook {
        &self.entries[0].scenario.look
    }

    /// The contenders side by side, in the order of their names.
    pub fn compared(&self) -> &Compared {
        &self.results.compared
    }

    /// What the programme of each contender adds; nothing where it has none, or was not played without it.
    pub fn programmes(&self) -> &[Option<Programme>] {
        &self.programmes
    }

    /// What moving assumptions does; nothing where that was not asked, or there is none to move.
    pub fn what_if(&self) -> Option<&WhatIf> {
        self.what_if.as_ref()
    }

    /// What each programme adds with rewards of several sizes; none where that was not asked.
    pub fn reward_sizes(&self) -> &[Curve] {
        &self.sizes
    }

    /// The answer in sentences, and what would change it.
    pub fn answer(&self) -> Vec<String> {
        answer::answer(self).into_iter().chain(what_if::in_short(self)).collect()
    }

    /// What has to be known before it is believed.
    pub fn notes(&self) -> Vec<String> {
        words::notes(self)
    }

    /// All of it as the command prints it.
    pub fn text(&self) -> String {
        words::text(self)
    }

    /// All of it for programs: `summary.json`.
    ///
    /// # Errors
    /// It could not be written as JSON.
    pub fn json(&self) -> Result<String, Refusal> {
        words::json(self, None).map(|json| untagged(&json)).map_err(|why| Refusal::Failed(why.to_string()))
    }

    /// Each daily measure of each contender by the end of each day: `curves.csv`.
    pub fn curves(&self) -> Table {
        compared_curves(&self.results.outcomes, self.baseline, &self.money)
    }

    /// Every measure of every run of each contender: `runs.parquet`.
    pub fn table_of_runs(&self) -> Table {
        compared_runs(&self.results.outcomes, &self.money)
    }

    /// The charts of the report, in its order.
    ///
    /// # Errors
    /// The font of the scenario's reports is none.
    pub fn charts(&self) -> Result<Vec<Drawing>, Refusal> {
        Ok(figures::all(self, &self.fonts()?))
    }

    /// The report: `report.html`.
    ///
    /// # Errors
    /// A chart or the report could not be made.
    pub fn html(&self) -> Result<String, Refusal> {
        let (fonts, dress) = (self.fonts()?, dress(self.look())?);
        let look = Look { language: self.locale.language, palette: dress.palette, ..Look::page(&fonts) };
        let drawings = figures::all(self, &fonts);
        let drawn =
            drawings.par_iter().map(|drawing| drawn::for_report(drawing, &look)).collect::<Result<_, Failure>>()?;
        report::document(self, drawn, dress).html(None).map_err(|why| Refusal::Failed(why.to_string()))
    }

    fn fonts(&self) -> Result<Fonts, Refusal> {
        Ok(fonts_of(None, self.look())?)
    }
}

#[cfg(test)]
mod tests {
    use super::super::options::PrecisionOf;
    use super::*;
    use crate::language::Language;
    use std::path::Path;
    use std::sync::atomic::{AtomicU32, Ordering};

    /// Lets so many runs be begun.
    struct Patience {
        most: u32,
        asked: AtomicU32,
    }

    impl Watch for Patience {
        fn begin(&self, _: u64, _: &str) {}

        fn one(&self) {}

        fn goes_on(&self) -> bool {
            self.asked.fetch_add(1, Ordering::Relaxed) < self.most
        }

        fn end(&self) {}
    }

    /// A comparison with everything that is played for one, and how often it asked whether to go on.
    fn with_patience(most: u32) -> (Result<Comparison, Refusal>, u32) {
        let text = "runs = 2\nhorizon = '9 days'\ngraph.complete.people = 20\n[policy.two_sided]\nadvocate = '5 USD'";
        let scenario = Scenario::parse("small.toml", text, Path::new(""), Overrides::default()).expect("a scenario");
        let dear = scenario.moved("policy.two_sided.advocate", "'9 USD'").expect("a scenario");
        let asked = Asked {
            scenarios: vec![("it".to_owned(), scenario), ("it".to_owned(), dear)],
            overrides: Overrides::default(),
            baseline: None,
            equal_budget: Some("least".to_owned()),
        };
        let options = Options {
            by: "profit",
            precision: None,
            precision_of: PrecisionOf::Difference,
            most_runs: 2,
            twins: true,
            what_if: true,
            language: Language::English,
        };
        let watch = Patience { most, asked: AtomicU32::new(0) };
        let found = compare(asked, &options, &watch);
        (found, watch.asked.into_inner())
    }

    #[test]
    fn wherever_it_is_stopped_nothing_comes_of_it() {
        let (found, all) = with_patience(u32::MAX);
        assert_eq!(found.expect("a comparison").names(), ["No programme", "it", "it 2"]);
        // Budget, runs, assumptions and rewards all ask.
        assert!(all > 100, "{all}");
        for most in (0..).map(|halvings| (all / 2) >> halvings).take_while(|most| *most > 0) {
            let (found, _) = with_patience(most);
            assert!(matches!(found, Err(Refusal::Stopped)), "{most} of {all}");
        }
        assert!(matches!(with_patience(0).0, Err(Refusal::Stopped)));
    }
}
