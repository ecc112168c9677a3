//! The words and signs of a constraint, and what is written in their stead by those who are used to other languages.

/// A word or a sign.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Token<'t> {
    pub kind: Kind,
    /// As it is written; of a text, without its quotes.
    pub text: &'t str,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Kind {
    Number(f64),
    Text,
    Word,
    Sign,
}

impl Token<'_> {
    /// Whether it may be a word or a sign of the language itself.
    pub(super) fn is_plain(&self) -> bool {
        matches!(self.kind, Kind::Word | Kind::Sign)
    }
}

/// Signs of the language, and of others with what is written here; the longer before the shorter that they begin with.
const SIGNS: [(&str, &str); 28] = [
    ("===", "=="),
    ("==", ""),
    ("!=", ""),
    ("<>", "!="),
    ("<=", ""),
    (">=", ""),
    ("=<", "<="),
    ("=>", ">="),
    ("<", ""),
    (">", ""),
    ("=", "=="),
    ("≤", "<="),
    ("≥", ">="),
    ("≠", "!="),
    ("&&", "and"),
    ("&", "and"),
    ("||", "or"),
    ("|", "or"),
    ("!", "not"),
    ("(", ""),
    (")", ""),
    ("[", ""),
    ("]", ""),
    (",", ""),
    ("+", ""),
    ("-", ""),
    ("*", ""),
    ("/", ""),
];

/// Everything that an expression is made of.
///
/// # Errors
/// What is not of the language, with what is written in its stead.
pub(super) fn of(text: &str) -> Result<Vec<Token<'_>>, String> {
    let mut tokens = vec![];
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let (token, length) = match first {
            '\'' | '"' => {
                let inside = &rest[1..];
                let end = inside.find(first).ok_or_else(|| format!("a text without its closing {first}"))?;
                (Token { kind: Kind::Text, text: &inside[..end] }, end + 2)
            }
            '0'..='9' | '.' => number(rest)?,
            _ if first.is_alphanumeric() || first == '_' => {
                let length = rest.find(|it: char| !it.is_alphanumeric() && it != '_').unwrap_or(rest.len());
                (Token { kind: Kind::Word, text: &rest[..length] }, length)
            }
            '%' => return Err("numbers stand without their unit: write 5 for 5 %".to_owned()),
            _ => match SIGNS.iter().find(|(sign, _)| rest.starts_with(sign)) {
                Some((sign, "")) => (Token { kind: Kind::Sign, text: &rest[..sign.len()] }, sign.len()),
                Some((sign, meant)) => return Err(format!("`{sign}`: write `{meant}`")),
                None => return Err(format!("`{}` has no meaning here", first.escape_default())),
            },
        };
        tokens.push(token);
        rest = rest[length..].trim_start();
    }
    Ok(tokens)
}

fn number(rest: &str) -> Result<(Token<'_>, usize), String> {
    let mut length = rest.find(|it: char| !it.is_ascii_digit() && it != '.' && it != '_').unwrap_or(rest.len());
    // "1e3", "1e-3".
    let power = rest[length..].strip_prefix(['e', 'E']).map(|it| it.strip_prefix(['+', '-']).unwrap_or(it));
    if let Some(digits) = power.filter(|it| it.starts_with(|it: char| it.is_ascii_digit())) {
        let end = digits.find(|it: char| !it.is_ascii_digit()).unwrap_or(digits.len());
        length = rest.len() - digits.len() + end;
    }
    let text = &rest[..length];
    match text.replace('_', "").parse() {
        Ok(number) => Ok((Token { kind: Kind::Number(number), text }, length)),
        Err(_) => Err(format!("`{text}` is no number")),
    }
}
