//! The examples of the library, played as they stand, and what their pages say of them.

use std::path::Path;

#[path = "../../examples/own_policy.rs"]
#[expect(dead_code, reason = "an example's main is called by its command alone")]
mod own_policy;
#[path = "../../examples/study.rs"]
#[expect(dead_code, reason = "an example's main is called by its command alone")]
mod study;

#[test]
fn the_examples_print_what_the_page_about_the_library_shows() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/library.md");
    let page = std::fs::read_to_string(page).expect("docs/library.md");
    let printed = [study::study().expect("a study"), own_policy::compared().expect("a comparison")];
    let missing: Vec<&String> = printed.iter().filter(|text| !page.contains(&format!("```text\n{text}```"))).collect();
    assert!(missing.is_empty(), "docs/library.md should show {missing:#?}");
}
