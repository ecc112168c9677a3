//! `[policy]`: a preset (`[policy.none]`, `[policy.one_sided]`, `[policy.two_sided]`) or a list of rules
//! (`[[policy.rules]]`).

use super::money::Money;
use super::reader::Reader;
use super::reference::reference;
use super::reward_kinds::{read_kind, usual_cost, usual_redemption};
use super::reward_rules::{self, Setting, read_payment, refuse_overlarge_discount};
use crate::event::Side;
use crate::policy::{Amount, Attribution, Clauses, Preset, Rule};
use crate::units::{Cents, Payment, Probability, Tick};

/// Programmes that have a name.
pub(super) const PRESETS: [&str; 3] = ["none", "one_sided", "two_sided"];

/// The most rules of a policy.
const RULES_MAX: usize = 100;

/// What was read here.
pub(super) struct Programme {
    pub rules: Vec<Rule>,
    /// In which of the tables `[[policy.rules]]` each rule is written.
    pub written: Vec<usize>,
    pub clauses: Clauses,
}

/// The most levels of advocates that can be rewarded.
const LEVELS_MAX: u32 = 10;

/// The programme of the scenario; all its money is in the currency of `order`, no price is above `order_max`, and segments
/// have these names.
pub(super) fn read(root: &Reader<'_>, order: Money, order_max: Cents, segments: &[&str]) -> Programme {
    let around = root.table("policy");
    around.alternatives(&["rules", "none", "one_sided", "two_sided"]);
    let clauses = read_clauses(&around, order);
    let tables = around.tables("rules");
    if tables.len() > RULES_MAX {
        around.refuse("rules", format!("{} rules", tables.len()), format!("at most {RULES_MAX}"), None);
    }
    if tables.is_empty() {
        let (name, preset) = root.one_table_or("policy", &PRESETS, "none");
        let preset_of = |name| match name {
            "one_sided" => Preset::OneSided,
            "two_sided" => Preset::TwoSided,
            _ => Preset::None,
        };
        let (preset, table) = (preset_of(name), preset);
        let credibility_loss = match preset {
            Preset::None => 0.0,
            Preset::OneSided | Preset::TwoSided => table.probability("credibility_loss", preset.credibility_loss()),
        };
        let rules = read_preset(&table, preset, order, order_max);
        return Programme { rules, written: vec![], clauses: Clauses { credibility_loss, ..clauses } };
    }
    if let Some((name, table)) = root.one_table_of("policy", &PRESETS) {
        // Read all the same, so that its keys are not called unknown.
        read_preset(&table, Preset::TwoSided, order, order_max);
        table.allow(&["credibility_loss"]);
        around.refuse(name, "a preset beside [[policy.rules]]", "either a preset or rules", None);
    }
    let credibility_loss = around.probability("credibility_loss", 0.0);
    let levels = around.whole_u32("levels", 1, 1..=LEVELS_MAX) as u8;
    let setting = Setting { order, order_max, segments, levels };
    let of_table = |(place, table)| reward_rules::read(table, setting).into_iter().map(move |rule| (place, rule));
    let (written, rules) = tables.iter().take(RULES_MAX).enumerate().flat_map(of_table).unzip();
    Programme { rules, written, clauses: Clauses { credibility_loss, ..clauses } }
}

/// How a code can be handed out.
const FORMATS: [&str; 5] = ["none", "link", "code", "qr_code", "code_word"];

/// Chance that a code in this format comes through: a link .95, a code .85, a QR code .9, a spoken code word .6 (practice
/// only, no clean number is published).
fn usual_tracking(format: &str) -> f64 {
    match format {
        "link" => 0.95,
        "code" => 0.85,
        "qr_code" => 0.9,
        "code_word" => 0.6,
        _ => 1.0,
    }
}

/// All but the loss of credibility, which each preset says for itself.
fn read_clauses(table: &Reader<'_>, order: Money) -> Clauses {
    let format = table.choice("format", "none", &FORMATS);
    let tracking = table.probability("tracking", usual_tracking(format));
    let attribution = match table.choice("attribution", "converting", &["converting", "first", "last"]) {
        "first" => Attribution::First,
        "last" => Attribution::Last,
        _ => Attribution::Converting,
    };
    Clauses {
        budget: read_optional_amount(table, "budget", order),
        credibility_loss: 0.0,
        attribution,
        tracking: Probability::clamped(tracking),
        platform_fee: read_amount(table, "platform_fee", order, Cents::ZERO),
        selection: table.probability("selects_worse", 0.0),
    }
}

/// A preset's rules, each number of which can be replaced: `advocate = "20.00 USD"`, `advocate_kind = "cash"`, …
fn read_preset(table: &Reader<'_>, preset: Preset, order: Money, order_max: Cents) -> Vec<Rule> {
    // A tenth of the price: the amount at which a lift has come about by two thirds.
    let usual = Payment::clamped(Cents(order.amount.minor() / 10));
    let mut rules = preset.rules(usual);
    for rule in &mut rules {
        let side = rule.side.name();
        rule.amount = Amount::Fixed(read_payment(table, side, order, usual.money()));
        rule.kind = read_kind(table, &format!("{side}_kind"), rule.kind);
        (rule.cost, rule.redemption) = (usual_cost(rule.kind), usual_redemption(rule.kind, rule.side, rule.trigger));
        rule.lift = table.number(&format!("{side}_lift"), rule.lift, 0.0..=100.0);
        refuse_overlarge_discount(table, side, rule, order, order_max);
    }
    if !rules.is_empty() {
        let cap = table.optional_whole("cap", 0..=u64::from(u32::MAX)).map(|cap| cap as u32);
        let window = table.optional_duration("window");
        let ends: Option<Tick> = table.optional_duration("ends");
        for rule in &mut rules {
            rule.cap.rewards = cap.filter(|_| rule.side == Side::Advocate);
            (rule.window, rule.ends) = (window, ends);
        }
    }
    rules
}

/// An amount in the currency of the order value.
pub(super) fn read_amount(table: &Reader<'_>, key: &str, order: Money, default: Cents) -> Cents {
    let money = table.money(key, Money { amount: default, currency: order.currency });
    refuse_other_currency(table, key, order, money);
    money.amount
}

/// The same, where it may be left out.
pub(super) fn read_optional_amount(table: &Reader<'_>, key: &str, order: Money) -> Option<Cents> {
    let money = table.optional_money(key)?;
    refuse_other_currency(table, key, order, money);
    Some(money.amount)
}

fn refuse_other_currency(table: &Reader<'_>, key: &str, order: Money, money: Money) {
    // Whoever wrote the price wrong was not told its currency.
    if money.currency != order.currency && !table.is_wrong("commerce.order_value") {
        let found = format!("an amount in {}", money.currency.code());
        let allowed = format!("{}, the currency of commerce.order_value", order.currency.code());
        table.refuse(key, found, allowed, None);
    }
}

reference! {
    /// Who gets what.
    ///
    /// One of the tables `[policy.none]`, `[policy.one_sided]` and `[policy.two_sided]`, or rules (`[[policy.rules]]`); without
    /// any it is `[policy.none]`. Rewards are for what friends do whom a coded word brought; those of the presets are for first
    /// purchases.
    ///
    /// **Lift.** A reward multiplies participation (advocate's side) or the invitation chance (friend's side) by
    /// `1 + lift × (1 - exp(-amount / (0.1 × order value)))`. Half of the lift is there at 7 % of the price. The rewards of one
    /// side add up before they lift. A lift of 0 pays and changes nothing. That two sides work better than one is a tendency with counter-examples, so try both.
    [policy] with ["[[policy.rules]]\nside = 'advocate'\namount = '1.00 USD'"] {
        /// What all rewards may cost together. The rewards of both sides for one occasion are granted together or not at all;
        /// with the first that the budget does not cover the programme is over, and people go on talking without offers.
        budget = "none: no limit",
        /// What the software that runs the programme costs for each begun 30 days, from its first rule's start for as long as a
        /// rule holds and the budget lasts.
        platform_fee,
        /// Beside `[[policy.rules]]`: how many levels of advocates may be rewarded; 1 is whose word it was, 2 whose word had
        /// brought her, too. Chains are off unless they are switched on here: where a reward depends on recruiting
        /// recruiters, many countries forbid it.
        levels,
        /// Larger rewards bring less profitable customers: share of the margin of who comes by a code that is lost with each
        /// doubling of what both sides are offered, above a tenth of the order value.
        selects_worse,
        /// Share of its chance that a coded word loses while advocates are rewarded, beside `[[policy.rules]]`.
        credibility_loss,
        /// Whose word counts where somebody has heard several with a code: the one that persuaded ("converting", as only a
        /// simulator can know), or the first or last that the company could track. The last can still come while she
        /// decides; the first holds as long as a window is open. Under both, who comes without a code but has heard one is
        /// a referral too, as with a cookie.
        attribution,
        /// In which form the code is handed out; it says how often it gets lost on the way.
        format,
        /// Chance that a code in this format comes through; the `tracking` of a channel comes on top.
        tracking = "95 % of links, 85 % of codes, 90 % of QR codes, 60 % of code words; without a format 100 %",
    }
    /// No reward for anybody.
    [policy.none] {}
    /// A reward for the advocate.
    [policy.one_sided] {
        /// The reward.
        advocate = "a tenth of the order value",
        /// Its form: see `kind` of `[[policy.rules]]`.
        advocate_kind,
        /// How much it lifts participation: see "Lift" above.
        advocate_lift,
        /// Rewards that one advocate can have.
        cap,
        /// The most time from the telling of the converting word to the purchase.
        window = "none: any time",
        /// The last moment at which the programme holds.
        ends = "none: it never ends",
        /// Share of its chance that a coded word loses while it is paid for: the hearer knows why it is told.
        credibility_loss,
    }
    /// A reward for both.
    [policy.two_sided] {
        /// The advocate's reward.
        advocate = "a tenth of the order value",
        /// Its form: see `kind` of `[[policy.rules]]`.
        advocate_kind,
        /// How much it lifts participation: see "Lift" above.
        advocate_lift,
        /// The friend's reward; a discount is at most the order value.
        friend = "a tenth of the order value",
        /// Its form: see `kind` of `[[policy.rules]]`.
        friend_kind,
        /// How much it lifts the invitation chance: see "Lift" above.
        friend_lift,
        /// Rewards that one advocate can have.
        cap,
        /// The most time from the telling of the converting word to the purchase.
        window = "none: any time",
        /// The last moment at which the programme holds.
        ends = "none: it never ends",
        /// Share of its chance that a coded word loses while it is paid for; nothing, for the friend gains too.
        credibility_loss,
    }
}
