//! What a run's results say to people: the report, its sentences and notes. Every number comes from a summary.

use super::play::{self, Fork};
use super::summary::{self, Words};
use super::{fork_words, graph_words, money_words, programme_words, worth_words};
use crate::draw::{Fonts, missing_glyphs};
use crate::experiment::{Forked, MoneyUnit, Outcome, Programme, Ratio, RatioMeasure, Statement, Summary};
use crate::figure::Figure;
use crate::graph::measure::Measures;
use crate::language::Language;
use crate::report::words::{Currency, Locale, count};
use crate::report::{ForkSection, ProgrammeSection, RatioSection, Report, SettingRow, SummaryRow};
use crate::scenario::Scenario;
use crate::scenario::presets::{self, Mark};
use crate::scenario::record::{Setting, Source};
use crate::table::Table;

/// What was played, in the forms that files and people need.
pub(super) struct Played {
    pub scenario: Scenario,
    /// Where the runs were forked, if they were.
    pub fork: Option<Fork>,
    /// SHA-256 of the resolved scenario.
    pub digest: String,
    pub outcome: Outcome,
    pub money: MoneyUnit,
    /// How numbers are written, and in which language.
    pub locale: Locale,
    pub summaries: Vec<Summary>,
    /// What the programme adds; nothing where no twin was played.
    pub programme: Option<Programme>,
    /// What the fork changes; nothing where there is none.
    pub forked: Option<Forked>,
    /// What a customer costs and is worth.
    pub worth: Vec<(RatioMeasure, Ratio)>,
    pub curves: Table,
    /// What the graph is like; that of run 0, if each run grows its own.
    pub graph: Option<Measures>,
    /// Whether each run grows its own.
    pub own_graphs: bool,
    /// How long playing took, without growing the graph and writing results. Never in a file: files are the same each time.
    pub seconds_playing: f64,
    /// The memory that it was to need \[bytes\].
    pub memory_reckoned: u64,
}

impl Played {
    /// What was played, for headings.
    pub fn title(&self) -> String {
        play::title(&self.scenario, self.fork.as_ref())
    }
}

/// What stands before an amount on a chart: the currency's sign, or its code and a space.
pub(super) fn sign(scenario: &Scenario, fonts: &Fonts) -> String {
    let symbol = scenario.currency.symbol();
    let code = scenario.currency.code();
    if symbol == code || !missing_glyphs(&symbol, fonts).is_empty() { format!("{code} ") } else { symbol }
}

/// How its numbers are written in a language.
pub(super) fn locale(scenario: &Scenario, language: Language) -> Locale {
    Locale { language, currency: currency(scenario) }
}

fn currency(scenario: &Scenario) -> Currency {
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
    pub fork: Option<Vec<(Figure, String)>>,
}

pub(super) fn report(played: &Played, drawn: Drawn, random_numbers: &str) -> Report {
    let scenario = &played.scenario;
    let locale = &played.locale;
    let rows = summary::worth_a_line(&played.summaries).map(|summary| SummaryRow {
        what: summary.measure.label.to_owned(),
        meaning: summary.measure.meaning.to_owned(),
        ..summary::words(summary, &played.money, locale).row()
    });
    let section = |(programme, figure)| ProgrammeSection {
        about: format!("{}. {}", uppercased(programme_words::ABOUT), payback(played, programme)),
        figure,
        rows: programme_words::rows(programme, &played.money, locale),
        ratios: programme_words::ratio_rows(programme, &played.money, locale),
    };
    let fork_section = |((forked, fork), figures): ((&Forked, &Fork), _)| ForkSection {
        title: fork_words::TITLE.to_owned(),
        about: format!("{}.", uppercased(&fork_words::about(fork.day, played.outcome.rows.len()))),
        day: fork.day,
        changes: fork_words::change_rows(&scenario.changes_to(&fork.other)),
        figures,
        rows: fork_words::rows(forked, &played.money, locale),
    };
    // Of forked runs, those are told that hold in the end.
    let last = played.fork.as_ref().map_or(scenario, |fork| &fork.other);
    let graph = played.graph.as_ref();
    let (income, rewards) = money_words::rows(&Statement::of(&played.outcome), &played.money, locale);
    Report {
        title: played.title(),
        // What a scenario asks and expects, it says of runs that hold to it from the first day.
        question: match &played.fork {
            None => scenario.question.clone(),
            Some(fork) => Some(format!("What if other terms had held after day {}?", fork.day)),
        },
        expect: scenario.expect.clone().filter(|_| played.fork.is_none()),
        terms: terms(played),
        headline: headline(played),
        figures: drawn.figures,
        programme: played.programme.as_ref().zip(drawn.programme).map(section),
        fork: played.forked.as_ref().zip(played.fork.as_ref()).zip(drawn.fork).map(fork_section),
        summary: rows.collect(),
        worth: (!played.worth.is_empty()).then(|| RatioSection {
            title: worth_words::TITLE.to_owned(),
            about: format!("{}.", uppercased(worth_words::ABOUT)),
            ratios: worth_words::rows(&played.worth, &played.money, locale),
        }),
        income,
        rewards,
        graph: graph.map_or(vec![], |measures| graph_words::rows(measures, played.own_graphs, locale.language)),
        settings: last.settings.iter().map(setting_row).collect(),
        notes: notes(played).into_iter().chain([OF_ANY_RUNS.to_owned()]).collect(),
        provenance: provenance_rows(played, random_numbers),
    }
}

/// The programme in words; of forked runs, that of before and that of after, where they differ.
fn terms(played: &Played) -> Vec<String> {
    let all = |scenario: &Scenario| scenario.programme().iter().map(|term| uppercased(term)).collect::<Vec<_>>();
    let old = all(&played.scenario);
    let Some(Fork { other, day }) = &played.fork else { return old };
    let new = all(other);
    if old == new {
        return old;
    }
    let when = |when: &str, terms: Vec<String>| -> Vec<String> {
        let none = terms.is_empty().then(|| format!("{when} day {day}: nobody is rewarded"));
        terms.into_iter().map(|term| format!("{when} day {day}: {term}")).chain(none).collect()
    };
    [when("Up to", old), when("After", new)].concat()
}

/// What it takes to get the same numbers again.
fn provenance_rows(played: &Played, random_numbers: &str) -> Vec<(String, String)> {
    let (first, runs) = (played.outcome.first, played.outcome.rows.len());
    let runs = match (first, runs) {
        (0, runs) => count(runs as i64),
        (first, 1) => format!("run {first} alone"),
        (first, runs) => format!("{} from run {first} on", count(runs as i64)),
    };
    let fork = played.fork.as_ref().map(|fork| {
        [
            ("Forked", format!("where day {} closes", fork.day)),
            ("SHA-256 of the scenario after it", fork.other.digest()),
        ]
    });
    let mut rows = vec![
        ("Tellwave", env!("CARGO_PKG_VERSION").to_owned()),
        ("Scenario SHA-256", played.digest.clone()),
        ("Seed", played.scenario.seed.0.to_string()),
        ("Runs", runs),
        ("Random numbers", random_numbers.to_owned()),
    ];
    rows.splice(2..2, fork.into_iter().flatten());
    rows.into_iter().map(|(what, value)| (what.to_owned(), value)).collect()
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
pub(super) fn setting_row(setting: &Setting) -> SettingRow {
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
fn headline(played: &Played) -> Vec<String> {
    let mut said = vec![];
    let locale = &played.locale;
    let words = |summary: &Summary| summary::words(summary, &played.money, locale);
    let stopped = played.outcome.stopped();
    if stopped > 0 {
        let (stopped, runs) = (count(stopped as i64), count(played.outcome.rows.len() as i64));
        said.push(format!("{stopped} of {runs} runs were stopped at the limit of customers: what follows is too low."));
    }
    if let (Some(fork), Some(forked)) = (&played.fork, &played.forked) {
        let runs = played.outcome.rows.len();
        said.extend(fork_words::headline(forked, fork.day, runs, &played.money, locale));
        return said;
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
                said.extend(programme_words::headline(programme, &played.money, locale));
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
    let mut notes = played.fork.as_ref().map_or(&played.scenario, |fork| &fork.other).notes.clone();
    if let Some(Fork { other, day }) = &played.fork {
        notes.extend(fork_words::notes(&played.scenario.changes_to(other), *day));
    }
    if played.outcome.stopped() > 0 {
        notes.push(
            "Runs stopped at stop_at_customers were not played to their end: their totals are lower bounds.".into(),
        );
    }
    if let Some(twins) = played.forked.as_ref().map(|forked| forked.stopped).filter(|&stopped| stopped > 0) {
        notes.push(format!(
            "{} of the runs under the old terms were stopped at stop_at_customers: what the new terms change is not known \
             where either of a pair was.",
            count(twins as i64)
        ));
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
