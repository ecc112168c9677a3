//! What must hold whatever the numbers are: properties of every run, of pairs of runs on the same luck, and of the edges.

use crate::commerce::RENEWING;
use crate::common::{self, experiment, folder, log, mean_and_error, outcome, scenario_in, tellwave, totals, write};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::LazyLock;
use tellwave::engine::{Ending, Run, Survey, World};
use tellwave::event::{Denial, Event, Fact, Side, Source, Valence};
use tellwave::experiment::Experiment;
use tellwave::state::{Stage, State};
use tellwave::units::{PersonId, Probability, RunId, Tick};

/// A lively market in which everything happens that can: good and bad words, codes, rewards, caps, blocks.
const LIVELY: &str = r#"
    seed = 7
    runs = 12
    horizon = "90 days"
    [graph.watts_strogatz]
    people = 400
    ties_per_person = 10
    [seeds]
    count = 8
    [telling]
    positive = "negative_binomial(8, 2)"
    negative = "poisson(6)"
    delay = "gamma(mean 4 days, shape 2)"
    [conversion]
    persuasion = "12 %"
    invitation = "25 %"
    blocking = "10 %"
    [policy.two_sided]
    cap = 2
    ends = "60 days"
"#;

const FRESH: &str = r#"
    seed = 3
    runs = 12
    horizon = "60 days"
    stop_at_customers = 400
    [seeds]
    count = 3
    [telling]
    audience = "fresh"
    positive = "poisson(12)"
    [conversion]
    persuasion = "9 %"
    [policy.one_sided]
"#;

const POPULATION: &str = r#"
    seed = 4
    runs = 12
    horizon = "60 days"
    [graph.complete]
    people = 500
    [telling]
    audience = "population"
    [conversion]
    persuasion = "10 %"
    [policy.two_sided]
"#;

const REDRAWN: &str = r#"
    seed = 5
    runs = 12
    horizon = "60 days"
    graph.redraw = "each run"
    [graph.erdos_renyi]
    people = 300
    [conversion]
    persuasion = "12 %"
"#;

/// Customers who complain, answer, are asked, invite again and meet.
const CARED_FOR: &str = r#"
    seed = 6
    runs = 12
    horizon = "120 days"
    [graph.watts_strogatz]
    people = 400
    ties_per_person = 10
    [seeds]
    count = 8
    [experience.nps]
    promoters = "60 %"
    detractors = "25 %"
    [experience.referred]
    satisfied = "70 %"
    unhappy = "20 %"
    [conversion]
    persuasion = "12 %"
    invitation = "25 %"
    [survey]
    [complaints]
    recovery = "70 %"
    [asking]
    fading = "30 days"
    [[asking.prompts]]
    [[asking.prompts]]
    after = "2 weeks"
    by = "phone"
    reach = "60 %"
    [invitations]
    most = 3
    [community]
    [policy.two_sided]
"#;

/// The same in rate mode.
const TALKING: &str = r#"
    seed = 8
    runs = 12
    horizon = "120 days"
    [graph.watts_strogatz]
    people = 400
    [seeds]
    count = 8
    [telling]
    mode = "rate"
    [experience]
    satisfied = "60 %"
    unhappy = "30 %"
    [conversion]
    persuasion = "12 %"
    [survey]
    [complaints]
    recovery = "70 %"
    [[asking.prompts]]
    after = "3 days"
    [community]
    [policy.two_sided]
"#;

/// Every mechanism at once that goes together with words in batches.
pub const EVERYTHING: &str = r#"
    seed = 9
    runs = 12
    horizon = "150 days"
    [graph.cliques]
    people = 600
    clique_size = 6
    weak_ties = 8
    weak_strength = 0.8
    [seeds]
    count = 8
    choose = "advocates"
    [experience.nps]
    promoters = "60 %"
    detractors = "25 %"
    [experience.referred]
    satisfied = "70 %"
    unhappy = "20 %"
    [survey]
    [complaints]
    file = "60 %"
    recovery = "70 %"
    [participation]
    [telling]
    positive = "negative_binomial(8, 2)"
    negative = "poisson(6)"
    retelling = "poisson(1)"
    [channels.face_to_face]
    share = "50 %"
    [channels.messenger]
    share = "30 %"
    [channels.social_post]
    share = "20 %"
    delay = "exponential(1 day)"
    [conversion]
    persuasion = "6 %"
    invitation = "12 %"
    dose = [1.0, 0.7]
    blocking = "10 %"
    [funnel]
    sign_up = "60 %"
    purchase = "70 %"
    loss = "0.03 per day"
    [posts]
    share = "50 %"
    views = "2 per day"
    [advertising]
    rate = "0.002 per day"
    cost = "60.00 USD"
    [[influencers]]
    at = "3 days"
    fee = "500.00 USD"
    reach = 300
    conversion = "4 %"
    [[segments]]
    name = "fans"
    share = "20 %"
    talk = 1.7
    persuadability = 1.5
    participation = "60 %"
    [[segments]]
    name = "critics"
    share = "10 %"
    satisfied = "30 %"
    unhappy = "60 %"
    [commerce]
    order_spread = 0.5
    margin_spread = "10 %"
    retention = "60 %"
    win_back = "20 %"
    [commerce.referred]
    spend_lift = "20 %"
    churn_factor = 0.8
    [commerce.loyalty]
    churn_factor = 0.7
    [asking]
    fading = "30 days"
    [[asking.prompts]]
    [[asking.prompts]]
    after = "2 weeks"
    by = "phone"
    reach = "60 %"
    [invitations]
    most = 3
    [community]
    [refunds]
    share = "20 %"
    within = "25 days"
    [policy]
    budget = "200 USD"
    attribution = "last"
    format = "code"
    platform_fee = "9 USD"
    selects_worse = "10 %"
    levels = 2
    [[policy.rules]]
    side = "advocate"
    amount = "1 USD"
    level = 2
    hold = "15 days"
    [[policy.rules]]
    side = "advocate"
    kind = "points"
    points = 500
    cap = 3
    expires = "40 days"
    [[policy.rules]]
    side = "friend"
    kind = "discount"
    amount = "10 USD"
    lift = 0.2
    ends = "100 days"
    [[policy.rules]]
    trigger = "sign_up"
    side = "advocate"
    amount = "1 USD"
    [[policy.rules]]
    trigger = "later_purchase"
    side = "advocate"
    share = "5 %"
    window = "90 days"
    segment = "fans"
    [[policy.rules]]
    side = "friend"
    kind = "ticket"
    amount = "1 USD"
    [[policy.rules]]
    trigger = "drawing"
    winners = 2
    side = "friend"
    amount = "2 USD"
    ends = "20 days"
    [[policy.rules]]
    trigger = "leaderboard"
    winners = 1
    side = "advocate"
    kind = "gift"
    amount = "4 USD"
    perceived = "1 USD"
    ends = "20 days"
    [fraud]
    first_customers = true
    self_referral = "5 %"
    ring = "10 %"
    coupon_leak = "10 %"
    coupon_use = "10 %"
    farming = "10 %"
    fake_accounts = 2
    [fraud.check]
    detection = "60 %"
    false_positives = "20 %"
    cost = "0.50 USD"
"#;

/// Every mechanism at once that goes together with words at a rate: without repeated invitations, and with no channel that
/// has a delay of its own.
static EVERYTHING_AT_A_RATE: LazyLock<String> = LazyLock::new(|| {
    let swaps = [
        ("positive = \"negative_binomial(8, 2)\"", "mode = \"rate\"\npositive_rate = \"4 per week\""),
        ("negative = \"poisson(6)\"", "negative_rate = \"3 per week\""),
        ("    delay = \"exponential(1 day)\"\n", ""),
        ("    [invitations]\n    most = 3\n", ""),
    ];
    swaps.iter().fold(EVERYTHING.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "{from}");
        text.replace(from, to)
    })
});

pub fn everything() -> [&'static str; 2] {
    [EVERYTHING, &EVERYTHING_AT_A_RATE]
}

pub fn all() -> [&'static str; 9] {
    let [batch, rate] = everything();
    [LIVELY, FRESH, POPULATION, REDRAWN, RENEWING, CARED_FOR, TALKING, batch, rate]
}

/// Every run of a scenario with its log and the state it ended in.
pub fn each_run(text: &str, mut check: impl FnMut(&World, &[Event], &State)) {
    let Experiment { world, runs, .. } = experiment(text);
    let mut run = Run::new(&world);
    for number in 0..runs {
        let mut events = vec![];
        run.play(&world, RunId(number), &mut events);
        check(&world, &events, run.state());
    }
}

/// An empty state of a world's people.
fn beginning(world: &World, run: u32) -> State {
    State::new(world.ground(world.dice.of_run(RunId(run))).people(&world.seeds))
}

fn customers(state: &State) -> BTreeSet<u32> {
    (0..state.people()).filter(|&person| state.stage(PersonId(person)) == Stage::Customer).collect()
}

/// What `tellwave run` writes on so many threads, byte by byte.
fn files(folder: &Path, scenario: &str, threads: &str, out: &str) -> BTreeMap<String, Vec<u8>> {
    let said = tellwave(folder, &["run", scenario, "--threads", threads, "--log", "all", "--out", out]);
    assert!(said.status.success(), "{}", common::stderr(&said));
    std::fs::read_dir(folder.join(out))
        .expect("the output folder")
        .map(|entry| entry.expect("an entry"))
        .map(|entry| (entry.file_name().into_string().expect("a name"), std::fs::read(entry.path()).expect("read")))
        .collect()
}

#[test]
fn the_same_call_writes_the_same_bytes_on_any_number_of_threads() {
    let [batch, rate] = everything();
    for text in [LIVELY, batch, rate] {
        let here = folder();
        write(here.path(), "market.toml", text);
        let first = files(here.path(), "market.toml", "1", "out0");
        assert!(first.len() > 12 && first.contains_key("provenance.json"), "{:?}", first.keys());
        for (number, threads) in ["2", "3", "8", "8"].into_iter().enumerate() {
            let files = files(here.path(), "market.toml", threads, &format!("out{}", number + 1));
            assert!(files.keys().eq(first.keys()));
            let differs = files.iter().find(|(name, bytes)| first[*name] != **bytes);
            assert!(differs.is_none(), "{} differs on {threads} threads", differs.expect("one").0);
        }
    }
}

#[test]
fn everything_at_once_is_everything() {
    for text in everything() {
        let mut seen = BTreeSet::new();
        each_run(text, |_, events, _| seen.extend(events.iter().map(|event| event.what.name())));
        let unseen: BTreeSet<&str> = Fact::NAMES.iter().copied().filter(|name| !seen.contains(name)).collect();
        // Terms change where a run is forked.
        let batch_only = ["AdvocacyDecided", "InvitationsRepeated", "TermsChanged"];
        let rate_only = ["TalkingBegan", "TermsChanged"];
        let expected = if text == EVERYTHING { BTreeSet::from(rate_only) } else { BTreeSet::from(batch_only) };
        assert_eq!(unseen, expected);
    }
}

#[test]
fn the_state_is_a_fold_of_the_log() {
    for text in all() {
        let mut number = 0;
        each_run(text, |world, events, state| {
            let mut replayed = beginning(world, number);
            events.iter().for_each(|event| replayed.apply(event));
            assert_eq!(&replayed, state, "run {number}");
            number += 1;
        });
    }
}

#[test]
fn nothing_is_lost_or_made_up_on_the_way_to_the_totals() {
    for text in all() {
        let experiment = experiment(text);
        let outcome = experiment.run(|| {});
        for (number, row) in outcome.rows.iter().enumerate() {
            let events = log(&experiment.world, number as u32);
            let count = |of: &dyn Fn(&Fact) -> bool| events.iter().filter(|event| of(&event.what)).count() as i64;
            let total = |name| row.totals[common::total(name)];
            let seeds = count(&|fact| matches!(fact, Fact::CustomerSeeded));
            let by = |brought: Source| {
                count(&|fact| matches!(fact, Fact::FirstPurchaseMade { source, .. } if *source == brought))
            };
            let by_word = by(Source::Word) + by(Source::Review);
            let paid_for = by(Source::Advertising) + by(Source::Influencer);
            let signed_up = count(&|fact| matches!(fact, Fact::SignedUp { .. }));
            assert_eq!(total("customers"), seeds + paid_for + by_word);
            assert_eq!((total("customers_otherwise"), total("customers_by_word")), (seeds + paid_for, by_word));
            assert_eq!(total("customers_by_review"), by(Source::Review));
            assert_eq!(total("customers_by_advertising"), by(Source::Advertising));
            assert_eq!(total("customers_by_influencer"), by(Source::Influencer));
            assert!(signed_up >= paid_for + by_word, "{signed_up} signed up, {paid_for} and {by_word} bought");
            assert_eq!(total("sign_ups"), signed_up);
            assert_eq!(total("blocked"), count(&|fact| matches!(fact, Fact::ProspectBlocked)));
            let cost = |event: &Event| match event.what {
                Fact::RewardGranted { cost, .. } | Fact::RewardHeld { cost, .. } => cost.money().minor(),
                Fact::RewardExpired { cost, .. }
                | Fact::RewardForfeited { cost, .. }
                | Fact::RewardClawedBack { cost, .. } => -cost.money().minor(),
                _ => 0,
            };
            assert_eq!(total("reward_cost"), events.iter().map(cost).sum::<i64>());
            assert_eq!(
                total("rewards_granted"),
                count(&|fact| matches!(fact, Fact::RewardGranted { .. } | Fact::RewardReleased { .. }))
            );
            let spent = |event: &Event| match event.what {
                Fact::AdvertisementSeen { cost }
                | Fact::ReferralAsked { cost, .. }
                | Fact::CommunityPaid { cost }
                | Fact::ReferralChecked { cost, .. } => cost.minor(),
                Fact::InfluencerPosted { fee, .. } => fee.minor(),
                Fact::PlatformPaid { cost } => cost.minor(),
                _ => 0,
            };
            assert_eq!(total("other_cost"), events.iter().map(spent).sum::<i64>());
            let order = |event: &Event| match event.what {
                Fact::FirstPurchaseMade { order, .. } | Fact::PurchaseRepeated { order, .. } => order.minor(),
                _ => 0,
            };
            assert_eq!(total("revenue"), events.iter().map(order).sum::<i64>());
            let again = |event: &&Event| matches!(event.what, Fact::PurchaseRepeated { .. });
            assert_eq!(total("purchases_repeated"), events.iter().filter(again).count() as i64);
            let again: BTreeSet<PersonId> = events.iter().filter(again).map(|event| event.who).collect();
            assert_eq!(total("repeat_customers"), again.len() as i64);
            let (lapses, won_back) =
                (count(&|f| matches!(f, Fact::CustomerLapsed)), count(&|f| matches!(f, Fact::CustomerWonBack { .. })));
            assert_eq!((total("lapsed"), total("won_back")), (lapses - won_back, won_back));
            let heard: BTreeSet<PersonId> = events
                .iter()
                .filter(|event| matches!(event.what, Fact::WordHeard { .. }))
                .map(|event| event.who)
                .collect();
            assert_eq!(total("reach"), heard.len() as i64);
            let days = experiment.world.horizon.day_closing() as usize + 1;
            let last = |place: usize| row.daily[(place + 1) * days - 1];
            // Daily measures begin with reach and words.
            assert_eq!(last(0), total("reach"));
        }
    }
}

#[test]
fn nobody_converts_twice_and_every_conversion_names_the_word_that_did_it() {
    for text in all() {
        let (mut conversions, mut runs) = (0, 0);
        each_run(text, |_, events, _| {
            let (mut claimed, mut bought, mut used) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
            for (place, event) in events.iter().enumerate() {
                match event.what {
                    Fact::CustomerSeeded => assert!(claimed.insert(event.who), "{event:?}"),
                    Fact::SignedUp { teller, coded, generation, source, channel } => {
                        assert!(claimed.insert(event.who), "{event:?}");
                        let cause_of = |event: &Event| event.cause.known().expect("a cause") as usize;
                        let mut cause = cause_of(event);
                        if let Fact::Landed { .. } = events[cause].what {
                            assert_eq!(events[cause].who, event.who);
                            cause = cause_of(&events[cause]);
                        }
                        assert!(cause < place);
                        let word = events[cause];
                        assert_eq!(word.at, event.at);
                        match (source, word.what) {
                            (Source::Influencer, Fact::InfluencerPosted { .. })
                            | (Source::Advertising, Fact::AdvertisementSeen { .. }) => {
                                assert_eq!((teller, generation, coded), (PersonId::NOBODY, 0, false));
                            }
                            (Source::Word | Source::Review, Fact::WordHeard { .. }) => {
                                let Fact::WordHeard { teller: told_by, valence, coded: carried, channel: by, .. } =
                                    word.what
                                else {
                                    unreachable!()
                                };
                                assert_eq!((told_by, valence, carried, by), (teller, Valence::Good, coded, channel));
                                assert!(bought.contains(&teller) && generation > 0, "{event:?}");
                                let post = matches!(events[cause_of(&word)].what, Fact::ReviewPosted { .. });
                                assert_eq!(post, source == Source::Review, "{event:?}");
                                conversions += 1;
                            }
                            (source, word) => panic!("{source:?} because of {word:?}"),
                        }
                        // A post is seen by many; whatever else persuades, persuades one person.
                        if source != Source::Influencer {
                            assert!(word.who == event.who && used.insert(cause), "{event:?}");
                        }
                    }
                    Fact::LeadLost => assert!(claimed.remove(&event.who) && !bought.contains(&event.who), "{event:?}"),
                    Fact::FirstPurchaseMade { .. } => {
                        assert!(claimed.contains(&event.who) && bought.insert(event.who), "{event:?}");
                    }
                    _ => {}
                }
            }
            runs += 1;
        });
        assert!(conversions > 3 * runs, "only {conversions} conversions in {runs} runs of {text}");
    }
}

#[test]
fn causes_come_first_and_nothing_happens_past_the_horizon() {
    for text in all() {
        each_run(text, |world, events, _| {
            for (place, event) in events.iter().enumerate() {
                assert!(event.at <= world.horizon);
                // The place in the log is the second key, so moment and place rise strictly.
                assert!(place == 0 || events[place - 1].at <= event.at);
                match (event.cause.known(), event.what) {
                    (None, Fact::CustomerSeeded | Fact::AdvertisementSeen { .. } | Fact::InfluencerPosted { .. }) => {}
                    (None, Fact::PlatformPaid { .. } | Fact::PrizesAwarded { .. }) => {}
                    (None, _) => panic!("{event:?} without a cause"),
                    (Some(cause), _) => {
                        assert!((cause as usize) < place, "{event:?} at {place}");
                        assert!(events[cause as usize].at <= event.at);
                    }
                }
            }
        });
    }
}

/// A pure independent cascade on an edge list of 60 people.
fn cascade(persuasion: f64, seeds: u32) -> String {
    format!(
        "seed = 11\nruns = 300\nhorizon = \"2 years\"\n[graph.edge_list]\nfile = \"ties.txt\"\nheader = \"none\"\n\
         [seeds]\ncount = {seeds}\n[experience]\nsatisfied = 1.0\nunhappy = 0.0\n\
         [telling]\npositive = \"all_neighbours\"\ndelay = \"exponential(3 days)\"\n\
         [conversion]\npersuasion = {persuasion}\ninvitation = {persuasion}\n"
    )
}

/// A ring of 60 people; with so many chords across it.
fn ring(folder: &Path, chords: u32) {
    let lines = (0..60).map(|a| (a, (a + 1) % 60)).chain((0..chords).map(|a| (a, (a * 7 + 20) % 60)));
    write(folder, "ties.txt", lines.map(|(a, b)| format!("{a} {b}\n")).collect::<String>());
}

#[test]
fn more_persuasion_more_ties_or_more_first_customers_never_lose_anybody() {
    let here = folder();
    let reached = |chords, persuasion, seeds| -> Vec<BTreeSet<u32>> {
        ring(here.path(), chords);
        let world = scenario_in(here.path(), &cascade(persuasion, seeds)).into_experiment().world;
        let mut run = Run::new(&world);
        let play = |number| {
            run.play(&world, RunId(number), ());
            customers(run.state())
        };
        (0..300).map(play).collect()
    };
    let base = reached(10, 0.4, 2);
    for (more, what) in
        [(reached(10, 0.45, 2), "persuasion"), (reached(25, 0.4, 2), "ties"), (reached(10, 0.4, 3), "first customers")]
    {
        for (run, (few, many)) in base.iter().zip(&more).enumerate() {
            assert!(few.is_subset(many), "run {run}: more {what} lost {:?}", few.difference(many));
        }
        assert!(base.iter().zip(&more).any(|(few, many)| few.len() < many.len()), "more {what} won nobody at all");
    }
}

/// Zachary's karate club (1977), people numbered from 0.
pub const KARATE: &str = "0 1\n0 2\n0 3\n0 4\n0 5\n0 6\n0 7\n0 8\n0 10\n0 11\n0 12\n0 13\n0 17\n0 19\n0 21\n0 31\n1 2\n1 3\n\
    1 7\n1 13\n1 17\n1 19\n1 21\n1 30\n2 3\n2 7\n2 8\n2 9\n2 13\n2 27\n2 28\n2 32\n3 7\n3 12\n3 13\n4 6\n4 10\n5 6\n5 10\n\
    5 16\n6 16\n8 30\n8 32\n8 33\n13 33\n19 33\n24 31\n25 31\n28 31\n31 32\n31 33\n30 32\n30 33\n9 33\n23 27\n24 27\n\
    27 33\n28 33\n14 32\n15 32\n18 32\n20 32\n22 32\n23 32\n29 32\n32 33\n14 33\n15 33\n18 33\n20 33\n22 33\n23 33\n\
    26 33\n29 33\n24 25\n23 25\n23 29\n26 29\n";

/// Null: names do not matter. Tolerance: four standard errors of the difference of means of 20,000 runs each, for reach
/// and its square, so the test fails for about one pair of seeds in 8,000; the seeds are 1 and 2.
#[test]
fn new_names_for_everybody_leave_the_distribution_as_it_is() {
    let here = folder();
    let renamed = |person: u32| (person * 13 + 5) % 34;
    let lines = KARATE.lines().map(|line| {
        let (a, b) = line.split_once(' ').expect("two people");
        let name = |text: &str| renamed(text.parse().expect("a number"));
        format!("{} {}\n", name(b), name(a))
    });
    let mut lines: Vec<String> = lines.collect();
    lines.reverse();
    write(here.path(), "karate.txt", KARATE);
    write(here.path(), "renamed.txt", lines.concat());
    let reach = |file: &str, seed: u32, first: u32| {
        let text = format!(
            "seed = {seed}\nruns = 20_000\nhorizon = \"0 days\"\n[graph.edge_list]\nfile = \"{file}\"\nheader = \"none\"\n\
             [seeds]\nids = [{first}]\n[experience]\nsatisfied = 1.0\nunhappy = 0.0\n\
             [telling]\npositive = \"3\"\ndelay = \"0 days\"\n\
             [conversion]\npersuasion = 0.4\ninvitation = 0.4\ndecision_delay = \"0 days\"\n"
        );
        let outcome = scenario_in(here.path(), &text).into_experiment().run(|| {});
        totals(&outcome, "customers").into_iter().map(|count| count as f64).collect::<Vec<_>>()
    };
    let (old, new) = (reach("karate.txt", 1, 5), reach("renamed.txt", 2, renamed(5)));
    for power in [1, 2] {
        let moment = |values: &[f64]| mean_and_error(&values.iter().map(|v| v.powi(power)).collect::<Vec<_>>());
        let ((a, a_error), (b, b_error)) = (moment(&old), moment(&new));
        assert!((a - b).abs() <= 4.0 * a_error.hypot(b_error), "moment {power}: {a} ± {a_error}, {b} ± {b_error}");
    }
}

/// Logs of all runs of a scenario with its `[policy]` replaced.
fn logs_of(text: &str, policy: &str) -> Vec<Vec<Event>> {
    let before = text.split("[policy").next().expect("a part before the policy");
    let Experiment { world, runs, .. } = experiment(&format!("{before}\n{policy}"));
    (0..runs).map(|run| log(&world, run)).collect()
}

fn logs_under(policy: &str) -> Vec<Vec<Event>> {
    logs_of(LIVELY, policy)
}

/// Markets without any mechanism that nobody has to use.
fn plain() -> [String; 4] {
    let plain = LIVELY.replace("blocking = \"10 %\"", "");
    let graph = "[graph.watts_strogatz]\n    people = 400\n    ties_per_person = 10";
    assert!(plain.contains(graph));
    let on = |ground: &str| plain.replace(graph, ground);
    [
        plain.clone(),
        on("[graph.cliques]\npeople = 400\nclique_size = 5\nweak_ties = 9\nweak_strength = 0.5"),
        on("[graph]\nredraw = \"each run\"\n[graph.erdos_renyi]\npeople = 400\nmean_degree = 12"),
        on("[graph.complete]\npeople = 400").replace("[telling]", "[telling]\naudience = \"population\""),
    ]
}

#[test]
fn a_mechanism_that_never_happens_changes_nothing_event_for_event() {
    for text in plain() {
        let Experiment { mut world, runs, .. } = experiment(&text);
        let without: Vec<Vec<Event>> = (0..runs).map(|run| log(&world, run)).collect();
        // Such a world is no longer played by the engine that is compiled for plain ones.
        world.survey = Some(Survey { after: Tick::ZERO, response_rate: Probability::NEVER });
        let with: Vec<Vec<Event>> = (0..runs).map(|run| log(&world, run)).collect();
        assert!(without == with, "{text}");
    }
}

#[test]
fn a_programme_that_pays_nothing_is_no_programme_event_for_event() {
    let [batch, rate] = everything();
    for text in [LIVELY, batch, rate] {
        let none = logs_of(text, "");
        assert_eq!(none, logs_of(text, "[policy.none]"));
        let zero =
            "[policy.two_sided]\nadvocate = \"0.00 USD\"\nfriend = \"0.00 USD\"\nadvocate_lift = 0\nfriend_lift = 0";
        assert_eq!(none, logs_of(text, zero));
        assert_eq!(none, logs_of(text, "[[policy.rules]]\nside = \"friend\"\namount = \"0.00 USD\"\nlift = 0"));
    }
}

/// Whether a fact belongs to the programme alone.
pub fn is_of_rewards(what: Fact) -> bool {
    matches!(
        what,
        Fact::ReferralCredited { .. }
            | Fact::RewardGranted { .. }
            | Fact::RewardDenied { .. }
            | Fact::ReferralClaimed { .. }
            | Fact::RewardHeld { .. }
            | Fact::RewardReleased { .. }
            | Fact::RewardForfeited { .. }
            | Fact::RewardClawedBack { .. }
            | Fact::RewardRedeemed { .. }
            | Fact::RewardExpired { .. }
            | Fact::PlatformPaid { .. }
            | Fact::PrizesAwarded { .. }
            | Fact::BudgetExhausted
            | Fact::ReferralFaked { .. }
            | Fact::CodeLeaked
            | Fact::ReferralChecked { .. }
    )
}

#[test]
fn rewards_that_lift_nothing_add_rewards_and_change_nothing_else() {
    // What is paid back depends on the discount that was taken off.
    let is_other = |event: &&Event| !is_of_rewards(event.what) && !matches!(event.what, Fact::PurchaseRefunded { .. });
    let without = |log: &Vec<Event>| -> Vec<_> {
        log.iter().filter(is_other).map(|event| (event.at, event.who, event.what)).collect()
    };
    let [batch, rate] = everything();
    for text in [LIVELY, batch, rate] {
        let paid = logs_of(text, "[policy.two_sided]\nadvocate_lift = 0\nfriend_lift = 0");
        assert!(paid.iter().flatten().any(|event| matches!(event.what, Fact::RewardGranted { .. })));
        let none = logs_of(text, "");
        assert!(none.iter().map(without).eq(paid.iter().map(without)));
    }
}

#[test]
fn a_term_that_is_never_met_is_none_event_for_event() {
    let open = logs_under("[policy.two_sided]");
    assert_eq!(open, logs_under("[policy.two_sided]\nwindow = \"100 years\""));
    assert_eq!(open, logs_under("[policy]\nbudget = \"1000000000 USD\"\n[policy.two_sided]"));
    let clauses =
        "attribution = \"converting\"\ntracking = \"100 %\"\nplatform_fee = \"0 USD\"\nselects_worse = \"0 %\"";
    assert_eq!(open, logs_under(&format!("[policy]\n{clauses}\n[policy.two_sided]")));
    let rule = "[[policy.rules]]\nside = \"advocate\"\namount = \"6 USD\"\n";
    let plain = logs_under(rule);
    assert_eq!(
        plain,
        logs_under(&format!("[policy]\nlevels = 3\n{rule}hold = \"0 days\"\nlevel = 1\nclaw_back = true"))
    );
    assert_ne!(plain, logs_under(&format!("{rule}hold = \"1 day\"")));
    assert_eq!(open, logs_under("[policy.two_sided]\ncap = 4294967295"));
    assert_eq!(open, logs_under("[policy.two_sided]\nends = \"100 years\""));
    assert_eq!(open, logs_under("[policy.two_sided]\nends = \"90 days\""), "the horizon itself");
    assert_ne!(open, logs_under("[policy.two_sided]\ncap = 0"));
    assert_ne!(open, logs_under("[policy.two_sided]\nends = \"5 days\""));
}

#[test]
fn the_first_runs_of_a_longer_experiment_are_those_of_a_shorter_one() {
    for text in all() {
        let mut experiment = experiment(text);
        let few = experiment.run(|| {});
        experiment.runs *= 2;
        let many = experiment.run(|| {});
        assert_eq!(few.rows, many.rows[..few.rows.len()]);
        assert!(many.rows[few.rows.len()..] != few.rows[..], "later runs are new ones");
    }
}

#[test]
fn a_capped_advocate_still_refers_and_her_friends_are_still_paid() {
    let mut beyond_the_cap = 0;
    for log in logs_under("[policy.two_sided]\ncap = 1") {
        let mut granted: BTreeMap<PersonId, u32> = BTreeMap::new();
        for (place, event) in log.iter().enumerate() {
            match event.what {
                Fact::RewardGranted { side: Side::Advocate, .. } => *granted.entry(event.who).or_default() += 1,
                Fact::RewardDenied { side: Side::Advocate, reason, .. } => {
                    assert_eq!(reason, Denial::CapReached);
                    assert_eq!(granted.get(&event.who), Some(&1));
                    // The same purchase pays the friend.
                    let purchase = event.cause.known().expect("a purchase") as usize;
                    let friend = log[purchase].who;
                    let paid = |other: &&Event| other.cause == event.cause && other.who == friend;
                    let paid = log[place..].iter().find(paid).map(|event| event.what);
                    assert!(matches!(paid, Some(Fact::RewardGranted { side: Side::Friend, .. })), "{paid:?}");
                    beyond_the_cap += 1;
                }
                _ => {}
            }
        }
        assert!(granted.values().all(|&count| count <= 1));
    }
    assert!(beyond_the_cap > 10, "{beyond_the_cap} referrals beyond the cap");
}

#[test]
fn rewards_are_for_coded_referrals_and_for_nothing_else() {
    let (mut coded_purchases, mut others) = (0, 0);
    each_run(LIVELY, |world, events, state| {
        let mut answers: BTreeMap<usize, Vec<(PersonId, Side)>> = BTreeMap::new();
        for event in events {
            if let Fact::RewardGranted { side, .. } | Fact::RewardDenied { side, .. } = event.what {
                let purchase = event.cause.known().expect("a purchase") as usize;
                assert_eq!(events[purchase].at, event.at);
                answers.entry(purchase).or_default().push((event.who, side));
            }
        }
        assert_eq!(world.policy.rules().len(), 2);
        for (place, event) in events.iter().enumerate() {
            if !matches!(event.what, Fact::FirstPurchaseMade { .. }) {
                assert!(!answers.contains_key(&place), "a reward for {event:?}");
                continue;
            }
            match state.teller(event.who).filter(|_| state.came_by_code(event.who)) {
                Some(advocate) => {
                    assert_eq!(answers[&place], [(advocate, Side::Advocate), (event.who, Side::Friend)]);
                    coded_purchases += 1;
                }
                None => {
                    assert!(!answers.contains_key(&place), "a reward for {event:?}");
                    others += 1;
                }
            }
        }
    });
    assert!(coded_purchases > 20 && others > 20, "{coded_purchases} coded, {others} not");
}

#[test]
fn a_word_with_a_code_persuades_as_an_invitation_and_one_without_as_a_word() {
    for (kind, coded) in [("persuasion = 0.0\ninvitation = 0.3", true), ("persuasion = 0.3\ninvitation = 0.0", false)] {
        let mut signed_up = 0;
        each_run(&format!("runs = 200\n[graph.complete]\npeople = 300\n[conversion]\n{kind}\n"), |_, events, _| {
            for event in events {
                if let Fact::SignedUp { coded: by_code, .. } = event.what {
                    assert_eq!(by_code, coded, "{kind}");
                    signed_up += 1;
                }
            }
        });
        assert!(signed_up > 100, "{kind}: {signed_up}");
    }
}

#[test]
fn who_is_blocked_is_never_won() {
    let [batch, rate] = everything();
    for text in [LIVELY, batch, rate] {
        let mut blocked_at_all = 0;
        each_run(text, |_, events, state| {
            let mut blocked = BTreeSet::new();
            for event in events {
                match event.what {
                    Fact::ProspectBlocked => assert!(blocked.insert(event.who), "{event:?}"),
                    Fact::SignedUp { .. } | Fact::FirstPurchaseMade { .. } => assert!(!blocked.contains(&event.who)),
                    _ => {}
                }
            }
            assert!(blocked.iter().all(|&person| state.stage(person) == Stage::Blocked));
            blocked_at_all += blocked.len();
        });
        assert!(blocked_at_all > 10, "{blocked_at_all} blocked");
    }
}

/// The number of customers in each of the runs of a scenario.
fn sizes(text: &str) -> Vec<i64> {
    let outcome = outcome(text);
    assert!(outcome.rows.iter().all(|row| row.ending == Ending::Done));
    totals(&outcome, "customers")
}

const EAGER: &str = "[experience]\nsatisfied = 1.0\nunhappy = 0.0\n[conversion]\npersuasion = 1.0\ninvitation = 1.0\n";

#[test]
fn a_graph_without_ties_spreads_nothing() {
    let sizes =
        sizes(&format!("runs = 20\n[graph.erdos_renyi]\npeople = 50\nmean_degree = 0\n[seeds]\ncount = 3\n{EAGER}"));
    assert_eq!(sizes, [3; 20]);
}

#[test]
fn an_isolated_first_customer_stays_alone() {
    // Two classes: ten people with two friends each, one with none, who comes last.
    let text = format!(
        "runs = 20\n[[graph.configuration.classes]]\ndegree = 2\npeople = 10\n[[graph.configuration.classes]]\ndegree = 0\n\
         people = 1\n[seeds]\nids = [10]\n{EAGER}"
    );
    assert_eq!(sizes(&text), [1; 20]);
}

#[test]
fn telling_more_than_one_knows_tells_all_of_them_once() {
    let all = "[graph.watts_strogatz]\npeople = 40\nties_per_person = 4\nrewiring = 0\n[seeds]\ncount = 1\n[telling]\npositive = ";
    let with = |law| format!("runs = 10\n{EAGER}{all}{law}\n");
    let words = |text: &str| totals(&outcome(text), "words_good");
    assert_eq!(words(&with("5000")), words(&with("\"all_neighbours\"")));
    assert_eq!(words(&with("4")), [40 * 4; 10]);
}

#[test]
fn one_person_alone_is_a_market() {
    for graph in ["graph.complete", "graph.erdos_renyi"] {
        for audience in ["neighbours", "population"] {
            let text = format!(
                "runs = 5\n[{graph}]\npeople = 1\n[seeds]\ncount = 1\n[telling]\naudience = \"{audience}\"\n{EAGER}"
            );
            let text = if graph == "graph.erdos_renyi" {
                text.replace("people = 1", "people = 1\nmean_degree = 0")
            } else {
                text
            };
            assert_eq!(sizes(&text), [1; 5], "{graph} {audience}");
        }
    }
}

#[test]
fn no_chance_persuades_nobody_and_certainty_everybody() {
    let with = |chance| {
        format!(
            "runs = 10\nhorizon = \"10 years\"\n[graph.watts_strogatz]\npeople = 60\nties_per_person = 4\nrewiring = 0\n\
             [seeds]\ncount = 2\n[experience]\nsatisfied = 1.0\nunhappy = 0.0\n[telling]\npositive = \"all_neighbours\"\n\
             [conversion]\npersuasion = {chance}\ninvitation = {chance}\n"
        )
    };
    assert_eq!(sizes(&with("0.0")), [2; 10]);
    assert_eq!(sizes(&with("1.0")), [60; 10]);
}

#[test]
fn a_horizon_of_nothing_plays_the_first_moment() {
    let graph = "runs = 10\nhorizon = \"0 days\"\n[graph.watts_strogatz]\npeople = 60\nties_per_person = 4\n[seeds]\ncount = 2\n";
    assert_eq!(sizes(&format!("{graph}{EAGER}")), [2; 10]);
    let at_once = format!(
        "{graph}[telling]\npositive = \"all_neighbours\"\ndelay = \"0 days\"\n{EAGER}decision_delay = \"0 days\"\n"
    );
    assert_eq!(sizes(&at_once), [60; 10]);
    each_run(&at_once, |_, events, _| assert!(events.iter().all(|event| event.at.0 == 0)));
}

#[test]
fn where_everybody_is_a_first_customer_words_are_wasted_but_heard() {
    let text = format!("runs = 5\n[graph.watts_strogatz]\npeople = 60\n[seeds]\nshare = \"100 %\"\n{EAGER}");
    let outcome = outcome(&text);
    assert_eq!(totals(&outcome, "customers"), [60; 5]);
    assert_eq!(totals(&outcome, "customers_by_word"), [0; 5]);
    assert!(totals(&outcome, "words_good").iter().all(|&words| words > 300));
    each_run(&text, |_, events, _| {
        assert!(!events.iter().any(|event| matches!(event.what, Fact::SignedUp { .. })));
    });
}

#[test]
fn a_programme_never_loses_a_customer_whoever_is_told() {
    // On the same luck a programme only adds persuading words, so without bad words no run can have fewer customers.
    // Among fresh people this holds only if their luck goes by their place in the tree of tellings, not by arrival.
    for audience in ["neighbours", "population", "fresh"] {
        let with = |policy: &str| {
            let graph = if audience == "fresh" { "" } else { "[graph.watts_strogatz]\npeople = 3_000\n" };
            let rows = outcome(&format!(
                "runs = 100\nseed = 11\n[telling]\naudience = \"{audience}\"\n[seeds]\ncount = 30\n[experience]\n\
                 satisfied = \"80 %\"\nunhappy = \"0 %\"\n[conversion]\npersuasion = \"4 %\"\n{graph}[policy.{policy}]\n"
            ));
            rows.rows.iter().map(|row| row.totals[common::total("customers")]).collect::<Vec<i64>>()
        };
        let (without, under) = (with("none"), with("two_sided"));
        assert!(without.iter().zip(&under).all(|(without, under)| without <= under), "{audience}");
        assert!(without.iter().sum::<i64>() < under.iter().sum(), "{audience}: the programme adds somebody");
    }
}
