package elbow.use;

import elbow.base.DocumentException;
import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.data.encoding.Margin;
import elbow.data.encoding.RowDecoder;
import elbow.data.feature.Feature;
import elbow.data.feature.FeatureEncoder;
import elbow.data.feature.TableColumns;
import elbow.density.FittedDensities;
import elbow.density.LatentMixture;
import elbow.model.ModelDirectory;
import elbow.model.TrainedModel;
import elbow.score.ScoringModel;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model with what is known of the table that it was trained on.
 *
 * @param columns the model's columns as that table had them
 */
public record UsedModel(TrainedModel model, TableColumns columns) {
    private static final Logger LOGGER = LoggerFactory.getLogger(UsedModel.class);

    /**
     * A model as it was saved. Of one that was saved before its columns were kept, what follows from its encoder: see
     * {@link TableColumns#of}; its times are of the year before it was made.
     *
     * @throws elbow.base.ElbowException of category MODEL as {@link ModelDirectory#load}, or if its columns are not
     *     those of its encoder
     */
    public static UsedModel load(ModelDirectory directory) {
        TrainedModel model = directory.load();
        TableColumns columns = directory.columns().orElseGet(() -> {
            int year = model.manifest().createdAt().atZone(ZoneOffset.UTC).getYear() - 1;
            LocalDate first = LocalDate.of(year, 1, 1);
            return TableColumns.of(model.encoder(), first.toEpochDay() * 86_400.0);
        });
        try {
            columns.requireFit(model.encoder());
        } catch (DocumentException e) {
            throw new ElbowException(
                    ErrorCategory.MODEL,
                    "the columns kept in " + directory.place() + " must fit its encoder, but: " + e.getMessage(),
                    e);
        }
        return new UsedModel(model, columns);
    }

    FeatureEncoder encoder() {
        return model.encoder();
    }

    /** The columns of rows that are made, as those of training. */
    public StructType schema() {
        return columns.schema(encoder());
    }

    /** The columns of rows that are made from others: conditions as the others have them, which pass through. */
    StructType schema(StructType given) {
        List<String> conditions = conditions();
        StructType schema = new StructType();
        for (StructField field : schema().fields()) {
            schema = schema.add(conditions.contains(field.name()) ? given.apply(field.name()) : field);
        }
        return schema;
    }

    /** The names of the columns that are given and not modelled. */
    public List<String> conditions() {
        return encoder().conditions().stream().map(Feature::column).toList();
    }

    /** The seed of the model's noise, by default that of what is made, too. */
    public long seed() {
        return model.network().getLayer(0).conf().getSeed();
    }

    /** How many latents a row has. */
    public int latentSize() {
        return model.layer().spec().latentSize();
    }

    /** The density that latents of rows that are made are drawn from; null: the prior. */
    @Nullable
    LatentMixture latentDensity() {
        return model.densities().flatMap(FittedDensities::latents).orElse(null);
    }

    /** What moves draws of numbers, by column. */
    SortedMap<String, Margin> margins() {
        return model.densities().map(FittedDensities::margins).orElseGet(TreeMap::new);
    }

    /** As {@link #decoder}, with draws of numbers moved to where the training rows are. */
    RowDecoder generatingDecoder(StructType schema) {
        RowDecoder decoder = decoder(schema);
        for (Map.Entry<String, Margin> margin : margins().entrySet()) {
            decoder = decoder.with(encoder().layout().columns().indexOf(margin.getKey()), margin.getValue());
        }
        return decoder;
    }

    /** Decodes what is modelled. */
    RowDecoder decoder(StructType schema) {
        return columns.decoder(encoder(), schema, UnaryOperator.identity());
    }

    Broadcast<ScoringModel> broadcast(SparkSession spark) {
        model.groups()
                .ifPresent(groups -> LOGGER.warn(
                        "the network of all rows of model {} is used: those of {} groups serve for scores alone",
                        model.manifest().modelId(),
                        groups.networks()));
        return JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(ScoringModel.of(model.network(), 0));
    }
}
