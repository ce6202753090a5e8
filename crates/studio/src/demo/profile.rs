//! The two demo studios, and how much happens in them. The sizes follow what real studios report: sixty to
//! seventy sessions a week on three rooms at most, a seventh of them cancelled.

use jiff::SignedDuration;

use crate::booking::Span;

/// A studio as its brochure would describe it.
#[derive(Clone, Copy, Debug)]
pub struct Profile {
    pub name: &'static str,
    /// `fr` or `en`: the language of its pages and of its invented sessions.
    pub locale: &'static str,
    pub time_zone: &'static str,
    /// What its staff's addresses end in; a name that can never be registered.
    pub mail_domain: &'static str,
    pub owner: &'static str,
    pub vat_basis_points: i32,
    pub rooms: [RoomProfile; 6],
    /// How many of the rooms there are when it is small.
    pub small_rooms: usize,
}

#[derive(Clone, Copy, Debug)]
pub struct RoomProfile {
    pub name: &'static str,
    pub description: &'static str,
    pub hourly_rate_cents: i64,
    pub setup_minutes: i32,
    pub teardown_minutes: i32,
}

impl RoomProfile {
    /// The session's time with what the room needs around it.
    pub(super) fn busy(&self, span: Span) -> Span {
        let minutes = |minutes: i32| SignedDuration::from_mins(minutes.into());
        span.widened(minutes(self.setup_minutes), minutes(self.teardown_minutes))
            .expect("invented times are near the present, and buffers are not negative")
    }
}

const fn room(
    name: &'static str,
    description: &'static str,
    hourly_rate_cents: i64,
    setup_minutes: i32,
    teardown_minutes: i32,
) -> RoomProfile {
    RoomProfile { name, description, hourly_rate_cents, setup_minutes, teardown_minutes }
}

pub const MAREE: Profile = Profile {
    name: "Studio Marée",
    locale: "fr",
    time_zone: "Europe/Paris",
    mail_domain: "studio-maree.example",
    owner: "Solène Kermarrec",
    vat_basis_points: 2000,
    rooms: [
        room("La Grande", "Cabine de 80 m², piano Pleyel, régie analogique", 9500, 15, 15),
        room("La Crique", "Voix, voix off et podcasts", 5000, 0, 15),
        room("Le Phare", "Mixage et mastering, écoute 7.1.4", 7000, 0, 15),
        room("L’Estran", "Répétition, batterie montée", 2800, 15, 0),
        room("La Passerelle", "Postproduction et doublage", 6500, 0, 15),
        room("Le Bathyscaphe", "Écriture et maquettes, ouvert la nuit", 2200, 0, 0),
    ],
    small_rooms: 3,
};

pub const LANTERN_YARD: Profile = Profile {
    name: "Lantern Yard",
    locale: "en",
    time_zone: "Europe/Dublin",
    mail_domain: "lantern-yard.example",
    owner: "Aoife Ní Dhomhnaill",
    vat_basis_points: 2300,
    rooms: [
        room("Hall", "Live room for a string section, Steinway B", 11000, 15, 15),
        room("Snug", "Vocals, voice-over and podcasts", 4800, 0, 15),
        room("Attic", "Mixing, ATC monitoring", 6500, 0, 15),
        room("Forge", "Rehearsal, drums set up", 2500, 15, 0),
        room("Press Room", "Dubbing and picture", 6000, 0, 15),
        room("Night Office", "Writing, open after hours", 2000, 0, 0),
    ],
    small_rooms: 2,
};

/// How much of everything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// A studio to look around in.
    Small,
    /// A full year of six rooms and fourteen people, for benchmarks.
    Busy,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Shape {
    pub(super) rooms: usize,
    pub(super) staff: usize,
    pub(super) equipment: usize,
    pub(super) clients: usize,
    pub(super) past_sessions: usize,
    pub(super) coming_sessions: usize,
    pub(super) coming_days: i64,
    pub(super) deposits: usize,
    pub(super) invoices: usize,
    pub(super) credit_notes: usize,
    pub(super) audio_files: usize,
}

impl Size {
    pub(super) fn shape(self, profile: &Profile) -> Shape {
        match self {
            Self::Small => Shape {
                rooms: profile.small_rooms,
                staff: 4,
                equipment: 5,
                clients: 400,
                past_sessions: 930,
                coming_sessions: 70,
                coming_days: 35,
                deposits: 300,
                invoices: 560,
                credit_notes: 40,
                audio_files: 3_500,
            },
            Self::Busy => Shape {
                rooms: profile.rooms.len(),
                staff: 14,
                equipment: 20,
                clients: 4_000,
                past_sessions: 8_700,
                coming_sessions: 420,
                coming_days: 28,
                deposits: 2_600,
                invoices: 4_900,
                credit_notes: 330,
                audio_files: 36_000,
            },
        }
    }
}
