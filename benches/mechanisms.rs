//! What each optional mechanism costs where it is used: time a word, as a ratio to the same market without it.
//!
//! `cargo bench --bench mechanisms` plays each in turn with the plain market, run by run, so that a busy machine slows both.
//! `-- --test` only shows that everything runs.

use std::path::Path;
use std::time::Instant;
use tellwave::engine::{Run, World};
use tellwave::projection::{Projection, Standard};
use tellwave::scenario::{Overrides, Scenario};
use tellwave::units::RunId;

/// The plain market, with blanks for the people and for what is added to two of its tables.
const PLAIN: &str = r#"
horizon = "180 days"
graph.barabasi_albert = { people = PEOPLE, ties_per_newcomer = 12 }
seeds.share = "20 %"
[telling]
TELLING
[conversion]
persuasion = "10 %"
invitation = "15 %"
CONVERSION
"#;

/// A mechanism: its name, what it adds to `[telling]`, to `[conversion]`, and as tables of its own.
const MECHANISMS: [(&str, &str, &str, &str); 17] = [
    ("two-sided programme", "", "", "[policy.two_sided]"),
    ("blocking", "", "blocking = '5 %'", ""),
    ("dose", "", "dose = [1.0, 0.7]", ""),
    ("threshold rule", "", "RULE", ""),
    ("rate mode", "mode = 'rate'", "", ""),
    ("retelling", "retelling = 2", "", ""),
    ("channels", "", "", "[channels.face_to_face]\nshare = '60 %'\n[channels.social_post]\nshare = '40 %'"),
    ("scores", "", "", "[experience.nps]"),
    ("complaints", "", "", "[complaints]"),
    ("survey", "", "", "[survey]"),
    ("asking", "", "", "[[asking.prompts]]\n[[asking.prompts]]\nafter = '2 weeks'"),
    ("invitations", "", "", "[invitations]"),
    ("community", "", "", "[community]"),
    ("posts", "", "", "[posts]"),
    ("advertising", "", "", "[advertising]\nrate = '0.001 per day'"),
    ("funnel", "", "", "[funnel]\nsign_up = '50 %'"),
    ("segments", "", "", "[[segments]]\nname = 'fans'\nshare = '20 %'\ntalk = 2"),
];

const RENEWING: &str = "[commerce]\nretention = '90 %'\nwin_back = '2 %'\norder_spread = 0.5\nmargin_spread = '5 %'";

fn main() {
    let test = std::env::args().any(|arg| arg == "--test");
    let (people, runs) = if test { (500, 2) } else { (100_000, 15) };
    let plain = world(people, "", "", "");
    println!("{:24} {:>12} {:>8}   median of {runs} runs, {people} people", "mechanism", "words", "ratio");
    for (name, telling, conversion, tables) in MECHANISMS {
        compare(name, &plain, &world(people, telling, conversion, tables), runs);
    }
    compare("renewal, prices", &plain, &world(people, "", "", RENEWING), runs);
}

fn world(people: u32, telling: &str, conversion: &str, tables: &str) -> World {
    let mut text = PLAIN.replace("PEOPLE", &people.to_string()).replace("TELLING", telling) + tables;
    // The threshold rule takes the place of the chances.
    text = match conversion {
        "RULE" => text.replace("persuasion = \"10 %\"\ninvitation = \"15 %\"\nCONVERSION", "rule = 'threshold'"),
        more => text.replace("CONVERSION", more),
    };
    let scenario = Scenario::parse("mechanisms.toml", &text, Path::new(""), Overrides::default());
    scenario.unwrap_or_else(|mistakes| panic!("{mistakes}")).into_experiment().world
}

fn compare(name: &str, plain: &World, with: &World, runs: u32) {
    let (mut plain_run, mut run) = (Run::new(plain), Run::new(with));
    let mut ratios = vec![];
    let mut words = 0;
    for number in 0..runs {
        let (without, _) = time_a_word(&mut plain_run, plain, number);
        let (time, heard) = time_a_word(&mut run, with, number);
        words = heard;
        // The first run of each only warms the memory up.
        if number > 0 {
            ratios.push(time / without);
        }
    }
    ratios.sort_by(f64::total_cmp);
    println!("{name:24} {words:>12} {:>8.2}", ratios[ratios.len() / 2]);
}

/// Seconds a word, and words.
fn time_a_word(run: &mut Run, world: &World, number: u32) -> (f64, i64) {
    let mut projections = Standard::new(world, 0.1);
    let start = Instant::now();
    run.play(world, RunId(number), &mut projections);
    let time = start.elapsed().as_secs_f64();
    let mut totals = vec![];
    projections.totals(&mut totals);
    let of = |name: &str| {
        let place = Standard::total_measures().iter().position(|measure| measure.name == name);
        place.map_or(0, |place| totals[place])
    };
    let words = (of("words_good") + of("words_bad")).max(1);
    (time / words as f64, words)
}
