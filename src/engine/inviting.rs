//! Inviting again: participants repeat their coded words to those they told who are still to be won.
//!
//! Each repetition has a coin of its own; that it persuades less is said by the dose. Those who have signed up or are
//! blocked by then are left out. This is rare beside telling, so it gathers people first instead of planning word by word.

use super::due::{Act, Due, Word};
use super::telling::{Circle, Told, Words, choose};
use super::{Play, Run, Sink};
use crate::event::{Fact, Sentiment, Valence};
use crate::state::Stage;
use crate::units::{EventId, PersonId, Tick};

/// How invitations are repeated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Invitations {
    /// Time from one invitation of a person to the next.
    pub repeat_after: Tick,
    /// Invitations of one person in all.
    pub most: u8,
}

impl Invitations {
    /// The most invitations of one person that are told apart.
    pub const MOST: u8 = Word::ATTEMPT_MAX + 1;
}

impl<S: Sink, const PLAIN: bool> Play<'_, S, PLAIN> {
    /// Plans the `round`-th repetition, from 1; `late` if the people had been told without a code before the first
    /// invitation.
    #[inline]
    pub(super) fn plan_invitation(&mut self, at: Tick, who: PersonId, round: u32, late: bool) {
        let Some(&Invitations { repeat_after, most }) = Self::optional(&self.world.invitations) else { return };
        // Under new terms there may be more rounds than a word can count.
        if round < u32::from(most) && round + u32::from(late) <= u32::from(Word::ATTEMPT_MAX) {
            let ordinal = round << 1 | u32::from(late);
            self.run.agenda.plan(at + repeat_after, Due::Act { who, act: Act::InviteAgain, ordinal }.pack());
        }
    }

    /// Repeats an invitation.
    pub(super) fn invite_again(&mut self, at: Tick, who: PersonId, ordinal: u32) {
        let (round, late) = (ordinal >> 1, ordinal & 1);
        self.plan_invitation(at, who, round + 1, late == 1);
        // Where the terms have changed, nobody may invite again any more.
        let invites = self.world.invitations.is_some() && self.run.state.stage(who) == Stage::Customer;
        if !invites || !self.gather_prospects(who) {
            return;
        }
        let cause = match self.run.state.invitation_event(who) {
            EventId::ROOT => self.run.state.latest_event(who),
            invitation => invitation,
        };
        self.record(at, who, Fact::InvitationsRepeated { round: round as u8 }, cause);
        let words =
            Words::new(self, at, who, Told { valence: Valence::Good, coded: true, attempt: (round + late) as u8 });
        let circle = Circle::of(self.ground, who);
        let Run { agenda, told, .. } = &mut *self.run;
        let hearer = |&place: &u32| {
            let (to, strength) = circle.at(who, place, place);
            (to, words.best().times(strength))
        };
        words.send_all(told.iter().map(hearer), agenda);
    }

    /// Gathers the places of those whom a satisfied customer told and who can still be won; whether there are any.
    fn gather_prospects(&mut self, who: PersonId) -> bool {
        // Those whom she told, by the terms by which she told them.
        let told = self.run.state.latest_event(who);
        let tells = self.as_at(told, |then| then.tells_of(who, Sentiment::Satisfied, then.inclination(who)));
        let luck = self.audience_of(who);
        let circle = Circle::of(self.ground, who);
        let size = circle.size();
        let Run { state, chosen, told, .. } = &mut *self.run;
        choose(size, tells, luck, chosen, told);
        told.retain(|&place| state.is_prospect(PersonId(circle.at(who, place, place).0)));
        !told.is_empty()
    }
}
