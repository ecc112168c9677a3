//! The house rules that can be checked by reading: who may know whom, who may touch files, and what is never written.

use std::fs;
use std::path::{Path, PathBuf};
use tellwave::engine::Counterpart;
use tellwave::event::{Column, Fact, Kind};
use tellwave::experiment::comparison_measures;
use tellwave::projection::{Projection, Standard};
use tellwave::scenario::{Overrides, Scenario};
use tellwave::store::EVENT_LOG_SCHEMA;

/// The storeys from the ground up, each with its modules in order. A module knows those before it, and no other.
const STOREYS: [&[&str]; 5] = [
    &["units", "event", "table", "language", "figure", "economics"],
    &["alias", "dice", "laws", "state", "graph", "policy"],
    &["engine", "projection"],
    &["machine", "files", "experiment", "scenario", "sensitivity", "sweep", "selfcheck"],
    &["store", "archive", "draw", "report", "cli"],
];

/// Files that may make or rename files; everybody else asks them. The last one makes an edge list in a temporary folder,
/// for as long as it is read.
const FILE_MAKERS: [&str; 3] = ["src/store/atomic.rs", "src/store/owned.rs", "src/selfcheck/play.rs"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// All files with one of these endings below a folder, as paths from the root, in order.
fn files(folder: &str, endings: &[&str]) -> Vec<PathBuf> {
    let mut found = vec![];
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten() {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| endings.iter().any(|known| ending == *known)) {
                found.push(path.strip_prefix(root()).expect("below the root").to_path_buf());
            }
        }
    }
    found.sort();
    found
}

fn read(path: &Path) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The lines of a source file that are neither comments nor tests, with their numbers. Tests come last in a file.
fn code(path: &Path) -> Vec<(usize, String)> {
    if path.file_stem().is_some_and(|stem| stem.to_string_lossy().ends_with("tests")) {
        return vec![];
    }
    let text = read(path);
    // A module that is declared for tests only is one line; one that is written out ends the file.
    let written_out = |lines: &[&str]| {
        lines.first() == Some(&"#[cfg(test)]")
            && lines[1..].iter().any(|l| *l == "mod tests {" || l.ends_with(" mod tests {"))
    };
    let lines: Vec<&str> = text.lines().collect();
    let end =
        (0..lines.len()).find(|&line| written_out(&lines[line..(line + 2).min(lines.len())])).unwrap_or(lines.len());
    let without_comment = |line: &str| line.split("//").next().unwrap_or_default().to_owned();
    lines[..end].iter().enumerate().map(|(number, line)| (number + 1, without_comment(line))).collect()
}

/// The modules of this crate that a line names: `crate::state`, and those of `crate::{dice, units::{Seed, Tick}}`.
fn names(line: &str) -> Vec<String> {
    let word = |text: &str| text.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let mut named = vec![];
    for rest in line.split("crate::").skip(1) {
        let Some(list) = rest.strip_prefix('{') else {
            named.push(word(rest));
            continue;
        };
        let (mut depth, mut start) = (0, 0);
        for (at, c) in list.char_indices() {
            match c {
                '{' => depth += 1,
                ',' | '}' if depth == 0 => {
                    named.push(word(&list[start..at]));
                    start = at + 1;
                    if c == '}' {
                        break;
                    }
                }
                '}' => depth -= 1,
                _ => {}
            }
        }
    }
    named
}

#[test]
fn names_are_found_in_lists_and_in_paths() {
    assert_eq!(names("use crate::{dice, units::{Seed, Tick}, event};"), ["dice", "units", "event"]);
    assert_eq!(names("f(crate::event::Event, &crate::state::State)"), ["event", "state"]);
    assert_eq!(names("use crate::engine;"), ["engine"]);
}

/// The place of a module: its storey and its order there.
fn place(module: &str) -> Option<(usize, usize)> {
    let within = |storey: &[&str]| storey.iter().position(|known| *known == module);
    STOREYS.iter().enumerate().find_map(|(height, storey)| Some((height, within(storey)?)))
}

fn module_of(path: &Path) -> String {
    let below = path.components().nth(1).expect("a file of src");
    below.as_os_str().to_string_lossy().trim_end_matches(".rs").to_owned()
}

#[test]
fn no_module_looks_up() {
    let mut wrong = vec![];
    for path in files("src", &["rs"]) {
        let module = module_of(&path);
        if ["lib", "main"].contains(&module.as_str()) {
            continue;
        }
        let Some(own) = place(&module) else {
            wrong.push(format!("{}: {module} has no storey", path.display()));
            continue;
        };
        for (number, line) in code(&path) {
            // A list over several lines would not be read here.
            assert!(!line.trim_end().ends_with("crate::{"), "{}:{number}: one `use crate::` a module", path.display());
            for name in names(&line).into_iter().filter(|name| *name != module) {
                if place(&name).is_none_or(|other| other > own) {
                    wrong.push(format!("{}:{number}: {module} looks up to {name}", path.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_module_of_the_crate_has_its_storey_and_no_other_is_listed() {
    let library = read(Path::new("src/lib.rs"));
    let mut declared: Vec<&str> =
        library.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    let mut listed = STOREYS.concat();
    declared.sort_unstable();
    listed.sort_unstable();
    assert_eq!(declared, listed);
}

/// Lines of the code that hold one of these words.
fn lines_with(words: &[&str], folder: &str) -> Vec<String> {
    let mut found = vec![];
    for path in files(folder, &["rs"]) {
        for (number, line) in read(&path).lines().enumerate() {
            if words.iter().any(|word| line.contains(word)) {
                found.push(format!("{}:{}: {}", path.display(), number + 1, line.trim()));
            }
        }
    }
    found
}

#[test]
fn nothing_is_left_to_be_done_later() {
    // Put together here, so that this file does not hold them.
    let words =
        [["TO", "DO"].concat(), ["FIX", "ME"].concat(), ["unimple", "mented!"].concat(), ["to", "do!"].concat()];
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    for folder in ["src", "tests", "benches", "examples"] {
        assert_eq!(lines_with(&words, folder), Vec::<String>::new());
    }
}

#[test]
fn nothing_is_unsafe() {
    assert_eq!(lines_with(&[&["un", "safe"].concat()], "src"), Vec::<String>::new());
}

#[test]
fn one_place_makes_files() {
    let makers = ["fs::write", "File::create", "OpenOptions", "fs::rename", "fs::copy", "fs::hard_link"];
    let mut wrong = vec![];
    for path in files("src", &["rs"]) {
        let name = path.to_string_lossy().replace('\\', "/");
        if FILE_MAKERS.contains(&name.as_str()) {
            continue;
        }
        let found = code(&path).into_iter().filter(|(_, line)| makers.iter().any(|maker| line.contains(maker)));
        wrong.extend(found.map(|(number, line)| format!("{name}:{number}: {}", line.trim())));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    // In the folder, the one file that is not put into its place by a rename: the marker, which is the lock.
    let folder = code(Path::new(FILE_MAKERS[1]));
    let opened =
        folder.iter().filter(|(_, line)| makers.iter().any(|maker| line.contains(maker)) && !line.starts_with("use "));
    assert_eq!(opened.count(), 1);
}

#[test]
fn one_place_opens_files() {
    let readers = ["File::open", "fs::read(", "fs::read_to_string", "from_path("];
    // The second one opens folders, which are synced.
    let openers = ["src/files.rs", "src/store/atomic.rs"];
    let mut wrong = vec![];
    for path in files("src", &["rs"]) {
        let name = path.to_string_lossy().replace('\\', "/");
        let found = code(&path).into_iter().filter(|(_, line)| readers.iter().any(|reader| line.contains(reader)));
        wrong.extend(
            found
                .filter(|_| !openers.contains(&name.as_str()))
                .map(|(number, line)| format!("{name}:{number}: {}", line.trim())),
        );
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let opened = |name: &str| code(Path::new(name)).iter().filter(|(_, line)| line.contains("File::open")).count();
    assert_eq!(openers.map(opened), [1, 1]);
}

#[test]
fn no_path_of_somebody_s_machine_is_written_down() {
    let homes = [["/ho", "me/"].concat(), ["/Us", "ers/"].concat(), ["/wo", "rk/"].concat()];
    let mut wrong = vec![];
    for folder in ["src", "tests", "scenarios", "docs", "benches", "examples"] {
        for path in files(folder, &["rs", "toml", "md"]) {
            for (number, line) in read(&path).lines().enumerate() {
                if homes.iter().any(|home| line.contains(home.as_str())) {
                    wrong.push(format!("{}:{}: {}", path.display(), number + 1, line.trim()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_page_of_the_docs_is_on_their_map() {
    let map = root().join("docs/README.md");
    let Ok(map) = fs::read_to_string(map) else { return };
    let pages = files("docs", &["md"]);
    let missing: Vec<String> = pages
        .iter()
        .map(|path| path.strip_prefix("docs").expect("below docs").to_string_lossy().replace('\\', "/"))
        .filter(|name| name != "README.md" && !map.contains(name.as_str()))
        .collect();
    assert!(missing.is_empty(), "docs/README.md does not list {missing:?}");
}

/// A page of Markdown without its blocks and pieces of code.
fn prose(page: &str) -> String {
    let outside: String = page.split("```").step_by(2).collect();
    outside.split('`').step_by(2).collect()
}

/// The addresses of the headings of a page, as GitHub makes them: small letters, digits, hyphens for spaces.
fn anchors(page: &str) -> Vec<String> {
    let outside: String = page.split("```").step_by(2).collect();
    let mut anchors: Vec<String> = vec![];
    for heading in outside.lines().filter(|line| line.starts_with('#')) {
        // Of a link only the words are part of it.
        let pieces = heading.trim_start_matches('#').split("](").enumerate();
        let words: String = pieces
            .map(|(place, piece)| if place == 0 { piece } else { piece.split_once(')').map_or("", |it| it.1) })
            .collect();
        let words = words.trim().to_lowercase();
        let kept = words.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
        let anchor: String = kept.map(|c| if c == ' ' { '-' } else { c }).collect();
        let before = anchors.iter().filter(|other| **other == anchor).count();
        anchors.push(if before == 0 { anchor } else { format!("{anchor}-{before}") });
    }
    anchors
}

#[test]
fn every_link_of_the_documents_leads_somewhere() {
    let mut wrong = vec![];
    let mut followed = 0;
    for page in files("docs", &["md"]).into_iter().chain([PathBuf::from("README.md")]) {
        let text = read(&page);
        for rest in prose(&text).split("](").skip(1) {
            let address = rest.split([')', ' ', '\n']).next().unwrap_or_default();
            if ["http:", "https:", "mailto:"].iter().any(|outside| address.starts_with(outside)) {
                continue;
            }
            followed += 1;
            let (file, anchor) = address.split_once('#').unwrap_or((address, ""));
            let target = if file.is_empty() { page.clone() } else { page.parent().unwrap_or(Path::new("")).join(file) };
            if !root().join(&target).exists() {
                wrong.push(format!("{}: there is no {address}", page.display()));
            } else if !anchor.is_empty() && !anchors(&read(&target)).iter().any(|known| known == anchor) {
                wrong.push(format!("{}: there is no heading {address}", page.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(followed > 100, "only {followed} links were found");
}

#[test]
fn addresses_of_headings_are_made_as_where_they_are_read() {
    let page = "# `[[policy.rules]]`: a list\n```text\n# none\n```\n## See `x`, and [y](z.md)\n## A\n## A\n";
    assert_eq!(anchors(page), ["policyrules-a-list", "see-x-and-y", "a", "a-1"]);
    assert_eq!(prose("[a](b) `[c](d)` [e](f)"), "[a](b)  [e](f)");
}

/// The cells of the first column of the tables of a page, without the marks of code.
fn first_cells(page: &str) -> Vec<String> {
    let text = read(Path::new(page));
    let rows = text.lines().filter_map(|line| line.strip_prefix("| ")?.split(" |").next());
    rows.flat_map(|cell| cell.split(", ")).map(|name| name.trim_matches('`').to_owned()).collect()
}

#[test]
fn every_fact_and_column_of_the_log_is_explained() {
    let told = first_cells("docs/event-log.md");
    let columns = Column::ALL.iter().map(|column| column.name());
    let missing: Vec<&str> =
        Fact::NAMES.iter().copied().chain(columns).filter(|name| !told.iter().any(|t| t == name)).collect();
    assert!(missing.is_empty(), "docs/event-log.md does not explain {missing:?}");
    let page = read(Path::new("docs/event-log.md"));
    for column in Column::ALL {
        if let Kind::Name(names) = column.kind() {
            let row = page.lines().find(|line| line.starts_with(&format!("| `{}` |", column.name()))).expect("a row");
            let unsaid: Vec<_> = names.iter().filter(|name| !row.contains(&format!("`{name}`"))).collect();
            assert!(unsaid.is_empty(), "docs/event-log.md: {} can be {unsaid:?} too", column.name());
        }
    }
    let schema = EVENT_LOG_SCHEMA;
    assert!(page.contains(&format!("version of this layout: `{schema}`")), "docs/event-log.md: the schema is {schema}");
}

#[test]
fn every_measure_is_explained() {
    let told = first_cells("docs/results.md");
    let measures = [Standard::total_measures(), comparison_measures(Counterpart::WithoutProgramme).to_vec()].concat();
    let missing: Vec<&str> = measures.iter().map(|m| m.name).filter(|name| !told.iter().any(|t| t == name)).collect();
    assert!(missing.is_empty(), "docs/results.md does not explain {missing:?}");
}

#[test]
fn every_scenario_in_the_model_and_the_readme_can_be_read() {
    let mut read_so_far = 0;
    for page in ["docs/model.md", "docs/ledger.md", "README.md"] {
        for (place, rest) in read(Path::new(page)).split("```toml\n").skip(1).enumerate() {
            let text = rest.split("```").next().unwrap_or_default();
            let scenario = Scenario::parse("x.toml", text, root(), Overrides::default());
            assert!(
                scenario.is_ok(),
                "{page}, scenario {place}: {}",
                scenario.err().map_or(String::new(), |e| e.to_string())
            );
            read_so_far += 1;
        }
    }
    assert!(read_so_far > 10);
}
