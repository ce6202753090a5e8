--: ClientRow(email?, phone?, last_session_at?, next_session_at?)
--: ClientDetail(legal_name?, email?, phone?, siren?, vat_number?)
--: ClientSession(room_name?)

--! clients_search : ClientRow
select c.id, c.kind, c.display_name, c.email, c.phone, c.status, past.at as last_session_at, coming.at as next_session_at
from (
    select found.*
    from clients found
    where (
            found.search_text like all (select '%' || fold(term) || '%' from unnest(:terms::text[]) term)
            or fold(:query) <% found.search_text
        )
      and (found.status = 'ACTIVE' or (:archived and found.status = 'ARCHIVED'))
    order by found.search_text like fold(:prefix) || '%' desc,
        word_similarity(fold(:query), found.search_text) desc,
        fold(found.display_name),
        found.id
    limit :limit
) c
left join lateral (
    select max(s.starts_at) as at from sessions s
    where s.client_id = c.id and s.starts_at <= :now and s.status not in ('CANCELLED', 'EXPIRED')
) past on true
left join lateral (
    select min(s.starts_at) as at from sessions s
    where s.client_id = c.id and s.starts_at > :now and s.status not in ('CANCELLED', 'EXPIRED')
) coming on true
order by c.search_text like fold(:prefix) || '%' desc,
    word_similarity(fold(:query), c.search_text) desc,
    fold(c.display_name),
    c.id;

--! clients_search_count
select count(*)
from clients found
where (
        found.search_text like all (select '%' || fold(term) || '%' from unnest(:terms::text[]) term)
        or fold(:query) <% found.search_text
    )
  and (found.status = 'ACTIVE' or (:archived and found.status = 'ARCHIVED'));

--! clients_list : ClientRow
select c.id, c.kind, c.display_name, c.email, c.phone, c.status, past.at as last_session_at, coming.at as next_session_at
from (
    select listed.*
    from clients listed
    where listed.status = 'ACTIVE' or (:archived and listed.status = 'ARCHIVED')
    order by fold(listed.display_name), listed.id
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
order by fold(c.display_name), c.id;

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
