//! `[participation]`, and all that the files of single concerns read of a product, put together. Defaults are those of the
//! model (docs/scenario-reference.md).

use super::money::Money;
use super::reader::Reader;
use super::reference::reference;
use super::telling::AudienceKind;
use super::values::percent_said;
use super::{
    asking, channels, commerce, conversion, fraud, funnel, incentives, opinions, paid, posts, segments, telling,
};
use crate::dice::Dice;
use crate::engine::{Audience, Rule, Seeds, World};
use crate::language::{Said, said};
use crate::policy::{Baseline, Policy};
use crate::units::{PersonId, Probability, Seed, Tick};

/// What was read here.
#[derive(Debug, Clone)]
pub(super) struct Product {
    /// All of a world; the market and the luck in it still stand for nothing.
    pub world: World,
    /// How many a satisfied customer tells on average; nothing for everybody.
    pub mean_tells: Option<f64>,
    pub audience: AudienceKind,
    pub order: Money,
    /// What money loses in a year, as a share from 0 to 1.
    pub discount_rate: f64,
    /// The rules as they are written, those that never pay included.
    pub rules: Vec<crate::policy::Rule>,
    /// In which of the tables `[[policy.rules]]` each of them is written.
    pub written: Vec<usize>,
}

impl Product {
    /// What is to be said where a code makes a word less convincing, which few who write so mean.
    pub fn weak_code_note(&self) -> Option<Said> {
        let terms = self.world.policy.terms(Tick::ZERO);
        let plain = self.world.conversion.persuasion;
        let is_used = self.world.conversion.rule == Rule::Persuasion && terms.participation != Probability::NEVER;
        let percent = |chance: Probability| percent_said(chance.value(), 4);
        (is_used && terms.invitation < plain)
            .then(|| said!("note-weak-code", coded = percent(terms.invitation), plain = percent(plain)))
    }

    /// What is to be said where there is fraud and nothing to be had by it: a scenario that is compared with others.
    pub fn idle_fraud_note(&self) -> Option<Said> {
        let is_idle = self.world.fraud.is_some() && self.world.policy.rules().is_empty();
        is_idle.then(|| said!("note-idle-fraud"))
    }
}

/// Customers at which a run among fresh people stops by default: it has no market that could be used up.
const FRESH_CUSTOMERS: u32 = 1_000_000;

pub(super) fn read(root: &Reader<'_>, horizon: Tick) -> Product {
    let audience = telling::read_audience(root);
    let limit = 1..=PersonId::COUNT_MAX;
    let stop_at_customers = match audience {
        AudienceKind::Fresh => Some(root.whole_u32("stop_at_customers", FRESH_CUSTOMERS, limit)),
        _ => root.optional_whole("stop_at_customers", 1..=u64::from(PersonId::COUNT_MAX)).map(|n| n as u32),
    };
    let experience = opinions::read_experience(root);
    let told = telling::read(root, horizon, audience);
    let channels = channels::read(root, horizon, audience, &told);
    let (posts, trust_in_posts) = posts::read(root).unzip();
    let (mut conversion, invitation) = conversion::read(root, horizon, audience, &told.telling, trust_in_posts);
    let (participation, willing) = read_participation(root);
    let (commerce, order, discount_rate) = commerce::read(root);
    let mut base = Baseline { participation, willing, invitation, order: order.amount };
    let mut segments = segments::read(root, willing);
    let names: Vec<&str> = segments.iter().map(|(segment, _)| segment.name.as_str()).collect();
    let programme = incentives::read(root, order, commerce.order_max(), &names);
    let policy = |segment, base| Policy::seen_by(segment, programme.rules.clone(), programme.clauses, base);
    let seen_by = (0..segments.len() as u8).map(Some).chain([None]);
    let best = seen_by.map(|segment| policy(segment, base).best_invitation()).max().unwrap_or(Probability::NEVER);
    let funnel = funnel::read(root, &mut conversion, &mut base, best);
    // Who sees what all see needs no terms of her own.
    let has_own_rules = programme.rules.iter().any(|rule| rule.segment.is_some());
    for (place, (segment, own)) in (0..).zip(&mut segments) {
        let participation = own.unwrap_or(base.participation);
        let has_own = own.is_some() || has_own_rules;
        segment.terms = has_own.then(|| policy(Some(place), Baseline { participation, ..base }));
    }
    let segments = segments.into_iter().map(|(segment, _)| segment).collect();
    let (advertising, influencers) = paid::read(root, order, audience);
    let manner = asking::Manner { audience, rule: conversion.rule, talking: told.telling.talking.as_ref() };
    let prompts = asking::read_prompts(root, order, manner);
    let invitations = asking::read_invitations(root, manner, &prompts);
    let world = World {
        dice: Dice::new(Seed(0)),
        audience: Audience::Fresh,
        seeds: Seeds::Random(0),
        segments,
        experience,
        telling: told.telling,
        channels,
        conversion,
        funnel,
        posts,
        complaints: opinions::read_complaints(root, horizon),
        survey: opinions::read_survey(root),
        prompts,
        invitations,
        community: asking::read_community(root, order),
        advertising,
        influencers,
        policy: policy(None, base),
        fraud: fraud::read(root, order),
        refunds: commerce::read_refunds(root, commerce.order_max()),
        commerce,
        horizon,
        stop_at_customers,
        fork: None,
    };
    Product {
        world,
        mean_tells: told.mean_tells,
        audience,
        order,
        discount_rate,
        rules: programme.rules,
        written: programme.written,
    }
}

fn read_participation(root: &Reader<'_>) -> (f64, f64) {
    let table = root.table("participation");
    let unasked = table.probability("unasked", 0.29);
    let willing = table.probability("willing", 0.83);
    if unasked > willing {
        let key = if table.has("unasked") { "unasked" } else { "willing" };
        let found = format!("{} % who refer unasked, {} % who are willing", unasked * 100.0, willing * 100.0);
        table.refuse(key, found, "no more who refer than are willing", None);
    }
    (unasked, willing)
}

reference! {
    /// Who hands out a code.
    ///
    /// The two are in force without a programme too: people refer of their own accord.
    [participation] {
        /// Share of satisfied tellers whose words carry a code, without a reward.
        unasked,
        /// The most that a reward can raise it to; not below `unasked`.
        willing,
    }
}
