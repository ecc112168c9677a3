//! Advertising and influencers: word from the company itself, which costs money for every customer or every post.
//!
//! Advertising is a hazard: each prospect is made to buy at a constant rate (the external influence of Bass 1969). An
//! influencer's post is seen by so many people at one moment, and wins each with a small chance. Bad words damp both, and
//! neither reaches anybody who is blocked, has signed up or has bought; whom neither wins has not been reached as far as
//! the log goes. Both say how many *buy*, not how many land, so a funnel leaves them as they are; a lead of theirs can be
//! lost while deciding all the same.
//!
//! Not here: what trust or segments do to words. Advertising is no word.

use super::due::{Act, Due};
use super::telling::{mark, places};
use super::{Ground, Play, Sink};
use crate::dice::{Draws, Purpose, descendant};
use crate::event::{Channel, Fact, Source};
use crate::state::Stage;
use crate::units::{Cents, EventId, PersonId, Probability, Tick};

/// Advertising as a rate at which it makes prospects buy.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Advertising {
    /// Rate for each prospect [per tick].
    pub rate: f64,
    /// What a customer won by it costs [minor units].
    pub cost: Cents,
}

/// A paid post.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Influencer {
    /// When.
    pub at: Tick,
    /// What it costs [minor units].
    pub fee: Cents,
    /// People who see it.
    pub reach: u32,
    /// Chance that it persuades one of them.
    pub conversion: Probability,
}

impl<S: Sink, const PLAIN: bool> Play<'_, S, PLAIN> {
    /// Plans what the company itself does: the first exposure of each prospect, the posts of influencers, and what the
    /// programme costs.
    pub(super) fn open_campaigns(&mut self) {
        if self.world.advertising.is_some() {
            for person in (0..self.run.state.people()).map(PersonId) {
                if self.run.state.is_prospect(person) {
                    self.plan_exposure(Tick::ZERO, person, 0);
                }
            }
        }
        self.plan_posts(Tick::ZERO);
        self.open_platform(Tick::ZERO);
        self.open_prizes(Tick::ZERO);
    }

    /// Plans every post of an influencer from `at` on.
    pub(super) fn plan_posts(&mut self, at: Tick) {
        for (post, influencer) in (0..).zip(&self.world.influencers) {
            if influencer.at >= at {
                let due = Due::Act { who: PersonId::NOBODY, act: Act::PostAsInfluencer, ordinal: post };
                self.run.agenda.plan(influencer.at, due.pack());
            }
        }
    }

    /// Plans the `ordinal`-th exposure of a person to advertising.
    pub(super) fn plan_exposure(&mut self, at: Tick, who: PersonId, ordinal: u32) {
        let rate = self.world.advertising.map_or(0.0, |advertising| advertising.rate);
        if rate > 0.0 && ordinal <= Due::ORDINAL_MAX {
            let next = at + self.draws_of_exposure(who, ordinal).waiting(rate);
            self.run.agenda.plan(next, Due::Act { who, act: Act::SeeAdvertisement, ordinal }.pack());
        }
    }

    fn draws_of_exposure(&self, who: PersonId, ordinal: u32) -> Draws {
        self.luck.of(Purpose::Advertising).stream(descendant(self.subject(who), ordinal))
    }

    /// An advertisement would make this person buy.
    pub(super) fn see_advertisement(&mut self, at: Tick, who: PersonId, ordinal: u32) {
        let Some(Advertising { cost, .. }) = self.world.advertising else { return };
        let mut draws = self.draws_of_exposure(who, ordinal);
        // The first draw said when.
        let _when = draws.draw();
        let damping = self.world.conversion.damping[self.run.state.bad_words(who) as usize];
        let again = match self.run.state.stage(who) {
            Stage::Prospect if damping.accepts(draws.draw()) => {
                let seen = self.record(at, who, Fact::AdvertisementSeen { cost }, EventId::ROOT);
                self.win(at, who, Source::Advertising, Channel::FaceToFace, seen);
                self.can_be_lost()
            }
            Stage::Prospect => true,
            // She may yet be lost, and be a prospect again.
            Stage::SignedUp => self.can_be_lost(),
            Stage::Blocked | Stage::Customer | Stage::Lapsed => false,
        };
        if again {
            self.plan_exposure(at, who, ordinal + 1);
        }
    }

    /// The company itself wins somebody.
    fn win(&mut self, at: Tick, who: PersonId, source: Source, channel: Channel, cause: EventId) {
        let teller = PersonId::NOBODY;
        self.record(at, who, Fact::SignedUp { teller, generation: 0, coded: false, source, channel }, cause);
    }

    /// An influencer posts.
    pub(super) fn post_as_influencer(&mut self, at: Tick, post: u32) {
        let Influencer { fee, reach, conversion, .. } = self.world.influencers[post as usize];
        let posted = Fact::InfluencerPosted { post: post as u8, fee };
        let cause = self.record(at, PersonId::NOBODY, posted, EventId::ROOT);
        match self.ground {
            Ground::Fresh => self.win_newcomers(at, post, reach, conversion, cause),
            _ => self.win_some_of_all(at, post, reach, conversion, cause),
        }
    }

    /// Wins some of so many people who are all new: only those are made who are won, by leaping over the others.
    fn win_newcomers(&mut self, at: Tick, post: u32, reach: u32, conversion: Probability, cause: EventId) {
        if conversion == Probability::NEVER {
            return;
        }
        // Roots of the tree of tellings beyond those of the first customers, who are numbered from 0.
        let root = u64::MAX - u64::from(post);
        let mut draws = self.luck.of(Purpose::Influencer).stream(root);
        let missed = libm::log1p(-conversion.value());
        let mut place = 0.0;
        loop {
            // The number of failures before a success is geometric; where success is certain, none.
            place += (-draws.exponential() / missed).floor();
            if place >= f64::from(reach) {
                return;
            }
            let who = PersonId(self.run.state.people());
            self.keep_subject(who, descendant(root, place as u32));
            self.win(at, who, Source::Influencer, Channel::SocialPost, cause);
            place += 1.0;
        }
    }

    /// Wins some of so many different people of the market.
    fn win_some_of_all(&mut self, at: Tick, post: u32, reach: u32, conversion: Probability, cause: EventId) {
        let people = self.run.state.people();
        let luck = self.luck.of(Purpose::Influencer);
        let draws = luck.stream(u64::MAX - u64::from(post));
        let chosen = &mut self.run.chosen;
        chosen.resize(chosen.len().max(people as usize / 64 + 1), 0);
        let mut take = |place: u32| mark(&mut chosen[place as usize / 64], place);
        // Flip before looking: the coin belongs to the post and the person, and the chance only ever shrinks.
        let coin = |person: u32| luck.draw_pair(post, person);
        let lucky =
            places(people, reach.min(people), draws, &mut take).filter(|&person| conversion.accepts(coin(person)));
        let lucky: Vec<u32> = lucky.collect();
        chosen.fill(0);
        for person in lucky {
            let (who, damping) = (PersonId(person), &self.world.conversion.damping);
            let chance = conversion.and(damping[self.run.state.bad_words(who) as usize]);
            if self.run.state.is_prospect(who) && chance.accepts(coin(person)) {
                self.win(at, who, Source::Influencer, Channel::SocialPost, cause);
            }
        }
    }
}
