//! Graphs that were grown once and kept: played on, they give what the grown ones give, and a folder says which one it was.

use crate::common::{self, folder, log, scenario_in, stderr, stdout, tellwave, write};
use std::path::Path;
use tellwave::graph::kept::{self, Origin};
use tellwave::scenario::{Overrides, Scenario};

const MODEL: &str = "[graph.barabasi_albert]\npeople = 3_000\n";
const KEPT: &str = "[graph.kept]\nfile = \"g.tw\"\n";
const TERMS: &str = "[conversion]\npersuasion = '15 %'\ninvitation = '20 %'\n[policy.two_sided]\n";

/// Keeps the graph of a scenario as `g.tw`, by the command.
fn keep(folder: &Path, text: &str, more: &[&str]) -> String {
    write(folder, "grown.toml", text);
    let said = tellwave(folder, &[&["graph", "grow", "grown.toml", "--out", "g.tw"], more].concat());
    assert!(said.status.success(), "{}", stderr(&said));
    stdout(&said)
}

fn refused(folder: &Path, args: &[&str], code: i32) -> String {
    let said = tellwave(folder, args);
    assert_eq!(said.status.code(), Some(code), "{}{}", stdout(&said), stderr(&said));
    assert!(!stderr(&said).contains("panicked"), "{}", stderr(&said));
    stdout(&said) + &stderr(&said)
}

#[test]
fn a_kept_graph_plays_as_the_grown_one_does_event_for_event() {
    let here = folder();
    let head = "seed = 9\nhorizon = '200 days'\nruns = 4\n";
    let models = [
        MODEL,
        "[graph.cliques]\npeople = 2_000\nstrong_strength = 1.5\nweak_strength = 0.5\n",
        "[graph.edge_list]\nfile = 'ties.txt'\nties = 'directed'\nweights = 'strength'\n",
    ];
    let ties: String = (0..3_000u64)
        .map(|line| format!("p{} p{} 0.{}\n", line * 7_919 % 401, line * 104_729 % 397, line % 397))
        .collect();
    // Of one weight each, nobody alone with herself.
    let mut seen = std::collections::HashSet::new();
    let ties: String = ties
        .lines()
        .filter(|line| seen.insert(line.rsplit_once(' ').expect("three").0.to_owned()))
        .map(|line| format!("{line}\n"))
        .collect();
    write(here.path(), "ties.txt", ties);
    for model in models {
        for seeds in ["", "[seeds]\ncount = 20\nchoose = 'hubs'\n"] {
            keep(here.path(), &format!("{head}{model}"), &[]);
            let grown = scenario_in(here.path(), &format!("{head}{model}{seeds}{TERMS}")).into_experiment();
            let kept = scenario_in(here.path(), &format!("{head}{KEPT}{seeds}{TERMS}")).into_experiment();
            assert_eq!(log(&grown.world, 3), log(&kept.world, 3), "{model}");
            let (grown, kept) = (grown.run(|| {}), kept.run(|| {}));
            let totals = |outcome: &tellwave::experiment::Outcome| {
                outcome.rows.iter().map(|row| row.totals.clone()).collect::<Vec<_>>()
            };
            assert_eq!(totals(&grown), totals(&kept), "{model}");
        }
    }
}

#[test]
fn growing_takes_people_and_seed_from_the_command_line_and_says_what_came_of_it() {
    let here = folder();
    let said = keep(here.path(), MODEL, &["--people", "500", "--seed", "4", "--threads", "1"]);
    for line in ["People           500", "Ties             2,", "Seed             4", "Growing ", "Writing "] {
        assert!(said.lines().any(|said| said.starts_with(line)), "{line} in\n{said}");
    }
    assert!(said.contains("barabasi_albert: people = 500, ties_per_newcomer = 6"), "{said}");
    let first = std::fs::read(here.path().join("g.tw")).expect("kept");
    let json: serde_json::Value = serde_json::from_str(&keep(
        here.path(),
        &format!("seed = 4\n{}", MODEL.replace("3_000", "500")),
        &["--json", "--threads", "2"],
    ))
    .expect("JSON");
    assert!(first == std::fs::read(here.path().join("g.tw")).expect("kept"), "the same bytes from the same seed");
    assert_eq!((&json["people"], &json["bytes"]), (&500.into(), &first.len().into()));
    assert!(json["seconds_growing"].is_f64() && json["seconds_writing"].is_f64());
    let shown: serde_json::Value =
        serde_json::from_str(&stdout(&tellwave(here.path(), &["graph", "show", "g.tw", "--json"]))).expect("JSON");
    for key in ["people", "ties", "arcs", "degree_mean", "degree_max", "model", "seed", "sha256", "bytes"] {
        assert_eq!(shown[key], json[key], "{key}");
    }
    // What a run grows from that seed.
    let overrides = Overrides { seed: Some(4), people: Some(500), ..Overrides::default() };
    let grown =
        Scenario::parse("x.toml", MODEL, here.path(), overrides).expect("a scenario").into_graph().expect("one");
    let mut bytes = vec![];
    kept::write(&grown.graph, &grown.origin, &mut bytes).expect("memory");
    assert!(bytes == first);
}

#[test]
fn what_cannot_be_grown_or_kept_is_refused() {
    let here = folder();
    for (text, more, said) in [
        ("[graph.complete]\n", &[][..], "this scenario has no graph"),
        ("telling.audience = 'fresh'\n", &[], "this scenario has no graph"),
        ("graph = { redraw = 'each run' }\n", &[], "each run grows a graph of its own"),
        ("[graph.grid]\n", &["--people", "77"], "77 people on the command line"),
        ("[[graph.configuration.classes]]\ndegree = 2\npeople = 10\n", &["--people", "77"], "77 people on the command"),
        ("[graph.circle]\npeople = 0\n", &[], "grown.toml:2:10"),
    ] {
        write(here.path(), "grown.toml", text);
        let message = refused(here.path(), &[&["graph", "grow", "grown.toml", "--out", "g.tw"], more].concat(), 2);
        assert!(message.contains(said), "{message}");
        assert!(!here.path().join("g.tw").exists());
    }
    write(here.path(), "grown.toml", "[graph.circle]\n");
    write(here.path(), "thesis.doc", "years of work");
    let message = refused(here.path(), &["graph", "grow", "grown.toml", "--out", "thesis.doc"], 2);
    assert!(message.contains("thesis.doc is there and is no kept graph; it was not touched"), "{message}");
    assert_eq!(std::fs::read(here.path().join("thesis.doc")).expect("there"), b"years of work");
    keep(here.path(), "[graph.circle]\n", &[]);
    write(here.path(), "again.toml", KEPT);
    let message = refused(here.path(), &["graph", "grow", "again.toml", "--out", "h.tw"], 2);
    assert!(message.contains("kept already"), "{message}");
}

#[test]
fn a_scenario_with_a_wrong_kept_graph_is_refused_with_line_and_key() {
    let here = folder();
    keep(here.path(), MODEL, &[]);
    let whole = std::fs::read(here.path().join("g.tw")).expect("kept");
    let mut hurt = whole.clone();
    hurt[whole.len() / 2] ^= 4;
    write(here.path(), "hurt.tw", &hurt);
    write(here.path(), "short.tw", &whole[..whole.len() - 4]);
    write(here.path(), "ties.tw", "0 1\n1 2\n");
    std::fs::create_dir(here.path().join("dir.tw")).expect("made");
    for (graph, key, said) in [
        ("file = 'none.tw'", "graph.kept.file", "\"none.tw\", which cannot be read"),
        ("file = 'dir.tw'", "graph.kept.file", "dir.tw"),
        ("file = 'hurt.tw'", "graph.kept.file", "it is damaged"),
        ("file = 'short.tw'", "graph.kept.file", "as its header says"),
        ("file = 'ties.tw'", "graph.kept.file", "`tellwave graph grow` has written"),
        ("sha256 = 'abc'\nfile = 'g.tw'", "graph.kept.sha256", "which the file has"),
    ] {
        write(here.path(), "kept.toml", format!("runs = 1\n[graph.kept]\n{graph}\n"));
        let message = refused(here.path(), &["run", "kept.toml", "--out", "out"], 2);
        assert!(message.contains(said) && message.contains(key) && message.contains("kept.toml:3:"), "{message}");
    }
    for (text, said) in [
        ("[graph.kept]\n", "graph.kept.file"),
        ("[graph]\nredraw = 'each run'\nkept.file = 'g.tw'\n", "\"each run\" for a kept graph"),
    ] {
        write(here.path(), "kept.toml", text);
        let message = refused(here.path(), &["check", "kept.toml"], 2);
        assert!(message.contains(said), "{message}");
    }
    for name in ["hurt.tw", "short.tw", "ties.tw", "dir.tw", "none.tw"] {
        let message = refused(here.path(), &["graph", "show", name], 2);
        assert!(message.contains(name), "{message}");
    }
}

#[test]
fn results_on_a_kept_graph_are_verified_and_played_again_without_the_file() {
    let here = folder();
    std::fs::create_dir(here.path().join("graphs")).expect("made");
    keep(here.path(), MODEL, &[]);
    std::fs::rename(here.path().join("g.tw"), here.path().join("graphs/g.tw")).expect("moved");
    write(here.path(), "kept.toml", format!("runs = 3\n[graph.kept]\nfile = 'graphs/g.tw'\n{TERMS}"));
    let said = tellwave(here.path(), &["run", "kept.toml", "--out", "out"]);
    assert!(said.status.success(), "{}", stderr(&said));
    assert!(stdout(&said).contains("A kept graph of 3000 people and "), "{}", stdout(&said));
    std::fs::remove_dir_all(here.path().join("graphs")).expect("removed");
    std::fs::rename(here.path().join("out"), here.path().join("moved")).expect("moved");
    let said = tellwave(here.path(), &["verify", "moved", "--all"]);
    assert!(said.status.success(), "{}{}", stdout(&said), stderr(&said));
    let said = tellwave(here.path(), &["run", "moved/scenario.toml", "--out", "again"]);
    assert!(said.status.success(), "{}", stderr(&said));
    let digests = |out: &str| {
        let provenance = tellwave::store::read_provenance(&here.path().join(out)).expect("a provenance");
        let files = provenance.files.into_iter().filter(|file| file.name != "report.html");
        let files: Vec<_> = files.map(|file| (file.name, file.sha256)).collect();
        (provenance.scenario_sha256, provenance.graph_sha256.expect("a graph"), files)
    };
    assert_eq!(digests("again"), digests("moved"));
    // A copy that was changed is found, and one that is gone.
    let copy = here.path().join("moved/graph.tw");
    let mut bytes = std::fs::read(&copy).expect("a copy");
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    std::fs::write(&copy, bytes).expect("written");
    assert!(refused(here.path(), &["verify", "moved"], 4).contains("graph.tw has changed"));
    std::fs::remove_file(&copy).expect("removed");
    assert!(refused(here.path(), &["verify", "moved"], 4).contains("graph.tw"));
}

/// A graph of more than 64 MiB, which no results copy.
#[test]
fn results_on_a_large_kept_graph_find_it_by_its_path_and_know_it_by_its_digest() {
    let here = folder();
    write(here.path(), "grown.toml", "[graph.watts_strogatz]\npeople = 1_400_000\n");
    let grown = Scenario::read(&here.path().join("grown.toml"), Overrides::default()).expect("a scenario");
    let graph = grown.into_graph().expect("one").graph;
    let keep = |origin: Origin| {
        let mut bytes = vec![];
        kept::write(&graph, &origin, &mut bytes).expect("memory");
        write(here.path(), "g.tw", bytes);
    };
    keep(Origin::default());
    write(here.path(), "kept.toml", format!("runs = 1\nhorizon = '5 days'\n{KEPT}[seeds]\ncount = 3\n"));
    let said = tellwave(here.path(), &["run", "kept.toml", "--out", "out"]);
    assert!(said.status.success(), "{}", stderr(&said));
    assert!(!here.path().join("out/graph.tw").exists());
    let verify = || tellwave(here.path(), &["verify", "out"]);
    assert!(verify().status.success(), "{}{}", stdout(&verify()), stderr(&verify()));
    // The folder may be moved, and the graph into it.
    std::fs::rename(here.path().join("g.tw"), here.path().join("out/g.tw")).expect("moved");
    let said = tellwave(here.path(), &["run", "out/scenario.toml", "--out", "again"]);
    assert!(said.status.success(), "{}", stderr(&said));
    let digest = |out: &str| {
        let provenance = tellwave::store::read_provenance(&here.path().join(out)).expect("a provenance");
        (provenance.scenario_sha256, provenance.graph_sha256)
    };
    assert_eq!(digest("out"), digest("again"));
    std::fs::remove_file(here.path().join("out/g.tw")).expect("removed");
    let message = refused(here.path(), &["verify", "out"], 4);
    assert!(message.contains("which cannot be read") && message.contains("a kept graph whose digest is"), "{message}");
    // Another one in its place.
    keep(Origin { seed: Some(3), ..Origin::default() });
    let message = refused(here.path(), &["verify", "out"], 4);
    assert!(message.contains("graph.kept.sha256") && message.contains("which the file has"), "{message}");
}

#[test]
fn first_customers_are_named_as_in_the_list_that_was_kept() {
    let here = folder();
    write(here.path(), "ties.txt", "Ann Bob\nBob Cyd\nCyd Dan\n");
    keep(here.path(), "[graph.edge_list]\nfile = 'ties.txt'\n", &[]);
    write(here.path(), "kept.toml", format!("runs = 2\n{KEPT}[seeds]\nnames = ['Cyd']\n"));
    let said = tellwave(here.path(), &["run", "kept.toml", "--out", "out"]);
    assert!(said.status.success(), "{}", stderr(&said));
    let said = stdout(&tellwave(here.path(), &["timeline", "out", "--person", "Cyd"]));
    assert!(said.starts_with("Cyd in run 0"), "{said}");
}

#[test]
fn the_memory_of_a_kept_graph_is_counted_and_is_not_asked_for_twice() {
    let here = folder();
    keep(here.path(), "[graph.watts_strogatz]\npeople = 100_000\n", &[]);
    let bytes = |text: &str| {
        let memory = scenario_in(here.path(), text).memory(1, 1, false);
        (memory.bytes(), memory.bytes_to_come())
    };
    let (kept, to_come) = bytes(KEPT);
    let (grown, all_to_come) = bytes("[graph.watts_strogatz]\npeople = 100_000\n");
    let graph = 100_000 * (12 + 1) * 4;
    assert!(kept + 100_000 >= grown - 8 * 600_000 && kept <= grown, "{kept} and {grown} bytes");
    assert!(kept - to_come >= graph && kept - to_come < graph + 1_000, "the graph of {graph} bytes is there");
    assert_eq!(grown, all_to_come);
    let check = common::stdout(&tellwave(here.path(), &["check", "grown.toml"]));
    assert!(check.contains("Memory "), "{check}");
}
