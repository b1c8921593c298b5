package elbow.vae.latent;

import elbow.base.Check;
import elbow.math.FloatMemory;
import elbow.vae.layer.Layer;
import elbow.vae.layer.LayerContext;
import elbow.vae.layer.LayerContext.Use;
import elbow.vae.layer.LayerSpec;
import elbow.vae.layer.LayerStack;
import elbow.vae.layer.ParameterLayout;
import elbow.vae.layer.RowNet;
import elbow.vae.prior.ConditionalDensity;
import elbow.vae.prior.EncodedPrior;
import elbow.vae.prior.Prior;
import elbow.vae.prior.PriorDensity;
import java.util.ArrayList;
import java.util.List;

/**
 * Layers of latents and how they hang together: what those above the lowest declare, need and compute. The encoder and
 * the decoder of the lowest layer, which have to do with rows, are made elsewhere, but for a ladder's way up.
 *
 * <p>What is said of a layer given another is a diagonal Gaussian whose means and log-variances a network computes; of
 * the topmost layer alone there can be another posterior, and a prior of its own.
 *
 * @param kind {@link Hierarchy#BOTTOM_UP} for one layer
 * @param layers from the data upwards, 1 to {@value #MOST_LAYERS}
 */
public record LatentHierarchy(Hierarchy kind, List<LatentSpec> layers) {
    /** More than any published network has, and few enough for what is kept of each. */
    public static final int MOST_LAYERS = 64;

    private static final DiagonalGaussian GAUSSIAN = new DiagonalGaussian();

    public LatentHierarchy {
        layers = List.copyOf(layers);
        int count = layers.size();
        Check.argument(count >= 1 && count <= MOST_LAYERS, "latentLayers", "be 1 to " + MOST_LAYERS + " layers", count);
        Check.argument(
                count > 1 || kind == Hierarchy.BOTTOM_UP, "hierarchy", "be BOTTOM_UP with one layer of latents", kind);
        for (LatentSpec layer : layers.subList(0, count - 1)) {
            Check.argument(
                    layer.posterior() instanceof DiagonalGaussian,
                    "posterior",
                    "be " + DiagonalGaussian.TYPE + " in every layer of latents but the topmost",
                    layer.posterior().type());
        }
        for (LatentSpec layer : layers.subList(1, count)) {
            Check.argument(
                    layer.output().isEmpty(), "output", "be absent in every layer of latents but the lowest", layer);
        }
        for (LatentSpec layer : layers) {
            Check.argument(
                    kind == Hierarchy.BOTTOM_UP || !layer.encoder().isEmpty(),
                    "encoder",
                    "have at least one layer in every layer of latents of a ladder",
                    layer.encoder());
        }
    }

    /** The layer that the data hang on. */
    public LatentSpec lowest() {
        return layers.get(0);
    }

    /** The layer that the prior is of. */
    public LatentSpec top() {
        return layers.get(layers.size() - 1);
    }

    /** Whether there are several layers. */
    public boolean isDeep() {
        return layers.size() > 1;
    }

    private boolean isLadder() {
        return kind == Hierarchy.LADDER;
    }

    /** Latents of all layers. */
    public int allLatents() {
        return layers.stream().mapToInt(LatentSpec::size).reduce(0, Math::addExact);
    }

    /**
     * Requires that the layers fit each other, and the prior the topmost.
     *
     * @param conditions values that say what a row's conditions are
     * @throws IllegalArgumentException saying what there can be
     */
    public void requireFits(Prior prior, int conditions) {
        prior.requireFits(top().size(), conditions);
        top().posterior().requireFits(prior);
        Check.argument(
                !isDeep() || isLadder() || !(prior instanceof EncodedPrior),
                "prior",
                "be of no pseudo-inputs where layers of latents hang together BOTTOM_UP: the topmost posterior is known"
                        + " given latents, not given a row",
                prior.type());
        for (int layer = 1; layer < layers.size(); layer++) {
            encoder(layer).requireFits();
            decoder(layer).requireFits();
        }
    }

    /** Whether the KL divergence has a closed form, which needs no draws. */
    public boolean hasClosedKl(Prior prior) {
        return !isDeep() && top().posterior().hasClosedKl(prior);
    }

    /** Whether the KL divergence is a sum over latents, if perhaps as a mean over draws of the layers above. */
    public boolean hasKlByLatent(Prior prior) {
        return (!isDeep() || isLadder()) && top().posterior().hasClosedKl(prior);
    }

    /**
     * Values that the topmost prior is asked for at once, for each row: in a ladder all draws of a row have one prior.
     */
    public int priorRows(int rows, int samples) {
        return isDeep() && !isLadder() ? Math.multiplyExact(rows, samples) : rows;
    }

    private static String name(int layer) {
        return "latents." + (layer + 1);
    }

    // Of a layer above the lowest.
    private LayerStack encoder(int layer) {
        LatentSpec own = layers.get(layer);
        String name = name(layer) + ".encoder";
        return LayerStack.of(
                encoderInputs(layer),
                name,
                own.encoder(),
                name + ".posterior",
                own.posterior().encoderOutputs(own.size()));
    }

    private int encoderInputs(int layer) {
        return isLadder() ? stageWidth(layer - 1) : layers.get(layer - 1).size();
    }

    private int stageWidth(int layer) {
        List<LayerSpec> stage = layers.get(layer).encoder();
        return stage.get(stage.size() - 1).outputs();
    }

    // From a layer above the lowest to the Gaussian of that below.
    private LayerStack decoder(int layer) {
        LatentSpec own = layers.get(layer);
        String name = name(layer) + ".decoder";
        return LayerStack.of(
                own.size(),
                name,
                own.decoder(),
                name + ".output",
                2 * layers.get(layer - 1).size());
    }

    /** Adds the parameters of the layers above the lowest. */
    public void declare(ParameterLayout.Builder layout) {
        for (int layer = 1; layer < layers.size(); layer++) {
            LatentSpec own = layers.get(layer);
            LayerStack encoder = encoder(layer);
            encoder.declare(layout, own.posterior().encoderWeights(encoder.headInputs(), own.size()));
            LayerStack decoder = decoder(layer);
            decoder.declare(
                    layout,
                    GAUSSIAN.encoderWeights(
                            decoder.headInputs(), layers.get(layer - 1).size()));
        }
        if (isDeep()) {
            top().posterior().declare(topName(), top().size(), layout);
        }
    }

    private String topName() {
        return name(layers.size() - 1) + ".posterior";
    }

    /** The widest row of a ladder's way up above the lowest layer; 0 without. */
    public int widest() {
        int widest = 0;
        for (int layer = 1; isLadder() && layer < layers.size(); layer++) {
            widest = Math.max(widest, encoder(layer).widest());
        }
        return widest;
    }

    /** Off-heap floats for each row of a minibatch in training, of the layers above the lowest. */
    public long floatsPerRow(int samples) {
        long perDraw = 0;
        for (int layer = 1; layer < layers.size(); layer++) {
            LatentSpec own = layers.get(layer);
            perDraw += decoder(layer).floatsPerRow() + RowNet.floatsPerRow(own.size()) + own.size();
            if (!isLadder()) {
                perDraw += encoder(layer).floatsPerRow()
                        + encoderInputs(layer)
                        + own.posterior().encoderOutputs(own.size());
            }
        }
        if (isDeep() && !isLadder()) {
            perDraw += 2L * lowest().size();
        }
        return floatsPerEncodedRow() + samples * perDraw;
    }

    /** Of {@link #floatsPerRow}, what a row takes that is encoded and nothing else: a ladder's way up. */
    public long floatsPerEncodedRow() {
        if (!isLadder()) {
            return 0;
        }
        long perRow = 0;
        int widest = stageWidth(0);
        for (int layer = 1; layer < layers.size(); layer++) {
            perRow += encoder(layer).floatsPerRow() + encoderInputs(layer);
            widest = Math.max(widest, stageWidth(layer));
        }
        // What reaches the topmost stage, and what comes from one head at a time.
        return perRow + stageWidth(layers.size() - 1) + widest;
    }

    /**
     * The encoder as a whole.
     *
     * @param inputs that it has for a row
     * @param lowest the lowest layer's
     * @param stageName and {@code headName} of the lowest layer
     * @param ahead first rows that are no rows of data
     */
    public Layer encoder(
            int inputs, LayerStack lowest, String stageName, String headName, LayerContext context, int ahead) {
        if (!isLadder()) {
            return lowest.create(context);
        }
        List<Layer> stages = new ArrayList<>();
        List<Layer> heads = new ArrayList<>();
        int[] widths = new int[layers.size()];
        for (int layer = 0; layer < layers.size(); layer++) {
            LatentSpec own = layers.get(layer);
            widths[layer] = stageWidth(layer);
            String stage = layer == 0 ? stageName : name(layer) + ".encoder";
            String head = layer == 0 ? headName : name(layer) + ".encoder.posterior";
            int width = layer == 0 ? inputs : encoderInputs(layer);
            stages.add(LayerStack.of(width, stage, own.encoder()).create(context));
            int outputs = own.posterior().encoderOutputs(own.size());
            heads.add(LayerStack.of(widths[layer], stage, List.of(), head, outputs)
                    .create(context));
        }
        int gradientRows = context.use() == Use.TRAINING ? context.rows() : 0;
        return new LadderEncoder(stages, heads, widths, gradientRows, ahead);
    }

    /**
     * Several layers of latents at work.
     *
     * @param prior of the topmost layer
     * @param density that prior, made for {@link #priorRows}
     * @param samples draws of each row that there is room for
     * @param headOutputs of each layer below the topmost by a ladder's encoder, with a row for each row; else nothing
     * @param latents where draws of the lowest layer go, sample-major
     * @param context of rows
     */
    public HierarchicalLatents create(
            Prior prior,
            PriorDensity density,
            int samples,
            List<FloatMemory> headOutputs,
            FloatMemory latents,
            LayerContext context) {
        int rows = context.rows();
        int draws = Math.multiplyExact(rows, samples);
        LayerContext ofDraws = new LayerContext(context.layout(), draws, context.use(), context.workspace());
        int[] sizes = layers.stream().mapToInt(LatentSpec::size).toArray();
        List<FloatMemory> memories = new ArrayList<>(List.of(latents));
        List<ConditionalDensity> densities = new ArrayList<>();
        List<RowNet> encoders = new ArrayList<>();
        for (int layer = 1; layer < layers.size(); layer++) {
            memories.add(FloatMemory.allocate((long) draws * sizes[layer]));
            LayerStack down = decoder(layer);
            RowNet net = net(name(layer) + ".decoder", sizes[layer], 2 * sizes[layer - 1], down, ofDraws);
            densities.add(new ConditionalDensity(net, sizes[layer - 1], sizes[layer], draws));
            if (!isLadder()) {
                int outputs = layers.get(layer).posterior().encoderOutputs(sizes[layer]);
                encoders.add(net(name(layer) + ".encoder", sizes[layer - 1], outputs, encoder(layer), ofDraws));
            }
        }
        LowerPriors priors = new LowerPriors(densities, memories, sizes, draws);
        FloatMemory topmost = memories.get(layers.size() - 1);
        Posterior posterior = top().posterior();
        LatentLayer top = posterior.create(
                topName(),
                top().size(),
                new LatentContext(prior, density, isLadder() ? samples : 1, topmost, isLadder() ? context : ofDraws));
        return isLadder()
                ? new LadderLatents(sizes, rows, samples, headOutputs, memories, top, priors)
                : new BottomUpLatents(
                        sizes, rows, samples, encoders, memories, top, posterior.encoderOutputs(top().size()), priors);
    }

    private static RowNet net(String name, int inputs, int outputs, LayerStack stack, LayerContext context) {
        return new RowNet(name, inputs, outputs, stack.widest(), context, stack::create);
    }
}
