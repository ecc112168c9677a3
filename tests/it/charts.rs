//! Charts as files: which a run leaves, for which sheets, and `tellwave chart`, which draws them again.

use crate::common::{folder, stderr, stdout, tellwave, write};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;
use tellwave::store::{OutputFolder, Provenance, read_provenance};

/// All that there is a chart of happens: every way to come, bad words, rewards that are owed, and a budget.
const RICH: &str = "seed = 3\nruns = 12\nhorizon = \"120 days\"\n\
    graph.watts_strogatz = { people = 2_000, ties_per_person = 20, rewiring = \"10 %\" }\nseeds.count = 60\n\
    conversion = { persuasion = \"4 %\", invitation = \"10 %\" }\n\
    posts = { share = \"30 %\", views = \"0.5 per day\", half_life = \"30 days\" }\nadvertising.rate = \"0.1 per year\"\n\
    funnel = { sign_up = \"50 %\", purchase = \"60 %\" }\n\
    [[influencers]]\nat = \"30 days\"\nfee = \"100.00 USD\"\nreach = 1_000\nconversion = \"2 %\"\n\
    [policy]\nbudget = \"250.00 USD\"\n\
    [[policy.rules]]\nside = \"advocate\"\nkind = \"points\"\namount = \"5.00 USD\"\n\
    [[policy.rules]]\nside = \"friend\"\nkind = \"discount\"\namount = \"5.00 USD\"\n";

/// Those of a run, in the order of the report.
const CHARTS: [&str; 14] = [
    "reach",
    "revenue",
    "programme",
    "funnel",
    "acquisition",
    "reproduction-by-generation",
    "reproduction-by-day",
    "cascade-size",
    "cascade-depth",
    "degrees",
    "sentiment",
    "nps",
    "liability",
    "budget",
];

fn rich(name: &str) -> tempfile::TempDir {
    let here = folder();
    write(here.path(), "rich.toml", format!("name = {}\n{RICH}", serde_json::json!(name)));
    here
}

fn done(folder: &Path, args: &[&str]) -> String {
    let said = tellwave(folder, args);
    assert!(said.status.success(), "{args:?}: {}", stderr(&said));
    stdout(&said)
}

fn mistake(folder: &Path, args: &[&str]) -> String {
    let said = tellwave(folder, args);
    assert_eq!((said.status.code(), stdout(&said)), (Some(2), String::new()), "{args:?}: {}", stderr(&said));
    stderr(&said)
}

fn bytes(path: impl AsRef<Path>) -> Vec<u8> {
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.as_ref().display()))
}

/// Every file of a folder.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry"));
    entries.map(|entry| (entry.file_name().to_string_lossy().into_owned(), bytes(entry.path()))).collect()
}

/// Width and height of a PNG, which stand at the same place in each \[pixels\].
fn pixels(png: &[u8]) -> (u32, u32) {
    assert!(png.starts_with(b"\x89PNG\r\n\x1a\n"));
    let number = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().expect("four bytes"));
    (number(16), number(20))
}

#[test]
fn every_chart_is_written_as_picture_and_as_table_for_every_sheet() {
    let here = rich("Rich");
    let out = here.path().join("out");
    done(here.path(), &["run", "rich.toml", "--out", "out", "--sizes", "slide,column,square"]);
    let known = files(&out);
    for name in CHARTS {
        for ending in ["svg", "png", "csv"] {
            assert!(known.contains_key(&format!("{name}.{ending}")), "{name}.{ending}");
        }
        let of_sheet = |sheet: &str| pixels(&known[&format!("{name}{sheet}.png")]);
        assert_eq!(of_sheet("").0, 1_600, "{name}");
        assert_eq!(of_sheet("-slide"), (1_920, 1_080), "{name}");
        assert_eq!(of_sheet("-column").0, 1_050, "{name}");
        assert_eq!(of_sheet("-square"), (1_080, 1_080), "{name}");
    }
    let charts: Value = serde_json::from_slice(&known["charts.json"]).expect("JSON");
    let listed: Vec<&str> = charts["charts"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|chart| chart["figure"]["name"].as_str().expect("a name"))
        .collect();
    assert_eq!(listed, CHARTS);
    // Everything is listed with its digest, and nothing else is there.
    let verified = tellwave(here.path(), &["verify", "out"]);
    assert!(verified.status.success(), "{}{}", stdout(&verified), stderr(&verified));
    let report = String::from_utf8(known["report.html"].clone()).expect("text");
    for text in ["A closer look", "How customers came", "href=\"tree.svg\"", "href=\"network.svg\""] {
        assert!(report.contains(text), "{text}");
    }
    assert!(known.contains_key("tree.svg") && known.contains_key("network.svg"));
}

#[test]
fn a_chart_is_drawn_again_as_it_was() {
    let here = rich("=1+1");
    done(here.path(), &["run", "rich.toml", "--out", "out", "--log", "none", "--sizes", "slide,square"]);
    let out = here.path().join("out");
    let before = files(&out);
    let list = done(here.path(), &["chart", "out", "--list"]);
    let listed: Vec<&str> = list.lines().filter_map(|line| line.split_whitespace().next()).collect();
    assert_eq!(listed, CHARTS);
    for name in CHARTS {
        for (size, file) in [("page", name.to_owned()), ("slide", format!("{name}-slide"))] {
            for format in ["svg", "png"] {
                done(here.path(), &["chart", "out", name, "--size", size, "--format", format]);
                let file = format!("{file}.{format}");
                assert!(bytes(here.path().join(&file)) == before[&file], "{file} is another chart");
            }
        }
    }
    done(here.path(), &["chart", "out", "nps", "--no-title", "--to", "plain.svg"]);
    let plain = bytes(here.path().join("plain.svg"));
    let text = String::from_utf8_lossy(&plain).into_owned();
    assert_eq!(text.matches("What customers think").count(), 1, "only for who cannot see it");
    assert!(files(&out) == before, "the folder has changed");
    // What was drawn before may be drawn again.
    done(here.path(), &["chart", "out", "reach", "--to", "plain.svg"]);
    assert!(bytes(here.path().join("plain.svg")) == before["reach.svg"]);
}

#[test]
fn forks_and_comparisons_have_their_charts_too() {
    let here = rich("Rich");
    let two = RICH.replace("250.00 USD", "900.00 USD");
    write(here.path(), "other.toml", format!("name = \"=1+1 <b>\"\n{two}"));
    done(here.path(), &["run", "rich.toml", "--out", "out"]);
    done(here.path(), &["fork", "out", "--all", "--at", "40", "--with", "other.toml", "--out", "forked"]);
    done(here.path(), &["compare", "rich.toml", "other.toml", "--out", "compared", "--sizes", "column"]);
    for (folder, some) in
        [("forked", ["fork", "difference", "acquisition"]), ("compared", ["gain", "difference", "roi"])]
    {
        let list = done(here.path(), &["chart", folder, "--list"]);
        for name in some {
            assert!(list.lines().any(|line| line.split_whitespace().next() == Some(name)), "{folder}: {name}\n{list}");
        }
        for name in list.lines().filter_map(|line| line.split_whitespace().next()) {
            for format in ["svg", "png"] {
                let file = format!("{name}.{format}");
                done(here.path(), &["chart", folder, name, "--to", &file]);
                let (drawn, written) = (bytes(here.path().join(&file)), bytes(here.path().join(folder).join(&file)));
                assert!(drawn == written, "{folder}/{file} is another chart");
            }
        }
    }
    assert_eq!(pixels(&bytes(here.path().join("compared/gain-column.png"))).0, 1_050);
}

#[test]
fn a_house_s_charts_are_drawn_again_in_its_colours_and_its_font() {
    let here = rich("Rich");
    let fonts = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/fonts");
    std::fs::copy(fonts.join("DroidSansFallback.ttf"), here.path().join("house.ttf")).expect("a font");
    let house = "[report]\npalette = [\"#7A1FA2\", \"#f4511e\", \"#008A68\"]\nfont = \"house.ttf\"\n";
    write(here.path(), "house.toml", format!("name = \"House\"\n{RICH}{house}"));
    done(here.path(), &["run", "house.toml", "--runs", "3", "--out", "out", "--log", "none", "--sizes", "slide"]);
    let before = files(&here.path().join("out"));
    for (name, file) in [("reach", "reach-slide"), ("revenue", "revenue-slide"), ("acquisition", "acquisition-slide")] {
        for format in ["svg", "png"] {
            done(here.path(), &["chart", "out", name, "--size", "slide", "--format", format]);
            let file = format!("{file}.{format}");
            assert!(bytes(here.path().join(&file)) == before[&file], "{file} is another chart");
        }
    }
    assert!(String::from_utf8_lossy(&before["reach.svg"]).contains("#7A1FA2"));
    // The font is one of the folder's files, and is not taken from elsewhere.
    assert_eq!(before["charts-font.ttf"], bytes(here.path().join("house.ttf")));
    assert!(tellwave(here.path(), &["verify", "out"]).status.success());
    write(here.path(), "out/charts-font.ttf", "another");
    let said = tellwave(here.path(), &["chart", "out", "reach"]);
    assert!(!said.status.success() && stderr(&said).contains("was changed"), "{}", stderr(&said));
}

#[test]
fn the_bytes_are_the_same_for_any_number_of_threads() {
    let here = rich("Rich");
    let play = |threads: &str| {
        let out = format!("out-{threads}");
        done(here.path(), &["run", "rich.toml", "--threads", threads, "--out", &out, "--sizes", "slide"]);
        files(&here.path().join(out))
    };
    let (one, three) = (play("1"), play("3"));
    let differing: Vec<&String> = one.keys().filter(|name| one.get(*name) != three.get(*name)).collect();
    assert!(differing.is_empty() && one.len() == three.len(), "{differing:?}");
}

#[test]
fn hostile_names_stay_text() {
    let name = "<script>alert(1)</script> ]]> \"q\" & {{ 7 * 7 }} =cmd|'x'!A1";
    let here = rich(name);
    write(here.path(), "ties.csv", "from,to\n\"<script>\",\"=1+1\"\n\"=1+1\",\"{{ 7 * 7 }}\"\n\"<script>\",C\nC,D\n");
    let text = format!(
        "name = {}\nruns = 3\n[graph.edge_list]\nfile = \"ties.csv\"\n[seeds]\ncount = 1\n\
         [conversion]\npersuasion = \"100 %\"\n",
        serde_json::json!(name)
    );
    write(here.path(), "names.toml", text);
    for scenario in ["rich.toml", "names.toml"] {
        done(here.path(), &["run", scenario, "--out", "out"]);
        for (file, bytes) in files(&here.path().join("out")) {
            if file.ends_with(".svg") || file.ends_with(".html") {
                let text = String::from_utf8(bytes).expect("text");
                assert!(!text.contains("<script") && !text.contains("49 }}"), "{scenario}: {file}");
            }
        }
    }
    let tree = String::from_utf8(bytes(here.path().join("out/tree.svg"))).expect("text");
    assert!(tree.contains("&lt;script&gt;"), "{tree}");
}

#[test]
fn runs_of_every_kind_leave_their_charts() {
    let here = folder();
    let market = "seed = 1\nruns = 3\nhorizon = \"60 days\"\n";
    let graph = "[graph.watts_strogatz]\npeople = 300\nties_per_person = 6\n[seeds]\ncount = 5\n";
    let fresh = "[seeds]\ncount = 3\n[telling]\naudience = \"fresh\"\n[conversion]\npersuasion = \"40 %\"\n";
    let scenarios = [
        ("graph", format!("{market}{graph}")),
        ("programme", format!("{market}{graph}[policy.two_sided]\nadvocate = \"5 USD\"\nfriend = \"5 USD\"\n")),
        ("fresh", format!("{market}{fresh}")),
        ("stopped", format!("stop_at_customers = 40\n{market}{fresh}")),
        ("short", format!("{}{graph}", market.replace("60 days", "1 days"))),
        ("own", format!("{market}graph.redraw = \"each run\"\n{graph}")),
        (
            "lonely",
            format!(
                "{market}[graph.watts_strogatz]\npeople = 20\nties_per_person = 2\nrewiring = 0\n[seeds]\ncount = 1\n[conversion]\npersuasion = 0\n"
            ),
        ),
    ];
    for (name, text) in &scenarios {
        write(here.path(), &format!("{name}.toml"), text);
        let file = format!("{name}.toml");
        for more in [&[][..], &["--log", "none"], &["--runs", "1", "--no-twin"], &["--log", "all", "--lang", "ru"]] {
            done(here.path(), &[&["run", &file, "--out", "out"], more].concat());
            assert!(here.path().join("out/acquisition.csv").is_file(), "{name} {more:?}");
        }
        assert_eq!(
            here.path().join("out/degrees.svg").is_file(),
            ["graph", "programme", "short", "own"].contains(name)
        );
    }
    done(here.path(), &["run", "programme.toml", "--out", "out"]);
    done(here.path(), &["fork", "out", "--run", "2", "--at", "20", "--with", "graph.toml", "--out", "forked"]);
    let report = String::from_utf8(bytes(here.path().join("forked/report.html"))).expect("text");
    assert!(report.contains("The largest cascade of run 2") || !report.contains("The largest cascade"), "{report}");
}

#[test]
fn mistakes_are_told_with_what_helps() {
    let here = rich("Rich");
    done(here.path(), &["run", "rich.toml", "--runs", "2", "--out", "out", "--log", "none"]);
    let no_such = mistake(here.path(), &["chart", "out", "reech"]);
    assert!(no_such.contains("did you mean reach?") && no_such.contains("acquisition"), "{no_such}");
    assert!(mistake(here.path(), &["chart", "out", "../reach"]).contains("has no chart '../reach'"));
    assert!(mistake(here.path(), &["chart", "nowhere", "reach"]).contains("holds no finished results"));
    assert!(mistake(here.path(), &["chart", "out"]).contains("<NAME>"));
    assert!(
        mistake(here.path(), &["chart", "out", "reach", "--size", "poster"]).contains("page, slide, column, square")
    );
    assert!(mistake(here.path(), &["run", "rich.toml", "--sizes", "page"]).contains("slide, column, square"));
    let within = mistake(here.path(), &["chart", "out", "reach", "--to", "out/mine.svg"]);
    assert!(within.contains("results alone"), "{within}");
    assert!(mistake(here.path(), &["chart", "out", "reach", "--to", "reach.gif"]).contains(".svg or .png"));
    let two = mistake(here.path(), &["chart", "out", "reach", "--to", "reach.png", "--format", "svg"]);
    assert!(two.contains("is named png"), "{two}");
    for (name, other) in [("reach.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"), ("thesis.png", "\u{89}PNG")] {
        write(here.path(), name, other);
        let refused = mistake(here.path(), &["chart", "out", "reach", "--to", name]);
        assert!(refused.contains("was not touched"), "{refused}");
        assert_eq!(bytes(here.path().join(name)), other.as_bytes());
    }
    // Whoever changes the numbers finds no chart of them.
    write(&here.path().join("out"), "nps.csv", "day,nps_mean\n0,100\n");
    let changed = tellwave(here.path(), &["chart", "out", "nps", "--to", "nps.svg"]);
    assert!(!changed.status.success() && stderr(&changed).contains("was changed"), "{}", stderr(&changed));
    assert!(!here.path().join("nps.svg").exists());
}

#[test]
fn a_folder_of_an_older_version_says_so() {
    let here = rich("Rich");
    done(here.path(), &["run", "rich.toml", "--runs", "1", "--out", "out", "--log", "none"]);
    let provenance = read_provenance(&here.path().join("out")).expect("a provenance");
    let mut old = OutputFolder::at(&here.path().join("old")).expect("free");
    old.write_bytes("reach.csv", b"day\n").expect("written");
    old.finish(&Provenance { tellwave: "0.0.9".into(), ..provenance }).expect("finished");
    for args in [&["chart", "old", "reach"][..], &["chart", "old", "--list"]] {
        let said = mistake(here.path(), args);
        assert!(said.contains("0.0.9") && said.contains("help: play it again"), "{said}");
    }
}

#[test]
fn a_network_is_a_film_where_it_is_asked_for_and_small_enough() {
    let here = folder();
    let small = "runs = 3\nhorizon = '30 days'\n[graph.watts_strogatz]\npeople = 300\n[seeds]\ncount = 10\n";
    write(here.path(), "small.toml", small);
    let film = ["run", "small.toml", "--film", "9", "--out", "out"];
    assert!(tellwave(here.path(), &film).status.success());
    let read = |name: &str| std::fs::read_to_string(here.path().join("out").join(name)).expect("a file");
    assert!(read("network-film.svg").contains(" 9.00s ") && !read("network.svg").contains("animation"));
    assert!(!read("network-film.svg").contains("<script") && read("report.html").contains("network-film.svg"));
    write(here.path(), "large.toml", small.replace("300", "3_001"));
    let refused = tellwave(here.path(), &["run", "large.toml", "--film", "9", "--out", "none"]);
    assert!(refused.status.code() == Some(2) && !here.path().join("none").exists());
}
