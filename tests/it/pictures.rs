//! The pictures of the documents are what the commands beside them in docs/img/README.md write, byte for byte. Those of the
//! tutorial are compared in `tutorial`; those that take long are played by `.ci/run`.

use crate::common::{folder, stderr, tellwave};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn images() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/img")
}

/// What stands between these marks in a cell.
fn quoted(cell: &str) -> Vec<String> {
    cell.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// Of each row: the picture, the commands, and the file that becomes it.
fn listed() -> Vec<(String, Vec<String>, String)> {
    let page = std::fs::read_to_string(images().join("README.md")).expect("the list of pictures");
    let rows = page.lines().filter(|line| line.starts_with("| ["));
    rows.map(|row| {
        let cells: Vec<&str> = row.trim_matches('|').split(" | ").collect();
        let name = cells[0].trim().trim_start_matches('[').split(']').next().expect("a name");
        (name.to_owned(), quoted(cells[1]), quoted(cells[2]).remove(0))
    })
    .collect()
}

#[test]
fn every_picture_of_the_documents_is_listed_with_its_commands() {
    let listed: BTreeSet<String> = listed().into_iter().map(|(name, ..)| name).collect();
    let there = std::fs::read_dir(images()).expect("a folder").map(|entry| entry.expect("an entry").file_name());
    let there = there.map(|name| name.to_string_lossy().into_owned()).filter(|name| name != "README.md");
    assert_eq!(there.collect::<BTreeSet<String>>(), listed);
}

/// Calls the commands of each cheap picture; `hear` is told its name and its bytes.
fn make(mut hear: impl FnMut(&str, Vec<u8>)) {
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let here = folder();
    std::fs::create_dir(here.path().join("scenarios")).expect("a folder");
    let mut called = BTreeSet::new();
    for (name, commands, file) in listed() {
        if commands.is_empty() || commands.iter().any(|command| command.starts_with("tellwave sweep")) {
            continue;
        }
        for command in commands.iter().filter(|command| called.insert((*command).clone())) {
            let arguments: Vec<&str> = command.split(' ').skip(1).collect();
            for scenario in arguments.iter().filter(|argument| argument.ends_with(".toml")) {
                std::fs::copy(project.join(scenario), here.path().join(scenario)).expect("copied");
            }
            let said = tellwave(here.path(), &arguments);
            assert!(said.status.success(), "{command}: {}", stderr(&said));
        }
        hear(&name, std::fs::read(here.path().join(&file)).unwrap_or_else(|error| panic!("{file}: {error}")));
    }
}

#[test]
fn the_pictures_of_the_documents_are_what_their_commands_write() {
    let mut other = vec![];
    make(|name, bytes| {
        if std::fs::read(images().join(name)).expect("a picture") != bytes {
            other.push(name.to_owned());
        }
    });
    assert!(other.is_empty(), "docs/img: other pictures are made than {other:?}");
}

#[test]
#[ignore = "writes the cheap pictures of the documents anew"]
fn pictures_are_made_anew() {
    make(|name, bytes| std::fs::write(images().join(name), bytes).expect("written"));
}
