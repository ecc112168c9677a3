//! One run, told again from its seed: its events, and what they come to at the end of a day.

use crate::error::internal;
use crate::measured::{column, names};
use crate::play::aside;
use crate::table::Table;
use pyo3::prelude::*;
use tellwave::engine::{Run, Sink};
use tellwave::event::Event;
use tellwave::projection::{Measure, Projection, Standard, Unit};
use tellwave::scenario::Scenario;
use tellwave::state::State;
use tellwave::store;
use tellwave::table::Values;
use tellwave::units::{RunId, Tick};

/// The end of a day, as far as there is one; runs are told up to and including it.
fn moment(day: Option<u32>) -> Option<Tick> {
    day.map(|day| Tick(day.saturating_mul(Tick::PER_DAY)))
}

/// Hears what happens up to a moment.
struct Until<S> {
    until: Option<Tick>,
    sink: S,
}

impl<S: Sink> Sink for Until<S> {
    fn hear(&mut self, event: &Event, state: &State) {
        if self.until.is_none_or(|until| event.at <= until) {
            self.sink.hear(event, state);
        }
    }
}

/// Has a sink hear a run of a scenario up to the end of a day.
fn tell<S: Sink>(scenario: &Scenario, run: u32, until: Option<Tick>, sink: S) -> S {
    let world = scenario.clone().into_experiment().world;
    let mut heard = Until { until, sink };
    Run::new(&world).play(&world, RunId(run), &mut heard);
    heard.sink
}

/// The events of a run up to the end of a day, in order: the columns of an event log.
pub fn events(py: Python<'_>, scenario: &Scenario, run: u32, until: Option<u32>) -> PyResult<Table> {
    let batches = aside(py, || {
        let events = tell(scenario, run, moment(until), Vec::<Event>::new());
        store::event_batches(RunId(run), 0, &events)
    })?;
    let (schema, batches) = batches.map_err(internal)?;
    Ok(Table::of_batches(schema, batches))
}

/// What each measure of a run came to by the end of a day: a fold over its events.
pub fn replay(py: Python<'_>, scenario: &Scenario, run: u32, until: Option<u32>) -> PyResult<Table> {
    let until = moment(until);
    let totals = aside(py, || {
        let mut totals = vec![];
        tell(scenario, run, until, scenario.projections(until)).totals(&mut totals);
        totals
    })?;
    let (measures, money) = (Standard::total_measures(), scenario.money());
    let scale = |measure: &Measure| if measure.unit == Unit::Money { money.minor_units() } else { 1.0 };
    let values = measures.iter().zip(&totals).map(|(measure, &total)| total as f64 / scale(measure)).collect();
    Table::of(tellwave::table::Table {
        columns: vec![
            column("measure", "what was measured", names(measures.iter().map(|it| it.name.to_owned()))),
            column("value", "what it came to", Values::Real(values)),
            column("unit", "what it is counted in", names(measures.iter().map(|it| it.unit.name(&money)))),
            column("meaning", "what it is", names(measures.iter().map(|it| it.meaning.to_owned()))),
        ],
    })
}
