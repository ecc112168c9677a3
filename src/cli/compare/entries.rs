//! What is to be compared: scenarios read from files, each with its variants, and whether they are of one market.

use super::super::output::{check_glyphs, fonts_of};
use super::super::{Failure, actuals};
use super::Args;
use super::refusal::Refusal;
use crate::draw::clean;
use crate::scenario::values::nearest;
use crate::scenario::{Change, Overrides, Scenario};
use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};

/// What asks for the first scenario without its programme as the baseline.
const NONE: &str = "none";

/// How many keys a note names.
const KEYS_NAMED: usize = 6;

/// One of the scenarios.
pub(super) struct Entry {
    pub scenario: Scenario,
    pub origin: Origin,
}

/// Where one of the scenarios comes from.
pub(super) enum Origin {
    /// A file, or one of the variants in it.
    File { path: PathBuf, is_variant: bool },
    /// Whoever asks has it already, and calls it so.
    Caller { name: String },
}

impl Entry {
    /// What it is called, which others may be too.
    fn name(&self) -> &str {
        match &self.origin {
            Origin::File { .. } => &self.scenario.name,
            Origin::Caller { name } => name,
        }
    }

    /// The file that it is in.
    fn path(&self) -> Option<&Path> {
        match &self.origin {
            Origin::File { path, .. } => Some(path),
            Origin::Caller { .. } => None,
        }
    }

    /// Whether it is one of a file's variants.
    fn is_variant(&self) -> bool {
        matches!(self.origin, Origin::File { is_variant: true, .. })
    }

    /// The file, as it is shown; the name where there is none.
    fn shown(&self) -> String {
        clean(&self.path().map_or_else(|| self.name().to_owned(), |path| path.display().to_string()))
    }

    /// The file, and which of its variants.
    fn place(&self) -> String {
        if self.is_variant() { format!("{} ({})", self.shown(), clean(&self.scenario.name)) } else { self.shown() }
    }
}

/// Reads all scenarios, with the seed and the number of runs of the first one; tells what is wrong with any.
pub(super) fn read(args: &Args) -> Result<Vec<Entry>, Failure> {
    let mut overrides = Overrides { runs: args.runs, seed: args.seed, people: None };
    let (mut entries, mut wrong) = (vec![], vec![]);
    for path in &args.scenarios {
        match Scenario::read_with_variants(path, overrides).map_err(Failure::from) {
            Ok(scenarios) => {
                let first = &scenarios[0];
                overrides = Overrides { runs: Some(first.runs), seed: Some(first.seed.0), people: None };
                let origin = |place: usize| Origin::File { path: path.clone(), is_variant: place > 0 };
                let entry = |(place, scenario)| Entry { scenario, origin: origin(place) };
                entries.extend(scenarios.into_iter().enumerate().map(entry));
            }
            Err(Failure::User(message)) => wrong.push(message.trim_end().to_owned()),
            Err(other) => return Err(other),
        }
    }
    wrong.extend(twice(args));
    if wrong.is_empty() {
        wrong.extend(unfit(args, &entries)?);
    }
    if wrong.is_empty() { Ok(entries) } else { Err(Failure::User(wrong.join("\n\n"))) }
}

/// What is wrong with names that no font can draw, and with what was counted after the end.
fn unfit(args: &Args, entries: &[Entry]) -> Result<Vec<String>, Failure> {
    let first = &entries[0].scenario;
    let fonts = fonts_of(args.font.as_deref(), &first.look)?;
    let names = entries.iter().map(|entry| {
        let what = if entry.is_variant() { "the name of the variant" } else { "the scenario's name," };
        let whose = format!("{}: {what} \"{}\",", entry.shown(), clean(&entry.scenario.name));
        check_glyphs(&entry.scenario.name, &whose, &fonts, args.font.is_some())
    });
    let counted = args.actuals.as_deref().map(|path| actuals::check(path, first.horizon().day_closing()));
    let mut wrong = vec![];
    for found in names.chain(counted) {
        match found {
            Ok(()) => {}
            Err(Failure::User(message)) => wrong.push(message.trim_end().to_owned()),
            Err(other) => return Err(other),
        }
    }
    Ok(wrong)
}

/// Refuses a file that is given twice.
fn twice(args: &Args) -> Option<String> {
    let there: Vec<Option<PathBuf>> = args.scenarios.iter().map(|path| path.canonicalize().ok()).collect();
    let again = (0..there.len()).find(|&place| there[place].is_some() && there[..place].contains(&there[place]))?;
    let file = clean(&args.scenarios[again].display().to_string());
    Some(format!("error: {file} is given twice; a scenario does not differ from itself"))
}

/// The place of the baseline among the entries; nothing where it is the first scenario without its programme.
pub(super) fn baseline_of(args: &Args, entries: &[Entry]) -> Result<Option<usize>, Failure> {
    let Some(asked) = &args.baseline else { return Ok(Some(0)) };
    if asked == NONE {
        may_be_without(&entries[0])?;
        return Ok(None);
    }
    let same_file =
        |path: &Path| path == Path::new(asked) || path.canonicalize().ok() == Path::new(asked).canonicalize().ok();
    let by_file = entries.iter().position(|entry| !entry.is_variant() && entry.path().is_some_and(same_file));
    let by_name = || entries.iter().position(|entry| entry.scenario.name == *asked);
    by_file.or_else(by_name).map(Some).ok_or_else(|| {
        let files = entries.iter().filter(|entry| !entry.is_variant()).map(Entry::shown).collect::<Vec<_>>();
        let names = entries.iter().map(|entry| clean(&entry.scenario.name)).collect::<Vec<_>>();
        let all = files.iter().chain(&names).map(String::as_str);
        let meant = nearest(asked, all).map_or(String::new(), |meant| format!("did you mean {meant}? "));
        let (asked, files, names) = (clean(asked), files.join(", "), names.join(", "));
        Failure::User(format!("error: --baseline {asked}: {meant}allowed: none, {files}, or by name: {names}"))
    })
}

/// Refuses to leave out a programme that is not there.
pub(super) fn may_be_without(first: &Entry) -> Result<(), Refusal> {
    let what = "has no programme that could be left out; it can be the baseline itself";
    let is_there = first.scenario.has_programme();
    if is_there { Ok(()) } else { Err(Refusal::Option("baseline", format!(" none: {} {what}", first.shown()))) }
}

/// Refuses scenarios that are not of one market: there, no two people have the same luck.
pub(super) fn same_market(entries: &[Entry]) -> Result<(), Refusal> {
    let (first, mut wrong) = (&entries[0], vec![]);
    // What a file has is not told again of each of its variants.
    let mut told: HashSet<(PathBuf, String, String)> = HashSet::new();
    for entry in &entries[1..] {
        let [base, scenario] = [&first.scenario, &entry.scenario];
        let mut refuse = |key: &str, theirs: &str, ours: &str| {
            let (place, first) = (entry.place(), first.shown());
            let is_new = |path: &Path| told.insert((path.to_owned(), key.to_owned(), theirs.to_owned()));
            if entry.path().is_none_or(is_new) {
                wrong.push(clean(&format!("{place}: {key}: found {theirs}; allowed: {ours}, as in {first}")));
            }
        };
        let of_market = |change: &Change| {
            change.key.starts_with("graph.") || matches!(change.key.as_str(), "horizon" | "telling.audience")
        };
        let changes: Vec<Change> = base.changes_to(scenario).into_iter().filter(of_market).collect();
        let model = |scenario: &Scenario| {
            let key = scenario.settings.iter().find_map(|setting| setting.key.strip_prefix("graph."));
            key.and_then(|key| key.split('.').next()).map(str::to_owned)
        };
        let [ours, theirs] = [model(base), model(scenario)].map(|model| model.unwrap_or_else(|| "none".to_owned()));
        let is_other_model = ours != theirs;
        if is_other_model {
            // Of another graph every key differs; one sentence says it.
            refuse("graph", &format!("graph.{theirs}"), &format!("graph.{ours}"));
        }
        let said = |value: &Option<String>| value.clone().unwrap_or_else(|| "left out".to_owned());
        for change in changes.iter().filter(|change| !(is_other_model && change.key.starts_with("graph."))) {
            refuse(&change.key, &said(&change.after), &said(&change.before));
        }
        if base.currency.code() != scenario.currency.code() {
            refuse("the currency", scenario.currency.code(), base.currency.code());
        }
        if changes.is_empty() && base.graph_sha256 != scenario.graph_sha256 {
            refuse("graph", "a file with other ties", "a file");
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(Refusal::Markets(wrong)) }
}

/// What each scenario is called: its name, and where two have the same, its file if it is in one. No two are called the same.
pub(super) fn names(entries: &[Entry]) -> Vec<String> {
    let is_single = |name: &str| entries.iter().filter(|entry| entry.name() == name).count() == 1;
    let mut names: Vec<String> = vec![];
    for entry in entries {
        let (name, path) = (entry.name(), entry.path());
        let is_plain = path.is_none() || is_single(name);
        let name = if is_plain { clean(name) } else { format!("{} ({})", clean(name), entry.shown()) };
        // One may have the name that another has with its file.
        let before = names.iter().filter(|other| **other == name).count();
        names.push(if before == 0 { name } else { format!("{name} {}", before + 1) });
    }
    names
}

/// In what a scenario differs from the first one besides its programme: keys with both values, the first few.
pub(super) struct Beside {
    /// Which entry.
    pub which: usize,
    /// The keys that are named.
    pub changes: Vec<Change>,
    /// How many more there are.
    pub more: usize,
}

/// In what scenarios differ from the first one besides their programmes: a comparison is of all that.
pub(super) fn beside_the_programme(entries: &[Entry]) -> Vec<Beside> {
    let differ = |(which, entry): (usize, &Entry)| {
        let changes = entries[0].scenario.changes_to(&entry.scenario).into_iter();
        let mut changes: Vec<Change> = changes.filter(|change| !change.key.starts_with("policy")).collect();
        let more = changes.len().saturating_sub(KEYS_NAMED);
        changes.truncate(KEYS_NAMED);
        (!changes.is_empty()).then_some(Beside { which, changes, more })
    };
    entries.iter().enumerate().skip(1).filter_map(differ).collect()
}

/// Every key in which any two differ, in the order of the first that has it, with the value in each.
pub(super) fn differing(entries: &[Entry]) -> Vec<(String, Vec<Option<String>>)> {
    let mut keys: Vec<String> = vec![];
    for entry in &entries[1..] {
        for change in entries[0].scenario.changes_to(&entry.scenario) {
            if !keys.contains(&change.key) {
                keys.push(change.key);
            }
        }
    }
    let values: Vec<BTreeMap<&str, &str>> = entries
        .iter()
        .map(|entry| entry.scenario.settings.iter().map(|it| (it.key.as_str(), it.value.as_str())).collect())
        .collect();
    let of_key = |key: String| {
        let each = values.iter().map(|values| values.get(key.as_str()).map(|&value| value.to_owned())).collect();
        (key, each)
    };
    keys.into_iter().map(of_key).collect()
}
