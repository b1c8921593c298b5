package elbow.signature;

import static org.assertj.core.api.Assertions.assertThat;

import elbow.SharedSpark;
import elbow.base.Digests;
import elbow.job.CommandLineRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models that are signed by the command line, and loaded by those who ask for it. */
class SignedModelIT {
    private static final List<String> PASSWORDS =
            List.of("elbow.keystore-password-file", "elbow.truststore-password-file");

    @TempDir
    private static Path directory;

    private static CommandLineRun command = new CommandLineRun(Path.of(""));
    private static Path trust = Path.of("");

    @BeforeAll
    static void aSignedModel() throws IOException {
        Keystores keystores = new Keystores(directory);
        Path key = keystores.key("signer");
        trust = keystores.trust("trust", "signer");
        PASSWORDS.forEach(name -> hadoop().set(name, keystores.password().toString()));
        command = new CommandLineRun(directory);
        command.writeWaves("rows.csv");
        assertThat(command.run("train --input rows.csv --model model -D training.epochs=1 -D training.replicas=1 -D"
                        + " scoring.samples=1 --sign-with " + key + "#signer"))
                .as(command.errors())
                .isZero();
        assertThat(command.output()).containsPattern("signer +CN=signer\n");
    }

    @AfterAll
    static void noPasswords() {
        PASSWORDS.forEach(hadoop()::unset);
    }

    private static Configuration hadoop() {
        return SharedSpark.session().sparkContext().hadoopConfiguration();
    }

    private static int evaluate(String model, String... options) {
        return command.run("evaluate --samples 1 --input rows.csv --model " + model, options);
    }

    private static int trusted(String model) {
        return evaluate(model, "--require-signature", trust.toString());
    }

    @Test
    void onlyWhatIsSignedIsLoaded() throws IOException {
        assertThat(trusted("model")).as(command.errors()).isZero();
        // The option is of one command.
        assertThat(hadoop().get(RequiredSignature.KEY)).isNull();

        command.copyModel(directory.resolve("model"), "unsigned");
        Files.delete(directory.resolve("unsigned/signature.json"));
        assertThat(trusted("unsigned")).isEqualTo(4);
        assertThat(command.errors()).contains("must have a signature that is trusted, but has none");
        assertThat(evaluate("unsigned")).as(command.errors()).isZero();

        // Somebody who can write the directory can write its digests, too.
        command.copyModel(directory.resolve("model"), "forged");
        Path report = directory.resolve("forged/report.html");
        byte[] content = Files.readAllBytes(report);
        String before = Digests.sha256(content);
        content[100]++;
        Files.write(report, content);
        Path manifest = directory.resolve("forged/manifest.json");
        Files.writeString(manifest, Files.readString(manifest).replace(before, Digests.sha256(content)));
        assertThat(evaluate("forged")).as(command.errors()).isZero();
        assertThat(trusted("forged")).isEqualTo(4);
        assertThat(command.errors()).contains("manifest.json is not what was signed");
    }

    @Test
    void aCalibrationIsSignedAgain() throws IOException {
        command.copyModel(directory.resolve("model"), "calibrated");
        assertThat(command.run("calibrate --input rows.csv --model calibrated"))
                .as(command.errors())
                .isZero();
        assertThat(command.errors()).contains("The model's signature does not cover this calibration");
        assertThat(trusted("calibrated")).isEqualTo(4);
        assertThat(command.errors()).contains("that does not cover calibration-", "which was added later");

        assertThat(command.run("sign --model calibrated --sign-with " + directory.resolve("signer.p12")))
                .as(command.errors())
                .isZero();
        assertThat(trusted("calibrated")).as(command.errors()).isZero();
    }

    @Test
    void aSiteAsksForSignaturesOfAllThatIsLoaded() throws IOException {
        command.copyModel(directory.resolve("model"), "plain");
        Files.delete(directory.resolve("plain/signature.json"));
        hadoop().set(RequiredSignature.KEY, trust.toString());
        try {
            for (String words : List.of(
                    "score --model plain --input rows.csv --output out",
                    "evaluate --model plain --input rows.csv",
                    "calibrate --model plain --input rows.csv",
                    "inspect --model plain",
                    "encode --model plain --input rows.csv --output out",
                    "generate --model plain --rows 3 --output out",
                    "train --input rows.csv --model next --from " + directory.resolve("plain"),
                    "batch --config batch.conf")) {
                Files.writeString(
                        directory.resolve("batch.conf"),
                        "batch { input = \"" + directory + "\", output = \"" + directory.resolve("batches")
                                + "\", model = \"" + directory.resolve("plain") + "\" }");
                assertThat(command.run(words.replace(
                                "batch.conf", directory.resolve("batch.conf").toString())))
                        .as(words + command.errors())
                        .isEqualTo(4);
                assertThat(command.errors()).as(words).contains("must have a signature that is trusted, but has none");
            }
            assertThat(evaluate("model")).as(command.errors()).isZero();
        } finally {
            hadoop().unset(RequiredSignature.KEY);
        }
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).doesNotContain(directory.resolve("out"));
        }
    }

    @Test
    void aKeyThatCannotBeUsedShowsBeforeTheTraining() {
        assertThat(command.run("train --input rows.csv --model other --sign-with " + directory.resolve("no.p12")))
                .isEqualTo(2);
        assertThat(command.errors()).contains("--sign-with must name a PKCS12 keystore that can be opened");
        assertThat(Files.exists(directory.resolve("other"))).isFalse();
    }
}
