alter table {set}_orders add column note_{round} text;
alter table {set}_members add column seen_at_{round} timestamptz;
create table {set}_visits_{round} (
    id bigint constraint {set}_visits_{round}_pkey primary key,
    member_id bigint not null,
    visited_at timestamptz not null default now()
);
create index {set}_orders_placed_on_{round}_index on {set}_orders (placed_on);
