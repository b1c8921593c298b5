package elbow.score;

import elbow.base.Check;
import elbow.dl4j.VaeLayer;
import elbow.dl4j.VaeNetworks;
import elbow.vae.VaeSpec;
import elbow.vae.VaeSpecJson;
import java.io.Serializable;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * What an executor needs to score encoded rows: spec, parameters, seed, samples. Small enough to broadcast; immutable.
 */
public final class ScoringModel implements Serializable {
    private static final long serialVersionUID = 1L;

    // Text, because a spec is a record with sealed parts, which not every serializer of Spark's can write.
    private final String spec;
    private final float[] parameters;
    private final long seed;
    private final int samples;

    private ScoringModel(String spec, float[] parameters, long seed, int samples) {
        this.spec = spec;
        this.parameters = parameters;
        this.seed = seed;
        this.samples = samples;
    }

    /**
     * A copy of a network's present state.
     *
     * @param samples posterior samples per row, at least 0; 0 scores at the posterior mean
     * @throws elbow.base.ElbowException of category MODEL if the network is not one {@link VaeLayer}
     */
    public static ScoringModel of(MultiLayerNetwork network, int samples) {
        Check.argument(samples >= 0, "samples", "be at least 0", samples);
        VaeLayer layer = VaeNetworks.layerOf(network);
        long seed = network.getLayer(0).conf().getSeed();
        return new ScoringModel(
                VaeSpecJson.write(layer.spec()).toString(), VaeNetworks.parametersOf(network), seed, samples);
    }

    /** What the parameters belong to. */
    public VaeSpec spec() {
        return VaeSpecJson.read("broadcast spec", spec);
    }

    /** The parameters, flattened; not to be written to. */
    public float[] parameters() {
        return parameters;
    }

    /** The seed of the model's noise. */
    public long seed() {
        return seed;
    }

    int samples() {
        return samples;
    }
}
