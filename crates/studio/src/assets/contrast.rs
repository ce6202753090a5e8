//! Every pair of colours that text and its ground can be, in both themes, against WCAG 2.2 AA.

use std::collections::HashMap;

const TOKENS: &str = include_str!("../../assets/css/tokens.css");

#[derive(Debug, Clone, Copy, PartialEq)]
struct Colour([f64; 3]);

impl Colour {
    fn parse(hex: &str) -> Self {
        let hex = hex.trim().strip_prefix('#').unwrap();
        let channel =
            |at: usize| f64::from(u8::from_str_radix(&hex[at..at + 2], 16).unwrap()) / 255.0;
        Self([channel(0), channel(2), channel(4)])
    }

    /// As `color-mix(in srgb, self share, other)`.
    fn mixed(self, share: f64, other: Self) -> Self {
        Self(std::array::from_fn(|it| self.0[it] * share + other.0[it] * (1.0 - share)))
    }

    fn luminance(self) -> f64 {
        let linear = self
            .0
            .map(|it| if it <= 0.04045 { it / 12.92 } else { ((it + 0.055) / 1.055).powf(2.4) });
        0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    }

    fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }
}

/// The tokens of one theme: 0 is light, 1 is dark.
fn tokens(theme: usize) -> HashMap<String, Colour> {
    let line = |line: &str| {
        let (name, value) = line.trim().strip_prefix("--")?.split_once(": light-dark(")?;
        let value = value.strip_suffix(");")?.split(", ").nth(theme)?;
        Some((name.to_owned(), Colour::parse(value)))
    };
    let tokens: HashMap<_, _> = TOKENS.lines().filter_map(line).collect();
    assert!(tokens.len() > 40, "the tokens were not read");
    tokens
}

fn check(text: &str, ground: &str, least: f64) {
    for theme in [0, 1] {
        let tokens = tokens(theme);
        let ratio = tokens[text].contrast(tokens[ground]);
        assert!(ratio >= least, "{text} on {ground}, theme {theme}: {ratio:.2}");
    }
}

#[test]
fn text_can_be_read() {
    for ground in ["surface", "sunken", "raised"] {
        for text in ["text", "muted", "accent", "accent-strong", "ok", "danger"] {
            check(text, ground, 4.5);
        }
    }
    for text in ["text", "muted", "accent", "danger"] {
        check(text, "accent-soft", 4.5);
    }
    for (text, ground) in [
        ("on-accent", "accent"),
        ("on-accent", "accent-strong"),
        ("surface", "text"),
        ("surface", "danger"),
        ("text", "danger-soft"),
        ("danger", "danger-soft"),
        ("text", "warn-soft"),
        ("text", "ok-soft"),
    ] {
        check(text, ground, 4.5);
    }
}

#[test]
fn icons_borders_of_fields_and_focus_can_be_seen() {
    for ground in ["surface", "sunken", "raised"] {
        for mark in ["line-strong", "accent", "warn"] {
            check(mark, ground, 3.0);
        }
    }
    for (mark, ground) in [("ok", "ok-soft"), ("warn", "warn-soft"), ("danger", "danger-soft")] {
        check(mark, ground, 3.0);
    }
}

#[test]
fn bookings_can_be_read_in_every_hue_and_state() {
    for theme in [0, 1] {
        let tokens = tokens(theme);
        let surface = tokens["surface"];
        for hue in 0..8 {
            let colour = |part: &str| tokens[&format!("hue-{hue}{part}")];
            let (ground, ink, edge) = (colour(""), colour("-ink"), colour("-edge"));
            for (state, ground) in [
                ("confirmed", ground),
                ("the stripes of a hold", edge.mixed(0.20, ground)),
                ("awaiting a deposit", ground.mixed(0.45, surface)),
                ("completed", ground.mixed(0.50, surface)),
            ] {
                let ratio = ink.contrast(ground);
                assert!(ratio >= 4.5, "hue {hue}, theme {theme}, {state}: {ratio:.2}");
            }
            for (mark, ground) in [("edge", surface), ("edge", ground.mixed(0.45, surface))] {
                let ratio = edge.contrast(ground);
                assert!(ratio >= 3.0, "hue {hue}, theme {theme}, {mark}: {ratio:.2}");
            }
            let rank = surface.contrast(edge);
            assert!(rank >= 3.0, "hue {hue}, theme {theme}, the rank of a hold: {rank:.2}");
        }
    }
}

#[test]
fn hues_are_equally_light() {
    for theme in [0, 1] {
        let tokens = tokens(theme);
        for part in ["", "-ink", "-edge"] {
            let light: Vec<f64> =
                (0..8).map(|hue| tokens[&format!("hue-{hue}{part}")].luminance()).collect();
            let (least, most) =
                light.iter().fold((1.0_f64, 0.0_f64), |(a, b), it| (a.min(*it), b.max(*it)));
            // Equal in perceived lightness is nearly equal in luminance.
            assert!(
                (most + 0.05) / (least + 0.05) < 1.25,
                "{part}, theme {theme}: {least:.3} to {most:.3}"
            );
        }
    }
}
