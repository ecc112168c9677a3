//! A heat map, laid out: a grid of cells, each filled by its number, under a bar that says which colour is which number.
//!
//! A number stands in its cell where all numbers have room. Cells of which nothing is known are hatched.

use super::DrawError;
use super::colour_bar::ColourScale;
use super::contour::borders;
use super::grid::{Grid, Places};
use super::key::{Sign, put_key, put_key_beside};
use super::levels::Levels;
use super::look::{Look, Sheet};
use super::ramp::{BLACK, WHITE, ink_on};
use super::scene::{Anchor, Scene, Shape, values_of};
use super::sketch::{Foot, OPTICAL_MIDDLE, Plot, Sketch, Span, finite};
use super::text::clean;
use super::theme;
use super::written::{self, Writer};
use crate::figure::{Figure, Mark, Scale};
use crate::language::tell;
use crate::table::{Table, Values};

/// The parts of a chart's width that names may take: of all, and for the sake of a long word.
const NAMES_SHARE: [f64; 2] = [0.26, 0.34];
/// Of so many rows the names may be broken.
const FEW: usize = 12;
/// Most width and height of a cell [logical pixels on a page].
const MOST: [f64; 2] = [150.0, 46.0];
/// Height of a cell of its width, if the sheet leaves it free.
const FLAT: f64 = 0.62;
/// Height of a grid of many rows, if the sheet leaves it free [logical pixels on a page].
const TALL: f64 = 470.0;
/// From this width and height on, there is a line of paper between cells [logical pixels].
const APART: f64 = 9.0;
/// Radius of the sign of the best [logical pixels on a page].
const RING: f64 = 5.0;

/// Lays a heat map out.
pub fn compose(figure: &Figure, table: &Table, look: &Look) -> Result<Scene, DrawError> {
    let mixed = || DrawError::Mixed { figure: figure.name.clone() };
    let cells = figure.marks.iter().filter_map(|mark| match mark {
        Mark::Cells { value } => Some(value),
        _ => None,
    });
    let [value] = cells.collect::<Vec<_>>()[..] else { return Err(mixed()) };
    let is_above =
        |column: &str| -> Result<Vec<f64>, DrawError> { Ok(finite(values_of(figure, table, column)?.reals())) };
    let (mut contours, mut best, mut key) = (vec![], vec![], vec![]);
    for mark in &figure.marks {
        match mark {
            Mark::Cells { .. } => {}
            Mark::Contour { above, label } => {
                contours.push(is_above(above)?);
                key.push((Sign::Line, clean(label)));
            }
            Mark::Best { is_best, label } => {
                best.push(is_above(is_best)?);
                key.push((Sign::Ring, clean(label)));
            }
            _ => return Err(mixed()),
        }
    }
    let values = values_of(figure, table, &value.column)?;
    let is_whole = matches!(values, Values::Count(_));
    let values = finite(values.reals());
    let scale = ColourScale::of(value, &values, is_whole);
    let writer = Writer::new(&value.numbers, look.language);
    let names = |column: &str| values_of(figure, table, column).map(|values| writer.names(values));
    let grid = Grid::of([names(&figure.x.column)?, names(&figure.y.column)?], values, scale);
    if grid.has_gaps() {
        key.push((Sign::Hatched, tell!(look.language, "chart-no-value")));
    }

    let mut sketch = Sketch::new(look);
    let top = sketch.headline(&figure.title);
    let ((right, bottom), top) = grid.scale.put(&mut sketch, &value.title, &writer, top);
    // Cells need the height that lines of their own would take.
    let after_bar = (right + sketch.gap(34.0), bottom);
    // Never on the line of the vertical axis' title, which would read as one with it.
    let top = match put_key_beside(&mut sketch, &key, after_bar) {
        true => top,
        false => put_key(&mut sketch, key, top),
    };
    let top = sketch.axis_title(figure, top);
    let (places, names, foot) = place(&mut sketch, figure, &grid, top);
    put_cells(&mut sketch, &grid, &places);
    let has_best = !best.is_empty();
    let has_texts = put_values(&mut sketch, &grid, &places, &writer, has_best);
    for above in contours {
        put_contour(&mut sketch, &grid, &places, &above);
    }
    for is_best in best {
        put_best(&mut sketch, &grid, &places, &is_best, has_texts);
    }
    put_rows(&mut sketch, &places, names);
    let end = sketch.put_words(&places.plot, foot);
    let description = describe(&clean(&figure.caption), &grid, &writer);
    Ok(sketch.finish(end, &figure.title, description))
}

/// Finds cells their place, and writes the names of columns, as their height decides that of the cells.
fn place(sketch: &mut Sketch, figure: &Figure, grid: &Grid, top: f64) -> (Places, Vec<Vec<String>>, Foot) {
    let Sheet { axis, padding, width: sheet, height: fixed, .. } = sketch.sheet;
    let (columns, rows) = (grid.columns().max(1), grid.rows().max(1));
    let leading = axis * theme::LEADING;
    let room = NAMES_SHARE.map(|share| sheet * share - padding);
    let room = sketch.room_for_words(grid.names[1].iter().map(String::as_str), room, axis);
    let broken = |most: usize| -> Vec<Vec<String>> {
        grid.names[1].iter().map(|name| sketch.even_lines(name, most, room, axis)).collect()
    };
    let (one, several) = (broken(1), broken(if fixed.is_some() { 2 } else { 3 }));
    let mut names = if rows <= FEW { several } else { one.clone() };
    let names_width = names.iter().chain(&one).map(|lines| sketch.widest(lines, axis)).fold(0.0, f64::max);

    let left = (padding + names_width + sketch.gap(10.0)).ceil();
    // Cells of a whole or a half number of pixels are all equally large.
    let even = |length: f64| if length < 2.0 { length } else { (length * 2.0).floor() / 2.0 };
    let width = even(((sheet - padding - left) / columns as f64).min(sketch.gap(MOST[0])));
    let span = || Span { from: 0.0, to: 1.0, scale: Scale::Linear };
    let mut plot =
        Plot { left, right: left + width * columns as f64, top: top.round(), bottom: top, x: span(), y: span() };
    let middle = move |column: usize| left + (column as f64 + 0.5) * width;
    let levels = Levels::place(sketch, &grid.names[0], middle);
    let mut foot = sketch.foot(figure, &plot);
    foot.numbers = levels.height();

    let highest = names.iter().map(Vec::len).max().unwrap_or(1) as f64 * leading;
    let low = if rows <= FEW { highest + sketch.gap(6.0) } else { (sketch.gap(TALL) / rows as f64).min(leading) };
    let natural = (width * FLAT).min(sketch.gap(MOST[1])).min(sketch.gap(TALL) / rows as f64).max(low);
    let height = sketch.bottom(plot.top, &foot, natural * rows as f64) - plot.top;
    let height = even((height / rows as f64).min(sketch.gap(MOST[1]).max(low)));
    plot.bottom = plot.top + height * rows as f64;
    if fixed.is_some() && highest - leading + axis * 1.06 > height {
        names = one;
    }
    levels.draw(sketch, &plot, middle);
    (Places { plot, width, height }, names, foot)
}

fn put_cells(sketch: &mut Sketch, grid: &Grid, places: &Places) {
    let apart = if places.width.min(places.height) >= APART { 0.5 } else { 0.0 };
    for (column, row) in grid.cells() {
        let [(left, top), (right, bottom)] = places.cell(column, row);
        match grid.colour(column, row) {
            Some(colour) => sketch.block((left + apart, top + apart), (right - apart, bottom - apart), colour),
            None => sketch.hatch((left + 1.0, top + 1.0), (right - 1.0, bottom - 1.0)),
        }
    }
}

/// Writes the numbers into their cells if all have room in letters that can be read; says whether they had.
fn put_values(sketch: &mut Sketch, grid: &Grid, places: &Places, writer: &Writer, has_best: bool) -> bool {
    let Sheet { label, axis, caption, .. } = sketch.sheet;
    let cells: Vec<(usize, usize)> = grid.cells().filter(|&(x, y)| grid.colour(x, y).is_some()).collect();
    let values: Vec<f64> = cells.iter().filter_map(|&(x, y)| grid.of_cell(&grid.values, x, y)).collect();
    // The bar has the sign of the currency too, so that cells can do without it.
    let ways = [written::at_ends(&values, writer), written::at_ends(&values, &writer.without_sign())];
    // A ring stands above the numbers or, where a cell is too low for both, beside them.
    let ring = if has_best { 2.0 * ring_radius(sketch, places) + 2.0 } else { 0.0 };
    let aside = |size: f64| if size * 0.8 + 2.0 * ring <= places.height - 2.0 { 0.0 } else { ring };
    let fits = |(texts, size): &(&Vec<String>, f64)| {
        let room = places.width - sketch.gap(9.0) - aside(*size);
        sketch.widest(texts, *size) <= room && size * 1.15 <= places.height
    };
    let sizes = [label, axis, caption];
    let found = ways.iter().flat_map(|texts| sizes.iter().map(move |&size| (texts, size))).find(fits);
    let Some((texts, size)) = found else { return false };
    for (&(column, row), text) in cells.iter().zip(texts) {
        let (x, y) = places.middle(column, row);
        let ink = grid.colour(column, row).map_or(theme::INK, ink_on);
        let at = (x - aside(size) / 2.0, y + size * OPTICAL_MIDDLE * 1.2);
        sketch.text(at, Anchor::Middle, size, ink, text.clone());
    }
    true
}

fn put_contour(sketch: &mut Sketch, grid: &Grid, places: &Places, above: &[f64]) {
    let kind = |column, row| grid.of_cell(above, column, row).map(|value| value > 0.0);
    let (line, rim) = (sketch.gap(2.25), sketch.gap(4.5));
    let paths = |width: f64| -> Vec<Vec<(f64, f64)>> {
        let side = |corners: [(usize, usize); 2]| {
            let [(x, y), (to_x, to_y)] = corners.map(|corner| places.corner(corner));
            // A little beyond its ends, so that sides that meet at a corner fill it, but not beyond the grid.
            let (dx, dy) = if x == to_x { (0.0, -width / 2.0) } else { (width / 2.0, 0.0) };
            let Plot { left, right, top, bottom, .. } = places.plot;
            let within = |(x, y): (f64, f64)| (x.clamp(left, right), y.clamp(top, bottom));
            vec![within((x - dx, y - dy)), within((to_x + dx, to_y + dy))]
        };
        borders(grid.columns(), grid.rows(), kind).into_iter().map(side).collect()
    };
    for (width, colour) in [(rim, WHITE), (line, BLACK)] {
        sketch.shapes.push(Shape::Strokes { paths: paths(width), colour, width });
    }
}

fn ring_radius(sketch: &Sketch, places: &Places) -> f64 {
    sketch.gap(RING).min(0.35 * places.width.min(places.height))
}

/// A ring in the middle of each of the best cells, or in its corner where a number stands.
fn put_best(sketch: &mut Sketch, grid: &Grid, places: &Places, is_best: &[f64], has_texts: bool) {
    let radius = ring_radius(sketch, places);
    for (column, row) in grid.cells().filter(|&(x, y)| grid.of_cell(is_best, x, y).is_some_and(|best| best > 0.0)) {
        let [(_, top), (right, _)] = places.cell(column, row);
        let corner = (right - radius - 2.0, top + radius + 2.0);
        let at = if has_texts { corner } else { places.middle(column, row) };
        sketch.ring(at, radius, [BLACK, WHITE]);
    }
}

/// The names of rows: all, or if they have no room every second, or every third.
fn put_rows(sketch: &mut Sketch, places: &Places, names: Vec<Vec<String>>) {
    let size = sketch.sheet.axis;
    let leading = size * theme::LEADING;
    let most = names.iter().map(Vec::len).max().unwrap_or(1).max(1) as f64 - 1.0;
    let every = ((most * leading + size * 1.06) / places.height).ceil().max(1.0) as usize;
    let x = places.plot.left - sketch.gap(8.0);
    for (row, lines) in names.into_iter().enumerate().step_by(every) {
        let middle = places.middle(0, row).1;
        let first = middle - (lines.len() as f64 - 1.0) / 2.0 * leading + size * OPTICAL_MIDDLE;
        for (place, text) in lines.into_iter().enumerate() {
            sketch.text((x, first + place as f64 * leading), Anchor::End, size, theme::MUTED, text);
        }
    }
}

/// The chart in a sentence: its least and its greatest number, and where they are.
fn describe(caption: &str, grid: &Grid, writer: &Writer) -> String {
    let known = || {
        let value = |(x, y)| grid.of_cell(&grid.values, x, y).map(|value| (value, (x, y)));
        grid.cells().filter_map(value)
    };
    let least = known().min_by(|a, b| a.0.total_cmp(&b.0));
    let most = known().max_by(|a, b| a.0.total_cmp(&b.0));
    let Some(((least, low), (most, high))) = least.zip(most) else { return caption.to_owned() };
    let [where_low, where_high] = [low, high].map(|(x, y)| format!("{}, {}", grid.names[0][x], grid.names[1][y]));
    let [least, most] = [least, most].map(|value| written::in_words(value, writer));
    let range = tell!(
        writer.language,
        "chart-cells-from-to",
        least = least,
        where = where_low,
        most = most,
        there = where_high
    );
    format!("{caption} {range}").trim().to_owned()
}

#[cfg(test)]
mod tests;
