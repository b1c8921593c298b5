package elbow.data;

import elbow.vae.InputTransform;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;

/**
 * Fits a {@link FeatureEncoder}: one pass for the summaries, merged in the order of partitions, then one verdict a
 * column.
 */
final class FeatureFitting {
    private final FeatureOptions options;
    private final List<StructField> candidates = new ArrayList<>();
    private final List<ColumnSummary> summaries = new ArrayList<>();
    private final List<Column> projection = new ArrayList<>();
    private final List<Integer> places = new ArrayList<>();
    private final List<ImageFeature> images = new ArrayList<>();
    private final List<RealFeature> reals = new ArrayList<>();
    private final List<BinaryFeature> binaries = new ArrayList<>();
    private final List<LeftOut> leftOut = new ArrayList<>();

    private FeatureFitting(FeatureOptions options) {
        this.options = options;
    }

    static FeatureEncoder fit(Dataset<Row> training, FeatureOptions options) {
        Columns.requireKnown("--ignore", options.ignored(), training.schema());
        Columns.requireDistinct(Arrays.asList(training.columns()), "the training rows");
        FeatureFitting fitting = new FeatureFitting(options);
        for (StructField field : training.schema().fields()) {
            fitting.consider(field);
        }
        fitting.summarise(training);
        for (int i = 0; i < fitting.candidates.size(); i++) {
            fitting.judge(fitting.candidates.get(i), fitting.summaries.get(i));
        }
        return fitting.encoder();
    }

    private void consider(StructField field) {
        Column column = Columns.column(field.name());
        Optional<ImageShape> shape = ImageShape.of(field.metadata());
        if (options.ignored().contains(field.name())) {
            leave(field, "ignored on request");
        } else if (Keys.isKey(field)) {
            leave(field, "a key that only tells rows apart");
        } else if (field.dataType() instanceof NumericType || field.dataType() instanceof BooleanType) {
            candidate(field, new NumberSummary(), column.cast("double"));
        } else if (field.dataType() instanceof StringType) {
            Column isNumber = functions
                    .expr("try_cast(" + Columns.quoted(field.name()) + " AS double)")
                    .isNotNull();
            candidate(field, new TextSummary(), column, isNumber);
        } else if (field.dataType() instanceof BinaryType && shape.isPresent()) {
            candidate(field, new ImageSummary(shape.get().size()), column);
        } else {
            leave(field, "of type " + field.dataType().simpleString() + ", which is no feature type");
        }
    }

    private void candidate(StructField field, ColumnSummary summary, Column... columns) {
        places.add(projection.size());
        for (Column column : columns) {
            projection.add(column.alias("c" + projection.size()));
        }
        candidates.add(field);
        summaries.add(summary);
    }

    private void summarise(Dataset<Row> training) {
        if (candidates.isEmpty()) {
            return;
        }
        ColumnSummary[] empty = summaries.toArray(ColumnSummary[]::new);
        int[] columns = places.stream().mapToInt(Integer::intValue).toArray();
        List<ColumnSummary[]> parts;
        try {
            parts = training.select(projection.toArray(Column[]::new))
                    .javaRDD()
                    .mapPartitions(rows -> summary(rows, empty, columns))
                    .collect();
        } catch (Exception e) {
            // Spark throws checked exceptions without declaring them.
            throw InputErrors.translate(e);
        }
        for (ColumnSummary[] part : parts) {
            for (int i = 0; i < part.length; i++) {
                summaries.get(i).merge(part[i]);
            }
        }
    }

    // The empty summaries are a task's own copy: they come with its closure.
    private static Iterator<ColumnSummary[]> summary(Iterator<Row> rows, ColumnSummary[] summaries, int[] columns) {
        while (rows.hasNext()) {
            Row row = rows.next();
            for (int i = 0; i < columns.length; i++) {
                summaries[i].add(row, columns[i]);
            }
        }
        return Collections.singletonList(summaries).iterator();
    }

    private void judge(StructField field, ColumnSummary summary) {
        if (summary instanceof NumberSummary numbers) {
            judge(field, numbers);
        } else if (summary instanceof TextSummary text) {
            judge(field, text);
        } else if (summary instanceof ImageSummary image) {
            judge(field, image);
        }
    }

    private void judge(StructField field, NumberSummary numbers) {
        long bad = numbers.missing + numbers.notFinite;
        if (numbers.count + numbers.notFinite == 0) {
            leave(field, "missing in every row");
            return;
        }
        if (bad > 0) {
            throw incomplete(
                    field,
                    "missing in " + numbers.missing + " and NaN or infinite in " + numbers.notFinite,
                    numbers.count + bad);
        }
        double deviation = numbers.standardDeviation();
        if (numbers.minimum == numbers.maximum) {
            leave(field, "constant: every value is " + numbers.minimum);
        } else if (numbers.onlyZeroOne) {
            binaries.add(new BinaryFeature(field.name(), numbers.mean));
        } else if (deviation > 0 && Double.isFinite(deviation) && Double.isFinite(numbers.mean)) {
            reals.add(new RealFeature(field.name(), numbers.mean, deviation, numbers.minimum, numbers.maximum));
        } else {
            leave(field, "beyond what doubles can standardise: from " + numbers.minimum + " to " + numbers.maximum);
        }
    }

    private void judge(StructField field, TextSummary text) {
        if (text.count == 0) {
            leave(field, "missing in every row");
        } else if (text.firstWord == null) {
            leave(field, "text, though all " + text.count + " training values read as numbers");
        } else {
            leave(
                    field,
                    "text: " + text.numbers + " of " + text.count + " values read as numbers, but "
                            + InputErrors.quote(text.firstWord) + " does not");
        }
    }

    private void judge(StructField field, ImageSummary image) {
        long rows = image.count + image.missing + image.otherSize;
        ImageShape shape = ImageShape.of(field.metadata()).orElseThrow();
        if (rows == image.missing) {
            leave(field, "missing in every row");
            return;
        }
        if (image.missing > 0) {
            throw incomplete(field, "missing in " + image.missing, rows);
        }
        if (image.otherSize > 0) {
            throw InputErrors.input("column " + field.name() + " must hold images of " + shape + " = " + shape.size()
                    + " bytes, but " + image.otherSize + " of " + rows + " rows have another size, such as "
                    + image.firstOtherSize + " bytes");
        }
        List<Double> means = Arrays.stream(image.sums)
                .mapToObj(sum -> (double) sum / image.count)
                .toList();
        images.add(new ImageFeature(field.name(), shape, means));
    }

    private FeatureEncoder encoder() {
        List<Feature> features = new ArrayList<>(images);
        features.addAll(reals);
        features.addAll(binaries);
        if (features.isEmpty()) {
            throw InputErrors.input(
                    "the training rows must have a column that can be modelled (numbers that vary, truth "
                            + "values, images), but have none: "
                            + Columns.listed(leftOut.stream()
                                    .map(column -> column.column() + " is " + column.reason())
                                    .toList()));
        }
        return new FeatureEncoder(features, images.isEmpty() ? InputTransform.NONE : options.binarise(), leftOut);
    }

    private static RuntimeException incomplete(StructField field, String fault, long rows) {
        return InputErrors.input("column " + field.name() + " must have a finite value in every row, but is " + fault
                + " of " + rows + " rows: leave the column out (--ignore) or such rows (--where)");
    }

    private void leave(StructField field, String reason) {
        leftOut.add(new LeftOut(field.name(), reason));
    }
}
