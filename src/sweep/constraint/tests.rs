use super::super::factor::Values;
use super::*;

/// A number of USD, a text, and a bare number.
fn three() -> Vec<Factor> {
    let level = |label: &str, number| Level { label: label.to_owned(), number, toml: String::new() };
    let factor = |name: &str, unit: &str, levels| Factor {
        name: name.to_owned(),
        unit: unit.to_owned(),
        values: Values::Levels(levels),
    };
    vec![
        factor("advocate", "USD", vec![level("4 USD", Some(4.0)), level("6 USD", Some(6.0))]),
        factor("network", "", vec![level("random", None), level("small world", None)]),
        factor("friend", "", vec![level("2", Some(2.0)), level("8", Some(8.0))]),
    ]
}

fn levels(places: [usize; 3]) -> Vec<Level> {
    three().iter().zip(places).map(|(factor, place)| factor.listed()[place].clone()).collect()
}

#[test]
fn a_constraint_is_asked_of_numbers_and_of_names() {
    for (text, [first, second]) in [
        ("advocate <= 5 or network == 'random'", [true, false]),
        ("advocate <= 2 * friend", [true, true]),
        ("friend - advocate > -3 and not network != 'random'", [true, false]),
        ("network in ['small world']", [false, true]),
        ("network not in ('small world', \"random\")", [false, false]),
        ("advocate in (4, 5)", [true, false]),
        ("not (advocate == 4 and friend < 1e1)", [false, true]),
        ("advocate / 2 + 1 == 3", [true, false]),
        ("'small world' == network", [false, true]),
    ] {
        let constraint = Constraint::parse(text, &three()).unwrap_or_else(|why| panic!("{text}: {why}"));
        assert_eq!(constraint.holds(&levels([0, 0, 0])), first, "{text}");
        assert_eq!(constraint.holds(&levels([1, 1, 1])), second, "{text}");
    }
}

#[test]
fn and_binds_before_or_and_products_before_sums() {
    for (text, holds) in [
        ("advocate == 4 or advocate == 6 and friend == 8", true),
        ("(advocate == 4 or advocate == 6) and friend == 8", false),
        ("1 + 2 * 3 == 7", true),
        ("8 - 2 - 1 == 5", true),
        ("8 / 2 / 2 == 2", true),
    ] {
        let constraint = Constraint::parse(text, &three()).unwrap_or_else(|why| panic!("{text}: {why}"));
        assert_eq!(constraint.holds(&levels([0, 0, 0])), holds, "{text}");
    }
}

#[test]
fn what_would_never_hold_is_refused_and_what_is_meant_is_said() {
    for (text, said) in [
        ("network == 'smal world'", "one of 'random', 'small world'"),
        ("network > 3", "one of 'random', 'small world'"),
        ("network == 3", "one of 'random', 'small world'"),
        ("network < 'random'", "by == and !="),
        ("network in ['random', 'grid']", "one of 'random', 'small world'"),
        ("advocate < '9'", "advocate is a number of USD"),
        ("advocate == network", "is a number"),
        ("'a' == 'a'", "a factor and one of its texts"),
        ("advocate", "neither true nor false"),
        ("advocate and friend > 1", "comparisons"),
        ("not advocate", "comparison"),
        ("advocate + network > 1", "numbers"),
        ("advocate = 4", "write `==`"),
        ("advocate =< 4", "write `<=`"),
        ("advocate < 4 && friend < 3", "write `and`"),
        ("advocate < 4 %", "without their unit"),
        ("advocate < 4 USD", "without their unit"),
        ("network == random", "write 'random'"),
        ("network == small world", "write 'small world'"),
        ("advocat < 3", "did you mean advocate?"),
        ("advocate <= zebra", "zebra"),
        ("advocate <=", "ends too early"),
        ("(advocate < 3", "not closed"),
        ("1 < advocate < 3", "two comparisons"),
        ("network == 'random", "closing"),
        ("advocate < 1.2.3", "no number"),
        ("", "ends too early"),
    ] {
        let why = Constraint::parse(text, &three()).expect_err(text);
        assert!(why.contains(said), "{text}: {why}");
    }
}

#[test]
fn no_depth_or_length_is_too_much_for_the_stack() {
    for text in ["(".repeat(900), "not ".repeat(240), "-".repeat(900), "(".repeat(100_000)] {
        assert!(Constraint::parse(&text, &three()).is_err());
    }
    let long = vec!["friend < 3"; 60].join(" or ");
    assert!(Constraint::parse(&long, &three()).is_ok_and(|it| it.holds(&levels([0, 0, 0]))));
}
