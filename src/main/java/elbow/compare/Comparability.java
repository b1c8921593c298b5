package elbow.compare;

import elbow.data.feature.CategoricalFeature;
import elbow.data.feature.Feature;
import elbow.data.feature.FeatureEncoder;
import elbow.data.feature.OrdinalFeature;
import elbow.data.feature.RealFeature;
import elbow.data.table.Columns;
import elbow.data.table.NumberText;
import elbow.vae.input.InputTransform;
import elbow.vae.likelihood.Likelihood;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Whether the ELBOs of two models measure the same: log-likelihoods of the same columns, each a probability to both or
 * a density to both.
 *
 * @param first likelihood of each column that the first model models, in words, in its order
 * @param second the same of the second model
 * @param unlike columns that both model, and measure differently
 * @param objections why the ELBOs are not comparable, in sentences; none: they are
 * @param remarks what else to bear in mind, in sentences
 */
public record Comparability(
        Map<String, String> first,
        Map<String, String> second,
        List<String> unlike,
        List<String> objections,
        List<String> remarks)
        implements Serializable {
    private static final String FLOOR = "model.variance-floor";

    public Comparability {
        first = Collections.unmodifiableMap(new LinkedHashMap<>(first));
        second = Collections.unmodifiableMap(new LinkedHashMap<>(second));
        unlike = List.copyOf(unlike);
        objections = List.copyOf(objections);
        remarks = List.copyOf(remarks);
    }

    static Comparability of(ComparedModel first, ComparedModel second) {
        FeatureEncoder one = first.model().encoder();
        FeatureEncoder other = second.model().encoder();
        Map<String, String> ofFirst = likelihoods(one);
        Map<String, String> ofSecond = likelihoods(other);
        List<String> unlike = new ArrayList<>();
        List<String> objections = new ArrayList<>();
        addAlone("A", ofFirst, ofSecond, objections);
        addAlone("B", ofSecond, ofFirst, objections);
        for (Feature feature : one.modelled()) {
            for (Feature same : other.modelled()) {
                String measured = measured(feature, one);
                String also = measured(same, other);
                if (feature.column().equals(same.column()) && !measured.equals(also)) {
                    unlike.add(feature.column());
                    objections.add(
                            "Of column " + feature.column() + " A measures " + measured + ", and B " + also + ".");
                } else if (feature.column().equals(same.column())
                        && !places(feature).equals(places(same))) {
                    unlike.add(feature.column());
                    objections.add("Of column " + feature.column() + " A tells "
                            + places(feature).size() + " values apart, and B other ones or not as many, "
                            + places(same).size()
                            + ": a place that several values share is likelier than each of them.");
                }
            }
        }
        List<String> remarks = new ArrayList<>();
        addConditions("A", one, other, remarks);
        addConditions("B", other, one, remarks);
        addSamples(first.samples(), second.samples(), remarks);
        addFloors(first, second, remarks);
        return new Comparability(ofFirst, ofSecond, unlike, objections, remarks);
    }

    private static Map<String, String> likelihoods(FeatureEncoder encoder) {
        Map<String, String> likelihoods = new LinkedHashMap<>();
        for (Feature feature : encoder.modelled()) {
            likelihoods.put(
                    feature.column(),
                    feature.likelihood(encoder.inputTransform()).word());
        }
        return likelihoods;
    }

    private static void addAlone(
            String name, Map<String, String> own, Map<String, String> others, List<String> objections) {
        List<String> alone = own.keySet().stream()
                .filter(column -> !others.containsKey(column))
                .toList();
        if (!alone.isEmpty()) {
            objections.add("Only " + name + " models " + words(alone) + ".");
        }
    }

    /** What the likelihood of a column is: values of the same kind can be subtracted from one another. */
    private static String measured(Feature feature, FeatureEncoder encoder) {
        Likelihood likelihood = feature.likelihood(encoder.inputTransform());
        boolean density = likelihood.isDensity();
        String kind = (density ? "a density (" : "a probability (") + likelihood.word() + ")";
        return switch (feature.type()) {
            case IMAGE -> kind + " of " + feature.width() + " pixel values " + pixels(encoder.inputTransform());
            // The density of a place within a day, a week or a year is another one for each choice of these.
            case TIME -> "a density of " + feature.width() + " encoded values";
            default -> density ? "a density" + besideProbabilities(feature) : "a probability";
        };
    }

    /** The values that have a probability of their own. */
    private static Set<String> places(Feature feature) {
        if (feature instanceof CategoricalFeature category) {
            return Set.copyOf(category.categories());
        }
        return feature instanceof OrdinalFeature ordinal ? Set.copyOf(ordinal.levels()) : Set.of();
    }

    private static String besideProbabilities(Feature feature) {
        return feature instanceof RealFeature real && !real.commonValues().isEmpty()
                ? " but for probabilities of "
                        + Columns.listed(real.commonValues().stream()
                                .sorted()
                                .map(NumberText::exactly)
                                .toList())
                : "";
    }

    private static String pixels(InputTransform transform) {
        return switch (transform) {
            case NONE -> "as they are";
            case SAMPLE -> "binarised at random";
            case THRESHOLD -> "binarised by a threshold";
        };
    }

    private static void addConditions(String name, FeatureEncoder encoder, FeatureEncoder other, List<String> remarks) {
        Set<String> given = columns(encoder.conditions());
        given.removeAll(columns(other.conditions()));
        if (!given.isEmpty()) {
            remarks.add(name + " is given " + words(given)
                    + ": its scores say how likely the other columns are where that is known.");
        }
    }

    private static void addSamples(int first, int second, List<String> remarks) {
        if (first != second) {
            remarks.add("A is scored " + samples(first) + " and B " + samples(second)
                    + ": the two estimate the ELBO in different ways. Ask for the same samples of both.");
        }
    }

    private static String samples(int samples) {
        return samples == 0 ? "at the posterior mean" : "with " + samples + (samples == 1 ? " sample" : " samples");
    }

    private static void addFloors(ComparedModel first, ComparedModel second, List<String> remarks) {
        String floor = first.model().manifest().settings().getOrDefault(FLOOR, "");
        String other = second.model().manifest().settings().getOrDefault(FLOOR, "");
        if (!floor.equals(other) && !floor.isEmpty() && !other.isEmpty()) {
            remarks.add(FLOOR + " is " + floor + " of A and " + other
                    + " of B: where values repeat, a density grows without bound as the floor falls, and no model is the"
                    + " better for it.");
        }
    }

    private static Set<String> columns(List<Feature> features) {
        return features.stream().map(Feature::column).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String words(Collection<String> columns) {
        return (columns.size() == 1 ? "column " : "the columns ") + Columns.listed(List.copyOf(columns));
    }

    /** Whether one ELBO can be subtracted from the other. */
    public boolean isComparable() {
        return objections.isEmpty();
    }

    /** The columns that both model and measure alike, in the order of the first. */
    public List<String> shared() {
        return first.keySet().stream()
                .filter(column -> second.containsKey(column) && !unlike.contains(column))
                .toList();
    }

    int[] placesInFirst() {
        return places(List.copyOf(first.keySet()));
    }

    int[] placesInSecond() {
        return places(List.copyOf(second.keySet()));
    }

    private int[] places(List<String> columns) {
        return shared().stream().mapToInt(columns::indexOf).toArray();
    }
}
