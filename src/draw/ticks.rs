//! Where an axis carries numbers: round ones, few, and on a calendar's steps where days are counted.

use super::sketch::range;
use super::written::ten_to;
use crate::figure::{Axis, Scale};

/// The marks of an axis.
#[derive(Debug, Clone, PartialEq)]
pub struct Ticks {
    /// Positions, rising.
    pub at: Vec<f64>,
    /// Usual distance of two neighbours.
    pub step: f64,
}

/// Steps on which people count days.
const DAY_STEPS: [f64; 13] = [1.0, 2.0, 5.0, 7.0, 14.0, 30.0, 60.0, 90.0, 180.0, 365.0, 730.0, 1_825.0, 3_650.0];

/// Beyond this numbers are cut off, so that no difference overflows.
const LARGEST: f64 = 1e30;
/// Smaller than this is nothing.
const SMALLEST: f64 = 1e-12;

/// Into how many steps an axis is divided, about.
pub const STEPS: u8 = 6;

/// Marks of an axis that holds these values, the first and the last being its ends; `whole` if they count something.
pub fn of<'v>(axis: &Axis, values: impl IntoIterator<Item = &'v f64>, whole: bool, steps: u8) -> Ticks {
    match axis.scale {
        Scale::Log => {
            let (low, high) = range(values.into_iter().filter(|&&v| v > 0.0)).unwrap_or((1.0, 10.0));
            powers(low, high)
        }
        Scale::Linear => {
            let (low, high) = range(values).unwrap_or((0.0, 0.0));
            let marks = if axis.from_zero { with_zero } else { without_zero };
            marks(low, high, whole, steps)
        }
    }
}

/// Marks of an axis that holds `low..=high` and zero, about so many `steps` from each other; the first and the last mark are
/// the axis's ends.
pub fn with_zero(low: f64, high: f64, whole: bool, steps: u8) -> Ticks {
    let (low, high) = (low.clamp(-LARGEST, 0.0), high.clamp(0.0, LARGEST));
    if high - low < SMALLEST {
        return Ticks { at: vec![0.0, 1.0], step: 1.0 };
    }
    holding(low, high, whole, steps)
}

/// Marks of an axis that holds `low..=high`, wherever zero is.
pub fn without_zero(low: f64, high: f64, whole: bool, steps: u8) -> Ticks {
    let (low, high) = (low.clamp(-LARGEST, LARGEST), high.clamp(-LARGEST, LARGEST));
    // A span lost in the size of the numbers is none.
    if high - low <= low.abs().max(high.abs()) * 1e-9 {
        with_zero(low, high, whole, steps)
    } else {
        holding(low, high, whole, steps)
    }
}

fn holding(low: f64, high: f64, whole: bool, steps: u8) -> Ticks {
    let step = round_step((high - low) / f64::from(steps)).max(if whole { 1.0 } else { 0.0 });
    let first = (low / step).floor() as i64;
    let last = ((high / step).ceil() as i64).max(first + 1);
    Ticks { at: (first..=last).map(|i| i as f64 * step).collect(), step }
}

/// Marks at the powers of ten around `low..=high`, both above zero; the first and the last are the axis's ends. Within
/// one power there are marks at two and at five of it, over many there is one in several.
pub fn powers(low: f64, high: f64) -> Ticks {
    let (low, high) = (low.clamp(SMALLEST, LARGEST), high.clamp(SMALLEST, LARGEST));
    let (low, high) = if low <= high { (low, high) } else { (1.0, 10.0) };
    let first = libm::floor(libm::log10(low) + 1e-9) as i32;
    let last = (libm::ceil(libm::log10(high) - 1e-9) as i32).max(first + 1);
    if last == first + 1 {
        let at = [1.0, 2.0, 5.0, 10.0].map(|m| if m == 10.0 { ten_to(last) } else { m * ten_to(first) });
        return Ticks { at: at.to_vec(), step: ten_to(first) };
    }
    let stride = (last - first + 5) / 6;
    let count = (last - first + stride - 1) / stride;
    Ticks { at: (0..=count).map(|i| ten_to(first + i * stride)).collect(), step: ten_to(first) }
}

/// Marks of a log axis that ends as near to `low..=high`, both above zero, as one, two or five times a power of ten is: these
/// within two powers of ten, else the powers between the ends.
pub fn closely(low: f64, high: f64) -> Ticks {
    let (low, high) = (low.clamp(SMALLEST, LARGEST), high.clamp(SMALLEST, LARGEST));
    let round = |power: i32| [1.0, 2.0, 5.0].map(|m| m * ten_to(power));
    let (first, last) = (libm::floor(libm::log10(low)) as i32 - 1, libm::floor(libm::log10(high)) as i32 + 1);
    let all: Vec<f64> = (first..=last).flat_map(round).collect();
    let from = all.iter().copied().rfind(|&at| at <= low * (1.0 + 1e-9)).unwrap_or(low);
    let to = all.iter().copied().find(|&at| at >= high * (1.0 - 1e-9)).unwrap_or(high);
    if from >= to {
        return powers(low, high);
    }
    let within = |&at: &f64| (from..=to).contains(&at);
    if to / from < 99.0 {
        return Ticks { at: all.into_iter().filter(within).collect(), step: from };
    }
    let stride = ((last - first) / 6).max(1);
    let near = libm::log10(to / from) / 7.0;
    // One that is too near to an end says nothing more.
    let is_apart = |at: f64| libm::log10(at / from) > near && libm::log10(to / at) > near;
    let between = (first..=last).filter(|power| power.rem_euclid(stride) == 0).map(ten_to).filter(|&at| is_apart(at));
    Ticks { at: std::iter::once(from).chain(between).chain([to]).collect(), step: from }
}

/// Marks at the powers of ten within `low..=high`, both above zero, as many as `room` accepts (it is given the marks);
/// over a short range at two and at five of them too.
pub fn powers_within(low: f64, high: f64, room: impl Fn(&Ticks) -> bool) -> Ticks {
    let (low, high) = (low.clamp(SMALLEST, LARGEST), high.clamp(SMALLEST, LARGEST));
    let within = |&at: &f64| at >= low * (1.0 - 1e-9) && at <= high * (1.0 + 1e-9);
    let (first, last) = (libm::floor(libm::log10(low)) as i32, libm::ceil(libm::log10(high)) as i32);
    let fine: Vec<f64> = (first..=last).flat_map(|p| [1.0, 2.0, 5.0].map(|m| m * ten_to(p))).filter(within).collect();
    // Within less than a power of ten these may be none or one: then the steps are even, as on any other axis.
    let few = (fine.len() < 3 && high / low < 20.0).then(|| {
        let first = round_step((high - low) / 6.0);
        let steps = std::iter::successors(Some(first), |step| Some(round_step(step * 1.5)));
        steps.take_while(|step| *step < high - low).map(|step| marks(low, high, step, false).at).collect::<Vec<_>>()
    });
    let short = (high / low < 99.0).then_some(fine);
    let one_in = |stride: i32| (first..=last).filter(move |power| power.rem_euclid(stride) == 0);
    let sparser = (1..=40).map(|stride| one_in(stride).map(ten_to).filter(within).collect::<Vec<f64>>());
    few.into_iter()
        .flatten()
        .chain(short)
        .chain(sparser)
        .filter(|at| !at.is_empty())
        .map(|at| Ticks { at, step: low })
        .find(|ticks| room(ticks))
        .unwrap_or(Ticks { at: vec![low], step: low })
}

/// Marks of a horizontal axis over `low..=high`, at steps that `room` accepts (it is given the marks).
pub fn horizontal(low: f64, high: f64, days: bool, room: impl Fn(&Ticks) -> bool) -> Ticks {
    let (low, high) = (low.clamp(-LARGEST, LARGEST), high.clamp(-LARGEST, LARGEST));
    let span = high - low;
    if span < SMALLEST {
        return Ticks { at: vec![low], step: 1.0 };
    }
    let calendar = DAY_STEPS.into_iter().filter(|_| days).filter(|step| span / step <= 6.0);
    let mut step = round_step(span / 8.0);
    let round = std::iter::from_fn(|| {
        let this = step;
        step = round_step(step * 1.5);
        (this < span * 4.0).then_some(this)
    });
    calendar
        .chain(round)
        .map(|step| marks(low, high, step, days))
        .find(|ticks| room(ticks))
        .unwrap_or(Ticks { at: vec![low], step: span })
}

/// Multiples of a step within a range. Where days are counted the end is marked as well, as it is the horizon:
/// in the place of a mark that stands just before it, or as one more if there is room.
fn marks(low: f64, high: f64, step: f64, days: bool) -> Ticks {
    let slack = step * 1e-9;
    let first = ((low - slack) / step).ceil() as i64;
    let last = ((high + slack) / step).floor() as i64;
    let mut at: Vec<f64> = (first..=last).map(|i| i as f64 * step).collect();
    if let (true, Some(&end)) = (days, at.last()) {
        if high - end > slack && high - end < 0.25 * step && at.len() > 1 {
            at.pop();
            at.push(high);
        } else if high - end >= 0.5 * step {
            at.push(high);
        }
    }
    if at.is_empty() {
        at.push(low);
    }
    Ticks { at, step }
}

/// The least of 1, 2, 5, 10, 20, 25, 50 … that is not below `step`; a quarter only where it is a whole number.
fn round_step(step: f64) -> f64 {
    let mut decade = 1.0;
    while decade * 10.0 <= step {
        decade *= 10.0;
    }
    // Divided by whole powers of ten: 1/1000 is nearer to a thousandth than 0.1 · 0.1 · 0.1.
    let mut fraction = 1.0;
    while decade / fraction > step && fraction < 1e15 {
        fraction *= 10.0;
    }
    let slack = 1.0 + 1e-9;
    let steps = if decade >= 10.0 { &[1.0, 2.0, 2.5, 5.0, 10.0][..] } else { &[1.0, 2.0, 5.0, 10.0] };
    steps.iter().map(|m| m * decade / fraction).find(|s| s * slack >= step).unwrap_or(step)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vertical_marks_are_round_and_hold_the_data_and_zero() {
        let table: [(f64, f64, bool, &[f64]); 7] = [
            (0.0, 0.0, true, &[0.0, 1.0]),
            (0.0, 8_431.0, true, &[0.0, 2_000.0, 4_000.0, 6_000.0, 8_000.0, 10_000.0]),
            (-120.0, 350.0, false, &[-200.0, -100.0, 0.0, 100.0, 200.0, 300.0, 400.0]),
            (-50.0, -10.0, false, &[-50.0, -40.0, -30.0, -20.0, -10.0, 0.0]),
            (0.0, 2.0, true, &[0.0, 1.0, 2.0]),
            (-10.0, 101.0, true, &[-20.0, 0.0, 20.0, 40.0, 60.0, 80.0, 100.0, 120.0]),
            (0.0, 1e12, true, &[0.0, 2e11, 4e11, 6e11, 8e11, 1e12]),
        ];
        for (low, high, whole, expected) in table {
            assert_eq!(with_zero(low, high, whole, STEPS).at, expected);
        }
    }

    #[test]
    fn days_are_marked_on_the_calendar_up_to_the_horizon() {
        let at = |high| horizontal(0.0, high, true, |_| true).at;
        assert_eq!(at(365.0), [0.0, 90.0, 180.0, 270.0, 365.0]);
        assert_eq!(at(30.0), [0.0, 5.0, 10.0, 15.0, 20.0, 25.0, 30.0]);
        assert_eq!(at(7.0), [0.0, 2.0, 4.0, 6.0, 7.0]);
        assert_eq!(at(90.0), [0.0, 30.0, 60.0, 90.0]);
        assert_eq!(at(0.0), [0.0]);
    }

    #[test]
    fn an_axis_may_do_without_zero() {
        assert_eq!(
            without_zero(2_950.0, 3_050.0, true, STEPS).at,
            [2_940.0, 2_960.0, 2_980.0, 3_000.0, 3_020.0, 3_040.0, 3_060.0]
        );
        assert_eq!(without_zero(-100.0, 50.0, true, 3).at, [-100.0, -50.0, 0.0, 50.0]);
        // Of one number alone nothing but zero says how large it is.
        assert_eq!(without_zero(-3.0, -3.0, true, STEPS).at, [-3.0, -2.0, -1.0, 0.0]);
    }

    #[test]
    fn log_axes_are_marked_at_powers_of_ten() {
        let table: [(f64, f64, &[f64]); 5] = [
            (1.0, 1_000.0, &[1.0, 10.0, 100.0, 1_000.0]),
            (0.002, 30.0, &[0.001, 0.01, 0.1, 1.0, 10.0, 100.0]),
            (3.0, 8.0, &[1.0, 2.0, 5.0, 10.0]),
            (10.0, 10.0, &[10.0, 20.0, 50.0, 100.0]),
            (1.0, 1e9, &[1.0, 1e2, 1e4, 1e6, 1e8, 1e10]),
        ];
        for (low, high, expected) in table {
            assert_eq!(powers(low, high).at, expected);
        }
        assert_eq!(closely(245.0, 32_000.0).at, [200.0, 1_000.0, 10_000.0, 50_000.0]);
        assert_eq!(closely(3.0, 60.0).at, [2.0, 5.0, 10.0, 20.0, 50.0, 100.0]);
        assert_eq!(closely(10.0, 10.0).at, [10.0, 20.0, 50.0, 100.0]);
        assert_eq!(powers_within(1.0, 3_000.0, |ticks| ticks.at.len() < 9).at, [1.0, 10.0, 100.0, 1_000.0]);
        assert_eq!(powers_within(3.0, 60.0, |_| true).at, [5.0, 10.0, 20.0, 50.0]);
        // Where a power of ten is far, steps are even, if these have room.
        assert_eq!(powers_within(23.0, 38.0, |_| true).at, [25.0, 30.0, 35.0]);
        assert_eq!(powers_within(3.0, 4.0, |ticks| ticks.at.len() < 2).at, [3.0]);
    }

    #[test]
    fn extreme_ranges_end() {
        for (low, high) in [(0.0, f64::MAX), (f64::MIN, f64::MAX), (0.0, 1e-300), (1e12, 1e12 + 1.0), (-1e-9, 0.0)] {
            assert!(with_zero(low, high, false, STEPS).at.len() <= 12);
            assert!(without_zero(low, high, false, STEPS).at.len() <= 12);
            assert!(horizontal(low, high, true, |ticks| ticks.at.len() < 9).at.len() <= 12);
            assert!(powers(low, high).at.len() <= 12);
            assert!((2..=12).contains(&closely(low, high).at.len()));
            assert!(powers_within(low, high, |ticks| ticks.at.len() < 9).at.len() <= 12);
        }
    }
}
