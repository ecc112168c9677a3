//! The key of a chart: what its signs mean, in lines above the plot.
//!
//! Curves have none, as their labels stand at their ends.

use super::look::Sheet;
use super::scene::{Anchor, Shape};
use super::sketch::Sketch;
use super::theme::{self, Rgb};

/// Between two items [logical pixels on a page].
const BETWEEN: f64 = 20.0;

/// What stands before the words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// A filled square.
    Block(Rgb),
    /// A dot.
    Dot(Rgb),
    /// A level line.
    Line,
    /// A ring.
    Ring,
    /// A hatched square.
    Hatched,
}

/// Draws the signs that have a label, each with it; says where the next thing may begin.
pub fn put_key(sketch: &mut Sketch, items: Vec<(Sign, String)>, top: f64) -> f64 {
    if items.iter().all(|(_, label)| label.is_empty()) {
        return top;
    }
    let Sheet { padding, label: size, .. } = sketch.sheet;
    put_items(sketch, items, (padding, top + size)) + sketch.gap(14.0)
}

/// Draws the same to the right of a place on a baseline if it has room there.
pub fn put_key_beside(sketch: &mut Sketch, items: &[(Sign, String)], (x, baseline): (f64, f64)) -> bool {
    let Sheet { padding, width, label: size, .. } = sketch.sheet;
    let wide = |(sign, label): &(Sign, String)| item_width(sketch, *sign, size) + sketch.width(label, size);
    let all: f64 = items.iter().map(|item| wide(item) + sketch.gap(BETWEEN)).sum();
    let has_room = x + all <= width - padding;
    if has_room {
        put_items(sketch, items.to_vec(), (x, baseline));
    }
    has_room
}

/// How wide a sign is with the gap behind it.
fn item_width(sketch: &Sketch, sign: Sign, size: f64) -> f64 {
    size * if sign == Sign::Line { 1.5 } else { 0.75 } + sketch.gap(6.0)
}

/// Items one after the other, on more lines if need be; says on which baseline the last stand.
fn put_items(sketch: &mut Sketch, items: Vec<(Sign, String)>, (mut x, mut baseline): (f64, f64)) -> f64 {
    let Sheet { padding, label: size, .. } = sketch.sheet;
    let (side, gap, leading) = (size * 0.75, sketch.gap(6.0), size * theme::LEADING);
    for (sign, label) in items.into_iter().filter(|(_, label)| !label.is_empty()) {
        let long = item_width(sketch, sign, size) - gap;
        let room = sketch.sheet.inner() - long - gap;
        let text = sketch.lines(&label, 1, room, size).pop().unwrap_or_default();
        let width = long + gap + sketch.width(&text, size);
        if x > padding && x + width > sketch.sheet.width - padding {
            (x, baseline) = (padding, baseline + leading);
        }
        put_sign(sketch, sign, (x, baseline - side), (x + long, baseline));
        sketch.text((x + long + gap, baseline), Anchor::Start, size, theme::INK, text);
        x += width + sketch.gap(BETWEEN);
    }
    baseline
}

fn put_sign(sketch: &mut Sketch, sign: Sign, (left, top): (f64, f64), (right, bottom): (f64, f64)) {
    let middle = ((left + right) / 2.0, (top + bottom) / 2.0);
    match sign {
        Sign::Block(colour) => sketch.block((left, top), (right, bottom), colour),
        Sign::Dot(colour) => {
            let radius = sketch.gap(4.0);
            sketch.shapes.push(Shape::Dot { at: middle, radius, colour });
        }
        Sign::Line => {
            let paths = vec![vec![(left, middle.1), (right, middle.1)]];
            let width = sketch.gap(2.0);
            sketch.shapes.push(Shape::Strokes { paths, colour: theme::INK, width });
        }
        Sign::Ring => sketch.ring(middle, sketch.gap(5.0), [theme::INK, theme::PAPER]),
        Sign::Hatched => sketch.hatch((left, top), (right, bottom)),
    }
}
