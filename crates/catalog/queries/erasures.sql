--: Hold()
--: Request(reason?, grace_from?)
--: Erasure(certificate?, published_at?, asked_at?)
--: FiscalArchive(tables?, total_rows?)

--! hold_insert
insert into legal_holds (organization_id, held_by, reason)
values (:organization_id, :held_by, :reason)
on conflict (organization_id) do nothing;

--! hold_delete
delete from legal_holds
where organization_id = :organization_id;

--! hold_fetch : Hold
select held_by, reason, since
from legal_holds
where organization_id = :organization_id;

--! removal_under_way : (id, kind, step, direction)
-- Of what takes a tenant's database away there is one at a time.
select id, kind, step, direction
from operations
where organization_id = :organization_id
    and kind in ('erase', 'archive')
    and state = 'RUNNING';

--! erasure_request_put (reason?)
insert into erasure_requests (
    organization_id, operation_id, asked_by, reason, grace_seconds, without_fiscal_archive, former_billing,
    former_access, former_phase
)
values (
    :organization_id, :operation_id, :asked_by, :reason, :grace_seconds, :without_fiscal_archive, :former_billing,
    :former_access, :former_phase
)
on conflict (organization_id) do update
set operation_id = excluded.operation_id,
    asked_by = excluded.asked_by,
    asked_at = excluded.asked_at,
    reason = excluded.reason,
    grace_seconds = excluded.grace_seconds,
    without_fiscal_archive = excluded.without_fiscal_archive,
    former_billing = excluded.former_billing,
    former_access = excluded.former_access,
    former_phase = excluded.former_phase,
    grace_from = null,
    made = '{}';

--! erasure_request_fetch : Request
select
    asked_by, asked_at, reason, grace_from, grace_seconds, without_fiscal_archive, former_billing, former_access,
    former_phase, made
from erasure_requests
where organization_id = :organization_id;

--! erasure_request_delete
delete from erasure_requests
where organization_id = :organization_id;

--! erasure_made
-- Where the first time counts, what is noted stays: whoever goes on with an erasure finds less than was there.
update erasure_requests
set made = jsonb_set(made, array[:step::text], :made::jsonb || jsonb_build_object('at', now()))
where organization_id = :organization_id
    and not (:first_counts and made ? :step::text);

--! subscription_restore
with restored as (
    update subscriptions
    set status = :status,
        cancelled_at = case when :status = 'CANCELLED' then cancelled_at end
    where id = (
            select subscriptions.id
            from subscriptions
            where subscriptions.organization_id = :organization_id
            order by subscriptions.created_at desc
            limit 1
        )
        and status <> :status
    returning id
)
insert into subscription_events (subscription_id, from_status, to_status, reason)
select restored.id, 'CANCELLED', :status, :reason
from restored;

--! tombstone_insert (certificate?)
insert into erasures (organization_id, number, server, database_name, operation_id, actor, asked_at, certificate)
select
    organizations.id,
    organizations.number,
    servers.name,
    tenants.database_name,
    :operation_id,
    coalesce(erasure_requests.asked_by, :actor),
    erasure_requests.asked_at,
    :certificate
from organizations
join tenants on tenants.organization_id = organizations.id
join servers on servers.id = tenants.server_id
left join erasure_requests on erasure_requests.organization_id = organizations.id
where organizations.id = :organization_id
on conflict do nothing;

--! tombstone_learn
insert into erasures (
    organization_id, number, server, database_name, operation_id, actor, erased_at, asked_at, certificate, published_at
)
values (
    :organization_id, :number, :server, :database_name, :operation_id, :actor, :erased_at, :asked_at, :certificate, now()
)
on conflict do nothing;

--! erasure_published
update erasures
set published_at = now()
where operation_id = :operation_id
    and certificate is not null
    and published_at is null;

--! erasure_fetch : Erasure
select organization_id, number, server, database_name, operation_id, actor, erased_at, asked_at, certificate, published_at
from erasures
where organization_id = :organization_id;

--! erasure_of_operation : Erasure
select organization_id, number, server, database_name, operation_id, actor, erased_at, asked_at, certificate, published_at
from erasures
where operation_id = :operation_id;

--! erasure_of_number : Erasure
select organization_id, number, server, database_name, operation_id, actor, erased_at, asked_at, certificate, published_at
from erasures
where number = :number;

--! erasure_of_database : Erasure
select organization_id, number, server, database_name, operation_id, actor, erased_at, asked_at, certificate, published_at
from erasures
where database_name = :database_name;

--! erasure_page (before?) : Erasure
select organization_id, number, server, database_name, operation_id, actor, erased_at, asked_at, certificate, published_at
from erasures
where :before::bigint is null or number < :before::bigint
order by number desc
limit :row_limit;

--! erasures_unpublished : Erasure
select organization_id, number, server, database_name, operation_id, actor, erased_at, asked_at, certificate, published_at
from erasures
where certificate is not null
    and published_at is null
order by number
limit :row_limit;

--! erasure_is_known
select exists (select from erasures where erasures.organization_id = :organization_id) as is_known;

--! organizations_back : (id, subdomain, number)
select organizations.id, organizations.subdomain::text as subdomain, organizations.number
from organizations
join erasures on erasures.organization_id = organizations.id or erasures.number = organizations.number
order by organizations.number
limit :row_limit;

--! fiscal_archive_put (tables?, total_rows?)
insert into fiscal_archives (organization_id, object_key, bytes, sha256, tables, total_rows, keep_until)
values (:organization_id, :object_key, :bytes, :sha256, :tables, :total_rows, :keep_until)
on conflict (organization_id) do update
set object_key = excluded.object_key,
    bytes = excluded.bytes,
    sha256 = excluded.sha256,
    tables = excluded.tables,
    total_rows = excluded.total_rows,
    made_at = excluded.made_at,
    keep_until = excluded.keep_until;

--! fiscal_archive_learn
insert into fiscal_archives (organization_id, object_key, bytes, sha256, made_at, keep_until)
values (:organization_id, :object_key, :bytes, :sha256, :made_at, :keep_until)
on conflict (organization_id) do nothing;

--! fiscal_archive_delete
delete from fiscal_archives
where organization_id = :organization_id;

--! fiscal_archive_fetch : FiscalArchive
select object_key, bytes, sha256, tables, total_rows, made_at, keep_until
from fiscal_archives
where organization_id = :organization_id;

--! fiscal_archives_expired
select organization_id
from fiscal_archives
where keep_until < :now
order by keep_until
limit :row_limit;
