-- A table of yours that says where each customer's database is.

create table customers (
    id uuid primary key default gen_random_uuid(),
    subdomain text not null unique check (subdomain ~ '^(?!xn--)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'),
    domain text unique check (domain = lower(domain)),
    is_served boolean not null default true,
    epoch bigint not null,
    host text not null,
    port integer not null check (port between 1 and 65535),
    database text not null check (octet_length(database) between 1 and 63),
    role text not null check (octet_length(role) between 1 and 63),
    password text not null
);

create index customers_epoch_index on customers (epoch);

create sequence customer_epoch;

-- Each change gets the next epoch and is told. The lock is held until the commit: so epochs become visible in their
-- order, and whoever asks for "all after the last one I saw" misses nothing.
create function customer_changed() returns trigger language plpgsql as $$
begin
    perform pg_advisory_xact_lock(hashtext('customer_epoch'));
    if tg_op = 'DELETE' then
        perform pg_notify('customers', old.id || ' ' || nextval('customer_epoch'));
        return old;
    end if;
    new.epoch := nextval('customer_epoch');
    perform pg_notify('customers', new.id || ' ' || new.epoch);
    return new;
end
$$;

create trigger customer_changed before insert or update or delete on customers
for each row execute function customer_changed();
