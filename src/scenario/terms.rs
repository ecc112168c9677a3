//! What a programme's terms let happen that nobody means: warnings, for a scenario that is right as a document.
//!
//! They are found from what was read, before anything is played: a reward above the margin, a debt without limit, a cap or
//! a budget that is idle. Whether a programme pays is for the runs to say. Sums are those of one friend up to and with her
//! first purchase; later purchases earn for themselves.

use super::customer::Product;
use super::incentives::PRESETS;
use super::market::Market;
use super::mistake::Mistake;
use super::money::Money;
use super::reader::Reader;
use super::reward_rules::AMOUNTS;
use super::values::duration_said;
use crate::engine::CountTable;
use crate::event::{RewardKind, Side};
use crate::language::{Language, Said, Value, said};
use crate::laws::DelayLaw;
use crate::policy::{Amount, Occasion, Rule, Trigger};
use crate::units::{Cents, Tick};

/// A rule, and where it is written.
struct Written<'p, 'd> {
    rule: &'p Rule,
    table: Reader<'d>,
    /// The key that says what it is worth.
    worth: &'static str,
}

/// A warning, as it is shown in the file and as it is told beside results.
pub(super) struct Warning {
    pub mistake: Mistake,
    pub note: Said,
}

impl Warning {
    fn new(table: &Reader<'_>, key: &str, found: Said, why: Said) -> Warning {
        let [shown, allowed] = [&found, &why].map(|said| said.told(Language::English));
        let mistake = table.warning(key, shown, allowed);
        let note = said!("note-warning", key = mistake.key.as_str(), found = found, why = why);
        Warning { mistake, note }
    }
}

impl Written<'_, '_> {
    fn warn(&self, key: &str, found: Said, why: Said) -> Warning {
        Warning::new(&self.table, key, found, why)
    }

    /// Whether it pays for a friend who signs up and buys once at this price.
    fn pays_once_at(&self, price: Cents) -> bool {
        // Prizes are not for one friend.
        let once = [Occasion::SignUp, Occasion::Purchase { before: 0, order: price, left: price }];
        let is_once = once.into_iter().any(|occasion| self.rule.trigger.is_pulled_by(occasion));
        is_once && self.rule.pays() && self.rule.minimum_order <= price
    }

    /// What it is worth for one friend at this price, at most; of a milestone, its share in each friend on the way.
    fn worth(&self, price: Cents) -> Cents {
        match self.rule.amount {
            Amount::Milestone { .. } => self.rule.amount.prospect(price),
            _ => self.rule.amount.most(price).money(),
        }
    }

    /// What that costs the company, as far as it is redeemed.
    fn cost(&self, price: Cents) -> Cents {
        let all = self.worth(price).basis_points(self.rule.cost);
        all.basis_points(self.rule.redemption.share)
    }
}

/// Every warning about the programme of a scenario.
pub(super) fn warnings(root: &Reader<'_>, product: &Product, market: &Market) -> Vec<Warning> {
    let rules = written(root, product);
    if !rules.iter().any(|written| written.rule.pays()) {
        return without_rules(root);
    }
    let mut found = vec![];
    found.extend(above_the_margin(&rules, product));
    found.extend(self_referral(&rules, product));
    found.extend(without_limit(&rules, product));
    found.extend(idle_budget(root, &rules, product));
    found.extend(caps_out_of_reach(&rules, product, market));
    found.extend(falling_tiers(&rules, product));
    found.extend(hasty_windows(&rules, root));
    found.extend(hasty_holds(&rules, product));
    found.extend(idle_prizes(&rules, product));
    found.extend(endless_holds(&rules, product));
    found
}

/// What is said of a programme that rewards nobody.
fn without_rules(root: &Reader<'_>) -> Vec<Warning> {
    let policy = root.table("policy");
    let idle = ["budget", "attribution", "format", "tracking", "platform_fee", "selects_worse"];
    let warning = |key: &str| Warning::new(&policy, key, said!("found-idle-term"), said!("why-idle-term"));
    idle.into_iter().filter(|key| policy.has(key)).map(warning).collect()
}

/// The rules as they were read, beside their tables.
fn written<'p, 'd>(root: &Reader<'d>, product: &'p Product) -> Vec<Written<'p, 'd>> {
    let tables = root.table("policy").tables("rules");
    if tables.is_empty() {
        let Some((_, table)) = root.one_table_of("policy", &PRESETS) else { return vec![] };
        let of_preset = |rule: &'p Rule| Written { rule, table: table.clone(), worth: rule.side.name() };
        return product.rules.iter().map(of_preset).collect();
    }
    let of_rule = |(rule, table): (&'p Rule, Reader<'d>)| {
        let worth = AMOUNTS.into_iter().find(|key| table.has(key)).unwrap_or("");
        Written { rule, table, worth }
    };
    let tables = product.written.iter().filter_map(|&place| tables.get(place).cloned());
    product.rules.iter().zip(tables).map(of_rule).collect()
}

fn money(amount: Cents, product: &Product) -> Money {
    Money { amount, currency: product.order.currency }
}

/// The prices at which sums are looked at: the least for which a rule pays, or the usual one.
fn prices(rules: &[Written<'_, '_>], product: &Product) -> Vec<Cents> {
    let least = |written: &Written<'_, '_>| match written.rule.minimum_order {
        Cents::ZERO => product.order.amount,
        least => least,
    };
    rules.iter().map(least).collect()
}

/// The rules of both sides that pay most for one friend at a price. Nobody belongs to two segments, so of those that are for
/// one alone the dearest counts, on each side.
fn of_one_friend<'r, 'p, 'd>(rules: &'r [Written<'p, 'd>], price: Cents) -> Vec<&'r Written<'p, 'd>> {
    let pays = |side: Side, segment: Option<u8>| {
        let paying = rules.iter().filter(move |written| written.pays_once_at(price));
        let of_side = paying.filter(move |written| written.rule.side == side);
        of_side.filter(move |written| written.rule.segment.is_none() || written.rule.segment == segment)
    };
    let together = |side: Side| {
        let segments = [None].into_iter().chain(rules.iter().map(|written| written.rule.segment));
        let dearest = |&segment: &Option<u8>| -> i64 { pays(side, segment).map(|w| w.worth(price).minor()).sum() };
        pays(side, segments.max_by_key(dearest).flatten())
    };
    together(Side::Advocate).chain(together(Side::Friend)).collect()
}

/// The key at which a sum of rewards is shown: that of the largest.
fn largest<'r, 'p, 'd>(rules: &[&'r Written<'p, 'd>], price: Cents) -> Option<&'r Written<'p, 'd>> {
    rules.iter().copied().max_by_key(|written| written.worth(price))
}

fn above_the_margin(rules: &[Written<'_, '_>], product: &Product) -> Option<Warning> {
    let excess = |&price: &Cents| {
        let cost: i64 = of_one_friend(rules, price).iter().map(|written| written.cost(price).minor()).sum();
        (cost - price.basis_points(product.world.commerce.margin).minor(), price, Cents(cost))
    };
    let (over, price, cost) = prices(rules, product).iter().map(excess).max()?;
    let shown = largest(&of_one_friend(rules, price), price)?;
    (over > 0).then(|| {
        let (cost, price) = (money(cost, product), money(price, product));
        let margin = money(Cents(cost.amount.minor() - over), product);
        let found = said!("found-above-margin", cost = cost.said(), price = price.said());
        let why = said!("why-above-margin", margin = margin.said());
        shown.warn(shown.worth, found, why)
    })
}

fn self_referral(rules: &[Written<'_, '_>], product: &Product) -> Option<Warning> {
    let gain = |&price: &Cents| {
        let together = of_one_friend(rules, price);
        let worth: i64 = together.iter().map(|written| written.worth(price).minor()).sum();
        (worth - price.minor(), price, Cents(worth))
    };
    let (over, price, worth) = prices(rules, product).iter().map(gain).max()?;
    let shown = largest(&of_one_friend(rules, price), price)?;
    (over > 0).then(|| {
        let (worth, price) = (money(worth, product), money(price, product));
        let found = said!("found-self-referral", worth = worth.said(), price = price.said());
        shown.warn(shown.worth, found, said!("why-self-referral"))
    })
}

fn without_limit(rules: &[Written<'_, '_>], product: &Product) -> Option<Warning> {
    let is_open = |rule: &Rule| rule.cap.rewards.is_none() && rule.cap.amount.is_none() && rule.ends.is_none();
    let once = |rule: &Rule| matches!(rule.amount, Amount::Milestone { repeated: false, .. });
    let rule = |written: &&Written<'_, '_>| {
        let rule = written.rule;
        let costs = rule.pays() && rule.cost > 0;
        rule.side == Side::Advocate && costs && is_open(rule) && !once(rule)
    };
    let open = rules.iter().find(rule).filter(|_| product.world.policy.clauses().budget.is_none())?;
    Some(open.warn(open.worth, said!("found-without-limit"), said!("why-without-limit")))
}

fn idle_budget(root: &Reader<'_>, rules: &[Written<'_, '_>], product: &Product) -> Option<Warning> {
    let budget = product.world.policy.clauses().budget?;
    let price = product.order.amount;
    // The rewards of one occasion are granted together or not at all, and count in full until they expire.
    let cost_of = |occasion: Occasion| {
        let rules = rules.iter().filter(|written| written.rule.trigger.is_pulled_by(occasion));
        let first = rules.map(|written| written.rule.cost_of(written.rule.amount.of(1, price)).money().minor());
        first.sum::<i64>()
    };
    // A first and a later purchase, and those that a rule counts.
    let counted = rules.iter().filter_map(|written| match written.rule.trigger {
        Trigger::Purchase(number) => Some(number - 1),
        _ => None,
    });
    let purchases =
        [0, 1].into_iter().chain(counted).map(|before| Occasion::Purchase { before, order: price, left: price });
    let prizes: i64 =
        rules.iter().filter(|written| written.rule.trigger.is_prize()).map(|written| written.rule.prizes()).sum();
    if prizes > budget.minor() {
        let (budget, prizes) = (money(budget, product), money(Cents(prizes), product));
        let found = said!("found-small-budget-for-prizes", budget = budget.said(), prizes = prizes.said());
        return Some(Warning::new(&root.table("policy"), "budget", found, said!("why-small-budget-for-prizes")));
    }
    let least = [Occasion::SignUp].into_iter().chain(purchases).map(cost_of).filter(|cost| *cost > 0).min()?;
    (least > budget.minor()).then(|| {
        let (budget, least) = (money(budget, product), money(Cents(least), product));
        let found = said!("found-small-budget", budget = budget.said(), least = least.said());
        Warning::new(&root.table("policy"), "budget", found, said!("why-small-budget"))
    })
}

fn caps_out_of_reach(rules: &[Written<'_, '_>], product: &Product, market: &Market) -> Vec<Warning> {
    let Some((people, how)) = most_friends_won(product, market) else { return vec![] };
    // A friend can earn an advocate one reward by each of her rules, and by each purchase more.
    let advocate = || rules.iter().filter(|written| written.rule.side == Side::Advocate && written.rule.pays());
    let endless = |rule: &Rule| matches!(rule.trigger, Trigger::EachPurchase | Trigger::LaterPurchase);
    if advocate().any(|written| endless(written.rule)) {
        return vec![];
    }
    let most = u64::from(people) * advocate().count() as u64;
    let warning = |written: &Written<'_, '_>| {
        let cap = written.rule.cap.rewards.filter(|cap| u64::from(*cap) > most)?;
        let why = match how {
            Bound::Tells => said!("why-cap-above-told", people = people, most = most),
            Bound::Knows => said!("why-cap-above-known", people = people, most = most),
        };
        Some(written.warn("cap", said!("found-high-cap", cap = cap), why))
    };
    advocate().filter_map(warning).collect()
}

/// What bounds the friends that one advocate can win.
enum Bound {
    Tells,
    Knows,
}

/// The most friends that one advocate can win, where the scenario bounds it, and by what.
fn most_friends_won(product: &Product, market: &Market) -> Option<(u32, Bound)> {
    let world = &product.world;
    let told = match &world.telling.good {
        CountTable::Drawn(law) if world.telling.talking.is_none() && world.segments.is_empty() => Some(law.max()),
        _ => None,
    };
    // A channel may reach strangers, and a community makes friends.
    let known = market.friends_max().filter(|_| world.channels.is_none() && world.community.is_none());
    let bounds = [told.map(|most| (most, Bound::Tells)), known.map(|most| (most, Bound::Knows))];
    bounds.into_iter().flatten().min_by_key(|(most, _)| *most)
}

fn falling_tiers(rules: &[Written<'_, '_>], product: &Product) -> Vec<Warning> {
    let falls = |written: &Written<'_, '_>| {
        let Amount::Tiered(tiers) = &written.rule.amount else { return vec![] };
        // That the first prize is the largest is what prizes are for.
        if written.rule.trigger.is_prize() {
            return vec![];
        }
        let tables = written.table.tables("tiers");
        let pairs = tiers.steps.windows(2).zip(tables.iter().skip(1));
        let falling = pairs.filter(|(pair, _)| pair[1].1 < pair[0].1);
        let warning = falling.map(|(pair, table)| {
            let [(_, before), (from, amount)] = [pair[0], pair[1]].map(|(from, worth)| (from, worth.money()));
            let [amount, before] = [amount, before].map(|amount| money(amount, product).said());
            let found = said!("found-falling-tier", amount = amount, from = from, before = before);
            Warning::new(table, "amount", found, said!("why-falling-tier"))
        });
        warning.collect()
    };
    rules.iter().flat_map(falls).collect()
}

fn hasty_windows(rules: &[Written<'_, '_>], root: &Reader<'_>) -> Vec<Warning> {
    let (mean, mut seen) = (mean(super::conversion::read_decision_delay(&root.table("conversion"))), vec![]);
    let warning = |written: &Written<'_, '_>| {
        let rule = written.rule;
        let window = rule.window.filter(|window| *window < mean)?;
        if !rule.pays() || rule.trigger == Trigger::SignUp {
            return None;
        }
        let found = said!("found-hasty-window", window = duration_said(window));
        let why = said!("why-hasty-window", days = Value::Figures(format!("{:.1}", mean.days())));
        Some(written.warn("window", found, why))
    };
    for warning in rules.iter().filter_map(warning) {
        if !seen.iter().any(|other: &Warning| other.mistake == warning.mistake) {
            seen.push(warning);
        }
    }
    seen
}

fn hasty_holds(rules: &[Written<'_, '_>], product: &Product) -> Vec<Warning> {
    let Some(refunds) = product.world.refunds else { return vec![] };
    let warning = |written: &Written<'_, '_>| {
        let rule = written.rule;
        // A friend's discount comes off the price that is paid back, and who signs up has bought nothing.
        let safe = rule.hold.max(rule.redemption.after) >= refunds.within || rule.is_taken_off();
        if safe || !rule.pays() || rule.trigger == Trigger::SignUp {
            return None;
        }
        let found = match rule.hold {
            Tick::ZERO => said!("found-no-hold"),
            hold => said!("found-hold", hold = duration_said(hold)),
        };
        let why = said!("why-hasty-hold", within = duration_said(refunds.within));
        Some(written.warn(if rule.hold == Tick::ZERO { written.worth } else { "hold" }, found, why))
    };
    rules.iter().filter_map(warning).collect()
}

/// Prizes that nobody can win.
fn idle_prizes(rules: &[Written<'_, '_>], product: &Product) -> Vec<Warning> {
    let is_ticket = |written: &&Written<'_, '_>| written.rule.kind == RewardKind::Ticket;
    let tickets = rules.iter().find(is_ticket);
    let has_tickets = tickets.is_some();
    let draws = rules.iter().any(|written| matches!(written.rule.trigger, Trigger::Drawing(_)));
    let undrawn = tickets
        .filter(|_| !draws)
        .map(|written| written.warn("kind", said!("found-no-drawing"), said!("why-no-drawing")));
    let warning = |written: &Written<'_, '_>| {
        let rule = written.rule;
        let end = rule.ends.filter(|_| rule.trigger.is_prize() && rule.pays())?;
        if end > product.world.horizon {
            let found = said!("found-late-prizes", end = duration_said(end));
            return Some(written.warn("ends", found, said!("why-late-prizes")));
        }
        if matches!(rule.trigger, Trigger::Drawing(_)) && !has_tickets {
            return Some(written.warn("trigger", said!("found-no-tickets"), said!("why-no-tickets")));
        }
        let moves_nobody = matches!(rule.trigger, Trigger::Leaderboard(_)) && rule.prospect(Cents::ZERO) == Cents::ZERO;
        moves_nobody.then(|| written.warn("trigger", said!("found-idle-leaderboard"), said!("why-idle-leaderboard")))
    };
    rules.iter().filter_map(warning).chain(undrawn).collect()
}

/// Rewards that are never granted, because they are held back for longer than is played.
fn endless_holds(rules: &[Written<'_, '_>], product: &Product) -> Vec<Warning> {
    let too_long = |written: &&Written<'_, '_>| written.rule.pays() && written.rule.hold > product.world.horizon;
    let warning = |written: &Written<'_, '_>| {
        let found = said!("found-hold", hold = duration_said(written.rule.hold));
        written.warn("hold", found, said!("why-endless-hold"))
    };
    rules.iter().filter(too_long).map(warning).collect()
}

fn mean(law: DelayLaw) -> Tick {
    match law {
        DelayLaw::Fixed(span) | DelayLaw::Exponential { mean: span } | DelayLaw::Gamma { mean: span, .. } => span,
        DelayLaw::LogNormal { median, sigma } => Tick((f64::from(median.0) * libm::exp(sigma * sigma / 2.0)) as u32),
        DelayLaw::Uniform { least, most } => Tick(least.0 + (most.0 - least.0) / 2),
    }
}

#[cfg(test)]
mod tests;
