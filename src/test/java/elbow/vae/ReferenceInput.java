package elbow.vae;

import elbow.vae.Tape.Scalar;
import elbow.vae.likelihood.LikelihoodGroup;
import elbow.vae.likelihood.LogNormal;
import elbow.vae.likelihood.NegativeBinomial;
import elbow.vae.likelihood.Poisson;
import java.util.ArrayList;
import java.util.List;

/** What the encoder sees of a row, from the definitions. */
final class ReferenceInput {
    private ReferenceInput() {}

    static List<Scalar> of(Tape tape, VaeSpec spec, double[] row) {
        List<Scalar> input = new ArrayList<>();
        int column = 0;
        for (LikelihoodGroup group : spec.row().groups()) {
            int first = column;
            for (int i = 0; i < group.columns(); i++) {
                double x = row[column++];
                double seen = group.likelihood() instanceof LogNormal
                        ? Math.log(x)
                        : group.likelihood() instanceof Poisson || group.likelihood() instanceof NegativeBinomial
                                ? Math.log(1 + x)
                                : x;
                if (!group.inputScale().centres().isEmpty()) {
                    seen = (seen - group.inputScale().centres().get(i))
                            * group.inputScale().factors().get(i);
                }
                input.add(tape.constant(Double.isNaN(x) || isHidden(group, i, row, first) ? 0 : seen));
            }
        }
        spec.row().missingColumns().forEach(missing -> input.add(tape.constant(Double.isNaN(row[missing]) ? 1 : 0)));
        return input;
    }

    // Whether the category that the column is of has a value of which nothing was learned.
    private static boolean isHidden(LikelihoodGroup group, int column, double[] row, int first) {
        int each = group.likelihood().columnsPerVariable();
        for (int i = column / each * each; each > 1 && i < (column / each + 1) * each; i++) {
            if (!group.inputScale().isNone() && group.inputScale().factors().get(i) == 0 && row[first + i] != 0) {
                return true;
            }
        }
        return false;
    }
}
