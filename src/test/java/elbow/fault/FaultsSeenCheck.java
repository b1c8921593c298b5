package elbow.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Run by the build after all other tests, all of which a build for Spark 4 has not: faults.md says what they have seen.
 */
@Tag("last")
@Tag("spark-3")
class FaultsSeenCheck {
    @Test
    void pageSaysWhatTheTestsHaveSeen() throws IOException {
        String page = Files.readString(FaultsPage.FILE);
        String right = FaultsPage.of(page, FaultRow.all(), FaultRecord::of);
        Path file = FaultsPage.leave(right);
        assertThat(FaultsPage.withoutMeasurements(page))
                .as("page that says something else than was seen; copy %s over it", file)
                .isEqualTo(FaultsPage.withoutMeasurements(right));
    }
}
