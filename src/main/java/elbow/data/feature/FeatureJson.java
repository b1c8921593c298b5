package elbow.data.feature;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import elbow.base.JsonReader;
import elbow.data.encoding.CommonValues;
import elbow.data.encoding.NumberScale;
import elbow.data.image.ImageShape;
import elbow.data.table.TimeFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads and writes a {@link Feature} as JSON. */
final class FeatureJson {
    private static final LikelihoodField HEAVY_TAILS =
            new LikelihoodField("heavyTails", NumberLikelihood.STUDENT_T, NumberLikelihood.GAUSSIAN);
    private static final LikelihoodField OVERDISPERSED =
            new LikelihoodField("overdispersed", NumberLikelihood.NEGATIVE_BINOMIAL, NumberLikelihood.POISSON);

    private static final String COMMON_VALUES = "commonValues";
    private static final String COMMON_SHARES = "commonShares";

    /**
     * The likelihood of a type that had two at first, which a boolean tells apart: builds that know no others read them
     * so. Later ones are named by a field of their own.
     */
    record LikelihoodField(String flag, NumberLikelihood ifSet, NumberLikelihood ifNot) {
        private static final String NAME = "likelihood";

        void write(NumberLikelihood likelihood, ObjectNode node) {
            if (likelihood == ifSet || likelihood == ifNot) {
                node.put(flag, likelihood == ifSet);
            } else {
                node.put(NAME, JsonReader.camelCase(likelihood));
            }
        }

        NumberLikelihood read(JsonReader reader) {
            if (reader.has(NAME)) {
                return reader.constant(NAME, NumberLikelihood.class);
            }
            return reader.flag(flag) ? ifSet : ifNot;
        }
    }

    private FeatureJson() {}

    static void write(Feature feature, ObjectNode node) {
        node.put("type", feature.type().toString()).put("column", feature.column());
        if (!(feature instanceof ImageFeature)) {
            node.put("hasGaps", feature.hasGaps());
        }
        if (feature instanceof RealFeature real) {
            NumberScale scale = real.scale();
            node.put("stretched", scale.stretched())
                    .put("centre", scale.centre())
                    .put("unit", scale.unit());
            node.put("mean", scale.mean()).put("standardDeviation", scale.deviation());
            node.put("minimum", real.minimum()).put("maximum", real.maximum());
            HEAVY_TAILS.write(real.numberLikelihood(), node);
            if (!real.common().isNone()) {
                numbers(node.putArray(COMMON_VALUES), real.common().values());
                numbers(node.putArray(COMMON_SHARES), real.common().shares());
            }
        } else if (feature instanceof PositiveFeature positive) {
            node.put("logMean", positive.logMean()).put("logDeviation", positive.logDeviation());
            node.put("minimum", positive.minimum()).put("maximum", positive.maximum());
        } else if (feature instanceof CountFeature count) {
            node.put("mean", count.mean()).put("logMean", count.logMean()).put("logDeviation", count.logDeviation());
            node.put("maximum", count.maximum());
            OVERDISPERSED.write(count.numberLikelihood(), node);
        } else if (feature instanceof BinaryFeature binary) {
            node.put("mean", binary.mean());
        } else if (feature instanceof OrdinalFeature ordinal) {
            texts(node.putArray("levels"), ordinal.levels());
            node.put("numbers", ordinal.numbers());
            numbers(node.putArray("frequencies"), ordinal.frequencies());
        } else if (feature instanceof CategoricalFeature categorical) {
            texts(node.putArray("categories"), categorical.categories());
            texts(node.putArray("others"), categorical.others());
            numbers(node.putArray("frequencies"), categorical.frequencies());
        } else if (feature instanceof TimeFeature time) {
            texts(
                    node.putArray("parts"),
                    time.parts().stream().map(JsonReader::camelCase).toList());
            numbers(node.putArray("means"), time.means());
            time.format().ifPresent(format -> node.put("textFormat", format.pattern()));
        } else if (feature instanceof ImageFeature image) {
            writeImage(image, node);
        }
    }

    static Feature read(JsonReader reader) {
        FeatureType type = reader.constant("type", FeatureType.class);
        String column = reader.text("column");
        return switch (type) {
            case IMAGE ->
                readImage(
                        reader,
                        column,
                        reader.flag("resized"),
                        // Not measured by the first builds of this version.
                        reader.has("contextBrightness") ? reader.numbers("contextBrightness") : new double[0],
                        reader.has("greyLikelihood")
                                ? reader.constant("greyLikelihood", GreyLikelihood.class)
                                : GreyLikelihood.GAUSSIAN);
            case REAL ->
                new RealFeature(
                        column,
                        new NumberScale(
                                reader.flag("stretched"),
                                reader.number("centre"),
                                reader.number("unit"),
                                reader.number("mean"),
                                reader.number("standardDeviation")),
                        reader.has(COMMON_VALUES) ? commonValues(reader) : CommonValues.NONE,
                        reader.number("minimum"),
                        reader.number("maximum"),
                        HEAVY_TAILS.read(reader),
                        reader.flag("hasGaps"));
            case POSITIVE ->
                new PositiveFeature(
                        column,
                        reader.number("logMean"),
                        reader.number("logDeviation"),
                        reader.number("minimum"),
                        reader.number("maximum"),
                        reader.flag("hasGaps"));
            case COUNT ->
                new CountFeature(
                        column,
                        reader.number("mean"),
                        reader.number("logMean"),
                        reader.number("logDeviation"),
                        reader.number("maximum"),
                        OVERDISPERSED.read(reader),
                        reader.flag("hasGaps"));
            case BINARY -> new BinaryFeature(column, reader.number("mean"), reader.flag("hasGaps"));
            case ORDINAL ->
                new OrdinalFeature(
                        column,
                        reader.texts("levels"),
                        reader.flag("numbers"),
                        boxed(reader.numbers("frequencies")),
                        reader.flag("hasGaps"));
            case CATEGORICAL ->
                new CategoricalFeature(
                        column,
                        reader.texts("categories"),
                        reader.texts("others"),
                        boxed(reader.numbers("frequencies")),
                        reader.flag("hasGaps"));
            case TIME ->
                new TimeFeature(
                        column,
                        parts(reader),
                        boxed(reader.numbers("means")),
                        reader.flag("hasGaps"),
                        reader.has("textFormat") ? textFormat(reader) : "");
        };
    }

    static Feature readFirstVersion(JsonReader reader) {
        String type = reader.text("type");
        String column = reader.text("column");
        return switch (type) {
            case "real" ->
                new RealFeature(
                        column,
                        reader.number("mean"),
                        reader.number("standardDeviation"),
                        reader.number("minimum"),
                        reader.number("maximum"));
            case "binary" -> new BinaryFeature(column, reader.number("mean"));
            case "image" -> readImage(reader, column, false, new double[0], GreyLikelihood.GAUSSIAN);
            default ->
                throw new IllegalArgumentException(
                        reader.where() + ": type must be real, binary or image, but is " + type);
        };
    }

    private static void writeImage(ImageFeature image, ObjectNode node) {
        ImageShape shape = image.shape();
        node.put("height", shape.height()).put("width", shape.width()).put("channels", shape.channels());
        node.put("resized", image.resized());
        numbers(node.putArray("pixelMeans"), image.pixelMeans());
        if (!image.contextBrightness().isEmpty()) {
            numbers(node.putArray("contextBrightness"), image.contextBrightness());
        }
        // Omitted for the default, so that builds without this field can read it.
        if (image.greyLikelihood() != GreyLikelihood.GAUSSIAN) {
            node.put("greyLikelihood", JsonReader.camelCase(image.greyLikelihood()));
        }
    }

    private static ImageFeature readImage(
            JsonReader reader,
            String column,
            boolean resized,
            double[] contextBrightness,
            GreyLikelihood greyLikelihood) {
        return new ImageFeature(
                column,
                new ImageShape(reader.integer("height"), reader.integer("width"), reader.integer("channels")),
                boxed(reader.numbers("pixelMeans")),
                resized,
                boxed(contextBrightness),
                greyLikelihood);
    }

    private static CommonValues commonValues(JsonReader reader) {
        return new CommonValues(boxed(reader.numbers(COMMON_VALUES)), boxed(reader.numbers(COMMON_SHARES)));
    }

    private static List<TimePart> parts(JsonReader reader) {
        List<TimePart> parts = new ArrayList<>();
        for (String name : reader.texts("parts")) {
            parts.add(Arrays.stream(TimePart.values())
                    .filter(part -> JsonReader.camelCase(part).equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            reader.where() + ": parts must be periods of time, but one is " + name)));
        }
        return parts;
    }

    private static String textFormat(JsonReader reader) {
        return TimeFormat.of(reader.text("textFormat")).pattern();
    }

    private static void texts(ArrayNode array, List<String> texts) {
        texts.forEach(array::add);
    }

    private static void numbers(ArrayNode array, List<Double> numbers) {
        numbers.forEach(array::add);
    }

    private static List<Double> boxed(double[] numbers) {
        return Arrays.stream(numbers).boxed().toList();
    }
}
