//! The file of cases: what a check of the suite says, and which files are taken.
//!
//! A file is a list of cases in JSON. Each has a `model` in the words of its author (`translate` reads them), and checks:
//! a quantity in words, its reference, and how far from it a right simulator may be. A file is a stranger's text, so its
//! length and its lists are bounded and every mistake has its place; keys that say something for the reader (`method`,
//! `note`) are passed over.

use crate::files::{self, Unread};
use crate::scenario::values::{quoted, shown, visible};
use serde_json::{Map, Value};
use std::path::{Path, PathBuf};

/// The cases that come with Tellwave.
const BUILT_IN: &str = include_str!("cases.json");

/// The longest file \[bytes\], the most cases of a file, and the most checks of a case.
const LENGTH_MAX: u64 = 16 << 20;
const CASES_MAX: usize = 10_000;
const CHECKS_MAX: usize = 1_000;

/// The most runs that a case may ask for.
pub const RUNS_MAX: u32 = 10_000_000;

/// Runs of a case that does not say how many.
const RUNS: u32 = 10_000;

/// The longest text of a case \[characters\]: an id, a quantity, a title.
const ID_MAX: usize = 40;
const TEXT_MAX: usize = 400;

/// One configuration and what is known about it.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// Its name: the letters of its family and a number, such as "K1".
    pub id: String,
    /// What it is about. Some cases say their parameters here.
    pub title: String,
    /// Who is told what, in the words of its author.
    pub model: Map<String, Value>,
    /// How many runs its tolerances are meant for.
    pub runs: u32,
    /// What is known.
    pub checks: Vec<Check>,
}

/// One quantity and its reference.
#[derive(Debug, Clone, PartialEq)]
pub struct Check {
    /// What is measured, in words.
    pub quantity: String,
    /// What it should be.
    pub reference: f64,
    /// How far from the reference a right simulator may be.
    pub tolerance: Tolerance,
}

/// How far from its reference a quantity may be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Tolerance {
    /// So far.
    Within(f64),
    /// So far, as a share of the reference: there is no chance in it.
    Relative(f64),
    /// Four standard errors, of this standard deviation of one run.
    Known(f64),
    /// So many standard errors, of the standard deviation of the runs, and something more.
    Sample {
        /// How many standard errors.
        times: f64,
        /// What is added.
        more: f64,
    },
}

/// Why a file of cases is not taken.
#[derive(Debug, thiserror::Error)]
pub enum CaseError {
    /// Its contents; the user's to mend.
    #[error("{}: {place}: {wrong}", shown(file))]
    Wrong {
        /// The file.
        file: PathBuf,
        /// Where in it.
        place: String,
        /// What was found, and what is allowed.
        wrong: String,
    },
    /// There is no such file; the user's to mend.
    #[error("there is no file {}", shown(.0))]
    Missing(PathBuf),
    /// The disk said no.
    #[error("could not read {}: {source}", shown(file))]
    Disk {
        /// The file.
        file: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
}

impl Case {
    /// The letters its id begins with: cases of one family check one thing.
    pub fn family(&self) -> &str {
        let end = self.id.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(self.id.len());
        &self.id[..end]
    }

    fn read(value: &Value) -> Result<Case, String> {
        let table = value.as_object().ok_or_else(|| format!("{}, not an object", kind(value)))?;
        let text = |key: &str, length: usize| match table.get(key) {
            Some(Value::String(text)) if (1..=length).contains(&text.chars().count()) => Ok(text.clone()),
            found => Err(format!("`{key}` is {}, not a text of 1 to {length} characters", found_words(found))),
        };
        let id = text("id", ID_MAX)?;
        let title = if table.contains_key("title") { text("title", TEXT_MAX)? } else { String::new() };
        let model = match table.get("model") {
            Some(Value::Object(model)) => model.clone(),
            found => return Err(format!("`model` is {}, not an object", found_words(found))),
        };
        let runs = match table.get("runs") {
            None => RUNS,
            Some(found) => {
                let runs = found.as_u64().filter(|runs| (1..=u64::from(RUNS_MAX)).contains(runs));
                runs.ok_or_else(|| format!("`runs` is {}, not 1 to {RUNS_MAX}", found_words(Some(found))))? as u32
            }
        };
        let checks = match table.get("checks") {
            Some(Value::Array(checks)) if (1..=CHECKS_MAX).contains(&checks.len()) => checks,
            Some(Value::Array(checks)) => {
                return Err(format!("`checks` has {} entries, not 1 to {CHECKS_MAX}", checks.len()));
            }
            found => return Err(format!("`checks` is {}, not a list", found_words(found))),
        };
        let check = |(place, value)| Check::read(value).map_err(|wrong| format!("checks[{place}]: {wrong}"));
        let checks: Result<Vec<Check>, String> = checks.iter().enumerate().map(check).collect();
        Ok(Case { id, title, model, runs, checks: checks? })
    }
}

impl Check {
    fn read(value: &Value) -> Result<Check, String> {
        let table = value.as_object().ok_or_else(|| format!("{}, not an object", kind(value)))?;
        let quantity = match table.get("quantity") {
            Some(Value::String(text)) if (1..=TEXT_MAX).contains(&text.chars().count()) => text.clone(),
            found => {
                return Err(format!("`quantity` is {}, not a text of 1 to {TEXT_MAX} characters", found_words(found)));
            }
        };
        let number = |key: &str| match table.get(key) {
            None | Some(Value::Null) => Ok(None),
            Some(found) => {
                let number = found.as_f64().filter(|number| number.is_finite());
                number.map(Some).ok_or_else(|| format!("`{key}` is {}, not a number", found_words(Some(found))))
            }
        };
        let reference = number("reference")?.ok_or("there is no `reference`")?;
        let deviation = number("sd_per_run")?;
        if deviation.is_some_and(|deviation| deviation < 0.0) {
            return Err("`sd_per_run` is below zero".to_owned());
        }
        let rule = match table.get("tolerance_rule") {
            None | Some(Value::Null) => "",
            Some(Value::String(rule)) => rule,
            found => return Err(format!("`tolerance_rule` is {}, not a text", found_words(found))),
        };
        let by_rule = deviation.filter(|_| rule == FOUR_ERRORS).map(Tolerance::Known);
        let tolerance = match (table.get("tolerance"), by_rule) {
            (Some(Value::String(text)), _) => sample_rule(text).ok_or_else(|| {
                format!("`tolerance` is {}, not a number and not such as \"4*(sample sd)/sqrt(runs)\"", quoted(text))
            })?,
            (_, Some(tolerance)) => tolerance,
            _ => {
                let width = number("tolerance")?.filter(|width| *width >= 0.0);
                let width = width.ok_or("there is no `tolerance` of zero or more")?;
                if rule.contains("relative") { Tolerance::Relative(width) } else { Tolerance::Within(width) }
            }
        };
        Ok(Check { quantity, reference, tolerance })
    }
}

/// The rule by which a tolerance follows from the standard deviation of one run.
const FOUR_ERRORS: &str = "4*sd/sqrt(runs)";

/// "4*(sample sd)/sqrt(runs)", maybe with "+ 0.005". Of how many runs is known when they are played.
fn sample_rule(text: &str) -> Option<Tolerance> {
    let (times, rest) = text.split_once("*(sample sd)/sqrt(")?;
    let (_, rest) = rest.split_once(')')?;
    let more = match rest.trim() {
        "" => 0.0,
        rest => rest.strip_prefix('+')?.trim().parse().ok()?,
    };
    let times: f64 = times.trim().parse().ok()?;
    let right = |number: f64| number.is_finite() && number >= 0.0;
    (right(times) && right(more)).then_some(Tolerance::Sample { times, more })
}

/// The cases that come with Tellwave.
///
/// # Errors
/// None, unless Tellwave was built with a wrong file.
pub fn built_in() -> Result<Vec<Case>, CaseError> {
    parse(Path::new("cases.json"), BUILT_IN.as_bytes())
}

/// The cases of a file.
///
/// # Errors
/// The first thing in it that is wrong, or a file that cannot be read.
pub fn read(file: &Path) -> Result<Vec<Case>, CaseError> {
    let bytes = files::read(file, LENGTH_MAX).map_err(|unread| match unread {
        Unread::Missing => CaseError::Missing(file.to_path_buf()),
        Unread::Disk(source) => CaseError::Disk { file: file.to_path_buf(), source },
        other => CaseError::Wrong { file: file.to_path_buf(), place: "the file".to_owned(), wrong: other.to_string() },
    })?;
    parse(file, &bytes)
}

/// The cases in a text; `file` only appears in mistakes.
///
/// # Errors
/// The first thing that is wrong.
pub fn parse(file: &Path, text: &[u8]) -> Result<Vec<Case>, CaseError> {
    let wrong = |place: String, wrong: String| CaseError::Wrong { file: file.to_path_buf(), place, wrong };
    let values: Value = serde_json::from_slice(text).map_err(|error| {
        wrong(format!("line {}, column {}", error.line(), error.column()), format!("this is not JSON: {error}"))
    })?;
    let values =
        values.as_array().ok_or_else(|| wrong("the file".to_owned(), "it holds no list of cases".to_owned()))?;
    if values.is_empty() || values.len() > CASES_MAX {
        return Err(wrong("the file".to_owned(), format!("{} cases, not 1 to {CASES_MAX}", values.len())));
    }
    let case = |(place, value): (usize, &Value)| {
        let id = value
            .get("id")
            .and_then(Value::as_str)
            .map_or_else(String::new, |id| format!(" ({})", visible(id, ID_MAX)));
        Case::read(value).map_err(|what| wrong(format!("case {}{id}", place + 1), what))
    };
    values.iter().enumerate().map(case).collect()
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

fn found_words(found: Option<&Value>) -> String {
    match found {
        None => "missing".to_owned(),
        Some(Value::String(text)) => quoted(text),
        Some(Value::Number(number)) => number.to_string(),
        Some(other) => kind(other).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> String {
        parse(Path::new("my.json"), text.as_bytes()).expect_err(text).to_string()
    }

    #[test]
    fn the_built_in_cases_are_right() {
        let cases = built_in().expect("right");
        assert_eq!(cases.len(), 73);
        let families: std::collections::BTreeSet<&str> = cases.iter().map(Case::family).collect();
        assert_eq!(families.into_iter().collect::<String>(), "BCDEGINTKLMNPRSTX");
    }

    #[test]
    fn every_rule_of_a_tolerance_is_understood() {
        let read = |text: &str| Check::read(&serde_json::from_str(text).expect("JSON")).map(|check| check.tolerance);
        let check = |rest: &str| read(&format!("{{\"quantity\": \"q\", \"reference\": 1, {rest}}}"));
        assert_eq!(check("\"tolerance\": 0.5"), Ok(Tolerance::Within(0.5)));
        let known = "\"tolerance\": 0.5, \"sd_per_run\": 2, \"tolerance_rule\": \"4*sd/sqrt(runs)\"";
        assert_eq!(check(known), Ok(Tolerance::Known(2.0)));
        let relative = "\"tolerance\": 1e-06, \"tolerance_rule\": \"deterministic, relative 1e-6\"";
        assert_eq!(check(relative), Ok(Tolerance::Relative(1e-6)));
        let sample = "\"tolerance\": \"4*(sample sd)/sqrt(number extinct) + 0.005\"";
        assert_eq!(check(sample), Ok(Tolerance::Sample { times: 4.0, more: 0.005 }));
        for wrong in ["\"tolerance\": \"some\"", "\"tolerance\": -1", "\"note\": 1", "\"tolerance\": [1]"] {
            assert!(check(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_mistake_is_named_with_its_case_and_its_check() {
        assert!(refused("[{").contains("line 1, column 2: this is not JSON"));
        assert!(refused("{}").contains("it holds no list of cases"));
        assert!(refused("[]").contains("0 cases, not 1 to 10000"));
        assert!(refused("[3]").contains("case 1: a number, not an object"));
        let case = |checks: &str| format!("[{{\"id\": \"K1\", \"model\": {{}}, \"checks\": {checks}}}]");
        assert!(refused(&case("[]")).contains("case 1 (K1): `checks` has 0 entries"));
        assert!(refused(&case("[{\"quantity\": \"q\"}]")).contains("case 1 (K1): checks[0]: there is no `reference`"));
        let runs = "[{\"id\": \"K1\", \"model\": {}, \"runs\": 0, \"checks\": [1]}]";
        assert!(refused(runs).contains("`runs` is 0, not 1 to 10000000"));
        // What would act on a terminal is spelled out.
        assert!(refused("[{\"id\": \"\\u001b[2J\", \"model\": 1}]").contains("\\u{1b}[2J"));
        // Nested without end: refused, not a crash.
        assert!(refused(&"[".repeat(100_000)).contains("recursion limit"));
    }
}
