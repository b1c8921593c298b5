package elbow.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import elbow.base.ErrorCategory;
import elbow.files.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** By what a search that is there is told from another. */
class TrialLedgerTest {
    @TempDir
    private Path directory;

    @Test
    void settingsThatNoTrialDependsOnMayDiffer() {
        begin("objective.beta", "1", "refresh.elbo-loss", "0", "report.images", "6", "generation.margins", "auto");

        assertThatThrownBy(() -> begin(
                        "objective.beta", "1", "refresh.elbo-loss", "2", "report.images", "9", "training.robust", "x"))
                .hasMessageContaining("training.robust is not given and here x");
        assertThatCode(() -> begin("objective.beta", "1", "refresh.elbo-loss", "2", "generation.margins", "none"))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> begin("objective.beta", "2", "refresh.elbo-loss", "0"))
                .hasMessageContaining("objective.beta is 1 and here 2");
    }

    @Test
    void aSearchOfABuildThatKeptThemGoesOn() throws IOException {
        Files.createDirectories(directory.resolve("ledger"));
        Files.writeString(
                directory.resolve("ledger/settings.json"),
                "{\"version\": 1, \"settings\": {\"objective.beta\": \"1\", \"refresh.encoder\": \"keep\"}}");

        assertThatCode(() -> begin("objective.beta", "1", "refresh.encoder", "refit"))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> begin("objective.beta", "2", "refresh.encoder", "keep"))
                .hasMessageContaining("objective.beta is 1 and here 2");
    }

    @Test
    void whatIsKeptIsWhatDecides() throws IOException {
        begin("objective.beta", "1", "refresh.encoder", "keep");

        assertThat(Files.readString(directory.resolve("ledger/settings.json")))
                .contains("objective.beta")
                .doesNotContain("refresh");
    }

    private void begin(String... settings) {
        TreeMap<String, String> all = new TreeMap<>();
        for (int i = 0; i < settings.length; i += 2) {
            all.putAll(Map.of(settings[i], settings[i + 1]));
        }
        new TrialLedger(Place.of("output", directory.toString(), ErrorCategory.USAGE, new Configuration())).begin(all);
    }
}
