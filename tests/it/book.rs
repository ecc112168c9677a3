//! The site that `.ci/book` builds holds what its pages link to.

use std::path::{Component, Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: impl AsRef<Path>) -> String {
    let path = root().join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The words of a list of the script.
fn laid_out(list: &str) -> Vec<String> {
    let script = read(".ci/book");
    let line = script.lines().find_map(|line| line.strip_prefix(&format!("{list}=("))).expect("a list");
    line.trim_end_matches(')').split(' ').map(str::to_owned).collect()
}

/// A path without what goes up.
fn flat(path: &Path) -> PathBuf {
    let mut flat = PathBuf::new();
    for component in path.components() {
        match component {
            Component::ParentDir => assert!(flat.pop(), "{} leaves the folder", path.display()),
            other => flat.push(other),
        }
    }
    flat
}

/// Pages of the map, as `.ci/book` takes them from its rows.
fn on_the_map() -> Vec<PathBuf> {
    let map = read("docs/README.md");
    let rows = map.lines().filter_map(|line| line.strip_prefix("| [")?.split_once("](")?.1.split_once(") |"));
    rows.map(|(page, _)| Path::new("docs").join(page))
        .filter(|page| page.extension().is_some_and(|it| it == "md"))
        .collect()
}

#[test]
fn the_site_holds_whatever_its_pages_link_to() {
    let (own, beside) = (laid_out("pages"), laid_out("beside"));
    let pages: Vec<PathBuf> =
        own.iter().map(PathBuf::from).chain([PathBuf::from("docs/README.md")]).chain(on_the_map()).collect();
    assert!(pages.len() > 50, "{pages:?}");
    let mut wrong = vec![];
    for page in &pages {
        let text = read(page);
        let prose: String = text.split("```").step_by(2).collect();
        let prose: String = prose.split('`').step_by(2).collect();
        for rest in prose.split("](").skip(1) {
            let address = rest.split([')', ' ', '\n', '#']).next().unwrap_or_default();
            if address.is_empty() || address.contains(':') {
                continue;
            }
            let target = flat(&page.parent().expect("a folder").join(address));
            let is_page = target.extension().is_some_and(|ending| ending == "md");
            let is_there = if is_page {
                pages.contains(&target)
            } else {
                root().join(&target).is_file() && beside.iter().any(|it| target.starts_with(it))
            };
            if !is_there {
                wrong.push(format!("{}: {address} is not on the site", page.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
