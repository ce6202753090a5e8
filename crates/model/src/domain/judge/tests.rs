//! Looks and what they mean, one line a case; and what holds for any look.

use proptest::prelude::*;

use super::*;

fn challenge(token: &str) -> Challenge {
    Challenge::of(&"booking.example".parse().unwrap(), token)
}

fn said(addresses: &str) -> DomainAnswer<IpAddr> {
    match addresses {
        "?" => DomainAnswer::Silence("it timed out".to_owned()),
        _ => {
            DomainAnswer::Said(addresses.split_whitespace().map(|it| it.parse().unwrap()).collect())
        }
    }
}

/// Texts are tokens with blanks between, `?` is silence.
fn look(texts: &str, addresses: &str, target: Option<&str>) -> DomainLook {
    let texts = match texts {
        "?" => DomainAnswer::Silence("it timed out".to_owned()),
        _ => DomainAnswer::Said(texts.split_whitespace().map(|it| challenge(it).value).collect()),
    };
    DomainLook { texts, addresses: said(addresses), target: target.map(said) }
}

fn check(texts: &str, addresses: &str, target: Option<&str>) -> String {
    let verdict =
        judge(&challenge("mine"), Some(&challenge("theirs")), &look(texts, addresses, target));
    let proven = if verdict.proven { "proven" } else { "unproven" };
    match (verdict.problem, verdict.found) {
        (None, None) => proven.to_owned(),
        (Some(problem), Some(found)) => format!("{proven}, {problem}: {found}"),
        it => panic!("a problem has words: {it:?}"),
    }
}

#[test]
fn what_answers_mean() {
    let checked = [
        check("mine", "?", None),
        check("other mine", "", None),
        check("", "?", None),
        check("a b", "?", None),
        check("a b c d e f", "?", None),
        check("?", "1.1.1.1", Some("1.1.1.1")),
        check("mine theirs", "1.1.1.1", Some("1.1.1.1")),
        check("theirs", "1.1.1.1", Some("1.1.1.1")),
        check("mine", "1.1.1.1", Some("1.1.1.1 1.1.1.2")),
        check("mine", "1.1.1.1 2.2.2.2", Some("1.1.1.1")),
        check("mine", "2.2.2.2 ::1", Some("1.1.1.1")),
        check("mine", "", Some("1.1.1.1")),
        check("mine", "?", Some("1.1.1.1")),
        check("mine", "1.1.1.1", Some("?")),
        check("mine", "1.1.1.1", Some("")),
    ];
    insta::assert_snapshot!(checked.join("\n"), @r"
    proven
    proven
    unproven, UNPROVEN: there is no TXT record _cloison-challenge.booking.example
    unproven, UNPROVEN: the TXT record _cloison-challenge.booking.example says 'cloison-verification=a', 'cloison-verification=b'
    unproven, UNPROVEN: the TXT record _cloison-challenge.booking.example says 'cloison-verification=a', 'cloison-verification=b', 'cloison-verification=c', 'cloison-verification=d' and 2 more
    unproven, UNANSWERED: the DNS did not answer for the TXT record _cloison-challenge.booking.example: it timed out
    unproven, UNPROVEN: another tenant has this domain, and its record is still there: take away the TXT record _cloison-challenge.booking.example that says cloison-verification=theirs
    unproven, UNPROVEN: the TXT record _cloison-challenge.booking.example says 'cloison-verification=theirs'
    proven
    proven, ELSEWHERE: it leads here and to 2.2.2.2, where we are not
    proven, ELSEWHERE: it leads to 2.2.2.2, ::1, and we are at 1.1.1.1
    proven, ELSEWHERE: it leads nowhere: no address stands behind the name
    proven, UNANSWERED: the DNS did not answer for where it leads: it timed out
    proven, UNANSWERED: the DNS did not answer for our own front door: it timed out
    proven, UNANSWERED: the name of our own front door stands for no address
    ");
}

#[test]
fn what_others_wrote_is_shown_short_and_harmless() {
    let texts = DomainAnswer::Said(vec![format!("\u{1b}[2J{}", "x".repeat(300))]);
    let look = DomainLook { texts, ..look("", "", None) };
    let found = judge(&challenge("mine"), None, &look).found.unwrap();
    assert!(!found.contains('\u{1b}') && found.len() < 250, "{found}");
}

/// `+` is verified, then the problem's first letter.
fn standing(text: &str) -> DomainStanding {
    let problem = match text.trim_start_matches('+') {
        "" => None,
        "?" => Some(DomainProblem::Unanswered),
        "U" => Some(DomainProblem::Unproven),
        "E" => Some(DomainProblem::Elsewhere),
        other => panic!("no problem: {other}"),
    };
    DomainStanding { verified: text.starts_with('+'), problem }
}

fn after(before: &str, proven: bool, problem: &str) -> (DomainStanding, Vec<DomainNews>) {
    let verdict = DomainVerdict { proven, problem: standing(problem).problem, found: None };
    let before = standing(before);
    let after = before.after(&verdict);
    (after, before.news(after))
}

#[test]
fn what_a_look_changes() {
    use DomainNews::{Failing, Recovered, Verified};
    for (before, proven, problem, expected, news) in [
        ("", true, "", "+", vec![Verified]),
        ("U", true, "", "+", vec![Verified]),
        // Served before it leads here: so nobody is lost when it does.
        ("U", true, "E", "+E", vec![Verified, Failing]),
        ("U", false, "U", "U", vec![]),
        ("U", true, "?", "?", vec![]),
        ("+", true, "", "+", vec![]),
        ("+", false, "?", "+?", vec![]),
        ("+?", true, "", "+", vec![]),
        ("+", false, "U", "+U", vec![Failing]),
        ("+", true, "E", "+E", vec![Failing]),
        ("+?", false, "U", "+U", vec![Failing]),
        ("+U", true, "E", "+E", vec![]),
        // What was seen is true until something else is.
        ("+E", false, "?", "+E", vec![]),
        ("+E", true, "", "+", vec![Recovered]),
    ] {
        assert_eq!(
            after(before, proven, problem),
            (standing(expected), news),
            "{before} {problem}"
        );
    }
}

fn answers() -> impl Strategy<Value = DomainLook> {
    let texts = prop_oneof![Just("?".to_owned()), "(mine |theirs |other ){0,3}"];
    let addresses = || prop_oneof![Just("?".to_owned()), r"(1\.1\.1\.1 |2\.2\.2\.2 |::1 ){0,3}"];
    (texts, addresses(), proptest::option::of(addresses()))
        .prop_map(|(texts, addresses, target)| look(&texts, &addresses, target.as_deref()))
}

proptest! {
    #[test]
    fn only_who_has_the_record_has_the_domain(look in answers(), held: bool) {
        let theirs = challenge("theirs");
        let verdict = judge(&challenge("mine"), held.then_some(&theirs), &look);
        let DomainAnswer::Said(texts) = &look.texts else {
            prop_assert_eq!(verdict.problem, Some(DomainProblem::Unanswered));
            return Ok(());
        };
        let mine = texts.contains(&challenge("mine").value);
        let contested = held && texts.contains(&theirs.value);
        prop_assert_eq!(verdict.proven, mine && !contested);
        prop_assert_eq!(verdict.problem.is_some(), verdict.found.is_some());
    }

    /// Of the two no order of looks makes both a holder: whoever is not the holder needs the other's record gone.
    #[test]
    fn two_are_never_proven_by_one_look(look in answers()) {
        let (mine, theirs) = (challenge("mine"), challenge("theirs"));
        let taken = judge(&mine, Some(&theirs), &look).proven;
        let kept = judge(&theirs, None, &look).proven;
        prop_assert!(!(taken && kept));
    }

    #[test]
    fn whoever_was_verified_stays_so(look in answers(), failing: bool) {
        let problem = failing.then_some(DomainProblem::Elsewhere);
        let before = DomainStanding { verified: true, problem };
        prop_assert!(before.after(&judge(&challenge("mine"), None, &look)).verified);
    }

    #[test]
    fn silence_verifies_nobody(look in answers()) {
        let before = DomainStanding { verified: false, problem: None };
        let verdict = judge(&challenge("mine"), None, &look);
        if verdict.problem == Some(DomainProblem::Unanswered) {
            prop_assert!(!before.after(&verdict).verified);
        }
    }
}
