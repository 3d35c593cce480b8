//! CBOR in and out, with the two rules every message of ours obeys: nothing may follow it, and writing to memory succeeds.

use minicbor::{Decode, Encode};

use crate::error::{Error, Result};

pub(crate) fn to_bytes<T: Encode<()>>(value: &T) -> Vec<u8> {
    let mut out = Vec::new();
    // Writing to a Vec is infallible, and so are our Encode implementations.
    let _ = minicbor::encode(value, &mut out);
    out
}

/// Decodes exactly one value; trailing bytes are damage.
pub(crate) fn from_bytes<'b, T: Decode<'b, ()>>(what: &'static str, bytes: &'b [u8]) -> Result<T> {
    let mut decoder = minicbor::Decoder::new(bytes);
    let value = decoder.decode().map_err(|e| Error::damaged(what, e))?;
    if decoder.position() != bytes.len() {
        return Err(Error::damaged(what, "something follows its end"));
    }
    Ok(value)
}
