//! A hundred scenarios from all over the space of scenarios, small ones: what their logs say is what their projections say,
//! however it is folded; and a fork under the same terms is the run.
//!
//! Every graph model, every audience and mode, every optional table, in combinations that nobody chose.

use crate::common::{log, scenario};
use proptest::prelude::*;
use std::collections::BTreeSet;
use tellwave::engine::{Run, Sink, World};
use tellwave::event::{Event, Fact};
use tellwave::projection::{Projection, Standard};
use tellwave::state::State;
use tellwave::store::{EventLogWriter, LogMeta, read_event_log};
use tellwave::units::{RunId, Tick};

/// A scenario as choices, which shrink to few and small ones.
#[derive(Debug, Clone)]
struct Choices {
    seed: u32,
    graph: usize,
    /// Neighbours in batch mode, at a rate, population, fresh.
    audience: usize,
    policy: usize,
    /// A bit for each of [`TABLES`].
    tables: u32,
    /// What the tables are filled with, 0 to 99 each.
    numbers: [u8; 6],
    cut: u32,
}

const GRAPHS: [&str; 11] = [
    "[graph.cliques]\npeople = 120\nclique_size = 5\nweak_ties = 6\nweak_strength = 0.7\n",
    "[graph.two_layer_regular]\npeople = 120\nstrong = 4\nweak = 6\n",
    "[graph.erdos_renyi]\npeople = 120\nmean_degree = 8\n",
    "[graph.random_regular]\npeople = 120\ndegree = 8\n",
    "[graph.barabasi_albert]\npeople = 120\nties_per_newcomer = 4\n",
    "[graph.watts_strogatz]\npeople = 120\nties_per_person = 8\n",
    "[graph.power_law_cluster]\npeople = 120\nties_per_newcomer = 4\n",
    "[graph.spatial]\npeople = 120\nmean_degree = 8\n",
    "[graph.circle]\npeople = 120\n",
    "[graph.grid]\nrows = 10\ncolumns = 12\n",
    "[graph.complete]\npeople = 60\n",
];

/// Optional tables; `{a}` to `{f}` are filled in.
const TABLES: [&str; 17] = [
    "[experience.nps]\npromoters = \"60 %\"\ndetractors = \"{a3} %\"\n",
    "[survey]\nafter = \"{b} hours\"\n",
    "[complaints]\nfile = \"{c} %\"\nrecovery = \"{d} %\"\nafter = \"{a3} hours\"\n",
    "[channels.face_to_face]\nshare = \"60 %\"\n[channels.social_post]\nshare = \"40 %\"\n",
    "[funnel]\nsign_up = \"80 %\"\npurchase = \"90 %\"\nloss = \"0.03 per day\"\n",
    "[posts]\nshare = \"{a} %\"\nviews = \"1 per day\"\n",
    "[advertising]\nrate = \"0.00{b} per day\"\ncost = \"0.{b} USD\"\n",
    "[[influencers]]\nat = \"{c3} days\"\nfee = \"{d}.00 USD\"\nreach = {e3}\nconversion = \"{a} %\"\n",
    "[[segments]]\nname = \"fans\"\nshare = \"{a} %\"\ntalk = 1.{b}\npersuadability = 1.{c}\n",
    "[commerce]\nretention = \"{d} %\"\nperiod = \"9 days\"\nwin_back = \"{a} %\"\norder_spread = 0.{b}\n",
    "[asking]\nfading = \"30 days\"\n[[asking.prompts]]\n[[asking.prompts]]\nafter = \"{b3} days\"\nby = \"phone\"\nreach = \"{e} %\"\n",
    "[invitations]\nmost = 3\nrepeat_after = \"{c3} days\"\n",
    "[community]\njoin = \"{d} %\"\n",
    "[refunds]\nshare = \"{e} %\"\nwithin = \"{f3} days\"\n",
    "[fraud]\nfirst_customers = true\nself_referral = \"{a3} %\"\nring = \"{b3} %\"\nfarming = \"{c} %\"\ncoupon_leak = \"{d} %\"\n[fraud.check]\ndetection = \"{e} %\"\ncost = \"0.{b} USD\"\n",
    "[participation]\nunasked = \"{a3} %\"\nwilling = \"90 %\"\n",
    "[experience.referred.nps]\npromoters = \"50 %\"\ndetractors = \"{b3} %\"\n",
];
const NPS: u32 = 1 << 0;
const INVITATIONS: u32 = 1 << 11;
const FRAUD: u32 = 1 << 14;
const REFERRED: u32 = 1 << 16;
const ADVERTISING: u32 = 1 << 6;
const ASKING: u32 = 1 << 10;

const POLICIES: [&str; 5] = [
    "",
    "[policy.two_sided]\ncap = 2\nends = \"{f} days\"\n",
    "[policy.one_sided]\nadvocate_kind = \"points\"\nwindow = \"{e3} days\"\n",
    "[policy]\nbudget = \"{d}.00 USD\"\nattribution = \"last\"\nformat = \"code\"\nplatform_fee = \"9 USD\"\nlevels = 2\n\
     [[policy.rules]]\nside = \"both\"\namount = \"{a3}.00 USD\"\nhold = \"{b3} days\"\n\
     [[policy.rules]]\nside = \"advocate\"\namount = \"1 USD\"\nlevel = 2\n\
     [[policy.rules]]\nside = \"advocate\"\nkind = \"gift\"\namount = \"3 USD\"\nat_referral = 2\n\
     [[policy.rules]]\nside = \"friend\"\nkind = \"points\"\npoints = 300\nredeemed_after = \"1 day\"\nexpires = \"9 days\"\n",
    "[policy]\nattribution = \"first\"\n[[policy.rules]]\nside = \"friend\"\nkind = \"ticket\"\namount = \"1 USD\"\n\
     [[policy.rules]]\ntrigger = \"drawing\"\nwinners = 2\nside = \"friend\"\namount = \"{a}.00 USD\"\nends = \"{c3} days\"\n\
     [[policy.rules]]\ntrigger = \"leaderboard\"\nwinners = 1\nside = \"advocate\"\namount = \"{b}.00 USD\"\nends = \"{c3} days\"\n\
     [[policy.rules]]\ntrigger = \"sign_up\"\nside = \"advocate\"\namount = \"1 USD\"\n\
     [[policy.rules]]\ntrigger = \"each_purchase\"\nside = \"advocate\"\nshare = \"5 %\"\n",
];

impl Choices {
    fn text(&self) -> String {
        let mut tables = self.tables;
        // What does not go together is refused by scenarios, and is tested there.
        if self.audience == 1 {
            tables &= !INVITATIONS;
        }
        if self.policy == 0 {
            tables &= !FRAUD;
        }
        if tables & NPS == 0 {
            tables &= !REFERRED;
        }
        if self.audience == 3 {
            tables &= !(ADVERTISING | ASKING | INVITATIONS);
        }
        let telling = match self.audience {
            0 => {
                "[telling]\npositive = \"negative_binomial(8, 2)\"\nnegative = \"poisson(6)\"\nretelling = \"poisson(1)\"\n\
                  delay = \"exponential({c3} days)\"\n"
            }
            1 => "[telling]\nmode = \"rate\"\npositive_rate = \"4 per week\"\nnegative_rate = \"3 per week\"\n",
            2 => "[telling]\naudience = \"population\"\npositive = \"poisson(8)\"\n",
            _ => "[telling]\naudience = \"fresh\"\npositive = \"poisson(7)\"\n",
        };
        let head = format!("seed = {}\nruns = 2\nhorizon = \"60 days\"\n", self.seed);
        let head = if self.audience == 3 { format!("{head}stop_at_customers = 300\n") } else { head };
        // Models that leave nothing to chance cannot be grown anew.
        let redraw =
            if self.numbers[5].is_multiple_of(2) && self.graph < 8 { "graph.redraw = \"each run\"\n" } else { "" };
        let graph = match self.audience {
            2 => "[graph.complete]\npeople = 90\n".to_owned(),
            3 => String::new(),
            _ => format!("{redraw}{}", GRAPHS[self.graph]),
        };
        let conversion = "[conversion]\npersuasion = \"{e3} %\"\ninvitation = \"{f3} %\"\ndose = [1.0, 0.6]\nblocking = \"{a3} %\"\n";
        let parts = (0..TABLES.len()).filter(|place| tables >> place & 1 == 1).map(|place| TABLES[place]);
        let seeds = "[seeds]\ncount = 4\n";
        let all: String = [&head, &graph, seeds, telling, conversion]
            .into_iter()
            .chain(parts)
            .chain([POLICIES[self.policy]])
            .collect();
        // `{a3}` is a third of `{a}`; none is zero.
        ["a", "b", "c", "d", "e", "f"].iter().zip(self.numbers).fold(all, |text, (name, number)| {
            let text = text.replace(&format!("{{{name}3}}"), &(number / 3 + 1).to_string());
            text.replace(&format!("{{{name}}}"), &(u32::from(number) + 1).min(99).to_string())
        })
    }
}

fn choices() -> impl Strategy<Value = Choices> {
    let numbers = [0u8..99, 0..99, 0..99, 0..99, 0..99, 0..99];
    (
        0u32..1_000,
        0..GRAPHS.len(),
        0usize..4,
        0..POLICIES.len(),
        0u32..1 << TABLES.len(),
        numbers,
        0u32..60 * Tick::PER_DAY,
    )
        .prop_map(|(seed, graph, audience, policy, tables, numbers, cut)| Choices {
            seed,
            graph,
            audience,
            policy,
            tables,
            numbers,
            cut,
        })
}

/// What the projections of a run come to, day by day and in total.
fn numbers_of(projections: &Standard) -> (Vec<i64>, Vec<i64>) {
    let (mut totals, mut daily) = (vec![], vec![]);
    projections.totals(&mut totals);
    projections.daily(&mut daily);
    (totals, daily)
}

fn fold(state: &mut State, projections: &mut Standard, events: &[Event]) {
    for event in events {
        state.apply(event);
        projections.hear(event, state);
    }
}

fn beginning(world: &World, run: u32) -> State {
    State::new(world.ground(world.dice.of_run(RunId(run))).people(&world.seeds))
}

/// Writes events as a log and reads them back.
fn through_a_file(events: &[Event], meta: &LogMeta) -> Vec<Event> {
    let file = tempfile::NamedTempFile::new().expect("a file");
    let mut writer = EventLogWriter::new(file.as_file(), meta).expect("a log");
    events.iter().for_each(|event| writer.push(event).expect("an event"));
    writer.finish().expect("the end");
    let (read, events) = read_event_log(file.path(), None).expect("a log");
    assert_eq!(&read, meta);
    events
}

#[test]
fn a_hundred_scenarios_from_everywhere_fold_replay_and_fork_as_they_should() {
    // The scenarios are the same each time: a failure can be played again.
    let config = ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() };
    let mut runner = proptest::test_runner::TestRunner::new_with_rng(
        config,
        proptest::test_runner::TestRng::deterministic_rng(proptest::test_runner::RngAlgorithm::ChaCha),
    );
    let (facts, played) = (std::cell::RefCell::new(BTreeSet::new()), std::cell::Cell::new(0));
    let outcome = runner.run(&choices(), |choices| {
        let scenario = scenario(&choices.text());
        let meta = LogMeta {
            tellwave: "0".to_owned(),
            scenario_sha256: scenario.digest(),
            currency: "USD".to_owned(),
            digits: 2,
            run: RunId(0),
            seed: scenario.seed,
            fork: None,
        };
        let experiment = scenario.into_experiment();
        let world = &experiment.world;
        for number in 0..2 {
            let (mut streamed, mut events, mut run) = (experiment.projections(), vec![], Run::new(world));
            run.play(world, RunId(number), (&mut streamed, &mut events));
            facts.borrow_mut().extend(events.iter().map(|event| event.what.name()));
            played.set(played.get() + events.len());
            let read = through_a_file(&events, &LogMeta { run: RunId(number), ..meta.clone() });
            prop_assert!(read == events, "a log gives its events back");

            let (mut state, mut projections) = (beginning(world, number), experiment.projections());
            fold(&mut state, &mut projections, &read);
            prop_assert!(&state == run.state(), "the state is the fold of the log");
            prop_assert_eq!(numbers_of(&projections), numbers_of(&streamed));

            let cut = read.partition_point(|event| event.at <= Tick(choices.cut));
            let (mut first, mut so_far) = (beginning(world, number), experiment.projections());
            fold(&mut first, &mut so_far, &read[..cut]);
            let (mut second, mut then) = (first.clone(), so_far.clone());
            fold(&mut second, &mut then, &read[cut..]);
            prop_assert!(second == state, "in pieces as at once");
            prop_assert_eq!(numbers_of(&then), numbers_of(&streamed));

            let fork = world.clone().forked(Tick(choices.cut), world.clone());
            prop_assert!(log(&fork, number) == events, "a fork under the same terms is the run");
        }
        Ok(())
    });
    outcome.unwrap_or_else(|error| panic!("{error}"));
    let missing: Vec<&&str> = Fact::NAMES.iter().filter(|name| !facts.borrow().contains(*name)).collect();
    assert_eq!(missing, [&"TermsChanged"], "facts that never came about");
    assert!(played.get() > 50_000, "{} events", played.get());
}
