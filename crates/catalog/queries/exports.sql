--: Export(taken_at?, object_key?, bytes?, sha256?, tables?, total_rows?, files?, operation?, error?)

--! export_insert
insert into exports (id, organization_id, made_by, expires_at)
values (:id, :organization_id, :made_by, now() + make_interval(days => :days));

--! export_made
update exports
set taken_at = :taken_at,
    object_key = :object_key,
    bytes = :bytes,
    sha256 = :sha256,
    tables = :tables,
    total_rows = :total_rows,
    files = :files,
    expires_at = now() + make_interval(days => :days)
where id = :id;

--! export_fetch : Export
select
    exports.id, exports.organization_id, organizations.subdomain::text as subdomain, organizations.name as title, exports.made_by,
    exports.asked_at, exports.expires_at, exports.expires_at <= now() as is_expired, exports.taken_at, exports.object_key,
    exports.bytes, exports.sha256, exports.tables, exports.total_rows, exports.files, operations.state as operation, operations.error,
    tenants.phase in ('ERASING', 'ERASED') as is_withheld
from exports
join organizations on organizations.id = exports.organization_id
join tenants on tenants.organization_id = exports.organization_id
left join operations on operations.id = exports.id
where exports.id = :id;

--! export_list : Export
select
    exports.id, exports.organization_id, organizations.subdomain::text as subdomain, organizations.name as title, exports.made_by,
    exports.asked_at, exports.expires_at, exports.expires_at <= now() as is_expired, exports.taken_at, exports.object_key,
    exports.bytes, exports.sha256, exports.tables, exports.total_rows, exports.files, operations.state as operation, operations.error,
    tenants.phase in ('ERASING', 'ERASED') as is_withheld
from exports
join organizations on organizations.id = exports.organization_id
join tenants on tenants.organization_id = exports.organization_id
left join operations on operations.id = exports.id
where exports.organization_id = :organization_id
order by exports.asked_at desc, exports.id
limit :row_limit;

--! exports_kept : (kept)
select count(*) as kept
from exports
where organization_id = :organization_id
    and object_key is not null
    and expires_at > now();

--! export_link_insert
insert into export_links (token_hash, export_id, organization_id, made_by, expires_at)
select :token_hash, exports.id, exports.organization_id, :made_by, exports.expires_at
from exports
where exports.id = :export_id
on conflict on constraint export_links_pkey do nothing;

--! export_link_fetch : (export_id, made_by)
select export_id, made_by
from export_links
where token_hash = :token_hash;

--! exports_past : (id, organization_id)
-- Those that have expired, and, after a day in which it can be read why, those that were never made.
select exports.id, exports.organization_id
from exports
where (
        exports.expires_at <= now()
        or (exports.object_key is null and exports.asked_at < now() - interval '1 day')
    )
    and not exists (
        select
        from operations
        where operations.id = exports.id
            and operations.state = 'RUNNING'
    )
order by exports.expires_at, exports.id
limit :row_limit;

--! export_expire
update exports
set expires_at = now()
where id = :id
    and expires_at > now();

--! exports_without_row
-- Of these, those that the control database does not know.
select there.id
from unnest(:ids::uuid[]) as there (id)
where not exists (
    select
    from exports
    where exports.id = there.id
);

--! export_delete
delete from exports
where id = :id;

--! export_links_forget
delete from export_links
where expires_at < now() - make_interval(days => :days);
