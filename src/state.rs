//! The state of one run: the fold of its events, and nothing else.
//!
//! `apply` is the only way to change it (besides `rewind`, which empties it); it decides nothing. What every word
//! touches is kept small (a bit a person), what only bad words and candidates touch is a byte, and what only customers
//! have lies apart. `rewind` undoes what a run touched, so a small cascade costs the same among a million people.

use crate::event::{Event, Fact, Sentiment, Side, Valence};
use crate::units::{EventId, PersonId};
use prefetch_index::prefetch_index;

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
}

/// What is known of one run so far.
#[derive(Debug, Clone, Default)]
pub struct State {
    people: u32,
    /// One bit a person: has heard a word.
    heard: Vec<u64>,
    /// What bad words and persuasive ones look at, side by side.
    standing: Vec<Standing>,
    acquisition: Vec<Acquisition>,
    /// Events applied so far.
    events: u32,
    seeds: u32,
    buyers: u32,
    /// Everyone who left the stage of prospect by signing up or being seeded, for `rewind`.
    claimed: Vec<PersonId>,
    /// Blocks of 64 people in which somebody heard a word, for `rewind`.
    touched: Vec<u32>,
}

/// Where a person stands, and how many bad words she has heard (up to 255).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Standing {
    stage: Stage,
    bad_words: u8,
}

const NEUTRAL: Standing = Standing { stage: Stage::Prospect, bad_words: 0 };

/// How somebody became a customer, and what she did as one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Acquisition {
    teller: PersonId,
    generation: u32,
    cascade: u32,
    coded: bool,
    sentiment: Sentiment,
    /// The latest event of this person's own story: what her next act is caused by.
    latest: EventId,
    rewards: u32,
}

const NOBODY: PersonId = PersonId(u32::MAX);
const NO_ACQUISITION: Acquisition = Acquisition {
    teller: NOBODY,
    generation: 0,
    cascade: 0,
    coded: false,
    sentiment: Sentiment::Neutral,
    latest: EventId::ROOT,
    rewards: 0,
};

impl State {
    /// A state of `people` prospects who have heard nothing.
    pub fn new(people: u32) -> State {
        let mut state = State::default();
        state.grow(people);
        state
    }

    /// Folds one event into the state. No decision is taken here.
    #[inline(always)]
    pub fn apply(&mut self, event: &Event) {
        let who = event.who.index();
        let id = EventId(self.events);
        self.events += 1;
        match event.what {
            Fact::WordHeard { valence, .. } => {
                if event.who.0 >= self.people {
                    self.grow(event.who.0 + 1);
                }
                let block = &mut self.heard[who >> 6];
                if *block == 0 {
                    self.touched.push((who >> 6) as u32);
                }
                *block |= 1 << (who & 63);
                // No branch: which way a word goes is what no processor can guess.
                let standing = &mut self.standing[who];
                standing.bad_words = standing.bad_words.saturating_add(u8::from(valence == Valence::Bad));
            }
            Fact::ProspectBlocked => self.standing[who].stage = Stage::Blocked,
            Fact::SignedUp { teller, generation, coded } => {
                self.standing[who].stage = Stage::SignedUp;
                let cascade = self.acquisition[teller.index()].cascade;
                self.acquisition[who] =
                    Acquisition { teller, generation, cascade, coded, latest: id, ..NO_ACQUISITION };
                self.claimed.push(event.who);
            }
            Fact::CustomerSeeded => {
                self.standing[who].stage = Stage::SignedUp;
                self.acquisition[who] = Acquisition { cascade: self.seeds, latest: id, ..NO_ACQUISITION };
                self.seeds += 1;
                self.claimed.push(event.who);
            }
            Fact::FirstPurchaseMade { .. } => {
                self.standing[who].stage = Stage::Customer;
                self.buyers += 1;
                self.acquisition[who].latest = id;
            }
            Fact::ExperienceRated { sentiment } => {
                self.acquisition[who].sentiment = sentiment;
                self.acquisition[who].latest = id;
            }
            Fact::AdvocacyDecided { .. } => self.acquisition[who].latest = id,
            Fact::RewardGranted { side, .. } => {
                if side == Side::Advocate {
                    self.acquisition[who].rewards += 1;
                }
            }
            Fact::RewardDenied { .. } => {}
        }
    }

    /// Empties the state for the next run, keeping its memory; people beyond `people` are forgotten.
    pub fn rewind(&mut self, people: u32) {
        for person in self.claimed.drain(..) {
            self.standing[person.index()].stage = Stage::Prospect;
            self.acquisition[person.index()] = NO_ACQUISITION;
        }
        for block in self.touched.drain(..) {
            self.heard[block as usize] = 0;
            let first = block as usize * 64;
            let last = (first + 64).min(self.people as usize);
            self.standing[first..last].fill(NEUTRAL);
        }
        (self.events, self.seeds, self.buyers) = (0, 0, 0);
        if self.people > people {
            self.people = 0;
            self.heard.clear();
            self.standing.clear();
            self.acquisition.clear();
        }
        self.grow(people);
    }

    fn grow(&mut self, people: u32) {
        let n = people as usize;
        if self.standing.len() < n {
            self.heard.resize(n.div_ceil(64), 0);
            self.standing.resize(n, NEUTRAL);
            self.acquisition.resize(n, NO_ACQUISITION);
        }
        self.people = self.people.max(people);
    }

    /// People there are.
    pub fn people(&self) -> u32 {
        self.people
    }

    /// The id that the next event will have.
    #[inline]
    pub fn next_event(&self) -> EventId {
        EventId(self.events)
    }

    /// Whether ids of people or events are about to run out. Asked at every purchase; the room that is kept is for the
    /// words that come before the next one.
    pub fn is_full(&self) -> bool {
        const ROOM: u32 = 1 << 28;
        self.people > PersonId::COUNT_MAX - ROOM || self.events > u32::MAX - ROOM
    }

    /// People who have bought, the first customers included.
    pub fn customers(&self) -> u32 {
        self.buyers
    }

    /// Whether this person has heard a word; a person not yet there has not.
    #[inline]
    pub fn has_heard(&self, person: PersonId) -> bool {
        self.heard.get(person.index() >> 6).is_some_and(|block| block >> (person.0 & 63) & 1 == 1)
    }

    /// Bad words this person has heard, up to 255.
    #[inline]
    pub fn bad_words(&self, person: PersonId) -> u8 {
        self.standing[person.index()].bad_words
    }

    /// Where this person stands.
    #[inline]
    pub fn stage(&self, person: PersonId) -> Stage {
        self.standing[person.index()].stage
    }

    /// Who told the word that persuaded this person; nothing for first customers and prospects.
    pub fn teller(&self, person: PersonId) -> Option<PersonId> {
        let teller = self.acquisition[person.index()].teller;
        (teller != NOBODY).then_some(teller)
    }

    /// Tellings between this customer and a first customer.
    pub fn generation(&self, person: PersonId) -> u32 {
        self.acquisition[person.index()].generation
    }

    /// The number of the first customer from whom this customer's cascade began, in the order they were seeded.
    pub fn cascade(&self, person: PersonId) -> u32 {
        self.acquisition[person.index()].cascade
    }

    /// Whether the word that persuaded this person carried a code.
    pub fn came_by_code(&self, person: PersonId) -> bool {
        self.acquisition[person.index()].coded
    }

    /// What this customer thinks of the product; neutral before the first purchase.
    pub fn sentiment(&self, person: PersonId) -> Sentiment {
        self.acquisition[person.index()].sentiment
    }

    /// The latest event of this customer's own story, the cause of what she does next.
    #[inline]
    pub fn latest_event(&self, person: PersonId) -> EventId {
        self.acquisition.get(person.index()).map_or(EventId::ROOT, |acquisition| acquisition.latest)
    }

    /// Rewards granted to this person as an advocate.
    pub fn rewards(&self, person: PersonId) -> u32 {
        self.acquisition[person.index()].rewards
    }

    /// Asks for the memory that a word to this person will need.
    #[inline(always)]
    pub(crate) fn fetch_hearer(&self, person: PersonId) {
        prefetch_index(&self.heard, person.index() >> 6);
        prefetch_index(&self.standing, person.index());
    }

    /// Asks for the memory that this customer's next act, or the signing up of somebody she tells, will need.
    #[inline(always)]
    pub(crate) fn fetch_customer(&self, person: PersonId) {
        prefetch_index(&self.acquisition, person.index());
    }
}

impl PartialEq for State {
    /// Equal knowledge of a run; what `rewind` has noted down does not count.
    fn eq(&self, other: &State) -> bool {
        (self.people, self.events, self.seeds, self.buyers) == (other.people, other.events, other.seeds, other.buyers)
            && self.heard == other.heard
            && self.standing == other.standing
            && self.acquisition == other.acquisition
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::Channel;
    use crate::units::{Cents, Tick};

    const ANN: PersonId = PersonId(0);
    const BOB: PersonId = PersonId(70);

    fn story() -> Vec<Event> {
        let say = |at, who, cause, what| Event { at: Tick(at), who, cause: EventId(cause), what };
        vec![
            Event { at: Tick(0), who: ANN, cause: EventId::ROOT, what: Fact::CustomerSeeded },
            say(0, ANN, 0, Fact::FirstPurchaseMade { channel: Channel::Seed, order: Cents(10) }),
            say(0, ANN, 1, Fact::ExperienceRated { sentiment: Sentiment::Satisfied }),
            say(0, ANN, 2, Fact::AdvocacyDecided { tells: 1, participates: true }),
            say(5, BOB, 3, Fact::WordHeard { teller: ANN, valence: Valence::Good, coded: true, first: true }),
            say(5, BOB, 4, Fact::SignedUp { teller: ANN, generation: 1, coded: true }),
            say(9, BOB, 5, Fact::FirstPurchaseMade { channel: Channel::Word, order: Cents(10) }),
        ]
    }

    #[test]
    fn the_state_is_what_the_events_say() {
        let mut state = State::new(100);
        story().iter().for_each(|event| state.apply(event));
        assert_eq!(state.customers(), 2);
        assert_eq!(state.stage(BOB), Stage::Customer);
        assert_eq!(state.teller(BOB), Some(ANN));
        assert_eq!((state.generation(BOB), state.cascade(BOB)), (1, 0));
        assert!(state.came_by_code(BOB) && state.has_heard(BOB) && !state.has_heard(ANN));
    }

    #[test]
    fn rewinding_leaves_no_trace() {
        let mut state = State::new(100);
        let mut events = story();
        events.push(Event {
            at: Tick(9),
            who: PersonId(99),
            cause: EventId(6),
            what: Fact::WordHeard { teller: BOB, valence: Valence::Bad, coded: false, first: true },
        });
        events.push(Event { at: Tick(9), who: PersonId(99), cause: EventId(7), what: Fact::ProspectBlocked });
        events.iter().for_each(|event| state.apply(event));
        state.rewind(100);
        assert_eq!(state, State::new(100));
    }
}
