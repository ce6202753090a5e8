-- phase: expand
--
-- Operations become durable: a row says which step is still to be done, when a worker may take it, and who has it.
-- Beside them: spares (databases made ahead), tombstones, and the next password of a tenant whose password changes.

alter table operations
    alter column subdomain drop not null,
    add column spare_id uuid,
    -- The step still to be done; the list of each kind is in the code (model::OperationKind::course).
    add column step text,
    add column direction text not null default 'FORWARD'
        constraint operations_direction_check check (direction in ('FORWARD', 'UNDO')),
    -- When a worker may take it: at once, after a wait, or when the lease of the worker that has it runs out.
    add column due_at timestamptz not null default now(),
    -- Another one with every claim. A commit names the token it was claimed with, so a worker that slept past its lease
    -- changes nothing. Random and not counted: a claim does not wait for the disk, and where a crash undoes one, the
    -- next must not get the same token.
    add column lease_token bigint not null default 0,
    add column worker text,
    -- Failed tries of this step.
    add column attempts integer not null default 0,
    -- Why it waits, for a person.
    add column waiting text,
    add column cancelled_by text,
    -- A secret that a step needs again when it runs twice, such as the token of a first sign-in link.
    add column secret_sealed bytea;

alter table operations drop constraint operations_error_check;

-- What an earlier build was in the middle of is taken back, as that build would have done at its next start.
update operations
set step = 'drop_database',
    direction = 'UNDO',
    error = 'it was cut off by an upgrade; what it had made was taken back'
where state = 'RUNNING';

update operations
set step = 'write_first_data'
where step is null;

alter table operations alter column step set not null;

alter table operations
    drop constraint operations_state_check,
    add constraint operations_state_check check (state in ('RUNNING', 'DONE', 'FAILED', 'CANCELLED')),
    -- An operation that goes back says why before it has ended.
    add constraint operations_error_check check (
        case state
            when 'FAILED' then error is not null
            when 'RUNNING' then error is null or direction = 'UNDO'
            else error is null
        end
    ),
    add constraint operations_cancelled_check check (state <> 'CANCELLED' or cancelled_by is not null);

-- What a claim looks at: no finished operation is in here, so a claim costs the same however many there are.
create index operations_due_index on operations (due_at) where state = 'RUNNING';
create index operations_organization_id_index on operations (organization_id, id);
create index operations_subdomain_index on operations (subdomain, id);

-- One exclusive operation per spare, as operations_exclusive_key says for tenants.
create unique index operations_exclusive_spare_key on operations (spare_id) where state = 'RUNNING';

-- A database made ahead, with its role. The organization that takes it gets its id and its number, so nothing has to
-- be renamed and the sealed password stays bound to the same id.
create table spares (
    id uuid constraint spares_pkey primary key,
    number bigint not null default nextval('organizations_number_seq') constraint spares_number_key unique,
    server_id uuid not null constraint spares_server_id_fkey references servers (id),
    database_password_sealed bytea not null,
    database_password_verifier text not null,
    schema_version bigint not null,
    state text not null default 'MAKING'
        constraint spares_state_check check (state in ('MAKING', 'READY', 'DROPPING')),
    created_at timestamptz not null default now()
);

create index spares_server_id_index on spares (server_id, state, number);

alter table tenants
    -- While a password is being changed: what it will be. The server has the one or the other, and whoever finds the
    -- next one there makes it the present one.
    add column next_password_sealed bytea,
    add column next_password_verifier text,
    add constraint tenants_next_password_check
        check ((next_password_sealed is null) = (next_password_verifier is null));

-- What is left of an erased tenant: that there was one, where, and when it went. A restore asks here first, so that an
-- erased tenant never comes back.
create table erasures (
    organization_id uuid constraint erasures_pkey primary key,
    number bigint not null constraint erasures_number_key unique,
    server text not null,
    database_name text not null,
    operation_id uuid not null,
    actor text not null,
    erased_at timestamptz not null default now()
);

create or replace view tenant_roles as
select
    routes.id,
    routes.subdomain,
    routes.server_id,
    routes.database_name,
    routes.role_name,
    routes.phase,
    tenants.database_password_verifier as password_verifier,
    routes.connection_limit,
    routes.statement_timeout_ms,
    routes.lock_timeout_ms,
    routes.idle_in_transaction_timeout_ms,
    routes.access_mode,
    tenants.next_password_verifier,
    organizations.number
from routes
join tenants on tenants.organization_id = routes.id
join organizations on organizations.id = routes.id;

grant usage on sequence organizations_number_seq to cloison_control;
grant select, insert, update, delete on spares to cloison_control;
grant select, insert on erasures to cloison_control;
