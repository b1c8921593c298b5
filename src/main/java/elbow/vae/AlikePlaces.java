package elbow.vae;

import elbow.math.FloatMemory;
import elbow.math.KeyedNoise;
import elbow.vae.layer.Layer;
import elbow.vae.layer.ParameterLayout;
import java.util.Arrays;

/**
 * Places of a fixed number of rows, next to each other, where this machine's BLAS rounds alike: found by putting the
 * same row everywhere. At the edges of what a BLAS multiplies it often works in tiles of another shape.
 *
 * @param all how many places there are
 * @param first the first that is used
 * @param count how many are used
 */
record AlikePlaces(int all, int first, int count) {
    private static final int PROBES = 4;

    /** Every place. */
    static AlikePlaces all(int places) {
        return new AlikePlaces(places, 0, places);
    }

    /** Those places around the middle that encoder and decoder treat alike. Leaves zeros in the two inputs. */
    static AlikePlaces find(
            int places,
            ParameterLayout layout,
            Layer encoder,
            FloatMemory encoderInput,
            Layer decoder,
            FloatMemory latents) {
        boolean[] alike = new boolean[places];
        Arrays.fill(alike, true);
        try (FloatMemory parameters = FloatMemory.allocate(layout.length())) {
            layout.start(NoiseStream.INITIALISATION.key(0, 0), parameters);
            encoder.bind(parameters, null);
            decoder.bind(parameters, null);
            for (int probe = 0; probe < PROBES; probe++) {
                probe(encoder, encoderInput, places, probe, alike);
                probe(decoder, latents, places, probe, alike);
            }
        }
        encoderInput.clear();
        latents.clear();
        int first = places / 2;
        while (first > 0 && alike[first - 1]) {
            first--;
        }
        int end = places / 2 + 1;
        while (end < places && alike[end]) {
            end++;
        }
        return new AlikePlaces(places, first, end - first);
    }

    private static void probe(Layer layer, FloatMemory input, int places, int probe, boolean[] alike) {
        int width = input.length() / places;
        int[] bits = new int[width + KeyedNoise.WORDS - 1];
        float[] row = new float[width];
        KeyedNoise.bits(NoiseStream.PROBE.key(0, probe), 0, 0, width, bits);
        KeyedNoise.normal(bits, width, row);
        for (int place = 0; place < places; place++) {
            input.put(place * width, row, width);
        }
        layer.forward(places, input);
        layer.markUnlike(alike);
    }

    /** The used rows of a memory that has one for each place, or several. */
    FloatMemory of(FloatMemory memory) {
        if (count == all) {
            return memory;
        }
        long width = memory.length() / all;
        return memory.slice(first * width, count * width);
    }
}
