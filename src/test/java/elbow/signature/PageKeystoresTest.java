package elbow.signature;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The keystores that trust.md makes, by its commands, are such as sign and trust. */
class PageKeystoresTest {
    @TempDir
    private Path directory;

    @Test
    void theCommandsOfThePageMakeAKeyAndATrustStore()
            throws IOException, InterruptedException, GeneralSecurityException {
        List<String> commands = Files.readAllLines(Path.of("src/site/markdown/trust.md")).stream()
                .filter(line -> line.startsWith("keytool "))
                .toList();
        assertThat(commands).hasSize(3);
        for (String command : commands) {
            run(command);
        }

        Map<String, String> environment = Map.of(SigningKey.PASSWORD, Keystores.PASSWORD);
        String keys = directory.resolve("keys.p12").toString();
        assertThat(SigningKey.open(keys, environment, new Configuration(false)).signer())
                .contains("CN=models");
        KeyStore trust =
                KeyStore.getInstance(directory.resolve("trust.p12").toFile(), Keystores.PASSWORD.toCharArray());
        assertThat(trust.isCertificateEntry("models")).isTrue();
    }

    /** With what somebody answers: the password once or twice, and that the certificate is the right one. */
    private void run(String command) throws IOException, InterruptedException {
        String answers = (Keystores.PASSWORD + "\n").repeat(command.contains("-exportcert") ? 1 : 2);
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", command)
                .directory(directory.toFile())
                .redirectErrorStream(true);
        builder.environment()
                .merge(
                        "PATH",
                        Path.of(System.getProperty("java.home"), "bin").toString(),
                        (old, jdk) -> jdk + ":" + old);
        builder.environment().put("JDK_JAVA_OPTIONS", "-Duser.language=en");
        Process process = builder.start();
        try (OutputStream in = process.getOutputStream()) {
            in.write((answers + (command.contains("-importcert") ? "yes\n" : "")).getBytes(StandardCharsets.UTF_8));
        }
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
    }
}
