//! Sweeps: what a file is read into, and that a cell comes out as its scenario does alone, whoever plays it.

use std::path::Path;
use std::sync::Mutex;
use tellwave::experiment::Estimate;
use tellwave::scenario::Scenario;
use tellwave::sweep::{Design, Keeper, Markets, Record, Sweep, play};

/// Keeps records in memory.
#[derive(Default)]
struct InMemory(Mutex<Vec<(u32, Result<Record, String>)>>);

impl Keeper for InMemory {
    type Logs = ();

    fn begin(&self, _: u32, _: &Scenario) -> Result<(), String> {
        Ok(())
    }

    fn done(&self, cell: u32, record: Result<Record, String>, _: Option<&()>) {
        self.0.lock().expect("whole").push((cell, record));
    }

    fn stops(&self) -> bool {
        false
    }
}

const BASE: &str = "runs = 12\nhorizon = '60 days'\n[graph.watts_strogatz]\npeople = 300\n[seeds]\ncount = 5\n[policy.two_sided]\n\
                    advocate = '5.00 USD'\nfriend = '5.00 USD'\n";

/// A sweep file in a folder of its own, beside its base.
fn sweep_of(text: &str) -> Result<Sweep, String> {
    sweep_beside(text, &[])
}

/// The same, with other files beside it.
fn sweep_beside(text: &str, others: &[(&str, &str)]) -> Result<Sweep, String> {
    let folder = tempfile::tempdir().expect("folder");
    for (name, text) in [("base.toml", BASE)].iter().chain(others) {
        std::fs::write(folder.path().join(name), text).expect("written");
    }
    let path = folder.path().join("sweep.toml");
    std::fs::write(&path, text).expect("written");
    let sweep = Sweep::read(&path).map_err(|error| error.to_string())?;
    sweep.check(|_| ()).map_err(|error| error.to_string())?;
    Ok(sweep)
}

fn played(sweep: &Sweep, cells: &[u32], threads: usize) -> Vec<Record> {
    let keeper = InMemory::default();
    play(sweep, cells, threads, &Markets::new(threads), &keeper);
    let mut records = keeper.0.into_inner().expect("whole");
    records.sort_by_key(|(cell, _)| *cell);
    assert_eq!(records.iter().map(|(cell, _)| *cell).collect::<Vec<_>>(), cells);
    records.into_iter().map(|(_, record)| record.expect("played")).collect()
}

const GRID: &str = "base = 'base.toml'\nmetrics = ['customers', 'profit', 'incremental_profit', 'takes_off(5 %)', 'days_to(3 %)', \
                    'return_on_investment']\n[keep]\nruns = true\ncurves = ['customers']\n\
                    [[factor]]\nname = 'reward'\nkeys = ['policy.two_sided.advocate', 'policy.two_sided.friend']\n\
                    values = ['0.00 USD', '4.00 USD', '8.00 USD']\n\
                    [[factor]]\nkey = 'conversion.persuasion'\nfrom = '2 %'\nto = '6 %'\nsteps = 3\n\
                    [[factor]]\nname = 'network'\n[[factor.level]]\nname = 'small world'\ngraph.watts_strogatz.people = 300\n\
                    [[factor.level]]\nname = 'random'\ngraph.erdos_renyi.people = 300\n";

#[test]
fn a_cell_comes_out_as_its_scenario_does_alone_on_any_number_of_threads() {
    let sweep = sweep_of(GRID).unwrap_or_else(|why| panic!("{why}"));
    assert_eq!(sweep.plan.cells.len(), 18);
    let cells: Vec<u32> = (0..18).collect();
    let records = played(&sweep, &cells, 1);
    assert_eq!(records, played(&sweep, &cells, 3));
    assert_eq!(records[7], played(&sweep, &[7], 2)[0]);
    for (cell, record) in records.iter().enumerate() {
        let outcome = sweep.scenario(cell).expect("right").into_experiment().run(|| ());
        let profit = Estimate::of(&outcome.totals("profit").expect("a measure"));
        assert_eq!(record.metrics[1].mean, Some(profit.mean / 100.0), "cell {cell}");
        assert_eq!(record.metrics[1].interval, profit.interval.map(|ends| ends.map(|end| end / 100.0)));
        let kept: Option<Vec<i64>> = record.runs[0].clone().and_then(|runs| runs.into_iter().collect());
        assert_eq!(kept, outcome.totals("customers"));
        assert_eq!(record.curves[0].len(), 61);
        assert_eq!(record.curves[0].last().map(|day| day.mean), record.metrics[0].mean);
    }
}

#[test]
fn the_last_factor_of_a_grid_goes_fastest_and_values_are_as_they_are_written() {
    let sweep = sweep_of(GRID).unwrap_or_else(|why| panic!("{why}"));
    assert_eq!(sweep.plan.design, Design::Grid);
    assert_eq!(sweep.plan.label(0), "reward = 0.00 USD, persuasion = 2 %, network = small world");
    assert_eq!(sweep.plan.label(3), "reward = 0.00 USD, persuasion = 4 %, network = random");
    let scenario = sweep.scenario(9).expect("right");
    let value = |key: &str| scenario.settings.iter().find(|it| it.key == key).map(|it| it.value.as_str());
    assert_eq!(value("policy.two_sided.friend"), Some("\"4.00 USD\""));
    assert_eq!(value("conversion.persuasion"), Some("\"4 %\""));
    assert!(value("graph.erdos_renyi.people").is_some() && value("graph.watts_strogatz.people").is_none());
}

#[test]
fn a_plan_read_back_plays_the_same() {
    let sweep = sweep_of(GRID).unwrap_or_else(|why| panic!("{why}"));
    let bytes = sweep.plan.to_json().expect("written");
    let plan = tellwave::sweep::Plan::from_json(&bytes).expect("read");
    assert_eq!(plan.to_json().expect("written"), bytes);
    let again = Sweep::of_plan(plan, Path::new("")).unwrap_or_else(|why| panic!("{why}"));
    assert_eq!(played(&again, &[3, 11], 1), played(&sweep, &[3, 11], 2));
}

#[test]
fn comments_and_order_of_keys_do_not_change_the_plan() {
    let other = GRID.replace("runs = true\ncurves = ['customers']", "# nothing\ncurves = ['customers']\nruns = true");
    let bytes = |text: &str| sweep_of(text).unwrap_or_else(|why| panic!("{why}")).plan.to_json().expect("written");
    assert_eq!(bytes(GRID), bytes(&other));
    assert_ne!(bytes(GRID), bytes(&GRID.replace("2 %", "3 %")));
}

#[test]
fn every_mistake_of_a_sweep_is_told_at_once_and_in_its_place() {
    let text = "base = 'base.toml'\nmetrics = ['custmers']\n[keep]\ncurves = ['profits']\n[[factor]]\nkey = 'conversion.persuasion'\n\
                from = '6 %'\nto = '2 %'\n[[factor]]\nkey = 'runs'\nvalues = [1, 1]\nvalue = 3\n";
    let why = sweep_of(text).expect_err("wrong");
    for said in [
        "did you mean \"customers\"?",
        "did you mean \"profit\"?",
        "6 % to 2 %",
        "runs and seed are the same for all cells",
        "the text \"1\" a second time",
        "factor[1].value: found an unknown key",
    ] {
        assert!(why.contains(said), "{said} is not in\n{why}");
    }
}

#[test]
fn a_value_that_the_scenario_refuses_is_shown_where_the_sweep_has_it() {
    let text = "base = 'base.toml'\n[[factor]]\nkey = 'conversion.persuasion'\nvalues = ['2 %', '200 %']\n[[factor]]\n\
                key = 'conversion.persuasio'\nvalues = ['2 %']\n";
    let why = sweep_of(text).expect_err("wrong");
    assert!(why.contains("sweep.toml:4:18") && why.contains("200 %"), "{why}");
    assert!(why.contains("did you mean `persuasion`?") && why.contains("in cell 1"), "{why}");
}

#[test]
fn constraints_leave_cells_out_and_points_with_the_same_values_are_one_cell() {
    let text = "base = 'base.toml'\nconstraints = ['advocate <= friend']\n[design.one_at_a_time]\n\
                [[factor]]\nkey = 'policy.two_sided.advocate'\nvalues = ['4.00 USD', '6.00 USD']\n\
                [[factor]]\nkey = 'policy.two_sided.friend'\nvalues = ['5.00 USD', '7.00 USD', '8.00 USD']\n";
    let sweep = sweep_of(text).unwrap_or_else(|why| panic!("{why}"));
    assert_eq!((sweep.plan.cells.len(), sweep.plan.left_out), (3, 1));
    let twice = "base = 'base.toml'\n[design.list]\ncells = [{ p = '2 %' }, { p = '3 %' }, { p = '2 %' }]\n[[factor]]\nname = 'p'\n\
                 key = 'conversion.persuasion'\n";
    let sweep = sweep_of(twice).unwrap_or_else(|why| panic!("{why}"));
    assert_eq!((sweep.plan.cells.len(), sweep.plan.points()), (2, vec![0, 1, 0]));
}

#[test]
fn every_sweep_that_is_shipped_is_read_and_its_cells_are_right() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/sweeps");
    let mut cells = vec![];
    for entry in std::fs::read_dir(&folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        if name.ends_with("-base.toml") {
            continue;
        }
        let sweep = Sweep::read(&path).unwrap_or_else(|why| panic!("{why}"));
        let number = sweep.plan.cells.len();
        // Of the largest some; `sweep run` checks all.
        for cell in (0..number).step_by(1 + number / 300) {
            assert!(sweep.scenario(cell).is_ok(), "{name}: cell {cell}");
        }
        cells.push((name, number));
    }
    cells.sort();
    let said: Vec<(&str, usize)> = cells.iter().map(|(name, cells)| (name.as_str(), *cells)).collect();
    let wanted = [
        ("reward-and-satisfaction.toml", 100),
        ("take-off.toml", 75),
        ("talk-of-the-network.toml", 243),
        ("what-matters.toml", 10_210),
    ];
    assert_eq!(said, wanted);
}

#[test]
fn no_design_with_something_missing_is_laid_out() {
    let factor = "[[factor]]\nkey = 'conversion.persuasion'\n";
    for (design, said) in [
        ("[design.latin_hypercube]\n", "a factor without values"),
        ("[design.sobol]\nrows = 100\n", "a power of two"),
        ("[design.morris]\nlevels = 3\n", "an even number"),
        ("[design.list]\n", "cells ="),
        ("[design.list]\ncells = [{ other = 3 }]\n", "found an unknown key"),
    ] {
        let why = sweep_of(&format!("base = 'base.toml'\n{design}{factor}")).expect_err("wrong");
        assert!(why.contains(said), "{said} is not in\n{why}");
    }
    assert!(sweep_of("base = 'base.toml'\n").expect_err("no factor").contains("at least one [[factor]]"));
    let grid = format!("base = 'base.toml'\n{factor}from = '2 %'\nto = '4 %'\n");
    assert!(sweep_of(&grid).expect_err("no steps").contains("a range without steps"));
    let many = format!(
        "base = 'base.toml'\n{}",
        ["conversion.persuasion", "conversion.invitation", "participation.unasked"]
            .map(|key| format!("[[factor]]\nkey = '{key}'\nfrom = '2 %'\nto = '4 %'\nsteps = 1000\n"))
            .concat()
    );
    assert!(sweep_of(&many).expect_err("too many").contains("1000000000 cells"));
    let none = format!("base = 'base.toml'\nconstraints = ['persuasion > 9']\n{factor}values = ['2 %']\n");
    assert!(sweep_of(&none).expect_err("no cell").contains("no cell"));
}

/// What is wrong with a sweep file: how many mistakes, and all that is said.
fn wrong(text: &str, others: &[(&str, &str)]) -> (usize, String) {
    let why = sweep_beside(text, others).expect_err(text);
    (why.lines().filter(|line| line.starts_with("error: ")).count(), why)
}

#[test]
fn one_slip_in_a_factor_is_told_once_and_draws_no_false_mistakes() {
    let constraint = "constraints = ['reward < 3 and persuasion > 1']\n";
    let second = "[[factor]]\nkey = 'conversion.persuasion'\nvalues = ['2 %', '3 %']\n";
    for (factor, said) in [
        ("from = '1.00 USD'\nvalues = ['1.00 USD']\nto = '2.00 USD'\n", "from beside values"),
        ("values = ['1.00 USD']\nsteps = 3\nscale = 'log'\n", "steps beside values"),
        ("from = '3.00 USD'\nto = '2.00 USD'\nsteps = 3\ndecimals = 2\n", "3.00 USD to 2.00 USD"),
        ("from = '1.00 USD'\nto = '2.00 EUR'\nsteps = 3\n", "another unit"),
        ("from = '1.00 USD'\nto = '2.00 USD'\nwrite = '{}'\n", "a range without steps"),
        ("from = '1.00 USD'\nto = '2.00 USD'\nsteps = 3\nwrite = 'USD'\n", "with {} in the place"),
        ("distribution = 'uniform(3 %, 2 %)'\nwrite = '{} %'\n", "uniform(3 %, 2 %)"),
        ("values = []\n", "0 values"),
    ] {
        let text = format!(
            "base = 'base.toml'\n{constraint}[[factor]]\nkey = 'policy.two_sided.advocate'\n{factor}name = 'reward'\n{second}"
        );
        let (mistakes, why) = wrong(&text, &[]);
        assert!(mistakes == 1 && why.contains(said), "{said}: {mistakes}\n{why}");
    }
}

#[test]
fn one_slip_in_a_design_or_a_list_is_told_once() {
    let range = "[[factor]]\nkey = 'conversion.persuasion'\nname = 'p'\nfrom = '2 %'\nto = '4 %'\n";
    let bare = "[[factor]]\nkey = 'conversion.persuasion'\nname = 'p'\n";
    let csv = |text: &'static str| [("cells.csv", text)];
    for (design, factor, others, said) in [
        ("[design.sobol]\nrows = 3\n", range, csv(""), "a power of two"),
        ("[design.list]\nfile = 'cells.csv'\ncells = [{ p = '2 %' }]\n", bare, csv("p\n2 %\n"), "cells beside file"),
        ("[design.list]\nfile = 'other.csv'\n", bare, csv(""), "other.csv"),
        ("[design.list]\nfile = 'cells.csv'\n", bare, csv("p;q\n2 %;3\n"), "with semicolons between its columns"),
        ("[design.list]\nfile = 'cells.csv'\n", bare, csv("p\n2 %,3\n"), "cell 1: 2 values in 1 columns"),
        ("[design.list]\ncells = [{ p = '2 %' }, {}]\n", bare, csv(""), "nothing in cell 2"),
    ] {
        let (mistakes, why) = wrong(&format!("base = 'base.toml'\n{design}{factor}"), &others);
        assert!(mistakes == 1 && why.contains(said), "{said}: {mistakes}\n{why}");
    }
}

#[test]
fn a_constraint_that_could_never_hold_is_refused() {
    let factors = "[[factor]]\nkey = 'conversion.persuasion'\nvalues = ['2 %', '3 %']\n";
    for (constraint, said) in [("persuasion", "neither true nor false"), ("persuasion < '3'", "a number of %")] {
        let (mistakes, why) = wrong(&format!("base = 'base.toml'\nconstraints = [\"{constraint}\"]\n{factors}"), &[]);
        assert!(mistakes == 1 && why.contains(said) && why.contains("constraints[0]"), "{why}");
    }
}

#[test]
fn a_mistake_of_a_cell_is_shown_at_what_leads_to_it() {
    let head = "base = 'base.toml'\n";
    let people = "[[factor]]\nkey = 'graph.watts_strogatz.people'\nvalues = [200, 300]\n";
    let reward = "[[factor]]\nkey = 'policy.two_sided.advocate'\nvalues = ['2.00 USD', '3.00 USD']\n";
    for (text, place, said) in [
        // Line and column, both from 1.
        (
            format!(
                "{head}[[factor]]\nname = 'a'\nkeys = ['policy.two_sided.advocate', 'policy.two_sided.frend']\nvalues = ['2.00 USD']\n"
            ),
            "4:38",
            "friend",
        ),
        (
            format!(
                "{head}[[factor]]\nname = 'a'\n[[factor.level]]\nname = 'x'\nconversion.persuasion = '2 %'\nconversion.persuasio = '2 %'\n"
            ),
            "7:12",
            "persuasion",
        ),
        (
            format!("{head}[[factor]]\nkey = 'conversion.persuasion'\nfrom = '50 %'\nto = '200 %'\nsteps = 7\n"),
            "5:6",
            "other cell",
        ),
        (
            format!(
                "{head}[[factor]]\nkey = 'conversion.persuasion'\nfrom = 1\nto = 3\nsteps = 3\nwrite = '{{}} days'\n"
            ),
            "7:9",
            "1 days",
        ),
        (format!("{head}[design.grid]\n{people}").replace("200", "3"), "5:11", "people"),
        (format!("{head}[design.grid]\n{people}{reward}").replace("200", "3"), "2:2", "people"),
    ] {
        let (_, why) = wrong(&text, &[]);
        assert!(why.contains(&format!("sweep.toml:{place}")) && why.contains(said), "{place}: {said}\n{why}");
    }
    let law = "[design.latin_hypercube]\npoints = 50\n[[factor]]\nkey = 'conversion.persuasion'\nfrom = '200 %'\nto = '300 %'\n";
    let (mistakes, why) = wrong(&format!("{head}{law}"), &[]);
    assert!(mistakes == 3 && why.contains("and 47 other cells"), "{why}");
}

#[test]
fn a_base_that_is_none_is_refused_where_it_is_named() {
    let factor = "[[factor]]\nkey = 'conversion.persuasion'\nvalues = ['2 %']\n";
    let wrong_base = BASE.replace("friend", "frend");
    for (base, said) in [
        ("nobase.toml", "which is not there"),
        ("sweep.toml", "a sweep file itself"),
        ("", "which is a folder"),
        ("other.toml", "other.toml:9:1: policy.two_sided.frend: found an unknown key"),
    ] {
        let text = format!("base = '{base}'\nmetrics = ['custmers']\n{factor}");
        let (mistakes, why) = wrong(&text, &[("other.toml", &wrong_base)]);
        assert!(mistakes == 2 && why.contains("base: found") && why.contains("sweep.toml:1:8"), "{why}");
        assert!(why.contains(said) && why.contains("tellwave run SCENARIO --json"), "{why}");
    }
}

#[test]
fn no_two_factors_move_the_same_key() {
    let factor = |name: &str, keys: &str| format!("[[factor]]\nname = '{name}'\n{keys}");
    let values = "values = ['2 %', '3 %']\n";
    let first = factor("a", &format!("key = 'conversion.persuasion'\n{values}"));
    let level = |keys: &str| format!("[[factor.level]]\nname = 'it'\n{keys}\n");
    let with = |other: &str| format!("base = 'base.toml'\n{first}{}", factor("b", other));
    for other in [
        format!("key = 'conversion.persuasion'\n{values}"),
        format!("keys = ['participation.unasked', 'conversion.persuasion']\n{values}"),
        level("conversion.persuasion = '4 %'"),
    ] {
        let (mistakes, why) = wrong(&with(&other), &[]);
        assert!(mistakes == 1 && why.contains("conversion.persuasion, which the factor a moves too"), "{why}");
    }
    // Neither the name of a level nor a table that two of them share is a value.
    let beside = format!("{}{}", level("conversion.invitation = '4 %'"), factor("c", &level("horizon = '9 days'")));
    sweep_of(&with(&beside)).expect("right");
}
