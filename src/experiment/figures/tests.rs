//! Which charts there are for what happens, and that each stands over a table that has its columns.

use super::*;
use crate::experiment::Details;
use crate::experiment::details::tests::BUSY;
use crate::figure::Drawing;
use crate::scenario::{Overrides, Scenario};
use std::path::Path;

/// What happens in the tests of the tables, and points, which are owed until they are redeemed.
fn busy() -> String {
    BUSY.replace("side = 'advocate'", "side = 'advocate'\nkind = 'points'")
}

/// Nobody is persuaded, and nobody says a bad word.
const QUIET: &str = "
horizon = '30 days'
graph.watts_strogatz = { people = 200, ties_per_person = 4, rewiring = '0 %' }
seeds.count = 10
experience = { satisfied = '100 %', unhappy = '0 %' }
conversion = { persuasion = '0 %', invitation = '0 %' }
";

fn charts(text: &str, runs: u32, language: Language) -> Vec<Guided> {
    let overrides = Overrides { runs: Some(runs), ..Overrides::default() };
    let scenario = Scenario::parse("test.toml", text, Path::new(""), overrides);
    let scenario = scenario.unwrap_or_else(|error| panic!("{error}\n{text}"));
    let (money, experiment) = (scenario.money(), scenario.into_experiment());
    let details = Details::new(&experiment, Details::RUNS);
    experiment.run_logged(&details, || ());
    let caption = Caption { language, scenario: "test".into(), runs, seed: 1 };
    closely(&details.gathered(), &caption, &money, "$")
}

fn names(charts: &[Guided]) -> Vec<&str> {
    charts.iter().map(|chart| chart.drawing.figure.name.as_str()).collect()
}

fn is_band(mark: &Mark) -> bool {
    matches!(mark, Mark::Band { .. } | Mark::Bars { interval: Some(_), .. })
}

#[test]
fn every_chart_is_there_where_everything_happens_and_has_its_columns() {
    for language in Language::ALL {
        let charts = charts(&busy(), 12, language);
        assert_eq!(
            names(&charts),
            [
                "funnel",
                "acquisition",
                "reproduction-by-generation",
                "reproduction-by-day",
                "cascade-size",
                "cascade-depth",
                "degrees",
                "sentiment",
                "nps",
                "liability",
                "budget"
            ]
        );
        for Guided { drawing: Drawing { figure, table }, reading } in &charts {
            let shown = Drawing::of(figure.clone(), table).table;
            assert!(!shown.columns.is_empty() && !reading.is_empty(), "{}", figure.name);
            let needed = [&figure.x.column, &figure.y.column].into_iter().filter(|name| !name.is_empty());
            assert!(needed.clone().all(|name| table.column(name).is_some()), "{}", figure.name);
            assert!(table.columns.iter().all(|column| column.values.len() == table.rows()), "{}", figure.name);
            assert!(!figure.title.is_empty() && figure.caption.contains("test"), "{}", figure.name);
        }
    }
}

#[test]
fn what_did_not_happen_is_not_drawn() {
    assert_eq!(names(&charts(QUIET, 3, Language::English)), ["funnel", "acquisition"]);
}

#[test]
fn a_single_run_has_no_bands() {
    let one = charts(&busy(), 1, Language::English);
    assert!(one.iter().all(|chart| !chart.drawing.figure.marks.iter().any(is_band)));
    assert!(one.iter().all(|chart| chart.drawing.figure.caption.contains("one run")));
    assert!(charts(&busy(), 3, Language::English).iter().any(|chart| chart.drawing.figure.marks.iter().any(is_band)));
}

#[test]
fn of_many_runs_the_caption_says_how_many_were_heard() {
    let text = QUIET.replace("30 days", "1 days");
    let charts = charts(&text, 101, Language::English);
    assert!(charts[0].drawing.figure.caption.contains("the first 100 of 101 runs"), "{charts:?}");
}

#[test]
fn r_is_left_out_where_it_is_too_low_or_of_too_few() {
    let charts = charts(&busy(), 12, Language::English);
    let chart = charts.iter().find(|chart| chart.drawing.figure.name == "reproduction-by-day").expect("R by day");
    let table = &chart.drawing.table;
    let reals = |name: &str| table.column(name).expect("a column").values.reals();
    let (shown, r, buyers, censored) = (reals("r_shown"), reals("r_mean"), reals("buyers_mean"), reals("censored"));
    assert!(table.rows() < 121 && shown.last().is_some_and(|r| r.is_finite()), "{shown:?}");
    for day in 0..table.rows() {
        let is_enough = censored[day] == 0.0 && buyers[day] * 12.0 >= 50.0;
        assert!(if is_enough { shown[day] == r[day] } else { shown[day].is_nan() }, "day {day}");
    }
}
