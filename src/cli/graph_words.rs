//! What a graph is like, in the words of the report. The numbers are those of `graph.csv`.

use crate::graph::measure::{Found, Measures};
use crate::language::Language;
use crate::report::GraphRow;
use crate::report::words::{Locale, Quantity};

/// The rows of the table "The graph"; `own` says that each run grows its own.
pub(super) fn rows(measures: &Measures, own: bool, language: Language) -> Vec<GraphRow> {
    let row = |what: &str, value: String, meaning: &str| {
        let (what, meaning) = (what.to_owned(), meaning.to_owned());
        GraphRow { what, value, meaning }
    };
    let locale = Locale::without_money(language);
    let plain = |value: f64| locale.observed(value, Quantity::Plain);
    let number = |value: f64, decimals| language.number(value, decimals);
    let count = |value: i64| locale.count(value);
    let people =
        if own { "each run grows a graph of its own; this is that of run 0" } else { "everybody in the market" };
    let mut rows = vec![row("People", count(i64::from(measures.people)), people)];
    let (what, ties) = if measures.directed {
        ("Ties, one way", "pairs of people of whom the first can tell the second")
    } else {
        ("Ties", "pairs of people who can tell each other")
    };
    rows.push(row(what, count(measures.ties as i64), ties));
    if let Some(degrees) = measures.degrees {
        let who = if measures.directed { "whom a person can tell" } else { "how many friends a person has" };
        let spread = format!("{who}, on average over everybody; the standard deviation is {}", number(degrees.sd, 1));
        rows.push(row("Friends, mean", number(degrees.mean, 1), &spread));
        let five = [
            f64::from(degrees.min),
            degrees.lower_quartile,
            degrees.median,
            degrees.upper_quartile,
            f64::from(degrees.max),
        ];
        let five = five.map(plain).join("\u{a0}· ");
        rows.push(row("Friends, from fewest to most", five, "the fewest, the quartiles with the median, and the most"));
    }
    let found = [
        (
            "Degree assortativity",
            measures.assortativity,
            "above 0 people with many friends know each other, below 0 they know people with few; −1 to 1 (Newman 2002)",
        ),
        (
            "Clustering",
            measures.clustering,
            "share of a person's pairs of friends who know each other, the mean over people (Watts & Strogatz 1998)",
        ),
        (
            "Transitivity",
            measures.transitivity,
            "the same share over all such pairs together, so that people with many friends count for more",
        ),
    ];
    for (what, found, meaning) in found {
        if let Some(Found { value, sampled }) = found {
            let (value, sample) = match sampled {
                None => (number(value, 3), String::new()),
                Some(drawn) => (
                    format!("about\u{a0}{}", number(value, 2)),
                    format!("; from {} drawn at random", count(drawn as i64)),
                ),
            };
            rows.push(row(what, value, &format!("{meaning}{sample}")));
        }
    }
    if let Some(share) = measures.largest_share() {
        let parts = "no tie joins one part to another, so no word gets across";
        rows.push(row("Parts", count(i64::from(measures.components)), parts));
        let largest = format!("{} people are in the largest part", count(i64::from(measures.largest)));
        rows.push(row("Largest part", locale.percent(share), &largest));
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
