//! The certificate on paper: one or two pages of A4, as PDF/A-3 with the signed document attached.
//!
//! Deliberately absent: a signature of the PDF's own. What is signed is the document inside.

use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use krilla::color::rgb;
use krilla::configure::{Archival, ConfigurationBuilder};
use krilla::embed::{AssociationKind, EmbeddedFile, MimeType};
use krilla::geom::{PathBuilder, Point};
use krilla::metadata::{DateTime, Metadata};
use krilla::num::NormalizedF32;
use krilla::page::PageSettings;
use krilla::paint::{Fill, Stroke};
use krilla::surface::Surface;
use krilla::text::{Font, TextDirection};
use krilla::{Document, SerializeSettings};

use super::content::{Manner, content};
use super::layout::{Line, PAGE_HEIGHT, PAGE_WIDTH, Sheet, Tone, lay_out};
use super::words::words;
use super::{CertificateLanguage, ErasureCertificate, attachment, typeface};
use crate::signing::{SignatureError, Signed};

/// The colours of the product's light theme.
const TEXT: (u8, u8, u8) = (0x1b, 0x1f, 0x24);
const MUTED: (u8, u8, u8) = (0x5a, 0x64, 0x72);
const HAIRLINE: (u8, u8, u8) = (0xdf, 0xe3, 0xe8);

/// Left and right ends of hairlines.
const RULE_FROM: f32 = 56.7;

/// Why there is no PDF.
#[derive(Debug, thiserror::Error)]
pub enum PdfError {
    /// Nothing is put on paper that is not as it was signed.
    #[error(transparent)]
    Signature(#[from] SignatureError),
    /// The writer of PDF refuses.
    #[error("the certificate cannot be written as PDF: {0}; its JSON is whole and counts")]
    Writer(String),
}

impl Signed<ErasureCertificate> {
    /// The certificate for people, with times in `zone`. The same certificate gives the same bytes.
    pub fn to_pdf(
        &self,
        language: CertificateLanguage,
        zone: &TimeZone,
    ) -> Result<Vec<u8>, PdfError> {
        let certificate = self.verify(None)?;
        let writer = |why: &str| PdfError::Writer(why.to_owned());
        let key = self.key().ok_or_else(|| writer("it has no public key"))?;
        let manner = Manner { words: words(language), zone };
        let foot = format!("{} {}", manner.words.certificate, certificate.certificate_id);
        let sheets = lay_out(&content(&manner, &certificate, &key), &foot, manner.words.page);

        let archival = ConfigurationBuilder::new().with_archival_validator(Archival::A3_B).finish();
        let configuration = archival.map_err(|error| PdfError::Writer(format!("{error:?}")))?;
        let mut document =
            Document::new_with(SerializeSettings { configuration, ..Default::default() });
        let issued_at = date_time(certificate.issued_at);
        document.set_metadata(
            Metadata::new()
                .title(format!("{} {}", manner.words.title, certificate.organization_number))
                .language(manner.words.tag.to_owned())
                .creator("Cloison".to_owned())
                .creation_date(issued_at)
                .document_id(certificate.certificate_id.to_string()),
        );
        let font = Font::new(typeface::BYTES.into(), 0)
            .ok_or_else(|| writer("its typeface is damaged"))?;
        for sheet in &sheets {
            let size = PageSettings::from_wh(PAGE_WIDTH, PAGE_HEIGHT);
            let mut page =
                document.start_page_with(size.ok_or_else(|| writer("a page has no size"))?);
            draw(&mut page.surface(), sheet, &font);
        }
        let attached = document.embed_file(EmbeddedFile {
            path: attachment::FILE_NAME.to_owned(),
            mime_type: MimeType::new("application/json"),
            description: Some(manner.words.attached.to_owned()),
            association_kind: AssociationKind::Source,
            data: self.to_json().into(),
            modification_date: Some(issued_at),
            compress: Some(false),
            location: None,
        });
        attached.ok_or_else(|| writer("its document cannot be attached"))?;
        document.finish().map_err(|error| PdfError::Writer(error.to_string()))
    }
}

fn draw(surface: &mut Surface<'_>, sheet: &Sheet, font: &Font) {
    for y in &sheet.rules {
        let mut path = PathBuilder::new();
        path.move_to(RULE_FROM, *y);
        path.line_to(PAGE_WIDTH - RULE_FROM, *y);
        surface.set_stroke(Some(Stroke {
            paint: color(HAIRLINE).into(),
            width: 0.6,
            ..Default::default()
        }));
        if let Some(path) = path.finish() {
            surface.draw_path(&path);
        }
    }
    surface.set_stroke(None);
    for line in sheet.lines.iter().filter(|it| !it.text.is_empty()) {
        draw_line(surface, line, font);
    }
}

fn draw_line(surface: &mut Surface<'_>, line: &Line, font: &Font) {
    let tone = match line.tone {
        Tone::Text => TEXT,
        Tone::Muted => MUTED,
    };
    surface.set_fill(Some(Fill {
        paint: color(tone).into(),
        opacity: NormalizedF32::ONE,
        rule: krilla::paint::FillRule::default(),
    }));
    let start = Point::from_xy(line.x, line.y);
    surface.draw_text(
        start,
        font.clone(),
        line.size,
        &line.text,
        false,
        TextDirection::LeftToRight,
    );
}

fn color((red, green, blue): (u8, u8, u8)) -> rgb::Color {
    rgb::Color::new(red, green, blue)
}

/// In UTC, which is said.
fn date_time(at: Timestamp) -> DateTime {
    let at: Zoned = at.to_zoned(TimeZone::UTC);
    let part = |it: i8| it.unsigned_abs();
    DateTime::new(at.year().unsigned_abs())
        .month(part(at.month()))
        .day(part(at.day()))
        .hour(part(at.hour()))
        .minute(part(at.minute()))
        .second(part(at.second()))
        .utc_offset_hour(0)
        .utc_offset_minute(0)
}
