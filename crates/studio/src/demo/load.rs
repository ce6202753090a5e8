//! Writing an invented studio into a database, by COPY: tens of thousands of rows in seconds. Only columns that
//! the runtime role may write are named, so it works as that role as well as as the owner.

use std::pin::pin;

use tokio_postgres::binary_copy::BinaryCopyInWriter;
use tokio_postgres::types::{Json, ToSql, Type};
use tokio_postgres::{Client, Error};
use uuid::Uuid;

use super::audio::{AudioFile, BIT_DEPTH, SAMPLE_RATE_HZ};
use super::invoices::Document;
use super::people;
use super::profile::Profile;
use super::sessions::{Block, House, Session};

/// Copies rows whose columns have these types.
async fn copy<'r, const N: usize>(
    client: &Client,
    into: &str,
    types: [Type; N],
    rows: impl IntoIterator<Item = [&'r (dyn ToSql + Sync); N]>,
) -> Result<u64, Error> {
    let sink = client.copy_in(&format!("copy {into} from stdin binary")).await?;
    let mut writer = pin!(BinaryCopyInWriter::new(sink, &types));
    for row in rows {
        writer.as_mut().write(&row).await?;
    }
    writer.finish().await
}

pub(super) async fn users(
    client: &Client,
    profile: &Profile,
    users: &[people::User],
) -> Result<(), Error> {
    copy(
        client,
        "users (id, email, display_name, role, locale, status, created_at)",
        [Type::UUID, Type::TEXT, Type::TEXT, Type::TEXT, Type::TEXT, Type::TEXT, Type::TIMESTAMPTZ],
        users.iter().map(|user| -> [&(dyn ToSql + Sync); 7] {
            [
                &user.id,
                &user.email,
                &user.display_name,
                &user.role,
                &profile.locale,
                &"ACTIVE",
                &user.created_at,
            ]
        }),
    )
    .await?;
    Ok(())
}

pub(super) async fn clients(client: &Client, rows: &[people::Client]) -> Result<(), Error> {
    copy(
        client,
        "clients (id, kind, display_name, legal_name, email, phone, siren, is_vat_taxable, country, locale, status, created_at)",
        [
            Type::UUID, Type::TEXT, Type::TEXT, Type::TEXT, Type::TEXT, Type::TEXT, Type::TEXT, Type::BOOL, Type::TEXT,
            Type::TEXT, Type::TEXT, Type::TIMESTAMPTZ,
        ],
        rows.iter().map(|it| -> [&(dyn ToSql + Sync); 12] {
            [
                &it.id, &it.kind, &it.display_name, &it.legal_name, &it.email, &it.phone, &it.siren, &it.is_company,
                &it.country, &it.locale, &it.status, &it.created_at,
            ]
        }),
    )
    .await?;
    Ok(())
}

pub(super) async fn sessions(
    client: &Client,
    house: &House<'_>,
    rows: &[Session],
) -> Result<(), Error> {
    struct Row<'a> {
        it: &'a Session,
        client: Uuid,
        status: &'static str,
        starts_at: jiff::Timestamp,
        ends_at: jiff::Timestamp,
        booked_by: Uuid,
        cancelled_by: Option<Uuid>,
    }
    let rows: Vec<Row<'_>> = rows
        .iter()
        .map(|it| Row {
            it,
            client: house.clients[it.client].id,
            status: it.status.as_str(),
            starts_at: it.span.start(),
            ends_at: it.span.end(),
            booked_by: house.users[it.booked_by].id,
            cancelled_by: it.cancelled_at.map(|_| house.users[it.booked_by].id),
        })
        .collect();
    copy(
        client,
        "sessions (id, client_id, title, notes, status, starts_at, ends_at, hold_rank, hold_expires_at, hourly_rate_cents, \
         deposit_required_cents, created_by, created_at, cancelled_at, cancelled_by, cancel_reason)",
        [
            Type::UUID, Type::UUID, Type::TEXT, Type::TEXT, Type::TEXT, Type::TIMESTAMPTZ, Type::TIMESTAMPTZ, Type::INT2,
            Type::TIMESTAMPTZ, Type::INT8, Type::INT8, Type::UUID, Type::TIMESTAMPTZ, Type::TIMESTAMPTZ, Type::UUID, Type::TEXT,
        ],
        rows.iter().map(|row| -> [&(dyn ToSql + Sync); 16] {
            let it = row.it;
            [
                &it.id, &row.client, &it.title, &it.notes, &row.status, &row.starts_at, &row.ends_at, &it.hold_rank,
                &it.hold_expires_at, &it.hourly_rate_cents, &it.deposit_cents, &row.booked_by, &it.created_at,
                &it.cancelled_at, &row.cancelled_by, &it.cancel_reason,
            ]
        }),
    )
    .await?;
    Ok(())
}

/// The room, the engineer and the gear of each session, and the rooms that are out of order.
pub(super) async fn allocations(
    client: &Client,
    house: &House<'_>,
    sessions: &[Session],
    blocks: &[Block],
) -> Result<usize, Error> {
    struct Row {
        session: Option<Uuid>,
        resource: Uuid,
        kind: &'static str,
        label: Option<&'static str>,
        span: crate::booking::Span,
        busy: crate::booking::Span,
    }
    struct Times([jiff::Timestamp; 4]);

    let mut rows = Vec::with_capacity(sessions.len() * 4);
    for it in sessions {
        let session = Some(it.id);
        let mut add = |resource, busy| {
            rows.push(Row { session, resource, kind: "SESSION", label: None, span: it.span, busy });
        };
        let (room, profile) = house.rooms[it.room];
        add(room, profile.busy(it.span));
        if let Some(engineer) = it.engineer {
            add(house.engineers[engineer], it.span);
        }
        for gear in &it.gear {
            add(house.gear[*gear], it.span);
        }
    }
    for block in blocks {
        let (resource, _) = house.rooms[block.room];
        let label = Some(block.label);
        rows.push(Row {
            session: None,
            resource,
            kind: "BLOCK",
            label,
            span: block.span,
            busy: block.span,
        });
    }

    let times: Vec<Times> = rows
        .iter()
        .map(|row| Times([row.span.start(), row.span.end(), row.busy.start(), row.busy.end()]))
        .collect();
    copy(
        client,
        "allocations (session_id, resource_id, kind, label, starts_at, ends_at, busy_from, busy_to)",
        [
            Type::UUID, Type::UUID, Type::TEXT, Type::TEXT, Type::TIMESTAMPTZ, Type::TIMESTAMPTZ, Type::TIMESTAMPTZ,
            Type::TIMESTAMPTZ,
        ],
        rows.iter().zip(&times).map(|(row, Times([starts, ends, from, to]))| -> [&(dyn ToSql + Sync); 8] {
            [&row.session, &row.resource, &row.kind, &row.label, starts, ends, from, to]
        }),
    )
    .await?;
    Ok(rows.len())
}

pub(super) async fn audio_files(
    client: &Client,
    house: &House<'_>,
    rows: &[AudioFile],
) -> Result<(), Error> {
    copy(
        client,
        "audio_files (id, session_id, client_id, title, stage, status, object_key, bytes, sha256, codec, sample_rate_hz, \
         bit_depth, channels, duration_ms, created_at)",
        [
            Type::UUID, Type::UUID, Type::UUID, Type::TEXT, Type::TEXT, Type::TEXT, Type::TEXT, Type::INT8, Type::BYTEA,
            Type::TEXT, Type::INT4, Type::INT2, Type::INT2, Type::INT8, Type::TIMESTAMPTZ,
        ],
        rows.iter().map(|it| -> [&(dyn ToSql + Sync); 15] {
            [
                &it.id, &it.session, &house.clients[it.client].id, &it.title, &it.stage, &it.status, &it.object_key,
                &it.bytes, &it.sha256, &"WAV", &SAMPLE_RATE_HZ, &BIT_DEPTH, &it.channels, &it.duration_ms, &it.created_at,
            ]
        }),
    )
    .await?;
    Ok(())
}

/// The documents as drafts, with their lines.
pub(super) async fn documents(
    client: &Client,
    profile: &Profile,
    clients: &[people::Client],
    documents: &[Document],
) -> Result<(), Error> {
    let seller = Json(serde_json::json!({ "name": profile.name }));
    let buyers: Vec<Json<&serde_json::Value>> =
        documents.iter().map(|it| Json(&it.buyer)).collect();
    let gross: Vec<i64> = documents.iter().map(|it| it.net_cents + it.vat_cents).collect();
    copy(
        client,
        "invoices (id, type, due_date, client_id, seller_snapshot, buyer_snapshot, corrects_id, net_cents, vat_cents, gross_cents)",
        [
            Type::UUID, Type::TEXT, Type::DATE, Type::UUID, Type::JSONB, Type::JSONB, Type::UUID, Type::INT8, Type::INT8,
            Type::INT8,
        ],
        documents.iter().zip(&buyers).zip(&gross).map(|((it, buyer), gross)| -> [&(dyn ToSql + Sync); 10] {
            [
                &it.id, &it.kind, &it.due_date, &clients[it.client].id, &seller, buyer, &it.corrects, &it.net_cents,
                &it.vat_cents, gross,
            ]
        }),
    )
    .await?;

    let lines = documents
        .iter()
        .flat_map(|it| (1_i32..).zip(&it.lines).map(move |(place, line)| (it, place, line)));
    let lines: Vec<_> = lines.collect();
    copy(
        client,
        "invoice_lines (id, invoice_id, position, session_id, label, quantity_thousandths, unit_price_cents, \
         vat_basis_points, net_cents)",
        [
            Type::UUID, Type::UUID, Type::INT4, Type::UUID, Type::TEXT, Type::INT8, Type::INT8, Type::INT4, Type::INT8,
        ],
        lines.iter().map(|(it, place, line)| -> [&(dyn ToSql + Sync); 9] {
            [
                &line.id, &it.id, place, &line.session, &line.label, &line.quantity_thousandths, &line.unit_price_cents,
                &profile.vat_basis_points, &line.net_cents,
            ]
        }),
    )
    .await?;
    Ok(())
}
