--: SessionDetail(client_id?, client_name?, hold_rank?, hold_expires_at?, room_id?, room_name?, created_by_name?, cancelled_at?, cancelled_by_name?, cancel_reason?)
--: SessionLock(hold_rank?, hold_expires_at?, room_id?)

--! session_get : SessionDetail
select s.id, s.title, s.notes, s.status, s.starts_at, s.ends_at,
    s.client_id, c.display_name as client_name,
    s.hold_rank, s.hold_expires_at, s.hourly_rate_cents, s.deposit_required_cents,
    room.id as room_id, room.name as room_name,
    coalesce(crew.ids, '{}') as crew_ids, coalesce(crew.names, '{}') as crew_names,
    author.display_name as created_by_name, s.created_at,
    s.cancelled_at, canceller.display_name as cancelled_by_name, s.cancel_reason, s.version
from sessions s
left join clients c on c.id = s.client_id
left join users author on author.id = s.created_by
left join users canceller on canceller.id = s.cancelled_by
left join lateral (
    select r.id, r.name
    from allocations a
    join rooms r on r.id = a.resource_id
    where a.session_id = s.id
    order by r.position
    limit 1
) room on true
left join lateral (
    select array_agg(m.id order by fold(u.display_name), m.id) as ids,
        array_agg(u.display_name order by fold(u.display_name), m.id) as names
    from allocations a
    join staff m on m.id = a.resource_id
    join users u on u.id = m.user_id
    where a.session_id = s.id
) crew on true
where s.id = :id;

--! session_lock : SessionLock
select s.status, s.version, s.starts_at, s.ends_at, s.hold_rank, s.hold_expires_at, s.hourly_rate_cents,
    (select r.id from allocations a join rooms r on r.id = a.resource_id where a.session_id = s.id order by r.position limit 1) as room_id,
    array(select a.resource_id from allocations a where a.session_id = s.id order by a.resource_id) as resource_ids
from sessions s
where s.id = :id
for update of s;

--! session_resources
select a.resource_id
from allocations a
where a.session_id = :id
order by a.resource_id;

--! session_insert (client_id?, hold_rank?, hold_expires_at?, created_by?)
insert into sessions (client_id, title, notes, status, starts_at, ends_at, hold_rank, hold_expires_at, hourly_rate_cents, deposit_required_cents, created_by, created_at)
values (:client_id, :title, :notes, :status, :starts_at, :ends_at, :hold_rank, :hold_expires_at, :hourly_rate_cents, :deposit_required_cents, :created_by, :now)
returning id;

--! session_set_span (hold_rank?)
update sessions
set starts_at = :starts_at,
    ends_at = :ends_at,
    hold_rank = :hold_rank,
    hourly_rate_cents = :hourly_rate_cents,
    version = version + 1
where id = :id
returning version;

--! session_edit (client_id?)
update sessions
set client_id = :client_id,
    title = :title,
    notes = :notes,
    version = version + 1
where id = :id
returning version;

--! session_set_status (hold_rank?, hold_expires_at?)
update sessions
set status = :status,
    hold_rank = :hold_rank,
    hold_expires_at = :hold_expires_at,
    version = version + 1
where id = :id
returning version;

--! session_cancel (cancelled_by?)
update sessions
set status = 'CANCELLED',
    hold_rank = null,
    cancelled_at = :now,
    cancelled_by = :cancelled_by,
    cancel_reason = :reason,
    version = version + 1
where id = :id
returning version;

--! sessions_lapse
with stale as (
    select s.id
    from sessions s
    where s.status in ('HOLD', 'PENDING_DEPOSIT')
      and s.hold_expires_at <= :now
      and s.id in (
        select a.session_id
        from allocations a
        join resources b on b.id = a.resource_id
        where a.active
          and a.resource_id = any (:resource_ids)
          and a.busy && tstzrange(:starts_at::timestamptz - make_interval(mins => b.setup_minutes), :ends_at::timestamptz + make_interval(mins => b.teardown_minutes), '[)')
      )
    order by s.id
    for update of s
)
update sessions s
set status = 'EXPIRED',
    hold_rank = null,
    version = s.version + 1
from stale
where s.id = stale.id;
