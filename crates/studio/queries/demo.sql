--! demo_is_wanted
select not exists (select from sessions) and not exists (select from clients) as wanted;

--! demo_settings
update studio_settings
set name = :name,
    time_zone = :time_zone,
    locale = :locale,
    version = version + 1;

--! demo_owner
update users
set display_name = :display_name,
    version = version + 1
where role = 'OWNER'
  and status = 'INVITED';

--! demo_room_update
with resource as (
    update resources
    set setup_minutes = :setup_minutes,
        teardown_minutes = :teardown_minutes
    where id = :id
)
update rooms
set name = :name,
    description = :description,
    position = :position,
    colour = :colour,
    hourly_rate_cents = :hourly_rate_cents,
    version = version + 1
where id = :id;

--! demo_room_insert
with resource as (
    insert into resources (id, kind, setup_minutes, teardown_minutes)
    values (:id, 'ROOM', :setup_minutes, :teardown_minutes)
)
insert into rooms (id, name, description, position, colour, hourly_rate_cents)
values (:id, :name, :description, :position, :colour, :hourly_rate_cents);

--! demo_staff_insert
with resource as (
    insert into resources (id, kind)
    values (:id, 'STAFF')
)
insert into staff (id, user_id)
values (:id, :user_id);

--! demo_equipment_insert
with resource as (
    insert into resources (id, kind)
    values (:id, 'EQUIPMENT')
)
insert into equipment (id, name)
values (:id, :name);

--! demo_issue
select count(issue_invoice(d.id, d.series, d.issue_date, :key_id, :key)) as issued
from unnest(:ids::uuid[], :series::text[], :dates::date[]) as d (id, series, issue_date);

--! demo_payments
update invoices i
set paid_cents = d.paid_cents,
    payment_status = d.payment_status
from unnest(:ids::uuid[], :paid_cents::bigint[], :statuses::text[]) as d (id, paid_cents, payment_status)
where i.id = d.id;

--! demo_analyze
analyze users, clients, resources, rooms, staff, equipment, sessions, allocations, invoices, invoice_lines, audio_files;
