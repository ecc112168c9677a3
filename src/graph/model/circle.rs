//! Circle: everybody between two neighbours.
//!
//! **Formula.** n people stand in a ring; each is tied to the one before and the one after. Two people share one tie,
//! and one person alone has none.
//!
//! **When to use.** As the slowest market there is: a word goes round one neighbour at a time, and exact answers are
//! short sums.
//!
//! **When not.** Anywhere else. With shortcuts it is `watts_strogatz`, which see.
//!
//! **Parameters.** `people`.
//!
//! **Reference.** The one-dimensional lattice of Watts & Strogatz (1998), with k = 2 and nothing rewired.

use crate::graph::SocialGraph;
use crate::graph::build::Rows;

/// Everybody between two neighbours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Circle {
    /// How many people \[people\]; 0 to 2²⁷.
    pub people: u32,
}

impl Circle {
    pub(super) fn grow(&self) -> SocialGraph {
        let people = self.people;
        SocialGraph::of_rows(Rows::of_ties(people, |range, ties| {
            let before = |person: u32| match person {
                // Of two people each would be the other's neighbour twice.
                0 => (people > 2).then(|| people - 1),
                _ => Some(person - 1),
            };
            ties.extend(range.filter_map(|person| Some((person, before(person)?))));
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::model::testing::*;
    use crate::units::PersonId;

    #[test]
    fn everybody_has_two_neighbours() {
        for people in 3..=50 {
            let ring = Circle { people }.grow();
            assert_simple(&ring);
            assert!(degrees(&ring).iter().all(|&degree| degree == 2), "{people} people");
            assert_eq!(ring.friends(PersonId(1)), [0, 2]);
        }
    }

    #[test]
    fn a_circle_of_few_is_what_is_left_of_it() {
        assert_eq!([0, 1, 2, 3].map(|people| Circle { people }.grow().arcs()), [0, 0, 2, 6]);
    }
}
