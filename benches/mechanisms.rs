//! What each optional mechanism costs where it is used: time a word, as a ratio to the same market without it, run by run in
//! turn.

use tellwave::engine::{Run, World};
use tellwave::projection::Standard;

use crate::market::experiment;
use crate::report::{Options, Report, median};
use crate::words::play;

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

pub fn measure(options: &Options, report: &mut Report) {
    let (people, runs) = (options.sizes(&[100_000])[0], if options.test { 2 } else { 15 });
    let plain = world(people, "", "", "");
    report.table("mechanisms", &["mechanism", "words of a run", "× plain"]);
    for (name, telling, conversion, tables) in MECHANISMS {
        report.row(&compare(name, &plain, &world(people, telling, conversion, tables), runs));
    }
    report.row(&compare("renewal with spread of prices", &plain, &world(people, "", "", RENEWING), runs));
}

fn world(people: u32, telling: &str, conversion: &str, tables: &str) -> World {
    let mut text = PLAIN.replace("PEOPLE", &people.to_string()).replace("TELLING", telling) + tables;
    // The threshold rule takes the place of the chances.
    text = match conversion {
        "RULE" => text.replace("persuasion = \"10 %\"\ninvitation = \"15 %\"\nCONVERSION", "rule = 'threshold'"),
        more => text.replace("CONVERSION", more),
    };
    experiment(&text).world
}

fn compare(name: &str, plain: &World, with: &World, runs: u32) -> [String; 3] {
    let (mut plain_run, mut run) = (Run::new(plain), Run::new(with));
    let (mut plain_projections, mut projections) = (Standard::new(plain, 0.1), Standard::new(with, 0.1));
    let (mut ratios, mut told) = (vec![], 0.0);
    for number in 0..runs {
        let (plain_seconds, plain_words) = play(&mut plain_run, &mut plain_projections, plain, number);
        let (seconds, words) = play(&mut run, &mut projections, with, number);
        told = words;
        // The first run of each only warms the memory up.
        if number > 0 {
            ratios.push(seconds / words / (plain_seconds / plain_words));
        }
    }
    [name.to_owned(), format!("{told:.0}"), format!("{:.2}", median(ratios))]
}
