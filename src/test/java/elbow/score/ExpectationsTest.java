package elbow.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExpectationsTest {
    @Test
    void reconstructionsAreThoseOnPaper() {
        List<Row> rows =
                TwoNumbers.rows(200).stream().filter(row -> !row.isNullAt(1)).toList();
        float[][] found = Expectations.reconstructions(TwoNumbers.model(0), encoded(rows));
        assertThat(found).hasDimensions(rows.size(), 2);
        for (int i = 0; i < found.length; i++) {
            assertThat((double) found[i][0]).isCloseTo(TwoNumbers.expectedA(rows.get(i)), within(1e-6));
            assertThat((double) found[i][1]).isCloseTo(TwoNumbers.expectedB(rows.get(i)), within(1e-6));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 511, 512, 513, 1024})
    void aRowIsReconstructedAsItIsAlone(int count) {
        float[][] rows = encoded(TwoNumbers.rows(count));
        float[][] copy = Arrays.stream(rows).map(float[]::clone).toArray(float[][]::new);
        float[][] together = Expectations.reconstructions(TwoNumbers.model(0), rows);
        assertThat(together).hasDimensions(count, 2);
        for (int i = 0; i < count; i += Math.max(1, count / 8)) {
            float[][] alone = Expectations.reconstructions(TwoNumbers.model(0), new float[][] {rows[i]});
            assertThat(together[i]).isEqualTo(alone[0]);
        }
        assertThat(together[count - 1])
                .isEqualTo(Expectations.reconstructions(TwoNumbers.model(0), new float[][] {rows[count - 1]})[0]);
        assertThat(rows).isDeepEqualTo(copy);
    }

    @Test
    void priorSamplesDoNotDependOnHowManyThereAre() {
        float[][] many = Expectations.priorSamples(TwoNumbers.model(0), 700);
        float[][] few = Expectations.priorSamples(TwoNumbers.model(0), 3);
        assertThat(Arrays.copyOf(many, 3)).isDeepEqualTo(few);
        assertThat(few).hasDimensions(3, 2);
    }

    @Test
    void priorSamplesLieOnTheDecodersLineAroundItsMiddle() {
        float[][] samples = Expectations.priorSamples(TwoNumbers.model(0), 700);
        double sum = 0;
        double squares = 0;
        for (float[] sample : samples) {
            double latent = (sample[0] + 0.25) / 1.5;
            assertThat((double) sample[1]).isCloseTo(-0.5 * latent + 1, within(1e-5));
            sum += latent / 700;
            squares += latent * latent / 700;
        }
        // Five standard errors of the mean and of the mean square of 700 standard normal latents: rejected at 6e-7.
        assertThat(sum).isCloseTo(0, within(5 / Math.sqrt(700)));
        assertThat(squares).isCloseTo(1, within(5 * Math.sqrt(2.0 / 700)));
    }

    @Test
    void nothingGivesNothing() {
        assertThat(Expectations.reconstructions(TwoNumbers.model(0), new float[0][]))
                .isEmpty();
        assertThat(Expectations.priorSamples(TwoNumbers.model(0), 0)).isEmpty();
    }

    private static float[][] encoded(List<Row> rows) {
        return rows.stream()
                .map(row -> new float[] {(float) TwoNumbers.encodedA(row), (float) TwoNumbers.encodedB(row)})
                .toArray(float[][]::new);
    }
}
