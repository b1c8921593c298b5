package elbow.vae.likelihood;

import com.fasterxml.jackson.databind.node.ObjectNode;
import elbow.base.Check;

/** Of one of several categories: a variable is a column for each of them, of which one is 1. */
interface CategoryLikelihood extends Likelihood {
    /** The setting's name in JSON. */
    String CATEGORIES = "categories";

    /** Categories that were rarer so far start as this. */
    double LEAST_FREQUENCY = 1e-3;

    /** How many there are, at least 2. */
    int categories();

    /** Requires a number of categories. */
    static void require(int categories) {
        Check.argument(categories >= 2, CATEGORIES, "be at least 2", categories);
    }

    @Override
    default int columnsPerVariable() {
        return categories();
    }

    @Override
    default float minimum() {
        return 0;
    }

    @Override
    default float maximum() {
        return 1;
    }

    @Override
    default boolean takesWholeNumbers() {
        return true;
    }

    @Override
    default boolean isDensity() {
        return false;
    }

    @Override
    default void writeSettings(ObjectNode node) {
        node.put(CATEGORIES, categories());
    }
}
