//! `[policy]`: a preset (`[policy.none]`, `[policy.one_sided]`, `[policy.two_sided]`) or a list of rules
//! (`[[policy.rules]]`).

use super::money::Money;
use super::reader::Reader;
use super::reference::reference;
use crate::event::{RewardKind, Side};
use crate::policy::{Preset, Rule};
use crate::units::{Cents, Tick};

const KINDS: [&str; 2] = [RewardKind::Cash.name(), RewardKind::Discount.name()];
const SIDES: [&str; 2] = [Side::Advocate.name(), Side::Friend.name()];
const PRESETS: [&str; 3] = ["none", "one_sided", "two_sided"];

/// The rules of the scenario, and what a word loses by being paid for; all their money is in the currency of `order`.
pub(super) fn read(root: &Reader<'_>, order: Money) -> (Vec<Rule>, f64) {
    let around = root.table("policy");
    around.alternatives(&["rules", "none", "one_sided", "two_sided"]);
    let tables = around.tables("rules");
    if tables.is_empty() {
        let (name, preset) = root.one_table_or("policy", &PRESETS, "none");
        let preset_of = |name| match name {
            "one_sided" => Preset::OneSided,
            "two_sided" => Preset::TwoSided,
            _ => Preset::None,
        };
        let (preset, table) = (preset_of(name), preset);
        let loss = match preset {
            Preset::None => 0.0,
            Preset::OneSided | Preset::TwoSided => table.probability("credibility_loss", preset.credibility_loss()),
        };
        return (read_preset(&table, preset, order), loss);
    }
    if let Some((name, _)) = root.one_table_of("policy", &PRESETS) {
        around.refuse(name, "a preset beside [[policy.rules]]", "either a preset or rules", None);
    }
    let loss = around.probability("credibility_loss", 0.0);
    (tables.iter().map(|rule| read_rule(rule, order)).collect(), loss)
}

/// A preset's rules, each number of which can be replaced: `advocate = "20.00 USD"`, `advocate_kind = "cash"`, …
fn read_preset(table: &Reader<'_>, preset: Preset, order: Money) -> Vec<Rule> {
    // A tenth of the price: the amount at which a lift has come about by two thirds.
    let mut rules = preset.rules(Cents(order.amount.minor() / 10));
    for rule in &mut rules {
        let side = rule.side.name();
        rule.amount = read_amount(table, side, order, rule.amount);
        rule.kind = read_kind(table, &format!("{side}_kind"), rule.kind);
        rule.lift = table.number(&format!("{side}_lift"), rule.lift, 0.0..=100.0);
        refuse_overlarge_discount(table, side, rule, order);
    }
    if !rules.is_empty() {
        let cap = read_cap(table);
        let ends = table.optional_duration("ends");
        for rule in &mut rules {
            rule.cap = cap.filter(|_| rule.side == Side::Advocate);
            rule.ends = ends;
        }
    }
    rules
}

fn read_rule(table: &Reader<'_>, order: Money) -> Rule {
    table.choice("trigger", "first_purchase", &["first_purchase"]);
    table.require("side", "\"advocate\" or \"friend\"");
    let side = table.choice("side", Side::Advocate.name(), &SIDES);
    let side = Side::from_name(side).unwrap_or(Side::Advocate);
    let kind = read_kind(table, "kind", RewardKind::Cash);
    table.require("amount", "an amount of money such as \"10.00 USD\"");
    let amount = read_amount(table, "amount", order, Cents::ZERO);
    let lift = table.number("lift", 0.4, 0.0..=100.0);
    let cap = read_cap(table);
    if cap.is_some() && side == Side::Friend {
        table.refuse("cap", "a cap on the friend's side", "a cap on an advocate's rewards", None);
    }
    let ends: Option<Tick> = table.optional_duration("ends");
    let rule = Rule { side, kind, amount, lift, cap, ends };
    refuse_overlarge_discount(table, "amount", &rule, order);
    rule
}

fn read_kind(table: &Reader<'_>, key: &str, default: RewardKind) -> RewardKind {
    RewardKind::from_name(table.choice(key, default.name(), &KINDS)).unwrap_or(default)
}

/// Rewards an advocate can have.
fn read_cap(table: &Reader<'_>) -> Option<u32> {
    table.optional_whole("cap", 0..=u64::from(u32::MAX)).map(|cap| cap as u32)
}

/// An amount in the currency of the order value.
pub(super) fn read_amount(table: &Reader<'_>, key: &str, order: Money, default: Cents) -> Cents {
    let money = table.money(key, Money { amount: default, currency: order.currency });
    if money.currency != order.currency {
        let found = format!("an amount in {}", money.currency.code());
        let allowed = format!("{}, the currency of commerce.order_value", order.currency.code());
        table.refuse(key, found, allowed, None);
    }
    money.amount
}

/// A price cannot be brought below zero.
fn refuse_overlarge_discount(table: &Reader<'_>, key: &str, rule: &Rule, order: Money) {
    if rule.side == Side::Friend && rule.kind == RewardKind::Discount && rule.amount > order.amount {
        let found = Money { amount: rule.amount, currency: order.currency };
        table.refuse(key, format!("a discount of {found}"), format!("at most {order}, commerce.order_value"), None);
    }
}

reference! {
    /// Who gets what.
    ///
    /// One of the tables `[policy.none]`, `[policy.one_sided]` and `[policy.two_sided]`, or rules (`[[policy.rules]]`); without
    /// any it is `[policy.none]`. Rewards are for first purchases that a coded word brought about.
    ///
    /// **Lift.** A reward multiplies participation (advocate's side) or the invitation chance (friend's side) by
    /// `1 + lift × (1 - exp(-amount / (0.1 × order value)))`. Half of the lift is there at 7 % of the price. A lift of 0 pays
    /// and changes nothing. That two sides work better than one is a tendency with counter-examples, so try both.
    [policy] with ["[[policy.rules]]\nside = 'advocate'\namount = '1.00 USD'"] {
        /// Share of its chance that a coded word loses while advocates are rewarded, beside `[[policy.rules]]`.
        credibility_loss,
    }
    /// No reward for anybody.
    [policy.none] {}
    /// A reward for the advocate.
    [policy.one_sided] {
        /// The reward.
        advocate = "a tenth of the order value",
        /// Its form; the kinds differ in the log only.
        advocate_kind,
        /// How much it lifts participation: see "Lift" above.
        advocate_lift,
        /// Rewards that one advocate can have.
        cap,
        /// The last moment at which the programme holds.
        ends = "none: it never ends",
        /// Share of its chance that a coded word loses while it is paid for: the hearer knows why it is told.
        credibility_loss,
    }
    /// A reward for both.
    [policy.two_sided] {
        /// The advocate's reward.
        advocate = "a tenth of the order value",
        /// Its form; the kinds differ in the log only.
        advocate_kind,
        /// How much it lifts participation: see "Lift" above.
        advocate_lift,
        /// The friend's reward; a discount is at most the order value.
        friend = "a tenth of the order value",
        /// Its form.
        friend_kind,
        /// How much it lifts the invitation chance: see "Lift" above.
        friend_lift,
        /// Rewards that one advocate can have.
        cap,
        /// The last moment at which the programme holds.
        ends = "none: it never ends",
        /// Share of its chance that a coded word loses while it is paid for; nothing, for the friend gains too.
        credibility_loss,
    }
    /// One reward for one side.
    ///
    /// Rules answer in their order.
    [[policy.rules]] with ["[[policy.rules]]\nside = 'advocate'\namount = '5 USD'"] {
        /// When.
        trigger,
        /// Who.
        side,
        /// In what form.
        kind,
        /// How much; zero is no rule, and a friend's discount is at most the order value.
        amount,
        /// See "Lift" above.
        lift,
        /// Rewards that one advocate can have, over all rules; advocate's side only.
        cap,
        /// The last moment at which the rule holds.
        ends,
    }
}
