//! The report: one HTML file that says what was asked, what came out, with which settings, and how to get it again.
//!
//! It is read on a screen, on a phone and on paper, today and in ten years: no script, no network, charts inlined. The
//! words come ready-made from whoever knows them; here they are only put in order.
//!
//! Absent: engine types, and any reading or writing of files.

pub mod document;
mod dress;
pub mod words;

pub use dress::Dress;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Kwargs;
use minijinja::{AutoEscape, Environment, UndefinedBehavior, Value, context};

use crate::draw::clean;
use crate::figure::Figure;
use crate::language::{FluentArgs, Language};

const TEMPLATE: &str = include_str!("report.html.j2");
const STYLE: &str = include_str!("page.css");

/// What a report says.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Report {
    /// In which language everything is.
    pub language: Language,
    /// How it is dressed.
    pub dress: Dress,
    /// Name of the scenario, or what was compared.
    pub title: String,
    /// The question the scenario asks.
    pub question: Option<String>,
    /// What its author expects.
    pub expect: Option<String>,
    /// The answer, a few sentences.
    pub headline: Vec<String>,
    /// Charts: each with the SVG that [`crate::draw::svg`] made of it.
    pub figures: Vec<(Figure, String)>,
    /// The terms of the programme, a line each; empty where nobody is rewarded.
    pub terms: Vec<String>,
    /// What the programme adds; nothing where that is not known.
    pub programme: Option<ProgrammeSection>,
    /// What a fork changes; nothing where there is none.
    pub fork: Option<ForkSection>,
    /// Charts of runs that were heard closely; nothing where there are none.
    pub closer: Option<CloserSection>,
    /// What a customer costs and is worth; nothing where the runs do not say.
    pub worth: Vec<RatioRow>,
    /// The numbers at the end of the runs.
    pub summary: Vec<SummaryRow>,
    /// Where the money went: from revenue to profit.
    pub income: Vec<MoneyRow>,
    /// What became of the rewards granted; nothing where there were none.
    pub rewards: Vec<MoneyRow>,
    /// What the graph is like; nothing where there is none.
    pub graph: Vec<GraphRow>,
    /// The scenario with everything filled in, key by key.
    pub settings: Vec<SettingRow>,
    /// What the reader has to know besides.
    pub notes: Vec<String>,
    /// Versions, digests, seed: what it takes to get the same numbers again.
    pub provenance: Vec<(String, String)>,
}

/// One measured quantity, its numbers as they are printed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SummaryRow {
    /// The quantity: "People reached".
    pub what: String,
    /// Mean over the runs.
    pub mean: String,
    /// Interval in which the true mean is.
    pub interval: String,
    /// The run in the middle.
    pub median: String,
    /// Lower end of the band that holds most runs.
    pub band_low: String,
    /// Upper end of that band.
    pub band_high: String,
    /// What the quantity is, in a sentence.
    pub meaning: String,
}

/// What a programme adds.
#[derive(Debug, Clone, PartialEq)]
pub struct ProgrammeSection {
    /// What the numbers are, and the answer, a few sentences.
    pub about: String,
    /// The chart, with its SVG.
    pub figure: (Figure, String),
    /// What it adds.
    pub rows: Vec<SummaryRow>,
    /// What it adds for what it costs.
    pub ratios: Vec<RatioRow>,
}

/// What a fork changes.
#[derive(Debug, Clone, PartialEq)]
pub struct ForkSection {
    /// What the numbers are, in a sentence.
    pub about: String,
    /// The last day of the old terms.
    pub day: u32,
    /// The terms that change; empty where none does.
    pub changes: Vec<ChangeRow>,
    /// The charts, each with its SVG.
    pub figures: Vec<(Figure, String)>,
    /// Both futures.
    pub rows: Vec<FutureRow>,
}

/// What runs show that were heard closely.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CloserSection {
    /// What it is about, in a sentence or two.
    pub about: String,
    /// Charts and pictures.
    pub figures: Vec<CloserFigure>,
}

/// A chart or a picture, and how it is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CloserFigure {
    /// What it shows.
    pub title: String,
    /// A sentence that says how it is read.
    pub reading: String,
    /// The picture, unless it is too large to stand in a page.
    pub svg: Option<String>,
    /// Where it lies as a file, if that is to be said.
    pub link: Option<String>,
}

/// A term that changes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ChangeRow {
    /// The key, dotted.
    pub key: String,
    /// Its value before.
    pub before: String,
    /// Its value after.
    pub after: String,
}

/// One quantity in both futures, as it is printed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FutureRow {
    /// The quantity.
    pub what: String,
    /// Mean over the runs under the old terms.
    pub old: String,
    /// Mean over the runs under the new terms.
    pub new: String,
    /// Mean of the differences.
    pub difference: String,
    /// Interval in which the true mean of the differences is.
    pub interval: String,
    /// What the quantity is, in a sentence.
    pub meaning: String,
}

/// One ratio of two totals, as it is printed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RatioRow {
    /// The ratio: "Return on investment".
    pub what: String,
    /// Its value.
    pub value: String,
    /// Interval in which the true value is, or why there is none.
    pub interval: String,
    /// What it is, in a sentence.
    pub meaning: String,
}

/// One line of a statement of money, its amounts as they are printed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MoneyRow {
    /// The line: "Cost of goods".
    pub what: String,
    /// Mean over the runs.
    pub mean: String,
    /// Lower end of the band that holds most runs.
    pub low: String,
    /// Upper end of that band.
    pub high: String,
    /// What it is, in a line.
    pub meaning: String,
    /// Whether it is the sum of the lines above.
    pub is_sum: bool,
}

/// One setting of the scenario, and what it rests on.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SettingRow {
    /// The key, dotted.
    pub key: String,
    /// Its value.
    pub value: String,
    /// Who gave it: "file", "preset amex-2011", "default".
    pub from: String,
    /// What has to be said beside it: "weak source".
    pub warning: Option<String>,
    /// What it rests on, a sentence for each source.
    pub basis: Vec<String>,
}

/// One property of the graph, as it is printed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GraphRow {
    /// The property: "Clustering".
    pub what: String,
    /// Its number.
    pub value: String,
    /// What it is, in a line.
    pub meaning: String,
}

/// Why a report could not be written.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// A mistake in Tellwave.
    #[error("the report could not be put together: {0}")]
    Own(#[from] minijinja::Error),
    /// A mistake in a template that takes the place of the usual one; the user's to mend.
    #[error("{file}{}: {what}{}", line.map_or(String::new(), |line| format!(":{line}")), named.as_ref().map_or(String::new(), |it| format!(" ({it})")))]
    Template {
        /// The template's file.
        file: String,
        /// The line.
        line: Option<usize>,
        /// What is wrong.
        what: String,
        /// The piece of the template in which it is.
        named: Option<String>,
    },
}

/// The most characters of a template that a message shows.
const SHOWN_MAX: usize = 80;

/// Somebody's own template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    /// The name of its file, by which what is wrong with it is told.
    pub file: String,
    /// Its text.
    pub text: String,
}

impl Template {
    /// Whether the text can be a template; what it names is only known when it is filled.
    ///
    /// # Errors
    /// Where and why it cannot.
    pub fn check(&self) -> Result<(), ReportError> {
        environment(|_| AutoEscape::Html)?.add_template(OWN, &self.text).map_err(|error| of_template(self, &error))
    }
}

/// What a template that is not Tellwave's is called among the others.
const OWN: &str = "own";

/// What is wrong with somebody's template.
fn of_template(Template { file, text }: &Template, error: &minijinja::Error) -> ReportError {
    let what = match error.detail() {
        Some(detail) => format!("{}: {detail}", error.kind()),
        None => error.kind().to_string(),
    };
    // Most messages have it already.
    let piece = error.range().and_then(|range| text.get(range)).filter(|piece| !what.contains(piece));
    let named = piece.map(|piece| clean(piece).chars().take(SHOWN_MAX).collect());
    ReportError::Template { file: clean(file), line: error.line(), what: clean(&what), named }
}

/// Fills somebody's template, or else the usual one. In somebody's nothing may be named that there is not.
fn fill(
    mut templates: Environment<'_>,
    (template, usual): (Option<&Template>, &'static str),
    context: Value,
) -> Result<String, ReportError> {
    let Some(template) = template else {
        return Ok(templates.render_str(usual, context)?);
    };
    templates.set_undefined_behavior(UndefinedBehavior::Strict);
    // With it, a mistake knows its place within the line.
    templates.set_debug(true);
    templates.render_named_str(OWN, &template.text, context).map_err(|error| of_template(template, &error))
}

/// Templates that know the style sheet and nothing else.
fn environment<'t>(escape: fn(&str) -> AutoEscape) -> Result<Environment<'t>, ReportError> {
    let mut templates = Environment::new();
    templates.set_auto_escape_callback(escape);
    templates.set_syntax(SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build()?);
    templates.add_template("page.css", STYLE)?;
    Ok(templates)
}

/// The report as one HTML document; `template` takes the place of the usual one.
///
/// # Errors
/// The template cannot be filled.
pub fn html(report: &Report, template: Option<&Template>) -> Result<String, ReportError> {
    let mut templates = environment(|_| AutoEscape::Html)?;
    let language = report.language;
    templates.add_function("t", move |id: &str, values: Kwargs| told(language, id, &values));
    fill(templates, (template, TEMPLATE), seen(report))
}

/// What a template sees: see docs/reports.md.
fn seen(report: &Report) -> Value {
    let all = |texts: &[String]| texts.iter().map(|text| clean(text)).collect::<Vec<_>>();
    let pairs = |pairs: &[(String, String)]| pairs.iter().map(|(k, v)| (clean(k), clean(v))).collect::<Vec<_>>();
    let rows: Vec<Value> = report.summary.iter().map(SummaryRow::cleaned).collect();
    let figures: Vec<Value> = report.figures.iter().map(|(_, svg)| Value::from_safe_string(svg.clone())).collect();
    context! {
        style => Value::from_safe_string(report.dress.style()),
        logo => report.dress.logo.clone(),
        language => report.language.code(),
        title => clean(&report.title),
        question => report.question.as_deref().map(clean),
        expect => report.expect.as_deref().map(clean),
        headline => all(&report.headline),
        figures => figures,
        programme => report.programme.as_ref().map(ProgrammeSection::cleaned),
        fork => report.fork.as_ref().map(ForkSection::cleaned),
        closer => report.closer.as_ref().map(CloserSection::cleaned),
        worth => report.worth.iter().map(RatioRow::cleaned).collect::<Vec<Value>>(),
        summary => rows,
        income => report.income.iter().map(MoneyRow::cleaned).collect::<Vec<Value>>(),
        rewards => report.rewards.iter().map(MoneyRow::cleaned).collect::<Vec<Value>>(),
        graph => report.graph.iter().map(GraphRow::cleaned).collect::<Vec<Value>>(),
        settings => report.settings.iter().map(SettingRow::cleaned).collect::<Vec<_>>(),
        terms => all(&report.terms),
        notes => all(&report.notes),
        provenance => pairs(&report.provenance),
    }
}

/// A sentence for the template, with these values in their places.
fn told(language: Language, id: &str, values: &Kwargs) -> Result<String, minijinja::Error> {
    let mut args = FluentArgs::new();
    for name in values.args() {
        args.set(name.to_owned(), values.get::<Value>(name)?.to_string());
    }
    Ok(language.sentence(id, &args))
}

impl SummaryRow {
    fn cleaned(&self) -> Value {
        context! {
            what => clean(&self.what),
            mean => clean(&self.mean),
            interval => clean(&self.interval),
            median => clean(&self.median),
            band_low => clean(&self.band_low),
            band_high => clean(&self.band_high),
            meaning => clean(&self.meaning),
        }
    }
}

impl ProgrammeSection {
    fn cleaned(&self) -> Value {
        context! {
            about => clean(&self.about),
            figure => Value::from_safe_string(self.figure.1.clone()),
            rows => self.rows.iter().map(SummaryRow::cleaned).collect::<Vec<_>>(),
            ratios => self.ratios.iter().map(RatioRow::cleaned).collect::<Vec<_>>(),
        }
    }
}

impl ForkSection {
    fn cleaned(&self) -> Value {
        let change = |row: &ChangeRow| {
            context! { key => clean(&row.key), before => clean(&row.before), after => clean(&row.after) }
        };
        let future = |row: &FutureRow| {
            context! {
                what => clean(&row.what),
                old => clean(&row.old),
                new => clean(&row.new),
                difference => clean(&row.difference),
                interval => clean(&row.interval),
                meaning => clean(&row.meaning),
            }
        };
        context! {
            about => clean(&self.about),
            day => self.day,
            changes => self.changes.iter().map(change).collect::<Vec<_>>(),
            figures => self.figures.iter().map(|(_, svg)| Value::from_safe_string(svg.clone())).collect::<Vec<_>>(),
            rows => self.rows.iter().map(future).collect::<Vec<_>>(),
        }
    }
}

impl CloserSection {
    fn cleaned(&self) -> Value {
        let figure = |figure: &CloserFigure| {
            context! {
                title => clean(&figure.title),
                reading => clean(&figure.reading),
                svg => figure.svg.clone().map(Value::from_safe_string),
                link => figure.link.as_deref().map(clean),
            }
        };
        context! {
            about => clean(&self.about),
            figures => self.figures.iter().map(figure).collect::<Vec<_>>(),
        }
    }
}

impl RatioRow {
    fn cleaned(&self) -> Value {
        context! {
            what => clean(&self.what),
            value => clean(&self.value),
            interval => clean(&self.interval),
            meaning => clean(&self.meaning),
        }
    }
}

impl MoneyRow {
    fn cleaned(&self) -> Value {
        context! {
            what => clean(&self.what),
            mean => clean(&self.mean),
            low => clean(&self.low),
            high => clean(&self.high),
            meaning => clean(&self.meaning),
            is_sum => self.is_sum,
        }
    }
}

impl SettingRow {
    fn cleaned(&self) -> Value {
        context! {
            key => clean(&self.key),
            value => clean(&self.value),
            from => clean(&self.from),
            warning => self.warning.as_deref().map(clean),
            basis => self.basis.iter().map(|basis| clean(basis)).collect::<Vec<_>>(),
        }
    }
}

impl GraphRow {
    fn cleaned(&self) -> Value {
        context! { what => clean(&self.what), value => clean(&self.value), meaning => clean(&self.meaning) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::{Axis, Numbers};
    use std::collections::BTreeSet;

    fn row(what: &str) -> SummaryRow {
        SummaryRow {
            what: what.into(),
            mean: "1,232".into(),
            interval: "1,204 to 1,260".into(),
            median: "1,230".into(),
            band_low: "900".into(),
            band_high: "1,500".into(),
            meaning: format!("What {what} is."),
        }
    }

    fn ratio_row(what: &str) -> RatioRow {
        let [what, value, interval, meaning] = [what; 4].map(str::to_owned);
        RatioRow { what, value, interval, meaning }
    }

    fn money_row(what: &str) -> MoneyRow {
        let [what, mean, low, high, meaning] = [what; 5].map(str::to_owned);
        MoneyRow { what, mean, low, high, meaning, is_sum: true }
    }

    fn figure() -> Figure {
        let axis = Axis::linear("", "", Numbers::Plain);
        let name = "reach".into();
        Figure { name, title: String::new(), caption: String::new(), x: axis.clone(), y: axis, marks: Vec::new() }
    }

    #[test]
    fn hostile_names_are_only_text() {
        let name = "<script>alert(1)</script> ]]> \"q\" 'a' & \u{202e}exe\u{0} {{ 7 * 7 }} {% raw %}";
        let pair = (name.to_owned(), name.to_owned());
        let page = html(
            &Report {
                dress: Dress::default(),
                language: Language::English,
                fork: None,
                title: name.into(),
                question: Some(name.into()),
                expect: Some(name.into()),
                terms: vec![name.into()],
                headline: vec![name.into()],
                figures: vec![(figure(), "<svg><title>ok</title></svg>".into())],
                programme: Some(ProgrammeSection {
                    about: name.into(),
                    figure: (figure(), "<svg><title>two</title></svg>".into()),
                    rows: vec![row(name)],
                    ratios: vec![ratio_row(name)],
                }),
                closer: Some(CloserSection {
                    about: name.into(),
                    figures: vec![CloserFigure {
                        title: name.into(),
                        reading: name.into(),
                        svg: Some("<svg><title>three</title></svg>".into()),
                        link: Some(name.into()),
                    }],
                }),
                worth: vec![ratio_row(name)],
                summary: vec![row(name)],
                income: vec![money_row(name)],
                rewards: vec![money_row(name)],
                graph: vec![GraphRow { what: name.into(), value: name.into(), meaning: name.into() }],
                settings: vec![SettingRow {
                    key: name.into(),
                    value: name.into(),
                    from: name.into(),
                    warning: Some(name.into()),
                    basis: vec![name.into()],
                }],
                notes: vec![name.into()],
                provenance: vec![pair],
            },
            None,
        )
        .expect("renders");
        assert!(!page.contains("<script") && !page.contains('\u{202e}') && !page.contains('\0'));
        assert!(page.contains("&lt;script&gt;") && page.contains("{{ 7 * 7 }}"));
        for title in ["ok", "two", "three"] {
            assert!(page.contains(&format!("<svg><title>{title}</title></svg>")), "charts are not escaped");
        }
    }

    #[test]
    fn all_that_a_template_can_name_is_listed_and_nothing_else() {
        let names = |value: Value| value.try_iter().expect("names").map(|it| it.to_string()).collect::<BTreeSet<_>>();
        let of_comparison = document::Document::default().seen();
        let all: BTreeSet<String> = names(seen(&Report::default())).union(&names(of_comparison)).cloned().collect();
        let page = include_str!("../../docs/reports.md");
        let page = page.split("## In your template").nth(1).and_then(|rest| rest.split("\n## ").next()).expect("there");
        let unlisted: Vec<&String> = all.iter().filter(|name| !page.contains(&format!("`{name}`"))).collect();
        assert!(unlisted.is_empty(), "docs/reports.md does not list {unlisted:?}");
        // The first cells of the tables.
        let listed = page.lines().filter_map(|line| line.strip_prefix("| `")?.split(" |").next());
        let listed = listed.flat_map(|cell| cell.split(", ")).filter(|name| !name.starts_with("and "));
        let unknown: Vec<&str> =
            listed.map(|name| name.trim_matches('`')).filter(|name| !all.contains(*name)).collect();
        assert!(unknown.is_empty(), "docs/reports.md lists {unknown:?}");
    }

    #[test]
    fn the_usual_template_names_nothing_that_there_is_not() {
        let report = Report { title: "A & B".into(), summary: vec![row("Reach")], ..Report::default() };
        assert_eq!(
            html(&report, Some(&Template { file: "own.html".into(), text: TEMPLATE.into() })).expect("strict"),
            html(&report, None).expect("lenient")
        );
    }

    #[test]
    fn a_weak_source_is_said_in_words() {
        let mut row =
            SettingRow { key: "a.b".into(), value: "1".into(), from: "preset x".into(), ..SettingRow::default() };
        let page = |row: &SettingRow| {
            html(&Report { settings: vec![row.clone()], ..Report::default() }, None).expect("renders")
        };
        assert!(page(&row).contains("preset x") && !page(&row).contains("weak source"));
        row.warning = Some("weak source".into());
        row.basis = vec!["Somebody 2001.".into()];
        assert!(page(&row).contains("class=\"mark\">weak source<") && page(&row).contains("Somebody 2001."));
    }

    #[test]
    fn what_is_absent_leaves_no_heading() {
        let page = html(&Report { title: "Empty".into(), ..Report::default() }, None).expect("renders");
        assert!(page.contains("<title>Empty") && page.contains("<h1>Empty</h1>") && !page.contains("<h2"));
        assert!(page.starts_with("<!doctype html>\n<html lang=\"en\">"));
    }

    #[test]
    fn a_page_needs_nothing_else() {
        let report = Report { title: "Coffee".into(), summary: vec![row("Reach")], ..Report::default() };
        let page = html(&report, None).expect("renders");
        for outside in ["http:", "https:", "src=", "@import", "url(", "<link"] {
            assert!(!page.contains(outside), "{outside}");
        }
        assert_eq!(page, html(&report, None).expect("renders"));
    }
}
