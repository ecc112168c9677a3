//! The one way in which a file is opened to be read: only if it is a regular one, and not longer than it may be.
//!
//! A path in a scenario is a stranger's text. It may name a folder, a pipe that nobody writes to, a device without an end, or a
//! file that is none of the scenario's business; each is told apart before a byte is read, and none is waited for.
//!
//! Deliberately absent: writing (`store::atomic`), and which lengths are right, which the caller knows.

use std::fs::{self, File, Metadata};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// Why a file is not read; the path is for the caller to say.
#[derive(Debug, thiserror::Error)]
pub enum Unread {
    /// There is none of that name.
    #[error("there is no such file")]
    Missing,
    /// It is something else: "a folder".
    #[error("it is {0}, not a file")]
    NotAFile(&'static str),
    /// It is longer than it may be.
    #[error("it is {bytes} bytes long, over the limit of {most} bytes")]
    TooLong {
        /// Its length \[bytes\].
        bytes: u64,
        /// The longest that is read \[bytes\].
        most: u64,
    },
    /// It would not fit into memory.
    #[error("it needs about {} MB of memory, over the limit: {} MB are free here", needed / 1_000_000, free / 1_000_000)]
    NoRoom {
        /// What reading it takes \[bytes\].
        needed: u64,
        /// What is free \[bytes\].
        free: u64,
    },
    /// It does not lie in the folder of the file that names it.
    #[error("it lies outside the folder of the file that names it")]
    Outside,
    /// It is not text.
    #[error("it is not UTF-8")]
    NotText,
    /// The system said no.
    #[error("{0}")]
    Disk(io::Error),
}

impl From<io::Error> for Unread {
    fn from(error: io::Error) -> Unread {
        match error.kind() {
            io::ErrorKind::NotFound => Unread::Missing,
            _ => Unread::Disk(error),
        }
    }
}

/// For whoever knows errors of the disk only.
impl From<Unread> for io::Error {
    fn from(unread: Unread) -> io::Error {
        match unread {
            Unread::Missing => io::Error::new(io::ErrorKind::NotFound, unread),
            Unread::Disk(error) => error,
            _ => io::Error::other(unread),
        }
    }
}

/// Opens a regular file of at most so many bytes.
///
/// # Errors
/// It is missing, something else, too long, or the system says no.
pub fn open(path: &Path, most: u64) -> Result<File, Unread> {
    // Asked of the name first: to open a pipe is to wait for its writer.
    check(&fs::metadata(path)?, most)?;
    let file = File::open(path)?;
    check(&file.metadata()?, most)?;
    Ok(file)
}

/// The bytes of a regular file of at most so many.
///
/// # Errors
/// Those of [`open`].
pub fn read(path: &Path, most: u64) -> Result<Vec<u8>, Unread> {
    let file = open(path, most)?;
    let mut bytes = Vec::with_capacity(file.metadata()?.len() as usize);
    // What grows meanwhile, or says that it has no length, is cut off too.
    file.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
    match bytes.len() as u64 {
        length if length > most => Err(Unread::TooLong { bytes: length, most }),
        _ => Ok(bytes),
    }
}

/// The text of such a file.
///
/// # Errors
/// Those of [`open`], or it is not UTF-8.
pub fn read_text(path: &Path, most: u64) -> Result<String, Unread> {
    String::from_utf8(read(path, most)?).map_err(|_| Unread::NotText)
}

/// Where a file lies that is named in another one of `folder`: there or below, whatever links its path goes through.
///
/// # Errors
/// It lies elsewhere, or is missing.
pub fn within(folder: &Path, file: &str) -> Result<PathBuf, Unread> {
    let here = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let path = folder.join(file);
    // What climbs out is refused whether it is there or not, so that nobody learns what is.
    if climbs(Path::new(file)) || !path.canonicalize()?.starts_with(here.canonicalize()?) {
        return Err(Unread::Outside);
    }
    Ok(path)
}

/// Whether a path leads above where it starts, by its words alone.
fn climbs(path: &Path) -> bool {
    use std::path::Component;
    let mut depth = 0_usize;
    for part in path.components() {
        match part {
            Component::Normal(_) => depth += 1,
            Component::ParentDir if depth == 0 => return true,
            Component::ParentDir => depth -= 1,
            _ => {}
        }
    }
    false
}

fn check(found: &Metadata, most: u64) -> Result<(), Unread> {
    match found.is_file() {
        false => Err(Unread::NotAFile(kind_of(found))),
        true if found.len() > most => Err(Unread::TooLong { bytes: found.len(), most }),
        true => Ok(()),
    }
}

/// What something is that is not a file.
fn kind_of(found: &Metadata) -> &'static str {
    if found.is_dir() {
        return "a folder";
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt;
        let kind = found.file_type();
        if kind.is_fifo() {
            return "a pipe";
        }
        if kind.is_socket() {
            return "a socket";
        }
    }
    "a device"
}

#[cfg(test)]
mod tests {
    use super::*;

    fn why<T: std::fmt::Debug>(refused: Result<T, Unread>) -> String {
        refused.expect_err("refused").to_string()
    }

    #[test]
    fn only_regular_files_of_a_fitting_length_are_read() {
        let here = tempfile::tempdir().expect("a folder");
        let file = here.path().join("a");
        fs::write(&file, "abc").expect("written");
        assert_eq!(read(&file, 3).expect("read"), b"abc");
        assert_eq!(why(read(&file, 2)), "it is 3 bytes long, over the limit of 2 bytes");
        assert_eq!(why(read(here.path(), 9)), "it is a folder, not a file");
        assert_eq!(why(read(&here.path().join("b"), 9)), "there is no such file");
        fs::write(&file, b"\xff").expect("written");
        assert_eq!(why(read_text(&file, 9)), "it is not UTF-8");
        if cfg!(unix) {
            assert_eq!(why(read(Path::new("/dev/zero"), 9)), "it is a device, not a file");
        }
    }

    #[test]
    fn a_file_is_found_in_its_folder_and_below_and_nowhere_else() {
        let around = tempfile::tempdir().expect("a folder");
        let here = around.path().join("here");
        fs::create_dir_all(here.join("data")).expect("made");
        for name in ["secret", "here/a", "here/data/b"] {
            fs::write(around.path().join(name), "x").expect("written");
        }
        for name in ["a", "data/b", "data/../a", "./a"] {
            assert_eq!(within(&here, name).expect(name), here.join(name));
        }
        let absolute = here.join("a");
        assert!(within(&here, absolute.to_str().expect("UTF-8")).is_ok());
        let secret = around.path().join("secret");
        for name in ["../secret", "../none", "data/../../secret", secret.to_str().expect("UTF-8")] {
            assert!(matches!(within(&here, name), Err(Unread::Outside)), "{name}");
        }
        assert!(matches!(within(&here, "none"), Err(Unread::Missing)));
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(&secret, here.join("link")).expect("made");
            assert!(matches!(within(&here, "link"), Err(Unread::Outside)));
        }
    }
}
