//! The patches of CONTRIBUTING.md, which show how things are added, still fit.

use std::io::Write;
use std::path::Path;
use std::process::Command;

const PATCHES: [&str; 4] = ["policy", "graph", "event", "chart"];

#[test]
fn each_patch_that_shows_how_to_add_something_still_fits() {
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    // In a packed crate there is no repository, and git would look for one above it.
    if !project.join(".git").exists() || Command::new("git").arg("--version").output().is_err() {
        let _ = writeln!(std::io::stderr(), "skipped: there is no git, or no repository here");
        return;
    }
    for name in PATCHES {
        let patch = format!("docs/how-to-add/{name}.patch");
        let said = Command::new("git").args(["apply", "--check", &patch]).current_dir(project).output().expect("git");
        assert!(said.status.success(), "{patch} does not fit any more:\n{}", String::from_utf8_lossy(&said.stderr));
    }
}

#[test]
fn contributing_names_each_patch_and_no_other() {
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = std::fs::read_to_string(project.join("CONTRIBUTING.md")).expect("CONTRIBUTING.md");
    assert!(PATCHES.iter().all(|name| page.contains(&format!("](docs/how-to-add/{name}.patch)"))));
    assert_eq!(std::fs::read_dir(project.join("docs/how-to-add")).expect("the patches").count(), PATCHES.len());
}
