--: Server(admin_password_sealed?)

--! server_upsert (admin_password_sealed?)
insert into servers
    (id, name, region, host, port, admin_host, admin_role, admin_password_sealed, connection_budget, capacity)
values
    (:id, :name, :region, :host, :port, :admin_host, :admin_role, :admin_password_sealed, :connection_budget, :capacity)
on conflict on constraint servers_name_key do update
set region = excluded.region,
    host = excluded.host,
    port = excluded.port,
    admin_host = excluded.admin_host,
    admin_role = excluded.admin_role,
    admin_password_sealed = excluded.admin_password_sealed,
    connection_budget = excluded.connection_budget,
    capacity = excluded.capacity;

--! server_list : Server
select id, name, region, host, port, admin_host, admin_role, admin_password_sealed, state, connection_budget, capacity
from servers
order by name
limit :row_limit;

--! server_names : (id, name)
select id, name
from servers
order by name
limit :row_limit;

--! server_fetch : Server
select id, name, region, host, port, admin_host, admin_role, admin_password_sealed, state, connection_budget, capacity
from servers
where id = :id;

--! server_load : (id, name, region, state, tenants, capacity, connection_budget)
select
    servers.id,
    servers.name,
    servers.region,
    servers.state,
    count(tenants.organization_id) as tenants,
    servers.capacity::bigint as capacity,
    servers.connection_budget::bigint as connection_budget
from servers
left join tenants
    on tenants.server_id = servers.id
    and tenants.phase not in ('ARCHIVED', 'ERASED')
group by servers.id
order by servers.name
limit :row_limit;

--! server_stock : (server_id, spares)
select server_id, count(id) as spares
from spares
where state = 'READY'
group by server_id
order by server_id
limit :row_limit;

--! plan_newest : (code, version, name, price_cents, currency, connection_limit, statement_timeout_ms, database_bytes_max?, requests_per_day_max?, ai_credits_per_month?)
select distinct on (code)
    code, version, name, price_cents, currency::text as currency, connection_limit, statement_timeout_ms, database_bytes_max,
    requests_per_day_max, ai_credits_per_month
from plans
order by code, version desc
limit :row_limit;
