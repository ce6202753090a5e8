-- phase: expand
--
-- What is about to be deleted, and what is known of a backup before it is believed to be broken.

-- Backups of which objects may be gone. They are in no list any more, so nobody holds or restores what is half there; the row goes when
-- the last object has.
create table backups_going (
    id uuid constraint backups_going_pkey primary key,
    organization_id uuid not null
        constraint backups_going_organization_id_fkey references organizations (id) on delete cascade,
    since timestamptz not null default now()
);

create index backups_going_organization_index on backups_going (organization_id);

alter table backups
    -- Since when `broken_why` is said of it.
    add column broken_at timestamptz,
    -- The public key that its manifest is signed with, which is that of the store. Null of those that were made before this was kept.
    add column signed_by text;

update backups
set broken_at = now()
where broken_why is not null;

grant select, insert, update, delete on backups_going to cloison_control;
