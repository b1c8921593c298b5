package elbow.vae;

import elbow.base.Check;
import elbow.math.Activation;
import elbow.math.FloatMemory;
import elbow.vae.input.InputLoader;
import elbow.vae.layer.ParameterLayout;
import elbow.vae.layer.Sequence;
import elbow.vae.layer.Workspace;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Sizes of a spec's parts, checked before anything is allocated; and its two stacks of layers. */
final class Sizes {
    private Sizes() {}

    /** The widest row that any block handles. */
    static int widest(VaeSpec spec) {
        return Stream.of(
                        List.of(spec.encoderInputSize(), 2 * spec.latentSize(), spec.outputSize()),
                        spec.encoderSizes(),
                        spec.decoderSizes())
                .flatMap(List::stream)
                .mapToInt(Integer::intValue)
                .max()
                .orElseThrow();
    }

    /** Requires that every memory of an engine can be addressed. */
    static void check(VaeSpec spec, int rows, int samples) {
        long largest = (long) widest(spec) * rows;
        long limit = FloatMemory.MAXIMUM_LENGTH / samples;
        Check.argument(
                largest <= limit,
                "rows x widest layer",
                "be at most " + limit + " with " + samples + " samples",
                largest);
    }

    /** Bytes of an engine's activations and of the gradients between them. */
    static long activationBytes(VaeSpec spec, int rows) {
        boolean invertible =
                !List.of(Activation.SOFTPLUS, Activation.GELU, Activation.SILU).contains(spec.activation());
        int copies = invertible ? 1 : 2;
        int encoderInput = InputLoader.sharesMemory(spec) ? 0 : spec.encoderInputSize();
        long encoder = spec.inputSize() + encoderInput + stack(spec.encoderSizes(), copies) + 2L * spec.latentSize();
        long decoder = spec.latentSize() + stack(spec.decoderSizes(), copies) + spec.outputSize();
        return Float.BYTES * (long) rows * (encoder + spec.objective().samples() * decoder);
    }

    private static long stack(List<Integer> sizes, int copies) {
        long sum = sizes.stream().mapToLong(Integer::longValue).sum();
        return copies * sum + sizes.stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    /** Requires that a call's arrays hold its rows. */
    static void checkRows(int length, int rowCount, int keys, int maximumRows, int columns) {
        if (rowCount < 1 || rowCount > maximumRows) {
            Check.argument(false, "rowCount", "lie in 1.." + maximumRows, rowCount);
        }
        if (length < (long) rowCount * columns) {
            Check.argument(false, "rows' length", "be at least " + (long) rowCount * columns, length);
        }
        if (keys < rowCount) {
            Check.argument(false, "rowKeys' length", "be at least " + rowCount, keys);
        }
    }

    /** Requires that a mask holds the rows of a call. */
    static void checkObserved(byte @Nullable [] observed, int rowCount, int columns) {
        if (observed != null && observed.length < (long) rowCount * columns) {
            Check.argument(false, "observed's length", "be at least " + (long) rowCount * columns, observed.length);
        }
    }

    static List<String> encoderLayers(VaeSpec spec) {
        return ParameterLayout.stack(
                ParameterLayout.ENCODER, spec.encoderSizes().size(), ParameterLayout.POSTERIOR);
    }

    static List<String> decoderLayers(VaeSpec spec) {
        return ParameterLayout.stack(
                ParameterLayout.DECODER, spec.decoderSizes().size(), ParameterLayout.OUTPUT);
    }

    static Sequence encoder(VaeSpec spec, ParameterLayout layout, int rows, Workspace workspace) {
        return Sequence.dense(encoderLayers(spec), layout, spec.activation(), rows, workspace);
    }

    static Sequence decoder(VaeSpec spec, ParameterLayout layout, int rows, Workspace workspace) {
        return Sequence.dense(decoderLayers(spec), layout, spec.activation(), rows, workspace);
    }
}
