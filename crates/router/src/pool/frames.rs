//! Walks along the messages of the PostgreSQL protocol without reading them.
//!
//! A message is a kind (one byte), a length (four, counting themselves) and a body. Only the kind
//! and the body's first byte are of interest; input comes in pieces of any size.

/// Where in a message the last piece ended.
#[derive(Debug)]
pub(crate) struct Frames {
    head: [u8; HEAD],
    /// How much of the head is there.
    filled: usize,
    /// How much of the body is still to come, once the head is whole.
    left: usize,
    /// Whether the body's first byte is still to come.
    fresh: bool,
}

const HEAD: usize = 5;

impl Frames {
    /// What a server sends.
    pub(crate) fn from_server() -> Self {
        Self { head: [0; HEAD], filled: 0, left: 0, fresh: false }
    }

    /// What a client sends: its first message, the start-up, has no kind.
    pub(crate) fn from_client() -> Self {
        Self { filled: 1, ..Self::from_server() }
    }

    /// Reads on, and names each message's kind and its body's first byte, if it has one.
    pub(crate) fn read(&mut self, mut bytes: &[u8], mut message: impl FnMut(u8, Option<u8>)) {
        while !bytes.is_empty() {
            if self.filled < HEAD {
                let taken = bytes.len().min(HEAD - self.filled);
                self.head[self.filled..self.filled + taken].copy_from_slice(&bytes[..taken]);
                self.filled += taken;
                bytes = &bytes[taken..];
                if self.filled == HEAD {
                    self.start_body(&mut message);
                }
                continue;
            }
            if self.fresh {
                self.fresh = false;
                message(self.head[0], Some(bytes[0]));
            }
            let taken = bytes.len().min(self.left);
            self.left -= taken;
            bytes = &bytes[taken..];
            if self.left == 0 {
                self.filled = 0;
            }
        }
    }

    fn start_body(&mut self, message: &mut impl FnMut(u8, Option<u8>)) {
        let [kind, length @ ..] = self.head;
        let length = u32::from_be_bytes(length) as usize;
        // The length counts its own four bytes; a smaller one is no message, and the driver will
        // say so.
        self.left = length.saturating_sub(HEAD - 1);
        self.fresh = self.left > 0;
        if self.left == 0 {
            self.filled = 0;
            message(kind, None);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn however_the_bytes_are_cut_the_messages_are_the_same(
            messages in proptest::collection::vec((any::<u8>(), proptest::collection::vec(any::<u8>(), 0..20)), 0..20),
            cut in 1_usize..40,
            starts_up in any::<bool>(),
        ) {
            let mut bytes = Vec::new();
            let mut frames = Frames::from_server();
            let mut expected = Vec::new();
            if starts_up {
                frames = Frames::from_client();
                bytes.extend([0, 0, 0, 6, 9, 9]);
                expected.push((0, Some(9)));
            }
            for (kind, body) in &messages {
                bytes.push(*kind);
                bytes.extend((4 + u32::try_from(body.len()).unwrap()).to_be_bytes());
                bytes.extend(body);
                expected.push((*kind, body.first().copied()));
            }
            let mut read = Vec::new();
            for piece in bytes.chunks(cut) {
                frames.read(piece, |kind, first| read.push((kind, first)));
            }
            prop_assert_eq!(read, expected);
        }
    }
}
