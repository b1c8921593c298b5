package elbow.density;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;

class MixtureFitTest {
    /** Two ridges, a third and two thirds of the draws. */
    private static double[][] ridges(int count, long seed) {
        Random random = new Random(seed);
        double[][] draws = new double[count][2];
        for (double[] draw : draws) {
            double along = random.nextGaussian();
            double across = 0.2 * random.nextGaussian();
            boolean first = random.nextInt(3) == 0;
            draw[0] = first ? 4 + along : -2 + along;
            draw[1] = first ? 10 * (along + across) : 10 * (across - along);
        }
        return draws;
    }

    private static double mean(LatentMixture mixture, double[][] draws) {
        double sum = 0;
        for (double[] draw : draws) {
            sum += mixture.logDensity(draw);
        }
        return sum / draws.length;
    }

    @Test
    void twoRidgesAreFound() {
        LatentMixture mixture = MixtureFit.of(ridges(3000, 1), ridges(1000, 2));

        assertThat(mixture.components()).isBetween(2, 4);
        double right = 0;
        for (int k = 0; k < mixture.components(); k++) {
            right += mixture.mean(k)[0] > 1 ? mixture.weight(k) : 0;
        }
        assertThat(right).isCloseTo(1 / 3.0, within(0.04));
        // Minus the entropy of the ridges: of one Gaussian log(2 pi e) + log(10 x 0.2), of which of the two.
        double entropy = Math.log(2 * Math.PI * Math.E) + Math.log(2) + Math.log(3) - 2 / 3.0 * Math.log(2);
        assertThat(mean(mixture, ridges(4000, 3))).isCloseTo(-entropy, within(0.1));
    }

    @Test
    void oneGaussianStaysOne() {
        Random random = new Random(5);
        double[][] draws = new double[2000][3];
        for (double[] draw : draws) {
            draw[0] = random.nextGaussian();
            draw[1] = 1e3 + random.nextGaussian();
            draw[2] = 1e-3 * (draw[0] + random.nextGaussian());
        }
        double[][] held = Arrays.copyOfRange(draws, 1500, 2000);
        LatentMixture mixture = MixtureFit.of(Arrays.copyOf(draws, 1500), held);

        assertThat(mixture.components()).isEqualTo(1);
        assertThat(mixture.mean(0)[1]).isCloseTo(1e3, within(0.1));
    }

    @Test
    void equalDrawsDoNotCollapseIt() {
        double[][] draws = new double[500][2];
        for (int i = 0; i < draws.length; i++) {
            draws[i][0] = i % 3;
        }
        LatentMixture mixture = MixtureFit.of(draws, draws);

        assertThat(mean(mixture, draws)).isFinite();
    }

    @Test
    void threadsDoNotChangeIt() throws Exception {
        double[][] draws = ridges(3000, 1);
        String alone = text(
                new ForkJoinPool(1).submit(() -> MixtureFit.of(draws, draws)).get());
        String four = text(
                new ForkJoinPool(4).submit(() -> MixtureFit.of(draws, draws)).get());

        assertThat(four).isEqualTo(alone);
    }

    private static String text(LatentMixture mixture) {
        return FittedDensitiesJson.write(new FittedDensities(Optional.of(mixture), Map.of()));
    }
}
