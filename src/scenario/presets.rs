//! Presets: named, cited sets of parameters that a scenario can stand on (`preset = "amex-2011"`).
//!
//! A preset is a text in `presets/`: a fragment of a scenario, and for each of its values where the number comes from and
//! how well it is backed. Defaults are cited in the same way (`presets/defaults.toml`), though their values are in the code
//! that reads them. A weak source is said wherever its number is shown: [`Mark::warning`].
//!
//! Absent: what the keys mean. A preset is checked by reading it as a scenario, in the tests.

use super::mistake::Mistake;
use super::reader::{Chosen, PRESET};
use super::record::{Setting, Source};
use super::toml_words::{describe, one_of};
use super::values::{nearest, quoted};
use crate::language::Language;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::LazyLock;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Names the files of `presets/` that hold a preset.
macro_rules! texts {
    ($($name:literal),* $(,)?) => { [$(($name, include_str!(concat!("presets/", $name, ".toml")))),*] };
}

/// Every preset there is, in the order in which they are listed.
static PRESETS: LazyLock<Vec<Preset>> = LazyLock::new(|| {
    let texts = texts![
        "amex-2011",
        "amex-2012",
        "amex-2017",
        "tarp-soft-drinks",
        "tarp-cars",
        "word-of-mouth-guide",
        "negative-handbook",
        "nps-default",
        "nielsen-2012",
        "nielsen-2013",
        "nielsen-2015",
        "spoken-code-word",
        "qr-leaflet",
        "referral-link",
        "leskovec-books",
        "leskovec-dvd",
        "leskovec-music",
        "leskovec-video",
        "b2c",
        "b2b",
        "kumar-telecom",
        "kumar-finance",
        "ask-after-purchase",
        "remind-by-email",
        "remind-by-sms",
        "remind-by-phone",
        "affiliate",
        "dropbox-2008",
        "dropbox-plus",
        "rothys",
        "rothys-10",
        "briogeo",
        "signup-plus-purchase",
        "tiered",
        "milestone",
        "contest",
        "giveaway",
        "tarp-small-loss",
        "tarp-large-loss",
        "schmitt-2011",
        "garnefeld-2013",
        "influencer-micro",
        "influencer-macro",
    ];
    // A preset that cannot be read is a mistake of ours, which a test finds.
    texts.map(|(name, text)| Preset::read(name, text).unwrap_or_else(|why| panic!("preset {name}: {why}"))).into()
});

/// What the defaults rest on.
static DEFAULTS: LazyLock<Vec<Citation>> = LazyLock::new(|| {
    let file: Defaults = toml::from_str(include_str!("presets/defaults.toml")).unwrap_or_else(|why| panic!("{why}"));
    file.sources
});

/// Every preset.
pub fn all() -> &'static [Preset] {
    &PRESETS
}

/// Every citation of a default.
pub fn of_defaults() -> &'static [Citation] {
    &DEFAULTS
}

/// What the value of a setting rests on; nothing where the file or the command line gave it.
pub fn citations(setting: &Setting) -> Vec<&'static Citation> {
    let of = match setting.source {
        Source::File | Source::CommandLine => return vec![],
        Source::Preset(name) => match all().iter().find(|preset| preset.name == name) {
            Some(preset) => preset.sources(),
            None => return vec![],
        },
        Source::Default => of_defaults(),
    };
    let key = without_places(&setting.key);
    of.iter().filter(|citation| citation.covers(&key)).collect()
}

/// A key without places in lists: `policy.rules` for `policy.rules[2]`.
fn without_places(key: &str) -> String {
    key.split('[')
        .enumerate()
        .map(|(at, part)| if at == 0 { part } else { part.split_once(']').map_or(part, |it| it.1) })
        .collect()
}

/// A named, cited set of parameters.
#[derive(Debug)]
pub struct Preset {
    /// What a scenario calls it.
    pub name: &'static str,
    /// What it is, in a line.
    pub title: String,
    values: DeTable<'static>,
    text: String,
    sources: Vec<Citation>,
}

/// Where values come from.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Citation {
    /// The keys it is about, dotted; a table stands for all that is in it.
    #[serde(rename = "key", deserialize_with = "one_or_many")]
    pub keys: Vec<String>,
    /// Who says so.
    pub source: String,
    /// The range that is published, or plausible.
    pub range: Option<String>,
    /// The ends of that range for each key of which it is one of numbers, the lower first, in the unit in which the key is
    /// written: hundredths of a chance, the mean of a law.
    #[serde(default)]
    pub ends: BTreeMap<String, [f64; 2]>,
    /// How well it is backed.
    pub mark: Mark,
}

/// How well a number is backed, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mark {
    /// Read in the source.
    Read,
    /// Worked out, or found in two sources.
    Checked,
    /// Read in the abstract or the official summary.
    Abstract,
    /// A choice of the model, with no number behind it.
    Assumption,
    /// Remembered, plausible, not looked up.
    Memory,
    /// Not found, or doubtful.
    Doubtful,
}

impl Mark {
    /// All of them.
    #[cfg(test)]
    pub(crate) const ALL: [Mark; 6] =
        [Mark::Read, Mark::Checked, Mark::Abstract, Mark::Assumption, Mark::Memory, Mark::Doubtful];

    /// Under what the catalogues of languages have its words.
    pub(crate) fn id(self) -> &'static str {
        match self {
            Mark::Read => "mark-read",
            Mark::Checked => "mark-checked",
            Mark::Abstract => "mark-abstract",
            Mark::Assumption => "mark-assumption",
            Mark::Memory => "mark-memory",
            Mark::Doubtful => "mark-doubtful",
        }
    }

    /// In words of a language.
    pub fn words_in(self, language: Language) -> String {
        language.named(self.id(), None, self.words())
    }

    /// What has to stand beside the number, in a language.
    pub fn warning_in(self, language: Language) -> Option<String> {
        self.warning().map(|warning| language.named(self.id(), Some("warning"), warning))
    }

    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Mark::Read => "read in the source",
            Mark::Checked => "worked out, or found in two sources",
            Mark::Abstract => "read in the abstract or a summary",
            Mark::Assumption => "assumption: no number is behind it",
            Mark::Memory => "weak source: from memory, not looked up",
            Mark::Doubtful => "weak source: not found or doubtful",
        }
    }

    /// What has to stand beside the number wherever it is shown.
    pub fn warning(self) -> Option<&'static str> {
        match self {
            Mark::Memory | Mark::Doubtful => Some("weak source"),
            Mark::Assumption => Some("assumption"),
            Mark::Read | Mark::Checked | Mark::Abstract => None,
        }
    }
}

impl Citation {
    /// Whether it is about a key (without places in lists); `*` stands for any name.
    pub fn covers(&self, key: &str) -> bool {
        self.keys.iter().any(|own| {
            let mut parts = key.split('.');
            own.split('.').all(|own| parts.next().is_some_and(|part| own == "*" || own == part))
        })
    }
}

/// The mark of a number with these citations: that of the best.
pub fn best_mark(citations: &[&Citation]) -> Option<Mark> {
    citations.iter().map(|citation| citation.mark).min()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    name: String,
    title: String,
    values: toml::Table,
    sources: Vec<Citation>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Defaults {
    sources: Vec<Citation>,
}

fn one_or_many<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Vec<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Keys {
        One(String),
        Many(Vec<String>),
    }
    Ok(match Keys::deserialize(from)? {
        Keys::One(key) => vec![key],
        Keys::Many(keys) => keys,
    })
}

impl Preset {
    /// Reads the text of a preset.
    ///
    /// # Errors
    /// A text that is not one, or that is called otherwise, or a value without a source, or a source without a value.
    pub fn read(name: &'static str, text: &'static str) -> Result<Preset, String> {
        let file: File = toml::from_str(text).map_err(|error| error.to_string())?;
        let root = DeTable::parse(text).map_err(|error| error.to_string())?.into_inner();
        let values = root.into_iter().find(|(key, _)| key.get_ref() == "values").map(|(_, value)| value.into_inner());
        let Some(DeValue::Table(values)) = values else { return Err("it has no table [values]".to_owned()) };
        if file.name != name {
            return Err(format!("it is called {} inside", file.name));
        }
        let text = toml::to_string(&file.values).map_err(|error| error.to_string())?;
        let preset = Preset { name, title: file.title, values, text, sources: file.sources };
        if let Some(key) = preset.keys().into_iter().find(|key| preset.sources_of(key).is_empty()) {
            return Err(format!("{key} has no source"));
        }
        let keys = preset.keys();
        let idle = |source: &&Citation| !keys.iter().any(|key| source.covers(key));
        match preset.sources.iter().find(idle) {
            Some(source) => Err(format!("there is a source for {}, which has no value", source.keys.join(", "))),
            None => Ok(preset),
        }
    }

    /// Its values, as a scenario has them.
    pub fn values(&self) -> &DeTable<'static> {
        &self.values
    }

    /// Its values as TOML.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Its citations.
    pub fn sources(&self) -> &[Citation] {
        &self.sources
    }

    /// The citations of one of its keys.
    pub fn sources_of(&self, key: &str) -> Vec<&Citation> {
        self.sources.iter().filter(|citation| citation.covers(key)).collect()
    }

    /// Its keys, dotted: one for each value, list of tables and empty table.
    pub fn keys(&self) -> Vec<String> {
        self.keys_of(|_| true)
    }

    /// Its keys whose values are lists.
    pub fn lists(&self) -> Vec<String> {
        self.keys_of(|value| value.is_array())
    }

    fn keys_of(&self, wanted: impl Fn(&DeValue<'_>) -> bool) -> Vec<String> {
        let mut keys = vec![];
        let mut waiting: Vec<(String, &DeTable<'_>)> = vec![(String::new(), &self.values)];
        while let Some((path, table)) = waiting.pop() {
            for (name, value) in table {
                let key =
                    if path.is_empty() { name.get_ref().to_string() } else { format!("{path}.{}", name.get_ref()) };
                match value.get_ref() {
                    DeValue::Table(below) if !below.is_empty() => waiting.push((key, below)),
                    value if wanted(value) => keys.push(key),
                    _ => {}
                }
            }
        }
        keys.sort();
        keys
    }

    /// The warnings of its keys, in their order.
    pub fn warnings(&self) -> Vec<(String, &'static str)> {
        let warning = |key: String| best_mark(&self.sources_of(&key))?.warning().map(|warning| (key, warning));
        self.keys().into_iter().filter_map(warning).collect()
    }

    /// Whether all of its values are in one table, `complaints` or `commerce.referred`.
    pub fn lies_within(&self, header: &str) -> bool {
        let mut table = &self.values;
        header.split('.').all(|part| {
            let below = table.get(part).and_then(|value| value.get_ref().as_table());
            let alone = table.len() == 1;
            table = below.unwrap_or(table);
            alone && below.is_some()
        })
    }
}

/// The presets that a scenario chooses, the strongest first, and the mistakes made in choosing. A table's presets go before
/// those of the tables around it, and within a list the later ones before the earlier ones.
pub(super) fn choose<'t>(root: &DeTable<'_>, presets: &'t [Preset]) -> (Vec<Chosen<'t>>, Vec<Mistake>) {
    let (mut chosen, mut mistakes) = (vec![], vec![]);
    if !presets.is_empty() {
        choose_in(root, "", presets, &mut chosen, &mut mistakes);
    }
    chosen.reverse();
    (chosen, mistakes)
}

fn choose_in<'t>(
    table: &DeTable<'_>,
    header: &str,
    presets: &'t [Preset],
    chosen: &mut Vec<Chosen<'t>>,
    mistakes: &mut Vec<Mistake>,
) {
    let fits = |preset: &&Preset| header.is_empty() || preset.lies_within(header);
    let fitting: Vec<&'t Preset> = presets.iter().filter(fits).collect();
    // Where no preset fits, the key is as unknown as any other.
    if let Some(value) = table.get(PRESET).filter(|_| !fitting.is_empty()) {
        let one = std::slice::from_ref(value);
        for name in value.get_ref().as_array().map_or(one, |list| list) {
            match find(name, header, presets, &fitting) {
                Ok(preset) => chosen.push(Chosen { preset, place: name.span() }),
                Err(mistake) => mistakes.push(mistake),
            }
        }
    }
    for (name, value) in table {
        if let DeValue::Table(below) = value.get_ref() {
            let header =
                if header.is_empty() { name.get_ref().to_string() } else { format!("{header}.{}", name.get_ref()) };
            choose_in(below, &header, presets, chosen, mistakes);
        }
    }
}

fn find<'t>(
    name: &Spanned<DeValue<'_>>,
    header: &str,
    presets: &'t [Preset],
    fitting: &[&'t Preset],
) -> Result<&'t Preset, Mistake> {
    let names: Vec<&str> = fitting.iter().map(|preset| preset.name).collect();
    let key = if header.is_empty() { PRESET.to_owned() } else { format!("{header}.{PRESET}") };
    // A few can be named, and all of them are a page.
    let few = names.len() <= 12;
    let allowed = if few { one_of(&names) } else { "a preset that `tellwave presets` lists".to_owned() };
    let mistake = |found, hint| Mistake { span: Some(name.span()), key, found, allowed, hint };
    let Some(text) = name.get_ref().as_str() else { return Err(mistake(describe(name.get_ref()), None)) };
    if let Some(preset) = fitting.iter().find(|preset| preset.name == text) {
        return Ok(preset);
    }
    let close = nearest(text, names.iter().copied()).map(|name| format!("did you mean `{name}`?"));
    Err(match presets.iter().find(|preset| preset.name == text) {
        Some(elsewhere) => {
            let found = format!("{}, a preset of {}", quoted(text), elsewhere.keys().join(", "));
            let above = format!("write preset = \"{}\" above the first [table]", elsewhere.name);
            mistake(found, Some(close.unwrap_or(above)))
        }
        None => mistake(quoted(text), close),
    })
}

#[cfg(test)]
mod tests;
