//! Cells that are listed: in the sweep file, or in a CSV file with a column for each factor.

use super::factor::{Factor, Level, Place, Values};
use super::factor_table::{Read, level_of, with_one_unit};
use crate::files;
use crate::scenario::reader::{Free, Reader};
use crate::scenario::values::{quoted, visible};
use std::collections::BTreeMap;
use std::path::Path;

/// The longest list that is read \[bytes\].
const BYTES_MAX: u64 = 64 << 20;

/// Mistakes of a list that are shown.
const MISTAKES_MAX: usize = 20;

/// One cell: the value of each factor, in the order of the factors.
type Row = Vec<Free>;

/// Reads `[design.list]` and gives factors without values of their own the values that the list has.
pub(super) fn read(table: &Reader<'_>, folder: &Path, factors: &mut [Read]) -> Vec<Vec<Place>> {
    let names: Vec<String> = factors.iter().map(|read| read.factor.name.clone()).collect();
    let rows = match (table.optional_text("file"), table.tables("cells")) {
        (Some(_), cells) if !cells.is_empty() => {
            allow(table);
            table.refuse("cells", "cells beside file", "one of the two", None);
            return vec![];
        }
        (Some(file), _) => read_file(table, folder, &file, &names),
        (None, cells) if cells.is_empty() => {
            table.refuse("cells", "nothing", "cells = [{ FACTOR = VALUE, … }, …], or file = \"cells.csv\"", None);
            return vec![];
        }
        (None, cells) => {
            let read = |(at, cell)| read_cell(cell, at + 1, &names);
            cells
                .iter()
                .enumerate()
                .map(read)
                .collect::<Vec<_>>()
                .into_iter()
                .collect::<Option<_>>()
                .unwrap_or_default()
        }
    };
    for (place, read) in factors.iter_mut().enumerate() {
        if read.factor.levels() == Some(0) {
            fill(read, rows.iter().map(|row| &row[place]));
        }
    }
    let by_label: Vec<BTreeMap<String, u32>> = factors.iter().map(|read| levels_by_label(&read.factor)).collect();
    let mut wrong = 0;
    let mut cells = vec![];
    for (number, row) in rows.iter().enumerate() {
        let mut cell = vec![];
        for ((value, labels), name) in row.iter().zip(&by_label).zip(&names) {
            match labels.get(&value.shown) {
                Some(level) => cell.push(Place::Level(*level)),
                None => {
                    wrong += 1;
                    if wrong <= MISTAKES_MAX {
                        let found = format!("{} for {name} in cell {}", quoted(&value.shown), number + 1);
                        table.refuse(
                            if table.has("file") { "file" } else { "cells" },
                            found,
                            "one of the factor's values",
                            None,
                        );
                    }
                }
            }
        }
        cells.push(cell);
    }
    if wrong == 0 { cells } else { vec![] }
}

fn levels_by_label(factor: &Factor) -> BTreeMap<String, u32> {
    let Values::Levels(levels) = &factor.values else { return BTreeMap::new() };
    levels.iter().enumerate().map(|(at, level)| (level.label.clone(), at as u32)).collect()
}

/// The values that a list has for a factor, in the order in which they come up.
fn fill<'r>(read: &mut Read, values: impl Iterator<Item = &'r Free>) {
    let mut known: BTreeMap<&str, ()> = BTreeMap::new();
    let mut levels: Vec<Level> = vec![];
    for value in values {
        if known.insert(&value.shown, ()).is_none() {
            levels.push(level_of(value, &read.keys));
            read.places.levels.push(value.place.clone());
        }
    }
    let (unit, levels) = with_one_unit(levels);
    read.factor = Factor { unit, values: Values::Levels(levels), ..read.factor.clone() };
}

/// Allows everything in a list that is not read.
pub(super) fn allow(table: &Reader<'_>) {
    table.allow(&["file", "cells"]);
    table.tables("cells").iter().for_each(|cell| drop(cell.free_keys(&[])));
}

fn read_cell(cell: &Reader<'_>, number: usize, names: &[String]) -> Option<Row> {
    let value = |name: &String| {
        cell.allow(&[name]);
        if !cell.has(name) {
            cell.refuse(name, format!("nothing in cell {number}"), "a value for each factor", None);
        }
        cell.free(name)
    };
    let row: Vec<Option<Free>> = names.iter().map(value).collect();
    row.into_iter().collect()
}

fn read_file(table: &Reader<'_>, folder: &Path, file: &str, names: &[String]) -> Vec<Row> {
    let shown = visible(&folder.join(file).display().to_string(), 200);
    let refuse = |found: String, allowed: &str| table.refuse("file", found, allowed, None);
    let bytes = match files::within(folder, file).and_then(|path| files::read(&path, BYTES_MAX)) {
        Ok(bytes) => bytes,
        Err(why) => {
            refuse(
                format!("{shown}: {why}"),
                "a CSV file of at most 64 MiB in the folder of the sweep file or below it",
            );
            return vec![];
        }
    };
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(bytes.as_slice());
    let header = reader.headers().cloned().unwrap_or_default();
    let other = [';', '\t'].into_iter().find(|other| header.len() == 1 && header[0].contains(*other));
    if let Some(other) = other {
        let other = if other == ';' { "semicolons" } else { "tabs" };
        refuse(format!("{shown} with {other} between its columns"), "a CSV file with a comma between its columns");
        return vec![];
    }
    let column = |name: &String| header.iter().position(|column| column == name);
    let columns: Vec<Option<usize>> = names.iter().map(column).collect();
    for (name, _) in names.iter().zip(&columns).filter(|(_, column)| column.is_none()) {
        refuse(format!("{shown} without a column {name}"), "a column for each factor, under its name");
    }
    for extra in header.iter().filter(|column| !names.iter().any(|name| name == column)) {
        refuse(format!("{shown} with a column {}", visible(extra, 60)), "columns of factors only");
    }
    let Some(columns) = columns.into_iter().collect::<Option<Vec<usize>>>() else { return vec![] };
    let mut rows = vec![];
    for (number, record) in reader.records().enumerate() {
        match record {
            Ok(record) => {
                rows.push(columns.iter().map(|at| value_of(record.get(*at).unwrap_or_default(), table)).collect())
            }
            Err(error) => {
                let why = match error.kind() {
                    csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
                        format!("{len} values in {expected_len} columns")
                    }
                    _ => visible(&error.to_string(), 200),
                };
                refuse(format!("{shown}, cell {}: {why}", number + 1), "a value for each factor");
                return vec![];
            }
        }
    }
    rows
}

/// A value of a CSV file: a number or a flag as TOML has it, else a text.
fn value_of(text: &str, table: &Reader<'_>) -> Free {
    let bare = toml::from_str::<toml::Table>(&format!("x = {text}")).ok().and_then(|mut it| it.remove("x"));
    let value = bare.filter(|it| it.is_integer() || it.is_float() || it.is_bool()).unwrap_or_else(|| text.into());
    let number = value.as_integer().map(|it| it as f64).or(value.as_float());
    Free {
        toml: value.to_string(),
        shown: text.to_owned(),
        number,
        whole: value.is_integer(),
        place: table.place("file").unwrap_or_default(),
    }
}
