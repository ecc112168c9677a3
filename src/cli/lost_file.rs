//! What is probably meant by a path where no scenario is: another file of that folder, one that comes with Tellwave, or the scenario
//! of some results.

use super::scenarios;
use crate::draw;
use crate::scenario::ScenarioError;
use crate::scenario::values::nearest;
use std::path::{Path, PathBuf};

/// The file of a results folder that holds the scenario as it was played.
const PLAYED: &str = "scenario.toml";

/// What scenarios end in.
const ENDING: &str = ".toml";

/// What to give instead; nothing where the error is not of this kind, or no guess is good.
pub(super) fn help(error: &ScenarioError) -> Option<String> {
    match error {
        ScenarioError::Missing { path } => Some(match close(path) {
            Some(close) => format!("did you mean {}?", shown(&close)),
            None => shipped_as(path),
        }),
        ScenarioError::NotText { path, .. } => {
            let folder = if path.is_dir() { path } else { path.parent()? };
            let played = folder.join(PLAYED);
            played.is_file().then(|| format!("the scenario that was played there is {}", shown(&played)))
        }
        _ => None,
    }
}

/// The scenario of the same folder whose name is most like the one that was given.
fn close(path: &Path) -> Option<PathBuf> {
    let name = path.file_name()?.to_string_lossy().into_owned();
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let entries = std::fs::read_dir(folder.unwrap_or(Path::new("."))).ok()?;
    let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let mut scenarios: Vec<String> = names.filter_map(|name| Some(name.strip_suffix(ENDING)?.to_owned())).collect();
    scenarios.sort();
    // The ending, which all of them have, says nothing.
    let meant = nearest(name.strip_suffix(ENDING).unwrap_or(&name), scenarios.iter().map(String::as_str))?;
    let meant = format!("{meant}{ENDING}");
    Some(folder.map_or_else(|| PathBuf::from(&meant), |folder| folder.join(&meant)))
}

/// How to come by a scenario that is not there.
fn shipped_as(path: &Path) -> String {
    let name = path.file_stem().and_then(|stem| stem.to_str());
    match name.filter(|name| scenarios::text_of(name).is_some()) {
        Some(name) => format!("one of that name comes with Tellwave: tellwave scenarios {name} > {name}.toml"),
        None => "tellwave init writes a scenario to begin with, and tellwave scenarios lists those that come along"
            .to_owned(),
    }
}

fn shown(path: &Path) -> String {
    draw::clean(&path.display().to_string())
}
