package elbow.signature;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.base.Message;
import elbow.base.Parameter;
import elbow.failure.StorageFailure;
import elbow.files.Place;
import elbow.files.UnfitFileException;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * A keystore of the JDK, PKCS12 as {@code keytool} writes it. Its password is never an argument, which every user of a
 * machine can read: it is in an environment variable, or in the file that another one or a setting of Hadoop's names.
 */
final class KeystoreFile {
    private static final long LARGEST = 16 << 20;

    private final KeyStore store;
    private final char[] password;

    private KeystoreFile(KeyStore store, char[] password) {
        this.store = store;
        this.password = password;
    }

    /**
     * Opens one.
     *
     * @param parameter what names it, for messages
     * @param variable environment variable that has the password; with {@code _FILE} behind, a file that has it
     * @throws ElbowException of category USAGE if it cannot be opened
     */
    static KeystoreFile open(
            Parameter parameter, String uri, String variable, Map<String, String> environment, Configuration hadoop) {
        Place place = Place.of(parameter.name(), uri, ErrorCategory.USAGE, hadoop);
        byte[] content;
        try {
            content = place.read(LARGEST);
        } catch (FileNotFoundException e) {
            // A local file that may not be read is said to be none.
            throw refused(parameter, place, place.exists() ? Message.firstLine(e) : "nothing is there", e);
        } catch (UnfitFileException e) {
            throw refused(parameter, place, Message.firstLine(e), e);
        } catch (IOException e) {
            if (StorageFailure.isDenied(e)) {
                throw refused(parameter, place, Message.firstLine(e), e);
            }
            throw StorageFailure.of("read " + place, e);
        }
        Optional<char[]> password = password(parameter, variable, environment, hadoop);
        if (password.isEmpty()) {
            throw refused(
                    parameter,
                    place,
                    "its password is not known: set the environment variable " + variable + ", or " + variable
                            + "_FILE (or spark.hadoop." + setting(variable) + ") to a file that has it",
                    null);
        }
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(content), password.get());
            return new KeystoreFile(store, password.get());
        } catch (GeneralSecurityException | IOException e) {
            // The JDK says of a wrong password so, and nothing of what it was.
            throw refused(parameter, place, Message.firstLine(e) + " (" + variable + ")", e);
        }
    }

    private static Optional<char[]> password(
            Parameter parameter, String variable, Map<String, String> environment, Configuration hadoop) {
        String given = environment.get(variable);
        if (given != null) {
            return Optional.of(given.toCharArray());
        }
        Optional<String> named = Optional.ofNullable(environment.get(variable + "_FILE"))
                .or(() -> Optional.ofNullable(hadoop.get(setting(variable))));
        if (named.isEmpty()) {
            return Optional.empty();
        }
        String file = named.get();
        try {
            return Optional.of(Files.readString(Path.of(file), StandardCharsets.UTF_8)
                    .replaceFirst("\\R$", "")
                    .toCharArray());
        } catch (IOException | InvalidPathException e) {
            throw new ElbowException(
                    ErrorCategory.USAGE,
                    Message.of(
                            parameter,
                            ": the file that " + variable + "_FILE or " + setting(variable)
                                    + " names must be readable, but is not: "
                                    + e.getClass().getSimpleName()),
                    e);
        }
    }

    // ELBOW_KEYSTORE_PASSWORD: elbow.keystore-password-file.
    private static String setting(String variable) {
        return variable.toLowerCase(Locale.ROOT).replaceFirst("_", ".").replace('_', '-') + "-file";
    }

    private static ElbowException refused(Parameter parameter, Place place, String found, @Nullable Exception cause) {
        Message message = Message.of(
                parameter, " must name a PKCS12 keystore that can be opened, but " + place + " cannot: " + found);
        return cause == null
                ? new ElbowException(ErrorCategory.USAGE, message)
                : new ElbowException(ErrorCategory.USAGE, message, cause);
    }

    KeyStore store() {
        return store;
    }

    char[] password() {
        return password.clone();
    }
}
