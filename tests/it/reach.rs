//! What reaches people besides the words of friends: reviews, advertising, influencers, bad words told on; and who they
//! are: segments, leads on their way to buying, first customers who refer. Answers in closed form.

use crate::common::{experiment, folder, log, mean_and_error, outcome, scenario_in, totals, write};
use std::collections::BTreeSet;
use std::path::Path;
use tellwave::engine::{Run, World};
use tellwave::event::{Channel, Event, Fact, Sentiment, Source, Valence};
use tellwave::scenario::{Overrides, Scenario};
use tellwave::state::Stage;
use tellwave::units::{PersonId, RunId, Tick};

/// Checks that the mean over the runs lies within the tolerance.
fn check(values: &[i64], reference: f64, tolerance: f64) {
    let values: Vec<f64> = values.iter().map(|&value| value as f64).collect();
    let (mean, error) = mean_and_error(&values);
    assert!((mean - reference).abs() <= tolerance, "{mean} ± {error} is not {reference} ± {tolerance}");
}

const SILENT: &str = "[experience]\nsatisfied = \"100 %\"\nunhappy = \"0 %\"\n[participation]\nunasked = \"0 %\"\n";

/// Case M5. Null: views are an inhomogeneous Poisson process of rate 3 · 2^(−age / 30 days). Tolerance: four standard
/// errors of the exact variance, which is the mean; fails for 6 seeds in 100,000 each.
#[test]
fn a_post_is_viewed_as_often_as_its_rate_says() {
    for (horizon, mean) in [("30 days", 64.921_276_8), ("3 years", 129.842_554)] {
        let text = format!(
            "seed = 20261121\nruns = 20_000\nhorizon = \"{horizon}\"\n[graph.complete]\npeople = 1_000\n[seeds]\ncount = 1\n\
             {SILENT}[telling]\npositive = 0\n[conversion]\npersuasion = 0.0\n\
             [posts]\nshare = \"100 %\"\nviews = \"3 per day\"\nhalf_life = \"30 days\"\n"
        );
        let outcome = outcome(&text);
        check(&totals(&outcome, "reviews_read"), mean, 4.0 * (mean / 20_000.0).sqrt());
        assert!(totals(&outcome, "reviews_posted").iter().all(|&posted| posted == 1));
    }
}

/// Case M6. Null: binomial direct customers, each the root of a branching process with mean 0.3. Tolerances: those of the
/// case, four standard errors for 2,000 runs; fails for 6 seeds in 100,000 each.
#[test]
fn a_post_of_an_influencer_is_a_binomial_with_families() {
    let text = |audience: &str| {
        format!(
            "seed = 20261121\nruns = 2_000\nhorizon = \"300 days\"\n{audience}\n[seeds]\ncount = 0\n{SILENT}\
             [conversion]\npersuasion = \"2.5 %\"\ndecision_delay = \"0 days\"\n\
             [[influencers]]\nat = \"3 days\"\nfee = \"500.00 USD\"\nreach = 20_000\nconversion = \"0.2 %\"\n"
        )
    };
    let fresh = outcome(&text("telling.audience = \"fresh\"\ntelling.positive = 12\ntelling.delay = \"1 day\""));
    check(&totals(&fresh, "customers_by_influencer"), 40.0, 0.565);
    check(&totals(&fresh, "customers"), 57.142_857_1, 0.962);
    let silent = "telling.audience = \"population\"\ntelling.positive = 0\n[graph.complete]\npeople = 30_000";
    let among_all = outcome(&text(silent));
    check(&totals(&among_all, "customers_by_influencer"), 40.0, 0.565);
}

/// Case N5: one customer tells 11, each of them five more, and these nobody.
#[test]
fn a_bad_word_is_told_on_for_one_generation() {
    let text = "runs = 3\n[experience]\nsatisfied = \"0 %\"\nunhappy = \"100 %\"\n[seeds]\ncount = 1\n\
                [telling]\naudience = \"fresh\"\nnegative = 11\nretelling = 5\n";
    let outcome = outcome(text);
    assert_eq!(totals(&outcome, "reach"), [66; 3]);
    assert_eq!(totals(&outcome, "words_bad"), [66; 3]);
    let world = experiment(text).world;
    let events = log(&world, 0);
    let told_on = |event: &&Event| matches!(event.what, Fact::BadWordRetold { tells: 5 });
    assert_eq!(events.iter().filter(told_on).count(), 11);
    for event in &events {
        if let Fact::WordHeard { teller, coded, .. } = event.what {
            let cause = events[event.cause.known().expect("a cause") as usize];
            assert_eq!((cause.who, coded), (teller, false));
            assert!(matches!(cause.what, Fact::BadWordRetold { .. } | Fact::AdvocacyDecided { .. }));
        }
    }
}

#[test]
fn words_told_on_leave_the_luck_of_everybody_else_as_it_is() {
    let with = |law: &str| {
        let text = format!(
            "seed = 3\nruns = 20\nhorizon = \"90 days\"\nstop_at_customers = 300\n[telling]\naudience = \"fresh\"\n\
             retelling = {law}\n[conversion]\npersuasion = \"8 %\"\n[seeds]\ncount = 5\n"
        );
        outcome(&text)
    };
    let (none, some) = (with("0"), with("\"poisson(2)\""));
    for name in ["words_good", "customers", "cascade_depth"] {
        assert_eq!(totals(&none, name), totals(&some, name), "{name}");
    }
    assert!(totals(&some, "words_bad").iter().sum::<i64>() > totals(&none, "words_bad").iter().sum());
}

/// Case B2. Null: the exact birth chain with p = 0.01 and q = 0.1 a day among 50 people, whose mean after 20 days is
/// .4105113 with a standard deviation of .134906. Tolerance: four standard errors; fails for 6 seeds in 100,000.
#[test]
fn advertising_and_talk_among_fifty_are_the_bass_model() {
    let text = format!(
        "seed = 20261121\nruns = 1_000\nhorizon = \"20 days\"\n[graph.complete]\npeople = 50\n[seeds]\ncount = 0\n{SILENT}\
         [telling]\nmode = \"rate\"\npositive_rate = \"0.1 per day\"\ntalking_period = \"for_ever\"\n\
         [conversion]\npersuasion = 1.0\ndecision_delay = \"0 days\"\n[advertising]\nrate = \"0.01 per day\"\n"
    );
    let customers = totals(&outcome(&text), "customers");
    check(&customers, 50.0 * 0.410_511_3, 50.0 * 4.0 * 0.134_906 / 1_000f64.sqrt());
}

/// Null: each of 1,000 is won at an exponential time, so that 1 − exp(−0.5) of them are by day 50. Tolerance: four standard
/// errors of the binomial over 200 runs; fails for 6 seeds in 100,000.
#[test]
fn advertising_alone_wins_at_a_constant_rate() {
    let text = "seed = 5\nruns = 200\nhorizon = \"50 days\"\n[graph.complete]\npeople = 1_000\n[seeds]\ncount = 0\n\
                [telling]\npositive = 0\nnegative = 0\n[conversion]\ndecision_delay = \"0 days\"\n\
                [advertising]\nrate = \"0.01 per day\"\ncost = \"60.00 USD\"\n";
    let won = 1.0 - (-0.5f64).exp();
    let tolerance = 4.0 * (1_000.0 * won * (1.0 - won) / 200.0).sqrt();
    let outcome = outcome(text);
    check(&totals(&outcome, "customers_by_advertising"), 1_000.0 * won, tolerance);
    assert_eq!(totals(&outcome, "customers"), totals(&outcome, "customers_by_advertising"));
}

/// A market of 2,000 in which words make about as many customers as there are first ones.
const MARKET: &str = "seed = 8\nruns = 2_000\nhorizon = \"1 year\"\n[graph.complete]\npeople = 2_000\n[seeds]\ncount = 40\n\
                      [conversion]\npersuasion = \"4 %\"\ninvitation = \"6 %\"\n";

/// Null: a funnel without loss leaves the number of customers as it is. Tolerance: four standard errors of the difference
/// of two independent means; fails for 6 seeds in 100,000.
#[test]
fn a_funnel_without_loss_leaves_the_number_of_customers_as_it_is() {
    let mean = |text: &str| {
        let customers = totals(&outcome(text), "customers");
        mean_and_error(&customers.iter().map(|&count| count as f64).collect::<Vec<_>>())
    };
    let (plain, plain_error) = mean(MARKET);
    let (split, split_error) = mean(&format!("{MARKET}[funnel]\nloss = \"0 per day\"\n"));
    let tolerance = 4.0 * plain_error.hypot(split_error);
    assert!((plain - split).abs() < tolerance, "{plain} and {split}, which differ by more than {tolerance}");
    let lost = outcome(&format!("{MARKET}[funnel]\n"));
    let (with_loss, _) = mean(&format!("{MARKET}[funnel]\nloss = \"0.2 per day\"\n"));
    assert!(with_loss < split - tolerance, "{with_loss} with loss, {split} without");
    assert!(totals(&lost, "leads_lost").iter().sum::<i64>() > 0);
}

/// Null: of those who land 14 % sign up; of those who sign up, and are not lost in a delay of exactly ten days, half buy:
/// exp(−0.2) / 2 of them. Tolerance: four standard errors of the pooled binomials; fails for 6 seeds in 100,000 each.
#[test]
fn each_step_of_the_funnel_has_its_share() {
    let market = MARKET.replace("[conversion]\n", "[conversion]\ndecision_delay = \"10 days\"\n");
    let outcome = outcome(&format!("{market}[funnel]\n").replace("1 year", "2 years"));
    let sum = |name| totals(&outcome, name).iter().sum::<i64>() as f64;
    let share = |part: f64, whole: f64, expected: f64| {
        let tolerance = 4.0 * (expected * (1.0 - expected) / whole).sqrt();
        assert!((part / whole - expected).abs() < tolerance, "{part} of {whole} is not {expected} ± {tolerance}");
    };
    share(sum("sign_ups"), sum("landed"), 0.14);
    share(sum("customers_by_word"), sum("sign_ups"), 0.5 * (-0.2f64).exp());
    assert_eq!(sum("sign_ups"), sum("customers_by_word") + sum("leads_lost"));
}

#[test]
fn a_funnel_that_loses_more_than_words_win_is_refused() {
    let refused = |text: &str, words: &str| {
        let found = Scenario::parse("x.toml", text, Path::new(""), Overrides::default());
        let said = found.expect_err(text).to_string();
        assert!(said.contains(words), "{text}\n{said}");
    };
    refused(
        "[conversion]\npersuasion = \"8 %\"\n[funnel]\n",
        "conversion.persuasion: found 8 % of those who are told buy",
    );
    let own = "[conversion]\npersuasion = \"8 %\"\n[funnel]\nsign_up = \"10 %\"\n";
    refused(own, "funnel.sign_up: found 5 % of those who land buy");
    refused("[conversion]\ninvitation = \"8 %\"\n[funnel]\n", "conversion.invitation");
    refused("[policy.two_sided]\nfriend_lift = 5\n[funnel]\n", "best offer");
    refused("[advertising]\n", "advertising.rate");
    refused("[advertising]\nrate = \"1 per day\"\n[telling]\naudience = \"fresh\"\n", "people without end");
    refused("[[influencers]]\nfee = \"1.00 USD\"\nreach = 10_001\n", "at most the 10000 people");
    refused("[[influencers]]\nfee = \"1.00 EUR\"\nreach = 10\n", "an amount in EUR");
    refused("[[segments]]\nname = \"a\"\nshare = \"60 %\"\n[[segments]]\nname = \"a\"\nshare = \"60 %\"\n", "120 %");
    refused("[[segments]]\nname = \"a\"\nshare = \"60 %\"\nsatisfied = \"60 %\"\n", "both shares");
    refused("[seeds]\nsegment = \"a\"\n", "the name of one of");
    refused("[seeds]\nchoose = \"advocates\"\n[telling]\naudience = \"fresh\"\n", "among fresh people");
    refused("[posts]\nhalf_life = \"0 days\"\n", "at least 1 minute");
}

fn logs(text: &str) -> Vec<Vec<Event>> {
    let experiment = experiment(text);
    (0..experiment.runs).map(|run| log(&experiment.world, run)).collect()
}

const LIVELY: &str = "seed = 7\nruns = 10\nhorizon = \"90 days\"\n[graph.watts_strogatz]\npeople = 400\nties_per_person = 10\n\
                      [conversion]\npersuasion = \"12 %\"\ninvitation = \"25 %\"\nblocking = \"10 %\"\n[policy.two_sided]\n";

#[test]
fn a_segment_that_differs_in_nothing_changes_no_event() {
    let plain = logs(LIVELY);
    for share in ["100 %", "30 %"] {
        assert_eq!(plain, logs(&format!("{LIVELY}[[segments]]\nname = \"all\"\nshare = \"{share}\"\n")));
    }
    let differs =
        "talk = 1.5\npersuadability = 0.5\nsatisfied = \"50 %\"\nunhappy = \"20 %\"\nparticipation = \"50 %\"\n";
    assert_ne!(plain, logs(&format!("{LIVELY}[[segments]]\nname = \"all\"\nshare = \"30 %\"\n{differs}")));
}

/// Null: with a factor of 1.5, three in ten people tell 18 instead of 12. Tolerance: four standard errors of the binomial
/// number of talkers among 100 × 200; fails for 6 seeds in 100,000.
#[test]
fn a_talkative_segment_tells_more_in_proportion() {
    let text = format!(
        "seed = 4\nruns = 100\nhorizon = \"1 day\"\n[graph.complete]\npeople = 1_000\n[seeds]\ncount = 200\n{SILENT}\
         [telling]\npositive = 12\ndelay = \"0 days\"\n[conversion]\npersuasion = 0.0\n\
         [[segments]]\nname = \"talkers\"\nshare = \"30 %\"\ntalk = 1.5\n"
    );
    let tolerance = 4.0 * 6.0 * (200.0 * 0.3 * 0.7 / 100.0f64).sqrt();
    check(&totals(&outcome(&text), "words_good"), 200.0 * (12.0 + 0.3 * 6.0), tolerance);
}

/// The first customers of each run of a scenario.
fn first_customers(text: &str) -> Vec<Vec<PersonId>> {
    let seeded = |events: &Vec<Event>| {
        let first = events.iter().filter(|event| event.what == Fact::CustomerSeeded).map(|event| event.who);
        first.collect()
    };
    logs(text).iter().map(seeded).collect()
}

#[test]
fn advocates_as_first_customers_are_satisfied_and_refer() {
    let all = |events: &[Event], is_meant: &dyn Fn(&Fact) -> bool| {
        let meant: BTreeSet<PersonId> = events.iter().filter(|e| is_meant(&e.what)).map(|event| event.who).collect();
        let seeds: Vec<&Event> = events.iter().filter(|event| event.what == Fact::CustomerSeeded).collect();
        assert_eq!(seeds.len(), 20);
        assert!(seeds.iter().all(|event| meant.contains(&event.who)));
    };
    for events in logs(&format!("{LIVELY}[seeds]\ncount = 20\nchoose = \"advocates\"\n")) {
        all(&events, &|fact| matches!(fact, Fact::ExperienceRated { sentiment: Sentiment::Satisfied, .. }));
        all(&events, &|fact| matches!(fact, Fact::AdvocacyDecided { participates: true, .. }));
    }
    let few = first_customers(&format!("{LIVELY}[seeds]\ncount = 10\nchoose = \"advocates\"\n"));
    let many = first_customers(&format!("{LIVELY}[seeds]\ncount = 30\nchoose = \"advocates\"\n"));
    assert!(few.iter().zip(&many).all(|(few, many)| many.starts_with(few)), "more keep those of fewer");
}

#[test]
fn first_customers_of_a_segment_are_all_of_it() {
    let segments = "[[segments]]\nname = \"glad\"\nshare = \"10 %\"\nsatisfied = \"100 %\"\nunhappy = \"0 %\"\n\
                    [[segments]]\nname = \"sad\"\nshare = \"10 %\"\nsatisfied = \"0 %\"\nunhappy = \"100 %\"\n";
    for (segment, opinion) in [("glad", Sentiment::Satisfied), ("sad", Sentiment::Unhappy)] {
        // More than the segment has: then all of it.
        let text = format!("{LIVELY}{segments}[seeds]\ncount = 200\nsegment = \"{segment}\"\n");
        for events in logs(&text) {
            let seeds: BTreeSet<PersonId> =
                events.iter().filter(|event| event.what == Fact::CustomerSeeded).map(|event| event.who).collect();
            assert!((15..=75).contains(&seeds.len()), "{} of about 40", seeds.len());
            for event in events.iter().filter(|event| seeds.contains(&event.who)) {
                if let Fact::ExperienceRated { sentiment, .. } = event.what {
                    assert_eq!(sentiment, opinion);
                }
            }
        }
    }
}

#[test]
fn first_customers_from_a_file_need_no_file_afterwards() {
    let here = folder();
    write(here.path(), "ties.csv", "Ann,Bob\nBob,Cyd\nCyd,Dan\n");
    write(here.path(), "seeds.txt", "# the first two\nCyd\n\nAnn\n");
    let text = |seeds: &str| {
        format!("runs = 5\n[graph.edge_list]\nfile = \"ties.csv\"\nheader = \"none\"\n[seeds]\nfile = \"{seeds}\"\n")
    };
    let scenario = scenario_in(here.path(), &text("seeds.txt"));
    assert!(scenario.resolved.contains("names = [\"Cyd\", \"Ann\"]"), "{}", scenario.resolved);
    write(here.path(), "edge-list.txt", "Ann,Bob\nBob,Cyd\nCyd,Dan\n");
    assert_eq!(scenario_in(here.path(), &scenario.resolved).resolved, scenario.resolved);
    write(here.path(), "wrong.txt", "Cyd\nCyd\nDann\n");
    let parsed = Scenario::parse("x.toml", &text("wrong.txt"), here.path(), Overrides::default());
    let said = parsed.expect_err("two mistakes").to_string();
    for words in ["wrong.txt:2: the text \"Cyd\" twice", "wrong.txt:3: the text \"Dann\"", "did you mean"] {
        assert!(said.contains(words), "{words} in\n{said}");
    }
}

/// Everything of this file at once.
const EVERYTHING: &str = r#"
    seed = 7
    runs = 20
    horizon = "120 days"
    [graph.watts_strogatz]
    people = 600
    ties_per_person = 10
    [seeds]
    count = 8
    choose = "advocates"
    [experience]
    satisfied = "60 %"
    unhappy = "25 %"
    [telling]
    positive = "negative_binomial(8, 2)"
    negative = "poisson(6)"
    retelling = "poisson(1)"
    [conversion]
    persuasion = "6 %"
    invitation = "12 %"
    blocking = "10 %"
    [posts]
    share = "50 %"
    views = "2 per day"
    [advertising]
    rate = "0.001 per day"
    cost = "60.00 USD"
    [[influencers]]
    at = "3 days"
    fee = "500.00 USD"
    reach = 500
    conversion = "4 %"
    [funnel]
    sign_up = "60 %"
    purchase = "70 %"
    loss = "0.05 per day"
    [[segments]]
    name = "fans"
    share = "20 %"
    talk = 1.7
    persuadability = 2
    participation = "60 %"
    [policy.two_sided]
    friend_lift = 0.2
"#;

fn each_run(text: &str, mut check: impl FnMut(&World, u32, &[Event], &Run)) {
    let experiment = experiment(text);
    let mut run = Run::new(&experiment.world);
    for number in 0..experiment.runs {
        let mut events = vec![];
        run.play(&experiment.world, RunId(number), &mut events);
        check(&experiment.world, number, &events, &run);
    }
}

#[test]
fn whoever_is_won_is_won_once_at_a_time_and_for_a_reason() {
    let fresh = EVERYTHING
        .replace("[graph.watts_strogatz]\n    people = 600\n    ties_per_person = 10\n", "")
        .replace("    choose = \"advocates\"\n", "")
        .replace("[telling]", "[telling]\n    audience = \"fresh\"")
        .replace("[advertising]\n    rate = \"0.001 per day\"\n    cost = \"60.00 USD\"\n", "")
        .replace("horizon", "stop_at_customers = 300\n    horizon");
    let population = EVERYTHING.replace("[telling]", "[telling]\n    audience = \"population\"");
    for text in [EVERYTHING.to_owned(), population, fresh] {
        let mut seen = BTreeSet::new();
        each_run(&text, |world, number, events, run| {
            let mut leads: BTreeSet<PersonId> = BTreeSet::new();
            let mut customers: BTreeSet<PersonId> = BTreeSet::new();
            let mut exposed = 0;
            for (place, event) in events.iter().enumerate() {
                seen.insert(event.what.name());
                assert!(event.at <= world.horizon && (place == 0 || events[place - 1].at <= event.at));
                let cause = event.cause.known().map(|cause| &events[..place][cause as usize]);
                match event.what {
                    Fact::CustomerSeeded => assert!(leads.insert(event.who) && cause.is_none()),
                    Fact::AdvertisementSeen { .. } => exposed += 1,
                    Fact::InfluencerPosted { .. } => assert!(cause.is_none() && event.who == PersonId::NOBODY),
                    Fact::Landed { teller } => {
                        let Some(Event { who, what: Fact::WordHeard { teller: told, .. }, .. }) = cause else {
                            panic!()
                        };
                        assert_eq!((*who, *told), (event.who, teller));
                    }
                    Fact::SignedUp { teller, generation, source, channel, .. } => {
                        assert!(!customers.contains(&event.who) && leads.insert(event.who), "{event:?}");
                        match (source, cause.expect("a cause").what) {
                            (Source::Advertising, Fact::AdvertisementSeen { .. })
                            | (Source::Influencer, Fact::InfluencerPosted { .. }) => {
                                assert_eq!((teller, generation), (PersonId::NOBODY, 0));
                            }
                            (Source::Word | Source::Review, Fact::Landed { teller: told }) => {
                                assert_eq!(told, teller);
                                assert!(customers.contains(&teller) && generation > 0);
                                assert_eq!(source == Source::Review, channel == Channel::ReviewSite);
                            }
                            (source, cause) => panic!("{source:?} because of {cause:?}"),
                        }
                    }
                    Fact::LeadLost => assert!(leads.remove(&event.who)),
                    Fact::FirstPurchaseMade { .. } => assert!(leads.remove(&event.who) && customers.insert(event.who)),
                    Fact::BadWordRetold { .. } => {
                        assert!(!customers.contains(&event.who));
                        let Fact::WordHeard { teller, valence: Valence::Bad, .. } = cause.expect("a word").what else {
                            panic!("{cause:?}")
                        };
                        assert!(customers.contains(&teller));
                    }
                    Fact::ReviewPosted { valence } => {
                        let Fact::ExperienceRated { sentiment, .. } = cause.expect("a rating").what else { panic!() };
                        assert_eq!(sentiment == Sentiment::Unhappy, valence == Valence::Bad);
                    }
                    Fact::WordHeard { teller, channel: Channel::ReviewSite, valence, .. } => {
                        let cause = cause.expect("a post");
                        assert!(teller != event.who && cause.who == teller);
                        assert_eq!(cause.what, Fact::ReviewPosted { valence });
                    }
                    _ => {}
                }
            }
            let state = run.state();
            assert_eq!(customers.len(), state.customers() as usize);
            assert!(customers.iter().all(|&person| state.stage(person) == Stage::Customer));
            assert!(leads.iter().all(|&person| state.stage(person) == Stage::SignedUp));
            assert!(exposed == 0 || world.advertising.is_some());
            // The log tells the state, and so it can be told again.
            let mut replayed = tellwave::state::State::new(world.ground(world.dice).people(&world.seeds));
            events.iter().for_each(|event| replayed.apply(event));
            assert_eq!(&replayed, state, "run {number}");
            assert_eq!(log(world, number), events);
        });
        for name in ["BadWordRetold", "ReviewPosted", "Landed", "LeadLost", "InfluencerPosted"] {
            assert!(seen.contains(name), "no {name} in {text}");
        }
    }
}

#[test]
fn a_run_stops_at_its_limit_whoever_brings_the_customers() {
    let text = "runs = 5\nstop_at_customers = 25\n[graph.complete]\npeople = 1_000\n[seeds]\ncount = 1\n";
    for paid in [
        "[advertising]\nrate = \"1 per day\"\n",
        "[[influencers]]\nfee = \"0.00 USD\"\nreach = 900\nconversion = 1.0\n",
    ] {
        let outcome = outcome(&format!("{text}{paid}"));
        assert_eq!(totals(&outcome, "customers"), [25; 5]);
    }
    let experiment = experiment(&format!("{text}[[influencers]]\nat = \"2 days\"\nfee = \"0.00 USD\"\nreach = 9\n"));
    let posted = |event: &Event| matches!(event.what, Fact::InfluencerPosted { .. }).then_some(event.at);
    assert_eq!(log(&experiment.world, 0).iter().find_map(posted), Some(Tick(2 * Tick::PER_DAY)));
}
