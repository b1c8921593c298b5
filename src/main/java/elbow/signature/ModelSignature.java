package elbow.signature;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import elbow.base.Check;
import elbow.base.DocumentException;
import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.base.JsonReader;
import elbow.base.Message;
import elbow.failure.StorageFailure;
import elbow.files.MarkerFiles;
import elbow.files.Place;
import elbow.files.UnfitFileException;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * {@code signature.json} of a model's directory.
 *
 * @param signedAt when it was signed, as its signer says
 * @param algorithm of the signature, as {@link Signature} names it
 * @param certificates the signer's first, then those that vouch for it
 * @param files what is signed
 * @param value the signature over {@link SignedFiles#text}, in base64
 */
record ModelSignature(
        String signedAt, String algorithm, List<X509Certificate> certificates, SignedFiles files, String value) {
    /** Name of the file. */
    static final String FILE = "signature.json";

    private static final int VERSION = 1;
    private static final long LARGEST = 16 << 20;
    private static final int MOST_CERTIFICATES = 10;

    // The others that the JDK knows are broken, or take what is not hashed.
    static final List<String> ALGORITHMS = List.of(
            "SHA256withRSA",
            "SHA384withRSA",
            "SHA512withRSA",
            "SHA256withECDSA",
            "SHA384withECDSA",
            "SHA512withECDSA",
            "Ed25519");

    ModelSignature {
        certificates = List.copyOf(certificates);
        byte[] unused = bytes(value);
        Check.document(
                !certificates.isEmpty() && certificates.size() <= MOST_CERTIFICATES,
                "certificates",
                "be 1 to " + MOST_CERTIFICATES,
                certificates.size());
        Check.document(
                ALGORITHMS.contains(algorithm), "algorithm", "be one of " + String.join(", ", ALGORITHMS), algorithm);
    }

    /** Whose key it was made by. */
    X509Certificate signer() {
        return certificates.get(0);
    }

    /** Whether the key of the signer's certificate made it, over these files. */
    boolean isGenuine() {
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initVerify(signer().getPublicKey());
            signature.update(files.text(signedAt));
            return signature.verify(bytes(value));
        } catch (GeneralSecurityException e) {
            // A key of another kind, or a value that is no signature.
            return false;
        }
    }

    /** The signature of a directory; empty if it has none. */
    static Optional<ModelSignature> of(Place directory) {
        Place place = directory.child(FILE);
        try {
            String text = new String(place.read(LARGEST), StandardCharsets.UTF_8);
            return Optional.of(JsonReader.read(FILE, text, ModelSignature::read));
        } catch (FileNotFoundException e) {
            return Optional.empty();
        } catch (DocumentException e) {
            throw new ElbowException(
                    ErrorCategory.MODEL,
                    place + " is no signature that Elbow has written: " + e.getMessage() + ": sign the model again",
                    e);
        } catch (UnfitFileException e) {
            throw new ElbowException(ErrorCategory.MODEL, Message.firstLine(e), e);
        } catch (IOException e) {
            throw StorageFailure.of("read " + place, e);
        }
    }

    /** Writes it to a directory, in the place of one that is there; readers see the one or the other. */
    void write(Place directory) {
        ObjectNode json = JsonReader.newObject();
        json.put("version", VERSION);
        json.put("signedAt", signedAt);
        json.put("algorithm", algorithm);
        ArrayNode chain = json.putArray("certificates");
        for (X509Certificate certificate : certificates) {
            chain.add(Base64.getEncoder().encodeToString(encoded(certificate)));
        }
        ObjectNode digests = json.putObject("files");
        files.digests().forEach(digests::put);
        json.put("signature", value);
        new MarkerFiles(directory).replace(FILE, JsonReader.pretty(json));
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ModelSignature read(JsonReader json) {
        int version = json.integer("version");
        Check.document(version == VERSION, "version", "be " + VERSION + ", which this build knows", version);
        List<X509Certificate> chain = new ArrayList<>();
        for (String text : json.texts("certificates")) {
            chain.add(certificate(text));
        }
        ModelSignature signature = new ModelSignature(
                json.text("signedAt"),
                json.text("algorithm"),
                chain,
                new SignedFiles(new TreeMap<>(json.textMap("files"))),
                json.text("signature"));
        json.end();
        return signature;
    }

    private static X509Certificate certificate(String text) {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(bytes(text)));
        } catch (CertificateException e) {
            throw new DocumentException("certificates must be X.509 in base64, but: " + Message.firstLine(e), e);
        }
    }

    private static byte[] bytes(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new DocumentException("signature and certificates must be base64, but are not", e);
        }
    }
}
