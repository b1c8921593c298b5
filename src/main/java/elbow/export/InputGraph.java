package elbow.export;

import elbow.vae.input.InputTransform;
import elbow.vae.input.RowSpec;
import elbow.vae.likelihood.Bernoulli;
import elbow.vae.likelihood.InputFunction;
import elbow.vae.likelihood.InputScale;
import elbow.vae.likelihood.LikelihoodGroup;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What encoder and likelihoods see of encoded rows, as {@link elbow.vae.input.InputLoader} makes it.
 *
 * @param values as the likelihoods see them: rows x columns, of floats
 * @param present 1 for each value that is there, 0 for the others: rows x columns, of floats
 * @param encoderInput rows x encoder inputs, of floats
 */
record InputGraph(Tensor values, Tensor present, Tensor encoderInput) {
    private static final float BRIGHT = 0.5f;

    /**
     * Of whole rows.
     *
     * @param values rows x columns, of floats; what stands for a missing one has no influence
     * @param uniform numbers in [0, 1) that decide what a binarised value becomes: rows x columns of the Bernoulli
     *     groups, which are the first ones; null unless the spec samples
     */
    static InputGraph of(RowSpec row, Tensor values, Tensor present, @Nullable Tensor uniform) {
        Tensor there = filled(row.groups(), values, present);
        Tensor seen = row.transform() == InputTransform.NONE ? there : binarised(row, there, uniform);
        return new InputGraph(seen, present, encoderInput(row.groups(), row.missingColumns(), seen, present));
    }

    /** What decoder and prior see of conditions: of rows that have their columns alone. */
    static Tensor ofConditions(RowSpec row, Tensor values, Tensor present) {
        int first = row.modelledColumns();
        List<LikelihoodGroup> groups =
                row.groups().stream().filter(LikelihoodGroup::isCondition).toList();
        List<Integer> missing = row.missingColumns().stream()
                .filter(column -> column >= first)
                .map(column -> column - first)
                .toList();
        return encoderInput(groups, missing, filled(groups, values, present), present);
    }

    // At what stands in gaps, functions and log-densities are finite.
    private static Tensor filled(List<LikelihoodGroup> groups, Tensor values, Tensor present) {
        List<Float> fillers = new ArrayList<>();
        for (LikelihoodGroup group : groups) {
            for (int i = 0; i < group.columns(); i++) {
                fillers.add(group.likelihood().minimum() > 0 ? 1f : 0f);
            }
        }
        return present.isAtLeast(BRIGHT).choose(values, values.graph().floats(array(fillers), fillers.size()));
    }

    private static Tensor binarised(RowSpec row, Tensor values, @Nullable Tensor uniform) {
        List<Tensor> parts = new ArrayList<>();
        int column = 0;
        int drawn = 0;
        for (LikelihoodGroup group : row.groups()) {
            Tensor part = values.slice(1, column, group.columns());
            if (group.likelihood() instanceof Bernoulli && !group.isCondition()) {
                Tensor one = uniform == null
                        ? part.isAtLeast(BRIGHT)
                        : uniform.slice(1, drawn, group.columns()).isLess(part);
                part = one.as(ElementType.FLOAT);
                drawn += group.columns();
            }
            parts.add(part);
            column += group.columns();
        }
        return Tensor.joined(1, parts);
    }

    private static Tensor encoderInput(
            List<LikelihoodGroup> groups, List<Integer> missing, Tensor values, Tensor present) {
        List<Tensor> functions = new ArrayList<>();
        List<Float> centres = new ArrayList<>();
        List<Float> factors = new ArrayList<>();
        int column = 0;
        for (LikelihoodGroup group : groups) {
            functions.add(function(group.likelihood().inputFunction(), values.slice(1, column, group.columns())));
            InputScale scale = group.inputScale();
            for (int i = 0; i < group.columns(); i++) {
                centres.add(scale.isNone() ? 0f : scale.centres().get(i).floatValue());
                factors.add(scale.isNone() ? 1f : scale.factors().get(i).floatValue());
            }
            column += group.columns();
        }
        Graph graph = values.graph();
        Tensor scaled = Tensor.joined(1, functions)
                .minus(graph.floats(array(centres), column))
                .times(graph.floats(array(factors), column));
        Tensor seen = hidden(groups, factors, values, scaled).times(present);
        if (missing.isEmpty()) {
            return seen;
        }
        long[] places = missing.stream().mapToLong(Integer::longValue).toArray();
        return Tensor.joined(1, List.of(seen, present.taken(1, places).negated().plus(1)));
    }

    // In doubles and rounded, as the kernel does it.
    private static Tensor function(InputFunction function, Tensor values) {
        return switch (function) {
            case IDENTITY -> values;
            case LOG -> values.as(ElementType.DOUBLE).log().as(ElementType.FLOAT);
            case LOG_1P -> values.as(ElementType.DOUBLE).plus(1).log().as(ElementType.FLOAT);
        };
    }

    // Of a category in a column whose factor is 0 all columns are 0, as if it were missing.
    private static Tensor hidden(List<LikelihoodGroup> groups, List<Float> factors, Tensor values, Tensor scaled) {
        List<Tensor> parts = new ArrayList<>();
        int shown = 0;
        int column = 0;
        for (LikelihoodGroup group : groups) {
            int each = group.likelihood().columnsPerVariable();
            for (int end = column + group.columns(); column < end; column += each) {
                List<Float> own = factors.subList(column, column + each);
                if (each > 1 && own.stream().anyMatch(factor -> factor == 0)) {
                    if (shown < column) {
                        parts.add(scaled.slice(1, shown, column - shown));
                    }
                    parts.add(hidden(own, values.slice(1, column, each), scaled.slice(1, column, each)));
                    shown = column + each;
                }
            }
        }
        if (parts.isEmpty()) {
            return scaled;
        }
        if (shown < column) {
            parts.add(scaled.slice(1, shown, column - shown));
        }
        return Tensor.joined(1, parts);
    }

    // Of one category.
    private static Tensor hidden(List<Float> factors, Tensor values, Tensor scaled) {
        float[] hides = new float[factors.size()];
        for (int i = 0; i < hides.length; i++) {
            hides[i] = factors.get(i) == 0 ? 1 : 0;
        }
        Tensor isHidden = values.matrixProduct(values.graph().floats(hides, hides.length, 1));
        return scaled.times(isHidden.negated().plus(1));
    }

    private static float[] array(List<Float> values) {
        float[] array = new float[values.size()];
        for (int i = 0; i < array.length; i++) {
            array[i] = values.get(i);
        }
        return array;
    }
}
