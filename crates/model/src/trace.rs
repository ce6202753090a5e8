//! Who caused what, across processes: the ids of W3C Trace Context, and its header `traceparent`.
//!
//! Deliberately absent: `tracestate`, which is other vendors' and which nothing here sends on.

use std::fmt;
use std::str::FromStr;

/// All that one cause has led to. Invariant: not all zeros.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TraceId([u8; 16]);

/// One piece of that work. Invariant: not all zeros.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SpanId([u8; 8]);

/// One span of one trace, as the next one down is told of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TraceParent {
    pub trace: TraceId,
    pub span: SpanId,
    /// Whoever is above may have recorded it. Who says no is not to be asked for more.
    pub is_sampled: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("it is not a traceparent")]
pub struct NotATraceParent;

impl TraceId {
    /// Nothing for all zeros.
    pub fn new(bytes: [u8; 16]) -> Option<Self> {
        (bytes != [0; 16]).then_some(Self(bytes))
    }

    pub fn bytes(self) -> [u8; 16] {
        self.0
    }

    /// Whether this share of all traces, 0 to 1, has it. Every process that asks for the same share gets the same answer.
    pub fn is_among(self, share: f64) -> bool {
        // The last seven bytes are random wherever the id is from: W3C Trace Context, level 2. So many bits fit a float.
        let dice = u64::from_be_bytes(*self.0.last_chunk().expect("it has 16 bytes"));
        let dice = (dice & 0x00ff_ffff_ffff_ffff) >> 3;
        #[expect(clippy::cast_precision_loss, reason = "it has 53 bits")]
        let dice = dice as f64 / (1_u64 << 53) as f64;
        dice < share
    }
}

impl SpanId {
    /// Nothing for all zeros.
    pub fn new(bytes: [u8; 8]) -> Option<Self> {
        (bytes != [0; 8]).then_some(Self(bytes))
    }

    pub fn bytes(self) -> [u8; 8] {
        self.0
    }

    /// From random bytes. All zeros, which never come, are another id.
    pub fn of_dice(dice: [u8; 8]) -> Self {
        Self::new(dice).unwrap_or(Self([1; 8]))
    }
}

impl TraceParent {
    /// The first span of a new trace, from random bytes.
    pub fn begin(trace: [u8; 16], span: [u8; 8]) -> Self {
        let trace = TraceId::new(trace).unwrap_or(TraceId([1; 16]));
        Self { trace, span: SpanId::of_dice(span), is_sampled: true }
    }

    /// A span below this one.
    #[must_use]
    pub fn child(self, span: [u8; 8]) -> Self {
        Self { span: SpanId::of_dice(span), ..self }
    }
}

/// Strictly as the specification has it, section 3.2: lower case, each part in its length. A later version may have more behind
/// another dash; version `ff` is none.
impl FromStr for TraceParent {
    type Err = NotATraceParent;

    fn from_str(text: &str) -> Result<Self, NotATraceParent> {
        let mut parts = text.splitn(5, '-');
        let mut part = || parts.next().unwrap_or_default();
        let (version, trace, span, flags) = (part(), part(), part(), part());
        let [version] = bytes(version).ok_or(NotATraceParent)?;
        let is_longer = parts.next().is_some();
        if version == 0xff || (version == 0 && is_longer) {
            return Err(NotATraceParent);
        }
        let [flags] = bytes(flags).ok_or(NotATraceParent)?;
        Ok(Self {
            trace: bytes(trace).and_then(TraceId::new).ok_or(NotATraceParent)?,
            span: bytes(span).and_then(SpanId::new).ok_or(NotATraceParent)?,
            // Whatever a later version means by the other bits.
            is_sampled: flags & 1 == 1,
        })
    }
}

fn bytes<const N: usize>(text: &str) -> Option<[u8; N]> {
    let text = text.as_bytes();
    if text.len() != 2 * N {
        return None;
    }
    let mut bytes = [0; N];
    for (byte, pair) in bytes.iter_mut().zip(text.chunks_exact(2)) {
        *byte = digit(pair[0])? << 4 | digit(pair[1])?;
    }
    Some(bytes)
}

fn digit(it: u8) -> Option<u8> {
    match it {
        b'0'..=b'9' => Some(it - b'0'),
        b'a'..=b'f' => Some(it - b'a' + 10),
        _ => None,
    }
}

impl fmt::Display for TraceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", u128::from_be_bytes(self.0))
    }
}

impl fmt::Display for SpanId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", u64::from_be_bytes(self.0))
    }
}

/// As a header's value, in version 00.
impl fmt::Display for TraceParent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "00-{}-{}-{:02x}", self.trace, self.span, u8::from(self.is_sampled))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";
    const SPAN: &str = "00f067aa0ba902b7";

    /// What is understood of a header, or nothing.
    fn check(header: &str) -> Option<String> {
        header.parse::<TraceParent>().ok().map(|it| it.to_string())
    }

    #[test]
    fn what_the_specification_allows() {
        for (header, flags) in [
            (format!("00-{TRACE}-{SPAN}-01"), "01"),
            (format!("00-{TRACE}-{SPAN}-00"), "00"),
            // Bits that are not ours to understand.
            (format!("00-{TRACE}-{SPAN}-ff"), "01"),
            (format!("00-{TRACE}-{SPAN}-02"), "00"),
            // Later versions, of which the beginning is known.
            (format!("01-{TRACE}-{SPAN}-01"), "01"),
            (format!("cc-{TRACE}-{SPAN}-01-what-will-be"), "01"),
            (format!("cc-{TRACE}-{SPAN}-01-"), "01"),
        ] {
            assert_eq!(check(&header), Some(format!("00-{TRACE}-{SPAN}-{flags}")), "{header}");
        }
    }

    #[test]
    fn what_it_forbids() {
        for header in [
            String::new(),
            "-".to_owned(),
            "00".to_owned(),
            TRACE.to_owned(),
            format!("ff-{TRACE}-{SPAN}-01"),
            format!("0-{TRACE}-{SPAN}-01"),
            format!("000-{TRACE}-{SPAN}-01"),
            format!("0g-{TRACE}-{SPAN}-01"),
            format!("00-{}-{SPAN}-01", TRACE.to_uppercase()),
            format!("00-{TRACE}-{}-01", SPAN.to_uppercase()),
            format!("00-{TRACE}-{SPAN}-0A"),
            format!("00-{TRACE}-{SPAN}-1"),
            format!("00-{TRACE}-{SPAN}-001"),
            format!("00-{TRACE}-{SPAN}"),
            format!("00-{TRACE}-{SPAN}-"),
            format!("00-{TRACE}-{SPAN}-01-"),
            format!("00-{TRACE}-{SPAN}-01-more"),
            format!("cc-{TRACE}-{SPAN}-01.more"),
            format!("00-{}-{SPAN}-01", "0".repeat(32)),
            format!("00-{TRACE}-{}-01", "0".repeat(16)),
            format!("00-{}-{SPAN}-01", &TRACE[1..]),
            format!("00-{TRACE}0-{SPAN}-01"),
            format!("00-{TRACE}-{}-01", &SPAN[1..]),
            format!(" 00-{TRACE}-{SPAN}-01"),
            format!("00-{TRACE}-{SPAN}-01 "),
            format!("00_{TRACE}_{SPAN}_01"),
            format!("00-{TRACE}-é{}-01", &SPAN[2..]),
        ] {
            assert_eq!(check(&header), None, "{header}");
        }
    }

    #[test]
    fn zeros_are_no_ids() {
        let begun = TraceParent::begin([0; 16], [0; 8]);
        assert_eq!(check(&begun.to_string()), Some(begun.to_string()));
    }

    #[test]
    fn a_share_of_all_traces() {
        let id = |last: u8| TraceId::new([7, 7, 7, 7, 7, 7, 7, 7, 7, last, 0, 0, 0, 0, 0, 0]);
        let at = |last, share| id(last).unwrap().is_among(share);
        assert!(at(0x3f, 0.25) && !at(0x40, 0.25));
        assert!(at(0xff, 1.0) && !at(0, 0.0));
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(trace: [u8; 16], span: [u8; 8], below: [u8; 8], is_sampled: bool) {
            let parent = TraceParent { is_sampled, ..TraceParent::begin(trace, span) };
            prop_assert_eq!(parent.to_string().parse(), Ok(parent));
            let child = parent.child(below);
            prop_assert_eq!((child.trace, child.is_sampled), (parent.trace, is_sampled));
            prop_assert_eq!(child.to_string().parse(), Ok(child));
        }

        #[test]
        fn anything_is_read_without_harm_and_only_as_what_it_says(text in ".{0,70}") {
            if let Ok(parent) = text.parse::<TraceParent>() {
                prop_assert!(text[2..].starts_with(&parent.to_string()[2..53]));
            }
        }

        #[test]
        fn one_wrong_byte_is_seen(at in 0..55_usize, byte in 0x20_u8..0x7f) {
            let good = format!("00-{TRACE}-{SPAN}-01");
            let mut bytes = good.clone().into_bytes();
            bytes[at] = byte;
            let text = String::from_utf8(bytes).unwrap();
            let is_digit = byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
            let is_dash = [2, 35, 52].contains(&at);
            let is_allowed = if is_dash { byte == b'-' } else { is_digit };
            // Version ff: two bytes would have to change.
            prop_assert_eq!(text.parse::<TraceParent>().is_ok(), is_allowed, "{}", text);
        }

        #[test]
        fn shares_are_shares(share in 0.0..=1.0_f64, ids in proptest::collection::vec(any::<[u8; 16]>(), 2_000)) {
            let taken = ids.iter().filter_map(|it| TraceId::new(*it)).filter(|it| it.is_among(share)).count();
            let expected = share * 2_000.0;
            prop_assert!((f64::from(u32::try_from(taken).unwrap()) - expected).abs() < 150.0, "{} of {}", taken, expected);
        }
    }
}
