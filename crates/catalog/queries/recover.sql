--! recovered_organizations (after?) : (id, number, subdomain, server_id?, database_name?, phase?, schema_version?)
select
    organizations.id,
    organizations.number,
    organizations.subdomain::text as subdomain,
    tenants.server_id,
    tenants.database_name,
    tenants.phase,
    tenants.schema_version
from organizations
left join tenants on tenants.organization_id = organizations.id
where :after::uuid is null or organizations.id > :after::uuid
order by organizations.id
limit :row_limit;

--! recovered_backups (after?) : (id, organization_id)
select id, organization_id
from backups
where :after::uuid is null or id > :after::uuid
order by id
limit :row_limit;

--! recovered_operations_end
-- What was under way for an organization that is no more. Its erasure has come to its end after all.
update operations
set state = case kind when 'erase' then 'DONE' else 'FAILED' end,
    error = case kind when 'erase' then null else 'its tenant was erased after the backup that the control database was recovered from' end,
    finished_at = now(),
    worker = null,
    waiting = null,
    cancelled_by = null
where organization_id = :organization_id
    and state = 'RUNNING';

--! recovered_spare_operations_end
update operations
set state = 'FAILED',
    error = 'the control database was recovered, and its spare could not be told from a tenant''s database',
    finished_at = now(),
    worker = null,
    waiting = null
where spare_id = :spare_id
    and state = 'RUNNING';

--! recovered_erasures_think_again
-- Whoever took one of these back did it in the control database that is lost. So its days begin anew, also behind the fence.
update operations
set step = case step when 'close_tenant' then step else 'await_grace' end,
    attempts = 0,
    waiting = null
where kind = 'erase'
    and state = 'RUNNING'
    and direction = 'FORWARD'
    and step in ('close_tenant', 'await_grace', 'fence', 'make_fiscal_archive');

--! recovered_grace_renew : (operation_id, subdomain, ends_at)
update erasure_requests
set grace_from = now(),
    grace_seconds = greatest(grace_seconds, :grace_seconds_min)
from operations, organizations
where organizations.id = erasure_requests.organization_id
    and operations.organization_id = erasure_requests.organization_id
    and operations.kind = 'erase'
    and operations.state = 'RUNNING'
    and operations.direction = 'FORWARD'
    and operations.step in ('close_tenant', 'await_grace')
returning
    operations.id as operation_id,
    organizations.subdomain::text as subdomain,
    now() + make_interval(secs => erasure_requests.grace_seconds) as ends_at;

--! recovered_operations_go_on
-- Whoever had one of these before the recovery has it no more. Those that drop or replace something can be taken back first.
update operations
set due_at = case when kind = any(:kinds_to_wait::text[]) then now() + make_interval(secs => :seconds) else now() end,
    worker = null,
    lease_token = lease_token # :token
where state = 'RUNNING';

--! recovered_operations_waiting : (id, kind, step, direction, subdomain?)
select id, kind, step, direction, subdomain
from operations
where state = 'RUNNING'
    and kind = any(:kinds_to_wait::text[])
order by id
limit :row_limit;

--! recovered_organization_delete
delete from organizations
where id = :organization_id;

--! recovered_erasures_number_max : (number)
select coalesce(max(number), 0) as number
from erasures;

--! recovered_number_last : (number)
select last_value as number
from organizations_number_seq;

--! recovered_number_raise : (number)
-- The sequence never goes back.
select setval('organizations_number_seq', greatest(:number, last_value)) as number
from organizations_number_seq;

--! recovered_epoch : (epoch)
select last_value as epoch
from route_epoch;

--! recovered_epoch_raise : (epoch)
select setval('route_epoch', greatest(:epoch, last_value)) as epoch
from route_epoch;

--! recovered_event : (sequence)
select last_value as sequence
from events_sequence_seq;

--! recovered_event_raise : (sequence)
-- Whoever follows may have seen more than the backup knows.
select setval('events_sequence_seq', greatest(:sequence, last_value)) as sequence
from events_sequence_seq;

--! recovered_routes_touch : (routes)
select count(route_changed(organization_id)) as routes
from tenants;

--! recovered_nodes_clear
delete from router_nodes;

--! recovered_node_insert
insert into router_nodes (id, name, round)
values (:id, :name, 0);

--! recovered_seats_reserve
-- As many as all processes may keep together, see `model::settle`.
insert into seat_leases (server_id, node_id, seats, kept, wanted, renewals, silent)
select id, :node_id, (connection_budget + 1) / 2, (connection_budget + 1) / 2, 0, 0, true
from servers;

--! recovered_tenants : (tenants)
select count(*) as tenants
from tenants;

--! recovered_server_move
update servers
set host = :host,
    port = :port,
    admin_host = :admin_host,
    admin_role = :admin_role
where name = :name;
