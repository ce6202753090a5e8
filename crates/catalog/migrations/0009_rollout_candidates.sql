-- phase: expand
--
-- Whom a rollout takes, in one place: it is counted, listed, and shown to the run on copies.

create function rollout_candidates(goes_up boolean, target bigint)
    returns table (
        id uuid,
        subdomain text,
        number bigint,
        server_id uuid,
        database_name text,
        schema_version bigint
    )
    language sql
    stable
as $$
    select
        organizations.id,
        organizations.subdomain::text,
        organizations.number,
        tenants.server_id,
        tenants.database_name,
        tenants.schema_version
    from tenants
    join organizations on organizations.id = tenants.organization_id
    left join quarantines on quarantines.organization_id = tenants.organization_id
    where tenants.phase in ('READY', 'MOVING', 'RESTORING')
        and case
            when goes_up then tenants.schema_version < target and quarantines.organization_id is null
            -- Also whoever was left behind there, perhaps further than is known here, and whoever is still on the way up.
            else tenants.schema_version > target
                or (tenants.schema_version = target and quarantines.organization_id is not null)
                or exists (
                    select
                    from operations
                    where operations.organization_id = tenants.organization_id
                        and operations.kind = 'migrate'
                        and operations.state = 'RUNNING'
                        and (operations.input ->> 'to')::bigint > target
                )
        end
$$;
