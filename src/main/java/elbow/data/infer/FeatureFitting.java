package elbow.data.infer;

import elbow.base.Parameter;
import elbow.data.feature.Feature;
import elbow.data.feature.FeatureEncoder;
import elbow.data.feature.FeatureOrder;
import elbow.data.feature.FeatureType;
import elbow.data.feature.ImageFeature;
import elbow.data.feature.LeftOut;
import elbow.data.feature.TableColumn;
import elbow.data.feature.TableColumns;
import elbow.data.rows.BadValues;
import elbow.data.table.Columns;
import elbow.data.table.FieldKind;
import elbow.data.table.InputErrors;
import elbow.data.table.Keys;
import elbow.data.table.ProjectedFields;
import elbow.data.table.TimeFormat;
import elbow.failure.KnownFailures;
import elbow.vae.input.InputTransform;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.StructField;
import org.jspecify.annotations.Nullable;

/**
 * Fits a {@link FeatureEncoder}: one pass for the summaries, one more for text columns with very many values, then one
 * verdict a column.
 */
final class FeatureFitting {
    /** Whole numbers of more digits may be one as doubles. */
    private static final int DOUBLE_DIGITS = 15;

    private final Dataset<Row> training;
    private final FeatureSettings settings;
    private final InferenceSettings rules;
    private final List<Candidate> candidates = new ArrayList<>();
    private final Map<String, ColumnProfile> profiles = new LinkedHashMap<>();
    private final List<Feature> features = new ArrayList<>();
    private final List<TableColumn> table = new ArrayList<>();
    private final List<LeftOut> leftOut = new ArrayList<>();
    private final List<BadValues> badValues = new ArrayList<>();
    private final Set<String> textNumbers = new TreeSet<>();
    private final List<Column> identities = new ArrayList<>();
    private int columns;

    /** A column whose values are looked at. */
    private record Candidate(StructField field, Column projected, ColumnSummary summary) {}

    private FeatureFitting(Dataset<Row> training, FeatureSettings settings) {
        this.training = training;
        this.settings = settings;
        this.rules = settings.rules();
    }

    static FeatureFit fit(Dataset<Row> training, FeatureSettings settings) {
        Columns.requireKnown(Parameter.IGNORE, settings.ignored(), training.schema());
        Columns.requireDistinct(Arrays.asList(training.columns()), "the training rows");
        settings.requireConditions(training.schema());
        settings.rules().requireColumns(Arrays.asList(training.columns()));
        FeatureFitting fitting = new FeatureFitting(training, settings);
        for (StructField field : training.schema().fields()) {
            fitting.columns += fitting.isLookedAt(field) ? 1 : 0;
        }
        try {
            for (StructField field : training.schema().fields()) {
                fitting.consider(field);
            }
            fitting.summarise();
            fitting.candidates.forEach(fitting::judge);
        } catch (Exception e) {
            // Spark throws checked exceptions without declaring them.
            throw KnownFailures.translate(e);
        }
        return fitting.result();
    }

    private boolean isLookedAt(StructField field) {
        return !settings.ignored().contains(field.name()) && !Keys.isKey(field) && FieldKind.knows(field.dataType());
    }

    private void consider(StructField field) {
        DataType type = field.dataType();
        if (settings.ignored().contains(field.name())) {
            leave(field, "ignored on request");
        } else if (Keys.isKey(field)) {
            leave(field, "a key that only tells rows apart");
        } else if (!FieldKind.knows(type)) {
            leave(field, "of type " + type.simpleString() + ", which is no feature type");
        } else {
            profiles.put(field.name(), ColumnProfile.unread(field.name(), ""));
            Optional<FeatureType> given = rules.type(field.name());
            boolean text = given.equals(Optional.of(FeatureType.CATEGORICAL))
                    || (given.equals(Optional.of(FeatureType.TIME)) && FieldKind.TEXT.reads(type))
                    || rules.levels().containsKey(field.name());
            FieldKind kind = text ? FieldKind.TEXT : FieldKind.of(type);
            requireReadable(field, kind);
            candidates.add(
                    new Candidate(field, kind.projected(Columns.column(field.name()), type), summary(field, kind)));
        }
    }

    private void requireReadable(StructField field, FieldKind kind) {
        Optional<FeatureType> given = rules.type(field.name());
        boolean time = given.equals(Optional.of(FeatureType.TIME));
        boolean fits = kind == FieldKind.TEXT || (time ? kind == FieldKind.SECONDS : kind == FieldKind.NUMBER);
        if (!kind.reads(field.dataType()) || (given.isPresent() && !fits)) {
            throw InputErrors.usage("column " + field.name() + ", configured as " + given.orElseThrow()
                    + ", must have " + (time ? "times" : "numbers") + " or text, but is of type "
                    + field.dataType().simpleString());
        }
    }

    // The field, after those of all columns, that tells whole numbers apart where doubles do not; -1: none need be.
    private int identity(StructField field) {
        boolean large = field.dataType() instanceof LongType
                || (field.dataType() instanceof DecimalType decimal
                        && decimal.scale() <= 0
                        && decimal.precision() > DOUBLE_DIGITS);
        if (!large) {
            return -1;
        }
        Column column = Columns.column(field.name());
        identities.add(field.dataType() instanceof LongType ? column : functions.xxhash64(column));
        return columns + identities.size() - 1;
    }

    private ColumnSummary summary(StructField field, FieldKind kind) {
        return switch (kind) {
            case NUMBER -> new NumberSummary(rules.markers(), identity(field)).padded(Columns.isPadded(field));
            case TEXT -> new TextSummary(rules.markers());
            case SECONDS -> new TimeSummary();
            case IMAGE -> ImageInference.summary(training, field, rules);
        };
    }

    private void summarise() {
        if (candidates.isEmpty()) {
            return;
        }
        List<Column> projected =
                new ArrayList<>(candidates.stream().map(Candidate::projected).toList());
        projected.addAll(identities);
        ColumnSummary[] empty = candidates.stream().map(Candidate::summary).toArray(ColumnSummary[]::new);
        List<ColumnSummary[]> parts = training.select(projected.toArray(Column[]::new))
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
            judge(
                    field,
                    numbers,
                    Columns.isWhole(field.dataType()) || field.dataType() instanceof BooleanType,
                    SeenValues.of(numbers));
        } else if (candidate.summary() instanceof TextSummary texts) {
            judge(field, texts);
        } else if (candidate.summary() instanceof TimeSummary times) {
            decide(
                    field,
                    new TimeInference(field.name(), times, Optional.empty()).judge(),
                    Profiles.of(times),
                    SeenValues.of(times));
        } else if (candidate.summary() instanceof ImageSummary images) {
            decide(field, ImageInference.judge(field.name(), images, rules), Profiles.of(images), SeenValues.NONE);
            if (images.bad > 0) {
                badValues.add(new BadValues(
                        field.name(), "an image", images.bad, images.count + images.bad, images.firstFault));
            }
        }
    }

    private void judge(StructField field, NumberSummary numbers, boolean wholeType, SeenValues seen) {
        Verdict verdict = new NumberInference(field.name(), numbers, wholeType, rules).judge();
        decide(field, verdict, Profiles.of(numbers), seen);
        if (verdict.feature().isPresent() && numbers.infinite > 0) {
            badValues.add(new BadValues(
                    field.name(), "a finite number", numbers.infinite, numbers.count + numbers.infinite, "Infinity"));
        }
    }

    private void judge(StructField field, TextSummary texts) {
        TextInference inference = new TextInference(field.name(), texts, rules);
        Optional<TimeFormat> times = inference.times();
        if (inference.areTruths()) {
            judge(field, texts.truths(), true, SeenValues.of(texts.truths()).withTruths(texts.counts()));
            textNumbers.add(field.name());
            refuse(
                    field,
                    "true or false",
                    texts.count - texts.truths().count,
                    texts.count,
                    texts.firstOther(TextInference::isTruth));
        } else if (inference.isNumbers()) {
            judgeNumbers(field, texts);
        } else if (times.isPresent()) {
            judge(field, texts, times.get());
        } else {
            Map<String, Long> counts = inference.needsCounts() ? counted(field) : texts.counts();
            decide(field, inference.judge(counts), Profiles.of(texts, counts), SeenValues.NONE);
            inference.otherThanLevels(counts).ifPresent(badValues::add);
        }
    }

    private void judgeNumbers(StructField field, TextSummary texts) {
        NumberSummary numbers = texts.numbers();
        int before = features.size();
        judge(field, numbers, numbers.whole, SeenValues.of(numbers));
        if (features.size() > before) {
            textNumbers.add(field.name());
            refuse(field, "a number", texts.count - numbers.count - numbers.infinite, texts.count, texts.firstWord());
        }
    }

    private void judge(StructField field, TextSummary texts, TimeFormat format) {
        TextTimeSummary read = texts.overflown()
                ? TextTimeSummary.of(
                        training,
                        FieldKind.TEXT.projected(Columns.column(field.name()), field.dataType()),
                        format,
                        rules.markers())
                : TextTimeSummary.of(texts.counts(), texts.missing, format, rules.markers());
        int before = features.size();
        decide(
                field,
                new TimeInference(field.name(), read.times, Optional.of(format)).judge(),
                Profiles.of(read.times),
                SeenValues.of(read.times));
        if (features.size() > before) {
            refuse(field, "a time such as " + format.pattern(), read.others, texts.count, read.firstOther);
        }
    }

    private void refuse(StructField field, String rule, long bad, long all, @Nullable String example) {
        if (bad > 0 && example != null) {
            badValues.add(new BadValues(field.name(), rule, bad, all, example));
        }
    }

    // The second pass.
    private Map<String, Long> counted(StructField field) {
        Column text = Columns.stripped(Columns.column(field.name()));
        Map<String, Long> counts = new LinkedHashMap<>();
        Object[] levels = rules.levels().getOrDefault(field.name(), List.of()).toArray();
        training.select(text.as("text"))
                .filter(functions
                        .col("text")
                        .isNotNull()
                        .and(functions.not(functions
                                .lower(functions.col("text"))
                                .isin(rules.missingMarkers().stream()
                                        .map(marker -> marker.strip().toLowerCase(Locale.ROOT))
                                        .toArray()))))
                .filter(
                        levels.length == 0
                                ? functions.lit(true)
                                : functions.col("text").isin(levels))
                .groupBy("text")
                .count()
                .orderBy(functions.col("count").desc(), functions.col("text"))
                .limit(TextSummary.MOST)
                .collectAsList()
                .forEach(row -> counts.put(row.getString(0), row.getLong(1)));
        return counts;
    }

    private void decide(StructField field, Verdict verdict, Profiles seen, SeenValues values) {
        verdict.feature().ifPresentOrElse(features::add, () -> leave(field, verdict.why()));
        if (verdict.feature().isPresent()) {
            table.add(values.column(field, seen.missingShare()));
        }
        profiles.put(
                field.name(),
                seen.profile(
                        field.name(), verdict, verdict.feature().map(this::word).orElse("")));
    }

    private String word(Feature feature) {
        return isCondition(feature)
                ? "condition"
                : feature.likelihood(settings.binarise()).word();
    }

    private void leave(StructField field, String reason) {
        leftOut.add(new LeftOut(field.name(), reason));
        profiles.put(field.name(), ColumnProfile.unread(field.name(), reason));
    }

    private FeatureFit result() {
        Map<String, Integer> places = Columns.places(Arrays.asList(training.columns()));
        leftOut.sort(Comparator.comparing(column -> places.get(column.column())));
        Map<Boolean, List<Feature>> parts =
                features.stream().sorted(FeatureOrder.COMPARATOR).collect(Collectors.partitioningBy(this::isCondition));
        List<Feature> modelled = parts.getOrDefault(false, List.of());
        List<Feature> conditions = parts.getOrDefault(true, List.of());
        if (modelled.isEmpty()) {
            throw InputErrors.input(
                    "the training rows must have a column that can be modelled (numbers that vary, categories, truth "
                            + "values, times, images), but have none: " + reasons());
        }
        refuseUnusable();
        refuseUnusableConditions(conditions);
        boolean images = modelled.get(0) instanceof ImageFeature;
        FeatureEncoder encoder = new FeatureEncoder(
                Stream.concat(modelled.stream(), conditions.stream()).toList(),
                modelled.size(),
                images ? settings.binarise() : InputTransform.NONE,
                rules.markers(),
                textNumbers,
                leftOut);
        long rows = candidates.get(0).summary().rows();
        return new FeatureFit(encoder, new TableColumns(table), List.copyOf(profiles.values()), badValues, rows);
    }

    private boolean isCondition(Feature feature) {
        return settings.conditions().contains(feature.column());
    }

    private void refuseUnusableConditions(List<Feature> conditions) {
        for (LeftOut column : leftOut) {
            if (settings.conditions().contains(column.column())) {
                throw InputErrors.input(settings.keyOf(column.column()) + " must name columns of use, but "
                        + column.column() + " is " + column.reason());
            }
        }
        for (Feature condition : conditions) {
            if (condition instanceof ImageFeature) {
                throw InputErrors.input(settings.keyOf(condition.column())
                        + " must name columns of numbers, categories or times, but " + condition.column()
                        + " has images");
            }
        }
    }

    private void refuseUnusable() {
        List<LeftOut> unasked = leftOut.stream()
                .filter(column -> !settings.ignored().contains(column.column())
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
