//! What to write instead, for the slips that everybody makes who has never seen TOML.
//!
//! A guess from one line of text; where it is not sure, it says nothing.

/// Advice for a line on which TOML stumbled, given what the parser said.
pub(super) fn for_line(line: &str, complaint: &str) -> Option<String> {
    let line = line.split(" #").next().unwrap_or(line).trim();
    if line.contains(['“', '”', '„', '«', '»', '‘', '’']) {
        return Some("use straight quotes: \" \"".to_owned());
    }
    if complaint.contains("duplicate key") {
        return Some("this name is already in the file: keep it once, with all that belongs to it".to_owned());
    }
    let Some((key, value)) = line.split_once('=') else {
        let (key, value) = line.split_once(':')?;
        return Some(format!("write {} = {}", key.trim(), quoted_if_needed(value.trim())));
    };
    let (key, value) = (key.trim(), value.trim());
    if is_grouped(value) {
        return Some(format!("write {key} = {}", value.replace(',', "_")));
    }
    let quoted = value.starts_with(['"', '\'', '[', '{']);
    (!quoted && !value.is_empty())
        .then(|| format!("write {key} = {}, with quotes around the text", quoted_if_needed(value)))
}

/// 20,000 or 1,500,000: digits in threes.
fn is_grouped(value: &str) -> bool {
    let mut parts = value.split(',');
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    parts.next().is_some_and(|first| digits(first) && (1..=3).contains(&first.len()))
        && value.contains(',')
        && parts.all(|part| digits(part) && part.len() == 3)
}

fn quoted_if_needed(value: &str) -> String {
    let plain =
        value.parse::<f64>().is_ok() || matches!(value, "true" | "false") || value.starts_with(['"', '\'', '[']);
    if plain { value.to_owned() } else { format!("\"{}\"", value.replace('"', "")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_slips_get_advice() {
        let check = |line: &str, expected: &str| {
            let advice = for_line(line, "expected something").unwrap_or_default();
            assert!(advice.contains(expected), "{line}: {advice}");
        };
        check("horizon = 26 weeks", "horizon = \"26 weeks\"");
        check("margin = 40 %  # ours", "margin = \"40 %\"");
        check("name = “Coffee”", "straight quotes");
        check("name: Coffee", "name = \"Coffee\"");
        check("people = 20,000", "people = 20_000");
        assert!(for_line("[seeds]", "duplicate key").is_some());
        assert_eq!(for_line("name = \"Coffee", "unterminated"), None);
    }
}
