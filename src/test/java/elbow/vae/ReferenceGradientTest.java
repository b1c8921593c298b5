package elbow.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import elbow.vae.layer.ParameterBlock;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Central differences hold the reference, whatever the kernels of this machine. */
final class ReferenceGradientTest {
    private static final int DIRECTIONS = 3;
    private static final double EPSILON = 1e-6;

    /** In random directions of each block of parameters: a wrong element of a gradient shows in all of them. */
    @ParameterizedTest
    @MethodSource("elbow.vae.VaeEngineGradientTest#specs")
    void referenceGradientIsTheCentralDifference(VaeSpec spec) {
        Fixture fixture = new Fixture(spec);
        double[] parameters = fixture.wideParameters();
        List<Double> gradient = new ReferenceVae(spec)
                .evaluatePlain(parameters, fixture.wideRows(), fixture.noise(), fixture.klWeight())
                .gradient();
        Random random = new Random(7);
        int checked = 0;
        for (ParameterBlock block : spec.layout().blocks()) {
            for (int direction = 0; direction < DIRECTIONS; direction++) {
                double[] step = direction(random, block.length());
                double slope = 0;
                for (int i = 0; i < step.length; i++) {
                    slope += gradient.get(block.offset() + i) * step[i];
                }
                double difference = loss(fixture, moved(parameters, block, step, EPSILON))
                        - loss(fixture, moved(parameters, block, step, -EPSILON));
                assertThat(slope)
                        .as("direction %d of %s", direction, block.name())
                        .isCloseTo(difference / (2 * EPSILON), within(1e-6 * Math.max(1, Math.abs(slope))));
            }
            checked += block.length();
        }
        assertThat(checked).isEqualTo(parameters.length);
    }

    private static double loss(Fixture fixture, double[] parameters) {
        return new ReferenceVae(fixture.spec)
                .evaluatePlain(parameters, fixture.wideRows(), fixture.noise(), fixture.klWeight())
                .loss();
    }

    /** Of length 1. */
    private static double[] direction(Random random, int length) {
        double[] direction = random.doubles(length, -1, 1).toArray();
        double norm = Math.sqrt(Arrays.stream(direction).map(x -> x * x).sum());
        return Arrays.stream(direction).map(x -> x / norm).toArray();
    }

    private static double[] moved(double[] parameters, ParameterBlock block, double[] direction, double distance) {
        double[] moved = parameters.clone();
        for (int i = 0; i < direction.length; i++) {
            moved[block.offset() + i] += distance * direction[i];
        }
        return moved;
    }

    /**
     * Over independent noise, the doubly reparameterised gradient and the plain derivative have the same mean.
     * False-reject rate below 1e-4: the mean difference of each of the 50 or so encoder parameters stays within 5
     * standard errors.
     */
    @ParameterizedTest
    @MethodSource("importanceWeights")
    void doublyReparameterisedGradientIsUnbiased(double beta) {
        Fixture fixture = new Fixture(VaeSpec.builder(4, 2)
                .encoder(3)
                .decoder(3)
                .objective(Fixture.importanceWeighted(3, beta))
                .build());
        ReferenceVae reference = new ReferenceVae(fixture.spec);
        Random random = new Random(3);
        int length = reference.encoderLength();
        double[] sums = new double[length];
        double[] squares = new double[length];
        int draws = 3000;
        double[][] rows = {fixture.wideRows()[0]};
        for (int draw = 0; draw < draws; draw++) {
            double[][][] noise = new double[1][3][2];
            for (double[] sample : noise[0]) {
                sample[0] = random.nextGaussian();
                sample[1] = random.nextGaussian();
            }
            List<Double> doubly = reference
                    .evaluate(fixture.wideParameters(), rows, noise, beta)
                    .gradient();
            List<Double> plain = reference
                    .evaluatePlain(fixture.wideParameters(), rows, noise, beta)
                    .gradient();
            for (int i = 0; i < length; i++) {
                double difference = doubly.get(i) - plain.get(i);
                sums[i] += difference;
                squares[i] += difference * difference;
            }
        }
        for (int i = 0; i < length; i++) {
            double mean = sums[i] / draws;
            double standardError = Math.sqrt((squares[i] / draws - mean * mean) / draws);
            assertThat(mean).as("parameter %d", i).isCloseTo(0, within(5 * standardError + 1e-12));
        }
    }

    static Stream<Double> importanceWeights() {
        return Stream.of(1.0, 0.5);
    }
}
