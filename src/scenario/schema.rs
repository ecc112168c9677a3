//! The reference of keys as a JSON Schema (draft 7), with which editors complete and check a scenario while it is written.
//!
//! It is made of what the reference is made of, so it knows every key, its kind and its range. It never refuses what the reader
//! takes: what one key allows by itself is in it, rules between keys are not. Tests hold it against the reader, and against
//! docs/scenario.schema.json, which is [`json_schema`].

use super::kind::Kind;
use super::law_notation::{COUNT_LAW_ALLOWED, DELAY_LAW_ALLOWED, count_laws, delay_laws};
use super::money::{Sign, money_allowed};
use super::presets::{self, Preset};
use super::reader::PRESET;
use super::record::Key;
use super::reference::{self, KeyWords, Section, matches, sections};
use super::values::{DURATION_ALLOWED, PROBABILITY_ALLOWED, RATE_ALLOWED};
use super::variants::VARIANT;
use crate::laws::CountLaw;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// The largest number that every reader of JSON knows exactly.
const EXACT_MAX: u64 = 1 << 53;

/// The schema, as JSON text.
pub fn json_schema() -> String {
    format!("{:#}", Source::new().scenario())
}

/// What the schema is made of.
struct Source {
    keys: Vec<Key>,
    /// The names that the reader knows below tables whose names the reference leaves open.
    names: BTreeMap<String, Vec<String>>,
}

impl Source {
    fn new() -> Source {
        let mut keys = vec![];
        let mut names: BTreeMap<String, Vec<String>> = BTreeMap::new();
        reference::with_documents(|document| {
            reference::add_keys(document, &mut keys);
            for (header, known) in document.names() {
                let all = names.entry(header).or_default();
                all.extend(known.into_iter().filter(|name| !all.contains(name)).collect::<Vec<_>>());
            }
        });
        Source { keys, names }
    }

    fn scenario(&self) -> Value {
        let definitions = self.properties("");
        let refer = |name: &String| (name.clone(), json!({ "$ref": format!("#/definitions/{name}") }));
        let of_file: Map<String, Value> = definitions.keys().map(refer).collect();
        let mut with_variants = of_file.clone();
        with_variants.insert(VARIANT.to_owned(), json!({
            "type": "array",
            "description": "Scenarios that differ from this one in some keys, for `tellwave compare`: a name, and the keys that differ.",
            "items": { "type": "object", "required": ["name"], "properties": of_file, "additionalProperties": false },
        }));
        json!({
            "$schema": "http://json-schema.org/draft-07/schema#",
            "title": "Tellwave scenario",
            "description": "How a product spreads by word of mouth, and what a referral programme adds.",
            "type": "object",
            "properties": with_variants,
            "additionalProperties": false,
            "definitions": definitions,
        })
    }

    /// What may stand in the table at a path: its keys, and the tables in it.
    fn properties(&self, path: &str) -> Map<String, Value> {
        let mut properties = Map::new();
        for section in sections().filter(|section| matches(section.path(), path)) {
            for words in section.keys {
                let key = self.keys.iter().find(|key| key.name == words.name && section.has(key));
                properties.extend(key.map(|key| (key.name.clone(), property(key, words))));
            }
        }
        for name in self.tables_in(path) {
            let below = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
            properties.insert(name, self.table(&below));
        }
        let fitting = presets::all().iter().filter(|preset| !path.is_empty() && preset.lies_within(path));
        let fitting: Vec<&Preset> = fitting.collect();
        if !fitting.is_empty() {
            let mut choice = preset_names(&fitting);
            choice.insert("description".into(), "Presets for this table, later ones before earlier ones.".into());
            properties.insert(PRESET.to_owned(), choice.into());
        }
        properties
    }

    /// The names of the tables that may stand in the one at a path.
    fn tables_in(&self, path: &str) -> Vec<String> {
        let mut names: Vec<String> = vec![];
        for section in sections() {
            match below(section.path(), path) {
                None | Some("") => {}
                Some("*") => names.extend(self.names.get(path).into_iter().flatten().cloned()),
                Some(name) => names.push(name.to_owned()),
            }
        }
        names
    }

    /// The keys that a table may not leave out. One that is not of a list may have them from a preset, or from what lies below a
    /// variant; and what words of its own say of a default depends on other keys.
    fn required(&self, section: &Section) -> Vec<&'static str> {
        let is_required = |words: &&KeyWords| {
            let key = self.keys.iter().find(|key| key.name == words.name && section.has(key));
            section.listed() && words.default.is_none() && key.is_some_and(|key| key.required)
        };
        section.keys.iter().filter(is_required).map(|words| words.name).collect()
    }

    /// The table at a path, or the list of tables.
    fn table(&self, path: &str) -> Value {
        let section = sections().find(|section| matches(section.path(), path));
        let listed = section.is_some_and(Section::listed);
        let mut table = Map::new();
        table.insert("type".into(), "object".into());
        table.insert("properties".into(), self.properties(path).into());
        table.insert("additionalProperties".into(), false.into());
        let required = section.map_or(vec![], |section| self.required(section));
        if !required.is_empty() {
            table.insert("required".into(), required.into());
        }
        let about = section.map(|section| prose(section.about));
        match (listed, about) {
            (true, about) => json!({ "type": "array", "description": about, "items": table }),
            (false, Some(about)) => {
                table.insert("description".into(), about.into());
                table.into()
            }
            (false, None) => table.into(),
        }
    }
}

/// The name that follows a path in one of the reference, if that goes on from it.
fn below<'r>(reference: &'r str, path: &str) -> Option<&'r str> {
    if path.is_empty() {
        return reference.split('.').next();
    }
    let depth = path.split('.').count();
    let around: Vec<&str> = reference.split('.').take(depth).collect();
    reference.split('.').nth(depth).filter(|_| matches(&around.join("."), path))
}

/// One key: what it takes, what it means, and its default.
fn property(key: &Key, words: &KeyWords) -> Value {
    // Words of its own on the range stand where it depends on other keys.
    let mut schema = value(&key.kind, words.range.is_none());
    let mut said = vec![prose(words.meaning)];
    said.extend(allowed(&key.kind).map(|allowed| format!("Takes {allowed}.")));
    said.extend(words.range.map(|range| format!("Range: {range}.")));
    match words.default {
        Some(default) => said.push(format!("Default: {default}.")),
        None if key.required => said.push("Required.".to_owned()),
        None => {
            if let Some(default) = key.default.as_deref().and_then(as_json) {
                schema.insert("default".into(), default);
            }
        }
    }
    schema.insert("description".into(), said.join("\n\n").into());
    schema.into()
}

/// What a kind of value is in JSON; `bounded` if its largest value is the same whatever the rest of the file says.
fn value(kind: &Kind, bounded: bool) -> Map<String, Value> {
    let schema = match kind {
        Kind::Text => json!({ "type": "string" }),
        Kind::Whole { least, most } if bounded && *most < EXACT_MAX => {
            json!({ "type": "integer", "minimum": least, "maximum": most })
        }
        Kind::Whole { least, .. } => json!({ "type": "integer", "minimum": least }),
        Kind::Number { least, most } if bounded => json!({ "type": "number", "minimum": least, "maximum": most }),
        Kind::Number { least, .. } => json!({ "type": "number", "minimum": least }),
        Kind::Flag => json!({ "type": "boolean" }),
        Kind::Chance => {
            let pattern = whole_text(&format!("{NUMBER} *%"));
            json!({ "type": ["string", "number"], "pattern": pattern, "minimum": 0, "maximum": 1 })
        }
        Kind::Duration => json!({ "type": "string", "pattern": whole_text(DURATION) }),
        Kind::Money { signed } => {
            let sign = if *signed { "-?" } else { "" };
            json!({ "type": "string", "pattern": whole_text(&format!("{sign}{NUMBER} *[A-Z]{{3}}")) })
        }
        Kind::CountLaw => {
            let pattern = whole_text(&format!("{NUMBER}|{}", laws(count_laws())));
            json!({ "type": ["string", "integer"], "pattern": pattern, "minimum": 0, "maximum": CountLaw::MEAN_MAX })
        }
        Kind::DelayLaw => {
            json!({ "type": "string", "pattern": whole_text(&format!("{DURATION}|{}", laws(delay_laws()))) })
        }
        Kind::Span => {
            let pattern = whole_text(&format!("for_ever|{DURATION}|{}", laws(delay_laws())));
            json!({ "type": "string", "pattern": pattern })
        }
        Kind::Rate => {
            json!({ "type": "string", "pattern": whole_text(&format!("{NUMBER} *per +(minute|hour|day|week|year)")) })
        }
        Kind::Choice(options) => json!({ "type": "string", "enum": options }),
        Kind::List(element) => json!({ "type": "array", "items": value(element, bounded) }),
        Kind::Presets => preset_names(&presets::all().iter().collect::<Vec<_>>()).into(),
    };
    match schema {
        Value::Object(schema) => schema,
        _ => Map::new(),
    }
}

/// A number as quantities have it.
const NUMBER: &str = "[0-9]+(\\.[0-9]+)?(e-?[0-9]+)?";

/// A length of time.
const DURATION: &str = "[0-9]+(\\.[0-9]+)?(e-?[0-9]+)? *(minute|hour|day|week|year)s?";

/// The whole of a text, blanks around it aside.
fn whole_text(pattern: &str) -> String {
    format!("^ *({pattern}) *$")
}

/// A law with these names, written in any case; its parameters are for the reader.
fn laws(names: impl Iterator<Item = &'static str>) -> String {
    let any_case = |letter: char| match letter.to_ascii_uppercase() {
        capital if capital == letter => letter.to_string(),
        capital => format!("[{letter}{capital}]"),
    };
    let names: Vec<String> = names.map(|name| name.chars().map(any_case).collect()).collect();
    format!("({}) *(\\(.*\\))?", names.join("|"))
}

/// A name of a preset, or a list of them.
fn preset_names(presets: &[&Preset]) -> Map<String, Value> {
    let names: Vec<&str> = presets.iter().map(|preset| preset.name).collect();
    let titles: Vec<&str> = presets.iter().map(|preset| preset.title.as_str()).collect();
    // Plug-ins that rest on Taplo show the titles beside the names.
    let name = json!({ "type": "string", "enum": names, "x-taplo": { "docs": { "enumValues": titles } } });
    let list = json!({ "type": "array", "items": name });
    Map::from_iter([("anyOf".to_owned(), json!([name, list]))])
}

/// How a value of a kind is written, where its type does not say it.
fn allowed(kind: &Kind) -> Option<String> {
    let of_one = match kind {
        Kind::Chance => PROBABILITY_ALLOWED,
        Kind::Duration => DURATION_ALLOWED,
        Kind::Money { signed: false } => money_allowed(Sign::NonNegative),
        Kind::Money { signed: true } => money_allowed(Sign::Any),
        Kind::CountLaw => COUNT_LAW_ALLOWED,
        Kind::DelayLaw => DELAY_LAW_ALLOWED,
        Kind::Span => return Some(format!("\"for_ever\", or {DELAY_LAW_ALLOWED}")),
        Kind::Rate => RATE_ALLOWED,
        Kind::List(element) => return allowed(element).map(|each| format!("a list, each {each}")),
        Kind::Text | Kind::Whole { .. } | Kind::Number { .. } | Kind::Flag | Kind::Choice(_) | Kind::Presets => {
            return None;
        }
    };
    Some(of_one.to_owned())
}

/// A value of TOML in JSON.
fn as_json(text: &str) -> Option<Value> {
    let table: toml::Table = toml::from_str(&format!("value = {text}")).ok()?;
    serde_json::to_value(table.get("value")?).ok()
}

/// The lines of a doc comment as text: paragraphs stay, lines of one are joined, code keeps its own.
fn prose(lines: &[&str]) -> String {
    let mut text = String::new();
    let mut in_code = false;
    for line in lines {
        let line = line.strip_prefix(' ').unwrap_or(line);
        let is_fence = line.starts_with("```");
        // A line of code follows a line's end.
        let joins = !(is_fence || line.is_empty() || text.is_empty() || text.ends_with('\n'));
        text.push_str(if joins { " " } else { "" });
        text.push_str(line);
        in_code ^= is_fence;
        if in_code || is_fence {
            text.push('\n');
        } else if line.is_empty() {
            text.push_str("\n\n");
        }
    }
    text.trim_end().to_owned()
}

#[cfg(test)]
mod tests;
