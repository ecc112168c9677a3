//! The catalogue of bad inputs in `tests/badinput`: whatever is handed to the program, it says in words what is wrong with it, and
//! leaves everything as it was. What a case is made of, and what of the catalogue has no name here, is told in the README there.

use crate::common::folder;
use regex::Regex;
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

/// Longer than any case takes: what still runs then hangs.
const HANG: Duration = Duration::from_secs(120);

/// The longest message \[bytes\].
const MESSAGE_MAX: usize = 8 << 10;

fn read(name: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/badinput").join(name);
    serde_json::from_str(&fs::read_to_string(path).expect("the catalogue")).expect("JSON")
}

fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

fn texts(value: &Value) -> Vec<String> {
    value.as_array().map_or(vec![], |list| list.iter().map(text).collect())
}

fn object(value: &Value) -> Map<String, Value> {
    value.as_object().cloned().unwrap_or_default()
}

/// A scenario, and of each abstract key its line and its real name.
struct Written {
    text: String,
    places: BTreeMap<String, (usize, String)>,
}

/// Writes TOML from dotted keys: those of the root first, then a table each.
fn toml_of(pairs: &[(String, String, String)], append: Option<&str>) -> Written {
    let table_of = |real: &str| real.rsplit_once('.').map_or(String::new(), |(table, _)| table.to_owned());
    let mut tables: Vec<String> = vec![String::new()];
    for table in pairs.iter().map(|(_, real, _)| table_of(real)) {
        if !tables.contains(&table) {
            tables.push(table);
        }
    }
    let (mut lines, mut places): (Vec<String>, _) = (vec![], BTreeMap::new());
    for table in tables {
        if !table.is_empty() {
            lines.push(format!("[{table}]"));
        }
        for (key, real, value) in pairs.iter().filter(|(_, real, _)| table_of(real) == table) {
            let name = real.rsplit('.').next().unwrap_or(real);
            places.insert(key.clone(), (lines.len() + 1, name.to_owned()));
            lines.push(format!("{name} = {value}"));
        }
    }
    if let Some(append) = append {
        places.insert("append".to_owned(), (lines.len() + 1, String::new()));
        lines.push(append.to_owned());
    }
    Written { text: lines.join("\n") + "\n", places }
}

fn replace_words(text: &str, words: &Value) -> String {
    object(words).iter().fold(text.to_owned(), |text, (word, real)| text.replace(word, real.as_str().expect("a word")))
}

/// The scenario of a case in the words of this program.
fn write_scenario(case: &Value, schema: &Value) -> Written {
    let append = case["append"].as_str();
    let sweep = append.filter(|text| text.contains("[[sweep]]")).map(|_| &schema["sweep"]);
    let around = sweep.unwrap_or(schema);
    let mut values = object(&around["base"]);
    values.extend(object(&case["set"]));
    texts(&case["drop"]).iter().for_each(|key| drop(values.remove(key)));
    let kind = values.get("graph.kind").and_then(Value::as_str).unwrap_or("").trim_matches('"').to_owned();
    let real = |key: &str| {
        let known = schema["kinds"][&kind].get(key).or_else(|| schema["keys"].get(key));
        known.map_or(Some(key.to_owned()), |real| real.as_str().map(str::to_owned))
    };
    // In the order in which the catalogue names them: the base first.
    let order: Vec<String> = values.keys().cloned().collect();
    let own = order.iter().filter_map(|key| Some((key.clone(), real(key)?, text(&values[key]))));
    let more = object(&schema["instead"][text(&case["id"])]["and"]);
    let pairs: Vec<_> = own.chain(more.iter().map(|(key, value)| (key.clone(), key.clone(), text(value)))).collect();
    toml_of(&pairs, append.map(|text| replace_words(text, &around["words"])).as_deref())
}

/// A case as a folder, its call, and what it asks for.
struct Case {
    id: String,
    args: Vec<String>,
    expect: String,
    must: Vec<String>,
    must_not: Vec<String>,
    memory_max: u64,
}

fn make(case: &Value, schema: &Value, work: &Path) -> Case {
    let id = text(&case["id"]);
    let here = work.join("box");
    fs::create_dir(&here).expect("made");
    let base = write_scenario(&serde_json::json!({ "id": id }), schema).text;
    let written = write_scenario(case, schema);
    let raw = schema["instead"][&id]["raw"].as_str().or(case["raw"].as_str());
    let bytes = match (case["raw_hex"].as_str(), raw) {
        (Some(hex), _) => of_hex(hex),
        (None, Some(raw)) => {
            raw.replace("{BASE_CRLF}", &base.replace('\n', "\r\n")).replace("{BASE}", &base).into_bytes()
        }
        (None, None) => written.text.clone().into_bytes(),
    };
    if case["no_scenario"] != true {
        fs::write(here.join("scenario.toml"), bytes).expect("written");
    }
    let is_sweep = written.places.contains_key("append") && written.text.contains("base = ");
    if is_sweep {
        fs::write(here.join(text(&schema["sweep"]["base_file"])), &base).expect("written");
    }
    for (name, what) in object(&case["files"]) {
        put(&here.join(name), &what, &base);
    }
    let argv = if is_sweep { &schema["sweep"]["argv"] } else { &schema["argv"] };
    let argv = if case["argv"].is_array() { &case["argv"] } else { argv };
    let out = work.join("out");
    let real = |word: String| {
        let shown = |path: &Path| path.display().to_string();
        word.replace("{case}", &shown(&here)).replace("{out}", &shown(&out)).replace("{work}", &shown(work))
    };
    let expect = case["expect"].as_str().unwrap_or("reject").to_owned();
    let mut must = texts(&case["must"]);
    let first = object(&case["set"]).keys().next().cloned();
    let at = case["at"].as_str().map(str::to_owned).or(first);
    if let (Some((line, name)), true) =
        (at.and_then(|at| written.places.get(&at)), expect == "reject" && case["no_line"] != true)
    {
        let line = line + case["line_off"].as_u64().unwrap_or(0) as usize;
        must.push(format!(r"(line\s*{line}\b|:{line}[:\s]|\b{line}\s*\|)"));
        must.push(format!(r"\b{}\b", regex::escape(name)).replace(r"\b\b", ""));
    }
    Case {
        id,
        args: texts(argv).into_iter().map(real).collect(),
        expect,
        must,
        must_not: texts(&case["must_not"]),
        memory_max: case["max_rss_mib"].as_u64().unwrap_or(256) << 20,
    }
}

fn of_hex(hex: &str) -> Vec<u8> {
    (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).expect("a byte")).collect()
}

/// A file beside the scenario: its text, a text that is repeated, or a folder.
fn put(path: &Path, what: &Value, base: &str) {
    fs::create_dir_all(path.parent().expect("a folder")).expect("made");
    match what {
        Value::String(text) => fs::write(path, text).expect("written"),
        _ if what["dir"] == true => fs::create_dir(path).expect("made"),
        _ => {
            let part = |key: &str| what[key].as_str().unwrap_or("").replace("{BASE}", base);
            let often = what["repeat"][1].as_u64().expect("how often") as usize;
            fs::write(path, part("pre") + &text(&what["repeat"][0]).repeat(often) + &part("post")).expect("written");
        }
    }
}

/// What came of a call: nothing where it did not end.
struct Ended {
    status: Option<ExitStatus>,
    out: String,
    err: String,
    /// The most memory that it was seen to have \[bytes\]; nothing where the system does not say.
    memory: u64,
}

fn call(args: &[String], work: &Path) -> Ended {
    let (out, err) = (work.join("stdout"), work.join("stderr"));
    let to = |path: &PathBuf| Stdio::from(fs::File::create(path).expect("made"));
    let mut child = Command::new(env!("CARGO_BIN_EXE_tellwave"))
        .args(args)
        .current_dir(work)
        .env("NO_COLOR", "1")
        .stdin(Stdio::null())
        .stdout(to(&out))
        .stderr(to(&err))
        .spawn()
        .expect("the command starts");
    let (started, about) = (Instant::now(), format!("/proc/{}/status", child.id()));
    let mut memory = 0;
    let status = loop {
        if let Some(status) = child.try_wait().expect("a child") {
            break Some(status);
        }
        let peak = fs::read_to_string(&about).unwrap_or_default();
        let peak = peak.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.parse().ok());
        memory = memory.max(peak.map_or(0, |kib: u64| kib << 10));
        if started.elapsed() > HANG {
            child.kill().expect("killed");
            child.wait().expect("a child");
            break None;
        }
        std::thread::sleep(Duration::from_millis(2));
    };
    let said = |path: &PathBuf| {
        let mut bytes = vec![];
        fs::File::open(path).expect("there").take(1 << 20).read_to_end(&mut bytes).expect("read");
        fs::remove_file(path).expect("removed");
        String::from_utf8_lossy(&bytes).into_owned()
    };
    Ended { status, out: said(&out), err: said(&err), memory }
}

/// Every file below a folder, and what is in it.
fn tree(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten() {
            let path = entry.expect("an entry").path();
            match path.is_dir() {
                true => folders.push(path),
                // Of a long file its length will do: nothing writes it by chance.
                false if path.metadata().is_ok_and(|about| about.len() > 1 << 24) => {
                    found.insert(path.clone(), path.metadata().expect("there").len().to_le_bytes().to_vec());
                }
                false => drop(found.insert(path.clone(), fs::read(&path).expect("read"))),
            }
        }
    }
    found
}

/// What a case asks for and did not get.
fn faults(case: &Case, work: &Path) -> Vec<String> {
    let before = tree(&work.join("box"));
    let ended = call(&case.args, work);
    let mut faults = vec![];
    let mut blame = |is_wrong: bool, what: String| {
        if is_wrong {
            faults.push(what);
        }
    };
    let Some(status) = ended.status else { return vec!["it hangs".to_owned()] };
    let code = status.code();
    let panics = Regex::new("panicked at|RUST_BACKTRACE|stack overflow|memory allocation of").expect("a pattern");
    blame(!matches!(code, Some(0 | 2)), format!("it ended with {status}"));
    blame(panics.is_match(&ended.err) || panics.is_match(&ended.out), "it panicked".to_owned());
    blame(code == Some(0) && case.expect == "reject", "it was accepted".to_owned());
    blame(code != Some(0) && case.expect == "accept", format!("it was refused: {}", ended.err));
    blame(ended.memory > case.memory_max, format!("it had {} MiB", ended.memory >> 20));
    if case.expect == "reject" || (case.expect != "accept" && code != Some(0)) {
        for must in &case.must {
            let pattern = Regex::new(must).expect("a pattern");
            blame(!pattern.is_match(&ended.err), format!("{must} is not in: {}", ended.err));
        }
    }
    blame(ended.err.len() > MESSAGE_MAX, format!("a message of {} bytes", ended.err.len()));
    blame((ended.err.clone() + &ended.out).contains('\u{1b}'), "an escape sequence reaches the terminal".to_owned());
    blame(tree(&work.join("box")) != before, "what lay beside the scenario has changed".to_owned());
    let names = fs::read_dir(work).expect("a folder").map(|entry| entry.expect("an entry").file_name());
    let strange: Vec<_> = names.filter(|name| name != "box" && name != "out").collect();
    blame(!strange.is_empty(), format!("it wrote {strange:?}"));
    let written = tree(&work.join("out"));
    blame(code != Some(0) && !written.is_empty(), "it left something behind".to_owned());
    for (path, bytes) in written {
        for must_not in &case.must_not {
            let pattern = Regex::new(must_not).expect("a pattern");
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            blame(pattern.is_match(&String::from_utf8_lossy(&bytes)), format!("{name} has {must_not} in it"));
        }
    }
    faults
}

#[test]
fn bad_input_is_refused_in_words_and_leaves_everything_as_it_was() {
    let (cases, schema) = (read("cases.json"), read("schema.json"));
    let cases = cases.as_array().expect("a list");
    assert_eq!(cases.len(), 68);
    let mut wrong = vec![];
    for case in cases {
        let work = folder();
        let case = make(case, &schema, work.path());
        wrong.extend(faults(&case, work.path()).into_iter().map(|fault| format!("{}: {fault}", case.id)));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
