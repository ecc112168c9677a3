//! Every door through which a file comes in or goes out: what is no file is told apart and not waited for, what lies elsewhere stays
//! closed, nothing is written through a link, strange names are spelled out, and a reader that goes away is nobody's mistake.

use crate::common::{command, folder, stderr, stdout, tellwave, write};
use std::fs;
use std::path::Path;
use std::process::Stdio;

const MARKET: &str = "runs = 2\nhorizon = \"20 days\"\n[graph.erdos_renyi]\npeople = 60\nmean_degree = 4\n[seeds]\ncount = 3\n\
                      [conversion]\npersuasion = \"30 %\"\n[policy.two_sided]\nadvocate = \"5 USD\"\n";

/// What a call says that is the user's to mend.
fn refused(folder: &Path, args: &[&str]) -> String {
    let said = tellwave(folder, args);
    let why = stderr(&said);
    assert_eq!(said.status.code(), Some(2), "{args:?}: {why}");
    assert!(!why.contains("panicked") && !why.contains('\u{1b}'), "{args:?}: {why}");
    why
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir(to).expect("made");
    for entry in fs::read_dir(from).expect("a folder") {
        let path = entry.expect("an entry").path();
        fs::copy(&path, to.join(path.file_name().expect("a name"))).expect("copied");
    }
}

#[test]
fn what_is_no_file_is_told_apart_at_every_door_and_not_waited_for() {
    let here = folder();
    let path = here.path();
    write(path, "market.toml", MARKET);
    fs::create_dir(path.join("folder")).expect("made");
    let mut strange = vec![("folder", "a folder"), ("none", "no ")];
    if cfg!(unix) {
        strange.push(("/dev/zero", "a device"));
        let made = std::process::Command::new("mkfifo").arg(path.join("pipe")).status();
        if made.is_ok_and(|status| status.success()) {
            strange.push(("pipe", "a pipe"));
        }
    }
    for (name, what) in strange {
        let doors: [&[&str]; 12] = [
            &["run", name, "--out", "out"],
            &["check", name],
            &["compare", "market.toml", name, "--out", "out"],
            &["sweep", "run", name, "--out", "out"],
            &["sweep", "plan", name],
            &["graph", "grow", name, "--out", "g.tw"],
            &["graph", "show", name],
            &["spread", name, "--chance", "0.1"],
            &["run", "market.toml", "--out", "out", "--actuals", name],
            &["run", "market.toml", "--out", "out", "--template", name],
            &["run", "market.toml", "--out", "out", "--font", name],
            &["selfcheck", "--cases", name],
        ];
        for args in doors {
            let why = refused(path, args);
            assert!(why.contains(name) && why.contains(what), "{args:?}: {why}");
            assert!(!path.join("out").exists() && !path.join("g.tw").exists(), "{args:?} left something behind");
        }
        let keys = [
            ("graph.edge_list", "file"),
            ("graph.kept", "file"),
            ("seeds", "file"),
            ("report", "logo"),
            ("report", "font"),
        ];
        for (table, key) in keys {
            write(path, "named.toml", format!("[{table}]\n{key} = '{name}'\n"));
            let why = refused(path, &["run", "named.toml", "--out", "out"]);
            let said = if name.starts_with('/') { "outside" } else { what };
            assert!(why.contains("named.toml:2:") && why.contains(key) && why.contains(said), "{table}.{key}: {why}");
        }
    }
}

#[test]
fn a_scenario_names_files_of_its_own_folder_or_with_their_digest() {
    let here = folder();
    let inner = here.path().join("inner");
    fs::create_dir(&inner).expect("made");
    write(here.path(), "ties.csv", "1,2\nsecret,3\n");
    write(here.path(), "right.csv", "0,1\n1,2\n");
    write(
        here.path(),
        "list.toml",
        "base = '../market.toml'\n[[factor]]\nkey = 'conversion.persuasion'\nvalues = ['1 %']\n",
    );
    write(here.path(), "market.toml", MARKET);
    let read = |text: &str| {
        write(&inner, "s.toml", text);
        tellwave(&inner, &["check", "s.toml"])
    };
    for (table, key) in
        [("graph.edge_list", "file"), ("graph.kept", "file"), ("seeds", "file"), ("report", "logo"), ("report", "font")]
    {
        for file in ["../ties.csv", "../none.csv", "x/../../ties.csv"] {
            let said = read(&format!("[{table}]\n{key} = '{file}'\n"));
            let why = stderr(&said);
            assert_eq!(said.status.code(), Some(2), "{why}");
            assert!(why.contains("s.toml:2:") && why.contains("outside") && !why.contains("secret"), "{why}");
        }
    }
    let digest = tellwave::store::atomic::sha256_hex(b"0,1\n1,2\n");
    let pinned = |file: &str| format!("[graph.edge_list]\nfile = '{file}'\nsha256 = '{digest}'\n[seeds]\ncount = 1\n");
    assert!(read(&pinned("../right.csv")).status.success());
    let other = stderr(&read(&pinned("../ties.csv")));
    assert!(other.contains("graph.edge_list.sha256") && !other.contains("secret"), "{other}");
    fs::rename(here.path().join("list.toml"), inner.join("list.toml")).expect("moved");
    let why = refused(&inner, &["sweep", "plan", "list.toml"]);
    assert!(why.contains("list.toml:1:") && why.contains("outside the folder of the sweep file"), "{why}");
    let listed = "base = 's.toml'\n[design.list]\nfile = '../ties.csv'\n[[factor]]\nkey = 'conversion.persuasion'\n";
    write(&inner, "listed.toml", listed);
    let why = refused(&inner, &["sweep", "plan", "listed.toml"]);
    assert!(why.contains("listed.toml:3:") && why.contains("outside") && !why.contains("secret"), "{why}");
}

#[test]
#[cfg(unix)]
fn links_lead_neither_in_nor_out() {
    use std::os::unix::fs::symlink;
    let here = folder();
    let path = here.path();
    fs::create_dir(path.join("inner")).expect("made");
    write(path, "ties.csv", "0,1\n1,2\n");
    symlink("../ties.csv", path.join("inner/ties.csv")).expect("made");
    write(path, "inner/s.toml", "[graph.edge_list]\nfile = 'ties.csv'\n[seeds]\ncount = 1\n");
    let why = refused(path, &["check", "inner/s.toml"]);
    assert!(why.contains("s.toml:2:") && why.contains("outside"), "{why}");

    write(path, "market.toml", MARKET);
    write(path, "mine.txt", "keep me");
    assert!(tellwave(path, &["run", "market.toml", "--out", "out"]).status.success());
    for name in ["reach.svg", "provenance.json", ".tellwave", "events-run-000000.parquet"] {
        let other = path.join(format!("with-{}", name.trim_start_matches('.')));
        copy(&path.join("out"), &other);
        fs::remove_file(other.join(name)).expect("removed");
        symlink("../mine.txt", other.join(name)).expect("made");
        let other = other.to_str().expect("UTF-8");
        let why = refused(path, &["run", "market.toml", "--out", other]);
        assert!(why.contains(name), "{why}");
    }
    symlink("mine.txt", path.join("g.tw")).expect("made");
    symlink("mine.txt", path.join("c.svg")).expect("made");
    symlink("elsewhere", path.join("out-link")).expect("made");
    refused(path, &["graph", "grow", "market.toml", "--out", "g.tw"]);
    refused(path, &["chart", "out", "reach", "--to", "c.svg"]);
    refused(path, &["run", "market.toml", "--out", "out-link"]);
    assert_eq!(fs::read_to_string(path.join("mine.txt")).expect("there"), "keep me");
    assert!(!path.join("elsewhere").exists());
}

#[test]
#[cfg(unix)]
fn paths_that_are_not_unicode_work_and_other_such_words_are_refused() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let here = folder();
    let [market, out, none] = [&b"m\xff.toml"[..], b"o\xff", b"n\xff.toml"].map(OsStr::from_bytes);
    fs::write(here.path().join(market), MARKET).expect("written");
    let call = |args: &[&OsStr]| command(here.path(), &[]).args(args).output().expect("it starts");
    let [run, to, lang, verify] = ["run", "--out", "--lang", "verify"].map(OsStr::new);
    let played = call(&[run, market, to, out]);
    assert!(played.status.success(), "{}", stderr(&played));
    assert!(call(&[verify, out]).status.success());
    for args in [&[run, none][..], &[run, market, lang, none], &[none], &[run, market, OsStr::from_bytes(b"--\xff")]] {
        let said = call(args);
        assert_eq!(said.status.code(), Some(2), "{}", String::from_utf8_lossy(&said.stderr));
        assert!(!String::from_utf8_lossy(&said.stderr).contains("panicked"));
    }
}

#[test]
fn strange_names_are_spelled_out_where_they_are_said_and_lead_nowhere() {
    let here = folder();
    let path = here.path();
    let hostile = "../../x</text><script>alert(1)</script>\u{1b}[2J";
    let text = format!("name = {}\n{MARKET}", toml::Value::from(&hostile[..hostile.len() - 4]));
    let variants = "[[variant]]\nname = '../../up'\n[[variant]]\nname = \"=cmd()<b>\"\nconversion.persuasion = '9 %'\n";
    write(path, "market.toml", format!("{text}{variants}"));
    let said = tellwave(path, &["compare", "market.toml", "--out", "compared"]);
    assert!(said.status.success(), "{}", stderr(&said));
    let names: Vec<_> = fs::read_dir(path).expect("a folder").map(|entry| entry.expect("one").file_name()).collect();
    assert_eq!(names.len(), 2, "{names:?}");
    for entry in fs::read_dir(path.join("compared")).expect("a folder") {
        let file = entry.expect("an entry").path();
        let text = String::from_utf8_lossy(&fs::read(&file).expect("read")).into_owned();
        let ending = file.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        let is_page = ["html", "svg", "json", "toml"].contains(&ending);
        assert!(!is_page || !text.contains("<script>alert"), "{}", file.display());
        let mut cells = text.lines().flat_map(|line| line.split(','));
        let has_formula = ending == "csv" && cells.any(|cell| cell.trim_start_matches('"').starts_with('='));
        assert!(!has_formula, "{}", file.display());
    }
    for args in [["check", "no\u{1b}[2J\nwhere"], ["verify", "no\u{1b}[2J"], ["check", hostile]] {
        let why = refused(path, &args);
        assert!(why.contains("\\u{1b}[2J"), "{why}");
    }
    if cfg!(unix) {
        let out = "out\u{1b}[2J";
        let said = tellwave(path, &["run", "market.toml", "--out", out]);
        assert!(said.status.success() && path.join(out).is_dir(), "{}", stderr(&said));
        assert!(!stdout(&said).contains('\u{1b}') && !stderr(&said).contains('\u{1b}'), "{}", stdout(&said));
    }
}

#[test]
fn a_file_of_a_folder_that_was_changed_or_removed_is_exit_code_4_whoever_reads_it() {
    let here = folder();
    let path = here.path();
    write(path, "market.toml", MARKET);
    assert!(tellwave(path, &["run", "market.toml", "--out", "out"]).status.success());
    let chart: &[&str] = &["chart", "changed", "reach", "--to", "c.svg"];
    let replay: &[&str] = &["replay", "changed"];
    let fork: &[&str] = &["fork", "changed", "--at", "5", "--all", "--with", "market.toml", "--out", "forked"];
    let events: &[&str] = &["events", "changed"];
    let timeline: &[&str] = &["timeline", "changed", "--person", "1"];
    let explain: &[&str] = &["explain", "changed", "--run", "0", "--person", "1"];
    let cases: [(&str, &[&[&str]]); 6] = [
        ("charts.json", &[chart]),
        ("reach.csv", &[chart]),
        ("scenario.toml", &[replay, fork, events, timeline, explain]),
        ("events-run-000000.parquet", &[replay, fork, events, timeline, explain]),
        ("runs.parquet", &[replay]),
        ("provenance.json", &[chart, replay, fork, events, timeline, explain]),
    ];
    // A folder without its provenance is none of ours, and no file of it is on record.
    let removed = cases.into_iter().filter(|(name, _)| *name != "provenance.json").map(|case| (true, case));
    for (is_removed, (name, commands)) in cases.map(|case| (false, case)).into_iter().chain(removed) {
        copy(&path.join("out"), &path.join("changed"));
        let file = path.join("changed").join(name);
        if is_removed {
            fs::remove_file(&file).expect("removed");
        } else {
            let mut bytes = fs::read(&file).expect("there");
            let middle = bytes.len() / 2;
            bytes[middle] ^= 1;
            fs::write(&file, bytes).expect("written");
        }
        for args in commands.iter().copied().chain([&["verify", "changed"][..]]) {
            let said = tellwave(path, args);
            let why = stderr(&said);
            assert_eq!(said.status.code(), Some(4), "{name}: {args:?}: {why}");
            assert!(args[0] == "verify" || (why.contains(name) && why.contains("= help: ")), "{name}: {args:?}: {why}");
        }
        assert!(!path.join("c.svg").exists() && !path.join("forked").exists());
        fs::remove_dir_all(path.join("changed")).expect("removed");
    }
}

#[test]
fn a_pack_that_was_changed_is_exit_code_4_for_every_command_of_a_sweep() {
    let here = folder();
    let path = here.path();
    write(path, "market.toml", MARKET);
    write(
        path,
        "sweep.toml",
        "base = 'market.toml'\nmetrics = ['customers']\n[[factor]]\nkey = 'conversion.persuasion'\nvalues = ['1 %', '9 %']\n",
    );
    assert!(tellwave(path, &["sweep", "run", "sweep.toml", "--out", "out"]).status.success());
    let packs = fs::read_dir(path.join("out")).expect("a folder").map(|entry| entry.expect("an entry").path());
    let pack = packs.into_iter().find(|path| path.extension().is_some_and(|it| it == "pack")).expect("a pack");
    let mut bytes = fs::read(&pack).expect("there");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&pack, bytes).expect("written");
    let name = pack.file_name().expect("a name").to_string_lossy().into_owned();
    let commands: [&[&str]; 5] = [
        &["sweep", "run", "sweep.toml", "--out", "out"],
        &["sweep", "resume", "out"],
        &["sweep", "status", "out"],
        &["sweep", "report", "out"],
        &["sweep", "merge", "out", "--out", "merged"],
    ];
    for args in commands {
        let said = tellwave(path, args);
        let why = stderr(&said);
        assert_eq!(said.status.code(), Some(4), "{args:?}: {why}");
        assert!(why.contains(&name) && why.contains("Delete it and resume"), "{args:?}: {why}");
    }
    assert_eq!(tellwave(path, &["verify", "out"]).status.code(), Some(4));
}

#[test]
fn a_reader_that_goes_away_is_nobody_s_mistake() {
    let here = folder();
    let path = here.path();
    write(path, "market.toml", MARKET);
    assert!(tellwave(path, &["run", "market.toml", "--out", "out"]).status.success());
    write(path, "other.toml", MARKET);
    assert!(tellwave(path, &["graph", "grow", "market.toml", "--out", "g.tw"]).status.success());
    let commands: [&[&str]; 21] = [
        &["--help"],
        &["--version"],
        &["run", "--help"],
        &["run", "market.toml", "--out", "again"],
        &["run", "market.toml", "--out", "again", "--json"],
        &["check", "market.toml"],
        &["compare", "market.toml", "other.toml", "--out", "compared"],
        &["presets"],
        &["presets", "--json"],
        &["reference"],
        &["graph", "show", "g.tw"],
        &["graph", "show", "g.tw", "--json"],
        &["spread", "g.tw", "--chance", "0.1"],
        &["chart", "out", "--list"],
        &["events", "out"],
        &["events", "out", "--format", "jsonl"],
        &["events", "out", "--format", "csv"],
        &["replay", "out"],
        &["timeline", "out", "--person", "1"],
        &["verify", "out"],
        &["verify", "out", "--json"],
    ];
    for args in commands {
        let mut child = command(path, args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
        drop(child.stdout.take());
        let said = child.wait_with_output().expect("it ends");
        assert_eq!(said.status.code(), Some(0), "{args:?}: {}", stderr(&said));
        assert!(!stderr(&said).contains("panicked") && !stderr(&said).contains("error"), "{args:?}: {}", stderr(&said));
    }
}
