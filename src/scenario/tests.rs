//! Names, files that say nothing, and what is to be said of a scenario.

use super::{Overrides, Scenario, ScenarioError};
use crate::language::Language;
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

#[test]
fn a_code_that_convinces_less_than_a_word_is_pointed_out_where_it_is_used() {
    let note = |text: &str| {
        let scenario = Scenario::parse("x.toml", text, Path::new(""), Overrides::default()).expect(text);
        scenario.notes(Language::English).into_iter().find(|note| note.contains("persuades less"))
    };
    let programme = "policy.two_sided = { advocate = '5.00 USD', friend = '0.00 USD' }\n";
    let weak = "conversion = { persuasion = '15 %', invitation = '7.5 %' }\n";
    assert!(note(&format!("{weak}{programme}")).is_some());
    assert_eq!(note(&format!("{weak}participation.unasked = '0 %'\n")), None, "nobody has a code");
    assert_eq!(note(&format!("conversion = {{ persuasion = '7.5 %', invitation = '15 %' }}\n{programme}")), None);
}

#[test]
fn the_share_of_a_channel_may_be_left_out_where_it_is_the_only_one() {
    let wrong = |text: &str| {
        let read = Scenario::parse("x.toml", text, Path::new(""), Overrides::default());
        read.err().map(|why| why.to_string())
    };
    assert_eq!(wrong("channels.email = {}"), None);
    let told = wrong("channels = { email = {}, messenger = { share = '60 %' } }").expect("a share is missing");
    assert!(told.contains("channels.email.share: found nothing") && !told.contains("messenger.share"), "{told}");
}
