//! What is due when in a cascade with delays: a queue that never goes back in time.
//!
//! A radix heap: what is due lies in a bucket by the highest bit in which its moment differs from the latest that was taken
//! out. When the lowest bucket that is not empty is opened, the earliest moment in it becomes the latest, and all of it moves to
//! lower buckets. So every item is written a few times, in sequence, and nothing is compared but with the moment at hand; how fine
//! it is follows from how much is due, in a market of a hundred as in one of a million. Items of one moment come in any order:
//! they cannot undo one another.
//!
//! Reference: Ahuja, Mehlhorn, Orlin & Tarjan (1990), "Faster algorithms for the shortest path problem".

use crate::units::Tick;

/// Whom a word wins, and when it comes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word {
    pub at: Tick,
    pub to: u32,
}

/// One bucket for the moment at hand, and one for each bit in which another may differ.
const BUCKETS: usize = u32::BITS as usize + 1;

#[derive(Debug)]
pub(super) struct Queue {
    buckets: [Vec<Word>; BUCKETS],
    /// Bit `i`: there is something in bucket `i`.
    filled: u64,
    /// The moment of the latest word that was taken out.
    now: Tick,
}

impl Default for Queue {
    fn default() -> Queue {
        Queue { buckets: [const { vec![] }; BUCKETS], filled: 0, now: Tick::ZERO }
    }
}

impl Queue {
    /// Begins anew at moment zero. It is empty.
    pub fn rewind(&mut self) {
        debug_assert_eq!(self.filled, 0, "a cascade is played to its end");
        self.now = Tick::ZERO;
    }

    /// Puts in a word, which does not come before the latest that was taken out.
    #[inline(always)]
    pub fn push(&mut self, word: Word) {
        debug_assert!(word.at >= self.now, "a queue that never goes back");
        let bucket = (u32::BITS - (word.at.0 ^ self.now.0).leading_zeros()) as usize;
        self.buckets[bucket].push(word);
        self.filled |= 1 << bucket;
    }

    /// Takes out a word that comes first. Whatever moves meanwhile is shown to `keep`, with how many bits its moment may still
    /// differ from that of the word, and dropped where `keep` says no.
    #[inline(always)]
    pub fn pop(&mut self, mut keep: impl FnMut(u32, u32) -> bool) -> Option<Word> {
        loop {
            if let Some(word) = self.buckets[0].pop() {
                return Some(word);
            }
            self.filled &= !1;
            if self.filled == 0 {
                return None;
            }
            self.open(self.filled.trailing_zeros(), &mut keep);
        }
    }

    #[inline(always)]
    fn open(&mut self, bucket: u32, keep: &mut impl FnMut(u32, u32) -> bool) {
        self.filled &= !(1 << bucket);
        let mut words = std::mem::take(&mut self.buckets[bucket as usize]);
        words.retain(|word| keep(word.to, bucket));
        if let Some(first) = words.iter().map(|word| word.at).min() {
            self.now = first;
            words.iter().for_each(|&word| self.push(word));
        }
        words.clear();
        self.buckets[bucket as usize] = words;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dice::{Dice, Purpose};
    use crate::units::Seed;

    #[test]
    fn words_come_in_the_order_of_their_moments_and_none_is_lost() {
        let mut queue = Queue::default();
        for (round, longest) in [1, 5, 300, 100_000, 3_000_000_000].into_iter().enumerate() {
            queue.rewind();
            let mut draws = Dice::new(Seed(round as u64)).stream(Purpose::Graph, 0);
            let mut expected = std::collections::BinaryHeap::new();
            let mut put = 0;
            let mut put_in = |queue: &mut Queue, expected: &mut std::collections::BinaryHeap<_>, now: u32| {
                let at = now.saturating_add(draws.below(longest));
                queue.push(Word { at: Tick(at), to: put });
                put += 1;
                expected.push(std::cmp::Reverse(at));
            };
            (0..100).for_each(|_| put_in(&mut queue, &mut expected, 0));
            let (mut taken, mut came) = (0, std::collections::BTreeSet::new());
            while let Some(Word { at, to }) = queue.pop(|_, _| true) {
                assert_eq!(Some(std::cmp::Reverse(at.0)), expected.pop());
                came.insert(to);
                taken += 1;
                if taken < 5_000 && taken % 2 == 0 {
                    (0..3).for_each(|_| put_in(&mut queue, &mut expected, at.0));
                }
            }
            assert!(expected.is_empty());
            assert_eq!(came.len(), taken);
        }
    }

    #[test]
    fn what_is_not_kept_does_not_come() {
        let mut queue = Queue::default();
        (0..100).for_each(|to| queue.push(Word { at: Tick(1_000 + to % 7), to }));
        let mut came = vec![];
        while let Some(word) = queue.pop(|to, _| to % 2 == 0) {
            came.push(word.to);
        }
        came.sort_unstable();
        assert_eq!(came, (0..100).step_by(2).collect::<Vec<_>>());
    }
}
