//! TLS towards a relay that stands behind a proxy: which authorities are believed.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use rustls::{ClientConfig, RootCertStore};
use tokio_tungstenite::Connector;

/// Names a file of certificates (PEM) that are believed besides the public authorities: for a relay whose certificate an
/// authority of one's own has signed.
const EXTRA_ROOTS: &str = "TANDEM_RELAY_ROOTS";

/// What [`EXTRA_ROOTS`] names.
pub(crate) fn extra_roots() -> Option<PathBuf> {
    std::env::var_os(EXTRA_ROOTS).filter(|path| !path.is_empty()).map(PathBuf::from)
}

/// How to connect to a `wss://` address; a `ws://` one does not need it. Believes the public authorities, and those in `extra`.
///
/// # Errors
/// In words, when `extra` cannot be read.
pub(crate) fn connector(extra: Option<&Path>) -> Result<Connector, String> {
    let mut roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    if let Some(path) = extra {
        let unusable = |error: &dyn std::fmt::Display| {
            format!("the certificates in {}, which {EXTRA_ROOTS} names, cannot be used: {error}", path.display())
        };
        for certificate in CertificateDer::pem_file_iter(path).map_err(|error| unusable(&error))? {
            let certificate = certificate.map_err(|error| unusable(&error))?;
            roots.add(certificate).map_err(|error| unusable(&error))?;
        }
    }
    // Named here: there is no provider of cryptography that the whole process shares.
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| format!("no secure connection can be made: {error}"))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(Connector::Rustls(Arc::new(config)))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::time::Duration;

    use futures_util::StreamExt as _;
    use rustls::ServerConfig;
    use rustls::pki_types::PrivateKeyDer;
    use tandem_sync::wire::ServerMessage;
    use tokio::net::{TcpListener, TcpStream};
    use tokio_rustls::TlsAcceptor;
    use tokio_tungstenite::connect_async_tls_with_config;

    use super::*;

    const PATIENCE: Duration = Duration::from_secs(20);

    fn beside(name: &str) -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("src/tls").join(name)
    }

    /// A relay behind a proxy with TLS, as in production; the proxy's port.
    async fn relay_behind_proxy(folder: &Path) -> u16 {
        let relay = tandem_relay::Config::new(folder, ([127, 0, 0, 1], 0).into());
        let relay = tandem_relay::serve(relay).await.unwrap();
        let chain = CertificateDer::pem_file_iter(beside("test-relay.pem")).unwrap().collect::<Result<_, _>>().unwrap();
        let key = PrivateKeyDer::from_pem_file(beside("test-relay-key.pem")).unwrap();
        let config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(chain, key)
            .unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        tokio::spawn(async move {
            let acceptor = TlsAcceptor::from(Arc::new(config));
            while let Ok((stream, _)) = listener.accept().await {
                let (acceptor, addr) = (acceptor.clone(), relay.addr());
                tokio::spawn(async move {
                    if let Ok(mut outer) = acceptor.accept(stream).await {
                        let mut inner = TcpStream::connect(addr).await.unwrap();
                        let _ = tokio::io::copy_bidirectional(&mut outer, &mut inner).await;
                    }
                });
            }
        });
        port
    }

    #[tokio::test]
    async fn a_relay_behind_tls_is_reached_when_its_authority_is_believed_and_not_otherwise() {
        let folder = tempfile::tempdir().unwrap();
        let port = relay_behind_proxy(folder.path()).await;
        let url = format!("wss://localhost:{port}");
        let believed = connector(Some(&beside("test-authority.pem"))).unwrap();
        let connecting = connect_async_tls_with_config(&url, None, true, Some(believed));
        let (mut socket, _) = tokio::time::timeout(PATIENCE, connecting).await.unwrap().unwrap();
        let first = tokio::time::timeout(PATIENCE, socket.next()).await.unwrap().unwrap().unwrap();
        assert!(matches!(ServerMessage::decode(&first.into_data()), Ok(ServerMessage::Challenge { .. })));

        let public = connector(None).unwrap();
        let connecting = connect_async_tls_with_config(&url, None, true, Some(public));
        let refused = tokio::time::timeout(PATIENCE, connecting).await.unwrap().err().unwrap();
        assert!(refused.to_string().contains("certificate"), "{refused}");
    }

    #[test]
    fn a_file_without_certificates_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("missing.pem");
        assert!(connector(Some(&path)).err().unwrap().contains("missing.pem"));
    }
}
