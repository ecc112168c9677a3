//! `[[variant]]`: what a file says of scenarios that differ from it in some keys. A variant is laid over the rest of the file, key by
//! key; a list takes the place of a list, and a programme that of another one.
//!
//! A variant is read only where it is asked for, and then its keys are checked like those of the file.

use super::incentives::PRESETS;
use super::mistake::Mistake;
use super::toml_words::{describe, text_as_toml};
use super::{Overrides, Scenario, ScenarioError};
use std::ops::Range;
use std::path::{Path, PathBuf};
use toml::de::{DeTable, DeValue};

/// The key under which a file has its variants.
pub(super) const VARIANT: &str = "variant";

/// The most of them.
const VARIANTS_MAX: usize = 50;

/// What a variant says.
pub(super) struct Variant<'t> {
    table: DeTable<'t>,
}

/// Takes the variants out of a file; what is wrong with the list goes to the mistakes.
pub(super) fn take<'t>(root: &mut DeTable<'t>, mistakes: &mut Vec<Mistake>) -> Vec<Variant<'t>> {
    let Some(value) = root.remove(VARIANT) else { return vec![] };
    let mut refuse = |span: Range<usize>, found: String, allowed: &str| {
        let (key, allowed) = (VARIANT.to_owned(), allowed.to_owned());
        mistakes.push(Mistake { span: Some(span), key, found, allowed, hint: None });
    };
    let tables = "a list of tables, each headed [[variant]]";
    let span = value.span();
    let list = match value.into_inner() {
        DeValue::Array(list) => list,
        other => {
            refuse(span, describe(&other), tables);
            return vec![];
        }
    };
    if list.len() > VARIANTS_MAX {
        refuse(span, format!("{} variants", list.len()), &format!("at most {VARIANTS_MAX}"));
    }
    let mut variants = vec![];
    for element in list.into_iter().take(VARIANTS_MAX) {
        let place = element.span();
        match element.into_inner() {
            DeValue::Table(table) if table.contains_key("name") => variants.push(Variant { table }),
            DeValue::Table(_) => refuse(place, "a variant without a name".to_owned(), "name = \"…\" in each variant"),
            other => refuse(place, describe(&other), tables),
        }
    }
    variants
}

/// Lays a variant over the file.
pub(super) fn lay<'t>(variant: Variant<'t>, under: &mut DeTable<'t>) {
    let policy = variant.table.get("policy").and_then(|policy| policy.get_ref().as_table());
    let of_another = policy.and_then(|policy| KINDS.iter().find(|kind| policy.contains_key(**kind)));
    if let (Some(kind), Some(DeValue::Table(policy))) = (of_another, under.get_mut("policy").map(|it| it.get_mut())) {
        for other in KINDS.iter().filter(|other| *other != kind) {
            policy.remove(*other);
        }
    }
    lay_table(variant.table, under);
}

/// Under what a programme can stand in `[policy]`: one of these.
const KINDS: [&str; 4] = ["rules", PRESETS[0], PRESETS[1], PRESETS[2]];

fn lay_table<'t>(over: DeTable<'t>, under: &mut DeTable<'t>) {
    for (key, value) in over {
        match (under.get_mut(&**key.get_ref()).map(|there| there.get_mut()), value.get_ref()) {
            (Some(DeValue::Table(there)), DeValue::Table(_)) => {
                if let DeValue::Table(value) = value.into_inner() {
                    lay_table(value, there);
                }
            }
            _ => {
                // With the place of the variant's own key, where mistakes are shown.
                under.remove(&**key.get_ref());
                under.insert(key, value);
            }
        }
    }
}

impl Scenario {
    /// Reads a scenario file: the scenario that it says, and after it each of its variants.
    ///
    /// # Errors
    /// Every mistake in any of them, or a file that cannot be read.
    pub fn read_with_variants(path: &Path, overrides: Overrides) -> Result<Vec<Scenario>, ScenarioError> {
        let base = Scenario::read(path, overrides)?;
        let same = Overrides { runs: Some(base.runs), seed: Some(base.seed.0), ..overrides };
        let variants =
            (0..base.variants).map(|place| base.origin.parse(&[place], same)).collect::<Result<Vec<_>, _>>()?;
        Ok(std::iter::once(base).chain(variants).collect())
    }

    /// The same scenario with another value, as TOML text, for a key; everything else stays as it is.
    ///
    /// # Errors
    /// The value cannot stand there, or the key is in a list.
    pub fn moved(&self, key: &str, value: &str) -> Result<Scenario, ScenarioError> {
        self.with_keys(&format!("{key} = {value}\n"))
    }

    /// The same scenario with the keys of a variant laid over it; `keys` is what would stand below `[[variant]]`.
    pub(super) fn with_keys(&self, keys: &str) -> Result<Scenario, ScenarioError> {
        let name = text_as_toml(&self.name);
        let text = format!("{}\n\n[[{VARIANT}]]\nname = {name}\n{keys}", self.origin.text);
        let origin = Origin { text, ..self.origin.clone() };
        let same = Overrides { runs: Some(self.runs), seed: Some(self.seed.0), ..self.origin.overrides };
        let places: Vec<usize> = self.origin.variants.iter().copied().chain([self.variants]).collect();
        origin.parse(&places, same)
    }
}

/// What a scenario was read from, so that it can be read again with something else in it.
#[derive(Debug, Clone, Default)]
pub(super) struct Origin {
    pub file: String,
    pub text: String,
    pub folder: PathBuf,
    pub overrides: Overrides,
    /// The places of the variants that were laid over the file.
    pub variants: Vec<usize>,
}

impl Origin {
    fn parse(&self, variants: &[usize], overrides: Overrides) -> Result<Scenario, ScenarioError> {
        Scenario::parse_checked(&self.file, &self.text, &self.folder, overrides, variants, |_, _| {})
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BASE: &str = "horizon = '30 days'\n[conversion]\npersuasion = '4 %'\ninvitation = '5 %'\n[policy]\nbudget = '90 USD'\n\
                        [policy.one_sided]\nadvocate = '10 USD'\ncap = 3\n";

    fn all(text: &str) -> Result<Vec<Scenario>, String> {
        let base = Scenario::parse("x.toml", text, Path::new(""), Overrides::default()).map_err(|it| it.to_string())?;
        let variants = (0..base.variants).map(|place| base.origin.parse(&[place], Overrides::default()));
        let variants = variants.collect::<Result<Vec<_>, _>>().map_err(|it| it.to_string())?;
        Ok(std::iter::once(base).chain(variants).collect())
    }

    fn value<'s>(scenario: &'s Scenario, key: &str) -> Option<&'s str> {
        scenario.settings.iter().find(|setting| setting.key == key).map(|setting| setting.value.as_str())
    }

    #[test]
    fn a_variant_goes_before_the_file_key_by_key() {
        let text = format!(
            "{BASE}[[variant]]\nname = 'More'\npolicy.one_sided.advocate = '20 USD'\n[[variant]]\nname = 'Both'\n\
             conversion.persuasion = '2 %'\npolicy.two_sided.friend = '5 USD'\n"
        );
        let [base, more, both] = &all(&text).unwrap_or_else(|why| panic!("{why}"))[..] else { panic!("three") };
        assert_eq!([&base.name, &more.name, &both.name], ["x", "More", "Both"]);
        let keys = ["policy.one_sided.advocate", "policy.one_sided.cap", "policy.budget", "conversion.persuasion"];
        let told = |scenario| keys.map(|key| value(scenario, key));
        let (budget, three) = (Some("\"90.00 USD\""), Some("3"));
        assert_eq!(told(base), [Some("\"10.00 USD\""), three, budget, Some("\"4 %\"")]);
        assert_eq!(told(more), [Some("\"20.00 USD\""), three, budget, Some("\"4 %\"")]);
        // Another programme takes the place of the file's; what holds for all of them stays.
        assert_eq!(told(both), [None, None, budget, Some("\"2 %\"")]);
        assert_eq!(value(both, "policy.two_sided.friend"), Some("\"5.00 USD\""));
    }

    #[test]
    fn what_is_wrong_with_a_variant_is_shown_where_it_is() {
        let unknown = format!("{BASE}[[variant]]\nname = 'More'\n[variant.policy.one_sided]\nadvocat = '20 USD'\n");
        let why = all(&unknown).expect_err("an unknown key");
        assert!(why.contains("x.toml:13") && why.contains("did you mean `advocate`?"), "{why}");
        let nameless = format!("{BASE}[[variant]]\nhorizon = '3 days'\n");
        assert!(all(&nameless).expect_err("no name").contains("a variant without a name"));
        assert!(all("variant = 3").expect_err("a number").contains("each headed [[variant]]"));
        let many = "[[variant]]\nname = 'x'\n".repeat(51);
        assert!(all(&many).expect_err("too many").contains("at most 50"));
    }

    #[test]
    fn a_scenario_with_one_value_moved_differs_in_it_alone() {
        let text = format!("{BASE}[[variant]]\nname = 'More'\npolicy.one_sided.advocate = '20 USD'\n");
        for scenario in all(&text).unwrap_or_else(|why| panic!("{why}")) {
            let moved = scenario.moved("conversion.persuasion", "'7 %'").unwrap_or_else(|why| panic!("{why}"));
            let changes = scenario.changes_to(&moved);
            assert_eq!(changes.len(), 1, "{changes:?}");
            assert_eq!(
                (changes[0].key.as_str(), changes[0].after.as_deref()),
                ("conversion.persuasion", Some("\"7 %\""))
            );
            assert_eq!(moved.name, scenario.name);
            assert!(scenario.moved("conversion.persuasion", "'700 %'").is_err());
        }
    }
}
