//! One metric of every cell.

use crate::sensitivity::Goal;
use crate::sensitivity::best::{Against, Mean, best_of_means, best_of_paired};
use crate::sensitivity::interval_of_mean;
use crate::sweep::{Metric, Place, Plan, Record, Statistics};

/// One metric of every cell of a sweep.
#[derive(Debug, Clone)]
pub struct Response<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// The metric.
    pub metric: &'a Metric,
    /// What is wanted of it.
    pub goal: Goal,
    place: usize,
    records: Vec<Option<&'a Record>>,
}

/// A mean, and how well it is known.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Known {
    /// The mean.
    pub mean: f64,
    /// Its 95 % interval, if it has one.
    pub interval: Option<[f64; 2]>,
}

impl<'a> Response<'a> {
    /// The metric in this place of the plan; cells are counted from 0.
    pub fn of(plan: &'a Plan, records: &'a [(u32, Record)], place: usize) -> Option<Response<'a>> {
        let metric = plan.metrics.get(place)?;
        let mut of_cells = vec![None; plan.cells.len()];
        for (cell, record) in records {
            if let Some(at) = of_cells.get_mut(*cell as usize) {
                *at = Some(record);
            }
        }
        Some(Response { plan, metric, goal: metric.goal(), place, records: of_cells })
    }

    /// Another metric of the same cells.
    pub fn other(&self, place: usize) -> Option<Response<'a>> {
        let metric = self.plan.metrics.get(place)?;
        Some(Response { metric, goal: metric.goal(), place, ..self.clone() })
    }

    /// How many cells the plan has.
    pub fn cells(&self) -> usize {
        self.records.len()
    }

    /// What is known of it in a cell; nothing where the cell is missing.
    pub fn statistics(&self, cell: usize) -> Option<&'a Statistics> {
        self.records.get(cell).copied().flatten()?.metrics.get(self.place)
    }

    /// Its mean in a cell, where there is one.
    pub fn mean(&self, cell: usize) -> Option<f64> {
        self.statistics(cell)?.mean.filter(|mean| mean.is_finite())
    }

    /// Its mean in every cell, NaN where there is none.
    pub fn means(&self) -> Vec<f64> {
        (0..self.cells()).map(|cell| self.mean(cell).unwrap_or(f64::NAN)).collect()
    }

    /// Whether it comes to different means in some two cells.
    pub fn varies(&self) -> bool {
        let means: Vec<f64> = (0..self.cells()).filter_map(|cell| self.mean(cell)).collect();
        means.windows(2).any(|pair| pair[0] != pair[1])
    }

    /// Cells of the plan that are not there.
    pub fn missing(&self) -> Vec<usize> {
        (0..self.cells()).filter(|&cell| self.records[cell].is_none()).collect()
    }

    /// Its number in every run of a cell, money in major units; nothing where runs are not kept or one has none.
    pub fn runs(&self, cell: usize) -> Option<Vec<f64>> {
        let runs = self.records.get(cell).copied().flatten()?.runs.get(self.place)?.as_ref()?;
        let money = &self.plan.money;
        let scale = if self.metric.unit == money.code { money.minor_units() } else { 1.0 };
        runs.iter().map(|value| value.map(|value| value as f64 / scale)).collect()
    }

    /// Whether some cell has its runs of some metric.
    pub fn keeps_runs(&self) -> bool {
        self.records.iter().flatten().any(|record| record.runs.iter().any(Option::is_some))
    }

    /// In how many cells the mean is over fewer than half of the runs, as the others have no number.
    pub fn of_few_runs(&self) -> usize {
        let is_of_few =
            |cell: &usize| self.statistics(*cell).is_some_and(|of| of.runs > 0 && 2 * of.runs < self.plan.runs);
        (0..self.cells()).filter(is_of_few).count()
    }

    /// The mean over these cells, each counted alike; those that have none are left out.
    ///
    /// Cells share their luck. Where runs are kept, the interval is of the runs' means over the cells. Else it is the mean of the
    /// cells' intervals, which is never too short, however they go together: the error of a mean is at most the mean of the errors.
    pub fn over(&self, cells: &[usize]) -> Option<Known> {
        let known: Vec<usize> = cells.iter().copied().filter(|&cell| self.mean(cell).is_some()).collect();
        if let [cell] = known[..] {
            return self.known(cell);
        }
        let means: Vec<f64> = known.iter().filter_map(|&cell| self.mean(cell)).collect();
        let number = means.len() as f64;
        let mean = (number > 0.0).then(|| means.iter().sum::<f64>() / number)?;
        let by_run = if self.metric.is_take_off() { None } else { self.by_run(&known) };
        let interval = match by_run {
            Some(runs) => interval_of_mean(&runs),
            None => {
                let ends: Option<Vec<[f64; 2]>> = known.iter().map(|&cell| self.known(cell)?.interval).collect();
                ends.map(|ends| [0, 1].map(|end| ends.iter().map(|ends| ends[end]).sum::<f64>() / number))
            }
        };
        Some(Known { mean, interval: interval.map(|[low, high]| [low.min(mean), high.max(mean)]) })
    }

    /// The mean in one cell.
    pub fn known(&self, cell: usize) -> Option<Known> {
        let mean = self.mean(cell)?;
        let interval = self.statistics(cell)?.interval.filter(|ends| ends.iter().all(|end| end.is_finite()));
        Some(Known { mean, interval: interval.map(|[low, high]| [low.min(mean), high.max(mean)]) })
    }

    /// Of each run its mean over the cells.
    fn by_run(&self, cells: &[usize]) -> Option<Vec<f64>> {
        let mut sums: Vec<f64> = vec![];
        for &cell in cells {
            let runs = self.runs(cell)?;
            sums.resize(runs.len(), 0.0);
            sums.iter_mut().zip(&runs).for_each(|(sum, value)| *sum += value);
        }
        sums.iter_mut().for_each(|sum| *sum /= cells.len() as f64);
        Some(sums)
    }

    /// Each of these cells, held against the best of them, and whether that was done run by run.
    pub(super) fn against_best(&self, cells: &[usize]) -> Option<(usize, Vec<Option<Against>>, bool)> {
        let runs: Option<Vec<Vec<f64>>> = cells.iter().map(|&cell| self.runs(cell)).collect();
        let runs = runs.filter(|runs| runs.windows(2).all(|pair| pair[0].len() == pair[1].len()));
        let is_paired = runs.is_some();
        let best = match runs {
            Some(runs) => best_of_paired(&runs, self.goal),
            None => {
                let mean = |&cell: &usize| match self.statistics(cell) {
                    Some(of) => {
                        let value = of.mean.unwrap_or(f64::NAN);
                        // Of a ratio only the interval is known: as wide as a normal one of this error.
                        let width = of.interval.map(|[low, high]| (high - low) / (2.0 * NORMAL));
                        Mean { value, error: of.error.or(width), runs: of.runs as usize }
                    }
                    None => Mean { value: f64::NAN, error: None, runs: 0 },
                };
                best_of_means(&cells.iter().map(mean).collect::<Vec<_>>(), self.goal)
            }
        }?;
        Some((best.place, best.against, is_paired))
    }

    /// By how much it is more in the second cell than in the first.
    pub fn difference(&self, first: usize, second: usize) -> Option<Known> {
        let (best, against, _) = self.against_best(&[first, second])?;
        let other = against[1 - best]?;
        let turned = |interval: [f64; 2]| if best == 0 { interval } else { [-interval[1], -interval[0]] };
        let mean = if best == 0 { other.difference } else { 0.0 - other.difference };
        Some(Known { mean, interval: other.interval.map(turned) })
    }

    /// The level of a factor in a cell; nothing where the factor has a law.
    pub fn level(&self, cell: usize, factor: usize) -> Option<usize> {
        match self.plan.cells[cell][factor] {
            Place::Level(level) => Some(level as usize),
            Place::Number(_) => None,
        }
    }

    /// How many levels each factor has; nothing where one has a law.
    pub(super) fn levels(&self) -> Option<Vec<usize>> {
        self.plan.factors.iter().map(|factor| factor.levels()).collect()
    }
}

/// The 97.5 % quantile of the normal law.
const NORMAL: f64 = 1.959_963_984_540_054;
