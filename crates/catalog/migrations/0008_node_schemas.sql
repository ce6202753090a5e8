-- phase: expand
--
-- A process that serves tenants with pages of its own stops serving one from which something was taken away that it does not know
-- to be gone. Whoever begins such a rollout is told beforehand who that would be.

-- The newest version of the tenants' schema that the process knows; empty if it does not mind.
alter table router_nodes add column schema_newest bigint;
