//! `[[factor]]` of a sweep file: which keys it moves, and to which values.
//!
//! Values are listed (`values`), stepped through (`from`, `to`, `steps`), drawn from a law (`from` and `to`, or `distribution`), or
//! are named tables of several keys (`[[factor.level]]`).

use super::factor::{Factor, Law, Level, Values, Writing};
use super::places::OfFactor;
use super::quantity::{LAW_ALLOWED, QUANTITY, Quantity, parse_law};
use crate::scenario::advice;
use crate::scenario::reader::{Free, Reader, Stand};
use crate::scenario::values::{quoted, split_number, visible};
use std::ops::Range;

/// The most levels of a factor.
pub(super) const LEVELS_MAX: usize = 10_000;

/// A factor with the places of its values in the file \[bytes\].
#[derive(Debug, Clone)]
pub(super) struct Read {
    pub factor: Factor,
    /// The keys that it moves, dotted; those of named levels too.
    pub keys: Vec<String>,
    /// Where it says what leads to a mistake of a cell.
    pub places: OfFactor,
}

impl Read {
    /// What it moves: dotted keys, those of named levels down to their values.
    pub fn moved(&self) -> Vec<&str> {
        if self.places.in_levels.is_empty() {
            return self.keys.iter().map(String::as_str).collect();
        }
        // Neither the names of levels nor those of tables, which stand for no value.
        let is_value = |stand: &&Stand| stand.key != "name" && stand.value != stand.name;
        self.places.in_levels.iter().flatten().filter(is_value).map(|stand| stand.key.as_str()).collect()
    }
}

/// Keys of which every cell has the same value.
const SHARED: [&str; 2] = ["runs", "seed"];

/// Keys of `[[factor]]`: which it moves, and how it is called.
const NAMES: [&str; 5] = ["key", "keys", "name", "values", "level"];

/// Keys of `[[factor]]` that say which numbers it takes.
const NUMBERS: [&str; 7] = ["from", "to", "steps", "scale", "distribution", "write", "decimals"];

/// Reads one `[[factor]]`. Where the design draws numbers, a range without steps is a law; elsewhere it needs steps.
pub(super) fn read(table: &Reader<'_>, draws: bool) -> Option<Read> {
    // Whatever is wrong with one key, the others are right to stand here.
    table.allow(&NAMES);
    table.allow(&NUMBERS);
    let levels = table.tables("level");
    let keys = read_keys(table);
    let single = keys.first().map_or("factor", String::as_str);
    let name = table.text("name", single.rsplit('.').next().unwrap_or(single));
    if table.has("name") && !is_name(&name) {
        table.refuse("name", quoted(&name), NAME_ALLOWED, None);
    } else if !is_name(&name) && single.split('.').all(is_plain) {
        table.refuse("name", format!("nothing, and {} cannot be one", quoted(&name)), NAME_ALLOWED, None);
    }
    let ranges = table.has("from") || table.has("to");
    let ways = [
        (table.has("values"), "values"),
        (ranges, if table.has("from") { "from" } else { "to" }),
        (table.has("distribution"), "distribution"),
        (!levels.is_empty(), "level"),
    ];
    let given: Vec<&str> = ways.iter().filter(|(given, _)| *given).map(|(_, key)| *key).collect();
    if let [first, other, ..] = given[..] {
        levels.iter().for_each(|level| drop(level.free_keys(&[])));
        let allowed = "one of values, from and to, distribution, and [[factor.level]]";
        table.refuse(other, format!("{other} beside {first}"), allowed, None);
        return None;
    }
    let named = given.first() == Some(&"level");
    if keys.is_empty() && !named && !table.has("key") && !table.has("keys") {
        table.refuse(
            "key",
            "nothing",
            "the key of the scenario that the factor moves, such as \"conversion.persuasion\"",
            None,
        );
    }
    let (levels, level_places, law) = match given.first() {
        // A list of cells says which values there are.
        None => (vec![], vec![], None),
        Some(&"level") => named_levels(table, &levels)?,
        Some(&"values") => listed(table, &keys)?,
        Some(_) => ranged(table, &keys, draws)?,
    };
    let moved = if named { keys_of_levels(table) } else { keys };
    let places = OfFactor {
        keys: if named { vec![] } else { places_of_keys(table, &moved) },
        levels: level_places,
        in_levels: table.tables("level").iter().map(Reader::stands).collect(),
        write: table.place("write"),
    };
    let (unit, values) = match law {
        Some((law, writing, unit)) => (unit, Values::Law { keys: moved.clone(), law, writing }),
        None => {
            let (unit, levels) = with_one_unit(levels);
            (unit, Values::Levels(levels))
        }
    };
    Some(Read { factor: Factor { name, unit, values }, keys: moved, places })
}

/// Where each key that is moved is named.
fn places_of_keys(table: &Reader<'_>, keys: &[String]) -> Vec<(String, Range<usize>)> {
    let list = table.places_in_list("keys");
    let place = |at: usize| list.get(at).cloned().or_else(|| table.place("key")).unwrap_or_default();
    keys.iter().enumerate().map(|(at, key)| (key.clone(), place(at))).collect()
}

const NAME_ALLOWED: &str = "letters, digits and `_`, beginning with a letter: constraints name factors so";

fn is_name(name: &str) -> bool {
    let reserved =
        ["and", "or", "not", "in", "is", "if", "else", "true", "false", "none", "True", "False", "None", "cell"];
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.len() <= 40
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        && !reserved.contains(&name)
}

/// Whether it is a step of a key as it stands in TOML without quotes.
fn is_plain(step: &str) -> bool {
    !step.is_empty() && step.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'_' || it == b'-')
}

/// `key` or `keys`.
fn read_keys(table: &Reader<'_>) -> Vec<String> {
    let one = table.optional_text("key");
    let many = table.list_of_text("keys", &[]);
    if one.is_some() && !many.is_empty() {
        table.refuse("keys", "keys beside key", "one of the two", None);
    }
    let keys: Vec<String> = one.into_iter().chain(many).collect();
    let of = if table.has("keys") { "keys" } else { "key" };
    for key in &keys {
        if !key.split('.').all(is_plain) || key.len() > 200 {
            let hint =
                key.contains('[').then_some("what stands in a list is moved by [[factor.level]] with the whole list");
            table.refuse(of, quoted(key), "a dotted key of the scenario, such as \"conversion.persuasion\"", hint);
        }
        if SHARED.contains(&key.as_str()) {
            table.refuse(
                of,
                quoted(key),
                "another key: runs and seed are the same for all cells, and stand above",
                None,
            );
        }
    }
    keys
}

type Found = Option<(Vec<Level>, Vec<Range<usize>>, Option<(Law, Writing, String)>)>;

/// `[[factor.level]]`: a name, and any keys of the scenario. A name may be a number: "0.04", "5 %".
fn named_levels(table: &Reader<'_>, levels: &[Reader<'_>]) -> Found {
    if let Some(key) = ["key", "keys"].into_iter().chain(NUMBERS).find(|key| table.has(key)) {
        table.refuse(key, format!("{key} beside [[factor.level]]"), "the keys in the levels alone", None);
    }
    table.require("name", "what the factor is called");
    let read = |level: &Reader<'_>| {
        level.require("name", "what the level is called");
        let label = level.text("name", "");
        let lines = level.free_keys(&["name"]);
        for (key, _) in lines.iter().filter(|(key, _)| SHARED.contains(&key.as_str())) {
            level.refuse(key, "a key of all cells", "other keys: runs and seed are the same for all cells", None);
        }
        let toml = lines.iter().map(|(key, value)| format!("{} = {}\n", toml_key(key), value.toml)).collect();
        let number = split_number(&label).map(|(number, _)| number.value());
        (Level { label, number, toml }, level.header().unwrap_or_default())
    };
    let (levels, places): (Vec<Level>, Vec<_>) = levels.iter().map(read).unzip();
    for (place, level) in levels.iter().enumerate() {
        if levels[..place].iter().any(|other| other.label == level.label) {
            table.refuse(
                "level",
                format!("two levels called {}", visible(&level.label, 60)),
                "names that differ",
                None,
            );
        }
    }
    Some((levels, places, None))
}

fn toml_key(key: &str) -> String {
    if is_plain(key) { key.to_owned() } else { toml::Value::from(key).to_string() }
}

/// The first keys of the levels' tables.
fn keys_of_levels(table: &Reader<'_>) -> Vec<String> {
    let mut keys: Vec<String> = vec![];
    for level in table.tables("level") {
        for (key, _) in level.free_keys(&["name"]) {
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
    }
    keys
}

/// `values`.
fn listed(table: &Reader<'_>, keys: &[String]) -> Found {
    let values = table.free_list("values")?;
    if let Some(key) = NUMBERS.into_iter().find(|key| table.has(key)) {
        table.refuse(key, format!("{key} beside values"), "values alone, or from, to and steps", None);
    }
    if values.is_empty() || values.len() > LEVELS_MAX {
        table.refuse("values", format!("{} values", values.len()), format!("1 to {LEVELS_MAX} values"), None);
        return None;
    }
    for (place, value) in values.iter().enumerate() {
        if values[..place].iter().any(|other| other.shown == value.shown) {
            table.refuse_element("values", place, format!("{} a second time", quoted(&value.shown)), "each value once");
        }
    }
    let places = values.iter().map(|value| value.place.clone()).collect();
    Some((values.iter().map(|value| level_of(value, keys)).collect(), places, None))
}

/// A level that lays one value under all keys.
pub(super) fn level_of(value: &Free, keys: &[String]) -> Level {
    let number = value.number.or_else(|| split_number(&value.shown).map(|(number, _)| number.value()));
    let toml = keys.iter().map(|key| format!("{key} = {}\n", value.toml)).collect();
    Level { label: value.shown.clone(), number, toml }
}

/// The unit of levels that all have a number and one unit; else they are names.
pub(super) fn with_one_unit(levels: Vec<Level>) -> (String, Vec<Level>) {
    let unit_of = |level: &Level| split_number(&level.label).map(|(_, unit)| unit.to_owned());
    let units: Vec<Option<String>> = levels.iter().map(unit_of).collect();
    match units.first() {
        Some(Some(unit)) if units.iter().all(|other| other.as_ref() == Some(unit)) => (unit.clone(), levels),
        _ => (String::new(), levels.into_iter().map(|level| Level { number: None, ..level }).collect()),
    }
}

/// `from`, `to` with or without `steps`; `distribution`.
fn ranged(table: &Reader<'_>, keys: &[String], draws: bool) -> Found {
    // Of a range each half is due to its own end.
    let place = |key: &str| table.place("distribution").or_else(|| table.place(key)).unwrap_or_default();
    let ends = [place("from"), place("to")];
    let log = table.choice("scale", "linear", &["linear", "log"]) == "log";
    let steps = table.optional_whole("steps", 2..=u64::from(u32::MAX));
    if let Some(many) = steps.filter(|steps| *steps > LEVELS_MAX as u64) {
        let found = format!("{many} steps, and so at least as many cells");
        table.refuse(
            "steps",
            found,
            format!("at most {LEVELS_MAX} steps; budget.cells bounds all cells together"),
            None,
        );
        return None;
    }
    let (law, mut writing, unit) = match table.optional_text("distribution") {
        Some(text) => match parse_law(&text) {
            Ok(found) => found,
            Err(hint) => {
                table.refuse("distribution", quoted(&text), LAW_ALLOWED, hint.as_deref());
                return None;
            }
        },
        None => read_ends(table, log)?,
    };
    if let Some(text) = table.optional_text("write") {
        if !text.contains("{}") {
            table.refuse("write", quoted(&text), "a text with {} in the place of the number", None);
            return None;
        }
        writing = Writing { text, quoted: true, ..writing };
    }
    if let Some(decimals) = table.optional_whole("decimals", 0..=9) {
        writing.decimals = Some(decimals as u8);
    }
    let Some(steps) = steps else {
        if !draws {
            let by = if table.has("distribution") { "distribution" } else { "from" };
            table.refuse(by, "a range without steps", "steps = …, as this design looks at levels", None);
            return None;
        }
        return Some((vec![], ends.into(), Some((law, writing, unit))));
    };
    if table.has("distribution") {
        table.refuse("steps", "steps beside a distribution", "steps of from and to", None);
    }
    let mut levels: Vec<Level> = vec![];
    for step in 0..steps {
        let number = writing.rounded(law.quantile(step as f64 / (steps - 1) as f64));
        let value = writing.toml(number);
        let toml = keys.iter().map(|key| format!("{key} = {value}\n")).collect();
        let level = Level { label: writing.write(number), number: Some(number), toml };
        if levels.last().is_some_and(|last| last.label == level.label) {
            table.refuse(
                "steps",
                format!("two steps that are both {}", level.label),
                "fewer steps, or more decimals",
                None,
            );
            return None;
        }
        levels.push(level);
    }
    let places = (0..levels.len()).map(|at| ends[usize::from(2 * at >= levels.len())].clone()).collect();
    Some((levels, places, None))
}

/// `from` and `to`.
fn read_ends(table: &Reader<'_>, log: bool) -> Option<(Law, Writing, String)> {
    ["from", "to"].iter().for_each(|key| table.require(key, "both ends of the range"));
    let end = |key: &str| {
        let value = table.free(key)?;
        // Before its number is read, which would end at the comma.
        let meant = advice::with_point(&value.shown);
        let quantity = Quantity::of(&value).filter(|_| meant.is_none());
        if quantity.is_none() {
            let hint = meant.map(|meant| format!("did you mean {meant:?}?"));
            table.refuse(key, quoted(&value.shown), QUANTITY, hint.as_deref());
        }
        quantity
    };
    let (from, to) = (end("from"), end("to"));
    let (from, to) = (from?, to?);
    if from.unit != to.unit {
        table.refuse(
            "to",
            format!("another unit than that of from, {:?}", visible(&from.unit, 20)),
            "the same unit",
            None,
        );
        return None;
    }
    if from.number >= to.number || (log && from.number <= 0.0) {
        let allowed = if log { "an end above 0, and a greater one" } else { "a number below that of to" };
        table.refuse(
            "from",
            format!("{} to {}", from.writing.write(from.number), to.writing.write(to.number)),
            allowed,
            None,
        );
        return None;
    }
    // Whole only if both ends are.
    let decimals = from.writing.decimals.and(to.writing.decimals);
    let (from, to, writing, unit) = (from.number, to.number, Writing { decimals, ..from.writing }, from.unit);
    Some((if log { Law::LogUniform { from, to } } else { Law::Uniform { from, to } }, writing, unit))
}
