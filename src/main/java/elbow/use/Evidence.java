package elbow.use;

import elbow.data.encoding.Margin;
import elbow.data.encoding.RowDecoder;
import elbow.data.encoding.ShareCurve;
import elbow.data.feature.FeatureEncoder;
import elbow.data.feature.FeatureType;
import elbow.math.LogSumExp;
import elbow.vae.VaeGenerator;
import elbow.vae.input.RowBatch;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.types.StructType;

/**
 * How likely the values that a condition gives are at latents: a product over columns, which are independent given
 * these. A number whose draws are moved by a {@link Margin} is as likely as all that is moved to it: where many
 * training rows have one number, the integral of the likelihood over what becomes that number, by the midpoints of
 * {@value #STRATA} parts of equal share. Goes to executors.
 */
final class Evidence implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Parts that an integral is made of. */
    private static final int STRATA = 16;

    /** Draws of one number from which on it is no matter of chance. */
    private static final int COMMON = 10;

    // Each a factor: rows, and the logarithms of their weights in its sum.
    private final List<float[]> values = new ArrayList<>();
    private final List<double[]> logWeights = new ArrayList<>();
    private final List<byte[]> observed = new ArrayList<>();
    private final int columns;

    private Evidence(int columns) {
        this.columns = columns;
    }

    /**
     * That of a row.
     *
     * @param schema of the rows that are made
     * @param row of the values that are given, at least one of them modelled
     */
    static Evidence of(UsedModel model, StructType schema, RowBatch row) {
        Evidence evidence = new Evidence(row.columns());
        FeatureEncoder encoder = model.encoder();
        RowDecoder decoder = model.decoder(schema);
        byte[] rest = row.mask().clone();
        List<String> names = encoder.layout().columns();
        for (Map.Entry<String, Margin> margin : model.margins().entrySet()) {
            int cell = names.indexOf(margin.getKey());
            int column = decoder.offset(cell);
            if (rest[column] != 0) {
                rest[column] = 0;
                boolean whole = encoder.modelled().get(cell).type() == FeatureType.COUNT;
                double number = decoder.shortestNumber(cell, row.values()[column]);
                Nodes nodes = new Nodes(margin.getValue(), number, whole, decoder, cell);
                evidence.add(row.values(), column, nodes);
            }
        }
        for (int column = 0; column < encoder.modelledWidth(); column++) {
            if (rest[column] != 0) {
                evidence.values.add(row.values().clone());
                evidence.logWeights.add(new double[1]);
                evidence.observed.add(rest);
                break;
            }
        }
        return evidence;
    }

    private void add(float[] row, int column, Nodes nodes) {
        float[] repeated = new float[nodes.encoded.size() * columns];
        double[] weights = new double[nodes.encoded.size()];
        byte[] mask = new byte[columns];
        mask[column] = 1;
        for (int node = 0; node < weights.length; node++) {
            System.arraycopy(row, 0, repeated, node * columns, columns);
            repeated[node * columns + column] = nodes.encoded.get(node);
            weights[node] = nodes.logWeights.get(node);
        }
        values.add(repeated);
        logWeights.add(weights);
        observed.add(mask);
    }

    /**
     * Writes the logarithm of the likelihood, up to a constant, at each of a block's latents.
     *
     * @param count of the latents that are set
     */
    void logLikelihoods(VaeGenerator generator, int count, double[] sums) {
        Arrays.fill(sums, 0, count, 0);
        double[] one = new double[generator.blockRows()];
        for (int factor = 0; factor < values.size(); factor++) {
            double[] weights = logWeights.get(factor);
            double[] terms = new double[count * weights.length];
            for (int node = 0; node < weights.length; node++) {
                int from = node * columns;
                float[] row = Arrays.copyOfRange(values.get(factor), from, from + columns);
                generator.logDensities(
                        RowBatch.of(columns, row, observed.get(factor).clone()), one);
                for (int i = 0; i < count; i++) {
                    terms[i * weights.length + node] = one[i] + weights[node];
                }
            }
            for (int i = 0; i < count; i++) {
                sums[i] += LogSumExp.of(terms, i * weights.length, 1, weights.length);
            }
        }
    }

    /** Encoded values that are moved to a number, and the logarithms of their weights. */
    private static final class Nodes {
        private final List<Float> encoded = new ArrayList<>();
        private final List<Double> logWeights = new ArrayList<>();

        Nodes(Margin margin, double number, boolean whole, RowDecoder decoder, int cell) {
            double from = margin.training().shareBelow(number);
            double to = margin.training().shareUpTo(number);
            if (to > from) {
                addCommon(margin.drawn(), from, to, whole, decoder, cell);
                for (int part = 0; part < STRATA && !whole; part++) {
                    double width = (to - from) / STRATA;
                    float low = decoder.encoded(cell, margin.drawn().at(from + part * width));
                    float high = decoder.encoded(cell, margin.drawn().at(from + (part + 1) * width));
                    if (high > low) {
                        add(decoder.encoded(cell, margin.drawn().at(from + (part + 0.5) * width)), high - low);
                    }
                }
            }
            if (encoded.isEmpty()) {
                add(decoder.encoded(cell, margin.drawn().at((from + to) / 2)), 1);
            }
        }

        // What many draws are has a probability, and no density.
        private void addCommon(ShareCurve drawn, double from, double to, boolean whole, RowDecoder decoder, int cell) {
            double[] numbers = drawn.numbers();
            double[] below = drawn.below();
            double[] upTo = drawn.upTo();
            for (int i = 0; i < numbers.length; i++) {
                double share = Math.min(to, upTo[i] / drawn.rows()) - Math.max(from, below[i] / drawn.rows());
                if (share > 0 && (whole || upTo[i] - below[i] >= COMMON)) {
                    add(decoder.encoded(cell, numbers[i]), share * drawn.rows() / (upTo[i] - below[i]));
                }
            }
        }

        private void add(float value, double weight) {
            encoded.add(value);
            logWeights.add(Math.log(weight));
        }
    }
}
