//! What can be asked about tenants that were erased.

use std::path::PathBuf;

use clap::Subcommand;
use uuid::Uuid;

#[derive(Subcommand)]
pub(crate) enum ErasuresCommand {
    /// All tombstones, the newest number first
    #[command(after_help = "Example:\n  cloison erasures list")]
    List,

    /// One erasure: what is left of it, and where
    #[command(
        after_help = "Example:\n  cloison erasures show 0192f0c1-2a3b-7c4d-8e5f-60718293a4b5"
    )]
    Show {
        /// The organization's id
        id: Uuid,
    },

    /// The signed evidence of an erasure, as JSON or as PDF
    #[command(after_help = "\
Examples:
  cloison erasures certificate 0192f0c1-2a3b-7c4d-8e5f-60718293a4b5 -o erased.json
  cloison erasures certificate 0192f0c1-2a3b-7c4d-8e5f-60718293a4b5 --pdf --language fr -o effacement.pdf")]
    Certificate {
        /// The organization's id
        id: Uuid,
        /// For people; the signed document is attached to it
        #[arg(long)]
        pdf: bool,
        /// Of the PDF
        #[arg(long, value_parser = ["en", "fr"], default_value = "en", requires = "pdf")]
        language: String,
        /// Where to write it; stdout by default
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
    },

    /// Say what a certificate says, if it is as it was signed; asks no server
    #[command(after_help = "\
Examples:
  cloison erasures verify erased.json
  cloison erasures verify erased.pdf --key 'b7KkxC5+0wJ8b1y0k3Y1c9k0l8nUuYQkqWJm5r7n2e8='

Without --key it says whose key it was: compare its fingerprint with one that came another way.")]
    Verify {
        /// JSON or PDF
        file: PathBuf,
        /// The public key that it has to be signed with, as `cloison erasures key` prints it
        #[arg(long, value_name = "PUBLIC")]
        key: Option<String>,
    },

    /// What the law wants kept of an erased tenant, as a zip; it is noted who took it
    #[command(
        after_help = "Example:\n  cloison erasures fiscal-archive 0192f0c1-2a3b-7c4d-8e5f-60718293a4b5 -o fiscal.zip"
    )]
    FiscalArchive {
        /// The organization's id
        id: Uuid,
        /// Where to write it; stdout by default
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
    },

    /// The public key that certificates are signed with
    #[command(after_help = "Example:\n  cloison erasures key")]
    Key,
}
