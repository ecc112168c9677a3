//! What to write instead, for the slips that everybody makes who has never seen TOML.
//!
//! A guess from a few words of text; where it is not sure, it says nothing.

use super::money::Currency;

/// Advice for a line on which TOML stumbled, given what the parser said.
pub(super) fn for_line(line: &str, complaint: &str) -> Option<String> {
    let line = line.split(" #").next().unwrap_or(line).trim();
    if line.contains(['“', '”', '„', '«', '»', '‘', '’']) {
        return Some("use straight quotes: \" \"".to_owned());
    }
    if complaint.contains("duplicate key") {
        return Some("this name is already in the file: keep it once, with all that belongs to it".to_owned());
    }
    if line.starts_with('[') && !line.contains('=') {
        return closed_header(line).map(|header| format!("write {header}"));
    }
    let Some((key, value)) = line.split_once('=') else {
        let (key, value) = line.split_once(':')?;
        return Some(format!("write {} = {}", key.trim(), quoted_if_needed(value.trim())));
    };
    // `key == value` and `key = = value` are meant as one.
    let (key, value) = (key.trim(), value.trim_start_matches(['=', ' ', '\t']).trim_end());
    if let Some(number) = whole(value) {
        return Some(format!("write {key} = {}", grouped(number)));
    }
    if value.starts_with('"') && value.matches('"').count() == 1 {
        return Some(format!("close the quotation marks: {key} = {value}\""));
    }
    let quoted = value.starts_with(['"', '\'', '[', '{']);
    let better = with_point(value).unwrap_or_else(|| value.to_owned());
    let better = quoted_if_needed(&better);
    let marks = if better.starts_with('"') { ", with quotes around the text" } else { "" };
    (!quoted && !value.is_empty()).then(|| format!("write {key} = {better}{marks}"))
}

/// The header of a table with all of its brackets, if it lacks some: `[seeds]` for `[seeds`.
fn closed_header(line: &str) -> Option<String> {
    let (open, close) = if line.starts_with("[[") { ("[[", "]]") } else { ("[", "]") };
    let name = line.trim_matches(['[', ']', ' ']);
    let is_name = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'));
    (is_name && !line.ends_with(close)).then(|| format!("{open}{name}{close}"))
}

/// What a scenario calls what everybody calls otherwise, with its table.
pub(super) fn key_meant(word: &str) -> Option<&'static str> {
    let meant = match word.to_lowercase().as_str() {
        "price" => "commerce.order_value",
        "customers" => "seeds.count",
        "duration" | "days" => "horizon",
        "conversion_rate" => "conversion.persuasion",
        "programme" | "program" | "referral" | "incentive" | "incentives" => "policy",
        "advocate" | "reward" => "policy.two_sided.advocate",
        "friend" => "policy.two_sided.friend",
        _ => return None,
    };
    Some(meant)
}

/// Tables that a scenario has and a sweep has not.
pub(crate) const OF_SCENARIOS: [&str; 7] =
    ["graph", "seeds", "commerce", "conversion", "telling", "policy", "experience"];

/// What a file probably is in which a key stands at the top that it cannot have, given those that it can.
pub(super) fn kind_of_file(key: &str, known: &[&str]) -> Option<&'static str> {
    match known.contains(&"base") {
        false => matches!(key, "base" | "factor" | "design" | "constraints").then_some(
            "this looks like a sweep: tellwave sweep plan FILE looks at one, tellwave sweep run FILE plays it",
        ),
        true => OF_SCENARIOS
            .contains(&key)
            .then_some("this looks like a scenario: tellwave run FILE plays it; a sweep names one as its base"),
    }
}

/// The whole number that somebody means who writes 10k, 10 000, 10,000, 10.000, 10_000 or 2 million.
pub(crate) fn whole(text: &str) -> Option<u64> {
    let text = text.trim();
    let end = text.find(|c: char| !(c.is_ascii_digit() || SEPARATORS.contains(&c))).unwrap_or(text.len());
    let (digits, unit) = text.split_at(end);
    let times = match unit.to_lowercase().as_str() {
        "" => 1,
        "k" | "thousand" => 1_000,
        "m" | "million" => 1_000_000,
        _ => return None,
    };
    let parts: Vec<&str> = digits.trim().split(SEPARATORS).collect();
    let in_threes = parts.len() == 1 || (parts[0].len() <= 3 && parts[1..].iter().all(|part| part.len() == 3));
    if parts.iter().any(|part| part.is_empty()) || !in_threes {
        return None;
    }
    parts.concat().parse::<u64>().ok()?.checked_mul(times)
}

/// What people write between groups of three digits.
const SEPARATORS: [char; 7] = [' ', ',', '.', '_', '\'', '\u{a0}', '\u{202f}'];

/// A whole number as TOML has it, in groups of three where it is long: 10_000.
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push('_');
        }
        text.push(digit);
    }
    text
}

/// A text with a point for its decimal comma: "1.5 %" for "1,5 %". Nothing where a comma may stand between thousands.
pub(crate) fn with_point(text: &str) -> Option<String> {
    let (before, after) = text.split_once(',')?;
    let places = after.chars().take_while(char::is_ascii_digit).count();
    let is_whole = !before.is_empty() && before.chars().all(|c| c.is_ascii_digit());
    let is_decimal = (1..=2).contains(&places) || (places > 0 && before == "0");
    (is_whole && is_decimal && !after.contains([',', '.'])).then(|| format!("{before}.{after}"))
}

/// An amount as a scenario has it, for one with a decimal comma, a sign, or its currency before it: "9.90 EUR" for "€9,90".
pub(super) fn amount(text: &str) -> Option<String> {
    let is_of_number = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
    let (start, end) = (text.find(is_of_number)?, text.rfind(is_of_number)? + 1);
    let (before, number, after) = (text[..start].trim(), &text[start..end], text[end..].trim());
    let unit = match (before, after) {
        (unit, "") | ("", unit) => unit,
        _ => return None,
    };
    let code = SIGNS.iter().find(|(sign, _)| *sign == unit).map_or(unit, |(_, code)| code);
    Currency::from_code(code)?;
    let number = with_point(number).unwrap_or_else(|| number.to_owned());
    let (whole, decimals) = number.split_once('.').unwrap_or((&number, "0"));
    let is_number = !decimals.is_empty() && [whole, decimals].concat().bytes().all(|byte| byte.is_ascii_digit());
    (is_number && !whole.is_empty()).then(|| format!("{number} {code}"))
}

/// Signs of currencies, each with the one that is most often meant.
const SIGNS: [(&str, &str); 5] = [("$", "USD"), ("€", "EUR"), ("£", "GBP"), ("¥", "JPY"), ("₽", "RUB")];

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
        check("runs == 500", "write runs = 500");
        check("runs = = 500", "write runs = 500");
        check("horizon = 26 weeks", "horizon = \"26 weeks\"");
        check("margin = 40 %  # ours", "margin = \"40 %\"");
        check("name = “Coffee”", "straight quotes");
        check("name: Coffee", "name = \"Coffee\"");
        check("people = 20,000", "people = 20_000");
        check("people = 10k", "people = 10_000");
        check("order_value = 9,90", "order_value = 9.90");
        check("persuasion = 1,5 %", "persuasion = \"1.5 %\"");
        check("first_customers = true x", "write first_customers = \"true x\", with quotes");
        check("first_customers = false, # no", "write first_customers = \"false,\", with quotes");
        check("name = Coffee", "write name = \"Coffee\", with quotes");
        check("first_customers == true", "write first_customers = true");
        check("persuasion == 0.5", "write persuasion = 0.5");
        check("name = \"Coffee", "close the quotation marks: name = \"Coffee\"");
        check("[seeds", "write [seeds]");
        check("[[policy.rules]", "write [[policy.rules]]");
        assert!(for_line("[seeds]", "duplicate key").is_some());
        assert_eq!(for_line("name = \"Coffee\"", "of something else"), None);
    }

    #[test]
    fn what_everybody_calls_otherwise_is_known() {
        for (word, key) in [
            ("Price", "commerce.order_value"),
            ("customers", "seeds.count"),
            ("days", "horizon"),
            ("conversion_rate", "conversion.persuasion"),
            ("incentives", "policy"),
            ("reward", "policy.two_sided.advocate"),
            ("friend", "policy.two_sided.friend"),
        ] {
            assert_eq!(key_meant(word), Some(key));
        }
        assert_eq!(key_meant("weather"), None);
    }

    #[test]
    fn whole_numbers_are_understood_as_people_write_them() {
        for text in ["10k", "10 K", "10 000", "10,000", "10.000", "10'000", "10_000", "10000", " 10 thousand "] {
            assert_eq!(whole(text), Some(10_000), "{text}");
        }
        assert_eq!(whole("2 million"), Some(2_000_000));
        for text in ["", "k", "1.5", "10,00", "1,0000", "10 or so", "-5", "99999999999999999999", "1,,000", "٣"] {
            assert_eq!(whole(text), None, "{text}");
        }
        assert_eq!([5, 500, 5_000, 1_234_567].map(grouped), ["5", "500", "5_000", "1_234_567"]);
    }

    #[test]
    fn a_decimal_comma_becomes_a_point_where_it_can_be_no_other() {
        assert_eq!(with_point("1,5 %").as_deref(), Some("1.5 %"));
        assert_eq!(with_point("0,015").as_deref(), Some("0.015"));
        for text in ["1,500", "1.500,00", "1,5,5", "1,5.5", ",5", "1.5", "a,5"] {
            assert_eq!(with_point(text), None, "{text}");
        }
    }

    #[test]
    fn an_amount_is_put_in_order() {
        for text in ["9,90 EUR", "€9.90", "9,90 €", "EUR 9.90", "9.90 EUR"] {
            assert_eq!(amount(text).as_deref(), Some("9.90 EUR"), "{text}");
        }
        assert_eq!(amount("$20").as_deref(), Some("20 USD"));
        for text in ["", "20", "USD", "1,500.00 USD", "1.500,00 EUR", "$ 20 EUR", "20 usd", "1.2.3 USD", ". USD"] {
            assert_eq!(amount(text), None, "{text}");
        }
    }
}
