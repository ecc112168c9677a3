//! The story of a run: its events without the words that brought nothing about, and who caused whom.
//!
//! Words are by far the most events, and few of them matter. What a word brings about is recorded right after it, so the
//! latest word is remembered, and kept as soon as an event names it as its cause. What is kept grows with customers, not
//! with words.
//!
//! Deliberately absent: sentences, which `cli` makes of it, and who brought whom, which is [`super::Family`].

use crate::engine::{Run, Sink, World};
use crate::event::{Event, Fact};
use crate::state::State;
use crate::units::{EventId, PersonId, RunId};

/// The events of a run that brought something about, or that are no words.
#[derive(Debug, Default)]
pub struct Story {
    /// In the order of the log.
    events: Vec<(EventId, Event)>,
    /// Each cause with the place of what it brought about, in order.
    effects: Vec<(EventId, usize)>,
    terms_changed: Option<EventId>,
}

/// Keeps a story as it is told.
#[derive(Debug)]
pub(super) struct Keeping {
    about: Option<PersonId>,
    heard: u32,
    /// The latest word, unless it is kept already.
    word: Option<(EventId, Event)>,
    events: Vec<(EventId, Event)>,
}

impl Keeping {
    /// All words from and to `about` are kept.
    pub(super) fn new(about: Option<PersonId>) -> Keeping {
        Keeping { about, heard: 0, word: None, events: vec![] }
    }

    pub(super) fn into_story(self) -> Story {
        let causes = self.events.iter().enumerate().filter(|(_, (_, event))| event.cause != EventId::ROOT);
        let mut effects: Vec<(EventId, usize)> = causes.map(|(place, (_, event))| (event.cause, place)).collect();
        effects.sort_unstable();
        let changed = self.events.iter().find(|(_, event)| matches!(event.what, Fact::TermsChanged { .. }));
        let terms_changed = changed.map(|(id, _)| *id);
        Story { events: self.events, effects, terms_changed }
    }
}

impl Sink for Keeping {
    #[inline]
    fn hear(&mut self, event: &Event, _: &State) {
        let id = EventId(self.heard);
        self.heard += 1;
        if let Fact::WordHeard { teller, .. } = event.what {
            let is_hers = self.about.is_some_and(|about| event.who == about || teller == about);
            self.word = None;
            if is_hers {
                self.events.push((id, *event));
            } else {
                self.word = Some((id, *event));
            }
            return;
        }
        if let Some(word) = self.word.take_if(|word| word.0 == event.cause) {
            self.events.push(word);
        }
        self.events.push((id, *event));
    }
}

impl Story {
    /// The story of a run, which is played for it.
    pub fn of(world: &World, run: RunId) -> Story {
        Story::about(world, run, None).0
    }

    /// The same, with all that somebody heard and told besides, and how many people there were in the end.
    #[doc(hidden)]
    pub fn about(world: &World, run: RunId, about: Option<PersonId>) -> (Story, u32) {
        let (mut keeping, mut memory) = (Keeping::new(about), Run::new(world));
        memory.play(world, run, &mut keeping);
        (keeping.into_story(), memory.state().people())
    }

    /// All that is kept, in the order of the log.
    pub fn events(&self) -> &[(EventId, Event)] {
        &self.events
    }

    /// One event, if it is kept.
    pub fn get(&self, id: EventId) -> Option<&Event> {
        let place = self.events.binary_search_by_key(&id, |(known, _)| *known).ok()?;
        Some(&self.events[place].1)
    }

    /// What an event brought about of itself, in the order of the log.
    pub fn effects(&self, id: EventId) -> impl Iterator<Item = (EventId, &Event)> {
        let first = self.effects.partition_point(|(cause, _)| *cause < id);
        let of_it = self.effects[first..].iter().take_while(move |(cause, _)| *cause == id);
        of_it.map(|(_, place)| (self.events[*place].0, &self.events[*place].1))
    }

    /// Purchases, first and repeated, in the order of the log.
    pub fn sales(&self) -> impl Iterator<Item = (EventId, &Event)> {
        let is_sale =
            |event: &Event| matches!(event.what, Fact::FirstPurchaseMade { .. } | Fact::PurchaseRepeated { .. });
        self.events.iter().filter(move |(_, event)| is_sale(event)).map(|(id, event)| (*id, event))
    }

    /// An event and what led to it, from the root on.
    pub fn chain(&self, id: EventId) -> Vec<(EventId, &Event)> {
        let step = |id: EventId| self.get(id).map(|event| (id, event));
        let mut chain: Vec<(EventId, &Event)> =
            std::iter::successors(step(id), |(_, event)| step(event.cause)).collect();
        chain.reverse();
        chain
    }

    /// Of what becomes of a reward, the event in which it was granted or held back; of any other event, itself.
    pub fn grant_of<'a>(&'a self, id: EventId, event: &'a Event) -> (EventId, &'a Event) {
        match event.what {
            Fact::RewardReleased { .. }
            | Fact::RewardForfeited { .. }
            | Fact::RewardClawedBack { .. }
            | Fact::RewardRedeemed { .. }
            | Fact::RewardExpired { .. } => self.get(event.cause).map_or((id, event), |grant| (event.cause, grant)),
            _ => (id, event),
        }
    }

    /// Whether an event comes after the change of terms of a forked run.
    pub fn is_after_change(&self, id: EventId) -> bool {
        self.terms_changed.is_some_and(|changed| id > changed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::{Channel, Source, Valence};
    use crate::units::{Cents, Tick};

    fn event(who: u32, cause: EventId, what: Fact) -> Event {
        Event { at: Tick(who), who: PersonId(who), cause, what }
    }

    fn word(to: u32, teller: u32) -> Event {
        let (teller, channel) = (PersonId(teller), Channel::FaceToFace);
        let what = Fact::WordHeard { teller, valence: Valence::Good, coded: false, first: true, channel };
        event(to, EventId(1), what)
    }

    const BOUGHT: Fact = Fact::FirstPurchaseMade { source: Source::Word, margin: 4_000, order: Cents(6_000) };

    fn signed_up(teller: u32) -> Fact {
        let (teller, channel) = (PersonId(teller), Channel::FaceToFace);
        Fact::SignedUp { teller, generation: 1, coded: false, source: Source::Word, channel }
    }

    fn story(about: Option<PersonId>) -> Story {
        let mut keeping = Keeping::new(about);
        let events = [
            event(0, EventId::ROOT, Fact::CustomerSeeded),
            event(0, EventId(0), BOUGHT),
            word(1, 0),
            word(2, 0),
            event(2, EventId(3), signed_up(0)),
            word(3, 0),
            event(2, EventId(4), BOUGHT),
        ];
        events.iter().for_each(|event| keeping.hear(event, &State::default()));
        keeping.into_story()
    }

    fn ids<'a>(events: impl IntoIterator<Item = (EventId, &'a Event)>) -> Vec<u32> {
        events.into_iter().map(|(id, _)| id.0).collect()
    }

    #[test]
    fn words_that_brought_nothing_about_are_forgotten() {
        let told = story(None);
        assert_eq!(ids(told.events().iter().map(|(id, event)| (*id, event))), [0, 1, 3, 4, 6]);
        assert_eq!((told.get(EventId(2)), told.get(EventId(3))), (None, Some(&word(2, 0))));
    }

    #[test]
    fn all_words_of_the_one_asked_for_are_kept() {
        assert_eq!(story(Some(PersonId(3))).events().len(), 6);
        assert_eq!(story(Some(PersonId(0))).events().len(), 7);
    }

    #[test]
    fn a_chain_leads_from_the_root_to_the_sale() {
        let told = story(None);
        assert_eq!(ids(told.sales()), [1, 6]);
        assert_eq!(ids(told.chain(EventId(6))), [0, 1, 3, 4, 6]);
        assert_eq!(ids(told.effects(EventId(1))), [3]);
        assert_eq!(told.chain(EventId(2)), []);
    }
}
