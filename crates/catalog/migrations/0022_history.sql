-- phase: expand
--
-- What the console draws: a line of figures a minute, for two weeks. Of the fleet and of each server as a whole, never of one tenant.
--
-- Counts are totals since a process's start, and whoever reads subtracts: a line that was written twice, or one that is missing, makes
-- no count wrong. `node` is that process.

create table history_fleet (
    -- A full minute.
    at timestamptz constraint history_fleet_pkey primary key,
    node uuid not null,
    tenants bigint not null,
    -- Below the fleet's version, and those that a failed migration has left there.
    behind bigint not null,
    quarantined bigint not null,
    -- Under way.
    operations bigint not null,
    -- Of the tenant whose newest good backup is the oldest; empty where nobody has one.
    oldest_backup_seconds double precision
);

create table history_servers (
    at timestamptz not null,
    server_id uuid not null
        constraint history_servers_server_id_fkey references servers (id) on delete cascade,
    node uuid not null,
    connections bigint not null,
    -- Empty until they were measured.
    database_bytes bigint,
    transactions bigint not null,
    constraint history_servers_pkey primary key (server_id, at)
);

-- A line for each process that serves.
create table history_requests (
    at timestamptz not null,
    node uuid not null,
    requests bigint not null,
    errors bigint not null,
    -- How many took so long, in classes that the program knows; not added up.
    durations bigint[] not null,
    constraint history_requests_pkey primary key (node, at)
);

create index history_servers_at_index on history_servers (at);
create index history_requests_at_index on history_requests (at);

grant select, insert, update, delete on history_fleet, history_servers, history_requests to cloison_control;

-- What a browser comes in with, once: a link from whoever has a token already.
alter table api_tokens
    drop constraint api_tokens_kind_check,
    add constraint api_tokens_kind_check check (kind in ('api', 'sign_in', 'invitation', 'link'));
