//! Who listens to a run.

use crate::event::Event;
use crate::state::State;

/// Something that hears every event of a run, right after the state has taken it in.
///
/// The state is itself a fold of the same events, so whatever a sink makes of both is a fold of the log.
pub trait Sink {
    /// Hears one event; `state` has applied it already.
    fn hear(&mut self, event: &Event, state: &State);
}

/// Hears nothing.
impl Sink for () {
    #[inline(always)]
    fn hear(&mut self, _: &Event, _: &State) {}
}

/// Keeps everything: the log.
impl Sink for Vec<Event> {
    #[inline(always)]
    fn hear(&mut self, event: &Event, _: &State) {
        self.push(*event);
    }
}

/// Listens if it is there.
impl<S: Sink> Sink for Option<S> {
    #[inline(always)]
    fn hear(&mut self, event: &Event, state: &State) {
        if let Some(sink) = self {
            sink.hear(event, state);
        }
    }
}

/// Two listeners.
impl<A: Sink, B: Sink> Sink for (A, B) {
    #[inline(always)]
    fn hear(&mut self, event: &Event, state: &State) {
        self.0.hear(event, state);
        self.1.hear(event, state);
    }
}

/// Somebody else's listener.
impl<S: Sink + ?Sized> Sink for &mut S {
    #[inline(always)]
    fn hear(&mut self, event: &Event, state: &State) {
        (**self).hear(event, state);
    }
}
