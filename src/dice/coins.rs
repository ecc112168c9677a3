//! The coins of one teller and her friends, eight at a time: the same draws as [`Luck::draw_pair`], and which of them fall
//! below a chance.
//!
//! Why: a cascade without time and money asks hardly anything but this. Where the processor has AVX-512 it multiplies eight
//! words of 64 bits at once and packs the winners; everywhere else the same is done one by one, without branches. Both give
//! the same bits; `pulp` proves at run time that the instructions exist.
//! Measured in docs/decisions/0022-cascades-in-a-lane.md.

use super::{GOLDEN, Luck, PAIR_BITS, mix};
use crate::units::{Probability, Strength};

/// Friends that are looked at together.
pub const LANES: usize = 8;

/// The luck of the pairs of one teller: [`Luck::draw_pair`] with her share of the work done.
#[derive(Debug, Clone, Copy)]
pub struct PairLuck {
    key: u64,
}

impl Luck {
    /// The luck of the pairs of one teller.
    #[inline(always)]
    pub fn pairs_of(self, teller: u32) -> PairLuck {
        PairLuck { key: self.key.wrapping_add((u64::from(teller) << PAIR_BITS).wrapping_mul(GOLDEN)) }
    }
}

impl PairLuck {
    /// The draw of the teller and one hearer: [`Luck::draw_pair`] of the two, uniform over 64 bits.
    #[inline(always)]
    pub fn draw(self, hearer: u32) -> u64 {
        mix(self.key.wrapping_add(u64::from(hearer).wrapping_mul(GOLDEN)))
    }
}

/// A way to toss the coins of eight friends.
pub trait Coins: Copy {
    /// Bit `j` says whether the chance accepts the draw of the teller and `hearers[j]`.
    fn winners(self, luck: PairLuck, hearers: &[u32; LANES], chance: Probability) -> u8;

    /// The same where the chance of each is multiplied by the strength of her tie.
    fn winners_by_strength(
        self,
        luck: PairLuck,
        hearers: &[u32; LANES],
        chance: Probability,
        strengths: &[Strength; LANES],
    ) -> u8;

    /// The values whose bit is set, in order, in the first places; what stands behind them means nothing.
    fn pack(self, values: &[u32; LANES], chosen: u8) -> [u32; LANES];
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
    fn winners(self, luck: PairLuck, hearers: &[u32; LANES], chance: Probability) -> u8 {
        let coin = |(place, &hearer): (usize, &u32)| u8::from(chance.accepts(luck.draw(hearer))) << place;
        hearers.iter().enumerate().map(coin).fold(0, |bits, bit| bits | bit)
    }

    #[inline(always)]
    fn winners_by_strength(
        self,
        luck: PairLuck,
        hearers: &[u32; LANES],
        chance: Probability,
        strengths: &[Strength; LANES],
    ) -> u8 {
        let coin = |place: usize| u8::from(chance.times(strengths[place]).accepts(luck.draw(hearers[place]))) << place;
        (0..LANES).map(coin).fold(0, |bits, bit| bits | bit)
    }

    #[inline(always)]
    fn pack(self, values: &[u32; LANES], chosen: u8) -> [u32; LANES] {
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
    use super::super::{FIRST_FACTOR, FIRST_SHIFT, LAST_SHIFT, SECOND_FACTOR, SECOND_SHIFT};
    use super::{Coins, GOLDEN, LANES, PairLuck, Probability, Strength, Tossing};
    use core::arch::x86_64::{__m256i, __m512i};
    use pulp::NullaryFnOnce;
    use pulp::x86::V4;

    /// Eight at once, by AVX-512.
    #[derive(Debug, Clone, Copy)]
    pub(super) struct Wide(pub V4);

    impl Wide {
        /// One value in all lanes.
        #[inline(always)]
        fn all(self, value: u64) -> __m512i {
            self.0.avx512f._mm512_set1_epi64(value.cast_signed())
        }

        /// [`PairLuck::draw`] of each hearer, without its last bit, as [`Probability::accepts`] takes it.
        #[inline(always)]
        fn draws(self, luck: PairLuck, hearers: &[u32; LANES]) -> __m512i {
            let (f, dq) = (self.0.avx512f, self.0.avx512dq);
            let hearers: __m256i = pulp::cast(*hearers);
            let subjects = dq._mm512_mullo_epi64(f._mm512_cvtepu32_epi64(hearers), self.all(GOLDEN));
            let z = f._mm512_add_epi64(self.all(luck.key), subjects);
            // `mix`, in each lane.
            let z = f._mm512_xor_si512(z, f._mm512_srli_epi64::<FIRST_SHIFT>(z));
            let z = dq._mm512_mullo_epi64(z, self.all(FIRST_FACTOR));
            let z = f._mm512_xor_si512(z, f._mm512_srli_epi64::<SECOND_SHIFT>(z));
            let z = dq._mm512_mullo_epi64(z, self.all(SECOND_FACTOR));
            let z = f._mm512_xor_si512(z, f._mm512_srli_epi64::<LAST_SHIFT>(z));
            f._mm512_srli_epi64::<1>(z)
        }
    }

    /// The lower half of a chance, and by how many bits half and half of it lie above the product with a strength.
    const LOW: u64 = u32::MAX as u64;
    const ABOVE: u32 = u32::BITS - Strength::BITS;

    impl Coins for Wide {
        #[inline(always)]
        fn winners(self, luck: PairLuck, hearers: &[u32; LANES], chance: Probability) -> u8 {
            self.0.avx512f._mm512_cmplt_epu64_mask(self.draws(luck, hearers), self.all(chance.bits()))
        }

        #[inline(always)]
        fn winners_by_strength(
            self,
            luck: PairLuck,
            hearers: &[u32; LANES],
            chance: Probability,
            strengths: &[Strength; LANES],
        ) -> u8 {
            let f = self.0.avx512f;
            let strengths: __m256i = pulp::cast(strengths.map(Strength::bits));
            let strengths = f._mm512_cvtepu32_epi64(strengths);
            // `Probability::times`, exactly: what is above one and would not fit is cut off before it is shifted.
            let high = f._mm512_mul_epu32(strengths, self.all(chance.bits() >> u32::BITS));
            let high = f._mm512_min_epu64(high, self.all(Probability::ALWAYS.bits() >> ABOVE));
            let low = f._mm512_mul_epu32(strengths, self.all(chance.bits() & LOW));
            let low = f._mm512_srli_epi64::<{ Strength::BITS }>(low);
            let chances = f._mm512_add_epi64(f._mm512_slli_epi64::<ABOVE>(high), low);
            // Draws have 63 bits, so a chance above one accepts each, as one itself does.
            f._mm512_cmplt_epu64_mask(self.draws(luck, hearers), chances)
        }

        #[inline(always)]
        fn pack(self, values: &[u32; LANES], chosen: u8) -> [u32; LANES] {
            pulp::cast(self.0.avx512vl._mm256_maskz_compress_epi32(chosen, pulp::cast(*values)))
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
            let strengths =
                [0.0, 1.0, 255.9, 2.0, 0.5, 1.0 / 3.0, 100.0 * chance.value(), 1.0 / (chance.value() + 0.01)];
            let strengths = strengths.map(|strength| Strength::new(strength).expect("valid"));
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
}
