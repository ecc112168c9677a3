//! The log is enough: read back it is what was played, folded it gives what was written, and damage is found.

use crate::common::{self, folder, log, scenario, tellwave, write};
use std::path::{Path, PathBuf};
use tellwave::engine::{Run, Sink};
use tellwave::event::Event;
use tellwave::experiment::{Outcome, Row, curves, runs_table};
use tellwave::projection::Projection;
use tellwave::scenario::{Overrides, Scenario};
use tellwave::state::State;
use tellwave::store::{
    EventLogWriter, LogMeta, event_log_name, read_event_log, read_parquet, read_provenance, verify, write_csv,
};
use tellwave::units::RunId;

const SMALL: &str = r#"
    name = "Small"
    seed = 21
    runs = 8
    horizon = "60 days"
    [graph.barabasi_albert]
    people = 300
    ties_per_newcomer = 5
    [seeds]
    count = 6
    [conversion]
    persuasion = "8 %"
    invitation = "20 %"
    blocking = "5 %"
    [policy.two_sided]
    cap = 2
"#;

/// A finished folder with the log of every run; a log holds no twin.
fn played() -> (tempfile::TempDir, PathBuf) {
    let here = folder();
    write(here.path(), "small.toml", SMALL);
    let said = tellwave(here.path(), &["run", "small.toml", "--no-twin", "--log", "all", "--out", "out"]);
    assert!(said.status.success(), "{}", common::stderr(&said));
    let out = here.path().join("out");
    (here, out)
}

/// The events of a stored log, whose digest is checked.
fn stored(out: &Path, run: u32) -> Vec<Event> {
    let name = event_log_name(RunId(run));
    let provenance = read_provenance(out).expect("a provenance");
    let file = provenance.files.iter().find(|file| file.name == name).expect("a listed log");
    let (meta, events) = read_event_log(&out.join(&name), Some(&file.sha256)).expect("a log");
    assert_eq!((meta.run, meta.seed.0), (RunId(run), 21));
    assert_eq!(meta.scenario_sha256, provenance.scenario_sha256);
    events
}

#[test]
fn the_stored_log_is_the_run_told_again() {
    let (_here, out) = played();
    let world = scenario(SMALL).into_experiment().world;
    for run in (0..8).rev() {
        let told = log(&world, run);
        assert!(told.len() > 30, "{}", told.len());
        assert_eq!(stored(&out, run), told, "run {run}");
    }
}

#[test]
fn a_log_that_is_written_is_read_back_the_same_whatever_is_in_it() {
    let here = folder();
    let text = "runs = 1\nstop_at_customers = 300\n[seeds]\ncount = 2\n[telling]\naudience = \"fresh\"\n\
                [experience]\nsatisfied = 0.5\nunhappy = 0.4\n[conversion]\nblocking = 0.3\npersuasion = 0.2\n\
                [policy.one_sided]\nends = \"9 days\"\n[commerce]\norder_value = \"99999999999999 JPY\"\n";
    let scenario = scenario(text);
    let meta = LogMeta {
        tellwave: "0".to_owned(),
        scenario_sha256: scenario.digest(),
        currency: "JPY".to_owned(),
        digits: 0,
        run: RunId(3),
        seed: scenario.seed,
        fork: None,
    };
    let events = log(&scenario.into_experiment().world, 3);
    let mut bytes = vec![];
    let mut writer = EventLogWriter::new(&mut bytes, &meta).expect("a log");
    events.iter().for_each(|event| writer.push(event).expect("an event"));
    assert_eq!(writer.finish().expect("the end") as usize, events.len());
    write(here.path(), "log.parquet", &bytes);
    assert_eq!(read_event_log(&here.path().join("log.parquet"), None).expect("a log"), (meta, events));
}

#[test]
fn folding_the_stored_logs_gives_the_tables_that_were_written() {
    let (_here, out) = played();
    // Everything from the folder alone: the resolved scenario and the logs.
    let scenario = Scenario::read(&out.join("scenario.toml"), Overrides::default()).expect("a scenario");
    assert_eq!(scenario.digest(), read_provenance(&out).expect("a provenance").scenario_sha256);
    let (money, days) = (scenario.money(), scenario.horizon().day_closing() as usize + 1);
    let experiment = scenario.into_experiment();
    let mut run = Run::new(&experiment.world);
    let mut rows = vec![];
    for number in 0..8 {
        let mut projections = experiment.projections();
        let mut state = State::new(300);
        for event in stored(&out, number) {
            state.apply(&event);
            projections.hear(&event, &state);
        }
        let ending = run.play(&experiment.world, RunId(number), ());
        assert_eq!(&state, run.state());
        rows.push(Row::of(&projections, ending));
        // What was folded may be forgotten and folded again.
        projections.rewind();
        assert_eq!(Row::of(&projections, ending).totals.iter().sum::<i64>(), 0);
    }
    let outcome = Outcome { first: 0, rows, twin: None };
    let runs = runs_table(&outcome, &money);
    assert_eq!(read_parquet(&out.join("runs.parquet"), None).expect("a table"), runs);
    let mut csv = vec![];
    write_csv(&curves(&outcome, days, &money), &mut csv).expect("a table");
    assert!(csv == std::fs::read(out.join("curves.csv")).expect("curves"), "other curves than were written");
}

#[test]
fn a_finished_folder_holds_all_that_is_needed_to_play_it_again() {
    let here = folder();
    std::fs::create_dir(here.path().join("data")).expect("made");
    write(here.path(), "data/karate.csv", format!("person,friend\n{}", crate::properties::KARATE.replace(' ', ",")));
    let text = "runs = 20\n[graph.edge_list]\nfile = \"data/karate.csv\"\n[seeds]\nids = [0, 33]\n";
    write(here.path(), "listed.toml", text);
    let play = |scenario: &str, out: &str| {
        let said = tellwave(here.path(), &["run", scenario, "--log", "all", "--out", out]);
        assert!(said.status.success(), "{}", common::stderr(&said));
    };
    play("listed.toml", "out");
    std::fs::rename(here.path().join("out"), here.path().join("moved")).expect("moved");
    std::fs::remove_dir_all(here.path().join("data")).expect("removed");
    play("moved/scenario.toml", "again");
    // The report alone differs: it says which values were given and which are defaults.
    let results = |out: &str| {
        let provenance = read_provenance(&here.path().join(out)).expect("a provenance");
        let files = provenance.files.into_iter().filter(|file| file.name != "report.html");
        (provenance.scenario_sha256, files.map(|file| (file.name, file.sha256)).collect::<Vec<_>>())
    };
    assert_eq!(results("again"), results("moved"));
    assert_eq!(verify(&here.path().join("moved")).expect("a provenance"), []);
}

#[test]
fn a_run_is_the_same_whatever_was_played_before_it() {
    let world = scenario(SMALL).into_experiment().world;
    let mut run = Run::new(&world);
    let mut told = |number| {
        let mut events = vec![];
        run.play(&world, RunId(number), &mut events);
        events
    };
    let (first, second) = (told(5), told(2));
    assert_ne!(first, second);
    assert_eq!([told(5), told(5), told(2)], [first.clone(), first, second]);
}

#[test]
fn a_finished_folder_verifies_and_a_flipped_bit_in_any_file_is_found() {
    let (_here, out) = played();
    assert_eq!(verify(&out).expect("a provenance"), []);
    let listed = read_provenance(&out).expect("a provenance").files;
    assert!(listed.len() >= 12);
    for file in &listed {
        let path = out.join(&file.name);
        let whole = std::fs::read(&path).expect("read");
        let mut hurt = whole.clone();
        let middle = hurt.len() / 2;
        hurt[middle] ^= 4;
        std::fs::write(&path, &hurt).expect("written");
        let found: Vec<String> = verify(&out).expect("a provenance").iter().map(ToString::to_string).collect();
        assert_eq!(found, [format!("{} has changed", file.name)]);
        if file.name.starts_with("events-run-") {
            assert!(read_event_log(&path, Some(&file.sha256)).is_err());
        }
        std::fs::write(&path, &whole).expect("written");
    }
    assert_eq!(verify(&out).expect("a provenance"), []);
}
