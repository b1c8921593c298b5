package elbow.vae;

import elbow.base.Check;
import elbow.math.DoubleLoops;
import elbow.math.FloatMemory;
import elbow.math.Multiplier;
import elbow.math.Precision;
import elbow.vae.input.InputLoader;
import elbow.vae.input.RowBatch;
import elbow.vae.latent.HierarchicalLatents;
import elbow.vae.latent.LadderEncoder;
import elbow.vae.latent.LatentContext;
import elbow.vae.latent.LatentHierarchy;
import elbow.vae.latent.LatentLayer;
import elbow.vae.layer.Layer;
import elbow.vae.layer.LayerContext;
import elbow.vae.layer.LayerContext.Use;
import elbow.vae.layer.ParameterBlock;
import elbow.vae.layer.ParameterLayout;
import elbow.vae.layer.UsedPlaces;
import elbow.vae.layer.Workspace;
import elbow.vae.likelihood.DecodedRows;
import elbow.vae.likelihood.LikelihoodHead;
import elbow.vae.prior.EncodedDensity;
import elbow.vae.prior.PriorDensity;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A spec's parts, put together once and walked by engine and scorer alike: input, encoder, latents, decoder,
 * likelihoods, and the memory between them.
 *
 * <p>In training any number of rows goes through, from the first place on. In scoring always as many as there is room
 * for, of which only those places are used where this machine's BLAS rounds alike ({@link UsedPlaces}).
 */
final class Network implements AutoCloseable {
    private final VaeSpec spec;
    private final ParameterLayout layout;
    private final int rows;
    private final int pseudoInputs;

    /** Rows before those of a minibatch in the encoder: in training the pseudo-inputs. */
    private final int ahead;

    private final Layer encoder;
    private final Layer decoder;
    private final FloatMemory allEncoderInput;
    private final FloatMemory allLatents;
    private final FloatMemory encoderInput;
    private final FloatMemory pseudoRows;
    private final float[] pseudoValues;
    private final FloatMemory encoderOutput;
    private final FloatMemory latents;
    private final DecoderInput decoderInput;
    private final FloatMemory decoderOutput;
    private final FloatMemory values;
    private final DecodedRows decoded;
    private final InputLoader input;
    private final PriorDensity prior;

    /** How many draws of a row each have a prior of their own. */
    private final int priorRepeats;

    private final float[] repeatedConditions;
    private final @Nullable HierarchicalLatents deep;
    private final LatentLayer latent;
    private final LikelihoodHead likelihood;
    private final Multiplier products;
    private @Nullable FloatMemory parameters;
    private @Nullable FloatMemory pseudoParameters;
    private @Nullable FloatMemory pseudoGradients;

    /** A network whose products are of float32. */
    Network(VaeSpec spec, int room, int samples, Use use) {
        this(spec, room, samples, use, Precision.FLOAT32);
    }

    /**
     * @param room rows that fit at once
     * @param samples of each row that fit at once
     * @param precision of the products in training
     * @throws IllegalArgumentException if a memory would be larger than a buffer can be
     */
    Network(VaeSpec spec, int room, int samples, Use use, Precision precision) {
        this.spec = spec;
        layout = NetworkParts.layout(spec);
        NetworkParts.requireSizes(spec, room, samples);
        products = Multiplier.of(precision);
        Workspace workspace = new Workspace(NetworkParts.widest(spec), products);
        int decoderRoom = room * samples;
        pseudoInputs = spec.pseudoInputs();
        ahead = use == Use.TRAINING ? pseudoInputs : 0;
        int encoderRoom = ahead + room;
        encoder = NetworkParts.encoder(spec, ahead, new LayerContext(layout, encoderRoom, use, workspace));
        decoder = NetworkParts.decoder(spec).create(new LayerContext(layout, decoderRoom, use, workspace));
        allEncoderInput = FloatMemory.allocate((long) encoderRoom * spec.row().encoderInputs());
        allLatents = FloatMemory.allocate((long) decoderRoom * spec.latentSize());
        UsedPlaces places = use == Use.TRAINING ? UsedPlaces.all(room) : UsedPlaces.alike(room, encoder, decoder);
        rows = places.count();
        UsedPlaces encoderPlaces = new UsedPlaces(encoderRoom, ahead + places.first(), rows);
        encoderInput = encoderPlaces.of(allEncoderInput);
        encoderOutput = encoderPlaces.of(encoder.output());
        pseudoRows = ahead == 0 ? encoderInput : new UsedPlaces(encoderRoom, 0, ahead).of(allEncoderInput);
        pseudoValues = new float[ahead * spec.row().encoderInputs()];
        latents = places.of(allLatents);
        decoderInput = new DecoderInput(spec.row(), spec.latentSize(), allLatents, places);
        decoderOutput = places.of(decoder.output());
        values = spec.row().isSharedByEncoder() ? encoderInput : FloatMemory.allocate((long) rows * spec.inputSize());
        decoded = new DecodedRows(values, decoderOutput);
        double maskShare = use == Use.TRAINING ? spec.objective().maskShare() : 0;
        input = new InputLoader(spec.row(), values, encoderInput, maskShare);
        LayerContext latentContext = new LayerContext(layout, rows, use, workspace);
        LatentHierarchy hierarchy = spec.latents();
        priorRepeats = hierarchy.priorRows(1, samples);
        repeatedConditions = new float[priorRepeats > 1 ? priorRepeats * decoderInput.conditions().length : 0];
        LayerContext priorContext = new LayerContext(layout, rows * priorRepeats, use, workspace);
        prior = spec.prior()
                .create(NetworkParts.PRIOR, hierarchy.top().size(), decoderInput.conditionInputs(), priorContext);
        deep = hierarchy.isDeep()
                ? hierarchy.create(
                        spec.prior(),
                        prior,
                        samples,
                        headOutputs(encoder, hierarchy, encoderPlaces),
                        latents,
                        latentContext)
                : null;
        latent = deep != null
                ? deep
                : spec.latent()
                        .posterior()
                        .create(
                                NetworkParts.POSTERIOR,
                                spec.latentSize(),
                                new LatentContext(spec.prior(), prior, samples, latents, latentContext));
        likelihood = new LikelihoodHead(spec.likelihoods(), spec.inputSize(), layout);
    }

    // Of each layer below the topmost, where the encoder goes all the way up first.
    private static List<FloatMemory> headOutputs(Layer encoder, LatentHierarchy hierarchy, UsedPlaces places) {
        List<FloatMemory> headOutputs = new ArrayList<>();
        if (encoder instanceof LadderEncoder ladder) {
            for (int layer = 0; layer < hierarchy.layers().size() - 1; layer++) {
                headOutputs.add(places.of(ladder.headOutput(layer)));
            }
        }
        return headOutputs;
    }

    ParameterLayout layout() {
        return layout;
    }

    /** Rows that may go through at once. */
    int rows() {
        return rows;
    }

    LatentLayer latent() {
        return latent;
    }

    LikelihoodHead likelihood() {
        return likelihood;
    }

    /**
     * Takes the flattened parameters and gradients to work on from now on.
     *
     * @param flatGradients null in scoring
     * @throws IllegalArgumentException if one is not as long as the layout
     */
    void bind(FloatMemory flatParameters, @Nullable FloatMemory flatGradients) {
        layout.requireLength("parameters", flatParameters.length());
        if (flatGradients != null) {
            layout.requireLength("gradients", flatGradients.length());
        }
        parameters = flatParameters;
        encoder.bind(flatParameters, flatGradients);
        decoder.bind(flatParameters, flatGradients);
        latent.bind(flatParameters, flatGradients);
        prior.bind(flatParameters, flatGradients);
        if (pseudoInputs > 0) {
            ParameterBlock block = NetworkParts.pseudoInputs(layout);
            pseudoParameters = flatParameters.slice(block.offset(), block.length());
            pseudoGradients = flatGradients == null ? null : flatGradients.slice(block.offset(), block.length());
        }
    }

    /** To be called first after the parameters have changed, and before every gradient. */
    void begin() {
        likelihood.begin(parameters());
        prior.begin();
        if (prior instanceof EncodedDensity encoded && ahead == 0) {
            encodePseudoInputs(encoded);
        }
    }

    // In scoring: once for all rows, in the places of rows.
    private void encodePseudoInputs(EncodedDensity density) {
        FloatMemory pseudo = Objects.requireNonNull(pseudoParameters);
        int columns = spec.row().encoderInputs();
        float[] some = new float[rows * columns];
        for (int first = 0; first < pseudoInputs; first += rows) {
            int count = Math.min(rows, pseudoInputs - first);
            pseudo.get(first * columns, some, count * columns);
            encoderInput.put(0, some, count * columns);
            encoder.forward(count, allEncoderInput);
            density.read(first, count, encoderOutput);
        }
    }

    /** The parameters. */
    FloatMemory parameters() {
        if (parameters == null) {
            throw new IllegalStateException("bind must be called first");
        }
        return parameters;
    }

    /**
     * Requires that a batch is made for this network.
     *
     * @throws IllegalArgumentException if it has no rows, more than {@code most}, or other columns
     */
    void require(RowBatch batch, int most) {
        if (batch.count() < 1 || batch.count() > most) {
            Check.argument(false, "rows of the batch", "lie in 1.." + most, batch.count());
        }
        if (batch.columns() != spec.inputSize()) {
            Check.argument(false, "columns of the batch", "be " + spec.inputSize(), batch.columns());
        }
    }

    /** Loads rows {@code first .. first + count} of a batch, and encodes them. */
    void encode(RowBatch batch, int first, int count, long noiseKey) {
        load(batch, first, count, noiseKey);
        if (ahead > 0) {
            // By way of the heap: a copy between pointers allocates.
            Objects.requireNonNull(pseudoParameters).get(0, pseudoValues, pseudoValues.length);
            pseudoRows.put(0, pseudoValues, pseudoValues.length);
        }
        encoder.forward(ahead + count, allEncoderInput);
        if (ahead > 0 && prior instanceof EncodedDensity encoded) {
            encoded.read(0, ahead, encoder.output());
        }
        latent.read(count, encoderOutput);
    }

    /** Loads rows {@code first .. first + count} of a batch: from now on latents are those of these rows. */
    void load(RowBatch batch, int first, int count, long noiseKey) {
        input.load(batch, first, count, noiseKey);
        decoded.hold(count, input.gaps().present());
        decoderInput.read(count, encoderInput);
        readConditions(count, decoderInput.conditions());
    }

    private void readConditions(int count, float[] conditions) {
        if (repeatedConditions.length == 0) {
            prior.read(count, conditions);
            return;
        }
        int length = count * decoderInput.conditionInputs();
        for (int sample = 0; sample < priorRepeats; sample++) {
            System.arraycopy(conditions, 0, repeatedConditions, sample * length, length);
        }
        prior.read(count * priorRepeats, repeatedConditions);
    }

    /**
     * Sets the first {@code count} latents to draws from the prior, under the conditions of the rows loaded last.
     *
     * @param noiseKey and the rows' {@code numbers}, which a row's draw is a function of
     */
    void drawPrior(long noiseKey, long[] numbers, int count) {
        int size = spec.latents().top().size();
        float[] drawn = new float[count * size];
        if (areConsecutive(numbers, count)) {
            prior.draw(noiseKey, numbers[0], count, drawn);
        } else {
            float[] one = new float[size];
            for (int row = 0; row < count; row++) {
                prior.drawOne(noiseKey, numbers[row], row, one);
                System.arraycopy(one, 0, drawn, row * size, size);
            }
        }
        if (deep == null) {
            latents.put(0, drawn, count * size);
        } else {
            deep.descend(drawn, count, noiseKey, numbers);
        }
    }

    /**
     * Writes log p(z) of the first {@code count} latents, which are those of the rows loaded last; of one layer alone.
     */
    void priorLogDensities(int count, double[] logDensities) {
        int length = count * spec.latentSize();
        float[] values = new float[length];
        latents.get(0, values, length);
        double[] wide = new double[length];
        DoubleLoops.widen(values, wide, length);
        prior.logDensities(count, wide, logDensities);
    }

    private static boolean areConsecutive(long[] numbers, int count) {
        for (int row = 1; row < count; row++) {
            if (numbers[row] != numbers[row - 1] + 1) {
                return false;
            }
        }
        return true;
    }

    /**
     * Decodes the first {@code count} rows of the latents, which are those of the rows loaded last, once or several
     * times.
     */
    void decode(int count) {
        decoderInput.join(count);
        decoder.forward(count, decoderInput.all());
    }

    /** Passes the gradient that stands over the decoder's outputs back to the latents, whose values it replaces. */
    void backwardDecoder(int count) {
        decoder.backward(count, decoderInput.all(), decoder.output());
        decoder.inputGradient(count, decoderInput.all());
        decoderInput.split(count);
    }

    /** Passes the gradient that stands over the encoder's outputs back, and completes that of the prior. */
    void backwardEncoder(int count) {
        prior.writeGradients();
        if (prior instanceof EncodedDensity encoded) {
            encoded.writeGradients(encoder.output());
            encoder.backward(ahead + count, allEncoderInput, encoder.output());
            encoder.inputGradient(ahead, Objects.requireNonNull(pseudoGradients));
        } else {
            encoder.backward(count, allEncoderInput, encoder.output());
        }
    }

    /** The rows loaded last, as the likelihoods take them once they are decoded. */
    DecodedRows decoded() {
        return decoded;
    }

    /** How many variables of a row are observed. */
    int observed(int row) {
        return input.gaps().count(row);
    }

    /** What the encoder gives. */
    FloatMemory encoderOutput() {
        return encoderOutput;
    }

    /** Latents, or their gradient. */
    FloatMemory latents() {
        return latents;
    }

    /** What the decoder gives. */
    FloatMemory decoderOutput() {
        return decoderOutput;
    }

    @Override
    public void close() {
        encoder.close();
        decoder.close();
        latent.close();
        prior.close();
        allEncoderInput.close();
        decoderInput.close();
        allLatents.close();
        if (values != encoderInput) {
            values.close();
        }
        products.close();
    }
}
