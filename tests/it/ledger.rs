//! The ledger: debits are credits after every event, its figures are those of the log and of the other measures, and its
//! page says what it does.

use crate::common::{self, experiment, folder, tellwave, write};
use crate::properties::{EVERYTHING, all, each_run};
use std::collections::BTreeSet;
use tellwave::engine::Sink;
use tellwave::event::{Cells, Column, Fact, RewardKind};
use tellwave::projection::ledger::postings;
use tellwave::projection::{Account, Ledger};
use tellwave::state::State;

#[test]
fn the_trial_balance_is_zero_after_every_event_and_no_balance_is_below_zero_but_cash() {
    let (mut posted, mut times_owed) = (0, 0);
    for text in all() {
        each_run(text, |_, events, _| {
            let mut ledger = Ledger::default();
            for event in events {
                ledger.hear(event, &State::default());
                assert_eq!(ledger.trial_balance(), 0, "{event:?}");
                for &account in Account::ALL.iter().filter(|&&account| account != Account::Cash) {
                    assert!(ledger.balance(account) >= 0, "{account:?} after {event:?}");
                }
                posted += postings(event.what).iter().flatten().count();
                times_owed += usize::from(ledger.balance(Account::RewardLiability) > 0);
            }
        });
    }
    assert!(posted > 10_000 && times_owed > 100, "{posted} postings, something owed after {times_owed} events");
}

#[test]
fn what_is_owed_is_what_was_granted_and_neither_redeemed_nor_expired() {
    for text in all() {
        each_run(text, |_, events, _| {
            let (mut ledger, mut granted, mut gone, mut held) = (Ledger::default(), 0, 0, 0);
            for event in events {
                ledger.hear(event, &State::default());
                match event.what {
                    Fact::RewardGranted { cost, .. } => granted += i64::from(cost.0),
                    Fact::RewardRedeemed { cost, .. } | Fact::RewardExpired { cost, .. } => gone += i64::from(cost.0),
                    Fact::RewardHeld { cost, .. } => held += i64::from(cost.0),
                    Fact::RewardReleased { cost, .. } => {
                        held -= i64::from(cost.0);
                        granted += i64::from(cost.0);
                    }
                    Fact::RewardForfeited { cost, .. } => held -= i64::from(cost.0),
                    Fact::RewardClawedBack { cost, .. } => granted -= i64::from(cost.0),
                    _ => {}
                }
                assert_eq!(ledger.balance(Account::RewardLiability), granted - gone, "{event:?}");
                assert_eq!(ledger.balance(Account::RewardsHeld), held, "{event:?}");
                let spent = [Account::RewardExpense, Account::Discounts].map(|account| ledger.balance(account));
                assert_eq!(spent[0] + spent[1], granted + held, "{event:?}");
            }
        });
    }
}

/// What an event adds to the profit, by the words of docs/model.md rather than by postings.
fn profit_of(what: Fact) -> i64 {
    match what {
        Fact::FirstPurchaseMade { order, margin, .. } | Fact::PurchaseRepeated { order, margin } => {
            order.basis_points(margin).minor()
        }
        Fact::RewardGranted { cost, .. } | Fact::RewardHeld { cost, .. } => -i64::from(cost.0),
        Fact::RewardExpired { cost, .. } | Fact::RewardForfeited { cost, .. } | Fact::RewardClawedBack { cost, .. } => {
            i64::from(cost.0)
        }
        Fact::PurchaseRefunded { order, discount, margin } => {
            i64::from(discount.0) - order.money().basis_points(margin).minor()
        }
        Fact::AdvertisementSeen { cost }
        | Fact::ReferralAsked { cost, .. }
        | Fact::CommunityPaid { cost }
        | Fact::PlatformPaid { cost }
        | Fact::ReferralChecked { cost, .. } => -cost.minor(),
        Fact::InfluencerPosted { fee, .. } => -fee.minor(),
        _ => 0,
    }
}

#[test]
fn the_profit_of_the_ledger_is_the_profit_in_every_run_and_on_every_day() {
    for text in all() {
        let experiment = experiment(text);
        let outcome = experiment.run(|| {});
        for (number, row) in outcome.rows.iter().enumerate() {
            let days = row.daily_of("profit").expect("a measure");
            let (mut ledger, mut by_day, mut profit) = (Ledger::default(), vec![0; days.len()], 0);
            for event in common::log(&experiment.world, number as u32) {
                ledger.hear(&event, &State::default());
                profit += profit_of(event.what);
                by_day[event.at.day_closing() as usize..].fill(profit);
            }
            assert_eq!(days, by_day, "run {number}");
            let total = |name| row.totals[common::total(name)];
            for &account in Account::ALL {
                assert_eq!(total(account.name()), ledger.balance(account), "{account:?} in run {number}");
            }
            let rewards = total("discounts") + total("reward_expense") - total("reward_breakage");
            assert_eq!(total("reward_cost"), rewards);
            let sales = total("revenue") - total("refunds") - total("cost_of_goods");
            assert_eq!(total("profit"), sales - rewards - total("other_cost"));
            let owed = total("reward_liability") + total("rewards_held");
            assert_eq!(total("profit"), total("cash") - owed, "what is there less what is owed");
        }
    }
}

#[test]
fn the_results_say_where_the_money_went() {
    let here = folder();
    // What is not redeemed expires after the run has ended.
    let text = EVERYTHING.replace("expires = \"40 days\"", "expires = \"400 days\"");
    write(here.path(), "market.toml", &text);
    let said = tellwave(here.path(), &["run", "market.toml", "--log", "none", "--out", "out"]);
    assert!(said.status.success(), "{}", common::stderr(&said));
    let table = common::stdout(&said);
    assert!(table.contains("Reward liability") && !table.contains("Cost of goods"), "{table}");
    let read = |name| std::fs::read_to_string(here.path().join("out").join(name)).expect("a result");
    let report = read("report.html");
    assert!(report.contains("<h2>Where the money went</h2>") && report.contains("Owed at the end"));
    let csv = read("ledger.csv");
    let lines: Vec<Vec<&str>> = csv.lines().map(|line| line.split(',').collect()).collect();
    assert_eq!(lines[0], ["account", "type", "side", "currency", "mean", "p05", "p95"]);
    assert_eq!(lines[lines.len() - 1], ["trial_balance", "check", "debit", "USD", "0", "0", "0"]);
    assert_eq!(lines.len(), 1 + Account::ALL.len() + 1);
    let outcome = common::outcome(&text);
    let (mut debits, mut credits) = (0.0, 0.0);
    for (line, account) in lines[1..].iter().zip(Account::ALL) {
        let mean: f64 = line[4].parse().expect("a number");
        let sum: i64 = common::totals(&outcome, account.name()).iter().sum();
        assert_eq!((line[0], line[1]), (account.name(), account.account_type().name()));
        assert!((mean - sum as f64 / outcome.rows.len() as f64 / 100.0).abs() < 1e-9, "{line:?}");
        *if line[2] == "debit" { &mut debits } else { &mut credits } += mean;
    }
    assert!((debits - credits).abs() < 1e-6, "{debits} and {credits}");
}

#[test]
fn who_is_owed_nothing_has_no_line_about_it() {
    let here = folder();
    write(here.path(), "market.toml", "runs = 2\n[graph.circle]\npeople = 20\n[seeds]\ncount = 2\n");
    let said = tellwave(here.path(), &["run", "market.toml", "--log", "none", "--out", "out"]);
    assert!(!common::stdout(&said).contains("Reward liability"));
    let report = std::fs::read_to_string(here.path().join("out/report.html")).expect("a report");
    assert!(report.contains("Where the money went") && !report.contains("What became of the rewards"));
}

/// The rows of the table below a heading of the page, without the marks of code.
fn rows(heading: &str) -> Vec<Vec<String>> {
    let page = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/ledger.md")).expect("the page");
    let below = page.split("\n## ").find(|part| part.starts_with(heading)).expect("the heading");
    let inner = below.lines().filter_map(|line| line.strip_prefix("| ")?.strip_suffix(" |"));
    // The first row names the columns.
    inner.skip(1).map(|line| line.split(" | ").map(|cell| cell.replace('`', "")).collect()).collect()
}

#[test]
fn the_page_lists_the_accounts_as_they_are() {
    let said = rows("Accounts");
    let are = Account::ALL.iter().map(|account| {
        let side = if account.account_type().grows_by_debit() { "debit" } else { "credit" };
        [account.name(), account.account_type().name(), side, account.meaning()].map(str::to_owned).to_vec()
    });
    assert_eq!(said, are.collect::<Vec<_>>());
}

#[test]
fn the_page_lists_what_each_fact_posts() {
    let (price, margin, cost) = (10_000, 4_000, 600);
    let amount = |words: &str| match words {
        "amount_minor" => price,
        "amount_minor less the margin" => price - price * margin / 10_000,
        "amount_minor less cost_minor" => price - cost,
        "cost_minor" => cost,
        other => panic!("docs/ledger.md: {other:?} is no amount"),
    };
    let (mut said, mut done) = (BTreeSet::new(), BTreeSet::new());
    for (place, kind) in RewardKind::NAMES.iter().enumerate() {
        let mut cells = Cells::default();
        Column::ALL.iter().for_each(|&column| cells.set(column, Some(1)));
        cells.set(Column::RewardKind, Some(place as i64));
        cells.set(Column::Amount, Some(price));
        cells.set(Column::Margin, Some(margin));
        cells.set(Column::Cost, Some(cost));
        for (place, name) in Fact::NAMES.iter().enumerate() {
            let fact = Fact::from_cells(place, &cells).expect("a fact of that place");
            for posting in postings(fact).into_iter().flatten() {
                let (debit, credit) = (posting.debit.name().to_owned(), posting.credit.name().to_owned());
                done.insert(((*name).to_owned(), *kind, debit, credit, posting.amount));
            }
        }
        for row in rows("What each fact posts") {
            let [facts, of, debit, credit, words] = &row[..] else { unreachable!("five cells") };
            if ["any", *kind].contains(&of.as_str()) || (of == "any other" && *kind != "discount") {
                for fact in facts.split(", ") {
                    said.insert((fact.to_owned(), *kind, debit.clone(), credit.clone(), amount(words)));
                }
            }
        }
    }
    assert_eq!(said, done, "docs/ledger.md on the left, the code on the right");
}
