//! What was said and thought: words for the product and against it, and the net promoter score.

use super::closely::{Guided, Maker, Said, known, only};
use crate::figure::{Axis, Numbers};
use crate::language::tell;
use crate::table::Values;

impl Maker<'_> {
    /// Good words less bad ones; nothing where nobody says a bad one.
    pub(super) fn sentiment(&self) -> Option<Guided> {
        let said = Said {
            name: "sentiment",
            title: tell!(self.language, "figure-sentiment"),
            what: self.says_all_together(),
            reading: tell!(self.language, "figure-sentiment-reading"),
        };
        let y = Axis::linear(tell!(self.language, "figure-sentiment-axis"), "", Numbers::Percent);
        self.of_opinions(said, y, "sentiment", tell!(self.language, "figure-sentiment-label"), 1.0)
    }

    /// The net promoter score of customers; nothing where all are promoters.
    pub(super) fn nps(&self) -> Option<Guided> {
        let said = Said {
            name: "nps",
            title: tell!(self.language, "figure-nps"),
            what: self.says_all_together(),
            reading: tell!(self.language, "figure-nps-reading"),
        };
        let y = Axis::linear(tell!(self.language, "figure-nps-axis"), "", Numbers::Plain);
        self.of_opinions(said, y, "nps", tell!(self.language, "figure-nps-label"), 100.0)
    }

    fn of_opinions(&self, said: Said, y: Axis, measure: &str, label: String, best: f64) -> Option<Guided> {
        let table = self.gathered.sentiment();
        let [mean, low, high] = ["mean", "p05", "p95"].map(|statistic| format!("{measure}_{statistic}"));
        if known(&table, &mean).iter().all(|&value| value == best) {
            return None;
        }
        let mut table = only(&table, &["day", &mean, &low, &high]);
        for column in &mut table.columns {
            // Day 0 is over after the first moment: hardly a word has been told, and a single one decides the band.
            if let (Values::Real(values), "sentiment") = (&mut column.values, measure) {
                values.iter_mut().take(1).for_each(|value| *value = f64::NAN);
            }
        }
        Some(self.chart(said, [self.days(), y], self.line_and_band(measure, label), table))
    }
}
