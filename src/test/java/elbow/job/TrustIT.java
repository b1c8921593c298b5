package elbow.job;

import static org.assertj.core.api.Assertions.assertThat;

import elbow.SharedSpark;
import elbow.base.Digests;
import elbow.fault.Fault;
import elbow.files.MarkerFiles;
import elbow.files.Owner;
import elbow.files.Place;
import elbow.files.RunLock;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run never loses and never passes over, with a model that an earlier build left. */
class TrustIT {
    private static final String QUICK = " -D training.epochs=1 -D training.replicas=1";

    @TempDir
    private Path directory;

    private CommandLineRun command = new CommandLineRun(Path.of(""));

    @BeforeEach
    void copy() throws IOException, URISyntaxException {
        SharedSpark.session();
        command = new CommandLineRun(directory);
        Path saved = Path.of(
                Objects.requireNonNull(TrustIT.class.getResource("earlier")).toURI());
        try (Stream<Path> files = Files.walk(saved)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = saved.relativize(file).toString();
                if (name.startsWith("model/") || name.endsWith("rows.csv") || name.endsWith("later.csv")) {
                    command.write(name, Files.readAllBytes(file));
                }
            }
        }
    }

    @Test
    void aModelInTheOutputIsNotReplacedByItsScores() throws IOException {
        Files.createDirectory(directory.resolve("out"));
        Files.move(directory.resolve("model"), directory.resolve("out/model"));
        command.write("out/_SUCCESS", "");

        assertThat(command.run("score --model out/model --input later.csv --output out --overwrite"))
                .isEqualTo(2);

        assertThat(command.errors())
                .contains("--output must not be or hold what --model reads, but", "out holds file:");
        assertThat(directory.resolve("out/model/manifest.json")).exists();
    }

    @Test
    void occupiedModelPathIsFoundBeforeTraining() {
        assertThat(command.run("train --input rows.csv --model m" + QUICK + " -D training.tensorboard="
                        + directory.resolve("m/events")))
                .isEqualTo(2);
        assertThat(command.errors()).contains("training.tensorboard must not lie in the place of --model");
        assertThat(command.run("train --input rows.csv --model m --quarantine m/q" + QUICK))
                .isEqualTo(2);
        assertThat(command.errors()).contains("--quarantine must be apart from --model");
        assertThat(command.run("train --input rows.csv --model m --quarantine m.checkpoints/q" + QUICK))
                .isEqualTo(2);
        assertThat(command.run("train --input rows.csv --model m --json rows.csv" + QUICK))
                .isEqualTo(2);
        assertThat(command.errors()).contains("--json must not be or hold what --input reads");
        assertThat(command.run("evaluate --model model --input later.csv --json model/manifest.json"))
                .isEqualTo(2);
        assertThat(command.errors()).contains("--json must not be part of what --model reads");
        assertThat(directory.resolve("m")).doesNotExist();
    }

    @Test
    @Fault(
            section = Fault.Section.STRANGERS,
            fault = "texts that a spreadsheet runs",
            promised = "kept, or guarded with `--csv-formulas guard`")
    void formulasGoOutAsTheyAreUnlessTheyAreGuardedAgainst() throws IOException {
        List<String> notes = List.of("=cmd|'/C calc'!A0", "@SUM(1)", "+1+1", " -2+3", "-1.5", "+.5e3", "a=b", "");
        List<String> later = Files.readAllLines(directory.resolve("later.csv"));
        StringBuilder rows = new StringBuilder(later.get(0) + ",=note\n");
        for (int i = 0; i < notes.size(); i++) {
            rows.append(later.get(i + 1)).append(",\"").append(notes.get(i)).append("\"\n");
        }
        command.write("notes.csv", rows.toString());
        String score = "score --model model --input notes.csv --output-format csv --keep =note --output ";

        assertThat(command.run(score + "kept")).as(command.errors()).isZero();
        assertThat(command.run(score + "guarded --csv-formulas guard"))
                .as(command.errors())
                .isZero();

        assertThat(column("kept")).isEqualTo(List.of("=note", notes));
        assertThat(column("guarded"))
                .isEqualTo(List.of(
                        "'=note",
                        List.of("'=cmd|'/C calc'!A0", "'@SUM(1)", "'+1+1", "' -2+3", "-1.5", "+.5e3", "a=b", "")));
        assertThat(command.run("score --model model --input notes.csv --output other --csv-formulas guard"))
                .isEqualTo(2);
        assertThat(command.errors()).contains("--csv-formulas must be keep for an output that is no CSV");
    }

    // The name of the first column of CSV, and its values, none of which has a comma or a quote.
    private List<Object> column(String scores) throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory.resolve(scores))) {
            for (Path file :
                    files.filter(name -> name.toString().endsWith(".csv")).toList()) {
                lines.addAll(Files.readAllLines(file));
            }
        }
        List<String> first = lines.stream()
                .map(line -> line.substring(0, line.indexOf(',')).replace("\"", ""))
                .toList();
        return List.of(first.get(0), first.subList(1, first.size()));
    }

    @Test
    @Fault(
            section = Fault.Section.PUBLISHING,
            fault = "`--overwrite`: a run that was killed left nothing at the place",
            promised = "the next run that reads or writes it puts the old one back")
    void aModelThatAKilledRunWasReplacingIsReadAgain() throws IOException {
        Files.move(directory.resolve("model"), directory.resolve(".model.old-5c2b"));

        assertThat(command.run("evaluate --model model --input later.csv"))
                .as(command.errors())
                .isZero();

        assertThat(directory.resolve("model/manifest.json")).exists();
        assertThat(directory.resolve(".model.old-5c2b")).doesNotExist();
    }

    @Test
    @Fault(section = Fault.Section.TRAINING, fault = "another training has the place", promised = "refused (6)")
    void ofTwoTrainingsOfOneModelTheSecondIsRefused() throws IOException {
        Place place = Place.of(
                "model", directory.resolve(".m.lock").toString(), elbow.base.ErrorCategory.USAGE, new Configuration());
        try (RunLock lock = RunLock.acquire(
                RunLock.Purpose.TRAINING,
                new MarkerFiles(place),
                Owner.ofProcess(),
                Duration.ofMinutes(1),
                Clock.systemUTC())) {
            assertThat(lock.token()).isEqualTo(1);
            assertThat(command.run("train --input rows.csv --model m" + QUICK)).isEqualTo(6);
            assertThat(command.errors())
                    .contains("one training at a time may write to the place of a model, but the lock");
        }
        assertThat(command.run("train --input rows.csv --model m" + QUICK))
                .as(command.errors())
                .isZero();
        assertThat(directory.resolve(".m.lock/2.released")).exists();
    }

    @Test
    void noRowWhoseScoreIsNotFiniteIsNormal() throws IOException {
        makeParametersHuge();

        assertThat(command.run("score --model model --input later.csv --output scores --threshold Infinity"))
                .as(command.errors())
                .isZero();

        assertThat(command.errors()).containsPattern("Warning: \\d+ of \\d+ rows, .* have a score that is not finite");
        List<Row> rows = SharedSpark.session()
                .read()
                .parquet(directory.resolve("scores").toString())
                .select("anomaly_score", "is_anomaly")
                .collectAsList();
        assertThat(rows).anyMatch(row -> Double.isInfinite(row.getDouble(0)));
        assertThat(rows).allMatch(row -> row.getBoolean(1) == Double.isInfinite(row.getDouble(0)));
        assertThat(command.run("evaluate --model model --input later.csv"))
                .as(command.errors())
                .isZero();
        assertThat(command.output()).containsPattern("notFinite +[1-9]");
        assertThat(command.errors()).containsPattern("Warning: \\d+ of \\d+ rows have a score that is not finite");
    }

    /** Parameters that are finite and lead to scores that are not, in a model whose digests are right. */
    private void makeParametersHuge() throws IOException {
        Path file = directory.resolve("model/network.zip");
        ByteArrayOutputStream changed = new ByteArrayOutputStream();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(Files.readAllBytes(file)));
                ZipOutputStream out = new ZipOutputStream(changed)) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                byte[] content = in.readAllBytes();
                if (entry.getName().equals("coefficients.bin")) {
                    ByteBuffer values = ByteBuffer.wrap(content);
                    for (int at = content.length - 164 * Float.BYTES; at < content.length; at += Float.BYTES) {
                        values.putFloat(at, at % 8 == 0 ? 3e38f : -3e38f);
                    }
                }
                out.putNextEntry(new ZipEntry(entry.getName()));
                out.write(content);
            }
        }
        Files.write(file, changed.toByteArray());
        ByteArrayOutputStream named = new ByteArrayOutputStream();
        named.write(Files.readAllBytes(directory.resolve("model/encoder.json")));
        named.write(changed.toByteArray());
        String id = Digests.sha256(named.toByteArray()).substring(0, 12);
        String manifest = Files.readString(directory.resolve("model/manifest.json"));
        command.write(
                "model/manifest.json",
                manifest.replace("d7f520b4793b", id)
                        .replaceAll(
                                "\"network.zip\" : \"[0-9a-f]{64}\"",
                                "\"network.zip\" : \"" + Digests.sha256(changed.toByteArray()) + "\""));
    }

    @Test
    @Fault(
            section = Fault.Section.STRANGERS,
            fault = "a model that names a class, in every field and spelling",
            promised = "refused (4); no class is loaded")
    void aHostileNetworkIsRefusedByEveryCommand() throws IOException {
        Path network = directory.resolve("model/network.zip");
        byte[] bytes = Files.readAllBytes(network);
        bytes[bytes.length / 2] ^= 0x55;
        Files.write(network, bytes);
        String manifest = Files.readString(directory.resolve("model/manifest.json"));
        command.write(
                "model/manifest.json",
                manifest.replaceAll(
                        "\"network.zip\" : \"[0-9a-f]{64}\"", "\"network.zip\" : \"" + Digests.sha256(bytes) + "\""));

        command.write("in/later.csv", Files.readAllBytes(directory.resolve("later.csv")));
        for (String words : List.of(
                "score --model model --input later.csv --output scores",
                "score --model model --input in --output scores --checkpoint points --stream",
                "evaluate --model model --input later.csv",
                "calibrate --model model --input later.csv",
                "inspect --model model")) {
            assertThat(command.run(words)).as(words + ": " + command.errors()).isEqualTo(4);
        }
        assertThat(directory.resolve("scores")).doesNotExist();
    }
}
