//! What the functions cost of which every word needs a few, by Criterion.

use criterion::Criterion;
use std::hint::black_box;
use std::time::Duration;
use tellwave::alias::AliasTable;
use tellwave::dice::{Dice, Purpose};
use tellwave::engine::{Audience, World};
use tellwave::event::{Channel, Event, Fact, Valence};
use tellwave::state::State;
use tellwave::units::{EventId, PersonId, RunId, Seed, Tick};

use crate::market::full;
use crate::report::{Options, Report};

pub fn measure(options: &Options, _: &mut Report) {
    let (warm, time) = if options.test { (1, 10) } else { (300, 1_000) };
    let mut criterion = Criterion::default()
        .warm_up_time(Duration::from_millis(warm))
        .measurement_time(Duration::from_millis(time))
        .sample_size(if options.test { 10 } else { 30 })
        .without_plots();
    let dice = Dice::new(Seed(1)).of_run(RunId(1));
    let luck = dice.of(Purpose::Persuasion);
    let mut draws = dice.stream(Purpose::Audience, 1);
    criterion.bench_function("a draw of a stream", |b| b.iter(|| draws.draw()));
    let mut teller = 0;
    criterion.bench_function("the coin of a pair", |b| {
        b.iter(|| {
            teller += 1;
            luck.draw_pair(teller, 7)
        });
    });
    let weights: Vec<f64> = (0..200_000).map(|tick| (-f64::from(tick) / 7_200.0).exp()).collect();
    let delay = AliasTable::new(0, &weights);
    criterion.bench_function("an exponential delay from its table", |b| b.iter(|| delay.draw(draws.draw())));
    let people = options.sizes(&[1_000_000])[0];
    let World { audience, .. } = full("barabasi_albert", people).world;
    let Audience::Neighbours(graph) = audience else { unreachable!("the market has a graph") };
    criterion.bench_function("the friends of somebody at random", |b| {
        b.iter(|| graph.friends(PersonId(draws.below(people))).first().copied());
    });
    let mut state = State::new(people);
    criterion.bench_function("a word folded into the state", |b| {
        b.iter(|| {
            let what = Fact::WordHeard {
                teller: PersonId(0),
                valence: Valence::Good,
                coded: false,
                first: false,
                channel: Channel::FaceToFace,
            };
            let who = PersonId(draws.below(people));
            state.apply(black_box(&Event { at: Tick(1), who, cause: EventId::ROOT, what }));
        });
    });
}
