//! What an item of the agenda means: a word on its way, or an act of somebody. Packed into 8 bytes
//! (docs/decisions/0013-words-in-eight-bytes.md).

use super::agenda::Item;
use crate::event::{Channel, Valence};
use crate::units::PersonId;

/// What is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Due {
    /// A word reaches its hearer.
    Word(Word),
    /// Somebody acts.
    Act {
        /// Who.
        who: PersonId,
        /// What she does.
        act: Act,
        /// The how-many-eth time, up to [`Due::ORDINAL_MAX`].
        ordinal: u32,
    },
}

/// What somebody does when the time has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Act {
    /// Buys for the first time, having been persuaded.
    Buy,
    /// Tells one word (rate mode).
    Talk,
    /// Sees an advertisement.
    SeeAdvertisement,
    /// Is asked to refer.
    AnswerPrompt,
    /// Invites again.
    InviteAgain,
    /// Answers a survey.
    AnswerSurvey,
    /// Has a complaint resolved.
    SettleComplaint,
    /// Has her review read.
    BeRead,
    /// Goes away while deciding.
    GoAway,
    /// Buys again, or lapses; the ordinal says after which purchase.
    BuyAgain,
    /// Costs a month of community.
    PayCommunity,
    /// Posts, as an influencer; the ordinal says which one.
    PostAsInfluencer,
    /// Redeems a reward; instead of the person stands the number of the grant.
    Redeem,
    /// Lets the rest of a reward expire; again the number of the grant.
    LetExpire,
    /// Is granted a reward that was held back; again the number of the grant.
    Release,
    /// Has a purchase paid back; instead of the person stands the number of the return.
    Refund,
    /// Costs the company a month of the software that runs the programme.
    PayPlatform,
    /// Has prizes awarded; the ordinal says by which rule.
    AwardPrizes,
    /// Has other terms from here on.
    ChangeTerms,
}

impl Act {
    const ALL: [Act; 19] = [
        Act::Buy,
        Act::Talk,
        Act::SeeAdvertisement,
        Act::AnswerPrompt,
        Act::InviteAgain,
        Act::AnswerSurvey,
        Act::SettleComplaint,
        Act::BeRead,
        Act::GoAway,
        Act::BuyAgain,
        Act::PayCommunity,
        Act::PostAsInfluencer,
        Act::Redeem,
        Act::LetExpire,
        Act::Release,
        Act::Refund,
        Act::PayPlatform,
        Act::AwardPrizes,
        Act::ChangeTerms,
    ];
}

/// A word on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Word {
    /// The hearer; among fresh people, who have no id before they hear, the number of the telling.
    pub to: u32,
    /// Who tells.
    pub teller: PersonId,
    /// Good or bad.
    pub valence: Valence,
    /// Whether it carries a code; of a bad word, which never does, whether it is told on by somebody who is no customer.
    pub coded: bool,
    /// How it travels.
    pub channel: Channel,
    /// Whether its coin lies below the highest chance it could ever have. If not, it persuades nobody, whatever the
    /// state, and the hearer's columns need not be fetched: flip before looking.
    pub candidate: bool,
    /// How often the teller has told this hearer before, up to [`Word::ATTEMPT_MAX`].
    pub attempt: u8,
}

impl Word {
    /// The most attempts on one hearer that are told apart, less one.
    pub const ATTEMPT_MAX: u8 = 7;

    /// Whether it is told on by somebody who is no customer.
    #[inline(always)]
    pub fn is_told_on(self) -> bool {
        self.valence == Valence::Bad && self.coded
    }
}

const ID_BITS: u32 = 27;
const ID: u32 = (1 << ID_BITS) - 1;
const _: () = assert!(PersonId::COUNT_MAX == 1 << ID_BITS);
// In `to`, above the id: the channel in three bits, and
const CANDIDATE: u32 = 1 << 30;
const ACT: u32 = 1 << 31;
// In `from`, above the id: the attempt in three bits, and
const BAD: u32 = 1 << 30;
const CODED: u32 = 1 << 31;

const ORDINAL_BITS: u32 = 24;

impl Due {
    /// The bits of the id in [`Item::to`].
    pub const ID: u32 = ID;
    /// The largest ordinal of an act.
    pub const ORDINAL_MAX: u32 = (1 << ORDINAL_BITS) - 1;

    /// An act that is not counted.
    pub fn act(who: PersonId, act: Act) -> Due {
        Due::Act { who, act, ordinal: 0 }
    }

    #[inline(always)]
    pub fn pack(self) -> Item {
        match self {
            Due::Act { who, act, ordinal } => Item {
                // Nobody is a person too: the highest id, which is never given.
                to: who.0 & ID | ACT,
                from: (act as u32) << ORDINAL_BITS | ordinal & Self::ORDINAL_MAX,
            },
            Due::Word(word) => Item {
                to: word.to | (word.channel as u32) << ID_BITS | if word.candidate { CANDIDATE } else { 0 },
                from: word.teller.0
                    | u32::from(word.attempt) << ID_BITS
                    | if word.valence == Valence::Bad { BAD } else { 0 }
                    | if word.coded { CODED } else { 0 },
            },
        }
    }

    /// Who buys for the first time, if that is what the item says.
    #[inline(always)]
    pub fn buyer(item: Item) -> Option<PersonId> {
        let buys = item.to & ACT != 0 && item.from >> ORDINAL_BITS == Act::Buy as u32;
        buys.then_some(PersonId(item.to & ID))
    }

    #[inline(always)]
    pub fn unpack(item: Item) -> Due {
        if item.to & ACT != 0 {
            let act = Act::ALL[(item.from >> ORDINAL_BITS) as usize % Act::ALL.len()];
            return Due::Act { who: PersonId(item.to & ID), act, ordinal: item.from & Self::ORDINAL_MAX };
        }
        Due::Word(Word {
            to: item.to & ID,
            teller: PersonId(item.from & ID),
            valence: if item.from & BAD != 0 { Valence::Bad } else { Valence::Good },
            coded: item.from & CODED != 0,
            channel: channel_of(item.to >> ID_BITS & 7),
            candidate: item.to & CANDIDATE != 0,
            attempt: (item.from >> ID_BITS & 7) as u8,
        })
    }
}

/// The channel of these three bits.
#[inline(always)]
fn channel_of(bits: u32) -> Channel {
    match bits {
        1 => Channel::Messenger,
        2 => Channel::Email,
        3 => Channel::SocialPost,
        4 => Channel::ReviewSite,
        5 => Channel::QrCode,
        6 => Channel::CodeWord,
        _ => Channel::FaceToFace,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packing_loses_nothing() {
        let flags = [false, true];
        for valence in [Valence::Good, Valence::Bad] {
            for (coded, candidate) in flags.into_iter().flat_map(|a| flags.map(|b| (a, b))) {
                for (to, &channel) in [0, 1, ID].into_iter().flat_map(|id| Channel::ALL.iter().map(move |c| (id, c))) {
                    let attempt = channel as u8 + 1;
                    let teller = PersonId(ID - to);
                    let due = Due::Word(Word { to, teller, valence, coded, channel, candidate, attempt });
                    assert_eq!(Due::unpack(due.pack()), due);
                }
            }
        }
        for (place, act) in Act::ALL.into_iter().enumerate() {
            assert_eq!(act as usize, place);
            for ordinal in [0, 1, Due::ORDINAL_MAX] {
                let due = Due::Act { who: PersonId(ID - 1), act, ordinal };
                assert_eq!(Due::unpack(due.pack()), due);
            }
        }
    }
}
