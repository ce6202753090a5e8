-- The sequences that pg_dump writes the state of, those of identity columns among them.
select n.nspname::text,
       c.relname::text,
       s.seqincrement
from pg_class c
join pg_namespace n on n.oid = c.relnamespace
join pg_sequence s on s.seqrelid = c.oid
left join pg_depend d
    on d.classid = 'pg_class'::regclass
    and d.objid = c.oid
    and d.objsubid = 0
    and d.refclassid = 'pg_extension'::regclass
    and d.deptype = 'e'
left join pg_extension e on e.oid = d.refobjid
where c.relpersistence <> 't'
    and n.nspname !~ '^pg_'
    and n.nspname <> 'information_schema'
    and (e.oid is null or c.oid = any (e.extconfig))
order by n.nspname collate "C", c.relname collate "C"
