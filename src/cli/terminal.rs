//! What fits into a terminal: paragraphs and tables as wide as it is. In a file or a pipe, nothing is broken.

use comfy_table::{CellAlignment, ColumnConstraint, ContentArrangement, Table, Width, presets};
use console::{Term, measure_text_width};

/// The narrowest column of names: they are wrapped, numbers are not.
const NAMES: usize = 28;
/// What a column is wider than what stands in it.
const PADDING: usize = 2;

/// Columns of the terminal that stdout is; nothing where it is none.
pub(super) fn columns() -> Option<u16> {
    Term::stdout().size_checked().map(|(_, columns)| columns.max(60))
}

/// A paragraph in lines that start with `indent` and take so many columns at most.
pub(super) fn wrapped(text: &str, indent: &str, width: u16) -> String {
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    table.set_content_arrangement(ContentArrangement::Dynamic).set_width(width - indent.len() as u16);
    table.add_row([text]);
    table.column_iter_mut().for_each(|column| {
        column.set_padding((0, 0));
    });
    table.lines().map(|line| format!("{indent}{}\n", line.trim_end())).collect()
}

/// A paragraph as wide as the terminal, but not wider than is easily read.
pub(super) fn paragraph(text: &str) -> String {
    match columns() {
        Some(width) => wrapped(text, "", width.min(100)).trim_end().to_owned(),
        None => text.to_owned(),
    }
}

/// Lines under a header, numbers to the right.
pub(super) fn aligned<const COLUMNS: usize>(
    header: [&str; COLUMNS],
    lines: impl Iterator<Item = [String; COLUMNS]>,
) -> String {
    aligned_rows(&header.map(str::to_owned), lines)
}

/// The same of as many columns as there are.
pub(super) fn aligned_rows<R: AsRef<[String]>>(header: &[String], lines: impl Iterator<Item = R>) -> String {
    let rows: Vec<Vec<String>> =
        std::iter::once(header.to_vec()).chain(lines.map(|line| line.as_ref().to_vec())).collect();
    fitted(&rows, columns().map(usize::from))
}

/// A table with its header, at most so wide: names and headers are wrapped first, then the columns come in blocks below each other, each
/// with the names.
fn fitted(rows: &[Vec<String>], width: Option<usize>) -> String {
    let plain = drawn(rows, None);
    let Some(width) = width.filter(|&width| is_wider(&plain, width)) else { return plain };
    let names = rows.iter().filter_map(|row| row.first()).map(|name| measure_text_width(name));
    let names = names.max().unwrap_or(0).min(NAMES) + PADDING;
    let (mut blocks, mut taken) = (vec![vec![0]], names);
    for column in 1..rows.first().map_or(0, Vec::len) {
        let narrow = narrowest(rows, column) + PADDING;
        if taken + narrow > width && taken > names {
            blocks.push(vec![0]);
            taken = names;
        }
        blocks.last_mut().into_iter().for_each(|block| block.push(column));
        taken += narrow;
    }
    let of_block = |block: &Vec<usize>| {
        let of_row = |row: &Vec<String>| block.iter().filter_map(|&column| row.get(column).cloned()).collect();
        let mut rows: Vec<Vec<String>> = rows.iter().map(of_row).collect();
        rows.retain(|row| row[1..].iter().any(|cell| !cell.is_empty()));
        let plain = drawn(&rows, None);
        if is_wider(&plain, width) { drawn(&rows, Some(width)) } else { plain }
    };
    blocks.iter().map(of_block).collect::<Vec<_>>().join("\n\n")
}

fn is_wider(table: &str, width: usize) -> bool {
    table.lines().any(|line| measure_text_width(line) > width)
}

/// How narrow a column of numbers may be: no number is broken, and no word of its header.
fn narrowest(rows: &[Vec<String>], column: usize) -> usize {
    let cells = rows.iter().filter_map(|row| row.get(column));
    let width = |(place, cell): (usize, &String)| match place {
        0 => cell.split_whitespace().map(measure_text_width).max().unwrap_or(0),
        _ => measure_text_width(cell),
    };
    cells.enumerate().map(width).max().unwrap_or(0)
}

/// The table as it is, or with names and headers wrapped so that it is at most so wide.
fn drawn(rows: &[Vec<String>], width: Option<usize>) -> String {
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    if let Some((header, rows)) = rows.split_first() {
        table.set_header(header);
        table.add_rows(rows);
    }
    if let Some(width) = width {
        table.set_content_arrangement(ContentArrangement::Dynamic).set_width(width as u16);
    }
    for (place, column) in table.column_iter_mut().enumerate().skip(1) {
        column.set_cell_alignment(CellAlignment::Right);
        if width.is_some() {
            let narrow = narrowest(rows, place) + PADDING;
            column.set_constraint(ColumnConstraint::LowerBoundary(Width::Fixed(narrow as u16)));
        }
    }
    let lines: Vec<String> = table.lines().map(|line| line.trim_end().to_owned()).collect();
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(lines: &[&[&str]]) -> Vec<Vec<String>> {
        lines.iter().map(|line| line.iter().map(|&cell| cell.to_owned()).collect()).collect()
    }

    const TABLE: [&[&str]; 3] = [
        &["", "mean", "95 % interval of the mean", "5–95 % of runs"],
        &["Reward cost per incremental customer", "$28.88", "$27.21 to $30.83", "$20.10 to $40.20"],
        &["Profit", "$14,410", "$14,340 to $14,510", "$14,051 to $14,802"],
    ];

    #[test]
    fn a_table_is_as_wide_as_it_is_where_there_is_room_or_no_terminal() {
        let plain = fitted(&rows(&TABLE), None);
        assert_eq!(plain.lines().count(), 3);
        assert_eq!(fitted(&rows(&TABLE), Some(120)), plain);
    }

    #[test]
    fn no_number_is_broken_and_no_line_is_wider_than_the_terminal() {
        for width in 64..110 {
            let fitting = fitted(&rows(&TABLE), Some(width));
            assert!(!is_wider(&fitting, width), "{width}:\n{fitting}");
            for number in TABLE[1..].iter().flat_map(|line| &line[1..]) {
                assert!(fitting.contains(number), "{width}: {number} in\n{fitting}");
            }
        }
    }

    #[test]
    fn columns_that_do_not_fit_follow_below_with_their_names() {
        let fitting = fitted(&rows(&TABLE), Some(64));
        assert_eq!(fitting.matches("Profit").count(), 2, "{fitting}");
        assert_eq!(fitting.matches("\n\n").count(), 1, "{fitting}");
    }

    #[test]
    fn a_paragraph_keeps_its_words_and_its_indent() {
        let text = wrapped("one two three four", "  ", 12);
        assert_eq!(text, "  one two\n  three four\n");
    }
}
