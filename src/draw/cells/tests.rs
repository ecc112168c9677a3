//! Cells are where they belong and say what they hold.

use super::super::fonts::Fonts;
use super::super::look::Size;
use super::super::ramp::Ramp;
use super::*;
use crate::figure::{Axis, Hue, Numbers};
use crate::table::Column;

fn column(name: &str, values: Values) -> Column {
    Column { name: name.into(), unit: String::new(), meaning: String::new(), values }
}

fn names(names: &[&str]) -> Values {
    Values::Name(names.iter().map(|&name| name.to_owned()).collect())
}

/// Two graphs by two rewards; one cell is in no row of the table, and one number is unknown.
fn laid_out(mut marks: Vec<Mark>, size: Size) -> Result<Scene, DrawError> {
    let table = Table {
        columns: vec![
            column("graph", names(&["ring", "ring", "clique"])),
            column("reward", names(&["$10", "$5", "$10"])),
            column("profit", Values::Real(vec![250.0, 1_000.0, f64::NAN])),
            column("is best", Values::Count(vec![0, 1, 0])),
        ],
    };
    let numbers = Numbers::Money { prefix: "$".into(), digits: 2 };
    marks.insert(0, Mark::Cells { value: Axis::linear("Profit", "profit", numbers) });
    let axis = |column: &str| Axis::linear(column, column, Numbers::Plain);
    let (name, title, caption) = ("f".into(), String::new(), String::new());
    let figure = Figure { name, title, caption, x: axis("graph"), y: axis("reward"), marks };
    compose(&figure, &table, &Look { size, ..Look::page(&Fonts::bundled()) })
}

/// The places of what is written so.
fn places(scene: &Scene, wanted: &str) -> Vec<(f64, f64)> {
    let place = |shape: &Shape| match shape {
        Shape::Text { at, text, .. } if text == wanted => Some(*at),
        _ => None,
    };
    scene.shapes.iter().filter_map(place).collect()
}

/// The middles of rectangles of a colour that are no part of the bar, which is above all cells.
fn cells(scene: &Scene, wanted: theme::Rgb) -> Vec<(f64, f64)> {
    let top = places(scene, "reward")[0].1;
    let cell = |shape: &Shape| match shape {
        Shape::Fill { edge, colour, .. } if *colour == wanted && edge[2].1 > top => {
            Some(((edge[0].0 + edge[2].0) / 2.0, (edge[0].1 + edge[2].1) / 2.0))
        }
        _ => None,
    };
    scene.shapes.iter().filter_map(cell).collect()
}

#[test]
fn a_cell_is_where_its_names_meet_and_has_the_colour_of_its_number() {
    let scene = laid_out(vec![], Size::Page).expect("is laid out");
    let (most, quarter) = (cells(&scene, Ramp::Rising.colour(1.0)), cells(&scene, Ramp::Rising.colour(0.25)));
    let ([most], [quarter]) = (&most[..], &quarter[..]) else { panic!("{most:?} {quarter:?}") };
    assert_eq!(most.0, quarter.0, "both are of the ring");
    assert!((most.0 - places(&scene, "ring")[0].0).abs() < 1.0);
    assert!(most.1 < quarter.1, "the first name is below");
    // The same numbers stand on the bar.
    let near = |text: &str, (x, y): (f64, f64)| {
        places(&scene, text).iter().any(|at| (at.0 - x).abs() < 1.0 && (at.1 - y).abs() < 8.0)
    };
    assert!(near("$1,000", *most) && near("$250", *quarter));
}

#[test]
fn what_is_unknown_is_hatched_and_the_key_says_so() {
    let scene = laid_out(vec![], Size::Page).expect("is laid out");
    assert_eq!(places(&scene, "no value").len(), 1);
    let hatched = scene.shapes.iter().filter(
        |shape| matches!(shape, Shape::Strokes { colour, paths, .. } if *colour == theme::LEADER && paths.len() > 2),
    );
    assert_eq!(hatched.count(), 3, "two cells and the key");
}

#[test]
fn the_best_have_a_ring_and_borders_a_line() {
    let label = String::new();
    let best = Mark::Best { is_best: "is best".into(), label: label.clone() };
    let border = Mark::Contour { above: "is best".into(), label };
    let scene = laid_out(vec![border, best], Size::Page).expect("is laid out");
    let rings: Vec<(f64, f64)> = scene
        .shapes
        .iter()
        .filter_map(|shape| match shape {
            Shape::Dot { at, colour: BLACK, .. } => Some(*at),
            _ => None,
        })
        .collect();
    let cell = cells(&scene, Ramp::Rising.colour(1.0))[0];
    assert!(rings.len() == 1 && rings[0].0 > cell.0 && rings[0].1 < cell.1, "in the upper right corner");
    let line = scene.shapes.iter().find_map(|shape| match shape {
        Shape::Strokes { paths, colour: BLACK, .. } => Some(paths.clone()),
        _ => None,
    });
    let below = cells(&scene, Ramp::Rising.colour(0.25))[0];
    let level = (cell.1 + below.1) / 2.0;
    assert!(line.expect("is drawn").iter().flatten().any(|at| (at.1 - level).abs() < 1e-6 && at.0 > cell.0));
}

#[test]
fn what_belongs_to_another_layout_is_refused() {
    let line = Mark::Points { y: "profit".into(), label: String::new(), hue: Hue::First };
    assert!(matches!(laid_out(vec![line], Size::Page), Err(DrawError::Mixed { .. })));
    let twice = Mark::Cells { value: Axis::linear("", "profit", Numbers::Plain) };
    assert!(matches!(laid_out(vec![twice], Size::Page), Err(DrawError::Mixed { .. })));
    let nowhere = Mark::Best { is_best: "none".into(), label: String::new() };
    assert!(matches!(laid_out(vec![nowhere], Size::Page), Err(DrawError::NoColumn { .. })));
}

#[test]
fn all_cells_are_equally_large() {
    for size in Size::ALL {
        let scene = laid_out(vec![], size).expect("is laid out");
        let (most, quarter) = (Ramp::Rising.colour(1.0), Ramp::Rising.colour(0.25));
        let size_of = |wanted: theme::Rgb| {
            let top = places(&scene, "reward")[0].1;
            scene.shapes.iter().find_map(|shape| match shape {
                Shape::Fill { edge, colour, .. } if *colour == wanted && edge[2].1 > top => {
                    Some((edge[2].0 - edge[0].0, edge[0].1 - edge[2].1))
                }
                _ => None,
            })
        };
        assert!(size_of(most).is_some() && size_of(most) == size_of(quarter), "{size:?}");
    }
}
