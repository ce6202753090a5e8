-- phase: expand
--
-- What a studio has on its first day. Provisioning calls this as the owner of the schema, and may call it
-- again after a crash: each part looks before it writes.

create function cloison_first_data(data jsonb) returns void
    language plpgsql set search_path = public, pg_temp as $$
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
