//! Which factor matters most, in a sentence: by indices, a screening, changes of one factor, shares of the variance or least squares.

use super::answer::NAMED;
use super::taught::Taught;
use crate::language::tell;
use crate::report::words::Quantity;
use crate::sensitivity::sobol_indices::Index;
use crate::sweep::lessons::{Known, Shares};

/// Which factor matters most, and by how much.
pub(super) fn matters(it: &Taught) -> Option<String> {
    let (language, metric) = (it.language(), it.response.metric);
    let name = |factor: usize| it.plan.factors[factor].name.clone();
    let greatest = |values: Vec<f64>| {
        let places = 0..values.len();
        places
            .filter(|&place| values[place].is_finite())
            .max_by(|&a, &b| values[a].total_cmp(&values[b]).then(b.cmp(&a)))
    };
    match &it.shares {
        Some(Ok(Shares::Sobol(indices))) => {
            let factor = greatest(indices.factors.iter().map(|of| of.total.value).collect())?;
            let of = indices.factors[factor];
            let share =
                |index: Index| it.locale.estimate(index.value, index.interval[0], index.interval[1], Quantity::Share);
            let (label, first, total, most) = (it.label(metric), share(of.first), share(of.total), name(factor));
            let reaches =
                |other: &usize| *other != factor && indices.factors[*other].total.interval[1] >= of.total.interval[0];
            let alike: Vec<usize> = (0..indices.factors.len()).filter(reaches).collect();
            return Some(match &alike[..] {
                [] => tell!(language, "sweep-answer-sobol", label = label, factor = most, first = first, total = total),
                alike => {
                    let others = it.some(&it.factors(alike), NAMED);
                    tell!(
                        language,
                        "sweep-answer-sobol-alike",
                        label = label,
                        factor = most,
                        first = first,
                        total = total,
                        others = others
                    )
                }
            });
        }
        Some(Ok(Shares::Morris(screened))) => {
            let size = |of: &Option<crate::sensitivity::screening::Screened>| of.map_or(f64::NAN, |of| of.mean_size);
            let factor = greatest(screened.iter().map(size).collect())?;
            let of = screened[factor]?;
            let known = Known { mean: of.mean_size, interval: of.mean_size_interval };
            let by = it.mean(known, metric);
            return Some(tell!(
                language,
                "sweep-answer-morris",
                label = it.label(metric),
                factor = name(factor),
                by = by
            ));
        }
        _ => {}
    }
    if let Some((_, swings)) = &it.swings {
        let place = greatest(swings.iter().map(|swing| swing.difference.mean.abs()).collect())?;
        let swing = &swings[place];
        let by = it.mean(swing.difference, metric);
        let (factor, level) = (name(swing.factor), it.level(swing.factor, swing.level));
        let from = it.level(swing.factor, 0);
        return Some(tell!(
            language,
            "sweep-answer-swing",
            label = it.label(metric),
            factor = factor,
            level = level,
            from = from,
            by = by
        ));
    }
    if let Some(variance) = it.variance.as_ref().filter(|variance| variance.mains.len() > 1) {
        let mut order: Vec<usize> = (0..variance.mains.len()).collect();
        order.sort_by(|&a, &b| variance.mains[b].total_cmp(&variance.mains[a]));
        let shares: Vec<String> =
            order.iter().map(|&factor| format!("{} {}", name(factor), share_of(it, variance.mains[factor]))).collect();
        let pairs = share_of(it, variance.pairs.iter().map(|pair| pair.share).sum::<f64>());
        let shares = it.some(&shares, NAMED);
        return Some(tell!(
            language,
            "sweep-answer-variance",
            label = it.label(metric),
            shares = shares,
            pairs = pairs
        ));
    }
    let Some(Ok(fit)) = &it.fit else { return None };
    let size = |term: &crate::sweep::lessons::Term| term.standardised.map_or(f64::NAN, |(value, _)| value.abs());
    let term = &fit.terms[greatest(fit.terms.iter().map(size).collect())?];
    let (value, interval) = term.standardised?;
    let [low, high] = interval.unwrap_or([value; 2]);
    let value = it.locale.estimate(value, low, high, Quantity::Plain);
    let explained = it.locale.percent(fit.regression.r_squared?);
    let (label, of) = (it.label(metric), term.label.as_str());
    Some(match it.plan.factors[term.factor].is_number() {
        true => {
            tell!(language, "sweep-answer-fit", label = label, term = of, value = value, explained = explained)
        }
        false => {
            let by = it.mean(Known { mean: term.coefficient.value, interval: None }, metric);
            let from = it.level(term.factor, 0);
            tell!(
                language,
                "sweep-answer-fit-level",
                label = label,
                term = of,
                from = from,
                by = by,
                explained = explained
            )
        }
    })
}

/// A share of the variance, in whole hundredths.
pub(super) fn share_of(it: &Taught, share: f64) -> String {
    let hundredths = (share * 100.0).round();
    if hundredths == 0.0 && share > 0.0 {
        return tell!(it.language(), "compare-share-under", share = it.locale.percent(0.01));
    }
    it.locale.percent(hundredths / 100.0)
}
