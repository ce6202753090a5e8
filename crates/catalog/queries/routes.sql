--: Route(awaits_version?)

--! route_after : Route
-- Each half by its own index.
(
    select
        id, subdomain, access_mode, epoch, phase, schema_version, database_name, role_name,
        database_password_sealed, server_id, host, port, connection_limit, statement_timeout_ms,
        lock_timeout_ms, idle_in_transaction_timeout_ms, hostnames, connection_weight, schema_floor,
        awaits_version
    from routes
    where epoch > :epoch
    order by epoch
    limit :row_limit
)
union all
(
    select
        id, subdomain, access_mode, epoch, phase, schema_version, database_name, role_name,
        database_password_sealed, server_id, host, port, connection_limit, statement_timeout_ms,
        lock_timeout_ms, idle_in_transaction_timeout_ms, hostnames, connection_weight, schema_floor,
        awaits_version
    from inspection_routes
    where epoch > :epoch
    order by epoch
    limit :row_limit
)
order by epoch
limit :row_limit;

--! route_of_tenant : Route
select
    id, subdomain, access_mode, epoch, phase, schema_version, database_name, role_name,
    database_password_sealed, server_id, host, port, connection_limit, statement_timeout_ms,
    lock_timeout_ms, idle_in_transaction_timeout_ms, hostnames, connection_weight, schema_floor,
    awaits_version
from routes
where id = :organization_id
union all
select
    id, subdomain, access_mode, epoch, phase, schema_version, database_name, role_name,
    database_password_sealed, server_id, host, port, connection_limit, statement_timeout_ms,
    lock_timeout_ms, idle_in_transaction_timeout_ms, hostnames, connection_weight, schema_floor,
    awaits_version
from inspection_routes
where id = :organization_id;

--! route_of_subdomain : Route
select
    id, subdomain, access_mode, epoch, phase, schema_version, database_name, role_name,
    database_password_sealed, server_id, host, port, connection_limit, statement_timeout_ms,
    lock_timeout_ms, idle_in_transaction_timeout_ms, hostnames, connection_weight, schema_floor,
    awaits_version
from routes
where subdomain = :subdomain
union all
select
    id, subdomain, access_mode, epoch, phase, schema_version, database_name, role_name,
    database_password_sealed, server_id, host, port, connection_limit, statement_timeout_ms,
    lock_timeout_ms, idle_in_transaction_timeout_ms, hostnames, connection_weight, schema_floor,
    awaits_version
from inspection_routes
where subdomain = :subdomain;

--! route_of_hostname : Route
select
    id, subdomain, access_mode, epoch, phase, schema_version, database_name, role_name,
    database_password_sealed, server_id, host, port, connection_limit, statement_timeout_ms,
    lock_timeout_ms, idle_in_transaction_timeout_ms, hostnames, connection_weight, schema_floor,
    awaits_version
from routes
where id = (
    select domains.organization_id
    from domains
    where domains.hostname = :hostname::text::citext
        and domains.verified_at is not null
);

--! server_budgets : (id, connection_budget)
select id, connection_budget
from servers
order by id
limit :row_limit;
