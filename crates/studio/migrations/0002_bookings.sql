-- phase: expand
-- extensions: btree_gist
--
-- What can be booked, and the bookings. A resource is anything that can be in one place only: a room, a
-- person, a piece of equipment. What it is called lives with what it is (rooms.name, users.display_name,
-- equipment.name), under the same id.

create table resources (
    id               uuid        primary key default gen_random_uuid(),
    kind             text        not null,
    setup_minutes    integer     not null default 0,
    teardown_minutes integer     not null default 0,
    archived_at      timestamptz,
    constraint resources_kind_known check (kind in ('ROOM', 'STAFF', 'EQUIPMENT')),
    constraint resources_setup_sane check (setup_minutes between 0 and 1440),
    constraint resources_teardown_sane check (teardown_minutes between 0 and 1440),
    constraint resources_id_kind_key unique (id, kind)
);

create table rooms (
    id                uuid     primary key,
    kind              text     not null generated always as ('ROOM') stored,
    name              text     not null,
    description       text     not null default '',
    position          smallint not null,
    colour            smallint not null, -- an index into the eight hues of the pages
    hourly_rate_cents bigint   not null,
    version           integer  not null default 1,
    constraint rooms_name_length check (char_length(name) between 1 and 60),
    constraint rooms_description_length check (char_length(description) <= 2000),
    constraint rooms_colour_known check (colour between 0 and 7),
    constraint rooms_hourly_rate_sane check (hourly_rate_cents between 0 and 10000000),
    constraint rooms_name_key unique (name),
    constraint rooms_resource_fkey foreign key (id, kind) references resources (id, kind)
);

create table staff (
    id      uuid primary key,
    kind    text not null generated always as ('STAFF') stored,
    user_id uuid not null,
    constraint staff_user_key unique (user_id),
    constraint staff_user_fkey foreign key (user_id) references users (id),
    constraint staff_resource_fkey foreign key (id, kind) references resources (id, kind)
);

create table equipment (
    id   uuid primary key,
    kind text not null generated always as ('EQUIPMENT') stored,
    name text not null,
    constraint equipment_name_length check (char_length(name) between 1 and 120),
    constraint equipment_resource_fkey foreign key (id, kind) references resources (id, kind)
);

-- A session is a booking of the studio, never a login.
create table sessions (
    id                     uuid        primary key default gen_random_uuid(),
    client_id              uuid,
    title                  text        not null,
    notes                  text        not null default '',
    status                 text        not null default 'INQUIRY',
    starts_at              timestamptz not null,
    ends_at                timestamptz not null,
    hold_rank              smallint,
    hold_expires_at        timestamptz,
    source                 text        not null default 'STAFF',
    hourly_rate_cents      bigint      not null default 0, -- the room's rate when it was booked
    deposit_required_cents bigint      not null default 0,
    created_by             uuid,
    created_at             timestamptz not null default now(),
    cancelled_at           timestamptz,
    cancelled_by           uuid,
    cancel_reason          text,
    version                integer     not null default 1,
    constraint sessions_title_length check (char_length(title) between 1 and 120),
    constraint sessions_notes_length check (char_length(notes) <= 2000),
    constraint sessions_cancel_reason_length check (char_length(cancel_reason) <= 500),
    constraint sessions_status_known check (status in (
        'INQUIRY', 'HOLD', 'PENDING_DEPOSIT', 'CONFIRMED', 'IN_PROGRESS', 'COMPLETED', 'CANCELLED', 'NO_SHOW', 'EXPIRED'
    )),
    constraint sessions_source_known check (source in ('STAFF', 'ONLINE', 'IMPORT')),
    constraint sessions_end_after_start check (ends_at > starts_at),
    constraint sessions_length_sane check (ends_at - starts_at <= interval '14 days'),
    constraint sessions_hold_has_rank check ((status = 'HOLD') = (hold_rank is not null)),
    constraint sessions_hold_rank_known check (hold_rank between 1 and 9),
    constraint sessions_pending_expires check (status not in ('HOLD', 'PENDING_DEPOSIT') or hold_expires_at is not null),
    constraint sessions_cancelled_says_when check ((status = 'CANCELLED') = (cancelled_at is not null)),
    constraint sessions_rate_sane check (hourly_rate_cents between 0 and 10000000),
    constraint sessions_deposit_sane check (deposit_required_cents between 0 and 1000000000),
    constraint sessions_client_fkey foreign key (client_id) references clients (id),
    constraint sessions_created_by_fkey foreign key (created_by) references users (id),
    constraint sessions_cancelled_by_fkey foreign key (cancelled_by) references users (id),
    constraint sessions_span_key unique (id, starts_at, ends_at)
);
create index sessions_client_idx on sessions (client_id, starts_at);
create index sessions_starts_at_idx on sessions (starts_at);

-- Who is occupied when: one row for each resource of a session, and for a room out of order or a
-- person on leave (no session). busy_from and busy_to add the set-up and tear-down time.
create table allocations (
    id          uuid        primary key default gen_random_uuid(),
    session_id  uuid,
    resource_id uuid        not null,
    kind        text        not null default 'SESSION',
    label       text, -- what a block or a leave is for
    starts_at   timestamptz not null,
    ends_at     timestamptz not null,
    busy_from   timestamptz not null,
    busy_to     timestamptz not null,
    lane        smallint    not null default 0, -- 0 is firm, 1 to 9 the rank of a hold
    active      boolean     not null default true,
    busy        tstzrange   not null generated always as (tstzrange(busy_from, busy_to, '[)')) stored,
    constraint allocations_kind_known check (kind in ('SESSION', 'BLOCK', 'LEAVE')),
    constraint allocations_session_or_label check ((kind = 'SESSION') = (session_id is not null) and (kind = 'SESSION') = (label is null)),
    constraint allocations_label_length check (char_length(label) between 1 and 120),
    constraint allocations_end_after_start check (ends_at > starts_at),
    constraint allocations_busy_covers_span check (busy_from <= starts_at and busy_to >= ends_at),
    constraint allocations_lane_known check (lane between 0 and 9),
    constraint allocations_resource_fkey foreign key (resource_id) references resources (id),
    constraint allocations_once_per_session unique (session_id, resource_id),
    -- A session and its resources move together, or the commit fails.
    constraint allocations_follow_session foreign key (session_id, starts_at, ends_at)
        references sessions (id, starts_at, ends_at) deferrable initially deferred,
    -- One firm booking, one first hold, one second hold and so on, at any time on any resource.
    constraint allocations_no_double_booking exclude using gist
        (resource_id with =, lane with =, busy with &&) where (active)
);
create index allocations_span_idx on allocations using gist (tstzrange(starts_at, ends_at, '[)'));

-- The legal moves of a session. "Invoiced" and "paid" are derived and not among them.
create function session_transition_guard() returns trigger
    language plpgsql set search_path = public, pg_temp as $$
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
create trigger session_transition_guard before update of status on sessions
    for each row execute function session_transition_guard();

-- Lane and activity are the session's to say. The runtime role has no privilege on those two columns,
-- so no statement of the application can book beside the exclusion constraint.
create function allocation_take_lane() returns trigger
    language plpgsql set search_path = public, pg_temp as $$
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
create trigger allocation_take_lane before insert on allocations
    for each row execute function allocation_take_lane();

create function session_sync_allocations() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    update allocations a
    set lane   = case when new.status = 'HOLD' then new.hold_rank else 0 end,
        active = new.status in ('HOLD', 'PENDING_DEPOSIT', 'CONFIRMED', 'IN_PROGRESS', 'COMPLETED', 'NO_SHOW')
    where a.session_id = new.id;
    return null;
end $$;
create trigger session_sync_allocations after update of status, hold_rank on sessions
    for each row
    when (old.status is distinct from new.status or old.hold_rank is distinct from new.hold_rank)
    execute function session_sync_allocations();

-- Takes a lock on each resource until the transaction ends, always in the same order: two bookings of
-- several resources then wait for each other instead of deadlocking in the exclusion constraint.
create function lock_resources(ids uuid[]) returns integer
    language plpgsql volatile strict set search_path = public, pg_temp as $$
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
grant execute on function lock_resources(uuid[]) to cloison_app;

-- Resources are archived and sessions cancelled; neither is deleted.
grant select, insert, update on resources, equipment, rooms, staff to cloison_app;
grant select, delete on allocations to cloison_app;
grant insert (id, session_id, resource_id, kind, label, starts_at, ends_at, busy_from, busy_to) on allocations to cloison_app;
grant update (resource_id, label, starts_at, ends_at, busy_from, busy_to) on allocations to cloison_app;
grant select, insert, update on sessions to cloison_app;
grant select on resources, rooms, staff, equipment, sessions, allocations to cloison_reader;
