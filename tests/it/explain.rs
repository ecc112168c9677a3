//! Why somebody bought, and what became of her: told in words, on markets in which nothing is left to luck.

use crate::common::{folder, stderr, stdout, tellwave, write};
use serde_json::Value;
use std::path::{Path, PathBuf};
use tellwave::archive::{Archive, Family};
use tellwave::event::Fact;
use tellwave::units::{EventId, RunId};

/// Ann tells Bob with a code, Bob tells Eve; each buys at once. Zoe knows nobody who buys.
const SMALL: &str = r#"
    name = "Small & true"
    seed = 4
    runs = 2
    horizon = "9 days"
    [graph.edge_list]
    file = "ties.csv"
    header = "none"
    ties = "directed"
    [seeds]
    names = ["Ann"]
    [experience]
    satisfied = "100 %"
    unhappy = "0 %"
    [participation]
    unasked = "100 %"
    willing = "100 %"
    [telling]
    positive = "all_neighbours"
    delay = "1 day"
    [conversion]
    persuasion = 1.0
    invitation = 1.0
    decision_delay = "0 days"
"#;

const TIES: &str = "Ann,Bob\nBob,Eve\nZoe,Ann\n";

const TWO_SIDED: &str = "[policy.two_sided]\nadvocate = '5 USD'\nfriend = '5 USD'\n";

/// A played folder of `SMALL` with more tables.
fn played(more: &str, ties: &str) -> (tempfile::TempDir, PathBuf) {
    played_as(&format!("{SMALL}{more}"), ties)
}

fn played_as(text: &str, ties: &str) -> (tempfile::TempDir, PathBuf) {
    let here = folder();
    write(here.path(), "ties.csv", ties);
    write(here.path(), "small.toml", text);
    let said = tellwave(here.path(), &["run", "small.toml", "--log", "first", "--out", "out"]);
    assert!(said.status.success(), "{}", stderr(&said));
    let out = here.path().join("out");
    (here, out)
}

/// What a command says of a folder, with every score as the same one: it is the only luck there is.
fn told(command: &str, out: &Path, more: &[&str]) -> String {
    let said = tellwave(Path::new("."), &[&[command, &out.to_string_lossy()], more].concat());
    assert!(said.status.success(), "{}", stderr(&said));
    stdout(&said).replace("(10 of 10)", "(9 of 10)")
}

fn object(command: &str, out: &Path, more: &[&str]) -> Value {
    serde_json::from_str(&told(command, out, &[more, &["--json"]].concat())).expect("an object")
}

#[test]
fn a_sale_is_told_from_its_root_and_as_a_tree() {
    let (_here, out) = played(TWO_SIDED, TIES);
    let expected = "Sale 2 of 3 in run 0: Bob bought for 60.00 USD on day 1.0.

  day 0.0    Ann was among the first customers, bought for 60.00 USD and was satisfied (9 of 10).
  day 0.0    She decided to tell 1 person, with a code.
  day 1.0    She told Bob face to face, with a code. It was the first word that Bob heard.
  day 1.0    Bob was persuaded and signed up.
  day 1.0    She bought for 60.00 USD.
  day 1.0    Ann was credited with Bob as a referral.
  day 1.0    She was paid 5.00 USD in cash for Bob's first purchase (rule 1).
  day 1.0    Bob was given 5.00 USD off the price for her own first purchase (rule 2).
  Rule 1: the advocate gets 5.00 USD in cash for a friend's first purchase
  Rule 2: the friend gets 5.00 USD off the price for her first purchase

As a tree

            day  how she came                 revenue  brought
 Ann        0.0  first customer             60.00 USD  1, 2 in all
 └─ Bob  ◀  1.0  face to face, with a code  60.00 USD  1
    └─ Eve  2.0  face to face, with a code  60.00 USD

What Bob brought: 1 customer directly, 1 in all; 60.00 USD of revenue, less refunds.
Rewards for them: to her 5.00 USD; to others 5.00 USD.
She herself: 1 purchase, 60.00 USD of revenue; rewards for these, whoever got them: 10.00 USD.
";
    let said = told("explain", &out, &["--sale", "2"]);
    assert_eq!(said, expected);
    assert_eq!(said, told("explain", &out, &["--person", "Bob"]));
    assert_eq!(said, told("explain", &out, &["--person", "1"]));
    let cut = told("explain", &out, &["--sale", "1", "--depth", "1"]);
    let last = cut.lines().find(|line| line.contains("    └─ … and 1 more")).expect("who is left out");
    assert!(last.ends_with("  60.00 USD"), "{cut}");
    assert!(told("explain", &out, &["--sale", "1", "--most", "0"]).contains(" └─ … and 1 more"));
}

#[test]
fn a_history_is_told_in_order_of_time() {
    let (_here, out) = played(TWO_SIDED, TIES);
    let expected = "Bob in run 0

  day 1.0    She heard a good word from Ann face to face, with a code: the first word she heard.
  day 1.0    She was persuaded by Ann and signed up.
  day 1.0    She bought for 60.00 USD.
  day 1.0    Ann was credited with Bob as a referral.
  day 1.0    Ann was paid 5.00 USD in cash for Bob's first purchase (rule 1).
  day 1.0    She was given 5.00 USD off the price for her own first purchase (rule 2).
  day 1.0    She was satisfied (9 of 10).
  day 1.0    She decided to tell 1 person, with a code.
  day 2.0    She told Eve face to face, with a code.
  day 2.0    Eve was persuaded by her and signed up.
  day 2.0    Eve bought for 60.00 USD.
  day 2.0    She was credited with Eve as a referral.
  day 2.0    She was paid 5.00 USD in cash for Eve's first purchase (rule 1).
  Rule 1: the advocate gets 5.00 USD in cash for a friend's first purchase
  Rule 2: the friend gets 5.00 USD off the price for her first purchase

In all: 1 word heard; 1 word told; 1 purchase (60.00 USD of revenue, less refunds); 1 customer brought directly, 1 in all; \
rewards to her: 10.00 USD.
";
    assert_eq!(told("timeline", &out, &["--person", "Bob"]), expected);
}

#[test]
fn words_that_follow_each_other_are_told_in_one_line() {
    let ties: String = (1..=8).map(|number| format!("Ann,F{number}\n")).collect();
    let (_here, out) = played_as(&SMALL.replace("invitation = 1.0", "invitation = 0.0"), &ties);
    let line =
        "  day 1.0    She told 8 people up to day 1.0 face to face, with a code: F1, F2, F3, F4, F5 and 3 others.\n";
    let said = told("timeline", &out, &["--person", "Ann"]);
    assert!(said.contains(line), "{said}");
    assert_eq!(
        told("explain", &out, &["--person", "F1"]),
        "F1 has not bought in run 0.\n\n  day 1.0    She heard a good word from Ann face to face, with a code: the first word she heard.\n"
    );
}

#[test]
fn rewards_that_are_refused_or_taken_back_are_told() {
    let more = "[policy]\n[[policy.rules]]\nside = 'advocate'\namount = '5 USD'\ncap = 1\nkind = 'points'\nclaw_back = true\n\
                [refunds]\nshare = '100 %'\nwithin = '1 day'\n";
    let (_here, out) = played(more, "Ann,Bob\nAnn,Eve\n");
    let (bob, eve) = (told("explain", &out, &["--sale", "2"]), told("explain", &out, &["--sale", "3"]));
    let taken_back = "
  day 1.0    Ann was credited with Bob as a referral.
  day 1.0    She was given 5.00 USD in points for Bob's first purchase (rule 1).
  day 2.0    Bob gave back what she bought on day 1.0, and was paid back the price of 60.00 USD.
  day 2.0    Ann had 5.00 USD in points for Bob's first purchase taken back: the purchase was refunded.
  Rule 1: the advocate gets 5.00 USD in points for a friend's first purchase, at most once
";
    assert!(bob.contains(taken_back), "{bob}");
    let own = "She herself: 1 purchase, 1 refunded, 0.00 USD of revenue; rewards for these, whoever got them: 5.00 USD, of which \
               5.00 USD was taken back.\n";
    assert!(bob.ends_with(own), "{bob}");
    let refused = "She would have been rewarded for Eve's first purchase, but the cap was reached (rule 1).\n";
    assert!(eve.contains(refused) && eve.ends_with("0.00 USD, and 1 reward refused.\n"), "{eve}");
    assert!(told("timeline", &out, &["--person", "Ann"]).contains(refused));
}

#[test]
fn objects_have_the_same_facts_as_the_words() {
    let (_here, out) = played(TWO_SIDED, TIES);
    let explained = object("explain", &out, &["--sale", "2"]);
    let sale = &explained["sale"];
    assert_eq!((&sale["number"], &sale["of"], &explained["name"]), (&2.into(), &3.into(), &"Bob".into()));
    let facts = |list: &str| -> Vec<String> {
        let all = explained[list].as_array().expect("a list").iter();
        all.map(|event| event["fact"].as_str().expect("a name").to_owned()).collect()
    };
    assert_eq!(facts("chain").first().map(String::as_str), Some("CustomerSeeded"));
    assert_eq!(facts("chain").last().map(String::as_str), Some("FirstPurchaseMade"));
    assert!(facts("consequences").iter().any(|fact| fact == "RewardGranted"));
    assert_eq!(explained["tree"].as_array().map(Vec::len), Some(3));
    let brought = &explained["brought"];
    assert_eq!((&brought["customers"], &brought["revenue_minor"]), (&1.into(), &6_000.into()));
    assert_eq!(brought["rewards_to_her"]["granted_minor"], 500);
    assert_eq!(brought["rewards_to_others"]["granted_minor"], 500);
    let history = object("timeline", &out, &["--person", "Bob"]);
    assert_eq!((&history["person"], &history["events"][0]["fact"]), (&1.into(), &"WordHeard".into()));
    assert!(history["events"].as_array().is_some_and(|events| events.iter().all(|event| event["words"].is_string())));
}

#[test]
fn somebody_who_never_bought_is_told_so() {
    let (here, out) = played(TWO_SIDED, TIES);
    assert_eq!(told("explain", &out, &["--person", "Zoe"]), "Zoe has not bought in run 0. She heard nothing.\n");
    assert!(object("explain", &out, &["--person", "Zoe"])["sale"].is_null());
    let picture = here.path().join("zoe.svg").to_string_lossy().into_owned();
    let drawn = tellwave(&out, &["explain", ".", "--person", "Zoe", "--svg", &picture]);
    assert_eq!(drawn.status.code(), Some(2), "{}", stderr(&drawn));
}

#[test]
fn what_does_not_exist_is_the_user_s_mistake() {
    let (_here, out) = played(TWO_SIDED, TIES);
    let wrong = |args: &[&str]| {
        let said = tellwave(&out, args);
        assert_eq!((said.status.code(), stdout(&said)), (Some(2), String::new()), "{args:?}");
        stderr(&said)
    };
    assert_eq!(
        wrong(&["explain", ".", "--sale", "4"]),
        "error: there is no sale 4: run 0 has 3 sales, counted from 1\n"
    );
    assert_eq!(
        wrong(&["explain", ".", "--sale", "0"]),
        "error: there is no sale 0: run 0 has 3 sales, counted from 1\n"
    );
    let nobody = "error: there is no person 'Max' in this market\n";
    assert_eq!(wrong(&["timeline", ".", "--person", "Max"]), nobody);
    assert!(wrong(&["timeline", ".", "--person", "4"]).contains("people are numbered from 0 to 3"));
    assert!(wrong(&["explain", "."]).contains("--sale"));
    assert!(wrong(&["explain", ".", "--sale", "1", "--person", "Ann"]).contains("cannot be used with"));
    assert!(wrong(&["explain", ".", "--sale", "1", "--run", "2"]).contains("runs 0 to 1"));
}

#[test]
fn a_run_that_was_not_kept_is_told_again_and_says_so() {
    let (_here, out) = played(TWO_SIDED, TIES);
    for args in [["explain", ".", "--sale", "3"], ["timeline", ".", "--person", "Eve"]] {
        let [kept, again] = ["0", "1"].map(|run| tellwave(&out, &[&args[..], &["--run", run]].concat()));
        assert_eq!(
            (stderr(&kept), stderr(&again)),
            (String::new(), "Run 1 was not kept: told again from the seed.\n".into())
        );
        // Nothing but the scores and the number of the run may differ.
        let words = |said| stdout(said).replace("run 1", "run 0").replace("(10 of 10)", "(9 of 10)");
        assert_eq!(words(&again), words(&kept));
    }
}

#[test]
fn a_picture_is_drawn_and_strangers_names_cannot_break_it() {
    let (here, out) = played(TWO_SIDED, "Ann,<b>Bob&\nAnn,Eve\n");
    let path = here.path().join("why.svg");
    let said = told("explain", &out, &["--person", "1", "--svg", &path.to_string_lossy()]);
    assert!(said.contains("<b>Bob& bought"), "{said}");
    let drawn = std::fs::read_to_string(&path).expect("a picture");
    assert!(
        drawn.contains("&lt;b&gt;Bob&amp;</text>") && drawn.contains("Small &amp; true: run 0 of seed 4"),
        "{drawn}"
    );
    assert!(!drawn.contains("<b>"));
    let nowhere = here.path().join("none").join("why.svg").to_string_lossy().into_owned();
    let failed = tellwave(&out, &["explain", ".", "--sale", "1", "--svg", &nowhere]);
    assert!(!failed.status.success() && stderr(&failed).contains(&nowhere), "{}", stderr(&failed));
}

#[test]
fn every_sale_among_ten_thousand_people_has_a_chain_that_ends_in_a_root() {
    let here = folder();
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/returns.toml"));
    write(here.path(), "returns.toml", text.expect("a scenario"));
    let said = tellwave(here.path(), &["run", "returns.toml", "--runs", "2", "--log", "none", "--out", "out"]);
    assert!(said.status.success(), "{}", stderr(&said));
    let archive = Archive::open(&here.path().join("out")).expect("a folder");
    let (story, told) = archive.story(RunId(0), None).expect("a run");
    assert!(told.state.people() >= 10_000 && !told.stored);
    let family = Family::of(&story);
    for (id, _) in story.sales() {
        let chain = story.chain(id);
        assert!(chain[0].1.cause == EventId::ROOT, "{chain:?}");
        assert!(chain.windows(2).all(|pair| pair[1].1.cause == pair[0].0 && pair[0].0 < pair[1].0), "{chain:?}");
    }
    let customers = || story.sales().filter(|(_, sale)| matches!(sale.what, Fact::FirstPurchaseMade { .. }));
    assert_eq!(customers().count(), told.state.customers() as usize);
    // Everybody is below one root, so the roots and all below them are all customers.
    let roots = customers().filter_map(|(_, sale)| family.customer(sale.who)).filter(|her| her.teller.is_none());
    let all: u32 = roots.map(|root| 1 + root.customers_below).sum();
    assert_eq!(all as usize, customers().count());
    assert!(story.events().len() < told.events as usize / 2, "{} of {}", story.events().len(), told.events);
}
