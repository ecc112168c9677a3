//! What a comparison leaves: the scenarios as they were played, the tables, the charts, and the report in two formats.

use super::super::drawn;
use super::super::output::{dress, filled};
use super::super::play::RANDOM_NUMBERS;
use super::super::{Failure, internal};
use super::{Comparison, words};
use super::{figures, report};
use crate::draw::{Fonts, Look, Size};
use crate::experiment::{compared_curves, compared_runs};
use crate::report::Template;
use crate::store::{self, ComparedOrigin, OutputFolder, Platform, Provenance, provenance, scenario_name, untagged};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Writes everything, and says where it is, and what is wrong with a template that could not be filled.
pub(super) fn write(
    it: &Comparison,
    mut folder: OutputFolder,
    fonts: &Fonts,
    sheets: &[Size],
    template: Option<&Template>,
) -> Result<(PathBuf, Option<Failure>), Failure> {
    for (place, entry) in it.entries.iter().enumerate() {
        folder.write_bytes(&scenario_name(place + 1), entry.scenario.resolved.as_bytes())?;
    }
    // All are of one market, so they have one graph.
    if let Some((name, bytes)) = &it.entries[0].scenario.graph_file {
        folder.write_bytes(name, bytes)?;
    }
    let curves = compared_curves(&it.results.outcomes, it.baseline, &it.money);
    folder.write_with("curves.csv", |out| store::write_csv(&curves, out))?;
    let runs = compared_runs(&it.results.outcomes, &it.money);
    let digest = it.entries[0].scenario.digest();
    let about = [("scenario_sha256", digest.as_str()), ("currency", it.money.code.as_str())];
    folder.write_with("runs.parquet", |out| store::write_parquet(&runs, &about, out))?;
    let drawings = figures::all(it, fonts);
    let dress = dress(&it.entries[0].scenario.look)?;
    let look = Look { language: it.locale.language, palette: dress.palette, ..Look::page(fonts) };
    let drawn = drawn::write(&mut folder, drawings, &look, sheets)?;
    let document = report::document(it, drawn, dress);
    let (html, unfit) = filled(template, |template| document.html(template))?;
    folder.write_bytes("report.html", html.as_bytes())?;
    folder.write_bytes("report.md", document.markdown().map_err(internal)?.as_bytes())?;
    folder.write_bytes("summary.json", untagged(&words::json(it, None).map_err(internal)?).as_bytes())?;
    Ok((folder.finish(&provenance_of(it, sheets))?, unfit))
}

fn provenance_of(it: &Comparison, sheets: &[Size]) -> Provenance {
    let first = &it.entries[0].scenario;
    let origin = |which: usize| {
        let without_programme = it.has_none && which == 0;
        ComparedOrigin {
            name: it.names[which].clone(),
            file: scenario_name(it.entry_of(which) + 1),
            scenario_sha256: it.scenario_of(which).digest(),
            without_programme,
            is_baseline: which == it.baseline,
        }
    };
    let mut presets: Vec<String> = vec![];
    for preset in it.entries.iter().flat_map(|entry| &entry.scenario.presets) {
        if !presets.iter().any(|known| known == preset) {
            presets.push((*preset).to_owned());
        }
    }
    let mut options = BTreeMap::from([("by".to_owned(), it.results.compared.by.name.to_owned())]);
    if !sheets.is_empty() {
        options.insert("sizes".to_owned(), drawn::sheets_in_words(sheets));
    }
    Provenance {
        schema: provenance::SCHEMA,
        tellwave: env!("CARGO_PKG_VERSION").to_owned(),
        scenario: first.name.clone(),
        scenario_sha256: first.digest(),
        graph_sha256: first.graph_sha256.clone(),
        seed: first.seed,
        runs: it.results.runs,
        first_run: 0,
        fork: None,
        compared: (0..it.names.len()).map(origin).collect(),
        sweep: None,
        random_numbers: RANDOM_NUMBERS.to_owned(),
        platform: Platform::here(),
        presets,
        options,
        files: vec![],
    }
}
