-- phase: expand
--
-- The control database is backed up by the processes that work with it, as the role that they have: it may read all there is, also
-- what migrations to come will add.

grant select on all tables in schema public to cloison_control;
grant select on all sequences in schema public to cloison_control;
alter default privileges in schema public grant select on tables to cloison_control;
alter default privileges in schema public grant select on sequences to cloison_control;

-- A dump writes "is distinct from" without the schema of the operator that is meant, and what is restored compares by another one. As text
-- it is the same before and after.
create or replace trigger organizations_route
    after update of subdomain, access_mode on organizations
    for each row
    when (new.subdomain::text is distinct from old.subdomain::text or new.access_mode is distinct from old.access_mode)
    execute function route_changed_by_organization();
