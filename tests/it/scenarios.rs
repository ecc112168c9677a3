//! Every scenario that is shipped can be read, played, and written down again without loss.

use crate::common::{folder, scenario_in, tellwave, write};
use std::path::{Path, PathBuf};
use tellwave::scenario::{Overrides, Scenario};

fn shipped() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let entries = std::fs::read_dir(folder).expect("scenarios/").map(|entry| entry.expect("an entry").path());
    let mut files: Vec<PathBuf> = entries.filter(|path| path.extension().is_some_and(|end| end == "toml")).collect();
    files.sort();
    assert!(!files.is_empty());
    files
}

/// How many runs are played of each here.
const RUNS: u32 = 3;

#[test]
fn every_shipped_scenario_says_its_question_and_what_to_expect() {
    for path in shipped() {
        let scenario = Scenario::read(&path, Overrides::default()).unwrap_or_else(|error| panic!("{error}"));
        assert!(scenario.question.is_some() && scenario.expect.is_some(), "{}", path.display());
        assert!(scenario.runs > RUNS, "{}", path.display());
    }
}

#[test]
fn every_shipped_scenario_plays() {
    for path in shipped() {
        let few = Overrides { runs: Some(RUNS), ..Overrides::default() };
        let scenario = Scenario::read(&path, few).unwrap_or_else(|error| panic!("{error}"));
        let outcome = scenario.into_experiment().run(|| {});
        assert_eq!(outcome.rows.len(), RUNS as usize);
        let first = &outcome.rows[0].totals;
        assert!(outcome.rows.iter().any(|row| row.totals != *first), "{}: every run is the same", path.display());
    }
}

#[test]
fn every_shipped_scenario_resolves_to_a_document_that_means_the_same() {
    for path in shipped() {
        let scenario = Scenario::read(&path, Overrides::default()).unwrap_or_else(|error| panic!("{error}"));
        // A resolved scenario looks for its data beside itself.
        let beside = folder();
        if let Some((name, bytes)) = &scenario.graph_file {
            write(beside.path(), name, bytes);
        }
        let again = scenario_in(beside.path(), &scenario.resolved);
        assert_eq!(again.digest(), scenario.digest(), "{}", path.display());
        assert_eq!(again.resolved, scenario.resolved, "{}", path.display());
        assert_eq!((again.runs, again.seed, &again.name), (scenario.runs, scenario.seed, &scenario.name));
        // Overrides are part of what was played.
        let other = Overrides { runs: Some(scenario.runs + 1), seed: Some(scenario.seed.0 + 1), people: None };
        assert_ne!(Scenario::read(&path, other).expect("a scenario").digest(), scenario.digest());
    }
}

#[test]
fn every_shipped_scenario_can_be_run_by_its_command() {
    let here = folder();
    for (number, path) in shipped().iter().enumerate() {
        let out = format!("out{number}");
        let path = path.to_str().expect("a path");
        let said = tellwave(here.path(), &["run", path, "--runs", "2", "--log", "none", "--out", &out]);
        assert!(said.status.success(), "{path}: {}", crate::common::stderr(&said));
        assert!(here.path().join(out).join("report.html").is_file(), "{path}");
    }
}

#[test]
fn the_readme_shows_what_its_first_command_makes() {
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let beside = folder();
    let out = beside.path().join("out");
    let played = tellwave(project, &["run", "scenarios/quickstart.toml", "--out", &out.to_string_lossy()]);
    assert!(played.status.success());
    let readme = std::fs::read_to_string(project.join("README.md")).expect("README.md");
    let printed = String::from_utf8(played.stdout).expect("UTF-8");
    let shown = printed.lines().filter(|line| !line.starts_with("Report")).collect::<Vec<_>>().join("\n");
    assert!(readme.contains(shown.trim()), "README.md should show\n{shown}");
}

#[test]
fn what_no_run_could_hold_is_refused_at_the_door() {
    let refused = |text: &str, key: &str| match Scenario::parse("x.toml", text, Path::new(""), Overrides::default()) {
        Ok(_) => panic!("accepted: {text}"),
        Err(error) => assert!(error.to_string().contains(key), "{text}\n{error}"),
    };
    refused(
        "[graph.complete]\npeople = 184_468\n[commerce]\norder_value = '1000000000000.00 USD'\n",
        "commerce: found an order value",
    );
    refused("[telling]\npositive = 'negative_binomial(10000, 0.000001)'\n", "telling.positive");
    refused("[graph.complete]\npeople = 134_217_728\n[seeds]\nshare = '80 %'\n", "GB for each run");
    refused("stop_at_customers = 10\n[seeds]\ncount = 10\n", "more than the 10 first customers");
    refused("[conversion]\npersuasion = 1\n", "conversion.persuasion");
    refused("[policy.two_sided]\nfriend = '61.00 USD'\n", "a discount of 61.00 USD");
    refused("[telling]\naudience = 'population'\n[seeds]\nchoose = 'hubs'\n", "everybody can tell everybody");
}
