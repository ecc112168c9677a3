//! The engine: what happens, event after event, until nothing is due.
//!
//! One door: `Play::record` is the only way to make something true. It applies the event to the state, plans what
//! follows from it wherever it happens (`follow`), and lets the sinks hear it. Every act decides by looking at the state
//! and records what it decided; the variant being known at the call, inlining deletes the matches
//! (docs/decisions/0001-one-door.md). What follows from one act alone is planned by that act.
//!
//! Where to look, in the order of a customer's story (docs/model.md, "Submodels", says what each file claims):
//!
//! | question | file |
//! |---|---|
//! | who begins? | `seeding`, `advertising` (and influencers), `segments` |
//! | what happens at a purchase, and what is it worth? | `buying`, `worth` |
//! | what does she think, and whom does she tell that? | `experience`, `surveying`, `complaining`, `posts` |
//! | does she refer? | `asking`, `inviting`, `community` |
//! | whom does she tell, when, and how? | `telling` (batch mode), `talking` (rate mode), `channels` |
//! | what does a word do to its hearer? | `deciding`, `funnel` |
//! | whose referral is she, and what do both get for it? | `attributing`, `rewarding` |
//! | who cheats, and who is caught? | `defrauding` |
//! | does she buy again, or give it back? | `renewing`, `refunding` |
//! | what if the terms change in the middle? | `forking` |
//! | who wins a prize, and what does the programme itself cost? | `prizes`, `platform` |
//! | what is due when? | `agenda` (the queue), `page` (256 ticks of it), `due` (what its items mean) |
//! | what is made ready before it is due? | `foresight` |
//! | what if nothing matters but who is reached? | `spread` (the independent cascade in a lane of its own) |
//! | what is given, and who listens? | `world`, `sink` |
//!
//! Absent on purpose: files, clocks, errors, floats in what every word needs, and allocation once a run has warmed its
//! memory up.

mod advertising;
mod agenda;
mod asking;
mod attributing;
mod buying;
mod channels;
mod community;
mod complaining;
mod deciding;
mod defrauding;
mod due;
mod experience;
mod foresight;
mod forking;
mod funnel;
mod inviting;
mod page;
mod platform;
mod posts;
mod prizes;
mod refunding;
mod renewing;
mod rewarding;
mod seeding;
mod segments;
mod sink;
pub mod spread;
mod surveying;
mod talking;
mod telling;
mod world;
mod worth;

pub use advertising::{Advertising, Influencer};
pub use asking::Prompt;
pub use channels::{ChannelLaw, Channels};
pub use community::Community;
pub use complaining::Complaints;
pub use defrauding::{Fraud, FraudCheck};
pub use experience::{Experience, Experiences, sentiment_of};
pub use forking::Fork;
pub use funnel::Funnel;
pub use inviting::Invitations;
pub use posts::Posts;
pub use refunding::Refunds;
pub use renewing::{Commerce, Ladder, Referred};
pub use segments::Segment;
pub use sink::Sink;
pub use surveying::Survey;
pub use talking::Talking;
pub use world::{Audience, Conversion, CountTable, Counterpart, Ground, Rule, Seeds, Telling, World};
pub use worth::OrderSpread;

use crate::dice::{Luck, Lucks, Purpose};
use crate::event::{Event, Fact, Valence};
use crate::state::State;
use crate::units::{EventId, PersonId, Probability, RunId, Strength, Tick};
use agenda::{Agenda, Opened};
use due::{Act, Due};
use foresight::{Foreseen, Foresight};
use refunding::Return;
use rewarding::Answer;
use telling::Told;

/// The version of the engine's results: it rises whenever the same scenario and seed give other numbers (CHANGELOG, "Changes
/// results"), which the fingerprints of `tests/it/stability.rs` show. Results of unlike versions are never mixed.
pub const RESULTS: u32 = 1;

/// Memory for playing runs of one world, one after the other.
#[derive(Debug)]
pub struct Run {
    state: State,
    agenda: Agenda,
    /// Scratch bits for choosing without replacement; all zero between uses.
    chosen: Vec<u64>,
    /// Scratch for places in a circle.
    told: Vec<u32>,
    /// Scratch for what the rules of the policy answer.
    answers: Vec<Answer>,
    /// Purchases that will be given back.
    returns: Vec<Return>,
    /// The words of those who buy on the open page, and on the page that was made ready.
    foreseen: Foreseen,
    foreseen_ahead: Foreseen,
    /// Among fresh people: the subject of each person's draws, by where she stands in the tree of tellings.
    subjects: Vec<u64>,
}

/// One run being played: the world, its luck, the memory, and who listens.
///
/// The engine is compiled twice: for a `PLAIN` world ([`World::is_plain`]), which has none of the mechanisms that nobody has
/// to use, and for any other. So what is not used costs nothing (docs/performance.md).
pub(crate) struct Play<'a, S, const PLAIN: bool> {
    world: &'a World,
    /// The world of before, once its terms have changed.
    former: Option<&'a World>,
    ground: &'a Ground<'a>,
    luck: Lucks,
    /// The luck of what every word needs, at hand.
    lucks: WordLucks,
    /// The most by which anything but a tie can multiply the chance of a word, factor by factor.
    best_factors: [Strength; 3],
    /// The highest chance that a coded word can have, before those factors.
    best_invitation: Probability,
    /// Whether a word can do more than persuade.
    aftermath: bool,
    run: &'a mut Run,
    sink: S,
}

/// See [`Play::lucks`].
#[derive(Debug, Clone, Copy)]
struct WordLucks {
    audience: Luck,
    persuasion: Luck,
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
            told: vec![],
            answers: vec![],
            returns: vec![],
            foreseen: Foreseen::default(),
            foreseen_ahead: Foreseen::default(),
            subjects: vec![],
        }
    }

    /// Whether numbers are about to run out.
    fn is_full(&self) -> bool {
        self.state.is_full() || self.returns.len() > RETURNS_MAX
    }

    /// The state at the end of the run that was played last.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// Whose draws a customer's were in the run that was played last: who has the same subject in two worlds is the same
    /// person there. Her id, or among fresh people, whose ids depend on the order in which they are told, her place in the
    /// tree of tellings.
    pub fn subject(&self, customer: PersonId) -> u64 {
        self.subjects.get(customer.index()).copied().unwrap_or(u64::from(customer.0))
    }

    /// Plays one run of a world from its first customer to its end; `sink` hears every event. Memory that was made for
    /// another world is made to fit.
    pub fn play<S: Sink>(&mut self, world: &World, run: RunId, sink: S) -> Ending {
        match world.is_plain() {
            true => self.play_as::<S, true>(world, run, sink),
            false => self.play_as::<S, false>(world, run, sink),
        }
    }

    fn play_as<S: Sink, const PLAIN: bool>(&mut self, world: &World, run: RunId, sink: S) -> Ending {
        let dice = world.dice.of_run(run);
        let ground = world.ground(dice);
        self.state.rewind(ground.people(&world.seeds));
        self.agenda.rewind_for(world.delay_max(), world.horizon);
        self.subjects.clear();
        self.returns.clear();
        self.foreseen.clear();
        if let Ground::Fresh = ground {
            self.subjects.extend(0..u64::from(self.state.people()));
        }
        let luck = dice.lucks();
        let lucks = WordLucks { audience: luck.of(Purpose::Audience), persuasion: luck.of(Purpose::Persuasion) };
        let mut play = Play::<S, PLAIN> {
            world,
            former: None,
            ground: &ground,
            luck,
            lucks,
            best_factors: [Strength::ONE; 3],
            best_invitation: Probability::NEVER,
            aftermath: false,
            run: self,
            sink,
        };
        play.take_terms(world);
        play.plan_fork();
        play.seed(dice);
        play.open_campaigns();
        play.play_on()
    }
}

/// Returns are numbered like people; one act plans a handful at most.
const RETURNS_MAX: usize = (PersonId::COUNT_MAX - (1 << 10)) as usize;

/// How many items ahead of the one being played their memory is asked for: far enough to have come, near enough to be
/// there still (docs/performance.md). A customer's row of friends takes two steps, where it begins and what it holds.
const AHEAD: usize = 20;
const AHEAD_SOON: usize = 6;
const AHEAD_START: usize = 64;
/// Up to so many people all of it is in the cache anyway.
const NEAR_PEOPLE: u32 = 20_000;
/// A page with fewer items is not worth another thread.
const PAGE_LEAST: usize = 8_192;

impl<'a, S: Sink, const PLAIN: bool> Play<'a, S, PLAIN> {
    /// Goes by the terms of this world from here on.
    fn take_terms(&mut self, world: &'a World) {
        self.world = world;
        self.best_factors = world.best_factors();
        self.best_invitation = world.best_invitation();
        self.aftermath = world.has_aftermath();
    }

    /// Whatever is due is decided, whatever is decided is recorded, and whatever is recorded may be answered.
    fn play_on(&mut self) -> Ending {
        let stop_at = self.world.stop_at_customers.unwrap_or(u32::MAX);
        if self.run.state.customers() >= stop_at {
            return Ending::Stopped;
        }
        let far = self.run.state.people() > NEAR_PEOPLE;
        let (world, ground, luck) = (self.world, self.ground, self.luck);
        let best = [false, true].map(|coded| self.best_chance(Told { valence: Valence::Good, coded, attempt: 0 }));
        let foresight = if PLAIN && far { Foresight::of(world, ground, &luck, best) } else { None };
        loop {
            let stopped = match foresight.filter(|_| self.goes_by(world)) {
                Some(foresight) => self.play_page_foreseeing(foresight, stop_at),
                None => self.play_page(far, stop_at),
            };
            if stopped {
                return Ending::Stopped;
            }
            match self.run.agenda.open_next_page() {
                None => break,
                Some(Opened::Ready) => std::mem::swap(&mut self.run.foreseen, &mut self.run.foreseen_ahead),
                Some(Opened::Anew) => {
                    self.run.foreseen.clear();
                    if let Some(foresight) = foresight.filter(|_| self.goes_by(world)) {
                        let Run { agenda, foreseen, .. } = &mut *self.run;
                        foresight.foresee(agenda.items(), 1, foreseen);
                    }
                }
            }
        }
        self.close_prizes();
        Ending::Done
    }

    /// Whether the terms are still those of this world, and will be.
    fn goes_by(&self, world: &World) -> bool {
        std::ptr::eq(self.world, world) && world.fork.is_none()
    }

    /// Plays the open page, while another thread makes the next one ready, if there is one and it is worth it.
    fn play_page_foreseeing(&mut self, foresight: Foresight<'_>, stop_at: u32) -> bool {
        let threads = if rayon::current_thread_index().is_some() { rayon::current_num_threads() } else { 1 };
        let ahead = if threads > 1 { self.run.agenda.take_ahead(PAGE_LEAST) } else { None };
        let Some(mut ahead) = ahead else { return self.play_page(true, stop_at) };
        let mut foreseen = std::mem::take(&mut self.run.foreseen_ahead);
        let stopped = rayon::in_place_scope(|scope| {
            scope.spawn(|_| {
                ahead.sort();
                foresight.foresee(ahead.items(), threads - 1, &mut foreseen);
            });
            self.play_page(true, stop_at)
        });
        self.run.agenda.put_ahead(ahead);
        self.run.foreseen_ahead = foreseen;
        stopped
    }

    /// Plays what is left of the open page; whether the run has to stop.
    ///
    /// A function of its own, with what is rare outside it, so that what every word needs stays in registers.
    #[inline(never)]
    fn play_page(&mut self, far: bool, stop_at: u32) -> bool {
        if far {
            self.look_at_start();
        }
        while let Some((at, item)) = self.run.agenda.next() {
            if far {
                self.look_ahead();
            }
            match Due::unpack(item) {
                Due::Word(word) => self.hear(at, word),
                Due::Act { who, act, ordinal } => {
                    self.act(at, who, act, ordinal);
                    if self.run.state.customers() >= stop_at || self.run.is_full() {
                        return true;
                    }
                }
            }
        }
        false
    }

    /// Does what somebody planned to do. Out of the way of the words, which are many.
    #[inline(never)]
    fn act(&mut self, at: Tick, who: PersonId, act: Act, ordinal: u32) {
        match act {
            Act::Buy => self.buy(at, who),
            Act::Redeem => self.redeem(at, who),
            Act::LetExpire => self.let_expire(at, who),
            Act::Release => self.release(at, who),
            Act::AwardPrizes => self.award_prizes(at, ordinal),
            Act::ChangeTerms => self.change_terms(at),
            _ if PLAIN => {}
            Act::Talk => self.talk(at, who, ordinal),
            Act::SeeAdvertisement => self.see_advertisement(at, who, ordinal),
            Act::AnswerPrompt => self.answer_prompt(at, who, ordinal),
            Act::InviteAgain => self.invite_again(at, who, ordinal),
            Act::AnswerSurvey => self.answer_survey(at, who),
            Act::SettleComplaint => self.settle_complaint(at, who),
            Act::BeRead => self.be_read(at, who, ordinal),
            Act::GoAway => self.go_away(at, who),
            Act::BuyAgain => self.renew(at, who, ordinal),
            Act::PayCommunity => self.pay_community(at, who),
            Act::PostAsInfluencer => self.post_as_influencer(at, ordinal),
            Act::Refund => self.refund(at, who),
            Act::PayPlatform => self.pay_platform(at),
        }
    }

    /// Asks for the memory that later items will need, so that none of them waits for it. Changes nothing.
    #[inline(always)]
    fn look_ahead(&self) {
        let Run { state, agenda, .. } = &*self.run;
        if let Some(item) = agenda.ahead(AHEAD) {
            match Due::buyer(item) {
                None => state.fetch_hearer(PersonId(item.to & Due::ID)),
                Some(person) => {
                    state.fetch_customer(person);
                    // In a plain world her words are made ready already.
                    if !PLAIN && let Some(graph) = self.ground.graph() {
                        graph.fetch_row(person);
                    }
                }
            }
        }
        // What was asked for then has come by now.
        match agenda.ahead(AHEAD_SOON).map(Due::unpack) {
            // Most words that might persuade somebody reach a customer.
            Some(Due::Word(word)) if word.candidate && state.may_be_prospect(PersonId(word.to)) => {
                state.fetch_customer(word.teller);
                state.fetch_customer(PersonId(word.to));
            }
            Some(Due::Act { who, act: Act::Buy, .. }) => state.fetch_advocate(who),
            _ => {}
        }
        if !PLAIN && let Some(person) = agenda.ahead(AHEAD_START).and_then(Due::buyer) {
            self.ground.graph().inspect(|graph| graph.fetch_start(person));
        }
    }

    /// The same for what comes before anything could be looked ahead at: the first items of a page.
    fn look_at_start(&self) {
        for places in 0..AHEAD {
            let Some(item) = self.run.agenda.ahead(places) else { return };
            match Due::buyer(item) {
                Some(person) => self.run.state.fetch_customer(person),
                None => self.run.state.fetch_hearer(PersonId(item.to & Due::ID)),
            }
        }
    }

    /// Whose draws a person's are: her id, or among fresh people, whose ids depend on the order in which they are told,
    /// her place in the tree of tellings.
    #[inline]
    fn subject(&self, who: PersonId) -> u64 {
        if self.is_fresh() { self.run.subjects[who.index()] } else { u64::from(who.0) }
    }

    /// Whether people are made as they are told.
    #[inline(always)]
    fn is_fresh(&self) -> bool {
        !PLAIN && matches!(self.ground, Ground::Fresh)
    }

    /// What a mechanism is, if it is used.
    #[inline(always)]
    fn optional<T>(mechanism: &Option<T>) -> Option<&T> {
        if PLAIN { None } else { mechanism.as_ref() }
    }

    /// Among fresh people, keeps whose draws are those of somebody who is about to act.
    fn keep_subject(&mut self, who: PersonId, subject: u64) {
        self.run.subjects.resize(who.index() + 1, 0);
        self.run.subjects[who.index()] = subject;
    }

    /// How many people there are but one; among fresh people, and where there is nobody else, 1.
    fn others(&self) -> u32 {
        if self.is_fresh() { 1 } else { self.run.state.people().saturating_sub(1).max(1) }
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

    /// What an event makes due wherever it is recorded. What follows from one act alone is planned there.
    #[inline(always)]
    fn follow(&mut self, event: &Event) {
        match event.what {
            Fact::AdvocacyDecided { tells, participates } => {
                let valence = self.run.state.sentiment(event.who).valence().unwrap_or(Valence::Good);
                let told = Told { valence, coded: participates, attempt: 0 };
                self.plan_words(event.at, event.who, tells, told);
            }
            Fact::SignedUp { .. } => self.plan_purchase(event.at, event.who),
            _ if PLAIN => {}
            Fact::TalkingBegan { .. } => self.plan_talk(event.at, event.who, self.first_telling(event.who)),
            Fact::ReviewPosted { .. } => self.plan_view(event.at, event.who, 0),
            Fact::BadWordRetold { tells } => self.plan_words(event.at, event.who, tells, Told::ON),
            _ => {}
        }
    }
}
