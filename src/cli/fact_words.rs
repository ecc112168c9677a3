//! What happened, in sentences that a marketer reads. Every fact has words here; the compiler asks for those of a new one.
//!
//! Names come from strangers' files: they are cleaned and cut before they reach a terminal.

use super::background::{Background, names};
use crate::archive::Story;
use crate::draw;
use crate::event::{
    Channel, Column, Denial, Event, Fact, Medium, RewardKind, Scheme, Sentiment, Side, Source, Valence,
};
use crate::experiment::MoneyUnit;
use crate::graph::SocialGraph;
use crate::language::Language;
use crate::report::words::count;
use crate::scenario::{ordinal, reward_in_words};
use crate::store::tables::decimal_text;
use crate::units::{Cents, EventId, PersonId, Tick};
use std::collections::BTreeSet;

/// The most letters of a name.
const NAME_MAX: usize = 40;

/// Knows names, rules and money of a run, and puts its events into words.
pub(super) struct Narrator<'a> {
    story: &'a Story,
    names: Option<&'a SocialGraph>,
    money: &'a MoneyUnit,
    horizon: Tick,
    /// The rules in words, and those of the new terms.
    rules: Vec<String>,
    later_rules: Vec<String>,
    /// Whose history it is: "she" and "her" without a name.
    she: Option<PersonId>,
}

/// A sentence without its full stop: who, unless it happened to nobody, and what.
pub(super) struct Sentence {
    pub subject: Option<PersonId>,
    pub predicate: String,
}

/// Whether a fact made, or left, somebody unhappy.
fn is_unhappy(what: Fact) -> bool {
    matches!(
        what,
        Fact::ExperienceRated { sentiment: Sentiment::Unhappy, .. }
            | Fact::ComplaintResolved { sentiment: Sentiment::Unhappy, .. }
    )
}

impl<'a> Narrator<'a> {
    pub(super) fn new(of: &'a dyn Background, story: &'a Story, she: Option<PersonId>) -> Narrator<'a> {
        let rules = of.scenario().rules();
        let later_rules = of.fork().map_or(vec![], |fork| fork.rules());
        let horizon = of.world().horizon;
        Narrator { story, names: names(of), money: of.money(), horizon, rules, later_rules, she }
    }

    /// "Ann", or "person 8252".
    pub(super) fn name(&self, person: PersonId) -> String {
        let known = self.names.and_then(|graph| graph.name(person)).map(draw::clean);
        match known.filter(|name| !name.is_empty()) {
            Some(name) if name.chars().count() > NAME_MAX => name.chars().take(NAME_MAX - 1).chain(['…']).collect(),
            Some(name) => name,
            None if person == PersonId::NOBODY => "nobody".to_owned(),
            None => format!("person {person}"),
        }
    }

    /// The same at the beginning of a sentence.
    pub(super) fn name_first(&self, person: PersonId) -> String {
        let name = self.name(person);
        name.strip_prefix("person ").map_or(name.clone(), |number| format!("Person {number}"))
    }

    /// Whether it is she whose history it is.
    pub(super) fn is_about(&self, person: PersonId) -> bool {
        self.she == Some(person)
    }

    /// "her", of the one whose history it is; else the name.
    fn her(&self, person: PersonId) -> String {
        if self.she == Some(person) { "her".to_owned() } else { self.name(person) }
    }

    /// "her" or "Ann's".
    fn whose(&self, person: PersonId) -> String {
        if self.she == Some(person) { "her".to_owned() } else { format!("{}'s", self.name(person)) }
    }

    pub(super) fn money(&self, amount: i64) -> String {
        format!("{} {}", decimal_text(amount, self.money.digits), self.money.code)
    }

    fn cents(&self, amount: Cents) -> String {
        self.money(amount.minor())
    }

    /// A rule in words, as it held at an event.
    pub(super) fn rule(&self, id: EventId, rule: u8) -> Option<&str> {
        let rules = if self.story.is_after_change(id) { &self.later_rules } else { &self.rules };
        rules.get(usize::from(rule)).map(String::as_str)
    }

    /// "rule 1"; its words stand below what is told.
    fn rule_name(&self, id: EventId, rule: u8) -> String {
        let later = if self.story.is_after_change(id) { " of the new terms" } else { "" };
        format!("rule {}{later}", u32::from(rule) + 1)
    }

    /// The rules that events name, a line each: "  Rule 1: the advocate gets …".
    pub(super) fn rules_named<'e>(&self, events: impl Iterator<Item = (EventId, &'e Event)>) -> Vec<String> {
        let mut named = BTreeSet::new();
        for (id, event) in events {
            if let Some(rule) = event.what.cells().get(Column::Rule) {
                let (grant, _) = self.story.grant_of(id, event);
                named.insert((self.story.is_after_change(grant), rule as u8, grant));
            }
        }
        let mut lines: Vec<String> = vec![];
        for (_, rule, grant) in named {
            let words = self.rule(grant, rule).map(draw::clean).unwrap_or_default();
            let line = format!("  R{}: {words}", &self.rule_name(grant, rule)[1..]);
            if lines.last() != Some(&line) {
                lines.push(line);
            }
        }
        lines
    }

    /// Whether an event says no more than the one that caused it: a reward redeemed as it was granted.
    pub(super) fn is_plain(&self, event: &Event) -> bool {
        matches!(event.what, Fact::RewardRedeemed { .. })
            && self.story.get(event.cause).is_some_and(|grant| grant.at == event.at)
    }

    /// What happened.
    pub(super) fn sentence(&self, id: EventId, event: &Event) -> Sentence {
        let subject = (event.who != PersonId::NOBODY).then_some(event.who);
        Sentence { subject, predicate: self.predicate(id, event) }
    }

    /// The whole sentence; "She" for whom it is clear.
    pub(super) fn said(&self, sentence: &Sentence, is_she: bool) -> String {
        match sentence.subject {
            None => format!("{}.", sentence.predicate),
            Some(who) if is_she || self.she == Some(who) => format!("She {}.", sentence.predicate),
            Some(who) => format!("{} {}.", self.name_first(who), sentence.predicate),
        }
    }

    /// A word as its teller would say it: "told Bob face to face, with a code".
    pub(super) fn told(&self, word: &Event) -> Option<Sentence> {
        let Fact::WordHeard { teller, valence, coded, channel, .. } = word.what else { return None };
        let (hearer, how) = (self.her(word.who), by_channel(channel, coded));
        let is_review = self.story.get(word.cause).is_some_and(|cause| matches!(cause.what, Fact::ReviewPosted { .. }));
        let predicate = match valence {
            _ if is_review => format!("reached {hearer} with her {} review", valence.name()),
            Valence::Good => format!("told {hearer} {how}"),
            Valence::Bad => format!("told {hearer} a bad word {how}"),
        };
        Some(Sentence { subject: Some(teller), predicate })
    }

    /// What happened to somebody, after her name; the whole sentence where it happened to nobody.
    fn predicate(&self, id: EventId, event: &Event) -> String {
        match event.what {
            Fact::CustomerSeeded => "was among the first customers".to_owned(),
            Fact::AdvertisementSeen { cost } => format!("saw an advertisement{}", self.at_cost(cost)),
            Fact::InfluencerPosted { post, fee } => {
                format!("An influencer posted (post {}){}", u32::from(post) + 1, self.at_cost(fee))
            }
            Fact::ExperienceRated { score, sentiment } => format!("was {} ({score} of 10)", opinion(sentiment)),
            Fact::SurveyAnswered { score } => format!("answered a survey: {score} of 10"),
            Fact::ComplaintFiled => "complained to the company".to_owned(),
            Fact::ComplaintResolved { sentiment, quick } => {
                let speed = if quick { "quickly" } else { "but not quickly" };
                format!("had her complaint resolved, {speed}, and was {} from then on", opinion(sentiment))
            }
            Fact::ReferralAsked { by, round, cost } => {
                let number = u32::from(round) + 1;
                format!("was asked to refer {} (prompt {number}){}", by_medium(by), self.at_cost(cost))
            }
            Fact::ParticipationAgreed => "agreed to refer: her words carried a code from then on".to_owned(),
            Fact::CommunityJoined => "joined the community of customers".to_owned(),
            Fact::CommunityPaid { cost } => {
                format!("was a member of the community for a month{}", self.at_cost(cost))
            }
            Fact::AdvocacyDecided { tells, participates } => {
                let warns = self.story.get(event.cause).is_some_and(|cause| is_unhappy(cause.what));
                let verb = if warns { "warn" } else { "tell" };
                format!("decided to {verb} {}{}", people(tells), with_code(participates))
            }
            Fact::TalkingBegan { until, participates } => {
                let end = match until >= self.horizon {
                    true => "to the end".to_owned(),
                    false => format!("up to day {:.1}", until.days()),
                };
                format!("began to talk about it now and then, {end}{}", with_code(participates))
            }
            Fact::InvitationsRepeated { round } => {
                format!("invited those again who could still be won, for the {} time", ordinal(u32::from(round) + 1))
            }
            Fact::ReviewPosted { valence } => format!("posted a {} review", valence.name()),
            Fact::WordHeard { teller, valence, coded, first, channel } => {
                let (valence, how) = (valence.name(), by_channel(channel, coded));
                let first = if first { ": the first word she heard" } else { "" };
                format!("heard a {valence} word from {} {how}{first}", self.her(teller))
            }
            Fact::BadWordRetold { tells } => format!("told the bad word on to {}, though no customer", people(tells)),
            Fact::ProspectBlocked => "would not be persuaded any more".to_owned(),
            Fact::Landed { teller } => format!("followed {} word to the company's door", self.whose(teller)),
            Fact::SignedUp { teller, source, .. } => match source {
                Source::Word => format!("was persuaded by {} and signed up", self.her(teller)),
                Source::Review => format!("was persuaded by {} review and signed up", self.whose(teller)),
                Source::Influencer => "was won by an influencer and signed up".to_owned(),
                Source::Advertising => "was won by advertising and signed up".to_owned(),
                Source::Seed => "signed up".to_owned(),
            },
            Fact::LeadLost => "went away while deciding; she could be persuaded again".to_owned(),
            Fact::FirstPurchaseMade { order, .. } => format!("bought for {}", self.cents(order)),
            Fact::PurchaseRepeated { order, .. } => format!("bought again for {}", self.cents(order)),
            Fact::PurchaseRefunded { order, discount, .. } => {
                let (order, discount) = (order.money(), discount.money());
                let bought = self.story.get(event.cause).map(|sale| sale.at);
                let what =
                    bought.map_or("a purchase".to_owned(), |at| format!("what she bought on day {:.1}", at.days()));
                let less = match discount > Cents::ZERO {
                    true => format!(" less the discount of {}", self.cents(discount)),
                    false => String::new(),
                };
                format!("gave back {what}, and was paid back the price of {}{less}", self.cents(order))
            }
            Fact::CustomerLapsed => "did not buy again when the time had come".to_owned(),
            Fact::CustomerWonBack { teller } => format!("was won back by {} word", self.whose(teller)),
            Fact::ReferralClaimed { teller } => {
                format!("was held to have come by {} word from then on", self.whose(teller))
            }
            Fact::ReferralCredited { friend } => format!("was credited with {} as a referral", self.name(friend)),
            Fact::RewardGranted { rule, side, kind, amount, .. } => {
                let reward = reward_in_words(kind, side, &self.cents(amount.money()), Language::English);
                format!("{} {reward} {} ({})", is_given(kind), self.for_what(event), self.rule_name(id, rule))
            }
            Fact::RewardHeld { rule, side, kind, amount, .. } => {
                let reward = reward_in_words(kind, side, &self.cents(amount.money()), Language::English);
                format!("earned {reward} {}, held back for a time ({})", self.for_what(event), self.rule_name(id, rule))
            }
            Fact::RewardReleased { side, kind, amount, .. } => {
                let reward = reward_in_words(kind, side, &self.cents(amount.money()), Language::English);
                format!("{} {reward} {}, held back until then", is_given(kind), self.for_granted(id, event))
            }
            Fact::RewardForfeited { side, kind, amount, .. } => {
                let reward = reward_in_words(kind, side, &self.cents(amount.money()), Language::English);
                format!(
                    "lost {reward} {}, held back until then: the purchase was refunded",
                    self.for_granted(id, event)
                )
            }
            Fact::RewardClawedBack { side, kind, amount, .. } => {
                let reward = reward_in_words(kind, side, &self.cents(amount.money()), Language::English);
                format!("had {reward} {} taken back: the purchase was refunded", self.for_granted(id, event))
            }
            Fact::RewardDenied { rule, side, reason } => {
                let (what, why) = (self.for_what(event), why_denied(reason, side));
                format!("would have been rewarded {what}, but {why} ({})", self.rule_name(id, rule))
            }
            Fact::PrizesAwarded { rule } => format!("Prizes were awarded ({})", self.rule_name(id, rule)),
            Fact::TermsChanged { reopened } => {
                let reopened = if reopened { ", and the programme, which was over, went on" } else { "" };
                format!("Other terms held from here on, for the run was forked{reopened}")
            }
            Fact::BudgetExhausted => {
                "The budget of the programme was used up, and nobody was rewarded any more".to_owned()
            }
            Fact::PlatformPaid { cost } => {
                format!("The company paid {} for a month of the programme's software", self.cents(cost))
            }
            Fact::RewardRedeemed { cost, .. } => {
                let cost = self.cents(cost.money());
                format!("redeemed {}, which cost the company {cost}", self.the_reward(id, event))
            }
            Fact::RewardExpired { cost, .. } => {
                let cost = self.cents(cost.money());
                format!(
                    "let {} expire as far as it was open, which saved the company {cost}",
                    self.the_reward(id, event)
                )
            }
            Fact::ReferralFaked { teller, scheme } => match scheme {
                Scheme::SelfReferral => "referred herself with a code of her own".to_owned(),
                Scheme::Ring => format!("would have bought anyway, and used {} code as agreed", self.whose(teller)),
                Scheme::CouponLeak => format!("used {} code, which she found on a coupon site", self.whose(teller)),
                Scheme::Farming => "opened an account for a friend who does not exist".to_owned(),
            },
            Fact::CodeLeaked => "had a code that ended up on a coupon site".to_owned(),
            Fact::ReferralChecked { caught, cost } => {
                let found = if caught { "taken for a fake" } else { "believed" };
                let what = if event.who == PersonId::NOBODY {
                    "A made-up friend was checked"
                } else {
                    "was checked as a referred friend"
                };
                format!("{what} and {found}{}", self.at_cost(cost))
            }
        }
    }

    /// ", which cost 0.50 USD", if it cost anything.
    fn at_cost(&self, cost: Cents) -> String {
        if cost > Cents::ZERO { format!(", which cost {}", self.cents(cost)) } else { String::new() }
    }

    /// What a reward was earned by: "for Bob's first purchase".
    fn for_what(&self, reward: &Event) -> String {
        let Some(earning) = self.story.get(reward.cause) else { return "as a reward".to_owned() };
        // By name even of her whose history it is: "her" would be the one who is paid.
        let whose =
            if earning.who == reward.who { "her own".to_owned() } else { format!("{}'s", self.name(earning.who)) };
        match earning.what {
            Fact::SignedUp { .. } => format!("for {whose} sign-up"),
            Fact::FirstPurchaseMade { .. } => format!("for {whose} first purchase"),
            Fact::PurchaseRepeated { .. } => format!("for {whose} purchase"),
            Fact::PrizesAwarded { .. } => "as a prize".to_owned(),
            Fact::ReferralFaked { scheme: Scheme::Farming, .. } => "for a friend who does not exist".to_owned(),
            Fact::ReferralFaked { .. } => format!("for {whose} sign-up, which was faked"),
            _ => "as a reward".to_owned(),
        }
    }

    /// The same of what became of a reward.
    fn for_granted(&self, id: EventId, event: &Event) -> String {
        self.for_what(self.story.grant_of(id, event).1)
    }

    /// "the 5.00 USD in cash for Bob's first purchase".
    fn the_reward(&self, id: EventId, event: &Event) -> String {
        let (_, grant) = self.story.grant_of(id, event);
        match grant.what {
            Fact::RewardGranted { side, kind, amount, .. } | Fact::RewardHeld { side, kind, amount, .. } => {
                let reward = reward_in_words(kind, side, &self.cents(amount.money()), Language::English);
                format!("{reward} {}", self.for_what(grant))
            }
            _ => "a reward".to_owned(),
        }
    }
}

fn opinion(sentiment: Sentiment) -> &'static str {
    match sentiment {
        Sentiment::Satisfied => "satisfied",
        Sentiment::Neutral => "neither satisfied nor unhappy",
        Sentiment::Unhappy => "unhappy",
    }
}

pub(super) fn people(number: u32) -> String {
    match number {
        0 => "nobody".to_owned(),
        1 => "1 person".to_owned(),
        number => format!("{} people", count(number.into())),
    }
}

fn with_code(coded: bool) -> &'static str {
    if coded { ", with a code" } else { "" }
}

/// "face to face, with a code".
pub(super) fn by_channel(channel: Channel, coded: bool) -> String {
    let way = match channel {
        Channel::FaceToFace => "face to face",
        Channel::Messenger => "by messenger",
        Channel::Email => "by e-mail",
        Channel::SocialPost => "in a social network",
        Channel::ReviewSite => "on a review site",
        Channel::QrCode => "by a printed code",
        Channel::CodeWord => "by a spoken code word",
    };
    format!("{way}{}", with_code(coded))
}

fn by_medium(medium: Medium) -> &'static str {
    match medium {
        Medium::Staff => "by the staff",
        Medium::Email => "by e-mail",
        Medium::Sms => "by text message",
        Medium::Phone => "by telephone",
        Medium::Banner => "by a banner in the product",
        Medium::Sales => "by sales",
    }
}

fn is_given(kind: RewardKind) -> &'static str {
    if kind == RewardKind::Cash { "was paid" } else { "was given" }
}

fn why_denied(reason: Denial, side: Side) -> &'static str {
    match (reason, side) {
        (Denial::CapReached, _) => "the cap was reached",
        (Denial::BudgetExhausted, _) => "the budget was used up",
        (Denial::WindowClosed, Side::Advocate) => "the friend took longer than allowed",
        (Denial::WindowClosed, Side::Friend) => "she took longer than allowed",
        (Denial::BelowMinimum, Side::Advocate) => "the friend paid less than asked for",
        (Denial::BelowMinimum, Side::Friend) => "she paid less than asked for",
        (Denial::ProgrammeEnded, _) => "the programme had ended",
        (Denial::Untracked, _) => "nobody could tell by whose word the friend came",
        (Denial::Fraud, _) => "the referral was taken for a fake",
    }
}
