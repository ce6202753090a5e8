//! The lines of a schema on a real server: what they say, and what they do not depend on.

use std::process::{Command, Stdio};

use cloison_control::pg::ddl;
use cloison_control::schema::read;
use cloison_model::{Schema, SchemaDiff};
use cloison_testkit::{Database, Server};
use tokio_postgres::Client;

/// A bit of everything, as an owner makes it who was right from the start.
const BASE: &str = "
create type mood as enum ('calm', 'loud');
create type spot as (x integer, y text);
create domain email as text constraint email_shape check (value like '%@%');
create table people (
    id bigint generated always as identity constraint people_pkey primary key,
    name text not null,
    email email,
    mood mood not null default 'calm'
);
create table bookings (
    id uuid constraint bookings_pkey primary key default gen_random_uuid(),
    person_id bigint not null constraint bookings_person_id_fkey references people (id) on delete cascade,
    begins_at timestamptz not null,
    note varchar(80) default '' constraint bookings_note_check check (note <> 'no'),
    hours integer generated always as (char_length(note)) stored
);
create index bookings_begins_at_index on bookings (begins_at) where note is not null;
create view upcoming as select id, note from bookings where begins_at > now();
create sequence invoice_number start 100;
create function twice(it integer) returns integer language sql immutable as 'select it * 2';
create function stamp() returns trigger language plpgsql security definer set search_path = public as
    $$ begin return new; end $$;
create trigger bookings_stamp before insert on bookings for each row execute function stamp();
alter table people enable row level security;
create policy people_own on people for select to cloison_app using (name = current_user);
grant select, insert on bookings to cloison_app;
grant update (note) on bookings to cloison_app;
revoke execute on function stamp() from public;
";

async fn database(hint: &str) -> (Database, Client) {
    let database = Server::shared().database(hint).await;
    let client = database.connect().await;
    for role in [ddl::OWNER, ddl::APP, ddl::READER] {
        ddl::group_role_ensure(&client, role).await.unwrap();
    }
    execute(&client, "grant all on schema public to cloison_owner").await;
    (database, client)
}

async fn execute(client: &Client, statements: &str) {
    client.simple_query(statements).await.unwrap_or_else(|it| panic!("{statements}: {it:?}"));
}

/// As the owner of everything.
async fn build(client: &Client, statements: &str) {
    execute(client, &format!("set role cloison_owner; {statements}; reset role")).await;
}

fn diff(expected: &Schema, found: &Schema) -> Vec<String> {
    SchemaDiff::between(expected, found).differences().to_vec()
}

/// What a change makes of the base, and what is told of it. A statement that begins with `!` is the superuser's.
const CHANGES: &[(&str, &[&str])] = &[
    (
        "drop table bookings cascade",
        &["- table bookings, with all that belongs to it (13 lines)", "- view upcoming"],
    ),
    ("create table more ()", &["+ table more"]),
    ("alter table bookings set unlogged", &["~ table bookings: expected nothing, found unlogged"]),
    ("alter table bookings add column note2 text", &["+ table bookings: column note2 text"]),
    (
        "alter table bookings drop column hours",
        &[
            "- table bookings: column hours integer generated always as (char_length(note::text)) stored",
        ],
    ),
    (
        "alter table bookings alter column person_id drop not null",
        &["~ table bookings: column person_id: expected bigint not null, found bigint"],
    ),
    (
        "alter table people alter column mood set default 'loud'",
        &[
            "~ table people: column mood: expected public.mood not null default 'calm'::public.mood, found public.mood not null default 'loud'::public.mood",
        ],
    ),
    (
        "alter table people alter column email type varchar(20)",
        &["~ table people: column email: expected public.email, found character varying(20)"],
    ),
    (
        "alter table people alter column email type text collate \"C\"",
        &[
            "~ table people: column email: expected public.email, found text collate pg_catalog.\"C\"",
        ],
    ),
    (
        "alter table people alter column id drop identity",
        &[
            "- sequence people_id_seq",
            "~ table people: column id: expected bigint not null generated always as identity, found bigint not null",
        ],
    ),
    (
        "alter table bookings alter column note set statistics 500",
        &[
            "~ table bookings: column note: expected character varying(80) default ''::character varying, \
         found character varying(80) default ''::character varying statistics 500",
        ],
    ),
    (
        "alter table bookings drop constraint bookings_person_id_fkey, \
      add constraint bookings_person_id_fkey foreign key (person_id) references people (id) not valid",
        &[
            "~ table bookings: constraint bookings_person_id_fkey: expected FOREIGN KEY (person_id) REFERENCES public.people(id) ON DELETE CASCADE, \
         found FOREIGN KEY (person_id) REFERENCES public.people(id) NOT VALID",
        ],
    ),
    (
        "alter table bookings add constraint bookings_begins_at_key unique (begins_at) deferrable",
        &["+ table bookings: constraint bookings_begins_at_key UNIQUE (begins_at) DEFERRABLE"],
    ),
    (
        "drop index bookings_begins_at_index; create index bookings_begins_at_index on bookings (begins_at)",
        &["~ table bookings: index bookings_begins_at_index: \
         expected CREATE INDEX bookings_begins_at_index ON public.bookings USING btree (begins_at) WHERE note IS NOT NULL, \
             found CREATE INDEX bookings_begins_at_index ON public.bookings USING btree (begins_at)"],
    ),
    (
        "!update pg_index set indisvalid = false where indexrelid = 'bookings_begins_at_index'::regclass",
        &["~ table bookings: index bookings_begins_at_index: \
             expected CREATE INDEX bookings_begins_at_index ON public.bookings USING btree (begins_at) WHERE note IS NOT NULL, \
             found CREATE INDEX bookings_begins_at_index ON public.bookings USING btree (begins_at) WHERE note IS NOT NULL (invalid)"],
    ),
    (
        "create or replace view upcoming as select id, note from bookings",
        &["~ view upcoming: \
             expected SELECT bookings.id, bookings.note FROM public.bookings WHERE bookings.begins_at > now(), \
             found SELECT bookings.id, bookings.note FROM public.bookings"],
    ),
    (
        "alter view upcoming set (security_barrier = true)",
        &["+ view upcoming: options security_barrier=true"],
    ),
    ("alter table bookings set (fillfactor = 50)", &["+ table bookings: options fillfactor=50"]),
    (
        "alter sequence invoice_number increment 5",
        &[
            "~ sequence invoice_number: expected bigint from 1 to 9223372036854775807 by 1, start 100, \
         found bigint from 1 to 9223372036854775807 by 5, start 100",
        ],
    ),
    (
        "create or replace function twice(it integer) returns integer language sql immutable as 'select it * 3'",
        &[
            "~ function twice(integer): body: expected md5 039f60d66abf563a2f7dee9c89603551, found md5 8733cde6e4ce8c6a534368d29a57e674",
        ],
    ),
    (
        "alter function twice(integer) stable",
        &[
            "~ function twice(integer): expected (it integer) returns integer language sql immutable cost 100, \
         found (it integer) returns integer language sql stable cost 100",
        ],
    ),
    (
        "alter function stamp() reset search_path; alter function stamp() security invoker",
        &[
            "~ function stamp(): expected () returns trigger language plpgsql volatile security definer cost 100 set search_path=public, \
         found () returns trigger language plpgsql volatile cost 100",
        ],
    ),
    (
        "drop function twice(integer)",
        &["- function twice(integer), with all that belongs to it (3 lines)"],
    ),
    (
        "alter table bookings disable trigger bookings_stamp",
        &["~ table bookings: trigger bookings_stamp: \
             expected CREATE TRIGGER bookings_stamp BEFORE INSERT ON public.bookings FOR EACH ROW EXECUTE FUNCTION public.stamp(), \
             found CREATE TRIGGER bookings_stamp BEFORE INSERT ON public.bookings FOR EACH ROW EXECUTE FUNCTION public.stamp() (disabled)"],
    ),
    (
        "!alter table people disable trigger all",
        &[
            "+ table bookings: triggers of constraint bookings_person_id_fkey disabled, so it is not enforced",
        ],
    ),
    (
        "alter type mood add value 'furious' before 'loud'",
        &["~ type mood: expected enum ('calm', 'loud'), found enum ('calm', 'furious', 'loud')"],
    ),
    (
        "alter type spot add attribute z text",
        &[
            "~ type spot: expected composite (x integer, y text), found composite (x integer, y text, z text)",
        ],
    ),
    ("alter domain email set not null", &["~ domain email: expected text, found text not null"]),
    (
        "alter domain email drop constraint email_shape",
        &["- domain email: constraint email_shape CHECK (VALUE ~~ '%@%'::text)"],
    ),
    (
        "alter table people disable row level security",
        &["~ table people: expected row security, found nothing"],
    ),
    (
        "alter policy people_own on people using (true)",
        &[
            "~ table people: policy people_own: expected permissive for select to cloison_app using (name = CURRENT_USER), \
         found permissive for select to cloison_app using (true)",
        ],
    ),
    (
        "grant delete on bookings to cloison_app with grant option",
        &[
            "~ table bookings: grant to cloison_app: expected insert, select, found delete with grant option, insert, select",
        ],
    ),
    ("grant select on people to public", &["+ table people: grant to public select"]),
    (
        "revoke update (note) on bookings from cloison_app",
        &["- table bookings: column note grant to cloison_app update"],
    ),
    (
        "revoke insert on people from cloison_owner",
        &[
            "+ table people: grant to cloison_owner delete, references, select, trigger, truncate, update",
        ],
    ),
    (
        "grant execute on function stamp() to public",
        &["+ function stamp(): grant to public execute"],
    ),
    (
        "alter default privileges in schema public grant select on tables to cloison_reader",
        &["+ default privileges of cloison_owner in public"],
    ),
    (
        "!alter table people owner to postgres",
        &["+ sequence people_id_seq: owner postgres", "+ table people: owner postgres"],
    ),
    (
        "!create schema extra; grant usage on schema extra to cloison_app",
        &["+ schema extra, with all that belongs to it (3 lines)"],
    ),
    ("!create extension citext", &["+ extension citext"]),
    (
        "create rule quiet as on delete to people do instead nothing",
        &[
            "+ table people: rule quiet CREATE RULE quiet AS ON DELETE TO public.people DO INSTEAD NOTHING;",
        ],
    ),
    (
        "create statistics people_names (dependencies) on name, email from people",
        &[
            "+ table people: statistics people_names CREATE STATISTICS public.people_names (dependencies) ON name, email FROM public.people",
        ],
    ),
    ("create collation french (locale = 'C')", &["+ collation public.french"]),
    ("!create publication everything for table people", &["+ publication everything"]),
    // What is no drift.
    ("alter table bookings set (autovacuum_enabled = false)", &[]),
    ("comment on table bookings is 'by somebody'", &[]),
    ("create table cloison_migrations (version bigint primary key)", &[]),
    (
        "!create schema cloison_pgbouncer; create function cloison_pgbouncer.login() returns integer language sql as 'select 1'",
        &[],
    ),
    ("!alter table people disable trigger all; alter table people enable trigger all", &[]),
    ("create temp table scratch (id integer)", &[]),
    ("select nextval('invoice_number')", &[]),
    ("revoke all on people from cloison_owner; grant all on people to cloison_owner", &[]),
];

#[tokio::test]
async fn every_kind_of_change_is_told() {
    let (_database, client) = database("schema_changes").await;
    build(&client, BASE).await;
    let before = read(&client).await.unwrap();
    for (change, told) in CHANGES {
        execute(&client, "begin").await;
        match change.strip_prefix('!') {
            Some(statement) => execute(&client, statement).await,
            None => build(&client, change).await,
        }
        let after = read(&client).await.unwrap();
        assert_eq!(diff(&before, &after), *told, "{change}");
        let is_same = after.fingerprint() == before.fingerprint();
        assert_eq!(is_same, told.is_empty(), "{change}");
        execute(&client, "rollback").await;
    }
    assert_eq!(read(&client).await.unwrap(), before);
}

/// The same, by somebody who came to it bit by bit, and in another order.
const DETOUR: &str = "
create function stamp() returns trigger language plpgsql as 'begin return null; end';
create function twice(it integer) returns integer language sql volatile as 'select 0';
create domain email as text;
create type mood as enum ('loud');
alter type mood add value 'calm' before 'loud';
create type spot as (x smallint);
create table bookings (begins_at timestamptz, gone text);
create table people (mood mood, id bigint not null);
create sequence invoice_number;
alter table bookings drop column gone;
alter table bookings
    add column note varchar(20),
    add column id uuid default gen_random_uuid();
alter table bookings
    alter column note type varchar(80),
    alter column note set default '',
    add constraint bookings_note_check check (note <> 'no') not valid,
    add column hours integer generated always as (char_length(note)) stored,
    add column person_id bigint,
    alter column begins_at set not null;
alter table bookings validate constraint bookings_note_check;
create unique index bookings_id_index on bookings (id);
alter table bookings add constraint bookings_pkey primary key using index bookings_id_index;
alter table people add column name text;
alter table people add constraint people_name_check check (name is not null);
alter table people
    alter column name set not null,
    alter column mood set not null,
    alter column id add generated always as identity,
    add column email email,
    add constraint people_pkey primary key (id);
alter table people drop constraint people_name_check;
alter table bookings
    add constraint bookings_person_id_fkey foreign key (person_id) references people (id) on delete cascade not valid;
alter table bookings validate constraint bookings_person_id_fkey;
alter table bookings alter column person_id set not null;
alter domain email add constraint email_shape check (value like '%@%');
alter type spot alter attribute x type integer, add attribute y text;
alter sequence invoice_number start 100;
create view upcoming as select id, note from bookings where begins_at > now();
create or replace function twice(it integer) returns integer language sql immutable as 'select it * 2';
create or replace function stamp() returns trigger language plpgsql security definer set search_path = public as
    $$ begin return new; end $$;
create index bookings_begins_at_index on bookings (begins_at) where note is not null;
create trigger bookings_stamp before insert on bookings for each row execute function stamp();
grant all on bookings to cloison_app, cloison_reader;
revoke all on bookings from cloison_app, cloison_reader;
grant update (note) on bookings to cloison_app;
grant insert, select on bookings to cloison_app;
create policy people_own on people for select to cloison_app using (true);
alter policy people_own on people using (name = current_user);
alter table people enable row level security;
revoke execute on function stamp() from public;
alter table people alter column mood set default 'calm'
";

#[tokio::test]
async fn how_a_schema_came_to_be_does_not_count() {
    let (_one, straight) = database("schema_straight").await;
    build(&straight, BASE).await;
    let (_other, detour) = database("schema_detour").await;
    // A value of an enum cannot be used in the transaction that adds it.
    for statement in DETOUR.split(";\n") {
        build(&detour, statement).await;
    }
    let [straight, detour] = [read(&straight).await.unwrap(), read(&detour).await.unwrap()];
    assert_eq!(diff(&straight, &detour), [""; 0]);
    assert_eq!(straight.fingerprint(), detour.fingerprint());
}

#[tokio::test]
async fn a_tenants_own_role_has_no_name() {
    let mut schemas = Vec::new();
    for hint in ["schema_tenant_one", "schema_tenant_two"] {
        let (database, client) = database(hint).await;
        build(&client, BASE).await;
        let name = database.name();
        execute(
            &client,
            &format!(
                "create role {name} login;
                 grant select on bookings to {name};
                 create policy its_own on people to {name} using (true)"
            ),
        )
        .await;
        schemas.push(read(&client).await.unwrap());
        execute(&client, &format!("drop owned by {name}; drop role {name}")).await;
    }
    let granted = schemas[0].lines().iter().any(|it| it.part == "grant to (tenant)");
    assert!(granted, "{}", schemas[0].text());
    assert_eq!(diff(&schemas[0], &schemas[1]), [""; 0]);
}

/// As PostgreSQL 15.20 does when a column is added; a setting of somebody's counts.
#[tokio::test]
async fn what_the_server_notes_of_a_column_by_itself_does_not_count() {
    let (_database, client) = database("schema_noted").await;
    build(&client, BASE).await;
    let before = read(&client).await.unwrap();
    let note = "set allow_system_table_mods = on;
        update pg_attribute set attoptions = '{pg_attver=80510528}'
        where attrelid = 'bookings'::regclass and attname = 'note'";
    execute(&client, note).await;
    assert_eq!(diff(&before, &read(&client).await.unwrap()), [""; 0]);
    execute(&client, &note.replace("pg_attver=80510528", "n_distinct=7")).await;
    assert_eq!(diff(&before, &read(&client).await.unwrap()).len(), 1);
}

#[tokio::test]
async fn what_is_searched_does_not_count_and_comes_back() {
    let (_database, client) = database("schema_search_path").await;
    build(&client, BASE).await;
    let before = read(&client).await.unwrap();
    execute(&client, "create schema other; drop schema other; set search_path = pg_temp, public")
        .await;
    execute(&client, "create temp table people (id integer)").await;
    assert_eq!(diff(&before, &read(&client).await.unwrap()), [""; 0]);
    let path = client.query_one("show search_path", &[]).await.unwrap();
    assert_eq!(path.get::<_, &str>(0), "pg_temp, public");
}

#[tokio::test]
async fn a_restored_dump_has_the_same_schema() {
    let (from, client) = database("schema_dumped").await;
    build(&client, BASE).await;
    // Its brackets are others after a restore, unless they are left out.
    let text = "alter table people add constraint people_size check (length(name) between 1 and 9 and name <> 'x')";
    client.execute(text, &[]).await.unwrap();
    let (to, restored) = database("schema_restored").await;
    let address = from.server().address();
    let program = |name: &str, database: &str| {
        let mut command = Command::new(cloison_testkit::program(name));
        command.arg("-h").arg(&address.socket_dir).args(["-p", &address.port.to_string()]);
        command.args(["-U", "postgres", "-d", database]);
        command
    };
    let mut dump =
        program("pg_dump", from.name()).arg("-Fc").stdout(Stdio::piped()).spawn().unwrap();
    let loaded = program("pg_restore", to.name()).stdin(dump.stdout.take().unwrap()).status();
    assert!(loaded.unwrap().success() && dump.wait().unwrap().success());
    let [dumped, restored] = [read(&client).await.unwrap(), read(&restored).await.unwrap()];
    assert_eq!(diff(&dumped, &restored), [""; 0]);
}
