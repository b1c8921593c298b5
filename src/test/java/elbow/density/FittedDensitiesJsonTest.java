package elbow.density;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import elbow.base.DocumentException;
import elbow.data.encoding.Margin;
import elbow.data.encoding.ShareCurve;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FittedDensitiesJsonTest {
    private static final LatentMixture MIXTURE = new LatentMixture(
            new double[] {0.25, 0.75}, new double[][] {{0.1}, {1 / 3.0}}, new double[][] {{1}, {2.5}});
    private static final Margin MARGIN =
            new Margin(ShareCurve.of(new double[] {1, 2.5, 2.5}), ShareCurve.of(new double[] {0, 0, 7}));

    private static final String TEXT =
            FittedDensitiesJson.write(new FittedDensities(Optional.of(MIXTURE), Map.of("ä", MARGIN)));

    @Test
    void whatIsWrittenIsRead() {
        FittedDensities read = FittedDensitiesJson.read("densities.json", TEXT, 1, List.of("ä", "b"));

        assertThat(FittedDensitiesJson.write(read)).isEqualTo(TEXT);
        assertThat(read.latents().orElseThrow().mean(1)).containsExactly(1 / 3.0);
        assertThat(Objects.requireNonNull(read.margins().get("ä")).moved(2.5, 0.9))
                .isEqualTo(7);
    }

    @Test
    void eitherMayBeAbsent() {
        String mixture = FittedDensitiesJson.write(new FittedDensities(Optional.of(MIXTURE), Map.of()));
        String margins = FittedDensitiesJson.write(new FittedDensities(Optional.empty(), Map.of("ä", MARGIN)));

        assertThat(FittedDensitiesJson.read("d", mixture, 1, List.of()).margins())
                .isEmpty();
        assertThat(FittedDensitiesJson.read("d", margins, 1, List.of("ä")).latents())
                .isEmpty();
    }

    @Test
    void whatDoesNotFitTheModelIsAFaultOfTheDocument() {
        assertThatThrownBy(() -> FittedDensitiesJson.read("densities.json", TEXT, 2, List.of("ä")))
                .isInstanceOf(DocumentException.class)
                .hasMessage("densities.json must be of 2 latents, but is 1");
        assertThatThrownBy(() -> FittedDensitiesJson.read("densities.json", TEXT, 1, List.of("b")))
                .isInstanceOf(DocumentException.class)
                .hasMessage("densities.json must have margins of columns of numbers, [b], but is ä");
        String damaged = TEXT.replace("0.75", "0.5");
        assertThatThrownBy(() -> FittedDensitiesJson.read("densities.json", damaged, 1, List.of("ä")))
                .isInstanceOf(DocumentException.class)
                .hasMessageContaining("sum of weights must be 1");
        String newer = TEXT.replace("\"formatVersion\":1", "\"formatVersion\":2");
        assertThatThrownBy(() -> FittedDensitiesJson.read("densities.json", newer, 1, List.of("ä")))
                .hasMessage("densities.json must have formatVersion 1, but is 2");
    }
}
