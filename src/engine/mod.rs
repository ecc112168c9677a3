//! The engine: what happens, event after event, until nothing is due.
//!
//! One door: `Play::record` is the only way to make something true. It applies the event to the state, lets the
//! agenda plan what follows from it, and lets the sinks hear it. Every act (`telling`, `deciding`, `buying`) decides
//! by looking at the state and records what it decided; the variant being known at the call, inlining deletes the
//! matches (docs/decisions/0001-one-door.md).
//!
//! Absent on purpose: files, clocks, errors, floats, and allocation once a run has warmed its memory up.

mod agenda;
mod buying;
mod deciding;
mod due;
mod seeding;
mod sink;
mod telling;
mod world;

pub use sink::Sink;
pub use world::{Audience, Conversion, CountTable, Experience, Ground, Seeds, Telling, World};

use crate::dice::{Dice, Luck, Purpose};
use crate::event::{Event, Fact};
use crate::state::State;
use crate::units::{EventId, PersonId, RunId, Tick};
use agenda::Agenda;
use due::{Due, Word};
use prefetch_index::prefetch_index;

/// Memory for playing runs of one world, one after the other.
#[derive(Debug)]
pub struct Run {
    state: State,
    agenda: Agenda,
    /// Scratch bits for choosing without replacement; all zero between uses.
    chosen: Vec<u64>,
    /// Among fresh people: the subject of each person's draws, by where she stands in the tree of tellings.
    subjects: Vec<u64>,
}

/// One run being played: the world, its luck, the memory, and who listens.
pub(crate) struct Play<'a, S> {
    world: &'a World,
    ground: &'a Ground<'a>,
    luck: Lucks,
    run: &'a mut Run,
    sink: S,
}

/// The luck of the run for each purpose of the loop, mixed once.
#[derive(Debug, Clone, Copy)]
struct Lucks {
    experience: Luck,
    advocacy: Luck,
    audience: Luck,
    telling_delay: Luck,
    persuasion: Luck,
    blocking: Luck,
    decision_delay: Luck,
}

impl Lucks {
    fn of(dice: Dice) -> Lucks {
        Lucks {
            experience: dice.of(Purpose::Experience),
            advocacy: dice.of(Purpose::Advocacy),
            audience: dice.of(Purpose::Audience),
            telling_delay: dice.of(Purpose::TellingDelay),
            persuasion: dice.of(Purpose::Persuasion),
            blocking: dice.of(Purpose::Blocking),
            decision_delay: dice.of(Purpose::DecisionDelay),
        }
    }
}

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// Nothing was left to happen up to the horizon.
    Done,
    /// It had as many customers as [`World::stop_at_customers`] allows, or as many people or events as a run can hold.
    Stopped,
}

impl Run {
    /// Memory for runs of this world.
    pub fn new(world: &World) -> Run {
        Run {
            state: State::default(),
            agenda: Agenda::new(world.delay_max(), world.horizon),
            chosen: vec![],
            subjects: vec![],
        }
    }

    /// The state at the end of the run that was played last.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// Plays one run of a world from its first customer to its end; `sink` hears every event. Memory that was made for
    /// another world is made to fit.
    pub fn play<S: Sink>(&mut self, world: &World, run: RunId, sink: S) -> Ending {
        let dice = world.dice.of_run(run);
        let ground = world.ground(dice);
        self.state.rewind(ground.people(&world.seeds));
        self.agenda.rewind_for(world.delay_max(), world.horizon);
        self.subjects.clear();
        if let Ground::Fresh = ground {
            self.subjects.extend(0..u64::from(self.state.people()));
        }
        let mut stage = Play { world, ground: &ground, luck: Lucks::of(dice), run: self, sink };
        stage.seed(dice);
        stage.play_on()
    }
}

/// How many items ahead of the one being played their memory is asked for: far enough to have come, near enough to be
/// there still (docs/performance.md). A customer's row of friends takes two steps, where it begins and what it holds.
const AHEAD_HEARER: usize = 16;
const AHEAD_FRIENDS: usize = 32;
const AHEAD_BLOCK: usize = 256;
/// Up to so many people all of it is in the cache anyway.
const NEAR_PEOPLE: u32 = 20_000;

impl<S: Sink> Play<'_, S> {
    /// Whatever is due is decided, whatever is decided is recorded, and whatever is recorded may be answered.
    fn play_on(&mut self) -> Ending {
        let stop_at = self.world.stop_at_customers.unwrap_or(u32::MAX);
        if self.run.state.customers() >= stop_at {
            return Ending::Stopped;
        }
        let far = self.run.state.people() > NEAR_PEOPLE;
        while let Some((at, item)) = self.run.agenda.next() {
            if far {
                if self.run.agenda.is_block_due() {
                    self.look_far_ahead();
                    if self.run.agenda.place() <= 1 {
                        self.look_at_start();
                    }
                }
                self.look_ahead();
            }
            match Due::unpack(item) {
                Due::Word(word) => self.hear(at, word),
                Due::Purchase(person) => {
                    self.buy(at, person);
                    if self.run.state.customers() >= stop_at || self.run.state.is_full() {
                        return Ending::Stopped;
                    }
                }
            }
        }
        Ending::Done
    }

    /// Asks for the memory that later items will need, so that none of them waits for it. Changes nothing.
    #[inline(always)]
    fn look_ahead(&self) {
        if let Some(Due::Word(word)) = self.run.agenda.ahead(AHEAD_HEARER) {
            self.fetch_word(word);
        }
        if let Some(Due::Purchase(person)) = self.run.agenda.ahead(AHEAD_FRIENDS) {
            self.fetch_purchase(person);
        }
    }

    #[inline(always)]
    fn fetch_word(&self, word: Word) {
        self.run.state.fetch_hearer(PersonId(word.to));
        if word.candidate {
            self.run.state.fetch_customer(word.teller);
        }
    }

    #[inline(always)]
    fn fetch_purchase(&self, person: PersonId) {
        self.run.state.fetch_customer(person);
        if let Some(graph) = self.ground.graph() {
            let friends = graph.friends(person);
            prefetch_index(friends, 0);
            prefetch_index(friends, friends.len() / 2);
            prefetch_index(friends, friends.len().saturating_sub(1));
        }
    }

    /// The same for what comes before anything could be looked ahead at: the first items of a page.
    fn look_at_start(&self) {
        for places in 0..AHEAD_FRIENDS {
            match self.run.agenda.ahead(places) {
                Some(Due::Word(word)) if places < AHEAD_HEARER => self.fetch_word(word),
                Some(Due::Purchase(person)) => self.fetch_purchase(person),
                _ => {}
            }
        }
    }

    /// Reads where the rows of friends of a block of customers to come begin. petgraph keeps its row starts to itself, so
    /// they can only be asked for by reading them; done for many at once, the reads wait for memory together.
    fn look_far_ahead(&mut self) {
        let Some(graph) = self.ground.graph() else { return };
        for due in self.run.agenda.next_block(AHEAD_BLOCK) {
            if let Due::Purchase(person) = due {
                std::hint::black_box(graph.friends(person).as_ptr());
            }
        }
    }

    /// Whose draws a person's are: her id, or among fresh people, whose ids depend on the order in which they are told,
    /// her place in the tree of tellings.
    #[inline]
    fn subject(&self, who: PersonId) -> u64 {
        match self.ground {
            Ground::Fresh => self.run.subjects[who.index()],
            _ => u64::from(who.0),
        }
    }

    /// The one door: makes something true. Returns the id of the event, for whatever it causes.
    ///
    /// Always inlined, with what it calls, so that at each call only the arms of that fact remain.
    #[inline(always)]
    fn record(&mut self, at: Tick, who: PersonId, what: Fact, cause: EventId) -> EventId {
        let event = Event { at, who, cause, what };
        let id = self.run.state.next_event();
        self.run.state.apply(&event);
        self.follow(&event);
        self.sink.hear(&event, &self.run.state);
        id
    }

    /// What an event makes due; nothing else fills the agenda.
    #[inline(always)]
    fn follow(&mut self, event: &Event) {
        match event.what {
            Fact::AdvocacyDecided { tells, participates } => {
                self.plan_words(event.at, event.who, tells, participates);
            }
            Fact::SignedUp { .. } => self.plan_purchase(event.at, event.who),
            _ => {}
        }
    }
}
