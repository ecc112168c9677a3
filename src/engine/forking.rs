//! Forking: a run that goes on under other terms from a moment on, with its past, its people and its luck as they were.
//!
//! What was decided before stays decided: words on their way arrive when they were to, whoever has signed up buys, a reward
//! keeps the terms under which it was earned. What is decided from then on is decided by the new terms. Campaigns of the
//! company (advertising, influencers, prizes, the platform) that differ are called off and planned anew; those that do not
//! go on. A fork under the terms that held anyway records nothing and changes nothing.
//!
//! What no world can change in the middle (the people, their ties and kinds, how they talk, the horizon) is refused where
//! scenarios are read, and taken for granted here.

use super::agenda::Item;
use super::asking::Prompt;
use super::due::{Act, Due, Word};
use super::{Play, Sink, World};
use crate::event::{Fact, Valence};
use crate::policy::{Policy, Rule};
use crate::state::{Grant, Stage};
use crate::units::{Cents, EventId, PersonId, Tick};

/// Other terms from a moment on.
#[derive(Debug, Clone)]
pub struct Fork {
    /// The last moment of the terms before.
    pub until: Tick,
    /// What holds after it.
    pub world: World,
}

impl World {
    /// The same world, going on in another one after a moment.
    #[must_use]
    pub fn forked(self, until: Tick, world: World) -> World {
        World { fork: Some(Box::new(Fork { until, world })), ..self }
    }

    /// The same world without its fork.
    #[must_use]
    pub fn unforked(&self) -> World {
        World { fork: None, ..self.clone() }
    }
}

/// Which campaigns of the company are others than before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Changes {
    advertising: bool,
    influencers: bool,
    programme: bool,
}

/// Views of advertising that are planned by new terms count from here, so that none has the luck of an old one.
const ANEW: u32 = 1 << 23;

impl<'a, S: Sink, const PLAIN: bool> Play<'a, S, PLAIN> {
    /// Plans the fork, if the world has one, before anything else: so it comes first in its minute.
    pub(super) fn plan_fork(&mut self) {
        if let Some(fork) = &self.world.fork {
            self.run.agenda.plan(fork.until + Tick(1), Due::act(PersonId::NOBODY, Act::ChangeTerms).pack());
        }
    }

    /// From here on the terms of the fork hold.
    pub(super) fn change_terms(&mut self, at: Tick) {
        let before = self.world;
        let Some(fork) = &before.fork else { return };
        let after = &fork.world;
        let changes = Changes {
            advertising: before.advertising != after.advertising,
            influencers: before.influencers != after.influencers,
            programme: !is_same_programme(&before.policy, &after.policy),
        };
        let differs = differs(before, after);
        if changes.programme {
            self.award_last_prizes(at);
        }
        self.former = Some(before);
        self.take_terms(after);
        let pays_platform = self.revise_agenda(changes, before);
        if !differs {
            return;
        }
        let budgets = [before, after].map(|world| world.policy.clauses().budget);
        let is_larger = match budgets {
            [Some(old), Some(new)] => new > old && new > self.run.state.spent(),
            [_, None] => true,
            [None, Some(_)] => false,
        };
        let reopened = self.run.state.is_budget_exhausted() && is_larger && !after.policy.rules().is_empty();
        self.record(at, PersonId::NOBODY, Fact::TermsChanged { reopened }, EventId::ROOT);
        self.replan(at, changes, pays_platform);
    }

    /// Words on their way are weighed by the new terms when they arrive, whatever the old ones would have made of them;
    /// what the company called off goes. Says whether the platform goes on being paid for.
    fn revise_agenda(&mut self, changes: Changes, before: &World) -> bool {
        let after = self.world;
        // The months of a programme that has begun go on; one that was to begin later begins when the new rules say.
        let has_begun =
            before.fork.as_ref().is_some_and(|fork| before.policy.rules().iter().any(|rule| rule.starts <= fork.until));
        let has_platform = after.policy.clauses().platform_fee > Cents::ZERO && (has_begun || !changes.programme);
        let mut pays_platform = false;
        self.run.agenda.revise(|item: Item| match Due::unpack(item) {
            Due::Word(word) => {
                let candidate = word.candidate || word.valence == Valence::Good;
                Some(Due::Word(Word { candidate, ..word }).pack())
            }
            Due::Act { act: Act::SeeAdvertisement, .. } if changes.advertising => None,
            Due::Act { act: Act::PostAsInfluencer, .. } if changes.influencers => None,
            Due::Act { act: Act::AwardPrizes, .. } if changes.programme => None,
            Due::Act { who, act: Act::AnswerPrompt, ordinal } => {
                let ordinal = same_prompt(before, after, ordinal)?;
                Some(Due::Act { who, act: Act::AnswerPrompt, ordinal }.pack())
            }
            Due::Act { act: Act::PayPlatform, .. } => {
                pays_platform = has_platform;
                has_platform.then_some(item)
            }
            Due::Act { .. } => Some(item),
        });
        pays_platform
    }

    /// Plans the campaigns that are others than before, from this moment on.
    fn replan(&mut self, at: Tick, changes: Changes, pays_platform: bool) {
        if changes.advertising {
            for who in (0..self.run.state.people()).map(PersonId) {
                // Who is deciding may yet be lost, and be a prospect again.
                let is_open = match self.run.state.stage(who) {
                    Stage::Prospect => true,
                    Stage::SignedUp => self.can_be_lost(),
                    Stage::Blocked | Stage::Customer | Stage::Lapsed => false,
                };
                if is_open {
                    self.plan_exposure(at, who, ANEW);
                }
            }
        }
        if changes.influencers {
            self.plan_posts(at);
        }
        if changes.programme {
            if !pays_platform {
                self.open_platform(at);
            }
            self.open_prizes(at);
        }
    }

    /// Whether somebody who is deciding may be lost, and be a prospect again.
    pub(super) fn can_be_lost(&self) -> bool {
        self.world.funnel.is_some() || self.former.is_some_and(|world| world.funnel.is_some())
    }

    /// The rule by which a reward was earned: a reward keeps its terms.
    pub(super) fn rule_of(&self, grant: &Grant) -> &'a Rule {
        &self.world_of(grant.event).policy.rules()[usize::from(grant.rule)]
    }

    /// The world whose terms held at an event that has happened.
    fn world_of(&self, event: EventId) -> &'a World {
        let is_of_before = event < self.run.state.terms_since();
        self.former.filter(|_| is_of_before).unwrap_or(self.world)
    }

    /// The world whose terms held at a moment.
    pub(super) fn world_when(&self, at: Tick) -> &'a World {
        let held = |world: &&World| world.fork.as_ref().is_some_and(|fork| at <= fork.until);
        self.former.filter(held).unwrap_or(self.world)
    }

    /// What was decided at an event that has happened is asked for again: by the terms that held then.
    pub(super) fn as_at<T>(&mut self, event: EventId, ask: impl FnOnce(&Self) -> T) -> T {
        let then = self.world_of(event);
        let today = std::mem::replace(&mut self.world, then);
        let answer = ask(self);
        self.world = today;
        answer
    }

    /// Prizes that end with the last moment before the fork are those of the old rules, and awarded by them.
    fn award_last_prizes(&mut self, at: Tick) {
        for (place, rule) in (0..).zip(self.world.policy.rules()) {
            if rule.trigger.is_prize() && rule.ends == Some(Tick(at.0 - 1)) {
                self.award_prizes(at, place);
            }
        }
    }
}

/// The place among the new prompts of the one that was in this place; nothing where it is gone.
fn same_prompt(before: &World, after: &World, place: u32) -> Option<u32> {
    let of_before = before.prompts.get(place as usize)?;
    let is_it = |prompt: &Prompt| (prompt.after, prompt.by) == (of_before.after, of_before.by);
    if after.prompts.get(place as usize).is_some_and(is_it) {
        return Some(place);
    }
    after.prompts.iter().position(is_it).map(|place| place as u32)
}

fn is_same_programme(before: &Policy, after: &Policy) -> bool {
    before.rules() == after.rules() && before.clauses() == after.clauses()
}

/// Whether anything that a world can change in the middle is another.
fn differs(before: &World, after: &World) -> bool {
    // Named one by one, so that whoever adds something to the world is asked about it.
    let World {
        dice: _,
        audience: _,
        seeds: _,
        segments,
        experience,
        telling,
        channels,
        conversion,
        funnel,
        posts,
        complaints,
        survey,
        prompts,
        invitations,
        community,
        advertising,
        influencers,
        policy,
        fraud,
        commerce,
        refunds,
        horizon: _,
        stop_at_customers: _,
        fork: _,
    } = before;
    let people = *segments == after.segments && *experience == after.experience && *telling == after.telling;
    let words = *channels == after.channels && *conversion == after.conversion && *funnel == after.funnel;
    let care = *posts == after.posts
        && *complaints == after.complaints
        && *survey == after.survey
        && *prompts == after.prompts
        && *invitations == after.invitations
        && *community == after.community;
    let paid = *advertising == after.advertising && *influencers == after.influencers;
    let money = *policy == after.policy && *fraud == after.fraud && *commerce == after.commerce;
    !(people && words && care && paid && money && *refunds == after.refunds)
}
