--: Sealed()

--! sealed_value_page (after?) : Sealed
select place, variant, id, sealed
from sealed_values
where :after::text is null or place || ' ' || variant || ' ' || id > :after::text
order by place || ' ' || variant || ' ' || id
limit :row_limit;

--! sealed_value_replace : (replaced)
select sealed_value_replace(:place, :variant, :id, :old, :new) as replaced;

--! resealed_last : (at?)
select max(audit_log.at) as at
from audit_log
where action in ('master_key.rotate', 'master_key.forget_old')
    and (detail ->> 'resealed')::bigint > 0;
