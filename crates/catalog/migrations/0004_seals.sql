-- phase: contract
--
-- Everything that is sealed with the master key in one place, so that a change of key misses nothing: a new sealed
-- column belongs into both parts. And the idempotency key of operations goes: calls have keys now, see 0003.

-- `place` is what the value is bound to, beside the id.
create view sealed_values as
select 'tenants.database_password' as place, 'present' as variant, organization_id as id, database_password_sealed as sealed
from tenants
union all
select 'tenants.database_password', 'next', organization_id, next_password_sealed
from tenants
where next_password_sealed is not null
union all
select 'tenants.database_password', 'spare', id, database_password_sealed
from spares
union all
select 'servers.admin_password', 'present', id, admin_password_sealed
from servers
where admin_password_sealed is not null
union all
select 'operations.secret', 'present', id, secret_sealed
from operations
where secret_sealed is not null
union all
select 'platform_users.totp_secret', 'present', id, totp_secret_sealed
from platform_users
where totp_secret_sealed is not null;

-- Replaces one value, unless somebody else has in the meantime; answers whether it did.
create function sealed_value_replace(p_place text, p_variant text, p_id uuid, p_old bytea, p_new bytea) returns boolean
    language plpgsql
as $$
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
        when 'servers.admin_password present' then
            update servers set admin_password_sealed = p_new
            where id = p_id and admin_password_sealed = p_old;
        when 'operations.secret present' then
            update operations set secret_sealed = p_new
            where id = p_id and secret_sealed = p_old;
        when 'platform_users.totp_secret present' then
            update platform_users set totp_secret_sealed = p_new
            where id = p_id and totp_secret_sealed = p_old;
    end case;
    return found;
end
$$;

grant select on sealed_values to cloison_control;
grant execute on function sealed_value_replace(text, text, uuid, bytea, bytea) to cloison_control;

alter table operations drop column idempotency_key;
