//! The report of a sweep: the same whoever asks for it, whole where cells are missing, and never anything but text.

use crate::common::{folder, stderr, tellwave, write};
use std::path::Path;

const BASE: &str = "runs = 8\nseed = 5\nhorizon = '40 days'\n[graph.watts_strogatz]\npeople = 200\n[seeds]\ncount = 5\n\
                    [policy.two_sided]\nadvocate = '5.00 USD'\nfriend = '5.00 USD'\n";

const GRID: &str = "name = '<script>alert(1)</script> & \"co\"'\nquestion = 'Who wins? {{ 7 * 7 }}'\nbase = 'base.toml'\n\
                    metrics = ['profit', 'reward_cost', 'takes_off(4 %)', 'days_to(3 %)', 'return_on_investment']\n\
                    [keep]\nruns = true\n\
                    [[factor]]\nname = 'persuasion'\nkey = 'conversion.persuasion'\nfrom = '2 %'\nto = '20 %'\nsteps = 4\n\
                    [[factor]]\nname = 'network'\n[[factor.level]]\nname = '<script>x</script>'\n\
                    graph.watts_strogatz.people = 200\n[[factor.level]]\nname = 'random & wild'\n\
                    graph.erdos_renyi.people = 200\n";

const DRAWN: &str = "[[factor]]\nname = 'persuasion'\nkey = 'conversion.persuasion'\nfrom = '2 %'\nto = '20 %'\n\
                     [[factor]]\nname = 'reward'\nkeys = ['policy.two_sided.advocate', 'policy.two_sided.friend']\n\
                     from = '0.00 USD'\nto = '9.00 USD'\n";

/// A folder with this sweep and its base.
fn given(sweep: &str) -> tempfile::TempDir {
    let here = folder();
    write(here.path(), "base.toml", BASE);
    write(here.path(), "sweep.toml", sweep);
    here
}

fn sweep(here: &Path, args: &[&str]) {
    let said = tellwave(here, &[&["sweep"], args].concat());
    assert!(said.status.success(), "{args:?}: {}", stderr(&said));
}

fn read(here: &Path, name: &str) -> String {
    std::fs::read_to_string(here.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// Every file of a report with its bytes.
fn report_of(dir: &Path) -> Vec<(String, Vec<u8>)> {
    let entries = std::fs::read_dir(dir).expect("a folder").map(|entry| entry.expect("an entry").path());
    let is_of = |path: &std::path::PathBuf| {
        let ending = path.extension().unwrap_or_default().to_string_lossy().into_owned();
        ["html", "svg", "png", "csv", "json"].contains(&ending.as_str()) && !path.ends_with("provenance.json")
    };
    let named = |path: std::path::PathBuf| {
        (path.file_name().unwrap_or_default().to_string_lossy().into_owned(), std::fs::read(&path).expect("bytes"))
    };
    let mut files: Vec<_> = entries.filter(is_of).map(named).collect();
    files.sort();
    files
}

/// There is nothing in the words of a page that a reader must not see.
fn check_words(page: &str) {
    let body = page.split("</style>").nth(1).expect("a body");
    // What stands before a picture, or after the one before it.
    let words: String = body.split("<svg").map(|part| part.rsplit("</svg>").next().unwrap_or_default()).collect();
    for wrong in ["NaN", "inf ", "None", "Some(", "{ $", "<script"] {
        assert!(!words.contains(wrong), "{wrong} is in\n{words}");
    }
    assert!(!page.contains("<script") && !page.contains("NaN"));
}

#[test]
fn a_report_is_the_same_for_any_threads_and_whatever_command_led_to_it() {
    let here = given(GRID);
    let at = here.path();
    sweep(at, &["run", "sweep.toml", "--out", "one", "--threads", "1"]);
    sweep(at, &["run", "sweep.toml", "--out", "three", "--threads", "3"]);
    for shard in ["1/2", "2/2"] {
        let out = format!("shard-{}", &shard[..1]);
        sweep(at, &["run", "sweep.toml", "--shard", shard, "--out", &out]);
    }
    sweep(at, &["merge", "shard-1", "shard-2", "--out", "merged"]);
    let one = report_of(&at.join("one"));
    let names: Vec<&str> = one.iter().map(|(name, _)| name.as_str()).collect();
    for name in
        ["report.html", "heat-map.svg", "effects.csv", "response-1.png", "phase.svg", "pareto.svg", "best-cells.csv"]
    {
        assert!(names.contains(&name), "{name} is not among {names:?}");
    }
    for other in ["three", "merged"] {
        assert!(one == report_of(&at.join(other)), "{other} differs");
    }
    sweep(at, &["report", "three", "--response", "takes_off(4%)", "--threads", "2"]);
    assert!(one != report_of(&at.join("three")), "another response is another report");
    sweep(at, &["report", "three"]);
    assert!(one == report_of(&at.join("three")));
    let page = read(at, "one/report.html");
    check_words(&page);
    assert!(page.contains("&lt;script&gt;x&lt;/script&gt;") && page.contains("random &amp; wild"));
    assert!(page.contains("Who wins? {{ 7 * 7 }}"), "nothing is reckoned");
    // One number is written one way: in the answer, in the list and at the end of its bar.
    let said = page.split(", with ").nth(1).and_then(|rest| rest.split(" on average").next()).expect("the best mean");
    let count = page.matches(said).count();
    assert!(count >= 4, "{said} stands {count} times in {page}");
}

#[test]
fn a_few_cells_cannot_be_told_from_the_best_and_these_are_listed_first() {
    let here = given(GRID);
    sweep(here.path(), &["run", "sweep.toml", "--out", "out", "--response", "days_to(3%)"]);
    let page = read(here.path(), "out/report.html");
    check_words(&page);
    assert!(!page.contains("With [keep] runs = true they are compared"), "it is true already");
    let table =
        page.split("<th scope=\"col\">Verdict").nth(1).or_else(|| page.split("Verdict").nth(1)).expect("a list");
    let table = table.split("</table>").next().expect("its end");
    let alike = table.matches("cannot be told from it").count();
    let csv = read(here.path(), "out/best-cells.csv");
    let all = csv.lines().skip(1).filter(|line| line.trim_end().ends_with(",1")).count();
    assert_eq!(alike + 1, all, "{csv}");
}

#[test]
fn every_design_has_a_report_in_every_language() {
    let levels =
        DRAWN.replace("to = '20 %'", "to = '20 %'\nsteps = 3").replace("to = '9.00 USD'", "to = '9.00 USD'\nsteps = 2");
    let head =
        |design: &str| format!("base = 'base.toml'\nmetrics = ['profit', 'reward_cost', 'takes_off(4 %)']\n{design}\n");
    for (name, text, chart) in [
        ("sobol", format!("{}{DRAWN}", head("[design.sobol]\nrows = 4")), "sobol"),
        ("morris", format!("{}{DRAWN}", head("[design.morris]\ntrajectories = 4")), "morris"),
        ("hypercube", format!("{}{DRAWN}", head("[design.latin_hypercube]\npoints = 12")), "effects"),
        ("alone", format!("{}{levels}", head("[design.one_at_a_time]")), "effects"),
    ] {
        let here = given(&text);
        sweep(here.path(), &["run", "sweep.toml", "--out", "out"]);
        let mut pages = vec![];
        for language in ["en", "zh", "ru"] {
            sweep(here.path(), &["report", "out", "--lang", language]);
            let page = read(here.path(), "out/report.html");
            check_words(&page);
            assert!(page.contains(&format!("<html lang=\"{language}\">")), "{name}");
            assert!(here.path().join(format!("out/{chart}.svg")).exists(), "{name} has no {chart}");
            pages.push(page);
        }
        assert!(pages[0] != pages[1] && pages[1] != pages[2]);
        sweep(here.path(), &["report", "out", "--no-report"]);
        assert!(!here.path().join("out/report.html").exists(), "{name}: only tables were asked for");
    }
}

#[test]
fn a_report_of_some_cells_says_which_are_missing() {
    let here = given(GRID);
    let at = here.path();
    sweep(at, &["run", "sweep.toml", "--out", "out", "--cells", "1,2,5"]);
    sweep(at, &["report", "out"]);
    let page = read(at, "out/report.html");
    check_words(&page);
    assert!(page.contains("Only 3 of 8 cells are finished"), "{page}");
    assert!(page.contains("3, 4, 6–8"), "they are named");
    sweep(at, &["run", "sweep.toml", "--out", "out"]);
    assert!(!read(at, "out/report.html").contains("are finished"));
}

#[test]
fn a_report_of_nothing_that_can_be_known_is_refused_before_anything_is_played() {
    let here = given(GRID);
    for (args, why) in [
        (&["--response", "profits"][..], "did you mean \"profit\"?"),
        (&["--front", "profit"], "--front names one metric, and wants two"),
        (&["--front", "profit,profit"], "--front names profit twice"),
        (&["--take-off", "profit"], "allowed: a metric takes_off"),
        (&["--lang", "de"], "allowed: en, zh, ru"),
    ] {
        let said = tellwave(here.path(), &[&["sweep", "run", "sweep.toml", "--out", "out"], args].concat());
        assert!(!said.status.success() && stderr(&said).contains(why), "{args:?}: {}", stderr(&said));
        assert!(!here.path().join("out").exists(), "{args:?}");
    }
}

#[test]
fn one_cell_and_one_factor_have_a_report() {
    for values in ["['4 %']", "['4 %', '8 %']"] {
        let text = format!(
            "base = 'base.toml'\nruns = 1\nmetrics = ['profit', 'takes_off(4 %)']\n[[factor]]\nkey = 'conversion.persuasion'\nvalues = {values}\n"
        );
        let here = given(&text);
        sweep(here.path(), &["run", "sweep.toml", "--out", "out"]);
        check_words(&read(here.path(), "out/report.html"));
    }
}
