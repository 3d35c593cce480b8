//! Everything this crate says, wherever it says it; see `tandem_context::sentences`.

use tandem_context::Sentence;

/// The sentences of every part.
pub fn all() -> Vec<Sentence> {
    [
        crate::rules::sentences::SENTENCES,
        crate::gate::sentences::SENTENCES,
        crate::routing::sentences::SENTENCES,
        crate::claims::sentences::SENTENCES,
        crate::warnings::sentences::SENTENCES,
        crate::forgotten::sentences::SENTENCES,
        crate::queue::sentences::SENTENCES,
    ]
    .concat()
}
