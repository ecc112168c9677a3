//! Finished folders: what is read from them is what was played, and what was changed is refused.

use crate::common::{folder, stderr, stdout, tellwave, write};
use std::path::{Path, PathBuf};
use tellwave::archive::{Archive, ArchiveError};
use tellwave::event::Fact;
use tellwave::store::{StoreError, read_event_log};
use tellwave::units::{RunId, Tick};

/// Ann tells Bob with a code on day 1; Bob buys at once, and both get five dollars.
pub const SMALL: &str = r#"
    name = "Small"
    seed = 4
    runs = 3
    horizon = "9 days"
    [graph.edge_list]
    file = "ties.txt"
    header = "none"
    [seeds]
    ids = [0]
    [experience]
    satisfied = "100 %"
    unhappy = "0 %"
    [participation]
    unasked = "100 %"
    willing = "100 %"
    [telling]
    positive = "all_neighbours"
    delay = "1 day"
    [conversion]
    persuasion = 1.0
    invitation = 1.0
    decision_delay = "0 days"
    [policy.two_sided]
    advocate = "5 USD"
    friend = "5 USD"
    ends = "9 days"
"#;

fn played() -> (tempfile::TempDir, PathBuf) {
    let here = folder();
    write(here.path(), "ties.txt", "0 1\n");
    write(here.path(), "small.toml", SMALL);
    let said = tellwave(here.path(), &["run", "small.toml", "--log", "first", "--out", "out"]);
    assert!(said.status.success(), "{}", stderr(&said));
    let out = here.path().join("out");
    (here, out)
}

#[test]
fn a_run_that_was_kept_is_read_and_another_is_told_again() {
    let (_here, out) = played();
    let archive = Archive::open(&out).expect("a finished folder");
    let [(kept, stored), (again, stored_again)] = [0, 1].map(|run| {
        let mut events = vec![];
        let told = archive.tell(RunId(run), None, &mut events).expect("a run");
        assert_eq!(told.events as usize, events.len());
        (events, told.stored)
    });
    assert_eq!([stored, stored_again], [true, false]);
    let (_, events) = read_event_log(&out.join("events-run-000000.parquet"), None).expect("a log");
    assert_eq!(kept, events);
    // Nothing in this market is left to luck.
    assert_eq!(again, kept);
    let missing = archive.tell(RunId(3), None, ()).expect_err("three runs");
    assert_eq!(missing.to_string(), format!("{} has runs 0 to 2, and no run 3", out.display()));
}

#[test]
fn what_was_changed_or_never_finished_is_refused() {
    let (here, out) = played();
    assert!(matches!(Archive::open(here.path()), Err(ArchiveError::Unfinished { .. })));
    for name in ["scenario.toml", "edge-list.txt"] {
        let path = out.join(name);
        let right = std::fs::read(&path).expect("a file");
        let mut wrong = right.clone();
        wrong[0] ^= 1;
        std::fs::write(&path, wrong).expect("changed");
        let error = Archive::open(&out).expect_err(name);
        assert!(matches!(error, ArchiveError::Store(StoreError::Digest { .. })), "{error}");
        std::fs::write(&path, right).expect("as it was");
    }
    let log = out.join("events-run-000000.parquet");
    let mut wrong = std::fs::read(&log).expect("a log");
    wrong[100] ^= 1;
    std::fs::write(&log, wrong).expect("changed");
    let error = Archive::open(&out).expect("the rest is right").tell(RunId(0), None, ()).expect_err("a changed log");
    assert!(matches!(error, ArchiveError::Store(StoreError::Digest { .. })), "{error}");
}

fn events(out: &Path, more: &[&str]) -> String {
    let out = out.to_string_lossy();
    let said = tellwave(Path::new("."), &[&["events", &out], more].concat());
    assert!(said.status.success(), "{}", stderr(&said));
    stdout(&said)
}

#[test]
fn events_are_listed_as_a_marketer_reads_them() {
    let (_here, out) = played();
    let expected = "      day      event     person  what happened, and because of which event
    0.000          0          0  CustomerSeeded
    0.000          1          0  FirstPurchaseMade  source seed, amount 60.00 USD, margin 4000  <- 0
    0.000          2          0  ExperienceRated  score 9, sentiment satisfied  <- 1
    0.000          3          0  AdvocacyDecided  tells 1, participates true  <- 2
    1.000          4          1  WordHeard  other_person 0, valence good, coded true, first true, channel face_to_face  <- 3
";
    let listed = events(&out, &["--to", "1"]);
    let told = listed.lines().take(6).map(|line| format!("{line}\n")).collect::<String>();
    assert_eq!(told.replace("score 10", "score 9"), expected);
    assert!(
        listed.contains("RewardGranted  side advocate, kind cash, amount 5.00 USD, rule 0, cost 5.00 USD  <- "),
        "{listed}"
    );
}

#[test]
fn events_are_chosen_by_fact_person_and_day() {
    let (_here, out) = played();
    let sequences = |more: &[&str]| -> Vec<u64> {
        let listed = events(&out, &[more, &["--format", "jsonl"]].concat());
        let object = |line: &str| serde_json::from_str::<serde_json::Value>(line).expect("an object");
        listed.lines().map(|line| object(line)["sequence"].as_u64().expect("a number")).collect()
    };
    let all = sequences(&[]);
    assert!(all.len() > 12 && all.iter().copied().eq(0..all.len() as u64), "{all:?}");
    assert_eq!(sequences(&["--to", "0"]), [0, 1, 2, 3]);
    assert_eq!(sequences(&["--from", "1"]).first(), Some(&4));
    assert_eq!(sequences(&["--fact", "CustomerSeeded", "--fact", "WordHeard", "--person", "1", "--to", "1"]), [4]);
    assert_eq!(sequences(&["--fact", "WordHeard", "--person", "0", "--to", "1"]), [4], "she told it");
}

#[test]
fn rows_for_programs_have_the_columns_of_the_log() {
    let (_here, out) = played();
    let listed = events(&out, &["--format", "csv", "--run", "2"]);
    let mut csv = csv::Reader::from_reader(listed.as_bytes());
    let names: Vec<String> = csv.headers().expect("names").iter().map(str::to_owned).collect();
    assert_eq!(names[..8], ["run", "sequence", "tick", "day", "person", "fact", "cause", "other_person"]);
    let rows: Vec<csv::StringRecord> = csv.records().map(|row| row.expect("a row")).collect();
    assert!(rows.iter().all(|row| row.len() == names.len() && &row[0] == "2" && Fact::NAMES.contains(&&row[5])));
    assert_eq!(&rows[1][names.iter().position(|name| name == "amount_minor").expect("a column")], "6000");
}

#[test]
fn a_folder_that_cannot_be_read_is_said_with_the_right_exit_code() {
    let (here, out) = played();
    let code = |args: &[&str]| tellwave(here.path(), args).status.code();
    assert_eq!(code(&["events", "nowhere"]), Some(2));
    assert_eq!(code(&["events", "out", "--run", "7"]), Some(2));
    assert_eq!(code(&["events", "out", "--fact", "Nonsense"]), Some(2));
    std::fs::write(out.join("scenario.toml"), "runs = 1").expect("changed");
    assert_eq!(code(&["events", "out"]), Some(4));
}

#[test]
fn a_replay_comes_to_what_was_written() {
    let (_here, out) = played();
    let folder = out.to_string_lossy();
    let replayed = |more: &[&str]| tellwave(Path::new("."), &[&["replay", &folder], more].concat());
    for run in ["0", "2"] {
        let said = replayed(&["--run", run]);
        assert!(said.status.success(), "{}", stderr(&said));
        assert!(stdout(&said).contains("The same as was written, in every measure."));
    }
    let said = replayed(&["--until", "0", "--json"]);
    let object: serde_json::Value = serde_json::from_str(&stdout(&said)).expect("an object");
    let measure = |name: &str| object["measures"][name].as_i64();
    // On day 0 Ann alone has bought, and nobody has heard anything.
    assert_eq!([measure("customers"), measure("reach"), measure("revenue")], [Some(1), Some(0), Some(6_000)]);
    assert_eq!((object["events"].as_u64(), object["differing"].is_null()), (Some(4), true));
}

#[test]
fn a_replay_that_comes_to_something_else_says_in_what() {
    let (_here, out) = played();
    // Half of a run comes to something else than all of it.
    let archive = Archive::open(&out).expect("a folder");
    let written = archive.written(RunId(1)).expect("the table of runs");
    let replayed = archive.replay(RunId(1), None).expect("a run");
    assert!(replayed.totals.iter().all(|(measure, total)| written(measure.name) == Some(*total)));
    assert_eq!(written("nonsense"), None);
    let half = archive.replay(RunId(1), Some(Tick(10))).expect("a run");
    assert!(half.totals.iter().any(|(measure, total)| written(measure.name) != Some(*total)));
    assert!(half.told.events < replayed.told.events && half.told.state.customers() < replayed.told.state.customers());
}

/// What `tellwave verify` finds, and its exit code.
fn verified(out: &Path, more: &[&str]) -> (Vec<String>, Option<i32>) {
    let folder = out.to_string_lossy();
    let said = tellwave(Path::new("."), &[&["verify", &folder, "--json"], more].concat());
    let object: serde_json::Value =
        serde_json::from_str(&stdout(&said)).unwrap_or_else(|error| panic!("{error}: {}", stderr(&said)));
    let findings = object["findings"].as_array().expect("a list").iter();
    (findings.map(|finding| finding.as_str().expect("a text").to_owned()).collect(), said.status.code())
}

#[test]
fn a_folder_as_it_was_written_verifies() {
    let (_here, out) = played();
    assert_eq!(verified(&out, &[]), (vec![], Some(0)));
    assert_eq!(verified(&out, &["--all", "--threads", "2"]), (vec![], Some(0)));
}

#[test]
fn a_changed_bit_in_any_file_is_found_with_its_name() {
    let (_here, out) = played();
    let names = std::fs::read_dir(&out).expect("a folder").map(|entry| entry.expect("an entry").file_name());
    let mut names: Vec<String> = names.map(|name| name.into_string().expect("a name")).collect();
    names.retain(|name| name != ".tellwave");
    assert!(names.len() > 8, "{names:?}");
    for name in names {
        let path = out.join(&name);
        let right = std::fs::read(&path).expect("a file");
        for place in [0, right.len() / 2, right.len() - 1] {
            let mut wrong = right.clone();
            wrong[place] ^= 4;
            std::fs::write(&path, &wrong).expect("changed");
            let (findings, code) = verified(&out, &[]);
            assert_eq!(code, Some(4), "{name} at {place}");
            assert!(findings.iter().any(|finding| finding.contains(&name)), "{name} at {place}: {findings:?}");
        }
        std::fs::write(&path, &right[..right.len() / 2]).expect("cut off");
        assert_eq!(verified(&out, &[]).1, Some(4), "{name} cut off");
        std::fs::write(&path, right).expect("as it was");
    }
    assert_eq!(verified(&out, &[]), (vec![], Some(0)));
}

#[test]
fn everything_that_is_wrong_is_found_at_once() {
    let (_here, out) = played();
    std::fs::remove_file(out.join("reach.svg")).expect("removed");
    write(&out, "note.txt", "mine");
    write(&out, "curves.csv", "day\n");
    let (findings, code) = verified(&out, &[]);
    let has = |words: &str| findings.iter().any(|finding| finding.contains(words));
    assert_eq!(code, Some(4));
    assert!(has("reach.svg is missing") && has("note.txt is not listed") && has("curves.csv has"), "{findings:?}");
    let nowhere = tellwave(Path::new("."), &["verify", "nowhere"]);
    assert_eq!(nowhere.status.code(), Some(2), "{}", stderr(&nowhere));
}

#[test]
fn a_log_of_people_who_are_not_there_is_refused_and_not_folded() {
    use tellwave::event::Event;
    use tellwave::store::{EventLogReader, EventLogWriter, read_provenance};
    use tellwave::units::{EventId, PersonId};
    let (_here, out) = played();
    let path = out.join("events-run-000000.parquet");
    let meta = EventLogReader::open(&path, None).expect("a log").meta().clone();
    for who in [2, 4_000_000, u32::MAX - 5] {
        let event = Event { at: Tick(0), who: PersonId(who), cause: EventId::ROOT, what: Fact::CustomerSeeded };
        let mut writer = EventLogWriter::new(std::fs::File::create(&path).expect("a file"), &meta).expect("a log");
        writer.push(&event).expect("an event");
        writer.finish().expect("the end");
        // Somebody who forges a log can forge its digest and the seal too.
        let mut provenance = read_provenance(&out).expect("as it was");
        let digest = tellwave::store::atomic::sha256_hex(&std::fs::read(&path).expect("a file"));
        let listed = provenance.files.iter_mut().find(|file| file.name == "events-run-000000.parquet");
        let bytes = std::fs::metadata(&path).expect("a file").len();
        listed.into_iter().for_each(|file| (file.sha256, file.bytes) = (digest.clone(), bytes));
        std::fs::write(out.join("provenance.json"), provenance.to_json().expect("JSON")).expect("written");
        let (findings, code) = verified(&out, &[]);
        assert_eq!(code, Some(4), "{findings:?}");
        assert!(findings.iter().any(|finding| finding.contains("people who are not there")), "{findings:?}");
    }
}
