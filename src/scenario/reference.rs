//! The reference of all keys: what is said beside the code that reads them, and what the getters know of them.
//!
//! Meaning is written once, as a doc comment in a `reference!` block of the file that reads the key. Kind, default and range
//! are what the getters record while documents in which everything is switched on are read. Tests hold the two together:
//! each key that can be read is explained, nothing else is, and docs/scenario-reference.md is [`markdown`].

use super::presets::{self, Citation};
use super::reader::Document;
use super::record::Key;
use super::{Scenario, variants::Origin};

/// Declares what the keys of a file mean, as `REFERENCE`, which [`SECTIONS`] lists.
///
/// A section is a table header with its keys. Its doc comment is a heading, then, after an empty line, prose. A key may have
/// words in place of its default (`= "none"`) and of its range (`in "1 to people"`), where the getter knows less than the
/// reader should. To be read, a section needs a document that has its table: its own header, unless `with` gives others.
macro_rules! reference {
    (@maybe) => { None };
    (@maybe $words:literal) => { Some($words) };
    ($(
        $(#[doc = $about:expr])+
        [$($path:tt)*] $(with [$($example:expr),* $(,)?])? {
            $($(#[doc = $doc:expr])+ $key:ident $(= $default:literal)? $(in $range:literal)?),* $(,)?
        }
    )+) => {
        pub(in crate::scenario) const REFERENCE: &[$crate::scenario::reference::Section] = &[$(
            $crate::scenario::reference::Section {
                header: concat!($(stringify!($path)),*),
                about: &[$($about),+],
                examples: &[$($($example),*)?],
                keys: &[$($crate::scenario::reference::KeyWords {
                    name: stringify!($key),
                    meaning: &[$($doc),+],
                    default: $crate::scenario::reference::reference!(@maybe $($default)?),
                    range: $crate::scenario::reference::reference!(@maybe $($range)?),
                }),*],
            }
        ),+];
    };
}
pub(super) use reference;

/// The sections in the order of the reference, one line for each file that reads keys.
const SECTIONS: &[&[Section]] = &[
    super::REFERENCE,
    super::market::REFERENCE,
    super::recorded::REFERENCE,
    super::seeds::REFERENCE,
    super::segments::REFERENCE,
    super::opinions::REFERENCE,
    super::customer::REFERENCE,
    super::telling::REFERENCE,
    super::channels::REFERENCE,
    super::conversion::REFERENCE,
    super::funnel::REFERENCE,
    super::posts::REFERENCE,
    super::paid::REFERENCE,
    super::commerce::REFERENCE,
    super::asking::REFERENCE,
    super::incentives::REFERENCE,
    super::reward_rules::REFERENCE,
    super::fraud::REFERENCE,
    super::look::REFERENCE,
];

/// What is said before the first key.
const HEAD: &str = include_str!("reference/head.md");

/// What is said of a table.
#[derive(Debug)]
pub(super) struct Section {
    /// `conversion`, or `[policy.rules]` for a list of tables; `*` stands for any name, nothing for the root.
    pub header: &'static str,
    pub about: &'static [&'static str],
    pub examples: &'static [&'static str],
    pub keys: &'static [KeyWords],
}

/// What is said of a key.
#[derive(Debug)]
pub(super) struct KeyWords {
    pub name: &'static str,
    pub meaning: &'static [&'static str],
    pub default: Option<&'static str>,
    pub range: Option<&'static str>,
}

impl Section {
    pub(super) fn path(&self) -> &'static str {
        self.header.trim_start_matches('[').trim_end_matches(']')
    }

    pub(super) fn listed(&self) -> bool {
        self.header.starts_with('[')
    }

    /// Whether a key stands in this table.
    pub(super) fn has(&self, key: &Key) -> bool {
        self.listed() == key.listed && matches(self.path(), &key.table)
    }

    /// Documents that have the table.
    fn documents(&self) -> Vec<String> {
        match (self.examples, self.header) {
            ([], "") => vec![String::new()],
            ([], header) => vec![format!("[{header}]\n")],
            (examples, _) => examples.iter().map(|&example| example.to_owned()).collect(),
        }
    }
}

/// Whether a path of the reference, in which `*` is any name, is this one.
pub(super) fn matches(reference: &str, path: &str) -> bool {
    let (own, other) = (reference.split('.'), path.split('.'));
    own.clone().count() == other.clone().count() && own.zip(other).all(|(own, other)| own == "*" || own == other)
}

pub(super) fn sections() -> impl Iterator<Item = &'static Section> {
    SECTIONS.iter().copied().flatten()
}

/// Every key that a scenario can have, with its kind and default; where keys depend on each other, as the first document
/// has them that reads them.
pub fn keys() -> Vec<Key> {
    let mut keys: Vec<Key> = vec![];
    with_documents(|document| add_keys(document, &mut keys));
    keys
}

/// Adds the keys of a document that are not known yet.
pub(super) fn add_keys(document: &Document<'_>, keys: &mut Vec<Key>) {
    for key in document.keys() {
        if !keys.iter().any(|known| (&known.table, &known.name) == (&key.table, &key.name)) {
            keys.push(key);
        }
    }
}

/// Hands over a document for each section, asked for every key.
pub(super) fn with_documents(mut take: impl FnMut(&Document<'_>)) {
    for text in sections().flat_map(Section::documents) {
        // Each is a scenario, which a test proves; the files that they name need not be there.
        let Ok(document) = Document::parse_with("reference.toml", &text, presets::all()) else { continue };
        Scenario::of(&document, Origin::default());
        take(&document);
    }
}

/// The reference, as Markdown.
pub fn markdown() -> String {
    let keys = keys();
    let mut text = HEAD.to_owned();
    for section in sections() {
        text.push_str(&section_as_markdown(section, &keys));
    }
    text.push_str(&presets_as_markdown());
    text
}

fn section_as_markdown(section: &Section, keys: &[Key]) -> String {
    let about: Vec<&str> = section.about.iter().map(|line| line.strip_prefix(' ').unwrap_or(line)).collect();
    let end = about.iter().position(|line| line.is_empty()).unwrap_or(about.len());
    let (title, prose) = about.split_at(end);
    let title = title.join(" ");
    let title = title.trim_end_matches('.');
    let level = "#".repeat(2 + section.path().matches('.').count().min(2));
    let mut text = match section.header {
        "" => format!("\n{level} {title}\n"),
        header => format!("\n{level} `[{header}]`: {}\n", uncapitalised(title)),
    };
    if !prose.is_empty() {
        text.push_str(&format!("{}\n", prose.join("\n")));
    }
    let rows: Vec<[String; 6]> = section.keys.iter().map(|words| row(section, words, keys)).collect();
    text.push_str(&table(&["key", "kind", "default", "range", "meaning", "the default rests on"], &rows));
    let fits = |preset: &&presets::Preset| !section.header.is_empty() && preset.lies_within(section.path());
    let presets: Vec<String> = presets::all().iter().filter(fits).map(|preset| format!("`{}`", preset.name)).collect();
    if !presets.is_empty() {
        text.push_str(&format!("\nPresets of this table: {}.\n", presets.join(", ")));
    }
    text
}

fn row(section: &Section, words: &KeyWords, keys: &[Key]) -> [String; 6] {
    let key = keys.iter().find(|key| key.name == words.name && section.has(key));
    let default = key.map_or(String::new(), |key| match (&key.default, key.required) {
        (_, true) => "required".to_owned(),
        (Some(default), false) => format!("`{default}`"),
        (None, false) => "none".to_owned(),
    });
    let range = key.map_or(String::new(), |key| key.kind.allowed());
    let meaning: Vec<&str> = words.meaning.iter().map(|line| line.trim()).collect();
    let default = words.default.map_or(default, str::to_owned);
    let has_default = !["required", "none"].contains(&default.as_str());
    [
        format!("`{}`", words.name),
        key.map_or(String::new(), |key| key.kind.words()),
        default,
        words.range.map_or(range, str::to_owned),
        meaning.join(" "),
        key.filter(|_| has_default).map_or(String::new(), basis),
    ]
}

/// What the default of a key rests on.
fn basis(key: &Key) -> String {
    let path = key.path();
    let citations: Vec<&Citation> = presets::of_defaults().iter().filter(|citation| citation.covers(&path)).collect();
    let warning = presets::best_mark(&citations).and_then(presets::Mark::warning);
    let said = citations.iter().map(|citation| match &citation.range {
        Some(range) => format!("{}. Range: {range}", citation.source),
        None => citation.source.clone(),
    });
    warning
        .map(|warning| format!("**{}**", capitalised(warning)))
        .into_iter()
        .chain(said)
        .collect::<Vec<_>>()
        .join(". ")
}

/// A table without its empty columns; nothing without rows.
fn table<const N: usize>(titles: &[&str; N], rows: &[[String; N]]) -> String {
    let kept: Vec<usize> = (0..N).filter(|&column| rows.iter().any(|row| !row[column].is_empty())).collect();
    if kept.is_empty() {
        return String::new();
    }
    let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | ")).replace("|  |", "| |");
    let mut text = format!("\n{}", line(kept.iter().map(|&column| titles[column].to_owned()).collect()));
    text.push_str(&format!("|{}\n", "---|".repeat(kept.len())));
    for row in rows {
        text.push_str(&line(kept.iter().map(|&column| row[column].replace('|', "\\|")).collect()));
    }
    // Two empty cells beside each other.
    text.replace("|  |", "| |")
}

fn presets_as_markdown() -> String {
    let intro = "
## Presets: cited sets of values

`preset = \"amex-2011\"` above the first table takes the values of a preset, and so does a list of names, in which later ones go
before earlier ones. A table may choose too (`[telling]` with `preset = \"tarp-cars\"`), among the presets whose values are all
in it; it goes before the tables around it. What the file says itself goes before any preset; a list of tables is replaced as a
whole. A preset switches an optional table on by having it. The `scenario.toml` of the output folder has the values written
out, and `provenance.json` the names. `tellwave presets NAME` shows a preset with its sources.
";
    let rows: Vec<[String; 4]> = presets::all()
        .iter()
        .map(|preset| {
            let keys: Vec<String> = preset.keys().iter().map(|key| format!("`{key}`")).collect();
            let mut warnings: Vec<&str> = preset.warnings().iter().map(|(_, warning)| *warning).collect();
            warnings.sort_unstable();
            warnings.dedup();
            let warnings = warnings.iter().map(|warning| format!("**{warning}**")).collect::<Vec<_>>().join(", ");
            [format!("`{}`", preset.name), preset.title.clone(), keys.join(", "), warnings]
        })
        .collect();
    format!("{intro}{}", table(&["preset", "what it is", "gives", "warning"], &rows))
}

fn uncapitalised(text: &str) -> String {
    with_first(text, |first| first.to_lowercase().collect())
}

fn capitalised(text: &str) -> String {
    with_first(text, |first| first.to_uppercase().collect())
}

fn with_first(text: &str, change: impl Fn(char) -> String) -> String {
    let mut rest = text.chars();
    rest.next().map_or(String::new(), |first| change(first) + rest.as_str())
}

#[cfg(test)]
mod tests;
