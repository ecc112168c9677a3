//! The base scenario of a sweep: the text that cells depend on, and the data that it and its factors name.

use super::data::{self, may_name_file};
use super::factor::{Factor, Values};
use crate::files::{self, Unread};
use crate::scenario::mistake::Mistakes;
use crate::scenario::reader::Reader;
use crate::scenario::values::quoted;
use crate::scenario::{Overrides, Scenario, ScenarioError};
use std::path::Path;

/// The base scenario, and its text without what is not its own affair here; nothing where the file names none.
pub(super) fn read(
    root: &Reader<'_>,
    folder: &Path,
    file: &str,
    overrides: Overrides,
) -> Result<Option<(Scenario, String)>, ScenarioError> {
    let path = &folder.join(file);
    let shown = path.display().to_string();
    let refuse_with = |what: &str, hint: Option<&str>| {
        root.refuse("base", format!("{}, {what}", quoted(&shown)), BASE_ALLOWED, hint);
        Ok(None)
    };
    let refuse = |what: &str| refuse_with(what, None);
    if let Err(Unread::Outside) = files::within(folder, file) {
        return refuse("which lies outside the folder of the sweep file");
    }
    let text = match crate::scenario::read_text(path) {
        Ok(text) => text,
        Err(ScenarioError::Missing { .. }) => return refuse("which is not there"),
        Err(ScenarioError::NotText { what, .. }) => return refuse(&format!("which is {what}")),
        Err(ScenarioError::Disk { source, .. }) => return refuse(&format!("which cannot be read: {source}")),
        Err(ScenarioError::Mistakes(mistakes)) => {
            return refuse_with("which is not UTF-8", Some(&first_of(&mistakes, &shown)));
        }
    };
    let table: toml::Table = text.parse().unwrap_or_default();
    if let Some(key) = ["base", "factor"].into_iter().find(|key| table.contains_key(*key)) {
        return refuse(&format!("which is a sweep file itself: it has a key `{key}`"));
    }
    // As it stands first, for its own mistakes.
    let whole = match Scenario::read_beside_variants(path, overrides) {
        Ok(whole) => whole,
        Err(ScenarioError::Mistakes(mistakes)) => {
            let number = mistakes.list().len();
            let what = format!("which has {number} mistake{}", if number == 1 { "" } else { "s" });
            return refuse_with(&what, Some(&first_of(&mistakes, &shown)));
        }
        Err(other) => return Err(other),
    };
    let overrides = Overrides { runs: Some(whole.runs), seed: Some(whole.seed.0), people: None };
    let text = canonical(&text);
    let folder = path.parent().unwrap_or(Path::new(""));
    Ok(Some((Scenario::parse(&shown, &text, folder, overrides)?, text)))
}

/// The same of a scenario that was read already.
///
/// # Errors
/// The files that it names have changed.
pub(super) fn given(scenario: &Scenario, overrides: Overrides) -> Result<(Scenario, String), ScenarioError> {
    let (file, own, folder, before, variants) = scenario.parts();
    let is_as_written = variants.is_empty() && before.people.is_none();
    let text = if is_as_written { canonical(own) } else { canonical(&data::named_as_in(&scenario.resolved, own)) };
    let (runs, seed) = (overrides.runs.unwrap_or(scenario.runs), overrides.seed.unwrap_or(scenario.seed.0));
    let overrides = Overrides { runs: Some(runs), seed: Some(seed), people: None };
    Ok((Scenario::parse(file, &text, folder, overrides)?, text))
}

const BASE_ALLOWED: &str = "a scenario, as `tellwave run` plays it; a path from the folder of this file";

/// The first mistake of a base scenario in a line, and how all are seen.
fn first_of(mistakes: &Mistakes, file: &str) -> String {
    let Some(first) = mistakes.list().first() else { return String::new() };
    let place = mistakes.position(first).map_or(String::new(), |(line, column)| format!(":{line}:{column}"));
    let key = if first.key.is_empty() { String::new() } else { format!("{}: ", first.key) };
    let hint = first.hint.as_ref().map_or(String::new(), |hint| format!("; {hint}"));
    format!("`tellwave run {file}` shows them: {file}{place}: {key}found {}{hint}", first.found)
}

/// The text of a scenario without comments, variants and what only its reports say: what cells depend on.
fn canonical(text: &str) -> String {
    // It was read before, so it is TOML.
    let mut table: toml::Table = text.parse().unwrap_or_default();
    for key in ["variant", "report", "question", "expect", "runs", "seed"] {
        table.remove(key);
    }
    table.to_string()
}

/// The digests of the graphs that are read from files: of the base scenario, and of each level that names another.
pub(super) fn data_of(base: &Scenario, factors: &[Factor]) -> Vec<String> {
    let mut data: Vec<String> = base.graph_sha256.iter().cloned().collect();
    for factor in factors {
        let Values::Levels(levels) = &factor.values else { continue };
        for level in levels.iter().filter(|level| may_name_file(&level.toml)) {
            // What is wrong with a level alone may be right with others; `check` tells.
            let digest = base.with_layers([level.toml.as_str()]).ok().and_then(|it| it.graph_sha256);
            data.extend(digest.filter(|digest| !data.contains(digest)));
        }
    }
    data
}
