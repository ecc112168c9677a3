//! That the reference, the code and the document say the same.

use super::*;
use crate::dice::Dice;
use crate::graph::model::Circle;
use crate::graph::{GraphModel, kept};
use crate::scenario::Overrides;
use crate::units::Seed;
use std::fmt::Write;
use std::path::Path;

/// Documents with everything switched on, as a user could write them; the files that they name are in the folder.
#[test]
fn every_example_is_a_scenario() {
    let folder = tempfile::tempdir().expect("folder");
    for (file, text) in [("ties.txt", "1 2\n2 3\n"), ("seeds.txt", "1\n3\n")] {
        std::fs::write(folder.path().join(file), text).expect("written");
    }
    let mut kept = vec![];
    let ring = GraphModel::Circle(Circle { people: 5 }).grow(Dice::new(Seed(1)));
    kept::write(&ring, &kept::Origin::default(), &mut kept).expect("written");
    std::fs::write(folder.path().join("ties.tw"), kept).expect("written");
    for section in sections() {
        for text in section.documents() {
            // Names need an edge list to be found in; alone, the document only shows the key.
            let text = if text.starts_with("seeds.names") {
                format!("graph.edge_list.file = 'ties.txt'\n{text}")
            } else {
                text
            };
            if let Err(mistakes) = Scenario::parse("example.toml", &text, folder.path(), Overrides::default()) {
                panic!("[{}]\n{text}\n{mistakes}", section.header);
            }
        }
    }
}

#[test]
fn every_key_that_can_be_read_is_explained_and_no_other_is() {
    let keys = keys();
    let mut wrong = String::new();
    for key in &keys {
        let sections: Vec<&Section> = sections().filter(|section| section.has(key)).collect();
        let words = sections.iter().flat_map(|section| section.keys).filter(|words| words.name == key.name).count();
        if words != 1 {
            writeln!(wrong, "[{}] {} is explained {words} times", key.table, key.name).expect("text");
        }
    }
    for section in sections() {
        for words in section.keys.iter().filter(|w| !keys.iter().any(|key| section.has(key) && key.name == w.name)) {
            writeln!(wrong, "[{}] {} is explained, but nobody reads it", section.header, words.name).expect("text");
        }
    }
    assert!(wrong.is_empty(), "add to, or take from, the reference! block of the file that reads the key:\n{wrong}");
}

#[test]
fn defaults_are_cited_only_for_keys_that_there_are() {
    let keys: Vec<String> = keys().iter().map(Key::path).collect();
    for citation in presets::of_defaults() {
        for cited in &citation.keys {
            let alone = Citation { keys: vec![cited.clone()], ..citation.clone() };
            assert!(keys.iter().any(|key| alone.covers(key)), "there is no key {cited}");
        }
    }
}

#[test]
fn the_document_is_what_the_code_says() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/scenario-reference.md");
    let written = std::fs::read_to_string(path).unwrap_or_default();
    let due = markdown();
    if let Some((number, (old, new))) = written.lines().zip(due.lines()).enumerate().find(|(_, (old, new))| old != new)
    {
        panic!("{COMMAND}\nline {} is\n{old}\nand should be\n{new}", number + 1);
    }
    assert!(written.trim_end() == due.trim_end(), "{COMMAND}");
}

const COMMAND: &str = "docs/scenario-reference.md is not current; write it anew with\n\
                       cargo run -- reference > docs/scenario-reference.md";

#[test]
fn sections_know_their_keys() {
    reference! {
        /// What comes first.
        ///
        /// And prose.
        [channels.*] with ["[channels.email]"] {
            /// One
            /// sentence.
            share = "all" in "some",
        }
        /// A list.
        [[asking.prompts]] {
            /// When.
            after,
        }
    }
    let [channels, prompts] = REFERENCE else { panic!("two sections") };
    let key = |table: &str, listed, name: &str| Key {
        table: table.into(),
        listed,
        name: name.into(),
        kind: super::super::kind::Kind::Chance,
        default: Some("\"5 %\"".into()),
        required: false,
    };
    assert!(channels.has(&key("channels.email", false, "share")) && !channels.has(&key("channels", false, "share")));
    assert!(prompts.has(&key("asking.prompts", true, "after")) && !prompts.has(&key("asking.prompts", false, "after")));
    assert_eq!(prompts.documents(), ["[[asking.prompts]]\n"]);
    assert_eq!(
        section_as_markdown(channels, &[key("channels.email", false, "share")]),
        "\n### `[channels.*]`: what comes first\n\nAnd prose.\n\n| key | kind | default | range | meaning |\n\
         |---|---|---|---|---|\n| `share` | chance | all | some | One sentence. |\n"
    );
}
