//! The classes that put bookings in their place: tops and heights in quarters of an hour, lanes,
//! rows and columns. They exist because the content policy forbids inline styles, and are written
//! here and not in a stylesheet because they are one line, a few hundred times.

use std::fmt::Write;

/// Quarters of an hour in a day.
const QUARTERS: usize = 96;
/// More lanes than this in one place share the last one.
pub(crate) const LANES_MAX: usize = 8;
/// Rooms that one page shows side by side or one under the other.
pub(crate) const ROOMS_MAX: usize = 24;

pub(super) fn rules() -> String {
    let mut css = String::with_capacity(16 * 1024);
    let mut rule = |text: std::fmt::Arguments<'_>| {
        css.write_fmt(text).expect("writing to a string does not fail");
        css.push('\n');
    };
    for n in 0..=QUARTERS {
        rule(format_args!(".t{n}{{top:calc(var(--q)*{n})}}.h{n}{{height:calc(var(--q)*{n})}}"));
    }
    for of in 1..=LANES_MAX {
        for lane in 0..of {
            rule(format_args!(
                ".k{lane}-{of}{{left:calc(100%*{lane}/{of});width:calc(100%/{of} - 1px)}}"
            ));
        }
    }
    for n in 1..=ROOMS_MAX {
        rule(format_args!(".r{n}{{grid-row:{}}}.cols-{n}{{--cols:{n}}}", n + 1));
    }
    for n in 1..=7 {
        rule(format_args!(".c{n}{{grid-column:{}}}", n + 1));
    }
    css
}
