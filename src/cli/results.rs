//! What a run's results say to people: the report, its sentences and notes. Every number comes from a summary.

use super::summary::{self, Words};
use super::{graph_words, money_words, programme_words, worth_words};
use crate::draw::{Fonts, missing_glyphs};
use crate::experiment::{MoneyUnit, Outcome, Programme, Ratio, RatioMeasure, Statement, Summary};
use crate::figure::Figure;
use crate::graph::measure::Measures;
use crate::report::words::{Currency, count};
use crate::report::{ProgrammeSection, RatioSection, Report, SettingRow, SummaryRow};
use crate::scenario::Scenario;
use crate::scenario::presets::{self, Mark};
use crate::scenario::record::{Setting, Source};
use crate::table::Table;

/// What was played, in the forms that files and people need.
pub(super) struct Played {
    pub scenario: Scenario,
    /// SHA-256 of the resolved scenario.
    pub digest: String,
    pub outcome: Outcome,
    pub money: MoneyUnit,
    pub summaries: Vec<Summary>,
    /// What the programme adds; nothing where no twin was played.
    pub programme: Option<Programme>,
    /// What a customer costs and is worth.
    pub worth: Vec<(RatioMeasure, Ratio)>,
    pub curves: Table,
    /// What the graph is like; that of run 0, if each run grows its own.
    pub graph: Option<Measures>,
    /// Whether each run grows its own.
    pub own_graphs: bool,
}

/// What stands before an amount on a chart: the currency's sign, or its code and a space.
pub(super) fn sign(scenario: &Scenario, fonts: &Fonts) -> String {
    let symbol = scenario.currency.symbol();
    let code = scenario.currency.code();
    if symbol == code || !missing_glyphs(&symbol, fonts).is_empty() { format!("{code} ") } else { symbol }
}

pub(super) fn currency(scenario: &Scenario) -> Currency {
    let (symbol, digits) = (scenario.currency.symbol(), scenario.currency.digits() as u8);
    match scenario.currency.code() {
        code if symbol == code => Currency::Code { code: code.to_owned(), digits },
        _ => Currency::Sign { sign: symbol, digits },
    }
}

/// The charts, each with its SVG: those of every report, and that of the programme.
pub(super) struct Drawn {
    pub figures: Vec<(Figure, String)>,
    pub programme: Option<(Figure, String)>,
}

pub(super) fn report(played: &Played, drawn: Drawn, random_numbers: &str) -> Report {
    let scenario = &played.scenario;
    let currency = currency(scenario);
    let rows = summary::worth_a_line(&played.summaries).map(|summary| SummaryRow {
        what: summary.measure.label.to_owned(),
        meaning: summary.measure.meaning.to_owned(),
        ..summary::words(summary, &played.money, &currency).row()
    });
    let section = |(programme, figure)| ProgrammeSection {
        about: format!("{}. {}", uppercased(programme_words::ABOUT), payback(played, programme)),
        figure,
        rows: programme_words::rows(programme, &played.money, &currency),
        ratios: programme_words::ratio_rows(programme, &played.money, &currency),
    };
    let graph = played.graph.as_ref();
    let (income, rewards) = money_words::rows(&Statement::of(&played.outcome), &played.money, &currency);
    Report {
        title: scenario.name.clone(),
        question: scenario.question.clone(),
        expect: scenario.expect.clone(),
        terms: scenario.programme().iter().map(|term| uppercased(term)).collect(),
        headline: headline(played, &currency),
        figures: drawn.figures,
        programme: played.programme.as_ref().zip(drawn.programme).map(section),
        summary: rows.collect(),
        worth: (!played.worth.is_empty()).then(|| RatioSection {
            title: worth_words::TITLE.to_owned(),
            about: format!("{}.", uppercased(worth_words::ABOUT)),
            ratios: worth_words::rows(&played.worth, &played.money, &currency),
        }),
        income,
        rewards,
        graph: graph.map_or(vec![], |measures| graph_words::rows(measures, played.own_graphs)),
        settings: scenario.settings.iter().map(setting_row).collect(),
        notes: notes(played).into_iter().chain([OF_ANY_RUNS.to_owned()]).collect(),
        provenance: vec![
            ("Tellwave".to_owned(), env!("CARGO_PKG_VERSION").to_owned()),
            ("Scenario SHA-256".to_owned(), played.digest.clone()),
            ("Seed".to_owned(), scenario.seed.0.to_string()),
            ("Runs".to_owned(), count(i64::from(scenario.runs))),
            ("Random numbers".to_owned(), random_numbers.to_owned()),
        ],
    }
}

/// When the programme has paid for itself.
pub(super) fn payback(played: &Played, programme: &Programme) -> String {
    programme_words::payback(programme, played.scenario.horizon().day_closing())
}

fn uppercased(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

/// A setting, who gave it, and what it rests on.
fn setting_row(setting: &Setting) -> SettingRow {
    let citations = presets::citations(setting);
    let basis = citations.iter().map(|citation| {
        let range = citation.range.as_ref().map_or(String::new(), |range| format!(" Range: {range}."));
        // An assumption is said to be one beside the value already.
        let mark = match citation.mark {
            Mark::Assumption => String::new(),
            mark => format!(" ({})", mark.words()),
        };
        format!("{}.{range}{mark}", citation.source)
    });
    SettingRow {
        key: setting.key.clone(),
        value: setting.value.clone(),
        from: match setting.source {
            Source::CommandLine => "command line".to_owned(),
            Source::File => "file".to_owned(),
            Source::Preset(name) => format!("preset {name}"),
            Source::Default => "default".to_owned(),
        },
        warning: presets::best_mark(&citations).and_then(Mark::warning).map(str::to_owned),
        basis: basis.collect(),
    }
}

fn find<'p>(played: &'p Played, name: &str) -> Option<&'p Summary> {
    played.summaries.iter().find(|summary| summary.measure.name == name)
}

/// The outcome in sentences.
fn headline(played: &Played, currency: &Currency) -> Vec<String> {
    let mut said = vec![];
    let words = |summary: &Summary| summary::words(summary, &played.money, currency);
    let stopped = played.outcome.stopped();
    if stopped > 0 {
        let (stopped, runs) = (count(stopped as i64), count(i64::from(played.scenario.runs)));
        said.push(format!("{stopped} of {runs} runs were stopped at the limit of customers: what follows is too low."));
    }
    if let (Some(by_word), Some(first)) = (find(played, "customers_by_word"), find(played, "customers_otherwise"))
        && first.estimate.mean > 0.0
    {
        let known = match by_word.estimate.half_width {
            Some(_) => format!(" (95 % interval of the mean: {})", words(by_word).interval),
            None => String::new(),
        };
        let (first, ratio) = (first.estimate.mean, by_word.estimate.mean / first.estimate.mean);
        let is_paid = |name: &str| find(played, name).is_some_and(|summary| summary.estimate.mean > 0.0);
        let people = match (first == 1.0, is_paid("customers_by_influencer") || is_paid("customers_by_advertising")) {
            (_, true) => "customers whom no word brought (first customers, and those whom paid reach won)",
            (true, false) => "first customer",
            (false, false) => "first customers",
        };
        let (first, more) = (count(first.round() as i64), words(by_word).mean);
        said.push(format!("{first} {people} brought {more} more by word of mouth{known}: {ratio:.2} for each."));
    }
    if let Some(reach) = find(played, "reach") {
        let Words { mean, low, high, .. } = words(reach);
        said.push(format!("{mean} people heard at least one word on average; in nine of ten runs {low} to {high}."));
    }
    if let (Some(cost), Some(profit)) = (find(played, "reward_cost"), find(played, "profit")) {
        let profit = words(profit).mean;
        let cost_mean = words(cost).mean;
        match &played.programme {
            Some(programme) => {
                let others = find(played, "other_cost").filter(|others| others.estimate.mean > 0.0);
                let others = others.map_or(String::new(), |others| format!(", other costs are {}", words(others).mean));
                said.push(format!(
                    "Rewards cost {cost_mean} on average{others}. The profit after all that is {profit}."
                ));
                said.extend(programme_words::headline(programme, &played.money, currency));
            }
            None if cost.estimate.mean > 0.0 => said.push(format!(
                "Rewards cost {cost_mean} on average. The profit after them is {profit}; it is not what the programme \
                 adds, for most of these customers may have come without it. Play it without --no-twin to compare."
            )),
            None => said.push(format!("The profit is {profit} on average, first customers included.")),
        }
    }
    said
}

/// What is to be said of these runs in particular.
pub(super) fn notes(played: &Played) -> Vec<String> {
    let mut notes = played.scenario.notes.clone();
    if played.outcome.stopped() > 0 {
        notes.push(
            "Runs stopped at stop_at_customers were not played to their end: their totals are lower bounds.".into(),
        );
    }
    if let Some(twins) = played.programme.as_ref().map(|programme| programme.stopped).filter(|&stopped| stopped > 0) {
        notes.push(format!(
            "{} of the runs without the programme were stopped at stop_at_customers: what the programme adds is not known \
             where either of a pair was.",
            count(twins as i64)
        ));
    }
    notes
}

/// What is to be said of any runs.
const OF_ANY_RUNS: &str = "The interval says how precisely the mean is known from so many runs; the band says how much \
                           single runs differ. Neither says how well the scenario describes your market.";
