package elbow.data.feature;

import java.util.List;

/** One of several values, an encoded column for each. */
sealed interface CategoryFeature extends Feature permits CategoricalFeature, OrdinalFeature {
    /** Share of the training rows in each encoded column. */
    List<Double> frequencies();

    @Override
    default int width() {
        return frequencies().size();
    }

    @Override
    default void writeMeans(float[] target, int offset) {
        for (int i = 0; i < frequencies().size(); i++) {
            target[offset + i] = frequencies().get(i).floatValue();
        }
    }
}
