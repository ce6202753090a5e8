//! Bookings in every hue, in both themes, against WCAG 2.2 AA. What all pages have is checked in `pages`.

use cloison_pages::checks::Tokens;

#[test]
fn bookings_can_be_read_in_every_hue_and_state() {
    for theme in [0, 1] {
        let tokens = Tokens::of_theme(theme);
        let surface = tokens["surface"];
        for hue in 0..8 {
            let colour = |part: &str| tokens[&*format!("hue-{hue}{part}")];
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
        let tokens = Tokens::of_theme(theme);
        for part in ["", "-ink", "-edge"] {
            let light: Vec<f64> =
                (0..8).map(|hue| tokens[&*format!("hue-{hue}{part}")].luminance()).collect();
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
