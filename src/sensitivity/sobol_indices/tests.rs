use super::*;
use crate::sensitivity::functions::{g_function, g_indices, ishigami, ishigami_indices};
use crate::sweep::design::sobol::saltelli;

fn indices(f: impl Fn(&[f64]) -> f64, factors: usize, rows: usize, seed: u64) -> SobolIndices {
    let design = saltelli(rows, factors, Seed(seed)).expect("a design");
    let responses: Vec<f64> = design.iter().map(|point| f(point)).collect();
    sobol_indices(&responses, factors, Seed(seed)).expect("a variance")
}

fn values(found: &SobolIndices) -> Vec<[f64; 2]> {
    found.factors.iter().map(|factor| [factor.first.value, factor.total.value]).collect()
}

#[test]
fn the_closed_forms_are_the_published_ones() {
    let known = [[0.3139, 0.5576], [0.4424, 0.4424], [0.0, 0.2437]];
    let found = ishigami_indices();
    assert!(found.as_flattened().iter().zip(known.as_flattened()).all(|(found, known)| (found - known).abs() < 5e-5));
    // Saltelli et al. (2010) give 0.716 for the first factor of the g-function.
    assert!((g_indices()[0][0] - 0.716).abs() < 5e-4);
}

#[test]
fn the_indices_of_known_functions_are_found() {
    // Null: over 100 other seeds, the root mean square error of an index was at most 0.0097 for Ishigami's function and 0.0064 for the
    // g-function, and no error was above 0.029 and 0.018. Tolerance five of the former; fixed seeds.
    for seed in 101..=103 {
        let found = values(&indices(ishigami, 3, 1_024, seed));
        let error = |(found, known): (&f64, &f64)| (found - known).abs();
        let worst = found.as_flattened().iter().zip(ishigami_indices().as_flattened()).map(error).fold(0.0, f64::max);
        assert!(worst < 0.05, "{worst}: {found:?}");
        let found = values(&indices(g_function, 8, 1_024, seed));
        let worst = found.as_flattened().iter().zip(g_indices().as_flattened()).map(error).fold(0.0, f64::max);
        assert!(worst < 0.032, "{worst}: {found:?}");
    }
}

#[test]
fn intervals_hold_the_indices_at_least_as_often_as_they_say() {
    // Null: at least 95 % of 40 designs times 6 indices. Indices of one design depend on each other, so 40 count: sd 3.4 %; tolerance
    // 3 sd below, fixed seeds. Over 100 seeds, 95 to 100 % of the intervals of each index held it.
    let truth = ishigami_indices();
    let mut covered = 0;
    for seed in 0..40 {
        let found = indices(ishigami, 3, 256, seed);
        assert_eq!(found.rows, 256);
        for (found, truth) in found.factors.iter().zip(&truth) {
            for (index, truth) in [found.first, found.total].into_iter().zip(truth) {
                let [low, high] = index.interval;
                assert!(low <= index.value && index.value <= high && low < high);
                covered += usize::from(low <= *truth && *truth <= high);
            }
        }
    }
    assert!(covered * 1_000 > 240 * 848, "{covered} of 240");
}

#[test]
fn where_zero_is_and_the_unit_do_not_matter() {
    let found = indices(ishigami, 3, 64, 2);
    let moved = indices(|x| 1e4 - 50.0 * ishigami(x), 3, 64, 2);
    assert!(
        (moved.mean - (1e4 - 50.0 * found.mean)).abs() < 1e-8
            && (moved.variance / found.variance - 2_500.0).abs() < 1e-8
    );
    for (a, b) in found.factors.iter().zip(&moved.factors) {
        for (a, b) in [(a.first, b.first), (a.total, b.total)] {
            assert!((a.value - b.value).abs() < 1e-9 && (a.interval[0] - b.interval[0]).abs() < 1e-9);
        }
    }
}

#[test]
fn a_factor_that_does_nothing_has_indices_of_exactly_nothing() {
    let found = indices(|x| ishigami(&[x[0], x[1], x[3]]), 4, 64, 2);
    let nothing = Index { value: 0.0, interval: [0.0, 0.0] };
    assert_eq!(found.factors[2], FactorIndices { first: nothing, total: nothing });
    assert!(found.factors[3].total.value > 0.1);
}

#[test]
fn the_bootstrap_is_that_of_its_seed() {
    let design = saltelli(64, 3, Seed(1)).expect("a design");
    let responses: Vec<f64> = design.iter().map(|point| ishigami(point)).collect();
    let of = |seed| sobol_indices(&responses, 3, Seed(seed)).expect("a variance");
    assert_eq!(of(1), of(1));
    assert_eq!(values(&of(1)), values(&of(2)));
    assert_ne!(of(1).factors[0].first.interval, of(2).factors[0].first.interval);
}

#[test]
fn a_response_that_does_not_vary_has_no_indices() {
    assert_eq!(sobol_indices(&[0.1; 4 * 64], 2, Seed(1)), None);
    assert_eq!(sobol_indices(&[0.0; 4 * 64], 2, Seed(1)), None);
    assert_eq!(sobol_indices(&[], 2, Seed(1)), None);
    assert_eq!(sobol_indices(&[1.0, 2.0, 1.5], 1, Seed(1)), None);
}

#[test]
fn a_row_with_what_is_no_number_is_left_out() {
    let design = saltelli(128, 3, Seed(1)).expect("a design");
    let mut responses: Vec<f64> = design.iter().map(|point| ishigami(point)).collect();
    let without: Vec<f64> = [&responses[..10], &responses[15..]].concat();
    responses[12] = f64::NAN;
    let found = sobol_indices(&responses, 3, Seed(1)).expect("a variance");
    assert_eq!(found.rows, 127);
    assert_eq!(Some(found), sobol_indices(&without, 3, Seed(1)));
}
