//! Forks: which terms of a scenario may become others in the middle of its runs, and which may not, and why.
//!
//! The other scenario is a whole one, usually a copy with some keys changed. It is compared with the first key by key, as
//! resolved, so that a default written out is no change. Seed and number of runs are those of the first.

use super::reader::Document;
use super::variants::Origin;
use super::{Overrides, Scenario, ScenarioError};
use crate::engine::World;
use crate::experiment::Experiment;
use crate::units::Tick;
use std::path::Path;

/// A key whose value is another from a moment on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The key, dotted from the root.
    pub key: String,
    /// Its value before, as TOML text; nothing where it had none.
    pub before: Option<String>,
    /// Its value from then on.
    pub after: Option<String>,
}

/// Keys that say what a scenario is called, and those that are taken from the first one.
const NO_TERMS: [&str; 6] = ["name", "question", "expect", "preset", "seed", "runs"];

/// What cannot become another in the middle: a key, or all keys below a table, and why.
const FIXED: [(&str, &str); 9] = [
    ("graph", "the past was told along these ties"),
    ("seeds", "the first customers have bought"),
    ("horizon", "both futures are compared up to the same day"),
    ("stop_at_customers", "both futures are compared up to the same limit"),
    ("telling.audience", "the past was told to these people"),
    ("telling.mode", "who is talking was set going in this mode"),
    ("commerce.period", "purchases to come are dated by it"),
    ("commerce.discount_rate", "it values the past as well"),
    ("segments", "who is of which kind is known from the start"),
];

impl Scenario {
    /// Reads the scenario under whose terms runs of this one go on after `until`.
    ///
    /// # Errors
    /// Every mistake in it, keys that cannot change in the middle among them; or a file that cannot be read.
    pub fn read_fork(&self, path: &Path, until: Tick) -> Result<Scenario, ScenarioError> {
        let text = super::read_text(path)?;
        self.parse_fork(&path.display().to_string(), &text, path.parent().unwrap_or(Path::new("")), until)
    }

    /// The same from text; see [`Scenario::parse`].
    ///
    /// # Errors
    /// Every mistake in it.
    pub fn parse_fork(&self, file: &str, text: &str, folder: &Path, until: Tick) -> Result<Scenario, ScenarioError> {
        let same = Overrides { runs: Some(self.runs), seed: Some(self.seed.0), people: None };
        let (file, text, folder) = (file.to_owned(), text.to_owned(), folder.to_owned());
        let origin = Origin { file, text, folder, overrides: same, ..Origin::default() };
        Scenario::parse_checked(origin, |document, other| self.check_fork(document, other, until))
    }

    /// A scenario that was read already, as the one under whose terms runs of this one go on; it gets this one's runs and seed.
    ///
    /// # Errors
    /// Every key in it that cannot change in the middle.
    #[doc(hidden)]
    pub fn fork_to(&self, other: &Scenario, until: Tick) -> Result<Scenario, ScenarioError> {
        let same = Overrides { runs: Some(self.runs), seed: Some(self.seed.0), ..other.origin.overrides };
        let origin = Origin { overrides: same, ..other.origin.clone() };
        Scenario::parse_checked(origin, |document, other| self.check_fork(document, other, until))
    }

    /// What another scenario says otherwise, in its order; what only this one says comes last.
    pub fn changes_to(&self, other: &Scenario) -> Vec<Change> {
        let value_in = |scenario: &Scenario, key: &str| {
            scenario.settings.iter().find(|setting| setting.key == key).map(|setting| setting.value.clone())
        };
        let is_only_here = |key: &str| value_in(other, key).is_none();
        let theirs = other.settings.iter().map(|setting| &setting.key);
        let keys = theirs.chain(self.settings.iter().map(|setting| &setting.key).filter(|key| is_only_here(key)));
        keys.filter(|key| !NO_TERMS.contains(&key.as_str()) && !key.ends_with(".preset"))
            .map(|key| Change { key: key.clone(), before: value_in(self, key), after: value_in(other, key) })
            .filter(|change| change.before != change.after)
            .collect()
    }

    /// Refuses what cannot become another in the middle.
    fn check_fork(&self, document: &Document<'_>, other: &Scenario, until: Tick) {
        let refuse = |key: &str, found: Option<&str>, kept: Option<&str>, why: &str| {
            let kept = kept.map_or("left out".to_owned(), |value| format!("{value}, as it was"));
            document.refuse_at(key, found.unwrap_or("left out").to_owned(), format!("{kept}: {why}"));
        };
        for Change { key, before, after } in self.changes_to(other) {
            if let Some(why) = why_fixed(&key) {
                refuse(&key, after.as_deref(), before.as_deref(), why);
            }
        }
        if self.graph_sha256 != other.graph_sha256 {
            refuse("graph", Some("a file with other ties"), Some("the same file"), FIXED[0].1);
        }
        let [money, other_money] = [self.currency, other.currency].map(|currency| currency.code());
        if money != other_money {
            refuse("commerce.order_value", Some(other_money), Some(money), "the past was paid in this currency");
        }
        let [before, after] = [&self.product.world, &other.product.world];
        if before.commerce.repeats() != after.commerce.repeats() {
            let said = |world: &World| if world.commerce.repeats() { "bought again" } else { "bought once" };
            let why = "who has bought has a date for buying again, or has none";
            refuse("commerce.retention", Some(said(after)), Some(said(before)), why);
        }
        // By their places in the list, which their luck goes by.
        let of_past =
            |world: &World, place: usize| world.influencers.get(place).copied().filter(|post| post.at <= until);
        let posts = before.influencers.len().max(after.influencers.len());
        if (0..posts).any(|place| of_past(before, place) != of_past(after, place)) {
            let found = "other posts up to the day of the fork";
            refuse("influencers", Some(found), Some("the same posts in the same places"), "they have been posted");
        }
    }

    /// Grows the market and makes the plan whose runs go on under the terms of `other` after `until`.
    pub fn into_forked_experiment(self, other: Scenario, until: Tick) -> Experiment {
        let experiment = self.into_experiment();
        let World { dice, audience, seeds, .. } = experiment.world.clone();
        let terms = World { dice, audience, seeds, ..other.product.world };
        Experiment { world: experiment.world.forked(until, terms), ..experiment }
    }
}

/// Why a key cannot become another in the middle; nothing where it can.
fn why_fixed(key: &str) -> Option<&'static str> {
    let (table, place) = key.split_once('[').unwrap_or((key, ""));
    if table == "segments" && !(place.ends_with(".name") || place.ends_with(".share")) {
        return None;
    }
    let is_within =
        |fixed: &str| key.strip_prefix(fixed).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']));
    FIXED.iter().find(|(fixed, _)| is_within(fixed)).map(|(_, why)| *why)
}
