--: Room()
--: StaffMember()

--! rooms_list : Room
select r.id, r.name, r.description, r.position, r.colour, r.hourly_rate_cents,
    b.setup_minutes, b.teardown_minutes, r.version
from rooms r
join resources b on b.id = r.id
where b.archived_at is null
order by r.position, r.name
limit 100;

--! room_get : Room
select r.id, r.name, r.description, r.position, r.colour, r.hourly_rate_cents,
    b.setup_minutes, b.teardown_minutes, r.version
from rooms r
join resources b on b.id = r.id
where r.id = :id
  and b.archived_at is null;

--! staff_list : StaffMember
select m.id, m.user_id, u.display_name, u.role
from staff m
join resources b on b.id = m.id
join users u on u.id = m.user_id
where b.archived_at is null
  and u.status <> 'DISABLED'
order by fold(u.display_name), m.id
limit 200;
