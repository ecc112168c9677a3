//! Proof that nothing written on a chart leaves it or covers other writing, for every kind of chart on every sheet.
//!
//! It is a proof on the laid out shapes: the box of each text is measured in the fonts in which it was laid out.

use super::fonts::Fonts;
use super::look::{Look, Sheet, Size};
use super::palette::Palette;
use super::scene::{Anchor, Scene, Shape, compose};
use super::theme;
use crate::experiment::Details;
use crate::experiment::figures::{self, Caption, Guided};
use crate::figure::{Axis, Drawing, Figure, Hue, Mark, Numbers, RangeEnd, Stroke};
use crate::language::Language;
use crate::scenario::{Overrides, Scenario};
use crate::table::{Column, Table, Values};
use std::path::Path;

/// A text and the rectangle that it covers.
struct TextBox<'s> {
    text: &'s str,
    size: f64,
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
}

fn boxes<'s>(scene: &'s Scene, fonts: &Fonts) -> Vec<TextBox<'s>> {
    let of = |shape: &'s Shape| {
        let Shape::Text { at, anchor, size, text, .. } = shape else { return None };
        let width = fonts.width(text, *size);
        let left = match anchor {
            Anchor::Start => at.0,
            Anchor::Middle => at.0 - width / 2.0,
            Anchor::End => at.0 - width,
        };
        // Letters of both bundled fonts reach from a quarter below to four fifths above the baseline.
        let (top, bottom) = (at.1 - 0.8 * size, at.1 + 0.25 * size);
        Some(TextBox { text, size: *size, left, right: left + width, top, bottom })
    };
    scene.shapes.iter().filter_map(of).filter(|text| !text.text.is_empty()).collect()
}

/// What is wrong with a chart.
pub(super) fn faults(scene: &Scene, fonts: &Fonts) -> Vec<String> {
    let texts = boxes(scene, fonts);
    let mut faults = Vec::new();
    for (i, a) in texts.iter().enumerate() {
        let is_within = a.left >= 0.0 && a.right <= scene.width && a.top >= 0.0 && a.bottom <= scene.height;
        if !is_within {
            let TextBox { left, right, top, bottom, .. } = a;
            faults.push(format!("'{}' leaves the canvas: {left:.1}–{right:.1}, {top:.1}–{bottom:.1}", a.text));
        }
        for b in &texts[..i] {
            // Rounding to pixels may bring texts nearer by one.
            let meets = |a_from: f64, a_to: f64, b_from: f64, b_to: f64| a_from + 0.5 < b_to && b_from + 0.5 < a_to;
            if meets(a.left, a.right, b.left, b.right) && meets(a.top, a.bottom, b.top, b.bottom) {
                faults.push(format!("'{}' covers '{}'", a.text, b.text));
            }
        }
    }
    // A dot must be seen whole; its rim of paper may be covered.
    for shape in &scene.shapes {
        let Shape::Dot { at: (x, y), radius, colour } = *shape else { continue };
        let covers = |text: &&TextBox| {
            let (dx, dy) = (x - x.clamp(text.left, text.right), y - y.clamp(text.top, text.bottom));
            dx.hypot(dy) + 0.5 < radius
        };
        if let Some(text) = texts.iter().filter(|_| colour != theme::PAPER).find(covers) {
            faults.push(format!("'{}' covers a dot", text.text));
        }
    }
    let is_placed = |&(x, y): &(f64, f64)| x.is_finite() && y.is_finite() && x.abs() < 1e5 && y.abs() < 1e5;
    let astray = scene.shapes.iter().filter(|shape| match shape {
        Shape::Fill { edge, .. } => !edge.iter().all(is_placed),
        Shape::Strokes { paths, .. } => !paths.iter().flatten().all(is_placed),
        Shape::Dot { at, .. } | Shape::Text { at, .. } => !is_placed(at),
    });
    faults.extend(astray.map(|shape| format!("placed nowhere: {shape:?}")));
    faults
}

pub(super) fn assert_fits(figure: &Figure, table: &Table, what: &str) {
    let fonts = Fonts::bundled();
    for size in Size::ALL {
        for title in [true, false] {
            let look = Look { fonts: &fonts, size, title, palette: Palette::default(), language: Language::Russian };
            let scene = compose(figure, table, &look).expect("is laid out");
            let faults = faults(&scene, &fonts);
            assert!(faults.is_empty(), "{what}, {} on {size:?}:\n{}", figure.name, faults.join("\n"));
        }
    }
}

const SHORT: &str = "Face to face";
pub(super) const TEXTS: [&str; 6] = [
    SHORT,
    "口碑传播带来的新客户数量以及推荐奖励计划的全部成本",
    "Клиенты, пришедшие по рекомендации знакомых и коллег",
    "العملاء الذين وصلوا عن طريق التوصية الشفهية من الأصدقاء",
    "Donaudampfschifffahrtsgesellschaftskapitänsmützenverkaufsstellenleiterin",
    "Customers who came because a colleague of theirs told them of the service over lunch or at a fair",
];

/// Heights that are hard to draw.
pub(super) fn heights() -> Vec<(&'static str, Vec<f64>)> {
    vec![
        ("usual", (0..61).map(|day| f64::from(day * day)).collect()),
        ("nothing", vec![]),
        ("one number", vec![12.0]),
        ("one zero", vec![0.0]),
        ("zeros", vec![0.0; 40]),
        ("a billion customers", (0..181).map(|day| f64::from(day) * 1e9 / 180.0).collect()),
        ("losses", (0..30).map(|day| f64::from(day) * -123_456.7).collect()),
        ("both signs", (0..30).map(|day| f64::from(day - 20) * 1_000.0).collect()),
        ("unknown", vec![f64::NAN; 12]),
        ("unknown in part", vec![f64::NAN, 4.0, f64::NAN, f64::INFINITY, 9.0, 1e300]),
        ("tiny", vec![1e-9, 2e-7, 3e-4]),
        ("many decades", vec![1e-12, 1.0, 1e19]),
    ]
}

pub(super) fn column(name: &str, values: Values) -> Column {
    Column {
        name: name.into(),
        unit: if name == "day" { "days".into() } else { String::new() },
        meaning: String::new(),
        values,
    }
}

pub(super) fn real(name: &str, values: &[f64], times: f64) -> Column {
    column(name, Values::Real(values.iter().map(|v| v * times).collect()))
}

pub(super) fn figure(name: &str, text: &str, x: Axis, y: Axis, marks: Vec<Mark>) -> Figure {
    let caption =
        format!("{text} · 1,000 runs · seed 7 · lines: the median of the runs; bands: the middle 90 % of runs");
    Figure { name: name.into(), title: format!("{text}: what the programme adds"), caption, x, y, marks }
}

pub(super) fn money() -> Numbers {
    Numbers::Money { prefix: "RUB\u{a0}".into(), digits: 2 }
}

/// Charts of all kinds of curves over these heights, with labels of this text.
fn curves(heights: &[f64], text: &str) -> Vec<(Figure, Table)> {
    let days = column("day", Values::Count((0..heights.len() as i64).collect()));
    let columns = (0..=6).map(|n| real(&format!("y{n}"), heights, f64::from(n) / 6.0));
    let table = Table { columns: std::iter::once(days).chain(columns).collect() };
    let linear =
        |numbers| (Axis::linear("Days since the start", "day", Numbers::Plain), Axis::linear(text, "", numbers));
    let log = || (Axis::log("Days since the start", "day", Numbers::Plain), Axis::log(text, "", Numbers::Plain));
    let y = |n: usize| format!("y{n}");
    let labelled = |n: usize| format!("{text} {n}");
    let lines = || {
        let line = |n| Mark::Line { y: y(n + 1), label: labelled(n), hue: Hue::of(n), stroke: Stroke::Dashed };
        let band = Mark::Band { low: y(4), high: y(6), hue: Hue::First };
        let points = Mark::Points { y: y(5), label: labelled(7), hue: Hue::Sixth };
        std::iter::once(band).chain((0..5).map(line)).chain([points]).collect::<Vec<_>>()
    };
    let layer = |n| Mark::Area { low: y(n), high: y(n + 1), label: labelled(n), hue: Hue::of(n) };
    let ruled = || {
        let rule = |at: f64| Mark::Rule { at, label: format!("{text} {at}") };
        let last = heights.len() as f64 - 1.0;
        lines().into_iter().chain([0.0, 1.0, last * 0.5, last * 0.55, last, 1e9].map(rule)).collect::<Vec<_>>()
    };
    let many = |n: usize| Mark::Line { y: y(n % 7), label: labelled(n), hue: Hue::of(n), stroke: Stroke::Solid };
    let chart = |name: &str, (x, y), marks| (figure(name, text, x, y, marks), table.clone());
    let counted = Mark::Points { y: y(3), label: labelled(7), hue: Hue::Ink };
    let without_zero = || {
        let (x, y) = linear(money());
        (x, Axis { from_zero: false, ..y })
    };
    vec![
        chart("lines", linear(money()), lines()),
        chart("layers", linear(Numbers::Percent), (0..6).map(layer).collect()),
        chart("rules", linear(Numbers::Plain), ruled()),
        chart("log lines", log(), lines()),
        chart("log layers", log(), (0..6).map(layer).collect()),
        chart("log rules", log(), ruled()),
        chart("fourteen lines", linear(Numbers::Plain), (0..14).map(many).collect()),
        chart("no marks", linear(Numbers::Plain), vec![]),
        chart("lines without zero", without_zero(), lines().into_iter().chain([counted]).collect()),
    ]
}

/// Charts of all kinds of rows, one for each of these values, with names of this text.
fn rows(values: &[f64], text: &str, numbers: Numbers) -> Vec<(Figure, Table)> {
    let names = |what: &str| Values::Name((0..values.len()).map(|row| format!("{what} {row}")).collect());
    let low: Vec<f64> = values.iter().map(|v| v - v.abs() * 0.4).collect();
    let high: Vec<f64> =
        values.iter().enumerate().map(|(row, v)| v + v.abs() * if row % 3 == 0 { -0.2 } else { 0.5 }).collect();
    let base = vec![values.iter().copied().find(|v| v.is_finite()).unwrap_or(0.0); values.len()];
    let upper: Vec<f64> = values.iter().map(|v| v + v.abs() * 0.3).collect();
    let table = Table {
        columns: vec![
            column("name", names(text)),
            real("value", values, 1.0),
            real("low", &low, 1.0),
            real("high", &high, 1.0),
            real("upper", &upper, 1.0),
            real("base", &base, 1.0),
            column("low end", names("at least")),
            column("high end", names(text)),
        ],
    };
    let (x, y) = (Axis::linear("What each adds", "", numbers), Axis::linear("Assumption", "name", Numbers::Plain));
    let bars = |interval: bool, label: &str, hue| Mark::Bars {
        value: "value".into(),
        interval: interval.then(|| ("low".into(), "upper".into())),
        by_interval: true,
        label: label.into(),
        hue,
    };
    let end = |value: &str, end: &str, label: &str, hue| RangeEnd {
        value: value.into(),
        end: end.into(),
        label: label.into(),
        hue,
    };
    let ranges = Mark::Ranges {
        base: "base".into(),
        low: end("low", "low end", "at the low end", Hue::Second),
        high: end("high", "high end", text, Hue::First),
    };
    let rule = |at: f64| Mark::Rule { at, label: format!("{text} {at}") };
    let chart = |name: &str, marks| (figure(name, text, x.clone(), y.clone(), marks), table.clone());
    vec![
        chart("bars", vec![bars(false, "", Hue::First)]),
        chart(
            "bars with intervals",
            vec![bars(true, "", Hue::First), rule(0.0), rule(values.first().copied().unwrap_or(0.0))],
        ),
        chart("bars of two kinds", vec![bars(true, "with the programme", Hue::First), bars(false, text, Hue::Second)]),
        chart("ranges", vec![ranges]),
    ]
}

#[test]
fn curves_of_any_numbers_fit() {
    for (what, heights) in heights() {
        curves(&heights, SHORT).iter().for_each(|(figure, table)| assert_fits(figure, table, what));
    }
}

#[test]
fn curves_with_any_labels_fit() {
    for text in TEXTS {
        let heights: Vec<f64> = (0..30).map(f64::from).collect();
        curves(&heights, text).iter().for_each(|(figure, table)| assert_fits(figure, table, text));
    }
}

#[test]
fn rows_of_any_numbers_fit() {
    for (what, mut values) in heights() {
        values.truncate(12);
        for numbers in [Numbers::Plain, money(), Numbers::Percent] {
            rows(&values, SHORT, numbers).iter().for_each(|(figure, table)| assert_fits(figure, table, what));
        }
    }
}

#[test]
fn twelve_rows_with_any_names_fit() {
    for text in TEXTS {
        let values: Vec<f64> = (0..12).map(|row| f64::from(row - 4) * 1_234.5).collect();
        rows(&values, text, money()).iter().for_each(|(figure, table)| assert_fits(figure, table, text));
    }
}

/// Scenarios of the repository that between them have every chart, few runs of each, and no more people than take a moment.
const SHIPPED: [(&str, u32); 7] = [
    ("two-sided", 20_000),
    ("word-against-paid", 20_000),
    ("complaints", 20_000),
    ("fraud", 20_000),
    ("tiers", 20_000),
    ("les-miserables", 77),
    ("quickstart", 2_000),
];

#[test]
fn charts_of_shipped_scenarios_fit_in_every_language() {
    for (name, people) in SHIPPED {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(name).with_extension("toml");
        let people = Some(people).filter(|_| name == "quickstart");
        let overrides = Overrides { runs: Some(3), people, ..Overrides::default() };
        let scenario = Scenario::read(&path, overrides).expect("a scenario");
        let (money, title) = (scenario.money(), scenario.name.clone());
        let experiment = scenario.into_experiment();
        let details = Details::new(&experiment, Details::RUNS);
        experiment.run_logged(&details, || ());
        let gathered = details.gathered();
        for language in Language::ALL {
            let caption = Caption { language, scenario: title.clone(), runs: 3, seed: 1 };
            let charts = figures::closely(&gathered, &caption, &money, "RUB ");
            assert!(charts.len() >= 4, "{name}");
            for Guided { drawing: Drawing { figure, table }, .. } in charts {
                assert_fits(&figure, &table, &format!("{name} in {language}"));
            }
        }
    }
}

#[test]
fn what_does_not_fit_is_found() {
    let fonts = Fonts::bundled();
    let text = |x: f64, y: f64| Shape::Text {
        at: (x, y),
        anchor: Anchor::Start,
        size: 10.0,
        colour: theme::INK,
        text: "abc".into(),
    };
    let scene =
        |shapes| Scene { width: 100.0, height: 100.0, shapes, title: String::new(), description: String::new() };
    assert_eq!(faults(&scene(vec![text(10.0, 20.0), text(10.0, 35.0)]), &fonts), Vec::<String>::new());
    assert_eq!(faults(&scene(vec![text(10.0, 20.0), text(25.0, 25.0)]), &fonts), ["'abc' covers 'abc'"]);
    let dot = |x: f64| Shape::Dot { at: (x, 15.0), radius: 4.0, colour: theme::INK };
    assert_eq!(faults(&scene(vec![text(10.0, 20.0), dot(5.0)]), &fonts), Vec::<String>::new());
    assert_eq!(faults(&scene(vec![text(10.0, 20.0), dot(7.0)]), &fonts), ["'abc' covers a dot"]);
    assert_eq!(faults(&scene(vec![text(90.0, 20.0)]), &fonts).len(), 1);
    assert_eq!(faults(&scene(vec![text(10.0, 99.0)]), &fonts).len(), 1);
    assert_eq!(faults(&scene(vec![text(10.0, f64::NAN)]), &fonts).len(), 2);
}

#[test]
fn sheets_have_their_pixels_and_text_that_can_be_read_there() {
    let heights: Vec<f64> = (0..180).map(f64::from).collect();
    let fonts = Fonts::bundled();
    let charts = curves(&heights, SHORT).into_iter().filter(|(figure, _)| figure.name != "fourteen lines");
    let charts = charts.chain(rows(&heights[..8], SHORT, Numbers::Plain));
    for (figure, table) in charts {
        for (size, width, height, least) in [
            (Size::Page, 1_600.0, None, 25.0),
            (Size::Slide, 1_920.0, Some(1_080.0), 24.0),
            (Size::Column, 1_050.0, None, 7.0 / 72.0 * 300.0),
            (Size::Square, 1_080.0, Some(1_080.0), 24.0),
        ] {
            let scene = compose(&figure, &table, &Look { size, ..Look::page(&fonts) }).expect("is laid out");
            let pixels = Sheet::of(size).pixels;
            assert_eq!(scene.width * pixels, width);
            assert!(height.is_none_or(|height| scene.height * pixels == height), "{size:?}: {}", scene.height);
            let smallest = boxes(&scene, &fonts).iter().map(|text| text.size * pixels).fold(f64::INFINITY, f64::min);
            assert!(smallest >= least - 1e-9, "{} on {size:?}: {smallest} px", figure.name);
        }
    }
}

#[test]
fn a_chart_without_headline_has_none_and_is_lower() {
    let fonts = Fonts::bundled();
    let (figure, table) = curves(&[1.0, 2.0, 3.0], SHORT).swap_remove(0);
    let with = compose(&figure, &table, &Look::page(&fonts)).expect("is laid out");
    let without = compose(&figure, &table, &Look { title: false, ..Look::page(&fonts) }).expect("is laid out");
    let says = |scene: &Scene| boxes(scene, &fonts).iter().any(|text| text.text.contains("what the programme adds"));
    assert!(says(&with) && !says(&without) && without.height < with.height);
    assert_eq!(with.title, without.title);
}
