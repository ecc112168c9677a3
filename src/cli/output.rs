//! What commands that play runs ask about their results: where they go, what is kept, how they are said.

use super::drawn::parse_sheet;
use super::threads::Threads;
use super::{Failure, internal};
use crate::draw::{FontError, Fonts, Palette, Size, clean, missing_glyphs};
use crate::experiment::Actuals;
use crate::files;
use crate::language::Language;
use crate::report::{Dress, ReportError, Template};
use crate::scenario::{ReportLook, Scenario};
use crate::store::OutputFolder;
use crate::units::RunId;
use std::fmt;
use std::ops::Range;
use std::path::{Path, PathBuf};

/// Where results go without `--out`.
const OUTPUT: &str = "output";

#[derive(Debug, clap::Args)]
pub(super) struct Output {
    #[command(flatten)]
    pub threads: Threads,
    /// Folder for the results: a new one, an empty one, or one that Tellwave wrote before
    /// [default: a new folder under output/]
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Which runs' event logs to keep: none, first, all, or numbers such as 0,7,9
    #[arg(long, value_name = "RUNS", default_value = "first", value_parser = parse_logs)]
    log: Logs,
    /// The language of the report and its charts: en, zh or ru
    #[arg(long, value_name = "LANG", default_value = "en", value_parser = parse_language)]
    pub lang: Language,
    /// Draw every chart for these sheets too: slide, column, square
    #[arg(long, value_name = "SHEETS", value_delimiter = ',', value_parser = parse_sheet)]
    sizes: Vec<Size>,
    /// Draw the network of the first run as a film too, which takes so many seconds: who buys when (graphs of at most 3,000 people)
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u32).range(1..=600))]
    film: Option<u32>,
    /// What the firm counted itself, to be drawn over the curve of the runs: a CSV file with a column `day` (days since the start) and
    /// one of a daily measure, such as `customers`, up to the end of each day
    #[arg(long, value_name = "FILE")]
    actuals: Option<PathBuf>,
    /// A template (minijinja) for report.html in the place of the usual one
    #[arg(long, value_name = "FILE")]
    template: Option<PathBuf>,
    /// Print the summary as JSON instead of a table
    #[arg(long)]
    json: bool,
    /// A font (TTF or OTF) for characters of the scenario's name that the bundled fonts lack
    #[arg(long, value_name = "FILE")]
    font: Option<PathBuf>,
}

/// The same, looked at.
pub(super) struct Asked {
    /// Whose logs are kept, in order.
    pub logs: Vec<RunId>,
    /// The same as it was given.
    pub log: String,
    pub fonts: Fonts,
    /// For which sheets charts are drawn besides the page.
    pub sheets: Vec<Size>,
    pub language: Language,
    /// How long a film of the network takes \[seconds\], if there is to be one.
    pub film: Option<u32>,
    /// What the firm counted itself.
    pub actuals: Option<Actuals>,
    /// The text of a template for the report.
    pub template: Option<Template>,
    /// Whether programs are to be told, instead of people.
    pub json: bool,
}

impl Output {
    /// Without any flag.
    pub fn usual() -> Output {
        let (log, lang) = (Logs::First, Language::English);
        Output {
            threads: Threads::default(),
            out: None,
            log,
            lang,
            sizes: vec![],
            film: None,
            actuals: None,
            template: None,
            json: false,
            font: None,
        }
    }

    /// Where the results go: without `--out` a new folder whose name begins with `stem`.
    pub fn folder(&self, stem: &str) -> Result<OutputFolder, Failure> {
        folder(self.out.as_deref(), stem)
    }

    /// Whether a scenario, read from this file, can be shown and held against what was counted.
    pub fn check(&self, scenario: &Scenario, path: &Path) -> Result<(), Failure> {
        if let Some(actuals) = &self.actuals {
            super::actuals::check(actuals, scenario.horizon().day_closing())?;
        }
        let fonts = fonts_of(self.font.as_deref(), &scenario.look)?;
        let whose = format!("{}: the scenario's name", clean(&path.display().to_string()));
        check_glyphs(&scenario.name, &whose, &fonts, self.font.is_some())
    }

    /// What is asked of these runs, whose charts have this title.
    pub fn of(&self, runs: Range<u32>, look: &ReportLook, title: &str) -> Result<Asked, Failure> {
        let (logs, log) = (self.log.of(runs)?, self.log.to_string());
        let fonts = read_fonts(self.font.as_deref(), look, title)?;
        let template = self.template.as_deref().map(read_template).transpose()?;
        let actuals = self.actuals.as_deref().map(super::actuals::read).transpose()?;
        Ok(Asked {
            film: self.film,
            actuals,
            logs,
            log,
            fonts,
            sheets: self.sizes.clone(),
            template,
            json: self.json,
            language: self.lang,
        })
    }
}

/// The largest font that is taken \[bytes\]: those of all of Chinese have some twenty million.
const USER_FONT_BYTES: u64 = 64 << 20;

/// The longest template that is taken \[bytes\].
const TEMPLATE_BYTES: u64 = 1 << 20;

/// The text of a template, which can be read as one; with the name of its file, for what is wrong with it.
pub(super) fn read_template(path: &Path) -> Result<Template, Failure> {
    let shown = clean(&path.display().to_string());
    let refuse = |why: String| Failure::User(format!("error: --template {shown}: {why}"));
    let wanted = "a text file of at most 1 MiB is wanted";
    let text = files::read_text(path, TEMPLATE_BYTES).map_err(|why| refuse(format!("{why}; {wanted}")))?;
    let template = Template { file: shown.clone(), text };
    template.check().map_err(|error| refuse(error.to_string()))?;
    Ok(template)
}

/// A report in the user's template, or the usual one; where hers cannot be filled, the usual one and what is wrong with hers, so that
/// no result is lost.
pub(super) fn filled(
    template: Option<&Template>,
    fill: impl Fn(Option<&Template>) -> Result<String, ReportError>,
) -> Result<(String, Option<Failure>), Failure> {
    match fill(template) {
        Ok(text) => Ok((text, None)),
        Err(error) if template.is_some() => {
            let why = format!(
                "error: {error}\n  = help: report.html is the usual one; docs/reports.md says what a template can name"
            );
            Ok((fill(None).map_err(internal)?, Some(Failure::User(why))))
        }
        Err(error) => Err(internal(error)),
    }
}

/// How a report is dressed, of a scenario that says how.
pub(super) fn dress(look: &ReportLook) -> Result<Dress, Failure> {
    // The scenario has looked at the colours already.
    let palette =
        Palette::of(&look.palette).map_err(|error| Failure::User(format!("error: report.palette: {error}")))?;
    let logo = look.logo.as_ref().map(|logo| (logo.kind, &logo.bytes[..]));
    Ok(Dress::of(palette, logo, look.font.as_deref()))
}

/// The language of that code.
pub(super) fn parse_language(code: &str) -> Result<Language, String> {
    let codes = Language::ALL.map(Language::code).join(", ");
    Language::of_code(code).ok_or_else(|| format!("allowed: {codes}"))
}

/// Where results go: into this folder, or else into a new one whose name begins with `stem`.
pub(super) fn folder(out: Option<&Path>, stem: &str) -> Result<OutputFolder, Failure> {
    Ok(match out {
        Some(dir) => OutputFolder::at(dir)?,
        None => OutputFolder::fresh(Path::new(OUTPUT), stem)?,
    })
}

/// Which runs are logged.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Logs {
    None,
    First,
    All,
    Some(Vec<u32>),
}

fn parse_logs(text: &str) -> Result<Logs, String> {
    match text {
        "none" => Ok(Logs::None),
        "first" => Ok(Logs::First),
        "all" => Ok(Logs::All),
        numbers => {
            let parsed: Result<Vec<u32>, _> = numbers.split(',').map(|number| number.trim().parse()).collect();
            let mut numbers = parsed.map_err(|_| "give none, first, all, or run numbers such as 0,7,9".to_owned())?;
            numbers.sort_unstable();
            numbers.dedup();
            Ok(Logs::Some(numbers))
        }
    }
}

impl Logs {
    /// Which of these runs are logged.
    fn of(&self, runs: Range<u32>) -> Result<Vec<RunId>, Failure> {
        let numbers: Vec<u32> = match self {
            Logs::None => vec![],
            Logs::First => vec![runs.start],
            Logs::All => runs.clone().collect(),
            Logs::Some(numbers) => numbers.clone(),
        };
        match numbers.iter().find(|number| !runs.contains(number)) {
            Some(number) => {
                let (first, last) = (runs.start, runs.end - 1);
                Err(Failure::User(format!("error: --log names run {number}, but the runs are {first} to {last}")))
            }
            None => Ok(numbers.into_iter().map(RunId).collect()),
        }
    }
}

/// As it is given on the command line.
impl fmt::Display for Logs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Logs::None => f.write_str("none"),
            Logs::First => f.write_str("first"),
            Logs::All => f.write_str("all"),
            Logs::Some(numbers) => f.write_str(&numbers.iter().map(u32::to_string).collect::<Vec<_>>().join(",")),
        }
    }
}

/// The fonts of charts, which together must have every character of what is drawn.
pub(super) fn read_fonts(font: Option<&Path>, look: &ReportLook, name: &str) -> Result<Fonts, Failure> {
    let fonts = fonts_of(font, look)?;
    check_glyphs(name, "the scenario's name", &fonts, font.is_some())?;
    Ok(fonts)
}

/// The fonts of charts: that of the report's look first, the bundled ones, and one of the user's for what they lack.
pub(super) fn fonts_of(font: Option<&Path>, look: &ReportLook) -> Result<Fonts, Failure> {
    let no_font = |path: &str, error: FontError| Failure::User(format!("error: {path} is no font: {error}"));
    let mut fonts = Fonts::bundled();
    if let Some(path) = font {
        let shown = clean(&path.display().to_string());
        let bytes = files::read(path, USER_FONT_BYTES)
            .map_err(|error| Failure::User(format!("error: could not read the font {shown}: {error}")))?;
        fonts = fonts.with_user_font(bytes).map_err(|error| no_font(&shown, error))?;
    }
    if let Some(bytes) = &look.font {
        fonts = fonts.led_by(bytes.clone()).map_err(|error| no_font("the file of report.font", error))?;
    }
    Ok(fonts)
}

/// Refuses a name that has characters which no font has; says whose it is ("the scenario's name").
pub(super) fn check_glyphs(name: &str, whose: &str, fonts: &Fonts, is_font_given: bool) -> Result<(), Failure> {
    let missing = missing_glyphs(name, fonts);
    if missing.is_empty() {
        return Ok(());
    }
    let missing: String = missing.iter().take(10).collect();
    let given = if is_font_given { "neither the font given nor a bundled one" } else { "no bundled font" };
    Err(Failure::User(format!(
        "error: {whose} holds characters that {given} can draw: {missing}\n  = help: give a font that has them with \
         --font FILE.ttf, or change the name"
    )))
}
