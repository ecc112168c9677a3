//! What a graph is like, in the words of the report. The numbers are those of `graph.csv`.

use crate::graph::measure::{Found, Measures};
use crate::language::{Language, tell};
use crate::report::GraphRow;
use crate::report::words::{Locale, Quantity};

/// The rows of the table "The graph"; `own` says that each run grows its own.
pub(super) fn rows(measures: &Measures, own: bool, language: Language) -> Vec<GraphRow> {
    let row = |what: String, value: String, meaning: String| GraphRow { what, value, meaning };
    let locale = Locale::without_money(language);
    let plain = |value: f64| locale.observed(value, Quantity::Plain);
    let number = |value: f64, decimals| language.number(value, decimals);
    let count = |value: i64| locale.count(value);
    let people = if own { tell!(language, "graph-people-of-run") } else { tell!(language, "graph-people-meaning") };
    let mut rows = vec![row(tell!(language, "graph-people"), count(i64::from(measures.people)), people)];
    let (what, ties) = if measures.directed {
        (tell!(language, "graph-ties-directed"), tell!(language, "graph-ties-directed-meaning"))
    } else {
        (tell!(language, "graph-ties"), tell!(language, "graph-ties-meaning"))
    };
    rows.push(row(what, count(measures.ties as i64), ties));
    if let Some(degrees) = measures.degrees {
        let sd = number(degrees.sd, 1);
        let spread = if measures.directed {
            tell!(language, "graph-friends-mean-meaning-directed", sd = sd)
        } else {
            tell!(language, "graph-friends-mean-meaning", sd = sd)
        };
        rows.push(row(tell!(language, "graph-friends-mean"), number(degrees.mean, 1), spread));
        let five = [
            f64::from(degrees.min),
            degrees.lower_quartile,
            degrees.median,
            degrees.upper_quartile,
            f64::from(degrees.max),
        ];
        let five = five.map(plain).join("\u{a0}· ");
        let meaning = tell!(language, "graph-friends-spread-meaning");
        rows.push(row(tell!(language, "graph-friends-spread"), five, meaning));
    }
    let found = [
        (
            tell!(language, "graph-assortativity"),
            measures.assortativity,
            tell!(language, "graph-assortativity-meaning"),
        ),
        (tell!(language, "graph-clustering"), measures.clustering, tell!(language, "graph-clustering-meaning")),
        (tell!(language, "graph-transitivity"), measures.transitivity, tell!(language, "graph-transitivity-meaning")),
    ];
    for (what, found, meaning) in found {
        if let Some(Found { value, sampled }) = found {
            let (value, meaning) = match sampled {
                None => (number(value, 3), meaning),
                Some(drawn) => (
                    tell!(language, "graph-sampled", value = number(value, 2)),
                    tell!(language, "graph-sampled-meaning", meaning = meaning, drawn = count(drawn as i64)),
                ),
            };
            rows.push(row(what, value, meaning));
        }
    }
    if let Some(share) = measures.largest_share() {
        let parts = tell!(language, "graph-parts-meaning");
        rows.push(row(tell!(language, "graph-parts"), count(i64::from(measures.components)), parts));
        let largest = tell!(language, "graph-largest-part-meaning", people = count(i64::from(measures.largest)));
        rows.push(row(tell!(language, "graph-largest-part"), locale.percent(share), largest));
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dice::Dice;
    use crate::graph::GraphModel;
    use crate::graph::measure::Effort;
    use crate::graph::model::{Circle, Cliques, TieStrengths};
    use crate::units::Seed;

    fn told(model: &GraphModel, effort: Effort) -> String {
        let dice = Dice::new(Seed(1));
        let measures = Measures::of(&model.grow(dice), dice, effort);
        let rows = rows(&measures, false, Language::English);
        rows.into_iter().map(|row| format!("{}: {} ({})\n", row.what, row.value, row.meaning)).collect()
    }

    #[test]
    fn a_ring_is_said_in_plain_words() {
        let ring = told(&GraphModel::Circle(Circle { people: 2_000 }), Effort::USUAL);
        assert!(ring.starts_with("People: 2,000 (everybody in the market)\nTies: 2,000 (pairs"), "{ring}");
        assert!(ring.contains("Friends, mean: 2.0 ("), "{ring}");
        assert!(ring.contains(": 2\u{a0}· 2\u{a0}· 2\u{a0}· 2\u{a0}· 2 ("), "{ring}");
        assert!(ring.contains("Clustering: 0.000 (") && !ring.contains("assortativity"), "{ring}");
        assert!(ring.ends_with("Parts: 1 (no tie joins one part to another, so no word gets across)\nLargest part: 100\u{a0}% (2,000 people are in the largest part)\n"), "{ring}");
    }

    #[test]
    fn what_was_sampled_is_called_so() {
        let strengths = TieStrengths::ORDINARY;
        let model = GraphModel::Cliques(Cliques { people: 6_000, clique_size: 6, weak_ties: 0, strengths });
        let circles = told(&model, Effort { walks: 0, ..Effort::USUAL });
        assert!(circles.contains("Clustering: about\u{a0}1.00 ("), "{circles}");
        assert!(circles.contains("; from 6,000 drawn at random)"), "{circles}");
        assert!(circles.contains("Parts: 1,000 ("), "{circles}");
    }
}
