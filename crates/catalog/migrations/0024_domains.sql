-- phase: expand
--
-- What checks of customers' own domains have found.

alter table domains
    -- Why the newest check did not pass; null when it did, and before the first.
    --   UNANSWERED   the DNS did not answer, so nothing is known
    --   UNPROVEN     the record that proves whose domain it is is missing, or says something else
    --   ELSEWHERE    it leads to another place than ours
    add column problem text
        constraint domains_problem_check check (problem in ('UNANSWERED', 'UNPROVEN', 'ELSEWHERE')),
    -- The same in words, with what was found.
    add column found text,
    -- Since when no check has passed.
    add column failing_since timestamptz,
    -- Of the certificate that whoever comes there is shown, as far as one was seen.
    add column certificate_from timestamptz,
    add column certificate_until timestamptz,
    --   UNREACHABLE  nobody answers there
    --   UNTRUSTED    a browser would refuse it
    add column certificate_problem text
        constraint domains_certificate_problem_check check (certificate_problem in ('UNREACHABLE', 'UNTRUSTED')),
    add column certificate_found text,
    add column certificate_failing_since timestamptz,
    -- When it is to be checked again.
    add column due_at timestamptz not null default now(),
    add constraint domains_failing_check check ((problem is null) = (failing_since is null)),
    add constraint domains_certificate_failing_check
        check ((certificate_problem is null) = (certificate_failing_since is null));

-- Whoever only claims a domain keeps nobody else from it: it is his who proves it.
alter table domains drop constraint domains_hostname_key;

create unique index domains_verified_hostname_index on domains (hostname) where verified_at is not null;

create unique index domains_claim_index on domains (organization_id, hostname);

create unique index domains_primary_index on domains (organization_id) where is_primary;

create index domains_due_index on domains (due_at);

-- A check that changes nothing about who is led where is no news for those who route.
drop trigger domains_route on domains;

create trigger domains_route
    after insert or delete or update of hostname, organization_id, verified_at on domains
    for each row execute function route_changed_by_domain();

-- Who else claims it.
create index domains_hostname_index on domains (hostname);

-- How each domain stands, in one place for whoever lists, watches or examines them. What was never proven leads nobody anywhere, so nothing
-- can be wrong with its certificate. A certificate is ending once three quarters of its life are over, for whoever renews it does so before.
create view domain_states as
select
    domains.id,
    domains.hostname::text as hostname,
    organizations.subdomain::text as subdomain,
    case
        when domains.verified_at is null then 'pending'
        when domains.problem is null then 'serving'
        else 'failing'
    end as state,
    domains.failing_since,
    domains.found,
    case
        when domains.verified_at is null then null
        when domains.certificate_problem is not null then 'failing'
        when domains.certificate_until is null then null
        when domains.certificate_until - now() < (domains.certificate_until - domains.certificate_from) / 4 then 'ending'
        else 'good'
    end as certificate,
    domains.certificate_failing_since,
    domains.certificate_found,
    domains.certificate_until,
    domains.due_at,
    -- What is being erased is checked no more.
    tenants.phase not in ('ERASING', 'ERASED') as is_checked
from domains
join organizations on organizations.id = domains.organization_id
join tenants on tenants.organization_id = domains.organization_id;

grant select on domain_states to cloison_control;
