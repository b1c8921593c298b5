package elbow.vae;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import elbow.base.JsonReader;
import elbow.vae.input.InputTransform;
import elbow.vae.input.RowSpec;
import elbow.vae.latent.Hierarchy;
import elbow.vae.latent.LatentSpec;
import elbow.vae.latent.Posterior;
import elbow.vae.latent.PosteriorReaders;
import elbow.vae.layer.LayerReaders;
import elbow.vae.layer.LayerSpec;
import elbow.vae.likelihood.LikelihoodGroup;
import elbow.vae.likelihood.LikelihoodGroupJson;
import elbow.vae.objective.ObjectiveJson;
import elbow.vae.prior.Prior;
import elbow.vae.prior.PriorReaders;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * {@link VaeSpec} as JSON: all fields always there, unknown fields refused. Versions 1 and 2, which knew one layer of
 * latents between dense layers of one activation, are read as {@link FlatSpecJson} says.
 */
public final class VaeSpecJson {
    private static final int FORMAT_VERSION = 3;

    private static final String GROUPS = "columnGroups";
    private static final String TRANSFORM = "inputTransform";
    private static final String MISSING = "missingColumns";
    private static final String LATENT_LAYERS = "latentLayers";

    /** Only written where there are several layers of latents. */
    private static final String HIERARCHY = "hierarchy";

    private static final String ENCODER = "encoder";
    private static final String SIZE = "size";
    private static final String POSTERIOR = "posterior";
    private static final String DECODER = "decoder";

    /** Only written where it is no dense layer: other specs stay as they were before there was another. */
    private static final String OUTPUT = "output";

    private static final String PRIOR = "prior";
    private static final String OBJECTIVE = "objective";

    private VaeSpecJson() {}

    /** The tree of a spec. */
    public static ObjectNode write(VaeSpec spec) {
        ObjectNode node = JsonReader.newObject();
        node.put(JsonReader.FORMAT_VERSION, FORMAT_VERSION);
        ArrayNode groups = node.putArray(GROUPS);
        spec.row().groups().forEach(group -> LikelihoodGroupJson.write(group, groups.addObject()));
        node.put(TRANSFORM, JsonReader.camelCase(spec.row().transform()));
        spec.row().missingColumns().forEach(node.putArray(MISSING)::add);
        ArrayNode latentLayers = node.putArray(LATENT_LAYERS);
        spec.latentLayers().forEach(latent -> write(latent, latentLayers.addObject()));
        if (spec.latents().isDeep()) {
            node.put(HIERARCHY, JsonReader.camelCase(spec.hierarchy()));
        }
        spec.prior()
                .writeSettings(
                        node.putObject(PRIOR).put(JsonReader.TYPE, spec.prior().type()));
        ObjectiveJson.write(spec.objective(), node.putObject(OBJECTIVE));
        return node;
    }

    private static void write(LatentSpec latent, ObjectNode node) {
        write(latent.encoder(), node.putArray(ENCODER));
        node.put(SIZE, latent.size());
        Posterior posterior = latent.posterior();
        posterior.writeSettings(node.putObject(POSTERIOR).put(JsonReader.TYPE, posterior.type()));
        write(latent.decoder(), node.putArray(DECODER));
        latent.output().ifPresent(layer -> write(layer, node.putObject(OUTPUT)));
    }

    private static void write(List<LayerSpec> layers, ArrayNode node) {
        for (LayerSpec layer : layers) {
            write(layer, node.addObject());
        }
    }

    private static void write(LayerSpec layer, ObjectNode node) {
        layer.writeSettings(node.put(JsonReader.TYPE, layer.type()));
    }

    /** The readers of the kinds of parts, by their names. */
    record Parts(
            Map<String, Function<JsonReader, LayerSpec>> layers,
            Map<String, Function<JsonReader, Posterior>> posteriors,
            Map<String, Function<JsonReader, Prior>> priors) {
        static final Parts ALL = new Parts(LayerReaders.ALL, PosteriorReaders.ALL, PriorReaders.ALL);
    }

    /**
     * The spec of a text, which error messages call {@code document}.
     *
     * @throws IllegalArgumentException naming the field that is unknown, missing, of the wrong type or out of range
     */
    public static VaeSpec read(String document, String text) {
        return read(document, text, Parts.ALL);
    }

    /** As {@link #read(String, String)}, with parts of those kinds. */
    static VaeSpec read(String document, String text, Parts parts) {
        return JsonReader.read(document, text, reader -> read(reader, parts));
    }

    private static VaeSpec read(JsonReader reader, Parts parts) {
        int version = reader.has(JsonReader.FORMAT_VERSION) ? reader.formatVersion(1, FORMAT_VERSION) : 1;
        return version < FORMAT_VERSION ? FlatSpecJson.read(reader, version) : readTree(reader, parts);
    }

    private static VaeSpec readTree(JsonReader reader, Parts parts) {
        return new VaeSpec(
                new RowSpec(
                        reader.<LikelihoodGroup>objects(GROUPS, LikelihoodGroupJson::read),
                        reader.constant(TRANSFORM, InputTransform.class),
                        reader.integers(MISSING)),
                reader.<LatentSpec>objects(LATENT_LAYERS, latents -> readLatents(latents, parts)),
                reader.has(HIERARCHY) ? reader.constant(HIERARCHY, Hierarchy.class) : Hierarchy.BOTTOM_UP,
                reader.member(PRIOR, parts.priors()),
                ObjectiveJson.read(reader.object(OBJECTIVE)));
    }

    // The list's reader refuses what is left over.
    private static LatentSpec readLatents(JsonReader reader, Parts parts) {
        return new LatentSpec(
                reader.<LayerSpec>objects(ENCODER, layer -> layer.member(parts.layers())),
                reader.integer(SIZE),
                reader.member(POSTERIOR, parts.posteriors()),
                reader.<LayerSpec>objects(DECODER, layer -> layer.member(parts.layers())),
                reader.has(OUTPUT) ? Optional.of(reader.member(OUTPUT, parts.layers())) : Optional.empty());
    }
}
