package elbow.vae.latent;

import elbow.math.FloatMemory;
import elbow.math.VectorLoops;
import elbow.vae.layer.Layer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The way up of a {@link Hierarchy#LADDER}: stages one after the other, each with a head that says what the encoder
 * knows of its layer's latents. The topmost head is the output; the others are read, and given their gradients, by
 * {@link #headOutput}.
 */
public final class LadderEncoder implements Layer {
    private static final int TILE = 2048;

    private final List<Layer> stages;
    private final List<Layer> heads;
    private final int ahead;
    private final int[] widths;

    /** What reaches the output of each stage; none in scoring. */
    private final List<FloatMemory> reached;

    private final @Nullable FloatMemory fromHead;
    private final float[] sum = new float[TILE];
    private final float[] added = new float[TILE];
    private final float[] zeros;

    /**
     * @param widths of what each stage gives
     * @param gradientRows the most rows of a gradient; 0 in scoring
     * @param ahead first rows that have no latents below the topmost layer
     */
    LadderEncoder(List<Layer> stages, List<Layer> heads, int[] widths, int gradientRows, int ahead) {
        this.stages = List.copyOf(stages);
        this.heads = List.copyOf(heads);
        this.widths = widths.clone();
        this.ahead = ahead;
        reached = new ArrayList<>();
        int widest = 0;
        for (int width : widths) {
            if (gradientRows > 0) {
                reached.add(FloatMemory.allocate((long) gradientRows * width));
            }
            widest = Math.max(widest, width);
        }
        fromHead = gradientRows > 0 ? FloatMemory.allocate((long) gradientRows * widest) : null;
        int largest = heads.stream()
                .mapToInt(head -> gradientRows == 0 ? 0 : head.output().length() / gradientRows)
                .max()
                .orElse(0);
        zeros = new float[Math.multiplyExact(ahead, largest)];
    }

    /** What is said of the latents of a layer, from the lowest on: means, then log-variances, for each row. */
    public FloatMemory headOutput(int layer) {
        return heads.get(layer).output();
    }

    @Override
    public void bind(FloatMemory parameters, @Nullable FloatMemory gradients) {
        stages.forEach(stage -> stage.bind(parameters, gradients));
        heads.forEach(head -> head.bind(parameters, gradients));
    }

    @Override
    public void forward(int rows, FloatMemory input) {
        FloatMemory current = input;
        for (int layer = 0; layer < stages.size(); layer++) {
            stages.get(layer).forward(rows, current);
            current = stages.get(layer).output();
            heads.get(layer).forward(rows, current);
        }
    }

    @Override
    public FloatMemory output() {
        return heads.get(heads.size() - 1).output();
    }

    @Override
    public void backward(int rows, FloatMemory input, FloatMemory outputGradient) {
        int topmost = stages.size() - 1;
        FloatMemory scratch = bound(fromHead);
        for (int layer = topmost; layer >= 0; layer--) {
            Layer head = heads.get(layer);
            FloatMemory given = stages.get(layer).output();
            if (layer == topmost) {
                head.backward(rows, given, outputGradient);
                head.inputGradient(rows, reached.get(layer));
            } else {
                FloatMemory own = head.output();
                own.put(0, zeros, ahead * (own.length() / roomOf(layer)));
                head.backward(rows, given, own);
                head.inputGradient(rows, scratch);
                add(scratch, reached.get(layer), rows * widths[layer]);
            }
            FloatMemory below = layer == 0 ? input : stages.get(layer - 1).output();
            stages.get(layer).backward(rows, below, reached.get(layer));
            if (layer > 0) {
                stages.get(layer).inputGradient(rows, reached.get(layer - 1));
            }
        }
    }

    private int roomOf(int layer) {
        return reached.get(layer).length() / widths[layer];
    }

    private void add(FloatMemory from, FloatMemory to, int count) {
        for (int at = 0; at < count; at += TILE) {
            int some = Math.min(TILE, count - at);
            from.get(at, added, some);
            to.get(at, sum, some);
            VectorLoops.accumulate(added, sum, some);
            to.put(at, sum, some);
        }
    }

    private static FloatMemory bound(@Nullable FloatMemory memory) {
        if (memory == null) {
            throw new IllegalStateException("an encoder that was made for scoring goes forward only");
        }
        return memory;
    }

    @Override
    public void inputGradient(int rows, FloatMemory destination) {
        stages.get(0).inputGradient(rows, destination);
    }

    @Override
    public void keepAlike(boolean[] alike) {
        stages.forEach(stage -> stage.keepAlike(alike));
        heads.forEach(head -> head.keepAlike(alike));
    }

    @Override
    public void close() {
        stages.forEach(Layer::close);
        heads.forEach(Layer::close);
        reached.forEach(FloatMemory::close);
        if (fromHead != null) {
            fromHead.close();
        }
    }
}
