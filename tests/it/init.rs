//! `tellwave init`: what it asks, what it writes, and that it never writes over anything.

use crate::common::{command, folder, stderr, stdout, tellwave, write};
use std::io::Write;
use std::path::Path;
use std::process::{Output, Stdio};

fn text_of(folder: &Path, name: &str) -> String {
    std::fs::read_to_string(folder.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn is_empty(folder: &Path) -> bool {
    std::fs::read_dir(folder).expect("a folder").next().is_none()
}

/// A call that is answered line by line.
fn answered(folder: &Path, args: &[&str], answers: &str) -> Output {
    let mut command = command(folder, args);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the command starts");
    // A call that refuses the first answer does not read the others.
    let _ = child.stdin.take().expect("a pipe").write_all(answers.as_bytes());
    child.wait_with_output().expect("the command ends")
}

#[test]
fn a_scenario_is_written_with_a_remark_on_each_line() {
    let here = folder();
    let args = ["init", "Coffee bar", "--yes", "--price", "4.50 EUR", "--people", "5,000", "--sells-to", "other"];
    let said = tellwave(here.path(), &args);
    assert_eq!((said.status.code(), stderr(&said).as_str()), (Some(0), ""));
    let expected = r##"#:schema ./tellwave.schema.json
# A scenario for Tellwave. What follows a # is a remark. To try a key that has one before it, take the # away.
# All keys: tellwave reference. What is left out has a default: tellwave check shows each value and its source.

name = "Coffee bar"
question = "What does the referral programme bring in a year, and does it earn more than it costs?"
runs = 200                    # times that it is played, each with other luck
horizon = "1 year"            # how long a run lasts
# seed = 2                    # other luck for all of the runs

[graph.cliques]               # who knows whom: circles of friends, and weak ties between them
people = 5_000                # everybody who could buy
# clique_size = 10            # people in a circle, who all know each other

[seeds]
count = 50                    # customers at the start, who begin to talk
# choose = "hubs"             # those with the most friends, instead of anybody

[commerce]
order_value = "4.50 EUR"      # the price of one purchase
margin = "40 %"               # share of the price that is not cost
# retention = "70 %"          # share of customers who buy again; 0 % without this
# period = "60 days"          # after which they buy again; 30 days without this

[experience]
# satisfied = "70 %"          # share of customers who tell good words; 80 % without this
# unhappy = "15 %"            # share of customers who tell bad words; 8 % without this

[telling]
# positive = "poisson(5)"     # how many people a satisfied customer tells; 12 without this

[conversion]
# persuasion = "3 %"          # chance that one good word makes somebody buy; 1.5 % without this

[policy.two_sided]            # both are rewarded when the friend first buys
advocate = "0.45 EUR"         # for who brought the friend, in cash
friend = "0.45 EUR"           # for the friend, off the price
cap = 20                      # rewards that one customer can have at most
# ends = "26 weeks"           # when the programme ends, from the start on
"##;
    assert_eq!(text_of(here.path(), "coffee-bar.toml"), expected);
    let next = "coffee-bar.toml is written; each of its lines says what it is.\n\
                tellwave.schema.json beside it tells your editor which keys there are.\n\n\
                Next:\n  tellwave check coffee-bar.toml";
    assert!(stdout(&said).starts_with(next), "{}", stdout(&said));
}

#[test]
fn the_schema_beside_it_is_that_of_the_command_and_no_other_file_is_replaced() {
    let here = folder();
    assert_eq!(tellwave(here.path(), &["init", "--yes"]).status.code(), Some(0));
    let schema = text_of(here.path(), "tellwave.schema.json");
    assert_eq!(schema, stdout(&tellwave(here.path(), &["schema"])));
    // That of another version gives way; what is something else does not.
    write(here.path(), "tellwave.schema.json", "{\n  \"$schema\": \"of old\"\n}\n");
    assert_eq!(tellwave(here.path(), &["init", "other", "--yes"]).status.code(), Some(0));
    assert_eq!(text_of(here.path(), "tellwave.schema.json"), schema);
    write(here.path(), "tellwave.schema.json", "mine");
    let said = tellwave(here.path(), &["init", "third", "--yes"]);
    assert_eq!(said.status.code(), Some(2), "{}", stderr(&said));
    assert_eq!(text_of(here.path(), "tellwave.schema.json"), "mine");
    assert!(!here.path().join("third.toml").exists());
}

#[test]
fn what_is_written_can_be_checked_and_played() {
    let here = folder();
    for programme in ["nobody", "one_sided", "two_sided", "affiliate", "tiers"] {
        let file = format!("{programme}.toml");
        let said = tellwave(here.path(), &["init", programme, "--yes", "--people", "300", "--programme", programme]);
        assert_eq!(said.status.code(), Some(0), "{}", stderr(&said));
        let said = tellwave(here.path(), &["check", &file, "--no-pilot"]);
        assert_eq!((said.status.code(), stderr(&said).as_str()), (Some(0), ""), "there is nothing to warn of");
    }
    let said = tellwave(here.path(), &["run", "tiers.toml", "--runs", "2", "--log", "none", "--out", "out"]);
    assert_eq!(said.status.code(), Some(0), "{}", stderr(&said));
}

#[test]
fn answers_come_line_by_line_and_an_empty_line_is_the_default() {
    let here = folder();
    let said = answered(here.path(), &["init", "shop"], "20k\n\n9.90 EUR\nfirms\naffiliate\n15 %\n");
    assert_eq!(said.status.code(), Some(0), "{}", stderr(&said));
    let asked = stderr(&said);
    for question in ["1 of 5  How many people could buy it?", "[10,000] 20k", "[200]", "5 of 5", "And how much?"] {
        assert!(asked.contains(question), "{question}: {asked}");
    }
    let text = text_of(here.path(), "shop.toml");
    for line in ["people = 20_000", "count = 200", "order_value = \"9.90 EUR\"", "preset = \"b2b\"", "share = \"15 %\""]
    {
        assert!(text.contains(line), "{line}: {text}");
    }
}

#[test]
fn where_answers_end_the_defaults_hold_and_that_is_said() {
    let here = folder();
    let said = answered(here.path(), &["init"], "500\n");
    assert_eq!(said.status.code(), Some(0), "{}", stderr(&said));
    assert!(stderr(&said).contains("There were no more answers"), "{}", stderr(&said));
    let text = text_of(here.path(), "my-scenario.toml");
    assert!(text.contains("people = 500") && text.contains("count = 5 "), "{text}");
}

#[test]
fn a_wrong_answer_is_explained_and_nothing_is_written() {
    let here = folder();
    for (args, answers, says) in [
        (&["init", "--price", "9,90 EUR"][..], "", "--price: found the text \"9,90 EUR\""),
        (
            &["init", "--customers", "20,000"],
            "",
            "--customers: found a number 20000; allowed: a whole number from 0 to 10000",
        ),
        (&["init", "--programme", "twosided"], "", "did you mean two_sided?"),
        (&["init", "--yes", "--programme", "nobody", "--reward", "5 USD"], "", "nobody is rewarded"),
        (&["init"], "many\n", "--people: found the text \"many\""),
        (&["init"], "\n\n20\n", "write \"20 USD\""),
        (&["init", "shops/mine"], "", "--out FILE says where the file goes"),
        (&["init", "--out", "mine.txt"], "", "ends in .toml"),
        (&["init", "--out", "nowhere/mine.toml"], "", "there is no folder nowhere"),
        (&["init", "a\u{1b}[2Jb"], "", "1 to 100 printable characters"),
    ] {
        let said = answered(here.path(), args, answers);
        assert_eq!(said.status.code(), Some(2), "{args:?}: {}", stderr(&said));
        assert!(stderr(&said).contains(says), "{args:?}: {}", stderr(&said));
        assert!(!stderr(&said).contains('\u{1b}') && stdout(&said).is_empty());
        assert!(is_empty(here.path()), "{args:?} wrote something");
    }
}

#[test]
fn a_file_that_is_there_is_never_touched() {
    let here = folder();
    std::fs::write(here.path().join("mine.toml"), "# precious").expect("written");
    std::fs::create_dir(here.path().join("folder.toml")).expect("made");
    for name in ["mine", "Mine.toml", "folder"] {
        let said = tellwave(here.path(), &["init", name, "--yes"]);
        assert_eq!(said.status.code(), Some(2), "{}", stderr(&said));
        assert!(stderr(&said).contains("is there already, and was not touched"), "{}", stderr(&said));
    }
    assert_eq!(text_of(here.path(), "mine.toml"), "# precious");
}
