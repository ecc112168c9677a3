//! What would change the answer of a comparison, as tables: assumptions that are moved, and rewards that are larger or smaller.

use crate::measured::{column, names};
use crate::side_by_side::{of_each, reals, three};
use tellwave::cli::compare::{Comparison, End, Swing};
use tellwave::experiment::Estimate;
use tellwave::table::Table;

/// Each assumption with its range, and what the difference comes to at the ends of it; nothing where that was not asked.
pub fn assumptions(it: &Comparison) -> Option<Table> {
    let found = it.what_if()?;
    let swings = &found.swings;
    let [first, other] = [found.first, found.other].map(|which| it.names()[which].as_str());
    let number =
        |name: &str, meaning: &str, of: &dyn Fn(&Swing) -> f64| reals(name, "", meaning, swings.iter().map(of));
    let mut columns = vec![
        column("assumption", "the key of what is moved", names(swings.iter().map(|it| it.assumption.key.clone()))),
        number("now", "its number, in the unit in which the scenario writes it", &|it| it.assumption.number),
        number("low", "the lower end of its range", &|it| it.assumption.ends[0]),
        number("high", "the upper end of its range", &|it| it.assumption.ends[1]),
    ];
    for (place, end) in ["low", "high"].into_iter().enumerate() {
        let of = |end: &End| end.as_ref().ok().map(|summary| summary.estimate);
        let each: Vec<_> = swings.iter().map(|it| of(&it.ends[place])).collect();
        let label = format!(
            "the mean {} of {first} less that of {other} there; NaN where a scenario refuses that number",
            it.compared().by.name
        );
        let three_names = [format!("at_{end}"), format!("at_{end}_low"), format!("at_{end}_high")];
        columns.extend(three(it, three_names.each_ref().map(String::as_str), &label, &each));
    }
    let meaning = format!("the number at which {first} falls behind {other}; NaN where it does not");
    columns.push(number("flips_at", &meaning, &|it| it.flip.unwrap_or(f64::NAN)));
    columns.push(column(
        "source",
        "where the range is from",
        names(swings.iter().map(|it| it.assumption.source.to_owned())),
    ));
    Some(Table { columns })
}

/// What each programme adds to the profit with its rewards multiplied; nothing where that was not asked.
pub fn reward_sizes(it: &Comparison) -> Option<Table> {
    let points = || it.reward_sizes().iter().flat_map(|curve| curve.points.iter().map(|point| (curve.which, point)));
    let unit = it.money().code.clone();
    let money = |name: &str, meaning: &str, of: &dyn Fn(&Estimate) -> f64| {
        let value = |(_, (_, point)): (usize, &(f64, Option<Estimate>))| point.as_ref().map_or(f64::NAN, of);
        reals(name, &unit, meaning, points().map(value).map(|value| value / it.money().minor_units()))
    };
    let end = |which: usize| move |it: &Estimate| it.interval.map_or(f64::NAN, |ends| ends[which]);
    let whose = points().map(|(which, _)| it.names()[which].clone()).collect::<Vec<_>>();
    let table = Table {
        columns: vec![
            reals("factor", "", "what the rewards are multiplied with", points().map(|(_, (factor, _))| *factor)),
            money(
                "added",
                "what the programme adds to the profit on average; NaN where such rewards are refused",
                &|it| it.mean,
            ),
            money("low", "the lower end of its 95 % interval", &end(0)),
            money("high", "the upper end of its 95 % interval", &end(1)),
        ],
    };
    (!whose.is_empty()).then(|| of_each(whose, table))
}
