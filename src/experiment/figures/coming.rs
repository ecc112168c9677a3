//! How customers came: by which way, and over which steps.

use super::closely::{Guided, Maker, Said, known};
use crate::figure::{Axis, Hue, Mark, Numbers};
use crate::language::{Language, tell};
use crate::projection::detail::Way;
use crate::table::{Column, Table, Values};

impl Maker<'_> {
    /// Customers by the way they came, day by day, piled up.
    pub(super) fn acquisition(&self) -> Option<Guided> {
        let table = self.gathered.acquisition();
        let has_come = |way: &Way| known(&table, &format!("{}_mean", way.name())).iter().any(|&people| people > 0.0);
        let layer = |(place, way): (usize, Way)| Mark::Area {
            low: format!("{}_low", way.name()),
            high: format!("{}_high", way.name()),
            label: way_in_words(way, self.language),
            hue: Hue::of(place),
        };
        // A colour stays with its way, whichever others there are.
        let marks: Vec<Mark> = Way::ALL.into_iter().enumerate().filter(|(_, way)| has_come(way)).map(layer).collect();
        if marks.is_empty() {
            return None;
        }
        let said = Said {
            name: "acquisition",
            title: tell!(self.language, "figure-acquisition"),
            what: if self.has_bands() { tell!(self.language, "figure-says-layers") } else { String::new() },
            reading: tell!(self.language, "figure-acquisition-reading"),
        };
        let y = Axis::linear(tell!(self.language, "axis-customers"), "", Numbers::Plain);
        Some(self.chart(said, [self.days(), y], marks, table))
    }

    /// How many took each step.
    pub(super) fn funnel(&self) -> Option<Guided> {
        let mut table = self.gathered.funnel();
        if known(&table, "people_mean").iter().all(|&people| people == 0.0) {
            return None;
        }
        let stages = match table.columns.first().map(|column| &column.values) {
            Some(Values::Name(stages)) => stages.iter().map(|stage| stage_in_words(stage, self.language)).collect(),
            _ => vec![],
        };
        let steps = Column {
            name: "step".into(),
            unit: String::new(),
            meaning: "the step in words".into(),
            values: Values::Name(stages),
        };
        table = Table { columns: [steps].into_iter().chain(table.columns).collect() };
        let said = Said {
            name: "funnel",
            title: tell!(self.language, "figure-funnel"),
            what: if self.has_bands() { tell!(self.language, "figure-says-whiskers") } else { String::new() },
            reading: tell!(self.language, "figure-funnel-reading"),
        };
        let bars = Mark::Bars {
            value: "people_mean".into(),
            interval: self.has_bands().then(|| ("people_p05".into(), "people_p95".into())),
            by_interval: false,
            label: String::new(),
            hue: Hue::First,
        };
        let x = Axis::linear(tell!(self.language, "figure-funnel-people"), "", Numbers::Plain);
        Some(self.chart(said, [x, Axis::linear("", "step", Numbers::Plain)], vec![bars], table))
    }
}

/// By which way somebody became a customer: "Advertising".
pub fn way_in_words(way: Way, language: Language) -> String {
    match way {
        Way::Seed => tell!(language, "figure-way-seed"),
        Way::Advertising => tell!(language, "figure-way-advertising"),
        Way::Influencer => tell!(language, "figure-way-influencer"),
        Way::Review => tell!(language, "figure-way-review"),
        Way::Word => tell!(language, "figure-way-word"),
        Way::WordCredited => tell!(language, "figure-way-credited"),
    }
}

fn stage_in_words(stage: &str, language: Language) -> String {
    match stage {
        "reached" => tell!(language, "figure-funnel-reached"),
        "landed" => tell!(language, "figure-funnel-landed"),
        "signed_up" => tell!(language, "figure-funnel-signed-up"),
        "customers" => tell!(language, "figure-funnel-customers"),
        "participants" => tell!(language, "figure-funnel-participants"),
        "advocates" => tell!(language, "figure-funnel-advocates"),
        other => other.to_owned(),
    }
}
