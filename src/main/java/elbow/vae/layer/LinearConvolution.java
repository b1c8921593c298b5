package elbow.vae.layer;

import elbow.math.Blas;
import elbow.math.Blas.Destination;
import elbow.math.Blas.Transpose;
import elbow.math.FloatMemory;
import elbow.math.VectorLoops;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A strided convolution as a linear map of rows, its adjoint (also called transposed convolution, Dumoulin and Visin
 * 2016, section 4), and the gradient of its weights; without bias and activation.
 *
 * <p>Patches of the large images are laid out as rows of a matrix, of which one product with the weights makes the
 * places of the small images: so many at a time as stay in a second-level cache. In scoring those of one image only, in
 * the same memory every time, so that an image's result depends on nothing but the image.
 *
 * <p>Weights are patch x channels of the small image, row-major; a patch is its lines from the top, places from the
 * left, channels.
 */
final class LinearConvolution implements AutoCloseable {
    /** Floats of patches, and of what is made of them, at once. */
    private static final int CHUNK = 1 << 16;

    /** Shorter pieces are copied faster by a loop than by a call. */
    private static final int SHORT = 16;

    private final int largeHeight;
    private final int largeLine;
    private final int largeChannels;
    private final int height;
    private final int width;
    private final int channels;
    private final int kernel;
    private final int stride;
    private final int before;
    private final int patch;

    /** Values of a patch's line, which stand next to each other in the image, too. */
    private final int run;

    private final int chunkRows;
    private final int chunkLines;
    private final Workspace workspace;
    private final boolean aligns;

    /** A large image with zeros around it, line by line. */
    private final float[][] padded;

    /** The same place for what patches sum up to. */
    private final float[][] sums;

    /** Pieces that do not overlap, where they belong in a line; zeros between them. */
    private final float[][] spread;

    private final float[] linePatches;
    private final FloatMemory patches;
    private final FloatMemory values;
    private @Nullable FloatMemory weights;
    private @Nullable FloatMemory alignedWeights;

    LinearConvolution(ConvolutionShape shape, LayerContext context) {
        ImageSize large = shape.large();
        ImageSize small = shape.small();
        largeHeight = large.height();
        largeChannels = large.channels();
        largeLine = large.width() * largeChannels;
        height = small.height();
        width = small.width();
        channels = small.channels();
        kernel = shape.kernel();
        stride = shape.stride();
        before = shape.before();
        patch = shape.patch();
        run = kernel * largeChannels;
        workspace = context.workspace();
        aligns = !context.trains();
        int lines = (int) Math.max(1, CHUNK / ((long) width * (patch + channels)));
        chunkLines = Math.min(height, lines);
        chunkRows = context.trains() ? Math.min(context.rows(), Math.max(1, lines / height)) : 1;
        int paddedLine = (large.width() + kernel - stride) * largeChannels;
        padded = new float[largeHeight + kernel - stride][paddedLine];
        sums = new float[padded.length][paddedLine];
        spread = new float[Math.min(width, (kernel + stride - 1) / stride)][paddedLine];
        linePatches = new float[width * patch];
        long places = (long) chunkRows * chunkLines * width;
        patches = FloatMemory.allocate(places * patch);
        values = FloatMemory.allocate(places * channels);
    }

    /** Takes the weights; in scoring to be repeated whenever their content has changed. */
    void bind(FloatMemory newWeights) {
        weights = aligns ? aligned(newWeights) : newWeights;
    }

    // A BLAS is free to round by the alignment of what it is given.
    private FloatMemory aligned(FloatMemory given) {
        if (given.isAligned()) {
            return given;
        }
        if (alignedWeights == null) {
            alignedWeights = FloatMemory.allocate(given.length());
        }
        alignedWeights.put(given);
        return alignedWeights;
    }

    /** Overwrites rows of small images by the convolution of large ones. */
    void apply(int rows, FloatMemory large, FloatMemory small) {
        FloatMemory bound = Dense.bound(weights);
        for (int row = 0; row < rows; row += chunkRows) {
            int count = Math.min(chunkRows, rows - row);
            for (int line = 0; line < height; line += chunkLines) {
                int lines = Math.min(chunkLines, height - line);
                int places = count * lines * width;
                gather(large, row, count, line, lines);
                Blas.multiply(
                        Transpose.NO,
                        Transpose.NO,
                        places,
                        channels,
                        patch,
                        patches,
                        bound,
                        values,
                        Destination.OVERWRITE);
                copy(values, 0, small, firstValue(row, line), places * channels);
            }
        }
    }

    /** Overwrites rows of large images by the adjoint's values of small ones. */
    void applyAdjoint(int rows, FloatMemory small, FloatMemory large) {
        FloatMemory bound = Dense.bound(weights);
        for (int row = 0; row < rows; row += chunkRows) {
            int count = Math.min(chunkRows, rows - row);
            for (int line = 0; line < height; line += chunkLines) {
                int lines = Math.min(chunkLines, height - line);
                int places = count * lines * width;
                copy(small, firstValue(row, line), values, 0, places * channels);
                Blas.multiply(
                        Transpose.NO,
                        Transpose.YES,
                        places,
                        patch,
                        channels,
                        values,
                        bound,
                        patches,
                        Destination.OVERWRITE);
                scatter(large, row, count, line, lines);
            }
        }
    }

    /**
     * Overwrites the gradient with respect to the weights of the sum over all values of {@code small} x the convolution
     * of {@code large}, which is that of {@code large} x the adjoint of {@code small} as well.
     */
    void weightGradient(int rows, FloatMemory large, FloatMemory small, FloatMemory gradient) {
        Destination destination = Destination.OVERWRITE;
        for (int row = 0; row < rows; row += chunkRows) {
            int count = Math.min(chunkRows, rows - row);
            for (int line = 0; line < height; line += chunkLines) {
                int lines = Math.min(chunkLines, height - line);
                int places = count * lines * width;
                gather(large, row, count, line, lines);
                copy(small, firstValue(row, line), values, 0, places * channels);
                Blas.multiply(
                        Transpose.YES, Transpose.NO, patch, channels, places, patches, values, gradient, destination);
                destination = Destination.ACCUMULATE;
            }
        }
    }

    private int firstValue(int row, int line) {
        return (row * height + line) * width * channels;
    }

    // By way of the heap: a copy between pointers allocates.
    private void copy(FloatMemory from, int fromFirst, FloatMemory to, int toFirst, int count) {
        float[] tile = workspace.first;
        for (int done = 0; done < count; done += Workspace.TILE) {
            int some = Math.min(Workspace.TILE, count - done);
            from.get(fromFirst + done, tile, some);
            to.put(toFirst + done, tile, some);
        }
    }

    // Chunks of several images have all lines of each.
    private void gather(FloatMemory large, int row, int count, int line, int lines) {
        int first = Math.max(0, line * stride - before);
        int end = Math.min(largeHeight, (line + lines - 1) * stride - before + kernel);
        for (int i = 0; i < count; i++) {
            for (int y = first; y < end; y++) {
                large.get(
                        ((row + i) * largeHeight + y) * largeLine,
                        padded[before + y],
                        before * largeChannels,
                        largeLine);
            }
            for (int l = 0; l < lines; l++) {
                gatherLine((line + l) * stride);
                patches.put((i * lines + l) * linePatches.length, linePatches, linePatches.length);
            }
        }
    }

    private void gatherLine(int top) {
        int at = 0;
        for (int x = 0; x < width; x++) {
            int from = x * stride * largeChannels;
            for (int k = 0; k < kernel; k++, at += run) {
                copyPiece(padded[top + k], from, linePatches, at, run);
            }
        }
    }

    private void scatter(FloatMemory large, int row, int count, int line, int lines) {
        // The lines before are shared with those of the chunk before, and have its sums.
        int reached = line == 0 ? 0 : (line - 1) * stride + kernel;
        int end = (line + lines - 1) * stride + kernel;
        int firstDone = Math.max(before, line * stride);
        int endDone = Math.min(before + largeHeight, line + lines == height ? sums.length : (line + lines) * stride);
        for (int i = 0; i < count; i++) {
            for (int y = reached; y < end; y++) {
                Arrays.fill(sums[y], 0f);
            }
            for (int l = 0; l < lines; l++) {
                patches.get((i * lines + l) * linePatches.length, linePatches, linePatches.length);
                scatterLine((line + l) * stride);
            }
            for (int y = firstDone; y < endDone; y++) {
                large.put(
                        ((row + i) * largeHeight + y - before) * largeLine, sums[y], before * largeChannels, largeLine);
            }
        }
    }

    // Pieces that lie apart from each other are brought to their places first, and added all together: only loops
    // over whole lines are vectorized.
    private void scatterLine(int top) {
        for (int k = 0; k < kernel; k++) {
            for (int phase = 0; phase < spread.length; phase++) {
                float[] apart = spread[phase];
                for (int x = phase; x < width; x += spread.length) {
                    copyPiece(linePatches, x * patch + k * run, apart, x * stride * largeChannels, run);
                }
                VectorLoops.accumulate(apart, sums[top + k], apart.length);
            }
        }
    }

    private static void copyPiece(float[] from, int fromFirst, float[] to, int toFirst, int count) {
        if (count < SHORT) {
            for (int i = 0; i < count; i++) {
                to[toFirst + i] = from[fromFirst + i];
            }
        } else {
            System.arraycopy(from, fromFirst, to, toFirst, count);
        }
    }

    @Override
    public void close() {
        patches.close();
        values.close();
        if (alignedWeights != null) {
            alignedWeights.close();
        }
    }
}
