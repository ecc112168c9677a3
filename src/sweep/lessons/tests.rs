//! Lessons of made-up records whose answers are known.

use super::*;
use crate::experiment::MoneyUnit;
use crate::sensitivity::Goal;
use crate::sweep::design::{grid, latin_hypercube, morris, sobol};
use crate::sweep::{Design, Factor, Keep, Law, Level, Metric, Place, Plan, Record, Statistics, Values, Writing};
use crate::units::Seed;

const SEED: Seed = Seed(7);

fn metric(name: &str) -> Metric {
    Metric { name: name.to_owned(), label: name.to_owned(), unit: String::new(), meaning: String::new() }
}

fn numbers(name: &str, numbers: &[f64]) -> Factor {
    let level = |&number: &f64| Level { label: number.to_string(), number: Some(number), toml: String::new() };
    Factor { name: name.to_owned(), unit: String::new(), values: Values::Levels(numbers.iter().map(level).collect()) }
}

fn names(name: &str, names: &[&str]) -> Factor {
    let level = |name: &&str| Level { label: (*name).to_owned(), number: None, toml: String::new() };
    Factor { name: name.to_owned(), unit: String::new(), values: Values::Levels(names.iter().map(level).collect()) }
}

fn law(name: &str) -> Factor {
    let writing = Writing { text: "{}".to_owned(), decimals: None, quoted: false };
    let values = Values::Law { keys: vec![], law: Law::Uniform { from: 0.0, to: 1.0 }, writing };
    Factor { name: name.to_owned(), unit: String::new(), values }
}

fn plan(design: Design, factors: Vec<Factor>, cells: Vec<Vec<Place>>, metrics: &[&str]) -> Plan {
    Plan {
        schema: 1,
        results: 1,
        name: "test".to_owned(),
        question: None,
        base: String::new(),
        base_name: String::new(),
        data_sha256: vec![],
        seed: SEED.0.to_string(),
        runs: 4,
        money: MoneyUnit { code: "USD".to_owned(), digits: 2 },
        metrics: metrics.iter().map(|name| metric(name)).collect(),
        keep: Keep { runs: true, ..Keep::default() },
        design,
        factors,
        constraints: vec![],
        left_out: 0,
        points: None,
        cells,
    }
}

/// Every combination of the levels.
fn whole(factors: Vec<Factor>, metrics: &[&str]) -> Plan {
    let levels: Vec<usize> = factors.iter().filter_map(Factor::levels).collect();
    let place = |point: Vec<usize>| point.into_iter().map(|level| Place::Level(level as u32)).collect();
    let cells = grid::grid(&levels).expect("few").map(place).collect();
    plan(Design::Grid, factors, cells, metrics)
}

/// Points of laws from 0 to 1.
fn drawn(design: Design, factors: usize, points: Vec<Vec<f64>>) -> Plan {
    let factors: Vec<Factor> = ["a", "b", "c", "d"][..factors].iter().map(|name| law(name)).collect();
    let cell = |point: Vec<f64>| factors.iter().zip(point).map(|(factor, share)| factor.at(share)).collect();
    let cells = points.into_iter().map(cell).collect();
    plan(design, factors, cells, &["customers"])
}

/// What each cell takes of each factor, as a number.
fn values(plan: &Plan, cell: usize) -> Vec<f64> {
    let number = |(factor, place): (&Factor, &Place)| factor.number(*place).unwrap_or(f64::NAN);
    plan.factors.iter().zip(&plan.cells[cell]).map(number).collect()
}

/// Records in which each metric of each cell has this mean without any luck.
fn exactly(plan: &Plan, mean: impl Fn(usize) -> Vec<f64>) -> Vec<(u32, Record)> {
    let of = |mean: f64| Statistics {
        runs: plan.runs,
        mean: Some(mean),
        deviation: Some(0.0),
        error: Some(0.0),
        interval: Some([mean; 2]),
        quantiles: None,
    };
    let record = |cell: usize| Record {
        stopped: 0,
        metrics: mean(cell).into_iter().map(of).collect(),
        runs: vec![],
        curves: vec![],
    };
    (0..plan.cells.len()).map(|cell| (cell as u32, record(cell))).collect()
}

/// Records of one metric that have these runs.
fn by_run(runs: &[Vec<i64>]) -> Vec<(u32, Record)> {
    let record = |runs: &Vec<i64>| Record {
        stopped: 0,
        metrics: vec![Statistics::of(runs, 1.0)],
        runs: vec![Some(runs.iter().copied().map(Some).collect())],
        curves: vec![],
    };
    runs.iter().enumerate().map(|(cell, runs)| (cell as u32, record(runs))).collect()
}

fn near(found: f64, wanted: f64) -> bool {
    (found - wanted).abs() < 1e-9
}

#[test]
fn what_two_factors_do_alone_and_together_adds_up() {
    // 2 a + b over 0, 1 and 0, 1: sums of squares 4 and 1 of 5, and nothing together.
    let plan = whole(vec![numbers("a", &[0.0, 1.0]), numbers("b", &[0.0, 1.0])], &["customers"]);
    let records = exactly(&plan, |cell| vec![2.0 * values(&plan, cell)[0] + values(&plan, cell)[1]]);
    let response = Response::of(&plan, &records, 0).expect("a metric");
    let shares = shares_of_variance(&response).expect("whole");
    assert!(near(shares.mains[0], 0.8) && near(shares.mains[1], 0.2) && near(shares.pairs[0].share, 0.0));
    let effects: Vec<f64> = main_effects(&response).iter().map(|of| of.known.mean).collect();
    assert_eq!(effects, [0.5, 2.5, 1.0, 2.0]);
    let fit = fit(&response).expect("factors vary").expect("a fit");
    let slopes: Vec<f64> = fit.terms.iter().map(|term| term.coefficient.value).collect();
    assert!(near(slopes[0], 2.0) && near(slopes[1], 1.0) && fit.cells == 4);
}

#[test]
fn a_hole_in_a_grid_leaves_its_place_empty_and_no_shares() {
    let plan = whole(vec![numbers("a", &[0.0, 1.0, 2.0]), names("b", &["x", "y"])], &["customers"]);
    let mut records = exactly(&plan, |cell| vec![cell as f64]);
    records.remove(3);
    let response = Response::of(&plan, &records, 0).expect("a metric");
    assert_eq!(response.missing(), [3]);
    assert_eq!(shares_of_variance(&response), None);
    let surface = &surfaces(&response, None, 3)[0];
    assert_eq!(surface.factors, [0, 1], "numbers go across");
    let means: Vec<Vec<Option<f64>>> =
        surface.rows.iter().map(|row| row.iter().map(|known| Some((*known)?.mean)).collect()).collect();
    assert_eq!(means, [[Some(0.0), Some(2.0), Some(4.0)], [Some(1.0), None, Some(5.0)]]);
    let lines = lines(&response);
    assert_eq!((lines.len(), lines[0].by, lines[0].lines.len()), (1, Some(1), 2));
    assert_eq!(lines[0].lines[1].points[1], None);
}

#[test]
fn the_two_factors_that_matter_most_are_mapped_first_and_the_third_is_averaged_over() {
    let factors = vec![numbers("a", &[0.0, 1.0]), numbers("b", &[0.0, 1.0]), numbers("c", &[0.0, 1.0])];
    let plan = whole(factors, &["customers"]);
    let records = exactly(&plan, |cell| vec![values(&plan, cell)[0] + 5.0 * values(&plan, cell)[2]]);
    let response = Response::of(&plan, &records, 0).expect("a metric");
    for variance in [shares_of_variance(&response), None] {
        let surface = &surfaces(&response, variance.as_ref(), 1)[0];
        assert_eq!((surface.factors, &surface.averaged[..]), ([0, 2], &[1][..]));
        assert_eq!(surface.rows[1][1].map(|known| known.mean), Some(6.0));
        assert!(surface.cells.iter().flatten().all(Option::is_none));
    }
}

#[test]
fn pairing_tells_apart_what_means_cannot() {
    // The second is better by about 1 in every run, and runs differ by hundreds.
    let plan = whole(vec![numbers("a", &[0.0, 1.0])], &["customers"]);
    let mut records = by_run(&[vec![100, 300, 500, 700], vec![101, 302, 501, 701]]);
    let paired = ranking(&Response::of(&plan, &records, 0).expect("a metric")).expect("known");
    assert!(paired.is_paired && paired.cells[0].cell == 1 && !paired.cells[1].is_alike);
    records.iter_mut().for_each(|(_, record)| record.runs = vec![None]);
    let by_means = ranking(&Response::of(&plan, &records, 0).expect("a metric")).expect("known");
    assert!(!by_means.is_paired && by_means.alike().count() == 2);
}

#[test]
fn of_a_cost_the_least_is_the_best() {
    let plan = whole(vec![numbers("a", &[0.0, 1.0])], &["reward_cost", "profit"]);
    let records = exactly(&plan, |cell| vec![[9.0, 4.0][cell], [3.0, 8.0][cell]]);
    let cost = Response::of(&plan, &records, 0).expect("a metric");
    let profit = cost.other(1).expect("another");
    assert_eq!((cost.goal, profit.goal), (Goal::Small, Goal::Large));
    assert_eq!(ranking(&cost).expect("known").cells[0].cell, 1);
    let front = front(&profit, &cost).expect("both");
    let on: Vec<usize> = front.front.iter().map(|&place| front.cells[place].cell).collect();
    assert_eq!(on, [1]);
}

#[test]
fn the_mean_over_cells_is_as_well_known_as_its_runs_say_or_else_as_the_cells_are() {
    let plan = whole(vec![numbers("a", &[0.0, 1.0])], &["customers"]);
    // What one gains in a run the other loses: over both, nothing is left to luck.
    let mut records = by_run(&[vec![1, 2, 3, 4], vec![9, 8, 7, 6]]);
    let over =
        |records: &[(u32, Record)]| Response::of(&plan, records, 0).and_then(|it| it.over(&[0, 1])).expect("known");
    assert_eq!(over(&records).interval, Some([5.0, 5.0]));
    records.iter_mut().for_each(|(_, record)| record.runs = vec![None]);
    let [low, high] = over(&records).interval.expect("of the cells");
    assert!(low < 4.0 && high > 6.0);
}

#[test]
fn a_curve_that_rises_through_a_half_crosses_there() {
    let factors = vec![numbers("a", &[0.0, 10.0, 20.0]), names("b", &["x", "y"])];
    let plan = whole(factors, &["takes_off(10 %)"]);
    let share = |cell: usize| if cell.is_multiple_of(2) { [0.0, 0.4, 0.8][cell / 2] } else { 0.1 };
    let records = exactly(&plan, |cell| vec![share(cell)]);
    let phase = phase(&Response::of(&plan, &records, 0).expect("a metric")).expect("numbers");
    let [x, y] = &phase.crossings[..] else { panic!("two lines") };
    assert!(near(x.crossings[0].position, 12.5) && x.crossings[0].rises);
    assert!(y.crossings.is_empty() && !y.begins_above);
}

#[test]
fn one_at_a_time_is_held_against_the_first_cell() {
    let factors = vec![numbers("a", &[0.0, 1.0]), numbers("b", &[0.0, 1.0, 2.0])];
    let cells = [[0, 0], [1, 0], [0, 1], [0, 2]].map(|point| point.map(Place::Level).to_vec()).to_vec();
    let plan = plan(Design::OneAtATime, factors, cells, &["customers"]);
    let mut records = exactly(&plan, |cell| vec![[10.0, 7.0, 12.0, 15.0][cell]]);
    let found = |records: &[(u32, Record)]| swings(&Response::of(&plan, records, 0).expect("a metric"));
    let (base, all) = found(&records).expect("a base");
    let differences: Vec<f64> = all.iter().map(|swing| swing.difference.mean).collect();
    assert_eq!((base, differences), (0, vec![-3.0, 2.0, 5.0]));
    records.remove(0);
    assert_eq!(found(&records), None, "without a base nothing is held against it");
}

#[test]
fn indices_of_a_sum_are_the_shares_of_its_terms_and_need_every_cell() {
    // Var(a + 2 b) of uniform laws: 1/5 and 4/5, and nothing of c. Of the seeds 0 to 49 the largest error was 0.011.
    let rows = 256;
    let plan = drawn(Design::Sobol { rows: rows as u32 }, 3, sobol::saltelli(rows, 3, SEED).expect("few"));
    let mut records = exactly(&plan, |cell| vec![values(&plan, cell)[0] + 2.0 * values(&plan, cell)[1]]);
    let found = |records: &[(u32, Record)]| shares(&Response::of(&plan, records, 0).expect("a metric"));
    let Some(Ok(Shares::Sobol(indices))) = found(&records) else { panic!("indices") };
    for (of, wanted) in indices.factors.iter().zip([0.2, 0.8, 0.0]) {
        assert!((of.first.value - wanted).abs() < 0.02 && (of.total.value - wanted).abs() < 0.02, "{of:?}");
    }
    records.pop();
    assert_eq!(found(&records), Some(Err(Unknown::Missing(1))));
    let flat = exactly(&plan, |_| vec![3.0]);
    assert_eq!(found(&flat), Some(Err(Unknown::Flat)));
}

#[test]
fn a_screening_finds_the_slopes_of_a_plane() {
    let paths = morris::morris(10, 2, 4, SEED).expect("even");
    let points = paths.into_iter().flat_map(|path| path.points).collect();
    let plan = drawn(Design::Morris { trajectories: 10, levels: 4 }, 2, points);
    let records = exactly(&plan, |cell| vec![3.0 * values(&plan, cell)[0] - 5.0 * values(&plan, cell)[1]]);
    let response = Response::of(&plan, &records, 0).expect("a metric");
    let Some(Ok(Shares::Morris(screened))) = shares(&response) else { panic!("a screening") };
    // Numbers are written with six digits.
    for (of, wanted) in screened.into_iter().zip([3.0, -5.0]) {
        let of = of.expect("effects");
        assert!((of.mean - wanted).abs() < 1e-4 && (of.mean_size - wanted.abs()).abs() < 1e-4, "{of:?}");
    }
}

#[test]
fn under_a_law_cells_are_taken_together_in_groups() {
    let plan = drawn(Design::LatinHypercube { points: 100 }, 2, latin_hypercube::latin_hypercube(100, 2, SEED));
    let records = exactly(&plan, |cell| vec![values(&plan, cell)[0]]);
    let response = Response::of(&plan, &records, 0).expect("a metric");
    let lines = lines(&response);
    assert_eq!((lines[0].positions.len(), &lines[0].averaged[..]), (20, &[1][..]));
    // The response is the factor: each group's mean lies at its position.
    let pairs = lines[0].positions.iter().zip(&lines[0].lines[0].points);
    assert!(pairs.into_iter().all(|(position, known)| near(known.expect("known").mean, *position)));
    assert!(main_effects(&response).is_empty(), "a law has no levels");
}

#[test]
fn one_cell_or_one_factor_or_none_at_all_teach_little_and_break_nothing() {
    for numbers_of in [&[1.0][..], &[1.0, 2.0]] {
        let plan = whole(vec![numbers("a", numbers_of)], &["takes_off(10 %)", "profit"]);
        let all = exactly(&plan, |cell| vec![0.2, cell as f64]);
        for records in [&all[..], &all[..1], &[]] {
            let response = Response::of(&plan, records, 1).expect("a metric");
            let take_off = response.other(0).expect("another");
            assert_eq!(ranking(&response).is_none(), records.is_empty());
            assert_eq!(surfaces(&response, None, 3), []);
            let _ = (main_effects(&response), shares_of_variance(&response), fit(&response), lines(&response));
            let _ = (swings(&response), shares(&response), phase(&take_off), front(&response, &take_off));
        }
    }
}

/// Cells from the best to the worst, of which some cannot be told from the best.
fn ranked(means: &[f64], alike: &[usize]) -> Ranking {
    let ranked = |(cell, &mean): (usize, &f64)| {
        let known = Known { mean, interval: None };
        Ranked { cell, known, difference: known, is_alike: alike.contains(&cell) }
    };
    Ranking { is_paired: true, cells: means.iter().enumerate().map(ranked).collect() }
}

#[test]
fn first_come_those_that_cannot_be_told_from_the_best_wherever_they_rank() {
    let ranking = ranked(&[9.0, 9.0, 8.0, 7.0, 6.0, 5.0], &[0, 3, 5]);
    let first = |least, most| ranking.first(least, most).iter().map(|of| of.cell).collect::<Vec<_>>();
    assert_eq!(first(1, 20), [0, 3, 5]);
    assert_eq!(first(4, 20), [0, 1, 3, 5], "then the next");
    assert_eq!(first(4, 2), [0, 3]);
    assert_eq!(first(9, 20), [0, 1, 2, 3, 4, 5]);
    assert_eq!(ranking.ties(), 1);
}

#[test]
fn no_group_at_the_end_is_of_a_cell_or_two() {
    for cells in [5, 9, 11, 21, 22, 101, 102, 119] {
        let plan = drawn(Design::LatinHypercube { points: cells }, 1, latin_hypercube::latin_hypercube(cells, 1, SEED));
        let records = exactly(&plan, |cell| vec![values(&plan, cell)[0]]);
        let response = Response::of(&plan, &records, 0).expect("a metric");
        let found = lines(&response);
        let Some(lines) = found.first() else {
            assert!(cells < 10, "{cells}");
            continue;
        };
        // Of evenly spread cells, groups of equal size lie equally far apart, but for one cell more or less.
        let steps: Vec<f64> = lines.positions.windows(2).map(|pair| pair[1] - pair[0]).collect();
        let [least, most] = [steps.iter().copied().fold(1.0, f64::min), steps.iter().copied().fold(0.0, f64::max)];
        assert!(most - least < 3.5 / f64::from(cells), "{cells}: {steps:?}");
    }
}
