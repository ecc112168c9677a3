//! What a run's results say to people: the report, its sentences and notes. Every number comes from a summary.

use super::drawn::Drawn;
use super::pictures::Picture;
use super::play::{self, Fork};
use super::summary::{self, Words};
use super::{fork_words, graph_words, money_words, programme_words, worth_words};
use crate::experiment::{Actuals, Forked, MoneyUnit, Outcome, Programme, Ratio, RatioMeasure, Statement, Summary};
use crate::figure::Figure;
use crate::graph::measure::Measures;
use crate::language::{Language, tell};
use crate::report::words::{Currency, Locale};
use crate::report::{
    CloserFigure, CloserSection, Dress, ForkSection, ProgrammeSection, Report, SettingRow, SummaryRow,
};
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
    /// What the firm counted itself.
    pub actuals: Option<Actuals>,
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
        play::title(&self.scenario, self.fork.as_ref(), self.locale.language)
    }
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

/// The charts that were drawn.
pub(super) struct Charts {
    /// Of what a fork changes; none where there is none.
    pub fork: Vec<Drawn>,
    /// Those of every report.
    pub figures: Vec<Drawn>,
    pub programme: Option<Drawn>,
    /// Those of the runs that were heard closely.
    pub closer: Vec<Closer>,
    /// How many runs were heard closely.
    pub heard: usize,
}

/// A chart, and how it is read.
pub(super) struct Closer {
    pub drawn: Drawn,
    pub reading: String,
}

pub(super) fn report(
    played: &Played,
    (charts, pictures): (Charts, Vec<Picture>),
    dress: Dress,
    random_numbers: &str,
) -> Report {
    let scenario = &played.scenario;
    let locale = &played.locale;
    let language = locale.language;
    let rows = summary::worth_a_line(&played.summaries).map(|summary| SummaryRow {
        what: summary.measure.label_in(language),
        meaning: summary.measure.meaning_in(language),
        ..summary::words(summary, &played.money, locale).row()
    });
    let section = |(programme, figure)| ProgrammeSection {
        about: told_together(vec![tell!(language, "programme-about"), payback(played, programme)], language),
        figure,
        rows: programme_words::rows(programme, &played.money, locale),
        ratios: programme_words::ratio_rows(programme, &played.money, locale),
    };
    let with_svg = Drawn::for_any_screen;
    let forked_figures: Vec<(Figure, String)> = charts.fork.into_iter().map(with_svg).collect();
    let fork_section = |(forked, fork): (&Forked, &Fork)| ForkSection {
        about: fork_words::about(fork.day, played.outcome.rows.len(), language),
        day: fork.day,
        changes: fork_words::change_rows(&scenario.changes_to(&fork.other)),
        figures: forked_figures,
        rows: fork_words::rows(forked, &played.money, locale),
    };
    // Of forked runs, those are told that hold in the end.
    let last = played.fork.as_ref().map_or(scenario, |fork| &fork.other);
    let graph = played.graph.as_ref();
    let (income, rewards) = money_words::rows(&Statement::of(&played.outcome), &played.money, locale);
    Report {
        dress,
        language,
        title: played.title(),
        // What a scenario asks and expects, it says of runs that hold to it from the first day.
        question: match &played.fork {
            None => scenario.question.clone(),
            Some(fork) => Some(tell!(language, "report-fork-question", day = fork.day)),
        },
        expect: scenario.expect.clone().filter(|_| played.fork.is_none()),
        terms: terms(played),
        headline: headline(played),
        figures: charts.figures.into_iter().map(with_svg).collect(),
        programme: played.programme.as_ref().zip(charts.programme.map(with_svg)).map(section),
        fork: played.forked.as_ref().zip(played.fork.as_ref()).map(fork_section),
        closer: closer_section(charts.closer, charts.heard, pictures, locale),
        summary: rows.collect(),
        worth: worth_words::rows(&played.worth, &played.money, locale),
        income,
        rewards,
        graph: graph.map_or(vec![], |measures| graph_words::rows(measures, played.own_graphs, language)),
        settings: last.settings.iter().map(|setting| setting_row(setting, language)).collect(),
        notes: notes(played).into_iter().chain([tell!(language, "note-of-any-runs")]).collect(),
        provenance: provenance_rows(played, random_numbers),
    }
}

/// The charts of the runs that were heard closely, and the pictures of the first of them; nothing if there are none.
fn closer_section(charts: Vec<Closer>, heard: usize, pictures: Vec<Picture>, locale: &Locale) -> Option<CloserSection> {
    let language = locale.language;
    let chart = |Closer { drawn, reading }: Closer| {
        let (figure, svg) = drawn.for_any_screen();
        CloserFigure { link: None, title: figure.title, svg: Some(svg), reading }
    };
    let picture = |picture: Picture| CloserFigure {
        link: Some(picture.name.to_owned()),
        svg: picture.is_shown().then_some(picture.svg),
        title: picture.title,
        reading: picture.reading,
    };
    let figures: Vec<CloserFigure> = charts.into_iter().map(chart).chain(pictures.into_iter().map(picture)).collect();
    let about = match heard {
        1 => tell!(language, "figure-section-about-one"),
        _ => tell!(language, "figure-section-about", heard = locale.count(heard as i64)),
    };
    (!figures.is_empty()).then_some(CloserSection { about, figures })
}

/// The programme in words; of forked runs, that of before and that of after, where they differ.
fn terms(played: &Played) -> Vec<String> {
    let language = played.locale.language;
    let old = played.scenario.programme(language);
    let alone = |terms: &[String]| terms.iter().map(|term| uppercased(term)).collect();
    let Some(Fork { other, day }) = &played.fork else { return alone(&old) };
    let new = other.programme(language);
    if old == new {
        return alone(&old);
    }
    let all = |terms: Vec<String>| match (terms.is_empty(), language) {
        (true, _) => vec![tell!(language, "nobody-is-rewarded")],
        (false, Language::English) => alone(&terms),
        // Elsewhere a colon is followed by a small letter.
        (false, _) => terms,
    };
    let before = all(old).into_iter().map(|term| tell!(language, "terms-up-to-day", day = *day, term = term));
    let after = all(new).into_iter().map(|term| tell!(language, "terms-after-day", day = *day, term = term));
    before.chain(after).collect()
}

/// What it takes to get the same numbers again.
fn provenance_rows(played: &Played, random_numbers: &str) -> Vec<(String, String)> {
    let (first, runs) = (played.outcome.first, played.outcome.rows.len());
    let language = played.locale.language;
    let number = played.locale.count(runs as i64);
    let runs = match (first, runs) {
        (0, _) => number,
        (first, 1) => tell!(language, "provenance-run-alone", first = first),
        (first, _) => tell!(language, "provenance-runs-from", runs = number, first = first),
    };
    let fork = played.fork.as_ref().map(|fork| {
        [
            (tell!(language, "provenance-forked"), tell!(language, "provenance-forked-where", day = fork.day)),
            (tell!(language, "provenance-scenario-after"), fork.other.digest()),
        ]
    });
    let mut rows = vec![
        ("Tellwave".to_owned(), env!("CARGO_PKG_VERSION").to_owned()),
        (tell!(language, "provenance-scenario"), played.digest.clone()),
        (tell!(language, "provenance-seed"), played.scenario.seed.0.to_string()),
        (tell!(language, "provenance-runs"), runs),
        (tell!(language, "provenance-random-numbers"), random_numbers.to_owned()),
    ];
    rows.splice(2..2, fork.into_iter().flatten());
    rows
}

/// When the programme has paid for itself.
pub(super) fn payback(played: &Played, programme: &Programme) -> String {
    programme_words::payback(programme, played.scenario.horizon().day_closing(), played.locale.language)
}

/// Sentences one after the other.
pub(super) fn told_together(sentences: Vec<String>, language: Language) -> String {
    sentences.join(if language == Language::Chinese { "" } else { " " })
}

fn uppercased(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

/// A setting, who gave it, and what it rests on.
pub(super) fn setting_row(setting: &Setting, language: Language) -> SettingRow {
    let citations = presets::citations(setting);
    let basis = citations.iter().map(|citation| {
        let basis = match &citation.range {
            None => format!("{}.", citation.source),
            Some(range) => tell!(language, "basis-range", source = &*citation.source, range = &**range),
        };
        // An assumption is said to be one beside the value already.
        match citation.mark {
            Mark::Assumption => basis,
            mark => tell!(language, "basis-marked", basis = basis, mark = mark.words_in(language)),
        }
    });
    SettingRow {
        key: setting.key.clone(),
        value: setting.value.clone(),
        from: match setting.source {
            Source::CommandLine => tell!(language, "from-command-line"),
            Source::File => tell!(language, "from-file"),
            Source::Preset(name) => tell!(language, "from-preset", preset = name),
            Source::Default => tell!(language, "from-default"),
        },
        warning: presets::best_mark(&citations).and_then(|mark| mark.warning_in(language)),
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
    let language = locale.language;
    let words = |summary: &Summary| summary::words(summary, &played.money, locale);
    let stopped = played.outcome.stopped();
    if stopped > 0 {
        let [stopped, runs] = [stopped, played.outcome.rows.len()].map(|number| locale.count(number as i64));
        said.push(tell!(language, "headline-stopped", stopped = stopped, runs = runs));
    }
    if let (Some(fork), Some(forked)) = (&played.fork, &played.forked) {
        let runs = played.outcome.rows.len();
        said.extend(fork_words::headline(forked, fork.day, runs, &played.money, locale));
        return said;
    }
    said.extend(by_word(played));
    if let Some(reach) = find(played, "reach") {
        let Words { mean, low, high, .. } = words(reach);
        said.push(tell!(language, "headline-reach", mean = mean, low = low, high = high));
    }
    if let (Some(cost), Some(profit)) = (find(played, "reward_cost"), find(played, "profit")) {
        let profit = words(profit).mean;
        let cost_mean = words(cost).mean;
        match &played.programme {
            Some(programme) => {
                let others = find(played, "other_cost").filter(|others| others.estimate.mean > 0.0);
                said.push(match others.map(|others| words(others).mean) {
                    None => tell!(language, "headline-cost", cost = cost_mean, profit = profit),
                    Some(others) => {
                        tell!(language, "headline-cost-and-others", cost = cost_mean, others = others, profit = profit)
                    }
                });
                said.extend(programme_words::headline(programme, &played.money, locale));
            }
            None if cost.estimate.mean > 0.0 => {
                said.push(tell!(language, "headline-cost-alone", cost = cost_mean, profit = profit));
            }
            None => said.push(tell!(language, "headline-profit", profit = profit)),
        }
    }
    said
}

/// How many customers those whom no word brought have brought.
fn by_word(played: &Played) -> Option<String> {
    let (by_word, first) = (find(played, "customers_by_word")?, find(played, "customers_otherwise")?);
    if first.estimate.mean <= 0.0 {
        return None;
    }
    let (locale, language) = (&played.locale, played.locale.language);
    let Words { mean: more, interval, .. } = summary::words(by_word, &played.money, locale);
    let known = if by_word.estimate.half_width.is_some() { "yes" } else { "no" };
    let people = first.estimate.mean;
    let ratio = language.number(by_word.estimate.mean / people, 2);
    let first = locale.count(people.round() as i64);
    let is_paid = |name: &str| find(played, name).is_some_and(|summary| summary.estimate.mean > 0.0);
    Some(if is_paid("customers_by_influencer") || is_paid("customers_by_advertising") {
        tell!(
            language,
            "headline-by-word-beside-paid",
            first = first,
            more = more,
            known = known,
            interval = interval,
            ratio = ratio
        )
    } else {
        tell!(
            language,
            "headline-by-word",
            first = first,
            people = people,
            more = more,
            known = known,
            interval = interval,
            ratio = ratio
        )
    })
}

/// How near the runs come to what the firm counted itself; nothing where no day is in both.
fn fit_in_words(played: &Played, actuals: &Actuals) -> Option<String> {
    let curve = |kind: &str| {
        let column = played.curves.column(&format!("{}_{kind}", actuals.measure));
        column.map(|column| column.values.reals()).unwrap_or_default()
    };
    let fit = actuals.fit(&curve("median"), &curve("p05"), &curve("p95"))?;
    let count = |days: usize| played.locale.count(days as i64);
    let relative = fit.relative.map_or_else(|| "–".to_owned(), |share| played.locale.percent(share));
    let (within, days) = (count(fit.within), count(fit.days));
    Some(tell!(played.locale.language, "note-fit", relative = relative, within = within, days = days))
}

/// What is to be said of these runs in particular.
pub(super) fn notes(played: &Played) -> Vec<String> {
    let language = played.locale.language;
    let scenario = played.fork.as_ref().map_or(&played.scenario, |fork| &fork.other);
    let mut notes = scenario.notes(language);
    if let Some(Fork { other, day }) = &played.fork {
        notes.extend(fork_words::notes(&played.scenario.changes_to(other), *day, language));
    }
    if played.outcome.stopped() > 0 {
        notes.push(tell!(language, "note-stopped"));
    }
    notes.extend(played.actuals.as_ref().and_then(|actuals| fit_in_words(played, actuals)));
    let count =
        |stopped: usize| Some(stopped).filter(|&twins| twins > 0).map(|twins| played.locale.count(twins as i64));
    if let Some(twins) = played.forked.as_ref().and_then(|forked| count(forked.stopped)) {
        notes.push(tell!(language, "note-stopped-under-old-terms", stopped = twins));
    }
    if let Some(twins) = played.programme.as_ref().and_then(|programme| count(programme.stopped)) {
        notes.push(tell!(language, "note-stopped-without-programme", stopped = twins));
    }
    notes
}
