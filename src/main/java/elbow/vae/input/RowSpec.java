package elbow.vae.input;

import elbow.base.Check;
import elbow.vae.layer.LayerSpec;
import elbow.vae.likelihood.Likelihood;
import elbow.vae.likelihood.LikelihoodGroup;
import java.util.List;
import java.util.TreeSet;

/**
 * What a row holds, and how it is transformed before encoder and likelihoods see it.
 *
 * @param groups cover the encoded columns in order: at least one that is modelled, then those of conditions
 * @param transform what happens to the columns of Bernoulli groups; needs such a group unless it is NONE
 * @param missingColumns the variables that training rows may lack, by their (first) encoded column, ascending: for each
 *     of them the encoder has an input more, 1 where the variable is missing and 0 where it is observed
 */
public record RowSpec(List<LikelihoodGroup> groups, InputTransform transform, List<Integer> missingColumns) {
    public RowSpec {
        groups = List.copyOf(groups);
        Check.argument(!modelled(groups).isEmpty(), "likelihoods", "have at least one group", groups);
        Check.argument(
                modelled(groups).equals(groups.subList(0, modelled(groups).size())),
                "conditions",
                "stand after what is modelled",
                groups);
        Check.argument(
                transform == InputTransform.NONE || groups.stream().anyMatch(RowSpec::takesBinarised),
                "inputTransform",
                "be NONE without a Bernoulli group",
                transform);
        long columns = groups.stream().mapToLong(LikelihoodGroup::columns).sum();
        Check.argument(
                columns <= LayerSpec.MAXIMUM_WIDTH, "inputSize", "lie in 1.." + LayerSpec.MAXIMUM_WIDTH, columns);
        missingColumns = List.copyOf(missingColumns);
        requireVariables(groups, missingColumns);
    }

    /** The groups whose columns are modelled. */
    public List<LikelihoodGroup> modelled() {
        return modelled(groups);
    }

    private static List<LikelihoodGroup> modelled(List<LikelihoodGroup> groups) {
        return groups.stream().filter(group -> !group.isCondition()).toList();
    }

    /** Encoded columns that are modelled: the first ones. */
    public int modelledColumns() {
        return modelled().stream().mapToInt(LikelihoodGroup::columns).sum();
    }

    /** Encoded columns of conditions: the last ones. */
    public int conditionColumns() {
        return columns() - modelledColumns();
    }

    /** How many of {@link #missingColumns} are conditions: the last ones. */
    public int missingConditions() {
        int first = modelledColumns();
        return (int) missingColumns.stream().filter(column -> column >= first).count();
    }

    /**
     * What decoder and prior are given of a row: the encoded columns of conditions as the encoder sees them, then one
     * for each condition among {@link #missingColumns}.
     */
    public int conditionInputs() {
        return conditionColumns() + missingConditions();
    }

    /** Encoded columns. */
    public int columns() {
        int sum = 0;
        // By index: asked for at every minibatch, which allocates nothing.
        for (int group = 0; group < groups.size(); group++) {
            sum = Math.addExact(sum, groups.get(group).columns());
        }
        return sum;
    }

    /** What the encoder reads of a row: the encoded columns, then one for each of {@link #missingColumns}. */
    public int encoderInputs() {
        return columns() + missingColumns.size();
    }

    /** Number of variables that are modelled: of encoded columns, those of one category counting as one. */
    public int variables() {
        return modelled().stream().mapToInt(LikelihoodGroup::variables).sum();
    }

    /** Whether encoder and likelihoods see the same numbers. */
    public boolean isSharedByEncoder() {
        return missingColumns.isEmpty() && groups.stream().noneMatch(LikelihoodGroup::changesInputs);
    }

    static boolean takesBinarised(LikelihoodGroup group) {
        return group.likelihood().takesBinarised() && !group.isCondition();
    }

    private static void requireVariables(List<LikelihoodGroup> groups, List<Integer> missingColumns) {
        TreeSet<Integer> variables = new TreeSet<>();
        int column = 0;
        for (LikelihoodGroup group : groups) {
            int end = column + group.columns();
            for (; column < end; column += group.likelihood().columnsPerVariable()) {
                variables.add(column);
            }
        }
        int last = -1;
        for (int missing : missingColumns) {
            Check.argument(missing > last, "missingColumns", "be ascending", missingColumns);
            Check.argument(variables.contains(missing), "missingColumns", "be a variable's first column", missing);
            last = missing;
        }
    }

    /**
     * A row of values that there can be, near others: within what each likelihood is defined for, whole where it
     * counts, the likeliest category alone.
     *
     * @param row encoded columns, finite
     */
    public float[] valuesNear(float[] row) {
        float[] values = new float[row.length];
        int column = 0;
        for (LikelihoodGroup group : groups) {
            Likelihood likelihood = group.likelihood();
            int each = likelihood.columnsPerVariable();
            for (int end = column + group.columns(); column < end; column += each) {
                if (each > 1) {
                    values[likeliest(row, column, column + each)] = 1;
                } else {
                    float near = Math.min(likelihood.maximum(), Math.max(likelihood.minimum(), row[column]));
                    values[column] = likelihood.takesWholeNumbers() ? (float) Math.rint(near) : near;
                }
            }
        }
        return values;
    }

    private static int likeliest(float[] row, int from, int to) {
        int likeliest = from;
        for (int i = from + 1; i < to; i++) {
            likeliest = row[i] > row[likeliest] ? i : likeliest;
        }
        return likeliest;
    }
}
