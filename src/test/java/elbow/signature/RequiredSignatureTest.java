package elbow.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import elbow.base.Digests;
import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.fault.Fault;
import elbow.files.Place;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a required signature holds against. */
class RequiredSignatureTest {
    private static final Map<String, String> ENVIRONMENT =
            Map.of(SigningKey.PASSWORD, Keystores.PASSWORD, TrustStore.PASSWORD, Keystores.PASSWORD);

    @TempDir
    private static Path keys;

    private static Path trust = Path.of("");

    @TempDir
    private Path model;

    private final Configuration hadoop = new Configuration();

    @BeforeAll
    static void keystores() throws IOException {
        Keystores keystores = new Keystores(keys);
        keystores.key("signer");
        keystores.key("stranger");
        keystores.key("expired", "-startdate", "-10d", "-validity", "1");
        keystores.key("rsa", "-keyalg", "RSA");
        keystores.trust("trust", "signer");
        keystores.trust("trust", "rsa");
        trust = keystores.trust("trust", "expired");
    }

    @BeforeEach
    void aSignedModel() throws IOException {
        write("manifest.json", "manifest");
        write("network.zip", "network");
        write("metadata/part-00000", "metadata");
        sign("signer");
        hadoop.set(RequiredSignature.KEY, trust.toString());
    }

    private void write(String name, String content) throws IOException {
        Files.createDirectories(model.resolve(name).getParent());
        Files.writeString(model.resolve(name), content);
    }

    private Place place() {
        return Place.of("model", model.toString(), ErrorCategory.MODEL, hadoop);
    }

    private void sign(String key) {
        SigningKey.open(keys.resolve(key + ".p12").toString(), ENVIRONMENT, hadoop)
                .sign(place());
    }

    private RequiredSignature.Verified verify() {
        return RequiredSignature.of(hadoop).verify(place(), ENVIRONMENT);
    }

    private AbstractThrowableAssert<?, ?> assertRefused() {
        return assertThatThrownBy(this::verify)
                .isInstanceOfSatisfying(
                        ElbowException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.MODEL))
                .hasMessageStartingWith("the model in file:" + model + " must have a signature that is trusted, but ");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void aSignedModelIsTakenWithTheBytesThatWereSigned() {
        RequiredSignature.Verified verified = verify();
        assertThatCode(() -> verified.require("network.zip", bytes("network"))).doesNotThrowAnyException();
        assertThatThrownBy(() -> verified.require("network.zip", bytes("netwerk")))
                .hasMessageContaining("network.zip is not what was signed");
        assertThatThrownBy(() -> verified.require("calibration-1.json", bytes("x")))
                .hasMessageContaining("calibration-1.json is not what was signed");
    }

    @Test
    void keysOfRsaSignToo() {
        sign("rsa");
        assertThatCode(this::verify).doesNotThrowAnyException();
    }

    @Test
    @Fault(
            section = Fault.Section.STRANGERS,
            fault = "a signed model with a file changed, added, or taken away",
            promised = "refused (4)")
    void aChangedFileBesideIsRefused() throws IOException {
        write("metadata/part-00000", "metadato");
        assertRefused().hasMessageContaining("metadata/part-00000 was changed since");
    }

    @Test
    void aMissingSignatureIsRefused() throws IOException {
        Files.delete(model.resolve("signature.json"));
        assertRefused().hasMessageContaining("has none: sign it with SigningKey.sign");
    }

    @Test
    @Fault(
            section = Fault.Section.STRANGERS,
            fault = "a signed model with a file changed, added, or taken away",
            promised = "refused (4)")
    void anAddedFileIsRefused() throws IOException {
        write("calibration-20261130T000000000Z-0123456789abcdef.json", "{}");
        assertRefused().hasMessageContaining("does not cover calibration-20261130T000000000Z-0123456789abcdef.json");
        sign("signer");
        assertThatCode(this::verify).doesNotThrowAnyException();
    }

    @Test
    @Fault(
            section = Fault.Section.STRANGERS,
            fault = "a signed model with a file changed, added, or taken away",
            promised = "refused (4)")
    void aRemovedFileIsRefused() throws IOException {
        Files.delete(model.resolve("network.zip"));
        assertRefused().hasMessageContaining("over network.zip, which is not there");
    }

    @Test
    void theSignatureOfAnotherModelIsRefused(@TempDir Path other) throws IOException {
        Files.writeString(other.resolve("manifest.json"), "manifest");
        Files.writeString(other.resolve("network.zip"), "another");
        Place place = Place.of("model", other.toString(), ErrorCategory.MODEL, hadoop);
        SigningKey.open(keys.resolve("signer.p12").toString(), ENVIRONMENT, hadoop)
                .sign(place);
        Files.delete(model.resolve("metadata/part-00000"));
        Files.copy(
                other.resolve("signature.json"), model.resolve("signature.json"), StandardCopyOption.REPLACE_EXISTING);

        // The names are the same; the content is compared when it is read.
        RequiredSignature.Verified verified = verify();
        assertThatThrownBy(() -> verified.require("network.zip", bytes("network")))
                .hasMessageContaining("network.zip is not what was signed");
    }

    @Test
    void anEditedListIsRefused() throws IOException {
        String text = Files.readString(model.resolve("signature.json"));
        String digest = Digests.sha256(bytes("network"));
        write("signature.json", text.replace(digest, Digests.sha256(bytes("netwerk"))));
        assertRefused().hasMessageContaining("that its key did not make");
    }

    @Test
    void aKeyThatNobodyTrustsIsRefused() {
        sign("stranger");
        assertRefused().hasMessageContaining("has one of CN=stranger").hasMessageContaining("none that ");
    }

    @Test
    void anExpiredCertificateIsRefused() throws IOException {
        assertThatThrownBy(() -> sign("expired"))
                .isInstanceOf(ElbowException.class)
                .hasMessageContaining("whose certificate is valid now");
        Path signature = model.resolve("signature.json");
        Files.writeString(signature, ExpiredSignature.of(keys.resolve("expired.p12"), place()));
        assertRefused().hasMessageContaining("is not valid now");
    }

    @Test
    void everyStoreMustTrust() throws IOException {
        Keystores keystores = new Keystores(keys);
        Path other = keystores.trust("others", "stranger");
        hadoop.set(RequiredSignature.KEY, trust + "," + other);
        assertRefused().hasMessageContaining("none that " + other + " trusts");
    }

    @Test
    void nothingIsAskedForUnlessItIsSet() throws IOException {
        hadoop.unset(RequiredSignature.KEY);
        Files.delete(model.resolve("signature.json"));
        assertThatCode(() -> verify().require("network.zip", bytes("x"))).doesNotThrowAnyException();
    }

    @Test
    void aWrongPasswordIsNotShown() {
        Map<String, String> wrong = Map.of(SigningKey.PASSWORD, "hunter2");
        assertThatThrownBy(() -> SigningKey.open(keys.resolve("signer.p12").toString(), wrong, hadoop))
                .isInstanceOfSatisfying(
                        ElbowException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.USAGE))
                .hasMessageContaining("ELBOW_KEYSTORE_PASSWORD")
                .hasMessageNotContaining("hunter2");
        assertThatThrownBy(() -> SigningKey.open(keys.resolve("signer.p12").toString(), Map.of(), hadoop))
                .hasMessageContaining(
                        "its password is not known: set the environment variable ELBOW_KEYSTORE_PASSWORD,");
        hadoop.set("elbow.keystore-password-file", keys.resolve("password").toString());
        assertThat(SigningKey.open(keys.resolve("signer.p12") + "#signer", Map.of(), hadoop)
                        .signer())
                .isEqualTo("CN=signer");
        assertThatThrownBy(() -> SigningKey.open(keys.resolve("signer.p12") + "#other", Map.of(), hadoop))
                .hasMessageContaining("has the keys [signer] and no other");
    }

    @Test
    void aPipeIsNotOpened() throws Exception {
        Files.delete(model.resolve("metadata/part-00000"));
        Process made = new ProcessBuilder(
                        "mkfifo", model.resolve("metadata/part-00000").toString())
                .start();
        assertThat(made.waitFor()).isZero();
        assertThatThrownBy(this::verify).hasMessageContaining("must be a regular file");
        try (Stream<Path> files = Files.list(model)) {
            assertThat(files).isNotEmpty();
        }
    }
}
