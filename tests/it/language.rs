//! Reports in other languages: nothing in them is left in English, and their numbers are those of the English one.

use crate::common::{folder, stderr, stdout, tellwave, write};
use std::path::Path;

/// A programme with every kind of term, and warnings of each.
const RICH: &str = "
name = 'Кофе 咖啡'
seed = 3
runs = 4
horizon = '60 days'
preset = ['ask-after-purchase', 'word-of-mouth-guide']
graph.watts_strogatz.people = 900
[[segments]]
name = '核心'
share = '10 %'
[policy]
levels = 2
budget = '900 USD'
platform_fee = '49 USD'
attribution = 'last'
format = 'link'
selects_worse = '10 %'
[[policy.rules]]
side = 'advocate'
cap_amount = '50 USD'
cap_per = 'month'
tiers = [{ from = 1, amount = '30 USD' }, { from = 3, amount = '15 USD' }]
[[policy.rules]]
side = 'advocate'
amount = '25 USD'
at_referral = 11
repeated = true
[[policy.rules]]
side = 'advocate'
trigger = 'each_purchase'
share = '10 %'
window = '1 days'
minimum_order = '20 USD'
cap = 2000
starts = '3 days'
ends = '30 days'
[[policy.rules]]
side = 'friend'
segment = '核心'
kind = 'ticket'
amount = '1 USD'
[[policy.rules]]
side = 'friend'
kind = 'discount'
amount = '5 USD'
[[policy.rules]]
side = 'advocate'
level = 2
kind = 'points'
amount = '1 USD'
hold = '14 days'
[[policy.rules]]
side = 'advocate'
trigger = 'drawing'
winners = 1
ends = '90 days'
amount = '9 USD'
[[policy.rules]]
side = 'advocate'
trigger = 'leaderboard'
winners = 3
ends = '30 days'
tiers = [{ from = 1, amount = '9 USD' }, { from = 2, amount = '5 USD' }]
[refunds]
share = '15 %'
[fraud.check]
cost = '2 USD'
";

/// What is the same in every language: names of programs, people, codes, and values as scenarios write them.
const OF_NO_LANGUAGE: [&str; 24] = [
    "NPS",
    "Tellwave",
    "SHA",
    "USD",
    "ROI",
    "LTV",
    "Newman",
    "Watts",
    "Strogatz",
    "html",
    "report",
    "drawing",
    "perceived",
    "cap",
    "ends",
    "policy",
    // In notes, the values of presets and their names.
    "mean",
    "days",
    "weeks",
    "staff",
    "dispersion",
    "ask-after-purchase",
    "word-of-mouth-guide",
    "trigger",
];

/// Plays in a language; gives the report, and what was printed.
fn played(here: &Path, args: &[&str], lang: &str) -> (String, String) {
    let out = format!("{}-{lang}", args[0]);
    let all = [args, &["--lang", lang, "--log", "none", "--out", &out]].concat();
    let said = tellwave(here, &all);
    assert!(said.status.success(), "{}", stderr(&said));
    let report = std::fs::read_to_string(here.join(out).join("report.html")).expect("a report");
    assert!(report.contains(&format!("<html lang=\"{lang}\">")));
    (report, stdout(&said))
}

/// The text without what stands between two marks, the marks included.
fn without(text: &str, from: &str, to: &str) -> String {
    let mut left = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(from) {
        left.push_str(before);
        left.push('\n');
        rest = after.split_once(to).unwrap_or_else(|| panic!("{from} without {to}")).1;
    }
    left + rest
}

/// What a reader sees in a report, but for the keys, values and sources of settings and what provenance says.
fn visible(report: &str) -> String {
    let (body, tables) = report.rsplit_once("<table class=\"pairs settings\">").expect("settings");
    let (settings, provenance) = tables.split_once("</tbody>").expect("provenance");
    // Of the settings: who gave each, and how well it is backed.
    let settings = without(settings, "<th scope=\"row\">", "<td class=\"from\">");
    let settings = without(&settings, "<span class=\"meaning\">", "</span>");
    let provenance = without(provenance, "</th><td>", "</td>");
    let page = without(body, "<tr><th scope=\"row\">", "</td></tr>") + &settings + &provenance;
    let page = without(&page, "<style>", "</style>");
    let text = without(&page, "<", ">");
    text.replace("&quot;", "\"")
        .replace("&#x27;", "'")
        .replace("&lt;", "<")
        .replace("&#x2f;", "/")
        .replace("&amp;", "&")
}

/// Words of Latin letters that are neither known nor keys.
fn english(text: &str) -> Vec<&str> {
    let is_of_word = |c: char| c.is_ascii_alphanumeric() || "._-[]/".contains(c);
    let words = text.split(|c: char| !is_of_word(c)).map(|word| word.trim_matches(['.', '-', '[', ']', '/']));
    let is_word = |word: &&str| word.len() > 1 && word.contains(|c: char| c.is_ascii_alphabetic());
    let is_key = |word: &&str| word.contains(|c: char| c.is_ascii_digit() || "._[/".contains(c));
    words.filter(|word| is_word(word) && !is_key(word) && !OF_NO_LANGUAGE.contains(word)).collect()
}

/// The digits of each cell of numbers.
fn digits(report: &str) -> Vec<String> {
    let cells = report.split("<td data-label=").skip(1).filter_map(|cell| cell.split_once('>')?.1.split_once('<'));
    cells.map(|(cell, _)| cell.chars().filter(|&c| c.is_ascii_digit() || c == '−').collect()).collect()
}

#[test]
fn a_report_in_another_language_has_the_same_numbers_and_no_english() {
    let here = folder();
    write(here.path(), "rich.toml", RICH);
    write(here.path(), "other.toml", RICH.replace("amount = '5 USD'", "amount = '8 USD'"));
    let run = ["run", "rich.toml"];
    let fork = ["fork", "run-en", "--all", "--at", "20", "--with", "other.toml"];
    for args in [&run[..], &fork] {
        let (report, _) = played(here.path(), args, "en");
        assert!(english(&visible(&report)).len() > 300, "the test sees what is there");
        let expected = digits(&report);
        assert!(expected.len() > 60);
        for lang in ["zh", "ru"] {
            let (report, printed) = played(here.path(), args, lang);
            assert_eq!(digits(&report), expected, "{args:?} {lang}");
            for text in [visible(&report), printed] {
                let found = english(&text);
                assert!(found.is_empty(), "{args:?} {lang}: {found:?}");
            }
        }
    }
}

#[test]
fn charts_in_another_language_have_its_words() {
    let here = folder();
    write(here.path(), "rich.toml", RICH);
    for (lang, words) in [("zh", "开始后的天数"), ("ru", "Дней с начала")] {
        played(here.path(), &["run", "rich.toml"], lang);
        for chart in ["reach", "revenue", "programme"] {
            let path = here.path().join(format!("run-{lang}/{chart}.svg"));
            let svg = std::fs::read_to_string(path).expect("a chart");
            assert!(svg.contains(words), "{chart} in {lang}");
        }
    }
}
