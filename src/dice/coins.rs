//! The coins of pairs: one draw for each teller and hearer, and which of a teller's friends it lets win.
//!
//! A cascade without time and money asks hardly anything but this, so a coin is made to be cheap for many friends of one
//! teller. A strong mix gives each teller 64 bits of luck: a mask and a factor. With them the hearer's number is hashed
//! in 32 bits: masked, folded, multiplied by the factor, and finished by a multiplication and two shifts. That is the upper half of
//! the draw; the lower one is the factor. So for every hearer the draw is a bijection of the teller's luck, exactly uniform over 64
//! bits, and hearers of one teller share nothing that can be seen (tests below, and docs/decisions/0026-coins-in-32-bits.md).
//!
//! Because the lower half is the same for all hearers of a teller, a chance of 63 bits becomes a limit of 32 for all of them, and
//! coins are tossed sixteen at a time where the processor has AVX-512; elsewhere the same is done one by one, without branches. Both
//! give the same bits; `pulp` proves at run time that the instructions exist.

use super::{Luck, pair};
use crate::units::{Probability, Strength};

/// Friends that are looked at together.
pub const LANES: usize = 16;

/// Which of the friends that are looked at together are meant, a bit each.
pub type Mask = u16;

/// The finisher of a coin; its multiplier and shifts are Wellons's `lowbias32`, for want of anything better known.
const FACTOR: u32 = 0x846c_a68b;
const FIRST_SHIFT: u32 = 16;
const LAST_SHIFT: u32 = 15;

/// The luck of the pairs of one teller: [`Luck::draw_pair`] with her share of the work done.
#[derive(Debug, Clone, Copy)]
pub struct PairLuck {
    /// The mask and the whole lower half of the draw; the factor is made odd, so that no two hearers meet.
    mask: u32,
    factor: u32,
}

impl Luck {
    /// The luck of the pairs of one teller.
    #[inline(always)]
    pub fn pairs_of(self, teller: u32) -> PairLuck {
        let key = self.key_of(pair(teller, 0));
        PairLuck { mask: (key >> u32::BITS) as u32, factor: key as u32 }
    }
}

impl PairLuck {
    /// The draw of the teller and one hearer: [`Luck::draw_pair`] of the two, uniform over 64 bits.
    #[inline(always)]
    pub fn draw(self, hearer: u32) -> u64 {
        u64::from(self.upper(hearer)) << u32::BITS | u64::from(self.factor)
    }

    /// The upper half of the draw.
    #[inline(always)]
    fn upper(self, hearer: u32) -> u32 {
        let x = hearer ^ self.mask;
        // Numbers that differ in their highest bits only would come out of a multiplication as they went in.
        let x = (x ^ x >> FIRST_SHIFT).wrapping_mul(self.factor | 1);
        let x = (x ^ x >> FIRST_SHIFT).wrapping_mul(FACTOR);
        x ^ x >> LAST_SHIFT
    }

    /// How many upper halves, counted from zero, belong to a draw that the chance accepts: up to 2³².
    #[inline(always)]
    fn limit(self, chance: Probability) -> u64 {
        // `Probability::accepts` drops a bit of the draw: 32 bits are the upper half, 31 the rest.
        let rest = chance.bits() & ((1 << 31) - 1);
        (chance.bits() >> 31) + u64::from(u64::from(self.factor >> 1) < rest)
    }
}

/// A way to toss the coins of sixteen friends.
pub trait Coins: Copy {
    /// Bit `j` says whether the chance accepts the draw of the teller and `hearers[j]`.
    fn winners(self, luck: PairLuck, hearers: &[u32; LANES], chance: Probability) -> Mask;

    /// The same where the chance of each is multiplied by the strength of her tie.
    fn winners_by_strength(
        self,
        luck: PairLuck,
        hearers: &[u32; LANES],
        chance: Probability,
        strengths: &[Strength; LANES],
    ) -> Mask;

    /// The values whose bit is set, in order, in the first places; what stands behind them means nothing.
    fn pack(self, values: &[u32; LANES], chosen: Mask) -> [u32; LANES];
}

/// Work that tosses coins, in whichever way.
pub trait Tossing {
    /// What comes of it.
    type Output;
    /// Does the work. To be marked `#[inline(always)]`, with all that it calls for each friend: what is not inlined is compiled for
    /// any processor.
    fn toss<C: Coins>(self, coins: C) -> Self::Output;
}

/// Does the work in the fastest way that this processor has.
pub fn fastest<T: Tossing>(work: T) -> T::Output {
    #[cfg(target_arch = "x86_64")]
    if let Some(simd) = pulp::x86::V4::try_new() {
        return simd.vectorize(wide::Vectorized { work, coins: wide::Wide(simd) });
    }
    work.toss(Plain)
}

/// One by one.
#[derive(Debug, Clone, Copy)]
pub struct Plain;

impl Coins for Plain {
    #[inline(always)]
    fn winners(self, luck: PairLuck, hearers: &[u32; LANES], chance: Probability) -> Mask {
        let limit = luck.limit(chance);
        let coin = |(place, &hearer): (usize, &u32)| Mask::from(u64::from(luck.upper(hearer)) < limit) << place;
        hearers.iter().enumerate().map(coin).fold(0, |bits, bit| bits | bit)
    }

    #[inline(always)]
    fn winners_by_strength(
        self,
        luck: PairLuck,
        hearers: &[u32; LANES],
        chance: Probability,
        strengths: &[Strength; LANES],
    ) -> Mask {
        let coin =
            |place: usize| Mask::from(chance.times(strengths[place]).accepts(luck.draw(hearers[place]))) << place;
        (0..LANES).map(coin).fold(0, |bits, bit| bits | bit)
    }

    #[inline(always)]
    fn pack(self, values: &[u32; LANES], chosen: Mask) -> [u32; LANES] {
        let (mut packed, mut count) = ([0; LANES], 0);
        for (place, &value) in values.iter().enumerate() {
            // Written in any case, and kept where the next one does not take its place: no branch.
            packed[count % LANES] = value;
            count += usize::from(chosen >> place & 1);
        }
        packed
    }
}

#[cfg(target_arch = "x86_64")]
mod wide {
    use super::{Coins, FACTOR, FIRST_SHIFT, LANES, LAST_SHIFT, Mask, PairLuck, Plain, Probability, Strength, Tossing};
    use core::arch::x86_64::__m512i;
    use pulp::NullaryFnOnce;
    use pulp::x86::V4;

    /// Sixteen at once, by AVX-512.
    #[derive(Debug, Clone, Copy)]
    pub(super) struct Wide(pub V4);

    /// The share by which a product of floats may be off, and more: six roundings to 24 bits come to less than half of it.
    const DOUBT: f32 = 1.0 / (1 << 20) as f32;

    impl Wide {
        /// One value in all lanes.
        #[inline(always)]
        fn all(self, value: u32) -> __m512i {
            self.0.avx512f._mm512_set1_epi32(value.cast_signed())
        }

        /// [`PairLuck::upper`] of each hearer.
        #[inline(always)]
        fn uppers(self, luck: PairLuck, hearers: &[u32; LANES]) -> __m512i {
            let f = self.0.avx512f;
            let x = f._mm512_xor_si512(pulp::cast(*hearers), self.all(luck.mask));
            let x = f._mm512_xor_si512(x, f._mm512_srli_epi32::<FIRST_SHIFT>(x));
            let x = f._mm512_mullo_epi32(x, self.all(luck.factor | 1));
            let x = f._mm512_xor_si512(x, f._mm512_srli_epi32::<FIRST_SHIFT>(x));
            let x = f._mm512_mullo_epi32(x, self.all(FACTOR));
            f._mm512_xor_si512(x, f._mm512_srli_epi32::<LAST_SHIFT>(x))
        }
    }

    impl Coins for Wide {
        #[inline(always)]
        fn winners(self, luck: PairLuck, hearers: &[u32; LANES], chance: Probability) -> Mask {
            match luck.limit(chance).checked_sub(1) {
                Some(highest) => {
                    self.0.avx512f._mm512_cmple_epu32_mask(self.uppers(luck, hearers), self.all(highest as u32))
                }
                None => 0,
            }
        }

        #[inline(always)]
        fn winners_by_strength(
            self,
            luck: PairLuck,
            hearers: &[u32; LANES],
            chance: Probability,
            strengths: &[Strength; LANES],
        ) -> Mask {
            let f = self.0.avx512f;
            // How many upper halves win follows from a product of 87 bits. A product of floats is as good for nearly all
            // draws: a draw below what it is at the least wins, whatever its lower half, and one above what it is at the most loses.
            let draws = f._mm512_cvtepu32_ps(self.uppers(luck, hearers));
            let strengths_of = f._mm512_cvtepu32_ps(pulp::cast(strengths.map(Strength::bits)));
            let unit = (chance.value() * 256.0) as f32;
            let [least, most] =
                [1.0 - DOUBT, 1.0 + DOUBT].map(|share| f._mm512_mul_ps(strengths_of, f._mm512_set1_ps(unit * share)));
            let sure = f._mm512_cmplt_ps_mask(f._mm512_add_ps(draws, f._mm512_set1_ps(1.0)), least);
            let possible = f._mm512_cmplt_ps_mask(draws, most);
            // One coin in a million lies between.
            if sure == possible { sure } else { Plain.winners_by_strength(luck, hearers, chance, strengths) }
        }

        #[inline(always)]
        fn pack(self, values: &[u32; LANES], chosen: Mask) -> [u32; LANES] {
            pulp::cast(self.0.avx512f._mm512_maskz_compress_epi32(chosen, pulp::cast(*values)))
        }
    }

    pub(super) struct Vectorized<T> {
        pub work: T,
        pub coins: Wide,
    }

    impl<T: Tossing> NullaryFnOnce for Vectorized<T> {
        type Output = T::Output;

        #[inline(always)]
        fn call(self) -> T::Output {
            self.work.toss(self.coins)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dice::{Dice, Purpose};
    use crate::units::Seed;

    /// Which of these hearers win, packed.
    struct Winners<'a> {
        luck: Luck,
        teller: u32,
        hearers: &'a [u32; LANES],
        chance: Probability,
        strengths: Option<&'a [Strength; LANES]>,
    }

    impl Tossing for Winners<'_> {
        type Output = Vec<u32>;

        #[inline(always)]
        fn toss<C: Coins>(self, coins: C) -> Vec<u32> {
            let luck = self.luck.pairs_of(self.teller);
            let chosen = match self.strengths {
                None => coins.winners(luck, self.hearers, self.chance),
                Some(strengths) => coins.winners_by_strength(luck, self.hearers, self.chance, strengths),
            };
            coins.pack(self.hearers, chosen)[..chosen.count_ones() as usize].to_vec()
        }
    }

    #[test]
    fn every_way_tosses_the_coins_of_pairs() {
        let luck = Dice::new(Seed(1)).of(Purpose::Persuasion);
        let mut draws = Dice::new(Seed(2)).stream(Purpose::Graph, 0);
        for round in 0..2_000u32 {
            let hearers: [u32; LANES] = std::array::from_fn(|_| draws.draw() as u32);
            let teller = draws.draw() as u32;
            let coins = hearers.map(|hearer| luck.draw_pair(teller, hearer));
            // Also a chance that one of the coins meets exactly, where below and not below part.
            let chance = match round % 4 {
                0 => Probability::clamped(f64::from(round) / 2_000.0),
                1 => Probability::of_bits(coins[3] >> 1),
                2 => Probability::of_bits((coins[3] >> 1) + 1),
                _ => [Probability::NEVER, Probability::ALWAYS][round as usize / 4 % 2],
            };
            // Ties of no strength, ordinary ones and the strongest among them.
            let some = [0.0, 1.0, 255.9, 2.0, 0.5, 1.0 / 3.0, 100.0 * chance.value(), 1.0 / (chance.value() + 0.01)];
            let mut strengths: [Strength; LANES] =
                std::array::from_fn(|lane| Strength::new(some[lane % some.len()]).expect("valid"));
            // One that brings the chance as near to the coin as a strength can.
            let nearest = (coins[12] >> 1) as f64 / (1u64 << 63) as f64 / chance.value().max(1e-9);
            strengths[12] = Strength::new(nearest.min(255.0)).expect("valid");
            for strengths in [None, Some(&strengths)] {
                let chances: [Probability; LANES] =
                    std::array::from_fn(|place| strengths.map_or(chance, |all| chance.times(all[place])));
                let won =
                    hearers.into_iter().zip(coins).zip(chances).filter(|((_, coin), chance)| chance.accepts(*coin));
                let expected: Vec<u32> = won.map(|((hearer, _), _)| hearer).collect();
                let toss = || Winners { luck, teller, hearers: &hearers, chance, strengths };
                assert_eq!(toss().toss(Plain), expected);
                assert_eq!(fastest(toss()), expected);
            }
        }
    }

    #[test]
    fn a_pair_has_the_coin_that_it_always_had() {
        // Pinned: to change it changes results.
        const KNOWN: [u64; 3] = [2_730_970_369_278_689_330, 16_768_129_472_178_765_874, 839_208_554_368_777_357];
        let luck = Dice::new(Seed(1)).of(Purpose::Persuasion);
        assert_eq!([(0, 0), (0, 1), (1, 0)].map(|(teller, hearer)| luck.draw_pair(teller, hearer)), KNOWN);
    }

    #[test]
    fn coins_of_one_teller_are_independent() {
        // Null: any two coins of one teller are independent, so that among n tellers both win in n p² of them, with sd
        // √(n p² (1 - p²)). Tolerance 5 sd for 44 cases, fixed seed: deterministic, and wrong for one seed in 40,000.
        let luck = Dice::new(Seed(3)).of(Purpose::Persuasion);
        let tellers = 1u32 << 19;
        let chances = [0.01, 0.05, 0.25, 0.5];
        // Neighbours on a ring, the same place in the next block of a power of two, and attempts on one hearer.
        for apart in [1, 2, 5, 12, 16, 1_000, 4_096, 1 << 17, 1 << 27, 3 << 27, 1 << 31] {
            let mut both = [0u32; 4];
            for teller in 0..tellers {
                let luck = luck.pairs_of(teller);
                let highest = luck.upper(teller).max(luck.upper(teller ^ apart));
                let wins = |p: f64| f64::from(highest) < p * f64::from(u32::MAX);
                both.iter_mut().zip(chances).for_each(|(both, p)| *both += u32::from(wins(p)));
            }
            for (both, p) in both.into_iter().zip(chances) {
                let expected = f64::from(tellers) * p * p;
                let z = (f64::from(both) - expected) / (expected * (1.0 - p * p)).sqrt();
                assert!(z.abs() < 5.0, "{apart} apart, chance {p}: {z}");
            }
        }
    }

    #[test]
    fn the_winners_among_many_friends_are_binomial() {
        // Null: 2,000 friends in a row of numbers, each won with chance p; the variance of the count over n tellers is
        // 2,000 p (1 - p), its estimate has relative sd √(2 / n) = 0.022. Tolerance 5 sd; fixed seed, wrong for one in 500,000.
        let luck = Dice::new(Seed(4)).of(Purpose::Persuasion);
        let (tellers, friends) = (4_000u32, 2_000u32);
        for (p, stride) in [(0.01, 1), (0.25, 1), (0.25, 1_000)] {
            let chance = Probability::clamped(p);
            let count = |teller| {
                let luck = luck.pairs_of(teller);
                (0..friends).filter(|friend| chance.accepts(luck.draw(friend * stride))).count() as f64
            };
            let mean = f64::from(friends) * p;
            let variance = (0..tellers).map(|teller| (count(teller) - mean).powi(2)).sum::<f64>() / f64::from(tellers);
            let ratio = variance / (mean * (1.0 - p));
            assert!((ratio - 1.0).abs() < 5.0 * 0.022_4, "chance {p}, numbers {stride} apart: {ratio}");
        }
    }
}
