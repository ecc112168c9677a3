//! What a scenario came to: every key that was asked for, its value, who gave it, and what the key allows.
//!
//! A tree of tables in the order in which they were asked for, printed as TOML that reads back to itself. It holds no
//! mistakes and never looks into the file; `reader` fills it.

use crate::scenario::kind::Kind;
use crate::scenario::toml_words::text_as_toml;

/// Who gave a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// The command line, before the file.
    CommandLine,
    /// The scenario file.
    File,
    /// The preset of this name, chosen by the file.
    Preset(&'static str),
    /// The default of a key that everybody else leaves out.
    Default,
}

/// One key of a resolved scenario.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// The key, dotted from the root: `conversion.persuasion`, `policy.rules[0].reward`.
    pub key: String,
    /// Its value, as TOML text.
    pub value: String,
    /// Who gave the value.
    pub source: Source,
}

/// One key that a scenario can have, whether this one has it or not.
#[derive(Debug, Clone, PartialEq)]
pub struct Key {
    /// The table it stands in, as its header has it: `policy.rules`; empty for the root.
    pub table: String,
    /// Whether that table is one of a list, `[[policy.rules]]`.
    pub listed: bool,
    /// The key itself: `reward`.
    pub name: String,
    /// What it takes.
    pub kind: Kind,
    /// Its default as TOML text; nothing if it may be left out without one.
    pub default: Option<String>,
    /// Whether it may not be left out.
    pub required: bool,
}

impl Key {
    /// The whole key, without places in lists: `policy.rules.amount`.
    pub fn path(&self) -> String {
        if self.table.is_empty() { self.name.clone() } else { format!("{}.{}", self.table, self.name) }
    }
}

/// The place of a table in the tree.
pub(crate) type TableId = usize;

/// Every table that was asked for; the root is table 0.
#[derive(Debug)]
pub(crate) struct Record {
    tables: Vec<Table>,
}

#[derive(Debug, Default)]
struct Table {
    /// For people, with the places in lists: `policy.rules[0]`.
    path: String,
    /// For TOML, without them: `policy.rules`.
    header: String,
    /// Whether it is one of a list of tables.
    listed: bool,
    /// Whether its header is printed even if no key follows.
    kept: bool,
    /// Keys that may stand in it.
    known: Vec<String>,
    settings: Vec<(String, String, Source)>,
    /// What was asked for, whether it was there or not: key, kind and default.
    asked: Vec<(String, Kind, Option<String>)>,
    required: Vec<String>,
    /// Tables under it, in the order they were asked for, several under the key of a list.
    children: Vec<(String, Vec<TableId>)>,
}

impl Record {
    /// The root of every record.
    pub(crate) const ROOT: TableId = 0;

    pub(crate) fn new() -> Record {
        Record { tables: vec![Table::default()] }
    }

    /// Allows a key in a table.
    pub(crate) fn know(&mut self, table: TableId, key: &str) {
        let known = &mut self.tables[table].known;
        if !known.iter().any(|other| other == key) {
            known.push(key.to_owned());
        }
    }

    /// The keys that may stand in a table.
    pub(crate) fn known(&self, table: TableId) -> &[String] {
        &self.tables[table].known
    }

    /// The keys that may stand in each table, with its header.
    pub(crate) fn names(&self) -> Vec<(String, Vec<String>)> {
        self.tables.iter().map(|table| (table.header.clone(), table.known.clone())).collect()
    }

    /// The path of another table in which a key is allowed, to advise a key that strayed.
    pub(crate) fn home_of(&self, key: &str) -> Option<String> {
        let home = self.tables.iter().find(|table| table.known.iter().any(|known| known == key))?;
        Some(join(&home.path, key))
    }

    /// Remembers what a key takes; the first word on it stays.
    pub(crate) fn describe(&mut self, table: TableId, key: &str, kind: Kind, default: Option<String>) {
        let asked = &mut self.tables[table].asked;
        if !asked.iter().any(|(other, ..)| other == key) {
            asked.push((key.to_owned(), kind, default));
        }
    }

    /// Remembers that a key may not be left out.
    pub(crate) fn require(&mut self, table: TableId, key: &str) {
        self.tables[table].required.push(key.to_owned());
    }

    /// The header of a table, `policy.rules`; empty for the root.
    pub(crate) fn header(&self, table: TableId) -> &str {
        &self.tables[table].header
    }

    /// Whether a table, or a value, or a list of tables was asked for under a dotted key without places in lists.
    pub(crate) fn was_asked_for(&self, key: &str) -> bool {
        self.tables.iter().any(|table| {
            let below = key.strip_prefix(table.header.as_str()).map(|rest| rest.strip_prefix('.').unwrap_or(rest));
            table.header == key || below.is_some_and(|name| table.settings.iter().any(|(other, ..)| other == name))
        })
    }

    /// Keeps a value; if a key is asked for twice, the first one stays unless the command line gave the second.
    pub(crate) fn set(&mut self, table: TableId, key: &str, value: String, source: Source) {
        let settings = &mut self.tables[table].settings;
        match settings.iter_mut().find(|(other, ..)| other == key) {
            Some(setting) if source == Source::CommandLine => (setting.1, setting.2) = (value, source),
            Some(_) => {}
            None => settings.push((key.to_owned(), value, source)),
        }
    }

    /// Replaces a value that was kept.
    pub(crate) fn replace(&mut self, table: TableId, key: &str, value: String) {
        if let Some(setting) = self.tables[table].settings.iter_mut().find(|(other, ..)| other == key) {
            setting.1 = value;
        }
    }

    /// Replaces a value that was kept, and its key.
    pub(crate) fn rename(&mut self, table: TableId, key: &str, other: &str, value: String) {
        if let Some(setting) = self.tables[table].settings.iter_mut().find(|(known, ..)| known == key) {
            (setting.0, setting.1) = (other.to_owned(), value);
        }
    }

    /// Prints the header of a table even if no key follows.
    pub(crate) fn keep(&mut self, table: TableId) {
        self.tables[table].kept = true;
    }

    /// The table under a key: the one asked for before, or a new one.
    pub(crate) fn child(&mut self, parent: TableId, key: &str) -> TableId {
        let ids = self.children(parent, key, None);
        *ids.first().expect("a key is asked for as a table or as a list of tables, never as both")
    }

    /// The tables of a list under a key.
    pub(crate) fn list(&mut self, parent: TableId, key: &str, length: usize) -> Vec<TableId> {
        self.children(parent, key, Some(length))
    }

    fn children(&mut self, parent: TableId, key: &str, length: Option<usize>) -> Vec<TableId> {
        if let Some(known) = self.below(parent, key) {
            return known.to_vec();
        }
        let header = join(&self.tables[parent].header, key);
        let path = join(&self.tables[parent].path, key);
        let first = self.tables.len();
        let ids: Vec<TableId> = (first..first + length.unwrap_or(1)).collect();
        self.tables.extend(ids.iter().map(|id| Table {
            path: if length.is_some() { format!("{path}[{}]", id - first) } else { path.clone() },
            header: header.clone(),
            listed: length.is_some(),
            ..Table::default()
        }));
        self.tables[parent].children.push((key.to_owned(), ids.clone()));
        ids
    }

    /// The tables that were asked for under a key, if any were.
    pub(crate) fn below(&self, parent: TableId, key: &str) -> Option<&[TableId]> {
        self.tables[parent].children.iter().find(|(name, _)| name == key).map(|(_, ids)| ids.as_slice())
    }

    /// A key of a table, dotted from the root.
    pub(crate) fn path(&self, table: TableId, key: &str) -> String {
        join(&self.tables[table].path, key)
    }

    /// Every setting, in the order in which it is printed.
    pub(crate) fn settings(&self) -> Vec<Setting> {
        let settings_of = |table: &Table| {
            let setting = |(key, value, source): &(String, String, Source)| Setting {
                key: join(&table.path, key),
                value: value.clone(),
                source: *source,
            };
            table.settings.iter().map(setting).collect::<Vec<_>>()
        };
        self.in_order().into_iter().flat_map(settings_of).collect()
    }

    /// Every key that was asked for, in the order of the settings.
    pub(crate) fn keys(&self) -> Vec<Key> {
        let keys_of = |table: &Table| {
            let key = |(name, kind, default): &(String, Kind, Option<String>)| Key {
                table: table.header.clone(),
                listed: table.listed,
                name: name.clone(),
                kind: kind.clone(),
                default: default.clone(),
                required: table.required.contains(name),
            };
            table.asked.iter().map(key).collect::<Vec<_>>()
        };
        self.in_order().into_iter().flat_map(keys_of).collect()
    }

    /// The resolved scenario as TOML.
    pub(crate) fn print(&self) -> String {
        let mut text = String::new();
        for table in self.in_order() {
            let bare = table.header.is_empty() || (table.settings.is_empty() && !table.kept);
            if table.listed || !bare {
                let blank = if text.is_empty() { "" } else { "\n" };
                let (open, close) = if table.listed { ("[[", "]]") } else { ("[", "]") };
                text.push_str(&format!("{blank}{open}{}{close}\n", table.header));
            }
            for (key, value, _) in &table.settings {
                text.push_str(&format!("{} = {value}\n", key_as_toml(key)));
            }
        }
        text
    }

    /// The tables as TOML wants them: each before those under it, and those before the next.
    fn in_order(&self) -> Vec<&Table> {
        let mut ordered = Vec::new();
        let mut waiting = vec![Record::ROOT];
        while let Some(id) = waiting.pop() {
            let table = &self.tables[id];
            ordered.push(table);
            waiting.extend(table.children.iter().flat_map(|(_, ids)| ids).rev());
        }
        ordered
    }
}

/// A key under a path; the root's path is empty, and so is the key of a table itself.
fn join(path: &str, key: &str) -> String {
    match (path, key) {
        (path, "") => path.to_owned(),
        ("", key) => key_as_toml(key),
        (path, key) => format!("{path}.{}", key_as_toml(key)),
    }
}

/// A key as TOML writes it: bare where it can be.
fn key_as_toml(key: &str) -> String {
    let bare = !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
    if bare { key.to_owned() } else { text_as_toml(key) }
}
