//! The answer of a sweep in a few sentences: which cells are best and what cannot be told from them, what matters most, where it takes
//! off, and what is missing.

use super::best;
use super::matters::matters;
use super::taught::Taught;
use crate::language::tell;
use crate::report::words::Quantity;
use crate::sensitivity::threshold::Crossing;
use crate::sweep::lessons::{CrossingOf, HALF, Phase, Ranked, Ranking, Response};

/// How many cells, lines and factors the answer names.
pub(super) const NAMED: usize = 4;

/// The answer.
pub(super) fn answer(it: &Taught) -> Vec<String> {
    let best = match &it.ranking {
        Some(ranking) => of_best(it, ranking),
        None => vec![none(it)],
    };
    let matters = matters(it).filter(|_| it.ranking.is_some());
    let phase = it.phase.iter().flat_map(|(response, phase)| take_off(it, response, phase));
    // Of cells that were drawn, the best is one that chance hit upon.
    let first: Vec<String> = match it.is_drawn() {
        true => matters.into_iter().chain(best).collect(),
        false => best.into_iter().chain(matters).collect(),
    };
    gaps(it).into_iter().chain(first).chain(phase).collect()
}

/// Why there is no best cell.
fn none(it: &Taught) -> String {
    let (language, metric) = (it.language(), it.response.metric);
    let known = (0..it.response.cells()).find_map(|cell| it.response.known(cell));
    match known {
        Some(known) => tell!(language, "sweep-answer-flat", label = it.label(metric), mean = it.mean(known, metric)),
        None => tell!(language, "sweep-answer-nothing", label = it.label(metric)),
    }
}

/// Which cells are best.
fn of_best(it: &Taught, ranking: &Ranking) -> Vec<String> {
    let (language, metric) = (it.language(), it.response.metric);
    let Some(first) = ranking.cells.first() else { return vec![] };
    let (label, cell) = (it.label(metric), it.cell(first.cell));
    let mean = it.to_width(first.known.mean, best::width(it, ranking), metric);
    let first_said = match it.interval(first.known, metric) {
        Some(interval) => {
            tell!(language, "sweep-answer-best", label = label, cell = cell, mean = mean, interval = interval)
        }
        None => tell!(language, "sweep-answer-best-alone", label = label, cell = cell, mean = mean),
    };
    let alike: Vec<&Ranked> = ranking.alike().collect();
    let others = alike.len() - 1;
    let how = match ranking.is_paired {
        true => tell!(language, "sweep-answer-paired"),
        false => tell!(language, "sweep-answer-unpaired"),
    };
    let first_said = match ranking.ties() {
        0 => first_said,
        ties => {
            let tie = tell!(language, "sweep-answer-tie", ties = ties, text = it.locale.count(ties as i64));
            tell!(language, "sweep-after", one = first_said, other = tie)
        }
    };
    if ranking.cells.len() == 1 {
        return vec![first_said];
    }
    if it.plan.runs < 2 {
        return vec![first_said, tell!(language, "sweep-answer-one-run")];
    }
    let text = it.locale.count(others as i64);
    let second_said = match others {
        0 => tell!(language, "sweep-answer-clear", how = how),
        _ if alike.len() == ranking.cells.len() => tell!(language, "sweep-answer-all-alike", how = how),
        _ => {
            let ranges = ranges(it, &alike);
            tell!(language, "sweep-answer-alike", others = others, text = text, ranges = ranges, how = how)
        }
    };
    vec![first_said, second_said]
}

/// From where to where each factor goes among cells: "reward 2 USD to 4 USD, network small world".
fn ranges(it: &Taught, cells: &[&Ranked]) -> String {
    let of_factor = |factor: usize| {
        let of = &it.plan.factors[factor];
        let place = |ranked: &&Ranked| it.plan.cells[ranked.cell][factor];
        let mut all: Vec<(f64, String)> =
            cells.iter().map(|ranked| (of.number(place(ranked)).unwrap_or(0.0), it.short(of, place(ranked)))).collect();
        if of.is_number() {
            all.sort_by(|a, b| a.0.total_cmp(&b.0));
            let (low, high) = (&all[0].1, &all[all.len() - 1].1);
            let range = if low == high { low.clone() } else { it.locale.range(low, high) };
            return format!("{} = {range}", of.name);
        }
        let mut labels: Vec<String> = vec![];
        all.into_iter().filter(|(_, label)| !label.is_empty()).for_each(|(_, label)| {
            if !labels.contains(&label) {
                labels.push(label);
            }
        });
        let or = tell!(it.language(), "sweep-or");
        format!("{} = {}", of.name, labels.join(&or))
    };
    let varies = |factor: &usize| it.plan.factors[*factor].levels() != Some(1);
    (0..it.plan.factors.len()).filter(varies).map(of_factor).collect::<Vec<_>>().join(", ")
}

/// Where each line crosses one half, in a sentence each; in one where none does.
fn take_off(it: &Taught, response: &Response, phase: &Phase) -> Vec<String> {
    let (language, label) = (it.language(), it.label(response.metric));
    let crosses = |line: &&CrossingOf| !line.crossings.is_empty();
    if !phase.crossings.iter().any(|line| crosses(&line)) {
        // Lines may be means over other factors: what is so everywhere, only cells can say.
        let means: Vec<f64> = (0..response.cells()).filter_map(|cell| response.mean(cell)).collect();
        return match means.iter().filter(|mean| **mean >= HALF).count() {
            0 => vec![tell!(language, "sweep-takes-off-nowhere", label = label)],
            all if all == means.len() => vec![tell!(language, "sweep-takes-off-everywhere", label = label)],
            _ => vec![],
        };
    }
    let factor = it.plan.factors[phase.lines.factor].name.as_str();
    let crossing = |line: &CrossingOf| {
        let [at, interval] = places(it, phase.lines.factor, &line.crossings);
        match line.level {
            None => tell!(language, "sweep-takes-off-at", factor = factor, at = at, interval = interval),
            Some(_) => {
                let line = whose(it, phase, line);
                tell!(language, "sweep-takes-off-at-line", line = line, factor = factor, at = at, interval = interval)
            }
        }
    };
    let found: Vec<&CrossingOf> = phase.crossings.iter().filter(crosses).collect();
    if let Some(by) = phase.lines.by.filter(|_| found.len() > NAMED) {
        let at = || found.iter().flat_map(|line| &line.crossings).map(|crossing| crossing.position);
        let [low, high] = [at().fold(f64::INFINITY, f64::min), at().fold(f64::NEG_INFINITY, f64::max)];
        let range = it.in_unit(phase.lines.factor, &it.locale.interval(low, high, Quantity::Plain));
        let by = it.plan.factors[by].name.as_str();
        return vec![tell!(language, "sweep-takes-off-range", label = label, factor = factor, range = range, by = by)];
    }
    let found: Vec<String> = found.into_iter().map(crossing).collect();
    let semicolon = tell!(language, "sweep-semicolon");
    [tell!(language, "sweep-takes-off-head", label = label, lines = found.join(&semicolon))].into()
}

/// Whose line it is: a level of the other factor, or all cells.
pub(super) fn whose(it: &Taught, phase: &Phase, line: &CrossingOf) -> String {
    match (phase.lines.by, line.level) {
        (Some(by), Some(level)) => format!("{} = {}", it.plan.factors[by].name, it.level(by, level)),
        _ => tell!(it.language(), "sweep-all-cells"),
    }
}

/// Where a line crosses, once or more, and the intervals.
pub(super) fn places(it: &Taught, factor: usize, crossings: &[Crossing]) -> [String; 2] {
    let both: Vec<[String; 2]> = crossings.iter().map(|crossing| place(it, factor, crossing)).collect();
    [0, 1].map(|part| both.iter().map(|both| both[part].clone()).collect::<Vec<_>>().join("; "))
}

/// Where a line crosses, and the interval of it.
fn place(it: &Taught, factor: usize, crossing: &Crossing) -> [String; 2] {
    let language = it.language();
    let plain = Quantity::Plain;
    let ends = crossing.interval.unwrap_or([None, None]);
    // As precisely as the interval bears out; where it is open, by the distance to the end that there is.
    let [low, high] = match ends {
        [Some(low), Some(high)] => [low, high],
        [Some(end), None] | [None, Some(end)] => [end.min(crossing.position), end.max(crossing.position)],
        [None, None] => [crossing.position; 2],
    };
    let unit = |text: String| it.in_unit(factor, &text);
    let number = |value: f64| unit(it.locale.estimate(value, low, high, plain));
    let interval = match ends {
        [Some(low), Some(high)] => unit(it.locale.interval(low, high, plain)),
        [Some(low), None] => tell!(language, "sweep-from", end = number(low)),
        [None, Some(high)] => tell!(language, "sweep-up-to", end = number(high)),
        [None, None] => tell!(language, "sweep-anywhere"),
    };
    [number(crossing.position), interval]
}

/// What is missing: then nobody knows which cell is the best of all.
fn gaps(it: &Taught) -> Option<String> {
    let missing = it.response.missing().len();
    let finished = it.response.cells() - missing;
    let [all, text] = [it.response.cells(), finished].map(|cells| it.locale.count(cells as i64));
    (missing > 0).then(|| tell!(it.language(), "sweep-answer-gaps", finished = finished, text = text, all = all))
}
