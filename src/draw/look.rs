//! How a chart is to look: for which sheet it is laid out, in which fonts and colours, with its headline or without.

use super::fonts::Fonts;
use super::palette::Palette;
use super::theme;
use crate::language::Language;

/// What is asked of the look of a chart.
#[derive(Clone, Copy)]
pub struct Look<'a> {
    /// The fonts in which it is measured and, as a PNG, written.
    pub fonts: &'a Fonts,
    /// The sheet for which it is laid out.
    pub size: Size,
    /// Whether the headline is drawn; without it, it is still what a screen reader says.
    pub title: bool,
    /// The colours of its quantities.
    pub palette: Palette,
    /// The language of numbers on axes and of what a screen reader says.
    pub language: Language,
}

impl<'a> Look<'a> {
    /// A chart on a page, with its headline and in Tellwave's colours.
    pub fn page(fonts: &'a Fonts) -> Look<'a> {
        Look { fonts, size: Size::Page, title: true, palette: Palette::default(), language: Language::English }
    }
}

/// A sheet. A chart is laid out anew for each, so that its text can be read where the sheet is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Size {
    /// Within a page: 800 wide and as high as is needed; 1,600 pixels wide as a PNG.
    Page,
    /// A slide of 16 to 9: 1,920 × 1,080 pixels as a PNG, text of at least 24 pixels.
    Slide,
    /// A column of a journal, 89 mm at 300 dots an inch: 1,050 pixels wide as a PNG, text of 7 to 8 points.
    Column,
    /// A square post: 1,080 × 1,080 pixels as a PNG, text of at least 24 pixels.
    Square,
}

impl Size {
    /// All of them.
    pub const ALL: [Size; 4] = [Size::Page, Size::Slide, Size::Column, Size::Square];

    /// What it is called in a call and in the name of a file: "slide".
    pub fn name(self) -> &'static str {
        match self {
            Size::Page => "page",
            Size::Slide => "slide",
            Size::Column => "column",
            Size::Square => "square",
        }
    }
}

/// The measures of a sheet [logical pixels, and ems of text in them].
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Sheet {
    pub width: f64,
    /// Nothing if the chart is as high as is needed.
    pub height: Option<f64>,
    /// Pixels of a PNG in a logical one.
    pub pixels: f64,
    /// Dots an inch at which the PNG has its true size on paper, where it has one.
    pub dots_an_inch: Option<f64>,
    /// Free space around everything.
    pub padding: f64,
    /// Least height of the area in which curves run, where the chart is as high as is needed.
    pub plot: f64,
    /// Size of the headline.
    pub title: f64,
    /// Size of labels at lines and of values at bars.
    pub label: f64,
    /// Size of numbers, titles and names on axes.
    pub axis: f64,
    /// Size of the caption.
    pub caption: f64,
    /// The widest a label becomes before it is broken.
    pub label_width: f64,
    /// Most lines of the caption.
    pub caption_lines: usize,
}

impl Sheet {
    pub fn of(size: Size) -> Sheet {
        let page = Sheet {
            width: theme::WIDTH,
            height: None,
            pixels: 2.0,
            dots_an_inch: None,
            padding: theme::PADDING,
            plot: theme::PLOT_HEIGHT,
            title: theme::TITLE_SIZE,
            label: theme::LABEL_SIZE,
            axis: theme::AXIS_SIZE,
            caption: theme::CAPTION_SIZE,
            label_width: 190.0,
            caption_lines: 6,
        };
        match size {
            Size::Page => page,
            Size::Slide => Sheet {
                width: 960.0,
                height: Some(540.0),
                padding: 36.0,
                title: 27.0,
                label: 17.0,
                axis: 15.5,
                caption: 12.5,
                label_width: 210.0,
                caption_lines: 2,
                ..page
            },
            // A point is 525 / 252.3 logical pixels here.
            Size::Column => Sheet {
                width: 525.0,
                dots_an_inch: Some(300.0),
                padding: 8.0,
                plot: 270.0,
                title: 19.0,
                label: 16.6,
                axis: 16.6,
                caption: 14.6,
                label_width: 130.0,
                ..page
            },
            Size::Square => Sheet {
                width: 540.0,
                height: Some(540.0),
                padding: 26.0,
                title: 23.0,
                label: 15.0,
                axis: 14.0,
                caption: 12.5,
                label_width: 125.0,
                caption_lines: 3,
                ..page
            },
        }
    }

    /// How much larger than on a page gaps and pens are, as text is.
    pub fn unit(&self) -> f64 {
        self.axis / theme::AXIS_SIZE
    }

    /// Width between the paddings.
    pub fn inner(&self) -> f64 {
        self.width - 2.0 * self.padding
    }
}
