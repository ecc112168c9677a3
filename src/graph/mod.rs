//! Who can tell whom: the graph of people, the models that grow one, the reader of recorded ones, and how one is kept.
//!
//! Why compressed rows: four bytes an arc and four a person, and the friends of a person side by side in memory. They are
//! our own (docs/decisions/0021-rows-of-our-own.md), and every algorithm of the petgraph family applies to them (`petgraph.rs`).
//! Strengths and names are columns of their own, absent where all ties are ordinary and where people are only numbers.
//!
//! Deliberately not here: a complete graph is never stored (the engine draws from the population instead), graphs do not
//! change during a run, and nothing opens a file.
//!
//! ```
//! use tellwave::graph::model::Circle;
//! use tellwave::graph::{Dice, GraphModel};
//! use tellwave::units::{PersonId, Seed};
//!
//! let ring = GraphModel::Circle(Circle { people: 10 });
//! assert!(ring.check().is_ok());
//! assert_eq!(ring.grow(Dice::new(Seed(1))).friends(PersonId(3)), [2, 4]);
//! ```

pub mod arc_list;
mod build;
mod deal;
pub mod kept;
pub mod measure;
pub mod model;
mod petgraph;

use crate::units::{PersonId, Strength};
use build::Rows;
use prefetch_index::prefetch_index;
use rayon::slice::ParallelSliceMut;
use std::sync::OnceLock;

pub use self::petgraph::ArcRef;

#[doc(inline)]
pub use crate::dice::Dice;
pub use model::{GraphModel, ModelMistake, TieStrengths};

/// The people and their arcs; an ordinary tie is two arcs, one each way.
///
/// Rows are sorted; nobody is tied to themselves and no arc occurs twice.
#[derive(Debug, Clone)]
pub struct SocialGraph {
    rows: Rows,
    /// Absent when every tie is ordinary.
    strengths: Option<Strengths>,
    /// How many can tell each person; absent where every tie goes both ways, for they are the friends then.
    in_degrees: Option<Vec<u32>>,
    /// Absent when people are only numbers.
    names: Option<Names>,
}

/// Strengths in lock-step with the column of the rows.
#[derive(Debug, Clone)]
struct Strengths {
    column: Vec<Strength>,
    strongest: Strength,
}

#[derive(Debug, Clone)]
struct Names {
    of: Vec<String>,
    /// People in the order of their names, to find one by halving. Sorted when somebody is first looked for: most runs ask
    /// for nobody, and sorting a million names takes longer than reading them.
    sorted: OnceLock<Vec<u32>>,
}

impl Names {
    fn sorted(&self) -> &[u32] {
        self.sorted.get_or_init(|| {
            let mut sorted: Vec<u32> = (0..self.of.len() as u32).collect();
            sorted.par_sort_unstable_by(|&a, &b| self.of[a as usize].cmp(&self.of[b as usize]));
            sorted
        })
    }
}

impl SocialGraph {
    /// The rows hold no duplicate, and every tie both ways.
    fn of_rows(rows: Rows) -> SocialGraph {
        SocialGraph { rows, strengths: None, in_degrees: None, names: None }
    }

    /// As `of_rows`, with strong ties and weak ones; no column of strengths where all of them are ordinary.
    fn of_strong_and_weak(rows: Rows, ties: TieStrengths, is_strong: impl Fn(u32, u32) -> bool + Sync) -> SocialGraph {
        if ties == TieStrengths::ORDINARY {
            return SocialGraph::of_rows(rows);
        }
        let column = rows
            .each_arc(Strength::ONE, |teller, hearer| if is_strong(teller, hearer) { ties.strong } else { ties.weak });
        SocialGraph::of_rows_with_strengths(rows, column)
    }

    /// One strength an arc, in the order of the rows.
    fn of_rows_with_strengths(rows: Rows, column: Vec<Strength>) -> SocialGraph {
        assert_eq!(rows.column().len(), column.len(), "one strength an arc");
        let strongest = column.iter().copied().max().unwrap_or(Strength::ONE);
        SocialGraph { rows, strengths: Some(Strengths { column, strongest }), in_degrees: None, names: None }
    }

    /// The same graph, its arcs taken one by one: who tells somebody need not be told by them.
    fn one_way(self) -> SocialGraph {
        let mut in_degrees = vec![0; self.people() as usize];
        for person in 0..self.people() {
            self.friends(PersonId(person)).iter().for_each(|&hearer| in_degrees[hearer as usize] += 1);
        }
        SocialGraph { in_degrees: Some(in_degrees), ..self }
    }

    /// One name a person, all different.
    fn with_names(self, of: Vec<String>) -> SocialGraph {
        assert_eq!(of.len(), self.people() as usize, "one name a person");
        SocialGraph { names: Some(Names { of, sorted: OnceLock::new() }), ..self }
    }

    /// How many people there are; ids are `0..people`.
    pub fn people(&self) -> u32 {
        self.rows.people()
    }

    /// The memory it takes, names aside \[bytes\].
    pub fn bytes(&self) -> usize {
        let columns = if self.has_strengths() { 2 } else { 1 };
        let counts = if self.is_directed() { 2 } else { 1 };
        4 * (columns * self.arcs() + counts * self.people() as usize)
    }

    /// How many arcs there are; twice the ties, where ties go both ways.
    pub fn arcs(&self) -> usize {
        self.rows.column().len()
    }

    /// Whom a person can tell, as ids in increasing order.
    ///
    /// # Panics
    /// If there is no such person.
    #[inline]
    pub fn friends(&self, person: PersonId) -> &[u32] {
        self.rows.row(person.0)
    }

    /// Whom people can tell, row after row: the hearer of each arc.
    #[inline(always)]
    pub(crate) fn column(&self) -> &[u32] {
        self.rows.column()
    }

    /// The arcs of a person, as places in the column. The person exists.
    #[inline(always)]
    pub(crate) fn arcs_of(&self, person: PersonId) -> std::ops::Range<usize> {
        let starts = self.rows.starts();
        starts[person.index()] as usize..starts[person.index() + 1] as usize
    }

    /// The strength of each arc, as places in the column; nothing where every tie is ordinary.
    #[inline(always)]
    pub(crate) fn strengths(&self) -> Option<&[Strength]> {
        self.strengths.as_ref().map(|strengths| &strengths.column[..])
    }

    /// Asks for the memory that says where a person's row begins. Changes nothing; any id may be given.
    #[doc(hidden)]
    #[inline(always)]
    pub fn fetch_start(&self, person: PersonId) {
        prefetch_index(self.rows.starts(), person.index());
    }

    /// Asks for the memory of a person's row: its first, middle and last friend. Reads where the row begins, so it waits
    /// unless that was asked for before. The person exists.
    #[doc(hidden)]
    #[inline(always)]
    pub fn fetch_row(&self, person: PersonId) {
        let friends = self.friends(person);
        for place in [0, friends.len() / 2, friends.len().saturating_sub(1)] {
            prefetch_index(friends, place);
        }
    }

    /// How many people a person can tell.
    ///
    /// # Panics
    /// If there is no such person.
    #[inline]
    pub fn degree(&self, person: PersonId) -> u32 {
        self.friends(person).len() as u32
    }

    /// How many people can tell a person: the friends, unless ties go one way.
    ///
    /// # Panics
    /// If there is no such person.
    #[inline]
    pub fn in_degree(&self, person: PersonId) -> u32 {
        match &self.in_degrees {
            Some(in_degrees) => in_degrees[person.index()],
            None => self.degree(person),
        }
    }

    /// Whether ties go one way, each listed on its own.
    pub fn is_directed(&self) -> bool {
        self.in_degrees.is_some()
    }

    /// The `count` people with the most friends, the one with most first; equal ones in order of id.
    pub fn hubs(&self, count: u32) -> Vec<PersonId> {
        let mut people: Vec<PersonId> = (0..self.people()).map(PersonId).collect();
        people.sort_unstable_by_key(|&person| (std::cmp::Reverse(self.degree(person)), person));
        people.truncate(count as usize);
        people
    }

    /// Whether any tie was given a strength.
    pub fn has_strengths(&self) -> bool {
        self.strengths.is_some()
    }

    /// What the arc from teller to hearer multiplies persuasion by; [`Strength::ONE`] where none was given, and for an
    /// arc that does not exist. The teller exists.
    pub fn strength(&self, teller: PersonId, hearer: PersonId) -> Strength {
        match self.friends(teller).binary_search(&hearer.0) {
            Ok(place) => self.strength_at(teller, place),
            Err(_) => Strength::ONE,
        }
    }

    /// The strength of the arc at a place of the teller's row, `0..degree`; [`Strength::ONE`] where none was given.
    #[inline]
    pub fn strength_at(&self, teller: PersonId, place_in_row: usize) -> Strength {
        debug_assert!(place_in_row < self.friends(teller).len(), "the row is shorter");
        match &self.strengths {
            Some(strengths) => strengths.column[self.rows.starts()[teller.index()] as usize + place_in_row],
            None => Strength::ONE,
        }
    }

    /// The greatest strength of any arc.
    pub fn strongest(&self) -> Strength {
        self.strengths.as_ref().map_or(Strength::ONE, |strengths| strengths.strongest)
    }

    /// The name a person had in the file; nothing where people are only numbers, or where there is no such person.
    pub fn name(&self, person: PersonId) -> Option<&str> {
        self.names.as_ref()?.of.get(person.index()).map(String::as_str)
    }

    /// The person of a name; where people are only numbers, of the number as it is printed (`7`, not `07`).
    pub fn person_named(&self, name: &str) -> Option<PersonId> {
        match &self.names {
            Some(names) => {
                let sorted = names.sorted();
                let place = sorted.binary_search_by(|&person| names.of[person as usize].as_str().cmp(name)).ok()?;
                Some(PersonId(sorted[place]))
            }
            None => {
                let id: u32 = name.parse().ok()?;
                (id < self.people() && id.to_string() == name).then_some(PersonId(id))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::build::testing::{rows_of, rows_of_arcs};
    use super::*;

    const ANN: PersonId = PersonId(0);
    const BOB: PersonId = PersonId(1);
    const CYD: PersonId = PersonId(2);

    #[test]
    fn ordinary_ties_have_strength_one() {
        let graph = SocialGraph::of_rows(rows_of(3, &[(0, 1)]));
        assert!(!graph.has_strengths());
        assert_eq!(graph.strength(ANN, BOB), Strength::ONE);
        assert_eq!((graph.people(), graph.arcs(), graph.degree(BOB), graph.degree(CYD)), (3, 2, 1, 0));
    }

    #[test]
    fn strengths_keep_step_with_the_arcs() {
        let strength = |value| Strength::new(value).expect("valid");
        let rows = rows_of_arcs(3, &[(0, 2), (0, 1), (2, 1)]);
        let column = vec![strength(1.5), strength(2.0), strength(0.5)];
        let graph = SocialGraph::of_rows_with_strengths(rows, column).one_way();
        assert_eq!(graph.strength(ANN, BOB), strength(1.5));
        assert_eq!(graph.strength_at(ANN, 1), strength(2.0));
        assert_eq!(graph.strength(CYD, BOB), strength(0.5));
        assert_eq!(graph.strength(BOB, CYD), Strength::ONE);
    }

    #[test]
    fn who_can_be_told_and_who_can_tell_are_counted_apart() {
        let both_ways = SocialGraph::of_rows(rows_of(3, &[(0, 1), (0, 2)]));
        assert!(!both_ways.is_directed());
        assert_eq!([ANN, BOB, CYD].map(|person| both_ways.in_degree(person)), [2, 1, 1]);
        let one_way = SocialGraph::of_rows(rows_of_arcs(3, &[(0, 1), (0, 2), (1, 2)])).one_way();
        assert!(one_way.is_directed());
        assert_eq!([ANN, BOB, CYD].map(|person| one_way.degree(person)), [2, 1, 0]);
        assert_eq!([ANN, BOB, CYD].map(|person| one_way.in_degree(person)), [0, 1, 2]);
    }

    #[test]
    fn people_are_found_by_name_or_by_number() {
        let numbered = SocialGraph::of_rows(rows_of(3, &[(0, 1)]));
        assert_eq!(numbered.person_named("2"), Some(CYD));
        assert_eq!((numbered.person_named("3"), numbered.person_named("02")), (None, None));
        let named = numbered.with_names(["Cyd", "Ann", "Bob"].map(String::from).to_vec());
        assert_eq!(named.person_named("Ann"), Some(BOB));
        assert_eq!(named.person_named("Dan"), None);
        assert_eq!((named.name(ANN), named.name(PersonId(3))), (Some("Cyd"), None));
    }
}
