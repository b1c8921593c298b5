package elbow.vae.prior;

import com.fasterxml.jackson.databind.node.ObjectNode;
import elbow.base.Check;
import elbow.base.JsonReader;
import elbow.vae.flow.AffineCoupling;
import elbow.vae.layer.LayerContext;
import elbow.vae.layer.ParameterLayout;

/**
 * A standard normal seen through affine couplings (Dinh, Sohl-Dickstein, Bengio. Density estimation using Real NVP.
 * ICLR 2017; as a prior: Chen et al. Variational lossy autoencoder. ICLR 2017). It starts as the standard normal
 * itself. The KL divergence from a Gaussian has no closed form.
 *
 * @param couplings how many, 1 to {@value #MOST_COUPLINGS}; two change every latent once
 * @param units of the hidden layer of each coupling's network
 */
public record FlowPrior(int couplings, int units) implements Prior {
    static final String TYPE = "affineCouplings";

    /** The most couplings. */
    public static final int MOST_COUPLINGS = 256;

    /** The most units. */
    public static final int MOST_UNITS = 1 << 16;

    private static final String COUPLINGS = "couplings";
    private static final String UNITS = "units";

    public FlowPrior {
        Check.argument(
                couplings >= 1 && couplings <= MOST_COUPLINGS, COUPLINGS, "lie in 1.." + MOST_COUPLINGS, couplings);
        Check.argument(units >= 1 && units <= MOST_UNITS, UNITS, "lie in 1.." + MOST_UNITS, units);
    }

    static FlowPrior fromJson(JsonReader settings) {
        return new FlowPrior(settings.integer(COUPLINGS), settings.integer(UNITS));
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public String description() {
        return "flow of " + couplings + " affine couplings with " + units + " units";
    }

    @Override
    public void writeSettings(ObjectNode node) {
        node.put(COUPLINGS, couplings).put(UNITS, units);
    }

    @Override
    public void requireFits(int latentSize, int conditions) {
        Check.argument(
                latentSize >= 2,
                "latentSize",
                "be at least 2 with a flow prior, whose couplings part them",
                latentSize);
    }

    @Override
    public void declare(String name, int latentSize, int conditions, ParameterLayout.Builder layout) {
        for (int i = 0; i < couplings; i++) {
            AffineCoupling.declare(coupling(name, i), latentSize, i, units, layout);
        }
    }

    @Override
    public long floatsPerRow(int latentSize, int conditions) {
        long sum = 0;
        for (int i = 0; i < couplings; i++) {
            sum += AffineCoupling.floatsPerRow(latentSize, i, units);
        }
        return sum;
    }

    @Override
    public PriorDensity create(String name, int latentSize, int conditions, LayerContext context) {
        AffineCoupling[] steps = new AffineCoupling[couplings];
        for (int i = 0; i < couplings; i++) {
            steps[i] = new AffineCoupling(coupling(name, i), latentSize, i, units, context);
        }
        return new FlowDensity(steps, latentSize, context.rows());
    }

    private static String coupling(String name, int number) {
        return name + ".couplings." + number;
    }
}
