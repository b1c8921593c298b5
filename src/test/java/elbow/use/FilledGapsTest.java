package elbow.use;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import elbow.data.encoding.Cell;
import elbow.data.encoding.NumberCell;
import elbow.data.encoding.NumberScale;
import elbow.data.encoding.NumberWriter;
import elbow.data.encoding.RowDecoder;
import elbow.math.Activation;
import elbow.math.FloatMemory;
import elbow.vae.VaeGenerator;
import elbow.vae.VaeSpec;
import elbow.vae.input.RowBatch;
import elbow.vae.likelihood.Gaussian;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;

/**
 * Two numbers a = 1.5 z - 0.25 and b = -0.5 z + 1, with noise of variance 0.5: given a, z has the precision 1 + 1.5^2 /
 * 0.5 = 5.5 and the mean 1.5 (a + 0.25) / 0.5 / 5.5.
 */
class FilledGapsTest {
    private static final VaeSpec SPEC = VaeSpec.builder(2, 1)
            .activation(Activation.IDENTITY)
            .likelihood(Gaussian.fixed(0.5))
            .build();

    private static final double PRECISION = 5.5;
    private static final float A = 2;
    private static final double EXPECTED_Z = 3 * (A + 0.25) / PRECISION;

    private static final Cell NUMBER =
            new NumberCell(NumberScale.NONE, new NumberWriter(DataTypes.DoubleType, false, List.of()));
    private static final RowDecoder DECODER = new RowDecoder(new Cell[] {NUMBER, NUMBER}, new int[] {0, 1});

    @Test
    void theExpectationIsTheConditionalOneWhereThePosteriorIsExact() {
        int samples = 4_000;
        // Mean and log-variance of z: of a, of b and the bias; then the output of z, and its bias.
        double[] exact = {3 / PRECISION, 0, 0, 0, 0.75 / PRECISION, -Math.log(PRECISION), 1.5, -0.5, -0.25, 1};
        float[] values = new float[exact.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) exact[i];
        }
        // What stands in a gap must count for nothing.
        RowBatch batch = RowBatch.of(2, new float[] {A, 77}, new byte[] {1, 0});
        try (FloatMemory parameters = FloatMemory.allocate(values.length);
                VaeGenerator generator = new VaeGenerator(SPEC)) {
            parameters.put(0, values, values.length);
            generator.bind(parameters);
            Imputation.Plan plan = new Imputation.Plan(Take.EXPECTED, 1, samples, 3);
            FilledGaps filled = new FilledGaps(generator, batch, DECODER, plan);
            Object[] written = {"as it was", null};
            GenericArrayData imputed = filled.fill(0, 0, new String[] {"a", "b"}, written);

            assertThat(written[0]).isEqualTo("as it was");
            assertThat(imputed.numElements()).isEqualTo(1);
            InternalRow b = imputed.getStruct(0, 2);
            assertThat(b.getUTF8String(0)).hasToString("b");
            // Five standard errors of a mean of so many draws, and of a deviation.
            double expected = 1 - 0.5 * EXPECTED_Z;
            assertThat((double) written[1]).isCloseTo(expected, within(5 * 0.5 / Math.sqrt(PRECISION * samples)));
            double deviation = Math.sqrt(0.5 + 0.25 / PRECISION);
            assertThat(b.getDouble(1)).isCloseTo(deviation, within(5 * deviation / Math.sqrt(2 * samples)));
        }
    }
}
