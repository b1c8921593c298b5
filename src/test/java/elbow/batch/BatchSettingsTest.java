package elbow.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import elbow.base.Configuration;
import elbow.base.ElbowException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchSettingsTest {
    @ParameterizedTest
    @ValueSource(strings = {"\"*\"", "[\"*\"]", "[ \"*\" ]"})
    void aFileKeepsAllColumnsByAStarInQuotes(String star) {
        assertThat(settings("keep = " + star).keep()).containsExactly("*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "\"id\"", "[id]"})
    void aFileKeepsOneColumnByItsName(String one) {
        assertThat(settings("keep = " + one).keep()).containsExactly("id");
    }

    @Test
    void moreSamplesThanCanBeDrawnAreRefused() {
        assertThatThrownBy(() -> settings("samples = 2000000"))
                .isInstanceOf(ElbowException.class)
                .hasMessage("batch.samples must be at most 1048576, but is 2000000");
    }

    @Test
    void messageAboutAStarWithoutQuotesAsksForThem() {
        assertThatThrownBy(() -> settings("keep = *"))
                .isInstanceOf(ElbowException.class)
                .hasMessageContaining("configuration is not valid HOCON")
                .hasMessageContaining("'*'")
                .hasMessageContaining("quote");
    }

    @ParameterizedTest
    @ValueSource(strings = {"model", "Model", "RUN", "a b"})
    void partitionColumnIsNoneOfTheOutputsOwnInAnyCase(String name) {
        assertThatThrownBy(() -> settings("partition-column = \"" + name + "\""))
                .isInstanceOf(ElbowException.class)
                .hasMessageStartingWith("batch.partition-column must ")
                .hasMessageEndingWith("but is " + name);
    }

    private static BatchSettings settings(String line) {
        return BatchSettings.of(Configuration.defaults()
                .withText("batch { input = rows, model = m, output = o\n" + line + "\n}", "batch.conf"));
    }
}
