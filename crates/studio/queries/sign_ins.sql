--: SignIn()

--! sign_in_insert
insert into sign_ins (token_hash, user_id, created_at, last_seen_at, expires_at, user_agent)
values (:token_hash, :user_id, :now, :now, :expires_at, :user_agent);

--! sign_in_find : SignIn
select u.id as user_id, u.email, u.display_name, u.role, u.locale, u.status,
    i.created_at, i.last_seen_at, i.expires_at
from sign_ins i
join users u on u.id = i.user_id
where i.token_hash = :token_hash
  and i.expires_at > :now
  and u.status <> 'DISABLED';

--! sign_in_touch
update sign_ins
set last_seen_at = :now,
    expires_at = :expires_at
where token_hash = :token_hash;

--! sign_in_delete
delete from sign_ins
where token_hash = :token_hash;

--! sign_ins_delete_of_user
delete from sign_ins
where user_id = :user_id;

--! sign_ins_delete_expired
delete from sign_ins
where token_hash in (
    select token_hash
    from sign_ins
    where expires_at <= :now
    order by expires_at
    limit 1000
);
