package elbow.vae.known;

import java.util.Arrays;
import java.util.Random;

/** The maximum likelihood of probabilistic PCA in closed form (Tipping and Bishop 1999). */
final class ProbabilisticPca {
    private ProbabilisticPca() {}

    /**
     * The mean of log p(x) over rows with that covariance, at the best parameters: with its eigenvalues l_1 >= ... >=
     * l_d and q latents, v = mean of l_{q+1..d} and -(d log(2 pi) + sum over i <= q of log l_i + (d - q) log v + d) /
     * 2.
     */
    static double meanLogLikelihood(double[][] covariance, int latents) {
        int columns = covariance.length;
        double[] eigenvalues = eigenvalues(covariance);
        double variance = 0;
        double logs = 0;
        for (int i = 0; i < columns; i++) {
            if (i < latents) {
                logs += Math.log(eigenvalues[i]);
            } else {
                variance += eigenvalues[i] / (columns - latents);
            }
        }
        return -0.5 * (columns * Math.log(2 * Math.PI) + logs + (columns - latents) * Math.log(variance) + columns);
    }

    /** With divisor n. */
    static double[][] covariance(float[] rows, int columns) {
        int count = rows.length / columns;
        double[] means = new double[columns];
        for (int i = 0; i < rows.length; i++) {
            means[i % columns] += rows[i] / (double) count;
        }
        double[][] covariance = new double[columns][columns];
        for (int row = 0; row < count; row++) {
            for (int i = 0; i < columns; i++) {
                for (int j = 0; j < columns; j++) {
                    covariance[i][j] +=
                            (rows[row * columns + i] - means[i]) * (rows[row * columns + j] - means[j]) / count;
                }
            }
        }
        return covariance;
    }

    /** Cyclic Jacobi rotations; descending. */
    private static double[] eigenvalues(double[][] a) {
        int columns = a.length;
        for (int sweep = 0; sweep < 50; sweep++) {
            for (int p = 0; p < columns; p++) {
                for (int q = p + 1; q < columns; q++) {
                    rotate(a, p, q);
                }
            }
        }
        double[] values = new double[columns];
        Arrays.setAll(values, i -> -a[i][i]);
        Arrays.sort(values);
        Arrays.setAll(values, i -> -values[i]);
        return values;
    }

    private static void rotate(double[][] a, int p, int q) {
        double angle = 0.5 * Math.atan2(2 * a[p][q], a[p][p] - a[q][q]);
        double cos = Math.cos(angle);
        double sin = Math.sin(angle);
        for (int i = 0; i < a.length; i++) {
            double ip = a[i][p];
            double iq = a[i][q];
            a[i][p] = cos * ip + sin * iq;
            a[i][q] = cos * iq - sin * ip;
        }
        for (int i = 0; i < a.length; i++) {
            double pi = a[p][i];
            double qi = a[q][i];
            a[p][i] = cos * pi + sin * qi;
            a[q][i] = cos * qi - sin * pi;
        }
    }

    /** Rows of a linear model with some latents, whose loadings are drawn, and noise of deviation 0.4. */
    static float[] rows(int count, int columns, int latents) {
        Random random = new Random(8);
        double[][] loadings = new double[latents][columns];
        for (double[] loading : loadings) {
            Arrays.setAll(loading, i -> random.nextGaussian());
        }
        float[] rows = new float[count * columns];
        for (int row = 0; row < count; row++) {
            for (double[] loading : loadings) {
                double latent = random.nextGaussian();
                for (int i = 0; i < columns; i++) {
                    rows[row * columns + i] += (float) (latent * loading[i]);
                }
            }
            for (int i = 0; i < columns; i++) {
                rows[row * columns + i] += (float) (0.4 * random.nextGaussian() + 0.5 * i);
            }
        }
        return rows;
    }
}
