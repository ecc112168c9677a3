//! `--actuals`: what a firm counted itself, from a CSV file with a column of days and one of a daily measure.
//!
//! Spreadsheets of most of Europe part columns with semicolons, as the comma is in their numbers: both are read.

use super::Failure;
use crate::draw::clean;
use crate::experiment::Actuals;
use crate::files;
use crate::projection::{Projection, Standard};
use std::io::Write;
use std::path::Path;

/// The longest file that is read \[bytes\].
const BYTES_MAX: u64 = 1 << 20;

/// The column of days.
const DAY: &str = "day";

/// The column that people have instead.
const DATE: &str = "date";

/// Reads the file; tells everything that is wrong with it at once.
pub(super) fn read(path: &Path) -> Result<Actuals, Failure> {
    let counted = read_up_to(path, u32::MAX)?;
    if let Some((line, day)) = counted.unsorted {
        let shown = clean(&path.display().to_string());
        let note = format!("note: {shown}:{line}: day {day} stands below a later one; the days were put in order");
        let _ = writeln!(std::io::stderr(), "{note}");
    }
    Ok(counted.actuals)
}

/// Refuses a file that cannot be read, or that has days after this one, the last that is played.
pub(super) fn check(path: &Path, last: u32) -> Result<(), Failure> {
    read_up_to(path, last).map(|_| ())
}

/// What was counted.
#[derive(Debug)]
struct Counted {
    actuals: Actuals,
    /// The first line, and its day, that stands below a later day.
    unsorted: Option<(u64, u32)>,
}

fn read_up_to(path: &Path, last: u32) -> Result<Counted, Failure> {
    let shown = clean(&path.display().to_string());
    let refuse = |why| Failure::User(format!("error: --actuals {shown}: {why}; a CSV file of at most 1 MiB is wanted"));
    parse(&files::read(path, BYTES_MAX).map_err(refuse)?, last)
        .map_err(|wrong| Failure::User(wrong.iter().map(|what| format!("error: {shown}{what}\n")).collect()))
}

/// The days and values of a CSV text, or what is wrong with each line (":3: found …").
fn parse(bytes: &[u8], last: u32) -> Result<Counted, Vec<String>> {
    // Spreadsheets put a mark before the first letter.
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let measures: Vec<&str> = Standard::daily_measures().iter().map(|measure| measure.name).collect();
    let wanted = || format!("allowed: a column `{DAY}` and one of {}", measures.join(", "));
    let Some(header) = bytes.split(|&byte| byte == b'\n').find(|line| !line.trim_ascii().is_empty()) else {
        return Err(vec![format!(": the file is empty; {}", wanted())]);
    };
    let has_semicolons = header.contains(&b';');
    let delimiter = if has_semicolons { b';' } else { b',' };
    let mut reader =
        csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).trim(csv::Trim::All).from_reader(bytes);
    let header = reader.headers().map_err(|error| vec![format!(": {error}")])?.clone();
    // "Customers by word" is the column customers_by_word.
    let names: Vec<String> = header.iter().map(|name| name.to_lowercase().replace(char::is_whitespace, "_")).collect();
    let day_at = names.iter().position(|name| name == DAY);
    let value_at = names.iter().position(|name| measures.contains(&name.as_str()));
    let (Some(day_at), Some(value_at)) = (day_at, value_at) else {
        let found: Vec<&str> = header.iter().collect();
        let found = clean(&found.join(", "));
        let hint = match day_at.is_none() && names.iter().any(|name| name == DATE) {
            true => {
                format!("; write days instead of dates: count them from the start, which is day 0, in a column `{DAY}`")
            }
            false => String::new(),
        };
        return Err(vec![format!(":1: found the columns {found}; {}{hint}", wanted())]);
    };
    let name = &names[value_at];
    let example = if has_semicolons { "1234,5" } else { "1234.5" };
    let (mut rows, mut wrong): (Vec<(u64, u32, f64)>, Vec<String>) = (vec![], vec![]);
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                wrong.push(format!(": {error}"));
                continue;
            }
        };
        let line = record.position().map_or(0, csv::Position::line);
        let cell = |at: usize| record.get(at).unwrap_or_default();
        let (day, value) = (cell(day_at).parse::<u32>().ok(), number(cell(value_at), has_semicolons));
        match day {
            None => {
                wrong.push(format!(
                    ":{line}: {DAY}: found \"{}\"; allowed: a whole number of days",
                    clean(cell(day_at))
                ));
            }
            Some(day) if day > last => {
                wrong.push(format!(":{line}: {DAY}: found {day}; allowed: 0 to {last}, as the runs end on day {last}"));
            }
            Some(_) => {}
        }
        if value.is_none() {
            let found = clean(cell(value_at));
            wrong.push(format!(":{line}: {name}: found \"{found}\"; allowed: a number such as {example}"));
        }
        rows.extend(day.zip(value).map(|(day, value)| (line, day, value)));
    }
    let unsorted = rows.windows(2).find(|pair| pair[1].1 < pair[0].1).map(|pair| (pair[1].0, pair[1].1));
    rows.sort_by_key(|(line, day, _)| (*day, *line));
    for pair in rows.windows(2).filter(|pair| pair[0].1 == pair[1].1) {
        wrong.push(format!(":{}: day {} is there twice, first in line {}", pair[1].0, pair[0].1, pair[0].0));
    }
    if rows.is_empty() && wrong.is_empty() {
        wrong.push(": there is no day in it".to_owned());
    }
    if !wrong.is_empty() {
        return Err(wrong);
    }
    let (days, values) = rows.into_iter().map(|(_, day, value)| (day, value)).unzip();
    Ok(Counted { actuals: Actuals { measure: name.clone(), days, values }, unsorted })
}

/// A number as a spreadsheet writes it, with its groups of three digits or without; nothing where it is none, or could be two.
fn number(text: &str, has_decimal_comma: bool) -> Option<f64> {
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let plain = match (has_decimal_comma, text.split_once(',')) {
        (true, Some((whole, fraction))) => {
            let whole = ungrouped(whole, |c| c == '.' || c.is_whitespace())?;
            is_digits(fraction).then(|| format!("{whole}.{fraction}"))?
        }
        (true, None) if text.matches('.').count() > 1 => ungrouped(text, |c| c == '.')?,
        // 1.234 is a thousand here and a little more than one there.
        (true, None) if text.split_once('.').is_some_and(|(_, part)| part.len() == 3 && is_digits(part)) => {
            return None;
        }
        _ => ungrouped(text, char::is_whitespace)?,
    };
    plain.parse().ok().filter(|value: &f64| value.is_finite())
}

/// A whole number without what parts its groups of three digits.
fn ungrouped(text: &str, parts: impl Fn(char) -> bool) -> Option<String> {
    let groups: Vec<&str> = text.split(parts).collect();
    // Of the last group only the digits before a decimal point count.
    let is_group = |group: &&str| group.split('.').next().is_some_and(|digits| digits.len() == 3);
    groups[1..].iter().all(is_group).then(|| groups.concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_of_a_spreadsheet_is_read() {
        let text = "\u{feff}day,notes,customers\n30,\"x, y\",120.5\n0,,20\n";
        let Counted { actuals, unsorted } = parse(text.as_bytes(), 30).expect("is right");
        assert_eq!(unsorted, Some((3, 0)));
        assert_eq!(
            (actuals.measure.as_str(), actuals.days, actuals.values),
            ("customers", vec![0, 30], vec![20.0, 120.5])
        );
    }

    #[test]
    fn a_table_with_semicolons_has_commas_in_its_numbers() {
        let text = "Day;Customers by word\r\n0;20\r\n30;120,5\r\n31;1.234,5\r\n32;1\u{a0}234,5\r\n33;1.234.567\r\n34;1234.5\r\n";
        let Counted { actuals, unsorted } = parse(text.as_bytes(), 40).unwrap_or_else(|why| panic!("{why:?}"));
        assert_eq!(actuals.measure, "customers_by_word");
        assert_eq!((actuals.values, unsorted), (vec![20.0, 120.5, 1234.5, 1234.5, 1_234_567.0, 1234.5], None));
        let why = parse(b"day;customers\n1;1.234\n2;1.23,5\n", 40).expect_err("could be two numbers");
        assert!(
            why.len() == 2 && why[0] == ":2: customers: found \"1.234\"; allowed: a number such as 1234,5",
            "{why:?}"
        );
    }

    #[test]
    fn a_table_with_commas_has_points_in_its_numbers() {
        let numbers = |text: &str| number(text, false);
        assert_eq!(
            ["1234.5", "1.234", "1 234.5", "-3", "1e3"].map(numbers),
            [1234.5, 1.234, 1234.5, -3.0, 1e3].map(Some)
        );
        assert_eq!(["1,234", "1,5", "", "12 34", "many", "inf"].map(numbers), [None; 6]);
    }

    #[test]
    fn what_people_have_instead_is_told_apart() {
        let why = |text: &str| parse(text.as_bytes(), 30).expect_err("is wrong").join("\n");
        assert!(why("").starts_with(": the file is empty; allowed: a column `day`"), "{}", why(""));
        assert!(why("\u{feff}\r\n ").contains("is empty"));
        assert!(why("Date,customers\n2026-01-01,3\n").contains("instead of dates: count them from the start"));
        assert!(!why("when,customers\n1,3\n").contains("instead of dates"));
        assert_eq!(
            why("day,customers\n30,1\n31,1\n"),
            ":3: day: found 31; allowed: 0 to 30, as the runs end on day 30"
        );
    }

    #[test]
    fn all_that_is_wrong_is_told_with_its_line() {
        let wrong = parse(b"day,customers\nx,1\n2,many\n3,inf\n", 30).expect_err("three lines");
        assert_eq!(wrong.len(), 3, "{wrong:?}");
        assert!(wrong[0].starts_with(":2: day: found \"x\"") && wrong[1].starts_with(":3: customers: found \"many\""));
        assert!(
            parse(b"when,how many\n1,2\n", 30).expect_err("no columns")[0]
                .contains("allowed: a column `day` and one of reach")
        );
        assert!(parse(b"day,customers\n1,2\n1,3\n", 30).expect_err("twice")[0].contains(":3: day 1 is there twice"));
        assert!(parse(b"day,customers\n", 30).expect_err("nothing")[0].contains("no day"));
        assert!(parse(b"", 30).is_err());
    }
}
