//! Spatial: people know who lives nearby.
//!
//! **Formula.** n people live at independent uniform places of the unit square; those at most r apart are tied. r is such
//! that the mean degree is as asked, the edges of the square included: (n - 1) (π r² - 8/3 r³ + r⁴ / 2), for r up to 1.
//! Far from the edge degrees are nearly Poisson and clustering is 1 - 3 √3 / (4 π) = 0.587.
//!
//! **When to use.** Neighbourhoods: word travels slowly and in a front, and the same few people hear it again and again.
//!
//! **When not.** Where distance is not what keeps people apart. There are no hubs and no shortcuts.
//!
//! **Parameters.** `people`; `mean_degree` [friends a person].
//!
//! **Reference.** Gilbert (1961), "Random plane networks"; clustering after Dall & Christensen (2002), "Random geometric
//! graphs"; the distance of two points of a square after Ghosh (1951).

use super::Mistakes;
use crate::dice::{Dice, Purpose};
use crate::graph::SocialGraph;
use crate::graph::build::Rows;

/// Binary places of a coordinate: two squared differences fit 64 bits, so distances are compared exactly.
const PLACES: u32 = 31;

/// People know who lives nearby.
#[derive(Debug, Clone, PartialEq)]
pub struct Spatial {
    /// How many people \[people\]; 0 to 2²⁷.
    pub people: u32,
    /// Expected friends of a person \[people\]; 0 to [`Spatial::SHARE_MAX`] of the others.
    pub mean_degree: f64,
}

impl Spatial {
    /// The most friends that can be asked for, as a share of everybody else: nearly those within a distance of 1.
    pub const SHARE_MAX: f64 = 0.97;

    pub(super) fn check(&self, mistakes: &mut Mistakes) {
        let most = self.others() * Self::SHARE_MAX;
        let fine = (0.0..=most).contains(&self.mean_degree);
        mistakes
            .unless(fine, "mean_degree", self.mean_degree, || format!("0 to {most} friends, 97 % of everybody else"));
    }

    fn others(&self) -> f64 {
        f64::from(self.people.saturating_sub(1))
    }

    /// The distance up to which people are tied, as a share of the side of the square.
    pub fn radius(&self) -> f64 {
        if self.mean_degree <= 0.0 {
            return 0.0;
        }
        let share = self.mean_degree / self.others().max(1.0);
        let within = |r: f64| r * r * (std::f64::consts::PI - r * (8.0 / 3.0) + r * r * 0.5);
        // By halving, so that the last bit is the same on every machine.
        let (mut low, mut high) = (0.0, 1.0);
        for _ in 0..60 {
            let middle = (low + high) / 2.0;
            if within(middle) < share { low = middle } else { high = middle }
        }
        high
    }

    pub(super) fn grow(&self, dice: Dice) -> SocialGraph {
        let people = self.people;
        let radius = (self.radius() * f64::from(1u32 << PLACES)) as u64;
        // Cells as wide as the radius at least, and about as many as people at most.
        let side = 1u64 << PLACES;
        let across = (side / radius.max(1)).clamp(1, u64::from(people.isqrt().max(1))) as u32;
        let homes = Homes::settle(people, across, dice);
        let near = |a: u32, b: u32| {
            let ((x, y), (u, v)) = (homes.places[a as usize], homes.places[b as usize]);
            let (dx, dy) = (u64::from(x.abs_diff(u)), u64::from(y.abs_diff(v)));
            radius > 0 && dx * dx + dy * dy <= radius * radius
        };
        SocialGraph::of_rows(Rows::of_ties(people, |range, ties| {
            for a in range {
                let (row, column) = homes.cell_of(a);
                // Each pair of cells once: those of the row above come later in the order of cells.
                let right = column + 1..(column + 2).min(across);
                let above = if row + 1 < across { column.saturating_sub(1)..(column + 2).min(across) } else { 0..0 };
                let here = a + 1..homes.of(row, column).end;
                let beside = right.flat_map(|column| homes.of(row, column));
                let above = above.flat_map(|column| homes.of(row + 1, column));
                ties.extend(here.chain(beside).chain(above).filter(|&b| near(a, b)).map(|b| (a, b)));
            }
        }))
    }
}

/// Where everybody lives, sorted by cell: neighbours have ids close to each other, and so are close in memory.
struct Homes {
    across: u32,
    /// The first person of each cell; one more than there are cells.
    starts: Vec<u32>,
    /// Coordinates in units of 2⁻³¹ of the side.
    places: Vec<(u32, u32)>,
}

impl Homes {
    fn settle(people: u32, across: u32, dice: Dice) -> Homes {
        let luck = dice.of(Purpose::Graph);
        let home = |person: u32| {
            let draw = luck.draw(u64::from(person));
            ((draw >> (64 - PLACES)) as u32, (draw as u32) >> (32 - PLACES))
        };
        let cell = |(x, y): (u32, u32)| along(y, across) as usize * across as usize + along(x, across) as usize;
        let mut starts = vec![0; across as usize * across as usize + 1];
        (0..people).for_each(|person| starts[cell(home(person)) + 1] += 1);
        for cell in 1..starts.len() {
            starts[cell] += starts[cell - 1];
        }
        let mut next = starts.clone();
        let mut places = vec![(0, 0); people as usize];
        for home in (0..people).map(home) {
            let place = &mut next[cell(home)];
            places[*place as usize] = home;
            *place += 1;
        }
        Homes { across, starts, places }
    }

    /// Row and column of somebody's cell.
    fn cell_of(&self, person: u32) -> (u32, u32) {
        let (x, y) = self.places[person as usize];
        (along(y, self.across), along(x, self.across))
    }

    /// Who lives in a cell.
    fn of(&self, row: u32, column: u32) -> std::ops::Range<u32> {
        let cell = row as usize * self.across as usize + column as usize;
        self.starts[cell]..self.starts[cell + 1]
    }
}

/// In which of so many equal parts of the side a coordinate lies.
fn along(coordinate: u32, across: u32) -> u32 {
    ((u64::from(coordinate) * u64::from(across)) >> PLACES) as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::model::GraphModel;
    use crate::graph::model::testing::*;
    use crate::units::PersonId;

    #[test]
    fn everybody_knows_exactly_those_nearby() {
        for (people, mean_degree) in [(400, 5.0), (400, 40.0), (60, 57.0), (3, 1.0), (2, 0.97), (300, 0.5)] {
            let model = Spatial { people, mean_degree };
            for seed in 0..5 {
                let graph = model.grow(dice(seed));
                assert_simple(&graph);
                // The same by looking at every pair, without cells.
                let radius = (model.radius() * f64::from(1u32 << PLACES)) as u64;
                let across = (1u64 << PLACES).checked_div(radius).unwrap_or(1).clamp(1, people.isqrt().into());
                let homes = Homes::settle(people, across as u32, dice(seed)).places;
                for a in 0..people {
                    let near = |b: &u32| {
                        let ((x, y), (u, v)) = (homes[a as usize], homes[*b as usize]);
                        let square = |a: u32, b: u32| u128::from(a.abs_diff(b)).pow(2);
                        *b != a && square(x, u) + square(y, v) <= u128::from(radius).pow(2)
                    };
                    let expected: Vec<u32> = (0..people).filter(near).collect();
                    assert_eq!(graph.friends(PersonId(a)), expected, "{people} people, {mean_degree} friends");
                }
            }
        }
    }

    #[test]
    fn degrees_and_clustering_are_those_of_the_plane() {
        // Null: mean degree 12 with the edge accounted for; its sd over places was 0.022 for 20,000 people (seeds 1
        // to 8), tolerance four sd. Clustering 0.587 far from the edge and a little more at it, 0.590 to 0.593. Fixed seed.
        let graph = assert_sound(&GraphModel::Spatial(Spatial { people: 20_000, mean_degree: 12.0 }));
        let (mean, _) = moments(&degrees(&graph));
        assert!((mean - 12.0).abs() < 4.0 * 0.022, "{mean}");
        let clustering = local_clustering(&graph);
        assert!((clustering - 0.587).abs() < 0.01, "{clustering}");
        // Half of everybody: the corners of the formula count. The sd over seeds 1 to 8 was 13.
        let (mean, _) = moments(&degrees(&Spatial { people: 2_000, mean_degree: 1_000.0 }.grow(dice(1))));
        assert!((mean - 1_000.0).abs() < 4.0 * 13.0, "{mean}");
    }

    #[test]
    fn few_people_and_few_friends_are_worlds_too() {
        let arcs = |people, mean_degree| Spatial { people, mean_degree }.grow(dice(1)).arcs();
        assert_eq!((arcs(0, 0.0), arcs(1, 0.0), arcs(1_000, 0.0), arcs(2, 0.0)), (0, 0, 0, 0));
        let keys = |people, mean_degree| GraphModel::Spatial(Spatial { people, mean_degree }).check().is_err();
        assert!(keys(1, 0.1) && keys(3, 1.95) && keys(3, -1.0) && keys(3, f64::NAN) && !keys(3, 1.94));
    }
}
