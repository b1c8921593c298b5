package elbow.train.plan;

import elbow.base.Check;
import elbow.base.Configuration;
import elbow.math.Activation;
import elbow.vae.VaeSpec;
import elbow.vae.latent.DiagonalGaussian;
import elbow.vae.latent.Hierarchy;
import elbow.vae.latent.LatentHierarchy;
import elbow.vae.latent.LatentSpec;
import elbow.vae.latent.Posterior;
import elbow.vae.layer.DenseSpec;
import elbow.vae.layer.LayerSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Resolves the layers of latents above the lowest in the configuration's {@code model} section. Each has as many hidden
 * layers of one width up to it as down from it.
 */
final class HierarchyResolver {
    private static final String LATENT_SIZES = "model.upper-latent-sizes";
    private static final String UNITS = "model.upper-units";
    private static final String HIDDEN_LAYERS = "model.upper-hidden-layers";

    /** The settings of layers above the lowest. */
    static final List<String> KEYS = List.of(LATENT_SIZES, UNITS, HIDDEN_LAYERS);

    private static final int MOST_HIDDEN_LAYERS = 64;

    private final Optional<Hierarchy> kind;
    private final List<Integer> latentSizes;
    private final List<Integer> units;
    private final int hiddenLayers;

    /**
     * All settings are checked, whether or not there are such layers.
     *
     * @param latentSize of the lowest layer
     * @param lastUnits of the encoder's last hidden layer
     * @throws elbow.base.ElbowException of category USAGE for a value that cannot be
     */
    HierarchyResolver(Configuration configuration, int latentSize, int lastUnits) {
        kind = configuration.choice(HierarchyChoice.KEY, HierarchyChoice.class).kind();
        latentSizes = configuration.positiveIntsOrAuto(LATENT_SIZES).orElse(halves(latentSize, 1));
        Check.usage(
                latentSizes.size() < LatentHierarchy.MOST_LAYERS,
                LATENT_SIZES,
                "be at most " + (LatentHierarchy.MOST_LAYERS - 1) + " layers",
                latentSizes.size());
        units = configuration.positiveIntsOrAuto(UNITS).orElse(halves(lastUnits, latentSizes.size()));
        Check.usage(
                units.size() == latentSizes.size(),
                UNITS,
                "be auto or have one width for each of the " + latentSizes.size() + " of " + LATENT_SIZES,
                units);
        requireRoom(LATENT_SIZES, latentSizes);
        requireRoom(UNITS, units);
        hiddenLayers =
                LatentResolver.atMost(MOST_HIDDEN_LAYERS, HIDDEN_LAYERS, configuration.positiveInt(HIDDEN_LAYERS));
    }

    private static void requireRoom(String key, List<Integer> sizes) {
        Check.usage(
                Collections.max(sizes) <= VaeSpec.MAXIMUM_WIDTH,
                key,
                "be at most " + VaeSpec.MAXIMUM_WIDTH + " each",
                sizes);
    }

    private static List<Integer> halves(int of, int count) {
        List<Integer> halves = new ArrayList<>();
        int last = of;
        for (int i = 0; i < count; i++) {
            last = Math.max(1, last / 2);
            halves.add(last);
        }
        return halves;
    }

    /** How several layers hang together; empty if there is one. */
    Optional<Hierarchy> kind() {
        return kind;
    }

    /** The setting that the topmost layer's size is of. */
    String topKey() {
        return kind.isPresent() ? LATENT_SIZES : "model.latent-size";
    }

    /** Latents of the topmost layer, if the lowest has so many. */
    int topSize(int latentSize) {
        return kind.isPresent() ? latentSizes.get(latentSizes.size() - 1) : latentSize;
    }

    /**
     * The layers above the lowest, from it upwards.
     *
     * @param top posterior of the topmost
     */
    List<LatentSpec> layers(Posterior top, Activation activation) {
        List<LatentSpec> layers = new ArrayList<>();
        for (int i = 0; i < latentSizes.size(); i++) {
            List<LayerSpec> hidden = Collections.nCopies(hiddenLayers, new DenseSpec(units.get(i), activation));
            Posterior posterior = i == latentSizes.size() - 1 ? top : new DiagonalGaussian();
            layers.add(new LatentSpec(hidden, latentSizes.get(i), posterior, hidden));
        }
        return layers;
    }
}
