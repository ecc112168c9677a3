//! Posts: reviews that stay, and are read by strangers for a long time.
//!
//! A post is viewed at the rate `v · 2^(−age / h)`, so in all `v · h / ln 2` times. The next view is found by inversion of
//! the cumulative rate, from the moment of the last one, and rounded to the nearest tick; at the rate r a tick that makes
//! views more frequent by r² / 24, which is 2 in ten million at three a day. Whoever reads is anybody but the author, friend
//! or stranger, and takes it as a word. A complaint that is resolved later takes no post back.

use super::deciding::{Coin, Hearing};
use super::due::{Act, Due};
use super::telling::other;
use super::{Ground, Play, Sink};
use crate::dice::{Draws, Purpose, descendant};
use crate::event::{Channel, Fact, Sentiment, Source};
use crate::units::{EventId, PersonId, Probability, Strength, Tick};

/// How customers post, and how often posts are read.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Posts {
    /// Chance that a customer who is not neutral posts.
    pub share: Probability,
    /// Views of a fresh post \[per tick\].
    pub views: f64,
    /// Time after which a post is viewed half as often \[ticks\], at least 1.
    pub half_life: Tick,
}

/// Marks a reader among the hearers of an author, so that her luck is not that of the person told as often.
const READER: u32 = 1 << 31;

impl Posts {
    /// The age at which a post of this age \[ticks\] is viewed next, if ever again, after an exponential wait of mean 1.
    fn next_view(&self, age: f64, wait: f64) -> Option<f64> {
        let half_life = f64::from(self.half_life.0);
        // What is left of the rate then: the cumulative rate up to an age is v h / ln 2 · (1 − 2^(−age / h)).
        let left = libm::exp2(-age / half_life) - wait * std::f64::consts::LN_2 / (self.views * half_life);
        (left > 0.0).then(|| -half_life * libm::log2(left))
    }
}

impl<S: Sink, const PLAIN: bool> Play<'_, S, PLAIN> {
    /// A customer may post; `cause` is the experience.
    #[inline]
    pub(super) fn maybe_post(&mut self, at: Tick, who: PersonId, sentiment: Sentiment, cause: EventId) {
        let Some(posts) = Self::optional(&self.world.posts) else { return };
        let Some(valence) = sentiment.valence() else { return };
        if posts.share.accepts(self.luck.of(Purpose::Posting).draw(self.subject(who))) {
            self.record(at, who, Fact::ReviewPosted { valence }, cause);
        }
    }

    /// Plans the `ordinal`-th view of a post, if there is one.
    pub(super) fn plan_view(&mut self, at: Tick, author: PersonId, ordinal: u32) {
        let Some(posts) = &self.world.posts else { return };
        let alone = self.run.state.people() < 2 && !matches!(self.ground, Ground::Fresh);
        if alone || posts.views <= 0.0 || ordinal > Due::ORDINAL_MAX {
            return;
        }
        let posted = self.run.state.posted_at(author);
        let wait = self.draws_of_view(author, ordinal).exponential();
        if let Some(age) = posts.next_view(f64::from(at.0 - posted.0), wait) {
            // As a float to an integer, Rust saturates.
            let next = (posted + Tick((age + 0.5) as u32)).max(at);
            self.run.agenda.plan(next, Due::Act { who: author, act: Act::BeRead, ordinal }.pack());
        }
    }

    fn draws_of_view(&self, author: PersonId, ordinal: u32) -> Draws {
        self.luck.of(Purpose::Reading).stream(descendant(self.subject(author), ordinal))
    }

    /// Somebody reads a post; the next view is planned.
    pub(super) fn be_read(&mut self, at: Tick, author: PersonId, ordinal: u32) {
        // Where the terms have changed, there may be no reviews any more.
        if self.world.posts.is_none() {
            return;
        }
        let mut draws = self.draws_of_view(author, ordinal);
        // The first draw said when.
        let _when = draws.draw();
        let (place, coin) = (draws.below(self.others()), draws.draw());
        let hearing = Hearing {
            teller: author,
            to: READER | ordinal,
            valence: self.run.state.posted_valence(author),
            coded: false,
            told_on: false,
            channel: Channel::ReviewSite,
            source: Source::Review,
            strength: Some(Strength::ONE),
            coin: Coin::Drawn(coin),
            attempt: ordinal,
        };
        let cause = self.run.state.post_event(author);
        self.take_in(at, self.hearer_of(other(author, place)), hearing, cause);
        self.plan_view(at, author, ordinal + 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn views_become_rarer_by_half_in_each_half_life_and_end() {
        let posts = Posts { share: Probability::ALWAYS, views: 0.01, half_life: Tick(1_000) };
        let all = 0.01 * 1_000.0 / std::f64::consts::LN_2;
        // Half of all views lie within the first half-life, half of the rest within the second.
        let age = |age, wait| posts.next_view(age, wait).expect("a view");
        assert!((age(0.0, all / 2.0) - 1_000.0).abs() < 1e-6);
        assert!((age(1_000.0, all / 4.0) - 2_000.0).abs() < 1e-6);
        assert_eq!(posts.next_view(0.0, all * 1.000_001), None);
        assert_eq!(posts.next_view(1e9, 1e-6), None);
    }
}
