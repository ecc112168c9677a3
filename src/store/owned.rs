//! Whose a folder is: the marker that says so, the lock that keeps a second process out, and what may be taken away.
//!
//! A folder is ours only if everything in it has a name that Tellwave writes; otherwise it is refused, and not touched.
//! The marker is the lock too, which the system releases when a process ends, however it ends. The results of a run and
//! a sweep never share a folder: the one would be cleared for the other, and a sweep may have taken days.
//!
//! Deliberately absent: removing a folder, or anything in it whose name is not one of ours.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::folder::is_result_name;
use super::provenance::PROVENANCE;
use super::{StoreError, atomic, sweep};
use crate::scenario::recorded::is_copy;

/// The file that marks a folder as Tellwave's; locked while a process writes there.
pub const MARKER: &str = ".tellwave";

pub(super) const MARKER_TEXT: &[u8] =
    b"This folder was made by Tellwave, which will replace what it wrote here if told to write \
here again.\n";

/// A folder that is there and locked; the lock goes when the file is dropped.
#[derive(Debug)]
pub(super) struct Open {
    pub dir: PathBuf,
    _marker: File,
}

/// What a folder is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// The results of a command, which the next one replaces.
    Results,
    /// A sweep, which goes on.
    Sweep,
}

/// The names in a folder, sorted; a name that is not Unicode is shown as well as can be, and is never one of ours.
pub(super) fn entries(dir: &Path) -> Result<Vec<String>, StoreError> {
    let names: io::Result<Vec<OsString>> =
        fs::read_dir(dir).and_then(|entries| entries.map(|entry| Ok(entry?.file_name())).collect());
    let names = names.map_err(StoreError::disk("look into", dir))?;
    let mut names: Vec<String> = names.iter().map(|name| name.to_string_lossy().into_owned()).collect();
    names.sort();
    Ok(names)
}

/// Makes and locks a folder that is missing, empty, or ours for that purpose.
pub(super) fn take_over(dir: &Path, purpose: Purpose) -> Result<Open, StoreError> {
    // Looked at before the simulation too; much may have happened since.
    check_ours(dir, purpose)?;
    fs::create_dir_all(dir).map_err(StoreError::disk("make", dir))?;
    let above = atomic::folder_of(dir);
    atomic::sync_folder(above).map_err(StoreError::disk("write", above))?;
    let open = lock(dir)?;
    // Between the look and the lock, another process may have come and gone.
    check_ours(dir, purpose)?;
    Ok(open)
}

/// Removes the results of an earlier command, and no part of a sweep: its cells may still have to be played on its graph.
pub(super) fn clear(dir: &Path) -> Result<(), StoreError> {
    // First, and for good: no provenance may ever lie beside results of another run.
    remove(dir, PROVENANCE)?;
    atomic::sync_folder(dir).map_err(StoreError::disk("write", dir))?;
    let is_sweep = dir.join(sweep::PLAN).exists();
    remove_those(dir, |name| is_result_name(name) && !(is_sweep && is_copy(name)))?;
    remove_left_over(dir)
}

/// Removes the temporary files of processes that were killed.
pub(super) fn remove_left_over(dir: &Path) -> Result<(), StoreError> {
    remove_those(dir, |name| atomic::is_temp_name(name) && !atomic::is_under_way(&dir.join(name)))
}

fn remove_those(dir: &Path, is_one: impl Fn(&str) -> bool) -> Result<(), StoreError> {
    entries(dir)?.iter().filter(|name| is_one(name)).try_for_each(|name| remove(dir, name))
}

/// Removes a file of the folder, if it is there.
pub(super) fn remove(dir: &Path, name: &str) -> Result<(), StoreError> {
    let path = dir.join(name);
    match fs::remove_file(&path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(StoreError::disk("remove", &path)(error)),
        _ => Ok(()),
    }
}

/// Marks and locks the folder. The marker is the one file not renamed into place: its lock belongs to the file itself.
pub(super) fn lock(dir: &Path) -> Result<Open, StoreError> {
    let path = dir.join(MARKER);
    let mut marker = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(false)
        .open(&path)
        .map_err(StoreError::disk("write", &path))?;
    match marker.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => return Err(StoreError::InUse { dir: dir.to_path_buf() }),
        // Some network file systems have no locks; the rest of the protection holds there.
        Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {}
        Err(TryLockError::Error(error)) => return Err(StoreError::disk("lock", &path)(error)),
    }
    let mark = |marker: &mut File| -> io::Result<()> {
        if marker.metadata()?.len() != MARKER_TEXT.len() as u64 {
            marker.set_len(0)?;
            marker.write_all(MARKER_TEXT)?;
            marker.sync_all()?;
            atomic::sync_folder(dir)?;
        }
        Ok(())
    };
    mark(&mut marker).map_err(StoreError::disk("write", &path))?;
    Ok(Open { dir: dir.to_path_buf(), _marker: marker })
}

/// Refuses what is there and is not ours, or ours for another purpose.
pub(super) fn check_ours(dir: &Path, purpose: Purpose) -> Result<(), StoreError> {
    match fs::symlink_metadata(dir) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(StoreError::disk("look into", dir)(error)),
        Ok(found) if found.is_symlink() => {
            return Err(StoreError::NotAFolder { path: dir.to_path_buf(), what: "a symbolic link" });
        }
        Ok(found) if !found.is_dir() => return Err(StoreError::NotAFolder { path: dir.to_path_buf(), what: "a file" }),
        Ok(_) => {}
    }
    let names = entries(dir)?;
    let foreign = |entry: &String| StoreError::Foreign { dir: dir.to_path_buf(), entry: entry.clone() };
    if let (Some(first), false) = (names.first(), names.iter().any(|name| name == MARKER)) {
        return Err(foreign(first));
    }
    for name in &names {
        let known = name == MARKER || name == PROVENANCE || is_listed_name(name) || atomic::is_temp_name(name);
        // A folder or a link under one of our names is not what we wrote. A file that is gone by now was a temporary.
        let plain_file = fs::symlink_metadata(dir.join(name)).map_or(true, |found| found.is_file());
        if !(known && plain_file) {
            return Err(foreign(name));
        }
    }
    let holds = |what| Err(StoreError::OtherPurpose { dir: dir.to_path_buf(), what });
    let is_sweep = names.iter().any(|name| sweep::is_own_name(name));
    let has_plan = names.iter().any(|name| name == sweep::PLAN);
    let has_results = names.iter().any(|name| name == PROVENANCE || is_result_name(name));
    match purpose {
        Purpose::Results if is_sweep => holds("a sweep"),
        Purpose::Sweep if has_results && !has_plan => holds("the results of another command"),
        _ => Ok(()),
    }
}

/// Whether a provenance may list a file of that name.
pub(super) fn is_listed_name(name: &str) -> bool {
    is_result_name(name) || sweep::is_own_name(name)
}

/// The path without a trailing separator, behind which a symbolic link would hide.
pub(super) fn plain(path: &Path) -> Result<PathBuf, StoreError> {
    let plain: PathBuf = path.components().collect();
    if plain.as_os_str().is_empty() {
        return Err(StoreError::BadName { name: path.to_string_lossy().into_owned() });
    }
    Ok(plain)
}
