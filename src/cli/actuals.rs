//! `--actuals`: what a firm counted itself, from a CSV file with a column of days and one of a daily measure.

use super::Failure;
use crate::draw::clean;
use crate::experiment::Actuals;
use crate::projection::{Projection, Standard};
use std::path::Path;

/// The longest file that is read \[bytes\].
const BYTES_MAX: u64 = 1 << 20;

/// The column of days.
const DAY: &str = "day";

/// Reads the file; tells everything that is wrong with it at once.
pub(super) fn read(path: &Path) -> Result<Actuals, Failure> {
    let shown = clean(&path.display().to_string());
    let disk = |error: std::io::Error| Failure::User(format!("error: --actuals {shown}: {error}"));
    let found = std::fs::metadata(path).map_err(disk)?;
    if !found.is_file() || found.len() > BYTES_MAX {
        return Err(Failure::User(format!("error: --actuals {shown}: a CSV file of at most 1 MiB is wanted")));
    }
    parse(&std::fs::read(path).map_err(disk)?)
        .map_err(|wrong| Failure::User(wrong.iter().map(|what| format!("error: {shown}{what}\n")).collect()))
}

/// The days and values of a CSV text, or what is wrong with each line (":3: found …").
fn parse(bytes: &[u8]) -> Result<Actuals, Vec<String>> {
    // Spreadsheets put a mark before the first letter.
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut reader = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(bytes);
    let header = reader.headers().map_err(|error| vec![format!(": {error}")])?.clone();
    let measures: Vec<&str> = Standard::daily_measures().iter().map(|measure| measure.name).collect();
    let place_of = |is: &dyn Fn(&str) -> bool| header.iter().position(is);
    let columns = (place_of(&|name| name == DAY), place_of(&|name| measures.contains(&name)));
    let (Some(day_at), Some(value_at)) = columns else {
        let found: Vec<&str> = header.iter().collect();
        let found = clean(&found.join(", "));
        let wanted = measures.join(", ");
        return Err(vec![format!(":1: found the columns {found}; allowed: a column `{DAY}` and one of {wanted}")]);
    };
    let (mut rows, mut wrong) = (vec![], vec![]);
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
        let (day, value) = (cell(day_at).parse::<u32>().ok(), cell(value_at).parse::<f64>().ok());
        let value = value.filter(|value| value.is_finite());
        if day.is_none() {
            wrong.push(format!(":{line}: {DAY}: found \"{}\"; allowed: a whole number of days", clean(cell(day_at))));
        }
        if value.is_none() {
            let name = &header[value_at];
            wrong.push(format!(
                ":{line}: {name}: found \"{}\"; allowed: a number such as 1234.5",
                clean(cell(value_at))
            ));
        }
        rows.extend(day.zip(value));
    }
    rows.sort_by_key(|(day, _)| *day);
    if let Some(pair) = rows.windows(2).find(|pair| pair[0].0 == pair[1].0) {
        wrong.push(format!(": day {} is there twice", pair[0].0));
    }
    if rows.is_empty() && wrong.is_empty() {
        wrong.push(": there is no day in it".to_owned());
    }
    if !wrong.is_empty() {
        return Err(wrong);
    }
    let (days, values) = rows.into_iter().unzip();
    Ok(Actuals { measure: header[value_at].to_owned(), days, values })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_of_a_spreadsheet_is_read() {
        let text = "\u{feff}day,notes,customers\n30,\"x, y\",120.5\n0,,20\n";
        let actuals = parse(text.as_bytes()).expect("is right");
        assert_eq!(
            (actuals.measure.as_str(), actuals.days, actuals.values),
            ("customers", vec![0, 30], vec![20.0, 120.5])
        );
    }

    #[test]
    fn all_that_is_wrong_is_told_with_its_line() {
        let wrong = parse(b"day,customers\nx,1\n2,many\n3,inf\n").expect_err("three lines");
        assert_eq!(wrong.len(), 3, "{wrong:?}");
        assert!(wrong[0].starts_with(":2: day: found \"x\"") && wrong[1].starts_with(":3: customers: found \"many\""));
        assert!(
            parse(b"when,how many\n1,2\n").expect_err("no columns")[0]
                .contains("allowed: a column `day` and one of reach")
        );
        assert!(parse(b"day,customers\n1,2\n1,3\n").expect_err("twice")[0].contains("twice"));
        assert!(parse(b"day,customers\n").expect_err("nothing")[0].contains("no day"));
        assert!(parse(b"").is_err());
    }
}
