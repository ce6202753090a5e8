-- phase: expand
--
-- The processes that serve tenants share each server's budget of connections: who may have how many is written here,
-- in one transaction a round. Nothing is decided by the clock of this database; its times are for people.

create table router_nodes (
    -- A new one for each start of a process.
    id uuid constraint router_nodes_pkey primary key,
    -- Machine and process.
    name text not null,
    -- By what another process of the same machine can tell that this one has ended. Nobody else can.
    place text,
    -- The newest round. An older one that comes late changes nothing.
    round bigint not null,
    started_at timestamptz not null default now(),
    seen_at timestamptz not null default now()
) with (fillfactor = 50);

create table seat_leases (
    server_id uuid not null
        constraint seat_leases_server_id_fkey references servers (id) on delete cascade,
    node_id uuid not null
        constraint seat_leases_node_id_fkey references router_nodes (id) on delete cascade,
    seats integer not null constraint seat_leases_seats_check check (seats >= 0),
    -- How many of them it may use while it cannot ask.
    kept integer not null constraint seat_leases_kept_check check (kept between 0 and seats),
    wanted integer not null constraint seat_leases_wanted_check check (wanted >= 0),
    -- Grows with each round of the node. Who has seen it stand still for long enough, by a clock of his own, may take
    -- the seats.
    renewals bigint not null,
    -- Others have taken all but what it keeps.
    silent boolean not null default false,
    constraint seat_leases_pkey primary key (server_id, node_id)
) with (fillfactor = 50);

create index seat_leases_node_id_index on seat_leases (node_id);

-- Whatever a process believes, the seats of a server are never more than its budget. If the budget has been lowered,
-- they may be until they have been given up, but nobody gets more.
create function seat_leases_within_budget() returns trigger
    language plpgsql
as $$
declare
    budget integer;
    leased bigint;
begin
    if tg_op = 'UPDATE' and new.seats <= old.seats then
        return null;
    end if;
    -- Whoever else gives seats of this server waits here, so the sum is of what is committed.
    select connection_budget into budget from servers where id = new.server_id for no key update;
    select sum(seats) into leased from seat_leases where server_id = new.server_id;
    if new.seats > 0 and leased > budget then
        raise exception 'server % has % seats, and % would be leased', new.server_id, budget, leased
            using errcode = 'check_violation', constraint = 'seat_leases_budget_check', table = 'seat_leases';
    end if;
    return null;
end
$$;

create trigger seat_leases_budget
    after insert or update of seats on seat_leases
    for each row execute function seat_leases_within_budget();

-- How many turns a tenant's waiting requests get for one of a tenant with weight 1.
alter table plans
    add column connection_weight smallint not null default 1
        constraint plans_connection_weight_check check (connection_weight between 1 and 100);

create or replace view routes as
select
    organizations.id,
    organizations.subdomain::text as subdomain,
    organizations.access_mode,
    tenants.epoch,
    tenants.phase,
    tenants.schema_version,
    tenants.database_name,
    tenants.role_name,
    tenants.database_password_sealed,
    servers.id as server_id,
    servers.host,
    servers.port,
    plans.connection_limit,
    plans.statement_timeout_ms,
    plans.lock_timeout_ms,
    plans.idle_in_transaction_timeout_ms,
    array(
        select domains.hostname::text
        from domains
        where domains.organization_id = organizations.id
            and domains.verified_at is not null
        order by domains.hostname
    ) as hostnames,
    plans.connection_weight
from tenants
join organizations on organizations.id = tenants.organization_id
join servers on servers.id = tenants.server_id
join lateral (
    select subscriptions.plan_code, subscriptions.plan_version
    from subscriptions
    where subscriptions.organization_id = organizations.id
    order by subscriptions.created_at desc
    limit 1
) as newest on true
join plans on plans.code = newest.plan_code and plans.version = newest.plan_version;

grant select, insert, update, delete on router_nodes, seat_leases to cloison_control;
