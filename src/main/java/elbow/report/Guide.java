package elbow.report;

import java.util.List;

/** How to read an ELBO, for those who see one for the first time. */
final class Guide {
    private static final double COIN_FLIP = -Math.log(2);

    private Guide() {}

    static Html section(ScoreMeasure measure, int scoredColumns, double elbo) {
        return Page.section(
                "guide",
                "How to read these numbers",
                List.of(
                        Html.of("""
                                <p>The <dfn>ELBO</dfn> (evidence lower bound) of a row is a lower bound on the logarithm of \
                                the {} that the model gives to the row. It is measured in nats (natural logarithm; \
                                1 nat is 1.44 bits), with every constant included, and <strong>higher is better</strong>. \
                                It is the reconstruction term minus the KL divergence: how well the row is explained \
                                by its latent code, less what the code itself costs.</p>""", quantity(measure)),
                        plausible(measure, scoredColumns, elbo),
                        new Html("""
                                <p>ELBOs compare models of the same columns, encoded in the same way. A larger number of \
                                columns makes them larger in size, and so does a change of unit for a continuous \
                                column.</p>"""),
                        new Html("""
                                <p>The <dfn>anomaly score</dfn> of a row says how far it is from what is normal, in nats: \
                                <strong>higher is stranger</strong>, and above the threshold a row is flagged. It is the ELBO \
                                with its sign turned, freed of the columns' units; and, as the settings of the model have it, \
                                how far out values lie in their columns and how far the row is from rows of training are \
                                added.</p>""")));
    }

    private static String quantity(ScoreMeasure measure) {
        return switch (measure) {
            case PROBABILITIES -> "probability";
            case DENSITIES -> "probability density";
            case MIXED -> "probability (discrete columns) and density (continuous columns)";
        };
    }

    private static Html plausible(ScoreMeasure measure, int scoredColumns, double elbo) {
        String columns = Numbers.count(scoredColumns, "column");
        String perColumn = Numbers.nats(elbo) + " nats over " + columns + " are "
                + Numbers.measured(elbo / scoredColumns) + " nats per column";
        return switch (measure) {
            case PROBABILITIES -> Html.of("""
                        <p><strong>What is plausible?</strong> A probability is at most 1, so these values are never \
                        positive. {}. For scale: tossing a fair coin for each of {} binary columns would give {} nats; \
                        a model has learned something when it is well above that.</p>""", perColumn, columns, Numbers.nats(scoredColumns * COIN_FLIP));
            case DENSITIES -> Html.of("""
                        <p><strong>What is plausible?</strong> A density is not a probability: it may exceed 1, so an \
                        ELBO <strong>may be positive</strong>, and a value such as −50 is nothing bad by itself. {}. \
                        The value shifts with the unit of the columns (metres or millimetres), so judge it by \
                        its rise over the untrained network and by comparing models of the same data.</p>""", perColumn);
            case MIXED -> Html.of("""
                        <p><strong>What is plausible?</strong> The sum mixes log-probabilities of discrete columns, \
                        which are never positive, with log-densities of continuous ones, which <strong>may be \
                        positive</strong> and shift with the unit of the column. So neither −50 nor a positive value is bad by \
                        itself. {}. Judge it by its rise over the untrained network and by \
                        comparing models of the same data.</p>""", perColumn);
        };
    }
}
