//! What the first line of an edge list is: a tie, names of columns, or counts of people and ties.
//!
//! Names show themselves beside the second line. Counts look like any tie of two numbers; they are believed only when the
//! whole list bears them out and a tie would be a strange coincidence, and refused when both could be.

use std::borrow::Cow;

use super::fields::{Fields, plain_number};
use super::{FirstLine, Header, Listed};

/// Words that head the columns of people in common lists, in lower case.
const HEADINGS: [&str; 24] = [
    "source",
    "target",
    "from",
    "to",
    "ego",
    "alter",
    "id_1",
    "id_2",
    "id1",
    "id2",
    "node_1",
    "node_2",
    "node1",
    "node2",
    "src",
    "dst",
    "teller",
    "hearer",
    "person",
    "friend",
    "fromnodeid",
    "tonodeid",
    "person_1",
    "person_2",
];

/// Promised people and ties, if the line is two whole numbers.
pub(super) fn counts(first: &Fields<'_>) -> Option<(u64, u64)> {
    (first.len() == 2).then(|| Some((plain_number(first.get(0))?, plain_number(first.get(1))?))).flatten()
}

/// What a first line with no other after it is.
pub(super) fn alone(header: Header) -> FirstLine {
    match header {
        Header::Auto | Header::None => FirstLine::Tie,
        Header::Names => FirstLine::Names,
        Header::Counts => FirstLine::Counts,
    }
}

/// What the first line is, as far as the second can tell.
pub(super) fn of_two(header: Header, first: &Fields<'_>, second: &Fields<'_>) -> FirstLine {
    if header != Header::Auto {
        return alone(header);
    }
    let is_number = |fields: &Fields<'_>, column| plain_number(fields.get(column)).is_some();
    let heading = |column| HEADINGS.contains(&first.get(column).to_lowercase().as_str());
    let weighs = |fields: &Fields<'_>| fields.len() == 3 && fields.get(2).parse::<f64>().is_ok();
    let words_over_numbers = (0..2).all(|column| !is_number(first, column) && is_number(second, column));
    let word_over_weight = first.len() == 3 && !weighs(first) && weighs(second);
    if words_over_numbers || word_over_weight || (heading(0) && heading(1)) {
        FirstLine::Names
    } else if counts(first).is_some() && second.len() == 3 {
        // A tie would have its weight.
        FirstLine::Counts
    } else {
        FirstLine::Tie
    }
}

/// Whether a first line that was read as a tie is counts after all; what speaks for both when it could be either.
pub(super) fn of_all(first: &Fields<'_>, names: &[Cow<'_, str>], listed: &[Listed]) -> Result<FirstLine, String> {
    let numbers: Option<Vec<u64>> = names.iter().map(|name| plain_number(name)).collect();
    let (Some((people, ties)), Some(numbers), Some(rest)) = (counts(first), numbers, listed.get(1..)) else {
        return Ok(FirstLine::Tie);
    };
    let mut used = vec![false; names.len()];
    for tie in rest {
        used[tie.teller as usize] = true;
        used[tie.hearer as usize] = true;
    }
    let ids = || numbers.iter().zip(&used).filter(|(_, used)| **used).map(|(number, _)| *number);
    let rest = Rest {
        lines: rest.len() as u64,
        people: ids().count() as u64,
        highest: ids().max().unwrap_or(0),
        has_count_of_ties: ids().any(|id| id == ties),
    };
    counts_or_tie(people, ties, &rest)
}

/// What follows a first line of two numbers, all of it numbers.
pub(super) struct Rest {
    /// Lines with two people.
    pub lines: u64,
    /// Different people.
    pub people: u64,
    /// The highest number that somebody has.
    pub highest: u64,
    /// Whether somebody has the number that would be the count of ties.
    pub has_count_of_ties: bool,
}

/// Whether so many lines can be those that a count of ties promises. Both directions may be listed, and then the ties are half
/// the lines.
pub(super) fn may_be_counts(ties: u64, lines: u64) -> bool {
    lines <= ties || lines == ties.saturating_mul(2)
}

/// Whether two numbers are people and ties, or a tie; what speaks for both when they could be either.
pub(super) fn counts_or_tie(people: u64, ties: u64, rest: &Rest) -> Result<FirstLine, String> {
    let (found, lines) = (rest.people, rest.lines);
    if !(may_be_counts(ties, lines) && found <= people && (rest.highest <= people || found == people)) {
        return Ok(FirstLine::Tie);
    }
    // As a tie it would bring in somebody new whose number happens to be the count of lines.
    let exact = found == people && ties > people && !rest.has_count_of_ties;
    if exact && (lines == ties || lines == ties.saturating_mul(2) || people >= 30) {
        return Ok(FirstLine::Counts);
    }
    Err(format!("'{people} {ties}', either a tie or the counts of a list with {found} people and {lines} lines"))
}
