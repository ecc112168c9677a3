//! Where a person stands, and what she has heard: the one number that every word touches.

use crate::event::Valence;

/// Where a person stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Can still be persuaded.
    Prospect,
    /// Will not be persuaded any more, after a bad word.
    Blocked,
    /// Persuaded; the first purchase is to come.
    SignedUp,
    /// Has bought.
    Customer,
    /// Has bought, and did not buy again when the time had come.
    Lapsed,
}

impl Stage {
    const ALL: [Stage; 5] = [Stage::Prospect, Stage::Blocked, Stage::SignedUp, Stage::Customer, Stage::Lapsed];
}

/// Where a person stands, and how many bad words (up to 255) and good words (up to 65,535) she has heard, in one number:
/// the stage in three bits, then each count with a bit above it that says that it would run over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Standing(u32);

/// A prospect who has heard nothing.
pub(super) const NEUTRAL: Standing = Standing(Stage::Prospect as u32);

impl Standing {
    const STAGE: u32 = 0x7;
    const ONE_BAD: u32 = 1 << 3;
    const BAD_OVER: u32 = Self::ONE_BAD << 8;
    const ONE_GOOD: u32 = Self::BAD_OVER << 1;
    const GOOD_OVER: u32 = Self::ONE_GOOD << 16;

    #[inline(always)]
    pub(super) fn stage(self) -> Stage {
        Stage::ALL[(self.0 & Self::STAGE) as usize]
    }

    #[inline(always)]
    pub(super) fn is(self, stage: Stage) -> bool {
        self.0 & Self::STAGE == stage as u32
    }

    #[inline(always)]
    pub(super) fn stand(&mut self, stage: Stage) {
        self.0 = self.0 & !Self::STAGE | stage as u32;
    }

    #[inline(always)]
    pub(super) fn bad_words(self) -> u8 {
        (self.0 / Self::ONE_BAD) as u8
    }

    #[inline(always)]
    pub(super) fn good_words(self) -> u16 {
        (self.0 / Self::ONE_GOOD) as u16
    }

    #[inline(always)]
    pub(super) fn has_heard(self) -> bool {
        self.0 > Self::STAGE
    }

    /// No branch on the kind of word: which way a word goes is what no processor can guess. That a count is full is what
    /// it can: what is full stays full.
    #[inline(always)]
    pub(super) fn hear(&mut self, valence: Valence) {
        let is_bad = valence == Valence::Bad;
        let heard = self.0 + std::hint::select_unpredictable(is_bad, Self::ONE_BAD, Self::ONE_GOOD);
        if heard & (Self::BAD_OVER | Self::GOOD_OVER) == 0 {
            self.0 = heard;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_counted_until_there_is_no_more_room() {
        let mut standing = NEUTRAL;
        standing.stand(Stage::Lapsed);
        for place in 0..70_000 {
            standing.hear(Valence::Good);
            if place % 2 == 0 {
                standing.hear(Valence::Bad);
            }
            let counted = (standing.good_words(), standing.bad_words(), standing.stage());
            let (good, bad) = ((place + 1).min(65_535) as u16, (place / 2 + 1).min(255) as u8);
            assert_eq!(counted, (good, bad, Stage::Lapsed));
        }
    }
}
