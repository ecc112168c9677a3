//! Names, and files that say nothing.

use super::{Overrides, Scenario, ScenarioError};
use std::path::Path;

#[test]
fn a_name_has_one_to_a_hundred_printable_characters() {
    let read = |name: &str| {
        Scenario::parse("x.toml", &format!("name = {name:?}"), Path::new(""), Overrides::default())
            .map(|scenario| scenario.name)
    };
    for name in ["a", " two words ", &"ж".repeat(100)] {
        assert_eq!(read(name).expect("a name"), name);
    }
    for name in ["", "  ", "two\nlines", &"ж".repeat(101)] {
        let told = read(name).expect_err("no name").to_string();
        assert!(told.starts_with("error: name: found") && told.contains("1 to 100 printable characters"), "{told}");
    }
}

#[test]
fn a_file_without_a_key_is_no_scenario() {
    let folder = tempfile::tempdir().expect("folder");
    let read = |text: &str| {
        let path = folder.path().join("x.toml");
        std::fs::write(&path, text).expect("written");
        Scenario::read(&path, Overrides::default())
    };
    for (text, ends) in [("", 1), ("\n\n", 2), ("# note\n  # another\n\u{feff}# and another", 3), (" \r\n", 1)] {
        match read(text) {
            Err(ScenarioError::NotText { line, what, .. }) => {
                assert_eq!((line, what.as_str()), (Some(ends), "the end of a file without a key"), "{text:?}");
            }
            other => panic!("{text:?}: {other:?}"),
        }
    }
    for text in ["runs = 5", "# note\nruns = 5\n", "[seeds]"] {
        assert!(read(text).is_ok(), "{text}");
    }
}
