//! The best cells: a list for the report, and a table of all of them.

use super::taught::Taught;
use crate::language::tell;
use crate::report::document::{Block, Cell, Row, Table};
use crate::sweep::lessons::{Known, Ranked, Ranking};
use crate::table::{self, Column, Values};

/// The most cells that the report lists.
const LISTED: usize = 20;

/// The best cells, and those that cannot be told from them; a few more where there are hardly any.
pub(super) fn blocks(it: &Taught, ranking: &Ranking) -> Vec<Block> {
    let (language, metric) = (it.language(), it.response.metric);
    if ranking.cells.len() < 2 {
        return vec![];
    }
    let alike = ranking.alike().count();
    let listed = alike.clamp(5, LISTED).min(ranking.cells.len());
    let shown = &ranking.cells[..listed];
    // Means beside each other are written to the same digit, that of the one that is known best: else the first may look
    // smaller than the second.
    let width = |known: Known| known.interval.map(|[low, high]| high - low).filter(|width| *width > 0.0);
    let finest =
        |of: &dyn Fn(&Ranked) -> Known| shown.iter().filter_map(|ranked| width(of(ranked))).min_by(f64::total_cmp);
    let [means, differences] = [finest(&|it| it.known), finest(&|it| it.difference)];
    let cell = |known: Known, width: Option<f64>| {
        let own = it.mean(known, metric);
        let text = width.map_or(own, |width| it.locale.estimate(known.mean, 0.0, width, it.quantity(metric)));
        Cell { text, note: it.interval(known, metric) }
    };
    let row = |(place, ranked): (usize, &Ranked)| {
        let verdict = match (place, ranked.is_alike) {
            (0, _) => tell!(language, "sweep-best"),
            (_, true) => tell!(language, "sweep-alike"),
            (_, false) => tell!(language, "sweep-worse"),
        };
        let difference = match place {
            0 => Cell::from("–".to_owned()),
            _ => cell(ranked.difference, differences),
        };
        let notes = vec![tell!(language, "sweep-cell-number", cell = it.locale.count(ranked.cell as i64 + 1))];
        Row { head: it.cell(ranked.cell), notes, cells: vec![cell(ranked.known, means), difference, verdict.into()] }
    };
    let header = vec![
        tell!(language, "sweep-cell"),
        it.label(metric),
        tell!(language, "sweep-difference-from-best"),
        tell!(language, "sweep-verdict"),
    ];
    let rows: Vec<Row> = shown.iter().enumerate().map(row).collect();
    let how = match ranking.is_paired {
        true => tell!(language, "sweep-best-about-paired"),
        false => tell!(language, "sweep-best-about-means"),
    };
    let some = (listed < ranking.cells.len()).then(|| {
        let [listed, all] = [listed, ranking.cells.len()].map(|cells| it.locale.count(cells as i64));
        tell!(language, "sweep-best-listed", shown = listed, all = all)
    });
    let texts = [how].into_iter().chain(some).map(Block::Text);
    texts.chain([Block::Table(Table { caption: None, header, rows, is_of_numbers: true })]).collect()
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
