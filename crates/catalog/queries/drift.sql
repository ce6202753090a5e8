--: Count(schema_fingerprint?)

--! drift_claim : (id, subdomain, server_id, database_name, schema_version)
with due as (
    select tenants.organization_id
    from tenants
    where tenants.phase = 'READY'
        and (
            tenants.schema_fingerprinted_at is null
            or tenants.schema_fingerprinted_at < now() - make_interval(secs => :fresh_seconds)
            or (
                tenants.schema_fingerprint is null
                and tenants.schema_fingerprinted_at < now() - make_interval(secs => :retry_seconds)
            )
        )
        and not exists (
            select
            from operations
            where operations.organization_id = tenants.organization_id
                and operations.state = 'RUNNING'
        )
    order by tenants.schema_fingerprinted_at nulls first, tenants.organization_id
    limit :row_limit
    for update skip locked
)
update tenants
-- Whose schema is known is due again when the others are, if nothing comes of this.
set schema_fingerprinted_at = case
    when tenants.schema_fingerprint is null then now()
    else now() - make_interval(secs => :fresh_seconds - :retry_seconds)
end
from due
join organizations on organizations.id = due.organization_id
where tenants.organization_id = due.organization_id
returning
    tenants.organization_id as id,
    organizations.subdomain::text as subdomain,
    tenants.server_id,
    tenants.database_name,
    tenants.schema_version;

--! drift_store
update tenants
set schema_fingerprint = found.fingerprint,
    schema_fingerprinted_at = now()
from unnest(:ids::uuid[], :schema_versions::bigint[], :fingerprints::text[])
    as found (id, schema_version, fingerprint)
where tenants.organization_id = found.id
    and tenants.schema_version = found.schema_version
    and not exists (
        select
        from operations
        where operations.organization_id = tenants.organization_id
            and operations.state = 'RUNNING'
    );

--! drift_unreadable
update tenants
set schema_fingerprint = null,
    schema_fingerprinted_at = now()
where organization_id = any (:ids::uuid[]);

--! drift_forget_unknown
update tenants
set schema_fingerprinted_at = null
where phase = 'READY'
    and schema_fingerprint is null
    and schema_fingerprinted_at is not null;

--! drift_forget_all
update tenants
set schema_fingerprint = null,
    schema_fingerprinted_at = null
where phase = 'READY';

--! drift_forget : (subdomain)
update tenants
set schema_fingerprint = null,
    schema_fingerprinted_at = null
from organizations
where organizations.id = tenants.organization_id
    and organizations.subdomain = any (:subdomains::text[]::citext[])
    and tenants.phase = 'READY'
returning organizations.subdomain::text as subdomain;

--! drift_counts : Count
select
    tenants.schema_version,
    tenants.schema_fingerprint,
    count(*) as tenants,
    (array_agg(organizations.subdomain::text order by organizations.subdomain))[1 : 5] as examples
from tenants
join organizations on organizations.id = tenants.organization_id
where tenants.phase = 'READY'
group by tenants.schema_version, tenants.schema_fingerprint
order by tenants.schema_version desc, count(*) desc, tenants.schema_fingerprint
limit :row_limit;

--! schema_put
insert into schemas (fingerprint, lines)
values (:fingerprint, :lines)
on conflict on constraint schemas_pkey do nothing;

--! schema_known
select fingerprint
from schemas
where fingerprint = any (:fingerprints::text[]);

--! schema_fetch : (fingerprint, lines)
select fingerprint, lines
from schemas
where fingerprint = any (:fingerprints::text[]);

--! schema_tell
update schemas
set told_at = now()
where fingerprint = any (:fingerprints::text[])
    and told_at is null
returning fingerprint;

--! schema_clean
delete from schemas
where first_seen_at < now() - make_interval(days => :days)
    and not exists (select from tenants where tenants.schema_fingerprint = schemas.fingerprint)
    and not exists (select from server_templates where server_templates.fingerprint = schemas.fingerprint);

--! template_due : (id, name)
select servers.id, servers.name
from servers
left join server_templates on server_templates.server_id = servers.id
where server_templates.server_id is null
    or server_templates.fingerprinted_at < now() - make_interval(secs => :fresh_seconds)
    or server_templates.schema_version <> (select fleet.schema_version from fleet)
    or server_templates.schema_version < (
        select max(tenants.schema_version)
        from tenants
        where tenants.server_id = servers.id
    )
order by servers.name
limit :row_limit;

--! template_store
insert into server_templates (server_id, schema_version, fingerprint)
values (:server_id, :schema_version, :fingerprint)
on conflict on constraint server_templates_pkey do update
set schema_version = excluded.schema_version,
    fingerprint = excluded.fingerprint,
    fingerprinted_at = now();

--! template_forget
delete from server_templates;

--! template_list : (schema_version, fingerprint)
select distinct schema_version, fingerprint
from server_templates
order by schema_version desc, fingerprint
limit :row_limit;
