package elbow.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("kernels")
class ModelFormatsTest {
    private static final Manifest MANIFEST = new Manifest(
            1,
            "0123456789ab",
            Instant.parse("2026-11-23T22:15:00.125Z"),
            "784-512-20-512-784",
            835_384,
            -42,
            2,
            Map.of("spark", "3.5.5"),
            Map.of("training.epochs", "auto"),
            new Manifest.DataSummary(List.of("a.csv", "s3a://b/c"), "auto", 900, 100, "00ff00ff00ff00ff"),
            new Manifest.TrainingSummary(
                    "averaging", 2, 20, 700, 50, 1, 12.5, 1440.25, -543.2, -104.5, -80.25, 24.25, 19),
            Map.of("network.zip", "ab".repeat(32)));

    @Test
    void manifestRoundTripsThroughJson() {
        assertThat(ManifestJson.read("manifest.json", ManifestJson.write(MANIFEST)))
                .isEqualTo(MANIFEST);
    }

    @Test
    void manifestWithoutAveragingFieldsIsRead() {
        String text = ManifestJson.write(MANIFEST)
                .replaceFirst("\\s*\"averagingFrequency\" : 50,", "")
                .replaceFirst("\\s*\"replicasLeftOut\" : 1,", "");
        assertThat(text).doesNotContain("averagingFrequency", "replicasLeftOut");
        Manifest.TrainingSummary training =
                ManifestJson.read("manifest.json", text).training();
        assertThat(training.averagingFrequency()).isZero();
        assertThat(training.replicasLeftOut()).isZero();
        assertThat(training.steps()).isEqualTo(700);
    }

    @Test
    void manifestThatSaysNoVersionOfTheAnomalyScoreHasTheFirst() {
        String text = ManifestJson.write(MANIFEST);
        String older = text.replaceFirst("\\s*\"anomalyScoreVersion\" : 2,", "");
        assertThat(older).doesNotContain("anomalyScoreVersion");
        assertThat(ManifestJson.read("manifest.json", text).anomalyScoreVersion())
                .isEqualTo(2);
        assertThat(ManifestJson.read("manifest.json", older).anomalyScoreVersion())
                .isEqualTo(1);
    }

    @Test
    void anomalyScoreWithoutAVersionIsRefused() {
        String text =
                ManifestJson.write(MANIFEST).replace("\"anomalyScoreVersion\" : 2", "\"anomalyScoreVersion\" : 0");
        assertThatThrownBy(() -> ManifestJson.read("manifest.json", text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("anomalyScoreVersion must be at least 1, but is 0");
    }

    @Test
    void manifestOfAnotherVersionIsRefused() {
        String text = ManifestJson.write(MANIFEST)
                .replace("\"formatVersion\" : 1", "\"formatVersion\" : 3")
                .replace("\"modelId\"", "\"identity\"");

        assertThatThrownBy(() -> ManifestJson.read("manifest.json", text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "manifest.json: formatVersion must be 1 to 2, but is 3: it was written by another version of Elbow");
    }

    @Test
    void aManifestOfGroupsSaysAVersionThatOlderBuildsRefuse() {
        String text = ManifestJson.write(MANIFEST).replace("\"formatVersion\" : 1", "\"formatVersion\" : 2");

        assertThatThrownBy(() -> ManifestJson.read("manifest.json", text))
                .hasMessageContaining("formatVersion must be 1 for its files, but is 2");
    }

    @Test
    void manifestWithAPathOutsideItsDirectoryIsRefused() {
        String text = ManifestJson.write(MANIFEST).replace("\"network.zip\"", "\"../network.zip\"");

        assertThatThrownBy(() -> ManifestJson.read("manifest.json", text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("name in files must be a plain file name, but is ../network.zip");
    }

    @Test
    void manifestWithAnUnknownFieldIsRefused() {
        String text = ManifestJson.write(MANIFEST).replaceFirst("\\{", "{ \"colour\" : 1,");

        assertThatThrownBy(() -> ManifestJson.read("manifest.json", text))
                .hasMessage("manifest.json: colour is not a known field");
    }

    @Test
    void historyRoundTripsThroughItsLines() {
        List<HistoryEntry> entries = List.of(
                new HistoryEntry(0, 0, 0, 0, 0, -543.25, -540, 3.25, -544, 2, 0),
                new HistoryEntry(1, 4, 36, 9014, 2.5, -1.0 / 3, 1e-17, 4, Double.NaN, 20, 4310.5),
                new HistoryEntry(
                        2, 8, 72, 18028, 5, -1, -0.5, 0.5, -1, 1, 4310.5, new LatentUse(List.of(), List.of(0.5, 1e-9))),
                new HistoryEntry(
                        3,
                        9,
                        80,
                        20000,
                        6,
                        -1,
                        -0.5,
                        0.5,
                        -1,
                        1,
                        4310.5,
                        new LatentUse(List.of(1.0 / 3, 0.0), List.of(0.5, 1e-9))));

        assertThat(History.read("history.jsonl", History.write(entries))).isEqualTo(entries);
    }

    @Test
    void historyOfARunThatLeavesRowsOutKeepsTheTrimmedElbo() {
        HistoryEntry with =
                new HistoryEntry(1, 4, 36, 9014, 2.5, -1e9, -7.25, -1e9, 4, -6, 20, 4310.5, LatentUse.UNKNOWN);
        HistoryEntry without = new HistoryEntry(1, 4, 36, 9014, 2.5, -8, -8, 4, -6, 20, 4310.5);

        assertThat(History.read("history.jsonl", History.write(List.of(with)))).containsExactly(with);
        assertThat(without.trimmedElbo()).isEqualTo(-8);
        assertThat(History.write(List.of(without))).doesNotContain("trimmed");
    }

    @Test
    void historyOfEarlierBuildsSaysNothingOfSingleLatents() {
        String line = "{\"epoch\":0,\"round\":0,\"step\":0,\"examples\":0,\"seconds\":0.0,\"elbo\":-5.0,"
                + "\"reconstruction\":-4.0,\"kl\":1.0,\"trainingElbo\":-5.0,\"activeUnits\":2,"
                + "\"examplesPerSecond\":0.0}\n";

        List<HistoryEntry> entries = History.read("history.jsonl", line);

        assertThat(entries).singleElement().satisfies(entry -> {
            assertThat(entry.latents()).isEqualTo(LatentUse.UNKNOWN);
            assertThat(entry.latents().isCollapsed()).isFalse();
        });
        assertThat(History.write(entries)).isEqualTo(line);
    }

    @Test
    void aPosteriorHasCollapsedBelowAFifthOfActiveLatents() {
        LatentUse one = new LatentUse(List.of(), List.of(1.0, 0.01, 0.0, 0.0, 0.0));
        assertThat(one.activeUnits()).isEqualTo(1);
        assertThat(one.isCollapsed()).isFalse();
        assertThat(new LatentUse(List.of(), List.of(1.0, 0.01, 0.0, 0.0, 0.0, 0.0)).isCollapsed())
                .isTrue();
        assertThat(new LatentUse(List.of(0.0), List.of(0.0)).isCollapsed()).isTrue();
        assertThatThrownBy(() -> new LatentUse(List.of(1.0), List.of(1.0, 2.0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("kl must be as many as the variances, 2, or none, but is 1");
    }

    @Test
    void damagedHistoryNamesItsLine() {
        assertThatThrownBy(() -> History.read("history.jsonl", "{\"epoch\":\"one\"}\n"))
                .hasMessage("history.jsonl:1: epoch must be a whole number of 32 bits, but is \"one\"");
    }
}
