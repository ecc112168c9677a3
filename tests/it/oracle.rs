//! Reference answers: branching processes in closed form, percolation on random graphs, exact cascades on small ones.
//!
//! Each case of `tests/oracles/cases.json` is played as a scenario; its file says where each answer comes from. Null: the
//! engine draws from the law that the reference describes. Tolerance: the case's own rule, worked out again for the
//! number of runs played here, mostly four standard errors, so a check of a right engine fails for 6 in 100,000 seeds and
//! one of all of them for about 1 in 100. Seeds are fixed: what passes once passes for ever.

mod translate;

use crate::common;
use serde_json::Value;
use std::path::{Path, PathBuf};
use tellwave::experiment::runs_table;
use tellwave::scenario::{Overrides, Scenario};
use tellwave::table::Table;
use translate::{MODEL_KEYS, Model, Plan, Quantity, What, When};

const SEED: u64 = 20_261_121;

/// Graphs over which one quantity is averaged.
const GRAPHS: u32 = 10;

/// Work that the runs of one quantity may take, where runs are stopped early and where they are not, and the most runs:
/// what keeps this test at a minute or two. `TELLWAVE_ORACLE_WORK=20` allows twenty times as much.
const WORK_STOPPED: f64 = 2.5e8;
const WORK_WHOLE: f64 = 2e8;
const RUNS_MAX: f64 = 100_000.0;

/// Work of a word is 1; that of a customer and of a run.
const CUSTOMER_WORK: f64 = 10.0;
const RUN_WORK: f64 = 100.0;

/// Runs by which the work of one is estimated. They do not count, so that how many do does not depend on how they went.
const PILOT: u32 = 12;

/// One line of what was found.
struct Finding {
    case: String,
    quantity: String,
    reference: f64,
    found: f64,
    tolerance: f64,
    runs: usize,
    /// Deviation in standard errors, where there is one.
    z: Option<f64>,
}

impl Finding {
    fn holds(&self) -> bool {
        (self.found - self.reference).abs() <= self.tolerance
    }
}

#[test]
fn the_references_are_met() {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/oracles/cases.json");
    let other = std::env::var_os("TELLWAVE_ORACLES").map(PathBuf::from);
    let path = other.as_ref().unwrap_or(&own);
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let cases: Vec<Value> = serde_json::from_str(&text).expect("a list of cases");
    let (mut findings, mut skipped, mut played) = (vec![], vec![], 0);
    for case in &cases {
        let id = case["id"].as_str().unwrap_or("?");
        match play(case) {
            Ok((found, unknown)) => {
                played += 1;
                findings.extend(found);
                skipped.extend(unknown.into_iter().map(|quantity| (format!("{id}: {quantity:?}"), "quantity")));
            }
            Err(why) => skipped.push((format!("{id}: {why}"), "model")),
        }
    }
    print(&findings, &skipped);
    let missed: Vec<String> = findings.iter().filter(|finding| !finding.holds()).map(line).collect();
    assert!(missed.is_empty(), "{} of {} checks missed:\n{}", missed.len(), findings.len(), missed.join("\n"));
    if other.is_none() {
        let ours = |case: &&Value| {
            let keys = case["model"].as_object().into_iter().flat_map(|model| model.keys());
            let needed = ["tells", "conversion"].iter().all(|key| !case["model"][key].is_null());
            let rate = case["model"]["tells"].as_str().is_some_and(|tells| tells.contains("Rate"));
            needed && !rate && keys.into_iter().all(|key| MODEL_KEYS.contains(&key.as_str()))
        };
        let expected: Vec<&Value> = cases.iter().filter(ours).collect();
        assert!(!expected.is_empty() && played >= expected.len(), "{played} played of {}", expected.len());
        let checks: usize = expected.iter().map(|case| case["checks"].as_array().map_or(0, Vec::len)).sum();
        assert!(findings.len() >= checks, "{} checks of {checks}", findings.len());
    }
}

/// The findings of a case and the quantities that are not understood; or why it cannot be played.
fn play(case: &Value) -> Result<(Vec<Finding>, Vec<String>), String> {
    let folder = common::folder();
    let model = Model::read(&case["model"], folder.path())?;
    let checks = case["checks"].as_array().ok_or("no checks")?;
    let text = |check: &Value| check["quantity"].as_str().unwrap_or_default().to_owned();
    let quantities: Vec<Option<Quantity>> = checks.iter().map(|check| Quantity::read(&text(check))).collect();
    let all: Vec<Quantity> = quantities.iter().flatten().cloned().collect();
    let runs_asked = case["runs"].as_u64().unwrap_or(10_000) as u32;
    let mut tables: Vec<(Plan, Vec<Table>)> = vec![];
    let (mut findings, mut unknown) = (vec![], vec![]);
    for (check, quantity) in checks.iter().zip(&quantities) {
        let Some(quantity) = quantity.as_ref().filter(|quantity| model.lacks(quantity).is_none()) else {
            unknown.push(text(check));
            continue;
        };
        let plan = model.plan(quantity, &all);
        let place = match tables.iter().position(|(done, _)| *done == plan) {
            Some(place) => place,
            None => {
                tables.push((plan.clone(), play_plan(&model, &plan, runs_asked, folder.path())?));
                tables.len() - 1
            }
        };
        let parts = &tables[place].1;
        let column = |name: &str| -> Vec<f64> {
            let part = |table: &Table| table.column(name).map(|column| column.values.reals()).expect("a known column");
            parts.iter().flat_map(part).collect()
        };
        let finding = finding(check, &model.values(&quantity.what, &column), column("customers").len())?;
        findings.push(Finding { case: case["id"].as_str().unwrap_or("?").to_owned(), ..finding });
    }
    Ok((findings, unknown))
}

/// The tables of runs, one for each graph.
fn play_plan(model: &Model, plan: &Plan, runs_asked: u32, folder: &Path) -> Result<Vec<Table>, String> {
    let batch = |seed, runs| -> Result<Table, String> {
        let text = model.scenario(plan, seed, runs);
        let scenario = Scenario::parse("case.toml", &text, folder, Overrides::default());
        let scenario = scenario.map_err(|mistakes| format!("no scenario: {mistakes}"))?;
        let money = scenario.money();
        Ok(runs_table(&scenario.into_experiment().run(|| {}), &money))
    };
    let pilot = batch(SEED - 1, PILOT)?;
    let sum = |name| pilot.column(name).map_or(0.0, |column| column.values.reals().iter().sum::<f64>());
    let work = sum("words_good") + sum("words_bad") + CUSTOMER_WORK * sum("customers");
    let more = std::env::var("TELLWAVE_ORACLE_WORK").map_or(1.0, |times| times.parse().expect("a number"));
    let allowed = more * if plan.stop_at.is_some() { WORK_STOPPED } else { WORK_WHOLE };
    let affordable = (allowed / (work / f64::from(PILOT) + RUN_WORK)).max(20.0).min(more * RUNS_MAX);
    let runs = runs_asked.min(affordable as u32);
    let graphs = if model.grown { GRAPHS.min(runs) } else { 1 };
    (0..graphs).map(|graph| batch(SEED + u64::from(graph), runs.div_ceil(graphs))).collect()
}

/// What was found of one check. `runs` is how many were played; those that count for it may be fewer.
fn finding(check: &Value, values: &[f64], runs: usize) -> Result<Finding, String> {
    let n = values.len() as f64;
    let found = values.iter().sum::<f64>() / n;
    let reference = check["reference"].as_f64().ok_or("a reference that is no number")?;
    let sample_error = if values.len() > 1 { common::mean_and_error(values).1 } else { 0.0 };
    let rule = check["tolerance_rule"].as_str().unwrap_or_default();
    let (tolerance, error) = match (&check["tolerance"], check["sd_per_run"].as_f64()) {
        // "4*(sample sd)/sqrt(runs)", maybe "+ 0.005".
        (Value::String(text), _) => {
            let (times, rest) = text.split_once("*(sample sd)/sqrt(").ok_or(format!("tolerance {text:?}"))?;
            let times: f64 = times.parse().map_err(|_| format!("tolerance {text:?}"))?;
            let more = rest.split_once(") + ").map_or(Ok(0.0), |(_, more)| more.trim().parse());
            (times * sample_error + more.map_err(|_| format!("tolerance {text:?}"))?, Some(sample_error))
        }
        (_, Some(sd)) if rule == "4*sd/sqrt(runs)" => (4.0 * sd / n.sqrt(), Some(sd / n.sqrt())),
        (number, _) => {
            let number = number.as_f64().ok_or("a tolerance that is no number")?;
            match rule.contains("relative") {
                true => ((number * reference.abs()).max(1e-9), None),
                false => (number, (sample_error > 0.0).then_some(sample_error)),
            }
        }
    };
    let z = error.filter(|error| *error > 0.0).map(|error| (found - reference) / error);
    let quantity = check["quantity"].as_str().unwrap_or_default().to_owned();
    Ok(Finding { case: String::new(), quantity, reference, found, tolerance, runs, z })
}

fn line(finding: &Finding) -> String {
    let Finding { case, quantity, reference, found, tolerance, runs, z } = finding;
    let z = z.map_or_else(|| "-".to_owned(), |z| format!("{z:+.2}"));
    let quantity: String = quantity.chars().take(52).collect();
    let missed = if finding.holds() { "" } else { "  MISSED" };
    format!("{case:5} {quantity:52} {reference:>12.6} {found:>12.6} {tolerance:>9.5} {z:>6} {runs:>7}{missed}")
}

fn print(findings: &[Finding], skipped: &[(String, &str)]) {
    println!(
        "{:5} {:52} {:>12} {:>12} {:>9} {:>6} {:>7}",
        "case", "quantity", "reference", "found", "tolerance", "z", "runs"
    );
    findings.iter().for_each(|finding| println!("{}", line(finding)));
    let z = |finding: &Finding| finding.z.map_or(0.0, f64::abs);
    let worst = findings.iter().map(z).fold(0.0, f64::max);
    println!("{} checks; the largest |z| is {worst:.2}", findings.len());
    for (what, which) in skipped {
        println!("skipped, {which} not known: {what}");
    }
}

#[test]
fn quantities_are_understood_by_their_words() {
    let read = |text| Quantity::read(text).unwrap_or_else(|| panic!("{text}"));
    let mean = |column, when| What::Mean { column, share: false, when };
    assert_eq!(read("P(no conversion at all) = P(total=1)").what, What::Chance(When::Equal("customers", 1)));
    let quantity = read("P(extinction) - stop a run as \"took off\" at 7,500 adopters");
    assert_eq!((quantity.what, quantity.taken_off), (What::Chance(When::Extinct), Some(7_500)));
    assert_eq!(read("mean depth given extinction").what, mean("cascade_depth", When::Extinct));
    let quantity = read("mean adopters by day 6.9");
    assert_eq!((quantity.what, quantity.day.as_deref()), (mean("customers", When::Always), Some("6.9")));
    assert_eq!(read("mean total adopters, one random seed").what, mean("customers", When::Always));
    for strange in ["final blocked fraction", "P(rewards=3)", "P(total=3) after the war", "mean adopters per head"] {
        assert_eq!(Quantity::read(strange), None, "{strange}");
    }
}
