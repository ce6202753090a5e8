create table {set}_orders (
    id bigint constraint {set}_orders_pkey primary key,
    placed_on date not null,
    body text not null
);
insert into {set}_orders (id, placed_on, body)
select number, date '2026-01-01' + number % 365, md5(number::text)
from generate_series(1, 500) as number;

create table {set}_members (
    id bigint constraint {set}_members_pkey primary key,
    name text not null
);
insert into {set}_members (id, name)
select number, 'Member ' || number
from generate_series(1, 100) as number;

