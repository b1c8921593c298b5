package elbow.vae;

import elbow.math.FloatMemory;
import java.util.Arrays;

/**
 * Encoder and decoder over blocks of {@link #BLOCK_ROWS} rows, of which only those places are used where this machine's
 * BLAS rounds alike in every layer, with padding around.
 */
final class ScoringNetwork implements AutoCloseable {
    /** A multiple of the row tiles of common BLAS kernels: 8, 16, 24, 32, 48, 64. */
    static final int BLOCK_ROWS = 192;

    private final BlockChain encoder;
    private final BlockChain decoder;
    private final FloatMemory paddedInput;
    private final FloatMemory paddedLatents;
    private final int rows;
    private final FloatMemory input;
    private final FloatMemory latents;
    private final FloatMemory posterior;
    private final FloatMemory outputs;

    ScoringNetwork(VaeSpec spec, ParameterLayout layout) {
        encoder = new BlockChain(Sizes.encoderLayers(spec), layout, spec.activation(), BLOCK_ROWS);
        decoder = new BlockChain(Sizes.decoderLayers(spec), layout, spec.activation(), BLOCK_ROWS);
        paddedInput = FloatMemory.allocate((long) BLOCK_ROWS * spec.encoderInputSize());
        paddedLatents = FloatMemory.allocate((long) BLOCK_ROWS * spec.latentSize());
        boolean[] alike = placesThatRoundAlike();
        int first = BLOCK_ROWS / 2;
        while (first > 0 && alike[first - 1]) {
            first--;
        }
        int end = BLOCK_ROWS / 2 + 1;
        while (end < BLOCK_ROWS && alike[end]) {
            end++;
        }
        rows = end - first;
        input = used(paddedInput, first, spec.encoderInputSize());
        latents = used(paddedLatents, first, spec.latentSize());
        posterior = used(encoder.output(), first, 2 * spec.latentSize());
        outputs = used(decoder.output(), first, spec.outputSize());
    }

    /** Rows that one block takes. */
    int rows() {
        return rows;
    }

    /** Where the rows go. */
    FloatMemory input() {
        return input;
    }

    /** Where the latents go. */
    FloatMemory latents() {
        return latents;
    }

    /** Means and log-variances after {@link #encode}. */
    FloatMemory posterior() {
        return posterior;
    }

    /** The decoder's outputs after {@link #decode}. */
    FloatMemory outputs() {
        return outputs;
    }

    void bind(FloatMemory parameters) {
        encoder.bind(parameters);
        decoder.bind(parameters);
    }

    void encode() {
        encoder.forward(paddedInput);
    }

    void decode() {
        decoder.forward(paddedLatents);
    }

    @Override
    public void close() {
        encoder.close();
        decoder.close();
        paddedInput.close();
        paddedLatents.close();
    }

    private FloatMemory used(FloatMemory padded, int first, int width) {
        return padded.slice((long) first * width, (long) rows * width);
    }

    private boolean[] placesThatRoundAlike() {
        boolean[] alike = new boolean[BLOCK_ROWS];
        Arrays.fill(alike, true);
        encoder.keepAlike(alike);
        decoder.keepAlike(alike);
        return alike;
    }
}
