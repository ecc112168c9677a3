//! Pictures of the first run that are no charts: its largest cascade as a tree, and who bought when in a small network.

use super::explain::tree::{Below, tell_below};
use super::results::Played;
use super::{Failure, internal};
use crate::archive::{Customer, Family, Story};
use crate::draw::{self, Fonts, Look, Mark, NetworkLegend, Tree, TreeColumn, TreeRow};
use crate::engine::Audience;
use crate::event::Source;
use crate::experiment::figures::way_in_words;
use crate::experiment::{Experiment, Gathered, LargestCascade};
use crate::graph::SocialGraph;
use crate::language::tell;
use crate::projection::detail::Way;
use crate::scenario::Scenario;
use crate::store::OutputFolder;
use crate::units::PersonId;

/// Of a run with more customers no tree is drawn: to know who brought whom, all of them have to be remembered \[people\].
const CUSTOMERS_MOST: usize = 200_000;
/// How many customers and generations of a tree fit a page.
const TREE: (u32, usize) = (12, 30);
/// A network of more people is a cloud \[people\].
pub(super) const NETWORK_MOST: u32 = 3_000;
/// A picture that is longer is not put into the report, but lies beside it \[bytes\].
const SHOWN_MOST: usize = 200_000;

/// The network as a film.
const FILM: &str = "network-film.svg";

/// A picture in the folder.
pub(super) struct Picture {
    /// The file.
    pub name: &'static str,
    /// What it shows.
    pub title: String,
    /// How it is read.
    pub reading: String,
    pub svg: String,
}

impl Picture {
    /// Whether it is shown in the report: if it is small enough, and stands still.
    pub fn is_shown(&self) -> bool {
        self.svg.len() <= SHOWN_MOST && self.name != FILM
    }
}

/// Whether the graph of a scenario is small enough to be drawn.
pub(super) fn has_network(scenario: &Scenario) -> bool {
    scenario.people().is_some_and(|people| people <= NETWORK_MOST)
}

/// Draws what there is to be drawn, and writes it; a film of the network too, if it is to take some time [seconds].
pub(super) fn write(
    folder: &mut OutputFolder,
    played: &Played,
    (experiment, gathered): (&Experiment, &Gathered),
    look: &Look,
    film: Option<u32>,
) -> Result<Vec<Picture>, Failure> {
    let Some(run) = gathered.runs().next() else { return Ok(vec![]) };
    let has_network = has_network(&played.scenario);
    let largest = gathered.largest_cascade_of(run).filter(|largest| largest.size > 1);
    if gathered.buyers() > CUSTOMERS_MOST || (largest.is_none() && !has_network) {
        return Ok(vec![]);
    }
    let family = Family::of(&Story::of(&experiment.world, run));
    let teller = Teller { played, family: &family, people: people(experiment), run: run.0 };
    let tree = largest.map(|largest| teller.tree(largest, look.fonts));
    let network = if has_network { teller.network(gathered, look, None)? } else { None };
    let film = match film {
        Some(seconds) => teller.network(gathered, look, Some(f64::from(seconds)))?,
        None => None,
    };
    let pictures: Vec<Picture> = tree.into_iter().chain(network).chain(film).collect();
    let files: Vec<(String, Vec<u8>)> =
        pictures.iter().map(|picture| (picture.name.to_owned(), picture.svg.clone().into_bytes())).collect();
    folder.write_many(&files)?;
    Ok(pictures)
}

/// The graph whose people may have names.
fn people(experiment: &Experiment) -> Option<&SocialGraph> {
    match &experiment.world.audience {
        Audience::Neighbours(graph) => Some(graph),
        _ => None,
    }
}

/// What both pictures are told from.
struct Teller<'a> {
    played: &'a Played,
    family: &'a Family,
    people: Option<&'a SocialGraph>,
    run: u32,
}

impl Teller<'_> {
    fn name(&self, person: PersonId) -> String {
        let known = self.people.and_then(|graph| graph.name(person)).map(draw::clean);
        let number = || tell!(self.played.locale.language, "figure-tree-person", number = person.to_string());
        known.filter(|name| !name.is_empty()).unwrap_or_else(number)
    }

    fn tree(&self, LargestCascade { root, size, depth, .. }: LargestCascade, fonts: &Fonts) -> Picture {
        let (locale, language) = (&self.played.locale, self.played.locale.language);
        let mut rows: Vec<TreeRow> =
            self.family.customer(root).map(|customer| self.row(0, customer, Mark::Chosen)).into_iter().collect();
        tell_below(self.family, root, TREE, &mut |generation, below| {
            rows.push(match below {
                Below::Shown(customer) => self.row(generation + 1, customer, Mark::Below),
                Below::LeftOut(hidden) => self.left_out(generation + 1, &hidden),
            });
        });
        let head = |head: String, is_right| TreeColumn { head: head.into(), is_right };
        let title = tell!(language, "figure-tree", run = self.run.to_string());
        let reading = tell!(language, "figure-tree-reading");
        let tree = Tree {
            title: title.clone(),
            subtitle: tell!(
                language,
                "figure-tree-subtitle",
                scenario = draw::clean(&self.played.title()),
                others = size - 1,
                people = locale.count(i64::from(size) - 1),
                depth = depth,
                generations = locale.count(i64::from(depth))
            ),
            columns: [
                head(tell!(language, "figure-tree-day"), true),
                head(tell!(language, "figure-tree-way"), false),
                head(tell!(language, "figure-tree-revenue"), true),
                head(tell!(language, "figure-tree-brought"), false),
            ],
            rows,
            captions: vec![],
        };
        Picture { name: "tree.svg", title, reading, svg: draw::tree_svg(&tree, fonts) }
    }

    fn row(&self, depth: usize, customer: &Customer, mark: Mark) -> TreeRow {
        let (locale, language) = (&self.played.locale, self.played.locale.language);
        let way = match (customer.source, customer.word) {
            (Source::Word, Some((_, true))) => tell!(language, "figure-tree-coded"),
            (Source::Word, _) => way_in_words(Way::Word, language),
            (Source::Seed, _) => tell!(language, "figure-tree-first"),
            (Source::Review, _) => way_in_words(Way::Review, language),
            (Source::Influencer, _) => way_in_words(Way::Influencer, language),
            (Source::Advertising, _) => way_in_words(Way::Advertising, language),
        };
        let (directly, all) = (customer.brought.len(), customer.customers_below as usize);
        let number = |people: usize| locale.count(people as i64);
        let brought = match directly {
            0 => String::new(),
            _ if directly == all => number(directly),
            _ => tell!(language, "figure-tree-brought-in-all", directly = number(directly), all = number(all)),
        };
        let day = language.number(customer.at.days(), 1);
        TreeRow {
            depth,
            name: self.name(customer.person),
            cells: [day, way, locale.money(customer.revenue), brought],
            mark,
        }
    }

    /// What is said in the place of those who are not shown.
    fn left_out(&self, depth: usize, hidden: &[&Customer]) -> TreeRow {
        let locale = &self.played.locale;
        let below: u32 = hidden.iter().map(|customer| customer.customers_below).sum();
        let revenue = hidden.iter().map(|customer| customer.revenue).sum();
        let below = if below > 0 { locale.count(below.into()) } else { String::new() };
        TreeRow {
            depth,
            name: tell!(locale.language, "figure-tree-more", number = locale.count(hidden.len() as i64)),
            cells: [String::new(), String::new(), locale.money(revenue), below],
            mark: Mark::More,
        }
    }

    /// Who bought when; nothing where nobody did, or there is no graph.
    fn network(&self, gathered: &Gathered, look: &Look, seconds: Option<f64>) -> Result<Option<Picture>, Failure> {
        let Some(network) = gathered.network(NETWORK_MOST) else { return Ok(None) };
        let (locale, language) = (&self.played.locale, self.played.locale.language);
        // The day on which a customer is counted, as in every table by day.
        let when: Vec<Option<u32>> = network.bought.iter().map(|bought| bought.map(|at| at.day_closing())).collect();
        let (Some(earliest), Some(latest)) = (when.iter().flatten().min(), when.iter().flatten().max()) else {
            return Ok(None);
        };
        let is_first =
            |person: &PersonId| self.family.customer(*person).is_some_and(|customer| customer.source == Source::Seed);
        let first: Vec<u32> =
            (0..).zip(&network.people).filter(|(_, person)| is_first(person)).map(|(place, _)| place).collect();
        let ties: Vec<(u32, u32)> = network.ties.iter().map(|&[a, b]| (a, b)).collect();
        let customers = when.iter().flatten().count();
        let title = tell!(language, "figure-network", run = self.run.to_string());
        let caption = tell!(
            language,
            "figure-network-caption",
            scenario = draw::clean(&self.played.title()),
            seed = self.played.scenario.seed.0.to_string(),
            people = locale.count(network.people.len() as i64),
            customers = locale.count(customers as i64)
        );
        let [earliest, never, first_customer] = [
            tell!(language, "figure-network-earliest", day = locale.count(i64::from(*earliest))),
            tell!(language, "figure-network-never"),
            tell!(language, "figure-network-first"),
        ];
        let latest = tell!(language, "figure-network-latest", day = locale.count(i64::from(*latest)));
        let everybody_bought = customers == network.people.len();
        let drawn = draw::Network {
            title: &title,
            caption: &caption,
            when: &when,
            ties: &ties,
            first: &first,
            legend: NetworkLegend {
                earliest: &earliest,
                latest: &latest,
                never: if everybody_bought { "" } else { &never },
                first: if first.is_empty() { "" } else { &first_customer },
            },
        };
        let svg = draw::network_svg(&drawn, look, seconds).map_err(internal)?;
        let reading = tell!(language, "figure-network-reading");
        let name = if seconds.is_some() { FILM } else { "network.svg" };
        Ok(Some(Picture { name, title, reading, svg }))
    }
}
