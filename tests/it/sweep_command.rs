//! `tellwave sweep`: what is on the disk at the end, whatever came between.

use crate::common::{command, folder, stderr, stdout, tellwave, write};
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Stdio;

const BASE: &str = "runs = 8\nhorizon = '40 days'\n[graph.watts_strogatz]\npeople = 200\n[seeds]\ncount = 5\n[policy.two_sided]\n\
                    advocate = '5.00 USD'\nfriend = '5.00 USD'\n";

const SWEEP: &str = "name = 'Reward and persuasion'\nbase = 'base.toml'\nmetrics = ['profit', 'customers', 'reward_cost']\n[keep]\nruns = true\n\
                     curves = ['customers']\nlogs = [0]\n[[factor]]\nname = 'reward'\nkey = 'policy.two_sided.friend'\n\
                     values = ['0.00 USD', '4.00 USD', '8.00 USD']\n[[factor]]\nkey = 'conversion.persuasion'\nfrom = '2 %'\n\
                     to = '6 %'\nsteps = 3\n";

/// A folder with a base and a sweep.
fn with_sweep(sweep: &str) -> tempfile::TempDir {
    let here = folder();
    write(here.path(), "base.toml", BASE);
    write(here.path(), "sweep.toml", sweep);
    here
}

/// Every file of a folder.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry"));
    entries
        .map(|entry| (entry.file_name().to_string_lossy().into_owned(), std::fs::read(entry.path()).expect("read")))
        .collect()
}

fn done(here: &Path, args: &[&str]) -> String {
    let said = tellwave(here, args);
    assert_eq!(said.status.code(), Some(0), "{args:?}: {}", stderr(&said));
    stdout(&said)
}

fn refused(here: &Path, args: &[&str], code: i32) -> String {
    let said = tellwave(here, args);
    assert_eq!(said.status.code(), Some(code), "{args:?}: {}{}", stdout(&said), stderr(&said));
    stderr(&said)
}

#[track_caller]
fn assert_same(one: &Path, other: &Path) {
    let (one, other) = (files(one), files(other));
    assert_eq!(one.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>());
    for (name, bytes) in &one {
        assert!(bytes == &other[name], "{name} differs");
    }
}

#[test]
fn shards_merged_in_any_order_and_a_sweep_taken_up_again_are_one_process_byte_for_byte() {
    let here = with_sweep(SWEEP);
    let here = here.path();
    done(here, &["sweep", "run", "sweep.toml", "--out", "one", "--threads", "2"]);
    for names in [
        ".tellwave",
        "plan.json",
        "results.csv",
        "results.parquet",
        "runs.parquet",
        "curves.parquet",
        "report.html",
        "provenance.json",
        "cell-000001-run-0.parquet",
        "cell-000009-run-0.parquet",
    ] {
        assert!(here.join("one").join(names).is_file(), "{names}");
    }
    for (shard, threads) in [("1/4", "1"), ("3/4", "2"), ("2/4", "1"), ("4/4", "3")] {
        let out = format!("shard-{}", &shard[..1]);
        done(here, &["sweep", "run", "sweep.toml", "--shard", shard, "--out", &out, "--threads", threads]);
    }
    done(here, &["sweep", "merge", "shard-4", "shard-2", "shard-1", "shard-3", "--out", "merged"]);
    assert_same(&here.join("one"), &here.join("merged"));
    // Three cells first, moved elsewhere without the sweep file, and gone on with there.
    done(here, &["sweep", "run", "sweep.toml", "--out", "begun", "--cells", "2,5,9"]);
    let elsewhere = folder();
    std::fs::rename(here.join("begun"), elsewhere.path().join("moved")).expect("moved");
    done(elsewhere.path(), &["sweep", "resume", "moved", "--threads", "1"]);
    assert_same(&here.join("one"), &elsewhere.path().join("moved"));
    // What is there is not played or written again.
    let before = files(&here.join("one"));
    done(here, &["sweep", "run", "sweep.toml", "--out", "one"]);
    assert_eq!(before, files(&here.join("one")));
    assert!(done(here, &["verify", "one", "--all"]).contains("Everything is as it was written."));
    // What somebody has removed or changed comes back, an event log by playing its cell again.
    std::fs::remove_file(here.join("one/results.csv")).expect("removed");
    write(&here.join("one"), "effects.csv", "nothing");
    done(here, &["sweep", "run", "sweep.toml", "--out", "one"]);
    assert_eq!(before, files(&here.join("one")));
    std::fs::remove_file(here.join("one/cell-000004-run-0.parquet")).expect("removed");
    assert!(done(here, &["sweep", "status", "one"]).contains("8 of 9 cells are finished"));
    done(here, &["sweep", "resume", "one"]);
    assert_eq!(before, files(&here.join("one")));
    // And what is written again is the same.
    done(here, &["sweep", "report", "one", "--threads", "1"]);
    assert_eq!(before, files(&here.join("one")));
}

#[test]
fn the_table_has_a_row_a_cell_and_metric_with_the_values_of_the_factors() {
    let here = with_sweep(SWEEP);
    done(here.path(), &["sweep", "run", "sweep.toml", "--out", "out"]);
    let table = std::fs::read_to_string(here.path().join("out/results.csv")).expect("read");
    let lines: Vec<&str> = table.lines().collect();
    assert_eq!(lines.len(), 1 + 9 * 3);
    assert!(lines[0].starts_with("cell,reward,persuasion,metric,unit,runs,mean,"), "{}", lines[0]);
    assert!(lines[4].starts_with("2,0,4,profit,USD,8,"), "{}", lines[4]);
    // The cell is what its scenario is alone.
    write(here.path(), "cell.toml", done(here.path(), &["sweep", "plan", "sweep.toml", "--cell", "2"]));
    let summary = done(here.path(), &["run", "cell.toml", "--out", "alone", "--json"]);
    let mean: f64 = lines[4].split(',').nth(6).expect("a mean").parse().expect("a number");
    assert!(summary.contains(&format!("\"mean\": {mean}")), "{mean} is not in {summary}");
}

#[test]
fn a_folder_is_of_one_plan_and_of_one_process() {
    let here = with_sweep(SWEEP);
    let here = here.path();
    done(here, &["sweep", "run", "sweep.toml", "--out", "out", "--cells", "1"]);
    let before = files(&here.join("out"));
    write(here, "base.toml", BASE.replace("200", "300"));
    let why = refused(here, &["sweep", "run", "sweep.toml", "--out", "out"], 2);
    assert!(why.contains("out holds another sweep") && why.contains("they differ in the base scenario"), "{why}");
    assert_eq!(before, files(&here.join("out")));
    // From a folder of other shards too.
    done(here, &["sweep", "run", "sweep.toml", "--out", "other", "--cells", "2-3,9"]);
    let why = refused(here, &["sweep", "merge", "out", "other", "--out", "merged"], 2);
    assert!(why.contains("they differ in the base scenario"), "{why}");
    assert_eq!(before, files(&here.join("out")));
    // Other commands leave it alone, and it leaves their folders alone.
    refused(here, &["run", "base.toml", "--out", "out"], 2);
    done(here, &["run", "base.toml", "--out", "run"]);
    refused(here, &["sweep", "run", "sweep.toml", "--out", "run"], 2);
    assert_eq!(before, files(&here.join("out")));
}

#[test]
fn a_cell_that_cannot_be_played_leaves_a_gap_that_is_named() {
    // A level reads a file of which the folder has a copy; without that, it goes on beside the file alone.
    let sweep = "base = 'base.toml'\nmetrics = ['customers']\n[[factor]]\nname = 'network'\n[[factor.level]]\nname = 'ring'\n\
                 graph.watts_strogatz.people = 200\n[[factor.level]]\nname = 'theirs'\ngraph.edge_list.file = 'ties.txt'\n";
    let here = with_sweep(sweep);
    let here = here.path();
    let ties: String = (0..30).map(|person| format!("{person} {}\n", person + 1)).collect();
    write(here, "ties.txt", ties);
    done(here, &["sweep", "run", "sweep.toml", "--out", "out", "--cells", "1"]);
    let copies =
        || files(&here.join("out")).into_keys().filter(|name| name.starts_with("edge-list-")).collect::<Vec<_>>();
    let [copy] = &copies()[..] else { panic!("{:?}", copies()) };
    std::fs::remove_file(here.join("out").join(copy)).expect("removed");
    let why = refused(here, &["sweep", "resume", "out"], 3);
    assert!(why.contains("1 of 2 cells could not be played") && why.contains("network = theirs"), "{why}");
    assert!(why.contains("to play one alone: tellwave sweep resume out --cells 2"), "{why}");
    let out = files(&here.join("out"));
    let failures = String::from_utf8(out["failures.csv"].clone()).expect("text");
    assert!(failures.contains("2,network = theirs,") && failures.contains("ties.txt"), "{failures}");
    assert_eq!(String::from_utf8(out["results.csv"].clone()).expect("text").lines().count(), 1 + 1);
    assert!(String::from_utf8_lossy(&out["report.html"]).contains("theirs"), "the report names the gap");
    // Where the file is, the gap closes.
    done(here, &["sweep", "run", "sweep.toml", "--out", "out"]);
    done(here, &["sweep", "run", "sweep.toml", "--out", "whole"]);
    assert_same(&here.join("out"), &here.join("whole"));
}

#[test]
fn a_graph_from_a_file_goes_with_the_folder_and_may_not_become_another() {
    let sweep = "base = 'ties.toml'\nmetrics = ['customers']\n[[factor]]\nkey = 'conversion.persuasion'\nvalues = ['2 %', '9 %', '20 %']\n";
    let here = with_sweep(sweep);
    let here = here.path();
    let ties: String =
        (0..60).map(|person| format!("{person} {}\n{person} {}\n", (person + 1) % 60, (person + 7) % 60)).collect();
    write(here, "ties.txt", &ties);
    write(
        here,
        "ties.toml",
        "runs = 3\nhorizon = '30 days'\n[graph.edge_list]\nfile = 'ties.txt'\n[seeds]\ncount = 3\n",
    );
    done(here, &["sweep", "run", "sweep.toml", "--out", "whole"]);
    // In three sittings, the last two of them without the sweep file.
    done(here, &["sweep", "run", "sweep.toml", "--out", "out", "--cells", "1"]);
    let elsewhere = folder();
    std::fs::rename(here.join("out"), elsewhere.path().join("out")).expect("moved");
    done(elsewhere.path(), &["sweep", "resume", "out", "--cells", "3"]);
    let begun = files(&elsewhere.path().join("out"));
    write(&elsewhere.path().join("out"), "edge-list.txt", format!("{ties}0 30\n"));
    let why = refused(elsewhere.path(), &["sweep", "resume", "out"], 2);
    assert!(why.contains("with which the sweep was planned"), "{why}");
    write(&elsewhere.path().join("out"), "edge-list.txt", &begun["edge-list.txt"]);
    done(elsewhere.path(), &["sweep", "resume", "out"]);
    assert_same(&here.join("whole"), &elsewhere.path().join("out"));
    for shard in ["1/2", "2/2"] {
        done(here, &["sweep", "run", "sweep.toml", "--shard", shard, "--out", &format!("shard-{}", &shard[..1])]);
    }
    done(here, &["sweep", "merge", "shard-2", "shard-1", "--out", "merged"]);
    assert_same(&here.join("whole"), &here.join("merged"));
    assert!(done(here, &["verify", "whole"]).contains("Everything is as it was written."));
    // With another graph the sweep is another.
    write(here, "ties.txt", format!("{ties}0 30\n"));
    let why = refused(here, &["sweep", "run", "sweep.toml", "--out", "whole"], 2);
    assert!(why.contains("they differ in a data file"), "{why}");
}

#[test]
fn mistakes_and_budgets_are_refused_before_anything_is_written() {
    let here = with_sweep(SWEEP);
    let here = here.path();
    for (text, said) in [
        (SWEEP.replace("'4.00 USD'", "'-4.00 USD'"), "-4.00 USD"),
        (format!("{SWEEP}[budget]\ncells = 8\n"), "9 cells"),
        (format!("{SWEEP}[budget]\ntime = '0 days'\n"), "budget.time"),
        (SWEEP.replace("base.toml", "none.toml"), "none.toml"),
        (format!("{SWEEP}[design.list]\nfile = 'cells.csv'\n"), "cells.csv"),
    ] {
        write(here, "wrong.toml", text);
        let why = refused(here, &["sweep", "run", "wrong.toml", "--out", "out"], 2);
        assert!(why.contains(said) && !why.contains("panicked"), "{why}");
        assert!(!here.join("out").exists());
    }
    assert!(refused(here, &["sweep", "run", "sweep.toml", "--shard", "5/4"], 2).contains("3/8"));
    assert!(refused(here, &["sweep", "run", "sweep.toml", "--out", "out", "--cells", "10"], 2).contains("1 to 9"));
    assert!(refused(here, &["sweep", "status", "nowhere"], 2).contains("nowhere holds no sweep"));
}

#[test]
fn a_list_of_cells_may_come_from_a_csv_file() {
    let sweep = "base = 'base.toml'\n[design.list]\nfile = 'cells.csv'\n[[factor]]\nname = 'reward'\nkey = 'policy.two_sided.friend'\n\
                 [[factor]]\nname = 'count'\nkey = 'seeds.count'\n";
    let here = with_sweep(sweep);
    write(here.path(), "cells.csv", "count,reward\n5,1.00 USD\n9,3.00 USD\n5,3.00 USD\n");
    let said = done(here.path(), &["sweep", "plan", "sweep.toml", "--cell", "2"]);
    assert!(said.contains("count = 9") && said.contains("friend = \"3.00 USD\""), "{said}");
    write(here.path(), "cells.csv", "count,rewards\n5,1.00 USD\n");
    let why = refused(here.path(), &["sweep", "plan", "sweep.toml"], 2);
    assert!(why.contains("without a column reward") && why.contains("with a column rewards"), "{why}");
}

#[cfg(unix)]
#[test]
fn a_sweep_that_is_stopped_keeps_what_is_finished_and_goes_on() {
    let sweep =
        SWEEP.replace("steps = 3", "steps = 200").replace("logs = [0]\n", "").replace("curves = ['customers']\n", "");
    let here = with_sweep(&sweep);
    let here = here.path();
    let mut child = command(here, &["sweep", "run", "sweep.toml", "--out", "out", "--no-report", "--threads", "1"])
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("starts");
    // Until there is something to keep.
    let has_pack = || files(&here.join("out")).keys().any(|name| name.ends_with(".pack"));
    while !(here.join("out").is_dir() && has_pack()) {
        assert!(child.try_wait().expect("asked").is_none(), "it ended before it was stopped");
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    let pid = child.id().to_string();
    assert!(std::process::Command::new("kill").args(["-TERM", &pid]).status().expect("sent").success());
    let said = child.wait_with_output().expect("ends");
    let message = stderr(&said);
    assert_eq!(said.status.code(), Some(130), "{message}");
    assert!(message.contains("of 600 cells are kept. To go on: tellwave sweep run sweep.toml --out out"), "{message}");
    assert!(!files(&here.join("out")).keys().any(|name| name.ends_with(".tmp")));
    done(here, &["sweep", "resume", "out", "--no-report"]);
    done(here, &["sweep", "run", "sweep.toml", "--out", "whole", "--no-report"]);
    assert_same(&here.join("out"), &here.join("whole"));
}
