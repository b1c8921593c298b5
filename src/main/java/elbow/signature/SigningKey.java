package elbow.signature;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.base.Message;
import elbow.base.Parameter;
import elbow.files.Place;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/** A private key with its certificates, which signs models. */
public final class SigningKey {
    /** Environment variable with the keystore's password. */
    public static final String PASSWORD = "ELBOW_KEYSTORE_PASSWORD";

    private final PrivateKey key;
    private final String algorithm;
    private final List<X509Certificate> certificates;

    private SigningKey(PrivateKey key, String algorithm, List<X509Certificate> certificates) {
        this.key = key;
        this.algorithm = algorithm;
        this.certificates = certificates;
    }

    /**
     * The key of a keystore, which is tried.
     *
     * @param place {@code KEYSTORE} or {@code KEYSTORE#ALIAS}; without an alias it must have one key
     * @param environment of the process, for the password
     * @throws ElbowException of category USAGE if there is no such key, or its certificate is not valid now
     */
    public static SigningKey open(String place, Map<String, String> environment, Configuration hadoop) {
        int sign = place.lastIndexOf('#');
        String uri = sign < 0 ? place : place.substring(0, sign);
        KeystoreFile file = KeystoreFile.open(Parameter.SIGN_WITH, uri, PASSWORD, environment, hadoop);
        try {
            String alias = alias(file.store(), sign < 0 ? "" : place.substring(sign + 1), uri);
            PrivateKey key = (PrivateKey) file.store().getKey(alias, file.password());
            List<X509Certificate> certificates = new ArrayList<>();
            for (Certificate certificate : file.store().getCertificateChain(alias)) {
                certificates.add((X509Certificate) certificate);
            }
            SigningKey opened = new SigningKey(key, algorithm(key, uri), certificates);
            certificates.get(0).checkValidity();
            opened.sign(new byte[0]);
            return opened;
        } catch (CertificateException e) {
            throw usage(
                    " must name a key whose certificate is valid now, but that of " + place + " is not: "
                            + Message.firstLine(e),
                    e);
        } catch (GeneralSecurityException e) {
            throw usage(" must name a key that signs, but that of " + place + " does not: " + Message.firstLine(e), e);
        }
    }

    private static String alias(KeyStore store, String given, String uri) throws GeneralSecurityException {
        List<String> keys = new ArrayList<>();
        for (String alias : Collections.list(store.aliases())) {
            if (store.entryInstanceOf(alias, KeyStore.PrivateKeyEntry.class)) {
                keys.add(alias);
            }
        }
        if (given.isEmpty() && keys.size() == 1) {
            return keys.get(0);
        }
        for (String alias : keys) {
            if (alias.equalsIgnoreCase(given)) {
                return alias;
            }
        }
        throw usage(
                " must name a key of the keystore by its alias, KEYSTORE#ALIAS, but " + uri + " has the keys " + keys
                        + " and " + (given.isEmpty() ? "none is named" : "no " + given),
                null);
    }

    private static String algorithm(PrivateKey key, String uri) {
        return switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            case "EdDSA", "Ed25519" -> "Ed25519";
            default ->
                throw usage(
                        " must name a key of RSA, EC or Ed25519, but that of " + uri + " is of " + key.getAlgorithm(),
                        null);
        };
    }

    /**
     * Signs all files that are in a model's directory now, in the place of an earlier signature.
     *
     * @return how many files these are
     */
    public int sign(Place directory) {
        SignedFiles files = SignedFiles.of(directory);
        String signedAt = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        try {
            new ModelSignature(
                            signedAt,
                            algorithm,
                            certificates,
                            files,
                            Base64.getEncoder().encodeToString(sign(files.text(signedAt))))
                    .write(directory);
        } catch (GeneralSecurityException e) {
            throw usage(" must name a key that signs, but it does not: " + Message.firstLine(e), e);
        }
        return files.digests().size();
    }

    /** Whose key it is, as its certificate says. */
    public String signer() {
        return certificates.get(0).getSubjectX500Principal().getName();
    }

    private byte[] sign(byte[] text) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(key);
        signature.update(text);
        return signature.sign();
    }

    private static ElbowException usage(String message, @Nullable Exception cause) {
        Message said = Message.of(Parameter.SIGN_WITH, message);
        return cause == null
                ? new ElbowException(ErrorCategory.USAGE, said)
                : new ElbowException(ErrorCategory.USAGE, said, cause);
    }
}
