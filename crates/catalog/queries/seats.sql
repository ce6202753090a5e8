--! seat_budgets_lock : (id, connection_budget)
select id, connection_budget
from servers
order by id
limit :row_limit
for no key update;

--! router_node_write (place?, schema_newest?)
insert into router_nodes (id, name, place, schema_newest, round)
values (:id, :name, :place, :schema_newest, :round)
on conflict on constraint router_nodes_pkey do update
set round = excluded.round,
    seen_at = now()
where router_nodes.round < excluded.round;

--! router_node_delete
delete from router_nodes
where id = :id
    and round < :round;

--! router_nodes_delete_empty
delete from router_nodes
where id = any (:ids::uuid[])
    and id <> :except
    and not exists (
        select from seat_leases
        where seat_leases.node_id = router_nodes.id
    );

--! seat_lease_list : (server_id, node_id, seats, kept, wanted, renewals, silent)
select server_id, node_id, seats, kept, wanted, renewals, silent
from seat_leases
order by server_id, node_id
limit :row_limit;

--! seat_lease_write
insert into seat_leases (node_id, renewals, server_id, seats, kept, wanted)
select :node_id, :renewals, claims.server_id, claims.seats, claims.kept, claims.wanted
from unnest(:server_ids::uuid[], :seats::integer[], :kept::integer[], :wanted::integer[])
    as claims (server_id, seats, kept, wanted)
on conflict on constraint seat_leases_pkey do update
set renewals = excluded.renewals,
    seats = excluded.seats,
    kept = excluded.kept,
    wanted = excluded.wanted,
    silent = false;

--! seat_lease_silence
update seat_leases
set seats = kept,
    wanted = 0,
    silent = true
from unnest(:server_ids::uuid[], :node_ids::uuid[], :renewals::bigint[])
    as unheard (server_id, node_id, renewals)
where seat_leases.server_id = unheard.server_id
    and seat_leases.node_id = unheard.node_id
    and seat_leases.renewals = unheard.renewals;

--! seat_lease_take
delete from seat_leases
using unnest(:server_ids::uuid[], :node_ids::uuid[], :renewals::bigint[], :everything::boolean[])
    as unheard (server_id, node_id, renewals, everything)
where seat_leases.server_id = unheard.server_id
    and seat_leases.node_id = unheard.node_id
    and seat_leases.renewals = unheard.renewals
    and (unheard.everything or seat_leases.kept = 0);

--! router_node_list : (id, name, started_at, seen_at, server, seats, kept, wanted, silent)
select
    router_nodes.id,
    router_nodes.name,
    router_nodes.started_at,
    router_nodes.seen_at,
    servers.name as server,
    seat_leases.seats,
    seat_leases.kept,
    seat_leases.wanted,
    seat_leases.silent
from router_nodes
join seat_leases on seat_leases.node_id = router_nodes.id
join servers on servers.id = seat_leases.server_id
order by router_nodes.started_at, router_nodes.id, servers.name
limit :row_limit;

--! router_node_places : (id, place)
select id, place
from router_nodes
where place is not null
order by started_at, id
limit :row_limit;

--! router_node_forget
delete from router_nodes
where id = :id;
