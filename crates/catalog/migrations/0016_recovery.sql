-- phase: expand
--
-- What a recovery of the control database has to write down.

-- The days in which an erasure can be taken back count from here, and not from when it was asked for: whoever took it back meanwhile did so
-- in a control database that was lost.
alter table erasure_requests
    add column grace_from timestamptz;

-- A certificate says how long a fiscal archive is, and not what is in it.
alter table fiscal_archives
    alter column tables drop not null,
    alter column total_rows drop not null;
