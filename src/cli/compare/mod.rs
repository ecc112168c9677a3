//! `tellwave compare`: scenarios in one market, played on the same luck.

mod answer;
mod break_even;
mod budget;
mod contest;
mod door;
mod entries;
mod figures;
mod folder;
mod options;
mod refusal;
mod report;
mod watch;
mod what_if;
mod words;

pub use self::break_even::Curve;
pub use self::door::{Asked, compare};
pub use self::options::{Options, PrecisionOf};
pub use self::refusal::{ONE_MARKET, Refusal};
pub use self::watch::Watch;
pub use self::what_if::{End, Swing, WhatIf};

use self::contest::{Contest, Results};
use self::entries::{Beside, Entry};
use self::watch::Bar;
use super::drawn::parse_sheet;
use super::output::{self, parse_language, read_fonts};
use super::results::locale;
use super::spread::parse_share;
use super::threads::Threads;
use super::{Failure, actuals, internal, memory, say};
use crate::draw::Size;
use crate::experiment::{Actuals, MoneyUnit, Programme};
use crate::language::{Language, tell};
use crate::projection::{Projection, Standard};
use crate::report::words::Locale;
use crate::scenario::Scenario;
use crate::scenario::values::{nearest, shown};
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
#[command(
    after_help = "All scenarios are played in the market of the first one: the same graph, seed and horizon, the same people with the \
                        same luck. So differences are taken run by run, and far fewer runs tell them than runs on luck of their \
                        own would.\n\nExamples:\n  \
                        tellwave compare scenarios/one-sided.toml scenarios/two-sided.toml --baseline none\n  \
                        tellwave compare a.toml b.toml c.toml --by customers --runs 500 --json"
)]
pub(super) struct Args {
    /// The scenario files (TOML), two or more; one is enough where it has [[variant]] tables, or with --baseline none
    #[arg(required = true, value_name = "SCENARIO")]
    scenarios: Vec<PathBuf>,
    /// What the others are compared with: one of the files or the name of a scenario or, with "none", the first scenario without its
    /// programme [default: the first file]
    #[arg(long, value_name = "SCENARIO")]
    baseline: Option<String>,
    /// By which measure they are ranked, such as profit, customers or revenue; docs/results.md has all of them
    #[arg(long, value_name = "MEASURE", default_value = "profit", value_parser = parse_measure)]
    by: &'static str,
    /// Give every programme the same budget, such as "900 USD", or with "least" what the cheapest of them costs on average; each ends
    /// when its rewards have cost so much
    #[arg(long, value_name = "AMOUNT")]
    equal_budget: Option<String>,
    /// How many runs of each [default: those of the first scenario]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=10_000_000))]
    runs: Option<u32>,
    /// Play more runs until each difference from the baseline is known to within this share of the baseline's mean, such as "1 %"
    #[arg(long, value_name = "SHARE", value_parser = parse_precision)]
    precision: Option<f64>,
    /// What is to be known so well: each difference from the baseline, or the mean of each scenario (as a share of itself)
    #[arg(long, value_name = "WHAT", default_value = "difference", requires = "precision")]
    precision_of: PrecisionOf,
    /// The most runs of each that --precision plays
    #[arg(long, value_name = "N", default_value_t = 100_000, requires = "precision", value_parser = clap::value_parser!(u32).range(1..=10_000_000))]
    most_runs: u32,
    /// The seed of every draw [default: that of the first scenario]
    #[arg(long, value_name = "S", value_parser = clap::value_parser!(u64).range(0..=i64::MAX as u64))]
    seed: Option<u64>,
    #[command(flatten)]
    threads: Threads,
    /// Folder for the report, its charts and tables: a new one, an empty one, or one that Tellwave wrote before
    /// [default: a new folder under output/]
    #[arg(long, value_name = "DIR", conflicts_with = "no_report")]
    out: Option<PathBuf>,
    /// Draw every chart for these sheets too: slide, column, square
    #[arg(long, value_name = "SHEETS", value_delimiter = ',', value_parser = parse_sheet, conflicts_with = "no_report")]
    sizes: Vec<Size>,
    /// Print the answer and write nothing; what each programme adds is then not played
    #[arg(long)]
    no_report: bool,
    /// Do not ask what would change the answer: which assumption, moved over its published range, puts another ahead, and what
    /// larger and smaller rewards would do
    #[arg(long)]
    no_what_if: bool,
    /// What the firm counted itself, to be drawn beside the scenarios: a CSV file with a column `day` (days since the start) and one of
    /// a daily measure, such as `customers`, up to the end of each day
    #[arg(long, value_name = "FILE", conflicts_with = "no_report")]
    actuals: Option<PathBuf>,
    /// A template (minijinja) for report.html in the place of the usual one
    #[arg(long, value_name = "FILE", conflicts_with = "no_report")]
    template: Option<PathBuf>,
    /// The language of the report, its charts and what is printed: en, zh or ru
    #[arg(long, value_name = "LANG", default_value = "en", value_parser = parse_language)]
    lang: Language,
    /// A font (TTF or OTF) for characters of the scenarios' names that the bundled fonts lack
    #[arg(long, value_name = "FILE")]
    font: Option<PathBuf>,
    /// Print JSON instead of tables
    #[arg(long)]
    json: bool,
}

/// The measures that are asked for most, to begin with.
const USUAL: [&str; 5] = ["profit", "customers", "customers_by_word", "revenue", "reach"];

/// The most measures that a message names besides the usual ones.
const ALIKE_NAMED: usize = 4;

/// The measure that is called so, however it is written; or what is allowed.
///
/// # Errors
/// There is no such measure: what may have been meant, in a sentence.
pub fn parse_measure(text: &str) -> Result<&'static str, String> {
    let names: Vec<&'static str> = Standard::total_measures().iter().map(|measure| measure.name).collect();
    let asked = text.trim().to_lowercase().replace([' ', '-'], "_");
    if let Some(known) = names.iter().find(|&&name| name == asked) {
        return Ok(known);
    }
    let meant = nearest(&asked, names.iter().copied());
    let is_alike =
        |name: &&&str| name.split('_').any(|word| !asked.is_empty() && asked.split('_').any(|it| it == word));
    let alike: Vec<&str> = names.iter().filter(is_alike).copied().take(ALIKE_NAMED).collect();
    let said = match (meant, alike.is_empty()) {
        (Some(meant), _) => format!("did you mean {meant}? "),
        (None, false) => format!("did you mean one of {}? ", alike.join(", ")),
        (None, true) => String::new(),
    };
    Err(format!("{said}allowed: {}, or another of the measures in docs/results.md", USUAL.join(", ")))
}

/// A share as a precision is given: "1 %" or "0.01", as a number above 0 and up to 1.
///
/// # Errors
/// It is none: what is allowed, in a sentence.
pub fn parse_precision(text: &str) -> Result<f64, String> {
    if text.trim().parse::<i64>() == Ok(1) {
        return Err("write \"1 %\" or \"100 %\"; a bare 1 could be either".to_owned());
    }
    let share = parse_share(text).ok();
    let allowed = || "allowed: a share above 0 and up to 1, such as 0.01 or \"1 %\"".to_owned();
    share.filter(|&share: &f64| share > 0.0 && share <= 1.0).ok_or_else(allowed)
}

pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let threads = args.threads.pool()?;
    threads.install(|| {
        let entries = entries::read(args)?;
        let baseline = entries::baseline_of(args, &entries)?;
        if entries.len() + usize::from(baseline.is_none()) < 2 {
            let what = "give a second scenario or a [[variant]], or --baseline none to compare it with itself without its programme";
            return Err(Failure::User(format!("error: one scenario alone: {what}")));
        }
        entries::same_market(&entries)?;
        let (entries, equal_budget) = match &args.equal_budget {
            Some(asked) => budget::equal(entries, asked, &Bar::default()).map(|(entries, budget)| (entries, Some(budget)))?,
            None => (entries, None),
        };
        let title = entries::names(&entries).join(", ");
        let fonts = read_fonts(args.font.as_deref(), &entries[0].scenario.look, &title)?;
        let actuals = args.actuals.as_deref().map(actuals::read).transpose()?;
        let template = args.template.as_deref().map(output::read_template).transpose()?;
        let folder = if args.no_report { None } else { Some(output::folder(args.out.as_deref(), "compare")?) };
        let options = Options::from(args);
        for entry in &entries {
            memory::check(&entry.scenario, entries[0].scenario.runs.min(contest::DAYS_KEPT), options.twins)?;
        }
        let comparison = Comparison::play(&options, entries, baseline, (equal_budget, actuals), &Bar::default())?;
        let written = folder.map(|folder| folder::write(&comparison, folder, &fonts, &args.sizes, template.as_ref())).transpose()?;
        let (dir, unfit) = written.map_or((None, None), |(dir, unfit)| (Some(dir), unfit));
        if args.json {
            say(&words::json(&comparison, dir.as_deref()).map_err(internal)?);
        } else {
            say(&words::text(&comparison));
            if let Some(dir) = dir {
                let report = tell!(args.lang, "printed-report", path = shown(&dir.join("report.html")));
                say(&format!("\n{report}"));
            }
        }
        unfit.map_or(Ok(()), Err)
    })
}

impl From<&Args> for Options {
    fn from(args: &Args) -> Options {
        Options {
            by: args.by,
            precision: args.precision,
            precision_of: args.precision_of,
            most_runs: args.most_runs,
            twins: !args.no_report,
            what_if: !args.no_what_if,
            language: args.lang,
        }
    }
}

/// What was compared, and how it came out.
pub struct Comparison {
    entries: Vec<Entry>,
    /// Whether the first contender is the first entry without its programme.
    has_none: bool,
    /// What each contender is called, fit for a terminal.
    names: Vec<String>,
    /// The place of the baseline among the contenders.
    baseline: usize,
    results: Results,
    /// What the programme of each contender adds; nothing where it has none, or was not played without it.
    programmes: Vec<Option<Programme>>,
    /// In what scenarios differ from the first one besides their programmes.
    beside: Vec<Beside>,
    /// The budget that every programme had, if they were given one.
    equal_budget: Option<String>,
    /// What the firm counted itself.
    actuals: Option<Actuals>,
    /// What moving assumptions does; nothing where it was not asked.
    what_if: Option<WhatIf>,
    /// What each programme adds with rewards of several sizes; none where it was not asked.
    sizes: Vec<Curve>,
    money: MoneyUnit,
    locale: Locale,
}

impl Comparison {
    fn play(
        options: &Options,
        entries: Vec<Entry>,
        baseline: Option<usize>,
        (equal_budget, actuals): (Option<String>, Option<Actuals>),
        watch: &dyn Watch,
    ) -> Result<Comparison, Refusal> {
        let language = options.language;
        let scenarios = entries.iter().map(|entry| &entry.scenario);
        let has_none = baseline.is_none();
        let place = baseline.unwrap_or(0);
        let results = Contest::of(scenarios, has_none, options.twins).play(options, place, watch)?;
        let first = &entries[0].scenario;
        let names = entries::names(&entries);
        let mut without = has_none.then(|| tell!(language, "compare-without-programme"));
        // A scenario may be called so too.
        if let Some(without) = without.as_mut().filter(|without| names.contains(without)) {
            *without = format!("{without} ({})", tell!(language, "compare-baseline"));
        }
        let mut comparison = Comparison {
            names: without.into_iter().chain(names).collect(),
            has_none,
            baseline: place,
            programmes: results.outcomes.iter().map(Programme::of).collect(),
            beside: entries::beside_the_programme(&entries),
            money: first.money(),
            locale: locale(first, language),
            equal_budget,
            actuals,
            what_if: None,
            sizes: vec![],
            results,
            entries,
        };
        if options.twins && options.what_if {
            comparison.what_if = what_if::of(&comparison, watch)?;
            comparison.sizes = break_even::of(&comparison, watch)?;
        }
        Ok(comparison)
    }

    /// The entry of a contender.
    fn entry_of(&self, which: usize) -> usize {
        which.saturating_sub(usize::from(self.has_none))
    }

    /// The scenario of a contender.
    fn scenario_of(&self, which: usize) -> &Scenario {
        &self.entries[self.entry_of(which)].scenario
    }

    /// What an entry is called.
    fn name_of_entry(&self, entry: usize) -> &str {
        &self.names[entry + usize::from(self.has_none)]
    }

    fn seed(&self) -> u64 {
        self.entries[0].scenario.seed.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_measure_is_found_however_it_is_written_and_a_wrong_one_gets_a_short_answer() {
        for (text, name) in [("profit", "profit"), ("Profit", "profit"), ("Customers by word ", "customers_by_word")] {
            assert_eq!(parse_measure(text), Ok(name));
        }
        let why = ["profits", "first reward", "fame"].map(|text| parse_measure(text).expect_err("no measure"));
        assert!(why[0].starts_with("did you mean profit? allowed: profit, customers,"), "{}", why[0]);
        assert!(why.iter().all(|why| why.len() < 250 && why.contains("docs/results.md")), "{why:?}");
        for measure in USUAL {
            assert_eq!(parse_measure(measure), Ok(measure));
        }
    }

    #[test]
    fn a_bare_one_is_no_precision() {
        assert!(parse_precision("1").expect_err("either").contains("write \"1 %\" or \"100 %\""));
        assert_eq!(
            [parse_precision("1 %"), parse_precision("1.0"), parse_precision("0.5")],
            [Ok(0.01), Ok(1.0), Ok(0.5)]
        );
    }
}
