//! What can happen: the facts of the model, in the past tense, and the event that carries one.
//!
//! An event is 24 bytes, `Copy`, and holds no float: time is ticks, money minor units. `cause` is the event of the
//! same run that brought this one about, so that every sale can be traced back to its root.
//!
//! To add a fact: a variant here with its name and columns; the compiler then asks [`crate::state::State::apply`].

use crate::units::{Cents, EventId, PersonId, Tick};

/// One thing that happened to one person: at tick `at`, `who` …, because of `cause`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Event {
    /// When [ticks since the start].
    pub at: Tick,
    /// To whom.
    pub who: PersonId,
    /// The event that brought this one about; [`EventId::ROOT`] where none did.
    pub cause: EventId,
    /// What happened.
    pub what: Fact,
}

const _: () = assert!(size_of::<Event>() == 24);

/// What happened to `who` (model.md D.5).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fact {
    /// Was among the first customers, before anybody told anybody.
    CustomerSeeded,
    /// Formed an opinion of the product after the first purchase.
    ExperienceRated {
        /// The opinion.
        sentiment: Sentiment,
    },
    /// Settled how many people to tell, and whether the words carry a referral code.
    AdvocacyDecided {
        /// People to be told; the audience may hold fewer.
        tells: u32,
        /// Whether the words carry a code.
        participates: bool,
    },
    /// Heard a word. Telling and hearing are one fact: the delay lies before it.
    WordHeard {
        /// Who told.
        teller: PersonId,
        /// Whether the word was good or bad.
        valence: Valence,
        /// Whether it carried a referral code.
        coded: bool,
        /// Whether it was the first word, good or bad, that this person heard.
        first: bool,
    },
    /// Will not be persuaded any more, after a bad word.
    ProspectBlocked,
    /// Was persuaded: from here on the claim on this customer is the teller's alone.
    SignedUp {
        /// The teller whose word persuaded.
        teller: PersonId,
        /// Tellings between this person and a first customer (first customers are generation 0).
        generation: u32,
        /// Whether the persuading word carried a code.
        coded: bool,
    },
    /// Bought for the first time.
    FirstPurchaseMade {
        /// What brought the customer.
        channel: Channel,
        /// Price paid, before any reward [minor units].
        order: Cents,
    },
    /// Was granted a reward; the cause is the purchase that earned it.
    RewardGranted {
        /// Which side of the referral `who` is on.
        side: Side,
        /// In what form.
        kind: RewardKind,
        /// Its face value [minor units].
        amount: Cents,
    },
    /// Would have been granted a reward, but for a term of the programme.
    RewardDenied {
        /// Which side of the referral `who` is on.
        side: Side,
        /// Why not.
        reason: Denial,
    },
}

/// Declares an enum whose variants have names in the log.
macro_rules! named {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$vdoc])* $variant),+ }

        impl $name {
            /// Every value, in the order of declaration.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The name used in logs, tables and scenario files.
            pub const fn name(self) -> &'static str {
                match self { $($name::$variant => $text),+ }
            }

            /// The value of that name.
            pub fn from_name(name: &str) -> Option<$name> {
                Self::ALL.iter().copied().find(|value| value.name() == name)
            }
        }
    };
}

named! {
    /// What a customer thinks of the product.
    Sentiment {
        /// Tells good words.
        Satisfied = "satisfied",
        /// Tells nobody.
        Neutral = "neutral",
        /// Tells bad words.
        Unhappy = "unhappy",
    }
}
named! {
    /// Whether a word speaks for or against the product.
    Valence {
        /// For it.
        Good = "good",
        /// Against it.
        Bad = "bad",
    }
}
named! {
    /// What brought a customer.
    Channel {
        /// There from the start.
        Seed = "seed",
        /// Persuaded by somebody's word.
        Word = "word",
    }
}
named! {
    /// The two people of a referral.
    Side {
        /// Who told.
        Advocate = "advocate",
        /// Who was told and bought.
        Friend = "friend",
    }
}
named! {
    /// The form of a reward.
    RewardKind {
        /// Money paid out.
        Cash = "cash",
        /// Money taken off a price.
        Discount = "discount",
    }
}
named! {
    /// Why a reward was not granted.
    Denial {
        /// The advocate has had as many rewards as the programme allows.
        CapReached = "cap_reached",
        /// The programme had ended when the friend bought.
        ProgrammeEnded = "programme_ended",
    }
}

/// A fact spread over the typed columns of a log row: what does not apply is empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Columns {
    /// The other person of the fact (who told).
    pub other: Option<PersonId>,
    /// See [`Fact::WordHeard`].
    pub valence: Option<Valence>,
    /// See [`Fact::WordHeard`] and [`Fact::SignedUp`].
    pub coded: Option<bool>,
    /// See [`Fact::WordHeard`].
    pub first: Option<bool>,
    /// See [`Fact::ExperienceRated`].
    pub sentiment: Option<Sentiment>,
    /// See [`Fact::AdvocacyDecided`].
    pub tells: Option<u32>,
    /// See [`Fact::AdvocacyDecided`].
    pub participates: Option<bool>,
    /// See [`Fact::SignedUp`].
    pub generation: Option<u32>,
    /// See [`Fact::FirstPurchaseMade`].
    pub channel: Option<Channel>,
    /// See [`Fact::RewardGranted`].
    pub side: Option<Side>,
    /// See [`Fact::RewardGranted`].
    pub kind: Option<RewardKind>,
    /// Money of the fact: an order or a reward [minor units].
    pub amount: Option<Cents>,
    /// See [`Fact::RewardDenied`].
    pub reason: Option<Denial>,
}

impl Fact {
    /// The names of all facts, as in the log.
    pub const NAMES: &'static [&'static str] = &[
        "CustomerSeeded",
        "ExperienceRated",
        "AdvocacyDecided",
        "WordHeard",
        "ProspectBlocked",
        "SignedUp",
        "FirstPurchaseMade",
        "RewardGranted",
        "RewardDenied",
    ];

    /// The name of this fact in the log.
    pub fn name(&self) -> &'static str {
        let place = match self {
            Fact::CustomerSeeded => 0,
            Fact::ExperienceRated { .. } => 1,
            Fact::AdvocacyDecided { .. } => 2,
            Fact::WordHeard { .. } => 3,
            Fact::ProspectBlocked => 4,
            Fact::SignedUp { .. } => 5,
            Fact::FirstPurchaseMade { .. } => 6,
            Fact::RewardGranted { .. } => 7,
            Fact::RewardDenied { .. } => 8,
        };
        Self::NAMES[place]
    }

    /// The fact as log columns.
    pub fn columns(&self) -> Columns {
        let none = Columns::default();
        match *self {
            Fact::CustomerSeeded | Fact::ProspectBlocked => none,
            Fact::ExperienceRated { sentiment } => Columns { sentiment: Some(sentiment), ..none },
            Fact::AdvocacyDecided { tells, participates } => {
                Columns { tells: Some(tells), participates: Some(participates), ..none }
            }
            Fact::WordHeard { teller, valence, coded, first } => {
                Columns { other: Some(teller), valence: Some(valence), coded: Some(coded), first: Some(first), ..none }
            }
            Fact::SignedUp { teller, generation, coded } => {
                Columns { other: Some(teller), generation: Some(generation), coded: Some(coded), ..none }
            }
            Fact::FirstPurchaseMade { channel, order } => {
                Columns { channel: Some(channel), amount: Some(order), ..none }
            }
            Fact::RewardGranted { side, kind, amount } => {
                Columns { side: Some(side), kind: Some(kind), amount: Some(amount), ..none }
            }
            Fact::RewardDenied { side, reason } => Columns { side: Some(side), reason: Some(reason), ..none },
        }
    }

    /// The fact of that name with those columns; nothing where the name is unknown or a column is missing.
    pub fn from_columns(name: &str, row: &Columns) -> Option<Fact> {
        Some(match name {
            "CustomerSeeded" => Fact::CustomerSeeded,
            "ExperienceRated" => Fact::ExperienceRated { sentiment: row.sentiment? },
            "AdvocacyDecided" => Fact::AdvocacyDecided { tells: row.tells?, participates: row.participates? },
            "WordHeard" => {
                Fact::WordHeard { teller: row.other?, valence: row.valence?, coded: row.coded?, first: row.first? }
            }
            "ProspectBlocked" => Fact::ProspectBlocked,
            "SignedUp" => Fact::SignedUp { teller: row.other?, generation: row.generation?, coded: row.coded? },
            "FirstPurchaseMade" => Fact::FirstPurchaseMade { channel: row.channel?, order: row.amount? },
            "RewardGranted" => Fact::RewardGranted { side: row.side?, kind: row.kind?, amount: row.amount? },
            "RewardDenied" => Fact::RewardDenied { side: row.side?, reason: row.reason? },
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fact_survives_its_columns() {
        let facts = [
            Fact::CustomerSeeded,
            Fact::ExperienceRated { sentiment: Sentiment::Unhappy },
            Fact::AdvocacyDecided { tells: 12, participates: true },
            Fact::WordHeard { teller: PersonId(3), valence: Valence::Bad, coded: false, first: true },
            Fact::ProspectBlocked,
            Fact::SignedUp { teller: PersonId(3), generation: 2, coded: true },
            Fact::FirstPurchaseMade { channel: Channel::Word, order: Cents(6_000) },
            Fact::RewardGranted { side: Side::Friend, kind: RewardKind::Discount, amount: Cents(-1) },
            Fact::RewardDenied { side: Side::Advocate, reason: Denial::CapReached },
        ];
        assert_eq!(facts.map(|fact| fact.name()), Fact::NAMES);
        for fact in facts {
            assert_eq!(Fact::from_columns(fact.name(), &fact.columns()), Some(fact));
        }
    }
}
