-- phase: contract
--
-- How a server counted its changes belongs to the backup that was made then: if that is found broken, the one before it has a mark of its
-- own, and what was written between the two does not pass for unchanged.

alter table backups
    -- How the server counted the changes of the database just before this; the same again means that nothing was changed since. Empty if
    -- nobody knows.
    add column change_mark text not null default '',
    -- When it was last seen to be the same.
    add column unchanged_at timestamptz;

alter table backup_states
    drop column change_mark,
    drop column unchanged_at;

-- The newest good backup of each tenant, for all who ask how well off it is.
create view newest_backups as
select
    tenants.organization_id,
    newest.id,
    newest.taken_at,
    newest.change_mark,
    newest.unchanged_at,
    -- Who has been seen to be as the newest backup has it is as well off as with a new one.
    greatest(newest.taken_at, newest.unchanged_at) as seen_at
from tenants
join lateral (
    select backups.id, backups.taken_at, backups.change_mark, backups.unchanged_at
    from backups
    where backups.organization_id = tenants.organization_id
        and backups.broken_why is null
    order by backups.taken_at desc, backups.id
    limit 1
) as newest on true;

grant select on newest_backups to cloison_control;
