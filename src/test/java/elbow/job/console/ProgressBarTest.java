package elbow.job.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressBarTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream stream = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    private final AtomicLong nanos = new AtomicLong();

    @Test
    void withoutATerminalThereIsALineEveryFiveSecondsAndTheLast() {
        try (ProgressBar bar = new ProgressBar(Console.plain(stream, stream), "training", nanos::get)) {
            for (int second = 0; second <= 12; second++) {
                nanos.set(second * 1_000_000_000L);
                bar.update(second / 12.0, "second " + second);
            }
        }

        assertThat(printed()).isEqualTo("""
                        training   0 %  second 0
                        training  42 %  second 5, 0:07 left
                        training  83 %  second 10, 0:02 left
                        training 100 %  second 12
                        """);
    }

    @Test
    void onATerminalTheBarMovesInPlaceAndItsLastStateStays() {
        try (ProgressBar bar = new ProgressBar(Console.terminal(stream, stream, 80), "training", nanos::get)) {
            bar.update(0, "");
            nanos.set(50_000_000L);
            bar.update(0.25, "too soon to be seen");
            nanos.set(200_000_000L);
            bar.update(0.5, "half");
        }

        String clear = "\r\u001b[K";
        assertThat(printed())
                .isEqualTo(clear + "training [                    ]   0 %" + clear
                        + "training [==========          ]  50 %  half, 0:00 left" + clear
                        + "training [==========          ]  50 %  half, 0:00 left\n");
    }

    @Test
    void barOnATerminalNeverWrapsALine() {
        try (ProgressBar bar = new ProgressBar(Console.terminal(stream, stream, 40), "training", nanos::get)) {
            bar.update(0.5, "a message that is too long for a terminal of forty columns");
            assertThat(printed().substring("\r\u001b[K".length())).hasSize(39);
        }
    }

    @Test
    void barThatNeverMovedLeavesNothing() {
        new ProgressBar(Console.plain(stream, stream), "training", nanos::get).close();

        assertThat(printed()).isEmpty();
    }

    @Test
    void noteTakesThePlaceOfTheBar() {
        Console console = Console.terminal(stream, stream, 80);
        console.status("bar");
        console.note("note");

        assertThat(printed()).isEqualTo("\r\u001b[Kbar\r\u001b[Knote\n");
    }

    @Test
    void durationHasHoursOnlyWhenNeeded() {
        assertThat(ProgressBar.duration(0)).isEqualTo("0:00");
        assertThat(ProgressBar.duration(3599.4)).isEqualTo("59:59");
        assertThat(ProgressBar.duration(3661)).isEqualTo("1:01:01");
    }

    private String printed() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
