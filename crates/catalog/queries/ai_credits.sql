--: AiAccount()
--: AiGrant(expires_at?, period?, ended?, ended_at?)
--: AiReservation(spent?, closed_at?)
--: AiEntry(grant_id?, reservation_id?)
--: AiSpender(ai_credits_per_month?)

--! ai_credits_account_ensure
insert into ai_credits_accounts (organization_id)
values (:organization_id)
on conflict on constraint ai_credits_accounts_pkey do nothing;

--! ai_credits_account_lock : AiAccount
-- The clock is read once the lock is had, so that whoever comes later reads it later.
with locked as materialized (
    select organization_id, available, held, period, spent, low_told, exhausted_told, due_at
    from ai_credits_accounts
    where organization_id = :organization_id
    for update
)
select
    organizations.subdomain::text as subdomain,
    locked.available,
    locked.held,
    locked.period,
    locked.spent,
    locked.low_told,
    locked.exhausted_told,
    locked.due_at <= clock_timestamp() as is_due,
    clock_timestamp() as now
from locked
join organizations on organizations.id = locked.organization_id;

--! ai_credits_account_try_lock : (organization_id)
-- Nothing while another process has it.
select organization_id
from ai_credits_accounts
where organization_id = :organization_id
for update skip locked;

--! ai_credits_book (grant_id?, reservation_id?) : (available_after, held_after)
-- The one statement that changes a balance, and it never does without an entry. What a settlement does not give back is spent.
with account as (
    update ai_credits_accounts
    set available = ai_credits_accounts.available + entry.available_change,
        held = ai_credits_accounts.held + entry.held_change,
        spent = ai_credits_accounts.spent - case entry.kind
            when 'SETTLE' then entry.available_change + entry.held_change
            else 0
        end,
        entries = ai_credits_accounts.entries + 1
    from (
        values (:kind::text, :available_change::bigint, :held_change::bigint)
    ) as entry (kind, available_change, held_change)
    where ai_credits_accounts.organization_id = :organization_id
    returning
        ai_credits_accounts.organization_id, ai_credits_accounts.entries, ai_credits_accounts.available,
        ai_credits_accounts.held, entry.kind, entry.available_change, entry.held_change
)
insert into ai_credits_ledger (
    organization_id, number, at, kind, available_change, held_change, available_after, held_after, grant_id, reservation_id,
    key, actor
)
select
    account.organization_id, account.entries, :at, account.kind, account.available_change, account.held_change,
    account.available, account.held, :grant_id, :reservation_id, :key, :actor
from account
returning available_after, held_after;

--! ai_credits_period_begin
update ai_credits_accounts
set period = :period,
    spent = 0,
    low_told = false,
    exhausted_told = false
where organization_id = :organization_id;

--! ai_credits_tell
update ai_credits_accounts
set low_told = low_told or :low,
    exhausted_told = exhausted_told or :exhausted
where organization_id = :organization_id;

--! ai_credits_due_set
-- When something runs out, or with the month.
update ai_credits_accounts
set due_at = least(
        :period_ends_at,
        (
            select min(ai_credits_reservations.expires_at)
            from ai_credits_reservations
            where ai_credits_reservations.organization_id = :organization_id
                and ai_credits_reservations.state = 'HELD'
        ),
        (
            select min(ai_credits_grants.expires_at)
            from ai_credits_grants
            where ai_credits_grants.organization_id = :organization_id
                and ai_credits_grants.remaining > 0
        )
    )
where ai_credits_accounts.organization_id = :organization_id;

--! ai_credits_due
-- Whose time has come, and whoever should have a plan's credits of this month and has not. A time that is far away was written while
-- a clock was wrong.
select ai_credits_accounts.organization_id
from ai_credits_accounts
where ai_credits_accounts.due_at <= now()
    or ai_credits_accounts.due_at > now() + interval '40 days'
union
select ai_credits_entitled.organization_id
from ai_credits_entitled
where not exists (
    select
    from ai_credits_grants
    where ai_credits_grants.organization_id = ai_credits_entitled.organization_id
        and ai_credits_grants.period = to_char(now() at time zone 'UTC', 'YYYY-MM')
)
order by organization_id
limit :row_limit;

--! ai_credits_monthly : (credits)
-- Nothing for whoever has had them.
select ai_credits_entitled.credits
from ai_credits_entitled
where ai_credits_entitled.organization_id = :organization_id
    and not exists (
        select
        from ai_credits_grants
        where ai_credits_grants.organization_id = :organization_id
            and ai_credits_grants.period = :period
    );

--! ai_credits_granted_by_plan : (amount)
select amount
from ai_credits_grants
where organization_id = :organization_id
    and period = :period;

--! ai_credits_grant_insert (expires_at?, period?)
insert into ai_credits_grants (
    id, organization_id, source, amount, remaining, expires_at, period, reason, granted_by, granted_at
)
values (
    :id, :organization_id, :source, :amount, :amount, :expires_at, :period, :reason, :granted_by, :granted_at
);

--! ai_credits_grant_fetch : AiGrant
select id, source, amount, remaining, expires_at, period, reason, granted_by, granted_at, ended, ended_at
from ai_credits_grants
where organization_id = :organization_id
    and id = :id;

--! ai_credits_grants_remaining : AiGrant
select id, source, amount, remaining, expires_at, period, reason, granted_by, granted_at, ended, ended_at
from ai_credits_grants
where organization_id = :organization_id
    and remaining > 0
order by granted_at, id
limit :row_limit;

--! ai_credits_grants_expired : (id, remaining)
select id, remaining
from ai_credits_grants
where organization_id = :organization_id
    and remaining > 0
    and expires_at <= :now
order by expires_at, id
limit :row_limit;

--! ai_credits_grants_count : (grants)
select count(*) as grants
from ai_credits_grants
where organization_id = :organization_id
    and remaining > 0;

--! ai_credits_grants_move
-- Gives back to grants, or takes from them.
update ai_credits_grants
set remaining = ai_credits_grants.remaining + change.credits
from unnest(:grant_ids::uuid[], :credits::bigint[]) as change (grant_id, credits)
where ai_credits_grants.id = change.grant_id;

--! ai_credits_grant_end
update ai_credits_grants
set remaining = 0,
    ended = :ended,
    ended_at = :ended_at
where id = :id
    and ended is null;

--! ai_credits_reservation_insert
insert into ai_credits_reservations (id, organization_id, request_id, feature, amount, reserved_at, expires_at)
values (
    :id, :organization_id, :request_id, :feature, :amount, :reserved_at::timestamptz,
    :reserved_at::timestamptz + make_interval(secs => :seconds::double precision)
);

--! ai_credits_parts_insert
insert into ai_credits_reservation_parts (reservation_id, grant_id, amount)
select :reservation_id, part.grant_id, part.credits
from unnest(:grant_ids::uuid[], :credits::bigint[]) as part (grant_id, credits);

--! ai_credits_parts_of : (grant_id, amount, source, expires_at?, ended?)
select
    ai_credits_grants.id as grant_id,
    ai_credits_reservation_parts.amount,
    ai_credits_grants.source,
    ai_credits_grants.expires_at,
    ai_credits_grants.ended
from ai_credits_reservation_parts
join ai_credits_grants on ai_credits_grants.id = ai_credits_reservation_parts.grant_id
where ai_credits_reservation_parts.reservation_id = :reservation_id
order by ai_credits_grants.id
limit :row_limit;

--! ai_credits_reservation_of_request : AiReservation
select id, request_id, feature, amount, state, spent, reserved_at, expires_at, closed_at
from ai_credits_reservations
where organization_id = :organization_id
    and request_id = :request_id;

--! ai_credits_reservation_fetch : AiReservation
select id, request_id, feature, amount, state, spent, reserved_at, expires_at, closed_at
from ai_credits_reservations
where organization_id = :organization_id
    and id = :id;

--! ai_credits_reservations_overdue : AiReservation
select id, request_id, feature, amount, state, spent, reserved_at, expires_at, closed_at
from ai_credits_reservations
where organization_id = :organization_id
    and state = 'HELD'
    and expires_at <= :now
order by expires_at, id
limit :row_limit;

--! ai_credits_reservation_close (spent?)
update ai_credits_reservations
set state = :state,
    spent = :spent,
    closed_at = :closed_at
where id = :id
    and state = 'HELD';

--! ai_credits_account_fetch : (available, held, period, spent)
select available, held, period, spent
from ai_credits_accounts
where organization_id = :organization_id;

--! ai_credits_of_plan : (ai_credits_per_month?)
select ai_credits_per_month
from tenant_limits
where organization_id = :organization_id;

--! ai_credits_features : (feature, spent, reservations)
-- What was spent since, the most first.
select feature, sum(spent)::bigint as spent, count(*) as reservations
from ai_credits_reservations
where organization_id = :organization_id
    and state = 'SETTLED'
    and closed_at >= :since
group by feature
order by sum(spent) desc, feature
limit :row_limit;

--! ai_credits_ledger_page (before?) : AiEntry
select
    number, at, kind, available_change, held_change, available_after, held_after, grant_id, reservation_id, actor
from ai_credits_ledger
where organization_id = :organization_id
    and (:before::bigint is null or number < :before::bigint)
order by number desc
limit :row_limit;

--! ai_credits_top : AiSpender
-- Who has spent the most in this month. An account that was not touched since the last has spent nothing.
select
    tenant_limits.subdomain,
    tenant_limits.plan,
    tenant_limits.ai_credits_per_month,
    ai_credits_accounts.available,
    ai_credits_accounts.held,
    case ai_credits_accounts.period when :period::text then ai_credits_accounts.spent else 0 end as spent,
    count(*) over () as tenants
from ai_credits_accounts
join tenant_limits on tenant_limits.organization_id = ai_credits_accounts.organization_id
order by 6 desc, 1
limit :row_limit;

--! ai_credits_now : (now)
select clock_timestamp() as now;

--! ai_credits_out_of_step : (subdomain, available, held, ledger_available, ledger_held, remaining, reserved)
select subdomain, available, held, ledger_available, ledger_held, remaining, reserved
from ai_credits_out_of_step
order by subdomain
limit :row_limit;

--! ai_credits_ledger_broken : (subdomain, number)
-- The first of each tenant, of those of the last so many days. Nobody may change them, so what was looked at stays as it was.
select subdomain, min(number)::bigint as number
from ai_credits_ledger_broken
where at > now() - make_interval(days => :days)
group by subdomain
order by subdomain
limit :row_limit;
