//! What a certificate says in English and in French.
//!
//! `{}` in a text is where the one thing goes that differs from certificate to certificate.

/// The language of the PDF. The signed document has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CertificateLanguage {
    /// English.
    English,
    /// French.
    French,
}

pub(super) struct Words {
    pub(super) language: CertificateLanguage,
    /// For programs that read aloud.
    pub(super) tag: &'static str,
    pub(super) months: [&'static str; 12],
    pub(super) before_clock: &'static str,
    pub(super) thousands: &'static str,

    pub(super) title: &'static str,
    pub(super) lead: &'static str,

    pub(super) request: &'static str,
    pub(super) organization: &'static str,
    pub(super) certificate: &'static str,
    pub(super) issued: &'static str,
    pub(super) requested: &'static str,
    pub(super) requested_by: &'static str,
    pub(super) reason: &'static str,

    pub(super) done: &'static str,
    pub(super) legal_hold: &'static str,
    pub(super) legal_hold_none: &'static str,
    pub(super) fenced: &'static str,
    pub(super) database: &'static str,
    pub(super) role: &'static str,
    pub(super) archives: &'static str,
    pub(super) archives_none: &'static str,
    pub(super) archive_count: Counted,
    pub(super) exports: &'static str,
    pub(super) exports_none: &'static str,
    pub(super) export_count: Counted,
    pub(super) version_count: Counted,
    pub(super) key: &'static str,
    pub(super) key_in: &'static str,
    pub(super) key_later: &'static str,
    pub(super) tombstone: &'static str,
    pub(super) tombstone_means: &'static str,

    pub(super) remains: &'static str,
    pub(super) point_in_time: &'static str,
    pub(super) point_in_time_until: &'static str,
    pub(super) point_in_time_none: &'static str,
    pub(super) kept: &'static str,
    pub(super) kept_none: &'static str,
    pub(super) fiscal_archive: &'static str,
    pub(super) held_by_organization: &'static str,
    pub(super) held_by_operator: &'static str,
    pub(super) byte_count: Counted,

    pub(super) check: &'static str,
    pub(super) check_how: &'static str,
    pub(super) check_other: &'static str,
    pub(super) key_id: &'static str,
    pub(super) fingerprint: &'static str,
    pub(super) attached: &'static str,
    pub(super) times_of: &'static str,
    pub(super) page: &'static str,
}

/// A noun after a number.
pub(super) struct Counted {
    pub(super) one: &'static str,
    pub(super) many: &'static str,
}

pub(super) fn words(language: CertificateLanguage) -> &'static Words {
    match language {
        CertificateLanguage::English => &ENGLISH,
        CertificateLanguage::French => &FRENCH,
    }
}

const ENGLISH: Words = Words {
    language: CertificateLanguage::English,
    tag: "en",
    months: [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    before_clock: ", ",
    thousands: ",",

    title: "Certificate of erasure",
    lead: "The data of the organization named below were erased. This certificate says what was done and when, what is not gone yet, and what is kept because a law requires it.",

    request: "Request",
    organization: "Organization",
    certificate: "Certificate",
    issued: "Issued",
    requested: "Requested",
    requested_by: "Requested by",
    reason: "Reason",

    done: "What was done",
    legal_hold: "Legal hold checked",
    legal_hold_none: "No order to hold the data was in force.",
    fenced: "Access closed",
    database: "Database dropped",
    role: "Database role dropped",
    archives: "Archives deleted",
    archives_none: "There were none.",
    archive_count: Counted { one: "archive", many: "archives" },
    exports: "Exports deleted",
    exports_none: "There were none.",
    export_count: Counted { one: "export", many: "exports" },
    version_count: Counted { one: "stored version", many: "stored versions" },
    key: "Encryption key destroyed",
    key_in: "Without it no copy of an archive can be read, wherever it lies. Keystore: {}",
    key_later: "The keystore refuses it already, and holds it until then.",
    tombstone: "Tombstone written",
    tombstone_means: "Every restore consults it first, so the data do not come back.",

    remains: "What remains",
    point_in_time: "Server backups",
    point_in_time_until: "Until {}, backups of the whole server, which hold the data of others too, still reach back to before the erasure. They expire by then.",
    point_in_time_none: "This platform knows of no backups of the whole server that reach back to before the erasure.",
    kept: "Kept by law",
    kept_none: "Nothing.",
    fiscal_archive: "Fiscal archive",
    held_by_organization: "Held by the organization since {}",
    held_by_operator: "Held by the operator of the platform since {}",
    byte_count: Counted { one: "byte", many: "bytes" },

    check: "How to check this certificate",
    check_how: "The signed document is attached to this file. To check it without a network:\ncloison erasures verify FILE",
    check_other: "With other tools: the signature is Ed25519, over the text in the field \"payload\" of the attached document. It shows that nothing was altered; whose key it is, compare with a fingerprint that came another way.",
    key_id: "Signing key",
    fingerprint: "Its fingerprint (SHA-256)",
    attached: "Signed document of this certificate of erasure",
    times_of: "Times are those of {}.",
    page: "{} / {}",
};

const FRENCH: Words = Words {
    language: CertificateLanguage::French,
    tag: "fr",
    months: [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ],
    before_clock: " à ",
    thousands: "\u{202f}",

    title: "Certificat d’effacement",
    lead: "Les données de l’organisation désignée ci-dessous ont été effacées. Ce certificat dit ce qui a été fait et quand, ce qui n’a pas encore disparu, et ce qui est conservé parce qu’une loi l’impose.",

    request: "Demande",
    organization: "Organisation",
    certificate: "Certificat",
    issued: "Établi le",
    requested: "Demandé le",
    requested_by: "Demandé par",
    reason: "Motif",

    done: "Ce qui a été fait",
    legal_hold: "Gel juridique vérifié",
    legal_hold_none: "Aucun ordre de conservation n’était en vigueur.",
    fenced: "Accès fermé",
    database: "Base de données supprimée",
    role: "Rôle de la base supprimé",
    archives: "Archives supprimées",
    archives_none: "Il n’y en avait pas.",
    archive_count: Counted { one: "archive", many: "archives" },
    exports: "Exports supprimés",
    exports_none: "Il n’y en avait pas.",
    export_count: Counted { one: "export", many: "exports" },
    version_count: Counted { one: "version stockée", many: "versions stockées" },
    key: "Clé de chiffrement détruite",
    key_in: "Sans elle, aucune copie d’une archive ne peut être lue, où qu’elle se trouve. Magasin de clés : {}",
    key_later: "Le magasin de clés la refuse déjà, et la détient jusque-là.",
    tombstone: "Marque d’effacement écrite",
    tombstone_means: "Toute restauration la consulte d’abord : les données ne reviennent pas.",

    remains: "Ce qui reste",
    point_in_time: "Sauvegardes du serveur",
    point_in_time_until: "Jusqu’au {}, des sauvegardes du serveur entier, qui contiennent aussi les données d’autrui, remontent encore à avant l’effacement. Elles auront alors expiré.",
    point_in_time_none: "Cette plateforme ne connaît aucune sauvegarde du serveur entier qui remonte à avant l’effacement.",
    kept: "Conservé selon la loi",
    kept_none: "Rien.",
    fiscal_archive: "Archive fiscale",
    held_by_organization: "Détenu par l’organisation depuis le {}",
    held_by_operator: "Détenu par l’exploitant de la plateforme depuis le {}",
    byte_count: Counted { one: "octet", many: "octets" },

    check: "Comment vérifier ce certificat",
    check_how: "Le document signé est joint à ce fichier. Pour le vérifier sans réseau :\ncloison erasures verify FICHIER",
    check_other: "Avec d’autres outils : la signature est une signature Ed25519 du texte du champ « payload » du document joint. Elle montre que rien n’a été modifié ; pour savoir à qui est la clé, comparez avec une empreinte reçue par une autre voie.",
    key_id: "Clé de signature",
    fingerprint: "Son empreinte (SHA-256)",
    attached: "Document signé de ce certificat d’effacement",
    times_of: "Les heures sont celles de {}.",
    page: "{} / {}",
};
