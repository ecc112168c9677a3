//! What a firm counted itself, held against the curves of runs: how near they come, and how often it lies within their band.

use crate::table::{Column, Table, Values};

/// What was counted, day by day; not every day need be there.
#[derive(Debug, Clone, PartialEq)]
pub struct Actuals {
    /// The daily measure that was counted ("customers").
    pub measure: String,
    /// The days, rising, counted from the start as in the curves.
    pub days: Vec<u32>,
    /// What had come about by the end of each day; money in major units.
    pub values: Vec<f64>,
}

/// How near a curve comes to what was counted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fit {
    /// Days that were counted and that the curve has.
    pub days: usize,
    /// The root of the mean squared distance of the mean over the runs from what was counted.
    pub root_mean_square: f64,
    /// The mean distance without sign, as a share of what was counted; of days on which that is not 0, nothing where there are none.
    pub relative: Option<f64>,
    /// Days on which what was counted lies within the band of 90 % of the runs.
    pub within: usize,
}

impl Actuals {
    /// How near a curve comes: its mean over the runs and its 5 and 95 % quantiles, by day from 0. Nothing if no day is in it.
    pub fn fit(&self, mean: &[f64], low: &[f64], high: &[f64]) -> Option<Fit> {
        let known = self.days.iter().zip(&self.values).filter(|(day, _)| (**day as usize) < mean.len());
        let (mut days, mut squares, mut within) = (0, 0.0, 0);
        let (mut shares, mut of_shares) = (0.0, 0);
        for (&day, &value) in known {
            let day = day as usize;
            days += 1;
            squares += (mean[day] - value) * (mean[day] - value);
            within += usize::from((low[day]..=high[day]).contains(&value));
            if value != 0.0 {
                shares += ((mean[day] - value) / value).abs();
                of_shares += 1;
            }
        }
        let relative = (of_shares > 0).then(|| shares / f64::from(of_shares));
        (days > 0).then(|| Fit { days, root_mean_square: (squares / days as f64).sqrt(), relative, within })
    }

    /// What was counted as a column beside curves of so many days; not a number on days that were not.
    pub fn column(&self, table: &Table) -> Column {
        let mut values = vec![f64::NAN; table.rows()];
        for (&day, &value) in self.days.iter().zip(&self.values) {
            if let Some(cell) = values.get_mut(day as usize) {
                *cell = value;
            }
        }
        Column {
            name: format!("{}_actual", self.measure),
            unit: String::new(),
            meaning: "what was counted, by the end of the day; not a number on days that were not counted".into(),
            values: Values::Real(values),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fit_is_of_the_days_that_both_know() {
        let actuals = Actuals { measure: "customers".into(), days: vec![0, 2, 9], values: vec![0.0, 10.0, 99.0] };
        let fit = actuals.fit(&[3.0, 5.0, 6.0], &[0.0, 4.0, 5.0], &[4.0, 6.0, 8.0]).expect("two days");
        // Distances 3 and 4: the root of 25 / 2. Of the days that are not 0, one: 4 of 10.
        assert_eq!((fit.days, fit.within, fit.relative), (2, 1, Some(0.4)));
        assert!((fit.root_mean_square - 12.5f64.sqrt()).abs() < 1e-12);
        assert_eq!(actuals.fit(&[], &[], &[]), None);
    }
}
