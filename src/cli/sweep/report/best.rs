//! The best cells: a list for the report, and a table of all of them.

use super::taught::Taught;
use crate::language::tell;
use crate::report::document::{Block, Cell, Row, Table};
use crate::sweep::lessons::{Known, Ranked, Ranking};
use crate::table::{self, Column, Values};

/// The most cells that the report lists.
const LISTED: usize = 20;
/// The most that the chart has.
const CHARTED: usize = 10;

/// The fewest, where there are so many.
const LISTED_LEAST: usize = 5;

/// The best cell, and those that cannot be told from it; a few more where there are hardly any.
pub(super) fn blocks(it: &Taught, ranking: &Ranking) -> Vec<Block> {
    let (language, metric) = (it.language(), it.response.metric);
    if ranking.cells.len() < 2 {
        return vec![];
    }
    let shown = ranking.first(LISTED_LEAST, LISTED);
    let width = width(it, ranking);
    let cell = |known: Known| Cell { text: it.to_width(known.mean, width, metric), note: it.interval(known, metric) };
    let row = |(place, ranked): (usize, &&Ranked)| {
        let verdict = match (place, ranked.is_alike) {
            (0, _) => tell!(language, "sweep-best"),
            (_, true) => tell!(language, "sweep-alike"),
            (_, false) => tell!(language, "sweep-worse"),
        };
        let difference = match place {
            0 => Cell::from("–".to_owned()),
            _ => cell(ranked.difference),
        };
        let notes = vec![tell!(language, "sweep-cell-number", cell = it.locale.count(ranked.cell as i64 + 1))];
        Row { head: it.cell(ranked.cell), notes, cells: vec![cell(ranked.known), difference, verdict.into()] }
    };
    let header = vec![
        tell!(language, "sweep-cell"),
        it.label(metric),
        tell!(language, "sweep-difference-from-best"),
        tell!(language, "sweep-verdict"),
    ];
    let rows: Vec<Row> = shown.iter().enumerate().map(row).collect();
    let how = match (ranking.is_paired, it.response.keeps_runs()) {
        (true, _) => tell!(language, "sweep-best-about-paired"),
        (false, false) => tell!(language, "sweep-best-about-means"),
        (false, true) => tell!(language, "sweep-best-about-some-runs"),
    };
    let few = it.response.of_few_runs();
    let few =
        (few > 0).then(|| tell!(language, "sweep-best-of-few-runs", cells = few, text = it.locale.count(few as i64)));
    let some = (shown.len() < ranking.cells.len()).then(|| listed(it, ranking, &shown));
    let texts = [how].into_iter().chain(few).chain(some).map(Block::Text);
    texts.chain([Block::Table(Table { caption: None, header, rows, is_of_numbers: true })]).collect()
}

/// The cells of the chart: the first that are listed.
pub(super) fn charted(ranking: &Ranking) -> Vec<&Ranked> {
    ranking.first(LISTED_LEAST, CHARTED)
}

/// To which digit their means are written, in sentences, in the list and, as its longest bar is that of one of these, in the chart.
pub(super) fn width(it: &Taught, ranking: &Ranking) -> f64 {
    let means: Vec<f64> = charted(ranking).iter().map(|ranked| ranked.known.mean).collect();
    it.width(&means, it.response.metric)
}

/// Which of all cells are listed.
fn listed(it: &Taught, ranking: &Ranking, shown: &[&Ranked]) -> String {
    let language = it.language();
    let (all, alike) = (ranking.cells.len(), ranking.alike().count());
    let [shown_text, all, alike_text] = [shown.len(), all, alike].map(|cells| it.locale.count(cells as i64));
    match shown.len() {
        fewer if fewer < alike => {
            tell!(language, "sweep-best-listed-some", alike = alike_text, shown = shown_text, all = all)
        }
        more if more > alike => {
            let next = more - alike;
            let text = it.locale.count(next as i64);
            tell!(language, "sweep-best-listed-more", alike = alike, alike_text = alike_text, next = text, all = all)
        }
        _ => tell!(language, "sweep-best-listed", alike = alike, alike_text = alike_text, all = all),
    }
}

/// All cells, the best first.
pub(super) fn table(it: &Taught, ranking: &Ranking) -> table::Table {
    let unit = &it.response.metric.unit;
    let column = |name: &str, unit: &str, meaning: &str, values: Values| Column {
        name: name.to_owned(),
        unit: unit.to_owned(),
        meaning: meaning.to_owned(),
        values,
    };
    let reals = |name: &str, meaning: &str, of: &dyn Fn(&Ranked) -> Option<f64>| {
        let values = ranking.cells.iter().map(|ranked| of(ranked).unwrap_or(f64::NAN)).collect();
        column(name, unit, meaning, Values::Real(values))
    };
    let end = |known: Known, end: usize| known.interval.map(|ends| ends[end]);
    let cells = ranking.cells.iter().map(|ranked| ranked.cell as i64 + 1).collect();
    let values = ranking.cells.iter().map(|ranked| it.plan.label(ranked.cell)).collect();
    let alike = ranking.cells.iter().map(|ranked| i64::from(ranked.is_alike)).collect();
    table::Table {
        columns: vec![
            column("cell", "", "number of the cell in the plan, from 1", Values::Count(cells)),
            column("values", "", "what it takes of each factor", Values::Name(values)),
            reals("mean", "the response", &|it| Some(it.known.mean)),
            reals("low", "lower end of its 95 % interval", &|it| end(it.known, 0)),
            reals("high", "upper end of its 95 % interval", &|it| end(it.known, 1)),
            reals("difference", "its mean less that of the best cell", &|it| Some(it.difference.mean)),
            reals("difference_low", "lower end, at the level of the test", &|it| end(it.difference, 0)),
            reals("difference_high", "upper end, at the level of the test", &|it| end(it.difference, 1)),
            column("is_alike", "", "1 where it cannot be told from the best", Values::Count(alike)),
        ],
    }
}
