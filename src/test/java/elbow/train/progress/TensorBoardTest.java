package elbow.train.progress;

import static org.assertj.core.api.Assertions.assertThat;

import elbow.model.HistoryEntry;
import elbow.train.RoundReport;
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
import java.util.zip.CRC32C;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.framework.Summary;
import org.tensorflow.util.Event;

/** Event files, read back by TensorFlow's own message classes. */
class TensorBoardTest {
    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochMilli(1_700_000_000_500L), ZoneOffset.UTC);

    @TempDir
    private Path directory;

    @Test
    void tensorFlowReadsWhatIsWritten() throws IOException {
        try (TensorBoard board = TensorBoard.open(directory.toString(), new Configuration(), CLOCK)) {
            board.roundFinished(new RoundReport(3, 1, 20, 0.1, 14_000, 0.25, -120.5, 0));
            board.measured(new HistoryEntry(1, 3, 300, 9000, 2.5, -104.5, -80.25, 24.25, -103, 19, 14_000));
        }
        List<Event> events = events(directory.resolve("events.out.tfevents.1700000000.elbow"));
        assertThat(events).hasSize(3);
        assertThat(events.get(0).getFileVersion()).isEqualTo("brain.Event:2");
        assertThat(events.get(0).getWallTime()).isEqualTo(1_700_000_000.5);
        assertThat(events.get(1).getStep()).isEqualTo(3);
        assertThat(values(events.get(1)))
                .containsExactly("round/examplesPerSecond=14000.0", "round/overhead=0.25", "round/trainingElbo=-120.5");
        assertThat(events.get(2).getStep()).isEqualTo(300);
        assertThat(values(events.get(2)))
                .containsExactly(
                        "elbo=-104.5", "reconstruction=-80.25", "kl=24.25", "trainingElbo=-103.0", "activeUnits=19.0");
    }

    private static List<String> values(Event event) {
        return event.getSummary().getValueList().stream()
                .map((Summary.Value value) -> value.getTag() + "=" + value.getSimpleValue())
                .toList();
    }

    /** TFRecord framing: length, masked checksum, data, masked checksum. */
    private static List<Event> events(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        List<Event> events = new ArrayList<>();
        while (bytes.hasRemaining()) {
            byte[] length = new byte[8];
            bytes.get(bytes.position(), length);
            byte[] data = new byte[(int) bytes.getLong()];
            assertThat(bytes.getInt()).isEqualTo(maskedChecksum(length));
            bytes.get(data);
            assertThat(bytes.getInt()).isEqualTo(maskedChecksum(data));
            events.add(Event.parseFrom(data));
        }
        return events;
    }

    private static int maskedChecksum(byte[] bytes) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes);
        return Integer.rotateRight((int) checksum.getValue(), 15) + 0xa282ead8;
    }
}
