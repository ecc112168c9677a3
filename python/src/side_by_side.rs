//! Contenders of a comparison as tables: who ranks where, and how each differs from the baseline.

use crate::measured::{self, column, names};
use tellwave::cli::compare::Comparison;
use tellwave::experiment::{Compared, Difference, Estimate, Summary};
use tellwave::projection::Unit;
use tellwave::table::{Column, Table, Values};

/// By what numbers of the measure that ranks are divided to be told: minor units of money.
fn scale(it: &Comparison) -> f64 {
    if it.compared().by.unit == Unit::Money { it.money().minor_units() } else { 1.0 }
}

/// The same columns after one that says whose each row is.
pub fn of_each(whose: Vec<String>, table: Table) -> Table {
    let name = column("name", "what the scenario is called", Values::Name(whose));
    Table { columns: [name].into_iter().chain(table.columns).collect() }
}

/// Some summaries of each contender that has any, one below the other.
fn summaries<'s, I>(it: &'s Comparison, of: impl Fn(usize) -> I) -> Table
where
    I: IntoIterator<Item = &'s Summary>,
{
    let rows = (0..it.names().len()).flat_map(|which| of(which).into_iter().map(move |summary| (which, *summary)));
    let (whose, all): (Vec<String>, Vec<Summary>) =
        rows.map(|(which, summary)| (it.names()[which].clone(), summary)).unzip();
    of_each(whose, measured::summaries(&all, it.money()))
}

/// Every measure of each contender.
pub fn summary(it: &Comparison) -> Table {
    summaries(it, |which| &it.compared().contenders[which].totals)
}

/// What the programme of each that has one adds; nothing where none has.
pub fn programmes(it: &Comparison) -> Option<Table> {
    it.programmes()
        .iter()
        .any(Option::is_some)
        .then(|| summaries(it, |which| it.programmes()[which].iter().flat_map(|programme| &programme.comparison)))
}

/// The ratios of each programme; nothing where none is there.
pub fn ratios(it: &Comparison) -> Option<Table> {
    let known = it.names().iter().zip(it.programmes());
    let rows = known.filter_map(|(name, programme)| Some((name, programme.as_ref()?)));
    let rows = rows.flat_map(|(name, programme)| programme.ratios.iter().map(|ratio| (name.clone(), *ratio)));
    let (whose, all): (Vec<String>, Vec<_>) = rows.unzip();
    (!all.is_empty()).then(|| of_each(whose, measured::ratios(&all, it.money())))
}

/// Everyone but the baseline, in the order of the names.
fn others(it: &Comparison) -> impl Iterator<Item = usize> {
    (0..it.names().len()).filter(|which| *which != it.baseline())
}

/// The share of the runs in which a difference is for the better.
fn better(it: &Comparison, of: &Difference) -> f64 {
    let better = if of.summary.measure.is_better_low() { of.less } else { of.more };
    f64::from(better) / f64::from(it.runs())
}

/// A column of a share, a number of runs and the like, NaN where it is not known.
pub fn reals(name: &str, unit: &str, meaning: &str, values: impl Iterator<Item = f64>) -> Column {
    Column { unit: unit.into(), ..column(name, meaning, Values::Real(values.collect())) }
}

/// Every measure of each contender less that of the baseline, run by run.
pub fn differences(it: &Comparison) -> Table {
    let of = |which: usize| &it.compared().contenders[which].differences;
    let each: Vec<&Difference> = others(it).flat_map(of).collect();
    let whose = others(it).flat_map(|which| vec![it.names()[which].clone(); of(which).len()]).collect();
    let all: Vec<Summary> = each.iter().map(|it| it.summary).collect();
    let mut table = of_each(whose, measured::summaries(&all, it.money()));
    let count = |name: &str, meaning: &str, of: &dyn Fn(&Difference) -> u32| Column {
        unit: "runs".into(),
        ..column(name, meaning, Values::Count(each.iter().map(|it| i64::from(of(it))).collect()))
    };
    table.columns.extend([
        count("runs_more", "in which it has more than the baseline", &|it| it.more),
        count("runs_equal", "in which both have the same", &|it| it.equal),
        count("runs_less", "in which it has less", &|it| it.less),
        reals("p_better", "", "the share of the runs in which it is better", each.iter().map(|of| better(it, of))),
        unpaired(each.iter().copied()),
    ]);
    table
}

fn unpaired<'d>(each: impl Iterator<Item = &'d Difference>) -> Column {
    let meaning = "how many runs of each, on luck of their own, would know the mean difference as well; NaN where that is not known";
    reals("unpaired_runs", "runs", meaning, each.map(|it| it.unpaired_runs.unwrap_or(f64::NAN)))
}

/// The mean and the ends of its interval as three columns in the unit of the measure that ranks; NaN where nothing is known.
pub fn three(it: &Comparison, names: [&str; 3], what: &str, each: &[Option<Estimate>]) -> [Column; 3] {
    let unit = it.compared().by.unit.name(it.money());
    let of = |value: &dyn Fn(&Estimate) -> Option<f64>| {
        each.iter()
            .map(|it| it.as_ref().and_then(value))
            .map(|value| value.map_or(f64::NAN, |value| value / scale(it)))
            .collect::<Vec<_>>()
    };
    let end = |which: usize| of(&|it| it.interval.map(|ends| ends[which]));
    let [mean, low, high] = names;
    [
        reals(mean, &unit, what, of(&|it| Some(it.mean)).into_iter()),
        reals(low, &unit, "the lower end of its 95 % interval", end(0).into_iter()),
        reals(high, &unit, "the upper end of its 95 % interval", end(1).into_iter()),
    ]
}

/// Each contender, the best first.
pub fn ranking(it: &Comparison) -> Table {
    let Compared { by, contenders, ranking, .. } = it.compared();
    let totals: Vec<_> = ranking.iter().map(|&which| Some(contenders[which].total_of(*by).estimate)).collect();
    let differences: Vec<&Difference> = ranking.iter().map(|&which| contenders[which].difference_of(*by)).collect();
    let less: Vec<_> = differences.iter().map(|it| Some(it.summary.estimate)).collect();
    let name = |which: usize| it.names()[which].clone();
    let alike = |&which: &usize| it.compared().alike(which).into_iter().map(name).collect::<Vec<_>>().join(", ");
    let ranks = Values::Count((1..=ranking.len() as i64).collect());
    let mut columns = vec![
        column("rank", "1 is the best", ranks),
        column("name", "what the scenario is called", names(ranking.iter().map(|&which| name(which)))),
    ];
    let label = format!("the mean {} over the runs", by.name);
    columns.extend(three(it, ["mean", "low", "high"], &label, &totals));
    let label = format!("the mean {} less that of {}, run by run", by.name, name(it.baseline()));
    columns.extend(three(it, ["difference", "difference_low", "difference_high"], &label, &less));
    columns.extend([
        reals(
            "p_better",
            "",
            "the share of the runs in which it is better than the baseline",
            differences.iter().map(|of| better(it, of)),
        ),
        unpaired(differences.iter().copied()),
        column("alike", "from whom these runs cannot tell it", names(ranking.iter().map(alike))),
    ]);
    Table { columns }
}

/// Each two contenders, the one that ranks higher less the other.
pub fn pairs(it: &Comparison) -> Table {
    let pairs = &it.compared().contrasts;
    let name = |which: usize| it.names()[which].clone();
    let each: Vec<_> = pairs.iter().map(|pair| Some(pair.difference.summary.estimate)).collect();
    let label = format!("the mean {} of the better one less that of the other, run by run", it.compared().by.name);
    let mut columns = vec![
        column("better", "who ranks higher", names(pairs.iter().map(|pair| name(pair.better)))),
        column("worse", "who ranks lower", names(pairs.iter().map(|pair| name(pair.worse)))),
    ];
    columns.extend(three(it, ["difference", "low", "high"], &label, &each));
    let meaning = "the chance of so large a difference if there were none, by Holm's method for all pairs at once; below 0.05 the two are told apart";
    columns.push(reals("p_holm", "", meaning, pairs.iter().map(|pair| pair.p)));
    Table { columns }
}
