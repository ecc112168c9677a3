//! Proof that heat maps and scatters fit every sheet, and curves over names; `fit` says what fitting is.

use super::fit::{TEXTS, assert_fits, column, figure, heights, money, real};
use crate::figure::{Axis, Figure, Hue, Joint, Mark, Numbers, Stroke};
use crate::table::{Table, Values};

fn names(names: impl IntoIterator<Item = String>) -> Values {
    Values::Name(names.into_iter().collect())
}

fn axis(title: &str, column: &str) -> Axis {
    Axis::linear(title, column, Numbers::Plain)
}

/// A heat map of so many columns and rows, with names of this text and these values, over and over.
fn heat_map([columns, rows]: [usize; 2], text: &str, values: &[f64], numbers: Numbers) -> (Figure, Table) {
    let cells: Vec<(usize, usize)> = (0..columns).flat_map(|x| (0..rows).map(move |y| (x, y))).collect();
    let value: Vec<f64> =
        values.iter().copied().cycle().take(if values.is_empty() { 0 } else { cells.len() }).collect();
    let cells = &cells[..value.len()];
    let is_high: Vec<f64> = cells.iter().map(|&(x, y)| f64::from(u8::from(x * rows > y * columns))).collect();
    let table = Table {
        columns: vec![
            column("x", names(cells.iter().map(|(x, _)| format!("{text} {x}")))),
            column("y", names(cells.iter().map(|(_, y)| format!("{y} {text}")))),
            real("value", &value, 1.0),
            real("is high", &is_high, 1.0),
        ],
    };
    let marks = vec![
        Mark::Cells { value: Axis::linear(text, "value", numbers) },
        Mark::Contour { above: "is high".into(), label: text.into() },
        Mark::Best { is_best: "is high".into(), label: "the best".into() },
    ];
    (figure(&format!("{columns} × {rows} cells"), text, axis(text, "x"), axis(text, "y"), marks), table)
}

/// Scatters of two groups of these numbers, against each other and each with its name, on both scales.
fn scatters(values: &[f64], text: &str) -> Vec<(Figure, Table)> {
    let other: Vec<f64> = values.iter().enumerate().map(|(row, v)| v * (1.0 + (row % 7) as f64)).collect();
    let table = Table {
        columns: vec![
            real("x", values, 1.0),
            real("y", &other, 1.0),
            real("low", &other, 0.7),
            real("high", &other, 1.3),
            real("left", values, 0.7),
            real("right", values, 1.3),
            real("first", &(0..values.len()).map(|row| (row % 4) as f64 - 2.0).collect::<Vec<_>>(), 1.0),
            column("name", names((0..values.len()).map(|row| format!("{text} {row}")))),
        ],
    };
    let dots = |among: Option<&str>, joined, hue| Mark::Dots {
        among: among.map(str::to_owned),
        names: Some("name".into()),
        across: among.map(|_| ("left".into(), "right".into())),
        along: Some(("low".into(), "high".into())),
        joined,
        label: text.into(),
        hue,
    };
    let marks = || {
        vec![
            dots(None, None, Hue::Quiet),
            dots(Some("first"), Some(Joint::Steps), Hue::First),
            Mark::Rule { at: 1_000.0, label: text.into() },
        ]
    };
    let log = |title: &str, column: &str| Axis::log(title, column, Numbers::Plain);
    let of_money = |column: &str| Axis::linear(text, column, money());
    let free = |column: &str| Axis { from_zero: false, ..Axis::linear(text, column, Numbers::Percent) };
    vec![
        (figure("scatter", text, of_money("x"), of_money("y"), marks()), table.clone()),
        (figure("log scatter", text, log(text, "x"), log(text, "y"), marks()), table.clone()),
        (figure("scatter without zero", text, free("x"), free("y"), marks()), table),
    ]
}

/// Curves over so many names.
fn over_names(count: usize, text: &str) -> (Figure, Table) {
    let heights: Vec<f64> = (0..count).map(|x| (x * x) as f64).collect();
    let table = Table {
        columns: vec![
            column("x", names((0..count).map(|x| format!("{text} {x}")))),
            real("low", &heights, 0.8),
            real("y", &heights, 1.0),
        ],
    };
    let marks = vec![
        Mark::Band { low: "low".into(), high: "y".into(), hue: Hue::First },
        Mark::Line { y: "y".into(), label: text.into(), hue: Hue::First, stroke: Stroke::Solid },
        Mark::Points { y: "low".into(), label: text.into(), hue: Hue::Second },
    ];
    (
        figure(&format!("curves over {count} names"), text, axis(text, "x"), Axis::linear(text, "", money()), marks),
        table,
    )
}

#[test]
fn heat_maps_of_any_numbers_fit() {
    for (what, values) in heights() {
        for numbers in [Numbers::Plain, money(), Numbers::Percent] {
            let (figure, table) = heat_map([6, 5], "low", &values, numbers);
            assert_fits(&figure, &table, what);
        }
    }
}

#[test]
fn heat_maps_of_any_size_and_names_fit() {
    let values: Vec<f64> = (0..97).map(|v| f64::from(v) * 123.4 - 900.0).collect();
    for text in TEXTS.into_iter().chain(["5 %", ""]) {
        for size in [[1, 1], [3, 25], [25, 3], [10, 10]] {
            let (figure, table) = heat_map(size, text, &values, money());
            assert_fits(&figure, &table, text);
        }
    }
    let (figure, table) = heat_map([50, 50], "10.00 USD", &values, money());
    assert_fits(&figure, &table, "the largest");
}

#[test]
fn scatters_of_any_numbers_fit() {
    for (what, values) in heights() {
        scatters(&values, "policy.two_sided.advocate")
            .iter()
            .for_each(|(figure, table)| assert_fits(figure, table, what));
    }
}

#[test]
fn scatters_with_any_names_fit() {
    let values: Vec<f64> = (0..24).map(|v| f64::from((v * 37) % 24) * 77.7).collect();
    for text in TEXTS {
        scatters(&values, text).iter().for_each(|(figure, table)| assert_fits(figure, table, text));
    }
}

#[test]
fn curves_over_any_names_fit() {
    for text in TEXTS.into_iter().chain(["5 %"]) {
        for count in [0, 1, 2, 5, 12, 40] {
            let (figure, table) = over_names(count, text);
            assert_fits(&figure, &table, text);
        }
    }
}
