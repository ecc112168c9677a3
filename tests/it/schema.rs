//! The JSON Schema of scenarios: it takes what the reader takes, and refuses what is plainly wrong.

use crate::common::{folder, stdout, tellwave};
use serde_json::Value;
use std::path::Path;
use std::sync::LazyLock;
use tellwave::scenario::presets;
use tellwave::scenario::schema::json_schema;
use tellwave::scenario::{Overrides, Scenario};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

static SCHEMA: LazyLock<Value> = LazyLock::new(|| serde_json::from_str(&json_schema()).expect("JSON"));

static VALIDATOR: LazyLock<jsonschema::Validator> =
    LazyLock::new(|| jsonschema::draft7::new(&SCHEMA).expect("a schema"));

fn as_json(text: &str) -> Value {
    let table: toml::Table = toml::from_str(text).unwrap_or_else(|why| panic!("{why}\n{text}"));
    serde_json::to_value(table).expect("JSON")
}

/// What the schema has against a document.
fn mistakes(text: &str) -> Vec<String> {
    let document = as_json(text);
    VALIDATOR.iter_errors(&document).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

fn assert_taken(name: &str, text: &str) {
    let found = mistakes(text);
    assert!(found.is_empty(), "{name}: {}\n{text}", found.join("\n"));
}

/// The files of a folder with this ending, with their texts.
fn texts(folder: &str, ending: &str) -> Vec<(String, String)> {
    let entries =
        std::fs::read_dir(root().join(folder)).expect("a folder").map(|entry| entry.expect("an entry").path());
    let files = entries.filter(|path| path.extension().is_some_and(|end| end == ending));
    files.map(|path| (path.display().to_string(), std::fs::read_to_string(&path).expect("a text"))).collect()
}

#[test]
fn the_schema_is_one_of_draft_7() {
    assert!(jsonschema::draft7::meta::is_valid(&SCHEMA));
}

#[test]
fn every_shipped_scenario_and_what_it_resolves_to_is_taken() {
    let shipped = texts("scenarios", "toml");
    assert!(shipped.len() > 20);
    for (name, text) in shipped {
        assert_taken(&name, &text);
        let scenario = Scenario::read(Path::new(&name), Overrides::default()).unwrap_or_else(|why| panic!("{why}"));
        assert_taken(&name, &scenario.resolved);
    }
}

#[test]
fn every_scenario_in_the_documents_is_taken() {
    let mut taken = 0;
    let pages = texts("docs", "md")
        .into_iter()
        .chain([("README.md".to_owned(), std::fs::read_to_string(root().join("README.md")).expect("a text"))]);
    for (page, text) in pages {
        for block in text.split("```toml\n").skip(1) {
            let block = block.split("```").next().unwrap_or_default();
            // Sweep files, settings of editors and pieces with dots left out are no scenarios.
            if Scenario::parse("x.toml", block, root(), Overrides::default()).is_ok() {
                assert_taken(&page, block);
                taken += 1;
            }
        }
    }
    assert!(taken > 15, "only {taken}");
}

#[test]
fn what_every_preset_says_is_taken_and_so_is_its_name() {
    for preset in presets::all() {
        assert_taken(preset.name, preset.text());
        let chosen = format!("preset = \"{}\"\n", preset.name);
        assert_taken(preset.name, &chosen);
        let mut header = String::new();
        for part in preset.keys()[0].split('.') {
            header = if header.is_empty() { part.to_owned() } else { format!("{header}.{part}") };
            if preset.lies_within(&header) {
                assert_taken(preset.name, &format!("[{header}]\npreset = [\"{}\"]\n", preset.name));
            }
        }
    }
}

#[test]
fn values_may_be_written_in_every_way_that_the_reader_takes() {
    for (key, values) in [
        ("conversion.persuasion", &["'4 %'", "'0.5%'", "' 1e-3  % '", "0.04", "1.0", "0"][..]),
        ("horizon", &["'7 days'", "'1.5 weeks'", "'36hours'", "'1 year'", "' 90  days '", "'1e2 days'"]),
        ("commerce.order_value", &["'20.00 USD'", "'20EUR'", "'500 JPY'", "' 9.90  EUR '"]),
        (
            "telling.positive",
            &["12", "'12'", "'poisson(12)'", "'Poisson (mean 12)'", "'all_neighbours'", "'fixed( 3 )'"],
        ),
        (
            "telling.delay",
            &["'7 days'", "'exponential(5 days)'", "'GAMMA(mean 5 days, shape 2)'", "'uniform(1 day, 9 days)'"],
        ),
        ("advertising.rate", &["'0.01 per day'", "'1 per  week'", "'0.38per year'"]),
        ("seed", &["0", "9_223_372_036_854_775_807", "0x10"]),
        ("graph.cliques.people", &["30_000"]),
        ("seeds.count", &["9_000"]),
        ("graph.grid", &["{ rows = 1, columns = 2_000_000 }"]),
        ("graph.spatial", &["{ people = 30_000, mean_degree = 20_000 }"]),
    ] {
        for value in values {
            let text = format!("{key} = {value}\n");
            assert!(Scenario::parse("x.toml", &text, Path::new(""), Overrides::default()).is_ok(), "{text}");
            assert_taken(key, &text);
        }
    }
}

#[test]
fn a_variant_may_say_what_the_file_may_say() {
    assert_taken("a variant", "[[variant]]\nname = 'dear'\nconversion.persuasion = '2 %'\npreset = 'b2b'\n");
    let refused = ["[[variant]]\nruns = 3\n", "[[variant]]\nname = 'a'\nvariant = []\n", "variant = 3\n"];
    for text in refused {
        assert!(!mistakes(text).is_empty(), "{text}");
    }
}

#[test]
fn what_is_plainly_wrong_is_refused() {
    for text in [
        "persuasion = '4 %'\n",
        "[conversion]\npersuation = '4 %'\n",
        "[graph.small_world]\npeople = 100\n",
        "[channels.pigeon]\nshare = '100 %'\n",
        "[conversion]\npersuasion = 4\n",
        "[conversion]\npersuasion = '4'\n",
        "horizon = 90\n",
        "horizon = '90 moons'\n",
        "runs = 0\n",
        "runs = 1.5\n",
        "runs = '200'\n",
        "[telling]\nmode = 'batches'\n",
        "[telling]\npositive = 'poison(12)'\n",
        "[telling]\ndelay = 'exponental(5 days)'\n",
        "[commerce]\norder_value = 20\n",
        "[commerce]\norder_value = '20 dollars'\n",
        "[advertising]\nrate = '3 a day'\n",
        "preset = 'b2x'\n",
        "preset = ['b2b', 'b2x']\n",
        "[telling]\npreset = 'b2b'\n",
        "[graph.cliques]\npeople = 0\n",
        "[[segments]]\nshare = '10 %'\n",
        "[policy.two_sided]\nadvocate_lift = 101\n",
        "seeds = 3\n",
    ] {
        assert!(!mistakes(text).is_empty(), "taken:\n{text}");
        let read = Scenario::parse("x.toml", text, Path::new(""), Overrides::default());
        assert!(read.is_err(), "the reader takes this, and so must the schema:\n{text}");
    }
}

#[test]
fn every_key_says_what_it_means() {
    fn walk(path: &str, schema: &Value, unsaid: &mut Vec<String>) {
        for (name, property) in schema["properties"].as_object().into_iter().flatten() {
            let path = format!("{path}.{name}");
            let is_table = property["type"] == "object" || property["items"]["type"] == "object";
            if !is_table && property["description"].as_str().is_none_or(str::is_empty) {
                unsaid.push(path.clone());
            }
            walk(&path, if property["type"] == "array" { &property["items"] } else { property }, unsaid);
        }
    }
    let mut unsaid = vec![];
    for (name, definition) in SCHEMA["definitions"].as_object().expect("definitions") {
        walk(name, definition, &mut unsaid);
    }
    assert_eq!(unsaid, Vec::<String>::new());
}

#[test]
fn shipped_scenarios_name_the_schema_to_editors() {
    for (name, text) in texts("scenarios", "toml") {
        assert_eq!(text.lines().next(), Some("#:schema ../docs/scenario.schema.json"), "{name}");
    }
}

#[test]
fn the_schema_is_printed() {
    let here = folder();
    assert_eq!(stdout(&tellwave(here.path(), &["schema"])).trim_end(), json_schema());
}
