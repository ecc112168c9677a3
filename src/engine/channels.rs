//! Channels: how words travel, and what that does to them.
//!
//! Each word of a customer takes a channel by chance; the channel has its own delay and may reach strangers instead of
//! friends. How far its words are trusted is in [`super::Conversion::trust`], for it says when a word persuades; how often
//! a code gets lost on the way is for the policy to know.

use super::telling::other;
use super::{Play, Sink, World};
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

    /// The way of a word: its channel, and the stranger it goes to, if to one, among all `others` than the teller.
    fn way(&self, draws: &mut Draws, others: u32, teller: PersonId) -> (&ChannelLaw, Option<u32>) {
        let (way, stranger) = (draws.draw(), draws.below(others));
        let law = self.of_draw(way);
        (law, law.strangers.then(|| other(teller, stranger)))
    }

    /// The longest delay of each \[ticks\].
    pub(super) fn delays_max(&self) -> impl Iterator<Item = u32> {
        self.each.iter().map(|law| law.delay.max())
    }
}

/// Where and when a word of one teller goes: the draws of her words, one after the other.
#[derive(Clone, Copy)]
pub(super) struct Ways<'a> {
    channels: &'a Channels,
    draws: Draws,
    /// Everybody but the teller, where strangers can be reached.
    others: u32,
    teller: PersonId,
}

impl<'a> Ways<'a> {
    /// The way of the next word: the stranger it goes to, if to one, by which channel, after which time.
    pub fn next(&mut self) -> (Option<u32>, Channel, Tick) {
        let (law, stranger) = self.channels.way(&mut self.draws, self.others, self.teller);
        (stranger, law.channel, Tick(law.delay.draw(self.draws.draw())))
    }
}

impl<'a, S: Sink, const PLAIN: bool> Play<'a, S, PLAIN> {
    /// The ways of the words of a teller in her `round`-th telling, where there is more than one.
    #[inline]
    pub(super) fn ways(&self, teller: PersonId, round: u8) -> Option<Ways<'a>> {
        let channels = Self::optional(&self.world.channels)?;
        let draws = self.luck.of(Purpose::Channel).stream(descendant(self.story_subject(teller), round.into()));
        Some(Ways { channels, draws, others: self.others(), teller })
    }

    /// The way of a word that is told and heard at once (rate mode): the stranger it goes to, if to one, and the channel.
    pub(super) fn way_at_once(&self, teller: PersonId, draws: &mut Draws) -> (Option<u32>, Channel) {
        let Some(channels) = &self.world.channels else { return (None, Channel::FaceToFace) };
        let (law, stranger) = channels.way(draws, self.others(), teller);
        (stranger, law.channel)
    }

    /// Whether words by this channel go to strangers, to whom no tie leads.
    pub(super) fn reaches_strangers(&self, channel: Channel) -> bool {
        let channels = Self::optional(&self.world.channels);
        channels.is_some_and(|channels| channels.each.iter().any(|law| law.channel == channel && law.strangers))
    }

    /// Chance that the company can tell by whose word of this channel somebody came.
    pub(super) fn tracking(&self, world: &World, channel: Channel) -> Probability {
        let channels = Self::optional(&world.channels);
        let law = channels.and_then(|channels| channels.each.iter().find(|law| law.channel == channel));
        world.policy.clauses().tracking.and(law.map_or(Probability::ALWAYS, |law| law.tracking))
    }
}
