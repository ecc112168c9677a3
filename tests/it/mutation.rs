//! Scenarios, sweep files and edge lists with mistakes in them, made by the thousand from those that are right: whatever comes, reading
//! neither panics nor hangs, and nearly every refusal names the file, the line and the key.
//!
//! Each is made by luck of its own, so the number that a failure tells makes it again. `cargo test` reads two thousand; a hundred
//! thousand, with counts, are read by
//!
//! ```sh
//! cargo test --test it a_hundred_thousand -- --ignored --nocapture
//! ```

mod scenario;
mod ties;

use crate::common::folder;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use tellwave::dice::{Dice, Draws, Purpose};
use tellwave::scenario::{Overrides, Scenario, ScenarioError};
use tellwave::sweep::Sweep;
use tellwave::units::Seed;

/// The name under which what was made is read.
const MADE: &str = "made.toml";

/// One of so many that are accepted is played.
const PLAYED: u32 = 10;

/// The most people among whom one is played.
const PEOPLE: u32 = 200;

/// What can be made, and from what.
struct Maker {
    folder: PathBuf,
    /// Scenarios, and sweep files.
    right: Vec<(bool, String)>,
    /// Every key that stands in one of them, with a value that is right.
    keys: Vec<(String, String)>,
}

/// What came of what was made.
#[derive(Default)]
struct Counts {
    made: u32,
    accepted: u32,
    played: u32,
    refused: u32,
    /// Refusals of which each mistake has file, line and key.
    named: u32,
    /// Those that are mistakes of TOML, with line and column: there is no key yet.
    of_toml: u32,
    /// Of refused edge lists, those that name a line of the list, and all.
    lists_with_line: u32,
    lists: u32,
    panics: Vec<u64>,
    unnamed: Vec<String>,
    slowest: (Duration, u64),
}

impl Maker {
    fn new(folder: &Path) -> Maker {
        let project = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
        let mut right = vec![];
        let mut keys = vec![];
        for shipped in [project.clone(), project.join("sweeps")] {
            let entries = fs::read_dir(shipped).expect("scenarios").map(|entry| entry.expect("an entry").path());
            let mut files: Vec<PathBuf> =
                entries.filter(|path| path.extension().is_some_and(|it| it == "toml")).collect();
            files.sort();
            for path in files {
                let text = fs::read_to_string(&path).expect("a scenario");
                let is_sweep = text.contains("[[factor]]");
                let short = if is_sweep { text.clone() } else { shortened(&text) };
                let parse = |text: &str| Scenario::parse(MADE, text, &project, Overrides::default());
                // Of some the end of a programme would come after the end of all.
                let text = if is_sweep || parse(&short).is_ok() { short } else { text };
                fs::write(folder.join(path.file_name().expect("a name")), &text).expect("written");
                if !is_sweep {
                    let read = parse(&text).expect("is right");
                    keys.extend(read.settings.into_iter().map(|setting| (setting.key, setting.value)));
                }
                right.push((is_sweep, text));
            }
        }
        keys.retain(|(key, _)| !key.contains('['));
        keys.sort();
        keys.dedup();
        fs::create_dir_all(folder.join("data")).expect("made");
        let list = "data/les-miserables.csv";
        fs::copy(project.join(list), folder.join(list)).expect("copied");
        Maker { folder: folder.to_owned(), right, keys }
    }

    /// Makes the one of that number, reads it, and counts what came of it.
    fn make(&self, number: u64, counts: &mut Counts) {
        let mut luck = Dice::new(Seed(7)).stream(Purpose::Seeding, number);
        let is_list = luck.below(5) == 0;
        let (is_sweep, text) = match is_list {
            true => {
                let (list, text) = ties::make(&mut luck);
                fs::write(self.folder.join(ties::LIST), list).expect("written");
                (false, text.into_bytes())
            }
            false => {
                let (is_sweep, text) = &self.right[luck.below(self.right.len() as u32) as usize];
                (*is_sweep, scenario::make(text, &self.keys, &mut luck))
            }
        };
        let path = self.folder.join(MADE);
        fs::write(&path, text).expect("written");
        let started = Instant::now();
        let read = catch_unwind(AssertUnwindSafe(|| read(&path, is_sweep, &mut luck)));
        counts.slowest = counts.slowest.max((started.elapsed(), number));
        counts.made += 1;
        match read {
            Err(_) => counts.panics.push(number),
            Ok(Ok(was_played)) => {
                counts.accepted += 1;
                counts.played += u32::from(was_played);
            }
            Ok(Err(why)) => counts.refuse(&why, is_list, number),
        }
    }
}

/// The same scenario over a shorter time: a law of delays has a table with an entry for each minute of it, which would be most of the work.
fn shortened(text: &str) -> String {
    let short = "horizon = \"20 days\"";
    match text.lines().any(|line| line.starts_with("horizon = ")) {
        false => format!("{short}\n{text}"),
        true => text
            .lines()
            .map(|line| if line.starts_with("horizon = ") { short } else { line }.to_owned() + "\n")
            .collect(),
    }
}

/// Reads what lies there, and plays it if luck will have it; whether it was played.
fn read(path: &Path, is_sweep: bool, luck: &mut Draws) -> Result<bool, ScenarioError> {
    if is_sweep {
        return Sweep::read(path).map(|_| false);
    }
    Scenario::read_beside_variants(path, Overrides::default())?;
    if luck.below(PLAYED) > 0 {
        return Ok(false);
    }
    let few = Overrides { runs: Some(1), people: Some(PEOPLE), ..Overrides::default() };
    let short = Scenario::read(path, few).and_then(|it| it.moved("horizon", "\"10 days\""));
    // With few people, or an early end, it may be wrong.
    let Ok(short) = short else { return Ok(false) };
    if short.people().is_none_or(|people| people > PEOPLE) {
        return Ok(false);
    }
    short.into_experiment().run(|| {});
    Ok(true)
}

impl Counts {
    fn refuse(&mut self, why: &ScenarioError, is_list: bool, number: u64) {
        self.refused += 1;
        let said = why.to_string();
        let (is_named, is_of_toml) = match why {
            ScenarioError::Mistakes(mistakes) => {
                let list = mistakes.list();
                let has_place = list.iter().all(|mistake| mistakes.position(mistake).is_some());
                let is_of_toml = list.iter().any(|mistake| mistake.key.is_empty());
                // Of a text without a key none can be named.
                let is_no_text = |found: &str| found.starts_with("not TOML") || found.starts_with("what is not UTF-8");
                let named = list.iter().all(|mistake| !mistake.key.is_empty() || is_no_text(&mistake.found));
                (has_place && named && said.contains(&format!("{MADE}:")), is_of_toml)
            }
            // What is no text, or ends before its first key, has none; its line is named.
            ScenarioError::NotText { line, .. } => (line.is_some() && said.contains(&format!("{MADE}:")), true),
            _ => (false, false),
        };
        self.named += u32::from(is_named && !is_of_toml);
        self.of_toml += u32::from(is_named && is_of_toml);
        if is_list && said.contains(ties::LIST) {
            self.lists += 1;
            self.lists_with_line += u32::from(said.contains(&format!("{}:", ties::LIST)));
        }
        if !is_named {
            self.unnamed.push(format!("{number}: {said}"));
        }
    }

    /// The claims that hold for any number of them.
    fn check(&self) {
        let Counts { made, accepted, refused, .. } = self;
        assert_eq!(self.panics, Vec::<u64>::new(), "these made it panic");
        let share = f64::from(self.named + self.of_toml) / f64::from(*refused);
        assert!(
            share >= 0.995,
            "{share} of {refused} refusals are named; not, among others:\n{}",
            self.first_unnamed()
        );
        assert!(accepted * 10 > *made && refused * 10 > *made, "{accepted} of {made} accepted: they are of one kind");
        assert!(self.played > 0, "none was played");
    }

    fn first_unnamed(&self) -> String {
        self.unnamed.iter().take(20).map(String::as_str).collect::<Vec<_>>().join("\n\n")
    }
}

fn made(numbers: std::ops::Range<u64>) -> Counts {
    let here = folder();
    let maker = Maker::new(here.path());
    let mut counts = Counts::default();
    numbers.for_each(|number| maker.make(number, &mut counts));
    counts
}

#[test]
fn two_thousand_mutants_are_read_without_a_panic_and_refused_by_file_line_and_key() {
    made(0..2_000).check();
}

#[test]
#[ignore = "takes minutes"]
fn a_hundred_thousand_mutants_are_read_without_a_panic_and_within_three_seconds_each() {
    // Fewer where somebody is in a hurry: MUTANTS=10000.
    let many = std::env::var("MUTANTS").ok().and_then(|many| many.parse().ok()).unwrap_or(100_000);
    let counts = made(0..many);
    let Counts { made, accepted, played, refused, named, of_toml, lists, lists_with_line, .. } = counts;
    let share = |some: u32| 100.0 * f64::from(some) / f64::from(refused);
    println!(
        "{made} made: {accepted} accepted, {played} of them played, {refused} refused, {} panics",
        counts.panics.len()
    );
    println!(
        "refused with file, line and key: {:.2} %; mistakes of TOML with file, line and column: {:.2} %; together {:.2} %",
        share(named),
        share(of_toml),
        share(named + of_toml)
    );
    println!("refused edge lists: {lists}, of which {lists_with_line} name a line of the list");
    println!("slowest: {:?} (number {})", counts.slowest.0, counts.slowest.1);
    println!("without a place, the first of {}:\n{}", counts.unnamed.len(), counts.first_unnamed());
    counts.check();
    assert!(counts.slowest.0 < Duration::from_secs(3), "number {} took {:?}", counts.slowest.1, counts.slowest.0);
}
