--: Operation(organization_id?, error?, finished_at?)

--! operation_insert (idempotency_key?)
insert into operations (id, kind, organization_id, subdomain, input, actor, idempotency_key)
values (:id, :kind, :organization_id, :subdomain, :input, :actor, :idempotency_key);

--! operation_done
update operations
set state = 'DONE',
    finished_at = now()
where id = :id
    and state = 'RUNNING';

--! operation_failed
update operations
set state = 'FAILED',
    error = :error,
    finished_at = now()
where id = :id
    and state = 'RUNNING';

--! operation_fetch : Operation
select id, kind, organization_id, subdomain, state, input, error, actor, created_at, finished_at
from operations
where id = :id;

--! operation_of_key : Operation
select id, kind, organization_id, subdomain, state, input, error, actor, created_at, finished_at
from operations
where idempotency_key = :idempotency_key;

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

--! operation_page (before?) : Operation
select id, kind, organization_id, subdomain, state, input, error, actor, created_at, finished_at
from operations
where :before::uuid is null or id < :before::uuid
order by id desc
limit :row_limit;

--! operation_unfinished : Operation
select id, kind, organization_id, subdomain, state, input, error, actor, created_at, finished_at
from operations
where state = 'RUNNING'
order by id
limit :row_limit;

--! operation_event_insert
insert into operation_events (operation_id, sequence, message)
select :operation_id, coalesce(max(operation_events.sequence), 0) + 1, :message
from operation_events
where operation_events.operation_id = :operation_id;

--! operation_events : (sequence, at, message)
select sequence, at, message
from operation_events
where operation_id = :operation_id
order by sequence
limit :row_limit;
