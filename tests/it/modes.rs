//! How commands talk: data alone on stdout, JSON for programs, nothing for who wants quiet, no colours where nobody looks.

use crate::common::{folder, stderr, stdout, tellwave, write};
use serde_json::Value;
use std::path::Path;
use std::process::{Command, Output};

/// A folder with what the commands below read: scenarios, a sweep, finished runs of it, a kept graph.
fn with_results() -> tempfile::TempDir {
    let here = folder();
    let scenario = "runs = 6\nhorizon = '20 days'\ngraph.watts_strogatz.people = 200\nseeds.count = 20\n\
                    conversion.persuasion = '6 %'\n";
    write(here.path(), "small.toml", scenario);
    write(here.path(), "paid.toml", format!("{scenario}policy.one_sided.advocate = '5.00 USD'\n"));
    write(
        here.path(),
        "sweep.toml",
        "base = 'small.toml'\nruns = 3\n[[factor]]\nkey = 'conversion.persuasion'\nvalues = ['2 %', '6 %']\n",
    );
    for args in [
        &["run", "small.toml", "--out", "out"][..],
        &["graph", "grow", "small.toml", "--out", "friends.tw"],
        &["sweep", "run", "sweep.toml", "--out", "swept"],
    ] {
        let said = tellwave(here.path(), args);
        assert!(said.status.success(), "{args:?}: {}", stderr(&said));
    }
    here
}

/// Every command with `--json`, once with each of its forms.
const IN_JSON: &[&[&str]] = &[
    &["run", "small.toml", "--out", "again", "--json"],
    &["chart", "out", "--list", "--json"],
    &["chart", "out", "reach", "--json"],
    &["compare", "small.toml", "paid.toml", "--no-report", "--json"],
    &["compare", "small.toml", "paid.toml", "--out", "compared", "--json"],
    &["explain", "out", "--sale", "1", "--json"],
    &["fork", "out", "--all", "--at", "5", "--with", "paid.toml", "--out", "forked", "--json"],
    &["graph", "grow", "small.toml", "--out", "others.tw", "--json"],
    &["graph", "show", "friends.tw", "--json"],
    &["presets", "--json"],
    &["presets", "tarp-cars", "--json"],
    &["replay", "out", "--json"],
    &["scenarios", "--json"],
    &["scenarios", "two-sided", "--json"],
    &["selfcheck", "--only", "G1", "--runs-scale", "0.01", "--json"],
    &["spread", "friends.tw", "--chance", "0.1", "--runs", "20", "--json"],
    &["sweep", "plan", "sweep.toml", "--json"],
    &["sweep", "run", "sweep.toml", "--out", "part", "--cells", "1", "--json"],
    &["sweep", "resume", "part", "--json"],
    &["sweep", "merge", "part", "swept", "--out", "merged", "--json"],
    &["sweep", "status", "swept", "--json"],
    &["sweep", "report", "swept", "--json"],
    &["timeline", "out", "--person", "0", "--json"],
    &["verify", "out", "--json"],
];

/// As many commands as people read.
const IN_WORDS: &[&[&str]] = &[
    &["--help"],
    &["run", "--help"],
    &["run", "small.toml", "--out", "told"],
    &["run", "nowhere.toml"],
    &["run", "wrong.toml"],
    &["chart", "out", "--list"],
    &["check", "small.toml"],
    &["compare", "small.toml", "paid.toml", "--no-report"],
    &["completions", "zsh"],
    &["events", "out", "--to", "2"],
    &["explain", "out", "--sale", "1"],
    &["graph", "show", "friends.tw"],
    &["man"],
    &["presets"],
    &["reference"],
    &["replay", "out"],
    &["scenarios"],
    &["schema"],
    &["spread", "friends.tw", "--chance", "0.1", "--runs", "20"],
    &["sweep", "status", "swept"],
    &["timeline", "out", "--person", "0"],
    &["verify", "out"],
];

/// A call whose streams are no terminals, and which nobody has asked to leave colours out.
fn piped(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tellwave"));
    command.current_dir(folder).args(args).env_remove("NO_COLOR").env("TERM", "xterm-256color");
    command.output().expect("the command starts")
}

#[test]
fn in_json_stdout_is_one_document_and_nothing_else() {
    let here = with_results();
    for args in IN_JSON {
        let said = tellwave(here.path(), args);
        assert!(said.status.success(), "{args:?}: {}", stderr(&said));
        let found: Result<Value, _> = serde_json::from_str(&stdout(&said));
        let why = found.as_ref().err().map(ToString::to_string).unwrap_or_default();
        assert!(found.is_ok_and(|it| it.is_object() || it.is_array()), "{args:?}: {why}\n{}", stdout(&said));
    }
    let said = tellwave(here.path(), &["events", "out", "--to", "2", "--json"]);
    let lines = stdout(&said);
    assert!(lines.lines().count() > 1, "{lines}");
    for line in lines.lines() {
        assert!(serde_json::from_str::<Value>(line).is_ok_and(|it| it.is_object()), "{line}");
    }
}

#[test]
fn where_nobody_looks_there_are_no_colours_and_no_progress() {
    let here = with_results();
    write(here.path(), "wrong.toml", "runs = 0\n");
    for args in IN_WORDS.iter().chain(IN_JSON) {
        let said = piped(here.path(), args);
        for (what, text) in [("stdout", stdout(&said)), ("stderr", stderr(&said))] {
            assert!(!text.contains(['\u{1b}', '\r']), "{args:?} has an escape on {what}:\n{text}");
        }
    }
}

#[test]
fn in_quiet_stderr_has_errors_and_warnings_alone() {
    let here = with_results();
    let said = tellwave(here.path(), &["run", "small.toml", "--out", "out", "--log", "none"]);
    assert!(said.status.success(), "{}", stderr(&said));
    let hinted: &[&[&str]] = &[
        &["sweep", "run", "sweep.toml", "--out", "loud"],
        &["events", "out", "--to", "1"],
        &["timeline", "out", "--person", "0"],
    ];
    for args in hinted {
        let said = tellwave(here.path(), args);
        assert_ne!(stderr(&said), "", "{args:?} has nothing to be quiet about");
        let quiet = [args, &["--quiet"][..]].concat();
        let quiet: Vec<&str> = quiet.iter().map(|word| if *word == "loud" { "calm" } else { word }).collect();
        let said = tellwave(here.path(), &quiet);
        assert!(said.status.success() && !stdout(&said).is_empty(), "{quiet:?}");
        assert_eq!(stderr(&said), "", "{quiet:?}");
    }
    let said = tellwave(here.path(), &["-q", "run", "nowhere.toml"]);
    assert!(stderr(&said).contains("there is no scenario nowhere.toml"), "{}", stderr(&said));
    write(here.path(), "idle.toml", "policy.two_sided.advocate = '50.00 USD'\n");
    let said = tellwave(here.path(), &["check", "idle.toml", "-q"]);
    assert!(stderr(&said).contains("warning"), "{}", stderr(&said));
}

#[test]
fn shipped_scenarios_are_listed_and_can_be_taken_along() {
    let here = folder();
    let list = stdout(&tellwave(here.path(), &["scenarios"]));
    assert!(list.lines().all(|line| line.chars().count() <= 100), "{list}");
    assert!(list.lines().any(|line| line.starts_with("les-miserables ")), "{list}");
    let unwrapped = list.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(unwrapped.contains("(reads scenarios/data/les-miserables.csv of the source)"), "{list}");
    let text = stdout(&tellwave(here.path(), &["scenarios", "two-sided"]));
    assert!(text.starts_with("# Does a small two-sided programme pay?"), "{text}");
    write(here.path(), "my.toml", text);
    let said = tellwave(here.path(), &["run", "my.toml", "--runs", "2", "--out", "out"]);
    assert!(said.status.success(), "{}", stderr(&said));
    let said = tellwave(here.path(), &["scenarios", "two-sidde"]);
    assert_eq!((said.status.code(), stdout(&said)), (Some(2), String::new()));
    assert!(stderr(&said).contains("did you mean `two-sided`?"), "{}", stderr(&said));
    let said = tellwave(here.path(), &["run", "scenarios/tiers.toml"]);
    assert!(stderr(&said).contains("tellwave scenarios tiers > tiers.toml"), "{}", stderr(&said));
}

#[test]
fn without_a_scenarios_folder_the_quickstart_is_played_all_the_same() {
    let here = folder();
    let said = tellwave(here.path(), &[]);
    assert!(said.status.success(), "{}", stderr(&said));
    assert!(here.path().join("output/quickstart-001/report.html").is_file());
    std::fs::create_dir(here.path().join("scenarios")).expect("made");
    write(here.path(), "scenarios/quickstart.toml", "name = 'Mine'\nruns = 2\ngraph.circle.people = 50\n");
    let said = tellwave(here.path(), &["run", "--out", "mine"]);
    assert!(stdout(&said).starts_with("Mine"), "one's own goes first: {}", stdout(&said));
}

#[test]
fn every_shell_has_its_completions() {
    let here = folder();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let said = tellwave(here.path(), &["completions", shell]);
        let script = stdout(&said);
        assert!(
            said.status.success() && script.contains("tellwave") && script.contains("compare"),
            "{shell}: {script}"
        );
    }
    let said = tellwave(here.path(), &["completions", "dos"]);
    assert_eq!(said.status.code(), Some(2), "{}", stderr(&said));
}

#[test]
fn manual_pages_are_printed_and_written() {
    let here = folder();
    let page = stdout(&tellwave(here.path(), &["man"]));
    assert!(page.contains(".TH tellwave 1") && page.contains("tellwave\\-compare(1)"), "{page}");
    std::fs::create_dir(here.path().join("man1")).expect("made");
    for _ in 0..2 {
        let said = tellwave(here.path(), &["man", "--out", "man1"]);
        assert!(said.status.success(), "{}", stderr(&said));
    }
    let read = |name: &str| std::fs::read_to_string(here.path().join("man1").join(name)).expect("a page");
    assert!(read("tellwave-sweep-run.1").contains("\\-\\-shard"));
    assert!(read("tellwave.1").trim_end() == page.trim_end());
    write(here.path(), "man1/tellwave-run.1", "my own notes");
    let said = tellwave(here.path(), &["man", "--out", "man1"]);
    assert_eq!(said.status.code(), Some(2), "{}", stderr(&said));
    assert_eq!(read("tellwave-run.1"), "my own notes");
    assert_eq!(tellwave(here.path(), &["man", "--out", "nowhere"]).status.code(), Some(2));
}
