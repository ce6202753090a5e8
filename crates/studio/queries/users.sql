--: User()
--: UserWithPassword(password_hash?)

--! user_get : User
select id, email, display_name, role, locale, status, version
from users
where id = :id;

--! user_by_email : UserWithPassword
select id, email, display_name, role, locale, status, password_hash, version
from users
where lower(email) = lower(:email);

--! users_list : User
select id, email, display_name, role, locale, status, version
from users
order by fold(display_name), id
limit 200;

--! user_invite
insert into users (email, display_name, role, locale, status)
values (lower(:email), :display_name, :role, :locale, 'INVITED')
returning id;

--! user_activate
update users
set status = 'ACTIVE',
    password_hash = :password_hash,
    version = version + 1
where id = :id
  and status <> 'DISABLED';

--! user_set_display_name
update users
set display_name = :display_name,
    version = version + 1
where id = :id;

--! user_set_locale
update users
set locale = :locale,
    version = version + 1
where id = :id;
