package elbow.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtException;
import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.data.encoding.RowEncoder;
import elbow.data.feature.FeatureEncoder;
import elbow.data.feature.TestEncoders;
import elbow.files.OutputDirectory;
import elbow.files.OutputDirectory.IfExists;
import elbow.math.Activation;
import elbow.math.FloatMemory;
import elbow.math.noise.KeyedNoise;
import elbow.math.noise.NoiseStream;
import elbow.model.TrainedModel;
import elbow.score.ScoringModel;
import elbow.vae.RowScores;
import elbow.vae.RowScores.Detail;
import elbow.vae.VaeScorer;
import elbow.vae.VaeSpec;
import elbow.vae.input.InputTransform;
import elbow.vae.input.RowBatch;
import elbow.vae.input.RowSpec;
import elbow.vae.latent.DiagonalGaussian;
import elbow.vae.latent.Hierarchy;
import elbow.vae.latent.LatentSpec;
import elbow.vae.layer.DenseSpec;
import elbow.vae.layer.LayerSpec;
import elbow.vae.likelihood.Bernoulli;
import elbow.vae.likelihood.LikelihoodGroup;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What columns and network are together, without Spark. */
class ModelGraphsTest {
    private static final double TOLERANCE = 1e-4;
    private static final long SEED = 23;
    private static final int LATENTS = ExportedModels.LATENTS;

    @TempDir
    private Path directory = Path.of("");

    @ParameterizedTest
    @CsvSource({"BOTTOM_UP, bottom-up", "LADDER, ladder"})
    void aModelWithSeveralLayersOfLatentsIsRefusedBeforeAnythingIsWritten(Hierarchy kind, String word) {
        List<LayerSpec> layers = List.of(new DenseSpec(4, Activation.TANH));
        LatentSpec upper = new LatentSpec(layers, 2, new DiagonalGaussian(), layers);
        TrainedModel model = model(ExportedTables.table(0), spec -> spec.upper(kind, List.of(upper)));
        OutputDirectory output = OnnxExport.directory(
                "output", directory.resolve("exported").toUri().toString(), IfExists.REFUSE, new Configuration());

        for (GraphKind graph : GraphKind.values()) {
            assertThatThrownBy(() -> OnnxExport.graph(model, graph))
                    .isInstanceOfSatisfying(
                            ElbowException.class,
                            refusal -> assertThat(refusal.category()).isEqualTo(ErrorCategory.USAGE))
                    .hasMessageContaining("must have one layer of latents, but has 2 by model.hierarchy = " + word);
        }
        assertThatThrownBy(() -> OnnxExport.write(model, output))
                .isInstanceOf(ElbowException.class)
                .hasMessageContaining("model.hierarchy = " + word);
        assertThat(directory).isEmptyDirectory();
    }

    static Stream<FeatureEncoder> binarised() {
        return Stream.of(ExportedTables.pictures(), ExportedTables.everyKind());
    }

    @ParameterizedTest
    @MethodSource("binarised")
    void greyPixelsAreBinarisedByTheNumbersThatAreGiven(FeatureEncoder encoder) throws OrtException {
        TrainedModel model = model(encoder, spec -> spec);
        ScoringModel network = ScoringModel.of(model.network(), 0);
        List<Row> rows = grey(ExportedTables.rows(60, 4));
        int count = rows.size();
        long[] keys = LongStream.range(100, 100 + count).toArray();
        RowScores scores = new RowScores(network.spec(), count, EnumSet.of(Detail.LATENTS));
        try (VaeScorer scorer = new VaeScorer(network.spec());
                FloatMemory parameters = FloatMemory.allocate(network.parameters().length)) {
            parameters.put(0, network.parameters(), network.parameters().length);
            scorer.bind(parameters);
            scorer.score(batch(encoder, rows).withKeys(keys), SEED, 0, scores);
        }
        int pixels = encoder.images().get(0).size();
        float[] uniform = new float[count * pixels];
        int[] bits = new int[pixels + KeyedNoise.WORDS - 1];
        for (int row = 0; row < count; row++) {
            KeyedNoise.bits(NoiseStream.SCORING_INPUT.key(SEED, 0), keys[row], 0, pixels, bits);
            for (int pixel = 0; pixel < pixels; pixel++) {
                uniform[row * pixels + pixel] = (float) KeyedNoise.uniform(bits[pixel]);
            }
        }

        double[] latents = run(model, GraphKind.ENCODER, rows, uniform).of("latent");
        OnnxRun.Results found = run(model, GraphKind.SCORE, rows, uniform);

        for (int i = 0; i < latents.length; i++) {
            assertThat(latents[i]).as("latent " + i).isCloseTo(scores.means()[i], within(TOLERANCE));
        }
        for (int row = 0; row < count; row++) {
            assertThat(found.of("kl")[row]).as("kl " + row).isCloseTo(scores.kl(row), within(TOLERANCE));
            if (encoder.features().size() == 1) {
                assertThat(found.of("reconstruction")[row])
                        .as("reconstruction " + row)
                        .isCloseTo(scores.reconstruction(row), within(TOLERANCE));
            }
        }
        // Other numbers make others of the same pixels.
        Arrays.fill(uniform, 0.5f);
        assertThat(run(model, GraphKind.ENCODER, rows, uniform).of("latent")).isNotEqualTo(latents);
    }

    private static List<Row> grey(List<Row> rows) {
        Random random = new Random(12);
        int column = ExportedTables.SCHEMA.fieldIndex("picture");
        return rows.stream()
                .map(row -> {
                    Object[] values = new Object[row.size()];
                    Arrays.setAll(values, row::get);
                    byte[] pixels = new byte[row.<byte[]>getAs(column).length];
                    random.nextBytes(pixels);
                    values[column] = pixels;
                    return RowFactory.create(values);
                })
                .toList();
    }

    private static RowBatch batch(FeatureEncoder encoder, List<Row> rows) {
        RowEncoder rowEncoder = encoder.bind(ExportedTables.SCHEMA);
        RowBatch batch = new RowBatch(encoder.width(), rows.size());
        for (int row = 0; row < rows.size(); row++) {
            rowEncoder.encode(rows.get(row), batch.values(), batch.mask(), row * encoder.width());
        }
        batch.holdWithGaps(rows.size());
        return batch;
    }

    private static OnnxRun.Results run(TrainedModel model, GraphKind kind, List<Row> rows, float[] uniform)
            throws OrtException {
        try (OnnxRun run = new OnnxRun(OnnxExport.graph(model, kind))) {
            ExportedTables.give(model.encoder().features(), rows, run);
            return run.with("uniform", uniform, rows.size(), uniform.length / rows.size())
                    .run();
        }
    }

    @Test
    void ofARowWhoseConditionsAreRefusedAllThatIsMadeIsNotANumberOrEmpty() throws OrtException {
        TrainedModel model = model(ExportedTables.givenSize(), spec -> spec);
        float[] latents = {0.5f, -1, 2, 0, 0.3f, 0.7f};
        for (Map.Entry<GraphKind, String> kind : Map.of(GraphKind.DECODER, "latent", GraphKind.GENERATOR, "noise")
                .entrySet()) {
            try (OnnxRun run = new OnnxRun(OnnxExport.graph(model, kind.getKey()))) {
                OnnxRun.Results found = run.with(kind.getValue(), latents, 3, LATENTS)
                        .with("size", new String[] {"S", "XXL", ""}, 3)
                        .run();

                assertThat(found.numbers()).containsKeys("picture", "grade", "colour.probabilities");
                found.numbers().forEach((name, values) -> {
                    int width = values.length / 3;
                    for (int i = 0; i < values.length; i++) {
                        assertThat(Double.isNaN(values[i])).as(name + " " + i).isEqualTo(i / width == 1);
                    }
                });
                assertThat(found.texts()).containsOnlyKeys("colour", "town");
                found.texts().forEach((name, values) -> {
                    assertThat(values[1]).as(name).isEmpty();
                    assertThat(values[0]).as(name).isNotEmpty();
                    assertThat(values[2]).as(name).isNotEmpty();
                });
            }
        }
    }

    @Test
    void columnsMayBeNamedLikeValuesOfTheGraph() throws OrtException {
        TrainedModel plain = model(columns("a", "b", "c"), spec -> spec);
        TrainedModel named = model(columns("value:3", "value:40", "value:0"), spec -> spec);

        assertThat(latents(named, "value:3", "value:40", "value:0")).isEqualTo(latents(plain, "a", "b", "c"));
        for (GraphKind kind : GraphKind.values()) {
            new OnnxRun(OnnxExport.graph(named, kind)).close();
        }
    }

    private static FeatureEncoder columns(String first, String second, String third) {
        return TestEncoders.encoder()
                .real(first, 1, 2)
                .count(second, 3, 1, 0.5)
                .categorical(third, "red", "blue")
                .build();
    }

    private static double[] latents(TrainedModel model, String first, String second, String third) throws OrtException {
        try (OnnxRun run = new OnnxRun(OnnxExport.graph(model, GraphKind.ENCODER))) {
            return run.with(first, new double[] {1, 5}, 2)
                    .with(second, new double[] {2, 7}, 2)
                    .with(third, new String[] {"red", "mauve"}, 2)
                    .run()
                    .of("latent");
        }
    }

    @Test
    void whatTheEncoderSeesOfALargeImageHasNoConstantOfItsSizeSquared() {
        int pixels = 224 * 224;
        RowSpec row =
                new RowSpec(List.of(new LikelihoodGroup(new Bernoulli(), pixels)), InputTransform.THRESHOLD, List.of());
        Graph graph = new Graph("encoder");
        Tensor values = graph.input(TensorShape.of("values", ElementType.FLOAT, pixels));
        Tensor present = graph.input(TensorShape.of("present", ElementType.FLOAT, pixels));

        InputGraph.of(row, values, present, null);

        assertThat(graph.toBytes("1", Map.of())).hasSizeLessThan(10 * Float.BYTES * pixels);
    }

    @Test
    void identifiersOfModelsAreTextsWhateverTheirDigits() {
        TrainedModel model = model(columns("a", "b", "c"), spec -> spec);

        assertThat(MlflowFiles.of(new Graph("score"), "model.onnx", model.manifest())
                        .get("MLmodel"))
                .containsPattern("(?m)^model_uuid: '[0-9a-f]{32}'$");
    }

    private static TrainedModel model(FeatureEncoder encoder, UnaryOperator<VaeSpec.Builder> settings) {
        return ExportedModels.of(encoder, settings, "encoded", 2);
    }
}
