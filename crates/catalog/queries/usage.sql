--: Mark(statements?, statement_us?, statements_reset_us?, database_bytes?)
--: Used(database_bytes_max?, requests_per_day_max?, statements?, statement_us?, database_bytes?)
--: UsedDay(statements?, statement_us?, database_bytes?)
--: Source(collected_at?)

--! usage_sources_ensure
insert into usage_sources (server_id)
select servers.id
from servers
where not exists (
    select
    from usage_sources
    where usage_sources.server_id = servers.id
)
on conflict do nothing;

--! usage_claim : (server_id)
-- One that is due in the far future is so because a clock was wrong.
with due as (
    select usage_sources.server_id
    from usage_sources
    where usage_sources.due_at <= now()
        or usage_sources.due_at > now() + make_interval(secs => :every_seconds)
    order by usage_sources.due_at
    limit :row_limit
    for update skip locked
)
update usage_sources
set token = :token,
    due_at = now() + make_interval(secs => :every_seconds)
from due
where usage_sources.server_id = due.server_id
returning usage_sources.server_id;

--! usage_collected
-- By whoever has the newest token. Until the commit nobody gets another.
update usage_sources
set collected_at = now(),
    counts_statements = :counts_statements
where server_id = :server_id
    and token = :token;

--! usage_tenants : (organization_id, database_name, subdomain, database_bytes_max?, database_told)
select
    tenants.organization_id,
    tenants.database_name,
    tenant_limits.subdomain,
    tenant_limits.database_bytes_max,
    coalesce(usage_days.database_told, 'WITHIN') as database_told
from tenants
join tenant_limits on tenant_limits.organization_id = tenants.organization_id
left join usage_days on usage_days.organization_id = tenants.organization_id
    and usage_days.day = :day::text::date
where tenants.server_id = :server_id
order by tenants.organization_id
limit :row_limit;

--! usage_marks_of : Mark
select
    organization_id, server_id, database_oid, reset_us, commits, rollbacks, rows_written, temp_bytes, deadlocks, sessions,
    active_us, statements, statement_us, statements_reset_us, day = :day::text::date as is_of_day, database_bytes,
    database_standing
from usage_marks
where server_id = :server_id
order by organization_id
limit :row_limit;

--! usage_organizations_locked : (id)
-- Those that are there, and stay until the commit.
select id
from organizations
where id = any (:ids::uuid[])
order by id
for key share;

--! usage_activity_add
-- A row is an object with these names, of which none may be missing but those that may be null.
insert into usage_days (
    organization_id, day, transactions, rows_changed, query_us, sessions, temp_bytes, deadlocks, statements, statement_us,
    connections_max, database_bytes, database_told
)
select
    more.organization_id, more.day, more.transactions, more.rows_changed, more.query_us, more.sessions, more.temp_bytes,
    more.deadlocks, more.statements, more.statement_us, more.connections, more.database_bytes, more.database_told
from jsonb_to_recordset(:rows::jsonb) as more (
    organization_id uuid, day date, transactions bigint, rows_changed bigint, query_us bigint, sessions bigint,
    temp_bytes bigint, deadlocks bigint, statements bigint, statement_us bigint, connections bigint, database_bytes bigint,
    database_told text
)
order by more.organization_id
on conflict on constraint usage_days_pkey do update
set transactions = usage_days.transactions + excluded.transactions,
    rows_changed = usage_days.rows_changed + excluded.rows_changed,
    query_us = usage_days.query_us + excluded.query_us,
    sessions = usage_days.sessions + excluded.sessions,
    temp_bytes = usage_days.temp_bytes + excluded.temp_bytes,
    deadlocks = usage_days.deadlocks + excluded.deadlocks,
    statements = coalesce(usage_days.statements + excluded.statements, usage_days.statements, excluded.statements),
    statement_us =
        coalesce(usage_days.statement_us + excluded.statement_us, usage_days.statement_us, excluded.statement_us),
    connections_max = greatest(usage_days.connections_max, excluded.connections_max),
    database_bytes = coalesce(excluded.database_bytes, usage_days.database_bytes),
    database_told = excluded.database_told;

--! usage_marks_put
insert into usage_marks (
    organization_id, server_id, database_oid, reset_us, commits, rollbacks, rows_written, temp_bytes, deadlocks, sessions,
    active_us, statements, statement_us, statements_reset_us, day, database_bytes, database_standing
)
select
    organization_id, server_id, database_oid, reset_us, commits, rollbacks, rows_written, temp_bytes, deadlocks, sessions,
    active_us, statements, statement_us, statements_reset_us, day, database_bytes, database_standing
from jsonb_to_recordset(:rows::jsonb) as mark (
    organization_id uuid, server_id uuid, database_oid bigint, reset_us bigint, commits bigint, rollbacks bigint,
    rows_written bigint, temp_bytes bigint, deadlocks bigint, sessions bigint, active_us bigint, statements bigint,
    statement_us bigint, statements_reset_us bigint, day date, database_bytes bigint, database_standing text
)
order by organization_id
on conflict on constraint usage_marks_pkey do update
set server_id = excluded.server_id,
    database_oid = excluded.database_oid,
    reset_us = excluded.reset_us,
    commits = excluded.commits,
    rollbacks = excluded.rollbacks,
    rows_written = excluded.rows_written,
    temp_bytes = excluded.temp_bytes,
    deadlocks = excluded.deadlocks,
    sessions = excluded.sessions,
    active_us = excluded.active_us,
    statements = excluded.statements,
    statement_us = excluded.statement_us,
    statements_reset_us = excluded.statements_reset_us,
    day = excluded.day,
    database_bytes = excluded.database_bytes,
    database_standing = excluded.database_standing;

--! usage_bundle_begin
-- Changes no row if it was added before.
insert into usage_bundles (node_id, number)
values (:node_id, :number)
on conflict on constraint usage_bundles_pkey do update
set number = excluded.number,
    at = now()
where usage_bundles.number < excluded.number;

--! usage_requests_add : (organization_id, subdomain, day, requests, requests_told, requests_per_day_max)
-- Answers the days of those whose requests have a limit.
with added as (
    insert into usage_days (organization_id, day, requests, busy_us, sent_bytes)
    select more.organization_id, more.day, more.requests, more.busy_us, more.sent_bytes
    from jsonb_to_recordset(:rows::jsonb) as more (
        organization_id uuid, day date, requests bigint, busy_us bigint, sent_bytes bigint
    )
    order by more.organization_id, more.day
    on conflict on constraint usage_days_pkey do update
    set requests = usage_days.requests + excluded.requests,
        busy_us = usage_days.busy_us + excluded.busy_us,
        sent_bytes = usage_days.sent_bytes + excluded.sent_bytes
    returning organization_id, day, requests, requests_told
)
select
    added.organization_id,
    tenant_limits.subdomain,
    added.day,
    added.requests,
    added.requests_told,
    tenant_limits.requests_per_day_max
from added
join tenant_limits on tenant_limits.organization_id = added.organization_id
where tenant_limits.requests_per_day_max is not null
order by added.organization_id, added.day;

--! usage_requests_told
update usage_days
set requests_told = :standing
where organization_id = :organization_id
    and day = :day;

--! usage_forget
delete from usage_days
where (organization_id, day) in (
    select usage_days.organization_id, usage_days.day
    from usage_days
    where usage_days.day < (now() at time zone 'UTC')::date - :days::integer
    order by usage_days.day
    limit :row_limit
);

--! usage_bundles_forget
delete from usage_bundles
where node_id in (
    select usage_bundles.node_id
    from usage_bundles
    where usage_bundles.at < now() - make_interval(days => :days::integer)
    order by usage_bundles.at
    limit :row_limit
);

--! usage_top (subdomain?) : Used
-- Of all tenants, or of one. Over so many days, of which today is the last.
select
    tenant_limits.subdomain,
    tenant_limits.plan,
    tenant_limits.connection_limit,
    tenant_limits.database_bytes_max,
    tenant_limits.requests_per_day_max,
    servers.name as server,
    used.requests,
    coalesce(today.requests, 0) as requests_today,
    used.busy_us,
    used.sent_bytes,
    used.transactions,
    used.rows_changed,
    used.query_us,
    used.sessions,
    used.temp_bytes,
    used.deadlocks,
    used.statements,
    used.statement_us,
    used.connections_max,
    usage_marks.database_bytes,
    count(*) over () as tenants
from tenant_limits
join tenants on tenants.organization_id = tenant_limits.organization_id
join servers on servers.id = tenants.server_id
left join usage_marks on usage_marks.organization_id = tenant_limits.organization_id
left join usage_days as today on today.organization_id = tenant_limits.organization_id
    and today.day = :today::text::date
cross join lateral (
    select
        coalesce(sum(usage_days.requests), 0)::bigint as requests,
        coalesce(sum(usage_days.busy_us), 0)::bigint as busy_us,
        coalesce(sum(usage_days.sent_bytes), 0)::bigint as sent_bytes,
        coalesce(sum(usage_days.transactions), 0)::bigint as transactions,
        coalesce(sum(usage_days.rows_changed), 0)::bigint as rows_changed,
        coalesce(sum(usage_days.query_us), 0)::bigint as query_us,
        coalesce(sum(usage_days.sessions), 0)::bigint as sessions,
        coalesce(sum(usage_days.temp_bytes), 0)::bigint as temp_bytes,
        coalesce(sum(usage_days.deadlocks), 0)::bigint as deadlocks,
        sum(usage_days.statements)::bigint as statements,
        sum(usage_days.statement_us)::bigint as statement_us,
        coalesce(max(usage_days.connections_max), 0) as connections_max
    from usage_days
    where usage_days.organization_id = tenant_limits.organization_id
        and usage_days.day > :today::text::date - :days::integer
) as used
where :subdomain::text is null or tenant_limits.subdomain = :subdomain::text
order by
    case :by::text
        when 'requests' then used.requests
        when 'query-time' then used.query_us
        when 'rows' then used.rows_changed
        when 'bytes' then coalesce(usage_marks.database_bytes, 0)
        when 'connections' then used.connections_max
        else 0
    end desc,
    tenant_limits.subdomain
limit :row_limit;

--! usage_days_of : UsedDay
select
    usage_days.day, requests, busy_us, sent_bytes, transactions, rows_changed, query_us, sessions, temp_bytes, deadlocks,
    statements, statement_us, connections_max, database_bytes
from usage_days
join organizations on organizations.id = usage_days.organization_id
where organizations.subdomain = :subdomain::text::citext
    and usage_days.day > :today::text::date - :days::integer
order by usage_days.day desc
limit :row_limit;

--! usage_source_list : Source
select
    servers.name as server,
    usage_sources.collected_at,
    coalesce(usage_sources.counts_statements, false) as counts_statements
from servers
left join usage_sources on usage_sources.server_id = servers.id
order by servers.name
limit :row_limit;
