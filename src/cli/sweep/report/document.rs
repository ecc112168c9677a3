//! The report of a sweep: what stands where.

use super::taught::Taught;
use super::{answer, best, factors, made, numbers};
use crate::cli::drawn::Drawn;
use crate::language::tell;
use crate::report::Dress;
use crate::report::document::{Block, Chart, Document, Section};
use crate::sweep::Design;

pub(super) fn document(it: &Taught, drawn: Vec<Drawn>) -> Document {
    let language = it.language();
    let mut charts = Charts(drawn);
    let mut sections = vec![
        section("best", tell!(language, "sweep-section-best"), of_best(it, &mut charts)),
        section("factors", tell!(language, "sweep-section-factors"), of_factors(it, &mut charts)),
        section("responses", tell!(language, "sweep-section-responses"), of_responses(it, &mut charts)),
        section("take-off", tell!(language, "sweep-section-take-off"), of_phase(it, &mut charts)),
        section("front", tell!(language, "sweep-section-front"), of_front(it, &mut charts)),
        section("regression", tell!(language, "sweep-section-regression"), factors::regression(it)),
        section("numbers", tell!(language, "sweep-section-numbers"), numbers::metrics(it)),
        section("cells", tell!(language, "sweep-section-cells"), made::factors(it)),
        section("reading", tell!(language, "compare-section-reading"), reading(it)),
        section("again", tell!(language, "compare-section-again"), made::again(it)),
    ];
    if it.is_drawn() {
        sections.swap(0, 1);
    }
    let (question, name) = (it.plan.question.clone(), it.plan.name.clone());
    Document {
        language,
        dress: Dress::default(),
        kind: tell!(language, "sweep-kind"),
        title: question.clone().unwrap_or_else(|| name.clone()),
        question: question.map(|_| name),
        answer: answer::answer(it),
        sections: sections.into_iter().filter(|section| !section.blocks.is_empty()).collect(),
    }
}

fn section(anchor: &'static str, title: String, blocks: Vec<Block>) -> Section {
    Section { anchor, title, blocks }
}

/// The charts that are not in their places yet.
struct Charts(Vec<Drawn>);

impl Charts {
    /// Those whose names begin so, each followed by how it is read, if that is said.
    fn these(&mut self, stem: &str, reading: Option<String>) -> Vec<Block> {
        let is_of = |name: &str| name.strip_prefix(stem).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'));
        let (found, others) = std::mem::take(&mut self.0).into_iter().partition(|drawn| is_of(&drawn.figure.name));
        self.0 = others;
        let found: Vec<Drawn> = found;
        let reading = reading.filter(|_| !found.is_empty()).map(Block::Text);
        let chart = |Drawn { figure, svg, narrow }: Drawn| {
            Block::Chart(Chart { name: figure.name, alternative: figure.title, svg, narrow })
        };
        found.into_iter().map(chart).chain(reading).collect()
    }
}

fn of_best(it: &Taught, charts: &mut Charts) -> Vec<Block> {
    let language = it.language();
    let is_of_cells = it.surfaces.iter().all(|surface| surface.averaged.is_empty());
    let reading = match is_of_cells {
        true => tell!(language, "sweep-reading-map"),
        false => tell!(language, "sweep-reading-map-averaged"),
    };
    let mut blocks = charts.these("heat-map", Some(reading));
    blocks.extend(charts.these("best", None));
    blocks.extend(it.ranking.iter().flat_map(|ranking| best::blocks(it, ranking)));
    blocks
}

fn of_factors(it: &Taught, charts: &mut Charts) -> Vec<Block> {
    let language = it.language();
    let reading = match (&it.swings, &it.variance) {
        (Some(_), _) => tell!(language, "sweep-reading-swings"),
        (None, Some(_)) => tell!(language, "sweep-reading-variance"),
        (None, None) => tell!(language, "sweep-reading-coefficients"),
    };
    let mut blocks = charts.these("sobol", Some(tell!(language, "sweep-reading-sobol")));
    blocks.extend(charts.these("morris", Some(tell!(language, "sweep-reading-morris"))));
    blocks.extend(charts.these("effects", Some(reading)));
    blocks.extend(factors::importance(it));
    blocks.extend(factors::levels(it));
    blocks
}

fn of_responses(it: &Taught, charts: &mut Charts) -> Vec<Block> {
    let reading = match it.plan.design {
        Design::OneAtATime => tell!(it.language(), "sweep-reading-lines-alone"),
        _ => tell!(it.language(), "sweep-reading-lines"),
    };
    charts.these("response", Some(reading))
}

fn of_phase(it: &Taught, charts: &mut Charts) -> Vec<Block> {
    let Some((_, phase)) = &it.phase else { return vec![] };
    let border = phase.surface.as_ref().map(|_| tell!(it.language(), "sweep-reading-phase"));
    let mut blocks: Vec<Block> = charts.these("phase", border);
    blocks.extend(numbers::crossings(it, phase));
    blocks
}

fn of_front(it: &Taught, charts: &mut Charts) -> Vec<Block> {
    let Some((metrics, front)) = &it.front else { return vec![] };
    let mut blocks = charts.these("pareto", None);
    blocks.extend(numbers::on_front(it, metrics, front));
    blocks
}

/// How to read it.
fn reading(it: &Taught) -> Vec<Block> {
    let language = it.language();
    let luck = tell!(language, "sweep-read-luck");
    let model = tell!(language, "sweep-read-model");
    [luck, tell!(language, "sweep-read-many"), model].map(Block::Text).into()
}
