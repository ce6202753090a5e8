//! Looking at the whole fleet at once, for whoever watches it: the control database, and each server with one connection and five
//! queries. What takes long is sampled beside that (`samples`).
//!
//! A server that is down or hangs costs a look its deadline and no more, and is told as down. Between two looks each server's
//! connection stays, since opening one costs more than all that is asked on it.

mod activity;
mod fleet;
mod samples;
mod server;
pub mod trouble;

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use cloison_catalog::queries::servers::Server;
use cloison_catalog::queries::watch as queries;
use cloison_model::{Activity, ServerId, TenantId};
use futures_util::future::join_all;
use jiff::Timestamp;
use tokio::sync::Mutex;
use tokio::time::{Instant, timeout};
use tokio_util::sync::CancellationToken;

use self::activity::Ledger;
use crate::control::Control;
use crate::operations::{StepError, sentence};
use crate::pg::AdminClient;
use crate::recover::number_of;

pub use self::fleet::{BackupFacts, FleetFacts};
pub use self::samples::Sizes;
pub use self::server::{DatabaseFacts, Disk, Replica, ServerFacts};

pub(crate) use self::samples::Samples;
pub(crate) use self::server::databases;

/// A server that has not said all by then is missing in the answer. Two of these are less than Prometheus waits.
const SERVER_MAX: Duration = Duration::from_secs(3);
/// As for the control database.
const CATALOG_MAX: Duration = Duration::from_secs(3);
/// How old what is shared may be: whoever reloads a page sees what has changed, and a hundred viewers are one look.
const SHARED_MAX: Duration = Duration::from_secs(5);
/// More names than one look tells.
const NAMES_MAX: i64 = 100_000;

/// Looks at the fleet, and remembers what it needs for the next look. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Watch {
    control: Control,
    eyes: Arc<Mutex<HashMap<ServerId, Arc<Mutex<Eye>>>>>,
    /// The last answer of the control database that came.
    last: Arc<Mutex<Option<Arc<FleetFacts>>>>,
    /// The last one.
    shared: Arc<Mutex<Option<Shared>>>,
}

/// Samples what takes long for every look of this process, until shutdown.
pub async fn keep_sampled(control: Control, shutdown: CancellationToken) {
    control.samples.keep(&control, &shutdown).await;
}

/// A look, and when it had ended.
type Shared = (Instant, Arc<Sight>);

/// What is kept of a server.
#[derive(Debug, Default)]
struct Eye {
    client: Option<AdminClient>,
    ledger: Ledger,
}

/// All of it at one moment.
#[derive(Debug)]
pub struct Sight {
    pub at: Timestamp,
    /// Nothing while the control database does not answer; servers are those of its last answer then.
    pub fleet: Option<Arc<FleetFacts>>,
    pub servers: Vec<ServerSight>,
    /// Databases and roles of tenants that are erased.
    pub erased_seen: i64,
    pub control_backup_age_seconds: Option<f64>,
}

#[derive(Debug)]
pub struct ServerSight {
    pub id: ServerId,
    pub name: String,
    pub region: String,
    pub capacity: i32,
    /// Nothing if it is down, or did not answer in time.
    pub facts: Option<ServerFacts>,
    pub took: Duration,
    /// Of all tenants' databases, since this process looked first.
    pub activity: Activity,
    pub tenants: Vec<TenantSight>,
    pub sizes: Option<Arc<Sizes>>,
}

/// One tenant's database.
#[derive(Clone, Debug)]
pub struct TenantSight {
    pub database: String,
    pub connections: i64,
    pub activity: Activity,
    /// How busy it has been in the last looks, in transactions.
    pub lately: u64,
    /// As last sampled.
    pub bytes: u64,
}

impl ServerSight {
    /// Of all tenants' databases together; nothing before any of those that are there was measured.
    pub fn bytes(&self) -> Option<u64> {
        let total = self.sizes.as_ref()?.total();
        (total > 0 || self.tenants.is_empty()).then_some(total)
    }
}

impl Watch {
    pub fn new(control: Control) -> Self {
        Self { control, eyes: Arc::default(), last: Arc::default(), shared: Arc::default() }
    }

    /// A look that may be some seconds old, shared by all who ask meanwhile.
    pub async fn glance(&self) -> Arc<Sight> {
        let mut shared = self.shared.lock().await;
        if let Some((at, sight)) = &*shared
            && at.elapsed() < SHARED_MAX
        {
            return Arc::clone(sight);
        }
        let sight = Arc::new(self.look().await);
        *shared = Some((Instant::now(), Arc::clone(&sight)));
        sight
    }

    /// Never fails: what does not answer is missing.
    pub async fn look(&self) -> Sight {
        let at = Timestamp::now();
        let fleet = in_time(fleet::look(&self.control)).await.map(Arc::new);
        let known = {
            let mut last = self.last.lock().await;
            if fleet.is_some() {
                last.clone_from(&fleet);
            }
            last.clone()
        };
        let rows = known.as_ref().map_or(&[][..], |it| &it.servers);
        self.forget_others(rows).await;
        let servers = join_all(rows.iter().map(|it| self.server(it))).await;
        // Who does not answer is not asked once more.
        let erased_seen = match fleet {
            Some(_) => in_time(self.erased_seen(&servers)).await.unwrap_or_default(),
            None => 0,
        };
        let control_backup_age_seconds = self.control.samples.control_backup_age();
        Sight { at, fleet, servers, erased_seen, control_backup_age_seconds }
    }

    /// Who has these databases, and what they are called; nobody has a name while the control database does not answer.
    pub async fn names(&self, databases: &[String]) -> HashMap<String, (TenantId, String)> {
        let rows = async {
            let client = self.control.catalog.client().await?;
            Ok(queries::watch_names().bind(&client, &databases, &NAMES_MAX).all().await?)
        };
        let rows = in_time(rows).await.unwrap_or_default();
        let named = |it: queries::WatchNames| (it.database_name, (TenantId(it.id), it.subdomain));
        rows.into_iter().map(named).collect()
    }

    async fn forget_others(&self, servers: &[Server]) {
        let is_there = |id: &ServerId| servers.iter().any(|it| it.id == id.0);
        self.eyes.lock().await.retain(|id, _| is_there(id));
    }

    async fn server(&self, row: &Server) -> ServerSight {
        let began = Instant::now();
        let id = ServerId(row.id);
        let eye = Arc::clone(self.eyes.lock().await.entry(id).or_default());
        let mut eye = eye.lock().await;
        let facts = match timeout(SERVER_MAX, self.facts(row, &mut eye)).await {
            Ok(Ok(facts)) => Some(facts),
            Ok(Err(error)) => {
                tracing::debug!("server {} is missing in a look: {}", row.name, sentence(&error));
                eye.client = None;
                None
            }
            Err(_elapsed) => {
                tracing::debug!("server {} is missing in a look: it says nothing", row.name);
                eye.client = None;
                None
            }
        };
        let sizes = self.control.samples.sizes(id);
        let told = facts.iter().flat_map(|it| &it.databases);
        let tenants = told.map(|it| tenant(it, &eye.ledger, sizes.as_deref())).collect();
        ServerSight {
            id,
            name: row.name.clone(),
            region: row.region.clone(),
            capacity: row.capacity,
            facts,
            took: began.elapsed(),
            activity: eye.ledger.total(),
            tenants,
            sizes,
        }
    }

    async fn facts(&self, row: &Server, eye: &mut Eye) -> Result<ServerFacts, StepError> {
        let failed = StepError::server("look at a server");
        let client = match eye.client.take().filter(|it| !it.is_closed()) {
            Some(client) => client,
            None => self.control.admin_of(row)?.connect("postgres").await.map_err(&failed)?,
        };
        // Kept aside meanwhile: an answer that is cut off must not be the next one's.
        let facts = server::look(&client).await.map_err(failed)?;
        eye.client = Some(client);
        let told: Vec<_> =
            facts.databases.iter().map(|it| (it.name.clone(), it.activity)).collect();
        eye.ledger.look(&told);
        Ok(facts)
    }

    /// Databases and roles that are nobody's any more.
    async fn erased_seen(&self, servers: &[ServerSight]) -> Result<i64, StepError> {
        let facts = || servers.iter().filter_map(|it| it.facts.as_ref());
        let databases = facts().flat_map(|it| it.databases.iter().map(|it| it.name.as_str()));
        let roles = facts().flat_map(|it| it.roles.iter().map(String::as_str));
        let mut numbers: Vec<i64> = databases.chain(roles).filter_map(number_of).collect();
        numbers.sort_unstable();
        numbers.dedup();
        let client = self.control.catalog.client().await?;
        let erased = queries::watch_erased().bind(&client, &numbers, &NAMES_MAX).all().await?;
        Ok(i64::try_from(erased.len()).unwrap_or(i64::MAX))
    }
}

/// What the control database answers, if it does in time.
async fn in_time<T>(asked: impl Future<Output = Result<T, StepError>>) -> Option<T> {
    match timeout(CATALOG_MAX, asked).await {
        Ok(Ok(answer)) => Some(answer),
        Ok(Err(error)) => {
            tracing::debug!("the control database is missing in a look: {}", sentence(&error));
            None
        }
        Err(_elapsed) => {
            tracing::debug!("the control database is missing in a look: it says nothing");
            None
        }
    }
}

fn tenant(facts: &DatabaseFacts, ledger: &Ledger, sizes: Option<&Sizes>) -> TenantSight {
    let (activity, lately) = ledger.of(&facts.name);
    TenantSight {
        database: facts.name.clone(),
        connections: facts.connections,
        activity,
        lately,
        bytes: sizes.map_or(0, |it| it.of(&facts.name)),
    }
}
