//! One table, as it was seen on copies, and what is said of it.

use super::super::{LockMode, ShadowFile};
use super::*;

const MB: u64 = 1 << 20;

/// `(subdomain, mode, held in ms, is rewritten, MB)`; an empty subdomain is the template's.
type Row<'a> = (&'a str, LockMode, u64, bool, u64);

fn check(rows: &[Row<'_>], sizes: &[(&str, u64)]) -> Vec<String> {
    let runs: Vec<_> = rows
        .iter()
        .map(|(subdomain, mode, held, is_rewritten, size)| ShadowRun {
            of: match *subdomain {
                "" => ShadowOf::Template,
                subdomain => ShadowOf::Tenant(subdomain.to_owned()),
            },
            files: vec![ShadowFile {
                file: "0002_more.sql".to_owned(),
                took: Duration::from_millis(*held),
                touches: vec![Touch {
                    table: "public.bookings".to_owned(),
                    mode: *mode,
                    held: Duration::from_millis(*held),
                    is_rewritten: *is_rewritten,
                    bytes: size * MB,
                }],
            }],
        })
        .collect();
    let sizes: Vec<_> = sizes
        .iter()
        .map(|(subdomain, size)| TableSize {
            subdomain: (*subdomain).to_owned(),
            table: "public.bookings".to_owned(),
            bytes: size * MB,
        })
        .collect();
    judge(&runs, &sizes, &ShadowLimits::default()).iter().map(ToString::to_string).collect()
}

const EXCLUSIVE: LockMode = LockMode::AccessExclusive;

#[test]
fn a_column_that_is_added_passes_however_large_the_table_is() {
    let rows = [("", EXCLUSIVE, 2, false, 0), ("lantern", EXCLUSIVE, 9, false, 84)];
    assert_eq!(check(&rows, &[("harbour", 80_000)]), [""; 0]);
}

#[test]
fn a_large_table_is_not_written_anew() {
    let template = ("", EXCLUSIVE, 2, true, 0);
    assert_eq!(check(&[template], &[("harbour", 64)]), [""; 0]);
    assert_eq!(check(&[template], &[]), [""; 0], "nobody has it");
    let words = "0002_more.sql writes all of public.bookings anew, and nobody gets at it meanwhile: in harbour it has 65 MB, and more than 64 MB is refused; split it into expand, backfill and contract, or take the risk with --skip-shadow";
    assert_eq!(check(&[template], &[("dune", 3), ("harbour", 65)]), [words]);
    // What was copied counts as well, and a long lock of the same is no second reason.
    let rows = [template, ("lantern", EXCLUSIVE, 5_000, true, 70)];
    let refusals = check(&rows, &[("harbour", 65)]);
    assert_eq!(refusals.len(), 1);
    assert!(refusals[0].contains("in lantern it has 70 MB"), "{refusals:?}");
}

#[test]
fn a_long_lock_is_refused_where_it_was_seen() {
    let rows = [("", EXCLUSIVE, 1_001, false, 0)];
    let words = "0002_more.sql holds ACCESS EXCLUSIVE on public.bookings for 1 s on a copy of the template, and more than 1 s is refused: everybody would wait so long; split it into expand, backfill and contract, or take the risk with --skip-shadow";
    assert_eq!(check(&rows, &[]), [words]);
    assert_eq!(check(&[("", EXCLUSIVE, 1_000, false, 0)], &[]), [""; 0]);
    let rows = [("lantern", LockMode::Share, 1_200, false, 20)];
    assert!(check(&rows, &[])[0].contains("whoever writes would wait"));
}

#[test]
fn a_lock_that_grows_with_the_table_is_refused_where_it_would_be_long() {
    let rows = [("", LockMode::Share, 4, false, 0), ("lantern", LockMode::Share, 204, false, 20)];
    assert_eq!(check(&rows, &[("harbour", 99)]), [""; 0]);
    let refusals = check(&rows, &[("dune", 30), ("harbour", 400)]);
    assert_eq!(
        refusals,
        [
            "0002_more.sql holds SHARE on public.bookings for 204 ms on a copy of lantern, where it has 20 MB; in harbour it has 400 MB, which makes about 4 s, and more than 1 s is refused: whoever writes would wait so long; split it into expand, backfill and contract, or take the risk with --skip-shadow"
        ]
    );
    // Of a small table nothing follows.
    let rows = [("lantern", LockMode::Share, 204, false, 7)];
    assert_eq!(check(&rows, &[("harbour", 400)]), [""; 0]);
}

#[test]
fn what_keeps_nobody_out_is_of_no_interest() {
    let run = |mode, is_rewritten| ShadowRun {
        of: ShadowOf::Template,
        files: vec![ShadowFile {
            file: "0002_more.sql".to_owned(),
            took: Duration::ZERO,
            touches: vec![Touch {
                table: "public.rooms".to_owned(),
                mode,
                held: Duration::ZERO,
                is_rewritten,
                bytes: 0,
            }],
        }],
    };
    let check = |mode, is_rewritten| of_interest(&[run(mode, is_rewritten)]).len();
    assert_eq!(check(LockMode::RowExclusive, false), 0);
    assert_eq!(check(LockMode::RowExclusive, true), 1);
    assert_eq!(check(LockMode::ShareRowExclusive, false), 1);
}
