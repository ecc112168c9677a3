//! A tree as a picture: one row a node, its branch at the left and its figures in columns at the right.
//!
//! Written as SVG text of its own: boxes that grow with their number would need a page to scroll, and rows can be read like
//! a table. What is too long for its place is cut; strangers' text is cleaned and escaped here.

use super::fonts::Fonts;
use super::plot::escape;
use super::text::{clean, wrap};
use super::theme::{self, Rgb};
use crate::figure::Hue;
use std::borrow::Cow;

/// Width of the picture [logical pixels].
const WIDTH: f64 = 900.0;
/// Distance of two rows [logical pixels].
const ROW: f64 = 25.0;
/// How far a branch is set in, where there is room [logical pixels].
const INDENT: f64 = 24.0;
/// Space between two columns [logical pixels].
const GAP: f64 = 22.0;
/// The widest column [logical pixels].
const COLUMN_MAX: f64 = 210.0;
/// From a dot to its name [logical pixels].
const NAME_AT: f64 = 13.0;

/// Figures of a node.
pub const COLUMNS: usize = 4;

/// Where a node stands to the one whom the tree is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// On the way to her.
    Above,
    /// She.
    Chosen,
    /// By her.
    Below,
    /// Nobody: it says how many are left out.
    More,
}

/// A node, after the one above it and all before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TreeRow {
    /// How many are above it.
    pub depth: usize,
    /// Its name.
    pub name: String,
    /// What its columns say.
    pub cells: [String; COLUMNS],
    /// What it is.
    pub mark: Mark,
}

/// A column.
#[derive(Debug, Clone)]
pub struct TreeColumn {
    /// Its head.
    pub head: Cow<'static, str>,
    /// Whether it stands at the right, as numbers do.
    pub is_right: bool,
}

/// A tree with what stands around it.
#[derive(Debug, Clone)]
pub struct Tree {
    /// The headline.
    pub title: String,
    /// What it is of.
    pub subtitle: String,
    /// The columns.
    pub columns: [TreeColumn; COLUMNS],
    /// The nodes, the root first.
    pub rows: Vec<TreeRow>,
    /// What it comes to, a paragraph each.
    pub captions: Vec<String>,
}

/// The tree as an SVG document, which may stand in a file or within a page.
pub fn tree_svg(tree: &Tree, fonts: &Fonts) -> String {
    let page = Page::of(tree, fonts);
    let inner = WIDTH - 2.0 * theme::PADDING;
    let mut body = String::new();
    let mut y = theme::PADDING;
    for line in lines(&tree.title, 2, inner, theme::TITLE_SIZE, fonts) {
        y += theme::TITLE_SIZE * theme::LEADING;
        body.push_str(&text(theme::PADDING, y, "start", theme::TITLE_SIZE, theme::INK, &line));
    }
    for line in lines(&tree.subtitle, 2, inner, theme::CAPTION_SIZE, fonts) {
        y += theme::CAPTION_SIZE * 1.7;
        body.push_str(&text(theme::PADDING, y, "start", theme::CAPTION_SIZE, theme::MUTED, &line));
    }
    y += 2.0 * ROW;
    for (place, column) in tree.columns.iter().enumerate() {
        body.push_str(&page.cell(place, y, &column.head, theme::MUTED, fonts));
    }
    y += 9.0;
    let (left, right) = (theme::PADDING, WIDTH - theme::PADDING);
    body.push_str(&line(&format!("M{left:.1} {y:.1}H{right:.1}"), theme::GRID, 1.0));
    y += ROW;
    body.push_str(&page.branches(&tree.rows, y));
    for row in &tree.rows {
        body.push_str(&page.row(row, y, fonts));
        y += ROW;
    }
    y += 6.0;
    for caption in &tree.captions {
        for line in lines(caption, 4, inner, theme::CAPTION_SIZE, fonts) {
            body.push_str(&text(theme::PADDING, y, "start", theme::CAPTION_SIZE, theme::MUTED, &line));
            y += theme::CAPTION_SIZE * theme::LEADING;
        }
    }
    let (height, paper) = ((y + theme::PADDING / 2.0).round(), rgb(theme::PAPER));
    let (title, subtitle) = (escape(&clean(&tree.title)), escape(&clean(&tree.subtitle)));
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" width=\"{WIDTH}\" height=\"{height}\" \
         role=\"img\" style=\"max-width:100%;height:auto\" font-family=\"{}\" stroke-linejoin=\"round\">\n\
         <title>{title}</title>\n<desc>{subtitle}</desc>\n\
         <rect width=\"{WIDTH}\" height=\"{height}\" fill=\"{paper}\"/>\n{body}</svg>\n",
        theme::FONT_STACK,
    )
}

/// Where everything stands.
struct Page {
    indent: f64,
    /// Each column: where it begins, its width, whether it stands at the right.
    columns: [(f64, f64, bool); COLUMNS],
}

impl Page {
    fn of(tree: &Tree, fonts: &Fonts) -> Page {
        let mut x = WIDTH - theme::PADDING;
        let mut columns = [(0.0, 0.0, false); COLUMNS];
        for place in (0..COLUMNS).rev() {
            let TreeColumn { head, is_right } = &tree.columns[place];
            let texts = tree.rows.iter().map(|row| row.cells[place].as_str()).chain([&**head]);
            let widest = texts.map(|text| fonts.width(text, theme::AXIS_SIZE)).fold(0.0, f64::max);
            let width = widest.ceil().min(COLUMN_MAX);
            x -= width;
            columns[place] = (x, width, *is_right);
            x -= GAP;
        }
        // Half of what is left belongs to the branches, the other half to the names.
        let deepest = tree.rows.iter().map(|row| row.depth).max().unwrap_or(0).max(1);
        let indent = INDENT.min((x - theme::PADDING) / 2.0 / deepest as f64);
        Page { indent, columns }
    }

    fn x(&self, depth: usize) -> f64 {
        theme::PADDING + 6.0 + depth as f64 * self.indent
    }

    /// A line from each node to the one above it.
    fn branches(&self, rows: &[TreeRow], first: f64) -> String {
        let mut drawn = String::new();
        // The latest node of each depth, by its height.
        let mut above: Vec<f64> = vec![];
        for (place, row) in rows.iter().enumerate() {
            let y = first + place as f64 * ROW - 4.5;
            above.truncate(row.depth);
            if let Some(from) = above.last() {
                let (x, to) = (self.x(row.depth - 1), self.x(row.depth));
                drawn.push_str(&line(&format!("M{x:.1} {from:.1}V{y:.1}H{to:.1}"), theme::LEADER, 1.25));
            }
            above.push(y);
        }
        drawn
    }

    fn row(&self, row: &TreeRow, y: f64, fonts: &Fonts) -> String {
        let x = self.x(row.depth);
        let (radius, dot, ink) = match row.mark {
            Mark::Above => (4.5, theme::colour(Hue::First), theme::label_colour(Hue::First)),
            Mark::Chosen => (6.5, theme::colour(Hue::Second), theme::label_colour(Hue::Second)),
            Mark::Below => (4.5, theme::colour(Hue::Third), theme::INK),
            Mark::More => (0.0, theme::MUTED, theme::MUTED),
        };
        let mut drawn = String::new();
        if radius > 0.0 {
            let (y, dot, paper) = (y - 4.5, rgb(dot), rgb(theme::PAPER));
            drawn.push_str(&format!(
                "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{radius}\" fill=\"{dot}\" stroke=\"{paper}\" stroke-width=\"1.5\"/>\n"
            ));
        }
        let room = self.columns[0].0 - GAP - x - NAME_AT;
        let name = fitted(&row.name, room, theme::LABEL_SIZE, fonts);
        drawn.push_str(&text(x + NAME_AT, y, "start", theme::LABEL_SIZE, ink, &name));
        let cells = row.cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty());
        let ink = if row.mark == Mark::More { theme::MUTED } else { theme::INK };
        drawn.extend(cells.map(|(place, cell)| self.cell(place, y, cell, ink, fonts)));
        drawn
    }

    fn cell(&self, place: usize, y: f64, words: &str, ink: Rgb, fonts: &Fonts) -> String {
        let (x, width, is_right) = self.columns[place];
        let words = fitted(words, width, theme::AXIS_SIZE, fonts);
        let (x, anchor) = if is_right { (x + width, "end") } else { (x, "start") };
        text(x, y, anchor, theme::AXIS_SIZE, ink, &words)
    }
}

/// Text broken into lines.
fn lines(words: &str, most: usize, room: f64, size: f64, fonts: &Fonts) -> Vec<String> {
    wrap(&clean(words), most, |line| fonts.width(line, size) <= room)
}

/// Text that fits, cut where it does not; a hair wider is no reason to cut.
fn fitted(words: &str, room: f64, size: f64, fonts: &Fonts) -> String {
    lines(words, 1, room + 0.5, size, fonts).pop().unwrap_or_default()
}

fn text(x: f64, y: f64, anchor: &str, size: f64, ink: Rgb, words: &str) -> String {
    let (ink, words) = (rgb(ink), escape(words));
    format!(
        "<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\" font-size=\"{size}\" fill=\"{ink}\">{words}</text>\n"
    )
}

fn line(path: &str, colour: Rgb, width: f64) -> String {
    format!("<path d=\"{path}\" fill=\"none\" stroke=\"{}\" stroke-width=\"{width}\"/>\n", rgb(colour))
}

fn rgb((red, green, blue): Rgb) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(depth: usize, name: &str, mark: Mark) -> TreeRow {
        let cells = ["1.0", "face to face, with a code", "60.00 USD", "2, 7 in all"].map(str::to_owned);
        TreeRow { depth, name: name.to_owned(), cells, mark }
    }

    fn tree(rows: Vec<TreeRow>) -> Tree {
        let column = |head| TreeColumn { head, is_right: false };
        let columns = ["day", "how she came", "bought for", "brought"].map(|head: &str| column(head.into()));
        Tree { title: "A & B".into(), subtitle: "run 0".into(), columns, rows, captions: vec!["in all".into()] }
    }

    #[test]
    fn strangers_text_is_escaped_and_cleaned() {
        let drawn = tree_svg(&tree(vec![row(0, "<b>\u{1b}\u{202e}\"x\"", Mark::Chosen)]), &Fonts::bundled());
        assert!(
            drawn.contains(">&lt;b&gt;&quot;x&quot;</text>") && drawn.contains("<title>A &amp; B</title>"),
            "{drawn}"
        );
    }

    #[test]
    fn however_deep_a_tree_is_nothing_leaves_its_place() {
        let fonts = Fonts::bundled();
        let rows: Vec<TreeRow> = (0..60).map(|depth| row(depth, &"long name ".repeat(20), Mark::Below)).collect();
        let page = Page::of(&tree(rows.clone()), &fonts);
        assert!(page.x(59) + NAME_AT < page.columns[0].0 - GAP);
        let drawn = tree_svg(&tree(rows), &fonts);
        let names = drawn.lines().filter(|line| line.contains(">long")).count();
        assert_eq!((drawn.matches("<circle").count(), names), (60, 60));
    }
}
