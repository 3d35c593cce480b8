//! Everything this crate says; see `tandem_context::sentences`.

tandem_context::sentences! {
    LACKS_OWNER = "lacks_owner", "Nobody owns it";
}
