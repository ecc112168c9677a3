//! Worth: what a purchase costs the customer, and which share of that is margin.
//!
//! Prices are log-normal around a mean, as amounts spent by many people mostly are: most below it, a few far above. Margins
//! are uniform around theirs. Draws belong to the person and the number of her purchase, so that two scenarios share them.
//!
//! Why a table of factors: `exp` in the loop would be a float, and its last bit would depend on the platform.

use super::{Commerce, Play, Sink};
use crate::dice::{Draws, Purpose, descendant};
use crate::units::{Cents, PersonId, Probability, Tick};

/// What a price is multiplied by: a log-normal law of mean 1.
///
/// The law is cut into 4,096 parts of equal chance, and each part gives its mean, so that the mean of all is exactly 1. What is
/// lost is the spread within the parts: at a sigma of 0.5 half a thousandth of the variance, at 1 three hundredths.
#[derive(Debug, Clone, PartialEq)]
pub struct OrderSpread {
    /// In fixed point with 32 binary places, rising.
    factors: Vec<u64>,
}

const PART_BITS: u32 = 12;
const PARTS: u32 = 1 << PART_BITS;
const PLACES: u32 = 32;

impl OrderSpread {
    /// The largest sigma there can be: beyond it a handful of purchases would make up the mean.
    pub const SIGMA_MAX: f64 = 2.0;

    /// The law whose logarithm has this standard deviation.
    pub fn new(sigma: f64) -> OrderSpread {
        // A log-normal X of mean 1 has E[X; X below its q-quantile] = Φ(Φ⁻¹(q) - σ).
        let share_below = |part: u32| match part {
            0 => 0.0,
            PARTS => 1.0,
            _ => normal(normal_quantile(f64::from(part) / f64::from(PARTS)) - sigma),
        };
        // Rounded where the parts meet, not part by part: the sum stays what it is.
        let one = f64::from(PARTS) * (1u64 << PLACES) as f64;
        let bounds: Vec<u64> = (0..=PARTS).map(|part| (share_below(part) * one).round() as u64).collect();
        OrderSpread { factors: bounds.windows(2).map(|ends| ends[1] - ends[0]).collect() }
    }

    /// The price that a uniform draw stands for, to the nearest minor unit.
    fn of_draw(&self, order: Cents, draw: u64) -> Cents {
        times(order, self.factors[(draw >> (64 - PART_BITS)) as usize])
    }

    /// The highest price that can come out.
    fn most(&self, order: Cents) -> Cents {
        times(order, self.factors.last().copied().unwrap_or(1 << PLACES))
    }
}

fn times(order: Cents, factor: u64) -> Cents {
    let half = 1i128 << (PLACES - 1);
    Cents(((i128::from(order.minor()) * i128::from(factor) + half) >> PLACES) as i64)
}

/// Φ, the distribution function of the standard normal law.
fn normal(z: f64) -> f64 {
    0.5 * libm::erfc(-z / std::f64::consts::SQRT_2)
}

/// Φ⁻¹ by bisection: slow, and as exact as Φ.
fn normal_quantile(q: f64) -> f64 {
    let (mut low, mut high) = (-9.0, 9.0);
    for _ in 0..60 {
        let middle = 0.5 * (low + high);
        if normal(middle) < q {
            low = middle;
        } else {
            high = middle;
        }
    }
    low
}

impl Commerce {
    /// The highest price that a purchase can have.
    pub fn order_max(&self) -> Cents {
        let most = self.order_spread.as_ref().map_or(self.order, |spread| spread.most(self.order));
        most + most.share(self.referred.spend_lift)
    }

    /// Whether every purchase is worth the same.
    pub(super) fn is_uniform(&self) -> bool {
        self.order_spread.is_none() && self.margin_spread == 0 && self.referred.spend_lift == Probability::NEVER
    }

    fn price(&self, draws: &mut Draws) -> Cents {
        let draw = draws.draw();
        self.order_spread.as_ref().map_or(self.order, |spread| spread.of_draw(self.order, draw))
    }

    fn margin_of(&self, draws: &mut Draws) -> u16 {
        let spread = self.margin_spread;
        self.margin - spread + draws.below(2 * u32::from(spread) + 1) as u16
    }
}

impl<S: Sink, const PLAIN: bool> Play<'_, S, PLAIN> {
    /// Price and margin of the `ordinal`-th purchase of a customer, from 0.
    #[inline]
    pub(super) fn worth_of_purchase(&self, at: Tick, who: PersonId, ordinal: u32) -> (Cents, u16) {
        let commerce = &self.world.commerce;
        if PLAIN || commerce.is_uniform() {
            return (commerce.order, self.margin_left(commerce.margin, who));
        }
        let mut draws = self.luck.of(Purpose::Order).stream(descendant(self.subject(who), ordinal));
        let (price, margin) = (commerce.price(&mut draws), commerce.margin_of(&mut draws));
        (price + price.share(self.spend_lift(at, who, ordinal)), self.margin_left(margin, who))
    }

    /// What is left of the margin of a customer whom larger rewards have brought.
    fn margin_left(&self, margin: u16, who: PersonId) -> u16 {
        if PLAIN || !self.run.state.came_by_code(who) {
            return margin;
        }
        let told_at = self.run.state.told_at(who);
        let policy = self.policy_then(who, told_at);
        if policy.clauses().selection == 0.0 {
            return margin;
        }
        let was_over = self.run.state.budget_exhausted_at().is_some_and(|end| told_at > end);
        let kept = if was_over { 10_000 } else { policy.terms(told_at).margin_kept };
        ((u32::from(margin) * u32::from(kept) + 5_000) / 10_000) as u16
    }

    /// By how much more a customer spends because she was referred: less and less, the longer she is one.
    fn spend_lift(&self, at: Tick, who: PersonId, ordinal: u32) -> Probability {
        let commerce = &self.world.commerce;
        let referred = &commerce.referred;
        if referred.spend_lift == Probability::NEVER || !self.is_referred(who) {
            return Probability::NEVER;
        }
        let age = match ordinal {
            0 => 0,
            // Before this purchase is recorded, the time to buy again may be coming for the first time now.
            _ => commerce.period.0 + at.0 - self.run.state.first_renewal(who).unwrap_or(at).0,
        };
        let left = referred.spend_fading.0.saturating_sub(age);
        referred.spend_lift.and(Probability::ratio(left, referred.spend_fading.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dice::Dice;
    use crate::engine::Referred;
    use crate::units::{Seed, Strength};

    #[test]
    fn prices_are_log_normal_with_a_mean_of_exactly_one() {
        for sigma in [0.0, 0.3, 0.5, 1.0, 2.0] {
            let spread = OrderSpread::new(sigma);
            assert!(spread.factors.is_sorted());
            assert_eq!(spread.factors.iter().sum::<u64>(), u64::from(PARTS) << PLACES, "sigma {sigma}");
            let factor = |part: usize| spread.factors[part] as f64 / (1u64 << PLACES) as f64;
            // The median of a log-normal law of mean 1 is exp(-σ²/2), its upper quartile 1.963 times that at σ = 1.
            let median = libm::exp(-sigma * sigma / 2.0);
            assert!((factor(2_048) / median - 1.0).abs() < 1e-3, "sigma {sigma}: {}", factor(2_048));
            let quartile = median * libm::exp(0.674_489_750_2 * sigma);
            assert!((factor(3_072) / quartile - 1.0).abs() < 1e-3, "sigma {sigma}: {}", factor(3_072));
        }
        assert!(OrderSpread::new(0.0).factors.iter().all(|&factor| factor == 1 << PLACES));
    }

    #[test]
    fn the_parts_lose_little_of_the_variance() {
        for (sigma, lost_at_most) in [(0.3f64, 0.0005), (0.5, 0.001), (1.0, 0.03)] {
            let squares: f64 =
                OrderSpread::new(sigma).factors.iter().map(|&f| (f as f64 / (1u64 << PLACES) as f64).powi(2)).sum();
            let (variance, full) = (squares / f64::from(PARTS) - 1.0, libm::exp(sigma * sigma) - 1.0);
            let lost = 1.0 - variance / full;
            assert!((0.0..lost_at_most).contains(&lost), "sigma {sigma}: {lost} of the variance is lost");
        }
    }

    #[test]
    fn margins_are_uniform_around_theirs_and_never_leave_their_bounds() {
        let never = Probability::NEVER;
        let commerce = Commerce {
            order: Cents(6_000),
            order_spread: None,
            margin: 4_000,
            margin_spread: 3,
            period: Tick(Tick::PER_DAY),
            retention: never,
            referred: Referred { spend_lift: never, spend_fading: Tick::ZERO, retention: never },
            loyalty: Strength::ONE,
            ladder: None,
            win_back: never,
        };
        let mut draws = Dice::new(Seed(1)).stream(Purpose::Order, 0);
        let mut seen = [0; 7];
        (0..7_000).for_each(|_| seen[usize::from(commerce.margin_of(&mut draws) - 3_997)] += 1);
        // Null: 1,000 each, with a standard deviation of 29; five of them, so one seed in 250,000 fails.
        assert!(seen.iter().all(|count: &i32| (count - 1_000).abs() < 147), "{seen:?}");
    }
}
