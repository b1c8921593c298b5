package elbow.train.progress;

import static org.assertj.core.api.Assertions.assertThat;

import elbow.model.HistoryEntry;
import elbow.model.LatentUse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.shade.protobuf.ByteString;
import org.nd4j.shade.protobuf.UnknownFieldSet;

/**
 * Event files, read back by protobuf's own parser: the fields of TensorFlow's event.proto and summary.proto by number.
 */
class TensorBoardTest {
    private static final int WALL_TIME = 1;
    private static final int STEP = 2;
    private static final int FILE_VERSION = 3;
    private static final int SUMMARY = 5;
    private static final int VALUE = 1;
    private static final int TAG = 1;
    private static final int SIMPLE_VALUE = 2;
    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochMilli(1_700_000_000_500L), ZoneOffset.UTC);

    @TempDir
    private Path directory;

    @Test
    void tensorFlowReadsWhatIsWritten() throws IOException {
        try (TensorBoard board = TensorBoard.open(directory.toString(), new Configuration(), CLOCK)) {
            board.roundFinished(new RoundReport(3, 1, 20, 0.1, 14_000, 0.25, -120.5, 0, 4_000));
            board.measured(new HistoryEntry(1, 3, 300, 9000, 2.5, -104.5, -80.25, 24.25, -103, 19, 14_000));
        }
        List<UnknownFieldSet> events = events(onlyFile());
        assertThat(events).hasSize(3);
        assertThat(text(events.get(0), FILE_VERSION)).isEqualTo("brain.Event:2");
        assertThat(wallTime(events.get(0))).isEqualTo(1_700_000_000.5);
        assertThat(step(events.get(1))).isEqualTo(3);
        assertThat(values(events.get(1)))
                .containsExactly(
                        "round/examplesPerSecond=14000.0",
                        "round/overhead=0.25",
                        "round/bytes=4000.0",
                        "round/trainingElbo=-120.5");
        assertThat(step(events.get(2))).isEqualTo(300);
        assertThat(values(events.get(2)))
                .containsExactly(
                        "elbo=-104.5", "reconstruction=-80.25", "kl=24.25", "trainingElbo=-103.0", "activeUnits=19.0");
    }

    @Test
    void theKlDivergenceOfEachLatentHasItsOwnTag() throws IOException {
        LatentUse latents = new LatentUse(List.of(0.5, 0.25), List.of(1.0, 0.001));
        try (TensorBoard board = TensorBoard.open(directory.toString(), new Configuration(), CLOCK)) {
            board.measured(new HistoryEntry(1, 3, 300, 9000, 2.5, -104.5, -80.25, 0.75, -103, 1, 14_000, latents));
        }
        List<UnknownFieldSet> events = events(onlyFile());
        assertThat(values(events.get(1))).endsWith("activeUnits=1.0", "klByLatent/000=0.5", "klByLatent/001=0.25");
    }

    @Test
    void runsThatBeginInTheSameSecondHaveFilesOfTheirOwn() throws IOException {
        try (TensorBoard first = TensorBoard.open(directory.toString(), new Configuration(), CLOCK);
                TensorBoard second = TensorBoard.open(directory.toString(), new Configuration(), CLOCK)) {
            first.roundFinished(new RoundReport(1, 1, 20, 0.1, 14_000, 0.25, -120.5, 0, 4_000));
            second.roundFinished(new RoundReport(2, 1, 20, 0.1, 14_000, 0.25, -120.5, 0, 4_000));
        }
        List<Long> rounds = new ArrayList<>();
        for (Path file : files()) {
            rounds.add(step(events(file).get(1)));
        }
        assertThat(rounds).containsExactlyInAnyOrder(1L, 2L);
    }

    private Path onlyFile() throws IOException {
        List<Path> files = files();
        assertThat(files).hasSize(1);
        assertThat(files.get(0).getFileName().toString()).startsWith("events.out.tfevents.1700000000.elbow.");
        return files.get(0);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> found = Files.list(directory)) {
            return found.toList();
        }
    }

    private static double wallTime(UnknownFieldSet event) {
        return Double.longBitsToDouble(
                event.getField(WALL_TIME).getFixed64List().get(0));
    }

    private static long step(UnknownFieldSet event) {
        return event.getField(STEP).getVarintList().get(0);
    }

    private static String text(UnknownFieldSet message, int field) {
        return message.getField(field).getLengthDelimitedList().get(0).toStringUtf8();
    }

    private static List<String> values(UnknownFieldSet event) throws IOException {
        List<String> values = new ArrayList<>();
        ByteString summary = event.getField(SUMMARY).getLengthDelimitedList().get(0);
        for (ByteString bytes :
                UnknownFieldSet.parseFrom(summary).getField(VALUE).getLengthDelimitedList()) {
            UnknownFieldSet value = UnknownFieldSet.parseFrom(bytes);
            int bits = value.getField(SIMPLE_VALUE).getFixed32List().get(0);
            values.add(text(value, TAG) + "=" + Float.intBitsToFloat(bits));
        }
        return values;
    }

    /** TFRecord framing: length, masked checksum, data, masked checksum. */
    private static List<UnknownFieldSet> events(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        List<UnknownFieldSet> events = new ArrayList<>();
        while (bytes.hasRemaining()) {
            byte[] length = new byte[8];
            bytes.get(bytes.position(), length);
            byte[] data = new byte[(int) bytes.getLong()];
            assertThat(bytes.getInt()).isEqualTo(maskedChecksum(length));
            bytes.get(data);
            assertThat(bytes.getInt()).isEqualTo(maskedChecksum(data));
            events.add(UnknownFieldSet.parseFrom(data));
        }
        return events;
    }

    private static int maskedChecksum(byte[] bytes) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes);
        return Integer.rotateRight((int) checksum.getValue(), 15) + 0xa282ead8;
    }
}
