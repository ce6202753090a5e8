-- A standby writes no WAL; it is where it has got to.
select current_setting('server_version_num')::int,
       case when pg_is_in_recovery() then pg_last_wal_replay_lsn() else pg_current_wal_insert_lsn() end::text,
       now(),
       (select count(oid) from pg_largeobject_metadata)
