package elbow.vae;

import elbow.base.Check;
import elbow.math.FloatMemory;
import elbow.vae.input.RowSpec;
import elbow.vae.latent.LatentHierarchy;
import elbow.vae.latent.LatentSpec;
import elbow.vae.layer.Layer;
import elbow.vae.layer.LayerContext;
import elbow.vae.layer.LayerStack;
import elbow.vae.layer.ParameterBlock;
import elbow.vae.layer.ParameterLayout;
import elbow.vae.layer.Start;
import elbow.vae.likelihood.LikelihoodHead;

/** What a spec's parts are called, declare and take: what is known of a {@link Network} before there is one. */
final class NetworkParts {
    private static final String ENCODER = "encoder";
    static final String POSTERIOR = "posterior";
    private static final String DECODER = "decoder";
    private static final String OUTPUT = "output";
    static final String PRIOR = "prior";
    private static final String PSEUDO_INPUTS = PRIOR + ".pseudoInputs";

    /** Of pseudo-inputs that no rows were given for: wider than 0, within the range of most columns. */
    private static final double PSEUDO_INPUT_VARIANCE = 0.25;

    private NetworkParts() {}

    /**
     * Requires that the layers of a spec fit each other.
     *
     * @throws IllegalArgumentException if some do not
     */
    static void requireFits(RowSpec row, LatentSpec latent) {
        encoder(row, latent).requireFits();
        decoder(row, latent).requireFits();
        int outputs = LikelihoodHead.outputs(row.modelled());
        latent.output()
                .ifPresent(last -> Check.argument(
                        last.outputs() == outputs,
                        "outputs of the decoder's last layer",
                        "be " + outputs + ", as the likelihoods need",
                        last.outputs()));
    }

    /** Where each parameter of a spec stands: what its parts declare, in order. */
    static ParameterLayout layout(VaeSpec spec) {
        ParameterLayout.Builder layout = new ParameterLayout.Builder();
        LayerStack encoder = encoder(spec);
        encoder.declare(layout, spec.latent().posterior().encoderWeights(encoder.headInputs(), spec.latentSize()));
        decoder(spec).declare(layout);
        LikelihoodHead.declare(spec.likelihoods(), layout);
        LatentHierarchy latents = spec.latents();
        latents.lowest().posterior().declare(POSTERIOR, spec.latentSize(), layout);
        spec.prior().declare(PRIOR, latents.top().size(), spec.row().conditionInputs(), layout);
        if (spec.pseudoInputs() > 0) {
            int columns = spec.row().encoderInputs();
            Start near = new Start.Uniform(PSEUDO_INPUT_VARIANCE, columns, 1);
            layout.add(PSEUDO_INPUTS, spec.pseudoInputs(), columns, near);
        }
        latents.declare(layout);
        return layout.build();
    }

    /** The block of the pseudo-inputs, by row, as the encoder sees them. */
    static ParameterBlock pseudoInputs(ParameterLayout layout) {
        return layout.block(PSEUDO_INPUTS);
    }

    /** The block of the decoder's output biases. */
    static ParameterBlock outputBias(ParameterLayout layout) {
        return layout.block(LayerStack.biasOf(OUTPUT));
    }

    /** Bytes of activations, and of the gradients between them, in training. */
    static long trainingBytes(VaeSpec spec, int rows) {
        int encoderInput = spec.row().isSharedByEncoder() ? 0 : spec.row().encoderInputs();
        long encoder = spec.inputSize() + encoderInput + encoder(spec).floatsPerRow();
        long pseudo = spec.pseudoInputs()
                * (spec.row().encoderInputs()
                        + encoder(spec).floatsPerRow()
                        + spec.latents().floatsPerEncodedRow());
        int conditions = spec.row().conditionInputs();
        long joined = conditions == 0 ? 0 : spec.latentSize() + conditions;
        long decoder = spec.latentSize() + joined + decoder(spec).floatsPerRow();
        int samples = spec.objective().samples();
        LatentSpec top = spec.latents().top();
        long latents = spec.latents().priorRows(1, samples)
                        * (top.posterior().floatsPerRow(top.size())
                                + spec.prior().floatsPerRow(top.size(), conditions))
                + spec.latents().floatsPerRow(samples);
        return Float.BYTES * (rows * (encoder + latents + samples * decoder) + pseudo);
    }

    /** The encoder at work, for some rows that are no rows of data and those that are. */
    static Layer encoder(VaeSpec spec, int ahead, LayerContext context) {
        return spec.latents().encoder(spec.row().encoderInputs(), encoder(spec), ENCODER, POSTERIOR, context, ahead);
    }

    private static LayerStack encoder(VaeSpec spec) {
        return encoder(spec.row(), spec.latent());
    }

    private static LayerStack encoder(RowSpec row, LatentSpec latent) {
        int outputs = latent.posterior().encoderOutputs(latent.size());
        return LayerStack.of(row.encoderInputs(), ENCODER, latent.encoder(), POSTERIOR, outputs);
    }

    static LayerStack decoder(VaeSpec spec) {
        return decoder(spec.row(), spec.latent());
    }

    private static LayerStack decoder(RowSpec row, LatentSpec latent) {
        int outputs = LikelihoodHead.outputs(row.modelled());
        int inputs = latent.size() + row.conditionInputs();
        return latent.output()
                .map(output -> LayerStack.of(inputs, DECODER, latent.decoder(), OUTPUT, output))
                .orElseGet(() -> LayerStack.of(inputs, DECODER, latent.decoder(), OUTPUT, outputs));
    }

    static int widest(VaeSpec spec) {
        int ofRows = Math.max(encoder(spec).widest(), decoder(spec).widest());
        return Math.max(ofRows, spec.latents().widest());
    }

    /** Rows that fit at once: no memory may be larger than a buffer can be. */
    static long mostRows(VaeSpec spec, int samples) {
        return FloatMemory.MAXIMUM_LENGTH / samples / widest(spec) - spec.pseudoInputs();
    }

    static void requireSizes(VaeSpec spec, int rows, int samples) {
        long largest = (long) widest(spec) * (rows + spec.pseudoInputs());
        long limit = FloatMemory.MAXIMUM_LENGTH / samples;
        Check.argument(
                rows <= mostRows(spec, samples),
                "rows x widest layer",
                "be at most " + limit + " with " + samples + " samples",
                largest);
    }
}
