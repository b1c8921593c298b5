package elbow.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtException;
import elbow.SharedSpark;
import elbow.data.encoding.Cell.Form;
import elbow.data.encoding.RowDecoder;
import elbow.data.encoding.RowEncoder;
import elbow.data.feature.Feature;
import elbow.data.feature.FeatureEncoder;
import elbow.data.feature.TableColumns;
import elbow.math.FloatMemory;
import elbow.model.TrainedModel;
import elbow.score.RowScoring;
import elbow.score.ScoringModel;
import elbow.score.ScoringPlan;
import elbow.use.LatentEncoding;
import elbow.use.LatentEncoding.Moments;
import elbow.use.UsedModel;
import elbow.vae.VaeGenerator;
import elbow.vae.input.RowBatch;
import elbow.vae.prior.ConditionalGaussian;
import elbow.vae.prior.Prior;
import elbow.vae.prior.StandardNormal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Exported graphs on rows of a table against what Elbow's own runs give for the same rows. */
class OnnxExportIT {
    private static final double TOLERANCE = 1e-4;
    private static final int LATENTS = ExportedModels.LATENTS;

    static Stream<Arguments> models() {
        FeatureEncoder everyKind = ExportedTables.everyKind();
        FeatureEncoder table = ExportedTables.table(0);
        FeatureEncoder given = ExportedTables.table(4);
        return Stream.of(
                Arguments.of("every kind, likelihood ratio", model(everyKind, new StandardNormal(), "auto", 2)),
                Arguments.of("table, encoded", model(table, new StandardNormal(), "encoded", 2)),
                Arguments.of(
                        "table, tails", ExportedModels.withTails(model(table, new StandardNormal(), "encoded", 3))),
                Arguments.of(
                        "table, distances",
                        ExportedModels.withDistances(model(table, new StandardNormal(), "encoded", 4))),
                Arguments.of("table, elbo", model(table, new StandardNormal(), "elbo", 2)),
                Arguments.of("table, straightened", model(table, new StandardNormal(), "encoded", 1)),
                Arguments.of("conditions", model(given, new StandardNormal(), "auto", 2)),
                Arguments.of("conditional prior", model(given, new ConditionalGaussian(5), "auto", 2)));
    }

    private static TrainedModel model(FeatureEncoder encoder, Prior prior, String formula, int version) {
        return ExportedModels.of(encoder, spec -> spec.prior(prior), formula, version);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("models")
    void scoresAreThoseOfScoringAtThePosteriorMean(String name, TrainedModel model) throws OrtException {
        for (int count : new int[] {1, 1000}) {
            List<Row> rows = ExportedTables.rows(count, 5);
            Row[] expected = sorted(
                    RowScoring.score(table(rows), model, new ScoringPlan(List.of("id"), 0, 1e9, 0, Instant.EPOCH)));
            OnnxRun.Results found = run(model, GraphKind.SCORE, rows);
            for (String score : List.of("elbo", "reconstruction", "kl", "anomaly_score")) {
                assertClose(
                        score,
                        found.of(score),
                        Arrays.stream(expected)
                                .mapToDouble(row -> row.<Double>getAs(score))
                                .toArray());
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("models")
    void latentsAreThoseOfEncode(String name, TrainedModel model) throws OrtException {
        for (int count : new int[] {1, 1000}) {
            List<Row> rows = ExportedTables.rows(count, 6);
            LatentEncoding.Plan plan =
                    new LatentEncoding.Plan(List.of("id"), LatentEncoding.Form.COLUMNS, Moments.MEAN_AND_DEVIATION, 7);
            Row[] expected = sorted(LatentEncoding.encode(table(rows), used(model), plan));
            OnnxRun.Results found = run(model, GraphKind.ENCODER, rows);
            for (String moment : List.of("latent", "latent_deviation")) {
                double[] values = new double[count * LATENTS];
                for (int i = 0; i < values.length; i++) {
                    values[i] = expected[i / LATENTS].getAs(moment + "_" + i % LATENTS);
                }
                assertClose(moment, found.of(moment), values);
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("models")
    void expectationsAreThoseOfTheDecoderInTheColumnsUnits(String name, TrainedModel model) throws OrtException {
        for (int count : new int[] {1, 1000}) {
            List<Row> rows = ExportedTables.rows(count, 7);
            float[] latents = new float[count * LATENTS];
            Random random = new Random(8);
            for (int i = 0; i < latents.length; i++) {
                latents[i] = (float) random.nextGaussian();
            }
            float[] encoded = decoded(model, rows, latents);
            try (OnnxRun decoder = new OnnxRun(OnnxExport.graph(model, GraphKind.DECODER))) {
                ExportedTables.give(model.encoder().conditions(), rows, decoder);
                requireEqual(
                        model,
                        encoded,
                        decoder.with("latent", latents, count, LATENTS).run(),
                        count);
            }
        }
    }

    // As encoded rows.
    private static float[] decoded(TrainedModel model, List<Row> rows, float[] latents) {
        ScoringModel network = ScoringModel.of(model.network(), 0);
        int width = model.encoder().width();
        RowEncoder encoder = model.encoder().bind(ExportedTables.SCHEMA);
        float[] expected = new float[rows.size() * width];
        try (VaeGenerator generator = new VaeGenerator(network.spec());
                FloatMemory parameters = FloatMemory.allocate(network.parameters().length)) {
            parameters.put(0, network.parameters(), network.parameters().length);
            generator.bind(parameters);
            float[] block = new float[generator.blockRows() * width];
            for (int first = 0; first < rows.size(); first += generator.blockRows()) {
                int count = Math.min(generator.blockRows(), rows.size() - first);
                RowBatch batch = new RowBatch(width, count);
                for (int row = 0; row < count; row++) {
                    encoder.encode(rows.get(first + row), batch.values(), batch.mask(), row * width);
                }
                batch.holdWithGaps(count);
                generator.put(Arrays.copyOfRange(latents, first * LATENTS, (first + count) * LATENTS), batch);
                generator.expected(block);
                System.arraycopy(block, 0, expected, first * width, count * width);
            }
        }
        return expected;
    }

    private static void requireEqual(TrainedModel model, float[] encoded, OnnxRun.Results found, int count) {
        StructType schema = ExportedTables.SCHEMA;
        RowDecoder decoder = TableColumns.of(model.encoder(), 0).decoder(model.encoder(), schema, name -> name);
        int width = model.encoder().width();
        for (int cell = 0; cell < decoder.cells(); cell++) {
            Feature feature = model.encoder().modelled().get(cell);
            String column = feature.column();
            List<Double> numbers = new ArrayList<>();
            List<Double> places = new ArrayList<>();
            List<String> texts = new ArrayList<>();
            for (int row = 0; row < count; row++) {
                numbers.add(decoder.number(cell, encoded, row * width));
                int from = row * width + decoder.offset(cell);
                for (int i = from; i < from + decoder.width(cell); i++) {
                    places.add((double) encoded[i]);
                }
                texts.add(String.valueOf(decoder.value(cell, encoded, row * width, Form.EXPECTED, 0)));
            }
            if (decoder.isCategory(cell)) {
                assertClose(column, found.of(column + ".probabilities"), array(places));
            }
            if (found.texts().containsKey(column)) {
                assertThat(found.texts().get(column)).as(column).containsExactly(texts.toArray(String[]::new));
            } else if (column.equals("picture")) {
                assertClose(
                        column,
                        found.of(column),
                        Arrays.stream(array(places)).map(pixel -> 255 * pixel).toArray());
            } else {
                assertClose(column, found.of(column), array(column.equals("at") ? places : numbers));
            }
        }
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    @Test
    void noiseOfAStandardNormalPriorIsDecodedAsLatents() throws OrtException {
        TrainedModel model = model(ExportedTables.table(0), new StandardNormal(), "auto", 2);
        float[] noise = {0.5f, -1, 2, 0};
        try (OnnxRun decoder = new OnnxRun(OnnxExport.graph(model, GraphKind.DECODER));
                OnnxRun generator = new OnnxRun(OnnxExport.graph(model, GraphKind.GENERATOR))) {
            OnnxRun.Results decoded = decoder.with("latent", noise, 2, LATENTS).run();
            OnnxRun.Results generated =
                    generator.with("noise", noise, 2, LATENTS).run();

            assertThat(generated.numbers()).hasSize(decoded.numbers().size());
            decoded.numbers()
                    .forEach((name, values) -> assertThat(generated.of(name)).containsExactly(values));
            decoded.texts()
                    .forEach((name, values) ->
                            assertThat(generated.texts().get(name)).containsExactly(values));
        }
    }

    @Test
    void aValueThatElbowRefusesMakesTheRowsResultsNotANumberAndNoOthers() throws OrtException {
        TrainedModel model = model(ExportedTables.table(0), new StandardNormal(), "auto", 2);
        List<Row> rows = new ArrayList<>(ExportedTables.rows(5, 9));
        rows.set(1, replaced(rows.get(1), "plain", Double.POSITIVE_INFINITY));
        rows.set(2, replaced(rows.get(2), "size", "XXL"));
        rows.set(3, replaced(rows.get(3), "visits", 1L << 25));

        double[] elbo = run(model, GraphKind.SCORE, rows).of("elbo");
        double[] latents = run(model, GraphKind.ENCODER, rows).of("latent");

        for (int row = 0; row < rows.size(); row++) {
            boolean refused = row >= 1 && row <= 3;
            assertThat(model.encoder().bind(ExportedTables.SCHEMA).fault(rows.get(row)) != null)
                    .isEqualTo(refused);
            assertThat(Double.isNaN(elbo[row])).as("row " + row).isEqualTo(refused);
            assertThat(Double.isNaN(latents[row * LATENTS])).as("row " + row).isEqualTo(refused);
        }
    }

    @Test
    void negativeCountsAndNumbersBelowAllOfTrainingCountAsInElbow() throws OrtException {
        TrainedModel model = model(ExportedTables.table(0), new StandardNormal(), "auto", 2);
        List<Row> rows = new ArrayList<>(ExportedTables.rows(3, 10));
        rows.set(0, replaced(rows.get(0), "visits", -4L));
        rows.set(1, replaced(rows.get(1), "price", 0.0));
        rows.set(2, replaced(rows.get(2), "price", -7.0));
        Row[] expected =
                sorted(RowScoring.score(table(rows), model, new ScoringPlan(List.of("id"), 0, 1e9, 0, Instant.EPOCH)));

        assertClose(
                "elbo",
                run(model, GraphKind.SCORE, rows).of("elbo"),
                Arrays.stream(expected)
                        .mapToDouble(row -> row.<Double>getAs("elbo"))
                        .toArray());
    }

    private static Row replaced(Row row, String column, Object value) {
        Object[] values = new Object[row.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = i == ExportedTables.SCHEMA.fieldIndex(column) ? value : row.get(i);
        }
        return RowFactory.create(values);
    }

    private static OnnxRun.Results run(TrainedModel model, GraphKind kind, List<Row> rows) throws OrtException {
        try (OnnxRun run = new OnnxRun(OnnxExport.graph(model, kind))) {
            ExportedTables.give(model.encoder().features(), rows, run);
            int pixels = model.encoder().images().stream()
                    .mapToInt(shape -> shape.size())
                    .sum();
            if (pixels > 0) {
                // Of pixels that are black or white any number will do.
                float[] uniform = new float[rows.size() * pixels];
                Random random = new Random(1);
                for (int i = 0; i < uniform.length; i++) {
                    uniform[i] = random.nextFloat();
                }
                run.with("uniform", uniform, rows.size(), pixels);
            }
            return run.run();
        }
    }

    private static UsedModel used(TrainedModel model) {
        return new UsedModel(model, TableColumns.of(model.encoder(), 0));
    }

    private static Dataset<Row> table(List<Row> rows) {
        return SharedSpark.session().createDataFrame(rows, ExportedTables.SCHEMA);
    }

    private static Row[] sorted(Dataset<Row> table) {
        return table.orderBy("id").collectAsList().toArray(Row[]::new);
    }

    private static void assertClose(String what, double[] found, double[] expected) {
        assertThat(found).as(what).hasSameSizeAs(expected);
        for (int i = 0; i < found.length; i++) {
            assertThat(found[i]).as(what + " " + i).isCloseTo(expected[i], within(TOLERANCE));
        }
    }
}
