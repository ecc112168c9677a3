//! Other people's tools on the event log: the snippets of docs/cookbook-events.md answer what is printed beside them,
//! and DuckDB counts and sums the events as our own reader and projections do.
//!
//! The Python with DuckDB, pandas and polars is that of `TELLWAVE_TEST_PYTHON`, or of `target/cookbook-venv`, which
//! `.ci/run` makes; R is the `Rscript` on the path. What is missing is said and skipped.

use crate::common::{folder, scenario, stderr, tellwave, write};
use crate::properties::everything;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use tellwave::event::{Column, Fact};
use tellwave::projection::{Projection, Standard, Unit};
use tellwave::store::{event_log_name, read_event_log};
use tellwave::units::RunId;

/// How the blocks of code are marked, and what their files are called.
const TOOLS: [(&str, &str); 4] =
    [("sql", "sql"), ("python pandas", "pandas.py"), ("python polars", "polars.py"), ("r", "r")];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Said even where the harness shows only what failing tests print.
fn skipped(what: &str) {
    let _ = writeln!(std::io::stderr(), "skipped: {what}");
}

fn python() -> Option<PathBuf> {
    if let Some(named) = std::env::var_os("TELLWAVE_TEST_PYTHON") {
        return Some(PathBuf::from(named));
    }
    let made = root().join("target/cookbook-venv/bin/python");
    if !made.exists() {
        skipped("there is no Python at TELLWAVE_TEST_PYTHON or in target/cookbook-venv; `.ci/run` makes one");
        return None;
    }
    Some(made)
}

fn has_r() -> bool {
    let has = Command::new("Rscript").arg("--version").output().is_ok();
    if !has {
        skipped("there is no Rscript on the path");
    }
    has
}

/// Has a script of tests/cookbook answer the snippets in `snippets` of this folder, each in a table beside it.
fn run_snippets(here: &Path, program: &Path, options: &[&str], script: &str) {
    // R calls `tellwave` as a reader does.
    let built = Path::new(env!("CARGO_BIN_EXE_tellwave")).parent().expect("a folder").to_path_buf();
    let old = std::env::var_os("PATH").unwrap_or_default();
    let path = std::env::join_paths(std::iter::once(built).chain(std::env::split_paths(&old))).expect("a path");
    let mut command = Command::new(program);
    command.args(options).arg(root().join("tests/cookbook").join(script)).arg("snippets");
    let said = command.current_dir(here).env("PATH", path).output();
    let said = said.unwrap_or_else(|error| panic!("{}: {error}", program.display()));
    assert!(said.status.success(), "{}", stderr(&said));
}

/// The cells of an answer, row by row, under the row of names.
fn answer(here: &Path, snippet: &str) -> Vec<Vec<String>> {
    let text = std::fs::read_to_string(here.join("snippets").join(format!("{snippet}.tsv")));
    let text = text.unwrap_or_else(|error| panic!("{snippet} answers nothing: {error}"));
    text.lines().map(|line| line.split('\t').map(str::to_owned).collect()).collect()
}

/// One section of the cookbook.
#[derive(Default)]
struct Question {
    heading: String,
    /// The snippet of each tool, by the mark of its block.
    snippets: BTreeMap<String, String>,
    /// The table printed, row by row, under the row of names.
    answer: Vec<Vec<String>>,
}

/// What comes before the first question, then the questions; and the commands that are called before.
fn cookbook() -> (Vec<Question>, Vec<String>) {
    let page = std::fs::read_to_string(root().join("docs/cookbook-events.md")).expect("the cookbook");
    let (mut questions, mut commands) = (vec![Question::default()], vec![]);
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        if let Some(heading) = line.strip_prefix("## ")
            && heading.starts_with(|first: char| first.is_ascii_digit())
        {
            questions.push(Question { heading: heading.to_owned(), ..Question::default() });
        }
        let Some(mark) = line.strip_prefix("```") else { continue };
        let block: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
        let question = questions.last_mut().expect("a question");
        match mark {
            "sh" => commands.extend(block.iter().map(|&line| line.to_owned())),
            "text" => {
                question.answer =
                    block.iter().map(|line| line.split_whitespace().map(str::to_owned).collect()).collect();
            }
            _ => assert!(question.snippets.insert(mark.to_owned(), block.join("\n")).is_none(), "two blocks of {mark}"),
        }
    }
    (questions, commands)
}

#[test]
fn the_cookbook_has_ten_questions_with_an_answer_by_each_tool() {
    let (questions, commands) = cookbook();
    assert_eq!((questions.len(), commands.len()), (11, 1));
    for (place, question) in questions.iter().enumerate() {
        let marks: BTreeSet<&str> = question.snippets.keys().map(String::as_str).collect();
        assert_eq!(marks, TOOLS.iter().map(|(mark, _)| *mark).collect(), "{}", question.heading);
        assert_eq!(question.answer.len() > 2, place > 0, "{}: names and more than one row", question.heading);
        assert!(place == 0 || question.heading.starts_with(&format!("{place}. ")), "{}", question.heading);
    }
}

/// Whether a cell is what is printed: a number to the digits printed, and anything else letter by letter.
fn is_as_printed(cell: &str, printed: &str) -> bool {
    match (cell.parse::<f64>(), printed.parse::<f64>()) {
        (Ok(number), Ok(expected)) => {
            let digits = printed.split_once('.').map_or(0, |(_, digits)| digits.len() as i32);
            let half = if digits == 0 { 0.0 } else { 0.5 * 0.1_f64.powi(digits) };
            (number - expected).abs() <= half + 1e-9
        }
        _ => cell == printed,
    }
}

/// Rows may come in another order than is printed; each is there once.
fn assert_as_printed(answer: &[Vec<String>], printed: &[Vec<String>], snippet: &str) {
    let is_the_row = |row: &[String], other: &[String]| {
        row.len() == other.len() && row.iter().zip(other).all(|(a, b)| is_as_printed(a, b))
    };
    let mut left: Vec<&Vec<String>> = answer.iter().collect();
    for row in printed {
        let place = left.iter().position(|other| is_the_row(other, row));
        let place = place.unwrap_or_else(|| panic!("{snippet} does not answer {row:?}, but {left:?}"));
        left.remove(place);
    }
    assert!(left.is_empty(), "{snippet} answers {left:?} too");
}

#[test]
fn the_snippets_of_the_cookbook_answer_what_is_printed_beside_them() {
    let (python, has_r) = (python(), has_r());
    if python.is_none() && !has_r {
        return;
    }
    let here = folder();
    let (questions, commands) = cookbook();
    std::fs::create_dir_all(here.path().join("scenarios")).expect("a folder");
    std::fs::copy(root().join("scenarios/returns.toml"), here.path().join("scenarios/returns.toml")).expect("copied");
    for command in commands {
        let arguments: Vec<&str> = command.strip_prefix("tellwave ").expect("our command").split(' ').collect();
        let said = tellwave(here.path(), &arguments);
        assert!(said.status.success(), "{}", stderr(&said));
    }
    std::fs::create_dir(here.path().join("snippets")).expect("a folder");
    for (place, question) in questions.iter().enumerate() {
        for (mark, ending) in TOOLS {
            write(here.path(), &format!("snippets/{place:02}.{ending}"), &question.snippets[mark]);
        }
    }
    let mut ran = vec![];
    if let Some(python) = &python {
        run_snippets(here.path(), python, &[], "run.py");
        ran.extend(&TOOLS[..3]);
    }
    if has_r {
        run_snippets(here.path(), Path::new("Rscript"), &["--vanilla"], "run.R");
        ran.push(&TOOLS[3]);
    }
    for (place, question) in questions.iter().enumerate().skip(1) {
        for (_, ending) in &ran {
            let snippet = format!("{place:02}.{ending}");
            let told = answer(here.path(), &snippet);
            assert_as_printed(&told[1..], &question.answer[1..], &snippet);
            // Each tool names its columns in its own way; those printed are the SQL's.
            assert!(*ending != "sql" || told[0] == question.answer[0], "{snippet}: {:?}", told[0]);
        }
    }
}

/// Facts that no run of these scenarios can hold, and why.
const MISSING: &[(&str, &str)] = &[("TermsChanged", "it takes a run that was forked")];

/// Counts and sums of a run's facts: the run, the fact, events, and the sums of both amounts where there are any.
type Counted = BTreeMap<(u32, String), (i64, Option<i64>, Option<i64>)>;

fn counted_by_our_reader(logs: &Path, runs: u32) -> Counted {
    let mut counted = Counted::new();
    for run in 0..runs {
        let (_, events) = read_event_log(&logs.join(event_log_name(RunId(run))), None).expect("a log");
        for event in events {
            let cells = event.what.cells();
            let (count, amount, cost) = counted.entry((run, event.what.name().to_owned())).or_default();
            let add = |sum: &mut Option<i64>, column| {
                if let Some(cell) = cells.get(column) {
                    *sum.get_or_insert(0) += cell;
                }
            };
            *count += 1;
            add(amount, Column::Amount);
            add(cost, Column::Cost);
        }
    }
    counted
}

const COUNT: &str = "SELECT run, fact, count(*), sum(amount_minor), sum(cost_minor) FROM events GROUP BY ALL;";

/// The events with their amounts as docs/ledger.md books them, and whether the person was won by a fake.
const EVENTS: &str = "CREATE OR REPLACE VIEW events AS
    SELECT *,
        fact IN ('FirstPurchaseMade', 'PurchaseRepeated') AS bought,
        if(bought, amount_minor, 0) AS price,
        if(fact = 'PurchaseRefunded', amount_minor - cost_minor, 0) AS refund,
        CASE WHEN bought THEN 1 WHEN fact = 'PurchaseRefunded' THEN -1 ELSE 0 END AS direction,
        direction * coalesce((amount_minor * margin + 5000) // 10000, 0) AS earned,
        direction * coalesce(amount_minor, 0) - earned AS goods,
        CASE WHEN fact IN ('RewardGranted', 'RewardHeld') THEN cost_minor
             WHEN fact IN ('RewardForfeited', 'RewardClawedBack') THEN -cost_minor ELSE 0 END AS reward,
        if(fact = 'RewardExpired', cost_minor, 0) AS breakage,
        if(fact = 'RewardRedeemed', cost_minor, 0) AS redeemed,
        if(fact IN ('AdvertisementSeen', 'InfluencerPosted', 'ReferralAsked', 'CommunityPaid', 'PlatformPaid',
                    'ReferralChecked'), amount_minor, 0) AS spent,
        coalesce(bool_or(fact = 'ReferralFaked' AND scheme <> 'farming') OVER (PARTITION BY run, person), false) AS fake
    FROM 'FOLDER/events-run-*.parquet';";

/// Each measure of `runs.parquet` as a stranger works it out from the facts.
const MEASURES: &[(&str, &str)] = &[
    ("reach", "count_if(\"first\")"),
    ("words_good", "count_if(fact = 'WordHeard' AND valence = 'good')"),
    ("words_bad", "count_if(fact = 'WordHeard' AND valence = 'bad')"),
    ("blocked", "count_if(fact = 'ProspectBlocked')"),
    ("customers", "count_if(fact = 'FirstPurchaseMade')"),
    ("customers_by_word", "count_if(fact = 'FirstPurchaseMade' AND source IN ('word', 'review'))"),
    ("customers_otherwise", "count_if(fact = 'FirstPurchaseMade' AND source IN ('seed', 'influencer', 'advertising'))"),
    ("customers_by_review", "count_if(fact = 'FirstPurchaseMade' AND source = 'review')"),
    ("customers_by_influencer", "count_if(fact = 'FirstPurchaseMade' AND source = 'influencer')"),
    ("customers_by_advertising", "count_if(fact = 'FirstPurchaseMade' AND source = 'advertising')"),
    ("landed", "count_if(fact = 'Landed')"),
    ("sign_ups", "count_if(fact = 'SignedUp')"),
    ("leads_lost", "count_if(fact = 'LeadLost')"),
    ("reviews_posted", "count_if(fact = 'ReviewPosted')"),
    ("reviews_read", "count_if(fact = 'WordHeard' AND channel = 'review_site')"),
    ("purchases_repeated", "count_if(fact = 'PurchaseRepeated')"),
    ("repeat_customers", "count(DISTINCT person) FILTER (fact = 'PurchaseRepeated')"),
    ("lapsed", "count_if(fact = 'CustomerLapsed') - count_if(fact = 'CustomerWonBack')"),
    ("won_back", "count_if(fact = 'CustomerWonBack')"),
    ("revenue", "sum(price)"),
    ("reward_cost", "sum(reward - breakage)"),
    ("profit", "sum(price - refund - goods - reward + breakage - spent)"),
    ("rewards_granted", "count_if(fact IN ('RewardGranted', 'RewardReleased'))"),
    ("rewards_denied", "count_if(fact IN ('RewardDenied', 'RewardForfeited'))"),
    ("other_cost", "sum(spent)"),
    ("discounts", "sum(if(kind = 'discount', reward, 0))"),
    ("refunds", "sum(refund)"),
    ("cost_of_goods", "sum(goods)"),
    ("reward_expense", "sum(if(kind <> 'discount', reward, 0))"),
    ("reward_breakage", "sum(breakage)"),
    ("advertising_cost", "sum(if(fact = 'AdvertisementSeen', spent, 0))"),
    ("influencer_cost", "sum(if(fact = 'InfluencerPosted', spent, 0))"),
    ("asking_cost", "sum(if(fact = 'ReferralAsked', spent, 0))"),
    ("community_cost", "sum(if(fact = 'CommunityPaid', spent, 0))"),
    ("platform_cost", "sum(if(fact = 'PlatformPaid', spent, 0))"),
    ("fraud_check_cost", "sum(if(fact = 'ReferralChecked', spent, 0))"),
    ("cash", "sum(price - refund - goods - spent - redeemed)"),
    (
        "rewards_held",
        "sum(CASE WHEN fact = 'RewardHeld' THEN cost_minor
         WHEN fact IN ('RewardReleased', 'RewardForfeited') THEN -cost_minor ELSE 0 END)",
    ),
    (
        "reward_liability",
        "sum(CASE WHEN fact IN ('RewardGranted', 'RewardReleased') THEN cost_minor
         WHEN fact = 'RewardClawedBack' THEN -cost_minor ELSE 0 END - redeemed - breakage)",
    ),
    ("satisfied", "count_if(sentiment = 'satisfied')"),
    ("neutral", "count_if(sentiment = 'neutral')"),
    ("unhappy", "count_if(sentiment = 'unhappy') - count_if(fact = 'ComplaintResolved')"),
    ("promoters", "count_if(fact = 'ExperienceRated' AND score >= 9)"),
    ("passives", "count_if(fact = 'ExperienceRated' AND score BETWEEN 7 AND 8)"),
    ("detractors", "count_if(fact = 'ExperienceRated' AND score <= 6)"),
    ("survey_promoters", "count_if(fact = 'SurveyAnswered' AND score >= 9)"),
    ("survey_passives", "count_if(fact = 'SurveyAnswered' AND score BETWEEN 7 AND 8)"),
    ("survey_detractors", "count_if(fact = 'SurveyAnswered' AND score <= 6)"),
    ("complaints_filed", "count_if(fact = 'ComplaintFiled')"),
    ("complaints_resolved", "count_if(fact = 'ComplaintResolved')"),
    ("participants", "count(DISTINCT person) FILTER (participates OR fact = 'ParticipationAgreed')"),
    ("asked", "count_if(fact = 'ReferralAsked')"),
    ("invitations_sent", "count_if(fact = 'WordHeard' AND coded)"),
    ("invitations_accepted", "count_if(fact = 'SignedUp' AND coded)"),
    ("invitations_repeated", "count_if(fact = 'InvitationsRepeated')"),
    ("community_members", "count_if(fact = 'CommunityJoined')"),
    ("referrals_credited", "count_if(fact = 'ReferralCredited')"),
    ("denied_by_cap", "count_if(reason = 'cap_reached')"),
    ("denied_by_budget", "count_if(reason = 'budget_exhausted')"),
    ("denied_by_window", "count_if(reason = 'window_closed')"),
    ("denied_by_minimum", "count_if(reason = 'below_minimum')"),
    ("denied_by_end", "count_if(reason = 'programme_ended')"),
    ("denied_untracked", "count_if(reason = 'untracked')"),
    ("denied_for_fraud", "count_if(reason = 'fraud')"),
    ("denied_by_hold", "count_if(fact = 'RewardForfeited')"),
    ("rewards_clawed_back", "count_if(fact = 'RewardClawedBack')"),
    ("purchases_refunded", "count_if(fact = 'PurchaseRefunded')"),
    ("margin", "sum(earned)"),
    ("self_referrals", "count_if(scheme = 'self_referral')"),
    ("ring_referrals", "count_if(scheme = 'ring')"),
    ("coupon_referrals", "count_if(scheme = 'coupon_leak')"),
    ("fake_accounts", "count_if(scheme = 'farming')"),
    ("codes_leaked", "count_if(fact = 'CodeLeaked')"),
    ("referrals_checked", "count_if(fact = 'ReferralChecked')"),
    ("fakes_caught", "count_if(caught AND (person IS NULL OR fake))"),
    ("honest_caught", "count_if(caught AND person IS NOT NULL AND NOT fake)"),
];

/// Measures that are more than counts and sums over facts.
const NO_SUMS: &[(&str, &str)] = &[
    ("cascade_depth", "goes from customer to customer"),
    ("cascade_size_max", "goes from customer to customer"),
    ("period_start", "looks at the state at the start of each period"),
    ("period_new", "counts complete periods alone"),
    ("period_end", "looks at the state at the end of each period"),
    ("period_purchases", "counts complete periods alone"),
    ("invitations_pending", "looks at where the hearer stands"),
    ("margin_discounted", "looks at the customer's first purchase"),
    ("reward_cost_faked", "follows causes"),
];

#[test]
fn every_measure_is_worked_out_from_the_facts_or_is_no_sum() {
    let ours: BTreeSet<&str> = Standard::total_measures().iter().map(|measure| measure.name).collect();
    let theirs: Vec<&str> = MEASURES.iter().chain(NO_SUMS).map(|(name, _)| *name).collect();
    assert_eq!((theirs.iter().copied().collect(), theirs.len()), (ours.clone(), ours.len()));
}

#[test]
fn duckdb_counts_and_sums_the_facts_as_our_reader_and_projections_do() {
    let Some(python) = python() else { return };
    let here = folder();
    std::fs::create_dir(here.path().join("snippets")).expect("a folder");
    let [batch, rate] = everything();
    let changed = |from: &str, to: &str, text: &str| {
        assert!(text.contains(from), "{from}");
        text.replace(from, to)
    };
    // At the end all is settled, so that nothing is held back or owed; and no rule has a minimum order.
    let halfway = changed("\"150 days\"", "\"25 days\"", batch);
    let halfway = changed("lift = 0.2", "lift = 0.2\n    minimum_order = \"60 USD\"", &halfway);
    let markets = [("batch", batch), ("rate", rate), ("halfway", &halfway)];
    let is_money = |name: &str| {
        let measures = Standard::total_measures();
        measures.iter().any(|measure| measure.name == name && measure.unit == Unit::Money)
    };
    for (place, (market, text)) in markets.into_iter().enumerate() {
        write(here.path(), &format!("{market}.toml"), text);
        let said =
            tellwave(here.path(), &["run", &format!("{market}.toml"), "--no-twin", "--log", "all", "--out", market]);
        assert!(said.status.success(), "{}", stderr(&said));
        let theirs: Vec<String> = MEASURES.iter().map(|(name, how)| format!("{how} AS {name}")).collect();
        let ours = MEASURES.iter().map(|(name, _)| match is_money(name) {
            true => format!("({name} * 100)::BIGINT AS {name}"),
            false => (*name).to_owned(),
        });
        let ours: Vec<String> = ours.collect();
        let snippets = [
            ("0", EVENTS.replace("FOLDER", market)),
            ("1", COUNT.to_owned()),
            ("2", format!("SELECT run, {} FROM events GROUP BY run ORDER BY run;", theirs.join(", "))),
            ("3", format!("SELECT run, {} FROM '{market}/runs.parquet' ORDER BY run;", ours.join(", "))),
        ];
        for (number, snippet) in snippets {
            write(here.path(), &format!("snippets/{place}{number}.sql"), snippet);
        }
    }
    run_snippets(here.path(), &python, &[], "run.py");
    let (mut seen, mut compared) = (BTreeSet::new(), BTreeSet::new());
    for (place, (market, text)) in markets.into_iter().enumerate() {
        let runs = scenario(text).runs;
        let number = |cell: &str| -> Option<i64> { (cell != "-").then(|| cell.parse().expect("a number")) };
        let theirs: Counted = answer(here.path(), &format!("{place}1.sql"))[1..]
            .iter()
            .map(|row| {
                let [run, count, amount, cost] = [0, 2, 3, 4].map(|column| number(&row[column]));
                ((run.expect("a run") as u32, row[1].clone()), (count.expect("a count"), amount, cost))
            })
            .collect();
        assert_eq!(theirs, counted_by_our_reader(&here.path().join(market), runs), "{market}");
        seen.extend(theirs.into_keys().map(|(_, fact)| fact));
        let [theirs, ours] = [2, 3].map(|number| answer(here.path(), &format!("{place}{number}.sql")));
        assert_eq!((theirs.len(), ours.len()), (runs as usize + 1, runs as usize + 1));
        for (column, name) in theirs[0].iter().enumerate() {
            let values = |rows: &[Vec<String>]| rows[1..].iter().map(|row| row[column].clone()).collect::<Vec<_>>();
            assert_eq!(values(&theirs), values(&ours), "{market}: {name}");
            if values(&ours).iter().any(|value| value != "0") {
                compared.insert(name.clone());
            }
        }
    }
    let never: BTreeSet<&str> = Fact::NAMES.iter().copied().filter(|name| !seen.contains(*name)).collect();
    assert_eq!(never, MISSING.iter().map(|(fact, _)| *fact).collect());
    // Where all are zero, nothing was compared.
    let zero: Vec<&str> = MEASURES.iter().map(|(name, _)| *name).filter(|name| !compared.contains(*name)).collect();
    assert_eq!(zero, Vec::<&str>::new());
}
