//! Tables as CSV for spreadsheets and as Parquet for programs.
//!
//! CSV is RFC 4180 but for its line ends, which are LF. Money is exact decimal text with the currency's digits, a real
//! number the shortest text that reads back as the same number. A name that a spreadsheet would take for a formula stands behind an
//! apostrophe, so no cell starts one. In Parquet, money is `Decimal128(18, digits)`, and the unit and the meaning of a column are its
//! field's metadata.
//!
//! Deliberately absent: thousands separators, units in the cells, missing values.

use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::{Decimal128Type, Float64Type, Int64Type};
use arrow_array::{Array, ArrayRef, Decimal128Array, Float64Array, Int64Array, RecordBatch, StringArray};
use arrow_schema::{DataType, Field, Schema};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::basic::Compression;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;

use super::{StoreError, io_error, read_checked, survive};
use crate::table::{Column, Table, Values};

/// Digits of the decimal numbers of money: the most that fit eight bytes.
const PRECISION: u8 = 18;
const MINOR_LIMIT: u64 = 10u64.pow(PRECISION as u32);

/// The table as CSV, one row of column names first.
pub fn write_csv(table: &Table, out: &mut (dyn Write + Send)) -> io::Result<()> {
    check(table)?;
    let mut csv = csv::WriterBuilder::new().terminator(csv::Terminator::Any(b'\n')).from_writer(out);
    csv.write_record(table.columns.iter().map(|column| &column.name))?;
    for row in 0..table.rows() {
        csv.write_record(table.columns.iter().map(|column| match &column.values {
            Values::Count(values) => values[row].to_string(),
            Values::Money { minor, digits } => decimal_text(minor[row], *digits),
            Values::Real(values) => values[row].to_string(),
            Values::Name(names) => harmless(&names[row]),
        }))?;
    }
    csv.flush()
}

/// Takes in the numbers of a table that [`write_csv`] wrote; names are there already. Every message says what is wrong with it.
pub(super) fn fill_from_csv(table: &mut Table, text: &str) -> Result<(), String> {
    let mut csv = csv::Reader::from_reader(text.as_bytes());
    let header = csv.headers().map_err(|error| error.to_string())?;
    if !header.iter().eq(table.columns.iter().map(|column| column.name.as_str())) {
        return Err("its columns are others than were written down".to_owned());
    }
    let mut rows = 0;
    for record in csv.records() {
        let record = record.map_err(|error| error.to_string())?;
        rows += 1;
        for (column, cell) in table.columns.iter_mut().zip(&record) {
            let wrong = || format!("column {:?} holds {cell:?} in row {rows}", column.name);
            match &mut column.values {
                Values::Count(values) => values.push(cell.parse().map_err(|_| wrong())?),
                Values::Real(values) => values.push(cell.parse().map_err(|_| wrong())?),
                Values::Money { minor, digits } => minor.push(minor_of(cell, *digits).ok_or_else(wrong)?),
                Values::Name(_) => {}
            }
        }
    }
    match table.columns.iter().find(|column| column.values.len() != rows) {
        Some(column) => Err(format!("column {:?} has {} cells in {rows} rows", column.name, column.values.len())),
        None => Ok(()),
    }
}

/// The amount of a decimal text with so many decimals \[minor units\].
fn minor_of(text: &str, digits: u8) -> Option<i64> {
    let decimals = text.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    if decimals != usize::from(digits) { None } else { text.replacen('.', "", 1).parse().ok() }
}

/// A name that starts no formula (OWASP, "CSV Injection").
fn harmless(name: &str) -> String {
    if name.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{name}") } else { name.to_owned() }
}

/// The table as one Arrow batch, each column with its unit and meaning.
///
/// # Errors
/// Columns of one name or of several lengths.
#[doc(hidden)]
pub fn record_batch(table: &Table) -> io::Result<RecordBatch> {
    check(table)?;
    let (mut fields, mut arrays) = (Vec::new(), Vec::<ArrayRef>::new());
    for column in &table.columns {
        let array: ArrayRef = match &column.values {
            Values::Count(values) => Arc::new(Int64Array::from(values.clone())),
            Values::Real(values) => Arc::new(Float64Array::from(values.clone())),
            Values::Name(names) => Arc::new(StringArray::from(names.clone())),
            Values::Money { minor, digits } => {
                let wide = Decimal128Array::from_iter_values(minor.iter().map(|&amount| i128::from(amount)));
                let scale = i8::try_from(*digits).map_err(io::Error::other)?;
                Arc::new(wide.with_precision_and_scale(PRECISION, scale).map_err(io::Error::other)?)
            }
        };
        fields.push(described(&column.name, array.data_type().clone(), false, &column.unit, &column.meaning));
        arrays.push(array);
    }
    let rows = arrow_array::RecordBatchOptions::new().with_row_count(Some(table.rows()));
    RecordBatch::try_new_with_options(Arc::new(Schema::new(fields)), arrays, &rows).map_err(io::Error::other)
}

/// The table as Parquet, with `metadata` in the file's own key-value list.
pub fn write_parquet(table: &Table, metadata: &[(&str, &str)], out: &mut (dyn Write + Send)) -> io::Result<()> {
    let batch = record_batch(table)?;
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_key_value_metadata(Some(key_values(metadata.iter().copied())))
        .build();
    let mut writer = ArrowWriter::try_new(out, batch.schema(), Some(properties)).map_err(io_error)?;
    writer.write(&batch).map_err(io_error)?;
    writer.close().map_err(io_error)?;
    Ok(())
}

/// The table in a Parquet file that [`write_parquet`] wrote; its digest is checked first, where one is given.
pub fn read_parquet(path: &Path, expected: Option<&str>) -> Result<Table, StoreError> {
    let bytes = read_checked(path, expected)?;
    survive(|| parse(bytes::Bytes::from(bytes))).map_err(|what| StoreError::BadTable { path: path.to_path_buf(), what })
}

/// Every message says what is wrong with the table.
fn parse(bytes: bytes::Bytes) -> Result<Table, String> {
    let builder = ParquetRecordBatchReaderBuilder::try_new(bytes).map_err(|error| error.to_string())?;
    let mut columns = Vec::new();
    for field in builder.schema().fields() {
        let values = match field.data_type() {
            DataType::Int64 => Values::Count(Vec::new()),
            DataType::Float64 => Values::Real(Vec::new()),
            DataType::Utf8 => Values::Name(Vec::new()),
            DataType::Decimal128(PRECISION, digits @ 0..=18) => {
                Values::Money { minor: Vec::new(), digits: digits.unsigned_abs() }
            }
            other => return Err(format!("column {:?} holds {other}, which no table does", field.name())),
        };
        let text = |key: &str| field.metadata().get(key).map(|text| text.to_string()).unwrap_or_default();
        columns.push(Column { name: field.name().clone(), unit: text("unit"), meaning: text("meaning"), values });
    }
    for batch in builder.build().map_err(|error| error.to_string())? {
        let batch = batch.map_err(|error| error.to_string())?;
        for (column, array) in columns.iter_mut().zip(batch.columns()) {
            if array.null_count() > 0 {
                return Err(format!("column {:?} has empty cells", column.name));
            }
            let kept = match &mut column.values {
                Values::Count(values) => {
                    array.as_primitive_opt::<Int64Type>().map(|a| values.extend(a.values().iter()))
                }
                Values::Real(values) => {
                    array.as_primitive_opt::<Float64Type>().map(|a| values.extend(a.values().iter()))
                }
                Values::Name(names) => {
                    array.as_string_opt::<i32>().map(|a| names.extend(a.iter().flatten().map(str::to_owned)))
                }
                Values::Money { minor, .. } => array.as_primitive_opt::<Decimal128Type>().and_then(|array| {
                    array.values().iter().try_for_each(|&amount| {
                        minor.push(i64::try_from(amount).ok()?);
                        Some(())
                    })
                }),
            };
            kept.ok_or_else(|| format!("column {:?} holds other values than its header says", column.name))?;
        }
    }
    Ok(Table { columns })
}

/// A field that says what it is measured in and what it means.
pub(super) fn described(name: &str, data_type: DataType, nullable: bool, unit: &str, meaning: &str) -> Field {
    let notes = [("unit".to_owned(), unit.to_owned()), ("meaning".to_owned(), meaning.to_owned())];
    Field::new(name, data_type, nullable).with_metadata(notes.into_iter().collect::<std::collections::HashMap<_, _>>())
}

pub(super) fn key_values<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Vec<KeyValue> {
    pairs.into_iter().map(|(key, value)| KeyValue::new(key.to_owned(), value.to_owned())).collect()
}

/// Exact decimal text: 1234 with two digits is "12.34".
pub fn decimal_text(minor: i64, digits: u8) -> String {
    let sign = if minor < 0 { "-" } else { "" };
    let digits = usize::from(digits);
    let text = format!("{:0>width$}", minor.unsigned_abs(), width = digits + 1);
    let (major, rest) = text.split_at(text.len() - digits);
    if rest.is_empty() { format!("{sign}{major}") } else { format!("{sign}{major}.{rest}") }
}

fn check(table: &Table) -> io::Result<()> {
    let refuse =
        |name: &str, why: &str| Err(io::Error::new(io::ErrorKind::InvalidInput, format!("column {name:?} {why}")));
    for (place, column) in table.columns.iter().enumerate() {
        if column.values.len() != table.rows() {
            return refuse(&column.name, "is not as long as the first");
        }
        if table.columns[..place].iter().any(|earlier| earlier.name == column.name) {
            return refuse(&column.name, "is there twice");
        }
        if let Values::Money { minor, digits } = &column.values {
            if *digits > PRECISION {
                return refuse(&column.name, "has more than 18 decimal digits");
            }
            if minor.iter().any(|amount| amount.unsigned_abs() >= MINOR_LIMIT) {
                return refuse(&column.name, "holds an amount of more than 18 digits");
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dice::{Dice, Purpose};
    use crate::units::Seed;

    fn column(name: &str, unit: &str, values: Values) -> Column {
        Column { name: name.to_owned(), unit: unit.to_owned(), meaning: format!("What {name} is."), values }
    }

    fn sample(rows: u64) -> Table {
        let mut draws = Dice::new(Seed(1)).stream(Purpose::Graph, 0);
        let mut draw = |_| draws.draw();
        let minor = (0..rows).map(&mut draw).map(|draw| draw as i64 % MINOR_LIMIT as i64).collect();
        let reals = (0..rows).map(&mut draw).map(|draw| draw as i64 as f64 / 1e9).collect();
        Table {
            columns: vec![
                column("run", "", Values::Count((0..rows).map(&mut draw).map(|draw| draw as i64).collect())),
                column("revenue", "USD", Values::Money { minor, digits: 2 }),
                column("mean, \"so to say\"", "people", Values::Real(reals)),
                column("account", "", Values::Name((0..rows).map(|row| format!("account {row}")).collect())),
            ],
        }
    }

    fn parquet(table: &Table) -> Vec<u8> {
        let mut bytes = Vec::new();
        write_parquet(table, &[("tellwave", "0.1.0")], &mut bytes).expect("written");
        bytes
    }

    #[test]
    fn parquet_gives_the_table_back() {
        let dir = tempfile::tempdir().expect("folder");
        for table in [sample(0), sample(1), sample(5_000), Table { columns: Vec::new() }] {
            let path = dir.path().join("a.parquet");
            let digest = super::super::atomic::write_bytes(&path, &parquet(&table)).expect("written");
            assert_eq!(read_parquet(&path, Some(&digest.sha256)).expect("readable"), table);
        }
    }

    #[test]
    fn the_same_table_gives_the_same_bytes() {
        assert_eq!(parquet(&sample(100)), parquet(&sample(100)));
    }

    #[test]
    fn csv_is_exact_and_plain() {
        let table = Table {
            columns: vec![
                column("run", "", Values::Count(vec![0, -1])),
                column("revenue", "USD", Values::Money { minor: vec![1_234_567, -5], digits: 2 }),
                column("yen", "JPY", Values::Money { minor: vec![12, 0], digits: 0 }),
                column("mean, so to say", "people", Values::Real(vec![0.1, 1e-7])),
            ],
        };
        let mut bytes = Vec::new();
        write_csv(&table, &mut bytes).expect("written");
        let text = String::from_utf8(bytes).expect("text");
        assert_eq!(text, "run,revenue,yen,\"mean, so to say\"\n0,12345.67,12,0.1\n-1,-0.05,0,0.0000001\n");
    }

    #[test]
    fn csv_reals_read_back_as_themselves() {
        let table = sample(1_000);
        let mut bytes = Vec::new();
        write_csv(&table, &mut bytes).expect("written");
        let read: Vec<f64> = csv::Reader::from_reader(bytes.as_slice())
            .records()
            .map(|row| row.expect("row")[2].parse().expect("number"))
            .collect();
        assert_eq!(Values::Real(read), table.columns[2].values);
    }

    #[test]
    fn money_has_as_many_digits_as_its_currency() {
        assert_eq!(decimal_text(0, 2), "0.00");
        assert_eq!(decimal_text(-7, 3), "-0.007");
        assert_eq!(decimal_text(100, 0), "100");
        assert_eq!(decimal_text(i64::MIN, 2), "-92233720368547758.08");
    }

    #[test]
    fn a_table_that_cannot_be_written_is_refused() {
        let refuse = |columns: Vec<Column>| {
            let table = Table { columns };
            assert!(write_csv(&table, &mut Vec::new()).is_err());
            write_parquet(&table, &[], &mut Vec::new()).expect_err("refused").to_string()
        };
        let money = |minor, digits| column("m", "USD", Values::Money { minor, digits });
        let count = |name, values| column(name, "", Values::Count(values));
        assert_eq!(refuse(vec![count("a", vec![1]), count("b", vec![])]), "column \"b\" is not as long as the first");
        assert_eq!(refuse(vec![count("a", vec![1]), count("a", vec![1])]), "column \"a\" is there twice");
        assert_eq!(refuse(vec![money(vec![i64::MAX], 2)]), "column \"m\" holds an amount of more than 18 digits");
        assert_eq!(refuse(vec![money(vec![1], 19)]), "column \"m\" has more than 18 decimal digits");
    }

    #[test]
    fn what_is_not_a_table_is_refused() {
        let dir = tempfile::tempdir().expect("folder");
        let path = dir.path().join("a.parquet");
        std::fs::write(&path, "PAR1 but no more").expect("written");
        assert!(matches!(read_parquet(&path, None), Err(StoreError::BadTable { .. })));
        assert!(matches!(read_parquet(&path, Some("00")), Err(StoreError::Digest { .. })));
    }
}
