package elbow.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import elbow.SharedSpark;
import elbow.base.Configuration;
import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.fit.Fit;
import elbow.fit.FitResult;
import elbow.model.Manifest;
import elbow.score.ScoreColumns;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Estimator and model in a Spark session. */
class VariationalAutoencoderIT {
    private static final Dataset<Row> ROWS = SmallRows.mixed();
    private static final VariationalAutoencoderModel MODEL =
            SmallRows.quick().setIgnoredCols("id").fit(ROWS);

    @TempDir
    private Path directory = Path.of("");

    @Test
    void isTheModelThatFitMakes() {
        Configuration settings = Configuration.defaults()
                .withOverrides(List.of(
                        "training.replicas=1",
                        "training.batch-size=32",
                        "training.epochs=6",
                        "training.measure-every=60",
                        "model.encoder-sizes=[16]",
                        "model.latent-size=2"));
        FitResult fitted = Fit.builder(settings).ignore(List.of("id")).build().train(ROWS);

        assertThat(MODEL.summary().modelId()).isEqualTo(fitted.modelId());
        assertThat(MODEL.summary().settings())
                .isEqualTo(fitted.model().manifest().settings());
        assertThat(MODEL.hasParent()).isTrue();
    }

    @Test
    void transformAddsScoresToAllColumnsAsTheSchemaSays() {
        StructType schema = MODEL.transformSchema(ROWS.schema());
        Dataset<Row> scored = MODEL.transform(ROWS);

        assertThat(scored.columns())
                .startsWith(ROWS.columns())
                .endsWith(ScoreColumns.names().toArray(String[]::new));
        assertThat(namesAndTypes(scored.schema())).isEqualTo(namesAndTypes(schema));
        assertThat(scored.count()).isEqualTo(300);
        assertThat(scored.filter("contributions IS NOT NULL").count()).isZero();
        assertThat(scored.select("model_id").distinct().collectAsList())
                .containsExactly(
                        org.apache.spark.sql.RowFactory.create(MODEL.summary().modelId()));
    }

    private static List<String> namesAndTypes(StructType schema) {
        return Arrays.stream(schema.fields())
                .map(field -> field.name() + " " + field.dataType().simpleString())
                .toList();
    }

    @Test
    void paramsOfTheModelDecideOnItsScores() {
        Dataset<Row> scored = MODEL.copy(ParamMap.empty())
                .setThreshold(-1e9)
                .setExplained(2)
                .setScoringSamples(3)
                .setLatentCol("z")
                .transform(ROWS);

        assertThat(scored.filter("is_anomaly").count()).isEqualTo(300);
        assertThat(scored.filter("size(contributions) = 4").count()).isEqualTo(300);
        assertThat(scored.filter("importance_weighted_bound IS NOT NULL").count())
                .isEqualTo(300);
        assertThat(scored.schema().apply("z").dataType().simpleString()).isEqualTo("vector");
        assertThat(scored.select("z")
                        .first()
                        .<org.apache.spark.ml.linalg.Vector>getAs(0)
                        .size())
                .isEqualTo(2);
    }

    @Test
    void whatIsSetOnTheEstimatorIsSetOnItsModel() {
        VariationalAutoencoderModel fitted =
                SmallRows.quick().setEpochs(1).setExplained(3).setThreshold(12).fit(ROWS.drop("id"));

        assertThat(fitted.getExplained()).isEqualTo(3);
        assertThat(fitted.getThreshold()).hasValue(12);
        assertThat(fitted.uid()).isEqualTo(fitted.parent().uid());
    }

    @Test
    void aModelIsSavedAndLoadedAloneAndNothingElseIsReplaced() throws Exception {
        String place = directory.resolve("model").toString();
        VariationalAutoencoderModel explaining = MODEL.copy(ParamMap.empty()).setExplained(1);
        explaining.write().save(place);
        VariationalAutoencoderModel loaded = VariationalAutoencoderModel.load(place);

        assertThat(scores(loaded)).isEqualTo(scores(explaining));
        assertThat(loaded.uid()).isEqualTo(MODEL.uid());
        assertThat(loaded.getExplained()).isEqualTo(1);
        assertThatThrownBy(() -> MODEL.write().save(place))
                .isInstanceOf(ElbowException.class)
                .hasMessageContaining("must name a directory that does not exist yet");
        loaded.write().overwrite().save(place);
        assertThat(scores(VariationalAutoencoderModel.load(place))).isEqualTo(scores(explaining));
        Files.writeString(Files.createDirectory(directory.resolve("other")).resolve("file"), "precious");
        assertThatThrownBy(() -> MODEL.write()
                        .overwrite()
                        .save(directory.resolve("other").toString()))
                .isInstanceOf(ElbowException.class)
                .hasMessageContaining("is something else");
    }

    @Test
    void aCalibrationIsSavedWithTheModel() throws Exception {
        String place = directory.resolve("model").toString();
        VariationalAutoencoderModel later = MODEL.calibrate(ROWS.filter("id % 2 = 0"));
        later.save(place);
        VariationalAutoencoderModel loaded = VariationalAutoencoderModel.load(place);

        assertThat(later.calibration().rows()).isEqualTo(150);
        assertThat(loaded.calibration().threshold())
                .isEqualTo(later.calibration().threshold());
        assertThat(MODEL.calibration().rows()).isNotEqualTo(150);
        assertThat(scores(loaded)).isEqualTo(scores(later));
    }

    @Test
    void aPipelineIsSavedAndLoadedFittedOrNot() throws Exception {
        VectorAssembler assembler =
                new VectorAssembler().setInputCols(new String[] {"a", "b"}).setOutputCol("pair");
        Pipeline pipeline = new Pipeline()
                .setStages(new PipelineStage[] {assembler, SmallRows.quick().setInputCols("pair", "colour", "even")});
        pipeline.write().save(directory.resolve("pipeline").toString());
        PipelineModel fitted =
                Pipeline.load(directory.resolve("pipeline").toString()).fit(ROWS);
        fitted.write().save(directory.resolve("fitted").toString());
        fitted.write().overwrite().save(directory.resolve("fitted").toString());
        PipelineModel loaded = PipelineModel.load(directory.resolve("fitted").toString());

        assertThat(scores(loaded.transform(ROWS))).isEqualTo(scores(fitted.transform(ROWS)));
        assertThat(((VariationalAutoencoderModel) fitted.stages()[1])
                        .used()
                        .model()
                        .encoder()
                        .layout()
                        .columns())
                .containsExactlyInAnyOrder("pair[0]", "pair[1]", "colour", "even");
        assertThat(pipeline.fit(ROWS).transform(ROWS).columns()).contains("pair", "elbo");
    }

    @Test
    void vectorsOfAnotherSizeAreRefused() {
        VectorAssembler two =
                new VectorAssembler().setInputCols(new String[] {"a", "b"}).setOutputCol("v");
        VectorAssembler three =
                new VectorAssembler().setInputCols(new String[] {"a", "b", "a"}).setOutputCol("v");
        VariationalAutoencoderModel fitted =
                SmallRows.quick().setEpochs(1).setInputCols("v").fit(two.transform(ROWS));

        assertThat(fitted.transform(two.transform(ROWS))
                        .filter("elbo IS NOT NULL")
                        .count())
                .isEqualTo(300);
        assertThatThrownBy(() -> fitted.transform(three.transform(ROWS)).collectAsList())
                .hasStackTraceContaining("column v must hold vectors of 2 elements in every row, but one has 3");
    }

    // An element that no row has is 0, and not in the file.
    @Test
    void vectorsOfALibsvmFileMayEndEarlier() throws Exception {
        Files.writeString(
                directory.resolve("three"),
                IntStream.range(0, 200)
                        .mapToObj(i -> "0 1:" + Math.sin(i) + " 2:" + Math.cos(3 * i) + " 3:" + i % 4 + "\n")
                        .collect(Collectors.joining()));
        Files.writeString(directory.resolve("two"), "0 1:0.5 2:0.25\n");
        VariationalAutoencoderModel fitted =
                SmallRows.quick().setEpochs(1).setInputCols("features").fit(libsvm("three"));

        assertThat(fitted.transform(libsvm("two")).filter("elbo IS NOT NULL").count())
                .isEqualTo(1);
    }

    private Dataset<Row> libsvm(String name) {
        return SharedSpark.session()
                .read()
                .format("libsvm")
                .load(directory.resolve(name).toString());
    }

    @Test
    void rowsOfALabelAndOfAnIndicatorAreLeftOutAndHeldOut() {
        Dataset<Row> marked =
                ROWS.withColumn("odd", functions.expr("id % 10 = 0")).withColumn("held", functions.expr("id % 3 = 0"));
        VariationalAutoencoderModel fitted = SmallRows.quick()
                .setEpochs(1)
                .setInputCols("a", "b")
                .setLabelCol("odd")
                .setValidationIndicatorCol("held")
                .fit(marked);

        assertThat(fitted.summary().manifest().data().trainingRows()).isEqualTo(180);
        assertThat(fitted.summary().manifest().data().validationRows()).isEqualTo(90);
        assertThat(fitted.evaluate(marked, "odd").ranking()).isPresent();
    }

    @Test
    void knownAnomaliesAreNotTrainedOn() {
        Dataset<Row> marked = ROWS.withColumn(
                "odd", functions.expr("CASE WHEN id % 10 = 0 THEN true WHEN id % 10 = 1 THEN false END"));
        VariationalAutoencoderModel fitted = SmallRows.quick()
                .setEpochs(1)
                .setInputCols("a", "b")
                .setAnomalyIndicatorCol("odd")
                .fit(marked);

        Manifest manifest = fitted.summary().manifest();
        assertThat(manifest.data().trainingRows() + manifest.data().validationRows())
                .isEqualTo(270);
        assertThatThrownBy(() -> SmallRows.quick().setAnomalyIndicatorCol("a").fit(ROWS))
                .hasMessageContaining("column a must be of type boolean to be anomalyIndicatorCol");
        assertThatThrownBy(() -> SmallRows.quick()
                        .setAnomalyIndicatorCol("odd")
                        .setValidationIndicatorCol("odd")
                        .fit(marked))
                .hasMessage("anomalyIndicatorCol must not be validationIndicatorCol, for known anomalies are not held"
                        + " out, but is odd");
    }

    @Test
    void aModelDoesWhatTheCommandsDo() {
        assertThat(MODEL.encode(ROWS).columns()).contains("id", "latent");
        assertThat(MODEL.reconstruct(ROWS, "id").columns())
                .containsExactly("id", "a", "b", "colour", "even", "day", "visits");
        assertThat(MODEL.generate(50).count()).isEqualTo(50);
        Dataset<Row> gaps = ROWS.withColumn("a", functions.expr("IF(id = 3, NULL, a)"));
        assertThat(MODEL.impute(gaps).filter("a IS NULL").count()).isZero();
        assertThat(MODEL.interpolate(ROWS, "id = 1", "id = 2", 5).count()).isEqualTo(5);
        assertThat(MODEL.arithmetic(ROWS, "even", "NOT even", "id < 3", "id").count())
                .isEqualTo(3);
        assertThat(MODEL.explain(ROWS, 2).filter("size(contributions) = 4").count())
                .isEqualTo(300);
        assertThat(MODEL.evaluate(ROWS).rows()).isEqualTo(300);
        assertThat(MODEL.summary().historyTable(SharedSpark.session()).count())
                .isEqualTo(MODEL.summary().history().size());
        assertThat(MODEL.toString()).contains("VariationalAutoencoderModel: uid=vae_", "ELBO");
    }

    @Test
    void imagesOfSparksSourceAreModelled() {
        Dataset<Row> images = SharedSpark.session()
                .sql("SELECT id, named_struct('origin', '', 'height', 4, 'width', 4, 'nChannels', 1, 'mode', 0, 'data',"
                        + " cast(unhex(repeat(hex(char(cast(id % 2 * 100 + 20 AS int))), 16)) AS binary)) AS picture"
                        + " FROM range(0, 80, 1, 2)");
        VariationalAutoencoderModel fitted = SmallRows.quick()
                .setInputCols("picture")
                .setImageBinarise("none")
                .setReportImages(4)
                .fit(images);

        assertThat(fitted.used().model().encoder().image()).isPresent();
        assertThat(fitted.transform(images)
                        .filter("isnan(elbo) OR elbo IS NULL")
                        .count())
                .isZero();
    }

    @Test
    void aStreamIsScoredAsATable() throws Exception {
        ROWS.write().parquet(directory.resolve("rows").toString());
        Dataset<Row> stream = SharedSpark.session()
                .readStream()
                .schema(ROWS.schema())
                .parquet(directory.resolve("rows").toString());
        MODEL.transform(stream)
                .writeStream()
                .option("checkpointLocation", directory.resolve("checkpoint").toString())
                .format("memory")
                .queryName("scored")
                .trigger(org.apache.spark.sql.streaming.Trigger.AvailableNow())
                .start()
                .awaitTermination();

        assertThat(scores(SharedSpark.session().table("scored"))).isEqualTo(scores(MODEL.transform(ROWS)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "inputCols | nowhere | inputCols must name columns of the input, but \"nowhere\" is none of them: id,"
                        + " a, b",
                "inputCols | list | column list must hold numbers, texts, truth values, dates, times, images, vectors"
                        + " or arrays of numbers to be one of inputCols, but is of type array<string>",
                "conditions | nowhere | conditions must name columns of the input",
                "ignoredCols | nowhere | ignoredCols must name columns of the input",
                "labelCol | nowhere | labelCol must name columns of the input",
                "validationIndicatorCol | a | column a must be of type boolean to be validationIndicatorCol, but is of"
                        + " type double",
                "latentCol | A | the input must have no column called A, which scoring adds, but has a of type double",
                "anomalyLabel | x | anomalyLabel must be set with labelCol alone",
                "activation | step | model.activation must be one of",
            })
    void invalidSettingsAreRefusedBeforeAnyRowIsRead(String name, String value, String message) {
        VariationalAutoencoder vae = new VariationalAutoencoder();
        vae.set(
                name,
                name.equals("inputCols") || name.equals("conditions") || name.equals("ignoredCols")
                        ? new String[] {value}
                        : value);
        StructType schema = ROWS.schema().add("list", DataTypes.createArrayType(DataTypes.StringType));

        assertThatThrownBy(() -> vae.transformSchema(schema))
                .isInstanceOfSatisfying(
                        ElbowException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.USAGE))
                .hasMessageContaining(message);
    }

    @Test
    void aValueThatAParamCannotHaveIsNamedWithRuleAndPlace() {
        assertThatThrownBy(() -> new VariationalAutoencoder().setLatentSize(-1).fit(ROWS))
                .isInstanceOf(ElbowException.class)
                .hasMessage(
                        "model.latent-size must be auto or a whole number of at least 1, but is -1 (param latentSize)");
    }

    @Test
    void columnsThatScoringAddsMustNotBeThere() {
        Dataset<Row> taken = ROWS.withColumn("ELBO", functions.lit(1));
        String message = "the input must have no column called elbo, which scoring adds, but has ELBO of type int";

        assertThatThrownBy(() -> MODEL.transform(taken)).hasMessageContaining(message);
        assertThatThrownBy(() -> SmallRows.quick().fit(taken)).hasMessageContaining(message);
    }

    @Test
    void columnsOfAModelThatAreMissingOrOfAnotherTypeAreNamed() {
        assertThatThrownBy(() -> MODEL.transform(ROWS.drop("colour")))
                .isInstanceOfSatisfying(
                        ElbowException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.INPUT))
                .hasMessageContaining("column colour must be ")
                .hasMessageContaining("but is missing among id, a, b, even, day, visits");
        assertThatThrownBy(() -> MODEL.transformSchema(new StructType(
                        Arrays.stream(ROWS.schema().fields())
                                .map(field -> field.name().equals("a")
                                        ? DataTypes.createStructField("a", DataTypes.StringType, true)
                                        : field)
                                .toArray(StructField[]::new))))
                .hasMessageContaining("column a must be ")
                .hasMessageContaining("but is of type string");
    }

    private List<String> scores(VariationalAutoencoderModel scoring) {
        return scores(scoring.transform(ROWS));
    }

    // As texts, which tell every bit of a double.
    private static List<String> scores(Dataset<Row> scored) {
        String[] columns = Stream.of(
                        List.of("id"),
                        List.of("elbo", "reconstruction", "kl", "anomaly_score", "tail_probability", "is_anomaly"),
                        List.of("contributions", "model_id"))
                .flatMap(List::stream)
                .toArray(String[]::new);
        return scored.selectExpr(columns).collectAsList().stream()
                .map(Row::toString)
                .sorted()
                .collect(Collectors.toList());
    }
}
