//! The quantities of the model, one type each: a tick is never a person, money is never a float.
//!
//! Ground floor: no randomness, no files. Human notation ("7 days", "4 %") is read by `scenario::values`.
//!
//! ```
//! use tellwave::units::{Cents, Probability, Tick};
//!
//! let week = Tick(7 * Tick::PER_DAY);
//! assert_eq!((Tick(90) + week).day_closing(), 8);
//! assert_eq!(Cents(1_999).basis_points(1_250), Cents(250));
//! assert!(Probability::new(1.1).is_none());
//! ```

use std::fmt;
use std::ops::{Add, AddAssign, Sub};

/// One person of the market; ids are dense, `0..people`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PersonId(pub u32);

impl PersonId {
    /// People a run can hold: five bits of an id are kept free for the agenda's own marks.
    pub const COUNT_MAX: u32 = 1 << 27;
    /// No person: what has no teller, or happens to the market as a whole.
    pub const NOBODY: PersonId = PersonId(u32::MAX);

    /// The id as an index into a column of people.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// The number of a run within an experiment, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RunId(pub u32);

/// The place of an event in its own run's log, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EventId(pub u32);

impl EventId {
    /// "Brought about by nothing": the cause of a root event.
    pub const ROOT: EventId = EventId(u32::MAX);

    /// The id, or nothing for [`EventId::ROOT`].
    pub fn known(self) -> Option<u32> {
        (self != Self::ROOT).then_some(self.0)
    }
}

/// The seed from which every draw of an experiment follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Seed(pub u64);

/// A moment or a span, in whole minutes since the start (`u32` minutes reach 8,171 years).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Tick(pub u32);

impl Tick {
    /// The start of a run.
    pub const ZERO: Tick = Tick(0);
    /// Ticks in a day.
    pub const PER_DAY: u32 = 1_440;
    /// A month of the model: thirty days.
    pub const MONTH: Tick = Tick(30 * Tick::PER_DAY);

    /// The first day at whose end this moment has passed: tick 0 belongs to day 0, ticks 1..=1440 to day 1.
    /// So "by day d" means every event up to and including tick `1440 d`.
    #[expect(clippy::manual_div_ceil, reason = "it costs twice as much, and every word asks")]
    pub fn day_closing(self) -> u32 {
        ((u64::from(self.0) + u64::from(Self::PER_DAY) - 1) / u64::from(Self::PER_DAY)) as u32
    }

    /// The moment in days \[days\].
    pub fn days(self) -> f64 {
        f64::from(self.0) / f64::from(Self::PER_DAY)
    }
}

impl Add for Tick {
    type Output = Tick;
    /// Saturates: a moment past the end of time is past every horizon.
    fn add(self, span: Tick) -> Tick {
        Tick(self.0.saturating_add(span.0))
    }
}

/// An amount of money in the minor unit of the scenario's currency (cents for USD, yen for JPY).
///
/// Packed to four bytes so that an event stays at 24.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[repr(Rust, packed(4))]
pub struct Cents(pub i64);

impl Cents {
    /// No money.
    pub const ZERO: Cents = Cents(0);

    /// The amount in minor units.
    pub fn minor(self) -> i64 {
        self.0
    }

    /// This share of the amount, to the nearest minor unit (halves up).
    pub fn share(self, share: Probability) -> Cents {
        let half = i128::from(Probability::ONE / 2);
        Cents(((i128::from(self.0) * i128::from(share.0) + half) >> 63) as i64)
    }

    /// So many ten-thousandths of the amount, to the nearest minor unit (halves up).
    pub fn basis_points(self, points: u16) -> Cents {
        // A division of 128 bits takes longer than all else that is done at a purchase.
        match self.0.checked_mul(i64::from(points)).and_then(|product| product.checked_add(5_000)) {
            Some(product) => Cents(product.div_euclid(10_000)),
            None => Cents((i128::from(self.0) * i128::from(points) + 5_000).div_euclid(10_000) as i64),
        }
    }
}

/// What one reward is worth or costs \[minor units\], zero or more: money that fits into 32 bits, so that an event has room
/// for two of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Payment(pub u32);

impl Payment {
    /// The most: 42,949,672.95 in a currency of cents.
    pub const MAX: Cents = Cents(u32::MAX as i64);
    /// Nothing.
    pub const ZERO: Payment = Payment(0);

    /// The amount, pressed into what a payment can be.
    pub fn clamped(amount: Cents) -> Payment {
        Payment(amount.minor().clamp(0, i64::from(u32::MAX)) as u32)
    }

    /// The amount as money.
    pub fn money(self) -> Cents {
        Cents(i64::from(self.0))
    }
}

impl Add for Cents {
    type Output = Cents;
    fn add(self, other: Cents) -> Cents {
        Cents(self.0 + other.0)
    }
}

impl Sub for Cents {
    type Output = Cents;
    fn sub(self, other: Cents) -> Cents {
        Cents(self.0 - other.0)
    }
}

impl AddAssign for Cents {
    fn add_assign(&mut self, other: Cents) {
        *self = *self + other;
    }
}

/// A chance in fixed point, p · 2⁶³: a coin is one integer comparison, and 0 and 1 are exact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Probability(u64);

impl Probability {
    const ONE: u64 = 1 << 63;
    /// Never happens.
    pub const NEVER: Probability = Probability(0);
    /// Always happens.
    pub const ALWAYS: Probability = Probability(Self::ONE);

    /// The nearest fixed-point chance to `p`; nothing unless 0 ≤ p ≤ 1.
    pub fn new(p: f64) -> Option<Probability> {
        // 2⁶³ is a power of two: the product is exact, the cast drops less than 2⁻⁶³.
        (0.0..=1.0).contains(&p).then_some(Probability((p * Self::ONE as f64) as u64))
    }

    /// `p` pressed into 0..=1; used where a lift may push a chance over 1.
    pub fn clamped(p: f64) -> Probability {
        Probability::new(p.clamp(0.0, 1.0)).unwrap_or(Probability::NEVER)
    }

    /// The chance in units of 2⁻⁶³, as [`Probability::accepts`] compares it.
    #[inline]
    pub(crate) fn bits(self) -> u64 {
        self.0
    }

    /// The chance of so many units of 2⁻⁶³, for tests that need it exactly.
    #[cfg(test)]
    pub(crate) fn of_bits(bits: u64) -> Probability {
        assert!(bits <= Self::ONE, "a chance is at most one");
        Probability(bits)
    }

    /// Whether a uniform draw of 64 bits says yes.
    #[inline]
    pub fn accepts(self, draw: u64) -> bool {
        draw >> 1 < self.0
    }

    /// The chance that it does not happen.
    pub fn complement(self) -> Probability {
        Probability(Self::ONE - self.0)
    }

    /// The chance that two independent coins both say yes.
    #[inline]
    pub fn and(self, other: Probability) -> Probability {
        Probability(((u128::from(self.0) * u128::from(other.0)) >> 63) as u64)
    }

    /// The sum of two chances, at most 1.
    pub fn plus(self, other: Probability) -> Probability {
        Probability(self.0.saturating_add(other.0).min(Self::ONE))
    }

    /// This chance multiplied by a tie's strength, at most 1.
    #[inline]
    pub fn times(self, strength: Strength) -> Probability {
        let product = (u128::from(self.0) * u128::from(strength.0)) >> Strength::BITS;
        Probability(product.min(u128::from(Self::ONE)) as u64)
    }

    /// The chance of `part` in `whole`; certain where there is no whole.
    pub fn ratio(part: u32, whole: u32) -> Probability {
        if part >= whole {
            return Probability::ALWAYS;
        }
        Probability(((u128::from(part) << 63) / u128::from(whole)) as u64)
    }

    /// The chance as a number, for people to read.
    pub fn value(self) -> f64 {
        self.0 as f64 / Self::ONE as f64
    }
}

/// What a tie, a channel or a person multiplies persuasion by, in fixed point with 24 binary places (0 to just under 256).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Strength(u32);

impl Strength {
    /// Binary places.
    pub(crate) const BITS: u32 = 24;
    /// The strongest there can be.
    pub const MAX: f64 = 255.0;
    /// An ordinary tie.
    pub const ONE: Strength = Strength(1 << Self::BITS);

    /// The nearest fixed-point strength; nothing unless 0 ≤ strength < 256.
    pub fn new(strength: f64) -> Option<Strength> {
        let scaled = strength * f64::from(1u32 << Self::BITS) + 0.5;
        (strength >= 0.0 && scaled < f64::from(u32::MAX)).then_some(Strength(scaled as u32))
    }

    /// The strength of these bits, its value times 2²⁴: what files hold. Any 32 bits are one.
    pub fn of_bits(bits: u32) -> Strength {
        Strength(bits)
    }

    /// The bits of [`Strength::of_bits`].
    pub fn bits(self) -> u32 {
        self.0
    }

    /// The product of two strengths, at most the strongest there can be.
    pub fn times(self, other: Strength) -> Strength {
        let product = (u64::from(self.0) * u64::from(other.0)) >> Self::BITS;
        Strength(product.min(u64::from(u32::MAX)) as u32)
    }

    /// So many times a count: rounded up or down by a uniform draw, so that the mean is exact.
    pub fn of_count(self, count: u32, draw: u64) -> u32 {
        let product = u64::from(self.0) * u64::from(count);
        let (whole, part) = (product >> Self::BITS, product & ((1 << Self::BITS) - 1));
        (whole + u64::from(draw >> (64 - Self::BITS) < part)).min(u64::from(u32::MAX)) as u32
    }

    /// The strength as a number.
    pub fn value(self) -> f64 {
        f64::from(self.0) / f64::from(1u32 << Self::BITS)
    }
}

impl fmt::Display for PersonId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl fmt::Display for RunId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn certain_and_impossible_coins_never_err() {
        for draw in [0, 1, u64::MAX / 2, u64::MAX] {
            assert!(Probability::ALWAYS.accepts(draw));
            assert!(!Probability::NEVER.accepts(draw));
        }
        assert_eq!(Probability::new(1.0), Some(Probability::ALWAYS));
        assert_eq!(Probability::new(1.5), None);
        assert_eq!(Probability::new(f64::NAN), None);
    }

    #[test]
    fn products_of_chances_are_those_of_numbers() {
        let half = Probability::clamped(0.5);
        assert_eq!(half.and(half), Probability::clamped(0.25));
        assert_eq!(half.times(Strength::ONE), half);
        assert_eq!(half.times(Strength::new(3.0).expect("valid")), Probability::ALWAYS);
        assert_eq!(Probability::ALWAYS.and(half), half);
        assert_eq!((half.plus(half), half.plus(Probability::ALWAYS)), (Probability::ALWAYS, Probability::ALWAYS));
        assert_eq!(Probability::ratio(1, 2), half);
        assert_eq!(Probability::ratio(3, 3), Probability::ALWAYS);
        assert_eq!((half.complement(), Probability::NEVER.complement()), (half, Probability::ALWAYS));
        assert_eq!((Cents(5).share(half), Cents(6_000).share(Probability::clamped(0.15))), (Cents(3), Cents(900)));
        assert_eq!(Cents(6_000).basis_points(4_000), Cents(2_400));
        assert_eq!((Cents(3).basis_points(5_000), Cents(-3).basis_points(5_000)), (Cents(2), Cents(-1)));
    }

    #[test]
    fn a_count_is_rounded_by_a_draw_so_that_its_mean_is_exact() {
        let times = |strength: f64, count, draw| Strength::new(strength).expect("valid").of_count(count, draw);
        assert_eq!((times(1.5, 3, u64::MAX / 2), times(1.5, 3, u64::MAX / 2 + 1)), (5, 4));
        for draw in [0, u64::MAX] {
            assert_eq!((times(1.0, 7, draw), times(2.0, 7, draw), times(0.0, 7, draw)), (7, 14, 0));
        }
        assert_eq!(times(255.0, u32::MAX, 0), u32::MAX);
    }

    #[test]
    fn a_day_closes_at_its_last_tick() {
        assert_eq!(Tick(0).day_closing(), 0);
        assert_eq!(Tick(1).day_closing(), 1);
        assert_eq!(Tick(1_440).day_closing(), 1);
        assert_eq!(Tick(1_441).day_closing(), 2);
    }
}
