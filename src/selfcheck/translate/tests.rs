//! What the cases become, down to the text of the scenario.

use super::*;
use crate::selfcheck::case::{self, Case};

fn built_in(id: &str) -> Case {
    case::built_in().expect("right").into_iter().find(|case| case.id == id).unwrap_or_else(|| panic!("{id}"))
}

fn model(case: &Case) -> Model {
    match read(case) {
        Ok(Translated::Played(model)) => model,
        other => panic!("{}: {other:?}", case.id),
    }
}

/// The plan and the scenario of the check in this place of a built-in case.
fn played(id: &str, check: usize) -> (Plan, String) {
    let case = built_in(id);
    let model = model(&case);
    let quantities = Quantity::read_all(case.checks.iter().map(|check| check.quantity.as_str()));
    let all: Vec<Quantity> = quantities.iter().flatten().cloned().collect();
    let quantity = quantities[check].as_ref().unwrap_or_else(|| panic!("{id}: {}", case.checks[check].quantity));
    assert_eq!(model.lacks(quantity), None, "{id}");
    let plan = model.plan(quantity, &all);
    let text = model.scenario(&plan, 1, 10);
    (plan, text)
}

fn assert_lines(id: &str, lines: &[&str]) {
    let (_, text) = played(id, 0);
    for line in lines {
        assert!(text.lines().any(|found| found == *line), "{id}: no line {line:?} in:\n{text}");
    }
}

#[test]
fn every_check_is_understood() {
    for case in case::built_in().expect("right") {
        let translated = read(&case).unwrap_or_else(|refused| panic!("{}: {refused:?}", case.id));
        let quantities = Quantity::read_all(case.checks.iter().map(|check| check.quantity.as_str()));
        for (check, quantity) in case.checks.iter().zip(quantities) {
            let understood = match &translated {
                Translated::Computed(formula) => formula.value(&check.quantity).is_some(),
                Translated::Played(model) => {
                    let computed =
                        model.formula.as_ref().is_some_and(|formula| formula.value(&check.quantity).is_some());
                    computed || quantity.is_some_and(|quantity| model.lacks(&quantity).is_none())
                }
            };
            assert!(understood, "{}: {}", case.id, check.quantity);
        }
    }
}

#[test]
fn words_in_batches_become_laws() {
    let (plan, text) = played("K1", 0);
    assert_eq!((plan.horizon, plan.stop_at, plan.daily), (0.0, Some(5_001), false));
    assert_eq!(
        text,
        "seed = 1\nruns = 10\nhorizon = \"0 days\"\nstop_at_customers = 5001\n[graph.random_regular]\npeople = \
         100000\ndegree = 20\n[seeds]\ncount = 1\n[experience]\nsatisfied = 1.0\nunhappy = 0.0\n[telling]\naudience = \
         \"neighbours\"\nadvocacy = 1.0\npositive = \"fixed(12)\"\nnegative = \"fixed(0)\"\ndelay = \"0 days\"\n\
         [conversion]\npersuasion = 0.12\ninvitation = 0.12\ndamping = 0.0\nblocking = 0.0\ndecision_delay = \"0 days\"\n"
    );
}

#[test]
fn words_at_a_rate_become_a_mode() {
    let talk = ["mode = \"rate\"", "positive_rate = \"1.2 per day\"", "talking_period = \"exponential(10 days)\""];
    assert_lines("S1", &talk);
    let (plan, _) = played("S1", 1);
    assert_eq!((plan.horizon, plan.stop_at), (1_000.0, None));
    let bass = [
        "[advertising]",
        "rate = \"0.01 per day\"",
        "positive_rate = \"0.1 per day\"",
        "talking_period = \"for_ever\"",
    ];
    assert_lines("B1", &bass);
    assert_lines("B1", &["people = 1000", "count = 0", "persuasion = 1.0"]);
    assert_lines(
        "B3",
        &["rate = \"0.00008219178082191781 per day\"", "positive_rate = \"0.0010410958904109589 per day\""],
    );
    assert_lines("B4", &["[graph.circle]", "people = 50000", "per = \"tie\"", "positive_rate = \"0.05 per day\""]);
}

#[test]
fn daily_quantities_share_the_runs_up_to_the_last_day() {
    let (plan, _) = played("B1", 0);
    assert_eq!((plan.horizon, plan.daily), (60.0, true));
    assert_eq!(played("B1", 3).0, plan);
    let peak = played("B3", 5).0;
    assert_eq!((peak.horizon, peak.daily), (5_475.0, true));
    assert_eq!(played("B3", 0).0, peak);
    // A moment within a day needs runs of its own.
    assert_eq!(played("T2", 0).0.horizon, 6.9);
    assert_eq!(played("T2", 1).0.horizon, 35.0);
}

#[test]
fn two_kinds_of_ties_have_their_rates_from_the_title() {
    let (plan, text) = played("L1", 0);
    assert_eq!((plan.stop_at, plan.daily), (Some(30_000), true));
    assert!(
        text.contains("[graph.two_layer_regular]\npeople = 30000\nstrong = 17\nweak = 17\nweak_strength = 0.246"),
        "{text}"
    );
    assert!(text.contains("[advertising]\nrate = \"0.00501254"), "{text}");
    assert!(text.contains("positive_rate = \"0.0408219"), "{text}");
}

#[test]
fn thresholds_and_matching_have_their_keys() {
    assert_lines("E9", &["[graph.edge_list]", "ids = [0]", "rule = \"threshold\"", "positive = \"all_neighbours\""]);
    assert!(!played("E9", 0).1.contains("persuasion"), "words add up");
    let (_, text) = played("N4", 0);
    assert!(
        text.contains("[experience]\nsatisfied = 0.5\nunhappy = 0.0\n[experience.referred]\nsatisfied = 0.7\n"),
        "{text}"
    );
    assert_lines("N5", &["satisfied = 0.0", "unhappy = 1.0", "negative = \"fixed(11)\"", "retelling = \"fixed(5)\""]);
    // The same market, but nobody says a bad word.
    let (plan, text) = played("N2", 2);
    assert!(
        plan.market == Market::NoBadWords
            && text.contains("negative = \"fixed(0)\"")
            && text.contains("satisfied = 0.8"),
        "{text}"
    );
}

#[test]
fn single_mechanisms_have_scenarios_of_their_own() {
    assert_lines("M2", &["satisfied = 0.8", "unhappy = 0.2", "negative = \"fixed(20)\"", "[complaints]", "file = 0.5"]);
    assert_lines("M2", &["resolve = 0.6", "after = \"0 days\"", "recovery = 0.0"]);
    assert_lines("M3", &["after = \"uniform(1 minute, 2880 minutes)\"", "quick_within = \"1 day\"", "retention = 0.5"]);
    assert_lines("M3", &["repurchase_silent = 0.09", "repurchase_unresolved = 0.19", "repurchase_resolved = 0.54"]);
    assert_lines("M3", &["repurchase_quick = 0.82", "horizon = \"45 days\""]);
    assert_lines("M4", &["people = 1", "positive = \"fixed(0)\""]);
    assert_lines("M4", &["unasked = 0.0", "willing = 1.0", "[[asking.prompts]]", "chance = 0.3", "chance = 0.25"]);
    assert_lines(
        "M5",
        &["[posts]", "share = 1.0", "views = \"3 per day\"", "half_life = \"30 days\"", "horizon = \"30 days\""],
    );
    assert_eq!(played("M5", 1).0.horizon, 600.0);
    assert_lines(
        "M6",
        &["count = 0", "[[influencers]]", "fee = \"500.00 USD\"", "reach = 20000", "conversion = 0.002"],
    );
}

#[test]
fn formulas_are_computed() {
    let value = |id: &str, check: usize| {
        let case = built_in(id);
        let Ok(Translated::Computed(formula)) = read(&case) else { panic!("{id}") };
        (formula.value(&case.checks[check].quantity).expect("a figure"), case.checks[check].reference)
    };
    let checks = |id: &'static str, count: usize| (0..count).map(move |check| (id, check));
    let of_surveys = checks("M1", 2).chain(checks("M7", 3));
    let of_money = checks("R2", 1).chain(checks("R3", 6)).chain(checks("R7", 1)).chain(checks("R8", 2));
    for (id, check) in of_surveys.chain(of_money).chain(checks("D1", 14)) {
        let (found, reference) = value(id, check);
        assert!((found - reference).abs() < 1e-6 * reference, "{id}: {found} is not {reference}");
    }
}

#[test]
fn formulas_take_numbers_from_the_words_of_a_quantity() {
    let value = |id: &str, quantity: &str| match read(&built_in(id)) {
        Ok(Translated::Computed(formula)) => formula.value(quantity),
        Ok(Translated::Played(model)) => model.formula?.value(quantity),
        Err(refused) => panic!("{refused:?}"),
    };
    let near = |found: Option<f64>, expected: f64| (found.expect("a figure") - expected).abs() < 1e-9;
    assert!(near(value("R1", "CLV truncated at 1 purchases"), 25.0));
    assert!(near(value("R3", "lifetime profit change, r=0.6->0.7, undiscounted"), 1.0 / 3.0));
    assert!(near(value("R8", "CLV ratio, discounted 0%/period"), 1.25 / 0.82));
    assert!(near(value("D1", "multiplier 1/(1-k) at k=0.75"), 4.0));
    for (id, quantity) in [
        ("R1", "CLV of a lifetime"),
        ("R3", "lifetime profit change, r=0.61->0.7, undiscounted"),
        ("R8", "CLV ratio"),
        ("R8", "LTV ratio, undiscounted"),
        ("D1", "k, Fixed cycle of a week"),
        ("D1", "k, Weibull cycle 7 d"),
    ] {
        assert_eq!(value(id, quantity), None, "{quantity}");
    }
}

#[test]
fn customers_and_programmes_have_scenarios_of_their_own() {
    assert_lines(
        "R1",
        &["order_value = \"25.00 USD\"", "margin = 1.0", "retention = 0.8", "period = \"43200 minutes\""],
    );
    let (plan, _) = played("R1", 0);
    assert!(libm::pow(0.8, plan.horizon / 30.0) < 1e-9, "{plan:?}");
    let (on, text) = played("R4", 1);
    assert!(text.contains("advocacy = 0.4\n") && text.contains("amount = \"40.00 USD\"\nlift = 0.0\n"), "{text}");
    let (off, text) = played("R4", 0);
    assert_eq!((on.market, off.market), (Market::Usual, Market::ProgrammeOff));
    assert!(text.contains("advocacy = 0.29\n") && !text.contains("policy"), "{text}");
    assert_lines(
        "C1-30",
        &[
            "positive = \"poisson(30)\"",
            "amount = \"500.00 USD\"",
            "cap_amount = \"16000.00 USD\"",
            "cap_partial = false",
            "persuasion = 1.0",
        ],
    );
    assert_lines(
        "C5",
        &["positive = \"fixed(12)\"", "[experience.referred]", "cap_amount = \"60.00 USD\"", "persuasion = 0.15"],
    );
    assert_eq!(played("D2", 0).0.horizon, 450.0);
}

/// The refusal of a built-in case with other values in its model.
fn refused(id: &str, change: impl Fn(&mut Map<String, Value>)) -> Refused {
    let mut case = built_in(id);
    change(&mut case.model);
    match read(&case) {
        Err(refused) => refused,
        Ok(translated) => panic!("{id}: {translated:?}"),
    }
}

#[test]
fn what_cannot_be_is_refused_and_nothing_gets_into_a_scenario() {
    let set = |id: &str, key: &'static str, value: Value| {
        refused(id, |model| drop(model.insert(key.to_owned(), value.clone())))
    };
    let wrong = |refused: Refused| assert!(matches!(refused, Refused::Wrong(_)), "{refused:?}");
    let not_known = |refused: Refused| assert!(matches!(refused, Refused::NotKnown(_)), "{refused:?}");
    wrong(set("K3", "conversion", 1.5.into()));
    wrong(set("K3", "conversion", "high".into()));
    wrong(set("K3", "n", 0.into()));
    wrong(set("K3", "n", 1e300.into()));
    // Everybody among ten million: a hundred million million words.
    wrong(refused("K3", |model| {
        model.insert("n".to_owned(), 10_000_000.into());
        model.insert("tells".to_owned(), "AllNeighbours".into());
    }));
    wrong(set("G1", "tells", "AllNeighbours".into()));
    wrong(set("G1", "seeds", 0.into()));
    not_known(set("G1", "tells", "Fixed(12)\"\n[graph.complete]".into()));
    not_known(set("G1", "audience", "everybody".into()));
    not_known(set("G1", "weather", "fine".into()));
    not_known(set("G1", "experience", serde_json::json!({"satisfied": 0.5, "delighted": 0.5})));
    for graph in [
        serde_json::json!({"type": "random_regular", "n": 10_000_000, "d": 1_000}),
        serde_json::json!({"type": "random_regular", "n": 100, "d": 2.5}),
        serde_json::json!({"type": "random_regular", "d": 3}),
        serde_json::json!({"type": "edge_list", "edges": [[0, 1], [1]]}),
        serde_json::json!({"type": "edge_list", "edges": [[0, -1]]}),
        serde_json::json!({"type": "edge_list", "edges": []}),
        serde_json::json!(3),
    ] {
        wrong(set("K1", "graph", graph));
    }
    not_known(set("K1", "graph", serde_json::json!({"type": "hypercube", "n": 8})));
    not_known(set("E1", "conversion", "per arc".into()));
    wrong(set("M1", "promoters", 0.9.into()));
    wrong(set("M7", "rows", serde_json::json!([{"seeds": 1}])));
    wrong(set("M5", "half_life_days", 0.into()));
    wrong(set("R1", "retention", 1.into()));
    wrong(set("R1", "margin_per_purchase", 0.005.into()));
    not_known(set("R1", "first_purchase_day", 3.into()));
    wrong(set("R2", "end", 2_000.into()));
    wrong(set("R3", "base_retention", 0.5.into()));
    wrong(set("R7", "reward", 0.into()));
    wrong(set("R4", "conversion_on", 2.into()));
    not_known(set("R4", "audience", "population".into()));
    wrong(set("C2", "partial_last_reward", "yes".into()));
    not_known(set("C3", "mode", "linear".into()));
    wrong(set("C3", "tiers", serde_json::json!([[1, 10, 2]])));
    wrong(set("C6", "value_per_point", 0.001.into()));
    not_known(set("X1", "rule", "grant what is left".into()));
    not_known(set("R6", "rewards", serde_json::json!({"landing": 5})));
    not_known(set("INT1", "policy", serde_json::json!({"trigger": "sign-up"})));
    wrong(set("INT1", "retention", 1.into()));
    not_known(set("C5", "depth", "everybody".into()));
}
