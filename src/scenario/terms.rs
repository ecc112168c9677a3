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
use super::values::print_duration;
use crate::engine::CountTable;
use crate::event::{RewardKind, Side};
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

impl Written<'_, '_> {
    fn warn(&self, key: &str, found: String, why: impl Into<String>) -> Mistake {
        self.table.warning(key, found, why)
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
pub(super) fn warnings(root: &Reader<'_>, product: &Product, market: &Market) -> Vec<Mistake> {
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
fn without_rules(root: &Reader<'_>) -> Vec<Mistake> {
    let policy = root.table("policy");
    let idle = ["budget", "attribution", "format", "tracking", "platform_fee", "selects_worse"];
    let warning =
        |key: &str| policy.warning(key, "a term of a programme".to_owned(), "nobody is rewarded, so it is not used");
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

fn above_the_margin(rules: &[Written<'_, '_>], product: &Product) -> Option<Mistake> {
    let excess = |&price: &Cents| {
        let cost: i64 = of_one_friend(rules, price).iter().map(|written| written.cost(price).minor()).sum();
        (cost - price.basis_points(product.world.commerce.margin).minor(), price, Cents(cost))
    };
    let (over, price, cost) = prices(rules, product).iter().map(excess).max()?;
    let shown = largest(&of_one_friend(rules, price), price)?;
    (over > 0).then(|| {
        let (cost, price) = (money(cost, product), money(price, product));
        let margin = money(Cents(cost.amount.minor() - over), product);
        let found = format!("rewards that cost up to {cost} for a friend who buys for {price}");
        let why =
            format!("such an order leaves {margin}: each friend who comes so costs more than she brings at first");
        shown.warn(shown.worth, found, why)
    })
}

fn self_referral(rules: &[Written<'_, '_>], product: &Product) -> Option<Mistake> {
    let gain = |&price: &Cents| {
        let together = of_one_friend(rules, price);
        let worth: i64 = together.iter().map(|written| written.worth(price).minor()).sum();
        (worth - price.minor(), price, Cents(worth))
    };
    let (over, price, worth) = prices(rules, product).iter().map(gain).max()?;
    let shown = largest(&of_one_friend(rules, price), price)?;
    (over > 0).then(|| {
        let (worth, price) = (money(worth, product), money(price, product));
        let found = format!("rewards of {worth} in all for a purchase of {price}");
        shown.warn(shown.worth, found, "whoever refers herself earns more than she spends")
    })
}

fn without_limit(rules: &[Written<'_, '_>], product: &Product) -> Option<Mistake> {
    let is_open = |rule: &Rule| rule.cap.rewards.is_none() && rule.cap.amount.is_none() && rule.ends.is_none();
    let once = |rule: &Rule| matches!(rule.amount, Amount::Milestone { repeated: false, .. });
    let rule = |written: &&Written<'_, '_>| {
        let rule = written.rule;
        let costs = rule.pays() && rule.cost > 0;
        rule.side == Side::Advocate && costs && is_open(rule) && !once(rule)
    };
    let open = rules.iter().find(rule).filter(|_| product.world.policy.clauses().budget.is_none())?;
    let found = "a reward without a cap, an end or a budget".to_owned();
    let why = "what the company may come to owe has no limit: write a cap, ends or policy.budget";
    Some(open.warn(open.worth, found, why))
}

fn idle_budget(root: &Reader<'_>, rules: &[Written<'_, '_>], product: &Product) -> Option<Mistake> {
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
        let found = format!("a budget of {budget} for prizes of {prizes}");
        return Some(root.table("policy").warning("budget", found, "it does not cover them, so they are refused"));
    }
    let least = [Occasion::SignUp].into_iter().chain(purchases).map(cost_of).filter(|cost| *cost > 0).min()?;
    (least > budget.minor()).then(|| {
        let (budget, least) = (money(budget, product), money(Cents(least), product));
        let found = format!("a budget of {budget} for rewards of {least} at once");
        root.table("policy").warning("budget", found, "it does not cover one friend, so the programme never pays")
    })
}

fn caps_out_of_reach(rules: &[Written<'_, '_>], product: &Product, market: &Market) -> Vec<Mistake> {
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
        let why = format!("nobody {how} more than {people} people, so nobody ever has more than {most}");
        Some(written.warn("cap", format!("a cap of {cap} rewards"), why))
    };
    advocate().filter_map(warning).collect()
}

/// The most friends that one advocate can win, where the scenario bounds it, and by what.
fn most_friends_won(product: &Product, market: &Market) -> Option<(u32, &'static str)> {
    let world = &product.world;
    let told = match &world.telling.good {
        CountTable::Drawn(law) if world.telling.talking.is_none() && world.segments.is_empty() => Some(law.max()),
        _ => None,
    };
    // A channel may reach strangers, and a community makes friends.
    let known = market.friends_max().filter(|_| world.channels.is_none() && world.community.is_none());
    let bounds = [told.map(|most| (most, "tells")), known.map(|most| (most, "knows"))];
    bounds.into_iter().flatten().min_by_key(|(most, _)| *most)
}

fn falling_tiers(rules: &[Written<'_, '_>], product: &Product) -> Vec<Mistake> {
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
            let found = format!("{} from friend {from} on, after {}", money(amount, product), money(before, product));
            table.warning("amount", found, "it pays less for more: who brings many is told to stop")
        });
        warning.collect()
    };
    rules.iter().flat_map(falls).collect()
}

fn hasty_windows(rules: &[Written<'_, '_>], root: &Reader<'_>) -> Vec<Mistake> {
    let (mean, mut seen) = (mean(super::conversion::read_decision_delay(&root.table("conversion"))), vec![]);
    let warning = |written: &Written<'_, '_>| {
        let rule = written.rule;
        let window = rule.window.filter(|window| *window < mean)?;
        if !rule.pays() || rule.trigger == Trigger::SignUp {
            return None;
        }
        let found = format!("a window of {}", print_duration(window));
        let why = format!(
            "friends take {:.1} days to decide on average (conversion.decision_delay): many of them buy too late",
            mean.days()
        );
        Some(written.warn("window", found, why))
    };
    for warning in rules.iter().filter_map(warning) {
        if !seen.contains(&warning) {
            seen.push(warning);
        }
    }
    seen
}

fn hasty_holds(rules: &[Written<'_, '_>], product: &Product) -> Vec<Mistake> {
    let Some(refunds) = product.world.refunds else { return vec![] };
    let warning = |written: &Written<'_, '_>| {
        let rule = written.rule;
        // A friend's discount comes off the price that is paid back, and who signs up has bought nothing.
        let safe = rule.hold.max(rule.redemption.after) >= refunds.within || rule.is_taken_off();
        if safe || !rule.pays() || rule.trigger == Trigger::SignUp {
            return None;
        }
        let found = match rule.hold {
            Tick::ZERO => "a reward that is not held back".to_owned(),
            hold => format!("a hold of {}", print_duration(hold)),
        };
        let within = print_duration(refunds.within);
        let why = format!(
            "purchases are refunded within {within} (refunds.within): what is redeemed before that cannot be taken back"
        );
        Some(written.warn(if rule.hold == Tick::ZERO { written.worth } else { "hold" }, found, why))
    };
    rules.iter().filter_map(warning).collect()
}

/// Prizes that nobody can win.
fn idle_prizes(rules: &[Written<'_, '_>], product: &Product) -> Vec<Mistake> {
    let is_ticket = |written: &&Written<'_, '_>| written.rule.kind == RewardKind::Ticket;
    let tickets = rules.iter().find(is_ticket);
    let has_tickets = tickets.is_some();
    let draws = rules.iter().any(|written| matches!(written.rule.trigger, Trigger::Drawing(_)));
    let undrawn = tickets.filter(|_| !draws).map(|written| {
        let why = "no rule draws tickets (trigger = \"drawing\"): people are moved by something that nobody can win";
        written.warn("kind", "tickets without a drawing".to_owned(), why)
    });
    let warning = |written: &Written<'_, '_>| {
        let rule = written.rule;
        let end = rule.ends.filter(|_| rule.trigger.is_prize() && rule.pays())?;
        if end > product.world.horizon {
            let found = format!("prizes awarded after {}", print_duration(end));
            return Some(written.warn("ends", found, "that is after the horizon, so they never are"));
        }
        if matches!(rule.trigger, Trigger::Drawing(_)) && !has_tickets {
            let why = "no rule gives tickets (kind = \"ticket\"), so there is nothing to draw";
            return Some(written.warn("trigger", "a drawing without tickets".to_owned(), why));
        }
        let moves_nobody = matches!(rule.trigger, Trigger::Leaderboard(_)) && rule.prospect(Cents::ZERO) == Cents::ZERO;
        let why = "nobody is moved by these prizes: write as `perceived` what people think a place is worth to them";
        moves_nobody.then(|| written.warn("trigger", "a leaderboard without `perceived`".to_owned(), why))
    };
    rules.iter().filter_map(warning).chain(undrawn).collect()
}

/// Rewards that are never granted, because they are held back for longer than is played.
fn endless_holds(rules: &[Written<'_, '_>], product: &Product) -> Vec<Mistake> {
    let too_long = |written: &&Written<'_, '_>| written.rule.pays() && written.rule.hold > product.world.horizon;
    let warning = |written: &Written<'_, '_>| {
        let found = format!("a hold of {}", print_duration(written.rule.hold));
        written.warn("hold", found, "that is longer than the horizon, so it is never granted")
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
mod tests {
    use crate::scenario::{Overrides, Scenario};
    use std::path::Path;

    /// The warnings about a scenario: the line, the key, and what is said.
    fn warnings(text: &str) -> Vec<(usize, String, String)> {
        let scenario = Scenario::parse("x.toml", text, Path::new(""), Overrides::default());
        let warnings = scenario.unwrap_or_else(|error| panic!("{text}\n{error}")).warnings;
        let line = |warning: &super::Mistake| warnings.position(warning).map_or(0, |(line, _)| line);
        let said = |warning: &super::Mistake| {
            (line(warning), warning.key.clone(), format!("{}; {}", warning.found, warning.allowed))
        };
        warnings.list().iter().map(said).collect()
    }

    /// Asserts that there is one warning, on this line, about this key, that says these words.
    fn warns(text: &str, line: usize, key: &str, words: &str) {
        let said = warnings(text);
        let [(at, of, what)] = &said[..] else { panic!("{text}\n{said:?}") };
        assert_eq!((*at, of.as_str()), (line, key), "{what}");
        assert!(what.contains(words), "{what}");
    }

    fn is_silent(text: &str) {
        assert_eq!(warnings(text), [], "{text}");
    }

    /// An order of 60 dollars leaves 24; with an end nothing is owed for ever.
    fn two_sided(keys: &str) -> String {
        format!("[policy.two_sided]\nends = '90 days'\n{keys}\n")
    }

    fn rule(keys: &str) -> String {
        format!("[[policy.rules]]\nside = 'advocate'\nends = '90 days'\n{keys}\n")
    }

    #[test]
    fn rewards_above_the_margin_are_warned_of() {
        let expected =
            "rewards that cost up to 25.00 USD for a friend who buys for 60.00 USD; such an order leaves 24.00";
        warns(&two_sided("advocate = '10 USD'\nfriend = '15 USD'"), 4, "policy.two_sided.friend", expected);
        is_silent(&two_sided("advocate = '10 USD'\nfriend = '14 USD'"));
    }

    #[test]
    fn what_is_never_redeemed_is_no_cost() {
        is_silent(&rule("kind = 'points'\npoints = 3_000"));
        warns(&rule("kind = 'points'\npoints = 3_500"), 5, "policy.rules[0].points", "24.50 USD");
        is_silent(&rule("kind = 'gift'\namount = '40 USD'"));
    }

    #[test]
    fn the_margin_is_that_of_the_least_order_that_earns_the_reward() {
        let reward = "amount = '10 USD'\nminimum_order = ";
        warns(&rule(&format!("{reward}'20 USD'")), 4, "policy.rules[0].amount", "such an order leaves 8.00 USD");
        is_silent(&rule(&format!("{reward}'25 USD'")));
    }

    #[test]
    fn a_milestone_is_looked_at_by_its_share_in_each_friend() {
        is_silent(&rule("amount = '100 USD'\nat_referral = 5"));
        warns(&rule("amount = '100 USD'\nat_referral = 4"), 4, "policy.rules[0].amount", "25.00 USD");
    }

    #[test]
    fn a_debt_without_cap_budget_or_end_is_warned_of() {
        let open = "[policy.one_sided]\nadvocate = '5 USD'\n";
        warns(open, 2, "policy.one_sided.advocate", "no limit");
        is_silent(&format!("{open}cap = 5\n"));
        is_silent(&format!("{open}ends = '90 days'\n"));
        is_silent(&format!("policy.budget = '500 USD'\n{open}"));
        is_silent("[policy.none]\n");
        is_silent("[[policy.rules]]\nside = 'advocate'\namount = '5 USD'\nat_referral = 5\n");
    }

    #[test]
    fn a_friend_alone_cannot_be_owed_without_limit() {
        is_silent("[[policy.rules]]\nside = 'friend'\namount = '5 USD'\n");
    }

    #[test]
    fn a_cap_that_nobody_can_reach_is_warned_of() {
        let told = "telling.positive = 3\n";
        let expected = "nobody tells more than 3 people";
        warns(&format!("{told}{}", two_sided("cap = 4")), 4, "policy.two_sided.cap", expected);
        is_silent(&format!("{told}{}", two_sided("cap = 3")));
        let known = "[graph.circle]\n";
        warns(&format!("{known}{}", two_sided("cap = 5")), 4, "policy.two_sided.cap", "knows more than 2");
        is_silent(&format!("[graph.random_regular]\ndegree = 5\n{}", two_sided("cap = 5")));
    }

    #[test]
    fn a_cap_counts_every_reward_for_a_friend() {
        let rules = format!(
            "telling.positive = 3\n{}{}",
            rule("amount = '1 USD'\ntrigger = 'sign_up'\ncap = 6"),
            rule("amount = '1 USD'")
        );
        is_silent(&rules);
        warns(&rules.replace("cap = 6", "cap = 7"), 7, "policy.rules[0].cap", "a cap of 7 rewards");
        is_silent(&format!("telling.positive = 3\n{}", rule("amount = '1 USD'\ntrigger = 'each_purchase'\ncap = 9")));
    }

    #[test]
    fn a_tier_that_pays_less_for_more_is_warned_of() {
        let tiers = |second| {
            rule(&format!("tiers = [{{ from = 1, amount = '10 USD' }},\n{{ from = 5, amount = '{second} USD' }}]"))
        };
        warns(&tiers(9), 5, "policy.rules[0].tiers[1].amount", "9.00 USD from friend 5 on, after 10.00 USD");
        is_silent(&tiers(10));
    }

    #[test]
    fn rewards_above_the_price_are_said_to_invite_self_referral() {
        let both = "advocate = '40 USD'\nfriend = '21 USD'\n[commerce]\nmargin = '100 %'";
        let said = warnings(&two_sided(both));
        assert!(said.iter().any(|(.., what)| what.contains("refers herself earns more than she spends")), "{said:?}");
        let said = warnings(&two_sided(&both.replace("21", "20")));
        assert!(said.is_empty(), "{said:?}");
    }

    #[test]
    fn a_budget_below_the_rewards_of_one_friend_is_warned_of() {
        let budget = |budget| {
            format!("[policy]\nbudget = '{budget} USD'\n{}", two_sided("advocate = '5 USD'\nfriend = '5 USD'"))
        };
        warns(&budget("9.99"), 2, "policy.budget", "never pays");
        is_silent(&budget("10"));
    }

    #[test]
    fn a_window_shorter_than_the_mean_decision_is_warned_of() {
        let expected = "4.0 days to decide on average";
        warns(&two_sided("window = '3 days'"), 3, "policy.two_sided.window", expected);
        is_silent(&two_sided("window = '4 days'"));
        is_silent(&rule("amount = '1 USD'\ntrigger = 'sign_up'\nwindow = '3 days'"));
    }

    #[test]
    fn a_reward_that_is_redeemed_before_the_last_refund_is_warned_of() {
        let refunds = "[refunds]\nwithin = '14 days'\n";
        let expected = "purchases are refunded within 2 weeks";
        warns(&format!("{refunds}{}", rule("amount = '5 USD'\nhold = '13 days'")), 7, "policy.rules[0].hold", expected);
        warns(&format!("{refunds}{}", rule("amount = '5 USD'")), 6, "policy.rules[0].amount", "not held back");
        is_silent(&format!("{refunds}{}", rule("amount = '5 USD'\nhold = '14 days'")));
        is_silent(&format!("{refunds}{}", rule("kind = 'points'\npoints = 500")));
        is_silent(&format!("{refunds}[policy.two_sided]\nends = '9 days'\nadvocate = '0 USD'\nfriend = '5 USD'"));
    }

    #[test]
    fn a_prize_that_nobody_can_win_is_warned_of() {
        let drawing = |ends: &str| {
            format!(
                "[[policy.rules]]\nside = 'advocate'\ntrigger = 'drawing'\nwinners = 1\namount = '5 USD'\nends = '{ends}'\n"
            )
        };
        let tickets = rule("kind = 'ticket'\namount = '1 USD'");
        warns(&drawing("30 days"), 3, "policy.rules[0].trigger", "no rule gives tickets");
        is_silent(&format!("{tickets}{}", drawing("30 days")));
        warns(&format!("{tickets}{}", drawing("2 years")), 11, "policy.rules[1].ends", "after the horizon");
        let places = "tiers = [{ from = 1, amount = '9 USD' }, { from = 2, amount = '5 USD' }]";
        is_silent(&rule(&format!("trigger = 'leaderboard'\nwinners = 2\nperceived = '1 USD'\n{places}")));
        let unknown = rule(&format!("trigger = 'leaderboard'\nwinners = 2\n{places}"));
        warns(&unknown, 4, "policy.rules[0].trigger", "nobody is moved by these prizes");
        warns(&tickets, 4, "policy.rules[0].kind", "no rule draws tickets");
    }

    #[test]
    fn a_reward_that_is_held_back_for_ever_is_warned_of() {
        warns(&rule("amount = '5 USD'\nhold = '2 years'"), 5, "policy.rules[0].hold", "longer than the horizon");
        is_silent(&rule("amount = '5 USD'\nhold = '1 year'"));
    }

    #[test]
    fn a_term_without_a_reward_is_warned_of() {
        warns("policy.platform_fee = '99 USD'", 1, "policy.platform_fee", "nobody is rewarded");
    }

    #[test]
    fn rules_for_different_segments_are_not_added_up() {
        let segments =
            "[[segments]]\nname = 'members'\nshare = '15 %'\n[[segments]]\nname = 'others'\nshare = '85 %'\n";
        let of = |segment: &str, amount: u32| rule(&format!("segment = '{segment}'\namount = '{amount} USD'"));
        is_silent(&format!("{segments}{}{}", of("members", 16), of("others", 20)));
        let all = rule("amount = '9 USD'");
        let text = format!("{segments}{}{}{all}", of("members", 16), of("others", 8));
        warns(&text, 11, "policy.rules[0].amount", "rewards that cost up to 25.00 USD");
    }

    #[test]
    fn a_budget_below_the_prizes_is_warned_of() {
        let prizes = rule("trigger = 'leaderboard'\nwinners = 3\nperceived = '1 USD'\namount = '50 USD'");
        warns(&format!("policy.budget = '149 USD'\n{prizes}"), 1, "policy.budget", "prizes of 150.00 USD");
        is_silent(&format!("policy.budget = '150 USD'\n{prizes}"));
    }

    #[test]
    fn a_budget_is_held_against_the_rewards_of_one_occasion() {
        let rules = rule("trigger = 'purchase'\nnumber = 2\namount = '8 USD'") + &rule("amount = '5 USD'");
        warns(&format!("policy.budget = '4 USD'\n{rules}"), 1, "policy.budget", "rewards of 5.00 USD at once");
        is_silent(&format!("policy.budget = '5 USD'\n{rules}"));
    }

    #[test]
    fn a_warning_about_a_preset_is_shown_where_it_is_chosen() {
        warns("# first line\npreset = 'milestone'", 2, "policy.rules[0].amount", "no limit");
    }
}
