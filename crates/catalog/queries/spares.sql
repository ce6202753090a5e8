--: Spare()

--! spare_insert : (number)
insert into spares (id, server_id, database_password_sealed, database_password_verifier, schema_version)
values (:id, :server_id, :database_password_sealed, :database_password_verifier, :schema_version)
returning number;

--! spare_fetch : Spare
select id, number, server_id, database_password_sealed, database_password_verifier, schema_version, state
from spares
where id = :id;

--! spare_take : Spare
delete from spares
where id = (
    select id
    from spares
    where server_id = :server_id
        and state = 'READY'
        and schema_version = :schema_version
    order by number
    limit 1
    for update skip locked
)
returning id, number, server_id, database_password_sealed, database_password_verifier, schema_version, state;

--! spare_keep
update spares
set state = 'READY'
where id = :id
    and state = 'MAKING';

--! spare_condemn
update spares
set state = 'DROPPING'
where id = :id
    and state = 'READY';

--! spare_delete
delete from spares
where id = :id;

--! spare_list : Spare
select id, number, server_id, database_password_sealed, database_password_verifier, schema_version, state
from spares
order by number
limit :row_limit;

--! spares_plan_alone : (alone)
select pg_try_advisory_xact_lock(hashtext('cloison spares')) as alone;

--! spare_failures
select distinct input ->> 'server' as server
from operations
where id > :after
    and kind = 'make_spare'
    and state = 'FAILED';
