//! Forks: the same past, other terms, the same luck.

use crate::archive::SMALL;
use crate::common::{experiment, folder, log, scenario, stderr, stdout, tellwave, write};
use crate::properties::all;
use std::path::{Path, PathBuf};
use tellwave::engine::World;
use tellwave::event::{Denial, Event, Fact, Side};
use tellwave::experiment::{Forked, Outcome};
use tellwave::state::State;
use tellwave::units::{PersonId, Tick};

/// A world that goes on under the terms of `other` after a moment.
fn forked(text: &str, other: &str, until: Tick) -> World {
    let (scenario, folder) = (scenario(text), Path::new(""));
    match scenario.parse_fork("other.toml", other, folder, until) {
        Ok(other) => scenario.into_forked_experiment(other, until).world,
        Err(error) => panic!("{error}\n{other}"),
    }
}

/// The events of a log up to a moment, and after it.
fn split(events: &[Event], until: Tick) -> (&[Event], &[Event]) {
    events.split_at(events.iter().take_while(|event| event.at <= until).count())
}

#[test]
fn a_fork_under_the_same_terms_is_the_run_event_for_event() {
    for text in all() {
        let world = experiment(text).world;
        for (run, day) in [(0, 0), (1, 3), (2, 20), (3, 45)] {
            let until = Tick(day * Tick::PER_DAY + run * 17);
            let fork = world.clone().forked(until, world.clone());
            assert!(log(&fork, run) == log(&world, run), "run {run}, forked on day {day} of\n{text}");
        }
    }
}

#[test]
fn the_past_stays_and_one_event_says_where_other_terms_begin() {
    for text in all() {
        let world = experiment(text).world;
        let mut other = world.clone();
        other.policy = world.policy.without_rules();
        other.conversion.persuasion = tellwave::units::Probability::clamped(0.5);
        let until = Tick(20 * Tick::PER_DAY);
        let fork = world.clone().forked(until, other);
        let (mut changed, mut differing) = (0, 0);
        for run in 0..4 {
            let (told, as_it_was) = (log(&fork, run), log(&world, run));
            let ((past, future), (past_as_it_was, _)) = (split(&told, until), split(&as_it_was, until));
            assert!(past == past_as_it_was, "run {run} of\n{text}");
            let is_change = |event: &&Event| matches!(event.what, Fact::TermsChanged { .. });
            let changes: Vec<&Event> = told.iter().filter(is_change).collect();
            assert!(changes.len() <= 1);
            if let Some(change) = changes.first() {
                assert_eq!(change.at, until + Tick(1));
                // Before it come only the prizes that ended with the last moment of the old terms.
                let first = future.iter().take_while(|event| event != change);
                assert!(first.clone().count() == 0 || matches!(future[0].what, Fact::PrizesAwarded { .. }));
                assert!(first.into_iter().all(|event| event.at == change.at));
                changed += 1;
            }
            differing += usize::from(told != as_it_was);
        }
        assert!(changed > 0 && differing > 0, "{text}");
    }
}

#[test]
fn a_forked_run_folds_into_its_state_and_conserves_what_any_run_does() {
    for text in all() {
        let world = experiment(text).world;
        let mut other = world.clone();
        other.policy = world.policy.without_rules();
        (other.advertising, other.complaints, other.funnel) = (None, None, None);
        (other.prompts, other.invitations) = (vec![], None);
        let fork = world.forked(Tick(15 * Tick::PER_DAY), other);
        let mut run = tellwave::engine::Run::new(&fork);
        let mut events: Vec<Event> = vec![];
        run.play(&fork, tellwave::units::RunId(1), &mut events);
        let mut state = State::new(fork.ground(fork.dice.of_run(tellwave::units::RunId(1))).people(&fork.seeds));
        events.iter().for_each(|event| state.apply(event));
        assert!(&state == run.state(), "{text}");
        let causes =
            events.iter().enumerate().all(|(at, event)| event.cause.known().is_none_or(|cause| (cause as usize) < at));
        assert!(causes && events.is_sorted_by_key(|event| event.at));
        assert!(events.iter().all(|event| event.at <= fork.horizon));
    }
}

/// Four in a circle: each buyer tells her two neighbours, and the words are ten days on their way.
const ON_THE_WAY: &str = r#"
    runs = 1
    horizon = "40 days"
    [graph.circle]
    people = 4
    [seeds]
    ids = [0]
    [experience]
    satisfied = "100 %"
    unhappy = "0 %"
    [participation]
    unasked = "100 %"
    willing = "100 %"
    [telling]
    positive = "all_neighbours"
    delay = "10 days"
    [conversion]
    persuasion = "0 %"
    invitation = "0 %"
    decision_delay = "0 days"
    [policy.one_sided]
    advocate = "5 USD"
    credibility_loss = "0 %"
    ends = "40 days"
"#;

fn count(events: &[Event], is_one: impl Fn(&Event) -> bool) -> usize {
    events.iter().filter(|event| is_one(event)).count()
}

#[test]
fn a_word_on_its_way_is_weighed_by_the_terms_that_hold_when_it_arrives() {
    let sure = ON_THE_WAY.replace("invitation = \"0 %\"", "invitation = \"100 %\"");
    let won = |text: &str, other: &str, day: u32| {
        let world = forked(text, other, Tick(day * Tick::PER_DAY));
        count(&log(&world, 0), |event| matches!(event.what, Fact::SignedUp { .. }))
    };
    // Both neighbours are told on day 10, the last of the four on day 20.
    assert_eq!(won(ON_THE_WAY, &sure, 5), 3);
    assert_eq!(won(ON_THE_WAY, &sure, 10), 0);
    assert_eq!([won(&sure, ON_THE_WAY, 5), won(&sure, ON_THE_WAY, 15)], [0, 2]);
}

#[test]
fn a_reward_keeps_the_terms_under_which_it_was_earned() {
    let old = r#"
    [policy]
    [[policy.rules]]
    side = "friend"
    kind = "points"
    points = 500
    redeemed = "100 %"
    redeemed_after = "8 days"
    [[policy.rules]]
    side = "advocate"
    amount = "5 USD"
    hold = "10 days"
"#;
    let base = ON_THE_WAY.replace("invitation = \"0 %\"", "invitation = \"100 %\"");
    let base = &base[..base.find("    [policy.one_sided]").expect("a policy")];
    let text = format!("{base}{old}");
    let until = Tick(12 * Tick::PER_DAY);
    let events = log(&forked(&text, base, until), 0);
    let (_, after) = split(&events, until);
    let redeemed = count(after, |event| matches!(event.what, Fact::RewardRedeemed { rule: 0, .. }));
    let released = count(after, |event| matches!(event.what, Fact::RewardReleased { rule: 1, .. }));
    let granted = count(after, |event| matches!(event.what, Fact::RewardGranted { .. } | Fact::RewardHeld { .. }));
    assert_eq!((redeemed, released, granted), (2, 2, 0));
}

#[test]
fn a_programme_that_is_over_goes_on_with_a_larger_budget_and_not_with_a_spent_one() {
    let with = |budget: &str| {
        let base = ON_THE_WAY.replace("invitation = \"0 %\"", "invitation = \"100 %\"");
        let base = base.replace("advocate = \"5 USD\"", "amount = \"5 USD\"").replace("credibility_loss = \"0 %\"", "");
        base.replace(
            "[policy.one_sided]",
            &format!("[policy]\n    budget = \"{budget}\"\n    [[policy.rules]]\n    side = \"advocate\""),
        )
    };
    let paid = |other: &str| {
        let events = log(&forked(&with("7 USD"), &with(other), Tick(15 * Tick::PER_DAY)), 0);
        let granted = count(&events, |event| matches!(event.what, Fact::RewardGranted { side: Side::Advocate, .. }));
        let refused =
            count(&events, |event| matches!(event.what, Fact::RewardDenied { reason: Denial::BudgetExhausted, .. }));
        let reopened = count(&events, |event| matches!(event.what, Fact::TermsChanged { reopened: true }));
        (granted, refused, reopened)
    };
    // One reward of two on day 10 is within seven dollars. The last friend buys on day 20.
    assert_eq!(paid("100 USD"), (2, 1, 1));
    assert_eq!(paid("5 USD"), (1, 2, 0));
}

#[test]
fn campaigns_of_the_new_terms_begin_at_the_fork_and_those_of_the_old_are_called_off() {
    let quiet =
        "runs = 4\nhorizon = \"60 days\"\n[graph.watts_strogatz]\npeople = 300\n[conversion]\npersuasion = \"1 %\"\n";
    let loud = format!(
        "{quiet}[advertising]\nrate = \"0.01 per day\"\ncost = \"1 USD\"\n[[influencers]]\nat = \"40 days\"\nfee = \"9 USD\"\n\
         reach = 50\nconversion = \"50 %\"\n"
    );
    let until = Tick(30 * Tick::PER_DAY);
    let of = |text: &str, other: &str| {
        let events = log(&forked(text, other, until), 0);
        let (before, after) = split(&events, until);
        let seen = |events: &[Event]| count(events, |event| matches!(event.what, Fact::AdvertisementSeen { .. }));
        let posted = count(&events, |event| matches!(event.what, Fact::InfluencerPosted { .. }));
        (seen(before), seen(after), posted)
    };
    let (before, after, posted) = of(quiet, &loud);
    assert!(before == 0 && after > 30 && posted == 1, "{before}, {after}, {posted}");
    let (before, after, posted) = of(&loud, quiet);
    assert!(before > 30 && after == 0 && posted == 0, "{before}, {after}, {posted}");
    // Nothing else of an unchanged campaign moves when something else changes.
    let dearer = format!("{loud}[commerce]\norder_value = \"70 USD\"\n");
    let seen = |other: &str| {
        let events = log(&forked(&loud, other, until), 0);
        events
            .into_iter()
            .filter(|event| matches!(event.what, Fact::AdvertisementSeen { .. }))
            .map(|event| (event.at, event.who))
            .collect::<Vec<(Tick, PersonId)>>()
    };
    assert_eq!(seen(&loud), seen(&dearer));
}

/// A market in which customers refer, buy again and complain, with `more` tables.
fn lively(more: &str) -> String {
    format!(
        "runs = 2\nhorizon = \"150 days\"\n[graph.watts_strogatz]\npeople = 400\nties_per_person = 20\n[seeds]\ncount = 30\n\
         [participation]\nunasked = \"60 %\"\nwilling = \"90 %\"\n[telling]\npositive = \"fixed(5)\"\nnegative = \"fixed(5)\"\n\
         delay = \"exponential(4 days)\"\n[conversion]\npersuasion = \"8 %\"\ninvitation = \"12 %\"\n{more}"
    )
}

/// The log of run 0 of a market forked where a day closes, and what of it comes after.
fn told(old: &str, new: &str, day: u32) -> (Vec<Event>, usize) {
    let until = Tick(day * Tick::PER_DAY);
    let events = log(&forked(&lively(old), &lively(new), until), 0);
    let past = split(&events, until).0.len();
    (events, past)
}

#[test]
fn a_contest_that_closes_on_the_day_of_the_fork_is_paid_by_its_own_rules() {
    let contest = |friend: &str| {
        format!(
            "[policy]\n[[policy.rules]]\ntrigger = \"leaderboard\"\nwinners = 3\nside = \"advocate\"\namount = \"80 USD\"\n\
             ends = \"30 days\"\n[[policy.rules]]\nside = \"friend\"\namount = \"{friend} USD\"\n"
        )
    };
    let (events, past) = told(&contest("5"), &contest("6"), 30);
    let prizes =
        count(&events[past..], |event| matches!(event.what, Fact::RewardGranted { amount, .. } if amount.0 == 8_000));
    assert_eq!((prizes, events.last().map(|event| event.at <= Tick(150 * Tick::PER_DAY))), (3, Some(true)));
    let awarded = events.iter().position(|event| matches!(event.what, Fact::PrizesAwarded { .. }));
    let changed = events.iter().position(|event| matches!(event.what, Fact::TermsChanged { .. }));
    assert!(awarded < changed, "by the old rules");
}

#[test]
fn what_the_company_knew_it_knows_under_other_terms() {
    let programme = "[commerce]\nretention = \"90 %\"\nperiod = \"20 days\"\n[policy]\n{clauses}[[policy.rules]]\n\
                     trigger = \"each_purchase\"\nside = \"advocate\"\namount = \"2 USD\"\n";
    let with = |clauses: &str, more: &str| format!("{}{more}", programme.replace("{clauses}", clauses));
    let fraud = "[fraud]\nfirst_customers = true\nself_referral = \"30 %\"\n[fraud.check]\ndetection = \"100 %\"\n";
    // Who was caught is not paid for, though nobody is checked any more.
    let (events, past) = told(&with("", fraud), &with("", ""), 60);
    let caught: Vec<PersonId> = events[..past]
        .iter()
        .filter(|event| matches!(event.what, Fact::ReferralChecked { caught: true, .. }))
        .map(|event| event.who)
        .collect();
    assert!(!caught.is_empty());
    let earner = |event: &Event| events[event.cause.0 as usize].who;
    let paid = |event: &Event| matches!(event.what, Fact::RewardGranted { .. }) && caught.contains(&earner(event));
    assert_eq!(count(&events[past..], paid), 0);
    // Who was credited stays so, however referrals are attributed from then on.
    for clauses in ["attribution = \"first\"\n", "format = \"code\"\ntracking = \"1 %\"\n"] {
        let (events, past) = told(&with("", ""), &with(clauses, ""), 60);
        let friends: Vec<PersonId> = events[..past]
            .iter()
            .filter_map(|event| match event.what {
                Fact::ReferralCredited { friend } => Some(friend),
                _ => None,
            })
            .collect();
        let of_them = |event: &Event| friends.contains(&events[event.cause.0 as usize].who);
        let granted =
            count(&events[past..], |event| matches!(event.what, Fact::RewardGranted { .. }) && of_them(event));
        let refused = count(&events[past..], |event| {
            matches!(event.what, Fact::RewardDenied { reason: Denial::Untracked, .. }) && of_them(event)
        });
        assert!(granted > 0 && refused == 0, "{clauses}: {granted} granted, {refused} refused");
    }
}

#[test]
fn what_was_settled_before_the_fork_is_not_drawn_again() {
    // Whom she told is whom she invites again, however many others tell from then on.
    let inviting = "[invitations]\nmost = 4\nrepeat_after = \"5 days\"\n[policy.two_sided]\n";
    let until = Tick(6 * Tick::PER_DAY);
    let more = lively(inviting).replace("positive = \"fixed(5)\"", "positive = \"fixed(9)\"");
    let events = log(&forked(&lively(inviting), &more, until), 0);
    let pairs = |first: bool| -> std::collections::BTreeSet<(PersonId, PersonId)> {
        let is_first = |event: &Event| matches!(events[event.cause.0 as usize].what, Fact::AdvocacyDecided { .. });
        let word = |event: &Event| match event.what {
            Fact::WordHeard { teller, .. } if is_first(event) == first => Some((teller, event.who)),
            _ => None,
        };
        events.iter().filter_map(word).collect()
    };
    assert!(pairs(false).len() > 20 && pairs(false).is_subset(&pairs(true)));
    // A survey asks for the score that she gave, and nobody where there is none any more.
    let survey = "[survey]\nafter = \"20 days\"\nresponse_rate = \"100 %\"\n";
    let grim = lively(survey) + "[experience]\nsatisfied = \"10 %\"\nunhappy = \"80 %\"\n";
    let until = Tick(15 * Tick::PER_DAY);
    let events = log(&forked(&lively(survey), &grim, until), 0);
    let rated = |who| {
        events.iter().find_map(|event| match event.what {
            Fact::ExperienceRated { score, .. } if event.who == who => Some(score),
            _ => None,
        })
    };
    let answers: Vec<&Event> =
        events.iter().filter(|event| matches!(event.what, Fact::SurveyAnswered { .. })).collect();
    assert!(answers.len() > 30);
    for answer in answers {
        assert!(matches!(answer.what, Fact::SurveyAnswered { score } if Some(score) == rated(answer.who)));
    }
    let (events, past) = told(survey, "", 15);
    assert_eq!(count(&events[past..], |event| matches!(event.what, Fact::SurveyAnswered { .. })), 0);
}

#[test]
fn the_platform_is_paid_from_the_first_month_of_the_new_programme() {
    let from = |day: u32| {
        format!(
            "[policy]\nplatform_fee = \"49 USD\"\n[[policy.rules]]\nside = \"friend\"\namount = \"2 USD\"\nstarts = \"{day} days\"\n"
        )
    };
    let months = |old: &str, new: &str, day: u32| {
        let (events, _) = told(old, new, day);
        let paid = events.iter().filter(|event| matches!(event.what, Fact::PlatformPaid { .. }));
        paid.map(|event| event.at.0 / Tick::PER_DAY).collect::<Vec<u32>>()
    };
    assert_eq!(months(&from(120), &from(20), 10), [20, 50, 80, 110, 140]);
    assert_eq!(months(&from(0), &from(1), 10), [0, 30, 60, 90, 120]);
    assert_eq!(months(&from(0), "", 40), [0, 30]);
}

#[test]
fn a_margin_is_that_of_the_rewards_that_brought_her() {
    let selecting = |amount: u32| {
        format!(
            "[commerce]\nretention = \"90 %\"\nperiod = \"20 days\"\n[policy]\nselects_worse = \"30 %\"\n[[policy.rules]]\n\
             side = \"friend\"\nkind = \"cash\"\namount = \"{amount} USD\"\n"
        )
    };
    let (events, past) = told(&selecting(1), &selecting(40), 60);
    let margins = |events: &[Event]| {
        let margin = |event: &Event| match event.what {
            Fact::FirstPurchaseMade { margin, .. } | Fact::PurchaseRepeated { margin, .. } => Some((event.who, margin)),
            _ => None,
        };
        events.iter().filter_map(margin).collect::<Vec<_>>()
    };
    let before: std::collections::BTreeMap<PersonId, u16> = margins(&events[..past]).into_iter().collect();
    let again: Vec<_> = margins(&events[past..]).into_iter().filter(|(who, _)| before.contains_key(who)).collect();
    assert!(again.len() > 30 && again.iter().all(|(who, margin)| before[who] == *margin));
}

#[test]
fn what_cannot_change_in_the_middle_is_refused_all_at_once_with_the_reason() {
    let text = "horizon = \"60 days\"\n[graph.watts_strogatz]\npeople = 300\n[seeds]\ncount = 3\n[[segments]]\nname = \"fans\"\n\
                share = \"20 %\"\n[commerce]\nretention = \"60 %\"\n";
    let other = "horizon = \"50 days\"\n[graph.watts_strogatz]\npeople = 400\n[seeds]\ncount = 4\n[telling]\nmode = \"rate\"\n\
                 [[segments]]\nname = \"fans\"\nshare = \"30 %\"\ntalk = 2.0\n[commerce]\nperiod = \"20 days\"\n\
                 order_value = \"60 EUR\"\n";
    let refused = |text: &str, other: &str| {
        let error = scenario(text).parse_fork("other.toml", other, Path::new(""), Tick(9_000)).expect_err("refused");
        error.to_string()
    };
    let message = refused(text, other);
    for words in [
        "other.toml:1",
        "horizon",
        "graph.watts_strogatz.people",
        "seeds.count",
        "telling.mode",
        "segments[0].share",
        "commerce.period",
        "commerce.order_value",
        "commerce.retention",
        "the past was told along these ties",
    ] {
        assert!(message.contains(words), "{words}\n{message}");
    }
    assert!(!message.contains("segments[0].talk"), "{message}");
    let post = "[[influencers]]\nat = \"2 days\"\nfee = \"9 USD\"\nreach = 50\nconversion = \"50 %\"\n";
    assert!(refused("", post).contains("they have been posted"));
    // Names, seed and runs are nobody's terms.
    let same = format!("name = \"Other\"\nseed = 99\nruns = 7\n{text}");
    let other = scenario(text).parse_fork("other.toml", &same, Path::new(""), Tick(9_000)).expect("the same terms");
    assert_eq!((other.seed.0, other.runs), (1, 1_000));
    assert_eq!(scenario(text).changes_to(&other), []);
}

#[test]
fn both_futures_and_their_difference_add_up_run_by_run() {
    let text = &SMALL
        .replace("file = \"ties.txt\"\n    header = \"none\"", "")
        .replace("[graph.edge_list]", "[graph.complete]\npeople = 2\n");
    let other = text.replace("invitation = 1.0", "invitation = 0.0");
    let scenario = scenario(text);
    let until = Tick::ZERO;
    let fork = scenario.parse_fork("other.toml", &other, Path::new(""), until).expect("other terms");
    let outcome: Outcome = scenario.into_forked_experiment(fork, until).run(|| {});
    let forked = Forked::of(&outcome).expect("a fork");
    let customers = forked.future_of("customers").expect("a measure");
    let [old, new, difference] =
        [customers.old, customers.new, customers.difference].map(|summary| summary.estimate.mean);
    assert_eq!([old, new, difference], [2.0, 1.0, -1.0]);
}

/// A finished folder of [`SMALL`], and other terms beside it.
fn played() -> (tempfile::TempDir, PathBuf) {
    let here = folder();
    write(here.path(), "ties.txt", "0 1\n");
    write(here.path(), "small.toml", SMALL);
    write(here.path(), "richer.toml", SMALL.replace("advocate = \"5 USD\"", "advocate = \"9 USD\""));
    write(here.path(), "wider.toml", SMALL.replace("horizon = \"9 days\"", "horizon = \"8 days\""));
    let said = tellwave(here.path(), &["run", "small.toml", "--log", "first", "--out", "out"]);
    assert!(said.status.success(), "{}", stderr(&said));
    let out = here.path().join("fork");
    (here, out)
}

#[test]
fn a_forked_folder_is_a_folder_like_any_other() {
    let (here, out) = played();
    let fork = ["fork", "out", "--all", "--at", "0", "--with", "richer.toml", "--out", "fork", "--log", "all"];
    let said = tellwave(here.path(), &fork);
    assert!(said.status.success(), "{}", stderr(&said));
    let text = stdout(&said);
    assert!(text.contains("policy.two_sided.advocate") && text.contains("What the new terms change"), "{text}");
    let report = std::fs::read_to_string(out.join("report.html")).expect("a report");
    assert!(report.contains("What the new terms change") && report.contains("Old terms"));
    for args in [vec!["verify", "fork", "--all"], vec!["replay", "fork", "--run", "2"]] {
        let said = tellwave(here.path(), &args);
        assert!(said.status.success(), "{args:?}: {}{}", stdout(&said), stderr(&said));
    }
    // The log and the run told again are one story.
    let events = |dir: &str| stdout(&tellwave(here.path(), &["events", dir, "--run", "1", "--format", "jsonl"]));
    let kept = events("fork");
    assert!(kept.contains("TermsChanged"));
    let again = tellwave(
        here.path(),
        &["fork", "out", "--run", "1", "--at", "0", "--with", "richer.toml", "--out", "again", "--log", "none"],
    );
    assert!(again.status.success(), "{}", stderr(&again));
    assert_eq!(events("again"), kept);
    let other = tellwave(here.path(), &["events", "again", "--run", "0"]);
    assert_eq!(other.status.code(), Some(2), "{}", stderr(&other));
}

#[test]
fn a_fork_under_the_same_terms_says_that_nothing_changes() {
    let (here, _) = played();
    let said = tellwave(
        here.path(),
        &["fork", "out", "--all", "--at", "3", "--with", "small.toml", "--out", "fork", "--json"],
    );
    assert!(said.status.success(), "{}", stderr(&said));
    let object: serde_json::Value = serde_json::from_str(&stdout(&said)).expect("an object");
    let fork = &object["fork"];
    assert_eq!((fork["day"].as_u64(), fork["changes"].as_array().map(Vec::len)), (Some(3), Some(0)));
    assert_eq!(fork["difference"]["customers"]["mean"].as_f64(), Some(0.0));
    let logs = ["out", "fork"].map(|dir| stdout(&tellwave(here.path(), &["events", dir, "--format", "csv"])));
    assert_eq!(logs[0], logs[1]);
}

#[test]
fn a_fork_that_cannot_be_is_refused_and_nothing_is_written() {
    let (here, out) = played();
    let refused = |args: &[&str], words: &str| {
        let said = tellwave(here.path(), &[&["fork"], args].concat());
        assert_eq!(said.status.code(), Some(2), "{args:?}: {}", stderr(&said));
        assert!(stderr(&said).contains(words), "{args:?}: {}", stderr(&said));
        assert!(!out.exists());
    };
    refused(&["out", "--all", "--at", "9", "--with", "richer.toml", "--out", "fork"], "give a day from 0 to 8");
    refused(&["out", "--run", "3", "--at", "1", "--with", "richer.toml", "--out", "fork"], "no run 3");
    refused(&["out", "--at", "1", "--with", "richer.toml", "--out", "fork"], "--run");
    refused(&["out", "--all", "--at", "1", "--with", "wider.toml", "--out", "fork"], "wider.toml");
    refused(&["out", "--all", "--at", "1", "--with", "none.toml", "--out", "fork"], "none.toml");
    refused(&["out", "--all", "--at", "1", "--with", "richer.toml", "--out", "out"], "give another");
    refused(&["out", "--all", "--at", "1", "--with", "richer.toml", "--out", "out/fork"], "give another");
    let made = tellwave(here.path(), &["fork", "out", "--all", "--at", "1", "--with", "richer.toml", "--out", "made"]);
    assert!(made.status.success(), "{}", stderr(&made));
    refused(&["made", "--all", "--at", "2", "--with", "small.toml", "--out", "fork"], "is itself a fork");
}
