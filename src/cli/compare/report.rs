//! The report of a comparison: what stands where. Its sentences and numbers are those of `words`.

use super::super::drawn::Drawn;
use super::super::play::RANDOM_NUMBERS;
use super::super::ratio_words::{self, Why};
use super::super::results::setting_row;
use super::super::summary;
use super::{Comparison, answer, entries, what_if, words};
use crate::experiment::{Programme, RatioMeasure};
use crate::language::{Language, tell};
use crate::projection::Measure;
use crate::report::Dress;
use crate::report::document::{Block, Cell, Chart, Document, Row, Section, Table};
use crate::store::scenario_name;
use std::cmp::Ordering;
use std::collections::BTreeSet;

/// What a programme adds, in the order in which it is told.
const ADDED: [&str; 5] = [
    "incremental_customers",
    "attributed_customers",
    "incremental_revenue",
    "incremental_profit",
    "reward_cost_anyway",
];
const RATIOS: [&str; 4] =
    ["reward_cost_per_incremental", "reward_cost_per_attributed", "return_on_investment", "break_even_reward"];

pub(super) fn document(it: &Comparison, drawn: Vec<Drawn>, dress: Dress) -> Document {
    let language = it.locale.language;
    let mut charts = Charts(drawn);
    let sections = vec![
        section("result", tell!(language, "compare-section-result"), result(it, &mut charts)),
        section(
            "days",
            tell!(language, "compare-section-days"),
            charts.these(&["difference", "customers", "profit", "reach"]),
        ),
        section("actuals", tell!(language, "compare-section-actuals"), actuals(it, &mut charts)),
        section("programmes", tell!(language, "compare-section-programmes"), programmes(it, &mut charts)),
        section("what-if", tell!(language, "compare-section-what-if"), what_if(it, &mut charts)),
        section("numbers", tell!(language, "compare-section-numbers"), numbers(it)),
        section("differences", tell!(language, "compare-section-differences"), differences(it)),
        section("assumptions", tell!(language, "compare-section-assumptions"), assumptions(it)),
        section("reading", tell!(language, "compare-section-reading"), reading(it)),
        section("again", tell!(language, "compare-section-again"), again(it)),
    ];
    let (question, names) = (it.entries[0].scenario.question.clone(), it.names.join(" · "));
    Document {
        language,
        dress,
        kind: tell!(language, "compare-kind"),
        title: question.clone().unwrap_or_else(|| names.clone()),
        question: question.map(|_| names),
        answer: head(it),
        sections: sections.into_iter().filter(|section| !section.blocks.is_empty()).collect(),
    }
}

/// The answer in a few sentences: who comes first, what would change that, and what has to be known with it.
fn head(it: &Comparison) -> Vec<String> {
    answer::answer(it).into_iter().chain(what_if::in_short(it)).chain(words::notes(it)).collect()
}

fn what_if(it: &Comparison, charts: &mut Charts) -> Vec<Block> {
    let Some(what_if) = &it.what_if else { return vec![] };
    let mut blocks = what_if::blocks(it, what_if);
    // The table comes after the chart.
    let table = blocks.pop();
    blocks.into_iter().chain(charts.these(&["tornado"])).chain(table).collect()
}

fn section(anchor: &'static str, title: String, blocks: Vec<Block>) -> Section {
    Section { anchor, title, blocks }
}

/// The charts that are not in their places yet.
struct Charts(Vec<Drawn>);

impl Charts {
    /// Those of these names that there are.
    fn these(&mut self, names: &[&str]) -> Vec<Block> {
        let mut blocks = vec![];
        for name in names {
            if let Some(place) = self.0.iter().position(|drawn| drawn.figure.name == *name) {
                let Drawn { figure, svg, narrow } = self.0.remove(place);
                blocks.push(Block::Chart(Chart { name: figure.name, alternative: figure.title, svg, narrow }));
            }
        }
        blocks
    }
}

/// Who comes first.
fn result(it: &Comparison, charts: &mut Charts) -> Vec<Block> {
    let (header, lines) = words::ranking_table(it);
    let rows = lines.into_iter().map(|mut cells| {
        let head = cells.remove(0);
        Row { head, notes: vec![], cells: stacked(cells) }
    });
    let header = match &header[..] {
        [name, mean, spread, difference, interval, rest @ ..] => {
            let pairs = [[mean, spread], [difference, interval]].map(|[value, note]| format!("{value} · {note}"));
            [name.clone()].into_iter().chain(pairs).chain(rest.iter().cloned()).collect()
        }
        short => short.to_vec(),
    };
    let table = Table { caption: None, header, rows: rows.collect(), is_of_numbers: true };
    let said = words::gain(it).into_iter().chain(words::precision(it)).map(Block::Text);
    charts.these(&["gain"]).into_iter().chain([Block::Table(table)]).chain(said).collect()
}

/// How near each scenario comes to what the firm counted itself.
fn actuals(it: &Comparison, charts: &mut Charts) -> Vec<Block> {
    let Some((header, lines)) = words::fit_table(it) else { return vec![] };
    let row = |mut cells: Vec<String>| {
        let head = cells.remove(0);
        Row { head, notes: vec![], cells: cells.into_iter().map(Cell::from).collect() }
    };
    let rows = lines.into_iter().map(row).collect();
    let about = Block::Text(tell!(it.locale.language, "compare-actuals-about"));
    let table = Block::Table(Table { caption: None, header, rows, is_of_numbers: true });
    [about].into_iter().chain(charts.these(&["actuals"])).chain([table]).collect()
}

/// The cells of the ranking without its names: what belongs to a value stands below it, so that the table fits a page.
fn stacked(cells: Vec<String>) -> Vec<Cell> {
    match &cells[..] {
        [mean, spread, difference, interval, rest @ ..] => {
            let below = |text: &String, note: &String| Cell {
                text: text.clone(),
                note: Some(note.clone()).filter(|note| !note.is_empty()),
            };
            let pairs = [below(mean, spread), below(difference, interval)];
            pairs.into_iter().chain(rest.iter().cloned().map(Cell::from)).collect()
        }
        _ => cells.into_iter().map(Cell::from).collect(),
    }
}

/// What each programme is and adds.
fn programmes(it: &Comparison, charts: &mut Charts) -> Vec<Block> {
    let language = it.locale.language;
    let (mut blocks, mut told): (Vec<Block>, BTreeSet<String>) = (vec![], BTreeSet::new());
    for entry in 0..it.entries.len() {
        let terms = it.entries[entry].scenario.programme(language);
        let terms = if terms.is_empty() { vec![tell!(language, "compare-nobody-is-rewarded")] } else { terms };
        blocks.push(Block::Text(tell!(language, "compare-terms-of", name = it.name_of_entry(entry))));
        blocks.push(Block::List(terms));
        // What is to be said of several is said once.
        let mut notes = it.entries[entry].scenario.notes(language);
        notes.retain(|note| told.insert(note.clone()));
        if !notes.is_empty() {
            blocks.push(Block::List(notes));
        }
    }
    let ranking = it.results.compared.ranking.iter();
    let known: Vec<(usize, &Programme)> =
        ranking.filter_map(|&which| Some((which, it.programmes[which].as_ref()?))).collect();
    if known.is_empty() {
        return blocks;
    }
    blocks.push(Block::Text(tell!(language, "compare-programmes-about")));
    blocks.extend(charts.these(&["incremental"]));
    let header = [String::new()].into_iter().chain(known.iter().map(|&(which, _)| it.names[which].clone()));
    let of_measures = ADDED.iter().filter_map(|name| added(it, name, &known));
    let of_ratios = RATIOS.iter().filter_map(|name| ratio(it, name, &known));
    let days = known.iter().map(|(_, programme)| match programme.payback_day {
        Some(day) => {
            let day = it.locale.count(i64::from(day));
            match programme.gain() {
                Some(Ordering::Equal) => tell!(language, "compare-day-unsure", day = day),
                _ => tell!(language, "compare-day", day = day),
            }
        }
        None => tell!(language, "compare-not-by-the-end"),
    });
    let payback = Row {
        head: tell!(language, "compare-payback"),
        notes: vec![tell!(language, "compare-payback-meaning")],
        cells: days.map(Cell::from).collect(),
    };
    let rows = of_measures.chain(of_ratios).chain([payback]).collect();
    blocks.push(Block::Table(Table { caption: None, header: header.collect(), rows, is_of_numbers: true }));
    blocks.extend(charts.these(&["cost-per-customer", "roi", "payback", "break-even"]));
    blocks
}

/// A measure with its meaning and the name of its projection.
fn named(it: &Comparison, measure: Measure, cells: Vec<Cell>) -> Row {
    let language = it.locale.language;
    let notes = vec![measure.meaning_in(language), measure.name.to_owned()];
    Row { head: measure.label_in(language), notes, cells }
}

/// One of the measures of what a programme adds, for each programme.
fn added(it: &Comparison, name: &str, known: &[(usize, &Programme)]) -> Option<Row> {
    let summaries = known.iter().map(|(_, programme)| programme.comparison_of(name)).collect::<Option<Vec<_>>>()?;
    let cell = |summary: &&crate::experiment::Summary| {
        let words = summary::words(summary, &it.money, &it.locale);
        Cell { text: words.mean, note: Some(words.interval) }
    };
    Some(named(it, summaries[0].measure, summaries.iter().map(cell).collect()))
}

/// One of the ratios, for each programme.
fn ratio(it: &Comparison, name: &str, known: &[(usize, &Programme)]) -> Option<Row> {
    let why = Why { indistinct: String::new(), negative: String::new() };
    let of = |programme: &Programme| programme.ratios.iter().find(|(measure, _)| measure.name == name).copied();
    let found = known.iter().map(|(_, programme)| of(programme)).collect::<Option<Vec<_>>>()?;
    let cell = |ratio: &(RatioMeasure, _)| {
        let row = ratio_words::row(ratio, &why, &it.money, &it.locale);
        Cell { text: row.value, note: Some(row.interval).filter(|interval| !interval.is_empty()) }
    };
    let measure = found[0].0;
    let language = it.locale.language;
    Some(Row {
        head: measure.label_in(language),
        notes: vec![measure.meaning_in(language), measure.name.to_owned()],
        cells: found.iter().map(cell).collect(),
    })
}

/// The mean of each measure in each.
fn numbers(it: &Comparison) -> Vec<Block> {
    let (header, lines) = words::means_table(it);
    let rows = lines
        .into_iter()
        .map(|(measure, means)| named(it, measure, means.into_iter().map(Cell::from).collect()))
        .collect();
    let about = Block::Text(tell!(it.locale.language, "compare-numbers-about"));
    vec![about, Block::Table(Table { caption: None, header, rows, is_of_numbers: true })]
}

/// In what the scenarios differ, key by key.
fn differences(it: &Comparison) -> Vec<Block> {
    let language = it.locale.language;
    let keys = entries::differing(&it.entries);
    if keys.is_empty() {
        return vec![Block::Text(tell!(language, "compare-no-key-differs"))];
    }
    let names = (0..it.entries.len()).map(|entry| it.name_of_entry(entry).to_owned());
    let header = [tell!(language, "compare-key")].into_iter().chain(names).collect();
    let row = |(key, values): (String, Vec<Option<String>>)| Row {
        head: key,
        notes: vec![],
        cells: values.into_iter().map(|value| value.unwrap_or_else(|| "–".to_owned()).into()).collect(),
    };
    let rows = keys.into_iter().map(row).collect();
    vec![Block::Table(Table { caption: None, header, rows, is_of_numbers: false })]
}

/// Every setting of the first scenario, and what it rests on.
fn assumptions(it: &Comparison) -> Vec<Block> {
    let language = it.locale.language;
    // Of the scenario that comes first: it is the one that somebody will act upon.
    let entry = it.entry_of(it.results.compared.ranking[0]);
    let about = tell!(language, "compare-assumptions-about", name = it.name_of_entry(entry));
    let row = |setting| {
        let row = setting_row(setting, language);
        let from = match row.warning {
            Some(warning) => format!("{} · {warning}", row.from),
            None => row.from,
        };
        Row { head: row.key, notes: row.basis, cells: vec![row.value.into(), from.into()] }
    };
    let header =
        vec![tell!(language, "compare-key"), tell!(language, "compare-value"), tell!(language, "compare-from")];
    let rows = it.entries[entry].scenario.settings.iter().map(row).collect();
    let table = Table { caption: None, header, rows, is_of_numbers: false };
    vec![Block::Text(about), Block::Table(table)]
}

/// How to read it.
fn reading(it: &Comparison) -> Vec<Block> {
    let language = it.locale.language;
    let model = tell!(language, "compare-read-model");
    words::how_to_read(it).into_iter().chain([model]).map(Block::Text).collect()
}

/// What it takes to get the same numbers again, and to see what happened.
fn again(it: &Comparison) -> Vec<Block> {
    let language = it.locale.language;
    let files: Vec<String> = (1..=it.entries.len()).map(scenario_name).collect();
    let baseline = match (it.has_none, it.baseline) {
        (true, _) => " --baseline none".to_owned(),
        (false, 0) => String::new(),
        (false, place) => format!(" --baseline {}", files[place]),
    };
    let (by, runs, seed) = (it.results.compared.by.name, it.results.runs, it.seed());
    let flag = match language {
        Language::English => String::new(),
        other => format!(" --lang {other}"),
    };
    let budget = it.equal_budget.as_ref().map_or_else(String::new, |budget| format!(" --equal-budget '{budget}'"));
    // Beside the folder: within it `verify` would find what is not listed.
    let command = format!(
        "tellwave compare {}{baseline}{budget} --by {by} --runs {runs} --seed {seed}{flag} --out ../again",
        files.join(" ")
    );
    let digests = it.entries.iter().zip(&files).map(|(entry, file)| (file.clone(), entry.scenario.digest()));
    let facts = [
        ("Tellwave".to_owned(), env!("CARGO_PKG_VERSION").to_owned()),
        (tell!(language, "compare-seed"), seed.to_string()),
        (tell!(language, "compare-runs-of-each"), it.locale.count(i64::from(runs))),
        (tell!(language, "compare-random-numbers"), RANDOM_NUMBERS.to_owned()),
    ];
    let digests = digests.map(|(file, digest)| (format!("{file}, SHA-256"), digest));
    let row = |(head, value): (String, String)| Row { head, notes: vec![], cells: vec![value.into()] };
    let rows = facts.into_iter().chain(digests).map(row).collect();
    let header = vec![tell!(language, "compare-what"), tell!(language, "compare-value")];
    vec![
        Block::Text(tell!(language, "compare-again-about")),
        Block::Command(command),
        Block::Text(tell!(language, "compare-events-about")),
        Block::Command(format!("tellwave run {} --runs {runs} --log 0 --out ../run-1", files[0])),
        Block::Command("tellwave events run-1".to_owned()),
        Block::Table(Table { caption: None, header, rows, is_of_numbers: false }),
    ]
}
