//! What was recorded in the sessions that took place: what is known of the files, not the sound.

use jiff::Timestamp;
use uuid::Uuid;

use super::dice::Dice;
use super::sessions::Session;
use super::words::Words;
use crate::booking::SessionStatus;

pub(super) struct AudioFile {
    pub(super) id: Uuid,
    pub(super) session: Uuid,
    pub(super) client: usize,
    pub(super) title: String,
    pub(super) stage: &'static str,
    pub(super) status: &'static str,
    pub(super) object_key: String,
    pub(super) bytes: i64,
    pub(super) sha256: Vec<u8>,
    pub(super) channels: i16,
    pub(super) duration_ms: i64,
    pub(super) created_at: Timestamp,
}

/// All of it is 24 bit at 48 kHz, as it comes from the desk.
pub(super) const SAMPLE_RATE_HZ: i32 = 48_000;
pub(super) const BIT_DEPTH: i16 = 24;

pub(super) fn audio_files(
    dice: &mut Dice,
    sessions: &[Session],
    words: &Words,
    count: usize,
) -> Vec<AudioFile> {
    let recorded: Vec<&Session> =
        sessions.iter().filter(|session| session.status == SessionStatus::Completed).collect();
    if recorded.is_empty() {
        return Vec::new();
    }
    (0..count)
        .map(|_| {
            let session = dice.pick(&recorded);
            let created_at = session.span.end();
            let id = dice.id(created_at);
            let stage = dice.weighted(&[
                ("TAKE", 55),
                ("STEM", 15),
                ("ROUGH", 12),
                ("MIX", 13),
                ("MASTER", 5),
            ]);
            let channels = if stage == "TAKE" { dice.weighted(&[(1, 70), (2, 30)]) } else { 2 };
            let duration_ms = dice.between(40_000, 330_000);
            let frame = i64::from(channels) * i64::from(BIT_DEPTH / 8);
            AudioFile {
                id,
                session: session.id,
                client: session.client,
                title: format!(
                    "{} – {} {:02}",
                    dice.pick(words.projects),
                    dice.pick(words.takes),
                    dice.between(1, 14)
                ),
                stage,
                status: if stage == "MASTER" { "APPROVED" } else { "READY" },
                object_key: format!("audio/{}/{id}.wav", session.id),
                bytes: 44 + duration_ms * i64::from(SAMPLE_RATE_HZ) / 1_000 * frame,
                sha256: dice.bytes().to_vec(),
                channels,
                duration_ms,
                created_at,
            }
        })
        .collect()
}
