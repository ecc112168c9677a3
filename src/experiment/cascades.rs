//! Many runs of a cascade in its lane, spread over threads, gathered in the order of the runs.

use super::{Estimate, Spread};
use crate::dice::Dice;
use crate::engine::spread::{Cascade, Memory};
use crate::table::{Column, Table, Values};
use crate::units::RunId;
use rayon::prelude::*;

/// What came out of the runs of a cascade.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cascades {
    /// For each run, how many were newly reached in step (or on day) 0, 1, 2, … \[people\].
    steps: Vec<Vec<u32>>,
}

impl Cascades {
    /// Plays runs 0 to `runs` on the threads of the current rayon pool; `done` is told after each, from any thread. The same
    /// numbers come out for any number of threads.
    pub fn play(cascade: &Cascade<'_>, dice: Dice, runs: u32, done: impl Fn() + Sync) -> Cascades {
        let play = |memory: &mut Memory, run| {
            let steps = cascade.play(dice, RunId(run), memory);
            done();
            steps
        };
        // Long shares, so that memory is made few times.
        let share = (runs as usize).div_ceil(4 * rayon::current_num_threads()).max(1);
        let steps = (0..runs).into_par_iter().with_min_len(share).map_init(Memory::default, play).collect();
        Cascades { steps }
    }

    /// How many people each run reached, the first ones included.
    pub fn reach(&self) -> Vec<i64> {
        self.steps.iter().map(|steps| steps.iter().map(|&new| i64::from(new)).sum()).collect()
    }

    /// The mean of it, and how precisely it is known.
    pub fn estimate(&self) -> Estimate {
        Estimate::of(&self.reach())
    }

    /// Where the middle of the runs lies.
    pub fn spread(&self) -> Spread {
        Spread::of(&mut self.reach())
    }

    /// The mean number of people reached by step (or by the end of day) 0, 1, 2, …
    pub fn curve(&self) -> Vec<f64> {
        let mut reached = 0i64;
        let by = |step| {
            reached += self.steps.iter().map(|steps| steps.get(step).map_or(0, |&new| i64::from(new))).sum::<i64>();
            reached as f64 / self.steps.len() as f64
        };
        (0..=self.last()).map(by).collect()
    }

    /// The number of the last step (or day) in which any run reached somebody.
    fn last(&self) -> usize {
        self.steps.iter().map(Vec::len).max().unwrap_or(0).saturating_sub(1)
    }

    /// How many rows the table has.
    pub fn rows(&self) -> usize {
        self.steps.len() * (self.last() + 1)
    }

    /// A row for each step of each run, up to the last step of the longest one: how many were newly reached, and how many by
    /// then; `step` is what a step is called.
    pub fn table(&self, step: &str) -> Table {
        let [mut runs, mut steps, mut new, mut reached] = [const { Vec::new() }; 4];
        for (run, numbers) in (0..).zip(&self.steps) {
            let mut sum = 0;
            for number in 0..=self.last() {
                let these = numbers.get(number).map_or(0, |&these| i64::from(these));
                sum += these;
                runs.push(run);
                steps.push(number as i64);
                new.push(these);
                reached.push(sum);
            }
        }
        let column = |name: &str, unit: &str, meaning: &str, values| Column {
            name: name.into(),
            unit: unit.into(),
            meaning: meaning.into(),
            values: Values::Count(values),
        };
        Table {
            columns: vec![
                column("run", "", "number of the run, from 0", runs),
                column(step, "", "number of the step or day; the first people are reached in 0", steps),
                column("new", "people", "people reached in it", new),
                column("reached", "people", "people reached by then", reached),
            ],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cascades() -> Cascades {
        Cascades { steps: vec![vec![1, 2, 3], vec![1], vec![1, 1]] }
    }

    #[test]
    fn a_run_that_is_over_keeps_whom_it_reached() {
        assert_eq!(cascades().reach(), [6, 1, 2]);
        assert_eq!(cascades().estimate().mean, 3.0);
        assert_eq!(cascades().curve(), [1.0, 2.0, 3.0]);
    }

    #[test]
    fn the_table_has_a_row_for_each_step_of_the_longest_run() {
        let table = cascades().table("step");
        let values = |place: usize| match &table.columns[place].values {
            Values::Count(values) => values.clone(),
            _ => panic!("counts"),
        };
        assert_eq!(values(0), [0, 0, 0, 1, 1, 1, 2, 2, 2]);
        assert_eq!(values(1), [0, 1, 2, 0, 1, 2, 0, 1, 2]);
        assert_eq!(values(2), [1, 2, 3, 1, 0, 0, 1, 1, 0]);
        assert_eq!(values(3), [1, 3, 6, 1, 1, 1, 1, 2, 2]);
        assert_eq!(cascades().rows(), 9);
    }
}
