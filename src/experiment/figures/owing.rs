//! What the programme owes and has spent.

use super::closely::{Guided, Maker, Said, known};
use crate::figure::{Axis, Numbers};
use crate::language::tell;
use crate::table::Table;

impl Maker<'_> {
    /// What is owed in rewards, day by day.
    pub(super) fn liability(&self) -> Option<Guided> {
        let said = Said {
            name: "liability",
            title: tell!(self.language, "figure-liability"),
            what: self.says_mean(),
            reading: tell!(self.language, "figure-liability-reading"),
        };
        let numbers = Numbers::Money { prefix: self.sign.to_owned(), digits: self.money.digits };
        let y = tell!(self.language, "figure-liability-axis", currency = self.money.code.as_str());
        let label = tell!(self.language, "figure-liability-label");
        self.by_day(said, Axis::linear(y, "", numbers), "liability", label, self.gathered.liability(self.money)?)
    }

    /// Which share of the budget is used, day by day.
    pub(super) fn budget(&self) -> Option<Guided> {
        let said = Said {
            name: "budget",
            title: tell!(self.language, "figure-budget"),
            what: self.says_mean(),
            reading: tell!(self.language, "figure-budget-reading"),
        };
        let y = Axis::linear(tell!(self.language, "figure-budget-axis"), "", Numbers::Percent);
        self.by_day(said, y, "used", tell!(self.language, "figure-budget-label"), self.gathered.budget()?)
    }

    fn by_day(&self, said: Said, y: Axis, measure: &str, label: String, table: Table) -> Option<Guided> {
        let is_nothing = known(&table, &format!("{measure}_mean")).iter().all(|&value| value == 0.0);
        (!is_nothing).then(|| self.chart(said, [self.days(), y], self.line_and_band(measure, label), table))
    }

    /// What a line is that is a mean, with its band.
    fn says_mean(&self) -> String {
        if self.has_bands() { tell!(self.language, "figure-says-mean-and-band") } else { String::new() }
    }
}
