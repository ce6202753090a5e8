-- phase: expand
--
-- The control database is backed up by the processes that work with it, as the role that they have: it may read all there is, also
-- what migrations to come will add.

grant select on all tables in schema public to cloison_control;
grant select on all sequences in schema public to cloison_control;
alter default privileges in schema public grant select on tables to cloison_control;
alter default privileges in schema public grant select on sequences to cloison_control;
