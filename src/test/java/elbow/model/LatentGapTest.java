package elbow.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class LatentGapTest {
    @Test
    void drawsThatLieApartAreAllAlikeAndAsFarAsCanBe() {
        LatentGap gap = LatentGap.of(new float[][] {{0, 0}, {1, 0}, {2, 0}}, new float[][] {{7, 0}, {8, 0}, {9, 0}});

        assertThat(gap.draws()).isEqualTo(3);
        assertThat(gap.alike()).isEqualTo(1);
        assertThat(gap.distances()).containsExactly(1.0, 0.0);
    }

    @Test
    void drawsThatStandInTurnHaveTheOtherKindAsTheNearest() {
        LatentGap gap = LatentGap.of(new float[][] {{0}, {2}, {4}, {6}}, new float[][] {{1}, {3}, {5}, {7}});

        // Of 2 the nearest are 1 and 3, of 7 it is 6, and so on: never one of the same kind.
        assertThat(gap.alike()).isZero();
        assertThat(gap.distances()).containsExactly(0.25);
    }

    @Test
    void everyLatentCountsAlikeWhateverItsScale() {
        LatentGap gap = LatentGap.of(new float[][] {{0, 0}, {0, 100}}, new float[][] {{1e-3f, 50}, {1e-3f, 150}});

        // By the second latent alone the nearest would be of the other kind; the first one's deviation is 5e-4.
        assertThat(gap.alike()).isEqualTo(1);
        assertThat(gap.distances()).containsExactly(1.0, 0.5);
    }

    @Test
    void twoSamplesOfOneDistributionHaveAboutHalf() {
        Random random = new Random(5);
        int draws = 500;

        LatentGap same = LatentGap.of(normal(random, draws, 1), normal(random, draws, 1));
        LatentGap wider = LatentGap.of(normal(random, draws, 1), normal(random, draws, 2));

        // Deviation of a share of 1,000 that go in pairs: below 0.025; 5 of these.
        assertThat(same.alike()).isCloseTo(0.5, within(0.125));
        assertThat(wider.alike()).isGreaterThan(0.65);
    }

    @Test
    void thereMustBeAsManyDrawsOfOneKindAsOfTheOther() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LatentGap.of(new float[][] {{0}}, new float[2][1]))
                .withMessageContaining("prior must have as many draws as posteriors");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LatentGap.of(new float[][] {{Float.NaN}}, new float[1][1]))
                .withMessage("posteriors must be finite, but is NaN");
    }

    private static float[][] normal(Random random, int draws, double deviation) {
        float[][] values = new float[draws][4];
        for (float[] draw : values) {
            for (int i = 0; i < draw.length; i++) {
                draw[i] = (float) (deviation * random.nextGaussian());
            }
        }
        return values;
    }
}
