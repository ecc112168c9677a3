//! Fraud: given a programme and who cheats, when people buy, then who is paid, who is caught, and what that costs.
//!
//! Ann (person 0) is satisfied, tells nobody yet, and buys at tick 0 like every first customer; Bob, Cyd and Dan are others. All
//! prices are 60.00 USD, and both sides get 10.00 USD.

use crate::common::{experiment, log, outcome, scenario, totals};
use crate::properties::is_of_rewards;
use std::collections::BTreeSet;
use tellwave::engine::World;
use tellwave::event::{Denial, Event, Fact, Scheme, Side};
use tellwave::experiment::Programme;
use tellwave::language::Language;
use tellwave::state::State;
use tellwave::units::{Cents, PersonId};

const ANN: PersonId = PersonId(0);

/// A circle of first customers, who buy in the order of their ids and tell nobody.
fn circle(people: u32, more: &str) -> World {
    experiment(&circle_text(people, more)).world
}

fn circle_text(people: u32, more: &str) -> String {
    let ids: Vec<String> = (0..people).map(|id| id.to_string()).collect();
    format!(
        "seed = 3\nhorizon = \"200 days\"\n[graph.circle]\npeople = {people}\n[seeds]\nids = [{}]\n\
         [experience]\nsatisfied = \"100 %\"\nunhappy = \"0 %\"\n[participation]\nunasked = \"100 %\"\nwilling = \"100 %\"\n\
         [telling]\npositive = \"fixed(0)\"\n{more}",
        ids.join(", ")
    )
}

const BOTH: &str = "[[policy.rules]]\nside = \"advocate\"\namount = \"10 USD\"\n\
                    [[policy.rules]]\nside = \"friend\"\namount = \"10 USD\"\n";

const SIGN_UPS: &str = "[[policy.rules]]\ntrigger = \"sign_up\"\nside = \"advocate\"\namount = \"2 USD\"\n\
                        [[policy.rules]]\ntrigger = \"sign_up\"\nside = \"friend\"\namount = \"1 USD\"\n";

/// Nobody cheats but as it says.
fn fraud(keys: &str) -> String {
    let others = ["self_referral", "ring", "coupon_leak", "coupon_use", "farming"];
    let others = others.iter().filter(|key| !keys.contains(**key)).map(|key| format!("{key} = \"0 %\"\n"));
    format!("[fraud]\nfirst_customers = true\n{}{keys}\n", others.collect::<String>())
}

fn check(detection: &str, false_positives: &str) -> String {
    format!(
        "[fraud.check]\ndetection = \"{detection}\"\nfalse_positives = \"{false_positives}\"\ncost = \"0.25 USD\"\n"
    )
}

/// Who was granted what, in order: the person, her side, minor units.
fn granted(events: &[Event]) -> Vec<(u32, Side, u32)> {
    let granted = |event: &Event| match event.what {
        Fact::RewardGranted { side, amount, .. } => Some((event.who.0, side, amount.0)),
        _ => None,
    };
    events.iter().filter_map(granted).collect()
}

fn denied(events: &[Event]) -> Vec<Denial> {
    let reason = |event: &Event| match event.what {
        Fact::RewardDenied { reason, .. } => Some(reason),
        _ => None,
    };
    events.iter().filter_map(reason).collect()
}

/// Who cheated, by which scheme, with whose code.
fn faked(events: &[Event]) -> Vec<(u32, Scheme, u32)> {
    let faked = |event: &Event| match event.what {
        Fact::ReferralFaked { teller, scheme } => Some((event.who.0, scheme, teller.0)),
        _ => None,
    };
    events.iter().filter_map(faked).collect()
}

fn count(events: &[Event], of: impl Fn(&Fact) -> bool) -> usize {
    events.iter().filter(|event| of(&event.what)).count()
}

fn checks(events: &[Event]) -> usize {
    count(events, |fact| matches!(fact, Fact::ReferralChecked { .. }))
}

#[test]
fn a_self_referral_pays_both_sides_to_one_person() {
    let story = log(&circle(3, &format!("{BOTH}{}", fraud("self_referral = \"100 %\""))), 0);
    assert_eq!(faked(&story), [0, 1, 2].map(|who| (who, Scheme::SelfReferral, who)));
    let both = [0, 1, 2].map(|who| [(who, Side::Advocate, 1_000), (who, Side::Friend, 1_000)]);
    assert_eq!(granted(&story), both.concat());
}

#[test]
fn who_refers_herself_signs_up_a_second_time() {
    let story = log(&circle(1, &format!("{BOTH}{SIGN_UPS}{}", fraud("self_referral = \"100 %\""))), 0);
    let amounts: Vec<u32> = granted(&story).iter().map(|reward| reward.2).collect();
    assert_eq!(amounts, [1_000, 1_000, 200, 100]);
    assert_eq!(count(&story, |fact| matches!(fact, Fact::SignedUp { .. })), 0, "and nobody was won");
}

#[test]
fn a_refund_undoes_what_a_self_referral_was_paid_for_the_purchase_alone() {
    let rules = format!(
        "[refunds]\nshare = \"100 %\"\nwithin = \"1 day\"\n{}[[policy.rules]]\nside = \"friend\"\nkind = \"discount\"\n\
         amount = \"20 USD\"\n[[policy.rules]]\nside = \"advocate\"\namount = \"5 USD\"\nhold = \"9 days\"\n",
        SIGN_UPS.replace("amount", "hold = \"9 days\"\namount")
    );
    let events = log(&circle(3, &format!("{rules}{}", fraud("self_referral = \"100 %\""))), 0);
    let refunded = |event: &Event| match event.what {
        Fact::PurchaseRefunded { order, discount, .. } => Some((order.0, discount.0)),
        _ => None,
    };
    assert_eq!(events.iter().filter_map(refunded).collect::<Vec<_>>(), [(6_000, 2_000); 3]);
    assert_eq!(count(&events, |fact| matches!(fact, Fact::RewardForfeited { .. })), 3, "and no reward for a sign-up");
}

#[test]
fn first_customers_cheat_only_where_the_scenario_says_so() {
    let fakes = |first: bool| {
        let keys = fraud("self_referral = \"100 %\"");
        let keys = keys.replace("first_customers = true", &format!("first_customers = {first}"));
        faked(&log(&circle(3, &format!("{BOTH}{keys}")), 0)).len()
    };
    assert_eq!([fakes(true), fakes(false)], [3, 0]);
}

#[test]
fn a_ring_pays_a_friend_who_participates() {
    let story = log(&circle(4, &format!("{BOTH}{}", fraud("ring = \"100 %\""))), 0);
    // Ann has nobody to ask; Bob asks Ann, Cyd asks Bob, and Dan asks one of Cyd and Ann, his neighbours in the circle.
    let [bob, cyd, dan] = faked(&story)[..] else { panic!("{:?}", faked(&story)) };
    assert_eq!((bob, cyd), ((1, Scheme::Ring, 0), (2, Scheme::Ring, 1)));
    assert!(dan.0 == 3 && [0, 2].contains(&dan.2), "{dan:?}");
    let first = [(0, Side::Advocate, 1_000), (1, Side::Friend, 1_000)];
    assert_eq!((&granted(&story)[..2], granted(&story).len()), (&first[..], 6));
}

#[test]
fn a_leaked_code_is_credited_to_who_leaked_it_last() {
    let keys = "coupon_leak = \"100 %\"\ncoupon_use = \"100 %\"";
    let story = log(&circle(3, &format!("{BOTH}{}", fraud(keys))), 0);
    assert_eq!(count(&story, |fact| matches!(fact, Fact::CodeLeaked)), 3);
    assert_eq!(faked(&story), [(1, Scheme::CouponLeak, 0), (2, Scheme::CouponLeak, 1)]);
    let advocates: Vec<u32> = granted(&story).iter().filter(|it| it.1 == Side::Advocate).map(|it| it.0).collect();
    assert_eq!(advocates, [0, 1]);
}

#[test]
fn nobody_looks_for_a_coupon_that_takes_nothing_off() {
    let one_sided = "[[policy.rules]]\nside = \"advocate\"\namount = \"10 USD\"\n";
    let keys = "coupon_leak = \"100 %\"\ncoupon_use = \"100 %\"";
    assert_eq!(faked(&log(&circle(3, &format!("{one_sided}{}", fraud(keys))), 0)), []);
}

#[test]
fn fake_accounts_earn_rewards_for_sign_ups_only_and_are_no_customers() {
    let text = format!("{BOTH}{SIGN_UPS}{}", fraud("farming = \"100 %\"\nfake_accounts = 3"));
    let world = circle(2, &text);
    let story = log(&world, 0);
    assert_eq!(faked(&story), [[(0, Scheme::Farming, 0); 3], [(1, Scheme::Farming, 1); 3]].concat());
    let account = |who| [(who, Side::Advocate, 200), (who, Side::Friend, 100)];
    assert_eq!(granted(&story), [account(0), account(0), account(0), account(1), account(1), account(1)].concat());
    assert_eq!(count(&story, |fact| matches!(fact, Fact::FirstPurchaseMade { .. })), 2);
    assert_eq!(count(&story, |fact| matches!(fact, Fact::SignedUp { .. } | Fact::ReferralCredited { .. })), 0);
    let purchases_only = circle(2, &format!("{BOTH}{}", fraud("farming = \"100 %\"")));
    assert_eq!(faked(&log(&purchases_only, 0)), [], "where sign-ups earn nothing, nobody opens any");
}

#[test]
fn who_is_asked_later_and_agrees_can_farm_too() {
    let asked = "[[asking.prompts]]\nafter = \"3 days\"\nchance = \"100 %\"\n";
    let text = format!("{SIGN_UPS}{asked}{}", fraud("farming = \"100 %\"\nfake_accounts = 1"));
    let text = circle_text(2, &text).replace("unasked = \"100 %\"", "unasked = \"0 %\"");
    let story = log(&experiment(&text).world, 0);
    assert_eq!(count(&story, |fact| matches!(fact, Fact::ParticipationAgreed)), 2);
    assert_eq!(faked(&story), [(0, Scheme::Farming, 0), (1, Scheme::Farming, 1)]);
}

#[test]
fn a_fake_earns_for_later_purchases_too() {
    let each = "[[policy.rules]]\nside = \"advocate\"\ntrigger = \"each_purchase\"\namount = \"10 USD\"\n";
    let buys_on = "[commerce]\nperiod = \"60 days\"\nretention = \"100 %\"\n";
    let text = format!("{each}{buys_on}{}", fraud("self_referral = \"100 %\""));
    assert_eq!(granted(&log(&circle(1, &text), 0)).len(), 4, "on days 0, 60, 120 and 180");
    let caught = log(&circle(1, &format!("{text}{}", check("100 %", "0 %"))), 0);
    assert_eq!((denied(&caught), checks(&caught)), (vec![Denial::Fraud; 4], 1), "checked once, refused for good");
}

#[test]
fn a_detection_of_all_refuses_every_fake_and_says_why() {
    let keys = "self_referral = \"100 %\"\nfarming = \"100 %\"\nfake_accounts = 2";
    let story = log(&circle(3, &format!("{BOTH}{SIGN_UPS}{}{}", fraud(keys), check("100 %", "0 %"))), 0);
    assert_eq!(granted(&story), []);
    // Each has four rewards refused for herself, and two for each of her two accounts.
    assert_eq!(denied(&story), vec![Denial::Fraud; 3 * (4 + 2 * 2)]);
    assert_eq!(checks(&story), 3 * (1 + 2));
    assert_eq!(count(&story, |fact| matches!(fact, Fact::ReferralCredited { .. })), 0);
}

/// A market in which people refer.
fn market(policy: &str, fraud: &str) -> String {
    format!(
        "seed = 5\nruns = 40\nhorizon = \"120 days\"\n[graph.watts_strogatz]\npeople = 500\nties_per_person = 10\n\
         [seeds]\ncount = 20\n[conversion]\npersuasion = \"6 %\"\ninvitation = \"15 %\"\n{policy}{fraud}"
    )
}

#[test]
fn honest_referrals_that_are_all_taken_for_fakes_earn_nothing() {
    let [honest, checked] =
        [String::new(), fraud("") + &check("0 %", "100 %")].map(|fraud| experiment(&market(BOTH, &fraud)).world);
    for run in 0..5 {
        let [honest, checked] = [log(&honest, run), log(&checked, run)];
        assert!(!granted(&honest).is_empty() && granted(&checked).is_empty());
        assert_eq!(denied(&checked), vec![Denial::Fraud; granted(&honest).len()]);
    }
}

#[test]
fn each_check_is_paid_for_once_and_is_on_the_ledger() {
    let text = market(BOTH, &format!("[fraud]\nfirst_customers = true\n{}", check("50 %", "10 %")));
    let outcome = outcome(&text);
    let total = |name| totals(&outcome, name);
    let (cost, checked) = (total("fraud_check_cost"), total("referrals_checked"));
    assert!(checked.iter().sum::<i64>() > 100);
    assert_eq!(cost, checked.iter().map(|checked| 25 * checked).collect::<Vec<_>>());
    assert_eq!(total("other_cost"), cost);
    // Both sides of a caught referral are refused.
    let caught: Vec<i64> =
        total("fakes_caught").iter().zip(total("honest_caught")).map(|(fakes, honest)| 2 * (fakes + honest)).collect();
    assert_eq!(total("denied_for_fraud"), caught);
}

#[test]
fn what_can_earn_nothing_is_not_checked() {
    let checks = |policy: &str| {
        let world = experiment(&market(policy, &format!("{}{}", fraud(""), check("50 %", "50 %")))).world;
        checks(&log(&world, 0))
    };
    assert!(checks("[policy.two_sided]\n") > 0);
    assert_eq!(checks("[policy.two_sided]\ncap = 0\nfriend = \"0 USD\"\n"), 0);
    assert_eq!(checks("[policy.two_sided]\nends = \"0 days\"\n"), 0);
    assert_eq!(checks("[policy]\ntracking = \"0 %\"\n[policy.two_sided]\n"), 0);
}

#[test]
fn what_only_counts_for_a_prize_is_checked_too() {
    let prize = "[[policy.rules]]\ntrigger = \"leaderboard\"\nwinners = 1\nside = \"advocate\"\namount = \"4 USD\"\n\
                 ends = \"20 days\"\n";
    let story = |check: &str| log(&circle(3, &format!("{prize}{}{check}", fraud("self_referral = \"100 %\""))), 0);
    assert_eq!(granted(&story("")), [(0, Side::Advocate, 400)]);
    let checked = story(&check("100 %", "0 %"));
    assert_eq!((checks(&checked), granted(&checked)), (3, vec![]));
}

#[test]
fn nobody_is_above_herself_in_a_chain_of_referrals() {
    let chain = "[[policy.rules]]\nside = \"advocate\"\nlevel = 2\namount = \"3 USD\"\n";
    let story =
        log(&circle(1, &format!("[policy]\nlevels = 2\n{BOTH}{chain}{}", fraud("self_referral = \"100 %\""))), 0);
    assert_eq!(granted(&story), [(0, Side::Advocate, 1_000), (0, Side::Friend, 1_000)]);
    // Bob used Ann's code, and Cyd Bob's: Ann stands above both.
    let story = log(&circle(3, &format!("[policy]\nlevels = 2\n{chain}{}", fraud("ring = \"100 %\""))), 0);
    assert_eq!(granted(&story), [(0, Side::Advocate, 300)]);
}

#[test]
fn fraud_is_off_by_default_and_fraud_that_nobody_commits_changes_nothing() {
    for policy in [BOTH, SIGN_UPS, "[policy.two_sided]\n"] {
        let [plain, idle] = [String::new(), fraud("")].map(|fraud| experiment(&market(policy, &fraud)).world);
        assert!(plain.fraud.is_none() && idle.fraud.is_some());
        (0..3).for_each(|run| assert!(log(&plain, run) == log(&idle, run), "run {run}"));
    }
}

#[test]
fn fraud_changes_nobodys_words_and_nobodys_purchase() {
    let others = |events: Vec<Event>| -> Vec<_> {
        let others = events.into_iter().filter(|event| !is_of_rewards(event.what));
        others.map(|event| (event.at, event.who, event.what)).collect()
    };
    let both = format!("{BOTH}{SIGN_UPS}");
    let [honest, cheats] =
        ["", "[fraud]\nfirst_customers = true\nself_referral = \"20 %\"\nring = \"20 %\"\ncoupon_leak = \"20 %\"\nfarming = \"50 %\"\n"]
            .map(|fraud| experiment(&market(&both, fraud)).world);
    let mut schemes = BTreeSet::new();
    for run in 0..5 {
        let [honest, cheats] = [log(&honest, run), log(&cheats, run)];
        schemes.extend(faked(&cheats).iter().map(|fake| fake.1));
        assert!(others(honest) == others(cheats), "run {run}");
    }
    assert_eq!(schemes.len(), Scheme::ALL.len());
}

#[test]
fn a_programme_whose_money_is_gone_tempts_nobody() {
    let story = log(&circle(40, &format!("[policy]\nbudget = \"50 USD\"\n{BOTH}{}", fraud("self_referral = 1.0"))), 0);
    // Two are paid 20 dollars each, the third is refused, and from then on nobody cheats.
    assert_eq!((faked(&story).len(), granted(&story).len()), (3, 4));
}

/// Null: of 40 runs of 500 first customers, each cheats with the chance that the key says. Tolerance: four standard deviations
/// of the binomial, so one seed in 16,000 fails for each; the seed is 3.
#[test]
fn as_many_cheat_and_are_caught_as_the_chances_say() {
    let keys = "self_referral = \"4 %\"\ncoupon_use = \"0 %\"\nfarming = \"6 %\"\nfake_accounts = 2";
    let text = format!("{SIGN_UPS}{BOTH}{}{}", fraud(keys), check("70 %", "0 %"));
    let world = circle(500, &text);
    let mut found = [0.0; 4];
    for run in 0..40 {
        let story = log(&world, run);
        let fakes = faked(&story);
        found[0] += fakes.iter().filter(|fake| fake.1 == Scheme::SelfReferral).count() as f64;
        found[1] += fakes.iter().filter(|fake| fake.1 == Scheme::Farming).count() as f64 / 2.0;
        found[2] += checks(&story) as f64;
        found[3] += count(&story, |fact| matches!(fact, Fact::ReferralChecked { caught: true, .. })) as f64;
    }
    let [selves, farmers, checked, caught] = found;
    let within =
        |found: f64, of: f64, chance: f64| (found - of * chance).abs() < 4.0 * (of * chance * (1.0 - chance)).sqrt();
    assert!(within(selves, 20_000.0, 0.04), "{selves} referred themselves");
    assert!(within(farmers, 20_000.0, 0.06), "{farmers} opened accounts");
    assert_eq!(checked, selves + 2.0 * farmers);
    assert!(within(caught, checked, 0.7), "{caught} of {checked} were caught");
}

#[test]
fn more_detection_lets_nobody_go_who_was_caught() {
    let caught = |detection: &str| -> BTreeSet<PersonId> {
        let text = format!("{BOTH}{}{}", fraud("self_referral = \"50 %\""), check(detection, "0 %"));
        let story = log(&circle(300, &text), 0);
        let caught = |event: &&Event| matches!(event.what, Fact::ReferralChecked { caught: true, .. });
        story.iter().filter(caught).map(|event| event.who).collect()
    };
    let (few, many) = (caught("30 %"), caught("60 %"));
    assert!(few.len() > 10 && few.len() < many.len() && few.is_subset(&many));
}

#[test]
fn a_ring_needs_people_to_ask() {
    let rings = |audience: &str| {
        let graph = if audience == "fresh" { "" } else { "[graph.complete]\npeople = 300\n" };
        let text = format!(
            "seed = 2\nstop_at_customers = 250\n{graph}[seeds]\ncount = 10\n[telling]\naudience = \"{audience}\"\n\
             [conversion]\npersuasion = \"10 %\"\n{BOTH}{}",
            fraud("ring = \"60 %\"")
        );
        let world = experiment(&text).world;
        let story = log(&world, 0);
        let mut state = State::new(world.ground(world.dice).people(&world.seeds));
        for event in &story {
            if let Fact::ReferralFaked { teller, scheme: Scheme::Ring } = event.what {
                assert!(state.participates(teller) && teller != event.who, "{event:?}");
            }
            state.apply(event);
        }
        faked(&story).len()
    };
    assert!(rings("neighbours") > 3 && rings("population") > 3);
    assert_eq!(rings("fresh"), 0);
}

#[test]
fn what_is_paid_for_fakes_is_reward_cost_and_paid_for_who_comes_anyway() {
    let buys_on = "[commerce]\nretention = \"60 %\"\n";
    let each = "[[policy.rules]]\nside = \"advocate\"\ntrigger = \"each_purchase\"\nkind = \"points\"\npoints = 500\n\
                expires = \"40 days\"\n";
    let keys = "[fraud]\nfirst_customers = true\nself_referral = \"30 %\"\nring = \"30 %\"\nfarming = \"20 %\"\n";
    let outcome = outcome(&market(&format!("{buys_on}{SIGN_UPS}{each}"), keys));
    let total = |name| totals(&outcome, name);
    let (faked, all) = (total("reward_cost_faked"), total("reward_cost"));
    assert!(faked.iter().zip(&all).all(|(faked, all)| 0 < *faked && faked <= all), "{faked:?} of {all:?}");
    assert!(faked.iter().sum::<i64>() < all.iter().sum(), "{faked:?} of {all:?}");
    let programme = Programme::of(&outcome).expect("a twin");
    assert!(
        programme.twin.iter().all(|summary| summary.measure.name != "self_referrals" || summary.estimate.mean == 0.0)
    );
    // The first customers buy in both worlds, so what is paid for their cheating is paid for who comes anyway.
    let only_seeds =
        format!("{}[telling]\npositive = \"fixed(0)\"\n", market(BOTH, &fraud("self_referral = \"100 %\"")));
    let outcome = crate::common::outcome(&only_seeds);
    let anyway = outcome.twin.as_ref().expect("a twin").comparison("reward_cost_anyway").expect("a measure");
    assert_eq!((anyway, totals(&outcome, "reward_cost_faked")), (vec![20 * 2_000; 40], vec![20 * 2_000; 40]));
}

#[test]
fn nobody_can_use_two_codes_at_once_and_money_has_one_currency() {
    let refused = |fraud: &str| {
        let text = market(BOTH, fraud);
        let read = tellwave::scenario::Scenario::parse("x.toml", &text, "".as_ref(), Default::default());
        read.err().map(|error| error.to_string()).unwrap_or_default()
    };
    assert!(refused("[fraud]\nself_referral = \"60 %\"\nring = \"50 %\"\n").contains("nobody uses two codes"));
    assert!(refused("[fraud.check]\ncost = \"1 EUR\"\n").contains("fraud.check.cost"));
    assert_eq!(refused("[fraud.check]\n"), "", "the check switches on what it checks");
}

#[test]
fn fraud_without_rewards_is_noted() {
    let notes = scenario(&market("[policy.none]\n", "[fraud]\nfirst_customers = true\n")).notes(Language::English);
    assert!(notes.iter().any(|note| note.contains("[fraud] changes nothing")), "{notes:?}");
    assert!(
        scenario(&market(BOTH, "[fraud]\nfirst_customers = true\n"))
            .notes(Language::English)
            .iter()
            .all(|note| !note.contains("[fraud]"))
    );
}

#[test]
fn a_referred_friend_needs_no_second_code() {
    let world = experiment(&market(BOTH, &fraud("self_referral = \"100 %\""))).world;
    let story = log(&world, 0);
    let by_code: BTreeSet<u32> = story
        .iter()
        .filter(|event| matches!(event.what, Fact::SignedUp { coded: true, .. }))
        .map(|event| event.who.0)
        .collect();
    assert!(by_code.len() > 5 && faked(&story).iter().all(|fake| !by_code.contains(&fake.0)));
    assert!(faked(&story).iter().any(|fake| PersonId(fake.0) != ANN));
    assert_eq!(world.fraud.expect("fraud").check.map_or(Cents::ZERO, |check| check.cost), Cents::ZERO);
}
