--: Domain(verified_at?, last_checked_at?, problem?, found?, failing_since?, certificate_from?, certificate_until?, certificate_problem?, certificate_found?, certificate_failing_since?)
--: Claimed()

--! domains_count : (domains)
select count(*) as domains
from domains
where organization_id = :organization_id;

--! domain_insert
insert into domains (id, hostname, organization_id, verification_token)
values (:id, :hostname::text::citext, :organization_id, :verification_token)
on conflict (organization_id, hostname) do nothing;

--! domain_fetch : Domain
select
    domains.id, domains.hostname::text as hostname, domains.organization_id,
    organizations.subdomain::text as subdomain, domains.is_primary, domains.verification_token,
    domains.verified_at, domains.last_checked_at, domains.created_at, domains.problem, domains.found,
    domains.failing_since, domains.certificate_from, domains.certificate_until,
    domains.certificate_problem, domains.certificate_found, domains.certificate_failing_since,
    domains.due_at
from domains
join organizations on organizations.id = domains.organization_id
where domains.id = :id;

--! domain_named : Domain
select
    domains.id, domains.hostname::text as hostname, domains.organization_id,
    organizations.subdomain::text as subdomain, domains.is_primary, domains.verification_token,
    domains.verified_at, domains.last_checked_at, domains.created_at, domains.problem, domains.found,
    domains.failing_since, domains.certificate_from, domains.certificate_until,
    domains.certificate_problem, domains.certificate_found, domains.certificate_failing_since,
    domains.due_at
from domains
join organizations on organizations.id = domains.organization_id
where domains.organization_id = :organization_id
    and domains.hostname = :hostname::text::citext;

--! domain_list : Domain
select
    domains.id, domains.hostname::text as hostname, domains.organization_id,
    organizations.subdomain::text as subdomain, domains.is_primary, domains.verification_token,
    domains.verified_at, domains.last_checked_at, domains.created_at, domains.problem, domains.found,
    domains.failing_since, domains.certificate_from, domains.certificate_until,
    domains.certificate_problem, domains.certificate_found, domains.certificate_failing_since,
    domains.due_at
from domains
join organizations on organizations.id = domains.organization_id
where domains.organization_id = :organization_id
order by domains.hostname
limit :row_limit;

--! domain_page (after?, state?) : Domain
-- In the order in which they were claimed.
select
    domains.id, domains.hostname::text as hostname, domains.organization_id,
    organizations.subdomain::text as subdomain, domains.is_primary, domains.verification_token,
    domains.verified_at, domains.last_checked_at, domains.created_at, domains.problem, domains.found,
    domains.failing_since, domains.certificate_from, domains.certificate_until,
    domains.certificate_problem, domains.certificate_found, domains.certificate_failing_since,
    domains.due_at
from domains
join organizations on organizations.id = domains.organization_id
join domain_states on domain_states.id = domains.id
where (:after::uuid is null or domains.id > :after::uuid)
    and (:state::text is null or domain_states.state = :state::text)
order by domains.id
limit :row_limit;

--! domain_primary : (hostname)
-- Only one that leads here as it should.
select domains.hostname::text as hostname
from domains
join organizations on organizations.id = domains.organization_id
where organizations.subdomain = :subdomain::text::citext
    and domains.is_primary
    and domains.verified_at is not null
    and domains.problem is null;

--! domain_primaries : (organization_id, hostname)
select organization_id, hostname::text as hostname
from domains
where organization_id = any (:organization_ids::uuid[])
    and is_primary
    and verified_at is not null
    and problem is null;

--! domains_claim : Claimed
-- Whoever is killed before it has written what it saw leaves them due again.
with due as (
    select domains.id
    from domains
    join tenants on tenants.organization_id = domains.organization_id
    where domains.due_at <= now()
        and tenants.phase not in ('ERASING', 'ERASED')
    order by domains.due_at
    limit :row_limit
    for update of domains skip locked
)
update domains
set due_at = now() + make_interval(secs => :lease_seconds)
from due
where domains.id = due.id
returning
    domains.id, domains.hostname::text as hostname, domains.verification_token,
    domains.verified_at is not null as is_verified, now() as looked_at;

--! domain_claim : Claimed
-- One, whether it is due or not.
update domains
set due_at = now() + make_interval(secs => :lease_seconds)
where id = :id
returning
    id, hostname::text as hostname, verification_token, verified_at is not null as is_verified,
    now() as looked_at;

--! domains_of_hostname_locked : Domain
-- Everybody's claims, so that of two who write what they saw one is first.
select
    domains.id, domains.hostname::text as hostname, domains.organization_id,
    organizations.subdomain::text as subdomain, domains.is_primary, domains.verification_token,
    domains.verified_at, domains.last_checked_at, domains.created_at, domains.problem, domains.found,
    domains.failing_since, domains.certificate_from, domains.certificate_until,
    domains.certificate_problem, domains.certificate_found, domains.certificate_failing_since,
    domains.due_at
from domains
join organizations on organizations.id = domains.organization_id
where domains.hostname = :hostname::text::citext
order by domains.id
for update of domains;

--! domain_checked (problem?, found?)
update domains
set last_checked_at = :looked_at,
    problem = :problem,
    found = :found,
    failing_since = case when :problem::text is not null then coalesce(failing_since, now()) end,
    due_at = now() + make_interval(secs => :wait_seconds)
where id = :id;

--! domain_certificate (certificate_from?, certificate_until?, problem?, found?)
update domains
set certificate_from = :certificate_from,
    certificate_until = :certificate_until,
    certificate_problem = :problem,
    certificate_found = :found,
    certificate_failing_since = case
        when :problem::text is not null then coalesce(certificate_failing_since, now())
    end
where id = :id;

--! domain_verify
-- From when the look began, so that of two looks the later one counts.
update domains
set verified_at = :looked_at
where id = :id
    and verified_at is null;

--! domain_lose
-- Somebody else has proven it.
update domains
set verified_at = null,
    is_primary = false,
    problem = 'UNPROVEN',
    found = :found,
    failing_since = now(),
    certificate_from = null,
    certificate_until = null,
    certificate_problem = null,
    certificate_found = null,
    certificate_failing_since = null,
    due_at = now()
where id = :id;

--! domain_primary_clear
update domains
set is_primary = false
where organization_id = :organization_id
    and is_primary
    and id <> :id;

--! domain_primary_set
update domains
set is_primary = true
where id = :id
    and verified_at is not null;

--! domain_delete
delete from domains
where id = :id;

--! domains_delete_of : (id)
delete from domains
where organization_id = :organization_id
returning id;
