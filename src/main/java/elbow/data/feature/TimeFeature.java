package elbow.data.feature;

import elbow.base.Check;
import elbow.data.encoding.Cell;
import elbow.data.encoding.Slot;
import elbow.data.encoding.TextTimes;
import elbow.data.encoding.TimeCell;
import elbow.data.encoding.TimeWriter;
import elbow.data.table.FieldKind;
import elbow.data.table.Markers;
import elbow.data.table.TimeFormat;
import elbow.vae.input.InputTransform;
import elbow.vae.likelihood.Gaussian;
import elbow.vae.likelihood.Likelihood;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.types.DataType;

/**
 * A point in time as its places within day, week and year, in UTC: sine and cosine of each place's angle. Scored as
 * these, which have densities of their own and no inverse.
 *
 * @param column name
 * @param parts the periods, at least one
 * @param means of the training rows: sine and cosine of each part
 * @param hasGaps whether training rows had no value
 * @param textFormat how the times were written that were text in training, see {@link TimeFormat#pattern}; empty: they
 *     were none
 */
public record TimeFeature(String column, List<TimePart> parts, List<Double> means, boolean hasGaps, String textFormat)
        implements Feature {
    public TimeFeature {
        parts = List.copyOf(parts);
        means = List.copyOf(means);
        Check.argument(!parts.isEmpty(), "parts", "have at least one entry", parts);
        Check.argument(means.size() == 2 * parts.size(), "means", "be two for each part", means.size());
        means.forEach(mean -> Check.argument(Math.abs(mean) <= 1, "means", "lie in [-1, 1]", mean));
    }

    /** How the times were written that were text in training; empty: they were none. */
    public Optional<TimeFormat> format() {
        return textFormat.isEmpty() ? Optional.empty() : Optional.of(TimeFormat.of(textFormat));
    }

    /** One of times that are no text. */
    public TimeFeature(String column, List<TimePart> parts, List<Double> means, boolean hasGaps) {
        this(column, parts, means, hasGaps, "");
    }

    @Override
    public FeatureType type() {
        return FeatureType.TIME;
    }

    @Override
    public int width() {
        return means.size();
    }

    @Override
    public Likelihood likelihood(InputTransform transform) {
        return Gaussian.learned(Gaussian.Variance.PER_COLUMN, 0);
    }

    @Override
    public void writeMeans(float[] target, int offset) {
        for (int i = 0; i < means.size(); i++) {
            target[offset + i] = means.get(i).floatValue();
        }
    }

    /** The encoded values: a time does not follow from its places within periods. */
    @Override
    public Object decode(float[] encoded, int offset) {
        List<Float> values = new ArrayList<>();
        for (int i = 0; i < width(); i++) {
            values.add(encoded[offset + i]);
        }
        return values;
    }

    /** The places within the periods: "06:12, Monday, 14 March". */
    @Override
    public String expectedText(float[] expected, int offset) {
        List<String> places = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            places.add(parts.get(i).place(expected[offset + 2 * i], expected[offset + 2 * i + 1]));
        }
        return String.join(", ", places);
    }

    @Override
    public String expectedType() {
        return "a timestamp or a date"
                + format().map(text -> ", or text such as " + text).orElse("");
    }

    @Override
    public boolean accepts(DataType type) {
        return FieldKind.SECONDS.reads(type) || (format().isPresent() && FieldKind.TEXT.reads(type));
    }

    @Override
    public FieldKind kind(DataType type) {
        return FieldKind.SECONDS.reads(type) ? FieldKind.SECONDS : FieldKind.TEXT;
    }

    @Override
    public List<Slot> slots(int field, FieldKind kind, Markers markers) {
        List<Slot> slots = new ArrayList<>();
        for (TimePart part : parts) {
            Optional<TextTimes> texts = kind == FieldKind.TEXT
                    ? Optional.of(new TextTimes(column, format().orElse(TimeFormat.ISO), markers))
                    : Optional.empty();
            slots.add(part.slot(column, field, texts, false));
            slots.add(part.slot(column, field, texts, true));
        }
        return slots;
    }

    @Override
    public Cell cell(TableColumn in, DataType type) {
        return new TimeCell(
                parts.stream().mapToDouble(TimePart::period).toArray(),
                parts.stream().mapToDouble(TimePart::origin).toArray(),
                in.lowest(),
                in.highest(),
                new TimeWriter(type, format().orElse(TimeFormat.ISO), in.unit()));
    }
}
