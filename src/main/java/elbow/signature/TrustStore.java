package elbow.signature;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.base.Message;
import elbow.base.Parameter;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;

/** The certificates of those whose signatures count: their own, or those of authorities that vouch for them. */
final class TrustStore {
    /** Environment variable with the trust store's password. */
    static final String PASSWORD = "ELBOW_TRUSTSTORE_PASSWORD";

    private static final int DIGITAL_SIGNATURE = 0;

    private final String uri;
    private final Set<X509Certificate> trusted;

    private TrustStore(String uri, Set<X509Certificate> trusted) {
        this.uri = uri;
        this.trusted = trusted;
    }

    /** @throws ElbowException of category USAGE if there is none, or it has no certificate */
    static TrustStore open(String uri, Map<String, String> environment, Configuration hadoop) {
        KeyStore store = KeystoreFile.open(Parameter.REQUIRE_SIGNATURE, uri, PASSWORD, environment, hadoop)
                .store();
        Set<X509Certificate> trusted = new HashSet<>();
        try {
            for (String alias : Collections.list(store.aliases())) {
                if (store.isCertificateEntry(alias) && store.getCertificate(alias) instanceof X509Certificate trust) {
                    trusted.add(trust);
                }
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        if (trusted.isEmpty()) {
            throw new ElbowException(
                    ErrorCategory.USAGE,
                    Message.of(
                            Parameter.REQUIRE_SIGNATURE,
                            " must name a store with certificates to trust, but " + uri
                                    + " has none (that of one's own key is no such entry: export it, and import it)"));
        }
        return new TrustStore(uri, trusted);
    }

    /** Why a signature's certificate does not count now; empty if it does. */
    Optional<String> fault(List<X509Certificate> certificates) {
        X509Certificate signer = certificates.get(0);
        boolean[] usage = signer.getKeyUsage();
        if (usage != null && !usage[DIGITAL_SIGNATURE]) {
            return Optional.of("its certificate is not for signatures");
        }
        try {
            signer.checkValidity();
            if (!trusted.contains(signer)) {
                validate(certificates);
            }
            return Optional.empty();
        } catch (CertificateException e) {
            return Optional.of("its certificate is not valid now (" + Message.firstLine(e)
                    + "): sign the model again, with one that is");
        } catch (GeneralSecurityException e) {
            return Optional.of("its certificate is none that " + uri + " trusts (" + Message.firstLine(e) + ")");
        }
    }

    private void validate(List<X509Certificate> certificates) throws GeneralSecurityException {
        Set<TrustAnchor> anchors = new HashSet<>();
        trusted.forEach(certificate -> anchors.add(new TrustAnchor(certificate, null)));
        PKIXParameters parameters = new PKIXParameters(anchors);
        // Who revokes a key takes its certificate out of the store; nothing is asked on the network.
        parameters.setRevocationEnabled(false);
        List<X509Certificate> path = certificates.stream()
                .takeWhile(certificate -> !trusted.contains(certificate))
                .toList();
        CertPathValidator.getInstance("PKIX")
                .validate(CertificateFactory.getInstance("X.509").generateCertPath(path), parameters);
    }

    @Override
    public String toString() {
        return uri;
    }
}
