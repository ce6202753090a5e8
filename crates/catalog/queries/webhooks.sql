--: Endpoint(disabled_why?, former_secret_until?, failing_since?, leased_until?)
--: Due(former_secret_sealed?, failing_since?, sequence?, event_id?, type?, organization_id?, subdomain?, at?, data?)
--: Delivery(sequence?, status?, why?)

--! webhooks_lock : (locked)
select count(pg_advisory_xact_lock(hashtext('cloison webhooks'))) as locked;

--! webhooks_count : (endpoints)
select count(*) as endpoints
from webhook_endpoints;

--! webhook_insert
insert into webhook_endpoints (id, url, description, event_types, secret_sealed, cursor)
select :id, :url, :description, :event_types, :secret_sealed, coalesce(max(sequence), 0)
from events;

--! webhook_list : Endpoint
select
    id, url, description, event_types, state, disabled_why, cursor, failures, failing_since, due_at, leased_until,
    former_secret_until, created_at
from webhook_endpoints
order by id
limit :row_limit;

--! webhook_fetch : Endpoint
select
    id, url, description, event_types, state, disabled_why, cursor, failures, failing_since, due_at, leased_until,
    former_secret_until, created_at
from webhook_endpoints
where id = :id;

--! webhook_secrets : (url, secret_sealed, former_secret_sealed?)
select
    url,
    secret_sealed,
    case when former_secret_until > now() then former_secret_sealed end as former_secret_sealed
from webhook_endpoints
where id = :id;

--! webhook_change (url?, description?, event_types?)
update webhook_endpoints
set url = coalesce(:url, url),
    description = coalesce(:description, description),
    event_types = coalesce(:event_types, event_types)
where id = :id;

--! webhook_enable
update webhook_endpoints
set state = 'ENABLED',
    disabled_why = null,
    failures = 0,
    failing_since = null,
    due_at = now()
where id = :id
    and state = 'DISABLED';

--! webhook_disable
update webhook_endpoints
set state = 'DISABLED',
    disabled_why = :why
where id = :id
    and state = 'ENABLED';

--! webhook_delete
delete from webhook_endpoints
where id = :id;

--! webhook_rotate
update webhook_endpoints
set former_secret_sealed = secret_sealed,
    former_secret_until = now() + make_interval(hours => :hours::integer),
    secret_sealed = :secret_sealed
where id = :id;

--! webhook_replay
-- Whatever is under way then finds the cursor moved, and leaves it there.
update webhook_endpoints
set cursor = :after,
    failures = 0,
    failing_since = null,
    due_at = now()
where id = :id;

--! webhooks_claim : (id)
with due as (
    select id
    from webhook_endpoints
    where state = 'ENABLED'
        and due_at <= now()
        and (leased_until is null or leased_until < now())
        and exists (
            select
            from events
            where events.sequence > webhook_endpoints.cursor
        )
    order by due_at
    limit :row_limit
    for update skip locked
)
update webhook_endpoints
set lease_token = :lease_token,
    leased_until = now() + make_interval(secs => :lease_seconds)
from due
where webhook_endpoints.id = due.id
returning webhook_endpoints.id;

--! webhook_due : Due
-- As long as the lease holds. Without an event, there is nothing to deliver.
select
    webhook_endpoints.url,
    webhook_endpoints.secret_sealed,
    case when former_secret_until > now() then former_secret_sealed end as former_secret_sealed,
    webhook_endpoints.cursor,
    webhook_endpoints.failures,
    webhook_endpoints.failing_since,
    next_event.sequence,
    next_event.id as event_id,
    next_event.type,
    next_event.organization_id,
    next_event.subdomain,
    next_event.at,
    next_event.data
from webhook_endpoints
left join lateral (
    select events.sequence, events.id, events.type, events.organization_id, events.subdomain, events.at, events.data
    from events
    where events.sequence > webhook_endpoints.cursor
        and (webhook_endpoints.event_types = '{}' or events.type = any (webhook_endpoints.event_types))
    order by events.sequence
    limit 1
) as next_event on true
where webhook_endpoints.id = :id
    and webhook_endpoints.lease_token = :lease_token
    and webhook_endpoints.state = 'ENABLED';

--! webhook_delivered
update webhook_endpoints
set cursor = case when cursor = :before then :sequence else cursor end,
    failures = 0,
    failing_since = null,
    due_at = now(),
    leased_until = now() + make_interval(secs => :lease_seconds)
where id = :id
    and lease_token = :lease_token;

--! webhook_failed
update webhook_endpoints
set failures = case when cursor = :before then failures + 1 else 0 end,
    failing_since = case when cursor = :before then coalesce(failing_since, now()) end,
    due_at = case when cursor = :before then now() + make_interval(secs => :seconds) else now() end,
    leased_until = null
where id = :id
    and lease_token = :lease_token;

--! webhook_give_up
update webhook_endpoints
set state = 'DISABLED',
    disabled_why = :why,
    failures = failures + 1,
    failing_since = coalesce(failing_since, now()),
    leased_until = null
where id = :id
    and lease_token = :lease_token
    and state = 'ENABLED';

--! webhook_rest
-- There was nothing for it up to the event that was the newest before that was looked up.
update webhook_endpoints
set cursor = case when cursor = :before then greatest(cursor, :seen) else cursor end,
    leased_until = null
where id = :id
    and lease_token = :lease_token;

--! webhook_delivery_insert (sequence?, status?, why?)
insert into webhook_deliveries (endpoint_id, event_id, sequence, type, status, why, milliseconds)
select id, :event_id, :sequence, :type, :status, :why, :milliseconds
from webhook_endpoints
where id = :endpoint_id;

--! webhook_deliveries_forget
delete from webhook_deliveries
where endpoint_id = :endpoint_id
    and id <= (
        select id
        from webhook_deliveries
        where endpoint_id = :endpoint_id
        order by id desc
        offset :kept
        limit 1
    );

--! webhook_delivery_list : Delivery
select event_id, sequence, type, at, status, why, milliseconds
from webhook_deliveries
where endpoint_id = :endpoint_id
order by id desc
limit :row_limit;
