//! The scenario that is written: each key with a remark, and below it keys to try next, switched off by a `#`.

use super::answers::{Answers, Programme};
use crate::scenario::advice::grouped;
use crate::scenario::money::Money;
use crate::scenario::values::print_percent;
use crate::units::Cents;

/// Where remarks begin \[characters\].
const REMARKS: usize = 29;

/// The text of the scenario.
pub(super) fn of(answers: &Answers) -> String {
    let mut lines = vec![
        format!("#:schema ./{}", super::SCHEMA),
        "# A scenario for Tellwave. What follows a # is a remark. To try a key that has one before it, take the # away.".to_owned(),
        "# All keys: tellwave reference. What is left out has a default: tellwave check shows each value and its source.".to_owned(),
        String::new(),
        format!("name = {}", quoted(&answers.name)),
        format!("question = {}", quoted(question(answers))),
    ];
    lines.extend(preset(answers));
    lines.extend([
        line("runs = 200", "times that it is played, each with other luck"),
        line("horizon = \"1 year\"", "how long a run lasts"),
        line("# seed = 2", "other luck for all of the runs"),
        String::new(),
        line("[graph.cliques]", "who knows whom: circles of friends, and weak ties between them"),
        line(&format!("people = {}", grouped(answers.people)), "everybody who could buy"),
        line("# clique_size = 10", "people in a circle, who all know each other"),
        String::new(),
        "[seeds]".to_owned(),
        line(&format!("count = {}", grouped(answers.customers)), "customers at the start, who begin to talk"),
        line("# choose = \"hubs\"", "those with the most friends, instead of anybody"),
        String::new(),
        "[commerce]".to_owned(),
        line(&format!("order_value = {}", quoted(&answers.price.to_string())), "the price of one purchase"),
        line("margin = \"40 %\"", "share of the price that is not cost"),
        line("# retention = \"70 %\"", "share of customers who buy again; 0 % without this"),
        line("# period = \"60 days\"", "after which they buy again; 30 days without this"),
        String::new(),
        "[experience]".to_owned(),
        line("# satisfied = \"70 %\"", "share of customers who tell good words; 80 % without this"),
        line("# unhappy = \"15 %\"", "share of customers who tell bad words; 8 % without this"),
        String::new(),
        "[telling]".to_owned(),
        line("# positive = \"poisson(5)\"", "how many people a satisfied customer tells; 12 without this"),
        String::new(),
        "[conversion]".to_owned(),
        line("# persuasion = \"3 %\"", "chance that one good word makes somebody buy; 1.5 % without this"),
        String::new(),
    ]);
    lines.extend(programme(answers.programme));
    lines.join("\n") + "\n"
}

/// A line with its remark.
fn line(text: &str, remark: &str) -> String {
    format!("{text:<REMARKS$} # {remark}")
}

/// A text as TOML has it.
fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}

fn question(answers: &Answers) -> &'static str {
    match answers.programme {
        Programme::Nobody => "How many customers does word of mouth bring in a year, if nobody is paid for it?",
        _ => "What does the referral programme bring in a year, and does it earn more than it costs?",
    }
}

fn preset(answers: &Answers) -> Option<String> {
    let presets = answers.sells_to.presets();
    let remark = format!("cited numbers; what they rest on: tellwave presets {}", presets.last()?);
    let names: Vec<String> = presets.iter().map(|name| quoted(name)).collect();
    Some(match &names[..] {
        [name] => line(&format!("preset = {name}"), &remark),
        names => line(&format!("preset = [{}]", names.join(", ")), &remark),
    })
}

/// The tables of a programme.
fn programme(programme: Programme) -> Vec<String> {
    let cap = line("cap = 20", "rewards that one customer can have at most");
    let ends = line("# ends = \"26 weeks\"", "when the programme ends, from the start on");
    match programme {
        Programme::Nobody => vec![line("[policy.none]", "nobody is rewarded")],
        Programme::OneSided(reward) => vec![
            line("[policy.one_sided]", "who brought a friend is rewarded when the friend first buys"),
            line(&format!("advocate = {}", quoted(&reward.to_string())), "the reward, in cash"),
            cap,
            line("# advocate_kind = \"points\"", "in another form"),
            ends,
        ],
        Programme::TwoSided(reward) => vec![
            line("[policy.two_sided]", "both are rewarded when the friend first buys"),
            line(&format!("advocate = {}", quoted(&reward.to_string())), "for who brought the friend, in cash"),
            line(&format!("friend = {}", quoted(&reward.to_string())), "for the friend, off the price"),
            cap,
            ends,
        ],
        Programme::Affiliate(share) => [
            paid_alone("a share of all that the friend buys"),
            vec![
                "trigger = \"each_purchase\"".to_owned(),
                line(&format!("share = {}", quoted(&print_percent(share))), "of the price"),
                line("window = \"90 days\"", "from the word that won the friend"),
                cap,
                ends,
            ],
        ]
        .concat(),
        Programme::Tiers(reward) => [
            paid_alone("who brings more gets more for each"),
            vec![
                "trigger = \"first_purchase\"".to_owned(),
                "tiers = [".to_owned(),
                tier(1, reward, "for the first friend who buys, and so on"),
                tier(5, times(reward, 3, 2), "from the fifth on"),
                tier(10, times(reward, 5, 2), "from the tenth on"),
                "]".to_owned(),
                cap,
                ends,
            ],
        ]
        .concat(),
    }
}

/// The head of a rule that pays the advocate alone, and how that is taken.
fn paid_alone(remark: &str) -> Vec<String> {
    vec![
        "[policy]".to_owned(),
        line("credibility_loss = \"10 %\"", "chance that a word loses because its teller is paid"),
        String::new(),
        line("[[policy.rules]]", remark),
        line("side = \"advocate\"", "who gets it: whose word brought the friend"),
        line("kind = \"cash\"", "in what form"),
    ]
}

fn tier(from: u32, reward: Money, remark: &str) -> String {
    line(&format!("  {{ from = {from}, amount = {} }},", quoted(&reward.to_string())), remark)
}

fn times(reward: Money, by: i64, over: i64) -> Money {
    Money { amount: Cents(reward.amount.minor().saturating_mul(by) / over), ..reward }
}

#[cfg(test)]
mod tests {
    use super::super::answers::SellsTo;
    use super::*;
    use crate::scenario::{Overrides, Scenario};
    use std::path::Path;

    fn read(text: &str) -> Scenario {
        let read = Scenario::parse("a.toml", text, Path::new(""), Overrides::default());
        read.unwrap_or_else(|error| panic!("{error}\n{text}"))
    }

    /// One for every programme, and for everybody it is sold to.
    fn all() -> impl Iterator<Item = Answers> {
        let usual = Answers::usual("Coffee".to_owned());
        let reward = usual.usual_reward();
        let rewarded = usual.clone();
        let programmes = Programme::NAMES.into_iter();
        let programmes =
            programmes.map(move |name| Answers { programme: Programme::usual(name, reward), ..rewarded.clone() });
        programmes.chain(SellsTo::ALL.into_iter().map(move |(sells_to, ..)| Answers { sells_to, ..usual.clone() }))
    }

    #[test]
    fn every_key_to_try_can_be_tried() {
        for answers in all() {
            let text = of(&answers);
            let off: Vec<usize> = text.lines().enumerate().filter(|(_, line)| is_off(line)).map(|(at, _)| at).collect();
            assert!(off.len() >= 6, "{text}");
            let before = read(&text).resolved;
            for at in off {
                let tried = |(place, line): (usize, &str)| {
                    if place == at { line.replacen("# ", "", 1) } else { line.to_owned() }
                };
                let tried: Vec<String> = text.lines().enumerate().map(tried).collect();
                assert_ne!(read(&tried.join("\n")).resolved, before, "{} changes nothing", tried[at]);
            }
        }
    }

    fn is_off(line: &str) -> bool {
        line.strip_prefix("# ").is_some_and(|rest| rest.split_once(" = ").is_some_and(|(key, _)| !key.contains(' ')))
    }

    #[test]
    fn what_was_answered_is_what_is_read() {
        let answers = Answers { people: 5_000, customers: 7, ..Answers::usual("A \"quoted\" name\\".to_owned()) };
        let scenario = read(&of(&answers));
        let expected = ("A \"quoted\" name\\", Some(5_000), 7);
        assert_eq!((scenario.name.as_str(), scenario.people(), scenario.first_customers()), expected);
        assert_eq!(scenario.presets, ["b2c"]);
        assert!(of(&answers).starts_with("#:schema ./tellwave.schema.json\n"));
    }

    #[test]
    fn lines_fit_a_terminal_of_120_columns() {
        for answers in all() {
            let text = of(&answers);
            assert!(text.lines().all(|line| line.chars().count() <= 120), "{text}");
        }
    }

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig::with_cases(32))]
        #[test]
        fn any_name_that_is_taken_is_read_back(name in ".{1,100}") {
            let answers = Answers::usual(name.clone());
            if answers.check().is_ok() {
                proptest::prop_assert_eq!(read(&of(&answers)).name, name);
            }
        }
    }
}
