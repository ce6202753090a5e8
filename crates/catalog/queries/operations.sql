--: Operation(organization_id?, spare_id?, subdomain?, waiting?, worker?, cancelled_by?, error?, finished_at?, secret_sealed?, trace_parent?)
--: Event()

--! operation_insert (organization_id?, spare_id?, subdomain?, secret_sealed?, trace_parent?)
insert into operations (id, kind, step, organization_id, spare_id, subdomain, input, actor, secret_sealed, trace_parent)
values (:id, :kind, :step, :organization_id, :spare_id, :subdomain, :input, :actor, :secret_sealed, :trace_parent);

--! operations_claim : Operation
-- With those that go on beside others, or without them.
with due as (
    select id
    from operations
    where state = 'RUNNING'
        and due_at <= now()
        and (:beside or kind not in ('backup', 'verify_backup', 'restore', 'drop_copy', 'drill', 'export'))
    order by due_at
    limit :row_limit
    for update skip locked
)
update operations
set lease_token = :lease_token,
    worker = :worker,
    due_at = now() + make_interval(secs => :lease_seconds)
from due
where operations.id = due.id
    and set_config('synchronous_commit', 'off', true) = 'off'
returning
    operations.id, kind, step, direction, organization_id, spare_id, subdomain, state, input, error, actor,
    worker, attempts, waiting, cancelled_by, secret_sealed, lease_token, due_at, created_at, finished_at,
    trace_parent;

--! operations_next_due : (seconds?)
select extract(epoch from min(due_at) - now())::double precision as seconds
from operations
where state = 'RUNNING'
    and (:beside or kind not in ('backup', 'verify_backup', 'restore', 'drop_copy', 'drill', 'export'));

--! operation_extend
update operations
set due_at = now() + make_interval(secs => :lease_seconds)
where id = :id
    and lease_token = :lease_token
    and state = 'RUNNING';

--! operation_release
update operations
set due_at = now(),
    worker = null
where id = :id
    and lease_token = :lease_token
    and state = 'RUNNING';

--! operation_step
update operations
set step = :step,
    attempts = 0,
    waiting = null,
    due_at = now() + make_interval(secs => :lease_seconds)
where id = :id
    and lease_token = :lease_token
    and state = 'RUNNING';

--! commit_lazily : (setting)
select set_config('synchronous_commit', 'off', true) as setting;

--! operation_turn_back (error?)
update operations
set step = :step,
    direction = 'UNDO',
    error = :error,
    attempts = 0,
    waiting = null,
    due_at = now() + make_interval(secs => :lease_seconds)
where id = :id
    and lease_token = :lease_token
    and state = 'RUNNING';

--! operation_wait
update operations
set due_at = case when cancelled_by is null then now() + make_interval(secs => :seconds) else now() end,
    attempts = :attempts,
    waiting = :waiting,
    worker = null
where id = :id
    and lease_token = :lease_token
    and state = 'RUNNING';

--! operation_hurry
update operations
set due_at = now(),
    waiting = null
where id = :id
    and state = 'RUNNING'
    and worker is null;

--! operation_end (error?)
update operations
set state = :state,
    error = :error,
    finished_at = now(),
    worker = null,
    waiting = null
where id = :id
    and lease_token = :lease_token
    and state = 'RUNNING';

--! operation_cancel
update operations
set cancelled_by = :actor,
    due_at = case when worker is null then now() else due_at end
where id = :id
    and state = 'RUNNING'
    and cancelled_by is null;

--! operation_state
select state
from operations
where id = :id;

--! operation_wish : (cancelled_by?)
select cancelled_by
from operations
where id = :id;

--! operation_fetch : Operation
select
    id, kind, step, direction, organization_id, spare_id, subdomain, state, input, error, actor,
    worker, attempts, waiting, cancelled_by, secret_sealed, lease_token, due_at, created_at, finished_at,
    trace_parent
from operations
where id = :id;

--! operation_page (before?, subdomain?, state?) : Operation
select
    id, kind, step, direction, organization_id, spare_id, subdomain, state, input, error, actor,
    worker, attempts, waiting, cancelled_by, secret_sealed, lease_token, due_at, created_at, finished_at,
    trace_parent
from operations
where (:before::uuid is null or id < :before::uuid)
    and (:subdomain::text is null or subdomain = :subdomain::text)
    and (:with_spares or spare_id is null)
    and (:state::text is null or state = :state::text)
order by id desc
limit :row_limit;

--! operation_running_of
select operations.id
from operations
join organizations on organizations.id = operations.organization_id
where organizations.subdomain = :subdomain::text::citext
    and operations.state = 'RUNNING';

--! operations_stuck : Operation
select
    id, kind, step, direction, organization_id, spare_id, subdomain, state, input, error, actor,
    worker, attempts, waiting, cancelled_by, secret_sealed, lease_token, due_at, created_at, finished_at,
    trace_parent
from operations
where state = 'RUNNING'
    and (waiting is not null or due_at < now() - interval '1 minute')
    -- Whoever thinks again has days for it.
    and not (step = 'await_grace' and attempts = 0 and due_at > now() - interval '1 minute')
order by id
limit :row_limit;

--! provision_input : (input, database_name, server_id)
select operations.input, tenants.database_name, tenants.server_id
from organizations
join tenants on tenants.organization_id = organizations.id and tenants.phase = 'READY'
join operations on operations.organization_id = organizations.id
    and operations.kind = 'provision'
    and operations.state = 'DONE'
where organizations.subdomain = :subdomain::text::citext
order by operations.id
limit 1;

--! operations_scrub
update operations
set input = '{}',
    secret_sealed = null
where organization_id = :organization_id;

--! operation_event_insert
insert into operation_events (operation_id, sequence, message)
select :operation_id, coalesce(max(operation_events.sequence), 0) + 1, :message
from operation_events
where operation_events.operation_id = :operation_id;

--! operation_events : Event
select sequence, at, message
from operation_events
where operation_id = :operation_id
    and sequence > :after
order by sequence
limit :row_limit;

--! operations_tell : (told)
select count(pg_notify('cloison_operations', change)) as told
from unnest(:changes::text[]) as change;
