package elbow.signature;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Keystores in a directory, those of keys as the JDK's own tool makes them. */
public final class Keystores {
    public static final String PASSWORD = "correct horse";

    private final Path directory;

    /** A directory with the file {@code password}. */
    public Keystores(Path directory) throws IOException {
        this.directory = directory;
        Files.writeString(directory.resolve("password"), PASSWORD + "\n");
    }

    public Path password() {
        return directory.resolve("password");
    }

    public Path store(String name) {
        return directory.resolve(name + ".p12");
    }

    /** A new key with a certificate by itself, alone in a keystore of its name. */
    public Path key(String name, String... options) throws IOException {
        List<String> words = new ArrayList<>(List.of(
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-keystore",
                store(name).toString()));
        words.addAll(List.of(options));
        keytool(words);
        return store(name);
    }

    /** Takes the certificate of a key into a trust store. */
    public Path trust(String store, String key) throws IOException {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            if (Files.exists(store(store))) {
                trusted = KeyStore.getInstance(store(store).toFile(), PASSWORD.toCharArray());
            } else {
                trusted.load(null, null);
            }
            KeyStore own = KeyStore.getInstance(store(key).toFile(), PASSWORD.toCharArray());
            trusted.setCertificateEntry(key, own.getCertificate(key));
            try (OutputStream file = Files.newOutputStream(store(store))) {
                trusted.store(file, PASSWORD.toCharArray());
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        return store(store);
    }

    private void keytool(List<String> words) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(words);
        command.addAll(List.of(
                "-J-XX:TieredStopAtLevel=1",
                "-J-Xshare:auto",
                "-storetype",
                "PKCS12",
                "-storepass:file",
                password().toString()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IllegalStateException(words.get(0) + ": " + said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
