-- The tables that pg_dump takes rows of. A partitioned table has none: its leaves do. What belongs to an extension comes back
-- with the extension, but for the rows that it says are the user's, which may be under a condition.
select c.oid,
       n.nspname::text,
       c.relname::text,
       coalesce(columns.names, '{}'),
       nullif(e.extcondition[array_position(e.extconfig, c.oid)], '')
from pg_class c
join pg_namespace n on n.oid = c.relnamespace
left join pg_depend d
    on d.classid = 'pg_class'::regclass
    and d.objid = c.oid
    and d.objsubid = 0
    and d.refclassid = 'pg_extension'::regclass
    and d.deptype = 'e'
left join pg_extension e on e.oid = d.refobjid
left join lateral (
    select array_agg(a.attname::text order by a.attnum) as names
    from pg_attribute a
    where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated in ('', 's')
) columns on true
where c.relkind = 'r'
    and c.relpersistence <> 't'
    and n.nspname !~ '^pg_'
    and n.nspname <> 'information_schema'
    and (e.oid is null or c.oid = any (e.extconfig))
order by n.nspname collate "C", c.relname collate "C"
