--! doctor_organizations_unknown : (id, is_erased)
-- Of these, those that are nobody's now, and whether they ever were.
select
    there.id,
    exists (
        select
        from erasures
        where erasures.organization_id = there.id
    ) as is_erased
from unnest(:ids::uuid[]) as there (id)
where not exists (
    select
    from organizations
    where organizations.id = there.id
);

--! doctor_backups_unknown
-- Of these, those that the control database does not know. What is about to be deleted is known.
select there.id
from unnest(:ids::uuid[]) as there (id)
where not exists (
        select
        from backups
        where backups.id = there.id
    )
    and not exists (
        select
        from backups_going
        where backups_going.id = there.id
    );

--! doctor_backups : (id, subdomain, taken_at)
-- What is known to be broken is told as that.
select backups.id, organizations.subdomain::text as subdomain, backups.taken_at
from backups
join organizations on organizations.id = backups.organization_id
where backups.broken_why is null
order by backups.taken_at desc, backups.id
limit :row_limit;

--! doctor_keys : (id, subdomain, identity_wrapped)
-- Whoever is being erased has given up his key.
select organizations.id, organizations.subdomain::text as subdomain, backup_keys.identity_wrapped
from backup_keys
join organizations on organizations.id = backup_keys.organization_id
join tenants on tenants.organization_id = organizations.id
where tenants.phase <> 'ERASING'
order by organizations.number desc
limit :row_limit;

--! doctor_erased
select erasures.organization_id as id
from erasures
where not exists (
    select
    from organizations
    where organizations.id = erasures.organization_id
)
order by erasures.number desc
limit :row_limit;

--! doctor_nodes_gone : (name, seen_at, seats, servers)
select
    router_nodes.name,
    router_nodes.seen_at,
    sum(seat_leases.seats) as seats,
    array_agg(servers.name order by servers.name) as servers
from router_nodes
join seat_leases on seat_leases.node_id = router_nodes.id
join servers on servers.id = seat_leases.server_id
where seat_leases.silent
    and seat_leases.seats > 0
group by router_nodes.id
order by router_nodes.seen_at, router_nodes.id
limit :row_limit;

--! doctor_tenants_behind : (subdomain, schema_version, fleet)
-- Who is not where the fleet is although nothing is in the way and nobody is at it, some minutes after the last rollout.
select organizations.subdomain::text as subdomain, tenants.schema_version, fleet.schema_version as fleet
from tenants
join organizations on organizations.id = tenants.organization_id
cross join fleet
where tenants.phase = 'READY'
    and tenants.schema_version < fleet.schema_version
    and organizations.created_at < now() - make_interval(mins => :minutes)
    and not exists (
        select
        from quarantines
        where quarantines.organization_id = tenants.organization_id
    )
    and not exists (
        select
        from operations
        where operations.organization_id = tenants.organization_id
            and operations.state = 'RUNNING'
    )
    and not exists (
        select
        from operations
        where operations.kind = 'rollout'
            and (operations.state = 'RUNNING' or operations.finished_at > now() - make_interval(mins => :minutes))
    )
order by organizations.number
limit :row_limit;

--! doctor_schemas_unread : (subdomain)
-- Every one is read once a day and after each change of its version; one that cannot be read is without a fingerprint.
select organizations.subdomain::text as subdomain
from tenants
join organizations on organizations.id = tenants.organization_id
where tenants.phase = 'READY'
    and organizations.created_at < now() - make_interval(hours => :hours)
    and (
        tenants.schema_fingerprinted_at < now() - make_interval(hours => :hours)
        or tenants.schema_fingerprint is null
            and not exists (
                select
                from operations
                where operations.organization_id = tenants.organization_id
                    and (operations.state = 'RUNNING' or operations.finished_at > now() - interval '1 hour')
            )
    )
order by organizations.number
limit :row_limit;

--! doctor_spares_behind : (server, spares, fleet)
select servers.name as server, count(*) as spares, fleet.schema_version as fleet
from spares
join servers on servers.id = spares.server_id
cross join fleet
where spares.state = 'READY'
    and spares.schema_version <> fleet.schema_version
    and spares.created_at < now() - make_interval(mins => :minutes)
    and not exists (
        select
        from operations
        where operations.kind = 'rollout'
            and (operations.state = 'RUNNING' or operations.finished_at > now() - make_interval(mins => :minutes))
    )
group by servers.id, fleet.schema_version
order by servers.name
limit :row_limit;

--! doctor_spares_failing : (server, error)
-- Where the last that was to be made has failed, not long ago.
select servers.name as server, newest.error
from servers
cross join lateral (
    select operations.state, operations.error, operations.finished_at
    from operations
    where operations.kind = 'make_spare'
        and operations.state in ('DONE', 'FAILED')
        and operations.input ->> 'server' = servers.id::text
    order by operations.id desc
    limit 1
) as newest
where newest.state = 'FAILED'
    and newest.error is not null
    and newest.finished_at > now() - make_interval(hours => :hours)
order by servers.name
limit :row_limit;

--! doctor_domains : (hostname, subdomain, is_failing, failing_since?, found?, certificate?, certificate_failing_since?, certificate_found?, certificate_until?)
-- With which something is wrong.
select
    hostname, subdomain, state = 'failing' as is_failing, failing_since, found, certificate, certificate_failing_since,
    certificate_found, certificate_until
from domain_states
where is_checked
    and (state = 'failing' or certificate in ('ending', 'failing'))
order by hostname
limit :row_limit;
