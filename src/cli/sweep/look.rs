//! What a report of a sweep is about, and how it looks: the flags of every command that writes one.

use crate::cli::Failure;
use crate::cli::drawn::{parse_sheet, sheets_in_words};
use crate::cli::output::{check_glyphs, fonts_of, parse_language, read_template};
use crate::draw::{Fonts, Size};
use crate::language::Language;
use crate::report::Template;
use crate::scenario::ReportLook;
use crate::scenario::values::nearest;
use crate::sweep::{Plan, Values};
use std::collections::BTreeMap;
use std::path::PathBuf;

#[derive(Debug, Clone, Default, clap::Args)]
pub(super) struct Look {
    /// Write the tables alone
    #[arg(long, conflicts_with_all = ["response", "front", "take_off", "lang", "sizes", "font", "template"])]
    no_report: bool,
    /// The metric that the report is about [default: the first one that the sweep keeps]
    #[arg(long, value_name = "METRIC")]
    response: Option<String>,
    /// Two metrics whose best cells are shown together, such as profit,reward_cost
    /// [default: the response and reward_cost]
    #[arg(long, value_name = "A,B", value_delimiter = ',', num_args = 1)]
    front: Vec<String>,
    /// A metric takes_off(…) of which it is shown where half of the runs come so far [default: the first one that the sweep keeps]
    #[arg(long, value_name = "METRIC")]
    take_off: Option<String>,
    /// The language of the report and its charts: en, zh or ru [default: en]
    #[arg(long, value_name = "LANG", value_parser = parse_language)]
    lang: Option<Language>,
    /// Draw every chart for these sheets too: slide, column, square
    #[arg(long, value_name = "SHEETS", value_delimiter = ',', value_parser = parse_sheet)]
    sizes: Vec<Size>,
    /// A template (minijinja) for report.html in the place of the usual one
    #[arg(long, value_name = "FILE")]
    template: Option<PathBuf>,
    /// A font (TTF or OTF) for characters of the sweep's names that the bundled fonts lack
    #[arg(long, value_name = "FILE")]
    font: Option<PathBuf>,
    /// Print JSON instead of lines: how many cells are finished, and where they are
    #[arg(long)]
    pub json: bool,
}

/// The same, looked at: it can be done.
pub(super) struct Asked {
    /// The place of the response among the plan's metrics.
    pub response: usize,
    /// The places of the two metrics of the front, if there is one.
    pub front: Option<[usize; 2]>,
    /// The place of the share of runs that take off, if there is one.
    pub take_off: Option<usize>,
    pub language: Language,
    pub sheets: Vec<Size>,
    pub template: Option<Template>,
    pub fonts: Fonts,
}

impl Look {
    /// What is written where nobody asks for anything, with the report or the tables alone.
    pub fn usual(report: bool) -> Look {
        Look { no_report: !report, ..Look::default() }
    }

    /// Whether anything but the usual was asked for.
    pub fn is_asked(&self) -> bool {
        let is_about = self.response.is_some() || !self.front.is_empty() || self.take_off.is_some();
        let is_dressed =
            self.lang.is_some() || !self.sizes.is_empty() || self.template.is_some() || self.font.is_some();
        self.no_report || is_about || is_dressed
    }

    pub fn has_report(&self) -> bool {
        !self.no_report
    }

    /// What is asked of this plan.
    ///
    /// # Errors
    /// It does not keep a metric that is named; a file cannot be read; a name cannot be drawn.
    pub fn of(&self, plan: &Plan) -> Result<Asked, Failure> {
        let response = self.response.as_ref().map_or(Ok(0), |name| place_of(plan, "--response", name))?;
        let front = match &self.front[..] {
            [] => usual_front(plan, response),
            [first, second] => {
                let both = [place_of(plan, "--front", first)?, place_of(plan, "--front", second)?];
                if both[0] == both[1] {
                    let name = &plan.metrics[both[0]].name;
                    return Err(Failure::User(format!("error: --front names {name} twice, and wants two metrics")));
                }
                Some(both)
            }
            others => {
                let found = if others.len() == 1 { "one metric".into() } else { format!("{} metrics", others.len()) };
                let said = format!("error: --front names {found}, and wants two: profit,reward_cost");
                return Err(Failure::User(said));
            }
        };
        let take_off = match &self.take_off {
            None => plan.metrics.iter().position(|metric| metric.is_take_off()),
            Some(name) => Some(place_of(plan, "--take-off", name)?),
        };
        if let Some(other) = take_off.map(|place| &plan.metrics[place]).filter(|metric| !metric.is_take_off()) {
            return Err(Failure::User(format!("error: --take-off {}: allowed: a metric takes_off(…)", other.name)));
        }
        let fonts = fonts_of(self.font.as_deref(), &ReportLook::default())?;
        check_glyphs(&names_of(plan), "a name in the sweep", &fonts, self.font.is_some())?;
        Ok(Asked {
            response,
            front,
            take_off,
            language: self.lang.unwrap_or_default(),
            sheets: self.sizes.clone(),
            template: self.template.as_deref().map(read_template).transpose()?,
            fonts,
        })
    }

    /// As the provenance notes it down: what was asked for besides the usual, without paths.
    pub fn options(&self) -> BTreeMap<String, String> {
        let front = (!self.front.is_empty()).then(|| self.front.join(","));
        let sizes = (!self.sizes.is_empty()).then(|| sheets_in_words(&self.sizes));
        let lang = self.lang.map(|lang| lang.code().to_owned());
        let all = [
            ("response", self.response.clone()),
            ("front", front),
            ("take_off", self.take_off.clone()),
            ("lang", lang),
            ("sizes", sizes),
        ];
        all.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect()
    }
}

/// The place of a metric that a flag names.
pub(super) fn place_of(plan: &Plan, flag: &str, name: &str) -> Result<usize, Failure> {
    let bare = |name: &str| name.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let names = || plan.metrics.iter().map(|metric| metric.name.as_str());
    names().position(|known| bare(known) == bare(name)).ok_or_else(|| {
        let near = nearest(name, names()).map_or(String::new(), |near| format!("did you mean \"{near}\"? "));
        let names = names().collect::<Vec<_>>().join(", ");
        let name = crate::draw::clean(name);
        Failure::User(format!("error: {flag} {name}: {near}the sweep keeps {names}"))
    })
}

/// The response against what rewards cost, where the sweep keeps that.
pub(super) fn usual_front(plan: &Plan, response: usize) -> Option<[usize; 2]> {
    let cost = plan.metrics.iter().position(|metric| metric.name == "reward_cost")?;
    (cost != response).then_some([response, cost])
}

/// Everything in a plan that people named and charts show.
fn names_of(plan: &Plan) -> String {
    let mut names = plan.name.clone();
    for factor in &plan.factors {
        names.push_str(&factor.name);
        names.push_str(&factor.unit);
        if let Values::Levels(levels) = &factor.values {
            levels.iter().for_each(|level| names.push_str(&level.label));
        }
    }
    names
}
