//! A believable studio for demonstrations and benchmarks: the same seed gives the same one, and nothing in it breaks a
//! rule that a real one keeps. Inventing (pure) is apart from loading (COPY). Sound files are not made, only described.

mod audio;
mod dice;
mod invoices;
mod load;
mod people;
mod profile;
mod sessions;
mod timetable;
mod words;

pub use profile::{LANTERN_YARD, MAREE, Profile, RoomProfile, Size};

use cloison_studio_queries::queries::{demo, rooms};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use tokio_postgres::Client;
use uuid::Uuid;

use dice::Dice;
use invoices::{Books, Document};
use profile::Shape;
use sessions::{Diary, House};
use words::Words;
use words::french::FRENCH;
use words::irish::IRISH;

/// The key that the invented documents are chained with. It is public, so their chain proves nothing; the
/// documents that a studio issues itself are under a key of its own.
pub const FISCAL_KEY: &[u8; 32] = b"demonstration key, known to all.";
pub const FISCAL_KEY_ID: &str = "demo";

#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// There are clients or sessions already: this is somebody's studio.
    #[error("the studio is not empty; demo data goes into a new one only")]
    NotEmpty,
    #[error("time zone {0} is unknown")]
    TimeZone(&'static str),
    #[error("load the demo studio")]
    Database(#[from] tokio_postgres::Error),
}

/// What has been written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Summary {
    pub rooms: usize,
    pub users: usize,
    pub clients: usize,
    pub sessions: usize,
    pub allocations: usize,
    pub invoices: usize,
    pub invoice_lines: usize,
    pub audio_files: usize,
}

/// Numbers are given out in transactions of this many: in one of thousands, every next number would have to step over
/// all versions of the counter before it.
const ISSUE_BATCH: usize = 250;

/// Fills a studio that has had its first data and nothing else. Everything is written in one transaction, begun and
/// ended here; then the documents are issued. If that is cut short, those that were left stay drafts.
/// `client` may be the owner of the schema or the tenant's own role.
pub async fn fill(
    client: &Client,
    profile: &Profile,
    size: Size,
    seed: u64,
    now: Timestamp,
) -> Result<Summary, DemoError> {
    client.execute("begin", &[]).await?;
    let (summary, documents) = match fill_in_transaction(client, profile, size, seed, now).await {
        Ok(filled) => filled,
        Err(error) => {
            client.execute("rollback", &[]).await?;
            return Err(error);
        }
    };
    client.execute("commit", &[]).await?;

    for batch in documents.chunks(ISSUE_BATCH) {
        issue(client, batch).await?;
    }
    // The first plans should be good ones. To a role that does not own the tables this is a notice and no error.
    demo::demo_analyze().bind(client).await?;
    Ok(summary)
}

async fn fill_in_transaction(
    client: &Client,
    profile: &Profile,
    size: Size,
    seed: u64,
    now: Timestamp,
) -> Result<(Summary, Vec<Document>), DemoError> {
    if !demo::demo_is_wanted().bind(client).one().await? {
        return Err(DemoError::NotEmpty);
    }
    let zone = TimeZone::get(profile.time_zone);
    let zone = zone.ok().ok_or(DemoError::TimeZone(profile.time_zone))?;
    let mut dice = Dice::of(profile.name, seed);
    let shape = size.shape(profile);
    let words = words_of(profile);

    demo::demo_settings().bind(client, &profile.name, &profile.time_zone, &profile.locale).await?;
    demo::demo_owner().bind(client, &profile.owner).await?;
    let rooms = furnish(client, &mut dice.fork(), profile, shape, now).await?;
    let users = people::staff(&mut dice.fork(), profile, shape, words, now);
    load::users(client, profile, &users).await?;
    let engineers = hire(client, &mut dice.fork(), &users, now).await?;
    let gear = equip(client, &mut dice.fork(), shape, now).await?;
    let clients = people::clients(&mut dice.fork(), profile, shape, words, now);
    load::clients(client, &clients).await?;

    let house = House {
        zone,
        now,
        shape,
        words,
        rooms: &rooms,
        engineers: &engineers,
        gear: &gear,
        clients: &clients,
        users: &users,
    };
    let Diary { sessions, blocks } = sessions::diary(&mut dice.fork(), &house);
    load::sessions(client, &house, &sessions).await?;
    let allocations = load::allocations(client, &house, &sessions, &blocks).await?;

    let books = Books {
        profile,
        shape,
        words,
        zone: &house.zone,
        now,
        sessions: &sessions,
        clients: &clients,
    };
    let documents = invoices::documents(&mut dice.fork(), &books);
    load::documents(client, profile, &clients, &documents).await?;

    let files = audio::audio_files(&mut dice.fork(), &sessions, words, shape.audio_files);
    load::audio_files(client, &house, &files).await?;

    let summary = Summary {
        rooms: rooms.len(),
        users: users.len() + 1,
        clients: clients.len(),
        sessions: sessions.len(),
        allocations,
        invoices: documents.len(),
        invoice_lines: documents.iter().map(|document| document.lines.len()).sum(),
        audio_files: files.len(),
    };
    Ok((summary, documents))
}

fn words_of(profile: &Profile) -> &'static Words {
    match profile.locale {
        "fr" => &FRENCH,
        _ => &IRISH,
    }
}

/// Makes the first rooms over into the profile's, and adds those that are missing.
async fn furnish(
    client: &Client,
    dice: &mut Dice,
    profile: &Profile,
    shape: Shape,
    now: Timestamp,
) -> Result<Vec<(Uuid, RoomProfile)>, DemoError> {
    let there = rooms::rooms_list().bind(client).all().await?;
    let mut furnished = Vec::with_capacity(shape.rooms);
    for (position, room) in (0_i16..).zip(&profile.rooms[..shape.rooms]) {
        let colour = position % 8;
        let old = usize::try_from(position).ok().and_then(|index| there.get(index));
        let id = if let Some(old) = old {
            demo::demo_room_update()
                .bind(
                    client,
                    &room.setup_minutes,
                    &room.teardown_minutes,
                    &old.id,
                    &room.name,
                    &room.description,
                    &position,
                    &colour,
                    &room.hourly_rate_cents,
                )
                .await?;
            old.id
        } else {
            let id = dice.id(now);
            demo::demo_room_insert()
                .bind(
                    client,
                    &id,
                    &room.setup_minutes,
                    &room.teardown_minutes,
                    &room.name,
                    &room.description,
                    &position,
                    &colour,
                    &room.hourly_rate_cents,
                )
                .await?;
            id
        };
        furnished.push((id, *room));
    }
    Ok(furnished)
}

/// Whoever works at the desk can be booked with a session.
async fn hire(
    client: &Client,
    dice: &mut Dice,
    users: &[people::User],
    now: Timestamp,
) -> Result<Vec<Uuid>, DemoError> {
    let mut engineers = Vec::new();
    for user in users.iter().filter(|user| matches!(user.role, "ENGINEER" | "ASSISTANT")) {
        let id = dice.id(now);
        demo::demo_staff_insert().bind(client, &id, &user.id).await?;
        engineers.push(id);
    }
    Ok(engineers)
}

async fn equip(
    client: &Client,
    dice: &mut Dice,
    shape: Shape,
    now: Timestamp,
) -> Result<Vec<Uuid>, DemoError> {
    let mut gear = Vec::new();
    for name in words::EQUIPMENT.iter().take(shape.equipment) {
        let id = dice.id(now);
        demo::demo_equipment_insert().bind(client, &id, name).await?;
        gear.push(id);
    }
    Ok(gear)
}

/// Has the database number the drafts, in order, and then notes what has been paid.
async fn issue(client: &Client, documents: &[Document]) -> Result<(), DemoError> {
    let ids: Vec<Uuid> = documents.iter().map(|document| document.id).collect();
    let series: Vec<&str> = documents.iter().map(|document| document.series).collect();
    let dates: Vec<_> = documents.iter().map(|document| document.date).collect();
    let paid: Vec<i64> = documents.iter().map(|document| document.paid_cents).collect();
    let statuses: Vec<&str> = documents.iter().map(|document| document.payment_status).collect();

    demo::demo_issue()
        .bind(client, &FISCAL_KEY_ID, &&FISCAL_KEY[..], &ids, &series, &dates)
        .one()
        .await?;
    demo::demo_payments().bind(client, &ids, &paid, &statuses).await?;
    Ok(())
}
