//! The one typeface of certificates, which is compiled in: a certificate looks the same on every machine.

use std::sync::LazyLock;

use ttf_parser::Face;

pub(super) const BYTES: &[u8] = include_bytes!("font/DejaVuSans-subset.ttf");

/// Stands for a sign that the typeface lacks. The attached document has the sign itself.
const UNKNOWN: char = '\u{fffd}';

static FACE: LazyLock<Face<'static>> =
    LazyLock::new(|| Face::parse(BYTES, 0).expect("the typeface that is compiled in is one"));

/// How wide a line is, in the unit of `size`. Kerning only makes it narrower.
pub(super) fn width(text: &str, size: f32) -> f32 {
    let units: u32 = text.chars().map(advance).sum();
    #[expect(clippy::cast_precision_loss, reason = "a line has some ten thousand units")]
    let units = units as f32;
    units / f32::from(FACE.units_per_em()) * size
}

/// The same text with nothing in it that cannot be drawn, or that would turn the order of signs around.
pub(super) fn drawable(text: &str) -> String {
    let one = |sign: char| match sign {
        '\t' => ' ',
        sign if sign.is_control() || turns_around(sign) => UNKNOWN,
        sign if FACE.glyph_index(sign).is_none() => UNKNOWN,
        sign => sign,
    };
    text.chars().map(one).collect()
}

fn advance(sign: char) -> u32 {
    let glyph = FACE.glyph_index(sign).unwrap_or_default();
    FACE.glyph_hor_advance(glyph).map_or(0, u32::from)
}

fn turns_around(sign: char) -> bool {
    matches!(sign, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn european_texts_are_drawn_as_they_are() {
        for text in [
            "Œuvre n° 7 – « l’été » à 1 234,50 €",
            "Größe Łódź žluťoučký Αθήνα Київ",
            "1\u{202f}234",
        ] {
            assert_eq!(drawable(text), text);
        }
    }

    #[test]
    fn what_cannot_be_drawn_is_shown_as_such() {
        assert_eq!(
            drawable("a\u{202e}b\u{7}c 東 🎸\td"),
            "a\u{fffd}b\u{fffd}c \u{fffd} \u{fffd} d"
        );
        assert!(FACE.glyph_index(UNKNOWN).is_some());
    }

    #[test]
    fn width_grows_with_text_and_size() {
        assert!(width("WW", 10.0) > width("ii", 10.0));
        assert!((width("abc", 20.0) - 2.0 * width("abc", 10.0)).abs() < 0.01);
    }
}
