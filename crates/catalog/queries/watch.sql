--! watch_tenants : (phase, access_mode, region, tenants)
select tenants.phase, organizations.access_mode, organizations.region, count(*) as tenants
from tenants
join organizations on organizations.id = tenants.organization_id
group by tenants.phase, organizations.access_mode, organizations.region
order by tenants.phase, organizations.access_mode, organizations.region
limit :row_limit;

--! watch_versions : (schema_version, tenants)
select tenants.schema_version, count(*) as tenants
from tenants
where tenants.phase = 'READY'
group by tenants.schema_version
order by tenants.schema_version desc
limit :row_limit;

--! watch_fleet : (schema_version?, behind, quarantined)
-- Who is quarantined is not behind: it stays where it is until somebody says otherwise.
select
    (
        select fleet.schema_version
        from fleet
    ) as schema_version,
    (
        select count(*)
        from tenants
        where tenants.phase = 'READY'
            and tenants.schema_version < (select fleet.schema_version from fleet)
            and not exists (
                select
                from quarantines
                where quarantines.organization_id = tenants.organization_id
            )
    ) as behind,
    (
        select count(*)
        from quarantines
    ) as quarantined;

--! watch_phases : (phase, seconds)
-- For how long somebody has been in a phase that passes: since the operation began that leads through it, or, of an erasure, since its
-- grace has ended. Whoever is on hold stays as long as it lasts.
select
    tenants.phase,
    extract(epoch from max(now() - since.at))::double precision as seconds
from tenants
join organizations on organizations.id = tenants.organization_id
left join erasure_requests on erasure_requests.organization_id = tenants.organization_id
left join lateral (
    select operations.created_at
    from operations
    where operations.organization_id = tenants.organization_id
        and operations.state = 'RUNNING'
        and operations.kind in ('provision', 'swap', 'move')
    order by operations.created_at
    limit 1
) as running on true
cross join lateral (
    select case tenants.phase
        when 'ERASING' then coalesce(erasure_requests.grace_from, now()) + make_interval(secs => coalesce(erasure_requests.grace_seconds, 0))
        else coalesce(running.created_at, organizations.created_at)
    end as at
) as since
where tenants.phase in ('PROVISIONING', 'MOVING', 'RESTORING', 'ERASING')
    and not exists (
        select
        from legal_holds
        where legal_holds.organization_id = tenants.organization_id
    )
group by tenants.phase
order by tenants.phase
limit :row_limit;

--! watch_operations : (kind, running, waiting, oldest_seconds)
select
    operations.kind,
    count(*) as running,
    count(*) filter (where operations.waiting is not null and operations.attempts > 0) as waiting,
    extract(epoch from max(now() - operations.created_at))::double precision as oldest_seconds
from operations
where operations.state = 'RUNNING'
group by operations.kind
order by operations.kind
limit :row_limit;

--! watch_unbacked : (tenants)
-- Whom nothing could bring back, although they were not made just now.
select count(*) as tenants
from tenants
join organizations on organizations.id = tenants.organization_id
where tenants.phase = 'READY'
    and organizations.created_at < now() - make_interval(mins => :minutes)
    and not exists (
        select
        from newest_backups
        where newest_backups.organization_id = tenants.organization_id
    );

--! watch_drills : (restore_seconds?, data_age_seconds?)
-- Of the newest drill of each tenant's backup: how long the slowest restore took, and how old the oldest data were when it began.
select
    max(newest.restore_seconds) as restore_seconds,
    extract(epoch from max(newest.began_at - newest.holds_at))::double precision as data_age_seconds
from tenants
join lateral (
    select drills.restore_seconds, drills.began_at, drills.holds_at
    from drills
    where drills.organization_id = tenants.organization_id
        and drills.backup_id is not null
        and drills.finished_at is not null
        and drills.failed_why is null
    order by drills.finished_at desc
    limit 1
) as newest on true
where tenants.phase = 'READY';

--! watch_erased : (number)
-- Of these numbers, which are an erased tenant's.
select erasures.number
from erasures
where erasures.number = any (:numbers::bigint[])
order by erasures.number
limit :row_limit;

--! watch_webhooks : (disabled)
select count(*) as disabled
from webhook_endpoints
where state = 'DISABLED';

--! watch_names : (database_name, id, subdomain)
select tenants.database_name, organizations.id, organizations.subdomain::text as subdomain
from tenants
join organizations on organizations.id = tenants.organization_id
where tenants.database_name = any (:database_names::text[])
order by tenants.database_name
limit :row_limit;

--! watch_ai_credits : (available, held, reservations, oldest_seconds, out_of_step)
select
    coalesce(sum(ai_credits_accounts.available), 0)::bigint as available,
    coalesce(sum(ai_credits_accounts.held), 0)::bigint as held,
    (
        select count(*)
        from ai_credits_reservations
        where ai_credits_reservations.state = 'HELD'
    ) as reservations,
    (
        select coalesce(extract(epoch from max(now() - ai_credits_reservations.reserved_at)), 0)::double precision
        from ai_credits_reservations
        where ai_credits_reservations.state = 'HELD'
    ) as oldest_seconds,
    (
        select count(*)
        from ai_credits_out_of_step
    ) as out_of_step
from ai_credits_accounts;

--! watch_limits : (database_bytes, requests_per_day)
-- How many tenants have reached each limit of their plan.
select
    (
        select count(*)
        from usage_marks
        join tenant_limits on tenant_limits.organization_id = usage_marks.organization_id
        where usage_marks.database_bytes >= tenant_limits.database_bytes_max
    ) as database_bytes,
    (
        select count(*)
        from usage_days
        join tenant_limits on tenant_limits.organization_id = usage_days.organization_id
        where usage_days.day = (now() at time zone 'UTC')::date
            and usage_days.requests >= tenant_limits.requests_per_day_max
    ) as requests_per_day;

--! watch_domains : (pending, serving, failing, overdue_seconds, certificates_good, certificates_failing, certificates_ending, ends_seconds?)
select
    count(*) filter (where state = 'pending') as pending,
    count(*) filter (where state = 'serving') as serving,
    count(*) filter (where state = 'failing') as failing,
    coalesce(greatest(extract(epoch from max(now() - due_at)), 0), 0)::double precision as overdue_seconds,
    count(*) filter (where certificate = 'good') as certificates_good,
    count(*) filter (where certificate = 'failing') as certificates_failing,
    count(*) filter (where certificate = 'ending') as certificates_ending,
    extract(
        epoch from min(certificate_until) filter (where certificate in ('good', 'ending')) - now()
    )::double precision as ends_seconds
from domain_states
where is_checked;
