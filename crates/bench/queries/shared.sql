--! calendar_entries
select a.id as allocation_id, a.kind, a.label,
    r.id as room_id, r.name as room_name, r.colour as room_colour,
    a.starts_at, a.ends_at, a.busy_from, a.busy_to,
    s.id as session_id, s.title, now_at.status, s.client_id, c.display_name as client_name,
    s.hold_rank, s.hold_expires_at, s.version, crew.names as crew
from allocations a
join rooms r on r.tenant_id = :tenant_id and r.id = a.resource_id
left join sessions s on s.tenant_id = :tenant_id and s.id = a.session_id
left join clients c on c.tenant_id = :tenant_id and c.id = s.client_id
cross join lateral (
    select case
        when s.status in ('HOLD', 'PENDING_DEPOSIT') and s.hold_expires_at <= :now then 'EXPIRED'
        else s.status
    end as status
) now_at
left join lateral (
    select string_agg(u.display_name, ', ' order by u.display_name, u.id) as names
    from allocations p
    join staff m on m.tenant_id = :tenant_id and m.id = p.resource_id
    join users u on u.tenant_id = :tenant_id and u.id = m.user_id
    where p.tenant_id = :tenant_id and p.session_id = s.id
) crew on true
where a.tenant_id = :tenant_id and tstzrange(a.starts_at, a.ends_at, '[)') && tstzrange(:from, :to, '[)')
  and (:room_id::uuid is null or a.resource_id = :room_id)
  and (:with_cancelled or now_at.status is null or now_at.status not in ('CANCELLED', 'EXPIRED'))
order by r.position, a.starts_at, a.id
limit 2000;

--! clients_search
with typed as (
    select '%' || fold((:terms::text[])[1]) || '%' as longest,
        array(select '%' || fold(term) || '%' from unnest(:terms::text[]) term) as patterns,
        fold(:query) as query
),
exact as (
    select c.id, c.sort_name, c.search_text, 1::real as likeness
    from clients c
    where c.tenant_id = :tenant_id and c.search_text like (select longest from typed)
      and c.search_text like all ((select patterns from typed)::text[])
      and (c.status = 'ACTIVE' or (:archived and c.status = 'ARCHIVED'))
),
alike as (
    select c.id, c.sort_name, c.search_text, near.likeness
    from clients_alike((select query from typed), :tenant_id) near
    join clients c on c.tenant_id = :tenant_id and c.id = near.id
    where not exists (select from exact)
      and (c.status = 'ACTIVE' or (:archived and c.status = 'ARCHIVED'))
),
best as (
    select either.id, either.sort_name, either.likeness, either.search_text like (select fold(:prefix) || '%') as begins
    from (select * from exact union all select * from alike) either
    order by begins desc, either.likeness desc, either.sort_name, either.id
    limit :limit
)
select c.id, c.kind, c.display_name, c.email, c.phone, c.status, past.at as last_session_at, coming.at as next_session_at
from best
join clients c on c.tenant_id = :tenant_id and c.id = best.id
left join lateral (
    select max(s.starts_at) as at from sessions s
    where s.tenant_id = :tenant_id and s.client_id = c.id and s.starts_at <= :now and s.status not in ('CANCELLED', 'EXPIRED')
) past on true
left join lateral (
    select min(s.starts_at) as at from sessions s
    where s.tenant_id = :tenant_id and s.client_id = c.id and s.starts_at > :now and s.status not in ('CANCELLED', 'EXPIRED')
) coming on true
order by best.begins desc, best.likeness desc, best.sort_name, best.id;

--! client_get
select c.id, c.kind, c.display_name, c.legal_name, c.email, c.phone, c.siren, c.vat_number, c.is_vat_taxable,
    c.country, c.locale, c.payment_terms_days, c.notes, c.status, c.created_at, c.version,
    owed.cents as owed_cents
from clients c
cross join lateral (
    select coalesce(sum(i.gross_cents - i.paid_cents), 0)::bigint as cents
    from invoices i
    where i.tenant_id = :tenant_id and i.client_id = c.id and i.status = 'ISSUED' and i.payment_status in ('UNPAID', 'PARTIAL')
) owed
where c.tenant_id = :tenant_id and c.id = :id;

--! invoices_list
select i.id, i.number, i.type, i.issue_date, i.due_date, c.display_name as client_name,
    i.gross_cents, i.paid_cents, i.payment_status
from invoices i
join clients c on c.tenant_id = :tenant_id and c.id = i.client_id
where i.tenant_id = :tenant_id and i.status = 'ISSUED'
  and i.issue_date <= :today
order by i.issue_date desc, i.number desc
limit 50;

--! bookables
select b.id, b.kind, coalesce(r.name, u.display_name, e.name) as name, coalesce(r.hourly_rate_cents, 0) as hourly_rate_cents,
    b.setup_minutes, b.teardown_minutes
from resources b
left join rooms r on r.tenant_id = :tenant_id and r.id = b.id
left join staff m on m.tenant_id = :tenant_id and m.id = b.id
left join users u on u.tenant_id = :tenant_id and u.id = m.user_id
left join equipment e on e.tenant_id = :tenant_id and e.id = b.id
where (b.tenant_id = :tenant_id and b.kind = 'ROOM' and b.archived_at is null)
   or (b.tenant_id = :tenant_id and b.kind <> 'ROOM' and b.id = any (:crew_ids))
order by r.position, b.id
limit 200;

--! resources_lock
select lock_resources(:ids) as locked
where :tenant_id::bigint is not null;

--! sessions_lapse
with stale as (
    select s.id
    from sessions s
    where s.tenant_id = :tenant_id and s.status in ('HOLD', 'PENDING_DEPOSIT')
      and s.hold_expires_at <= :now
      and s.id in (
        select a.session_id
        from allocations a
        join resources b on b.tenant_id = :tenant_id and b.id = a.resource_id
        where a.tenant_id = :tenant_id and a.active
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
where s.tenant_id = :tenant_id and s.id = stale.id;

--! conflicts
select a.resource_id, coalesce(r.name, u.display_name, e.name) as resource_name, b.kind as resource_kind,
    a.session_id, coalesce(s.title, a.label) as title, c.display_name as client_name, s.status,
    a.starts_at, a.ends_at, a.busy_from, a.busy_to, a.lane
from resources b
join allocations a on a.tenant_id = :tenant_id and a.resource_id = b.id
left join rooms r on r.tenant_id = :tenant_id and r.id = b.id
left join staff m on m.tenant_id = :tenant_id and m.id = b.id
left join users u on u.tenant_id = :tenant_id and u.id = m.user_id
left join equipment e on e.tenant_id = :tenant_id and e.id = b.id
left join sessions s on s.tenant_id = :tenant_id and s.id = a.session_id
left join clients c on c.tenant_id = :tenant_id and c.id = s.client_id
where b.tenant_id = :tenant_id and b.id = any (:resource_ids)
  and a.active
  and a.busy && tstzrange(:starts_at::timestamptz - make_interval(mins => b.setup_minutes), :ends_at::timestamptz + make_interval(mins => b.teardown_minutes), '[)')
  and (:except_session::uuid is null or a.session_id is distinct from :except_session)
  and not coalesce(s.status in ('HOLD', 'PENDING_DEPOSIT') and s.hold_expires_at <= :now, false)
order by b.kind = 'ROOM' desc, a.lane, a.starts_at, a.id
limit 50;

--! session_insert
insert into sessions (tenant_id, client_id, title, notes, status, starts_at, ends_at, hold_rank, hold_expires_at, hourly_rate_cents, deposit_required_cents, created_by, created_at)
values (:tenant_id, :client_id, :title, :notes, :status, :starts_at, :ends_at, :hold_rank, :hold_expires_at, :hourly_rate_cents, :deposit_required_cents, :created_by, :now)
returning id;

--! allocations_insert
insert into allocations (tenant_id, session_id, resource_id, starts_at, ends_at, busy_from, busy_to)
select :tenant_id, :session_id, b.id, :starts_at, :ends_at,
    :starts_at::timestamptz - make_interval(mins => b.setup_minutes),
    :ends_at::timestamptz + make_interval(mins => b.teardown_minutes)
from resources b
where b.tenant_id = :tenant_id and b.id = any (:resource_ids)
  and b.archived_at is null
order by b.id;
