-- phase: expand
-- extensions: pgcrypto
--
-- Fiscal documents. A number exists only from the moment of issue, without gaps and in order of dates; what
-- has been issued never changes; every issue is a link of a keyed hash chain. The runtime role drafts; only
-- issue_invoice() numbers, and it is the owner's.
-- Quantities are thousandths, VAT rates are basis points (20 % is 2000), money is cents: no float, no rounding on the way.

create table doc_counters (
    series      text    not null,
    fiscal_year integer not null,
    last_number integer not null default 0,
    last_date   date,
    constraint doc_counters_pkey primary key (series, fiscal_year),
    constraint doc_counters_series_shape check (series ~ '^[A-Z]{1,6}$')
);

create table invoices (
    id                 uuid        primary key default gen_random_uuid(),
    type               text        not null,
    status             text        not null default 'DRAFT',
    series             text,
    fiscal_year        integer,
    sequence_number    integer,
    number             text,
    issue_date         date,
    due_date           date,
    client_id          uuid        not null,
    seller_snapshot    jsonb,
    buyer_snapshot     jsonb,
    corrects_id        uuid,
    operation_category text        not null default 'SERVICES',
    vat_on_debits      boolean     not null default false,
    currency           text        not null default 'EUR',
    net_cents          bigint      not null default 0,
    vat_cents          bigint      not null default 0,
    gross_cents        bigint      not null default 0,
    content_sha256     bytea,
    created_at         timestamptz not null default now(),
    issued_at          timestamptz,
    -- What may still change once issued.
    paid_cents         bigint      not null default 0,
    payment_status     text        not null default 'UNPAID',
    pdf_object_key     text,
    einvoice_status    text,
    constraint invoices_type_known check (type in ('INVOICE', 'DEPOSIT_INVOICE', 'FINAL_INVOICE', 'CREDIT_NOTE', 'CORRECTIVE_INVOICE')),
    constraint invoices_status_known check (status in ('DRAFT', 'ISSUED')),
    constraint invoices_payment_status_known check (payment_status in ('UNPAID', 'PARTIAL', 'PAID', 'OVERPAID', 'WRITTEN_OFF', 'CREDITED')),
    constraint invoices_operation_category_known check (operation_category in ('GOODS', 'SERVICES', 'MIXED')),
    constraint invoices_currency_iso check (currency ~ '^[A-Z]{3}$'),
    constraint invoices_gross_adds_up check (gross_cents = net_cents + vat_cents),
    constraint invoices_correction_names_original check (type not in ('CREDIT_NOTE', 'CORRECTIVE_INVOICE') or corrects_id is not null),
    constraint invoices_draft_has_no_number check (status <> 'DRAFT' or (number is null and sequence_number is null and issue_date is null)),
    constraint invoices_issued_is_complete check (status <> 'ISSUED' or (
        series is not null and fiscal_year is not null and sequence_number is not null and char_length(number) <= 35
        and issue_date is not null and issued_at is not null and content_sha256 is not null
        and seller_snapshot is not null and buyer_snapshot is not null
    )),
    constraint invoices_number_key unique (number),
    constraint invoices_sequence_key unique (series, fiscal_year, sequence_number),
    constraint invoices_client_fkey foreign key (client_id) references clients (id),
    constraint invoices_corrects_fkey foreign key (corrects_id) references invoices (id)
);
create index invoices_client_idx on invoices (client_id, issue_date);
create index invoices_issue_date_idx on invoices (issue_date);

create table invoice_lines (
    id                   uuid    primary key default gen_random_uuid(),
    invoice_id           uuid    not null,
    position             integer not null,
    session_id           uuid,
    label                text    not null,
    quantity_thousandths bigint  not null,
    unit_price_cents     bigint  not null,
    vat_basis_points     integer not null,
    vat_category         text    not null default 'S',
    net_cents            bigint  not null,
    constraint invoice_lines_label_length check (char_length(label) between 1 and 300),
    constraint invoice_lines_vat_sane check (vat_basis_points between 0 and 10000),
    constraint invoice_lines_vat_category_known check (vat_category in ('S', 'Z', 'E', 'AE', 'K', 'G', 'O')),
    constraint invoice_lines_net_adds_up check (net_cents = round(quantity_thousandths::numeric * unit_price_cents / 1000)),
    constraint invoice_lines_position_key unique (invoice_id, position),
    constraint invoice_lines_invoice_fkey foreign key (invoice_id) references invoices (id) on delete cascade,
    constraint invoice_lines_session_fkey foreign key (session_id) references sessions (id)
);
create index invoice_lines_session_idx on invoice_lines (session_id);

create function invoice_guard() returns trigger
    language plpgsql set search_path = public, pg_temp as $$
declare
    still_open constant text[] := '{paid_cents,payment_status,pdf_object_key,einvoice_status}';
begin
    if tg_op = 'INSERT' then
        if new.status <> 'DRAFT' then
            raise exception 'a document starts as a draft'
                using errcode = 'restrict_violation', constraint = 'invoices_start_as_drafts', table = 'invoices';
        end if;
        return new;
    end if;
    if old.status = 'ISSUED' and (
        tg_op = 'DELETE' or to_jsonb(new) - still_open is distinct from to_jsonb(old) - still_open
    ) then
        raise exception 'document % has been issued and cannot change; correct it with a credit note', old.number
            using errcode = 'restrict_violation', constraint = 'invoices_immutable_once_issued', table = 'invoices';
    end if;
    if tg_op = 'DELETE' then
        return old;
    end if;
    return new;
end $$;
create trigger invoice_guard before insert or update or delete on invoices
    for each row execute function invoice_guard();

-- The share lock makes a line and an issue of the same document wait for each other: without it a line
-- written during the issue would slip in behind it.
create function invoice_line_guard() returns trigger
    language plpgsql set search_path = public, pg_temp as $$
declare
    document record;
begin
    for document in
        select i.status, i.number
        from invoices i
        where i.id in (
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
create trigger invoice_line_guard before insert or update or delete on invoice_lines
    for each row execute function invoice_line_guard();

-- The journal: append-only, one row for each fiscal event, chained by an HMAC whose key is not in this
-- database. The head's single row is the lock under which all fiscal writing happens.
create table fiscal_chain_head (
    one       boolean primary key default true,
    last_seq  bigint  not null default 0,
    last_hash bytea   not null default '\x00',
    constraint fiscal_chain_head_one_row check (one)
);
insert into fiscal_chain_head default values;

-- What each key looked like when it was first used, so that a wrong key is refused at once and not
-- found out by the auditor.
create table fiscal_keys (
    key_id      text        primary key,
    fingerprint bytea       not null,
    first_used  timestamptz not null default now(),
    constraint fiscal_keys_key_id_shape check (key_id ~ '^[a-z0-9-]{1,40}$')
);

create table fiscal_journal (
    seq         bigint      primary key,
    event       text        not null,
    entity_id   uuid        not null,
    occurred_at timestamptz not null,
    payload     text        not null,
    format      smallint    not null,
    key_id      text        not null,
    prev_hash   bytea       not null,
    hash        bytea       not null,
    constraint fiscal_journal_event_shape check (event ~ '^[A-Z_]{1,40}$'),
    constraint fiscal_journal_key_fkey foreign key (key_id) references fiscal_keys (key_id)
);

create function fiscal_append_only() returns trigger
    language plpgsql set search_path = public, pg_temp as $$
begin
    raise exception '% is append-only: % refused', tg_table_name, tg_op
        using errcode = 'restrict_violation', constraint = 'fiscal_append_only', table = tg_table_name;
end $$;
create trigger fiscal_journal_append_only before update or delete or truncate on fiscal_journal
    for each statement execute function fiscal_append_only();
create trigger fiscal_keys_append_only before update or delete or truncate on fiscal_keys
    for each statement execute function fiscal_append_only();
create trigger invoices_no_truncate before truncate on invoices
    for each statement execute function fiscal_append_only();
create trigger invoice_lines_no_truncate before truncate on invoice_lines
    for each statement execute function fiscal_append_only();
create trigger doc_counters_no_truncate before delete or truncate on doc_counters
    for each statement execute function fiscal_append_only();

-- Format 1 of a link. The payload comes last and no field before it can hold a '|', so no two events give the same text.
create function fiscal_hash(prev_hash bytea, seq bigint, event text, entity_id uuid, occurred_at timestamptz, payload text, key_id text, key bytea)
    returns bytea language sql immutable set search_path = public, pg_temp
    return hmac(
        prev_hash || convert_to(concat_ws('|', '1', seq, key_id, event, entity_id,
            to_char(occurred_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), payload), 'UTF8'),
        key, 'sha256');

create function fiscal_append(p_event text, p_entity uuid, p_payload text, p_key_id text, p_key bytea) returns bigint
    language plpgsql set search_path = public, pg_temp as $$
declare
    head fiscal_chain_head;
    happened timestamptz := clock_timestamp();
    link bytea;
    known bytea;
begin
    if octet_length(p_key) < 32 then
        raise exception 'the fiscal key is shorter than 32 bytes' using errcode = 'invalid_parameter_value';
    end if;
    select * into strict head from fiscal_chain_head for update;

    insert into fiscal_keys (key_id, fingerprint) values (p_key_id, hmac('cloison fiscal key', p_key, 'sha256'))
    on conflict (key_id) do nothing;
    select fingerprint into strict known from fiscal_keys where key_id = p_key_id;
    if known <> hmac('cloison fiscal key', p_key, 'sha256') then
        raise exception 'this is not the key that was first used as %', p_key_id
            using errcode = 'invalid_parameter_value', constraint = 'fiscal_keys_same_key', table = 'fiscal_keys';
    end if;

    link := fiscal_hash(head.last_hash, head.last_seq + 1, p_event, p_entity, happened, p_payload, p_key_id, p_key);
    insert into fiscal_journal (seq, event, entity_id, occurred_at, payload, format, key_id, prev_hash, hash)
    values (head.last_seq + 1, p_event, p_entity, happened, p_payload, 1, p_key_id, head.last_hash, link);
    update fiscal_chain_head set last_seq = head.last_seq + 1, last_hash = link;
    return head.last_seq + 1;
end $$;

-- The first sequence number at which the chain does not hold, or null when it holds to its head.
create function fiscal_verify(p_key_id text, p_key bytea) returns bigint
    language sql stable set search_path = public, pg_temp as $$
    with links as (
        select j.seq,
               j.hash,
               j.seq = row_number() over chain
                   and j.prev_hash = coalesce(lag(j.hash) over chain, '\x00')
                   and (j.key_id <> p_key_id
                       or j.hash = fiscal_hash(j.prev_hash, j.seq, j.event, j.entity_id, j.occurred_at, j.payload, j.key_id, p_key)) as holds
        from fiscal_journal j
        window chain as (order by j.seq)
    )
    select min(broken.seq)
    from (
        select l.seq from links l where not l.holds
        union all
        select h.last_seq
        from fiscal_chain_head h
        where h.last_seq <> coalesce((select max(l.seq) from links l), 0)
           or h.last_hash <> coalesce((select l.hash from links l order by l.seq desc limit 1), '\x00')
    ) broken
$$;

-- Numbers a draft. Everything that could leave a gap happens in the caller's transaction: a rollback
-- takes the number back with it.
create function issue_invoice(p_invoice uuid, p_series text, p_date date, p_key_id text, p_key bytea) returns text
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    draft invoices;
    year integer := extract(year from p_date);
    next integer;
    given text;
    lines jsonb;
    net bigint;
    vat bigint;
begin
    perform from fiscal_chain_head for update;

    select * into draft from invoices where id = p_invoice for update;
    if not found then
        raise exception 'there is no document %', p_invoice using errcode = 'no_data_found';
    end if;
    if draft.status <> 'DRAFT' then
        raise exception 'document % has been issued already', draft.number
            using errcode = 'restrict_violation', constraint = 'invoices_issued_once', table = 'invoices';
    end if;

    select jsonb_agg(to_jsonb(l) order by l.position), sum(l.net_cents) into lines, net
    from invoice_lines l where l.invoice_id = p_invoice;
    select sum(round(rate.net * rate.vat_basis_points / 10000)) into vat
    from (
        select l.vat_basis_points, sum(l.net_cents) as net
        from invoice_lines l where l.invoice_id = p_invoice group by l.vat_category, l.vat_basis_points
    ) rate;
    if lines is null or (net, vat) is distinct from (draft.net_cents, draft.vat_cents) then
        raise exception 'the lines add up to % and % of VAT, the document says % and %', net, vat, draft.net_cents, draft.vat_cents
            using errcode = 'check_violation', constraint = 'invoices_lines_add_up', table = 'invoices';
    end if;

    if exists (select from doc_counters c where c.series = p_series and c.last_date > p_date) then
        raise exception 'series % has a document after %', p_series, p_date
            using errcode = 'check_violation', constraint = 'invoices_dates_in_order', table = 'invoices';
    end if;
    insert into doc_counters as c (series, fiscal_year, last_number, last_date) values (p_series, year, 1, p_date)
    on conflict (series, fiscal_year) do update set last_number = c.last_number + 1, last_date = p_date
    returning last_number into next;
    given := p_series || year || '-' || lpad(next::text, 6, '0');

    update invoices
    set status = 'ISSUED', series = p_series, fiscal_year = year, sequence_number = next, number = given,
        issue_date = p_date, issued_at = clock_timestamp(),
        content_sha256 = sha256(convert_to(concat_ws('|', given, p_date, draft.seller_snapshot, draft.buyer_snapshot, lines), 'UTF8'))
    where id = p_invoice;
    perform fiscal_append('ISSUE', p_invoice,
        jsonb_build_object('number', given, 'date', p_date, 'gross_cents', draft.gross_cents, 'lines', lines)::text, p_key_id, p_key);
    return given;
end $$;

grant execute on function issue_invoice(uuid, text, date, text, bytea) to cloison_app;
grant execute on function fiscal_verify(text, bytea) to cloison_app, cloison_reader;
grant execute on function fiscal_hash(bytea, bigint, text, uuid, timestamptz, text, text, bytea) to cloison_app, cloison_reader;
grant select, delete on invoices to cloison_app;
grant insert (id, type, due_date, client_id, seller_snapshot, buyer_snapshot, corrects_id, operation_category, vat_on_debits, currency, net_cents, vat_cents, gross_cents)
    on invoices to cloison_app;
grant update (type, due_date, client_id, seller_snapshot, buyer_snapshot, corrects_id, operation_category, vat_on_debits, currency, net_cents, vat_cents, gross_cents,
        paid_cents, payment_status, pdf_object_key, einvoice_status)
    on invoices to cloison_app;
grant select, insert, update, delete on invoice_lines to cloison_app;
grant select on doc_counters, fiscal_journal, fiscal_chain_head, fiscal_keys to cloison_app;
grant select on invoices, invoice_lines, doc_counters, fiscal_journal, fiscal_chain_head, fiscal_keys to cloison_reader;
