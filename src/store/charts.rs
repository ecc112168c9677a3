//! `charts.json`: what the charts of a folder are, so that each can be drawn again from the table beside it.
//!
//! Numbers stand in the table NAME.csv; here stands what a table of numbers does not say: the figure, and of each column its unit,
//! its meaning and what its cells are. Names are here too, as a table for spreadsheets writes some of them otherwise.
//!
//! The colours are those of the house for which the charts were drawn, and its font lies beside them, if it has one.
//!
//! Deliberately absent: how a chart is laid out (`draw`), and pictures that are no charts.

use super::{FileDigest, StoreError, json_of, read_checked, read_provenance, read_text, tables};
use crate::figure::{Drawing, Figure};
use crate::table::{Column, Table, Values};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

/// The name of the file.
pub const CHARTS: &str = "charts.json";

/// The name of the file of the font that leads all others.
pub const CHARTS_FONT: &str = "charts-font.ttf";

/// The layout that this version writes and reads.
const SCHEMA: u32 = 2;

/// The charts of a folder, in the order in which its report shows them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Charts {
    schema: u32,
    /// The code of the language in which their words are.
    language: String,
    /// Their colours, as "#RRGGBB".
    palette: Vec<String>,
    /// Whether the font that leads the others lies in the folder.
    has_font: bool,
    charts: Vec<Chart>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Chart {
    figure: Figure,
    columns: Vec<Described>,
}

/// A column of a table without its numbers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Described {
    name: String,
    unit: String,
    meaning: String,
    cells: Cells,
}

/// What the cells of a column are.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
enum Cells {
    Count,
    Money { digits: u8 },
    Real,
    Names(Vec<String>),
}

impl Charts {
    /// None yet, in the language of this code and in these colours, with a font of their own or without.
    pub fn of(language: &str, palette: Vec<String>, has_font: bool) -> Charts {
        Charts { schema: SCHEMA, language: language.to_owned(), palette, has_font, charts: vec![] }
    }

    /// One more chart.
    pub fn push(&mut self, Drawing { figure, table }: &Drawing) {
        let columns = table.columns.iter().map(|column| Described {
            name: column.name.clone(),
            unit: column.unit.clone(),
            meaning: column.meaning.clone(),
            cells: match &column.values {
                Values::Count(_) => Cells::Count,
                Values::Money { digits, .. } => Cells::Money { digits: *digits },
                Values::Real(_) => Cells::Real,
                Values::Name(names) => Cells::Names(names.clone()),
            },
        });
        self.charts.push(Chart { figure: figure.clone(), columns: columns.collect() });
    }

    /// The bytes of the file.
    pub fn to_json(&self) -> Result<Vec<u8>, serde_json::Error> {
        json_of(self)
    }
}

/// The charts of a finished folder.
#[derive(Debug)]
pub struct KeptCharts {
    dir: PathBuf,
    files: Vec<FileDigest>,
    /// The code of the language in which their words are.
    pub language: String,
    /// Their colours, as "#RRGGBB".
    pub palette: Vec<String>,
    has_font: bool,
    charts: Vec<Chart>,
}

/// The charts of a finished folder; nothing if none were written down.
///
/// # Errors
/// What is missing, damaged, or of another version.
pub fn read_charts(dir: &Path) -> Result<Option<KeptCharts>, StoreError> {
    let files = read_provenance(dir)?.files;
    let Some(listed) = files.iter().find(|file| file.name == CHARTS) else { return Ok(None) };
    let path = dir.join(CHARTS);
    let bad = |what: String| StoreError::BadTable { path: path.clone(), what };
    let text = read_text(&path, &listed.sha256)?;
    #[derive(Deserialize)]
    struct Layout {
        schema: u32,
    }
    let Layout { schema } = serde_json::from_str(&text).map_err(|error| bad(error.to_string()))?;
    if schema != SCHEMA {
        return Err(bad(format!("its schema is {schema}, and this version reads {SCHEMA}")));
    }
    let Charts { charts, language, palette, has_font, .. } =
        serde_json::from_str(&text).map_err(|error| bad(error.to_string()))?;
    Ok(Some(KeptCharts { dir: dir.to_path_buf(), files, language, palette, has_font, charts }))
}

impl KeptCharts {
    /// Every chart, in the order of the report.
    pub fn figures(&self) -> impl Iterator<Item = &Figure> {
        self.charts.iter().map(|chart| &chart.figure)
    }

    /// The font that leads all others; nothing if they have none of their own.
    ///
    /// # Errors
    /// The file is missing or was changed.
    pub fn font(&self) -> Result<Option<Vec<u8>>, StoreError> {
        if !self.has_font {
            return Ok(None);
        }
        let path = self.dir.join(CHARTS_FONT);
        let listed = self.listed(CHARTS_FONT, &path)?;
        read_checked(&path, Some(&listed.sha256)).map(Some)
    }

    fn listed(&self, name: &str, path: &Path) -> Result<&FileDigest, StoreError> {
        let unlisted =
            || StoreError::BadTable { path: path.to_path_buf(), what: "the folder does not list it".to_owned() };
        self.files.iter().find(|file| file.name == name).ok_or_else(unlisted)
    }

    /// A chart with its numbers, which are read from its table; nothing if there is none of that name.
    ///
    /// # Errors
    /// The table is missing or was changed.
    pub fn drawing(&self, name: &str) -> Result<Option<Drawing>, StoreError> {
        let Some(chart) = self.charts.iter().find(|chart| chart.figure.name == name) else { return Ok(None) };
        let table = format!("{name}.csv");
        let path = self.dir.join(&table);
        let listed = self.listed(&table, &path)?;
        let text = read_text(&path, &listed.sha256)?;
        let empty = chart.columns.iter().map(|column| Column {
            name: column.name.clone(),
            unit: column.unit.clone(),
            meaning: column.meaning.clone(),
            values: match &column.cells {
                Cells::Count => Values::Count(vec![]),
                Cells::Money { digits } => Values::Money { minor: vec![], digits: *digits },
                Cells::Real => Values::Real(vec![]),
                Cells::Names(names) => Values::Name(names.clone()),
            },
        });
        let mut table = Table { columns: empty.collect() };
        tables::fill_from_csv(&mut table, &text).map_err(|what| StoreError::BadTable { path, what })?;
        Ok(Some(Drawing { figure: chart.figure.clone(), table }))
    }
}

#[cfg(test)]
mod tests {
    use super::super::OutputFolder;
    use super::super::provenance::tests::sample;
    use super::*;
    use crate::figure::{Axis, Hue, Mark, Numbers};

    fn drawing() -> Drawing {
        let bars = Mark::Bars {
            value: "value".into(),
            interval: Some(("low".into(), "high".into())),
            by_interval: true,
            label: String::new(),
            hue: Hue::Second,
        };
        let money = Numbers::Money { prefix: "$".into(), digits: 2 };
        let figure = Figure {
            name: "gain".into(),
            title: "Gain".into(),
            caption: "=1+1, \"q\"\n<b>".into(),
            x: Axis::linear("x", "", money),
            y: Axis::linear("", "name", Numbers::Plain),
            marks: vec![bars, Mark::Rule { at: 0.1, label: "here".into() }],
        };
        let column = |name: &str, values| Column { name: name.into(), unit: "USD".into(), meaning: "m".into(), values };
        let columns = vec![
            column("name", Values::Name(vec!["=1+1".into(), "'=1+1".into(), "a,\"b\"\nc".into()])),
            column("value", Values::Real(vec![0.1, f64::NAN, -1e-300])),
            column("low", Values::Count(vec![i64::MIN, 0, 7])),
            column("high", Values::Money { minor: vec![-5, 0, 123_456], digits: 2 }),
        ];
        Drawing { figure, table: Table { columns } }
    }

    #[test]
    fn a_chart_is_read_as_it_was_written() {
        let temp = tempfile::tempdir().expect("folder");
        let dir = temp.path().join("out");
        let mut folder = OutputFolder::at(&dir).expect("free");
        let drawing = drawing();
        let palette = vec!["#0B3C6F".to_owned()];
        let mut charts = Charts::of("en", palette.clone(), true);
        charts.push(&drawing);
        folder.write_bytes(CHARTS_FONT, b"a font").expect("written");
        folder.write_with("gain.csv", |out| tables::write_csv(&drawing.table, out)).expect("written");
        folder.write_bytes(CHARTS, &charts.to_json().expect("JSON")).expect("written");
        folder.finish(&sample()).expect("finished");
        let kept = read_charts(&dir).expect("readable").expect("there");
        assert_eq!((&kept.palette, kept.font().expect("readable")), (&palette, Some(b"a font".to_vec())));
        assert_eq!(kept.figures().map(|figure| figure.name.as_str()).collect::<Vec<_>>(), ["gain"]);
        let read = kept.drawing("gain").expect("readable").expect("there");
        // What is unknown equals nothing, so it is compared as it is written.
        assert_eq!(format!("{read:?}"), format!("{drawing:?}"));
        assert!(kept.drawing("reach").expect("no fault").is_none());
        std::fs::write(dir.join("gain.csv"), "name\n").expect("written");
        assert!(matches!(kept.drawing("gain"), Err(StoreError::Digest { .. })));
    }

    #[test]
    fn charts_of_an_older_schema_are_refused() {
        let temp = tempfile::tempdir().expect("folder");
        let dir = temp.path().join("out");
        let mut folder = OutputFolder::at(&dir).expect("free");
        let older = b"{\"schema\": 1, \"language\": \"en\", \"charts\": []}";
        folder.write_bytes(CHARTS, older).expect("written");
        folder.finish(&sample()).expect("finished");
        let said = read_charts(&dir).expect_err("no palette").to_string();
        assert!(said.contains("its schema is 1, and this version reads 2"), "{said}");
    }

    #[test]
    fn a_folder_without_charts_says_so() {
        let temp = tempfile::tempdir().expect("folder");
        let dir = temp.path().join("out");
        let mut folder = OutputFolder::at(&dir).expect("free");
        folder.write_bytes("runs.csv", b"run\n").expect("written");
        folder.finish(&sample()).expect("finished");
        assert!(read_charts(&dir).expect("readable").is_none());
    }
}
