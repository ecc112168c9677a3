//! Numbers beside the response: where it takes off, the front of two metrics, and every metric from its least to its greatest cell.

use super::answer::{places, whose};
use super::factors::table;
use super::taught::Taught;
use crate::language::tell;
use crate::report::document::{Block, Row};
use crate::sweep::lessons::{Front, Phase, Response};

/// The most rows of a table.
const ROWS: usize = 20;

/// Where each line crosses one half.
pub(super) fn crossings(it: &Taught, phase: &Phase) -> Vec<Block> {
    let language = it.language();
    let lines = &phase.lines;
    let row = |line: &crate::sweep::lessons::CrossingOf| {
        let head = whose(it, phase, line);
        let (at, interval) = match &line.crossings[..] {
            [] if line.begins_above => (tell!(language, "sweep-always"), String::new()),
            [] => (tell!(language, "sweep-never"), String::new()),
            crossings => places(it, lines.factor, crossings).into(),
        };
        Row { head, notes: vec![], cells: vec![at.into(), interval.into()] }
    };
    let header = vec![
        tell!(language, "sweep-line"),
        tell!(language, "sweep-half-at", factor = it.plan.factors[lines.factor].name.as_str()),
        tell!(language, "sweep-interval"),
    ];
    let rows = phase.crossings.iter().take(3 * ROWS).map(row).collect();
    vec![Block::Text(tell!(language, "sweep-phase-about")), table(header, rows)]
}

/// The cells on the front.
pub(super) fn on_front(it: &Taught, metrics: &[Response; 2], front: &Front) -> Vec<Block> {
    let language = it.language();
    let row = |&place: &usize| {
        let cell = front.cells[place].cell;
        let of = |response: &Response| match response.known(cell) {
            Some(known) => crate::report::document::Cell {
                text: it.mean(known, response.metric),
                note: it.interval(known, response.metric),
            },
            None => "–".to_owned().into(),
        };
        let notes = vec![tell!(language, "sweep-cell-number", cell = it.locale.count(cell as i64 + 1))];
        Row { head: it.cell(cell), notes, cells: metrics.iter().map(of).collect() }
    };
    let labels = metrics.iter().map(|response| it.label(response.metric));
    let header = [tell!(language, "sweep-cell")].into_iter().chain(labels).collect();
    let rows: Vec<Row> = front.front.iter().take(ROWS).map(row).collect();
    let all = front.front.len();
    let more = (rows.len() < all).then(|| {
        let (shown, all) = (it.locale.count(rows.len() as i64), it.locale.count(all as i64));
        Block::Text(tell!(language, "sweep-front-listed", shown = shown, all = all))
    });
    let about = Block::Text(tell!(language, "sweep-front-about"));
    [about].into_iter().chain(more).chain([table(header, rows)]).collect()
}

/// Every metric, from its least to its greatest cell.
pub(super) fn metrics(it: &Taught) -> Vec<Block> {
    let language = it.language();
    let row = |response: &Response| {
        let metric = response.metric;
        let mut cells: Vec<usize> = (0..response.cells()).filter(|&cell| response.mean(cell).is_some()).collect();
        let mean = |cell: usize| response.mean(cell).unwrap_or(f64::NAN);
        cells.sort_by(|&a, &b| mean(a).total_cmp(&mean(b)));
        let said = |cell: Option<&usize>| match cell.and_then(|&cell| Some((cell, response.known(cell)?))) {
            Some((cell, known)) => crate::report::document::Cell {
                text: it.mean(known, metric),
                note: Some(tell!(language, "sweep-cell-number", cell = it.locale.count(cell as i64 + 1))),
            },
            None => "–".to_owned().into(),
        };
        let notes = vec![metric.meaning_in(language), metric.name.clone()];
        let with = it.locale.count(cells.len() as i64);
        Row { head: it.label(metric), notes, cells: vec![said(cells.first()), said(cells.last()), with.into()] }
    };
    let header = vec![
        tell!(language, "sweep-metric"),
        tell!(language, "sweep-least"),
        tell!(language, "sweep-greatest"),
        tell!(language, "sweep-cells-there"),
    ];
    let about = Block::Text(tell!(language, "sweep-metrics-about"));
    vec![about, table(header, it.metrics.iter().map(row).collect())]
}
