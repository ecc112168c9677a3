//! Who refers, who was asked to, what became of the invitations, and who joined the community.

use super::{Measure, Projection, Unit};
use crate::engine::Sink;
use crate::event::{Event, Fact};
use crate::state::State;
use crate::units::EventId;

/// Participants, askings, invitations and members.
#[derive(Debug, Clone, Default)]
pub struct Asking {
    participants: i64,
    asked: i64,
    sent: i64,
    /// Invitations that reached somebody who could be won.
    open: i64,
    accepted: i64,
    repeated: i64,
    members: i64,
}

impl Sink for Asking {
    #[inline(always)]
    fn hear(&mut self, event: &Event, state: &State) {
        match event.what {
            // No branch: whether a word has a code is what no processor can guess. Where its hearer stands was just
            // written.
            Fact::WordHeard { coded, .. } => {
                self.sent += i64::from(coded);
                self.open += i64::from(coded & state.is_prospect(event.who));
            }
            Fact::SignedUp { coded, .. } => self.accepted += i64::from(coded),
            // Who agreed before she settled this was counted when she agreed.
            Fact::AdvocacyDecided { participates, .. } | Fact::TalkingBegan { participates, .. } => {
                let unasked = state.invitation_event(event.who) == EventId::ROOT;
                self.participants += i64::from(participates && unasked);
            }
            Fact::ParticipationAgreed => self.participants += 1,
            Fact::ReferralAsked { .. } => self.asked += 1,
            Fact::InvitationsRepeated { .. } => self.repeated += 1,
            Fact::CommunityJoined => self.members += 1,
            _ => {}
        }
    }
}

const fn measure(name: &'static str, label: &'static str, unit: Unit, meaning: &'static str) -> Measure {
    Measure { name, label, unit, meaning }
}

impl Projection for Asking {
    fn total_measures() -> Vec<Measure> {
        vec![
            measure("participants", "Participants", Unit::People, "customers whose words carry a code, asked or not"),
            measure(
                "asked",
                "Times asked",
                Unit::Times,
                "times that a customer was asked to refer, whatever came of it",
            ),
            measure(
                "invitations_sent",
                "Invitations sent",
                Unit::Words,
                "words with a code told, repeated ones included",
            ),
            measure("invitations_accepted", "Invitations accepted", Unit::Words, "words with a code that persuaded"),
            measure(
                "invitations_pending",
                "Invitations pending",
                Unit::Words,
                "words with a code that reached a prospect and did not persuade; the rest of those sent reached people \
                 who could not be won any more",
            ),
            measure(
                "invitations_repeated",
                "Times invited again",
                Unit::Times,
                "times that a customer repeated her invitations",
            ),
            measure("community_members", "Community members", Unit::People, "customers who joined the community"),
        ]
    }

    fn rewind(&mut self) {
        *self = Asking::default();
    }

    fn totals(&self, out: &mut Vec<i64>) {
        let pending = self.open - self.accepted;
        let invitations = [self.sent, self.accepted, pending, self.repeated];
        out.extend([self.participants, self.asked]);
        out.extend(invitations);
        out.push(self.members);
    }
}
