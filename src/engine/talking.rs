//! Talking: telling in rate mode, as a Poisson process while a customer talks.
//!
//! Each word goes to somebody drawn anew, heard as soon as it is told. Per customer, the whole circle shares one rate; per
//! tie, each tie has a rate, multiplied by its strength: the sum over all ties is one process, whose words take a tie in
//! proportion to its rate. Bass, SIR and Talk of the Network are of this kind (docs/validation.md).
//!
//! Not here: the delays of channels. A word is heard when it is told, whatever way it takes.
//!
//! Why by inversion and not from a table: talks go on for years, and a word here is rare beside the words of batch mode.

use super::deciding::{Coin, Hearing};
use super::due::{Act, Due};
use super::telling::Circle;
use super::{Play, Sink};
use crate::alias::AliasTable;
use crate::dice::{Draws, Purpose, descendant};
use crate::event::{Fact, Source, Valence};
use crate::units::{EventId, PersonId, Strength, Tick};

/// How customers talk.
#[derive(Debug, Clone, PartialEq)]
pub struct Talking {
    /// Good words of a satisfied customer \[per tick\].
    pub good: f64,
    /// Bad words of an unhappy one \[per tick\].
    pub bad: f64,
    /// Whether the rates are those of each tie.
    pub per_tie: bool,
    /// How long a customer talks after the experience \[ticks\]; for ever where it is nothing.
    pub period: Option<AliasTable>,
}

impl<S: Sink, const PLAIN: bool> Play<'_, S, PLAIN> {
    /// Begins to talk; `cause` is the experience.
    pub(super) fn begin_to_talk(&mut self, at: Tick, who: PersonId, participates: bool, cause: EventId) {
        let Some(talking) = &self.world.telling.talking else { return };
        let luck = self.luck.of(Purpose::TalkingPeriod).draw(self.story_subject(who));
        let period = talking.period.as_ref().map_or(self.world.horizon.0, |period| period.draw(luck));
        let until = (at + Tick(period)).min(self.world.horizon);
        let began = self.record(at, who, Fact::TalkingBegan { until, participates }, cause);
        if participates {
            self.maybe_exploit(at, who, began);
        }
    }

    /// Plans the `ordinal`-th word of a customer, if she talks so long.
    pub(super) fn plan_talk(&mut self, at: Tick, who: PersonId, ordinal: u32) {
        let Some(talking) = &self.world.telling.talking else { return };
        let each = match self.run.state.sentiment(who).valence() {
            Some(Valence::Good) => talking.good,
            Some(Valence::Bad) => talking.bad,
            None => return,
        };
        let size = Circle::of(self.ground, who).size();
        let rate = match talking.per_tie {
            true => each * f64::from(size) * self.strongest().value(),
            false => each,
        };
        let rate = rate * self.segment_of(who).map_or(1.0, |segment| segment.talk.value());
        if rate <= 0.0 || size == 0 || ordinal > Due::ORDINAL_MAX {
            return;
        }
        let next = at + self.draws_of(who, ordinal).waiting(rate);
        if next <= self.run.state.talks_until(who) {
            self.run.agenda.plan(next, Due::Act { who, act: Act::Talk, ordinal }.pack());
        }
    }

    /// The strongest tie there is.
    fn strongest(&self) -> Strength {
        self.ground.graph().map_or(Strength::ONE, |graph| graph.strongest())
    }

    fn draws_of(&self, who: PersonId, ordinal: u32) -> Draws {
        self.luck.of(Purpose::Talking).stream(descendant(self.subject(who), ordinal))
    }

    /// Tells one word, and plans the next.
    pub(super) fn talk(&mut self, at: Tick, teller: PersonId, ordinal: u32) {
        let Some(talking) = &self.world.telling.talking else { return };
        // Where her complaint was resolved, she may have nothing to tell any more.
        let Some(valence) = self.run.state.sentiment(teller).valence() else { return };
        // Her complaint was resolved, and what she has to tell now began anew: the old story is over.
        if ordinal < self.first_telling(teller) {
            return;
        }
        let mut draws = self.draws_of(teller, ordinal);
        // The first draw said when.
        let _when = draws.draw();
        let circle = Circle::of(self.ground, teller);
        let (place, strong, coin) = (draws.below(circle.size()), draws.unit(), draws.draw());
        let (friend, strength) = circle.at(teller, place, ordinal);
        let (stranger, channel) = self.way_at_once(teller, &mut draws);
        let to = stranger.unwrap_or(friend);
        // No tie leads to a stranger.
        let on_the_way = if stranger.is_some() || talking.per_tie { Strength::ONE } else { strength };
        // A process of the strongest tie's rate, thinned, is one of the tie's own rate.
        if !talking.per_tie || strong * self.strongest().value() < strength.value() {
            let hearing = Hearing {
                teller,
                to,
                valence,
                told_on: false,
                coded: valence == Valence::Good && self.run.state.participates(teller),
                channel,
                source: Source::Word,
                strength: Some(on_the_way),
                coin: Coin::Drawn(coin),
                attempt: ordinal,
            };
            let (hearer, cause) = (self.hearer_of(to), self.run.state.latest_event(teller));
            self.take_in(at, hearer, hearing, cause);
        }
        self.plan_talk(at, teller, ordinal + 1);
    }
}
