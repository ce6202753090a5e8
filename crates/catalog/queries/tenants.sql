--: Summary()
--: Role(next_password_verifier?)

--! organization_insert (number?) : (number)
insert into organizations (id, number, subdomain, name, region, locale)
values (
    :id, coalesce(:number, nextval('organizations_number_seq')), :subdomain::text::citext, :name, :region, :locale
)
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

--! tenant_of_subdomain
select id
from organizations
where subdomain = :subdomain::text::citext;

--! tenant_state_locked : (billing, access, phase)
select newest.status as billing, organizations.access_mode as access, tenants.phase
from organizations
join tenants on tenants.organization_id = organizations.id
join lateral (
    select subscriptions.status
    from subscriptions
    where subscriptions.organization_id = organizations.id
    order by subscriptions.created_at desc
    limit 1
) as newest on true
where organizations.id = :organization_id
for update of organizations, tenants;

--! tenant_admit
update tenants
set phase = 'READY',
    schema_version = :schema_version
where organization_id = :organization_id
    and phase = 'PROVISIONING';

--! tenant_set_phase
update tenants
set phase = :phase
where organization_id = :organization_id
    and phase <> :phase;

--! organization_set_access
update organizations
set access_mode = :access_mode
where id = :organization_id
    and access_mode <> :access_mode;

--! subscription_cancel
with cancelled as (
    update subscriptions
    set status = 'CANCELLED',
        cancelled_at = now()
    where organization_id = :organization_id
        and status <> 'CANCELLED'
    returning id
)
insert into subscription_events (subscription_id, to_status, reason)
select cancelled.id, 'CANCELLED', :reason
from cancelled;

--! tenant_prepare_password
update tenants
set next_password_sealed = :next_password_sealed,
    next_password_verifier = :next_password_verifier
where organization_id = :organization_id;

--! tenant_promote_password
update tenants
set database_password_sealed = next_password_sealed,
    database_password_verifier = next_password_verifier,
    next_password_sealed = null,
    next_password_verifier = null
where organization_id = :organization_id
    and next_password_verifier = :next_password_verifier;

--! organization_delete_erasing
delete from organizations
using tenants
where organizations.id = :organization_id
    and tenants.organization_id = organizations.id
    and tenants.phase = 'ERASING';

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

--! tenant_place_page (after?) : (id, subdomain, database_name, phase)
select organizations.id, organizations.subdomain::text as subdomain, tenants.database_name, tenants.phase
from tenants
join organizations on organizations.id = tenants.organization_id
where tenants.server_id = :server_id
    and (:after::uuid is null or organizations.id > :after::uuid)
order by organizations.id
limit :row_limit;

--! tenants_adrift : (subdomain, phase)
-- An archive that has failed and not gone back has left something on the server.
select organizations.subdomain::text as subdomain, tenants.phase
from tenants
join organizations on organizations.id = tenants.organization_id
where (
        tenants.phase in ('PROVISIONING', 'ERASING')
        or tenants.phase = 'ARCHIVED'
        and (
            select operations.state
            from operations
            where operations.organization_id = tenants.organization_id
                and operations.kind = 'archive'
            order by operations.id desc
            limit 1
        ) = 'FAILED'
    )
    and not exists (
        select
        from operations
        where operations.organization_id = tenants.organization_id
            and operations.state = 'RUNNING'
    )
order by organizations.number
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
    id, number, subdomain, server_id, database_name, role_name, phase, access_mode, password_verifier,
    next_password_verifier, connection_limit, statement_timeout_ms, lock_timeout_ms,
    idle_in_transaction_timeout_ms
from tenant_roles
where id = :organization_id;

--! tenant_role_page (after?) : Role
-- With those whose database is being exchanged or moved, or without: behind the fence a role is not as it is meant to be, and whoever set
-- it back would let the tenant in.
select
    id, number, subdomain, server_id, database_name, role_name, phase, access_mode, password_verifier,
    next_password_verifier, connection_limit, statement_timeout_ms, lock_timeout_ms,
    idle_in_transaction_timeout_ms
from tenant_roles
where server_id = :server_id
    and phase in ('READY', 'MOVING', 'RESTORING')
    and (
        :with_fenced::bool
        or phase = 'READY'
        or not exists (
            select
            from operations
            where operations.organization_id = tenant_roles.id
                and operations.state = 'RUNNING'
        )
    )
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
