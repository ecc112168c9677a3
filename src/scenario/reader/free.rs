//! Values that another document will read: whatever TOML has, taken as text, with its place.
//!
//! A sweep lays values over a scenario without knowing what they mean; only the scenario's own getters say whether they are right.

use super::Reader;
use crate::scenario::kind::Kind;
use crate::scenario::toml_words::describe;
use crate::scenario::values::Refusal;
use serde::Deserialize;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue, ValueDeserializer};

/// A value of any kind.
#[derive(Debug, Clone, PartialEq)]
pub struct Free {
    /// As TOML writes it: `"5 %"`, `12`, `{ people = 100 }`.
    pub toml: String,
    /// The text of a text; what TOML writes for anything else.
    pub shown: String,
    /// The number of a number.
    pub number: Option<f64>,
    /// Whether it is a whole number.
    pub whole: bool,
    /// Where it stands \[bytes of the file\].
    pub place: Range<usize>,
}

/// Where a key stands \[bytes of the file\].
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Stand {
    /// Dotted, from the table that was asked.
    pub key: String,
    pub name: Range<usize>,
    pub value: Range<usize>,
}

impl Free {
    fn of(value: &Spanned<DeValue<'_>>) -> Result<Free, Refusal> {
        let place = value.span();
        let refuse = |_| Refusal::new(describe(value.get_ref()), "a value that TOML can write");
        let read = toml::Value::deserialize(ValueDeserializer::from(value.clone())).map_err(refuse)?;
        let toml = read.to_string();
        let (number, whole) = match &read {
            toml::Value::Integer(number) => (Some(*number as f64), true),
            toml::Value::Float(number) => (Some(*number), false),
            _ => (None, false),
        };
        let shown = read.as_str().map_or(toml.clone(), str::to_owned);
        Ok(Free { toml, shown, number, whole, place })
    }
}

impl<'d> Reader<'d> {
    /// A value of any kind that may be left out.
    pub(crate) fn free(&self, key: &str) -> Option<Free> {
        let place = self.place_of(key);
        let value = self.optional(key, Kind::Text, |value| Ok(value.clone()), |_| String::new())?;
        let value = Spanned::new(place.unwrap_or_default(), value);
        Free::of(&value).map_err(|refusal| self.report(key, refusal)).ok()
    }

    /// A list of values of any kind that may be left out.
    pub(crate) fn free_list(&self, key: &str) -> Option<Vec<Free>> {
        let take = |value: &'d DeValue<'d>| match value {
            DeValue::Array(list) => list.iter().map(Free::of).collect::<Result<Vec<_>, _>>(),
            other => Err(Refusal::new(describe(other), "a list of values")),
        };
        self.optional(key, Kind::List(Box::new(Kind::Text)), take, |_| String::new())
    }

    /// Where the elements of a list stand.
    pub(crate) fn places_in_list(&self, key: &str) -> Vec<Range<usize>> {
        let list = self.layers_with(key).next().and_then(|layer| layer.table.get(key)?.get_ref().as_array());
        list.map_or(vec![], |list| list.iter().map(Spanned::span).collect())
    }

    /// Every key of the file's table but these, with its value, in the order of the file.
    pub(crate) fn free_keys(&self, but: &[&str]) -> Vec<(String, Free)> {
        let Some(table) = self.layers.iter().find(|layer| layer.rank == 0).map(|layer| layer.table) else {
            return vec![];
        };
        let mut entries: Vec<_> = table.iter().filter(|(key, _)| !but.contains(&&**key.get_ref())).collect();
        entries.sort_by_key(|(key, _)| key.span().start);
        let read = |(key, value): (&Spanned<std::borrow::Cow<'_, str>>, &Spanned<DeValue<'_>>)| {
            let name = key.get_ref().clone().into_owned();
            self.know(&name);
            know_all(self, &name, value.get_ref());
            let read = Free::of(value).map_err(|refusal| self.report(&name, refusal)).ok()?;
            Some((name, Free { place: key.span(), ..read }))
        };
        entries.into_iter().filter_map(read).collect()
    }

    /// Where a key stands; nothing if it is left out.
    pub(crate) fn place(&self, key: &str) -> Option<Range<usize>> {
        self.has(key).then(|| self.place_of(key)).flatten()
    }

    /// Whether nothing was found wrong with the document so far; keys that nobody asks for are found last.
    pub(crate) fn is_right_so_far(&self) -> bool {
        self.document.mistakes.borrow().is_empty()
    }

    /// Where every key of the file's table stands, those of the tables in it too.
    pub(crate) fn stands(&self) -> Vec<Stand> {
        let mut stands = vec![];
        if let Some(layer) = self.layers.iter().find(|layer| layer.rank == 0) {
            collect_stands("", layer.table, &mut stands);
        }
        stands
    }

    /// Where the table has its header.
    pub(crate) fn header(&self) -> Option<Range<usize>> {
        self.place.clone()
    }
}

fn collect_stands(around: &str, table: &DeTable<'_>, stands: &mut Vec<Stand>) {
    for (name, value) in table {
        let key = format!("{around}{}", name.get_ref());
        if let Some(inner) = value.get_ref().as_table() {
            collect_stands(&format!("{key}."), inner, stands);
            // Of a table, its name: the value is all of it.
            stands.push(Stand { key, name: name.span(), value: name.span() });
        } else {
            stands.push(Stand { key, name: name.span(), value: value.span() });
        }
    }
}

/// Allows every key below one.
fn know_all(reader: &Reader<'_>, key: &str, value: &DeValue<'_>) {
    fn know_table(reader: &Reader<'_>, table: &DeTable<'_>) {
        for (key, value) in table {
            reader.know(key.get_ref());
            know_all(reader, key.get_ref(), value.get_ref());
        }
    }
    match value {
        DeValue::Table(table) => know_table(&reader.table(key), table),
        DeValue::Array(list) if list.iter().all(|it| it.get_ref().is_table()) => {
            for (reader, value) in reader.tables(key).iter().zip(list) {
                if let Some(table) = value.get_ref().as_table() {
                    know_table(reader, table);
                }
            }
        }
        _ => {}
    }
}
