//! Erasures: held, taken back, killed everywhere, and the evidence that they leave.

mod certificate;
mod fiscal;
mod grace;
mod hold;
mod swept;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use cloison_archive::{ErasureCertificate, verify_file};
pub(crate) use cloison_control::erasures::Terms;
use cloison_control::erasures::erase;
use cloison_control::life_cycle::command;
use cloison_control::operations::{Cuts, Stopped, WorkerConfig, run_due};
use cloison_model::{Command, OperationId};

use crate::backups::name;
use crate::world::{World, call};

pub(crate) const WEEK: Terms =
    Terms { grace_seconds: 7 * 24 * 60 * 60, without_fiscal_archive: false };

impl World {
    pub(crate) async fn to_be_erased(&self, subdomain: &str, terms: Terms) -> OperationId {
        let reason = Some("the contract has ended");
        erase(&self.control, &call(), &name(subdomain), terms, reason).await.unwrap()
    }

    pub(crate) async fn asked(&self, subdomain: &str, wanted: Command) -> OperationId {
        command(&self.control, &call(), &name(subdomain), wanted, None).await.unwrap()
    }

    /// What is due is run until a worker dies at this place, counted from 0, or has nothing to do.
    pub(crate) async fn run_to(&self, place: usize) -> Option<Stopped> {
        self.execute("update operations set due_at = now() where state = 'RUNNING'").await;
        let passed = Arc::new(AtomicUsize::new(0));
        let cuts = Cuts::when(move |_| passed.fetch_add(1, Ordering::Relaxed) == place);
        run_due(&self.control, &WorkerConfig { cuts, ..WorkerConfig::default() }).await.unwrap()
    }

    /// Runs what is due once, with a worker that does not die.
    pub(crate) async fn run_once(&self) -> Option<Stopped> {
        self.run_to(usize::MAX).await
    }

    pub(crate) async fn waiting(&self, operation: OperationId) -> String {
        let client = self.server.connect(cloison_catalog::DATABASE).await;
        let query = "select coalesce(waiting, '') from operations where id = $1";
        client.query_one(query, &[&operation.0]).await.unwrap().get(0)
    }

    /// As if it had been asked for so many days earlier.
    pub(crate) async fn days_pass(&self, days: u32) {
        let update = format!(
            "update erasure_requests set asked_at = asked_at - make_interval(days => {days})"
        );
        assert_eq!(self.execute(&update).await, 1);
    }

    /// The signed document of an erasure, as the control database has it.
    pub(crate) async fn certificate_bytes(&self, operation: OperationId) -> Vec<u8> {
        let client = self.server.connect(cloison_catalog::DATABASE).await;
        let query = "select certificate from erasures where operation_id = $1";
        let text: String = client.query_one(query, &[&operation.0]).await.unwrap().get(0);
        text.into_bytes()
    }

    pub(crate) async fn certificate(&self, operation: OperationId) -> ErasureCertificate {
        let backups = self.control.backups.as_ref().unwrap();
        let key = backups.signer().await.unwrap().verifying_key();
        let bytes = self.certificate_bytes(operation).await;
        verify_file(&bytes, Some(&key)).unwrap().certificate
    }
}
