package elbow.export;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.density.FittedDensities;
import elbow.failure.StorageFailure;
import elbow.files.OutputDirectory;
import elbow.files.OutputDirectory.IfExists;
import elbow.model.SoftwareVersions;
import elbow.model.TrainedModel;
import elbow.score.AnomalyScoring;
import elbow.score.ScoringModel;
import elbow.vae.latent.LatentHierarchy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;

/**
 * Writes a model as graphs of ONNX, for programs without Spark and Java: one for each {@link GraphKind}, beside them
 * what MLflow needs to serve that of the scores, and {@code description.json}, which says what goes in and what comes
 * out.
 *
 * <p>Columns go in as a table has them, one tensor of shape (rows) each: numbers and truth values as doubles, NaN for a
 * missing one; categories as texts, empty for a missing one; times as microseconds since 1970 began in UTC, the
 * smallest whole number of 64 bits for a missing one; images as bytes, (rows, height, width, channels). A value that
 * Elbow would refuse makes the row's results NaN.
 *
 * <p>What Elbow draws is an input: {@code noise} of the generator, {@code component} where it draws from a mixture,
 * {@code uniform} where pixels are binarised at random, and {@code noise} of the scores where the KL divergence has no
 * closed form.
 *
 * <p>The scores are those of {@link elbow.score.RowScoring} with 0 samples: elbo, reconstruction, kl and anomaly_score.
 */
public final class OnnxExport {
    private OnnxExport() {}

    /**
     * A directory to be written to: {@link #write} puts all there at once.
     *
     * @throws ElbowException of category USAGE if something is there that is not to be replaced, or nothing can be
     *     written there
     */
    public static OutputDirectory directory(String option, String uri, IfExists ifExists, Configuration hadoop) {
        return new OutputDirectory(option, uri, Description.FILE, ifExists, hadoop);
    }

    /**
     * One graph, as the bytes of its file.
     *
     * @throws ElbowException of category USAGE if the model has several layers of latents, its groups have networks of
     *     their own, or a column has the name of another input or output
     */
    public static byte[] graph(TrainedModel model, GraphKind kind) {
        return bytes(model, graphs(model).of(kind));
    }

    private static ModelGraphs graphs(TrainedModel model) {
        model.groups().ifPresent(groups -> {
            throw new ElbowException(
                    ErrorCategory.USAGE,
                    "a model that is exported must have one network, but the groups of model "
                            + model.manifest().modelId() + " by " + String.join(", ", groups.columns())
                            + " have networks of their own, which no graph chooses between: train one without"
                            + " data.group-by, with these columns as data.conditions");
        });
        ScoringModel network = ScoringModel.of(model.network(), 0);
        requireOneLayerOfLatents(network.spec().latents());
        return new ModelGraphs(
                model.encoder(),
                network.spec(),
                network.parameters(),
                AnomalyScoring.of(model),
                model.densities().flatMap(FittedDensities::latents));
    }

    // What is exported goes by the lowest layer's posterior and by the prior as if they were of the same latents.
    private static void requireOneLayerOfLatents(LatentHierarchy latents) {
        if (latents.isDeep()) {
            throw new ElbowException(
                    ErrorCategory.USAGE,
                    "a model that is exported must have one layer of latents, but has "
                            + latents.layers().size() + " by model.hierarchy = "
                            + latents.kind().name().toLowerCase(Locale.ROOT).replace('_', '-')
                            + ": leave model.hierarchy out and train again");
        }
    }

    private static byte[] bytes(TrainedModel model, Graph graph) {
        return graph.toBytes(
                SoftwareVersions.ofProcess().getOrDefault("elbow", ""),
                Map.of("elbow_model_id", model.manifest().modelId()));
    }

    /**
     * Writes all graphs of a model and what goes with them, and puts them in place.
     *
     * @param directory of {@link #directory}
     * @throws ElbowException of category USAGE if the model has several layers of latents, its groups have networks of
     *     their own, or a column has the name of another input or output; of category PLATFORM if it could not be
     *     written
     */
    public static void write(TrainedModel model, OutputDirectory directory) {
        ModelGraphs graphs = graphs(model);
        Map<GraphKind, Graph> made = new EnumMap<>(GraphKind.class);
        for (GraphKind kind : GraphKind.values()) {
            made.put(kind, graphs.of(kind));
        }
        try {
            for (Map.Entry<GraphKind, Graph> graph : made.entrySet()) {
                directory.write(graph.getKey().file(), bytes(model, graph.getValue()));
                if (graph.getKey() == GraphKind.SCORE) {
                    write(MlflowFiles.of(graph.getValue(), graph.getKey().file(), model.manifest()), directory);
                }
            }
            write(Map.of(Description.FILE, Description.of(model, made)), directory);
            directory.publish();
        } catch (IOException e) {
            throw StorageFailure.of("write " + directory.path(), e);
        } finally {
            directory.discard();
        }
    }

    private static void write(Map<String, String> files, OutputDirectory directory) throws IOException {
        for (Map.Entry<String, String> file : files.entrySet()) {
            directory.write(file.getKey(), file.getValue().getBytes(StandardCharsets.UTF_8));
        }
    }
}
