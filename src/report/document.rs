//! A document in pieces: paragraphs, lists, tables and charts under headings. It becomes a page of HTML, or Markdown with the charts
//! beside it.
//!
//! All its words come ready-made and in the reader's language; here they are only put in order. What comes from a scenario is
//! escaped for the format, so that a name is never anything but text.

use super::{Dress, ReportError, Template, environment, fill};
use crate::draw::clean;
use crate::language::{Language, tell};
use minijinja::{AutoEscape, Value};

const HTML: &str = include_str!("document.html.j2");
const MARKDOWN: &str = include_str!("document.md.j2");

/// A document.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Document {
    /// In which language it is.
    pub language: Language,
    /// How it is dressed.
    pub dress: Dress,
    /// What kind of document it is: "Tellwave comparison".
    pub kind: String,
    /// Its title.
    pub title: String,
    /// The question that it answers.
    pub question: Option<String>,
    /// The answer, a few sentences.
    pub answer: Vec<String>,
    /// What follows.
    pub sections: Vec<Section>,
}

/// What stands under a heading.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Section {
    /// Where links lead to it; letters, digits and hyphens.
    pub anchor: &'static str,
    /// The heading.
    pub title: String,
    /// What stands under it.
    pub blocks: Vec<Block>,
}

/// A piece of a section.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// A paragraph.
    Text(String),
    /// A list, an item each.
    List(Vec<String>),
    /// A command to be typed.
    Command(String),
    /// A table.
    Table(Table),
    /// A chart.
    Chart(Chart),
}

/// A table; the first cell of a row is its heading.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Table {
    /// What stands above it.
    pub caption: Option<String>,
    /// The heading of each column.
    pub header: Vec<String>,
    /// The rows.
    pub rows: Vec<Row>,
    /// Whether its cells are numbers, to stand under each other.
    pub is_of_numbers: bool,
}

/// A row.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Row {
    /// Its heading.
    pub head: String,
    /// What is said of it, in small letters.
    pub notes: Vec<String>,
    /// The other cells.
    pub cells: Vec<Cell>,
}

/// A cell: a value and, in small letters, what belongs to it, such as its interval.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Cell {
    /// The value.
    pub text: String,
    /// What belongs to it.
    pub note: Option<String>,
}

impl From<String> for Cell {
    fn from(text: String) -> Cell {
        Cell { text, note: None }
    }
}

/// A chart, which also lies beside the document as files.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Chart {
    /// Its name, that of its files.
    pub name: String,
    /// What it shows, for who cannot see it.
    pub alternative: String,
    /// The picture.
    pub svg: String,
    /// The picture for a screen that is narrow.
    pub narrow: String,
}

impl Document {
    /// As one page of HTML, charts included. `template` takes the place of the usual one.
    ///
    /// # Errors
    /// The template is none, or names what there is not.
    pub fn html(&self, template: Option<&Template>) -> Result<String, ReportError> {
        let context = self.context(clean, |svg| Value::from_safe_string(svg.to_owned()));
        fill(environment(|_| AutoEscape::Html)?, (template, HTML), context)
    }

    /// As Markdown (CommonMark with tables); charts are PNG files beside it.
    ///
    /// # Errors
    /// None that is not a mistake in Tellwave.
    pub fn markdown(&self) -> Result<String, ReportError> {
        let context = self.context(markdown_text, |_| Value::UNDEFINED);
        fill(environment(|_| AutoEscape::None)?, (None, MARKDOWN), context)
    }

    /// What a template of a page sees.
    #[cfg(test)]
    pub(super) fn seen(&self) -> Value {
        self.context(clean, |svg| Value::from_safe_string(svg.to_owned()))
    }

    /// What a template sees: see docs/reports.md.
    fn context(&self, text: impl Fn(&str) -> String, picture: impl Fn(&str) -> Value) -> Value {
        let all = |texts: &[String]| texts.iter().map(|each| text(each)).collect::<Vec<_>>();
        let table = |table: &Table| {
            let cell = |Cell { text: value, note }: &Cell| {
                minijinja::context! { text => text(value), note => note.as_deref().map(&text) }
            };
            let row = |row: &Row| {
                let cells = row.cells.iter().map(cell).collect::<Vec<_>>();
                minijinja::context! { head => text(&row.head), notes => all(&row.notes), cells => cells }
            };
            minijinja::context! {
                caption => table.caption.as_deref().map(&text),
                header => all(&table.header),
                rows => table.rows.iter().map(row).collect::<Vec<_>>(),
                is_of_numbers => table.is_of_numbers,
            }
        };
        let block = |block: &Block| match block {
            Block::Text(paragraph) => minijinja::context! { kind => "text", text => text(paragraph) },
            Block::List(items) => minijinja::context! { kind => "list", items => all(items) },
            Block::Command(line) => minijinja::context! { kind => "command", text => clean(line) },
            Block::Table(it) => minijinja::context! { kind => "table", table => table(it) },
            Block::Chart(chart) => minijinja::context! {
                kind => "chart",
                name => chart.name.clone(),
                alternative => text(&chart.alternative),
                picture => picture(&chart.svg),
                narrow => picture(&chart.narrow),
            },
        };
        let section = |section: &Section| {
            let blocks = section.blocks.iter().map(block).collect::<Vec<_>>();
            minijinja::context! { anchor => section.anchor, title => text(&section.title), blocks => blocks }
        };
        minijinja::context! {
            language => self.language.code(),
            kind => text(&self.kind),
            title => text(&self.title),
            question => self.question.as_deref().map(&text),
            answer => all(&self.answer),
            sections => self.sections.iter().map(section).collect::<Vec<_>>(),
            contents => tell!(self.language, "document-contents"),
            to_contents => tell!(self.language, "document-skip"),
            files => tell!(self.language, "document-files"),
            style => Value::from_safe_string(self.dress.style()),
            logo => self.dress.logo.clone(),
        }
    }
}

/// Text in which nothing is markup: neither of Markdown nor, within it, of HTML.
fn markdown_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in clean(text).chars() {
        if matches!(
            c,
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '$' | '&' | '!' | '=' | '+'
        ) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOSTILE: &str =
        "<script>alert(1)</script> ]]> \"q\" 'a' & \u{202e}exe\u{0} {{ 7 * 7 }} | [x](javascript:1) `code` **b**";

    fn document(text: &str) -> Document {
        let [title, kind] = [text, text].map(str::to_owned);
        let row = Row {
            head: text.into(),
            notes: vec![text.into()],
            cells: vec![Cell { text: text.into(), note: Some(text.into()) }],
        };
        let table =
            Table { caption: Some(text.into()), header: vec![text.into(); 2], rows: vec![row], is_of_numbers: true };
        let chart = Chart {
            name: "reach".into(),
            alternative: text.into(),
            svg: "<svg><title>ok</title></svg>".into(),
            narrow: String::new(),
        };
        let blocks = vec![
            Block::Text(text.into()),
            Block::List(vec![text.into()]),
            Block::Command(text.into()),
            Block::Table(table),
            Block::Chart(chart),
        ];
        Document {
            language: Language::English,
            dress: Dress::default(),
            kind,
            title,
            question: Some(text.into()),
            answer: vec![text.into()],
            sections: vec![Section { anchor: "first", title: text.into(), blocks }],
        }
    }

    #[test]
    fn hostile_names_are_only_text_in_html() {
        let page = document(HOSTILE).html(None).expect("renders");
        assert!(!page.contains("<script") && !page.contains('\u{202e}') && !page.contains('\0'), "{page}");
        assert!(page.contains("&lt;script&gt;") && page.contains("{{ 7 * 7 }}"));
        assert!(page.contains("<svg><title>ok</title></svg>"), "charts are not escaped");
    }

    #[test]
    fn hostile_names_are_only_text_in_markdown() {
        let page = document(HOSTILE).markdown().expect("renders");
        // Within a block of code all is text.
        let outside: String = page.split("```").step_by(2).collect();
        let bare = outside.replace("\\<", "").replace("\\[", "");
        assert!(!bare.contains('<') && !bare.contains("[x") && !page.contains('\u{202e}'), "{page}");
        let rows: Vec<&str> = page.lines().filter(|line| line.starts_with('|')).collect();
        let bars = |line: &str| line.replace("\\|", "").matches('|').count();
        assert!(rows.len() == 3 && rows.iter().all(|row| bars(row) == 3), "{rows:?}");
        assert!(page.contains("](reach.png)"));
    }

    fn own(text: &str) -> Template {
        Template { file: "mine/own.html".into(), text: text.into() }
    }

    #[test]
    fn a_template_of_one_s_own_takes_the_place_of_the_usual_one() {
        let page = document("A & B").html(Some(&own("<h1>{{ title }}</h1>{{ answer|length }}"))).expect("renders");
        assert_eq!(page, "<h1>A &amp; B</h1>1");
        assert!(document("x").html(Some(&own("{{ title"))).is_err());
    }

    #[test]
    fn a_template_that_names_what_there_is_not_is_told_its_file_and_line() {
        let why = |text: &str| document("x").html(Some(&own(text))).expect_err("names what there is not").to_string();
        let said = why("<h1>\n{{ titel }}</h1>");
        assert!(said.starts_with("mine/own.html:2: undefined value") && said.contains("titel"), "{said}");
        let said = why(
            "{% for section in sections %}\n\n{% for block in section.blocks %}{{ block.pictur }}{% endfor %}{% endfor %}",
        );
        assert!(said.starts_with("mine/own.html:3: ") && said.contains("block.pictur"), "{said}");
        assert!(why("{% if titel %}x{% endif %}").starts_with("mine/own.html:1: "));
    }

    #[test]
    fn the_usual_template_names_nothing_that_there_is_not() {
        let document = document("A & B");
        assert_eq!(document.html(Some(&own(HTML))).expect("strict"), document.html(None).expect("lenient"));
    }
}
