//! What can happen: the facts of the model, in the past tense, and the event that carries one.
//!
//! An event is 24 bytes, `Copy`, and holds no float: time is ticks, money minor units. `cause` is the event of the
//! same run that brought this one about, so that every sale can be traced back to its root.
//!
//! Whoever wants to hear events while runs are played keeps [`Logs`](crate::experiment::Logs), here of the first run:
//!
//! ```
//! use std::path::Path;
//! use std::sync::Mutex;
//! use tellwave::event::{Event, Fact};
//! use tellwave::experiment::Logs;
//! use tellwave::scenario::{Overrides, Scenario, ScenarioError};
//! use tellwave::units::RunId;
//!
//! struct First(Mutex<Vec<Event>>);
//!
//! impl Logs for First {
//!     type Log = Vec<Event>;
//!
//!     fn open(&self, run: RunId) -> Option<Vec<Event>> {
//!         (run == RunId(0)).then(Vec::new)
//!     }
//!
//!     fn close(&self, _: RunId, log: Vec<Event>) {
//!         self.0.lock().expect("nobody has failed").extend(log);
//!     }
//! }
//!
//! fn main() -> Result<(), ScenarioError> {
//!     let text = "runs = 3\ngraph.circle.people = 100\nseeds.count = 5\nconversion.persuasion = '50 %'";
//!     let first = First(Mutex::default());
//!     let scenario = Scenario::parse("ring.toml", text, Path::new(""), Overrides::default())?;
//!     let outcome = scenario.into_experiment().run_logged(&first, || ());
//!     let events = first.0.into_inner().expect("nobody has failed");
//!     let bought = events.iter().filter(|event| matches!(event.what, Fact::FirstPurchaseMade { .. })).count();
//!     assert_eq!(outcome.rows[0].total_of("customers"), Some(bought as i64));
//!     Ok(())
//! }
//! ```
//!
//! To add a fact: a variant here, each field with the column it goes into; the compiler then asks
//! [`crate::state::State::apply`], and the command line for words. The few-valued things are in `names`, the columns in `columns`.

mod columns;
mod names;

pub use columns::{Cell, Cells, Column, Kind};
pub use names::{Channel, Denial, Medium, RewardKind, Scheme, Sentiment, Side, Source, Valence};

use crate::units::{Cents, EventId, Payment, PersonId, Tick};

/// One thing that happened to one person: at tick `at`, `who` …, because of `cause`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Event {
    /// When [ticks since the start].
    pub at: Tick,
    /// To whom; [`PersonId::NOBODY`] for what happens to the market as a whole.
    pub who: PersonId,
    /// The event that brought this one about; [`EventId::ROOT`] where none did.
    pub cause: EventId,
    /// What happened.
    pub what: Fact,
}

const _: () = assert!(size_of::<Event>() == 24);

/// Declares the facts: the enum, their names, and the way into the cells of a log row and back.
macro_rules! facts {
    ($(
        $(#[$doc:meta])*
        $fact:ident $({ $($(#[$field_doc:meta])* $field:ident: $type:ty => $column:ident),+ $(,)? })?,
    )+) => {
        /// What happened to `who` (docs/event-log.md).
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Fact {
            $($(#[$doc])* $fact $({ $($(#[$field_doc])* $field: $type),+ })?),+
        }

        /// A fact without its fields: the place of its name.
        #[derive(Clone, Copy)]
        enum Name { $($fact),+ }

        impl Fact {
            /// The names of all facts, as in the log.
            pub const NAMES: &'static [&'static str] = &[$(stringify!($fact)),+];

            /// The place of this fact's name among [`Fact::NAMES`].
            pub fn place(&self) -> usize {
                (match self { $(Fact::$fact { .. } => Name::$fact),+ }) as usize
            }

            /// Gives each column of the fact what it holds; an empty cell is nothing.
            #[inline]
            pub fn each_cell(&self, mut give: impl FnMut(Column, i64)) {
                match *self {
                    $(Fact::$fact $({ $($field),+ })? => {
                        $($(if let Some(cell) = $field.put() { give(Column::$column, cell); })+)?
                    })+
                }
            }

            /// The fact of that place among [`Fact::NAMES`], each of its columns holding what `get` says; nothing where there
            /// is no such place, or something is missing.
            #[inline]
            pub fn read(place: usize, mut get: impl FnMut(Column) -> Option<i64>) -> Option<Fact> {
                // Through the list of names, so that the match is a table and not one comparison after the other.
                const ALL: &[Name] = &[$(Name::$fact),+];
                Some(match ALL.get(place)? {
                    $(Name::$fact => Fact::$fact $({ $($field: <$type as Cell>::take(get(Column::$column))?),+ })?,)+
                })
            }
        }
    };
}

facts! {
    /// Was among the first customers, before anybody told anybody.
    CustomerSeeded,
    /// Saw an advertisement that would make a prospect buy.
    AdvertisementSeen {
        /// What it cost \[minor units\].
        cost: Cents => Amount,
    },
    /// An influencer posted; happens to nobody.
    InfluencerPosted {
        /// The post's place in the scenario's list, from 0.
        post: u8 => Round,
        /// What it cost \[minor units\].
        fee: Cents => Amount,
    },
    /// Formed an opinion of the product after the first purchase.
    ExperienceRated {
        /// How likely she is to recommend it, 0 to 10 (Reichheld 2003): 9 and 10 promote, 0 to 6 detract.
        score: u8 => Score,
        /// The opinion.
        sentiment: Sentiment => Sentiment,
    },
    /// Answered a survey.
    SurveyAnswered {
        /// See [`Fact::ExperienceRated`].
        score: u8 => Score,
    },
    /// Complained to the company, not to others.
    ComplaintFiled,
    /// Had a complaint resolved; bad words not yet told are never told.
    ComplaintResolved {
        /// The opinion from now on.
        sentiment: Sentiment => Sentiment,
        /// Whether it took no longer than the company promises.
        quick: bool => Quick,
    },
    /// Was asked to refer.
    ReferralAsked {
        /// By which means.
        by: Medium => Medium,
        /// The prompt's place in the scenario's list, from 0.
        round: u8 => Round,
        /// What the asking cost \[minor units\].
        cost: Cents => Amount,
    },
    /// Agreed to refer: her words carry a code from now on.
    ParticipationAgreed,
    /// Joined the community of customers.
    CommunityJoined,
    /// Cost the company a month of community.
    CommunityPaid {
        /// What it cost \[minor units\].
        cost: Cents => Amount,
    },
    /// Settled how many people to tell, and whether the words carry a referral code.
    AdvocacyDecided {
        /// People to be told; the audience may hold fewer.
        tells: u32 => Tells,
        /// Whether the words carry a code.
        participates: bool => Participates,
    },
    /// Began to talk, now and then (rate mode).
    TalkingBegan {
        /// The last moment at which she talks.
        until: Tick => Until,
        /// Whether the words carry a code.
        participates: bool => Participates,
    },
    /// Invited those again whom she had told and who had not signed up.
    InvitationsRepeated {
        /// Which invitation it is: 1 for the second.
        round: u8 => Round,
    },
    /// Put a review where strangers read it.
    ReviewPosted {
        /// Whether it is good or bad.
        valence: Valence => Valence,
    },
    /// Heard a word. Telling and hearing are one fact: the delay lies before it.
    WordHeard {
        /// Who told.
        teller: PersonId => Other,
        /// Whether the word was good or bad.
        valence: Valence => Valence,
        /// Whether it carried a referral code.
        coded: bool => Coded,
        /// Whether it was the first word, good or bad, that this person heard.
        first: bool => First,
        /// How it travelled.
        channel: Channel => Channel,
    },
    /// Told a bad word on without being a customer.
    BadWordRetold {
        /// People to be told; the audience may hold fewer.
        tells: u32 => Tells,
    },
    /// Will not be persuaded any more, after a bad word.
    ProspectBlocked,
    /// Followed a word to the company's door.
    Landed {
        /// The teller whose word it was.
        teller: PersonId => Other,
    },
    /// Was persuaded: from here on the claim on this customer is the teller's alone.
    SignedUp {
        /// The teller whose word persuaded; nobody where no word did.
        teller: PersonId => Other,
        /// Tellings between this person and one whom no word brought (first customers are generation 0).
        generation: u32 => Generation,
        /// Whether the persuading word carried a code.
        coded: bool => Coded,
        /// What persuaded.
        source: Source => Source,
        /// How the persuading word travelled; of no meaning where the company itself persuaded.
        channel: Channel => Channel,
    },
    /// Went away while deciding; may be persuaded again.
    LeadLost,
    /// Bought for the first time.
    FirstPurchaseMade {
        /// What brought the customer.
        source: Source => Source,
        /// The share of the price that is not cost \[basis points\].
        margin: u16 => Margin,
        /// Price paid, before any reward \[minor units\].
        order: Cents => Amount,
    },
    /// Bought again.
    PurchaseRepeated {
        /// The share of the price that is not cost \[basis points\].
        margin: u16 => Margin,
        /// Price paid, before any reward \[minor units\].
        order: Cents => Amount,
    },
    /// Gave back what a purchase had brought, and had the price paid back; the cause is the purchase.
    PurchaseRefunded {
        /// Its price, before any reward \[minor units\].
        order: Payment => Amount,
        /// What had been taken off it as the friend's discount, and so is not paid back \[minor units\].
        discount: Payment => Cost,
        /// The share of the price that does not come back with the goods \[basis points\].
        margin: u16 => Margin,
    },
    /// Did not buy again when the time had come.
    CustomerLapsed,
    /// Came back after lapsing.
    CustomerWonBack {
        /// The teller whose word did it.
        teller: PersonId => Other,
    },
    /// Is held to have come by somebody's word from now on, for the company could track it: the first or the last one with a
    /// code, where the programme goes by that.
    ReferralClaimed {
        /// Whose word it was.
        teller: PersonId => Other,
    },
    /// Was credited with a referral: a friend, told with a code, bought for the first time, and the company knows it.
    ReferralCredited {
        /// The friend.
        friend: PersonId => Other,
    },
    /// Was granted a reward; the cause is the sign-up or purchase that earned it, or the awarding of prizes.
    RewardGranted {
        /// The place of the rule in the programme, from 0.
        rule: u8 => Rule,
        /// Which side of the referral `who` is on.
        side: Side => Side,
        /// In what form.
        kind: RewardKind => RewardKind,
        /// What it is worth to her \[minor units\].
        amount: Payment => Amount,
        /// What it costs the company if all of it is redeemed \[minor units\].
        cost: Payment => Cost,
    },
    /// Earned a reward that is held back for a time; the cause is the sign-up or purchase that earned it.
    RewardHeld {
        /// The place of the rule in the programme, from 0.
        rule: u8 => Rule,
        /// Which side of the referral `who` is on.
        side: Side => Side,
        /// In what form.
        kind: RewardKind => RewardKind,
        /// What it is worth to her \[minor units\].
        amount: Payment => Amount,
        /// What it costs the company if all of it is redeemed \[minor units\].
        cost: Payment => Cost,
    },
    /// Was granted a reward that had been held back; the cause is its being held.
    RewardReleased {
        /// The place of the rule in the programme, from 0.
        rule: u8 => Rule,
        /// Which side of the referral `who` is on.
        side: Side => Side,
        /// In what form.
        kind: RewardKind => RewardKind,
        /// What it is worth to her \[minor units\].
        amount: Payment => Amount,
        /// What it costs the company if all of it is redeemed \[minor units\].
        cost: Payment => Cost,
    },
    /// Was refused a reward that had been held back, for the purchase that earned it was refunded; the cause is its being
    /// held.
    RewardForfeited {
        /// The place of the rule in the programme, from 0.
        rule: u8 => Rule,
        /// Which side of the referral `who` is on.
        side: Side => Side,
        /// In what form.
        kind: RewardKind => RewardKind,
        /// What it would have been worth to her \[minor units\].
        amount: Payment => Amount,
        /// What it would have cost the company \[minor units\].
        cost: Payment => Cost,
    },
    /// Lost a reward that had been granted and not yet redeemed, for the purchase that earned it was refunded; the cause is
    /// its granting, or its being held before.
    RewardClawedBack {
        /// The place of the rule in the programme, from 0.
        rule: u8 => Rule,
        /// Which side of the referral `who` is on.
        side: Side => Side,
        /// In what form.
        kind: RewardKind => RewardKind,
        /// What it was worth to her \[minor units\].
        amount: Payment => Amount,
        /// What it will not cost the company \[minor units\].
        cost: Payment => Cost,
    },
    /// Would have been granted a reward, but for a term of the programme.
    RewardDenied {
        /// The place of the rule in the programme, from 0.
        rule: u8 => Rule,
        /// Which side of the referral `who` is on.
        side: Side => Side,
        /// Why not.
        reason: Denial => Reason,
    },
    /// Prizes were awarded; happens to nobody, and is the cause of their being granted.
    PrizesAwarded {
        /// The place of the rule in the programme, from 0.
        rule: u8 => Rule,
    },
    /// Other terms hold from here on, for the run was forked; happens to nobody.
    TermsChanged {
        /// Whether a programme that was over because of its budget goes on.
        reopened: bool => Reopened,
    },
    /// The programme's budget refused a reward for the first time: nobody is offered anything from here on.
    BudgetExhausted,
    /// The company paid for a month of the software that runs the programme; happens to nobody.
    PlatformPaid {
        /// What it cost \[minor units\].
        cost: Cents => Amount,
    },
    /// Redeemed a reward, or the part of it that is ever redeemed; the cause is its granting, or its being held before.
    RewardRedeemed {
        /// The place of the rule in the programme, from 0.
        rule: u8 => Rule,
        /// In what form.
        kind: RewardKind => RewardKind,
        /// What that costs the company \[minor units\].
        cost: Payment => Cost,
    },
    /// Let a reward expire, or the part of it that is never redeemed; the cause is its granting, or its being held before.
    RewardExpired {
        /// The place of the rule in the programme, from 0.
        rule: u8 => Rule,
        /// In what form.
        kind: RewardKind => RewardKind,
        /// What it will not cost the company \[minor units\].
        cost: Payment => Cost,
    },
    /// Passed for a referred friend and was none; of a fake account, the one who opened it.
    ReferralFaked {
        /// Whose code was used; her own, if she referred herself or opened a fake account.
        teller: PersonId => Other,
        /// How.
        scheme: Scheme => Scheme,
    },
    /// Has a code that ended up on a coupon site.
    CodeLeaked,
    /// Was checked as a referred friend, before she was first paid for; happens to nobody where the account is a fake.
    ReferralChecked {
        /// Whether the referral was taken for a fake, rightly or not.
        caught: bool => Caught,
        /// What the check cost \[minor units\].
        cost: Cents => Amount,
    },
}

impl Fact {
    /// The fact as the cells of a log row.
    pub fn cells(&self) -> Cells {
        let mut cells = Cells::default();
        self.each_cell(|column, cell| cells.set(column, Some(cell)));
        cells
    }

    /// The fact of that place with those cells; see [`Fact::read`].
    pub fn from_cells(place: usize, cells: &Cells) -> Option<Fact> {
        Fact::read(place, |column| cells.get(column))
    }

    /// The place of a name among [`Fact::NAMES`].
    pub fn place_of(name: &str) -> Option<usize> {
        Self::NAMES.iter().position(|known| *known == name)
    }

    /// The name of this fact in the log.
    pub fn name(&self) -> &'static str {
        Self::NAMES[self.place()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fact_survives_its_cells() {
        let mut full = Cells::default();
        Column::ALL.iter().for_each(|&column| full.set(column, Some(1)));
        for (place, name) in Fact::NAMES.iter().enumerate() {
            let fact = Fact::from_cells(place, &full).expect("a fact");
            assert_eq!((fact.place(), fact.name()), (place, *name));
            assert_eq!(Fact::from_cells(place, &fact.cells()), Some(fact));
        }
        assert_eq!(Fact::from_cells(Fact::NAMES.len(), &full), None);
        assert_eq!(Fact::place_of("WordShouted"), None);
    }

    #[test]
    fn a_missing_cell_is_no_fact() {
        let word = Fact::WordHeard {
            teller: PersonId(3),
            valence: Valence::Bad,
            coded: false,
            first: true,
            channel: Channel::Email,
        };
        let mut cells = word.cells();
        let place = word.place();
        assert_eq!(Fact::from_cells(place, &cells), Some(word));
        cells.set(Column::Valence, None);
        assert_eq!(Fact::from_cells(place, &cells), None);
    }

    #[test]
    fn nobody_is_an_empty_cell() {
        let fact = Fact::SignedUp {
            teller: PersonId::NOBODY,
            generation: 0,
            coded: false,
            source: Source::Advertising,
            channel: Channel::FaceToFace,
        };
        assert_eq!(fact.cells().get(Column::Other), None);
        assert_eq!(Fact::from_cells(fact.place(), &fact.cells()), Some(fact));
    }
}
