package elbow.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Central differences hold the reference, whatever the kernels of this machine. */
final class ReferenceGradientTest {
    @ParameterizedTest
    @MethodSource("elbow.vae.VaeEngineGradientTest#specs")
    void referenceGradientIsTheCentralDifference(VaeSpec spec) {
        Fixture fixture = new Fixture(spec);
        ReferenceVae reference = new ReferenceVae(spec);
        double[] parameters = fixture.wideParameters();
        double[][] rows = fixture.wideRows();
        double[][][] noise = fixture.noise();
        List<Double> gradient = reference
                .evaluatePlain(parameters, rows, noise, fixture.klWeight())
                .gradient();
        double epsilon = 1e-6;
        for (int i = 0; i < parameters.length; i++) {
            double value = parameters[i];
            parameters[i] = value + epsilon;
            double above = reference
                    .evaluatePlain(parameters, rows, noise, fixture.klWeight())
                    .loss();
            parameters[i] = value - epsilon;
            double below = reference
                    .evaluatePlain(parameters, rows, noise, fixture.klWeight())
                    .loss();
            parameters[i] = value;
            assertThat(gradient.get(i))
                    .as("parameter %d", i)
                    .isCloseTo((above - below) / (2 * epsilon), within(1e-6 * Math.max(1, Math.abs(gradient.get(i)))));
        }
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
