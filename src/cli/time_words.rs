//! How long something will take, in words.

use std::time::Duration;

/// A duration in words: "about 3 minutes".
pub(super) fn said(time: Duration) -> String {
    let seconds = time.as_secs_f64();
    let number = |value: f64, unit: &str| {
        let rounded = if value < 10.0 { (value * 2.0).round() / 2.0 } else { value.round() };
        format!("about {rounded} {unit}{}", if rounded == 1.0 { "" } else { "s" })
    };
    match seconds {
        ..1.0 => "less than a second".to_owned(),
        ..90.0 => number(seconds, "second"),
        ..5_400.0 => number(seconds / 60.0, "minute"),
        ..172_800.0 => number(seconds / 3_600.0, "hour"),
        _ => number(seconds / 86_400.0, "day"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_said_in_the_unit_that_suits_it() {
        let said = |seconds: f64| said(Duration::from_secs_f64(seconds));
        assert_eq!(said(0.2), "less than a second");
        assert_eq!(said(1.1), "about 1 second");
        assert_eq!(said(42.0), "about 42 seconds");
        assert_eq!(said(400.0), "about 6.5 minutes");
        assert_eq!(said(9_000.0), "about 2.5 hours");
        assert_eq!(said(400_000.0), "about 4.5 days");
    }
}
