--: Summary()
--: Role()

--! organization_insert : (number)
insert into organizations (id, subdomain, name, region, locale)
values (:id, :subdomain::text::citext, :name, :region, :locale)
returning number;

--! organization_delete_unadmitted
delete from organizations
using tenants
where organizations.id = :organization_id
    and tenants.organization_id = organizations.id
    and tenants.phase = 'PROVISIONING';

--! tenant_insert
insert into tenants
    (organization_id, server_id, database_name, role_name, database_password_sealed, database_password_verifier)
values
    (:organization_id, :server_id, :database_name, :role_name, :database_password_sealed, :database_password_verifier);

--! tenant_admit
update tenants
set phase = 'READY',
    schema_version = :schema_version
where organization_id = :organization_id
    and phase = 'PROVISIONING';

--! tenant_set_schema_version
update tenants
set schema_version = :schema_version
where organization_id = :organization_id;

--! tenant_summary : Summary
select
    id, number, subdomain, name, region, created_at, server, database_name, schema_version,
    billing, access, infrastructure, plan
from tenant_summaries
where subdomain = :subdomain;

--! tenant_summary_page (after?) : Summary
select
    id, number, subdomain, name, region, created_at, server, database_name, schema_version,
    billing, access, infrastructure, plan
from tenant_summaries
where :after::text is null or subdomain > :after::text
order by subdomain
limit :row_limit;

--! tenant_behind : (id, subdomain, server_id, database_name, schema_version)
select
    organizations.id,
    organizations.subdomain::text as subdomain,
    tenants.server_id,
    tenants.database_name,
    tenants.schema_version
from tenants
join organizations on organizations.id = tenants.organization_id
where tenants.phase = 'READY'
    and tenants.schema_version < :schema_version
order by tenants.schema_version, organizations.number
limit :row_limit;

--! tenant_role : Role
select
    id, subdomain, server_id, database_name, role_name, phase, password_verifier, connection_limit,
    statement_timeout_ms, lock_timeout_ms, idle_in_transaction_timeout_ms
from tenant_roles
where id = :organization_id;

--! tenant_role_page (after?) : Role
select
    id, subdomain, server_id, database_name, role_name, phase, password_verifier, connection_limit,
    statement_timeout_ms, lock_timeout_ms, idle_in_transaction_timeout_ms
from tenant_roles
where server_id = :server_id
    and phase in ('READY', 'MOVING', 'RESTORING')
    and (:after::uuid is null or id > :after::uuid)
order by id
limit :row_limit;

--! subscription_insert
insert into subscriptions (id, organization_id, plan_code, plan_version, status, period_starts_at, period_ends_at)
select :id, :organization_id, plans.code, plans.version, 'TRIALING', now(), now() + interval '30 days'
from plans
where plans.code = :plan_code
order by plans.version desc
limit 1;
