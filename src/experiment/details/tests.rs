//! Tables of runs heard closely, held against the totals of the same runs and against cases with known answers.

use super::*;
use crate::engine::Run;
use crate::event::Event;
use crate::experiment::{Nps, Outcome};
use crate::scenario::{Overrides, Scenario};
use crate::state::State;
use std::path::Path;

/// Customers come by every way there is; rewards are held back, taken back, redeemed and refused.
pub(in crate::experiment) const BUSY: &str = "
runs = 12
horizon = '120 days'
graph.watts_strogatz = { people = 2_000, ties_per_person = 20 }
seeds.count = 60
conversion = { persuasion = '4 %', invitation = '10 %' }
posts = { share = '30 %', views = '0.5 per day', half_life = '30 days' }
advertising.rate = '0.1 per year'
refunds = { share = '20 %', within = '30 days' }
funnel = { sign_up = '50 %', purchase = '60 %' }
[[influencers]]
at = '30 days'
fee = '100.00 USD'
reach = 1_000
conversion = '2 %'
[policy]
budget = '250.00 USD'
[[policy.rules]]
side = 'advocate'
amount = '5.00 USD'
hold = '20 days'
[[policy.rules]]
side = 'friend'
kind = 'discount'
amount = '5.00 USD'
";

/// Everybody tells two who have heard of nothing, and both buy at once, a week later: 1, 2, 4 and 8 customers.
const DOUBLING: &str = "
runs = 3
horizon = '21 days'
seeds.count = 1
experience = { satisfied = '100 %', unhappy = '0 %' }
telling = { audience = 'fresh', positive = 'fixed(2)', delay = '7 days' }
conversion = { persuasion = '100 %', decision_delay = '0 days' }
participation.unasked = '0 %'
";

fn experiment(text: &str) -> (Experiment, MoneyUnit) {
    let scenario = Scenario::parse("test.toml", text, Path::new(""), Overrides::default());
    let scenario = scenario.unwrap_or_else(|error| panic!("{error}\n{text}"));
    let money = scenario.money();
    (scenario.into_experiment(), money)
}

fn played(experiment: &Experiment) -> (Outcome, Gathered<'_>) {
    let details = Details::new(experiment, Details::RUNS);
    let outcome = experiment.run_logged(&details, || ());
    (outcome, details.gathered())
}

fn reals(table: &Table, name: &str) -> Vec<f64> {
    table.column(name).unwrap_or_else(|| panic!("a column {name}")).values.reals()
}

fn last(table: &Table, name: &str) -> f64 {
    *reals(table, name).last().expect("a row")
}

fn sum(outcome: &Outcome, name: &str) -> f64 {
    outcome.totals(name).unwrap_or_else(|| panic!("a total {name}")).iter().sum::<i64>() as f64
}

#[test]
fn the_ways_lie_on_each_other_and_add_up_to_customers_on_every_day() {
    let (experiment, _) = experiment(BUSY);
    let (outcome, gathered) = played(&experiment);
    let table = gathered.acquisition();
    let names = ["seed", "advertising", "influencer", "review", "word", "word_credited"];
    let mut below = vec![0.0; table.rows()];
    for name in names {
        assert_eq!(reals(&table, &format!("{name}_low")), below, "{name}");
        below = reals(&table, &format!("{name}_high"));
        assert!(last(&table, &format!("{name}_mean")) > 0.0, "nobody came by {name}");
    }
    assert_eq!(below, reals(&table, "customers_mean"));
    let customers = |day: usize| {
        let of_run = |row: &crate::experiment::Row| row.daily_of("customers").expect("a measure of every day")[day];
        outcome.rows.iter().map(of_run).sum::<i64>() as f64 / 12.0
    };
    assert_eq!(below, (0..table.rows()).map(customers).collect::<Vec<_>>());
}

#[test]
fn who_is_credited_is_who_the_totals_say() {
    let (experiment, _) = experiment(BUSY);
    let (outcome, gathered) = played(&experiment);
    let table = gathered.acquisition();
    assert_eq!(last(&table, "word_credited_mean"), sum(&outcome, "referrals_credited") / 12.0);
    assert_eq!(last(&table, "review_mean"), sum(&outcome, "customers_by_review") / 12.0);
}

#[test]
fn the_same_tables_come_out_for_any_number_of_threads() {
    let (experiment, money) = experiment(BUSY);
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        pool.install(|| {
            let (_, gathered) = played(&experiment);
            assert_eq!(gathered.tables(&money).len(), 10);
            let picture = (gathered.largest_cascade(), gathered.network(300));
            // As text, for what is not a number is not equal to itself.
            format!("{:?} {picture:?}", gathered.tables(&money))
        })
    };
    let alone = on(1);
    assert!(on(2) == alone, "two threads");
    assert!(on(5) == alone, "five threads");
}

#[test]
fn listening_closely_changes_no_run_and_stops_after_the_first_ones() {
    let (experiment, _) = experiment(BUSY);
    let (few, more) = (Details::new(&experiment, 2), Details::new(&experiment, 1_000));
    let outcome = experiment.run_logged(&(&few, &more), || ());
    assert!(outcome == experiment.run(|| ()));
    assert_eq!(few.gathered().runs().collect::<Vec<_>>(), [RunId(0), RunId(1)]);
    assert_eq!(more.gathered().runs().len(), 12);
}

#[test]
fn runs_need_not_begin_at_nought() {
    let (whole, _) = experiment(DOUBLING);
    let later = Experiment { first: 5, ..whole };
    let details = Details::new(&later, 2);
    later.run_logged(&details, || ());
    let gathered = details.gathered();
    assert_eq!(gathered.runs().collect::<Vec<_>>(), [RunId(5), RunId(6)]);
    assert_eq!(gathered.purchases().iter().flatten().count(), 15);
}

#[test]
fn sentiment_ends_where_the_totals_do() {
    let (experiment, _) = experiment(BUSY);
    let (outcome, gathered) = played(&experiment);
    let table = gathered.sentiment();
    let (good, bad) = (sum(&outcome, "words_good"), sum(&outcome, "words_bad"));
    assert_eq!(last(&table, "sentiment_mean"), (good - bad) / (good + bad));
    let [promoters, passives, detractors] = ["promoters", "passives", "detractors"].map(|name| sum(&outcome, name));
    let nps = Nps { promoters, passives, detractors }.score().expect("customers");
    assert!((last(&table, "nps_mean") - nps).abs() < 1e-9);
    for name in ["sentiment", "nps"] {
        let [low, high] = ["p05", "p95"].map(|end| last(&table, &format!("{name}_{end}")));
        assert!(low < last(&table, &format!("{name}_mean")) && last(&table, &format!("{name}_mean")) < high, "{name}");
    }
}

#[test]
fn before_the_first_word_there_is_no_sentiment() {
    let (experiment, _) = experiment(DOUBLING);
    let table = played(&experiment).1.sentiment();
    assert!(reals(&table, "sentiment_mean")[..7].iter().all(|value| value.is_nan()));
    assert_eq!(reals(&table, "sentiment_p05")[7..], [1.0; 15]);
    assert_eq!(reals(&table, "nps_mean"), [100.0; 22]);
}

#[test]
fn who_tells_two_has_an_r_of_two_until_the_run_ends() {
    let (experiment, _) = experiment(DOUBLING);
    let (_, gathered) = played(&experiment);
    let table = gathered.virality_by_generation();
    assert_eq!(reals(&table, "customers_mean"), [1.0, 2.0, 4.0, 8.0]);
    for name in ["r_mean", "r_p05", "r_p95"] {
        assert_eq!(reals(&table, name), [2.0, 2.0, 2.0, 0.0]);
    }
    let table = gathered.virality_by_day();
    assert_eq!(reals(&table, "r_mean"), [[2.0; 21].as_slice(), &[0.0]].concat());
    assert_eq!(reals(&table, "buyers_mean")[13..15], [2.0, 4.0]);
    // It takes a week to bring somebody, so what the last week's buyers will bring is not seen.
    assert_eq!(reals(&table, "censored"), [[0.0; 15].as_slice(), &[1.0; 7]].concat());
}

#[test]
fn cascades_add_up_to_customers() {
    for text in [BUSY, DOUBLING] {
        let (experiment, _) = experiment(text);
        let (outcome, gathered) = played(&experiment);
        let (sizes, depths) = (gathered.cascade_sizes(), gathered.cascade_depths());
        let [size, cascades] = ["size", "cascades"].map(|name| reals(&sizes, name));
        let all: f64 = size.iter().zip(&cascades).map(|(size, cascades)| size * cascades).sum();
        assert_eq!(all, sum(&outcome, "customers"));
        // The area under the shares is the mean size.
        let shares = reals(&sizes, "share");
        let steps = std::iter::once(0.0).chain(size.iter().copied()).zip(&size).map(|(before, size)| size - before);
        let mean: f64 = steps.zip(&shares).map(|(step, share)| step * share).sum();
        assert!((mean - all / cascades.iter().sum::<f64>()).abs() < 1e-9);
        assert_eq!(cascades.iter().sum::<f64>(), reals(&depths, "cascades").iter().sum::<f64>());
        assert_eq!(cascades.iter().sum::<f64>(), sum(&outcome, "customers_otherwise"));
        let deepest = outcome.totals("cascade_depth").expect("a total").into_iter().max();
        assert_eq!(Some(last(&depths, "depth") as i64), deepest);
    }
}

#[test]
fn the_largest_cascade_is_that_of_the_totals_and_its_root_was_told_by_nobody() {
    let (experiment, _) = experiment(BUSY);
    let (outcome, gathered) = played(&experiment);
    let largest = gathered.largest_cascade().expect("customers");
    let sizes = outcome.totals("cascade_size_max").expect("a total");
    assert_eq!(Some(i64::from(largest.size)), sizes.iter().copied().max());
    assert_eq!(gathered.largest_cascade_of(largest.run), Some(largest));
    assert_eq!(gathered.largest_cascade_of(RunId(3)).map(|of_run| i64::from(of_run.size)), Some(sizes[3]));
    let mut run = Run::new(&experiment.world);
    run.play(&experiment.world, largest.run, ());
    assert_eq!((run.state().teller(largest.root), run.state().generation(largest.root)), (None, 0));
}

#[test]
fn what_is_owed_and_spent_ends_where_ledger_and_state_do() {
    let (experiment, money) = experiment(BUSY);
    let (outcome, gathered) = played(&experiment);
    let liability = gathered.liability(&money).expect("a programme");
    assert_eq!(last(&liability, "liability_mean"), sum(&outcome, "reward_liability") / 12.0 / 100.0);
    let mut owed = outcome.totals("reward_liability").expect("a total");
    let Spread { low, high, .. } = Spread::of(&mut owed);
    assert_eq!([last(&liability, "liability_p05"), last(&liability, "liability_p95")], [low / 100.0, high / 100.0]);
    let mut run = Run::new(&experiment.world);
    let spent = (0..12).map(|number| {
        run.play(&experiment.world, RunId(number), ());
        run.state().spent().minor()
    });
    let used = spent.sum::<i64>() as f64 / 12.0 / 25_000.0;
    let budget = gathered.budget().expect("a budget");
    assert_eq!(last(&budget, "used_mean"), used);
    assert!(used > 0.5 && reals(&budget, "used_p95").iter().all(|&used| used <= 1.0));
}

#[test]
fn a_budget_that_a_fork_brings_is_there_from_the_fork_on() {
    let without = BUSY.replace("budget = '250.00 USD'", "");
    let ((before, _), (after, _)) = (experiment(&without), experiment(BUSY));
    let until = crate::units::Tick(10 * crate::units::Tick::PER_DAY);
    let forked = Experiment { world: before.world.forked(until, after.world), runs: 2, ..before };
    let (_, gathered) = played(&forked);
    let used = reals(&gathered.budget().expect("a budget, later"), "used_mean");
    assert!(used[..=10].iter().all(|used| used.is_nan()) && used[11..].iter().all(|used| used.is_finite()));
}

#[test]
fn only_steps_that_the_scenario_has_are_in_the_funnel() {
    let stages = |table: &Table| match &table.column("stage").expect("stages").values {
        Values::Name(names) => names.clone(),
        values => panic!("names, not {values:?}"),
    };
    let (busy, _) = experiment(BUSY);
    let (outcome, gathered) = played(&busy);
    let funnel = gathered.funnel();
    assert_eq!(stages(&funnel), ["reached", "landed", "signed_up", "customers", "participants", "advocates"]);
    let means = reals(&funnel, "people_mean");
    assert_eq!([means[0], means[3]], ["reach", "customers"].map(|name| sum(&outcome, name) / 12.0));
    // Some land twice, and some who land do not sign up.
    assert!(means[1] < sum(&outcome, "landed") / 12.0 && means[2] < means[1], "{means:?}");
    assert!(0.0 < means[5] && means[5] < means[4] && means[4] < means[3], "{means:?}");
    let (doubling, _) = experiment(DOUBLING);
    let (_, gathered) = played(&doubling);
    let funnel = gathered.funnel();
    assert_eq!(stages(&funnel), ["reached", "customers"]);
    assert_eq!(
        (reals(&funnel, "people_mean"), reals(&funnel, "people_half_width")),
        (vec![14.0, 15.0], vec![0.0, 0.0])
    );
}

#[test]
fn without_programme_budget_and_graph_there_are_no_tables_of_them() {
    let (experiment, money) = experiment(DOUBLING);
    let (_, gathered) = played(&experiment);
    let names: Vec<&str> = gathered.tables(&money).iter().map(|(name, _)| *name).collect();
    assert!(["liability", "budget", "degrees"].iter().all(|name| !names.contains(name)), "{names:?}");
    assert_eq!((names.len(), gathered.network(100)), (7, None));
}

#[test]
fn every_column_has_its_own_name_and_as_many_rows_as_the_others() {
    let (experiment, money) = experiment(BUSY);
    for (name, table) in played(&experiment).1.tables(&money) {
        let mut names: Vec<&str> = table.columns.iter().map(|column| column.name.as_str()).collect();
        assert!(table.columns.iter().all(|column| column.values.len() == table.rows()), "{name}");
        assert!(table.columns.iter().all(|column| !column.meaning.is_empty()), "{name}");
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), table.columns.len(), "{name}");
    }
}

#[test]
fn degrees_are_those_of_everybody() {
    let regular = "runs = 1\ngraph.random_regular = { people = 500, degree = 6 }\nseeds.count = 1";
    let (regular, _) = experiment(regular);
    let table = played(&regular).1.degrees().expect("a graph");
    assert_eq!(["degree", "people", "share"].map(|name| reals(&table, name)), [vec![6.0], vec![500.0], vec![1.0]]);
    let (busy, _) = experiment(BUSY);
    let table = played(&busy).1.degrees().expect("a graph");
    let ends: f64 =
        reals(&table, "degree").iter().zip(reals(&table, "people")).map(|(degree, people)| degree * people).sum();
    assert_eq!(ends, 2_000.0 * 20.0);
}

/// First purchases of the first run, from its log.
fn first_purchases(experiment: &Experiment) -> Vec<(crate::units::PersonId, crate::units::Tick)> {
    let mut events: Vec<Event> = vec![];
    Run::new(&experiment.world).play(&experiment.world, RunId(0), &mut events);
    let is_first = |event: &&Event| matches!(event.what, crate::event::Fact::FirstPurchaseMade { .. });
    events.iter().filter(is_first).map(|event| (event.who, event.at)).collect()
}

#[test]
fn purchases_are_those_of_the_first_run() {
    let (experiment, _) = experiment(BUSY);
    let purchases = played(&experiment).1.purchases();
    let expected = first_purchases(&experiment);
    assert_eq!((purchases.len(), purchases.iter().flatten().count()), (2_000, expected.len()));
    assert!(expected.iter().all(|&(who, at)| purchases[who.index()] == Some(at)));
}

#[test]
fn a_network_is_everybody_or_those_around_the_largest_cascade() {
    let (experiment, _) = experiment(BUSY);
    let (_, gathered) = played(&experiment);
    let all = gathered.network(2_000).expect("a graph");
    assert_eq!((all.people.len(), all.ties.len()), (2_000, 2_000 * 20 / 2));
    assert_eq!(all.bought, gathered.purchases());
    let some = gathered.network(100).expect("a graph");
    let root = gathered.largest_cascade_of(RunId(0)).expect("customers").root;
    assert_eq!((some.people.len(), some.people[0]), (100, root));
    // In the order of their distance, so everybody but the first is tied to somebody before her.
    let is_reached = |place: u32| some.ties.iter().any(|&[before, after]| before < after && after == place);
    assert!((1..100).all(is_reached));
    let (first, purchases) = (first_purchases(&experiment), gathered.purchases());
    assert!(first.iter().any(|(who, _)| *who == root));
    assert!(some.people.iter().zip(&some.bought).all(|(person, bought)| purchases[person.index()] == *bought));
}

#[test]
fn a_graph_of_each_run_s_own_is_that_of_the_first_run() {
    let own = BUSY.replace("ties_per_person = 20 }", "ties_per_person = 20 }\ngraph.redraw = 'each run'");
    let (experiment, _) = experiment(&own);
    let gathered = played(&experiment).1;
    let network = gathered.network(2_000).expect("a graph");
    let dice = experiment.world.dice.of_run(RunId(0));
    let ground = experiment.world.ground(dice);
    let graph = ground.graph().expect("a graph");
    assert!(network.ties.iter().all(|&[one, other]| graph.friends(network.people[one as usize]).contains(&other)));
    assert_eq!(network.ties.len(), graph.arcs() / 2);
}

/// Keeps the number of events of each run.
#[derive(Default)]
struct Counting(Mutex<BTreeMap<u32, usize>>);

impl Logs for Counting {
    type Log = Vec<Event>;

    fn open(&self, run: RunId) -> Option<Vec<Event>> {
        (run.0 % 2 == 1).then(Vec::new)
    }

    fn close(&self, run: RunId, log: Vec<Event>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(run.0, log.len());
    }
}

#[test]
fn of_two_kinds_of_logs_each_hears_its_own_runs() {
    let (experiment, _) = experiment(DOUBLING);
    let (counting, details) = (Counting::default(), Details::new(&experiment, 1));
    experiment.run_logged(&(&counting, &details), || ());
    assert_eq!(details.gathered().runs().collect::<Vec<_>>(), [RunId(0)]);
    let heard = counting.0.into_inner().unwrap_or_else(PoisonError::into_inner);
    assert_eq!(heard.keys().copied().collect::<Vec<_>>(), [1]);
    assert!(heard[&1] > 15);
}

#[test]
fn a_stored_log_gives_the_same_as_the_run() {
    let (experiment, _) = experiment(BUSY);
    let mut events: Vec<Event> = vec![];
    let mut heard = Detail::new(&experiment.world, true);
    let mut run = Run::new(&experiment.world);
    run.play(&experiment.world, RunId(4), (&mut events, &mut heard));
    let (mut state, mut told) = (State::new(run.state().people()), Detail::new(&experiment.world, true));
    for event in &events {
        state.apply(event);
        crate::engine::Sink::hear(&mut told, event, &state);
    }
    assert_eq!(told.close(), heard.close());
}
