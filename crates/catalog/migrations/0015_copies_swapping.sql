-- phase: expand
--
-- A copy that is being swapped in, or back, is nobody's to drop meanwhile.

alter table copies
    drop constraint copies_state_check,
    add constraint copies_state_check check (state in ('MAKING', 'READY', 'SWAPPING', 'DROPPING'));
