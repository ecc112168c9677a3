//! From ties to rows: who can tell whom, sorted, in one long column; by as many threads as there are.
//!
//! How: people are cut into ranges of neighbouring ids, and every tie belongs to one of its two people. A range draws the
//! ties of its people and deals them onto one heap for each range of the other end, four bytes a tie: both ends are small
//! numbers within their ranges. Then each range takes what was dealt by it and to it, heap after heap, counts, and writes
//! its rows, which are a part of the column that fits the cache and that nobody else writes to. Rows come out nearly
//! sorted, because heaps are taken in the order of the other end. A list of pairs is never sorted as a whole, and the ties
//! are in memory once beside the column (docs/decisions/0024-graphs-grown-in-parallel.md).
//!
//! The rows are a function of the set of ties: neither the ranges nor the threads can be seen in them.
//!
//! Deliberately not here: randomness, and what a tie means.

use std::ops::Range;

use rayon::prelude::*;

use super::deal::{Heaps, begin, parts};

/// Rows of hearers, one a teller, all in one column, each sorted.
#[derive(Debug, Clone)]
pub(in crate::graph) struct Rows {
    /// Where each row begins in the column; one more than there are people.
    starts: Vec<u32>,
    column: Vec<u32>,
}

/// Two people; for an arc the teller first.
pub(in crate::graph) type Pair = (u32, u32);

impl Rows {
    /// Both arcs of every tie. `draw` is given a range of people and adds the ties that belong to them, each as the one to
    /// whom it belongs and the other; what it adds depends on the range only. No tie joins a person with itself or occurs
    /// twice.
    pub(in crate::graph) fn of_ties(people: u32, draw: impl Fn(Range<u32>, &mut Vec<Pair>) + Sync) -> Rows {
        let (rows, repeated) = Dealt::of(people, true, draw).rows();
        debug_assert!(repeated.is_empty(), "a tie occurs twice: {repeated:?}");
        rows
    }

    /// As `of_ties`, where a tie may occur more than once; with the surplus ones, lower person first, in increasing order.
    /// The rows still have them.
    pub(in crate::graph) fn of_ties_repeated(
        people: u32,
        draw: impl Fn(Range<u32>, &mut Vec<Pair>) + Sync,
    ) -> (Rows, Vec<Pair>) {
        Dealt::of(people, true, draw).rows()
    }

    /// As `of_ties_repeated`, from ties in no order: `tie(0..count)`, some of which may be missing.
    pub(in crate::graph) fn of_any_ties(
        people: u32,
        count: usize,
        tie: impl Fn(usize) -> Option<Pair> + Sync,
    ) -> (Rows, Vec<Pair>) {
        let ranges = Ranges::of(people);
        let chunks: Vec<Heaps<Pair>> = (0..count.div_ceil(CHUNK))
            .into_par_iter()
            .map(|chunk| {
                let ties = (chunk * CHUNK..count.min((chunk + 1) * CHUNK)).filter_map(&tie);
                Heaps::deal(ranges.count, ties.map(|(one, other)| (ranges.index(one), (one, other))))
            })
            .collect();
        // Where they come from may be as large as the column that is still to come.
        drop(tie);
        let dealt = Dealt::of(people, true, |range, ties| {
            let index = ranges.index(range.start);
            chunks.iter().for_each(|chunk| ties.extend_from_slice(chunk.heap(index)));
        });
        drop(chunks);
        dealt.rows()
    }

    /// One arc for every teller and hearer. `draw` adds the arcs of a range of tellers. No arc leads back to its teller or
    /// occurs twice.
    pub(in crate::graph) fn of_arcs(people: u32, draw: impl Fn(Range<u32>, &mut Vec<Pair>) + Sync) -> Rows {
        let (rows, repeated) = Dealt::of(people, false, draw).rows();
        debug_assert!(repeated.is_empty(), "an arc occurs twice: {repeated:?}");
        rows
    }

    /// Rows that are finished: `starts` never falls and ends with the length of `column`, and each row is strictly increasing.
    pub(in crate::graph) fn of_columns(starts: Vec<u32>, column: Vec<u32>) -> Rows {
        assert_eq!(starts.last().map(|&end| end as usize), Some(column.len()), "the last row ends with the column");
        Rows { starts, column }
    }

    pub(in crate::graph) fn people(&self) -> u32 {
        (self.starts.len() - 1) as u32
    }

    #[inline]
    pub(in crate::graph) fn row(&self, person: u32) -> &[u32] {
        let person = person as usize;
        &self.column[self.starts[person] as usize..self.starts[person + 1] as usize]
    }

    /// All rows, one after another.
    #[inline]
    pub(in crate::graph) fn column(&self) -> &[u32] {
        &self.column
    }

    /// Where each row begins in the column; one more than there are people.
    #[inline]
    pub(in crate::graph) fn starts(&self) -> &[u32] {
        &self.starts
    }

    /// The ties of a range of people with people of higher ids.
    pub(in crate::graph) fn upward(&self, range: Range<u32>) -> impl Iterator<Item = Pair> {
        range.flat_map(|one| self.row(one).iter().filter(move |&&other| one < other).map(move |&other| (one, other)))
    }

    /// A value for each arc, teller and hearer, in the order of the rows; `fill` stands there before.
    pub(in crate::graph) fn each_arc<T: Clone + Send>(&self, fill: T, of: impl Fn(u32, u32) -> T + Sync) -> Vec<T> {
        let ranges = Ranges::of(self.people());
        let mut values = vec![fill; self.column.len()];
        let arcs_of = |range: Range<u32>| self.starts[range.end as usize] - self.starts[range.start as usize];
        let sizes = (0..ranges.count).map(|index| arcs_of(ranges.range(index)) as usize);
        parts(&mut values, sizes).into_par_iter().enumerate().for_each(|(index, values)| {
            let arcs =
                ranges.range(index).flat_map(|teller| self.row(teller).iter().map(move |&hearer| (teller, hearer)));
            values.iter_mut().zip(arcs).for_each(|(value, (teller, hearer))| *value = of(teller, hearer));
        });
        values
    }

    /// Takes some ties out, each once for every time that it is named, and then adds others. Few are expected: the column
    /// is moved in place, from change to change.
    pub(in crate::graph) fn edit(&mut self, removed: &[Pair], added: &[Pair]) {
        self.remove(&both_ways(removed));
        self.add(&both_ways(added));
    }

    fn remove(&mut self, arcs: &[Pair]) {
        let mut places: Vec<usize> = Vec::with_capacity(arcs.len());
        for &(teller, hearer) in arcs {
            let first = self.place(teller, hearer);
            // Of a tie that is there more than once, one after the other.
            let place = places.last().map_or(first, |&last| first.max(last + 1));
            assert!(self.column.get(place) == Some(&hearer), "only what is there can be removed");
            places.push(place);
        }
        let Some(&first) = places.first() else { return };
        let mut end = first;
        for (number, &place) in places.iter().enumerate() {
            let next = places.get(number + 1).copied().unwrap_or(self.column.len());
            self.column.copy_within(place + 1..next, end);
            end += next - place - 1;
        }
        self.column.truncate(end);
        let mut before = 0;
        for start in &mut self.starts {
            while places.get(before).is_some_and(|&place| place < *start as usize) {
                before += 1;
            }
            *start -= before as u32;
        }
    }

    fn add(&mut self, arcs: &[Pair]) {
        if arcs.is_empty() {
            return;
        }
        assert!(self.column.len() + arcs.len() <= u32::MAX as usize, "more arcs than a graph holds");
        let places: Vec<usize> = arcs.iter().map(|&(teller, hearer)| self.place(teller, hearer)).collect();
        let mut end = self.column.len();
        self.column.resize(end + arcs.len(), 0);
        for (number, (&place, &(_, hearer))) in places.iter().zip(arcs).enumerate().rev() {
            self.column.copy_within(place..end, place + number + 1);
            self.column[place + number] = hearer;
            end = place;
        }
        let mut before = 0;
        for (start, person) in self.starts.iter_mut().zip(0..) {
            while arcs.get(before).is_some_and(|&(teller, _)| teller < person) {
                before += 1;
            }
            *start += before as u32;
        }
    }

    /// Where an arc stands in the column, or would stand.
    fn place(&self, teller: u32, hearer: u32) -> usize {
        self.starts[teller as usize] as usize + self.row(teller).partition_point(|&other| other < hearer)
    }
}

/// Ties of no order that are dealt at a time.
const CHUNK: usize = 1 << 17;

/// Both arcs of every tie, sorted.
fn both_ways(ties: &[Pair]) -> Vec<Pair> {
    let mut arcs: Vec<Pair> = ties.iter().flat_map(|&(one, other)| [(one, other), (other, one)]).collect();
    arcs.sort_unstable();
    arcs
}

/// Ranges of neighbouring ids, of the same power of two each, the last one shorter.
#[derive(Clone, Copy)]
struct Ranges {
    people: u32,
    shift: u32,
    count: usize,
}

impl Ranges {
    /// About 4 √people in a range: with a dozen friends each a heap then has some hundred ties, and the rows of a range fit
    /// the cache. 2¹⁶ at most, so that two places in ranges fit 32 bits.
    fn of(people: u32) -> Ranges {
        let size = (4 * people.isqrt()).next_power_of_two().clamp(1 << 10, 1 << 16);
        Ranges { people, shift: size.ilog2(), count: people.div_ceil(size) as usize }
    }

    fn index(self, person: u32) -> usize {
        (person >> self.shift) as usize
    }

    fn range(self, index: usize) -> Range<u32> {
        let first = (index as u32) << self.shift;
        first..self.people.min(first + (1 << self.shift))
    }

    /// A person's place within the range.
    fn place(self, person: u32) -> u32 {
        person & ((1 << self.shift) - 1)
    }
}

/// What each range has dealt: on its heap for another range lie the ties with people there, as both places.
struct Dealt {
    ranges: Ranges,
    heaps: Vec<Heaps<u32>>,
    /// Whether the others have an arc back.
    ways_are_two: bool,
}

impl Dealt {
    fn of(people: u32, ways_are_two: bool, draw: impl Fn(Range<u32>, &mut Vec<Pair>) + Sync) -> Dealt {
        let ranges = Ranges::of(people);
        let deal = |ties: &mut Vec<Pair>, index| {
            ties.clear();
            draw(ranges.range(index), ties);
            let packed = ties.iter().map(|&(one, other)| {
                debug_assert!(one != other && ranges.index(one) == index && other < people, "{one} and {other}");
                (ranges.index(other), ranges.place(one) << 16 | ranges.place(other))
            });
            Heaps::deal(ranges.count, packed)
        };
        let heaps = (0..ranges.count).into_par_iter().map_init(Vec::new, deal).collect();
        Dealt { ranges, heaps, ways_are_two }
    }

    /// The rows, and what is in them more than once.
    fn rows(self) -> (Rows, Vec<Pair>) {
        let Ranges { people, shift, count } = self.ranges;
        let sizes: Vec<u32> = (0..count).into_par_iter().map(|index| self.arcs_of(index)).collect();
        let mut offsets = sizes.clone();
        let mut column = vec![0u32; begin(&mut offsets)];
        let mut starts = vec![0u32; people as usize + 1];
        starts[people as usize] = column.len() as u32;
        let columns = parts(&mut column, sizes.into_iter().map(|size| size as usize));
        let repeated: Vec<Vec<Pair>> = starts[..people as usize]
            .par_chunks_mut(1 << shift)
            .zip(columns)
            .enumerate()
            .map(|(index, (starts, column))| {
                self.write(index, starts, column);
                settle(self.ranges.range(index).start, offsets[index], starts, column)
            })
            .collect();
        (Rows { starts, column }, repeated.concat())
    }

    fn arcs_of(&self, index: usize) -> u32 {
        let back = |from: &Heaps<u32>| if self.ways_are_two { from.heap(index).len() } else { 0 };
        let sum = self.heaps[index].len() + self.heaps.iter().map(back).sum::<usize>();
        u32::try_from(sum).expect("more arcs than a graph holds")
    }

    /// Every arc of a range, as the place of the teller and the hearer; hearers range by range.
    fn each_arc(&self, index: usize, mut visit: impl FnMut(usize, u32)) {
        for other in 0..self.ranges.count {
            let first = (other as u32) << self.ranges.shift;
            let [own, back] = [self.heaps[index].heap(other), self.heaps[other].heap(index)];
            if !self.ways_are_two {
                own.iter().for_each(|packed| visit((packed >> 16) as usize, first + (packed & 0xffff)));
            } else if other == index {
                // Tie by tie: where they are drawn in the order of those to whom they belong, rows are sorted.
                for packed in own {
                    visit((packed >> 16) as usize, first + (packed & 0xffff));
                    visit((packed & 0xffff) as usize, first + (packed >> 16));
                }
            } else {
                own.iter().for_each(|packed| visit((packed >> 16) as usize, first + (packed & 0xffff)));
                back.iter().for_each(|packed| visit((packed & 0xffff) as usize, first + (packed >> 16)));
            }
        }
    }

    /// Writes the rows of a range into its part of the column; `starts` are left at the ends of the rows.
    fn write(&self, index: usize, starts: &mut [u32], column: &mut [u32]) {
        self.each_arc(index, |teller, _| starts[teller] += 1);
        begin(starts);
        self.each_arc(index, |teller, hearer| {
            let place = &mut starts[teller];
            column[*place as usize] = hearer;
            *place += 1;
        });
    }
}

/// Sorts the rows of a range and turns their ends into beginnings within the whole column; what occurs again, lower person
/// first, once for both of its people.
fn settle(first: u32, offset: u32, starts: &mut [u32], column: &mut [u32]) -> Vec<Pair> {
    let mut repeated = vec![];
    let mut begin = 0;
    for (start, teller) in starts.iter_mut().zip(first..) {
        let end = std::mem::replace(start, offset + begin);
        let row = &mut column[begin as usize..end as usize];
        if !row.is_sorted_by(|one, other| one < other) {
            row.sort_unstable();
            let again = row.windows(2).filter(|pair| pair[0] == pair[1] && teller < pair[0]);
            repeated.extend(again.map(|pair| (teller, pair[0])));
        }
        begin = end;
    }
    repeated
}

#[cfg(test)]
pub(in crate::graph) mod testing {
    use super::*;

    /// The rows of a list of ties, each once.
    pub(in crate::graph) fn rows_of(people: u32, ties: &[Pair]) -> Rows {
        let (rows, repeated) = Rows::of_any_ties(people, ties.len(), |place| Some(ties[place]));
        assert_eq!(repeated, []);
        rows
    }

    /// The rows of a list of arcs, each once.
    pub(in crate::graph) fn rows_of_arcs(people: u32, arcs: &[Pair]) -> Rows {
        Rows::of_arcs(people, |tellers, drawn| drawn.extend(arcs.iter().filter(|(teller, _)| tellers.contains(teller))))
    }
}

#[cfg(test)]
mod tests {
    use super::testing::*;
    use super::*;
    use crate::dice::{Dice, Purpose};
    use crate::units::Seed;

    #[test]
    fn a_tie_is_two_arcs_and_rows_are_sorted() {
        let rows = rows_of(6, &[(2, 0), (0, 1), (3, 0)]);
        assert_eq!(rows.people(), 6);
        assert_eq!((rows.row(0), rows.row(2), rows.row(5)), (&[1, 2, 3][..], &[0][..], &[][..]));
    }

    #[test]
    fn an_arc_goes_one_way() {
        let rows = rows_of_arcs(3, &[(2, 1), (2, 0)]);
        assert_eq!((rows.row(2), rows.row(0)), (&[0, 1][..], &[][..]));
    }

    #[test]
    fn nobody_and_no_ties_are_graphs_too() {
        assert_eq!(rows_of(0, &[]).people(), 0);
        assert_eq!(rows_of(3, &[]).people(), 3);
    }

    #[test]
    fn ties_of_many_ranges_are_the_rows_of_a_sorted_list_of_pairs() {
        // 5,000 people are five ranges; some ties are there twice or more.
        let people = 5_000;
        let mut draws = Dice::new(Seed(1)).stream(Purpose::Graph, 0);
        let mut ties: Vec<Pair> = (0..40_000).map(|_| (draws.below(people), draws.below(people))).collect();
        ties.extend_from_within(..500);
        ties.retain(|(one, other)| one != other);
        let mut arcs: Vec<Pair> = ties.iter().flat_map(|&(one, other)| [(one, other), (other, one)]).collect();
        arcs.sort_unstable();
        let same = |rows: &Rows, arcs: &[Pair]| {
            let ours = (0..people).flat_map(|teller| rows.row(teller).iter().map(move |&hearer| (teller, hearer)));
            ours.eq(arcs.iter().copied())
        };
        let (mut rows, repeated) = Rows::of_any_ties(people, ties.len(), |place| Some(ties[place]));
        assert!(same(&rows, &arcs));
        arcs.dedup();
        assert!(repeated.len() >= 490 && rows.column().len() == arcs.len() + 2 * repeated.len());
        rows.edit(&repeated, &[]);
        assert!(same(&rows, &arcs), "without the surplus");
        let upward: Vec<Pair> = arcs.iter().copied().filter(|(one, other)| one < other).collect();
        let again = Rows::of_ties(people, |range, drawn| drawn.extend(rows.upward(range)));
        assert_eq!((again.starts(), again.column()), (rows.starts(), rows.column()));
        let (removed, kept) = upward.split_at(700);
        rows.edit(removed, &[]);
        assert_eq!(rows.column().len(), 2 * kept.len());
        rows.edit(&[], removed);
        assert!(same(&rows, &arcs), "taken out and added again");
    }

    #[test]
    fn a_tie_is_removed_as_often_as_it_is_named() {
        let ties = [(1, 2), (2, 1), (0, 1), (1, 2)];
        let (mut rows, repeated) = Rows::of_any_ties(4, 4, |place| Some(ties[place]));
        assert_eq!((rows.row(1), &repeated[..]), (&[0, 2, 2, 2][..], &[(1, 2), (1, 2)][..]));
        rows.edit(&repeated, &[(3, 0), (1, 3)]);
        assert_eq!([0, 1, 2, 3].map(|person| rows.row(person)), [&[1, 3][..], &[0, 2, 3], &[1], &[0, 1]]);
        rows.edit(&[], &[]);
        assert_eq!(rows.column().len(), 8);
    }
}
