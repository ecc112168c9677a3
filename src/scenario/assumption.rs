//! Assumptions: numbers of a scenario of which a range is published or plausible, and the same scenario with one of them moved.
//!
//! The ranges are those of the citations of presets and defaults ([`Citation::ends`]). A value that the file gives itself has the
//! range of its default. What is moved is the first number of the value: the chance in `"4 %"`, the mean in
//! `"negative_binomial(12, 2)"`.

use super::presets::{self, Citation, Mark};
use super::record::{Setting, Source};
use super::{Scenario, ScenarioError};
use std::ops::Range;

/// A number that may be another.
#[derive(Debug, Clone, PartialEq)]
pub struct Assumption {
    /// The key, dotted.
    pub key: String,
    /// Its number, in the unit in which the scenario writes it: 4 of "4 %".
    pub number: f64,
    /// The ends of its range, the lower first.
    pub ends: [f64; 2],
    /// Where the range is from.
    pub source: &'static str,
    /// How well that is backed.
    pub mark: Mark,
}

/// An assumption that stands under several keys, one for each form of a programme: all of them are moved together, so that no programme
/// is favoured.
struct Together {
    /// What it is called.
    key: &'static str,
    /// How its keys within `[policy]` end.
    ending: &'static str,
    /// No range is published: half and double of the default, or none and double of it.
    ends: [f64; 2],
}

const TOGETHER: [Together; 2] = [
    Together { key: "policy.lift", ending: "lift", ends: [0.2, 0.8] },
    Together { key: "policy.credibility_loss", ending: "credibility_loss", ends: [0.0, 20.0] },
];

impl Together {
    fn has(&self, setting: &Setting) -> bool {
        setting.key.starts_with("policy.") && setting.key.ends_with(self.ending)
    }

    fn assumption(&self, settings: &[Setting]) -> Option<Assumption> {
        let setting = settings.iter().find(|setting| self.has(setting))?;
        let citation =
            presets::citations(&Setting { source: Source::Default, ..setting.clone() }).into_iter().next()?;
        let number = setting.value.get(number_in(&setting.value)?)?.parse().ok()?;
        let (key, ends) = (self.key.to_owned(), self.ends);
        Some(Assumption { key, number, ends, source: &citation.source, mark: citation.mark })
    }
}

impl Scenario {
    /// Every number of the scenario that has a range, in the order of the keys; then those of its programme of which a range was
    /// chosen here.
    pub fn assumptions(&self) -> Vec<Assumption> {
        let chosen = TOGETHER.iter().filter(|_| self.has_programme());
        let chosen = chosen.filter_map(|together| together.assumption(&self.settings));
        let of = |setting: &Setting| {
            let own = presets::citations(setting);
            let of_default = Setting { source: Source::Default, ..setting.clone() };
            let all = own.into_iter().chain(presets::citations(&of_default));
            let (citation, ends) =
                all.into_iter().find_map(|citation| Some((citation, ends_of(citation, &setting.key)?)))?;
            let number = setting.value.get(number_in(&setting.value)?)?.parse().ok()?;
            let key = setting.key.clone();
            Some(Assumption { key, number, ends, source: &citation.source, mark: citation.mark })
        };
        let published =
            self.settings.iter().filter_map(of).filter(|it| TOGETHER.iter().all(|other| other.key != it.key));
        published.chain(chosen).collect()
    }

    /// The value of a key, as TOML text, with another number in it; a whole one where the law asks for it.
    /// Nothing if it has no such key, or no number in it.
    pub fn value_with(&self, key: &str, number: f64) -> Option<String> {
        let is_of = |setting: &&Setting| match TOGETHER.iter().find(|together| together.key == key) {
            Some(together) => together.has(setting),
            None => setting.key == key,
        };
        with_number_in(&self.settings.iter().find(is_of)?.value, number)
    }

    /// The same scenario with another number in the value of a key.
    ///
    /// # Errors
    /// The number cannot stand there.
    pub fn with_number(&self, key: &str, number: f64) -> Result<Scenario, ScenarioError> {
        if let Some(together) = TOGETHER.iter().find(|together| together.key == key) {
            return self.with_all(together, number);
        }
        match self.value_with(key, number) {
            Some(value) => self.moved(key, &value),
            None => Ok(self.clone()),
        }
    }
}

impl Scenario {
    /// The same number under all keys of an assumption.
    fn with_all(&self, together: &Together, number: f64) -> Result<Scenario, ScenarioError> {
        let single = self.settings.iter().filter(|setting| together.has(setting) && !setting.key.contains('['));
        let lines = single.filter_map(|it| Some(format!("{} = {}\n", it.key, self.value_with(&it.key, number)?)));
        let mut keys: String = lines.collect();
        let in_rules = self.settings.iter().any(|setting| together.has(setting) && setting.key.contains('['));
        if in_rules {
            let changed = |key: &str, value: &str| with_number_in(value, number).filter(|_| key == together.ending);
            keys.push_str(&self.rules_with(changed).unwrap_or_default());
        }
        if keys.is_empty() { Ok(self.clone()) } else { self.with_keys(&keys) }
    }
}

/// A value with another number in it; see [`Scenario::value_with`].
fn with_number_in(value: &str, number: f64) -> Option<String> {
    let place = number_in(value)?;
    // Of this law alone the number is a whole one.
    let number = if value.starts_with("\"fixed(") { number.round() } else { number };
    Some(format!("{}{}{}", &value[..place.start], written(number), &value[place.end..]))
}

/// A number with six significant digits, none of them a zero at the end.
fn written(number: f64) -> String {
    let rounded: f64 = format!("{number:.5e}").parse().unwrap_or(number);
    format!("{rounded}")
}

fn ends_of(citation: &Citation, key: &str) -> Option<[f64; 2]> {
    citation.ends.get(key).copied()
}

/// Where the first number of a value stands.
fn number_in(value: &str) -> Option<Range<usize>> {
    let is_of_number = |c: char| c.is_ascii_digit() || c == '.';
    // Not within a word such as `log2`: a number follows a quotation mark, a bracket, or nothing.
    let start = value.find(|c: char| c.is_ascii_digit())?;
    let before = value[..start].chars().next_back();
    if before.is_some_and(|c| !matches!(c, '"' | '(' | ' ')) {
        return None;
    }
    let length = value[start..].find(|c| !is_of_number(c)).unwrap_or(value.len() - start);
    Some(start..start + length)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Overrides;
    use std::path::Path;

    fn scenario(text: &str) -> Scenario {
        Scenario::parse("x.toml", text, Path::new(""), Overrides::default()).unwrap_or_else(|why| panic!("{why}"))
    }

    #[test]
    fn an_assumption_has_the_range_of_who_gave_its_value() {
        let ends = |text: &str, key: &str| {
            let all = scenario(text).assumptions();
            all.into_iter().find(|it| it.key == key).map(|it| (it.number, it.ends))
        };
        assert_eq!(ends("", "telling.positive"), Some((12.0, [5.0, 15.0])));
        assert_eq!(ends("preset = 'amex-2011'", "telling.positive"), Some((9.0, [9.0, 15.0])));
        // The file's own value has the range of the default.
        assert_eq!(ends("conversion.persuasion = '7 %'", "conversion.persuasion"), Some((7.0, [0.5, 15.0])));
        assert_eq!(ends("", "commerce.margin"), None);
    }

    #[test]
    fn a_value_is_moved_in_its_own_form() {
        let scenario =
            scenario("telling.positive = 'poisson(12)'\ntelling.negative = 20\nconversion.persuasion = 0.04");
        let told = |key, number| scenario.value_with(key, number).expect("a number");
        assert_eq!(told("conversion.persuasion", 0.512_345_678), "\"0.512346 %\"");
        assert_eq!(told("telling.positive", 7.5), "\"poisson(7.5)\"");
        assert_eq!(told("telling.negative", 7.6), "\"fixed(8)\"");
        let moved = scenario.with_number("telling.positive", 5.0).unwrap_or_else(|why| panic!("{why}"));
        assert_eq!(scenario.changes_to(&moved).len(), 1);
        assert!(scenario.with_number("conversion.persuasion", 700.0).is_err());
    }

    #[test]
    fn what_stands_under_several_keys_is_moved_everywhere() {
        let forms = [
            "[policy.two_sided]\nadvocate = '5 USD'\nfriend = '5 USD'",
            "[[policy.rules]]\nside = 'advocate'\namount = '5 USD'\n[[policy.rules]]\nside = 'friend'\namount = '5 USD'\nlift = 0.3",
        ];
        for (text, keys) in forms.iter().zip([2, 2]) {
            let scenario = scenario(text);
            let lift = scenario.assumptions().into_iter().find(|it| it.key == "policy.lift").expect("a lift");
            assert_eq!((lift.number, lift.ends, lift.mark), (0.4, [0.2, 0.8], Mark::Assumption));
            let moved = scenario.with_number("policy.lift", 0.6).unwrap_or_else(|why| panic!("{why}"));
            let changes = scenario.changes_to(&moved);
            assert_eq!(changes.len(), keys, "{changes:?}");
            assert!(changes.iter().all(|change| change.after.as_deref() == Some("0.6")), "{changes:?}");
            let trusting = scenario.with_number("policy.credibility_loss", 0.0).unwrap_or_else(|why| panic!("{why}"));
            assert!(trusting.changes_to(&moved).iter().any(|change| change.key.ends_with("lift")));
        }
        assert!(scenario("").assumptions().iter().all(|it| !it.key.starts_with("policy")));
    }

    #[test]
    fn every_published_range_can_be_played() {
        for preset in presets::all() {
            preset.sources().iter().for_each(|citation| check(citation, &format!("preset = '{}'", preset.name)));
        }
        presets::of_defaults().iter().for_each(|citation| check(citation, ""));
    }

    /// That the ends are of keys that the citation is about, and stand in a scenario that has those keys.
    fn check(citation: &Citation, preset: &str) {
        for (key, ends) in &citation.ends {
            assert!(citation.covers(key) && ends[0] < ends[1], "{preset}: {key}");
            let funnel = if key.starts_with("funnel") { "[funnel]\n" } else { "" };
            let scenario = scenario(&format!("{preset}\ngraph.watts_strogatz.people = 1_000_000\n{funnel}"));
            // So few buyers of those who sign up contradict the chances of the whole way, which are refused.
            for end in ends.iter().filter(|end| !(key == "funnel.purchase" && **end < 11.0)) {
                if let Err(why) = scenario.with_number(key, *end) {
                    panic!("{preset}: {key} at {end}: {why}");
                }
            }
        }
    }
}
