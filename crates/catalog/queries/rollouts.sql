--: Rollout(rolls_back?, lazy_until?, paused_by?, paused_why?, shadow?, started_at?, finished_at?, cancelled_by?, error?, waiting?)
--: ClaimedTenant(operation_id?)

--! rollout_insert (rolls_back?, lazy_until?)
insert into rollouts
    (operation_id, direction, from_version, to_version, rolls_back, canaries, waves, max_failures, per_server,
    in_total, lazy_until, skip_shadow)
values
    (:operation_id, :direction, :from_version, :to_version, :rolls_back, :canaries, :waves, :max_failures, :per_server,
    :in_total, :lazy_until, :skip_shadow)
returning number;

--! rollout_fetch : Rollout
select
    rollouts.number, operation_id, rollouts.direction, from_version, to_version, rolls_back, canaries, waves,
    max_failures, per_server, in_total, lazy_until, skip_shadow, paused_by, paused_why, shadow, templates_moved,
    rollouts.created_at, started_at, operations.state, operations.step, operations.actor, operations.finished_at,
    operations.cancelled_by, operations.error, operations.waiting
from rollouts
join operations on operations.id = rollouts.operation_id
where rollouts.number = :number;

--! rollout_of_operation : Rollout
select
    rollouts.number, operation_id, rollouts.direction, from_version, to_version, rolls_back, canaries, waves,
    max_failures, per_server, in_total, lazy_until, skip_shadow, paused_by, paused_why, shadow, templates_moved,
    rollouts.created_at, started_at, operations.state, operations.step, operations.actor, operations.finished_at,
    operations.cancelled_by, operations.error, operations.waiting
from rollouts
join operations on operations.id = rollouts.operation_id
where rollouts.operation_id = :operation_id;

--! rollout_live : Rollout
select
    rollouts.number, operation_id, rollouts.direction, from_version, to_version, rolls_back, canaries, waves,
    max_failures, per_server, in_total, lazy_until, skip_shadow, paused_by, paused_why, shadow, templates_moved,
    rollouts.created_at, started_at, operations.state, operations.step, operations.actor, operations.finished_at,
    operations.cancelled_by, operations.error, operations.waiting
from rollouts
join operations on operations.id = rollouts.operation_id
where operations.kind = 'rollout'
    and operations.state = 'RUNNING';

--! rollout_page (before?) : Rollout
select
    rollouts.number, operation_id, rollouts.direction, from_version, to_version, rolls_back, canaries, waves,
    max_failures, per_server, in_total, lazy_until, skip_shadow, paused_by, paused_why, shadow, templates_moved,
    rollouts.created_at, started_at, operations.state, operations.step, operations.actor, operations.finished_at,
    operations.cancelled_by, operations.error, operations.waiting
from rollouts
join operations on operations.id = rollouts.operation_id
where :before::bigint is null or rollouts.number < :before::bigint
order by rollouts.number desc
limit :row_limit;

--! rollout_pause
update rollouts
set paused_by = :paused_by,
    paused_why = :paused_why
where number = :number
    and paused_by is null;

--! rollout_halt
update rollouts
set paused_by = 'cloison',
    paused_why = :paused_why
where number = :number
    and paused_by is null
    and max_failures = :max_failures;

--! rollout_resume (max_failures?)
update rollouts
set paused_by = null,
    paused_why = null,
    max_failures = coalesce(:max_failures, max_failures)
where number = :number
    and paused_by is not null;

--! rollout_keep_shadow
update rollouts
set shadow = :shadow
where number = :number;

--! rollout_move_templates
update rollouts
set templates_moved = true
where number = :number;

--! rollout_hurry
update operations
set due_at = now()
where kind = 'rollout'
    and state = 'RUNNING'
    and worker is null;

--! rollout_begin
update rollouts
set started_at = now()
where number = :number
    and started_at is null;

--! rollout_candidates : (canaries, others)
select
    count(*) filter (where subdomain = any (:canaries::text[])) as canaries,
    count(*) filter (where subdomain <> all (:canaries::text[])) as others
from rollout_candidates(:goes_up, :to_version);

--! rollout_pending : (subdomain, number, database_name, schema_version)
select subdomain, number, database_name, schema_version
from rollout_candidates(:goes_up, :to_version)
where server_id = :server_id
order by number
limit :row_limit;

--! router_nodes_older : (name, schema_newest)
select name, schema_newest
from router_nodes
where schema_newest < :version
    and seen_at > now() - make_interval(secs => :seconds)
order by started_at, id
limit :row_limit;

--! rollout_seed
insert into rollout_tenants (rollout, organization_id, wave, server_id, from_version)
select
    :rollout,
    ranked.id,
    case
        when ranked.is_canary then 0
        else least(
            1 + (select count(*) from unnest(:wave_sizes::bigint[]) as size where size < ranked.place),
            cardinality(:wave_sizes::bigint[])
        )
    end,
    ranked.server_id,
    ranked.schema_version
from (
    select
        id,
        subdomain = any (:canaries::text[]) as is_canary,
        server_id,
        schema_version,
        row_number() over (
            partition by subdomain = any (:canaries::text[])
            order by md5(id::text)
        ) as place
    from rollout_candidates(:goes_up, :to_version)
) as ranked
on conflict on constraint rollout_tenants_pkey do nothing;

--! rollout_counts : (wave, state, tenants)
select wave, state, count(*) as tenants
from rollout_tenants
where rollout = :rollout
group by wave, state
order by wave, state;

--! rollout_recent : (tenants)
select count(*) as tenants
from rollout_tenants
where rollout = :rollout
    and finished_at > now() - make_interval(secs => :seconds);

--! rollout_servers_pending : (server_id)
select id as server_id
from servers
where exists (
    select
    from rollout_tenants
    where rollout_tenants.rollout = :rollout
        and rollout_tenants.server_id = servers.id
        and rollout_tenants.wave = :wave
        and rollout_tenants.state = 'PENDING'
)
order by id;

--! rollout_tenants_claim (trace_parent?) : ClaimedTenant
with picked as (
    select organization_id, server_id
    from rollout_tenants
    where rollout = :rollout
        and server_id = :server_id
        and wave = :wave
        and state = 'PENDING'
    limit :row_limit
    for update skip locked
), listed as (
    select
        picked.organization_id,
        organizations.subdomain::text as subdomain,
        tenants.database_name,
        tenants.phase = 'READY' and tenants.server_id = picked.server_id as is_ready,
        tenants.phase in ('READY', 'MOVING', 'RESTORING') and tenants.server_id = picked.server_id as is_there,
        row_number() over (order by picked.organization_id) as place
    from picked
    join organizations on organizations.id = picked.organization_id
    join tenants on tenants.organization_id = picked.organization_id
), begun as (
    insert into operations
        (id, kind, step, organization_id, subdomain, input, actor, due_at, lease_token, worker, trace_parent)
    select
        ids.id, 'migrate', 'migrate_tenant', listed.organization_id, listed.subdomain, :input, :actor,
        now() + make_interval(secs => :lease_seconds), :lease_token, :worker, :trace_parent
    from listed
    join unnest(:ids::uuid[]) with ordinality as ids (id, place) on ids.place = listed.place
    where listed.is_ready
    on conflict do nothing
    returning id, organization_id
)
update rollout_tenants
set state = case
        when begun.id is not null then 'RUNNING'
        -- The others do not go ahead of the canaries, so a busy one is waited for.
        when rollout_tenants.wave = 0 and listed.is_there then 'PENDING'
        else 'SKIPPED'
    end,
    started_at = case when begun.id is not null then now() end
from listed
left join begun on begun.organization_id = listed.organization_id
where rollout_tenants.rollout = :rollout
    and rollout_tenants.organization_id = listed.organization_id
returning begun.id as operation_id, listed.organization_id, listed.subdomain, listed.database_name;

--! migrations_extend
update operations
set due_at = now() + make_interval(secs => :lease_seconds)
where kind = 'migrate'
    and lease_token = :lease_token
    and state = 'RUNNING';

--! migrations_unclaim
with gone as (
    delete from operations
    where id = any (:operation_ids::uuid[])
        and lease_token = :lease_token
        and state = 'RUNNING'
    returning organization_id
)
update rollout_tenants
set state = 'PENDING',
    started_at = null
from gone
where rollout_tenants.rollout = :rollout
    and rollout_tenants.organization_id = gone.organization_id;

--! migrations_end
with ended as (
    update operations
    set state = 'DONE',
        finished_at = now(),
        worker = null,
        waiting = null
    from unnest(:operation_ids::uuid[], :versions::bigint[], :messages::text[]) as done (id, version, message)
    where operations.id = done.id
        and operations.lease_token = :lease_token
        and operations.state = 'RUNNING'
    returning operations.id, operations.organization_id, done.version, done.message
), told as (
    insert into operation_events (operation_id, sequence, message)
    select ended.id, 1, ended.message
    from ended
), counted as (
    update rollout_tenants
    set state = 'DONE',
        finished_at = now()
    from ended
    where rollout_tenants.rollout = :rollout
        and rollout_tenants.organization_id = ended.organization_id
), lifted as (
    delete from quarantines
    using ended
    where quarantines.organization_id = ended.organization_id
)
update tenants
set schema_version = ended.version,
    awaits_version = null
from ended
where tenants.organization_id = ended.organization_id;

--! rollout_tenant_end
update rollout_tenants
set state = :state,
    started_at = coalesce(started_at, now()),
    finished_at = now()
where rollout = :rollout
    and organization_id = :organization_id;

--! rollout_tenant_begin
update rollout_tenants
set state = 'RUNNING',
    started_at = now(),
    finished_at = null
where rollout = :rollout
    and organization_id = :organization_id;

--! rollout_open_lazily
update tenants
set awaits_version = :to_version
from rollout_tenants
where rollout_tenants.rollout = :rollout
    and rollout_tenants.state = 'PENDING'
    and tenants.organization_id = rollout_tenants.organization_id
    and tenants.awaits_version is distinct from :to_version;

--! rollout_close_lazily
update tenants
set awaits_version = null
where awaits_version is not null;

--! rollout_awaiting : (tenants)
select count(*) as tenants
from rollout_tenants
join tenants on tenants.organization_id = rollout_tenants.organization_id
where rollout_tenants.rollout = :rollout
    and rollout_tenants.state = 'PENDING'
    and tenants.awaits_version is not null;

--! rollout_has : (has)
select exists (
    select
    from rollout_tenants
    where rollout = :rollout
        and organization_id = :organization_id
) as has;
