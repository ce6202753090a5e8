--: LoggedEvent(organization_id?, subdomain?)

--! event_append (organization_id?, subdomain?) : (sequence)
select event_append(:id, :type, :organization_id, :subdomain, :data) as sequence;

--! events_append_migrated : (sequence)
-- Of those that this very transaction has ended.
select
    event_append(
        done.event_id,
        'tenant.migrated',
        operations.organization_id,
        operations.subdomain,
        jsonb_build_object(
            'operation', operations.id,
            'rollout', :rollout::bigint,
            'from', rollout_tenants.from_version,
            'to', done.version
        )
    ) as sequence
from unnest(:operation_ids::uuid[], :event_ids::uuid[], :versions::bigint[]) as done (operation_id, event_id, version)
join operations on operations.id = done.operation_id
join rollout_tenants on rollout_tenants.rollout = :rollout::bigint
    and rollout_tenants.organization_id = operations.organization_id
where operations.state = 'DONE'
    and operations.lease_token = :lease_token
    and operations.finished_at = now();

--! event_page (subdomain?, types?) : LoggedEvent
select sequence, id, type, organization_id, subdomain, at, data
from events
where sequence > :after
    and (:subdomain::text is null or subdomain = :subdomain::text)
    and (:types::text[] is null or type = any (:types::text[]))
order by sequence
limit :row_limit;

--! event_last : (sequence)
select coalesce(max(sequence), 0) as sequence
from events;

--! events_forget
-- Those that an endpoint has still to get stay.
delete from events
where sequence in (
    select sequence
    from events
    where at < now() - make_interval(days => :days::integer)
        and not exists (
            select
            from webhook_endpoints
            where webhook_endpoints.state = 'ENABLED'
                and webhook_endpoints.cursor < events.sequence
                and (webhook_endpoints.event_types = '{}' or events.type = any (webhook_endpoints.event_types))
        )
    order by at
    limit :row_limit
);
