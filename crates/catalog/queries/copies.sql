--: Copy(backup_id?, holds_at?, schema_version?, lived_until?, open_until?)

--! copy_insert (backup_id?)
insert into copies (id, organization_id, server_id, database_name, backup_id, drop_after)
select
    :id,
    organizations.id,
    tenants.server_id,
    :database_name,
    :backup_id,
    now() + make_interval(days => :days)
from organizations
join tenants on tenants.organization_id = organizations.id
where organizations.id = :organization_id;

--! copy_fetch : Copy
select
    copies.id, copies.organization_id, organizations.subdomain::text as subdomain, organizations.number, copies.server_id, servers.name as server, copies.database_name,
    copies.state, copies.backup_id, copies.holds_at, copies.schema_version, copies.was_live, copies.lived_until, copies.created_at, copies.drop_after, inspections.open_until
from copies
left join inspections on inspections.copy_id = copies.id
join organizations on organizations.id = copies.organization_id
join servers on servers.id = copies.server_id
where copies.id = :id;

--! copy_list : Copy
select
    copies.id, copies.organization_id, organizations.subdomain::text as subdomain, organizations.number, copies.server_id, servers.name as server, copies.database_name,
    copies.state, copies.backup_id, copies.holds_at, copies.schema_version, copies.was_live, copies.lived_until, copies.created_at, copies.drop_after, inspections.open_until
from copies
left join inspections on inspections.copy_id = copies.id
join organizations on organizations.id = copies.organization_id
join servers on servers.id = copies.server_id
where organizations.subdomain = :subdomain::text::citext
order by copies.created_at desc, copies.id
limit :row_limit;

--! copy_filled
update copies
set holds_at = :holds_at,
    schema_version = :schema_version
where id = :id;

--! copy_keep
update copies
set state = 'READY'
where id = :id
    and state = 'MAKING';

--! copy_claim
-- For an operation that swaps it or drops it, if no other does. What one has left that does not run any more is free again.
update copies
set state = :state
where id = :id
    and state <> 'MAKING'
    and (not :outlived or drop_after < now())
    and not exists (
        select
        from operations
        where operations.organization_id = copies.organization_id
            and operations.state = 'RUNNING'
            and operations.kind in ('swap', 'drop_copy', 'open_copy', 'close_copy')
            and operations.input ->> 'copy' = copies.id::text
    );

--! copy_free
-- One that was open before is so still unless it was closed.
update copies
set state = case when exists (select from inspections where inspections.copy_id = copies.id) then 'OPEN' else 'READY' end
where id = :id
    and state = 'SWAPPING';

--! inspection_put
-- Another host and another password, if it is open already.
insert into inspections (copy_id, subdomain, role_password_sealed, role_password_verifier, opened_by, open_until)
values (:copy_id, :subdomain, :role_password_sealed, :role_password_verifier, :opened_by, now() + make_interval(secs => :seconds))
on conflict (copy_id) do update
set subdomain = excluded.subdomain,
    role_password_sealed = excluded.role_password_sealed,
    role_password_verifier = excluded.role_password_verifier,
    opened_by = excluded.opened_by,
    opened_at = now(),
    open_until = excluded.open_until;

--! inspection_role
select inspections.role_password_verifier, inspections.open_until, routes.connection_limit, routes.statement_timeout_ms,
    routes.lock_timeout_ms, routes.idle_in_transaction_timeout_ms
from inspections
join inspection_routes as routes on routes.id = inspections.copy_id
where inspections.copy_id = :copy_id;

--! inspection_opened
update copies
set state = 'OPEN'
where id = :id
    and state = 'OPENING';

--! inspection_delete
delete from inspections
where copy_id = :copy_id;

--! inspection_closed
update copies
set state = 'READY'
where id = :id
    and state in ('OPENING', 'CLOSING');

--! inspections_past : (id, subdomain)
-- Whose time is over, and what an operation that was given up has left half open.
select copies.id, organizations.subdomain::text as subdomain
from inspections
join copies on copies.id = inspections.copy_id
join organizations on organizations.id = copies.organization_id
join tenants on tenants.organization_id = copies.organization_id
where (inspections.open_until < now() or copies.state in ('OPENING', 'CLOSING'))
    and tenants.phase = 'READY'
    and not exists (
        select
        from operations
        where operations.organization_id = copies.organization_id
            and operations.state = 'RUNNING'
            and operations.kind in ('swap', 'drop_copy', 'open_copy', 'close_copy')
            and operations.input ->> 'copy' = copies.id::text
    )
order by inspections.open_until, copies.id
limit :row_limit;

--! copy_delete
delete from copies
where id = :id;

--! copies_delete
delete from copies
where organization_id = :organization_id;

--! copy_names
select database_name
from copies
where server_id = :server_id
order by database_name
limit :row_limit;

--! copies_past : Copy
-- Whose time is over and whom nobody keeps; also those that an operation was to drop and has given up.
select
    copies.id, copies.organization_id, organizations.subdomain::text as subdomain, organizations.number, copies.server_id, servers.name as server, copies.database_name,
    copies.state, copies.backup_id, copies.holds_at, copies.schema_version, copies.was_live, copies.lived_until, copies.created_at, copies.drop_after, inspections.open_until
from copies
left join inspections on inspections.copy_id = copies.id
join organizations on organizations.id = copies.organization_id
join servers on servers.id = copies.server_id
join tenants on tenants.organization_id = copies.organization_id
where copies.state <> 'MAKING'
    and copies.drop_after < now()
    and tenants.phase = 'READY'
    and not exists (
        select
        from legal_holds
        where legal_holds.organization_id = copies.organization_id
    )
    and not exists (
        select
        from operations
        where operations.organization_id = copies.organization_id
            and operations.state = 'RUNNING'
            and operations.kind in ('swap', 'drop_copy', 'open_copy', 'close_copy')
            and operations.input ->> 'copy' = copies.id::text
    )
order by copies.drop_after, copies.id
limit :row_limit;

--! copy_exchange
-- What was the copy is the tenant's database now, and its name stands for what that was before.
with exchanged as (
    select copies.id, copies.schema_version as copy_version, copies.was_live, tenants.schema_version as live_version, tenants.organization_id
    from copies
    join tenants on tenants.organization_id = copies.organization_id
    where copies.id = :id
),
renamed as (
    update copies
    set state = 'READY',
        was_live = not copies.was_live,
        lived_until = now(),
        schema_version = exchanged.live_version,
        holds_at = now(),
        backup_id = null,
        drop_after = now() + make_interval(days => :days)
    from exchanged
    where copies.id = exchanged.id
)
update tenants
set schema_version = exchanged.copy_version
from exchanged
where tenants.organization_id = exchanged.organization_id;

--! copy_replace
-- The copy is the tenant's database now, and nothing stands beside it.
with replaced as (
    delete from copies
    where id = :id
    returning organization_id, schema_version
)
update tenants
set schema_version = replaced.schema_version
from replaced
where tenants.organization_id = replaced.organization_id;

--! operations_beside_cancel
update operations
set cancelled_by = :actor,
    due_at = case when worker is null then now() else due_at end
where organization_id = :organization_id
    and state = 'RUNNING'
    and cancelled_by is null
    and id <> :id;

--! operations_beside : (id, kind)
select id, kind
from operations
where organization_id = :organization_id
    and state = 'RUNNING'
    and id <> :id
order by id
limit :row_limit;

--! drill_insert (backup_id?)
insert into drills (id, organization_id, backup_id)
values (:id, :organization_id, :backup_id);

--! drill_note (failed_why?)
update drills
set finished_at = now(),
    failed_why = :failed_why
where id = :id;

--! drill_measured
update drills
set holds_at = :holds_at,
    restore_seconds = :restore_seconds
where id = :id;

--! drill_checked
update drills
set checked = :checked
where id = :id;

--! copies_overdue : Copy
-- Those that a worker ought to have dropped long since, whatever they are at.
select
    copies.id, copies.organization_id, organizations.subdomain::text as subdomain, organizations.number, copies.server_id, servers.name as server, copies.database_name,
    copies.state, copies.backup_id, copies.holds_at, copies.schema_version, copies.was_live, copies.lived_until, copies.created_at, copies.drop_after, inspections.open_until
from copies
left join inspections on inspections.copy_id = copies.id
join organizations on organizations.id = copies.organization_id
join servers on servers.id = copies.server_id
where copies.drop_after < now() - make_interval(mins => :minutes)
    and not exists (
        select
        from legal_holds
        where legal_holds.organization_id = copies.organization_id
    )
order by copies.drop_after, copies.id
limit :row_limit;
