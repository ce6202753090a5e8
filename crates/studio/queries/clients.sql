--: ClientRow(email?, phone?, last_session_at?, next_session_at?)
--: ClientDetail(legal_name?, email?, phone?, siren?, vat_number?)
--: ClientSession(room_name?)

--! clients_search : ClientRow
with typed as (
    select '%' || fold((:terms::text[])[1]) || '%' as longest,
        array(select '%' || fold(term) || '%' from unnest(:terms::text[]) term) as patterns,
        fold(:query) as query
),
exact as (
    select c.id, c.sort_name, c.search_text, 1::real as likeness
    from clients c
    where c.search_text like (select longest from typed)
      and c.search_text like all ((select patterns from typed)::text[])
      and (c.status = 'ACTIVE' or (:archived and c.status = 'ARCHIVED'))
),
alike as (
    select c.id, c.sort_name, c.search_text, near.likeness
    from clients_alike((select query from typed)) near
    join clients c on c.id = near.id
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
join clients c on c.id = best.id
left join lateral (
    select max(s.starts_at) as at from sessions s
    where s.client_id = c.id and s.starts_at <= :now and s.status not in ('CANCELLED', 'EXPIRED')
) past on true
left join lateral (
    select min(s.starts_at) as at from sessions s
    where s.client_id = c.id and s.starts_at > :now and s.status not in ('CANCELLED', 'EXPIRED')
) coming on true
order by best.begins desc, best.likeness desc, best.sort_name, best.id;

--! clients_search_count
with typed as (
    select '%' || fold((:terms::text[])[1]) || '%' as longest,
        array(select '%' || fold(term) || '%' from unnest(:terms::text[]) term) as patterns,
        fold(:query) as query
),
exact as (
    select c.id
    from clients c
    where c.search_text like (select longest from typed)
      and c.search_text like all ((select patterns from typed)::text[])
      and (c.status = 'ACTIVE' or (:archived and c.status = 'ARCHIVED'))
),
alike as (
    select c.id
    from clients_alike((select query from typed)) near
    join clients c on c.id = near.id
    where not exists (select from exact)
      and (c.status = 'ACTIVE' or (:archived and c.status = 'ARCHIVED'))
)
select (select count(*) from exact) + (select count(*) from alike) as count;

--! clients_list : ClientRow
select c.id, c.kind, c.display_name, c.email, c.phone, c.status, past.at as last_session_at, coming.at as next_session_at
from (
    select listed.*
    from clients listed
    where listed.status = 'ACTIVE' or (:archived and listed.status = 'ARCHIVED')
    order by listed.sort_name, listed.id
    limit :limit
    offset :offset
) c
left join lateral (
    select max(s.starts_at) as at from sessions s
    where s.client_id = c.id and s.starts_at <= :now and s.status not in ('CANCELLED', 'EXPIRED')
) past on true
left join lateral (
    select min(s.starts_at) as at from sessions s
    where s.client_id = c.id and s.starts_at > :now and s.status not in ('CANCELLED', 'EXPIRED')
) coming on true
order by c.sort_name, c.id;

--! clients_count
select count(*)
from clients
where status = 'ACTIVE' or (:archived and status = 'ARCHIVED');

--! client_get : ClientDetail
select c.id, c.kind, c.display_name, c.legal_name, c.email, c.phone, c.siren, c.vat_number, c.is_vat_taxable,
    c.country, c.locale, c.payment_terms_days, c.notes, c.status, c.created_at, c.version,
    owed.cents as owed_cents
from clients c
cross join lateral (
    select coalesce(sum(i.gross_cents - i.paid_cents), 0)::bigint as cents
    from invoices i
    where i.client_id = c.id and i.status = 'ISSUED' and i.payment_status in ('UNPAID', 'PARTIAL')
) owed
where c.id = :id;

--! client_insert (legal_name?, email?, phone?, siren?, vat_number?)
insert into clients (kind, display_name, legal_name, email, phone, siren, vat_number, is_vat_taxable, country, locale, payment_terms_days, notes)
values (:kind, :display_name, :legal_name, :email, :phone, :siren, :vat_number, :is_vat_taxable, :country, :locale, :payment_terms_days, :notes)
returning id;

--! client_update (legal_name?, email?, phone?, siren?, vat_number?)
update clients
set kind = :kind,
    display_name = :display_name,
    legal_name = :legal_name,
    email = :email,
    phone = :phone,
    siren = :siren,
    vat_number = :vat_number,
    is_vat_taxable = :is_vat_taxable,
    country = :country,
    locale = :locale,
    payment_terms_days = :payment_terms_days,
    notes = :notes,
    version = version + 1
where id = :id
  and version = :version
  and status in ('ACTIVE', 'ARCHIVED');

--! client_set_archived
update clients
set status = case when :archived then 'ARCHIVED' else 'ACTIVE' end,
    version = version + 1
where id = :id
  and version = :version
  and status in ('ACTIVE', 'ARCHIVED');

--! client_sessions : ClientSession
select s.id, s.title, s.status, s.starts_at, s.ends_at, room.name as room_name
from sessions s
left join lateral (
    select r.name
    from allocations a
    join rooms r on r.id = a.resource_id
    where a.session_id = s.id
    order by r.position
    limit 1
) room on true
where s.client_id = :client_id
order by s.starts_at desc, s.id
limit :limit;
