-- The studio's functions that read tables, each told whose rows. Compare with crates/studio/schema.sql.

create or replace function allocation_take_lane() returns trigger
    language plpgsql
    set search_path to 'public', 'pg_temp'
    as $$
begin
    if new.session_id is not null then
        select case when s.status = 'HOLD' then s.hold_rank else 0 end,
               s.status in ('HOLD', 'PENDING_DEPOSIT', 'CONFIRMED', 'IN_PROGRESS', 'COMPLETED', 'NO_SHOW')
        into strict new.lane, new.active
        from sessions s
        where s.tenant_id = new.tenant_id
          and s.id = new.session_id;
    end if;
    return new;
end $$;

create or replace function session_sync_allocations() returns trigger
    language plpgsql security definer
    set search_path to 'public', 'pg_temp'
    as $$
begin
    update allocations a
    set lane   = case when new.status = 'HOLD' then new.hold_rank else 0 end,
        active = new.status in ('HOLD', 'PENDING_DEPOSIT', 'CONFIRMED', 'IN_PROGRESS', 'COMPLETED', 'NO_SHOW')
    where a.tenant_id = new.tenant_id
      and a.session_id = new.id;
    return null;
end $$;

create or replace function invoice_line_guard() returns trigger
    language plpgsql
    set search_path to 'public', 'pg_temp'
    as $$
declare
    document record;
begin
    for document in
        select i.status, i.number
        from invoices i
        where i.tenant_id = coalesce(new.tenant_id, old.tenant_id)
          and i.id in (
            case when tg_op <> 'INSERT' then old.invoice_id end,
            case when tg_op <> 'DELETE' then new.invoice_id end
        )
        order by i.id
        for share
    loop
        if document.status = 'ISSUED' then
            raise exception 'document % has been issued and its lines cannot change', document.number
                using errcode = 'restrict_violation', constraint = 'invoice_lines_immutable_once_issued', table = 'invoice_lines';
        end if;
    end loop;
    if tg_op = 'DELETE' then
        return old;
    end if;
    return new;
end $$;

create function clients_alike(folded text, tenant bigint) returns table(id uuid, likeness real)
    language sql stable
    set search_path to 'public', 'pg_temp'
    set "pg_trgm.word_similarity_threshold" to '0.4'
    set enable_seqscan to off
    as $$
    select c.id, word_similarity(folded, c.search_text)
    from clients c
    where c.tenant_id = tenant
      and folded <% c.search_text
$$;
