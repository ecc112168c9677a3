//! `[[policy.rules]]`: one reward for one side, and on which terms.

use super::incentives::{read_amount, read_optional_amount};
use super::money::Money;
use super::reader::Reader;
use super::reference::reference;
use super::reward_kinds::{read_kind, usual_cost, usual_redemption};
use super::toml_words::text_as_toml;
use super::triggers;
use super::values::quoted;
use crate::event::{RewardKind, Side};
use crate::policy::{Amount, Cap, Redemption, Rule, Tiers, Trigger};
use crate::units::{Cents, Payment, Tick};

/// The ways to say what a reward is worth.
pub(super) const AMOUNTS: [&str; 4] = ["amount", "share", "points", "tiers"];

/// What one reward is worth.
pub(super) fn read_payment(table: &Reader<'_>, key: &str, order: Money, default: Cents) -> Payment {
    payment_of(table, key, order, read_amount(table, key, order, default))
}

fn read_optional_payment(table: &Reader<'_>, key: &str, order: Money) -> Option<Payment> {
    Some(payment_of(table, key, order, read_optional_amount(table, key, order)?))
}

/// Events hold it in 32 bits.
fn payment_of(table: &Reader<'_>, key: &str, order: Money, amount: Cents) -> Payment {
    if amount > Payment::MAX {
        let most = Money { amount: Payment::MAX, currency: order.currency };
        let found = Money { amount, currency: order.currency };
        table.refuse(key, format!("a reward of {found}"), format!("at most {most}"), None);
    }
    Payment::clamped(amount)
}

/// What rules are read for.
#[derive(Clone, Copy)]
pub(super) struct Setting<'s> {
    /// The usual price, in whose currency all money is.
    pub order: Money,
    /// The highest price.
    pub order_max: Cents,
    /// The names of the segments.
    pub segments: &'s [&'s str],
    /// How many levels of advocates may be rewarded.
    pub levels: u8,
}

/// The rules of one table: one, or one for each side.
pub(super) fn read(table: &Reader<'_>, setting: Setting<'_>) -> Vec<Rule> {
    table.require("side", "\"advocate\", \"friend\" or \"both\"");
    let side = table.choice("side", Side::Advocate.name(), &SIDES);
    let rule = read_rule(table, Side::from_name(side).unwrap_or(Side::Advocate), setting);
    if side != BOTH {
        return vec![rule];
    }
    if rule.kind == RewardKind::Discount || rule.trigger.is_prize() || rule.level > 1 {
        let allowed =
            "a rule for each side: discounts of the two are not alike, and prizes and chains are for advocates";
        table.refuse("side", "both sides at once", allowed, None);
    }
    let friend = Rule { side: Side::Friend, cap: Cap::default(), ..rule.clone() };
    vec![rule, friend]
}

/// Who can be rewarded by a table.
const SIDES: [&str; 3] = [Side::Advocate.name(), Side::Friend.name(), BOTH];
const BOTH: &str = "both";

fn read_rule(table: &Reader<'_>, side: Side, setting: Setting<'_>) -> Rule {
    let Setting { order, order_max, .. } = setting;
    let trigger = triggers::read(table);
    let minimum_order = read_amount(table, "minimum_order", order, Cents::ZERO);
    let window = table.optional_duration("window");
    let idle = [("minimum_order", minimum_order > Cents::ZERO), ("window", window.is_some())];
    for (key, _) in idle.into_iter().filter(|(_, says)| *says && trigger.is_prize()) {
        table.refuse(key, format!("`{key}` beside prizes"), "another trigger: nobody buys anything here", None);
    }
    if let (Side::Friend, Trigger::Leaderboard(_)) = (side, trigger) {
        table.refuse("side", "friends on a leaderboard", "\"advocate\": who has brought most is one", None);
    }
    let kind = read_kind(table, "kind", RewardKind::Cash);
    let amount = read_worth(table, kind, trigger, order, order_max);
    let starts = table.duration("starts", Tick::ZERO);
    let ends = table.optional_duration("ends");
    if let Some(end) = ends.filter(|end| *end < starts) {
        let found = format!("an end after {} days, before the start", end.days());
        table.refuse("ends", found, "an end not before `starts`", None);
    }
    let rule = Rule {
        trigger,
        side,
        level: read_level(table, side, trigger, setting.levels),
        segment: read_segment(table, setting.segments),
        kind,
        amount,
        own: None,
        perceived: read_optional_amount(table, "perceived", order),
        cost: (table.probability("cost", f64::from(usual_cost(kind)) / 10_000.0) * 10_000.0).round() as u16,
        hold: table.duration("hold", Tick::ZERO),
        claw_back: table.flag("claw_back", true),
        redemption: read_redemption(table, usual_redemption(kind, side, trigger)),
        lift: table.number("lift", 0.4, 0.0..=100.0),
        minimum_order,
        window,
        cap: read_cap(table, side, order),
        starts,
        ends,
    };
    refuse_overlarge_discount(table, "amount", &rule, order, order_max);
    rule
}

fn read_level(table: &Reader<'_>, side: Side, trigger: Trigger, levels: u8) -> u8 {
    let level = table.whole_u32("level", 1, 1..=255) as u8;
    let counts = table.has("tiers") || table.has("at_referral");
    if level > 1 && (side == Side::Friend || trigger.is_prize() || counts) {
        let allowed = "level 1 for friends, prizes, tiers and milestones: chains are of advocates, and each counts her own friends";
        table.refuse("level", level.to_string(), allowed, None);
    } else if level > levels {
        let allowed = format!("at most {levels}; chains are off unless [policy] has levels = {level}");
        table.refuse("level", level.to_string(), allowed, None);
    }
    level
}

fn read_segment(table: &Reader<'_>, segments: &[&str]) -> Option<u8> {
    let name = table.optional_text("segment")?;
    let place = segments.iter().position(|segment| *segment == name);
    if place.is_none() {
        let names: Vec<String> = segments.iter().map(|name| text_as_toml(name)).collect();
        let allowed = match names.is_empty() {
            true => "the name of one of [[segments]], of which there are none".to_owned(),
            false => format!("the name of a segment: {}", names.join(", ")),
        };
        table.refuse("segment", quoted(&name), allowed, None);
    }
    place.map(|place| place as u8)
}

/// What the reward is worth.
fn read_worth(table: &Reader<'_>, kind: RewardKind, trigger: Trigger, order: Money, order_max: Cents) -> Amount {
    table.alternatives(&AMOUNTS);
    let given: Vec<&str> = AMOUNTS.into_iter().filter(|key| table.has(key)).collect();
    if let [_, second, ..] = given[..] {
        let allowed = "one of `amount`, `share`, `points` and `tiers`";
        table.refuse(second, format!("`{second}` beside `{}`", given[0]), allowed, None);
    }
    if given.is_empty() {
        table.refuse("", "nothing", "an `amount` such as \"10.00 USD\", a `share`, `points` or `tiers`", None);
    }
    let amount = read_optional_payment(table, "amount", order).unwrap_or(Payment::ZERO);
    let share = table.optional_probability("share");
    let points = table.optional_whole("points", 1..=1_000_000_000);
    let value = read_amount(table, "point_value", order, Cents(1));
    let retroactive = table.flag("retroactive", false);
    let steps = read_tiers(table, order, retroactive);
    if let (Trigger::Drawing(winners) | Trigger::Leaderboard(winners), Some((from, _))) = (trigger, steps.last())
        && *from > winners
    {
        table.refuse("tiers", format!("a prize for place {from}"), format!("prizes for {winners} winners"), None);
    }
    let milestone = table.optional_whole("at_referral", 1..=1_000_000).map(|number| number as u32);
    let repeated = table.flag("repeated", false);
    let is_first = trigger == Trigger::FirstPurchase;
    // Of prizes, tiers say what the first, second, … winner gets.
    let has_tiers = !steps.is_empty() && (!trigger.is_prize() || retroactive);
    if !is_first && (has_tiers || milestone.is_some()) {
        let key = if has_tiers { "tiers" } else { "at_referral" };
        let allowed = "trigger = \"first_purchase\": referrals are counted by first purchases";
        table.refuse(key, format!("`{key}` beside another trigger"), allowed, None);
    }
    if share.is_some() && (trigger == Trigger::SignUp || trigger.is_prize()) {
        table.refuse("share", "a share of the price", "another trigger: nothing is paid here", None);
    }
    if points.is_some() && kind != RewardKind::Points {
        table.refuse("points", format!("points of a reward in {}", kind.name()), "kind = \"points\" beside it", None);
    }
    // A scenario with every default filled in says them too, so only what would do something is refused.
    let idle = [
        ("repeated", "at_referral", repeated),
        ("retroactive", "tiers", retroactive),
        ("point_value", "points", value != Cents(1)),
    ];
    for (key, needed, says) in idle {
        if says && !table.has(needed) {
            table.refuse(key, format!("`{key}` alone"), format!("`{needed}` beside it"), None);
        }
    }
    if let (true, Some(other)) = (milestone.is_some(), ["share", "tiers"].into_iter().find(|key| table.has(key))) {
        let allowed = "an `amount` or `points`: a milestone is one reward";
        table.refuse("at_referral", format!("a milestone beside `{other}`"), allowed, None);
    }
    let most = share.map_or(Cents::ZERO, |share| order_max.basis_points((share * 10_000.0).round() as u16));
    if most > Payment::MAX {
        let [most, allowed] = [most, Payment::MAX].map(|amount| Money { amount, currency: order.currency });
        table.refuse("share", format!("a reward of up to {most}"), format!("at most {allowed}"), None);
    }
    let points = points.map(|points| {
        let worth = value.minor().saturating_mul(points as i64);
        if worth > Payment::MAX.minor() {
            let most = Money { amount: Payment::MAX, currency: order.currency };
            table.refuse("points", format!("{points} points"), format!("points worth at most {most}"), None);
        }
        Payment::clamped(Cents(worth))
    });
    match (share, milestone) {
        (Some(share), _) => Amount::Share((share * 10_000.0).round() as u16),
        _ if !steps.is_empty() => Amount::Tiered(Tiers { steps, retroactive }),
        (None, Some(referral)) => Amount::Milestone { amount: points.unwrap_or(amount), referral, repeated },
        (None, None) => Amount::Fixed(points.unwrap_or(amount)),
    }
}

/// The most steps of a reward.
const STEPS_MAX: usize = 100;

fn read_tiers(table: &Reader<'_>, order: Money, retroactive: bool) -> Vec<(u32, Payment)> {
    let tables = table.tables("tiers");
    if tables.len() > STEPS_MAX {
        table.refuse("tiers", format!("{} tiers", tables.len()), format!("at most {STEPS_MAX}"), None);
    }
    let mut steps: Vec<(u32, Payment)> = vec![];
    for tier in tables.iter().take(STEPS_MAX) {
        tier.require("from", "the number of the first referral of this tier, from 1");
        tier.require("amount", "an amount of money such as \"10.00 USD\"");
        let from = tier.whole("from", 1, 1..=1_000_000) as u32;
        let amount = read_payment(tier, "amount", order, Cents::ZERO);
        if steps.last().is_some_and(|(before, _)| *before >= from) {
            tier.refuse("from", from.to_string(), "tiers in order of their referrals", None);
        }
        if retroactive && amount.money().minor() * i64::from(from) > Payment::MAX.minor() {
            let most = Money { amount: Payment::MAX, currency: order.currency };
            let found = format!("{from} rewards raised at once");
            tier.refuse("amount", found, format!("at most {most} together"), None);
        }
        steps.push((from, amount));
    }
    steps
}

fn read_redemption(table: &Reader<'_>, usual: Redemption) -> Redemption {
    let share = table.probability("redeemed", f64::from(usual.share) / 10_000.0);
    let after = table.duration("redeemed_after", usual.after);
    let expires = table.duration("expires", Tick(365 * Tick::PER_DAY).max(usual.expires).max(after));
    if expires < after {
        let found = format!("{} days, before it is redeemed", expires.days());
        table.refuse("expires", found, "a time not before `redeemed_after`", None);
    }
    let share = (share * 10_000.0).round() as u16;
    Redemption { share, after, expires: if share < 10_000 { expires } else { Tick::ZERO } }
}

/// What one advocate can have.
fn read_cap(table: &Reader<'_>, side: Side, order: Money) -> Cap {
    let rewards = table.optional_whole("cap", 0..=u64::from(u32::MAX)).map(|cap| cap as u32);
    let amount = read_optional_amount(table, "cap_amount", order);
    let monthly = table.choice("cap_per", "ever", &["ever", "month"]) == "month";
    let partial = table.flag("cap_partial", false);
    let cap = Cap { rewards, amount, monthly, partial };
    let idle = [("cap_per", &["cap", "cap_amount"][..], monthly), ("cap_partial", &["cap_amount"], partial)];
    for (key, needed, says) in idle {
        if says && !needed.iter().any(|needed| table.has(needed)) {
            let needed: Vec<String> = needed.iter().map(|needed| format!("`{needed}`")).collect();
            table.refuse(key, format!("`{key}` alone"), format!("{} beside it", needed.join(" or ")), None);
        }
    }
    if side == Side::Friend && cap != Cap::default() {
        let keys = ["cap", "cap_amount", "cap_per", "cap_partial"];
        let key = keys.into_iter().find(|key| table.has(key)).unwrap_or("cap");
        table.refuse(
            key,
            "a cap on the friend's side",
            "no cap here: friends are rewarded beyond an advocate's cap",
            None,
        );
    }
    cap
}

/// A price cannot be brought below zero.
pub(super) fn refuse_overlarge_discount(table: &Reader<'_>, key: &str, rule: &Rule, order: Money, order_max: Cents) {
    let worth = rule.amount.most(order_max).money();
    let is_bounded = rule.side == Side::Friend && rule.kind == RewardKind::Discount;
    if is_bounded && worth > order.amount.max(rule.minimum_order) && !matches!(rule.amount, Amount::Share(_)) {
        let found = Money { amount: worth, currency: order.currency };
        let allowed = format!("at most {order}, commerce.order_value, or less than `minimum_order`");
        table.refuse(key, format!("a discount of {found}"), allowed, None);
    }
}

reference! {
    /// One reward for one side.
    ///
    /// Rules answer in their order; an advocate can have several rewards for one friend. What it is worth is said by one of
    /// `amount`, `share`, `points` and `tiers`. People think of it by what it is worth, the company pays `cost` of that for
    /// the part that is redeemed: at once, or, for points and an advocate's discount, after a month. What is not redeemed
    /// expires, and is no cost any more.
    ///
    /// A reward is refused, and the event says why, where the programme has ended, the referral is not tracked, the friend took
    /// longer than the window, bought for less than the minimum, where the cap is reached or the budget is spent.
    [[policy.rules]] with ["[[policy.rules]]\nside = 'advocate'\namount = '5 USD'"] {
        /// What the friend does: signs up, buys for the first time, again, either, or for the `number`-th time. Or a prize,
        /// awarded at `ends`: in a "drawing" among all tickets (rewards of the kind "ticket") earned since `starts`, held back or not, nobody
        /// winning twice; on a "leaderboard" to those with most friends credited since then, among equals to who got there
        /// first.
        trigger,
        /// Beside trigger "purchase": which purchase, the first being 1.
        number = "none",
        /// Beside trigger "drawing" or "leaderboard": how many win.
        winners = "none",
        /// Who gets it; of a ticket drawn, whoever holds it. "both" is a rule for each side, with the cap for the advocate.
        side,
        /// How far up the chain of advocates, if `policy.levels` allows it: 2 is whose word had brought the advocate.
        level in "at most `policy.levels`; 1 for friends, prizes, tiers and milestones",
        /// The only segment whose people get it, and are moved by it: of advocates on their side, of friends on theirs.
        segment = "none: everybody",
        /// In what form.
        kind,
        /// How much it is worth; zero is no rule, and a friend's discount is at most the order value.
        amount = "one of these four has to be there",
        /// Instead: its share of the price.
        share = "none",
        /// Instead, of points: how many.
        points = "none",
        /// What a point is worth.
        point_value = "one minor unit",
        /// What people think of when they hear of it, which is what lifts; of a ticket write its worth as `amount`.
        perceived = "what it is worth for a first friend; of a prize nothing",
        /// Beside `tiers`: a new tier counts for all referrals before it too, and what they lacked is paid with it.
        retroactive,
        /// Paid only for the advocate's referral of this number: a threshold bonus, a milestone.
        at_referral = "none",
        /// Beside `at_referral`: paid at each multiple of it.
        repeated,
        /// What it costs the company if it is redeemed, as a share of its worth.
        cost = "50 % for gifts and upgrades, 0 % for tickets, else 100 %",
        /// How long it is held back before it is granted; the times below count from then on. Caps and the budget count it
        /// from when it is earned.
        hold,
        /// Whether it is taken back if the purchase that earned it is refunded (`[refunds]`), as long as it is held back or not
        /// redeemed. What has been redeemed is gone.
        claw_back,
        /// How much of it is ever redeemed.
        redeemed = "70 % of points, 80 % of discounts but those off the price that earns them, else 100 %",
        /// How long after it is granted.
        redeemed_after = "30 days for points and such discounts, else 0 days",
        /// How long after it is granted the rest expires.
        expires,
        /// See "Lift" above.
        lift,
        /// The least price for which it is granted.
        minimum_order,
        /// The most time from the telling of the converting word to what earns the reward.
        window = "none: any time",
        /// Rewards that one advocate can have, over all rules; advocate's side only.
        cap,
        /// What they can be worth together.
        cap_amount = "none",
        /// Whether the caps hold for ever or for each 30 days.
        cap_per,
        /// Whether the reward that would pass `cap_amount` is cut to what is left.
        cap_partial,
        /// The first moment at which the rule holds.
        starts,
        /// The last one.
        ends,
    }
    /// A tier of a reward; of a prize, what the winner of that place gets.
    [[policy.rules.tiers]] with ["[[policy.rules]]\nside = 'advocate'\n[[policy.rules.tiers]]\nfrom = 1\namount = '5 USD'"] {
        /// The number of its first referral, from 1.
        from,
        /// What a reward of this tier is worth.
        amount,
    }
}
