--: LinkedUser()

--! sign_in_link_insert
insert into sign_in_links (token_hash, user_id, created_at, expires_at)
values (:token_hash, :user_id, :now, :expires_at);

--! sign_in_link_find : LinkedUser
select u.id, u.email, u.display_name, u.role, u.locale, u.status, l.expires_at
from sign_in_links l
join users u on u.id = l.user_id
where l.token_hash = :token_hash
  and l.used_at is null
  and l.expires_at > :now
  and u.status <> 'DISABLED';

--! sign_in_link_use
update sign_in_links
set used_at = :now
where token_hash = :token_hash
  and used_at is null
  and expires_at > :now
returning user_id;
