//! The languages of reports and charts: English, Chinese and Russian.
//!
//! A sentence has an identifier, and stands in a catalogue for each language (Project Fluent's format, which knows plurals:
//! the folders `en`, `zh`, `ru`). What code names itself (a measure with its meaning) is English in the code; the other languages
//! have it in `code.ftl`. Numbers are written by `numbers`.
//!
//! Deliberately absent: what the command line says of its own use. Its help and its mistakes are English.
//!
//! ```
//! use tellwave::language::Language;
//!
//! assert_eq!(Language::of_code("en"), Some(Language::English));
//! assert_eq!(Language::English.number(1234.5, 1), "1,234.5");
//! ```

mod numbers;
mod said;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentResource, FluentValue};
use std::fmt;
use std::sync::LazyLock;
use unic_langid::LanguageIdentifier;

pub use fluent_bundle::FluentArgs;
pub use said::Said;
pub(crate) use said::{Value, said};

/// In which language people are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// English, with 1,234.5 and $5.
    #[default]
    English,
    /// Simplified Chinese, with 1,234.5 and $5.
    Chinese,
    /// Russian, with 1 234,5 and 5 $.
    Russian,
}

/// A sentence in a language: `tell!(language, "identifier", name = value, …)`.
macro_rules! tell {
    ($language:expr, $id:literal $(, $name:ident = $value:expr)* $(,)?) => {{
        #[allow(unused_mut)]
        let mut args = $crate::language::FluentArgs::new();
        $( args.set(stringify!($name), $value); )*
        $language.sentence($id, &args)
    }};
}
pub(crate) use tell;

type Catalogue = FluentBundle<FluentResource>;

static CATALOGUES: LazyLock<[Catalogue; 3]> = LazyLock::new(|| Language::ALL.map(Language::read_catalogue));

impl Language {
    /// All of them.
    pub const ALL: [Language; 3] = [Language::English, Language::Chinese, Language::Russian];

    /// The code of ISO 639-1: "en".
    pub fn code(self) -> &'static str {
        match self {
            Language::English => "en",
            Language::Chinese => "zh",
            Language::Russian => "ru",
        }
    }

    /// The language of that code.
    pub fn of_code(code: &str) -> Option<Language> {
        Language::ALL.into_iter().find(|language| language.code() == code)
    }

    /// The sentence of an identifier, with these values in their places. See [`tell!`].
    ///
    /// # Panics
    /// If the catalogue lacks it, or names a value that is not given; a test goes through all of them.
    pub(crate) fn sentence(self, id: &str, args: &FluentArgs<'_>) -> String {
        let pattern = self.catalogue().get_message(id).and_then(|message| message.value());
        self.written(id, pattern, args)
    }

    /// What is English in the code, such as the name of a measure: the same in this language, where it stands under an identifier
    /// or, with a second name, an attribute of it.
    pub(crate) fn named(self, id: &str, attribute: Option<&str>, english: &str) -> String {
        if self == Language::English {
            return english.to_owned();
        }
        let message = self.catalogue().get_message(id);
        let pattern = message.and_then(|message| match attribute {
            None => message.value(),
            Some(attribute) => message.get_attribute(attribute).map(|attribute| attribute.value()),
        });
        self.written(id, pattern, &FluentArgs::new())
    }

    fn written(self, id: &str, pattern: Option<&fluent_syntax::ast::Pattern<&str>>, args: &FluentArgs<'_>) -> String {
        let pattern = pattern.unwrap_or_else(|| panic!("{self} has no words for '{id}'"));
        let mut errors = vec![];
        let text = self.catalogue().format_pattern(pattern, Some(args), &mut errors).into_owned();
        assert!(errors.is_empty(), "'{id}' in {self}: {errors:?}");
        text
    }

    /// A number that a sentence holds as it is; in English it has no separators.
    fn whole(self, value: &FluentValue<'_>) -> Option<String> {
        match value {
            FluentValue::Number(number) => Some(self.group(&number.as_string())),
            _ => None,
        }
    }

    fn catalogue(self) -> &'static Catalogue {
        &CATALOGUES[self as usize]
    }

    /// Its catalogue, in parts by what they speak of.
    fn texts(self) -> &'static [&'static str] {
        match self {
            Language::English => &[
                include_str!("en/common.ftl"),
                include_str!("en/compare.ftl"),
                include_str!("en/sweep.ftl"),
                include_str!("en/report.ftl"),
                include_str!("en/programme.ftl"),
                include_str!("en/notes.ftl"),
                include_str!("en/figures.ftl"),
            ],
            Language::Chinese => &[
                include_str!("zh/common.ftl"),
                include_str!("zh/compare.ftl"),
                include_str!("zh/sweep.ftl"),
                include_str!("zh/report.ftl"),
                include_str!("zh/programme.ftl"),
                include_str!("zh/notes.ftl"),
                include_str!("zh/figures.ftl"),
                include_str!("zh/code.ftl"),
            ],
            Language::Russian => &[
                include_str!("ru/common.ftl"),
                include_str!("ru/compare.ftl"),
                include_str!("ru/sweep.ftl"),
                include_str!("ru/report.ftl"),
                include_str!("ru/programme.ftl"),
                include_str!("ru/notes.ftl"),
                include_str!("ru/figures.ftl"),
                include_str!("ru/code.ftl"),
            ],
        }
    }

    fn read_catalogue(self) -> Catalogue {
        let identifier: LanguageIdentifier = self.code().parse().expect("a language of ISO 639");
        let mut catalogue = FluentBundle::new_concurrent(vec![identifier]);
        // Values are cleaned of what turns the reading order; marks that isolate them would only be seen in charts.
        catalogue.set_use_isolating(false);
        catalogue.set_formatter(match self {
            Language::English => None,
            Language::Chinese => Some(|value, _| Language::Chinese.whole(value)),
            Language::Russian => Some(|value, _| Language::Russian.whole(value)),
        });
        for text in self.texts() {
            let sentences = FluentResource::try_new((*text).to_owned()).expect("a catalogue that a test has read");
            catalogue.add_resource(sentences).expect("each sentence once");
        }
        catalogue
    }
}

impl fmt::Display for Language {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(self.code())
    }
}

#[cfg(test)]
mod tests;
