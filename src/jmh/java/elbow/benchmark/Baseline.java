package elbow.benchmark;

import java.util.List;

/** Detectors to compare with. Rows are standardised by the training rows' means and deviations. */
final class Baseline {
    private Baseline() {}

    /** Standardised training and test rows; a column that is constant in training is only centred. */
    static final class Rows {
        private final float[][] training;
        private final float[][] test;

        Rows(float[][] training, float[][] test) {
            this.training = training;
            this.test = test;
        }

        float[][] training() {
            return training;
        }

        float[][] test() {
            return test;
        }
    }

    static Rows standardised(LabelledTable.Parts parts) {
        float[][] training = values(parts.training());
        float[][] test = values(parts.test());
        for (int column = 0; column < training[0].length; column++) {
            double sum = 0;
            double squares = 0;
            for (float[] row : training) {
                sum += row[column];
            }
            double mean = sum / training.length;
            for (float[] row : training) {
                squares += (row[column] - mean) * (row[column] - mean);
            }
            double deviation = squares == 0 ? 1 : Math.sqrt(squares / training.length);
            standardise(training, column, mean, deviation);
            standardise(test, column, mean, deviation);
        }
        return new Rows(training, test);
    }

    private static float[][] values(List<String> lines) {
        return lines.stream().map(LabelledTable::values).toArray(float[][]::new);
    }

    private static void standardise(float[][] rows, int column, double mean, double deviation) {
        for (float[] row : rows) {
            row[column] = (float) ((row[column] - mean) / deviation);
        }
    }
}
