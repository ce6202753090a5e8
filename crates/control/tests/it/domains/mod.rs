//! Customers' own domains against a real DNS, and whatever becomes of two who want the same.

mod certificates;
mod claims;
mod looks;
mod ownership;

use std::time::Duration;

use cloison_control::domains::{
    Domain, DomainError, DomainSettings, Domains, FrontDoor, check_due, check_now, claim, fetch,
};
use cloison_model::{DomainProblem, DomainState, Hostname, Reach, Subdomain};
use cloison_testkit::{Dns, Mood};
use tokio::task::JoinHandle;

use crate::world::{World, call, eventually, request};

const HOSTNAME: &str = "booking.rue-haute.example";
const CHALLENGE: &str = "_cloison-challenge.booking.rue-haute.example";
/// Where the front door is, and another place.
const HERE: &str = "198.51.100.1";
const THERE: &str = "203.0.113.9";

struct Ground {
    world: World,
    dns: Dns,
}

impl Ground {
    /// Nobody looks unless the test does.
    async fn of(tenants: &[&str]) -> Self {
        let mut world = World::new().await;
        for tenant in tenants {
            world.provision(request(tenant)).await.unwrap();
        }
        world.dismiss();
        let dns = Dns::start().await;
        world.control.domains = Domains::new(settings(&dns));
        Self { world, dns }
    }

    fn set(&mut self, change: impl FnOnce(&mut DomainSettings)) {
        let mut settings = settings(&self.dns);
        change(&mut settings);
        self.world.control.domains = Domains::new(settings);
    }

    async fn claim(&self, tenant: &str) -> Domain {
        claim(&self.world.control, &call(), &named(tenant), &hostname()).await.unwrap()
    }

    async fn check(&self, tenant: &str) -> Domain {
        check_now(&self.world.control, &call(), &named(tenant), &hostname()).await.unwrap()
    }

    async fn now(&self, tenant: &str) -> Result<Domain, DomainError> {
        let client = self.world.control.catalog.client().await.unwrap();
        fetch(&client, &named(tenant), &hostname()).await
    }

    /// Claimed, its record created, and looked at.
    async fn proven(&self, tenant: &str) -> Domain {
        let claimed = self.claim(tenant).await;
        self.dns.set(CHALLENGE, "TXT", &[&claimed.challenge.value]);
        let checked = self.check(tenant).await;
        assert!(checked.verified_at.is_some(), "{checked:?}");
        checked
    }

    /// As if the time until the next look had passed.
    async fn hurry(&self) {
        self.world.execute("update domains set due_at = now()").await;
    }

    async fn look(&self) -> u64 {
        check_due(&self.world.control).await.unwrap()
    }

    /// A look that has asked the DNS and waits for its answer.
    async fn looking(&self) -> JoinHandle<u64> {
        self.dns.mood(Mood::Waits);
        let control = self.world.control.clone();
        let looking =
            self.world.control.tracker.spawn(async move { check_due(&control).await.unwrap() });
        eventually(async || !self.dns.asked().is_empty()).await;
        looking
    }

    async fn somebody_waits_for_a_lock(&self) {
        let client = self.world.server.connect(cloison_catalog::DATABASE).await;
        let waiting = "select count(*) from pg_stat_activity where wait_event_type = 'Lock'";
        eventually(async || client.query_one(waiting, &[]).await.unwrap().get::<_, i64>(0) > 0)
            .await;
    }

    /// Events about domains, in order.
    async fn told(&self) -> Vec<String> {
        let client = self.world.server.connect(cloison_catalog::DATABASE).await;
        let told = "select concat_ws(' ', subdomain, type, data ->> 'problem', data ->> 'why')
            from events where type like 'tenant.domain%' order by sequence";
        let rows = client.query(told, &[]).await.unwrap();
        rows.iter().map(|it| it.get::<_, String>(0).replace("tenant.domain_", "")).collect()
    }

    async fn epoch(&self) -> i64 {
        cloison_router::Directory::snapshot(&self.world.control).await.unwrap().epoch
    }

    /// Whose visitors the name has.
    async fn holder(&self) -> Option<String> {
        let key = cloison_router::Key::Hostname(hostname());
        let route = cloison_router::Directory::fetch(&self.world.control, &key).await.unwrap();
        route.map(|it| it.subdomain.to_string())
    }
}

fn settings(dns: &Dns) -> DomainSettings {
    DomainSettings {
        resolvers: vec![dns.address],
        reach: Reach::Loopback,
        timeout: Duration::from_secs(5),
        authority_port: dns.address.port(),
        ..DomainSettings::default()
    }
}

fn here() -> Vec<FrontDoor> {
    vec![FrontDoor::Address(HERE.parse().unwrap())]
}

fn hostname() -> Hostname {
    HOSTNAME.parse().unwrap()
}

fn named(tenant: &str) -> Subdomain {
    tenant.parse().unwrap()
}

fn state(domain: &Domain) -> (DomainState, Option<&str>) {
    (domain.state(), domain.problem.map(DomainProblem::as_str))
}
