//! Mistakes in a scenario, shown where they are: all of them at once, each with what was found and what is allowed.
//!
//! The text of a scenario is a stranger's text. Of each mistake only its own line is shown, shortened around the
//! place, with control characters spelled out. What counts as a mistake is decided in `reader` and above.

use std::fmt;
use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use crate::scenario::values::{is_hidden, visible};

/// Mistakes that are shown; the rest are counted.
const SHOWN_MAX: usize = 50;

/// Characters of a line shown before and after the start of a mistake.
const LINE_BEFORE: usize = 60;
const LINE_AFTER: usize = 60;

/// One thing wrong in a scenario.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// Where: a range of the file's bytes; nothing for what is absent from the whole file.
    pub span: Option<Range<usize>>,
    /// The key, dotted from the root (`policy.rules[0].reward`); of what is not TOML the nearest, or empty.
    pub key: String,
    /// What was found, in words.
    pub found: String,
    /// What is allowed; of a warning, why it matters.
    pub allowed: String,
    /// How to put it right, when that can be guessed.
    pub hint: Option<String>,
}

impl Mistake {
    /// What is found where a key stands that no scenario has.
    pub(super) const UNKNOWN_KEY: &'static str = "an unknown key";

    /// Whether it is a key that no scenario has.
    pub fn is_unknown_key(&self) -> bool {
        self.found == Mistake::UNKNOWN_KEY
    }
}

/// Every mistake of one scenario file, or every warning, in order of place; those without a place come last.
#[derive(Clone)]
pub struct Mistakes {
    are_warnings: bool,
    file: String,
    text: String,
    list: Vec<Mistake>,
}

impl Mistakes {
    /// Sorts the mistakes of `text`, the contents of `file`, and drops repeated ones.
    pub fn new(file: &str, text: &str, mut list: Vec<Mistake>) -> Mistakes {
        list.sort_by(|a, b| place(a).cmp(&place(b)).then_with(|| (&a.key, &a.found).cmp(&(&b.key, &b.found))));
        list.dedup();
        Mistakes { are_warnings: false, file: file.to_owned(), text: text.to_owned(), list }
    }

    /// As [`Mistakes::new`], of what is no mistake and probably not meant.
    pub fn warnings(file: &str, text: &str, list: Vec<Mistake>) -> Mistakes {
        Mistakes { are_warnings: true, ..Mistakes::new(file, text, list) }
    }

    /// The file, as it was named.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// The mistakes, in order of place.
    pub fn list(&self) -> &[Mistake] {
        &self.list
    }

    /// Line and column \[characters\], both from 1, of a mistake's start.
    pub fn position(&self, mistake: &Mistake) -> Option<(usize, usize)> {
        let start = mistake.span.as_ref()?.start;
        let before = self.text.get(..start)?;
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        Some((before.matches('\n').count() + 1, before[line_start..].chars().count() + 1))
    }

    /// The mistakes in the colours of a terminal.
    pub fn in_colour(&self) -> String {
        self.render(&Renderer::styled())
    }

    fn render(&self, renderer: &Renderer) -> String {
        let renderer = renderer.clone().decor_style(DecorStyle::Ascii);
        let file = visible(&self.file, 300);
        let mut shown = String::new();
        for mistake in self.list.iter().take(SHOWN_MAX) {
            shown.push_str(&renderer.render(&[self.group(mistake, &file)]));
            shown.push_str("\n\n");
        }
        let count = self.list.len();
        if count > SHOWN_MAX {
            shown.push_str(&format!("… and {} more\n\n", count - SHOWN_MAX));
        }
        let plural = if count == 1 { "" } else { "s" };
        match self.are_warnings {
            true => shown + &format!("{count} warning{plural} in {file}"),
            false => shown + &format!("{count} mistake{plural} in {file}; nothing was run"),
        }
    }

    fn group(&self, mistake: &Mistake, file: &str) -> Group<'static> {
        let found = visible(&mistake.found, 300);
        let title = match mistake.key.as_str() {
            "" => found,
            key => format!("{}: found {found}", visible(key, 120)),
        };
        let (level, before) = if self.are_warnings { (Level::WARNING, "") } else { (Level::ERROR, "allowed: ") };
        let allowed = format!("{before}{}", visible(&mistake.allowed, 2_000));
        let group = Group::with_title(level.primary_title(title));
        let group = match (&mistake.span, self.position(mistake)) {
            (Some(span), Some((line, column))) => {
                let (excerpt, marked) = excerpt(&self.text, span);
                let shown_column = excerpt[..marked.start].chars().count() + 1;
                let mark = AnnotationKind::Primary.span(marked).label(allowed);
                let snippet = Snippet::source(excerpt).line_start(line).annotation(mark);
                if shown_column == column {
                    group.element(snippet.path(file.to_owned()))
                } else {
                    // The renderer would name the column in the excerpt; the reader needs the one in the file.
                    let place = Origin::path(file.to_owned()).line(line).char_column(column);
                    group.element(place).element(snippet)
                }
            }
            _ => group.element(Origin::path(file.to_owned())).element(Level::NOTE.message(allowed)),
        };
        match &mistake.hint {
            Some(hint) => group.element(Level::HELP.message(visible(hint, 300))),
            None => group,
        }
    }
}

/// Plain text, without colour.
impl fmt::Display for Mistakes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(&Renderer::plain()))
    }
}

impl fmt::Debug for Mistakes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl std::error::Error for Mistakes {}

fn place(mistake: &Mistake) -> (usize, usize) {
    mistake.span.as_ref().map_or((usize::MAX, usize::MAX), |span| (span.start, span.end))
}

/// The part of the line around `span.start` that is shown, made visible, and the bytes of it to be marked.
fn excerpt(text: &str, span: &Range<usize>) -> (String, Range<usize>) {
    let (before, after) = text.split_at_checked(span.start).unwrap_or((text, ""));
    let before = &before[before.rfind('\n').map_or(0, |at| at + 1)..];
    let after = after.split('\n').next().unwrap_or_default().trim_end_matches('\r');
    let marked_length = span.len().min(after.len());

    let mut shown = String::new();
    let skipped = before.chars().count().saturating_sub(LINE_BEFORE);
    if skipped > 0 {
        shown.push('…');
    }
    before.chars().skip(skipped).for_each(|character| push_visible(&mut shown, character));
    let start = shown.len();
    let mut end = start;
    for (count, (at, character)) in after.char_indices().enumerate() {
        if count == LINE_AFTER {
            shown.push('…');
            break;
        }
        push_visible(&mut shown, character);
        if at < marked_length {
            end = shown.len();
        }
    }
    if end == start {
        // An empty mark points at the next character, or past the end of the line.
        if shown.len() == start {
            shown.push(' ');
        }
        end += shown[start..].chars().next().map_or(0, char::len_utf8);
    }
    (shown, start..end)
}

fn push_visible(shown: &mut String, character: char) {
    match character {
        '\t' => shown.push(' '),
        _ if is_hidden(character) => shown.extend(character.escape_unicode()),
        _ => shown.push(character),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mistake(span: Option<Range<usize>>) -> Mistake {
        Mistake {
            span,
            key: "conversion.persuasion".to_owned(),
            found: "a number 4".to_owned(),
            allowed: "a chance".to_owned(),
            hint: Some("write \"4 %\"".to_owned()),
        }
    }

    #[test]
    fn a_mistake_is_shown_on_its_line() {
        let text = "[conversion]\r\npersuasion = 4\r\n";
        let mistakes = Mistakes::new("a.toml", text, vec![mistake(Some(27..28))]);
        let expected = r#"error: conversion.persuasion: found a number 4
 --> a.toml:2:14
  |
2 | persuasion = 4
  |              ^ allowed: a chance
  |
  = help: write "4 %"

1 mistake in a.toml; nothing was run"#;
        assert_eq!(mistakes.to_string(), expected);
        assert!(mistakes.in_colour().contains("\u{1b}["));
    }

    #[test]
    fn a_warning_looks_like_a_mistake_and_says_why() {
        let warning = Mistake { allowed: "it pays too much".to_owned(), hint: None, ..mistake(Some(4..5)) };
        let expected = r#"warning: conversion.persuasion: found a number 4
 --> a.toml:1:5
  |
1 | x = 4
  |     ^ it pays too much

1 warning in a.toml"#;
        assert_eq!(Mistakes::warnings("a.toml", "x = 4", vec![warning]).to_string(), expected);
    }

    #[test]
    fn a_mistake_without_place_names_the_file_and_comes_last() {
        let mistakes = Mistakes::new("a.toml", "x = 1", vec![mistake(None), mistake(Some(0..1)), mistake(None)]);
        assert_eq!(mistakes.list().len(), 2);
        let expected = r#"error: conversion.persuasion: found a number 4
--> a.toml
 = note: allowed: a chance
 = help: write "4 %"

2 mistakes in a.toml; nothing was run"#;
        assert!(mistakes.to_string().ends_with(expected), "{mistakes}");
    }

    #[test]
    fn hostile_lines_are_shortened_and_spelled_out() {
        let text = format!("{}x = \"\u{1b}[2J\u{202e}é\"{}", "ä".repeat(10_000), "z".repeat(10_000));
        let at = text.find('"').expect("there");
        let mistakes = Mistakes::new("a\u{1b}.toml", &text, vec![mistake(Some(at..text.len()))]);
        let shown = mistakes.to_string();
        assert!(shown.len() < 1_500 && !shown.contains('\u{1b}') && !shown.contains('\u{202e}'), "{shown}");
        assert!(shown.contains("a\\u{1b}.toml:1:10005"), "{shown}");
        assert!(shown.contains("\\u{1b}[2J"), "{shown}");
    }

    #[test]
    fn any_span_can_be_shown() {
        let text = "aé\n\r\n\tb";
        for start in 0..12 {
            for end in start..12 {
                let mistakes = Mistakes::new("a.toml", text, vec![mistake(Some(start..end))]);
                assert!(mistakes.to_string().contains("1 mistake in a.toml"));
            }
        }
    }

    #[test]
    fn thousands_of_mistakes_are_counted_not_shown() {
        let list = (0..3_000).map(|at| mistake(Some(at..at + 1))).collect();
        let shown = Mistakes::new("a.toml", &"x".repeat(4_000), list).to_string();
        assert!(shown.contains("… and 2950 more") && shown.ends_with("3000 mistakes in a.toml; nothing was run"));
    }

    #[test]
    fn of_a_long_line_sixty_characters_before_the_mistake_and_after_it_are_shown() {
        let text = format!("{}!{}", "a".repeat(100), "b".repeat(100));
        let (shown, marked) = excerpt(&text, &(100..101));
        assert_eq!(shown, format!("…{}!{}…", "a".repeat(60), "b".repeat(59)));
        assert_eq!(&shown[marked], "!");
        let whole = format!("{}!", "a".repeat(60));
        assert_eq!(excerpt(&whole, &(60..61)), (whole.clone(), 60..61));
    }
}
