/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.io;

import java.io.IOException;
import java.util.Hashtable;
import java.util.Vector;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.AlertLevel;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.ClientCertificateType;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.DefaultTlsServer;
import org.bouncycastle.tls.ExporterLabel;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.UseSRTPData;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.bc.BcDefaultTlsCredentialedSigner;
import org.plenum.media.core.srtp.SrtpProfile;

/**
 * What both roles of a WebRTC handshake want of it (RFC 8827 section 6.5, RFC 5764): DTLS 1.2, ephemeral keys, a certificate of
 * the other side, an SRTP profile of ours, the extended master secret (RFC 7627), without which nothing can be exported.
 */
final class DtlsRole {
    static final int TIMEOUT_MS = 15_000;
    /** First repetition of a lost flight; RFC 6347 section 4.2.4.1 says 1 s, on media paths less is usual. */
    static final int RESEND_MS = 200;

    private static final int[] SUITES = {
        CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
        CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
        CipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
        CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA // RFC 8827 section 6.5 keeps it for old clients
    };
    private static final int[] CLIENT_SUITES = {
        CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
        CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
        CipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
        CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256
    };

    /** What a finished handshake yields. */
    static final class Result {
        SrtpProfile profile;
        byte[] peerCertificate;
        byte[] keyingMaterial;
        volatile boolean peerClosed;

        private void certificate(Certificate chain) throws IOException {
            if (chain == null || chain.isEmpty()) {
                throw new TlsFatalAlert(AlertDescription.bad_certificate);
            }
            peerCertificate = chain.getCertificateAt(0).getEncoded();
        }

        private void complete(TlsContext context) {
            keyingMaterial =
                    context.exportKeyingMaterial(ExporterLabel.dtls_srtp, null, profile.keyingMaterialLength());
        }

        private void alert(short level, short description) {
            if (level == AlertLevel.fatal || description == AlertDescription.close_notify) {
                peerClosed = true;
            }
        }
    }

    private DtlsRole() {}

    private static TlsCredentialedSigner signer(DtlsIdentity identity, TlsContext context) {
        return new BcDefaultTlsCredentialedSigner(
                new TlsCryptoParameters(context),
                identity.crypto(),
                identity.privateKey(),
                identity.certificate(),
                SignatureAndHashAlgorithm.getInstance(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa));
    }

    /** The passive side, which is what we are towards every browser. */
    static final class Server extends DefaultTlsServer {
        private final DtlsIdentity identity;
        private final Result result;

        Server(DtlsIdentity identity, Result result) {
            super(identity.crypto());
            this.identity = identity;
            this.result = result;
        }

        @Override
        protected ProtocolVersion[] getSupportedVersions() {
            return ProtocolVersion.DTLSv12.only();
        }

        @Override
        protected int[] getSupportedCipherSuites() {
            return TlsUtils.getSupportedCipherSuites(getCrypto(), SUITES);
        }

        @Override
        public boolean requiresExtendedMasterSecret() {
            return true;
        }

        @Override
        public int getHandshakeTimeoutMillis() {
            return TIMEOUT_MS;
        }

        @Override
        public int getHandshakeResendTimeMillis() {
            return RESEND_MS;
        }

        @Override
        protected TlsCredentialedSigner getECDSASignerCredentials() {
            return signer(identity, context);
        }

        @Override
        public CertificateRequest getCertificateRequest() {
            Vector<SignatureAndHashAlgorithm> algorithms = new Vector<>();
            algorithms.add(SignatureAndHashAlgorithm.getInstance(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa));
            algorithms.add(SignatureAndHashAlgorithm.getInstance(HashAlgorithm.sha384, SignatureAlgorithm.ecdsa));
            algorithms.add(SignatureAndHashAlgorithm.getInstance(HashAlgorithm.sha256, SignatureAlgorithm.rsa));
            return new CertificateRequest(
                    new short[] {ClientCertificateType.ecdsa_sign, ClientCertificateType.rsa_sign}, algorithms, null);
        }

        @Override
        public void processClientExtensions(
                @SuppressWarnings("rawtypes") // of the library
                        Hashtable extensions)
                throws IOException {
            super.processClientExtensions(extensions);
            UseSRTPData offered = TlsSRTPUtils.getUseSRTPExtension(extensions);
            for (SrtpProfile ours : SrtpProfile.overDtls()) { // best first
                for (int theirs : offered == null ? new int[0] : offered.getProtectionProfiles()) {
                    if (theirs == ours.id()) {
                        result.profile = ours;
                        return;
                    }
                }
            }
            throw new TlsFatalAlert(AlertDescription.handshake_failure);
        }

        @Override
        @SuppressWarnings("unchecked") // of the library
        public Hashtable<Integer, byte[]> getServerExtensions() throws IOException {
            Hashtable<Integer, byte[]> extensions = super.getServerExtensions();
            extensions = extensions == null ? new Hashtable<>() : extensions;
            TlsSRTPUtils.addUseSRTPExtension(
                    extensions, new UseSRTPData(new int[] {result.profile.id()}, TlsUtils.EMPTY_BYTES));
            return extensions;
        }

        @Override
        public void notifyClientCertificate(Certificate chain) throws IOException {
            result.certificate(chain);
        }

        @Override
        public void notifyHandshakeComplete() throws IOException {
            super.notifyHandshakeComplete();
            result.complete(context);
        }

        @Override
        public void notifyAlertReceived(short level, short description) {
            result.alert(level, description);
        }
    }

    /** The active side, for a client that insists on being passive. */
    static final class Client extends DefaultTlsClient {
        private final DtlsIdentity identity;
        private final Result result;

        Client(DtlsIdentity identity, Result result) {
            super(identity.crypto());
            this.identity = identity;
            this.result = result;
        }

        @Override
        protected ProtocolVersion[] getSupportedVersions() {
            return ProtocolVersion.DTLSv12.only();
        }

        @Override
        protected int[] getSupportedCipherSuites() {
            return TlsUtils.getSupportedCipherSuites(getCrypto(), CLIENT_SUITES);
        }

        @Override
        public boolean requiresExtendedMasterSecret() {
            return true;
        }

        @Override
        public int getHandshakeTimeoutMillis() {
            return TIMEOUT_MS;
        }

        @Override
        public int getHandshakeResendTimeMillis() {
            return RESEND_MS;
        }

        @Override
        @SuppressWarnings("unchecked") // of the library
        public Hashtable<Integer, byte[]> getClientExtensions() throws IOException {
            Hashtable<Integer, byte[]> extensions = super.getClientExtensions();
            extensions = extensions == null ? new Hashtable<>() : extensions;
            int[] ids =
                    SrtpProfile.overDtls().stream().mapToInt(SrtpProfile::id).toArray();
            TlsSRTPUtils.addUseSRTPExtension(extensions, new UseSRTPData(ids, TlsUtils.EMPTY_BYTES));
            return extensions;
        }

        @Override
        public void processServerExtensions(
                @SuppressWarnings("rawtypes") // of the library
                        Hashtable extensions)
                throws IOException {
            super.processServerExtensions(extensions);
            UseSRTPData chosen = TlsSRTPUtils.getUseSRTPExtension(extensions);
            if (chosen != null && chosen.getProtectionProfiles().length == 1) {
                result.profile = SrtpProfile.of(chosen.getProtectionProfiles()[0]);
            }
            if (result.profile == null) {
                throw new TlsFatalAlert(AlertDescription.handshake_failure);
            }
        }

        @Override
        public TlsAuthentication getAuthentication() {
            return new TlsAuthentication() {
                @Override
                public void notifyServerCertificate(TlsServerCertificate server) throws IOException {
                    result.certificate(server.getCertificate());
                }

                @Override
                public TlsCredentials getClientCredentials(CertificateRequest request) {
                    return signer(identity, context);
                }
            };
        }

        @Override
        public void notifyHandshakeComplete() throws IOException {
            super.notifyHandshakeComplete();
            result.complete(context);
        }

        @Override
        public void notifyAlertReceived(short level, short description) {
            result.alert(level, description);
        }
    }
}
