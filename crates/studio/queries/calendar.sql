--: CalendarEntry(label?, session_id?, title?, status?, client_id?, client_name?, hold_rank?, hold_expires_at?, version?, crew?)

--! calendar_entries (room_id?) : CalendarEntry
select a.id as allocation_id, a.kind, a.label,
    r.id as room_id, r.name as room_name, r.colour as room_colour,
    a.starts_at, a.ends_at, a.busy_from, a.busy_to,
    s.id as session_id, s.title, now_at.status, s.client_id, c.display_name as client_name,
    s.hold_rank, s.hold_expires_at, s.version, crew.names as crew
from allocations a
join rooms r on r.id = a.resource_id
left join sessions s on s.id = a.session_id
left join clients c on c.id = s.client_id
cross join lateral (
    select case
        when s.status in ('HOLD', 'PENDING_DEPOSIT') and s.hold_expires_at <= :now then 'EXPIRED'
        else s.status
    end as status
) now_at
left join lateral (
    select string_agg(u.display_name, ', ' order by u.display_name, u.id) as names
    from allocations p
    join staff m on m.id = p.resource_id
    join users u on u.id = m.user_id
    where p.session_id = s.id
) crew on true
where tstzrange(a.starts_at, a.ends_at, '[)') && tstzrange(:from, :to, '[)')
  and (:room_id::uuid is null or a.resource_id = :room_id)
  and (:with_cancelled or now_at.status is null or now_at.status not in ('CANCELLED', 'EXPIRED'))
order by r.position, a.starts_at, a.id
limit 2000;
