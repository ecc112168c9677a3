//! One line of an edge list: its text, its separator, its fields.
//!
//! Deliberately not here: what the fields mean.

use std::borrow::Cow;

/// The longest line [bytes].
const LINE_MAX: usize = 64 * 1024;

/// What was found, and what is allowed.
pub(in crate::graph) type Wrong = (String, String);

/// What stands between the fields of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Separator {
    Tab,
    Semicolon,
    Comma,
    /// One or more spaces.
    Space,
}

impl Separator {
    /// The rarest in names that occurs outside quotes; a space when there is none.
    pub(super) fn of(line: &str) -> Separator {
        let mut quoted = false;
        let mut seen = [false; 3];
        for byte in line.bytes() {
            match byte {
                b'"' => quoted = !quoted,
                b'\t' if !quoted => seen[0] = true,
                b';' if !quoted => seen[1] = true,
                b',' if !quoted => seen[2] = true,
                _ => {}
            }
        }
        match seen {
            [true, ..] => Separator::Tab,
            [_, true, _] => Separator::Semicolon,
            [_, _, true] => Separator::Comma,
            _ => Separator::Space,
        }
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Separator::Tab => "a tab",
            Separator::Semicolon => "a semicolon",
            Separator::Comma => "a comma",
            Separator::Space => "a space",
        }
    }

    pub(super) fn byte(self) -> u8 {
        match self {
            Separator::Tab => b'\t',
            Separator::Semicolon => b';',
            Separator::Comma => b',',
            Separator::Space => b' ',
        }
    }
}

/// The fields of a line; the first three are kept, the others only counted.
#[derive(Debug, Clone, Default)]
pub(super) struct Fields<'a> {
    kept: [Cow<'a, str>; 3],
    count: usize,
}

impl<'a> Fields<'a> {
    pub(super) fn len(&self) -> usize {
        self.count
    }

    /// The field of a column 0 to 2; empty when the line has none.
    pub(super) fn get(&self, column: usize) -> &str {
        &self.kept[column]
    }

    pub(super) fn owned(&self, column: usize) -> Cow<'a, str> {
        self.kept[column].clone()
    }

    fn push(&mut self, field: Cow<'a, str>) {
        if let Some(slot) = self.kept.get_mut(self.count) {
            *slot = field;
        }
        self.count += 1;
    }
}

/// The text of a line without its line ending.
pub(super) fn text(line: &[u8]) -> Result<&str, Wrong> {
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    if line.len() > LINE_MAX {
        return Err((format!("{} bytes in one line", line.len()), format!("lines of at most {LINE_MAX} bytes")));
    }
    if line.contains(&0) {
        return Err(("a NUL byte".into(), "UTF-8 text (UTF-16 must be converted)".into()));
    }
    std::str::from_utf8(line).map_err(|_| ("bytes that are not UTF-8".into(), "UTF-8 text".into()))
}

/// The fields between separators, trimmed, quotes taken off.
pub(super) fn split(line: &str, separator: Separator) -> Result<Fields<'_>, Wrong> {
    let between = separator.byte();
    let mut fields = Fields::default();
    // A tab is blank too: only spaces are trimmed, so that an empty last field stays a field.
    let mut rest = line.trim_matches(' ');
    loop {
        let (field, after) = match rest.strip_prefix('"') {
            Some(inside) => quoted(inside)?,
            None => {
                let end = rest.bytes().position(|byte| byte == between).unwrap_or(rest.len());
                (Cow::Borrowed(rest[..end].trim_matches(' ')), &rest[end..])
            }
        };
        fields.push(field);
        let after = after.trim_start_matches(' ');
        rest = match (separator, after.strip_prefix(char::from(between))) {
            (_, None) if after.is_empty() => return Ok(fields),
            (Separator::Space, _) => after,
            (_, Some(next)) => next.trim_start_matches(' '),
            (_, None) => {
                return Err((
                    format!("{} after a closing quote", quote(after)),
                    format!("{} or the end of the line", separator.name()),
                ));
            }
        };
    }
}

/// A field whose opening quote was taken off, and what follows its closing quote; `""` inside is one quote.
fn quoted(inside: &str) -> Result<(Cow<'_, str>, &str), Wrong> {
    let mut from = 0;
    loop {
        let Some(end) = inside[from..].find('"').map(|place| from + place) else {
            return Err(("a quote that is not closed".into(), "a closing quote in the same line".into()));
        };
        if !inside[end + 1..].starts_with('"') {
            let field = &inside[..end];
            let field = if from == 0 { Cow::Borrowed(field) } else { Cow::Owned(field.replace("\"\"", "\"")) };
            return Ok((field, &inside[end + 1..]));
        }
        from = end + 2;
    }
}

/// Whether a name can be shown: not empty, nothing that steers a terminal or turns text around.
pub(in crate::graph) fn check_name(name: &str) -> Result<(), Wrong> {
    if name.is_empty() {
        return Err(("an empty name".into(), "a name or a number for each person".into()));
    }
    // Nearly all names are plain; the loop over characters is for the others.
    let plain = name.bytes().all(|byte| (b' '..0x7f).contains(&byte));
    if !plain && name.chars().any(steers) {
        return Err((format!("a control character in {}", quote(name)), "printable names".into()));
    }
    Ok(())
}

fn steers(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// A number as it is printed: digits without leading zeros.
pub(super) fn plain_number(text: &str) -> Option<u64> {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit()) && (text == "0" || !text.starts_with('0'));
    plain.then(|| text.parse().ok()).flatten()
}

/// The text for a message: shortened, and harmless in a terminal.
pub(super) fn quote(text: &str) -> String {
    let safe = |c: char| if steers(c) { '\u{fffd}' } else { c };
    let short: String = text.chars().take(60).map(safe).collect();
    let more = if text.chars().nth(60).is_some() { "…" } else { "" };
    format!("'{short}{more}'")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, expected: &[&str]) {
        let fields = split(line, Separator::of(line)).expect("well formed");
        let found: Vec<&str> = (0..fields.len()).map(|column| fields.get(column)).collect();
        assert_eq!(found, expected, "{line}");
    }

    #[test]
    fn fields_are_split_trimmed_and_unquoted() {
        check("1 2", &["1", "2"]);
        check("  1   2  ", &["1", "2"]);
        check("1, 2 ,3", &["1", "2", "3"]);
        check("Ann Lee\tBob\t", &["Ann Lee", "Bob", ""]);
        check("Lee, Ann;Bob", &["Lee, Ann", "Bob"]);
        check(r#""Lee, Ann","Bob ""B"" Ray",1"#, &["Lee, Ann", r#"Bob "B" Ray"#, "1"]);
        check(r#""Ann Lee" "Bob""#, &["Ann Lee", "Bob"]);
        check(r#""","""#, &["", ""]);
        check(r#""""","b""#, &["\"", "b"]);
    }

    #[test]
    fn quotes_must_be_closed_where_the_field_ends() {
        assert!(split(r#""Ann,Bob"#, Separator::Comma).is_err());
        assert!(split(r#""Ann"x,Bob"#, Separator::Comma).is_err());
    }

    #[test]
    fn only_printed_numbers_are_numbers() {
        let found = ["0", "7", "07", "-1", "+1", "", "99999999999999999999", "1e3"].map(plain_number);
        assert_eq!(found, [Some(0), Some(7), None, None, None, None, None, None]);
    }
}
