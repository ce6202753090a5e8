-- PostgreSQL 15, written by `cargo xtask prepare` from migrations/: read it, do not edit it.

CREATE EXTENSION IF NOT EXISTS citext WITH SCHEMA public;

COMMENT ON EXTENSION citext IS 'data type for case-insensitive character strings';

CREATE FUNCTION public.audit_append(p_actor text, p_action text, p_subject text, p_detail jsonb) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
declare
    head audit_head;
    written timestamptz := clock_timestamp();
    fields text;
    link bytea;
begin
    -- The head's row lock puts writers in line.
    select * into head from audit_head for update;
    select string_agg(octet_length(convert_to(field, 'UTF8')) || ':' || field || ',', '' order by place)
    into fields
    from unnest(array[
        '2',
        (head.last_id + 1)::text,
        to_char(written at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        p_actor, p_action, p_subject, p_detail::text
    ]) with ordinality as listed (field, place);
    link := sha256(head.last_hash || convert_to(fields, 'UTF8'));
    insert into audit_log (id, at, actor, action, subject, detail, previous_hash, hash, format)
    values (head.last_id + 1, written, p_actor, p_action, p_subject, p_detail, head.last_hash, link, 2);
    update audit_head set last_id = head.last_id + 1, last_hash = link;
    return head.last_id + 1;
end
$$;

CREATE FUNCTION public.event_append(p_id uuid, p_type text, p_organization_id uuid, p_subdomain text, p_data jsonb) RETURNS bigint
    LANGUAGE plpgsql
    AS $$
declare
    written bigint;
begin
    perform set_config('synchronous_commit', 'on', true);
    perform pg_advisory_xact_lock(hashtext('cloison events'));
    insert into events (id, type, organization_id, subdomain, at, data)
    values (p_id, p_type, p_organization_id, p_subdomain, clock_timestamp(), p_data)
    returning sequence into written;
    perform pg_notify('cloison_events', written::text);
    return written;
end
$$;

CREATE FUNCTION public.inspection_changed(p_copy_id uuid) RETURNS bigint
    LANGUAGE plpgsql
    AS $$
declare
    next_epoch bigint;
begin
    perform pg_advisory_xact_lock(hashtext('cloison route epoch'));
    next_epoch := nextval('route_epoch');
    update inspections set epoch = next_epoch where copy_id = p_copy_id;
    perform pg_notify('cloison_routes', p_copy_id || ' ' || next_epoch);
    return next_epoch;
end
$$;

CREATE FUNCTION public.inspection_changed_by_copy() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
    perform inspection_changed(inspections.copy_id)
    from inspections
    where inspections.copy_id = new.id;
    return null;
end
$$;

CREATE FUNCTION public.inspection_changed_by_itself() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
    perform inspection_changed(new.copy_id);
    return null;
end
$$;

CREATE FUNCTION public.rollout_candidates(goes_up boolean, target bigint) RETURNS TABLE(id uuid, subdomain text, number bigint, server_id uuid, database_name text, schema_version bigint)
    LANGUAGE sql STABLE
    AS $$
    select
        organizations.id,
        organizations.subdomain::text,
        organizations.number,
        tenants.server_id,
        tenants.database_name,
        tenants.schema_version
    from tenants
    join organizations on organizations.id = tenants.organization_id
    left join quarantines on quarantines.organization_id = tenants.organization_id
    where tenants.phase in ('READY', 'MOVING', 'RESTORING')
        and case
            when goes_up then tenants.schema_version < target and quarantines.organization_id is null
            -- Also whoever was left behind there, perhaps further than is known here, and whoever is still on the way up.
            else tenants.schema_version > target
                or (tenants.schema_version = target and quarantines.organization_id is not null)
                or exists (
                    select
                    from operations
                    where operations.organization_id = tenants.organization_id
                        and operations.kind = 'migrate'
                        and operations.state = 'RUNNING'
                        and (operations.input ->> 'to')::bigint > target
                )
        end
$$;

CREATE FUNCTION public.route_changed(p_organization_id uuid) RETURNS bigint
    LANGUAGE plpgsql
    AS $$
declare
    next_epoch bigint;
begin
    perform pg_advisory_xact_lock(hashtext('cloison route epoch'));
    next_epoch := nextval('route_epoch');
    update tenants set epoch = next_epoch where organization_id = p_organization_id;
    perform pg_notify('cloison_routes', p_organization_id || ' ' || next_epoch);
    return next_epoch;
end
$$;

CREATE FUNCTION public.route_changed_by_domain() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
    perform route_changed(coalesce(new.organization_id, old.organization_id));
    if new.organization_id is distinct from old.organization_id and new.organization_id is not null and old.organization_id is not null then
        perform route_changed(old.organization_id);
    end if;
    return null;
end
$$;

CREATE FUNCTION public.route_changed_by_organization() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
    perform route_changed(new.id);
    return null;
end
$$;

CREATE FUNCTION public.route_changed_by_server() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
    perform route_changed(tenants.organization_id)
    from tenants
    where tenants.server_id = new.id;
    perform inspection_changed(inspections.copy_id)
    from copies
    join inspections on inspections.copy_id = copies.id
    where copies.server_id = new.id;
    return null;
end
$$;

CREATE FUNCTION public.route_changed_by_tenant() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
    perform route_changed(new.organization_id);
    perform inspection_changed(inspections.copy_id)
    from copies
    join inspections on inspections.copy_id = copies.id
    where copies.organization_id = new.organization_id;
    return null;
end
$$;

CREATE FUNCTION public.sealed_value_replace(p_place text, p_variant text, p_id uuid, p_old bytea, p_new bytea) RETURNS boolean
    LANGUAGE plpgsql
    AS $$
begin
    case p_place || ' ' || p_variant
        when 'tenants.database_password present' then
            update tenants set database_password_sealed = p_new
            where organization_id = p_id and database_password_sealed = p_old;
        when 'tenants.database_password next' then
            update tenants set next_password_sealed = p_new
            where organization_id = p_id and next_password_sealed = p_old;
        when 'tenants.database_password spare' then
            update spares set database_password_sealed = p_new
            where id = p_id and database_password_sealed = p_old;
        when 'tenants.database_password inspection' then
            update inspections set role_password_sealed = p_new
            where copy_id = p_id and role_password_sealed = p_old;
        when 'servers.admin_password present' then
            update servers set admin_password_sealed = p_new
            where id = p_id and admin_password_sealed = p_old;
        when 'operations.secret present' then
            update operations set secret_sealed = p_new
            where id = p_id and secret_sealed = p_old;
        when 'platform_users.totp_secret present' then
            update platform_users set totp_secret_sealed = p_new
            where id = p_id and totp_secret_sealed = p_old;
        when 'webhook_endpoints.secret present' then
            update webhook_endpoints set secret_sealed = p_new
            where id = p_id and secret_sealed = p_old;
        when 'webhook_endpoints.secret former' then
            update webhook_endpoints set former_secret_sealed = p_new
            where id = p_id and former_secret_sealed = p_old;
    end case;
    return found;
end
$$;

CREATE FUNCTION public.seat_leases_within_budget() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
declare
    budget integer;
    leased bigint;
begin
    if tg_op = 'UPDATE' and new.seats <= old.seats then
        return null;
    end if;
    -- Whoever else gives seats of this server waits here, so the sum is of what is committed.
    select connection_budget into budget from servers where id = new.server_id for no key update;
    select sum(seats) into leased from seat_leases where server_id = new.server_id;
    if new.seats > 0 and leased > budget then
        raise exception 'server % has % seats, and % would be leased', new.server_id, budget, leased
            using errcode = 'check_violation', constraint = 'seat_leases_budget_check', table = 'seat_leases';
    end if;
    return null;
end
$$;

CREATE FUNCTION public.tenants_schema_forget() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
    new.schema_fingerprint := null;
    new.schema_fingerprinted_at := null;
    return new;
end
$$;

CREATE TABLE public.ai_credits_accounts (
    organization_id uuid NOT NULL,
    available bigint DEFAULT 0 NOT NULL,
    held bigint DEFAULT 0 NOT NULL,
    entries bigint DEFAULT 0 NOT NULL,
    period text DEFAULT ''::text NOT NULL,
    spent bigint DEFAULT 0 NOT NULL,
    low_told boolean DEFAULT false NOT NULL,
    exhausted_told boolean DEFAULT false NOT NULL,
    due_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT ai_credits_accounts_available_check CHECK ((available >= 0)),
    CONSTRAINT ai_credits_accounts_held_check CHECK ((held >= 0)),
    CONSTRAINT ai_credits_accounts_period_check CHECK ((period ~ '^([0-9]{4,}-[0-9]{2})?$'::text)),
    CONSTRAINT ai_credits_accounts_spent_check CHECK ((spent >= 0))
)
WITH (fillfactor='70');

CREATE TABLE public.organizations (
    id uuid NOT NULL,
    number bigint NOT NULL,
    subdomain public.citext NOT NULL,
    name text NOT NULL,
    region text NOT NULL,
    locale text DEFAULT 'fr'::text NOT NULL,
    access_mode text DEFAULT 'FULL'::text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    archived_at timestamp with time zone,
    erased_at timestamp with time zone,
    CONSTRAINT organizations_access_mode_check CHECK ((access_mode = ANY (ARRAY['FULL'::text, 'READ_ONLY'::text, 'EXPORT_ONLY'::text, 'BLOCKED'::text]))),
    CONSTRAINT organizations_locale_check CHECK ((locale = ANY (ARRAY['fr'::text, 'en'::text]))),
    CONSTRAINT organizations_name_check CHECK (((char_length(name) >= 1) AND (char_length(name) <= 120)))
);

CREATE TABLE public.plans (
    code text NOT NULL,
    version integer NOT NULL,
    name text NOT NULL,
    price_cents bigint NOT NULL,
    currency character(3) DEFAULT 'EUR'::bpchar NOT NULL,
    connection_limit integer NOT NULL,
    statement_timeout_ms integer NOT NULL,
    lock_timeout_ms integer NOT NULL,
    idle_in_transaction_timeout_ms integer NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    connection_weight smallint DEFAULT 1 NOT NULL,
    database_bytes_max bigint,
    requests_per_day_max bigint,
    ai_credits_per_month bigint,
    CONSTRAINT plans_ai_credits_per_month_check CHECK (((ai_credits_per_month >= 1) AND (ai_credits_per_month <= '1000000000000'::bigint))),
    CONSTRAINT plans_connection_limit_check CHECK ((connection_limit > 0)),
    CONSTRAINT plans_connection_weight_check CHECK (((connection_weight >= 1) AND (connection_weight <= 100))),
    CONSTRAINT plans_database_bytes_max_check CHECK ((database_bytes_max > 0)),
    CONSTRAINT plans_idle_in_transaction_timeout_ms_check CHECK ((idle_in_transaction_timeout_ms > 0)),
    CONSTRAINT plans_lock_timeout_ms_check CHECK ((lock_timeout_ms > 0)),
    CONSTRAINT plans_price_cents_check CHECK ((price_cents >= 0)),
    CONSTRAINT plans_requests_per_day_max_check CHECK ((requests_per_day_max > 0)),
    CONSTRAINT plans_statement_timeout_ms_check CHECK ((statement_timeout_ms > 0))
);

CREATE TABLE public.subscriptions (
    id uuid NOT NULL,
    organization_id uuid NOT NULL,
    plan_code text NOT NULL,
    plan_version integer NOT NULL,
    status text NOT NULL,
    period_starts_at timestamp with time zone NOT NULL,
    period_ends_at timestamp with time zone NOT NULL,
    cancelled_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT subscriptions_cancelled_check CHECK (((status = 'CANCELLED'::text) = (cancelled_at IS NOT NULL))),
    CONSTRAINT subscriptions_period_check CHECK ((period_ends_at > period_starts_at)),
    CONSTRAINT subscriptions_status_check CHECK ((status = ANY (ARRAY['TRIALING'::text, 'ACTIVE'::text, 'PAST_DUE'::text, 'SUSPENDED'::text, 'CANCELLED'::text])))
);

CREATE TABLE public.tenants (
    organization_id uuid NOT NULL,
    server_id uuid NOT NULL,
    database_name text NOT NULL,
    role_name text NOT NULL,
    database_password_sealed bytea NOT NULL,
    database_password_verifier text NOT NULL,
    epoch bigint DEFAULT 0 NOT NULL,
    phase text DEFAULT 'PROVISIONING'::text NOT NULL,
    schema_version bigint DEFAULT 0 NOT NULL,
    schema_fingerprint text,
    size_bytes bigint,
    last_active_at timestamp with time zone,
    next_password_sealed bytea,
    next_password_verifier text,
    awaits_version bigint,
    schema_fingerprinted_at timestamp with time zone,
    CONSTRAINT tenants_next_password_check CHECK (((next_password_sealed IS NULL) = (next_password_verifier IS NULL))),
    CONSTRAINT tenants_phase_check CHECK ((phase = ANY (ARRAY['PROVISIONING'::text, 'READY'::text, 'MOVING'::text, 'RESTORING'::text, 'ARCHIVED'::text, 'ERASING'::text, 'ERASED'::text])))
);

CREATE VIEW public.ai_credits_entitled AS
 SELECT organizations.id AS organization_id,
    plans.ai_credits_per_month AS credits
   FROM (((public.organizations
     JOIN public.tenants ON ((tenants.organization_id = organizations.id)))
     JOIN LATERAL ( SELECT subscriptions.plan_code,
            subscriptions.plan_version,
            subscriptions.status
           FROM public.subscriptions
          WHERE (subscriptions.organization_id = organizations.id)
          ORDER BY subscriptions.created_at DESC
         LIMIT 1) newest ON (true))
     JOIN public.plans ON (((plans.code = newest.plan_code) AND (plans.version = newest.plan_version))))
  WHERE ((plans.ai_credits_per_month IS NOT NULL) AND (newest.status = ANY (ARRAY['TRIALING'::text, 'ACTIVE'::text, 'PAST_DUE'::text])) AND (organizations.access_mode = 'FULL'::text) AND (tenants.phase = ANY (ARRAY['READY'::text, 'MOVING'::text, 'RESTORING'::text])));

CREATE TABLE public.ai_credits_grants (
    id uuid NOT NULL,
    organization_id uuid NOT NULL,
    source text NOT NULL,
    amount bigint NOT NULL,
    remaining bigint NOT NULL,
    expires_at timestamp(0) with time zone,
    period text,
    reason text NOT NULL,
    granted_by text NOT NULL,
    granted_at timestamp with time zone NOT NULL,
    ended text,
    ended_at timestamp with time zone,
    CONSTRAINT ai_credits_grants_amount_check CHECK (((amount >= 1) AND (amount <= '1000000000000'::bigint))),
    CONSTRAINT ai_credits_grants_ended_at_check CHECK (((ended IS NULL) = (ended_at IS NULL))),
    CONSTRAINT ai_credits_grants_ended_check CHECK ((ended = ANY (ARRAY['EXPIRED'::text, 'VOIDED'::text]))),
    CONSTRAINT ai_credits_grants_ended_empty_check CHECK (((ended IS NULL) OR (remaining = 0))),
    CONSTRAINT ai_credits_grants_period_check CHECK (((source = 'PLAN'::text) = (period IS NOT NULL))),
    CONSTRAINT ai_credits_grants_remaining_check CHECK (((remaining >= 0) AND (remaining <= amount))),
    CONSTRAINT ai_credits_grants_source_check CHECK ((source = ANY (ARRAY['PLAN'::text, 'TOPUP'::text, 'PROMO'::text, 'REFUND'::text, 'ADJUSTMENT'::text])))
)
WITH (fillfactor='70');

CREATE TABLE public.ai_credits_ledger (
    organization_id uuid NOT NULL,
    number bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    kind text NOT NULL,
    available_change bigint NOT NULL,
    held_change bigint NOT NULL,
    available_after bigint NOT NULL,
    held_after bigint NOT NULL,
    grant_id uuid,
    reservation_id uuid,
    key text NOT NULL,
    actor text NOT NULL,
    CONSTRAINT ai_credits_ledger_available_check CHECK ((available_after >= 0)),
    CONSTRAINT ai_credits_ledger_change_check CHECK (
CASE kind
    WHEN 'GRANT'::text THEN ((available_change > 0) AND (held_change = 0))
    WHEN 'RESERVE'::text THEN ((available_change < 0) AND (held_change = (- available_change)))
    WHEN 'SETTLE'::text THEN ((held_change < 0) AND ((available_change >= 0) AND (available_change <= (- held_change))))
    WHEN 'RELEASE'::text THEN ((held_change < 0) AND (available_change = (- held_change)))
    ELSE ((available_change < 0) AND (held_change = 0))
END),
    CONSTRAINT ai_credits_ledger_held_check CHECK ((held_after >= 0)),
    CONSTRAINT ai_credits_ledger_kind_check CHECK ((kind = ANY (ARRAY['GRANT'::text, 'RESERVE'::text, 'SETTLE'::text, 'RELEASE'::text, 'EXPIRE'::text, 'VOID'::text]))),
    CONSTRAINT ai_credits_ledger_subject_check CHECK (
CASE
    WHEN (kind = ANY (ARRAY['RESERVE'::text, 'SETTLE'::text, 'RELEASE'::text])) THEN (reservation_id IS NOT NULL)
    ELSE (grant_id IS NOT NULL)
END)
);

CREATE VIEW public.ai_credits_ledger_broken AS
 SELECT (organizations.subdomain)::text AS subdomain,
    entries.organization_id,
    entries.number,
    entries.at
   FROM ((public.ai_credits_ledger entries
     JOIN public.organizations ON ((organizations.id = entries.organization_id)))
     LEFT JOIN public.ai_credits_ledger former ON (((former.organization_id = entries.organization_id) AND (former.number = (entries.number - 1)))))
  WHERE (((former.number IS NULL) <> (entries.number = 1)) OR (entries.available_after <> (COALESCE(former.available_after, (0)::bigint) + entries.available_change)) OR (entries.held_after <> (COALESCE(former.held_after, (0)::bigint) + entries.held_change)));

CREATE TABLE public.ai_credits_reservations (
    id uuid NOT NULL,
    organization_id uuid NOT NULL,
    request_id text NOT NULL,
    feature text NOT NULL,
    amount bigint NOT NULL,
    state text DEFAULT 'HELD'::text NOT NULL,
    spent bigint,
    reserved_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    closed_at timestamp with time zone,
    CONSTRAINT ai_credits_reservations_amount_check CHECK (((amount >= 1) AND (amount <= '1000000000000'::bigint))),
    CONSTRAINT ai_credits_reservations_closed_check CHECK (((state = 'HELD'::text) = (closed_at IS NULL))),
    CONSTRAINT ai_credits_reservations_feature_check CHECK (((char_length(feature) >= 1) AND (char_length(feature) <= 60))),
    CONSTRAINT ai_credits_reservations_request_id_check CHECK (((char_length(request_id) >= 1) AND (char_length(request_id) <= 200))),
    CONSTRAINT ai_credits_reservations_settled_check CHECK (((state = 'SETTLED'::text) = (spent IS NOT NULL))),
    CONSTRAINT ai_credits_reservations_spent_check CHECK (((spent >= 0) AND (spent <= amount))),
    CONSTRAINT ai_credits_reservations_state_check CHECK ((state = ANY (ARRAY['HELD'::text, 'SETTLED'::text, 'RELEASED'::text, 'EXPIRED'::text])))
)
WITH (fillfactor='70');

CREATE VIEW public.ai_credits_out_of_step AS
 SELECT (organizations.subdomain)::text AS subdomain,
    accounts.organization_id,
    accounts.available,
    accounts.held,
    COALESCE(newest.available_after, (0)::bigint) AS ledger_available,
    COALESCE(newest.held_after, (0)::bigint) AS ledger_held,
    COALESCE(granted.remaining, (0)::bigint) AS remaining,
    COALESCE(reserved.amount, (0)::bigint) AS reserved
   FROM ((((public.ai_credits_accounts accounts
     JOIN public.organizations ON ((organizations.id = accounts.organization_id)))
     LEFT JOIN LATERAL ( SELECT entries.number,
            entries.available_after,
            entries.held_after
           FROM public.ai_credits_ledger entries
          WHERE (entries.organization_id = accounts.organization_id)
          ORDER BY entries.number DESC
         LIMIT 1) newest ON (true))
     LEFT JOIN ( SELECT grants.organization_id,
            (sum(grants.remaining))::bigint AS remaining
           FROM public.ai_credits_grants grants
          WHERE (grants.remaining > 0)
          GROUP BY grants.organization_id) granted ON ((granted.organization_id = accounts.organization_id)))
     LEFT JOIN ( SELECT reservations.organization_id,
            (sum(reservations.amount))::bigint AS amount
           FROM public.ai_credits_reservations reservations
          WHERE (reservations.state = 'HELD'::text)
          GROUP BY reservations.organization_id) reserved ON ((reserved.organization_id = accounts.organization_id)))
  WHERE ((accounts.available <> COALESCE(newest.available_after, (0)::bigint)) OR (accounts.available <> COALESCE(granted.remaining, (0)::bigint)) OR (accounts.held <> COALESCE(newest.held_after, (0)::bigint)) OR (accounts.held <> COALESCE(reserved.amount, (0)::bigint)) OR (accounts.entries <> COALESCE(newest.number, (0)::bigint)));

CREATE TABLE public.ai_credits_reservation_parts (
    reservation_id uuid NOT NULL,
    grant_id uuid NOT NULL,
    amount bigint NOT NULL,
    CONSTRAINT ai_credits_reservation_parts_amount_check CHECK ((amount > 0))
);

CREATE TABLE public.api_tokens (
    id uuid NOT NULL,
    platform_user_id uuid NOT NULL,
    name text NOT NULL,
    token_hash bytea NOT NULL,
    role text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    expires_at timestamp with time zone,
    last_used_at timestamp with time zone,
    revoked_at timestamp with time zone,
    kind text DEFAULT 'api'::text NOT NULL,
    CONSTRAINT api_tokens_kind_check CHECK ((kind = ANY (ARRAY['api'::text, 'sign_in'::text, 'invitation'::text, 'link'::text]))),
    CONSTRAINT api_tokens_role_check CHECK ((role = ANY (ARRAY['owner'::text, 'operator'::text, 'support'::text, 'auditor'::text])))
);

CREATE TABLE public.audit_head (
    only_row boolean DEFAULT true NOT NULL,
    last_id bigint NOT NULL,
    last_hash bytea NOT NULL,
    CONSTRAINT audit_head_only_row_check CHECK (only_row)
);

CREATE TABLE public.audit_log (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    actor text NOT NULL,
    action text NOT NULL,
    subject text NOT NULL,
    detail jsonb NOT NULL,
    previous_hash bytea NOT NULL,
    hash bytea NOT NULL,
    format smallint DEFAULT 1 NOT NULL
);

CREATE TABLE public.backup_keys (
    organization_id uuid NOT NULL,
    recipient text NOT NULL,
    identity_wrapped bytea NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.backup_states (
    organization_id uuid NOT NULL,
    wanted_at timestamp with time zone,
    failures integer DEFAULT 0 NOT NULL,
    failed_at timestamp with time zone,
    CONSTRAINT backup_states_failures_check CHECK (((failures = 0) = (failed_at IS NULL)))
);

CREATE TABLE public.backups (
    id uuid NOT NULL,
    organization_id uuid NOT NULL,
    taken_at timestamp with time zone NOT NULL,
    finished_at timestamp with time zone DEFAULT now() NOT NULL,
    seconds double precision NOT NULL,
    schema_version bigint NOT NULL,
    manifest_key text NOT NULL,
    manifest_hash bytea NOT NULL,
    stored_bytes bigint NOT NULL,
    dump_bytes bigint NOT NULL,
    tables integer NOT NULL,
    total_rows bigint NOT NULL,
    verified_at timestamp with time zone,
    broken_why text,
    held_by text,
    held_why text,
    change_mark text DEFAULT ''::text NOT NULL,
    unchanged_at timestamp with time zone,
    broken_at timestamp with time zone,
    signed_by text,
    CONSTRAINT backups_bytes_check CHECK (((stored_bytes > 0) AND (dump_bytes > 0))),
    CONSTRAINT backups_held_check CHECK (((held_by IS NULL) = (held_why IS NULL))),
    CONSTRAINT backups_manifest_hash_check CHECK ((octet_length(manifest_hash) = 32))
);

CREATE TABLE public.backups_going (
    id uuid NOT NULL,
    organization_id uuid NOT NULL,
    since timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.copies (
    id uuid NOT NULL,
    organization_id uuid NOT NULL,
    server_id uuid NOT NULL,
    database_name text NOT NULL,
    state text DEFAULT 'MAKING'::text NOT NULL,
    backup_id uuid,
    holds_at timestamp with time zone,
    schema_version bigint,
    was_live boolean DEFAULT false NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    drop_after timestamp with time zone NOT NULL,
    lived_until timestamp with time zone,
    CONSTRAINT copies_state_check CHECK ((state = ANY (ARRAY['MAKING'::text, 'READY'::text, 'OPENING'::text, 'OPEN'::text, 'CLOSING'::text, 'SWAPPING'::text, 'DROPPING'::text])))
);

CREATE TABLE public.domains (
    id uuid NOT NULL,
    hostname public.citext NOT NULL,
    organization_id uuid NOT NULL,
    is_primary boolean DEFAULT false NOT NULL,
    verification_token text NOT NULL,
    verified_at timestamp with time zone,
    last_checked_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    problem text,
    found text,
    failing_since timestamp with time zone,
    certificate_from timestamp with time zone,
    certificate_until timestamp with time zone,
    certificate_problem text,
    certificate_found text,
    certificate_failing_since timestamp with time zone,
    due_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT domains_certificate_failing_check CHECK (((certificate_problem IS NULL) = (certificate_failing_since IS NULL))),
    CONSTRAINT domains_certificate_problem_check CHECK ((certificate_problem = ANY (ARRAY['UNREACHABLE'::text, 'UNTRUSTED'::text]))),
    CONSTRAINT domains_failing_check CHECK (((problem IS NULL) = (failing_since IS NULL))),
    CONSTRAINT domains_problem_check CHECK ((problem = ANY (ARRAY['UNANSWERED'::text, 'UNPROVEN'::text, 'ELSEWHERE'::text])))
);

CREATE VIEW public.domain_states AS
 SELECT domains.id,
    (domains.hostname)::text AS hostname,
    (organizations.subdomain)::text AS subdomain,
        CASE
            WHEN (domains.verified_at IS NULL) THEN 'pending'::text
            WHEN (domains.problem IS NULL) THEN 'serving'::text
            ELSE 'failing'::text
        END AS state,
    domains.failing_since,
    domains.found,
        CASE
            WHEN (domains.verified_at IS NULL) THEN NULL::text
            WHEN (domains.certificate_problem IS NOT NULL) THEN 'failing'::text
            WHEN (domains.certificate_until IS NULL) THEN NULL::text
            WHEN ((domains.certificate_until - now()) < ((domains.certificate_until - domains.certificate_from) / (4)::double precision)) THEN 'ending'::text
            ELSE 'good'::text
        END AS certificate,
    domains.certificate_failing_since,
    domains.certificate_found,
    domains.certificate_until,
    domains.due_at,
    (tenants.phase <> ALL (ARRAY['ERASING'::text, 'ERASED'::text])) AS is_checked
   FROM ((public.domains
     JOIN public.organizations ON ((organizations.id = domains.organization_id)))
     JOIN public.tenants ON ((tenants.organization_id = domains.organization_id)));

CREATE TABLE public.drills (
    id uuid NOT NULL,
    organization_id uuid NOT NULL,
    backup_id uuid,
    holds_at timestamp with time zone,
    began_at timestamp with time zone DEFAULT now() NOT NULL,
    finished_at timestamp with time zone,
    restore_seconds double precision,
    checked jsonb,
    failed_why text
);

CREATE TABLE public.erasure_requests (
    organization_id uuid NOT NULL,
    operation_id uuid NOT NULL,
    asked_by text NOT NULL,
    asked_at timestamp with time zone DEFAULT now() NOT NULL,
    reason text,
    grace_seconds integer NOT NULL,
    without_fiscal_archive boolean NOT NULL,
    former_billing text NOT NULL,
    former_access text NOT NULL,
    former_phase text NOT NULL,
    made jsonb DEFAULT '{}'::jsonb NOT NULL,
    grace_from timestamp with time zone,
    CONSTRAINT erasure_requests_grace_check CHECK (((grace_seconds >= 0) AND (grace_seconds <= (((21 * 24) * 60) * 60))))
);

CREATE TABLE public.erasures (
    organization_id uuid NOT NULL,
    number bigint NOT NULL,
    server text NOT NULL,
    database_name text NOT NULL,
    operation_id uuid NOT NULL,
    actor text NOT NULL,
    erased_at timestamp with time zone DEFAULT now() NOT NULL,
    certificate text,
    published_at timestamp with time zone,
    asked_at timestamp with time zone
);

CREATE TABLE public.events (
    sequence bigint NOT NULL,
    id uuid NOT NULL,
    type text NOT NULL,
    organization_id uuid,
    subdomain text,
    at timestamp with time zone NOT NULL,
    data jsonb NOT NULL
);

ALTER TABLE public.events ALTER COLUMN sequence ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.events_sequence_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.export_links (
    token_hash bytea NOT NULL,
    export_id uuid NOT NULL,
    organization_id uuid NOT NULL,
    made_by text NOT NULL,
    made_at timestamp with time zone DEFAULT now() NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    CONSTRAINT export_links_token_hash_check CHECK ((octet_length(token_hash) = 32))
);

CREATE TABLE public.exports (
    id uuid NOT NULL,
    organization_id uuid NOT NULL,
    made_by text NOT NULL,
    asked_at timestamp with time zone DEFAULT now() NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    taken_at timestamp with time zone,
    object_key text,
    bytes bigint,
    sha256 text,
    tables integer,
    total_rows bigint,
    files integer,
    CONSTRAINT exports_bytes_check CHECK ((bytes > 0)),
    CONSTRAINT exports_made_check CHECK ((num_nulls(taken_at, object_key, bytes, sha256, tables, total_rows, files) = ANY (ARRAY[0, 7]))),
    CONSTRAINT exports_sha256_check CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text))
);

CREATE TABLE public.fiscal_archives (
    organization_id uuid NOT NULL,
    object_key text NOT NULL,
    bytes bigint NOT NULL,
    sha256 text NOT NULL,
    tables integer,
    total_rows bigint,
    made_at timestamp with time zone DEFAULT now() NOT NULL,
    keep_until timestamp with time zone NOT NULL,
    CONSTRAINT fiscal_archives_sha256_check CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text))
);

CREATE TABLE public.fleet (
    only_row boolean DEFAULT true NOT NULL,
    schema_version bigint NOT NULL,
    CONSTRAINT fleet_only_row_check CHECK (only_row)
);

CREATE TABLE public.history_fleet (
    at timestamp with time zone NOT NULL,
    node uuid NOT NULL,
    tenants bigint NOT NULL,
    behind bigint NOT NULL,
    quarantined bigint NOT NULL,
    operations bigint NOT NULL,
    oldest_backup_seconds double precision
);

CREATE TABLE public.history_requests (
    at timestamp with time zone NOT NULL,
    node uuid NOT NULL,
    requests bigint NOT NULL,
    errors bigint NOT NULL,
    durations bigint[] NOT NULL
);

CREATE TABLE public.history_servers (
    at timestamp with time zone NOT NULL,
    server_id uuid NOT NULL,
    node uuid NOT NULL,
    connections bigint NOT NULL,
    database_bytes bigint,
    transactions bigint NOT NULL
);

CREATE TABLE public.idempotency_keys (
    actor_id uuid NOT NULL,
    key text NOT NULL,
    request_hash bytea NOT NULL,
    subject_id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT idempotency_keys_key_check CHECK (((char_length(key) >= 1) AND (char_length(key) <= 200))),
    CONSTRAINT idempotency_keys_request_hash_check CHECK ((octet_length(request_hash) = 32))
);

CREATE TABLE public.inspections (
    copy_id uuid NOT NULL,
    subdomain text NOT NULL,
    role_password_sealed bytea NOT NULL,
    role_password_verifier text NOT NULL,
    opened_by text NOT NULL,
    opened_at timestamp with time zone DEFAULT now() NOT NULL,
    open_until timestamp with time zone NOT NULL,
    epoch bigint DEFAULT 0 NOT NULL
);

CREATE TABLE public.migrations (
    version bigint NOT NULL,
    name text NOT NULL,
    phase text NOT NULL,
    checksum text NOT NULL,
    up_sql text NOT NULL,
    down_sql text,
    released_at timestamp with time zone,
    CONSTRAINT migrations_phase_check CHECK ((phase = ANY (ARRAY['expand'::text, 'backfill'::text, 'contract'::text]))),
    CONSTRAINT migrations_version_check CHECK ((version > 0))
);

CREATE TABLE public.servers (
    id uuid NOT NULL,
    name text NOT NULL,
    region text NOT NULL,
    host text NOT NULL,
    port integer NOT NULL,
    admin_host text NOT NULL,
    admin_role text NOT NULL,
    admin_password_sealed bytea,
    state text DEFAULT 'ACCEPTING'::text NOT NULL,
    connection_budget integer NOT NULL,
    capacity integer DEFAULT 1000 NOT NULL,
    replica_hosts text[] DEFAULT '{}'::text[] NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT servers_capacity_check CHECK ((capacity > 0)),
    CONSTRAINT servers_connection_budget_check CHECK ((connection_budget > 0)),
    CONSTRAINT servers_port_check CHECK (((port >= 1) AND (port <= 65535))),
    CONSTRAINT servers_state_check CHECK ((state = ANY (ARRAY['ACCEPTING'::text, 'DRAINING'::text, 'OFFLINE'::text])))
);

CREATE VIEW public.routes AS
 SELECT organizations.id,
    (organizations.subdomain)::text AS subdomain,
    organizations.access_mode,
    tenants.epoch,
    tenants.phase,
    tenants.schema_version,
    tenants.database_name,
    tenants.role_name,
    tenants.database_password_sealed,
    servers.id AS server_id,
    servers.host,
    servers.port,
    plans.connection_limit,
    plans.statement_timeout_ms,
    plans.lock_timeout_ms,
    plans.idle_in_transaction_timeout_ms,
    ARRAY( SELECT (domains.hostname)::text AS hostname
           FROM public.domains
          WHERE ((domains.organization_id = organizations.id) AND (domains.verified_at IS NOT NULL))
          ORDER BY domains.hostname) AS hostnames,
    plans.connection_weight,
    COALESCE(( SELECT max(migrations.version) AS max
           FROM public.migrations
          WHERE ((migrations.phase = 'contract'::text) AND (migrations.version <= tenants.schema_version))), (0)::bigint) AS schema_floor,
    tenants.awaits_version
   FROM ((((public.tenants
     JOIN public.organizations ON ((organizations.id = tenants.organization_id)))
     JOIN public.servers ON ((servers.id = tenants.server_id)))
     JOIN LATERAL ( SELECT subscriptions.plan_code,
            subscriptions.plan_version
           FROM public.subscriptions
          WHERE (subscriptions.organization_id = organizations.id)
          ORDER BY subscriptions.created_at DESC
         LIMIT 1) newest ON (true))
     JOIN public.plans ON (((plans.code = newest.plan_code) AND (plans.version = newest.plan_version))));

CREATE VIEW public.inspection_routes AS
 SELECT inspections.copy_id AS id,
    inspections.subdomain,
    'READ_ONLY'::text AS access_mode,
    inspections.epoch,
        CASE
            WHEN ((copies.state = 'OPEN'::text) AND (tenants.phase = ANY (ARRAY['READY'::text, 'RESTORING'::text, 'MOVING'::text]))) THEN 'READY'::text
            ELSE 'ARCHIVED'::text
        END AS phase,
    COALESCE(copies.schema_version, (0)::bigint) AS schema_version,
    copies.database_name,
    copies.database_name AS role_name,
    inspections.role_password_sealed AS database_password_sealed,
    servers.id AS server_id,
    servers.host,
    servers.port,
    LEAST(routes.connection_limit, 5) AS connection_limit,
    routes.statement_timeout_ms,
    routes.lock_timeout_ms,
    routes.idle_in_transaction_timeout_ms,
    ARRAY[]::text[] AS hostnames,
    (1)::smallint AS connection_weight,
    COALESCE(( SELECT max(migrations.version) AS max
           FROM public.migrations
          WHERE ((migrations.phase = 'contract'::text) AND (migrations.version <= copies.schema_version))), (0)::bigint) AS schema_floor,
    NULL::bigint AS awaits_version
   FROM ((((public.inspections
     JOIN public.copies ON ((copies.id = inspections.copy_id)))
     JOIN public.tenants ON ((tenants.organization_id = copies.organization_id)))
     JOIN public.servers ON ((servers.id = copies.server_id)))
     JOIN public.routes ON ((routes.id = copies.organization_id)));

CREATE TABLE public.legal_holds (
    organization_id uuid NOT NULL,
    held_by text NOT NULL,
    reason text NOT NULL,
    since timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT legal_holds_reason_check CHECK (((char_length(reason) >= 1) AND (char_length(reason) <= 500)))
);

CREATE VIEW public.newest_backups AS
 SELECT tenants.organization_id,
    newest.id,
    newest.taken_at,
    newest.change_mark,
    newest.unchanged_at,
    GREATEST(newest.taken_at, newest.unchanged_at) AS seen_at
   FROM (public.tenants
     JOIN LATERAL ( SELECT backups.id,
            backups.taken_at,
            backups.change_mark,
            backups.unchanged_at
           FROM public.backups
          WHERE ((backups.organization_id = tenants.organization_id) AND (backups.broken_why IS NULL))
          ORDER BY backups.taken_at DESC, backups.id
         LIMIT 1) newest ON (true));

CREATE TABLE public.operation_events (
    operation_id uuid NOT NULL,
    sequence integer NOT NULL,
    at timestamp with time zone DEFAULT now() NOT NULL,
    message text NOT NULL
);

CREATE TABLE public.operations (
    id uuid NOT NULL,
    kind text NOT NULL,
    organization_id uuid,
    subdomain text,
    state text DEFAULT 'RUNNING'::text NOT NULL,
    input jsonb NOT NULL,
    error text,
    actor text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    finished_at timestamp with time zone,
    spare_id uuid,
    step text NOT NULL,
    direction text DEFAULT 'FORWARD'::text NOT NULL,
    due_at timestamp with time zone DEFAULT now() NOT NULL,
    lease_token bigint DEFAULT 0 NOT NULL,
    worker text,
    attempts integer DEFAULT 0 NOT NULL,
    waiting text,
    cancelled_by text,
    secret_sealed bytea,
    trace_parent text,
    CONSTRAINT operations_cancelled_check CHECK (((state <> 'CANCELLED'::text) OR (cancelled_by IS NOT NULL))),
    CONSTRAINT operations_direction_check CHECK ((direction = ANY (ARRAY['FORWARD'::text, 'UNDO'::text]))),
    CONSTRAINT operations_error_check CHECK (
CASE state
    WHEN 'FAILED'::text THEN (error IS NOT NULL)
    WHEN 'RUNNING'::text THEN ((error IS NULL) OR (direction = 'UNDO'::text))
    ELSE (error IS NULL)
END),
    CONSTRAINT operations_finished_check CHECK (((state = 'RUNNING'::text) = (finished_at IS NULL))),
    CONSTRAINT operations_state_check CHECK ((state = ANY (ARRAY['RUNNING'::text, 'DONE'::text, 'FAILED'::text, 'CANCELLED'::text])))
);

ALTER TABLE public.organizations ALTER COLUMN number ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.organizations_number_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.platform_users (
    id uuid NOT NULL,
    email public.citext NOT NULL,
    display_name text NOT NULL,
    role text NOT NULL,
    password_hash text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    disabled_at timestamp with time zone,
    password_changed_at timestamp with time zone,
    totp_secret_sealed bytea,
    totp_confirmed_at timestamp with time zone,
    totp_last_step bigint DEFAULT 0 NOT NULL,
    CONSTRAINT platform_users_role_check CHECK ((role = ANY (ARRAY['owner'::text, 'operator'::text, 'support'::text, 'auditor'::text]))),
    CONSTRAINT platform_users_totp_check CHECK (((totp_confirmed_at IS NULL) OR (totp_secret_sealed IS NOT NULL)))
);

CREATE TABLE public.quarantines (
    organization_id uuid NOT NULL,
    rollout bigint,
    version bigint,
    name text,
    sqlstate text,
    statement text,
    message text NOT NULL,
    hint text,
    at_version bigint NOT NULL,
    quarantined_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.rollout_tenants (
    rollout bigint NOT NULL,
    organization_id uuid NOT NULL,
    wave smallint NOT NULL,
    server_id uuid NOT NULL,
    from_version bigint NOT NULL,
    state text DEFAULT 'PENDING'::text NOT NULL,
    started_at timestamp with time zone,
    finished_at timestamp with time zone,
    CONSTRAINT rollout_tenants_state_check CHECK ((state = ANY (ARRAY['PENDING'::text, 'RUNNING'::text, 'DONE'::text, 'FAILED'::text, 'SKIPPED'::text])))
)
WITH (fillfactor='70');

CREATE TABLE public.rollouts (
    number bigint NOT NULL,
    operation_id uuid NOT NULL,
    direction text NOT NULL,
    from_version bigint NOT NULL,
    to_version bigint NOT NULL,
    rolls_back bigint,
    canaries text[] NOT NULL,
    waves smallint[] NOT NULL,
    max_failures integer NOT NULL,
    per_server integer NOT NULL,
    in_total integer NOT NULL,
    lazy_until timestamp with time zone,
    skip_shadow boolean DEFAULT false NOT NULL,
    paused_by text,
    paused_why text,
    shadow jsonb,
    templates_moved boolean DEFAULT false NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    started_at timestamp with time zone,
    CONSTRAINT rollouts_direction_check CHECK ((direction = ANY (ARRAY['UP'::text, 'DOWN'::text]))),
    CONSTRAINT rollouts_in_total_check CHECK ((in_total > 0)),
    CONSTRAINT rollouts_max_failures_check CHECK ((max_failures >= 0)),
    CONSTRAINT rollouts_paused_check CHECK (((paused_by IS NULL) = (paused_why IS NULL))),
    CONSTRAINT rollouts_per_server_check CHECK ((per_server > 0))
);

ALTER TABLE public.rollouts ALTER COLUMN number ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.rollouts_number_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE SEQUENCE public.route_epoch
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

CREATE TABLE public.router_nodes (
    id uuid NOT NULL,
    name text NOT NULL,
    place text,
    round bigint NOT NULL,
    started_at timestamp with time zone DEFAULT now() NOT NULL,
    seen_at timestamp with time zone DEFAULT now() NOT NULL,
    schema_newest bigint
)
WITH (fillfactor='50');

CREATE TABLE public.schemas (
    fingerprint text NOT NULL,
    lines text NOT NULL,
    first_seen_at timestamp with time zone DEFAULT now() NOT NULL,
    told_at timestamp with time zone
);

CREATE TABLE public.spares (
    id uuid NOT NULL,
    number bigint DEFAULT nextval('public.organizations_number_seq'::regclass) NOT NULL,
    server_id uuid NOT NULL,
    database_password_sealed bytea NOT NULL,
    database_password_verifier text NOT NULL,
    schema_version bigint NOT NULL,
    state text DEFAULT 'MAKING'::text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT spares_state_check CHECK ((state = ANY (ARRAY['MAKING'::text, 'READY'::text, 'DROPPING'::text])))
);

CREATE TABLE public.webhook_endpoints (
    id uuid NOT NULL,
    url text NOT NULL,
    description text NOT NULL,
    event_types text[] NOT NULL,
    secret_sealed bytea NOT NULL,
    former_secret_sealed bytea,
    former_secret_until timestamp with time zone,
    state text DEFAULT 'ENABLED'::text NOT NULL,
    disabled_why text,
    cursor bigint NOT NULL,
    failures integer DEFAULT 0 NOT NULL,
    failing_since timestamp with time zone,
    due_at timestamp with time zone DEFAULT now() NOT NULL,
    lease_token bigint DEFAULT 0 NOT NULL,
    leased_until timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT webhook_endpoints_disabled_check CHECK (((state = 'DISABLED'::text) = (disabled_why IS NOT NULL))),
    CONSTRAINT webhook_endpoints_former_check CHECK (((former_secret_sealed IS NULL) = (former_secret_until IS NULL))),
    CONSTRAINT webhook_endpoints_state_check CHECK ((state = ANY (ARRAY['ENABLED'::text, 'DISABLED'::text])))
);

CREATE VIEW public.sealed_values AS
 SELECT 'tenants.database_password'::text AS place,
    'present'::text AS variant,
    tenants.organization_id AS id,
    tenants.database_password_sealed AS sealed
   FROM public.tenants
UNION ALL
 SELECT 'tenants.database_password'::text AS place,
    'next'::text AS variant,
    tenants.organization_id AS id,
    tenants.next_password_sealed AS sealed
   FROM public.tenants
  WHERE (tenants.next_password_sealed IS NOT NULL)
UNION ALL
 SELECT 'tenants.database_password'::text AS place,
    'spare'::text AS variant,
    spares.id,
    spares.database_password_sealed AS sealed
   FROM public.spares
UNION ALL
 SELECT 'servers.admin_password'::text AS place,
    'present'::text AS variant,
    servers.id,
    servers.admin_password_sealed AS sealed
   FROM public.servers
  WHERE (servers.admin_password_sealed IS NOT NULL)
UNION ALL
 SELECT 'operations.secret'::text AS place,
    'present'::text AS variant,
    operations.id,
    operations.secret_sealed AS sealed
   FROM public.operations
  WHERE (operations.secret_sealed IS NOT NULL)
UNION ALL
 SELECT 'platform_users.totp_secret'::text AS place,
    'present'::text AS variant,
    platform_users.id,
    platform_users.totp_secret_sealed AS sealed
   FROM public.platform_users
  WHERE (platform_users.totp_secret_sealed IS NOT NULL)
UNION ALL
 SELECT 'tenants.database_password'::text AS place,
    'inspection'::text AS variant,
    inspections.copy_id AS id,
    inspections.role_password_sealed AS sealed
   FROM public.inspections
UNION ALL
 SELECT 'webhook_endpoints.secret'::text AS place,
    'present'::text AS variant,
    webhook_endpoints.id,
    webhook_endpoints.secret_sealed AS sealed
   FROM public.webhook_endpoints
UNION ALL
 SELECT 'webhook_endpoints.secret'::text AS place,
    'former'::text AS variant,
    webhook_endpoints.id,
    webhook_endpoints.former_secret_sealed AS sealed
   FROM public.webhook_endpoints
  WHERE (webhook_endpoints.former_secret_sealed IS NOT NULL);

CREATE TABLE public.seat_leases (
    server_id uuid NOT NULL,
    node_id uuid NOT NULL,
    seats integer NOT NULL,
    kept integer NOT NULL,
    wanted integer NOT NULL,
    renewals bigint NOT NULL,
    silent boolean DEFAULT false NOT NULL,
    CONSTRAINT seat_leases_kept_check CHECK (((kept >= 0) AND (kept <= seats))),
    CONSTRAINT seat_leases_seats_check CHECK ((seats >= 0)),
    CONSTRAINT seat_leases_wanted_check CHECK ((wanted >= 0))
)
WITH (fillfactor='50');

CREATE TABLE public.server_templates (
    server_id uuid NOT NULL,
    schema_version bigint NOT NULL,
    fingerprint text NOT NULL,
    fingerprinted_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.subscription_events (
    id bigint NOT NULL,
    subscription_id uuid NOT NULL,
    at timestamp with time zone DEFAULT now() NOT NULL,
    from_status text,
    to_status text NOT NULL,
    reason text NOT NULL
);

ALTER TABLE public.subscription_events ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.subscription_events_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE VIEW public.tenant_limits AS
 SELECT organizations.id AS organization_id,
    (organizations.subdomain)::text AS subdomain,
    plans.code AS plan,
    plans.connection_limit,
    plans.database_bytes_max,
    plans.requests_per_day_max,
    plans.ai_credits_per_month
   FROM ((public.organizations
     JOIN LATERAL ( SELECT subscriptions.plan_code,
            subscriptions.plan_version
           FROM public.subscriptions
          WHERE (subscriptions.organization_id = organizations.id)
          ORDER BY subscriptions.created_at DESC
         LIMIT 1) newest ON (true))
     JOIN public.plans ON (((plans.code = newest.plan_code) AND (plans.version = newest.plan_version))));

CREATE VIEW public.tenant_roles AS
 SELECT routes.id,
    routes.subdomain,
    routes.server_id,
    routes.database_name,
    routes.role_name,
    routes.phase,
    tenants.database_password_verifier AS password_verifier,
    routes.connection_limit,
    routes.statement_timeout_ms,
    routes.lock_timeout_ms,
    routes.idle_in_transaction_timeout_ms,
    routes.access_mode,
    tenants.next_password_verifier,
    organizations.number
   FROM ((public.routes
     JOIN public.tenants ON ((tenants.organization_id = routes.id)))
     JOIN public.organizations ON ((organizations.id = routes.id)));

CREATE VIEW public.tenant_summaries AS
 SELECT organizations.id,
    organizations.number,
    (organizations.subdomain)::text AS subdomain,
    organizations.name,
    organizations.region,
    organizations.created_at,
    servers.name AS server,
    tenants.database_name,
    tenants.schema_version,
    newest.status AS billing,
    organizations.access_mode AS access,
    tenants.phase AS infrastructure,
    newest.plan_code AS plan
   FROM (((public.organizations
     JOIN public.tenants ON ((tenants.organization_id = organizations.id)))
     JOIN public.servers ON ((servers.id = tenants.server_id)))
     JOIN LATERAL ( SELECT subscriptions.status,
            subscriptions.plan_code
           FROM public.subscriptions
          WHERE (subscriptions.organization_id = organizations.id)
          ORDER BY subscriptions.created_at DESC
         LIMIT 1) newest ON (true));

CREATE TABLE public.usage_bundles (
    node_id uuid NOT NULL,
    number bigint NOT NULL,
    at timestamp with time zone DEFAULT now() NOT NULL
)
WITH (fillfactor='50');

CREATE TABLE public.usage_days (
    organization_id uuid NOT NULL,
    day date NOT NULL,
    requests bigint DEFAULT 0 NOT NULL,
    busy_us bigint DEFAULT 0 NOT NULL,
    sent_bytes bigint DEFAULT 0 NOT NULL,
    transactions bigint DEFAULT 0 NOT NULL,
    rows_changed bigint DEFAULT 0 NOT NULL,
    query_us bigint DEFAULT 0 NOT NULL,
    sessions bigint DEFAULT 0 NOT NULL,
    temp_bytes bigint DEFAULT 0 NOT NULL,
    deadlocks bigint DEFAULT 0 NOT NULL,
    statements bigint,
    statement_us bigint,
    connections_max bigint DEFAULT 0 NOT NULL,
    database_bytes bigint,
    requests_told text DEFAULT 'WITHIN'::text NOT NULL,
    database_told text DEFAULT 'WITHIN'::text NOT NULL,
    CONSTRAINT usage_days_database_told_check CHECK ((database_told = ANY (ARRAY['WITHIN'::text, 'NEAR'::text, 'OVER'::text]))),
    CONSTRAINT usage_days_requests_told_check CHECK ((requests_told = ANY (ARRAY['WITHIN'::text, 'NEAR'::text, 'OVER'::text])))
)
WITH (fillfactor='70');

CREATE TABLE public.usage_marks (
    organization_id uuid NOT NULL,
    server_id uuid NOT NULL,
    database_oid bigint NOT NULL,
    reset_us bigint NOT NULL,
    commits bigint NOT NULL,
    rollbacks bigint NOT NULL,
    rows_written bigint NOT NULL,
    temp_bytes bigint NOT NULL,
    deadlocks bigint NOT NULL,
    sessions bigint NOT NULL,
    active_us bigint NOT NULL,
    statements bigint,
    statement_us bigint,
    statements_reset_us bigint,
    day date NOT NULL,
    database_bytes bigint,
    database_standing text NOT NULL,
    CONSTRAINT usage_marks_database_standing_check CHECK ((database_standing = ANY (ARRAY['WITHIN'::text, 'NEAR'::text, 'OVER'::text])))
)
WITH (fillfactor='50');

CREATE TABLE public.usage_sources (
    server_id uuid NOT NULL,
    token bigint DEFAULT 0 NOT NULL,
    due_at timestamp with time zone DEFAULT now() NOT NULL,
    collected_at timestamp with time zone,
    counts_statements boolean DEFAULT false NOT NULL
)
WITH (fillfactor='50');

CREATE TABLE public.webhook_deliveries (
    id bigint NOT NULL,
    endpoint_id uuid NOT NULL,
    event_id uuid NOT NULL,
    sequence bigint,
    type text NOT NULL,
    at timestamp with time zone DEFAULT now() NOT NULL,
    status integer,
    why text,
    milliseconds integer NOT NULL
);

ALTER TABLE public.webhook_deliveries ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.webhook_deliveries_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE ONLY public.ai_credits_accounts
    ADD CONSTRAINT ai_credits_accounts_pkey PRIMARY KEY (organization_id);

ALTER TABLE ONLY public.ai_credits_grants
    ADD CONSTRAINT ai_credits_grants_period_key UNIQUE (organization_id, period);

ALTER TABLE ONLY public.ai_credits_grants
    ADD CONSTRAINT ai_credits_grants_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.ai_credits_ledger
    ADD CONSTRAINT ai_credits_ledger_key_key UNIQUE (organization_id, key);

ALTER TABLE ONLY public.ai_credits_ledger
    ADD CONSTRAINT ai_credits_ledger_pkey PRIMARY KEY (organization_id, number);

ALTER TABLE ONLY public.ai_credits_reservation_parts
    ADD CONSTRAINT ai_credits_reservation_parts_pkey PRIMARY KEY (reservation_id, grant_id);

ALTER TABLE ONLY public.ai_credits_reservations
    ADD CONSTRAINT ai_credits_reservations_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.ai_credits_reservations
    ADD CONSTRAINT ai_credits_reservations_request_key UNIQUE (organization_id, request_id);

ALTER TABLE ONLY public.api_tokens
    ADD CONSTRAINT api_tokens_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.api_tokens
    ADD CONSTRAINT api_tokens_token_hash_key UNIQUE (token_hash);

ALTER TABLE ONLY public.audit_head
    ADD CONSTRAINT audit_head_pkey PRIMARY KEY (only_row);

ALTER TABLE ONLY public.audit_log
    ADD CONSTRAINT audit_log_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.backup_keys
    ADD CONSTRAINT backup_keys_pkey PRIMARY KEY (organization_id);

ALTER TABLE ONLY public.backup_states
    ADD CONSTRAINT backup_states_pkey PRIMARY KEY (organization_id);

ALTER TABLE ONLY public.backups_going
    ADD CONSTRAINT backups_going_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.backups
    ADD CONSTRAINT backups_manifest_key_key UNIQUE (manifest_key);

ALTER TABLE ONLY public.backups
    ADD CONSTRAINT backups_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.copies
    ADD CONSTRAINT copies_database_name_key UNIQUE (server_id, database_name);

ALTER TABLE ONLY public.copies
    ADD CONSTRAINT copies_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.domains
    ADD CONSTRAINT domains_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.drills
    ADD CONSTRAINT drills_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.erasure_requests
    ADD CONSTRAINT erasure_requests_pkey PRIMARY KEY (organization_id);

ALTER TABLE ONLY public.erasures
    ADD CONSTRAINT erasures_number_key UNIQUE (number);

ALTER TABLE ONLY public.erasures
    ADD CONSTRAINT erasures_pkey PRIMARY KEY (organization_id);

ALTER TABLE ONLY public.events
    ADD CONSTRAINT events_id_key UNIQUE (id);

ALTER TABLE ONLY public.events
    ADD CONSTRAINT events_pkey PRIMARY KEY (sequence);

ALTER TABLE ONLY public.export_links
    ADD CONSTRAINT export_links_pkey PRIMARY KEY (token_hash);

ALTER TABLE ONLY public.exports
    ADD CONSTRAINT exports_object_key_key UNIQUE (object_key);

ALTER TABLE ONLY public.exports
    ADD CONSTRAINT exports_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.fiscal_archives
    ADD CONSTRAINT fiscal_archives_pkey PRIMARY KEY (organization_id);

ALTER TABLE ONLY public.fleet
    ADD CONSTRAINT fleet_pkey PRIMARY KEY (only_row);

ALTER TABLE ONLY public.history_fleet
    ADD CONSTRAINT history_fleet_pkey PRIMARY KEY (at);

ALTER TABLE ONLY public.history_requests
    ADD CONSTRAINT history_requests_pkey PRIMARY KEY (node, at);

ALTER TABLE ONLY public.history_servers
    ADD CONSTRAINT history_servers_pkey PRIMARY KEY (server_id, at);

ALTER TABLE ONLY public.idempotency_keys
    ADD CONSTRAINT idempotency_keys_pkey PRIMARY KEY (actor_id, key);

ALTER TABLE ONLY public.inspections
    ADD CONSTRAINT inspections_pkey PRIMARY KEY (copy_id);

ALTER TABLE ONLY public.inspections
    ADD CONSTRAINT inspections_subdomain_key UNIQUE (subdomain);

ALTER TABLE ONLY public.legal_holds
    ADD CONSTRAINT legal_holds_pkey PRIMARY KEY (organization_id);

ALTER TABLE ONLY public.migrations
    ADD CONSTRAINT migrations_pkey PRIMARY KEY (version);

ALTER TABLE ONLY public.operation_events
    ADD CONSTRAINT operation_events_pkey PRIMARY KEY (operation_id, sequence);

ALTER TABLE ONLY public.operations
    ADD CONSTRAINT operations_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.organizations
    ADD CONSTRAINT organizations_number_key UNIQUE (number);

ALTER TABLE ONLY public.organizations
    ADD CONSTRAINT organizations_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.organizations
    ADD CONSTRAINT organizations_subdomain_key UNIQUE (subdomain);

ALTER TABLE ONLY public.plans
    ADD CONSTRAINT plans_pkey PRIMARY KEY (code, version);

ALTER TABLE ONLY public.platform_users
    ADD CONSTRAINT platform_users_email_key UNIQUE (email);

ALTER TABLE ONLY public.platform_users
    ADD CONSTRAINT platform_users_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.quarantines
    ADD CONSTRAINT quarantines_pkey PRIMARY KEY (organization_id);

ALTER TABLE ONLY public.rollout_tenants
    ADD CONSTRAINT rollout_tenants_pkey PRIMARY KEY (rollout, organization_id);

ALTER TABLE ONLY public.rollouts
    ADD CONSTRAINT rollouts_operation_id_key UNIQUE (operation_id);

ALTER TABLE ONLY public.rollouts
    ADD CONSTRAINT rollouts_pkey PRIMARY KEY (number);

ALTER TABLE ONLY public.router_nodes
    ADD CONSTRAINT router_nodes_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.schemas
    ADD CONSTRAINT schemas_pkey PRIMARY KEY (fingerprint);

ALTER TABLE ONLY public.seat_leases
    ADD CONSTRAINT seat_leases_pkey PRIMARY KEY (server_id, node_id);

ALTER TABLE ONLY public.server_templates
    ADD CONSTRAINT server_templates_pkey PRIMARY KEY (server_id);

ALTER TABLE ONLY public.servers
    ADD CONSTRAINT servers_name_key UNIQUE (name);

ALTER TABLE ONLY public.servers
    ADD CONSTRAINT servers_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.spares
    ADD CONSTRAINT spares_number_key UNIQUE (number);

ALTER TABLE ONLY public.spares
    ADD CONSTRAINT spares_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.subscription_events
    ADD CONSTRAINT subscription_events_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.subscriptions
    ADD CONSTRAINT subscriptions_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.tenants
    ADD CONSTRAINT tenants_database_name_key UNIQUE (server_id, database_name);

ALTER TABLE ONLY public.tenants
    ADD CONSTRAINT tenants_pkey PRIMARY KEY (organization_id);

ALTER TABLE ONLY public.usage_bundles
    ADD CONSTRAINT usage_bundles_pkey PRIMARY KEY (node_id);

ALTER TABLE ONLY public.usage_days
    ADD CONSTRAINT usage_days_pkey PRIMARY KEY (organization_id, day);

ALTER TABLE ONLY public.usage_marks
    ADD CONSTRAINT usage_marks_pkey PRIMARY KEY (organization_id);

ALTER TABLE ONLY public.usage_sources
    ADD CONSTRAINT usage_sources_pkey PRIMARY KEY (server_id);

ALTER TABLE ONLY public.webhook_deliveries
    ADD CONSTRAINT webhook_deliveries_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.webhook_endpoints
    ADD CONSTRAINT webhook_endpoints_pkey PRIMARY KEY (id);

CREATE INDEX ai_credits_accounts_due_index ON public.ai_credits_accounts USING btree (due_at);

CREATE INDEX ai_credits_grants_remaining_index ON public.ai_credits_grants USING btree (organization_id) WHERE (remaining > 0);

CREATE INDEX ai_credits_ledger_at_index ON public.ai_credits_ledger USING brin (at);

CREATE INDEX ai_credits_reservation_parts_grant_id_index ON public.ai_credits_reservation_parts USING btree (grant_id);

CREATE INDEX ai_credits_reservations_held_index ON public.ai_credits_reservations USING btree (organization_id, expires_at) WHERE (state = 'HELD'::text);

CREATE INDEX ai_credits_reservations_spent_index ON public.ai_credits_reservations USING btree (organization_id, closed_at) WHERE (state = 'SETTLED'::text);

CREATE INDEX api_tokens_platform_user_id_index ON public.api_tokens USING btree (platform_user_id, id);

CREATE INDEX audit_log_action_index ON public.audit_log USING btree (action, id);

CREATE INDEX audit_log_actor_index ON public.audit_log USING btree (actor, id);

CREATE INDEX audit_log_subject_index ON public.audit_log USING btree (subject, id);

CREATE INDEX backups_going_organization_index ON public.backups_going USING btree (organization_id);

CREATE INDEX backups_organization_index ON public.backups USING btree (organization_id, taken_at DESC);

CREATE INDEX copies_organization_index ON public.copies USING btree (organization_id, created_at DESC);

CREATE UNIQUE INDEX domains_claim_index ON public.domains USING btree (organization_id, hostname);

CREATE INDEX domains_due_index ON public.domains USING btree (due_at);

CREATE INDEX domains_hostname_index ON public.domains USING btree (hostname);

CREATE INDEX domains_organization_id_index ON public.domains USING btree (organization_id);

CREATE UNIQUE INDEX domains_primary_index ON public.domains USING btree (organization_id) WHERE is_primary;

CREATE UNIQUE INDEX domains_verified_hostname_index ON public.domains USING btree (hostname) WHERE (verified_at IS NOT NULL);

CREATE INDEX drills_organization_index ON public.drills USING btree (organization_id, began_at DESC);

CREATE INDEX events_at_index ON public.events USING btree (at);

CREATE INDEX events_subdomain_index ON public.events USING btree (subdomain, sequence);

CREATE INDEX export_links_expires_at_index ON public.export_links USING btree (expires_at);

CREATE INDEX export_links_organization_index ON public.export_links USING btree (organization_id);

CREATE INDEX exports_expires_at_index ON public.exports USING btree (expires_at);

CREATE INDEX exports_organization_index ON public.exports USING btree (organization_id, asked_at DESC);

CREATE INDEX history_requests_at_index ON public.history_requests USING btree (at);

CREATE INDEX history_servers_at_index ON public.history_servers USING btree (at);

CREATE INDEX idempotency_keys_created_at_index ON public.idempotency_keys USING btree (created_at);

CREATE INDEX inspections_epoch_index ON public.inspections USING btree (epoch);

CREATE INDEX operations_beside_index ON public.operations USING btree (organization_id) WHERE (state = 'RUNNING'::text);

CREATE UNIQUE INDEX operations_beside_key ON public.operations USING btree (organization_id, kind) WHERE ((state = 'RUNNING'::text) AND (kind = ANY (ARRAY['backup'::text, 'drill'::text, 'export'::text])));

CREATE INDEX operations_due_index ON public.operations USING btree (due_at) WHERE (state = 'RUNNING'::text);

CREATE UNIQUE INDEX operations_exclusive_key ON public.operations USING btree (organization_id) WHERE ((state = 'RUNNING'::text) AND (kind <> ALL (ARRAY['backup'::text, 'verify_backup'::text, 'restore'::text, 'drop_copy'::text, 'drill'::text, 'export'::text])));

CREATE UNIQUE INDEX operations_exclusive_spare_key ON public.operations USING btree (spare_id) WHERE (state = 'RUNNING'::text);

CREATE INDEX operations_organization_id_index ON public.operations USING btree (organization_id, id);

CREATE UNIQUE INDEX operations_rollout_key ON public.operations USING btree (kind) WHERE ((kind = 'rollout'::text) AND (state = 'RUNNING'::text));

CREATE INDEX operations_subdomain_index ON public.operations USING btree (subdomain, id);

CREATE INDEX rollout_tenants_organization_id_index ON public.rollout_tenants USING btree (organization_id);

CREATE INDEX rollout_tenants_pending_index ON public.rollout_tenants USING btree (rollout, server_id, wave) WHERE (state = 'PENDING'::text);

CREATE INDEX seat_leases_node_id_index ON public.seat_leases USING btree (node_id);

CREATE INDEX server_templates_fingerprint_index ON public.server_templates USING btree (fingerprint);

CREATE INDEX spares_server_id_index ON public.spares USING btree (server_id, state, number);

CREATE UNIQUE INDEX subscriptions_live_key ON public.subscriptions USING btree (organization_id) WHERE (status <> 'CANCELLED'::text);

CREATE INDEX subscriptions_newest_index ON public.subscriptions USING btree (organization_id, created_at);

CREATE INDEX tenants_epoch_index ON public.tenants USING btree (epoch);

CREATE INDEX tenants_schema_fingerprint_index ON public.tenants USING btree (schema_fingerprint);

CREATE INDEX usage_days_day_index ON public.usage_days USING btree (day);

CREATE INDEX webhook_deliveries_endpoint_index ON public.webhook_deliveries USING btree (endpoint_id, id);

CREATE TRIGGER copies_route AFTER UPDATE OF state, schema_version ON public.copies FOR EACH ROW EXECUTE FUNCTION public.inspection_changed_by_copy();

CREATE TRIGGER domains_route AFTER INSERT OR DELETE OR UPDATE OF hostname, organization_id, verified_at ON public.domains FOR EACH ROW EXECUTE FUNCTION public.route_changed_by_domain();

CREATE TRIGGER inspections_route AFTER INSERT OR UPDATE OF subdomain, role_password_sealed ON public.inspections FOR EACH ROW EXECUTE FUNCTION public.inspection_changed_by_itself();

CREATE TRIGGER organizations_route AFTER UPDATE OF subdomain, access_mode ON public.organizations FOR EACH ROW WHEN ((((new.subdomain)::text IS DISTINCT FROM (old.subdomain)::text) OR (new.access_mode IS DISTINCT FROM old.access_mode))) EXECUTE FUNCTION public.route_changed_by_organization();

CREATE TRIGGER seat_leases_budget AFTER INSERT OR UPDATE OF seats ON public.seat_leases FOR EACH ROW EXECUTE FUNCTION public.seat_leases_within_budget();

CREATE TRIGGER servers_route AFTER UPDATE OF host, port ON public.servers FOR EACH ROW WHEN (((new.host IS DISTINCT FROM old.host) OR (new.port IS DISTINCT FROM old.port))) EXECUTE FUNCTION public.route_changed_by_server();

CREATE TRIGGER tenants_route AFTER UPDATE OF server_id, database_name, role_name, database_password_sealed, phase, schema_version, awaits_version ON public.tenants FOR EACH ROW EXECUTE FUNCTION public.route_changed_by_tenant();

CREATE TRIGGER tenants_schema BEFORE UPDATE OF schema_version ON public.tenants FOR EACH ROW WHEN (((new.schema_version IS DISTINCT FROM old.schema_version) AND (NOT (new.schema_fingerprint IS DISTINCT FROM old.schema_fingerprint)))) EXECUTE FUNCTION public.tenants_schema_forget();

ALTER TABLE ONLY public.ai_credits_accounts
    ADD CONSTRAINT ai_credits_accounts_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.ai_credits_grants
    ADD CONSTRAINT ai_credits_grants_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES public.ai_credits_accounts(organization_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.ai_credits_ledger
    ADD CONSTRAINT ai_credits_ledger_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES public.ai_credits_accounts(organization_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.ai_credits_reservation_parts
    ADD CONSTRAINT ai_credits_reservation_parts_grant_id_fkey FOREIGN KEY (grant_id) REFERENCES public.ai_credits_grants(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.ai_credits_reservation_parts
    ADD CONSTRAINT ai_credits_reservation_parts_reservation_id_fkey FOREIGN KEY (reservation_id) REFERENCES public.ai_credits_reservations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.ai_credits_reservations
    ADD CONSTRAINT ai_credits_reservations_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES public.ai_credits_accounts(organization_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.api_tokens
    ADD CONSTRAINT api_tokens_platform_user_id_fkey FOREIGN KEY (platform_user_id) REFERENCES public.platform_users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.backup_keys
    ADD CONSTRAINT backup_keys_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.backup_states
    ADD CONSTRAINT backup_states_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.backups_going
    ADD CONSTRAINT backups_going_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.backups
    ADD CONSTRAINT backups_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.copies
    ADD CONSTRAINT copies_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.copies
    ADD CONSTRAINT copies_server_id_fkey FOREIGN KEY (server_id) REFERENCES public.servers(id);

ALTER TABLE ONLY public.domains
    ADD CONSTRAINT domains_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.drills
    ADD CONSTRAINT drills_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.erasure_requests
    ADD CONSTRAINT erasure_requests_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.export_links
    ADD CONSTRAINT export_links_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.exports
    ADD CONSTRAINT exports_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.history_servers
    ADD CONSTRAINT history_servers_server_id_fkey FOREIGN KEY (server_id) REFERENCES public.servers(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.inspections
    ADD CONSTRAINT inspections_copy_id_fkey FOREIGN KEY (copy_id) REFERENCES public.copies(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.legal_holds
    ADD CONSTRAINT legal_holds_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id);

ALTER TABLE ONLY public.operation_events
    ADD CONSTRAINT operation_events_operation_id_fkey FOREIGN KEY (operation_id) REFERENCES public.operations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.operations
    ADD CONSTRAINT operations_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.quarantines
    ADD CONSTRAINT quarantines_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.quarantines
    ADD CONSTRAINT quarantines_rollout_fkey FOREIGN KEY (rollout) REFERENCES public.rollouts(number) ON DELETE SET NULL;

ALTER TABLE ONLY public.rollout_tenants
    ADD CONSTRAINT rollout_tenants_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.rollout_tenants
    ADD CONSTRAINT rollout_tenants_rollout_fkey FOREIGN KEY (rollout) REFERENCES public.rollouts(number) ON DELETE CASCADE;

ALTER TABLE ONLY public.rollouts
    ADD CONSTRAINT rollouts_operation_id_fkey FOREIGN KEY (operation_id) REFERENCES public.operations(id);

ALTER TABLE ONLY public.rollouts
    ADD CONSTRAINT rollouts_rolls_back_fkey FOREIGN KEY (rolls_back) REFERENCES public.rollouts(number);

ALTER TABLE ONLY public.seat_leases
    ADD CONSTRAINT seat_leases_node_id_fkey FOREIGN KEY (node_id) REFERENCES public.router_nodes(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.seat_leases
    ADD CONSTRAINT seat_leases_server_id_fkey FOREIGN KEY (server_id) REFERENCES public.servers(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.server_templates
    ADD CONSTRAINT server_templates_fingerprint_fkey FOREIGN KEY (fingerprint) REFERENCES public.schemas(fingerprint);

ALTER TABLE ONLY public.server_templates
    ADD CONSTRAINT server_templates_server_id_fkey FOREIGN KEY (server_id) REFERENCES public.servers(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.spares
    ADD CONSTRAINT spares_server_id_fkey FOREIGN KEY (server_id) REFERENCES public.servers(id);

ALTER TABLE ONLY public.subscription_events
    ADD CONSTRAINT subscription_events_subscription_id_fkey FOREIGN KEY (subscription_id) REFERENCES public.subscriptions(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.subscriptions
    ADD CONSTRAINT subscriptions_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.subscriptions
    ADD CONSTRAINT subscriptions_plan_fkey FOREIGN KEY (plan_code, plan_version) REFERENCES public.plans(code, version);

ALTER TABLE ONLY public.tenants
    ADD CONSTRAINT tenants_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.tenants
    ADD CONSTRAINT tenants_schema_fingerprint_fkey FOREIGN KEY (schema_fingerprint) REFERENCES public.schemas(fingerprint);

ALTER TABLE ONLY public.tenants
    ADD CONSTRAINT tenants_server_id_fkey FOREIGN KEY (server_id) REFERENCES public.servers(id);

ALTER TABLE ONLY public.usage_days
    ADD CONSTRAINT usage_days_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.usage_marks
    ADD CONSTRAINT usage_marks_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.usage_marks
    ADD CONSTRAINT usage_marks_server_id_fkey FOREIGN KEY (server_id) REFERENCES public.servers(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.usage_sources
    ADD CONSTRAINT usage_sources_server_id_fkey FOREIGN KEY (server_id) REFERENCES public.servers(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.webhook_deliveries
    ADD CONSTRAINT webhook_deliveries_endpoint_id_fkey FOREIGN KEY (endpoint_id) REFERENCES public.webhook_endpoints(id) ON DELETE CASCADE;

GRANT USAGE ON SCHEMA public TO cloison_control;

REVOKE ALL ON FUNCTION public.audit_append(p_actor text, p_action text, p_subject text, p_detail jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION public.audit_append(p_actor text, p_action text, p_subject text, p_detail jsonb) TO cloison_control;

GRANT ALL ON FUNCTION public.sealed_value_replace(p_place text, p_variant text, p_id uuid, p_old bytea, p_new bytea) TO cloison_control;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.ai_credits_accounts TO cloison_control;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.organizations TO cloison_control;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.plans TO cloison_control;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.subscriptions TO cloison_control;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.tenants TO cloison_control;

GRANT SELECT ON TABLE public.ai_credits_entitled TO cloison_control;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.ai_credits_grants TO cloison_control;

GRANT SELECT,INSERT ON TABLE public.ai_credits_ledger TO cloison_control;

GRANT SELECT ON TABLE public.ai_credits_ledger_broken TO cloison_control;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.ai_credits_reservations TO cloison_control;

GRANT SELECT ON TABLE public.ai_credits_out_of_step TO cloison_control;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.ai_credits_reservation_parts TO cloison_control;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.api_tokens TO cloison_control;

GRANT SELECT ON TABLE public.audit_head TO cloison_control;

GRANT SELECT ON TABLE public.audit_log TO cloison_control;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.backup_keys TO cloison_control;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.backup_states TO cloison_control;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.backups TO cloison_control;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.backups_going TO cloison_control;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.copies TO cloison_control;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.domains TO cloison_control;

GRANT SELECT ON TABLE public.domain_states TO cloison_control;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.drills TO cloison_control;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.erasure_requests TO cloison_control;

GRANT SELECT,INSERT ON TABLE public.erasures TO cloison_control;

GRANT UPDATE(certificate) ON TABLE public.erasures TO cloison_control;

GRANT UPDATE(published_at) ON TABLE public.erasures TO cloison_control;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.events TO cloison_control;

GRANT SELECT ON SEQUENCE public.events_sequence_seq TO cloison_control;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.export_links TO cloison_control;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.exports TO cloison_control;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.fiscal_archives TO cloison_control;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.fleet TO cloison_control;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.history_fleet TO cloison_control;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.history_requests TO cloison_control;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.history_servers TO cloison_control;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.idempotency_keys TO cloison_control;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.inspections TO cloison_control;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.migrations TO cloison_control;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.servers TO cloison_control;

GRANT SELECT ON TABLE public.routes TO cloison_control;

GRANT SELECT ON TABLE public.inspection_routes TO cloison_control;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.legal_holds TO cloison_control;

GRANT SELECT ON TABLE public.newest_backups TO cloison_control;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.operation_events TO cloison_control;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.operations TO cloison_control;

GRANT SELECT,USAGE ON SEQUENCE public.organizations_number_seq TO cloison_control;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.platform_users TO cloison_control;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.quarantines TO cloison_control;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.rollout_tenants TO cloison_control;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.rollouts TO cloison_control;

GRANT SELECT ON SEQUENCE public.rollouts_number_seq TO cloison_control;

GRANT SELECT,USAGE ON SEQUENCE public.route_epoch TO cloison_control;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.router_nodes TO cloison_control;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.schemas TO cloison_control;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.spares TO cloison_control;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.webhook_endpoints TO cloison_control;

GRANT SELECT ON TABLE public.sealed_values TO cloison_control;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.seat_leases TO cloison_control;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.server_templates TO cloison_control;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.subscription_events TO cloison_control;

GRANT SELECT ON SEQUENCE public.subscription_events_id_seq TO cloison_control;

GRANT SELECT ON TABLE public.tenant_limits TO cloison_control;

GRANT SELECT ON TABLE public.tenant_roles TO cloison_control;

GRANT SELECT ON TABLE public.tenant_summaries TO cloison_control;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.usage_bundles TO cloison_control;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.usage_days TO cloison_control;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.usage_marks TO cloison_control;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.usage_sources TO cloison_control;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.webhook_deliveries TO cloison_control;

GRANT SELECT ON SEQUENCE public.webhook_deliveries_id_seq TO cloison_control;

ALTER DEFAULT PRIVILEGES FOR ROLE cloison_control_owner IN SCHEMA public GRANT SELECT ON SEQUENCES  TO cloison_control;

ALTER DEFAULT PRIVILEGES FOR ROLE cloison_control_owner IN SCHEMA public GRANT SELECT ON TABLES  TO cloison_control;
