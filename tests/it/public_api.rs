//! docs/public-api.txt lists the interface of the library, so that whoever changes it sees that she does.
//!
//! The list is read off what rustdoc writes as JSON, which takes an option that is not stable: `.ci/run` makes it and says where
//! it is. To write the list anew, run that step of it with `TELLWAVE_WRITE_PUBLIC_API=1`.

use std::path::Path;

#[test]
#[ignore = "needs the JSON of rustdoc, which .ci/run makes"]
fn the_listing_of_the_public_api_is_what_the_code_says() {
    let json = std::env::var_os("TELLWAVE_RUSTDOC_JSON").expect("TELLWAVE_RUSTDOC_JSON: where rustdoc's JSON is");
    let api = public_api::Builder::from_rustdoc_json(json)
        .omit_blanket_impls(true)
        .omit_auto_trait_impls(true)
        .omit_auto_derived_impls(true)
        .build()
        .expect("the JSON of a rustdoc that the reader knows");
    let now = api.to_string();
    let listing = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/public-api.txt");
    if std::env::var_os("TELLWAVE_WRITE_PUBLIC_API").is_some() {
        std::fs::write(&listing, &now).expect("written");
    }
    let listed = std::fs::read_to_string(&listing).expect("docs/public-api.txt");
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<std::collections::BTreeSet<_>>();
    let (now, listed) = (lines(&now), lines(&listed));
    let told = |from: &std::collections::BTreeSet<String>, other: &std::collections::BTreeSet<String>, sign: &str| {
        from.difference(other).map(|line| format!("{sign} {line}\n")).collect::<String>()
    };
    let changed = told(&listed, &now, "-") + &told(&now, &listed, "+");
    assert!(changed.is_empty(), "the interface is another one than docs/public-api.txt lists:\n{changed}");
}
