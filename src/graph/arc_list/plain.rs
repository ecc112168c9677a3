//! The fast way to read a list of nothing but numbers, two a line: blocks of lines side by side, without a name or a line kept.
//!
//! It knows one mistake only, something unusual, and leaves the whole list to the general reader then. So both read the same
//! graph where both read one, and every mistake is told by the one that knows its line.
//!
//! How: each block is parsed, and its arcs are put in order by groups of tellers. Then the rows of each group are filled from
//! all blocks in memory that stays in the cache, and sorted. Which line came first is forgotten on the way, for a graph does not
//! depend on it.
//!
//! Deliberately not here: weights, numbers of more than eight digits, and ids so sparse that most rows would be empty.

use rayon::prelude::*;

use super::fields::{self, Fields, Separator, plain_number};
use super::header::{self, Rest};
use super::{ArcList, ArcListForm, ArcListNotes, FirstLine, Header, TieKind, Weights};
use crate::graph::SocialGraph;
use crate::graph::build::Rows;
use crate::graph::deal;

/// What is parsed at a time \[bytes\].
const BLOCK: usize = 1 << 20;

/// Tellers whose rows are filled at a time, as a power of two: so few that their rows stay in a core's cache.
const GROUP_BITS: u32 = 13;

/// Numbers up to this are read here.
const NUMBER_MAX: u64 = 99_999_999;

/// Empty rows are borne up to so many for each line, and so many in any case.
const SPARSE_BY_LINE: u64 = 8;
const SPARSE_ANYWAY: u64 = 1 << 20;

/// The list, if there is nothing unusual about it. The bytes are those after a mark of byte order.
pub(super) fn read(bytes: &[u8], form: ArcListForm) -> Option<ArcList> {
    if form.weights != Weights::Ignore || form.header == Header::Names {
        return None;
    }
    let head = Head::read(bytes)?;
    let rest = &bytes[head.length..];
    let directed = form.ties == TieKind::Directed;
    let parse = |block: &[u8]| Block::parse(block, head.separator, directed);
    let mut blocks: Vec<Block> = blocks_of(rest).into_par_iter().map(parse).collect::<Option<_>>()?;
    let listed: u64 = blocks.iter().map(Block::listed).sum();
    if listed == 0 || listed >= u64::from(u32::MAX) / 2 {
        return None;
    }
    let first_line = match form.header {
        Header::Counts => FirstLine::Counts,
        Header::Auto if header::may_be_counts(head.first[1].into(), listed) => {
            let [people, ties] = head.first.map(u64::from);
            header::counts_or_tie(people, ties, &rest_of(&blocks, listed, ties, directed)).ok()?
        }
        _ => FirstLine::Tie,
    };
    if first_line == FirstLine::Tie {
        // Its line is counted with the head.
        blocks.push(Block::of(vec![head.first], 0, 0, directed));
    }
    let highest = blocks.iter().map(|block| block.highest).max()?;
    if u64::from(highest) > listed * SPARSE_BY_LINE + SPARSE_ANYWAY {
        return None;
    }
    let lines = head.lines + blocks.iter().map(|block| block.lines).sum::<u64>();
    let comments = head.comments + blocks.iter().map(|block| block.comments).sum::<u64>();
    let listed: u64 = blocks.iter().map(|block| block.ties).sum();
    if listed == 0 {
        return None;
    }
    let (rows, different) = rows_of(&blocks, highest, directed)?;
    let loops: Vec<u32> = blocks.into_iter().flat_map(|block| block.loops).collect();
    let graph = graph_of(rows, &loops, directed);
    if graph.people() > form.people_max {
        return None;
    }
    let ties = graph.arcs() as u64 / if directed { 1 } else { 2 };
    let said = ArcListNotes {
        lines,
        comments,
        first_line,
        people: graph.people(),
        ties,
        kind: form.ties,
        self_loops_skipped: loops.len() as u64,
        duplicates_merged: listed - different,
        reversed_merged: different - ties,
        promised: (first_line == FirstLine::Counts).then(|| (head.first[0].into(), head.first[1].into())),
        weights_ignored: false,
        named: graph.names.is_some(),
    };
    Some(ArcList { graph, said })
}

/// What stands up to the end of the first line that is no comment.
struct Head {
    /// Of the bytes, that line with its end included.
    length: usize,
    lines: u64,
    comments: u64,
    separator: Separator,
    first: [u32; 2],
}

impl Head {
    fn read(bytes: &[u8]) -> Option<Head> {
        let (mut length, mut lines, mut comments) = (0, 0, 0);
        while length < bytes.len() {
            let line = line_at(bytes, length);
            length += line.len() + 1;
            lines += 1;
            let text = fields::text(line).ok()?;
            match Line::read(text, Separator::of(text))? {
                Line::Blank => {}
                Line::Comment => comments += 1,
                Line::Tie(first) => {
                    let length = length.min(bytes.len());
                    return Some(Head { length, lines, comments, separator: Separator::of(text), first });
                }
            }
        }
        None
    }
}

/// A line without its end.
fn line_at(bytes: &[u8], start: usize) -> &[u8] {
    let rest = &bytes[start..];
    &rest[..rest.iter().position(|&byte| byte == b'\n').unwrap_or(rest.len())]
}

/// A line that is not unusual.
enum Line {
    Blank,
    Comment,
    Tie([u32; 2]),
}

impl Line {
    /// Reads a line as the general reader does.
    fn read(text: &str, separator: Separator) -> Option<Line> {
        match text.trim_start().bytes().next() {
            None => return Some(Line::Blank),
            Some(b'#' | b'%') => return Some(Line::Comment),
            Some(_) => {}
        }
        let fields = fields::split(text, separator).ok().filter(|fields| fields.len() == 2)?;
        let number = |fields: &Fields<'_>, column| {
            let number = plain_number(fields.get(column)).filter(|&number| number <= NUMBER_MAX)?;
            // Below 2³²: it has eight digits.
            Some(number as u32)
        };
        Some(Line::Tie([number(&fields, 0)?, number(&fields, 1)?]))
    }
}

/// Parts of about the same length that end where a line ends.
fn blocks_of(mut bytes: &[u8]) -> Vec<&[u8]> {
    let mut blocks = Vec::with_capacity(bytes.len() / BLOCK + 1);
    while !bytes.is_empty() {
        let end = BLOCK.min(bytes.len()) - 1;
        let end = bytes[end..].iter().position(|&byte| byte == b'\n').map_or(bytes.len(), |more| end + more + 1);
        let (block, rest) = bytes.split_at(end);
        blocks.push(block);
        bytes = rest;
    }
    blocks
}

/// The number that eight characters, the first in the lowest byte, begin with, and how many digits it has.
///
/// Why not digit by digit: where a number ends cannot be foreseen, and each wrong guess costs as much as ten digits.
#[inline]
fn leading_number(eight: u64) -> (u32, usize) {
    const LOW: u64 = 0x0000_00ff_0000_00ff;
    let digits = eight ^ 0x3030_3030_3030_3030;
    // The high bit of a byte is set where there is no digit. What is carried over can only hurt bytes behind the first such.
    let others = (digits.wrapping_add(0x7676_7676_7676_7676) | digits) & 0x8080_8080_8080_8080;
    let count = others.trailing_zeros() as usize / 8;
    if count == 0 {
        return (0, 0);
    }
    // As eight digits with zeros in front: pairs, then fours, then all.
    let eight = digits << (64 - 8 * count);
    let pairs = eight.wrapping_mul(10).wrapping_add(eight >> 8);
    let number = (pairs & LOW)
        .wrapping_mul(100 + (1_000_000 << 32))
        .wrapping_add(((pairs >> 16) & LOW).wrapping_mul(1 + (10_000 << 32)));
    ((number >> 32) as u32, count)
}

/// Eight bytes from a place on, zeros behind the last.
#[inline]
fn eight_at(bytes: &[u8], at: usize) -> u64 {
    match bytes.get(at..at + 8) {
        Some(eight) => eight.try_into().map_or(0, u64::from_le_bytes),
        None => bytes.iter().skip(at).rev().fold(0, |eight, &byte| eight << 8 | u64::from(byte)),
    }
}

/// A tie that begins at a place, and where the next line begins: the shape that nearly all lines of such lists have.
#[inline]
fn usual_tie(bytes: &[u8], at: usize, separator: u8) -> Option<([u32; 2], usize)> {
    let number = |at: usize| {
        let (number, digits) = leading_number(eight_at(bytes, at));
        // No digit, or a zero in front of others, which makes it a name.
        let is_plain = digits == 1 || (digits > 1 && bytes[at] != b'0');
        is_plain.then_some((number, at + digits))
    };
    let (one, end) = number(at)?;
    if bytes.get(end) != Some(&separator) {
        return None;
    }
    let (other, end) = number(end + 1)?;
    match (bytes.get(end), bytes.get(end + 1)) {
        (None | Some(b'\n'), _) => Some(([one, other], end + 1)),
        (Some(b'\r'), None | Some(b'\n')) => Some(([one, other], end + 2)),
        _ => None,
    }
}

/// What a part of the list says: its arcs, in order of groups of tellers.
struct Block {
    lines: u64,
    comments: u64,
    /// Lines with a tie of two people.
    ties: u64,
    /// People tied to themselves, one a line.
    loops: Vec<u32>,
    /// The highest number in it.
    highest: u32,
    /// Where the arcs of each group begin, and where the last ones end.
    bounds: Vec<u32>,
    /// Of each arc the place of the teller in her group, and the hearer. Where ties go both ways, each is two arcs, and the
    /// lowest bit beside the hearer says that it was listed the other way round.
    tellers: Vec<u16>,
    hearers: Vec<u32>,
}

impl Block {
    fn parse(bytes: &[u8], separator: Separator, directed: bool) -> Option<Block> {
        // A line has four bytes at least.
        let mut ties = Vec::with_capacity(bytes.len() / 4 + 1);
        let (mut at, mut lines, mut comments) = (0, 0, 0);
        while at < bytes.len() {
            lines += 1;
            if let Some((tie, next)) = usual_tie(bytes, at, separator.byte()) {
                ties.push(tie);
                at = next;
                continue;
            }
            let line = line_at(bytes, at);
            match Line::read(fields::text(line).ok()?, separator)? {
                Line::Blank => {}
                Line::Comment => comments += 1,
                Line::Tie(tie) => ties.push(tie),
            }
            at += line.len() + 1;
        }
        Some(Block::of(ties, lines, comments, directed))
    }

    fn of(ties: Vec<[u32; 2]>, lines: u64, comments: u64, directed: bool) -> Block {
        let highest = ties.iter().map(|&[one, other]| one.max(other)).max().unwrap_or(0);
        let mut loops = vec![];
        let group = |person: u32| (person >> GROUP_BITS) as usize;
        // Counts, moved by two so that filling leaves beginnings.
        let mut bounds = vec![0u32; group(highest) + 3];
        for &[one, other] in &ties {
            if one == other {
                loops.push(one);
                continue;
            }
            bounds[group(one) + 2] += 1;
            if !directed {
                bounds[group(other) + 2] += 1;
            }
        }
        for place in 2..bounds.len() {
            bounds[place] += bounds[place - 1];
        }
        let arcs = bounds[bounds.len() - 1] as usize;
        let (mut tellers, mut hearers) = (vec![0u16; arcs], vec![0u32; arcs]);
        let mut put = |teller: u32, hearer: u32| {
            let place = &mut bounds[group(teller) + 1];
            tellers[*place as usize] = (teller & ((1 << GROUP_BITS) - 1)) as u16;
            hearers[*place as usize] = hearer;
            *place += 1;
        };
        for &[one, other] in &ties {
            if one == other {
                continue;
            }
            if directed {
                put(one, other);
            } else {
                put(one, other << 1);
                put(other, one << 1 | 1);
            }
        }
        bounds.pop();
        let different = (ties.len() - loops.len()) as u64;
        Block { lines, comments, ties: different, loops, highest, bounds, tellers, hearers }
    }

    /// Lines with two people, who may be one.
    fn listed(&self) -> u64 {
        self.ties + self.loops.len() as u64
    }

    /// The arcs of a group.
    fn group(&self, group: usize) -> (&[u16], &[u32]) {
        match self.bounds.get(group..group + 2) {
            Some(&[start, end]) => {
                let places = start as usize..end as usize;
                (&self.tellers[places.clone()], &self.hearers[places])
            }
            _ => (&[], &[]),
        }
    }

    /// Everybody in it, some of them more than once.
    fn people(&self, directed: bool) -> impl Iterator<Item = u32> {
        let groups = 0..self.bounds.len() - 1;
        let tellers = groups.flat_map(|group| {
            let (tellers, _) = self.group(group);
            tellers.iter().map(move |&teller| (group as u32) << GROUP_BITS | u32::from(teller))
        });
        // Where ties go both ways, each hearer is a teller too.
        let hearers = if directed { &self.hearers[..] } else { &[] };
        tellers.chain(hearers.iter().copied()).chain(self.loops.iter().copied())
    }
}

/// What speaks for counts in the first line, and what against them.
fn rest_of(blocks: &[Block], lines: u64, ties: u64, directed: bool) -> Rest {
    let highest = blocks.iter().map(|block| block.highest).max().unwrap_or(0);
    let mut used = vec![false; highest as usize + 1];
    blocks.iter().flat_map(|block| block.people(directed)).for_each(|person| used[person as usize] = true);
    Rest {
        lines,
        people: used.iter().filter(|&&used| used).count() as u64,
        highest: highest.into(),
        has_count_of_ties: usize::try_from(ties).is_ok_and(|ties| used.get(ties) == Some(&true)),
    }
}

/// The rows of some people who stand beside each other.
struct Part {
    /// How long each row is.
    lengths: Vec<u32>,
    column: Vec<u32>,
    /// Different arcs as they were listed.
    different: u64,
}

impl Part {
    fn of(group: usize, people: usize, blocks: &[Block], directed: bool) -> Part {
        let mut ends = vec![0u32; people + 1];
        for (tellers, _) in blocks.iter().map(|block| block.group(group)) {
            tellers.iter().for_each(|&teller| ends[usize::from(teller) + 1] += 1);
        }
        for person in 0..people {
            ends[person + 1] += ends[person];
        }
        let mut column = vec![0u32; ends[people] as usize];
        for (tellers, hearers) in blocks.iter().map(|block| block.group(group)) {
            for (&teller, &hearer) in tellers.iter().zip(hearers) {
                let place = &mut ends[usize::from(teller)];
                column[*place as usize] = hearer;
                *place += 1;
            }
        }
        // Filling has moved each beginning to the end of its row. Rows move forward to where repetitions were.
        let (mut lengths, mut start, mut kept, mut different) = (Vec::with_capacity(people), 0, 0, 0);
        for &end in &ends[..people] {
            let row = start..end as usize;
            start = end as usize;
            if !column[row.clone()].is_sorted() {
                column[row.clone()].sort_unstable();
            }
            let (first, mut last) = (kept, None);
            for place in row {
                let arc = column[place];
                different += u64::from(last != Some(arc));
                let hearer = if directed { arc } else { arc >> 1 };
                if kept == first || column[kept - 1] != hearer {
                    column[kept] = hearer;
                    kept += 1;
                }
                last = Some(arc);
            }
            lengths.push((kept - first) as u32);
        }
        column.truncate(kept);
        Part { lengths, column, different }
    }
}

/// The rows of everybody up to the highest number, some of them empty, and how many different arcs were listed; nothing where
/// there are more than rows can hold.
fn rows_of(blocks: &[Block], highest: u32, directed: bool) -> Option<(Rows, u64)> {
    let people = highest as usize + 1;
    let group = 1 << GROUP_BITS;
    let parts: Vec<Part> = (0..people.div_ceil(group))
        .into_par_iter()
        .map(|number| Part::of(number, group.min(people - number * group), blocks, directed))
        .collect();
    let arcs: usize = parts.iter().map(|part| part.column.len()).sum();
    let mut sum = u32::try_from(arcs).ok().map(|_| 0u32)?;
    let ends = parts.iter().flat_map(|part| &part.lengths).map(|length| {
        sum += length;
        sum
    });
    let starts = std::iter::once(0).chain(ends).collect();
    let mut column = vec![0u32; arcs];
    let places = deal::parts(&mut column, parts.iter().map(|part| part.column.len()));
    places.into_par_iter().zip(&parts).for_each(|(place, part)| place.copy_from_slice(&part.column));
    let different: u64 = parts.iter().map(|part| part.different).sum();
    // Where ties go both ways, each arc was met at both of its ends.
    Some((Rows::of_columns(starts, column), if directed { different } else { different / 2 }))
}

/// The graph of those who were named, in the order of their numbers.
fn graph_of(rows: Rows, loops: &[u32], directed: bool) -> SocialGraph {
    let graph = SocialGraph::of_rows(rows);
    let graph = if directed { graph.one_way() } else { graph };
    let mut used: Vec<bool> = graph.rows.starts().windows(2).map(|pair| pair[0] < pair[1]).collect();
    loops.iter().for_each(|&person| used[person as usize] = true);
    if let Some(in_degrees) = &graph.in_degrees {
        used.iter_mut().zip(in_degrees).for_each(|(used, &in_degree)| *used |= in_degree > 0);
    }
    if used.iter().all(|&used| used) {
        return graph;
    }
    let numbers: Vec<u32> = (0..graph.people()).filter(|&number| used[number as usize]).collect();
    let mut ids = vec![0u32; used.len()];
    numbers.iter().zip(0..).for_each(|(&number, id)| ids[number as usize] = id);
    // Ids are in the order of numbers, so rows stay sorted.
    let column: Vec<u32> = graph.rows.column().par_iter().map(|&hearer| ids[hearer as usize]).collect();
    let ends = numbers.iter().map(|&number| graph.rows.starts()[number as usize + 1]);
    let starts = std::iter::once(0).chain(ends).collect();
    let in_degrees = graph.in_degrees.map(|all| numbers.iter().map(|&number| all[number as usize]).collect());
    let names = numbers.par_iter().map(u32::to_string).collect();
    SocialGraph { in_degrees, ..SocialGraph::of_rows(Rows::of_columns(starts, column)) }.with_names(names)
}
