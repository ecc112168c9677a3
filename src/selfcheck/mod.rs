//! Selfcheck: does this simulator give the answers that are known?
//!
//! A suite is a list of cases, each a configuration whose answers are known exactly or with high precision: closed forms,
//! numerical solutions, enumerations (docs/validation.md). A case is translated into a scenario, played through the door
//! that every user's scenario goes through, and its figures are compared with their references.
//!
//! | file | question |
//! |---|---|
//! | `case` | What does a file of cases say? |
//! | `translate` | Which scenario is that? |
//! | `quantity` | Which figure of it is asked for? |
//! | `play` | How many runs are affordable, and what is kept of them? |
//! | `tally` | What is kept of a run about one customer? |
//! | `reckon` | What is the figure? |
//! | `measure` | Is it near enough? |
//!
//! Study floor: nothing here prints, and what cannot be played is said, not guessed at.

pub mod case;
mod measure;
mod play;
mod quantity;
mod reckon;
mod tally;
mod translate;

pub use case::{Case, CaseError};
pub use measure::Finding;
pub use play::Effort;

use crate::engine::World;
use crate::scenario::values::{nearest, visible};
use case::Check;
use play::Runs;
use quantity::{Market, Quantity, What};
use std::collections::BTreeSet;
use std::path::Path;
use translate::{Model, Plan, Refused, Translated};

/// Cases that are played together.
#[derive(Debug, Clone, PartialEq)]
pub struct Suite {
    /// The cases, in the order in which they are played.
    pub cases: Vec<Case>,
}

/// What was found.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Report {
    /// One finding for each check that was made, in the order of the cases.
    pub findings: Vec<Finding>,
    /// What was not checked.
    pub skipped: Vec<Skipped>,
}

/// A case, or one check of it, that was not made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    /// The case.
    pub case: String,
    /// The quantity; nothing for all of the case.
    pub quantity: Option<String>,
    /// Why not, in words.
    pub reason: String,
    /// Whose it is to mend.
    pub why: Why,
}

/// Why something was not checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// It is about something that this version does not do.
    NotKnown,
    /// The case says what cannot be; its author's to mend.
    Wrong,
    /// The disk or the system failed.
    Disk,
}

/// A name that no case has and no family.
#[derive(Debug, thiserror::Error)]
#[error("there is no case and no family `{name}`{}; families are {families}", hint.as_ref().map_or(String::new(), |hint| format!(", did you mean `{hint}`?")))]
pub struct UnknownName {
    name: String,
    hint: Option<String>,
    families: String,
}

impl Suite {
    /// The cases that come with Tellwave.
    ///
    /// # Errors
    /// None, unless Tellwave was built with a wrong file.
    pub fn built_in() -> Result<Suite, CaseError> {
        Ok(Suite { cases: case::built_in()? })
    }

    /// The cases of a file in the form of the built-in ones.
    ///
    /// # Errors
    /// The first thing in it that is wrong, or a file that cannot be read.
    pub fn read(file: &Path) -> Result<Suite, CaseError> {
        Ok(Suite { cases: case::read(file)? })
    }

    /// The cases of these names and families ("K1", "G") alone, in their order.
    ///
    /// # Errors
    /// A name that is neither.
    pub fn only(self, names: &[String]) -> Result<Suite, UnknownName> {
        let of = |case: &Case, name: &str| case.id == name || case.family() == name;
        if let Some(name) = names.iter().find(|name| !self.cases.iter().any(|case| of(case, name))) {
            let families: BTreeSet<&str> = self.cases.iter().map(Case::family).collect();
            let ids = self.cases.iter().map(|case| case.id.as_str());
            // A single letter is like any other.
            let hint = nearest(name, ids.chain(families.iter().copied())).filter(|_| name.len() > 1);
            let hint = hint.map(|hint| visible(hint, 40));
            let families: Vec<String> = families.into_iter().map(|family| visible(family, 40)).collect();
            return Err(UnknownName { name: visible(name, 40), hint, families: families.join(", ") });
        }
        let cases = self.cases.into_iter().filter(|case| names.iter().any(|name| of(case, name)));
        Ok(Suite { cases: cases.collect() })
    }

    /// Plays all cases on the threads of the current rayon pool; `begun` is told each case and its place before it is
    /// played.
    pub fn play(&self, effort: Effort, begun: impl Fn(usize, &Case)) -> Report {
        self.play_with(effort, begun, |_| ())
    }

    /// The same with worlds that `bias` has changed: for tests of the suite itself, which must find such a change.
    pub fn play_with(&self, effort: Effort, begun: impl Fn(usize, &Case), bias: impl Fn(&mut World)) -> Report {
        let mut report = Report::default();
        for (place, case) in self.cases.iter().enumerate() {
            begun(place, case);
            play_case(case, effort, &bias, &mut report);
        }
        report
    }
}

impl Report {
    /// The findings that are not within their tolerance.
    pub fn missed(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| !finding.holds())
    }

    /// The largest deviation of all, in standard errors.
    pub fn largest_z(&self) -> f64 {
        self.findings.iter().filter_map(|finding| finding.z).map(f64::abs).fold(0.0, f64::max)
    }

    fn skip(&mut self, case: &Case, quantity: Option<&Check>, refused: Refused) {
        let (reason, why) = match refused {
            Refused::NotKnown(what) => (format!("not part of this version: {what}"), Why::NotKnown),
            Refused::Wrong(what) => (what, Why::Wrong),
            Refused::Disk(what) => (what, Why::Disk),
        };
        let (case, quantity) = (case.id.clone(), quantity.map(|check| check.quantity.clone()));
        self.skipped.push(Skipped { case, quantity, reason, why });
    }
}

fn play_case(case: &Case, effort: Effort, bias: &dyn Fn(&mut World), report: &mut Report) {
    match translate::read(case) {
        Err(refused) => report.skip(case, None, refused),
        Ok(Translated::Computed(formula)) => {
            for check in &case.checks {
                match formula.value(&check.quantity) {
                    Some(value) => report.findings.push(Finding::of(&case.id, check, &[value], 0, 0)),
                    None => report.skip(case, Some(check), Refused::NotKnown("a formula of that".to_owned())),
                }
            }
        }
        Ok(Translated::Played(model)) => {
            if let Err(refused) = play_model(case, &model, effort, bias, report) {
                report.skip(case, None, refused);
            }
        }
    }
}

/// Plays each plan once and makes the checks that read from it. A scenario that is refused ends the case.
fn play_model(
    case: &Case,
    model: &Model,
    effort: Effort,
    bias: &dyn Fn(&mut World),
    report: &mut Report,
) -> Result<(), Refused> {
    let quantities = Quantity::read_all(case.checks.iter().map(|check| check.quantity.as_str()));
    let all: Vec<Quantity> = quantities.iter().flatten().cloned().collect();
    let mut played: Vec<(Plan, Runs)> = vec![];
    let play = |plan: Plan, played: &mut Vec<(Plan, Runs)>| -> Result<usize, Refused> {
        if let Some(place) = played.iter().position(|(done, _)| *done == plan) {
            return Ok(place);
        }
        let runs = play::play(model, &plan, case.runs, effort, bias)?;
        played.push((plan, runs));
        Ok(played.len() - 1)
    };
    for (check, quantity) in case.checks.iter().zip(&quantities) {
        if let Some(value) = model.formula.as_ref().and_then(|formula| formula.value(&check.quantity)) {
            report.findings.push(Finding::of(&case.id, check, &[value], 0, 0));
            continue;
        }
        let Some(quantity) = quantity else {
            report.skip(case, Some(check), Refused::NotKnown("the quantity".to_owned()));
            continue;
        };
        if let Some(lack) = model.lacks(quantity) {
            report.skip(case, Some(check), Refused::NotKnown(format!("the case does not say {lack}")));
            continue;
        }
        let plan = model.plan(quantity, &all);
        let off = Plan { market: Market::ProgrammeOff, ..plan.clone() };
        let place = play(plan, &mut played)?;
        let off = if let What::Programme(_) = quantity.what { Some(play(off, &mut played)?) } else { None };
        let runs = &played[place].1;
        match reckon::values(&quantity.what, model, runs, off.map(|off| &played[off].1)) {
            Ok(values) => report.findings.push(Finding::of(&case.id, check, &values, runs.len(), case.runs)),
            Err(refused) => report.skip(case, Some(check), refused),
        }
    }
    Ok(())
}
