-- phase: expand
--
-- AI credits: what a tenant may spend on AI, and what became of each credit. Credits come as grants, are held by reservations and spent
-- by settlements; each of that is an entry in a ledger, which only grows.
--
-- Whoever changes anything of a tenant's credits locks its account first. It is the one row that all of them meet at.

-- Null is none.
alter table plans
    add column ai_credits_per_month bigint
        constraint plans_ai_credits_per_month_check check (ai_credits_per_month between 1 and 1000000000000);

-- A plan is never edited, so whoever has the version before goes on without credits.
insert into plans (
    code, version, name, price_cents, currency, connection_limit, statement_timeout_ms, lock_timeout_ms,
    idle_in_transaction_timeout_ms, connection_weight, database_bytes_max, requests_per_day_max, ai_credits_per_month
)
select distinct on (plans.code)
    plans.code, plans.version + 1, plans.name, plans.price_cents, plans.currency, plans.connection_limit,
    plans.statement_timeout_ms, plans.lock_timeout_ms, plans.idle_in_transaction_timeout_ms, plans.connection_weight,
    plans.database_bytes_max, plans.requests_per_day_max, monthly.credits
from plans
join (
    values
        ('standard', 1000),
        ('label', 5000)
) as monthly (code, credits) on monthly.code = plans.code
order by plans.code, plans.version desc;

-- As before, and so many credits a month.
create or replace view tenant_limits as
select
    organizations.id as organization_id,
    organizations.subdomain::text as subdomain,
    plans.code as plan,
    plans.connection_limit,
    plans.database_bytes_max,
    plans.requests_per_day_max,
    plans.ai_credits_per_month
from organizations
join lateral (
    select subscriptions.plan_code, subscriptions.plan_version
    from subscriptions
    where subscriptions.organization_id = organizations.id
    order by subscriptions.created_at desc
    limit 1
) as newest on true
join plans on plans.code = newest.plan_code and plans.version = newest.plan_version;

-- Made when somebody first asks for it. Everything below goes with it, and it goes with the tenant.
create table ai_credits_accounts (
    organization_id uuid constraint ai_credits_accounts_pkey primary key
        constraint ai_credits_accounts_organization_id_fkey references organizations (id) on delete cascade,
    available bigint not null default 0
        constraint ai_credits_accounts_available_check check (available >= 0),
    -- By reservations.
    held bigint not null default 0
        constraint ai_credits_accounts_held_check check (held >= 0),
    -- The number of the newest entry in its ledger.
    entries bigint not null default 0,
    -- The month of UTC that the next three are of, as in 2026-11; empty before the first.
    period text not null default ''
        constraint ai_credits_accounts_period_check check (period ~ '^([0-9]{4,}-[0-9]{2})?$'),
    spent bigint not null default 0
        constraint ai_credits_accounts_spent_check check (spent >= 0),
    -- Whether others were told that few are left, or that there were too few.
    low_told boolean not null default false,
    exhausted_told boolean not null default false,
    -- When a reservation or a grant runs out, or a month begins.
    due_at timestamptz not null default now()
) with (fillfactor = 70);

create index ai_credits_accounts_due_index on ai_credits_accounts (due_at);

create table ai_credits_grants (
    id uuid constraint ai_credits_grants_pkey primary key,
    organization_id uuid not null
        constraint ai_credits_grants_organization_id_fkey references ai_credits_accounts (organization_id) on delete cascade,
    source text not null
        constraint ai_credits_grants_source_check check (source in ('PLAN', 'TOPUP', 'PROMO', 'REFUND', 'ADJUSTMENT')),
    amount bigint not null
        constraint ai_credits_grants_amount_check check (amount between 1 and 1000000000000),
    -- Neither spent nor held.
    remaining bigint not null
        constraint ai_credits_grants_remaining_check check (remaining between 0 and amount),
    expires_at timestamptz(0),
    -- The month that a plan's credits are for. They are granted once.
    period text,
    reason text not null,
    granted_by text not null,
    granted_at timestamptz not null,
    -- Nothing goes back into one that has ended.
    ended text
        constraint ai_credits_grants_ended_check check (ended in ('EXPIRED', 'VOIDED')),
    ended_at timestamptz,
    constraint ai_credits_grants_period_key unique (organization_id, period),
    constraint ai_credits_grants_period_check check ((source = 'PLAN') = (period is not null)),
    constraint ai_credits_grants_ended_at_check check ((ended is null) = (ended_at is null)),
    constraint ai_credits_grants_ended_empty_check check (ended is null or remaining = 0)
) with (fillfactor = 70);

create index ai_credits_grants_remaining_index on ai_credits_grants (organization_id) where remaining > 0;

create table ai_credits_reservations (
    id uuid constraint ai_credits_reservations_pkey primary key,
    organization_id uuid not null
        constraint ai_credits_reservations_organization_id_fkey references ai_credits_accounts (organization_id) on delete cascade,
    -- What the program that reserves calls it. The same again is the same reservation.
    request_id text not null
        constraint ai_credits_reservations_request_id_check check (char_length(request_id) between 1 and 200),
    feature text not null
        constraint ai_credits_reservations_feature_check check (char_length(feature) between 1 and 60),
    amount bigint not null
        constraint ai_credits_reservations_amount_check check (amount between 1 and 1000000000000),
    state text not null default 'HELD'
        constraint ai_credits_reservations_state_check check (state in ('HELD', 'SETTLED', 'RELEASED', 'EXPIRED')),
    -- Of the amount, once it is settled.
    spent bigint,
    reserved_at timestamptz not null,
    expires_at timestamptz not null,
    closed_at timestamptz,
    constraint ai_credits_reservations_request_key unique (organization_id, request_id),
    constraint ai_credits_reservations_closed_check check ((state = 'HELD') = (closed_at is null)),
    constraint ai_credits_reservations_settled_check check ((state = 'SETTLED') = (spent is not null)),
    constraint ai_credits_reservations_spent_check check (spent between 0 and amount)
) with (fillfactor = 70);

create index ai_credits_reservations_held_index on ai_credits_reservations (organization_id, expires_at) where state = 'HELD';
create index ai_credits_reservations_spent_index on ai_credits_reservations (organization_id, closed_at) where state = 'SETTLED';

-- Which grants a reservation is of.
create table ai_credits_reservation_parts (
    reservation_id uuid not null
        constraint ai_credits_reservation_parts_reservation_id_fkey references ai_credits_reservations (id) on delete cascade,
    grant_id uuid not null
        constraint ai_credits_reservation_parts_grant_id_fkey references ai_credits_grants (id) on delete cascade,
    amount bigint not null
        constraint ai_credits_reservation_parts_amount_check check (amount > 0),
    constraint ai_credits_reservation_parts_pkey primary key (reservation_id, grant_id)
);

create index ai_credits_reservation_parts_grant_id_index on ai_credits_reservation_parts (grant_id);

create table ai_credits_ledger (
    organization_id uuid not null
        constraint ai_credits_ledger_organization_id_fkey references ai_credits_accounts (organization_id) on delete cascade,
    -- From 1, without a gap.
    number bigint not null,
    at timestamptz not null,
    kind text not null
        constraint ai_credits_ledger_kind_check check (kind in ('GRANT', 'RESERVE', 'SETTLE', 'RELEASE', 'EXPIRE', 'VOID')),
    available_change bigint not null,
    held_change bigint not null,
    available_after bigint not null
        constraint ai_credits_ledger_available_check check (available_after >= 0),
    held_after bigint not null
        constraint ai_credits_ledger_held_check check (held_after >= 0),
    grant_id uuid,
    reservation_id uuid,
    -- What the entry is of: there is no second one of the same.
    key text not null,
    actor text not null,
    constraint ai_credits_ledger_pkey primary key (organization_id, number),
    constraint ai_credits_ledger_key_key unique (organization_id, key),
    constraint ai_credits_ledger_change_check check (
        case kind
            when 'GRANT' then available_change > 0 and held_change = 0
            when 'RESERVE' then available_change < 0 and held_change = -available_change
            -- What does not come back is spent.
            when 'SETTLE' then held_change < 0 and available_change between 0 and -held_change
            when 'RELEASE' then held_change < 0 and available_change = -held_change
            else available_change < 0 and held_change = 0
        end
    ),
    constraint ai_credits_ledger_subject_check check (
        case
            when kind in ('RESERVE', 'SETTLE', 'RELEASE') then reservation_id is not null
            else grant_id is not null
        end
    )
);

create index ai_credits_ledger_at_index on ai_credits_ledger using brin (at);

-- Who gets the credits of its plan: whoever is a customer, may do everything, and is served.
create view ai_credits_entitled as
select organizations.id as organization_id, plans.ai_credits_per_month as credits
from organizations
join tenants on tenants.organization_id = organizations.id
join lateral (
    select subscriptions.plan_code, subscriptions.plan_version, subscriptions.status
    from subscriptions
    where subscriptions.organization_id = organizations.id
    order by subscriptions.created_at desc
    limit 1
) as newest on true
join plans on plans.code = newest.plan_code and plans.version = newest.plan_version
where plans.ai_credits_per_month is not null
    and newest.status in ('TRIALING', 'ACTIVE', 'PAST_DUE')
    and organizations.access_mode = 'FULL'
    and tenants.phase in ('READY', 'MOVING', 'RESTORING');

-- Accounts that are not what their newest entry says, what their grants have left, and what their reservations hold. Nobody ever
-- sees one, unless a row was changed by hand. Cheap: it reads one entry of each ledger.
create view ai_credits_out_of_step as
select
    organizations.subdomain::text as subdomain,
    accounts.organization_id,
    accounts.available,
    accounts.held,
    coalesce(newest.available_after, 0) as ledger_available,
    coalesce(newest.held_after, 0) as ledger_held,
    coalesce(granted.remaining, 0) as remaining,
    coalesce(reserved.amount, 0) as reserved
from ai_credits_accounts as accounts
join organizations on organizations.id = accounts.organization_id
left join lateral (
    select entries.number, entries.available_after, entries.held_after
    from ai_credits_ledger as entries
    where entries.organization_id = accounts.organization_id
    order by entries.number desc
    limit 1
) as newest on true
left join (
    select grants.organization_id, sum(grants.remaining)::bigint as remaining
    from ai_credits_grants as grants
    where grants.remaining > 0
    group by grants.organization_id
) as granted on granted.organization_id = accounts.organization_id
left join (
    select reservations.organization_id, sum(reservations.amount)::bigint as amount
    from ai_credits_reservations as reservations
    where reservations.state = 'HELD'
    group by reservations.organization_id
) as reserved on reserved.organization_id = accounts.organization_id
where accounts.available <> coalesce(newest.available_after, 0)
    or accounts.available <> coalesce(granted.remaining, 0)
    or accounts.held <> coalesce(newest.held_after, 0)
    or accounts.held <> coalesce(reserved.amount, 0)
    or accounts.entries <> coalesce(newest.number, 0);

-- Entries that do not follow from the one before. Where there is none, a balance is the sum of its ledger.
create view ai_credits_ledger_broken as
select organizations.subdomain::text as subdomain, entries.organization_id, entries.number, entries.at
from ai_credits_ledger as entries
join organizations on organizations.id = entries.organization_id
left join ai_credits_ledger as former on former.organization_id = entries.organization_id
    and former.number = entries.number - 1
where (former.number is null) <> (entries.number = 1)
    or entries.available_after <> coalesce(former.available_after, 0) + entries.available_change
    or entries.held_after <> coalesce(former.held_after, 0) + entries.held_change;

grant select on ai_credits_entitled, ai_credits_out_of_step, ai_credits_ledger_broken to cloison_control;
grant select, insert, update, delete on
    ai_credits_accounts, ai_credits_grants, ai_credits_reservations, ai_credits_reservation_parts
    to cloison_control;
-- What is written there stays as it is.
grant select, insert on ai_credits_ledger to cloison_control;
