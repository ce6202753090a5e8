--: ErasedClient(legal_name?, email?, phone?, siren?, vat_number?)

--! client_erasure_lock : ErasedClient
with recursive person as (
    select c.id
    from clients c
    where c.id = :id
    union
    select merged.id
    from clients merged
    join person on person.id = merged.merged_into_id
)
select c.id, c.display_name, c.legal_name, c.email, c.phone, c.siren, c.vat_number, c.status, c.version
from clients c
where c.id in (select person.id from person)
order by c.id
for update of c;

--! client_erasure_counts
select
    (select count(*) from sessions s where s.client_id = :id) as sessions,
    (select count(*) from sessions s where s.client_id = :id and s.ends_at > :now and s.status not in ('CANCELLED', 'EXPIRED')) as coming,
    (select count(*) from audio_files f where f.client_id = :id) as audio_files,
    (select count(*) from invoices i where i.client_id = :id and i.status = 'ISSUED') as invoices;

--! client_erase
update clients
set display_name = :name,
    legal_name = null,
    email = null,
    phone = null,
    siren = null,
    vat_number = null,
    notes = '',
    status = case when status = 'MERGED' then status else 'ERASED' end,
    erased_at = case when status = 'MERGED' then null else :now::timestamptz end,
    version = version + 1
where id = any (:ids);

--! client_erase_sessions
update sessions
set title = :title,
    notes = '',
    cancel_reason = null,
    version = version + 1
where client_id = any (:ids);

--! client_erase_audio
update audio_files
set title = :title
where client_id = any (:ids);

--! client_erase_drafts
update invoices
set buyer_snapshot = null
where client_id = any (:ids)
  and status = 'DRAFT';

--! client_erasure_patterns
-- Whole words alone, with neither letter nor digit before and behind. What a pattern would read as something else is escaped.
select '(?<![[:alnum:]])' || regexp_replace(fold(word), '([^[:alnum:][:space:]])', '\\\1', 'g') || '(?![[:alnum:]])' as pattern
from unnest(:words::text[]) as said (word)
order by word;

--! client_erase_draft_lines
update invoice_lines
set label = :redacted
where invoice_id in (select i.id from invoices i where i.status = 'DRAFT')
  and fold(label) ~ any (:said::text[]);

--! client_erase_said_in_sessions
with mention as (
    select s.id,
        fold(s.title) ~ any (:said::text[]) as in_title,
        coalesce(fold(s.cancel_reason) ~ any (:said::text[]), false) as in_reason,
        (
            select string_agg(
                case when fold(line) ~ any (:said::text[]) then :redacted else line end,
                e'\n' order by place
            )
            from string_to_table(s.notes, e'\n') with ordinality lines (line, place)
        ) as notes
    from sessions s
)
update sessions
set title = case when mention.in_title then :title else sessions.title end,
    notes = left(coalesce(mention.notes, ''), 2000),
    cancel_reason = case when mention.in_reason then :redacted else sessions.cancel_reason end,
    version = version + 1
from mention
where mention.id = sessions.id
  and (mention.in_title or mention.in_reason or coalesce(mention.notes, '') <> sessions.notes);

--! client_erase_said_of_others
with mention as (
    select c.id, string_agg(
        case when fold(line) ~ any (:said::text[]) then :redacted else line end,
        e'\n' order by place
    ) as notes
    from clients c
    cross join lateral string_to_table(c.notes, e'\n') with ordinality lines (line, place)
    where c.status <> 'ERASED'
    group by c.id
)
update clients
set notes = left(mention.notes, 4000),
    version = version + 1
from mention
where mention.id = clients.id
  and mention.notes <> clients.notes;

--! client_erase_said_elsewhere
with labels as (
    update allocations
    set label = :redacted
    where fold(label) ~ any (:said::text[])
    returning id
),
titles as (
    update audio_files
    set title = :title
    where fold(title) ~ any (:said::text[])
    returning id
)
select (select count(*) from labels) + (select count(*) from titles) as changed;
