//! The shadow run: before the first tenant is touched, the pending migrations are run on a clone of the template and on
//! copies of some tenants, and what they do there is looked at.
//!
//! What follows from it is decided in `model::rollout::shadow`. The copies hold customers' data, so nobody but the
//! superuser gets in. They go as soon as they have been looked at, or, if the run is cut off, with the next one or by
//! `leftovers`; a tenant that is erased takes its own along.

mod copy;
mod leftovers;
mod observe;
mod relations;
mod report;
mod survey;
mod touches;

use std::time::Instant;

use cloison_archive::{NoPrograms, ProgramPlaces, Programs};
use cloison_model::{
    DatabaseName, Release, RolloutDirection, ShadowLimits, ShadowOf, ShadowTenant, judge_shadow,
    shadow_largest, shadow_of_interest, shadow_sample,
};

use self::copy::copy_tenant;
use self::observe::{Observed, Place, observe};
use self::report::Copied;
use self::survey::{Fleet, Server, survey, table_sizes};
use crate::control::Control;
use crate::migrate::{Limits, Way, migrate};
use crate::operations::StepError;
use crate::pg::ddl::{self, ShadowSource, ShadowsOf};
use crate::rollout::Rollout;

pub(crate) use leftovers::{clear_up, drop_leftovers};
pub(crate) use report::Findings;

/// What a shadow run works with.
#[derive(Clone, Debug, Default)]
pub struct ShadowConfig {
    pub limits: ShadowLimits,
    pub programs: ProgramPlaces,
}

const WORK_ON_COPY: &str = "work on a copy for the shadow run";

/// All of it; nothing where nobody is to be migrated. Safe to run again: what an earlier run has left is dropped first.
pub(crate) async fn run(
    control: &Control,
    rollout: &Rollout,
    release: &Release,
) -> Result<Option<Findings>, StepError> {
    let began = Instant::now();
    let limits = &control.shadow.limits;
    drop_leftovers(control, ShadowsOf::Everybody).await?;
    let fleet = survey(control, rollout).await?;
    let samples = shadow_sample(&fleet.tenants, rollout.direction, limits);
    let Some(first) = samples.first().copied().or(fleet.tenants.first()) else { return Ok(None) };
    let mut planned = Vec::new();
    for tenant in samples {
        let major = fleet.server(tenant.server)?.major;
        let programs = control.shadow.programs.find(major);
        planned.push((tenant, programs.map_err(|it| without_programs(&it))?));
    }

    let shadow = Shadow { rollout, release, limits };
    let mut findings = Findings::new(&fleet.unreachable);
    let newest = fleet.tenants.iter().map(|it| it.version).max().unwrap_or(rollout.from);
    findings.observed(shadow.on_template(fleet.server(first.server)?, newest).await?);
    // What does not run there runs nowhere.
    if findings.refusals.is_empty() {
        for (tenant, programs) in &planned {
            if let Some((copied, observed)) =
                shadow.on_tenant(fleet.server(tenant.server)?, tenant, programs).await?
            {
                findings.copies.push(copied);
                findings.observed(observed);
            }
        }
    }
    if findings.refusals.is_empty() {
        shadow.measure(&fleet, &mut findings).await?;
    }
    findings.took = began.elapsed();
    Ok(Some(findings))
}

fn without_programs(missing: &NoPrograms) -> StepError {
    StepError::Refused(format!(
        "the shadow run copies tenants by dumps, and {missing}, or go without the shadow run by --skip-shadow, and the canaries are the first to find out"
    ))
}

struct Shadow<'a> {
    rollout: &'a Rollout,
    release: &'a Release,
    limits: &'a ShadowLimits,
}

impl Shadow<'_> {
    fn way(&self) -> Way {
        match self.rollout.direction {
            RolloutDirection::Up => Way::Up { to: self.rollout.to },
            RolloutDirection::Down => Way::Down { to: self.rollout.to },
        }
    }

    /// On the way back the clone is brought first to where the tenants are.
    async fn on_template(&self, server: &Server, newest: i64) -> Result<Observed, StepError> {
        let database = ddl::shadow_database_name(self.rollout.number, None);
        self.make(server, &database, ShadowSource::Template).await?;
        if self.rollout.direction == RolloutDirection::Down {
            let connected = server.admin.connect(database.as_str()).await;
            let client = connected.map_err(StepError::server(WORK_ON_COPY))?;
            let up = Way::Up { to: newest };
            migrate(&client, self.release, ddl::OWNER, up, &Limits::USUAL).await?;
        }
        let observed = self.observe(server, &database, ShadowOf::Template).await?;
        self.drop(server, &database).await?;
        Ok(observed)
    }

    /// Nothing if the tenant has gone meanwhile.
    async fn on_tenant(
        &self,
        server: &Server,
        tenant: &ShadowTenant,
        programs: &Programs,
    ) -> Result<Option<(Copied, Observed)>, StepError> {
        let began = Instant::now();
        let database = ddl::shadow_database_name(self.rollout.number, Some(tenant.number));
        self.make(server, &database, ShadowSource::Nothing).await?;
        let time_max = self.limits.copy_time_max;
        let copied = copy_tenant(server, tenant, &database, programs, time_max).await?;
        let observed = if copied {
            let took = began.elapsed();
            let of = ShadowOf::Tenant(tenant.subdomain.clone());
            let observed = self.observe(server, &database, of).await?;
            let (subdomain, bytes) = (tenant.subdomain.clone(), tenant.bytes);
            Some((Copied { subdomain, bytes, took }, observed))
        } else {
            None
        };
        self.drop(server, &database).await?;
        Ok(observed)
    }

    async fn observe(
        &self,
        server: &Server,
        database: &DatabaseName,
        of: ShadowOf,
    ) -> Result<Observed, StepError> {
        let place = Place { admin: &server.admin, database };
        observe(&place, of, self.release, self.way()).await
    }

    /// What no copy can tell: how large the tables are elsewhere.
    async fn measure(&self, fleet: &Fleet, findings: &mut Findings) -> Result<(), StepError> {
        let tables: Vec<_> = shadow_of_interest(&findings.runs).into_iter().collect();
        if tables.is_empty() {
            return Ok(());
        }
        for tenant in shadow_largest(&fleet.tenants, self.limits) {
            let admin = &fleet.server(tenant.server)?.admin;
            findings.sizes.extend(table_sizes(admin, tenant, &tables).await?);
        }
        findings.refusals = judge_shadow(&findings.runs, &findings.sizes, self.limits);
        Ok(())
    }

    async fn make(
        &self,
        server: &Server,
        database: &DatabaseName,
        source: ShadowSource,
    ) -> Result<(), StepError> {
        let failed = StepError::server("make a database for the shadow run");
        let client = server.admin.connect("postgres").await.map_err(&failed)?;
        let cancel = client.cancel_on_drop(&server.admin);
        ddl::shadow_database_make(&client, database, source).await.map_err(&failed)?;
        cancel.disarm();
        Ok(())
    }

    async fn drop(&self, server: &Server, database: &DatabaseName) -> Result<(), StepError> {
        let failed = StepError::server("drop a database of the shadow run");
        let client = server.admin.connect("postgres").await.map_err(&failed)?;
        ddl::database_drop(&client, database).await.map_err(&failed)
    }
}
