//! A fact spread over the columns of a log row: what does not apply is empty.
//!
//! One list says every column's name, kind, unit and meaning; the log and whatever else shows events follow it.

use super::names::{Channel, Denial, Medium, RewardKind, Scheme, Sentiment, Side, Source, Valence};
use crate::units::{Cents, Payment, PersonId, Tick};

/// What the cells of a column hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A whole number of 32 bits.
    Number,
    /// Yes or no.
    Flag,
    /// One of these names.
    Name(&'static [&'static str]),
    /// Money \[minor units\].
    Money,
}

/// Declares the columns.
macro_rules! columns {
    ($($column:ident = $name:literal $kind:expr, $unit:literal, $meaning:literal;)+) => {
        /// A typed column of a log row.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Column { $(#[doc = $meaning] $column),+ }

        impl Column {
            /// Every column, in the order of the log.
            pub const ALL: &'static [Column] = &[$(Column::$column),+];

            /// Its name in the log.
            pub const fn name(self) -> &'static str {
                match self { $(Column::$column => $name),+ }
            }

            /// What its cells hold.
            pub const fn kind(self) -> Kind {
                match self { $(Column::$column => $kind),+ }
            }

            /// What its numbers count; empty where nothing is counted.
            pub const fn unit(self) -> &'static str {
                match self { $(Column::$column => $unit),+ }
            }

            /// What it says, in a sentence.
            pub const fn meaning(self) -> &'static str {
                match self { $(Column::$column => $meaning),+ }
            }
        }
    };
}

columns! {
    Other = "other_person" Kind::Number, "", "The other person: who told, the friend whom the word won, or whose code was used.";
    Valence = "valence" Kind::Name(Valence::NAMES), "", "Whether the word was good or bad.";
    Coded = "coded" Kind::Flag, "", "Whether the word carried a referral code.";
    First = "first" Kind::Flag, "", "Whether it was the first word that the person heard.";
    Channel = "channel" Kind::Name(Channel::NAMES), "", "How the word travelled.";
    Score = "score" Kind::Number, "points", "How likely the customer is to recommend the product, 0 to 10.";
    Sentiment = "sentiment" Kind::Name(Sentiment::NAMES), "", "What the customer thinks of the product.";
    Tells = "tells" Kind::Number, "people", "How many are to be told.";
    Until = "until" Kind::Number, "minutes", "The tick up to which the customer talks.";
    Participates = "participates" Kind::Flag, "", "Whether the words will carry a referral code.";
    Generation = "generation" Kind::Number, "", "Tellings between the person and one whom no word brought.";
    Source = "source" Kind::Name(Source::NAMES), "", "What brought the customer.";
    Medium = "medium" Kind::Name(Medium::NAMES), "", "How the customer was asked to refer.";
    Round = "round" Kind::Number, "", "Which asking, invitation or post of its list it was, from 0.";
    Quick = "quick" Kind::Flag, "", "Whether the complaint was resolved quickly.";
    Side = "side" Kind::Name(Side::NAMES), "", "Which side of the referral the person is on.";
    RewardKind = "kind" Kind::Name(RewardKind::NAMES), "", "The form of the reward.";
    Amount = "amount_minor" Kind::Money, "minor units", "Money: the price paid, the reward's value, or a cost.";
    Margin = "margin" Kind::Number, "basis points", "The share of the price that is not cost.";
    Rule = "rule" Kind::Number, "", "Which rule of the programme it was, from 0.";
    Cost = "cost_minor" Kind::Money, "minor units", "What the reward costs the company.";
    Reason = "reason" Kind::Name(Denial::NAMES), "", "Why a reward was not granted.";
    Scheme = "scheme" Kind::Name(Scheme::NAMES), "", "How a referral was faked.";
    Caught = "caught" Kind::Flag, "", "Whether the referral was taken for a fake.";
    Reopened = "reopened" Kind::Flag, "", "Whether a programme that was over because of its budget goes on.";
}

/// A value that fits into a cell.
pub trait Cell: Copy {
    /// The cell; nothing for "nobody".
    fn put(self) -> Option<i64>;
    /// The value; nothing where the cell holds none of this type.
    fn take(cell: Option<i64>) -> Option<Self>;
}

/// The cells of one row, by column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Cells([Option<i64>; Column::ALL.len()]);

impl Cells {
    /// What a column holds.
    pub fn get(&self, column: Column) -> Option<i64> {
        self.0[column as usize]
    }

    /// Fills a column.
    pub fn set(&mut self, column: Column, cell: Option<i64>) {
        self.0[column as usize] = cell;
    }
}

impl Cell for PersonId {
    fn put(self) -> Option<i64> {
        (self != PersonId::NOBODY).then_some(i64::from(self.0))
    }

    fn take(cell: Option<i64>) -> Option<PersonId> {
        Some(match cell {
            // Nobody is never written as a number.
            Some(id) => PersonId(u32::try_from(id).ok().filter(|&id| id != PersonId::NOBODY.0)?),
            None => PersonId::NOBODY,
        })
    }
}

impl Cell for Cents {
    fn put(self) -> Option<i64> {
        Some(self.minor())
    }

    fn take(cell: Option<i64>) -> Option<Cents> {
        cell.map(Cents)
    }
}

impl Cell for Payment {
    fn put(self) -> Option<i64> {
        Some(i64::from(self.0))
    }

    fn take(cell: Option<i64>) -> Option<Payment> {
        u32::try_from(cell?).ok().map(Payment)
    }
}

impl Cell for Tick {
    fn put(self) -> Option<i64> {
        Some(i64::from(self.0))
    }

    fn take(cell: Option<i64>) -> Option<Tick> {
        u32::try_from(cell?).ok().map(Tick)
    }
}

impl Cell for bool {
    fn put(self) -> Option<i64> {
        Some(i64::from(self))
    }

    fn take(cell: Option<i64>) -> Option<bool> {
        Some(cell? != 0)
    }
}

macro_rules! number_cells {
    ($($number:ty)+) => {
        $(impl Cell for $number {
            fn put(self) -> Option<i64> {
                Some(i64::from(self))
            }

            fn take(cell: Option<i64>) -> Option<$number> {
                <$number>::try_from(cell?).ok()
            }
        })+
    };
}

number_cells!(u8 u16 u32);
