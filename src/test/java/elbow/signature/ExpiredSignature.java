package elbow.signature;

import elbow.files.Place;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;

/** A signature as somebody makes it whose certificate is not valid any more. */
final class ExpiredSignature {
    private ExpiredSignature() {}

    /** The text of the file. */
    static String of(Path keystore, Place model) throws IOException {
        try (InputStream stream = Files.newInputStream(keystore)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(stream, Keystores.PASSWORD.toCharArray());
            SignedFiles files = SignedFiles.of(model);
            String signedAt = "2026-01-01T00:00:00Z";
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign((PrivateKey) store.getKey("expired", Keystores.PASSWORD.toCharArray()));
            signature.update(files.text(signedAt));
            new ModelSignature(
                            signedAt,
                            "SHA256withECDSA",
                            List.of((X509Certificate) store.getCertificate("expired")),
                            files,
                            Base64.getEncoder().encodeToString(signature.sign()))
                    .write(model);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        return new String(model.child(ModelSignature.FILE).read(), java.nio.charset.StandardCharsets.UTF_8);
    }
}
