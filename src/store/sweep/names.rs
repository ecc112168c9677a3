//! What the files of a sweep are called. Every such name is a single, ordinary path component.

use crate::units::RunId;

/// The file that says what is swept.
pub const PLAN: &str = "plan.json";

/// The name of a pack, from the SHA-256 of its bytes.
pub(super) fn pack_name(sha256: &str) -> String {
    format!("cells-{sha256}.pack")
}

/// The SHA-256 in the name of a pack.
pub(super) fn sha256_of_pack(name: &str) -> Option<&str> {
    let sha256 = name.strip_prefix("cells-")?.strip_suffix(".pack")?;
    let is_digit = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    (sha256.len() == 64 && sha256.bytes().all(is_digit)).then_some(sha256)
}

/// The name of the event log of a run of a cell, which is counted from 1 there as in all that people see.
pub fn cell_log_name(cell: u32, run: RunId) -> String {
    format!("cell-{:06}-run-{}.parquet", u64::from(cell) + 1, run.0)
}

/// The cell whose run has an event log of that name.
pub(super) fn cell_of_log(name: &str) -> Option<u32> {
    let (cell, run) = name.strip_prefix("cell-")?.strip_suffix(".parquet")?.split_once("-run-")?;
    let (cell, run) = (u32::try_from(cell.parse::<u64>().ok()?.checked_sub(1)?).ok()?, run.parse().ok()?);
    // Of all spellings of the two numbers, the one that is written.
    (cell_log_name(cell, RunId(run)) == name).then_some(cell)
}

/// Whether a sweep has a file of that name, and no other command does.
pub(in crate::store) fn is_own_name(name: &str) -> bool {
    name == PLAN || sha256_of_pack(name).is_some() || cell_of_log(name).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_one_spelling() {
        let sha256 = "0123456789abcdef".repeat(4);
        assert!(is_own_name(PLAN));
        assert_eq!(sha256_of_pack(&pack_name(&sha256)), Some(sha256.as_str()));
        assert_eq!(cell_of_log(&cell_log_name(16, RunId(3))), Some(16));
        assert_eq!(cell_of_log("cell-4000000001-run-0.parquet"), Some(4_000_000_000));
        let others = [
            pack_name(&sha256.to_uppercase()),
            pack_name(&sha256[1..]),
            pack_name(&format!("{}/", &sha256[1..])),
            "cell-17-run-3.parquet".to_owned(),
            "cell-000017-run-03.parquet".to_owned(),
            "cell-+00017-run-3.parquet".to_owned(),
            "cell-000000-run-3.parquet".to_owned(),
            "cell-5000000000-run-0.parquet".to_owned(),
            "../plan.json".to_owned(),
        ];
        for name in others {
            assert!(!is_own_name(&name), "{name}");
        }
    }
}
