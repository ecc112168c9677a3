//! Every setting of a scenario with who gave it, as a table: what was written stands out from what was left to the defaults.

use crate::scenario::presets::{best_mark, citations};
use crate::scenario::record::{Setting, Source};
use crate::scenario::values::visible;
use comfy_table::{ColumnConstraint, ContentArrangement, Table, presets};

/// Characters of a value that are shown.
const VALUE: usize = 160;
/// What keys are moved in by, below the header of their table.
const INDENT: &str = "  ";

/// The settings in tables as the file has them, at most so many columns wide; those by default are left out where it is to be
/// `short`, and dimmed where there is colour.
pub(super) fn table(settings: &[Setting], short: bool, width: u16, colour: bool) -> String {
    let shown: Vec<&Setting> = settings.iter().filter(|it| !(short && it.source == Source::Default)).collect();
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    for setting in &shown {
        table.add_row([place(&setting.key).1.to_owned(), visible(&setting.value, VALUE), from(setting)]);
    }
    table.set_content_arrangement(ContentArrangement::Dynamic).set_width(width - INDENT.len() as u16);
    for (number, column) in table.column_iter_mut().enumerate() {
        column.set_padding((0, 2));
        if number != 1 {
            column.set_constraint(ColumnConstraint::ContentWidth);
        }
    }
    let mut text = "\nSettings, and where each comes from\n".to_owned();
    let (mut next, mut header) = (0, "");
    for line in table.lines() {
        // The first column is never wrapped, so where it is empty, the setting before goes on.
        if !line.starts_with(' ') {
            let above = place(&shown[next].key).0;
            if above != header {
                text.push_str(&format!("{INDENT}[{above}]\n"));
                header = above;
            }
            next += 1;
        }
        let line = line.trim_end();
        match shown[next.saturating_sub(1)].source {
            Source::Default if colour => text.push_str(&format!("{INDENT}\u{1b}[2m{line}\u{1b}[0m\n")),
            _ => text.push_str(&format!("{INDENT}{line}\n")),
        }
    }
    if short && shown.len() < settings.len() {
        text.push_str(&format!("{INDENT}and {} by default\n", settings.len() - shown.len()));
    }
    text.pop();
    text
}

/// The table of a key, empty for the root, and its name there.
fn place(key: &str) -> (&str, &str) {
    key.rsplit_once('.').unwrap_or(("", key))
}

/// Who gave a value, and what has to stand beside it where its source is weak.
fn from(setting: &Setting) -> String {
    let who = giver(setting.source);
    match best_mark(&citations(setting)).and_then(|mark| mark.warning()) {
        Some(warning) => format!("{who} ({warning})"),
        None => who,
    }
}

/// Who gave a value.
fn giver(source: Source) -> String {
    match source {
        Source::CommandLine => "command line".to_owned(),
        Source::File => "file".to_owned(),
        Source::Preset(name) => format!("preset {name}"),
        Source::Default => "default".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn setting(key: &str, value: &str, source: Source) -> Setting {
        Setting { key: key.to_owned(), value: value.to_owned(), source }
    }

    fn some() -> [Setting; 4] {
        [
            setting("name", "\"Coffee\"", Source::File),
            setting("runs", "1000", Source::Default),
            setting("funnel.sign_up", "\"14 %\"", Source::Preset("b2c")),
            setting("policy.rules[0].amount", "\"1.00 USD\"", Source::File),
        ]
    }

    #[test]
    fn settings_stand_below_their_tables_with_who_gave_them() {
        let expected = "
Settings, and where each comes from
  name     \"Coffee\"    file
  runs     1000        default (assumption)
  [funnel]
  sign_up  \"14 %\"      preset b2c (weak source)
  [policy.rules[0]]
  amount   \"1.00 USD\"  file";
        assert_eq!(table(&some(), false, 100, false), expected);
    }

    #[test]
    fn what_nobody_wrote_can_be_left_out() {
        let told = table(&some(), true, 100, false);
        assert!(!told.contains("runs") && told.ends_with("and 1 by default"), "{told}");
    }

    #[test]
    fn defaults_alone_are_dimmed() {
        let told = table(&some(), false, 100, true);
        let dimmed: Vec<&str> = told.lines().filter(|line| line.contains("\u{1b}[2m")).collect();
        assert_eq!(dimmed.len(), 1, "{told}");
        assert!(dimmed[0].contains("runs") && dimmed[0].ends_with("\u{1b}[0m"), "{told}");
    }

    #[test]
    fn a_long_value_is_wrapped_within_the_width_and_belongs_to_its_key() {
        let long = format!("\"{}\"", "many words that go on ".repeat(6));
        let settings = [setting("question", &long, Source::Default), setting("runs", "5", Source::File)];
        let told = table(&settings, false, 60, true);
        let plain = told.replace("\u{1b}[2m", "").replace("\u{1b}[0m", "");
        assert!(plain.lines().all(|line| line.chars().count() <= 60), "{told}");
        assert!(plain.lines().count() > 5, "{told}");
        assert_eq!(told.matches("\u{1b}[2m").count(), plain.lines().count() - 3, "all lines but runs and the heading");
    }
}
