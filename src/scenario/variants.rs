//! `[[variant]]`: what a file says of scenarios that differ from it in some keys. A variant is laid over the rest of the file, key by
//! key; a list takes the place of a list, and a programme that of another one.
//!
//! A variant is read only where it is asked for, and then its keys are checked like those of the file.

use super::incentives::PRESETS;
use super::made::Made;
use super::market::MODELS;
use super::mistake::{Mistake, Mistakes};
use super::presets;
use super::reader::Document;
use super::toml_words::{describe, text_as_toml};
use super::values::{quoted, visible};
use super::{Overrides, Scenario, ScenarioError, read_text};
use std::collections::{HashMap, HashSet};
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

impl Variant<'_> {
    /// What it is called; nothing where that is no text, which is found when it is read.
    pub fn name(&self) -> Option<&str> {
        self.table.get("name")?.get_ref().as_str()
    }

    fn place_of_name(&self) -> Option<Range<usize>> {
        Some(self.table.get("name")?.span())
    }
}

/// What is wrong with the names of a file's variants: no two scenarios of a file may have the same, nor that of the file itself.
pub(super) fn same_names(file: &str, root: &DeTable<'_>, variants: &[Variant<'_>]) -> Vec<Mistake> {
    let own = root.get("name").and_then(|name| name.get_ref().as_str());
    let own = own.or_else(|| Path::new(file).file_stem()?.to_str());
    let mut known: HashSet<&str> = own.map(str::trim).into_iter().collect();
    let mut mistakes = vec![];
    for (place, variant) in variants.iter().enumerate() {
        let Some(name) = variant.name() else { continue };
        if !known.insert(name.trim()) {
            mistakes.push(Mistake {
                span: variant.place_of_name(),
                key: format!("{VARIANT}[{place}].name"),
                found: format!("{} a second time", quoted(name)),
                allowed: "a name that neither the file nor another of its variants has".to_owned(),
                hint: None,
            });
        }
    }
    mistakes
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
    one_goes_without_the_others("policy", &KINDS, &variant.table, under);
    one_goes_without_the_others("graph", &MODELS, &variant.table, under);
    lay_table(variant.table, under);
}

/// Where the table over this one has one of these tables in it, the others are none of its business any more.
fn one_goes_without_the_others(key: &str, kinds: &[&str], over: &DeTable<'_>, under: &mut DeTable<'_>) {
    let over = over.get(key).and_then(|table| table.get_ref().as_table());
    let given = over.and_then(|table| kinds.iter().find(|kind| table.contains_key(**kind)));
    if let (Some(kind), Some(DeValue::Table(table))) = (given, under.get_mut(key).map(|it| it.get_mut())) {
        for other in kinds.iter().filter(|other| *other != kind) {
            table.remove(*other);
        }
    }
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
    /// Every mistake in all of them, or a file that cannot be read.
    pub fn read_with_variants(path: &Path, overrides: Overrides) -> Result<Vec<Scenario>, ScenarioError> {
        Origin::of(path, overrides)?.parse_all()
    }

    /// Reads a scenario file for the scenario that it says alone; its variants are read too, and are found right. One at a time is
    /// held, as each has the graph.
    ///
    /// # Errors
    /// Those of [`Scenario::read_with_variants`].
    pub fn read_beside_variants(path: &Path, overrides: Overrides) -> Result<Scenario, ScenarioError> {
        let mut first = None;
        Origin::of(path, overrides)?.parse_each(|scenario| {
            first.get_or_insert(scenario);
        })?;
        // Of what is right the file itself is the first.
        first.ok_or_else(|| ScenarioError::Missing { path: path.to_path_buf() })
    }

    /// The warnings of scenarios that were read from one file, those of its variants after its own; each once.
    pub fn warnings_of_all(scenarios: &[Scenario]) -> Option<Mistakes> {
        let (base, variants) = scenarios.split_first()?;
        let named = |variant: &Scenario| (variant.name.clone(), variant.warnings.list().to_vec());
        let list = each_once(base.warnings.list(), &variants.iter().map(named).collect::<Vec<_>>());
        Some(Mistakes::warnings(&base.origin.file, &base.origin.text, list))
    }

    /// The same scenario with another value, as TOML text, for a key; everything else stays as it is.
    ///
    /// # Errors
    /// The value cannot stand there, or the key is in a list.
    pub fn moved(&self, key: &str, value: &str) -> Result<Scenario, ScenarioError> {
        self.with_keys(&format!("{key} = {value}\n"))
    }

    /// The same scenario with what goes before its file, where it is given; everything else stays as it is.
    ///
    /// # Errors
    /// The value cannot stand there.
    #[doc(hidden)]
    pub fn with_overrides(&self, Overrides { runs, seed, people }: Overrides) -> Result<Scenario, ScenarioError> {
        let own = self.origin.overrides;
        let both = Overrides { runs: runs.or(own.runs), seed: seed.or(own.seed), people: people.or(own.people) };
        self.origin.parse(&self.origin.variants, both)
    }

    /// What it was read from: a file's name, its text, the folder of its files, what went before it, and the places of its variants that
    /// were laid over it. [`Scenario::of_parts`] makes the same of them again.
    #[doc(hidden)]
    pub fn parts(&self) -> (&str, &str, &Path, Overrides, &[usize]) {
        let Origin { file, text, folder, overrides, variants, .. } = &self.origin;
        (file, text, folder, *overrides, variants)
    }

    /// The scenario that has these parts.
    ///
    /// # Errors
    /// Those of [`Scenario::parse`]: the files that it names may have changed.
    #[doc(hidden)]
    pub fn of_parts(
        file: &str,
        text: &str,
        folder: &Path,
        overrides: Overrides,
        variants: &[usize],
    ) -> Result<Scenario, ScenarioError> {
        let (file, text, folder) = (file.to_owned(), text.to_owned(), folder.to_owned());
        Origin { file, text, folder, overrides, ..Origin::default() }.parse(variants, overrides)
    }

    /// The same scenario with the keys of a variant laid over it; `keys` is what would stand below `[[variant]]`.
    pub(super) fn with_keys(&self, keys: &str) -> Result<Scenario, ScenarioError> {
        self.with_layers([keys])
    }

    /// The same scenario with the keys of several variants laid over it, one after the other.
    ///
    /// # Errors
    /// What is wrong with it then.
    pub(crate) fn with_layers<'k>(&self, layers: impl IntoIterator<Item = &'k str>) -> Result<Scenario, ScenarioError> {
        let name = text_as_toml(&self.name);
        let mut text = self.origin.text.clone();
        let mut places = self.origin.variants.clone();
        for (place, keys) in (self.variants..).zip(layers) {
            text.push_str(&format!("\n\n[[{VARIANT}]]\nname = {name}\n{keys}"));
            places.push(place);
        }
        let same = Overrides { runs: Some(self.runs), seed: Some(self.seed.0), ..self.origin.overrides };
        Origin { text, ..self.origin.clone() }.parse(&places, same)
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
    /// What was made for it already.
    pub made: Made,
}

impl Origin {
    /// A file.
    fn of(path: &Path, overrides: Overrides) -> Result<Origin, ScenarioError> {
        let (file, text) = (path.display().to_string(), read_text(path)?);
        let folder = path.parent().unwrap_or(Path::new("")).to_owned();
        Ok(Origin { file, text, folder, overrides, ..Origin::default() })
    }

    fn parse(&self, variants: &[usize], overrides: Overrides) -> Result<Scenario, ScenarioError> {
        Scenario::parse_checked(Origin { overrides, variants: variants.to_vec(), ..self.clone() }, |_, _| {})
    }

    /// What the file says, and after it each of its variants.
    fn parse_all(&self) -> Result<Vec<Scenario>, ScenarioError> {
        let mut scenarios = vec![];
        self.parse_each(|scenario| scenarios.push(scenario))?;
        Ok(scenarios)
    }

    /// Hands over what the file says, and after it each of its variants; variants are read even where the file itself is wrong, as
    /// they may have mistakes of their own.
    fn parse_each(&self, mut take: impl FnMut(Scenario)) -> Result<(), ScenarioError> {
        let base = self.parse(&[], self.overrides);
        let same = match &base {
            Ok(base) => Overrides { runs: Some(base.runs), seed: Some(base.seed.0), ..self.overrides },
            Err(_) => self.overrides,
        };
        let (mut own, mut of_variants) = (vec![], vec![]);
        match base {
            Ok(base) => take(base),
            Err(ScenarioError::Mistakes(mistakes)) => own = mistakes.list().to_vec(),
            Err(other) => return Err(other),
        }
        for (place, name) in self.names_of_variants().into_iter().enumerate() {
            match self.parse(&[place], same) {
                Ok(variant) => take(variant),
                Err(ScenarioError::Mistakes(mistakes)) => of_variants.push((name, mistakes.list().to_vec())),
                Err(other) => return Err(other),
            }
        }
        let list = each_once(&own, &of_variants);
        if list.is_empty() {
            return Ok(());
        }
        Err(ScenarioError::Mistakes(Box::new(Mistakes::new(&self.file, &self.text, list))))
    }

    /// What the variants of the file are called; none where it is no TOML.
    fn names_of_variants(&self) -> Vec<String> {
        let document = Document::parse_variant(&self.file, &self.text, presets::all(), &[]);
        document.map_or(vec![], |document| document.variants().to_vec())
    }
}

/// What is said of a file, and after it what is said of its variants alone, each once and with the names of those variants.
fn each_once(own: &[Mistake], of_variants: &[(String, Vec<Mistake>)]) -> Vec<Mistake> {
    type What<'m> = (Option<Range<usize>>, &'m str, &'m str);
    // What is allowed may be put in other words where other keys are there.
    fn what(mistake: &Mistake) -> What<'_> {
        (mistake.span.clone(), &mistake.key, &mistake.found)
    }
    let known: HashSet<What<'_>> = own.iter().map(what).collect();
    let mut alone: Vec<(&Mistake, Vec<String>)> = vec![];
    let mut places: HashMap<What<'_>, usize> = HashMap::new();
    for (name, list) in of_variants {
        for mistake in list.iter().filter(|mistake| !known.contains(&what(mistake))) {
            let place = *places.entry(what(mistake)).or_insert(alone.len());
            if place == alone.len() {
                alone.push((mistake, vec![]));
            }
            alone[place].1.push(format!("\"{}\"", visible(name, 60)));
        }
    }
    let of_variant = |(mistake, mut names): (&Mistake, Vec<String>)| {
        names.dedup();
        let which = format!("in the variant{} {}", if names.len() == 1 { "" } else { "s" }, names.join(", "));
        let hint = mistake.hint.as_ref().map_or(which.clone(), |hint| format!("{hint} ({which})"));
        Mistake { hint: Some(hint), ..mistake.clone() }
    };
    own.iter().cloned().chain(alone.into_iter().map(of_variant)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const BASE: &str = "horizon = '30 days'\n[conversion]\npersuasion = '4 %'\ninvitation = '5 %'\n[policy]\nbudget = '90 USD'\n\
                        [policy.one_sided]\nadvocate = '10 USD'\ncap = 3\n";

    fn all(text: &str) -> Result<Vec<Scenario>, String> {
        let origin = Origin { file: "x.toml".to_owned(), text: text.to_owned(), ..Origin::default() };
        origin.parse_all().map_err(|it| it.to_string())
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
    fn mistakes_of_a_file_and_of_all_its_variants_are_told_at_once_and_each_once() {
        let text = format!(
            "runs = 0\n{BASE}[commerce]\nmagin = '3 %'\n[[variant]]\nname = 'More'\nhorizon = 'soon'\n[[variant]]\nname = 'Right'\n\
             policy.two_sided.friend = '5 USD'\n[[variant]]\nname = 'Less'\nconversion.persuasion = '400 %'\n"
        );
        let why = all(&text).expect_err("four mistakes");
        assert!(why.contains("4 mistakes in x.toml"), "{why}");
        for said in [
            "runs: found a number 0",
            "did you mean `margin`?\n",
            "found the text \"soon\"",
            "x.toml:21",
            "in the variant \"Less\"",
        ] {
            assert!(why.contains(said), "{said} is not in\n{why}");
        }
        // What comes of a variant's key at a key of the file is shown there, with the variants that do it.
        let text = format!(
            "{BASE}[commerce]\norder_value = '20 USD'\n[[variant]]\nname = 'A'\ncommerce.order_value = '20 EUR'\n[[variant]]\n\
             name = 'B'\ncommerce.order_value = '30 EUR'\n"
        );
        let why = all(&text).expect_err("money of two kinds");
        assert!(why.contains("in the variants \"A\", \"B\""), "{why}");
    }

    #[test]
    fn no_two_scenarios_of_a_file_have_one_name() {
        let text = |own: &str, names: [&str; 2]| {
            let variants = names.map(|name| format!("[[variant]]\nname = '{name}'\n")).concat();
            format!("{own}{BASE}{variants}")
        };
        assert!(all(&text("", ["A", "B"])).is_ok());
        let why = all(&text("", ["A", "A"])).expect_err("twice A");
        assert!(why.contains("variant[1].name: found the text \"A\" a second time"), "{why}");
        assert!(why.contains("x.toml:13:8") && why.contains("1 mistake in"), "{why}");
        assert!(all(&text("name = 'B'\n", ["A", "B"])).is_err());
        assert!(all(&text("", ["A", "x"])).is_err(), "a file without a name has that of its stem");
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
