package elbow.data.infer;

import elbow.base.Parameter;
import elbow.data.feature.Feature;
import elbow.data.feature.FeatureEncoder;
import elbow.data.feature.FeatureOrder;
import elbow.data.feature.FeatureType;
import elbow.data.feature.ImageFeature;
import elbow.data.feature.LeftOut;
import elbow.data.rows.BadValues;
import elbow.data.table.Columns;
import elbow.data.table.FieldKind;
import elbow.data.table.InputErrors;
import elbow.data.table.Keys;
import elbow.data.table.Markers;
import elbow.data.table.ProjectedFields;
import elbow.vae.input.InputTransform;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;

/**
 * Fits a {@link FeatureEncoder}: one pass for the summaries, one more for text columns with very many values, then one
 * verdict a column.
 */
final class FeatureFitting {
    private final Dataset<Row> training;
    private final FeatureSettings options;
    private final InferenceSettings rules;
    private final List<Candidate> candidates = new ArrayList<>();
    private final Map<String, ColumnProfile> profiles = new LinkedHashMap<>();
    private final List<Feature> features = new ArrayList<>();
    private final List<LeftOut> leftOut = new ArrayList<>();
    private final List<BadValues> badValues = new ArrayList<>();
    private final Set<String> textNumbers = new TreeSet<>();

    /** A column whose values are looked at. */
    private record Candidate(StructField field, Column projected, ColumnSummary summary) {}

    private FeatureFitting(Dataset<Row> training, FeatureSettings options) {
        this.training = training;
        this.options = options;
        this.rules = options.rules();
    }

    static FeatureFit fit(Dataset<Row> training, FeatureSettings options) {
        Columns.requireKnown(Parameter.IGNORE, options.ignored(), training.schema());
        Columns.requireDistinct(Arrays.asList(training.columns()), "the training rows");
        options.rules().requireColumns(Arrays.asList(training.columns()));
        FeatureFitting fitting = new FeatureFitting(training, options);
        for (StructField field : training.schema().fields()) {
            fitting.consider(field);
        }
        try {
            fitting.summarise();
            fitting.candidates.forEach(fitting::judge);
        } catch (Exception e) {
            // Spark throws checked exceptions without declaring them.
            throw InputErrors.translate(e);
        }
        return fitting.result();
    }

    private void consider(StructField field) {
        DataType type = field.dataType();
        if (options.ignored().contains(field.name())) {
            leave(field, "ignored on request");
        } else if (Keys.isKey(field)) {
            leave(field, "a key that only tells rows apart");
        } else if (!FieldKind.knows(type)) {
            leave(field, "of type " + type.simpleString() + ", which is no feature type");
        } else {
            profiles.put(field.name(), ColumnProfile.unread(field.name(), ""));
            FieldKind kind = rules.type(field.name()).equals(Optional.of(FeatureType.CATEGORICAL))
                            || rules.levels().containsKey(field.name())
                    ? FieldKind.TEXT
                    : FieldKind.of(type);
            requireReadable(field, kind);
            candidates.add(
                    new Candidate(field, kind.projected(Columns.column(field.name()), type), summary(field, kind)));
        }
    }

    private void requireReadable(StructField field, FieldKind kind) {
        boolean numeric = kind == FieldKind.NUMBER || kind == FieldKind.TEXT;
        if (!kind.reads(field.dataType()) || (rules.type(field.name()).isPresent() && !numeric)) {
            throw InputErrors.usage("column " + field.name() + ", configured as "
                    + rules.type(field.name()).orElseThrow() + ", must have numbers or text, but is of type "
                    + field.dataType().simpleString());
        }
    }

    private ColumnSummary summary(StructField field, FieldKind kind) {
        return switch (kind) {
            case NUMBER -> new NumberSummary();
            case TEXT -> new TextSummary(new Markers(rules.missingMarkers()));
            case SECONDS -> new TimeSummary();
            case IMAGE -> ImageInference.summary(training, field, rules);
        };
    }

    private void summarise() {
        if (candidates.isEmpty()) {
            return;
        }
        ColumnSummary[] empty = candidates.stream().map(Candidate::summary).toArray(ColumnSummary[]::new);
        List<ColumnSummary[]> parts = training.select(
                        candidates.stream().map(Candidate::projected).toArray(Column[]::new))
                .queryExecution()
                .toRdd()
                .toJavaRDD()
                .mapPartitions(rows -> summary(rows, empty))
                .collect();
        for (ColumnSummary[] part : parts) {
            for (int i = 0; i < part.length; i++) {
                candidates.get(i).summary().merge(part[i]);
            }
        }
    }

    // The empty summaries are a task's own copy: they come with its closure.
    private static Iterator<ColumnSummary[]> summary(Iterator<InternalRow> rows, ColumnSummary[] summaries) {
        ProjectedFields fields = new ProjectedFields();
        while (rows.hasNext()) {
            fields.of(rows.next());
            for (int i = 0; i < summaries.length; i++) {
                summaries[i].add(fields, i);
            }
        }
        for (ColumnSummary summary : summaries) {
            summary.seal();
        }
        return Collections.singletonList(summaries).iterator();
    }

    private void judge(Candidate candidate) {
        StructField field = candidate.field();
        if (candidate.summary() instanceof NumberSummary numbers) {
            judge(field, numbers, Columns.isWhole(field.dataType()));
        } else if (candidate.summary() instanceof TextSummary texts) {
            judge(field, texts);
        } else if (candidate.summary() instanceof TimeSummary times) {
            decide(field, new TimeInference(field.name(), times).judge(), Profiles.of(times));
        } else if (candidate.summary() instanceof ImageSummary images) {
            decide(field, ImageInference.judge(field.name(), images, rules), Profiles.of(images));
            if (images.bad > 0) {
                badValues.add(new BadValues(
                        field.name(), "an image", images.bad, images.count + images.bad, images.firstFault));
            }
        }
    }

    private void judge(StructField field, NumberSummary numbers, boolean wholeType) {
        Verdict verdict = new NumberInference(field.name(), numbers, wholeType, rules).judge();
        decide(field, verdict, Profiles.of(numbers));
        if (verdict.feature().isPresent() && numbers.infinite > 0) {
            badValues.add(new BadValues(
                    field.name(), "a finite number", numbers.infinite, numbers.count + numbers.infinite, "Infinity"));
        }
    }

    private void judge(StructField field, TextSummary texts) {
        TextInference inference = new TextInference(field.name(), texts, rules);
        if (!inference.isNumbers()) {
            Map<String, Long> counts = inference.needsCounts() ? counted(field) : texts.counts();
            decide(field, inference.judge(counts), Profiles.of(texts, counts));
            return;
        }
        NumberSummary numbers = texts.numbers();
        long words = texts.count - numbers.count - numbers.infinite;
        int before = features.size();
        judge(field, numbers, numbers.whole);
        if (features.size() > before) {
            textNumbers.add(field.name());
            String word = texts.firstWord();
            if (words > 0 && word != null) {
                badValues.add(new BadValues(field.name(), "a number", words, texts.count, word));
            }
        }
    }

    // The second pass.
    private Map<String, Long> counted(StructField field) {
        Column text = functions.trim(Columns.column(field.name()));
        Map<String, Long> counts = new LinkedHashMap<>();
        training.select(text.as("text"))
                .filter(functions
                        .col("text")
                        .isNotNull()
                        .and(functions.not(functions
                                .col("text")
                                .isin(rules.missingMarkers().toArray()))))
                .groupBy("text")
                .count()
                .orderBy(functions.col("count").desc(), functions.col("text"))
                .limit(TextSummary.MOST)
                .collectAsList()
                .forEach(row -> counts.put(row.getString(0), row.getLong(1)));
        return counts;
    }

    private void decide(StructField field, Verdict verdict, Profiles seen) {
        verdict.feature().ifPresentOrElse(features::add, () -> leave(field, verdict.why()));
        profiles.put(
                field.name(),
                seen.profile(
                        field.name(),
                        verdict,
                        verdict.feature()
                                .map(feature ->
                                        feature.likelihood(options.binarise()).name())
                                .orElse("")));
    }

    private void leave(StructField field, String reason) {
        leftOut.add(new LeftOut(field.name(), reason));
        profiles.put(field.name(), ColumnProfile.unread(field.name(), reason));
    }

    private FeatureFit result() {
        List<String> order = Arrays.asList(training.columns());
        leftOut.sort(Comparator.comparingInt(column -> order.indexOf(column.column())));
        if (features.isEmpty()) {
            throw InputErrors.input(
                    "the training rows must have a column that can be modelled (numbers that vary, categories, truth "
                            + "values, times, images), but have none: " + reasons());
        }
        refuseUnusable();
        features.sort(FeatureOrder.COMPARATOR);
        boolean images = features.get(0) instanceof ImageFeature;
        FeatureEncoder encoder = new FeatureEncoder(
                features,
                images ? options.binarise() : InputTransform.NONE,
                rules.missingMarkers(),
                textNumbers,
                leftOut);
        return new FeatureFit(encoder, List.copyOf(profiles.values()), badValues);
    }

    private void refuseUnusable() {
        List<LeftOut> unasked = leftOut.stream()
                .filter(column -> !options.ignored().contains(column.column())
                        && !Keys.isKey(training.schema().apply(column.column())))
                .toList();
        if (rules.unusable() == InferenceSettings.Unusable.REFUSE && !unasked.isEmpty()) {
            throw InputErrors.input(
                    "every column must be of use (data.unusable is refuse), but "
                            + unasked.get(0).column() + " is " + unasked.get(0).reason() + ": leave it out with ",
                    Parameter.IGNORE,
                    ", or give its type in data.types");
        }
    }

    private String reasons() {
        return Columns.listed(leftOut.stream()
                .map(column -> column.column() + " is " + column.reason())
                .toList());
    }
}
