//! Whether columns are rows: each beginning after the last one, its hearers in order, and every tie both ways.
//!
//! The first needs one walk along the column. Whether each arc has its way back would need a search in another row, a missed
//! cache line for every tie. So both ends are summed up instead: each arc (a, b) is turned into a number by its pair, whichever
//! way it goes, added where a < b and taken away where a > b. The sum is zero if all ties go both ways; otherwise it is zero
//! with a chance of 2⁻⁶⁴, for the numbers depend on keys that nobody can choose, from the digest of the file. So it is for the counts
//! of those who can tell each person. Only where a sum is not zero, somebody searches.

use super::KeptMistake;
use crate::dice::mix;
use rayon::prelude::*;
use std::ops::Range;

/// People looked at at a time.
const CHUNK: usize = 1 << 14;

/// Whether rows begin one after another and fill a column of so many arcs.
pub(super) fn starts(starts: &[u32], arcs: usize) -> Result<(), KeptMistake> {
    let wrong = |found: String, allowed: String| Err(KeptMistake::wrong(found, allowed));
    if starts.first() != Some(&0) {
        return wrong("a first row that does not begin at 0".to_owned(), "a first row that begins at 0".to_owned());
    }
    if let Some(person) = starts.windows(2).position(|pair| pair[0] > pair[1]) {
        let (start, end) = (starts[person], starts[person + 1]);
        return wrong(format!("a row of person {person} from {start} to {end}"), "rows one after another".to_owned());
    }
    match starts.last() {
        Some(&end) if end as usize != arcs => {
            wrong(format!("rows that end at {end}"), format!("rows that end at {arcs}, the number of arcs"))
        }
        _ => Ok(()),
    }
}

/// Whether rows, whose beginnings are right, hold who they may. `in_degrees` are there where ties go one way.
pub(super) fn rows(
    starts: &[u32],
    column: &[u32],
    strengths: Option<&[u32]>,
    in_degrees: Option<&[u32]>,
    keys: [u64; 2],
) -> Result<(), KeptMistake> {
    let columns = Columns { starts, column, strengths, keys };
    let people = starts.len() - 1;
    let chunks = (0..people).into_par_iter().step_by(CHUNK).map(|first| first..(first + CHUNK).min(people));
    match in_degrees {
        None => {
            let sums: Vec<Result<u64, KeptMistake>> = chunks.map(|people| columns.look_at(people)).collect();
            let sum = sums.into_iter().try_fold(0u64, |all, sum| sum.map(|sum| all.wrapping_add(sum)))?;
            if sum == 0 { Ok(()) } else { Err(columns.first_one_way_tie()) }
        }
        Some(in_degrees) => {
            let sums: Vec<Result<i128, KeptMistake>> = chunks
                .map(|people| columns.look_at(people.clone()).map(|_| columns.uncounted(people, in_degrees)))
                .collect();
            let sum = sums.into_iter().try_fold(0i128, |all, sum| sum.map(|sum| all + sum))?;
            if sum == 0 { Ok(()) } else { Err(columns.first_miscounted(in_degrees)) }
        }
    }
}

struct Columns<'a> {
    starts: &'a [u32],
    column: &'a [u32],
    strengths: Option<&'a [u32]>,
    keys: [u64; 2],
}

impl<'a> Columns<'a> {
    fn people(&self) -> usize {
        self.starts.len() - 1
    }

    fn places(&self, person: usize) -> Range<usize> {
        self.starts[person] as usize..self.starts[person + 1] as usize
    }

    fn row(&self, person: usize) -> &'a [u32] {
        &self.column[self.places(person)]
    }

    /// Looks at some people's rows; what their arcs sum up to.
    fn look_at(&self, people: Range<usize>) -> Result<u64, KeptMistake> {
        match self.strengths {
            None => self.look_at_rows(people, |pair, _| pair),
            // Ways of different strengths have different numbers.
            Some(strengths) => self.look_at_rows(people, |pair, place| mix(pair ^ u64::from(strengths[place]))),
        }
    }

    /// One loop, without a way out of it: where a row ends is all that must be guessed.
    fn look_at_rows(&self, people: Range<usize>, number: impl Fn(u64, usize) -> u64) -> Result<u64, KeptMistake> {
        let mut sum = 0u64;
        for person in people {
            let (teller, first) = (person as u32, self.starts[person] as usize);
            let (mut before, mut is_right) = (-1, true);
            for (place, &hearer) in self.row(person).iter().enumerate() {
                is_right &= i64::from(hearer) > before && hearer != teller;
                before = i64::from(hearer);
                let number = number(self.pair(teller, hearer), first + place);
                sum = sum.wrapping_add(if teller < hearer { number } else { number.wrapping_neg() });
            }
            if !(is_right && before < self.people() as i64) {
                return Err(self.wrong_row(person));
            }
        }
        Ok(sum)
    }

    /// The number of a pair, whichever way round: its halves, hidden by the key, multiplied and folded (as in wyhash).
    #[inline]
    fn pair(&self, teller: u32, hearer: u32) -> u64 {
        let [lower, upper] = self.keys;
        let lower = u128::from(lower ^ u64::from(teller.min(hearer)));
        let product = lower * u128::from(upper ^ u64::from(teller.max(hearer)));
        product as u64 ^ (product >> 64) as u64
    }

    /// What the arcs of some people bring to their hearers, less what is said of those people themselves: over all people, zero
    /// if the counts are right. Whole numbers without end, so that no multiple of a power of two gets lost.
    fn uncounted(&self, people: Range<usize>, in_degrees: &[u32]) -> i128 {
        let number = |person: u32| i128::from(mix(u64::from(person) ^ self.keys[0]));
        let arcs = self.starts[people.start] as usize..self.starts[people.end] as usize;
        let told: i128 = self.column[arcs].iter().map(|&hearer| number(hearer)).sum();
        let said: i128 = people.map(|person| number(person as u32) * i128::from(in_degrees[person])).sum();
        told - said
    }

    /// What is wrong with a row.
    fn wrong_row(&self, person: usize) -> KeptMistake {
        let (row, people) = (self.row(person), self.people());
        if let Some(hearer) = row.iter().find(|&&hearer| hearer as usize >= people) {
            let found = format!("person {hearer} among the friends of person {person}");
            return KeptMistake::wrong(found, format!("persons 0 to {}", people - 1));
        }
        if row.contains(&(person as u32)) {
            let found = format!("person {person} among the friends of person {person}");
            return KeptMistake::wrong(found, "friends other than oneself");
        }
        let pair = row.windows(2).find(|pair| pair[0] >= pair[1]).unwrap_or(&[0, 0]);
        let found = format!("{} after {} among the friends of person {person}", pair[1], pair[0]);
        KeptMistake::wrong(found, "friends in increasing order, each once")
    }

    /// The first tie that goes one way only, or is weaker one way.
    fn first_one_way_tie(&self) -> KeptMistake {
        let is_one_way = |person: usize, place: usize| {
            let hearer = self.column[place] as usize;
            let Ok(back) = self.row(hearer).binary_search(&(person as u32)) else { return Some((person, hearer)) };
            let back = self.places(hearer).start + back;
            self.strengths.filter(|strengths| strengths[place] != strengths[back]).map(|_| (person, hearer))
        };
        let of_person = |person: usize| self.places(person).find_map(|place| is_one_way(person, place));
        let found = (0..self.people()).into_par_iter().find_map_first(of_person);
        let found = found.map_or("a tie that goes one way".to_owned(), |(person, hearer)| {
            format!("person {hearer} among the friends of person {person}, but not the same the other way round")
        });
        KeptMistake::wrong(found, "ties that go both ways and are as strong either way, unless it is directed")
    }

    /// The first person of whom it is said wrongly how many can tell her.
    fn first_miscounted(&self, in_degrees: &[u32]) -> KeptMistake {
        let mut counted = vec![0u32; self.people()];
        self.column.iter().for_each(|&hearer| counted[hearer as usize] += 1);
        let person = counted.iter().zip(in_degrees).position(|(counted, said)| counted != said).unwrap_or(0);
        let (said, counted) = (in_degrees[person], counted[person]);
        KeptMistake::wrong(
            format!("{said} people who can tell person {person}"),
            format!("{counted}, as the rows have it"),
        )
    }
}
