//! What is wrong with a file that is not TOML, or no text in UTF-8: where, near which key, and what to write instead.

use super::nearest_key::NearestKey;
use crate::scenario::ScenarioError;
use crate::scenario::advice;
use crate::scenario::mistake::{Mistake, Mistakes};
use std::ops::Range;
use std::path::Path;
use std::string::FromUtf8Error;
use toml_parser::lexer::TokenKind;

/// Most dots in one dotted key. Values nest at most 80 deep (the `toml` crate), so a document stays shallow enough to
/// be walked and dropped on any stack.
pub(super) const DOTS_MAX: usize = 16;

/// The first dotted key that nests too deep to be parsed safely.
pub(super) fn overlong_key(text: &str) -> Option<Range<usize>> {
    let mut dots = 0;
    for token in toml_parser::Source::new(text).lex() {
        match token.kind() {
            TokenKind::Dot => dots += 1,
            TokenKind::Atom | TokenKind::BasicString | TokenKind::LiteralString | TokenKind::Whitespace => {}
            _ => dots = 0,
        }
        if dots > DOTS_MAX {
            return Some(token.span().start()..token.span().end());
        }
    }
    None
}

/// What the parser complained about, the first complaint of each line: one slip often causes several. Of a file that ends
/// otherwise than scenarios do, the first complaint of all, for it is probably none.
pub(super) fn mistakes(file: &str, text: &str, errors: &[toml::de::Error]) -> Vec<Mistake> {
    let mut mistakes: Vec<Mistake> = Vec::new();
    let mut errors: Vec<&toml::de::Error> = errors.iter().collect();
    errors.sort_by_key(|error| error.span().map(|span| span.start));
    // Where the line of the last mistake ends: measured once a line, as one line may hold any number of errors.
    let mut line_end = None;
    let mut keys = NearestKey::of(text);
    for error in errors {
        let span = error.span();
        let start = span.as_ref().map_or(text.len(), |span| span.start);
        if line_end.is_none_or(|end| start > end) {
            line_end = Some(text.get(start..).and_then(|rest| rest.find('\n')).map_or(text.len(), |at| start + at));
            let key = keys.at(start);
            let what = if key.is_empty() { "" } else { "what is " };
            let found = format!("{what}not TOML: {}", error.message());
            let allowed = "lines such as key = 12, key = \"text\" or [table] (TOML, https://toml.io)".to_owned();
            let line_start = text.get(..start).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
            let line = text.get(line_start..line_end.unwrap_or(text.len())).unwrap_or_default();
            let hint = (line.len() < 1_000).then(|| advice::for_line(line, error.message())).flatten();
            mistakes.push(Mistake { span, key, found, allowed, hint });
        }
    }
    let ending = Path::new(file).extension().map(|ending| ending.to_string_lossy().into_owned());
    if let (Some(ending), Some(first)) = (ending.filter(|ending| ending != "toml"), mistakes.first_mut()) {
        first.hint =
            Some(format!("the name of a scenario ends in .toml, and this one in .{ending}: is it another file?"));
        mistakes.truncate(1);
    }
    mistakes
}

/// What is said of a file whose bytes are not UTF-8. Text of an older encoding is shown where the first such byte stands; what is no text at
/// all has no lines to be shown.
pub(in crate::scenario) fn not_utf8(path: &Path, error: &FromUtf8Error) -> ScenarioError {
    let (bytes, place) = (error.as_bytes(), error.utf8_error().valid_up_to());
    let line = 1 + bytes.iter().take(place).filter(|&&byte| byte == b'\n').count();
    let is = |what: &str| ScenarioError::NotText { path: path.to_owned(), line: Some(line), what: what.to_owned() };
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        return is("UTF-16, to be saved again as UTF-8");
    }
    if bytes.contains(&0) {
        return is("not UTF-8");
    }
    let text = String::from_utf8_lossy(bytes);
    let byte = bytes.get(place).copied().unwrap_or_default();
    // The first 256 characters of Unicode are those of Latin-1, which is what such a byte mostly was.
    let letter = char::from(byte);
    let meant = if letter.is_alphabetic() { format!(" ({letter} in Latin-1)") } else { String::new() };
    let mistake = Mistake {
        span: Some(place..place),
        key: NearestKey::of(&text).at(place),
        found: format!("what is not UTF-8: the byte {byte:#04x}{meant}"),
        allowed: "a text in UTF-8".to_owned(),
        hint: Some("save the file again, and choose UTF-8 as its encoding".to_owned()),
    };
    ScenarioError::Mistakes(Box::new(Mistakes::new(&path.display().to_string(), &text, vec![mistake])))
}
