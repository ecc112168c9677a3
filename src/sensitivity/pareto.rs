//! The Pareto front of two metrics: the alternatives of which none is better in one metric without being worse in the other.
//!
//! Pareto (1906); found by sorting, as Kung, Luccio & Preparata (1975), "On finding the maxima of a set of vectors".
//!
//! Deliberately absent: how sure it is that one on the front belongs there (`best` says what of one metric can be told apart).

use super::Goal;

/// The places of the alternatives on the front, from the best in the first metric to the best in the second.
///
/// An alternative is off the front if another is at least as good in both metrics and better in one. Equal alternatives are on it
/// together, in the order given. One with a metric that is not a number is off it, and keeps nothing off it.
pub fn pareto_front(alternatives: &[[f64; 2]], goals: [Goal; 2]) -> Vec<usize> {
    let costs = |metrics: &[f64; 2]| [goals[0].cost(metrics[0]), goals[1].cost(metrics[1])];
    let mut ranked: Vec<(usize, [f64; 2])> = alternatives.iter().map(costs).enumerate().collect();
    ranked.retain(|(_, costs)| !costs.iter().any(|cost| cost.is_nan()));
    ranked.sort_by(|(_, a), (_, b)| a[0].total_cmp(&b[0]).then(a[1].total_cmp(&b[1])));
    let mut front: Vec<(usize, [f64; 2])> = vec![];
    for (place, costs) in ranked {
        // All before it are at least as good in the first metric; the last on the front is the best of them in the second.
        if front.last().is_none_or(|&(_, last)| costs[1] < last[1] || costs == last) {
            front.push((place, costs));
        }
    }
    front.into_iter().map(|(place, _)| place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_front_runs_from_the_best_in_the_first_to_the_best_in_the_second() {
        // Customers, the more the better, against cost, the less the better.
        let all = [[10.0, 5.0], [30.0, 9.0], [20.0, 9.5], [10.0, 4.0], [5.0, 1.0], [30.0, 9.0], [1.0, 1.0]];
        assert_eq!(pareto_front(&all, [Goal::Large, Goal::Small]), [1, 5, 3, 4]);
        assert_eq!(pareto_front(&all, [Goal::Small, Goal::Large]), [6, 0, 2]);
        assert_eq!(pareto_front(&[], [Goal::Small, Goal::Large]), [0usize; 0]);
    }

    #[test]
    fn what_is_not_a_number_is_off_the_front_and_infinity_is_a_number() {
        let all = [[f64::NAN, 0.0], [1.0, f64::NAN], [2.0, 3.0], [f64::INFINITY, -1.0], [0.0, 4.0], [-0.0, 4.0]];
        assert_eq!(pareto_front(&all, [Goal::Small, Goal::Small]), [4, 5, 2, 3]);
        // Zero and minus zero are equal.
        for (zeros, goal) in [([0.0, -0.0], Goal::Large), ([-0.0, 0.0], Goal::Small)] {
            assert_eq!(pareto_front(&[[zeros[0], 5.0], [zeros[1], 4.0]], [goal, Goal::Small]), [1]);
        }
    }

    proptest! {
        #[test]
        fn the_front_is_all_that_nothing_dominates(
            // Few values, so that there are ties.
            coded in prop::collection::vec((0u8..7, 0u8..7), 0..40),
            goals in prop::array::uniform2(prop::bool::ANY),
        ) {
            let number = |code: u8| if code == 6 { f64::NAN } else { f64::from(code) - 2.0 };
            let all: Vec<[f64; 2]> = coded.into_iter().map(|(x, y)| [number(x), number(y)]).collect();
            let better = |metric: usize, a: f64, b: f64| if goals[metric] { a > b } else { a < b };
            let dominates = |a: &[f64; 2], b: &[f64; 2]| {
                (0..2).all(|m| better(m, a[m], b[m]) || a[m] == b[m]) && (0..2).any(|m| better(m, a[m], b[m]))
            };
            let known = |a: &[f64; 2]| a.iter().all(|x| !x.is_nan());
            let expected: Vec<usize> = (0..all.len())
                .filter(|&i| known(&all[i]) && !all.iter().any(|other| known(other) && dominates(other, &all[i])))
                .collect();
            let front = pareto_front(&all, goals.map(|large| if large { Goal::Large } else { Goal::Small }));
            for pair in front.windows(2) {
                let [a, b] = [all[pair[0]], all[pair[1]]];
                prop_assert!(better(0, a[0], b[0]) && better(1, b[1], a[1]) || a == b && pair[0] < pair[1]);
            }
            let mut sorted = front;
            sorted.sort_unstable();
            prop_assert_eq!(sorted, expected);
        }
    }
}
