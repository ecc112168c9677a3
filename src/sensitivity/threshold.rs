//! Where a curve crosses a level: at which position the cascade takes off, or the profit turns.
//!
//! Between two positions the curve is taken for straight. The interval of a crossing is the stretch around it on which the level
//! lies within the intervals of the response, which are straight between positions too: the positions that a test of "the response
//! there is the level" would not refuse (Fieller's way with a ratio, for a curve). Where that stretch reaches the first or the last
//! position, it is open to that side.
//!
//! Deliberately absent: a law of the curve (logistic and others). A sigmoid that is not there would move the crossing.

use thiserror::Error;

/// The response at one position.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Response {
    /// The position, such as the value of a factor.
    pub position: f64,
    /// The response there.
    pub value: f64,
    /// The 95 % interval of the response, which holds the value.
    pub interval: Option<[f64; 2]>,
}

/// Where a curve crosses the level.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Crossing {
    /// The position.
    pub position: f64,
    /// Whether the curve comes from below the level.
    pub rises: bool,
    /// The ends of the 95 % interval of the position, each open where it is none; none at all where a response has no interval.
    pub interval: Option<[Option<f64>; 2]>,
}

/// Responses that are no curve.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum CurveError {
    /// A position is not above the one before it.
    #[error("position {0} is not above the one before it")]
    Order(usize),
    /// A position, a value or an end of an interval is no finite number.
    #[error("response {0} has something that is no finite number")]
    NotFinite(usize),
    /// An interval does not hold its value.
    #[error("response {0} lies outside its interval")]
    Outside(usize),
}

/// Every place where the curve crosses the level, in order. What lies on the level counts as above it: a curve that comes up to the
/// level has reached it, one that comes down to it has not left it.
pub fn crossings(curve: &[Response], level: f64) -> Result<Vec<Crossing>, CurveError> {
    check(curve)?;
    let intervals: Option<Vec<[f64; 2]>> = curve.iter().map(|response| response.interval).collect();
    let mut found = vec![];
    for (place, pair) in curve.windows(2).enumerate() {
        let rises = pair[0].value < level && pair[1].value >= level;
        if rises || pair[0].value >= level && pair[1].value < level {
            let position = meets([pair[0].position, pair[1].position], [pair[0].value, pair[1].value], level);
            let interval = intervals.as_ref().map(|intervals| stretch(curve, intervals, place, level));
            found.push(Crossing { position, rises, interval });
        }
    }
    Ok(found)
}

fn check(curve: &[Response]) -> Result<(), CurveError> {
    for (place, response) in curve.iter().enumerate() {
        let [low, high] = response.interval.unwrap_or([response.value; 2]);
        if ![response.position, response.value, low, high].iter().all(|number| number.is_finite()) {
            return Err(CurveError::NotFinite(place));
        }
        if !(low..=high).contains(&response.value) {
            return Err(CurveError::Outside(place));
        }
        if place > 0 && response.position <= curve[place - 1].position {
            return Err(CurveError::Order(place));
        }
    }
    Ok(())
}

/// Where the straight line between two positions, which has these values there, meets the level.
fn meets(positions: [f64; 2], values: [f64; 2], level: f64) -> f64 {
    let share = (level - values[0]) / (values[1] - values[0]);
    positions[0] + (positions[1] - positions[0]) * share
}

/// The stretch around the crossing between `place` and the next on which the level lies within the intervals.
fn stretch(curve: &[Response], intervals: &[[f64; 2]], place: usize, level: f64) -> [Option<f64>; 2] {
    let excludes = |place: &usize| level < intervals[*place][0] || intervals[*place][1] < level;
    // On the way from the first position whose interval excludes the level, the end that is nearer to the level meets it: the next
    // interval holds the level, or the crossing lies between.
    let end = |outside: usize, inside: usize| {
        let nearer = usize::from(intervals[outside][1] < level);
        let ends = [intervals[outside][nearer], intervals[inside][nearer]];
        meets([curve[outside].position, curve[inside].position], ends, level)
    };
    [
        (0..=place).rev().find(excludes).map(|outside| end(outside, outside + 1)),
        (place + 1..curve.len()).find(excludes).map(|outside| end(outside, outside - 1)),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn curve<const N: usize>(points: [(f64, f64, f64); N]) -> Vec<Response> {
        let response = |(position, value, half): (f64, f64, f64)| Response {
            position,
            value,
            interval: Some([value - half, value + half]),
        };
        points.map(response).to_vec()
    }

    #[test]
    fn a_crossing_and_its_interval_are_interpolated() {
        let found = crossings(&curve([(0.0, 0.0, 1.0), (1.0, 4.0, 1.0), (2.0, 8.0, 1.0)]), 2.0).expect("a curve");
        assert_eq!(found, [Crossing { position: 0.5, rises: true, interval: Some([Some(0.25), Some(0.75)]) }]);
        let found = crossings(&curve([(0.0, 8.0, 1.0), (2.0, 0.0, 1.0)]), 2.0).expect("a curve");
        assert_eq!(found, [Crossing { position: 1.5, rises: false, interval: Some([Some(1.25), Some(1.75)]) }]);
    }

    #[test]
    fn an_interval_reaches_over_positions_and_may_be_open() {
        // On a slope of 1, a half-width of 2 reaches 2 to each side, over two positions; with one of 9 it is open.
        let slope = |half: f64| curve([0.0, 1.0, 2.0, 3.0, 4.0, 5.0].map(|x| (x, x, half)));
        let one = |half: f64| crossings(&slope(half), 2.5).expect("a curve")[0].interval;
        assert_eq!([one(2.0), one(0.0)], [Some([Some(0.5), Some(4.5)]), Some([Some(2.5), Some(2.5)])]);
        assert_eq!(one(9.0), Some([None, None]));
        let mut without = slope(1.0);
        without[5].interval = None;
        assert_eq!(crossings(&without, 2.5).expect("a curve")[0].interval, None);
    }

    #[test]
    fn a_curve_may_cross_more_than_once_and_what_is_on_the_level_is_above_it() {
        let at = |values: [f64; 4]| {
            let points = [0, 1, 2, 3].map(|place| (place as f64, values[place], 0.0));
            let found = crossings(&curve(points), 1.0).expect("a curve");
            found.iter().map(|crossing| (crossing.position, crossing.rises)).collect::<Vec<_>>()
        };
        assert_eq!(at([0.0, 2.0, 0.0, 2.0]), [(0.5, true), (1.5, false), (2.5, true)]);
        assert_eq!(at([0.0, 1.0, 1.0, 2.0]), [(1.0, true)]);
        assert_eq!(at([2.0, 1.0, 1.0, 2.0]), []);
        assert_eq!(at([1.0, 1.0, 1.0, 0.0]), [(2.0, false)]);
        assert_eq!(crossings(&[], 1.0), Ok(vec![]));
    }

    #[test]
    fn what_is_no_curve_is_refused() {
        let good = [(0.0, 0.0, 1.0), (1.0, 4.0, 1.0)];
        assert_eq!(crossings(&curve([good[1], good[0]]), 2.0), Err(CurveError::Order(1)));
        assert_eq!(crossings(&curve([good[0], good[0]]), 2.0), Err(CurveError::Order(1)));
        assert_eq!(crossings(&curve([good[0], (1.0, f64::NAN, 0.0)]), 2.0), Err(CurveError::NotFinite(1)));
        assert_eq!(crossings(&curve([(0.0, 0.0, -1.0)]), 2.0), Err(CurveError::Outside(0)));
        assert_eq!(CurveError::Order(1).to_string(), "position 1 is not above the one before it");
    }

    proptest! {
        #[test]
        fn the_interval_is_where_the_band_holds_the_level(
            points in prop::collection::vec((0.1f64..2.0, -5.0f64..5.0, 0.0f64..3.0), 2..9),
        ) {
            let mut position = 0.0;
            let curve: Vec<Response> = points.iter().map(|&(step, value, half)| {
                position += step;
                Response { position, value, interval: Some([value - half, value + half / 2.0]) }
            }).collect();
            let [first, last] = [curve[0].position, position];
            // Whether the band, walked through in small steps, holds the level 0.
            let holds = |x: f64| curve.windows(2).any(|pair| {
                let share = (x - pair[0].position) / (pair[1].position - pair[0].position);
                let [from, to] = [pair[0], pair[1]].map(|response| response.interval.expect("given"));
                let end = |which: usize| from[which] + (to[which] - from[which]) * share;
                (0.0..=1.0).contains(&share) && end(0) <= 1e-9 && end(1) >= -1e-9
            });
            for crossing in crossings(&curve, 0.0).expect("a curve") {
                let [low, high] = crossing.interval.expect("given");
                let [from, to] = [low.unwrap_or(first), high.unwrap_or(last)];
                prop_assert!(from <= crossing.position + 1e-9 && crossing.position <= to + 1e-9);
                for part in 0..=100 {
                    let x = from + (to - from) * f64::from(part) / 100.0;
                    prop_assert!(holds(x.clamp(first, last)), "{} within {} to {}", x, from, to);
                }
                prop_assert!(low.is_none_or(|low| !holds(low - 1e-4) || low - 1e-4 < first));
                prop_assert!(high.is_none_or(|high| !holds(high + 1e-4) || high + 1e-4 > last));
            }
        }
    }
}
