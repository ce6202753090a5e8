--! idempotency_key_fetch : (request_hash, subject_id)
select request_hash, subject_id
from idempotency_keys
where actor_id = :actor_id
    and key = :key;

--! idempotency_key_insert
insert into idempotency_keys (actor_id, key, request_hash, subject_id)
values (:actor_id, :key, :request_hash, :subject_id)
on conflict on constraint idempotency_keys_pkey do nothing;

--! idempotency_key_forget
delete from idempotency_keys
where (actor_id, key) in (
    select old.actor_id, old.key
    from idempotency_keys as old
    where old.created_at < now() - make_interval(days => :days)
    order by old.created_at
    limit :row_limit
    for update skip locked
);
