package elbow.vae.layer;

import elbow.math.FloatMemory;
import java.util.Arrays;

/**
 * Those places of a fixed number of rows, next to each other, that rows are put in.
 *
 * @param all how many places there are
 * @param first the first that is used
 * @param count how many are used
 */
public record UsedPlaces(int all, int first, int count) {
    /** Every place. */
    public static UsedPlaces all(int places) {
        return new UsedPlaces(places, 0, places);
    }

    /**
     * The places around the middle that this machine's BLAS treats alike in all layers: at the edges of what it
     * multiplies a BLAS often works in tiles of another shape.
     */
    public static UsedPlaces alike(int places, Layer... layers) {
        boolean[] alike = new boolean[places];
        Arrays.fill(alike, true);
        for (Layer layer : layers) {
            layer.keepAlike(alike);
        }
        int first = places / 2;
        while (first > 0 && alike[first - 1]) {
            first--;
        }
        int end = places / 2 + 1;
        while (end < places && alike[end]) {
            end++;
        }
        return new UsedPlaces(places, first, end - first);
    }

    /** The used rows of a memory that has one for each place, or several. */
    public FloatMemory of(FloatMemory memory) {
        if (count == all) {
            return memory;
        }
        long width = memory.length() / all;
        return memory.slice(first * width, count * width);
    }
}
