//! The zip itself, packed on a thread of its own: packing is work for a processor, and the packer waits for whoever reads.
//!
//! Entries go in by a short queue and bytes come out by another, so a reader who is slow holds up everything before it, back to
//! PostgreSQL, and nothing piles up. Sums are taken here, where each byte passes anyway.

use std::cell::Cell;
use std::fmt::Write as _;
use std::io::{self, Write};
use std::rc::Rc;

use sha2::{Digest as _, Sha256};
use tokio::sync::mpsc;
use tokio::task::{JoinHandle, spawn_blocking};
use zip::write::{SimpleFileOptions, StreamWriter};
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::error::BundleError;

pub(super) const SUMS_NAME: &str = "SHA256SUMS";

/// Bytes that are handed on at once.
pub(super) const CHUNK_BYTES: usize = 64 << 10;

/// Chunks that wait on either side of the packer.
const QUEUE_MAX: usize = 4;

/// From here on a size takes eight bytes. What is packed can be a little longer than what it was packed from.
const LARGE_BYTES_MIN: u64 = 4_000_000_000;

/// What becomes of the bytes of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Packing {
    Deflated,
    /// For what is most likely packed already. Not stored as it is: only what is deflated tells in the stream where it ends.
    Lightly,
}

enum Command {
    Start { name: String, packing: Packing, bytes: Option<u64> },
    Data(Vec<u8>),
    Finish,
}

/// The end that entries are written to.
pub(super) struct Zipper {
    commands: mpsc::Sender<Command>,
    thread: JoinHandle<io::Result<Packed>>,
}

/// What came out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Packed {
    pub(super) bytes: u64,
    pub(super) sha256: String,
}

/// Starts the packer. The receiver gives the zip, and its end says nothing: that of [`Zipper::finish`] does.
pub(super) fn start(made_at: DateTime) -> (Zipper, mpsc::Receiver<Vec<u8>>) {
    let (commands, todo) = mpsc::channel(QUEUE_MAX);
    let (out, chunks) = mpsc::channel(QUEUE_MAX);
    let thread = spawn_blocking(move || pack(todo, out, made_at));
    (Zipper { commands, thread }, chunks)
}

impl Zipper {
    /// An entry, which ends where the next one begins. `bytes` is how long it will be, where that is known.
    pub(super) async fn entry(
        &mut self,
        name: &str,
        packing: Packing,
        bytes: Option<u64>,
    ) -> Result<Entry<'_>, BundleError> {
        self.send(Command::Start { name: name.to_owned(), packing, bytes }).await?;
        Ok(Entry { zipper: self, chunk: Vec::with_capacity(CHUNK_BYTES) })
    }

    /// Writes the sums and the list of contents.
    pub(super) async fn finish(mut self) -> Result<Packed, BundleError> {
        self.send(Command::Finish).await?;
        self.thread.await.map_err(io::Error::other).flatten().map_err(BundleError::Pack)
    }

    async fn send(&mut self, command: Command) -> Result<(), BundleError> {
        if self.commands.send(command).await.is_ok() {
            return Ok(());
        }
        // It has ended before its time and says why.
        let ended = (&mut self.thread).await.map_err(io::Error::other).flatten();
        Err(BundleError::Pack(ended.err().unwrap_or_else(|| io::ErrorKind::BrokenPipe.into())))
    }
}

/// An entry that is being written.
pub(super) struct Entry<'a> {
    zipper: &'a mut Zipper,
    chunk: Vec<u8>,
}

impl Entry<'_> {
    pub(super) async fn write(&mut self, bytes: &[u8]) -> Result<(), BundleError> {
        self.chunk.extend_from_slice(bytes);
        if self.chunk.len() < CHUNK_BYTES {
            return Ok(());
        }
        let chunk = std::mem::replace(&mut self.chunk, Vec::with_capacity(CHUNK_BYTES));
        self.zipper.send(Command::Data(chunk)).await
    }

    pub(super) async fn end(self) -> Result<(), BundleError> {
        self.zipper.send(Command::Data(self.chunk)).await
    }
}

fn pack(
    mut todo: mpsc::Receiver<Command>,
    out: mpsc::Sender<Vec<u8>>,
    made_at: DateTime,
) -> io::Result<Packed> {
    let mut packer = Packer::new(out, made_at);
    loop {
        match todo.blocking_recv() {
            Some(Command::Start { name, packing, bytes }) => packer.start(name, packing, bytes)?,
            Some(Command::Data(chunk)) => packer.write(&chunk)?,
            Some(Command::Finish) => return packer.finish(),
            None => return Err(io::Error::other("the export was given up")),
        }
    }
}

/// Dropped before it has finished, it writes nothing more.
struct Packer {
    zip: Option<ZipWriter<StreamWriter<Outlet>>>,
    is_open: Rc<Cell<bool>>,
    sums: Vec<(String, String)>,
    /// Of the entry under way.
    sum: Option<(String, Sha256)>,
    made_at: DateTime,
}

impl Packer {
    fn new(out: mpsc::Sender<Vec<u8>>, made_at: DateTime) -> Self {
        let is_open = Rc::new(Cell::new(true));
        let outlet = Outlet::new(out, Rc::clone(&is_open));
        let zip = Some(ZipWriter::new_stream(outlet));
        Self { zip, is_open, sums: Vec::new(), sum: None, made_at }
    }

    fn zip(&mut self) -> &mut ZipWriter<StreamWriter<Outlet>> {
        self.zip.as_mut().expect("only `finish` takes it, with all of this")
    }

    fn start(&mut self, name: String, packing: Packing, bytes: Option<u64>) -> io::Result<()> {
        self.end_sum();
        let level = match packing {
            Packing::Deflated => None,
            Packing::Lightly => Some(1),
        };
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .compression_level(level)
            .last_modified_time(self.made_at)
            // Programs that read a zip as a stream may fail on a short entry with long sizes.
            .large_file(bytes.is_none_or(|it| it >= LARGE_BYTES_MIN));
        self.zip().start_file(name.as_str(), options)?;
        self.sum = Some((name, Sha256::new()));
        Ok(())
    }

    fn write(&mut self, chunk: &[u8]) -> io::Result<()> {
        if let Some((_, sum)) = &mut self.sum {
            sum.update(chunk);
        }
        self.zip().write_all(chunk)
    }

    fn end_sum(&mut self) {
        if let Some((name, sum)) = self.sum.take() {
            self.sums.push((name, hex(&sum.finalize())));
        }
    }

    fn finish(mut self) -> io::Result<Packed> {
        self.end_sum();
        let sums = sums_file(&self.sums);
        self.start(SUMS_NAME.to_owned(), Packing::Deflated, Some(sums.len() as u64))?;
        self.write(sums.as_bytes())?;
        let zip = self.zip.take().expect("only `finish` takes it, with all of this");
        zip.finish()?.into_inner().end()
    }
}

impl Drop for Packer {
    /// The writer of the zip writes its list of contents even when it is dropped, which would make half a zip look whole.
    fn drop(&mut self) {
        self.is_open.set(false);
    }
}

/// Where the bytes of the zip go: to the queue while it is open, and nowhere when it is not.
struct Outlet {
    out: mpsc::Sender<Vec<u8>>,
    is_open: Rc<Cell<bool>>,
    chunk: Vec<u8>,
    bytes: u64,
    sum: Sha256,
}

impl Outlet {
    fn new(out: mpsc::Sender<Vec<u8>>, is_open: Rc<Cell<bool>>) -> Self {
        let chunk = Vec::with_capacity(CHUNK_BYTES);
        Self { out, is_open, chunk, bytes: 0, sum: Sha256::new() }
    }

    fn hand_on(&mut self) -> io::Result<()> {
        let chunk = std::mem::replace(&mut self.chunk, Vec::with_capacity(CHUNK_BYTES));
        self.bytes += chunk.len() as u64;
        self.sum.update(&chunk);
        self.out.blocking_send(chunk).map_err(|_closed| {
            self.is_open.set(false);
            io::ErrorKind::BrokenPipe.into()
        })
    }

    fn end(mut self) -> io::Result<Packed> {
        self.hand_on()?;
        Ok(Packed { bytes: self.bytes, sha256: hex(&self.sum.finalize()) })
    }
}

impl Write for Outlet {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.is_open.get() {
            self.chunk.extend_from_slice(bytes);
            if self.chunk.len() >= CHUNK_BYTES {
                self.hand_on()?;
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// As `sha256sum` writes it and reads it. No name has a backslash or a line's end in it.
fn sums_file(sums: &[(String, String)]) -> String {
    sums.iter().fold(String::new(), |mut file, (name, sum)| {
        writeln!(file, "{sum}  {name}").expect("a string takes all");
        file
    })
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut hex, byte| {
        write!(hex, "{byte:02x}").expect("a string takes all");
        hex
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn drain(mut chunks: mpsc::Receiver<Vec<u8>>) -> Vec<u8> {
        let mut zip = Vec::new();
        while let Some(chunk) = chunks.recv().await {
            zip.extend(chunk);
        }
        zip
    }

    #[tokio::test]
    async fn what_goes_in_comes_out_with_its_sums() {
        let (mut zipper, chunks) = start(DateTime::default());
        let reading = async {
            let mut entry = zipper.entry("a.txt", Packing::Deflated, None).await.unwrap();
            entry.write(b"ab").await.unwrap();
            entry.write(b"c").await.unwrap();
            entry.end().await.unwrap();
            zipper.finish().await.unwrap()
        };
        let (packed, zip) = tokio::join!(reading, drain(chunks));
        assert_eq!(packed.bytes, zip.len() as u64);
        assert_eq!(packed.sha256, hex(&Sha256::digest(&zip)));

        let mut archive = zip::ZipArchive::new(io::Cursor::new(zip)).unwrap();
        let mut sums = String::new();
        io::Read::read_to_string(&mut archive.by_name(SUMS_NAME).unwrap(), &mut sums).unwrap();
        // By `printf abc | sha256sum`.
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(sums, format!("{abc}  a.txt\n"));
    }

    #[tokio::test]
    async fn what_is_given_up_is_no_zip() {
        let (mut zipper, chunks) = start(DateTime::default());
        let giving_up = async {
            let mut entry = zipper.entry("a.txt", Packing::Deflated, None).await.unwrap();
            entry.write(b"abc").await.unwrap();
            entry.end().await.unwrap();
            drop(zipper);
        };
        let ((), zip) = tokio::join!(giving_up, drain(chunks));
        assert!(zip::ZipArchive::new(io::Cursor::new(zip)).is_err());
    }

    #[tokio::test]
    async fn a_packer_that_nobody_reads_from_ends() {
        let (mut zipper, chunks) = start(DateTime::default());
        drop(chunks);
        let mut entry = zipper.entry("a.bin", Packing::Lightly, None).await.unwrap();
        let mut noise = 1_u64;
        let failed = loop {
            noise = noise.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            if let Err(error) = entry.write(&noise.to_be_bytes().repeat(1 << 10)).await {
                break error;
            }
        };
        assert!(matches!(failed, BundleError::Pack(_)), "{failed:?}");
    }
}
