//! How a sweep was made: its factors, its design, and what it takes to get the same numbers again. No path, time or thread count.

use super::taught::Taught;
use crate::cli::play::RANDOM_NUMBERS;
use crate::language::tell;
use crate::report::document::{Block, Row, Table};
use crate::sweep::{Design, Factor, Law, Values};

/// How many levels are named, and how many stretches of missing cells.
const NAMED: usize = 10;
const GAPS_NAMED: usize = 20;

/// The factors and their values.
pub(super) fn factors(it: &Taught) -> Vec<Block> {
    let language = it.language();
    let row = |factor: &Factor| Row {
        head: factor.name.clone(),
        notes: vec![],
        cells: vec![how_many(it, factor).into(), values(it, factor).into()],
    };
    let header =
        vec![tell!(language, "sweep-factor"), tell!(language, "sweep-levels"), tell!(language, "sweep-values")];
    let rows = it.plan.factors.iter().map(row).collect();
    vec![Block::Table(Table { caption: None, header, rows, is_of_numbers: false })]
}

fn how_many(it: &Taught, factor: &Factor) -> String {
    match factor.levels() {
        Some(levels) => it.locale.count(levels as i64),
        None if is_whole(factor) => tell!(it.language(), "sweep-a-law-of-whole"),
        None => tell!(it.language(), "sweep-a-law"),
    }
}

/// Whether a law gives whole numbers.
fn is_whole(factor: &Factor) -> bool {
    matches!(&factor.values, Values::Law { writing, .. } if writing.decimals == Some(0))
}

/// The numbers of cells, those that follow on one another taken together: "1–5, 9 and 12 more".
fn numbered(it: &Taught, cells: &[usize]) -> String {
    let count = |cell: usize| it.locale.count(cell as i64 + 1);
    let said = |run: &&[usize]| match run {
        [first, .., last] if run.len() > 2 => format!("{}–{}", count(*first), count(*last)),
        few => few.iter().map(|&cell| count(cell)).collect::<Vec<_>>().join(", "),
    };
    let runs: Vec<&[usize]> = cells.chunk_by(|a, b| a + 1 == *b).take(GAPS_NAMED).collect();
    let shown = runs.iter().map(said).collect::<Vec<_>>().join(", ");
    match cells.len() - runs.iter().map(|run| run.len()).sum::<usize>() {
        0 => shown,
        more => {
            let text = it.locale.count(more as i64);
            tell!(it.language(), "sweep-and-more", some = shown, more = more, text = text)
        }
    }
}

fn values(it: &Taught, factor: &Factor) -> String {
    let language = it.language();
    let Values::Law { law, writing, .. } = &factor.values else {
        let labels: Vec<String> = factor.listed().iter().map(|level| level.label.clone()).collect();
        return match &labels[..] {
            [first, .., last] if labels.len() > NAMED && factor.is_number() => it.locale.range(first, last),
            _ => it.some(&labels, NAMED),
        };
    };
    let said = |number: f64| writing.write(writing.rounded(number));
    match *law {
        Law::Uniform { from, to } if is_whole(factor) => {
            tell!(language, "sweep-uniform-of-whole", from = said(from), to = said(to))
        }
        Law::Uniform { from, to } => tell!(language, "sweep-uniform", from = said(from), to = said(to)),
        Law::LogUniform { from, to } => tell!(language, "sweep-log-uniform", from = said(from), to = said(to)),
        Law::Triangular { from, mode, to } => {
            tell!(language, "sweep-triangular", from = said(from), mode = said(mode), to = said(to))
        }
        Law::Normal { mean, deviation } => {
            tell!(language, "sweep-normal", mean = said(mean), deviation = said(deviation))
        }
    }
}

/// The design in words.
fn design(it: &Taught) -> String {
    let language = it.language();
    let count = |number: u32| it.locale.count(i64::from(number));
    match it.plan.design {
        Design::Grid => tell!(language, "sweep-design-grid"),
        Design::OneAtATime => tell!(language, "sweep-design-one-at-a-time"),
        Design::LatinHypercube { points } => tell!(language, "sweep-design-latin-hypercube", points = count(points)),
        Design::Sobol { rows } => tell!(language, "sweep-design-sobol", rows = count(rows)),
        Design::Morris { trajectories, levels } => {
            tell!(language, "sweep-design-morris", trajectories = count(trajectories), levels = count(levels))
        }
        Design::List => tell!(language, "sweep-design-list"),
    }
}

/// What it takes to get the same numbers again.
pub(super) fn again(it: &Taught) -> Vec<Block> {
    let (language, plan) = (it.language(), it.plan);
    let missing = it.response.missing();
    let (all, there) = (it.response.cells(), it.response.cells() - missing.len());
    let [all, there] = [all, there].map(|cells| it.locale.count(cells as i64));
    let mut facts = vec![
        (tell!(language, "sweep-name"), plan.name.clone()),
        (tell!(language, "sweep-base"), plan.base_name.clone()),
        (tell!(language, "sweep-design"), design(it)),
        (tell!(language, "sweep-cells-played"), tell!(language, "sweep-some-of", some = there, all = all)),
        (tell!(language, "compare-runs-of-each"), it.locale.count(i64::from(plan.runs))),
        (tell!(language, "compare-seed"), plan.seed.clone()),
    ];
    if !plan.constraints.is_empty() {
        facts.push((tell!(language, "sweep-constraints"), plan.constraints.join("; ")));
        facts.push((tell!(language, "sweep-left-out"), it.locale.count(i64::from(plan.left_out))));
    }
    if !missing.is_empty() {
        facts.push((tell!(language, "sweep-missing"), numbered(it, &missing)));
    }
    facts.push((tell!(language, "sweep-plan-digest"), it.digest.clone()));
    facts.push(("Tellwave".to_owned(), env!("CARGO_PKG_VERSION").to_owned()));
    facts.push((tell!(language, "sweep-engine-results"), it.locale.count(i64::from(plan.results))));
    facts.push((tell!(language, "compare-random-numbers"), RANDOM_NUMBERS.to_owned()));
    let row = |(head, value): (String, String)| Row { head, notes: vec![], cells: vec![value.into()] };
    let rows = facts.into_iter().map(row).collect();
    let header = vec![tell!(language, "compare-what"), tell!(language, "compare-value")];
    let cell = it.ranking.as_ref().and_then(|ranking| ranking.cells.first()).map_or(1, |best| best.cell + 1);
    vec![
        Block::Table(Table { caption: None, header, rows, is_of_numbers: false }),
        Block::Text(tell!(language, "sweep-again-about")),
        Block::Command(format!("tellwave sweep plan SWEEP.toml --cell {cell} > cell-{cell}.toml")),
        Block::Command(format!("tellwave run cell-{cell}.toml")),
    ]
}
