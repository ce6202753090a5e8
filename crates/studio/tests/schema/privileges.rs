//! Who may do what to which table, whole, so that a new table without a thought shows up here. The runtime roles have
//! what these two group roles have, and nothing comes from PUBLIC.

use cloison_studio_queries::queries::{sign_in_links, sign_ins};
use tokio_postgres::error::SqlState;

use crate::studio::{Studio, first_data, hour, now, state};

/// Rights on a table as letters: Select, Insert, Update, Delete, Truncate, References, triGger; lower case where only
/// some columns have it.
const MATRIX: &str = "
    select c.relname, r.role, string_agg(
        case when has_table_privilege(r.role, c.oid, p.name) then p.letter
             when p.by_column and has_any_column_privilege(r.role, c.oid, p.name) then lower(p.letter)
             else '' end, '' order by p.place)
    from pg_class c
    cross join (values ('cloison_app'), ('cloison_reader'), ('public')) r (role)
    cross join (values (1, 'SELECT', 'S', true), (2, 'INSERT', 'I', true), (3, 'UPDATE', 'U', true), (4, 'DELETE', 'D', false),
        (5, 'TRUNCATE', 'T', false), (6, 'REFERENCES', 'R', true), (7, 'TRIGGER', 'G', false)) p (place, name, letter, by_column)
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'S')
      and c.relowner = 'cloison_owner'::regrole
    group by c.relname, r.role
    order by c.relname, r.role";

#[tokio::test]
async fn each_table_is_granted_on_purpose() {
    let studio = Studio::bare("matrix").await;
    let rows = studio.superuser().await.query(MATRIX, &[]).await.unwrap();
    let cell = |place: usize| match rows[place].get::<_, &str>(2) {
        "" => "-",
        rights => rights,
    };
    let table: Vec<String> = (0..rows.len())
        .step_by(3)
        .map(|place| {
            let name: &str = rows[place].get(0);
            format!(
                "{name:18} app {:5} reader {:5} public {}",
                cell(place),
                cell(place + 1),
                cell(place + 2)
            )
        })
        .collect();
    insta::assert_snapshot!(table.join("\n"));
}

#[tokio::test]
async fn each_function_is_granted_on_purpose() {
    let studio = Studio::bare("functions").await;
    let sql = "
        select string_agg(format('%s app %s reader %s public %s%s', p.proname,
            has_function_privilege('cloison_app', p.oid, 'EXECUTE'),
            has_function_privilege('cloison_reader', p.oid, 'EXECUTE'),
            has_function_privilege('public', p.oid, 'EXECUTE'),
            case when p.prosecdef then ', definer, ' || array_to_string(p.proconfig, ' ') else '' end), e'\n' order by p.proname)
        from pg_proc p
        where p.pronamespace = 'public'::regnamespace and p.proowner = 'cloison_owner'::regrole";
    insta::assert_snapshot!(studio.fetch::<String>(sql).await);
}

/// Whoever came later with a function of their own would otherwise grant it to everybody.
#[tokio::test]
async fn a_future_function_is_nobodys_by_default() {
    let studio = Studio::bare("defaults").await;
    let owner = studio.owner().await;
    owner
        .execute("create function later() returns integer language sql return 1", &[])
        .await
        .unwrap();
    assert_eq!(
        state(studio.app().await.execute("select later()", &[]).await),
        SqlState::INSUFFICIENT_PRIVILEGE
    );
}

#[tokio::test]
async fn the_application_does_not_reach_past_its_rights() {
    let studio = Studio::new("app_rights").await;
    let app = studio.app().await;
    for sql in [
        "create table mine (id integer)",
        "create function mine() returns integer language sql return 1",
        "create schema mine",
        "alter table sessions add column mine integer",
        "drop table audio_files",
        "truncate sessions cascade",
        "delete from sessions",
        "delete from clients",
        "delete from users",
        "delete from rooms",
        "delete from resources",
        "update allocations set lane = 9",
        "update allocations set active = false",
        "update allocations set session_id = null",
        "insert into allocations (resource_id, kind, label, starts_at, ends_at, busy_from, busy_to, lane)
         select id, 'BLOCK', 'x', now(), now() + interval '1 hour', now(), now() + interval '1 hour', 9 from resources",
        "update invoices set number = 'F2026-000099'",
        "update invoices set status = 'ISSUED'",
        "insert into invoices (type, client_id, status) select 'INVOICE', id, 'ISSUED' from clients",
        "insert into invoices (type, client_id, number) select 'INVOICE', id, 'F1' from clients",
        "alter table invoices disable trigger all",
        "set session_replication_role = replica",
        "select cloison_first_data('{}')",
        "insert into studio_settings (name) values ('x')",
        "delete from studio_settings",
    ] {
        assert_eq!(state(app.execute(sql, &[]).await), SqlState::INSUFFICIENT_PRIVILEGE, "{sql}");
    }
}

#[tokio::test]
async fn a_read_only_studio_can_be_read_and_signed_in_to() {
    let studio = Studio::bare("reader").await;
    studio.first_data(&first_data("2027-01-01T00:00:00Z")).await.unwrap();
    let reader = studio.reader().await;
    let tables = reader
        .query("select relname::text from pg_class where relowner = 'cloison_owner'::regrole and relkind = 'r'", &[])
        .await
        .unwrap();
    assert!(tables.len() > 15);
    for table in tables {
        let table: &str = table.get(0);
        reader.query(&format!("select * from {table}"), &[]).await.unwrap();
    }

    let token = [0xab_u8; 32];
    let user =
        sign_in_links::sign_in_link_use().bind(&reader, &now(), &&token[..]).one().await.unwrap();
    let later = hour(48.0);
    sign_ins::sign_in_insert()
        .bind(&reader, &&token[..], &user, &now(), &later, &"browser")
        .await
        .unwrap();
    sign_ins::sign_in_touch().bind(&reader, &hour(12.0), &later, &&token[..]).await.unwrap();
    let found =
        sign_ins::sign_in_find().bind(&reader, &&token[..], &hour(12.0)).one().await.unwrap();
    assert_eq!((found.email.as_str(), found.role.as_str()), ("solene@example.org", "OWNER"));
    sign_ins::sign_in_delete().bind(&reader, &&token[..]).await.unwrap();

    for sql in [
        "update users set status = 'ACTIVE'",
        "update sign_in_links set expires_at = now()",
        "insert into sign_in_links (token_hash, user_id, expires_at) select sha256('x'), id, now() from users",
        "delete from sign_in_links",
        "insert into clients (kind, display_name) values ('BAND', 'x')",
        "update studio_settings set name = 'x'",
        "insert into sessions (title, starts_at, ends_at) values ('x', now(), now() + interval '1 hour')",
        "delete from allocations",
        "select issue_invoice(gen_random_uuid(), 'F', '2026-11-24', 'k1', decode(repeat('00', 32), 'hex'))",
        "select lock_resources('{}')",
        "create table mine (id integer)",
    ] {
        assert_eq!(
            state(reader.execute(sql, &[]).await),
            SqlState::INSUFFICIENT_PRIVILEGE,
            "{sql}"
        );
    }
}
