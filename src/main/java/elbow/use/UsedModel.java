package elbow.use;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.base.Message;
import elbow.base.Parameter;
import elbow.data.encoding.RowDecoder;
import elbow.data.feature.Feature;
import elbow.data.feature.FeatureEncoder;
import elbow.data.feature.TableColumns;
import elbow.model.ModelDirectory;
import elbow.model.TrainedModel;
import elbow.score.ScoringModel;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * A model with what is known of the table that it was trained on.
 *
 * @param columns the model's columns as that table had them
 */
public record UsedModel(TrainedModel model, TableColumns columns) {
    /**
     * A model as it was saved. Of one that was saved before its columns were kept, what follows from its encoder: see
     * {@link TableColumns#of}; its times are of the year before it was made.
     *
     * @throws elbow.base.ElbowException of category MODEL as {@link ModelDirectory#load}
     */
    public static UsedModel load(ModelDirectory directory) {
        TrainedModel model = directory.load();
        TableColumns columns = directory.columns().orElseGet(() -> {
            int year = model.manifest().createdAt().atZone(ZoneOffset.UTC).getYear() - 1;
            LocalDate first = LocalDate.of(year, 1, 1);
            return TableColumns.of(model.encoder(), first.toEpochDay() * 86_400.0);
        });
        return new UsedModel(model, columns);
    }

    FeatureEncoder encoder() {
        return model.encoder();
    }

    /**
     * The columns of rows that are made.
     *
     * @throws ElbowException of category USAGE if the model is one of columns given conditions: rows cannot be made
     *     without these
     */
    public StructType schema() {
        requireNoConditions();
        return columns.schema(encoder());
    }

    /** The seed of the model's noise, by default that of what is made, too. */
    public long seed() {
        return model.network().getLayer(0).conf().getSeed();
    }

    /** How many latents a row has. */
    public int latentSize() {
        return model.layer().spec().latentSize();
    }

    private void requireNoConditions() {
        if (!encoder().conditions().isEmpty()) {
            throw new ElbowException(
                    ErrorCategory.USAGE,
                    Message.of(
                            Parameter.MODEL,
                            " must be a model without conditions for rows to be made by it, but its columns are given ",
                            encoder().conditions().stream().map(Feature::column).collect(Collectors.joining(", "))));
        }
    }

    RowDecoder decoder(StructType schema) {
        requireNoConditions();
        return columns.decoder(encoder(), schema, UnaryOperator.identity());
    }

    Broadcast<ScoringModel> broadcast(SparkSession spark) {
        return JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(ScoringModel.of(model.network(), 0));
    }
}
