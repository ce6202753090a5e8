-- phase: expand
--
-- What was written into a database while visitors found it may be nowhere else, and stays so however often it is swapped:
-- `was_live` says whether an undo would bring it back, this says whether anybody has worked in it.

alter table copies add column lived_until timestamptz;

update copies
set lived_until = holds_at
where was_live;
