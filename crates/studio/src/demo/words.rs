//! What people, bands and sessions are called. Names as a studio's book really has them: accents,
//! apostrophes, hyphens, other scripts, an emoji.

pub(super) mod french;
pub(super) mod irish;

/// The words of one language.
pub(super) struct Words {
    pub(super) first_names: &'static [&'static str],
    pub(super) last_names: &'static [&'static str],
    /// With `{}` for a word of `band_nouns`.
    pub(super) band_shapes: &'static [&'static str],
    pub(super) band_nouns: &'static [&'static str],
    /// With `{}` for a word of `company_nouns`.
    pub(super) company_shapes: &'static [&'static str],
    pub(super) company_nouns: &'static [&'static str],
    /// What is done in a session.
    pub(super) works: &'static [&'static str],
    /// What it is done for.
    pub(super) projects: &'static [&'static str],
    pub(super) notes: &'static [&'static str],
    pub(super) cancel_reasons: &'static [&'static str],
    pub(super) extras: &'static [(&'static str, i64)],
    pub(super) deposit_line: &'static str,
    pub(super) room_line: &'static str,
    pub(super) engineer_line: &'static str,
    pub(super) credit_line: &'static str,
    pub(super) block_labels: &'static [&'static str],
    pub(super) takes: &'static [&'static str],
}

/// Clients from elsewhere, in either studio.
pub(super) const GUESTS: &[&str] = &[
    "نور الهدى بن سالم",
    "ياسمين حداد",
    "中村 さくら",
    "Αλέξανδρος Παπαδόπουλος",
    "Zoë 🌊 van der Meer",
    "Łukasz Wójcik",
    "Þórunn Sigurðardóttir",
    "Nguyễn Thị Minh Châu",
    "José Ángel Núñez-O’Shea",
    "Мария Чайковская",
    "DJ 🦑 Kraken",
    "A",
];

pub(super) const EQUIPMENT: &[&str] = &[
    "Neumann U 87 Ai",
    "Neumann U 47 (1961)",
    "AKG C 12",
    "Coles 4038 ×2",
    "Fender Rhodes Mark I",
    "Hammond B3 + Leslie 122",
    "Gretsch Broadkaster",
    "Fender Twin Reverb ’65",
    "EMT 140",
    "Studer A80",
    "Pultec EQP-1A ×2",
    "Fairchild 670",
    "Royer R-121",
    "Schoeps MK 4 ×2",
    "Wurlitzer 200A",
    "Moog One",
    "Ludwig Black Beauty",
    "Ampeg B-15",
    "Roland RE-201",
    "Manley Massive Passive",
];
