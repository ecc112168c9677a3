//! Sentences that wait for a language: found where nobody knows yet who will read them.

use super::{FluentArgs, Language};

/// A sentence of the catalogues with the values in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    id: &'static str,
    values: Vec<(&'static str, Value)>,
}

/// What stands in a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Value {
    /// The same in every language: a name, a key.
    Text(String),
    /// A whole number, on which the form of other words may depend.
    Whole(u64),
    /// Digits with a decimal point.
    Figures(String),
    /// A sentence, or a part of one.
    Said(Said),
}

/// A sentence for later: `said!("identifier", name = value, …)`.
macro_rules! said {
    ($id:literal $(, $name:ident = $value:expr)* $(,)?) => {
        $crate::language::Said::new($id, vec![$((stringify!($name), $crate::language::Value::from($value))),*])
    };
}
pub(crate) use said;

impl Said {
    pub(crate) fn new(id: &'static str, values: Vec<(&'static str, Value)>) -> Said {
        Said { id, values }
    }

    /// It in a language.
    pub fn told(&self, language: Language) -> String {
        let mut args = FluentArgs::new();
        for (name, value) in &self.values {
            match value {
                Value::Text(text) => args.set(*name, text.as_str()),
                Value::Whole(number) => args.set(*name, *number),
                Value::Figures(figures) => args.set(*name, language.figures(figures)),
                Value::Said(said) => args.set(*name, said.told(language)),
            }
        }
        language.sentence(self.id, &args)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Value {
        Value::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Value {
        Value::Text(text)
    }
}

impl From<u32> for Value {
    fn from(number: u32) -> Value {
        Value::Whole(number.into())
    }
}

impl From<u64> for Value {
    fn from(number: u64) -> Value {
        Value::Whole(number)
    }
}

impl From<Said> for Value {
    fn from(said: Said) -> Value {
        Value::Said(said)
    }
}
