--: Backup(verified_at?, broken_why?, held_by?, held_why?)
--: Judgeable(broken_at?)
--: Need(backup_id?, taken_at?, unchanged_at?, change_mark?, wanted_at?, failed_at?)

--! backup_key_fetch : (recipient, identity_wrapped)
select recipient, identity_wrapped
from backup_keys
where organization_id = :organization_id;

--! backup_key_keep : (recipient, identity_wrapped)
-- Of two that make one at the same time, the first has made it.
with made as (
    insert into backup_keys (organization_id, recipient, identity_wrapped)
    values (:organization_id, :recipient, :identity_wrapped)
    on conflict on constraint backup_keys_pkey do nothing
    returning recipient, identity_wrapped
)
select recipient, identity_wrapped
from made
union all
select recipient, identity_wrapped
from backup_keys
where organization_id = :organization_id;

--! backup_insert
-- A server whose clock is ahead would have made the newest backup for as long as that is. One that was about to go, and is found again after
-- the control database was restored, stays.
with again as (
    delete from backups_going
    where id = :id
)
insert into backups
    (id, organization_id, taken_at, seconds, schema_version, manifest_key, manifest_hash, signed_by, stored_bytes, dump_bytes, tables, total_rows, change_mark)
values
    (:id, :organization_id, least(:taken_at, now()), :seconds, :schema_version, :manifest_key, :manifest_hash, :signed_by, :stored_bytes, :dump_bytes, :tables, :total_rows, :change_mark)
on conflict on constraint backups_pkey do nothing;

--! backup_succeeded
update backup_states
-- Who asked after it was begun has not got it yet.
set wanted_at = case when wanted_at > :taken_at then wanted_at end,
    failures = 0,
    failed_at = null
where organization_id = :organization_id;

--! backup_failed
insert into backup_states (organization_id, failures, failed_at)
values (:organization_id, 1, now())
on conflict on constraint backup_states_pkey do update
set failures = backup_states.failures + 1,
    failed_at = now(),
    -- Whoever has asked is told.
    wanted_at = null;

--! backup_unchanged
-- Of tenants that were seen to be as these backups have them.
with seen as (
    update backups
    set unchanged_at = now()
    where id = any (:ids::uuid[])
    returning organization_id
)
update backup_states
set wanted_at = case when wanted_at > :looked_at then wanted_at end,
    failures = 0,
    failed_at = null
from seen
where backup_states.organization_id = seen.organization_id;

--! backup_want : (id)
insert into backup_states (organization_id, wanted_at)
select organizations.id, now()
from organizations
join tenants on tenants.organization_id = organizations.id
where tenants.phase = 'READY'
    and (:everybody or organizations.subdomain = any (:subdomains::text[]::citext[]))
on conflict on constraint backup_states_pkey do update
set wanted_at = excluded.wanted_at
returning organization_id as id;

--! backup_needs : Need
select
    organizations.id,
    organizations.subdomain::text as subdomain,
    tenants.server_id,
    tenants.database_name,
    organizations.created_at,
    newest.id as backup_id,
    newest.taken_at,
    newest.unchanged_at,
    newest.change_mark,
    backup_states.wanted_at,
    coalesce(backup_states.failures, 0) as failures,
    backup_states.failed_at,
    running.id is not null as is_running,
    running.waiting is not null as is_waiting
from tenants
join organizations on organizations.id = tenants.organization_id
left join backup_states on backup_states.organization_id = tenants.organization_id
left join newest_backups as newest on newest.organization_id = tenants.organization_id
left join lateral (
    select operations.id, operations.waiting
    from operations
    where operations.organization_id = tenants.organization_id
        and operations.kind = 'backup'
        and operations.state = 'RUNNING'
    limit 1
) as running on true
where tenants.phase = 'READY'
    and (:everybody or tenants.organization_id = :organization_id)
order by organizations.id
limit :row_limit;

--! backup_list : Backup
select
    backups.id, organizations.subdomain::text as subdomain, backups.organization_id, taken_at, finished_at, seconds, schema_version, manifest_key, manifest_hash,
    stored_bytes, dump_bytes, tables, total_rows, verified_at, broken_why, held_by, held_why
from backups
join organizations on organizations.id = backups.organization_id
where organizations.subdomain = :subdomain::text::citext
order by backups.taken_at desc, backups.id
limit :row_limit;

--! backup_fetch : Backup
select
    backups.id, organizations.subdomain::text as subdomain, backups.organization_id, taken_at, finished_at, seconds, schema_version, manifest_key, manifest_hash,
    stored_bytes, dump_bytes, tables, total_rows, verified_at, broken_why, held_by, held_why
from backups
join organizations on organizations.id = backups.organization_id
where backups.id = :id;

--! backup_set_verified
update backups
set verified_at = now(),
    broken_why = null,
    broken_at = null
where id = :id;

--! backup_set_broken
update backups
set broken_why = :why,
    broken_at = coalesce(broken_at, now())
where id = :id;

--! backup_signed_by : (signed_by?)
select signed_by
from backups
where id = :id;

--! backup_hold
update backups
set held_by = :by,
    held_why = :why
where id = :id;

--! backup_release
update backups
set held_by = null,
    held_why = null
where id = :id;

--! backups_release
-- Those that were held for this reason, and for no other that somebody may have given since.
update backups
set held_by = null,
    held_why = null
where organization_id = :organization_id
    and held_why = :why;

--! backup_delete
delete from backups
where id = :id;

--! backups_let_go
with going as (
    delete from backups
    where id = any (:ids::uuid[])
    returning id, organization_id
)
insert into backups_going (id, organization_id)
select going.id, going.organization_id
from going;

--! backups_going (organization_id?) : (id, organization_id)
select id, organization_id
from backups_going
where :organization_id::uuid is null or organization_id = :organization_id::uuid
order by since, id
limit :row_limit;

--! backup_gone
delete from backups_going
where id = :id;

--! backup_newest_good : Backup
select
    backups.id, organizations.subdomain::text as subdomain, backups.organization_id, backups.taken_at, finished_at, seconds, schema_version, manifest_key, manifest_hash,
    stored_bytes, dump_bytes, tables, total_rows, verified_at, broken_why, held_by, held_why
from newest_backups as newest
join backups on backups.id = newest.id
join organizations on organizations.id = backups.organization_id
where newest.organization_id = :organization_id;

--! backup_newest : Backup
-- Whether it is good or not.
select
    backups.id, organizations.subdomain::text as subdomain, backups.organization_id, taken_at, finished_at, seconds, schema_version, manifest_key, manifest_hash,
    stored_bytes, dump_bytes, tables, total_rows, verified_at, broken_why, held_by, held_why
from backups
join organizations on organizations.id = backups.organization_id
where backups.organization_id = :organization_id
order by backups.taken_at desc, backups.id
limit 1;

--! backups_plan_alone : (alone)
select pg_try_advisory_xact_lock(hashtext('cloison plan of backups')) as alone;

--! backups_wanted : (wanted, running)
select
    count(*) filter (where backup_states.wanted_at is not null) as wanted,
    (
        select count(*)
        from operations
        where operations.state = 'RUNNING'
            and operations.kind = 'backup'
    ) as running
from backup_states
join tenants on tenants.organization_id = backup_states.organization_id
where tenants.phase = 'READY';

--! backups_to_judge (organization_id?) : Judgeable
-- A backup that a copy is being made of stays until it is made.
select
    backups.id,
    organizations.subdomain::text as subdomain,
    backups.organization_id,
    backups.taken_at,
    backups.stored_bytes,
    case when backups.broken_why is not null then coalesce(backups.broken_at, backups.finished_at) end as broken_at,
    backups.verified_at is not null or exists (
        select
        from drills
        where drills.organization_id = backups.organization_id
            and drills.backup_id = backups.id
            and drills.finished_at is not null
            and drills.failed_why is null
    ) as is_proven,
    backups.held_by is not null or exists (
        select
        from legal_holds
        where legal_holds.organization_id = backups.organization_id
    ) as is_held
from backups
join organizations on organizations.id = backups.organization_id
where (:organization_id::uuid is null or backups.organization_id = :organization_id::uuid)
    and not exists (
        select
        from copies
        where copies.backup_id = backups.id
            and copies.state = 'MAKING'
    )
order by backups.organization_id, backups.taken_at desc, backups.id
limit :row_limit;

--! drill_needs : (id, subdomain, server_id, first_good_at?, last_at?, has_passed?, is_running)
select
    organizations.id,
    organizations.subdomain::text as subdomain,
    tenants.server_id,
    oldest.taken_at as first_good_at,
    newest.finished_at as last_at,
    newest.failed_why is null as has_passed,
    exists (
        select
        from operations
        where operations.organization_id = organizations.id
            and operations.kind = 'drill'
            and operations.state = 'RUNNING'
    ) as is_running
from tenants
join organizations on organizations.id = tenants.organization_id
left join lateral (
    select backups.taken_at
    from backups
    where backups.organization_id = tenants.organization_id
        and backups.broken_why is null
    order by backups.taken_at
    limit 1
) as oldest on true
left join lateral (
    select drills.finished_at, drills.failed_why
    from drills
    where drills.organization_id = tenants.organization_id
        and drills.backup_id is not null
        and drills.finished_at is not null
    order by drills.finished_at desc
    limit 1
) as newest on true
where tenants.phase = 'READY'
order by organizations.id
limit :row_limit;

--! drill_list : (id, subdomain, backup_id?, holds_at?, began_at, finished_at?, restore_seconds?, failed_why?)
select
    drills.id,
    organizations.subdomain::text as subdomain,
    drills.backup_id,
    drills.holds_at,
    drills.began_at,
    drills.finished_at,
    drills.restore_seconds,
    drills.failed_why
from drills
join organizations on organizations.id = drills.organization_id
where :everybody or organizations.subdomain = :subdomain::text::citext
order by drills.began_at desc, drills.id
limit :row_limit;

--! archive_last_state
select state
from operations
where organization_id = :organization_id
    and kind = 'archive'
order by id desc
limit 1;

--! archive_needs : (id, subdomain, left_at, is_held, is_running, failed_at?)
-- Who has left and is on a server, or is just being taken from there. Whoever was brought back meanwhile has left again then.
select
    organizations.id,
    organizations.subdomain::text as subdomain,
    greatest(newest.cancelled_at, back.finished_at) as left_at,
    legal_holds.organization_id is not null as is_held,
    running.id is not null as is_running,
    failed.finished_at as failed_at
from tenants
join organizations on organizations.id = tenants.organization_id
join lateral (
    select subscriptions.status, subscriptions.cancelled_at
    from subscriptions
    where subscriptions.organization_id = organizations.id
    order by subscriptions.created_at desc
    limit 1
) as newest on newest.status = 'CANCELLED'
left join legal_holds on legal_holds.organization_id = organizations.id
left join operations as running on running.organization_id = organizations.id
    and running.kind = 'archive'
    and running.state = 'RUNNING'
left join lateral (
    select max(operations.finished_at) as finished_at
    from operations
    where operations.organization_id = organizations.id
        and operations.kind = 'unarchive'
        and operations.state = 'DONE'
) as back on true
left join lateral (
    select max(operations.finished_at) as finished_at
    from operations
    where operations.organization_id = organizations.id
        and operations.kind = 'archive'
        and operations.state in ('FAILED', 'CANCELLED')
) as failed on true
where tenants.phase = 'READY'
    or running.id is not null
order by organizations.id
limit :row_limit;

--! past_drill_last : (last_at?)
-- When a tenant of this server was last taken back to a moment to see whether that can be done, or began to be.
select max(drills.began_at) as last_at
from drills
join tenants on tenants.organization_id = drills.organization_id
where tenants.server_id = :server_id
    and drills.backup_id is null;

--! past_drill_newest : (server_id, began_at, failed_why?)
-- What came of taking a tenant of each server back to a moment, the last time that it ended.
select distinct on (tenants.server_id)
    tenants.server_id,
    drills.began_at,
    drills.failed_why
from drills
join tenants on tenants.organization_id = drills.organization_id
where drills.backup_id is null
    and drills.finished_at is not null
order by tenants.server_id, drills.began_at desc
limit :row_limit;

--! drills_failing : (subdomain, began_at, failed_why?, how_many)
-- Whose backup could not be restored when that was last tried.
select
    organizations.subdomain::text as subdomain,
    newest.began_at,
    newest.failed_why,
    count(*) over () as how_many
from tenants
join organizations on organizations.id = tenants.organization_id
join lateral (
    select drills.began_at, drills.failed_why
    from drills
    where drills.organization_id = tenants.organization_id
        and drills.backup_id is not null
        and drills.finished_at is not null
    order by drills.finished_at desc
    limit 1
) as newest on newest.failed_why is not null
where tenants.phase = 'READY'
order by newest.began_at desc, organizations.subdomain
limit :row_limit;

--! past_drill_choice
-- Any tenant of the server that was there then; `seed` says which.
select organizations.subdomain::text as subdomain
from tenants
join organizations on organizations.id = tenants.organization_id
where tenants.server_id = :server_id
    and tenants.phase = 'READY'
    and organizations.created_at < :at
order by md5(organizations.id::text || :seed::text)
limit 1;

--! backup_under_way : (id)
select id
from operations
where organization_id = :organization_id
    and kind = 'backup'
    and state = 'RUNNING'
limit 1;

--! backups_missing : (subdomain)
-- Of these names, those that are no tenant's that can be backed up.
select wanted.subdomain
from unnest(:subdomains::text[]) as wanted (subdomain)
where not exists (
    select
    from organizations
    join tenants on tenants.organization_id = organizations.id
    where organizations.subdomain = wanted.subdomain::citext
        and tenants.phase = 'READY'
)
order by wanted.subdomain
limit :row_limit;

--! backups_standing : (tenants, without_good, broken, failing, oldest_seen_at?)
select
    count(*) as tenants,
    count(*) filter (where newest.taken_at is null) as without_good,
    (
        select count(*)
        from backups
        where backups.broken_why is not null
    ) as broken,
    count(*) filter (where backup_states.failures > 0) as failing,
    min(newest.seen_at) as oldest_seen_at
from tenants
left join backup_states on backup_states.organization_id = tenants.organization_id
left join newest_backups as newest on newest.organization_id = tenants.organization_id
where tenants.phase = 'READY';

--! backups_behind : (subdomain, taken_at?, unchanged_at?, how_many)
-- Whose newest good backup is older than that and who was not seen to be as it has it since, and who have none although they
-- are older than that.
select
    organizations.subdomain::text as subdomain,
    newest.taken_at,
    newest.unchanged_at,
    count(*) over () as how_many
from tenants
join organizations on organizations.id = tenants.organization_id
left join newest_backups as newest on newest.organization_id = tenants.organization_id
where tenants.phase = 'READY'
    and case
        when newest.taken_at is null then organizations.created_at < now() - make_interval(mins => :minutes_without)
        else newest.seen_at < now() - make_interval(hours => :hours)
    end
order by newest.seen_at nulls first, organizations.subdomain
limit :row_limit;

--! backups_failing : (subdomain, failures, failed_at, why?)
select
    organizations.subdomain::text as subdomain,
    backup_states.failures,
    backup_states.failed_at,
    newest.error as why
from backup_states
join organizations on organizations.id = backup_states.organization_id
left join lateral (
    select operations.error
    from operations
    where operations.organization_id = backup_states.organization_id
        and operations.kind = 'backup'
        and operations.state = 'FAILED'
    order by operations.finished_at desc
    limit 1
) as newest on true
where backup_states.failures > 0
order by backup_states.failed_at desc, organizations.subdomain
limit :row_limit;

--! backups_broken : Backup
select
    backups.id, organizations.subdomain::text as subdomain, backups.organization_id, taken_at, finished_at, seconds, schema_version, manifest_key, manifest_hash,
    stored_bytes, dump_bytes, tables, total_rows, verified_at, broken_why, held_by, held_why
from backups
join organizations on organizations.id = backups.organization_id
where backups.broken_why is not null
order by backups.taken_at desc, backups.id
limit :row_limit;

--! server_clock
select now() as now;
