//! Every language has every sentence, with the same values in it, and every sentence is told somewhere.

use super::*;
use crate::experiment::{Line, comparison_measures, ratio_measures};
use crate::projection::{Projection, Standard};
use crate::scenario::presets::Mark;
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use fluent_syntax::parser::parse;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The values that a pattern tells.
fn values(pattern: &Pattern<&str>, into: &mut BTreeSet<String>) {
    fn inline(expression: &InlineExpression<&str>, into: &mut BTreeSet<String>) {
        match expression {
            InlineExpression::VariableReference { id } => {
                into.insert(id.name.to_owned());
            }
            InlineExpression::Placeable { expression } => all(expression, into),
            _ => {}
        }
    }
    fn all(expression: &Expression<&str>, into: &mut BTreeSet<String>) {
        match expression {
            Expression::Inline(expression) => inline(expression, into),
            // What a plural depends on need not be told.
            Expression::Select { variants, .. } => variants.iter().for_each(|variant| values(&variant.value, into)),
        }
    }
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            all(expression, into);
        }
    }
}

/// Each sentence of a catalogue with the values it names; attributes are sentences of their own.
fn sentences(language: Language) -> BTreeMap<String, BTreeSet<String>> {
    let mut found = BTreeMap::new();
    let entries = language
        .texts()
        .iter()
        .flat_map(|text| parse(*text).unwrap_or_else(|(_, errors)| panic!("{language}: {errors:?}")).body);
    for entry in entries {
        let Entry::Message(message) = entry else { continue };
        let mut named = |name: String, pattern: &Pattern<&str>| {
            let mut into = BTreeSet::new();
            values(pattern, &mut into);
            assert_eq!(found.insert(name.clone(), into), None, "{language} has {name} twice");
        };
        if let Some(pattern) = &message.value {
            named(message.id.name.to_owned(), pattern);
        }
        for attribute in &message.attributes {
            named(format!("{}.{}", message.id.name, attribute.id.name), &attribute.value);
        }
    }
    found
}

/// What is English in the code: only the other catalogues have it.
fn of_code() -> BTreeSet<String> {
    let compared = [crate::engine::Counterpart::WithoutProgramme, crate::engine::Counterpart::WithoutFork];
    let measures =
        Standard::total_measures().into_iter().chain(compared.into_iter().flat_map(comparison_measures).copied());
    let measures = measures.map(|measure| format!("measure-{}", measure.name));
    let ratios = ratio_measures().into_iter().map(|ratio| format!("ratio-{}", ratio.name));
    let lines = Line::words().into_iter().map(str::to_owned);
    let explained = measures.chain(ratios).chain(lines).flat_map(|id| [format!("{id}.meaning"), id]);
    let marks = Mark::ALL.into_iter().flat_map(|mark| {
        let warning = mark.warning().map(|_| format!("{}.warning", mark.id()));
        warning.into_iter().chain([mark.id().to_owned()])
    });
    explained.chain(marks).collect()
}

#[test]
fn every_language_has_every_sentence_with_the_same_values() {
    let english = sentences(Language::English);
    let of_code = of_code();
    for language in [Language::Chinese, Language::Russian] {
        let theirs = sentences(language);
        for (id, values) in &english {
            assert_eq!(theirs.get(id), Some(values), "{id} in {language}");
        }
        let lacking: Vec<_> = of_code.iter().filter(|id| !theirs.contains_key(*id)).collect();
        assert!(lacking.is_empty(), "{language} lacks {lacking:?}");
        let surplus: Vec<_> = theirs.keys().filter(|id| !english.contains_key(*id) && !of_code.contains(*id)).collect();
        assert!(surplus.is_empty(), "{language} has {surplus:?}, which English has not");
    }
}

fn sources(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("the source is there") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            if !path.ends_with("language") {
                sources(&path, into);
            }
        } else if path.extension().is_some_and(|ending| ending == "rs" || ending == "j2") {
            into.push(path);
        }
    }
}

#[test]
fn sentences_are_told_and_what_is_told_has_a_sentence() {
    let mut files = vec![];
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut files);
    let text: String = files.iter().map(|path| std::fs::read_to_string(path).expect("text")).collect();
    let english = sentences(Language::English);
    let quoted = |id: &str| text.contains(&format!("\"{id}\"")) || text.contains(&format!("'{id}'"));
    let untold: Vec<_> = english.keys().filter(|id| !quoted(id)).collect();
    assert!(untold.is_empty(), "never told: {untold:?}");
    // An identifier follows the language, on the same line or on the next one.
    let mut told = vec![];
    for call in text.split("tell!(").skip(1).chain(text.split("said!(").skip(1)) {
        let Some((_, rest)) =
            call.split_once('"').filter(|(before, _)| before.len() < 60 && !before.contains([')', '$', '`']))
        else {
            continue;
        };
        told.extend(rest.split('"').next().map(str::to_owned));
    }
    let lacking: Vec<_> = told.iter().filter(|id| !english.contains_key(*id)).collect();
    assert!(!told.is_empty() && lacking.is_empty(), "told and not there: {lacking:?}");
}

#[test]
fn plurals_are_those_of_the_language() {
    let runs = |language: Language, runs: u32| {
        tell!(language, "runs", runs = runs, text = language.number(f64::from(runs), 0))
    };
    assert_eq!([1, 200].map(|n| runs(Language::English, n)), ["one run", "200 runs"]);
    assert_eq!(
        [1, 2, 5, 21, 12_000].map(|n| runs(Language::Russian, n)),
        ["1 прогон", "2 прогона", "5 прогонов", "21 прогон", "12\u{a0}000 прогонов"]
    );
    assert_eq!([1, 200].map(|n| runs(Language::Chinese, n)), ["1 次模拟", "200 次模拟"]);
}
