--: Conflict(session_id?, client_name?, status?)
--: Busy()
--: Bookable()

--! resources_lock
select lock_resources(:ids) as locked;

--! bookables : Bookable
select b.id, b.kind, coalesce(r.name, u.display_name, e.name) as name, coalesce(r.hourly_rate_cents, 0) as hourly_rate_cents,
    b.setup_minutes, b.teardown_minutes
from resources b
left join rooms r on r.id = b.id
left join staff m on m.id = b.id
left join users u on u.id = m.user_id
left join equipment e on e.id = b.id
where (b.kind = 'ROOM' and b.archived_at is null)
   or (b.kind <> 'ROOM' and b.id = any (:crew_ids))
order by r.position, b.id
limit 200;

--! allocations_insert
insert into allocations (session_id, resource_id, starts_at, ends_at, busy_from, busy_to)
select :session_id, b.id, :starts_at, :ends_at,
    :starts_at::timestamptz - make_interval(mins => b.setup_minutes),
    :ends_at::timestamptz + make_interval(mins => b.teardown_minutes)
from resources b
where b.id = any (:resource_ids)
  and b.archived_at is null
order by b.id;

--! allocations_move
update allocations a
set resource_id = b.id,
    starts_at = :starts_at,
    ends_at = :ends_at,
    busy_from = :starts_at::timestamptz - make_interval(mins => b.setup_minutes),
    busy_to = :ends_at::timestamptz + make_interval(mins => b.teardown_minutes)
from resources b
where a.session_id = :session_id
  and b.id = case when a.resource_id = :room_from then :room_to else a.resource_id end;

--! allocations_delete
delete from allocations
where session_id = :session_id
  and resource_id = any (:resource_ids);

--! conflicts (except_session?) : Conflict
select a.resource_id, coalesce(r.name, u.display_name, e.name) as resource_name, b.kind as resource_kind,
    a.session_id, coalesce(s.title, a.label) as title, c.display_name as client_name, s.status,
    a.starts_at, a.ends_at, a.busy_from, a.busy_to, a.lane
from resources b
join allocations a on a.resource_id = b.id
left join rooms r on r.id = b.id
left join staff m on m.id = b.id
left join users u on u.id = m.user_id
left join equipment e on e.id = b.id
left join sessions s on s.id = a.session_id
left join clients c on c.id = s.client_id
where b.id = any (:resource_ids)
  and a.active
  and a.busy && tstzrange(:starts_at::timestamptz - make_interval(mins => b.setup_minutes), :ends_at::timestamptz + make_interval(mins => b.teardown_minutes), '[)')
  and (:except_session::uuid is null or a.session_id is distinct from :except_session)
  and not coalesce(s.status in ('HOLD', 'PENDING_DEPOSIT') and s.hold_expires_at <= :now, false)
order by b.kind = 'ROOM' desc, a.lane, a.starts_at, a.id
limit 50;

--! busy (except_session?) : Busy
select a.resource_id, a.busy_from, a.busy_to
from allocations a
left join sessions s on s.id = a.session_id
where a.active
  and a.resource_id = any (:resource_ids)
  and a.busy && tstzrange(:from, :to, '[)')
  and (:except_session::uuid is null or a.session_id is distinct from :except_session)
  and not coalesce(s.status in ('HOLD', 'PENDING_DEPOSIT') and s.hold_expires_at <= :now, false)
order by a.resource_id, a.busy_from
limit 5000;
