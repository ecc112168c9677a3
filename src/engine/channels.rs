//! Channels: how words travel, and what that does to them.
//!
//! Each word of a customer takes a channel by chance; the channel has its own delay and may reach strangers instead of
//! friends. How far its words are trusted is in [`super::Conversion::trust`], for it says when a word persuades; how often
//! a code gets lost on the way is for the policy to know.

use super::telling::other;
use super::{Ground, Play, Sink};
use crate::alias::AliasTable;
use crate::dice::{Draws, Purpose, descendant};
use crate::event::Channel;
use crate::units::{PersonId, Probability, Tick};

/// The channels in use.
#[derive(Debug, Clone, PartialEq)]
pub struct Channels {
    each: Vec<ChannelLaw>,
    /// Chance that a word takes one of the first 1, 2, … channels.
    up_to: Vec<Probability>,
}

/// What holds for the words of one channel.
#[derive(Debug, Clone, PartialEq)]
pub struct ChannelLaw {
    /// Which one.
    pub channel: Channel,
    /// Chance that a referral by it is tracked.
    pub tracking: Probability,
    /// Whether its words reach strangers, anybody among the people, instead of the circle of the teller.
    pub strangers: bool,
    /// Time from the experience to a word by it \[ticks\].
    pub delay: AliasTable,
}

impl Channels {
    /// Channels with their shares of the words, which sum to one.
    pub fn new(each: Vec<(ChannelLaw, f64)>) -> Channels {
        let mut sum = 0.0;
        let up_to = each.iter().map(|(_, share)| {
            sum += share;
            Probability::clamped(sum)
        });
        Channels { up_to: up_to.collect(), each: each.into_iter().map(|(law, _)| law).collect() }
    }

    /// The channel that a uniform draw stands for.
    #[inline]
    fn of_draw(&self, draw: u64) -> &ChannelLaw {
        let place = self.up_to.iter().position(|chance| chance.accepts(draw));
        &self.each[place.unwrap_or(self.each.len() - 1)]
    }

    /// The longest delay of each \[ticks\].
    pub(super) fn delays_max(&self) -> impl Iterator<Item = u32> {
        self.each.iter().map(|law| law.delay.max())
    }
}

/// Where and when a word of one teller goes: the draws of her words, one after the other.
#[derive(Clone, Copy)]
pub(super) struct Ways<'a> {
    pub channels: &'a Channels,
    draws: Draws,
    /// Everybody but the teller, where strangers can be reached.
    others: u32,
    teller: PersonId,
}

impl<'a> Ways<'a> {
    /// The way of the next word: the stranger it goes to, if to one, by which channel, after which time.
    pub fn next(&mut self) -> (Option<u32>, Channel, Tick) {
        let (way, stranger, delay) = (self.draws.draw(), self.draws.below(self.others), self.draws.draw());
        let law = self.channels.of_draw(way);
        (law.strangers.then(|| other(self.teller, stranger)), law.channel, Tick(law.delay.draw(delay)))
    }
}

impl<'a, S: Sink> Play<'a, S> {
    /// The ways of the words of a teller in her `round`-th telling, where there is more than one.
    pub(super) fn ways(&self, teller: PersonId, round: u8) -> Option<Ways<'a>> {
        let channels = self.world.channels.as_ref()?;
        let draws = self.luck.of(Purpose::Channel).stream(descendant(self.story_subject(teller), round.into()));
        // Fresh people have no strangers: everybody is new anyway.
        let others = match self.ground {
            Ground::Fresh => 1,
            _ => self.run.state.people().saturating_sub(1).max(1),
        };
        Some(Ways { channels, draws, others, teller })
    }

    /// The way of a word that is told and heard at once (rate mode): the stranger it goes to, if to one, and the channel.
    pub(super) fn way_at_once(&self, teller: PersonId, draws: &mut Draws) -> (Option<u32>, Channel) {
        let (way, stranger) = (draws.draw(), draws.draw());
        let Some(channels) = &self.world.channels else { return (None, Channel::FaceToFace) };
        let law = channels.of_draw(way);
        let others = self.run.state.people().saturating_sub(1).max(1);
        let place = ((u128::from(stranger) * u128::from(others)) >> 64) as u32;
        (law.strangers.then_some(other(teller, place)), law.channel)
    }

    /// Whether words by this channel go to strangers, to whom no tie leads.
    pub(super) fn reaches_strangers(&self, channel: Channel) -> bool {
        let channels = self.world.channels.as_ref();
        channels.is_some_and(|channels| channels.each.iter().any(|law| law.channel == channel && law.strangers))
    }

    /// Whether the company can tell by whose word somebody came.
    pub(super) fn is_tracked(&self, friend: PersonId) -> bool {
        let Some(channels) = &self.world.channels else { return true };
        let channel = self.run.state.channel(friend);
        let law = channels.each.iter().find(|law| law.channel == channel);
        law.is_none_or(|law| law.tracking.accepts(self.luck.of(Purpose::Tracking).draw(self.subject(friend))))
    }
}
