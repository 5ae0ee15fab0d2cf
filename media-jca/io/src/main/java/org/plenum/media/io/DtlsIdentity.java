/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.io;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.generators.ECKeyPairGenerator;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECKeyGenerationParameters;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.bouncycastle.operator.DefaultDigestAlgorithmIdentifierFinder;
import org.bouncycastle.operator.DefaultSignatureAlgorithmIdentifierFinder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.bc.BcECContentSignerBuilder;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCertificate;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.plenum.media.core.dtls.Fingerprint;

/**
 * The engine's certificate: ECDSA on P-256, self-signed, new at every start (RFC 8827 section 6.5). Its fingerprint travels in
 * signaling, so nobody has to trust an issuer. Immutable.
 */
final class DtlsIdentity {
    private static final Duration LIFE = Duration.ofDays(365);

    private final BcTlsCrypto crypto;
    private final Certificate certificate;
    private final AsymmetricKeyParameter privateKey;
    private final byte[] der;

    private DtlsIdentity(BcTlsCrypto crypto, AsymmetricKeyParameter privateKey, byte[] der) throws IOException {
        this.crypto = crypto;
        this.privateKey = privateKey;
        this.der = der;
        this.certificate = new Certificate(new TlsCertificate[] {new BcTlsCertificate(crypto, der)});
    }

    /**
     * On a thread of its own: BouncyCastle leaves values on the thread that first loads it (CryptoServicesRegistrar), and on one of
     * the server's they would keep the whole application in memory after its end.
     */
    static DtlsIdentity generate(SecureRandom random, Instant now) throws IOException {
        FutureTask<DtlsIdentity> task = new FutureTask<>(() -> create(random, now));
        new Thread(task, "plenum-media-identity").start();
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw new IOException("no certificate for DTLS", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }

    private static DtlsIdentity create(SecureRandom random, Instant now) throws IOException, OperatorCreationException {
        ECKeyPairGenerator generator = new ECKeyPairGenerator();
        generator.init(new ECKeyGenerationParameters(
                new ECNamedDomainParameters(
                        SECObjectIdentifiers.secp256r1, ECNamedCurveTable.getByOID(SECObjectIdentifiers.secp256r1)),
                random));
        AsymmetricCipherKeyPair keys = generator.generateKeyPair();
        X500Name nobody = new X500Name("CN=plenum");
        X509v3CertificateBuilder builder = new X509v3CertificateBuilder(
                nobody,
                new BigInteger(64, random).add(BigInteger.ONE),
                Date.from(now.minus(Duration.ofDays(1))), // clocks of clients differ
                Date.from(now.plus(LIFE)),
                nobody,
                SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(keys.getPublic()));
        AlgorithmIdentifier signature = new DefaultSignatureAlgorithmIdentifierFinder().find("SHA256withECDSA");
        AlgorithmIdentifier digest = new DefaultDigestAlgorithmIdentifierFinder().find(signature);
        byte[] der = builder.build(new BcECContentSignerBuilder(signature, digest).build(keys.getPrivate()))
                .getEncoded();
        return new DtlsIdentity(new BcTlsCrypto(random), keys.getPrivate(), der);
    }

    BcTlsCrypto crypto() {
        return crypto;
    }

    Certificate certificate() {
        return certificate;
    }

    AsymmetricKeyParameter privateKey() {
        return privateKey;
    }

    Fingerprint fingerprint() {
        return Fingerprint.sha256(der);
    }
}
