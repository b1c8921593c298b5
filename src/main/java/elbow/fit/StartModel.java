package elbow.fit;

import elbow.base.Check;
import elbow.base.Parameter;
import elbow.data.feature.Feature;
import elbow.data.feature.FeatureEncoder;
import elbow.data.feature.TableColumns;
import elbow.data.infer.FeatureFit;
import elbow.data.infer.FeatureSettings;
import elbow.model.Lineage;
import elbow.model.ModelDirectory;
import elbow.model.TrainedModel;
import elbow.score.ScoringModel;
import elbow.vae.StartParameters;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The model that a fit starts from.
 *
 * @param place where it is
 * @param model the model
 * @param columns its columns as its training rows had them; empty for one that does not say
 * @param lineage the model that it was trained from itself; empty for none
 */
public record StartModel(String place, TrainedModel model, Optional<TableColumns> columns, Optional<Lineage> lineage) {
    /**
     * Loads it.
     *
     * @throws elbow.base.ElbowException of category MODEL if it is not there, damaged, or of an unknown version
     */
    public static StartModel load(ModelDirectory directory) {
        return new StartModel(directory.place().toString(), directory.load(), directory.columns(), directory.lineage());
    }

    /** The first 12 hex digits of the SHA-256 over its encoder and network. */
    public String id() {
        return model.manifest().modelId();
    }

    /** Every setting that it was trained with, by key. */
    public Map<String, String> settings() {
        return model.manifest().settings();
    }

    FeatureEncoder encoder() {
        return model.encoder();
    }

    StartParameters parameters() {
        ScoringModel scoring = ScoringModel.of(model.network(), 0);
        return new StartParameters(scoring.spec(), scoring.parameters());
    }

    /**
     * What a fit of its encoder comes to that is not made anew.
     *
     * @throws elbow.base.ElbowException of category INPUT if a column that it has is not there, or of another type
     */
    FeatureFit kept(Dataset<Row> training, long rows) {
        encoder().check(training.schema());
        TableColumns table = columns.orElseGet(() -> TableColumns.of(encoder(), yearOfTraining()));
        return new FeatureFit(encoder(), table, List.of(), List.of(), rows);
    }

    /**
     * Requires that nothing is asked of columns that an encoder which is kept has otherwise.
     *
     * @param conditions the columns that are to be conditions; none: as they are
     * @throws elbow.base.ElbowException of category USAGE if it is
     */
    void requireKept(List<String> ignored, List<String> conditions) {
        for (Feature feature : encoder().features()) {
            Check.usage(
                    !ignored.contains(feature.column()),
                    Parameter.IGNORE,
                    "name no column of the model that training starts from, whose encoder is kept (refresh.encoder)",
                    feature.column());
        }
        List<String> known =
                encoder().conditions().stream().map(Feature::column).toList();
        Check.usage(
                conditions.isEmpty() || Set.copyOf(conditions).equals(Set.copyOf(known)),
                FeatureSettings.CONDITIONS,
                "be those of the model that training starts from, whose encoder is kept (refresh.encoder): " + known,
                conditions);
    }

    private double yearOfTraining() {
        int year = model.manifest().createdAt().atZone(ZoneOffset.UTC).getYear();
        return LocalDate.of(year, 1, 1).atStartOfDay(ZoneOffset.UTC).toEpochSecond();
    }

    /** The ids of its ancestors, the nearest first. */
    List<String> ancestors() {
        List<String> ids = new ArrayList<>();
        lineage.ifPresent(known -> {
            ids.add(known.parent());
            ids.addAll(known.ancestors());
        });
        return ids;
    }
}
