//! `[graph]`: the people and their ties. (Those that come from a file are read in `recorded`, the first customers in `seeds`.)

use super::customer::Product;
use super::memory::GraphBytes;
use super::reader::Reader;
use super::recorded;
use super::reference::reference;
use super::seeds;
use super::telling::AudienceKind;
use crate::dice::Dice;
use crate::engine::{Audience, Seeds};
use crate::graph::model::{
    BarabasiAlbert, Block, Circle, Cliques, Closeness, Configuration, DegreeClass, Density, ErdosRenyi, Grid,
    PowerLawCluster, RandomRegular, Spatial, StochasticBlock, TieStrengths, TwoLayerRegular, WattsStrogatz,
};
use crate::graph::{GraphModel, SocialGraph};
use crate::language::{Said, said};
use crate::units::{PersonId, Probability, Strength};
use std::path::Path;
use std::sync::Arc;

/// The market before it is grown.
#[derive(Debug, Clone)]
pub(super) struct Market {
    pub ground: Ground,
    pub each_run: bool,
    seeds: Seeds,
    pub notes: Vec<Said>,
    pub sha256: Option<String>,
    /// The file that the graph was read from, unless it is a very long one, and what the results call it.
    pub graph_file: Option<(&'static str, Arc<[u8]>)>,
}

#[derive(Debug, Clone)]
pub(super) enum Ground {
    Model(GraphModel),
    Recorded(Arc<SocialGraph>),
    Population(u32),
    Fresh,
    /// A file that could not be read; the mistake is on record, and everything that follows is given credit.
    Unread,
}

/// Under what people and their ties can stand in `[graph]`: one of these.
pub(super) const MODELS: [&str; 15] = [
    "cliques",
    "two_layer_regular",
    "stochastic_block",
    "erdos_renyi",
    "random_regular",
    "barabasi_albert",
    "power_law_cluster",
    "watts_strogatz",
    "spatial",
    "circle",
    "grid",
    "configuration",
    "complete",
    "edge_list",
    "kept",
];

/// People of a model by default.
const PEOPLE: u32 = 10_000;

/// Reads the market; a number of people from the command line goes before that of a model.
pub(super) fn read(root: &Reader<'_>, product: &Product, folder: &Path, people: Option<u32>) -> Market {
    let mut market = Market {
        ground: Ground::Fresh,
        each_run: false,
        seeds: Seeds::Random(0),
        notes: vec![],
        sha256: None,
        graph_file: None,
    };
    if product.audience == AudienceKind::Fresh {
        if root.has("graph") {
            // Read all the same, so that its keys are not called unknown.
            read_graph(root, &mut market.clone(), folder, people);
            root.refuse("graph", "a graph", "no graph where telling.audience is \"fresh\"", None);
        }
    } else {
        read_graph(root, &mut market, folder, people);
    }
    if let Some(people) = people.filter(|&people| market.people() != Some(people)) {
        let allowed = "a model whose number of people is one key, above the people of its classes or blocks";
        root.refuse("graph", format!("{people} people on the command line"), allowed, None);
    }
    market.seeds = seeds::read(root, &market.ground, &product.world.segments, folder);
    if product.audience == AudienceKind::Population && !matches!(market.ground, Ground::Population(_)) {
        if let Seeds::Hubs(_) = market.seeds {
            let allowed = "\"random\" where telling.audience is \"population\": everybody can tell everybody";
            root.table("seeds").refuse("choose", "hubs", allowed, None);
        }
        market.notes.push(said!("note-population"));
        market.ground = Ground::Population(market.ground.people());
    }
    market
}

impl Ground {
    pub(super) fn people(&self) -> u32 {
        match self {
            Ground::Model(model) => model.people(),
            Ground::Recorded(graph) => graph.people(),
            Ground::Population(people) => *people,
            Ground::Fresh | Ground::Unread => PersonId::COUNT_MAX,
        }
    }
}

impl Market {
    /// How many people there are; nothing where they are without end.
    pub fn people(&self) -> Option<u32> {
        (!matches!(self.ground, Ground::Fresh)).then(|| self.ground.people())
    }

    /// The most friends that anybody has, where that is known before the market is grown.
    pub fn friends_max(&self) -> Option<u32> {
        let people = self.people()?;
        let most = match &self.ground {
            Ground::Model(GraphModel::RandomRegular(RandomRegular { degree, .. })) => *degree,
            Ground::Model(GraphModel::Configuration(Configuration { classes })) => {
                classes.iter().map(|class| class.degree).max()?
            }
            Ground::Model(GraphModel::TwoLayerRegular(TwoLayerRegular { strong, weak, .. })) => strong + weak,
            Ground::Model(GraphModel::Circle(_)) => 2,
            Ground::Model(GraphModel::Grid(_)) => 4,
            Ground::Recorded(graph) => (0..people).map(|person| graph.degree(PersonId(person))).max()?,
            Ground::Unread => return None,
            _ => people.saturating_sub(1),
        };
        Some(most.min(people.saturating_sub(1)))
    }

    /// How many first customers there are.
    pub fn seeds(&self) -> u32 {
        self.seeds.count()
    }

    /// Whether each run grows a graph of its own.
    pub fn grows_each_run(&self) -> bool {
        self.each_run
    }

    /// How many friends people have on average, as nearly as can be said before the graph is grown; among so many people as
    /// there are, where all can be told.
    pub fn mean_friends(&self) -> f64 {
        let people = f64::from(self.ground.people());
        match &self.ground {
            Ground::Model(model) => 2.0 * model.expected_ties() / people.max(1.0),
            Ground::Recorded(graph) => graph.arcs() as f64 / people.max(1.0),
            Ground::Population(_) | Ground::Fresh | Ground::Unread => people,
        }
    }

    /// The memory that the graph takes.
    pub fn graph_bytes(&self) -> GraphBytes {
        match &self.ground {
            Ground::Model(model) => {
                let (people, arcs) = (f64::from(model.people()), 2.0 * model.expected_ties());
                let each_arc = if model.has_strengths() { 8.0 } else { 4.0 };
                GraphBytes { kept: 4.0 * people + each_arc * arcs, there: 0.0, growing: model.growing_bytes() }
            }
            Ground::Recorded(graph) => {
                let bytes = graph.bytes() as f64;
                GraphBytes { kept: bytes, there: bytes, growing: 0.0 }
            }
            Ground::Population(_) | Ground::Fresh | Ground::Unread => {
                GraphBytes { kept: 0.0, there: 0.0, growing: 0.0 }
            }
        }
    }

    /// Grows the graph, unless each run grows its own.
    pub fn grow(self, dice: Dice) -> (Audience, Seeds) {
        let audience = match self.ground {
            Ground::Model(model) if self.each_run => Audience::NeighboursEachRun(model),
            Ground::Model(model) => return with_hubs(Arc::new(model.grow(dice)), self.seeds),
            Ground::Recorded(graph) => return with_hubs(graph, self.seeds),
            Ground::Population(people) => Audience::Population(people),
            Ground::Fresh | Ground::Unread => Audience::Fresh,
        };
        (audience, self.seeds)
    }
}

/// Hubs of a graph that all runs share are the same in each.
fn with_hubs(graph: Arc<SocialGraph>, seeds: Seeds) -> (Audience, Seeds) {
    let seeds = match seeds {
        Seeds::Hubs(count) => Seeds::Ids(graph.hubs(count)),
        other => other,
    };
    (Audience::Neighbours(graph), seeds)
}

fn read_graph(root: &Reader<'_>, market: &mut Market, folder: &Path, given: Option<u32>) {
    let around = root.table("graph");
    market.each_run = around.choice("redraw", "never", &["never", "each run"]) == "each run";
    let (name, table) = root.one_table_or("graph", &MODELS, "cliques");
    let table = &table;
    if name == "edge_list" || name == "kept" {
        if market.each_run {
            let found = format!("\"each run\" for {}", if name == "kept" { "a kept graph" } else { "an edge list" });
            around.refuse("redraw", found, "\"never\": a recorded graph is what it is", None);
        }
        market.ground = Ground::Unread;
        let read = if name == "kept" { recorded::read_kept } else { recorded::read_edge_list };
        read(table, market, folder);
        return;
    }
    if name == "configuration" {
        market.ground = Ground::Model(GraphModel::Configuration(read_configuration(table, given)));
    } else if name == "stochastic_block" {
        market.ground = Ground::Model(GraphModel::StochasticBlock(read_blocks(table)));
    } else if name == "grid" {
        let rows = table.whole_u32("rows", 100, 1..=PersonId::COUNT_MAX);
        let most = PersonId::COUNT_MAX / rows;
        let columns = table.whole_u32("columns", 100.min(most), 1..=most);
        market.ground = Ground::Model(GraphModel::Grid(Grid { rows, columns, wrap: table.flag("wrap", false) }));
    } else {
        let most = u64::from(PersonId::COUNT_MAX);
        let people = table.people_given(u64::from(PEOPLE), most, given.map(u64::from)) as u32;
        // Nobody has more friends than there are others; a default gives way to a small market.
        let friends = |key: &str, default: u32| table.whole_u32(key, default.min(people - 1), 0..=PersonId::COUNT_MAX);
        let model = match name {
            "complete" => {
                if market.each_run {
                    around.refuse("redraw", "\"each run\" for a complete graph", "\"never\": there is only one", None);
                }
                market.ground = Ground::Population(people);
                return;
            }
            "erdos_renyi" => GraphModel::ErdosRenyi(ErdosRenyi { people, density: read_density(table, people) }),
            "random_regular" => GraphModel::RandomRegular(RandomRegular { people, degree: friends("degree", 12) }),
            "barabasi_albert" => {
                let ties_per_newcomer = friends("ties_per_newcomer", 6);
                GraphModel::BarabasiAlbert(BarabasiAlbert { people, ties_per_newcomer })
            }
            "power_law_cluster" => {
                let ties_per_newcomer = friends("ties_per_newcomer", 6);
                let triad_formation = Probability::clamped(table.probability("triad_formation", 0.5));
                GraphModel::PowerLawCluster(PowerLawCluster { people, ties_per_newcomer, triad_formation })
            }
            "spatial" => {
                let most = f64::from(people - 1) * Spatial::SHARE_MAX;
                let mean_degree = table.number("mean_degree", most.min(12.0), 0.0..=most);
                GraphModel::Spatial(Spatial { people, mean_degree })
            }
            "circle" => GraphModel::Circle(Circle { people }),
            "two_layer_regular" => {
                let others = people - 1;
                // Every tie has two ends, so among an odd number of people everybody has an even number of each kind.
                let fitting = |ties: u32| if people.is_multiple_of(2) { ties } else { ties & !1 };
                let strong = friends("strong", fitting(TwoLayerRegular::STRONG.min(others / 2)));
                let weak = friends("weak", fitting(TwoLayerRegular::WEAK.min(others.saturating_sub(strong))));
                let strengths = read_strengths(table);
                GraphModel::TwoLayerRegular(TwoLayerRegular { people, strong, weak, strengths })
            }
            "watts_strogatz" => {
                let ties_per_person = friends("ties_per_person", 12.min((people - 1) & !1));
                let rewiring = Probability::clamped(table.probability("rewiring", 0.1));
                GraphModel::WattsStrogatz(WattsStrogatz { people, ties_per_person, rewiring })
            }
            _ => {
                let clique_size = table.whole_u32("clique_size", Cliques::CLIQUE_SIZE, 1..=PersonId::COUNT_MAX);
                let weak_ties = friends("weak_ties", Cliques::WEAK_TIES.min(people.saturating_sub(clique_size)));
                GraphModel::Cliques(Cliques { people, clique_size, weak_ties, strengths: read_strengths(table) })
            }
        };
        market.ground = Ground::Model(model);
    }
    if let Ground::Model(model) = &market.ground {
        if market.each_run && model.is_fixed() {
            let found = format!("\"each run\" for {name}");
            around.refuse("redraw", found, "\"never\": there is only one such graph", None);
        }
        for mistake in model.check().err().into_iter().flatten() {
            table.refuse(mistake.key, mistake.found, mistake.allowed, None);
        }
    }
}

/// What strong and weak ties multiply persuasion by.
fn read_strengths(table: &Reader<'_>) -> TieStrengths {
    let strength = |key: &str| {
        let given = table.number(key, 1.0, 0.0..=256.0);
        Strength::new(given).unwrap_or_else(|| {
            table.refuse(key, given.to_string(), "0 to below 256", None);
            Strength::ONE
        })
    };
    TieStrengths { strong: strength("strong_strength"), weak: strength("weak_strength") }
}

fn read_density(table: &Reader<'_>, people: u32) -> Density {
    table.alternatives(&["ties", "mean_degree"]);
    let ties = table.optional_whole("ties", 0..=u64::MAX >> 1);
    if ties.is_some() && table.has("mean_degree") {
        table.refuse("mean_degree", "a mean degree beside a number of ties", "one of the two", None);
    }
    match ties {
        Some(ties) => Density::Ties(ties),
        None => {
            Density::MeanDegree(table.number("mean_degree", f64::from(12.min(people - 1)), 0.0..=f64::from(u32::MAX)))
        }
    }
}

/// Groups of people, how dense each is, and how dense it is between them.
fn read_blocks(table: &Reader<'_>) -> StochasticBlock {
    let rows = table.tables("blocks");
    if rows.is_empty() {
        table.refuse("blocks", "no block", "at least one [[graph.stochastic_block.blocks]] with people", None);
    }
    let read_block = |row: &Reader<'_>| {
        row.require("people", "how many people are in the block");
        let people = row.whole_u32("people", 1, 1..=PersonId::COUNT_MAX);
        let within = read_closeness(row, "mean_degree", "chance", 12.0, f64::from(people - 1));
        Block { people, within }
    };
    let blocks = rows.iter().map(read_block).collect();
    let mut model = StochasticBlock { blocks, between: Closeness::MeanDegree(0.0) };
    model.between =
        read_closeness(table, "mean_degree_between", "chance_between", 2.0, model.mean_degree_between_max());
    model
}

/// A mean degree up to `most`, or the chance of a tie.
fn read_closeness(table: &Reader<'_>, mean_degree: &str, chance: &str, default: f64, most: f64) -> Closeness {
    let given = table.optional_probability(chance);
    if given.is_some() && table.has(mean_degree) {
        table.refuse(mean_degree, "a mean degree beside a chance", "one of the two", None);
    }
    match given {
        Some(given) => {
            table.allow(&[mean_degree]);
            Closeness::Chance(Probability::clamped(given))
        }
        None => Closeness::MeanDegree(table.number(mean_degree, default.min(most), 0.0..=most)),
    }
}

/// Classes of people by number of friends: each with its `people`, or all with their `share` of `people` in the table.
fn read_configuration(table: &Reader<'_>, given: Option<u32>) -> Configuration {
    let range = 1..=u64::from(PersonId::COUNT_MAX);
    let people = table.optional_whole("people", range.clone());
    let people = people.map(|people| table.whole_given("people", people, range, given.map(u64::from)) as u32);
    let rows = table.tables("classes");
    if rows.is_empty() {
        table.refuse("classes", "no class", "at least one [[graph.configuration.classes]] with a degree", None);
    }
    let degrees = rows.iter().map(|row| {
        row.require("degree", "a number of friends");
        row.whole_u32("degree", 0, 0..=PersonId::COUNT_MAX)
    });
    let degrees: Vec<u32> = degrees.collect();
    let classes = match people {
        Some(people) => {
            let share = |row: &Reader<'_>| {
                row.require("share", "a share of the people, such as \"25 %\"");
                row.probability("share", 0.0)
            };
            let shares: Vec<f64> = rows.iter().map(share).collect();
            let sum: f64 = shares.iter().sum();
            if (sum - 1.0).abs() > 1e-9 && !rows.is_empty() {
                table.refuse(
                    "classes",
                    format!("shares that sum to {} %", sum * 100.0),
                    "shares that sum to 100 %",
                    None,
                );
            }
            DegreeClass::from_shares(people, &degrees.into_iter().zip(shares).collect::<Vec<_>>())
        }
        None => {
            let count = |row: &Reader<'_>| {
                row.require(
                    "people",
                    "how many people have this degree (or people in [graph.configuration] and shares)",
                );
                row.whole_u32("people", 0, 0..=PersonId::COUNT_MAX)
            };
            let counts: Vec<u32> = rows.iter().map(count).collect();
            degrees.into_iter().zip(counts).map(|(degree, people)| DegreeClass { degree, people }).collect()
        }
    };
    Configuration { classes }
}

reference! {
    /// Who knows whom.
    ///
    /// At most one of the tables below; without any it is `[graph.cliques]`. With `telling.audience = "population"` only the
    /// number of people (and their names) counts; with "fresh" there must be no `[graph]` at all.
    ///
    /// At most 10⁹ ties can be asked for. People and the words of the first customers must fit into about 16 GB a run
    /// (32 bytes a person, 12 a word). Fresh people are limited by `stop_at_customers` instead. A default gives way to a small
    /// market: nobody has more friends than there are others.
    ///
    /// Mean numbers of friends below the tell count cut the telling: a person with 12 friends cannot tell 20.
    [graph] {
        /// Grow the graph once for all runs, or anew for each; "each run" is refused for `circle`, `grid`, `complete`,
        /// `edge_list` and `kept`, which are always the same.
        redraw,
    }
    /// Circles of friends, and weak ties between them.
    [graph.cliques] {
        /// How many people.
        people,
        /// People in a circle; all know each other.
        clique_size,
        /// Ties of each person to other circles.
        weak_ties = "25, or people - `clique_size`" in "at most the people of other circles",
        /// What a tie within a circle multiplies persuasion by (or, where telling.per is "tie", the rate).
        strong_strength in "0 to below 256",
        /// The same for a tie between circles.
        weak_strength in "0 to below 256",
    }
    /// Two layers: strong ties and weak ties, as many of each for everybody, and no pair has both.
    [graph.two_layer_regular] {
        /// How many people; people × `strong` and people × `weak` are even.
        people,
        /// Strong ties of everybody.
        strong = "17, or half of the others" in "below people",
        /// Weak ties of everybody.
        weak = "17, or the rest" in "`strong` + `weak` below people",
        /// What a tie of the strong layer multiplies persuasion by (or, where telling.per is "tie", the rate).
        strong_strength in "0 to below 256",
        /// The same for a tie of the weak layer.
        weak_strength in "0 to below 256",
    }
    /// Everybody may know anybody.
    [graph.erdos_renyi] with ["[graph.erdos_renyi]", "graph.erdos_renyi.ties = 60_000"] {
        /// How many people.
        people,
        /// Expected number of friends.
        mean_degree = "12, or people - 1" in "0 to people - 1",
        /// Exact number of ties, instead of `mean_degree`.
        ties in "0 to all pairs",
    }
    /// Everybody has as many friends.
    [graph.random_regular] {
        /// How many people.
        people,
        /// Friends of everybody; people × degree is even.
        degree = "12, or people - 1" in "below people",
    }
    /// Newcomers befriend those who have many friends.
    [graph.barabasi_albert] {
        /// How many people.
        people,
        /// Half the mean number of friends.
        ties_per_newcomer = "6, or people - 1" in "1 to people - 1",
    }
    /// A small world, which is a ring with shortcuts.
    [graph.watts_strogatz] {
        /// How many people.
        people,
        /// Neighbours on the ring.
        ties_per_person = "12, or the even number below people" in "even, below people",
        /// Chance that a tie is moved to a random person.
        rewiring,
    }
    /// A given number of people for each number of friends.
    ///
    /// ```toml
    /// [graph.configuration]
    /// people = 1_000
    /// classes = [{ degree = 3, share = "50 %" }, { degree = 20, share = "50 %" }]
    /// ```
    [graph.configuration] with ["graph.configuration = { people = 10, classes = [{ degree = 2, share = '100 %' }] }"] {
        /// If given, classes have shares.
        people,
    }
    /// Who has how many friends.
    ///
    /// There is at least one class.
    [[graph.configuration.classes]] with ["[[graph.configuration.classes]]\ndegree = 2\npeople = 10"] {
        /// Friends of each person of the class.
        degree,
        /// How many people are in the class.
        people = "required without `people` above",
        /// Share of the people in the class.
        share = "required with `people` above" in "sum 100 %",
    }
    /// Groups, dense within and sparse between.
    ///
    /// Ids go through the blocks in their order.
    ///
    /// ```toml
    /// [graph.stochastic_block]
    /// mean_degree_between = 1.5
    /// blocks = [{ people = 3_000, mean_degree = 10 }, { people = 500, chance = "4 %" }]
    /// ```
    [graph.stochastic_block] with [
        "graph.stochastic_block = { blocks = [{ people = 20 }, { people = 20, chance = '4 %' }] }",
        "graph.stochastic_block = { chance_between = '1 %', blocks = [{ people = 20 }, { people = 20 }] }",
    ] {
        /// Friends in other blocks, the mean over all people.
        mean_degree_between = "2, or all others" in "0 to the people of other blocks, on average",
        /// Chance that two people of different blocks are tied, instead of `mean_degree_between`.
        chance_between = "none",
    }
    /// The blocks.
    ///
    /// There is at least one block.
    [[graph.stochastic_block.blocks]] with [
        "[[graph.stochastic_block.blocks]]\npeople = 20",
        "[[graph.stochastic_block.blocks]]\npeople = 20\nchance = '4 %'",
    ] {
        /// How many people are in the block.
        people in "at least 1; all blocks together at most what a run can hold",
        /// Expected friends within the block.
        mean_degree = "12, or all others" in "0 to people - 1",
        /// Chance that two people of the block are tied, instead of `mean_degree`.
        chance = "none",
    }
    /// Newcomers befriend those who have many friends, and then often a friend of that friend.
    [graph.power_law_cluster] {
        /// How many people.
        people,
        /// Ties that each newcomer brings; half the mean number of friends.
        ties_per_newcomer = "6, or people - 1" in "1 to people - 1",
        /// Chance that a tie after the first goes to a friend of a friend.
        triad_formation,
    }
    /// People live somewhere, and know those who live near.
    [graph.spatial] {
        /// How many people.
        people,
        /// Expected number of friends, all of them nearby.
        mean_degree = "12, or 97 % of people - 1" in "0 to 97 % of people - 1",
    }
    /// A ring: everybody between two neighbours.
    [graph.circle] {
        /// How many people.
        people,
    }
    /// Streets: everybody has up to four neighbours.
    [graph.grid] {
        /// Rows of people.
        rows,
        /// Columns of people.
        columns in "at least 1; rows × columns at most 2²⁷",
        /// Whether the last row meets the first, and the last column the first.
        wrap,
    }
    /// Everybody can tell everybody; the same as the audience "population".
    [graph.complete] {
        /// How many people.
        people,
    }
}
