--: FleetPoint(oldest_backup_seconds?)
--: ServerPoint(database_bytes?)

--! history_fleet_has : (found)
select exists (
    select
    from history_fleet
    where at = :at
) as found;

--! history_fleet_insert (oldest_backup_seconds?)
-- Of two who look at the same minute, the first is right.
insert into history_fleet (at, node, tenants, behind, quarantined, operations, oldest_backup_seconds)
values (:at, :node, :tenants, :behind, :quarantined, :operations, :oldest_backup_seconds)
on conflict on constraint history_fleet_pkey do nothing;

--! history_server_insert (database_bytes?)
insert into history_servers (at, server_id, node, connections, database_bytes, transactions)
values (:at, :server_id, :node, :connections, :database_bytes, :transactions)
on conflict on constraint history_servers_pkey do nothing;

--! history_requests_insert
insert into history_requests (at, node, requests, errors, durations)
values (:at, :node, :requests, :errors, :durations)
on conflict on constraint history_requests_pkey do nothing;

--! history_fleet_points : FleetPoint
-- Of each stretch the worst.
select
    date_bin(make_interval(secs => :seconds), at, 'epoch') as since,
    max(behind + quarantined) as behind,
    max(operations) as operations,
    max(oldest_backup_seconds) as oldest_backup_seconds
from history_fleet
where at >= :from and at < :until
group by since
order by since
limit :row_limit;

--! history_server_points : ServerPoint
-- Of each stretch the most, and of a total the last; whose total it is, is told too.
select distinct on (server_id, since)
    server_id,
    date_bin(make_interval(secs => :seconds), at, 'epoch') as since,
    at,
    node,
    max(connections) over stretch as connections,
    max(database_bytes) over stretch as database_bytes,
    transactions
from history_servers
where at >= :from and at < :until
    and server_id = any (:server_ids::uuid[])
window stretch as (partition by server_id, date_bin(make_interval(secs => :seconds), at, 'epoch'))
order by server_id, since, at desc
limit :row_limit;

--! history_request_points : (node, since, at, requests, errors, durations)
select distinct on (node, since)
    node,
    date_bin(make_interval(secs => :seconds), at, 'epoch') as since,
    at,
    requests,
    errors,
    durations
from history_requests
where at >= :from and at < :until
order by node, since, at desc
limit :row_limit;

--! history_thin
-- Of what is older than that, one line stays of each stretch, which is its last; and what is from the future never was.
with thinned_fleet as (
    delete from history_fleet
    where at < :thin_before
        and exists (
            select
            from history_fleet as later
            where later.at > history_fleet.at
                and later.at < date_bin(make_interval(secs => :seconds), history_fleet.at, 'epoch') + make_interval(secs => :seconds)
        )
),
thinned_servers as (
    delete from history_servers
    where at < :thin_before
        and exists (
            select
            from history_servers as later
            where later.server_id = history_servers.server_id
                and later.node = history_servers.node
                and later.at > history_servers.at
                and later.at < date_bin(make_interval(secs => :seconds), history_servers.at, 'epoch') + make_interval(secs => :seconds)
        )
)
delete from history_requests
where at < :thin_before
    and exists (
        select
        from history_requests as later
        where later.node = history_requests.node
            and later.at > history_requests.at
            and later.at < date_bin(make_interval(secs => :seconds), history_requests.at, 'epoch') + make_interval(secs => :seconds)
    );

--! history_fleet_forget
delete from history_fleet
where at < :before or at > :after;

--! history_servers_forget
delete from history_servers
where at < :before or at > :after;

--! history_requests_forget
delete from history_requests
where at < :before or at > :after;
