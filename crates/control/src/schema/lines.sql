-- What a tenant database is made of, a row for each object and each part of one: (object, part, definition).
--
-- Run with an empty search_path, so that every name outside pg_catalog comes with its schema. Not in it: what lies in
-- PostgreSQL's own schemas, what belongs to an extension (the extension says its version), Cloison's own lookup and
-- history, comments, the order of columns, who may connect to the database, and vacuum's settings, which are tuned for
-- one tenant. A tenant's own role, which has the name of its database, is written (tenant).
--
-- Each catalog is read once. Functions that look into it again (pg_get_..) are called for our own objects alone.
with
of_extension as materialized (
    select classid, objid
    from pg_depend
    where refclassid = 'pg_extension'::regclass
        and deptype = 'e'
),
schemas as materialized (
    select
        oid, nspname, nspowner, nspacl,
        case when nspname = 'public' then '' else quote_ident(nspname) || '.' end as prefix
    from pg_namespace
    where nspname !~ '^pg_'
        and nspname not in ('information_schema', 'cloison_pgbouncer')
),
relations as materialized (
    select
        c.oid, c.relkind, c.relowner, c.relacl, c.reloptions, c.relpersistence, c.relreplident, c.relam, c.relispartition,
        c.relpartbound, c.relrowsecurity, c.relforcerowsecurity, c.reltype,
        case c.relkind
            when 'v' then 'view '
            when 'm' then 'materialized view '
            when 'f' then 'foreign table '
            when 'S' then 'sequence '
            when 'c' then 'type '
            else 'table '
        end || s.prefix || quote_ident(c.relname) as object
    from pg_class as c
    join schemas as s on s.oid = c.relnamespace
    where c.relkind in ('r', 'p', 'v', 'm', 'f', 'S', 'c')
        and not (c.relname = 'cloison_migrations' and s.nspname = 'public')
        and c.oid not in (select objid from of_extension where classid = 'pg_class'::regclass)
),
functions as materialized (
    select
        p.oid, p.proowner, p.proacl, p.prokind, p.prolang, p.provolatile, p.prosecdef, p.proleakproof, p.proisstrict,
        p.proparallel, p.procost, p.prorows, p.proconfig, p.prosrc, p.prosqlbody,
        case p.prokind when 'p' then 'procedure ' when 'a' then 'aggregate ' else 'function ' end
            || s.prefix || quote_ident(p.proname) || '(' || oidvectortypes(p.proargtypes) || ')' as object
    from pg_proc as p
    join schemas as s on s.oid = p.pronamespace
    where p.oid not in (select objid from of_extension where classid = 'pg_proc'::regclass)
),
types as materialized (
    select
        t.oid, t.typtype, t.typowner, t.typacl, t.typrelid, t.typbasetype, t.typtypmod, t.typnotnull, t.typdefault,
        t.typcollation,
        case t.typtype when 'd' then 'domain ' else 'type ' end || s.prefix || quote_ident(t.typname) as object
    from pg_type as t
    join schemas as s on s.oid = t.typnamespace
    left join pg_class as c on c.oid = t.typrelid
    where (t.typtype in ('e', 'd', 'r') or c.relkind = 'c')
        and t.oid not in (select objid from of_extension where classid = 'pg_type'::regclass)
),
-- Where nobody was given anything yet, what everybody has is what PostgreSQL gives to a new object.
grants (object, part, kind, owner, acl) as (
    select object, '', case relkind when 'S' then 's' else 'r' end, relowner, relacl
    from relations
    where relacl is not null
    union all
    select relations.object, 'column ' || quote_ident(attname) || ' ', 'c', relowner, attacl
    from pg_attribute
    join relations on relations.oid = attrelid
    where attacl is not null
        and not attisdropped
    union all
    select object, '', 'f', proowner, coalesce(proacl, acldefault('f', proowner))
    from functions
    union all
    select object, '', 'T', typowner, coalesce(typacl, acldefault('T', typowner))
    from types
    union all
    select 'schema ' || quote_ident(nspname), '', 'n', nspowner, coalesce(nspacl, acldefault('n', nspowner))
    from schemas
    union all
    select
        'default privileges of ' || quote_ident(pg_get_userbyid(defaclrole))
            || coalesce(' in ' || quote_ident(nspname), ''),
        case defaclobjtype
            when 'r' then 'tables ' when 'S' then 'sequences ' when 'f' then 'functions ' when 'T' then 'types '
            else 'schemas '
        end,
        'd', null, defaclacl
    from pg_default_acl
    left join pg_namespace on pg_namespace.oid = defaclnamespace
)

-- Schemas and extensions.
select 'schema ' || quote_ident(nspname), '', ''
from schemas
where oid not in (select objid from of_extension where classid = 'pg_namespace'::regclass)
union all
select 'extension ' || quote_ident(extname), '', 'version ' || extversion || ' in ' || quote_ident(nspname)
from pg_extension
join pg_namespace on pg_namespace.oid = extnamespace

-- Tables and what else has rows.
union all
select
    object, '',
    case
        when relkind in ('v', 'm') then rtrim(pg_get_viewdef(relations.oid, true), ';')
        else concat_ws(', ',
            case relpersistence when 'u' then 'unlogged' end,
            case when relkind = 'p' then 'partition by ' || pg_get_partkeydef(relations.oid) end,
            (
                select string_agg(
                    case when relispartition then 'partition of ' else 'inherits ' end || inhparent::regclass, ', '
                    order by inhseqno
                )
                from pg_inherits
                where inhrelid = relations.oid
            ),
            case when relispartition then pg_get_expr(relpartbound, relations.oid, true) end,
            case when relrowsecurity then 'row security' end,
            case when relforcerowsecurity then 'row security forced' end,
            case relreplident when 'n' then 'replica identity nothing' when 'f' then 'replica identity full' end,
            'using ' || nullif(amname, 'heap')
        )
    end
from relations
left join pg_am on pg_am.oid = relam
where relkind not in ('S', 'c')
union all
select object, 'options', option
from relations
cross join lateral (
    select string_agg(setting, ', ' order by setting) as option
    from unnest(reloptions) as setting
    where setting !~ '^(autovacuum|vacuum|log_autovacuum|toast)'
) as options
where option is not null
union all
select
    object,
    'column ' || quote_ident(attname),
    concat_ws(' ',
        format_type(atttypid, atttypmod),
        case
            when attcollation <> typcollation
            then 'collate ' || (
                select quote_ident(nspname) || '.' || quote_ident(collname)
                from pg_collation
                join pg_namespace on pg_namespace.oid = collnamespace
                where pg_collation.oid = attcollation
            )
        end,
        case when attnotnull then 'not null' end,
        case attidentity
            when 'a' then 'generated always as identity' when 'd' then 'generated by default as identity'
        end,
        case attgenerated
            when '' then 'default ' || pg_get_expr(adbin, adrelid, true)
            else 'generated always as (' || pg_get_expr(adbin, adrelid, true) || ')'
                || case attgenerated when 's' then ' stored' else ' virtual' end
        end,
        case when attstorage <> typstorage then 'storage ' || attstorage::text end,
        case when attcompression <> '' then 'compression ' || attcompression::text end,
        'statistics ' || nullif(attstattarget, -1),
        -- Newer minor releases (15.20) keep a number of their own there, pg_attver, which no two databases share.
        'with ' || (
            select string_agg(setting, ', ' order by setting)
            from unnest(attoptions) as setting
            where setting not like 'pg\_%'
        )
    )
from relations
join pg_attribute on attrelid = relations.oid
join pg_type on pg_type.oid = atttypid
left join pg_attrdef on adrelid = attrelid and adnum = attnum
where relkind in ('r', 'p', 'f')
    and attnum > 0
    and not attisdropped
union all
select
    object, '',
    concat_ws(', ',
        format_type(seqtypid, null) || ' from ' || seqmin || ' to ' || seqmax || ' by ' || seqincrement,
        'start ' || seqstart,
        case when seqcache > 1 then 'cache ' || seqcache end,
        case when seqcycle then 'cycle' end,
        (
            select 'of ' || refobjid::regclass || '.' || quote_ident(attname)
            from pg_depend
            join pg_attribute on attrelid = refobjid and attnum = refobjsubid
            where classid = 'pg_class'::regclass
                and objid = seqrelid
                and refclassid = 'pg_class'::regclass
                and deptype in ('a', 'i')
        )
    )
from pg_sequence
join relations on relations.oid = seqrelid

-- What holds on tables, and what is done on them. What a partition has from its parent is the parent's; what holds up a
-- constraint is the constraint's.
union all
select object, 'constraint ' || quote_ident(conname), pg_get_constraintdef(pg_constraint.oid, true)
from pg_constraint
join (
    select oid, object from relations
    union all
    select oid, object from types where typtype = 'd'
) as constrained on constrained.oid = coalesce(nullif(conrelid, 0), contypid)
where contype in ('c', 'f', 'p', 'u', 'x')
    and conparentid = 0
union all
select
    object,
    'index ' || quote_ident(relname),
    pg_get_indexdef(indexrelid, 0, true)
        || case when indisreplident then ' (replica identity)' else '' end
        || case when indisvalid then '' else ' (invalid)' end
from pg_index
join relations on relations.oid = indrelid
join pg_class on pg_class.oid = indexrelid
where not pg_class.relispartition
    and (
        not indisvalid
        or indisreplident
        or not exists (
            select
            from pg_depend
            where classid = 'pg_class'::regclass
                and objid = indexrelid
                and refclassid = 'pg_constraint'::regclass
                and deptype = 'i'
        )
    )
union all
select object, 'statistics ' || quote_ident(stxname), pg_get_statisticsobjdef(pg_statistic_ext.oid)
from pg_statistic_ext
join relations on relations.oid = stxrelid
union all
select
    object,
    'trigger ' || quote_ident(tgname),
    pg_get_triggerdef(pg_trigger.oid, true)
        || case tgenabled
            when 'O' then '' when 'D' then ' (disabled)' when 'R' then ' (on replicas)' else ' (always)'
        end
from pg_trigger
join relations on relations.oid = tgrelid
where not tgisinternal
    and tgparentid = 0
union all
-- A foreign key is kept by triggers of both its tables.
select
    object,
    'triggers of constraint ' || quote_ident(conname),
    case
        when bool_or(tgenabled in ('D', 'R')) then 'disabled, so it is not enforced'
        else 'on replicas as well'
    end
from pg_trigger
join pg_constraint on pg_constraint.oid = tgconstraint
join relations on relations.oid = conrelid
where tgisinternal
    and tgenabled <> 'O'
group by object, conname
union all
select
    object,
    'rule ' || quote_ident(rulename),
    pg_get_ruledef(pg_rewrite.oid, true) || case ev_enabled when 'O' then '' else ' (' || ev_enabled::text || ')' end
from pg_rewrite
join relations on relations.oid = ev_class
where rulename <> '_RETURN'
union all
select
    object,
    'policy ' || quote_ident(polname),
    concat_ws(' ',
        case when polpermissive then 'permissive' else 'restrictive' end,
        'for',
        case polcmd when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update' when 'd' then 'delete' else 'all' end,
        'to',
        (
            select string_agg(name, ', ' order by name)
            from unnest(polroles) as role
            cross join lateral (select case when role = 0 then 'public' else pg_get_userbyid(role)::text end) as plain (rolname)
            cross join lateral (
                select case when rolname = current_database() then '(tenant)' else quote_ident(rolname) end
            ) as shown (name)
        ),
        'using (' || pg_get_expr(polqual, polrelid, true) || ')',
        'with check (' || pg_get_expr(polwithcheck, polrelid, true) || ')'
    )
from pg_policy
join relations on relations.oid = polrelid

-- Functions.
union all
select
    object, '',
    concat_ws(' ',
        '(' || pg_get_function_arguments(functions.oid) || ')',
        'returns ' || pg_get_function_result(functions.oid),
        'language ' || lanname,
        case provolatile when 'i' then 'immutable' when 's' then 'stable' else 'volatile' end,
        case when proisstrict then 'strict' end,
        case when prosecdef then 'security definer' end,
        case when proleakproof then 'leakproof' end,
        case proparallel when 's' then 'parallel safe' when 'r' then 'parallel restricted' end,
        case prokind when 'w' then 'window' end,
        'cost ' || procost,
        'rows ' || nullif(prorows, 0),
        (select 'set ' || string_agg(setting, ', ' order by setting) from unnest(proconfig) as setting)
    )
from functions
join pg_language on pg_language.oid = prolang
union all
select object, 'body', 'md5 ' || md5(coalesce(pg_get_function_sqlbody(oid), prosrc))
from functions
where prokind <> 'a'
union all
select
    object, 'aggregate',
    concat_ws(' ',
        aggtransfn::text, aggfinalfn, aggcombinefn, aggserialfn, aggdeserialfn, aggmtransfn, aggminvtransfn, aggmfinalfn,
        format_type(aggtranstype, null), agginitval, aggminitval, aggkind, nullif(aggsortop, 0)::regoperator
    )
from pg_aggregate
join functions on functions.oid = aggfnoid

-- Types.
union all
select
    object, '',
    case typtype
        when 'e' then 'enum (' || (
            select string_agg(quote_literal(enumlabel), ', ' order by enumsortorder)
            from pg_enum
            where enumtypid = types.oid
        ) || ')'
        when 'c' then 'composite (' || coalesce((
            select string_agg(quote_ident(attname) || ' ' || format_type(atttypid, atttypmod), ', ' order by attnum)
            from pg_attribute
            where attrelid = typrelid
                and attnum > 0
                and not attisdropped
        ), '') || ')'
        when 'r' then 'range of ' || (
            select concat_ws(' ',
                format_type(rngsubtype, null), nullif(rngcollation, 0)::regcollation,
                nullif(rngcanonical, 0)::regproc, nullif(rngsubdiff, 0)::regproc
            )
            from pg_range
            where rngtypid = types.oid
        )
        else concat_ws(' ',
            format_type(typbasetype, typtypmod),
            'collate ' || nullif(
                typcollation,
                (select base.typcollation from pg_type as base where base.oid = types.typbasetype)
            )::regcollation,
            case when typnotnull then 'not null' end,
            'default ' || typdefault
        )
    end
from types

-- Whose it is, where it is not the owner of everything.
union all
select object, 'owner', quote_ident(owner)
from (
    select object, pg_get_userbyid(relowner)::text as owner from relations where relkind <> 'c'
    union all
    select object, pg_get_userbyid(proowner)::text from functions
    union all
    select object, pg_get_userbyid(typowner)::text from types
    union all
    select 'schema ' || quote_ident(nspname), pg_get_userbyid(nspowner)::text from schemas
) as owned
where owner <> 'cloison_owner'

-- Who may what. An owner's rights are shown if they are not all that an owner has.
union all
select
    object,
    part || 'grant to '
        || case
            when grantee = 0 then 'public'
            when pg_get_userbyid(grantee) = current_database() then '(tenant)'
            else quote_ident(pg_get_userbyid(grantee))
        end,
    string_agg(
        lower(privilege_type) || case when is_grantable then ' with grant option' else '' end, ', '
        order by privilege_type
    )
from grants
cross join lateral aclexplode(acl) as granted (grantor, grantee, privilege_type, is_grantable)
group by object, part, kind, owner, grantee
having case
    when grantee = owner and kind not in ('c', 'd')
    then count(*) <> (
        select count(*)
        from aclexplode(acldefault(kind::"char", owner)) as every
        where every.grantee = grants.owner
    )
    else true
end

-- What is rare: that it is there, and what it is called.
union all
select
    'event trigger ' || quote_ident(evtname), '',
    concat_ws(' ', evtevent, array_to_string(evttags, ', '), evtfoid::regproc, evtenabled)
from pg_event_trigger
where oid not in (select objid from of_extension where classid = 'pg_event_trigger'::regclass)
union all
select
    type || ' ' || identity, '', ''
from (
    select 'pg_cast'::regclass::oid as class, oid from pg_cast
    union all
    select 'pg_operator'::regclass, oid from pg_operator
    union all
    select 'pg_opfamily'::regclass, oid from pg_opfamily
    union all
    select 'pg_collation'::regclass, oid from pg_collation
    union all
    select 'pg_language'::regclass, oid from pg_language
    union all
    select 'pg_ts_config'::regclass, oid from pg_ts_config
    union all
    select 'pg_ts_dict'::regclass, oid from pg_ts_dict
    union all
    select 'pg_foreign_data_wrapper'::regclass, oid from pg_foreign_data_wrapper
    union all
    select 'pg_foreign_server'::regclass, oid from pg_foreign_server
    union all
    select 'pg_publication'::regclass, oid from pg_publication
    union all
    -- Whoever backs the control database up is no superuser, and may read this view and not the table behind it.
    select 'pg_user_mapping'::regclass, umid from pg_user_mappings
) as rare
cross join lateral pg_identify_object(class, oid, 0) as named
-- Below are those that PostgreSQL came with.
where oid >= 16384
    and (class, oid) not in (select classid, objid from of_extension)
