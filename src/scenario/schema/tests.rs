//! That the schema, the reader and the document say the same.

use super::*;
use crate::scenario::reader::LOOK;
use std::path::Path;

/// The names in the table at a path of a schema.
fn names_at(schema: &Value, path: &str) -> Vec<String> {
    let mut table = schema.clone();
    for name in path.split('.').filter(|name| !name.is_empty()) {
        let below = table["definitions"].get(name).or_else(|| table["properties"].get(name)).cloned();
        let below = below.unwrap_or_else(|| panic!("there is no {name} of {path}"));
        table = if below["type"] == "array" { below["items"].clone() } else { below };
    }
    assert_eq!(table["additionalProperties"], false, "[{path}] is open");
    table["properties"].as_object().expect("a table").keys().cloned().collect()
}

#[test]
fn every_table_has_the_names_that_the_reader_knows_and_no_other() {
    let source = Source::new();
    let schema = source.scenario();
    for (header, mut known) in source.names {
        // What is taken out of a file before it is read.
        if header.is_empty() {
            known.extend([LOOK.to_owned(), VARIANT.to_owned()]);
        }
        let names = names_at(&schema, &header);
        let unsaid: Vec<&String> = known.iter().filter(|name| !names.contains(name)).collect();
        let unknown: Vec<&String> = names.iter().filter(|name| !known.contains(name) && *name != PRESET).collect();
        assert!(unsaid.is_empty() && unknown.is_empty(), "[{header}] lacks {unsaid:?}, and has {unknown:?} too");
    }
}

#[test]
fn the_document_is_what_the_code_says() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/scenario.schema.json");
    let written = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        written.trim_end() == json_schema(),
        "docs/scenario.schema.json is not current; write it anew with\ncargo run -- schema > docs/scenario.schema.json"
    );
}

#[test]
fn paragraphs_of_a_comment_are_joined_and_code_is_left_alone() {
    let lines = ["A line", " goes on.", "", " ```toml", " a = 1", " b = 2", " ```", " After."];
    assert_eq!(prose(&lines), "A line goes on.\n\n```toml\na = 1\nb = 2\n```\nAfter.");
}

#[test]
fn names_of_laws_may_be_in_any_case() {
    assert_eq!(laws(["log_normal"].into_iter()), "([lL][oO][gG]_[nN][oO][rR][mM][aA][lL]) *(\\(.*\\))?");
}

#[test]
fn lines_of_a_comment_are_joined_and_code_keeps_its_own() {
    let lines = [" Who pays,", " and what.", "", " Next:", "", " ```toml", " runs = 5", " seed = 1", " ```"];
    assert_eq!(prose(&lines), "Who pays, and what.\n\nNext:\n\n```toml\nruns = 5\nseed = 1\n```");
}
