//! From the runs of a plan to the figure of a quantity: one value for each run that counts, or one of all of them.

use super::play::Runs;
use super::quantity::{Earns, Follows, Per, What, When};
use super::translate::{Model, Refused};
use crate::economics::{break_even_reward, net_profit, programme_roi};

/// Weeks of a year, as the cases count.
const WEEKS: f64 = 52.0;

/// The values of a quantity, whose mean is the figure; `off` are the runs without a programme, where it is compared with
/// none.
pub fn values(what: &What, model: &Model, runs: &Runs, off: Option<&Runs>) -> Result<Vec<f64>, Refused> {
    let of =
        |runs: &Runs, name: &str| runs.measure(name).ok_or_else(|| Refused::NotKnown(format!("the measure `{name}`")));
    let measure = |name: &str| of(runs, name);
    let sum = |name: &str| Ok(measure(name)?.iter().sum::<f64>());
    let people = model.people.map_or(f64::NAN, f64::from);
    let scale = |per: &Per| match per {
        Per::Run => 1.0,
        Per::Person => people,
        Per::Point => model.point.unwrap_or(f64::NAN),
        Per::Number(number) => *number,
    };
    let holds = |when: &When| -> Result<Vec<bool>, Refused> {
        Ok(match when {
            When::Always => vec![true; runs.len() as usize],
            When::Equal(name, value) => measure(name)?.iter().map(|found| *found == *value as f64).collect(),
            When::AtLeast(name, value) => measure(name)?.iter().map(|found| *found >= *value as f64).collect(),
            When::Extinct => runs.stopped().iter().map(|stopped| !stopped).collect(),
            When::Large => {
                let limit = model.large_limit().unwrap_or(f64::INFINITY);
                measure("customers")?.iter().map(|found| *found > limit).collect()
            }
        })
    };
    Ok(match what {
        What::Chance(when) => holds(when)?.iter().map(|&holds| f64::from(u8::from(holds))).collect(),
        What::Mean { measure: name, per, when } => {
            let scale = scale(per);
            let values = measure(name)?.into_iter().zip(holds(when)?);
            values.filter(|(_, holds)| *holds).map(|(value, _)| value / scale).collect()
        }
        What::ByDay { day, per } => {
            let scale = scale(per);
            runs.customers().iter().filter_map(|days| days.get(*day as usize)).map(|n| *n as f64 / scale).collect()
        }
        What::Max(name) => vec![measure(name)?.into_iter().fold(f64::NAN, f64::max)],
        What::Programme(earns) => {
            let (clv, off) = (model.clv.unwrap_or(f64::NAN), off.unwrap_or(runs));
            let (off, on, cost) =
                (of(off, "customers_by_word")?, measure("customers_by_word")?, measure("reward_cost")?);
            earned(*earns, clv, &off, &on, &cost)
        }
        What::Ratio(above, below) => vec![sum(above)? / sum(below)?],
        What::DayOfShare(share) => {
            runs.customers().iter().map(|curve| day_of(curve, share * people).unwrap_or(f64::NAN)).collect()
        }
        What::PeakDay => vec![peak(&mean_curve(runs)).unwrap_or(f64::NAN)],
        What::ShareAtPeak => {
            let curve = mean_curve(runs);
            vec![peak(&curve).map_or(f64::NAN, |day| at(&curve, day) / people)]
        }
        What::Know(follows) => {
            let known = |reached: f64| reached + 1.0;
            measure("reach")?.into_iter().map(|reached| follow(known(reached), *follows)).collect()
        }
        What::EvenRatio => {
            let (good, bad) = (sum("words_good")? / sum("satisfied")?, sum("words_bad")? / sum("unhappy")?);
            vec![good / bad]
        }
    })
}

/// What a programme earns from the referred customers of each run without and with it, and from what its rewards cost.
fn earned(earns: Earns, clv: f64, off: &[f64], on: &[f64], cost: &[f64]) -> Vec<f64> {
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    let (mean_off, mean_on, mean_cost) = (mean(off), mean(on), mean(cost));
    let figure = match earns {
        Earns::Net => {
            let net = |((off, on), cost): ((&f64, &f64), &f64)| net_profit(clv, *off, *on, *cost).unwrap_or(f64::NAN);
            return off.iter().zip(on).zip(cost).map(net).collect();
        }
        Earns::Roi => programme_roi((mean_on - mean_off) * clv, mean_cost),
        Earns::BreakEven => break_even_reward(clv, mean_off, mean_on),
    };
    vec![figure.unwrap_or(f64::NAN)]
}

fn follow(know: f64, follows: Follows) -> f64 {
    match follows {
        Follows::Number => know,
        Follows::Lost(share) => know * share,
        Follows::YearlyLoss { weekly, share } => (know * share).round() * weekly * WEEKS,
    }
}

fn mean_curve(runs: &Runs) -> Vec<f64> {
    let days = runs.customers().first().map_or(0, Vec::len);
    let mean = |day: usize| {
        let sum: i64 = runs.customers().iter().map(|curve| curve[day]).sum();
        sum as f64 / f64::from(runs.len())
    };
    (0..days).map(mean).collect()
}

/// The curve between two days, on a straight line.
fn at(curve: &[f64], day: f64) -> f64 {
    let low = day.floor().max(0.0) as usize;
    let (Some(&from), Some(&to)) = (curve.get(low), curve.get(low + 1)) else { return f64::NAN };
    from + (to - from) * (day - low as f64)
}

/// When a cumulative curve reaches `target` \[days\]; nothing if it never does.
///
/// Between two days it goes along the cubic through the two days before and the two after: a straight line would lie
/// above a curve that doubles in a day, and be early by a good hour.
fn day_of(curve: &[i64], target: f64) -> Option<f64> {
    let after = curve.iter().position(|&count| count as f64 >= target)?;
    if after == 0 {
        return Some(0.0);
    }
    let near: Vec<usize> = (after.saturating_sub(2)..(after + 2).min(curve.len())).collect();
    // Lagrange's form.
    let cubic = |day: f64| -> f64 {
        let term = |&own: &usize| {
            let factor = |&other: &usize| (day - other as f64) / (own as f64 - other as f64);
            curve[own] as f64 * near.iter().filter(|&&other| other != own).map(factor).product::<f64>()
        };
        near.iter().map(term).sum()
    };
    let (mut low, mut high) = (after as f64 - 1.0, after as f64);
    for _ in 0..40 {
        let middle = (low + high) / 2.0;
        if cubic(middle) < target { low = middle } else { high = middle }
    }
    Some(high)
}

/// When a cumulative curve rises fastest \[days\]: the top of the parabola through the daily rises around the highest
/// smoothed one. Nothing where there is no top.
fn peak(curve: &[f64]) -> Option<f64> {
    let rises: Vec<f64> = curve.windows(2).map(|days| days[1] - days[0]).collect();
    let reach = (rises.len() / SMOOTHING).max(1);
    let smooth: Vec<f64> = (0..rises.len())
        .map(|day| {
            let window = &rises[day.saturating_sub(reach)..(day + reach + 1).min(rises.len())];
            window.iter().sum::<f64>() / window.len() as f64
        })
        .collect();
    let top = (0..smooth.len()).max_by(|&a, &b| smooth[a].total_cmp(&smooth[b]))?;
    let high = |day: &usize| smooth[*day] >= NEAR_TOP * smooth[top];
    let first = (0..=top).rev().take_while(high).last()?;
    let last = (top..smooth.len()).take_while(high).last()?;
    // Least squares of a parabola over days counted from the middle of that stretch.
    let middle = (first + last) as f64 / 2.0;
    let (mut s2, mut s4, mut n, mut y0, mut y1, mut y2) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0);
    for (place, rise) in rises[first..=last].iter().enumerate() {
        let x = (first + place) as f64 - middle;
        (n, s2, s4) = (n + 1.0, s2 + x * x, s4 + x.powi(4));
        (y0, y1, y2) = (y0 + rise, y1 + x * rise, y2 + x * x * rise);
    }
    let (bend, slope) = ((n * y2 - s2 * y0) / (n * s4 - s2 * s2), y1 / s2);
    // A rise belongs to the middle of its day.
    let day = middle + 0.5 - slope / (2.0 * bend);
    (bend < 0.0 && (first as f64..=last as f64 + 1.0).contains(&day)).then_some(day)
}

/// The parts of a curve over one of which it is smoothed to each side, and how high a day near the top is.
const SMOOTHING: usize = 60;
const NEAR_TOP: f64 = 0.9;

#[cfg(test)]
mod tests {
    use super::*;

    /// The logistic curve of so many people: half of them on day `middle`, growing by the factor e in `span` days.
    fn logistic(people: f64, middle: f64, span: f64, days: u32) -> Vec<f64> {
        (0..=days).map(|day| people / (1.0 + (-(f64::from(day) - middle) / span).exp())).collect()
    }

    #[test]
    fn the_day_of_a_share_is_found_between_two_days() {
        let curve: Vec<i64> = logistic(1e6, 6.0, 1.3, 30).into_iter().map(|n| n.round() as i64).collect();
        for share in [0.16f64, 0.5, 0.95] {
            let exact = 6.0 + 1.3 * (share / (1.0 - share)).ln();
            let found = day_of(&curve, share * 1e6).expect("reached");
            assert!((found - exact).abs() < 0.005, "{share}: {found} is not {exact}");
        }
        assert_eq!(day_of(&[3, 5], 2.0), Some(0.0));
        assert_eq!(day_of(&[0, 5], 9.0), None);
        assert!((day_of(&[0, 4], 1.0).expect("reached") - 0.25).abs() < 1e-9);
    }

    #[test]
    fn the_peak_of_a_rough_curve_is_found() {
        let mut curve = logistic(1e5, 2_260.3, 890.0, 5_475);
        // Roughness of one customer a day, up and down.
        curve.iter_mut().enumerate().for_each(|(day, n)| *n += f64::from(u8::from(day % 2 == 0)));
        let found = peak(&curve).expect("a top");
        assert!((found - 2_260.3).abs() < 5.0, "{found}");
        assert!((at(&curve, found) / 1e5 - 0.5).abs() < 0.002);
        assert_eq!(peak(&[]), None);
        assert_eq!(peak(&[1.0]), None);
        let falling: Vec<f64> = (0..100).map(|day| 1.0 - (-f64::from(day)).exp()).collect();
        assert_eq!(peak(&falling), None);
    }

    #[test]
    fn a_year_of_lost_customers_is_counted_in_whole_ones() {
        assert_eq!(follow(67.0, Follows::Lost(0.25)), 16.75);
        assert_eq!(follow(67.0, Follows::YearlyLoss { weekly: 50.0, share: 0.25 }), 44_200.0);
    }
}
