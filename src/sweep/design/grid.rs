//! The full factorial design: every combination of the levels of all factors, once.
//!
//! The points are made one by one, so that a grid too large to be played costs nothing until it is refused by its size.

/// How many points the grid of factors with so many levels has; nothing where that is beyond `usize`.
///
/// A factor without levels leaves no points; without factors there is the one empty point.
pub fn size(levels: &[usize]) -> Option<usize> {
    // Nothing times something that does not fit is still nothing.
    if levels.contains(&0) {
        return Some(0);
    }
    levels.iter().try_fold(1usize, |size, &count| size.checked_mul(count))
}

/// The level of each factor at one point, with the last factor changing fastest.
///
/// `number` is the place of the point, from 0 to [`size`] - 1.
pub fn point(levels: &[usize], number: usize) -> Vec<usize> {
    let mut rest = number;
    let mut point = vec![0; levels.len()];
    for (level, &count) in point.iter_mut().zip(levels).rev() {
        *level = rest % count;
        rest /= count;
    }
    point
}

/// Every point of the grid in order, the last factor fastest; nothing where there are more than `usize` can count.
pub fn grid(levels: &[usize]) -> Option<impl ExactSizeIterator<Item = Vec<usize>>> {
    Some((0..size(levels)?).map(|number| point(levels, number)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_last_factor_is_fastest() {
        let points: Vec<_> = grid(&[2, 3]).expect("small").collect();
        assert_eq!(points, [[0, 0], [0, 1], [0, 2], [1, 0], [1, 1], [1, 2]]);
    }

    #[test]
    fn a_grid_beyond_counting_is_refused_before_it_is_made() {
        assert!(grid(&[usize::MAX, 2]).is_none());
        assert_eq!(grid(&[1 << 20; 3]).map(|points| points.len()), Some(1 << 60));
        assert_eq!([size(&[]), size(&[3, 0]), size(&[usize::MAX, 2, 0])], [Some(1), Some(0), Some(0)]);
    }

    proptest! {
        #[test]
        fn a_grid_is_complete_and_without_repeats(levels in prop::collection::vec(1usize..5, 0..5)) {
            let points: Vec<_> = grid(&levels).expect("small").collect();
            prop_assert_eq!(points.len(), levels.iter().product::<usize>());
            prop_assert!(points.iter().all(|point| point.iter().zip(&levels).all(|(level, count)| level < count)));
            // Strictly ascending, so none comes twice; with the right number of them, all are there.
            prop_assert!(points.windows(2).all(|pair| pair[0] < pair[1]));
        }
    }
}
