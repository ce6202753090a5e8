set search_path to public;

-- What the migrations put there.
insert into fiscal_chain_head default values;

select cloison_first_data('{"name": "Studio Marée", "locale": "fr", "time_zone": "Europe/Paris", "owner_email": "solene@example.org",
    "sign_in_token_hash": "abababababababababababababababababababababababababababababababab", "sign_in_expires_at": "2027-01-01T00:00:00Z"}');

update users set password_hash = '$argon2id$the owner''s secret', status = 'ACTIVE';
insert into sign_ins (token_hash, user_id, created_at, last_seen_at, expires_at, user_agent)
select sha256(i::text::bytea), u.id, now(), now(), now() + interval '1 day', 'Firefox' from users u, generate_series(1, 3) i;

insert into clients (kind, display_name, email, notes)
select 'BAND', 'Groupe n° ' || i, 'groupe' || i || '@example.org', repeat('é', i) from generate_series(1, 200) i;

insert into sessions (client_id, title, status, starts_at, ends_at, hourly_rate_cents)
select c.id, 'Séance ' || c.display_name, 'CONFIRMED', at, at + interval '3 hours', 4500
from (select id, display_name, timestamptz '2026-11-02 09:00Z' + row_number() over (order by display_name) * interval '1 day' as at from clients) c;
insert into allocations (session_id, resource_id, starts_at, ends_at, busy_from, busy_to)
select s.id, r.id, s.starts_at, s.ends_at, s.starts_at, s.ends_at + interval '15 minutes' from sessions s, rooms r where r.name = 'Studio B';

insert into audio_files (session_id, client_id, title, stage, status, object_key, bytes, sha256, codec, sample_rate_hz, bit_depth, channels, duration_ms)
select s.id, s.client_id, s.title, 'TAKE', 'READY', 'takes/' || s.id, 1000, sha256(s.title::bytea), 'WAV', 48000, 24, 2, 180000 from sessions s;

insert into invoices (type, client_id, seller_snapshot, buyer_snapshot, net_cents, vat_cents, gross_cents)
select 'INVOICE', c.id, '{"name": "Studio Marée"}', jsonb_build_object('name', c.display_name), 13500, 2700, 16200 from clients c order by c.display_name limit 40;
insert into invoice_lines (invoice_id, position, label, quantity_thousandths, unit_price_cents, vat_basis_points, net_cents)
select i.id, 1, 'Enregistrement, 3 h', 3000, 4500, 2000, 13500 from invoices i;
select issue_invoice(i.id, 'F', '2026-11-24', 'test', repeat('k', 32)::bytea) from (select id from invoices order by id limit 30) i;
