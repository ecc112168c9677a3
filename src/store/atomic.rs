//! The one way in which a result reaches the disk: whole, or not at all.
//!
//! A temporary file in the same folder is written, flushed and synced, renamed over the name, and the folder synced:
//! without the syncs a power cut can leave the new name on an empty file. The digest is taken of the bytes on their
//! way, so a file need not be read back to be listed.
//!
//! Here are the program's only globals: the temporary files under way, so that Ctrl-C can remove them, and the number of the
//! next one. They have to be global, because the handler's thread shares nothing else with the writers. A list, since runs write logs side by side.
//!
//! Deliberately absent: `tempfile`'s named files, which are readable by their owner only and would stay so when
//! renamed; ours are as readable as any file that the user makes.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use sha2::{Digest as _, Sha256};

use super::StoreError;
use crate::files;

const TEMP_PREFIX: &str = ".tellwave-";
const TEMP_SUFFIX: &str = ".tmp";
const BUFFER_BYTES: usize = 1 << 17;

/// Files that are written side by side: they wait for the disk, not for a processor.
const WRITERS: usize = 8;

/// The number of the next temporary file.
static NEXT: AtomicU32 = AtomicU32::new(0);

/// The temporary files under way in this process.
static UNDER_WAY: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// What was written: enough to recognise it again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Digest {
    /// SHA-256, 64 lower-case hexadecimal digits.
    pub sha256: String,
    /// Length [bytes].
    pub bytes: u64,
}

/// Removes the temporary files under way and stops every writer of this process for good: the caller must exit.
///
/// The lock is kept for ever, so that no writer can make or rename a file between this call and the exit. A second
/// call therefore never returns.
pub fn abandon() {
    let under_way = lock();
    for path in under_way.iter() {
        // Nothing can be done about a failure here, and the next run removes what is left.
        let _ = fs::remove_file(path);
    }
    std::mem::forget(under_way);
}

/// Whether a file of that name is a temporary file of ours.
pub fn is_temp_name(name: &str) -> bool {
    name.len() > TEMP_PREFIX.len() + TEMP_SUFFIX.len() && name.starts_with(TEMP_PREFIX) && name.ends_with(TEMP_SUFFIX)
}

/// Writes `bytes` to `path`, replacing what was there.
pub fn write_bytes(path: &Path, bytes: &[u8]) -> Result<Digest, StoreError> {
    write_with(path, |out| out.write_all(bytes))
}

/// Writes to `path` what `fill` says, replacing what was there; after an error nothing has changed.
pub fn write_with<F>(path: &Path, fill: F) -> Result<Digest, StoreError>
where
    F: FnOnce(&mut (dyn Write + Send)) -> io::Result<()>,
{
    write_whole(path, fill).map_err(StoreError::disk("write", path))
}

/// Writes several files of one folder, each whole or not at all. A disk takes long to say that it has a file, and as long for
/// many at once, so they are written side by side, and the folder is synced once for all their names.
pub(super) fn write_many(files: &[(PathBuf, &[u8])]) -> Result<Vec<Digest>, StoreError> {
    let next = AtomicUsize::new(0);
    let write_some = || {
        let mut written = vec![];
        while let Some((place, (path, bytes))) = {
            let place = next.fetch_add(1, Ordering::Relaxed);
            files.get(place).map(|file| (place, file))
        } {
            written.push((place, write_aside(path, |out| out.write_all(bytes))?));
        }
        Ok(written)
    };
    let threads = WRITERS.min(files.len());
    let written: Vec<Result<Vec<(usize, Aside)>, StoreError>> = std::thread::scope(|scope| {
        let writers: Vec<_> = (0..threads).map(|_| scope.spawn(write_some)).collect();
        let join = |writer: std::thread::ScopedJoinHandle<_>| {
            writer.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        };
        writers.into_iter().map(join).collect()
    });
    let mut written: Vec<(usize, Aside)> =
        written.into_iter().collect::<Result<Vec<_>, StoreError>>()?.into_iter().flatten().collect();
    written.sort_unstable_by_key(|(place, _)| *place);
    let mut digests = vec![];
    for ((_, Aside { temp, digest }), (path, _)) in written.into_iter().zip(files) {
        temp.rename(path).map_err(StoreError::disk("write", path))?;
        digests.push(digest);
    }
    if let Some((path, _)) = files.first() {
        sync_folder(folder_of(path)).map_err(StoreError::disk("write", path))?;
    }
    Ok(digests)
}

/// SHA-256 in hexadecimal.
pub fn sha256_hex(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// SHA-256 and length of a file, read piece by piece.
pub(super) fn digest_of_file(path: &Path) -> io::Result<Digest> {
    digest_of(&files::open(path, u64::MAX)?)
}

/// SHA-256 and length of what is left of an open file.
pub(super) fn digest_of(file: &File) -> io::Result<Digest> {
    let mut sink = Digesting { out: io::sink(), hash: Sha256::new(), bytes: 0 };
    let mut file = io::BufReader::with_capacity(BUFFER_BYTES, file);
    io::copy(&mut file, &mut sink)?;
    Ok(sink.finish().1)
}

/// Makes names in the folder survive a power cut.
pub(super) fn sync_folder(dir: &Path) -> io::Result<()> {
    // Only Unix lets a folder be opened and synced.
    if cfg!(unix) {
        match File::open(dir)?.sync_all() {
            // Some network file systems cannot, and say so in this way: there is nothing more to ask of them.
            Err(error) if matches!(error.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported) => Ok(()),
            other => other,
        }
    } else {
        Ok(())
    }
}

/// The folder that a relative file name lies in is ".", which `Path::parent` calls "".
pub(super) fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(dir) if !dir.as_os_str().is_empty() => dir,
        _ => Path::new("."),
    }
}

/// A file that is whole and on the disk, and has no name yet; dropped, it is gone.
#[derive(Debug)]
pub struct Aside {
    temp: TempFile,
    digest: Digest,
}

impl Aside {
    /// What was written.
    pub(super) fn digest(&self) -> &Digest {
        &self.digest
    }

    /// Gives the file its name in the folder it was written in, replacing what was there.
    pub fn commit(self, path: &Path) -> Result<Digest, StoreError> {
        self.commit_as(path).map_err(StoreError::disk("write", path))
    }

    fn commit_as(self, path: &Path) -> io::Result<Digest> {
        self.temp.rename(path)?;
        sync_folder(folder_of(path))?;
        Ok(self.digest)
    }
}

/// Writes what `fill` says beside where it will be, for a file that takes long and must not replace another before its time.
pub fn write_aside<F>(path: &Path, fill: F) -> Result<Aside, StoreError>
where
    F: FnOnce(&mut (dyn Write + Send)) -> io::Result<()>,
{
    write_beside(path, fill).map_err(StoreError::disk("write", path))
}

/// Whether a file is one that this process is writing.
pub(super) fn is_under_way(path: &Path) -> bool {
    lock().iter().any(|under_way| under_way == path)
}

fn write_whole<F>(path: &Path, fill: F) -> io::Result<Digest>
where
    F: FnOnce(&mut (dyn Write + Send)) -> io::Result<()>,
{
    write_beside(path, fill)?.commit_as(path)
}

fn write_beside<F>(path: &Path, fill: F) -> io::Result<Aside>
where
    F: FnOnce(&mut (dyn Write + Send)) -> io::Result<()>,
{
    let (temp, file) = TempFile::create(folder_of(path))?;
    let hashing = Digesting { out: file, hash: Sha256::new(), bytes: 0 };
    let mut out = BufWriter::with_capacity(BUFFER_BYTES, hashing);
    fill(&mut out)?;
    out.flush()?;
    let (file, digest) = out.into_inner().map_err(io::IntoInnerError::into_error)?.finish();
    file.sync_all()?;
    Ok(Aside { temp, digest })
}

/// A temporary file on the list of those under way; dropped, it is gone from the disk and from the list.
#[derive(Debug)]
struct TempFile {
    path: PathBuf,
}

impl TempFile {
    fn create(dir: &Path) -> io::Result<(TempFile, File)> {
        let process = std::process::id();
        // Held while the file is made: an interruption finds it on the list, or it never comes to be.
        let mut under_way = lock();
        loop {
            let number = NEXT.fetch_add(1, Ordering::Relaxed);
            let path = dir.join(format!("{TEMP_PREFIX}{process}-{number}{TEMP_SUFFIX}"));
            match File::create_new(&path) {
                Ok(file) => {
                    under_way.push(path.clone());
                    return Ok((TempFile { path }, file));
                }
                // Left by a process of the same number.
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists && number < u32::MAX => {}
                Err(error) => return Err(error),
            }
        }
    }

    fn rename(self, to: &Path) -> io::Result<()> {
        let mut under_way = lock();
        fs::rename(&self.path, to)?;
        under_way.retain(|path| *path != self.path);
        drop(under_way);
        std::mem::forget(self);
        Ok(())
    }
}

impl Drop for TempFile {
    fn drop(&mut self) {
        let mut under_way = lock();
        let _ = fs::remove_file(&self.path);
        under_way.retain(|path| *path != self.path);
    }
}

/// The list is right after every statement, so a panic elsewhere does not spoil it.
fn lock() -> MutexGuard<'static, Vec<PathBuf>> {
    UNDER_WAY.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Passes bytes on and digests those that were taken.
struct Digesting<W> {
    out: W,
    hash: Sha256,
    bytes: u64,
}

impl<W> Digesting<W> {
    fn finish(self) -> (W, Digest) {
        (self.out, Digest { sha256: hex(&self.hash.finalize()), bytes: self.bytes })
    }
}

impl<W: Write> Write for Digesting<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let taken = self.out.write(bytes)?;
        self.hash.update(&bytes[..taken]);
        self.bytes += taken as u64;
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

fn hex(bytes: &[u8]) -> String {
    let digits = b"0123456789abcdef";
    bytes.iter().flat_map(|&b| [digits[usize::from(b >> 4)], digits[usize::from(b & 15)]]).map(char::from).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(dir: &Path) -> Vec<String> {
        let mut names: Vec<_> = fs::read_dir(dir)
            .expect("folder")
            .map(|entry| entry.expect("entry").file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn the_digest_is_that_of_the_file() {
        let dir = tempfile::tempdir().expect("folder");
        let path = dir.path().join("a");
        let digest = write_bytes(&path, b"abc").expect("written");
        assert_eq!(digest.bytes, 3);
        // FIPS 180-4, the one-block example.
        assert_eq!(digest.sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert_eq!(digest_of_file(&path).expect("read"), digest);
        assert_eq!(fs::read(&path).expect("read"), b"abc");
        assert_eq!(names(dir.path()), ["a"]);
    }

    #[test]
    fn a_file_is_seen_only_when_complete() {
        let dir = tempfile::tempdir().expect("folder");
        let path = dir.path().join("a");
        write_bytes(&path, b"old").expect("written");
        write_with(&path, |out| {
            out.write_all(&[b'x'; 3 * BUFFER_BYTES])?;
            out.flush()?;
            assert_eq!(fs::read(&path).expect("read"), b"old");
            let seen = names(dir.path());
            assert_eq!(seen.len(), 2);
            assert!(is_temp_name(&seen[0]), "{seen:?}");
            Ok(())
        })
        .expect("written");
        assert_eq!(fs::read(&path).expect("read").len(), 3 * BUFFER_BYTES);
        assert_eq!(names(dir.path()), ["a"]);
    }

    #[test]
    fn a_failed_write_leaves_the_old_file_and_no_other() {
        let dir = tempfile::tempdir().expect("folder");
        let path = dir.path().join("a");
        write_bytes(&path, b"old").expect("written");
        let error = write_with(&path, |out| {
            out.write_all(b"new")?;
            Err(io::Error::from(io::ErrorKind::StorageFull))
        })
        .expect_err("fails");
        assert_eq!(error.to_string(), format!("could not write {}: no storage space", path.display()));
        assert_eq!(fs::read(&path).expect("read"), b"old");
        assert_eq!(names(dir.path()), ["a"]);
    }

    #[test]
    fn a_panic_while_writing_leaves_no_temporary_file() {
        let dir = tempfile::tempdir().expect("folder");
        let path = dir.path().join("a");
        let caught = std::panic::catch_unwind(|| write_with(&path, |_| panic!("of the test")));
        assert!(caught.is_err());
        assert!(names(dir.path()).is_empty());
        write_bytes(&path, b"still works").expect("written");
    }

    #[test]
    fn a_missing_folder_is_named() {
        let dir = tempfile::tempdir().expect("folder");
        let path = dir.path().join("none").join("a");
        let message = write_bytes(&path, b"").expect_err("fails").to_string();
        assert!(message.starts_with(&format!("could not write {}: No such file", path.display())), "{message}");
    }

    /// Plays the interrupted process of the next test; on its own it has nothing to do.
    #[test]
    fn interrupted_process() {
        let Some(dir) = std::env::var_os("TELLWAVE_TEST_INTERRUPTED") else { return };
        let path = Path::new(&dir).join("a");
        let _ = write_with(&path, |out| {
            out.write_all(b"half")?;
            out.flush()?;
            assert_eq!(names(Path::new(&dir)).len(), 1);
            std::thread::spawn(|| {
                abandon();
                // Time for a writer that did not stop to do its damage.
                std::thread::sleep(std::time::Duration::from_millis(200));
                std::process::exit(130);
            });
            std::thread::sleep(std::time::Duration::from_millis(100));
            Ok(())
        });
        // The rename must wait for ever, so this is never reached.
        std::process::exit(0);
    }

    #[test]
    fn an_interrupted_write_leaves_nothing() {
        let dir = tempfile::tempdir().expect("folder");
        let status = std::process::Command::new(std::env::current_exe().expect("this test"))
            .args(["--exact", "store::atomic::tests::interrupted_process"])
            .env("TELLWAVE_TEST_INTERRUPTED", dir.path())
            .stdout(std::process::Stdio::null())
            .status()
            .expect("started");
        assert_eq!(status.code(), Some(130));
        assert!(names(dir.path()).is_empty());
    }
}
