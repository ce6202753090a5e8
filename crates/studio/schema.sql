-- PostgreSQL 15, written by `cargo xtask prepare` from migrations/: read it, do not edit it.

CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA public;

COMMENT ON EXTENSION btree_gist IS 'support for indexing common datatypes in GiST';

CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;

COMMENT ON EXTENSION pg_trgm IS 'text similarity measurement and index searching based on trigrams';

CREATE EXTENSION IF NOT EXISTS pgcrypto WITH SCHEMA public;

COMMENT ON EXTENSION pgcrypto IS 'cryptographic functions';

CREATE FUNCTION public.allocation_take_lane() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
    if new.session_id is not null then
        select case when s.status = 'HOLD' then s.hold_rank else 0 end,
               s.status in ('HOLD', 'PENDING_DEPOSIT', 'CONFIRMED', 'IN_PROGRESS', 'COMPLETED', 'NO_SHOW')
        into strict new.lane, new.active
        from sessions s
        where s.id = new.session_id;
    end if;
    return new;
end $$;

CREATE FUNCTION public.clients_alike(folded text) RETURNS TABLE(id uuid, likeness real)
    LANGUAGE sql STABLE
    SET search_path TO 'public', 'pg_temp'
    SET "pg_trgm.word_similarity_threshold" TO '0.4'
    SET enable_seqscan TO 'off'
    AS $$
    select c.id, word_similarity(folded, c.search_text)
    from clients c
    where folded <% c.search_text
$$;

CREATE FUNCTION public.cloison_first_data(data jsonb) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
declare
    studio_name text := data ->> 'name';
    studio_locale text := coalesce(data ->> 'locale', 'fr');
    zone text := coalesce(data ->> 'time_zone', 'Europe/Paris');
    owner_email text := lower(trim(data ->> 'owner_email'));
    owner_id uuid;
    room record;
begin
    -- Raises invalid_parameter_value for a zone that PostgreSQL does not know, before it is stored.
    perform now() at time zone zone;

    insert into studio_settings (name, time_zone, locale) values (studio_name, zone, studio_locale)
    on conflict (one) do nothing;

    insert into users (email, display_name, role, locale, status)
    values (owner_email, split_part(owner_email, '@', 1), 'OWNER', studio_locale, 'INVITED')
    on conflict do nothing;
    select u.id into strict owner_id from users u where lower(u.email) = owner_email;

    insert into sign_in_links (token_hash, user_id, expires_at)
    values (decode(data ->> 'sign_in_token_hash', 'hex'), owner_id, (data ->> 'sign_in_expires_at')::timestamptz)
    on conflict (token_hash) do nothing;

    if not exists (select from opening_rules) then
        insert into opening_rules (weekday, opens_at, duration_minutes)
        select day, '10:00', 16 * 60 from generate_series(1, 7) day;
    end if;

    if not exists (select from rooms) then
        for room in
            select * from (values ('Studio A', 0, 8000, 15, 15), ('Studio B', 1, 4500, 0, 15)) r (name, place, rate, setup, teardown)
        loop
            with resource as (
                insert into resources (kind, setup_minutes, teardown_minutes) values ('ROOM', room.setup, room.teardown) returning id
            )
            insert into rooms (id, name, position, colour, hourly_rate_cents)
            select resource.id, room.name, room.place, room.place, room.rate from resource;
        end loop;
    end if;
end $$;

CREATE FUNCTION public.cloison_fiscal_tables() RETURNS SETOF text
    LANGUAGE sql STABLE
    SET search_path TO 'public', 'pg_temp'
    AS $$
        select name
        from unnest(array['invoices', 'invoice_lines', 'fiscal_journal', 'fiscal_keys', 'fiscal_chain_head', 'doc_counters']) as name
        where exists (select from invoices where status = 'ISSUED')
            or exists (select from fiscal_journal)
    $$;

CREATE FUNCTION public.cloison_sign_in_link(data jsonb) RETURNS void
    LANGUAGE sql
    SET search_path TO 'public', 'pg_temp'
    AS $$
        insert into sign_in_links (token_hash, user_id, expires_at)
        select decode(data ->> 'sign_in_token_hash', 'hex'), owner.id, (data ->> 'sign_in_expires_at')::timestamptz
        from (
            select users.id
            from users
            where users.role = 'OWNER'
                and users.status <> 'DISABLED'
            order by lower(users.email) = lower(trim(data ->> 'owner_email')) desc, users.created_at, users.id
            limit 1
        ) as owner
        on conflict (token_hash) do nothing
    $$;

CREATE FUNCTION public.fiscal_append(p_event text, p_entity uuid, p_payload text, p_key_id text, p_key bytea) RETURNS bigint
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
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

CREATE FUNCTION public.fiscal_append_only() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
    raise exception '% is append-only: % refused', tg_table_name, tg_op
        using errcode = 'restrict_violation', constraint = 'fiscal_append_only', table = tg_table_name;
end $$;

CREATE FUNCTION public.fiscal_hash(prev_hash bytea, seq bigint, event text, entity_id uuid, occurred_at timestamp with time zone, payload text, key_id text, key bytea) RETURNS bytea
    LANGUAGE sql IMMUTABLE
    SET search_path TO 'public', 'pg_temp'
    RETURN public.hmac((prev_hash || convert_to(concat_ws('|'::text, '1', seq, key_id, event, entity_id, to_char((occurred_at AT TIME ZONE 'UTC'::text), 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'::text), payload), 'UTF8'::name)), key, 'sha256'::text);

CREATE FUNCTION public.fiscal_verify(p_key_id text, p_key bytea) RETURNS bigint
    LANGUAGE sql STABLE
    SET search_path TO 'public', 'pg_temp'
    AS $$
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

CREATE FUNCTION public.fold(value text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN replace(replace(replace(replace(replace(replace(lower(translate(regexp_replace(NORMALIZE(value, NFKD), '[\u0300-\u036f]'::text, ''::text, 'g'::text), 'łŁøØđĐ'::text, 'lloodd'::text)), 'œ'::text, 'oe'::text), 'Œ'::text, 'oe'::text), 'æ'::text, 'ae'::text), 'Æ'::text, 'ae'::text), 'ß'::text, 'ss'::text), '’'::text, ''''::text);

CREATE FUNCTION public.invoice_guard() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
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

CREATE FUNCTION public.invoice_line_guard() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
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

CREATE FUNCTION public.issue_invoice(p_invoice uuid, p_series text, p_date date, p_key_id text, p_key bytea) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
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

CREATE FUNCTION public.lock_resources(ids uuid[]) RETURNS integer
    LANGUAGE plpgsql STRICT
    SET search_path TO 'public', 'pg_temp'
    AS $$
declare
    id uuid;
    locked integer := 0;
begin
    for id in select distinct i from unnest(ids) i order by i loop
        perform pg_advisory_xact_lock(hashtextextended(id::text, 0));
        locked := locked + 1;
    end loop;
    return locked;
end $$;

CREATE FUNCTION public.session_sync_allocations() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
    update allocations a
    set lane   = case when new.status = 'HOLD' then new.hold_rank else 0 end,
        active = new.status in ('HOLD', 'PENDING_DEPOSIT', 'CONFIRMED', 'IN_PROGRESS', 'COMPLETED', 'NO_SHOW')
    where a.session_id = new.id;
    return null;
end $$;

CREATE FUNCTION public.session_transition_guard() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
    if new.status = old.status or new.status = any (case old.status
        when 'INQUIRY'         then array['HOLD', 'PENDING_DEPOSIT', 'CONFIRMED', 'CANCELLED', 'EXPIRED']
        when 'HOLD'            then array['PENDING_DEPOSIT', 'CONFIRMED', 'CANCELLED', 'EXPIRED']
        when 'PENDING_DEPOSIT' then array['HOLD', 'CONFIRMED', 'CANCELLED', 'EXPIRED']
        when 'CONFIRMED'       then array['IN_PROGRESS', 'COMPLETED', 'CANCELLED', 'NO_SHOW']
        when 'IN_PROGRESS'     then array['COMPLETED', 'CANCELLED']
        when 'NO_SHOW'         then array['COMPLETED']
        else array[]::text[]
    end) then
        return new;
    end if;
    raise exception 'a session cannot go from % to %', old.status, new.status
        using errcode = 'check_violation', constraint = 'sessions_transition_legal', table = 'sessions';
end $$;

CREATE TABLE public.allocations (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    session_id uuid,
    resource_id uuid NOT NULL,
    kind text DEFAULT 'SESSION'::text NOT NULL,
    label text,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    busy_from timestamp with time zone NOT NULL,
    busy_to timestamp with time zone NOT NULL,
    lane smallint DEFAULT 0 NOT NULL,
    active boolean DEFAULT true NOT NULL,
    busy tstzrange GENERATED ALWAYS AS (tstzrange(busy_from, busy_to, '[)'::text)) STORED NOT NULL,
    CONSTRAINT allocations_busy_covers_span CHECK (((busy_from <= starts_at) AND (busy_to >= ends_at))),
    CONSTRAINT allocations_end_after_start CHECK ((ends_at > starts_at)),
    CONSTRAINT allocations_kind_known CHECK ((kind = ANY (ARRAY['SESSION'::text, 'BLOCK'::text, 'LEAVE'::text]))),
    CONSTRAINT allocations_label_length CHECK (((char_length(label) >= 1) AND (char_length(label) <= 120))),
    CONSTRAINT allocations_lane_known CHECK (((lane >= 0) AND (lane <= 9))),
    CONSTRAINT allocations_session_or_label CHECK ((((kind = 'SESSION'::text) = (session_id IS NOT NULL)) AND ((kind = 'SESSION'::text) = (label IS NULL))))
);

CREATE TABLE public.audio_files (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    session_id uuid,
    client_id uuid NOT NULL,
    title text NOT NULL,
    stage text NOT NULL,
    status text DEFAULT 'UPLOADING'::text NOT NULL,
    object_key text NOT NULL,
    bytes bigint NOT NULL,
    sha256 bytea,
    codec text NOT NULL,
    sample_rate_hz integer NOT NULL,
    bit_depth smallint NOT NULL,
    channels smallint NOT NULL,
    duration_ms bigint NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT audio_files_bit_depth_known CHECK ((bit_depth = ANY (ARRAY[16, 24, 32]))),
    CONSTRAINT audio_files_bytes_positive CHECK ((bytes >= 0)),
    CONSTRAINT audio_files_channels_sane CHECK (((channels >= 1) AND (channels <= 64))),
    CONSTRAINT audio_files_codec_known CHECK ((codec = ANY (ARRAY['WAV'::text, 'AIFF'::text, 'FLAC'::text, 'MP3'::text, 'AAC'::text]))),
    CONSTRAINT audio_files_duration_positive CHECK ((duration_ms >= 0)),
    CONSTRAINT audio_files_sample_rate_sane CHECK (((sample_rate_hz >= 8000) AND (sample_rate_hz <= 768000))),
    CONSTRAINT audio_files_sha256_length CHECK ((octet_length(sha256) = 32)),
    CONSTRAINT audio_files_stage_known CHECK ((stage = ANY (ARRAY['TAKE'::text, 'ROUGH'::text, 'MIX'::text, 'MASTER'::text, 'STEM'::text]))),
    CONSTRAINT audio_files_status_known CHECK ((status = ANY (ARRAY['UPLOADING'::text, 'PROCESSING'::text, 'READY'::text, 'APPROVED'::text, 'FAILED'::text, 'DELETED'::text]))),
    CONSTRAINT audio_files_title_length CHECK (((char_length(title) >= 1) AND (char_length(title) <= 200)))
);

CREATE TABLE public.clients (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    kind text NOT NULL,
    display_name text NOT NULL,
    legal_name text,
    email text,
    phone text,
    siren text,
    vat_number text,
    is_vat_taxable boolean DEFAULT false NOT NULL,
    country text DEFAULT 'FR'::text NOT NULL,
    locale text DEFAULT 'fr'::text NOT NULL,
    payment_terms_days integer DEFAULT 30 NOT NULL,
    notes text DEFAULT ''::text NOT NULL,
    status text DEFAULT 'ACTIVE'::text NOT NULL,
    merged_into_id uuid,
    erased_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    sort_name text GENERATED ALWAYS AS (public.fold(display_name)) STORED NOT NULL,
    search_text text GENERATED ALWAYS AS (public.fold(((((((display_name || ' '::text) || COALESCE(legal_name, ''::text)) || ' '::text) || COALESCE(email, ''::text)) || ' '::text) || COALESCE(phone, ''::text)))) STORED NOT NULL,
    CONSTRAINT clients_country_iso CHECK ((country ~ '^[A-Z]{2}$'::text)),
    CONSTRAINT clients_display_name_length CHECK (((char_length(display_name) >= 1) AND (char_length(display_name) <= 120))),
    CONSTRAINT clients_email_shape CHECK ((((char_length(email) >= 3) AND (char_length(email) <= 254)) AND (email ~~ '%_@_%'::text))),
    CONSTRAINT clients_erased_says_when CHECK (((status = 'ERASED'::text) = (erased_at IS NOT NULL))),
    CONSTRAINT clients_kind_known CHECK ((kind = ANY (ARRAY['PERSON'::text, 'COMPANY'::text, 'BAND'::text]))),
    CONSTRAINT clients_legal_name_length CHECK (((char_length(legal_name) >= 1) AND (char_length(legal_name) <= 200))),
    CONSTRAINT clients_locale_known CHECK ((locale = ANY (ARRAY['fr'::text, 'en'::text]))),
    CONSTRAINT clients_merged_names_its_heir CHECK (((status = 'MERGED'::text) = (merged_into_id IS NOT NULL))),
    CONSTRAINT clients_notes_length CHECK ((char_length(notes) <= 4000)),
    CONSTRAINT clients_payment_terms_legal CHECK (((payment_terms_days >= 0) AND (payment_terms_days <= 60))),
    CONSTRAINT clients_phone_length CHECK (((char_length(phone) >= 3) AND (char_length(phone) <= 40))),
    CONSTRAINT clients_siren_digits CHECK ((siren ~ '^[0-9]{9}$'::text)),
    CONSTRAINT clients_status_known CHECK ((status = ANY (ARRAY['ACTIVE'::text, 'ARCHIVED'::text, 'RESTRICTED'::text, 'ERASED'::text, 'MERGED'::text]))),
    CONSTRAINT clients_vat_number_shape CHECK ((vat_number ~ '^[A-Z]{2}[0-9A-Z]{2,13}$'::text))
);

CREATE TABLE public.doc_counters (
    series text NOT NULL,
    fiscal_year integer NOT NULL,
    last_number integer DEFAULT 0 NOT NULL,
    last_date date,
    CONSTRAINT doc_counters_series_shape CHECK ((series ~ '^[A-Z]{1,6}$'::text))
);

CREATE TABLE public.equipment (
    id uuid NOT NULL,
    kind text GENERATED ALWAYS AS ('EQUIPMENT'::text) STORED NOT NULL,
    name text NOT NULL,
    CONSTRAINT equipment_name_length CHECK (((char_length(name) >= 1) AND (char_length(name) <= 120)))
);

CREATE TABLE public.fiscal_chain_head (
    one boolean DEFAULT true NOT NULL,
    last_seq bigint DEFAULT 0 NOT NULL,
    last_hash bytea DEFAULT '\x00'::bytea NOT NULL,
    CONSTRAINT fiscal_chain_head_one_row CHECK (one)
);

CREATE TABLE public.fiscal_journal (
    seq bigint NOT NULL,
    event text NOT NULL,
    entity_id uuid NOT NULL,
    occurred_at timestamp with time zone NOT NULL,
    payload text NOT NULL,
    format smallint NOT NULL,
    key_id text NOT NULL,
    prev_hash bytea NOT NULL,
    hash bytea NOT NULL,
    CONSTRAINT fiscal_journal_event_shape CHECK ((event ~ '^[A-Z_]{1,40}$'::text))
);

CREATE TABLE public.fiscal_keys (
    key_id text NOT NULL,
    fingerprint bytea NOT NULL,
    first_used timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT fiscal_keys_key_id_shape CHECK ((key_id ~ '^[a-z0-9-]{1,40}$'::text))
);

CREATE TABLE public.invoice_lines (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    invoice_id uuid NOT NULL,
    "position" integer NOT NULL,
    session_id uuid,
    label text NOT NULL,
    quantity_thousandths bigint NOT NULL,
    unit_price_cents bigint NOT NULL,
    vat_basis_points integer NOT NULL,
    vat_category text DEFAULT 'S'::text NOT NULL,
    net_cents bigint NOT NULL,
    CONSTRAINT invoice_lines_label_length CHECK (((char_length(label) >= 1) AND (char_length(label) <= 300))),
    CONSTRAINT invoice_lines_net_adds_up CHECK (((net_cents)::numeric = round((((quantity_thousandths)::numeric * (unit_price_cents)::numeric) / (1000)::numeric)))),
    CONSTRAINT invoice_lines_vat_category_known CHECK ((vat_category = ANY (ARRAY['S'::text, 'Z'::text, 'E'::text, 'AE'::text, 'K'::text, 'G'::text, 'O'::text]))),
    CONSTRAINT invoice_lines_vat_sane CHECK (((vat_basis_points >= 0) AND (vat_basis_points <= 10000)))
);

CREATE TABLE public.invoices (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    type text NOT NULL,
    status text DEFAULT 'DRAFT'::text NOT NULL,
    series text,
    fiscal_year integer,
    sequence_number integer,
    number text,
    issue_date date,
    due_date date,
    client_id uuid NOT NULL,
    seller_snapshot jsonb,
    buyer_snapshot jsonb,
    corrects_id uuid,
    operation_category text DEFAULT 'SERVICES'::text NOT NULL,
    vat_on_debits boolean DEFAULT false NOT NULL,
    currency text DEFAULT 'EUR'::text NOT NULL,
    net_cents bigint DEFAULT 0 NOT NULL,
    vat_cents bigint DEFAULT 0 NOT NULL,
    gross_cents bigint DEFAULT 0 NOT NULL,
    content_sha256 bytea,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    issued_at timestamp with time zone,
    paid_cents bigint DEFAULT 0 NOT NULL,
    payment_status text DEFAULT 'UNPAID'::text NOT NULL,
    pdf_object_key text,
    einvoice_status text,
    CONSTRAINT invoices_correction_names_original CHECK (((type <> ALL (ARRAY['CREDIT_NOTE'::text, 'CORRECTIVE_INVOICE'::text])) OR (corrects_id IS NOT NULL))),
    CONSTRAINT invoices_currency_iso CHECK ((currency ~ '^[A-Z]{3}$'::text)),
    CONSTRAINT invoices_draft_has_no_number CHECK (((status <> 'DRAFT'::text) OR ((number IS NULL) AND (sequence_number IS NULL) AND (issue_date IS NULL)))),
    CONSTRAINT invoices_gross_adds_up CHECK ((gross_cents = (net_cents + vat_cents))),
    CONSTRAINT invoices_issued_is_complete CHECK (((status <> 'ISSUED'::text) OR ((series IS NOT NULL) AND (fiscal_year IS NOT NULL) AND (sequence_number IS NOT NULL) AND (char_length(number) <= 35) AND (issue_date IS NOT NULL) AND (issued_at IS NOT NULL) AND (content_sha256 IS NOT NULL) AND (seller_snapshot IS NOT NULL) AND (buyer_snapshot IS NOT NULL)))),
    CONSTRAINT invoices_operation_category_known CHECK ((operation_category = ANY (ARRAY['GOODS'::text, 'SERVICES'::text, 'MIXED'::text]))),
    CONSTRAINT invoices_payment_status_known CHECK ((payment_status = ANY (ARRAY['UNPAID'::text, 'PARTIAL'::text, 'PAID'::text, 'OVERPAID'::text, 'WRITTEN_OFF'::text, 'CREDITED'::text]))),
    CONSTRAINT invoices_status_known CHECK ((status = ANY (ARRAY['DRAFT'::text, 'ISSUED'::text]))),
    CONSTRAINT invoices_type_known CHECK ((type = ANY (ARRAY['INVOICE'::text, 'DEPOSIT_INVOICE'::text, 'FINAL_INVOICE'::text, 'CREDIT_NOTE'::text, 'CORRECTIVE_INVOICE'::text])))
);

CREATE TABLE public.opening_rules (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    weekday smallint NOT NULL,
    opens_at time without time zone NOT NULL,
    duration_minutes integer NOT NULL,
    CONSTRAINT opening_rules_duration_sane CHECK (((duration_minutes >= 15) AND (duration_minutes <= 1440))),
    CONSTRAINT opening_rules_weekday_iso CHECK (((weekday >= 1) AND (weekday <= 7)))
);

CREATE TABLE public.resources (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    kind text NOT NULL,
    setup_minutes integer DEFAULT 0 NOT NULL,
    teardown_minutes integer DEFAULT 0 NOT NULL,
    archived_at timestamp with time zone,
    CONSTRAINT resources_kind_known CHECK ((kind = ANY (ARRAY['ROOM'::text, 'STAFF'::text, 'EQUIPMENT'::text]))),
    CONSTRAINT resources_setup_sane CHECK (((setup_minutes >= 0) AND (setup_minutes <= 1440))),
    CONSTRAINT resources_teardown_sane CHECK (((teardown_minutes >= 0) AND (teardown_minutes <= 1440)))
);

CREATE TABLE public.rooms (
    id uuid NOT NULL,
    kind text GENERATED ALWAYS AS ('ROOM'::text) STORED NOT NULL,
    name text NOT NULL,
    description text DEFAULT ''::text NOT NULL,
    "position" smallint NOT NULL,
    colour smallint NOT NULL,
    hourly_rate_cents bigint NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT rooms_colour_known CHECK (((colour >= 0) AND (colour <= 7))),
    CONSTRAINT rooms_description_length CHECK ((char_length(description) <= 2000)),
    CONSTRAINT rooms_hourly_rate_sane CHECK (((hourly_rate_cents >= 0) AND (hourly_rate_cents <= 10000000))),
    CONSTRAINT rooms_name_length CHECK (((char_length(name) >= 1) AND (char_length(name) <= 60)))
);

CREATE TABLE public.sessions (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    client_id uuid,
    title text NOT NULL,
    notes text DEFAULT ''::text NOT NULL,
    status text DEFAULT 'INQUIRY'::text NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    hold_rank smallint,
    hold_expires_at timestamp with time zone,
    source text DEFAULT 'STAFF'::text NOT NULL,
    hourly_rate_cents bigint DEFAULT 0 NOT NULL,
    deposit_required_cents bigint DEFAULT 0 NOT NULL,
    created_by uuid,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    cancelled_at timestamp with time zone,
    cancelled_by uuid,
    cancel_reason text,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT sessions_cancel_reason_length CHECK ((char_length(cancel_reason) <= 500)),
    CONSTRAINT sessions_cancelled_says_when CHECK (((status = 'CANCELLED'::text) = (cancelled_at IS NOT NULL))),
    CONSTRAINT sessions_deposit_sane CHECK (((deposit_required_cents >= 0) AND (deposit_required_cents <= 1000000000))),
    CONSTRAINT sessions_end_after_start CHECK ((ends_at > starts_at)),
    CONSTRAINT sessions_hold_has_rank CHECK (((status = 'HOLD'::text) = (hold_rank IS NOT NULL))),
    CONSTRAINT sessions_hold_rank_known CHECK (((hold_rank >= 1) AND (hold_rank <= 9))),
    CONSTRAINT sessions_length_sane CHECK (((ends_at - starts_at) <= '14 days'::interval)),
    CONSTRAINT sessions_notes_length CHECK ((char_length(notes) <= 2000)),
    CONSTRAINT sessions_pending_expires CHECK (((status <> ALL (ARRAY['HOLD'::text, 'PENDING_DEPOSIT'::text])) OR (hold_expires_at IS NOT NULL))),
    CONSTRAINT sessions_rate_sane CHECK (((hourly_rate_cents >= 0) AND (hourly_rate_cents <= 10000000))),
    CONSTRAINT sessions_source_known CHECK ((source = ANY (ARRAY['STAFF'::text, 'ONLINE'::text, 'IMPORT'::text]))),
    CONSTRAINT sessions_status_known CHECK ((status = ANY (ARRAY['INQUIRY'::text, 'HOLD'::text, 'PENDING_DEPOSIT'::text, 'CONFIRMED'::text, 'IN_PROGRESS'::text, 'COMPLETED'::text, 'CANCELLED'::text, 'NO_SHOW'::text, 'EXPIRED'::text]))),
    CONSTRAINT sessions_title_length CHECK (((char_length(title) >= 1) AND (char_length(title) <= 120)))
);

CREATE TABLE public.sign_in_links (
    token_hash bytea NOT NULL,
    user_id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone,
    CONSTRAINT sign_in_links_token_hash_sha256 CHECK ((octet_length(token_hash) = 32))
);

CREATE TABLE public.sign_ins (
    token_hash bytea NOT NULL,
    user_id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    last_seen_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    user_agent text DEFAULT ''::text NOT NULL,
    CONSTRAINT sign_ins_expire_later CHECK ((expires_at > created_at)),
    CONSTRAINT sign_ins_token_hash_sha256 CHECK ((octet_length(token_hash) = 32)),
    CONSTRAINT sign_ins_user_agent_length CHECK ((char_length(user_agent) <= 400))
);

CREATE TABLE public.staff (
    id uuid NOT NULL,
    kind text GENERATED ALWAYS AS ('STAFF'::text) STORED NOT NULL,
    user_id uuid NOT NULL
);

CREATE TABLE public.studio_settings (
    one boolean DEFAULT true NOT NULL,
    name text NOT NULL,
    time_zone text DEFAULT 'Europe/Paris'::text NOT NULL,
    locale text DEFAULT 'fr'::text NOT NULL,
    currency text DEFAULT 'EUR'::text NOT NULL,
    hold_hours integer DEFAULT 72 NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT studio_settings_currency_iso CHECK ((currency ~ '^[A-Z]{3}$'::text)),
    CONSTRAINT studio_settings_hold_hours_sane CHECK (((hold_hours >= 1) AND (hold_hours <= 720))),
    CONSTRAINT studio_settings_locale_known CHECK ((locale = ANY (ARRAY['fr'::text, 'en'::text]))),
    CONSTRAINT studio_settings_name_length CHECK (((char_length(name) >= 1) AND (char_length(name) <= 120))),
    CONSTRAINT studio_settings_one_row CHECK (one)
);

CREATE TABLE public.users (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    email text NOT NULL,
    display_name text NOT NULL,
    role text NOT NULL,
    locale text DEFAULT 'fr'::text NOT NULL,
    status text DEFAULT 'INVITED'::text NOT NULL,
    password_hash text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT users_display_name_length CHECK (((char_length(display_name) >= 1) AND (char_length(display_name) <= 120))),
    CONSTRAINT users_email_shape CHECK ((((char_length(email) >= 3) AND (char_length(email) <= 254)) AND (email ~~ '%_@_%'::text))),
    CONSTRAINT users_locale_known CHECK ((locale = ANY (ARRAY['fr'::text, 'en'::text]))),
    CONSTRAINT users_role_known CHECK ((role = ANY (ARRAY['OWNER'::text, 'MANAGER'::text, 'ENGINEER'::text, 'ASSISTANT'::text, 'RECEPTION'::text, 'ACCOUNTANT'::text, 'READONLY'::text]))),
    CONSTRAINT users_status_known CHECK ((status = ANY (ARRAY['INVITED'::text, 'ACTIVE'::text, 'DISABLED'::text])))
);

ALTER TABLE ONLY public.allocations
    ADD CONSTRAINT allocations_no_double_booking EXCLUDE USING gist (resource_id WITH =, lane WITH =, busy WITH &&) WHERE (active);

ALTER TABLE ONLY public.allocations
    ADD CONSTRAINT allocations_once_per_session UNIQUE (session_id, resource_id);

ALTER TABLE ONLY public.allocations
    ADD CONSTRAINT allocations_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.audio_files
    ADD CONSTRAINT audio_files_object_key_key UNIQUE (object_key);

ALTER TABLE ONLY public.audio_files
    ADD CONSTRAINT audio_files_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.clients
    ADD CONSTRAINT clients_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.doc_counters
    ADD CONSTRAINT doc_counters_pkey PRIMARY KEY (series, fiscal_year);

ALTER TABLE ONLY public.equipment
    ADD CONSTRAINT equipment_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.fiscal_chain_head
    ADD CONSTRAINT fiscal_chain_head_pkey PRIMARY KEY (one);

ALTER TABLE ONLY public.fiscal_journal
    ADD CONSTRAINT fiscal_journal_pkey PRIMARY KEY (seq);

ALTER TABLE ONLY public.fiscal_keys
    ADD CONSTRAINT fiscal_keys_pkey PRIMARY KEY (key_id);

ALTER TABLE ONLY public.invoice_lines
    ADD CONSTRAINT invoice_lines_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.invoice_lines
    ADD CONSTRAINT invoice_lines_position_key UNIQUE (invoice_id, "position");

ALTER TABLE ONLY public.invoices
    ADD CONSTRAINT invoices_number_key UNIQUE (number);

ALTER TABLE ONLY public.invoices
    ADD CONSTRAINT invoices_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.invoices
    ADD CONSTRAINT invoices_sequence_key UNIQUE (series, fiscal_year, sequence_number);

ALTER TABLE ONLY public.opening_rules
    ADD CONSTRAINT opening_rules_no_duplicate UNIQUE (weekday, opens_at);

ALTER TABLE ONLY public.opening_rules
    ADD CONSTRAINT opening_rules_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.resources
    ADD CONSTRAINT resources_id_kind_key UNIQUE (id, kind);

ALTER TABLE ONLY public.resources
    ADD CONSTRAINT resources_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.rooms
    ADD CONSTRAINT rooms_name_key UNIQUE (name);

ALTER TABLE ONLY public.rooms
    ADD CONSTRAINT rooms_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_span_key UNIQUE (id, starts_at, ends_at);

ALTER TABLE ONLY public.sign_in_links
    ADD CONSTRAINT sign_in_links_pkey PRIMARY KEY (token_hash);

ALTER TABLE ONLY public.sign_ins
    ADD CONSTRAINT sign_ins_pkey PRIMARY KEY (token_hash);

ALTER TABLE ONLY public.staff
    ADD CONSTRAINT staff_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.staff
    ADD CONSTRAINT staff_user_key UNIQUE (user_id);

ALTER TABLE ONLY public.studio_settings
    ADD CONSTRAINT studio_settings_pkey PRIMARY KEY (one);

ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_pkey PRIMARY KEY (id);

CREATE INDEX allocations_span_idx ON public.allocations USING gist (tstzrange(starts_at, ends_at, '[)'::text));

CREATE INDEX audio_files_client_idx ON public.audio_files USING btree (client_id, created_at);

CREATE INDEX audio_files_session_idx ON public.audio_files USING btree (session_id);

CREATE INDEX clients_search_text_idx ON public.clients USING gin (search_text public.gin_trgm_ops);

CREATE INDEX clients_sort_name_idx ON public.clients USING btree (sort_name, id);

CREATE INDEX invoice_lines_session_idx ON public.invoice_lines USING btree (session_id);

CREATE INDEX invoices_client_idx ON public.invoices USING btree (client_id, issue_date);

CREATE INDEX invoices_issue_date_idx ON public.invoices USING btree (issue_date);

CREATE INDEX sessions_client_idx ON public.sessions USING btree (client_id, starts_at);

CREATE INDEX sessions_starts_at_idx ON public.sessions USING btree (starts_at);

CREATE INDEX sign_in_links_user_id_idx ON public.sign_in_links USING btree (user_id);

CREATE INDEX sign_ins_expires_at_idx ON public.sign_ins USING btree (expires_at);

CREATE INDEX sign_ins_user_id_idx ON public.sign_ins USING btree (user_id);

CREATE UNIQUE INDEX users_email_key ON public.users USING btree (lower(email));

CREATE TRIGGER allocation_take_lane BEFORE INSERT ON public.allocations FOR EACH ROW EXECUTE FUNCTION public.allocation_take_lane();

CREATE TRIGGER doc_counters_no_truncate BEFORE DELETE OR TRUNCATE ON public.doc_counters FOR EACH STATEMENT EXECUTE FUNCTION public.fiscal_append_only();

CREATE TRIGGER fiscal_journal_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.fiscal_journal FOR EACH STATEMENT EXECUTE FUNCTION public.fiscal_append_only();

CREATE TRIGGER fiscal_keys_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.fiscal_keys FOR EACH STATEMENT EXECUTE FUNCTION public.fiscal_append_only();

CREATE TRIGGER invoice_guard BEFORE INSERT OR DELETE OR UPDATE ON public.invoices FOR EACH ROW EXECUTE FUNCTION public.invoice_guard();

CREATE TRIGGER invoice_line_guard BEFORE INSERT OR DELETE OR UPDATE ON public.invoice_lines FOR EACH ROW EXECUTE FUNCTION public.invoice_line_guard();

CREATE TRIGGER invoice_lines_no_truncate BEFORE TRUNCATE ON public.invoice_lines FOR EACH STATEMENT EXECUTE FUNCTION public.fiscal_append_only();

CREATE TRIGGER invoices_no_truncate BEFORE TRUNCATE ON public.invoices FOR EACH STATEMENT EXECUTE FUNCTION public.fiscal_append_only();

CREATE TRIGGER session_sync_allocations AFTER UPDATE OF status, hold_rank ON public.sessions FOR EACH ROW WHEN (((old.status IS DISTINCT FROM new.status) OR (old.hold_rank IS DISTINCT FROM new.hold_rank))) EXECUTE FUNCTION public.session_sync_allocations();

CREATE TRIGGER session_transition_guard BEFORE UPDATE OF status ON public.sessions FOR EACH ROW EXECUTE FUNCTION public.session_transition_guard();

ALTER TABLE ONLY public.allocations
    ADD CONSTRAINT allocations_follow_session FOREIGN KEY (session_id, starts_at, ends_at) REFERENCES public.sessions(id, starts_at, ends_at) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.allocations
    ADD CONSTRAINT allocations_resource_fkey FOREIGN KEY (resource_id) REFERENCES public.resources(id);

ALTER TABLE ONLY public.audio_files
    ADD CONSTRAINT audio_files_client_fkey FOREIGN KEY (client_id) REFERENCES public.clients(id);

ALTER TABLE ONLY public.audio_files
    ADD CONSTRAINT audio_files_session_fkey FOREIGN KEY (session_id) REFERENCES public.sessions(id);

ALTER TABLE ONLY public.clients
    ADD CONSTRAINT clients_merged_into_fkey FOREIGN KEY (merged_into_id) REFERENCES public.clients(id);

ALTER TABLE ONLY public.equipment
    ADD CONSTRAINT equipment_resource_fkey FOREIGN KEY (id, kind) REFERENCES public.resources(id, kind);

ALTER TABLE ONLY public.fiscal_journal
    ADD CONSTRAINT fiscal_journal_key_fkey FOREIGN KEY (key_id) REFERENCES public.fiscal_keys(key_id);

ALTER TABLE ONLY public.invoice_lines
    ADD CONSTRAINT invoice_lines_invoice_fkey FOREIGN KEY (invoice_id) REFERENCES public.invoices(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.invoice_lines
    ADD CONSTRAINT invoice_lines_session_fkey FOREIGN KEY (session_id) REFERENCES public.sessions(id);

ALTER TABLE ONLY public.invoices
    ADD CONSTRAINT invoices_client_fkey FOREIGN KEY (client_id) REFERENCES public.clients(id);

ALTER TABLE ONLY public.invoices
    ADD CONSTRAINT invoices_corrects_fkey FOREIGN KEY (corrects_id) REFERENCES public.invoices(id);

ALTER TABLE ONLY public.rooms
    ADD CONSTRAINT rooms_resource_fkey FOREIGN KEY (id, kind) REFERENCES public.resources(id, kind);

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_cancelled_by_fkey FOREIGN KEY (cancelled_by) REFERENCES public.users(id);

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_client_fkey FOREIGN KEY (client_id) REFERENCES public.clients(id);

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_created_by_fkey FOREIGN KEY (created_by) REFERENCES public.users(id);

ALTER TABLE ONLY public.sign_in_links
    ADD CONSTRAINT sign_in_links_user_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.sign_ins
    ADD CONSTRAINT sign_ins_user_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.staff
    ADD CONSTRAINT staff_resource_fkey FOREIGN KEY (id, kind) REFERENCES public.resources(id, kind);

ALTER TABLE ONLY public.staff
    ADD CONSTRAINT staff_user_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);

REVOKE USAGE ON SCHEMA public FROM PUBLIC;
GRANT ALL ON SCHEMA public TO cloison_owner;
GRANT USAGE ON SCHEMA public TO cloison_app;
GRANT USAGE ON SCHEMA public TO cloison_reader;

REVOKE ALL ON FUNCTION public.allocation_take_lane() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.clients_alike(folded text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.clients_alike(folded text) TO cloison_app;
GRANT ALL ON FUNCTION public.clients_alike(folded text) TO cloison_reader;

REVOKE ALL ON FUNCTION public.cloison_first_data(data jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.cloison_fiscal_tables() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.cloison_sign_in_link(data jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.fiscal_append(p_event text, p_entity uuid, p_payload text, p_key_id text, p_key bytea) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.fiscal_append_only() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.fiscal_hash(prev_hash bytea, seq bigint, event text, entity_id uuid, occurred_at timestamp with time zone, payload text, key_id text, key bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION public.fiscal_hash(prev_hash bytea, seq bigint, event text, entity_id uuid, occurred_at timestamp with time zone, payload text, key_id text, key bytea) TO cloison_app;
GRANT ALL ON FUNCTION public.fiscal_hash(prev_hash bytea, seq bigint, event text, entity_id uuid, occurred_at timestamp with time zone, payload text, key_id text, key bytea) TO cloison_reader;

REVOKE ALL ON FUNCTION public.fiscal_verify(p_key_id text, p_key bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION public.fiscal_verify(p_key_id text, p_key bytea) TO cloison_app;
GRANT ALL ON FUNCTION public.fiscal_verify(p_key_id text, p_key bytea) TO cloison_reader;

REVOKE ALL ON FUNCTION public.fold(value text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.fold(value text) TO cloison_app;
GRANT ALL ON FUNCTION public.fold(value text) TO cloison_reader;

REVOKE ALL ON FUNCTION public.invoice_guard() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.invoice_line_guard() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.issue_invoice(p_invoice uuid, p_series text, p_date date, p_key_id text, p_key bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION public.issue_invoice(p_invoice uuid, p_series text, p_date date, p_key_id text, p_key bytea) TO cloison_app;

REVOKE ALL ON FUNCTION public.lock_resources(ids uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.lock_resources(ids uuid[]) TO cloison_app;

REVOKE ALL ON FUNCTION public.session_sync_allocations() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.session_transition_guard() FROM PUBLIC;

GRANT SELECT,DELETE ON TABLE public.allocations TO cloison_app;
GRANT SELECT ON TABLE public.allocations TO cloison_reader;

GRANT INSERT(id) ON TABLE public.allocations TO cloison_app;

GRANT INSERT(session_id) ON TABLE public.allocations TO cloison_app;

GRANT INSERT(resource_id),UPDATE(resource_id) ON TABLE public.allocations TO cloison_app;

GRANT INSERT(kind) ON TABLE public.allocations TO cloison_app;

GRANT INSERT(label),UPDATE(label) ON TABLE public.allocations TO cloison_app;

GRANT INSERT(starts_at),UPDATE(starts_at) ON TABLE public.allocations TO cloison_app;

GRANT INSERT(ends_at),UPDATE(ends_at) ON TABLE public.allocations TO cloison_app;

GRANT INSERT(busy_from),UPDATE(busy_from) ON TABLE public.allocations TO cloison_app;

GRANT INSERT(busy_to),UPDATE(busy_to) ON TABLE public.allocations TO cloison_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.audio_files TO cloison_app;
GRANT SELECT ON TABLE public.audio_files TO cloison_reader;

GRANT SELECT,INSERT,UPDATE ON TABLE public.clients TO cloison_app;
GRANT SELECT ON TABLE public.clients TO cloison_reader;

GRANT SELECT ON TABLE public.doc_counters TO cloison_app;
GRANT SELECT ON TABLE public.doc_counters TO cloison_reader;

GRANT SELECT,INSERT,UPDATE ON TABLE public.equipment TO cloison_app;
GRANT SELECT ON TABLE public.equipment TO cloison_reader;

GRANT SELECT ON TABLE public.fiscal_chain_head TO cloison_app;
GRANT SELECT ON TABLE public.fiscal_chain_head TO cloison_reader;

GRANT SELECT ON TABLE public.fiscal_journal TO cloison_app;
GRANT SELECT ON TABLE public.fiscal_journal TO cloison_reader;

GRANT SELECT ON TABLE public.fiscal_keys TO cloison_app;
GRANT SELECT ON TABLE public.fiscal_keys TO cloison_reader;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.invoice_lines TO cloison_app;
GRANT SELECT ON TABLE public.invoice_lines TO cloison_reader;

GRANT SELECT,DELETE ON TABLE public.invoices TO cloison_app;
GRANT SELECT ON TABLE public.invoices TO cloison_reader;

GRANT INSERT(id) ON TABLE public.invoices TO cloison_app;

GRANT INSERT(type),UPDATE(type) ON TABLE public.invoices TO cloison_app;

GRANT INSERT(due_date),UPDATE(due_date) ON TABLE public.invoices TO cloison_app;

GRANT INSERT(client_id),UPDATE(client_id) ON TABLE public.invoices TO cloison_app;

GRANT INSERT(seller_snapshot),UPDATE(seller_snapshot) ON TABLE public.invoices TO cloison_app;

GRANT INSERT(buyer_snapshot),UPDATE(buyer_snapshot) ON TABLE public.invoices TO cloison_app;

GRANT INSERT(corrects_id),UPDATE(corrects_id) ON TABLE public.invoices TO cloison_app;

GRANT INSERT(operation_category),UPDATE(operation_category) ON TABLE public.invoices TO cloison_app;

GRANT INSERT(vat_on_debits),UPDATE(vat_on_debits) ON TABLE public.invoices TO cloison_app;

GRANT INSERT(currency),UPDATE(currency) ON TABLE public.invoices TO cloison_app;

GRANT INSERT(net_cents),UPDATE(net_cents) ON TABLE public.invoices TO cloison_app;

GRANT INSERT(vat_cents),UPDATE(vat_cents) ON TABLE public.invoices TO cloison_app;

GRANT INSERT(gross_cents),UPDATE(gross_cents) ON TABLE public.invoices TO cloison_app;

GRANT UPDATE(paid_cents) ON TABLE public.invoices TO cloison_app;

GRANT UPDATE(payment_status) ON TABLE public.invoices TO cloison_app;

GRANT UPDATE(pdf_object_key) ON TABLE public.invoices TO cloison_app;

GRANT UPDATE(einvoice_status) ON TABLE public.invoices TO cloison_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.opening_rules TO cloison_app;
GRANT SELECT ON TABLE public.opening_rules TO cloison_reader;

GRANT SELECT,INSERT,UPDATE ON TABLE public.resources TO cloison_app;
GRANT SELECT ON TABLE public.resources TO cloison_reader;

GRANT SELECT,INSERT,UPDATE ON TABLE public.rooms TO cloison_app;
GRANT SELECT ON TABLE public.rooms TO cloison_reader;

GRANT SELECT,INSERT,UPDATE ON TABLE public.sessions TO cloison_app;
GRANT SELECT ON TABLE public.sessions TO cloison_reader;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.sign_in_links TO cloison_app;
GRANT SELECT ON TABLE public.sign_in_links TO cloison_reader;

GRANT UPDATE(used_at) ON TABLE public.sign_in_links TO cloison_reader;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.sign_ins TO cloison_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.sign_ins TO cloison_reader;

GRANT SELECT,INSERT,UPDATE ON TABLE public.staff TO cloison_app;
GRANT SELECT ON TABLE public.staff TO cloison_reader;

GRANT SELECT,UPDATE ON TABLE public.studio_settings TO cloison_app;
GRANT SELECT ON TABLE public.studio_settings TO cloison_reader;

GRANT SELECT,INSERT,UPDATE ON TABLE public.users TO cloison_app;
GRANT SELECT ON TABLE public.users TO cloison_reader;

ALTER DEFAULT PRIVILEGES FOR ROLE cloison_owner REVOKE ALL ON FUNCTIONS  FROM PUBLIC;
