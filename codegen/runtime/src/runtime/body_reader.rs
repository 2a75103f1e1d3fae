//! Reads the bodies of responses.

use bytes::Bytes;

use super::body::Body;
use super::error::{TransportError, TransportErrorKind};

/// Reads a body up to a limit.
#[derive(Default)]
pub struct BodyReader {
    /// The first piece. Most bodies have only one.
    first: Bytes,
    all: Vec<u8>,
}

impl BodyReader {
    /// Reads a body to its end.
    pub async fn read(
        &mut self,
        body: &mut Body,
        announced: Option<usize>,
        limit: usize,
    ) -> Result<(), TransportError> {
        // The announced length alone reserves no more memory than this.
        const TRUSTED: usize = 1024 * 1024;
        let too_large = || {
            let message = format!("its body is longer than {limit} bytes; `max_response_bytes` sets this limit");
            TransportError::new(TransportErrorKind::TooLarge, message)
        };
        if announced.is_some_and(|length| length > limit) {
            return Err(too_large());
        }
        while let Some(piece) = body.next().await {
            let piece = piece?;
            if self.len() + piece.len() > limit {
                return Err(too_large());
            }
            if self.len() == 0 {
                self.first = piece;
            } else {
                if self.all.is_empty() {
                    self.all.reserve(announced.unwrap_or_default().min(TRUSTED).max(self.first.len() + piece.len()));
                    self.all.extend_from_slice(&self.first);
                }
                self.all.extend_from_slice(&piece);
            }
        }
        Ok(())
    }

    fn len(&self) -> usize {
        self.first.len().max(self.all.len())
    }

    /// Returns the bytes that were read.
    pub fn into_bytes(self) -> Bytes {
        if self.all.is_empty() { self.first } else { Bytes::from(self.all) }
    }
}
